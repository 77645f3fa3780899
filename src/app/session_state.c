#include "session_own.h"

#include <entente/json.h>
#include <string.h>

/* The draft's JSON. Version 1; keys are read leniently, because what is missing is simply not yet answered.
 */

static const char *const MARKS[] = {"open", "answered", "skipped"};

static void write_steps(const Session *s, JsonWriter *w)
{
    json_open(w, "steps", '[');
    for (size_t i = 0; i < s->count; i++) {
        const SessionStep *step = &s->steps[i];
        json_open(w, NULL, '{');
        json_put_text(w, "key", step->key);
        json_put_text(w, "title", step->title);
        json_put_text(w, "question", step->question);
        json_put_text(w, "help", step->help);
        if (step->reason[0]) json_put_text(w, "reason", step->reason);
        if (step->opened_by[0]) json_put_text(w, "opened_by", step->opened_by);
        json_put_text(w, "mark", MARKS[step->mark]);
        json_put_view(w, "text", str_view(&step->text));
        json_put_int(w, "cursor", (int64_t)step->cursor);
        json_put_int(w, "value", step->value);
        json_put_bool(w, "private", step->is_private);
        if (step->has_section) {
            json_put_text(w, "before", step->before);
            json_put_bool(w, "was_private", step->was_private);
        }
        json_close(w, '}');
    }
    json_close(w, ']');
}

static void write_commitments(const Session *s, JsonWriter *w)
{
    json_open(w, "settle", '[');
    for (size_t i = 0; i < s->settle.len; i++) {
        json_open(w, NULL, '{');
        json_put_id(w, "id", s->settle.at[i].id);
        json_put_text(w, "state", commitment_state_name(s->settle.at[i].state));
        json_close(w, '}');
    }
    json_close(w, ']');
    json_open(w, "commits", '[');
    for (size_t i = 0; i < s->commits.len; i++) {
        if (!s->commits.at[i].text.len && !s->commits.at[i].by.len) continue;
        json_open(w, NULL, '{');
        json_put_text(w, "side", side_name(s->commits.at[i].side));
        json_put_view(w, "text", str_view(&s->commits.at[i].text));
        json_put_view(w, "by", str_view(&s->commits.at[i].by));
        json_close(w, '}');
    }
    json_close(w, ']');
}

static void write_terms(const Session *s, JsonWriter *w)
{
    json_open(w, "terms", '[');
    for (size_t i = 0; i < s->terms.len; i++) {
        const TermRow *row = &s->terms.at[i];
        json_open(w, NULL, '{');
        json_put_id(w, "id", row->id);
        json_put_text(w, "mark", term_mark_name(row->mark));
        json_put_int(w, "deal", row->deal);
        json_put_view(w, "change", str_view(&row->change));
        json_close(w, '}');
    }
    json_close(w, ']');
}

void session_write_state(const Session *s, Str *out)
{
    JsonWriter w = json_writer(out);
    json_open(&w, NULL, '{');
    json_put_int(&w, "version", 1);
    json_put_int(&w, "at", (int64_t)s->at);
    json_put_bool(&w, "new", s->own->is_new);
    json_put_bool(&w, "deep", s->deep);
    if (s->own->one_section) json_put_text(&w, "section", section_name(s->own->section));
    json_put_view(&w, "name", str_view(&s->name));
    json_put_view(&w, "role", str_view(&s->role));
    write_steps(s, &w);
    write_commitments(s, &w);
    write_terms(s, &w);
    json_put_view(&w, "situation", str_view(&s->situation));
    json_put_bool(&w, "together", s->together);
    json_put_view(&w, "cadence", str_view(&s->cadence));
    json_put_view(&w, "first", str_view(&s->first));
    json_put_text(&w, "talked", talked_name(s->talked));
    json_put_view(&w, "talked_on", str_view(&s->talked_on));
    json_put_view(&w, "reason", str_view(&s->reason));
    json_put_bool(&w, "private", s->is_private);
    json_close(&w, '}');
}

