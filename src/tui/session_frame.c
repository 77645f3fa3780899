#include "view_session.h"

#include <entente/text.h>

/* ---- title row ---- */

static void add_left(const SessionView *v, int w, Str *out)
{
    const Session *s = v->session;
    str_add_c(out, s->stage == STAGE_CHECK_IN ? "Check-in" : "Design");
    if (!s->partner[0]) {
        str_add_c(out, w < NARROW_BELOW ? "" : ": a new alliance");
    } else if (w < NARROW_BELOW) {
        str_add_char(out, ' ');
        app_short_name(s->partner, out);
    } else {
        str_addf(out, ": %s", s->partner);
    }
    if (s->stage == STAGE_CHECK_IN && w >= NARROW_BELOW) {
        str_add_c(out, ", ");
        date_print_long(out, app_today(s->app));
    }
}

/* How far: a design counts the step being written, a check-in the questions behind it. */
static void add_bar(const Session *s, Str *out)
{
    size_t total = session_total(s), done = session_number(s) - (s->stage == STAGE_CHECK_IN ? 1 : 0);
    str_add_c(out, "  [");
    str_add_fill(out, '#', done);
    str_add_fill(out, '.', total - done);
    str_add_c(out, "]");
}

/* From the fullest (0) to the shortest form. */
static void add_right(const Session *s, int form, Str *out)
{
    const SessionStep *step = session_step(s);
    if (step->kind == STEP_REVIEW) {
        str_add_c(out, step->title);
        return;
    }
    if (form < 2) str_add_c(out, s->stage == STAGE_CHECK_IN ? "question " : "step ");
    str_addf(out, "%zu of %zu", session_number(s), session_total(s));
    if (form == 0) add_bar(s, out);
    if (form < 3) str_addf(out, "%s%s", form < 2 ? "  " : " ", step->title);
}

static void add_status(const SessionView *v, Str *out)
{
    const Session *s = v->session;
    bool echoes = v->face->echoes || view_compact(v); /* few rows: the page itself may not show it */
    if (echoes && v->understood.len > 0) {
        str_add(out, str_view(&v->understood));
        return;
    }
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
        add_right(v->session, form, &f->right);
        if (text_width(str_view(&f->right)) <= room) break;
    }
    add_status(v, &f->status);
}

/* ---- the steps at the side, where there is room ---- */

static const char *tick(StepMark mark)
{
    return mark == STEP_ANSWERED ? "[x]" : mark == STEP_SKIPPED ? "[-]" : "[ ]";
}

void session_draw_side(const SessionView *v, Canvas *c, Rect at)
{
    const Session *s = v->session;
    int rows = at.h - 2, top = (int)s->at >= rows ? (int)s->at - rows + 1 : 0;
    for (int i = 0; i < rows && (size_t)(top + i) < s->count; i++) {
        const SessionStep *step = &s->steps[top + i];
        bool here = (size_t)(top + i) == s->at;
        const char *mark = step->kind == STEP_REVIEW ? "   " : tick(step->mark);
        canvas_textf(c, at.x + 1, at.y + 1 + i, at.w - 3, here ? ROLE_STRONG : ROLE_NORMAL, "%c %s %s",
                     here ? '>' : ' ', mark, step->title);
    }
}
