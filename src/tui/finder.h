#ifndef ENTENTE_TUI_FINDER_H
#define ENTENTE_TUI_FINDER_H

#include "ui.h"

#include <entente/editor.h>

/*
 * The find field above a list. While it is open it has the focus and filters; the keys of the
 * list go on to the list. A zeroed Finder is closed and valid.
 */
typedef struct {
    Editor *editor; /* NULL: closed */
} Finder;

void finder_open(Finder *f);
void finder_close(Finder *f); /* accepts closed */
bool finder_is_open(const Finder *f);
StrView finder_text(const Finder *f); /* trimmed; empty while nothing filters */

/* Esc: empties the field, or closes an empty one. True when it was open. */
bool finder_esc(Finder *f);

/* A key or a paste for the field: EDIT_IGNORED leaves it to the list. */
EditResult finder_event(Finder *f, Ui *ui, const Event *e);

void finder_layout(Finder *f, int w);
void finder_draw(const Finder *f, Canvas *c, int y, int w);

#endif
