#include <entente/editor.h>

#include <entente/mem.h>
#include <entente/text.h>
#include <stdlib.h>
#include <string.h>

#include "changes.h"
#include "codepoint.h"
#include "layout.h"

struct Editor {
    Str text;
    bool one_line;
    size_t max_bytes;
    size_t cursor; /* at a cluster boundary */
    int goal;      /* the column Up and Down aim for; -1: where the cursor stands */
    Changes changes;
    Str cut; /* what Alt-Y puts back */
    Layout layout;
    int w, h;
    size_t top;  /* first visible line */
    size_t left; /* first visible byte of a one-line editor */
};

enum { START_WIDTH = 80 };

Editor *editor_new(bool one_line, size_t max_bytes)
{
    Editor *e = mem_zalloc(1, sizeof *e);
    *e = (Editor){.one_line = one_line, .max_bytes = max_bytes, .goal = -1, .w = START_WIDTH, .h = 1};
    str_init(&e->text);
    str_init(&e->cut);
    layout_init(&e->layout, one_line ? 0 : START_WIDTH - 1);
    return e;
}

void editor_free(Editor *e)
{
    if (!e) return;
    str_finish(&e->text);
    str_finish(&e->cut);
    changes_finish(&e->changes);
    layout_finish(&e->layout);
    free(e);
}

StrView editor_text(const Editor *e)
{
    return str_view(&e->text);
}

size_t editor_cursor(const Editor *e)
{
    return e->cursor;
}

static StrView part(const Editor *e, size_t start, size_t end)
{
    return sv_n(e->text.buf + start, end - start);
}

static void place_cursor(Editor *e, size_t pos)
{
    e->cursor = pos;
    e->goal = -1;
    e->changes.open = false;
}

void editor_set_cursor(Editor *e, size_t pos)
{
    place_cursor(e, text_boundary(editor_text(e), pos));
}

/* ---- Changing ---- */

/* What a field takes of a text: in a one-line editor line feeds and tabs are spaces. */
static void admit(const Editor *e, Str *out, StrView text)
{
    size_t from = out->len;
    str_add(out, text);
    for (size_t i = from; e->one_line && i < out->len; i++)
        if (out->buf[i] == '\n' || out->buf[i] == '\t') out->buf[i] = ' ';
}

static void splice(Editor *e, size_t at, size_t removed, StrView inserted)
{
    str_remove(&e->text, at, removed);
    str_insert(&e->text, at, inserted);
    layout_change(&e->layout, editor_text(e), at, removed, inserted.len);
}

/* The end of the cluster at `pos` unless `pos` is a boundary: what was typed may have grown together with
 * what follows. */
static size_t boundary_behind(StrView text, size_t pos)
{
    size_t at = text_boundary(text, pos);
    return at < pos ? text_next(text, at) : at;
}

/* `inserted` must not point into the text. */
static void change(Editor *e, ChangeKind kind, size_t at, size_t n, StrView inserted, int64_t now_ms)
{
    size_t steps = e->changes.done;
    Change *step = changes_record(&e->changes, kind, at, part(e, at, at + n), inserted, now_ms);
    if (e->changes.done > steps) step->before = e->cursor;
    splice(e, at, n, inserted);
    e->cursor = boundary_behind(editor_text(e), at + inserted.len);
    e->goal = -1;
    step->after = e->cursor;
}

static EditResult insert(Editor *e, ChangeKind kind, StrView text, int64_t now_ms)
{
    if (text.len > e->max_bytes || e->text.len > e->max_bytes - text.len) return EDIT_IGNORED;
    if (text.len == 0) return EDIT_MOVED;
    change(e, kind, e->cursor, 0, text, now_ms);
    if (kind == CHANGE_WHOLE) e->changes.open = false;
    return EDIT_CHANGED;
}

