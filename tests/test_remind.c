/* A run of reminders: what is sent when, what it says, and that nothing is sent twice or changed by it. */
#include "../src/app/channel.h"
#include "../src/app/own.h"
#include "../src/store/sql.h"
#include "app_fixture.h"

#include <check.h>
#include <entente/json.h>
#include <entente/remind.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- a world with a letter box ---- */

enum { LETTERS_MAX = 96, CHANNELS = 2 };

typedef struct {
    char channel[32], id[32], title[256], body[2048], json[16384];
    size_t check_ins, commitments, reviews;
} Letter;

typedef struct World World;
struct World {
    App *app;
    char path[64]; /* of a journal on disk, else "" */
    Config config;
    Channel channels[CHANNELS];
    Letter letters[LETTERS_MAX];
    size_t count;
    const char *fails; /* the channel that fails */
    const char *why;
    void (*meanwhile)(World *w); /* while a letter is on its way */
    int64_t clock_ms;            /* by the clock for limits */
    int takes_ms;                /* each letter */
    Arena arena;
    RemindReport report;
};

static void keep(char *to, size_t size, const char *from)
{
    ck_assert_uint_lt(strlen(from), size);
    memcpy(to, from, strlen(from) + 1);
}

static bool post(void *data, const Channel *channel, const Notice *notice, Str *ret_why)
{
    World *w = data;
    ck_assert_uint_lt(w->count, LETTERS_MAX);
    Letter *l = &w->letters[w->count++];
    keep(l->channel, sizeof l->channel, channel->name);
    keep(l->id, sizeof l->id, notice->id);
    keep(l->title, sizeof l->title, notice->title);
    keep(l->body, sizeof l->body, notice->body);
    keep(l->json, sizeof l->json, notice->json);
    l->check_ins = notice->check_ins;
    l->commitments = notice->commitments;
    l->reviews = notice->reviews;
    if (w->meanwhile) w->meanwhile(w);
    w->clock_ms += w->takes_ms;
    if (!w->fails || strcmp(w->fails, channel->name) != 0) return true;
    str_add_c(ret_why, w->why);
    return false;
}

static int64_t read_clock(void *data)
{
    return ((World *)data)->clock_ms;
}

static World *world_on(App *app, size_t channels)
{
    World *w = mem_zalloc(1, sizeof *w);
    w->app = app;
    w->why = "no such user";
    w->channels[0] =
        (Channel){.kind = CHANNEL_MAIL, .name = "mail me@example.org", .target = "me@example.org"};
    w->channels[1] = (Channel){.kind = CHANNEL_FILE, .name = "file /home/me/due", .target = "/home/me/due"};
    w->config = (Config){.path = "",
                         .rules = {.digest = -1, .about = (1u << AGENDA_KIND_COUNT) - 1},
                         .channels = w->channels,
                         .channel_count = channels,
                         .time_limit = 10};
    return w;
}

static World *world(void)
{
    return world_on(fixture_app(), 1);
}

static World *world_on_disk(void)
{
    char dir[] = "/tmp/entente-remind-XXXXXX";
    char path[sizeof dir + 16];
    ck_assert_ptr_nonnull(mkdtemp(dir));
    snprintf(path, sizeof path, "%s/journal.db", dir);
    World *w = world_on(fixture_app_at(path), 1);
    keep(w->path, sizeof w->path, path);
    return w;
}

static void world_end(World *w)
{
    app_close(w->app);
    if (w->path[0]) {
        char command[128];
        *strrchr(w->path, '/') = '\0';
        snprintf(command, sizeof command, "rm -r %s", w->path);
        ck_assert_int_eq(system(command), 0);
    }
    arena_finish(&w->arena);
    free(w);
}

/* One run; how many letters it brought. */
static size_t run(World *w)
{
    size_t before = w->count;
    RemindOptions options = {.config = &w->config, .sender = post, .clock_ms = read_clock, .data = w};
    ASSERT_OK(app_remind(w->app, &options, &w->arena, &w->report, &err));
    return w->count - before;
}

static size_t run_at(World *w, const char *instant)
{
    fixture_now(w->app, instant);
    return run(w);
}

static const Letter *last(const World *w)
{
    ck_assert_uint_gt(w->count, 0);
    return &w->letters[w->count - 1];
}

/* The alliance agrees on something and wants to look at it again. */
static void plan_review(App *app, Id id, const char *when)
{
    ASSERT_OK(app_agree(app, id, SECTION_OFFERS, SIDE_ME, "I listen first.", false, NULL, &err));
    Session *s = fixture_session(app, id, STAGE_REPAIR);
    fixture_answer(s, "The call came at ten.");
    fixture_skip_to(s, STEP_DATE);
    session_set_text(s, sv(when), 0);
    ASSERT_OK(session_next(s, &err));
    fixture_skip_to(s, STEP_REVIEW);
    fixture_finish(s);
}

static RemindStatus status(World *w)
{
    RemindStatus s;
    ASSERT_OK(app_remind_status(w->app, 100, &w->arena, &s, &err));
    return s;
}

/* ---- what is said ---- */

START_TEST(a_journal_that_does_not_exist_has_nothing_due_and_is_not_made)
{
    World *w = world_on(fixture_app_at("/tmp/entente-no-such-folder/journal.db"), 1);
    ck_assert_uint_eq(run(w), 0);
    ck_assert(!app_has_journal(w->app));
    ck_assert_int_ne(access("/tmp/entente-no-such-folder", F_OK), 0);
    world_end(w);
}
END_TEST

START_TEST(without_names_one_notice_counts_all_that_is_due)
{
    World *w = world();
    Id ana = fixture_alliance(w->app, "Ana Lima", "weekly");
    fixture_alliance(w->app, "Ben O'Neill", "weekly");
    fixture_commitment(w->app, ana, SIDE_ME, "send the draft budget", fixture_day("2026-11-28"));
    ck_assert_uint_eq(run_at(w, "2026-11-29T09:00:00+01:00"), 1);
    ck_assert_str_eq(last(w)->title, "2 check-ins and 1 commitment are due");
    ck_assert_str_eq(last(w)->body, "");
    ck_assert_uint_eq(last(w)->check_ins, 2);
    ck_assert_uint_eq(last(w)->commitments, 1);
    ck_assert_uint_eq(w->report.count, 1);
    ck_assert(w->report.sent[0].delivered);
    ck_assert_uint_eq(run_at(w, "2026-11-29T10:00:00+01:00"), 0);
    world_end(w);
}
END_TEST

START_TEST(without_names_no_name_and_no_text_stands_anywhere)
{
    World *w = world();
    Id ana = fixture_alliance(w->app, "Ana Lima", "weekly");
    fixture_commitment(w->app, ana, SIDE_ME, "send the draft budget", fixture_day("2026-11-30"));
    plan_review(w->app, ana, "in 3 days");
    w->config.rules.lead = 1;
    ck_assert_uint_eq(run_at(w, "2026-11-29T09:00:00+01:00"), 1);
    ck_assert_str_eq(last(w)->title, "1 check-in and 1 review are due, 1 thing is coming");
    ck_assert_str_eq(last(w)->body, "Tomorrow: 1 commitment.");
    static const char *const secrets[] = {"Ana", "Lima", "budget", "listen", "week"};
    for (size_t i = 0; i < sizeof secrets / sizeof secrets[0]; i++) {
        ck_assert_ptr_null(strstr(last(w)->id, secrets[i]));
        ck_assert_ptr_null(strstr(last(w)->title, secrets[i]));
        ck_assert_ptr_null(strstr(last(w)->body, secrets[i]));
        ck_assert_ptr_null(strstr(last(w)->json, secrets[i]));
    }
    world_end(w);
}
END_TEST

