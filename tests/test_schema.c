#include <check.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../src/store/schema.h"
#include "store_fixture.h"

START_TEST(every_statement_can_be_prepared)
{
    Store *s = open_memory();
    for (int i = 0; i < STMT_COUNT; i++) {
        sqlite3_stmt *stmt = NULL;
        ck_assert_ptr_nonnull(statements[i].sql);
        int rc = sqlite3_prepare_v2(s->db, statements[i].sql, -1, &stmt, NULL);
        ck_assert_msg(rc == SQLITE_OK, "%s: %s", statements[i].name, sqlite3_errmsg(s->db));
        sqlite3_finalize(stmt);
    }
    store_close(s);
}
END_TEST

START_TEST(the_connection_is_set_as_promised)
{
    const char *folder = make_folder();
    Arena arena = {0};
    Store *s = open_file(arena_strf(&arena, "%s/journal.db", folder));
    static const struct {
        const char *pragma;
        const char *value;
    } cases[] = {{"PRAGMA journal_mode", "wal"},  {"PRAGMA foreign_keys", "1"},
                 {"PRAGMA synchronous", "2"},     {"PRAGMA secure_delete", "1"},
                 {"PRAGMA user_version", "2"},    {"PRAGMA application_id", "1701737573"},
                 {"PRAGMA busy_timeout", "5000"}, {"PRAGMA cell_size_check", "1"},
                 {"PRAGMA temp_store", "2"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        sqlite3_stmt *stmt = NULL;
        ck_assert_int_eq(sqlite3_prepare_v2(s->db, cases[i].pragma, -1, &stmt, NULL), SQLITE_OK);
        ck_assert_int_eq(sqlite3_step(stmt), SQLITE_ROW);
        ck_assert_str_eq((const char *)sqlite3_column_text(stmt, 0), cases[i].value);
        sqlite3_finalize(stmt);
    }
    ck_assert_int_eq(store_version(), 2);
    store_close(s);
    arena_finish(&arena);
    remove_folder(folder);
}
END_TEST

START_TEST(each_constraint_refuses_what_it_should)
{
    Store *s = open_memory();
    Alliance a = an_alliance(1, "Ana");
    VERB(s, "add", minute(0), ck_ok(store_alliance_insert(s, &a, err)));
#define IN(table, columns, values) "INSERT INTO " table " (" columns ") VALUES (" values ")"
#define ALLIANCE(state, until, due, trust)                                                                   \
    IN("alliance",                                                                                           \
       "id, name, folded, kind, role, situation, state, paused_until, cadence, created_at, "                 \
       "created_offset, due, last_trust, sort_order",                                                        \
       "2, '', '', 'team', '', '', " state ", " until ", '', 0, 0, " due ", " trust ", ''")
#define COMMITMENT(side, due, state, at, offset)                                                             \
    IN("commitment",                                                                                         \
       "id, alliance, side, text, due, state, made_at, made_offset, settled_at, settled_offset",             \
       "3, 1, " side ", '', " due ", " state ", 0, 0, " at ", " offset)
#define CHECK_IN(alliance, stage, trust, quick, offset)                                                      \
    IN("check_in", "id, alliance, stage, happened_at, happened_offset, trust, trust_note, note, quick",      \
       "4, " alliance ", " stage ", 0, " offset ", " trust ", '', '', " quick)
#define VERSION(number, previous, talked, on)                                                                \
    IN("version", "id, alliance, number, previous, since_at, since_offset, reason, talked, talked_on",       \
       "5, 1, " number ", " previous ", 0, 0, '', " talked ", " on)
#define DELIVERY(kind, day, channel, round, attempts, outcome)                                               \
    IN("delivery",                                                                                           \
       "id, kind, subject, alliance, due_day, channel, round, sent_at, sent_offset, attempts, outcome, "     \
       "detail",                                                                                             \
       "12, " kind ", 1, 1, " day ", " channel ", " round ", 0, 0, " attempts ", " outcome ", ''")
    static const struct {
        const char *sql;
        bool ok;
    } cases[] = {
        {ALLIANCE("'active'", "NULL", "'2026-11-22'", "5"), true},
        {ALLIANCE("'asleep'", "NULL", "NULL", "NULL"), false},
        {ALLIANCE("'active'", "'2026-11-22'", "NULL", "NULL"), false}, /* a pause's end without a pause */
        {ALLIANCE("'active'", "NULL", "'22.11.2026'", "NULL"), false},
        {ALLIANCE("'active'", "NULL", "'2026-11-2'", "NULL"), false},
        {ALLIANCE("'active'", "NULL", "20000", "NULL"), false}, /* STRICT turns it to text, which is no day */
        {ALLIANCE("'active'", "NULL", "NULL", "0"), false},
        {ALLIANCE("'active'", "NULL", "NULL", "6"), false},
        {COMMITMENT("'me'", "NULL", "'open'", "NULL", "NULL"), true},
        {COMMITMENT("'me'", "NULL", "'kept'", "5", "0"), true},
        {COMMITMENT("'me'", "NULL", "'kept'", "NULL", "NULL"), false}, /* settled, but when? */
        {COMMITMENT("'me'", "NULL", "'open'", "5", "0"), false},
        {COMMITMENT("'me'", "NULL", "'kept'", "5", "NULL"), false}, /* half an instant */
        {COMMITMENT("'me'", "NULL", "'kept-late'", "5", "0"), false},
        {COMMITMENT("'you'", "NULL", "'open'", "NULL", "NULL"), false},
        {CHECK_IN("1", "'check-in'", "NULL", "0", "3600"), true},
        {CHECK_IN("1", "'team-design'", "1", "1", "-3600"), true},
        {CHECK_IN("1", "'checkin'", "1", "1", "0"), false},
        {CHECK_IN("1", "'check-in'", "6", "1", "0"), false},
        {CHECK_IN("1", "'check-in'", "1", "2", "0"), false},
        {CHECK_IN("1", "'check-in'", "1", "1", "90000"), false},
        {CHECK_IN("9", "'check-in'", "1", "1", "0"), false}, /* of nobody: refused at the commit */
        {CHECK_IN("1", "'check-in'", "'four'", "1", "0"), false},
        {VERSION("1", "NULL", "'not-yet'", "NULL"), true},
        {VERSION("0", "NULL", "'not-yet'", "NULL"), false},
        {VERSION("2", "1", "'not-yet'", "NULL"), false}, /* there is no version 1 */
        {VERSION("2", "NULL", "'not-yet'", "NULL"), false},
        {VERSION("1", "NULL", "'not-yet'", "'2026-11-22'"), false},
        {VERSION("1", "NULL", "'maybe'", "NULL"), false},
        {IN("member", "alliance, person, position", "1, 77, 0"), false},
        {IN("tag", "alliance, tag", "1, ''"), false},
        {IN("tag", "alliance, tag", "1, 'work'"), true},
        {IN("term", "id, alliance, section, side, text, from_version, position",
            "6, 1, 'tone', 'me', '', 1, 0"),
         false},
        {IN("answer", "id, check_in, position, prompt, question, text", "7, 99, 0, 'p', 'q', 't'"), false},
        {IN("look", "id, check_in, term, mark", "9, 99, 98, 'lived'"), false}, /* of nothing */
        {IN("moment", "id, alliance, kind, happened_at, happened_offset, text", "8, 1, 'took', 0, 0, ''"),
         false},
        {IN("draft", "id, alliance, stage, step, steps, state, saved_at, saved_offset, revision",
            "9, 99, 'design', 1, 2, '', 0, 0, 1"),
         true}, /* its alliance may be gone */
        {IN("skip", "id, alliance, of_day, made_at, made_offset", "10, 1, 'soon', 0, 0"), false},
        {IN("snooze", "id, alliance, of_day, until_day, made_at, made_offset",
            "11, 1, '2026-11-22', NULL, 0, 0"),
         false},
        {DELIVERY("'meeting'", "'2026-11-22'", "'mail'", "0", "1", "'failed'"), false},
        {DELIVERY("'review'", "'soon'", "'mail'", "0", "1", "'failed'"), false},
        {DELIVERY("'review'", "'2026-11-22'", "''", "0", "1", "'failed'"), false},
        {DELIVERY("'review'", "'2026-11-22'", "'mail'", "-1", "1", "'failed'"), true}, /* a day before */
        {DELIVERY("'review'", "'2026-11-22'", "'mail'", "0", "0", "'failed'"), false},
        {DELIVERY("'review'", "'2026-11-22'", "'mail'", "0", "1", "'lost'"), false},
        {IN("reminder_run", "id, ran_at, ran_offset, said", "2, 0, 0, ''"), false}, /* there is one last */
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ck_ok(store_begin(s, err));
        Error e = {0};
        bool ok = sql_script(s, cases[i].sql, &e) && store_commit(s, "try", 0, minute(0), &e);
        ck_assert_msg(ok == cases[i].ok, "%s: %s", cases[i].sql, e.msg);
        if (!ok) ck_assert_int_eq(e.code, ERR_USAGE);
        store_rollback(s);
        /* The next case starts from the same journal. */
        Arena arena = {0};
        LogStep step;
        if (ok) ck_ok(store_undo(s, minute(0), &arena, &step, err));
        arena_finish(&arena);
    }
    store_close(s);
}
END_TEST

START_TEST(a_failed_commit_rolls_back)
{
    Store *s = open_memory();
    Moment m = a_moment(5, 99, "of nobody");
    ck_ok(store_begin(s, err));
    ck_ok(store_moment_insert(s, &m, err));
    ck_fails(store_commit(s, "lost", 0, minute(0), err), ERR_USAGE);
    ck_ok(store_begin(s, err)); /* nothing is left open */
    store_rollback(s);
    store_close(s);
}
END_TEST

START_TEST(arguments_are_counted_and_a_rebuilt_index_matches)
{
    Store *s = open_memory();
    ck_fails(sql_run(s, STMT_TERM_PLACE, ARGS(arg_int(1)), err), ERR_UNREADABLE);
    ck_fails(sql_run(s, STMT_TERM_PLACE, ARGS(arg_int(1), arg_int(2), arg_int(3)), err), ERR_UNREADABLE);
    Alliance a = an_alliance(1, "Ana");
    Moment m = a_moment(2, 1, "walk");
    VERB(s, "add", minute(0), ck_ok(store_alliance_insert(s, &a, err));
         ck_ok(store_moment_insert(s, &m, err)));
    ck_ok(sql_script(s, "INSERT INTO search (search, rowid, text) VALUES ('delete', 1, 'walk')", err));
    ck_fails(sql_run(s, STMT_SEARCH_CHECK, NO_ARGS, err), ERR_UNREADABLE);
    ck_ok(store_search_rebuild(s, err));
    ck_ok(sql_run(s, STMT_SEARCH_CHECK, NO_ARGS, err));
    ck_ok(sql_script(s, "DELETE FROM search_doc", err));
    ck_fails(sql_run(s, STMT_SEARCH_CHECK, NO_ARGS, err), ERR_UNREADABLE);
    ck_ok(store_search_rebuild(s, err));
    ck_ok(sql_run(s, STMT_SEARCH_CHECK, NO_ARGS, err));
    store_close(s);
}
END_TEST

START_TEST(a_file_with_a_trigger_of_somebody_else_is_refused)
{
    static const char *const hostile[] = {
        "CREATE TRIGGER hostile AFTER INSERT ON moment BEGIN DELETE FROM alliance; END",
        "CREATE VIEW hostile AS SELECT * FROM person",
    };
    for (size_t i = 0; i < 2; i++) {
        const char *folder = make_folder();
        Arena arena = {0};
        const char *path = arena_strf(&arena, "%s/journal.db", folder);
        Store *s = open_file(path);
        ck_ok(sql_script(s, hostile[i], err));
        store_close(s);
        ck_fails(store_open(path, STORE_EXISTING, &s, err), ERR_UNREADABLE);
        arena_finish(&arena);
        remove_folder(folder);
    }
}
END_TEST

/* The name of an index that SQLite makes of itself has no text: nothing is where every text begins. */
START_TEST(what_only_begins_like_ours_is_not_ours)
{
    const char *folder = make_folder();
    Arena arena = {0};
    const char *path = arena_strf(&arena, "%s/journal.db", folder);
    Store *s = open_file(path);
    sqlite3 *db;
    store_close(s);
    ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
    ck_assert_int_eq(
        sqlite3_exec(db,
                     "PRAGMA writable_schema = ON;"
                     "UPDATE sqlite_schema SET type = 'trigger' WHERE rowid ="
                     " (SELECT min(rowid) FROM sqlite_schema WHERE type = 'index' AND sql IS NULL)",
                     NULL, NULL, NULL),
        SQLITE_OK);
    ck_assert_int_eq(sqlite3_changes(db), 1);
    ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);
    Error e = {0};
    ck_assert(!store_open(path, STORE_EXISTING, &s, &e));
    ck_assert_int_eq(e.code, ERR_UNREADABLE);
    ck_assert_msg(strstr(e.msg, "triggers or views that entente did not write"), "%s", e.msg);
    arena_finish(&arena);
    remove_folder(folder);
}
END_TEST

