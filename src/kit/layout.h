#ifndef ENTENTE_SRC_KIT_LAYOUT_H
#define ENTENTE_SRC_KIT_LAYOUT_H

#include <entente/str.h>
#include <entente/vec.h>
#include <stdbool.h>
#include <stddef.h>

/* One visual line: bytes [start, end) are drawn. It is soft if the text goes on in the next line of the same paragraph. */
typedef struct {
    size_t start, end;
    bool hard;
} Line;

/* A text's visual lines, kept while it changes. There is always one; the first starts at 0. */
typedef struct {
    Vec(Line) lines;
    int width; /* 0: one line, never wrapped */
} Layout;

void layout_init(Layout *l, int width);
void layout_finish(Layout *l);
void layout_wrap(Layout *l, StrView text, int width); /* all anew */

/* `text` is what came of replacing `removed` bytes at `at` by `inserted`: wraps again only the lines this can touch. */
void layout_change(Layout *l, StrView text, size_t at, size_t removed, size_t inserted);

size_t layout_line_of(const Layout *l, size_t pos); /* the line an insertion point stands on: the later one at a soft break */

#endif
