#include "session_own.h"

#include <entente/agreement.h>
#include <entente/store_checkins.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* ---- which steps, by key ---- */

static size_t add_prompts(const Prompt **walk, size_t n, const char *keys[], size_t count)
{
    for (size_t i = 0; i < n && count < SESSION_KEYS_MAX - 4; i++) keys[count++] = walk[i]->key;
    free(walk);
    return count;
}

/* One prompt a side: two of one side would both write the same part of the agreement. */
static size_t best_a_side(const Prompt **walk, size_t n)
{
    bool taken[SIDE_COUNT] = {false};
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (taken[walk[i]->side]) continue;
        taken[walk[i]->side] = true;
        walk[kept++] = walk[i];
    }
    return kept;
}

static bool side_covered(const Session *s, const char *const *keys, size_t n, Side side)
{
    for (size_t i = 0; i < n; i++) {
        const Prompt *p = prompts_find(s->own->prompts, keys[i]);
        if (p && p->has_section && p->side == side) return true;
    }
    return false;
}

/* Terms noted on a side that no prompt asks about still need a step to be read and changed in. */
static size_t add_bare_sides(const Session *s, const char *keys[], size_t count)
{
    size_t prompted = count;
    for (Side side = SIDE_ME; side < SIDE_COUNT; side++) {
        bool present = false;
        for (size_t i = 0; i < s->own->term_count; i++) {
            const Term *t = &s->own->terms[i];
            present = present || (t->section == s->own->section && t->side == side && t->to_version == 0);
        }
        if (present && !side_covered(s, keys, prompted, side))
            keys[count++] =
                arena_strf(&s->own->arena, "section.%s.%s", section_name(s->own->section), side_name(side));
    }
    return count;
}

/* The design's walk, short or deep, as keys. */
static size_t add_walk(Session *s, const char *keys[], size_t count)
{
    const Choice *walk;
    size_t n = prompt_walk(s->own->prompts, NULL, s->deep, &s->own->arena, &walk);
    for (size_t i = 0; i < n && count < SESSION_KEYS_MAX - 4; i++) keys[count++] = walk[i].prompt->key;
    return count;
}

static size_t plan_design(Session *s, const char *keys[])
{
    size_t count = 0;
    const Prompt **walk;
    if (s->own->is_new) keys[count++] = "who";
    if (s->own->one_section) {
        size_t n = prompt_walk_section(s->own->prompts, s->own->section, &walk);
        count = add_bare_sides(s, keys, add_prompts(walk, best_a_side(walk, n), keys, count));
    } else {
        count = add_walk(s, keys, count);
        keys[count++] = "cadence";
    }
    keys[count++] = "review";
    return count;
}

static PromptPast *past_of(Session *s, const AskedPrompt *asked, size_t n)
{
    PromptPast *past = arena_array(&s->own->arena, n, sizeof *past);
    Date today = app_today(s->app);
    for (size_t i = 0; i < n; i++)
        past[i] = (PromptPast){.key = asked[i].prompt,
                               .days = today - instant_date(asked[i].at),
                               .times = asked[i].times,
                               .skipped = asked[i].skipped};
    return past;
}

static size_t plan_check_in(Session *s, const char *keys[], Error *err)
{
    AskedPrompt *asked;
    size_t n, check_ins;
    Store *store = s->app->store;
    if (!store_asked(store, s->alliance, &s->own->arena, &asked, &n, err) ||
        !store_check_in_count(store, s->alliance, &check_ins, err))
        return 0;
    Facts facts = facts_none();
    facts.partner = s->partner;
    facts.check_ins = (int)check_ins;
    facts.past = past_of(s, asked, n);
    facts.past_count = n;
    const Choice *chosen;
    size_t count = prompt_choose(s->own->prompts, &facts,
                                 prompt_seed(s->alliance, app_today(s->app), s->app->seed), &s->own->arena,
                                 &chosen);
    for (size_t i = 0; i < count; i++) keys[i] = chosen[i].prompt->key;
    keys[count++] = "review";
    return count;
}

size_t session_plan(Session *s, const char *keys[SESSION_KEYS_MAX], Error *err)
{
    return s->stage == STAGE_CHECK_IN ? plan_check_in(s, keys, err) : plan_design(s, keys);
}

