#include "own.h"

#include <entente/agreement.h>
#include <entente/store_agreements.h>
#include <entente/store_checkins.h>
#include <entente/text.h>
#include <string.h>

/* A pause whose day has come is over, though nobody woke the alliance; its end still holds the due day (see
 * due_facts). */
static void wake(const App *app, AllianceRow *row)
{
    Alliance *a = &row->alliance;
    if (a->state == STATE_PAUSED && a->paused_until != DATE_NONE && a->paused_until <= app_today(app))
        a->state = STATE_ACTIVE;
}

bool app_alliances(App *app, const AllianceFilter *filter, const AllianceCursor *after, size_t limit,
                   Arena *arena, AllianceRow **ret, size_t *ret_n, AllianceCursor *ret_next, Error *err)
{
    if (!store_alliances(app->store, filter, after, limit, arena, ret, ret_n, ret_next, err)) return false;
    for (size_t i = 0; i < *ret_n; i++) wake(app, &(*ret)[i]);
    return true;
}

bool app_alliance_row(App *app, Id id, Arena *arena, AllianceRow *ret, Error *err)
{
    if (!store_alliance_row(app->store, id, arena, ret, err)) return false;
    wake(app, ret);
    return true;
}

bool app_any_alliance(App *app, bool *ret, Error *err)
{
    return store_alliances_exist(app->store, ret, err);
}

Due app_due(const App *app, const AllianceRow *row)
{
    DueFacts facts = due_facts(row);
    return due_of(&facts, app_today(app));
}

/* ---- words ---- */

static void add_near_day(Str *out, Date day, Date today)
{
    if (day - today < 7)
        str_addf(out, "%.3s", weekday_name(date_weekday(day)));
    else
        date_print_day(out, day, today);
}

static bool still_designing(const AllianceRow *row)
{
    return row->alliance.state == STATE_DESIGNING && row->has_draft && row->draft_stage == STAGE_DESIGN;
}

static void calm_words(const AllianceRow *row, Str *out)
{
    if (row->alliance.state == STATE_ENDED)
        str_add_c(out, "ended");
    else if (still_designing(row))
        str_addf(out, "design %d of %d", row->draft_step, row->draft_steps);
    else if (row->alliance.state == STATE_DESIGNING)
        str_add_c(out, "being designed");
    else
        str_add_c(out, "no cadence");
}

static void late_words(int days, Str *out)
{
    char unit;
    int count = date_span(days, &unit);
    str_addf(out, "was due %d%s ago", count,
             unit == 'd'   ? "d"
             : unit == 'w' ? "w"
             : unit == 'm' ? "mo"
                           : "y");
}

void app_due_words(const App *app, const AllianceRow *row, Str *out)
{
    Date today = app_today(app);
    Due due = app_due(app, row);
    switch (due.state) {
    case DUE_NONE: calm_words(row, out); break;
    case DUE_PAST: late_words(-due.days, out); break;
    case DUE_TODAY: str_add_c(out, "today"); break;
    case DUE_LATER: date_print_relative(out, due.day, today); break;
    case DUE_SNOOZED:
        str_add_c(out, "snoozed to ");
        add_near_day(out, due.day, today);
        break;
    case DUE_PAUSED:
        str_add_c(out, "paused");
        if (row->alliance.paused_until != DATE_NONE) {
            str_add_c(out, " to ");
            add_near_day(out, row->alliance.paused_until, today);
        }
        break;
    }
}

char app_marker(const App *app, const AllianceRow *row)
{
    switch (app_due(app, row).state) {
    case DUE_PAST: return '!';
    case DUE_TODAY: return '*';
    case DUE_SNOOZED: return 'z';
    case DUE_PAUSED: return '=';
    case DUE_NONE: return row->alliance.state == STATE_DESIGNING ? 'd' : ' ';
    case DUE_LATER: break;
    }
    return ' ';
}

/* A first name is taken only where a name is written as Latin words; elsewhere the order of names is not ours
 * to guess. */
static StrView short_name(StrView name)
{
    size_t open = name.len;
    for (size_t i = 0; i < name.len; i++)
        if (name.ptr[i] == '(') open = i;
    if (open < name.len && name.ptr[name.len - 1] == ')' && open + 2 < name.len)
        return sv_n(name.ptr + open + 1, name.len - open - 2);
    StrView rest = name, first = sv_word(&rest);
    bool latin = first.len > 1 && first.ptr[first.len - 1] != '.';
    for (size_t i = 0; i < name.len; i++) latin = latin && (unsigned char)name.ptr[i] < 0xcd;
    return latin ? first : name;
}

