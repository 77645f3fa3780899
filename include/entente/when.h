#ifndef ENTENTE_WHEN_H
#define ENTENTE_WHEN_H

#include <entente/date.h>
#include <entente/error.h>
#include <entente/str.h>

/* A day as a person says it, with the minutes of a clock time if one was said. */
typedef struct {
    Date date;
    int minutes; /* since midnight; -1: no time was said */
} When;

/*
 * Reads `today`, `tomorrow`, `yesterday`, `monday`..`sunday` (the next one,
 * never today; three-letter forms too), `next friday`, `in 10 days|weeks|months|years`, `10 days ago`, `10 days` (ahead), `next week|month|year`,
 * `3d`, `2w`, `a week`, `in two weeks` (to twelve),
 * `28 nov`, `28 november 2026`, `nov 28`, `sat 28 nov` (the weekday must agree), `2026-11-28`, `2026-11-28T21:40`; each with
 * an optional `HH:MM`. Without a year: the nearest such day from three months
 * before today on. ASCII case and extra spaces do not matter. Failure is ERR_USAGE and names the
 * word that was not understood and the forms that are.
 */
bool when_parse(StrView text, Date today, When *ret, Error *err);

/* Reads how long: `14d`, `14 days`, `1 day`, `2 weeks`, `2w`, `a week`, `0`; months and years have no fixed length and are refused. 0 to 3660 days. ERR_USAGE. */
bool when_parse_days(StrView text, int *ret_days, Error *err);

/* Reads a clock time: `7:00`, `07:00`; minutes since midnight. ERR_USAGE. */
bool when_parse_clock(StrView text, int *ret_minutes, Error *err);

/* Prints a day so that when_parse reads the same day back: "today", "tomorrow", "yesterday", "Sat 28 Nov", "Sat 28 Nov 2027". */
void when_print(Str *out, Date d, Date today);

#endif
