#include "view_session.h"

#include <entente/text.h>

/* What will be kept. */
typedef enum { STOP_LINES, STOP_TALKED, STOP_DAY, STOP_REASON, STOP_PRIVATE, STOP_NONE } ReviewStop;
enum { TITLE_COLUMNS = 16, PRIVATE_COLUMNS = 10 };

/* The version that comes of it, or where nothing differs the one there is. */
static bool asks_talked(const SessionView *v)
{
    if (view_is_design(v)) return true;
    return view_deals(v) && (v->session->version > 0 || session_changes_agreement(v->session));
}

static bool asks_reason(const SessionView *v)
{
    return asks_talked(v) && v->session->version > 0 && session_changes_agreement(v->session);
}

/* Notes for oneself: where every answer is private already there is nothing left to decide. */
static bool all_private(const SessionView *v)
{
    for (size_t i = 0; i < v->session->count; i++) {
        const SessionStep *step = &v->session->steps[i];
        if (step->kind != STEP_REVIEW && !step->is_private) return false;
    }
    return v->session->stage == STAGE_PREPARE;
}

/* Which stops there are, in order; returns how many. */
static int list_stops(const SessionView *v, ReviewStop ret[STOP_NONE])
{
    int n = 0;
    ret[n++] = STOP_LINES;
    if (asks_talked(v)) {
        ret[n++] = STOP_TALKED;
        if (v->session->talked != TALKED_NOT_YET) ret[n++] = STOP_DAY;
        if (asks_reason(v)) ret[n++] = STOP_REASON;
    }
    if (!view_is_design(v) && !all_private(v)) ret[n++] = STOP_PRIVATE;
    return n;
}

static ReviewStop stop_at(const SessionView *v, int stop)
{
    ReviewStop all[STOP_NONE];
    int n = list_stops(v, all);
    return stop >= 0 && stop < n ? all[stop] : STOP_NONE;
}

static int index_of(const SessionView *v, ReviewStop which)
{
    ReviewStop all[STOP_NONE];
    int n = list_stops(v, all);
    for (int i = 0; i < n; i++)
        if (all[i] == which) return i;
    return NO_STOP;
}

static int stops(const SessionView *v)
{
    ReviewStop all[STOP_NONE];
    return list_stops(v, all);
}

static void enter(SessionView *v)
{
    view_read(v->fields[FIELD_DAY], &v->session->talked_on);
    view_read(v->fields[FIELD_REASON], &v->session->reason);
    v->list = (List){0};
    list_set_count(&v->list, v->session->count - 1, false);
}

static Editor *editor(const SessionView *v, int stop)
{
    ReviewStop which = stop_at(v, stop);
    return which == STOP_DAY ? v->fields[FIELD_DAY] : which == STOP_REASON ? v->fields[FIELD_REASON] : NULL;
}

static void hand_over(SessionView *v, Talked talked)
{
    StrView on = editor_text(v->fields[FIELD_DAY]);
    session_set_talked(v->session, talked, talked == TALKED_NOT_YET ? SV("") : on);
}

static void changed(SessionView *v, int stop)
{
    if (stop_at(v, stop) == STOP_REASON)
        session_set_reason(v->session, editor_text(v->fields[FIELD_REASON]));
    else
        hand_over(v, v->session->talked);
}

static bool is_day(const SessionView *v, int stop)
{
    return stop_at(v, stop) == STOP_DAY;
}

/* ---- keys ---- */

/* From the last line on down goes to what stands below. */
static bool move_line(SessionView *v, Key key)
{
    bool down = key == KEYN_DOWN || key == 'j';
    if (key == KEYN_PAGE_UP || key == KEYN_PAGE_DOWN) return false;
    if (!down || v->list.selected + 1 < v->list.count) return list_key(&v->list, key);
    view_move_focus(v, 1);
    return true;
}

/* Enter looks at one answer again; from there next comes back. */
static bool lines_key(SessionView *v, Ui *ui, Key key)
{
    if (key != KEYN_ENTER) return move_line(v, key);
    Arena arena = {0};
    ReviewLine *lines;
    size_t n = session_review(v->session, &arena, &lines);
    size_t step = v->list.selected < n ? lines[v->list.selected].step : 0;
    arena_finish(&arena);
    if (n == 0) return true;
    view_go(v, ui, step);
    v->from_review = session_step(v->session)->kind != STEP_REVIEW;
    view_step_buttons(v);
    return true;
}

static bool talked_key(SessionView *v, Key key)
{
    int choice = (int)v->session->talked;
    bool up = key == KEYN_UP || key == 'k', down = key == KEYN_DOWN || key == 'j';
    if ((up && choice == 0) || (down && choice == 2)) return view_move_focus(v, up ? -1 : 1), true;
    if (!radio_key(key, 3, &choice)) return false;
    Editor *day = v->fields[FIELD_DAY];
    if (choice != TALKED_NOT_YET && editor_text(day).len == 0) {
        editor_set(day, SV("today"));
        view_fix_day(v, day);
    }
    hand_over(v, (Talked)choice);
    return true;
}