START_TEST(with_names_each_has_a_notice_of_its_own)
{
    static const struct {
        const char *title, *body;
    } expected[] = {
        {"Was due Sat 28 Nov: send the draft budget", "Yours, with Ana Lima."},
        {"Look at the agreement with Ana Lima again", "Was planned for Sat 28 Nov."},
        {"Due today: walk", "For both of you, with Ana Lima."},
        {"Check in with Ana Lima", "Due today. Every week."},
    };
    World *w = world();
    Id ana = fixture_alliance(w->app, "Ana Lima", "weekly");
    fixture_commitment(w->app, ana, SIDE_ME, "send the draft budget", fixture_day("2026-11-28"));
    fixture_commitment(w->app, ana, SIDE_BOTH, "walk", fixture_day("2026-11-29"));
    fixture_commitment(w->app, ana, SIDE_THEM, "call back", fixture_day("2026-11-28"));
    plan_review(w->app, ana, "in 6 days");
    w->config.names = true;
    ck_assert_uint_eq(run_at(w, "2026-11-29T09:00:00+01:00"), 4);
    for (size_t i = 0; i < 4; i++) {
        ck_assert_str_eq(w->letters[i].title, expected[i].title);
        ck_assert_str_eq(w->letters[i].body, expected[i].body);
    }
    world_end(w);
}
END_TEST

START_TEST(with_names_what_is_past_says_since_when)
{
    World *w = world();
    fixture_alliance(w->app, "Ana Lima", "every 2 weeks");
    w->config.names = true;
    ck_assert_uint_eq(run_at(w, "2026-12-10T09:00:00+01:00"), 1);
    ck_assert_str_eq(last(w)->title, "Check in with Ana Lima");
    ck_assert_str_eq(last(w)->body, "Was due Sun 6 Dec. Every 2 weeks.");
    world_end(w);
}
END_TEST

START_TEST(of_more_than_five_the_rest_comes_in_one)
{
    World *w = world();
    char name[16];
    for (int i = 1; i <= 8; i++) {
        snprintf(name, sizeof name, "Friend %d", i);
        fixture_alliance(w->app, name, "weekly");
    }
    w->config.names = true;
    ck_assert_uint_eq(run_at(w, "2026-11-29T09:00:00+01:00"), 6);
    ck_assert_str_eq(w->letters[4].title, "Check in with Friend 5");
    ck_assert_str_eq(last(w)->title, "3 more check-ins are due");
    ck_assert_str_eq(last(w)->body, "Check in with Friend 6, today\nCheck in with Friend 7, today\n"
                                    "Check in with Friend 8, today");
    ck_assert_uint_eq(run(w), 0);
    world_end(w);
}
END_TEST

START_TEST(what_is_ahead_is_named_by_its_day_and_never_called_due)
{
    static const struct {
        const char *now;
        bool names;
        const char *title, *body;
    } cases[] = {
        {"2026-11-28T09:00:00+01:00", false, "Tomorrow: 1 check-in", ""},
        {"2026-11-28T09:00:00+01:00", true, "Tomorrow: check in with Ana Lima", "Every week."},
        {"2026-11-26T09:00:00+01:00", false, "Sun 29 Nov: 1 check-in", ""},
        {"2026-11-26T09:00:00+01:00", true, "Sun 29 Nov: check in with Ana Lima", "Every week."},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        World *w = world();
        fixture_alliance(w->app, "Ana Lima", "weekly");
        w->config.rules.lead = 3;
        w->config.names = cases[i].names;
        ck_assert_uint_eq(run_at(w, cases[i].now), 1);
        ck_assert_str_eq(last(w)->title, cases[i].title);
        ck_assert_str_eq(last(w)->body, cases[i].body);
        ck_assert_uint_eq(run_at(w, "2026-11-29T09:00:00+01:00"), 0);
        world_end(w);
    }
}
END_TEST

START_TEST(another_lead_reminds_no_second_time)
{
    static const struct {
        int repeat, lead, then;
        const char *now, *later;
        size_t sent;
    } cases[] = {
        {0, 1, 0, "2026-11-28T09:00:00+01:00", "2026-11-29T09:00:00+01:00", 0},
        {0, 1, 0, "2026-11-28T09:00:00+01:00", "2026-12-29T09:00:00+01:00", 0},
        {0, 0, 7, "2026-11-29T09:00:00+01:00", "2026-11-29T10:00:00+01:00", 0},
        {3, 0, 2, "2026-11-29T09:00:00+01:00", "2026-11-29T10:00:00+01:00", 0},
        {3, 0, 2, "2026-12-02T09:00:00+01:00", "2026-12-02T10:00:00+01:00", 0},
        {3, 2, 0, "2026-11-30T09:00:00+01:00", "2026-11-30T10:00:00+01:00", 0},
        {3, 1, 0, "2026-11-28T09:00:00+01:00", "2026-11-29T09:00:00+01:00",
         1}, /* a day later, by the new pace */
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        World *w = world();
        fixture_alliance(w->app, "Ana Lima", "weekly");
        w->config.rules.repeat = cases[i].repeat;
        w->config.rules.lead = cases[i].lead;
        ck_assert_uint_eq(run_at(w, cases[i].now), 1);
        w->config.rules.lead = cases[i].then;
        size_t sent = run_at(w, cases[i].later);
        ck_assert_msg(sent == cases[i].sent, "case %zu: %zu", i, sent);
        world_end(w);
    }
}
END_TEST

START_TEST(too_early_is_nothing_sent)
{
    World *w = world();
    fixture_alliance(w->app, "Ana Lima", "weekly");
    ck_assert_uint_eq(run_at(w, "2026-11-28T23:59:59+01:00"), 0);
    ck_assert_uint_eq(run_at(w, "2026-11-29T00:00:00+01:00"), 1);
    world_end(w);
}
END_TEST

START_TEST(days_ahead_that_differ_have_a_line_each)
{
    World *w = world();
    Id ana = fixture_alliance(w->app, "Ana Lima", "weekly");
    fixture_commitment(w->app, ana, SIDE_ME, "one", fixture_day("2026-11-27"));
    fixture_commitment(w->app, ana, SIDE_ME, "two", fixture_day("2026-11-28"));
    fixture_commitment(w->app, ana, SIDE_BOTH, "three", fixture_day("2026-11-28"));
    w->config.rules.lead = 7;
    ck_assert_uint_eq(run_at(w, "2026-11-26T09:00:00+01:00"), 1);
    ck_assert_str_eq(last(w)->title, "Soon: 1 check-in and 3 commitments");
    ck_assert_str_eq(last(w)->body,
                     "Tomorrow: 1 commitment.\nSat 28 Nov: 2 commitments.\nSun 29 Nov: 1 check-in.");
    world_end(w);
}
END_TEST

static const Json *only_item(const World *w, Json **ret)
{
    ASSERT_OK(json_parse(sv(last(w)->json), "notice", ret, &err));
    const Json *items = json_get(*ret, "items");
    ck_assert_uint_eq(json_size(items), 1);
    return json_first(items);
}

START_TEST(the_json_says_what_machines_need)
{
    World *w = world();
    Id ana = fixture_alliance(w->app, "Ana \"the\" Lima", "");
    Id promise = fixture_commitment(w->app, ana, SIDE_ME, "a \\ b", fixture_day("2026-11-28"));
    w->config.names = true;
    ck_assert_uint_eq(run_at(w, "2026-11-29T09:00:00+01:00"), 1);
    Json *j;
    int64_t days;
    const Json *item = only_item(w, &j);
    ck_assert_str_eq(json_text(json_get(j, "id")), last(w)->id);
    ck_assert_str_eq(json_text(json_get(j, "title")), "Was due Sat 28 Nov: a \\ b");
    ck_assert(!json_bool(json_get(j, "test")));
    ck_assert_str_eq(json_text(json_get(item, "kind")), "commitment");
    ck_assert_str_eq(json_text(json_get(item, "due")), "2026-11-28");
    ck_assert(json_int(json_get(item, "days"), &days));
    ck_assert_int_eq(days, -1);
    ck_assert_int_eq(strtoll(json_text(json_get(item, "alliance_id")), NULL, 10), ana);
    ck_assert_int_eq(strtoll(json_text(json_get(item, "commitment_id")), NULL, 10), promise);
    ck_assert_str_eq(json_text(json_get(item, "alliance")), "Ana \"the\" Lima");
    ck_assert_str_eq(json_text(json_get(item, "text")), "a \\ b");
    ck_assert_ptr_null(strchr(last(w)->json, '\n'));
    json_free(j);
    world_end(w);
}
END_TEST

