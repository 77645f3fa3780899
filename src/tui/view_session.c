#include "view_session.h"

#include <entente/text.h>

static SessionView *of(const View *v)
{
    return v->state;
}

/* ---- keys ---- */

static Editor *focused_editor(const SessionView *v)
{
    return v->focus == FOCUS_BUTTONS ? NULL : v->face->editor(v, v->focus);
}

static void make_commitment(SessionView *v, Ui *ui)
{
    if (sv_trim(editor_text(session_editor(v))).len == 0) {
        ui_say(ui, "Write it down first; its first line then becomes a commitment of yours.");
        return;
    }
    session_make_commitment(v->session);
    ui_say(ui, "Noted among the new commitments; you can word it and give it a day there.");
}

static void press(SessionView *v, Ui *ui, int id)
{
    switch ((Press)id) {
    case PRESS_NEXT: view_next(v, ui, false); break;
    case PRESS_SKIP: view_next(v, ui, true); break;
    case PRESS_BACK: view_back(v, ui); break;
    case PRESS_COMMIT: make_commitment(v, ui); break;
    case PRESS_KEEP: view_finish(v, ui); break;
    }
}

static EventResult buttons_event(SessionView *v, Ui *ui, Key key)
{
    int id = -1;
    if (key == KEYN_UP || key == 'k') {
        v->focus = v->face->stops(v) - 1;
        return EV_HANDLED;
    }
    if (key == KEYN_DOWN || key == 'j') return EV_HANDLED;
    if (!buttons_key(&v->buttons, key, &id)) return EV_IGNORED;
    if (id >= 0) press(v, ui, id);
    return EV_HANDLED;
}

static bool editor_event(SessionView *v, Ui *ui, Editor *e, Key key)
{
    EditResult r = editor_key(e, key, app_now(ui_app(ui)).unix_ms);
    if (r == EDIT_CHANGED) v->face->changed(v, v->focus);
    if (r == EDIT_IGNORED && key_is_text(key)) ui_say(ui, "Cannot add more: this field is full.");
    return r != EDIT_IGNORED || key_is_text(key);
}

/* Enter and the arrows at the edge of a stop go on to its neighbour. */
static EventResult pass_on(SessionView *v, Key key)
{
    if (key == KEYN_UP && v->focus == 0) return EV_HANDLED;
    if (key == KEYN_UP) {
        v->focus--;
        return EV_HANDLED;
    }
    /* On a rating Enter is "next": the table's. */
    if (key != KEYN_DOWN && (key != KEYN_ENTER || v->face->where == ON_SESSION_SCALE)) return EV_IGNORED;
    view_move_focus(v, 1);
    return EV_HANDLED;
}

static EventResult on_key(SessionView *v, Ui *ui, Key key)
{
    if (v->focus == FOCUS_BUTTONS) return buttons_event(v, ui, key);
    Editor *e = focused_editor(v);
    if (e && editor_event(v, ui, e, key)) return EV_HANDLED;
    if (v->face->key && v->face->key(v, ui, v->focus, key)) return EV_HANDLED;
    return pass_on(v, key);
}

static EventResult on_paste(SessionView *v, Ui *ui, StrView text)
{
    Editor *e = focused_editor(v);
    if (!e) return EV_IGNORED;
    EditResult r = editor_paste(e, text);
    if (r == EDIT_CHANGED) v->face->changed(v, v->focus);
    if (r == EDIT_IGNORED) ui_say(ui, "Cannot paste: there is no room for so much in this field.");
    return EV_HANDLED;
}

/*
 * A field of a day that was left shows which day it is. `view` may have been
 * popped meanwhile. A step that is nothing but a day saw to it before it was left.
 */
static void settle_day(View *view, Ui *ui, const StepFace *face, int stop)
{
    if (ui_top(ui) != view || stop < 0 || !face->is_day) return;
    SessionView *v = of(view);
    if (face == &FACE_DATE && v->face != face) return;
    bool left = v->face != face || v->focus != stop;
    if (!left || !face->is_day(v, stop)) return;
    Editor *e = face->editor(v, stop);
    if (e && view_fix_day(v, e)) face->changed(v, stop);
}

