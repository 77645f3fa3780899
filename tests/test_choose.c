#include <entente/prompt.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PASTS = 4000, PAST_MAX = 64, FREE_MIN = 2, FREE_MAX = 5 };

static Prompts *packs[STAGE_COUNT];

static void load_packs(void)
{
    static const Stage stages[] = {STAGE_DESIGN, STAGE_CHECK_IN};
    const char *dir = getenv("ENTENTE_PROMPTS");
    ck_assert_msg(dir != NULL, "ENTENTE_PROMPTS names the folder of the packs");
    for (size_t i = 0; i < sizeof stages / sizeof *stages; i++) {
        Error err = {0};
        ck_assert_msg(prompts_load(dir, stages[i], &packs[stages[i]], &err), "%s", err.msg);
    }
}

static void free_packs(void)
{
    for (size_t i = 0; i < STAGE_COUNT; i++) {
        prompts_free(packs[i]);
        packs[i] = NULL;
    }
}

/* A small pack in a line: each prompt a few words, the way the tests below need them. */
typedef struct {
    const char *key, *themes, *more;
} Row;

static Prompts *pack_of(const Row *rows, size_t count)
{
    Str json;
    str_init(&json);
    str_add_c(&json, "{\"version\":1,\"stage\":\"check-in\",\"prompts\":[");
    for (size_t i = 0; i < count; i++)
        str_addf(
            &json,
            "%s{\"key\":\"check-in.%s\",\"title\":\"T\",\"themes\":[%s],\"text\":\"Why?\",\"help\":\"So.\","
            "\"answer\":\"text\"%s}",
            i ? "," : "", rows[i].key, rows[i].themes, rows[i].more);
    str_add_c(&json, "]}");
    Error err = {0};
    Prompts *p = NULL;
    ck_assert_msg(prompts_read(str_view(&json), "check-in.json", STAGE_CHECK_IN, &p, &err), "%s", err.msg);
    str_finish(&json);
    return p;
}

#define PACK_OF(rows) pack_of(rows, sizeof(rows) / sizeof *(rows))

/* The chosen keys, without their stage, in a line: easy to compare and to read in a failure. */
static void choose(Str *out, const Prompts *p, const PromptFacts *facts)
{
    const Prompt *chosen[CHOICE_MAX];
    size_t n = prompt_choose_check_in(p, facts, chosen);
    str_init(out);
    for (size_t i = 0; i < n; i++) str_addf(out, "%s%s", i ? " " : "", chosen[i]->key + strlen("check-in."));
}

static void expect_choice(const Prompts *p, const PromptFacts *facts, const char *want)
{
    Str got;
    choose(&got, p, facts);
    ck_assert_str_eq(got.buf, want);
    str_finish(&got);
}

/* Random pasts. */

typedef struct {
    PromptPast past[PAST_MAX];
    PromptFacts facts;
} Random;

static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static void random_facts(Random *r, const Prompts *p, uint64_t *state)
{
    uint64_t asked_of_ten = next_random(state) % 11, days_range = 1 + next_random(state) % 120;
    r->facts = (PromptFacts){.past = r->past,
                             .check_ins = next_random(state) % 100,
                             .open_commitments = next_random(state) % 12,
                             .seed = next_random(state)};
    for (size_t i = 0; i < prompts_count(p) && r->facts.past_count < PAST_MAX; i++) {
        if (next_random(state) % 10 >= asked_of_ten) continue;
        int times = 1 + (int)(next_random(state) % 9);
        r->past[r->facts.past_count++] = (PromptPast){
            .key = prompts_at(p, i)->key,
            .days = (int)(next_random(state) % days_range),
            .times = times,
            .skipped = (int)(next_random(state) % (uint64_t)(times + 1)),
        };
    }
}

static int days_since(const PromptFacts *facts, const Prompt *p)
{
    for (size_t i = 0; i < facts->past_count; i++)
        if (strcmp(facts->past[i].key, p->key) == 0) return facts->past[i].days;
    return -1;
}

static bool is_resting(const PromptFacts *facts, const Prompt *p)
{
    int days = days_since(facts, p);
    return days >= 0 && days < p->rest;
}

static size_t count_shared(const Prompt *a, const Prompt *b)
{
    size_t n = 0;
    for (size_t i = 0; i < a->theme_count; i++)
        for (size_t j = 0; j < b->theme_count; j++) n += strcmp(a->themes[i], b->themes[j]) == 0;
    return n;
}

