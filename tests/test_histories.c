#include <entente/prompt.h>

#include <check.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * Ten thousand invented histories, and what must hold for each of them. The
 * truth of reasons is judged here anew, from the facts alone.
 */

enum { HISTORIES = 10000, PAST_MAX = 80, LIST_MAX = 6 };

static Prompts *pack;

static void load_pack(void)
{
    Error err = {0};
    const char *dir = getenv("ENTENTE_PROMPTS");
    ck_assert_msg(dir != NULL, "ENTENTE_PROMPTS names the folder of the packs");
    ck_assert_msg(prompts_load(dir, STAGE_CHECK_IN, &pack, &err), "%s", err.msg);
}

static void free_pack(void)
{
    prompts_free(pack);
}

/* ---- inventing ---- */

typedef struct {
    Facts facts;
    PromptPast past[PAST_MAX];
    FactTrust trust[LIST_MAX];
    FactTerm terms[2 * LIST_MAX];
    FactCommitment commitments[LIST_MAX];
    uint64_t seed;
} History;

static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static int below(uint64_t *state, int n)
{
    return (int)(next_random(state) % (uint64_t)n);
}

/* A number from low to high, or not known. */
static int maybe(uint64_t *state, int low, int high)
{
    return below(state, 4) == 0 ? FACT_UNKNOWN : low + below(state, high - low + 1);
}

static void invent_past(History *h, uint64_t *state)
{
    int of_ten = below(state, 11), range = 1 + below(state, 200);
    for (size_t i = 0; i < prompts_count(pack) && h->facts.past_count < PAST_MAX; i++) {
        if (below(state, 10) >= of_ten) continue;
        int times = 1 + below(state, 9);
        h->past[h->facts.past_count++] =
            (PromptPast){prompts_at(pack, i)->key, below(state, range), times, below(state, times + 1)};
    }
    h->facts.past = h->past;
}

static void invent_trust(History *h, uint64_t *state)
{
    int days = below(state, 30);
    h->facts.trust_count = (size_t)below(state, LIST_MAX + 1);
    for (size_t i = 0; i < h->facts.trust_count; i++, days += 1 + below(state, 30))
        h->trust[i] = (FactTrust){1 + below(state, TRUST_MAX), days};
    h->facts.trust = h->trust;
}

static void invent_terms(History *h, uint64_t *state)
{
    static const char *const TEXTS[] = {"No phones at dinner.", "We say what is late.", "Sundays are free",
                                        "%s%n {partner}",
                                        "Long talks are for walks, never for the doorway at night"};
    h->facts.term_count = (size_t)below(state, 2 * LIST_MAX + 1);
    for (size_t i = 0; i < h->facts.term_count; i++)
        h->terms[i] = (FactTerm){.id = (Id)i + 1,
                                 .text = TEXTS[below(state, 5)],
                                 .checks = below(state, 20),
                                 .looked = below(state, 2) == 0,
                                 .not_lived = below(state, 5),
                                 .no_longer_fits = below(state, 8) == 0};
    h->facts.terms = h->terms;
}

static void invent_commitments(History *h, uint64_t *state)
{
    static const char *const TEXTS[] = {"send the draft", "call Jo", "{days} {commitment}",
                                        "fix the boiler."};
    h->facts.commitment_count = (size_t)below(state, LIST_MAX + 1);
    for (size_t i = 0; i < h->facts.commitment_count; i++)
        h->commitments[i] = (FactCommitment){.id = (Id)i + 1,
                                             .side = (Side)below(state, SIDE_COUNT),
                                             .text = TEXTS[below(state, 4)],
                                             .standing = (Standing)below(state, STANDING_COUNT),
                                             .days = 1 + below(state, 90)};
    h->facts.commitments = h->commitments;
}

static void invent(History *h, uint64_t *state)
{
    *h = (History){.facts = facts_none()};
    Facts *f = &h->facts;
    f->partner = below(state, 8) ? "Ana" : NULL;
    f->team = below(state, 6) == 0;
    f->alliance_age = maybe(state, 0, 900);
    f->check_ins = maybe(state, 0, 60);
    f->days_since_check_in = maybe(state, 0, 120);
    f->days_past_due = maybe(state, -30, 60);
    f->days_past_review = maybe(state, -90, 60);
    f->days_since_repair = maybe(state, 0, 90);
    f->cadence_agreed = maybe(state, 1, 60);
    f->cadence_lived = maybe(state, 1, 120);
    f->moments = maybe(state, 0, 8);
    f->days_since_moment = maybe(state, 0, 60);
    f->gave = maybe(state, 0, 9);
    f->received = maybe(state, 0, 9);
    f->private_notes = maybe(state, 0, 3);
    for (Side side = SIDE_ME; side < SIDE_COUNT; side++) f->slips[side] = maybe(state, 0, 8);
    invent_past(h, state);
    invent_trust(h, state);
    invent_terms(h, state);
    invent_commitments(h, state);
    h->seed = next_random(state);
}

