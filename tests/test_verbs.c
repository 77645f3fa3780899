/* Every verb: undo gives the journal back byte for byte, redo does it again, across a restart too. */
#include "app_fixture.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct {
    App *app;
    Id alliance, commitment, other;
} World;

static World world_on(App *app)
{
    World w = {.app = app};
    w.alliance = fixture_alliance(app, "Ana Lima", "every 2 weeks");
    w.other = fixture_alliance(app, "Ben O'Neill", "weekly");
    w.commitment =
        fixture_commitment(app, w.alliance, SIDE_ME, "send the draft budget", fixture_day("2026-11-28"));
    fixture_check_in(app, w.alliance, 4, "A calm week.");
    return w;
}

#define VERB(name, call)                                                                                     \
    static bool name(World *w, Error *err)                                                                   \
    {                                                                                                        \
        return (call);                                                                                       \
    }

static const NewAlliance NEW = {
    .name = "Megumi", .role = "co-founder", .email = "megumi@example.org", .first = DATE_NONE};
static const NewAlliance TEAM = {.name = "Night shift",
                                 .kind = ALLIANCE_TEAM,
                                 .first = DATE_NONE,
                                 .members = (const char *const[]){"Ada", "Bo"},
                                 .member_count = 2,
                                 .tags = (const char *const[]){"work"},
                                 .tag_count = 1};
static const NewCommitment PROMISE = {SIDE_THEM, "call on Friday", DATE_NONE};
static const QuickCheckIn QUICK = {
    .at = {INT64_MIN, 0}, .trust = 3, .note = "Short.", .commitments = &PROMISE, .commitment_count = 1};
static const Cadence MONTHLY = {.kind = CADENCE_ROLLING, .unit = UNIT_MONTH, .every = 1, .named = true};

VERB(new_alliance, app_new_alliance(w->app, &NEW, NULL, err))
VERB(new_team, app_new_alliance(w->app, &TEAM, NULL, err))
VERB(rename_alliance, app_rename(w->app, w->alliance, "Ana Maria", "wife", NULL, err))
VERB(agree, app_agree(w->app, w->alliance, SECTION_OFFERS, SIDE_ME, "I cook.", true, NULL, err))
VERB(commit, app_commit(w->app, w->alliance, SIDE_BOTH, "walk", DATE_NONE, NULL, err))
VERB(edit_commitment, app_edit_commitment(w->app, w->commitment, SIDE_THEM, "send it", DATE_NONE, NULL, err))
VERB(settle, app_settle(w->app, w->commitment, COMMITMENT_KEPT, NULL, err))
VERB(trash_commitment, app_trash_commitment(w->app, w->commitment, NULL, err))
VERB(moment, app_moment(w->app, w->alliance, MOMENT_GAVE, "soup", INSTANT_NONE, false, NULL, err))
VERB(quick_check_in, app_quick_check_in(w->app, w->alliance, &QUICK, NULL, err))
VERB(snooze, app_snooze(w->app, w->alliance, fixture_day("2026-12-20"), NULL, err))
VERB(skip, app_skip(w->app, w->alliance, NULL, err))
VERB(pause_open, app_pause(w->app, w->alliance, DATE_NONE, NULL, err))
VERB(pause_until, app_pause(w->app, w->alliance, fixture_day("2027-01-01"), NULL, err))
VERB(set_cadence, app_set_cadence(w->app, w->alliance, &MONTHLY, fixture_day("2026-12-01"), NULL, err))
VERB(end_alliance, app_end(w->app, w->alliance, NULL, err))
VERB(trash, app_trash(w->app, w->alliance, NULL, err))

static bool resume(World *w, Error *err)
{
    return app_pause(w->app, w->other, DATE_NONE, NULL, err) && app_resume(w->app, w->other, NULL, err);
}

static bool restore(World *w, Error *err)
{
    return app_trash(w->app, w->other, NULL, err) && app_restore(w->app, w->other, NULL, err);
}

static Session *begin(World *w, Stage stage, Error *err)
{
    Session *s = NULL;
    SessionStart start = {.alliance = w->alliance, .stage = stage};
    return session_begin(w->app, &start, &s, err) ? s : NULL;
}

static bool finish(Session *s, Error *err)
{
    bool ok = session_finish(s, NULL, err);
    session_free(s);
    return ok;
}

