#include "view_session.h"

#include <entente/text.h>

/*
 * What became of the open commitments, and new ones. Stops: one for each that
 * is settled, then who, what and by for each new row.
 */
enum { NEW_WHO, NEW_WHAT, NEW_BY, NEW_FIELDS };
enum { STATE_W = 12, DUE_W = 14, BY_W = 13, ROW_MAX = 100 };

static const CommitmentState STATES[] = {COMMITMENT_OPEN, COMMITMENT_KEPT, COMMITMENT_CHANGED,
                                         COMMITMENT_LET_GO, COMMITMENT_NOT_KEPT};
enum { STATES_COUNT = sizeof STATES / sizeof STATES[0] };

static int settle_count(const SessionView *v)
{
    return (int)v->session->settle.len;
}

static int new_row(const SessionView *v, int stop)
{
    return (stop - settle_count(v)) / NEW_FIELDS;
}

static int new_field(const SessionView *v, int stop)
{
    return (stop - settle_count(v)) % NEW_FIELDS;
}

/* The session adds an empty row whenever the last one fills. */
static void match_rows(SessionView *v)
{
    while (v->rows.len < v->session->commits.len) {
        CommitFields f = {editor_new(true, LINE_MAX_BYTES), editor_new(true, NAME_MAX_BYTES)};
        vec_push(&v->rows, f);
    }
}

static void enter(SessionView *v)
{
    match_rows(v);
    for (size_t i = 0; i < v->session->commits.len; i++) {
        Editor *what = v->rows.at[i].what;
        if (view_read(what, &v->session->commits.at[i].text))
            editor_set_cursor(what, 0); /* a long one shows its beginning */
        view_read(v->rows.at[i].by, &v->session->commits.at[i].by);
    }
    if (settle_count(v) == 0) v->focus = NEW_WHAT; /* a writer begins with what, not with who */
}

static int stops(const SessionView *v)
{
    return settle_count(v) + NEW_FIELDS * (int)v->rows.len;
}

static Editor *editor(const SessionView *v, int stop)
{
    if (stop < settle_count(v) || stop >= stops(v) || new_field(v, stop) == NEW_WHO) return NULL;
    const CommitFields *f = &v->rows.at[new_row(v, stop)];
    return new_field(v, stop) == NEW_WHAT ? f->what : f->by;
}

static bool is_day(const SessionView *v, int stop)
{
    return stop >= settle_count(v) && new_field(v, stop) == NEW_BY;
}

static void hand_over(SessionView *v, int row, Side side)
{
    const CommitFields *f = &v->rows.at[row];
    session_set_commit(v->session, (size_t)row, side, editor_text(f->what), editor_text(f->by));
    match_rows(v);
}

static void changed(SessionView *v, int stop)
{
    int row = new_row(v, stop);
    hand_over(v, row, v->session->commits.at[row].side);
}

/* Most commitments are one's own. */
static bool aside(const SessionView *v, int stop)
{
    return stop >= settle_count(v) && new_field(v, stop) == NEW_WHO;
}

/* ---- keys ---- */

static int step_of(Key key)
{
    if (key == KEYN_RIGHT || key == 'l' || key == ' ') return 1;
    return key == KEYN_LEFT || key == 'h' ? -1 : 0;
}

static void settle_by(SessionView *v, int row, int step)
{
    int at = 0;
    while (at + 1 < STATES_COUNT && STATES[at] != v->session->settle.at[row].state) at++;
    at = (at + step + STATES_COUNT) % STATES_COUNT;
    session_set_settle(v->session, (size_t)row, STATES[at]);
}

/* Up and Down stay in the column of the new rows. */
static bool move_row(SessionView *v, int stop, Key key)
{
    int settle = settle_count(v), to = stop;
    if (key == KEYN_DOWN)
        to = stop < settle - 1 ? stop + 1 : stop == settle - 1 ? settle + NEW_WHAT : stop + NEW_FIELDS;
    if (key == KEYN_UP)
        to = stop < settle ? stop - 1 : stop < settle + NEW_FIELDS ? settle - 1 : stop - NEW_FIELDS;
    if (to < 0) return true;
    if (to >= stops(v)) return false;
    v->focus = to;
    return true;
}

static bool key(SessionView *v, Ui *ui, int stop, Key key)
{
    int step = step_of(key);
    bool is_field = editor(v, stop) != NULL;
    (void)ui;
    if (!is_field && (key == 'k' || key == 'j')) key = key == 'k' ? KEYN_UP : KEYN_DOWN;
    if (key == KEYN_UP || key == KEYN_DOWN) return move_row(v, stop, key);
    if (is_field || step == 0) return false;
    if (stop < settle_count(v)) {
        settle_by(v, stop, step);
    } else {
        int row = new_row(v, stop), side = (int)v->session->commits.at[row].side + step;
        hand_over(v, row, (Side)((side + SIDE_COUNT) % SIDE_COUNT));
    }
    return true;
}

