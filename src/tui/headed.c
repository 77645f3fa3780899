#include "headed.h"

int headed_lines(const List *l, size_t row, HeadingBefore *heading, const void *owner)
{
    int lines = 0;
    for (size_t i = l->top; i <= row && i < l->count; i++) lines += heading(owner, i, i == l->top) ? 2 : 1;
    return lines;
}

void headed_scroll(List *l, int height, HeadingBefore *heading, const void *owner)
{
    size_t rows = height > 1 ? (size_t)height : 1, top = l->top;
    list_set_height(l, (int)rows);
    /* The list knows no headings and would pull a last page down that needs its lines for them. */
    if (top <= l->selected && l->selected - top < rows) l->top = top;
    while (l->top < l->selected && headed_lines(l, l->selected, heading, owner) > (int)rows) l->top++;
    while (l->top > 0) {
        l->top--;
        if (headed_lines(l, l->count - 1, heading, owner) <= (int)rows) continue;
        l->top++;
        return;
    }
}
