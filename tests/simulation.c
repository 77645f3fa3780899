/*
 * Two years of reminders, hour by hour, in a journal of fifty alliances on disk. The journal's owner checks
 * in early, late and for days gone by, snoozes, skips, pauses, changes cadences, promises, settles, undoes
 * and does again; the program is closed and opened, killed while it sends, run twice at once, and its clock
 * is set wrong and back.
 *
 * What must be sent is known here without the log: before every run it is asked which days are due, by
 * app_due and the rows of the lists. Each of these must be given to each channel by that run unless it was
 * before, never twice, and nothing else may be. One channel fails at random and must be tried again.
 *
 * The owner moves: four months in each of six zones, one change of their clocks in each at least, with other
 * settings in each. ENTENTE_SIMULATION=all stays for the two years in each of the six. ENTENTE_SEED repeats a
 * run.
 */
#include "app_fixture.h"

#include <check.h>
#include <entente/json.h>
#include <entente/remind.h>
#include <entente/vec.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PEOPLE = 50, CHANNELS = 3, FLAKY = 1, SLOTS = 1 << 16, STAYS = 6 };
enum { HOUR_MS = 60 * 60 * 1000, DAY_HOURS = 24 };

static const struct {
    const char *from, *zone;
    int lead, quiet_from, quiet_to, digest;
} stays[STAYS + 1] = {
    {"2027-03-01", "Europe/Berlin", 0, 0, 0, -1},
    {"2027-07-01", "Australia/Lord_Howe", 0, 22 * 60, 7 * 60, -1}, /* half an hour */
    {"2027-11-01", "America/New_York", 1, 0, 0, -1},
    {"2028-03-01", "Africa/Cairo", 0, 0, 0, 8 * 60},            /* at midnight */
    {"2028-07-01", "America/Santiago", 2, 23 * 60, 6 * 60, -1}, /* at midnight */
    {"2028-11-01", "Africa/Casablanca", 0, 1 * 60, 5 * 60, -1}, /* around Ramadan */
    {"2029-03-01", NULL, 0, 0, 0, -1},
};

static const char *const cadences[] = {
    "every day",
    "every 3 days",
    "every 10 days",
    "weekly",
    "every 2 weeks",
    "every 5 weeks",
    "monthly",
    "quarterly",
    "every 2 months",
    "yearly",
    "weekly on tuesday and friday",
    "every 2 weeks on tuesday",
    "monthly on the 15th",
    "monthly on the 31st",
    "on the last friday of the month",
    "every 3 months on the first monday",
    "on the last workday of the month",
    "every second tuesday",
};
enum { CADENCES = sizeof cadences / sizeof cadences[0] };

/* ---- the world ---- */

typedef struct {
    AgendaKind kind;
    Id subject;
    Date day;
} Key;

typedef enum { OPEN, UNDER_WAY, ARRIVED, CUT_OFF } State;

/* What became of one due day. */
typedef struct {
    Key key;
    int due_at;     /* the last run at which it was due or became so */
    int due_before; /* the last run before which it was */
    int due_after;  /* the last run after which it still was */
    struct {
        State state;
        int tried_at; /* the last run that tried to send it */
        int arrived;
        bool owed; /* it was due before and after a run that serves this channel */
    } by[CHANNELS];
} DueDay;

typedef struct {
    uint64_t seed, random;
    char path[64];
    Zone zone;
    App *app;
    Config config;
    Channel channels[CHANNELS];
    Id people[PEOPLE];
    int64_t now_ms;   /* the true time */
    int64_t wrong_ms; /* what the clock adds to it, for so many hours */
    int wrong_hours;
    int hour;       /* counts the runs of the timer */
    size_t waiting; /* due, and not yet sent to all channels */
    Vec(DueDay) days;
    int slots[SLOTS]; /* index in `days` + 1, by hash */
    Vec(Date) digests[CHANNELS];
    bool closed[CHANNELS]; /* the digest of the day is out */
    Arena facts;           /* what the lists said last */
    AllianceRow *rows;
    size_t row_count;
    CommitmentRow *commitments;
    size_t commitment_count;
    bool known;
    bool calm;   /* nothing is done any more, and nothing fails */
    bool inside; /* a second program runs */
    int pipe;    /* a program that is going to be killed tells here what it did; else -1 */
    int die_at;
    struct {
        size_t verbs, runs, arrived, failed, cut_off, overlaps, restarts, clock_steps, changes;
    } count;
} World;

