#include <entente/store_history.h>

#include "history.h"
#include "search.h"

static const int64_t DAY_MS = 86400000;

HistoryFilter history_filter(void)
{
    return (HistoryFilter){.since = DATE_NONE, .until = DATE_NONE};
}

static void take_commitment_state(Query *q, HistoryRow *row)
{
    CommitmentState stored = COMMITMENT_OPEN;
    bool given = sqlite3_column_type(q->stmt, q->column) != SQLITE_NULL;
    StrView name = take_view(q);
    if (given) take_check(q, commitment_state_parse(name, &stored));
    Date due = take_day(q);
    Instant settled = take_instant(q);
    row->state = commitment_state_of(stored, due, settled);
}

HistoryRow take_history_row(Query *q)
{
    HistoryRow row = {.id = take_long(q), .snippet = ""};
    TAKE_NAME(q, entry_kind_parse, &row.kind);
    row.alliance = take_long(q);
    row.alliance_name = take_text(q);
    row.at = take_instant(q);
    row.trust = take_int(q);
    row.version = take_int(q);
    StrView side = take_view(q);
    if (side.len) take_check(q, side_parse(side, &row.side));
    take_commitment_state(q, &row);
    StrView moment = take_view(q);
    if (moment.len) take_check(q, moment_kind_parse(moment, &row.moment));
    row.text = take_text(q);
    row.is_private = take_flag(q);
    row.quick = take_flag(q);
    return row;
}

static Stmt history_statement(const HistoryFilter *f)
{
    int base = f->alliance ? STMT_HISTORY_ALL_OF : STMT_HISTORY_ALL;
    int arm = 0;
    if (f->has_kind) {
        switch (f->kind) {
        case ENTRY_AGREEMENT: arm = STMT_HISTORY_AGREEMENTS - STMT_HISTORY_ALL; break;
        case ENTRY_COMMITMENT: arm = STMT_HISTORY_COMMITMENTS - STMT_HISTORY_ALL; break;
        case ENTRY_MOMENT: arm = STMT_HISTORY_MOMENTS - STMT_HISTORY_ALL; break;
        default: arm = STMT_HISTORY_SESSIONS - STMT_HISTORY_ALL; break;
        }
    }
    return (Stmt)(base + arm);
}

/* Days are those of each entry's own wall clock; no zone is more than a day from UTC, so the index is entered
 * a day early. */
typedef struct {
    int64_t below, below_id; /* stays under this instant, and under this id at it */
    int64_t from;
    int64_t wall_from, wall_to;
} Bounds;

static Bounds bounds_of(const HistoryFilter *f, const HistoryCursor *before)
{
    Bounds b = {INT64_MAX, INT64_MAX, INT64_MIN, INT64_MIN, INT64_MAX};
    if (before && before->set) {
        b.below = before->at_ms;
        b.below_id = before->id;
    }
    if (f->since != DATE_NONE) {
        b.wall_from = f->since * DAY_MS;
        b.from = b.wall_from - DAY_MS;
    }
    if (f->until != DATE_NONE) {
        b.wall_to = (f->until + 1) * DAY_MS - 1;
        if (b.wall_to + DAY_MS < b.below) {
            b.below = b.wall_to + DAY_MS;
            b.below_id = INT64_MAX;
        }
    }
    return b;
}

bool store_history(Store *s, const HistoryFilter *filter, const HistoryCursor *before, size_t limit,
                   Arena *arena, HistoryRow **ret, size_t *ret_n, HistoryCursor *ret_next, Error *err)
{
    if (filter->query) return search_page(s, filter, before, limit, arena, ret, ret_n, ret_next, err);
    Query q;
    Bounds b = bounds_of(filter, before);
    HistoryRow *rows = arena_array(arena, limit, sizeof *rows);
    size_t n = 0;
    bool more = false;
    Arg kind = filter->has_kind ? arg_text(entry_kind_name(filter->kind)) : (Arg){0};
    if (!query_start(&q, s, history_statement(filter), arena,
                     ARGS(arg_int(b.below), arg_int(b.below_id), arg_int(b.from), arg_int(b.wall_from),
                          arg_int(b.wall_to), arg_id(filter->alliance), kind, arg_int((int64_t)limit + 1)),
                     err)) {
        return false;
    }
    while (!more && query_next(&q)) {
        more = n == limit;
        if (!more) rows[n++] = take_history_row(&q);
    }
    if (!query_end(&q, err)) return false;
    *ret = rows;
    *ret_n = n;
    *ret_next =
        more && n ? (HistoryCursor){true, rows[n - 1].at.unix_ms, rows[n - 1].id} : (HistoryCursor){0};
    return true;
}
