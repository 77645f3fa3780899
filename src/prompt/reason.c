#include "reason.h"

#include <stdlib.h>
#include <string.h>

#include "facts.h"
#include "words.h"

/* A condition below this only opens the door; it is no reason to come in. */
enum { NEED_SAID = 20, SLIPS_SAID = 2, TERMS_A_LOOK = 4 };

/* ---- the past ---- */

const PromptPast *reason_past(const Facts *facts, const char *key)
{
    for (size_t i = 0; i < facts->past_count; i++)
        if (facts->past[i].times > 0 && strcmp(facts->past[i].key, key) == 0) return &facts->past[i];
    return NULL;
}

bool reason_past_bars(const Prompt *p, const Facts *facts)
{
    const PromptPast *past = reason_past(facts, p->key);
    return past && (p->once || past->days < p->rest);
}

/* ---- filling in ---- */

/* What the conditions of one prompt found, and the one that weighs most. */
typedef struct {
    Fill fill;
    const Condition *deciding;
    Finding found;
} Binding;

static const char *quoted(Arena *arena, const char *text)
{
    Str out;
    str_init(&out);
    words_quote(&out, text);
    const char *kept = arena_str(arena, str_view(&out));
    str_finish(&out);
    return kept;
}

static const char *span(Arena *arena, int days)
{
    Str out;
    str_init(&out);
    words_span(&out, days);
    const char *kept = arena_str(arena, str_view(&out));
    str_finish(&out);
    return kept;
}

/* The first condition that can give a value gives it. */
static void give(Fill *fill, const Condition *c, const Finding *found, Arena *arena)
{
    unsigned gives = condition_gives(c);
    if (gives & GIVES_TERM && !fill->term) fill->term = quoted(arena, found->term->text);
    if (gives & GIVES_COMMITMENT && !fill->commitment)
        fill->commitment = quoted(arena, found->commitment->text);
    if (gives & GIVES_DAYS && !fill->days) fill->days = span(arena, found->days);
    if (gives & GIVES_TRUST_HIGH && !fill->trust_high)
        fill->trust_high = arena_strf(arena, "%d", found->high);
    if (gives & GIVES_COUNT && !fill->count) fill->count = arena_strf(arena, "%d", found->value);
}

static void bind_facts(Fill *fill, const Facts *facts, Arena *arena)
{
    fill->partner = facts->partner && *facts->partner ? facts->partner : "them";
    fill->me = facts->me ? facts->me : "you";
    if (facts->trust_count > 0) fill->trust = arena_strf(arena, "%d", facts->trust[0].value);
    if (facts->trust_count > 1) fill->trust_before = arena_strf(arena, "%d", facts->trust[1].value);
    int n = facts->check_ins > 0 ? facts->check_ins : 0;
    fill->check_ins = arena_strf(arena, "%d check-in%s", n, n == 1 ? "" : "s");
}

static Binding bind(const Prompt *p, const Facts *facts, Arena *arena)
{
    Binding b = {0};
    bind_facts(&b.fill, facts, arena);
    for (size_t i = 0; i < p->when_count; i++) {
        Finding found;
        if (!condition_holds(&p->when[i], facts, &found)) continue;
        give(&b.fill, &p->when[i], &found, arena);
        if (b.deciding && p->when[i].fact->need <= b.deciding->fact->need) continue;
        b.deciding = &p->when[i];
        b.found = found;
    }
    return b;
}

static const char *filled(Arena *arena, const char *text, const Fill *fill)
{
    Str out;
    str_init(&out);
    prompt_fill(&out, text, fill);
    const char *kept = arena_str(arena, str_view(&out));
    str_finish(&out);
    return kept;
}

/* ---- the reasons ---- */

static void say_fact(Choice *c, const Facts *facts, const Condition *condition, const Finding *found,
                     Arena *arena)
{
    Str out;
    str_init(&out);
    condition->fact->say(&out, facts, condition, found);
    c->reason = arena_str(arena, str_view(&out));
    c->fact = condition->fact->name;
    str_finish(&out);
}

/* Says the fact by its name if it amounts to `least` or more. */
static bool say_if(Choice *c, const Facts *facts, const char *name, int least, Arena *arena)
{
    Condition condition = {
        .fact = facts_find(name), .at_least = least, .at_most = INT_MAX, .side = SIDE_COUNT};
    Finding found;
    if (!condition_holds(&condition, facts, &found)) return false;
    say_fact(c, facts, &condition, &found, arena);
    return true;
}

