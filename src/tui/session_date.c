#include "view_session.h"

/* A day in words, read back. */
enum { STOP_DAY };

static void enter(SessionView *v)
{
    view_read(session_editor(v), &session_step(v->session)->text);
}

static int stops(const SessionView *v)
{
    (void)v;
    return 1;
}

static Editor *editor(const SessionView *v, int stop)
{
    return stop == STOP_DAY ? session_editor(v) : NULL;
}

static void changed(SessionView *v, int stop)
{
    (void)stop;
    session_set_text(v->session, editor_text(session_editor(v)), editor_cursor(session_editor(v)));
}

static bool is_day(const SessionView *v, int stop)
{
    (void)v;
    return stop == STOP_DAY;
}

static void build(SessionView *v, int w)
{
    page_head(v, w);
    page_field(v, w, "Day", 4, STOP_DAY, "or words: \"in 2 weeks\", \"friday\"");
    const char *last = session_step(v->session)->last_time;
    if (last[0]) {
        page_gap(v);
        page_text(v, w, 1, ROLE_NORMAL, arena_strf(&v->arena, "Before this: %s", last));
    }
    if (v->understood.len > 0) {
        page_gap(v);
        page_text(v, w, 1, ROLE_NORMAL, arena_str(&v->arena, str_view(&v->understood)));
    }
    page_private(v);
}

const StepFace FACE_DATE = {
    .where = ON_SESSION_FIELDS,
    .enter = enter,
    .stops = stops,
    .editor = editor,
    .changed = changed,
    .is_day = is_day,
    .build = build,
};
