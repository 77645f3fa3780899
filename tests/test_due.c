#include <entente/due.h>

#include <check.h>
#include <stdint.h>
#include <stdlib.h>

static uint32_t random_next(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

static Date day(const char *iso)
{
    Date d;
    ck_assert(date_parse_iso(sv(iso), &d));
    return d;
}

/* Every two weeks from 1 Dec 2026 on; nothing has happened yet. */
static DueFacts facts(void)
{
    return (DueFacts){
        .active = true,
        .cadence = {.kind = CADENCE_ROLLING, .unit = UNIT_WEEK, .every = 2, .named = false},
        .anchor = date_make(2026, 12, 1),
        .since = DATE_NONE,
        .last = DATE_NONE,
        .snooze_of = DATE_NONE,
        .snooze_until = DATE_NONE,
        .paused_until = DATE_NONE,
    };
}

static void expect(const DueFacts *f, const char *today, DueState state, const char *due)
{
    Due d = due_of(f, day(today));
    ck_assert_msg(d.state == state, "%s, not %s", due_state_name(d.state), due_state_name(state));
    ck_assert_int_eq(d.day, due ? day(due) : DATE_NONE);
    ck_assert_int_eq(d.days, due ? day(due) - day(today) : 0);
    ck_assert_int_eq(d.day, due_day(f));
}

START_TEST(the_first_check_in_is_due_on_the_anchor)
{
    DueFacts f = facts();
    expect(&f, "2026-11-22", DUE_LATER, "2026-12-01");
    expect(&f, "2026-12-01", DUE_TODAY, "2026-12-01");
    expect(&f, "2026-12-04", DUE_PAST, "2026-12-01");
}
END_TEST

START_TEST(the_next_one_counts_from_the_day_of_the_last)
{
    DueFacts f = facts();
    f.last = day("2026-12-01");
    expect(&f, "2026-12-01", DUE_LATER, "2026-12-15");
    f.last = day("2026-12-04");
    expect(&f, "2026-12-05", DUE_LATER, "2026-12-18");
    f.last = day("2026-11-24");
    expect(&f, "2026-11-25", DUE_LATER, "2026-12-08");
    f.cadence = (Cadence){.kind = CADENCE_ROLLING, .unit = UNIT_MONTH, .every = 1, .named = true};
    f.last = day("2027-01-31");
    expect(&f, "2027-02-01", DUE_LATER, "2027-02-28");
}
END_TEST

START_TEST(nothing_is_due_without_a_cadence_an_anchor_or_an_active_alliance)
{
    DueFacts f = facts();
    f.active = false;
    expect(&f, "2026-12-01", DUE_NONE, NULL);
    f = facts();
    f.cadence.kind = CADENCE_NONE;
    f.paused = true;
    expect(&f, "2026-12-01", DUE_NONE, NULL);
    f = facts();
    f.anchor = DATE_NONE;
    expect(&f, "2026-12-01", DUE_NONE, NULL);
    f.last = day("2026-12-01");
    expect(&f, "2026-12-01", DUE_LATER, "2026-12-15");
    f = facts();
    f.last = day("9999-12-25");
    expect(&f, "9999-12-31", DUE_NONE, NULL);
}
END_TEST

START_TEST(skipped_days_are_passed_over_however_many)
{
    DueFacts f = facts();
    Date skips[] = {day("2026-12-29"), day("2026-12-01"), day("2026-12-15"), day("2027-01-26")};
    f.skips = skips;
    f.skip_count = 4;
    ck_assert_int_eq(due_base(&f), day("2027-01-12"));
    f.last = day("2026-12-01");
    ck_assert_int_eq(due_base(&f), day("2027-01-12"));
    f.last = day("2027-01-12");
    ck_assert_int_eq(due_base(&f), day("2027-02-09"));
    f.last = day("2026-12-02");
    ck_assert_int_eq(due_base(&f), day("2026-12-16"));
}
END_TEST

START_TEST(skips_of_month_ends_do_not_make_days_drift)
{
    DueFacts f = facts();
    Date skips[] = {day("2027-02-28")};
    f.cadence = (Cadence){.kind = CADENCE_ROLLING, .unit = UNIT_MONTH, .every = 1, .named = true};
    f.last = day("2027-01-31");
    f.skips = skips;
    f.skip_count = 1;
    ck_assert_int_eq(due_base(&f), day("2027-03-31"));
}
END_TEST

START_TEST(a_snooze_moves_the_day_it_was_said_of_and_no_other)
{
    DueFacts f = facts();
    f.snooze_of = day("2026-12-01");
    f.snooze_until = day("2026-12-05");
    expect(&f, "2026-12-01", DUE_SNOOZED, "2026-12-05");
    expect(&f, "2026-12-04", DUE_SNOOZED, "2026-12-05");
    expect(&f, "2026-12-05", DUE_TODAY, "2026-12-05");
    expect(&f, "2026-12-06", DUE_PAST, "2026-12-05");
    ck_assert_int_eq(due_base(&f), day("2026-12-01"));
    f.last = day("2026-12-05");
    expect(&f, "2026-12-05", DUE_LATER, "2026-12-19");
}
END_TEST

START_TEST(a_snooze_that_lies_behind_is_simply_past)
{
    DueFacts f = facts();
    f.snooze_of = day("2026-12-01");
    f.snooze_until = day("2026-11-28");
    expect(&f, "2026-11-30", DUE_PAST, "2026-11-28");
}
END_TEST

/* What was moved to an earlier day comes back as the next one, when the check-in of that day was held. */
START_TEST(a_check_in_on_the_day_moved_to_ends_the_move)
{
    DueFacts f = facts();
    f.snooze_of = day("2026-12-01");
    f.snooze_until = f.last = day("2026-11-17");
    expect(&f, "2026-11-17", DUE_LATER, "2026-12-01");
    expect(&f, "2026-12-02", DUE_PAST, "2026-12-01");
    f.last = day("2026-11-16");
    f.snooze_of = day("2026-11-30");
    expect(&f, "2026-11-17", DUE_TODAY, "2026-11-17");
}
END_TEST

START_TEST(a_skip_of_a_snoozed_day_goes_on_to_the_next)
{
    DueFacts f = facts();
    Date skips[] = {day("2026-12-01")};
    f.snooze_of = day("2026-12-01");
    f.snooze_until = day("2026-12-05");
    f.skips = skips;
    f.skip_count = 1;
    expect(&f, "2026-12-02", DUE_LATER, "2026-12-15");
}
END_TEST

START_TEST(a_pause_holds_the_day_back_until_it_ends)
{
    DueFacts f = facts();
    f.paused = true;
    expect(&f, "2026-12-04", DUE_PAUSED, NULL);
    f.paused_until = day("2027-01-07");
    expect(&f, "2026-12-04", DUE_PAUSED, "2027-01-07");
    expect(&f, "2027-01-06", DUE_PAUSED, "2027-01-07");
    expect(&f, "2027-01-07", DUE_TODAY, "2027-01-07");
    expect(&f, "2027-01-09", DUE_PAST, "2027-01-07");
    f.last = day("2027-01-09");
    expect(&f, "2027-01-09", DUE_LATER, "2027-01-23");
    f.paused_until = day("2026-11-25");
    f.last = DATE_NONE;
    expect(&f, "2026-11-22", DUE_PAUSED, "2026-12-01");
    expect(&f, "2026-11-26", DUE_LATER, "2026-12-01");
}
END_TEST

START_TEST(pause_and_snooze_meet_at_the_later_day)
{
    DueFacts f = facts();
    f.snooze_of = day("2026-12-01");
    f.snooze_until = day("2026-12-05");
    f.paused = true;
    f.paused_until = day("2026-12-03");
    expect(&f, "2026-12-02", DUE_PAUSED, "2026-12-05");
    expect(&f, "2026-12-03", DUE_SNOOZED, "2026-12-05");
    f.paused_until = day("2026-12-09");
    expect(&f, "2026-12-08", DUE_PAUSED, "2026-12-09");
    expect(&f, "2026-12-09", DUE_TODAY, "2026-12-09");
}
END_TEST

/* Every two weeks since 22 Nov, from 1 Dec on, the last check-in long before. */
START_TEST(what_was_chosen_begins_with_its_first_day)
{
    DueFacts f = facts();
    Date skips[] = {day("2026-12-01")};
    f.since = day("2026-11-22");
    f.last = day("2026-10-12");
    expect(&f, "2026-11-22", DUE_LATER, "2026-12-01");
    expect(&f, "2026-12-05", DUE_PAST, "2026-12-01");
    ck_assert_int_eq(due_missed(&f, day("2026-12-16")), 2);
    ck_assert_int_eq(due_from(&f), f.anchor);
    f.skips = skips;
    f.skip_count = 1;
    expect(&f, "2026-11-22", DUE_LATER, "2026-12-15");
    ck_assert_int_eq(due_after(&f, day("2026-12-15")), day("2026-12-29"));
    f.skip_count = 0;
    f.last = day("2026-11-21"); /* one told later, of a day before */
    expect(&f, "2026-11-22", DUE_LATER, "2026-12-01");
    f.last = day("2026-11-22");
    expect(&f, "2026-11-22", DUE_LATER, "2026-12-06");
    ck_assert_int_eq(due_from(&f), f.last);
    f.anchor = DATE_NONE;
    f.last = day("2026-10-12");
    expect(&f, "2026-11-22", DUE_PAST, "2026-10-26");
}
END_TEST

static DueFacts random_facts(uint32_t *seed, Date *skips, size_t skip_count)
{
    DueFacts f = facts();
    f.cadence.unit = (CadenceUnit)(random_next(seed) % 4);
    f.cadence.every = 1 + (int)(random_next(seed) % 5);
    f.anchor = (Date)(random_next(seed) % 30000);
    if (random_next(seed) % 4) f.last = (Date)(random_next(seed) % 30000);
    Date at = due_base(&f);
    for (size_t i = 0; i < skip_count; i++) {
        skips[i] = cadence_add(&f.cadence, at, (int)(random_next(seed) % (skip_count + 1)));
    }
    f.skips = skips;
    f.skip_count = skip_count;
    return f;
}

START_TEST(the_order_of_skips_does_not_matter)
{
    uint32_t seed = 11;
    for (int i = 0; i < 2000; i++) {
        Date skips[6], turned[6];
        DueFacts f = random_facts(&seed, skips, 6);
        DueFacts g = f;
        size_t turn = random_next(&seed) % 6;
        for (size_t k = 0; k < 6; k++) turned[k] = skips[(5 - k + turn) % 6];
        g.skips = turned;
        Due a = due_of(&f, f.anchor);
        Due b = due_of(&g, f.anchor);
        if (a.day != b.day || a.state != b.state)
            ck_abort_msg("round %d: %d and %d", i, (int)a.day, (int)b.day);
    }
}
END_TEST

START_TEST(a_later_check_in_never_gives_an_earlier_day)
{
    uint32_t seed = 12;
    for (int i = 0; i < 2000; i++) {
        DueFacts f = random_facts(&seed, NULL, 0);
        DueFacts g = f;
        f.last = (Date)(random_next(&seed) % 30000);
        g.last = f.last + (Date)(random_next(&seed) % 500);
        if (due_base(&g) < due_base(&f)) ck_abort_msg("last %d and %d", (int)f.last, (int)g.last);
    }
}
END_TEST

START_TEST(a_skipped_day_is_never_due_and_what_comes_is_a_day_of_the_cadence)
{
    uint32_t seed = 13;
    for (int i = 0; i < 2000; i++) {
        Date skips[6];
        DueFacts f = random_facts(&seed, skips, 6);
        DueFacts unskipped = f;
        unskipped.skip_count = 0;
        Date base = due_base(&f);
        Date d = due_base(&unskipped);
        for (size_t k = 0; k < 6; k++) {
            if (skips[k] == base) ck_abort_msg("round %d: skipped", i);
        }
        if (base < d) ck_abort_msg("round %d: too early", i);
    }
}
END_TEST

START_TEST(a_snooze_has_no_effect_after_the_next_check_in)
{
    uint32_t seed = 14;
    for (int i = 0; i < 2000; i++) {
        DueFacts f = random_facts(&seed, NULL, 0);
        DueFacts g = f;
        g.snooze_of = due_base(&f);
        g.snooze_until = g.snooze_of + (Date)(random_next(&seed) % 30);
        ck_assert_int_eq(due_day(&g), g.snooze_until);
        f.last = g.last = g.snooze_until;
        ck_assert_int_eq(due_day(&g), due_day(&f));
    }
}
END_TEST

/* ---- tied to the calendar ---- */

static DueFacts fixed_facts(const char *cadence)
{
    DueFacts f = facts();
    ck_assert(cadence_parse(sv(cadence), &f.cadence, NULL));
    return f;
}

START_TEST(a_check_in_counts_for_the_nearest_day_of_the_calendar)
{
    static const struct {
        const char *cadence, *last, *due;
    } cases[] = {
        {"weekly on tuesday", "2026-12-01", "2026-12-08"}, /* on the day */
        {"weekly on tuesday", "2026-12-02", "2026-12-08"}, /* late */
        {"weekly on tuesday", "2026-12-04", "2026-12-08"},
        {"weekly on tuesday", "2026-12-05", "2026-12-15"}, /* early for the 8th */
        {"weekly on tuesday", "2026-12-07", "2026-12-15"},
        {"weekly on tuesday", "2026-11-30", "2026-12-08"}, /* before the first day wanted */
        {"every 2 weeks on tuesday", "2026-12-07", "2026-12-15"},
        {"every 2 weeks on tuesday", "2026-12-08", "2026-12-29"}, /* just between: early */
        {"weekly on tuesday and friday", "2026-12-02", "2026-12-04"},
        {"weekly on tuesday and friday", "2026-12-03", "2026-12-08"},
        {"weekly on tuesday and friday", "2026-12-06", "2026-12-11"},
        {"on the last friday of the month", "2026-11-28", "2026-12-25"},
        {"on the last friday of the month", "2026-12-24", "2027-01-29"},
        {"monthly on the 31st", "2027-01-31", "2027-02-28"},
        {"monthly on the 31st", "2027-02-28", "2027-03-31"},
        {"yearly on 29 february", "2027-02-28", "2028-02-29"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        DueFacts f = fixed_facts(cases[i].cadence);
        f.last = day(cases[i].last);
        ck_assert_msg(due_base(&f) == day(cases[i].due), "%s after %s: %d", cases[i].cadence, cases[i].last,
                      (int)due_base(&f));
    }
}
END_TEST

START_TEST(a_check_in_that_was_snoozed_counts_for_the_day_it_was_snoozed_from)
{
    static const struct {
        const char *cadence, *anchor, *of, *until, *last, *due;
    } cases[] = {
        {"monthly on the 1st", "2026-12-01", "2026-12-01", "2026-12-20", "2026-12-20", "2027-01-01"},
        {"monthly on the 1st", "2026-12-01", "2026-12-01", "2026-12-20", "2026-12-24", "2027-01-01"},
        {"monthly on the 1st", "2026-12-01", "2026-12-01", "2026-12-20", "2026-12-18", "2027-01-01"},
        {"monthly on the 1st", "2026-12-01", "2026-12-01", "2026-12-20", "2026-11-30",
         "2027-01-01"}, /* early */
        {"monthly on the 1st", "2026-12-01", "2026-12-01", "2026-12-20", "2027-01-01", "2027-02-01"},
        {"monthly on the 1st", "2026-12-01", "2026-12-01", "2027-01-01", "2027-01-01", "2027-02-01"},
        {"monthly on the 1st", "2026-12-01", "2026-12-01", "2027-01-20", "2027-01-20", "2027-02-01"},
        {"monthly on the 1st", "2026-12-01", "2026-12-01", "2027-01-20", "2027-02-20", "2027-04-01"},
        {"weekly on monday", "2026-11-23", "2026-11-23", "2026-11-27", "2026-11-27", "2026-11-30"},
        {"weekly on monday", "2026-11-23", "2026-11-23", "2026-11-27", "2026-11-28", "2026-11-30"}, /* late */
        {"weekly on monday", "2026-11-23", "2026-11-23", "2026-11-27", "2026-11-22", "2026-11-30"},
        {"weekly on monday", "2026-11-23", "2026-11-23", "2026-11-27", "2026-11-30", "2026-12-07"},
        {"weekly on monday", "2026-11-23", "2026-11-23", "2026-11-27", "2026-12-04", "2026-12-14"},
        {"weekly on monday", "2026-11-23", "2026-11-30", "2026-11-27", "2026-11-27",
         "2026-12-07"}, /* earlier */
        {"weekly on monday", "2026-11-26", "2026-11-26", "2026-11-29", "2026-11-29",
         "2026-11-30"}, /* beside */
        {"every 4 weeks on monday", "2026-11-23", "2026-11-23", "2026-12-18", "2026-12-18", "2026-12-21"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        DueFacts f = fixed_facts(cases[i].cadence);
        f.anchor = day(cases[i].anchor);
        f.snooze_of = day(cases[i].of);
        f.snooze_until = day(cases[i].until);
        ck_assert_int_eq(due_held(f, day(cases[i].last)), day(cases[i].due));
    }
    DueFacts f = fixed_facts("weekly on monday");
    Date skips[] = {day("2026-11-23")};
    f.snooze_of = skips[0];
    f.snooze_until = day("2026-11-27");
    f.skips = skips;
    f.skip_count = 1;
    ck_assert_int_eq(due_held(f, f.snooze_until), day("2026-12-07")); /* left out: it is early for the 30th */
}
END_TEST

START_TEST(the_first_day_wanted_stands_even_beside_the_calendar)
{
    DueFacts f = fixed_facts("weekly on friday");
    expect(&f, "2026-11-22", DUE_LATER, "2026-12-01");
    Date skips[] = {day("2026-12-01"), day("2026-12-04")};
    f.skips = skips;
    f.skip_count = 2;
    expect(&f, "2026-11-22", DUE_LATER, "2026-12-11");
    f = fixed_facts("every 2 weeks on tuesday");
    f.anchor = DATE_NONE;
    expect(&f, "2026-11-22", DUE_NONE, NULL);
    f.last = day("2026-12-01");
    expect(&f, "2026-12-01", DUE_LATER, "2026-12-15");
    f.last = day("9999-12-30");
    expect(&f, "9999-12-31", DUE_NONE, NULL);
}
END_TEST

START_TEST(snooze_skip_and_pause_leave_the_calendar_where_it_is)
{
    DueFacts f = fixed_facts("every 2 weeks on tuesday");
    f.snooze_of = day("2026-12-01");
    f.snooze_until = day("2026-12-04");
    expect(&f, "2026-12-02", DUE_SNOOZED, "2026-12-04");
    f.last = day("2026-12-04");
    expect(&f, "2026-12-04", DUE_LATER, "2026-12-15");
    Date skips[] = {day("2026-12-29"), day("2026-12-15")};
    f.skips = skips;
    f.skip_count = 2;
    expect(&f, "2026-12-04", DUE_LATER, "2027-01-12");
    f.paused = true;
    expect(&f, "2026-12-04", DUE_PAUSED, NULL);
    f.paused_until = day("2027-01-14");
    expect(&f, "2026-12-04", DUE_PAUSED, "2027-01-14");
    expect(&f, "2027-01-14", DUE_TODAY, "2027-01-14");
    f.last = day("2027-01-14");
    expect(&f, "2027-01-14", DUE_LATER, "2027-01-26");
}
END_TEST

START_TEST(a_fixed_day_is_after_the_check_in_on_the_calendar_and_never_goes_back)
{
    static const char *const cadences[] = {"weekly on tuesday",
                                           "every 3 weeks on monday and friday",
                                           "monthly on the 31st",
                                           "on the last friday of the month",
                                           "every 2 months on the first working day",
                                           "yearly on 3 may"};
    uint32_t seed = 15;
    for (int i = 0; i < 6000; i++) {
        DueFacts f = fixed_facts(cadences[i % 6]);
        f.anchor = (Date)(random_next(&seed) % 30000);
        f.last = (Date)(random_next(&seed) % 30000);
        if (i % 2) f.snooze_of = cadence_last(&f.cadence, f.anchor, f.last);
        if (i % 2) f.snooze_until = f.snooze_of + (Date)(random_next(&seed) % 40);
        Date due = due_base(&f);
        ck_assert_int_gt(due, f.last);
        ck_assert_int_eq(cadence_last(&f.cadence, f.anchor, due), due);
        f.last += (Date)(random_next(&seed) % 60);
        ck_assert_int_ge(due_base(&f), due);
    }
}
END_TEST

START_TEST(a_calendar_that_was_chosen_begins_with_its_first_day)
{
    static const struct {
        const char *anchor, *last, *due;
    } cases[] = {
        {"2026-11-24", "2026-10-12", "2026-11-24"},
        {"2026-11-24", "2026-11-21", "2026-11-24"}, /* early for it, but before it was chosen */
        {"2026-11-24", "2026-11-22", "2026-12-08"}, /* that of the 24th */
        {"2026-11-24", "2026-12-02", "2026-12-22"},
        {"2026-11-26", "2026-10-12", "2026-11-26"}, /* beside the calendar */
        {"2026-11-26", "2026-11-26", "2026-12-08"},
        {"2026-12-01", "2026-10-12", "2026-12-01"}, /* the other weeks */
        {"2026-12-01", "2026-12-01", "2026-12-15"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        DueFacts f = fixed_facts("every 2 weeks on tuesday");
        f.since = day("2026-11-22");
        f.anchor = day(cases[i].anchor);
        f.last = day(cases[i].last);
        ck_assert_int_eq(due_base(&f), day(cases[i].due));
        ck_assert_int_eq(due_from(&f), f.anchor);
    }
}
END_TEST

/* ---- gone by ---- */

START_TEST(what_has_gone_by_is_counted_from_the_due_day)
{
    static const struct {
        const char *cadence, *last, *today;
        int missed;
    } cases[] = {
        {"every 2 weeks", "", "2026-11-30", 0},
        {"every 2 weeks", "", "2026-12-01", 0}, /* today is not yet past */
        {"every 2 weeks", "", "2026-12-02", 1},
        {"every 2 weeks", "", "2026-12-15", 1},
        {"every 2 weeks", "", "2026-12-16", 2},
        {"every 2 weeks", "2026-12-04", "2026-12-18", 0},
        {"every 2 weeks", "2026-12-04", "2026-12-19", 1},
        {"every 2 weeks", "2026-12-04", "2027-01-02", 2},
        {"every 2 weeks", "2026-12-04", "2027-01-16", 3},
        {"every day", "2026-12-04", "2027-03-13", 98},
        {"every day", "2026-12-04", "2027-03-14", 99},
        {"every day", "2026-12-04", "2036-03-14", 99},
        {"monthly", "2027-01-31", "2027-03-31", 1}, /* 28 Feb, then 31 Mar: no drift */
        {"monthly", "2027-01-31", "2027-04-01", 2},
        {"weekly on tuesday", "2026-12-01", "2026-12-08", 0},
        {"weekly on tuesday", "2026-12-01", "2026-12-09", 1},
        {"weekly on tuesday", "2026-12-01", "2026-12-23", 3},
        {"every 2 weeks on tuesday", "2026-12-01", "2026-12-30", 2},
        {"on the last friday of the month", "2026-11-28", "2027-01-30", 2},
        {"monthly on the 31st", "2027-01-31", "2027-03-31", 1},
        {"weekly on tuesday", "", "9999-12-31", 99},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        DueFacts f = fixed_facts(cases[i].cadence);
        if (cases[i].last[0]) f.last = day(cases[i].last);
        int missed = due_missed(&f, day(cases[i].today));
        ck_assert_msg(missed == cases[i].missed, "%s after %s on %s: %d", cases[i].cadence, cases[i].last,
                      cases[i].today, missed);
    }
}
END_TEST

START_TEST(what_was_moved_has_gone_by_from_where_it_was_moved_to)
{
    DueFacts f = facts();
    f.snooze_of = day("2026-12-01");
    f.snooze_until = day("2026-12-20");
    ck_assert_int_eq(due_missed(&f, day("2026-12-19")), 0); /* snoozed: nothing waits */
    ck_assert_int_eq(due_missed(&f, day("2026-12-20")), 0);
    ck_assert_int_eq(due_missed(&f, day("2026-12-21")), 1);
    ck_assert_int_eq(due_missed(&f, day("2027-01-03")), 1);
    ck_assert_int_eq(due_missed(&f, day("2027-01-04")), 2);
    f = fixed_facts("weekly on tuesday");
    f.paused = true;
    ck_assert_int_eq(due_missed(&f, day("2036-12-21")), 0);
    f.paused_until = day("2026-12-10"); /* a Thursday */
    ck_assert_int_eq(due_missed(&f, day("2026-12-09")), 0);
    ck_assert_int_eq(due_missed(&f, day("2026-12-11")), 1);
    ck_assert_int_eq(due_missed(&f, day("2026-12-16")), 2);
    f.active = false;
    ck_assert_int_eq(due_missed(&f, day("2026-12-16")), 0);
    f = fixed_facts("");
    ck_assert_int_eq(due_missed(&f, day("2026-12-16")), 0);
}
END_TEST

START_TEST(a_day_skipped_on_purpose_has_not_gone_by)
{
    Date skips[] = {day("2026-12-01"), day("2027-01-12")};
    DueFacts f = facts();
    f.skips = skips;
    f.skip_count = 2;
    ck_assert_int_eq(due_missed(&f, day("2026-12-15")), 0);
    ck_assert_int_eq(due_missed(&f, day("2026-12-16")), 1);
    ck_assert_int_eq(due_missed(&f, day("2027-01-20")), 2); /* 15 and 29 Dec */
    ck_assert_int_eq(due_missed(&f, day("2027-01-27")), 3);
}
END_TEST

START_TEST(more_days_never_mean_fewer_gone_by)
{
    uint32_t seed = 16;
    for (int i = 0; i < 2000; i++) {
        Date skips[6];
        DueFacts f = random_facts(&seed, skips, 6);
        if (i % 2) {
            f.snooze_of = due_base(&f);
            f.snooze_until = f.snooze_of + (Date)(random_next(&seed) % 30);
        }
        Date due = due_day(&f);
        int last = 0;
        for (Date today = due - 3; today < due + 200; today += 1 + (Date)(random_next(&seed) % 9)) {
            int missed = due_missed(&f, today);
            ck_assert_int_ge(missed, last);
            ck_assert_int_eq(missed > 0, due_of(&f, today).state == DUE_PAST);
            last = missed;
        }
    }
}
END_TEST

START_TEST(each_state_has_its_name)
{
    ck_assert_str_eq(due_state_name(DUE_NONE), "none");
    ck_assert_str_eq(due_state_name(DUE_PAST), "past");
    ck_assert_str_eq(due_state_name(DUE_TODAY), "today");
    ck_assert_str_eq(due_state_name(DUE_LATER), "later");
    ck_assert_str_eq(due_state_name(DUE_SNOOZED), "snoozed");
    ck_assert_str_eq(due_state_name(DUE_PAUSED), "paused");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("due");
    TCase *tc = tcase_create("due");
    tcase_add_test(tc, the_first_check_in_is_due_on_the_anchor);
    tcase_add_test(tc, the_next_one_counts_from_the_day_of_the_last);
    tcase_add_test(tc, nothing_is_due_without_a_cadence_an_anchor_or_an_active_alliance);
    tcase_add_test(tc, skipped_days_are_passed_over_however_many);
    tcase_add_test(tc, skips_of_month_ends_do_not_make_days_drift);
    tcase_add_test(tc, a_snooze_moves_the_day_it_was_said_of_and_no_other);
    tcase_add_test(tc, a_snooze_that_lies_behind_is_simply_past);
    tcase_add_test(tc, a_check_in_on_the_day_moved_to_ends_the_move);
    tcase_add_test(tc, a_skip_of_a_snoozed_day_goes_on_to_the_next);
    tcase_add_test(tc, a_pause_holds_the_day_back_until_it_ends);
    tcase_add_test(tc, pause_and_snooze_meet_at_the_later_day);
    tcase_add_test(tc, what_was_chosen_begins_with_its_first_day);
    tcase_add_test(tc, a_calendar_that_was_chosen_begins_with_its_first_day);
    tcase_add_test(tc, the_order_of_skips_does_not_matter);
    tcase_add_test(tc, a_later_check_in_never_gives_an_earlier_day);
    tcase_add_test(tc, a_skipped_day_is_never_due_and_what_comes_is_a_day_of_the_cadence);
    tcase_add_test(tc, a_snooze_has_no_effect_after_the_next_check_in);
    tcase_add_test(tc, a_check_in_counts_for_the_nearest_day_of_the_calendar);
    tcase_add_test(tc, a_check_in_that_was_snoozed_counts_for_the_day_it_was_snoozed_from);
    tcase_add_test(tc, the_first_day_wanted_stands_even_beside_the_calendar);
    tcase_add_test(tc, snooze_skip_and_pause_leave_the_calendar_where_it_is);
    tcase_add_test(tc, a_fixed_day_is_after_the_check_in_on_the_calendar_and_never_goes_back);
    tcase_add_test(tc, what_has_gone_by_is_counted_from_the_due_day);
    tcase_add_test(tc, what_was_moved_has_gone_by_from_where_it_was_moved_to);
    tcase_add_test(tc, a_day_skipped_on_purpose_has_not_gone_by);
    tcase_add_test(tc, more_days_never_mean_fewer_gone_by);
    tcase_add_test(tc, each_state_has_its_name);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
