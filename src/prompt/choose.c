#include <entente/prompt.h>

#include <stdlib.h>
#include <string.h>

#include <entente/mem.h>

#include "facts.h"
#include "reason.h"

/*
 * The score of a free question. What is needed comes before what is new, what
 * is new before what was asked, and that by how long ago; weight and a small
 * shake decide among the alike. entente-prompts(5) tells it to people.
 */
enum {
    SCORE_NEVER = 60,
    SCORE_AGE_MAX = 40,
    DAYS_A_POINT = 3,
    SCORE_A_WEIGHT = 2,
    SCORE_EMPHASIS = 10,
    SCORE_SKIPPED = 30,
    SCORE_SHAKE = 5
};

/*
 * How many free questions a check-in has. Where many commitments wait to be
 * looked at, that step is long enough: one question less.
 */
enum { FREE_USUAL = 4, FREE_MIN = 2, FREE_MAX = 5, MANY_COMMITMENTS = 5 };

/* A free question that may be asked. */
typedef struct {
    const Prompt *prompt;
    int score;
    bool resting;
    size_t position; /* in the file */
} Candidate;

typedef struct {
    const Candidate *free[FREE_MAX];
    size_t free_count;
    const Prompt *always[CHOICE_MAX];
    size_t always_count;
} Chosen;

/* The finaliser of SplitMix64 (Steele, Lea, Flood 2014): every bit of x moves every bit of the result. */
static uint64_t mix(uint64_t x)
{
    x += 0x9E3779B97F4A7C15u;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return x ^ (x >> 31);
}

uint64_t prompt_seed(Id alliance, Date day, uint64_t base)
{
    return mix(mix(mix(base) ^ (uint64_t)alliance) ^ (uint32_t)day);
}

static int shake_of(uint64_t seed, const char *key)
{
    uint64_t h = seed;
    for (; *key; key++) h = (h ^ (unsigned char)*key) * 0x100000001B3u;
    return (int)(mix(h) % SCORE_SHAKE);
}

/* ---- the past, by key: each prompt is looked up once ---- */

static int by_key(const void *left, const void *right)
{
    const PromptPast *a = *(const PromptPast *const *)left, *b = *(const PromptPast *const *)right;
    int order = strcmp(a->key, b->key);
    return order ? order : (a > b) - (a < b);
}

static int key_to_past(const void *key, const void *past)
{
    return strcmp(key, (*(const PromptPast *const *)past)->key);
}

typedef struct {
    const PromptPast **at;
    size_t count;
} Past;

static Past past_index(const Facts *facts)
{
    Past past = {.at = mem_zalloc(facts->past_count + 1, sizeof *past.at)};
    for (size_t i = 0; i < facts->past_count; i++)
        if (facts->past[i].times > 0) past.at[past.count++] = &facts->past[i];
    qsort(past.at, past.count, sizeof *past.at, by_key);
    return past;
}

static const PromptPast *past_find(const Past *past, const char *key)
{
    const PromptPast **found = bsearch(key, past->at, past->count, sizeof *past->at, key_to_past);
    return found ? *found : NULL;
}

/* ---- scores ---- */

static int clamp(int n, int low, int high)
{
    return n < low ? low : n > high ? high : n;
}

static int need_of(const Prompt *p)
{
    int need = 0;
    for (size_t i = 0; i < p->when_count; i++)
        if (p->when[i].fact->need > need) need = p->when[i].fact->need;
    return need;
}

static int score_of_past(const PromptPast *past)
{
    if (!past) return SCORE_NEVER;
    int skipped = clamp(past->skipped, 0, past->times);
    return clamp(past->days / DAYS_A_POINT, 0, SCORE_AGE_MAX) -
           (int)((int64_t)SCORE_SKIPPED * skipped / past->times);
}

static bool has_theme(const Prompt *p, const char *theme)
{
    for (size_t i = 0; i < p->theme_count; i++)
        if (strcmp(p->themes[i], theme) == 0) return true;
    return false;
}

static int emphasis_of(const Prompt *p, const Facts *facts)
{
    for (size_t i = 0; i < facts->emphasis_count; i++)
        if (has_theme(p, facts->emphasis[i])) return SCORE_EMPHASIS;
    return 0;
}

static int score_of(const Prompt *p, const Facts *facts, const PromptPast *past, uint64_t seed)
{
    return need_of(p) + score_of_past(past) + SCORE_A_WEIGHT * p->weight + emphasis_of(p, facts) +
           shake_of(seed, p->key);
}

static int compare(const void *left, const void *right)
{
    const Candidate *a = left, *b = right;
    if (a->score != b->score) return a->score < b->score ? 1 : -1;
    return (a->position > b->position) - (a->position < b->position);
}

/* ---- a check-in ---- */

