#include <check.h>
#include <stdlib.h>
#include <string.h>

#include <entente/store_deliveries.h>

#include "../src/store/sql.h"
#include "store_fixture.h"

enum { ANA = 1, BEN = 2, DAY = 20720 };

static Store *store_with_two(void)
{
    Store *s = open_memory();
    Alliance ana = an_alliance(ANA, "Ana"), ben = an_alliance(BEN, "Ben");
    VERB(s, "add", minute(0), ck_ok(store_alliance_insert(s, &ana, err));
         ck_ok(store_alliance_insert(s, &ben, err)));
    return s;
}

static Delivery a_delivery(Id id, Id alliance, int round, Instant at)
{
    return (Delivery){.id = id,
                      .kind = AGENDA_CHECK_IN,
                      .subject = alliance,
                      .alliance = alliance,
                      .due_day = DAY,
                      .channel = "mail",
                      .round = round,
                      .at = at};
}

static Id claim(Store *s, const Delivery *d)
{
    Id id = -1;
    bool wanted = false;
    ck_ok(store_delivery_wanted(s, d, &wanted, err));
    ck_ok(store_begin(s, err));
    ck_ok(store_delivery_claim(s, d, &id, err));
    ck_ok(store_commit_quietly(s, err));
    ck_assert_int_eq(wanted, id != 0);
    return id;
}

static void settle(Store *s, Id id, Outcome outcome, const char *detail, Instant at)
{
    ck_ok(store_begin(s, err));
    ck_ok(store_delivery_settle(s, id, outcome, detail, at, err));
    ck_ok(store_commit_quietly(s, err));
}

/* Claims and settles at once. */
static void sent(Store *s, Delivery d, Outcome outcome)
{
    ck_assert_int_eq(claim(s, &d), d.id);
    if (outcome != OUTCOME_SENDING)
        settle(s, d.id, outcome, outcome == OUTCOME_FAILED ? "no network" : "", d.at);
}

/* The whole log in one line, last attempt first. */
static const char *log_line(Store *s, size_t limit, Arena *arena)
{
    DeliveryRow *rows;
    size_t n = 0;
    const char *line = "";
    ck_ok(store_deliveries(s, limit, arena, &rows, &n, err));
    for (size_t i = 0; i < n; i++) {
        const Delivery *d = &rows[i].delivery;
        line =
            arena_strf(arena, "%s %lld:%s:%d", line, (long long)d->id, outcome_name(d->outcome), d->attempts);
    }
    return line;
}

START_TEST(a_delivery_comes_back_as_it_was_claimed_and_settled)
{
    Store *s = store_with_two();
    Arena arena = {0};
    DeliveryRow *rows;
    size_t n = 0;
    Delivery d = {.id = 70,
                  .kind = AGENDA_COMMITMENT,
                  .subject = 5,
                  .alliance = ANA,
                  .due_day = DAY,
                  .channel = "mail ana@example.org",
                  .round = 2,
                  .at = minute(3)};
    Delivery gone = a_delivery(71, 99, 0, minute(1));
    gone.kind = AGENDA_REVIEW;
    sent(s, gone, OUTCOME_DELIVERED);
    ck_assert_int_eq(claim(s, &d), 70);
    settle(s, 70, OUTCOME_FAILED, "sendmail was not found", minute(4));
    ck_ok(store_deliveries(s, 9, &arena, &rows, &n, err));
    ck_assert_uint_eq(n, 2);
    const Delivery *got = &rows[0].delivery;
    ck_assert_int_eq(got->id, 70);
    ck_assert_int_eq(got->kind, AGENDA_COMMITMENT);
    ck_assert_int_eq(got->subject, 5);
    ck_assert_int_eq(got->alliance, ANA);
    ck_assert_int_eq(got->due_day, DAY);
    ck_assert_str_eq(got->channel, "mail ana@example.org");
    ck_assert_int_eq(got->round, 2);
    ck_assert_int_eq(got->at.unix_ms, minute(4).unix_ms);
    ck_assert_int_eq(got->at.offset, 3600);
    ck_assert_int_eq(got->attempts, 1);
    ck_assert_int_eq(got->outcome, OUTCOME_FAILED);
    ck_assert_str_eq(got->detail, "sendmail was not found");
    ck_assert_str_eq(rows[0].alliance_name, "Ana");
    ck_assert_int_eq(rows[1].delivery.kind, AGENDA_REVIEW);
    ck_assert_str_eq(rows[1].alliance_name, "");
    ck_ok(store_begin(s, err));
    ck_fails(store_delivery_settle(s, 99, OUTCOME_FAILED, "", minute(5), err), ERR_NOT_FOUND);
    store_rollback(s);
    arena_finish(&arena);
    store_close(s);
}
END_TEST