/* splitmix64 (Steele, Lea and Flood 2014) */
static uint64_t next_random(World *w)
{
    uint64_t x = w->random += UINT64_C(0x9e3779b97f4a7c15);
    x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
    return x ^ (x >> 31);
}

static int below(World *w, int n)
{
    return (int)(next_random(w) % (uint64_t)n);
}

static bool one_in(World *w, int n)
{
    return below(w, n) == 0;
}

static Instant clock_of(const World *w)
{
    return instant_at(&w->zone, w->now_ms + w->wrong_ms);
}

static Date today(const World *w)
{
    return instant_date(clock_of(w));
}

/* Ends the test; a child that was forked may not go on with it. */
static void broken(const World *w, const char *what, const Key *k, int channel)
{
    Str when, day;
    str_init(&when);
    str_init(&day);
    instant_print(&when, clock_of(w));
    if (k) date_print_iso(&day, k->day);
    if (w->pipe >= 0) _exit(3);
    ck_abort_msg("ENTENTE_SEED=%llu, run %d, %s by the clock: %s: %s %lld due %s, channel %d",
                 (unsigned long long)w->seed, w->hour, when.buf, what, k ? agenda_kind_name(k->kind) : "-",
                 k ? (long long)k->subject : 0, day.buf, channel);
}

static void must(const World *w, bool ok, const char *what, const Error *err)
{
    Str said;
    if (ok) return;
    str_init(&said);
    str_addf(&said, "%s: %s", what, err->msg);
    broken(w, said.buf, NULL, -1);
}

static App *open_app(World *w)
{
    App *app = NULL;
    Error err = {0};
    AppOptions options = {.journal = w->path,
                          .zone = &w->zone,
                          .has_now = true,
                          .now = clock_of(w),
                          .seed = next_random(w) | 1};
    must(w, app_open(&options, &app, &err), "open", &err);
    return app;
}

/* ---- what is due ---- */

static DueDay *find_day(World *w, const Key *k, bool make)
{
    uint64_t hash = (uint64_t)k->subject * UINT64_C(0x9e3779b97f4a7c15);
    hash = (hash ^ (hash >> 29) ^ (uint64_t)(k->day + 1000 * (int)k->kind)) * UINT64_C(0xbf58476d1ce4e5b9);
    size_t at = hash >> 48;
    for (; w->slots[at]; at = (at + 1) % SLOTS) {
        DueDay *d = &w->days.at[w->slots[at] - 1];
        if (d->key.kind == k->kind && d->key.subject == k->subject && d->key.day == k->day) return d;
    }
    if (!make) return NULL;
    ck_assert_uint_lt(w->days.len, SLOTS / 2);
    vec_push(&w->days, (DueDay){.key = *k});
    w->slots[at] = (int)w->days.len;
    return &w->days.at[w->days.len - 1];
}

static void read_facts(World *w, App *app)
{
    AllianceCursor no_more_rows;
    CommitmentCursor no_more;
    Error err = {0};
    arena_reset(&w->facts);
    must(w,
         app_alliances(app, &(AllianceFilter){0}, NULL, 1000, &w->facts, &w->rows, &w->row_count,
                       &no_more_rows, &err) &&
             app_commitments(app, &(CommitmentFilter){.open = true}, NULL, 5000, &w->facts, &w->commitments,
                             &w->commitment_count, &no_more, &err),
         "read the lists", &err);
    ck_assert(!no_more_rows.set && !no_more.set);
    w->known = true;
}

