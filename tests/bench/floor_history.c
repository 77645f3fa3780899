/* The floor of a history page: one prepared keyset query of SQLite. Prints microseconds at the head, middle
 * and end. */
#include "bench.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct {
    sqlite3_stmt *q;
    int64_t from;
} Page;

static void read_page(void *data)
{
    Page *p = data;
    size_t n = 0;
    sqlite3_bind_int64(p->q, 1, p->from);
    while (sqlite3_step(p->q) == SQLITE_ROW) n += sqlite3_column_text(p->q, 5) != NULL;
    must_do(n == BENCH_PAGE, "the page is not full");
    sqlite3_reset(p->q);
}

int main(int argc, char **argv)
{
    sqlite3 *db;
    Page p;
    must_do(argc >= 3, "usage: floor_history JOURNAL INSTANT...");
    must_do(sqlite3_open_v2(argv[1], &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK, "cannot open");
    must_do(
        sqlite3_prepare_v2(db,
                           "SELECT c.id, c.stage, a.name, c.happened_at, c.trust,"
                           " (SELECT text FROM answer w WHERE w.check_in = c.id ORDER BY position LIMIT 1)"
                           " FROM check_in c CROSS JOIN alliance a ON a.id = c.alliance"
                           " WHERE c.happened_at < ?1 ORDER BY c.happened_at DESC, c.id DESC LIMIT 50",
                           -1, &p.q, NULL) == SQLITE_OK,
        sqlite3_errmsg(db));
    for (int i = 2; i < argc; i++) {
        p.from = strtoll(argv[i], NULL, 10);
        printf("%.1f\n", median_us(read_page, &p, BENCH_ROUNDS));
    }
    sqlite3_finalize(p.q);
    return sqlite3_close(db);
}
