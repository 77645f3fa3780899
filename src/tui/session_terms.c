#include "view_session.h"

#include <entente/text.h>

/*
 * The agreement term by term. At a check-in each is marked; in a repair or a
 * renewal each is kept, changed or dropped. Stops: one for each term, and
 * behind one that is changed the field of its new text.
 */
enum { MARK_W = 16, DEAL_W = 8, FIELD_MOST = 72, ROW_MAX = 100 };

static const char *const DEALS[DEAL_COUNT] = {"keep", "change", "drop"};

typedef struct {
    size_t row;
    bool is_field;
} TermStop;

static bool has_field(const SessionView *v, size_t row)
{
    return view_deals(v) && v->session->terms.at[row].deal == DEAL_CHANGE;
}

static int stops(const SessionView *v)
{
    int n = 0;
    for (size_t i = 0; i < v->session->terms.len; i++) n += 1 + has_field(v, i);
    return n ? n : 1;
}

/* The stop of a row's choice. */
static int stop_of(const SessionView *v, size_t row)
{
    int n = 0;
    for (size_t i = 0; i < row; i++) n += 1 + has_field(v, i);
    return n;
}

static bool stop_at(const SessionView *v, int stop, TermStop *ret)
{
    for (size_t i = 0; stop >= 0 && i < v->session->terms.len; i++) {
        int own = 1 + has_field(v, i);
        if (stop < own) {
            *ret = (TermStop){i, stop == 1};
            return true;
        }
        stop -= own;
    }
    return false;
}

static void enter(SessionView *v)
{
    const Session *s = v->session;
    while (v->changes.len < s->terms.len) vec_push(&v->changes, editor_new(true, LINE_MAX_BYTES));
    for (size_t i = 0; i < s->terms.len; i++) {
        view_read(v->changes.at[i], &s->terms.at[i].change);
        if (s->terms.at[i].id == v->term && v->term) v->focus = stop_of(v, i);
    }
    v->term = 0;
}

static Editor *editor(const SessionView *v, int stop)
{
    TermStop at;
    return stop_at(v, stop, &at) && at.is_field ? v->changes.at[at.row] : NULL;
}

static void set_deal(SessionView *v, size_t row, TermDeal deal)
{
    session_set_term_deal(v->session, row, deal, editor_text(v->changes.at[row]));
}

static void changed(SessionView *v, int stop)
{
    TermStop at;
    if (stop_at(v, stop, &at)) set_deal(v, at.row, DEAL_CHANGE);
}

/* ---- keys ---- */

static void choose(SessionView *v, size_t row, int step)
{
    const TermRow *t = &v->session->terms.at[row];
    if (view_deals(v))
        set_deal(v, row, (TermDeal)(((int)t->deal + step + DEAL_COUNT) % DEAL_COUNT));
    else
        session_set_term_mark(v->session, row,
                              (TermMark)(((int)t->mark + step + TERM_MARK_COUNT) % TERM_MARK_COUNT));
}

static bool move(SessionView *v, int stop, int by)
{
    int to = stop + by;
    if (to >= stops(v)) return false;
    if (to >= 0) v->focus = to;
    return true;
}

static bool key(SessionView *v, Ui *ui, int stop, Key key)
{
    TermStop at;
    (void)ui;
    if (!stop_at(v, stop, &at) || at.is_field) return false;
    switch (key) {
    case 'k': return move(v, stop, -1);
    case 'j': return move(v, stop, 1);
    case KEYN_HOME: v->focus = 0; return true;
    case KEYN_END: v->focus = stops(v) - 1; return true;
    case KEYN_RIGHT:
    case 'l':
    case ' ': choose(v, at.row, 1); return true;
    case KEYN_LEFT:
    case 'h': choose(v, at.row, -1); return true;
    default: return false;
    }
}

/* ---- lines ---- */

static int state_columns(const SessionView *v)
{
    return view_deals(v) ? DEAL_W : MARK_W;
}

static int state_column(const SessionView *v, int w)
{
    return (w > ROW_MAX ? ROW_MAX : w) - state_columns(v) - 2;
}

static const char *state_words(const SessionView *v, size_t row)
{
    const TermRow *t = &v->session->terms.at[row];
    if (view_deals(v)) return DEALS[t->deal];
    return t->mark == TERM_UNMARKED ? "-" : term_mark_words(t->mark);
}

static void draw_state(const SessionView *v, const PageLine *line, Canvas *c, int x, int y)
{
    bool here = v->focus == line->stop;
    int w = state_columns(v);
    Str text;
    str_init(&text);
    str_addf(&text, "[%-*s]", w - 2, state_words(v, line->index));
    if (here) canvas_text(c, x - 1, y, 1, ROLE_NORMAL, SV(">"));
    canvas_text(c, x, y, w, here ? ROLE_SELECTED : ROLE_NORMAL, str_view(&text));
    if (here) canvas_cursor(c, x + 1, y, false);
    str_finish(&text);
}

