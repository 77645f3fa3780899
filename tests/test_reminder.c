#include <entente/reminder.h>

#include <check.h>
#include <stdlib.h>

enum {
    ALL = 1u << AGENDA_CHECK_IN | 1u << AGENDA_COMMITMENT | 1u << AGENDA_REVIEW,
    DUE = 20000,
    HOUR = 60,
    NONE = REMINDER_NONE,
};

static ReminderRules rules(int lead, int repeat)
{
    return (ReminderRules){.lead = lead, .repeat = repeat, .digest = -1, .about = ALL};
}

START_TEST(a_reminder_comes_at_its_lead_and_repeats_at_its_pace)
{
    static const struct {
        int lead, repeat, today, round; /* today: days from the due day on */
    } cases[] = {
        {0, 0, -1, NONE},       {0, 0, 0, 0},       {0, 0, 400, 0},
        {1, 0, -2, NONE},       {1, 0, -1, -1},     {1, 0, 0, -1},
        {1, 0, 90, -1},         {0, 3, -1, NONE},   {0, 3, 0, 0},
        {0, 3, 2, 0},           {0, 3, 3, 3},       {0, 3, 5, 3},
        {0, 3, 6, 6},           {0, 3, 11, 9},      {0, 1, 7, 7},
        {2, 3, -2, -2},         {2, 3, 0, -2},      {2, 3, 1, 1},
        {7, 1, 0, 0},           {7, 1, -8, NONE},   {3660, 0, -3660, -3660},
        {3660, 0, -3661, NONE}, {0, 3660, 3659, 0}, {0, 3660, 3660, 3660},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ReminderRules r = rules(cases[i].lead, cases[i].repeat);
        int round = reminder_round(&r, AGENDA_CHECK_IN, DUE, DUE + cases[i].today);
        ck_assert_msg(round == cases[i].round, "case %zu: %d", i, round);
    }
}
END_TEST

START_TEST(what_is_left_out_or_has_no_day_gets_no_reminder)
{
    ReminderRules r = rules(0, 1);
    for (int kind = 0; kind < AGENDA_KIND_COUNT; kind++) {
        r.about = 1u << kind;
        for (int other = 0; other < AGENDA_KIND_COUNT; other++)
            ck_assert_int_eq(reminder_round(&r, (AgendaKind)other, DUE, DUE), other == kind ? 0 : NONE);
        ck_assert_int_eq(reminder_round(&r, (AgendaKind)kind, DATE_NONE, DUE), NONE);
    }
    r.about = 0;
    ck_assert_int_eq(reminder_round(&r, AGENDA_CHECK_IN, DUE, DUE), NONE);
}
END_TEST

/* Rounds only ever rise as days go by, one repeat at a time; whatever is wanted lies within the horizon. */
START_TEST(rounds_rise_by_their_repeat_and_begin_at_the_horizon)
{
    for (int lead = 0; lead < 9; lead++) {
        for (int repeat = 0; repeat < 9; repeat++) {
            ReminderRules r = rules(lead, repeat);
            int last = NONE;
            for (Date today = DUE - 20; today < DUE + 60; today++) {
                int round = reminder_round(&r, AGENDA_REVIEW, DUE, today);
                ck_assert(round == last || round == (last == NONE ? -lead : last + repeat));
                ck_assert_int_eq(round != NONE, DUE <= reminder_horizon(&r, today));
                last = round;
            }
        }
    }
}
END_TEST

/* Whatever the pace was before: after a while what comes is later than all that came. */
START_TEST(another_repeat_silences_nothing)
{
    for (int before = 1; before < 9; before++) {
        for (int after = 1; after < 9; after++) {
            ReminderRules old = rules(0, before), now = rules(0, after);
            for (Date changed = DUE; changed < DUE + 30; changed++) {
                int given = reminder_round(&old, AGENDA_CHECK_IN, DUE, changed);
                ck_assert_int_gt(reminder_round(&now, AGENDA_CHECK_IN, DUE, changed + after), given);
            }
        }
    }
}
END_TEST

/* What was sent on its day is not sent on that day by another name. */
START_TEST(another_lead_renumbers_nothing)
{
    for (int before = 0; before < 9; before++) {
        for (int after = 0; after < 9; after++) {
            for (int given = -before; given < 30; given += 3) {
                ReminderRules now = rules(after, 3);
                ck_assert_int_le(reminder_round(&now, AGENDA_CHECK_IN, DUE, DUE + given), given);
            }
        }
    }
}
END_TEST

START_TEST(the_horizon_ends_with_the_calendar)
{
    ReminderRules r = rules(10, 0);
    Date last = date_make(9999, 12, 31);
    ck_assert_int_eq(reminder_horizon(&r, DUE), DUE + 10);
    ck_assert_int_eq(reminder_horizon(&r, last - 10), last);
    ck_assert_int_eq(reminder_horizon(&r, last - 9), last);
    ck_assert_int_eq(reminder_horizon(&r, last), last);
}
END_TEST

