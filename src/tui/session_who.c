#include "view_session.h"

#include <entente/model.h>
#include <entente/text.h>
#include <string.h>

/* Who is it about: asked first for a new alliance. Where there are starters, one may be picked. */
typedef enum { STOP_NAME, STOP_ROLE, STOP_STARTER, STOP_WALK, WHO_STOPS } WhoStop;
enum { LIST_INDENT = 4, GAP_COLUMNS = 3 };

static size_t starters(const SessionView *v)
{
    const Situations *all = v->session->situations;
    return all ? situations_count(all) : 0;
}

static WhoStop stop_at(const SessionView *v, int stop)
{
    return stop >= STOP_STARTER && starters(v) == 0 ? (WhoStop)(stop + 1) : (WhoStop)stop;
}

static int index_of(const SessionView *v, WhoStop which)
{
    return which > STOP_STARTER && starters(v) == 0 ? (int)which - 1 : (int)which;
}

static void enter(SessionView *v)
{
    view_read(v->fields[FIELD_NAME], &v->session->name);
    view_read(v->fields[FIELD_ROLE], &v->session->role);
}

static int stops(const SessionView *v)
{
    return index_of(v, WHO_STOPS);
}

static Editor *editor(const SessionView *v, int stop)
{
    return stop == STOP_NAME ? v->fields[FIELD_NAME] : stop == STOP_ROLE ? v->fields[FIELD_ROLE] : NULL;
}

static void hand_over(SessionView *v, bool deep)
{
    session_set_who(v->session, editor_text(v->fields[FIELD_NAME]), editor_text(v->fields[FIELD_ROLE]), deep);
}

static void changed(SessionView *v, int stop)
{
    (void)stop;
    hand_over(v, v->session->deep);
}

/* ---- starters: the last line stands for none ---- */

static size_t picked(const SessionView *v)
{
    size_t i = 0, n = starters(v);
    while (i < n &&
           !sv_eq(sv(situations_at(v->session->situations, i)->key), str_view(&v->session->situation)))
        i++;
    return i;
}

static const char *starter_name(const SessionView *v, size_t i)
{
    return i < starters(v) ? situations_at(v->session->situations, i)->name : "none of these";
}

/* Columns of the lines from `begin` on, with their "( ) ". */
static int starter_columns(const SessionView *v, size_t begin, size_t end)
{
    int widest = 0;
    for (size_t i = begin; i < end; i++) {
        int w = 4 + text_width(sv(starter_name(v, i)));
        if (w > widest) widest = w;
    }
    return widest;
}

/* Two columns where they fit, read downwards. Returns how many rows; where the second begins, behind the
 * first. */
static size_t starter_rows(const SessionView *v, int *ret_column)
{
    size_t lines = starters(v) + 1, half = (lines + 1) / 2;
    int first = starter_columns(v, 0, half), second = starter_columns(v, half, lines);
    *ret_column = first + GAP_COLUMNS;
    return LIST_INDENT + first + GAP_COLUMNS + second + 1 <= v->w ? half : lines;
}

static bool starter_key(SessionView *v, Key key)
{
    int column, n = (int)starters(v) + 1, choice = (int)picked(v), rows = (int)starter_rows(v, &column);
    if ((key == KEYN_RIGHT || key == 'l') && choice + rows < n)
        choice += rows;
    else if ((key == KEYN_LEFT || key == 'h') && choice >= rows)
        choice -= rows;
    else if (key != KEYN_RIGHT && key != 'l' && key != KEYN_LEFT && key != 'h' && !radio_key(key, n, &choice))
        return false;
    session_set_situation(v->session,
                          choice + 1 == n ? "" : situations_at(v->session->situations, (size_t)choice)->key);
    return true;
}

static bool key(SessionView *v, Ui *ui, int stop, Key key)
{
    int choice = v->session->deep;
    (void)ui;
    if (stop_at(v, stop) == STOP_STARTER) return starter_key(v, key);
    if (stop_at(v, stop) != STOP_WALK || !radio_key(key, 2, &choice)) return false;
    hand_over(v, choice == 1);
    return true;
}

static void draw_starters(const SessionView *v, const PageLine *line, Canvas *c, Rect at)
{
    int column, indent = view_narrow(v) ? LIST_INDENT - 1 : LIST_INDENT;
    size_t rows = starter_rows(v, &column), on = picked(v);
    for (size_t i = line->index; i <= starters(v); i += rows, indent += column) {
        bool here = i == on && v->focus == index_of(v, STOP_STARTER);
        Str text;
        str_init(&text);
        str_addf(&text, "(%c) %s", i == on ? 'o' : ' ', starter_name(v, i));
        if (here)
            canvas_text(c, indent > LIST_INDENT ? at.x + indent - 2 : at.x + 1, at.y, 1, ROLE_NORMAL,
                        SV(">"));
        canvas_text_fit(c, at.x + indent, at.y, at.w - indent - 1, here ? ROLE_SELECTED : ROLE_NORMAL,
                        str_view(&text));
        if (here) canvas_cursor(c, at.x + indent, at.y, false);
        str_finish(&text);
    }
}

static void add_starters(SessionView *v, int w)
{
    int column;
    size_t on = picked(v), rows = starter_rows(v, &column);
    page_text(v, w, 1, ROLE_NORMAL,
              view_narrow(v) ? "Is it one of these?"
                             : "Is it one of these? It sets the tone and the examples.");
    for (size_t i = 0; i < rows; i++)
        page_add(v, &(PageLine){.draw = draw_starters,
                                .text = "",
                                .index = i,
                                .stop = NO_STOP,
                                .at_focus = v->focus == index_of(v, STOP_STARTER) && on % rows == i});
    const char *tone = on < starters(v) ? situations_at(v->session->situations, on)->tone : "";
    if (tone && tone[0])
        page_text(v, w, view_narrow(v) ? 1 : 4, ROLE_NORMAL, tone);
    else
        page_gap(v);
}

/* ---- lines ---- */

static void build(SessionView *v, int w)
{
    bool deep = v->session->deep, narrow = view_narrow(v);
    int walk = index_of(v, STOP_WALK);
    page_head(v, w);
    page_field(v, w, "Name", 5, STOP_NAME, "");
    page_field(v, w, "Role", 5, STOP_ROLE, "partner, manager, friend (optional)");
    page_gap(v);
    if (starters(v) > 0) {
        add_starters(v, w);
        page_gap(v);
    }
    page_text(v, w, 1, ROLE_NORMAL, "How far do you want to go today?");
    page_radio(v, walk, !deep, narrow ? "short: about 15 minutes" : "short: six sections, about 15 minutes");
    page_radio(v, walk, deep,
               narrow ? "deep: every section" : "deep: every section, both sides; you can stop anywhere");
}

const StepFace FACE_WHO = {
    .where = ON_SESSION_FIELDS,
    .enter = enter,
    .stops = stops,
    .editor = editor,
    .changed = changed,
    .key = key,
    .build = build,
};
