#ifndef ENTENTE_DATE_H
#define ENTENTE_DATE_H

#include <entente/str.h>
#include <stdbool.h>
#include <stdint.h>

/*
 * A civil date: days since 1970-01-01 in the proleptic Gregorian calendar. It
 * has no zone. Supported: 0001-01-01 to 9999-12-31.
 */
typedef int32_t Date;
#define DATE_NONE INT32_MIN

typedef enum { MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY } Weekday;

bool date_valid(int year, int month, int day);        /* month 1-12, day 1.. */
Date date_make(int year, int month, int day);          /* must be valid */
void date_split(Date d, int *ret_year, int *ret_month, int *ret_day); /* any may be NULL */
Weekday date_weekday(Date d);
int date_days_in_month(int year, int month);
Date date_add_months(Date d, int months);              /* day clamped to the month's end: 31 Jan + 1 = 28 or 29 Feb; DATE_NONE outside the supported years */

bool date_parse_iso(StrView text, Date *ret);          /* exactly YYYY-MM-DD */
void date_print_iso(Str *out, Date d);                 /* DATE_NONE adds nothing */
void date_print_long(Str *out, Date d);                /* "Sun 22 Nov 2026" */
void date_print_short(Str *out, Date d, Date today);   /* "Sun 22 Nov", with the year when it is not today's */
void date_print_day(Str *out, Date d, Date today);     /* "3 Nov", with the year when it is not today's */
void date_print_relative(Str *out, Date d, Date today);/* "today", "tomorrow", "in 3 days", "5 days ago", "in 6 weeks"; the units of date_span */

/* How long some days are, rounded, as people say it: 'd'ays up to 13, 'w'eeks up to 9, 'm'onths up to 23, then 'y'ears. */
int date_span(int days, char *ret_unit);
const char *weekday_name(Weekday d);                   /* "Monday" */
const char *month_name(int month);                     /* "January" for 1 */

/* A moment in time that remembers where the clock on the wall stood: RFC 3339 with offset. */
typedef struct {
    int64_t unix_ms;      /* milliseconds since 1970-01-01T00:00Z */
    int32_t offset;       /* seconds east of UTC */
} Instant;
#define INSTANT_NONE ((Instant){INT64_MIN, 0})

bool instant_is_none(Instant t);
int instant_cmp(Instant a, Instant b);                 /* by time only: <0, 0, >0 */
Date instant_date(Instant t);                          /* the civil date on that wall; DATE_NONE for none */
int instant_minutes(Instant t);                        /* minutes since midnight on that wall */
void instant_print(Str *out, Instant t);               /* "2026-11-22T21:40:00+01:00" */
bool instant_parse(StrView text, Instant *ret);        /* the same form; fraction of a second and "Z" allowed; local years 1 to 9999 */
void instant_print_clock(Str *out, Instant t);         /* "21:40" */

/* Where local time comes from. `offset_at` answers seconds east of UTC in force at a UTC second; NULL: always `fixed`. */
typedef struct {
    int32_t (*offset_at)(const void *data, int64_t unix_seconds);
    const void *data;
    int32_t fixed; /* used by zone_fixed */
} Zone;

Zone zone_system(void);                                /* TZ and /etc/localtime through localtime_r */
Zone zone_fixed(int32_t offset);                       /* always this offset; for tests and the demo */
Instant instant_at(const Zone *zone, int64_t unix_ms); /* with the offset in force */

/*
 * The instant of a local time. RFC 5545 3.3.5: in a gap the offset before the
 * gap counts, of an ambiguous time the first occurrence.
 */
Instant instant_local(const Zone *zone, Date d, int minutes);

#endif
