#include <entente/canvas.h>

#include <assert.h>
#include <entente/mem.h>
#include <entente/text.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "codepoint.h"

static const Cell blank = {.cps = {' '}, .width = 1};

static Cell *cell_at(const Canvas *c, int x, int y)
{
    return &c->cells[(size_t)y * (size_t)c->w + (size_t)x];
}

void canvas_init(Canvas *c, int w, int h)
{
    assert(w >= 1 && h >= 1);
    *c = (Canvas){.w = w, .h = h};
    c->cells = mem_alloc((size_t)w * (size_t)h * sizeof *c->cells);
    canvas_clear(c);
}

void canvas_finish(Canvas *c)
{
    free(c->cells);
    *c = (Canvas){0};
}

void canvas_resize(Canvas *c, int w, int h)
{
    assert(w >= 1 && h >= 1);
    c->cells = mem_resize(c->cells, (size_t)w * (size_t)h, sizeof *c->cells);
    c->w = w;
    c->h = h;
    canvas_clear(c);
}

void canvas_clear(Canvas *c)
{
    size_t n = (size_t)c->w * (size_t)c->h;
    for (size_t i = 0; i < n; i++) c->cells[i] = blank;
    c->cursor_x = c->cursor_y = 0;
    c->cursor_in_text = false;
}

/* Makes room at [x, x + width): a wide glyph that reaches in from either side becomes blanks, with its role
 * kept. */
static void cut_wide(Canvas *c, int x, int y, int width)
{
    Cell *left = cell_at(c, x, y), *right = cell_at(c, x + width - 1, y);
    uint8_t left_role = left->role, right_role = right->role;
    bool wide_right = right->width == 2;
    if (left->width == 0) {
        *(left - 1) = *left = blank;
        (left - 1)->role = left->role = left_role;
    }
    if (wide_right && x + width < c->w) {
        *(right + 1) = blank;
        (right + 1)->role = right_role;
    }
}

static void put_glyph(Canvas *c, int x, int y, const uint32_t cps[5], int width, Role role)
{
    cut_wide(c, x, y, width);
    Cell *cell = cell_at(c, x, y);
    *cell = (Cell){.width = (uint8_t)width, .role = (uint8_t)role};
    memcpy(cell->cps, cps, sizeof cell->cps);
    if (width == 2) *(cell + 1) = (Cell){.width = 0, .role = (uint8_t)role};
}

/* Writes the glyphs of one cluster; one cut by the left edge leaves a blank. */
static void put_cluster(Canvas *c, int x, int y, Role role, const char *shown)
{
    uint32_t cps[5];
    int width;
    for (size_t pos = 0; text_glyph(shown, &pos, cps, &width) && x + width <= c->w; x += width) {
        if (x >= 0)
            put_glyph(c, x, y, cps, width, role);
        else if (x + width > 0)
            put_glyph(c, 0, y, blank.cps, 1, role);
    }
}

/* The cells a text at `x` may take. Unsigned-free arithmetic: `max` may be INT_MAX and `x` negative. */
static int room(const Canvas *c, int x, int max)
{
    if (x >= c->w || max <= 0) return 0;
    long to_edge = (long)c->w - x;
    return to_edge < max ? (int)to_edge : max;
}

int canvas_text(Canvas *c, int x, int y, int max, Role role, StrView text)
{
    int limit = room(c, x, max), used = 0;
    bool visible = y >= 0 && y < c->h;
    Cluster cluster;
    for (size_t pos = 0; text_cluster(text, pos, &cluster) && cluster.width > 0; pos = cluster.end) {
        if (used + cluster.width > limit) break;
        if (visible) put_cluster(c, x + used, y, role, cluster.shown);
        used += cluster.width;
    }
    return used;
}

int canvas_textf(Canvas *c, int x, int y, int max, Role role, const char *fmt, ...)
{
    Str s;
    str_init(&s);
    va_list ap;
    va_start(ap, fmt);
    str_vaddf(&s, fmt, ap);
    va_end(ap);
    int used = canvas_text(c, x, y, max, role, str_view(&s));
    str_finish(&s);
    return used;
}

int canvas_text_fit(Canvas *c, int x, int y, int max, Role role, StrView text)
{
    int limit = room(c, x, max);
    if (text_fit(text, limit, NULL) == text.len) return canvas_text(c, x, y, max, role, text);
    Str s;
    str_init(&s);
    text_ellipsis(&s, text, limit, c->ascii);
    int used = canvas_text(c, x, y, max, role, str_view(&s));
    str_finish(&s);
    return used;
}

static Rect clip(const Canvas *c, Rect r)
{
    long x0 = r.x < 0 ? 0 : r.x, x1 = (long)r.x + r.w, y0 = r.y < 0 ? 0 : r.y, y1 = (long)r.y + r.h;
    if (x1 > c->w) x1 = c->w;
    if (y1 > c->h) y1 = c->h;
    if (r.w <= 0 || r.h <= 0 || x1 <= x0 || y1 <= y0) return (Rect){0};
    return (Rect){(int)x0, (int)y0, (int)(x1 - x0), (int)(y1 - y0)};
}

void canvas_fill(Canvas *c, Rect area, char ch, Role role)
{
    Rect r = clip(c, area);
    Cell cell = {.cps = {(unsigned char)ch}, .width = 1, .role = (uint8_t)role};
    for (int y = r.y; y < r.y + r.h; y++) {
        cut_wide(c, r.x, y, r.w);
        for (int x = r.x; x < r.x + r.w; x++) *cell_at(c, x, y) = cell;
    }
}

void canvas_role(Canvas *c, Rect area, Role role)
{
    Rect r = clip(c, area);
    for (int y = r.y; y < r.y + r.h; y++)
        for (int x = r.x; x < r.x + r.w; x++) cell_at(c, x, y)->role |= (uint8_t)role;
}

void canvas_rule(Canvas *c, int x, int y, int w)
{
    canvas_fill(c, (Rect){x, y, w, 1}, '-', ROLE_NORMAL);
}

static int clamp(int n, int max)
{
    return n < 0 ? 0 : n > max ? max : n;
}

void canvas_cursor(Canvas *c, int x, int y, bool in_text)
{
    c->cursor_x = clamp(x, c->w - 1);
    c->cursor_y = clamp(y, c->h - 1);
    c->cursor_in_text = in_text;
}

const Cell *canvas_cell(const Canvas *c, int x, int y)
{
    assert(x >= 0 && x < c->w && y >= 0 && y < c->h);
    return cell_at(c, x, y);
}

static void print_row(const Canvas *c, int y, Str *out)
{
    int end = c->w;
    while (end > 0 && cell_at(c, end - 1, y)->cps[0] == ' ' && !cell_at(c, end - 1, y)->cps[1]) end--;
    for (int x = 0; x < end; x++) {
        const Cell *cell = cell_at(c, x, y);
        for (int i = 0; i < 5 && cell->cps[i]; i++) codepoint_add(out, cell->cps[i]);
    }
    str_add_char(out, '\n');
}

void canvas_print(const Canvas *c, Str *out)
{
    for (int y = 0; y < c->h; y++) print_row(c, y, out);
}
