#include "../src/tui/ui.h"
#include "app_fixture.h"
#include "story.h"

#include <check.h>
#include <entente/remind.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * Reminders on the screen: the page, a test, the timer, and what Home says. All
 * there is on PATH is a stand-in for crontab that keeps a file and counts its calls.
 */
static char folder[64];
static Arena arena;
static Config config;
static App *app;
static Ui *ui;
static Canvas canvas;

static const char CRONTAB[] = "#!/bin/sh\n"
                              "PATH=/usr/bin:/bin\n"
                              "echo \"$*\" >>\"$TOOLS/calls\"\n"
                              "[ ! -e \"$TOOLS/refuse\" ] || { echo 'not allowed here' >&2; exit 1; }\n"
                              "case $1 in\n"
                              "-l) [ -e \"$TOOLS/tab\" ] || { echo 'no crontab for me' >&2; exit 1; }\n"
                              "    cat \"$TOOLS/tab\" ;;\n"
                              "-r) rm \"$TOOLS/tab\" ;;\n"
                              "-) cat >\"$TOOLS/tab.new\" && mv \"$TOOLS/tab.new\" \"$TOOLS/tab\" ;;\n"
                              "esac\n";

static const char *at(const char *name)
{
    return arena_strf(&arena, "%s/%s", folder, name);
}

static void put(const char *name, const char *text)
{
    FILE *f = fopen(at(name), "w");
    ck_assert_ptr_nonnull(f);
    fputs(text, f);
    ck_assert_int_eq(fclose(f), 0);
}

static size_t calls(void)
{
    FILE *f = fopen(at("calls"), "r");
    size_t n = 0;
    for (int c; f && (c = fgetc(f)) != EOF;) n += c == '\n';
    if (f) fclose(f);
    return n;
}

/* The settings, and where desktop notifications are left out. */
static void settings(const char *text)
{
    put("entente.conf", arena_strf(&arena, "[remind]\ndesktop = no\n%s", text));
    config_load(at("entente.conf"), &arena, &config);
    ck_assert_uint_eq(config.problem_count, 0);
}

static void show(App *shown)
{
    app = shown;
    ui = ui_new(&(UiOptions){.app = app, .config = &config, .w = 100, .h = 30});
    canvas_init(&canvas, 100, 30);
    ui_draw(ui, &canvas);
}

static void begin(void)
{
    strcpy(folder, "/tmp/entente-test-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    mkdir(at("bin"), 0700);
    put("bin/crontab", CRONTAB);
    ck_assert_int_eq(chmod(at("bin/crontab"), 0700), 0);
    setenv("TOOLS", folder, 1);
    setenv("HOME", folder, 1);
    setenv("PATH", at("bin"), 1);
    unsetenv("XDG_CONFIG_HOME");
    unsetenv("XDG_DATA_HOME");
    settings(arena_strf(&arena, "file = %s/due\n", folder));
    app = fixture_app_at(at("journal.db"));
    fixture_alliance(app, "Ana Lima", "weekly");
    fixture_now(app, "2026-11-29T09:00:00+01:00");
    show(app);
}

static int drop(const char *path, const struct stat *st, int kind, struct FTW *where)
{
    (void)st, (void)kind, (void)where;
    return remove(path);
}

static void close_screen(void)
{
    ui_free(ui);
    app_close(app);
    canvas_finish(&canvas);
}

static void finish(void)
{
    close_screen();
    nftw(folder, drop, 8, FTW_DEPTH | FTW_PHYS);
    arena_finish(&arena);
}

static void run(CommandId id)
{
    ui_run(ui, id);
    ui_draw(ui, &canvas);
}

static bool shows(const char *text)
{
    Str s;
    str_init(&s);
    canvas_print(&canvas, &s);
    bool found = strstr(s.buf, text) != NULL;
    str_finish(&s);
    return found;
}

/* The same of a text without spaces, wherever its lines end: that hangs on how long the paths in it are. */
static bool shows_wrapped(const char *text)
{
    Str s;
    str_init(&s);
    canvas_print(&canvas, &s);
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++)
        if (s.buf[i] != ' ' && s.buf[i] != '\n') s.buf[n++] = s.buf[i];
    s.buf[n] = '\0';
    bool found = strstr(s.buf, text) != NULL;
    str_finish(&s);
    return found;
}

/* ---- the page ---- */

START_TEST(the_timer_is_asked_for_when_the_page_opens_and_not_again)
{
    run(CMD_REMINDERS);
    ck_assert(shows("Run by    nothing yet"));
    ck_assert(shows("Last run  never"));
    size_t before = calls();
    ck_assert_uint_gt(before, 0);
    ui_reload(ui);
    ui_draw(ui, &canvas);
    ck_assert_uint_eq(calls(), before);
}
END_TEST

START_TEST(what_runs_meanwhile_is_on_the_page_at_once)
{
    App *other = fixture_app_at(at("journal.db"));
    RemindReport report;
    run(CMD_REMINDERS);
    fixture_now(other, "2026-11-29T09:00:00+01:00");
    ASSERT_OK(app_remind(other, &(RemindOptions){.config = &config}, &arena, &report, &err));
    ck_assert_uint_eq(report.count, 1);
    app_close(other);
    ui_handle(ui, &(Event){.type = EVENT_TIMEOUT});
    ui_draw(ui, &canvas);
    ck_assert(shows("Last run  Sun 29 Nov 09:00"));
    ck_assert(shows("delivered"));
}
END_TEST

START_TEST(a_timer_that_cannot_be_asked_for_says_why)
{
    put("tab", "# entente remind: begin\n");
    run(CMD_REMINDERS);
    ck_assert(shows("of entente's lines the last is missing"));
    ck_assert(shows("Last run"));
    ck_assert(shows(": remind-install"));
}
END_TEST

