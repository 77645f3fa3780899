#include <entente/nearest.h>

#include <check.h>
#include <stdlib.h>
#include <string.h>

static const char *const WORDS[] = {"command", "commit", "color", "quiet", "no"};

static const struct {
    const char *typed, *nearest;
} SLIPS[] = {
    {"colour", "color"}, {"color", "color"},    {"comand", "command"}, {"com", "command"},
    {"qiuet", "quiet"},  {"on", NULL},          {"q", NULL},           {"", NULL},
    {"sound", NULL},     {"commits", "commit"}, {"ncolor", "color"},   {"quietly", "quiet"},
};

START_TEST(a_slip_of_the_fingers_is_told_from_another_word)
{
    const char *near = nearest_word(SLIPS[_i].typed, WORDS, sizeof WORDS / sizeof *WORDS);
    if (SLIPS[_i].nearest)
        ck_assert_str_eq(near ? near : "nothing", SLIPS[_i].nearest);
    else
        ck_assert_ptr_null(near);
}
END_TEST

START_TEST(the_word_itself_is_nearest_of_all)
{
    static const char *const BOTH[] = {"files", "file"};
    ck_assert_str_eq(nearest_word("file", BOTH, 2), "file");
    ck_assert_uint_eq(word_likeness(SV("file"), "file"), 0);
    ck_assert_ptr_null(nearest_word("file", NULL, 0));
}
END_TEST

START_TEST(a_word_of_any_length_is_no_trouble)
{
    char longest[4001];
    memset(longest, 'x', 4000);
    longest[4000] = '\0';
    ck_assert_uint_eq(word_likeness(sv(longest), "x"), LIKENESS_NONE);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("nearest");
    TCase *all = tcase_create("all");
    tcase_add_loop_test(all, a_slip_of_the_fingers_is_told_from_another_word, 0,
                        sizeof SLIPS / sizeof *SLIPS);
    tcase_add_test(all, the_word_itself_is_nearest_of_all);
    tcase_add_test(all, a_word_of_any_length_is_no_trouble);
    suite_add_tcase(s, all);
    SRunner *runner = srunner_create(s);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
