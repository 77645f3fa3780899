#include <entente/text.h>

#include "agenda_page.h"
#include "alliance_page.h"
#include "form.h"
#include "headed.h"
#include "home_tabs.h"

enum { MOST = 500, ROOMY = 13 };

/* ---- reading ---- */

static const char *folded(const App *app, Arena *arena, const AgendaItem *item)
{
    Str line, s;
    str_init(&line);
    str_init(&s);
    str_addf(&line, "%s %s ", agenda_kind_name(item->kind), item->name);
    app_agenda_words(app, item, &line);
    text_fold(&s, str_view(&line));
    const char *kept = arena_str(arena, str_view(&s));
    str_finish(&line);
    str_finish(&s);
    return kept;
}

static void fold_all(AgendaPage *p, const App *app)
{
    if (p->folded) return;
    p->folded = arena_array(&p->arena, p->count, sizeof *p->folded);
    for (size_t i = 0; i < p->count; i++) p->folded[i] = folded(app, &p->arena, &p->items[i]);
}

static bool asks(const AgendaPage *p, const App *app)
{
    for (size_t i = 0; i < p->shown.len; i++) {
        const AgendaItem *item = agenda_at(p, i);
        if (item->section != AGENDA_WAITING) return false;
        if (item->row && app_missed(app, item->row) >= DUE_MISSED_OFFER) return true;
    }
    return false;
}

static void show_rows(AgendaPage *p, const App *app)
{
    StrView query = finder_text(&p->finder);
    Str wanted;
    str_init(&wanted);
    text_fold(&wanted, query);
    if (query.len) fold_all(p, app);
    p->shown.len = 0;
    for (size_t i = 0; i < p->count; i++)
        if (query.len == 0 || text_has_words(sv(p->folded[i]), str_view(&wanted))) vec_push(&p->shown, i);
    list_set_count(&p->list, p->shown.len, false);
    p->asks = asks(p, app);
    str_finish(&wanted);
}

/* The shown row of a matter; false: it is gone, or filtered out. */
static bool row_of(const AgendaPage *p, AgendaKind kind, Id id, size_t *ret)
{
    for (size_t i = 0; i < p->shown.len; i++) {
        const AgendaItem *item = agenda_at(p, i);
        if (item->kind == kind && agenda_matter(item) == id) return *ret = i, true;
    }
    return false;
}

static void select_matter(AgendaPage *p, AgendaKind kind, Id id)
{
    size_t row;
    if (row_of(p, kind, id, &row)) list_select(&p->list, row);
}

/*
 * A matter that is gone, or has moved to a later day, leaves its place to the next one; when that is taken
 * back it is selected again. Any other keeps the focus wherever it stands.
 */
static void find_selected(AgendaPage *p, AgendaKind kind, Id id, Date day)
{
    size_t row;
    if (p->moved_id && row_of(p, p->moved, p->moved_id, &row) && agenda_at(p, row)->day == p->moved_from) {
        p->moved_id = 0;
        list_select(&p->list, row);
    } else if (row_of(p, kind, id, &row)) {
        if (agenda_at(p, row)->day <= day) {
            list_select(&p->list, row);
            return;
        }
        p->moved = kind;
        p->moved_id = id;
        p->moved_from = day;
    }
}

static bool read_next(AgendaPage *p, App *app, Error *err)
{
    str_clear(&p->next);
    bool waits = p->count && p->items[0].section <= AGENDA_TODAY;
    return p->count == 0 || waits || app_today_sentence(app, &p->next, err);
}

/* Into a fresh arena, so that a failure leaves the rows as they were. */
static bool read(AgendaPage *p, App *app, Error *err)
{
    Arena arena = {0};
    AgendaItem *items;
    size_t count;
    bool more;
    const AgendaItem *selected = agenda_selected(p);
    AgendaKind kind = selected ? selected->kind : AGENDA_CHECK_IN;
    Id id = selected ? agenda_matter(selected) : 0;
    Date day = selected ? selected->day : DATE_NONE;
    if (!app_agenda(app, DATE_NONE, MOST, &arena, &items, &count, &more, err)) {
        arena_finish(&arena);
        return false;
    }
    arena_finish(&p->arena);
    p->arena = arena;
    p->items = items;
    p->count = count;
    p->more = more;
    p->folded = NULL;
    show_rows(p, app);
    if (id) find_selected(p, kind, id, day);
    return read_next(p, app, err);
}