static EventResult session_event(View *view, Ui *ui, const Event *e)
{
    SessionView *v = of(view);
    if (!v->session) return EV_IGNORED;
    const StepFace *face = v->face;
    int stop = v->focus;
    EventResult r = e->type == EVENT_KEY     ? on_key(v, ui, e->key)
                    : e->type == EVENT_PASTE ? on_paste(v, ui, e->text)
                                             : EV_IGNORED;
    settle_day(view, ui, face, stop);
    return r;
}

/* ---- commands ---- */

static void toggle_private(SessionView *v, Ui *ui)
{
    StepKind kind = session_step(v->session)->kind;
    bool whole = kind == STEP_REVIEW && !view_is_design(v);
    bool answer = kind == STEP_TEXT || kind == STEP_SCALE || kind == STEP_CHOICE || kind == STEP_DATE;
    if (!answer && !whole) {
        ui_say(ui, "Answers can be private; here there is none.");
        return;
    }
    session_set_private(v->session, !view_is_private(v));
    if (view_is_private(v))
        ui_say(ui, "Private: kept out of everything that is shared.");
    else
        ui_say(ui, "Not private any more.");
}

static void ask_editor(SessionView *v, Ui *ui)
{
    Error err = {0};
    if (session_step(v->session)->kind != STEP_TEXT || v->hidden) return;
    view_keep_cursor(v);
    if (!session_save(v->session, &err)) ui_say_error(ui, &err);
    v->focus = 0;
    ui_ask_editor(ui, editor_text(session_editor(v)), sv(v->words.question));
}

static void leave_or_buttons(SessionView *v, Ui *ui)
{
    if (v->focus == FOCUS_BUTTONS)
        view_leave(v, ui);
    else
        view_focus_buttons(v);
}

static EventResult obey(SessionView *v, Ui *ui, CommandId id)
{
    switch (id) {
    case CMD_NEXT:
    case CMD_SKIP_STEP: view_next(v, ui, false); break; /* an untouched step counts as skipped */
    case CMD_STEP_BACK: view_back(v, ui); break;
    case CMD_BUTTONS:
    case CMD_NEXT_TAB: view_move_focus(v, 1); break;
    case CMD_PREV_TAB: view_move_focus(v, -1); break;
    case CMD_LEAVE:
    case CMD_BACK:
    case CMD_QUIT_VIEW: leave_or_buttons(v, ui); break;
    case CMD_WHY: v->why = v->shows_why ? WHY_FOLDED : WHY_SHOWN; break;
    case CMD_EDITOR: ask_editor(v, ui); break;
    case CMD_PRIVATE: toggle_private(v, ui); break;
    case CMD_CLEAR: session_set_value(v->session, 0); break;
    case CMD_CHOOSE: return on_key(v, ui, ' ');
    case CMD_NOTES: session_show_notes(v, ui); break;
    case CMD_DISCARD_DRAFT: view_discard(v, ui); break;
    default: return EV_IGNORED;
    }
    return EV_HANDLED;
}

static EventResult session_command(View *view, Ui *ui, CommandId id)
{
    SessionView *v = of(view);
    if (!v->session) return EV_IGNORED;
    const StepFace *face = v->face;
    int stop = v->focus;
    EventResult r = obey(v, ui, id);
    settle_day(view, ui, face, stop);
    return r;
}

/* ---- the view ---- */

static bool session_open(View *view, Ui *ui, const void *arg, Error *err)
{
    SessionView *v = of(view);
    int w, h;
    str_init(&v->understood);
    const SessionStart *start = arg;
    if (!session_begin(ui_app(ui), start, &v->session, err)) return false;
    v->term = start->term;
    for (int i = 0; i < FIELD_COUNT; i++)
        v->fields[i] = editor_new(true, i == FIELD_REASON ? LINE_MAX_BYTES : NAME_MAX_BYTES);
    ui_size(ui, &w, &h);
    v->w = w;
    v->h = h - 3;
    view_enter(v);
    session_say_unnamed(v, ui);
    session_say_complaints(v, ui);
    return true;
}