static void check_themes(const Prompt *const *chosen, size_t n)
{
    size_t echoes = 0;
    for (size_t i = 0; i < n; i++) {
        bool echo = false;
        for (size_t j = 0; j < n; j++) {
            if (i == j || chosen[i]->always) continue;
            ck_assert_ptr_ne(chosen[i], chosen[j]);
            bool shared = count_shared(chosen[i], chosen[j]) > 0;
            ck_assert_msg(!shared || chosen[j]->always, "%s and %s", chosen[i]->key, chosen[j]->key);
            echo = echo || shared;
        }
        echoes += echo;
    }
    ck_assert_uint_le(echoes, 1);
}

static void check_choice(const Prompts *p, const PromptFacts *facts)
{
    const Prompt *chosen[CHOICE_MAX], *again[CHOICE_MAX];
    size_t n = prompt_choose_check_in(p, facts, chosen), resting = 0;
    ck_assert(n >= CHOICE_MIN && n <= CHOICE_MAX);
    ck_assert(n - 3 >= FREE_MIN && n - 3 <= FREE_MAX);
    for (size_t i = 0; i < n; i++) {
        ck_assert(chosen[i]->always == (i >= n - 3));
        if (!chosen[i]->always) resting += is_resting(facts, chosen[i]);
    }
    ck_assert_str_eq(chosen[n - 3]->key, "check-in.trust.now");
    ck_assert_str_eq(chosen[n - 2]->key, "check-in.commitments.both");
    ck_assert_str_eq(chosen[n - 1]->key, "check-in.last.words");
    ck_assert_msg(resting == 0 || n == CHOICE_MIN, "%zu of %zu should rest", resting, n);
    check_themes(chosen, n);
    ck_assert_uint_eq(prompt_choose_check_in(p, facts, again), n);
    ck_assert_mem_eq(chosen, again, n * sizeof *chosen);
}

START_TEST(any_past_gives_a_good_check_in)
{
    uint64_t state = 0x5EED;
    Random r;
    for (int i = 0; i < PASTS; i++) {
        random_facts(&r, packs[STAGE_CHECK_IN], &state);
        check_choice(packs[STAGE_CHECK_IN], &r.facts);
    }
}
END_TEST

START_TEST(the_order_of_the_past_does_not_matter)
{
    uint64_t state = 0xFACE;
    Random r;
    for (int i = 0; i < PASTS / 10; i++) {
        random_facts(&r, packs[STAGE_CHECK_IN], &state);
        Str before;
        choose(&before, packs[STAGE_CHECK_IN], &r.facts);
        for (size_t a = 0, b = r.facts.past_count; a + 1 < b; a++, b--) {
            PromptPast swap = r.past[a];
            r.past[a] = r.past[b - 1];
            r.past[b - 1] = swap;
        }
        expect_choice(packs[STAGE_CHECK_IN], &r.facts, before.buf);
        str_finish(&before);
    }
}
END_TEST

static PromptPast *past_entry(Random *r, const char *key)
{
    for (size_t i = 0; i < r->facts.past_count; i++)
        if (strcmp(r->past[i].key, key) == 0) return &r->past[i];
    PromptPast *fresh = &r->past[r->facts.past_count++];
    *fresh = (PromptPast){.key = key};
    return fresh;
}

/* One check-in after the other: what a year with someone looks like. */
static void live_through(Random *r, const Prompts *p, int check_ins, int every)
{
    *r = (Random){.facts = {.past = r->past}};
    for (int i = 0; i < check_ins; i++) {
        const Prompt *chosen[CHOICE_MAX];
        r->facts.seed = prompt_seed(42, every * i, 0);
        size_t n = prompt_choose_check_in(p, &r->facts, chosen);
        for (size_t j = 0; j < r->facts.past_count; j++) r->past[j].days += every;
        for (size_t j = 0; j < n; j++) {
            PromptPast *past = past_entry(r, chosen[j]->key);
            past->days = every;
            past->times++;
        }
        r->facts.check_ins++;
    }
}

START_TEST(within_a_year_of_check_ins_every_prompt_is_asked)
{
    Prompts *p = packs[STAGE_CHECK_IN];
    ck_assert_uint_le(prompts_count(p), PAST_MAX);
    Random r;
    live_through(&r, p, 26, 14);
    for (size_t i = 0; i < prompts_count(p); i++)
        ck_assert_msg(days_since(&r.facts, prompts_at(p, i)) >= 0, "%s is never asked",
                      prompts_at(p, i)->key);
}
END_TEST

