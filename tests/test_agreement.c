#include <entente/agreement.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const Term TERMS[] = {
    {.id = 8,
     .section = SECTION_BOUNDARIES,
     .side = SIDE_BOTH,
     .text = "No money after 22:00.",
     .from_version = 2},
    {.id = 1,
     .section = SECTION_PURPOSE,
     .side = SIDE_BOTH,
     .text = "We support each other.",
     .from_version = 1,
     .to_version = 2},
    {.id = 5,
     .section = SECTION_PURPOSE,
     .side = SIDE_BOTH,
     .text = "Same side.",
     .from_version = 2,
     .replaces = 1},
    {.id = 3, .section = SECTION_OFFERS, .side = SIDE_THEM, .text = "To say when tired.", .from_version = 1},
    {.id = 2,
     .section = SECTION_OFFERS,
     .side = SIDE_ME,
     .position = 1,
     .text = "I cook.",
     .from_version = 1},
    {.id = 4,
     .section = SECTION_OFFERS,
     .side = SIDE_ME,
     .position = 0,
     .text = "I say it early.",
     .from_version = 1,
     .to_version = 3},
};

/* The ids of an agreement, as "1 2 3". */
static void expect_agreement(int version, const char *ids)
{
    Arena arena = {0};
    Str out;
    const Term **standing;
    str_init(&out);
    size_t n = agreement_at(TERMS, COUNT(TERMS), version, &arena, &standing);
    for (size_t i = 0; i < n; i++) str_addf(&out, i ? " %d" : "%d", (int)standing[i]->id);
    ck_assert_str_eq(out.buf, ids);
    str_finish(&out);
    arena_finish(&arena);
}

START_TEST(an_agreement_is_what_stands_at_its_version_in_reading_order)
{
    expect_agreement(0, "");
    expect_agreement(1, "1 4 2 3");
    expect_agreement(2, "5 4 2 3 8");
    expect_agreement(3, "5 2 3 8");
    expect_agreement(9, "5 2 3 8");
}
END_TEST

START_TEST(a_term_lives_from_its_first_version_to_before_its_last)
{
    Term t = {.from_version = 2, .to_version = 4};
    ck_assert(!term_in_version(&t, 1));
    ck_assert(term_in_version(&t, 2));
    ck_assert(term_in_version(&t, 3));
    ck_assert(!term_in_version(&t, 4));
    t.from_version = 0;
    ck_assert(!term_in_version(&t, 0));
}
END_TEST

START_TEST(terms_are_ordered_by_section_side_position_and_id)
{
    static const Term ordered[] = {
        {.id = 9, .section = SECTION_PURPOSE, .side = SIDE_BOTH, .position = 5},
        {.id = 8, .section = SECTION_OFFERS, .side = SIDE_ME, .position = 4},
        {.id = 6, .section = SECTION_OFFERS, .side = SIDE_THEM, .position = 1},
        {.id = 7, .section = SECTION_OFFERS, .side = SIDE_THEM, .position = 1},
        {.id = 1, .section = SECTION_OFFERS, .side = SIDE_THEM, .position = 2},
    };
    for (size_t i = 0; i < COUNT(ordered); i++) {
        for (size_t j = 0; j < COUNT(ordered); j++) {
            const Term *a = &ordered[i];
            const Term *b = &ordered[j];
            ck_assert_int_eq(term_order(&a, &b), (i > j) - (i < j));
        }
    }
}
END_TEST

/* A difference as one word a line: " 3" same, "+8" added, "-4" removed, "1>5" changed, "1=5" the same said
 * anew. */
static void expect_diff_of(const Term *terms, size_t n, int from, int to, const char *lines)
{
    Arena arena = {0};
    Str out;
    TermDiff *diff;
    str_init(&out);
    size_t count = agreement_diff(terms, n, from, to, &arena, &diff);
    for (size_t i = 0; i < count; i++) {
        int before = diff[i].before ? (int)diff[i].before->id : 0;
        int after = diff[i].after ? (int)diff[i].after->id : 0;
        if (i > 0) str_add_char(&out, ' ');
        switch (diff[i].kind) {
        case DIFF_SAME:
            before == after ? str_addf(&out, "%d", after) : str_addf(&out, "%d=%d", before, after);
            break;
        case DIFF_ADDED: str_addf(&out, "+%d", after); break;
        case DIFF_REMOVED: str_addf(&out, "-%d", before); break;
        case DIFF_CHANGED: str_addf(&out, "%d>%d", before, after); break;
        }
        ck_assert_int_eq(diff[i].kind == DIFF_ADDED, before == 0);
        ck_assert_int_eq(diff[i].kind == DIFF_REMOVED, after == 0);
    }
    ck_assert_str_eq(out.buf, lines);
    str_finish(&out);
    arena_finish(&arena);
}

