#include "prompts.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <entente/mem.h>

#include "reader.h"

/* ---- names ---- */

static const char *const answer_names[] = {
    [ANSWER_TEXT] = "text",       [ANSWER_ITEMS] = "items",
    [ANSWER_SCALE] = "scale",     [ANSWER_COMMITMENTS] = "commitments",
    [ANSWER_CHOICE] = "choice",   [ANSWER_DATE] = "date",
    [ANSWER_CADENCE] = "cadence", [ANSWER_TERMS] = "terms",
};

const char *answer_name(AnswerType a)
{
    return answer_names[a];
}

static const struct {
    const char *name, *words;
} marks[] = {
    [TERM_UNMARKED] = {"", ""},
    [TERM_LIVED] = {"lived", "lived"},
    [TERM_PARTLY] = {"partly", "partly lived"},
    [TERM_NOT_LIVED] = {"not-lived", "not lived"},
    [TERM_NO_LONGER_FITS] = {"no-longer-fits", "no longer fits"},
};

const char *term_mark_name(TermMark m)
{
    return marks[m].name;
}

const char *term_mark_words(TermMark m)
{
    return marks[m].words;
}

bool term_mark_parse(StrView text, TermMark *ret)
{
    for (TermMark m = TERM_LIVED; m < TERM_MARK_COUNT; m++)
        if (sv_eq(text, sv(marks[m].name))) {
            *ret = m;
            return true;
        }
    return false;
}

/* ---- the members of a prompt ---- */

/* STAGE.word.word */
static bool is_key(StrView key, StrView stage)
{
    if (!sv_eq(sv_cut(&key, '.'), stage)) return false;
    StrView first = sv_cut(&key, '.');
    return reader_is_word(first) && reader_is_word(key);
}

static const char *stage_of(const Reader *r)
{
    return stage_name(((const Prompts *)r->owner)->stage);
}

static bool read_key(Reader *r, const Member *m, const Json *value)
{
    const char *key = reader_take_text(r, m, value, (size_t)m->max);
    if (!key) return false;
    if (!is_key(sv(key), sv(stage_of(r))))
        return reader_fail(
            r, "'key' is '%s'. Write it as %s.word.word, in lower-case letters, digits and hyphens.", key,
            stage_of(r));
    r->key = key;
    ((Prompt *)r->object)->key = key;
    return true;
}

static size_t count_substring(const char *text, const char *part)
{
    size_t n = 0;
    for (const char *at = text; (at = strstr(at, part)); at += strlen(part)) n++;
    return n;
}

static bool read_question(Reader *r, const Member *m, const Json *value)
{
    if (!reader_text(r, m, value)) return false;
    const char *text = ((Prompt *)r->object)->text;
    size_t questions = count_substring(text, "?") + count_substring(text, "\xEF\xBC\x9F") /* U+FF1F */
                       + count_substring(text, "\xD8\x9F") /* U+061F */;
    return questions <= 1 || reader_fail(r, "'text' asks %zu questions. Ask one at a time.", questions);
}

static bool read_themes(Reader *r, const Member *m, const Json *value)
{
    Prompt *p = r->object;
    return reader_take_themes(r, m, value, &p->themes, &p->theme_count);
}

static bool read_examples(Reader *r, const Member *m, const Json *value)
{
    Prompt *p = r->object;
    p->examples = arena_array(r->arena, EXAMPLES_MAX, sizeof *p->examples);
    p->example_count = json_size(value);
    return reader_take_texts(r, m, value, EXAMPLE_MAX, p->examples);
}

static bool read_scale(Reader *r, const Member *m, const Json *value)
{
    Prompt *p = r->object;
    p->scale_count = json_size(value);
    return reader_take_texts(r, m, value, WORDS_MAX, p->scale);
}