/* Sorted, the best first. The caller frees; *ret_count may be 0. */
static Candidate *candidates_of(const Prompts *p, const Facts *facts, uint64_t seed, size_t *ret_count)
{
    Past past = past_index(facts);
    Candidate *list = mem_zalloc(prompts_count(p) + 1, sizeof *list);
    size_t n = 0;
    seed = mix(seed);
    for (size_t i = 0; i < prompts_count(p); i++) {
        const Prompt *at = prompts_at(p, i);
        const PromptPast *before = past_find(&past, at->key);
        if (at->always || at->follow_up || (before && at->once) || !prompt_applies(at, facts)) continue;
        list[n++] = (Candidate){.prompt = at,
                                .score = score_of(at, facts, before, seed),
                                .resting = before && before->days < at->rest,
                                .position = i};
    }
    free(past.at);
    qsort(list, n, sizeof *list, compare);
    *ret_count = n;
    return list;
}

static bool share_theme(const Prompt *a, const Prompt *b)
{
    for (size_t i = 0; i < a->theme_count; i++)
        if (has_theme(b, a->themes[i])) return true;
    return false;
}

/* The prompt is there already, or one of its themes is. */
static bool is_spoken_for(const Chosen *chosen, const Prompt *p)
{
    for (size_t i = 0; i < chosen->always_count; i++)
        if (share_theme(p, chosen->always[i])) return true;
    for (size_t i = 0; i < chosen->free_count; i++)
        if (p == chosen->free[i]->prompt || share_theme(p, chosen->free[i]->prompt)) return true;
    return false;
}

static void take_free(Chosen *chosen, const Candidate *list, size_t count, bool resting, size_t want)
{
    for (size_t i = 0; i < count && chosen->free_count < want; i++)
        if (list[i].resting == resting && !is_spoken_for(chosen, list[i].prompt))
            chosen->free[chosen->free_count++] = &list[i];
}

static void take_always(Chosen *chosen, const Prompts *p, const Facts *facts)
{
    for (size_t i = 0; i < prompts_count(p) && chosen->always_count < CHOICE_MAX; i++) {
        const Prompt *at = prompts_at(p, i);
        bool empty = at->answer == ANSWER_TERMS && !facts->term_count;
        if (at->always && !empty && prompt_applies(at, facts)) chosen->always[chosen->always_count++] = at;
    }
}

static int open_commitments(const Facts *facts)
{
    int n = 0;
    for (size_t i = 0; i < facts->commitment_count && n < MANY_COMMITMENTS; i++)
        n += facts->commitments[i].standing != STANDING_NOT_KEPT;
    return n;
}

/* At least enough for CHOICE_MIN in all, never more than CHOICE_MAX leaves room for. */
static size_t free_wanted(size_t always, int open)
{
    int room = CHOICE_MAX - (int)always, least = CHOICE_MIN - (int)always;
    if (least < FREE_MIN) least = FREE_MIN;
    int usual = open >= MANY_COMMITMENTS ? FREE_USUAL - 1 : FREE_USUAL;
    return (size_t)clamp(clamp(usual, least, FREE_MAX), 0, room);
}

static size_t choose_check_in(const Prompts *p, const Facts *facts, uint64_t seed, Arena *arena,
                              const Choice **ret)
{
    Chosen chosen = {0};
    size_t count;
    take_always(&chosen, p, facts);
    Candidate *list = candidates_of(p, facts, seed, &count);
    take_free(&chosen, list, count, false, free_wanted(chosen.always_count, open_commitments(facts)));
    if (chosen.always_count + chosen.free_count < CHOICE_MIN)
        take_free(&chosen, list, count, true, CHOICE_MIN - chosen.always_count);

    Choice *choices = arena_array(arena, CHOICE_MAX, sizeof *choices);
    size_t n = 0;
    for (size_t i = 0; i < chosen.free_count; i++) {
        choices[n] = reason_choice(chosen.free[i]->prompt, facts, arena);
        choices[n++].score = chosen.free[i]->score;
    }
    for (size_t i = 0; i < chosen.always_count; i++)
        choices[n++] = reason_choice(chosen.always[i], facts, arena);
    free(list);
    *ret = choices;
    return n;
}

size_t prompt_choose(const Prompts *p, const Facts *facts, uint64_t seed, Arena *arena, const Choice **ret)
{
    Stage stage = prompts_stage(p);
    if (stage != STAGE_CHECK_IN && stage != STAGE_TEAM_CHECK_IN)
        return prompt_walk(p, facts, false, arena, ret);
    return choose_check_in(p, facts, seed, arena, ret);
}

/* ---- walks ---- */

/* Of a walk: what is needed or dwelt on, then what weighs more. */
static int walk_score(const Prompt *p, const Facts *facts)
{
    return need_of(p) + SCORE_A_WEIGHT * p->weight + emphasis_of(p, facts);
}

typedef struct {
    const Prompts *prompts;
    const Facts *facts;
    Arena *arena;
    Choice *at;
    size_t count;
} Walk;

