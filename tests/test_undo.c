#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "../src/store/sql.h"
#include "store_fixture.h"

/* Fails when the index is not word for word what the texts say. */
static void check_search(Store *s)
{
    ck_ok(sql_run(s, STMT_SEARCH_CHECK, NO_ARGS, err));
}

static void add_person(Store *s, Id id, const char *name)
{
    Person p = {id, name, "", "", ""};
    VERB(s, name, minute((int)id), ck_ok(store_person_insert(s, &p, err)));
}

START_TEST(a_step_is_taken_back_and_done_again)
{
    Store *s = open_memory();
    Arena arena = {0};
    LogStep step;
    char *empty = dump(s);
    add_person(s, 1, "Ana");
    char *full = dump(s);
    ck_ok(store_undo(s, minute(0), &arena, &step, err));
    ck_assert_str_eq(step.label, "Ana");
    ck_assert_int_eq(step.state, STEP_UNDONE);
    ck_assert_int_eq(step.at.unix_ms, minute(1).unix_ms);
    char *after = dump(s);
    ck_assert_str_eq(after, empty);
    ck_ok(store_redo(s, minute(0), &arena, &step, err));
    ck_assert_int_eq(step.state, STEP_DONE);
    char *again = dump(s);
    ck_assert_str_eq(again, full);
    free(empty);
    free(full);
    free(after);
    free(again);
    arena_finish(&arena);
    store_close(s);
}
END_TEST

START_TEST(without_steps_there_is_nothing_to_undo_or_redo)
{
    Store *s = open_memory();
    Arena arena = {0};
    LogStep step;
    ck_fails(store_undo(s, minute(0), &arena, &step, err), ERR_NOT_FOUND);
    ck_fails(store_redo(s, minute(0), &arena, &step, err), ERR_NOT_FOUND);
    arena_finish(&arena);
    store_close(s);
}
END_TEST

START_TEST(a_verb_that_changed_nothing_leaves_no_step)
{
    Store *s = open_memory();
    Arena arena = {0};
    LogStep step, *log;
    size_t n = 9;
    add_person(s, 1, "Ana");
    ck_ok(store_undo(s, minute(0), &arena, &step, err));
    VERB(s, "nothing", minute(0), (void)0);
    ck_ok(store_log(s, 0, 10, &arena, &log, &n, err));
    ck_assert_uint_eq(n, 1);
    /* and so does not cut off the way forward */
    ck_ok(store_redo(s, minute(0), &arena, &step, err));
    arena_finish(&arena);
    store_close(s);
}
END_TEST

START_TEST(a_rolled_back_verb_leaves_nothing)
{
    Store *s = open_memory();
    Person p = {1, "Ana", "", "", ""};
    char *before = dump(s);
    ck_ok(store_begin(s, err));
    ck_ok(store_person_insert(s, &p, err));
    store_rollback(s);
    store_rollback(s);
    char *after = dump(s);
    ck_assert_str_eq(before, after);
    free(before);
    free(after);
    store_close(s);
}
END_TEST

START_TEST(a_new_verb_drops_what_was_undone_but_the_log_keeps_it)
{
    Store *s = open_memory();
    Arena arena = {0};
    LogStep step, *log;
    size_t n = 0;
    for (Id i = 1; i <= 3; i++) add_person(s, i, "Ana");
    ck_ok(store_undo(s, minute(0), &arena, &step, err));
    ck_ok(store_undo(s, minute(0), &arena, &step, err));
    add_person(s, 9, "Ben");
    ck_fails(store_redo(s, minute(0), &arena, &step, err), ERR_NOT_FOUND);
    ck_ok(store_log(s, 0, 10, &arena, &log, &n, err));
    static const StepState states[] = {STEP_DONE, STEP_DROPPED, STEP_DROPPED, STEP_DONE};
    ck_assert_uint_eq(n, 4);
    for (size_t i = 0; i < n; i++) ck_assert_int_eq(log[i].state, states[i]);
    ck_assert_str_eq(log[0].label, "Ben");
    ck_ok(store_undo(s, minute(0), &arena, &step, err));
    ck_assert_str_eq(step.label, "Ben");
    ck_ok(store_undo(s, minute(0), &arena, &step, err));
    ck_fails(store_undo(s, minute(0), &arena, &step, err), ERR_NOT_FOUND);
    arena_finish(&arena);
    store_close(s);
}
END_TEST

START_TEST(the_log_is_read_in_pages_newest_first)
{
    Store *s = open_memory();
    Arena arena = {0};
    for (Id i = 1; i <= 7; i++) add_person(s, i, "Ana");
    Id before = 0;
    size_t seen = 0, n = 0;
    do {
        LogStep *log;
        ck_ok(store_log(s, before, 3, &arena, &log, &n, err));
        for (size_t i = 0; i < n; i++) ck_assert_int_eq(log[i].at.unix_ms, minute(7 - (int)seen++).unix_ms);
        if (n) before = log[n - 1].id;
    } while (n);
    ck_assert_uint_eq(seen, 7);
    arena_finish(&arena);
    store_close(s);
}
END_TEST

