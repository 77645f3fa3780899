#include <entente/store_alliances.h>

#include <entente/text.h>

#include "sql.h"

bool store_person_insert(Store *s, const Person *p, Error *err)
{
    return sql_run(
        s, STMT_PERSON_INSERT,
        ARGS(arg_int(p->id), arg_text(p->name), arg_text(p->email), arg_text(p->phone), arg_text(p->notes)),
        err);
}

bool store_person_update(Store *s, const Person *p, Error *err)
{
    return sql_change(
        s, STMT_PERSON_UPDATE, "this person",
        ARGS(arg_int(p->id), arg_text(p->name), arg_text(p->email), arg_text(p->phone), arg_text(p->notes)),
        err);
}

bool store_member_insert(Store *s, Id alliance, Id person, int position, Error *err)
{
    return sql_run(s, STMT_MEMBER_INSERT, ARGS(arg_int(alliance), arg_int(person), arg_int(position)), err);
}

static Person take_person(Query *q)
{
    Person p = {.id = take_long(q)};
    p.name = take_text(q);
    p.email = take_text(q);
    p.phone = take_text(q);
    p.notes = take_text(q);
    return p;
}

bool store_members(Store *s, Id alliance, Arena *arena, Person **ret, size_t *ret_n, Error *err)
{
    Query q;
    if (!query_start(&q, s, STMT_MEMBERS, arena, ARGS(arg_int(alliance)), err)) return false;
    RETURN_ROWS(&q, Person, take_person, ret, ret_n, err);
}

/* Lists run by due day, behind it those without one, last the open pauses; then by name. */
static void print_sort_order(Str *out, const Alliance *a, const char *folded)
{
    if (a->due != DATE_NONE) {
        date_print_iso(out, a->due);
    } else {
        bool open_pause = a->state == STATE_PAUSED && a->paused_until == DATE_NONE;
        str_add_c(out, open_pause ? "9999-12-31" : "9998-12-31");
    }
    str_addf(out, " %s", folded);
}

typedef bool (*RunWith)(Store *s, const Arg *args, size_t n, Error *err);

static bool insert_alliance(Store *s, const Arg *args, size_t n, Error *err)
{
    return sql_run(s, STMT_ALLIANCE_INSERT, args, n, err);
}

static bool update_alliance(Store *s, const Arg *args, size_t n, Error *err)
{
    return sql_change(s, STMT_ALLIANCE_UPDATE, "this alliance", args, n, err);
}

static bool write_alliance(Store *s, RunWith run, const Alliance *a, Error *err)
{
    Str folded, order, cadence;
    str_init(&folded);
    str_init(&order);
    str_init(&cadence);
    text_fold(&folded, sv(a->name));
    print_sort_order(&order, a, folded.buf);
    cadence_print(&cadence, &a->cadence);
    bool ok =
        run(s,
            ARGS(arg_int(a->id), arg_text(a->name), arg_text(alliance_kind_name(a->kind)), arg_text(a->role),
                 arg_text(a->situation), arg_text(alliance_state_name(a->state)), arg_day(a->paused_until),
                 arg_text(cadence.buf), arg_day(a->anchor), arg_day(a->review_on), arg_id(a->version),
                 arg_at(a->created), arg_offset(a->created), arg_at(a->trashed), arg_offset(a->trashed),
                 arg_at(a->last_check_in), arg_offset(a->last_check_in), arg_id(a->last_trust),
                 arg_day(a->due), arg_text(folded.buf), arg_text(order.buf), arg_day(a->cadence_since)),
            err);
    str_finish(&cadence);
    str_finish(&order);
    str_finish(&folded);
    return ok;
}

bool store_alliance_insert(Store *s, const Alliance *a, Error *err)
{
    return write_alliance(s, insert_alliance, a, err);
}

bool store_alliance_update(Store *s, const Alliance *a, Error *err)
{
    return write_alliance(s, update_alliance, a, err);
}

static Alliance take_alliance(Query *q)
{
    Alliance a = {.id = take_long(q)};
    a.name = take_text(q);
    TAKE_NAME(q, alliance_kind_parse, &a.kind);
    a.role = take_text(q);
    a.situation = take_text(q);
    TAKE_NAME(q, alliance_state_parse, &a.state);
    a.paused_until = take_day(q);
    take_check(q, cadence_parse(take_view(q), &a.cadence, NULL));
    a.anchor = take_day(q);
    a.cadence_since = take_day(q);
    a.review_on = take_day(q);
    a.version = take_int(q);
    a.created = take_instant(q);
    a.trashed = take_instant(q);
    a.last_check_in = take_instant(q);
    a.last_trust = take_int(q);
    a.due = take_day(q);
    return a;
}

