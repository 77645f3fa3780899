#include <entente/text.h>

#include "alliance_page.h"
#include "form.h"
#include "headed.h"

enum { PAGE_ROWS = 50, WHO_X = 4, WHEN_WIDTH = 12, STATE_WIDTH = 13, MARK_WIDTH = 4, ROOMY = 8 };

/* ---- reading ---- */

static const CommitmentRow *row_at(const CommitmentsTab *t, size_t i)
{
    return &t->rows.at[t->shown.at[i]];
}

static bool is_settled(const CommitmentsTab *t, size_t row)
{
    return row_at(t, row)->commitment.state != COMMITMENT_OPEN;
}

Id commitments_selected(const CommitmentsTab *t)
{
    return t->shown.len ? row_at(t, t->list.selected)->commitment.id : 0;
}

static bool read_page(AlliancePage *p, Ui *ui, size_t limit, Error *err)
{
    CommitmentsTab *t = &p->commitments;
    CommitmentFilter filter = {.alliance = p->id};
    CommitmentRow *rows;
    CommitmentCursor next = {0};
    size_t n;
    if (!app_commitments(ui_app(ui), &filter, &t->next, limit, &t->arena, &rows, &n, &next, err))
        return false;
    for (size_t i = 0; i < n; i++) vec_push(&t->rows, rows[i]);
    t->next = next;
    return true;
}

static bool passes(const AlliancePage *p, const Commitment *c, const Str *wanted)
{
    Str line, folded;
    str_init(&line);
    str_init(&folded);
    str_addf(&line, "%s %s %s", page_side(p, c->side), c->text, commitment_state_words(c->state));
    text_fold(&folded, str_view(&line));
    bool all = text_has_words(str_view(&folded), str_view(wanted));
    str_finish(&line);
    str_finish(&folded);
    return all;
}

static void show_rows(AlliancePage *p)
{
    CommitmentsTab *t = &p->commitments;
    StrView query = finder_text(&t->finder);
    Str wanted;
    str_init(&wanted);
    text_fold(&wanted, query);
    t->shown.len = 0;
    for (size_t i = 0; i < t->rows.len; i++)
        if (query.len == 0 || passes(p, &t->rows.at[i].commitment, &wanted)) vec_push(&t->shown, i);
    list_set_count(&t->list, t->shown.len, t->next.set);
    str_finish(&wanted);
}

static void select_id(CommitmentsTab *t, Id id)
{
    for (size_t i = 0; i < t->shown.len; i++)
        if (row_at(t, i)->commitment.id == id) list_select(&t->list, i);
}

/* Reads anew into a fresh arena, so that a failure leaves the rows as they were. */
bool commitments_read(AlliancePage *p, Ui *ui, Id keep, Error *err)
{
    CommitmentsTab *t = &p->commitments, old = *t;
    int w, h;
    ui_size(ui, &w, &h);
    size_t limit = h > PAGE_ROWS ? (size_t)h : PAGE_ROWS;
    t->arena = (Arena){0};
    t->rows.at = NULL;
    t->rows.len = t->rows.cap = 0;
    t->next = (CommitmentCursor){0};
    if (!read_page(p, ui, old.rows.len > limit ? old.rows.len : limit, err)) {
        arena_finish(&t->arena);
        vec_finish(&t->rows);
        *t = old;
        return false;
    }
    arena_finish(&old.arena);
    vec_finish(&old.rows);
    t->is_read = true;
    show_rows(p);
    select_id(t, keep);
    return true;
}

static bool read_all(AlliancePage *p, Ui *ui, Error *err)
{
    while (p->commitments.next.set)
        if (!read_page(p, ui, PAGE_ROWS, err)) return false;
    return true;
}

void commitments_finish(CommitmentsTab *t)
{
    arena_finish(&t->arena);
    vec_finish(&t->rows);
    vec_finish(&t->shown);
    finder_close(&t->finder);
}

/* ---- handling ---- */

static void add_empty(const CommitmentsTab *t, Str *out)
{
    StrView query = finder_text(&t->finder);
    if (query.len)
        str_addf(out, "Filter \"%.*s\" hides all %zu.  Esc clears it", (int)query.len, query.ptr,
                 t->rows.len);
    else
        str_add_c(out, "Nothing promised on either side.  n Note one");
}

/* Leaves the selected row, which is about to move or go, for one like it, so that ticking goes on from there.
 */
static void step_off(CommitmentsTab *t)
{
    size_t at = t->list.selected;
    bool next = at + 1 < t->shown.len && is_settled(t, at + 1) == is_settled(t, at);
    if (next)
        list_select(&t->list, at + 1);
    else if (at > 0)
        list_select(&t->list, at - 1);
}

static void settle_kept(AlliancePage *p, Ui *ui)
{
    Done done;
    Error err = {0};
    done_init(&done);
    bool ok = app_settle(ui_app(ui), commitments_selected(&p->commitments), COMMITMENT_KEPT, &done, &err);
    if (ok) step_off(&p->commitments);
    ui_report(ui, ok, &done, &err);
    done_finish(&done);
}

