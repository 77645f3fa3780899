#include "session_own.h"

#include <entente/store_agreements.h>
#include <entente/store_checkins.h>
#include <entente/store_drafts.h>
#include <string.h>

/* ---- what both stages keep ---- */

static bool check_all(const Session *s, Error *err)
{
    for (size_t i = 0; i < s->count; i++)
        if (!session_check_step(s, &s->steps[i], err)) return false;
    Date day;
    return session_talked_on(s, &day, err);
}

static Id new_id(const Verb *v)
{
    return store_new_id(v->app->store, app_now(v->app).unix_ms);
}

static bool keep_answer(Verb *v, const SessionStep *step, Id check_in, int position)
{
    StrView text = sv_trim(str_view(&step->text));
    if (step->kind == STEP_CHOICE && step->value) text = sv(step->prompt->choices[step->value - 1].words);
    bool empty = text.len == 0 && !step->value;
    if (empty && step->mark != STEP_SKIPPED) return true; /* never shown: not asked */
    Answer a = {.id = new_id(v),
                .check_in = check_in,
                .position = position,
                .prompt = step->key,
                .question = step->question,
                .text = arena_str(&v->arena, text),
                .value = step->value,
                .is_private = step->is_private,
                .skipped = empty};
    return store_answer_insert(v->app->store, &a, v->err);
}

/* In a design only what changed is an answer; the terms left as they were stand in the agreement already. */
static bool is_answer(const SessionStep *step)
{
    switch (step->kind) {
    case STEP_TEXT: return !step->before[0] || step_changes_agreement(step);
    case STEP_SCALE:
    case STEP_CHOICE:
    case STEP_DATE: return true;
    case STEP_WHO:
    case STEP_COMMITMENTS:
    case STEP_TERMS:
    case STEP_CADENCE:
    case STEP_REVIEW: break;
    }
    return false;
}

static bool keep_check_in(Verb *v, const Session *s, Id id)
{
    const SessionStep *trust = session_trust_step(s);
    /* A private note stays in its answer alone: here nothing would mark it. */
    bool open_note = trust && !trust->is_private;
    CheckIn c = {.id = id,
                 .alliance = s->alliance,
                 .stage = s->stage,
                 .at = app_now(v->app),
                 .trust = trust ? trust->value : 0,
                 .trust_note = open_note ? arena_str(&v->arena, sv_trim(str_view(&trust->text))) : "",
                 .note = "",
                 .version = v->alliance.version,
                 .is_private = s->is_private};
    if (!store_check_in_insert(v->app->store, &c, v->err)) return false;
    for (size_t i = 0; i < s->count; i++)
        if (is_answer(&s->steps[i]) && !keep_answer(v, &s->steps[i], id, (int)i)) return false;
    return true;
}

static bool drop_draft(Verb *v, const Session *s)
{
    return !s->own->draft.id || store_draft_delete(v->app->store, &s->own->draft, v->err);
}

/* ---- the agreement ---- */

/* In talk mode what is private was not shown, so nobody can have meant to take it out. */
static bool retire_missing(Verb *v, const Session *s, const SessionStep *step, const Lines *lines, bool *kept,
                           int version, Id *ret_only_retired)
{
    size_t retired = 0;
    *ret_only_retired = 0;
    for (size_t t = 0; t < s->own->term_count; t++) {
        const Term *term = &s->own->terms[t];
        if (s->together && term->is_private) continue;
        if (term->section != step->section || term->side != step->side || term->to_version != 0) continue;
        size_t i = 0;
        bool same_privacy = step->is_private == step->was_private || term->is_private == step->is_private;
        while (i < lines->len && (kept[i] || !sv_eq(lines->at[i], sv(term->text)))) i++;
        if (i < lines->len && same_privacy) {
            kept[i] = true;
            if (term->position != (int)i && !store_term_place(v->app->store, term->id, (int)i, v->err))
                return false;
            continue;
        }
        if (!store_term_retire(v->app->store, term->id, version, v->err)) return false;
        *ret_only_retired = retired++ ? 0 : term->id;
    }
    return true;
}