static bool design(World *w, Error *err)
{
    Session *s = begin(w, STAGE_DESIGN, err);
    if (!s) return false;
    session_set_text(s, SV("To stay on one side."), 0);
    return session_next(s, err) && finish(s, err);
}

static bool check_in(World *w, Error *err)
{
    Session *s = begin(w, STAGE_CHECK_IN, err);
    if (!s) return false;
    session_set_text(s, SV("We laughed."), 0);
    session_set_settle(s, 0, COMMITMENT_KEPT);
    session_set_commit(s, 0, SIDE_ME, SV("plan the weekend"), SV("in 3 days"));
    return session_next(s, err) && finish(s, err);
}

static bool discard_draft(World *w, Error *err)
{
    Session *s = begin(w, STAGE_CHECK_IN, err);
    if (!s) return false;
    session_set_text(s, SV("Something half said."), 0);
    bool ok = session_discard(s, NULL, err);
    session_free(s);
    return ok;
}

static const struct {
    const char *name;
    bool (*run)(World *w, Error *err);
    int steps; /* how many steps it makes */
} VERBS[] = {
    {"new_alliance", new_alliance, 1},
    {"new_team", new_team, 1},
    {"rename", rename_alliance, 1},
    {"agree", agree, 1},
    {"commit", commit, 1},
    {"edit_commitment", edit_commitment, 1},
    {"settle", settle, 1},
    {"trash_commitment", trash_commitment, 1},
    {"moment", moment, 1},
    {"quick_check_in", quick_check_in, 1},
    {"snooze", snooze, 1},
    {"skip", skip, 1},
    {"pause_open", pause_open, 1},
    {"pause_until", pause_until, 1},
    {"resume", resume, 2},
    {"set_cadence", set_cadence, 1},
    {"end", end_alliance, 1},
    {"trash", trash, 1},
    {"restore", restore, 2},
    {"design", design, 1},
    {"check_in", check_in, 1},
    {"discard_draft", discard_draft, 1},
};

/* Drafts are saved outside of steps, so the dump before is taken with the draft a session leaves behind when
 * undone. */
static void undo_all(App *app, int steps)
{
    for (int i = 0; i < steps; i++) ASSERT_OK(app_undo(app, NULL, &err));
}

static void redo_all(App *app, int steps)
{
    for (int i = 0; i < steps; i++) ASSERT_OK(app_redo(app, NULL, &err));
}

static size_t log_length(App *app)
{
    Arena arena = {0};
    LogStep *steps;
    size_t n;
    ASSERT_OK(app_log(app, 0, 100, &arena, &steps, &n, &err));
    arena_finish(&arena);
    return n;
}

/* The dump without the rows of drafts: what a session typed stays as a draft when its end is undone, by
 * design. */
static void drop_drafts(char *dump)
{
    char *to = dump;
    for (char *line = dump; *line;) {
        char *end = strchr(line, '\n');
        size_t n = end ? (size_t)(end - line) + 1 : strlen(line);
        if (strncmp(line, "draft", 5) != 0) {
            memmove(to, line, n);
            to += n;
        }
        line += n;
    }
    *to = '\0';
}

START_TEST(undo_of_every_verb_gives_the_journal_back_and_redo_does_it_again)
{
    World w = world_on(fixture_app());
    char *before = fixture_dump(w.app);
    size_t steps = log_length(w.app);
    ASSERT_OK(VERBS[_i].run(&w, &err));
    ck_assert_msg(log_length(w.app) == steps + (size_t)VERBS[_i].steps, "%s makes %d steps", VERBS[_i].name,
                  VERBS[_i].steps);
    char *after = fixture_dump(w.app);
    ck_assert_msg(strcmp(before, after) != 0 || VERBS[_i].steps == 2 || VERBS[_i].run == discard_draft,
                  "%s changes nothing", VERBS[_i].name);
    undo_all(w.app, VERBS[_i].steps);
    char *undone = fixture_dump(w.app);
    drop_drafts(undone);
    drop_drafts(before);
    ck_assert_msg(strcmp(before, undone) == 0, "%s: undo\n%s\n---\n%s", VERBS[_i].name, before, undone);
    redo_all(w.app, VERBS[_i].steps);
    char *redone = fixture_dump(w.app);
    ck_assert_msg(strcmp(after, redone) == 0, "%s: redo\n%s\n---\n%s", VERBS[_i].name, after, redone);
    free(before);
    free(after);
    free(undone);
    free(redone);
    app_close(w.app);
}
END_TEST