/* A check-in with Ana that is nobody else's business, and what was promised in it. */
static void promise_in_private(World *w, Id ana, const char *day)
{
    NewCommitment promise = {.side = SIDE_ME, .text = "call the lawyer", .due = fixture_day(day)};
    QuickCheckIn q = {
        .at = INSTANT_NONE, .note = "", .is_private = true, .commitments = &promise, .commitment_count = 1};
    ASSERT_OK(app_quick_check_in(w->app, ana, &q, NULL, &err));
}

START_TEST(what_was_promised_in_private_is_not_quoted)
{
    static const struct {
        const char *now, *title;
    } cases[] = {
        {"2026-11-23T09:00:00+01:00", "Tomorrow: a commitment with Ana Lima"},
        {"2026-11-24T09:00:00+01:00", "Due today: a commitment with Ana Lima"},
        {"2026-11-25T09:00:00+01:00", "Was due Tue 24 Nov: a commitment with Ana Lima"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        World *w = world();
        promise_in_private(w, fixture_alliance(w->app, "Ana Lima", "weekly"), "2026-11-24");
        w->config.names = true;
        w->config.rules.lead = 1;
        ck_assert_uint_eq(run_at(w, cases[i].now), 1);
        ck_assert_str_eq(last(w)->title, cases[i].title);
        ck_assert_ptr_null(strstr(last(w)->body, "lawyer"));
        ck_assert_ptr_null(strstr(last(w)->json, "lawyer"));
        Json *j;
        ck_assert_ptr_null(json_get(only_item(w, &j), "text"));
        json_free(j);
        world_end(w);
    }
}
END_TEST

START_TEST(in_a_list_it_is_not_quoted_either)
{
    World *w = world();
    Id ana = fixture_alliance(w->app, "Ana Lima", "weekly");
    promise_in_private(w, ana, "2026-11-24");
    fixture_commitment(w->app, ana, SIDE_ME, "send it", fixture_day("2026-11-24"));
    w->config.names = true;
    w->config.rules.digest = 8 * 60;
    ck_assert_uint_eq(run_at(w, "2026-11-24T09:00:00+01:00"), 1);
    ck_assert_str_eq(last(w)->body, "A commitment with Ana Lima, today\nsend it (with Ana Lima), today");
    ck_assert_ptr_null(strstr(last(w)->json, "lawyer"));
    world_end(w);
}
END_TEST

START_TEST(all_of_a_great_many_are_sent)
{
    enum { MANY = 70 };
    World *w = world();
    char name[16];
    for (int i = 1; i <= MANY; i++) {
        snprintf(name, sizeof name, "Friend %d", i);
        fixture_alliance(w->app, name, "weekly");
    }
    ck_assert_uint_eq(run_at(w, "2026-11-29T09:00:00+01:00"), 1);
    ck_assert_uint_eq(last(w)->check_ins, MANY);
    ck_assert_uint_eq(status(w).count, MANY);
    ck_assert_uint_eq(run(w), 0);
    world_end(w);
}
END_TEST

/* ---- which, when ---- */

START_TEST(a_longer_repeat_goes_on_where_the_shorter_one_was)
{
    World *w = world();
    fixture_alliance(w->app, "Ana Lima", "monthly");
    fixture_now(w->app, "2026-12-22T09:00:00+01:00");
    w->config.rules.repeat = 1;
    ck_assert_uint_eq(run_at(w, "2026-12-22T09:00:00+01:00"), 1);
    ck_assert_uint_eq(run_at(w, "2026-12-28T09:00:00+01:00"), 1);
    w->config.rules.repeat = 7;
    ck_assert_uint_eq(run(w), 0);
    ck_assert_uint_eq(run_at(w, "2026-12-29T09:00:00+01:00"), 1);
    ck_assert_uint_eq(run_at(w, "2027-01-04T09:00:00+01:00"), 0);
    ck_assert_uint_eq(run_at(w, "2027-01-05T09:00:00+01:00"), 1);
    world_end(w);
}
END_TEST

START_TEST(what_failed_by_a_clock_set_ahead_holds_nothing_back)
{
    World *w = world();
    fixture_alliance(w->app, "Ana Lima", "monthly");
    w->config.rules.repeat = 3;
    w->fails = w->channels[0].name;
    ck_assert_uint_eq(run_at(w, "2036-12-22T09:00:00+01:00"), 1);
    w->fails = NULL;
    ck_assert_uint_eq(run_at(w, "2026-12-22T09:00:00+01:00"), 1);
    ck_assert_uint_eq(status(w).trouble_count, 0);
    ck_assert_uint_eq(run_at(w, "2026-12-25T09:00:00+01:00"), 1);
    world_end(w);
}
END_TEST

START_TEST(a_digest_in_the_quiet_hours_comes_when_they_end)
{
    World *w = world();
    fixture_alliance(w->app, "Ana Lima", "weekly");
    w->config.rules.quiet_from = 22 * 60;
    w->config.rules.quiet_to = 7 * 60;
    w->config.rules.digest = 23 * 60 + 30;
    ck_assert_uint_eq(run_at(w, "2026-11-29T06:50:00+01:00"), 0);
    ck_assert_uint_eq(run_at(w, "2026-11-29T07:00:00+01:00"), 1);
    ck_assert_uint_eq(run_at(w, "2026-11-29T23:40:00+01:00"), 0);
    world_end(w);
}
END_TEST

static void midnight_passes(World *w)
{
    fixture_now(w->app, "2026-11-30T00:00:10+01:00");
}

START_TEST(a_digest_sent_at_midnight_counts_for_the_day_it_was_begun_on)
{
    World *w = world();
    Id ana = fixture_alliance(w->app, "Ana Lima", "weekly");
    w->config.rules.digest = 8 * 60;
    w->meanwhile = midnight_passes;
    ck_assert_uint_eq(run_at(w, "2026-11-29T23:59:59+01:00"), 1);
    w->meanwhile = NULL;
    fixture_commitment(w->app, ana, SIDE_ME, "send it", fixture_day("2026-11-30"));
    ck_assert_uint_eq(run_at(w, "2026-11-30T08:00:00+01:00"), 1);
    world_end(w);
}
END_TEST

START_TEST(what_others_promised_and_kinds_left_out_are_not_reminded_of)
{
    World *w = world();
    Id ana = fixture_alliance(w->app, "Ana Lima", "weekly");
    fixture_commitment(w->app, ana, SIDE_THEM, "call back", fixture_day("2026-11-23"));
    fixture_commitment(w->app, ana, SIDE_ME, "send it", fixture_day("2026-11-24"));
    w->config.rules.about = 1u << AGENDA_CHECK_IN;
    ck_assert_uint_eq(run_at(w, "2026-11-25T09:00:00+01:00"), 0);
    w->config.rules.about |= 1u << AGENDA_COMMITMENT;
    ck_assert_uint_eq(run(w), 1);
    ck_assert_str_eq(last(w)->title, "1 commitment is due");
    world_end(w);
}
END_TEST

START_TEST(a_repeat_after_months_asleep_comes_once)
{
    World *w = world();
    fixture_alliance(w->app, "Ana Lima", "weekly");
    w->config.rules.repeat = 3;
    ck_assert_uint_eq(run_at(w, "2026-11-29T09:00:00+01:00"), 1);
    ck_assert_uint_eq(run_at(w, "2026-12-01T09:00:00+01:00"), 0);
    ck_assert_uint_eq(run_at(w, "2026-12-02T09:00:00+01:00"), 1);
    ck_assert_uint_eq(run_at(w, "2027-05-02T09:00:00+02:00"), 1);
    ck_assert_uint_eq(run_at(w, "2027-05-02T10:00:00+02:00"), 0);
    world_end(w);
}
END_TEST

START_TEST(quiet_hours_reach_over_midnight)
{
    World *w = world();
    fixture_alliance(w->app, "Ana Lima", "weekly");
    w->config.rules.quiet_from = 22 * 60;
    w->config.rules.quiet_to = 7 * 60;
    static const char *const quiet[] = {"2026-11-29T00:30:00+01:00", "2026-11-29T22:00:00+01:00",
                                        "2026-11-30T06:59:59+01:00"};
    for (size_t i = 0; i < 3; i++) {
        ck_assert_uint_eq(run_at(w, quiet[i]), 0);
        ck_assert_str_eq(w->report.waits, "Quiet hours until 07:00.");
    }
    ck_assert_uint_eq(run_at(w, "2026-11-30T07:00:00+01:00"), 1);
    ck_assert_str_eq(w->report.waits, "");
    world_end(w);
}
END_TEST

START_TEST(a_digest_comes_once_a_day_from_its_hour_on)
{
    World *w = world();
    Id ana = fixture_alliance(w->app, "Ana Lima", "weekly");
    w->config.names = true;
    w->config.rules.digest = 8 * 60;
    fixture_commitment(w->app, ana, SIDE_ME, "send it", fixture_day("2026-11-29"));
    ck_assert_uint_eq(run_at(w, "2026-11-29T07:59:00+01:00"), 0);
    ck_assert_str_eq(w->report.waits, "The digest comes from 08:00 on.");
    ck_assert_uint_eq(run_at(w, "2026-11-29T08:00:00+01:00"), 1);
    ck_assert_str_eq(last(w)->title, "1 check-in and 1 commitment are due");
    ck_assert_str_eq(last(w)->body, "send it (with Ana Lima), today\nCheck in with Ana Lima, today");
    fixture_commitment(w->app, ana, SIDE_ME, "and this", fixture_day("2026-11-29"));
    ck_assert_uint_eq(run_at(w, "2026-11-29T12:00:00+01:00"), 0);
    ck_assert(strstr(w->report.waits, "Today's digest has gone out.") != NULL);
    ck_assert_uint_eq(run_at(w, "2026-11-30T07:00:00+01:00"), 0);
    ck_assert_uint_eq(run_at(w, "2026-11-30T08:00:00+01:00"), 1);
    ck_assert_str_eq(last(w)->title, "Was due Sun 29 Nov: and this");
    ck_assert_str_eq(last(w)->body, "Yours, with Ana Lima.\nStill waiting:\n"
                                    "send it (with Ana Lima), was due Sun 29 Nov\n"
                                    "Check in with Ana Lima, was due Sun 29 Nov");
    world_end(w);
}
END_TEST

/* How many wait in all, by the last letter's member for machines. */
static void waits(const World *w, int64_t check_ins, int64_t commitments)
{
    Json *j;
    int64_t n;
    ASSERT_OK(json_parse(sv(last(w)->json), "notice", &j, &err));
    const Json *waiting = json_get(j, "waiting");
    ck_assert(json_int(json_get(waiting, "check_ins"), &n));
    ck_assert_int_eq(n, check_ins);
    ck_assert(json_int(json_get(waiting, "commitments"), &n));
    ck_assert_int_eq(n, commitments);
    ck_assert_uint_eq(json_size(json_get(j, "items")), last(w)->check_ins + last(w)->commitments);
    json_free(j);
}

START_TEST(what_is_new_is_counted_in_the_title_and_what_waits_below)
{
    for (int digest = -1; digest <= 8 * 60; digest += 8 * 60 + 1) {
        World *w = world();
        Id ana = fixture_alliance(w->app, "Ana Lima", "weekly");
        fixture_commitment(w->app, ana, SIDE_ME, "send it", fixture_day("2026-11-29"));
        w->config.rules.digest = digest < 0 ? -1 : digest;
        ck_assert_uint_eq(run_at(w, "2026-11-29T09:00:00+01:00"), 1);
        ck_assert_str_eq(last(w)->body, "");
        waits(w, 1, 1);
        fixture_commitment(w->app, ana, SIDE_ME, "one", fixture_day("2026-11-30"));
        fixture_commitment(w->app, ana, SIDE_ME, "two", fixture_day("2026-12-01"));
        w->config.rules.lead = 1;
        ck_assert_uint_eq(run_at(w, "2026-11-30T09:00:00+01:00"), 1);
        ck_assert_str_eq(last(w)->title, "1 more commitment is due, 1 thing is coming");
        ck_assert_str_eq(last(w)->body, "In all: 1 check-in, 2 commitments.\nTomorrow: 1 commitment.");
        waits(w, 1, 2);
        fixture_commitment(w->app, ana, SIDE_ME, "three", fixture_day("2026-12-02"));
        ck_assert_uint_eq(run_at(w, "2026-12-01T09:00:00+01:00"), 1);
        ck_assert_str_eq(last(w)->title, "Tomorrow: 1 commitment");
        ck_assert_str_eq(last(w)->body, "Still waiting: 1 check-in, 3 commitments.");
        waits(w, 1, 3);
        world_end(w);
    }
}
END_TEST

START_TEST(only_what_was_told_before_makes_the_same_kind_more)
{
    World *w = world();
    Id ana = fixture_alliance(w->app, "Ana Lima", "");
    fixture_commitment(w->app, ana, SIDE_ME, "send it", fixture_day("2026-11-24"));
    ck_assert_uint_eq(run_at(w, "2026-11-24T09:00:00+01:00"), 1);
    fixture_alliance(w->app, "Ben O'Neill", "weekly");
    fixture_alliance(w->app, "Cleo", "weekly");
    fixture_commitment(w->app, ana, SIDE_ME, "call", fixture_day("2026-12-01"));
    ck_assert_uint_eq(run_at(w, "2026-12-01T09:00:00+01:00"), 1);
    ck_assert_str_eq(last(w)->title, "2 check-ins and 1 more commitment are due");
    ck_assert_str_eq(last(w)->body, "In all: 2 check-ins, 2 commitments.");
    waits(w, 2, 2);
    world_end(w);
}
END_TEST

START_TEST(a_repetition_is_still_due_and_nothing_more)
{
    World *w = world();
    Id ana = fixture_alliance(w->app, "Ana Lima", "");
    fixture_commitment(w->app, ana, SIDE_ME, "send it", fixture_day("2026-11-24"));
    fixture_commitment(w->app, ana, SIDE_ME, "call", fixture_day("2026-11-24"));
    w->config.rules.repeat = 3;
    ck_assert_uint_eq(run_at(w, "2026-11-24T09:00:00+01:00"), 1);
    ck_assert_str_eq(last(w)->title, "2 commitments are due");
    ck_assert_uint_eq(run_at(w, "2026-11-27T09:00:00+01:00"), 1);
    ck_assert_str_eq(last(w)->title, "2 commitments are still due");
    ck_assert_str_eq(last(w)->body, "");
    waits(w, 0, 2);
    fixture_commitment(w->app, ana, SIDE_ME, "third", fixture_day("2026-11-30"));
    fixture_commitment(w->app, ana, SIDE_ME, "fourth", fixture_day("2026-12-01"));
    ck_assert_uint_eq(run_at(w, "2026-11-30T09:00:00+01:00"), 1);
    ck_assert_str_eq(last(w)->title, "1 commitment is due, 2 commitments are still due");
    ck_assert_str_eq(last(w)->body, "");
    ck_assert_uint_eq(last(w)->commitments, 3);
    waits(w, 0, 3);
    ck_assert_uint_eq(run_at(w, "2026-12-01T09:00:00+01:00"), 1);
    ck_assert_str_eq(last(w)->title, "1 more commitment is due");
    ck_assert_str_eq(last(w)->body, "In all: 4 commitments.");
    world_end(w);
}
END_TEST

START_TEST(a_digest_that_failed_is_tried_again_on_its_day)
{
    World *w = world();
    fixture_alliance(w->app, "Ana Lima", "weekly");
    w->config.rules.digest = 8 * 60;
    w->fails = w->channels[0].name;
    ck_assert_uint_eq(run_at(w, "2026-11-29T08:00:00+01:00"), 1);
    w->fails = NULL;
    ck_assert_uint_eq(run_at(w, "2026-11-29T09:00:00+01:00"), 1);
    ck_assert_uint_eq(run_at(w, "2026-11-29T10:00:00+01:00"), 0);
    world_end(w);
}
END_TEST

/* A second program has something new to tell while the first one's digest is under way. */
static void promise_and_run_another(World *w)
{
    w->meanwhile = NULL;
    World *other = world_on(fixture_app_at(w->path), 1);
    Id ana;
    other->config.rules = w->config.rules;
    app_set_now(other->app, app_now(w->app));
    ASSERT_OK(app_find(other->app, "ana", false, &ana, &err));
    fixture_commitment(other->app, ana, SIDE_ME, "send it", fixture_day("2026-11-29"));
    ck_assert_uint_eq(run(other), 0);
    app_close(other->app);
    arena_finish(&other->arena);
    free(other);
}

START_TEST(no_second_digest_goes_out_while_one_is_under_way)
{
    World *w = world_on_disk();
    fixture_alliance(w->app, "Ana Lima", "weekly");
    w->config.rules.digest = 8 * 60;
    w->meanwhile = promise_and_run_another;
    ck_assert_uint_eq(run_at(w, "2026-11-29T09:00:00+01:00"), 1);
    ck_assert_uint_eq(run_at(w, "2026-11-30T09:00:00+01:00"), 1);
    ck_assert_str_eq(last(w)->title, "1 commitment is due");
    world_end(w);
}
END_TEST

START_TEST(undoing_a_snooze_after_its_reminder_sends_nothing_twice)
{
    World *w = world();
    Id ana = fixture_alliance(w->app, "Ana Lima", "weekly");
    ck_assert_uint_eq(run_at(w, "2026-11-29T09:00:00+01:00"), 1);
    ASSERT_OK(app_snooze(w->app, ana, fixture_day("2026-12-01"), NULL, &err));
    ck_assert_uint_eq(run_at(w, "2026-11-30T09:00:00+01:00"), 0);
    ck_assert_uint_eq(run_at(w, "2026-12-01T09:00:00+01:00"), 1);
    ASSERT_OK(app_undo(w->app, NULL, &err));
    ck_assert_uint_eq(run(w), 0);
    ASSERT_OK(app_redo(w->app, NULL, &err));
    ck_assert_uint_eq(run(w), 0);
    world_end(w);
}
END_TEST

START_TEST(a_pause_holds_reminders_until_its_day)
{
    World *w = world();
    Id ana = fixture_alliance(w->app, "Ana Lima", "weekly");
    ASSERT_OK(app_pause(w->app, ana, fixture_day("2026-12-10"), NULL, &err));
    ck_assert_uint_eq(run_at(w, "2026-12-09T09:00:00+01:00"), 0);
    ck_assert_uint_eq(run_at(w, "2026-12-10T09:00:00+01:00"), 1);
    ASSERT_OK(app_pause(w->app, ana, DATE_NONE, NULL, &err));
    ck_assert_uint_eq(run_at(w, "2027-12-10T09:00:00+01:00"), 0);
    world_end(w);
}
END_TEST

START_TEST(a_clock_that_went_back_by_an_hour_at_most_is_not_told)
{
    static const struct {
        const char *then, *said;
    } cases[] = {
        {"2026-11-29T08:01:00+01:00", ""},
        {"2026-11-29T08:00:00+01:00", ""},
        {"2026-11-29T07:59:00+01:00", "The clock went back by 1 hour since the last run."},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        World *w = world();
        run_at(w, "2026-11-29T09:00:00+01:00");
        run_at(w, cases[i].then);
        ck_assert_str_eq(w->report.clock, cases[i].said);
        world_end(w);
    }
}
END_TEST

START_TEST(a_clock_that_went_back_is_told_and_sends_nothing_twice)
{
    World *w = world();
    fixture_alliance(w->app, "Ana Lima", "weekly");
    ck_assert_uint_eq(run_at(w, "2026-11-29T09:00:00+01:00"), 1);
    ck_assert_str_eq(w->report.clock, "");
    ck_assert_uint_eq(run_at(w, "2026-11-29T08:00:00+01:00"), 0);
    ck_assert_str_eq(w->report.clock, "");
    ck_assert_uint_eq(run_at(w, "2026-11-29T05:00:00+01:00"), 0);
    ck_assert_str_eq(w->report.clock, "The clock went back by 3 hours since the last run.");
    ck_assert_str_eq(status(w).said, w->report.clock);
    ck_assert_uint_eq(run_at(w, "2036-11-29T09:00:00+01:00"), 0);
    ck_assert_uint_eq(run_at(w, "2026-11-29T09:00:00+01:00"), 0);
    ck_assert_str_eq(w->report.clock, "The clock went back by 3653 days since the last run.");
    ck_assert_uint_eq(run_at(w, "2026-11-29T10:00:00+01:00"), 0);
    ck_assert_str_eq(status(w).said, "");
    world_end(w);
}
END_TEST

/* ---- exactly once ---- */

START_TEST(what_failed_is_logged_and_tried_again_until_it_arrives_once)
{
    World *w = world();
    fixture_alliance(w->app, "Ana Lima", "weekly");
    w->fails = w->channels[0].name;
    w->why = " no\nsuch \x1b[31muser ";
    ck_assert_uint_eq(run_at(w, "2026-11-29T09:00:00+01:00"), 1);
    ck_assert(!w->report.sent[0].delivered);
    ck_assert_uint_eq(status(w).trouble_count, 1);
    ck_assert_uint_eq(status(w).count, 0); /* it is not told twice */
    ck_assert_str_eq(w->report.sent[0].why, status(w).trouble[0].delivery.detail);
    ck_assert_ptr_null(strpbrk(w->report.sent[0].why, "\n\x1b"));
    ck_assert_uint_eq(run_at(w, "2026-11-29T10:00:00+01:00"), 1);
    ck_assert_int_eq(status(w).trouble[0].delivery.attempts, 2);
    ck_assert_str_eq(w->letters[0].id, w->letters[1].id);
    w->fails = NULL;
    ck_assert_uint_eq(run_at(w, "2026-11-29T11:00:00+01:00"), 1);
    ck_assert_uint_eq(status(w).count, 1);
    ck_assert_int_eq(status(w).deliveries[0].delivery.outcome, OUTCOME_DELIVERED);
    ck_assert_uint_eq(status(w).trouble_count, 0);
    ck_assert_uint_eq(run_at(w, "2026-11-29T12:00:00+01:00"), 0);
    world_end(w);
}
END_TEST

START_TEST(a_failure_is_told_again_only_when_its_reason_is_another)
{
    static const struct {
        const char *why;
        bool again;
    } runs[] = {{"no route", false}, {"no route", true}, {"no such user", false}, {"no such user", true}};
    World *w = world();
    Id ana = fixture_alliance(w->app, "Ana Lima", "weekly");
    w->fails = w->channels[0].name;
    fixture_now(w->app, "2026-11-29T09:00:00+01:00");
    for (size_t i = 0; i < sizeof runs / sizeof runs[0]; i++) {
        w->why = runs[i].why;
        ck_assert_uint_eq(run(w), 1);
        ck_assert_int_eq(w->report.sent[0].again, runs[i].again);
        ck_assert(!w->report.sent[0].given_up);
    }
    fixture_commitment(w->app, ana, SIDE_ME, "send it", fixture_day("2026-11-29"));
    ck_assert_uint_eq(run(w), 1);
    ck_assert(!w->report.sent[0].again); /* what is new was not told of */
    world_end(w);
}
END_TEST

START_TEST(what_may_have_arrived_is_tried_three_times_at_most)
{
    World *w = world();
    Str said;
    str_init(&said);
    fixture_alliance(w->app, "Ana Lima", "weekly");
    fixture_now(w->app, "2026-11-29T09:00:00+01:00");
    w->fails = w->channels[0].name;
    w->why = "gave up after 10 seconds";
    w->takes_ms = 10 * 1000;
    for (int i = 1; i <= 3; i++) {
        ck_assert_uint_eq(run(w), 1);
        ck_assert_int_eq(w->report.sent[0].given_up, i == 3);
        ck_assert_uint_eq(status(w).trouble_count, 1);
    }
    ck_assert_uint_eq(run_at(w, "2026-11-30T09:00:00+01:00"), 0);
    ASSERT_OK(app_remind_trouble(w->app, &said, &err));
    ck_assert_str_eq(said.buf, "A reminder sent by mail may not have arrived: gave up after 10 seconds. "
                               ": reminders shows more.");
    str_finish(&said);
    world_end(w);
}
END_TEST

START_TEST(what_certainly_failed_is_tried_again_for_ever)
{
    static const struct {
        int takes_ms;
        size_t channel;
    } cases[] = {{9999, 0}, {10000, 1}}; /* a file takes a line whole or not at all */
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        World *w = world();
        w->channels[0] = w->channels[cases[i].channel];
        fixture_alliance(w->app, "Ana Lima", "weekly");
        fixture_now(w->app, "2026-11-29T09:00:00+01:00");
        w->fails = w->channels[0].name;
        w->takes_ms = cases[i].takes_ms;
        for (int run_no = 1; run_no <= 6; run_no++) ck_assert_uint_eq(run(w), 1);
        world_end(w);
    }
}
END_TEST

