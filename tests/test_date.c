#include <entente/date.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* 2026-11-22, a Sunday */
static Date a_sunday(void)
{
    return date_make(2026, 11, 22);
}

static void use_zone(const char *name)
{
    setenv("TZ", name, 1);
    tzset();
}

static void expect(Str *out, const char *expected)
{
    ck_assert_str_eq(out->buf, expected);
    str_clear(out);
}

START_TEST(known_days_have_their_number_and_weekday)
{
    static const struct {
        int year, month, day;
        Date days;
        Weekday weekday;
    } cases[] = {
        {1970, 1, 1, 0, THURSDAY},       {1969, 12, 31, -1, WEDNESDAY}, {2000, 2, 29, 11016, TUESDAY},
        {2026, 11, 22, 20779, SUNDAY},   {1, 1, 1, -719162, MONDAY},    {9999, 12, 31, 2932896, FRIDAY},
        {1582, 10, 15, -141427, FRIDAY}, {2038, 1, 19, 24855, TUESDAY}, {1900, 3, 1, -25508, THURSDAY},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Date d = date_make(cases[i].year, cases[i].month, cases[i].day);
        ck_assert_int_eq(d, cases[i].days);
        ck_assert_int_eq(date_weekday(d), cases[i].weekday);
    }
}
END_TEST

START_TEST(every_supported_day_splits_into_what_made_it)
{
    Date expected = date_make(1, 1, 1);
    for (int year = 1; year <= 9999; year++) {
        for (int month = 1; month <= 12; month++) {
            for (int day = 1; day <= date_days_in_month(year, month); day++, expected++) {
                int y, m, d;
                date_split(expected, &y, &m, &d);
                if (y != year || m != month || d != day || date_make(year, month, day) != expected) {
                    ck_abort_msg("%04d-%02d-%02d", year, month, day);
                }
            }
        }
    }
    ck_assert_int_eq(expected - 1, 2932896);
    date_split(0, NULL, NULL, NULL);
}
END_TEST

START_TEST(days_that_do_not_exist_are_not_valid)
{
    ck_assert(date_valid(2024, 2, 29));
    ck_assert(date_valid(2000, 2, 29));
    ck_assert(!date_valid(1900, 2, 29));
    ck_assert(!date_valid(2026, 2, 29));
    ck_assert(!date_valid(2026, 4, 31));
    ck_assert(!date_valid(2026, 13, 1));
    ck_assert(!date_valid(2026, 0, 1));
    ck_assert(!date_valid(2026, 1, 0));
    ck_assert(!date_valid(0, 1, 1));
    ck_assert(!date_valid(10000, 1, 1));
}
END_TEST

START_TEST(month_ends_clamp_when_months_are_added)
{
    static const struct {
        const char *from;
        int months;
        const char *to;
    } cases[] = {
        {"2026-01-31", 1, "2026-02-28"},  {"2024-01-31", 1, "2024-02-29"},  {"2026-01-31", 2, "2026-03-31"},
        {"2026-03-31", -1, "2026-02-28"}, {"2024-02-29", 12, "2025-02-28"}, {"2024-02-29", 48, "2028-02-29"},
        {"2026-11-30", 3, "2027-02-28"},  {"2026-01-15", -1, "2025-12-15"}, {"9999-12-31", 1, ""},
        {"0001-01-01", -1, ""},           {"2026-01-01", INT32_MAX, ""},    {"2026-01-01", INT32_MIN, ""},
    };
    Str out;
    str_init(&out);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Date from;
        ck_assert(date_parse_iso(sv(cases[i].from), &from));
        date_print_iso(&out, date_add_months(from, cases[i].months));
        expect(&out, cases[i].to);
    }
    str_finish(&out);
}
END_TEST

