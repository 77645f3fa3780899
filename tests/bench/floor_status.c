/* The floor of `entente status`: SQLite and two counts. */
#include "bench.h"

#include <sqlite3.h>
#include <stdio.h>

static int count(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *q;
    must_do(sqlite3_prepare_v2(db, sql, -1, &q, NULL) == SQLITE_OK, sqlite3_errmsg(db));
    int n = sqlite3_step(q) == SQLITE_ROW ? sqlite3_column_int(q, 0) : 0;
    sqlite3_finalize(q);
    return n;
}

int main(int argc, char **argv)
{
    sqlite3 *db;
    must_do(argc == 2, "usage: floor_status JOURNAL");
    must_do(sqlite3_open_v2(argv[1], &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK, "cannot open");
    printf("%d %d\n",
           count(db, "SELECT count(*) FROM alliance INDEXED BY alliance_due WHERE due <= '" BENCH_DAY
                     "' AND trashed_at IS NULL AND state <> 'ended'"),
           count(db, "SELECT count(*) FROM commitment INDEXED BY commitment_due WHERE due <= '" BENCH_DAY
                     "' AND state = 'open' AND side <> 'them' AND trashed_at IS NULL"));
    return sqlite3_close(db);
}