void app_short_name(const char *name, Str *out)
{
    str_add(out, short_name(sv_trim(sv(name))));
}

/* ---- who needs attention ---- */

bool app_due_list(App *app, unsigned without, size_t limit, Arena *arena, AllianceRow **ret, size_t *ret_n,
                  Error *err)
{
    AllianceFilter filter = {.has_due_by = true, .due_by = app_today(app), .without = without};
    AllianceRow *rows;
    AllianceCursor next;
    size_t n, kept = 0;
    if (!store_alliances(app->store, &filter, NULL, limit, arena, &rows, &n, &next, err)) return false;
    for (size_t i = 0; i < n; i++) {
        DueState state = app_due(app, &rows[i]).state;
        if (state == DUE_PAST || state == DUE_TODAY) rows[kept++] = rows[i];
    }
    *ret = rows;
    *ret_n = kept;
    return true;
}

enum { NAMED = 3, COUNTED = 200 };

/* Two who share a first name are told apart by their whole names. */
static void add_name(Str *out, const AllianceRow *rows, size_t n, size_t i)
{
    StrView mine = short_name(sv(rows[i].alliance.name));
    bool shared = false;
    for (size_t k = 0; k < n; k++)
        shared = shared || (k != i && sv_eq(short_name(sv(rows[k].alliance.name)), mine));
    str_add(out, shared ? sv(rows[i].alliance.name) : mine);
}

static void add_waiting(Str *out, const AllianceRow *rows, size_t n)
{
    str_add_c(out, n == 1 ? "the check-in with " : "check-ins with ");
    size_t named = n > NAMED ? NAMED - 1 : n;
    for (size_t i = 0; i < named; i++) {
        if (i) str_add_c(out, i + 1 == n ? " and " : ", ");
        add_name(out, rows, n, i);
    }
    if (named < n) str_addf(out, " and %zu more", n - named);
    str_add_c(out, n == 1 ? " is waiting" : " are waiting");
}

static void add_commitments(Str *out, size_t n)
{
    if (n == 1)
        str_add_c(out, "one commitment of yours is due");
    else
        str_addf(out, "%zu commitments of yours are due", n);
}

static void add_reviews(Str *out, const char *const *names, size_t n)
{
    if (n == 1) {
        str_add_c(out, "the agreement with ");
        app_short_name(names[0], out);
        str_add_c(out, " wants a look");
    } else {
        str_addf(out, "%zu agreements want a look", n);
    }
}

static bool add_next(App *app, Arena *arena, Str *out, Error *err)
{
    AllianceFilter filter = {.without = ROW_PARTS};
    AllianceRow *rows;
    AllianceCursor next;
    size_t n;
    if (!store_alliances(app->store, &filter, NULL, 1, arena, &rows, &n, &next, err)) return false;
    if (n == 0) return true;
    str_add_c(out, "No check-in is waiting.");
    Due due = app_due(app, &rows[0]);
    if (due.day == DATE_NONE) return true;
    str_add_c(out, " Next: check in with ");
    app_short_name(rows[0].alliance.name, out);
    str_add_c(out, " on ");
    date_print_short(out, due.day, app_today(app));
    str_add_c(out, ".");
    return true;
}

static bool any_today(App *app, const AllianceRow *rows, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (app_due(app, &rows[i]).state == DUE_TODAY) return true;
    return false;
}

/* Whether something became due this very day; what was due before is only waiting. */
static bool is_news(App *app, Arena *arena, size_t due, size_t reviewed, bool *ret, Error *err)
{
    Date before = app_today(app) - 1;
    ReviewRow *rows;
    size_t due_before, reviewed_before;
    if (!store_commitments_due(app->store, before, COUNTED, &due_before, err) ||
        !store_reviews(app->store, before, COUNTED, arena, &rows, &reviewed_before, err))
        return false;
    *ret = due_before < due || reviewed_before < reviewed;
    return true;
}

static void capitalise(Str *s, size_t at)
{
    if (s->buf[at] >= 'a' && s->buf[at] <= 'z') s->buf[at] = (char)(s->buf[at] - 'a' + 'A');
}

