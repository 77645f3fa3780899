/* A history page as the program reads it. Prints microseconds below each instant given. */
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>

#include <entente/store_history.h>

typedef struct {
    Store *s;
    HistoryCursor before;
} Page;

static void read_page(void *data)
{
    Page *p = data;
    Error err = {0};
    Arena arena = {0};
    HistoryFilter filter = history_filter();
    HistoryRow *rows;
    HistoryCursor next;
    size_t n = 0;
    must(store_history(p->s, &filter, &p->before, BENCH_PAGE, &arena, &rows, &n, &next, &err), &err);
    must_do(n == BENCH_PAGE, "the page is not full");
    arena_finish(&arena);
}

int main(int argc, char **argv)
{
    Error err = {0};
    Page p = {0};
    must_do(argc >= 3, "usage: history JOURNAL INSTANT...");
    must(store_open(argv[1], STORE_EXISTING, &p.s, &err), &err);
    for (int i = 2; i < argc; i++) {
        p.before = (HistoryCursor){true, strtoll(argv[i], NULL, 10), 0};
        printf("%.1f\n", median_us(read_page, &p, BENCH_ROUNDS));
    }
    store_close(p.s);
    return 0;
}
