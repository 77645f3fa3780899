#include <entente/store_deliveries.h>

#include <assert.h>
#include <string.h>

#include "sql.h"

#define CUT_OFF_MS ((int64_t)DELIVERY_CUT_OFF_MINUTES * 60 * 1000)
#define TROUBLE_MS ((int64_t)DELIVERY_TROUBLE_DAYS * 24 * 60 * 60 * 1000)

static const char *const outcomes[] = {
    [OUTCOME_SENDING] = "sending", [OUTCOME_DELIVERED] = "delivered", [OUTCOME_FAILED] = "failed"};

const char *outcome_name(Outcome o)
{
    assert((unsigned)o <= OUTCOME_FAILED);
    return outcomes[o];
}

static bool outcome_parse(StrView name, Outcome *ret)
{
    for (size_t i = 0; i < sizeof outcomes / sizeof outcomes[0]; i++) {
        if (!sv_eq(name, sv(outcomes[i]))) continue;
        *ret = (Outcome)i;
        return true;
    }
    return false;
}

/* What a reminder is, whoever sends it: the first five parameters of those who ask. */
#define DELIVERY_KEY(d)                                                                                      \
    arg_text(agenda_kind_name((d)->kind)), arg_int((d)->subject), arg_day((d)->due_day),                     \
        arg_text((d)->channel), arg_int((d)->round)

bool store_delivery_wanted(Store *s, const Delivery *d, bool *ret, Error *err)
{
    int64_t blocked = 0;
    if (!sql_number(s, STMT_DELIVERY_BLOCKED, ARGS(DELIVERY_KEY(d), arg_int(d->only)), &blocked, err))
        return false;
    *ret = !blocked;
    return true;
}

bool store_delivery_failed(Store *s, const Delivery *d, Arena *arena, int *ret_attempts,
                           const char **ret_detail, Error *err)
{
    Query q;
    if (!query_start(&q, s, STMT_DELIVERY_FAILED, arena, ARGS(DELIVERY_KEY(d)), err)) return false;
    bool found = query_next(&q);
    int attempts = found ? take_int(&q) : 0;
    const char *detail = found ? take_text(&q) : "";
    if (!query_end(&q, err)) return false;
    *ret_attempts = attempts;
    *ret_detail = detail;
    return true;
}

bool store_delivery_claim(Store *s, const Delivery *d, Id *ret_id, Error *err)
{
    assert(s->session);
    return sql_number(s, STMT_DELIVERY_CLAIM,
                      ARGS(DELIVERY_KEY(d), arg_int(d->id), arg_int(d->alliance), arg_at(d->at),
                           arg_offset(d->at), arg_int(d->only)),
                      ret_id, err);
}

bool store_delivery_settle(Store *s, Id id, Outcome outcome, const char *detail, Instant at, Error *err)
{
    assert(s->session);
    return sql_change(
        s, STMT_DELIVERY_SETTLE, "this reminder",
        ARGS(arg_int(id), arg_text(outcome_name(outcome)), arg_text(detail), arg_at(at), arg_offset(at)),
        err);
}

bool store_delivered_on(Store *s, const char *channel, Date day, bool *ret, Error *err)
{
    enum { DAY_MS = 86400000 };
    int64_t found = 0;
    if (!sql_number(s, STMT_DELIVERED_ON, ARGS(arg_text(channel), arg_int((int64_t)day * DAY_MS)), &found,
                    err)) {
        return false;
    }
    *ret = found != 0;
    return true;
}

static DeliveryRow take_delivery(Query *q)
{
    Delivery d = {.id = take_long(q)};
    TAKE_NAME(q, agenda_kind_parse, &d.kind);
    d.subject = take_long(q);
    d.alliance = take_long(q);
    d.due_day = take_day(q);
    d.channel = take_text(q);
    d.round = take_int(q);
    d.at = take_instant(q);
    d.attempts = take_int(q);
    TAKE_NAME(q, outcome_parse, &d.outcome);
    d.detail = take_text(q);
    return (DeliveryRow){d, take_text(q)};
}

bool store_deliveries(Store *s, size_t limit, Arena *arena, DeliveryRow **ret, size_t *ret_n, Error *err)
{
    Query q;
    if (!query_start(&q, s, STMT_DELIVERIES, arena, ARGS(arg_int(INT64_MAX), arg_int((int64_t)limit)), err))
        return false;
    RETURN_ROWS(&q, DeliveryRow, take_delivery, ret, ret_n, err);
}