static const AllianceRow *row_of(const World *w, Id alliance)
{
    for (size_t i = 0; i < w->row_count; i++)
        if (w->rows[i].alliance.id == alliance) return &w->rows[i];
    return NULL;
}

/* A run sends what was due before it; what becomes due meanwhile it may send. */
typedef enum { BEFORE, MEANWHILE, AFTER } Asked;

static void note_due(World *w, AgendaKind kind, Id subject, Date day, Asked asked)
{
    Key k = {kind, subject, day};
    if (day == DATE_NONE || day > today(w) + w->config.rules.lead) return;
    DueDay *d = find_day(w, &k, true);
    if (asked == AFTER) {
        d->due_after = w->hour;
        return;
    }
    d->due_at = w->hour;
    if (asked == BEFORE) d->due_before = w->hour;
    for (int c = 0; c < CHANNELS && asked == BEFORE; c++)
        w->waiting += !w->closed[c] && d->by[c].state == OPEN;
}

/* Those of the living alliances only; what the others promised is not for reminders. */
static void note_all_due(World *w, App *app, Asked asked)
{
    if (!w->known) read_facts(w, app);
    for (size_t i = 0; i < w->row_count; i++) {
        const Alliance *a = &w->rows[i].alliance;
        note_due(w, AGENDA_CHECK_IN, a->id, app_due(app, &w->rows[i]).day, asked);
        note_due(w, AGENDA_REVIEW, a->id, a->review_on, asked);
    }
    for (size_t i = 0; i < w->commitment_count; i++) {
        const Commitment *c = &w->commitments[i].commitment;
        if (c->side != SIDE_THEM && row_of(w, c->alliance))
            note_due(w, AGENDA_COMMITMENT, c->id, c->due, asked);
    }
}

/* ---- what its owner does ---- */

static Date some_day(World *w, int from, int to)
{
    return today(w) + from + below(w, to - from + 1);
}

static Cadence some_cadence(World *w)
{
    Cadence c;
    ASSERT_OK(cadence_parse(sv(cadences[below(w, CADENCES)]), &c, &err));
    return c;
}

static bool check_in(World *w, App *app, Id id, Error *err)
{
    QuickCheckIn q = {.at = INSTANT_NONE, .trust = 1 + below(w, 5), .note = "We talked."};
    if (one_in(w, 5)) {
        q.at = app_now(app);
        q.at.unix_ms -= (int64_t)(1 + below(w, 240)) * HOUR_MS;
    }
    return app_quick_check_in(app, id, &q, NULL, err);
}

static bool promise(World *w, App *app, Id id, Error *err)
{
    Side side = (Side)below(w, SIDE_COUNT);
    return app_commit(app, id, side, "something small", one_in(w, 6) ? DATE_NONE : some_day(w, -3, 30), NULL,
                      err);
}

static bool change_promise(World *w, App *app, Id id, Error *err)
{
    (void)id;
    if (w->commitment_count == 0) return true;
    const Commitment *c = &w->commitments[below(w, (int)w->commitment_count)].commitment;
    static const CommitmentState ends[] = {COMMITMENT_KEPT, COMMITMENT_CHANGED, COMMITMENT_LET_GO,
                                           COMMITMENT_NOT_KEPT};
    switch (below(w, 6)) {
    case 0: return app_edit_commitment(app, c->id, c->side, "something else", some_day(w, 0, 20), NULL, err);
    case 1: return app_trash_commitment(app, c->id, NULL, err);
    default: return app_settle(app, c->id, ends[below(w, 4)], NULL, err);
    }
}

static bool snooze(World *w, App *app, Id id, Error *err)
{
    return app_snooze(app, id, some_day(w, 1, 20), NULL, err);
}

static bool skip(World *w, App *app, Id id, Error *err)
{
    (void)w;
    return app_skip(app, id, NULL, err);
}

