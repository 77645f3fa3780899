#include <entente/store.h>

#include "schema.h"

static void add_quoted(Str *out, StrView text)
{
    str_add_char(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == '"' || c == '\\') str_add_char(out, '\\');
        if (c == '\n') {
            str_add_c(out, "\\n");
        } else {
            str_add_char(out, c);
        }
    }
    str_add_char(out, '"');
}

static void add_column(Str *out, sqlite3_stmt *stmt, int i)
{
    str_addf(out, " %s=", sqlite3_column_name(stmt, i));
    switch (sqlite3_column_type(stmt, i)) {
    case SQLITE_NULL: str_add_c(out, "-"); break;
    case SQLITE_INTEGER: str_addf(out, "%lld", (long long)sqlite3_column_int64(stmt, i)); break;
    default:
        add_quoted(out,
                   sv_n((const char *)sqlite3_column_text(stmt, i), (size_t)sqlite3_column_bytes(stmt, i)));
        break;
    }
}

static bool dump_table(Store *s, const OwnTable *table, Str *out, Error *err)
{
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(s->db, table->dump, -1, &stmt, NULL);
    while (rc == SQLITE_OK || rc == SQLITE_ROW) {
        rc = sqlite3_step(stmt);
        if (rc != SQLITE_ROW) break;
        str_add_c(out, table->name);
        for (int i = 0; i < sqlite3_column_count(stmt); i++) add_column(out, stmt, i);
        str_add_char(out, '\n');
    }
    bool ok = rc == SQLITE_DONE || sql_fail(s, rc, err);
    sqlite3_finalize(stmt);
    return ok;
}

bool store_dump(Store *s, Str *out, Error *err)
{
    for (size_t i = 0; i < OWN_TABLE_COUNT; i++) {
        if (!dump_table(s, &own_tables[i], out, err)) return false;
    }
    return true;
}

/* EXPLAIN QUERY PLAN answers id, parent, unused, detail: sqlite.org/eqp.html. */
static bool add_plan(Store *s, const Statement *statement, Str *out, Error *err)
{
    Str sql;
    sqlite3_stmt *stmt = NULL;
    str_init(&sql);
    str_addf(&sql, "EXPLAIN QUERY PLAN %s", statement->sql);
    int rc = sqlite3_prepare_v2(s->db, sql.buf, -1, &stmt, NULL);
    str_finish(&sql);
    while (rc == SQLITE_OK || rc == SQLITE_ROW) {
        rc = sqlite3_step(stmt);
        if (rc == SQLITE_ROW) str_addf(out, "%s: %s\n", statement->name, sqlite3_column_text(stmt, 3));
    }
    bool ok = rc == SQLITE_DONE || sql_fail(s, rc, err);
    sqlite3_finalize(stmt);
    return ok;
}

bool store_list_plans(Store *s, Str *out, Error *err)
{
    for (size_t i = 0; i < STMT_COUNT; i++) {
        if (statements[i].list && !add_plan(s, &statements[i], out, err)) return false;
    }
    return true;
}