static void session_close(View *view)
{
    SessionView *v = of(view);
    session_free(v->session);
    v->session = NULL;
    view_drop_texts(v);
    vec_finish(&v->texts);
    for (int i = 0; i < FIELD_COUNT; i++) editor_free(v->fields[i]);
    for (size_t i = 0; i < v->rows.len; i++) {
        editor_free(v->rows.at[i].what);
        editor_free(v->rows.at[i].by);
    }
    vec_finish(&v->rows);
    for (size_t i = 0; i < v->changes.len; i++) editor_free(v->changes.at[i]);
    vec_finish(&v->changes);
    vec_finish(&v->page.lines);
    str_finish(&v->understood);
    arena_finish(&v->arena);
}

static unsigned session_where(const View *view)
{
    const SessionView *v = of(view);
    if (!v->session) return ON_SESSION_FIELDS;
    unsigned place = v->face == &FACE_REVIEW && v->focus == 0 ? ON_REVIEW : v->face->where;
    return place | (session_has_notes(v) ? ON_NOTES : 0u);
}

static bool session_typing(const View *view)
{
    const SessionView *v = of(view);
    return v->session && focused_editor(v);
}

/* What is being typed outlives what others write to the journal. */
static bool session_reload(View *view, Ui *ui, Error *err)
{
    (void)view;
    (void)ui;
    (void)err;
    return true;
}

static bool session_keep(View *view, Ui *ui, Error *err)
{
    SessionView *v = of(view);
    (void)ui;
    if (!v->session) return true;
    view_keep_cursor(v);
    return session_save(v->session, err);
}

static Rect step_body(Rect body)
{
    if (body.w < SIDE_FROM) return body;
    return (Rect){body.x + SIDE_COLUMNS, body.y, body.w - SIDE_COLUMNS, body.h};
}

static void session_layout(View *view, const Ui *ui, Rect body)
{
    SessionView *v = of(view);
    (void)ui;
    if (!v->session) return;
    Rect at = step_body(body);
    v->w = at.w;
    v->h = at.h;
    arena_reset(&v->arena);
    str_clear(&v->understood);
    (view_narrow(v) || view_compact(v) ? session_understood_briefly : session_understood)(v->session,
                                                                                          &v->understood);
    view_step_buttons(v);
    view_read_words(v);
    if (v->face->layout)
        v->face->layout(v, at);
    else
        page_layout(v, at);
}

static void session_draw(const View *view, const Ui *ui, Canvas *c, Rect body)
{
    const SessionView *v = of(view);
    (void)ui;
    if (!v->session) return;
    Rect at = step_body(body);
    if (at.x > body.x) session_draw_side(v, c, (Rect){body.x, body.y, SIDE_COLUMNS, body.h});
    if (v->face->draw)
        v->face->draw(v, c, at);
    else
        page_draw(v, c);
}

static void session_title(const View *view, const Ui *ui, Frame *f)
{
    session_frame(of(view), ui, f);
}

static void session_edited(View *view, Ui *ui, StrView text)
{
    SessionView *v = of(view);
    Error err = {0};
    if (!v->session || session_step(v->session)->kind != STEP_TEXT) return;
    if (text.len > TEXT_MAX_BYTES)
        error_set(&err, ERR_USAGE,
                  "Cannot take the edited text: it is longer than a text may be. The old one stays.");
    if (err.code || !text_check(text, "the edited text", &err)) {
        ui_say_error(ui, &err);
        return;
    }
    Str clean;
    str_init(&clean);
    text_from_outside(&clean, text);
    editor_replace(session_editor(v), str_view(&clean));
    str_finish(&clean);
    v->face->changed(v, 0);
}

static Id session_alliance(const View *view)
{
    const SessionView *v = of(view);
    return v->session ? v->session->alliance : 0;
}

const ViewOps VIEW_SESSION = {
    .name = "A session",
    .state_size = sizeof(SessionView),
    .open = session_open,
    .where = session_where,
    .typing = session_typing,
    .command = session_command,
    .event = session_event,
    .reload = session_reload,
    .save = session_keep,
    .layout = session_layout,
    .frame = session_title,
    .draw = session_draw,
    .edited = session_edited,
    .close = session_close,
    .alliance = session_alliance,
};
