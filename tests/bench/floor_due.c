/* The floor of `entente due`: SQLite, the one query, one line a row. */
#include "bench.h"

#include <sqlite3.h>
#include <stdio.h>

int main(int argc, char **argv)
{
    sqlite3 *db;
    sqlite3_stmt *q;
    must_do(argc == 2, "usage: floor_due JOURNAL");
    must_do(sqlite3_open_v2(argv[1], &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK, "cannot open");
    must_do(sqlite3_prepare_v2(db,
                               "SELECT name, due, last_trust FROM alliance INDEXED BY alliance_current"
                               " WHERE trashed_at IS NULL AND state <> 'ended' AND sort_order < '" BENCH_DAY
                               "!'"
                               " ORDER BY sort_order, id",
                               -1, &q, NULL) == SQLITE_OK,
            sqlite3_errmsg(db));
    while (sqlite3_step(q) == SQLITE_ROW)
        printf("%s  %s  %d\n", (const char *)sqlite3_column_text(q, 0),
               (const char *)sqlite3_column_text(q, 1), sqlite3_column_int(q, 2));
    sqlite3_finalize(q);
    return sqlite3_close(db);
}