bool store_alliance_get(Store *s, Id id, Arena *arena, Alliance *ret, Error *err)
{
    Query q;
    if (!query_start(&q, s, STMT_ALLIANCE_GET, arena, ARGS(arg_int(id)), err)) return false;
    RETURN_ROW(&q, Alliance, take_alliance, "this alliance", ret, err);
}

bool store_tag_insert(Store *s, Id alliance, const char *tag, Error *err)
{
    return sql_run(s, STMT_TAG_INSERT, ARGS(arg_int(alliance), arg_text(tag)), err);
}

bool store_alliances_named(Store *s, const char *folded, bool trashed, size_t limit, Arena *arena,
                           Alliance **ret, size_t *ret_n, Error *err)
{
    Query q;
    size_t n = 0;
    Alliance *found = arena_array(arena, limit, sizeof *found);
    /* U+10FFFF sorts behind every character, so this is where names that begin so end. */
    const char *end = arena_strf(arena, "%s\xf4\x8f\xbf\xbf", folded);
    if (!query_start(&q, s, STMT_ALLIANCES_NAMED, arena,
                     ARGS(arg_text(folded), arg_text(end), arg_int(trashed), arg_int((int64_t)limit)), err)) {
        return false;
    }
    while (n < limit && query_next(&q)) found[n++] = take_alliance(&q);
    if (!query_end(&q, err)) return false;
    *ret = found;
    *ret_n = n;
    return true;
}

static bool read_tags(Store *s, Arena *arena, AllianceRow *row, Error *err)
{
    Query q;
    Vec(const char *) tags = {0};
    if (!query_start(&q, s, STMT_TAGS, arena, ARGS(arg_int(row->alliance.id)), err)) return false;
    while (query_next(&q)) vec_push(&tags, take_text(&q));
    row->tag_count = tags.len;
    row->tags = tags.len ? arena_copy(arena, tags.at, tags.len * sizeof *tags.at) : NULL;
    vec_finish(&tags);
    return query_end(&q, err);
}

static bool read_trust(Store *s, Arena *arena, AllianceRow *row, Error *err)
{
    Query q;
    (void)arena;
    int newest_first[TRUST_HISTORY];
    size_t n = 0;
    if (!query_start(&q, s, STMT_TRUST, NULL, ARGS(arg_int(row->alliance.id), arg_int(TRUST_HISTORY)), err)) {
        return false;
    }
    while (n < TRUST_HISTORY && query_next(&q)) newest_first[n++] = take_int(&q);
    for (size_t i = 0; i < n; i++) row->trust[i] = newest_first[n - 1 - i];
    row->trust_count = n;
    return query_end(&q, err);
}

static void take_open(Query *q, AllianceRow *row)
{
    Side side = SIDE_ME;
    TAKE_NAME(q, side_parse, &side);
    row->open[side]++;
    Date due = take_day(q);
    if (due == DATE_NONE) return;
    if (row->next_commitment == DATE_NONE || due < row->next_commitment) row->next_commitment = due;
}

static bool read_open(Store *s, Arena *arena, AllianceRow *row, Error *err)
{
    Query q;
    (void)arena;
    if (!query_start(&q, s, STMT_OPEN_SIDES, NULL, ARGS(arg_int(row->alliance.id)), err)) return false;
    while (query_next(&q)) take_open(&q, row);
    return query_end(&q, err);
}

static bool read_draft(Store *s, Arena *arena, AllianceRow *row, Error *err)
{
    Query q;
    (void)arena;
    if (!query_start(&q, s, STMT_DRAFT_PLACE, NULL, ARGS(arg_int(row->alliance.id)), err)) return false;
    row->has_draft = query_next(&q);
    if (row->has_draft) {
        TAKE_NAME(&q, stage_parse, &row->draft_stage);
        row->draft_step = take_int(&q);
        row->draft_steps = take_int(&q);
        row->draft_saved = take_instant(&q);
    }
    return query_end(&q, err);
}

