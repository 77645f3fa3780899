#include "own.h"

#include <entente/store_alliances.h>

/* The facts of its next check-in, and its day before snooze and pause. ERR_USAGE when there is none to move.
 */
static bool next_base(Verb *v, DueFacts *ret, Date *ret_of)
{
    AllianceRow row;
    if (!store_alliance_row(v->app->store, v->alliance.id, &v->arena, &row, v->err)) return false;
    row.alliance = v->alliance;
    DueFacts facts = due_facts(&row);
    Date of = due_base(&facts);
    if (of == DATE_NONE)
        return error_set(v->err, ERR_USAGE, "No check-in with %s is planned. Choose a cadence first.",
                         v->alliance.name);
    *ret = facts;
    *ret_of = of;
    return true;
}

static void add_day(Str *out, Date day, const App *app)
{
    date_print_short(out, day, app_today(app));
}

/* ---- snooze ---- */

static bool refuse_paused(const App *app, const Alliance *a, Error *err)
{
    Str until;
    str_init(&until);
    if (a->paused_until != DATE_NONE) {
        str_add_c(&until, " until ");
        add_day(&until, a->paused_until, app);
    }
    error_set(err, ERR_USAGE, "%s is paused%s: wake them first (`entente resume`, or p on the screen).",
              a->name, until.buf);
    str_finish(&until);
    return false;
}

static bool refuse_earlier(const App *app, const Alliance *a, Date of, Error *err)
{
    Str day;
    str_init(&day);
    add_day(&day, of, app);
    error_set(err, ERR_USAGE,
              "The check-in with %s is due %s, and snoozing only puts it off: name a later day. Earlier is "
              "`entente cadence WHO HOW-OFTEN --first DAY`, or \"Next on\" where the cadence is changed.",
              a->name, day.buf);
    str_finish(&day);
    return false;
}

static bool can_snooze(const App *app, const Alliance *a, const DueFacts *f, Date until, Error *err)
{
    Date of = due_base(f), today = app_today(app);
    bool again = f->snooze_until != DATE_NONE && f->snooze_of == of;
    if (a->state == STATE_PAUSED && (a->paused_until == DATE_NONE || a->paused_until > today))
        return refuse_paused(app, a, err);
    if (until != DATE_NONE && until <= today)
        return error_set(err, ERR_USAGE,
                         "A check-in can be snoozed to a later day only. Name one after today.");
    return until == DATE_NONE || until > of || (again && until == of) || refuse_earlier(app, a, of, err);
}

bool app_check_snooze(const App *app, const AllianceRow *row, Date until, Error *err)
{
    DueFacts facts = due_facts(row);
    return can_snooze(app, &row->alliance, &facts, until, err);
}

/* A rolling cadence counts on from the day it is held: it has none to leave out. */
static void add_left_out(const App *app, const DueFacts *f, Date until, Str *out)
{
    enum { COUNTED_MAX = 99 };
    Date of = due_base(f), first = DATE_NONE;
    DueFacts to = *f;
    int n = 0;
    if (f->cadence.kind != CADENCE_FIXED || of == DATE_NONE || until <= of) return;
    to.snooze_of = of;
    to.snooze_until = until;
    Date next = due_held(to, until);
    for (Date d = due_after(f, of); d != DATE_NONE && n <= COUNTED_MAX; d = due_after(f, d)) {
        if (next != DATE_NONE && d >= next) break;
        if (d != until && n++ == 0) first = d;
    }
    if (n == 0) return;
    str_add_c(out, " This leaves out ");
    if (n == 1)
        add_day(out, first, app);
    else
        str_addf(out, n > COUNTED_MAX ? "more than %d check-ins" : "%d check-ins",
                 n > COUNTED_MAX ? COUNTED_MAX : n);
    str_add_char(out, '.');
}

void app_snooze_leaves_out(const App *app, const AllianceRow *row, Date until, Str *out)
{
    DueFacts facts = due_facts(row);
    add_left_out(app, &facts, until, out);
}

