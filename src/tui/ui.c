#include "ui.h"

#include <assert.h>
#include <entente/export.h>
#include <entente/text.h>
#include <signal.h>
#include <stdarg.h>
#include <string.h>

#include "defaults.h"
#include "reading.h"
#include "ui_own.h"

/* ---- views ---- */

unsigned view_where(const View *v)
{
    return v->ops->where ? v->ops->where(v) : ON_READING;
}

bool view_typing(const View *v)
{
    return v->ops->typing && v->ops->typing(v);
}

static void view_free(View *v)
{
    if (v->ops->close) v->ops->close(v);
    free(v->state);
    free(v);
}

static void reap(Ui *ui)
{
    while (ui->gone.len > 0) view_free(ui->gone.at[--ui->gone.len]);
}

View *ui_top(const Ui *ui)
{
    return ui->stack.len ? ui->stack.at[ui->stack.len - 1] : NULL;
}

View *ui_below(const Ui *ui)
{
    return ui->stack.len > 1 ? ui->stack.at[ui->stack.len - 2] : NULL;
}

static View *view_new(Ui *ui, const ViewOps *ops, const void *arg, Error *err)
{
    View *v = mem_zalloc(1, sizeof *v);
    v->ops = ops;
    v->state = mem_zalloc(1, ops->state_size ? ops->state_size : 1);
    if (!ops->open || ops->open(v, ui, arg, err)) return v;
    view_free(v);
    return NULL;
}

void ui_push(Ui *ui, const ViewOps *ops, const void *arg)
{
    Error err = {0};
    str_clear(&ui->message);
    View *v = view_new(ui, ops, arg, &err);
    if (v)
        vec_push(&ui->stack, v);
    else
        ui_say_error(ui, &err);
}

/* Drafts are no verbs, so what a session left behind is read now. */
static void drop_top(Ui *ui)
{
    View *v = ui->stack.at[--ui->stack.len];
    vec_push(&ui->gone, v);
    if (v->ops->save) ui_reload(ui);
}

void ui_pop(Ui *ui)
{
    if (ui->stack.len == 0) return;
    drop_top(ui);
    if (ui->stack.len == 0) ui->done = true;
}

static bool save_all(Ui *ui, Error *err)
{
    bool ok = true;
    for (size_t i = 0; i < ui->stack.len; i++) {
        View *v = ui->stack.at[i];
        if (v->ops->save && !v->ops->save(v, ui, err)) ok = false;
    }
    if (ok) ui->quit_refused = false;
    return ok;
}

void ui_pop_to_home(Ui *ui)
{
    Error err = {0};
    if (!save_all(ui, &err)) {
        ui_say_error(ui, &err);
        return;
    }
    while (ui->stack.len > 1) drop_top(ui);
    if (ui->stack.len == 1 && ui->stack.at[0]->ops == &VIEW_HOME) return;
    while (ui->stack.len > 0) drop_top(ui);
    ui_push(ui, &VIEW_HOME, NULL);
}

static bool reload_view(Ui *ui, View *v, Error *err)
{
    return !v->ops->reload || v->ops->reload(v, ui, err);
}

/* A page whose subject is gone closes; any other failure is told and the old rows stay. */
void ui_reload(Ui *ui)
{
    for (size_t i = 0; i < ui->stack.len;) {
        Error err = {0};
        View *v = ui->stack.at[i];
        if (reload_view(ui, v, &err)) {
            i++;
            continue;
        }
        ui_say_error(ui, &err);
        if (i == 0 || err.code != ERR_NOT_FOUND) {
            i++;
            continue;
        }
        vec_remove(&ui->stack, i);
        vec_push(&ui->gone, v);
    }
}

/* ---- a life ---- */

static void open_first(Ui *ui, const UiOptions *options)
{
    const ViewOps *ops = options->session ? &VIEW_SESSION : options->first_run ? &VIEW_FIRST_RUN : &VIEW_HOME;
    View *v = view_new(ui, ops, options->session, &ui->open_error);
    if (v)
        vec_push(&ui->stack, v);
    else
        ui->done = true;
}

