#include <entente/list.h>

/* One row of the old page stays visible, so that the eye finds its place again. */
static size_t page(const List *l)
{
    return l->height > 2 ? (size_t)l->height - 1 : 1;
}

static void scroll(List *l)
{
    size_t height = l->height > 0 ? (size_t)l->height : 1;
    size_t last_top = l->count > height ? l->count - height : 0;
    if (l->top > last_top) l->top = last_top;
    if (l->selected < l->top) l->top = l->selected;
    if (l->selected >= l->top + height) l->top = l->selected - height + 1;
}

void list_set_count(List *l, size_t count, bool more)
{
    l->count = count;
    l->more = more;
    list_select(l, l->selected);
}

void list_set_height(List *l, int height)
{
    l->height = height;
    scroll(l);
}

void list_select(List *l, size_t row)
{
    l->selected = row < l->count ? row : l->count ? l->count - 1 : 0;
    scroll(l);
}

static void move_back(List *l, size_t rows)
{
    list_select(l, l->selected > rows ? l->selected - rows : 0);
}

bool list_key(List *l, Key key)
{
    switch (key) {
    case KEYN_UP:
    case 'k': move_back(l, 1); return true;
    case KEYN_DOWN:
    case 'j': list_select(l, l->selected + 1); return true;
    case KEYN_PAGE_UP:
    case KEY_CTRL('b'): move_back(l, page(l)); return true;
    case KEYN_PAGE_DOWN:
    case KEY_CTRL('f'): list_select(l, l->selected + page(l)); return true;
    case KEYN_HOME:
    case 'g': list_select(l, 0); return true;
    case KEYN_END:
    case 'G': list_select(l, l->count); return true;
    default: return false;
    }
}

bool list_wants_more(const List *l)
{
    size_t height = l->height > 0 ? (size_t)l->height : 1;
    return l->more && l->selected + height >= l->count;
}