static int terms_there(const Session *s, const SessionStep *step)
{
    int n = 0;
    for (size_t i = 0; i < s->own->term_count; i++) {
        const Term *t = &s->own->terms[i];
        n += t->section == step->section && t->side == step->side && t->to_version == 0;
    }
    return n;
}

/* What a repair or a renewal does to one term. */
static bool deal_with(Verb *v, const Session *s, const TermRow *row, int version)
{
    const Term *old = NULL;
    for (size_t i = 0; i < s->own->term_count; i++)
        if (s->own->terms[i].id == row->id) old = &s->own->terms[i];
    if (!old || !term_row_changes(row)) return true;
    if (!store_term_retire(v->app->store, row->id, version, v->err)) return false;
    if (row->deal == DEAL_DROP) return true;
    Term term = *old;
    term.id = new_id(v);
    term.text = arena_str(&v->arena, sv_trim(str_view(&row->change)));
    term.from_version = version;
    term.to_version = 0;
    term.replaces = old->id;
    return store_term_insert(v->app->store, &term, v->err);
}

static bool write_section(Verb *v, const Session *s, const SessionStep *step, int version)
{
    Lines lines = {0};
    step_lines(str_view(&step->text), &lines);
    bool *kept = arena_array(&v->arena, lines.len + 1, sizeof *kept);
    Id replaces = 0;
    bool ok = step->adds || retire_missing(v, s, step, &lines, kept, version, &replaces);
    int behind = step->adds ? terms_there(s, step) : 0;
    size_t added = 0;
    for (size_t i = 0; i < lines.len; i++) added += !kept[i];
    for (size_t i = 0; i < lines.len && ok; i++) {
        if (kept[i]) continue;
        Term term = {.id = new_id(v),
                     .alliance = s->alliance,
                     .section = step->section,
                     .side = step->side,
                     .text = arena_str(&v->arena, lines.at[i]),
                     .is_private = step->is_private,
                     .from_version = version,
                     .replaces = added == 1 ? replaces : 0,
                     .position = behind + (int)i};
        ok = store_term_insert(v->app->store, &term, v->err);
    }
    vec_finish(&lines);
    return ok;
}

static const char *reason_of(Verb *v, const Session *s)
{
    StrView given = sv_trim(str_view(&s->reason));
    if (given.len > 0) return arena_str(&v->arena, given);
    return s->stage == STAGE_REPAIR ? "After a repair talk." : s->stage == STAGE_RENEW ? "At a renewal." : "";
}

static bool write_version(Verb *v, const Session *s, Id check_in)
{
    Date day;
    Version version = {.id = new_id(v),
                       .alliance = s->alliance,
                       .number = v->alliance.version,
                       .since = app_now(v->app),
                       .reason = reason_of(v, s),
                       .talked = s->talked,
                       .check_in = check_in};
    if (!session_when(s, &s->talked_on, "Talked on", &day, v->err)) return false;
    version.talked_on = s->talked == TALKED_NOT_YET ? DATE_NONE : day;
    if (!store_version_insert(v->app->store, &version, v->err)) return false;
    for (size_t i = 0; i < s->count; i++)
        if (step_changes_agreement(&s->steps[i]) && !write_section(v, s, &s->steps[i], version.number))
            return false;
    for (size_t i = 0; i < s->terms.len; i++)
        if (!deal_with(v, s, &s->terms.at[i], version.number)) return false;
    return true;
}

/* Talked through later: the version stays what it is, only more of it is known. */
static bool mark_talked(Verb *v, const Session *s)
{
    Version *versions, version;
    size_t n;
    if (s->talked == TALKED_NOT_YET || s->version == 0) return true;
    if (!store_versions(v->app->store, s->alliance, &v->arena, &versions, &n, v->err)) return false;
    version = versions[n - 1];
    version.talked = s->talked;
    return session_when(s, &s->talked_on, "Talked on", &version.talked_on, v->err) &&
           store_version_update(v->app->store, &version, v->err);
}

