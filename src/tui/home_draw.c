#include "home.h"

#include <entente/figures.h>
#include <entente/text.h>
#include <string.h>

enum { PREVIEW_ROWS = 8, WIDE = 100, COMPACT = 60, HIGH = 13 };
enum {
    AGENDA_FROM = 140,
    AGENDA_LEAST = 40,
    AGENDA_ROWS = 6,
    AGENDA_KEPT = 16,
    ROOMY_FROM = 180,
    SIDE_LIST = 64,
    ROOMY_LIST = 80
};

/* ---- the plan ---- */

static int top_rows(const Home *h, int w, int body_h)
{
    if (h->finding || body_h < HIGH) return 1;
    return text_width(str_view(&h->today)) > w - 2 ? 2 : 1;
}

static int wanted_rows(const Home *h)
{
    return h->shown.len ? (int)h->shown.len : 1;
}

static void plan_compact(Home *h, int w, Rect body)
{
    HomePlan *p = &h->plan;
    p->compact = true;
    p->top = (Rect){1, body.y, w - 2, top_rows(h, w, body.h)};
    int y = body.y + p->top.h, rest = body.y + body.h - y;
    int summary = rest >= 6 ? 2 : 0, rows = wanted_rows(h);
    if (rows > rest - summary) rows = rest - summary;
    p->list = (Rect){0, y, w, rows};
    if (summary) p->preview = (Rect){1, y + rows + 1, w - 2, 1};
}

/* Without anybody, and beside the trash, nothing comes up. */
static bool wants_agenda(const Home *h)
{
    return h->show == HOME_ALL && h->rows.len > 0;
}

/* Of more columns names get a part; never fewer than where the list stands alone. */
static int side_list(int w)
{
    if (w >= ROOMY_FROM) return ROOMY_LIST + (w - ROOMY_FROM) / 2;
    return SIDE_LIST + (w >= AGENDA_FROM ? (w - AGENDA_FROM) / 4 : (w - WIDE) / 8);
}

/* What stands at the right of the list, from the headings down; returns the width of the list. */
static int plan_side(Home *h, int w, Rect right)
{
    HomePlan *p = &h->plan;
    int list_w = side_list(w), end = w - 1;
    p->column = w >= AGENDA_FROM && wants_agenda(h);
    if (p->column) {
        int agenda_w = w / 4 > AGENDA_LEAST ? w / 4 : AGENDA_LEAST;
        p->agenda = (Rect){w - agenda_w, right.y, agenda_w - 1, right.h};
        end = p->agenda.x - 3;
    }
    p->preview = (Rect){list_w + 2, right.y, end - list_w - 2, right.h};
    return list_w;
}

/* Below the list what it leaves; where there are many alliances some rows all the same. */
static int list_room(const Home *h, int rest)
{
    bool below = h->plan.side && !h->plan.column && wants_agenda(h) && rest >= 3 * AGENDA_ROWS;
    int kept = rest / 3 < AGENDA_KEPT ? rest / 3 : AGENDA_KEPT;
    return below ? rest - kept : rest;
}

static void plan_agenda_below(Home *h, Rect body)
{
    HomePlan *p = &h->plan;
    int y = p->list.y + p->list.h + 1, rows = body.y + body.h - y;
    if (wants_agenda(h) && rows >= AGENDA_ROWS) p->agenda = (Rect){1, y, p->list.w - 2, rows};
}

static void plan_pages(Home *h, int w, Rect body)
{
    HomePlan *p = &h->plan;
    bool high = body.h >= HIGH;
    p->side = w >= WIDE && high;
    int y = body.y + (high ? 1 : 0);
    p->top = (Rect){1, y, w - 2, top_rows(h, w, body.h)};
    y += p->top.h + (high ? 1 : 0);
    p->header_y = y++;
    int rest = body.y + body.h - y, list_w = w;
    if (p->side) list_w = plan_side(h, w, (Rect){0, p->header_y, 0, rest + 1});
    int rows = wanted_rows(h), room = p->side || !high ? list_room(h, rest) : rest - PREVIEW_ROWS;
    if (room < 3) room = rest < 3 ? rest : 3;
    if (rows > room) rows = room;
    p->list = (Rect){0, y, list_w, rows};
    if (p->side && !p->column)
        plan_agenda_below(h, body);
    else if (!p->side && high)
        p->preview = (Rect){1, y + rows + 1, w - 2, body.y + body.h - y - rows - 1};
}

