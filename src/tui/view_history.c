#include "timeline.h"

enum { DATE_FROM = 60 }; /* columns: where there are fewer the tabs need them */

static const char *const TABS[] = {"Alliances", "History"};

static bool open(View *v, Ui *ui, const void *arg, Error *err)
{
    (void)arg;
    return timeline_open(v->state, ui, 0, "", err);
}

static bool reload(View *v, Ui *ui, Error *err)
{
    return timeline_reload(v->state, ui, err);
}

static void close(View *v)
{
    timeline_finish(v->state);
}

static bool typing(const View *v)
{
    const Timeline *t = v->state;
    return finder_is_open(&t->finder);
}

static unsigned where(const View *v)
{
    return typing(v) ? ON_FIND : ON_HISTORY;
}

static EventResult command(View *v, Ui *ui, CommandId id)
{
    if (id != CMD_NEXT_TAB && id != CMD_PREV_TAB) return timeline_command(v->state, ui, id);
    ui_pop_to_home(ui);
    return EV_HANDLED;
}

static EventResult event(View *v, Ui *ui, const Event *e)
{
    if (timeline_event(v->state, ui, e) == EV_HANDLED) return EV_HANDLED;
    if (e->type != EVENT_KEY || (e->key != '1' && e->key != '2')) return EV_IGNORED;
    if (e->key == '1') ui_pop_to_home(ui);
    return EV_HANDLED;
}

static void layout(View *v, const Ui *ui, Rect body)
{
    timeline_layout(v->state, ui, body);
}

static void frame(const View *v, const Ui *ui, Frame *f)
{
    int w, h;
    str_add_c(&f->left, "entente");
    f->tabs = TABS;
    f->tab_count = sizeof TABS / sizeof TABS[0];
    f->tab = 1;
    ui_size(ui, &w, &h);
    if (w >= DATE_FROM) date_print_long(&f->right, app_today(ui_app(ui)));
    timeline_status(v->state, &f->status);
}

static void draw(const View *v, const Ui *ui, Canvas *c, Rect body)
{
    (void)ui;
    timeline_draw(v->state, c, body);
}

static Id alliance(const View *v)
{
    const HistoryRow *row = timeline_selected(v->state);
    return row ? row->alliance : 0;
}

const ViewOps VIEW_HISTORY = {
    .name = "History",
    .state_size = sizeof(Timeline),
    .open = open,
    .where = where,
    .typing = typing,
    .command = command,
    .event = event,
    .reload = reload,
    .layout = layout,
    .frame = frame,
    .draw = draw,
    .close = close,
    .alliance = alliance,
};
