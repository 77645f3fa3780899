#include <entente/remind.h>

#include "own.h"
#include "remind_own.h"

#include <string.h>

/* Every run tries again what failed, but for quiet hours and the digest's. Before the first run has ended,
 * one may have been cut off. */
static bool read_trouble(App *app, Instant last_run, size_t limit, Arena *arena, DeliveryRow **ret,
                         size_t *ret_n, Error *err)
{
    Instant now = app_now(app), around = instant_is_none(last_run) ? now : last_run;
    return store_deliveries_in_trouble(app->store, now, around, limit, arena, ret, ret_n, err);
}

static bool is_about(const AgendaItem *item, const Delivery *d)
{
    return item->kind == d->kind && item->day == d->due_day && agenda_matter(item) == d->subject;
}

/* A check-in may have been held since, or a commitment kept. */
static bool find_still_due(App *app, RemindStatus *s, Arena *arena, Error *err)
{
    AgendaItem *items = NULL;
    Date until = INT32_MIN;
    size_t n = 0;
    if (s->trouble_count == 0) return true;
    s->still_due = arena_array(arena, s->trouble_count, sizeof *s->still_due);
    for (size_t i = 0; i < s->trouble_count; i++)
        if (s->trouble[i].delivery.due_day > until) until = s->trouble[i].delivery.due_day;
    if (!agenda_read_all(app, until, arena, &items, &n, err)) return false;
    for (size_t i = 0; i < s->trouble_count; i++) {
        s->still_due[i] = false;
        for (size_t k = 0; k < n; k++) s->still_due[i] |= is_about(&items[k], &s->trouble[i].delivery);
    }
    return true;
}

static bool is_in_trouble(const RemindStatus *s, const Delivery *d)
{
    bool is = false;
    for (size_t i = 0; i < s->trouble_count; i++) is = is || s->trouble[i].delivery.id == d->id;
    return is;
}

/* What is in trouble is told there. */
static bool read_others(App *app, size_t limit, RemindStatus *s, Arena *arena, Error *err)
{
    DeliveryRow *rows;
    size_t n = 0, all = 0;
    if (!store_deliveries(app->store, limit + s->trouble_count, arena, &rows, &n, err) ||
        !store_delivery_count(app->store, &all, err))
        return false;
    s->deliveries = rows;
    for (size_t i = 0; i < n && s->count < limit; i++)
        if (!is_in_trouble(s, &rows[i].delivery)) rows[s->count++] = rows[i];
    s->more = all - s->trouble_count - s->count;
    return true;
}

bool app_remind_status(App *app, size_t limit, Arena *arena, RemindStatus *ret, Error *err)
{
    enum { TROUBLE_MAX = 1000 };
    RemindStatus s = {.last_run = INSTANT_NONE, .timer_run = INSTANT_NONE, .said = ""};
    if (!store_last_run(app->store, arena, &s.last_run, &s.said, err) ||
        !store_timer_run(app->store, &s.timer_run, err) ||
        !read_trouble(app, s.last_run, TROUBLE_MAX, arena, &s.trouble, &s.trouble_count, err) ||
        !read_others(app, limit, &s, arena, err) || !find_still_due(app, &s, arena, err))
        return false;
    *ret = s;
    return true;
}

/* A channel's name begins with its kind; what follows may be an address, which Home need not show. */
static const char *by_channel(const char *name)
{
    static const struct {
        const char *kind, *words;
    } by[] = {
        {"desktop", "on the desktop"}, {"command", "by a command"},   {"mail", "by mail"},
        {"file", "to a file"},         {"terminal", "to a terminal"},
    };
    StrView rest = sv(name), kind = sv_word(&rest);
    for (size_t i = 0; i < sizeof by / sizeof by[0]; i++)
        if (sv_eq(kind, sv(by[i].kind))) return by[i].words;
    return "by a channel";
}

static void say_trouble(const Delivery *d, Str *out)
{
    if (d->outcome == OUTCOME_SENDING && d->detail[0])
        str_addf(out, "A reminder sent %s may not have arrived: %s.", by_channel(d->channel), d->detail);
    else if (d->outcome == OUTCOME_SENDING)
        str_addf(out, "A reminder was cut off while it was sent %s; it may have arrived.",
                 by_channel(d->channel));
    else
        str_addf(out, "A reminder could not be sent %s: %s.", by_channel(d->channel), d->detail);
    str_add_c(out, REMIND_MORE);
}

/* A weekend without the machine is no news. */
static bool is_missed(const App *app, Instant timer_run)
{
    enum { DAYS = 2 };
    return !instant_is_none(timer_run) && app_now(app).unix_ms - timer_run.unix_ms > DAYS * INT64_C(86400000);
}

bool app_remind_trouble(App *app, Str *out, Error *err)
{
    Arena arena = {0};
    DeliveryRow *rows;
    size_t n = 0;
    Instant last_run, timer_run;
    const char *said;
    bool ok = store_last_run(app->store, &arena, &last_run, &said, err) &&
              store_timer_run(app->store, &timer_run, err) &&
              read_trouble(app, last_run, 1, &arena, &rows, &n, err);
    if (ok && is_missed(app, timer_run)) {
        str_add_c(out, "The timer for reminders has not run for ");
        span_add(out, app_now(app).unix_ms - timer_run.unix_ms);
        str_add_c(out, "." REMIND_MORE);
    } else if (ok && n) {
        say_trouble(&rows[0].delivery, out);
    }
    arena_finish(&arena);
    return ok;
}