START_TEST(what_failed_is_tried_again_and_its_attempts_are_counted)
{
    Store *s = store_with_two();
    Arena arena = {0};
    Delivery d = a_delivery(70, ANA, 0, minute(1));
    sent(s, d, OUTCOME_FAILED);
    for (int i = 2; i <= 4; i++) {
        d.id = 70 + i; /* the row keeps its own */
        d.at = minute(i);
        ck_assert_int_eq(claim(s, &d), 70);
        ck_assert_str_eq(log_line(s, 9, &arena), arena_strf(&arena, " 70:sending:%d", i));
        settle(s, 70, i == 4 ? OUTCOME_DELIVERED : OUTCOME_FAILED, "", minute(i));
    }
    ck_assert_int_eq(claim(s, &d), 0);
    ck_assert_str_eq(log_line(s, 9, &arena), " 70:delivered:4");
    arena_finish(&arena);
    store_close(s);
}
END_TEST

START_TEST(what_was_delivered_cut_off_or_followed_is_not_sent_again)
{
    static const struct {
        Outcome outcome;
        int round, asked;
        bool wanted, alone; /* and if it is to be the only one */
    } cases[] = {
        {OUTCOME_DELIVERED, 0, 0, false, false},  {OUTCOME_SENDING, 0, 0, false, false},
        {OUTCOME_FAILED, 0, 0, true, true},       {OUTCOME_DELIVERED, 2, 1, false, false},
        {OUTCOME_SENDING, 2, 1, false, false},    {OUTCOME_FAILED, 2, 1, true, true},
        {OUTCOME_DELIVERED, 1, 2, true, false},   {OUTCOME_SENDING, 1, 2, true, false},
        {OUTCOME_FAILED, 1, 2, true, true},       {OUTCOME_FAILED, 2, 0, true, true},
        {OUTCOME_DELIVERED, 0, 99, true, false},  {OUTCOME_DELIVERED, -1, 0, true, false},
        {OUTCOME_DELIVERED, 0, -1, false, false}, {OUTCOME_FAILED, -1, 0, true, true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        for (int only = 0; only < 2; only++) {
            Store *s = store_with_two();
            sent(s, a_delivery(70, ANA, cases[i].round, minute(1)), cases[i].outcome);
            Delivery d = a_delivery(71, ANA, cases[i].asked, minute(9000));
            d.only = only;
            bool wanted, expected = only ? cases[i].alone : cases[i].wanted;
            ck_ok(store_delivery_wanted(s, &d, &wanted, err));
            ck_assert_msg(wanted == expected && (claim(s, &d) != 0) == expected, "case %zu", i);
            store_close(s);
        }
    }
}
END_TEST

START_TEST(every_kind_matter_day_and_channel_is_a_delivery_of_its_own)
{
    Store *s = store_with_two();
    Delivery all[] = {a_delivery(70, ANA, 0, minute(1)), a_delivery(71, ANA, 0, minute(1)),
                      a_delivery(72, BEN, 0, minute(1)), a_delivery(73, ANA, 0, minute(1)),
                      a_delivery(74, ANA, 0, minute(1))};
    all[1].kind = AGENDA_REVIEW;
    all[3].due_day = DAY - 1;
    all[4].channel = "desktop";
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
            ck_assert_int_eq(claim(s, &all[i]), round == 0 ? all[i].id : 0);
    }
    store_close(s);
}
END_TEST

