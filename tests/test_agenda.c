#include "../src/app/own.h"
#include "app_fixture.h"

#include <check.h>
#include <entente/agenda.h>
#include <entente/arena.h>
#include <stdlib.h>
#include <string.h>

/* Today is Sun 2026-11-22. */

static App *app;
static Arena arena;

static void begin(void)
{
    app = fixture_app();
    arena = (Arena){0};
}

static void finish(void)
{
    arena_finish(&arena);
    app_close(app);
}

/* An alliance whose next check-in is on a day, be it past. */
static Id due_on(const char *name, const char *cadence, const char *day)
{
    NewAlliance n = {.name = name, .first = fixture_day(day)};
    Instant now = app_now(app);
    Done done;
    done_init(&done);
    ASSERT_OK(cadence_parse(sv(cadence), &n.cadence, &err));
    fixture_now(app, "2026-01-02T12:00:00+01:00");
    ASSERT_OK(app_new_alliance(app, &n, &done, &err));
    app_set_now(app, now);
    Id id = done.id;
    done_finish(&done);
    return id;
}

static void review_on(Id alliance, const char *day)
{
    Verb v;
    ASSERT_OK(verb_begin(&v, app, alliance, NULL, &err));
    v.alliance.review_on = fixture_day(day);
    bool ok = verb_write_alliance(&v);
    ASSERT_OK(verb_end(&v, ok, "review") || error_set(&err, ERR_USAGE, "no"));
}

/* All items, a line each: section, marker, day, kind, name, words. */
static const char *shown(const char *until, size_t limit, bool *ret_more)
{
    AgendaItem *items;
    size_t n;
    Str s;
    str_init(&s);
    ASSERT_OK(
        app_agenda(app, until ? fixture_day(until) : DATE_NONE, limit, &arena, &items, &n, ret_more, &err));
    for (size_t i = 0; i < n; i++) {
        str_addf(&s, "%d%c ", (int)items[i].section, app_agenda_marker(app, &items[i]));
        date_print_iso(&s, items[i].day);
        str_addf(&s, " %s %s: ", agenda_kind_name(items[i].kind), items[i].name);
        app_agenda_words(app, &items[i], &s);
        str_add_char(&s, '\n');
    }
    const char *text = arena_str(&arena, str_view(&s));
    str_finish(&s);
    return text;
}

static void agenda_is(const char *until, const char *lines)
{
    bool more;
    ck_assert_str_eq(shown(until, 100, &more), lines);
    ck_assert(!more);
}

static void add_all_kinds(void)
{
    Id ana = due_on("Ana Lima", "weekly", "2026-11-17"), ben = due_on("Ben", "weekly", "2026-11-22");
    due_on("eve", "every 2 weeks on friday", "2026-11-27");
    due_on("Ada", "monthly", "2026-12-04");
    fixture_commitment(app, ana, SIDE_ME, "send the draft", fixture_day("2026-11-22"));
    fixture_commitment(app, ana, SIDE_THEM, "tell me early", fixture_day("2026-11-19"));
    fixture_commitment(app, ben, SIDE_BOTH, "walk", fixture_day("2026-11-27"));
    fixture_commitment(app, ben, SIDE_ME, "some day", DATE_NONE);
    review_on(ben, "2026-11-27");
    review_on(ana, "2026-11-20");
}

START_TEST(days_run_in_order_and_on_one_day_commitments_check_ins_reviews)
{
    add_all_kinds();
    agenda_is(NULL, "0! 2026-11-17 check-in Ana Lima: was due 5 days ago\n"
                    "0! 2026-11-19 commitment Ana Lima: Ana: tell me early\n"
                    "0! 2026-11-20 review Ana Lima: look at the agreement again\n"
                    "1* 2026-11-22 commitment Ana Lima: you: send the draft\n"
                    "1* 2026-11-22 check-in Ben: every week\n"
                    "2  2026-11-27 commitment Ben: both of you: walk\n"
                    "2  2026-11-27 check-in eve: every second Friday\n"
                    "2  2026-11-27 review Ben: look at the agreement again\n"
                    "3  2026-12-04 check-in Ada: every month\n");
}
END_TEST

START_TEST(the_window_ends_with_its_last_day)
{
    due_on("Ana", "weekly", "2026-11-29");
    due_on("Ben", "weekly", "2026-11-30");
    agenda_is("2026-11-29", "2  2026-11-29 check-in Ana: every week\n");
    agenda_is("2026-11-30",
              "2  2026-11-29 check-in Ana: every week\n3  2026-11-30 check-in Ben: every week\n");
    agenda_is("2026-11-28", "");
}
END_TEST

