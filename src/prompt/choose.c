#include <entente/prompt.h>

#include <stdlib.h>
#include <string.h>

#include <entente/mem.h>

/*
 * How many free questions a check-in has. Where many commitments wait to be
 * looked at, that step is long enough: one question less.
 */
enum { FREE_USUAL = 4, FREE_MIN = 2, FREE_MAX = 5, MANY_COMMITMENTS = 5 };

/* A free question that may be asked, with all that decides its place among the others. */
typedef struct {
    const Prompt *prompt;
    bool never; /* not asked so far */
    bool resting;
    int64_t age; /* days since it was asked, fewer if it tends to be left open */
    uint64_t shake;
    size_t position; /* in the file */
} Candidate;

typedef struct {
    const Prompt *always[CHOICE_MAX];
    size_t always_count;
    const Prompt *free[FREE_MAX];
    size_t free_count;
    bool echoed; /* a free one stands near an `always` one already */
} Choice;

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

static uint64_t shake_of(uint64_t seed, const char *key)
{
    uint64_t h = mix(seed);
    for (; *key; key++) h = mix(h ^ (unsigned char)*key);
    return h;
}

static const PromptPast *past_of(const PromptFacts *facts, const char *key)
{
    for (size_t i = 0; i < facts->past_count; i++)
        if (strcmp(facts->past[i].key, key) == 0 && facts->past[i].times > 0) return &facts->past[i];
    return NULL;
}

/* A question mostly left open counts as asked more recently than it was: it comes later, but it does come. */
static int64_t age_of(const PromptPast *past)
{
    int64_t days = past->days > 0 ? past->days : 0;
    int64_t times = past->times, skipped = past->skipped;
    if (skipped < 0) skipped = 0;
    if (skipped > times) skipped = times;
    return days * (times - skipped + 1) / (times + 1);
}

static Candidate candidate_of(const Prompts *p, size_t i, const PromptFacts *facts)
{
    const Prompt *prompt = prompts_at(p, i);
    const PromptPast *past = past_of(facts, prompt->key);
    return (Candidate){
        .prompt = prompt,
        .never = !past,
        .resting = past && past->days < prompt->rest,
        .age = past ? age_of(past) : 0,
        .shake = shake_of(facts->seed, prompt->key),
        .position = i,
    };
}

/* -1 if `a` goes first by a quantity of which more goes first. */
#define MORE_FIRST(a, b) (((a) < (b)) - ((a) > (b)))

static int compare(const void *left, const void *right)
{
    const Candidate *a = left, *b = right;
    int order = MORE_FIRST(a->never, b->never);
    if (!order) order = MORE_FIRST(a->age, b->age);
    if (!order) order = MORE_FIRST(a->prompt->weight, b->prompt->weight);
    if (!order) order = MORE_FIRST(a->shake, b->shake);
    if (!order) order = -MORE_FIRST(a->position, b->position);
    return order;
}

/* Sorted, the first to be asked first. The caller frees; *ret_count may be 0. */
static Candidate *candidates_of(const Prompts *p, const PromptFacts *facts, size_t *ret_count)
{
    Candidate *list = mem_zalloc(prompts_count(p) + 1, sizeof *list);
    size_t n = 0;
    for (size_t i = 0; i < prompts_count(p); i++) {
        Candidate c = candidate_of(p, i, facts);
        if (!c.prompt->always && (c.never || !c.prompt->once)) list[n++] = c;
    }
    qsort(list, n, sizeof *list, compare);
    *ret_count = n;
    return list;
}

static bool share_theme(const Prompt *a, const Prompt *b)
{
    for (size_t i = 0; i < a->theme_count; i++)
        for (size_t j = 0; j < b->theme_count; j++)
            if (strcmp(a->themes[i], b->themes[j]) == 0) return true;
    return false;
}

static bool shares_with_any(const Prompt *p, const Prompt *const *others, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (p == others[i] || share_theme(p, others[i])) return true;
    return false;
}