static bool read_answer(Reader *r, const Member *m, const Json *value)
{
    for (size_t i = 0; i < ANSWER_TYPE_COUNT; i++) {
        if (strcmp(json_text(value), answer_names[i]) != 0) continue;
        ((Prompt *)r->object)->answer = (AnswerType)i;
        return true;
    }
    return reader_fail(r, "'answer' is '%s'. %s", json_text(value), m->hint);
}

static bool read_section(Reader *r, const Member *m, const Json *value)
{
    Prompt *p = r->object;
    const char *name = json_text(value);
    p->has_section = section_parse(sv(name), &p->section) && strcmp(name, section_name(p->section)) == 0;
    return p->has_section || reader_fail(r, "'section' is '%s'. %s", name, m->hint);
}

static bool read_side(Reader *r, const Member *m, const Json *value)
{
    Prompt *p = r->object;
    const char *name = json_text(value);
    return (side_parse(sv(name), &p->side) && strcmp(name, side_name(p->side)) == 0) ||
           reader_fail(r, "'side' is '%s'. %s", name, m->hint);
}

/* ---- choices ---- */

static bool read_value(Reader *r, const Member *m, const Json *value)
{
    return (((PromptOption *)r->object)->value = reader_take_word(r, m, value)) != NULL;
}

static const Member options[] = {
    {"value", JSON_TEXT, true, read_value, 0, 1, VALUE_MAX, "Name the choice by a word that stays."},
    {"words", JSON_TEXT, true, reader_text, offsetof(PromptOption, words), 1, WORDS_MAX,
     "Say the choice in a few words."},
};

static bool read_choices(Reader *r, const Member *m, const Json *array)
{
    Prompt *p = r->object;
    long n = (long)json_size(array);
    if (n < m->min || n > m->max)
        return reader_fail(r, "'choices' has %ld entries. Give %ld to %ld of them.", n, m->min, m->max);
    PromptOption *list = arena_array(r->arena, (size_t)n, sizeof *list);
    size_t count = 0;
    bool ok = true;
    for (const Json *e = json_first(array); ok && e; e = json_next(e)) {
        if (json_kind(e) != JSON_OBJECT)
            return reader_fail(r, "'choices' must hold objects only. %s", m->hint);
        r->object = &list[count];
        ok = reader_object(r, MEMBERS(options), e);
        for (size_t i = 0; ok && i < count; i++)
            if (strcmp(list[i].value, list[count].value) == 0)
                ok = reader_fail(r, "'choices' has '%s' twice. Give each its own value.", list[i].value);
        count++;
    }
    r->object = p;
    p->choices = list;
    p->choice_count = count;
    return ok;
}

/* ---- a prompt ---- */

#define FIELD(name) offsetof(Prompt, name)