START_TEST(checking_in_every_day_still_gives_enough_questions)
{
    Random r;
    live_through(&r, packs[STAGE_CHECK_IN], 60, 1);
    check_choice(packs[STAGE_CHECK_IN], &r.facts);
}
END_TEST

START_TEST(a_seed_is_the_same_all_day_and_differs_between_days_and_alliances)
{
    ck_assert_uint_eq(prompt_seed(7, 20000, 1), prompt_seed(7, 20000, 1));
    ck_assert_uint_ne(prompt_seed(7, 20000, 1), prompt_seed(7, 20001, 1));
    ck_assert_uint_ne(prompt_seed(7, 20000, 1), prompt_seed(8, 20000, 1));
    ck_assert_uint_ne(prompt_seed(7, 20000, 1), prompt_seed(7, 20000, 2));
    ck_assert_uint_ne(prompt_seed(7, -1, 1), prompt_seed(7, 1, 1));
}
END_TEST

START_TEST(another_day_gives_other_questions)
{
    Str one, other;
    size_t differ = 0;
    for (Date day = 20000; day < 20020; day++) {
        choose(&one, packs[STAGE_CHECK_IN], &(PromptFacts){.seed = prompt_seed(7, day, 0)});
        choose(&other, packs[STAGE_CHECK_IN], &(PromptFacts){.seed = prompt_seed(7, day + 1, 0)});
        differ += strcmp(one.buf, other.buf) != 0;
        str_finish(&one);
        str_finish(&other);
    }
    ck_assert_uint_ge(differ, 10);
}
END_TEST

/* The rules one by one, on packs made for them. */

#define ALWAYS ",\"always\":true"
#define TRUST_AND_END                                                                                        \
    {"z.trust", "\"C3\"", ALWAYS}, {"z.tasks", "\"C5\"", ALWAYS},                                            \
    {                                                                                                        \
        "z.end", "\"C13\"", ALWAYS                                                                           \
    }
#define ASKED(name, ago)                                                                                     \
    {                                                                                                        \
        .key = "check-in." name, .days = (ago), .times = 1                                                   \
    }

START_TEST(never_asked_comes_first_then_the_longest_ago_then_the_heavier)
{
    static const Row rows[] = {{"a.recent", "\"C1\"", ""},
                               {"a.old", "\"C2\"", ""},
                               {"a.light", "\"C4\"", ",\"weight\":2"},
                               {"a.heavy", "\"C6\"", ",\"weight\":8"},
                               {"a.older", "\"C7\"", ""},
                               TRUST_AND_END};
    static const PromptPast past[] = {ASKED("a.recent", 5), ASKED("a.old", 50), ASKED("a.older", 60)};
    Prompts *p = PACK_OF(rows);
    expect_choice(p, &(PromptFacts){.past = past, .past_count = 3},
                  "a.heavy a.light a.older a.old z.trust z.tasks z.end");
    prompts_free(p);
}
END_TEST

START_TEST(what_was_left_open_comes_later_but_it_comes)
{
    static const Row rows[] = {{"a.skipped", "\"C1\"", ""}, {"a.answered", "\"C2\"", ""}, TRUST_AND_END};
    PromptPast past[] = {ASKED("a.skipped", 30), ASKED("a.answered", 20)};
    Prompts *p = PACK_OF(rows);
    PromptFacts facts = {.past = past, .past_count = 2};
    expect_choice(p, &facts, "a.skipped a.answered z.trust z.tasks z.end");
    past[0].skipped = 1;
    expect_choice(p, &facts, "a.answered a.skipped z.trust z.tasks z.end");
    past[0].days = 300;
    expect_choice(p, &facts, "a.skipped a.answered z.trust z.tasks z.end");
    prompts_free(p);
}
END_TEST

START_TEST(once_asked_is_not_asked_again_even_when_questions_are_few)
{
    static const Row rows[] = {
        {"a.once", "\"C1\"", ",\"once\":true"}, {"a.again", "\"C2\"", ""}, TRUST_AND_END};
    static const PromptPast past[] = {ASKED("a.once", 900)};
    Prompts *p = PACK_OF(rows);
    expect_choice(p, &(PromptFacts){0}, "a.once a.again z.trust z.tasks z.end");
    expect_choice(p, &(PromptFacts){.past = past, .past_count = 1}, "a.again z.trust z.tasks z.end");
    prompts_free(p);
}
END_TEST

