#include "own.h"

#include <entente/export.h>
#include <entente/remind.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { DELIVERIES_SHOWN = 10 };

/* ---- a run ---- */

/* A timer's mail is for trouble; a person at a terminal wants to hear something. */
static bool is_watched(const Run *r)
{
    int fd = fileno(r->out); /* -1 for a stream in memory */
    return fd >= 0 && isatty(fd);
}

static size_t failures(const RemindReport *report)
{
    size_t n = 0;
    for (size_t i = 0; i < report->count; i++) n += !report->sent[i].delivered;
    return n;
}

static const char *what_then(const Sent *s)
{
    return s->given_up ? " It may have arrived, and is not sent again."
                       : " It is tried again at the next run.";
}

/* What a timer has mailed once it need not mail every ten minutes. */
static void note_failures(Run *r, const RemindReport *report, bool with_known, bool with_then)
{
    for (size_t i = 0; i < report->count; i++) {
        const Sent *s = &report->sent[i];
        if (s->delivered || (s->again && !s->given_up && !with_known)) continue;
        note(r, "entente: %s: %s.%s", s->channel->name, s->why, with_then ? what_then(s) : "");
    }
}

static void say_sent(Run *r, const RemindReport *report)
{
    size_t sent = report->count - failures(report);
    const char *title = NULL;
    bool same = true;
    Str by;
    str_init(&by);
    for (size_t i = 0; i < report->count; i++) {
        const Sent *s = &report->sent[i];
        if (!s->delivered) continue;
        bool again = i > 0 && report->sent[i - 1].channel == s->channel && by.len;
        if (!again) str_addf(&by, "%s%s", by.len ? ", " : "", s->channel->name);
        same = same && (!title || strcmp(title, s->title) == 0);
        title = s->title;
    }
    if (same)
        say(r, "Sent \"%s\": %s.", title, by.buf);
    else
        say(r, "Sent %zu reminders: %s.", sent, by.buf);
    str_finish(&by);
}

static void say_run(Run *r, const RemindReport *report)
{
    if (*report->clock) say(r, "%s", report->clock);
    if (failures(report) < report->count)
        say_sent(r, report);
    else if (*report->waits)
        say(r, "%s", report->waits);
    else if (!report->count)
        say(r, "Nothing new is due.");
}

static void put_sent(JsonWriter *w, const Sent *s, bool dry)
{
    json_open(w, NULL, '{');
    json_put_text(w, "channel", s->channel->name);
    json_put_text(w, "title", s->title);
    json_put_text(w, "body", s->body);
    json_put_int(w, "check_ins", (int64_t)s->check_ins);
    json_put_int(w, "commitments", (int64_t)s->commitments);
    json_put_int(w, "reviews", (int64_t)s->reviews);
    if (!dry) json_put_bool(w, "delivered", s->delivered);
    if (!dry) put_text(w, "why", s->why);
    json_close(w, '}');
}

static void put_report(Run *r, const char *mode, const RemindReport *report, bool dry)
{
    JsonOut j;
    json_out_begin(&j);
    json_put_text(&j.w, "mode", mode);
    json_open(&j.w, dry ? "would_send" : "sent", '[');
    for (size_t i = 0; i < report->count; i++) put_sent(&j.w, &report->sent[i], dry);
    json_close(&j.w, ']');
    put_text(&j.w, "waits", report->waits);
    put_text(&j.w, "clock", report->clock);
    json_out_end(&j, r);
}

/* What failed is logged and tried again: a timer that were told so would be marked as broken. */
static bool run_once(Run *r, Error *err)
{
    RemindOptions options = {.config = &r->cli->config, .by_timer = given(r, "by-timer")};
    RemindReport report;
    Error late = {0};
    if (!app_remind(r->app, &options, &r->arena, &report, err)) return false;
    if (r->json)
        put_report(r, "run", &report, false);
    else if (is_watched(r))
        say_run(r, &report);
    note_failures(r, &report, is_watched(r), true);
    if (!app_calendar_refresh(r->app, true, &late)) cli_complain(r->err, &late);
    return true;
}

