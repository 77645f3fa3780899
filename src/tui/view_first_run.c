#include "ui.h"

#include <entente/text.h>
#include <string.h>

/* The welcome: shown while no journal exists. Nothing is written until a choice needs it. */

typedef struct {
    List list;
    int first_y; /* of the choices, for clicks */
} FirstRun;

static const struct {
    const char *what, *about;
} CHOICES[] = {
    {"Design my first alliance", "about 15 minutes, stop at any time"},
    {"Look around with a demo journal", "invented people; nothing is kept"},
    {"Start with an empty journal", ""},
};
enum { CHOICE_COUNT = sizeof CHOICES / sizeof CHOICES[0] };

static bool open(View *v, Ui *ui, const void *arg, Error *err)
{
    FirstRun *f = v->state;
    (void)ui;
    (void)arg;
    (void)err;
    list_set_height(&f->list, CHOICE_COUNT);
    list_set_count(&f->list, CHOICE_COUNT, false);
    return true;
}

static unsigned where(const View *v)
{
    (void)v;
    return ON_FIRST_RUN;
}

static void begin(Ui *ui, size_t choice)
{
    if (choice == 1) {
        ui_ask(ui, REQUEST_DEMO);
        return;
    }
    ui_pop_to_home(ui);
    if (choice == 0) ui_push(ui, &VIEW_SESSION, &(SessionStart){.stage = STAGE_DESIGN});
}

static EventResult command(View *v, Ui *ui, CommandId id)
{
    FirstRun *f = v->state;
    if (id != CMD_OPEN && id != CMD_NEW) return EV_IGNORED;
    begin(ui, id == CMD_NEW ? 0 : f->list.selected);
    return EV_HANDLED;
}

static EventResult event(View *v, Ui *ui, const Event *e)
{
    FirstRun *f = v->state;
    if (e->type == EVENT_MOUSE && e->y >= f->first_y && e->y < f->first_y + CHOICE_COUNT) {
        list_select(&f->list, (size_t)(e->y - f->first_y));
        return EV_HANDLED;
    }
    if (e->type != EVENT_KEY) return EV_IGNORED;
    if (e->key >= '1' && e->key < '1' + CHOICE_COUNT) {
        begin(ui, e->key - '1');
        return EV_HANDLED;
    }
    return list_key(&f->list, e->key) ? EV_HANDLED : EV_IGNORED;
}

/* Somebody else has written a journal meanwhile: there is something to see. */
static bool reload(View *v, Ui *ui, Error *err)
{
    (void)v;
    (void)err;
    if (app_has_journal(ui_app(ui))) ui_pop_to_home(ui);
    return true;
}

static void frame(const View *v, const Ui *ui, Frame *f)
{
    (void)v;
    Date today = app_today(ui_app(ui));
    int w, h;
    ui_size(ui, &w, &h);
    str_add_c(&f->left, "entente");
    if (w < 60)
        date_print_short(&f->right, today, today);
    else
        date_print_long(&f->right, today);
    str_add_c(&f->status, "Nothing has been written yet.");
}

/* ---- the text, longest first: a lower screen leaves out what explains, never the choices ---- */

static const char WELCOME[] = "Welcome. entente is a private journal for the relationships you want to tend.";
static const char *const WHAT[][2] = {
    {"design an alliance",
     "what it is for, what you offer and ask, what is off limits, how you repair things, "
     "how often you talk"},
    {"check in", "a few questions, a trust rating, who will do what"},
    {"look back", "what changed, how trust moved, what was kept"},
};

static int wrapped(Canvas *c, int x, int y, int w, int bottom, StrView text)
{
    TextLine line;
    for (size_t pos = 0; y < bottom && text_wrap(text, pos, w, &line); pos = line.next)
        canvas_text(c, x, y++, w, ROLE_NORMAL, sv_n(text.ptr + line.start, line.end - line.start));
    return y;
}

static int draw_what(Canvas *c, int y, int w, int bottom)
{
    y = wrapped(c, 1, y, w, bottom, SV("For one person at a time you"));
    for (size_t i = 0; i < sizeof WHAT / sizeof WHAT[0]; i++) {
        if (y < bottom) canvas_text(c, 3, y, 20, ROLE_NORMAL, sv(WHAT[i][0]));
        y = wrapped(c, 25, y, w - 26 < 52 ? w - 26 : 52, bottom, sv(WHAT[i][1]));
    }
    return y + 1;
}

static void draw_choices(const FirstRun *f, Canvas *c, int y)
{
    for (size_t i = 0; i < CHOICE_COUNT; i++, y++) {
        bool here = i == f->list.selected;
        if (here) canvas_text(c, 1, y, 1, ROLE_NORMAL, SV(">"));
        if (here) canvas_cursor(c, 1, y, false);
        canvas_textf(c, 3, y, 3, ROLE_NORMAL, "%zu", i + 1);
        canvas_text_fit(c, 6, y, c->w - 6, here ? ROLE_SELECTED : ROLE_NORMAL, sv(CHOICES[i].what));
        if (c->w >= 76) canvas_text(c, 40, y, c->w - 40, ROLE_NORMAL, sv(CHOICES[i].about));
    }
}

/* The folder of the journal, with its slash. */
static StrView folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? sv_n(path, (size_t)(slash - path) + 1) : sv(path);
}

static void draw_privacy(const Ui *ui, Canvas *c, int y, int bottom)
{
    int w = c->w - 2 < 72 ? c->w - 2 : 72;
    bool room = bottom - y >= (c->w >= 60 ? 3 : 5);
    y = wrapped(c, 1, y, w, bottom,
                room ? SV("Your journal stays on this computer, readable by your user only:")
                     : SV("Your journal stays on this computer, readable by your user only."));
    if (room) canvas_text_fit(c, 3, y++, c->w - 4, ROLE_NORMAL, folder(app_journal_path(ui_app(ui))));
    wrapped(c, 1, y, w, bottom, SV("It is not encrypted; `: privacy` says what that means."));
}

enum { ROWS_ALL = 20, ROWS_SOME = 10 };

static int choices_row(Rect body)
{
    if (body.h >= ROWS_ALL && body.w >= 60) return body.y + 11;
    return body.h >= ROWS_SOME ? body.y + 5 : body.y + 1;
}

static void layout(View *v, const Ui *ui, Rect body)
{
    FirstRun *f = v->state;
    (void)ui;
    f->first_y = choices_row(body);
}

static void draw(const View *v, const Ui *ui, Canvas *c, Rect body)
{
    const FirstRun *f = v->state;
    int y = f->first_y, w = body.w - 2, bottom = body.y + body.h;
    if (body.h >= ROWS_SOME) wrapped(c, 1, body.y + 1, w, y - 1, sv(WELCOME));
    if (y > body.y + 6) draw_what(c, body.y + 3, w, y - 2);
    canvas_text_fit(c, 1, y - (y > body.y + 6 ? 2 : 1), w, ROLE_NORMAL, SV("Where would you like to begin?"));
    draw_choices(f, c, y);
    draw_privacy(ui, c, y + CHOICE_COUNT + 1, bottom);
}

const ViewOps VIEW_FIRST_RUN = {
    .name = "Welcome",
    .state_size = sizeof(FirstRun),
    .open = open,
    .where = where,
    .command = command,
    .event = event,
    .reload = reload,
    .layout = layout,
    .frame = frame,
    .draw = draw,
};
