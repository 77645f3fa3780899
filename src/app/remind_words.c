#include "remind_own.h"

#include <entente/text.h>
#include <entente/vec.h>
#include <stdlib.h>

/* How reminders stand, in lines: a label and what there is to say. */

enum { LABEL = 10, GAP = 2, CELLS = 4 };

static void begin_line(Str *out, const char *label)
{
    str_add_c(out, label);
    str_add_fill(out, ' ', LABEL - strlen(label));
}

static void add_clock(Str *out, int minutes)
{
    str_addf(out, "%02d:%02d", minutes / 60, minutes % 60);
}

void when_add(Str *out, Instant at, Date today)
{
    date_print_short(out, instant_date(at), today);
    str_add_char(out, ' ');
    instant_print_clock(out, at);
}

static void add_days(Str *out, int n)
{
    if (n == 1)
        str_add_c(out, "day");
    else
        str_addf(out, "%d days", n);
}

void span_add(Str *out, int64_t ms)
{
    enum { HOUR_MS = 60 * 60 * 1000 };
    long long count = ms / HOUR_MS;
    bool days = count >= 48;
    if (days) count /= 24;
    str_addf(out, "%lld %s%s", count, days ? "day" : "hour", count == 1 ? "" : "s");
}

/* ---- settings ---- */

static void add_kinds(Str *out, unsigned about)
{
    size_t left = 0, said = 0;
    for (int k = 0; k < AGENDA_KIND_COUNT; k++) left += (about >> k) & 1;
    if (!left) str_add_c(out, "nothing");
    for (int k = 0; k < AGENDA_KIND_COUNT; k++) {
        if (!((about >> k) & 1)) continue;
        if (said) str_add_c(out, said + 1 == left ? " and " : ", ");
        str_addf(out, "%ss", agenda_kind_name((AgendaKind)k));
        said++;
    }
}

/* With a lead the one reminder there is comes before the day. */
static void add_days_of(Str *out, const ReminderRules *r)
{
    if (r->lead == 1)
        str_add_c(out, ", a day before");
    else if (r->lead > 1)
        str_addf(out, ", %d days before", r->lead);
    else
        str_add_c(out, ", on the due day");
    if (r->repeat > 0) {
        str_add_c(out, ", again every ");
        add_days(out, r->repeat);
        if (r->lead > 0) str_add_c(out, " from then on");
    } else {
        str_add_c(out, r->lead > 0 ? ", not again on the day" : ", once");
    }
}

static void add_settings(Str *out, const Config *config)
{
    const ReminderRules *r = &config->rules;
    begin_line(out, "Settings");
    str_add_c(out, "about ");
    add_kinds(out, r->about);
    add_days_of(out, r);
    if (r->quiet_from != r->quiet_to) {
        str_add_c(out, ", quiet from ");
        add_clock(out, r->quiet_from);
        str_add_c(out, " to ");
        add_clock(out, r->quiet_to);
    }
    if (r->digest >= 0) {
        str_add_c(out, ", what is new in one, once a day from ");
        add_clock(out, reminder_digest_from(r));
        str_add_c(out, " on");
    }
    str_add_c(out, config->names ? ", with names\n" : ", without names\n");
    if (config->problem_count)
        str_addf(out, "%*s%zu line%s of %s could not be used; `entente config` says why\n", LABEL, "",
                 config->problem_count, config->problem_count == 1 ? "" : "s", config->path);
}

static void add_channels(Str *out, const Config *config)
{
    begin_line(out, "Channels");
    for (size_t i = 0; i < config->channel_count; i++) {
        const Channel *c = &config->channels[i];
        if (i) str_add_c(out, ", ");
        str_add_c(out, c->name);
        const char *away = app_channel_away(c);
        if (away)
            str_addf(out, " (%s)", away);
        else if (c->kind == CHANNEL_DESKTOP && config->desktop == DESKTOP_AUTO)
            str_add_c(out, " (where there is one)");
    }
    if (!config->channel_count)
        str_addf(out, "none: name one under [remind] in %s", *config->path ? config->path : "entente.conf");
    str_add_char(out, '\n');
}

/* ---- runs ---- */

static const char *no_timer(const Timer *timer, bool ran)
{
    if (timer->other) return "no timer for this journal; `entente remind --install` sets one up";
    return ran ? "no timer of entente's own; `entente remind --install` sets one up"
               : "nothing yet; `entente remind --install` sets up a timer";
}

static void add_timer(Str *out, const Timer *timer, bool ran)
{
    begin_line(out, "Run by");
    switch (timer->other ? TIMER_NONE : timer->kind) {
    case TIMER_SYSTEMD: str_addf(out, "the systemd user timer %s, every 10 minutes", timer->where); break;
    case TIMER_CRON: str_addf(out, "%s, every 10 minutes", timer->where); break;
    case TIMER_LOGIN: str_addf(out, "a line in %s", timer->where); break;
    case TIMER_NONE: str_add_c(out, no_timer(timer, ran)); break;
    }
    str_add_char(out, '\n');
    if (timer->other) str_addf(out, "%*sA timer runs for another journal: %s\n", LABEL, "", timer->other);
    if (timer->todo[0]) str_addf(out, "%*s%s\n", LABEL, "", timer->todo);
}

