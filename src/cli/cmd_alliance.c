#include "own.h"

#include <entente/agenda.h>
#include <inttypes.h>
#include <string.h>

enum { PAGE = 200, DUE_MAX = 10000 };

/* ---- one alliance in a list ---- */

static void put_trust_history(JsonWriter *w, const AllianceRow *row)
{
    json_open(w, "trust_history", '[');
    for (size_t i = 0; i < row->trust_count; i++) put_number(w, NULL, row->trust[i]);
    json_close(w, ']');
}

static void put_open(JsonWriter *w, const AllianceRow *row)
{
    json_open(w, "open_commitments", '{');
    for (Side s = SIDE_ME; s < SIDE_COUNT; s++) json_put_int(w, side_name(s), row->open[s]);
    json_close(w, '}');
}

static void put_draft(JsonWriter *w, const AllianceRow *row)
{
    if (!row->has_draft) {
        json_put_null(w, "draft");
        return;
    }
    json_open(w, "draft", '{');
    json_put_text(w, "stage", stage_name(row->draft_stage));
    json_put_int(w, "step", row->draft_step);
    json_put_int(w, "steps", row->draft_steps);
    put_instant(w, "saved", row->draft_saved);
    json_close(w, '}');
}

void put_alliance(JsonWriter *w, Run *r, const AllianceRow *row)
{
    const Alliance *a = &row->alliance;
    Due due = app_due(r->app, row);
    json_put_id(w, "id", a->id);
    json_put_text(w, "name", a->name);
    json_put_text(w, "kind", alliance_kind_name(a->kind));
    put_text(w, "role", a->role);
    json_put_text(w, "state", alliance_state_name(a->state));
    json_open(w, "tags", '[');
    for (size_t i = 0; i < row->tag_count; i++) json_put_text(w, NULL, row->tags[i]);
    json_close(w, ']');
    put_cadence(w, "cadence", &a->cadence);
    put_instant(w, "last_check_in", a->last_check_in);
    put_date(w, "due", due.day);
    json_put_text(w, "due_state", due_state_name(due.state));
    if (due.day == DATE_NONE)
        json_put_null(w, "days");
    else
        json_put_int(w, "days", due.days);
    put_number(w, "trust", a->last_trust);
    put_trust_history(w, row);
    put_open(w, row);
    put_draft(w, row);
    json_put_int(w, "missed", app_missed(r->app, row));
}

static void put_alliances(Run *r, const AllianceRow *rows, size_t n)
{
    JsonOut j;
    json_out_begin(&j);
    json_open(&j.w, "alliances", '[');
    for (size_t i = 0; i < n; i++) {
        json_open(&j.w, NULL, '{');
        put_alliance(&j.w, r, &rows[i]);
        json_close(&j.w, '}');
    }
    json_close(&j.w, ']');
    json_out_end(&j, r);
}

static const char *trust_words(Run *r, const AllianceRow *row)
{
    if (!row->alliance.last_trust) return "none yet";
    Str s;
    str_init(&s);
    trust_spark(&s, row->trust, row->trust_count, TRUST_HISTORY, prints_ascii(r));
    str_addf(&s, "  %d", row->alliance.last_trust);
    const char *text = arena_str(&r->arena, str_view(&s));
    str_finish(&s);
    return text;
}

static const char *open_words(Run *r, const AllianceRow *row)
{
    static const char *const words[SIDE_COUNT] = {"you", "they", "both"};
    Str s;
    str_init(&s);
    for (Side side = SIDE_ME; side < SIDE_COUNT; side++)
        if (row->open[side]) str_addf(&s, "%s%s %d", s.len ? ", " : "", words[side], row->open[side]);
    const char *text = s.len ? arena_str(&r->arena, str_view(&s)) : "none";
    str_finish(&s);
    return text;
}

void print_alliances(Run *r, const AllianceRow *rows, size_t n)
{
    static const Column columns[] = {
        {"", 0, false},          {"NAME", 12, false}, {"ROLE", 4, false},
        {"CHECK-IN", 10, false}, {"TRUST", 5, false}, {"COMMITMENTS", 8, false},
    };
    Table t;
    table_init(&t, columns, sizeof columns / sizeof *columns);
    Str due;
    str_init(&due);
    for (size_t i = 0; i < n; i++) {
        str_clear(&due);
        app_due_words(r->app, &rows[i], &due);
        table_cell(&t, (char[]){app_marker(r->app, &rows[i]), '\0'});
        table_cell(&t, rows[i].alliance.name);
        table_cell(&t, rows[i].alliance.role);
        table_cell(&t, due.buf);
        table_cell(&t, trust_words(r, &rows[i]));
        table_cell(&t, open_words(r, &rows[i]));
    }
    str_finish(&due);
    table_print(&t, r);
}

