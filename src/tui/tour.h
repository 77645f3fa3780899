#ifndef ENTENTE_TUI_TOUR_H
#define ENTENTE_TUI_TOUR_H

#include "ui.h"

/* The demo's tour: one line in the status row, six steps, each left behind by doing what it says. */
typedef struct {
    bool on;
    size_t step;
} Tour;

void tour_saw_command(Tour *t, CommandId id);
void tour_saw_view(Tour *t, const ViewOps *top);
void tour_line(const Tour *t, int width, Str *out); /* with how it is ended; appends nothing when it is over */

#endif
