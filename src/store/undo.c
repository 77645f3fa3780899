#include "undo.h"

#include <assert.h>
#include <string.h>

#include "schema.h"

/* What a row of the log holds besides its changes. */
static const char *const state_names[] = {
    [STEP_DONE] = "done", [STEP_UNDONE] = "undone", [STEP_DROPPED] = "dropped"};

static bool state_parse(StrView name, StepState *ret)
{
    for (size_t i = 0; i < sizeof state_names / sizeof state_names[0]; i++) {
        if (!sv_eq(name, sv(state_names[i]))) continue;
        *ret = (StepState)i;
        return true;
    }
    return false;
}

static int is_under_undo(void *unused, const char *table)
{
    (void)unused;
    for (size_t i = 0; i < OWN_TABLE_COUNT; i++) {
        if (strcmp(own_tables[i].name, table) == 0) return own_tables[i].undo;
    }
    return 0;
}

bool undo_record(Store *s, Error *err)
{
    assert(!s->session);
    int rc = sqlite3session_create(s->db, "main", &s->session);
    if (rc == SQLITE_OK) {
        sqlite3session_table_filter(s->session, is_under_undo, NULL);
        rc = sqlite3session_attach(s->session, NULL);
    }
    return rc == SQLITE_OK || sql_fail(s, rc, err);
}

void undo_stop(Store *s)
{
    if (s->session) sqlite3session_delete(s->session);
    s->session = NULL;
}

bool undo_write_step(Store *s, const char *label, Id alliance, Instant at, Error *err)
{
    int len = 0;
    void *changes = NULL;
    int rc = sqlite3session_changeset(s->session, &len, &changes);
    if (rc != SQLITE_OK) return sql_fail(s, rc, err);
    bool ok = len == 0 || (sql_run(s, STMT_STEP_DROP_UNDONE, NO_ARGS, err) &&
                           sql_run(s, STMT_STEP_INSERT,
                                   ARGS(arg_text(label), arg_id(alliance), arg_at(at), arg_offset(at),
                                        arg_text(state_names[STEP_DONE]), arg_bytes(changes, len)),
                                   err));
    sqlite3_free(changes);
    return ok;
}

/*
 * What was written since wins over what is put back: a draft that changed
 * stays, and one that is there already is not replaced. For everything else a
 * mismatch means that the journal is not what it was, and nothing is touched.
 */
static int on_conflict(void *unused, int kind, sqlite3_changeset_iter *change)
{
    (void)unused;
    const char *table = "";
    int columns = 0, op = 0, indirect = 0;
    if (kind == SQLITE_CHANGESET_FOREIGN_KEY) return SQLITE_CHANGESET_ABORT;
    int rc = sqlite3changeset_op(change, &table, &columns, &op, &indirect);
    if (rc == SQLITE_OK && strcmp(table, "draft") == 0) return SQLITE_CHANGESET_OMIT;
    return SQLITE_CHANGESET_ABORT;
}

static int apply(sqlite3 *db, int len, void *changes, bool inverted)
{
    return sqlite3changeset_apply_v2(db, len, changes, NULL, on_conflict, NULL, NULL, NULL,
                                     inverted ? SQLITE_CHANGESETAPPLY_INVERT : 0);
}

static bool apply_step(Store *s, const LogStep *step, Arg changes, bool back, Error *err)
{
    /* The arena owns the bytes; SQLite only reads them, whatever its prototype says. */
    int rc = apply(s->db, changes.len, (void *)(uintptr_t)changes.bytes, back);
    if (rc == SQLITE_OK) return true;
    if ((rc & 0xff) != SQLITE_ABORT && (rc & 0xff) != SQLITE_CONSTRAINT) return sql_fail(s, rc, err);
    return error_set(
        err, ERR_USAGE,
        "\"%s\" cannot be %s: the journal has changed since. Nothing was changed; change it by hand.",
        step->label, back ? "taken back" : "done again");
}

