#include "paper.h"

#include <entente/text.h>

void paper_begin(Paper *p, bool ascii)
{
    arena_reset(&p->arena);
    p->runs.len = 0;
    p->lines = 0;
    p->ascii = ascii;
}

void paper_finish(Paper *p)
{
    arena_finish(&p->arena);
    vec_finish(&p->runs);
    p->lines = 0;
}

int paper_line(Paper *p)
{
    return p->lines++;
}

int paper_gap(Paper *p)
{
    if (p->lines > 0) p->lines++;
    return paper_line(p);
}

static void add_run(Paper *p, int x, Role role, StrView text)
{
    if (text.len == 0) return;
    if (p->lines == 0) paper_line(p);
    StrView kept = sv_n(arena_str(&p->arena, text), text.len);
    vec_push(&p->runs, (PaperRun){.line = p->lines - 1, .x = x, .role = role, .text = kept});
}

int paper_put(Paper *p, int x, int max, Role role, StrView text)
{
    int width;
    if (max < 1) return 0;
    size_t fits = text_fit(text, max, &width);
    if (fits == text.len) {
        add_run(p, x, role, text);
        return width;
    }
    Str cut;
    str_init(&cut);
    text_ellipsis(&cut, text, max, p->ascii);
    add_run(p, x, role, str_view(&cut));
    width = text_width(str_view(&cut));
    str_finish(&cut);
    return width;
}

void paper_put_right(Paper *p, int right, Role role, StrView text)
{
    int width = text_width(text);
    if (width < right) add_run(p, right - width, role, text);
}

void paper_wrap(Paper *p, int x, int w, int max_lines, Role role, StrView text)
{
    TextLine line;
    int columns = w > PAPER_TEXT_MAX ? PAPER_TEXT_MAX : w < 2 ? 2 : w;
    int n = 1;
    for (size_t pos = 0; text_wrap(text, pos, columns, &line); pos = line.next, n++) {
        if (n > 1) paper_line(p);
        bool last = n == max_lines && line.next < text.len;
        size_t end = last ? text.len : line.end;
        paper_put(p, x, columns, role, sv_n(text.ptr + line.start, end - line.start));
        if (last) return;
    }
}

void paper_draw(const Paper *p, Canvas *c, Rect at, int top)
{
    for (size_t i = 0; i < p->runs.len; i++) {
        const PaperRun *r = &p->runs.at[i];
        int y = r->line - top;
        if (y >= 0 && y < at.h) canvas_text(c, at.x + r->x, at.y + y, at.w - r->x, r->role, r->text);
    }
}

int scroll_clamp(int lines, int top, int height)
{
    int last = lines - height;
    return top > last ? (last > 0 ? last : 0) : top > 0 ? top : 0;
}

int paper_clamp(const Paper *p, int top, int height)
{
    return scroll_clamp(p->lines, top, height);
}

bool scroll_key(int lines, Key key, int height, int *top)
{
    int page = height > 2 ? height - 1 : 1;
    switch (key) {
    case KEYN_UP:
    case 'k': *top -= 1; break;
    case KEYN_DOWN:
    case 'j': *top += 1; break;
    case KEYN_PAGE_UP:
    case KEY_CTRL('b'): *top -= page; break;
    case KEYN_PAGE_DOWN:
    case KEY_CTRL('f'):
    case ' ': *top += page; break;
    case KEYN_HOME:
    case 'g': *top = 0; break;
    case KEYN_END:
    case 'G': *top = lines; break;
    default: return false;
    }
    *top = scroll_clamp(lines, *top, height);
    return true;
}

bool paper_scroll_key(const Paper *p, Key key, int height, int *top)
{
    return scroll_key(p->lines, key, height, top);
}
