#include <entente/chart.h>

#include <check.h>
#include <stdlib.h>

static void assert_prints(const Canvas *c, const char *expected)
{
    Str s;
    str_init(&s);
    canvas_print(c, &s);
    ck_assert_str_eq(s.buf, expected);
    str_finish(&s);
}

START_TEST(progress_shows_one_mark_a_step_and_scales_when_there_are_too_many)
{
    static const struct {
        int done, total, max;
        const char *bar;
    } cases[] = {
        {6, 8, 20, "[######..]\n"}, {0, 4, 20, "[....]\n"},          {8, 8, 20, "[########]\n"},
        {9, 8, 20, "[########]\n"}, {50, 100, 10, "[#####.....]\n"}, {0, 0, 10, "[]\n"},
        {-3, 4, 20, "[....]\n"},    {99, 100, 10, "[#########.]\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Canvas c;
        canvas_init(&c, 20, 1);
        int used = chart_progress(&c, 0, 0, cases[i].done, cases[i].total, cases[i].max, ROLE_NORMAL);
        assert_prints(&c, cases[i].bar);
        ck_assert_uint_eq((size_t)used, sv(cases[i].bar).len - 1);
        canvas_finish(&c);
    }
}
END_TEST

START_TEST(trust_bars_stand_on_three_and_reach_the_rating)
{
    static const int trust[] = {4, 4, 5, 5, 4, 5, 4, 3};
    Canvas c;
    canvas_init(&c, 30, 3);
    ck_assert_int_eq(chart_trust_bars(&c, 0, 0, trust, 8), 3);
    assert_prints(&c, "5 ·  ·  █  █  ·  █  ·  ·\n"
                      "4 █  █  █  █  █  █  █  ·\n"
                      "3 █  █  █  █  █  █  █  █\n");
    canvas_finish(&c);
}
END_TEST

START_TEST(trust_bars_go_down_to_the_lowest_rating_and_leave_gaps_blank)
{
    static const int trust[] = {0, 1, 5};
    Canvas c;
    canvas_init(&c, 30, 5);
    c.ascii = true;
    ck_assert_int_eq(chart_trust_bars(&c, 1, 0, trust, 3), 5);
    assert_prints(&c, " 5    .  #\n 4    .  #\n 3    .  #\n 2    .  #\n 1    #  #\n");
    ck_assert_int_eq(chart_trust_bars(&c, 1, 0, trust, 0), 0);
    canvas_finish(&c);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("chart");
    TCase *tc = tcase_create("chart");
    tcase_add_test(tc, progress_shows_one_mark_a_step_and_scales_when_there_are_too_many);
    tcase_add_test(tc, trust_bars_stand_on_three_and_reach_the_rating);
    tcase_add_test(tc, trust_bars_go_down_to_the_lowest_rating_and_leave_gaps_blank);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