/* ---- judging a reason ---- */

static const PromptPast *past_of(const Facts *f, const char *key)
{
    for (size_t i = 0; i < f->past_count; i++)
        if (strcmp(f->past[i].key, key) == 0) return &f->past[i];
    return NULL;
}

/* A span as the man page has it. */
static const char *span(int days, char *out, size_t size)
{
    int unit = days < 14    ? 1
               : days < 91  ? 7
               : days < 730 ? 30
                            : 365,
        n = (days + (unit == 30 ? 15 : 0)) / unit;
    const char *name = unit == 1 ? "day" : unit == 7 ? "week" : unit == 30 ? "month" : "year";
    snprintf(out, size, "%d %s%s", n, name, n == 1 ? "" : "s");
    return out;
}

static bool says(const char *reason, const char *what)
{
    return strstr(reason, what) != NULL;
}

static bool says_span(const char *reason, int days)
{
    char words[32];
    return says(reason, span(days, words, sizeof words));
}

static bool says_number(const char *reason, int n)
{
    char digits[16];
    snprintf(digits, sizeof digits, "%d", n);
    return says(reason, digits);
}

/* The beginning of the text stands in quotes, as far as a reason shows one. */
static bool says_text(const char *reason, const char *text)
{
    char begin[16];
    snprintf(begin, sizeof begin, "\"%.12s", text);
    return says(reason, begin);
}

static bool says_a_commitment(const Facts *f, const char *reason, Standing standing, bool with_days)
{
    size_t n = 0;
    for (size_t i = 0; i < f->commitment_count; i++) {
        const FactCommitment *c = &f->commitments[i];
        if (c->standing != standing) continue;
        n++;
        if (says_text(reason, c->text) && (!with_days || says_span(reason, c->days))) return true;
    }
    return standing == STANDING_OPEN && (n ? says_number(reason, (int)n) : says(reason, "no open"));
}

static bool says_a_term(const Facts *f, const char *reason, bool unseen)
{
    for (size_t i = 0; i < f->term_count; i++) {
        const FactTerm *t = &f->terms[i];
        int n = unseen ? t->checks : t->not_lived;
        bool plain = unseen && n == 0 && says(reason, t->looked ? "last time" : "is new");
        if (says_text(reason, t->text) && (plain || says_number(reason, n))) return true;
    }
    return false;
}

static bool says_slips(const Facts *f, const char *reason)
{
    static const char *const ORDINALS[] = {"", "", "second", "third", "fourth", "fifth", "sixth"};
    for (Side side = SIDE_ME; side < SIDE_COUNT; side++) {
        int n = f->slips[side];
        if (n >= 2 && (says_number(reason, n) || (n <= 6 && says(reason, ORDINALS[n])))) return true;
    }
    return false;
}

static bool says_trust(const Facts *f, const char *reason)
{
    char begin[32], twice[32], both[32];
    if (!f->trust_count) return says(reason, "not been rated");
    int before = f->trust_count > 1 ? f->trust[1].value : 0,
        first = f->trust_count > 2 ? f->trust[2].value : 0;
    snprintf(begin, sizeof begin, "Trust was %d last time", f->trust[0].value);
    snprintf(twice, sizeof twice, "after %d twice.", before);
    snprintf(both, sizeof both, "after %d and %d.", first, before);
    if (says(reason, "as it was before") && before != f->trust[0].value) return false;
    if (says(reason, "twice") && (first != before || !says(reason, twice))) return false;
    if (says(reason, " and ") && !says(reason, both)) return false;
    return says(reason, begin);
}

static bool says_asked(const Facts *f, const Choice *c)
{
    const PromptPast *past = past_of(f, c->prompt->key);
    if (!past) return says(c->reason, "not been asked");
    bool left_open = past->skipped == past->times;
    if (left_open != says(c->reason, "left open")) return false;
    return past->days ? says_span(c->reason, past->days) : says(c->reason, "today");
}