START_TEST(a_channel_that_hangs_is_left_alone_for_the_run)
{
    World *w = world_on(fixture_app(), 2);
    fixture_alliance(w->app, "Ana Lima", "weekly");
    fixture_alliance(w->app, "Ben O'Neill", "weekly");
    w->config.names = true;
    w->fails = w->channels[0].name;
    w->takes_ms = 10 * 1000;
    ck_assert_uint_eq(run_at(w, "2026-11-29T09:00:00+01:00"), 3);
    ck_assert_str_eq(w->letters[0].channel, w->channels[0].name);
    ck_assert_str_eq(w->letters[1].channel, w->channels[1].name);
    world_end(w);
}
END_TEST

START_TEST(nothing_is_begun_when_a_run_has_taken_ten_minutes)
{
    World *w = world();
    fixture_alliance(w->app, "Ana Lima", "weekly");
    fixture_alliance(w->app, "Ben O'Neill", "weekly");
    fixture_alliance(w->app, "Megumi", "weekly");
    w->config.names = true;
    w->takes_ms = 5 * 60 * 1000;
    ck_assert_uint_eq(run_at(w, "2026-11-29T09:00:00+01:00"), 2);
    ck_assert_str_eq(w->report.waits, "This run has taken long enough. The rest comes with the next one.");
    ck_assert_uint_eq(run(w), 1);
    ck_assert_str_eq(w->report.waits, "");
    world_end(w);
}
END_TEST