/* Back on the day it was due, nothing is snoozed. */
static bool snooze(Verb *v, Date until, Date *ret_of, Str *left_out)
{
    DueFacts facts;
    Instant now = app_now(v->app);
    if (!next_base(v, &facts, ret_of)) return false;
    add_left_out(v->app, &facts, until, left_out);
    return can_snooze(v->app, &v->alliance, &facts, until, v->err) &&
           store_snooze_set(v->app->store, store_new_id(v->app->store, now.unix_ms), v->alliance.id, *ret_of,
                            until == *ret_of ? DATE_NONE : until, now, v->err) &&
           verb_write_alliance(v);
}

bool app_snooze(App *app, Id alliance, Date until, Done *done, Error *err)
{
    Verb v;
    if (!verb_begin(&v, app, alliance, done, err)) return false;
    Date of = DATE_NONE;
    Str day, left_out;
    str_init(&day);
    str_init(&left_out);
    bool ok = snooze(&v, until, &of, &left_out);
    add_day(&day, until, app);
    if (until == of)
        str_addf(&v.said, "The check-in with %s is on %s again.", v.alliance.name, day.buf);
    else
        str_addf(&v.said, "Snoozed %s to %s.%s The cadence itself does not change.", v.alliance.name, day.buf,
                 left_out.buf);
    ok = verb_end(&v, ok, "snooze %s to %s", v.alliance.name, day.buf);
    str_finish(&day);
    str_finish(&left_out);
    return ok;
}

/* ---- skip ---- */

/* The next one and, when it has gone by, all others that have. */
static bool skip(Verb *v, Date *ret_first, size_t *ret_n)
{
    DueFacts f;
    Date day, today = app_today(v->app);
    Instant now = app_now(v->app);
    size_t n = 0;
    if (!next_base(v, &f, &day)) return false;
    *ret_first = day;
    /* What is left out is put off no longer: a check-in on the day it had moved to is not that one. */
    if (f.snooze_of == day &&
        !store_snooze_set(v->app->store, 0, v->alliance.id, DATE_NONE, DATE_NONE, now, v->err))
        return false;
    do {
        if (!store_skip_insert(v->app->store, store_new_id(v->app->store, now.unix_ms), v->alliance.id, day,
                               now, v->err))
            return false;
        n++;
        day = due_after(&f, day);
    } while (day != DATE_NONE && day < today);
    *ret_n = n;
    return verb_write_alliance(v);
}

bool app_skip(App *app, Id alliance, Done *done, Error *err)
{
    Verb v;
    if (!verb_begin(&v, app, alliance, done, err)) return false;
    Date first = DATE_NONE;
    size_t n = 0;
    bool ok = skip(&v, &first, &n);
    Str what, who;
    str_init(&what);
    str_init(&who);
    app_short_name(v.alliance.name, &who);
    if (n == 1)
        add_day(&what, first, app);
    else
        str_addf(&what, "%zu check-ins that went by", n);
    if (n == 1)
        str_addf(&v.said, "Skipped %s with %s on purpose.", what.buf, who.buf);
    else
        str_addf(&v.said, "Skipped %zu check-ins with %s that went by, on purpose.", n, who.buf);
    if (ok) say_next(&v, " ");
    ok = verb_end(&v, ok, "skip %s, %s", v.alliance.name, what.buf);
    str_finish(&what);
    str_finish(&who);
    return ok;
}

/* ---- pause ---- */

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