static bool pause_for(World *w, App *app, Id id, Error *err)
{
    return app_pause(app, id, one_in(w, 2) ? DATE_NONE : some_day(w, 1, 60), NULL, err);
}

static bool resume(World *w, App *app, Id id, Error *err)
{
    (void)w;
    return app_resume(app, id, NULL, err);
}

static bool set_cadence(World *w, App *app, Id id, Error *err)
{
    Cadence c = some_cadence(w);
    return app_set_cadence(app, id, &c, one_in(w, 2) ? DATE_NONE : some_day(w, 0, 20), NULL, err);
}

static bool undo(World *w, App *app, Id id, Error *err)
{
    (void)w;
    (void)id;
    return app_undo(app, NULL, err);
}

static bool redo(World *w, App *app, Id id, Error *err)
{
    (void)w;
    (void)id;
    return app_redo(app, NULL, err);
}

static bool leave(World *w, App *app, Id id, Error *err)
{
    return one_in(w, 2) ? app_end(app, id, NULL, err) : app_trash(app, id, NULL, err);
}

static bool come_back(World *w, App *app, Id id, Error *err)
{
    (void)w;
    return app_restore(app, id, NULL, err);
}

/* A repair talk, whose day to look again is the review's. */
static bool plan_review(World *w, App *app, Id id, Error *err)
{
    Session *s;
    char when[32];
    snprintf(when, sizeof when, "in %d days", 1 + below(w, 40));
    if (!row_of(w, id) || !app_agree(app, id, SECTION_OFFERS, SIDE_ME, "I listen.", false, NULL, err) ||
        !session_begin(app, &(SessionStart){.alliance = id, .stage = STAGE_REPAIR}, &s, err))
        return true;
    session_set_text(s, SV("It was loud."), 0);
    while (session_step(s)->kind != STEP_REVIEW) {
        if (session_step(s)->kind == STEP_DATE) session_set_text(s, sv(when), 0);
        if (!session_next(s, err)) break;
    }
    bool ok = session_step(s)->kind == STEP_REVIEW && session_finish(s, NULL, err);
    session_free(s);
    return ok;
}

static const struct {
    bool (*act)(World *w, App *app, Id id, Error *err);
    int weight;
} habits[] = {
    {check_in, 32}, {snooze, 12},   {promise, 14},    {change_promise, 16},
    {skip, 6},      {pause_for, 5}, {resume, 12},     {set_cadence, 5},
    {undo, 6},      {redo, 4},      {plan_review, 2}, {leave, 1},
    {come_back, 3},
};

enum { WEIGHTS = 118 };

/* Mostly someone whose day has come. */
static Id someone(World *w)
{
    const AllianceRow *row = w->row_count ? &w->rows[below(w, (int)w->row_count)] : NULL;
    for (int i = 0; row && i < 8; i++) {
        if (row->alliance.due != DATE_NONE && row->alliance.due <= today(w)) return row->alliance.id;
        row = &w->rows[below(w, (int)w->row_count)];
    }
    return w->people[below(w, PEOPLE)];
}

/* Refused is fine: one cannot snooze what is ended, or undo when nothing was done. */
static void do_something(World *w, App *app)
{
    Error err = {0};
    if (!w->known) read_facts(w, app);
    Id id = someone(w);
    size_t i = 0;
    for (int at = below(w, WEIGHTS); at >= habits[i].weight; i++) at -= habits[i].weight;
    if (!habits[i].act(w, app, id, &err))
        must(w, err.code == ERR_USAGE || err.code == ERR_NOT_FOUND, "a verb", &err);
    else
        w->count.verbs++;
    w->known = false;
}

/* ---- the channels ---- */

static int channel_of(const World *w, const Channel *channel)
{
    for (int c = 0; c < CHANNELS; c++)
        if (strcmp(w->channels[c].name, channel->name) == 0) return c;
    broken(w, channel->name, NULL, -1);
    return -1;
}

/* What a program that will be killed tells the one that goes on. */
typedef struct {
    int channel;
    State state;
    Key key;
} Told;

