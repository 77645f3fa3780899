#include <entente/cadence.h>

#include <check.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
        {"daily", "every day", "every day", "FREQ=DAILY"},
        {"every second day", "every 2 days", "every 2 days", "FREQ=DAILY;INTERVAL=2"},
        {"every 5th day", "every 5 days", "every 5 days", "FREQ=DAILY;INTERVAL=5"},
        {"Fortnightly", "every 2 weeks", "every 2 weeks", "FREQ=WEEKLY;INTERVAL=2"},
        {"every two weeks", "every 2 weeks", "every 2 weeks", "FREQ=WEEKLY;INTERVAL=2"},
        {"every other week", "every 2 weeks", "every 2 weeks", "FREQ=WEEKLY;INTERVAL=2"},
        {"2 weeks", "every 2 weeks", "every 2 weeks", "FREQ=WEEKLY;INTERVAL=2"},
        {"twelve months", "every 12 months", "every 12 months", "FREQ=MONTHLY;INTERVAL=12"},
        {"each week", "every week", "every week", "FREQ=WEEKLY"},
        {"annually", "yearly", "every year", "FREQ=YEARLY"},
        {"none", "", "no reminder", ""},
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
         "monthly, quarterly, yearly or none."},
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
        {"every 2 weeks on tuseday",
         "\"tuseday\" at character 18 is not understood: say a day of the week, as in weekly on tuesday or "
         "every 2 weeks on tuesday and friday."},
        {"weekly on the 15th",
         "\"the\" at character 11 is not understood: say a day of the week, as in weekly on tuesday or "
         "every 2 weeks on tuesday and friday."},
        {"weekly on tuesday and", "\"How often\" stops short: say a day of the week, as in weekly on tuesday "
                                  "or every 2 weeks on tuesday and friday."},
        {"on the last fryday of the month",
         "\"fryday\" at character 13 is not understood: say a day of the month, as in monthly on the 15th, "
         "on the last friday of the month or monthly on the last day."},
        {"monthly on the 32nd",
         "\"32nd\" at character 16 is not understood: say a day of the month, as in monthly on the 15th, "
         "on the last friday of the month or monthly on the last day."},
        {"on the sixth friday of the month",
         "\"friday\" at character 14 is not understood: no month has that many. Count from the first to the "
         "fifth, or the last."},
        {"on the 15th friday of the month",
         "\"friday\" at character 13 is not understood: no month has that many. Count from the first to the "
         "fifth, or the last."},
        {"Biweekly",
         "\"Biweekly\" at character 1 is not understood: it may be every 2 weeks or twice a week. "
         "Say every 2 weeks, or weekly on monday and thursday."},
        {"every thirteen days",
         "\"thirteen\" at character 7 is not understood: say days, weeks, months or years, as in every 2 "
         "weeks."},
        {"tuesday", "\"tuesday\" at character 1 is not understood: say weekly, every 10 days, every 2 weeks, "
                    "monthly, quarterly, yearly or none."},
        {"+2 weeks", "\"+2\" at character 1 is not understood: say weekly, every 10 days, every 2 weeks, "
                     "monthly, quarterly, yearly or none."},
        {"daily on tuesday",
         "\"on\" at character 7 is not understood: days are counted from the last check-in. Leave it out, "
         "or say weekly on tuesday."},
        {"on the second working day of the month",
         "\"working\" at character 15 is not understood: say the first or the last working day."},
        {"yearly on 30 february", "\"30\" at character 11 is not understood: February has 29 days, so that "
                                  "day never comes. Say an earlier one."},
        {"yearly on tuesday",
         "\"tuesday\" at character 11 is not understood: say a day of the year, as in yearly on 3 may or "
         "yearly on the last friday of november."},
        {"on", "\"How often\" stops short: say on tuesday, on the 15th, on the last friday of the month, on "
               "the last day or on 3 may."},
        {"every 10 days on tuesday",
         "\"on\" at character 15 is not understood: days are counted from the last check-in. Leave it out, "
         "or say weekly on tuesday."},
        {"Monthly ON the 15th please",
         "\"please\" at character 21 is not understood: the cadence is complete before it. Leave it out."},
        {"FREQ=MONTHLY;BYMONTHDAY=-8",
         "\"BYMONTHDAY=-8\" at character 14 is not understood: say BYMONTHDAY with one number, 1 to 31 or "
         "-1 to -7."},
        {"FREQ=WEEKLY;COUNT=3",
         "\"COUNT=3\" at character 13 is not understood: a cadence goes on until you change it, so it has no "
         "end. Leave COUNT and UNTIL out."},
        {"FREQ=WEEKLY;BYHOUR=3",
         "\"BYHOUR=3\" at character 13 is not understood: say FREQ with INTERVAL, WKST, BYDAY, BYMONTHDAY, "
         "BYMONTH or BYSETPOS; a cadence is whole days, one a period, and has no end."},
        {"FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=31",
         "\"BYMONTHDAY=31\" at character 23 is not understood: April has 30 days, so that day never comes. "
         "Say an earlier one."},
        {"FREQ=HOURLY", "\"FREQ=HOURLY\" at character 1 is not understood: say FREQ=DAILY, FREQ=WEEKLY, "
                        "FREQ=MONTHLY or FREQ=YEARLY."},
        {"weekly \xc3\xa9t\xc3\xa9 on", "\"\xc3\xa9t\xc3\xa9\" at character 8 is not understood: the cadence "
                                        "is complete before it. Leave it out."},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Cadence c = {.kind = CADENCE_FIXED, .unit = UNIT_YEAR, .every = 9, .named = false};
        Error err = {0};
        ck_assert_msg(!cadence_parse(sv(cases[i].text), &c, &err), "%s", cases[i].text);
        ck_assert_int_eq(err.code, ERR_USAGE);
        ck_assert_str_eq(err.msg, cases[i].message);
        ck_assert_int_eq(c.every, 9);
    }
}
END_TEST