void home_plan(Home *h, int w, Rect body)
{
    h->plan = (HomePlan){.header_y = -1};
    if (w < COMPACT)
        plan_compact(h, w, body);
    else
        plan_pages(h, w, body);
}

/* ---- a row ---- */

/* Columns that a width has room for; 0: left out. */
typedef struct {
    int name, role, due, trust, open;
} Columns;

static Columns columns(int w)
{
    if (w >= 76) return (Columns){.name = w - 61, .role = 12, .due = 18, .trust = 12, .open = 14};
    if (w >= 68) return (Columns){.name = w - 49, .due = 18, .trust = 12, .open = 14};
    return (Columns){.name = w - 45, .due = 18, .trust = 11, .open = 11};
}

static const char *const WHO[SIDE_COUNT] = {"you", "they", "both"};

bool home_open_words(const AllianceRow *row, Str *out)
{
    bool any = false;
    for (int i = 0; i < SIDE_COUNT; i++) {
        if (!row->open[i]) continue;
        str_addf(out, "%s%s %d", any ? ", " : "", WHO[i], row->open[i]);
        any = true;
    }
    return any;
}

/* "you 2, they 1"; where that does not fit the same by its first letters: "y2 t1 b1". */
static void open_words(const AllianceRow *row, int width, Str *out)
{
    if (!home_open_words(row, out)) str_add_c(out, "none");
    if (text_width(str_view(out)) <= width) return;
    str_clear(out);
    for (int i = 0; i < SIDE_COUNT; i++)
        if (row->open[i]) str_addf(out, "%s%c%d", out->len ? " " : "", WHO[i][0], row->open[i]);
}

static void draw_trust(const AllianceRow *row, Canvas *c, int x, int y)
{
    if (!row->alliance.last_trust) {
        canvas_text(c, x, y, 10, ROLE_NORMAL, SV("none yet"));
        return;
    }
    Str spark;
    str_init(&spark);
    trust_spark(&spark, row->trust, row->trust_count, TRUST_HISTORY, c->ascii);
    canvas_text(c, x, y, TRUST_HISTORY, ROLE_NORMAL, str_view(&spark));
    canvas_textf(c, x + TRUST_HISTORY + 1, y, 1, ROLE_NORMAL, "%d", row->alliance.last_trust);
    str_finish(&spark);
}

static void draw_row(const App *app, const AllianceRow *row, Canvas *c, int y, int w, Role name_role)
{
    Columns col = columns(w);
    Str s;
    str_init(&s);
    int x = 5;
    canvas_textf(c, 3, y, 1, ROLE_NORMAL, "%c", app_marker(app, row));
    canvas_text_fit(c, x, y, col.name - 1, name_role, sv(row->alliance.name));
    x += col.name;
    if (col.role) canvas_text_fit(c, x, y, col.role - 1, ROLE_NORMAL, sv(row->alliance.role));
    x += col.role;
    app_due_words(app, row, &s);
    canvas_text_fit(c, x, y, col.due - 1, ROLE_NORMAL, str_view(&s));
    x += col.due;
    draw_trust(row, c, x, y);
    x += col.trust;
    str_clear(&s);
    open_words(row, col.open, &s);
    canvas_text_fit(c, x, y, col.open, ROLE_NORMAL, str_view(&s));
    str_finish(&s);
}

/* Behind NAME, where there are more rows than show: "1-8 of 47", with '+' while not all are read. */
static void draw_range(const Home *h, Canvas *c, int x, int y, int w)
{
    size_t first = h->list.top + 1, last = h->list.top + (size_t)h->plan.list.h;
    if (h->shown.len <= (size_t)h->plan.list.h && !h->next.set) return;
    if (last > h->shown.len) last = h->shown.len;
    canvas_textf(c, x, y, w, ROLE_NORMAL, "%zu-%zu of %zu%s", first, last, h->shown.len,
                 h->next.set ? "+" : "");
}

static void draw_header(const Home *h, Canvas *c, int y, int w)
{
    Columns col = columns(w);
    int x = 5;
    canvas_text(c, x, y, col.name, ROLE_NORMAL, SV("NAME"));
    draw_range(h, c, x + 6, y, col.name - 7);
    x += col.name;
    if (col.role) canvas_text(c, x, y, col.role, ROLE_NORMAL, SV("ROLE"));
    x += col.role;
    canvas_text(c, x, y, col.due, ROLE_NORMAL, SV("CHECK-IN"));
    x += col.due;
    canvas_text(c, x, y, col.trust, ROLE_NORMAL, SV("TRUST"));
    x += col.trust;
    canvas_text(c, x, y, w - x, ROLE_NORMAL, SV("COMMITMENTS"));
}

