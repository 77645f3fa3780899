#ifndef ENTENTE_TUI_AGENDA_PAGE_H
#define ENTENTE_TUI_AGENDA_PAGE_H

#include "finder.h"
#include "ui.h"

#include <entente/agenda.h>
#include <entente/vec.h>

/* The agenda: what is read and shown (view_agenda.c), and how its rows look (agenda_rows.c). */

typedef struct {
    Arena arena;
    AgendaItem *items;   /* in the order of days */
    size_t count;
    bool more;           /* later days hold more than was read */
    const char **folded; /* what the filter compares, one for each item; NULL until it is asked for */
    Vec(size_t) shown;   /* the items the filter lets through */
    bool asks;           /* of one among them a few check-ins have gone by */
    List list;           /* of `shown` */
    Finder finder;
    AgendaKind moved;    /* the matter that moved to a later day from the selected row, and the day it had */
    Id moved_id;         /* 0: none */
    Date moved_from;
    Str next;            /* "Nothing is waiting. Next: ...", "" while something is */
    Rect list_at;        /* of the last layout */
    Rect ask_at;         /* h 0: none */
} AgendaPage;

const AgendaItem *agenda_at(const AgendaPage *p, size_t shown);
const AgendaItem *agenda_selected(const AgendaPage *p); /* NULL: no row is shown */

bool agenda_heading(const void *page, size_t row, bool first); /* a HeadingBefore: where a section begins */
void agenda_draw_rows(const AgendaPage *p, const App *app, Canvas *c);

/* One item in a narrow place: "! Tue 17 Nov  check in with Ana Lima". */
void agenda_draw_brief(const App *app, const AgendaItem *item, Canvas *c, int x, int y, int w);

/*
 * After a few check-ins without one: "Four check-ins have gone by. Still the right cadence?
 * r Change  p Pause", or less where it does not fit. False: there is no reason to ask.
 */
bool agenda_ask_words(const App *app, const AllianceRow *row, int width, Str *out);

#endif