START_TEST(a_difference_names_each_term_once_in_reading_order)
{
    expect_diff_of(TERMS, COUNT(TERMS), 1, 2, "1>5 4 2 3 +8");
    expect_diff_of(TERMS, COUNT(TERMS), 2, 3, "5 -4 2 3 8");
    expect_diff_of(TERMS, COUNT(TERMS), 1, 3, "1>5 -4 2 3 +8");
    expect_diff_of(TERMS, COUNT(TERMS), 3, 1, "5>1 +4 2 3 -8");
    expect_diff_of(TERMS, COUNT(TERMS), 0, 1, "+1 +4 +2 +3");
    expect_diff_of(TERMS, COUNT(TERMS), 1, 0, "-1 -4 -2 -3");
    expect_diff_of(TERMS, COUNT(TERMS), 2, 2, "5 4 2 3 8");
    expect_diff_of(TERMS, COUNT(TERMS), 0, 0, "");
    expect_diff_of(NULL, 0, 1, 2, "");
}
END_TEST

#define TERM(n, words, from, to, old)                                                                        \
    {                                                                                                        \
        .id = (n), .text = (words), .from_version = (from), .to_version = (to), .replaces = (old),           \
        .position = (n)                                                                                      \
    }

START_TEST(pairs_follow_a_chain_of_replacements)
{
    static const Term terms[] = {
        TERM(1, "one", 1, 2, 0),
        TERM(2, "two", 2, 3, 1),
        TERM(3, "three", 3, 0, 2),
    };
    expect_diff_of(terms, COUNT(terms), 1, 3, "1>3");
    expect_diff_of(terms, COUNT(terms), 3, 1, "3>1");
}
END_TEST

START_TEST(a_circle_of_replacements_ends)
{
    static const Term terms[] = {
        TERM(1, "one", 1, 2, 2),
        TERM(2, "two", 2, 0, 2),
        TERM(3, "three", 2, 0, 9),
    };
    expect_diff_of(terms, COUNT(terms), 1, 2, "1>2 +3");
}
END_TEST

START_TEST(replacement_wins_over_likeness_and_each_end_pairs_once)
{
    static const Term terms[] = {
        TERM(1, "we call on sunday", 1, 2, 0),          TERM(2, "we write on monday", 1, 2, 0),
        TERM(3, "we write on monday evening", 2, 0, 1), TERM(4, "we write on friday", 2, 0, 0),
        TERM(5, "we write on sunday", 2, 0, 0),
    };
    expect_diff_of(terms, COUNT(terms), 1, 2, "1>3 2>4 +5");
}
END_TEST

START_TEST(the_likest_texts_pair_first)
{
    static const Term terms[] = {
        TERM(1, "no phones at the table", 1, 2, 0),
        TERM(2, "no phones at the table", 2, 0, 0),
        TERM(3, "no phones at the table or in bed", 2, 0, 0),
        TERM(4, "one evening a week without visitors", 1, 2, 0),
        TERM(5, "something else entirely", 2, 0, 0),
    };
    expect_diff_of(terms, COUNT(terms), 1, 2, "1=2 -4 +3 +5");
}
END_TEST

START_TEST(half_of_the_words_is_like_enough_and_less_is_not)
{
    static const Term half[] = {TERM(1, "a b c d", 1, 2, 0), TERM(2, "a b x y", 2, 0, 0)};
    static const Term less[] = {TERM(1, "a b c d", 1, 2, 0), TERM(2, "a b x y z", 2, 0, 0)};
    static const Term marks[] = {TERM(1, "a!!!", 1, 2, 0), TERM(2, "b!!!", 2, 0, 0)};
    static const Term empty[] = {TERM(1, "...", 1, 2, 0), TERM(2, "?", 2, 0, 0)};
    expect_diff_of(half, 2, 1, 2, "1>2");
    expect_diff_of(less, 2, 1, 2, "-1 +2");
    expect_diff_of(marks, 2, 1, 2, "-1 +2");
    expect_diff_of(empty, 2, 1, 2, "-1 +2");
}
END_TEST

START_TEST(terms_pair_only_within_their_section_and_side)
{
    static const Term terms[] = {
        {.id = 1,
         .section = SECTION_OFFERS,
         .side = SIDE_ME,
         .text = "I cook.",
         .from_version = 1,
         .to_version = 2},
        {.id = 2,
         .section = SECTION_OFFERS,
         .side = SIDE_THEM,
         .text = "I cook.",
         .from_version = 2,
         .replaces = 1},
        {.id = 3, .section = SECTION_ASKS, .side = SIDE_ME, .text = "I cook.", .from_version = 2},
    };
    expect_diff_of(terms, COUNT(terms), 1, 2, "-1 +2 +3");
}
END_TEST

START_TEST(a_term_that_became_private_has_changed)
{
    static const Term terms[] = {
        {.id = 1, .text = "I cook.", .from_version = 1, .to_version = 2},
        {.id = 2, .text = "I cook.", .from_version = 2, .is_private = true},
    };
    expect_diff_of(terms, COUNT(terms), 1, 2, "1>2");
}
END_TEST