static void became(World *w, int c, const Key *k, State state)
{
    DueDay *d = find_day(w, k, false);
    if (w->pipe >= 0) {
        Told told = {c, state, *k};
        if (write(w->pipe, &told, sizeof told) != (ssize_t)sizeof told) _exit(4);
    }
    if (state == UNDER_WAY) {
        if (!d || d->due_at != w->hour) broken(w, "sent, but not due", k, c);
        if (w->closed[c]) broken(w, "a second digest on a day", k, c);
        if (d->by[c].state != OPEN) broken(w, "sent twice", k, c);
        d->by[c].tried_at = w->hour;
    }
    if (state == ARRIVED) d->by[c].arrived++;
    if (state == ARRIVED || state == CUT_OFF) vec_push(&w->digests[c], today(w));
    w->count.arrived += state == ARRIVED;
    w->count.failed += state == OPEN;
    w->count.cut_off += state == CUT_OFF;
    d->by[c].state = state;
}

static Key key_of(const World *w, const Json *item)
{
    Key k;
    Error err = {0};
    must(w,
         agenda_kind_parse(sv(json_text(json_get(item, "kind"))), &k.kind) &&
             date_parse_iso(sv(json_text(json_get(item, "due"))), &k.day),
         "a notice's JSON", &err);
    const char *subject = k.kind == AGENDA_COMMITMENT ? "commitment_id" : "alliance_id";
    k.subject = strtoll(json_text(json_get(item, subject)), NULL, 10);
    return k;
}

static void all_became(World *w, int c, const Json *items, State state)
{
    for (const Json *i = json_first(items); i; i = json_next(i)) {
        Key k = key_of(w, i);
        became(w, c, &k, state);
    }
}

static void run_once(World *w, App *app);

/* While something is being sent, another program runs, and its owner may be at it. */
static void meanwhile(World *w)
{
    w->inside = true;
    App *other = open_app(w);
    if (one_in(w, 3) && w->wrong_ms == 0) {
        do_something(w, other);
        note_all_due(w, other, MEANWHILE);
    }
    run_once(w, other);
    app_close(other);
    w->inside = false;
    w->count.overlaps++;
}

static bool carry(void *data, const Channel *channel, const Notice *notice, Str *ret_why)
{
    World *w = data;
    Json *j;
    Error err = {0};
    int c = channel_of(w, channel);
    must(w, json_parse(sv(notice->json), "notice", &j, &err), "parse", &err);
    const Json *items = json_get(j, "items");
    if (json_size(items) != notice->check_ins + notice->commitments + notice->reviews)
        broken(w, "a notice's counts", NULL, c);
    all_became(w, c, items, UNDER_WAY);
    if (w->pipe >= 0 && w->die_at-- == 0) raise(SIGKILL);
    if (w->pipe < 0 && !w->inside && !w->calm && one_in(w, 12)) meanwhile(w);
    bool ok = c != FLAKY || w->calm || !one_in(w, 3);
    all_became(w, c, items, ok ? ARRIVED : OPEN);
    json_free(j);
    if (!ok) str_add_c(ret_why, "the line is busy");
    return ok;
}

/* ---- a run ---- */

static void run_once(World *w, App *app)
{
    Arena arena = {0};
    Error err = {0};
    RemindReport report;
    RemindOptions options = {.config = &w->config, .sender = carry, .data = w};
    must(w, app_remind(app, &options, &arena, &report, &err), "remind", &err);
    arena_finish(&arena);
    w->count.runs++;
}

static void run_in_child(World *w, int to)
{
    w->pipe = to;
    w->die_at = below(w, 4);
    App *app = open_app(w);
    run_once(w, app);
    _exit(0); /* there was too little to send */
}

/* A program of its own that is killed in the middle of sending. What was under way is not known to have
 * arrived. */
