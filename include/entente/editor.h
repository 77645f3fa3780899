#ifndef ENTENTE_EDITOR_H
#define ENTENTE_EDITOR_H

#include <entente/canvas.h>
#include <entente/keys.h>
#include <entente/str.h>
#include <stdbool.h>
#include <stddef.h>

/*
 * A text being written: one line or many. Positions are bytes at cluster
 * boundaries. Nothing here draws except editor_draw, nothing knows a terminal.
 */
typedef struct Editor Editor;

typedef enum { EDIT_IGNORED, EDIT_MOVED, EDIT_CHANGED } EditResult;

/* `max_bytes`: more is refused (the key is EDIT_IGNORED). */
Editor *editor_new(bool one_line, size_t max_bytes);
void editor_free(Editor *e); /* NULL is fine */

void editor_set(Editor *e, StrView text);      /* replaces all; undo history is forgotten; cursor at the end */
void editor_replace(Editor *e, StrView text);  /* replaces all as one undo step: back from $EDITOR */
StrView editor_text(const Editor *e);          /* NUL-terminated; valid until the next change */
size_t editor_cursor(const Editor *e);
void editor_set_cursor(Editor *e, size_t pos); /* moved to the nearest boundary */

/*
 * The keys of a text field (screens.md 4): text, arrows by cluster and visual
 * line keeping the goal column, words, line and text ends, deleting by cluster,
 * word and to the line's ends, Alt-Y puts back the last cut, Ctrl-Z/Ctrl-_ undo, Ctrl-Y redo, Enter
 * (many lines only). `now_ms` groups undo: a new step per word or after a pause of a second.
 * Anything else is EDIT_IGNORED: the view's.
 */
EditResult editor_key(Editor *e, Key key, int64_t now_ms);

/* Inserts pasted text as one undo step; in a one-line editor line feeds and tabs become spaces. */
EditResult editor_paste(Editor *e, StrView text);
void editor_insert_line(Editor *e, StrView text); /* as a line of its own behind the cursor's line: an example put in */

/* Wraps for a size and scrolls so that the cursor is visible. Call before editor_draw and after each change. */
void editor_layout(Editor *e, int w, int h);
size_t editor_lines(const Editor *e);      /* visual lines at the last layout */
bool editor_at_top(const Editor *e);       /* cursor on the first / last visual line: arrows may leave the field */
bool editor_at_bottom(const Editor *e);

/* Paints the visible part at (x, y); puts the canvas cursor on the insertion point when `focused`. One-line editors show as a field (underlined over w). */
void editor_draw(const Editor *e, Canvas *c, int x, int y, bool focused);

#endif
