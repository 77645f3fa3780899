#ifndef ENTENTE_DUE_H
#define ENTENTE_DUE_H

#include <entente/cadence.h>
#include <entente/date.h>
#include <stdbool.h>
#include <stddef.h>

/*
 * When the next check-in is due: a pure function of facts. Today decides only
 * how the day is called.
 */
typedef struct {
    bool active;            /* not designing, not ended */
    Cadence cadence;
    Date anchor;            /* the first check-in day wanted, or the day the cadence was chosen */
    Date since;             /* a check-in before this day does not count for the anchor, which stays next: the day it was chosen, or tomorrow when one was held that day already. DATE_NONE: any check-in counts */
    Date last;              /* civil date of the last check-in, DATE_NONE before the first */
    Date snooze_of;         /* the due day that was snoozed; applies only while that day is the next, and until a check-in on the day it moved to; fixed, that check-in is counted for it */
    Date snooze_until;      /* where it moved to */
    const Date *skips;      /* due days skipped on purpose, any order */
    size_t skip_count;
    bool paused;
    Date paused_until;      /* DATE_NONE: until woken */
} DueFacts;

typedef enum { DUE_NONE, DUE_PAST, DUE_TODAY, DUE_LATER, DUE_SNOOZED, DUE_PAUSED } DueState;

typedef struct {
    DueState state;
    Date day;  /* DATE_NONE for DUE_NONE and an open pause */
    int days;  /* day - today; negative: past */
} Due;

/*
 * The day the next check-in falls by cadence, skips passed over, before snooze
 * and pause: `anchor` when there was no check-in yet, or none since `since`; else, rolling, last + N intervals.
 * Fixed: a day of the calendar, its phase counted from `anchor` (from `last` without one).
 * A check-in counts for the calendar day nearest to it, so one up to half a period early is
 * that of the coming day (of two equally near days too); the due day is the next after that one.
 * Snooze moves only one: a check-in from `snooze_of` on, but before the first calendar day after a later `snooze_until`,
 * counts for `snooze_of`, however near the coming day is, and the due day is the first calendar day after the check-in.
 * DATE_NONE without a cadence or when not active. The day that snooze and skip apply to.
 */
Date due_base(const DueFacts *f);

/* The day of its cadence after `day`, which is its due day or behind it; skipped ones are passed over. */
Date due_after(const DueFacts *f, Date day);

/* What due_base will be once a check-in was held on `held`. */
Date due_held(DueFacts f, Date held);

/* due_base moved by snooze and by a dated pause (never earlier than the pause's end); DATE_NONE also for an open pause. */
Date due_day(const DueFacts *f);

/* due_day and how it is called today. Snoozed only while today is before the day it moved to; paused only while the pause lasts. */
Due due_of(const DueFacts *f, Date today);

/*
 * How many check-ins by cadence have gone by without one: the due day and those after it, as far as they lie before
 * today. 0 unless it is past; snoozed or paused, counted from where it was moved to. At most DUE_MISSED_MAX.
 */
enum { DUE_MISSED_MAX = 99, DUE_MISSED_OFFER = 3 }; /* from the third on, another cadence or a pause is offered */
int due_missed(const DueFacts *f, Date today);

/* What the days of its cadence are counted from: the anchor or the last check-in; fixed, what says which periods count. */
Date due_from(const DueFacts *f);

const char *due_state_name(DueState s); /* "past", "today", "later", "snoozed", "paused", "none" */

#endif
