#ifndef ENTENTE_TUI_PAPER_H
#define ENTENTE_TUI_PAPER_H

#include <entente/arena.h>
#include <entente/canvas.h>
#include <entente/keys.h>
#include <entente/vec.h>

/*
 * Text laid out in lines that may be more than fit the screen: written from top to bottom by
 * a view's layout, painted from any line on by its draw. A zeroed Paper is empty and valid.
 */
enum { PAPER_TEXT_MAX = 72 }; /* running text is never wider */

typedef struct {
    int line, x;
    Role role;
    StrView text; /* one line, in the paper's arena */
} PaperRun;

typedef struct {
    Arena arena;
    Vec(PaperRun) runs; /* by line */
    int lines;          /* begun so far; writing goes to the last one */
    bool ascii;         /* the ellipsis is three dots */
} Paper;

void paper_begin(Paper *p, bool ascii); /* blank again */
void paper_finish(Paper *p);            /* accepts zeroed */
int paper_line(Paper *p);               /* begins a line; its number */
int paper_gap(Paper *p);                /* an empty line and the next: the number of that; no gap at the top */

/* Writes on the last line; returns the cells used. What is longer than `max` ends in an ellipsis. */
int paper_put(Paper *p, int x, int max, Role role, StrView text);

/* The same, flush right: ends before column `right`. */
void paper_put_right(Paper *p, int right, Role role, StrView text);

/*
 * Writes from the last line on, wrapped to `w` cells (at most PAPER_TEXT_MAX), each line from
 * column x: a hanging indent. At most `max_lines` (0: all); the last one then ends in an ellipsis.
 */
void paper_wrap(Paper *p, int x, int w, int max_lines, Role role, StrView text);

/* Paints the lines from `top` on that fit. */
void paper_draw(const Paper *p, Canvas *c, Rect at, int top);

/* A window of `height` lines over a text of `lines`: `top` so that nothing is shown beyond the end. */
int scroll_clamp(int lines, int top, int height);
int paper_clamp(const Paper *p, int top, int height);

/* Moves `top` by a key of scrolling (arrows, k, j, paging, Home, End, g, G). False: not one of them. */
bool scroll_key(int lines, Key key, int height, int *top);
bool paper_scroll_key(const Paper *p, Key key, int height, int *top);

#endif
