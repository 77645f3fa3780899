#include "view_session.h"

#include <entente/text.h>

/* ---- title row ---- */

static const char *stage_title(const SessionView *v)
{
    switch (v->session->stage) {
    case STAGE_PREPARE: return "Prepare";
    case STAGE_REPAIR: return "Repair";
    case STAGE_RENEW: return "Renew";
    case STAGE_CLOSE: return "Close";
    default: return view_is_design(v) ? "Design" : "Check-in";
    }
}

static void add_left(const SessionView *v, int w, Str *out)
{
    const Session *s = v->session;
    str_add_c(out, stage_title(v));
    if (!s->partner[0]) {
        str_add_c(out, w < NARROW_BELOW ? "" : ": a new alliance");
    } else if (w < NARROW_BELOW) {
        str_add_char(out, ' ');
        app_short_name(s->partner, out);
    } else {
        str_addf(out, ": %s", s->partner);
    }
    if (s->together && w >= NARROW_BELOW) str_add_c(out, ", together");
    if (view_is_check_in(v) && w >= NARROW_BELOW) {
        str_add_c(out, ", ");
        date_print_long(out, app_today(s->app));
    }
}

/* How far: a design counts the step being written, any other session the questions behind it. */
static void add_bar(const SessionView *v, Str *out)
{
    const Session *s = v->session;
    size_t total = session_total(s), done = session_number(s) - (view_is_design(v) ? 0 : 1);
    str_add_c(out, "  [");
    str_add_fill(out, '#', done);
    str_add_fill(out, '.', total - done);
    str_add_c(out, "]");
}

/* From the fullest (0) to the shortest form. */
static void add_right(const SessionView *v, int form, Str *out)
{
    const Session *s = v->session;
    const SessionStep *step = session_step(s);
    if (step->kind == STEP_REVIEW) {
        str_add_c(out, step->title);
        return;
    }
    if (form < 2) str_add_c(out, view_is_design(v) ? "step " : "question ");
    str_addf(out, "%zu of %zu", session_number(s), session_total(s));
    if (form == 0) add_bar(v, out);
    Arena arena = {0};
    if (form < 3) str_addf(out, "%s%s", form < 2 ? "  " : " ", view_title(step, &arena));
    arena_finish(&arena);
}

static void add_saved(const SessionView *v, Str *out)
{
    const Session *s = v->session;
    bool leaving = v->focus == FOCUS_BUTTONS;
    if (leaving && view_narrow(v) && !instant_is_none(s->saved)) {
        str_add_c(out, "Leaving keeps the draft.");
        return;
    }
    if (!instant_is_none(s->saved)) {
        Date today = app_today(s->app), day = instant_date(s->saved);
        str_add_c(out, "Draft saved ");
        if (day != today) {
            date_print_short(out, day, today);
            str_add_char(out, ' ');
        }
        instant_print_clock(out, s->saved);
        if (leaving) str_add_c(out, ". Leaving keeps it.");
    } else if (leaving) {
        str_add_c(out, "Esc leaves.");
    }
}

/* Where the notes do not stand at the side, the key to them does. */
static void add_status(const SessionView *v, int w, Str *out)
{
    bool echoes = v->face->echoes || view_compact(v); /* few rows: the page itself may not show it */
    if (echoes && v->understood.len > 0) {
        str_add(out, str_view(&v->understood));
        return;
    }
    add_saved(v, out);
    if (!session_has_notes(v) || w >= SIDE_FROM) return;
    str_addf(out, "%sF6 %s", out->len ? "  " : "",
             w < NARROW_BELOW ? "Notes" : "What you noted for yourself");
}

void session_frame(const SessionView *v, const Ui *ui, Frame *f)
{
    int w, h;
    if (!v->session) return;
    ui_size(ui, &w, &h);
    add_left(v, w, &f->left);
    int room =
        w - text_width(str_view(&f->left)) - (app_is_demo(ui_app(ui)) ? 9 : 4); /* " DEMO" comes behind */
    for (int form = w < NARROW_BELOW ? 2 : 0; form < 4; form++) {
        str_clear(&f->right);
        add_right(v, form, &f->right);
        if (text_width(str_view(&f->right)) <= room) break;
    }
    add_status(v, w, &f->status);
}