/* Space is the happy case; a settled one asks what became of it. */
static void keep_it(AlliancePage *p, Ui *ui)
{
    CommitmentsTab *t = &p->commitments;
    if (is_settled(t, t->list.selected))
        form_settle(ui, commitments_selected(t));
    else
        settle_kept(p, ui);
}

static void trash_it(AlliancePage *p, Ui *ui)
{
    CommitmentsTab *t = &p->commitments;
    Id id = commitments_selected(t);
    Done done;
    Error err = {0};
    done_init(&done);
    bool ok = app_trash_commitment(ui_app(ui), id, &done, &err);
    if (ok) step_off(t);
    ui_report(ui, ok, &done, &err);
    done_finish(&done);
}

static void say_empty(const CommitmentsTab *t, Ui *ui)
{
    Str s;
    str_init(&s);
    add_empty(t, &s);
    ui_say(ui, "%s", s.buf);
    str_finish(&s);
}

static void act(AlliancePage *p, Ui *ui, CommandId id)
{
    CommitmentsTab *t = &p->commitments;
    if (t->shown.len == 0)
        say_empty(t, ui);
    else if (id == CMD_KEPT)
        keep_it(p, ui);
    else if (id == CMD_TRASH)
        trash_it(p, ui);
    else if (id == CMD_EDIT)
        form_edit_commitment(ui, commitments_selected(t));
    else
        form_settle(ui, commitments_selected(t));
}

static void open_finder(AlliancePage *p, Ui *ui)
{
    Error err = {0};
    if (!read_all(p, ui, &err)) ui_say_error(ui, &err);
    finder_open(&p->commitments.finder);
    show_rows(p);
}

EventResult commitments_command(AlliancePage *p, Ui *ui, CommandId id)
{
    switch (id) {
    case CMD_KEPT:
    case CMD_SETTLE:
    case CMD_EDIT:
    case CMD_TRASH:
    case CMD_OPEN: act(p, ui, id); return EV_HANDLED;
    case CMD_FIND: open_finder(p, ui); return EV_HANDLED;
    case CMD_BACK:
        if (!finder_esc(&p->commitments.finder)) return EV_IGNORED;
        show_rows(p);
        return EV_HANDLED;
    default: return EV_IGNORED;
    }
}

static EventResult move(AlliancePage *p, Ui *ui, Key key)
{
    CommitmentsTab *t = &p->commitments;
    Error err = {0};
    bool end = key == KEYN_END || key == 'G', ok = !end || read_all(p, ui, &err);
    if (end) show_rows(p);
    if (!list_key(&t->list, key)) return EV_IGNORED;
    while (ok && list_wants_more(&t->list)) {
        ok = read_page(p, ui, PAGE_ROWS, &err);
        if (ok) show_rows(p);
    }
    if (!ok) ui_say_error(ui, &err);
    return EV_HANDLED;
}

EventResult commitments_event(AlliancePage *p, Ui *ui, const Event *e)
{
    EditResult edit = finder_event(&p->commitments.finder, ui, e);
    if (edit == EDIT_CHANGED) {
        show_rows(p);
        list_select(&p->commitments.list, 0);
    }
    if (edit != EDIT_IGNORED) return EV_HANDLED;
    return e->type == EVENT_KEY ? move(p, ui, e->key) : EV_IGNORED;
}

/* ---- laying out ---- */

static bool settled_heading(const void *owner, size_t row, bool first)
{
    const CommitmentsTab *t = owner;
    return is_settled(t, row) && (first || !is_settled(t, row - 1));
}

void commitments_layout(AlliancePage *p, Rect body)
{
    CommitmentsTab *t = &p->commitments;
    bool finding = finder_is_open(&t->finder);
    int head = body.h >= ROOMY ? 2 : finding ? 1 : 0;
    if (t->shown.len == 0 && !finding && head > 1) head = 1; /* no table, no heads of columns */
    t->list_at = (Rect){body.x, body.y + head, body.w, body.h - head};
    finder_layout(&t->finder, body.w);
    headed_scroll(&t->list, t->list_at.h, settled_heading, t);
}

void commitments_status(const AlliancePage *p, Str *out)
{
    const CommitmentsTab *t = &p->commitments;
    StrView query = finder_text(&t->finder);
    if (query.len && t->shown.len)
        str_addf(out, "Filter \"%.*s\": %zu of %zu.  Esc clears it", (int)query.len, query.ptr, t->shown.len,
                 t->rows.len);
}

/* ---- showing ---- */

static const char *mark_of(CommitmentState state)
{
    switch (state) {
    case COMMITMENT_OPEN: return "[ ]";
    case COMMITMENT_KEPT:
    case COMMITMENT_KEPT_LATE: return "[x]";
    case COMMITMENT_CHANGED: return "[~]";
    case COMMITMENT_NOT_KEPT: return "[/]";
    default: return "[-]";
    }
}