static const char *const third[] = {
    "ALTER TABLE person ADD COLUMN pronoun TEXT",
    "CREATE INDEX person_name ON person (name)",
    NULL,
};
static const char *const broken[] = {
    "ALTER TABLE person ADD COLUMN pronoun TEXT",
    "CREATE INDEX person_name ON nowhere (name)",
    NULL,
};

START_TEST(an_older_journal_is_backed_up_and_brought_up_to_date)
{
    const Migration road[] = {migrations[0], migrations[1], third};
    const char *folder = make_folder();
    Arena arena = {0};
    struct stat st;
    LogStep step;
    const char *path = arena_strf(&arena, "%s/journal.db", folder),
               *backup = arena_strf(&arena, "%s.v2.bak", path);
    Store *s = open_file(path);
    Person p = {1, "Ana", "", "", ""};
    VERB(s, "add", minute(0), ck_ok(store_person_insert(s, &p, err)));
    char *before = dump(s);
    store_close(s);
    ck_ok(store_open_with(path, STORE_EXISTING, road, 3, &s, err));
    char *after = dump(s);
    ck_assert_ptr_nonnull(strstr(after, "name=\"Ana\""));
    ck_assert_ptr_nonnull(strstr(after, "pronoun=-"));
    ck_ok(store_undo(s, minute(0), &arena, &step, err)); /* a step from before the column */
    ck_ok(store_redo(s, minute(0), &arena, &step, err));
    store_close(s);
    ck_assert_int_eq(stat(backup, &st), 0);
    ck_assert_int_eq(st.st_mode & 0777, 0600);
    ck_ok(store_open(backup, STORE_EXISTING, &s, err));
    char *kept = dump(s);
    ck_assert_str_eq(kept, before);
    store_close(s);
    ck_fails(store_open(path, STORE_EXISTING, &s, err),
             ERR_UNREADABLE); /* to the older program it is newer */
    free(before);
    free(after);
    free(kept);
    arena_finish(&arena);
    remove_folder(folder);
}
END_TEST