START_TEST(of_two_runs_that_claim_the_same_one_sends)
{
    const char *folder = make_folder();
    Arena arena = {0};
    const char *path = arena_strf(&arena, "%s/journal.db", folder);
    Store *first = open_file(path), *second = open_file(path);
    for (int day = 0; day < 20; day++) {
        Delivery a = a_delivery(100 + day, ANA, 0, minute(day)),
                 b = a_delivery(200 + day, ANA, 0, minute(day));
        bool wanted_first = false, wanted_second = false;
        a.due_day = b.due_day = DAY + day;
        ck_ok(store_delivery_wanted(first, &a, &wanted_first, err));
        ck_ok(store_delivery_wanted(second, &b, &wanted_second, err));
        ck_assert(wanted_first && wanted_second); /* both believe that it is theirs */
        ck_assert_int_eq(claim(day % 2 ? second : first, day % 2 ? &b : &a), day % 2 ? b.id : a.id);
        ck_assert_int_eq(claim(day % 2 ? first : second, day % 2 ? &a : &b), 0);
        if (day % 3) continue;
        settle(first, day % 2 ? b.id : a.id, OUTCOME_FAILED, "no network", minute(day));
        ck_assert_int_eq(claim(second, &b), day % 2 ? b.id : a.id); /* tried again, by one */
        ck_assert_int_eq(claim(first, &a), 0);
    }
    store_close(first);
    store_close(second);
    arena_finish(&arena);
    remove_folder(folder);
}
END_TEST

START_TEST(a_run_that_was_cut_off_leaves_what_it_started_as_sending)
{
    const char *folder = make_folder();
    Arena arena = {0};
    const char *path = arena_strf(&arena, "%s/journal.db", folder);
    Store *s = open_file(path);
    Delivery d = a_delivery(70, ANA, 0, minute(1));
    ck_assert_int_eq(claim(s, &d), 70);
    d.id = 71;
    d.round = 1;
    Id id = 0;
    ck_ok(store_begin(s, err));
    ck_ok(store_delivery_claim(s, &d, &id, err));
    store_close(s); /* before the commit: nothing was started */
    s = open_file(path);
    ck_assert_str_eq(log_line(s, 9, &arena), " 70:sending:1");
    d.round = 0;
    ck_assert_int_eq(claim(s, &d), 0);
    d.round = 1;
    ck_assert_int_eq(claim(s, &d), 71);
    store_close(s);
    arena_finish(&arena);
    remove_folder(folder);
}
END_TEST

START_TEST(the_log_runs_from_the_last_attempt)
{
    Store *s = store_with_two();
    Arena arena = {0};
    Delivery d = a_delivery(70, ANA, 0, minute(1));
    sent(s, d, OUTCOME_FAILED);
    sent(s, a_delivery(71, BEN, 0, minute(2)), OUTCOME_DELIVERED);
    sent(s, a_delivery(72, ANA, 1, minute(2)), OUTCOME_DELIVERED);
    sent(s, a_delivery(73, BEN, 1, minute(0)), OUTCOME_SENDING); /* the clock went back */
    ck_assert_str_eq(log_line(s, 9, &arena), " 72:delivered:1 71:delivered:1 70:failed:1 73:sending:1");
    ck_assert_str_eq(log_line(s, 2, &arena), " 72:delivered:1 71:delivered:1");
    ck_assert_str_eq(log_line(s, 0, &arena), "");
    settle(s, 70, OUTCOME_FAILED, "again", minute(5));
    ck_assert_str_eq(log_line(s, 1, &arena), " 70:failed:1");
    arena_finish(&arena);
    store_close(s);
}
END_TEST

/* By a clock that was set back, or two programs in one millisecond. */
START_TEST(an_id_that_is_taken_gives_way_to_another)
{
    Store *s = store_with_two();
    Delivery first = a_delivery(70, ANA, 0, minute(1)), same = a_delivery(70, BEN, 0, minute(2));
    sent(s, first, OUTCOME_DELIVERED);
    sent(s, a_delivery(75, ANA, 1, minute(1)), OUTCOME_FAILED);
    ck_assert_int_eq(claim(s, &same), 76);
    ck_assert_int_eq(claim(s, &same), 0);
    settle(s, 76, OUTCOME_FAILED, "no network", minute(2));
    ck_assert_int_eq(claim(s, &same), 76);
    store_close(s);
}
END_TEST