static App *holder;

/* The first try finds the journal held, as if it had waited its five seconds; before the second it is free.
 */
static int be_busy(void *data, int count)
{
    (void)data;
    (void)count;
    if (holder) {
        store_rollback(holder->store);
        app_close(holder);
    }
    holder = NULL;
    return 0;
}

static void hold_the_journal(World *w)
{
    holder = fixture_app_at(w->path);
    ASSERT_OK(store_begin(holder->store, &err));
    sqlite3_busy_handler(w->app->store->db, be_busy, NULL);
}

START_TEST(who_writes_while_a_delivery_is_logged_is_waited_for)
{
    World *w = world_on_disk();
    fixture_alliance(w->app, "Ana Lima", "weekly");
    w->meanwhile = hold_the_journal;
    ck_assert_uint_eq(run_at(w, "2026-11-29T09:00:00+01:00"), 1);
    ck_assert_ptr_null(holder);
    ck_assert_int_eq(status(w).deliveries[0].delivery.outcome, OUTCOME_DELIVERED);
    world_end(w);
}
END_TEST

START_TEST(a_channel_that_fails_does_not_stop_the_others)
{
    World *w = world_on(fixture_app(), 2);
    fixture_alliance(w->app, "Ana Lima", "weekly");
    w->fails = w->channels[0].name;
    w->why = "";
    ck_assert_uint_eq(run_at(w, "2026-11-29T09:00:00+01:00"), 2);
    ck_assert_uint_eq(w->report.count, 2);
    ck_assert(!w->report.sent[0].delivered && w->report.sent[1].delivered);
    ck_assert_str_eq(w->report.sent[0].why, "it did not say why");
    ck_assert_uint_eq(run_at(w, "2026-11-29T10:00:00+01:00"), 1);
    ck_assert_str_eq(last(w)->channel, w->channels[0].name);
    world_end(w);
}
END_TEST