/* ---- and back ---- */

static const char *text_of(const Json *object, const char *key)
{
    const char *text = json_text(json_get(object, key));
    return text ? text : "";
}

static int64_t int_of(const Json *object, const char *key)
{
    int64_t value;
    return json_int(json_get(object, key), &value) ? value : 0;
}

static StepMark mark_of(const Json *object)
{
    for (int mark = STEP_OPEN; mark <= STEP_SKIPPED; mark++)
        if (strcmp(text_of(object, "mark"), MARKS[mark]) == 0) return (StepMark)mark;
    return STEP_OPEN;
}

static const char *kept_text(Session *s, const Json *j, const char *key)
{
    return arena_str(&s->own->arena, sv(text_of(j, key)));
}

static bool has_line(const Lines *lines, StrView line)
{
    for (size_t i = 0; i < lines->len; i++)
        if (sv_eq(lines->at[i], line)) return true;
    return false;
}

/*
 * The agreement may have been amended since the draft was left. As in a merge of three: what was
 * agreed on meanwhile joins what was typed, and what was retired meanwhile and only stood there goes.
 */
static void merge_lines(Str *out, StrView typed, StrView then, StrView now)
{
    Lines mine = {0}, old = {0}, new = {0};
    step_lines(typed, &mine);
    step_lines(then, &old);
    step_lines(now, &new);
    for (size_t i = 0; i < mine.len; i++) {
        if (has_line(&old, mine.at[i]) && !has_line(&new, mine.at[i])) continue;
        if (out->len) str_add_char(out, '\n');
        str_add(out, mine.at[i]);
    }
    for (size_t i = 0; i < new.len; i++) {
        if (has_line(&old, new.at[i]) || has_line(&mine, new.at[i])) continue;
        if (out->len) str_add_char(out, '\n');
        str_add(out, new.at[i]);
    }
    vec_finish(&mine);
    vec_finish(&old);
    vec_finish(&new);
}

/* True when this part of the agreement is another than when the draft was left. */
static bool amended_since(const SessionStep *step, const Json *j)
{
    const char *then = json_text(json_get(j, "before"));
    if (!step->has_section || !then) return false;
    return strcmp(then, step->before) != 0 || json_bool(json_get(j, "was_private")) != step->was_private;
}

static void read_typed(SessionStep *step, const Json *j)
{
    StrView typed = sv(text_of(j, "text"));
    bool is_private = json_bool(json_get(j, "private"));
    if (!amended_since(step, j)) {
        str_set(&step->text, typed);
        step->is_private = is_private;
        return;
    }
    Str merged;
    str_init(&merged);
    merge_lines(&merged, typed, sv(text_of(j, "before")), sv(step->before));
    str_set(&step->text, str_view(&merged));
    str_finish(&merged);
    if (is_private != json_bool(json_get(j, "was_private"))) step->is_private = is_private;
}

/* A question stays as it was asked, also where the pack has lost or changed its prompt since. */
static void read_step(Session *s, const Json *j)
{
    SessionStep *step = session_find(s, text_of(j, "key"));
    if (!step) return;
    read_typed(step, j);
    int64_t cursor = int_of(j, "cursor"), value = int_of(j, "value");
    step->cursor = cursor >= 0 && (size_t)cursor < step->text.len ? (size_t)cursor : step->text.len;
    step->value = value > 0 && (size_t)value <= step_values(step) ? (int)value : 0;
    step->mark = mark_of(j);
    if (!text_of(j, "question")[0]) return;
    step->title = kept_text(s, j, "title");
    step->question = kept_text(s, j, "question");
    if (text_of(j, "help")[0]) step->help = kept_text(s, j, "help");
    step->reason = kept_text(s, j, "reason");
}