/* A text with its changed runs in [ ]; also that the runs cover it without a hole. */
static void mark(Str *out, const char *text, const WordRun *runs, size_t n)
{
    size_t at = 0;
    str_clear(out);
    for (size_t i = 0; i < n; i++) {
        ck_assert_uint_eq(runs[i].start, at);
        ck_assert_uint_gt(runs[i].end, at);
        if (i > 0) ck_assert_int_ne(runs[i].changed, runs[i - 1].changed);
        if (runs[i].changed) str_add_char(out, '[');
        str_add(out, sv_n(text + at, runs[i].end - at));
        if (runs[i].changed) str_add_char(out, ']');
        at = runs[i].end;
    }
    ck_assert_uint_eq(at, strlen(text));
}

static void expect_words(const char *before, const char *after, const char *marked_before,
                         const char *marked_after)
{
    Arena arena = {0};
    WordRun *a, *b;
    size_t a_count, b_count;
    Str out;
    str_init(&out);
    words_diff(before, after, &arena, &a, &a_count, &b, &b_count);
    mark(&out, before, a, a_count);
    ck_assert_str_eq(out.buf, marked_before);
    mark(&out, after, b, b_count);
    ck_assert_str_eq(out.buf, marked_after);
    str_finish(&out);
    arena_finish(&arena);
}

START_TEST(changed_words_are_marked_in_both_texts)
{
    static const struct {
        const char *before, *after, *marked_before, *marked_after;
    } cases[] = {
        {"Two people who support each other when life gets loud.",
         "Two people who stay on the same side when life gets loud.",
         "Two people who [support each other] when life gets loud.",
         "Two people who [stay on the same side] when life gets loud."},
        {"We do not discuss money after ten.", "We do not discuss money or budget after nine.",
         "We do not discuss money after [ten].", "We do not discuss money [or budget] after [nine]."},
        {"", "", "", ""},
        {"", "new", "", "[new]"},
        {"old", "", "[old]", ""},
        {"same", "same", "same", "same"},
        {"a  b", "a b", "a  b", "a b"},
        {"  ", "x", "  ", "[x]"},
        {"yes, no", "yes no", "yes[,] no", "yes no"},
        {"a b c d", "c d a b", "[a b] c d", "c d [a b]"},
        {"na na", "na na na", "na na", "na na [na]"},
        {"caf\u00e9 noir", "caf\u00e9 cr\u00e8me", "caf\u00e9 [noir]", "caf\u00e9 [cr\u00e8me]"},
        {"cafe", "caf\u00e9", "[cafe]", "[caf\u00e9]"},
        {" lead", " lead tail ", " lead", " lead [tail ]"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        expect_words(cases[i].before, cases[i].after, cases[i].marked_before, cases[i].marked_after);
    }
}
END_TEST

/* Beyond the bound only what two long texts begin and end with is kept. */
START_TEST(long_texts_fall_back_to_what_they_begin_and_end_with)
{
    Str before, after;
    Arena arena = {0};
    WordRun *a, *b;
    size_t a_count, b_count;
    str_init(&before);
    str_init(&after);
    for (int i = 0; i < 2500; i++) {
        str_addf(&before, "w%d ", i);
        str_addf(&after, i == 5 || i == 1200 || i == 2490 ? "x%d " : "w%d ", i);
    }
    words_diff(before.buf, after.buf, &arena, &a, &a_count, &b, &b_count);
    ck_assert_uint_eq(a_count, 3);
    ck_assert_uint_eq(b_count, 3);
    ck_assert(!b[0].changed && b[1].changed && !b[2].changed);
    ck_assert_int_eq(strncmp(after.buf + b[1].start, "x5 ", 3), 0);
    ck_assert_int_eq(strncmp(after.buf + b[1].end - 5, "x2490", 5), 0);
    str_finish(&before);
    str_finish(&after);
    arena_finish(&arena);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("agreement");
    TCase *tc = tcase_create("agreement");
    tcase_add_test(tc, an_agreement_is_what_stands_at_its_version_in_reading_order);
    tcase_add_test(tc, a_term_lives_from_its_first_version_to_before_its_last);
    tcase_add_test(tc, terms_are_ordered_by_section_side_position_and_id);
    tcase_add_test(tc, a_difference_names_each_term_once_in_reading_order);
    tcase_add_test(tc, pairs_follow_a_chain_of_replacements);
    tcase_add_test(tc, a_circle_of_replacements_ends);
    tcase_add_test(tc, replacement_wins_over_likeness_and_each_end_pairs_once);
    tcase_add_test(tc, the_likest_texts_pair_first);
    tcase_add_test(tc, half_of_the_words_is_like_enough_and_less_is_not);
    tcase_add_test(tc, terms_pair_only_within_their_section_and_side);
    tcase_add_test(tc, a_term_that_became_private_has_changed);
    tcase_add_test(tc, changed_words_are_marked_in_both_texts);
    tcase_add_test(tc, long_texts_fall_back_to_what_they_begin_and_end_with);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