/* ---- lines ---- */

static const char *whose(SessionView *v, Side side)
{
    return side == SIDE_ME ? "you" : side == SIDE_BOTH ? "both" : view_partner(v);
}

static const char *due_words(SessionView *v, Date due)
{
    Date today = app_today(v->session->app);
    Str out;
    str_init(&out);
    if (due == DATE_NONE)
        str_add_c(&out, "no date");
    else if (due == today)
        str_add_c(&out, "due today");
    else if (due < today)
        str_add_c(&out, "was due ");
    if (due != DATE_NONE && due < today) date_print_day(&out, due, today);
    if (due > today) date_print_short(&out, due, today);
    const char *words = arena_str(&v->arena, str_view(&out));
    str_finish(&out);
    return words;
}

static int row_columns(int w)
{
    return w > ROW_MAX ? ROW_MAX : w;
}

static void draw_state(const SessionView *v, const PageLine *line, Canvas *c, int x, int y)
{
    const SettleRow *row = &v->session->settle.at[line->index];
    CommitmentState shown = commitment_state_of(row->state, row->due, app_now(v->session->app));
    bool here = v->focus == (int)line->index;
    if (here) canvas_text(c, x - 1, y, 1, ROLE_NORMAL, SV(">"));
    Str text;
    str_init(&text);
    str_addf(&text, "[%-*s]", STATE_W - 2, commitment_state_words(shown));
    canvas_text(c, x, y, STATE_W, here ? ROLE_SELECTED : ROLE_NORMAL, str_view(&text));
    str_finish(&text);
    if (here) canvas_cursor(c, x + 1, y, false);
}

/* Where the state and the due day of a row stand. */
static int state_column(int w)
{
    return row_columns(w) - STATE_W - 2;
}

static int due_column(int w)
{
    return state_column(w) - DUE_W - 2;
}

static void draw_settle(const SessionView *v, const PageLine *line, Canvas *c, Rect at)
{
    int due_x = due_column(at.w);
    canvas_text_fit(c, at.x + 4, at.y, line->indent - 5, ROLE_NORMAL, sv(line->lead));
    canvas_text_fit(c, at.x + line->indent, at.y, due_x - line->indent - 1, ROLE_NORMAL, sv(line->text));
    canvas_text_fit(c, at.x + due_x, at.y, DUE_W, ROLE_NORMAL, sv(line->behind));
    draw_state(v, line, c, at.x + state_column(at.w), at.y);
}

static void draw_settle_below(const SessionView *v, const PageLine *line, Canvas *c, Rect at)
{
    int x = at.x + at.w - STATE_W - 1;
    canvas_text_fit(c, at.x + 3, at.y, x - at.x - 5, ROLE_NORMAL, sv(line->behind));
    draw_state(v, line, c, x, at.y);
}

static int who_columns(SessionView *v)
{
    int w = text_width(sv(view_partner(v)));
    return w < 4 ? 4 : w > 10 ? 10 : w;
}

/* A long text goes on in rows of its own. */
static void add_settle(SessionView *v, int w, size_t i)
{
    const SettleRow *row = &v->session->settle.at[i];
    bool narrow = view_narrow(v), here = v->focus == (int)i;
    const char *who = whose(v, row->side), *due = due_words(v, row->due);
    const char *text = narrow ? arena_strf(&v->arena, "%s: %s", who, row->text) : row->text;
    int indent = narrow ? 1 : 4 + who_columns(v) + 1, columns = (narrow ? w : due_column(w)) - indent - 1;
    TextLine part;
    for (size_t pos = 0; text_wrap(sv(text), pos, columns < 2 ? 2 : columns, &part); pos = part.next) {
        PageLine line = {.indent = indent, .stop = NO_STOP, .at_focus = here, .lead = who, .index = i};
        line.text = arena_str(&v->arena, sv_n(text + part.start, part.end - part.start));
        if (pos == 0 && !narrow) {
            line.draw = draw_settle;
            line.behind = due;
        }
        page_add(v, &line);
    }
    if (!narrow) return;
    page_add(v, &(PageLine){.draw = draw_settle_below,
                            .text = "",
                            .behind = due,
                            .index = i,
                            .stop = NO_STOP,
                            .at_focus = here});
}