static bool today_sentence(App *app, Arena *arena, Str *out, Error *err)
{
    AllianceRow *rows;
    const char *const *reviews;
    size_t waiting, due, reviewed;
    if (!app_due_list(app, ROW_PARTS, COUNTED, arena, &rows, &waiting, err) ||
        !store_commitments_due(app->store, app_today(app), COUNTED, &due, err) ||
        !app_reviews_due(app, COUNTED, arena, &reviews, &reviewed, err))
        return false;
    if (!waiting && !due && !reviewed) return add_next(app, arena, out, err);
    bool today = any_today(app, rows, waiting);
    if (!today && !is_news(app, arena, due, reviewed, &today, err)) return false;
    if (today) str_add_c(out, "Today: ");
    size_t at = out->len;
    if (waiting) add_waiting(out, rows, waiting);
    if (waiting && due) str_add_c(out, "; ");
    if (due) add_commitments(out, due);
    if ((waiting || due) && reviewed) str_add_c(out, "; ");
    if (reviewed) add_reviews(out, reviews, reviewed);
    if (!today) capitalise(out, at);
    str_add_c(out, ".");
    return true;
}

bool app_today_sentence(App *app, Str *out, Error *err)
{
    Arena arena = {0};
    bool ok = today_sentence(app, &arena, out, err);
    arena_finish(&arena);
    return ok;
}

/* ---- one alliance ---- */

enum { DETAIL_COMMITMENTS = 100, DETAIL_CHECK_INS = 12 };

static bool read_last_quote(App *app, Arena *arena, AllianceDetail *d, Error *err)
{
    d->last_quote = "";
    if (d->check_in_count == 0) return true;
    const CheckIn *last = &d->check_ins[0];
    Answer *answers;
    size_t n;
    if (last->note[0]) d->last_quote = last->note;
    if (!store_answers(app->store, last->id, arena, &answers, &n, err)) return false;
    for (size_t i = 0; i < n && !d->last_quote[0]; i++)
        if (!answers[i].skipped && answers[i].text[0]) d->last_quote = answers[i].text;
    if (!d->last_quote[0]) d->last_quote = last->trust_note;
    return true;
}

static void add_records(AllianceDetail *d, const CommitmentRow *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        for (Side side = SIDE_ME; side < SIDE_COUNT; side++) {
            Record one = record_of(&rows[i].commitment, 1, side);
            d->kept[side].kept += one.kept;
            d->kept[side].of += one.of;
        }
    }
}

/* The record is over all that was ever settled; what the page shows is only its beginning. */
static bool read_commitments(App *app, Id alliance, Arena *arena, AllianceDetail *d, Error *err)
{
    CommitmentFilter filter = {.alliance = alliance};
    CommitmentCursor at = {0};
    do {
        CommitmentRow *rows;
        CommitmentCursor next;
        size_t n;
        if (!store_commitments(app->store, &filter, &at, DETAIL_COMMITMENTS, arena, &rows, &n, &next, err))
            return false;
        if (!at.set) {
            d->commitments = rows;
            d->commitment_count = n;
        }
        add_records(d, rows, n);
        at = next;
    } while (at.set);
    return true;
}

bool app_detail(App *app, Id alliance, Arena *arena, AllianceDetail *ret, Error *err)
{
    AllianceDetail d = {0};
    Store *s = app->store;
    if (!store_alliance_row(s, alliance, arena, &d.row, err) ||
        !store_members(s, alliance, arena, &d.people, &d.people_count, err) ||
        !store_versions(s, alliance, arena, &d.versions, &d.version_count, err) ||
        !store_terms(s, alliance, arena, &d.terms, &d.term_count, err) ||
        !read_commitments(app, alliance, arena, &d, err) ||
        !store_check_ins(s, alliance, INSTANT_NONE, DETAIL_CHECK_INS, arena, &d.check_ins, &d.check_in_count,
                         err) ||
        !store_check_in_count(s, alliance, &d.check_ins_total, err) || !read_last_quote(app, arena, &d, err))
        return false;
    if (d.row.alliance.version > 0)
        d.in_force_count = agreement_at(d.terms, d.term_count, d.row.alliance.version, arena, &d.in_force);
    d.has_review = d.row.alliance.review_on != DATE_NONE;
    wake(app, &d.row);
    *ret = d;
    return true;
}
