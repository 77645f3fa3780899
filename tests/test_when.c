#include <entente/when.h>

#include <check.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Sunday, 22 November 2026 */
static Date today(void)
{
    return date_make(2026, 11, 22);
}

static uint32_t random_next(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

static void expect_day(const char *said, const char *iso, int minutes)
{
    When when;
    Error err = {0};
    Str out;
    str_init(&out);
    ck_assert_msg(when_parse(sv(said), today(), &when, &err), "%s: %s", said, err.msg);
    date_print_iso(&out, when.date);
    ck_assert_msg(strcmp(out.buf, iso) == 0, "%s: %s, not %s", said, out.buf, iso);
    ck_assert_msg(when.minutes == minutes, "%s: %d minutes, not %d", said, when.minutes, minutes);
    str_finish(&out);
}

START_TEST(a_day_is_read_as_a_person_says_it)
{
    static const struct {
        const char *said, *iso;
        int minutes;
    } cases[] = {
        {"today", "2026-11-22", -1},
        {"Tomorrow", "2026-11-23", -1},
        {"YESTERDAY", "2026-11-21", -1},
        {"monday", "2026-11-23", -1},
        {"sat", "2026-11-28", -1},
        {"sunday", "2026-11-29", -1},
        {"next sunday", "2026-11-29", -1},
        {"next fri", "2026-11-27", -1},
        {"in 10 days", "2026-12-02", -1},
        {"in 0 days", "2026-11-22", -1},
        {"in 1 day", "2026-11-23", -1},
        {"in 2 weeks", "2026-12-06", -1},
        {"in 3 months", "2027-02-22", -1},
        {"in a week", "2026-11-29", -1},
        {"a week", "2026-11-29", -1},
        {"in a month", "2026-12-22", -1},
        {"a week ago", "2026-11-15", -1},
        {"in two weeks", "2026-12-06", -1},
        {"twelve days", "2026-12-04", -1},
        {"3d", "2026-11-25", -1},
        {"2W", "2026-12-06", -1},
        {"in 3d 9:00", "2026-11-25", 540},
        {"3d ago", "2026-11-19", -1},
        {"dec 1", "2026-12-01", -1},
        {"December 1 2027", "2027-12-01", -1},
        {"sat nov 28 9:00", "2026-11-28", 540},
        {"in 1 year", "2027-11-22", -1},
        {"10 days ago", "2026-11-12", -1},
        {"10 days", "2026-12-02", -1},
        {"2 weeks 9:00", "2026-12-06", 540},
        {"next week", "2026-11-29", -1},
        {"next month", "2026-12-22", -1},
        {"1 week ago", "2026-11-15", -1},
        {"2 months ago", "2026-09-22", -1},
        {"3 years ago", "2023-11-22", -1},
        {"28 nov", "2026-11-28", -1},
        {"28 November 2026", "2026-11-28", -1},
        {"sat 28 nov", "2026-11-28", -1},
        {"saturday 28 nov 2026", "2026-11-28", -1},
        {"2026-11-28", "2026-11-28", -1},
        {"2026-11-28T21:40", "2026-11-28", 1300},
        {"2026-11-28t00:00", "2026-11-28", 0},
        {"2026-11-28 21:40", "2026-11-28", 1300},
        {"  today   9:05 ", "2026-11-22", 545},
        {"sat 23:59", "2026-11-28", 1439},
        {"sat 28 nov 2026 00:00", "2026-11-28", 0},
        {"in 2 weeks 08:00", "2026-12-06", 480},
        {"10 days ago 08:00", "2026-11-12", 480},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        expect_day(cases[i].said, cases[i].iso, cases[i].minutes);
    }
}
END_TEST

START_TEST(without_a_year_the_nearest_day_from_three_months_ago_on_is_meant)
{
    expect_day("22 aug", "2026-08-22", -1);
    expect_day("21 aug", "2027-08-21", -1);
    expect_day("1 jan", "2027-01-01", -1);
    expect_day("29 feb", "2028-02-29", -1);
}
END_TEST

START_TEST(what_is_not_understood_is_named_with_the_forms_that_are)
{
    static const struct {
        const char *said, *message;
    } cases[] = {
        {"banana", "\"banana\" is no day: say today, friday, in 10 days, 28 nov or 2026-11-28."},
        {"", "A day is missing: say today, friday, in 10 days, 28 nov or 2026-11-28."},
        {"   ", "A day is missing: say today, friday, in 10 days, 28 nov or 2026-11-28."},
        {"2026-02-30", "\"2026-02-30\" is no day: say today, friday, in 10 days, 28 nov or 2026-11-28."},
        {"2026-11-28T25:00",
         "\"2026-11-28T25:00\" is no day: say today, friday, in 10 days, 28 nov or 2026-11-28."},
        {"31 feb", "\"31 feb\" is not in the calendar: mend the day or name a year."},
        {"29 feb 2026", "\"29 feb\" is not in that year: that month is shorter."},
        {"32 nov", "\"32\" is no day of a month: those are 1 to 31."},
        {"nov 32", "\"32\" is no day of a month: those are 1 to 31."},
        {"nov", "\"nov\" wants a day of the month: say 28 nov."},
        {"feb 29 2026", "\"feb 29\" is not in that year: that month is shorter."},
        {"sun nov 28",
         "\"sun\" is another day: Sat 28 Nov 2026 is the date. Leave the weekday out or mend it."},
        {"in a", "The day stops at a number: add days, weeks, months or years."},
        {"a banana", "\"banana\" is no measure of time: say days, weeks, months or years."},
        {"3m", "\"3m\" is no day: say today, friday, in 10 days, 28 nov or 2026-11-28."},
        {"sun 28 nov",
         "\"sun\" is another day: Sat 28 Nov 2026 is the date. Leave the weekday out or mend it."},
        {"sat 28", "\"28\" wants a month behind it: say sat 28 nov."},
        {"in banana", "\"banana\" is no number that can follow \"in\": say in 10 days."},
        {"in", "The day stops at \"in\": say in 10 days."},
        {"in 10", "The day stops at a number: add days, weeks, months or years."},
        {"in 10 moons", "\"moons\" is no measure of time: say days, weeks, months or years."},
        {"in 3000000 days", "\"days\" leads out of the calendar: its years are 1 to 9999."},
        {"in 3000000 years", "\"years\" leads out of the calendar: its years are 1 to 9999."},
        {"9000 years ago", "\"years\" leads out of the calendar: its years are 1 to 9999."},
        {"10 days later", "\"later\" cannot follow here: say in 10 days or 10 days ago."},
        {"next", "The day stops at \"next\": say next friday."},
        {"next banana", "\"banana\" is no day of the week: say next friday or in 1 week."},
        {"today 25:00", "\"25:00\" cannot follow the day: only a clock time such as 21:40 may."},
        {"today 21:4", "\"21:4\" cannot follow the day: only a clock time such as 21:40 may."},
        {"today 21:40 sharp", "\"sharp\" is too much: the day and its time are complete before it."},
        {"2026-11-28T21:40 21:40", "\"21:40\" is too much: the day and its time are complete before it."},
        {"+5 nov", "\"+5\" is no day: say today, friday, in 10 days, 28 nov or 2026-11-28."},
        {"in +5 days", "\"+5\" is no number that can follow \"in\": say in 10 days."},
        {"28 nov +999", "\"+999\" cannot follow the day: only a clock time such as 21:40 may."},
        {"today +9:30", "\"+9:30\" cannot follow the day: only a clock time such as 21:40 may."},
        {"28 nov 26", "\"26\" cannot follow the day: only a clock time such as 21:40 may."},
        {"a-word-that-never-seems-to-come-to-its-end", "\"a-word-that-never-seems-to-...\" is no day: say "
                                                       "today, friday, in 10 days, 28 nov or 2026-11-28."},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        When when = {5, 6};
        Error err = {0};
        ck_assert_msg(!when_parse(sv(cases[i].said), today(), &when, &err), "%s", cases[i].said);
        ck_assert_int_eq(err.code, ERR_USAGE);
        ck_assert_str_eq(err.msg, cases[i].message);
        ck_assert_int_eq(when.date, 5);
        ck_assert_int_eq(when.minutes, 6);
    }
}
END_TEST

START_TEST(hostile_words_do_not_reach_the_message)
{
    When when;
    Error err = {0};
    ck_assert(!when_parse(SV("\x1b[2J\xff"), today(), &when, &err));
    ck_assert_ptr_null(strchr(err.msg, '\x1b'));
    ck_assert_ptr_null(strchr(err.msg, '\xff'));
}
END_TEST

START_TEST(the_edges_of_the_calendar_are_kept)
{
    When when;
    Date last = date_make(9999, 12, 31);
    Date first = date_make(1, 1, 1);
    ck_assert(!when_parse(SV("tomorrow"), last, &when, NULL));
    ck_assert(!when_parse(SV("monday"), last, &when, NULL));
    ck_assert(!when_parse(SV("next monday"), last, &when, NULL));
    ck_assert(!when_parse(SV("yesterday"), first, &when, NULL));
    ck_assert(!when_parse(SV("1 day ago"), first, &when, NULL));
    ck_assert(!when_parse(SV("1 month ago"), first, &when, NULL));
    ck_assert(when_parse(SV("1 jan"), first, &when, NULL));
    ck_assert_int_eq(when.date, first);
    ck_assert(!when_parse(SV("1 jan"), last, &when, NULL));
}
END_TEST

START_TEST(a_day_prints_in_its_shortest_sure_form)
{
    static const struct {
        const char *iso, *text;
    } cases[] = {
        {"2026-11-22", "today"},           {"2026-11-23", "tomorrow"},   {"2026-11-21", "yesterday"},
        {"2026-11-28", "Sat 28 Nov"},      {"2027-01-01", "Fri 1 Jan"},  {"2027-11-28", "Sun 28 Nov 2027"},
        {"2026-08-21", "Fri 21 Aug 2026"}, {"2026-08-22", "Sat 22 Aug"},
    };
    Str out;
    str_init(&out);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Date d;
        ck_assert(date_parse_iso(sv(cases[i].iso), &d));
        str_clear(&out);
        when_print(&out, d, today());
        ck_assert_str_eq(out.buf, cases[i].text);
    }
    str_clear(&out);
    when_print(&out, DATE_NONE, today());
    ck_assert_str_eq(out.buf, "");
    str_finish(&out);
}
END_TEST