/* Every ten minutes it should; a machine that wakes up makes up for it at once. */
static void add_missed(Str *out, const Timer *timer, Instant ran, Instant now)
{
    enum { HOUR_MS = 60 * 60 * 1000 };
    bool installed = timer->kind == TIMER_SYSTEMD || timer->kind == TIMER_CRON;
    if (!installed || timer->other || instant_is_none(ran) || now.unix_ms - ran.unix_ms <= HOUR_MS) return;
    str_addf(out, "%*sThe timer has not run for ", LABEL, "");
    span_add(out, now.unix_ms - ran.unix_ms);
    str_addf(out, ", though it is installed: is %s running?\n",
             timer->kind == TIMER_CRON ? "cron" : "systemd's timer");
}

/* The timer may have been asked a while ago, and have run since. */
static bool is_ahead(const Timer *timer, Instant last_run, Instant now)
{
    bool known = timer->next[0] && !timer->other && instant_cmp(timer->next_at, now) > 0;
    return known && (instant_is_none(last_run) || instant_cmp(timer->next_at, last_run) > 0);
}

static void add_runs(Str *out, const App *app, const Timer *timer, const RemindStatus *status)
{
    begin_line(out, "Last run");
    if (instant_is_none(status->last_run))
        str_add_c(out, "never");
    else
        when_add(out, status->last_run, app_today(app));
    if (status->said[0]) str_addf(out, ". %s", status->said);
    str_add_char(out, '\n');
    add_missed(out, timer, status->timer_run, app_now(app));
    if (!is_ahead(timer, status->last_run, app_now(app))) return;
    begin_line(out, "Next run");
    str_addf(out, "%s\n", timer->next);
}

/* ---- deliveries ---- */

static void add_what(Str *out, const DeliveryRow *row, bool names, Date today)
{
    const Delivery *d = &row->delivery;
    if (names && row->alliance_name[0])
        str_addf(out, "%s with %s", agenda_kind_name(d->kind), row->alliance_name);
    else
        str_addf(out, "a %s", agenda_kind_name(d->kind));
    str_add_c(out, ", due ");
    date_print_short(out, d->due_day, today);
    if (d->round > 0) str_add_c(out, ", repeated");
}

static void add_outcome(Str *out, const Delivery *d, Instant now)
{
    if (d->outcome == OUTCOME_DELIVERED)
        str_add_c(out, "delivered");
    else if (d->outcome == OUTCOME_FAILED)
        str_addf(out, "failed: %s", d->detail);
    else
        str_add_c(out, delivery_cut_off(d, now) ? "not known whether it arrived" : "being sent");
}

static void add_table(Str *out, char *const *cells, size_t rows)
{
    int widths[CELLS] = {0};
    for (size_t i = 0; i < rows * CELLS; i++) {
        int w = text_width(sv(cells[i]));
        if (w > widths[i % CELLS]) widths[i % CELLS] = w;
    }
    for (size_t i = 0; i < rows * CELLS; i++) {
        bool last = i % CELLS == CELLS - 1;
        str_add_c(out, cells[i]);
        int pad = last ? 0 : widths[i % CELLS] - text_width(sv(cells[i])) + GAP;
        str_add_fill(out, ' ', (size_t)pad);
        if (last) str_add_char(out, '\n');
    }
}

static void add_deliveries(Str *out, const App *app, const RemindStatus *status, bool names)
{
    if (!status->count) return;
    char **cells = mem_zalloc(status->count * CELLS, sizeof *cells);
    Date today = app_today(app);
    for (size_t i = 0; i < status->count; i++) {
        const DeliveryRow *row = &status->deliveries[i];
        Str cell[CELLS];
        for (int c = 0; c < CELLS; c++) str_init(&cell[c]);
        when_add(&cell[0], row->delivery.at, today);
        str_add_c(&cell[1], row->delivery.channel);
        add_what(&cell[2], row, names, today);
        add_outcome(&cell[3], &row->delivery, app_now(app));
        for (int c = 0; c < CELLS; c++) cells[i * CELLS + (size_t)c] = str_steal(&cell[c]);
    }
    str_add_c(out, "\nLast deliveries\n");
    add_table(out, cells, status->count);
    if (status->more) str_addf(out, "and %zu more\n", status->more);
    for (size_t i = 0; i < status->count * CELLS; i++) free(cells[i]);
    free(cells);
}

/* The channel is still one of the settings, and they still want this very reminder. */
static bool is_wanted(const Delivery *d, const Config *config, Date today)
{
    bool named = false;
    for (size_t i = 0; i < config->channel_count; i++)
        named = named || strcmp(config->channels[i].name, d->channel) == 0;
    return named && reminder_round(&config->rules, d->kind, d->due_day, today) == d->round;
}