/* A second program runs on the same journal while the first is sending. */
static void run_another(World *w)
{
    w->meanwhile = NULL;
    World *other = world_on(fixture_app_at(w->path), 1);
    other->config.names = w->config.names;
    app_set_now(other->app, app_now(w->app));
    size_t got = run(other);
    ck_assert_uint_eq(got, w->config.names ? 2 : 0);
    app_close(other->app);
    arena_finish(&other->arena);
    free(other);
}

START_TEST(two_runs_at_once_send_each_once)
{
    for (int names = 0; names < 2; names++) {
        World *w = world_on_disk();
        w->config.names = names;
        fixture_alliance(w->app, "Ana Lima", "weekly");
        fixture_alliance(w->app, "Ben O'Neill", "weekly");
        fixture_alliance(w->app, "Megumi", "weekly");
        w->meanwhile = run_another;
        ck_assert_uint_eq(run_at(w, "2026-11-29T09:00:00+01:00"), 1);
        ck_assert_uint_eq(status(w).count, 3);
        ck_assert_uint_eq(run(w), 0);
        world_end(w);
    }
}
END_TEST

static void a_minute_passes(World *w)
{
    fixture_now(w->app, "2026-11-29T09:01:00+01:00");
}

START_TEST(a_delivery_is_logged_with_the_time_it_was_begun)
{
    World *w = world();
    fixture_alliance(w->app, "Ana Lima", "weekly");
    w->meanwhile = a_minute_passes;
    ck_assert_uint_eq(run_at(w, "2026-11-29T09:00:00+01:00"), 1);
    ck_assert_int_eq(instant_minutes(status(w).deliveries[0].delivery.at), 9 * 60);
    world_end(w);
}
END_TEST

static void be_killed(World *w)
{
    (void)w;
    raise(SIGKILL);
}

/* A run in a process of its own that is killed while it sends. */
static void run_and_be_killed(World *w)
{
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        World *own = world_on(fixture_app_at(w->path), 1);
        own->meanwhile = be_killed;
        run_at(own, "2026-11-29T09:00:00+01:00");
        _exit(0);
    }
    int end;
    ck_assert_int_eq(waitpid(child, &end, 0), child);
    ck_assert(WIFSIGNALED(end) && WTERMSIG(end) == SIGKILL);
}

START_TEST(what_was_cut_off_is_not_sent_again_and_is_told_after_ten_minutes)
{
    World *w = world_on_disk();
    Str said;
    str_init(&said);
    fixture_alliance(w->app, "Ana Lima", "weekly");
    app_close(w->app);
    run_and_be_killed(w);
    w->app = fixture_app_at(w->path);
    ck_assert_uint_eq(run_at(w, "2026-11-29T09:09:00+01:00"), 0);
    ck_assert_uint_eq(status(w).trouble_count, 0);
    ck_assert_uint_eq(run_at(w, "2026-11-29T09:11:00+01:00"), 0);
    ck_assert_uint_eq(status(w).trouble_count, 1);
    ck_assert_int_eq(status(w).trouble[0].delivery.outcome, OUTCOME_SENDING);
    ASSERT_OK(app_remind_trouble(w->app, &said, &err));
    ck_assert_str_eq(said.buf, "A reminder was cut off while it was sent by mail; it may have arrived. : "
                               "reminders shows more.");
    str_finish(&said);
    world_end(w);
}
END_TEST

static volatile sig_atomic_t asked_to_end;

static void note_signal(int signal)
{
    asked_to_end = signal;
}

static void be_asked_to_end(World *w)
{
    (void)w;
    raise(SIGTERM);
    ck_assert_int_eq(asked_to_end, 0);
}

START_TEST(a_run_that_is_asked_to_end_first_logs_what_it_has_sent)
{
    World *w = world();
    struct sigaction note = {.sa_handler = note_signal}, before;
    sigaction(SIGTERM, &note, &before);
    fixture_alliance(w->app, "Ana Lima", "weekly");
    w->meanwhile = be_asked_to_end;
    ck_assert_uint_eq(run_at(w, "2026-11-29T09:00:00+01:00"), 1);
    ck_assert_int_eq(asked_to_end, SIGTERM);
    ck_assert_int_eq(status(w).deliveries[0].delivery.outcome, OUTCOME_DELIVERED);
    sigaction(SIGTERM, &before, NULL);
    asked_to_end = 0;
    world_end(w);
}
END_TEST

/* ---- it changes nothing ---- */

/* The journal's rows but for those of the log. */
static char *dump_without_log(App *app)
{
    char *dump = fixture_dump(app);
    Str rest;
    str_init(&rest);
    for (StrView all = sv(dump); all.len;) {
        StrView line = sv_cut(&all, '\n');
        if (sv_starts(line, SV("delivery ")) || sv_starts(line, SV("reminder_run "))) continue;
        str_add(&rest, line);
        str_add_char(&rest, '\n');
    }
    free(dump);
    return str_steal(&rest);
}