/* True when the cadence step says something else than the alliance has. Opening one section asks no cadence.
 */
static bool cadence_changes(const Session *s, const Alliance *a)
{
    const SessionStep *step = session_find_kind(s, STEP_CADENCE);
    if (!step || (!stage_is_design(s->stage) && step->mark != STEP_ANSWERED)) return false;
    Str before;
    str_init(&before);
    cadence_print(&before, &a->cadence);
    bool same = sv_eq(str_view(&before), sv_trim(str_view(&s->cadence)));
    str_finish(&before);
    return !same || sv_trim(str_view(&s->first)).len > 0;
}

static bool write_cadence(Verb *v, const Session *s)
{
    Cadence cadence;
    Date first;
    if (!cadence_changes(s, &v->alliance)) return true;
    return cadence_parse(str_view(&s->cadence), &cadence, v->err) &&
           session_when(s, &s->first, "First check-in", &first, v->err) &&
           verb_set_cadence(v, &cadence, first);
}

/* Somebody else may have amended the agreement since: their version is never overwritten. */
static bool still_current(const Verb *v, const Session *s)
{
    return v->alliance.version == s->version || error_set(v->err, ERR_USAGE,
                                                          "The agreement with %s is at version %d now; this "
                                                          "was begun at version %d. Leave, and go on with "
                                                          "the draft: it then holds both.",
                                                          s->partner, v->alliance.version, s->version);
}

static bool design_is_idle(const Session *s)
{
    return s->version > 0 && !session_changes_agreement(s) && !cadence_changes(s, &s->own->row.alliance) &&
           s->talked == TALKED_NOT_YET;
}

/* ---- check-in ---- */

/* What was settled or taken away elsewhere meanwhile stays so, as it does when a draft is gone on with. */
static bool settle_row(Verb *v, const SettleRow *row, Id check_in)
{
    Commitment now;
    Error why = {0};
    if (row->state == COMMITMENT_OPEN) return true;
    if (!store_commitment_get(v->app->store, row->id, &v->arena, &now, &why))
        return why.code == ERR_NOT_FOUND || error_set(v->err, why.code, "%s", why.msg);
    if (now.state != COMMITMENT_OPEN || !instant_is_none(now.trashed)) return true;
    return verb_settle(v, row->id, row->state, check_in);
}

static bool settle_all(Verb *v, const Session *s, Id check_in)
{
    for (size_t i = 0; i < s->settle.len; i++)
        if (!settle_row(v, &s->settle.at[i], check_in)) return false;
    return true;
}

static bool commit_all(Verb *v, const Session *s, Id check_in)
{
    for (size_t i = 0; i < s->commits.len; i++) {
        const CommitRow *row = &s->commits.at[i];
        StrView text = sv_trim(str_view(&row->text));
        NewCommitment c = {.side = row->side, .text = arena_str(&v->arena, text)};
        if (text.len == 0) continue;
        if (!session_when(s, &row->by, "By", &c.due, v->err) || !verb_add_commitment(v, &c, check_in))
            return false;
    }
    return true;
}

static bool look_at_terms(Verb *v, const Session *s, Id check_in)
{
    for (size_t i = 0; i < s->terms.len; i++) {
        const TermRow *row = &s->terms.at[i];
        Look look = {
            .id = new_id(v), .check_in = check_in, .term = row->id, .mark = term_mark_name(row->mark)};
        if (row->mark != TERM_UNMARKED && !store_look_insert(v->app->store, &look, v->err)) return false;
    }
    return true;
}

/* The day to look again, of a repair or a renewal. */
static bool set_review_day(Verb *v, const Session *s)
{
    const SessionStep *step = session_find_kind(s, STEP_DATE);
    Date day;
    if (!step || (s->stage != STAGE_REPAIR && s->stage != STAGE_RENEW)) return true;
    if (!session_when(s, &step->text, step->title, &day, v->err)) return false;
    if (day != DATE_NONE) v->alliance.review_on = day;
    return true;
}