START_TEST(a_draft_is_back_byte_for_byte_when_its_session_s_end_is_undone)
{
    World w = world_on(fixture_app());
    Session *s = begin(&w, STAGE_CHECK_IN, NULL);
    ck_assert_ptr_nonnull(s);
    session_set_text(s, SV("We laughed."), 0);
    ASSERT_OK(session_next(s, &err));
    char *before = fixture_dump(w.app);
    ASSERT_OK(session_finish(s, NULL, &err));
    session_free(s);
    ASSERT_OK(app_undo(w.app, NULL, &err));
    char *undone = fixture_dump(w.app);
    ck_assert_str_eq(before, undone);
    free(before);
    free(undone);
    app_close(w.app);
}
END_TEST

START_TEST(undo_goes_back_to_the_beginning_across_restarts_and_redo_forward_again)
{
    char dir[] = "/tmp/entente-test-XXXXXX";
    ck_assert_ptr_nonnull(mkdtemp(dir));
    char path[64];
    snprintf(path, sizeof path, "%s/journal.db", dir);
    World w = world_on(fixture_app_at(path));
    for (size_t i = 0; i < sizeof VERBS / sizeof VERBS[0]; i++) {
        Error ignored = {0};
        VERBS[i].run(&w, &ignored); /* some no longer apply after others: that is fine here */
    }
    char *end = fixture_dump(w.app);
    int steps = 0;
    for (Error none = {0}; app_undo(w.app, NULL, &none); steps++) {
        app_close(w.app);
        w.app = fixture_app_at(path);
    }
    ck_assert_int_gt(steps, 20);
    bool any;
    ASSERT_OK(app_any_alliance(w.app, &any, &err));
    ck_assert(!any);
    redo_all(w.app, steps);
    char *again = fixture_dump(w.app);
    ck_assert_str_eq(end, again);
    free(end);
    free(again);
    app_close(w.app);
    char command[128];
    snprintf(command, sizeof command, "rm -r %s", dir);
    ck_assert_int_eq(system(command), 0);
}
END_TEST

START_TEST(a_first_day_that_is_the_due_day_takes_a_snooze_back)
{
    World w = world_on(fixture_app());
    Cadence two_weeks;
    Arena arena = {0};
    AllianceRow row;
    ASSERT_OK(cadence_parse(SV("every 2 weeks"), &two_weeks, &err));
    ASSERT_OK(app_snooze(w.app, w.alliance, fixture_day("2026-12-20"), NULL, &err));
    ASSERT_OK(app_set_cadence(w.app, w.alliance, &two_weeks, fixture_day("2026-12-06"), NULL, &err));
    ASSERT_OK(app_alliance_row(w.app, w.alliance, &arena, &row, &err));
    ck_assert_int_eq(row.alliance.due, fixture_day("2026-12-06"));
    arena_finish(&arena);
    app_close(w.app);
}
END_TEST

START_TEST(two_of_one_name_in_the_trash_are_told_apart_by_their_ids)
{
    App *app = fixture_app();
    Id found = 0, ids[2];
    for (int i = 0; i < 2; i++) {
        ids[i] = fixture_alliance(app, "Ana", "weekly");
        ASSERT_OK(app_trash(app, ids[i], NULL, &err));
    }
    Error why = {0};
    ck_assert(!app_find(app, "ana", true, &found, &why));
    ck_assert_int_eq(why.code, ERR_USAGE);
    char id[32];
    snprintf(id, sizeof id, "%lld", (long long)ids[1]);
    ck_assert_ptr_nonnull(strstr(why.msg, id));
    ASSERT_OK(app_find(app, id, true, &found, &err));
    ck_assert_int_eq(found, ids[1]);
    app_close(app);
}
END_TEST

START_TEST(nothing_to_undo_is_said_and_changes_nothing)
{
    App *app = fixture_app();
    Error err = {0};
    ck_assert(!app_undo(app, NULL, &err));
    ck_assert_int_eq(err.code, ERR_NOT_FOUND);
    ck_assert(strstr(err.msg, "Nothing to undo") != NULL);
    app_close(app);
}
END_TEST