static bool open(View *v, Ui *ui, const void *arg, Error *err)
{
    AgendaPage *p = v->state;
    (void)arg;
    str_init(&p->next);
    return read(p, ui_app(ui), err);
}

static bool reload(View *v, Ui *ui, Error *err)
{
    return read(v->state, ui_app(ui), err);
}

static void close(View *v)
{
    AgendaPage *p = v->state;
    finder_close(&p->finder);
    vec_finish(&p->shown);
    str_finish(&p->next);
    arena_finish(&p->arena);
}

static bool typing(const View *v)
{
    const AgendaPage *p = v->state;
    return finder_is_open(&p->finder);
}

static unsigned where(const View *v)
{
    static const unsigned BITS[AGENDA_KIND_COUNT] = {ON_AGENDA_CHECK_IN, ON_AGENDA_COMMITMENT,
                                                     ON_AGENDA_REVIEW};
    const AgendaItem *item = agenda_selected(v->state);
    unsigned here = BITS[item ? item->kind : AGENDA_CHECK_IN];
    return typing(v) ? ON_FIND | here : here;
}

static Id alliance(const View *v)
{
    const AgendaItem *item = agenda_selected(v->state);
    return item ? item->alliance : 0;
}

/* ---- words ---- */

static void add_empty(const AgendaPage *p, Str *out)
{
    StrView query = finder_text(&p->finder);
    if (query.len && p->count)
        str_addf(out, "Filter \"%.*s\" hides all %zu.  Esc clears it", (int)query.len, query.ptr, p->count);
    else
        str_add_c(out, "Nothing is due.  1 Alliances\n\nHere come check-ins by their cadence, commitments by "
                       "their day, and agreements that want to be looked at again.");
}

/* "Nothing is waiting. Next: check in with Ana on Tue 17 Nov.", in few columns from "Next" on. */
static void add_next(const AgendaPage *p, int w, Str *out)
{
    StrView all = str_view(&p->next), rest = all;
    while (text_width(all) > w && rest.len > 0 && !sv_starts(rest, SV("Next: ")))
        rest = sv_n(rest.ptr + 1, rest.len - 1);
    str_add(out, rest.len > 0 ? rest : all);
}

static void add_status(const AgendaPage *p, Date today, int w, Str *out)
{
    StrView query = finder_text(&p->finder);
    if (p->shown.len == 0) return;
    if (query.len) {
        str_addf(out, "Filter \"%.*s\": %zu of %zu.  Esc clears it", (int)query.len, query.ptr, p->shown.len,
                 p->count);
    } else if (p->more && p->list.selected + 1 == p->shown.len) {
        str_add_c(out, "Up to ");
        date_print_short(out, p->items[p->count - 1].day, today);
        str_add_c(out, ", and more later.");
    } else {
        add_next(p, w, out);
    }
}

static void frame(const View *v, const Ui *ui, Frame *f)
{
    home_tabs_frame(ui, HOME_AGENDA, f);
    int w, h;
    ui_size(ui, &w, &h);
    add_status(v->state, app_today(ui_app(ui)), w - 2, &f->status);
}

/* ---- doing ---- */

static void say_empty(const AgendaPage *p, Ui *ui)
{
    Str s;
    str_init(&s);
    add_empty(p, &s);
    StrView rest = str_view(&s), first = sv_cut(&rest, '\n');
    ui_say(ui, "%.*s", (int)first.len, first.ptr);
    str_finish(&s);
}

static void open_page(const AgendaItem *item, Ui *ui, AllianceTab tab)
{
    Id commitment = item->commitment ? agenda_matter(item) : 0;
    ui_push(ui, &VIEW_ALLIANCE,
            &(AllianceArg){.alliance = item->alliance, .tab = tab, .commitment = commitment});
}

