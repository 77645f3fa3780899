#include <entente/cadence.h>

#include <check.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>

static uint32_t random_next(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

static Cadence cadence(const char *text)
{
    Cadence c;
    Error err = {0};
    ck_assert_msg(cadence_parse(sv(text), &c, &err), "%s: %s", text, err.msg);
    return c;
}

static Date day(const char *iso)
{
    Date d;
    ck_assert(date_parse_iso(sv(iso), &d));
    return d;
}

START_TEST(a_cadence_prints_back_what_it_reads)
{
    static const struct {
        const char *text, *printed, *words, *rrule;
    } cases[] = {
        {"", "", "no reminder", ""},
        {"   ", "", "no reminder", ""},
        {"every 10 days", "every 10 days", "every 10 days", "FREQ=DAILY;INTERVAL=10"},
        {"every day", "every day", "every day", "FREQ=DAILY"},
        {"every week", "every week", "every week", "FREQ=WEEKLY"},
        {"every 1 weeks", "every week", "every week", "FREQ=WEEKLY"},
        {"weekly", "weekly", "every week", "FREQ=WEEKLY"},
        {"  EVERY   2  Weeks ", "every 2 weeks", "every 2 weeks", "FREQ=WEEKLY;INTERVAL=2"},
        {"every month", "every month", "every month", "FREQ=MONTHLY"},
        {"monthly", "monthly", "every month", "FREQ=MONTHLY"},
        {"quarterly", "quarterly", "every 3 months", "FREQ=MONTHLY;INTERVAL=3"},
        {"every 3 months", "every 3 months", "every 3 months", "FREQ=MONTHLY;INTERVAL=3"},
        {"yearly", "yearly", "every year", "FREQ=YEARLY"},
        {"every 366 years", "every 366 years", "every 366 years", "FREQ=YEARLY;INTERVAL=366"},
    };
    Str out;
    str_init(&out);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Cadence c = cadence(cases[i].text);
        cadence_print(&out, &c);
        ck_assert_str_eq(out.buf, cases[i].printed);
        ck_assert_uint_lt(out.len, CADENCE_TEXT_MAX);
        Cadence again = cadence(out.buf);
        ck_assert(again.kind == c.kind && again.unit == c.unit && again.every == c.every &&
                  again.named == c.named);
        str_clear(&out);
        cadence_print_words(&out, &c);
        ck_assert_str_eq(out.buf, cases[i].words);
        str_clear(&out);
        cadence_print_rrule(&out, &c);
        ck_assert_str_eq(out.buf, cases[i].rrule);
        str_clear(&out);
    }
    str_finish(&out);
}
END_TEST

START_TEST(what_is_not_understood_is_named_with_its_place)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"sometimes",
         "\"sometimes\" at character 1 is not understood: say weekly, every 10 days, every 2 weeks, "
         "monthly, quarterly or yearly."},
        {"every", "\"How often\" stops short: say days, weeks, months or years, as in every 2 weeks."},
        {"every 2", "\"How often\" stops short: say days, weeks, months or years, as in every 2 weeks."},
        {"every 2 moons", "\"moons\" at character 9 is not understood: say days, weeks, months or years, as "
                          "in every 2 weeks."},
        {"every 0 days", "\"0\" at character 7 is not understood: say a number from 1 to 366."},
        {"every 367 days", "\"367\" at character 7 is not understood: say a number from 1 to 366."},
        {"every 99999999999999999999 days",
         "\"99999999999999999999\" at character 7 is not understood: say a number from 1 to 366."},
        {"every 2x days", "\"2x\" at character 7 is not understood: say a number from 1 to 366."},
        {"every -1 days",
         "\"-1\" at character 7 is not understood: say days, weeks, months or years, as in every 2 weeks."},
        {"weekly please",
         "\"please\" at character 8 is not understood: the cadence is complete before it. Leave it out."},
        {"every 2 weeks on tuesday",
         "\"on\" at character 15 cannot be kept yet: no cadence is tied to the calendar. "
         "Say every 2 weeks or monthly; it counts from the last check-in."},
        {"on the last friday of the month",
         "\"on\" at character 1 cannot be kept yet: no cadence is tied to the calendar. "
         "Say every 2 weeks or monthly; it counts from the last check-in."},
        {"Monthly ON the 15th",
         "\"on\" at character 9 cannot be kept yet: no cadence is tied to the calendar. "
         "Say every 2 weeks or monthly; it counts from the last check-in."},
        {"weekly \xc3\xa9t\xc3\xa9 on", "\"\xc3\xa9t\xc3\xa9\" at character 8 is not understood: the cadence "
                                        "is complete before it. Leave it out."},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Cadence c = {CADENCE_FIXED, UNIT_YEAR, 9, false};
        Error err = {0};
        ck_assert_msg(!cadence_parse(sv(cases[i].text), &c, &err), "%s", cases[i].text);
        ck_assert_int_eq(err.code, ERR_USAGE);
        ck_assert_str_eq(err.msg, cases[i].message);
        ck_assert_int_eq(c.every, 9);
    }
}
END_TEST

