/* Every verb: undo gives the journal back byte for byte, redo does it again, across a restart too. */
#include "app_fixture.h"

#include <check.h>
#include <entente/agenda.h>
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

/* ---- cadence, snooze, skip ---- */

static void at_noon(App *app, const char *day)
{
    app_set_now(app, instant_local(app_zone(app), fixture_day(day), 12 * 60));
}

/* Ana, last met on `met` (NULL: never); it is Sunday 22 Nov. */
static World one_on(const char *often, const char *met)
{
    World w = {.app = fixture_app()};
    at_noon(w.app, "2026-10-12");
    w.alliance = fixture_alliance(w.app, "Ana Lima", often);
    if (met) at_noon(w.app, met);
    if (met) fixture_check_in(w.app, w.alliance, 4, "");
    at_noon(w.app, "2026-11-22");
    return w;
}

static AllianceRow row_of(const World *w, Arena *arena)
{
    AllianceRow row;
    ASSERT_OK(app_alliance_row(w->app, w->alliance, arena, &row, &err));
    return row;
}

static void due_is(const World *w, const char *day)
{
    Arena arena = {0};
    ck_assert_int_eq(row_of(w, &arena).alliance.due, fixture_day(day));
    arena_finish(&arena);
}

static bool choose(const World *w, const char *often, const char *first, Done *done, Error *err)
{
    Cadence c;
    return cadence_parse(sv(often), &c, err) &&
           app_set_cadence(w->app, w->alliance, &c, first ? fixture_day(first) : DATE_NONE, done, err);
}