START_TEST(only_the_exact_iso_form_is_read)
{
    static const char *const bad[] = {
        "",           "2026-11-2",  "2026-11-022", "2026-1-22",   "26-11-22",    "2026/11/22",  "2026-11-31",
        "2026-02-29", "0000-01-01", "+026-11-22",  "2026-11-22 ", " 2026-11-22", "2026-11-22T", "2026-13-01",
        "-026-11-22"};
    Date d = 7;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        ck_assert_msg(!date_parse_iso(sv(bad[i]), &d), "%s", bad[i]);
        ck_assert_int_eq(d, 7);
    }
    ck_assert(!date_parse_iso(sv_n("2026-11\0"
                                   "22",
                                   10),
                              &d));
    ck_assert(date_parse_iso(SV("2026-11-22"), &d));
    ck_assert_int_eq(d, a_sunday());
}
END_TEST

START_TEST(a_day_is_printed_in_the_forms_of_the_house)
{
    Str out;
    str_init(&out);
    Date today = a_sunday();
    date_print_iso(&out, date_make(33, 4, 3));
    expect(&out, "0033-04-03");
    date_print_long(&out, today);
    expect(&out, "Sun 22 Nov 2026");
    date_print_short(&out, today, today);
    expect(&out, "Sun 22 Nov");
    date_print_short(&out, date_make(2027, 1, 3), today);
    expect(&out, "Sun 3 Jan 2027");
    date_print_day(&out, date_make(2026, 11, 3), today);
    expect(&out, "3 Nov");
    date_print_day(&out, date_make(2025, 11, 3), today);
    expect(&out, "3 Nov 2025");
    date_print_iso(&out, DATE_NONE);
    date_print_long(&out, DATE_NONE);
    date_print_short(&out, DATE_NONE, today);
    date_print_day(&out, DATE_NONE, today);
    date_print_relative(&out, DATE_NONE, today);
    expect(&out, "");
    str_finish(&out);
}
END_TEST

START_TEST(relative_days_turn_into_weeks_then_months_then_years)
{
    static const struct {
        int days;
        const char *text;
    } cases[] = {
        {0, "today"},          {1, "tomorrow"},         {-1, "yesterday"},
        {2, "in 2 days"},      {-2, "2 days ago"},      {13, "in 13 days"},
        {14, "in 2 weeks"},    {17, "in 2 weeks"},      {18, "in 3 weeks"},
        {-35, "5 weeks ago"},  {42, "in 6 weeks"},      {-13, "13 days ago"},
        {-14, "2 weeks ago"},  {-66, "9 weeks ago"},    {-67, "2 months ago"},
        {91, "in 3 months"},   {-365, "12 months ago"}, {-716, "23 months ago"},
        {-717, "2 years ago"}, {-1134, "3 years ago"},  {2932896 / 2, "in 4018 years"},
    };
    Str out;
    str_init(&out);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        date_print_relative(&out, a_sunday() + cases[i].days, a_sunday());
        expect(&out, cases[i].text);
    }
    str_finish(&out);
}
END_TEST

START_TEST(a_longer_time_is_never_said_shorter)
{
    static const char units[] = "dwmy";
    const char *at = units;
    char unit;
    for (int days = 1, last = 0; days < 40000; days++) {
        int count = date_span(days, &unit);
        const char *now = strchr(units, unit);
        ck_assert_ptr_nonnull(now);
        ck_assert(now == at ? count >= last : now == at + 1 && count >= 2);
        at = now;
        last = count;
    }
}
END_TEST

START_TEST(an_instant_prints_back_what_it_read)
{
    static const struct {
        const char *text, *printed;
        int64_t unix_ms;
    } cases[] = {
        {"2026-11-22T21:40:00+01:00", NULL, INT64_C(1795380000000)},
        {"1970-01-01T00:00:00Z", "1970-01-01T00:00:00+00:00", 0},
        {"1970-01-01T00:00:00-00:30", NULL, 1800000},
        {"1969-12-31T23:59:59.250Z", "1969-12-31T23:59:59+00:00", -750},
        {"1970-01-01t00:00:00.1239999z", "1970-01-01T00:00:00+00:00", 123},
        {"2016-12-31T23:59:60Z", "2017-01-01T00:00:00+00:00", INT64_C(1483228800000)},
        {"0001-01-01T00:00:00+23:59", NULL, INT64_C(-62135683140000)},
        {"9999-12-31T23:59:59-11:00", NULL, INT64_C(253402340399000)},
    };
    Str out;
    str_init(&out);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Instant t;
        ck_assert_msg(instant_parse(sv(cases[i].text), &t), "%s", cases[i].text);
        ck_assert_int_eq(t.unix_ms, cases[i].unix_ms);
        instant_print(&out, t);
        expect(&out, cases[i].printed ? cases[i].printed : cases[i].text);
    }
    str_finish(&out);
}
END_TEST