START_TEST(a_run_writes_to_its_log_and_nowhere_else)
{
    World *w = world_on(fixture_app(), 2);
    Id ana = fixture_alliance(w->app, "Ana Lima", "weekly");
    fixture_commitment(w->app, ana, SIDE_ME, "send it", fixture_day("2026-11-28"));
    w->fails = w->channels[1].name;
    char *before = dump_without_log(w->app);
    ck_assert_uint_eq(run_at(w, "2026-11-29T09:00:00+01:00"), 2);
    char *after = dump_without_log(w->app), *all = fixture_dump(w->app);
    ck_assert_str_eq(before, after);
    ck_assert_str_ne(all, after);
    free(before);
    free(after);
    free(all);
    /* And afterwards the journal can be written again; undo knows nothing of the run. */
    fixture_check_in(w->app, ana, 4, "Good.");
    Done done;
    done_init(&done);
    ASSERT_OK(app_undo(w->app, &done, &err));
    ck_assert_str_eq(done.text.buf, "Undone: check-in with Ana Lima.");
    done_finish(&done);
    world_end(w);
}
END_TEST

/* Whoever sends cannot change what the user meant. */
static void try_to_write(World *w)
{
    Error why = {0};
    ck_assert(!app_rename(w->app, w->report.count ? 0 : 1, "Someone else", "", NULL, &why));
    NewAlliance n = {.name = "Uninvited", .first = DATE_NONE};
    error_clear(&why);
    ck_assert(!app_new_alliance(w->app, &n, NULL, &why));
    ck_assert_int_eq(why.code, ERR_CANNOT_WRITE);
}

START_TEST(while_it_sends_nothing_else_can_be_written)
{
    World *w = world();
    fixture_alliance(w->app, "Ana Lima", "weekly");
    w->meanwhile = try_to_write;
    ck_assert_uint_eq(run_at(w, "2026-11-29T09:00:00+01:00"), 1);
    ck_assert_int_eq(status(w).deliveries[0].delivery.outcome, OUTCOME_DELIVERED);
    world_end(w);
}
END_TEST

START_TEST(a_dry_run_says_what_would_go_and_writes_nothing)
{
    World *w = world_on(fixture_app(), 2);
    fixture_alliance(w->app, "Ana Lima", "weekly");
    fixture_now(w->app, "2026-11-29T09:00:00+01:00");
    RemindOptions options = {.config = &w->config, .sender = post, .data = w};
    char *before = fixture_dump(w->app);
    for (int i = 0; i < 2; i++) {
        ASSERT_OK(app_remind_dry(w->app, &options, &w->arena, &w->report, &err));
        ck_assert_uint_eq(w->report.count, 2);
        ck_assert(w->report.sent[0].delivered);
        ck_assert_str_eq(w->report.sent[0].title, "1 check-in is due");
        ck_assert_str_eq(w->report.sent[1].channel->name, w->channels[1].name);
    }
    char *after = fixture_dump(w->app);
    ck_assert_str_eq(before, after);
    ck_assert_uint_eq(w->count, 0);
    free(before);
    free(after);
    world_end(w);
}
END_TEST

START_TEST(a_test_goes_through_every_channel_at_any_hour_and_is_not_logged)
{
    World *w = world_on(fixture_app(), 2);
    fixture_alliance(w->app, "Ana Lima", "weekly");
    fixture_now(w->app, "2026-11-29T23:00:00+01:00");
    w->config.rules.quiet_from = 22 * 60;
    w->config.rules.quiet_to = 7 * 60;
    w->fails = w->channels[1].name;
    RemindOptions options = {.config = &w->config, .sender = post, .data = w};
    char *before = fixture_dump(w->app);
    ASSERT_OK(app_remind_test(w->app, &options, &w->arena, &w->report, &err));
    char *after = fixture_dump(w->app);
    ck_assert_str_eq(before, after);
    ck_assert_uint_eq(w->report.count, 2);
    ck_assert(w->report.sent[0].delivered && !w->report.sent[1].delivered);
    ck_assert_str_eq(w->report.sent[1].why, "no such user");
    ck_assert(strstr(last(w)->json, "\"test\":true") != NULL);
    free(before);
    free(after);
    world_end(w);
}
END_TEST

START_TEST(a_desktop_out_of_reach_is_left_out_unless_it_is_asked_for)
{
    World *w = world();
    fixture_alliance(w->app, "Ana Lima", "weekly");
    char *bus = getenv("DBUS_SESSION_BUS_ADDRESS"), *runtime = getenv("XDG_RUNTIME_DIR");
    bus = bus ? mem_strdup(bus) : NULL;
    runtime = runtime ? mem_strdup(runtime) : NULL;
    unsetenv("DBUS_SESSION_BUS_ADDRESS");
    unsetenv("XDG_RUNTIME_DIR");
    w->channels[0] = (Channel){.kind = CHANNEL_DESKTOP, .name = "desktop", .target = ""};
    ck_assert_uint_eq(run_at(w, "2026-11-29T09:00:00+01:00"), 0);
    ck_assert_str_eq(w->report.waits, "No channel can be reached: see [remind] in entente.conf(5).");
    ck_assert_str_eq(status(w).said, w->report.waits);
    ck_assert_ptr_nonnull(strstr(app_channel_away(&w->channels[0]), "not reachable here: "));
    w->config.desktop = DESKTOP_YES;
    ck_assert_uint_eq(run(w), 1);
    if (bus) setenv("DBUS_SESSION_BUS_ADDRESS", bus, 1);
    if (runtime) setenv("XDG_RUNTIME_DIR", runtime, 1);
    free(bus);
    free(runtime);
    world_end(w);
}
END_TEST

/* Where the tests run somebody may be, or nobody. */
START_TEST(where_nobody_is_logged_in_terminals_wait_and_nothing_has_failed)
{
    World *w = world();
    bool there = channel_terminal_reachable();
    fixture_alliance(w->app, "Ana Lima", "weekly");
    w->channels[0] = (Channel){.kind = CHANNEL_TERMINAL, .name = "terminal", .target = ""};
    ck_assert_uint_eq(run_at(w, "2026-11-29T09:00:00+01:00"), there);
    ck_assert_uint_eq(status(w).count, there);
    ck_assert_uint_eq(status(w).trouble_count, 0);
    ck_assert_int_eq(w->report.waits[0] == '\0', there);
    world_end(w);
}
END_TEST

/* ---- how it stands ---- */

START_TEST(home_says_in_one_line_what_could_not_be_sent)
{
    World *w = world();
    Str said;
    str_init(&said);
    fixture_alliance(w->app, "Ana Lima", "weekly");
    ASSERT_OK(app_remind_trouble(w->app, &said, &err));
    ck_assert_str_eq(said.buf, "");
    w->fails = w->channels[0].name;
    w->why = "sendmail was not found";
    run_at(w, "2026-11-29T09:00:00+01:00");
    ASSERT_OK(app_remind_trouble(w->app, &said, &err));
    ck_assert_str_eq(said.buf,
                     "A reminder could not be sent by mail: sendmail was not found. : reminders shows more.");
    str_finish(&said);
    world_end(w);
}
END_TEST

