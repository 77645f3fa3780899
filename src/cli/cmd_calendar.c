#include "own.h"

#include <entente/agenda.h>

bool cmd_snooze(Run *r, Error *err)
{
    Id id;
    Date until;
    if (!read_day(r, arg_rest(r, 1), &until, err) || !app_find(r->app, arg(r, 0), false, &id, err))
        return false;
    Done done;
    done_init(&done);
    return print_done(r, app_snooze(r->app, id, until, &done, err), &done);
}

bool cmd_skip(Run *r, Error *err)
{
    Id id;
    if (!find_who(r, 0, &id, err)) return false;
    Done done;
    done_init(&done);
    return print_done(r, app_skip(r->app, id, &done, err), &done);
}

bool cmd_pause(Run *r, Error *err)
{
    Id id;
    Date until = DATE_NONE;
    const char *when = arg_rest(r, 1);
    if ((when && !read_day(r, when, &until, err)) || !app_find(r->app, arg(r, 0), false, &id, err))
        return false;
    Done done;
    done_init(&done);
    return print_done(r, app_pause(r->app, id, until, &done, err), &done);
}

bool cmd_resume(Run *r, Error *err)
{
    Id id;
    if (!find_who(r, 0, &id, err)) return false;
    Done done;
    done_init(&done);
    return print_done(r, app_resume(r->app, id, &done, err), &done);
}

bool cmd_end(Run *r, Error *err)
{
    Id id;
    if (!find_who(r, 0, &id, err)) return false;
    Done done;
    done_init(&done);
    return print_done(r, app_end(r->app, id, &done, err), &done);
}

/* ---- review ---- */

static bool show_review(Run *r, Id id, Error *err)
{
    AllianceRow row;
    if (!app_alliance_row(r->app, id, &r->arena, &row, err)) return false;
    Date day = row.alliance.review_on;
    if (r->json) {
        JsonOut j;
        json_out_begin(&j);
        json_put_text(&j.w, "alliance", row.alliance.name);
        json_put_id(&j.w, "alliance_id", id);
        put_date(&j.w, "on", day);
        json_out_end(&j, r);
        return true;
    }
    Str words;
    str_init(&words);
    if (day == DATE_NONE)
        str_add_c(&words, "no review is planned");
    else
        date_print_long(&words, day);
    say(r, "%s: %s.", row.alliance.name, words.buf);
    str_finish(&words);
    return true;
}

bool cmd_review(Run *r, Error *err)
{
    Id id;
    Date on = DATE_NONE;
    const char *when = arg_rest(r, 1);
    bool none = when && sv_eq_nocase(sv_trim(sv(when)), SV("none"));
    if ((when && !none && !read_day(r, when, &on, err)) || !app_find(r->app, arg(r, 0), false, &id, err))
        return false;
    if (!when) return show_review(r, id, err);
    Done done;
    done_init(&done);
    return print_done(r, app_set_review(r->app, id, on, &done, err), &done);
}

/* ---- cadence ---- */

enum { SHOWN_DATES = 5 };

static const char *kind_name(const Cadence *c)
{
    return c->kind == CADENCE_ROLLING ? "rolling" : c->kind == CADENCE_FIXED ? "fixed" : NULL;
}

/* A cadence and the days it gives. */
typedef struct {
    Cadence cadence;
    const Date *dates;
    size_t count;
    const char *never; /* why it never fires; NULL: it does */
} Dates;

static void put_rule(JsonWriter *w, const Cadence *c)
{
    Str s;
    str_init(&s);
    put_cadence(w, "cadence", c);
    cadence_print_rrule(&s, c);
    put_text(w, "rrule", s.buf);
    put_text(w, "kind", kind_name(c));
    str_finish(&s);
}

static void put_dates(JsonWriter *w, const Dates *d)
{
    put_rule(w, &d->cadence);
    json_open(w, "dates", '[');
    for (size_t i = 0; i < d->count; i++) put_date(w, NULL, d->dates[i]);
    json_close(w, ']');
}