START_TEST(a_failed_migration_leaves_the_older_journal_whole)
{
    const Migration bad[] = {migrations[0], migrations[1], broken},
                    good[] = {migrations[0], migrations[1], third};
    const char *folder = make_folder();
    Arena arena = {0};
    const char *path = arena_strf(&arena, "%s/journal.db", folder);
    Store *s = open_file(path);
    Person p = {1, "Ana", "", "", ""};
    VERB(s, "add", minute(0), ck_ok(store_person_insert(s, &p, err)));
    char *before = dump(s);
    store_close(s);
    ck_fails(store_open_with(path, STORE_EXISTING, bad, 3, &s, err), ERR_UNREADABLE);
    s = open_file(path);
    char *after = dump(s);
    ck_assert_str_eq(before, after);
    store_close(s);
    ck_ok(store_open_with(path, STORE_EXISTING, good, 3, &s, err));
    store_close(s);
    free(before);
    free(after);
    arena_finish(&arena);
    remove_folder(folder);
}
END_TEST

static void fill(Store *s)
{
    World w;
    world_init(&w, s, 20261122);
    while (w.clock < 80) world_verb(&w);
    world_finish(&w);
}

static void replace(Str *text, const char *what, const char *with)
{
    const char *at = strstr(text->buf, what);
    ck_assert_ptr_nonnull(at);
    Str out;
    str_init(&out);
    str_add(&out, sv_n(text->buf, (size_t)(at - text->buf)));
    str_add_c(&out, with);
    str_add_c(&out, at + strlen(what));
    str_finish(text);
    *text = out;
}