static void offer_rest(Run *r, const AllianceRow *rows, size_t n)
{
    Missed missed = {0};
    for (size_t i = 0; i < n; i++) missed_add(r, &missed, &rows[i]);
    note_missed(r, &missed);
}

/* ---- list and due ---- */

/* What a table has no column for. */
static unsigned unprinted(const Run *r)
{
    return r->json ? 0 : ROW_TAGS;
}

static bool read_filter(const Run *r, AllianceFilter *f, Error *err)
{
    *f = (AllianceFilter){.tag = given_value(r, "tag"),
                          .ended = given(r, "all"),
                          .trashed = given(r, "trashed"),
                          .without = unprinted(r)};
    const char *state = given_value(r, "state");
    if (!state) return true;
    f->has_state = true;
    if (!alliance_state_parse(sv(state), &f->state))
        return error_set(err, ERR_USAGE, "--state: \"%s\" is not designing, active, paused or ended.", state);
    f->ended = f->ended || f->state == STATE_ENDED;
    return true;
}

typedef Vec(AllianceRow) Rows;

/* Whether a pause is over is told by today, not by what is stored: those two states are read alike. */
static bool read_all(Run *r, const AllianceFilter *f, Rows *ret, Error *err)
{
    AllianceFilter asked = *f;
    AllianceCursor next = {0};
    asked.has_state = f->has_state && f->state != STATE_ACTIVE && f->state != STATE_PAUSED;
    do {
        AllianceRow *page;
        size_t n;
        AllianceCursor from = next;
        if (!app_alliances(r->app, &asked, &from, PAGE, &r->arena, &page, &n, &next, err)) return false;
        for (size_t i = 0; i < n; i++)
            if (!f->has_state || page[i].alliance.state == f->state) vec_push(ret, page[i]);
    } while (next.set);
    return true;
}

static bool say_empty(Run *r, const AllianceFilter *f, Error *err)
{
    bool any;
    if (f->trashed) {
        say(r, "The trash is empty.");
        return true;
    }
    if (!app_any_alliance(r->app, &any, err)) return false;
    if (f->tag || f->has_state)
        say(r, "No alliance matches this filter.");
    else if (any)
        say(r, "No alliance is active. `entente list --all` shows the ended ones too.");
    else
        say(r,
            "No alliances yet. `entente design` makes one (about 15 minutes); `entente demo` looks around.");
    return true;
}

static bool print_list(Run *r, const AllianceFilter *f, const Rows *rows, Error *err)
{
    if (r->json) {
        put_alliances(r, rows->at, rows->len);
        return true;
    }
    if (rows->len == 0) return say_empty(r, f, err);
    print_alliances(r, rows->at, rows->len);
    offer_rest(r, rows->at, rows->len);
    return true;
}

bool cmd_list(Run *r, Error *err)
{
    AllianceFilter filter;
    Rows rows = {0};
    bool ok = read_filter(r, &filter, err) && read_all(r, &filter, &rows, err) &&
              print_list(r, &filter, &rows, err);
    vec_finish(&rows);
    return ok;
}

/* "The agreements with Ana Lima, Ben and 2 more want a look." */
static bool note_reviews(Run *r, Error *err)
{
    enum { READ = 100, NAMED = 3 };
    const char *const *names;
    size_t n;
    if (!app_reviews_due(r->app, READ, &r->arena, &names, &n, err)) return false;
    if (n == 0) return true;
    Str who;
    str_init(&who);
    for (size_t i = 0; i < n && i < NAMED; i++)
        str_addf(&who, "%s%s", i == 0 ? "" : i + 1 == n ? " and " : ", ", names[i]);
    if (n > NAMED) str_addf(&who, " and %zu more", n - NAMED);
    note(r, n == 1 ? "The agreement with %s wants a look." : "The agreements with %s want a look.", who.buf);
    str_finish(&who);
    return true;
}

static bool say_next_due(Run *r, Error *err)
{
    Str sentence;
    str_init(&sentence);
    bool ok = app_today_sentence(r->app, &sentence, err);
    if (ok) say(r, "%s", sentence.len ? sentence.buf : "Nothing is waiting.");
    str_finish(&sentence);
    return ok;
}