void editor_set(Editor *e, StrView text)
{
    Str admitted;
    str_init(&admitted);
    admit(e, &admitted, text);
    str_set(&e->text, str_view(&admitted));
    str_finish(&admitted);
    changes_clear(&e->changes);
    layout_wrap(&e->layout, editor_text(e), e->layout.width);
    e->top = e->left = 0;
    place_cursor(e, e->text.len);
}

void editor_replace(Editor *e, StrView text)
{
    Str admitted;
    str_init(&admitted);
    admit(e, &admitted, text);
    if (!sv_eq(str_view(&admitted), editor_text(e)))
        change(e, CHANGE_WHOLE, 0, e->text.len, str_view(&admitted), 0);
    place_cursor(e, e->text.len);
    str_finish(&admitted);
}

EditResult editor_paste(Editor *e, StrView text)
{
    Str admitted;
    str_init(&admitted);
    admit(e, &admitted, text);
    EditResult result = insert(e, CHANGE_WHOLE, str_view(&admitted), 0);
    str_finish(&admitted);
    return result;
}

static size_t paragraph_start(const Editor *e, size_t pos)
{
    while (pos > 0 && e->text.buf[pos - 1] != '\n') pos--;
    return pos;
}

static size_t paragraph_end(const Editor *e, size_t pos)
{
    const char *end = memchr(e->text.buf + pos, '\n', e->text.len - pos);
    return end ? (size_t)(end - e->text.buf) : e->text.len;
}

void editor_insert_line(Editor *e, StrView text)
{
    size_t start = paragraph_start(e, e->cursor), end = paragraph_end(e, e->cursor), cursor = e->cursor;
    Str line;
    str_init(&line);
    if (start < end) admit(e, &line, SV("\n"));
    admit(e, &line, text);
    e->cursor = end;
    EditResult result = insert(e, CHANGE_WHOLE, str_view(&line), 0);
    if (result == EDIT_CHANGED)
        e->changes.steps.at[e->changes.done - 1].before = cursor;
    else
        e->cursor = cursor;
    str_finish(&line);
}

/* ---- Moving ---- */

/* The column the cursor stands in on its line. */
static int column(const Editor *e, size_t line)
{
    return text_width(part(e, e->layout.lines.at[line].start, e->cursor));
}

/* The last insertion point that still belongs to the line: at a break inside a word, the end is the next
 * line's start. */
static size_t last_of_line(const Editor *e, size_t line, size_t pos)
{
    bool next_starts = line + 1 < e->layout.lines.len && pos >= e->layout.lines.at[line + 1].start;
    return next_starts ? text_prev(editor_text(e), pos) : pos;
}

static EditResult move_vertically(Editor *e, int by)
{
    size_t line = layout_line_of(&e->layout, e->cursor);
    if (by < 0 ? line == 0 : line + 1 == e->layout.lines.len) return EDIT_IGNORED;
    int goal = e->goal >= 0 ? e->goal : column(e, line);
    line = by < 0 ? line - 1 : line + 1;
    const Line *to = &e->layout.lines.at[line];
    size_t pos = to->start + text_fit(part(e, to->start, to->end), goal, NULL);
    place_cursor(e, last_of_line(e, line, pos));
    e->goal = goal;
    return EDIT_MOVED;
}

/* Where a key moves the cursor within its line or by words. */
static bool move_target(const Editor *e, Key key, size_t *ret)
{
    StrView text = editor_text(e);
    size_t line = layout_line_of(&e->layout, e->cursor);
    switch (key) {
    case KEYN_LEFT: *ret = text_prev(text, e->cursor); return true;
    case KEYN_RIGHT: *ret = text_next(text, e->cursor); return true;
    case KEYN_LEFT | KEY_MOD_CTRL:
    case KEYN_LEFT | KEY_MOD_ALT:
    case KEY_ALT('b'): *ret = text_prev_word(text, e->cursor); return true;
    case KEYN_RIGHT | KEY_MOD_CTRL:
    case KEYN_RIGHT | KEY_MOD_ALT:
    case KEY_ALT('f'): *ret = text_next_word(text, e->cursor); return true;
    case KEYN_HOME:
    case KEY_CTRL('a'): *ret = e->layout.lines.at[line].start; return true;
    case KEYN_END:
    case KEY_CTRL('e'): *ret = last_of_line(e, line, e->layout.lines.at[line].end); return true;
    case KEYN_HOME | KEY_MOD_CTRL:
    case KEY_ALT('<'): *ret = 0; return true;
    case KEYN_END | KEY_MOD_CTRL:
    case KEY_ALT('>'): *ret = text.len; return true;
    default: return false;
    }
}