/* `on`: the state stands in this row. */
static void draw_term(const SessionView *v, const PageLine *line, Canvas *c, Rect at)
{
    if (line->lead) canvas_text(c, at.x + line->indent - 2, at.y, 1, ROLE_NORMAL, sv(line->lead));
    canvas_text(c, at.x + line->indent, at.y, at.w - line->indent - 1, line->role, sv(line->text));
    if (!line->on) return;
    int x = view_narrow(v) ? line->indent : state_column(v, at.w);
    draw_state(v, line, c, at.x + x, at.y);
}

static const char *heading(SessionView *v, const TermRow *t)
{
    const char *title = section_title(t->section);
    if (t->section != SECTION_OFFERS && t->section != SECTION_ASKS) return title;
    const char *verb = t->section == SECTION_OFFERS ? "offer" : "ask";
    if (t->side == SIDE_THEM) return arena_strf(&v->arena, "What %s %ss", view_partner(v), verb);
    return arena_strf(&v->arena, "What %s %s", t->side == SIDE_ME ? "I" : "we", verb);
}

static bool new_heading(const Session *s, size_t i)
{
    if (i == 0) return true;
    const TermRow *t = &s->terms.at[i], *before = &s->terms.at[i - 1];
    bool sided = t->section == SECTION_OFFERS || t->section == SECTION_ASKS;
    return t->section != before->section || (sided && t->side != before->side);
}

static void add_field(SessionView *v, int w, size_t i, bool here)
{
    int stop = stop_of(v, i) + 1, x = view_narrow(v) ? 3 : 14, room = w - x - 2;
    size_t line = page_add(
        v, &(PageLine){
               .indent = x > 3 ? 5 : 1, .text = x > 3 ? "Instead" : "", .stop = NO_STOP, .at_focus = here});
    page_field_in(v, line, x, room > FIELD_MOST ? FIELD_MOST : room, stop);
}

static void add_term(SessionView *v, int w, size_t i)
{
    const TermRow *t = &v->session->terms.at[i];
    int stop = stop_of(v, i);
    bool narrow = view_narrow(v), here = v->focus == stop || (has_field(v, i) && v->focus == stop + 1);
    int indent = narrow ? 3 : 5, columns = (narrow ? w : state_column(v, w)) - indent - 2;
    TextLine part;
    if (columns > TEXT_COLUMNS) columns = TEXT_COLUMNS;
    for (size_t pos = 0; text_wrap(sv(t->text), pos, columns < 2 ? 2 : columns, &part); pos = part.next)
        page_add(v,
                 &(PageLine){.draw = draw_term,
                             .indent = indent,
                             .text = arena_str(&v->arena, sv_n(t->text + part.start, part.end - part.start)),
                             .lead = pos == 0 ? "-" : NULL,
                             .stop = stop,
                             .index = i,
                             .on = pos == 0 && !narrow,
                             .at_focus = here});
    if (narrow)
        page_add(v, &(PageLine){.draw = draw_term,
                                .indent = indent,
                                .text = "",
                                .stop = stop,
                                .index = i,
                                .on = true,
                                .at_focus = here});
    if (has_field(v, i)) add_field(v, w, i, here);
}

static void add_keys(SessionView *v, int w)
{
    const char *words = view_deals(v) ? "Left/Right: keep, change, drop"
                                      : "Left/Right: lived, partly lived, not lived, no longer fits";
    if (view_compact(v)) return;
    page_gap(v);
    page_text(v, w, view_narrow(v) ? 1 : 3, ROLE_NORMAL, words);
}

static void build(SessionView *v, int w)
{
    const Session *s = v->session;
    page_head(v, w);
    if (s->terms.len == 0) {
        page_add(v, &(PageLine){
                        .indent = 3, .text = "No term is in force.", .stop = 0, .at_focus = v->focus == 0});
        return;
    }
    for (size_t i = 0; i < s->terms.len; i++) {
        if (new_heading(s, i))
            page_text(v, w, view_narrow(v) ? 1 : 3, ROLE_STRONG, heading(v, &s->terms.at[i]));
        add_term(v, w, i);
    }
    add_keys(v, w);
    page_private(v);
}

const StepFace FACE_TERMS = {
    .where = ON_SESSION_FIELDS,
    .echoes = true,
    .enter = enter,
    .stops = stops,
    .editor = editor,
    .changed = changed,
    .key = key,
    .build = build,
};
