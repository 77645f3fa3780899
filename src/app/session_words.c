#include "session_own.h"

#include <entente/text.h>
#include <string.h>

/* ---- what was understood ---- */

static void understood_scale(const Session *s, Str *out)
{
    const SessionStep *step = session_step(s);
    if (step->value > 0) str_addf(out, "%d: %s", step->value, step->prompt->scale[step->value - 1]);
}

static void understood_day(const Session *s, Str *out)
{
    Date day;
    Error why = {0};
    const SessionStep *step = session_step(s);
    if (sv_trim(str_view(&step->text)).len == 0) return;
    if (!session_when(s, &step->text, step->title, &day, &why)) {
        str_add_c(out, why.msg);
        return;
    }
    str_add_c(out, "Understood: ");
    date_print_long(out, day);
    str_add_c(out, ".");
}

static void understood_commitment(const Session *s, Str *out)
{
    size_t i = s->commits.len;
    while (i > 0 && sv_trim(str_view(&s->commits.at[i - 1].text)).len == 0) i--;
    if (i == 0) return;
    const CommitRow *row = &s->commits.at[i - 1];
    Date due;
    Error why = {0};
    if (!session_when(s, &row->by, "By", &due, &why)) {
        str_add_c(out, why.msg);
        return;
    }
    str_addf(out, "Understood: %s, \"%s\"", side_words(row->side, s->partner), row->text.buf);
    if (due != DATE_NONE) {
        str_add_c(out, ", by ");
        date_print_long(out, due);
    }
    str_add_c(out, ".");
}

static const AllianceRow *row_of(const Session *s)
{
    return s->alliance ? &s->own->row : NULL;
}

static void understood_cadence(const Session *s, bool brief, Str *out)
{
    Cadence cadence;
    Date first;
    Error why = {0};
    if (!cadence_parse(str_view(&s->cadence), &cadence, &why) ||
        !session_when(s, &s->first, "First check-in", &first, &why))
        str_add_c(out, why.msg);
    else
        app_cadence_preview(s->app, row_of(s), &cadence, first, brief, out);
}

static void understood_talked(const Session *s, Str *out)
{
    Date day;
    Error why = {0};
    if (s->talked == TALKED_NOT_YET || s->talked_on.len == 0) return;
    if (!session_talked_on(s, &day, &why)) {
        str_add_c(out, why.msg);
        return;
    }
    str_add_c(out, "Understood: ");
    date_print_long(out, day);
    str_add_c(out, ".");
}

void session_understood(const Session *s, Str *out)
{
    switch (session_step(s)->kind) {
    case STEP_SCALE: understood_scale(s, out); break;
    case STEP_COMMITMENTS: understood_commitment(s, out); break;
    case STEP_CADENCE: understood_cadence(s, false, out); break;
    case STEP_REVIEW: understood_talked(s, out); break;
    case STEP_DATE: understood_day(s, out); break;
    case STEP_WHO:
    case STEP_CHOICE:
    case STEP_TERMS:
    case STEP_TEXT: break;
    }
}

void session_understood_briefly(const Session *s, Str *out)
{
    if (session_step(s)->kind == STEP_CADENCE)
        understood_cadence(s, true, out);
    else
        session_understood(s, out);
}

/* ---- leaving ---- */

bool session_kept_words(const Session *s, Str *out)
{
    bool kept = s->own->draft.id != 0;
    if (kept)
        str_addf(out, "Draft kept: %zu of %zu.", session_number(s), session_total(s));
    else
        str_add_c(out, "Nothing was written, nothing is kept.");
    return kept;
}

void session_leave_words(const Session *s, Str *out)
{
    if (!session_kept_words(s, out)) return;
    if (stage_is_check_in(s->stage) || stage_is_design(s->stage)) {
        str_addf(out, " Press %s", stage_is_check_in(s->stage) ? "c" : s->alliance ? "e" : "n");
        if (s->alliance) str_addf(out, " on %s", s->partner);
        str_add_c(out, " to go on.");
        return;
    }
    str_addf(out, " : %s on %s goes on.", stage_name(s->stage), s->partner);
}

/* ---- the review ---- */

static void add_items(const SessionStep *step, Str *out)
{
    Lines lines = {0};
    step_lines(str_view(&step->text), &lines);
    if (lines.len == 1)
        str_add(out, lines.at[0]);
    else if (lines.len > 1)
        str_addf(out, "%zu items", lines.len);
    vec_finish(&lines);
}

static void add_commitments(const Session *s, Str *out)
{
    size_t settled = 0, made = 0;
    for (size_t i = 0; i < s->settle.len; i++) settled += s->settle.at[i].state != COMMITMENT_OPEN;
    for (size_t i = 0; i < s->commits.len; i++) made += sv_trim(str_view(&s->commits.at[i].text)).len > 0;
    if (made) str_addf(out, "%zu new", made);
    if (settled) str_addf(out, "%s%zu settled", made ? ", " : "", settled);
}