static bool run_dry(Run *r, Error *err)
{
    RemindOptions options = {.config = &r->cli->config};
    RemindReport report;
    if (!app_remind_dry(r->app, &options, &r->arena, &report, err)) return false;
    if (r->json) {
        put_report(r, "dry-run", &report, true);
        return true;
    }
    for (size_t i = 0; i < report.count; i++) {
        const Sent *s = &report.sent[i];
        say(r, "%s: %s", s->channel->name, s->title);
        for (StrView rest = sv(s->body); rest.len;) {
            StrView line = sv_cut(&rest, '\n');
            say(r, "  %.*s", (int)line.len, line.ptr);
        }
    }
    if (*report.waits) say(r, "%s", report.waits);
    if (!report.count && !*report.waits) say(r, "Nothing would be sent now.");
    return true;
}

/* What is left out where it is not there. */
static void say_left_out(Run *r, const RemindReport *report)
{
    const Config *config = &r->cli->config;
    for (size_t i = 0; i < config->channel_count; i++) {
        const Channel *c = &config->channels[i];
        bool tried = false;
        for (size_t k = 0; k < report->count; k++) tried = tried || report->sent[k].channel == c;
        const char *away = tried ? NULL : app_channel_away(c);
        if (away) say(r, "%s: %s.", c->name, away);
    }
}

static bool run_test(Run *r, Error *err)
{
    RemindOptions options = {.config = &r->cli->config};
    RemindReport report;
    if (!app_remind_test(r->app, &options, &r->arena, &report, err)) return false;
    if (r->json) put_report(r, "test", &report, false);
    for (size_t i = 0; !r->json && i < report.count; i++)
        if (report.sent[i].delivered) say(r, "%s: sent.", report.sent[i].channel->name);
    if (!r->json) say_left_out(r, &report);
    note_failures(r, &report, true, false);
    if (failures(&report)) r->status = ERR_CANNOT_WRITE;
    if (report.count) return true;
    return error_set(err, ERR_CANNOT_WRITE, "Nothing was sent. %s", report.waits);
}

/* ---- the timer ---- */

static void say_timer(Run *r, const Timer *t, void (*words)(const Timer *timer, Str *out))
{
    Str s;
    str_init(&s);
    words(t, &s);
    say(r, "%s", s.buf);
    str_finish(&s);
}

/* A timer that nothing comes of would seem to be all there is to do. */
static void warn_of_channels(Run *r)
{
    const Config *config = &r->cli->config;
    Str why;
    str_init(&why);
    for (size_t i = 0; i < config->channel_count; i++) {
        const char *away = app_channel_away(&config->channels[i]);
        if (!away) {
            str_finish(&why);
            return;
        }
        str_addf(&why, "%s%s: %s", i ? "; " : " (", config->channels[i].name, away);
    }
    if (why.len) str_add_char(&why, ')');
    say(r, "But no channel can be reached now%s. Name one under [remind] in %s, see entente.conf(5).",
        why.buf, *config->path ? config->path : "entente.conf");
    str_finish(&why);
}

static bool run_install(Run *r, Error *err)
{
    Timer t;
    if (!app_timer_install(r->app, &r->arena, &t, err)) return false;
    say_timer(r, &t, app_timer_installed_words);
    if (t.kind != TIMER_LOGIN)
        say(r, "They are those of %s. `entente remind --test` sends one now.", app_journal_path(r->app));
    if (!app_has_journal(r->app))
        say(r, "There is no journal at %s yet: nothing is due until there is.", app_journal_path(r->app));
    warn_of_channels(r);
    return true;
}

static bool run_uninstall(Run *r, Error *err)
{
    Timer t;
    if (!app_timer_uninstall(r->app, &r->arena, &t, err)) return false;
    say_timer(r, &t, app_timer_removed_words);
    return true;
}

/* ---- how it stands ---- */

static const char *timer_name(TimerKind kind)
{
    switch (kind) {
    case TIMER_SYSTEMD: return "systemd";
    case TIMER_CRON: return "cron";
    case TIMER_LOGIN: return "login";
    case TIMER_NONE: break;
    }
    return NULL;
}