/* How they went is for a check-in, and for a repair; what ends needs to know what is open. */
static bool say_commitments(Choice *c, const Facts *facts, Arena *arena)
{
    Stage stage = c->prompt->stage;
    bool check_in = stage == STAGE_CHECK_IN || stage == STAGE_TEAM_CHECK_IN;
    return (check_in && say_if(c, facts, "commitments-slipped", SLIPS_SAID, arena)) ||
           (stage != STAGE_CLOSE && say_if(c, facts, "commitments-not-kept", 1, arena)) ||
           say_if(c, facts, "commitments-past-due", 1, arena) ||
           say_if(c, facts, "commitments-open", 0, arena);
}

static void say_terms(Choice *c, const Facts *facts, Arena *arena)
{
    const FactTerm *first = c->terms[0];
    Condition condition = {.fact = facts_find("term-unseen"), .side = SIDE_COUNT};
    Finding found = {.value = first->checks, .term = first};
    say_fact(c, facts, &condition, &found, arena);
}

/* What is asked every time has its reason in what it is about. */
static void say_always(Choice *c, const Facts *facts, Arena *arena)
{
    if (c->term_count) {
        say_terms(c, facts, arena);
    } else if (c->prompt->answer == ANSWER_SCALE) {
        Str out;
        str_init(&out);
        words_trust(&out, facts);
        c->reason = arena_str(arena, str_view(&out));
        c->fact = "trust-now";
        str_finish(&out);
    } else if (c->prompt->answer != ANSWER_COMMITMENTS || !say_commitments(c, facts, arena)) {
        c->reason = "This is asked every time.";
        c->fact = "always";
    }
}

static bool is_emphasised(const Prompt *p, const Facts *facts)
{
    for (size_t i = 0; i < facts->emphasis_count; i++)
        for (size_t j = 0; j < p->theme_count; j++)
            if (strcmp(facts->emphasis[i], p->themes[j]) == 0) return true;
    return false;
}

static void say_asked(Choice *c, const Facts *facts, Arena *arena)
{
    const PromptPast *past = reason_past(facts, c->prompt->key);
    bool named = facts->situation_name && *facts->situation_name;
    c->fact = "asked";
    if (past) {
        const char *left = past->skipped >= past->times ? ", and left open" : "";
        c->reason = past->days <= 0
                        ? arena_strf(arena, "Last asked today%s.", left)
                        : arena_strf(arena, "Last asked %s ago%s.", span(arena, past->days), left);
    } else if (named && is_emphasised(c->prompt, facts)) {
        c->reason =
            arena_strf(arena, "This matters where an alliance began from \"%s\".", facts->situation_name);
        c->fact = "situation";
    } else {
        c->reason = "You have not been asked this yet.";
    }
}

Choice reason_choice(const Prompt *p, const Facts *facts, Arena *arena)
{
    Binding b = bind(p, facts, arena);
    Choice c = {
        .prompt = p, .text = filled(arena, p->text, &b.fill), .help = filled(arena, p->help, &b.fill)};
    if (p->answer == ANSWER_TERMS) c.term_count = reason_terms(facts, arena, &c.terms);
    if (p->why && b.deciding) {
        c.reason = filled(arena, p->why, &b.fill);
        c.fact = b.deciding->fact->name;
    } else if (p->always) {
        say_always(&c, facts, arena);
    } else if (b.deciding && b.deciding->fact->need >= NEED_SAID) {
        say_fact(&c, facts, b.deciding, &b.found, arena);
    } else {
        say_asked(&c, facts, arena);
    }
    return c;
}

/* ---- terms ---- */

static int by_last_look(const void *left, const void *right)
{
    const FactTerm *a = *(const FactTerm *const *)left, *b = *(const FactTerm *const *)right;
    if (a->checks != b->checks) return a->checks < b->checks ? 1 : -1;
    if (a->looked != b->looked) return a->looked ? 1 : -1;
    return (a > b) - (a < b); /* one array: the agreement's order */
}

size_t reason_terms(const Facts *facts, Arena *arena, const FactTerm *const **ret)
{
    size_t n = facts->term_count, look = (n + TERMS_A_LOOK - 1) / TERMS_A_LOOK;
    const FactTerm **list = arena_array(arena, n, sizeof *list);
    for (size_t i = 0; i < n; i++) list[i] = &facts->terms[i];
    if (n) qsort(list, n, sizeof *list, by_last_look);
    *ret = list;
    return look < LOOK_MAX ? look : LOOK_MAX;
}
