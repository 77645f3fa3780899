#include "view_session.h"

#include <entente/text.h>

static SessionView *of(const View *v)
{
    return v->state;
}

/* ---- what faces ask ---- */

Editor *session_editor(const SessionView *v)
{
    return v->texts.at[v->session->at];
}

bool view_compact(const SessionView *v)
{
    return v->h < COMPACT_BELOW;
}

bool view_narrow(const SessionView *v)
{
    return v->w < NARROW_BELOW;
}

bool view_shows_why(const SessionView *v)
{
    return session_step(v->session)->help[0] && view_compact(v) == v->why_flipped;
}

bool view_is_private(const SessionView *v)
{
    const SessionStep *step = session_step(v->session);
    return step->kind == STEP_REVIEW ? v->session->is_private : step->is_private;
}

const char *view_partner(SessionView *v)
{
    Str name;
    str_init(&name);
    app_short_name(v->session->partner, &name);
    const char *kept = name.len ? arena_str(&v->arena, str_view(&name)) : "them";
    str_finish(&name);
    return kept;
}

void view_read(SessionView *v, Editor *e, const Str *text)
{
    (void)v;
    if (!sv_eq(editor_text(e), str_view(text))) editor_set(e, str_view(text));
}

int view_text_rows(int w, const char *text)
{
    TextLine line;
    int rows = 0;
    if (!text[0]) return 0;
    for (size_t pos = 0; text_wrap(sv(text), pos, w < 2 ? 2 : w, &line); pos = line.next) rows++;
    return rows;
}

void view_draw_text(Canvas *c, Rect at, Role role, const char *text)
{
    TextLine line;
    size_t pos = 0;
    for (int i = 0; i < at.h && text_wrap(sv(text), pos, at.w < 2 ? 2 : at.w, &line); i++, pos = line.next) {
        bool last = i + 1 == at.h && text[line.next] != '\0';
        StrView row = last ? sv(text + line.start) : sv_n(text + line.start, line.end - line.start);
        if (last)
            canvas_text_fit(c, at.x, at.y + i, at.w, role, row);
        else
            canvas_text(c, at.x, at.y + i, at.w, role, row);
    }
}

/* A button row keeps two cells before each label for its mark: the labels begin where other rows do. */
static int buttons_indent(const SessionView *v)
{
    return view_narrow(v) ? -1 : 1;
}

int view_buttons_rows(const SessionView *v, int w)
{
    return buttons_rows(&v->buttons, w - 1 - buttons_indent(v));
}

void view_draw_buttons(const SessionView *v, Canvas *c, int x, int y, int w)
{
    int indent = buttons_indent(v);
    buttons_draw(&v->buttons, c, x + indent, y, w - 1 - indent, v->focus == FOCUS_BUTTONS);
}

/* ---- the step that is shown ---- */

static const StepFace *face_of(StepKind kind)
{
    switch (kind) {
    case STEP_WHO: return &FACE_WHO;
    case STEP_TEXT: return &FACE_TEXT;
    case STEP_SCALE: return &FACE_SCALE;
    case STEP_COMMITMENTS: return &FACE_COMMITMENTS;
    case STEP_CADENCE: return &FACE_CADENCE;
    case STEP_REVIEW: break;
    }
    return &FACE_REVIEW;
}

static void drop_texts(SessionView *v)
{
    for (size_t i = 0; i < v->texts.len; i++) editor_free(v->texts.at[i]);
    v->texts.len = 0;
}

static void make_text(SessionView *v)
{
    const Session *s = v->session;
    bool line = session_step(s)->kind == STEP_SCALE;
    while (v->texts.len < s->count) vec_push(&v->texts, NULL);
    if (!v->texts.at[s->at]) v->texts.at[s->at] = editor_new(line, line ? LINE_MAX_BYTES : TEXT_MAX_BYTES);
}

void view_enter(SessionView *v)
{
    make_text(v);
    v->face = face_of(session_step(v->session)->kind);
    v->focus = v->stop_before = 0;
    v->why_flipped = false;
    v->page.top = 0;
    v->buttons.focus = 0;
    v->face->enter(v);
    view_step_buttons(v);
}

static const char *towards(SessionView *v, const char *word, size_t step)
{
    return view_narrow(v) ? word : arena_strf(&v->arena, "%s: %s", word, v->session->steps[step].title);
}

static const char *skip_words(const SessionView *v)
{
    if (view_narrow(v)) return "Skip";
    if (session_step(v->session)->kind == STEP_SCALE) return "Rather not say";
    return v->session->stage == STAGE_DESIGN ? "Skip for now" : "Skip";
}

static void add_review_buttons(SessionView *v)
{
    const Session *s = v->session;
    const char *keep = "Keep this check-in";
    if (s->stage == STAGE_DESIGN)
        keep = session_changes_agreement(s) ? arena_strf(&v->arena, "Keep version %d", s->version + 1)
                                            : "Finish";
    buttons_add(&v->buttons, PRESS_KEEP, keep);
    buttons_add(&v->buttons, PRESS_BACK, "Back");
}

