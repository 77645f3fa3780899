#ifndef ENTENTE_CADENCE_H
#define ENTENTE_CADENCE_H

#include <entente/date.h>
#include <entente/error.h>
#include <entente/str.h>
#include <stdbool.h>

/*
 * How often to check in. A small language that prints back what it reads.
 * Rolling cadences count from the last check-in; fixed ones follow the
 * calendar.
 */
typedef enum { CADENCE_NONE, CADENCE_ROLLING, CADENCE_FIXED } CadenceKind;
typedef enum { UNIT_DAY, UNIT_WEEK, UNIT_MONTH, UNIT_YEAR } CadenceUnit;

typedef struct {
    CadenceKind kind;
    CadenceUnit unit;
    int every;  /* 1..366 units */
    bool named; /* said as weekly, monthly, quarterly, yearly: printed so */
} Cadence;

enum { CADENCE_TEXT_MAX = 64 };

/*
 * Reads `every N days|weeks|months|years`, `every day|week|month|year`, `weekly`, `monthly`,
 * `quarterly`, `yearly`; the empty text is no cadence. ASCII case and extra
 * spaces do not matter. Failure is ERR_USAGE: the word, its place, the nearest forms.
 */
bool cadence_parse(StrView text, Cadence *ret, Error *err);

/* Prints what cadence_parse reads; CADENCE_NONE prints nothing. */
void cadence_print(Str *out, const Cadence *c);

/* In a sentence: "every 2 weeks", "every week", "every month", "no reminder". */
void cadence_print_words(Str *out, const Cadence *c);

/* The RFC 5545 recurrence rule without "RRULE:", e.g. "FREQ=WEEKLY;INTERVAL=2"; nothing for CADENCE_NONE. */
void cadence_print_rrule(Str *out, const Cadence *c);

/* `from` + n intervals, counted from `from` in one go so that month ends clamp and never drift (31 Jan, 28 Feb, 31 Mar). n >= 0. DATE_NONE past year 9999 or for no cadence. */
Date cadence_add(const Cadence *c, Date from, int n);

/* The first day of from + N intervals (N >= 1) that is after `after`; DATE_NONE as above. Bounded work. */
Date cadence_next(const Cadence *c, Date from, Date after);

/* Average days of one interval, for comparing with what was lived; 0 for none. */
double cadence_days(const Cadence *c);

#endif