/* Who is woken by hand is as after a pause that ran out today: what went by meanwhile waits from today on. */
static bool set_active(Verb *v, const char *already)
{
    Alliance *a = &v->alliance;
    Date today = app_today(v->app);
    bool over = a->paused_until != DATE_NONE && a->paused_until <= today;
    if (a->state == STATE_ACTIVE || a->state == STATE_DESIGNING || (a->state == STATE_PAUSED && over))
        return error_set(v->err, ERR_USAGE, "%s %s.", a->name, already);
    bool rested = a->state == STATE_PAUSED && a->cadence.kind != CADENCE_NONE;
    a->state = rested                                          ? STATE_PAUSED
               : a->version || a->cadence.kind != CADENCE_NONE ? STATE_ACTIVE
                                                               : STATE_DESIGNING;
    a->paused_until = rested ? today : DATE_NONE;
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

bool app_check_review(const Alliance *a, Error *err)
{
    if (a->state == STATE_ENDED)
        return error_set(err, ERR_USAGE, "The alliance with %s is ended: there is nothing to review.",
                         a->name);
    return a->version > 0 ||
           error_set(err, ERR_USAGE, "There is no agreement with %s to review yet. Design one first.",
                     a->name);
}

static bool set_review(Verb *v, Date on)
{
    Alliance *a = &v->alliance;
    if (on != DATE_NONE && !app_check_review(a, v->err)) return false;
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

/* ---- cadence ---- */

/* The first day of the calendar from today on, in the first week, month or year that has one; or one interval
 * from today. Who chooses a shorter cadence does not want to wait out the longer one. */
Date first_check_in(const Alliance *a, const Cadence *cadence, Date named, Date today)
{
    Cadence each = *cadence;
    if (named != DATE_NONE) return named;
    if (cadence->kind == CADENCE_FIXED) {
        each.every = 1;
        return cadence_next(&each, today, today - 1);
    }
    Date by_cadence = cadence_add(cadence, today, 1);
    return a->anchor != DATE_NONE && a->anchor < by_cadence ? a->anchor : by_cadence;
}

/* A day named behind a check-in of today is wanted beside it. */
static Date chosen_on(Date last, Date first, Date today)
{
    bool beside = first != DATE_NONE && last != DATE_NONE && last >= today && first > last;
    return beside ? last + 1 : today;
}

bool choose_cadence(Alliance *a, const Cadence *c, Date first, Date today)
{
    Date last = instant_date(a->last_check_in);
    bool wanted = c->kind == CADENCE_FIXED || first != DATE_NONE;
    if (first == DATE_NONE && cadence_equal(&a->cadence, c)) return false;
    a->cadence = *c;
    a->cadence_since = DATE_NONE;
    if (c->kind == CADENCE_NONE) return true;
    if (wanted || last == DATE_NONE) a->anchor = first_check_in(a, c, first, today);
    if (wanted) a->cadence_since = chosen_on(last, first, today);
    return true;
}

bool checked_first(const App *app, Date first, Error *err)
{
    return first == DATE_NONE || first >= app_today(app) ||
           error_set(err, ERR_USAGE, "The first check-in would lie in the past. Name today or a later day.");
}

bool verb_set_cadence(Verb *v, const Cadence *cadence, Date first)
{
    Alliance *a = &v->alliance;
    Store *store = v->app->store;
    if (a->state == STATE_DESIGNING && cadence->kind != CADENCE_NONE) a->state = STATE_ACTIVE;
    bool other = !cadence_equal(&a->cadence, cadence);
    Date today = app_today(v->app);
    if (!choose_cadence(a, cadence, first, today)) return true;
    if (!checked_alliance_comes(v->app, a, v->err)) return false;
    /* What was moved or left out ahead was so by the cadence of before; a day named is wanted in any case. */
    return store_snooze_set(store, 0, a->id, DATE_NONE, DATE_NONE, app_now(v->app), v->err) &&
           (!other || store_skips_delete(store, a->id, today, v->err)) &&
           (first == DATE_NONE || store_skip_delete(store, a->id, first, v->err));
}

bool app_set_cadence(App *app, Id alliance, const Cadence *c, Date first, Done *done, Error *err)
{
    Verb v;
    if (!verb_begin(&v, app, alliance, done, err)) return false;
    bool same = first == DATE_NONE && cadence_equal(&v.alliance.cadence, c);
    bool ok = checked_first(app, first, err) && verb_set_cadence(&v, c, first) && verb_write_alliance(&v);
    Str words;
    str_init(&words);
    if (c->kind == CADENCE_NONE)
        str_add_c(&words, "no check-ins are planned");
    else
        cadence_print_words(&words, c);
    str_addf(&v.said, "%s: %s%s.", v.alliance.name, words.buf, same ? ", as before" : "");
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

bool app_reviews_due(App *app, size_t limit, Arena *arena, const char *const **ret, size_t *ret_n, Error *err)
{
    ReviewRow *rows;
    size_t n;
    if (!store_reviews(app->store, app_today(app), limit, arena, &rows, &n, err)) return false;
    const char **names = arena_array(arena, n, sizeof *names);
    for (size_t i = 0; i < n; i++) names[i] = rows[i].name;
    *ret = names;
    *ret_n = n;
    return true;
}
