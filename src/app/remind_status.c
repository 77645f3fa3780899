#include <entente/remind.h>

#include "own.h"

#include <string.h>

/* Every run tries again what failed, but for quiet hours and the digest's; the rows come with the last
 * attempt first. */
static bool read_trouble(App *app, Instant last_run, size_t limit, Arena *arena, DeliveryRow **ret,
                         size_t *ret_n, Error *err)
{
    Instant before = app_now(app);
    int64_t kept_ms = (int64_t)REMIND_TROUBLE_DAYS * 24 * 60 * 60 * 1000;
    size_t n;
    before.unix_ms -= (int64_t)REMIND_CUT_OFF_MINUTES * 60 * 1000;
    if (!store_deliveries_in_trouble(app->store, before, limit, arena, ret, &n, err)) return false;
    while (n > 0 && !instant_is_none(last_run) &&
           last_run.unix_ms - (*ret)[n - 1].delivery.at.unix_ms > kept_ms)
        n--;
    *ret_n = n;
    return true;
}

bool app_remind_status(App *app, size_t limit, Arena *arena, RemindStatus *ret, Error *err)
{
    RemindStatus s = {.last_run = INSTANT_NONE, .said = ""};
    if (!store_last_run(app->store, arena, &s.last_run, &s.said, err) ||
        !store_deliveries(app->store, limit, arena, &s.deliveries, &s.count, err) ||
        !read_trouble(app, s.last_run, limit, arena, &s.trouble, &s.trouble_count, err))
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

bool app_remind_trouble(App *app, Str *out, Error *err)
{
    Arena arena = {0};
    DeliveryRow *rows;
    size_t n = 0;
    Instant last_run;
    const char *said;
    bool ok = store_last_run(app->store, &arena, &last_run, &said, err) &&
              read_trouble(app, last_run, 1, &arena, &rows, &n, err);
    if (ok && n) {
        const Delivery *d = &rows[0].delivery;
        if (d->outcome == OUTCOME_SENDING)
            str_addf(out, "A reminder was cut off while it was sent %s; it may have arrived.",
                     by_channel(d->channel));
        else
            str_addf(out, "A reminder could not be sent %s: %s.", by_channel(d->channel), d->detail);
        str_add_c(out, REMIND_MORE);
    }
    arena_finish(&arena);
    return ok;
}
