#include "own.h"

#include <entente/store_alliances.h>

/* The next check-in's day before snooze and pause. ERR_USAGE when there is none to move. */
static bool next_base(Verb *v, Date *ret)
{
    AllianceRow row;
    if (!store_alliance_row(v->app->store, v->alliance.id, &v->arena, &row, v->err)) return false;
    row.alliance = v->alliance;
    DueFacts facts = due_facts(&row);
    *ret = due_base(&facts);
    if (*ret != DATE_NONE) return true;
    return error_set(v->err, ERR_USAGE, "No check-in with %s is planned. Choose a cadence first.",
                     v->alliance.name);
}

static void add_day(Str *out, Date day, const App *app)
{
    date_print_short(out, day, app_today(app));
}

static bool snooze(Verb *v, Date until)
{
    Date of;
    Instant now = app_now(v->app);
    if (until <= app_today(v->app))
        return error_set(v->err, ERR_USAGE,
                         "A check-in can be snoozed to a later day only. Name one after today.");
    return next_base(v, &of) &&
           store_snooze_set(v->app->store, store_new_id(v->app->store, now.unix_ms), v->alliance.id, of,
                            until, now, v->err) &&
           verb_write_alliance(v);
}

bool app_snooze(App *app, Id alliance, Date until, Done *done, Error *err)
{
    Verb v;
    if (!verb_begin(&v, app, alliance, done, err)) return false;
    bool ok = snooze(&v, until);
    Str day;
    str_init(&day);
    add_day(&day, until, app);
    str_addf(&v.said, "Snoozed %s to %s. The cadence itself does not change.", v.alliance.name, day.buf);
    ok = verb_end(&v, ok, "snooze %s to %s", v.alliance.name, day.buf);
    str_finish(&day);
    return ok;
}

static bool skip(Verb *v, Date *ret_of)
{
    Instant now = app_now(v->app);
    return next_base(v, ret_of) &&
           store_skip_insert(v->app->store, store_new_id(v->app->store, now.unix_ms), v->alliance.id, *ret_of,
                             now, v->err) &&
           verb_write_alliance(v);
}

bool app_skip(App *app, Id alliance, Done *done, Error *err)
{
    Verb v;
    if (!verb_begin(&v, app, alliance, done, err)) return false;
    Date of = DATE_NONE;
    bool ok = skip(&v, &of);
    Str day;
    str_init(&day);
    if (ok) {
        add_day(&day, of, app);
        str_addf(&v.said, "Skipped %s on purpose.", day.buf);
        say_next(&v, " ");
    }
    ok = verb_end(&v, ok, "skip %s, %s", v.alliance.name, day.buf);
    str_finish(&day);
    return ok;
}

static bool pause_until(Verb *v, Date until)
{
    Alliance *a = &v->alliance;
    if (a->state != STATE_ACTIVE && a->state != STATE_PAUSED)
        return error_set(v->err, ERR_USAGE, "%s is %s: there is nothing to pause.", a->name,
                         a->state == STATE_ENDED ? "ended" : "still being designed");
    if (until != DATE_NONE && until <= app_today(v->app))
        return error_set(v->err, ERR_USAGE, "A pause ends on a later day. Name one after today.");
    a->state = STATE_PAUSED;
    a->paused_until = until;
    return verb_write_alliance(v);
}

bool app_pause(App *app, Id alliance, Date until, Done *done, Error *err)
{
    Verb v;
    if (!verb_begin(&v, app, alliance, done, err)) return false;
    bool ok = pause_until(&v, until);
    str_addf(&v.said, "Paused %s ", v.alliance.name);
    if (until == DATE_NONE) {
        str_add_c(&v.said, "until you wake it.");
    } else {
        str_add_c(&v.said, "to ");
        add_day(&v.said, until, app);
        str_add_c(&v.said, ".");
    }
    return verb_end(&v, ok, "pause %s", v.alliance.name);
}

static bool set_active(Verb *v, const char *already)
{
    Alliance *a = &v->alliance;
    if (a->state == STATE_ACTIVE || a->state == STATE_DESIGNING)
        return error_set(v->err, ERR_USAGE, "%s %s.", a->name, already);
    a->state = a->version || a->cadence.kind != CADENCE_NONE ? STATE_ACTIVE : STATE_DESIGNING;
    a->paused_until = DATE_NONE;
    return verb_write_alliance(v);
}

bool app_resume(App *app, Id alliance, Done *done, Error *err)
{
    Verb v;
    if (!verb_begin(&v, app, alliance, done, err)) return false;
    bool ok = set_active(&v, "is awake already");
    str_addf(&v.said, "%s is awake again.", v.alliance.name);
    if (ok) say_next(&v, " ");
    return verb_end(&v, ok, "wake %s", v.alliance.name);
}