/*
 * No two free questions share a theme, and at most one of them stands near a
 * question that is asked every time. Not none: trust and commitments are asked
 * every time, and no other question about them would ever come.
 */
static void take_free(Choice *choice, const Candidate *list, size_t count, bool resting, size_t want)
{
    for (size_t i = 0; i < count && choice->free_count < want; i++) {
        const Prompt *p = list[i].prompt;
        if (list[i].resting != resting) continue;
        if (shares_with_any(p, choice->free, choice->free_count)) continue;
        bool echoes = shares_with_any(p, choice->always, choice->always_count);
        if (echoes && choice->echoed) continue;
        choice->echoed = choice->echoed || echoes;
        choice->free[choice->free_count++] = p;
    }
}

static void take_always(Choice *choice, const Prompts *p)
{
    for (size_t i = 0; i < prompts_count(p) && choice->always_count < CHOICE_MAX; i++)
        if (prompts_at(p, i)->always) choice->always[choice->always_count++] = prompts_at(p, i);
}

static size_t clamp(size_t n, size_t low, size_t high)
{
    return n < low ? low : n > high ? high : n;
}

/* At least enough for CHOICE_MIN in all, never more than CHOICE_MAX leaves room for. */
static size_t free_wanted(size_t always, size_t open_commitments)
{
    size_t room = CHOICE_MAX - always;
    size_t least = always < CHOICE_MIN ? CHOICE_MIN - always : 0;
    if (least < FREE_MIN) least = FREE_MIN;
    size_t usual = open_commitments >= MANY_COMMITMENTS ? FREE_USUAL - 1 : FREE_USUAL;
    return clamp(clamp(usual, least, FREE_MAX), 0, room);
}

size_t prompt_choose_check_in(const Prompts *p, const PromptFacts *facts, const Prompt *ret[CHOICE_MAX])
{
    Choice choice = {0};
    take_always(&choice, p);
    size_t count;
    Candidate *list = candidates_of(p, facts, &count);
    take_free(&choice, list, count, false, free_wanted(choice.always_count, facts->open_commitments));
    if (choice.always_count + choice.free_count < CHOICE_MIN)
        take_free(&choice, list, count, true, CHOICE_MIN - choice.always_count);
    free(list);

    memcpy(ret, choice.free, choice.free_count * sizeof *ret);
    memcpy(ret + choice.free_count, choice.always, choice.always_count * sizeof *ret);
    return choice.free_count + choice.always_count;
}

/* The walks of a design. */

static bool serves(const Prompt *p, Section section, bool them)
{
    return p->has_section && p->section == section && (p->side == SIDE_THEM) == them;
}

/* The heaviest, the first among alike; NULL if no prompt serves that side. */
static const Prompt *best_of(const Prompts *p, Section section, bool them)
{
    const Prompt *best = NULL;
    for (size_t i = 0; i < prompts_count(p); i++) {
        const Prompt *at = prompts_at(p, i);
        if (serves(at, section, them) && (!best || at->weight > best->weight)) best = at;
    }
    return best;
}

size_t prompt_walk_design(const Prompts *p, bool deep, const Prompt ***ret)
{
    const Prompt **walk = mem_zalloc(2 * SECTION_COUNT, sizeof *walk);
    size_t n = 0;
    for (Section s = 0; s < SECTION_COUNT; s++) {
        if (!deep && !section_in_short_walk(s)) continue;
        for (int them = 0; them <= (deep ? 1 : 0); them++) {
            const Prompt *best = best_of(p, s, them);
            if (best) walk[n++] = best;
        }
    }
    *ret = walk;
    return n;
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
            if (serves(prompts_at(p, i), section, them)) {
                insert_by_weight(walk + start, n - start, prompts_at(p, i));
                n++;
            }
    }
    *ret = walk;
    return n;
}
