#ifndef ENTENTE_STORE_DELIVERIES_H
#define ENTENTE_STORE_DELIVERIES_H

#include <entente/store.h>

/*
 * The log of reminders, one row for each matter, due day, channel and round. It is a log only: not under undo, and nothing
 * that is due depends on it. Writers need a transaction that store_commit_quietly ends.
 *
 * A row is claimed before anything is sent and settled after. Who claims it sends it; so two runs at once send it
 * once. A run that is cut off in between leaves it `sending`: what it started may have arrived, so it is not
 * sent again, and the log says that it is not known. So it is with what a channel ran out of time with too often,
 * which is left `sending` with a detail.
 */
typedef enum { OUTCOME_SENDING, OUTCOME_DELIVERED, OUTCOME_FAILED } Outcome;

typedef struct {
    Id id;
    AgendaKind kind;
    Id subject;          /* the alliance of a check-in or a review; the commitment */
    Id alliance;
    Date due_day;
    const char *channel; /* "desktop", "mail ana@example.org": the channel's name */
    int round;           /* the day it is of, counted from the due day, see reminder_round */
    bool only;           /* one of any other round stands in its way too; not kept */
    Instant at;          /* when the last attempt began */
    int attempts;
    Outcome outcome;
    const char *detail;  /* why it failed, or was given up, one line; "" */
} Delivery;

const char *outcome_name(Outcome o); /* "sending", "delivered", "failed" */

enum { DELIVERY_CUT_OFF_MINUTES = 10 }; /* what is being sent for longer was cut off */
enum { DELIVERY_TROUBLE_DAYS = 2 };     /* what no run has tried for longer is no trouble any more: its channel or its matter is gone */

/* Whether it is not known, and never will be, if it arrived. By a clock that may be wrong in either direction. */
bool delivery_cut_off(const Delivery *d, Instant now);

/*
 * Whether this one is still to be sent: no row of its kind, subject, due day and channel has this round or a later one,
 * but for failed ones; for an only one, no row of any round. Reads only.
 */
bool store_delivery_wanted(Store *s, const Delivery *d, bool *ret, Error *err);

/* How often this very one has failed before and why it did at last: 0 and "" if it has not. Reads only. */
bool store_delivery_failed(Store *s, const Delivery *d, Arena *arena, int *ret_attempts, const char **ret_detail,
                           Error *err);

/* Claims it if it is wanted, as `sending`: a new row with d->id (where that is taken, another), or the failed one tried again. *ret_id is the row's id, 0 when it was not wanted. */
bool store_delivery_claim(Store *s, const Delivery *d, Id *ret_id, Error *err);

/* How it went; `at` as it was claimed. */
bool store_delivery_settle(Store *s, Id id, Outcome outcome, const char *detail, Instant at, Error *err);

/* Whether anything was delivered, or is being sent, to a channel on that civil day: a digest comes once a day. */
bool store_delivered_on(Store *s, const char *channel, Date day, bool *ret, Error *err);

/*
 * The log, the last attempt first, at most `limit`. In trouble is what failed or was cut off, until the same channel has
 * delivered something later on, but not later than now; of the days around an instant, which is the last run's. Each
 * costs its rows, not the log.
 */
typedef struct {
    Delivery delivery;
    const char *alliance_name; /* "" when it is gone */
} DeliveryRow;

bool store_deliveries(Store *s, size_t limit, Arena *arena, DeliveryRow **ret, size_t *ret_n, Error *err);
bool store_deliveries_in_trouble(Store *s, Instant now, Instant around, size_t limit, Arena *arena, DeliveryRow **ret,
                                 size_t *ret_n, Error *err);

/* How many rows the log has: counted in an index, for who asks how reminders stand. */
bool store_delivery_count(Store *s, size_t *ret, Error *err);

/* The last run of all: when, and what it has to say of itself ("" mostly). INSTANT_NONE before the first. */
bool store_last_run(Store *s, Arena *arena, Instant *ret, const char **ret_said, Error *err);
bool store_last_run_set(Store *s, Instant at, const char *said, Error *err);

/* When a timer last ran, or was set up: beside the last run, also before the first. INSTANT_NONE: there is no timer. */
bool store_timer_run(Store *s, Instant *ret, Error *err);
bool store_timer_run_set(Store *s, Instant at, Error *err);

/*
 * While on, this connection can write to the log of reminders and nowhere else: SQLite's authorizer refuses to
 * prepare any statement that would change another table (https://www.sqlite.org/c3ref/set_authorizer.html).
 */
void store_restrict_to_log(Store *s, bool on);

#endif
