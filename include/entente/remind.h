#ifndef ENTENTE_REMIND_H
#define ENTENTE_REMIND_H

#include <entente/agenda.h>
#include <entente/config.h>
#include <entente/store_deliveries.h>

/*
 * Reminders: one run finds what is due, sends what was not sent yet through every channel, and logs each. It cannot
 * change anything else: see store_restrict_to_log.
 */

/* What one reminder says. Neutral unless names are asked for. */
typedef struct {
    const char *id;       /* stable: tried again, it is the same; receivers can tell by it */
    const char *title;    /* one line: "2 check-ins and 1 commitment are due", "Check in with Ana Lima" */
    const char *body;     /* further lines, or "" */
    const char *json;     /* one object on one line, for commands and files; names in it only when asked for */
    size_t check_ins, commitments, reviews;
    bool test;
} Notice;

/* How a notice is sent; false: it did not arrive, and why, in one line. Must come back about when the time limit is over. */
typedef bool Sender(void *data, const Channel *channel, const Notice *notice, Str *ret_why);

typedef struct {
    const Config *config;
    bool by_timer;        /* a timer began it: from now on one is known to run */
    Sender *sender;       /* NULL: really, see channel.h; tests put their own here */
    int64_t (*clock_ms)(void *data); /* NULL: really; for limits, it never goes back; tests put their own here */
    void *data;
} RemindOptions;

/* One notice and what became of it. */
typedef struct {
    const Channel *channel;
    const char *title, *body;
    size_t check_ins, commitments, reviews;
    bool delivered;       /* of a dry run: would be sent */
    const char *why;      /* not delivered: the reason */
    bool again;           /* not delivered, for the reason the last time had too */
    bool given_up;        /* not delivered as far as is known, and not tried again */
} Sent;

typedef struct {
    Sent *sent;
    size_t count;
    const char *waits;    /* why nothing goes out now: "Quiet hours until 07:00.", "The digest comes from 08:00 on."; "" */
    const char *clock;    /* "The clock went back by 3 hours since the last run."; "" */
} RemindReport;

/*
 * One run. A journal that does not exist is no error: nothing is due. A failed channel is no error either: it is in the report
 * and the log, and is tried again at every run. One that took all its time may have delivered: it is tried three times at
 * most for one reminder. Nothing is begun when a run has taken ten minutes; what began may take its limit yet.
 */
bool app_remind(App *app, const RemindOptions *options, Arena *arena, RemindReport *ret, Error *err);

/* What a run would send now. Writes nothing. */
bool app_remind_dry(App *app, const RemindOptions *options, Arena *arena, RemindReport *ret, Error *err);

/* Sends a test through every channel, whatever hour it is, and logs nothing. */
bool app_remind_test(App *app, const RemindOptions *options, Arena *arena, RemindReport *ret, Error *err);

/* ---- how it stands ---- */

typedef struct {
    Instant last_run;         /* INSTANT_NONE: never */
    Instant timer_run;        /* when a timer last ran, or was set up; INSTANT_NONE: none is known of */
    const char *said;         /* by the last run of itself, "" */
    DeliveryRow *deliveries;  /* the last ones but for those in trouble, newest first */
    size_t count;
    size_t more;              /* before them */
    DeliveryRow *trouble;     /* failed and not made good since, or cut off */
    bool *still_due;          /* of each of the trouble: its matter is as it was */
    size_t trouble_count;
} RemindStatus;

bool app_remind_status(App *app, size_t limit, Arena *arena, RemindStatus *ret, Error *err);

/* Why it cannot be reached just now: "not reachable here: no session bus"; NULL where it can, as far as that is known beforehand. */
const char *app_channel_away(const Channel *channel);

/* What Home shows of it in one line: "A reminder could not be sent by mail: sendmail was not found. : reminders shows more.", and first of all that a timer does not run any more. Nothing when all is well. Reads one index. Where it is cut, its end stays. */
#define REMIND_MORE " : reminders shows more."
bool app_remind_trouble(App *app, Str *out, Error *err);

/* ---- the timer that runs it ---- */

typedef enum { TIMER_NONE, TIMER_SYSTEMD, TIMER_CRON, TIMER_LOGIN } TimerKind;

typedef struct {
    TimerKind kind;
    const char *where;        /* the unit's or the crontab's place, for people */
    const char *next;         /* "Sun 22 Nov 22:00", "within 10 minutes"; "" when it is not known */
    Instant next_at;          /* the same, where `next` is known */
    const char *todo;         /* of TIMER_LOGIN: the line to add to a login shell's profile; else what is wrong with it; "" */
    const char *why;          /* of TIMER_LOGIN: what cron said against it; NULL: nothing */
    const char *other;        /* the journal it runs for, where that is another one; NULL: it is this one */
} Timer;

/* How a run is to be called: what the timer must repeat to see the same journal and settings. */
bool app_timer_install(App *app, Arena *arena, Timer *ret, Error *err);
bool app_timer_uninstall(App *app, Arena *arena, Timer *ret, Error *err); /* *ret is what was taken away; TIMER_NONE: there was none */
bool app_timer_state(App *app, Arena *arena, Timer *ret, Error *err);

/* What installing or taking away did, in a sentence; of TIMER_LOGIN with the line to add. */
void app_timer_installed_words(const Timer *timer, Str *out);
void app_timer_removed_words(const Timer *timer, Str *out);

/* `entente remind --status` and the page of the same in the full screen: lines for people. */
void app_remind_words(const App *app, const Config *config, const Timer *timer, const RemindStatus *status, Str *out);

#endif