START_TEST(names_on_one_day_run_as_people_sort_them)
{
    due_on("zoe", "weekly", "2026-11-23");
    due_on("\xc3\x89va", "weekly", "2026-11-23");
    due_on("Dan", "weekly", "2026-11-23");
    agenda_is(NULL, "2  2026-11-23 check-in Dan: every week\n2  2026-11-23 check-in \xc3\x89va: every week\n"
                    "2  2026-11-23 check-in zoe: every week\n");
}
END_TEST

START_TEST(a_snoozed_one_stands_where_it_was_moved_and_says_from_where)
{
    Id id = due_on("Ana", "weekly", "2026-11-20");
    ASSERT_OK(app_snooze(app, id, fixture_day("2026-11-25"), NULL, &err));
    agenda_is(NULL, "2z 2026-11-25 check-in Ana: snoozed from 20 Nov\n");
    fixture_now(app, "2026-11-25T08:00:00+01:00");
    agenda_is(NULL, "1* 2026-11-25 check-in Ana: snoozed from 20 Nov\n");
    fixture_now(app, "2026-11-26T08:00:00+01:00");
    agenda_is(NULL, "0! 2026-11-25 check-in Ana: was due yesterday\n");
}
END_TEST

START_TEST(a_pause_that_ends_stands_on_its_last_day_and_an_open_one_rests)
{
    Id ana = due_on("Ana", "weekly", "2026-11-20"), ben = due_on("Ben", "weekly", "2026-12-20");
    Id eve = due_on("Eve", "weekly", "2026-11-20");
    ASSERT_OK(app_pause(app, ana, fixture_day("2026-12-04"), NULL, &err));
    ASSERT_OK(app_pause(app, ben, fixture_day("2026-12-04"), NULL, &err));
    ASSERT_OK(app_pause(app, eve, DATE_NONE, NULL, &err));
    agenda_is(NULL, "3  2026-12-04 check-in Ana: paused until then\n"
                    "3  2026-12-20 check-in Ben: paused to 4 Dec\n");
    fixture_now(app, "2026-12-04T08:00:00+01:00");
    agenda_is("2026-12-04", "1* 2026-12-04 check-in Ana: every week\n");
}
END_TEST

START_TEST(the_ended_the_trashed_and_the_settled_are_left_out)
{
    Id ana = due_on("Ana", "weekly", "2026-11-20"), ben = due_on("Ben", "weekly", "2026-11-20");
    Id kept = fixture_commitment(app, due_on("Eve", "weekly", "2027-01-20"), SIDE_ME, "x",
                                 fixture_day("2026-11-23"));
    fixture_commitment(app, ana, SIDE_ME, "y", fixture_day("2026-11-23"));
    fixture_commitment(app, ben, SIDE_ME, "z", fixture_day("2026-11-23"));
    review_on(ana, "2026-11-23");
    review_on(ben, "2026-11-23");
    ASSERT_OK(app_end(app, ana, NULL, &err));
    ASSERT_OK(app_trash(app, ben, NULL, &err));
    ASSERT_OK(app_settle(app, kept, COMMITMENT_KEPT, NULL, &err));
    agenda_is("2026-12-31", "");
}
END_TEST

START_TEST(a_draft_says_how_far_it_is)
{
    Id ana = due_on("Ana", "weekly", "2026-11-17");
    Session *s = fixture_session(app, ana, STAGE_CHECK_IN);
    fixture_answer(s, "well");
    session_free(s);
    bool more;
    const char *line = shown(NULL, 10, &more);
    ck_assert_msg(strstr(line, "was due 5 days ago, draft 2 of ") != NULL, "%s", line);
}
END_TEST

/* What is cut off is whole days, so that none looks emptier than it is. */
START_TEST(what_was_not_read_whole_is_left_out_and_said)
{
    bool more;
    due_on("Ana", "weekly", "2026-11-23");
    due_on("Ben", "weekly", "2026-11-24");
    Id eve = due_on("Eve", "weekly", "2026-11-24");
    fixture_commitment(app, eve, SIDE_ME, "far", fixture_day("2026-11-30"));
    const char *one = "2  2026-11-23 check-in Ana: every week\n";
    ck_assert_str_eq(shown(NULL, 1, &more), one);
    ck_assert(more);
    ck_assert_str_eq(shown(NULL, 2, &more), one);
    ck_assert(more);
    shown(NULL, 3, &more);
    ck_assert(!more);
    ck_assert_str_eq(shown("2026-11-23", 1, &more), one);
    ck_assert(!more);
}
END_TEST