/* Half of the days lie within two years of today, where forms with and without a year meet. */
START_TEST(whatever_day_is_printed_is_read_back)
{
    uint32_t seed = 20261122;
    Date first = date_make(1, 1, 1);
    Date last = date_make(9999, 12, 31);
    Str out;
    str_init(&out);
    for (int i = 0; i < 5000; i++) {
        Date now = first + (Date)(random_next(&seed) % (uint32_t)(last - first + 1));
        Date d = first + (Date)(random_next(&seed) % (uint32_t)(last - first + 1));
        if (i % 2) d = now + (Date)(random_next(&seed) % 1461) - 730;
        if (d < first || d > last) d = now;
        When when = {DATE_NONE, 0};
        str_clear(&out);
        when_print(&out, d, now);
        if (!when_parse(str_view(&out), now, &when, NULL) || when.date != d || when.minutes != -1) {
            ck_abort_msg("%s is read as %d, not %d, on %d", out.buf, (int)when.date, (int)d, (int)now);
        }
    }
    str_finish(&out);
}
END_TEST

START_TEST(how_long_is_read_in_days_and_weeks)
{
    static const struct {
        const char *said;
        int days;
    } cases[] = {
        {"14d", 14},     {"14 days", 14}, {"1 day", 1},      {"2 weeks", 14},     {"2w", 14},
        {"0", 0},        {"0 days", 0},   {"0d", 0},         {" 3  Days ", 3},    {"14D", 14},
        {"1 week", 7},   {"3 d", 3},      {"2weeks", 14},    {"3660 days", 3660}, {"522w", 3654},
        {"007 days", 7}, {"a week", 7},   {"two weeks", 14}, {"Twelve days", 12},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int days = -1;
        Error err = {0};
        ck_assert_msg(when_parse_days(sv(cases[i].said), &days, &err), "%s: %s", cases[i].said, err.msg);
        ck_assert_msg(days == cases[i].days, "%s: %d", cases[i].said, days);
    }
}
END_TEST

