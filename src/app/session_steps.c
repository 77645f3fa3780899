#include "session_own.h"

#include <entente/agreement.h>
#include <stdlib.h>
#include <string.h>

/* ---- stages ---- */

bool stage_is_design(Stage stage)
{
    return stage == STAGE_DESIGN || stage == STAGE_TEAM_DESIGN;
}

bool stage_is_check_in(Stage stage)
{
    return stage == STAGE_CHECK_IN || stage == STAGE_TEAM_CHECK_IN;
}

/* ---- which steps ---- */

typedef struct {
    StepPlan *at;
    size_t len;
} Plan;

static void add(Plan *p, const char *key, const Choice *choice)
{
    if (p->len < SESSION_KEYS_MAX - 2) p->at[p->len++] = (StepPlan){key, choice, ""};
}

static void add_closing(Plan *p, const char *key)
{
    p->at[p->len++] = (StepPlan){key, NULL, ""};
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

/* Terms noted on a side that no prompt asks about still need a step to be read and changed in. */
static void add_bare_sides(Session *s, Plan *p, const Prompt *const *walk, size_t n)
{
    for (Side side = SIDE_ME; side < SIDE_COUNT; side++) {
        bool present = false, covered = false;
        for (size_t i = 0; i < s->own->term_count; i++) {
            const Term *t = &s->own->terms[i];
            present = present || (t->section == s->own->section && t->side == side && t->to_version == 0);
        }
        for (size_t i = 0; i < n; i++) covered = covered || walk[i]->side == side;
        if (present && !covered)
            add(p,
                arena_strf(&s->own->arena, "section.%s.%s", section_name(s->own->section), side_name(side)),
                NULL);
    }
}

static void plan_section(Session *s, Plan *p)
{
    const Prompt **walk;
    size_t found = prompt_walk_section(s->own->prompts, s->own->section, &walk);
    size_t n = best_a_side(walk, found);
    for (size_t i = 0; i < n; i++) add(p, walk[i]->key, NULL);
    add_bare_sides(s, p, walk, n);
    free(walk);
}

static const char THEIRS[] = "@them"; /* ends the key of a question's second turn in talk mode */

/* The other's turn at a question; where the walk asks about their side by itself, that is their turn. */
static bool takes_turns(const Choice *walk, size_t n, const Prompt *p)
{
    bool own = p->side == SIDE_THEM;
    for (size_t i = 0; i < n && p->has_section && p->side == SIDE_ME; i++)
        own = own || (walk[i].prompt->section == p->section && walk[i].prompt->side == SIDE_THEM);
    return !own;
}

static void plan_walk(Session *s, Plan *p)
{
    const Choice *walk;
    size_t n = prompt_walk(s->own->prompts, &s->own->facts, s->deep, &s->own->arena, &walk);
    for (size_t i = 0; i < n; i++) {
        add(p, walk[i].prompt->key, &walk[i]);
        if (s->together && takes_turns(walk, n, walk[i].prompt))
            add(p, arena_strf(&s->own->arena, "%s%s", walk[i].prompt->key, THEIRS), &walk[i]);
    }
}

static void plan_check_in(Session *s, Plan *p)
{
    const Choice *chosen;
    uint64_t seed = prompt_seed(s->alliance, app_today(s->app), s->app->seed);
    size_t n = prompt_choose(s->own->prompts, &s->own->facts, seed, &s->own->arena, &chosen);
    for (size_t i = 0; i < n; i++) add(p, chosen[i].prompt->key, &chosen[i]);
}

size_t session_plan(Session *s, StepPlan plan[SESSION_KEYS_MAX])
{
    Plan p = {plan, 0};
    if (s->own->is_new) add(&p, "who", NULL);
    if (stage_is_check_in(s->stage))
        plan_check_in(s, &p);
    else if (s->own->one_section)
        plan_section(s, &p);
    else
        plan_walk(s, &p);
    if (stage_is_design(s->stage) && !s->own->one_section) add_closing(&p, "cadence");
    add_closing(&p, "review");
    return p.len;
}

void session_plan_now(const Session *s, StepPlan plan[SESSION_KEYS_MAX], size_t *ret_n)
{
    size_t n = s->count < SESSION_KEYS_MAX ? s->count : SESSION_KEYS_MAX;
    for (size_t i = 0; i < n; i++) plan[i] = (StepPlan){s->steps[i].key, NULL, s->steps[i].opened_by};
    *ret_n = n;
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
    if (s->version > 0 && !step->adds)
        n = agreement_at(s->own->terms, s->own->term_count, s->version, &s->own->arena, &in_force);
    for (size_t i = 0; i < n; i++) {
        if (in_force[i]->section != step->section || in_force[i]->side != step->side) continue;
        if (s->together && in_force[i]->is_private) continue; /* both are reading */
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

static StepKind kind_of(AnswerType answer)
{
    switch (answer) {
    case ANSWER_SCALE: return STEP_SCALE;
    case ANSWER_COMMITMENTS: return STEP_COMMITMENTS;
    case ANSWER_CHOICE: return STEP_CHOICE;
    case ANSWER_DATE: return STEP_DATE;
    case ANSWER_CADENCE: return STEP_CADENCE;
    case ANSWER_TERMS: return STEP_TERMS;
    case ANSWER_TEXT:
    case ANSWER_ITEMS:
    case ANSWER_TYPE_COUNT: break;
    }
    return STEP_TEXT;
}

/* The situation picked brings its own examples; they are nearer than the prompt's. */
static void load_examples(const Session *s, SessionStep *step, const Prompt *p)
{
    step->examples = p->examples;
    step->example_count = p->example_count;
    const Situation *situation =
        s->situations && s->situation.len ? situations_find(s->situations, s->situation.buf) : NULL;
    if (!situation || !step->has_section || step->side == SIDE_THEM || !situation->examples[step->section][0])
        return;
    const char *const *own = situation->examples[step->section];
    step->examples = own;
    for (step->example_count = 0; step->example_count < SITUATION_EXAMPLES_MAX && own[step->example_count];)
        step->example_count++;
}

static void add_term_row(Session *s, const FactTerm *fact)
{
    for (size_t i = 0; i < s->own->term_count; i++) {
        const Term *t = &s->own->terms[i];
        if (t->id != fact->id) continue;
        TermRow row = {.id = t->id, .section = t->section, .side = t->side, .text = t->text};
        str_init(&row.change);
        str_set(&row.change, sv(t->text));
        vec_push(&s->terms, row);
    }
}

/* A draft's rows are read from its state: the choice was made when it began. */
static void load_term_rows(Session *s, const Choice *choice)
{
    if (s->terms.len > 0 || !choice) return;
    for (size_t i = 0; i < choice->term_count; i++) add_term_row(s, choice->terms[i]);
}

/* A walk asks its questions anyway: when they were asked last is no reason there. */
static bool tells(const Session *s, const char *fact)
{
    bool asked = strcmp(fact, "asked") == 0 && !stage_is_check_in(s->stage);
    return !asked && strcmp(fact, "walk") != 0 && strcmp(fact, "always") != 0;
}

static void make_prompt_step(Session *s, SessionStep *step, const Prompt *p, const Choice *choice)
{
    step->kind = kind_of(p->answer);
    step->prompt = p;
    step->title = p->title;
    step->question = choice ? choice->text : filled(s, p->text);
    step->help = choice ? choice->help : filled(s, p->help);
    bool decided = choice && choice->reason && tells(s, choice->fact);
    step->reason = decided ? choice->reason : "";
    step->items = p->answer == ANSWER_ITEMS || p->has_section; /* a term is one line */
    step->has_section = p->has_section;
    step->section = p->section;
    step->side = p->side;
    step->is_private = step->was_private = p->is_private && !s->together;
    step->adds = p->has_section && !stage_is_design(s->stage);
    if (step->kind == STEP_TERMS) load_term_rows(s, choice);
}

/* In talk mode each question is answered by both in turn. */
static void take_turn(Session *s, SessionStep *step, bool theirs)
{
    if (!s->together) return;
    step->asked = theirs || step->side == SIDE_THEM ? s->partner : "You";
    if (!theirs) return;
    if (step->side == SIDE_ME)
        step->side = SIDE_THEM;
    else
        step->adds = true;
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

static const Prompt *prompt_of_key(const Session *s, const char *key, bool *ret_theirs)
{
    StrView k = sv(key);
    size_t tail = sizeof THEIRS - 1;
    *ret_theirs = k.len > tail && strcmp(key + k.len - tail, THEIRS) == 0;
    if (!*ret_theirs) return prompts_find(s->own->prompts, key);
    return prompts_find(s->own->prompts, arena_str(&s->own->arena, sv_n(key, k.len - tail)));
}

static SessionStep make_step(Session *s, const StepPlan *plan)
{
    SessionStep step = {.kind = STEP_TEXT,
                        .key = arena_str(&s->own->arena, sv(plan->key)),
                        .title = "",
                        .question = "",
                        .help = "",
                        .reason = "",
                        .asked = "",
                        .opened_by = arena_str(&s->own->arena, sv(plan->opened_by)),
                        .last_time = "",
                        .before = ""};
    str_init(&step.text);
    bool theirs;
    const Prompt *p = prompt_of_key(s, step.key, &theirs);
    if (p) {
        make_prompt_step(s, &step, p, plan->choice);
        take_turn(s, &step, theirs);
        load_examples(s, &step, p);
    } else if (!make_section_step(s, &step)) {
        make_own_step(s, &step);
    }
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

SessionStep *session_find_kind(const Session *s, StepKind kind)
{
    for (size_t i = 0; i < s->count; i++)
        if (s->steps[i].kind == kind) return &s->steps[i];
    return NULL;
}

SessionStep *session_trust_step(const Session *s)
{
    for (size_t i = 0; i < s->count && stage_is_check_in(s->stage); i++)
        if (s->steps[i].kind == STEP_SCALE && s->steps[i].prompt->always) return &s->steps[i];
    return NULL;
}

/* The words stay with the question as it was asked, whatever chose it. */
static void carry_over(SessionStep *to, SessionStep *from, bool planned_anew)
{
    Str text = to->text;
    to->text = from->text;
    from->text = text;
    to->mark = from->mark;
    to->value = from->value;
    to->cursor = from->cursor;
    to->is_private = from->is_private;
    if (!to->last_time[0]) to->last_time = from->last_time;
    if (planned_anew || !from->question[0]) return;
    to->title = from->title;
    to->question = from->question;
    to->help = from->help;
    to->reason = from->reason;
}

static bool planned(const StepPlan *plan, size_t n, const char *key)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(plan[i].key, key) == 0) return true;
    return false;
}

static void free_steps(SessionStep *steps, size_t n)
{
    for (size_t i = 0; i < n; i++) str_finish(&steps[i].text);
    free(steps);
}

typedef Vec(SessionStep) Steps;

/* A plan that brings no choice, for a new name say, asks the question anew in its own words. */
static void push_step(Session *s, Steps *steps, const StepPlan *plan, bool anew)
{
    SessionStep step = make_step(s, plan);
    SessionStep *old = session_find(s, plan->key);
    if (old) carry_over(&step, old, anew || plan->choice);
    vec_push(steps, step);
}

/* Steps that fall out of the plan but hold words stay, before the closing steps. */
static void push_left_over(Session *s, Steps *steps, const StepPlan *plan, size_t n)
{
    for (size_t i = 0; i < s->count; i++) {
        const SessionStep *old = &s->steps[i];
        StepPlan keep = {old->key, NULL, old->opened_by};
        if (!planned(plan, n, old->key) && old->kind == STEP_TEXT && sv_trim(str_view(&old->text)).len > 0)
            push_step(s, steps, &keep, false);
    }
}

void session_build(Session *s, const StepPlan *plan, size_t n)
{
    Steps steps = {0};
    const char *standing = s->count ? s->steps[s->at].key : NULL;
    bool anew = s->own->is_new; /* names are filled in once the who step is accepted */
    for (size_t i = 0; i < n; i++) {
        bool closing = strcmp(plan[i].key, "cadence") == 0 || strcmp(plan[i].key, "review") == 0;
        if (closing && !planned(plan, i, "cadence")) push_left_over(s, &steps, plan, n);
        push_step(s, &steps, &plan[i], anew);
    }
    free_steps(s->steps, s->count);
    s->steps = steps.at;
    s->count = steps.len;
    s->at = 0;
    for (size_t i = 0; standing && i < s->count; i++)
        if (strcmp(s->steps[i].key, standing) == 0) s->at = i;
}

/* ---- follow-ups ---- */

enum { MARKS_MAX = 128 };

/* A term to be changed counts as not lived, one to be dropped as no longer fitting: prompts know only those
 * words. */
static const char *mark_of_row(const TermRow *row)
{
    if (row->deal == DEAL_DROP) return term_mark_name(TERM_NO_LONGER_FITS);
    if (row->deal == DEAL_CHANGE) return term_mark_name(TERM_NOT_LIVED);
    return term_mark_name(row->mark);
}

static size_t reply_marks(const Session *s, const SessionStep *step, const char *marks[MARKS_MAX])
{
    size_t n = 0;
    for (size_t i = 0; step->kind == STEP_TERMS && i < s->terms.len && n < MARKS_MAX; i++)
        if (mark_of_row(&s->terms.at[i])[0]) marks[n++] = mark_of_row(&s->terms.at[i]);
    if (step->kind != STEP_COMMITMENTS) return n;
    for (size_t i = 0; i < s->settle.len && n < MARKS_MAX; i++)
        if (s->settle.at[i].state != COMMITMENT_OPEN)
            marks[n++] = commitment_state_name(s->settle.at[i].state);
    for (size_t i = 0; i < s->commits.len && n < MARKS_MAX; i++)
        if (sv_trim(str_view(&s->commits.at[i].text)).len) marks[n++] = "new";
    return n;
}

static bool opened(Session *s, const SessionStep *step, Choice *ret)
{
    const char *marks[MARKS_MAX];
    Reply reply = {.text = sv_trim(str_view(&step->text)),
                   .value = step->value,
                   .marks = marks,
                   .mark_count = reply_marks(s, step, marks),
                   .follow_up = step->opened_by[0] != '\0'};
    return prompt_follow_up(s->own->prompts, step->prompt, &reply, &s->own->facts, &s->own->arena, ret);
}

void session_follow(Session *s, size_t at)
{
    const SessionStep *step = &s->steps[at];
    Choice *choice = arena_alloc(&s->own->arena, sizeof *choice);
    StepPlan plan[SESSION_KEYS_MAX];
    size_t count = 0;
    if (!step->prompt || s->together) return;
    bool opens = opened(s, step, choice);
    const char *key = opens ? choice->prompt->key : "";
    for (size_t i = 0; i < s->count && count < SESSION_KEYS_MAX - 1; i++) {
        const SessionStep *old = &s->steps[i];
        bool follows = strcmp(old->opened_by, step->key) == 0;
        if (!follows || strcmp(old->key, key) == 0 || step_has_content(s, old))
            plan[count++] = (StepPlan){old->key, NULL, old->opened_by};
        if (i == at && opens && !session_find(s, key)) plan[count++] = (StepPlan){key, choice, step->key};
    }
    bool is_new = s->own->is_new;
    s->own->is_new = false; /* the questions stand as they were asked */
    session_build(s, plan, count);
    s->own->is_new = is_new;
}

/* ---- contents ---- */

size_t step_values(const SessionStep *step)
{
    if (!step->prompt) return 0;
    return step->kind == STEP_CHOICE ? step->prompt->choice_count : step->prompt->scale_count;
}

void step_lines(StrView text, Lines *out)
{
    while (text.len > 0) {
        StrView line = sv_trim(sv_cut(&text, '\n'));
        if (sv_starts(line, SV("- "))) line = sv_trim(sv_n(line.ptr + 2, line.len - 2));
        if (line.len > 0) vec_push(out, line);
    }
}

bool term_row_changes(const TermRow *row)
{
    StrView change = sv_trim(str_view(&row->change));
    return row->deal == DEAL_DROP ||
           (row->deal == DEAL_CHANGE && change.len > 0 && !sv_eq(change, sv(row->text)));
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

static bool has_terms(const Session *s)
{
    for (size_t i = 0; i < s->terms.len; i++)
        if (s->terms.at[i].mark != TERM_UNMARKED || term_row_changes(&s->terms.at[i])) return true;
    return false;
}

bool step_has_content(const Session *s, const SessionStep *step)
{
    switch (step->kind) {
    case STEP_WHO: return s->name.len > 0;
    case STEP_TEXT:
    case STEP_DATE: return sv_trim(str_view(&step->text)).len > 0;
    case STEP_CHOICE: return step->value > 0;
    case STEP_TERMS: return has_terms(s);
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
