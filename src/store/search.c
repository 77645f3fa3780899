#include "search.h"

#include <entente/text.h>

#include "history.h"

/* The texts of one entry are written by one verb, so their numbers follow each other: no further apart than
 * this. */
enum { ENTRY_TEXTS_MAX = 256 };

/* One word or phrase as it was typed. */
typedef struct {
    StrView text;
    bool without; /* it must not be there */
    bool quoted;
} Wanted;

static bool next_wanted(StrView *rest, Wanted *ret)
{
    *rest = sv_trim(*rest);
    if (rest->len == 0) return false;
    *ret = (Wanted){0};
    if (rest->len > 1 && rest->ptr[0] == '-') {
        ret->without = true;
        *rest = sv_n(rest->ptr + 1, rest->len - 1);
    }
    if (rest->ptr[0] == '"') {
        ret->quoted = true;
        *rest = sv_n(rest->ptr + 1, rest->len - 1);
        ret->text = sv_cut(rest, '"');
        return true;
    }
    size_t end = 0;
    while (end < rest->len && rest->ptr[end] != '"' && sv_trim(sv_n(rest->ptr + end, 1)).len) end++;
    ret->text = sv_n(rest->ptr, end);
    *rest = sv_n(rest->ptr + end, rest->len - end);
    return true;
}

static void add_wanted(Str *with, Str *without, const Wanted *w, bool last)
{
    Str *out = w->without ? without : with;
    if (out->len) str_add_c(out, w->without ? " OR " : " AND ");
    /* A string of FTS5 (fts5.html, 3.1) is in double quotes; the text was cut at those, so it holds none. */
    str_add_char(out, '"');
    str_add(out, w->text);
    str_add_char(out, '"');
    if (last && !w->quoted && !w->without) str_add_char(out, '*');
}

bool search_expression(Str *out, StrView typed)
{
    Str with, without;
    Wanted w;
    str_init(&with);
    str_init(&without);
    while (next_wanted(&typed, &w)) {
        /* What holds no letter or digit is no word to the index either, and would match nothing. */
        if (text_words(w.text) > 0) add_wanted(&with, &without, &w, typed.len == 0);
    }
    bool any = with.len > 0;
    if (any) str_addf(out, "(%s)", with.buf);
    if (any && without.len) str_addf(out, " NOT (%s)", without.buf);
    str_finish(&without);
    str_finish(&with);
    return any;
}

/* A page of found entries in the making. */
typedef struct {
    Store *s;
    Arena *arena;
    const HistoryFilter *filter;
    const char *expression;
    HistoryRow *rows;
    size_t n, limit;
    Vec(Id) seen; /* entries shown already, on this page or the one before */
    int64_t last; /* the number of the text the last row came from */
    bool more;
} Found;

static bool is_seen(const Found *f, Id entry)
{
    for (size_t i = 0; i < f->seen.len; i++) {
        if (f->seen.at[i] == entry) return true;
    }
    return false;
}

/* The entry that holds the text with this id; *ret_found false when it is in the trash. */
static bool read_entry(Found *f, Id hit, HistoryRow *ret, bool *ret_found, Error *err)
{
    Query q;
    if (!query_start(&q, f->s, STMT_SEARCH_ENTRY, f->arena, ARGS(arg_int(hit)), err)) return false;
    *ret_found = query_next(&q);
    if (*ret_found) *ret = take_history_row(&q);
    return query_end(&q, err);
}

/* An entry that the page before has shown may have more hits below it: they are not shown again. */
static bool remember_page_before(Found *f, int64_t cursor, Error *err)
{
    Query q;
    Vec(Id) hits = {0};
    if (!query_start(&q, f->s, STMT_SEARCH_HITS_ABOVE, f->arena,
                     ARGS(arg_text(f->expression), arg_int(cursor), arg_int(cursor + ENTRY_TEXTS_MAX)),
                     err)) {
        return false;
    }
    while (query_next(&q)) vec_push(&hits, take_long(&q));
    bool ok = query_end(&q, err);
    for (size_t i = 0; ok && i < hits.len; i++) {
        HistoryRow row;
        bool found = false;
        ok = read_entry(f, hits.at[i], &row, &found, err);
        if (ok && found && !is_seen(f, row.id)) vec_push(&f->seen, row.id);
    }
    vec_finish(&hits);
    return ok;
}

static bool fits(const HistoryFilter *f, const HistoryRow *row)
{
    Date day = instant_date(row->at);
    if (f->alliance && f->alliance != row->alliance) return false;
    if (f->has_kind && f->kind != row->kind) return false;
    return (f->since == DATE_NONE || day >= f->since) && (f->until == DATE_NONE || day <= f->until);
}

static bool take_hit(Found *f, Query *hits, Error *err)
{
    HistoryRow row;
    bool found = false;
    int64_t doc = take_long(hits);
    Id hit = take_long(hits);
    if (!read_entry(f, hit, &row, &found, err)) return false;
    if (!found || !fits(f->filter, &row) || is_seen(f, row.id)) return true;
    f->more = f->n == f->limit;
    if (f->more) return true;
    row.text = arena_str(f->arena, sv_trim(take_view(hits)));
    row.snippet = arena_str(f->arena, sv_trim(take_view(hits)));
    vec_push(&f->seen, row.id);
    f->rows[f->n++] = row;
    f->last = doc;
    return true;
}

static bool find(Found *f, const HistoryCursor *before, Error *err)
{
    Query q;
    bool later = before && before->set;
    if (later && !remember_page_before(f, before->id, err)) return false;
    if (!query_start(&q, f->s, STMT_SEARCH_HITS, f->arena,
                     ARGS(arg_text(f->expression), arg_int(later ? before->id : INT64_MAX)), err)) {
        return false;
    }
    bool ok = true;
    while (ok && !f->more && query_next(&q)) ok = take_hit(f, &q, err);
    return query_end(&q, err) && ok;
}

bool search_page(Store *s, const HistoryFilter *filter, const HistoryCursor *before, size_t limit,
                 Arena *arena, HistoryRow **ret, size_t *ret_n, HistoryCursor *ret_next, Error *err)
{
    Str expression;
    Found f = {.s = s, .arena = arena, .filter = filter, .limit = limit};
    f.rows = arena_array(arena, limit, sizeof *f.rows);
    str_init(&expression);
    bool wanted = search_expression(&expression, sv(filter->query));
    f.expression = expression.buf;
    bool ok = !wanted || find(&f, before, err);
    str_finish(&expression);
    vec_finish(&f.seen);
    if (!ok) return false;
    *ret = f.rows;
    *ret_n = f.n;
    *ret_next =
        f.more && f.n ? (HistoryCursor){true, f.rows[f.n - 1].at.unix_ms, f.last} : (HistoryCursor){0};
    return true;
}

bool store_search_rebuild(Store *s, Error *err)
{
    Error differs = {0};
    if (!sql_run(s, STMT_SEARCH_NUMBER, NO_ARGS, err)) return false;
    if (sql_run(s, STMT_SEARCH_CHECK, NO_ARGS, &differs)) return true;
    if (differs.code != ERR_UNREADABLE) return error_set(err, differs.code, "%s", differs.msg);
    return sql_run(s, STMT_SEARCH_REBUILD, NO_ARGS, err);
}