START_TEST(a_day_that_never_comes_is_told_from_what_is_not_understood)
{
    static const struct {
        const char *text, *why; /* "": it may come, or is no cadence */
    } cases[] = {
        {"yearly on 30 february", "February has 29 days"},
        {"every 2 years on april 31st", "April has 30 days"},
        {"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "February has 29 days"},
        {"yearly on 29 february", ""},
        {"FREQ=WEEKLY;COUNT=3", ""},
        {"yearly on 30 february or so", ""},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Str why;
        str_init(&why);
        ck_assert_int_eq(cadence_never_fires(sv(cases[i].text), &why), *cases[i].why != 0);
        ck_assert_str_eq(why.buf, cases[i].why);
        str_finish(&why);
    }
}
END_TEST

START_TEST(what_becomes_of_a_month_without_the_day_is_said)
{
    static const struct {
        const char *text, *words;
    } cases[] = {
        {"monthly on the 31st", "a month without a 31st: its last day"},
        {"FREQ=MONTHLY;BYMONTHDAY=31", "months without a 31st are left out"},
        {"every 3 months on the 29th", "a month without a 29th: its last day"},
        {"yearly on 29 february", "a year without 29 February: the 28th"},
        {"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "years without 29 February are left out"},
        {"on the fifth friday of the month", "months without a fifth Friday are left out"},
        {"yearly on the fifth friday of may", "years without a fifth Friday in May are left out"},
        {"monthly", "a month without that day: its last day"},
        {"every 2 years", "a year without 29 February: the 28th"},
        {"monthly on the 28th", ""},
        {"on the last friday of the month", ""},
        {"every 2 weeks", ""},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Cadence c = cadence(cases[i].text);
        Str words;
        str_init(&words);
        cadence_print_month_end(&words, &c);
        ck_assert_str_eq(words.buf, cases[i].words);
        str_finish(&words);
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
        Cadence c = {.kind = CADENCE_ROLLING,
                     .unit = (CadenceUnit)(random_next(&seed) % 4),
                     .every = 1 + (int)(random_next(&seed) % 14)};
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
    c = cadence("every 2 weeks on tuesday and friday");
    ck_assert_double_eq(cadence_days(&c), 7);
    c = cadence("on the last friday of the month");
    ck_assert_double_eq_tol(cadence_days(&c), 30.436875, 1e-9);
    ck_assert_str_eq(cadence_kind_words(&c), "fixed: follows the calendar");
    c = cadence("");
    ck_assert_double_eq(cadence_days(&c), 0);
    ck_assert_str_eq(cadence_kind_words(&c), "no dates");
}
END_TEST

static void assert_same(const Cadence *a, const Cadence *b, const char *text)
{
    ck_assert_msg(a->kind == b->kind && a->unit == b->unit && a->every == b->every && a->named == b->named &&
                      a->on == b->on && a->weekdays == b->weekdays && a->nth == b->nth &&
                      a->month == b->month && a->omits == b->omits && a->week_start == b->week_start,
                  "%s", text);
}

START_TEST(what_is_said_in_other_words_is_the_same)
{
    static const char *const cases[][2] = {{"weekly", "every week"},
                                           {"daily", "every 1 day"},
                                           {"tuesdays", "every tuesday"},
                                           {"", "none"},
                                           {"yearly on 3 may", "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=3"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Cadence a = cadence(cases[i][0]), b = cadence(cases[i][1]);
        ck_assert(cadence_equal(&a, &b) && cadence_equal(&b, &a));
        for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
            Cadence c = cadence(cases[k][1]);
            ck_assert_int_eq(cadence_equal(&a, &c), i == k);
        }
    }
}
END_TEST

START_TEST(a_fixed_cadence_prints_back_what_it_reads)
{
    static const struct {
        const char *text, *printed, *words, *rrule;
    } cases[] = {
        {"weekly on tuesday", "", "every Tuesday", "FREQ=WEEKLY;BYDAY=TU"},
        {"Every TUE", "weekly on tuesday", "every Tuesday", "FREQ=WEEKLY;BYDAY=TU"},
        {"on tuesdays", "weekly on tuesday", "every Tuesday", "FREQ=WEEKLY;BYDAY=TU"},
        {"every 2 weeks on tuesday", "", "every second Tuesday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"},
        {"tuesdays", "weekly on tuesday", "every Tuesday", "FREQ=WEEKLY;BYDAY=TU"},
        {"mondays and fridays", "weekly on monday and friday", "every Monday and Friday",
         "FREQ=WEEKLY;BYDAY=MO,FR"},
        {"fortnightly on tuesday", "every 2 weeks on tuesday", "every second Tuesday",
         "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"},
        {"two weeks on tuesday", "every 2 weeks on tuesday", "every second Tuesday",
         "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"},
        {"every 2nd tuesday", "every 2 weeks on tuesday", "every second Tuesday",
         "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"},
        {"every second tuesday of the month", "on the second tuesday of the month",
         "on the second Tuesday of the month", "FREQ=MONTHLY;BYDAY=2TU"},
        {"every first tuesday", "on the first tuesday of the month", "on the first Tuesday of the month",
         "FREQ=MONTHLY;BYDAY=1TU"},
        {"every last friday of november", "yearly on the last friday of november",
         "every year on the last Friday of November", "FREQ=YEARLY;BYMONTH=11;BYDAY=-1FR"},
        {"every first working day", "on the first working day of the month",
         "on the first working day of the month", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1"},
        {"on the 5th friday of the month", "on the fifth friday of the month",
         "on the fifth Friday of the month", "FREQ=MONTHLY;BYDAY=5FR"},
        {"on the 2nd last day", "monthly on the second last day", "on the second last day of the month",
         "FREQ=MONTHLY;BYMONTHDAY=-2"},
        {"every second tuesday", "every 2 weeks on tuesday", "every second Tuesday",
         "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"},
        {"every other tuesday", "every 2 weeks on tuesday", "every second Tuesday",
         "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"},
        {"every 2 weeks on tuesday and friday", "", "every 2 weeks on Tuesday and Friday",
         "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,FR"},
        {"weekly on fri,mon , wed", "weekly on monday, wednesday and friday",
         "every Monday, Wednesday and Friday", "FREQ=WEEKLY;BYDAY=MO,WE,FR"},
        {"every 12 weeks on sunday", "", "every 12 weeks on Sunday", "FREQ=WEEKLY;INTERVAL=12;BYDAY=SU"},
        {"every 366 weeks on monday, tuesday, wednesday, thursday, friday, saturday and sunday", "",
         "every 366 weeks on Monday, Tuesday, Wednesday, Thursday, Friday, Saturday and Sunday",
         "FREQ=WEEKLY;INTERVAL=366;BYDAY=MO,TU,WE,TH,FR,SA,SU"},
        {"monthly on the 15th", "", "on the 15th of the month", "FREQ=MONTHLY;BYMONTHDAY=15"},
        {"on the 15th", "monthly on the 15th", "on the 15th of the month", "FREQ=MONTHLY;BYMONTHDAY=15"},
        {"every month on 3", "monthly on the 3rd", "on the 3rd of the month", "FREQ=MONTHLY;BYMONTHDAY=3"},
        {"every 3 months on the 31st", "", "every 3 months on the 31st, or its last day",
         "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=28,29,30,31;BYSETPOS=-1"},
        {"monthly on the 29th", "", "on the 29th of the month, or its last day",
         "FREQ=MONTHLY;BYMONTHDAY=28,29;BYSETPOS=-1"},
        {"monthly on the last day", "", "on the last day of the month", "FREQ=MONTHLY;BYMONTHDAY=-1"},
        {"on the last day of the month", "monthly on the last day", "on the last day of the month",
         "FREQ=MONTHLY;BYMONTHDAY=-1"},
        {"monthly on the second last day", "", "on the second last day of the month",
         "FREQ=MONTHLY;BYMONTHDAY=-2"},
        {"on the last friday of the month", "", "on the last Friday of the month", "FREQ=MONTHLY;BYDAY=-1FR"},
        {"monthly on the last friday", "on the last friday of the month", "on the last Friday of the month",
         "FREQ=MONTHLY;BYDAY=-1FR"},
        {"on the first monday of the month", "", "on the first Monday of the month",
         "FREQ=MONTHLY;BYDAY=1MO"},
        {"every 3 months on the first monday", "", "every 3 months on the first Monday",
         "FREQ=MONTHLY;INTERVAL=3;BYDAY=1MO"},
        {"quarterly on the first monday", "", "every 3 months on the first Monday",
         "FREQ=MONTHLY;INTERVAL=3;BYDAY=1MO"},
        {"on the first working day of the month", "", "on the first working day of the month",
         "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1"},
        {"quarterly on the last weekday", "quarterly on the last working day",
         "every 3 months on the last working day",
         "FREQ=MONTHLY;INTERVAL=3;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"},
        {"yearly on 29 february", "", "every year on 29 February, or the 28th",
         "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1"},
        {"yearly on 3 may", "", "every year on 3 May", "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=3"},
        {"on the 3rd of may", "yearly on 3 may", "every year on 3 May", "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=3"},
        {"every 2 years on dec 31st", "every 2 years on 31 december", "every 2 years on 31 December",
         "FREQ=YEARLY;INTERVAL=2;BYMONTH=12;BYMONTHDAY=31"},
        {"yearly on the last friday of november", "", "every year on the last Friday of November",
         "FREQ=YEARLY;BYMONTH=11;BYDAY=-1FR"},
        {"yearly on the last day of february", "", "every year on the last day of February",
         "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"},
        {"freq=monthly;bymonthday=31", "FREQ=MONTHLY;BYMONTHDAY=31",
         "on the 31st of the month, in months that have it", "FREQ=MONTHLY;BYMONTHDAY=31"},
        {"RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=31;SKIP=BACKWARD", "monthly on the 31st",
         "on the 31st of the month, or its last day", "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1"},
        {"RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU", "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=TU,SU",
         "every 2 weeks on Tuesday and Sunday in weeks from Sunday",
         "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=TU,SU"},
    };
    Str out;
    str_init(&out);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Cadence c = cadence(cases[i].text);
        ck_assert_int_eq(c.kind, CADENCE_FIXED);
        cadence_print(&out, &c);
        ck_assert_str_eq(out.buf, *cases[i].printed ? cases[i].printed : cases[i].text);
        ck_assert_uint_lt(out.len, CADENCE_TEXT_MAX);
        Cadence again = cadence(out.buf);
        assert_same(&c, &again, cases[i].text);
        str_clear(&out);
        cadence_print_words(&out, &c);
        ck_assert_str_eq(out.buf, cases[i].words);
        str_clear(&out);
        cadence_print_rrule(&out, &c);
        ck_assert_str_eq(out.buf, cases[i].rrule);
        again = cadence(out.buf);
        again.named = c.named; /* a rule does not know of "quarterly" */
        assert_same(&c, &again, out.buf);
        str_clear(&out);
    }
    str_finish(&out);
}
END_TEST

static int pick(uint32_t *seed, int min, int max)
{
    return min + (int)(random_next(seed) % (uint32_t)(max - min + 1));
}

/* A fixed cadence as cadence_parse would leave it. */
static Cadence random_fixed(uint32_t *seed)
{
    Cadence c = {.kind = CADENCE_FIXED, .every = pick(seed, 0, 1) ? 1 : pick(seed, 1, 366)};
    c.unit = (CadenceUnit)pick(seed, UNIT_WEEK, UNIT_YEAR);
    c.named = c.every == 1 || (c.unit == UNIT_MONTH && c.every == 3 && pick(seed, 0, 1));
    if (c.unit == UNIT_YEAR) c.month = pick(seed, 1, 12);
    c.on = c.unit == UNIT_WEEK ? ON_WEEKDAYS : (CadenceDay)pick(seed, ON_DATE, ON_WORKDAY);
    if (c.on == ON_WEEKDAYS) {
        c.weekdays = (unsigned)pick(seed, 1, 127);
        if (c.every > 1) c.week_start = (Weekday)pick(seed, MONDAY, SUNDAY);
    } else if (c.on == ON_DATE) {
        c.nth = pick(seed, 0, 3) ? pick(seed, 1, c.month ? date_days_in_month(2000, c.month) : 31)
                                 : pick(seed, -7, -1);
        c.omits = (c.month ? c.month == 2 && c.nth == 29 : c.nth > 28) && pick(seed, 0, 1);
    } else if (c.on == ON_WEEKDAY) {
        c.weekdays = 1u << pick(seed, MONDAY, SUNDAY);
        c.nth = pick(seed, 1, 5) * (pick(seed, 0, 1) ? 1 : -1);
    } else {
        c.nth = pick(seed, 0, 1) ? 1 : -1;
    }
    return c;
}

START_TEST(every_fixed_cadence_survives_its_own_words_and_its_rule)
{
    uint32_t seed = 21;
    Str out;
    str_init(&out);
    for (int i = 0; i < 20000; i++) {
        Cadence c = random_fixed(&seed);
        str_clear(&out);
        cadence_print(&out, &c);
        ck_assert_uint_lt(out.len, CADENCE_TEXT_MAX);
        Cadence again = cadence(out.buf);
        assert_same(&c, &again, out.buf);
        str_clear(&out);
        cadence_print_rrule(&out, &c);
        again = cadence(out.buf);
        again.named = c.named;
        assert_same(&c, &again, out.buf);
    }
    str_finish(&out);
}
END_TEST

START_TEST(next_of_a_fixed_one_is_the_first_calendar_day_after_a_day)
{
    static const struct {
        const char *text, *from, *after, *next;
    } cases[] = {
        {"weekly on tuesday", "2026-11-22", "2026-11-22", "2026-11-24"},
        {"weekly on tuesday", "2026-11-22", "2026-11-24", "2026-12-01"},
        {"every 2 weeks on tuesday", "2026-11-22", "2026-11-22", "2026-12-01"},
        {"every 2 weeks on tuesday", "2026-11-23", "2026-11-22", "2026-11-24"},
        {"every 2 weeks on tuesday", "2026-12-01", "2026-11-10", "2026-11-17"},
        {"every 2 weeks on monday and sunday", "2026-11-22", "2026-11-22", "2026-11-30"},
        {"every 2 weeks on monday and sunday", "2026-11-22", "2026-11-30", "2026-12-06"},
        {"FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=MO,SU", "2026-11-22", "2026-11-22", "2026-11-23"},
        {"monthly on the 31st", "2026-01-31", "2026-01-31", "2026-02-28"},
        {"monthly on the 31st", "2026-01-31", "2026-02-28", "2026-03-31"},
        {"FREQ=MONTHLY;BYMONTHDAY=31", "2026-01-31", "2026-01-31", "2026-03-31"},
        {"every 3 months on the 31st", "2026-11-05", "2026-11-05", "2026-11-30"},
        {"every 3 months on the 31st", "2026-11-05", "2026-11-30", "2027-02-28"},
        {"on the last friday of the month", "2026-11-01", "2026-11-27", "2026-12-25"},
        {"on the fifth friday of the month", "2026-11-01", "2026-11-01", "2027-01-29"},
        {"on the first working day of the month", "2026-08-01", "2026-07-31", "2026-08-03"},
        {"on the last working day of the month", "2026-10-01", "2026-10-01", "2026-10-30"},
        {"monthly on the second last day", "2028-02-01", "2028-02-01", "2028-02-28"},
        {"yearly on 29 february", "2026-01-01", "2026-01-01", "2026-02-28"},
        {"yearly on 29 february", "2026-01-01", "2027-02-28", "2028-02-29"},
        {"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "2096-02-29", "2096-02-29", "2104-02-29"},
        {"every 2 years on 3 may", "2026-11-22", "2026-11-22", "2028-05-03"},
        {"weekly on friday", "2026-11-22", "9999-12-24", "9999-12-31"},
        {"on the last friday of the month", "2026-11-22", "9999-12-30", "9999-12-31"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Cadence c = cadence(cases[i].text);
        Date d = cadence_next(&c, day(cases[i].from), day(cases[i].after));
        ck_assert_msg(d == day(cases[i].next), "%s after %s: %d", cases[i].text, cases[i].after, (int)d);
        ck_assert_int_eq(cadence_last(&c, day(cases[i].from), d), d);
    }
}
END_TEST

START_TEST(a_fixed_one_ends_with_the_calendar_and_never_loops)
{
    static const char *const texts[] = {"weekly on tuesday", "monthly on the 31st", "yearly on 3 may",
                                        "every 366 weeks on monday", "on the fifth friday of the month"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        Cadence c = cadence(texts[i]);
        ck_assert_int_eq(cadence_next(&c, 0, day("9999-12-31")), DATE_NONE);
        ck_assert_int_eq(cadence_next(&c, 0, INT32_MAX), DATE_NONE);
        ck_assert_int_eq(cadence_next(&c, DATE_NONE, 0), DATE_NONE);
        ck_assert_int_eq(cadence_next(&c, 0, DATE_NONE), cadence_next(&c, 0, 0));
        ck_assert_int_ge(cadence_next(&c, 0, INT32_MIN + 1), day("0001-01-01"));
        ck_assert_int_le(cadence_last(&c, 0, INT32_MAX), day("9999-12-31"));
        ck_assert_int_eq(cadence_last(&c, 0, DATE_NONE), DATE_NONE);
        ck_assert_int_eq(cadence_last(&c, DATE_NONE, 0), DATE_NONE);
        ck_assert_int_eq(cadence_add(&c, 0, 0), 0);
        ck_assert_int_eq(cadence_add(&c, 0, INT_MAX), DATE_NONE);
    }
    Cadence rolling = cadence("weekly");
    ck_assert_int_eq(cadence_last(&rolling, 0, 100), DATE_NONE);
    /* Every fourth year from an odd one has no 29 February, and a century of Aprils no 31st. */
    Cadence never = cadence("FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29");
    ck_assert_int_eq(cadence_next(&never, day("2025-01-01"), day("2025-01-01")), DATE_NONE);
    never = cadence("FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31");
    ck_assert_int_eq(cadence_next(&never, day("2026-04-01"), day("2026-04-01")), DATE_NONE);
    ck_assert_int_eq(cadence_last(&never, day("2026-04-01"), day("2026-04-01")), DATE_NONE);
}
END_TEST

START_TEST(last_and_next_of_a_fixed_one_leave_no_day_between_them)
{
    uint32_t seed = 22;
    for (int i = 0; i < 20000; i++) {
        Cadence c = random_fixed(&seed);
        c.every = pick(&seed, 1, 12);
        c.named = c.every == 1;
        Date from = pick(&seed, 0, 40000), at = pick(&seed, 0, 60000);
        Date next = cadence_next(&c, from, at);
        if (next == DATE_NONE) continue;
        ck_assert_int_gt(next, at);
        Date last = cadence_last(&c, from, next - 1);
        if (last == DATE_NONE) continue;
        ck_assert_int_le(last, at);
        ck_assert_int_eq(cadence_next(&c, from, last), next);
        ck_assert_int_eq(cadence_next(&c, next, last), next); /* the phase is the same from any of its days */
    }
}
END_TEST

/* ---- the public cases of dateutil ----
 * Most are made for what no cadence is: parts of a day, several dates a month, days of the year, an end. */

enum { SHOWN_MAX = 16 };

static Date compact_day(const char *text)
{
    int y, m, d;
    ck_assert_int_eq(sscanf(text, "%4d%2d%2d", &y, &m, &d), 3);
    return date_make(y, m, d);
}

/* Cuts a part such as ";COUNT=3" out of a rule. */
static void cut_part(char *rule, const char *part)
{
    char *at = strstr(rule, part);
    if (!at) return;
    const char *rest = at + 1 + strcspn(at + 1, ";");
    memmove(at, rest, strlen(rest) + 1);
}

/* The rule without its end, which says only how many instances are listed. */
static bool endless(const char *rule, Cadence *ret)
{
    char text[512];
    snprintf(text, sizeof text, "%s", rule);
    cut_part(text, ";COUNT=");
    cut_part(text, ";UNTIL=");
    return cadence_parse(sv(text), ret, NULL);
}

/* From DTSTART on, itself included if the rule has it: a rolling one always has. */
static void compare(const Cadence *c, Date start, const char *instances, const char *rule)
{
    Date d = c->kind == CADENCE_ROLLING ? start : cadence_next(c, start, start - 1);
    for (int i = 1; *instances; i++) {
        ck_assert_msg(d == compact_day(instances), "%s: instance %d", rule, i);
        d = c->kind == CADENCE_ROLLING ? cadence_add(c, start, i) : cadence_next(c, start, d);
        instances += strcspn(instances, ",");
        if (*instances == ',') instances++;
    }
}

START_TEST(the_public_cases_of_dateutil_agree)
{
    char path[1024], line[1024], rule[512] = "";
    Date start = DATE_NONE;
    int seen = 0, ran = 0, never = 0;
    snprintf(path, sizeof path, "%s/tests/data/dateutil-rrule/rrule_cases.txt", getenv("ENTENTE_SOURCE"));
    FILE *file = fopen(path, "r");
    ck_assert_ptr_nonnull(file);
    while (fgets(line, sizeof line, file)) {
        line[strcspn(line, "\r\n")] = '\0';
        if (strncmp(line, "RRULE:", 6) == 0) snprintf(rule, sizeof rule, "%.500s", line);
        if (strncmp(line, "DTSTART:", 8) == 0) start = compact_day(line + 8);
        if (strncmp(line, "INSTANCES:", 10) != 0) continue;
        Cadence c;
        seen++;
        if (!endless(rule, &c)) {
            never += strstr(rule, "COUNT=") && !line[10];
            continue;
        }
        ran++;
        compare(&c, start, line + 10, rule);
    }
    fclose(file);
    ck_assert_int_eq(seen, 108);
    ck_assert_int_eq(ran, 10);
    ck_assert_int_eq(never, 1); /* 31 February, which is refused */
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("cadence");
    TCase *tc = tcase_create("cadence");
    tcase_add_test(tc, a_cadence_prints_back_what_it_reads);
    tcase_add_test(tc, what_is_not_understood_is_named_with_its_place);
    tcase_add_test(tc, a_day_that_never_comes_is_told_from_what_is_not_understood);
    tcase_add_test(tc, what_becomes_of_a_month_without_the_day_is_said);
    tcase_add_test(tc, month_ends_clamp_and_never_drift);
    tcase_add_test(tc, beyond_the_calendar_there_is_no_day);
    tcase_add_test(tc, next_is_the_first_interval_after_a_day);
    tcase_add_test(tc, next_agrees_with_counting_one_by_one);
    tcase_add_test(tc, an_interval_has_an_average_length);
    tcase_add_test(tc, what_is_said_in_other_words_is_the_same);
    tcase_add_test(tc, a_fixed_cadence_prints_back_what_it_reads);
    tcase_add_test(tc, every_fixed_cadence_survives_its_own_words_and_its_rule);
    tcase_add_test(tc, next_of_a_fixed_one_is_the_first_calendar_day_after_a_day);
    tcase_add_test(tc, a_fixed_one_ends_with_the_calendar_and_never_loops);
    tcase_add_test(tc, last_and_next_of_a_fixed_one_leave_no_day_between_them);
    tcase_add_test(tc, the_public_cases_of_dateutil_agree);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
