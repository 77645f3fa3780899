#ifndef ENTENTE_TUI_TIMELINE_H
#define ENTENTE_TUI_TIMELINE_H

#include "finder.h"
#include "paper.h"
#include "ui.h"

/*
 * The history as a list with a preview, of one alliance or of all: the
 * body of the history browser and of an alliance's History tab.
 */
typedef struct {
    Id alliance;            /* 0: all */
    Str partner;            /* what the other is called, for the empty page */
    Arena arena;            /* the rows */
    Vec(HistoryRow) rows;   /* newest first */
    HistoryCursor next;     /* set while the journal holds more */
    List list;              /* the rows */
    Finder finder;
    Arena entry_arena;
    Id entry_id;            /* what the preview holds; 0: nothing */
    Entry entry;
    Paper preview;
    Rect list_at, preview_at; /* of the last layout; preview_at.h 0: none */
} Timeline;

bool timeline_open(Timeline *t, Ui *ui, Id alliance, const char *name, Error *err);
bool timeline_reload(Timeline *t, Ui *ui, Error *err); /* keeps the selected entry */
void timeline_finish(Timeline *t);                     /* accepts zeroed */

/* The selected entry, NULL when there is none. Valid until the next event or reload. */
const HistoryRow *timeline_selected(const Timeline *t);

EventResult timeline_command(Timeline *t, Ui *ui, CommandId id);
EventResult timeline_event(Timeline *t, Ui *ui, const Event *e);
void timeline_layout(Timeline *t, const Ui *ui, Rect body);
void timeline_draw(const Timeline *t, Canvas *c, Rect body);
void timeline_status(const Timeline *t, Str *out); /* how many entries, and the filter */

/* timeline_rows.c: the list itself. */
bool timeline_heading(const void *t, size_t row, bool first); /* a HeadingBefore */
void timeline_draw_rows(const Timeline *t, Canvas *c);

#endif
