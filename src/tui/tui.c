#include <entente/tui.h>

#include <entente/export.h>
#include <entente/handoff.h>
#include <entente/text.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "ui.h"

/* Typed text is saved after a second at most; else the screen only looks around for other writers and a new
 * day. */
enum { SAVE_MS = 1000, LOOK_MS = 5000 };

typedef struct {
    const TuiOptions *options;
    App *app;
    Terminal *terminal;
    Ui *ui;
    Canvas canvas;
    bool demo;    /* `app` is the demo */
    bool waiting; /* something is unsaved since `since` */
    int64_t since;
    SessionStart session;
} Screen;

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void show(Screen *s)
{
    ui_draw(s->ui, &s->canvas);
    terminal_show(s->terminal, &s->canvas);
}

/* ---- what views ask of the terminal ---- */

static void edit_outside(Screen *s)
{
    StrView question;
    StrView text = ui_editor_text(s->ui, &question);
    Str edited;
    Error err = {0};
    str_init(&edited);
    ui_idle(s->ui);
    terminal_release(s->terminal);
    bool ok = handoff_edit(text, question, &edited, &err);
    terminal_retake(s->terminal);
    StrView result = str_view(&edited);
    ui_editor_done(s->ui, ok ? &result : NULL, ok ? NULL : err.msg);
    str_finish(&edited);
}

static void enter_demo(Screen *s)
{
    App *demo;
    Error err = {0};
    AppOptions options = s->options->app;
    options.calendar = NULL; /* its people are invented */
    if (!app_open_demo(&options, &demo, &err)) {
        ui_say_error(s->ui, &err);
        return;
    }
    ui_idle(s->ui);
    ui_replace_app(s->ui, demo, true);
    app_close(s->app);
    s->app = demo;
    s->demo = true;
}

static void serve(Screen *s)
{
    UiRequest request = ui_take_request(s->ui);
    if (request == REQUEST_REMIND_TEST) {
        show(s);
        ui_remind_test(s->ui);
        request = ui_take_request(s->ui);
    }
    switch (request) {
    case REQUEST_REMIND_TEST:
    case REQUEST_NONE: break;
    case REQUEST_REDRAW: terminal_redraw(s->terminal); break;
    case REQUEST_SUSPEND: terminal_suspend(s->terminal); break;
    case REQUEST_EDITOR: edit_outside(s); break;
    case REQUEST_DEMO: enter_demo(s); break;
    }
}

/* ---- the loop ---- */

static int patience(const Screen *s)
{
    if (!s->waiting) return LOOK_MS;
    int64_t left = SAVE_MS - (now_ms() - s->since);
    return left > 0 ? (int)left : 0;
}

/* Also while keys keep coming: whoever types without a pause must not lose more than who pauses. */
static void save_in_time(Screen *s)
{
    if (ui_idle_due(s->ui) && !s->waiting) {
        s->waiting = true;
        s->since = now_ms();
    }
    if (s->waiting && now_ms() - s->since >= SAVE_MS) ui_idle(s->ui);
    if (!ui_idle_due(s->ui)) s->waiting = false;
}

static void loop(Screen *s)
{
    while (!ui_done(s->ui)) {
        Event e;
        show(s);
        terminal_wait(s->terminal, patience(s), &e);
        ui_handle(s->ui, &e);
        serve(s);
        save_in_time(s);
    }
}

/* ---- opening and leaving ---- */

static bool find_session(Screen *s, Error *err)
{
    s->session = s->options->session;
    return !s->options->who || app_find(s->app, s->options->who, false, &s->session.alliance, err);
}

static bool open_app(Screen *s, Error *err)
{
    s->demo = s->options->demo;
    return s->demo ? app_open_demo(&s->options->app, &s->app, err) : app_open(&s->options->app, &s->app, err);
}

static bool open_screen(Screen *s, Error *err)
{
    TerminalOptions terminal = {.color = s->options->color, .mouse = true};
    if (!terminal_open(&terminal, &s->terminal, err)) return false;
    UiOptions ui = {.app = s->app,
                    .config = s->options->config,
                    .first_run = !app_has_journal(s->app) && !s->demo,
                    .tour = s->demo,
                    .session = s->options->has_session ? &s->session : NULL,
                    .ascii = terminal_ascii(s->terminal)};
    terminal_size(s->terminal, &ui.w, &ui.h);
    s->ui = ui_new(&ui);
    if (!ui_open_error(s->ui)) return true;
    *err = *ui_open_error(s->ui);
    return false;
}

/* The first stays in the status row, which has no room for folders; the others are among the messages. */
static void say_problems(Screen *s)
{
    const Config *c = s->options->config;
    const char *slash = c ? strrchr(c->path, '/') : NULL;
    size_t folder = slash ? (size_t)(slash - c->path) + 1 : 0;
    for (size_t i = c ? c->problem_count : 0; i > 0; i--) ui_say(s->ui, "%s", c->problems[i - 1] + folder);
}

/* What a session alone said last would be gone with the screen. */
static void say_goodbye(const Screen *s)
{
    if (s->options->has_session && ui_message_count(s->ui) > 0) printf("%s\n", ui_message(s->ui, 0));
    if (s->demo) printf("The demo is gone. Your own journal was not touched.\n");
}

/* On the screen's last key: where it failed there is no status row left to say so. */
static void keep_calendar(const Screen *s)
{
    Error err = {0};
    if (app_calendar_refresh(s->app, false, &err)) return;
    Str line;
    str_init(&line);
    text_clean(&line, sv(err.msg), false);
    fprintf(stderr, "entente: %s\n", line.buf);
    str_finish(&line);
}

int tui_run(const TuiOptions *options, Error *err)
{
    Screen s = {.options = options};
    bool ok = open_app(&s, err) && (!options->has_session || find_session(&s, err)) && open_screen(&s, err);
    int code = ok ? 0 : (int)err->code;
    if (ok) {
        canvas_init(&s.canvas, 1, 1);
        say_problems(&s);
        loop(&s);
        code = ui_exit_code(s.ui);
    }
    terminal_close(s.terminal);
    if (ok) {
        keep_calendar(&s);
        say_goodbye(&s);
    }
    ui_free(s.ui);
    canvas_finish(&s.canvas);
    app_close(s.app);
    return code;
}
