#include <entente/store_commitments.h>

#include "sql.h"

/* Kept late is seen, not said: derived whenever a commitment is read. */
static const char *stored_state(CommitmentState state)
{
    return commitment_state_name(state == COMMITMENT_KEPT_LATE ? COMMITMENT_KEPT : state);
}

#define COMMITMENT_ARGS(c)                                                                                   \
    ARGS(arg_int((c)->id), arg_int((c)->alliance), arg_text(side_name((c)->side)), arg_text((c)->text),      \
         arg_day((c)->due), arg_text(stored_state((c)->state)), arg_at((c)->made), arg_offset((c)->made),    \
         arg_at((c)->settled), arg_offset((c)->settled), arg_id((c)->made_in), arg_id((c)->settled_in),      \
         arg_id((c)->term), arg_at((c)->trashed), arg_offset((c)->trashed))

bool store_commitment_insert(Store *s, const Commitment *c, Error *err)
{
    return sql_run(s, STMT_COMMITMENT_INSERT, COMMITMENT_ARGS(c), err);
}

bool store_commitment_update(Store *s, const Commitment *c, Error *err)
{
    return sql_change(s, STMT_COMMITMENT_UPDATE, "this commitment", COMMITMENT_ARGS(c), err);
}

static Commitment take_commitment(Query *q)
{
    Commitment c = {.id = take_long(q)};
    CommitmentState stored = COMMITMENT_OPEN;
    c.alliance = take_long(q);
    TAKE_NAME(q, side_parse, &c.side);
    c.text = take_text(q);
    c.due = take_day(q);
    TAKE_NAME(q, commitment_state_parse, &stored);
    c.made = take_instant(q);
    c.settled = take_instant(q);
    c.made_in = take_long(q);
    c.settled_in = take_long(q);
    c.term = take_long(q);
    c.trashed = take_instant(q);
    c.state = commitment_state_of(stored, c.due, c.settled);
    return c;
}

bool store_commitment_get(Store *s, Id id, Arena *arena, Commitment *ret, Error *err)
{
    Query q;
    if (!query_start(&q, s, STMT_COMMITMENT_GET, arena, ARGS(arg_int(id)), err)) return false;
    RETURN_ROW(&q, Commitment, take_commitment, "this commitment", ret, err);
}

/* Open ones without a due day stand behind all others. */
static Date order_day(const Commitment *c)
{
    return c->due == DATE_NONE ? date_make(9999, 12, 31) : c->due;
}

static CommitmentCursor cursor_at(const Commitment *c)
{
    bool settled = c->state != COMMITMENT_OPEN;
    return (CommitmentCursor){true, settled, settled ? c->settled.unix_ms : order_day(c), c->id};
}

/* A page in the making: `limit` rows at most, and whether one more was seen. */
typedef struct {
    CommitmentRow *rows;
    size_t n, limit;
    bool more;
} Page;

static bool take_rows(Store *s, Stmt which, Arg key, Id id, const CommitmentFilter *f, Arena *arena,
                      Page *page, Error *err)
{
    Query q;
    Arg args[5] = {key, arg_int(id), arg_int((int64_t)(page->limit - page->n) + 1)};
    size_t n = 3;
    if (f->has_due_by) args[n++] = arg_day(f->due_by);
    if (f->alliance) args[n++] = arg_int(f->alliance);
    if (!query_start(&q, s, which, arena, args, n, err)) return false;
    while (!page->more && query_next(&q)) {
        page->more = page->n == page->limit;
        if (page->more) break;
        CommitmentRow *row = &page->rows[page->n++];
        row->commitment = take_commitment(&q);
        row->alliance_name = take_text(&q);
    }
    return query_end(&q, err);
}

static Stmt open_statement(const CommitmentFilter *f)
{
    if (f->has_due_by) return f->alliance ? STMT_COMMITMENTS_OPEN_BY_OF : STMT_COMMITMENTS_OPEN_BY;
    return f->alliance ? STMT_COMMITMENTS_OPEN_OF : STMT_COMMITMENTS_OPEN;
}

static bool take_open(Store *s, const CommitmentFilter *f, const CommitmentCursor *after, Arena *arena,
                      Page *page, Error *err)
{
    if (after->set && after->settled) return true;
    return take_rows(s, open_statement(f), after->set ? arg_day((Date)after->order) : arg_text(""),
                     after->set ? after->id : 0, f, arena, page, err);
}

static bool take_settled(Store *s, const CommitmentFilter *f, const CommitmentCursor *after, Arena *arena,
                         Page *page, Error *err)
{
    if (f->open || f->has_due_by || page->more) return true;
    bool inside = after->set && after->settled;
    return take_rows(s, f->alliance ? STMT_COMMITMENTS_SETTLED_OF : STMT_COMMITMENTS_SETTLED,
                     arg_int(inside ? after->order : INT64_MAX), inside ? after->id : INT64_MAX, f, arena,
                     page, err);
}

bool store_commitments(Store *s, const CommitmentFilter *filter, const CommitmentCursor *after, size_t limit,
                       Arena *arena, CommitmentRow **ret, size_t *ret_n, CommitmentCursor *ret_next,
                       Error *err)
{
    static const CommitmentCursor start = {0};
    Page page = {.rows = arena_array(arena, limit, sizeof *page.rows), .limit = limit};
    if (!after) after = &start;
    if (!take_open(s, filter, after, arena, &page, err) ||
        !take_settled(s, filter, after, arena, &page, err)) {
        return false;
    }
    *ret = page.rows;
    *ret_n = page.n;
    *ret_next = page.more && page.n ? cursor_at(&page.rows[page.n - 1].commitment) : (CommitmentCursor){0};
    return true;
}

bool store_commitments_due(Store *s, Date by, size_t limit, size_t *ret, Error *err)
{
    return sql_count(s, STMT_COMMITMENTS_DUE, ARGS(arg_day(by), arg_int((int64_t)limit)), ret, err);
}