static void put_deliveries(Run *r, JsonWriter *w, const char *key, const DeliveryRow *rows, size_t n)
{
    json_open(w, key, '[');
    for (size_t i = 0; i < n; i++) {
        const Delivery *d = &rows[i].delivery;
        json_open(w, NULL, '{');
        put_instant(w, "at", d->at);
        json_put_text(w, "channel", d->channel);
        json_put_text(w, "kind", agenda_kind_name(d->kind));
        json_put_id(w, "alliance_id", d->alliance);
        if (d->kind == AGENDA_COMMITMENT) json_put_id(w, "commitment_id", d->subject);
        if (r->cli->config.names) put_text(w, "alliance", rows[i].alliance_name);
        put_date(w, "due", d->due_day);
        json_put_int(w, "round", d->round);
        json_put_int(w, "attempts", d->attempts);
        json_put_text(w, "outcome", outcome_name(d->outcome));
        put_text(w, "detail", d->detail);
        json_close(w, '}');
    }
    json_close(w, ']');
}

static void put_status(Run *r, const Timer *t, const RemindStatus *s)
{
    const Config *config = &r->cli->config;
    JsonOut j;
    json_out_begin(&j);
    json_open(&j.w, "timer", '{');
    json_put_text(&j.w, "kind", timer_name(t->kind));
    put_text(&j.w, "where", t->where);
    put_instant(&j.w, "next", *t->next ? t->next_at : INSTANT_NONE);
    put_text(&j.w, "todo", t->todo);
    put_text(&j.w, "other_journal", t->other ? t->other : "");
    json_close(&j.w, '}');
    json_open(&j.w, "channels", '[');
    for (size_t i = 0; i < config->channel_count; i++) json_put_text(&j.w, NULL, config->channels[i].name);
    json_close(&j.w, ']');
    put_instant(&j.w, "last_run", s->last_run);
    put_text(&j.w, "said", s->said);
    put_deliveries(r, &j.w, "deliveries", s->deliveries, s->count);
    json_put_int(&j.w, "more", (int64_t)s->more);
    put_deliveries(r, &j.w, "trouble", s->trouble, s->trouble_count);
    json_out_end(&j, r);
}

static bool run_status(Run *r, Error *err)
{
    Timer t;
    RemindStatus s;
    if (!app_timer_state(r->app, &r->arena, &t, err) ||
        !app_remind_status(r->app, DELIVERIES_SHOWN, &r->arena, &s, err))
        return false;
    if (r->json) {
        put_status(r, &t, &s);
        return true;
    }
    Str words;
    str_init(&words);
    app_remind_words(r->app, &r->cli->config, &t, &s, &words);
    say(r, "%s", arena_str(&r->arena, sv_trim(str_view(&words))));
    str_finish(&words);
    return true;
}

/* ---- the command ---- */

typedef struct {
    const char *option;
    bool json;
    bool (*run)(Run *r, Error *err);
} Mode;

static const Mode PLAIN_RUN = {NULL, true, run_once};
static const Mode MODES[] = {
    {"dry-run", true, run_dry},          {"test", true, run_test},     {"install", false, run_install},
    {"uninstall", false, run_uninstall}, {"status", true, run_status}, {"by-timer", true, run_once},
};

static bool find_mode(const Run *r, const Mode **ret, Error *err)
{
    const Mode *mode = &PLAIN_RUN;
    for (size_t i = 0; i < sizeof MODES / sizeof *MODES; i++) {
        if (!given(r, MODES[i].option)) continue;
        if (mode->option)
            return error_set(err, ERR_USAGE, "--%s and --%s: only one of them can be done at a time.",
                             mode->option, MODES[i].option);
        mode = &MODES[i];
    }
    if (r->json && !mode->json)
        return error_set(err, ERR_USAGE, "--json: --%s has only words to say. Leave it out.", mode->option);
    *ret = mode;
    return true;
}

/* What is wrong with the settings is no news every ten minutes; --status has a line of its own for it. */
static void note_problems(Run *r, const Mode *mode)
{
    const Config *config = &r->cli->config;
    if (mode->run == run_status || (mode->run == run_once && !is_watched(r))) return;
    for (size_t i = 0; i < config->problem_count; i++) note(r, "entente: %s", config->problems[i]);
}

bool cmd_remind(Run *r, Error *err)
{
    const Mode *mode = &PLAIN_RUN;
    if (!find_mode(r, &mode, err)) return false;
    note_problems(r, mode);
    return mode->run(r, err);
}