Ui *ui_new(const UiOptions *options)
{
    Ui *ui = mem_zalloc(1, sizeof *ui);
    ui->app = options->app;
    ui->config = options->config;
    ui->w = options->w;
    ui->h = options->h;
    ui->ascii = options->ascii;
    ui->tour.on = options->tour;
    ui->today = app_today(ui->app);
    str_init(&ui->message);
    str_init(&ui->editor_text);
    str_init(&ui->editor_question);
    open_first(ui, options);
    return ui;
}

static void close_all(Ui *ui)
{
    while (ui->stack.len > 0) {
        View *v = ui->stack.at[--ui->stack.len];
        vec_push(&ui->gone, v);
    }
    reap(ui);
}

void ui_free(Ui *ui)
{
    if (!ui) return;
    close_all(ui);
    for (size_t i = 0; i < ui->messages.len; i++) free(ui->messages.at[i]);
    vec_finish(&ui->messages);
    vec_finish(&ui->stack);
    vec_finish(&ui->gone);
    str_finish(&ui->message);
    str_finish(&ui->editor_text);
    str_finish(&ui->editor_question);
    free(ui);
}

void ui_replace_app(Ui *ui, App *app, bool tour)
{
    close_all(ui);
    ui->app = app;
    ui->today = app_today(app);
    ui->tour = (Tour){.on = tour};
    ui->unsaved = false;
    ui_push(ui, &VIEW_HOME, NULL);
}

const Error *ui_open_error(const Ui *ui)
{
    return ui->open_error.code ? &ui->open_error : NULL;
}

App *ui_app(const Ui *ui)
{
    return ui->app;
}

const Config *ui_config(const Ui *ui)
{
    return ui->config;
}

bool ui_ascii(const Ui *ui)
{
    return ui->ascii;
}

void ui_size(const Ui *ui, int *ret_w, int *ret_h)
{
    *ret_w = ui->w;
    *ret_h = ui->h;
}

bool ui_too_small(const Ui *ui)
{
    return ui->w < MIN_WIDTH || ui->h < MIN_HEIGHT;
}

Id ui_alliance(const Ui *ui)
{
    const View *v = ui_top(ui);
    return v && v->ops->alliance ? v->ops->alliance(v) : 0;
}

bool ui_tours(const Ui *ui)
{
    const View *v = ui_top(ui);
    return ui->tour.on && v && (view_where(v) & ON_PAGES) && !view_typing(v);
}

static bool end_tour(Ui *ui, Key key)
{
    if (key != KEYN_ESC || !ui_tours(ui)) return false;
    ui->tour.on = false;
    ui_say(ui, "The tour has ended.  F2 Commands");
    return true;
}

bool ui_done(const Ui *ui)
{
    return ui->done;
}

int ui_exit_code(const Ui *ui)
{
    return ui->exit_code;
}

/* ---- saying ---- */

/* The same thing said again and again (a save that keeps failing) is one message. */
static void keep_message(Ui *ui, const char *text)
{
    size_t n = ui->messages.len;
    if (n > 0 && strcmp(ui->messages.at[n - 1], text) == 0) return;
    if (n == MESSAGES_KEPT) {
        free(ui->messages.at[0]);
        vec_remove(&ui->messages, 0);
    }
    vec_push(&ui->messages, mem_strdup(text));
}

void ui_say(Ui *ui, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    str_clear(&ui->message);
    str_vaddf(&ui->message, fmt, ap);
    va_end(ap);
    ui->message_is_error = false;
    if (ui->message.len > 0) keep_message(ui, ui->message.buf);
}

void ui_say_error(Ui *ui, const Error *err)
{
    ui_say(ui, "%s", err->msg);
    ui->message_is_error = true;
}

size_t ui_message_count(const Ui *ui)
{
    return ui->messages.len;
}