static void settle_state(Verb *v, const Session *s)
{
    if (stage_is_design(s->stage) && v->alliance.state == STATE_DESIGNING) v->alliance.state = STATE_ACTIVE;
    if (s->stage != STAGE_CLOSE) return;
    v->alliance.state = STATE_ENDED;
    v->alliance.paused_until = DATE_NONE;
}

static const char *stage_words(Stage stage)
{
    return stage == STAGE_PREPARE     ? "the preparation"
           : stage == STAGE_REPAIR    ? "the repair talk"
           : stage == STAGE_RENEW     ? "the renewal"
           : stage == STAGE_CLOSE     ? "the closing"
           : stage_is_check_in(stage) ? "the check-in"
                                      : "the design";
}

static void say_kept(Verb *v, const Session *s, bool changes)
{
    if (stage_is_check_in(s->stage))
        str_addf(&v->said, "Check-in with %s kept.", s->partner);
    else if (s->stage == STAGE_CLOSE)
        str_addf(&v->said, "The alliance with %s is ended; its history stays.", s->partner);
    else if (changes)
        str_addf(&v->said, "Kept version %d with %s.", v->alliance.version, s->partner);
    else
        str_addf(&v->said, "Kept: %s with %s.", stage_words(s->stage), s->partner);
    say_next(v, " ");
}

static bool keep_all(Verb *v, const Session *s)
{
    Id check_in = new_id(v);
    bool changes = session_changes_agreement(s);
    bool rests_on_version = changes || stage_is_design(s->stage) || s->talked != TALKED_NOT_YET;
    if (rests_on_version && !still_current(v, s)) return false;
    if (changes) v->alliance.version = s->version + 1;
    settle_state(v, s);
    if (!keep_check_in(v, s, check_in) || !(changes ? write_version(v, s, check_in) : mark_talked(v, s)) ||
        !write_cadence(v, s) || !settle_all(v, s, check_in) || !commit_all(v, s, check_in) ||
        !look_at_terms(v, s, check_in) || !set_review_day(v, s) || !drop_draft(v, s) ||
        !verb_write_alliance(v))
        return false;
    v->id = check_in;
    say_kept(v, s, changes);
    return true;
}

/* ---- the ends ---- */

bool session_discard(Session *s, Done *done, Error *err)
{
    Verb v;
    if (!session_save(s, err) || !verb_begin(&v, s->app, s->alliance, done, err)) return false;
    bool ok = drop_draft(&v, s);
    const char *what = s->partner[0] ? stage_words(s->stage) : "a new alliance";
    const char *with = s->partner[0] ? " with " : "";
    str_addf(&v.said, "Draft of %s%s%s discarded.", what, with, s->partner);
    return verb_end(&v, ok, "discard the draft of %s%s%s", what, with, s->partner);
}

static bool finish_idle(Session *s, Done *done, Error *err)
{
    if (s->own->draft.id && !session_discard(s, NULL, err)) return false;
    if (done) {
        str_clear(&done->text);
        str_addf(&done->text, "Nothing changed: version %d stays as it is.", s->version);
    }
    return true;
}

static const char *verb_label(const Session *s)
{
    return stage_is_design(s->stage)     ? "design"
           : stage_is_check_in(s->stage) ? "check-in"
                                         : stage_name(s->stage);
}

bool session_finish(Session *s, Done *done, Error *err)
{
    if (!check_all(s, err)) return false;
    if (!stage_is_design(s->stage) && !session_has_content(s))
        return error_set(err, ERR_USAGE, "Nothing is answered yet. One answer is enough to keep a %s.",
                         verb_label(s));
    if (stage_is_design(s->stage) && design_is_idle(s)) return finish_idle(s, done, err);
    /* What undo brings back is the draft as it was last seen. */
    Verb v;
    if (!session_save(s, err) || !verb_begin(&v, s->app, s->alliance, done, err)) return false;
    bool ok = keep_all(&v, s);
    return verb_end(&v, ok, "%s with %s", verb_label(s), s->partner);
}
