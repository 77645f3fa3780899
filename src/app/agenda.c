#include <entente/agenda.h>

#include "own.h"

#include <assert.h>
#include <entente/store_checkins.h>
#include <entente/text.h>
#include <stdlib.h>
#include <string.h>

const char *agenda_section_title(AgendaSection s)
{
    static const char *const titles[] = {
        [AGENDA_WAITING] = "Waiting",
        [AGENDA_TODAY] = "Today",
        [AGENDA_SOON] = "Next 7 days",
        [AGENDA_LATER] = "Later",
    };
    assert((unsigned)s < AGENDA_SECTION_COUNT);
    return titles[s];
}

static AgendaSection section_of(Date day, Date today)
{
    if (day <= today) return day < today ? AGENDA_WAITING : AGENDA_TODAY;
    return day - today <= AGENDA_SOON_DAYS ? AGENDA_SOON : AGENDA_LATER;
}

/* ---- what is due, of all three kinds ---- */

/* An item with what it is sorted by. */
typedef struct {
    AgendaItem item;
    const char *folded;
    Id id;
} Entered;

typedef struct {
    App *app;
    Arena *arena;
    Date until, today;
    size_t limit;
    Entered *at;
    size_t n;
    bool more;
    Date complete; /* DATE_NONE: all that was asked for was read */
} Gather;

static void enter(Gather *g, AgendaItem item, Id id)
{
    Str folded;
    str_init(&folded);
    text_fold(&folded, sv(item.name));
    item.section = section_of(item.day, g->today);
    g->at[g->n++] = (Entered){item, arena_str(g->arena, str_view(&folded)), id};
    str_finish(&folded);
}

/* Where the last one read was not the last there is, its day may hold more. */
static void stopped_at(Gather *g, Date day)
{
    g->more = true;
    if (g->complete == DATE_NONE || day - 1 < g->complete) g->complete = day - 1;
}

static bool gather_check_ins(Gather *g, Error *err)
{
    AllianceFilter filter = {.has_due_by = true, .due_by = g->until};
    AllianceRow *rows;
    AllianceCursor next;
    size_t n;
    if (!app_alliances(g->app, &filter, NULL, g->limit, g->arena, &rows, &n, &next, err)) return false;
    for (size_t i = 0; i < n; i++) {
        const Alliance *a = &rows[i].alliance;
        Date day = app_due(g->app, &rows[i]).day;
        if (day == DATE_NONE) continue;
        enter(g,
              (AgendaItem){
                  .kind = AGENDA_CHECK_IN, .day = day, .alliance = a->id, .name = a->name, .row = &rows[i]},
              a->id);
    }
    if (next.set) stopped_at(g, rows[n - 1].alliance.due);
    return true;
}

static bool gather_commitments(Gather *g, Error *err)
{
    CommitmentFilter filter = {.open = true, .has_due_by = true, .due_by = g->until};
    CommitmentRow *rows;
    CommitmentCursor next;
    size_t n;
    if (!app_commitments(g->app, &filter, NULL, g->limit, g->arena, &rows, &n, &next, err)) return false;
    for (size_t i = 0; i < n; i++) {
        const Commitment *c = &rows[i].commitment;
        enter(g,
              (AgendaItem){.kind = AGENDA_COMMITMENT,
                           .day = c->due,
                           .alliance = c->alliance,
                           .name = rows[i].alliance_name,
                           .commitment = &rows[i]},
              c->id);
    }
    if (next.set) stopped_at(g, rows[n - 1].commitment.due);
    return true;
}

static bool gather_reviews(Gather *g, Error *err)
{
    ReviewRow *rows;
    size_t n;
    if (!store_reviews(g->app->store, g->until, g->limit + 1, g->arena, &rows, &n, err)) return false;
    size_t kept = n > g->limit ? g->limit : n;
    for (size_t i = 0; i < kept; i++)
        enter(
            g,
            (AgendaItem){
                .kind = AGENDA_REVIEW, .day = rows[i].on, .alliance = rows[i].alliance, .name = rows[i].name},
            rows[i].alliance);
    if (n > kept) stopped_at(g, rows[kept].on);
    return true;
}

/* ---- in order ---- */

/* A commitment stands first: it can be kept before the two talk. */
static int rank(AgendaKind kind)
{
    return kind == AGENDA_COMMITMENT ? 0 : kind == AGENDA_CHECK_IN ? 1 : 2;
}

static int by_day(const void *a, const void *b)
{
    const Entered *x = a, *y = b;
    if (x->item.day != y->item.day) return x->item.day < y->item.day ? -1 : 1;
    if (x->item.kind != y->item.kind) return rank(x->item.kind) - rank(y->item.kind);
    int names = strcmp(x->folded, y->folded);
    return names ? names : (x->id > y->id) - (x->id < y->id);
}

static void put_in_order(Gather *g, AgendaItem **ret, size_t *ret_n)
{
    size_t n = 0;
    AgendaItem *items = arena_array(g->arena, g->n, sizeof *items);
    if (g->n) qsort(g->at, g->n, sizeof *g->at, by_day);
    /* A first day that alone is more than was read is better shown in part than not at all. */
    if (g->more && g->n && g->complete < g->at[0].item.day) g->complete = g->at[0].item.day;
    for (size_t i = 0; i < g->n; i++)
        if (!g->more || g->at[i].item.day <= g->complete) items[n++] = g->at[i].item;
    *ret = items;
    *ret_n = n;
}