START_TEST(a_limit_cuts_commitments_and_reviews_too)
{
    bool more;
    Id ids[3];
    for (int i = 0; i < 3; i++) {
        ids[i] = fixture_alliance(app, (char[]){(char)('A' + i), 'x', '\0'}, "");
        review_on(ids[i], (const char *[]){"2026-11-25", "2026-11-26", "2026-11-27"}[i]);
    }
    ck_assert_str_eq(shown(NULL, 2, &more), "2  2026-11-25 review Ax: look at the agreement again\n"
                                            "2  2026-11-26 review Bx: look at the agreement again\n");
    ck_assert(more);
    for (int i = 0; i < 3; i++) fixture_commitment(app, ids[0], SIDE_ME, "x", fixture_day("2026-11-24"));
    ck_assert_str_eq(shown("2026-11-24", 2, &more), "2  2026-11-24 commitment Ax: you: x\n"
                                                    "2  2026-11-24 commitment Ax: you: x\n");
    ck_assert(more);
}
END_TEST

START_TEST(status_counts_what_due_lists_and_what_i_promised)
{
    AgendaStatus s;
    AllianceRow *rows;
    size_t n, due;
    Str words;
    str_init(&words);
    ASSERT_OK(app_status(app, &s, &err));
    app_status_words(&s, &words);
    ck_assert_str_eq(words.buf, "");
    add_all_kinds();
    Id paused = due_on("Paused", "weekly", "2026-11-10");
    ASSERT_OK(app_pause(app, paused, fixture_day("2026-11-30"), NULL, &err));
    ASSERT_OK(app_status(app, &s, &err));
    ASSERT_OK(app_due_list(app, 0, 100, &arena, &rows, &n, &err));
    ASSERT_OK(store_commitments_due(app->store, app_today(app), 100, &due, &err));
    ck_assert_uint_eq(s.check_ins, n);
    ck_assert_uint_eq(s.commitments, due);
    app_status_words(&s, &words);
    ck_assert_str_eq(words.buf, "2 check-ins, 1 commitment");
    str_finish(&words);
}
END_TEST

START_TEST(a_count_is_said_in_the_number_it_has)
{
    static const struct {
        AgendaStatus status;
        const char *words;
    } cases[] = {
        {{0, 0}, ""},
        {{1, 0}, "1 check-in"},
        {{0, 2}, "2 commitments"},
        {{1, 1}, "1 check-in, 1 commitment"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Str words;
        str_init(&words);
        app_status_words(&cases[i].status, &words);
        ck_assert_str_eq(words.buf, cases[i].words);
        str_finish(&words);
    }
}
END_TEST

static const char *next_days(Id id)
{
    AllianceRow row;
    Date days[3];
    Str s;
    str_init(&s);
    ASSERT_OK(app_alliance_row(app, id, &arena, &row, &err));
    size_t n = app_next_days(app, &row, days, 3);
    for (size_t i = 0; i < n; i++) {
        if (i) str_add_char(&s, ' ');
        date_print_iso(&s, days[i]);
    }
    const char *text = arena_str(&arena, str_view(&s));
    str_finish(&s);
    return text;
}

START_TEST(the_next_days_begin_with_the_due_day_and_count_on)
{
    Id late = due_on("Late", "weekly", "2026-11-10"),
       fixed = due_on("Fixed", "weekly on tuesday", "2026-11-10");
    Id later = due_on("Later", "monthly", "2026-11-30");
    ck_assert_str_eq(next_days(late), "2026-11-22 2026-11-29 2026-12-06");
    ck_assert_str_eq(next_days(fixed), "2026-11-22 2026-12-01 2026-12-08");
    ck_assert_str_eq(next_days(later), "2026-11-30 2026-12-30 2027-01-30");
    ASSERT_OK(app_snooze(app, later, fixture_day("2026-12-02"), NULL, &err));
    ck_assert_str_eq(next_days(later), "2026-12-02 2027-01-02 2027-02-02");
    ASSERT_OK(app_pause(app, later, DATE_NONE, NULL, &err));
    ck_assert_str_eq(next_days(later), "");
    ck_assert_str_eq(next_days(fixture_alliance(app, "None", "")), "");
}
END_TEST

/* ---- before a cadence is chosen ---- */

static AllianceRow row_of(Id id)
{
    AllianceRow row;
    ASSERT_OK(app_alliance_row(app, id, &arena, &row, &err));
    return row;
}

static Cadence cadence(const char *text)
{
    Cadence c;
    ASSERT_OK(cadence_parse(sv(text), &c, &err));
    return c;
}

/* One that was due on 10 Nov, with or without a check-in before. */
static Id somebody(bool met, bool snoozed)
{
    Id id = due_on("Ana", met ? "every 2 weeks" : "weekly on tuesday", "2026-10-27");
    if (met) {
        fixture_now(app, "2026-10-27T12:00:00+01:00");
        fixture_check_in(app, id, 4, "");
    }
    fixture_now(app, "2026-11-22T12:00:00+01:00");
    if (snoozed) ASSERT_OK(app_snooze(app, id, fixture_day("2026-11-25"), NULL, &err));
    return id;
}

/* Each check-in is held on its day, a past one today, where it is previewed. */
static void they_come(Id id, const Date *days, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        Date due = row_of(id).alliance.due, today = app_today(app);
        if (due < today) due = today;
        ck_assert_int_eq(due, days[i]);
        app_set_now(app, instant_local(app_zone(app), due, 12 * 60));
        fixture_check_in(app, id, 4, "");
    }
}