static const Member members[] = {
    {"key", JSON_TEXT, true, read_key, 0, 1, KEY_MAX,
     "Name it as the stage and two words: check-in.trust.now."},
    {"title", JSON_TEXT, true, reader_text, FIELD(title), 1, TITLE_MAX,
     "Say in one or two words what it is about."},
    {"themes", JSON_ARRAY, true, read_themes, 0, 0, THEMES_MAX, "Name themes like \"D13\" or \"C6\"."},
    {"text", JSON_TEXT, true, read_question, FIELD(text), 1, PROMPT_TEXT_MAX, "Ask one short question."},
    {"help", JSON_TEXT, true, reader_text, FIELD(help), 1, HELP_MAX,
     "Say in a sentence or two why this is asked."},
    {"why", JSON_TEXT, false, reader_text, FIELD(why), 1, PROMPT_TEXT_MAX,
     "Say in a sentence what made it come."},
    {"examples", JSON_ARRAY, false, read_examples, 0, 0, EXAMPLES_MAX, "Give up to three short texts."},
    {"answer", JSON_TEXT, true, read_answer, 0, 0, 0,
     "Use text, items, scale, choice, commitments, date, cadence or terms."},
    {"scale", JSON_ARRAY, false, read_scale, 0, 2, SCALE_MAX, "Give a few words for every value."},
    {"choices", JSON_ARRAY, false, read_choices, 0, 2, CHOICES_MAX,
     "Write each as {\"value\": ..., \"words\": ...}."},
    {"section", JSON_TEXT, false, read_section, 0, 0, 0,
     "Use a section of the agreement, such as boundaries."},
    {"side", JSON_TEXT, false, read_side, 0, 0, 0, "Use me, them or both."},
    {"private", JSON_BOOL, false, reader_flag, FIELD(is_private), 0, 0, "Use true or false."},
    {"when", JSON_OBJECT, false, reader_when, 0, 1, WHEN_MAX,
     "Write it as {\"trust-now\": {\"at-most\": 2}}."},
    {"follow-ups", JSON_ARRAY, false, reader_follow_ups, 0, 1, FOLLOW_UPS_MAX,
     "Write each as {\"prompt\": ..., \"at-most\": 2}."},
    {"follow-up", JSON_BOOL, false, reader_flag, FIELD(follow_up), 0, 0, "Use true or false."},
    {"weight", JSON_NUMBER, false, reader_number, FIELD(weight), 1, 10, "Give a whole number."},
    {"rest", JSON_NUMBER, false, reader_number, FIELD(rest), 0, REST_MAX, "Give a number of days."},
    {"once", JSON_BOOL, false, reader_flag, FIELD(once), 0, 0, "Use true or false."},
    {"always", JSON_BOOL, false, reader_flag, FIELD(always), 0, 0, "Use true or false."},
};

static bool answer_agrees(Reader *r, const Prompt *p)
{
    if (p->answer == ANSWER_SCALE && !p->scale_count)
        return reader_fail(r, "'scale' is missing. Give a few words for every value.");
    if (p->answer != ANSWER_SCALE && p->scale_count)
        return reader_fail(r, "'scale' has no use here. Remove it, or make 'answer' scale.");
    if (p->answer == ANSWER_CHOICE && !p->choice_count)
        return reader_fail(r, "'choices' is missing. Give two or more.");
    if (p->answer != ANSWER_CHOICE && p->choice_count)
        return reader_fail(r, "'choices' has no use here. Remove it, or make 'answer' choice.");
    return true;
}

static bool place_agrees(Reader *r, const Prompt *p, const Json *object)
{
    if (!p->always && !p->theme_count)
        return reader_fail(r, "'themes' has 0 entries. Only what is asked always may serve none.");
    if (p->has_section && !json_get(object, "side"))
        return reader_fail(r, "'side' is missing. Say whose it is: me, them or both.");
    if (!p->has_section && json_get(object, "side"))
        return reader_fail(r, "'side' has no use without 'section'. Add the section, or remove the side.");
    if (p->always && (p->rest || p->once))
        return reader_fail(r, "'always' goes with neither 'rest' nor 'once'. Keep one of them.");
    if (p->always && p->follow_up)
        return reader_fail(r, "'always' does not go with 'follow-up'. Keep one of them.");
    return !p->why || p->when_count ||
           reader_fail(r, "'why' has no use without 'when'. Add the conditions it speaks of.");
}

static bool templates_agree(Reader *r, const Prompt *p)
{
    unsigned gives = GIVES_NAMES | GIVES_CHECK_INS;
    for (size_t i = 0; i < p->when_count; i++) gives |= condition_gives(&p->when[i]);
    if (!reader_placeholders(r, "text", p->text, gives)) return false;
    if (!reader_placeholders(r, "help", p->help, GIVES_NAMES)) return false;
    if (p->why && !reader_placeholders(r, "why", p->why, gives)) return false;
    for (size_t i = 0; i < p->example_count; i++)
        if (!reader_placeholders(r, "examples", p->examples[i], GIVES_NAMES)) return false;
    return true;
}