/* An alliance is written as the first version did: without the column, but with all arguments. */
static void speak_first(Store *s)
{
    static const struct {
        Stmt which;
        const char *from[2], *to[2];
    } old[] = {
        {STMT_ALLIANCE_INSERT, {", cadence_since)", "?21, ?22)"}, {")", "coalesce(?21, ?22))"}},
        {STMT_ALLIANCE_UPDATE,
         {", cadence_since = ?22", "WHERE id = ?1"},
         {"", "WHERE id = ?1 AND ?22 IS NULL"}},
    };
    for (size_t i = 0; i < sizeof old / sizeof *old; i++) {
        Str sql;
        str_init(&sql);
        str_add_c(&sql, statements[old[i].which].sql);
        for (size_t k = 0; k < 2; k++) replace(&sql, old[i].from[k], old[i].to[k]);
        ck_assert_int_eq(sqlite3_prepare_v3(s->db, sql.buf, -1, SQLITE_PREPARE_PERSISTENT,
                                            &s->statements[old[i].which], NULL),
                         SQLITE_OK);
        str_finish(&sql);
    }
}

static Store *open_first(const char *path)
{
    Store *s = NULL;
    ck_ok(store_open_with(path, STORE_CREATE, migrations, 1, &s, err));
    store_seed_ids(s, 7);
    speak_first(s);
    return s;
}