START_TEST(quiet_hours_begin_with_their_first_minute_and_may_pass_midnight)
{
    static const struct {
        int from, to, at;
        bool quiet;
    } cases[] = {
        {22 * HOUR, 7 * HOUR, 22 * HOUR, true},
        {22 * HOUR, 7 * HOUR, 22 * HOUR - 1, false},
        {22 * HOUR, 7 * HOUR, 24 * HOUR - 1, true},
        {22 * HOUR, 7 * HOUR, 0, true},
        {22 * HOUR, 7 * HOUR, 7 * HOUR - 1, true},
        {22 * HOUR, 7 * HOUR, 7 * HOUR, false},
        {12 * HOUR, 13 * HOUR, 12 * HOUR, true},
        {12 * HOUR, 13 * HOUR, 13 * HOUR - 1, true},
        {12 * HOUR, 13 * HOUR, 13 * HOUR, false},
        {12 * HOUR, 13 * HOUR, 0, false},
        {0, 7 * HOUR, 0, true},
        {0, 7 * HOUR, 7 * HOUR, false},
        {22 * HOUR, 0, 23 * HOUR, true},
        {22 * HOUR, 0, 0, false},
        {0, 0, 0, false},
        {9 * HOUR, 9 * HOUR, 9 * HOUR, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ReminderRules r = rules(0, 0);
        r.quiet_from = cases[i].from;
        r.quiet_to = cases[i].to;
        ck_assert_msg(reminder_quiet(&r, cases[i].at) == cases[i].quiet, "case %zu", i);
    }
}
END_TEST

START_TEST(a_digest_waits_for_its_hour_and_no_longer)
{
    ReminderRules r = rules(0, 0);
    ck_assert(!reminder_digest_waits(&r, 0));
    r.digest = 8 * HOUR;
    ck_assert(reminder_digest_waits(&r, 0));
    ck_assert(reminder_digest_waits(&r, 8 * HOUR - 1));
    ck_assert(!reminder_digest_waits(&r, 8 * HOUR));
    ck_assert(!reminder_digest_waits(&r, 24 * HOUR - 1));
    r.digest = 0;
    ck_assert(!reminder_digest_waits(&r, 0));
}
END_TEST

START_TEST(a_digest_that_no_run_can_send_comes_when_the_quiet_hours_end)
{
    static const struct {
        int digest, quiet_from, quiet_to, from;
    } cases[] = {
        {-1, 22 * HOUR, 7 * HOUR, -1},
        {8 * HOUR, 22 * HOUR, 7 * HOUR, 8 * HOUR},
        {23 * HOUR + 30, 22 * HOUR, 7 * HOUR, 7 * HOUR},
        {6 * HOUR, 22 * HOUR, 7 * HOUR, 7 * HOUR},
        {12 * HOUR, 9 * HOUR, 17 * HOUR, 17 * HOUR},
        {23 * HOUR, 22 * HOUR, 0, 0},
        {22 * HOUR - 10, 22 * HOUR, 7 * HOUR, 22 * HOUR - 10},
        {22 * HOUR - 9, 22 * HOUR, 7 * HOUR, 7 * HOUR}, /* no run need come before it is quiet */
        {24 * HOUR - 10, 0, 0, 24 * HOUR - 10},
        {24 * HOUR - 5, 0, 0, 0},
        {12 * HOUR, 1, 24 * HOUR - 2, 24 * HOUR - 2}, /* there are three minutes */
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ReminderRules r = rules(0, 0);
        r.digest = cases[i].digest;
        r.quiet_from = cases[i].quiet_from;
        r.quiet_to = cases[i].quiet_to;
        ck_assert_msg(reminder_digest_from(&r) == cases[i].from, "case %zu: %d", i, reminder_digest_from(&r));
    }
}
END_TEST

static bool may_go(const ReminderRules *r, int minutes)
{
    return !reminder_quiet(r, minutes) && !reminder_digest_waits(r, minutes);
}

/* Whatever the rules: a timer that runs every ten minutes sends on every day. */
START_TEST(every_day_has_a_run_that_sends)
{
    for (int from = 0; from < 24 * HOUR; from += 115) {
        for (int quiet = 0; quiet <= 23 * HOUR; quiet += 69) {
            for (int digest = -1; digest < 24 * HOUR; digest += 47) {
                ReminderRules r = rules(0, 0);
                r.digest = digest;
                r.quiet_from = from;
                r.quiet_to = (from + quiet) % (24 * HOUR);
                for (int first = 0; first < REMINDER_RUN_MINUTES; first += 9) {
                    bool sends = false;
                    for (int at = first; at < 24 * HOUR; at += REMINDER_RUN_MINUTES) sends |= may_go(&r, at);
                    ck_assert_msg(sends, "quiet %d-%d, digest %d", from, r.quiet_to, digest);
                }
            }
        }
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("reminder");
    TCase *tc = tcase_create("reminder");
    tcase_add_test(tc, a_reminder_comes_at_its_lead_and_repeats_at_its_pace);
    tcase_add_test(tc, what_is_left_out_or_has_no_day_gets_no_reminder);
    tcase_add_test(tc, another_repeat_silences_nothing);
    tcase_add_test(tc, another_lead_renumbers_nothing);
    tcase_add_test(tc, rounds_rise_by_their_repeat_and_begin_at_the_horizon);
    tcase_add_test(tc, the_horizon_ends_with_the_calendar);
    tcase_add_test(tc, quiet_hours_begin_with_their_first_minute_and_may_pass_midnight);
    tcase_add_test(tc, a_digest_waits_for_its_hour_and_no_longer);
    tcase_add_test(tc, a_digest_that_no_run_can_send_comes_when_the_quiet_hours_end);
    tcase_add_test(tc, every_day_has_a_run_that_sends);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