START_TEST(how_the_very_same_failed_before_can_be_asked)
{
    Store *s = store_with_two();
    Arena arena = {0};
    Delivery d = a_delivery(70, ANA, 3, minute(1)), other = a_delivery(71, ANA, 6, minute(1));
    int attempts = -1;
    const char *detail = NULL;
    ck_ok(store_delivery_failed(s, &d, &arena, &attempts, &detail, err));
    ck_assert_int_eq(attempts, 0);
    ck_assert_str_eq(detail, "");
    for (int i = 1; i <= 2; i++) {
        ck_assert_int_eq(claim(s, &d), 70);
        settle(s, 70, OUTCOME_FAILED, "no network", minute(i));
        ck_ok(store_delivery_failed(s, &d, &arena, &attempts, &detail, err));
        ck_assert_int_eq(attempts, i);
        ck_assert_str_eq(detail, "no network");
    }
    ck_ok(store_delivery_failed(s, &other, &arena, &attempts, &detail, err));
    ck_assert_int_eq(attempts, 0);
    arena_finish(&arena);
    store_close(s);
}
END_TEST

static const char *trouble_around(Store *s, Instant now, Instant around, size_t limit, Arena *arena)
{
    DeliveryRow *rows;
    size_t n = 0;
    const char *line = "";
    ck_ok(store_deliveries_in_trouble(s, now, around, limit, arena, &rows, &n, err));
    for (size_t i = 0; i < n; i++) line = arena_strf(arena, "%s %lld", line, (long long)rows[i].delivery.id);
    return line;
}

static const char *trouble_line(Store *s, Instant now, size_t limit, Arena *arena)
{
    return trouble_around(s, now, now, limit, arena);
}

START_TEST(trouble_is_what_failed_or_was_cut_off_until_the_channel_works_again)
{
    Store *s = store_with_two();
    Arena arena = {0};
    Delivery desktop = a_delivery(74, ANA, 0, minute(4));
    desktop.channel = "desktop";
    ck_assert_str_eq(trouble_line(s, minute(99), 9, &arena), "");
    sent(s, a_delivery(70, ANA, 0, minute(1)), OUTCOME_FAILED);
    sent(s, a_delivery(71, BEN, 0, minute(10)), OUTCOME_SENDING);
    ck_assert_str_eq(trouble_line(s, minute(19), 9, &arena), " 70"); /* 71 may still be on its way */
    ck_assert_str_eq(trouble_line(s, minute(20), 9, &arena), " 71 70");
    ck_assert_str_eq(trouble_line(s, minute(20), 1, &arena), " 71");
    sent(s, desktop, OUTCOME_DELIVERED); /* says nothing of mail */
    ck_assert_str_eq(trouble_line(s, minute(20), 9, &arena), " 71 70");
    sent(s, a_delivery(75, BEN, 1, minute(5)), OUTCOME_DELIVERED);
    ck_assert_str_eq(trouble_line(s, minute(20), 9, &arena), " 71");
    sent(s, a_delivery(76, BEN, 2, minute(900)), OUTCOME_DELIVERED); /* by a clock that was wrong */
    ck_assert_str_eq(trouble_line(s, minute(20), 9, &arena), " 71");
    sent(s, a_delivery(77, BEN, 3, minute(20)), OUTCOME_DELIVERED);
    ck_assert_str_eq(trouble_line(s, minute(20), 9, &arena), ""); /* at once */
    arena_finish(&arena);
    store_close(s);
}
END_TEST

