#include "own.h"

#include <entente/store_checkins.h>

static bool add_quick(Verb *v, const QuickCheckIn *q)
{
    Instant now = app_now(v->app);
    CheckIn c = {.id = store_new_id(v->app->store, now.unix_ms),
                 .alliance = v->alliance.id,
                 .stage = v->alliance.kind == ALLIANCE_TEAM ? STAGE_TEAM_CHECK_IN : STAGE_CHECK_IN,
                 .at = instant_is_none(q->at) ? now : q->at,
                 .trust = q->trust,
                 .trust_note = "",
                 .note = "",
                 .version = v->alliance.version,
                 .is_private = q->is_private,
                 .quick = true};
    if (v->alliance.state == STATE_ENDED)
        return error_set(v->err, ERR_USAGE, "The alliance with %s is ended. Wake it first (resume).",
                         v->alliance.name);
    if (!q->trust && !q->commitment_count && (!q->note || sv_trim(sv(q->note)).len == 0))
        return error_set(v->err, ERR_USAGE, "Nothing to keep. Give a note, a trust or a commitment.");
    if (instant_date(c.at) < date_make(1970, 1, 1))
        return error_set(v->err, ERR_USAGE, "A check-in before 1970 is not kept. Look at the year.");
    if (instant_cmp(c.at, now) > 0)
        return error_set(v->err, ERR_USAGE, "A check-in cannot lie in the future. Give a day up to today.");
    if (q->note && sv_trim(sv(q->note)).len > 0 &&
        !checked_text(&v->arena, q->note, "note", TEXT_MAX_BYTES, &c.note, v->err))
        return false;
    if (!store_check_in_insert(v->app->store, &c, v->err)) return false;
    for (size_t i = 0; i < q->commitment_count; i++)
        if (!verb_add_commitment(v, &q->commitments[i], c.id)) return false;
    v->id = c.id;
    return verb_write_alliance(v);
}

bool app_quick_check_in(App *app, Id alliance, const QuickCheckIn *q, Done *done, Error *err)
{
    Verb v;
    if (!verb_begin(&v, app, alliance, done, err)) return false;
    bool ok = add_quick(&v, q);
    if (ok) {
        str_addf(&v.said, "Check-in with %s kept.", v.alliance.name);
        say_next(&v, " ");
    }
    return verb_end(&v, ok, "check-in with %s", v.alliance.name);
}

bool app_moment(App *app, Id alliance, MomentKind kind, const char *text, Instant at, bool is_private,
                Done *done, Error *err)
{
    Verb v;
    if (!verb_begin(&v, app, alliance, done, err)) return false;
    Instant now = app_now(app);
    Moment m = {.id = store_new_id(app->store, now.unix_ms),
                .alliance = alliance,
                .kind = kind,
                .at = instant_is_none(at) ? now : at,
                .is_private = is_private};
    v.id = m.id;
    bool ok = (instant_cmp(m.at, now) <= 0 ||
               error_set(err, ERR_USAGE, "A moment cannot lie in the future. Give a day up to today.")) &&
              checked_text(&v.arena, text, "moment", LINE_MAX_BYTES, &m.text, err) &&
              store_moment_insert(app->store, &m, err);
    str_addf(&v.said, "Noted with %s: %s.", v.alliance.name, moment_kind_name(kind));
    return verb_end(&v, ok, "moment with %s: %s", v.alliance.name, moment_kind_name(kind));
}
