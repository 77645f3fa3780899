#include <entente/remind.h>

#include "channel.h"
#include "own.h"
#include "remind_own.h"
#include "spawn.h"

#include <entente/text.h>
#include <entente/vec.h>
#include <signal.h>

enum {
    SINGLY_MAX = 5, /* notices by name at once; the rest comes in one */
    WHY_CELLS = 200,
    TRIES = 2,                     /* each waits five seconds for another writer */
    LATE_TRIES = 3,                /* of what may have arrived though its channel ran out of time */
    RUN_LIMIT_MS = 10 * 60 * 1000, /* nothing new is begun after it */
    HOUR_MS = 60 * 60 * 1000
};

static const char NO_CHANNEL[] = "No channel can be reached: see [remind] in entente.conf(5).";

typedef struct {
    App *app;
    const RemindOptions *options;
    const Config *config;
    Arena *arena;
    Error *err;
    bool dry;
    Date today;
    int64_t until;   /* by the clock for limits */
    Matter *matters; /* what the rules want to be reminded of by today, sent or not */
    size_t matter_count;
    Vec(Sent) sent;
    const char *waits, *clock;
} Run;

/* What one notice is about, from the claim to how it went. */
typedef struct {
    const Channel *channel;
    Matter *matters;
    size_t count;
    Instant at; /* when the attempt began */
    bool delivered;
    bool late; /* not known to be delivered: the channel ran out of time */
    const char *why;
} Batch;

/* ---- what is wanted ---- */

static bool others_commitment(const AgendaItem *item)
{
    return item->kind == AGENDA_COMMITMENT && item->commitment->commitment.side == SIDE_THEM;
}

/* What is left unread would never be sent. */
bool agenda_read_all(App *app, Date until, Arena *arena, AgendaItem **ret, size_t *ret_n, Error *err)
{
    enum { ITEMS_READ = 64 };
    bool more = true;
    for (size_t limit = ITEMS_READ; more; limit *= 4)
        if (!app_agenda(app, until, limit, arena, ret, ret_n, &more, err)) return false;
    return true;
}

/* Whether its words are hidden is of no matter where none are said. */
static bool add_matter(Run *r, const AgendaItem *item, int round)
{
    Matter m = {.item = item, .round = round, .failed = ""};
    if (r->config->names && item->commitment &&
        !app_commitment_hidden(r->app, &item->commitment->commitment, &m.hidden, r->err))
        return false;
    r->matters[r->matter_count++] = m;
    return true;
}

static bool read_matters(Run *r)
{
    const ReminderRules *rules = &r->config->rules;
    AgendaItem *items = NULL;
    size_t n = 0;
    if (!agenda_read_all(r->app, reminder_horizon(rules, r->today), r->arena, &items, &n, r->err))
        return false;
    r->matters = arena_array(r->arena, n, sizeof *r->matters);
    for (size_t i = 0; i < n; i++) {
        int round = reminder_round(rules, items[i].kind, items[i].day, r->today);
        if (round != REMINDER_NONE && !others_commitment(&items[i]) && !add_matter(r, &items[i], round))
            return false;
    }
    return true;
}

static Delivery delivery_of(const Run *r, const Channel *channel, const Matter *m, Instant at)
{
    return (Delivery){.kind = m->item->kind,
                      .subject = agenda_matter(m->item),
                      .alliance = m->item->alliance,
                      .due_day = m->item->day,
                      .channel = channel->name,
                      .round = m->round,
                      .only = r->config->rules.repeat == 0,
                      .at = at};
}

static bool find_wanted(Run *r, Batch *b)
{
    b->matters = arena_array(r->arena, r->matter_count, sizeof *b->matters);
    b->at = app_now(r->app);
    for (size_t i = 0; i < r->matter_count; i++) {
        Delivery d = delivery_of(r, b->channel, &r->matters[i], b->at);
        bool wanted;
        if (!store_delivery_wanted(r->app->store, &d, &wanted, r->err)) return false;
        if (wanted) b->matters[b->count++] = r->matters[i];
    }
    return true;
}

/* ---- the log ---- */

typedef bool Write(Run *r, Batch *b, Error *err);