static bool read_snooze(Store *s, Arena *arena, AllianceRow *row, Error *err)
{
    Query q;
    (void)arena;
    if (!query_start(&q, s, STMT_SNOOZE, NULL, ARGS(arg_int(row->alliance.id)), err)) return false;
    if (query_next(&q)) {
        row->snooze_of = take_day(&q);
        row->snooze_until = take_day(&q);
    }
    return query_end(&q, err);
}

static bool read_skips(Store *s, Arena *arena, AllianceRow *row, Error *err)
{
    Query q;
    Vec(Date) skips = {0};
    Date last = instant_date(row->alliance.last_check_in);
    Arg from = last == DATE_NONE ? arg_text("") : arg_day(last);
    if (!query_start(&q, s, STMT_SKIPS, arena, ARGS(arg_int(row->alliance.id), from), err)) return false;
    while (query_next(&q)) vec_push(&skips, take_day(&q));
    row->skip_count = skips.len;
    row->skips = skips.len ? arena_copy(arena, skips.at, skips.len * sizeof *skips.at) : NULL;
    vec_finish(&skips);
    return query_end(&q, err);
}

/* The parts that callers do not name: what due_of needs is always read. */
enum { ROW_SNOOZE = ROW_PARTS + 1, ROW_SKIPS = 2 * ROW_SNOOZE, ROW_ALL = 2 * ROW_SKIPS - 1 };

static bool read_around(Store *s, Arena *arena, unsigned parts, AllianceRow *row, Error *err)
{
    static const struct {
        unsigned part;
        bool (*read)(Store *s, Arena *arena, AllianceRow *row, Error *err);
    } AROUND[] = {{ROW_TAGS, read_tags},   {ROW_TRUST, read_trust},   {ROW_OPEN, read_open},
                  {ROW_DRAFT, read_draft}, {ROW_SNOOZE, read_snooze}, {ROW_SKIPS, read_skips}};
    row->next_commitment = row->snooze_of = row->snooze_until = DATE_NONE;
    for (size_t i = 0; i < sizeof AROUND / sizeof *AROUND; i++)
        if ((parts & AROUND[i].part) && !AROUND[i].read(s, arena, row, err)) return false;
    return true;
}

static Stmt list_statement(const AllianceFilter *f)
{
    if (f->trashed) return STMT_ALLIANCES_TRASHED;
    if (f->has_state) return STMT_ALLIANCES_IN_STATE;
    return f->ended ? STMT_ALLIANCES_ALL : STMT_ALLIANCES_CURRENT;
}

/* A page of rows, and one more to know whether there are more. */
typedef struct {
    AllianceRow *rows;
    size_t n, limit;
    AllianceCursor last; /* of the last row taken */
    bool more;
    const AllianceFilter *filter;
} Page;

/* The list runs by due day, so nothing behind the first that is due later is due. */
static bool is_behind(const AllianceFilter *f, const Alliance *a)
{
    return f->has_due_by && (a->due == DATE_NONE || a->due > f->due_by);
}

/* Which of them a row has, as far as they are asked for. */
static unsigned take_parts(Query *q, const AllianceFilter *f)
{
    unsigned parts = ROW_ALL & ~f->without;
    if (!take_flag(q)) parts &= ~(unsigned)ROW_SNOOZE;
    if (!take_flag(q)) parts &= ~(unsigned)ROW_SKIPS;
    if (!take_flag(q)) parts &= ~(unsigned)ROW_DRAFT;
    return parts;
}

/* What stands around a row is read while the list's statement is open, so that all of it is from one moment.
 */
static bool take_page(Query *q, Page *page, Error *err)
{
    while (query_next(q)) {
        Alliance a = take_alliance(q);
        if (is_behind(page->filter, &a)) return true;
        page->more = page->n == page->limit;
        if (page->more) return true;
        AllianceRow *row = &page->rows[page->n++];
        row->alliance = a;
        page->last = (AllianceCursor){true, take_text(q), row->alliance.id};
        if (!read_around(q->s, q->arena, take_parts(q, page->filter), row, err)) return false;
    }
    return true;
}

/* Behind all sort orders of that day and before those of the next; without a day behind all. */
static const char *order_end(const AllianceFilter *f, Arena *arena)
{
    Str end;
    str_init(&end);
    if (f->has_due_by) date_print_iso(&end, f->due_by);
    str_add_c(&end, f->has_due_by ? "!" : "~");
    const char *text = arena_str(arena, str_view(&end));
    str_finish(&end);
    return text;
}

static bool is_first_page(const AllianceFilter *f, const AllianceCursor *after)
{
    return !(after && after->set) && !f->trashed && !f->has_state && !f->ended && !f->tag;
}

