#include "view_session.h"

#include <entente/text.h>

enum { FIELD_MIN = 16, FIELD_MAX = 40 };

/* ---- making lines ---- */

size_t page_add(SessionView *v, const PageLine *line)
{
    vec_push(&v->page.lines, *line);
    return v->page.lines.len - 1;
}

void page_gap(SessionView *v)
{
    if (!view_compact(v)) page_label(v, 0, "");
}

void page_label(SessionView *v, int indent, const char *text)
{
    page_add(v, &(PageLine){.indent = indent, .text = text, .stop = NO_STOP});
}

static int text_columns(int w, int indent)
{
    int columns = w - indent - 1;
    return columns > TEXT_COLUMNS ? TEXT_COLUMNS : columns < 2 ? 2 : columns;
}

void page_text(SessionView *v, int w, int indent, Role role, const char *text)
{
    TextLine line;
    if (!text[0]) return;
    for (size_t pos = 0; text_wrap(sv(text), pos, text_columns(w, indent), &line); pos = line.next) {
        const char *row = arena_str(&v->arena, sv_n(text + line.start, line.end - line.start));
        page_add(v, &(PageLine){.indent = indent, .text = row, .role = role, .stop = NO_STOP});
    }
}

void page_why(SessionView *v, int w)
{
    if (!v->shows_why) return;
    page_gap(v);
    page_text(v, w, 1, ROLE_NORMAL, view_why(v, &v->arena));
}

void page_question(SessionView *v, int w)
{
    size_t before = v->page.lines.len;
    page_text(v, w, 1, ROLE_STRONG, v->words.question);
    if (view_has_why(v) && !v->shows_why && v->page.lines.len > before)
        v->page.lines.at[v->page.lines.len - 1].behind = "F3 Why";
    if (view_follows(v) && !view_compact(v)) page_label(v, 1, VIEW_FOLLOWS);
}

void page_head(SessionView *v, int w)
{
    page_gap(v);
    page_question(v, w);
    page_why(v, w);
    page_gap(v);
}

size_t page_radio(SessionView *v, int stop, bool on, const char *text)
{
    return page_add(v, &(PageLine){.indent = view_narrow(v) ? 3 : 4,
                                   .text = arena_strf(&v->arena, "(%c) %s", on ? 'o' : ' ', text),
                                   .stop = stop,
                                   .on = on,
                                   .at_focus = on && v->focus == stop});
}

void page_option(SessionView *v, int w, int stop, bool on, bool here, const char *text)
{
    int indent = view_narrow(v) ? 3 : 4, words = indent + 4;
    TextLine part;
    for (size_t pos = 0; text_wrap(sv(text), pos, text_columns(w, words), &part); pos = part.next) {
        const char *row = arena_str(&v->arena, sv_n(text + part.start, part.end - part.start));
        if (pos == 0) row = arena_strf(&v->arena, "(%c) %s", on ? 'o' : ' ', row);
        page_add(v, &(PageLine){.indent = pos == 0 ? indent : words,
                                .text = row,
                                .stop = pos == 0 ? stop : NO_STOP,
                                .on = on,
                                .at_focus = here && v->focus == stop});
    }
}

void page_field_in(SessionView *v, size_t line, int x, int w, int stop)
{
    PageLine *l = &v->page.lines.at[line];
    Editor *e = v->face->editor(v, stop);
    l->editor = e;
    l->field_x = x;
    l->field_w = w < 2 ? 2 : w;
    l->field_stop = stop;
    l->at_focus = l->at_focus || v->focus == stop;
    editor_layout(e, l->field_w, 1);
}

void page_radio_field(SessionView *v, int w, size_t radio, int most, int stop)
{
    const PageLine *line = &v->page.lines.at[radio];
    int x = line->indent + text_width(sv(line->text)) + 1, room = w - x - 2;
    page_field_in(v, radio, x, room > most ? most : room, stop);
}

void page_field(SessionView *v, int w, const char *label, int label_w, int stop, const char *behind)
{
    int indent = view_narrow(v) ? 1 : 4, x = indent + label_w + 1, room = w - x - 2;
    if (room < FIELD_MIN) {
        page_text(v, w, 1, ROLE_NORMAL, label);
        x = indent;
        room = w - x - 2;
        label = "";
    }
    size_t line =
        page_add(v, &(PageLine){.indent = indent, .text = label, .stop = NO_STOP, .behind = behind});
    int beside = room - text_width(sv(behind)) - 2;
    if (behind[0] && beside >= FIELD_MIN) room = beside;
    page_field_in(v, line, x, room > FIELD_MAX ? FIELD_MAX : room, stop);
}