static bool write_once(Run *r, Write *write, Batch *b, Error *err)
{
    if (!store_begin(r->app->store, err)) return false;
    if (write(r, b, err)) return store_commit_quietly(r->app->store, err);
    store_rollback(r->app->store);
    return false;
}

/* What was sent must be known to be sent: who writes just now is waited for a second time. */
static bool write_down(Run *r, Write *write, Batch *b)
{
    Error why = {.code = ERR_IN_USE};
    for (int i = 0; i < TRIES && why.code == ERR_IN_USE; i++) {
        error_clear(&why);
        if (write_once(r, write, b, &why)) return true;
    }
    return error_set(r->err, why.code, "%s", why.msg);
}

static void hold_back(Run *r, Batch *b, const char *why)
{
    b->count = 0;
    r->waits = why;
}

/* A digest comes once a day: what turns up after it waits for the next. One that begins when the run's day is
 * over would take the place of the new day's. */
static bool keep_for_digest(Run *r, Batch *b, Error *err)
{
    bool out = false;
    if (r->config->rules.digest < 0) return true;
    if (!store_delivered_on(r->app->store, b->channel->name, r->today, &out, err)) return false;
    if (instant_date(b->at) != r->today)
        hold_back(r, b, "The day is over: what is due comes with the next digest.");
    else if (out)
        hold_back(r, b, "Today's digest has gone out. What is new comes with the next one.");
    return true;
}

/* Leaves in the batch what is ours: another run may have taken the rest since it was looked at. */
static bool claim(Run *r, Batch *b, Error *err)
{
    size_t ours = 0;
    if (!keep_for_digest(r, b, err)) return false;
    for (size_t i = 0; i < b->count; i++) {
        Matter m = b->matters[i];
        Delivery d = delivery_of(r, b->channel, &m, b->at);
        d.id = store_new_id(r->app->store, d.at.unix_ms);
        if (!store_delivery_failed(r->app->store, &d, r->arena, &m.failures, &m.failed, err) ||
            !store_delivery_claim(r->app->store, &d, &m.row, err))
            return false;
        if (m.row) b->matters[ours++] = m;
    }
    b->count = ours;
    return true;
}

/* What ran out of time may have arrived: so often nobody wants to be told the same. */
static bool given_up(const Batch *b, const Matter *m)
{
    return b->late && m->failures + 1 >= LATE_TRIES;
}

static bool settle(Run *r, Batch *b, Error *err)
{
    for (size_t i = 0; i < b->count; i++) {
        const Matter *m = &b->matters[i];
        Outcome outcome = b->delivered     ? OUTCOME_DELIVERED
                          : given_up(b, m) ? OUTCOME_SENDING
                                           : OUTCOME_FAILED;
        if (!store_delivery_settle(r->app->store, m->row, outcome, b->why, b->at, err)) return false;
    }
    return true;
}

static bool note_run(Run *r, Batch *b, Error *err)
{
    (void)b;
    Instant now = app_now(r->app);
    const char *said = r->waits == NO_CHANNEL && !r->clock[0] ? NO_CHANNEL : r->clock;
    return store_last_run_set(r->app->store, now, said, err) &&
           (!r->options->by_timer || store_timer_run_set(r->app->store, now, err));
}

/* ---- sending ---- */

static bool really_send(const Run *r, const Channel *channel, const Notice *notice, Str *ret_why)
{
    Str program;
    str_init(&program);
    app_program(&program);
    ChannelOptions options = {.config = r->config,
                              .program = program.buf,
                              .journal = r->app->on_disk && !r->app->demo ? r->app->path : NULL,
                              .now = app_now(r->app)};
    bool ok = channel_send(&options, channel, notice, ret_why);
    str_finish(&program);
    return ok;
}

static int64_t clock_ms(const Run *r)
{
    return r->options->clock_ms ? r->options->clock_ms(r->options->data) : spawn_clock_ms();
}

/* A file takes a line whole or not at all. */
static bool may_have_arrived(const Run *r, const Channel *channel, int64_t took_ms)
{
    return channel->kind != CHANNEL_FILE && took_ms >= (int64_t)r->config->time_limit * 1000;
}

