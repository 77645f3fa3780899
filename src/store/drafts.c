#include <entente/store_drafts.h>

#include <assert.h>

#include "sql.h"

static Draft take_draft(Query *q)
{
    Draft d = {.id = take_long(q)};
    d.alliance = take_long(q);
    TAKE_NAME(q, stage_parse, &d.stage);
    d.step = take_int(q);
    d.steps = take_int(q);
    d.state = take_text(q);
    d.saved = take_instant(q);
    d.revision = take_long(q);
    return d;
}

static bool write_draft(Store *s, Stmt which, Id id, const Draft *d, int64_t revision, Error *err)
{
    return sql_run(s, which,
                   ARGS(arg_int(id), arg_id(d->alliance), arg_text(stage_name(d->stage)), arg_int(d->step),
                        arg_int(d->steps), arg_text(d->state), arg_at(d->saved), arg_offset(d->saved),
                        arg_int(revision)),
                   err);
}

/* Each statement is a transaction of its own: one durable write in the usual case. */
bool store_draft_save(Store *s, Draft *d, Error *err)
{
    assert(sqlite3_get_autocommit(s->db));
    if (d->id != 0) {
        if (!write_draft(s, STMT_DRAFT_UPDATE, d->id, d, d->revision, err)) return false;
        if (sqlite3_changes(s->db) > 0) {
            d->revision++;
            return true;
        }
    }
    Id id = store_new_id(s, d->saved.unix_ms);
    if (!write_draft(s, STMT_DRAFT_INSERT, id, d, 1, err)) return false;
    d->id = id;
    d->revision = 1;
    return true;
}

static bool get_draft(Store *s, Stmt which, const Arg *args, size_t n, Arena *arena, Draft *ret, Error *err)
{
    Query q;
    if (!query_start(&q, s, which, arena, args, n, err)) return false;
    RETURN_ROW(&q, Draft, take_draft, "a draft", ret, err);
}

bool store_draft_find(Store *s, Id alliance, Stage stage, Arena *arena, Draft *ret, Error *err)
{
    if (!alliance)
        return get_draft(s, STMT_DRAFT_FIND_NEW, ARGS(arg_text(stage_name(stage))), arena, ret, err);
    return get_draft(s, STMT_DRAFT_FIND, ARGS(arg_int(alliance), arg_text(stage_name(stage))), arena, ret,
                     err);
}

bool store_draft_of(Store *s, Id alliance, Arena *arena, Draft *ret, Error *err)
{
    return get_draft(s, STMT_DRAFT_OF, ARGS(arg_int(alliance)), arena, ret, err);
}

bool store_draft_delete(Store *s, const Draft *d, Error *err)
{
    assert(!sqlite3_get_autocommit(s->db));
    return sql_run(s, STMT_DRAFT_DELETE, ARGS(arg_int(d->id), arg_int(d->revision)), err);
}