/* ---- Deleting ---- */

typedef struct {
    size_t start, end;
    ChangeKind kind;
    bool cut; /* Alt-Y puts it back */
} Deletion;

/* At the end of a line Ctrl-K takes the line feed. Lines here are those of the text, not of the wrapping:
 * what is cut is a whole thought. */
static size_t cut_ahead(const Editor *e)
{
    size_t end = paragraph_end(e, e->cursor);
    return end == e->cursor ? text_next(editor_text(e), end) : end;
}

static bool deletion(const Editor *e, Key key, Deletion *ret)
{
    StrView text = editor_text(e);
    size_t at = e->cursor;
    switch (key) {
    case KEYN_BACKSPACE:
    case KEY_CTRL('h'): *ret = (Deletion){text_prev(text, at), at, CHANGE_ERASED_BACK, false}; return true;
    case KEYN_DELETE:
    case KEY_CTRL('d'): *ret = (Deletion){at, text_next(text, at), CHANGE_ERASED_AHEAD, false}; return true;
    case KEY_CTRL('w'):
    case KEYN_BACKSPACE | KEY_MOD_CTRL:
    case KEYN_BACKSPACE | KEY_MOD_ALT:
        *ret = (Deletion){text_prev_word(text, at), at, CHANGE_WHOLE, true};
        return true;
    case KEY_ALT('d'):
    case KEYN_DELETE | KEY_MOD_CTRL:
    case KEYN_DELETE | KEY_MOD_ALT:
        *ret = (Deletion){at, text_next_word(text, at), CHANGE_WHOLE, true};
        return true;
    case KEY_CTRL('u'): *ret = (Deletion){paragraph_start(e, at), at, CHANGE_WHOLE, true}; return true;
    case KEY_CTRL('k'): *ret = (Deletion){at, cut_ahead(e), CHANGE_WHOLE, true}; return true;
    default: return false;
    }
}

/* With nothing to delete the key is still ours: outside a field Backspace would leave the screen. */
static EditResult erase(Editor *e, const Deletion *d, int64_t now_ms)
{
    if (d->start == d->end) return EDIT_MOVED;
    if (d->cut) str_set(&e->cut, part(e, d->start, d->end));
    change(e, d->kind, d->start, d->end - d->start, SV(""), now_ms);
    return EDIT_CHANGED;
}

/* ---- Undo and the keys ---- */

static EditResult undo(Editor *e)
{
    const Change *step = changes_undo(&e->changes);
    if (!step) return EDIT_MOVED;
    splice(e, step->at, step->inserted.len, str_view(&step->removed));
    place_cursor(e, step->before);
    return EDIT_CHANGED;
}

static EditResult redo(Editor *e)
{
    const Change *step = changes_redo(&e->changes);
    if (!step) return EDIT_MOVED;
    splice(e, step->at, step->removed.len, str_view(&step->inserted));
    place_cursor(e, step->after);
    return EDIT_CHANGED;
}

static EditResult type(Editor *e, Key cp, int64_t now_ms)
{
    Str s;
    str_init(&s);
    codepoint_add(&s, cp);
    EditResult result = insert(e, CHANGE_TYPED, str_view(&s), now_ms);
    str_finish(&s);
    return result;
}