static void add_terms(const Session *s, Str *out)
{
    size_t marks[TERM_MARK_COUNT] = {0}, changed = 0, dropped = 0;
    for (size_t i = 0; i < s->terms.len; i++) {
        marks[s->terms.at[i].mark]++;
        changed += s->terms.at[i].deal == DEAL_CHANGE && term_row_changes(&s->terms.at[i]);
        dropped += s->terms.at[i].deal == DEAL_DROP;
    }
    for (TermMark m = TERM_LIVED; m < TERM_MARK_COUNT; m++)
        if (marks[m]) str_addf(out, "%s%zu %s", out->len ? ", " : "", marks[m], term_mark_words(m));
    if (changed) str_addf(out, "%s%zu changed", out->len ? ", " : "", changed);
    if (dropped) str_addf(out, "%s%zu dropped", out->len ? ", " : "", dropped);
    if (!out->len && !stage_is_check_in(s->stage) && s->terms.len) str_add_c(out, "left as they are");
}

static void add_cadence(const Session *s, Str *out)
{
    Cadence cadence;
    Date first;
    if (!cadence_parse(str_view(&s->cadence), &cadence, NULL)) return;
    cadence_print_words(out, &cadence);
    if (!session_when(s, &s->first, "", &first, NULL) ||
        !app_cadence_days(s->app, row_of(s), &cadence, first, &first, 1))
        return;
    str_add_c(out, " from ");
    date_print_short(out, first, app_today(s->app));
}

static void add_first_line(Str *out, StrView text)
{
    text = sv_trim(text);
    str_add(out, sv_trim(sv_cut(&text, '\n')));
    if (text.len > 0) str_add_c(out, " …");
}

static void review_text(const Session *s, const SessionStep *step, Str *out)
{
    StrView first = str_view(&step->text);
    switch (step->kind) {
    case STEP_WHO: str_addf(out, s->role.len ? "%s, %s" : "%s%s", s->name.buf, s->role.buf); break;
    case STEP_TEXT:
        if (step->items)
            add_items(step, out);
        else
            add_first_line(out, first);
        break;
    case STEP_SCALE:
        if (step->value) str_addf(out, "%d: %s", step->value, step->prompt->scale[step->value - 1]);
        break;
    case STEP_COMMITMENTS: add_commitments(s, out); break;
    case STEP_CADENCE: add_cadence(s, out); break;
    case STEP_CHOICE:
        if (step->value) str_add_c(out, step->prompt->choices[step->value - 1].words);
        break;
    case STEP_TERMS: add_terms(s, out); break;
    case STEP_DATE: str_add(out, sv_trim(str_view(&step->text))); break;
    case STEP_REVIEW: break;
    }
    if (out->len == 0) str_add_c(out, step->kind == STEP_COMMITMENTS ? "none" : "left open");
}

size_t session_review(const Session *s, Arena *arena, ReviewLine **ret)
{
    size_t n = 0;
    ReviewLine *lines = arena_array(arena, s->count, sizeof *lines);
    Str text;
    str_init(&text);
    for (size_t i = 0; i + 1 < s->count; i++) {
        str_clear(&text);
        review_text(s, &s->steps[i], &text);
        lines[n++] = (ReviewLine){i, s->steps[i].title, arena_str(arena, str_view(&text))};
    }
    str_finish(&text);
    *ret = lines;
    return n;
}

/* In talk mode a title stands for the turns of both. */
static void add_left_open(const Session *s, Str *out)
{
    const char *last = "";
    for (size_t i = 0; i < s->count; i++) {
        const SessionStep *step = &s->steps[i];
        if (step->kind != STEP_TEXT || step_has_content(s, step) || strcmp(step->title, last) == 0) continue;
        str_addf(out, "%s%s", last[0] ? ", " : " Left open: ", step->title);
        last = step->title;
    }
    if (last[0]) str_add_c(out, ".");
}

static void answered_words(const Session *s, Str *out)
{
    size_t answered = 0, total = session_total(s);
    for (size_t i = 0; i < total; i++) answered += step_has_content(s, &s->steps[i]);
    str_addf(out, "%zu of %zu answered", answered, total);
    if (answered < total) str_addf(out, ", %zu left open", total - answered);
    str_add_c(out, ".");
    const SessionStep *trust = session_trust_step(s);
    if (trust && trust->value) str_addf(out, " Trust %d.", trust->value);
    Str made;
    str_init(&made);
    add_commitments(s, &made);
    if (made.len) str_addf(out, " Commitments: %s.", made.buf);
    str_finish(&made);
}

static void agreement_words(const Session *s, Str *out)
{
    if (session_changes_agreement(s))
        str_addf(out, "This becomes version %d.", s->version + 1);
    else if (s->version)
        str_addf(out, "Nothing differs from version %d.", s->version);
    else
        str_add_c(out, "No term is written yet.");
}

void session_review_words(const Session *s, Str *out)
{
    if (stage_is_design(s->stage)) {
        agreement_words(s, out);
        add_left_open(s, out);
        return;
    }
    answered_words(s, out);
    bool amends = s->stage == STAGE_RENEW || s->stage == STAGE_REPAIR;
    if (amends && session_changes_agreement(s)) {
        str_add_c(out, " ");
        agreement_words(s, out);
    }
    if (s->stage == STAGE_CLOSE)
        str_addf(out, " Keeping it ends the alliance with %s; its history stays.", s->partner);
}

bool session_changes_agreement(const Session *s)
{
    for (size_t i = 0; i < s->count; i++)
        if (step_changes_agreement(&s->steps[i])) return true;
    for (size_t i = 0; i < s->terms.len; i++)
        if (term_row_changes(&s->terms.at[i])) return true;
    return false;
}