const char *ui_message(const Ui *ui, size_t i)
{
    assert(i < ui->messages.len);
    return ui->messages.at[ui->messages.len - 1 - i];
}

void ui_report(Ui *ui, bool ok, const Done *done, const Error *err)
{
    if (!ok) {
        ui_say_error(ui, err);
        return;
    }
    ui_reload(ui);
    ui_say(ui, "%s  u Undo", done->text.buf);
}

/* ---- asking the loop ---- */

void ui_ask(Ui *ui, UiRequest request)
{
    ui->request = request;
}

UiRequest ui_take_request(Ui *ui)
{
    UiRequest request = ui->request;
    ui->request = REQUEST_NONE;
    return request;
}

void ui_ask_editor(Ui *ui, StrView text, StrView question)
{
    str_set(&ui->editor_text, text);
    str_set(&ui->editor_question, question);
    ui_ask(ui, REQUEST_EDITOR);
}

StrView ui_editor_text(const Ui *ui, StrView *ret_question)
{
    *ret_question = str_view(&ui->editor_question);
    return str_view(&ui->editor_text);
}

void ui_editor_done(Ui *ui, const StrView *text, const char *why)
{
    View *v = ui_top(ui);
    if (text && v && v->ops->edited) v->ops->edited(v, ui, *text);
    if (text) ui->unsaved = true;
    if (why) ui_say(ui, "%s", why);
    str_clear(&ui->editor_text);
    str_clear(&ui->editor_question);
    reap(ui);
}

void ui_remind_test(Ui *ui)
{
    reading_remind_send(ui);
    reap(ui);
}

/* ---- leaving ---- */

void ui_quit(Ui *ui, int exit_code)
{
    Error err = {0};
    if (!save_all(ui, &err) && !ui->quit_refused) {
        ui_say_error(ui, &err);
        ui->quit_refused = true;
        return;
    }
    ui->exit_code = exit_code;
    ui->done = true;
}

/* The terminal is gone or going: what can be saved is saved, nothing is asked. */
static void leave(Ui *ui, int signal)
{
    Error err = {0};
    save_all(ui, &err);
    ui->exit_code = 128 + (signal ? signal : SIGHUP); /* input at its end is a window closed */
    ui->done = true;
}

bool ui_idle_due(const Ui *ui)
{
    return ui->unsaved;
}

static void keep_calendar(Ui *ui)
{
    Error err = {0};
    if (!app_calendar_refresh(ui->app, false, &err)) ui_say_error(ui, &err);
}

void ui_idle(Ui *ui)
{
    Error err = {0};
    if (!save_all(ui, &err)) ui_say_error(ui, &err);
    ui->unsaved = false;
    Date today = app_today(ui->app);
    keep_calendar(ui);
    bool new_day = today != ui->today;
    ui->today = today;
    if (app_changed_elsewhere(ui->app) || new_day) ui_reload(ui);
    reap(ui);
}

/* ---- keys ---- */

static bool run_command(Ui *ui, View *v, CommandId id)
{
    str_clear(&ui->message);
    tour_saw_command(&ui->tour, id);
    if (v->ops->save) ui->unsaved = true;
    if (v->ops->command && v->ops->command(v, ui, id) == EV_HANDLED) return true;
    return default_command(ui, v, id);
}

void ui_run(Ui *ui, CommandId id)
{
    View *v = ui_top(ui);
    if (!v) return;
    const Command *c = command_find(view_where(v), id);
    if (!c) c = command_find(ON_OVERVIEW, id); /* done to the alliance, as the palette lists it */
    if (!c) c = command_find(ON_ALL, id);
    const char *why = c ? command_why_not(view_where(v), ui_alliance(ui) != 0, c) : "Not here";
    if (why)
        ui_say(ui, "%s.", why);
    else if (!run_command(ui, v, id))
        ui_say(ui, "That cannot be done here.");
}

