#include "timeline.h"

#include <entente/text.h>

#include "entry_text.h"
#include "headed.h"

enum {
    PAGE_ROWS = 50,
    JUMP_ROWS = 1000,
    PREVIEW_FROM = 16,
    SIDE_FROM = 100,
    ROOMY = 13,
    TALL = 18,
    PREVIEW_MIN = 5
};

/* ---- reading ---- */

const HistoryRow *timeline_selected(const Timeline *t)
{
    return t->rows.len ? &t->rows.at[t->list.selected] : NULL;
}

static bool read_page(Timeline *t, Ui *ui, size_t limit, Error *err)
{
    HistoryFilter filter = history_filter();
    HistoryRow *rows;
    HistoryCursor next = {0};
    size_t n;
    StrView query = finder_text(&t->finder);
    filter.alliance = t->alliance;
    if (query.len) filter.query = arena_str(&t->arena, query);
    if (!app_history(ui_app(ui), &filter, &t->next, limit, &t->arena, &rows, &n, &next, err)) return false;
    for (size_t i = 0; i < n; i++) vec_push(&t->rows, rows[i]);
    t->next = next;
    list_set_count(&t->list, t->rows.len, next.set);
    return true;
}

/* The preview follows the selection; it is read once for each entry. */
static bool read_entry(Timeline *t, Ui *ui, Error *err)
{
    const HistoryRow *row = timeline_selected(t);
    if (row && t->entry_id == row->id) return true;
    t->entry_id = 0;
    t->entry = (Entry){0};
    arena_reset(&t->entry_arena);
    if (!row) return true;
    if (!app_entry(ui_app(ui), row->id, row->kind, &t->entry_arena, &t->entry, err)) return false;
    t->entry_id = row->id;
    return true;
}

static bool read_wanted(Timeline *t, Ui *ui, Error *err)
{
    while (list_wants_more(&t->list))
        if (!read_page(t, ui, PAGE_ROWS, err)) return false;
    return read_entry(t, ui, err);
}

static void select_entry(Timeline *t, Id id)
{
    for (size_t i = 0; i < t->rows.len; i++)
        if (t->rows.at[i].id == id) list_select(&t->list, i);
}

/* Reads anew into a fresh arena, so that a failure leaves the rows as they were. */
static bool read_anew(Timeline *t, Ui *ui, size_t limit, Error *err)
{
    Timeline old = *t;
    t->arena = (Arena){0};
    t->rows.at = NULL;
    t->rows.len = t->rows.cap = 0;
    t->next = (HistoryCursor){0};
    if (read_page(t, ui, limit > PAGE_ROWS ? limit : PAGE_ROWS, err)) {
        arena_finish(&old.arena);
        vec_finish(&old.rows);
        return true;
    }
    arena_finish(&t->arena);
    vec_finish(&t->rows);
    *t = old;
    return false;
}

bool timeline_open(Timeline *t, Ui *ui, Id alliance, const char *name, Error *err)
{
    int w, h;
    t->alliance = alliance;
    str_init(&t->partner);
    app_short_name(name, &t->partner);
    ui_size(ui, &w, &h);
    return read_anew(t, ui, h > 0 ? (size_t)h : 0, err) && read_entry(t, ui, err);
}

bool timeline_reload(Timeline *t, Ui *ui, Error *err)
{
    const HistoryRow *row = timeline_selected(t);
    Id id = row ? row->id : 0;
    if (!read_anew(t, ui, t->rows.len, err)) return false;
    select_entry(t, id);
    t->entry_id = 0; /* its words may have changed */
    return read_entry(t, ui, err);
}

void timeline_finish(Timeline *t)
{
    str_finish(&t->partner);
    arena_finish(&t->arena);
    vec_finish(&t->rows);
    finder_close(&t->finder);
    arena_finish(&t->entry_arena);
    paper_finish(&t->preview);
}

/* ---- words ---- */