START_TEST(the_days_previewed_are_those_that_come)
{
    static const char *const cadences[] = {"weekly",
                                           "every 10 days",
                                           "monthly",
                                           "weekly on tuesday and friday",
                                           "every 2 weeks on monday",
                                           "on the last friday of the month",
                                           "quarterly on the 15th"};
    static const char *const firsts[] = {NULL, "2026-11-22", "2026-12-01", "2026-12-16"};
    for (unsigned i = 0; i < 7 * 4 * 4; i++) {
        Date days[CADENCE_PREVIEW_DAYS];
        const char *named = firsts[i / 7 % 4];
        Cadence c = cadence(cadences[i % 7]);
        Date first = named ? fixture_day(named) : DATE_NONE;
        finish();
        begin();
        Id id = somebody(i / 28 & 1, i / 28 & 2);
        AllianceRow row = row_of(id);
        size_t n = app_cadence_days(app, &row, &c, first, days, CADENCE_PREVIEW_DAYS);
        ck_assert_uint_eq(n, CADENCE_PREVIEW_DAYS);
        if (named) ck_assert_int_eq(days[0], first);
        ASSERT_OK(app_set_cadence(app, id, &c, first, NULL, &err));
        they_come(id, days, n);
    }
}
END_TEST

START_TEST(month_ends_previewed_do_not_drift)
{
    Date days[CADENCE_PREVIEW_DAYS];
    Cadence c = cadence("monthly");
    Date first = fixture_day("2027-01-31");
    static const char *const expected[] = {"2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30",
                                           "2027-05-31"};
    ck_assert_uint_eq(app_cadence_days(app, NULL, &c, first, days, CADENCE_PREVIEW_DAYS),
                      CADENCE_PREVIEW_DAYS);
    for (size_t i = 0; i < CADENCE_PREVIEW_DAYS; i++) ck_assert_int_eq(days[i], fixture_day(expected[i]));
}
END_TEST

static const char *preview(const AllianceRow *row, const char *often, Date first, bool brief)
{
    Cadence c = cadence(often);
    Str s;
    str_init(&s);
    app_cadence_preview(app, row, &c, first, brief, &s);
    const char *text = arena_str(&arena, str_view(&s));
    str_finish(&s);
    return text;
}

START_TEST(a_preview_says_what_the_days_hang_on)
{
    ck_assert_str_eq(
        preview(NULL, "monthly on the 31st", DATE_NONE, false),
        "Understood: on the 31st of the month, or its last day (fixed: follows the calendar; a month "
        "without a 31st: its last day): Mon 30 Nov, Thu 31 Dec, Sun 31 Jan 2027, Sun 28 Feb, Wed 31 "
        "Mar, and so on.");
    ck_assert_str_eq(preview(NULL, "every 10 days", DATE_NONE, true),
                     "2 Dec, 12 Dec, 22 Dec, 1 Jan 2027, 11 Jan; rolling: counted from the last check-in.");
    ck_assert_str_eq(preview(NULL, "", DATE_NONE, false),
                     "No reminder: you decide yourself when to check in.");
    ck_assert_ptr_nonnull(strstr(preview(NULL, "weekly", fixture_day("2026-11-01"), false), "in the past"));
    Id id = somebody(true, false);
    ASSERT_OK(app_pause(app, id, DATE_NONE, NULL, &err));
    AllianceRow row = row_of(id);
    ck_assert_ptr_nonnull(
        strstr(preview(&row, "weekly", DATE_NONE, true), "once awake today, 29 Nov, 6 Dec"));
    ck_assert_ptr_nonnull(strstr(preview(&row, "every 2 weeks on tuesday", DATE_NONE, true),
                                 "once awake 24 Nov, 8 Dec, 22 Dec"));
    ASSERT_OK(app_end(app, id, NULL, &err));
    row = row_of(id);
    ck_assert_str_eq(preview(&row, "weekly", DATE_NONE, false),
                     "Understood: every week (rolling: counted from the last check-in).");
}
END_TEST