START_TEST(trouble_is_of_the_days_around_the_last_run_and_a_wrong_clock_makes_it_no_older)
{
    enum { DAY_MINUTES = 24 * 60, NOW = 30 * DAY_MINUTES };
    static const struct {
        int at; /* minutes from now on */
        Outcome outcome;
        bool trouble;
    } cases[] = {
        {-1, OUTCOME_FAILED, true},
        {-2 * DAY_MINUTES, OUTCOME_FAILED, true},
        {-2 * DAY_MINUTES - 1, OUTCOME_FAILED, false},
        {2 * DAY_MINUTES, OUTCOME_FAILED, true},
        {2 * DAY_MINUTES + 1, OUTCOME_FAILED, false},
        {-9, OUTCOME_SENDING, false},
        {-10, OUTCOME_SENDING, true},
        {9, OUTCOME_SENDING, false},
        {10, OUTCOME_SENDING, true},
        {2 * DAY_MINUTES + 1, OUTCOME_SENDING, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Store *s = store_with_two();
        Arena arena = {0};
        Delivery d = a_delivery(70, ANA, 0, minute(NOW + cases[i].at));
        sent(s, d, cases[i].outcome);
        d.outcome = cases[i].outcome;
        d.detail = "";
        const char *line = trouble_line(s, minute(NOW), 9, &arena);
        ck_assert_msg((*line != '\0') == cases[i].trouble, "case %zu", i);
        bool near = cases[i].at < 2 * DAY_MINUTES;
        if (near) ck_assert_int_eq(delivery_cut_off(&d, minute(NOW)), *line && d.outcome == OUTCOME_SENDING);
        /* No run since a year ago: what was wrong then still is. */
        ck_assert_str_eq(trouble_around(s, minute(NOW + 365 * DAY_MINUTES), d.at, 9, &arena), " 70");
        arena_finish(&arena);
        store_close(s);
    }
}
END_TEST

START_TEST(what_was_given_up_is_trouble_at_once_and_not_sent_again)
{
    Store *s = store_with_two();
    Arena arena = {0};
    Delivery d = a_delivery(70, ANA, 0, minute(1));
    ck_assert_int_eq(claim(s, &d), 70);
    ck_assert_str_eq(trouble_line(s, minute(1), 9, &arena), "");
    settle(s, 70, OUTCOME_SENDING, "gave up after 10 seconds", minute(1));
    ck_assert_str_eq(trouble_line(s, minute(1), 9, &arena), " 70");
    ck_assert_int_eq(claim(s, &d), 0);
    arena_finish(&arena);
    store_close(s);
}
END_TEST

START_TEST(a_day_of_deliveries_is_that_of_the_wall_they_were_sent_by)
{
    static const struct {
        const char *at;
        int days; /* from 2026-11-22 on: the one it counts for */
    } cases[] = {
        {"2026-11-22T00:00:00+01:00", 0},  {"2026-11-22T23:59:59+01:00", 0},
        {"2026-11-21T23:59:59+01:00", -1}, {"2026-11-23T00:00:00+01:00", 1},
        {"2026-11-22T00:30:00+14:00", 0},  {"2026-11-22T23:30:00-11:00", 0},
        {"2026-11-21T23:30:00-11:00", -1}, {"2026-11-23T00:30:00+14:00", 1},
    };
    Date day = date_make(2026, 11, 22);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        static const Outcome outcomes[] = {OUTCOME_SENDING, OUTCOME_FAILED, OUTCOME_DELIVERED};
        for (size_t k = 0; k < 3; k++) {
            Store *s = store_with_two();
            Delivery d = a_delivery(70, ANA, 0, INSTANT_NONE);
            bool found = false, other = true;
            ck_assert(instant_parse(sv(cases[i].at), &d.at));
            sent(s, d, outcomes[k]);
            for (int away = -3; away <= 3; away++) {
                ck_ok(store_delivered_on(s, "mail", day + away, &found, err));
                bool wanted = outcomes[k] != OUTCOME_FAILED && away == cases[i].days;
                ck_assert_msg(found == wanted, "%s, %d days away", cases[i].at, away);
                ck_ok(store_delivered_on(s, "desktop", day + away, &other, err));
                ck_assert(!other);
            }
            store_close(s);
        }
    }
}
END_TEST