static void add_count(const Timeline *t, Str *out)
{
    str_addf(out, "%s%zu %s", t->next.set ? "first " : "", t->rows.len,
             t->rows.len == 1 ? "entry" : "entries");
}

static void add_empty(const Timeline *t, Str *out)
{
    StrView query = finder_text(&t->finder);
    if (query.len)
        str_addf(out, "Nothing found for \"%.*s\".  Esc clears it", (int)query.len, query.ptr);
    else if (t->alliance)
        str_addf(out, "No check-ins with %s yet.  c Do the first one (5 minutes)", t->partner.buf);
    else
        str_add_c(out, "Nothing is written down yet.  1 Alliances");
}

void timeline_status(const Timeline *t, Str *out)
{
    StrView query = finder_text(&t->finder);
    if (t->rows.len == 0) return;
    if (query.len) str_addf(out, "Filter \"%.*s\": ", (int)query.len, query.ptr);
    add_count(t, out);
    if (query.len) str_add_c(out, ".  Esc clears it");
}

/* ---- handling ---- */

static void say_empty(const Timeline *t, Ui *ui)
{
    Str text;
    str_init(&text);
    add_empty(t, &text);
    ui_say(ui, "%s", text.buf);
    str_finish(&text);
}

static void open_selected(const Timeline *t, Ui *ui)
{
    const HistoryRow *row = timeline_selected(t);
    Str title;
    if (!row) {
        say_empty(t, ui);
        return;
    }
    str_init(&title);
    entry_heading(row, &title);
    ui_push(ui, &VIEW_ENTRY,
            &(EntryArg){.id = row->id, .kind = row->kind, .title = title.buf, .alliance = row->alliance});
    str_finish(&title);
}

static void filter_anew(Timeline *t, Ui *ui)
{
    Error err = {0};
    if (!read_anew(t, ui, 0, &err)) {
        ui_say_error(ui, &err);
        return;
    }
    list_select(&t->list, 0);
    if (!read_entry(t, ui, &err)) ui_say_error(ui, &err);
}

EventResult timeline_command(Timeline *t, Ui *ui, CommandId id)
{
    switch (id) {
    case CMD_OPEN: open_selected(t, ui); return EV_HANDLED;
    case CMD_FIND: finder_open(&t->finder); return EV_HANDLED;
    case CMD_BACK:
        if (!finder_esc(&t->finder)) return EV_IGNORED;
        filter_anew(t, ui);
        return EV_HANDLED;
    default: return EV_IGNORED;
    }
}

/* The last entry is wanted, so all of them must be known. */
static bool read_to_end(Timeline *t, Ui *ui, Error *err)
{
    while (t->next.set)
        if (!read_page(t, ui, JUMP_ROWS, err)) return false;
    return true;
}

static EventResult move(Timeline *t, Ui *ui, Key key)
{
    Error err = {0};
    bool end = key == KEYN_END || key == 'G';
    bool ok = !end || read_to_end(t, ui, &err);
    if (!list_key(&t->list, key)) return EV_IGNORED;
    if (!ok || !read_wanted(t, ui, &err)) ui_say_error(ui, &err);
    return EV_HANDLED;
}

EventResult timeline_event(Timeline *t, Ui *ui, const Event *e)
{
    EditResult edit = finder_event(&t->finder, ui, e);
    if (edit == EDIT_CHANGED) filter_anew(t, ui);
    if (edit != EDIT_IGNORED) return EV_HANDLED;
    return e->type == EVENT_KEY ? move(t, ui, e->key) : EV_IGNORED;
}

/* ---- the rows of the page ---- */

/* The find field, the count and a rule while finding, and a blank line; less where rows are few. */
static int head_rows(const Timeline *t, Rect body)
{
    bool roomy = body.h >= ROOMY;
    if (!finder_is_open(&t->finder)) return roomy ? 1 : 0;
    return body.h >= TALL ? 4 : roomy ? 3 : 1;
}