/* A count is all that is asked. */
static bool due_quietly(Run *r, Error *err)
{
    size_t n;
    if (!app_due_count(r->app, &n, err)) return false;
    r->status = n == 0;
    return true;
}

/* The sentence that stands in for an empty table names the reviews itself. */
static bool print_due(Run *r, const AllianceRow *rows, size_t n, Error *err)
{
    if (n == 0) return say_next_due(r, err);
    print_alliances(r, rows, n);
    offer_rest(r, rows, n);
    return note_reviews(r, err);
}

bool cmd_due(Run *r, Error *err)
{
    AllianceRow *rows;
    size_t n;
    if (given(r, "quiet")) return due_quietly(r, err);
    if (!app_due_list(r->app, unprinted(r), DUE_MAX, &r->arena, &rows, &n, err)) return false;
    if (!r->json) return print_due(r, rows, n, err);
    put_alliances(r, rows, n);
    return true;
}

/* ---- show ---- */

static void put_people(JsonWriter *w, const AllianceDetail *d)
{
    json_open(w, "people", '[');
    for (size_t i = 0; i < d->people_count; i++) {
        json_open(w, NULL, '{');
        json_put_text(w, "name", d->people[i].name);
        put_text(w, "email", d->people[i].email);
        put_text(w, "phone", d->people[i].phone);
        json_close(w, '}');
    }
    json_close(w, ']');
}

static const Version *version_in_force(const AllianceDetail *d)
{
    return d->version_count ? &d->versions[d->version_count - 1] : NULL;
}

typedef struct {
    Offer at[OFFERS_MAX];
    size_t count;
} Offers;

static void put_offers(JsonWriter *w, const Offers *offers)
{
    json_open(w, "offers", '[');
    for (size_t i = 0; i < offers->count; i++) {
        const Offer *o = &offers->at[i];
        json_open(w, NULL, '{');
        json_put_text(w, "stage", stage_name(o->stage));
        json_put_text(w, "why", o->reason);
        json_put_id(w, "term", o->term ? o->term->id : 0);
        json_close(w, '}');
    }
    json_close(w, ']');
}

static void print_offers(Run *r, const char *name, const Offers *offers)
{
    Str words;
    str_init(&words);
    for (size_t i = 0; i < offers->count; i++) {
        str_clear(&words);
        offer_words(&words, name, &offers->at[i]);
        say(r, "%s", words.buf);
    }
    str_finish(&words);
}

static void put_detail(Run *r, const AllianceDetail *d, const Offers *offers)
{
    JsonOut j;
    json_out_begin(&j);
    json_open(&j.w, "alliance", '{');
    put_alliance(&j.w, r, &d->row);
    put_date(&j.w, "review_on", d->row.alliance.review_on);
    put_people(&j.w, d);
    put_agreement(&j.w, version_in_force(d), d->in_force, d->in_force_count);
    put_commitments(&j.w, d->commitments, d->commitment_count);
    put_offers(&j.w, offers);
    json_close(&j.w, '}');
    json_out_end(&j, r);
}

/* "Every 2 weeks. Last check-in Tue 3 Nov, trust 3. Next check-in: in 3 days (Wed 25 Nov)." */
static void print_calendar(Run *r, const AllianceRow *row)
{
    Str s;
    str_init(&s);
    cadence_print_words(&s, &row->alliance.cadence);
    if (s.len) s.buf[0] = (char)(s.buf[0] >= 'a' && s.buf[0] <= 'z' ? s.buf[0] - 'a' + 'A' : s.buf[0]);
    str_add_c(&s, ". ");
    if (instant_is_none(row->alliance.last_check_in)) {
        str_add_c(&s, "No check-in yet");
    } else {
        str_add_c(&s, "Last check-in ");
        date_print_short(&s, instant_date(row->alliance.last_check_in), app_today(r->app));
    }
    if (row->alliance.last_trust) str_addf(&s, ", trust %d", row->alliance.last_trust);
    str_add_char(&s, '.');
    next_words(&s, r, row);
    say(r, "%s", s.buf);
    str_clear(&s);
    if (app_missed(r->app, row) >= DUE_MISSED_OFFER) {
        missed_words(&s, r, row);
        say(r, "%s", s.buf);
    }
    str_finish(&s);
}

static void print_review(Run *r, const Alliance *a)
{
    Str day;
    str_init(&day);
    date_print_short(&day, a->review_on, app_today(r->app));
    say(r,
        a->review_on > app_today(r->app) ? "The agreement is to be looked at again on %s."
                                         : "The agreement wants a look, since %s.",
        day.buf);
    str_finish(&day);
}

