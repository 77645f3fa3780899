#ifndef ENTENTE_CADENCE_H
#define ENTENTE_CADENCE_H

#include <entente/date.h>
#include <entente/error.h>
#include <entente/str.h>
#include <stdbool.h>

/*
 * How often to check in. A small language that prints back what it reads.
 * Rolling cadences count from the last check-in; fixed ones follow the
 * calendar, whenever the last check-in was.
 */
typedef enum { CADENCE_NONE, CADENCE_ROLLING, CADENCE_FIXED } CadenceKind;
typedef enum { UNIT_DAY, UNIT_WEEK, UNIT_MONTH, UNIT_YEAR } CadenceUnit;

/* Which days of its week or month a fixed cadence is tied to. */
typedef enum {
    ON_ANY,      /* rolling: tied to none */
    ON_WEEKDAYS, /* of the week: `weekdays` */
    ON_DATE,     /* of the month: `nth` is 1..31, or -1..-7 counted from its end */
    ON_WEEKDAY,  /* of the month: the `nth` (1..5, -1..-5) of the one day in `weekdays` */
    ON_WORKDAY   /* of the month: its first (`nth` 1) or last (-1) of Monday to Friday */
} CadenceDay;

/* Zeroed fields after `named` are those of every rolling cadence. */
typedef struct {
    CadenceKind kind;
    CadenceUnit unit;
    int every;           /* 1..366 units */
    bool named;          /* said as weekly, monthly, quarterly, yearly: printed so */
    CadenceDay on;       /* fixed only, as all that follow */
    unsigned weekdays;   /* 1 << Weekday, or-ed */
    int nth;
    int month;           /* 1..12 of a yearly one, else 0 */
    bool omits;          /* a month without that date is left out; else its last day stands in */
    Weekday week_start;  /* where a week begins when only every second or later one counts */
} Cadence;

enum { CADENCE_TEXT_MAX = 96 };

/*
 * Reads, ASCII case and extra spaces aside; the empty text and "none" are no cadence:
 *   rolling   every N days|weeks|months|years, every day|week|month|year,
 *             weekly, monthly, quarterly, yearly; also every other week, daily,
 *             fortnightly, annually, two weeks (to twelve), each for every
 *   fixed     weekly on tuesday and friday, every 2 weeks on tuesday,
 *             every tuesday, every second tuesday, tuesdays and fridays;
 *             monthly on the 15th, on the last friday of the month, monthly on
 *             the last day, on the first working day of the month, and after
 *             quarterly or every N months; every first working day, every last
 *             friday, on the 5th friday of the month;
 *             yearly on 3 may, yearly on the last friday of november, and
 *             after every N years
 *   rules     FREQ=... of RFC 5545, with or without "RRULE:": INTERVAL;
 *             WEEKLY with BYDAY and WKST; MONTHLY, and YEARLY with one BYMONTH,
 *             with one BYMONTHDAY of 1..31 or -1..-7, one numbered BYDAY, or
 *             MO,TU,WE,TH,FR with BYSETPOS 1 or -1. RFC 7529's SKIP is
 *             read after RSCALE=GREGORIAN. A rule without BY parts is rolling.
 * A day a month may lack: in words the 29th, 30th and 31st clamp to the month's
 * last day (29 February to the 28th). A plain RFC 5545 rule leaves such months
 * out; it stays a rule, because the words would say something else.
 * A day that never comes (30 February) and a rule that ends (COUNT, UNTIL) are refused.
 * Failure is ERR_USAGE: the word, its place, the nearest forms.
 */
bool cadence_parse(StrView text, Cadence *ret, Error *err);

/* True for a text that cadence_parse refuses only because its day never comes; says why: "February has at most 29 days". */
bool cadence_never_fires(StrView text, Str *ret_why);

/* Prints what cadence_parse reads; CADENCE_NONE prints nothing. Words where there are words, else the rule. */
void cadence_print(Str *out, const Cadence *c);

/* In a sentence: "every 2 weeks", "every week", "every second Tuesday", "on the last Friday of the month", "no reminder". */
void cadence_print_words(Str *out, const Cadence *c);

/* True for two ways of saying the same, as weekly and every week. */
bool cadence_equal(const Cadence *a, const Cadence *b);

/* The same with what its dates hang on: "every 2 weeks, counted from the last check-in", "on the last Friday of the month, by the calendar"; `brief`: "every 2 weeks, rolling". */
void cadence_print_whole(Str *out, const Cadence *c, bool brief);

/* What its dates hang on: "rolling: counted from the last check-in", "fixed: follows the calendar", "no dates". */
const char *cadence_kind_words(const Cadence *c);

/*
 * What becomes of a month, or a year, that lacks the day: "a month without a 31st: its last day", "months without a
 * 31st are left out". Nothing for a cadence whose day is always there.
 */
void cadence_print_month_end(Str *out, const Cadence *c);

/*
 * The RFC 5545 recurrence rule without "RRULE:", e.g. "FREQ=WEEKLY;INTERVAL=2"; nothing for CADENCE_NONE.
 * A 31st that clamps is BYMONTHDAY=28,29,30,31;BYSETPOS=-1, which cadence_parse reads too.
 */
void cadence_print_rrule(Str *out, const Cadence *c);

/*
 * `from` for n = 0. n > 0: rolling, `from` + n intervals, counted from `from` in one go so that
 * month ends clamp and never drift (31 Jan, 28 Feb, 31 Mar); fixed, the n-th day of the calendar after
 * `from`, every second or later period counted from that of `from`. n >= 0. DATE_NONE past year 9999 or
 * for no cadence.
 */
Date cadence_add(const Cadence *c, Date from, int n);

/*
 * Rolling: the first day of from + N intervals (N >= 1) that is after `after`. Fixed: the first day of the
 * calendar after `after` (after `from`, for DATE_NONE), be it before `from` or not: `from` only says which
 * weeks, months or years count when it is every second or later one: its own, and each N-th before and
 * after. DATE_NONE as above, and where no such day ever comes. Bounded work: one Gregorian cycle at most.
 */
Date cadence_next(const Cadence *c, Date from, Date after);

/* The last day of a fixed cadence on `day` or before it, `from` as in cadence_next; DATE_NONE when there is none, and for any other kind. */
Date cadence_last(const Cadence *c, Date from, Date day);

/* Average days of one interval, for comparing with what was lived; 0 for none. */
double cadence_days(const Cadence *c);

#endif
