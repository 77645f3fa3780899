#include "view_session.h"

/* One of a few. Nothing is chosen beforehand. */
enum { STOP_CHOICE };

static int choices(const SessionView *v)
{
    const Prompt *p = session_step(v->session)->prompt;
    return p ? (int)p->choice_count : 0;
}

static void enter(SessionView *v)
{
    (void)v;
}

static int stops(const SessionView *v)
{
    (void)v;
    return 1;
}

static Editor *editor(const SessionView *v, int stop)
{
    (void)v;
    (void)stop;
    return NULL;
}

static void changed(SessionView *v, int stop)
{
    (void)v;
    (void)stop;
}

static bool key(SessionView *v, Ui *ui, int stop, Key key)
{
    int now = session_step(v->session)->value, choice = now - 1, n = choices(v);
    (void)ui;
    (void)stop;
    if (key == KEYN_DELETE || key == KEYN_BACKSPACE) {
        session_set_value(v->session, 0);
        return true;
    }
    if (key >= '1' && key <= '9' && key - '0' <= (Key)n) {
        session_set_value(v->session, (int)(key - '0'));
        return true;
    }
    /* From the last one on Down goes to the buttons, as Enter does. */
    bool beyond = (key == KEYN_DOWN || key == 'j') && (n == 0 || now == n);
    if (beyond || !radio_key(key, n, &choice)) return false;
    if (choice >= 0) session_set_value(v->session, choice + 1);
    return true;
}

static void build(SessionView *v, int w)
{
    int value = session_step(v->session)->value;
    page_head(v, w);
    for (int i = 0; i < choices(v); i++) {
        bool on = i + 1 == value;
        page_option(v, w, STOP_CHOICE, on, on || (!value && i == 0),
                    session_step(v->session)->prompt->choices[i].words);
    }
    const char *last = session_step(v->session)->last_time;
    if (value && last[0]) {
        page_gap(v);
        page_text(v, w, 1, ROLE_NORMAL, arena_strf(&v->arena, "Before this: %s", last));
    }
    page_private(v);
}

const StepFace FACE_CHOICE = {
    .where = ON_SESSION_FIELDS,
    .enter = enter,
    .stops = stops,
    .editor = editor,
    .changed = changed,
    .key = key,
    .build = build,
};
