#include "view_session.h"

#include <entente/cadence.h>

/* How often, and from when. */
static const struct {
    const char *label, *cadence;
} CHOICES[] = {
    {"every week", "every week"},
    {"every 2 weeks", "every 2 weeks"},
    {"every month", "every month"},
    {"every 3 months", "every 3 months"},
    {"other:", NULL},
    {"no reminder, I will decide myself", ""},
};
enum { CHOICE_COUNT = 6, CHOICE_OTHER = 4, CHOICE_NONE = 5, STOP_OTHER = 1 };

static bool same_cadence(StrView a, const char *b)
{
    Cadence x, y;
    return cadence_parse(a, &x, NULL) && cadence_parse(sv(b), &y, NULL) && x.kind == y.kind &&
           x.unit == y.unit && x.every == y.every;
}

static int choice_of(StrView cadence)
{
    if (sv_trim(cadence).len == 0) return CHOICE_NONE;
    for (int i = 0; i < CHOICE_OTHER; i++)
        if (same_cadence(cadence, CHOICES[i].cadence)) return i;
    return CHOICE_OTHER;
}

static void enter(SessionView *v)
{
    Session *s = v->session;
    v->choice = choice_of(str_view(&s->cadence));
    if (v->choice == CHOICE_OTHER) view_read(v->fields[FIELD_OTHER], &s->cadence);
    view_read(v->fields[FIELD_FIRST], &s->first);
}

/* The field of "other" and the first day are stops only where they mean something. */
static int stops(const SessionView *v)
{
    return v->choice == CHOICE_OTHER ? 3 : v->choice == CHOICE_NONE ? 1 : 2;
}

static Editor *editor(const SessionView *v, int stop)
{
    if (stop < 1 || stop >= stops(v)) return NULL;
    return v->fields[stop == 1 && v->choice == CHOICE_OTHER ? FIELD_OTHER : FIELD_FIRST];
}

/* What was chosen before stays until "other" says something. */
static void changed(SessionView *v, int stop)
{
    (void)stop;
    if (v->choice == CHOICE_OTHER && sv_trim(editor_text(v->fields[FIELD_OTHER])).len == 0) return;
    StrView cadence =
        v->choice == CHOICE_OTHER ? editor_text(v->fields[FIELD_OTHER]) : sv(CHOICES[v->choice].cadence);
    StrView first = v->choice == CHOICE_NONE ? SV("") : editor_text(v->fields[FIELD_FIRST]);
    session_set_cadence(v->session, cadence, first);
}

static bool other_is_empty(const SessionView *v)
{
    return v->choice == CHOICE_OTHER && sv_trim(editor_text(v->fields[FIELD_OTHER])).len == 0;
}

static int wrong(const SessionView *v, Error *err)
{
    Cadence c;
    if (v->choice != CHOICE_OTHER) return NO_STOP;
    if (other_is_empty(v))
        return error_set(err, ERR_USAGE, "How often is empty. Write it, for example: every 10 days."),
               STOP_OTHER;
    return cadence_parse(editor_text(v->fields[FIELD_OTHER]), &c, err) ? NO_STOP : STOP_OTHER;
}

/* Space on "other", or simply writing, goes to its field. */
static bool other_key(SessionView *v, Key key)
{
    if (v->choice == CHOICE_OTHER && (key == ' ' || key == KEYN_ENTER)) {
        v->focus = STOP_OTHER;
        return true;
    }
    if (!key_is_text(key) || key == ' ' || key == 'j' || key == 'k') return false;
    v->choice = CHOICE_OTHER;
    v->focus = STOP_OTHER;
    if (editor_key(v->fields[FIELD_OTHER], key, 0) == EDIT_CHANGED) changed(v, STOP_OTHER);
    return true;
}

static bool key(SessionView *v, Ui *ui, int stop, Key key)
{
    int choice = v->choice;
    (void)ui;
    if (stop == 0 && other_key(v, key)) return true;
    if (stop != 0 || !radio_key(key, CHOICE_COUNT, &choice)) return false;
    v->choice = choice;
    changed(v, stop);
    return true;
}

static bool is_day(const SessionView *v, int stop)
{
    return editor(v, stop) == v->fields[FIELD_FIRST];
}

/* In few rows it comes into sight with the last field before it. */
static void add_preview(SessionView *v, int w)
{
    page_gap(v);
    size_t from = v->page.lines.len;
    page_text(v, w, 1, ROLE_NORMAL, arena_str(&v->arena, str_view(&v->understood)));
    bool last = v->focus == stops(v) - 1;
    for (size_t i = from; last && i < v->page.lines.len; i++) v->page.lines.at[i].at_focus = true;
}

static void build(SessionView *v, int w)
{
    page_head(v, w);
    for (int i = 0; i < CHOICE_COUNT; i++) {
        bool brief = i == CHOICE_NONE && view_narrow(v);
        size_t line = page_radio(v, 0, i == v->choice, brief ? "no reminder" : CHOICES[i].label);
        if (i != CHOICE_OTHER || v->choice != i) continue;
        page_radio_field(v, w, line, 30, 1);
        v->page.lines.at[line].behind = "every 10 days, every 6 weeks";
    }
    if (v->choice != CHOICE_NONE) {
        page_gap(v);
        page_field(v, w, "First check-in", 15, stops(v) - 1, "or words: \"in 10 days\", \"fri\"");
    }
    if (v->understood.len > 0 && !other_is_empty(v)) add_preview(v, w);
}

const StepFace FACE_CADENCE = {
    .where = ON_SESSION_FIELDS,
    .enter = enter,
    .stops = stops,
    .editor = editor,
    .changed = changed,
    .key = key,
    .wrong = wrong,
    .is_day = is_day,
    .build = build,
};