static void send_notice(const Run *r, Batch *b, const Notice *notice)
{
    Str why, line;
    str_init(&why);
    str_init(&line);
    int64_t began = clock_ms(r);
    b->delivered = r->options->sender ? r->options->sender(r->options->data, b->channel, notice, &why)
                                      : really_send(r, b->channel, notice, &why);
    if (!b->delivered) {
        b->late = may_have_arrived(r, b->channel, clock_ms(r) - began);
        text_ellipsis(&line, sv_trim(str_view(&why)), WHY_CELLS, false);
        if (!line.len) str_add_c(&line, "it did not say why");
    }
    b->why = arena_str(r->arena, str_view(&line));
    str_finish(&why);
    str_finish(&line);
}

static void report(Run *r, const Batch *b, const Notice *notice)
{
    bool again = !b->delivered, last = !b->delivered;
    for (size_t i = 0; i < b->count; i++) {
        again = again && strcmp(b->matters[i].failed, b->why) == 0;
        last = last && given_up(b, &b->matters[i]);
    }
    vec_push(&r->sent, (Sent){.channel = b->channel,
                              .title = notice->title,
                              .body = notice->body,
                              .check_ins = notice->check_ins,
                              .commitments = notice->commitments,
                              .reviews = notice->reviews,
                              .delivered = b->delivered,
                              .why = b->why,
                              .again = again && b->count,
                              .given_up = last && b->count});
}

static bool deliver(Run *r, Batch *b)
{
    b->at = app_now(r->app);
    if (r->dry ? !keep_for_digest(r, b, r->err) : !write_down(r, claim, b)) return false;
    if (b->count == 0) return true;
    Notice notice;
    NoticeAbout about = {.matters = b->matters,
                         .all = r->matters,
                         .count = b->count,
                         .all_count = r->matter_count,
                         .names = r->config->names,
                         .digest = r->config->rules.digest >= 0,
                         .today = r->today};
    notice_make(r->arena, &about, &notice);
    b->why = "";
    b->delivered = r->dry;
    if (!r->dry) send_notice(r, b, &notice);
    report(r, b, &notice);
    return r->dry || write_down(r, settle, b);
}

/* What is on its way is seen through before the program may be ended. */
static bool deliver_whole(Run *r, Batch *b)
{
    sigset_t held, before;
    sigemptyset(&held);
    sigaddset(&held, SIGHUP);
    sigaddset(&held, SIGINT);
    sigaddset(&held, SIGTERM);
    sigprocmask(SIG_BLOCK, &held, &before);
    bool ok = deliver(r, b);
    sigprocmask(SIG_SETMASK, &before, NULL);
    return ok;
}

static bool time_is_up(Run *r)
{
    if (clock_ms(r) < r->until) return false;
    r->waits = "This run has taken long enough. The rest comes with the next one.";
    return true;
}

/* A channel that ran out of time is left alone for this run: the others have waited for it. */
static bool serve(Run *r, const Channel *channel)
{
    Batch all = {.channel = channel}, b = {0};
    if (!find_wanted(r, &all)) return false;
    bool singly = r->config->names && r->config->rules.digest < 0;
    for (size_t i = 0; i < all.count && !b.late && !time_is_up(r);
         i += singly && i < SINGLY_MAX ? 1 : all.count) {
        size_t count = singly && i < SINGLY_MAX ? 1 : all.count - i;
        b = (Batch){.channel = channel, .matters = &all.matters[i], .count = count};
        if (!deliver_whole(r, &b)) return false;
    }
    return true;
}

/* ---- a run ---- */

const char *app_channel_away(const Channel *channel)
{
    if (channel->kind == CHANNEL_TERMINAL && !channel_terminal_reachable())
        return "nobody is logged in at a terminal that takes messages";
    if (channel->kind != CHANNEL_DESKTOP || channel_desktop_reachable()) return NULL;
    Str program;
    str_init(&program);
    bool installed = spawn_find("notify-send", NULL, &program);
    str_finish(&program);
    return installed ? "not reachable here: no session bus" : "not reachable here: notify-send was not found";
}

/* There may be no desktop where this runs. */
static bool is_there(const Run *r, const Channel *channel)
{
    return channel->kind != CHANNEL_DESKTOP || r->config->desktop != DESKTOP_AUTO ||
           !app_channel_away(channel);
}

