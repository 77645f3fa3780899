#include "view_session.h"

#include <entente/text.h>

static const char *tick(StepMark mark)
{
    return mark == STEP_ANSWERED ? "[x]" : mark == STEP_SKIPPED ? "[-]" : "[ ]";
}

/* Returns the row behind the last step drawn. */
static int draw_steps(const Session *s, Canvas *c, Rect at)
{
    Arena arena = {0};
    int top = (int)s->at >= at.h ? (int)s->at - at.h + 1 : 0, i = 0;
    for (; i < at.h && (size_t)(top + i) < s->count; i++) {
        const SessionStep *step = &s->steps[top + i];
        bool here = (size_t)(top + i) == s->at;
        const char *mark = step->kind == STEP_REVIEW ? "   " : tick(step->mark);
        canvas_textf(c, at.x, at.y + i, at.w, here ? ROLE_STRONG : ROLE_NORMAL, "%c %s %s", here ? '>' : ' ',
                     mark, view_title(step, &arena));
    }
    arena_finish(&arena);
    return at.y + i;
}

/* A wrapped text from row y on, as far as there is room; the row behind it. */
static int draw_note(Canvas *c, Rect at, int y, Role role, const char *text)
{
    int room = at.y + at.h - y, rows = view_text_rows(at.w, text);
    if (room <= 0) return y;
    view_draw_text(c, (Rect){at.x, y, at.w, rows < room ? rows : room}, role, text);
    return y + rows;
}

static void draw_notes(const Session *s, Canvas *c, Rect at)
{
    int y = draw_note(c, at, at.y, ROLE_STRONG, "What you noted for yourself") + 1;
    for (size_t i = 0; i < s->note_count; i++) {
        y = draw_note(c, at, y, ROLE_NORMAL, s->notes[i].question);
        Rect in = {at.x + 2, at.y, at.w - 2, at.h};
        y = draw_note(c, in, y, ROLE_NORMAL, s->notes[i].text) + 1;
    }
    /* All of it is a key away; the last row says so where something is cut. */
    if (y - 1 <= at.y + at.h) return;
    canvas_fill(c, (Rect){at.x, at.y + at.h - 1, at.w, 1}, ' ', ROLE_NORMAL);
    canvas_text(c, at.x, at.y + at.h - 1, at.w, ROLE_NORMAL, SV("F6 shows all of it"));
}

enum { NOTES_LEAST = 6 };

void session_draw_side(const SessionView *v, Canvas *c, Rect at)
{
    Rect in = {at.x + 1, at.y + 1, at.w - 3, at.h - 2};
    bool notes = session_has_notes(v) && in.h > 2 * NOTES_LEAST;
    Rect steps = in;
    if (notes && (int)v->session->count > in.h - NOTES_LEAST - 1) steps.h = in.h - NOTES_LEAST - 1;
    int y = draw_steps(v->session, c, steps) + 1;
    if (notes) draw_notes(v->session, c, (Rect){in.x, y, in.w, in.y + in.h - y});
}
