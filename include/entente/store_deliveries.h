#ifndef ENTENTE_STORE_DELIVERIES_H
#define ENTENTE_STORE_DELIVERIES_H

#include <entente/store.h>

/*
 * The log of reminders, one row for each matter, due day, channel and round. It is a log only: not under undo, and nothing
 * that is due depends on it. Writers need a transaction that store_commit_quietly ends.
 *
 * A row is claimed before anything is sent and settled after. Who claims it sends it; so two runs at once send it
 * once. A run that is cut off in between leaves it `sending`: what it started may have arrived, so it is not
 * sent again, and the log says that it is not known.
 */
typedef enum { OUTCOME_SENDING, OUTCOME_DELIVERED, OUTCOME_FAILED } Outcome;

typedef struct {
    Id id;
    AgendaKind kind;
    Id subject;          /* the alliance of a check-in or a review; the commitment */
    Id alliance;
    Date due_day;
    const char *channel; /* "desktop", "mail ana@example.org": the channel's name */
    int round;           /* 0: the first reminder of that due day */
    Instant at;          /* of the last attempt */
    int attempts;
    Outcome outcome;
    const char *detail;  /* why it failed, one line; "" */
} Delivery;

const char *outcome_name(Outcome o); /* "sending", "delivered", "failed" */

/*
 * Whether this one is still to be sent: no row of its kind, subject, due day and channel has this round or a later one,
 * but for a failed one of this round. Reads only.
 */
bool store_delivery_wanted(Store *s, const Delivery *d, bool *ret, Error *err);

/* Claims it if it is wanted, as `sending`: a new row with d->id, or the failed one tried again. *ret_id is the row's id, 0 when it was not wanted. */
bool store_delivery_claim(Store *s, const Delivery *d, Id *ret_id, Error *err);

/* How it went. */
bool store_delivery_settle(Store *s, Id id, Outcome outcome, const char *detail, Instant at, Error *err);

/* Whether anything was delivered, or is being sent, to a channel on that civil day: a digest comes once a day. */
bool store_delivered_on(Store *s, const char *channel, Date day, bool *ret, Error *err);

/*
 * The log, the last attempt first, at most `limit`. In trouble is what failed, and what was cut off (sending ones count when
 * older than `before`), until the same channel has delivered something later on (no later than `before`). Each costs its rows, not the log.
 */
typedef struct {
    Delivery delivery;
    const char *alliance_name; /* "" when it is gone */
} DeliveryRow;

bool store_deliveries(Store *s, size_t limit, Arena *arena, DeliveryRow **ret, size_t *ret_n, Error *err);
bool store_deliveries_in_trouble(Store *s, Instant before, size_t limit, Arena *arena, DeliveryRow **ret,
                                 size_t *ret_n, Error *err);

/* The last run of all: when, and what it has to say of itself ("" mostly). INSTANT_NONE before the first. */
bool store_last_run(Store *s, Arena *arena, Instant *ret, const char **ret_said, Error *err);
bool store_last_run_set(Store *s, Instant at, const char *said, Error *err);

/*
 * While on, this connection can write to the log of reminders and nowhere else: SQLite's authorizer refuses to
 * prepare any statement that would change another table (https://www.sqlite.org/c3ref/set_authorizer.html).
 */
void store_restrict_to_log(Store *s, bool on);

#endif
