#include "tour.h"

/* A step is over when its command has run or its view is on top. */
static const struct {
    const char *line, *brief; /* in wide and in narrow windows */
    CommandId command;
    const ViewOps *view;
} STEPS[] = {
    {"on Home, Enter opens the selected page.", "Enter opens a page", CMD_NONE, &VIEW_ALLIANCE},
    {"on its page, Tab shows the agreement.", "Tab shows more", CMD_NEXT_TAB, NULL},
    {"press c to check in; what you write is kept.", "c checks in", CMD_NONE, &VIEW_SESSION},
    {"q goes to Home; 2 is the agenda, 3 the past.", "q back, then 3", CMD_NONE, &VIEW_HISTORY},
    {"q to Home; x skips one, u takes that back.", "x skips, u undoes", CMD_UNDO, NULL},
    {"F2 lists every command, F1 the keys.", "F2 all, F1 keys", CMD_PALETTE, NULL},
};
enum { STEP_COUNT = sizeof STEPS / sizeof STEPS[0] };

static void next(Tour *t)
{
    if (++t->step == STEP_COUNT) t->on = false;
}

void tour_saw_command(Tour *t, CommandId id)
{
    if (t->on && STEPS[t->step].command == id && id != CMD_NONE) next(t);
}

void tour_saw_view(Tour *t, const ViewOps *top)
{
    if (t->on && top && STEPS[t->step].view == top) next(t);
}

void tour_line(const Tour *t, int width, Str *out)
{
    if (!t->on) return;
    size_t at = out->len;
    str_addf(out, "Tour %zu of %d: %s  Esc ends the tour", t->step + 1, STEP_COUNT, STEPS[t->step].line);
    if ((int)(out->len - at) <= width) return;
    str_remove(out, at, out->len - at);
    str_addf(out, "Tour %zu/%d: %s  Esc ends", t->step + 1, STEP_COUNT, STEPS[t->step].brief);
}
