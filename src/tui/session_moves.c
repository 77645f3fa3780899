#include "view_session.h"

#include <entente/when.h>

/* Going from step to step and stop to stop, and the ways a session ends. */

/* ---- the focus ---- */

void view_focus_buttons(SessionView *v)
{
    if (v->focus != FOCUS_BUTTONS) v->stop_before = session_step(v->session)->kind == STEP_WHO ? 0 : v->focus;
    v->focus = FOCUS_BUTTONS;
    v->buttons.focus = 0;
}

void view_move_focus(SessionView *v, int by)
{
    int stops = v->face->stops(v), at = v->focus == FOCUS_BUTTONS ? stops : v->focus;
    at = (at + by + stops + 1) % (stops + 1);
    while (by > 0 && at < stops && v->face->aside && v->face->aside(v, at)) at++;
    if (at == stops)
        view_focus_buttons(v);
    else
        v->focus = at;
}

/* Where the writer stands in the text is kept with it. */
void view_keep_cursor(SessionView *v)
{
    if (session_step(v->session)->kind != STEP_TEXT) return;
    Editor *e = session_editor(v);
    session_set_text(v->session, editor_text(e), editor_cursor(e));
}

/* Leaving a step: the day it asks for is said as a date, since the words depend on when they are read. */
static void before_move(SessionView *v)
{
    view_keep_cursor(v);
    if (session_step(v->session)->kind == STEP_DATE && view_fix_day(v, session_editor(v)))
        v->face->changed(v, 0);
}

/* The stop whose words are no day, or else cannot be accepted; NO_STOP. */
static int wrong_stop(const SessionView *v, Error *err)
{
    Date today = app_today(v->session->app);
    When when;
    for (int i = 0; v->face->is_day && i < v->face->stops(v); i++) {
        Editor *e = v->face->is_day(v, i) ? v->face->editor(v, i) : NULL;
        StrView words = e ? sv_trim(editor_text(e)) : SV("");
        if (words.len > 0 && !when_parse(words, today, &when, NULL)) return i;
    }
    return v->face->wrong ? v->face->wrong(v, err) : NO_STOP;
}

/* What was refused is gone on with behind its last word. */
static void go_to_wrong(SessionView *v)
{
    int stop = wrong_stop(v, NULL);
    Editor *e = stop == NO_STOP ? NULL : v->face->editor(v, stop);
    if (e) editor_set_cursor(e, editor_text(e).len);
    if (stop != NO_STOP)
        v->focus = stop;
    else if (v->focus == FOCUS_BUTTONS)
        v->focus = v->stop_before;
}

/* A step may have been left although saving failed: what is shown is where the session stands. */
static void after_move(SessionView *v, Ui *ui, bool ok, size_t from, const Error *err)
{
    if (v->session->at != from) {
        view_enter(v);
        ui_say(ui, "%s", ""); /* what was said of the step before is over */
    } else if (!ok) {
        go_to_wrong(v);
    }
    if (!ok) ui_say_error(ui, err);
}

void view_next(SessionView *v, Ui *ui, bool skip)
{
    Session *s = v->session;
    Error err = {0};
    size_t from = s->at;
    StepKind kind = session_step(s)->kind;
    bool from_review = v->from_review;
    before_move(v);
    if (kind == STEP_REVIEW) {
        view_focus_buttons(v);
        ui_say(ui, "Enter keeps it as it stands here.");
        return;
    }
    bool lacks = !skip && v->face->wrong && v->face->wrong(v, &err) != NO_STOP;
    bool ok = !lacks && (skip ? session_skip(s, &err) : session_next(s, &err));
    /* A question that the answer opens comes first, also on the way back to the review. */
    bool opened = s->at == from + 1 && view_follows(v) && session_step(s)->mark == STEP_OPEN;
    if (ok && from_review && !opened) ok = session_go(s, s->count - 1, &err);
    /* Accepting who plans the steps anew: their texts get new editors. */
    if (kind == STEP_WHO && s->at != from) view_drop_texts(v);
    after_move(v, ui, ok, from, &err);
    if (from_review && opened) {
        v->from_review = true;
        view_step_buttons(v);
    }
}

void view_back(SessionView *v, Ui *ui)
{
    Error err = {0};
    size_t from = v->session->at;
    before_move(v);
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

void view_leave(SessionView *v, Ui *ui)
{
    Error err = {0};
    before_move(v);
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

/* `alliance`: a check-in of it may have made another session worth offering; 0. */
static void say_finished(Ui *ui, Id alliance, const Done *done)
{
    ui_reload(ui);
    if (alliance && session_say_offer(ui, alliance, done)) return;
    ui_say(ui, done->id ? "%s  u Undo" : "%s", done->text.buf);
}

void view_finish(SessionView *v, Ui *ui)
{
    Done done;
    Error err = {0};
    bool checked_in = view_is_check_in(v);
    Id alliance = v->session->alliance;
    done_init(&done);
    if (!session_finish(v->session, &done, &err)) {
        ui_say_error(ui, &err);
    } else {
        end_view(v, ui);
        say_finished(ui, checked_in ? alliance : 0, &done);
    }
    done_finish(&done);
}

void view_discard(SessionView *v, Ui *ui)
{
    Done done;
    Error err = {0};
    done_init(&done);
    if (!session_discard(v->session, &done, &err)) {
        ui_say_error(ui, &err);
    } else {
        end_view(v, ui);
        ui_report(ui, true, &done, NULL);
    }
    done_finish(&done);
}