START_TEST(a_cadence_chosen_begins_on_its_first_day_and_not_in_the_past)
{
    static const struct {
        const char *before, *met, *chosen, *first, *due, *after; /* after a check-in on the due day */
    } cases[] = {
        {"every 4 weeks", "2026-10-12", "every 2 weeks on tuesday", NULL, "2026-11-24", "2026-12-08"},
        {"every 4 weeks", NULL, "every 2 weeks on tuesday", NULL, "2026-11-24", "2026-12-08"},
        {"every 2 weeks", "2026-11-15", "weekly on sunday", NULL, "2026-11-22", "2026-11-29"},
        {"every 2 weeks", "2026-11-22", "weekly on sunday", NULL, "2026-11-29", "2026-12-06"},
        {"every 2 weeks", "2026-11-15", "every 3 months on the 15th", NULL, "2026-12-15", "2027-03-15"},
        {"every 2 weeks", "2026-11-15", "every 3 weeks", NULL, "2026-12-06", "2026-12-27"},
        {"every 2 weeks", "2026-10-12", "every week", "2026-11-26", "2026-11-26", "2026-12-03"},
        {"every 2 weeks", "2026-11-22", "every week", "2026-11-24", "2026-11-24", "2026-12-01"},
        {"every 2 weeks", "2026-11-22", "weekly on tuesday", "2026-11-24", "2026-11-24", "2026-12-01"},
        {"every 2 weeks", "2026-11-15", "every 2 weeks on tuesday", "2026-11-26", "2026-11-26", "2026-12-08"},
        {"every 2 weeks", "2026-11-15", "every 2 weeks", "2026-11-24", "2026-11-24", "2026-12-08"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        World w = one_on(cases[i].before, cases[i].met);
        Arena arena = {0};
        ASSERT_OK(choose(&w, cases[i].chosen, cases[i].first, NULL, &err));
        due_is(&w, cases[i].due);
        ck_assert_int_eq(row_of(&w, &arena).snooze_until, DATE_NONE);
        at_noon(w.app, cases[i].due);
        fixture_check_in(w.app, w.alliance, 4, "");
        due_is(&w, cases[i].after);
        arena_finish(&arena);
        app_close(w.app);
    }
}
END_TEST

START_TEST(a_cadence_chosen_ends_the_snooze_of_the_one_before)
{
    World w = one_on("every 2 weeks", "2026-11-15");
    ASSERT_OK(app_snooze(w.app, w.alliance, fixture_day("2026-12-20"), NULL, &err));
    ASSERT_OK(choose(&w, "weekly on tuesday", NULL, NULL, &err));
    due_is(&w, "2026-11-24");
    ASSERT_OK(app_undo(w.app, NULL, &err));
    due_is(&w, "2026-12-20");
    ASSERT_OK(app_redo(w.app, NULL, &err));
    due_is(&w, "2026-11-24");
    app_close(w.app);
}
END_TEST

START_TEST(what_is_in_force_already_changes_nothing)
{
    World w = one_on("every week", "2026-11-15");
    Done done;
    done_init(&done);
    ASSERT_OK(app_snooze(w.app, w.alliance, fixture_day("2026-12-20"), NULL, &err));
    char *before = fixture_dump(w.app);
    ASSERT_OK(choose(&w, "every week", NULL, &done, &err));
    char *after = fixture_dump(w.app);
    ck_assert_str_eq(before, after);
    ck_assert_str_eq(done.text.buf, "Ana Lima: every week, as before. Next: Sun 20 Dec.");
    free(before);
    free(after);
    done_finish(&done);
    app_close(w.app);
}
END_TEST

START_TEST(a_day_named_is_wanted_though_it_was_skipped)
{
    World w = one_on("weekly on tuesday", "2026-11-17");
    Cadence c;
    Arena arena = {0};
    Date days[2];
    ASSERT_OK(cadence_parse(SV("weekly on tuesday"), &c, &err));
    ASSERT_OK(app_skip(w.app, w.alliance, NULL, &err));
    due_is(&w, "2026-12-01");
    AllianceRow row = row_of(&w, &arena);
    ck_assert_uint_eq(app_cadence_days(w.app, &row, &c, fixture_day("2026-11-24"), days, 2), 2);
    ck_assert_int_eq(days[0], fixture_day("2026-11-24"));
    ASSERT_OK(choose(&w, "weekly on tuesday", "2026-11-24", NULL, &err));
    due_is(&w, "2026-11-24");
    arena_finish(&arena);
    app_close(w.app);
}
END_TEST

START_TEST(a_skip_stays_while_its_cadence_does)
{
    World w = one_on("weekly on monday", "2026-11-16");
    Arena arena = {0};
    Date day;
    ASSERT_OK(app_skip(w.app, w.alliance, NULL, &err));
    ASSERT_OK(choose(&w, "weekly on monday", NULL, NULL, &err));
    due_is(&w, "2026-11-30");
    ASSERT_OK(choose(&w, "weekly on monday", "2026-11-22", NULL, &err)); /* the same, from today on */
    due_is(&w, "2026-11-22");
    AllianceRow row = row_of(&w, &arena);
    ck_assert_uint_eq(app_cadence_days(w.app, &row, &row.alliance.cadence, DATE_NONE, &day, 1), 1);
    ck_assert_int_eq(day, fixture_day("2026-11-22"));
    ck_assert_uint_eq(row.skip_count, 1);
    arena_finish(&arena);
    app_close(w.app);
}
END_TEST

START_TEST(a_skip_ends_with_its_cadence)
{
    static const struct {
        const char *chosen, *due, *then;
    } cases[] = {
        {"every 4 weeks on monday", "2026-11-23", "2026-12-21"},
        {"every 8 days", "2026-11-24", "2026-12-02"},
        {"monthly on the 23rd", "2026-11-23", "2026-12-23"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        World w = one_on("weekly on monday", "2026-11-16");
        Cadence c;
        Arena arena = {0};
        Date days[2];
        ASSERT_OK(app_skip(w.app, w.alliance, NULL, &err));
        due_is(&w, "2026-11-30");
        ASSERT_OK(cadence_parse(sv(cases[i].chosen), &c, &err));
        AllianceRow row = row_of(&w, &arena);
        ck_assert_uint_eq(app_cadence_days(w.app, &row, &c, DATE_NONE, days, 2), 2);
        ck_assert_int_eq(days[0], fixture_day(cases[i].due));
        ck_assert_int_eq(days[1], fixture_day(cases[i].then));
        char *before = fixture_dump(w.app);
        ASSERT_OK(choose(&w, cases[i].chosen, NULL, NULL, &err));
        due_is(&w, cases[i].due);
        ASSERT_OK(app_undo(w.app, NULL, &err));
        char *undone = fixture_dump(w.app);
        ck_assert_str_eq(before, undone);
        ASSERT_OK(app_redo(w.app, NULL, &err));
        due_is(&w, cases[i].due);
        free(before);
        free(undone);
        arena_finish(&arena);
        app_close(w.app);
    }
}
END_TEST

/* ---- waking ---- */

START_TEST(who_is_woken_by_hand_waits_from_that_day_on)
{
    static const struct {
        const char *often, *met, *until, *due, *then; /* after a check-in on that day */
    } cases[] = {
        {"weekly", "2026-09-01", NULL, "2026-11-22", "2026-11-29"},
        {"weekly", "2026-09-01", "2026-12-24", "2026-11-22", "2026-11-29"},
        {"weekly on tuesday", "2026-09-01", NULL, "2026-11-22", "2026-12-01"},
        {"every 3 months", "2026-09-01", NULL, "2026-12-01", "2027-03-01"}, /* nothing went by */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        World w = {.app = fixture_app()};
        Arena arena = {0};
        at_noon(w.app, cases[i].met);
        w.alliance = fixture_alliance(w.app, "Ana Lima", cases[i].often);
        fixture_check_in(w.app, w.alliance, 4, "");
        at_noon(w.app, "2026-09-05");
        Date until = cases[i].until ? fixture_day(cases[i].until) : DATE_NONE;
        ASSERT_OK(app_pause(w.app, w.alliance, until, NULL, &err));
        at_noon(w.app, "2026-11-22");
        char *paused = fixture_dump(w.app);
        ASSERT_OK(app_resume(w.app, w.alliance, NULL, &err));
        char *awake = fixture_dump(w.app);
        due_is(&w, cases[i].due);
        AllianceRow row = row_of(&w, &arena);
        ck_assert_int_eq(row.alliance.state, STATE_ACTIVE);
        ck_assert_int_eq(app_missed(w.app, &row), 0);
        ASSERT_OK(app_undo(w.app, NULL, &err));
        char *undone = fixture_dump(w.app);
        ck_assert_str_eq(paused, undone);
        ASSERT_OK(app_redo(w.app, NULL, &err));
        char *redone = fixture_dump(w.app);
        ck_assert_str_eq(awake, redone);
        at_noon(w.app, cases[i].due);
        fixture_check_in(w.app, w.alliance, 4, "");
        due_is(&w, cases[i].then);
        free(paused);
        free(awake);
        free(undone);
        free(redone);
        arena_finish(&arena);
        app_close(w.app);
    }
}
END_TEST

START_TEST(what_waits_since_the_waking_is_said_and_counted_so)
{
    World w = one_on("weekly", NULL);
    Done done;
    Str words;
    Arena arena = {0};
    done_init(&done);
    str_init(&words);
    at_noon(w.app, "2026-10-13");
    ASSERT_OK(app_pause(w.app, w.alliance, DATE_NONE, NULL, &err));
    at_noon(w.app, "2026-11-22");
    ASSERT_OK(app_resume(w.app, w.alliance, &done, &err));
    ck_assert_str_eq(done.text.buf, "Ana Lima is awake again. Next: Sun 22 Nov.");
    at_noon(w.app, "2026-12-02");
    AllianceRow row = row_of(&w, &arena);
    ck_assert_int_eq(app_missed(w.app, &row), 2); /* 22 and 29 Nov */
    app_due_words(w.app, &row, &words);
    ck_assert_str_eq(words.buf, "was due 10d ago");
    str_finish(&words);
    done_finish(&done);
    arena_finish(&arena);
    app_close(w.app);
}
END_TEST

START_TEST(who_is_awake_already_is_not_woken)
{
    World w = one_on("weekly", "2026-11-15");
    char *before = NULL;
    ASSERT_OK(app_pause(w.app, w.alliance, fixture_day("2026-11-25"), NULL, &err));
    at_noon(w.app, "2026-12-01"); /* the pause ran out */
    for (int i = 0; i < 2; i++) {
        Error none = {0};
        before = fixture_dump(w.app);
        ck_assert(!app_resume(w.app, w.alliance, NULL, &none));
        ck_assert_str_eq(none.msg, "Ana Lima is awake already.");
        char *after = fixture_dump(w.app);
        ck_assert_str_eq(before, after);
        free(before);
        free(after);
        ASSERT_OK(app_pause(w.app, w.alliance, DATE_NONE, NULL, &err));
        ASSERT_OK(app_resume(w.app, w.alliance, NULL, &err)); /* woken by hand, today */
    }
    app_close(w.app);
}
END_TEST

START_TEST(a_skip_ends_the_snooze_of_its_day)
{
    World w = one_on("weekly on monday", "2026-11-16");
    ASSERT_OK(app_snooze(w.app, w.alliance, fixture_day("2026-11-27"), NULL, &err));
    ASSERT_OK(app_skip(w.app, w.alliance, NULL, &err));
    due_is(&w, "2026-11-30");
    at_noon(w.app, "2026-11-27");
    fixture_check_in(w.app, w.alliance, 4, ""); /* early for the 30th */
    due_is(&w, "2026-12-07");
    app_close(w.app);
    w = one_on("weekly on monday", "2026-11-16");
    ASSERT_OK(app_snooze(w.app, w.alliance, fixture_day("2026-11-27"), NULL, &err));
    at_noon(w.app, "2026-11-27");
    fixture_check_in(w.app, w.alliance, 4, "");
    due_is(&w, "2026-11-30");
    app_close(w.app);
}
END_TEST

static void cannot_snooze(const World *w, const char *until, const char *why)
{
    Error refused = {0}, checked = {0};
    Arena arena = {0};
    AllianceRow row = row_of(w, &arena);
    ck_assert(!app_snooze(w->app, w->alliance, fixture_day(until), NULL, &refused));
    ck_assert_int_eq(refused.code, ERR_USAGE);
    ck_assert_msg(strstr(refused.msg, why), "%s", refused.msg);
    ck_assert(!app_check_snooze(w->app, &row, fixture_day(until), &checked));
    ck_assert_str_eq(checked.msg, refused.msg);
    arena_finish(&arena);
}

START_TEST(a_snooze_only_puts_off)
{
    World w = one_on("every 2 weeks", "2026-11-15");
    cannot_snooze(&w, "2026-11-27", "is due Sun 29 Nov, and snoozing only puts it off");
    cannot_snooze(&w, "2026-11-29", "--first DAY");
    cannot_snooze(&w, "2026-11-22", "after today");
    ASSERT_OK(app_snooze(w.app, w.alliance, fixture_day("2026-12-05"), NULL, &err));
    ASSERT_OK(app_snooze(w.app, w.alliance, fixture_day("2026-12-01"), NULL, &err));
    due_is(&w, "2026-12-01");
    cannot_snooze(&w, "2026-11-28", "is due Sun 29 Nov");
    Done done;
    Arena arena = {0};
    done_init(&done);
    ASSERT_OK(app_snooze(w.app, w.alliance, fixture_day("2026-11-29"), &done, &err));
    ck_assert_str_eq(done.text.buf, "The check-in with Ana Lima is on Sun 29 Nov again.");
    ck_assert_int_eq(row_of(&w, &arena).snooze_until, DATE_NONE);
    done_finish(&done);
    arena_finish(&arena);
    app_close(w.app);
    w = one_on("weekly", NULL); /* due in October: any day to come is later */
    ASSERT_OK(app_snooze(w.app, w.alliance, fixture_day("2026-11-23"), NULL, &err));
    due_is(&w, "2026-11-23");
    app_close(w.app);
}
END_TEST

START_TEST(a_snooze_says_which_days_of_the_calendar_it_leaves_out)
{
    static const struct {
        const char *cadence, *until, *said;
    } cases[] = {
        {"every tuesday", "2026-11-25",
         "Snoozed Ana Lima to Wed 25 Nov. The cadence itself does not change."},
        {"every tuesday", "2026-12-01", "Snoozed Ana Lima to Tue 1 Dec. The cadence itself does not change."},
        {"every tuesday", "2026-12-03",
         "Snoozed Ana Lima to Thu 3 Dec. This leaves out Tue 1 Dec. The cadence itself does not change."},
        {"every tuesday", "2026-12-13",
         "Snoozed Ana Lima to Sun 13 Dec. This leaves out 2 check-ins. The cadence itself does not change."},
        {"every tuesday", "2036-12-02",
         "Snoozed Ana Lima to Tue 2 Dec 2036. This leaves out more than 99 check-ins. The cadence itself "
         "does not change."},
        {"weekly", "2026-12-25", "Snoozed Ana Lima to Fri 25 Dec. The cadence itself does not change."},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        World w = one_on(cases[i].cadence, "2026-11-17");
        Done done;
        done_init(&done);
        ASSERT_OK(app_snooze(w.app, w.alliance, fixture_day(cases[i].until), &done, &err));
        ck_assert_str_eq(done.text.buf, cases[i].said);
        done_finish(&done);
        app_close(w.app);
    }
}
END_TEST

START_TEST(who_is_paused_is_woken_before_a_snooze)
{
    World w = one_on("every 2 weeks", "2026-11-15");
    ASSERT_OK(app_pause(w.app, w.alliance, fixture_day("2026-12-04"), NULL, &err));
    cannot_snooze(&w, "2026-12-20", "Ana Lima is paused until Fri 4 Dec: wake them first (`entente resume`");
    ASSERT_OK(app_pause(w.app, w.alliance, DATE_NONE, NULL, &err));
    cannot_snooze(&w, "2026-12-20", "Ana Lima is paused: wake them first");
    ASSERT_OK(app_pause(w.app, w.alliance, fixture_day("2026-12-04"), NULL, &err));
    at_noon(w.app, "2026-12-04"); /* the pause is over, though nobody woke her */
    ASSERT_OK(app_snooze(w.app, w.alliance, fixture_day("2026-12-20"), NULL, &err));
    due_is(&w, "2026-12-20");
    app_close(w.app);
}
END_TEST

START_TEST(one_skip_leaves_out_all_that_went_by)
{
    static const struct {
        const char *often, *met, *said, *due;
    } cases[] = {
        {"weekly", "2026-11-15", "Skipped Sun 22 Nov with Ana on purpose. Next: Sun 29 Nov.", "2026-11-29"},
        {"weekly", "2026-11-11", "Skipped Wed 18 Nov with Ana on purpose. Next: Wed 25 Nov.", "2026-11-25"},
        {"every day", "2026-11-07",
         "Skipped 14 check-ins with Ana that went by, on purpose. Next: Sun 22 Nov.", "2026-11-22"},
        {"weekly on tuesday", NULL,
         "Skipped 6 check-ins with Ana that went by, on purpose. Next: Tue 24 Nov.", "2026-11-24"},
        {"every 2 weeks", "2026-11-15", "Skipped Sun 29 Nov with Ana on purpose. Next: Sun 13 Dec.",
         "2026-12-13"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        World w = one_on(cases[i].often, cases[i].met);
        Done done;
        done_init(&done);
        ASSERT_OK(app_skip(w.app, w.alliance, &done, &err));
        ck_assert_str_eq(done.text.buf, cases[i].said);
        due_is(&w, cases[i].due);
        done_finish(&done);
        app_close(w.app);
    }
}
END_TEST

START_TEST(what_waits_is_not_called_next)
{
    World w = one_on("every 4 weeks", "2026-11-11");
    Done done;
    done_init(&done);
    ASSERT_OK(choose(&w, "weekly", NULL, &done, &err));
    ck_assert_str_eq(done.text.buf, "Ana Lima: every week. Waiting since Wed 18 Nov.");
    done_finish(&done);
    app_close(w.app);
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
    ASSERT_OK(app_set_cadence(
        app, id, &(Cadence){.kind = CADENCE_ROLLING, .unit = UNIT_WEEK, .every = 1, .named = true}, DATE_NONE,
        NULL, &err));
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
    tcase_add_test(tc, a_cadence_chosen_begins_on_its_first_day_and_not_in_the_past);
    tcase_add_test(tc, a_cadence_chosen_ends_the_snooze_of_the_one_before);
    tcase_add_test(tc, what_is_in_force_already_changes_nothing);
    tcase_add_test(tc, a_day_named_is_wanted_though_it_was_skipped);
    tcase_add_test(tc, a_skip_stays_while_its_cadence_does);
    tcase_add_test(tc, a_skip_ends_with_its_cadence);
    tcase_add_test(tc, who_is_woken_by_hand_waits_from_that_day_on);
    tcase_add_test(tc, what_waits_since_the_waking_is_said_and_counted_so);
    tcase_add_test(tc, who_is_awake_already_is_not_woken);
    tcase_add_test(tc, a_skip_ends_the_snooze_of_its_day);
    tcase_add_test(tc, a_snooze_only_puts_off);
    tcase_add_test(tc, a_snooze_says_which_days_of_the_calendar_it_leaves_out);
    tcase_add_test(tc, who_is_paused_is_woken_before_a_snooze);
    tcase_add_test(tc, one_skip_leaves_out_all_that_went_by);
    tcase_add_test(tc, what_waits_is_not_called_next);
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