/* An offer to look at it now says so already. */
static bool says_review(const Offers *offers)
{
    for (size_t i = 0; i < offers->count; i++)
        if (strcmp(offers->at[i].fact, "days-past-review") == 0) return true;
    return false;
}

static void print_head(Run *r, const AllianceDetail *d, const Offers *offers)
{
    const Alliance *a = &d->row.alliance;
    say(r, "%s%s%s, %s (id %" PRId64 ")", a->name, *a->role ? ", " : "", a->role,
        alliance_state_name(a->state), a->id);
    print_calendar(r, &d->row);
    if (a->review_on != DATE_NONE && a->state != STATE_ENDED && !says_review(offers)) print_review(r, a);
    for (size_t i = 0; i < d->people_count; i++) {
        const Person *p = &d->people[i];
        if (!*p->email && !*p->phone && d->people_count == 1) continue;
        say(r, "%s%s%s%s%s", p->name, *p->email ? ", " : "", p->email, *p->phone ? ", " : "", p->phone);
    }
    if (d->row.has_draft)
        say(r, "A %s draft is waiting: step %d of %d.", stage_name(d->row.draft_stage), d->row.draft_step,
            d->row.draft_steps);
    if (*d->last_quote) say(r, "Last time: \"%s\"", d->last_quote);
}

static void print_detail(Run *r, const AllianceDetail *d, const Offers *offers)
{
    print_head(r, d, offers);
    print_offers(r, d->row.alliance.name, offers);
    if (d->in_force_count) {
        say(r, "\nAgreement, version %d", d->row.alliance.version);
        print_terms(r, d->in_force, d->in_force_count);
    } else {
        Str who;
        str_init(&who);
        add_who(&who, d->row.alliance.name);
        say(r, "\nNo agreement yet. `entente design %s` begins one.", who.buf);
        str_finish(&who);
    }
    if (d->commitment_count == 0) {
        say(r, "\nNothing promised on either side.");
        return;
    }
    say(r, "\nCommitments");
    print_commitments(r, d->commitments, d->commitment_count, false);
}

bool cmd_show(Run *r, Error *err)
{
    Id id;
    AllianceDetail d;
    Offers offers;
    if (!find_who(r, 0, &id, err) || !app_detail(r->app, id, &r->arena, &d, err) ||
        !app_offers(r->app, id, &r->arena, offers.at, &offers.count, err))
        return false;
    if (r->json)
        put_detail(r, &d, &offers);
    else
        print_detail(r, &d, &offers);
    return true;
}

/* ---- new ---- */

static bool read_new(Run *r, NewAlliance *n, Error *err)
{
    const char *cadence = given_value(r, "cadence");
    *n = (NewAlliance){.name = arg_rest(r, 0),
                       .role = given_value(r, "role"),
                       .email = given_value(r, "email"),
                       .phone = given_value(r, "phone"),
                       .first = DATE_NONE};
    n->tags = given_values(r, "tag", &n->tag_count);
    n->members = given_values(r, "team", &n->member_count);
    n->kind = n->member_count ? ALLIANCE_TEAM : ALLIANCE_ONE_TO_ONE;
    if (cadence && !read_cadence(cadence, &n->cadence, err)) return false;
    if (given(r, "first") && n->cadence.kind == CADENCE_NONE)
        return error_set(err, ERR_USAGE, "--first: needs --cadence too. Say how often.");
    return given_day(r, "first", &n->first, err);
}

/* The id alone goes to stdout, so that `id=$(entente new ...)` works. */
bool cmd_new(Run *r, Error *err)
{
    NewAlliance n;
    Done done;
    done_init(&done);
    bool ok = read_new(r, &n, err) && app_new_alliance(r->app, &n, &done, err);
    if (r->json || !ok) return print_done(r, ok, &done);
    note(r, "%s", done.text.buf);
    say(r, "%" PRId64, done.id);
    done_finish(&done);
    return true;
}

/* Without --role it stays what it was. */
bool cmd_rename(Run *r, Error *err)
{
    Id id;
    AllianceRow row;
    if (!app_find(r->app, arg(r, 0), false, &id, err) || !app_alliance_row(r->app, id, &r->arena, &row, err))
        return false;
    const char *role = given(r, "role") ? given_value(r, "role") : row.alliance.role;
    Done done;
    done_init(&done);
    return print_done(r, app_rename(r->app, id, arg_rest(r, 1), role, &done, err), &done);
}