static void say_month_end(Run *r, const Cadence *c)
{
    Str s;
    str_init(&s);
    cadence_print_month_end(&s, c);
    if (s.len) say(r, "(%s)", s.buf);
    str_finish(&s);
}

/* `since`: what the first of them, today, waits since; DATE_NONE: it does not. */
static void say_dates(Run *r, const Dates *d, Date since)
{
    Str s;
    str_init(&s);
    for (size_t i = 0; i < d->count; i++) {
        bool waits = i == 0 && since != DATE_NONE;
        str_clear(&s);
        if (waits) {
            str_add_c(&s, "today (waiting since ");
            date_print_short(&s, since, app_today(r->app));
            str_add_char(&s, ')');
        } else {
            date_print_long(&s, d->dates[i]);
        }
        say(r, "%s", s.buf);
    }
    str_finish(&s);
}

/* ---- a preview ---- */

static void print_preview(Run *r, const Dates *d)
{
    Str s;
    str_init(&s);
    cadence_print(&s, &d->cadence);
    if (s.len || !d->never) say(r, "%s (%s)", s.len ? s.buf : "no reminder", cadence_kind_words(&d->cadence));
    str_clear(&s);
    cadence_print_rrule(&s, &d->cadence);
    if (s.len) say(r, "RRULE:%s", s.buf);
    str_finish(&s);
    say_month_end(r, &d->cadence);
    if (d->never) say(r, "never fires: %s", d->never);
    say_dates(r, d, DATE_NONE);
}

static void show_preview(Run *r, const Dates *d)
{
    if (!r->json) {
        print_preview(r, d);
        return;
    }
    JsonOut j;
    json_out_begin(&j);
    put_dates(&j.w, d);
    if (d->never) json_put_text(&j.w, "never", d->never);
    json_out_end(&j, r);
}

static void count_dates(Run *r, Dates *d, Date from, long count)
{
    Date *dates = arena_array(&r->arena, (size_t)count, sizeof *dates);
    while (d->count < (size_t)count) {
        Date day = cadence_add(&d->cadence, from, (int)d->count + 1);
        if (day == DATE_NONE) break;
        dates[d->count++] = day;
    }
    d->dates = dates;
    if (d->count == 0 && d->cadence.kind != CADENCE_NONE)
        d->never = "counted from that day, no such day comes.";
}

/* Why a text that cannot be kept never fires; NULL for any other text. */
static const char *why_never(Run *r, const char *often)
{
    Str why;
    str_init(&why);
    bool never = cadence_never_fires(sv(often), &why);
    const char *said = never ? arena_strf(&r->arena, "%s. It cannot be kept like this.", why.buf) : NULL;
    str_finish(&why);
    return said;
}

static bool preview(Run *r, Error *err)
{
    Dates d = {0};
    Date from = app_today(r->app);
    long count = SHOWN_DATES;
    const char *often = given_value(r, "preview");
    if (arg_count(r))
        return error_set(err, ERR_USAGE,
                         "--preview: takes no WHO. Put its words in quotes: --preview \"%s %s\"", often,
                         arg_rest(r, 0));
    d.never = why_never(r, often);
    if ((!d.never && !read_cadence(often, &d.cadence, err)) || !given_day(r, "from", &from, err) ||
        !given_number(r, "count", 1, 1000, &count, err))
        return false;
    if (!d.never) count_dates(r, &d, from, count);
    show_preview(r, &d);
    return true;
}

/* ---- of an alliance ---- */

static void put_own(Run *r, const AllianceRow *row, const Dates *d)
{
    JsonOut j;
    json_out_begin(&j);
    json_put_text(&j.w, "alliance", row->alliance.name);
    json_put_id(&j.w, "alliance_id", row->alliance.id);
    put_dates(&j.w, d);
    put_date(&j.w, "due", app_due(r->app, row).day);
    json_out_end(&j, r);
}

