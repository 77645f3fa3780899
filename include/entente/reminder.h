#ifndef ENTENTE_REMINDER_H
#define ENTENTE_REMINDER_H

#include <entente/date.h>
#include <entente/model.h>
#include <limits.h>
#include <stdbool.h>

/*
 * When a reminder is wanted: pure functions of the due day, the rules and the
 * day. What is due is decided elsewhere (due.h) and never by these.
 */
typedef struct {
    int lead;                 /* days before the due day that the first reminder comes */
    int repeat;               /* days from one reminder of a due day to the next; 0: there is one only */
    int quiet_from, quiet_to; /* minutes since midnight; may pass midnight (22:00-07:00); the same: no quiet hours */
    int digest;               /* minutes since midnight from which on all comes in one, once a day; -1: no digest */
    unsigned about;           /* 1 << AgendaKind, or-ed */
} ReminderRules;

enum { REMINDER_NONE = INT_MIN };

/*
 * Which reminder of a due day it is time for, told by its day: the days from
 * the due day on, below 0 before it; so no setting renumbers what was sent.
 * REMINDER_NONE: it is too early, or the rules leave this kind out. Who slept
 * through three is given the third alone. Without `repeat` one of any day is
 * the only one.
 */
int reminder_round(const ReminderRules *r, AgendaKind kind, Date due, Date today);

/* Whether the wall's clock stands in the quiet hours; from 22:00 on, until before 07:00. */
bool reminder_quiet(const ReminderRules *r, int minutes);

enum { REMINDER_RUN_MINUTES = 10 }; /* from one run of the timer to the next */

/*
 * The minute from which a digest comes: that of the rules; where that one is quiet, or quiet hours or midnight follow
 * before a run is sure to come, the next from which it can, mostly the end of the quiet hours. -1 without a digest.
 */
int reminder_digest_from(const ReminderRules *r);

/* Whether a digest still waits for its hour. False without one. */
bool reminder_digest_waits(const ReminderRules *r, int minutes);

/* The last day that may be due for a reminder by now: today + lead. */
Date reminder_horizon(const ReminderRules *r, Date today);

#endif