static bool read_prompt(Reader *r, Prompts *p, const Json *object)
{
    Prompt prompt = {.stage = p->stage, .side = SIDE_BOTH, .weight = 5, .pack = p->pack, .own = r->user};
    r->object = &prompt;
    r->key = NULL;
    r->number++;
    if (json_kind(object) != JSON_OBJECT)
        return reader_fail(r, "it is not an object. Write it as {\"key\": ..., \"text\": ...}.");
    if (!reader_object(r, MEMBERS(members), object)) return false;
    if (!answer_agrees(r, &prompt) || !place_agrees(r, &prompt, object)) return false;
    if (!templates_agree(r, &prompt) || !reader_follow_ups_agree(r, &prompt)) return false;
    vec_push(&p->all, prompt);
    return true;
}

/* ---- a pack ---- */

static bool read_prompts(Reader *r, const Member *m, const Json *array)
{
    Prompts *p = r->owner;
    long n = (long)json_size(array);
    if (n < m->min || n > m->max)
        return reader_fail(r, "'prompts' has %ld entries. Give %ld to %ld of them.", n, m->min, m->max);
    vec_reserve(&p->all, (size_t)n);
    for (const Json *e = json_first(array); e; e = json_next(e))
        if (!read_prompt(r, p, e)) return false;
    r->number = 0;
    r->key = NULL;
    return true;
}

static bool read_stage(Reader *r, const Member *m, const Json *value)
{
    if (strcmp(json_text(value), stage_of(r)) == 0) return true;
    return reader_fail(r, "'stage' is '%s', but the file is read for '%s'. %s", json_text(value), stage_of(r),
                       m->hint);
}

static bool read_silence(Reader *r, const Member *m, const Json *array)
{
    Prompts *p = r->owner;
    long n = (long)json_size(array);
    if (!r->user) return reader_fail(r, "'silence' is for packs of your own. Remove it.");
    if (n < m->min || n > m->max)
        return reader_fail(r, "'silence' has %ld entries. Give %ld to %ld of them.", n, m->min, m->max);
    for (const Json *e = json_first(array); e; e = json_next(e)) {
        const char *key = reader_take_text(r, m, e, KEY_MAX);
        if (!key) return false;
        if (!is_key(sv(key), sv(stage_of(r))))
            return reader_fail(r, "'silence' names '%s', which is no key of the stage %s.", key, stage_of(r));
        vec_push(&p->silence, key);
    }
    return true;
}

static bool read_nothing(Reader *r, const Member *m, const Json *value)
{
    (void)r, (void)m, (void)value;
    return true;
}

static const Member packs[] = {
    {"$schema", JSON_TEXT, false, read_nothing, 0, 0, 0, "Name the schema."},
    {"version", JSON_NUMBER, true, reader_version, 0, 1, 1, "Use version 1, or a newer entente."},
    {"stage", JSON_TEXT, true, read_stage, 0, 0, 0, "Name the stage these prompts are for."},
    {"silence", JSON_ARRAY, false, read_silence, 0, 1, PACK_SILENCE_MAX, "List keys of prompts."},
    {"prompts", JSON_ARRAY, false, read_prompts, 0, 1, PACK_PROMPTS_MAX, "Put the prompts into it."},
};

Members prompt_members(void)
{
    return MEMBERS(members);
}

Members option_members(void)
{
    return MEMBERS(options);
}

Members pack_members(void)
{
    return MEMBERS(packs);
}

static bool check_always(Reader *r, const Prompts *p)
{
    size_t n = 0;
    for (size_t i = 0; i < p->all.len; i++) n += p->all.at[i].always;
    return n <= ALWAYS_MAX || reader_fail(r, "%zu prompts are asked always. Leave it at %d.", n, ALWAYS_MAX);
}