static void open_matter(const AgendaItem *item, Ui *ui)
{
    if (item->kind == AGENDA_COMMITMENT)
        open_page(item, ui, TAB_COMMITMENTS);
    else
        ui_run(ui, item->kind == AGENDA_REVIEW ? CMD_RENEW : CMD_CHECK_IN);
}

static void keep(const AgendaItem *item, Ui *ui)
{
    Done done;
    Error err = {0};
    done_init(&done);
    bool ok = app_settle(ui_app(ui), agenda_matter(item), COMMITMENT_KEPT, &done, &err);
    ui_report(ui, ok, &done, &err);
    done_finish(&done);
}

/* What is done instead where a command is not for a row of this kind, in 38 columns; NULL: it is. */
static const char *not_for(AgendaKind kind, CommandId id)
{
    static const struct {
        CommandId id;
        const char *why[AGENDA_KIND_COUNT];
    } ROWS[] = {
        {CMD_SNOOZE, {[AGENDA_COMMITMENT] = "e changes the day of a commitment."}},
        {CMD_SKIP,
         {[AGENDA_COMMITMENT] = "Enter opens it; there it is let go.",
          [AGENDA_REVIEW] = "s moves a review to another day."}},
        {CMD_PAUSE,
         {[AGENDA_COMMITMENT] = "Right, then p pauses the alliance.",
          [AGENDA_REVIEW] = "Right, then p pauses the alliance."}},
        {CMD_CADENCE,
         {[AGENDA_COMMITMENT] = "Right, then r changes the cadence.",
          [AGENDA_REVIEW] = "Right, then r changes the cadence."}},
        {CMD_KEPT,
         {[AGENDA_CHECK_IN] = "Only commitments are kept: use Enter.",
          [AGENDA_REVIEW] = "Only commitments are kept: use Enter."}},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++)
        if (ROWS[i].id == id) return ROWS[i].why[kind];
    return NULL;
}

static bool is_of_row(CommandId id)
{
    return id == CMD_OPEN || id == CMD_PAGE || id == CMD_KEPT || id == CMD_SNOOZE || id == CMD_SKIP ||
           id == CMD_PAUSE || id == CMD_CADENCE || id == CMD_CHECK_IN || id == CMD_EDIT;
}

/* What is not done here is done to the alliance, as everywhere. */
static EventResult act(const AgendaPage *p, Ui *ui, CommandId id)
{
    const AgendaItem *item = agenda_selected(p);
    const char *why = item ? not_for(item->kind, id) : NULL;
    if (!item) return say_empty(p, ui), EV_HANDLED;
    if (why) return ui_say(ui, "%s", why), EV_HANDLED;
    if (id == CMD_OPEN) return open_matter(item, ui), EV_HANDLED;
    if (id == CMD_PAGE) return open_page(item, ui, TAB_OVERVIEW), EV_HANDLED;
    if (id == CMD_KEPT) return keep(item, ui), EV_HANDLED;
    if (id == CMD_EDIT) return form_edit_commitment(ui, agenda_matter(item)), EV_HANDLED;
    if (id == CMD_SNOOZE && item->kind == AGENDA_REVIEW) return form_review(ui, item->alliance), EV_HANDLED;
    return EV_IGNORED;
}

/* What was found stays selected. */
static EventResult back(AgendaPage *p, Ui *ui)
{
    const AgendaItem *item = agenda_selected(p);
    if (!finder_esc(&p->finder)) return EV_IGNORED;
    show_rows(p, ui_app(ui));
    if (item) select_matter(p, item->kind, agenda_matter(item));
    return EV_HANDLED;
}

static EventResult command(View *v, Ui *ui, CommandId id)
{
    AgendaPage *p = v->state;
    if (is_of_row(id)) return act(p, ui, id);
    if (id == CMD_FIND) return finder_open(&p->finder), EV_HANDLED;
    if (id == CMD_BACK) return back(p, ui);
    return home_tabs_command(ui, HOME_AGENDA, id) ? EV_HANDLED : EV_IGNORED;
}

/* ---- events ---- */