START_TEST(home_misses_a_timer_that_ran_before)
{
    static const struct {
        bool by_timer;
        const char *now, *said;
    } cases[] = {
        {true, "2026-12-01T09:00:00+01:00", ""},
        {true, "2026-12-01T09:01:00+01:00",
         "The timer for reminders has not run for 2 days. : reminders shows more."},
        {false, "2026-12-21T09:00:00+01:00", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        World *w = world();
        Str said;
        str_init(&said);
        RemindOptions options = {
            .config = &w->config, .by_timer = cases[i].by_timer, .sender = post, .data = w};
        fixture_now(w->app, "2026-11-29T09:00:00+01:00");
        ASSERT_OK(app_remind(w->app, &options, &w->arena, &w->report, &err));
        run_at(w, cases[i].now); /* by hand: it is no timer's */
        ASSERT_OK(app_remind_trouble(w->app, &said, &err));
        ck_assert_str_eq(said.buf, cases[i].said);
        str_finish(&said);
        world_end(w);
    }
}
END_TEST

static const char *words(World *w)
{
    static const Timer none = {.kind = TIMER_NONE, .where = "", .next = "", .todo = ""};
    RemindStatus s = status(w);
    Str out;
    str_init(&out);
    app_remind_words(w->app, &w->config, &none, &s, &out);
    const char *kept = arena_str(&w->arena, str_view(&out));
    str_finish(&out);
    return kept;
}

START_TEST(another_try_is_promised_only_where_there_will_be_one)
{
    static const char AGAIN[] = "It is tried again at the next run.";
    World *w = world();
    Id ana = fixture_alliance(w->app, "Ana Lima", "weekly");
    w->fails = w->channels[0].name;
    run_at(w, "2026-11-29T09:00:00+01:00");
    ck_assert_ptr_nonnull(strstr(words(w), AGAIN));
    w->config.channel_count = 0;
    ck_assert_ptr_nonnull(strstr(words(w), "Not delivered"));
    ck_assert_ptr_null(strstr(words(w), AGAIN));
    w->config.channel_count = 1;
    w->config.rules.repeat = 1;
    fixture_now(w->app, "2026-11-30T09:00:00+01:00"); /* the first one was for yesterday */
    ck_assert_ptr_null(strstr(words(w), AGAIN));
    w->config.rules.repeat = 0;
    ck_assert_ptr_nonnull(strstr(words(w), AGAIN));
    w->config.rules.about = 1u << AGENDA_REVIEW;
    ck_assert_ptr_null(strstr(words(w), AGAIN));
    w->config.rules.about |= 1u << AGENDA_CHECK_IN;
    fixture_check_in(w->app, ana, 4, "Good.");
    ck_assert_ptr_nonnull(strstr(words(w), "Not delivered"));
    ck_assert_ptr_null(strstr(words(w), AGAIN));
    world_end(w);
}
END_TEST

START_TEST(what_was_given_up_says_that_it_is_not_known)
{
    World *w = world();
    fixture_alliance(w->app, "Ana Lima", "weekly");
    fixture_now(w->app, "2026-11-29T09:00:00+01:00");
    w->fails = w->channels[0].name;
    w->why = "gave up after 10 seconds";
    w->takes_ms = 10 * 1000;
    for (int i = 0; i < 3; i++) run(w);
    ck_assert_ptr_null(strstr(words(w), "Last deliveries"));
    ck_assert_ptr_nonnull(strstr(words(w),
                                 ": gave up after 10 seconds, so it is not known whether it arrived. "
                                 "It is not sent again.\n"));
    world_end(w);
}
END_TEST

START_TEST(the_status_tells_the_last_run_also_when_it_had_nothing_to_send)
{
    World *w = world();
    ck_assert(instant_is_none(status(w).last_run));
    ck_assert_uint_eq(run_at(w, "2026-11-29T09:00:00+01:00"), 0);
    ck_assert_int_eq(instant_cmp(status(w).last_run, app_now(w->app)), 0);
    ck_assert_str_eq(status(w).said, "");
    ck_assert_uint_eq(status(w).count, 0);
    world_end(w);
}
END_TEST

static Suite *remind_suite(void)
{
    Suite *suite = suite_create("remind");
    TCase *tc = tcase_create("remind");
    tcase_set_timeout(tc, 120);
    suite_add_tcase(suite, tc);
    tcase_add_test(tc, a_journal_that_does_not_exist_has_nothing_due_and_is_not_made);
    tcase_add_test(tc, without_names_one_notice_counts_all_that_is_due);
    tcase_add_test(tc, without_names_no_name_and_no_text_stands_anywhere);
    tcase_add_test(tc, with_names_each_has_a_notice_of_its_own);
    tcase_add_test(tc, with_names_what_is_past_says_since_when);
    tcase_add_test(tc, of_more_than_five_the_rest_comes_in_one);
    tcase_add_test(tc, what_is_ahead_is_named_by_its_day_and_never_called_due);
    tcase_add_test(tc, another_lead_reminds_no_second_time);
    tcase_add_test(tc, too_early_is_nothing_sent);
    tcase_add_test(tc, days_ahead_that_differ_have_a_line_each);
    tcase_add_test(tc, the_json_says_what_machines_need);
    tcase_add_test(tc, what_was_promised_in_private_is_not_quoted);
    tcase_add_test(tc, in_a_list_it_is_not_quoted_either);
    tcase_add_test(tc, all_of_a_great_many_are_sent);
    tcase_add_test(tc, what_others_promised_and_kinds_left_out_are_not_reminded_of);
    tcase_add_test(tc, a_repeat_after_months_asleep_comes_once);
    tcase_add_test(tc, a_longer_repeat_goes_on_where_the_shorter_one_was);
    tcase_add_test(tc, what_failed_by_a_clock_set_ahead_holds_nothing_back);
    tcase_add_test(tc, quiet_hours_reach_over_midnight);
    tcase_add_test(tc, a_digest_comes_once_a_day_from_its_hour_on);
    tcase_add_test(tc, what_is_new_is_counted_in_the_title_and_what_waits_below);
    tcase_add_test(tc, only_what_was_told_before_makes_the_same_kind_more);
    tcase_add_test(tc, a_repetition_is_still_due_and_nothing_more);
    tcase_add_test(tc, a_digest_that_failed_is_tried_again_on_its_day);
    tcase_add_test(tc, a_digest_in_the_quiet_hours_comes_when_they_end);
    tcase_add_test(tc, a_digest_sent_at_midnight_counts_for_the_day_it_was_begun_on);
    tcase_add_test(tc, no_second_digest_goes_out_while_one_is_under_way);
    tcase_add_test(tc, undoing_a_snooze_after_its_reminder_sends_nothing_twice);
    tcase_add_test(tc, a_pause_holds_reminders_until_its_day);
    tcase_add_test(tc, a_clock_that_went_back_by_an_hour_at_most_is_not_told);
    tcase_add_test(tc, a_clock_that_went_back_is_told_and_sends_nothing_twice);
    tcase_add_test(tc, what_failed_is_logged_and_tried_again_until_it_arrives_once);
    tcase_add_test(tc, a_failure_is_told_again_only_when_its_reason_is_another);
    tcase_add_test(tc, what_may_have_arrived_is_tried_three_times_at_most);
    tcase_add_test(tc, what_certainly_failed_is_tried_again_for_ever);
    tcase_add_test(tc, a_channel_that_hangs_is_left_alone_for_the_run);
    tcase_add_test(tc, nothing_is_begun_when_a_run_has_taken_ten_minutes);
    tcase_add_test(tc, who_writes_while_a_delivery_is_logged_is_waited_for);
    tcase_add_test(tc, a_channel_that_fails_does_not_stop_the_others);
    tcase_add_test(tc, two_runs_at_once_send_each_once);
    tcase_add_test(tc, a_delivery_is_logged_with_the_time_it_was_begun);
    tcase_add_test(tc, what_was_cut_off_is_not_sent_again_and_is_told_after_ten_minutes);
    tcase_add_test(tc, a_run_that_is_asked_to_end_first_logs_what_it_has_sent);
    tcase_add_test(tc, a_run_writes_to_its_log_and_nowhere_else);
    tcase_add_test(tc, while_it_sends_nothing_else_can_be_written);
    tcase_add_test(tc, a_dry_run_says_what_would_go_and_writes_nothing);
    tcase_add_test(tc, a_test_goes_through_every_channel_at_any_hour_and_is_not_logged);
    tcase_add_test(tc, a_desktop_out_of_reach_is_left_out_unless_it_is_asked_for);
    tcase_add_test(tc, where_nobody_is_logged_in_terminals_wait_and_nothing_has_failed);
    tcase_add_test(tc, home_says_in_one_line_what_could_not_be_sent);
    tcase_add_test(tc, home_misses_a_timer_that_ran_before);
    tcase_add_test(tc, another_try_is_promised_only_where_there_will_be_one);
    tcase_add_test(tc, what_was_given_up_says_that_it_is_not_known);
    tcase_add_test(tc, the_status_tells_the_last_run_also_when_it_had_nothing_to_send);
    return suite;
}

int main(void)
{
    SRunner *runner = srunner_create(remind_suite());
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