void next_words(Str *out, const Run *r, const AllianceRow *row)
{
    Due due = app_due(r->app, row);
    bool wakes = due.state == DUE_PAUSED && due.day != DATE_NONE && due.day == row->alliance.paused_until;
    bool moved = due.state == DUE_SNOOZED || wakes; /* its words name the day already */
    if (due.state == DUE_NONE &&
        (row->alliance.cadence.kind == CADENCE_NONE || row->alliance.state == STATE_ENDED))
        return;
    str_add_c(out, due.state == DUE_PAST ? " The check-in " : " Next check-in: ");
    if (moved) {
        str_add_c(out, wakes ? "paused to " : "snoozed to ");
        date_print_short(out, due.day, app_today(r->app));
    } else {
        app_due_words(r->app, row, out);
    }
    if (due.day != DATE_NONE && !moved) {
        str_add_c(out, " (");
        date_print_short(out, due.day, app_today(r->app));
        str_add_char(out, ')');
    }
    str_add_char(out, '.');
}

static void print_own(Run *r, const AllianceRow *row, const Dates *d)
{
    Str s;
    str_init(&s);
    Due due = app_due(r->app, row);
    if (d->cadence.kind == CADENCE_NONE) {
        str_add_c(&s, "no check-ins are planned");
    } else {
        cadence_print_words(&s, &d->cadence);
        str_addf(&s, " (%s)", cadence_kind_words(&d->cadence));
    }
    str_add_char(&s, '.');
    next_words(&s, r, row);
    say(r, "%s: %s", row->alliance.name, s.buf);
    str_finish(&s);
    say_month_end(r, &d->cadence);
    say_dates(r, d, due.state == DUE_PAST ? due.day : DATE_NONE);
}

static bool show_cadence(Run *r, Id id, Error *err)
{
    AllianceRow row;
    Date dates[SHOWN_DATES];
    if (!app_alliance_row(r->app, id, &r->arena, &row, err)) return false;
    Dates d = {.cadence = row.alliance.cadence, .dates = dates};
    d.count = app_next_days(r->app, &row, dates, SHOWN_DATES);
    if (r->json)
        put_own(r, &row, &d);
    else
        print_own(r, &row, &d);
    return true;
}

/* An empty word is more likely a shell's empty variable than a wish to plan none. */
static bool refuse_empty(const char *often, Error *err)
{
    return sv_trim(sv(often)).len > 0 ||
           error_set(err, ERR_USAGE, "HOW OFTEN is empty. Say how often, or `none` to plan no check-ins.");
}

static bool refuse_first(Run *r, const Cadence *c, Error *err)
{
    return c->kind != CADENCE_NONE || !given(r, "first") ||
           error_set(err, ERR_USAGE, "--first: with none there is no first check-in. Leave it out.");
}

static bool set_cadence(Run *r, const char *often, Error *err)
{
    Id id;
    Cadence c;
    Date first = DATE_NONE;
    if (!refuse_empty(often, err) || !read_cadence(often, &c, err) || !refuse_first(r, &c, err) ||
        !given_day(r, "first", &first, err) || !app_find(r->app, arg(r, 0), false, &id, err))
        return false;
    Done done;
    done_init(&done);
    return print_done(r, app_set_cadence(r->app, id, &c, first, &done, err), &done);
}

bool cmd_cadence(Run *r, Error *err)
{
    Id id;
    if (given(r, "preview")) return preview(r, err);
    if (arg_count(r) == 0) {
        usage_error(err, r->cli->command, "whose is missing");
        return false;
    }
    const char *often = arg_rest(r, 1);
    if (often) return set_cadence(r, often, err);
    if (given(r, "first"))
        return error_set(err, ERR_USAGE,
                         "--first: say how often too: `entente cadence WHO \"every 2 weeks\"`.");
    return app_find(r->app, arg(r, 0), false, &id, err) && show_cadence(r, id, err);
}