static void add_step_buttons(SessionView *v)
{
    const Session *s = v->session;
    const SessionStep *step = session_step(s);
    bool to_review = s->steps[s->at + 1].kind == STEP_REVIEW, design = s->stage == STAGE_DESIGN;
    const char *review = view_narrow(v) ? "Review" : "Review and finish";
    buttons_add(&v->buttons, PRESS_NEXT, to_review ? review : towards(v, "Next", s->at + 1));
    if (step->kind != STEP_WHO && step->kind != STEP_CADENCE)
        buttons_add(&v->buttons, PRESS_SKIP, skip_words(v));
    if (s->at > 0) buttons_add(&v->buttons, PRESS_BACK, design ? towards(v, "Back", s->at - 1) : "Back");
    if (!design && step->kind == STEP_TEXT)
        buttons_add(&v->buttons, PRESS_COMMIT, view_narrow(v) ? "Commitment" : "Make this a commitment");
}

void view_step_buttons(SessionView *v)
{
    int focus = v->buttons.focus;
    buttons_clear(&v->buttons);
    if (session_step(v->session)->kind == STEP_REVIEW)
        add_review_buttons(v);
    else
        add_step_buttons(v);
    v->buttons.focus = focus < v->buttons.count ? focus : 0;
}

/* ---- moving about ---- */

static void focus_buttons(SessionView *v)
{
    if (v->focus != FOCUS_BUTTONS) v->stop_before = session_step(v->session)->kind == STEP_WHO ? 0 : v->focus;
    v->focus = FOCUS_BUTTONS;
    v->buttons.focus = 0;
}

static void move_focus(SessionView *v, int by)
{
    int stops = v->face->stops(v), at = v->focus == FOCUS_BUTTONS ? stops : v->focus;
    at = (at + by + stops + 1) % (stops + 1);
    if (at == stops)
        focus_buttons(v);
    else
        v->focus = at;
}

/* Where the writer stands in the text is kept with it. */
static void keep_cursor(SessionView *v)
{
    if (session_step(v->session)->kind != STEP_TEXT) return;
    Editor *e = session_editor(v);
    session_set_text(v->session, editor_text(e), editor_cursor(e));
}

/* A step may have been left although saving failed: what is shown is where the session stands. */
static void after_move(SessionView *v, Ui *ui, bool ok, size_t from, const Error *err)
{
    if (v->session->at != from)
        view_enter(v);
    else if (!ok && v->focus == FOCUS_BUTTONS)
        v->focus = v->stop_before;
    if (!ok) ui_say_error(ui, err);
}

static void go_on(SessionView *v, Ui *ui, bool skip)
{
    Session *s = v->session;
    Error err = {0};
    size_t from = s->at;
    StepKind kind = session_step(s)->kind;
    keep_cursor(v);
    if (kind == STEP_REVIEW) {
        focus_buttons(v);
        ui_say(ui, "Enter keeps it as it stands here.");
        return;
    }
    bool ok = skip ? session_skip(s, &err) : session_next(s, &err);
    /* Accepting who plans the steps anew: their texts get new editors. */
    if (kind == STEP_WHO && s->at != from) drop_texts(v);
    after_move(v, ui, ok, from, &err);
}

static void go_back(SessionView *v, Ui *ui)
{
    Error err = {0};
    size_t from = v->session->at;
    keep_cursor(v);
    if (from == 0) {
        ui_say(ui, "This is the first step.");
        return;
    }
    after_move(v, ui, session_back(v->session, &err), from, &err);
}

void view_go(SessionView *v, Ui *ui, size_t step)
{
    Error err = {0};
    size_t from = v->session->at;
    after_move(v, ui, session_go(v->session, step, &err), from, &err);
}

/* ---- the ends ---- */

static void end_view(SessionView *v, Ui *ui)
{
    session_free(v->session);
    v->session = NULL;
    ui_pop(ui);
}

static void leave(SessionView *v, Ui *ui)
{
    Error err = {0};
    keep_cursor(v);
    if (!session_save(v->session, &err)) {
        ui_say_error(ui, &err);
        return;
    }
    Str words;
    str_init(&words);
    session_leave_words(v->session, &words);
    end_view(v, ui);
    ui_reload(ui);
    ui_say(ui, "%s", words.buf);
    str_finish(&words);
}

static void finish(SessionView *v, Ui *ui)
{
    Done done;
    Error err = {0};
    done_init(&done);
    if (!session_finish(v->session, &done, &err)) {
        ui_say_error(ui, &err);
    } else {
        end_view(v, ui);
        if (done.id) {
            ui_report(ui, true, &done, NULL);
        } else {
            ui_reload(ui);
            ui_say(ui, "%s", done.text.buf);
        }
    }
    done_finish(&done);
}