static bool offer(Ui *ui, View *v, const Event *e)
{
    if (!v->ops->event) return false;
    bool typing = view_typing(v);
    if (typing && e->type == EVENT_KEY && key_is_text(e->key)) str_clear(&ui->message);
    if (v->ops->event(v, ui, e) != EV_HANDLED) return false;
    if (v->ops->save) ui->unsaved = true;
    return true;
}

/* On a Cyrillic or Greek layout no letter ever arrives as a command: say how to go on without. */
static void say_no_command(Ui *ui, const View *v, Key key)
{
    Str name;
    str_init(&name);
    key_print(&name, key);
    const Command *help = command_find(view_where(v), CMD_HELP);
    if (key_is_text(key) && key > 0x7f) {
        ui_say(ui, "No command on \"%s\". F2 lists all commands", name.buf);
    } else if (help) {
        StrView k = command_first_key(help);
        ui_say(ui, "No command on \"%s\" here.  %.*s Help", name.buf, (int)k.len, k.ptr);
    } else {
        ui_say(ui, "No command on \"%s\" here.", name.buf);
    }
    str_finish(&name);
}

/* On a screen too small to show what a key would do, only leaving works; typing goes on. */
static bool works_unseen(Key key)
{
    return key == 'q' || key == 'Q' || key == KEY_CTRL('c') || key == KEY_CTRL('z') || key == KEY_CTRL('l');
}

static bool is_press(Key key)
{
    return key == KEYN_ENTER || key == ' ';
}

static void handle_key(Ui *ui, const Event *e)
{
    View *v = ui_top(ui);
    Key key = e->key;
    if (!v || key == KEYN_UNKNOWN) return;
    bool typing = view_typing(v);
    bool again = key == KEY_CTRL('c') && ui->ctrl_c;
    ui->ctrl_c = key == KEY_CTRL('c');
    if (again) {
        ui_quit(ui, ERR_INTERRUPTED);
        return;
    }
    if (ui_too_small(ui) && !typing) {
        if (!works_unseen(key)) return;
        if (key == 'q') key = 'Q';
    }
    if (end_tour(ui, key)) return;
    if (is_press(key) && offer(ui, v, e)) return;
    const Command *c = command_for_key(view_where(v), key, typing && key != KEYN_ENTER);
    if (c && run_command(ui, v, c->id)) return;
    if (!is_press(key) && offer(ui, v, e)) return;
    if (!typing) say_no_command(ui, v, key);
}

static void handle_paste(Ui *ui, const Event *e)
{
    View *v = ui_top(ui);
    if (!v) return;
    if (!view_typing(v) || !offer(ui, v, e)) ui_say(ui, "Paste works in text fields");
}

static void handle_mouse(Ui *ui, const Event *e)
{
    View *v = ui_top(ui);
    if (!v || ui_too_small(ui)) return;
    if (e->wheel == 0) {
        offer(ui, v, e);
        return;
    }
    Event key = {.type = EVENT_KEY, .key = e->wheel < 0 ? KEYN_UP : KEYN_DOWN};
    offer(ui, v, &key);
}

static void handle_resize(Ui *ui, const Event *e)
{
    Error err = {0};
    ui->w = e->w > 0 ? e->w : 1;
    ui->h = e->h > 0 ? e->h : 1;
    if (!save_all(ui, &err)) ui_say_error(ui, &err);
}

void ui_handle(Ui *ui, const Event *e)
{
    switch (e->type) {
    case EVENT_KEY: handle_key(ui, e); break;
    case EVENT_PASTE: handle_paste(ui, e); break;
    case EVENT_MOUSE: handle_mouse(ui, e); break;
    case EVENT_RESIZE: handle_resize(ui, e); break;
    case EVENT_TIMEOUT: ui_idle(ui); break;
    case EVENT_RESUME: ui_ask(ui, REQUEST_REDRAW); break;
    case EVENT_LEAVE: leave(ui, e->signal); break;
    }
    View *top = ui_top(ui);
    tour_saw_view(&ui->tour, top ? top->ops : NULL);
    reap(ui);
}
