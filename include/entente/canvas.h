#ifndef ENTENTE_CANVAS_H
#define ENTENTE_CANVAS_H

#include <entente/str.h>
#include <stdbool.h>
#include <stdint.h>

/*
 * The screen in memory. Views paint it; kit/term copies it to the terminal;
 * tests read it without one. Nothing here knows a terminal.
 */

/* What a cell means; kit/theme decides how it looks. Bits combine. */
typedef enum {
    ROLE_NORMAL = 0,
    ROLE_TITLE = 1u << 0,     /* reverse */
    ROLE_SELECTED = 1u << 1,  /* reverse */
    ROLE_STRONG = 1u << 2,    /* bold */
    ROLE_FIELD = 1u << 3,     /* underline: a text field */
    ROLE_MATCH = 1u << 4,     /* reverse: what was searched for, what is new */
    ROLE_ATTENTION = 1u << 5  /* bold and bright red where there are colours */
} Role;

/* `cps` is a base and up to four marks, zero-padded. A wide glyph is followed by a cell with width 0. A blank is U+0020, width 1. */
typedef struct {
    uint32_t cps[5];
    uint8_t width;
    uint8_t role;
} Cell;

typedef struct {
    int w, h;
    Cell *cells;             /* w * h, row by row */
    int cursor_x, cursor_y;  /* the focus: always on the canvas once a frame is drawn */
    bool cursor_in_text;     /* the focus is an insertion point: the terminal may show a bar */
    bool ascii;              /* the glyph tier: draw no character outside ASCII for ornament */
} Canvas;

typedef struct {
    int x, y, w, h;
} Rect;

void canvas_init(Canvas *c, int w, int h);       /* blank; w, h >= 1 */
void canvas_finish(Canvas *c);                   /* accepts zeroed */
void canvas_resize(Canvas *c, int w, int h);     /* blank again */
void canvas_clear(Canvas *c);                    /* blank, cursor 0,0 */

/*
 * Writes one line of text at (x, y), cut to `max` cells and to the canvas, never
 * splitting a glyph; what a wide glyph half covered is blanked. Stops at a
 * line feed. Text is shown clean (see text_cluster). Coordinates outside are clipped.
 * Returns the cells used.
 */
int canvas_text(Canvas *c, int x, int y, int max, Role role, StrView text);
int canvas_textf(Canvas *c, int x, int y, int max, Role role, const char *fmt, ...)
    __attribute__((format(printf, 6, 7)));

/* The same, but with an ellipsis where the text does not fit or has more lines. */
int canvas_text_fit(Canvas *c, int x, int y, int max, Role role, StrView text);

void canvas_fill(Canvas *c, Rect area, char ch, Role role);   /* every cell */
void canvas_role(Canvas *c, Rect area, Role role);            /* adds the role to the cells as they are */
void canvas_rule(Canvas *c, int x, int y, int w);             /* a horizontal rule: '-' */
void canvas_cursor(Canvas *c, int x, int y, bool in_text);    /* clamped to the canvas */
const Cell *canvas_cell(const Canvas *c, int x, int y);       /* must be inside */

/* Appends the canvas as text: one line a row, trailing blanks trimmed, each ended by a line feed. For tests and pictures. */
void canvas_print(const Canvas *c, Str *out);

#endif