/* That nobody is logged in is no failure: what is due waits for them. */
static bool can_be_used(const Run *r, const Channel *channel)
{
    bool away = channel->kind == CHANNEL_TERMINAL && app_channel_away(channel);
    return is_there(r, channel) && !away;
}

/* "" when it is time. */
static const char *why_wait(const Run *r)
{
    const ReminderRules *rules = &r->config->rules;
    int minutes = instant_minutes(app_now(r->app)), digest = reminder_digest_from(rules);
    if (reminder_quiet(rules, minutes))
        return arena_strf(r->arena, "Quiet hours until %02d:%02d.", rules->quiet_to / 60,
                          rules->quiet_to % 60);
    if (reminder_digest_waits(rules, minutes))
        return arena_strf(r->arena, "The digest comes from %02d:%02d on.", digest / 60, digest % 60);
    return "";
}

static bool serve_all(Run *r)
{
    size_t used = 0;
    r->waits = why_wait(r);
    if (r->waits[0]) return true;
    if (!read_matters(r)) return false;
    for (size_t i = 0; i < r->config->channel_count; i++) {
        const Channel *channel = &r->config->channels[i];
        if (!can_be_used(r, channel)) continue;
        used++;
        if (!serve(r, channel)) return false;
    }
    if (!used) r->waits = NO_CHANNEL;
    return true;
}

/* Told when it is more than an hour; nothing else follows from it, as the log goes by due days. */
static const char *clock_words(Arena *arena, Instant last, Instant now)
{
    if (instant_is_none(last) || last.unix_ms - now.unix_ms <= HOUR_MS) return "";
    Str span;
    str_init(&span);
    span_add(&span, last.unix_ms - now.unix_ms);
    const char *words = arena_strf(arena, "The clock went back by %s since the last run.", span.buf);
    str_finish(&span);
    return words;
}

static bool look_at_clock(Run *r)
{
    Instant last;
    const char *said;
    if (!store_last_run(r->app->store, r->arena, &last, &said, r->err)) return false;
    r->clock = clock_words(r->arena, last, app_now(r->app));
    return true;
}

static void hand_over(Run *r, RemindReport *ret)
{
    *ret = (RemindReport){.sent = arena_copy(r->arena, r->sent.at, r->sent.len * sizeof *r->sent.at),
                          .count = r->sent.len,
                          .waits = r->waits,
                          .clock = r->clock};
}

static Run run_begin(App *app, const RemindOptions *options, Arena *arena, Error *err)
{
    Run r = {.app = app,
             .options = options,
             .config = options->config,
             .arena = arena,
             .err = err,
             .today = app_today(app),
             .waits = "",
             .clock = ""};
    r.until = clock_ms(&r) + RUN_LIMIT_MS;
    return r;
}

static bool run_end(Run *r, bool ok, RemindReport *ret)
{
    if (ok) hand_over(r, ret);
    vec_finish(&r->sent);
    return ok;
}

static bool run(Run *r, RemindReport *ret)
{
    bool ok = true;
    if (app_has_journal(r->app)) {
        store_restrict_to_log(r->app->store, true);
        ok = look_at_clock(r) && serve_all(r) && (r->dry || write_down(r, note_run, NULL));
        store_restrict_to_log(r->app->store, false);
    }
    return run_end(r, ok, ret);
}

bool app_remind(App *app, const RemindOptions *options, Arena *arena, RemindReport *ret, Error *err)
{
    Run r = run_begin(app, options, arena, err);
    return run(&r, ret);
}

bool app_remind_dry(App *app, const RemindOptions *options, Arena *arena, RemindReport *ret, Error *err)
{
    Run r = run_begin(app, options, arena, err);
    r.dry = true;
    return run(&r, ret);
}

bool app_remind_test(App *app, const RemindOptions *options, Arena *arena, RemindReport *ret, Error *err)
{
    Run r = run_begin(app, options, arena, err);
    Notice notice;
    notice_make_test(arena, &notice);
    for (size_t i = 0; i < r.config->channel_count; i++) {
        Batch b = {.channel = &r.config->channels[i]};
        if (!is_there(&r, b.channel)) continue;
        send_notice(&r, &b, &notice);
        report(&r, &b, &notice);
    }
    if (!r.sent.len) r.waits = NO_CHANNEL;
    return run_end(&r, true, ret);
}