START_TEST(when_a_timer_ran_stays_when_others_run_until_it_is_forgotten)
{
    Store *s = store_with_two();
    Instant at;
    size_t rows;
    ck_ok(store_delivery_count(s, &rows, err));
    ck_assert_uint_eq(rows, 0);
    ck_ok(store_timer_run(s, &at, err));
    ck_assert(instant_is_none(at));
    ck_ok(store_begin(s, err));
    ck_ok(store_timer_run_set(s, minute(9), err));
    ck_ok(store_commit_quietly(s, err));
    ck_ok(store_timer_run(s, &at, err)); /* before any run */
    ck_assert_int_eq(at.unix_ms, minute(9).unix_ms);
    const Instant set[] = {minute(1), minute(2), INSTANT_NONE};
    for (int i = 0; i < 3; i++) {
        ck_ok(store_begin(s, err));
        ck_ok(store_last_run_set(s, minute(3 + i), "", err));
        ck_ok(store_timer_run_set(s, set[i], err));
        ck_ok(store_last_run_set(s, minute(4 + i), "", err));
        ck_ok(store_commit_quietly(s, err));
        ck_ok(store_timer_run(s, &at, err));
        ck_assert_int_eq(at.unix_ms, set[i].unix_ms);
        ck_assert_int_eq(at.offset, set[i].offset);
    }
    store_close(s);
}
END_TEST

START_TEST(only_the_last_run_is_kept)
{
    Store *s = store_with_two();
    Arena arena = {0};
    Instant at = minute(9);
    const char *said = "x";
    ck_ok(store_last_run(s, &arena, &at, &said, err));
    ck_assert(instant_is_none(at));
    ck_assert_str_eq(said, "");
    for (int i = 3; i >= 1; i--) { /* a clock that runs backwards too */
        ck_ok(store_begin(s, err));
        ck_ok(store_last_run_set(s, minute(i), i == 1 ? "The clock went back." : "", err));
        ck_ok(store_commit_quietly(s, err));
        ck_ok(store_last_run(s, &arena, &at, &said, err));
        ck_assert_int_eq(at.unix_ms, minute(i).unix_ms);
        ck_assert_int_eq(at.offset, 3600);
    }
    ck_assert_str_eq(said, "The clock went back.");
    arena_finish(&arena);
    store_close(s);
}
END_TEST

/* ---- nothing else is written ---- */

#define ck_refused(call)                                                                                     \
    do {                                                                                                     \
        Error refused_ = {0};                                                                                \
        Error *err = &refused_;                                                                              \
        ck_assert(!(call));                                                                                  \
        ck_assert_int_eq(refused_.code, ERR_CANNOT_WRITE);                                                   \
        ck_assert_ptr_nonnull(strstr(refused_.msg, "its own log and nowhere else"));                         \
    } while (0)

START_TEST(who_may_only_log_changes_nothing_even_with_what_was_prepared_before)
{
    Store *s = store_with_two();
    Alliance ana = an_alliance(ANA, "Ana"), other = an_alliance(ANA, "Another");
    Moment m = a_moment(50, ANA, "a walk"), next = a_moment(51, ANA, "a talk");
    Draft draft = a_draft(ANA, "{}"), fresh = a_draft(BEN, "{}");
    Arena arena = {0};
    LogStep step;
    VERB(s, "prepare", minute(1), ck_ok(store_alliance_update(s, &ana, err));
         ck_ok(store_moment_insert(s, &m, err));
         ck_ok(store_snooze_set(s, 60, ANA, DAY, DAY + 1, minute(1), err)));
    ck_ok(store_draft_save(s, &draft, err));
    ck_ok(store_draft_save(s, &draft, err));
    char *before = dump(s);
    store_restrict_to_log(s, true);
    ck_ok(store_begin(s, err));
    ck_refused(store_alliance_update(s, &other, err));
    ck_refused(store_moment_insert(s, &next, err));
    ck_refused(store_snooze_set(s, 61, ANA, DAY, DATE_NONE, minute(1), err));
    ck_refused(store_forget_log(s, err));
    ck_ok(store_commit(s, "nothing", 0, minute(2), err));
    ck_refused(store_draft_save(s, &fresh, err));
    ck_refused(store_draft_save(s, &draft, err));
    ck_refused(store_undo(s, minute(0), &arena, &step, err));
    char *after = dump(s);
    ck_assert_str_eq(after, before);
    store_restrict_to_log(s, false);
    VERB(s, "rename", minute(3), ck_ok(store_alliance_update(s, &other, err)));
    free(before);
    free(after);
    arena_finish(&arena);
    store_close(s);
}
END_TEST