/* The row a line of the screen shows; false: a heading, or nothing. */
static bool row_on_line(const AgendaPage *p, int line, size_t *ret)
{
    int y = p->list_at.y;
    for (size_t i = p->list.top; i < p->shown.len && y <= line; i++) {
        if (agenda_heading(p, i, i == p->list.top)) y++;
        if (y == line) return *ret = i, true;
        y++;
    }
    return false;
}

/* A click selects, a click on what is selected does what Enter does. */
static EventResult click(AgendaPage *p, Ui *ui, int y)
{
    size_t row;
    if (y >= p->list_at.y + p->list_at.h || !row_on_line(p, y, &row)) return EV_IGNORED;
    if (row == p->list.selected)
        ui_run(ui, CMD_OPEN);
    else
        list_select(&p->list, row);
    return EV_HANDLED;
}

static EventResult event(View *v, Ui *ui, const Event *e)
{
    AgendaPage *p = v->state;
    if (e->type == EVENT_MOUSE) return click(p, ui, e->y);
    EditResult edit = finder_event(&p->finder, ui, e);
    if (edit == EDIT_CHANGED) {
        show_rows(p, ui_app(ui));
        list_select(&p->list, 0);
    }
    if (edit != EDIT_IGNORED) return EV_HANDLED;
    if (e->type != EVENT_KEY) return EV_IGNORED;
    return list_key(&p->list, e->key) || home_tabs_key(ui, e->key) ? EV_HANDLED : EV_IGNORED;
}

/* ---- laying out and drawing ---- */

/* The line that asks about the cadence keeps its place while one row may need it: the list does not jump. */
static void layout(View *v, const Ui *ui, Rect body)
{
    AgendaPage *p = v->state;
    (void)ui;
    bool roomy = body.h >= ROOMY;
    int head = finder_is_open(&p->finder) ? (roomy ? 3 : 1) : roomy ? 1 : 0;
    int foot = p->asks ? (roomy ? 2 : 1) : 0;
    p->list_at = (Rect){body.x, body.y + head, body.w, body.h - head - foot};
    p->ask_at = (Rect){body.x + 1, body.y + body.h - 1, body.w - 2, foot ? 1 : 0};
    finder_layout(&p->finder, body.w);
    headed_scroll(&p->list, p->list_at.h, agenda_heading, p);
}

static void draw_empty(const AgendaPage *p, Canvas *c)
{
    Str text;
    TextLine line;
    Rect at = p->list_at;
    str_init(&text);
    add_empty(p, &text);
    int w = at.w - 2 < 72 ? at.w - 2 : 72;
    for (size_t pos = 0; at.h > 0 && text_wrap(str_view(&text), pos, w, &line); pos = line.next, at.h--)
        canvas_text(c, 1, at.y++, w, ROLE_NORMAL, sv_n(text.buf + line.start, line.end - line.start));
    if (!finder_is_open(&p->finder)) canvas_cursor(c, 1, p->list_at.y, false);
    str_finish(&text);
}

static void draw_ask(const AgendaPage *p, const App *app, Canvas *c)
{
    const AgendaItem *item = agenda_selected(p);
    Str s;
    if (p->ask_at.h == 0 || !item || !item->row) return;
    str_init(&s);
    agenda_ask_words(app, item->row, p->ask_at.w, &s);
    canvas_text_fit(c, p->ask_at.x, p->ask_at.y, p->ask_at.w, ROLE_NORMAL, str_view(&s));
    str_finish(&s);
}

static void draw(const View *v, const Ui *ui, Canvas *c, Rect body)
{
    const AgendaPage *p = v->state;
    if (p->shown.len == 0)
        draw_empty(p, c);
    else
        agenda_draw_rows(p, ui_app(ui), c);
    draw_ask(p, ui_app(ui), c);
    finder_draw(&p->finder, c, body.y + (body.h >= ROOMY ? 1 : 0), body.w);
}

const ViewOps VIEW_AGENDA = {
    .name = "Agenda",
    .state_size = sizeof(AgendaPage),
    .open = open,
    .where = where,
    .typing = typing,
    .command = command,
    .event = event,
    .reload = reload,
    .layout = layout,
    .frame = frame,
    .draw = draw,
    .close = close,
    .alliance = alliance,
};