static void place(Timeline *t, Rect body)
{
    int head = head_rows(t, body);
    Rect all = {body.x, body.y + head, body.w, body.h - head};
    t->list_at = all;
    t->preview_at = (Rect){0};
    if (t->rows.len == 0 || body.h + 3 < PREVIEW_FROM) return;
    if (body.w >= SIDE_FROM) {
        t->list_at.w = body.w * 3 / 5;
        t->preview_at = (Rect){t->list_at.w + 1, all.y, body.w - t->list_at.w - 1, all.h};
    } else {
        int below = all.h * 2 / 5 > PREVIEW_MIN ? all.h * 2 / 5 : PREVIEW_MIN;
        t->list_at.h = all.h - below - 1;
        t->preview_at = (Rect){all.x, all.y + t->list_at.h + 1, all.w, below};
    }
}

void timeline_layout(Timeline *t, const Ui *ui, Rect body)
{
    place(t, body);
    finder_layout(&t->finder, body.w);
    headed_scroll(&t->list, t->list_at.h, timeline_heading, t);
    paper_begin(&t->preview, ui_ascii(ui));
    if (t->preview_at.h > 0) entry_write(&t->preview, &t->entry, t->preview_at.w, t->preview_at.h);
}

static void draw_head(const Timeline *t, Canvas *c, Rect body)
{
    Str count;
    if (!finder_is_open(&t->finder)) return;
    int y = body.y + (body.h >= TALL ? 1 : 0);
    finder_draw(&t->finder, c, y, body.w);
    str_init(&count);
    if (t->rows.len > 0) add_count(t, &count);
    if (body.h >= ROOMY) {
        canvas_text(c, 1, y + 1, body.w - 2, ROLE_NORMAL, str_view(&count));
        canvas_rule(c, 1, y + 2, body.w - 1);
    } else {
        int x = body.w - text_width(str_view(&count)) - 1;
        canvas_text(c, x, y, body.w - x, ROLE_NORMAL, str_view(&count));
    }
    str_finish(&count);
}

/* What does not fit the preview is told, not just missing. */
static void draw_preview(const Timeline *t, Canvas *c, const HistoryRow *row)
{
    Str title;
    Rect at = t->preview_at;
    bool cut = t->preview.lines >= at.h;
    str_init(&title);
    entry_heading(row, &title);
    int used = canvas_text_fit(c, at.x + 1, at.y, at.w - 2, ROLE_STRONG, str_view(&title));
    canvas_rule(c, at.x + used + 2, at.y, at.w - used - 2);
    str_finish(&title);
    paper_draw(&t->preview, c, (Rect){at.x, at.y + 1, at.w, at.h - (cut ? 2 : 1)}, 0);
    if (cut) canvas_text(c, at.x + 1, at.y + at.h - 1, at.w - 2, ROLE_NORMAL, SV("Enter shows the rest"));
}

static void draw_empty(const Timeline *t, Canvas *c)
{
    Str text;
    TextLine line;
    Rect at = t->list_at;
    str_init(&text);
    add_empty(t, &text);
    for (size_t pos = 0; text_wrap(str_view(&text), pos, at.w - 2, &line) && at.h > 0;
         pos = line.next, at.h--)
        canvas_text(c, 1, at.y++, at.w - 2, ROLE_NORMAL, sv_n(text.buf + line.start, line.end - line.start));
    if (!finder_is_open(&t->finder)) canvas_cursor(c, 1, t->list_at.y, false);
    str_finish(&text);
}

void timeline_draw(const Timeline *t, Canvas *c, Rect body)
{
    const HistoryRow *row = timeline_selected(t);
    if (row)
        timeline_draw_rows(t, c);
    else
        draw_empty(t, c);
    if (row && t->preview_at.h > 0) draw_preview(t, c, row);
    draw_head(t, c, body);
}