static void run_killed(World *w)
{
    int ends[2], status;
    Told told;
    Vec(Told) last = {0};
    app_close(w->app);
    ck_assert_int_eq(pipe(ends), 0);
    fflush(NULL);
    next_random(w);
    pid_t child = fork();
    if (child == 0) run_in_child(w, ends[1]);
    close(ends[1]);
    while (read(ends[0], &told, sizeof told) == (ssize_t)sizeof told) {
        if (told.state == UNDER_WAY) vec_push(&last, told);
        if (told.state != UNDER_WAY) last.len--;
        became(w, told.channel, &told.key, told.state);
    }
    close(ends[0]);
    for (size_t i = 0; i < last.len; i++) became(w, last.at[i].channel, &last.at[i].key, CUT_OFF);
    vec_finish(&last);
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFSIGNALED(status) ? WTERMSIG(status) == SIGKILL : WEXITSTATUS(status) == 0);
    w->app = open_app(w);
}

static bool is_digest_out(const World *w, int c)
{
    for (size_t i = w->digests[c].len; i-- > 0;)
        if (w->digests[c].at[i] == today(w)) return true;
    return false;
}

static bool is_time(const World *w)
{
    int minutes = instant_minutes(clock_of(w));
    const ReminderRules *r = &w->config.rules;
    bool late = minutes >= r->quiet_from, early = minutes < r->quiet_to;
    bool quiet = r->quiet_from > r->quiet_to ? late || early : late && early;
    return !quiet && minutes >= r->digest;
}

/* All that was due when the run began, and still is, was given to all channels, by this run or before. */
static void nothing_is_owed(World *w)
{
    note_all_due(w, w->app, AFTER);
    for (size_t i = 0; i < w->days.len; i++) {
        DueDay *d = &w->days.at[i];
        if (d->due_before != w->hour || d->due_after != w->hour) continue;
        for (int c = 0; c < CHANNELS; c++) {
            if (w->closed[c]) continue;
            d->by[c].owed = true;
            if (d->by[c].state == OPEN && d->by[c].tried_at != w->hour)
                broken(w, "due, but not sent", &d->key, c);
        }
    }
}

static void run_hour(World *w)
{
    w->hour++;
    app_set_now(w->app, clock_of(w));
    w->config.names = one_in(w, 2);
    bool digest = w->config.rules.digest >= 0;
    for (int c = 0; c < CHANNELS; c++) w->closed[c] = digest && is_digest_out(w, c);
    w->waiting = 0;
    if (is_time(w)) note_all_due(w, w->app, BEFORE);
    if (w->waiting && !w->calm && one_in(w, 12)) run_killed(w);
    for (int c = 0; c < CHANNELS; c++) w->closed[c] = digest && is_digest_out(w, c);
    run_once(w, w->app);
    if (is_time(w)) nothing_is_owed(w);
}

/* ---- time goes by ---- */

/* Twenty-odd times a day back or some hours off; now and then ten years ahead, when all is due at once. */
static void set_clock_wrong(World *w)
{
    static const int hours[] = {-24, -24, -24, -24, 3, -2, -5, 1, -1, 24 * 3652};
    if (w->wrong_hours > 0 && --w->wrong_hours == 0) w->wrong_ms = 0;
    if (w->wrong_hours > 0 || !one_in(w, 500)) return;
    w->wrong_ms = (int64_t)hours[below(w, 10)] * HOUR_MS;
    w->wrong_hours = 2 + below(w, 40);
    w->count.clock_steps++;
}

static void move_to(World *w, int stay, const char *zone)
{
    setenv("TZ", zone, 1);
    w->zone = zone_system();
    w->config.rules = (ReminderRules){.lead = stays[stay].lead,
                                      .quiet_from = stays[stay].quiet_from,
                                      .quiet_to = stays[stay].quiet_to,
                                      .digest = stays[stay].digest,
                                      .about = (1u << AGENDA_KIND_COUNT) - 1};
}