static bool set_review(Verb *v, Date on)
{
    Alliance *a = &v->alliance;
    if (on != DATE_NONE && a->state == STATE_ENDED)
        return error_set(v->err, ERR_USAGE, "The alliance with %s is ended: there is nothing to review.",
                         a->name);
    if (on != DATE_NONE && a->version == 0)
        return error_set(v->err, ERR_USAGE, "There is no agreement with %s to review yet. Design one first.",
                         a->name);
    if (on != DATE_NONE && on < app_today(v->app))
        return error_set(v->err, ERR_USAGE, "A review cannot lie in the past. Name today or a later day.");
    a->review_on = on;
    return verb_write_alliance(v);
}

bool app_set_review(App *app, Id alliance, Date on, Done *done, Error *err)
{
    Verb v;
    if (!verb_begin(&v, app, alliance, done, err)) return false;
    bool ok = set_review(&v, on);
    Str day;
    str_init(&day);
    if (on == DATE_NONE) {
        str_addf(&v.said, "The agreement with %s has no review planned.", v.alliance.name);
    } else {
        add_day(&day, on, app);
        str_addf(&v.said, "Review of the agreement with %s: %s.", v.alliance.name, day.buf);
    }
    ok = verb_end(&v, ok, "review with %s: %s", v.alliance.name, on == DATE_NONE ? "none" : day.buf);
    str_finish(&day);
    return ok;
}

/* Who chooses a shorter cadence does not want to wait out the longer one. */
Date first_check_in(const Alliance *a, const Cadence *cadence, Date named, Date today)
{
    Date by_cadence = cadence_add(cadence, today, 1);
    if (named != DATE_NONE) return named;
    return a->anchor != DATE_NONE && a->anchor < by_cadence ? a->anchor : by_cadence;
}

bool checked_first(const App *app, Date first, Error *err)
{
    return first == DATE_NONE || first >= app_today(app) ||
           error_set(err, ERR_USAGE, "The first check-in would lie in the past. Name today or a later day.");
}

bool verb_set_cadence(Verb *v, const Cadence *cadence, Date first)
{
    Alliance *a = &v->alliance;
    Date today = app_today(v->app);
    bool before = !instant_is_none(a->last_check_in);
    a->cadence = *cadence;
    if (a->state == STATE_DESIGNING && cadence->kind != CADENCE_NONE) a->state = STATE_ACTIVE;
    if (cadence->kind == CADENCE_NONE) return true;
    if (!before) {
        a->anchor = first_check_in(a, cadence, first, today);
        return checked_comes(v->app, cadence, a->anchor, v->err);
    }
    Date from = a->anchor != DATE_NONE ? a->anchor : instant_date(a->last_check_in);
    if (!checked_comes(v->app, cadence, from, v->err)) return false;
    if (first == DATE_NONE) return true;
    Date of;
    Instant now = app_now(v->app);
    if (!next_base(v, &of)) return false;
    /* On the day itself nothing is moved, and what was moved before comes back. */
    return store_snooze_set(v->app->store, store_new_id(v->app->store, now.unix_ms), a->id, of,
                            first == of ? DATE_NONE : first, now, v->err);
}

bool app_set_cadence(App *app, Id alliance, const Cadence *c, Date first, Done *done, Error *err)
{
    Verb v;
    if (!verb_begin(&v, app, alliance, done, err)) return false;
    bool ok = checked_first(app, first, err) && verb_set_cadence(&v, c, first) && verb_write_alliance(&v);
    Str words;
    str_init(&words);
    cadence_print_words(&words, c);
    str_addf(&v.said, "%s: %s.", v.alliance.name, words.buf);
    if (ok) say_next(&v, " ");
    ok = verb_end(&v, ok, "cadence of %s: %s", v.alliance.name, words.buf);
    str_finish(&words);
    return ok;
}

bool app_end(App *app, Id alliance, Done *done, Error *err)
{
    Verb v;
    if (!verb_begin(&v, app, alliance, done, err)) return false;
    bool ok = v.alliance.state != STATE_ENDED ||
              error_set(err, ERR_USAGE, "The alliance with %s is ended already.", v.alliance.name);
    v.alliance.state = STATE_ENDED;
    v.alliance.paused_until = DATE_NONE;
    ok = ok && verb_write_alliance(&v);
    str_addf(&v.said, "The alliance with %s is ended; its history stays.", v.alliance.name);
    return verb_end(&v, ok, "end the alliance with %s", v.alliance.name);
}
