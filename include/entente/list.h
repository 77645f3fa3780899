#ifndef ENTENTE_LIST_H
#define ENTENTE_LIST_H

#include <entente/keys.h>
#include <stdbool.h>
#include <stddef.h>

/*
 * The one list: what is selected and what is visible, for any rows. The owner
 * keeps the rows, draws them, and reads more when list_wants_more.
 */
typedef struct {
    size_t count;    /* rows known so far */
    size_t selected; /* < count, 0 when empty */
    size_t top;      /* first visible row */
    int height;      /* visible rows */
    bool more;       /* the source has rows behind `count` */
} List;

void list_set_count(List *l, size_t count, bool more); /* keeps the selection in range */
void list_set_height(List *l, int height);             /* scrolls so that the selection is visible */
void list_select(List *l, size_t row);                 /* clamped */

/* Up, Down, k, j, PgUp, PgDn, Ctrl-B, Ctrl-F, Home, End, g, G. True when the key was one of them. */
bool list_key(List *l, Key key);

/* True when the selection is within one page of the last known row and there are more. */
bool list_wants_more(const List *l);

#endif
