#include <entente/store_agreements.h>

#include "sql.h"

bool store_version_insert(Store *s, const Version *v, Error *err)
{
    return sql_run(s, STMT_VERSION_INSERT,
                   ARGS(arg_int(v->id), arg_int(v->alliance), arg_int(v->number), arg_at(v->since),
                        arg_offset(v->since), arg_text(v->reason), arg_text(talked_name(v->talked)),
                        arg_day(v->talked_on), arg_id(v->check_in)),
                   err);
}

bool store_version_update(Store *s, const Version *v, Error *err)
{
    return sql_change(
        s, STMT_VERSION_UPDATE, "this version of the agreement",
        ARGS(arg_int(v->id), arg_text(v->reason), arg_text(talked_name(v->talked)), arg_day(v->talked_on)),
        err);
}

static Version take_version(Query *q)
{
    Version v = {.id = take_long(q)};
    v.alliance = take_long(q);
    v.number = take_int(q);
    v.since = take_instant(q);
    v.reason = take_text(q);
    TAKE_NAME(q, talked_parse, &v.talked);
    v.talked_on = take_day(q);
    v.check_in = take_long(q);
    return v;
}

bool store_versions(Store *s, Id alliance, Arena *arena, Version **ret, size_t *ret_n, Error *err)
{
    Query q;
    if (!query_start(&q, s, STMT_VERSIONS, arena, ARGS(arg_int(alliance)), err)) return false;
    RETURN_ROWS(&q, Version, take_version, ret, ret_n, err);
}

bool store_version_get(Store *s, Id id, Arena *arena, Version *ret, Error *err)
{
    Query q;
    if (!query_start(&q, s, STMT_VERSION_GET, arena, ARGS(arg_int(id)), err)) return false;
    RETURN_ROW(&q, Version, take_version, "this version of the agreement", ret, err);
}

bool store_term_insert(Store *s, const Term *t, Error *err)
{
    return sql_run(s, STMT_TERM_INSERT,
                   ARGS(arg_int(t->id), arg_int(t->alliance), arg_text(section_name(t->section)),
                        arg_text(side_name(t->side)), arg_text(t->text), arg_int(t->is_private),
                        arg_int(t->from_version), arg_id(t->to_version), arg_id(t->replaces),
                        arg_int(t->position)),
                   err);
}

bool store_term_retire(Store *s, Id term, int version, Error *err)
{
    return sql_change(s, STMT_TERM_RETIRE, "this term", ARGS(arg_int(term), arg_int(version)), err);
}

bool store_term_place(Store *s, Id term, int position, Error *err)
{
    return sql_change(s, STMT_TERM_PLACE, "this term", ARGS(arg_int(term), arg_int(position)), err);
}

static Term take_term(Query *q)
{
    Term t = {.id = take_long(q)};
    t.alliance = take_long(q);
    TAKE_NAME(q, section_parse, &t.section);
    TAKE_NAME(q, side_parse, &t.side);
    t.text = take_text(q);
    t.is_private = take_flag(q);
    t.from_version = take_int(q);
    t.to_version = take_int(q);
    t.replaces = take_long(q);
    t.position = take_int(q);
    return t;
}

bool store_terms(Store *s, Id alliance, Arena *arena, Term **ret, size_t *ret_n, Error *err)
{
    Query q;
    if (!query_start(&q, s, STMT_TERMS, arena, ARGS(arg_int(alliance)), err)) return false;
    RETURN_ROWS(&q, Term, take_term, ret, ret_n, err);
}