EditResult editor_key(Editor *e, Key key, int64_t now_ms)
{
    size_t pos;
    Deletion doomed;
    key &= ~(Key)KEY_MOD_SHIFT;
    if (key_is_text(key)) return type(e, key, now_ms);
    if (move_target(e, key, &pos)) return place_cursor(e, pos), EDIT_MOVED;
    if (deletion(e, key, &doomed)) return erase(e, &doomed, now_ms);
    switch (key) {
    case KEYN_ENTER: return e->one_line ? EDIT_IGNORED : type(e, '\n', now_ms);
    case KEYN_UP:
    case KEY_CTRL('p'): return move_vertically(e, -1);
    case KEYN_DOWN:
    case KEY_CTRL('n'): return move_vertically(e, 1);
    case KEY_CTRL('z'):
    case KEY_CTRL('_'): return undo(e);
    case KEY_CTRL('y'): return redo(e);
    case KEY_ALT('y'): return insert(e, CHANGE_WHOLE, str_view(&e->cut), now_ms);
    default: return EDIT_IGNORED;
    }
}

/* ---- Showing ---- */

/* Leaves the cells right of the cursor filled where the text allows it, and the cursor always inside. */
static void scroll_sideways(Editor *e)
{
    StrView text = editor_text(e);
    int room = e->w - 1;
    if (e->left > e->cursor) e->left = e->cursor;
    e->left = text_boundary(text, e->left);
    int excess = text_width(part(e, e->left, e->cursor)) - room;
    Cluster c;
    for (; excess > 0 && text_cluster(text, e->left, &c); e->left = c.end) excess -= c.width;
    while (e->left > 0) {
        size_t before = text_prev(text, e->left);
        if (text_width(part(e, before, text.len)) > room) break;
        e->left = before;
    }
}

void editor_layout(Editor *e, int w, int h)
{
    e->w = w > 1 ? w : 1;
    e->h = h > 1 ? h : 1;
    if (e->one_line) {
        scroll_sideways(e);
        return;
    }
    /* The last column is kept for the cursor behind a full line. */
    int width = e->w > 3 ? e->w - 1 : 2;
    if (width != e->layout.width) layout_wrap(&e->layout, editor_text(e), width);
    size_t line = layout_line_of(&e->layout, e->cursor), height = (size_t)e->h, n = e->layout.lines.len;
    if (e->top + height > n) e->top = n > height ? n - height : 0;
    if (line < e->top) e->top = line;
    if (line >= e->top + height) e->top = line - height + 1;
}

size_t editor_lines(const Editor *e)
{
    return e->layout.lines.len;
}

bool editor_at_top(const Editor *e)
{
    return layout_line_of(&e->layout, e->cursor) == 0;
}

bool editor_at_bottom(const Editor *e)
{
    return layout_line_of(&e->layout, e->cursor) + 1 == e->layout.lines.len;
}

static void put_cursor(const Editor *e, Canvas *c, int x, int y, int cells)
{
    canvas_cursor(c, x + (cells < e->w ? cells : e->w - 1), y, true);
}

static void draw_field(const Editor *e, Canvas *c, int x, int y, bool focused)
{
    canvas_fill(c, (Rect){x, y, e->w, 1}, ' ', ROLE_FIELD);
    canvas_text(c, x, y, e->w, ROLE_FIELD, part(e, e->left, e->text.len));
    if (focused) put_cursor(e, c, x, y, text_width(part(e, e->left, e->cursor)));
}

void editor_draw(const Editor *e, Canvas *c, int x, int y, bool focused)
{
    if (e->one_line) {
        draw_field(e, c, x, y, focused);
        return;
    }
    for (int row = 0; row < e->h && e->top + (size_t)row < e->layout.lines.len; row++) {
        const Line *line = &e->layout.lines.at[e->top + (size_t)row];
        canvas_text(c, x, y + row, e->w, ROLE_NORMAL, part(e, line->start, line->end));
    }
    size_t line = layout_line_of(&e->layout, e->cursor);
    if (focused) put_cursor(e, c, x, y + (int)(line - e->top), column(e, line));
}