static bool start_page(Query *q, Store *s, const AllianceFilter *f, const AllianceCursor *after, size_t limit,
                       Arena *arena, Error *err)
{
    Arg most = arg_int((int64_t)limit + 1);
    if (is_first_page(f, after))
        return query_start(q, s, STMT_ALLIANCES_FIRST, arena, ARGS(arg_text(order_end(f, arena)), most), err);
    bool from_start = !after || !after->set;
    Arg state = f->has_state ? arg_text(alliance_state_name(f->state)) : (Arg){0};
    return query_start(q, s, list_statement(f), arena,
                       ARGS(arg_text(from_start ? "" : after->order), arg_int(from_start ? 0 : after->id),
                            arg_text(f->tag), most, state),
                       err);
}

bool store_alliances(Store *s, const AllianceFilter *filter, const AllianceCursor *after, size_t limit,
                     Arena *arena, AllianceRow **ret, size_t *ret_n, AllianceCursor *ret_next, Error *err)
{
    Query q;
    Page page = {.rows = arena_array(arena, limit, sizeof *page.rows), .limit = limit, .filter = filter};
    if (!start_page(&q, s, filter, after, limit, arena, err)) return false;
    bool ok = take_page(&q, &page, err);
    if (!query_end(&q, err) || !ok) return false;
    *ret = page.rows;
    *ret_n = page.n;
    *ret_next = page.more && page.n ? page.last : (AllianceCursor){0};
    return true;
}

bool store_alliance_row(Store *s, Id id, Arena *arena, AllianceRow *ret, Error *err)
{
    AllianceRow row = {0};
    if (!store_alliance_get(s, id, arena, &row.alliance, err) || !read_around(s, arena, ROW_ALL, &row, err))
        return false;
    *ret = row;
    return true;
}

bool store_alliances_exist(Store *s, bool *ret, Error *err)
{
    int64_t exists = 0;
    if (!sql_number(s, STMT_ALLIANCE_EXISTS, NO_ARGS, &exists, err)) return false;
    *ret = exists != 0;
    return true;
}

bool store_alliance_count(Store *s, size_t *ret, Error *err)
{
    int64_t n = 0;
    if (!sql_number(s, STMT_ALLIANCE_COUNT, NO_ARGS, &n, err)) return false;
    *ret = (size_t)n;
    return true;
}

bool store_due_count(Store *s, Date today, size_t limit, size_t *ret, Error *err)
{
    return sql_count(s, STMT_DUE_COUNT, ARGS(arg_day(today), arg_int((int64_t)limit)), ret, err);
}

static ReviewRow take_review(Query *q)
{
    ReviewRow row = {.alliance = take_long(q)};
    row.name = take_text(q);
    row.on = take_day(q);
    return row;
}

bool store_reviews(Store *s, Date until, size_t limit, Arena *arena, ReviewRow **ret, size_t *ret_n,
                   Error *err)
{
    Query q;
    if (!query_start(&q, s, STMT_REVIEWS, arena, ARGS(arg_day(until), arg_int((int64_t)limit)), err))
        return false;
    RETURN_ROWS(&q, ReviewRow, take_review, ret, ret_n, err);
}

bool store_snooze_set(Store *s, Id id, Id alliance, Date of, Date until, Instant at, Error *err)
{
    if (!sql_run(s, STMT_SNOOZE_DELETE, ARGS(arg_int(alliance)), err)) return false;
    if (until == DATE_NONE) return true;
    return sql_run(
        s, STMT_SNOOZE_INSERT,
        ARGS(arg_int(id), arg_int(alliance), arg_day(of), arg_day(until), arg_at(at), arg_offset(at)), err);
}

bool store_skip_insert(Store *s, Id id, Id alliance, Date of, Instant at, Error *err)
{
    return sql_run(s, STMT_SKIP_INSERT,
                   ARGS(arg_int(id), arg_int(alliance), arg_day(of), arg_at(at), arg_offset(at)), err);
}

bool store_skips_delete(Store *s, Id alliance, Date from, Error *err)
{
    return sql_run(s, STMT_SKIPS_DELETE, ARGS(arg_int(alliance), arg_day(from)), err);
}

bool store_skip_delete(Store *s, Id alliance, Date of, Error *err)
{
    return sql_run(s, STMT_SKIP_DELETE, ARGS(arg_int(alliance), arg_day(of)), err);
}