/* A step of the log names the columns there were; what has come since stands behind them. */
START_TEST(steps_of_the_first_version_are_undone_and_redone_beside_the_new_columns)
{
    const char *folder = make_folder();
    Arena arena = {0};
    LogStep step;
    char *after[4];
    const char *path = arena_strf(&arena, "%s/journal.db", folder);
    Store *s = open_first(path);
    Alliance a = an_alliance(1, "Ana");
    VERB(s, "new", minute(0), ck_ok(store_alliance_insert(s, &a, err)));
    a.name = "Ana Maria";
    VERB(s, "rename", minute(1), ck_ok(store_alliance_update(s, &a, err)));
    store_close(s);
    s = open_file(path);
    after[2] = dump(s);
    a.cadence_since = a.anchor = 20000;
    VERB(s, "cadence", minute(2), ck_ok(store_alliance_update(s, &a, err)));
    after[3] = dump(s);
    ck_assert_ptr_nonnull(strstr(after[3], "cadence_since=\"2024-10-04\""));
    for (int n = 3; n > 0; n--) {
        char *now = dump(s);
        if (n > 1) ck_assert_str_eq(now, after[n]);
        ck_ok(store_undo(s, minute(3), &arena, &step, err));
        free(now);
    }
    ck_fails(store_alliance_get(s, 1, &arena, &a, err), ERR_NOT_FOUND);
    for (int n = 1; n <= 3; n++) {
        ck_ok(store_redo(s, minute(3), &arena, &step, err));
        char *now = dump(s);
        if (n > 1) ck_assert_str_eq(now, after[n]);
        free(now);
    }
    free(after[2]);
    free(after[3]);
    store_close(s);
    arena_finish(&arena);
    remove_folder(folder);
}
END_TEST

