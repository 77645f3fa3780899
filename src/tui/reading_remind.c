#include <entente/remind.h>

#include "reading.h"

/* How reminders stand, a test of them, and the timer that runs them. */

enum { DELIVERIES_SHOWN = 10, LABEL = 10 /* as wide as app_remind_words makes them */ };

static const char DEMO_WORDS[] = "The demo reminds of nothing: no timer is touched, nothing is sent.";

/* The settings in force; where nobody gave any, the defaults. */
static const Config *settings(Ui *ui, Arena *arena)
{
    if (ui_config(ui)) return ui_config(ui);
    Config *defaults = arena_alloc(arena, sizeof *defaults);
    config_load("", arena, defaults);
    return defaults;
}

/* ---- how they stand ---- */

/* What is asked for once, when the page opens: programs must be run to know it. */
typedef struct {
    const Config *config;
    Timer timer;
    Error err;
} Asked;

static const void *ask_timer(Ui *ui, Arena *arena)
{
    Asked *a = arena_alloc(arena, sizeof *a);
    *a = (Asked){.config = settings(ui, arena)};
    if (!app_is_demo(ui_app(ui))) app_timer_state(ui_app(ui), arena, &a->timer, &a->err);
    return a;
}

static bool add_status(Ui *ui, const Asked *a, Str *out, Error *err)
{
    Arena arena = {0};
    RemindStatus status;
    bool ok = app_remind_status(ui_app(ui), DELIVERIES_SHOWN, &arena, &status, err);
    if (ok) app_remind_words(ui_app(ui), a->config, &a->timer, &status, out);
    arena_finish(&arena);
    return ok;
}

static void status_words(Ui *ui, const void *asked, Str *out)
{
    const Asked *a = asked;
    Error err = a->err;
    if (app_is_demo(ui_app(ui))) {
        str_addf(out, "%s\n", DEMO_WORDS);
        return;
    }
    if (err.code || !add_status(ui, a, out, &err)) str_addf(out, "%s\n", err.msg);
    str_add_c(out, "\n: remind-test sends a test through each channel.\n"
                   ": remind-install sets up a timer that runs reminders.\n"
                   ": remind-uninstall takes it away again.\n");
}

static void open_page(Ui *ui, const ReadingArg *arg)
{
    if (ui_top(ui)->ops == &VIEW_READING) ui_pop(ui);
    ui_push(ui, &VIEW_READING, arg);
}

void reading_reminders(Ui *ui)
{
    open_page(ui, &(ReadingArg){.title = "Reminders", .ask = ask_timer, .fill = status_words, .hang = LABEL});
}

/* ---- a test ---- */

static void add_sent(const RemindReport *report, Str *out)
{
    for (size_t i = 0; i < report->count; i++) {
        const Sent *s = &report->sent[i];
        if (s->delivered)
            str_addf(out, "%s: sent.\n", s->channel->name);
        else
            str_addf(out, "%s: could not be sent: %s.\n", s->channel->name, s->why);
    }
    if (!report->count) str_addf(out, "Nothing was sent. %s\n", report->waits);
    str_add_c(out, "\n: reminders shows how they stand.\n");
}

/* False and said: the demo's people are invented. */
static bool is_real(Ui *ui)
{
    if (app_is_demo(ui_app(ui))) ui_say(ui, "%s", DEMO_WORDS);
    return !app_is_demo(ui_app(ui));
}

void reading_remind_test(Ui *ui)
{
    if (!is_real(ui)) return;
    ui_say(ui, "Sending a test through each channel...");
    ui_ask(ui, REQUEST_REMIND_TEST);
}

void reading_remind_send(Ui *ui)
{
    Arena arena = {0};
    RemindOptions options = {.config = settings(ui, &arena)};
    RemindReport report;
    Error err = {0};
    Str said;
    str_init(&said);
    if (app_remind_test(ui_app(ui), &options, &arena, &report, &err)) {
        add_sent(&report, &said);
        open_page(ui, &(ReadingArg){.title = "A test of reminders", .text = said.buf});
    } else {
        ui_say_error(ui, &err);
    }
    ui_ask(ui, REQUEST_REDRAW); /* this terminal may have been a channel */
    str_finish(&said);
    arena_finish(&arena);
}

/* ---- the timer ---- */

typedef bool TimerVerb(App *app, Arena *arena, Timer *ret, Error *err);

/* What was done stands in the status row over how it is now; a line to be copied on a page of its own. */
static void change_timer(Ui *ui, TimerVerb *verb, void (*words)(const Timer *timer, Str *out))
{
    if (!is_real(ui)) return;
    Arena arena = {0};
    Timer timer;
    Error err = {0};
    Str said;
    str_init(&said);
    if (!verb(ui_app(ui), &arena, &timer, &err)) {
        ui_say_error(ui, &err);
    } else {
        words(&timer, &said);
        if (timer.kind == TIMER_LOGIN) {
            open_page(ui, &(ReadingArg){.title = "A timer for reminders", .text = said.buf});
        } else {
            reading_reminders(ui);
            ui_say(ui, "%s", said.buf);
        }
    }
    str_finish(&said);
    arena_finish(&arena);
}

void reading_remind_install(Ui *ui)
{
    change_timer(ui, app_timer_install, app_timer_installed_words);
}

void reading_remind_uninstall(Ui *ui)
{
    change_timer(ui, app_timer_uninstall, app_timer_removed_words);
}