void page_private(SessionView *v)
{
    if (view_is_private(v)) page_label(v, 1, "[private]");
}

/* ---- layout ---- */

/* Shows the focus, rather its last row than its first: there the cursor is. At the buttons nothing moves. */
static void scroll_to_focus(Page *p)
{
    int first = -1, last = -1, count = (int)p->lines.len;
    for (int i = 0; i < count; i++) {
        if (!p->lines.at[i].at_focus) continue;
        if (first < 0) first = i;
        last = i;
    }
    if (first >= 0 && first < p->top) p->top = first;
    if (last >= 0 && last < p->area.h) p->top = 0;
    if (last >= p->top + p->area.h) p->top = last - p->area.h + 1;
    if (p->top > count - p->area.h) p->top = count - p->area.h;
    if (p->top < 0) p->top = 0;
}

static int build(SessionView *v, int w)
{
    v->page.lines.len = 0;
    v->face->build(v, w);
    return (int)v->page.lines.len;
}

void page_layout(SessionView *v, Rect body)
{
    Page *p = &v->page;
    int buttons = view_buttons_rows(v, body.w), gap = view_compact(v) ? 0 : 1;
    if (buttons > body.h - 1) buttons = 1;
    int room = body.h - buttons - gap, rows = build(v, body.w);
    if (rows > room && v->why == WHY_AS_FITS && v->shows_help && v->words.reason[0]) {
        v->shows_help = false;
        rows = build(v, body.w);
    }
    if (rows > room && v->shows_why && v->why == WHY_AS_FITS) {
        v->shows_why = false;
        rows = build(v, body.w);
    }
    p->area = (Rect){body.x, body.y, body.w, rows < room ? rows : room};
    p->buttons_y = body.y + p->area.h + gap;
    scroll_to_focus(p);
}

/* ---- drawing ---- */

static void draw_at_edge(const PageLine *line, Canvas *c, Rect at, int used)
{
    int w = text_width(sv(line->behind)), x = at.w - w - 1;
    if (x > used) canvas_text(c, at.x + x, at.y, w, ROLE_NORMAL, sv(line->behind));
}

static void draw_plain(const SessionView *v, const PageLine *line, Canvas *c, Rect at)
{
    bool here = line->at_focus && v->focus == line->stop;
    Role role = here ? line->role | ROLE_SELECTED : line->role;
    if (here) canvas_text(c, at.x + 1, at.y, 1, ROLE_NORMAL, SV(">"));
    int used = canvas_text_fit(c, at.x + line->indent, at.y, at.w - line->indent - 1, role, sv(line->text));
    if (here) canvas_cursor(c, at.x + line->indent, at.y, false);
    if (!line->editor && line->behind) draw_at_edge(line, c, at, line->indent + used);
    if (!line->editor || line->field_x < line->indent + used) return;
    int end = line->field_x + line->field_w;
    editor_draw(line->editor, c, at.x + line->field_x, at.y, v->focus == line->field_stop);
    if (line->behind && text_width(sv(line->behind)) <= at.w - end - 3)
        canvas_text(c, at.x + end + 2, at.y, at.w - end - 3, ROLE_NORMAL, sv(line->behind));
}

void page_draw(const SessionView *v, Canvas *c)
{
    const Page *p = &v->page;
    for (int i = 0; i < p->area.h && (size_t)(p->top + i) < p->lines.len; i++) {
        const PageLine *line = &p->lines.at[p->top + i];
        Rect at = {p->area.x, p->area.y + i, p->area.w, 1};
        (line->draw ? line->draw : draw_plain)(v, line, c, at);
    }
    if (p->buttons_y > p->area.y + p->area.h && p->lines.len > (size_t)(p->top + p->area.h))
        canvas_text(c, p->area.x + 4, p->area.y + p->area.h, p->area.w - 5, ROLE_NORMAL, SV("(more below)"));
    view_draw_buttons(v, c, p->area.x, p->buttons_y, p->area.w);
}

bool radio_key(Key key, int count, int *choice)
{
    int to = *choice;
    switch (key) {
    case KEYN_UP:
    case 'k': to--; break;
    case KEYN_DOWN:
    case 'j': to++; break;
    case KEYN_HOME: to = 0; break;
    case KEYN_END: to = count - 1; break;
    case ' ': break;
    default: return false;
    }
    *choice = to < 0 ? 0 : to >= count ? count - 1 : to;
    return true;
}
