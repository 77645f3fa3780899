#ifndef ENTENTE_TUI_HEADED_H
#define ENTENTE_TUI_HEADED_H

#include <entente/list.h>
#include <stdbool.h>
#include <stddef.h>

/*
 * A list some rows of which stand under a heading line of their own: years of a history,
 * "settled". The first visible row repeats the heading it stands under.
 */
typedef bool HeadingBefore(const void *owner, size_t row, bool first);

/* Scrolls so that the selected row and its headings fit `height` lines. */
void headed_scroll(List *l, int height, HeadingBefore *heading, const void *owner);

/* Lines from the first visible row to `row`, both and their headings counted. */
int headed_lines(const List *l, size_t row, HeadingBefore *heading, const void *owner);

#endif