START_TEST(undo_says_what_it_took_back)
{
    World w = world_on(fixture_app());
    Done done;
    done_init(&done);
    ASSERT_OK(app_snooze(w.app, w.alliance, fixture_day("2026-12-20"), NULL, &err));
    ASSERT_OK(app_undo(w.app, &done, &err));
    ck_assert_str_eq(done.text.buf, "Undone: snooze Ana Lima to Sun 20 Dec.");
    done_finish(&done);
    app_close(w.app);
}
END_TEST

START_TEST(a_shorter_cadence_does_not_wait_out_the_longer_one)
{
    App *app = fixture_app();
    Id id = fixture_alliance(app, "Ana Lima", "every 3 months");
    Arena arena = {0};
    AllianceRow row;
    ASSERT_OK(
        app_set_cadence(app, id, &(Cadence){.kind = CADENCE_ROLLING, .unit = UNIT_WEEK, .every = 1, .named = true}, DATE_NONE, NULL, &err));
    ASSERT_OK(app_alliance_row(app, id, &arena, &row, &err));
    ck_assert_int_eq(row.alliance.due, fixture_day("2026-11-29"));
    arena_finish(&arena);
    app_close(app);
}
END_TEST

START_TEST(a_check_in_with_nothing_in_it_or_with_an_ended_alliance_is_refused)
{
    App *app = fixture_app();
    Id id = fixture_alliance(app, "Ana Lima", "weekly");
    Error why = {0};
    ck_assert(!app_quick_check_in(app, id, &(QuickCheckIn){.at = INSTANT_NONE, .note = " "}, NULL, &why));
    ck_assert_int_eq(why.code, ERR_USAGE);
    ASSERT_OK(app_end(app, id, NULL, &err));
    error_clear(&why);
    ck_assert(!app_quick_check_in(app, id, &(QuickCheckIn){.at = INSTANT_NONE, .trust = 3}, NULL, &why));
    ck_assert(strstr(why.msg, "ended") != NULL);
    error_clear(&why);
    ck_assert(!app_end(app, id, NULL, &why));
    app_close(app);
}
END_TEST

START_TEST(history_finds_a_person_by_name_where_no_text_holds_the_word)
{
    App *app = fixture_app();
    fixture_check_in(app, fixture_alliance(app, "Tomás Reyes", "weekly"), 4, "Soup.");
    fixture_check_in(app, fixture_alliance(app, "Ana Lima", "weekly"), 4, "Bread.");
    HistoryFilter filter = history_filter();
    Arena arena = {0};
    HistoryRow *rows;
    HistoryCursor next;
    size_t n;
    filter.query = "tomas";
    ASSERT_OK(app_history(app, &filter, NULL, 10, &arena, &rows, &n, &next, &err));
    ck_assert_uint_eq(n, 1);
    ck_assert_str_eq(rows[0].alliance_name, "Tomás Reyes");
    arena_finish(&arena);
    app_close(app);
}
END_TEST

int main(void)
{
    TCase *tc = tcase_create("verbs");
    tcase_set_timeout(tc, 60);
    tcase_add_loop_test(tc, undo_of_every_verb_gives_the_journal_back_and_redo_does_it_again, 0,
                        (int)(sizeof VERBS / sizeof VERBS[0]));
    tcase_add_test(tc, a_draft_is_back_byte_for_byte_when_its_session_s_end_is_undone);
    tcase_add_test(tc, undo_goes_back_to_the_beginning_across_restarts_and_redo_forward_again);
    tcase_add_test(tc, a_first_day_that_is_the_due_day_takes_a_snooze_back);
    tcase_add_test(tc, two_of_one_name_in_the_trash_are_told_apart_by_their_ids);
    tcase_add_test(tc, nothing_to_undo_is_said_and_changes_nothing);
    tcase_add_test(tc, undo_says_what_it_took_back);
    tcase_add_test(tc, a_shorter_cadence_does_not_wait_out_the_longer_one);
    tcase_add_test(tc, a_check_in_with_nothing_in_it_or_with_an_ended_alliance_is_refused);
    tcase_add_test(tc, history_finds_a_person_by_name_where_no_text_holds_the_word);
    Suite *suite = suite_create("verbs");
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