static bool is_true(const Facts *f, const Choice *c)
{
    const char *fact = c->fact, *reason = c->reason;
    if (strcmp(fact, "asked") == 0) return says_asked(f, c);
    if (strcmp(fact, "always") == 0) return c->prompt->always;
    if (strncmp(fact, "trust-", 6) == 0) return says_trust(f, reason);
    if (strcmp(fact, "commitments-open") == 0) return says_a_commitment(f, reason, STANDING_OPEN, false);
    if (strcmp(fact, "commitments-past-due") == 0)
        return says_a_commitment(f, reason, STANDING_PAST_DUE, true);
    if (strcmp(fact, "commitments-not-kept") == 0)
        return says_a_commitment(f, reason, STANDING_NOT_KEPT, false);
    if (strcmp(fact, "commitments-slipped") == 0) return says_slips(f, reason);
    if (strcmp(fact, "term-unseen") == 0) return says_a_term(f, reason, true);
    if (strcmp(fact, "term-not-lived") == 0) return says_a_term(f, reason, false);
    if (strcmp(fact, "alliance-age") == 0) return says_span(reason, f->alliance_age);
    if (strcmp(fact, "cadence-lived") == 0) return says_span(reason, f->cadence_lived);
    if (strcmp(fact, "days-past-due") == 0) return says_span(reason, f->days_past_due);
    if (strcmp(fact, "days-since-check-in") == 0) return says_span(reason, f->days_since_check_in);
    if (strcmp(fact, "days-since-repair") == 0) return says_span(reason, f->days_since_repair);
    if (strcmp(fact, "moments") == 0) return says_number(reason, f->moments);
    if (strcmp(fact, "check-ins") == 0) return f->check_ins == 0 && says(reason, "first check-in");
    if (strcmp(fact, "private-notes") == 0) return f->private_notes == 0 && says_number(reason, f->check_ins);
    if (strcmp(fact, "balance") == 0)
        return f->gave > f->received ? says(reason, "giving to") : says(reason, "receiving from");
    return false;
}

/* ---- judging a check-in ---- */

static bool share_theme(const Prompt *a, const Prompt *b)
{
    for (size_t i = 0; i < a->theme_count; i++)
        for (size_t j = 0; j < b->theme_count; j++)
            if (strcmp(a->themes[i], b->themes[j]) == 0) return true;
    return false;
}

static bool has_key(const Choice *asked, size_t n, const char *key)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(asked[i].prompt->key, key) == 0) return true;
    return false;
}

static void check_question(const History *h, const Choice *c)
{
    const PromptPast *past = past_of(&h->facts, c->prompt->key);
    const char *key = c->prompt->key;
    ck_assert_msg(!past || past->days >= c->prompt->rest, "%s comes within its rest", key);
    ck_assert_msg(!past || !c->prompt->once, "%s comes twice", key);
    ck_assert_msg(prompt_applies(c->prompt, &h->facts), "%s: its conditions are not met", key);
    ck_assert_msg(!c->prompt->follow_up, "%s comes by itself", key);
    ck_assert_msg(is_true(&h->facts, c), "%s: %s is not so: %s", key, c->fact, c->reason);
    ck_assert_msg(*c->text && *c->help && *c->reason, "%s: a hole", key);
}

static void check_terms(const History *h, const Choice *c)
{
    if (c->prompt->answer != ANSWER_TERMS) return;
    ck_assert(c->term_count >= 1 && c->term_count <= LOOK_MAX);
    for (size_t i = 1; i < c->term_count; i++) ck_assert_int_ge(c->terms[i - 1]->checks, c->terms[i]->checks);
    for (size_t i = 0; i < h->facts.term_count; i++)
        ck_assert_int_le(h->facts.terms[i].checks, c->terms[0]->checks);
}

static void check_same(const Choice *a, const Choice *b, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        ck_assert_ptr_eq(a[i].prompt, b[i].prompt);
        ck_assert_int_eq(a[i].score, b[i].score);
        ck_assert_str_eq(a[i].reason, b[i].reason);
        ck_assert_str_eq(a[i].text, b[i].text);
    }
}

static void check_history(const History *h)
{
    Arena arena = {0};
    const Choice *asked, *again;
    size_t n = prompt_choose(pack, &h->facts, h->seed, &arena, &asked);
    ck_assert_msg(n >= CHOICE_MIN && n <= CHOICE_MAX, "%zu questions", n);
    ck_assert(has_key(asked, n, "check-in.trust.now") && has_key(asked, n, "check-in.commitments.both"));
    ck_assert(has_key(asked, n, "check-in.terms.lived") == (h->facts.term_count > 0));
    for (size_t i = 0; i < n; i++) {
        check_question(h, &asked[i]);
        check_terms(h, &asked[i]);
        for (size_t j = 0; j < i; j++)
            ck_assert_msg(!share_theme(asked[i].prompt, asked[j].prompt), "%s and %s share a theme",
                          asked[i].prompt->key, asked[j].prompt->key);
    }
    ck_assert_uint_eq(prompt_choose(pack, &h->facts, h->seed, &arena, &again), n);
    check_same(asked, again, n);
    arena_finish(&arena);
}