static bool key(SessionView *v, Ui *ui, int stop, Key key)
{
    switch (stop_at(v, stop)) {
    case STOP_LINES: return lines_key(v, ui, key);
    case STOP_TALKED: return talked_key(v, key);
    case STOP_PRIVATE:
        if (key == ' ' || key == KEYN_ENTER) session_set_private(v->session, !v->session->is_private);
        return key == ' ' || key == KEYN_ENTER;
    default: return false;
    }
}

/* ---- lines ---- */

static void draw_line(const SessionView *v, const PageLine *line, Canvas *c, Rect at)
{
    bool here = line->at_focus;
    int indent = view_narrow(v) ? 2 : 4, x = at.x + indent + TITLE_COLUMNS,
        w = at.w - indent - TITLE_COLUMNS - 1;
    if (w > TEXT_COLUMNS) w = TEXT_COLUMNS;
    Role role = here ? ROLE_SELECTED : ROLE_NORMAL;
    if (here) {
        canvas_fill(c, (Rect){at.x + indent, at.y, TITLE_COLUMNS + w, 1}, ' ', ROLE_SELECTED);
        canvas_text(c, at.x + (indent > 2 ? 1 : 0), at.y, 1, ROLE_NORMAL, SV(">"));
    }
    canvas_text_fit(c, at.x + indent, at.y, TITLE_COLUMNS - 1, role, sv(line->text));
    /* `on`: the answer is private. */
    if (line->on)
        canvas_text(c, x + w - PRIVATE_COLUMNS + 1, at.y, PRIVATE_COLUMNS - 1, role, SV("[private]"));
    canvas_text_fit(c, x, at.y, w - (line->on ? PRIVATE_COLUMNS : 0), role, sv(line->behind));
    if (here) canvas_cursor(c, at.x + indent, at.y, false);
}

static void add_lines(SessionView *v)
{
    ReviewLine *lines;
    size_t n = session_review(v->session, &v->arena, &lines);
    list_set_count(&v->list, n, false);
    for (size_t i = 0; i < n; i++) {
        const SessionStep *step = &v->session->steps[lines[i].step];
        const char *text = view_hides(v, step) ? "(private)" : lines[i].text;
        if (step->asked[0]) text = arena_strf(&v->arena, "%s: %s", view_asked(step, &v->arena), text);
        page_add(v, &(PageLine){.draw = draw_line,
                                .text = lines[i].title,
                                .behind = text,
                                .stop = NO_STOP,
                                .index = i,
                                .on = step->is_private && !view_narrow(v) &&
                                      (step->text.len > 0 || step->value > 0),
                                .at_focus = v->focus == 0 && v->list.selected == i});
    }
}

static void add_talked(SessionView *v, int w)
{
    Talked talked = v->session->talked;
    int stop = index_of(v, STOP_TALKED);
    page_gap(v);
    page_text(v, w, 1, ROLE_NORMAL,
              arena_strf(&v->arena, "Have you talked this through with %s?", view_partner(v)));
    page_radio(v, stop, talked == TALKED_NOT_YET,
               view_narrow(v) ? "Not yet" : "Not yet; keep it as my own preparation");
    size_t partly =
        page_radio(v, stop, talked == TALKED_PARTLY, talked == TALKED_PARTLY ? "Partly, on" : "Partly");
    size_t through = page_radio(v, stop, talked == TALKED_THROUGH, "Yes, on");
    if (talked != TALKED_NOT_YET)
        page_radio_field(v, w, talked == TALKED_PARTLY ? partly : through, 16, index_of(v, STOP_DAY));
    if (asks_reason(v)) {
        page_gap(v);
        page_field(v, w, "What led to the change? (optional)", 34, index_of(v, STOP_REASON), "");
    }
    bool writes = v->session->version == 0 || session_changes_agreement(v->session);
    if (talked == TALKED_THROUGH || !writes) return;
    page_gap(v);
    page_text(v, w, 1, ROLE_NORMAL, "An alliance is designed by two; until then the version is yours only.");
}

static void add_private(SessionView *v, int w)
{
    int stop = index_of(v, STOP_PRIVATE);
    page_gap(v);
    if (stop == NO_STOP) {
        page_text(v, w, 1, ROLE_NORMAL, "Private notes are kept out of everything that is shared.");
        return;
    }
    const char *more = view_narrow(v) ? "" : ": kept out of everything that is shared";
    char mark = v->session->is_private ? 'x' : ' ';
    page_add(v, &(PageLine){.indent = view_narrow(v) ? 3 : 4,
                            .stop = stop,
                            .at_focus = v->focus == stop,
                            .text = arena_strf(&v->arena, "[%c] private%s", mark, more)});
    page_gap(v);
    page_text(v, w, 1, ROLE_NORMAL, "Enter on a line goes to its question.");
}

static void build(SessionView *v, int w)
{
    Str words;
    str_init(&words);
    session_review_words(v->session, &words);
    page_gap(v);
    page_text(v, w, 1, ROLE_STRONG, arena_str(&v->arena, str_view(&words)));
    str_finish(&words);
    page_gap(v);
    add_lines(v);
    if (asks_talked(v)) add_talked(v, w);
    if (!view_is_design(v)) add_private(v, w);
}

const StepFace FACE_REVIEW = {
    .where = ON_SESSION_FIELDS,
    .enter = enter,
    .stops = stops,
    .editor = editor,
    .changed = changed,
    .key = key,
    .is_day = is_day,
    .build = build,
};
