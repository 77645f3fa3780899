#include <entente/export.h>

#include <entente/agenda.h>
#include <entente/ical.h>
#include <inttypes.h>

#include "own.h"

enum { PAGE = 64 };

/* A calendar in the making. Nothing in it depends on today: an unchanged journal gives the same bytes. */
typedef struct {
    App *app;
    Str *out;
    Error *err;
    Instant changed; /* when the journal was; INSTANT_NONE when its log is empty */
} Calendar;

/* ---- what every component has ---- */

static void add_uid(Calendar *k, const char *kind, Id id)
{
    Str uid;
    str_init(&uid);
    str_addf(&uid, "%s-%" PRId64 "@entente", kind, id);
    ical_raw(k->out, "UID", str_view(&uid));
    str_finish(&uid);
}

/* RFC 5545 3.8.7.2: in a calendar without METHOD, when what it says was last revised. */
static void begin_component(Calendar *k, const char *component, const char *kind, Id id, Instant made)
{
    ical_begin(k->out, component);
    add_uid(k, kind, id);
    ical_instant(k->out, "DTSTAMP", instant_is_none(k->changed) ? made : k->changed);
}

static void end_component(Calendar *k, const char *component)
{
    ical_raw(k->out, "CLASS", SV("PRIVATE"));
    ical_end(k->out, component);
}

/* ---- check-ins ---- */

/* An event without an end lasts its one day (RFC 5545 3.6.1). */
static void begin_event(Calendar *k, const Alliance *a, Date start)
{
    Str summary;
    str_init(&summary);
    str_addf(&summary, "Check in with %s", a->name);
    begin_component(k, "VEVENT", "alliance", a->id, a->created);
    ical_day(k->out, "DTSTART", start);
    ical_text(k->out, "SUMMARY", str_view(&summary));
    str_finish(&summary);
}

static void end_event(Calendar *k)
{
    ical_raw(k->out, "TRANSP", SV("TRANSPARENT"));
    end_component(k, "VEVENT");
}

/*
 * A rolling cadence counted from a day that some months lack clamps as ours does only when its rule names
 * that day: a plain FREQ=MONTHLY from the 31st leaves short months out (RFC 5545 3.3.10).
 */
static Cadence dated(const Cadence *c, Date from)
{
    int month, day;
    Cadence rule = *c;
    date_split(from, NULL, &month, &day);
    bool leap_day = month == 2 && day == 29;
    if (c->kind != CADENCE_ROLLING || c->unit < UNIT_MONTH || day <= 28) return rule;
    if (c->unit == UNIT_YEAR && !leap_day) return rule;
    rule.kind = CADENCE_FIXED;
    rule.on = ON_DATE;
    rule.nth = day;
    rule.month = c->unit == UNIT_YEAR ? month : 0;
    return rule;
}

/* Of the dates that clamp, the last of every month and of February need no BYSETPOS, which some readers do
 * not know. */
static void add_rule(Calendar *k, const Cadence *c, Date from)
{
    Cadence rule = dated(c, from);
    bool last = rule.on == ON_DATE && !rule.omits &&
                ((rule.nth == 31 && rule.month == 0) || (rule.nth == 29 && rule.month == 2));
    if (last) rule.nth = -1;
    Str text;
    str_init(&text);
    cadence_print_rrule(&text, &rule);
    ical_raw(k->out, "RRULE", str_view(&text));
    str_finish(&text);
}

/* Days skipped ahead, for a cadence they no longer begin. */
static void add_skips(Calendar *k, const AllianceRow *row, Date from)
{
    const Alliance *a = &row->alliance;
    for (size_t i = 0; i < row->skip_count; i++) {
        Date skip = row->skips[i];
        bool comes = skip > a->due && cadence_next(&a->cadence, from, skip - 1) == skip;
        if (comes) ical_day(k->out, "EXDATE", skip);
    }
}

/* The day of the calendar that a check-in beside it counts for when it is held. */
static void add_counted_for(Calendar *k, const AllianceRow *row, const DueFacts *f)
{
    Date coming = due_after(f, row->alliance.due);
    if (coming != DATE_NONE && coming != due_held(*f, row->alliance.due)) ical_day(k->out, "EXDATE", coming);
}

/* `from`: what its days are counted from. */
static void add_series(Calendar *k, const AllianceRow *row, Date from)
{
    begin_event(k, &row->alliance, row->alliance.due);
    add_rule(k, &row->alliance.cadence, from);
    add_skips(k, row, from);
    end_event(k);
}

/*
 * A day beside the calendar, snoozed to or begun with. DTSTART has to be a day of its rule (RFC
 * 5545 3.8.5.3), so the series starts on the calendar's day before, without it and with the other one. That
 * one is said again as an instance of its own, for readers that do not know RDATE.
 */
static void add_beside(Calendar *k, const AllianceRow *row, Date before, const DueFacts *f)
{
    const Alliance *a = &row->alliance;
    Date from = due_from(f);
    begin_event(k, a, before);
    add_rule(k, &a->cadence, from);
    ical_day(k->out, "EXDATE", before);
    add_skips(k, row, from);
    add_counted_for(k, row, f);
    ical_day(k->out, "RDATE", a->due);
    end_event(k);
    begin_event(k, a, a->due);
    ical_day(k->out, "RECURRENCE-ID", a->due);
    end_event(k);
}