static void draw_who(const SessionView *v, const PageLine *line, Canvas *c, int x, int y)
{
    int stop = settle_count(v) + (int)line->index * NEW_FIELDS;
    bool here = v->focus == stop;
    Role role = here ? ROLE_SELECTED : ROLE_NORMAL;
    if (here) canvas_text(c, x - 1, y, 1, ROLE_NORMAL, SV(">"));
    canvas_fill(c, (Rect){x, y, line->indent + 2, 1}, ' ', role);
    canvas_text(c, x, y, 1, role, SV("["));
    canvas_text_fit(c, x + 1, y, line->indent, role, sv(line->text));
    canvas_text(c, x + 1 + line->indent, y, 1, role, SV("]"));
    if (here) canvas_cursor(c, x + 1, y, false);
}

static void draw_by(const SessionView *v, const PageLine *line, Canvas *c, int x, int y)
{
    int stop = settle_count(v) + (int)line->index * NEW_FIELDS + NEW_BY;
    canvas_text(c, x, y, 1, ROLE_NORMAL, SV("["));
    canvas_text(c, x + 1 + BY_W, y, 1, ROLE_NORMAL, SV("]"));
    editor_draw(v->rows.at[line->index].by, c, x + 1, y, v->focus == stop);
}

static void draw_new(const SessionView *v, const PageLine *line, Canvas *c, Rect at)
{
    int stop = settle_count(v) + (int)line->index * NEW_FIELDS + NEW_WHAT;
    draw_who(v, line, c, at.x + (view_narrow(v) ? 1 : 4), at.y);
    editor_draw(v->rows.at[line->index].what, c, at.x + line->field_x, at.y, v->focus == stop);
    if (line->on) draw_by(v, line, c, at.x + line->field_x + line->field_w + 2, at.y);
}

static void draw_new_below(const SessionView *v, const PageLine *line, Canvas *c, Rect at)
{
    canvas_text(c, at.x + 3, at.y, 2, ROLE_NORMAL, SV("by"));
    draw_by(v, line, c, at.x + 6, at.y);
}

static void add_new(SessionView *v, int w, size_t i)
{
    bool narrow = view_narrow(v);
    int stop = settle_count(v) + (int)i * NEW_FIELDS, who = who_columns(v), x = (narrow ? 1 : 4) + who + 3;
    int what_w = narrow ? w - x - 1 : row_columns(w) - x - BY_W - 6;
    bool here = v->focus >= stop && v->focus < stop + NEW_FIELDS;
    PageLine line = {.draw = draw_new,
                     .text = whose(v, v->session->commits.at[i].side),
                     .indent = who,
                     .index = i,
                     .stop = NO_STOP,
                     .at_focus = here,
                     .on = !narrow,
                     .field_x = x,
                     .field_w = what_w < 2 ? 2 : what_w};
    editor_layout(v->rows.at[i].what, line.field_w, 1);
    editor_layout(v->rows.at[i].by, BY_W, 1);
    page_add(v, &line);
    if (!narrow) return;
    line.draw = draw_new_below;
    page_add(v, &line);
}

static void draw_header(const SessionView *v, const PageLine *line, Canvas *c, Rect at)
{
    (void)v;
    canvas_text(c, at.x + 4, at.y, 3, ROLE_NORMAL, SV("WHO"));
    canvas_text(c, at.x + line->field_x, at.y, 4, ROLE_NORMAL, SV("WHAT"));
    canvas_text(c, at.x + line->field_x + line->field_w + 3, at.y, 2, ROLE_NORMAL, SV("BY"));
}

static void build(SessionView *v, int w)
{
    page_gap(v);
    if (settle_count(v)) {
        page_text(v, w, 1, ROLE_STRONG, "What became of these?");
        page_gap(v);
        for (size_t i = 0; i < v->session->settle.len; i++) add_settle(v, w, i);
        page_gap(v);
        page_text(v, w, view_narrow(v) ? 1 : 4, ROLE_NORMAL,
                  view_compact(v) ? "Left/Right change it."
                                  : "Left/Right: still open, kept, changed, let go, not kept");
        page_gap(v);
    }
    page_question(v, w);
    page_gap(v);
    size_t header = v->page.lines.len;
    if (!view_narrow(v)) page_add(v, &(PageLine){.draw = draw_header, .text = "", .stop = NO_STOP});
    for (size_t i = 0; i < v->rows.len; i++) add_new(v, w, i);
    if (!view_narrow(v)) {
        v->page.lines.at[header].field_x = v->page.lines.at[header + 1].field_x;
        v->page.lines.at[header].field_w = v->page.lines.at[header + 1].field_w;
    }
    page_why(v, w);
    page_private(v);
}

const StepFace FACE_COMMITMENTS = {
    .where = ON_SESSION_FIELDS,
    .echoes = true,
    .enter = enter,
    .stops = stops,
    .editor = editor,
    .changed = changed,
    .key = key,
    .aside = aside,
    .is_day = is_day,
    .build = build,
};