START_TEST(broken_instants_are_refused)
{
    static const char *const bad[] = {
        "",
        "2026-11-22",
        "2026-11-22T21:40+01:00",
        "2026-11-22 21:40:00+01:00",
        "2026-11-22T24:00:00Z",
        "2026-11-22T21:60:00Z",
        "2026-11-22T21:40:61Z",
        "2026-11-22T21:40:00",
        "2026-11-22T21:40:00.Z",
        "2026-11-22T21:40:00+1:00",
        "2026-11-22T21:40:00+24:00",
        "2026-11-22T21:40:00+01:60",
        "2026-11-22T21:40:00Zx",
        "2026-02-30T21:40:00Z",
    };
    Instant t = {5, 6};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        ck_assert_msg(!instant_parse(sv(bad[i]), &t), "%s", bad[i]);
    }
    ck_assert_int_eq(t.unix_ms, 5);
}
END_TEST

START_TEST(an_instant_shows_the_day_and_clock_of_its_wall)
{
    Str out;
    str_init(&out);
    Instant t;
    ck_assert(instant_parse(SV("2026-11-22T23:30:59Z"), &t));
    ck_assert_int_eq(instant_date(t), a_sunday());
    t.offset = 3600;
    ck_assert_int_eq(instant_date(t), a_sunday() + 1);
    ck_assert_int_eq(instant_minutes(t), 30);
    instant_print_clock(&out, t);
    expect(&out, "00:30");
    t = (Instant){-1, 0};
    ck_assert_int_eq(instant_date(t), -1);
    ck_assert_int_eq(instant_minutes(t), 24 * 60 - 1);
    ck_assert(instant_is_none(INSTANT_NONE));
    ck_assert_int_eq(instant_date(INSTANT_NONE), DATE_NONE);
    ck_assert_int_eq(instant_date((Instant){INT64_MAX, 0}), DATE_NONE);
    instant_print(&out, INSTANT_NONE);
    instant_print_clock(&out, INSTANT_NONE);
    expect(&out, "");
    str_finish(&out);
}
END_TEST

START_TEST(instants_are_ordered_by_time_whatever_their_wall)
{
    ck_assert_int_eq(instant_cmp((Instant){5, 0}, (Instant){5, 3600}), 0);
    ck_assert_int_lt(instant_cmp((Instant){4, 3600}, (Instant){5, 0}), 0);
    ck_assert_int_gt(instant_cmp((Instant){INT64_MAX, 0}, INSTANT_NONE), 0);
}
END_TEST

/* RFC 5545 3.3.5: in a gap the offset before the gap counts, of a time that comes twice the first. */
START_TEST(local_times_follow_rfc_5545_across_gaps_and_overlaps)
{
    static const struct {
        const char *zone, *day;
        int minutes;
        const char *instant;
    } cases[] = {
        {"Europe/Berlin", "2026-03-29", 150, "2026-03-29T03:30:00+02:00"},
        {"America/New_York", "2026-11-01", 90, "2026-11-01T01:30:00-04:00"},
        {"Europe/Berlin", "2026-10-25", 150, "2026-10-25T02:30:00+02:00"},
        {"Africa/Cairo", "2026-04-24", 30, "2026-04-24T01:30:00+03:00"},
        {"Asia/Beirut", "2026-03-29", 0, "2026-03-29T01:00:00+03:00"},
        {"Pacific/Apia", "2011-12-30", 540, "2011-12-31T09:00:00+14:00"},
        {"Europe/Berlin", "2026-10-25", 180, "2026-10-25T03:00:00+01:00"},
        {"Europe/Berlin", "2026-03-29", 119, "2026-03-29T01:59:00+01:00"},
        {"Europe/Berlin", "2026-03-29", 180, "2026-03-29T03:00:00+02:00"},
        {"America/New_York", "2026-03-08", 150, "2026-03-08T03:30:00-04:00"},
        {"Pacific/Apia", "2011-12-29", 1439, "2011-12-29T23:59:00-10:00"},
    };
    Str out;
    str_init(&out);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Date d;
        use_zone(cases[i].zone);
        Zone zone = zone_system();
        ck_assert(date_parse_iso(sv(cases[i].day), &d));
        Instant t = instant_local(&zone, d, cases[i].minutes);
        if (t.offset == 0) { /* none of these zones stands on UTC */
            printf("skipped: this machine has no time zone %s (package tzdata)\n", cases[i].zone);
            continue;
        }
        instant_print(&out, t);
        expect(&out, cases[i].instant);
    }
    str_finish(&out);
    use_zone("Europe/Berlin");
}
END_TEST

