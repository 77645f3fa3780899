#include "sql.h"

#include <assert.h>
#include <limits.h>
#include <string.h>

#include <entente/mem.h>

Arg arg_int(int64_t n)
{
    return (Arg){.kind = ARG_INT, .number = n};
}

Arg arg_id(Id id)
{
    return id == 0 ? (Arg){0} : arg_int(id);
}

Arg arg_bytes(const void *p, int len)
{
    return (Arg){.kind = ARG_BYTES, .bytes = p, .len = len};
}

Arg arg_text(const char *s)
{
    return s ? (Arg){.kind = ARG_TEXT, .bytes = s} : (Arg){0};
}

Arg arg_day(Date d)
{
    return d == DATE_NONE ? (Arg){0} : (Arg){.kind = ARG_DAY, .number = d};
}

Arg arg_at(Instant t)
{
    return instant_is_none(t) ? (Arg){0} : arg_int(t.unix_ms);
}

Arg arg_offset(Instant t)
{
    return instant_is_none(t) ? (Arg){0} : arg_int(t.offset);
}

static ErrorCode io_code(int extended)
{
    switch (extended) {
    case SQLITE_IOERR_WRITE:
    case SQLITE_IOERR_FSYNC:
    case SQLITE_IOERR_DIR_FSYNC:
    case SQLITE_IOERR_TRUNCATE:
    case SQLITE_IOERR_DELETE:
    case SQLITE_IOERR_SHMOPEN:
    case SQLITE_IOERR_SHMSIZE:
    case SQLITE_IOERR_SHMMAP: return ERR_CANNOT_WRITE;
    case SQLITE_IOERR_LOCK:
    case SQLITE_IOERR_BLOCKED: return ERR_IN_USE;
    default: return ERR_UNREADABLE;
    }
}

/* The low byte of an extended code is the primary one: sqlite.org/rescode.html, section 2. */
static ErrorCode code_of(int extended)
{
    switch (extended & 0xff) {
    case SQLITE_FULL:
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_NOMEM: return ERR_CANNOT_WRITE;
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return ERR_IN_USE;
    case SQLITE_IOERR: return io_code(extended);
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
    case SQLITE_TOOBIG: return ERR_USAGE;
    case SQLITE_INTERRUPT: return ERR_INTERRUPTED;
    default: return ERR_UNREADABLE;
    }
}

bool sql_fail(Store *s, int rc, Error *err)
{
    /* The connection's last error says more, where it is the same one. */
    bool last = s->db && (sqlite3_errcode(s->db) & 0xff) == (rc & 0xff);
    int extended = last ? sqlite3_extended_errcode(s->db) : rc;
    const char *why = last ? sqlite3_errmsg(s->db) : sqlite3_errstr(rc);
    const char *path = s->path ? s->path : "";
    ErrorCode code = code_of(extended);
    if ((extended & 0xff) == SQLITE_AUTH) {
        return error_set(err, ERR_CANNOT_WRITE,
                         "a reminder may write to its own log and nowhere else: %s. Nothing was changed; "
                         "this is a fault of entente, please report it.",
                         why);
    }
    switch (code) {
    case ERR_CANNOT_WRITE:
        return error_set(err, code,
                         "%s cannot be written: %s. Free some space or mend the permissions, then try again.",
                         path, why);
    case ERR_IN_USE:
        return error_set(
            err, code, "%s is in use: another program has kept it locked for five seconds. Try again.", path);
    case ERR_USAGE:
        return error_set(err, code, "the journal does not take this: %s. Nothing was changed.", why);
    case ERR_INTERRUPTED: return error_set(err, code, "interrupted: nothing was changed.");
    default:
        return error_set(err, code, "%s cannot be read: %s. Restore a backup or name another with --journal.",
                         path, why);
    }
}

bool sql_missing(const char *what, Error *err)
{
    return error_set(err, ERR_NOT_FOUND, "%s is not in the journal: it may have been removed. Look again.",
                     what);
}

static bool only_space(const char *s)
{
    return s[strspn(s, " \t\n;")] == '\0';
}

static bool prepare(Store *s, Stmt which, Error *err)
{
    if (s->statements[which]) return true;
    const char *tail = "";
    int rc = sqlite3_prepare_v3(s->db, statements[which].sql, -1, SQLITE_PREPARE_PERSISTENT,
                                &s->statements[which], &tail);
    if (rc != SQLITE_OK) return sql_fail(s, rc, err);
    if (!only_space(tail)) {
        return error_set(err, ERR_UNREADABLE, "statement %s: text follows its end.", statements[which].name);
    }
    return true;
}

static int bind_day(sqlite3_stmt *stmt, int at, Date day)
{
    Str text;
    str_init(&text);
    date_print_iso(&text, day);
    int rc = sqlite3_bind_text(stmt, at, text.buf, (int)text.len, SQLITE_TRANSIENT);
    str_finish(&text);
    return rc;
}