static void an_hour_passes(World *w)
{
    int32_t before = instant_at(&w->zone, w->now_ms).offset;
    w->now_ms += HOUR_MS;
    w->count.changes += before != instant_at(&w->zone, w->now_ms).offset;
}

/* What failed in the last hours is tried again, until a noon at which nothing is quiet. */
static void live_calmly(World *w)
{
    w->calm = true;
    w->wrong_ms = 0;
    for (int i = 0; i < DAY_HOURS * 3 / 2; i++) {
        an_hour_passes(w);
        run_hour(w);
    }
}

static void live_an_hour(World *w)
{
    an_hour_passes(w);
    set_clock_wrong(w);
    app_set_now(w->app, clock_of(w));
    /* Who sees a clock ten years ahead sets it right before writing anything. */
    if (w->wrong_ms <= DAY_HOURS * (int64_t)HOUR_MS)
        while (one_in(w, 4)) do_something(w, w->app);
    if (one_in(w, 200)) {
        app_close(w->app);
        w->app = open_app(w);
        w->count.restarts++;
    }
    run_hour(w);
}

static void meet_people(World *w)
{
    char name[16];
    for (int i = 0; i < PEOPLE; i++) {
        snprintf(name, sizeof name, "Person %d", i);
        w->people[i] = fixture_alliance(w->app, name, cadences[i % CADENCES]);
    }
}

/* In memory where there is such a place: the disk is not what is tested, and 17,000 runs each wait for it. */
static void make_folder(World *w)
{
    static const char *const places[] = {"/dev/shm", "/tmp"};
    char *made = NULL;
    for (size_t i = 0; i < 2 && !made; i++) {
        snprintf(w->path, sizeof w->path, "%s/entente-simulation-XXXXXX", places[i]);
        made = mkdtemp(w->path);
    }
    ck_assert_ptr_nonnull(made);
    strcat(w->path, "/journal.db");
}

static World *world_begin(uint64_t seed, const char *zone)
{
    World *w = mem_zalloc(1, sizeof *w);
    make_folder(w);
    w->seed = w->random = seed;
    w->pipe = -1;
    w->channels[0] = (Channel){.kind = CHANNEL_COMMAND, .name = "command tell", .target = ""};
    w->channels[1] = (Channel){.kind = CHANNEL_MAIL, .name = "mail me@example.org", .target = ""};
    w->channels[2] = (Channel){.kind = CHANNEL_FILE, .name = "file /home/me/due", .target = ""};
    w->config = (Config){.channels = w->channels, .channel_count = CHANNELS, .time_limit = 10};
    w->zone = zone_system();
    move_to(w, 0, zone);
    w->now_ms = instant_local(&w->zone, fixture_day(stays[0].from), 0).unix_ms;
    w->app = open_app(w);
    meet_people(w);
    return w;
}

static void world_end(World *w)
{
    char command[128];
    app_close(w->app);
    *strrchr(w->path, '/') = '\0';
    snprintf(command, sizeof command, "rm -r %s", w->path);
    ck_assert_int_eq(system(command), 0);
    arena_finish(&w->facts);
    vec_finish(&w->days);
    for (int c = 0; c < CHANNELS; c++) vec_finish(&w->digests[c]);
    free(w);
}

/* ---- the reckoning ---- */

static void each_once(const World *w)
{
    for (size_t i = 0; i < w->days.len; i++) {
        const DueDay *d = &w->days.at[i];
        for (int c = 0; c < CHANNELS; c++) {
            bool arrived = d->by[c].arrived == 1 && d->by[c].state == ARRIVED;
            bool cut_off = d->by[c].arrived == 0 && d->by[c].state == CUT_OFF;
            bool gone = d->by[c].arrived == 0 && d->by[c].state == OPEN && d->due_after != w->hour;
            /* What failed may no longer be due when it would have been tried again. */
            if (d->by[c].owed && !arrived && !cut_off && !(c == FLAKY && gone))
                broken(w, "not delivered exactly once", &d->key, c);
            if (!d->by[c].owed && d->by[c].arrived > 1) broken(w, "delivered twice", &d->key, c);
        }
    }
}

