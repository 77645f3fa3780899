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

static void add_settings(Str *out, const Config *config)
{
    const ReminderRules *r = &config->rules;
    begin_line(out, "Settings");
    str_add_c(out, "about ");
    add_kinds(out, r->about);
    if (r->lead > 0)
        str_addf(out, ", from %d day%s before on", r->lead, r->lead == 1 ? "" : "s");
    else
        str_add_c(out, ", on the due day");
    if (r->repeat > 0) {
        str_add_c(out, ", again every ");
        add_days(out, r->repeat);
    } else {
        str_add_c(out, ", once");
    }
    if (r->quiet_from != r->quiet_to) {
        str_add_c(out, ", quiet from ");
        add_clock(out, r->quiet_from);
        str_add_c(out, " to ");
        add_clock(out, r->quiet_to);
    }
    if (r->digest >= 0) {
        str_add_c(out, ", all in one, once a day from ");
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
        if (c->kind == CHANNEL_DESKTOP && config->desktop == DESKTOP_AUTO)
            str_add_c(out, " (where there is one)");
    }
    if (!config->channel_count)
        str_addf(out, "none: name one under [remind] in %s", *config->path ? config->path : "entente.conf");
    str_add_char(out, '\n');
}

/* ---- runs ---- */

static void add_timer(Str *out, const Timer *timer, bool ran)
{
    begin_line(out, "Run by");
    switch (timer->kind) {
    case TIMER_SYSTEMD: str_addf(out, "the systemd user timer %s, every 10 minutes", timer->where); break;
    case TIMER_CRON: str_addf(out, "%s, every 10 minutes", timer->where); break;
    case TIMER_LOGIN: str_addf(out, "a line in %s", timer->where); break;
    case TIMER_NONE:
        str_add_c(out, ran ? "no timer of entente's own; `entente remind --install` sets one up"
                           : "nothing yet; `entente remind --install` sets up a timer");
        break;
    }
    str_add_char(out, '\n');
    if (timer->kind != TIMER_NONE && timer->todo[0]) str_addf(out, "%*s%s\n", LABEL, "", timer->todo);
}

static void add_runs(Str *out, const Timer *timer, const RemindStatus *status, Date today)
{
    begin_line(out, "Last run");
    if (instant_is_none(status->last_run))
        str_add_c(out, "never");
    else
        when_add(out, status->last_run, today);
    if (status->said[0]) str_addf(out, ". %s", status->said);
    str_add_char(out, '\n');
    if (!timer->next[0]) return;
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

static void add_trouble(Str *out, const App *app, const Config *config, const RemindStatus *status)
{
    Date today = app_today(app);
    if (status->trouble_count) str_add_c(out, "\nNot delivered\n");
    for (size_t i = 0; i < status->trouble_count; i++) {
        const DeliveryRow *row = &status->trouble[i];
        const Delivery *d = &row->delivery;
        when_add(out, d->at, today);
        str_addf(out, ", %s, ", d->channel);
        add_what(out, row, config->names, today);
        add_failure(out, d, status->still_due[i] && is_wanted(d, config, today));
    }
}

void app_remind_words(const App *app, const Config *config, const Timer *timer, const RemindStatus *status,
                      Str *out)
{
    bool ran = !instant_is_none(status->last_run);
    add_settings(out, config);
    add_channels(out, config);
    add_timer(out, timer, ran);
    add_runs(out, timer, status, app_today(app));
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
        str_addf(out,
                 "Neither systemd nor cron can be used here, so nothing was changed. For a run at every "
                 "login, add this line to %s:\n%s",
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