static void add_alone(Calendar *k, const Alliance *a)
{
    begin_event(k, a, a->due);
    end_event(k);
}

static void add_fixed(Calendar *k, const AllianceRow *row, const DueFacts *f)
{
    const Alliance *a = &row->alliance;
    Date from = due_from(f);
    Date before = cadence_last(&a->cadence, from, a->due);
    if (before == a->due)
        add_series(k, row, from);
    else if (before != DATE_NONE)
        add_beside(k, row, before, f);
    else
        add_alone(k, a); /* the calendar has no day before it */
}

/* Where it was moved, it counts from there; else from the day it counts from already. */
static void add_rolling(Calendar *k, const AllianceRow *row, const DueFacts *f)
{
    Date due = row->alliance.due;
    add_series(k, row, due_base(f) == due ? due_from(f) : due);
}

static void add_check_in(Calendar *k, const AllianceRow *row)
{
    DueFacts facts = due_facts(row);
    if (row->alliance.due == DATE_NONE) return;
    if (facts.cadence.kind == CADENCE_FIXED)
        add_fixed(k, row, &facts);
    else
        add_rolling(k, row, &facts);
}

/* ---- commitments ---- */

static void summarize(Str *out, const CommitmentRow *row, bool hidden)
{
    const char *text = row->commitment.text, *name = row->alliance_name;
    if (hidden)
        str_addf(out, "A commitment with %s", name);
    else if (row->commitment.side == SIDE_THEM)
        str_addf(out, "%s: %s", name, text);
    else
        str_addf(out, "%s%s (with %s)", row->commitment.side == SIDE_BOTH ? "Both of you: " : "", text, name);
}

static bool add_commitment(Calendar *k, const CommitmentRow *row)
{
    const Commitment *c = &row->commitment;
    bool hidden;
    if (!app_commitment_hidden(k->app, c, &hidden, k->err)) return false;
    Str summary;
    str_init(&summary);
    summarize(&summary, row, hidden);
    begin_component(k, "VTODO", "commitment", c->id, c->made);
    if (c->due != DATE_NONE) ical_day(k->out, "DUE", c->due);
    ical_text(k->out, "SUMMARY", str_view(&summary));
    ical_raw(k->out, "STATUS", SV("NEEDS-ACTION"));
    end_component(k, "VTODO");
    str_finish(&summary);
    return true;
}

static bool add_commitments(Calendar *k, Id alliance)
{
    CommitmentFilter filter = {.alliance = alliance, .open = true};
    CommitmentCursor at = {0};
    bool ok = true;
    do {
        Arena arena = {0};
        CommitmentRow *rows = NULL;
        size_t n = 0;
        ok = store_commitments(k->app->store, &filter, &at, PAGE, &arena, &rows, &n, &at, k->err);
        for (size_t i = 0; ok && i < n; i++) ok = add_commitment(k, &rows[i]);
        arena_finish(&arena);
    } while (ok && at.set);
    return ok;
}

/* ---- all ---- */

static bool add_alliance(Calendar *k, const AllianceRow *row)
{
    const Alliance *a = &row->alliance;
    if (a->state == STATE_ENDED || !instant_is_none(a->trashed)) return true;
    add_check_in(k, row);
    return add_commitments(k, a->id);
}

/* The cursor of a page lives in the page's arena, so the page before is given up only after the next is read.
 */
static bool add_alliances(Calendar *k)
{
    AllianceFilter filter = {0};
    AllianceCursor at = {0};
    Arena before = {0};
    bool ok = true;
    do {
        Arena arena = {0};
        AllianceRow *rows = NULL;
        size_t n = 0;
        ok = store_alliances(k->app->store, &filter, &at, PAGE, &arena, &rows, &n, &at, k->err);
        for (size_t i = 0; ok && i < n; i++) ok = add_alliance(k, &rows[i]);
        arena_finish(&before);
        before = arena;
    } while (ok && at.set);
    arena_finish(&before);
    return ok;
}

static bool add_one(Calendar *k, Id alliance)
{
    Arena arena = {0};
    AllianceRow row;
    bool ok = store_alliance_row(k->app->store, alliance, &arena, &row, k->err) && add_alliance(k, &row);
    arena_finish(&arena);
    return ok;
}

bool app_export_ics(App *app, Id alliance, Str *out, Error *err)
{
    Str text;
    str_init(&text);
    Calendar k = {.app = app, .out = &text, .err = err};
    ical_begin(&text, "VCALENDAR");
    ical_raw(&text, "PRODID", SV("-//entente//entente " ENTENTE_VERSION "//EN"));
    ical_raw(&text, "VERSION", SV("2.0"));
    ical_raw(&text, "CALSCALE", SV("GREGORIAN"));
    bool ok = store_last_change(app->store, &k.changed, err) &&
              (alliance ? add_one(&k, alliance) : add_alliances(&k));
    ical_end(&text, "VCALENDAR");
    if (ok) str_add(out, str_view(&text));
    str_finish(&text);
    return ok;
}