START_TEST(the_system_zone_knows_offsets_before_1970_and_after_2038)
{
    use_zone("XYZ-3:30");
    Zone zone = zone_system();
    ck_assert_int_eq(instant_at(&zone, 0).offset, 12600);
    ck_assert_int_eq(instant_at(&zone, INT64_C(-3000000000000)).offset, 12600);
    ck_assert_int_eq(instant_at(&zone, INT64_C(9000000000000)).offset, 12600);
    ck_assert_int_eq(instant_at(&zone, INT64_MAX).offset, 12600);
    use_zone("Europe/Berlin");
}
END_TEST

START_TEST(a_local_mean_time_keeps_its_instant_when_printed)
{
    Str out;
    str_init(&out);
    Instant t = {0, 53 * 60 + 28};
    instant_print(&out, t);
    Instant back;
    ck_assert(instant_parse(str_view(&out), &back));
    ck_assert_int_eq(back.unix_ms, 0);
    expect(&out, "1970-01-01T00:53:00+00:53");
    str_finish(&out);
}
END_TEST

START_TEST(a_fixed_zone_never_moves)
{
    Zone zone = zone_fixed(-5 * 3600);
    Instant t = instant_local(&zone, a_sunday(), 21 * 60 + 40);
    Str out;
    str_init(&out);
    instant_print(&out, t);
    expect(&out, "2026-11-22T21:40:00-05:00");
    str_finish(&out);
    ck_assert_int_eq(instant_minutes(t), 21 * 60 + 40);
}
END_TEST

START_TEST(names_are_english_and_whole)
{
    ck_assert_str_eq(weekday_name(MONDAY), "Monday");
    ck_assert_str_eq(weekday_name(SUNDAY), "Sunday");
    ck_assert_str_eq(month_name(1), "January");
    ck_assert_str_eq(month_name(12), "December");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("date");
    TCase *tc = tcase_create("date");
    tcase_set_timeout(tc, 60);
    tcase_add_test(tc, known_days_have_their_number_and_weekday);
    tcase_add_test(tc, every_supported_day_splits_into_what_made_it);
    tcase_add_test(tc, days_that_do_not_exist_are_not_valid);
    tcase_add_test(tc, month_ends_clamp_when_months_are_added);
    tcase_add_test(tc, only_the_exact_iso_form_is_read);
    tcase_add_test(tc, a_day_is_printed_in_the_forms_of_the_house);
    tcase_add_test(tc, relative_days_turn_into_weeks_then_months_then_years);
    tcase_add_test(tc, a_longer_time_is_never_said_shorter);
    tcase_add_test(tc, an_instant_prints_back_what_it_read);
    tcase_add_test(tc, broken_instants_are_refused);
    tcase_add_test(tc, an_instant_shows_the_day_and_clock_of_its_wall);
    tcase_add_test(tc, instants_are_ordered_by_time_whatever_their_wall);
    tcase_add_test(tc, local_times_follow_rfc_5545_across_gaps_and_overlaps);
    tcase_add_test(tc, the_system_zone_knows_offsets_before_1970_and_after_2038);
    tcase_add_test(tc, a_local_mean_time_keeps_its_instant_when_printed);
    tcase_add_test(tc, a_fixed_zone_never_moves);
    tcase_add_test(tc, names_are_english_and_whole);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