static int bind(sqlite3_stmt *stmt, int at, const Arg *a)
{
    switch (a->kind) {
    case ARG_NULL: return sqlite3_bind_null(stmt, at);
    case ARG_INT: return sqlite3_bind_int64(stmt, at, a->number);
    case ARG_TEXT: return sqlite3_bind_text(stmt, at, a->bytes, -1, SQLITE_TRANSIENT);
    case ARG_BYTES: return sqlite3_bind_blob(stmt, at, a->bytes, a->len, SQLITE_TRANSIENT);
    case ARG_DAY: return bind_day(stmt, at, (Date)a->number);
    }
    return SQLITE_MISUSE;
}

bool query_start(Query *q, Store *s, Stmt which, Arena *arena, const Arg *args, size_t n, Error *err)
{
    *q = (Query){.s = s, .arena = arena, .rc = SQLITE_ROW};
    if (!prepare(s, which, err)) return false;
    q->stmt = s->statements[which];
    assert(!sqlite3_stmt_busy(q->stmt));
    if ((size_t)sqlite3_bind_parameter_count(q->stmt) != n) {
        return error_set(err, ERR_UNREADABLE, "statement %s: %zu arguments given, it takes %d.",
                         statements[which].name, n, sqlite3_bind_parameter_count(q->stmt));
    }
    for (size_t i = 0; i < n; i++) {
        int rc = bind(q->stmt, (int)i + 1, &args[i]);
        if (rc != SQLITE_OK) return sql_fail(s, rc, err);
    }
    return true;
}

bool query_next(Query *q)
{
    q->column = 0;
    q->rc = sqlite3_step(q->stmt);
    return q->rc == SQLITE_ROW;
}

bool query_end(Query *q, Error *err)
{
    bool failed = q->rc != SQLITE_ROW && q->rc != SQLITE_DONE;
    if (failed) (void)sql_fail(q->s, q->rc, err);
    sqlite3_reset(q->stmt);
    sqlite3_clear_bindings(q->stmt);
    if (failed) return false;
    if (q->bad) {
        return error_set(err, ERR_UNREADABLE,
                         "%s cannot be read: it holds a word this program does not know. "
                         "Restore a backup or name another with --journal.",
                         q->s->path);
    }
    return true;
}

bool sql_run(Store *s, Stmt which, const Arg *args, size_t n, Error *err)
{
    Query q;
    if (!query_start(&q, s, which, NULL, args, n, err)) return false;
    while (query_next(&q)) continue;
    return query_end(&q, err);
}

bool sql_change(Store *s, Stmt which, const char *what, const Arg *args, size_t n, Error *err)
{
    if (!sql_run(s, which, args, n, err)) return false;
    if (sqlite3_changes(s->db) > 0) return true;
    return error_set(err, ERR_NOT_FOUND, "%s is not in the journal: it may have been removed. Look again.",
                     what);
}

bool sql_number(Store *s, Stmt which, const Arg *args, size_t n, int64_t *ret, Error *err)
{
    Query q;
    if (!query_start(&q, s, which, NULL, args, n, err)) return false;
    int64_t value = query_next(&q) ? take_long(&q) : 0;
    if (!query_end(&q, err)) return false;
    *ret = value;
    return true;
}

bool sql_count(Store *s, Stmt which, const Arg *args, size_t n, size_t *ret, Error *err)
{
    Query q;
    size_t rows = 0;
    if (!query_start(&q, s, which, NULL, args, n, err)) return false;
    while (query_next(&q)) rows++;
    if (!query_end(&q, err)) return false;
    *ret = rows;
    return true;
}

bool sql_script(Store *s, const char *script, Error *err)
{
    int rc = sqlite3_exec(s->db, script, NULL, NULL, NULL);
    return rc == SQLITE_OK || sql_fail(s, rc, err);
}

int64_t take_long(Query *q)
{
    return sqlite3_column_int64(q->stmt, q->column++);
}

int take_int(Query *q)
{
    int64_t n = take_long(q);
    take_check(q, n >= INT_MIN && n <= INT_MAX);
    return (int)n;
}

bool take_flag(Query *q)
{
    return take_long(q) != 0;
}

StrView take_view(Query *q)
{
    int at = q->column++;
    const char *text = (const char *)sqlite3_column_text(q->stmt, at);
    return text ? sv_n(text, (size_t)sqlite3_column_bytes(q->stmt, at)) : sv("");
}

const char *take_text(Query *q)
{
    return arena_str(q->arena, take_view(q));
}

Date take_day(Query *q)
{
    if (sqlite3_column_type(q->stmt, q->column) == SQLITE_NULL) {
        q->column++;
        return DATE_NONE;
    }
    Date day = DATE_NONE;
    take_check(q, date_parse_iso(take_view(q), &day));
    return day;
}

Instant take_instant(Query *q)
{
    bool none = sqlite3_column_type(q->stmt, q->column) == SQLITE_NULL;
    int64_t ms = take_long(q);
    int offset = take_int(q);
    return none ? INSTANT_NONE : (Instant){ms, offset};
}

void take_check(Query *q, bool ok)
{
    q->bad = q->bad || !ok;
}

void sql_close_statements(Store *s)
{
    for (size_t i = 0; i < STMT_COUNT; i++) {
        sqlite3_finalize(s->statements[i]);
        s->statements[i] = NULL;
    }
}