static void take_step(Query *q, LogStep *ret)
{
    ret->id = take_long(q);
    ret->label = take_text(q);
    ret->alliance = take_long(q);
    ret->at = take_instant(q);
    TAKE_NAME(q, state_parse, &ret->state);
}

/* The step that comes next in this direction, with its changes as arena-owned bytes. */
static bool find_step(Store *s, Stmt which, Arena *arena, LogStep *ret, Arg *ret_changes, Error *err)
{
    Query q;
    if (!query_start(&q, s, which, arena, NO_ARGS, err)) return false;
    bool found = query_next(&q);
    if (found) {
        take_step(&q, ret);
        const void *bytes = sqlite3_column_blob(q.stmt, q.column);
        int len = sqlite3_column_bytes(q.stmt, q.column);
        *ret_changes = arg_bytes(arena_copy(arena, bytes, (size_t)len), len);
    }
    if (!query_end(&q, err)) return false;
    return found ||
           error_set(err, ERR_NOT_FOUND, "Nothing to %s.", which == STMT_STEP_LAST_DONE ? "undo" : "redo");
}

static bool move(Store *s, bool back, Instant at, Arena *arena, LogStep *ret, Error *err)
{
    LogStep step = {0};
    Arg changes = {0};
    if (!find_step(s, back ? STMT_STEP_LAST_DONE : STMT_STEP_NEXT_UNDONE, arena, &step, &changes, err))
        return false;
    step.state = back ? STEP_UNDONE : STEP_DONE;
    if (!apply_step(s, &step, changes, back, err)) return false;
    if (!sql_run(s, STMT_STEP_SET_STATE,
                 ARGS(arg_int(step.id), arg_text(state_names[step.state]), arg_at(at)), err))
        return false;
    *ret = step;
    return true;
}

static bool move_in_transaction(Store *s, bool back, Instant at, Arena *arena, LogStep *ret, Error *err)
{
    assert(sqlite3_get_autocommit(s->db));
    LogStep step;
    if (!sql_run(s, STMT_BEGIN, NO_ARGS, err)) return false;
    if (move(s, back, at, arena, &step, err) && sql_run(s, STMT_COMMIT, NO_ARGS, err)) {
        *ret = step;
        return true;
    }
    store_rollback(s);
    return false;
}

bool store_undo(Store *s, Instant at, Arena *arena, LogStep *ret, Error *err)
{
    return move_in_transaction(s, true, at, arena, ret, err);
}

bool store_redo(Store *s, Instant at, Arena *arena, LogStep *ret, Error *err)
{
    return move_in_transaction(s, false, at, arena, ret, err);
}

bool store_log(Store *s, Id before, size_t limit, Arena *arena, LogStep **ret, size_t *ret_n, Error *err)
{
    Query q;
    LogStep *steps = arena_array(arena, limit, sizeof *steps);
    size_t n = 0;
    if (!query_start(&q, s, STMT_STEP_PAGE, arena,
                     ARGS(arg_int(before ? before : INT64_MAX), arg_int((int64_t)limit)), err)) {
        return false;
    }
    while (n < limit && query_next(&q)) take_step(&q, &steps[n++]);
    if (!query_end(&q, err)) return false;
    *ret = steps;
    *ret_n = n;
    return true;
}

bool store_last_change(Store *s, Instant *ret, Error *err)
{
    Query q;
    Instant last = INSTANT_NONE;
    if (!query_start(&q, s, STMT_STEP_LAST_CHANGE, NULL, NO_ARGS, err)) return false;
    if (query_next(&q) && sqlite3_column_type(q.stmt, 0) != SQLITE_NULL) last = (Instant){take_long(&q), 0};
    if (!query_end(&q, err)) return false;
    *ret = last;
    return true;
}

bool store_forget_log(Store *s, Error *err)
{
    assert(s->session);
    return sql_run(s, STMT_STEP_FORGET, NO_ARGS, err);
}