/* Not only that the cache is emptied: SQLite itself prepares anew what somebody still holds. */
START_TEST(a_statement_held_over_is_refused_too)
{
    Store *s = store_with_two();
    sqlite3_stmt *held = NULL;
    ck_assert_int_eq(sqlite3_prepare_v2(s->db, "UPDATE alliance SET name = 'x'", -1, &held, NULL), SQLITE_OK);
    store_restrict_to_log(s, true);
    ck_assert_int_eq(sqlite3_step(held), SQLITE_AUTH);
    sqlite3_finalize(held);
    store_close(s);
}
END_TEST

START_TEST(who_may_only_log_can_neither_build_nor_attach_nor_set)
{
    static const char *const refused[] = {
        "UPDATE alliance SET name = 'x'",
        "DELETE FROM step",
        "INSERT INTO tag (alliance, tag) VALUES (1, 'x')",
        "REPLACE INTO person (id, name, email, phone, notes) VALUES (1, '', '', '', '')",
        "WITH x AS (SELECT 1) DELETE FROM skip",
        "INSERT INTO search (search) VALUES ('rebuild')",
        "CREATE TABLE more (x)",
        "CREATE TEMP TABLE delivery (x)",
        "CREATE TRIGGER t AFTER INSERT ON delivery BEGIN DELETE FROM alliance; END",
        "CREATE TEMP TRIGGER t AFTER INSERT ON main.delivery BEGIN DELETE FROM main.alliance; END",
        "CREATE VIRTUAL TABLE more USING fts5 (x)",
        "CREATE INDEX more ON delivery (round)",
        "ALTER TABLE delivery ADD COLUMN x",
        "DROP TABLE delivery",
        "DROP INDEX delivery_when",
        "REINDEX",
        "ANALYZE",
        "VACUUM",
        "ATTACH ':memory:' AS other",
        "DETACH other",
        "PRAGMA user_version = 9",
        "PRAGMA foreign_keys = OFF",
        "PRAGMA journal_mode = DELETE",
        "PRAGMA incremental_vacuum",
        "PRAGMA writable_schema = ON",
        "PRAGMA wal_checkpoint",
    };
    Store *s = store_with_two();
    store_restrict_to_log(s, true);
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        Error e = {0};
        ck_assert_msg(!sql_script(s, refused[i], &e), "%s", refused[i]);
        ck_assert_msg(e.code == ERR_CANNOT_WRITE, "%s: %s", refused[i], e.msg);
    }
    store_close(s);
}
END_TEST

START_TEST(who_may_only_log_reads_everything_and_logs)
{
    Store *s = store_with_two();
    World w;
    Str plans;
    Arena arena = {0};
    HistoryFilter f = history_filter();
    HistoryRow *rows;
    HistoryCursor next;
    size_t n = 0;
    str_init(&plans);
    world_init(&w, s, 4);
    while (w.clock < 40) world_verb(&w);
    f.query = "walk";
    char *before = dump(s);
    store_restrict_to_log(s, true);
    char *during = dump(s);
    ck_assert_str_eq(during, before);
    ck_ok(store_list_plans(s, &plans, err)); /* prepares every list */
    ck_ok(store_history(s, &f, NULL, 9, &arena, &rows, &n, &next, err));
    ck_assert_uint_gt(n, 0);
    (void)store_changed_elsewhere(s);
    sent(s, a_delivery(70, ANA, 0, minute(1)), OUTCOME_FAILED);
    Delivery d = a_delivery(71, ANA, 0, minute(2));
    ck_assert_int_eq(claim(s, &d), 70);
    ck_ok(store_begin(s, err));
    ck_ok(store_last_run_set(s, minute(1), "", err));
    ck_ok(store_last_run_set(s, minute(2), "", err));
    store_rollback(s);
    ck_assert_str_eq(log_line(s, 9, &arena), " 70:sending:2");
    free(before);
    free(during);
    str_finish(&plans);
    world_finish(&w);
    arena_finish(&arena);
    store_close(s);
}
END_TEST