static void read_steps(Session *s, const Json *steps)
{
    StepPlan plan[SESSION_KEYS_MAX];
    size_t n = 0;
    for (const Json *j = json_first(steps); j && n < SESSION_KEYS_MAX - 1; j = json_next(j))
        if (text_of(j, "key")[0] && strcmp(text_of(j, "key"), "review") != 0)
            plan[n++] = (StepPlan){text_of(j, "key"), NULL, text_of(j, "opened_by")};
    plan[n++] = (StepPlan){"review", NULL, ""};
    session_build(s, plan, n);
    for (const Json *j = json_first(steps); j; j = json_next(j)) read_step(s, j);
}

static void read_term(Session *s, const Json *j)
{
    long id;
    int64_t deal = int_of(j, "deal");
    TermRow row = {0};
    if (!sv_to_int(sv(text_of(j, "id")), 1, INT64_MAX, &id)) return;
    for (size_t i = 0; i < s->own->term_count; i++) {
        const Term *t = &s->own->terms[i];
        if (t->id == id && t->to_version == 0)
            row = (TermRow){.id = t->id, .section = t->section, .side = t->side, .text = t->text};
    }
    if (!row.id) return; /* somebody retired it since */
    term_mark_parse(sv(text_of(j, "mark")), &row.mark);
    row.deal = deal >= 0 && deal < DEAL_COUNT ? (TermDeal)deal : DEAL_KEEP;
    str_init(&row.change);
    str_set(&row.change, sv(text_of(j, "change")));
    vec_push(&s->terms, row);
}

static void read_settle(Session *s, const Json *j)
{
    long id;
    CommitmentState state;
    if (!sv_to_int(sv(text_of(j, "id")), 1, INT64_MAX, &id) ||
        !commitment_state_parse(sv(text_of(j, "state")), &state))
        return;
    for (size_t i = 0; i < s->settle.len; i++)
        if (s->settle.at[i].id == id) s->settle.at[i].state = state;
}

static void read_commitments(Session *s, const Json *root)
{
    for (const Json *j = json_first(json_get(root, "settle")); j; j = json_next(j)) read_settle(s, j);
    for (const Json *j = json_first(json_get(root, "commits")); j; j = json_next(j)) {
        Side side = SIDE_ME;
        side_parse(sv(text_of(j, "side")), &side);
        session_set_commit(s, s->commits.len - 1, side, sv(text_of(j, "text")), sv(text_of(j, "by")));
        if (s->commits.at[s->commits.len - 1].by.len) session_add_commit_row(s);
    }
}

static void read_fields(Session *s, const Json *root)
{
    str_set(&s->name, sv(text_of(root, "name")));
    str_set(&s->role, sv(text_of(root, "role")));
    str_set(&s->cadence, sv(text_of(root, "cadence")));
    str_set(&s->first, sv(text_of(root, "first")));
    str_set(&s->talked_on, sv(text_of(root, "talked_on")));
    str_set(&s->reason, sv(text_of(root, "reason")));
    talked_parse(sv(text_of(root, "talked")), &s->talked);
    s->is_private = json_bool(json_get(root, "private"));
    s->deep = json_bool(json_get(root, "deep"));
    s->together = json_bool(json_get(root, "together"));
    str_set(&s->situation, sv(text_of(root, "situation")));
    s->own->is_new = json_bool(json_get(root, "new"));
    s->own->one_section = section_parse(sv(text_of(root, "section")), &s->own->section);
}

bool session_read_state(Session *s, const char *state, Error *err)
{
    Json *root;
    if (!json_parse(sv(state), "the draft", &root, err)) return false;
    read_fields(s, root);
    for (const Json *j = json_first(json_get(root, "terms")); j; j = json_next(j)) read_term(s, j);
    read_steps(s, json_get(root, "steps"));
    read_commitments(s, root);
    int64_t at = int_of(root, "at");
    s->at = at >= 0 && (size_t)at < s->count ? (size_t)at : 0;
    json_free(root);
    return true;
}

bool session_state_together(const char *state)
{
    Json *root;
    if (!json_parse(sv(state), "the draft", &root, NULL)) return false;
    bool together = json_bool(json_get(root, "together"));
    json_free(root);
    return together;
}
