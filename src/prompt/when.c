#include "reader.h"

#include <limits.h>
#include <string.h>

/* Reading of `when`: an object of facts, each with what it must be. */

static const char *fact_name(size_t i)
{
    return facts_at(i)->name;
}

static bool fail_fact(Reader *r, const char *name)
{
    Str near;
    str_init(&near);
    reader_nearest(&near, name, fact_name, facts_count());
    reader_fail(r, "'when' names '%s', which is no fact. The nearest are %s.", name, near.buf);
    str_finish(&near);
    return false;
}

static bool take_number(Reader *r, const Json *value, const char *fact, long min, long max, int *ret)
{
    int64_t n;
    if (!json_int(value, &n) || n < min || n > max)
        return reader_fail(r, "'when': '%s' of '%s' is out of range. Give a whole number from %ld to %ld.",
                           json_key(value), fact, min, max);
    *ret = (int)n;
    return true;
}

static bool take_side(Reader *r, const Json *value, Condition *c)
{
    const char *name = json_text(value);
    return (name && side_parse(sv(name), &c->side)) ||
           reader_fail(r, "'when': 'side' of '%s' must be me, them or both.", c->fact->name);
}

static bool fail_operator(Reader *r, const FactDef *fact, const char *name)
{
    static const char *const MUST[] = {
        [FACT_NUMBER] = "Use at-least, at-most or equals",
        [FACT_TEXT] = "Use any-of, a list of texts",
        [FACT_FLAG] = "Use true or false",
    };
    return reader_fail(r, "'when': '%s' cannot be asked of '%s'. %s%s.", name, fact->name, MUST[fact->kind],
                       fact->over    ? ", and over"
                       : fact->sided ? ", and side"
                                     : "");
}

static bool take_operator(Reader *r, const Json *value, Condition *c)
{
    const FactDef *fact = c->fact;
    const char *name = json_key(value);
    if (strcmp(name, "at-least") == 0)
        return take_number(r, value, fact->name, fact->min, fact->max, &c->at_least);
    if (strcmp(name, "at-most") == 0)
        return take_number(r, value, fact->name, fact->min, fact->max, &c->at_most);
    if (strcmp(name, "equals") == 0) {
        if (!take_number(r, value, fact->name, fact->min, fact->max, &c->at_least)) return false;
        c->at_most = c->at_least;
        return true;
    }
    if (fact->over && strcmp(name, "over") == 0)
        return take_number(r, value, fact->name, OVER_MIN, OVER_MAX, &c->over);
    if (fact->sided && strcmp(name, "side") == 0) return take_side(r, value, c);
    return fail_operator(r, fact, name);
}

static bool take_comparison(Reader *r, const Json *object, Condition *c)
{
    if (json_get(object, "equals") && (json_get(object, "at-least") || json_get(object, "at-most")))
        return reader_fail(r, "'when': '%s' has 'equals' and a bound. Use one of them.", c->fact->name);
    for (const Json *e = json_first(object); e; e = json_next(e))
        if (!take_operator(r, e, c)) return false;
    if (c->at_least == INT_MIN && c->at_most == INT_MAX)
        return reader_fail(r, "'when': '%s' is compared with nothing. Add at-least, at-most or equals.",
                           c->fact->name);
    return c->at_least <= c->at_most ||
           reader_fail(r, "'when': '%s' can never be so: at-least is above at-most.", c->fact->name);
}

static bool take_any_of(Reader *r, const Json *object, Condition *c)
{
    static const Member any_of = {"any-of", JSON_ARRAY, true, NULL, 0, 1, ANY_MAX, "Give a list of texts."};
    const Json *list = json_get(object, "any-of");
    if (json_size(object) != 1 || !list) {
        const Json *first = json_first(object);
        if (first && strcmp(json_key(first), "any-of") == 0) first = json_next(first);
        return fail_operator(r, c->fact, first ? json_key(first) : "nothing");
    }
    if (json_kind(list) != JSON_ARRAY)
        return reader_fail(r, "'when': 'any-of' of '%s' must be a list of texts.", c->fact->name);
    c->any_count = json_size(list);
    c->any_of = arena_array(r->arena, c->any_count, sizeof *c->any_of);
    return reader_take_texts(r, &any_of, list, NAME_MAX_POINTS, c->any_of);
}

static bool take_condition(Reader *r, const Json *value, Condition *c)
{
    *c = (Condition){.fact = facts_find(json_key(value)), .side = SIDE_COUNT};
    if (!c->fact) return fail_fact(r, json_key(value));
    c->at_least = INT_MIN;
    c->at_most = INT_MAX;
    c->over = c->fact->over;
    if (c->fact->kind == FACT_FLAG) {
        c->flag = json_bool(value);
        return json_kind(value) == JSON_BOOL || fail_operator(r, c->fact, json_kind_name(json_kind(value)));
    }
    if (json_kind(value) != JSON_OBJECT) return fail_operator(r, c->fact, json_kind_name(json_kind(value)));
    return c->fact->kind == FACT_TEXT ? take_any_of(r, value, c) : take_comparison(r, value, c);
}

bool reader_when(Reader *r, const Member *m, const Json *object)
{
    Prompt *p = r->object;
    long n = (long)json_size(object);
    if (n < m->min || n > m->max)
        return reader_fail(r, "'when' has %ld conditions. Give %ld to %ld of them.", n, m->min, m->max);
    Condition *list = arena_array(r->arena, (size_t)n, sizeof *list);
    size_t count = 0;
    for (const Json *e = json_first(object); e; e = json_next(e))
        if (!take_condition(r, e, &list[count++])) return false;
    p->when = list;
    p->when_count = count;
    return true;
}
