#ifndef ENTENTE_STORE_SQL_H
#define ENTENTE_STORE_SQL_H

/* Debian's library is built with sessions; its header shows them only to those who ask. */
#define SQLITE_ENABLE_SESSION 1
#define SQLITE_ENABLE_PREUPDATE_HOOK 1

#include <entente/store.h>
#include <entente/vec.h>
#include <sqlite3.h>
#include "statements.h"

/* A thin layer over SQLite: every statement by its number, prepared on first use; typed arguments in, typed columns out. */

struct Store {
    sqlite3 *db;
    sqlite3_stmt *statements[STMT_COUNT]; /* NULL until first used */
    sqlite3_session *session;             /* records the open verb; NULL outside one */
    char *path;
    Id last_id;
    uint64_t seed;                        /* of ids; 0: the system's randomness */
    int64_t data_version;                 /* as last seen by store_changed_elsewhere */
};

/* One bound parameter. Text and bytes are copied when bound. */
typedef enum { ARG_NULL, ARG_INT, ARG_TEXT, ARG_BYTES, ARG_DAY } ArgKind;
typedef struct {
    ArgKind kind;
    int64_t number;
    const void *bytes;
    int len;
} Arg;

Arg arg_int(int64_t n);
Arg arg_id(Id id);             /* 0 becomes NULL */
Arg arg_text(const char *s);   /* NULL stays NULL */
Arg arg_bytes(const void *p, int len);
Arg arg_day(Date d);           /* YYYY-MM-DD; DATE_NONE becomes NULL */
Arg arg_at(Instant t);         /* milliseconds; none becomes NULL */
Arg arg_offset(Instant t);     /* seconds; none becomes NULL */

/* The arguments of a statement, for its parameters ?1, ?2, ... in this order; all must be given. */
#define ARGS(...) (const Arg[]){__VA_ARGS__}, sizeof((const Arg[]){__VA_ARGS__}) / sizeof(Arg)
#define NO_ARGS NULL, 0

/* Reports what SQLite said as one of the house's errors. Always false. */
bool sql_fail(Store *s, int rc, Error *err);

/* ERR_NOT_FOUND for what is no longer, or never was, in the journal. Always false. */
bool sql_missing(const char *what, Error *err);

/* Runs a script of statements without parameters: the schema's and the connection's. */
bool sql_script(Store *s, const char *script, Error *err);

/* Runs a statement for its effect. sql_change also fails with ERR_NOT_FOUND, naming `what`, when no row was there to change. */
bool sql_run(Store *s, Stmt which, const Arg *args, size_t n, Error *err);
bool sql_change(Store *s, Stmt which, const char *what, const Arg *args, size_t n, Error *err);

/* First column of the first row as a number; 0 without a row. */
bool sql_number(Store *s, Stmt which, const Arg *args, size_t n, int64_t *ret, Error *err);

/* How many rows there are. */
bool sql_count(Store *s, Stmt which, const Arg *args, size_t n, size_t *ret, Error *err);

/*
 * Reading rows:
 *
 *     Query q;
 *     if (!query_start(&q, s, STMT_X, arena, ARGS(...), err)) return false;
 *     while (query_next(&q)) { a = take_int(&q); b = take_text(&q); }
 *     return query_end(&q, err);
 *
 * Columns are taken in the order the statement names them. query_end must
 * follow every successful query_start; it frees the statement for its next use
 * and reports a failed step or a column that holds what no enum knows.
 */
typedef struct {
    Store *s;
    sqlite3_stmt *stmt;
    Arena *arena;
    int column; /* the next to take */
    int rc;
    bool bad;
} Query;

bool query_start(Query *q, Store *s, Stmt which, Arena *arena, const Arg *args, size_t n, Error *err);
bool query_next(Query *q);
bool query_end(Query *q, Error *err);

int64_t take_long(Query *q);
int take_int(Query *q);
bool take_flag(Query *q);
const char *take_text(Query *q); /* arena-owned, "" for NULL */
StrView take_view(Query *q);     /* valid until the next step */
Date take_day(Query *q);
Instant take_instant(Query *q);  /* two columns */
void take_check(Query *q, bool ok);

/* A column that holds an enum's stable name. */
#define TAKE_NAME(q, parse, ret) take_check((q), parse(take_view(q), (ret)))

/* Ends a function: all rows into an arena-owned array. */
#define RETURN_ROWS(q, Type, take, ret, ret_n, err)                                                          \
    do {                                                                                                     \
        Vec(Type) rows_ = {0};                                                                               \
        while (query_next(q)) vec_push(&rows_, take(q));                                                     \
        bool ok_ = query_end(q, err);                                                                        \
        if (ok_) {                                                                                           \
            *(ret) = rows_.len ? arena_copy((q)->arena, rows_.at, rows_.len * sizeof *rows_.at) : NULL;      \
            *(ret_n) = rows_.len;                                                                            \
        }                                                                                                    \
        vec_finish(&rows_);                                                                                  \
        return ok_;                                                                                          \
    } while (0)

/* Ends a function: the first row, or ERR_NOT_FOUND naming `what`. */
#define RETURN_ROW(q, Type, take, what, ret, err)                                                            \
    do {                                                                                                     \
        Type row_ = {0};                                                                                     \
        bool found_ = query_next(q);                                                                         \
        if (found_) row_ = take(q);                                                                          \
        if (!query_end(q, err)) return false;                                                                \
        if (!found_) return sql_missing((what), err);                                                        \
        *(ret) = row_;                                                                                       \
        return true;                                                                                         \
    } while (0)

void sql_close_statements(Store *s);

#endif