/* ---- making a step from its key ---- */

static const char *filled(Session *s, const char *text)
{
    Str out, partner;
    str_init(&out);
    str_init(&partner);
    app_short_name(s->partner, &partner);
    Fill fill = {.partner = partner.len ? partner.buf : "them", .me = "you"};
    prompt_fill(&out, text, &fill);
    const char *kept = arena_str(&s->own->arena, str_view(&out));
    str_finish(&out);
    str_finish(&partner);
    return kept;
}

static void load_agreement(Session *s, SessionStep *step)
{
    Str lines;
    str_init(&lines);
    const Term **in_force = NULL;
    size_t n = 0, here = 0, hidden = 0;
    if (s->version > 0)
        n = agreement_at(s->own->terms, s->own->term_count, s->version, &s->own->arena, &in_force);
    for (size_t i = 0; i < n; i++) {
        if (in_force[i]->section != step->section || in_force[i]->side != step->side) continue;
        str_addf(&lines, "%s%s", here++ ? "\n" : "", in_force[i]->text);
        hidden += in_force[i]->is_private;
    }
    step->before = arena_str(&s->own->arena, str_view(&lines));
    if (here) step->is_private = hidden == here;
    step->was_private = step->is_private;
    str_set(&step->text, str_view(&lines));
    step->cursor = step->text.len;
    str_finish(&lines);
}

static void make_prompt_step(Session *s, SessionStep *step, const Prompt *p)
{
    step->kind = p->answer == ANSWER_SCALE         ? STEP_SCALE
                 : p->answer == ANSWER_COMMITMENTS ? STEP_COMMITMENTS
                                                   : STEP_TEXT;
    step->prompt = p;
    step->title = p->title;
    step->question = filled(s, p->text);
    step->help = filled(s, p->help);
    step->items = p->answer == ANSWER_ITEMS || p->has_section; /* a term is one line */
    step->has_section = p->has_section;
    step->section = p->section;
    step->side = p->side;
    step->is_private = step->was_private = p->is_private;
}

static bool make_section_step(Session *s, SessionStep *step)
{
    StrView rest = sv(step->key);
    if (!sv_eq(sv_cut(&rest, '.'), SV("section")) || !section_parse(sv_cut(&rest, '.'), &step->section) ||
        !side_parse(rest, &step->side))
        return false;
    static const char *const WHOSE[] = {"on your side", "on {partner}'s side", "for both of you"};
    step->has_section = step->items = true;
    step->title = section_title(step->section);
    step->question =
        filled(s, arena_strf(&s->own->arena, "%s, %s: what holds now?", step->title, WHOSE[step->side]));
    step->help = "These lines stand in your agreement. Change them, add to them, or leave them as they are.";
    return true;
}

static void make_own_step(Session *s, SessionStep *step)
{
    if (strcmp(step->key, "who") == 0) {
        step->kind = STEP_WHO;
        step->title = "Who";
        step->question = "Who would you like to design an alliance with?";
        step->help = "One person at a time. Only you see what you write here.";
    } else if (strcmp(step->key, "cadence") == 0) {
        step->kind = STEP_CADENCE;
        step->title = "Cadence";
        step->question = "How often do you want to check in?";
        step->help = filled(
            s,
            "A cadence chosen together keeps small things small. entente reminds only you, never {partner}.");
    } else if (strcmp(step->key, "review") == 0) {
        step->kind = STEP_REVIEW;
        step->title = "Review";
        step->question = "What will be kept";
    }
}

static SessionStep make_step(Session *s, const char *key)
{
    SessionStep step = {.kind = STEP_TEXT,
                        .key = key,
                        .title = "",
                        .question = "",
                        .help = "",
                        .last_time = "",
                        .before = ""};
    str_init(&step.text);
    const Prompt *p = prompts_find(s->own->prompts, key);
    if (p)
        make_prompt_step(s, &step, p);
    else if (!make_section_step(s, &step))
        make_own_step(s, &step);
    if (step.has_section) load_agreement(s, &step);
    return step;
}

/* ---- building, keeping what was typed ---- */

SessionStep *session_find(const Session *s, const char *key)
{
    for (size_t i = 0; i < s->count; i++)
        if (strcmp(s->steps[i].key, key) == 0) return &s->steps[i];
    return NULL;
}

