#include <entente/agenda.h>

#include "own.h"

/* Which days a cadence gives, before and after it is chosen. */

/* ---- the days ---- */

static bool is_skipped(const DueFacts *f, Date day)
{
    for (size_t i = 0; i < f->skip_count; i++)
        if (f->skips[i] == day) return true;
    return false;
}

/* All from the same day on, lest month ends drift. */
static size_t count_rolling(const DueFacts *f, Date from, Date *ret, size_t n)
{
    size_t count = 0;
    for (int k = 1; count < n; k++) {
        Date day = cadence_add(&f->cadence, from, k);
        if (day == DATE_NONE) break;
        if (!is_skipped(f, day)) ret[count++] = day;
    }
    return count;
}

static size_t count_fixed(const DueFacts *f, Date from, Date *ret, size_t n)
{
    size_t count = 0;
    while (count < n && (from = due_held(*f, from)) != DATE_NONE) ret[count++] = from;
    return count;
}

size_t app_next_days(const App *app, const AllianceRow *row, Date *ret, size_t n)
{
    DueFacts facts = due_facts(row);
    Date today = app_today(app), day = due_day(&facts);
    if (n == 0 || day == DATE_NONE) return 0;
    if (day < today) day = today;
    *ret++ = day;
    return 1 + (facts.cadence.kind == CADENCE_FIXED ? count_fixed(&facts, day, ret, n - 1)
                                                    : count_rolling(&facts, day, ret, n - 1));
}

/* The row as it will be once `c` and `first` are its own; an open pause is left out of account. */
static AllianceRow chosen(const App *app, const AllianceRow *row, const Cadence *c, Date first)
{
    AllianceRow to = row ? *row
                         : (AllianceRow){.alliance = {.anchor = DATE_NONE,
                                                      .cadence_since = DATE_NONE,
                                                      .paused_until = DATE_NONE,
                                                      .last_check_in = INSTANT_NONE},
                                         .snooze_of = DATE_NONE,
                                         .snooze_until = DATE_NONE};
    Alliance *a = &to.alliance;
    if (a->state == STATE_DESIGNING || (a->state == STATE_PAUSED && a->paused_until == DATE_NONE))
        a->state = STATE_ACTIVE;
    if (choose_cadence(a, c, first, app_today(app))) to.snooze_of = to.snooze_until = DATE_NONE;
    return to;
}

/* The day named is wanted, skipped before or not; of another cadence no day to come has been skipped yet. */
static void unskip(AllianceRow *row, Date named, Date ahead, Arena *arena)
{
    Date *kept = arena_array(arena, row->skip_count, sizeof *kept);
    size_t n = 0;
    for (size_t i = 0; i < row->skip_count; i++) {
        Date skip = row->skips[i];
        if (skip != named && (ahead == DATE_NONE || skip < ahead)) kept[n++] = skip;
    }
    row->skips = kept;
    row->skip_count = n;
}

size_t app_cadence_days(const App *app, const AllianceRow *row, const Cadence *c, Date first, Date *ret,
                        size_t n)
{
    if (c->kind == CADENCE_NONE) return 0;
    Arena arena = {0};
    AllianceRow to = chosen(app, row, c, first);
    bool other = row && !cadence_equal(&row->alliance.cadence, c);
    if (to.skip_count) unskip(&to, first, other ? app_today(app) : DATE_NONE, &arena);
    size_t count = app_next_days(app, &to, ret, n);
    arena_finish(&arena);
    return count;
}

bool checked_comes(const App *app, const Cadence *c, Date from, Error *err)
{
    if (c->kind == CADENCE_NONE) return true;
    if (from == DATE_NONE) from = app_today(app);
    if (cadence_add(c, from, 1) != DATE_NONE) return true;
    Str day;
    str_init(&day);
    date_print_long(&day, from);
    error_set(err, ERR_USAGE,
              "This cadence never fires: counted from %s, no such day comes. Choose another one, or another "
              "first day.",
              day.buf);
    str_finish(&day);
    return false;
}

bool checked_alliance_comes(const App *app, const Alliance *a, Error *err)
{
    AllianceRow row = {.alliance = *a, .snooze_of = DATE_NONE, .snooze_until = DATE_NONE};
    DueFacts facts = due_facts(&row);
    return checked_comes(app, &a->cadence, due_from(&facts), err);
}

bool app_check_cadence(const App *app, const AllianceRow *row, const Cadence *c, Date first, Error *err)
{
    if (!checked_first(app, first, err)) return false;
    AllianceRow to = chosen(app, row, c, first);
    return checked_alliance_comes(app, &to.alliance, err);
}

/* ---- in words ---- */

/* A year is said where it begins. */
static void add_days(Str *out, const Date *days, size_t n, Date today, bool brief)
{
    for (size_t i = 0; i < n; i++) {
        if (i) str_add_c(out, ", ");
        if (days[i] == today)
            str_add_c(out, "today");
        else
            (brief ? date_print_day : date_print_short)(out, days[i], i ? days[i - 1] : today);
    }
}

static void add_kind(Str *out, const Cadence *c)
{
    Str lacking;
    str_init(&lacking);
    cadence_print_month_end(&lacking, c);
    str_add_c(out, cadence_kind_words(c));
    if (lacking.len) str_addf(out, "; %s", lacking.buf);
    str_finish(&lacking);
}

static bool rests(const AllianceRow *row)
{
    return row && row->alliance.state == STATE_PAUSED && row->alliance.paused_until == DATE_NONE;
}

void app_cadence_preview(const App *app, const AllianceRow *row, const Cadence *c, Date first, bool brief,
                         Str *out)
{
    Date days[CADENCE_PREVIEW_DAYS];
    Error why = {0};
    if (c->kind == CADENCE_NONE) {
        str_add_c(out, "No reminder: you decide yourself when to check in.");
        return;
    }
    if (!app_check_cadence(app, row, c, first, &why)) {
        str_add_c(out, why.msg);
        return;
    }
    size_t n = app_cadence_days(app, row, c, first, days, CADENCE_PREVIEW_DAYS);
    if (!brief || n == 0) {
        str_add_c(out, "Understood: ");
        cadence_print_words(out, c);
        str_add_c(out, " (");
        add_kind(out, c);
        str_add_c(out, n ? "): " : ").");
    }
    if (n && rests(row)) str_add_c(out, "once awake ");
    add_days(out, days, n, app_today(app), brief);
    if (n && !brief) str_add_c(out, ", and so on.");
    if (!brief || n == 0) return;
    str_add_c(out, "; ");
    add_kind(out, c);
    str_add_char(out, '.');
}
