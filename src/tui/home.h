#ifndef ENTENTE_TUI_HOME_H
#define ENTENTE_TUI_HOME_H

#include "ui.h"

#include <entente/agenda.h>
#include <entente/editor.h>
#include <entente/vec.h>

/* What the rooms of Home share: its rows (home_rows.c), how they look (home_draw.c, home_preview.c, home_agenda.c). */

typedef enum { HOME_ALL, HOME_ENDED, HOME_TRASH } HomeShow;

typedef struct {
    AllianceRow row;
    const char *folded; /* name, role and tags as the filter compares them */
} HomeRow;

/* Where the parts of the page stand; made by home_layout, read when drawing and for clicks. */
typedef struct {
    bool compact;    /* under 60 columns */
    Rect top;        /* the sentence of today, or the find field */
    int header_y;    /* -1: no column headings */
    Rect list;
    Rect preview;    /* h 0: none */
    bool side;       /* the preview stands at the right of the list */
    Rect agenda;     /* below the list, or at the right of the preview; h 0: none */
    bool column;     /* at the right of the preview */
} HomePlan;

/* The next days. Read for the frame that shows them, and no more of them than it has room for. */
typedef struct {
    Arena arena;
    AgendaItem *items;
    size_t count;
    bool more;
    size_t rows; /* of the frame it was read for; 0: not read since the journal changed */
} HomeAgenda;

typedef struct {
    Arena arena;
    Vec(HomeRow) rows;       /* loaded so far, in due order */
    AllianceCursor next;     /* set: there are more */
    Vec(size_t) shown;       /* those the filter lets through */
    List list;               /* over `shown` */
    HomeShow show;
    Str today;
    Str trouble;             /* what became of a reminder, "" */
    Editor *find;
    bool finding;            /* the find field has the focus */
    Arena detail_arena;
    AllianceDetail detail;   /* of the selected row, read when its preview is about to be drawn */
    bool unnamed;            /* nothing but the draft of a new alliance waits */
    Date unnamed_saved;
    Id detail_of;            /* 0: none read */
    HomeAgenda agenda;
    HomePlan plan;
} Home;

bool home_load(Home *h, App *app, Error *err);       /* reads anew; keeps the selection */
bool home_load_all(Home *h, App *app, Error *err);
bool home_load_more(Home *h, App *app, Error *err);  /* when the list wants it, or the filter needs all */
void home_filter(Home *h);                           /* after the find field or the rows changed */
bool home_filtered(const Home *h);
const AllianceRow *home_selected(const Home *h);     /* NULL: the list is empty */
void home_load_detail(Home *h, App *app);            /* of the selected row; on failure there is no preview */

bool home_open_words(const AllianceRow *row, Str *out); /* "you 2, they 1, both 1"; false: there are none */
void home_plan(Home *h, int w, Rect body);
void home_draw_list(const Home *h, const Ui *ui, Canvas *c);
void home_draw_preview(const Home *h, const Ui *ui, Canvas *c);
void home_draw_divider(Canvas *c, Rect right_of);    /* at the left of a part that stands beside another */
void home_load_agenda(Home *h, App *app);             /* when the plan has room for it; on failure it is empty */
void home_draw_agenda(const Home *h, const Ui *ui, Canvas *c);
void home_empty_words(const Home *h, Str *out);      /* what stands where no row does */

#endif