/* The same as in DELIVERIES_IN_TROUBLE. */
bool delivery_cut_off(const Delivery *d, Instant now)
{
    int64_t away = now.unix_ms - d->at.unix_ms;
    return d->outcome == OUTCOME_SENDING && (d->detail[0] || away >= CUT_OFF_MS || away <= -CUT_OFF_MS);
}

bool store_deliveries_in_trouble(Store *s, Instant now, Instant around, size_t limit, Arena *arena,
                                 DeliveryRow **ret, size_t *ret_n, Error *err)
{
    Query q;
    if (!query_start(&q, s, STMT_DELIVERIES_IN_TROUBLE, arena,
                     ARGS(arg_int(around.unix_ms + TROUBLE_MS), arg_int((int64_t)limit),
                          arg_int(around.unix_ms - TROUBLE_MS), arg_int(now.unix_ms), arg_int(CUT_OFF_MS)),
                     err)) {
        return false;
    }
    RETURN_ROWS(&q, DeliveryRow, take_delivery, ret, ret_n, err);
}

bool store_delivery_count(Store *s, size_t *ret, Error *err)
{
    int64_t n = 0;
    if (!sql_number(s, STMT_DELIVERY_COUNT, ARGS(arg_int(INT64_MAX)), &n, err)) return false;
    *ret = (size_t)n;
    return true;
}

bool store_last_run(Store *s, Arena *arena, Instant *ret, const char **ret_said, Error *err)
{
    Query q;
    if (!query_start(&q, s, STMT_LAST_RUN, arena, NO_ARGS, err)) return false;
    bool found = query_next(&q);
    Instant at = found ? take_instant(&q) : INSTANT_NONE;
    const char *said = found ? take_text(&q) : "";
    if (!query_end(&q, err)) return false;
    *ret = at;
    *ret_said = said;
    return true;
}

bool store_last_run_set(Store *s, Instant at, const char *said, Error *err)
{
    assert(s->session);
    return sql_run(s, STMT_LAST_RUN_SET, ARGS(arg_at(at), arg_offset(at), arg_text(said)), err);
}

bool store_timer_run(Store *s, Instant *ret, Error *err)
{
    Arena arena = {0};
    Query q;
    if (!query_start(&q, s, STMT_TIMER_RUN, &arena, NO_ARGS, err)) return false;
    Instant at = query_next(&q) ? take_instant(&q) : INSTANT_NONE;
    bool ok = query_end(&q, err);
    if (ok) *ret = at;
    arena_finish(&arena);
    return ok;
}

bool store_timer_run_set(Store *s, Instant at, Error *err)
{
    assert(s->session);
    return sql_run(s, STMT_TIMER_RUN_SET, ARGS(arg_at(at), arg_offset(at)), err);
}

static bool is_among(const char *name, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (name && strcmp(name, names[i]) == 0) return true;
    }
    return false;
}

static bool is_log(const char *table, const char *database)
{
    static const char *const tables[] = {"delivery", "reminder_run"};
    return database && strcmp(database, "main") == 0 && is_among(table, tables, 2);
}

/* Some pragmas act without a value too, so only those are let through that the store itself reads. */
static bool only_reads(const char *pragma, const char *value)
{
    static const char *const pragmas[] = {"application_id", "data_version", "user_version"};
    return !value && is_among(pragma, pragmas, 3);
}

/* What is not named here is refused. The codes and what comes with each: sqlite.org/c3ref/c_alter_table.html.
 */
static int allow_log_only(void *unused, int action, const char *first, const char *second,
                          const char *database, const char *trigger)
{
    (void)unused;
    (void)trigger;
    bool ok = false;
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_FUNCTION:
    case SQLITE_RECURSIVE:
    case SQLITE_TRANSACTION:
    case SQLITE_SAVEPOINT: ok = true; break; /* the session extension's, when it is asked for changes */
    case SQLITE_INSERT:
    case SQLITE_UPDATE:
    case SQLITE_DELETE: ok = is_log(first, database); break;
    case SQLITE_PRAGMA: ok = only_reads(first, second); break;
    default: break;
    }
    return ok ? SQLITE_OK : SQLITE_DENY;
}

/* Only preparing asks the authorizer, and nothing promises that it prepares again what it has: so all of it
 * goes. */
void store_restrict_to_log(Store *s, bool on)
{
    sql_close_statements(s);
    sqlite3_set_authorizer(s->db, on ? allow_log_only : NULL, NULL);
}