static void add_when(const AlliancePage *p, const Commitment *c, Str *out)
{
    if (c->due == DATE_NONE)
        str_add_c(out, c->state == COMMITMENT_OPEN ? "no date" : "-");
    else if (c->due == p->today)
        str_add_c(out, "today");
    else
        date_print_short(out, c->due, p->today);
    if (text_width(str_view(out)) <= WHEN_WIDTH) return;
    str_clear(out);
    date_print_day(out, c->due, p->today);
}

static void add_state(const AlliancePage *p, const Commitment *c, Str *out)
{
    if (c->state != COMMITMENT_OPEN)
        str_add_c(out, commitment_state_words(c->state));
    else
        str_add_c(out, c->due != DATE_NONE && c->due < p->today ? "open, was due" : "open");
}

static int mark_column(const AlliancePage *p)
{
    return WHO_X + page_who_width(p) + 1;
}

/* Where rows are narrow one column says when an open one is due or what became of a settled one. */
static void draw_row(const AlliancePage *p, Canvas *c, int y, const Commitment *m)
{
    int w = p->commitments.list_at.w;
    bool narrow = p->narrow;
    int state_x = w - STATE_WIDTH - 1, when_x = narrow ? w - WHEN_WIDTH : state_x - WHEN_WIDTH - 1;
    int mark_x = mark_column(p), what_x = mark_x + MARK_WIDTH;
    Str s;
    str_init(&s);
    canvas_text_fit(c, WHO_X, y, page_who_width(p), ROLE_NORMAL, sv(page_side(p, m->side)));
    canvas_text(c, mark_x, y, MARK_WIDTH, ROLE_NORMAL, sv(mark_of(m->state)));
    canvas_text_fit(c, what_x, y, when_x - what_x - 1, ROLE_NORMAL, sv(m->text));
    if (narrow && m->state != COMMITMENT_OPEN)
        add_state(p, m, &s);
    else
        add_when(p, m, &s);
    canvas_text_fit(c, when_x, y, WHEN_WIDTH, ROLE_NORMAL, str_view(&s));
    str_clear(&s);
    add_state(p, m, &s);
    if (!narrow) canvas_text(c, state_x, y, STATE_WIDTH, ROLE_NORMAL, str_view(&s));
    str_finish(&s);
}

static void draw_selected(const AlliancePage *p, Canvas *c, int y)
{
    canvas_text(c, 1, y, 1, ROLE_NORMAL, SV(">"));
    canvas_role(c, (Rect){WHO_X, y, page_who_width(p), 1}, ROLE_SELECTED);
    if (!finder_is_open(&p->commitments.finder)) canvas_cursor(c, WHO_X, y, false);
}

static void draw_rows(const AlliancePage *p, Canvas *c)
{
    const CommitmentsTab *t = &p->commitments;
    int y = t->list_at.y, end = y + t->list_at.h;
    for (size_t i = t->list.top; i < t->shown.len; i++) {
        bool headed = settled_heading(t, i, i == t->list.top);
        if (y + (headed ? 2 : 1) > end) return;
        if (headed) {
            int used = canvas_text(c, WHO_X, y, t->list_at.w - WHO_X, ROLE_NORMAL, SV("settled "));
            canvas_rule(c, WHO_X + used, y++, t->list_at.w - WHO_X - used);
        }
        draw_row(p, c, y, &row_at(t, i)->commitment);
        if (i == t->list.selected) draw_selected(p, c, y);
        y++;
    }
}

static void draw_head(const AlliancePage *p, Canvas *c, Rect body)
{
    const CommitmentsTab *t = &p->commitments;
    int w = body.w, state_x = w - STATE_WIDTH - 1;
    bool narrow = p->narrow;
    if (finder_is_open(&t->finder)) finder_draw(&t->finder, c, body.y, w);
    if (body.h < ROOMY) return;
    int y = body.y + 1;
    canvas_text(c, WHO_X, y, w, ROLE_STRONG, SV("WHO"));
    canvas_text(c, mark_column(p), y, w, ROLE_STRONG, SV("WHAT"));
    canvas_text(c, narrow ? w - WHEN_WIDTH : state_x - WHEN_WIDTH - 1, y, WHEN_WIDTH, ROLE_STRONG,
                SV("WHEN"));
    if (!narrow) canvas_text(c, state_x, y, STATE_WIDTH, ROLE_STRONG, SV("STATE"));
}

static void draw_empty(const CommitmentsTab *t, Canvas *c)
{
    Str s;
    str_init(&s);
    add_empty(t, &s);
    canvas_text_fit(c, 1, t->list_at.y, t->list_at.w - 2, ROLE_NORMAL, str_view(&s));
    if (!finder_is_open(&t->finder)) canvas_cursor(c, 1, t->list_at.y, false);
    str_finish(&s);
}

void commitments_draw(const AlliancePage *p, Canvas *c, Rect body)
{
    const CommitmentsTab *t = &p->commitments;
    if (t->shown.len == 0) {
        draw_empty(t, c);
        if (finder_is_open(&t->finder)) finder_draw(&t->finder, c, body.y, body.w);
        return;
    }
    draw_head(p, c, body);
    draw_rows(p, c);
}
