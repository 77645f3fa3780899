#include "view_session.h"

#include <entente/text.h>

/* A value in words, and one optional line. */
enum { STOP_VALUE, STOP_LINE, SCALE_STOPS, SPREAD_MAX = 13, SPREAD_MIN = 4 };

static int values(const SessionView *v)
{
    const Prompt *p = session_step(v->session)->prompt;
    return p ? (int)p->scale_count : 0;
}

static const char *words_of(const SessionView *v, int value)
{
    return session_step(v->session)->prompt->scale[value - 1];
}

static void enter(SessionView *v)
{
    view_read(session_editor(v), &session_step(v->session)->text);
}

static int stops(const SessionView *v)
{
    (void)v;
    return SCALE_STOPS;
}

static Editor *editor(const SessionView *v, int stop)
{
    return stop == STOP_LINE ? session_editor(v) : NULL;
}

static void changed(SessionView *v, int stop)
{
    (void)stop;
    session_set_text(v->session, editor_text(session_editor(v)), editor_cursor(session_editor(v)));
}

static bool choose(SessionView *v, int value)
{
    if (value >= 1 && value <= values(v)) session_set_value(v->session, value);
    return true;
}

/* Nothing is chosen beforehand: the first Left comes from the right end, anything else from the left. */
static bool key(SessionView *v, Ui *ui, int stop, Key key)
{
    int now = session_step(v->session)->value, n = values(v);
    (void)ui;
    if (stop != STOP_VALUE) return false;
    if (key >= '1' && key <= '9') return choose(v, (int)(key - '0'));
    switch (key) {
    case '0': return choose(v, 10);
    case KEYN_LEFT:
    case 'h': return choose(v, now ? now - 1 : n);
    case KEYN_RIGHT:
    case 'l': return choose(v, now + 1);
    case KEYN_HOME: return choose(v, 1);
    case KEYN_END: return choose(v, n);
    case ' ': return choose(v, now ? now : 1);
    case KEYN_DELETE:
    case KEYN_BACKSPACE: session_set_value(v->session, 0); return true;
    default: return false;
    }
}

/* ---- the positions ---- */

/* How many positions stand side by side, and how far apart. */
static int per_row(const SessionView *v, int w, int *ret_spread)
{
    int n = values(v), rows = 1;
    while (rows < n && (n + rows - 1) / rows * SPREAD_MIN > w - 4) rows++;
    int wide = (n + rows - 1) / rows, spread = wide > 0 ? (w - 4) / wide : SPREAD_MAX;
    *ret_spread = spread > SPREAD_MAX ? SPREAD_MAX : spread;
    return wide;
}

static void draw_positions(const SessionView *v, const PageLine *line, Canvas *c, Rect at)
{
    int spread, wide = per_row(v, at.w, &spread), chosen = session_step(v->session)->value;
    int x = at.x + (spread == SPREAD_MAX ? 8 : 3);
    bool focused = v->focus == STOP_VALUE;
    for (int i = 0; i < wide; i++, x += spread) {
        int value = (int)line->index + i + 1;
        if (value > values(v)) return;
        if (!line->on) {
            canvas_textf(c, x + 1, at.y, 2, ROLE_NORMAL, "%d", value);
            continue;
        }
        bool here = focused && value == (chosen ? chosen : 1), is_on = value == chosen;
        if (here) canvas_text(c, x - 1, at.y, 1, ROLE_NORMAL, SV(">"));
        canvas_text(c, x, at.y, 3, here && is_on ? ROLE_SELECTED : ROLE_NORMAL,
                    is_on ? SV("(o)") : SV("( )"));
        if (here) canvas_cursor(c, x + (is_on ? 0 : 1), at.y, false);
    }
}

static void add_positions(SessionView *v, int w)
{
    int spread, wide = per_row(v, w, &spread), chosen = session_step(v->session)->value;
    for (int i = 0; i < values(v); i += wide) {
        bool here = v->focus == STOP_VALUE && (chosen ? chosen : 1) > i && (chosen ? chosen : 1) <= i + wide;
        PageLine line = {.draw = draw_positions, .text = "", .stop = NO_STOP, .index = (size_t)i};
        page_add(v, &line);
        line.on = true;
        line.at_focus = here;
        page_add(v, &line);
    }
}

/* ---- the words ---- */

static void add_words(SessionView *v, int w, int value, Role role)
{
    int indent = view_narrow(v) ? 1 : 5;
    page_text(v, w, indent, role, arena_strf(&v->arena, "%d  %s", value, words_of(v, value)));
}

static const char *line_question(SessionView *v, int value)
{
    const char *lead = view_narrow(v) ? "What" : "In one line, what";
    return value ? arena_strf(&v->arena, "%s made it a %d? (optional)", lead, value)
                 : arena_strf(&v->arena, "%s comes to mind? (optional)", lead);
}

static void build(SessionView *v, int w)
{
    const SessionStep *step = session_step(v->session);
    int n = values(v), value = step->value;
    page_head(v, w);
    add_positions(v, w);
    page_gap(v);
    if (value) add_words(v, w, value, ROLE_STRONG);
    if (!value && n) page_label(v, view_narrow(v) ? 1 : 5, "Nothing chosen yet.");
    page_gap(v);
    if (n && value != 1) add_words(v, w, 1, ROLE_NORMAL);
    if (n && value != n) add_words(v, w, n, ROLE_NORMAL);
    page_gap(v);
    page_text(v, w, 1, ROLE_NORMAL, line_question(v, value));
    size_t line = page_add(v, &(PageLine){.text = "", .stop = NO_STOP});
    page_field_in(v, line, view_narrow(v) ? 1 : 3, w - 5 > TEXT_COLUMNS ? TEXT_COLUMNS : w - 5, STOP_LINE);
    if (value && step->last_time[0]) {
        page_gap(v);
        page_text(v, w, 1, ROLE_NORMAL, arena_strf(&v->arena, "Before this: %s", step->last_time));
        if (v->shows_why) page_text(v, w, 1, ROLE_NORMAL, v->words.later);
    }
    page_private(v);
}

const StepFace FACE_SCALE = {
    .where = ON_SESSION_SCALE,
    .enter = enter,
    .stops = stops,
    .editor = editor,
    .changed = changed,
    .key = key,
    .build = build,
};
