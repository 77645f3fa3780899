#include "home_tabs.h"
#include "timeline.h"

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
    return home_tabs_command(ui, HOME_HISTORY, id) ? EV_HANDLED : timeline_command(v->state, ui, id);
}

static EventResult event(View *v, Ui *ui, const Event *e)
{
    if (timeline_event(v->state, ui, e) == EV_HANDLED) return EV_HANDLED;
    return e->type == EVENT_KEY && home_tabs_key(ui, e->key) ? EV_HANDLED : EV_IGNORED;
}

static void layout(View *v, const Ui *ui, Rect body)
{
    timeline_layout(v->state, ui, body);
}

static void frame(const View *v, const Ui *ui, Frame *f)
{
    home_tabs_frame(ui, HOME_HISTORY, f);
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