START_TEST(the_log_is_dumped_and_stays_beside_undo)
{
    Store *s = store_with_two();
    Arena arena = {0};
    LogStep step, *steps;
    size_t n = 0;
    Alliance renamed = an_alliance(ANA, "Another");
    VERB(s, "rename", minute(1), ck_ok(store_alliance_update(s, &renamed, err)));
    ck_ok(store_undo(s, minute(0), &arena, &step, err));
    sent(s, a_delivery(70, ANA, 0, minute(2)), OUTCOME_DELIVERED);
    ck_ok(store_begin(s, err));
    ck_ok(store_last_run_set(s, minute(2), "said", err));
    ck_ok(store_commit_quietly(s, err));
    ck_ok(store_log(s, 0, 9, &arena, &steps, &n, err));
    ck_assert_uint_eq(n, 2);
    ck_ok(store_redo(s, minute(0), &arena, &step, err)); /* logging has not cut off the way forward */
    ck_assert_str_eq(step.label, "rename");
    for (int i = 0; i < 2; i++) ck_ok(store_undo(s, minute(0), &arena, &step, err));
    ck_fails(store_undo(s, minute(0), &arena, &step, err), ERR_NOT_FOUND);
    char *now = dump(s); /* the alliance is gone, its log is not */
    ck_assert_ptr_null(strstr(now, "alliance id=1"));
    ck_assert_ptr_nonnull(strstr(now, "delivery id=70 kind=\"check-in\" subject=1 alliance=1"));
    ck_assert_ptr_nonnull(strstr(now, "reminder_run id=1"));
    ck_assert_ptr_nonnull(strstr(now, "said=\"said\""));
    ck_assert_str_eq(log_line(s, 9, &arena), " 70:delivered:1");
    /* A verb that logs beside what it changes takes back only the change. */
    ck_ok(store_redo(s, minute(0), &arena, &step, err));
    ck_ok(store_begin(s, err));
    Delivery d = a_delivery(71, ANA, 1, minute(3));
    Id id = 0;
    ck_ok(store_delivery_claim(s, &d, &id, err));
    ck_ok(store_alliance_update(s, &renamed, err));
    ck_ok(store_commit(s, "both", ANA, minute(3), err));
    ck_ok(store_undo(s, minute(0), &arena, &step, err));
    ck_assert_str_eq(log_line(s, 9, &arena), " 71:sending:1 70:delivered:1");
    free(now);
    arena_finish(&arena);
    store_close(s);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("deliveries");
    TCase *tc = tcase_create("deliveries");
    tcase_set_timeout(tc, 60);
    tcase_add_test(tc, a_delivery_comes_back_as_it_was_claimed_and_settled);
    tcase_add_test(tc, what_failed_is_tried_again_and_its_attempts_are_counted);
    tcase_add_test(tc, what_was_delivered_cut_off_or_followed_is_not_sent_again);
    tcase_add_test(tc, every_kind_matter_day_and_channel_is_a_delivery_of_its_own);
    tcase_add_test(tc, of_two_runs_that_claim_the_same_one_sends);
    tcase_add_test(tc, a_run_that_was_cut_off_leaves_what_it_started_as_sending);
    tcase_add_test(tc, the_log_runs_from_the_last_attempt);
    tcase_add_test(tc, an_id_that_is_taken_gives_way_to_another);
    tcase_add_test(tc, how_the_very_same_failed_before_can_be_asked);
    tcase_add_test(tc, trouble_is_what_failed_or_was_cut_off_until_the_channel_works_again);
    tcase_add_test(tc, trouble_is_of_the_days_around_the_last_run_and_a_wrong_clock_makes_it_no_older);
    tcase_add_test(tc, what_was_given_up_is_trouble_at_once_and_not_sent_again);
    tcase_add_test(tc, a_day_of_deliveries_is_that_of_the_wall_they_were_sent_by);
    tcase_add_test(tc, when_a_timer_ran_stays_when_others_run_until_it_is_forgotten);
    tcase_add_test(tc, only_the_last_run_is_kept);
    tcase_add_test(tc, who_may_only_log_changes_nothing_even_with_what_was_prepared_before);
    tcase_add_test(tc, a_statement_held_over_is_refused_too);
    tcase_add_test(tc, who_may_only_log_can_neither_build_nor_attach_nor_set);
    tcase_add_test(tc, who_may_only_log_reads_everything_and_logs);
    tcase_add_test(tc, the_log_is_dumped_and_stays_beside_undo);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
