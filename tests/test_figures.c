#include <entente/figures.h>

#include <check.h>
#include <stdlib.h>

START_TEST(a_record_counts_kept_and_kept_late_of_what_was_kept_or_not)
{
    static const Commitment c[] = {
        {.side = SIDE_ME, .state = COMMITMENT_KEPT},     {.side = SIDE_ME, .state = COMMITMENT_KEPT_LATE},
        {.side = SIDE_ME, .state = COMMITMENT_NOT_KEPT}, {.side = SIDE_ME, .state = COMMITMENT_OPEN},
        {.side = SIDE_ME, .state = COMMITMENT_CHANGED},  {.side = SIDE_ME, .state = COMMITMENT_LET_GO},
        {.side = SIDE_THEM, .state = COMMITMENT_KEPT},   {.side = SIDE_BOTH, .state = COMMITMENT_NOT_KEPT},
    };
    Record me = record_of(c, sizeof c / sizeof *c, SIDE_ME);
    ck_assert_int_eq(me.kept, 2);
    ck_assert_int_eq(me.of, 3);
    Record them = record_of(c, sizeof c / sizeof *c, SIDE_THEM);
    ck_assert_int_eq(them.kept, 1);
    ck_assert_int_eq(them.of, 1);
    Record both = record_of(c, sizeof c / sizeof *c, SIDE_BOTH);
    ck_assert_int_eq(both.kept, 0);
    ck_assert_int_eq(both.of, 1);
    ck_assert_int_eq(record_of(NULL, 0, SIDE_ME).of, 0);
}
END_TEST

START_TEST(mostly_is_what_more_than_half_of_the_ratings_are)
{
    static const struct {
        int trust[6];
        size_t n;
        int mostly;
    } cases[] = {
        {{0}, 0, 0},
        {{0, 0}, 2, 0},
        {{4, 4, 5}, 3, 4},
        {{4, 5}, 2, 0},
        {{4, 5, 2}, 3, 0},
        {{4, 4, 5, 3}, 4, 0},
        {{4, 4, 5, 5, 0, 3}, 6, 0},
        {{4, 0, 4, 5, 0, 0}, 6, 4},
        {{5, 5, 4, 4, 5, 5}, 6, 5},
        {{0, 0, 0, 2}, 4, 2},
        {{-3, 9, 1}, 3, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ck_assert_int_eq(trust_mostly(cases[i].trust, cases[i].n), cases[i].mostly);
    }
}
END_TEST

START_TEST(the_spark_shows_the_last_ratings_on_a_fixed_scale)
{
    static const int trust[] = {5, 1, 2, 0, 3, 4, 5};
    Str out;
    str_init(&out);
    trust_spark(&out, trust, 7, 6, false);
    ck_assert_str_eq(out.buf, "\u2581\u2582 \u2584\u2586\u2588");
    str_clear(&out);
    trust_spark(&out, trust, 7, 20, true);
    ck_assert_str_eq(out.buf, "512-345");
    str_clear(&out);
    trust_spark(&out, trust + 4, 1, 8, false);
    ck_assert_str_eq(out.buf, "\u2584");
    str_clear(&out);
    trust_spark(&out, trust, 7, 0, false);
    trust_spark(&out, NULL, 0, 8, false);
    ck_assert_str_eq(out.buf, "");
    str_finish(&out);
}
END_TEST

START_TEST(lived_days_are_the_median_gap_rounded_half_up)
{
    static const struct {
        Date dates[6];
        size_t n;
        int days;
    } cases[] = {
        {{0}, 0, 0},
        {{100}, 1, 0},
        {{100, 114}, 2, 14},
        {{100, 114, 129}, 3, 15},
        {{100, 114, 131}, 3, 16},
        {{0, 1, 100, 110}, 4, 10},
        {{0, 0, 0}, 3, 0},
        {{-20, -10, 5}, 3, 13},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ck_assert_int_eq(lived_days(cases[i].dates, cases[i].n), cases[i].days);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("figures");
    TCase *tc = tcase_create("figures");
    tcase_add_test(tc, a_record_counts_kept_and_kept_late_of_what_was_kept_or_not);
    tcase_add_test(tc, mostly_is_what_more_than_half_of_the_ratings_are);
    tcase_add_test(tc, the_spark_shows_the_last_ratings_on_a_fixed_scale);
    tcase_add_test(tc, lived_days_are_the_median_gap_rounded_half_up);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
