#include "tour.h"

/* A step is over when its command has run or its view is on top. */
static const struct {
    const char *line;
    CommandId command;
    const ViewOps *view;
} STEPS[] = {
    {"on Home, Enter opens the selected page.", CMD_NONE, &VIEW_ALLIANCE},
    {"on its page, Tab shows its agreement and more.", CMD_NEXT_TAB, NULL},
    {"press c to check in; what you write is kept.", CMD_NONE, &VIEW_SESSION},
    {"on Home, 2 is the agenda, 3 the history.", CMD_NONE, &VIEW_HISTORY},
    {"on Home x skips a check-in, u takes that back.", CMD_UNDO, NULL},
    {"F2 lists every command, F1 the keys.", CMD_PALETTE, NULL},
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

void tour_line(const Tour *t, bool on_home, Str *out)
{
    if (!t->on) return;
    str_addf(out, "Tour %zu of %d: %s%s", t->step + 1, STEP_COUNT, STEPS[t->step].line,
             on_home ? "  Esc ends the tour" : "");
}
