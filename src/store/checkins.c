#include <entente/store_checkins.h>

#include "sql.h"

bool store_check_in_insert(Store *s, const CheckIn *c, Error *err)
{
    return sql_run(s, STMT_CHECK_IN_INSERT,
                   ARGS(arg_int(c->id), arg_int(c->alliance), arg_text(stage_name(c->stage)), arg_at(c->at),
                        arg_offset(c->at), arg_id(c->trust), arg_text(c->trust_note), arg_text(c->note),
                        arg_id(c->version), arg_int(c->is_private), arg_int(c->quick)),
                   err);
}

static CheckIn take_check_in(Query *q)
{
    CheckIn c = {.id = take_long(q)};
    c.alliance = take_long(q);
    TAKE_NAME(q, stage_parse, &c.stage);
    c.at = take_instant(q);
    c.trust = take_int(q);
    c.trust_note = take_text(q);
    c.note = take_text(q);
    c.version = take_int(q);
    c.is_private = take_flag(q);
    c.quick = take_flag(q);
    return c;
}

bool store_check_in_get(Store *s, Id id, Arena *arena, CheckIn *ret, Error *err)
{
    Query q;
    if (!query_start(&q, s, STMT_CHECK_IN_GET, arena, ARGS(arg_int(id)), err)) return false;
    RETURN_ROW(&q, CheckIn, take_check_in, "this entry", ret, err);
}

bool store_answer_insert(Store *s, const Answer *a, Error *err)
{
    return sql_run(s, STMT_ANSWER_INSERT,
                   ARGS(arg_int(a->id), arg_int(a->check_in), arg_int(a->position), arg_text(a->prompt),
                        arg_text(a->question), arg_text(a->text), arg_id(a->value), arg_int(a->is_private),
                        arg_int(a->skipped)),
                   err);
}

static Answer take_answer(Query *q)
{
    Answer a = {.id = take_long(q)};
    a.check_in = take_long(q);
    a.position = take_int(q);
    a.prompt = take_text(q);
    a.question = take_text(q);
    a.text = take_text(q);
    a.value = take_int(q);
    a.is_private = take_flag(q);
    a.skipped = take_flag(q);
    return a;
}

bool store_answers(Store *s, Id check_in, Arena *arena, Answer **ret, size_t *ret_n, Error *err)
{
    Query q;
    if (!query_start(&q, s, STMT_ANSWERS, arena, ARGS(arg_int(check_in)), err)) return false;
    RETURN_ROWS(&q, Answer, take_answer, ret, ret_n, err);
}

bool store_check_ins(Store *s, Id alliance, Instant before, size_t limit, Arena *arena, CheckIn **ret,
                     size_t *ret_n, Error *err)
{
    Query q;
    size_t n = 0;
    CheckIn *found = arena_array(arena, limit, sizeof *found);
    Arg end = instant_is_none(before) ? arg_int(INT64_MAX) : arg_at(before);
    if (!query_start(&q, s, STMT_CHECK_INS, arena, ARGS(arg_int(alliance), end, arg_int((int64_t)limit)),
                     err)) {
        return false;
    }
    while (n < limit && query_next(&q)) found[n++] = take_check_in(&q);
    if (!query_end(&q, err)) return false;
    *ret = found;
    *ret_n = n;
    return true;
}

bool store_check_in_count(Store *s, Id alliance, size_t *ret, Error *err)
{
    int64_t n = 0;
    if (!sql_number(s, STMT_CHECK_IN_COUNT, ARGS(arg_int(alliance)), &n, err)) return false;
    *ret = (size_t)n;
    return true;
}

static AskedPrompt take_asked(Query *q)
{
    AskedPrompt p = {.prompt = take_text(q)};
    p.at = take_instant(q);
    p.times = take_int(q);
    p.skipped = take_int(q);
    p.text = take_text(q);
    return p;
}

bool store_asked(Store *s, Id alliance, Arena *arena, AskedPrompt **ret, size_t *ret_n, Error *err)
{
    Query q;
    if (!query_start(&q, s, STMT_ASKED, arena, ARGS(arg_int(alliance)), err)) return false;
    RETURN_ROWS(&q, AskedPrompt, take_asked, ret, ret_n, err);
}

bool store_last_session(Store *s, Id alliance, Stage stage, Arena *arena, CheckIn *ret, Error *err)
{
    Query q;
    if (!query_start(&q, s, STMT_CHECK_IN_LAST, arena, ARGS(arg_int(alliance), arg_text(stage_name(stage))),
                     err)) {
        return false;
    }
    RETURN_ROW(&q, CheckIn, take_check_in, "this session", ret, err);
}

bool store_look_insert(Store *s, const Look *l, Error *err)
{
    return sql_run(s, STMT_LOOK_INSERT,
                   ARGS(arg_int(l->id), arg_int(l->check_in), arg_int(l->term), arg_text(l->mark)), err);
}

static Look take_look(Query *q)
{
    Look l = {.id = take_long(q)};
    l.check_in = take_long(q);
    l.term = take_long(q);
    l.mark = take_text(q);
    l.at = take_instant(q);
    return l;
}

bool store_looks(Store *s, Id alliance, size_t limit, Arena *arena, Look **ret, size_t *ret_n, Error *err)
{
    Query q;
    if (!query_start(&q, s, STMT_LOOKS, arena, ARGS(arg_int(alliance), arg_int((int64_t)limit)), err)) {
        return false;
    }
    RETURN_ROWS(&q, Look, take_look, ret, ret_n, err);
}

bool store_private_count(Store *s, Id alliance, size_t limit, size_t *ret, Error *err)
{
    return sql_count(s, STMT_PRIVATE, ARGS(arg_int(alliance), arg_int((int64_t)limit)), ret, err);
}

bool store_moment_insert(Store *s, const Moment *m, Error *err)
{
    return sql_run(s, STMT_MOMENT_INSERT,
                   ARGS(arg_int(m->id), arg_int(m->alliance), arg_text(moment_kind_name(m->kind)),
                        arg_at(m->at), arg_offset(m->at), arg_text(m->text), arg_int(m->is_private)),
                   err);
}

static Moment take_moment(Query *q)
{
    Moment m = {.id = take_long(q)};
    m.alliance = take_long(q);
    TAKE_NAME(q, moment_kind_parse, &m.kind);
    m.at = take_instant(q);
    m.text = take_text(q);
    m.is_private = take_flag(q);
    return m;
}

bool store_moment_get(Store *s, Id id, Arena *arena, Moment *ret, Error *err)
{
    Query q;
    if (!query_start(&q, s, STMT_MOMENT_GET, arena, ARGS(arg_int(id)), err)) return false;
    RETURN_ROW(&q, Moment, take_moment, "this moment", ret, err);
}

bool store_moments(Store *s, Id alliance, size_t limit, Arena *arena, Moment **ret, size_t *ret_n, Error *err)
{
    Query q;
    if (!query_start(&q, s, STMT_MOMENTS, arena, ARGS(arg_int(alliance), arg_int((int64_t)limit)), err)) {
        return false;
    }
    RETURN_ROWS(&q, Moment, take_moment, ret, ret_n, err);
}