START_TEST(month_ends_clamp_and_never_drift)
{
    static const struct {
        const char *text, *from;
        int n;
        const char *to;
    } cases[] = {
        {"monthly", "2026-01-31", 0, "2026-01-31"},       {"monthly", "2026-01-31", 1, "2026-02-28"},
        {"monthly", "2026-01-31", 2, "2026-03-31"},       {"monthly", "2026-01-31", 3, "2026-04-30"},
        {"monthly", "2028-01-30", 1, "2028-02-29"},       {"quarterly", "2026-11-30", 1, "2027-02-28"},
        {"quarterly", "2026-11-30", 2, "2027-05-30"},     {"yearly", "2028-02-29", 1, "2029-02-28"},
        {"yearly", "2028-02-29", 4, "2032-02-29"},        {"every 2 weeks", "2026-11-22", 2, "2026-12-20"},
        {"every 10 days", "2026-12-25", 1, "2027-01-04"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Cadence c = cadence(cases[i].text);
        ck_assert_int_eq(cadence_add(&c, day(cases[i].from), cases[i].n), day(cases[i].to));
    }
}
END_TEST

START_TEST(beyond_the_calendar_there_is_no_day)
{
    Cadence c = cadence("weekly");
    ck_assert_int_eq(cadence_add(&c, day("9999-12-25"), 1), DATE_NONE);
    ck_assert_int_eq(cadence_add(&c, day("0001-01-01"), INT_MAX), DATE_NONE);
    ck_assert_int_eq(cadence_add(&c, DATE_NONE, 1), DATE_NONE);
    ck_assert_int_eq(cadence_add(&c, 0, -1), DATE_NONE);
    ck_assert_int_eq(cadence_next(&c, DATE_NONE, 0), DATE_NONE);
    ck_assert_int_eq(cadence_next(&c, 0, day("9999-12-31")), DATE_NONE);
    c = cadence("every 366 years");
    ck_assert_int_eq(cadence_add(&c, day("0001-01-01"), INT_MAX), DATE_NONE);
    ck_assert_int_eq(cadence_next(&c, day("9900-01-01"), day("9999-12-31")), DATE_NONE);
    c = cadence("");
    ck_assert_int_eq(cadence_add(&c, 0, 1), DATE_NONE);
    ck_assert_int_eq(cadence_next(&c, 0, 1), DATE_NONE);
}
END_TEST

START_TEST(next_is_the_first_interval_after_a_day)
{
    static const struct {
        const char *text, *from, *after, *next;
    } cases[] = {
        {"weekly", "2026-11-22", "2026-11-22", "2026-11-29"},
        {"weekly", "2026-11-22", "2026-11-29", "2026-12-06"},
        {"weekly", "2026-11-22", "2026-11-28", "2026-11-29"},
        {"weekly", "2026-11-22", "2020-01-01", "2026-11-29"},
        {"monthly", "2026-01-31", "2026-02-27", "2026-02-28"},
        {"monthly", "2026-01-31", "2026-02-28", "2026-03-31"},
        {"yearly", "2028-02-29", "2031-03-01", "2032-02-29"},
        {"yearly", "2028-02-29", "2028-02-29", "2029-02-28"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Cadence c = cadence(cases[i].text);
        ck_assert_int_eq(cadence_next(&c, day(cases[i].from), day(cases[i].after)), day(cases[i].next));
    }
    Cadence weekly = cadence("weekly");
    ck_assert_int_eq(cadence_next(&weekly, 0, DATE_NONE), 7);
}
END_TEST

START_TEST(next_agrees_with_counting_one_by_one)
{
    uint32_t seed = 7;
    for (int i = 0; i < 3000; i++) {
        Cadence c = {CADENCE_ROLLING, (CadenceUnit)(random_next(&seed) % 4),
                     1 + (int)(random_next(&seed) % 14), false};
        Date from = (Date)(random_next(&seed) % 40000);
        Date after = from + (Date)(random_next(&seed) % 4000) - 100;
        int n = 1;
        while (cadence_add(&c, from, n) <= after) n++;
        if (cadence_next(&c, from, after) != cadence_add(&c, from, n)) {
            ck_abort_msg("unit %d, every %d, from %d after %d", c.unit, c.every, (int)from, (int)after);
        }
    }
}
END_TEST

START_TEST(an_interval_has_an_average_length)
{
    Cadence c = cadence("every 2 weeks");
    ck_assert_double_eq(cadence_days(&c), 14);
    c = cadence("quarterly");
    ck_assert_double_eq_tol(cadence_days(&c), 91.310625, 1e-9);
    c = cadence("yearly");
    ck_assert_double_eq_tol(cadence_days(&c), 365.2425, 1e-9);
    c = cadence("");
    ck_assert_double_eq(cadence_days(&c), 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("cadence");
    TCase *tc = tcase_create("cadence");
    tcase_add_test(tc, a_cadence_prints_back_what_it_reads);
    tcase_add_test(tc, what_is_not_understood_is_named_with_its_place);
    tcase_add_test(tc, month_ends_clamp_and_never_drift);
    tcase_add_test(tc, beyond_the_calendar_there_is_no_day);
    tcase_add_test(tc, next_is_the_first_interval_after_a_day);
    tcase_add_test(tc, next_agrees_with_counting_one_by_one);
    tcase_add_test(tc, an_interval_has_an_average_length);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
