#include "view_session.h"

#include <entente/model.h>

/* Who is it about: asked first for a new alliance. */
enum { STOP_NAME, STOP_ROLE, STOP_WALK, WHO_STOPS };

static void enter(SessionView *v)
{
    view_read(v->fields[FIELD_NAME], &v->session->name);
    view_read(v->fields[FIELD_ROLE], &v->session->role);
}

static int stops(const SessionView *v)
{
    (void)v;
    return WHO_STOPS;
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

static bool key(SessionView *v, Ui *ui, int stop, Key key)
{
    int choice = v->session->deep;
    (void)ui;
    if (stop != STOP_WALK || !radio_key(key, 2, &choice)) return false;
    hand_over(v, choice == 1);
    return true;
}

static void build(SessionView *v, int w)
{
    bool deep = v->session->deep;
    page_head(v, w);
    page_field(v, w, "Name", 5, STOP_NAME, "");
    page_field(v, w, "Role", 5, STOP_ROLE, "partner, manager, friend (optional)");
    page_gap(v);
    page_text(v, w, 1, ROLE_NORMAL, "How far do you want to go today?");
    bool narrow = view_narrow(v);
    page_radio(v, STOP_WALK, !deep,
               narrow ? "short: about 15 minutes" : "short: six sections, about 15 minutes");
    page_radio(v, STOP_WALK, deep,
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
