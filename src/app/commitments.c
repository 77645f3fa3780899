#include "own.h"

#include <entente/text.h>
#include <entente/when.h>
#include <string.h>

bool app_commitments(App *app, const CommitmentFilter *filter, const CommitmentCursor *after, size_t limit,
                     Arena *arena, CommitmentRow **ret, size_t *ret_n, CommitmentCursor *ret_next, Error *err)
{
    return store_commitments(app->store, filter, after, limit, arena, ret, ret_n, ret_next, err);
}

bool verb_add_commitment(Verb *v, const NewCommitment *c, Id made_in)
{
    Instant now = app_now(v->app);
    Commitment row = {.id = store_new_id(v->app->store, now.unix_ms),
                      .alliance = v->alliance.id,
                      .side = c->side,
                      .due = c->due,
                      .state = COMMITMENT_OPEN,
                      .made = now,
                      .settled = INSTANT_NONE,
                      .made_in = made_in,
                      .trashed = INSTANT_NONE};
    v->id = row.id;
    return checked_line(&v->arena, c->text, "commitment", LINE_MAX_BYTES, &row.text, v->err) &&
           store_commitment_insert(v->app->store, &row, v->err);
}

bool app_commit(App *app, Id alliance, Side side, const char *text, Date due, Done *done, Error *err)
{
    Verb v;
    if (!verb_begin(&v, app, alliance, done, err)) return false;
    NewCommitment c = {.side = side, .text = text, .due = due};
    bool ok = verb_add_commitment(&v, &c, 0);
    str_addf(&v.said, "Noted for %s: ", v.alliance.name);
    str_add(&v.said, sv_trim(sv(text)));
    if (due != DATE_NONE) {
        str_add_c(&v.said, ", by ");
        date_print_short(&v.said, due, app_today(app));
    }
    str_add_c(&v.said, ".");
    return verb_end(&v, ok, "commitment with %s", v.alliance.name);
}

/* Begins a verb about a commitment: reads it and its alliance. */
static bool begin_commitment(Verb *v, App *app, Id id, Commitment *c, Done *done, Error *err)
{
    Arena arena = {0};
    bool found = store_commitment_get(app->store, id, &arena, c, err);
    Id alliance = found ? c->alliance : 0;
    arena_finish(&arena);
    if (!found || !verb_begin(v, app, alliance, done, err)) return false;
    v->id = id;
    if (store_commitment_get(app->store, id, &v->arena, c, err) &&
        (instant_is_none(c->trashed) ||
         error_set(err, ERR_NOT_FOUND, "That commitment is in the trash. Undo brings it back.")))
        return true;
    verb_end(v, false, " ");
    return false;
}

bool app_edit_commitment(App *app, Id id, Side side, const char *text, Date due, Done *done, Error *err)
{
    Verb v;
    Commitment c;
    if (!begin_commitment(&v, app, id, &c, done, err)) return false;
    c.side = side;
    c.due = due;
    bool ok = checked_line(&v.arena, text, "commitment", LINE_MAX_BYTES, &c.text, err) &&
              store_commitment_update(app->store, &c, err);
    str_addf(&v.said, "Changed: %s.", c.text);
    return verb_end(&v, ok, "edit a commitment with %s", v.alliance.name);
}

bool verb_settle(Verb *v, Id commitment, CommitmentState state, Id settled_in)
{
    Commitment c;
    if (!store_commitment_get(v->app->store, commitment, &v->arena, &c, v->err)) return false;
    if (state == COMMITMENT_KEPT_LATE)
        return error_set(v->err, ERR_USAGE, "Kept late is found out from the dates. Say kept.");
    c.state = state;
    c.settled = state == COMMITMENT_OPEN ? INSTANT_NONE : app_now(v->app);
    c.settled_in = state == COMMITMENT_OPEN ? 0 : settled_in;
    return store_commitment_update(v->app->store, &c, v->err);
}

bool app_settle(App *app, Id id, CommitmentState state, Done *done, Error *err)
{
    Verb v;
    Commitment c;
    if (!begin_commitment(&v, app, id, &c, done, err)) return false;
    bool ok = verb_settle(&v, id, state, 0);
    str_addf(&v.said, "Marked \"%s\" %s.", c.text, commitment_state_words(state));
    return verb_end(&v, ok, "mark a commitment with %s %s", v.alliance.name, commitment_state_words(state));
}

bool app_trash_commitment(App *app, Id id, Done *done, Error *err)
{
    Verb v;
    Commitment c;
    if (!begin_commitment(&v, app, id, &c, done, err)) return false;
    c.trashed = app_now(app);
    bool ok = store_commitment_update(app->store, &c, err);
    str_addf(&v.said, "Moved \"%s\" to the trash.", c.text);
    return verb_end(&v, ok, "move a commitment with %s to the trash", v.alliance.name);
}

/* ---- as it is said: "me: TEXT by WHEN" ---- */

/* Splits a final "by WHEN" off when the words behind a "by" are a day. */
static Date cut_by(StrView *text, Date today)
{
    for (size_t i = text->len; i-- > 4;) {
        StrView word = sv_n(text->ptr + i - 4, 4);
        if (!sv_eq_nocase(word, SV(" by "))) continue;
        When when;
        StrView rest = sv_trim(sv_n(text->ptr + i, text->len - i));
        if (rest.len == 0 || !when_parse(rest, today, &when, NULL)) continue;
        *text = sv_trim(sv_n(text->ptr, i - 4));
        return when.date;
    }
    return DATE_NONE;
}

bool app_read_commitment(App *app, const char *text, Arena *arena, NewCommitment *ret, Error *err)
{
    StrView rest = sv(text);
    if (!text_check(rest, "commitment", err)) return false;
    StrView who = sv_trim(sv_cut(&rest, ':'));
    NewCommitment c = {.due = DATE_NONE};
    if (!side_parse(who, &c.side))
        return error_set(
            err, ERR_USAGE,
            "Whose commitment is \"%s\"? Begin with me:, them: or both:, as in \"me: call by fri\".", text);
    rest = sv_trim(rest);
    c.due = cut_by(&rest, app_today(app));
    if (!checked_line(arena, arena_str(arena, rest), "commitment", LINE_MAX_BYTES, &c.text, err))
        return false;
    *ret = c;
    return true;
}

const char *app_commitment_no_day(const NewCommitment *c)
{
    enum { WORDS_OF_A_DAY = 3 };
    if (c->due != DATE_NONE) return NULL;
    for (size_t i = strlen(c->text); i > 4; i--) {
        if (!sv_eq_nocase(sv_n(c->text + i - 4, 4), SV(" by "))) continue;
        StrView rest = sv_trim(sv(c->text + i));
        return rest.len && text_words(rest) <= WORDS_OF_A_DAY ? rest.ptr : NULL;
    }
    return NULL;
}