static void the_log_agrees(World *w)
{
    Arena arena = {0};
    RemindStatus s;
    Error err = {0};
    size_t arrived = 0, under_way = 0;
    must(w, app_remind_status(w->app, 1000000, &arena, &s, &err), "status", &err);
    for (size_t i = 0; i < s.count; i++) {
        arrived += s.deliveries[i].delivery.outcome == OUTCOME_DELIVERED;
        under_way += s.deliveries[i].delivery.outcome == OUTCOME_SENDING;
    }
    /* What was cut off in the last days stands apart, until its channel delivers again. */
    for (size_t i = 0; i < s.trouble_count; i++)
        under_way += s.trouble[i].delivery.outcome == OUTCOME_SENDING;
    ck_assert_uint_eq(arrived, w->count.arrived);
    ck_assert_uint_eq(under_way, w->count.cut_off);
    arena_finish(&arena);
}

/* What is claimed to be simulated did happen. */
static void it_was_lively(const World *w, bool travelling)
{
    ck_assert_uint_gt(w->count.verbs, 2000);
    ck_assert_uint_gt(w->count.arrived, 1500);
    ck_assert_uint_gt(w->count.failed, 100);
    ck_assert_uint_gt(w->count.cut_off, 20);
    ck_assert_uint_gt(w->count.overlaps, 50);
    ck_assert_uint_gt(w->count.restarts, 20);
    ck_assert_uint_gt(w->count.clock_steps, 10);
    ck_assert_msg(w->count.changes >= (travelling ? STAYS : 4),
                  "clocks changed %zu times only: is the zone data installed?", w->count.changes);
}

static uint64_t seed;

static bool all_zones(void)
{
    const char *which = getenv("ENTENTE_SIMULATION");
    return which && strcmp(which, "all") == 0;
}

static void two_years(uint64_t from, const char *only)
{
    World *w = world_begin(from, only ? only : stays[0].zone);
    for (int stay = 0; stay < STAYS; stay++) {
        move_to(w, stay, only ? only : stays[stay].zone);
        int64_t until = instant_local(&w->zone, fixture_day(stays[stay + 1].from), 0).unix_ms;
        while (w->now_ms < until) live_an_hour(w);
    }
    live_calmly(w);
    each_once(w);
    the_log_agrees(w);
    it_was_lively(w, !only);
    printf("%s: %zu verbs, %zu runs, %zu due days, %zu arrived, %zu failed, %zu cut off, %zu overlaps, "
           "%zu restarts, %zu clock steps, %zu clock changes\n",
           only ? only : "travelling", w->count.verbs, w->count.runs, w->days.len, w->count.arrived,
           w->count.failed, w->count.cut_off, w->count.overlaps, w->count.restarts, w->count.clock_steps,
           w->count.changes);
    world_end(w);
}

START_TEST(in_two_years_each_due_day_is_delivered_once_and_nothing_else)
{
    two_years(seed, NULL);
}
END_TEST

START_TEST(so_it_is_in_each_zone)
{
    two_years(seed + 1 + (uint64_t)_i, stays[_i].zone);
}
END_TEST

int main(void)
{
    const char *given = getenv("ENTENTE_SEED");
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    seed = given ? strtoull(given, NULL, 10) : (uint64_t)now.tv_sec * 1000003 + (uint64_t)now.tv_nsec;
    printf("ENTENTE_SEED=%llu\n", (unsigned long long)seed);
    Suite *suite = suite_create("simulation");
    TCase *tc = tcase_create("two years");
    tcase_set_timeout(tc, 0);
    suite_add_tcase(suite, tc);
    if (all_zones())
        tcase_add_loop_test(tc, so_it_is_in_each_zone, 0, STAYS);
    else
        tcase_add_test(tc, in_two_years_each_due_day_is_delivered_once_and_nothing_else);
    SRunner *runner = srunner_create(suite);
    srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
