#ifndef ENTENTE_CHART_H
#define ENTENTE_CHART_H

#include <entente/canvas.h>
#include <stddef.h>

/* "[####..]": `done` of `total` steps, one character each; at most `max` characters inside the brackets. Returns cells used. */
int chart_progress(Canvas *c, int x, int y, int done, int total, int max, Role role);

/*
 * The trust bars of the alliance page: rows for 5, 4 and 3 (or down to the lowest rating), a column
 * of "█" (or "#") per rating and "·" (or ".") above, two cells apart, oldest first; a gap is blank. Returns the rows used.
 */
int chart_trust_bars(Canvas *c, int x, int y, const int *trust, size_t n);

#endif