/* ---- a row of the compact list: "Ana Lima   5d ago   3 (2)" ---- */

static void without_prefix(Str *s, const char *prefix)
{
    if (strncmp(s->buf, prefix, strlen(prefix)) == 0) str_remove(s, 0, strlen(prefix));
}

static void brief_due(const App *app, const AllianceRow *row, Str *out)
{
    app_due_words(app, row, out);
    without_prefix(out, "was due ");
    without_prefix(out, "snoozed ");
    char *of = strstr(out->buf, " of ");
    if (of) {
        size_t at = (size_t)(of - out->buf);
        str_remove(out, at, 4);
        str_insert(out, at, SV("/"));
    }
}

static void draw_compact_row(const App *app, const AllianceRow *row, Canvas *c, int y, int w, Role name_role)
{
    Str s;
    str_init(&s);
    int due_x = w - 19, trust_x = w - 6, open = 0;
    canvas_textf(c, 2, y, 1, ROLE_NORMAL, "%c", app_marker(app, row));
    canvas_text_fit(c, 4, y, due_x - 5, name_role, sv(row->alliance.name));
    brief_due(app, row, &s);
    canvas_text_fit(c, due_x, y, 12, ROLE_NORMAL, str_view(&s));
    for (int i = 0; i < SIDE_COUNT; i++) open += row->open[i];
    str_clear(&s);
    if (row->alliance.last_trust)
        str_addf(&s, "%d", row->alliance.last_trust);
    else
        str_add_char(&s, '-');
    if (open) str_addf(&s, " (%d)", open);
    canvas_text(c, trust_x, y, w - trust_x, ROLE_NORMAL, str_view(&s));
    str_finish(&s);
}

/* ---- the page ---- */

static void draw_sentence(const Home *h, Canvas *c)
{
    TextLine line;
    StrView text = str_view(&h->today);
    Rect r = h->plan.top;
    size_t pos = 0;
    for (int i = 0; i < r.h && text_wrap(text, pos, r.w, &line); i++, pos = line.next) {
        StrView rest = sv_n(text.ptr + line.start, line.end - line.start);
        if (i == r.h - 1) rest = sv_n(text.ptr + line.start, text.len - line.start);
        canvas_text_fit(c, r.x, r.y + i, r.w, ROLE_NORMAL, rest);
    }
}

static void draw_top(const Home *h, Canvas *c)
{
    if (!h->finding) {
        draw_sentence(h, c);
        return;
    }
    int x = h->plan.top.x + canvas_text(c, h->plan.top.x, h->plan.top.y, 6, ROLE_NORMAL, SV("Find  "));
    editor_draw(h->find, c, x, h->plan.top.y, true);
}

static void draw_empty(const Home *h, Canvas *c)
{
    Str words;
    str_init(&words);
    home_empty_words(h, &words);
    canvas_text_fit(c, h->plan.list.x + 1, h->plan.list.y, h->plan.list.w - 2, ROLE_NORMAL, str_view(&words));
    if (!h->finding) canvas_cursor(c, h->plan.list.x + 1, h->plan.list.y, false);
    str_finish(&words);
}

void home_draw_list(const Home *h, const Ui *ui, Canvas *c)
{
    const HomePlan *p = &h->plan;
    int mark = p->compact ? 0 : 1;
    draw_top(h, c);
    if (h->shown.len == 0)
        draw_empty(h, c);
    else if (p->header_y >= 0)
        draw_header(h, c, p->header_y, p->list.w);
    for (int i = 0; i < p->list.h && h->list.top + (size_t)i < h->shown.len; i++) {
        size_t at = h->list.top + (size_t)i;
        const AllianceRow *row = &h->rows.at[h->shown.at[at]].row;
        bool here = at == h->list.selected;
        int y = p->list.y + i;
        if (here) canvas_text(c, mark, y, 1, ROLE_NORMAL, SV(">"));
        if (here && !h->finding) canvas_cursor(c, mark, y, false);
        if (p->compact)
            draw_compact_row(ui_app(ui), row, c, y, p->list.w, here ? ROLE_SELECTED : ROLE_NORMAL);
        else
            draw_row(ui_app(ui), row, c, y, p->list.w, here ? ROLE_SELECTED : ROLE_NORMAL);
    }
}