static void carry_over(SessionStep *to, SessionStep *from)
{
    Str text = to->text;
    to->text = from->text;
    from->text = text;
    to->mark = from->mark;
    to->value = from->value;
    to->cursor = from->cursor;
    to->is_private = from->is_private;
}

static bool planned(const char *const *keys, size_t n, const char *key)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(keys[i], key) == 0) return true;
    return false;
}

static void free_steps(SessionStep *steps, size_t n)
{
    for (size_t i = 0; i < n; i++) str_finish(&steps[i].text);
    free(steps);
}

typedef Vec(SessionStep) Steps;

static void push_step(Session *s, Steps *steps, const char *key)
{
    SessionStep step = make_step(s, arena_str(&s->own->arena, sv(key)));
    SessionStep *old = session_find(s, key);
    if (old) carry_over(&step, old);
    vec_push(steps, step);
}

/* Steps that fall out of the plan but hold words stay, before the closing steps. */
static void push_left_over(Session *s, Steps *steps, const char *const *keys, size_t n)
{
    for (size_t i = 0; i < s->count; i++) {
        SessionStep *old = &s->steps[i];
        if (!planned(keys, n, old->key) && old->kind == STEP_TEXT && sv_trim(str_view(&old->text)).len > 0)
            push_step(s, steps, old->key);
    }
}

void session_build(Session *s, const char *const *keys, size_t n)
{
    Steps steps = {0};
    const char *standing = s->count ? s->steps[s->at].key : NULL;
    for (size_t i = 0; i < n; i++) {
        bool closing = strcmp(keys[i], "cadence") == 0 || strcmp(keys[i], "review") == 0;
        if (closing && !planned(keys, i, "cadence")) push_left_over(s, &steps, keys, n);
        push_step(s, &steps, keys[i]);
    }
    free_steps(s->steps, s->count);
    s->steps = steps.at;
    s->count = steps.len;
    s->at = 0;
    for (size_t i = 0; standing && i < s->count; i++)
        if (strcmp(s->steps[i].key, standing) == 0) s->at = i;
}

/* ---- contents ---- */

void step_lines(StrView text, Lines *out)
{
    while (text.len > 0) {
        StrView line = sv_trim(sv_cut(&text, '\n'));
        if (sv_starts(line, SV("- "))) line = sv_trim(sv_n(line.ptr + 2, line.len - 2));
        if (line.len > 0) vec_push(out, line);
    }
}

bool step_changes_agreement(const SessionStep *step)
{
    if (!step->has_section) return false;
    Lines now = {0}, before = {0};
    step_lines(str_view(&step->text), &now);
    step_lines(sv(step->before), &before);
    bool changed = now.len != before.len || (now.len > 0 && step->is_private != step->was_private);
    for (size_t i = 0; i < now.len && !changed; i++) changed = !sv_eq(now.at[i], before.at[i]);
    vec_finish(&now);
    vec_finish(&before);
    return changed;
}

static bool has_commitments(const Session *s)
{
    for (size_t i = 0; i < s->settle.len; i++)
        if (s->settle.at[i].state != COMMITMENT_OPEN) return true;
    for (size_t i = 0; i < s->commits.len; i++)
        if (sv_trim(str_view(&s->commits.at[i].text)).len > 0) return true;
    return false;
}

bool step_has_content(const Session *s, const SessionStep *step)
{
    switch (step->kind) {
    case STEP_WHO: return s->name.len > 0;
    case STEP_TEXT: return sv_trim(str_view(&step->text)).len > 0;
    case STEP_SCALE: return step->value > 0 || sv_trim(str_view(&step->text)).len > 0;
    case STEP_COMMITMENTS: return has_commitments(s);
    case STEP_CADENCE: return s->cadence.len > 0;
    case STEP_REVIEW: break;
    }
    return false;
}

bool session_has_content(const Session *s)
{
    for (size_t i = 0; i < s->count; i++) {
        const SessionStep *step = &s->steps[i];
        if (step->kind == STEP_CADENCE ? step->mark == STEP_ANSWERED
            : step->has_section        ? step_changes_agreement(step)
                                       : step_has_content(s, step))
            return true;
    }
    return false;
}