/* ---- the timer ---- */

START_TEST(a_timer_is_set_up_and_taken_away_and_the_page_shows_it)
{
    run(CMD_REMIND_INSTALL);
    ck_assert(shows("A line in your crontab now runs reminders every 10 minutes."));
    ck_assert(shows("Run by    your crontab, every 10 minutes"));
    ck_assert_int_eq(access(at("tab"), F_OK), 0);
    run(CMD_REMIND_UNINSTALL);
    ck_assert(shows("The timer was taken away: the line in your crontab."));
    ck_assert(shows("Run by    nothing yet"));
    ck_assert_int_ne(access(at("tab"), F_OK), 0);
    ui_handle(ui, &(Event){.type = EVENT_KEY, .key = KEYN_ESC});
    ck_assert_ptr_eq(ui_top(ui)->ops, &VIEW_HOME);
}
END_TEST

START_TEST(where_no_timer_can_be_the_line_to_add_is_shown)
{
    put("refuse", "");
    run(CMD_REMIND_INSTALL);
    ck_assert(shows("Neither systemd nor cron can be used here"));
    ck_assert(shows_wrapped("remind--by-timer--journal"));
}
END_TEST

/* ---- a test ---- */

START_TEST(a_test_tells_of_each_channel_what_happened)
{
    settings(arena_strf(&arena, "file = %s/due\ncommand = no-such-program\n", folder));
    close_screen();
    show(fixture_app_at(at("journal.db")));
    run(CMD_REMIND_TEST);
    ck_assert(shows("Sending a test through each channel"));
    ck_assert_int_eq(ui_take_request(ui), REQUEST_REMIND_TEST);
    ui_remind_test(ui);
    ui_draw(ui, &canvas);
    ck_assert(shows("A test of reminders"));
    ck_assert(shows("/due: sent."));
    ck_assert(shows("command no-such-program: could not be sent: "));
    ck_assert_int_eq(access(at("due"), F_OK), 0);
    ck_assert_int_eq(ui_take_request(ui), REQUEST_REDRAW);
    RemindStatus s;
    ASSERT_OK(app_remind_status(app, 1, &arena, &s, &err));
    ck_assert_uint_eq(s.count, 0);
}
END_TEST

START_TEST(the_demo_touches_no_timer_and_sends_nothing)
{
    static const CommandId all[] = {CMD_REMINDERS, CMD_REMIND_TEST, CMD_REMIND_INSTALL, CMD_REMIND_UNINSTALL};
    close_screen();
    show(story_demo());
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        run(all[i]);
        ck_assert(shows("The demo reminds of nothing: no timer is touched, nothing is sent."));
    }
    ck_assert_uint_eq(calls(), 0);
    ck_assert_int_ne(access(at("due"), F_OK), 0);
}
END_TEST

/* ---- Home ---- */

/* A run in another process, as the timer's; then a moment without keys. */
static void timer_runs(const Config *with, const char *when)
{
    RemindReport report;
    App *other = fixture_app_at(at("journal.db"));
    fixture_now(other, when);
    fixture_now(app, when);
    ASSERT_OK(app_remind(other, &(RemindOptions){.config = with}, &arena, &report, &err));
    app_close(other);
    ui_handle(ui, &(Event){.type = EVENT_TIMEOUT});
    ui_draw(ui, &canvas);
}

static void load_broken(Config *ret)
{
    put("broken.conf", arena_strf(&arena, "[remind]\ndesktop = no\nfile = %s/no/due\n", folder));
    config_load(at("broken.conf"), &arena, ret);
}

START_TEST(trouble_is_on_home_until_it_is_made_good)
{
    Config broken;
    load_broken(&broken);
    ck_assert(!shows("could not be sent"));
    timer_runs(&broken, "2026-11-29T09:00:00+01:00");
    ck_assert(shows("A reminder could not be sent to a file"));
    ck_assert(shows(": reminders"));
    mkdir(at("no"), 0700);
    timer_runs(&broken, "2026-11-29T09:10:00+01:00");
    ck_assert(!shows("could not be sent"));
}
END_TEST

START_TEST(trouble_with_a_channel_that_is_gone_is_over_in_time)
{
    Config broken;
    load_broken(&broken);
    timer_runs(&broken, "2026-11-29T09:00:00+01:00");
    timer_runs(&config, "2026-12-01T09:00:00+01:00");
    ck_assert(shows("A reminder could not be sent to a file"));
    timer_runs(&config, "2026-12-01T09:10:00+01:00");
    ck_assert(!shows("could not be sent"));
}
END_TEST

int main(void)
{
    Suite *s = suite_create("reminders");
    TCase *t = tcase_create("reminders");
    tcase_set_timeout(t, 60);
    tcase_add_checked_fixture(t, begin, finish);
    tcase_add_test(t, the_timer_is_asked_for_when_the_page_opens_and_not_again);
    tcase_add_test(t, what_runs_meanwhile_is_on_the_page_at_once);
    tcase_add_test(t, a_timer_that_cannot_be_asked_for_says_why);
    tcase_add_test(t, a_timer_is_set_up_and_taken_away_and_the_page_shows_it);
    tcase_add_test(t, where_no_timer_can_be_the_line_to_add_is_shown);
    tcase_add_test(t, a_test_tells_of_each_channel_what_happened);
    tcase_add_test(t, the_demo_touches_no_timer_and_sends_nothing);
    tcase_add_test(t, trouble_is_on_home_until_it_is_made_good);
    tcase_add_test(t, trouble_with_a_channel_that_is_gone_is_over_in_time);
    suite_add_tcase(s, t);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_ENV);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
