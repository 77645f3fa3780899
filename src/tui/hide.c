#include "reading.h"

static unsigned where(const View *v)
{
    (void)v;
    return ON_HIDDEN;
}

/* Every key but Enter is swallowed, so that nothing is said on the blank screen. */
static EventResult event(View *v, Ui *ui, const Event *e)
{
    (void)v;
    if (e->type == EVENT_KEY && e->key == KEYN_ENTER) ui_pop(ui);
    return EV_HANDLED;
}

static void draw(const View *v, const Ui *ui, Canvas *c, Rect body)
{
    (void)v;
    (void)ui;
    canvas_cursor(c, body.x, body.y, false);
}

const ViewOps VIEW_HIDE = {
    .name = "Hidden",
    .bare = true,
    .where = where,
    .event = event,
    .draw = draw,
};