static void add_failure(Str *out, const Delivery *d, bool again)
{
    if (d->outcome == OUTCOME_FAILED) {
        str_addf(out, ": %s.", d->detail);
        if (d->attempts > 1) str_addf(out, " Tried %d times.", d->attempts);
        str_add_c(out, again ? " It is tried again at the next run.\n" : "\n");
        return;
    }
    str_addf(out, ": %s, so it is not known whether it arrived. It is not sent again.\n",
             d->detail[0] ? d->detail : "it was cut off");
}

/* What one channel could not deliver. */
typedef struct {
    size_t failed, again, lost;
    const char *why; /* of the last that failed, else of the last that was cut off */
} Trouble;

static Trouble trouble_of(const char *channel, const Config *config, const RemindStatus *status, Date today)
{
    Trouble t = {.why = NULL};
    const char *cut_off = "it was cut off";
    for (size_t i = status->trouble_count; i-- > 0;) { /* the last one is the first */
        const Delivery *d = &status->trouble[i].delivery;
        if (strcmp(d->channel, channel) != 0) continue;
        if (d->outcome == OUTCOME_FAILED) {
            t.failed++;
            t.again += status->still_due[i] && is_wanted(d, config, today);
            t.why = d->detail;
        } else {
            t.lost++;
            if (d->detail[0]) cut_off = d->detail;
        }
    }
    if (!t.why) t.why = cut_off;
    return t;
}

static void add_several(Str *out, const Trouble *t)
{
    str_addf(out, "%zu reminders: %s", t->failed + t->lost, t->why);
    if (!t->failed) {
        str_add_c(out, ", so it is not known whether they arrived. They are not sent again.\n");
        return;
    }
    str_add_char(out, '.');
    if (t->again && t->again == t->failed + t->lost)
        str_add_c(out, " They are tried again at the next run.");
    else if (t->again)
        str_addf(out, " %zu of them %s tried again at the next run.", t->again, t->again == 1 ? "is" : "are");
    if (t->lost)
        str_addf(out, " Of %zu it is not known whether %s arrived: not sent again.", t->lost,
                 t->lost == 1 ? "it" : "they");
    str_add_char(out, '\n');
}

static bool is_first_of_channel(const RemindStatus *status, size_t at)
{
    const char *channel = status->trouble[at].delivery.channel;
    bool first = true;
    for (size_t i = 0; i < at; i++)
        first = first && strcmp(status->trouble[i].delivery.channel, channel) != 0;
    return first;
}

/* A line for each channel. */
static void add_trouble(Str *out, const App *app, const Config *config, const RemindStatus *status)
{
    Date today = app_today(app);
    if (status->trouble_count) str_add_c(out, "\nNot delivered\n");
    for (size_t i = 0; i < status->trouble_count; i++) {
        const DeliveryRow *row = &status->trouble[i];
        if (!is_first_of_channel(status, i)) continue;
        Trouble t = trouble_of(row->delivery.channel, config, status, today);
        when_add(out, row->delivery.at, today);
        str_addf(out, ", %s, ", row->delivery.channel);
        if (t.failed + t.lost > 1) {
            add_several(out, &t);
            continue;
        }
        add_what(out, row, config->names, today);
        add_failure(out, &row->delivery, t.again > 0);
    }
}

void app_remind_words(const App *app, const Config *config, const Timer *timer, const RemindStatus *status,
                      Str *out)
{
    bool ran = !instant_is_none(status->last_run);
    add_settings(out, config);
    add_channels(out, config);
    add_timer(out, timer, ran);
    add_runs(out, app, timer, status);
    add_deliveries(out, app, status, config->names);
    add_trouble(out, app, config, status);
}

/* ---- the timer ---- */

void app_timer_installed_words(const Timer *timer, Str *out)
{
    if (timer->kind == TIMER_SYSTEMD)
        str_addf(out, "The systemd user timer %s now runs reminders every 10 minutes.%s%s", timer->where,
                 *timer->todo ? " " : "", timer->todo);
    else if (timer->kind == TIMER_CRON)
        str_addf(out, "A line in %s now runs reminders every 10 minutes.", timer->where);
    else
        str_addf(
            out,
            "Neither systemd nor cron can be used here, so nothing was changed.%s%s%s For a run at every "
            "login, add this line to %s:\n%s",
            timer->why ? " (crontab said: " : "", timer->why ? timer->why : "", timer->why ? ")" : "",
            timer->where, timer->todo);
}

void app_timer_removed_words(const Timer *timer, Str *out)
{
    if (timer->kind == TIMER_NONE)
        str_add_c(out, "No timer of entente's was installed.");
    else
        str_addf(out, "The timer was taken away: %s %s. Reminders are sent no more.",
                 timer->kind == TIMER_SYSTEMD ? "the units of" : "the line in", timer->where);
}
