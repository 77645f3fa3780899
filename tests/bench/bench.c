#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <entente/mem.h>

void must(bool ok, const Error *err)
{
    must_do(ok, err->msg);
}

void must_do(bool ok, const char *what)
{
    if (ok) return;
    fprintf(stderr, "bench: %s\n", what);
    exit(1);
}

double now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double median_us(void (*once)(void *data), void *data, size_t rounds)
{
    double *took = mem_zalloc(rounds, sizeof *took);
    for (size_t i = 0; i < rounds; i++) {
        double from = now_us();
        once(data);
        took[i] = now_us() - from;
    }
    qsort(took, rounds, sizeof *took, by_size);
    double median = took[rounds / 2];
    free(took);
    return median;
}