/* Takes all steps back, then does all again, each time comparing the whole journal; closing in between
 * changes nothing. */
START_TEST(any_sequence_of_verbs_goes_back_and_forth_exactly)
{
    enum { STEPS = 200 };
    const char *folder = make_folder();
    Arena arena = {0};
    const char *path = arena_strf(&arena, "%s/journal.db", folder);
    Store *s = open_file(path);
    World w;
    Vec(char *) states = {0};
    LogStep step;
    world_init(&w, s, 20261122);
    vec_push(&states, dump(s));
    while (states.len <= STEPS) {
        world_verb(&w);
        char *now = dump(s);
        if (strcmp(now, states.at[states.len - 1]) == 0) {
            free(now); /* changed nothing: no step */
        } else {
            vec_push(&states, now);
        }
    }
    check_search(s);
    for (size_t i = STEPS; i > 0; i--) {
        ck_ok(store_undo(s, minute(0), &arena, &step, err));
        char *now = dump(s);
        ck_assert_str_eq(now, states.at[i - 1]);
        free(now);
        if (i % 25 == 0) check_search(s);
        if (i == STEPS / 2) {
            store_close(s);
            s = open_file(path);
        }
    }
    check_search(s);
    for (size_t i = 1; i <= STEPS; i++) {
        ck_ok(store_redo(s, minute(0), &arena, &step, err));
        char *now = dump(s);
        ck_assert_str_eq(now, states.at[i]);
        free(now);
        if (i % 25 == 0) check_search(s);
    }
    for (size_t i = 0; i < states.len; i++) free(states.at[i]);
    vec_finish(&states);
    world_finish(&w);
    store_close(s);
    arena_finish(&arena);
    remove_folder(folder);
}
END_TEST

/* The text that stands for an entry is the last one written of those that match. */
static const char *found_text(Store *s, Arena *arena)
{
    HistoryFilter f = history_filter();
    HistoryRow *rows;
    HistoryCursor next;
    size_t n = 0;
    f.query = "walk";
    ck_ok(store_history(s, &f, NULL, 9, arena, &rows, &n, &next, err));
    ck_assert_uint_le(n, 1);
    return n ? rows[0].text : "";
}

START_TEST(a_text_done_again_is_found_where_it_stood)
{
    Store *s = open_memory();
    Arena arena = {0};
    LogStep step;
    Alliance a = an_alliance(1, "Ana");
    CheckIn c = a_check_in(2, 1, minute(1));
    VERB(s, "add", minute(0), ck_ok(store_alliance_insert(s, &a, err)));
    ck_ok(store_begin(s, err));
    ck_ok(store_check_in_insert(s, &c, err));
    for (int i = 0; i < 20; i++) {
        Answer w = an_answer(10 + i, 2, i, arena_strf(&arena, "walk %d", i));
        ck_ok(store_answer_insert(s, &w, err));
    }
    ck_ok(store_commit(s, "check-in", 1, minute(1), err));
    ck_assert_str_eq(found_text(s, &arena), "walk 19");
    for (int i = 0; i < 3; i++) {
        ck_ok(store_undo(s, minute(0), &arena, &step, err));
        ck_assert_str_eq(found_text(s, &arena), "");
        ck_ok(store_redo(s, minute(0), &arena, &step, err));
        ck_assert_str_eq(found_text(s, &arena), "walk 19");
        check_search(s);
    }
    /* Numbers as small as can be are what keeps the index small. */
    int64_t last = 0;
    sqlite3_stmt *stmt = NULL;
    ck_assert_int_eq(sqlite3_prepare_v2(s->db, "SELECT max(doc) FROM search_doc", -1, &stmt, NULL),
                     SQLITE_OK);
    ck_assert_int_eq(sqlite3_step(stmt), SQLITE_ROW);
    last = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    ck_assert_int_eq(last, 21);
    arena_finish(&arena);
    store_close(s);
}
END_TEST