static bool fits(const Walk *w, const Prompt *p)
{
    return !p->follow_up && prompt_applies(p, w->facts) && !(p->once && reason_past(w->facts, p->key));
}

static void walk_to(Walk *w, const Prompt *p)
{
    Choice *c = &w->at[w->count++];
    *c = reason_choice(p, w->facts, w->arena);
    c->score = walk_score(p, w->facts);
    if (p->answer == ANSWER_TERMS) c->term_count = w->facts->term_count;
    bool told = strcmp(c->fact, "asked") != 0 && strcmp(c->fact, "always") != 0;
    if (told || reason_past(w->facts, p->key)) return;
    c->reason = "";
    c->fact = "walk";
}

static bool serves(const Prompt *p, Section section, bool them)
{
    return p->has_section && p->section == section && (p->side == SIDE_THEM) == them;
}

/* The best, the first among alike; NULL if no prompt serves that side. */
static const Prompt *best_of_section(const Walk *w, Section section, bool them)
{
    const Prompt *best = NULL;
    for (size_t i = 0; i < prompts_count(w->prompts); i++) {
        const Prompt *at = prompts_at(w->prompts, i);
        if (!serves(at, section, them) || !fits(w, at)) continue;
        if (!best || walk_score(at, w->facts) > walk_score(best, w->facts)) best = at;
    }
    return best;
}

static void walk_sections(Walk *w, bool deep)
{
    for (Section s = 0; s < SECTION_COUNT; s++) {
        if (!deep && !section_in_short_walk(s)) continue;
        for (int them = 0; them <= (deep ? 1 : 0); them++) {
            const Prompt *best = best_of_section(w, s, them);
            if (best) walk_to(w, best);
        }
    }
}

static bool same_place(const Prompt *a, const Prompt *b)
{
    return a->has_section && b->has_section && a->section == b->section && a->side == b->side;
}

static bool same_theme(const Prompt *a, const Prompt *b)
{
    return !a->always && a->theme_count && b->theme_count && strcmp(a->themes[0], b->themes[0]) == 0;
}

static bool goes_before(const Walk *w, size_t a, size_t b)
{
    const Prompt *left = prompts_at(w->prompts, a), *right = prompts_at(w->prompts, b);
    if (left->always != right->always) return left->always;
    int ahead = walk_score(left, w->facts) - walk_score(right, w->facts);
    return ahead > 0 || (ahead == 0 && a < b);
}

/* Another prompt serves it better: its place in the agreement, which only one step of a session writes, or,
 * unless the walk is deep, its first theme. */
static bool is_outdone(const Walk *w, size_t position, bool deep)
{
    const Prompt *p = prompts_at(w->prompts, position);
    for (size_t i = 0; i < prompts_count(w->prompts); i++) {
        const Prompt *other = prompts_at(w->prompts, i);
        if (i == position || !fits(w, other)) continue;
        if (same_place(p, other) && goes_before(w, i, position)) return true;
        int ahead = walk_score(other, w->facts) - walk_score(p, w->facts);
        if (!deep && same_theme(p, other) && (ahead > 0 || (ahead == 0 && i < position))) return true;
    }
    return false;
}

static void walk_themes(Walk *w, bool deep)
{
    for (size_t i = 0; i < prompts_count(w->prompts); i++) {
        const Prompt *at = prompts_at(w->prompts, i);
        bool empty = at->answer == ANSWER_TERMS && !w->facts->term_count;
        if (!empty && fits(w, at) && !is_outdone(w, i, deep)) walk_to(w, at);
    }
}

size_t prompt_walk(const Prompts *p, const Facts *facts, bool deep, Arena *arena, const Choice **ret)
{
    Facts nothing = facts_none();
    size_t room = prompts_count(p);
    Walk w = {.prompts = p, .facts = facts ? facts : &nothing, .arena = arena};
    w.at = arena_array(arena, room, sizeof *w.at);
    if (prompts_stage(p) == STAGE_DESIGN)
        walk_sections(&w, deep);
    else
        walk_themes(&w, deep);
    *ret = w.at;
    return w.count;
}

/* Keeps list[0..n) heaviest first and, among alike, in the file's order. */
static void insert_by_weight(const Prompt **list, size_t n, const Prompt *p)
{
    for (; n > 0 && list[n - 1]->weight < p->weight; n--) list[n] = list[n - 1];
    list[n] = p;
}

size_t prompt_walk_section(const Prompts *p, Section section, const Prompt ***ret)
{
    const Prompt **walk = mem_zalloc(prompts_count(p) + 1, sizeof *walk);
    size_t n = 0;
    for (int them = 0; them <= 1; them++) {
        size_t start = n;
        for (size_t i = 0; i < prompts_count(p); i++)
            if (serves(prompts_at(p, i), section, them) && !prompts_at(p, i)->follow_up) {
                insert_by_weight(walk + start, n - start, prompts_at(p, i));
                n++;
            }
    }
    *ret = walk;
    return n;
}
