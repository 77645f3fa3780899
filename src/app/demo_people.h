#ifndef ENTENTE_APP_DEMO_PEOPLE_H
#define ENTENTE_APP_DEMO_PEOPLE_H

#include <entente/model.h>

/* The invented people of the demo journal, as data. Days are counted back from today. */

typedef struct {
    int days_ago;
    int trust;              /* 0: not rated */
    const char *trust_note; /* NULL: none */
    const char *well;       /* what goes well; NULL: left open */
    const char *hard;       /* what is harder than it needs to be; NULL: left open */
} DemoCheckIn;

typedef struct {
    Section section;
    Side side;
    int version;            /* that added it */
    int gone;               /* version that retired it; 0: in force */
    bool is_private;
    const char *text;
} DemoTerm;

typedef struct {
    Side side;
    int made;               /* days ago */
    int due;                /* days from today, negative: past; DEMO_NO_DAY */
    CommitmentState state;
    int settled;            /* days ago, unless open */
    const char *text;
} DemoCommitment;

typedef struct {
    MomentKind kind;
    int days_ago;
    const char *text;
} DemoMoment;

enum { DEMO_NO_DAY = 9999, DEMO_VERSIONS = 3 };

typedef struct {
    const char *name, *role, *tag;
    const char *cadence;
    int first;                         /* days ago of version 1 */
    int versions[DEMO_VERSIONS];       /* days ago of each version; 0: there is none */
    const char *reasons[DEMO_VERSIONS];
    int talked;                        /* days after version 1 it was talked through; -1: mine only */
    int snooze_days;                   /* 0: not snoozed; else the next check-in moves this far from today */
    int pause_days;                    /* 0: not paused; -1: until woken; else so many days from today */
    int review_days;                   /* 0: none planned; else the agreement is to be looked at so many days from today */
    const DemoTerm *terms;
    size_t term_count;
    const DemoCheckIn *check_ins;      /* oldest first */
    size_t check_in_count;
    const DemoCommitment *commitments;
    size_t commitment_count;
    const DemoMoment *moments;
    size_t moment_count;
} DemoPerson;

extern const DemoPerson DEMO_PEOPLE[];
extern const size_t DEMO_PEOPLE_COUNT;

#endif