START_TEST(rest_gives_way_only_to_reach_the_least_number)
{
    static const Row rows[] = {{"a.one", "\"C1\"", ",\"rest\":30"},
                               {"a.two", "\"C2\"", ",\"rest\":30"},
                               {"a.three", "\"C4\"", ",\"rest\":30"},
                               TRUST_AND_END};
    PromptPast past[] = {ASKED("a.one", 3), ASKED("a.two", 29), ASKED("a.three", 9)};
    Prompts *p = PACK_OF(rows);
    PromptFacts facts = {.past = past, .past_count = 3};
    expect_choice(p, &facts, "a.two a.three z.trust z.tasks z.end");
    past[1].days = 30;
    past[0].days = 40;
    expect_choice(p, &facts, "a.one a.two z.trust z.tasks z.end");
    prompts_free(p);
}
END_TEST

START_TEST(rest_ends_on_the_day_it_says)
{
    static const Row rows[] = {{"a.one", "\"C1\"", ""},
                               {"a.two", "\"C2\"", ",\"rest\":30"},
                               {"a.three", "\"C4\"", ",\"weight\":4"},
                               TRUST_AND_END};
    PromptPast past[] = {ASKED("a.two", 29)};
    Prompts *p = PACK_OF(rows);
    PromptFacts facts = {.past = past, .past_count = 1};
    expect_choice(p, &facts, "a.one a.three z.trust z.tasks z.end");
    past[0].days = 30;
    expect_choice(p, &facts, "a.one a.three a.two z.trust z.tasks z.end");
    prompts_free(p);
}
END_TEST

START_TEST(themes_never_meet_and_only_one_stands_near_what_is_always_asked)
{
    static const Row rows[] = {
        {"a.one", "\"C1\",\"C2\"", ",\"weight\":9"}, {"a.two", "\"C2\",\"C4\"", ",\"weight\":8"},
        {"a.trust", "\"C3\"", ",\"weight\":7"},      {"a.tasks", "\"C5\"", ",\"weight\":6"},
        {"a.last", "\"C4\"", ",\"weight\":5"},       TRUST_AND_END};
    Prompts *p = PACK_OF(rows);
    expect_choice(p, &(PromptFacts){0}, "a.one a.trust a.last z.trust z.tasks z.end");
    prompts_free(p);
}
END_TEST

START_TEST(many_open_commitments_leave_room_for_themselves)
{
    Str few, many;
    choose(&few, packs[STAGE_CHECK_IN], &(PromptFacts){.open_commitments = 2});
    choose(&many, packs[STAGE_CHECK_IN], &(PromptFacts){.open_commitments = 9});
    ck_assert_uint_lt(many.len, few.len);
    str_finish(&few);
    str_finish(&many);
}
END_TEST

START_TEST(a_pack_of_anything_stays_within_bounds)
{
    static const Row lonely[] = {{"a.one", "\"C1\"", ""}};
    static const Row crowd[] = {{"a.a", "\"C1\"", ALWAYS}, {"a.b", "\"C1\"", ALWAYS},
                                {"a.c", "\"C1\"", ALWAYS}, {"a.d", "\"C1\"", ALWAYS},
                                {"a.e", "\"C1\"", ALWAYS}, {"a.f", "\"C1\"", ALWAYS},
                                {"a.g", "\"C1\"", ALWAYS}, {"a.h", "\"C1\"", ALWAYS},
                                {"a.i", "\"C1\"", ALWAYS}, {"b.a", "\"C2\"", ""}};
    Prompts *few = PACK_OF(lonely), *full = PACK_OF(crowd);
    expect_choice(few, &(PromptFacts){0}, "a.one");
    expect_choice(full, &(PromptFacts){0}, "a.a a.b a.c a.d a.e a.f a.g a.h");
    prompts_free(few);
    prompts_free(full);
}
END_TEST

/* The walks of a design. */

static void expect_walk(const Prompt **walk, size_t n, const char *want)
{
    Str got;
    str_init(&got);
    for (size_t i = 0; i < n; i++)
        str_addf(&got, "%s%s/%s", i ? " " : "", section_name(walk[i]->section), side_name(walk[i]->side));
    ck_assert_str_eq(got.buf, want);
    str_finish(&got);
    free(walk);
}

