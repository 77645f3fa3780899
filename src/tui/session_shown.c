#include "view_session.h"

#include <entente/text.h>
#include <entente/when.h>

/* The step that is shown, and what its face asks about it. */

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

bool view_read(Editor *e, const Str *text)
{
    if (sv_eq(editor_text(e), str_view(text))) return false;
    editor_set(e, str_view(text));
    return true;
}

/* The words are relative to the day they were said; a draft may be finished on another. */
bool view_fix_day(const SessionView *v, Editor *e)
{
    Date today = app_today(v->session->app);
    When said, again;
    Str day;
    if (!when_parse(sv_trim(editor_text(e)), today, &said, NULL)) return false;
    str_init(&day);
    date_print_short(&day, said.date, today);
    if (!when_parse(str_view(&day), today, &again, NULL) || again.date != said.date) {
        str_clear(&day);
        date_print_iso(&day, said.date);
    }
    bool changes = !sv_eq(str_view(&day), editor_text(e));
    if (changes) editor_replace(e, str_view(&day));
    str_finish(&day);
    return changes;
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

void view_drop_texts(SessionView *v)
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
    v->from_review = false;
    v->focus = v->stop_before = 0;
    v->why = WHY_AS_FITS;
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

size_t view_after(const SessionView *v)
{
    return v->from_review ? v->session->count - 1 : v->session->at + 1;
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
    size_t after = view_after(v);
    bool to_review = s->steps[after].kind == STEP_REVIEW, design = s->stage == STAGE_DESIGN;
    const char *review = view_narrow(v)   ? "Review"
                         : v->from_review ? "Back to the review"
                                          : "Review and finish";
    buttons_add(&v->buttons, PRESS_NEXT, to_review ? review : towards(v, "Next", after));
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