START_TEST(a_clock_time_is_read_in_minutes)
{
    static const struct {
        const char *said;
        int minutes;
    } cases[] = {{"7:00", 420}, {"07:00", 420},    {"0:00", 0},
                 {"00:00", 0},  {" 23:59 ", 1439}, {"21:40", 1300}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int minutes = -1;
        Error err = {0};
        ck_assert_msg(when_parse_clock(sv(cases[i].said), &minutes, &err), "%s: %s", cases[i].said, err.msg);
        ck_assert_int_eq(minutes, cases[i].minutes);
    }
}
END_TEST

START_TEST(what_is_no_span_or_clock_is_named)
{
    static const struct {
        bool (*read)(StrView text, int *ret, Error *err);
        const char *said, *message;
    } cases[] = {
        {when_parse_days, "", "How long is missing: say 3 days or 2 weeks."},
        {when_parse_days, "  ", "How long is missing: say 3 days or 2 weeks."},
        {when_parse_days, " 14",
         "\"14\" is a number without a measure: say days or weeks, as in 3 days or 2w."},
        {when_parse_days, "soon", "\"soon\" is no length of time: say 3 days or 2 weeks."},
        {when_parse_days, "-3 days", "\"-3\" is no length of time: say 3 days or 2 weeks."},
        {when_parse_days, "+3 days", "\"+3\" is no length of time: say 3 days or 2 weeks."},
        {when_parse_days, "1 month",
         "\"month\" has no fixed length: say it in days or weeks, such as 30 days."},
        {when_parse_days, "2y", "\"y\" has no fixed length: say it in days or weeks, such as 30 days."},
        {when_parse_days, "0 months",
         "\"months\" has no fixed length: say it in days or weeks, such as 30 days."},
        {when_parse_days, "3 hours", "\"hours\" is no measure of time here: say days or weeks."},
        {when_parse_days, "1.5 days", "\".5\" is no measure of time here: say days or weeks."},
        {when_parse_days, "3 days ago", "\"ago\" is too much: the time is complete before it."},
        {when_parse_days, "3661 days", "\"3661 days\" is too long: 3660 days are the most."},
        {when_parse_days, "523 weeks", "\"523 weeks\" is too long: 3660 days are the most."},
        {when_parse_days, "99999999999999999999d",
         "\"99999999999999999999d\" is too long: 3660 days are the most."},
        {when_parse_days, "99999999999999999999",
         "\"99999999999999999999\" is a number without a measure: say days or weeks, as in 3 days or 2w."},
        {when_parse_days, "a month",
         "\"month\" has no fixed length: say it in days or weeks, such as 30 days."},
        {when_parse_clock, "", "A time of day is missing: say 7:00 or 21:40."},
        {when_parse_clock, "24:00", "\"24:00\" is no time of day: say 7:00 or 21:40."},
        {when_parse_clock, "7:60", "\"7:60\" is no time of day: say 7:00 or 21:40."},
        {when_parse_clock, "7", "\"7\" is no time of day: say 7:00 or 21:40."},
        {when_parse_clock, "7:0", "\"7:0\" is no time of day: say 7:00 or 21:40."},
        {when_parse_clock, "+7:00", "\"+7:00\" is no time of day: say 7:00 or 21:40."},
        {when_parse_clock, "7:00 pm", "\"pm\" is too much: the time of day is complete before it."},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int got = -7;
        Error err = {0};
        ck_assert_msg(!cases[i].read(sv(cases[i].said), &got, &err), "%s", cases[i].said);
        ck_assert_int_eq(err.code, ERR_USAGE);
        ck_assert_str_eq(err.msg, cases[i].message);
        ck_assert_int_eq(got, -7);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("when");
    TCase *tc = tcase_create("when");
    tcase_add_test(tc, a_day_is_read_as_a_person_says_it);
    tcase_add_test(tc, without_a_year_the_nearest_day_from_three_months_ago_on_is_meant);
    tcase_add_test(tc, what_is_not_understood_is_named_with_the_forms_that_are);
    tcase_add_test(tc, hostile_words_do_not_reach_the_message);
    tcase_add_test(tc, the_edges_of_the_calendar_are_kept);
    tcase_add_test(tc, a_day_prints_in_its_shortest_sure_form);
    tcase_add_test(tc, whatever_day_is_printed_is_read_back);
    tcase_add_test(tc, how_long_is_read_in_days_and_weeks);
    tcase_add_test(tc, a_clock_time_is_read_in_minutes);
    tcase_add_test(tc, what_is_no_span_or_clock_is_named);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