START_TEST(every_history_is_asked_well_and_truthfully)
{
    uint64_t state = 0x5EED + (uint64_t)_i;
    static History h;
    for (int i = 0; i < HISTORIES / 10; i++) {
        invent(&h, &state);
        check_history(&h);
    }
}
END_TEST

START_TEST(the_order_of_the_past_does_not_matter)
{
    uint64_t state = 0xFACE;
    static History h;
    for (int i = 0; i < HISTORIES / 50; i++) {
        Arena arena = {0};
        const Choice *asked, *again;
        invent(&h, &state);
        size_t n = prompt_choose(pack, &h.facts, h.seed, &arena, &asked);
        for (size_t a = 0, b = h.facts.past_count; a + 1 < b; a++, b--) {
            PromptPast swap = h.past[a];
            h.past[a] = h.past[b - 1];
            h.past[b - 1] = swap;
        }
        ck_assert_uint_eq(prompt_choose(pack, &h.facts, h.seed, &arena, &again), n);
        check_same(asked, again, n);
        arena_finish(&arena);
    }
}
END_TEST

/* ---- living through a year ---- */

static void remember(History *h, const char *key, int every)
{
    for (size_t i = 0; i < h->facts.past_count; i++)
        if (strcmp(h->past[i].key, key) == 0) {
            h->past[i].days = every;
            h->past[i].times++;
            return;
        }
    h->past[h->facts.past_count++] = (PromptPast){key, every, 1, 0};
}

/* One check-in after the other, each as it should be. */
static void live_through(History *h, int check_ins, int every)
{
    *h = (History){.facts = facts_none()};
    h->facts.past = h->past;
    for (int i = 0; i < check_ins; i++) {
        h->facts.check_ins = i;
        h->facts.alliance_age = i * every;
        h->seed = prompt_seed(42, every * i, 0);
        check_history(h);
        Arena arena = {0};
        const Choice *asked;
        size_t n = prompt_choose(pack, &h->facts, h->seed, &arena, &asked);
        for (size_t j = 0; j < h->facts.past_count; j++) h->past[j].days += every;
        for (size_t j = 0; j < n; j++) remember(h, asked[j].prompt->key, every);
        arena_finish(&arena);
    }
}

START_TEST(within_a_year_of_check_ins_every_prompt_that_needs_no_cause_is_asked)
{
    static History h;
    live_through(&h, 26, 14);
    for (size_t i = 0; i < prompts_count(pack); i++) {
        const Prompt *p = prompts_at(pack, i);
        if (p->when_count || p->follow_up) continue;
        ck_assert_msg(past_of(&h.facts, p->key) != NULL, "%s is never asked", p->key);
    }
}
END_TEST

START_TEST(checking_in_every_day_keeps_every_rest)
{
    static History h;
    live_through(&h, 90, 1);
}
END_TEST

START_TEST(another_day_gives_other_questions)
{
    Facts facts = facts_none();
    Arena arena = {0};
    size_t differ = 0;
    const Choice *one, *other;
    for (Date day = 20000; day < 20020; day++) {
        size_t n = prompt_choose(pack, &facts, prompt_seed(7, day, 0), &arena, &one);
        size_t m = prompt_choose(pack, &facts, prompt_seed(7, day + 1, 0), &arena, &other);
        bool same = n == m;
        for (size_t i = 0; same && i < n; i++) same = one[i].prompt == other[i].prompt;
        differ += !same;
    }
    arena_finish(&arena);
    ck_assert_uint_ge(differ, 10);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("histories");
    TCase *all = tcase_create("invented");
    tcase_add_unchecked_fixture(all, load_pack, free_pack);
    tcase_set_timeout(all, 60);
    tcase_add_loop_test(all, every_history_is_asked_well_and_truthfully, 0, 10);
    tcase_add_test(all, the_order_of_the_past_does_not_matter);
    tcase_add_test(all, within_a_year_of_check_ins_every_prompt_that_needs_no_cause_is_asked);
    tcase_add_test(all, checking_in_every_day_keeps_every_rest);
    tcase_add_test(all, another_day_gives_other_questions);
    suite_add_tcase(s, all);
    SRunner *runner = srunner_create(s);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