START_TEST(a_journal_of_the_first_version_keeps_everything)
{
    const char *folder = make_folder();
    Arena arena = {0};
    LogStep step;
    const char *path = arena_strf(&arena, "%s/journal.db", folder),
               *backup = arena_strf(&arena, "%s.v1.bak", path);
    Store *s = open_memory(), *old = NULL;
    fill(s); /* the same words in a journal of today */
    char *whole = dump(s);
    store_close(s);
    old = open_first(path);
    fill(old);
    store_close(old);
    s = open_file(path);
    char *now = dump(s);
    ck_assert_str_eq(now, whole);
    ck_ok(sql_run(s, STMT_SEARCH_CHECK, NO_ARGS, err));
    ck_ok(store_undo(s, minute(0), &arena, &step, err)); /* a step of the older program */
    ck_ok(store_redo(s, minute(0), &arena, &step, err));
    char *again = dump(s);
    ck_assert_str_eq(again, whole);
    store_close(s);
    ck_ok(store_open_with(backup, STORE_EXISTING, migrations, 1, &old, err)); /* still of the first version */
    store_close(old);
    s = open_file(backup);
    char *kept = dump(s);
    ck_assert_str_eq(kept, whole);
    store_close(s);
    free(whole);
    free(now);
    free(again);
    free(kept);
    arena_finish(&arena);
    remove_folder(folder);
}
END_TEST

/* A child that waits for the word, opens the journal and says how that went. */
static pid_t start_opener(const char *path, int word)
{
    pid_t pid = fork();
    ck_assert_int_ge(pid, 0);
    if (pid) return pid;
    char go;
    Store *s = NULL;
    Error why = {0};
    (void)!read(word, &go, 1);
    bool ok = store_open(path, STORE_EXISTING, &s, &why);
    store_close(s);
    if (!ok) (void)!write(STDERR_FILENO, why.msg, strlen(why.msg));
    _exit(ok ? 0 : 1);
}

START_TEST(programs_that_bring_one_journal_up_to_date_at_once_all_have_it)
{
    enum { ROUNDS = 8, PROGRAMS = 4 };
    for (int round = 0; round < ROUNDS; round++) {
        const char *folder = make_folder();
        Arena arena = {0};
        const char *path = arena_strf(&arena, "%s/journal.db", folder);
        int word[2], status;
        pid_t pids[PROGRAMS];
        Store *s = open_first(path);
        store_close(s);
        ck_assert_int_eq(pipe(word), 0);
        for (int i = 0; i < PROGRAMS; i++) pids[i] = start_opener(path, word[0]);
        ck_assert_int_eq(write(word[1], "gogo", PROGRAMS), PROGRAMS);
        for (int i = 0; i < PROGRAMS; i++) {
            ck_assert_int_eq(waitpid(pids[i], &status, 0), pids[i]);
            ck_assert(WIFEXITED(status) && WEXITSTATUS(status) == 0);
        }
        ck_ok(store_open_with(arena_strf(&arena, "%s.v1.bak", path), STORE_EXISTING, migrations, 1, &s, err));
        store_close(s); /* still of the first version */
        (void)close(word[0]);
        (void)close(word[1]);
        arena_finish(&arena);
        remove_folder(folder);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("schema");
    TCase *tc = tcase_create("schema");
    tcase_add_test(tc, every_statement_can_be_prepared);
    tcase_add_test(tc, the_connection_is_set_as_promised);
    tcase_add_test(tc, each_constraint_refuses_what_it_should);
    tcase_add_test(tc, a_failed_commit_rolls_back);
    tcase_add_test(tc, arguments_are_counted_and_a_rebuilt_index_matches);
    tcase_add_test(tc, a_file_with_a_trigger_of_somebody_else_is_refused);
    tcase_add_test(tc, what_only_begins_like_ours_is_not_ours);
    tcase_add_test(tc, an_older_journal_is_backed_up_and_brought_up_to_date);
    tcase_add_test(tc, programs_that_bring_one_journal_up_to_date_at_once_all_have_it);
    tcase_add_test(tc, a_failed_migration_leaves_the_older_journal_whole);
    tcase_add_test(tc, steps_of_the_first_version_are_undone_and_redone_beside_the_new_columns);
    tcase_add_test(tc, a_journal_of_the_first_version_keeps_everything);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
