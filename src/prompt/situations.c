#include <entente/prompt.h>

#include <fcntl.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <entente/mem.h>
#include <entente/vec.h>

#include "prompts.h"
#include "reader.h"

struct Situations {
    Arena arena;
    Vec(Situation) all;
};

/* ---- a situation ---- */

static bool read_key(Reader *r, const Member *m, const Json *value)
{
    const Situations *s = r->owner;
    const char *key = reader_take_word(r, m, value);
    if (!key) return false;
    r->key = key;
    ((Situation *)r->object)->key = key;
    return !situations_find(s, key) || reader_fail(r, "this key is there twice. Give each its own.");
}

static bool read_kind(Reader *r, const Member *m, const Json *value)
{
    Situation *s = r->object;
    const char *name = json_text(value);
    return (alliance_kind_parse(sv(name), &s->kind) && strcmp(name, alliance_kind_name(s->kind)) == 0) ||
           reader_fail(r, "'kind' is '%s'. %s", name, m->hint);
}

static bool read_cadence(Reader *r, const Member *m, const Json *value)
{
    Situation *s = r->object;
    Cadence cadence;
    s->cadence = reader_take_text(r, m, value, CADENCE_TEXT_MAX);
    if (!s->cadence) return false;
    return (cadence_parse(sv(s->cadence), &cadence, NULL) && cadence.kind != CADENCE_NONE) ||
           reader_fail(r, "'cadence' is '%s'. %s", s->cadence, m->hint);
}

static bool read_roles(Reader *r, const Member *m, const Json *value)
{
    Situation *s = r->object;
    s->role_count = json_size(value);
    s->roles = arena_array(r->arena, ROLES_MAX, sizeof *s->roles);
    return reader_take_texts(r, m, value, NAME_MAX_POINTS, s->roles);
}

static bool read_themes(Reader *r, const Member *m, const Json *value)
{
    Situation *s = r->object;
    return reader_take_themes(r, m, value, &s->themes, &s->theme_count);
}

static bool read_examples(Reader *r, const Member *m, const Json *value)
{
    static const Member texts = {"examples",
                                 JSON_ARRAY,
                                 false,
                                 NULL,
                                 0,
                                 1,
                                 SITUATION_EXAMPLES_MAX,
                                 "Give up to three terms a section."};
    Situation *s = r->object;
    for (const Json *e = json_first(value); e; e = json_next(e)) {
        Section section;
        if (!section_parse(sv(json_key(e)), &section) || strcmp(json_key(e), section_name(section)) != 0)
            return reader_fail(r, "'examples' names '%s', which is no section. %s", json_key(e), m->hint);
        if (json_kind(e) != JSON_ARRAY)
            return reader_fail(r, "'examples' of '%s' must be a list of texts.", json_key(e));
        if (!reader_take_texts(r, &texts, e, EXAMPLE_MAX, s->examples[section])) return false;
        for (size_t i = 0; i < json_size(e); i++)
            if (!reader_placeholders(r, "examples", s->examples[section][i], GIVES_NAMES)) return false;
    }
    return true;
}

#define FIELD(name) offsetof(Situation, name)

static const Member members[] = {
    {"key", JSON_TEXT, true, read_key, 0, 1, NAME_MAX_POINTS, "Name it by a word that stays."},
    {"name", JSON_TEXT, true, reader_text, FIELD(name), 1, NAME_MAX_POINTS, "Name it for people."},
    {"kind", JSON_TEXT, false, read_kind, 0, 0, 0, "Use one-to-one or team."},
    {"tone", JSON_TEXT, true, reader_text, FIELD(tone), 1, PROMPT_TEXT_MAX, "Say its tone in one line."},
    {"themes", JSON_ARRAY, true, read_themes, 0, 1, SITUATION_THEMES_MAX,
     "Name the themes to dwell on, like \"D13\"."},
    {"roles", JSON_ARRAY, false, read_roles, 0, 1, ROLES_MAX, "Say what the other may be."},
    {"cadence", JSON_TEXT, false, read_cadence, 0, 1, CADENCE_TEXT_MAX,
     "Use weekly, every 2 weeks, monthly or the like."},
    {"examples", JSON_OBJECT, false, read_examples, 0, 1, SECTION_COUNT,
     "Use a section of the agreement, such as boundaries."},
};

static bool read_situation(Reader *r, Situations *s, const Json *object)
{
    Situation situation = {.cadence = ""};
    r->object = &situation;
    r->key = NULL;
    r->number++;
    if (json_kind(object) != JSON_OBJECT)
        return reader_fail(r, "it is not an object. Write it as {\"key\": ..., \"name\": ...}.");
    if (!reader_object(r, MEMBERS(members), object)) return false;
    vec_push(&s->all, situation);
    return true;
}

/* ---- the file ---- */

static bool read_situations(Reader *r, const Member *m, const Json *array)
{
    long n = (long)json_size(array);
    if (n < m->min || n > m->max)
        return reader_fail(r, "'situations' has %ld entries. Give %ld to %ld of them.", n, m->min, m->max);
    for (const Json *e = json_first(array); e; e = json_next(e))
        if (!read_situation(r, r->owner, e)) return false;
    return true;
}

static bool read_nothing(Reader *r, const Member *m, const Json *value)
{
    (void)r, (void)m, (void)value;
    return true;
}

static const Member files[] = {
    {"$schema", JSON_TEXT, false, read_nothing, 0, 0, 0, "Name the schema."},
    {"version", JSON_NUMBER, true, reader_version, 0, 1, 1, "Use version 1, or a newer entente."},
    {"situations", JSON_ARRAY, true, read_situations, 0, 1, SITUATIONS_MAX, "Put the situations into it."},
};

Members situations_members(void)
{
    return MEMBERS(files);
}

Members situation_members(void)
{
    return MEMBERS(members);
}

static bool read_file(Situations *s, const Json *json, const char *pack, Error *err)
{
    Reader r = {.arena = &s->arena, .pack = pack, .noun = "situation", .owner = s, .err = err};
    if (json_kind(json) != JSON_OBJECT)
        return reader_fail(&r, "it is not an object. Write it as {\"version\": 1, \"situations\": [...]}.");
    return reader_object(&r, MEMBERS(files), json);
}

bool situations_read(StrView json, const char *pack, Situations **ret, Error *err)
{
    Json *parsed;
    if (!json_parse(json, pack, &parsed, err)) return false;
    Situations *s = mem_zalloc(1, sizeof *s);
    bool ok = read_file(s, parsed, pack, err);
    json_free(parsed);
    if (ok)
        *ret = s;
    else
        situations_free(s);
    return ok;
}

bool situations_load(const char *dir, Situations **ret, Error *err)
{
    Str path, json;
    str_init(&path);
    str_init(&json);
    str_addf(&path, "%s/situations.json", dir);
    bool ok = file_read_all(AT_FDCWD, path.buf, path.buf, &json, err) &&
              situations_read(str_view(&json), "situations.json", ret, err);
    str_finish(&json);
    str_finish(&path);
    return ok;
}

void situations_free(Situations *s)
{
    if (!s) return;
    vec_finish(&s->all);
    arena_finish(&s->arena);
    free(s);
}

size_t situations_count(const Situations *s)
{
    return s->all.len;
}

const Situation *situations_at(const Situations *s, size_t i)
{
    return &s->all.at[i];
}

const Situation *situations_find(const Situations *s, const char *key)
{
    for (size_t i = 0; i < s->all.len; i++)
        if (strcmp(s->all.at[i].key, key) == 0) return &s->all.at[i];
    return NULL;
}