/* A user's pack is judged together with what it is added to; see prompts_merge. */
static bool check_follow_ups(Reader *r, const Prompts *p)
{
    for (size_t i = 0; i < p->all.len; i++)
        for (size_t j = 0; j < p->all.at[i].follow_up_count; j++) {
            const char *key = p->all.at[i].follow_ups[j].key;
            r->key = p->all.at[i].key;
            if (!prompts_find(p, key))
                return reader_fail(r, "'follow-ups' opens '%s', which is not there.", key);
        }
    r->key = NULL;
    return true;
}

static bool read_pack(Reader *r, Prompts *p, const Json *json)
{
    const char *twice;
    if (json_kind(json) != JSON_OBJECT)
        return reader_fail(
            r, "it is not an object. Write it as {\"version\": 1, \"stage\": ..., \"prompts\": [...]}.");
    if (!reader_object(r, MEMBERS(packs), json)) return false;
    if (!p->all.len && !p->silence.len)
        return reader_fail(r, "'prompts' is missing. Put the prompts into it.");
    if (!prompts_index(p, &twice)) {
        r->key = twice;
        return reader_fail(r, "this key is there twice. Give each prompt its own.");
    }
    return check_always(r, p) && (r->user || check_follow_ups(r, p));
}

bool prompts_read_json(const Json *json, const char *pack, Stage stage, bool user, Prompts **ret, Error *err)
{
    Prompts *p = mem_zalloc(1, sizeof *p);
    p->stage = stage;
    p->pack = arena_str(&p->arena, sv(pack));
    Reader r = {.arena = &p->arena, .pack = p->pack, .noun = "prompt", .owner = p, .user = user, .err = err};
    bool ok = read_pack(&r, p, json);
    if (ok)
        *ret = p;
    else
        prompts_free(p);
    return ok;
}

bool prompts_read(StrView json, const char *pack, Stage stage, Prompts **ret, Error *err)
{
    Json *parsed;
    if (!json_parse(json, pack, &parsed, err)) return false;
    bool ok = prompts_read_json(parsed, pack, stage, false, ret, err);
    json_free(parsed);
    return ok;
}

/* ---- what was read ---- */

static int by_key(const void *left, const void *right)
{
    return strcmp((*(const Prompt *const *)left)->key, (*(const Prompt *const *)right)->key);
}

static int key_to_prompt(const void *key, const void *prompt)
{
    return strcmp(key, (*(const Prompt *const *)prompt)->key);
}

bool prompts_index(Prompts *p, const char **ret_twice)
{
    free(p->by_key);
    p->by_key = mem_zalloc(p->all.len + 1, sizeof *p->by_key);
    for (size_t i = 0; i < p->all.len; i++) p->by_key[i] = &p->all.at[i];
    qsort(p->by_key, p->all.len, sizeof *p->by_key, by_key);
    for (size_t i = 1; i < p->all.len; i++)
        if (by_key(&p->by_key[i - 1], &p->by_key[i]) == 0) {
            *ret_twice = p->by_key[i]->key;
            return false;
        }
    return true;
}

void prompts_free(Prompts *p)
{
    if (!p) return;
    for (size_t i = 0; i < p->others.len; i++) arena_finish(&p->others.at[i]);
    vec_finish(&p->others);
    vec_finish(&p->all);
    vec_finish(&p->silence);
    vec_finish(&p->complaints);
    free(p->by_key);
    arena_finish(&p->arena);
    free(p);
}

Stage prompts_stage(const Prompts *p)
{
    return p->stage;
}

size_t prompts_count(const Prompts *p)
{
    return p->all.len;
}

const Prompt *prompts_at(const Prompts *p, size_t i)
{
    return &p->all.at[i];
}

const Prompt *prompts_find(const Prompts *p, const char *key)
{
    const Prompt **found = bsearch(key, p->by_key, p->all.len, sizeof *p->by_key, key_to_prompt);
    return found ? *found : NULL;
}

size_t prompts_complaints(const Prompts *p, const Complaint **ret)
{
    *ret = p->complaints.at;
    return p->complaints.len;
}
