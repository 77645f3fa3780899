#include "view_session.h"

#include <entente/text.h>
#include <entente/when.h>

/* The step that is shown, and what its face asks about it. */

const char VIEW_FOLLOWS[] = "(follows from your last answer)";

/* ---- what faces ask ---- */

Editor *session_editor(const SessionView *v)
{
    return v->text;
}

bool view_is_design(const SessionView *v)
{
    return v->session->stage == STAGE_DESIGN || v->session->stage == STAGE_TEAM_DESIGN;
}

bool view_is_check_in(const SessionView *v)
{
    return v->session->stage == STAGE_CHECK_IN || v->session->stage == STAGE_TEAM_CHECK_IN;
}

bool view_deals(const SessionView *v)
{
    return v->session->stage == STAGE_REPAIR || v->session->stage == STAGE_RENEW;
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

bool view_hides(const SessionView *v, const SessionStep *step)
{
    return v->session->together && (step->is_private || step->was_private) && step->text.len > 0;
}

/* ---- the head of a step ---- */

const char *view_asked(const SessionStep *step, Arena *arena)
{
    if (!step->asked[0] || strcmp(step->asked, "You") == 0) return step->asked;
    Str name;
    str_init(&name);
    app_short_name(step->asked, &name);
    const char *kept = arena_str(arena, str_view(&name));
    str_finish(&name);
    return kept;
}

const char *view_title(const SessionStep *step, Arena *arena)
{
    if (!step->asked[0]) return step->title;
    return arena_strf(arena, "%s, %s", step->title, view_asked(step, arena));
}

bool view_follows(const SessionView *v)
{
    const char *by = session_step(v->session)->opened_by;
    return by && by[0];
}

void view_read_words(SessionView *v)
{
    const SessionStep *step = session_step(v->session);
    /* Earlier ratings seen before the choice would pull the new one towards them. */
    bool later = step->kind == STEP_SCALE && step->last_time[0], reasoned = step->reason[0] && !later;
    const char *question = step->question;
    if (step->asked[0]) question = arena_strf(&v->arena, "%s: %s", view_asked(step, &v->arena), question);
    v->words = (StepWords){.question = question, .reason = "", .help = step->help, .later = ""};
    if (later && step->reason[0]) v->words.later = arena_strf(&v->arena, "Why now: %s", step->reason);
    if (reasoned)
        v->words.reason = arena_strf(&v->arena, "Why now: %s", step->reason);
    else if (step->help[0])
        v->words.help = arena_strf(&v->arena, "Why this is asked: %s", step->help);
    v->shows_why = view_has_why(v) && (v->why == WHY_SHOWN || (v->why == WHY_AS_FITS && !view_compact(v)));
    v->shows_help = v->shows_why && v->words.help[0];
}

bool view_has_why(const SessionView *v)
{
    return v->words.reason[0] || v->words.help[0];
}

const char *view_why(const SessionView *v, Arena *arena)
{
    const StepWords *k = &v->words;
    if (!v->shows_why) return "";
    if (!k->reason[0]) return k->help;
    return v->shows_help ? arena_strf(arena, "%s\n%s", k->reason, k->help) : k->reason;
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
    case STEP_CHOICE: return &FACE_CHOICE;
    case STEP_COMMITMENTS: return &FACE_COMMITMENTS;
    case STEP_TERMS: return &FACE_TERMS;
    case STEP_DATE: return &FACE_DATE;
    case STEP_CADENCE: return &FACE_CADENCE;
    case STEP_REVIEW: break;
    }
    return &FACE_REVIEW;
}

void view_drop_texts(SessionView *v)
{
    for (size_t i = 0; i < v->texts.len; i++) {
        editor_free(v->texts.at[i].editor);
        free(v->texts.at[i].of);
    }
    v->texts.len = 0;
    v->text = NULL;
}

static Editor *new_text(StepKind kind)
{
    bool line = kind == STEP_SCALE || kind == STEP_DATE;
    size_t most = kind == STEP_DATE ? NAME_MAX_BYTES : line ? LINE_MAX_BYTES : TEXT_MAX_BYTES;
    return editor_new(line, most);
}

static void find_text(SessionView *v)
{
    const SessionStep *step = session_step(v->session);
    Str of;
    str_init(&of);
    str_addf(&of, "%s %s", step->key, step->asked);
    size_t i = 0;
    while (i < v->texts.len && strcmp(v->texts.at[i].of, of.buf) != 0) i++;
    if (i == v->texts.len) vec_push(&v->texts, (StepText){mem_strdup(of.buf), new_text(step->kind)});
    v->text = v->texts.at[i].editor;
    str_finish(&of);
}

void view_enter(SessionView *v)
{
    find_text(v);
    v->face = face_of(session_step(v->session)->kind);
    v->from_review = false;
    v->hidden = view_hides(v, session_step(v->session));
    v->focus = v->stop_before = 0;
    v->why = WHY_AS_FITS;
    v->page.top = 0;
    v->buttons.focus = 0;
    v->face->enter(v);
    view_step_buttons(v);
}

static const char *towards(SessionView *v, const char *word, size_t step)
{
    if (view_narrow(v)) return word;
    return arena_strf(&v->arena, "%s: %s", word, view_title(&v->session->steps[step], &v->arena));
}

static const char *skip_words(const SessionView *v)
{
    if (view_narrow(v)) return "Skip";
    if (session_step(v->session)->kind == STEP_SCALE) return "Rather not say";
    return view_is_design(v) ? "Skip for now" : "Skip";
}

size_t view_after(const SessionView *v)
{
    return v->from_review ? v->session->count - 1 : v->session->at + 1;
}

static const char *keep_words(SessionView *v)
{
    const Session *s = v->session;
    bool version = session_changes_agreement(s);
    switch (s->stage) {
    case STAGE_PREPARE: return "Keep these notes";
    case STAGE_REPAIR: return "Keep this repair";
    case STAGE_CLOSE: return "Close this alliance";
    case STAGE_RENEW:
        if (!version) return "Keep this renewal";
        break;
    case STAGE_DESIGN:
    case STAGE_TEAM_DESIGN:
        if (!version) return "Finish";
        break;
    default: return "Keep this check-in";
    }
    return arena_strf(&v->arena, "Keep version %d", s->version + 1);
}

static void add_review_buttons(SessionView *v)
{
    buttons_add(&v->buttons, PRESS_KEEP, keep_words(v));
    buttons_add(&v->buttons, PRESS_BACK, "Back");
}

/* What is written can become a commitment only where new ones are asked about. */
static bool asks_commitments(const Session *s)
{
    for (size_t i = 0; i < s->count; i++)
        if (s->steps[i].kind == STEP_COMMITMENTS) return true;
    return false;
}

static void add_step_buttons(SessionView *v)
{
    const Session *s = v->session;
    const SessionStep *step = session_step(s);
    size_t after = view_after(v);
    bool to_review = s->steps[after].kind == STEP_REVIEW, design = view_is_design(v);
    const char *review = view_narrow(v)   ? "Review"
                         : v->from_review ? "Back to the review"
                                          : "Review and finish";
    buttons_add(&v->buttons, PRESS_NEXT, to_review ? review : towards(v, "Next", after));
    if (step->kind != STEP_WHO && step->kind != STEP_CADENCE)
        buttons_add(&v->buttons, PRESS_SKIP, skip_words(v));
    if (s->at > 0) buttons_add(&v->buttons, PRESS_BACK, design ? towards(v, "Back", s->at - 1) : "Back");
    if (!design && step->kind == STEP_TEXT && asks_commitments(s))
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
