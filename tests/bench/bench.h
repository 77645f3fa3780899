#ifndef ENTENTE_TESTS_BENCH_BENCH_H
#define ENTENTE_TESTS_BENCH_BENCH_H

#include <entente/error.h>
#include <stddef.h>

/* What the measuring programs share. They measure; they are no tests: whatever fails ends them. */

/* The day that all benchmark journals are written for and read on. */
#define BENCH_DAY    "2026-11-22"
#define BENCH_NOW_MS INT64_C(1795380000000) /* 2026-11-22T21:40:00+01:00 */
enum { BENCH_OFFSET = 3600, BENCH_PAGE = 50, BENCH_ROUNDS = 40 };

void must(bool ok, const Error *err); /* prints the error and exits */
void must_do(bool ok, const char *what);
double now_us(void);

/* Runs `once` `rounds` times and returns the median in microseconds. */
double median_us(void (*once)(void *data), void *data, size_t rounds);

#endif