bool app_agenda(App *app, Date until, size_t limit, Arena *arena, AgendaItem **ret, size_t *ret_n,
                bool *ret_more, Error *err)
{
    Gather g = {.app = app,
                .arena = arena,
                .until = until == DATE_NONE ? date_make(9999, 12, 31) : until,
                .today = app_today(app),
                .limit = limit,
                .at = arena_array(arena, limit * AGENDA_KIND_COUNT, sizeof *g.at),
                .complete = DATE_NONE};
    if (!gather_check_ins(&g, err) || !gather_commitments(&g, err) || !gather_reviews(&g, err)) return false;
    put_in_order(&g, ret, ret_n);
    *ret_more = g.more;
    return true;
}

Id agenda_matter(const AgendaItem *item)
{
    return item->kind == AGENDA_COMMITMENT ? item->commitment->commitment.id : item->alliance;
}

bool app_commitment_hidden(App *app, const Commitment *c, bool *ret, Error *err)
{
    Arena arena = {0};
    CheckIn check_in = {0};
    bool ok = !c->made_in || store_check_in_get(app->store, c->made_in, &arena, &check_in, err);
    if (ok) *ret = check_in.is_private;
    arena_finish(&arena);
    return ok;
}

/* ---- words ---- */

/* Also on the day it was moved to and after, while due_of calls it by that day. */
static bool was_snoozed(const AllianceRow *row)
{
    DueFacts facts = due_facts(row);
    return facts.snooze_until != DATE_NONE && facts.snooze_of == due_base(&facts);
}

/* Only the draft of a check-in needs no name beside a check-in. */
static const char *const DRAFT_OF[STAGE_COUNT] = {
    [STAGE_PREPARE] = "preparation ", [STAGE_DESIGN] = "design ", [STAGE_CHECK_IN] = "",
    [STAGE_REPAIR] = "repair ",       [STAGE_RENEW] = "renewal ", [STAGE_CLOSE] = "closing ",
    [STAGE_TEAM_DESIGN] = "design ",  [STAGE_TEAM_CHECK_IN] = ""};

static void add_check_in(const App *app, const AgendaItem *item, Str *out)
{
    const AllianceRow *row = item->row;
    Date today = app_today(app), wakes = row->alliance.paused_until;
    if (item->day < today) {
        str_add_c(out, "was due ");
        date_print_relative(out, item->day, today);
    } else if (app_due(app, row).state == DUE_PAUSED) {
        str_add_c(out, "paused ");
        if (wakes == item->day) {
            str_add_c(out, "until then");
        } else {
            str_add_c(out, "to ");
            date_print_day(out, wakes, today);
        }
    } else if (was_snoozed(row)) {
        str_add_c(out, "snoozed from ");
        date_print_day(out, row->snooze_of, today);
    } else {
        cadence_print_words(out, &row->alliance.cadence);
    }
    if (row->has_draft)
        str_addf(out, ", %sdraft %d of %d", DRAFT_OF[row->draft_stage], row->draft_step, row->draft_steps);
}

static void add_commitment(const CommitmentRow *row, Str *out)
{
    if (row->commitment.side == SIDE_THEM)
        app_short_name(row->alliance_name, out);
    else
        str_add_c(out, side_words(row->commitment.side, NULL));
    str_addf(out, ": %s", row->commitment.text);
}

void app_agenda_words(const App *app, const AgendaItem *item, Str *out)
{
    switch (item->kind) {
    case AGENDA_CHECK_IN: add_check_in(app, item, out); break;
    case AGENDA_COMMITMENT: add_commitment(item->commitment, out); break;
    case AGENDA_REVIEW: str_add_c(out, "look at the agreement again"); break;
    case AGENDA_KIND_COUNT: break;
    }
}

char app_agenda_marker(const App *app, const AgendaItem *item)
{
    Date today = app_today(app);
    if (item->day <= today) return item->day < today ? '!' : '*';
    return item->row && app_due(app, item->row).state == DUE_SNOOZED ? 'z' : ' ';
}

/* ---- in one line ---- */

enum { STATUS_MAX = 10000 };

bool app_due_count(App *app, size_t *ret, Error *err)
{
    return store_due_count(app->store, app_today(app), STATUS_MAX, ret, err);
}

bool app_status(App *app, AgendaStatus *ret, Error *err)
{
    AgendaStatus s;
    if (!app_due_count(app, &s.check_ins, err) ||
        !store_commitments_due(app->store, app_today(app), STATUS_MAX, &s.commitments, err))
        return false;
    *ret = s;
    return true;
}

static void add_count(Str *out, size_t n, const char *what)
{
    if (n == 0) return;
    str_addf(out, "%s%zu %s%s", out->len ? ", " : "", n, what, n == 1 ? "" : "s");
}

void app_status_words(const AgendaStatus *s, Str *out)
{
    add_count(out, s->check_ins, "check-in");
    add_count(out, s->commitments, "commitment");
}

int app_missed(const App *app, const AllianceRow *row)
{
    DueFacts facts = due_facts(row);
    return due_missed(&facts, app_today(app));
}

const char *agenda_missed_word(int missed)
{
    static const char *const WORDS[] = {"Three", "Four", "Five", "Six",   "Seven",
                                        "Eight", "Nine", "Ten",  "Eleven"};
    size_t at = (size_t)(missed - DUE_MISSED_OFFER);
    return at < sizeof WORDS / sizeof WORDS[0] ? WORDS[at] : "Many";
}