START_TEST(a_draft_written_on_since_survives_undo_and_redo)
{
    Store *s = open_memory();
    Arena arena = {0};
    LogStep step;
    Draft d = a_draft(0, "{\"text\":\"one\"}"), found;
    CheckIn c = a_check_in(50, 1, minute(1));
    Alliance a = an_alliance(1, "Ana");
    VERB(s, "add", minute(0), ck_ok(store_alliance_insert(s, &a, err)));
    d.alliance = 1;
    ck_ok(store_draft_save(s, &d, err));
    VERB(s, "finish", minute(1), ck_ok(store_draft_delete(s, &d, err));
         ck_ok(store_check_in_insert(s, &c, err)));
    ck_fails(store_draft_of(s, 1, &arena, &found, err), ERR_NOT_FOUND);
    ck_ok(store_undo(s, minute(0), &arena, &step, err));
    ck_ok(store_draft_of(s, 1, &arena, &found, err));
    ck_assert_int_eq(found.id, d.id);
    found.state = "{\"text\":\"two\"}";
    ck_ok(store_draft_save(s, &found, err));
    ck_assert_int_eq(found.id, d.id);
    ck_ok(store_redo(s, minute(0), &arena, &step, err)); /* would delete the first text */
    ck_ok(store_draft_of(s, 1, &arena, &found, err));
    ck_assert_str_eq(found.state, "{\"text\":\"two\"}");
    ck_ok(store_undo(s, minute(0), &arena, &step, err)); /* would put the first text back */
    ck_ok(store_undo(s, minute(0), &arena, &step, err)); /* takes the alliance away */
    ck_ok(store_draft_of(s, 1, &arena, &found, err));
    ck_assert_str_eq(found.state, "{\"text\":\"two\"}");
    ck_ok(store_redo(s, minute(0), &arena, &step, err));
    ck_ok(store_redo(s, minute(0), &arena, &step, err));
    arena_finish(&arena);
    store_close(s);
}
END_TEST

START_TEST(undo_refuses_when_the_journal_was_changed_by_another_program)
{
    Store *s = open_memory();
    Arena arena = {0};
    LogStep step;
    add_person(s, 1, "Ana");
    ck_ok(sql_script(s, "UPDATE person SET notes = 'elsewhere'", err));
    char *before = dump(s);
    ck_fails(store_undo(s, minute(0), &arena, &step, err), ERR_USAGE);
    char *after = dump(s);
    ck_assert_str_eq(before, after);
    ck_ok(sql_script(s, "UPDATE person SET notes = ''", err));
    ck_ok(store_undo(s, minute(0), &arena, &step, err)); /* the step was still to be undone */
    free(before);
    free(after);
    arena_finish(&arena);
    store_close(s);
}
END_TEST

START_TEST(undo_refuses_to_leave_a_row_that_points_nowhere)
{
    Store *s = open_memory();
    Arena arena = {0};
    LogStep step;
    Alliance a = an_alliance(1, "Ana");
    Moment m = a_moment(2, 1, "a walk");
    VERB(s, "add", minute(0), ck_ok(store_alliance_insert(s, &a, err)));
    ck_ok(store_begin(s, err));
    ck_ok(store_moment_insert(s, &m, err));
    ck_ok(store_commit_quietly(s, err)); /* a row that undo knows nothing of */
    char *before = dump(s);
    ck_fails(store_undo(s, minute(0), &arena, &step, err), ERR_USAGE);
    char *after = dump(s);
    ck_assert_str_eq(before, after);
    check_search(s);
    free(before);
    free(after);
    arena_finish(&arena);
    store_close(s);
}
END_TEST

START_TEST(a_forgotten_log_is_empty_and_the_rows_stay)
{
    Store *s = open_memory();
    Arena arena = {0};
    LogStep step, *log;
    size_t n = 9;
    add_person(s, 1, "Ana");
    char *before = dump(s);
    ck_ok(store_begin(s, err));
    ck_ok(store_forget_log(s, err));
    ck_ok(store_commit_quietly(s, err));
    ck_ok(store_log(s, 0, 10, &arena, &log, &n, err));
    ck_assert_uint_eq(n, 0);
    ck_fails(store_undo(s, minute(0), &arena, &step, err), ERR_NOT_FOUND);
    char *after = dump(s);
    ck_assert_str_eq(before, after);
    free(before);
    free(after);
    arena_finish(&arena);
    store_close(s);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("undo");
    TCase *tc = tcase_create("undo");
    tcase_set_timeout(tc, 60);
    tcase_add_test(tc, a_step_is_taken_back_and_done_again);
    tcase_add_test(tc, without_steps_there_is_nothing_to_undo_or_redo);
    tcase_add_test(tc, a_verb_that_changed_nothing_leaves_no_step);
    tcase_add_test(tc, a_rolled_back_verb_leaves_nothing);
    tcase_add_test(tc, a_new_verb_drops_what_was_undone_but_the_log_keeps_it);
    tcase_add_test(tc, the_log_is_read_in_pages_newest_first);
    tcase_add_test(tc, any_sequence_of_verbs_goes_back_and_forth_exactly);
    tcase_add_test(tc, a_text_done_again_is_found_where_it_stood);
    tcase_add_test(tc, a_draft_written_on_since_survives_undo_and_redo);
    tcase_add_test(tc, undo_refuses_when_the_journal_was_changed_by_another_program);
    tcase_add_test(tc, undo_refuses_to_leave_a_row_that_points_nowhere);
    tcase_add_test(tc, a_forgotten_log_is_empty_and_the_rows_stay);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