static void discard(SessionView *v, Ui *ui)
{
    Done done;
    Error err = {0};
    done_init(&done);
    if (!session_discard(v->session, &done, &err)) {
        ui_say_error(ui, &err);
    } else {
        end_view(v, ui);
        ui_reload(ui);
        ui_say(ui, "%s", done.text.buf);
    }
    done_finish(&done);
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
    case PRESS_NEXT: go_on(v, ui, false); break;
    case PRESS_SKIP: go_on(v, ui, true); break;
    case PRESS_BACK: go_back(v, ui); break;
    case PRESS_COMMIT: make_commitment(v, ui); break;
    case PRESS_KEEP: finish(v, ui); break;
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
    move_focus(v, 1);
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

static EventResult session_event(View *view, Ui *ui, const Event *e)
{
    SessionView *v = of(view);
    if (!v->session) return EV_IGNORED;
    if (e->type == EVENT_KEY) return on_key(v, ui, e->key);
    if (e->type == EVENT_PASTE) return on_paste(v, ui, e->text);
    return EV_IGNORED;
}

/* ---- commands ---- */

static void toggle_private(SessionView *v, Ui *ui)
{
    StepKind kind = session_step(v->session)->kind;
    bool whole = kind == STEP_REVIEW && v->session->stage == STAGE_CHECK_IN;
    if (kind != STEP_TEXT && kind != STEP_SCALE && !whole) {
        ui_say(ui, "Answers can be private; here there is none.");
        return;
    }
    session_set_private(v->session, !view_is_private(v));
    if (view_is_private(v))
        ui_say(ui, "Private: it appears in no export but the full backup.");
    else
        ui_say(ui, "Not private any more.");
}

static void ask_editor(SessionView *v, Ui *ui)
{
    Error err = {0};
    if (session_step(v->session)->kind != STEP_TEXT) return;
    keep_cursor(v);
    if (!session_save(v->session, &err)) ui_say_error(ui, &err);
    v->focus = 0;
    ui_ask_editor(ui, editor_text(session_editor(v)), sv(session_step(v->session)->question));
}

static void leave_or_buttons(SessionView *v, Ui *ui)
{
    if (v->focus == FOCUS_BUTTONS)
        leave(v, ui);
    else
        focus_buttons(v);
}

static EventResult session_command(View *view, Ui *ui, CommandId id)
{
    SessionView *v = of(view);
    if (!v->session) return EV_IGNORED;
    switch (id) {
    case CMD_NEXT:
    case CMD_SKIP_STEP: go_on(v, ui, false); break; /* an untouched step counts as skipped */
    case CMD_STEP_BACK: go_back(v, ui); break;
    case CMD_BUTTONS:
    case CMD_NEXT_TAB: move_focus(v, 1); break;
    case CMD_PREV_TAB: move_focus(v, -1); break;
    case CMD_LEAVE:
    case CMD_BACK:
    case CMD_QUIT_VIEW: leave_or_buttons(v, ui); break;
    case CMD_WHY: v->why_flipped = !v->why_flipped; break;
    case CMD_EDITOR: ask_editor(v, ui); break;
    case CMD_PRIVATE: toggle_private(v, ui); break;
    case CMD_CLEAR: session_set_value(v->session, 0); break;
    case CMD_CHOOSE: return on_key(v, ui, ' ');
    case CMD_DISCARD_DRAFT: discard(v, ui); break;
    default: return EV_IGNORED;
    }
    return EV_HANDLED;
}

/* ---- the view ---- */

static bool session_open(View *view, Ui *ui, const void *arg, Error *err)
{
    SessionView *v = of(view);
    int w, h;
    str_init(&v->understood);
    if (!session_begin(ui_app(ui), arg, &v->session, err)) return false;
    for (int i = 0; i < FIELD_COUNT; i++)
        v->fields[i] = editor_new(true, i == FIELD_REASON ? LINE_MAX_BYTES : NAME_MAX_BYTES);
    ui_size(ui, &w, &h);
    v->w = w;
    v->h = h - 3;
    view_enter(v);
    return true;
}

static void session_close(View *view)
{
    SessionView *v = of(view);
    session_free(v->session);
    v->session = NULL;
    drop_texts(v);
    vec_finish(&v->texts);
    for (int i = 0; i < FIELD_COUNT; i++) editor_free(v->fields[i]);
    for (size_t i = 0; i < v->rows.len; i++) {
        editor_free(v->rows.at[i].what);
        editor_free(v->rows.at[i].by);
    }
    vec_finish(&v->rows);
    vec_finish(&v->page.lines);
    str_finish(&v->understood);
    arena_finish(&v->arena);
}

static unsigned session_where(const View *view)
{
    const SessionView *v = of(view);
    return v->session ? v->face->where : ON_SESSION_FIELDS;
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
    keep_cursor(v);
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
    if (!v->session) return;
    Rect at = step_body(body);
    v->w = at.w;
    v->h = at.h;
    v->ascii = ui_ascii(ui);
    arena_reset(&v->arena);
    str_clear(&v->understood);
    session_understood(v->session, &v->understood);
    view_step_buttons(v);
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
    .name = "Design, Check-in",
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
