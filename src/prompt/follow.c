#include <entente/prompt.h>

#include <stddef.h>
#include <string.h>

#include "reader.h"
#include "reason.h"

/* ---- reading ---- */

static bool read_is(Reader *r, const Member *m, const Json *array)
{
    FollowUp *f = r->object;
    f->is_count = json_size(array);
    f->is = arena_array(r->arena, f->is_count, sizeof *f->is);
    return reader_take_texts(r, m, array, VALUE_MAX, f->is);
}

#define FIELD(name) offsetof(FollowUp, name)

static const Member members[] = {
    {"prompt", JSON_TEXT, true, reader_text, FIELD(key), 1, KEY_MAX, "Name the prompt that opens."},
    {"at-least", JSON_NUMBER, false, reader_number, FIELD(at_least), 1, SCALE_MAX,
     "Give a value of the scale."},
    {"at-most", JSON_NUMBER, false, reader_number, FIELD(at_most), 1, SCALE_MAX,
     "Give a value of the scale."},
    {"is", JSON_ARRAY, false, read_is, 0, 1, CHOICES_MAX, "List the answers that open it."},
};

Members follow_up_members(void)
{
    return MEMBERS(members);
}

bool reader_follow_ups(Reader *r, const Member *m, const Json *array)
{
    Prompt *p = r->object;
    long n = (long)json_size(array);
    if (n < m->min || n > m->max)
        return reader_fail(r, "'follow-ups' has %ld entries. Give %ld to %ld of them.", n, m->min, m->max);
    FollowUp *list = arena_array(r->arena, (size_t)n, sizeof *list);
    size_t count = 0;
    bool ok = true;
    for (const Json *e = json_first(array); ok && e; e = json_next(e)) {
        if (json_kind(e) != JSON_OBJECT)
            return reader_fail(r, "'follow-ups' must hold objects only. %s", m->hint);
        r->object = &list[count++];
        ok = reader_object(r, MEMBERS(members), e);
    }
    r->object = p;
    p->follow_ups = list;
    p->follow_up_count = count;
    return ok;
}

static bool is_commitment_mark(const char *value)
{
    CommitmentState state;
    return strcmp(value, "new") == 0 ||
           (commitment_state_parse(sv(value), &state) && state != COMMITMENT_OPEN &&
            strcmp(value, commitment_state_name(state)) == 0);
}

static bool is_choice(const Prompt *p, const char *value)
{
    for (size_t i = 0; i < p->choice_count; i++)
        if (strcmp(p->choices[i].value, value) == 0) return true;
    return false;
}

static bool can_be(const Prompt *p, const char *value)
{
    TermMark mark;
    switch (p->answer) {
    case ANSWER_CHOICE: return is_choice(p, value);
    case ANSWER_TERMS: return term_mark_parse(sv(value), &mark);
    case ANSWER_COMMITMENTS: return is_commitment_mark(value);
    default: return false;
    }
}

static bool agrees(Reader *r, const Prompt *p, const FollowUp *f)
{
    bool bounds = f->at_least || f->at_most;
    if (bounds && p->answer != ANSWER_SCALE)
        return reader_fail(r, "'follow-ups' for '%s' has at-least or at-most, which are for scales.", f->key);
    if (bounds && ((size_t)f->at_least > p->scale_count || (f->at_most && f->at_most < f->at_least)))
        return reader_fail(r, "'follow-ups' for '%s' names values the scale does not have.", f->key);
    for (size_t i = 0; i < f->is_count; i++)
        if (!can_be(p, f->is[i]))
            return reader_fail(r, "'follow-ups' for '%s' waits for '%s', which cannot be answered here.",
                               f->key, f->is[i]);
    return strcmp(f->key, p->key) != 0 ||
           reader_fail(r, "'follow-ups' opens the prompt itself. Name another.");
}

bool reader_follow_ups_agree(Reader *r, const Prompt *p)
{
    for (size_t i = 0; i < p->follow_up_count; i++)
        if (!agrees(r, p, &p->follow_ups[i])) return false;
    return true;
}

/* ---- opening ---- */

static bool has_mark(const Reply *reply, const char *value)
{
    for (size_t i = 0; i < reply->mark_count; i++)
        if (strcmp(reply->marks[i], value) == 0) return true;
    return false;
}

/* The value of `is` that was answered; NULL for none. */
static const char *answered_is(const FollowUp *f, const Prompt *asked, const Reply *reply)
{
    bool chosen =
        asked->answer == ANSWER_CHOICE && reply->value > 0 && (size_t)reply->value <= asked->choice_count;
    for (size_t i = 0; i < f->is_count; i++) {
        if (chosen && strcmp(asked->choices[reply->value - 1].value, f->is[i]) == 0) return f->is[i];
        if (!chosen && has_mark(reply, f->is[i])) return f->is[i];
    }
    return NULL;
}

static bool opens(const FollowUp *f, const Prompt *asked, const Reply *reply)
{
    if (f->is_count) return answered_is(f, asked, reply) != NULL;
    if (f->at_least || f->at_most)
        return reply->value > 0 && reply->value >= f->at_least && (!f->at_most || reply->value <= f->at_most);
    return sv_trim(reply->text).len > 0 || reply->value > 0 || reply->mark_count > 0;
}

/* "You answered 2: I often hold back." */
static const char *opened_by(const FollowUp *f, const Prompt *asked, const Reply *reply, Arena *arena)
{
    const char *is = f->is_count ? answered_is(f, asked, reply) : NULL;
    if (asked->answer == ANSWER_SCALE && reply->value > 0 && (size_t)reply->value <= asked->scale_count)
        return arena_strf(arena, "You answered %d: %s.", reply->value, asked->scale[reply->value - 1]);
    if (asked->answer == ANSWER_CHOICE && reply->value > 0 && (size_t)reply->value <= asked->choice_count)
        return arena_strf(arena, "You answered: %s.", asked->choices[reply->value - 1].words);
    if (asked->answer == ANSWER_TERMS && is) {
        TermMark mark = TERM_UNMARKED;
        term_mark_parse(sv(is), &mark);
        return arena_strf(arena, "You marked a term of your agreement: %s.", term_mark_words(mark));
    }
    if (asked->answer == ANSWER_COMMITMENTS && is) {
        CommitmentState state;
        if (!commitment_state_parse(sv(is), &state)) return "You have just made a new commitment.";
        return arena_strf(arena, "A commitment was just settled: %s.", commitment_state_words(state));
    }
    return arena_strf(arena, "You have just answered under \"%s\".", asked->title);
}

bool prompt_follow_up(const Prompts *p, const Prompt *asked, const Reply *reply, const Facts *facts,
                      Arena *arena, Choice *ret)
{
    if (reply->follow_up) return false;
    for (size_t i = 0; i < asked->follow_up_count; i++) {
        const FollowUp *f = &asked->follow_ups[i];
        const Prompt *next = prompts_find(p, f->key);
        if (!next || !opens(f, asked, reply)) continue;
        if (reason_past_bars(next, facts) || !prompt_applies(next, facts)) continue;
        *ret = reason_choice(next, facts, arena);
        ret->reason = opened_by(f, asked, reply, arena);
        ret->fact = "answer";
        return true;
    }
    return false;
}