START_TEST(the_walks_go_through_the_sections_in_the_agreements_order)
{
    const Prompt **walk;
    size_t n = prompt_walk_design(packs[STAGE_DESIGN], false, &walk);
    expect_walk(walk, n, "purpose/both offers/me asks/me communication/both boundaries/me hard-moments/both");
    n = prompt_walk_design(packs[STAGE_DESIGN], true, &walk);
    expect_walk(
        walk, n,
        "purpose/both purpose/them offers/me offers/them asks/me asks/them tone/both tone/them "
        "communication/both communication/them practicalities/both boundaries/me boundaries/them "
        "feedback/me feedback/them hard-moments/both hard-moments/them success/both success/them trial/both");
}
END_TEST

START_TEST(a_walk_takes_the_heaviest_and_of_two_alike_the_first)
{
    static const Row rows[] = {
        {"p.a", "\"D1\"", ",\"section\":\"offers\",\"side\":\"me\",\"weight\":6"},
        {"p.b", "\"D1\"", ",\"section\":\"offers\",\"side\":\"both\",\"weight\":7"},
        {"p.c", "\"D1\"", ",\"section\":\"offers\",\"side\":\"me\",\"weight\":7"},
        {"p.d", "\"D1\"", ",\"section\":\"offers\",\"side\":\"them\",\"weight\":2"},
        {"p.e", "\"D1\"", ",\"section\":\"offers\",\"side\":\"them\",\"weight\":3"},
        {"p.f", "\"D1\"", ",\"section\":\"trial\",\"side\":\"both\""},
        {"p.g", "\"D1\"", ""},
    };
    static const char *const section_keys[] = {"p.b", "p.c", "p.a", "p.e", "p.d"};
    Prompts *p = PACK_OF(rows);
    const Prompt **walk;
    ck_assert_uint_eq(prompt_walk_design(p, false, &walk), 1);
    ck_assert_str_eq(walk[0]->key, "check-in.p.b");
    free(walk);
    ck_assert_uint_eq(prompt_walk_design(p, true, &walk), 3);
    ck_assert_str_eq(walk[1]->key, "check-in.p.e");
    free(walk);
    ck_assert_uint_eq(prompt_walk_section(p, SECTION_OFFERS, &walk), 5);
    for (size_t i = 0; i < 5; i++) ck_assert_str_eq(walk[i]->key + strlen("check-in."), section_keys[i]);
    free(walk);
    ck_assert_uint_eq(prompt_walk_section(p, SECTION_ASKS, &walk), 0);
    free(walk);
    prompts_free(p);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("choose");
    TCase *shipped = tcase_create("shipped packs");
    tcase_add_checked_fixture(shipped, load_packs, free_packs);
    tcase_set_timeout(shipped, 60);
    tcase_add_test(shipped, any_past_gives_a_good_check_in);
    tcase_add_test(shipped, the_order_of_the_past_does_not_matter);
    tcase_add_test(shipped, within_a_year_of_check_ins_every_prompt_is_asked);
    tcase_add_test(shipped, checking_in_every_day_still_gives_enough_questions);
    tcase_add_test(shipped, another_day_gives_other_questions);
    tcase_add_test(shipped, many_open_commitments_leave_room_for_themselves);
    tcase_add_test(shipped, the_walks_go_through_the_sections_in_the_agreements_order);
    suite_add_tcase(s, shipped);
    TCase *rules = tcase_create("rules");
    tcase_add_test(rules, a_seed_is_the_same_all_day_and_differs_between_days_and_alliances);
    tcase_add_test(rules, never_asked_comes_first_then_the_longest_ago_then_the_heavier);
    tcase_add_test(rules, what_was_left_open_comes_later_but_it_comes);
    tcase_add_test(rules, once_asked_is_not_asked_again_even_when_questions_are_few);
    tcase_add_test(rules, rest_gives_way_only_to_reach_the_least_number);
    tcase_add_test(rules, rest_ends_on_the_day_it_says);
    tcase_add_test(rules, themes_never_meet_and_only_one_stands_near_what_is_always_asked);
    tcase_add_test(rules, a_walk_takes_the_heaviest_and_of_two_alike_the_first);
    tcase_add_test(rules, a_pack_of_anything_stays_within_bounds);
    suite_add_tcase(s, rules);
    SRunner *runner = srunner_create(s);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
