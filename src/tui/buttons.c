#include "buttons.h"

#include <assert.h>
#include <entente/text.h>

void buttons_clear(Buttons *b)
{
    *b = (Buttons){0};
}

void buttons_add(Buttons *b, int id, const char *label)
{
    assert(b->count < BUTTONS_MAX);
    b->labels[b->count] = label;
    b->ids[b->count++] = id;
}

static void move(Buttons *b, int by)
{
    int to = b->focus + by;
    if (to >= 0 && to < b->count) b->focus = to;
}

bool buttons_key(Buttons *b, Key key, int *ret_pressed)
{
    *ret_pressed = -1;
    if (b->count == 0) return false;
    switch (key) {
    case KEYN_LEFT:
    case 'h': move(b, -1); return true;
    case KEYN_RIGHT:
    case 'l': move(b, 1); return true;
    case KEYN_ENTER:
    case ' ': *ret_pressed = b->ids[b->focus]; return true;
    default: return false;
    }
}

static int label_width(const Buttons *b, int i)
{
    return text_width(sv(b->labels[i])) + 2;
}

/* Where button i stands in rows of width w: two cells for the '>' before each. */
static void place(const Buttons *b, int w, int i, int *ret_x, int *ret_row)
{
    int x = 0, row = 0;
    for (int k = 0; k <= i; k++) {
        int need = 2 + label_width(b, k);
        if (x > 0 && x + need > w) {
            x = 0;
            row++;
        }
        if (k < i) x += need;
    }
    *ret_x = x + 2;
    *ret_row = row;
}

void buttons_draw(const Buttons *b, Canvas *c, int x, int y, int w, bool focused)
{
    for (int i = 0; i < b->count; i++) {
        int at, row;
        bool here = focused && i == b->focus;
        place(b, w, i, &at, &row);
        if (here) {
            canvas_text(c, x + at - 1, y + row, 1, ROLE_NORMAL, SV(">"));
            canvas_cursor(c, x + at, y + row, false);
        }
        canvas_textf(c, x + at, y + row, w - at, here ? ROLE_SELECTED : ROLE_NORMAL, "[%s]", b->labels[i]);
    }
}

int buttons_rows(const Buttons *b, int w)
{
    if (b->count == 0) return 0;
    int x, row;
    place(b, w, b->count - 1, &x, &row);
    return row + 1;
}