START_TEST(a_cadence_that_never_gives_a_day_is_kept_by_no_verb)
{
    const char *odd = "FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29";
    Date from = fixture_day("2026-11-22");
    Cadence c = cadence(odd);
    NewAlliance n = {.name = "Ben", .cadence = c, .first = from};
    Id id = somebody(true, false);
    Error why = {0};
    ck_assert(!app_set_cadence(app, id, &c, from, NULL, &why));
    ck_assert_ptr_nonnull(strstr(why.msg, "never fires"));
    ck_assert_int_eq(row_of(id).alliance.cadence.kind, CADENCE_ROLLING);
    why = (Error){0};
    ck_assert(!app_new_alliance(app, &n, NULL, &why));
    ck_assert_ptr_nonnull(strstr(why.msg, "counted from Sun 22 Nov 2026, no such day comes"));
    ck_assert_str_eq(preview(NULL, odd, from, false), why.msg);
    n.first = DATE_NONE; /* it begins where it can: 29 Feb 2028 */
    ASSERT_OK(app_new_alliance(app, &n, NULL, &err));
}
END_TEST

START_TEST(missed_check_ins_are_counted_and_a_moved_one_begins_anew)
{
    AllianceRow row;
    Id id = due_on("Ana", "weekly", "2026-11-01");
    ASSERT_OK(app_alliance_row(app, id, &arena, &row, &err));
    ck_assert_int_eq(app_missed(app, &row), 3);
    ASSERT_OK(app_snooze(app, id, fixture_day("2026-11-23"), NULL, &err));
    ASSERT_OK(app_alliance_row(app, id, &arena, &row, &err));
    ck_assert_int_eq(app_missed(app, &row), 0);
}
END_TEST

START_TEST(sections_have_titles)
{
    static const char *const titles[] = {"Waiting", "Today", "Next 7 days", "Later"};
    for (int i = 0; i < AGENDA_SECTION_COUNT; i++)
        ck_assert_str_eq(agenda_section_title((AgendaSection)i), titles[i]);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("agenda");
    TCase *t = tcase_create("agenda");
    tcase_add_checked_fixture(t, begin, finish);
    tcase_add_test(t, days_run_in_order_and_on_one_day_commitments_check_ins_reviews);
    tcase_add_test(t, the_window_ends_with_its_last_day);
    tcase_add_test(t, names_on_one_day_run_as_people_sort_them);
    tcase_add_test(t, a_snoozed_one_stands_where_it_was_moved_and_says_from_where);
    tcase_add_test(t, a_pause_that_ends_stands_on_its_last_day_and_an_open_one_rests);
    tcase_add_test(t, the_ended_the_trashed_and_the_settled_are_left_out);
    tcase_add_test(t, a_draft_says_how_far_it_is);
    tcase_add_test(t, what_was_not_read_whole_is_left_out_and_said);
    tcase_add_test(t, a_limit_cuts_commitments_and_reviews_too);
    tcase_add_test(t, status_counts_what_due_lists_and_what_i_promised);
    tcase_add_test(t, a_count_is_said_in_the_number_it_has);
    tcase_add_test(t, the_next_days_begin_with_the_due_day_and_count_on);
    tcase_add_test(t, the_days_previewed_are_those_that_come);
    tcase_add_test(t, month_ends_previewed_do_not_drift);
    tcase_add_test(t, a_preview_says_what_the_days_hang_on);
    tcase_add_test(t, a_cadence_that_never_gives_a_day_is_kept_by_no_verb);
    tcase_add_test(t, missed_check_ins_are_counted_and_a_moved_one_begins_anew);
    tcase_add_test(t, sections_have_titles);
    suite_add_tcase(s, t);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_NORMAL);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed != 0;
}
