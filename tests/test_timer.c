#include "../src/app/own.h"
#include "../src/app/timer.h"
#include "app_fixture.h"

#include <check.h>
#include <entente/remind.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * The tools are stand-ins in a folder that is all there is on PATH: a crontab
 * that keeps a file, and a systemctl that notes what it is told.
 */
static char folder[64];
static Arena arena;

static const char CRONTAB[] = "#!/bin/sh\n"
                              "PATH=/usr/bin:/bin\n"
                              "echo \"$*\" >>\"$TOOLS/crontab.log\"\n"
                              "[ ! -e \"$TOOLS/refuse\" ] || { echo 'not allowed here' >&2; exit 1; }\n"
                              "case $1 in\n"
                              "-l) [ -e \"$TOOLS/tab\" ] || { echo 'no crontab for me' >&2; exit 1; }\n"
                              "    cat \"$TOOLS/tab\" ;;\n"
                              "-r) rm \"$TOOLS/tab\" ;;\n"
                              "-) cat >\"$TOOLS/tab.new\" && mv \"$TOOLS/tab.new\" \"$TOOLS/tab\" ;;\n"
                              "esac\n";

static const char SYSTEMCTL[] =
    "#!/bin/sh\n"
    "PATH=/usr/bin:/bin\n"
    "echo \"$*\" >>\"$TOOLS/systemctl.log\"\n"
    "[ ! -e \"$TOOLS/no-manager\" ] || { echo 'no bus' >&2; exit 1; }\n"
    "units=${XDG_CONFIG_HOME:-$HOME/.config}/systemd/user\n"
    "case $2 in\n"
    "enable) mkdir -p \"$units/timers.target.wants\"\n"
    "  ln -sf ../$4 \"$units/timers.target.wants/$4\"\n"
    "  [ ! -e \"$TOOLS/refuse\" ] || { echo 'not today' >&2; exit 1; } ;;\n"
    "disable) [ -e \"$TOOLS/stuck\" ] || rm -f \"$units/timers.target.wants/$4\" ;;\n"
    "show) echo ActiveState=active\n"
    "  echo 'NextElapseUSecRealtime=Sun 2026-11-22 20:50:00 UTC' ;;\n"
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

static void put_tool(const char *name, const char *text)
{
    put(arena_strf(&arena, "bin/%s", name), text);
    ck_assert_int_eq(chmod(at(arena_strf(&arena, "bin/%s", name)), 0700), 0);
}

static bool is_there(const char *name)
{
    struct stat st;
    return lstat(at(name), &st) == 0;
}

static const char *get(const char *name)
{
    enum { MAX = 100 * 1024 };
    char *text = arena_alloc(&arena, MAX);
    FILE *f = fopen(at(name), "r");
    ck_assert_msg(f != NULL, "%s is missing", name);
    size_t n = fread(text, 1, MAX - 1, f);
    fclose(f);
    text[n] = '\0';
    return text;
}

static void begin(void)
{
    static const char *const UNSET[] = {"XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"};
    strcpy(folder, "/tmp/entente-test-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    mkdir(at("bin"), 0700);
    mkdir(at("home"), 0700);
    setenv("TOOLS", folder, 1);
    setenv("HOME", at("home"), 1);
    setenv("PATH", at("bin"), 1);
    for (size_t i = 0; i < sizeof UNSET / sizeof *UNSET; i++) unsetenv(UNSET[i]);
}

static int drop(const char *path, const struct stat *st, int kind, struct FTW *where)
{
    (void)st, (void)kind, (void)where;
    return remove(path);
}

static void finish(void)
{
    nftw(folder, drop, 8, FTW_DEPTH | FTW_PHYS);
    arena_finish(&arena);
}

/* On the journal of this name in the folder; NULL: the usual one. */
static App *app_on(const char *journal)
{
    return fixture_app_at(at(journal ? journal : "home/.local/share/entente/journal.db"));
}

static Timer install(const char *journal)
{
    Timer t;
    App *app = app_on(journal);
    ASSERT_OK(app_timer_install(app, &arena, &t, &err));
    app_close(app);
    return t;
}

static Timer uninstall(void)
{
    Timer t;
    App *app = app_on(NULL);
    ASSERT_OK(app_timer_uninstall(app, &arena, &t, &err));
    app_close(app);
    return t;
}

static Timer state(void)
{
    Timer t;
    App *app = app_on(NULL);
    ASSERT_OK(app_timer_state(app, &arena, &t, &err));
    app_close(app);
    return t;
}

static const char *refused(const char *journal)
{
    Timer t = {.kind = TIMER_NONE};
    Error err = {0};
    App *app = app_on(journal);
    ck_assert(!app_timer_install(app, &arena, &t, &err));
    app_close(app);
    ck_assert_int_ne(err.code, ERR_NONE);
    return arena_str(&arena, sv(err.msg));
}

static void has(const char *text, const char *part)
{
    ck_assert_msg(strstr(text, part) != NULL, "\"%s\" is not in:\n%s", part, text);
}

static const char *program(void)
{
    static char path[512];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);
    ck_assert_int_gt(n, 0);
    path[n] = '\0';
    return path;
}

/* ---- cron ---- */

START_TEST(without_a_crontab_one_is_made_and_removed_again)
{
    put_tool("crontab", CRONTAB);
    Timer t = install(NULL);
    ck_assert_int_eq(t.kind, TIMER_CRON);
    ck_assert_str_eq(t.next, "Sun 22 Nov 21:50");
    has(get("tab"),
        arena_strf(&arena,
                   "\n*/10 * * * * HOME='%s/home' TZ='Europe/Berlin' PATH='%s/bin' '%s' remind --by-timer\n",
                   folder, folder, program()));
    ck_assert_int_eq(state().kind, TIMER_CRON);
    ck_assert_int_eq(uninstall().kind, TIMER_CRON);
    ck_assert(!is_there("tab"));
    ck_assert_int_eq(state().kind, TIMER_NONE);
    ck_assert_int_eq(uninstall().kind, TIMER_NONE);
}
END_TEST

START_TEST(what_else_stands_in_the_crontab_stays_byte_for_byte)
{
    static const char *const TABS[] = {
        "",
        "MAILTO=me\n0 5 * * 1 tar -zcf /var/backups/home.tgz /home/\n",
        "# no line end behind this",
        "@daily one\r\n@weekly two\r\n",
        "@daily one\r",
        "\n\n  \n",
        "# entente remind: something of mine\n",
    };
    put_tool("crontab", CRONTAB);
    for (size_t i = 0; i < sizeof TABS / sizeof *TABS; i++) {
        put("tab", TABS[i]);
        install(NULL);
        const char *with = get("tab");
        ck_assert_int_eq(strncmp(with, TABS[i], strlen(TABS[i])), 0);
        has(with, "\n*/10 * * * * ");
        uninstall();
        ck_assert_str_eq(get("tab"), TABS[i]);
    }
}
END_TEST

START_TEST(lines_around_ours_may_come_and_go)
{
    put_tool("crontab", CRONTAB);
    put("tab", "@daily one");
    install(NULL);
    put("tab", arena_strf(&arena, "@yearly none\n%s@daily two\n", get("tab")));
    install("other.db");
    uninstall();
    ck_assert_str_eq(get("tab"), "@yearly none\n@daily one\n@daily two\n");
}
END_TEST

START_TEST(installing_in_a_crontab_twice_writes_once_and_the_last_journal_wins)
{
    put_tool("crontab", CRONTAB);
    put("tab", "@daily one\n");
    install(NULL);
    const char *first = get("tab");
    install(NULL);
    ck_assert_str_eq(get("tab"), first);
    ck_assert_str_eq(get("crontab.log"), "-l\n-\n-l\n");
    install("other.db");
    const char *second = get("tab");
    has(second, arena_strf(&arena, " remind --by-timer --journal '%s/other.db'\n", folder));
    ck_assert_ptr_null(strstr(strstr(second, "*/10") + 1, "*/10"));
}
END_TEST

START_TEST(a_crontab_line_quotes_what_cron_and_the_shell_would_read)
{
    put_tool("crontab", CRONTAB);
    setenv("XDG_STATE_HOME", "relative", 1);
    setenv("XDG_DATA_HOME", at("data 100%"), 1);
    install("it's $HOME \"50%\".db");
    const char *tab = get("tab");
    has(tab, arena_strf(&arena, " XDG_DATA_HOME='%s/data 100\\%%' ", folder));
    has(tab, arena_strf(&arena, " --journal '%s/it'\"'\"'s $HOME \"50\\%%\".db'\n", folder));
    ck_assert_ptr_null(strstr(tab, "XDG_STATE_HOME"));
}
END_TEST

START_TEST(a_line_too_long_for_cron_goes_without_path_or_is_refused)
{
    put_tool("crontab", CRONTAB);
    char name[600];
    memset(name, 'x', sizeof name);
    name[sizeof name - 1] = '\0';
    setenv("PATH", arena_strf(&arena, "%s:/%s:/%s", at("bin"), name, name), 1);
    install(NULL);
    ck_assert_ptr_null(strstr(get("tab"), "PATH="));
    setenv("XDG_DATA_HOME", arena_strf(&arena, "/%s/%s", name, name), 1);
    has(refused("j.db"), "longer than");
}
END_TEST

START_TEST(a_crontab_that_cannot_be_kept_whole_is_left_alone)
{
    char *long_tab = arena_alloc(&arena, 70 * 1024);
    memset(long_tab, '#', 70 * 1024 - 1);
    put_tool("crontab", CRONTAB);
    put("tab", long_tab);
    has(refused(NULL), "64 KiB");
    ck_assert_str_eq(get("tab"), long_tab);
    App *app = app_on(NULL);
    Timer t;
    Error why = {0};
    ck_assert(!app_timer_uninstall(app, &arena, &t, &why));
    has(why.msg, "64 KiB");
    app_close(app);
    ck_assert_int_eq(state().kind, TIMER_NONE);
    has(state().todo, "64 KiB");
    put("tab", "# entente remind: begin\n@daily one\n");
    has(refused(NULL), "# entente remind: end");
    ck_assert_str_eq(get("tab"), "# entente remind: begin\n@daily one\n");
}
END_TEST

/* ---- systemd ---- */

#define UNITS "home/.config/systemd/user/"

START_TEST(where_systemd_runs_the_session_its_units_are_written_and_enabled)
{
    put_tool("crontab", CRONTAB);
    put_tool("systemctl", SYSTEMCTL);
    Timer t = install(NULL);
    ck_assert_int_eq(t.kind, TIMER_SYSTEMD);
    ck_assert_str_eq(t.where, at(UNITS "entente-remind.timer"));
    ck_assert_str_eq(t.next, "Sun 22 Nov 21:50");
    const char *service = get(UNITS "entente-remind.service");
    ck_assert_int_eq(strncmp(service, "# Written by ", 13), 0);
    has(service, arena_strf(&arena, "\nExecStart=\":%s\" remind --by-timer\n", program()));
    has(service, arena_strf(&arena, "\nEnvironment=\"HOME=%s/home\"\n", folder));
    has(service, "\nKillMode=process\n");
    has(get(UNITS "entente-remind.timer"), "\nPersistent=true\n");
    has(get("systemctl.log"), "--user daemon-reload\n--user enable --now entente-remind.timer\n");
    ck_assert(!is_there("tab"));
    ck_assert_int_eq(uninstall().kind, TIMER_SYSTEMD);
    ck_assert(!is_there(UNITS "entente-remind.timer"));
    ck_assert(!is_there(UNITS "entente-remind.service"));
    ck_assert(!is_there(UNITS "timers.target.wants/entente-remind.timer"));
    ck_assert_int_eq(state().kind, TIMER_NONE);
}
END_TEST

START_TEST(units_quote_what_systemd_would_read)
{
    put_tool("systemctl", SYSTEMCTL);
    setenv("XDG_STATE_HOME", "relative", 1);
    setenv("XDG_DATA_HOME", at("data 100% \"$x\""), 1);
    install("a\\b $HOME 50%.db");
    const char *service = get(UNITS "entente-remind.service");
    has(service, arena_strf(&arena, "\nEnvironment=\"XDG_DATA_HOME=%s/data 100%%%% \\\"$x\\\"\"\n", folder));
    has(service, arena_strf(&arena, " remind --by-timer --journal \"%s/a\\\\b $HOME 50%%%%.db\"\n", folder));
    ck_assert_ptr_null(strstr(service, "XDG_STATE_HOME"));
}
END_TEST

START_TEST(installing_units_twice_changes_nothing_more)
{
    put_tool("systemctl", SYSTEMCTL);
    struct stat first, second;
    install(NULL);
    stat(at(UNITS "entente-remind.service"), &first);
    const char *service = get(UNITS "entente-remind.service");
    install(NULL);
    stat(at(UNITS "entente-remind.service"), &second);
    ck_assert_str_eq(get(UNITS "entente-remind.service"), service);
    ck_assert(first.st_ino == second.st_ino);
}
END_TEST

START_TEST(a_unit_of_another_s_making_is_left_alone)
{
    put_tool("systemctl", SYSTEMCTL);
    install(NULL);
    put(UNITS "entente-remind.timer", "[Timer]\nOnCalendar=daily\n");
    has(refused(NULL), "entente-remind.timer: this unit was not written by entente");
    ck_assert_str_eq(get(UNITS "entente-remind.timer"), "[Timer]\nOnCalendar=daily\n");
    ck_assert_int_eq(state().kind, TIMER_NONE);
    uninstall();
    ck_assert(is_there(UNITS "entente-remind.timer"));
    ck_assert(is_there(UNITS "timers.target.wants/entente-remind.timer"));
    ck_assert(!is_there(UNITS "entente-remind.service"));
}
END_TEST

START_TEST(a_timer_that_does_not_start_leaves_things_as_they_were)
{
    put_tool("systemctl", SYSTEMCTL);
    put("refuse", "");
    for (int stuck = 0; stuck < 2; stuck++) {
        if (stuck) put("stuck", ""); /* nor can it be stopped again */
        const char *why = refused(NULL);
        has(why, "systemd could not start the timer: ");
        has(why, "not today. All is as it was before.");
        ck_assert(!is_there(UNITS "entente-remind.timer"));
        ck_assert(!is_there(UNITS "entente-remind.service"));
        ck_assert(!is_there(UNITS "timers.target.wants/entente-remind.timer"));
    }
    unlink(at("refuse"));
    install(NULL);
    const char *service = get(UNITS "entente-remind.service");
    put("refuse", "");
    has(refused("other.db"), "not today");
    ck_assert_str_eq(get(UNITS "entente-remind.service"), service);
    ck_assert(is_there(UNITS "timers.target.wants/entente-remind.timer"));
}
END_TEST

START_TEST(a_link_to_a_timer_that_is_gone_is_taken_away_but_no_other)
{
    put_tool("systemctl", SYSTEMCTL);
    install(NULL);
    unlink(at(UNITS "entente-remind.timer"));
    unlink(at(UNITS "entente-remind.service"));
    ck_assert_int_eq(uninstall().kind, TIMER_SYSTEMD);
    ck_assert(!is_there(UNITS "timers.target.wants/entente-remind.timer"));
    put("shipped.timer", "[Timer]\n");
    ck_assert_int_eq(symlink(at("shipped.timer"), at(UNITS "timers.target.wants/entente-remind.timer")), 0);
    ck_assert_int_eq(uninstall().kind, TIMER_NONE);
    ck_assert(is_there(UNITS "timers.target.wants/entente-remind.timer"));
}
END_TEST

START_TEST(units_are_not_taken_from_beside_the_prompts)
{
    put_tool("systemctl", SYSTEMCTL);
    mkdir(at("packs"), 0700);
    put("entente-remind.service", "[Service]\nExecStartPre=/bin/false\nExecStart=/usr/bin/entente remind\n");
    App *app;
    Timer t;
    Error why = {0};
    AppOptions options = {.journal = at("j.db"), .prompts = at("packs")};
    ASSERT_OK(app_open(&options, &app, &err));
    ck_assert(app_timer_install(app, &arena, &t, &why));
    app_close(app);
    ck_assert_ptr_null(strstr(get(UNITS "entente-remind.service"), "ExecStartPre"));
}
END_TEST

START_TEST(units_of_somebody_else_are_not_taken)
{
    put_tool("systemctl", SYSTEMCTL);
    const char *usual = getenv("ENTENTE_DATA") ? arena_str(&arena, sv(getenv("ENTENTE_DATA"))) : "";
    mkdir(at("data"), 0700);
    put("data/entente-remind.service", "[Service]\nExecStart=/usr/bin/entente remind\n");
    put("data/entente-remind.timer", "[Timer]\n");
    setenv("ENTENTE_DATA", at("data"), 1);
    install(NULL);
    uninstall();
    if (chown(at("data/entente-remind.service"), 65534, (gid_t)-1) == 0) /* only the superuser can try it */
        has(refused(NULL), "somebody else's");
    setenv("ENTENTE_DATA", usual, 1);
}
END_TEST

START_TEST(a_masked_unit_is_another_s)
{
    put_tool("systemctl", SYSTEMCTL);
    install(NULL);
    unlink(at(UNITS "entente-remind.timer"));
    ck_assert_int_eq(symlink("/dev/null", at(UNITS "entente-remind.timer")), 0);
    has(refused(NULL), "left alone");
}
END_TEST

START_TEST(units_can_be_taken_away_where_no_manager_answers)
{
    put_tool("systemctl", SYSTEMCTL);
    install(NULL);
    put("no-manager", "");
    Timer t = state();
    ck_assert_int_eq(t.kind, TIMER_SYSTEMD);
    ck_assert_str_eq(t.next, "");
    has(t.todo, "does not answer");
    ck_assert_int_eq(uninstall().kind, TIMER_SYSTEMD);
    ck_assert(!is_there(UNITS "timers.target.wants/entente-remind.timer"));
    ck_assert(!is_there(UNITS "entente-remind.timer"));
}
END_TEST

START_TEST(systemd_takes_over_from_cron)
{
    put_tool("crontab", CRONTAB);
    put("tab", "@daily one\n");
    ck_assert_int_eq(install(NULL).kind, TIMER_CRON);
    put_tool("systemctl", SYSTEMCTL);
    ck_assert_int_eq(install(NULL).kind, TIMER_SYSTEMD);
    ck_assert_str_eq(get("tab"), "@daily one\n");
}
END_TEST

START_TEST(a_crontab_that_cannot_be_read_does_not_undo_what_systemd_took)
{
    put_tool("crontab", CRONTAB);
    put_tool("systemctl", SYSTEMCTL);
    put("tab", "# entente remind: begin\n");
    Timer t = install(NULL);
    ck_assert_int_eq(t.kind, TIMER_SYSTEMD);
    has(t.todo, "A line in your crontab may run them as well. The crontab: ");
    ck_assert(is_there(UNITS "entente-remind.timer"));
    ck_assert_str_eq(get("tab"), "# entente remind: begin\n");
}
END_TEST

START_TEST(a_relative_folder_in_path_is_not_carried)
{
    const char *tools = at("bin");
    put_tool("crontab", CRONTAB);
    setenv("PATH", arena_strf(&arena, "%s:tools", tools), 1);
    install(NULL);
    ck_assert_ptr_null(strstr(get("tab"), "PATH="));
    setenv("PATH", arena_strf(&arena, "%s:", tools), 1); /* nothing, at an end, is where one stands */
    install(NULL);
    ck_assert_ptr_null(strstr(get("tab"), "PATH="));
    setenv("PATH", tools, 1);
    install(NULL);
    has(get("tab"), " PATH='");
}
END_TEST

/* Away from where it was called, with no more than cron gives, it is the same run. */
START_TEST(nothing_of_a_terminal_is_carried)
{
    put_tool("crontab", CRONTAB);
    setenv("LC_ALL", "C", 1);
    setenv("LD_PRELOAD_X", "x", 1);
    setenv("ENTENTE_PROMPTS", at("packs"), 1);
    setenv("ENTENTE_JOURNAL", at("other.db"), 1);
    install(NULL);
    const char *line = strstr(get("tab"), "*/10");
    static const char *const KEPT_OUT[] = {"LC_ALL", "LD_PRELOAD_X", "ENTENTE_", "TERM", "DBUS"};
    for (size_t i = 0; i < sizeof KEPT_OUT / sizeof *KEPT_OUT; i++)
        ck_assert_msg(!strstr(line, KEPT_OUT[i]), "%s", line);
    unsetenv("ENTENTE_JOURNAL");
}
END_TEST

/* ---- neither ---- */

static void nothing_was_done(Timer t, const char *line)
{
    ck_assert_int_eq(t.kind, TIMER_LOGIN);
    ck_assert_str_eq(t.where, "~/.profile");
    ck_assert_str_eq(t.todo, line);
    ck_assert(!is_there("tab"));
    ck_assert(!is_there("home/.config"));
    ck_assert_int_eq(state().kind, TIMER_NONE);
}

START_TEST(with_neither_there_is_a_line_for_the_login)
{
    nothing_was_done(install(NULL), arena_strf(&arena, "('%s' remind --by-timer &)", program()));
    nothing_was_done(install("a b.db"), arena_strf(&arena, "('%s' remind --by-timer --journal '%s/a b.db' &)",
                                                   program(), folder));
}
END_TEST

START_TEST(tools_that_refuse_count_as_none)
{
    put_tool("crontab", CRONTAB);
    put_tool("systemctl", SYSTEMCTL);
    put("refuse", "");
    put("no-manager", "");
    nothing_was_done(install(NULL), arena_strf(&arena, "('%s' remind --by-timer &)", program()));
}
END_TEST

START_TEST(what_no_timer_could_find_again_is_refused)
{
    Timer t;
    Error err = {0};
    App *app = fixture_app();
    put_tool("crontab", CRONTAB);
    ck_assert(!app_timer_install(app, &arena, &t, &err));
    has(err.msg, "in memory");
    app_close(app);
    has(refused("two\nlines.db"), "one line");
}
END_TEST

START_TEST(the_journal_of_the_settings_needs_no_option)
{
    put_tool("crontab", CRONTAB);
    mkdir(at("home/.config"), 0700);
    mkdir(at("home/.config/entente"), 0700);
    put("home/.config/entente/entente.conf", arena_strf(&arena, "[journal]\nfile = %s/set.db\n", folder));
    install("set.db");
    ck_assert_ptr_null(strstr(get("tab"), "--journal"));
    install(NULL);
    has(get("tab"), "--journal");
}
END_TEST

static const char *timer_when_of(Instant at)
{
    App *app = app_on(NULL);
    const char *words = timer_when(app, at, &arena);
    app_close(app);
    return words;
}

START_TEST(a_timer_of_another_journal_is_told_from_ours)
{
    put_tool("crontab", CRONTAB);
    for (int systemd = 0; systemd < 2; systemd++) {
        if (systemd) put_tool("systemctl", SYSTEMCTL);
        install("other.db");
        ck_assert_int_eq(state().kind, systemd ? TIMER_SYSTEMD : TIMER_CRON);
        ck_assert_str_eq(state().other, at("other.db"));
        install(NULL);
        ck_assert_ptr_null(state().other);
        ck_assert_str_eq(timer_when_of(state().next_at), state().next);
    }
}
END_TEST

/* Home and --status know of it by the journal alone. */
START_TEST(to_set_up_a_timer_and_to_take_it_away_is_noted_where_there_was_a_run)
{
    Config config = {.path = "", .rules = {.digest = -1}};
    RemindOptions options = {.config = &config, .by_timer = true};
    RemindReport report;
    Instant at;
    Timer t;
    put_tool("crontab", CRONTAB);
    App *app = app_on("j.db");
    fixture_alliance(app, "Ana", "weekly");
    ASSERT_OK(app_remind(app, &options, &arena, &report, &err));
    ASSERT_OK(store_timer_run(app->store, &at, &err));
    ck_assert_int_eq(instant_cmp(at, app_now(app)), 0);
    ASSERT_OK(app_timer_uninstall(app, &arena, &t, &err));
    ASSERT_OK(store_timer_run(app->store, &at, &err));
    ck_assert(instant_is_none(at));
    options.by_timer = false;
    ASSERT_OK(app_remind(app, &options, &arena, &report, &err));
    ASSERT_OK(store_timer_run(app->store, &at, &err));
    ck_assert(instant_is_none(at));
    ASSERT_OK(app_timer_install(app, &arena, &t, &err));
    ASSERT_OK(store_timer_run(app->store, &at, &err));
    ck_assert_int_eq(instant_cmp(at, app_now(app)), 0);
    app_close(app);
}
END_TEST

START_TEST(a_timer_that_was_set_up_and_never_runs_is_missed)
{
    Instant last, timer;
    const char *none;
    Timer t;
    Str said;
    str_init(&said);
    put_tool("crontab", CRONTAB);
    App *app = app_on("j.db");
    fixture_alliance(app, "Ana", "weekly");
    ASSERT_OK(app_timer_install(app, &arena, &t, &err));
    ASSERT_OK(store_timer_run(app->store, &timer, &err));
    ck_assert_int_eq(instant_cmp(timer, app_now(app)), 0);
    ASSERT_OK(store_last_run(app->store, &arena, &last, &none, &err));
    ck_assert(instant_is_none(last));
    app_set_now(app, instant_at(app_zone(app), timer.unix_ms + 3 * INT64_C(86400000)));
    ASSERT_OK(app_remind_trouble(app, &said, &err));
    has(said.buf, "The timer for reminders has not run for 3 days.");
    str_finish(&said);
    app_close(app);
}
END_TEST

START_TEST(next_is_told_only_while_it_lies_ahead)
{
    static const struct {
        const char *last, *next;
        bool told;
    } cases[] = {
        {NULL, "2026-11-22T21:50:00+01:00", true},
        {NULL, "2026-11-22T21:40:00+01:00", false},
        {"2026-11-22T21:30:00+01:00", "2026-11-22T21:50:00+01:00", true},
        {"2026-11-22T21:50:00+01:00", "2026-11-22T21:50:00+01:00", false},
        {"2026-11-23T09:00:00+01:00", "2026-11-22T21:50:00+01:00", false},
    };
    Config config = {.path = "/c", .rules = {.digest = -1, .about = 1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Timer t = {.kind = TIMER_CRON, .where = "your crontab", .next = "Sun 22 Nov 21:50", .todo = ""};
        RemindStatus status = {.last_run = INSTANT_NONE, .timer_run = INSTANT_NONE, .said = ""};
        ck_assert(!cases[i].last || instant_parse(sv(cases[i].last), &status.last_run));
        ck_assert(instant_parse(sv(cases[i].next), &t.next_at));
        Str words;
        str_init(&words);
        App *app = fixture_app();
        fixture_now(app, "2026-11-22T21:40:00+01:00");
        app_remind_words(app, &config, &t, &status, &words);
        app_close(app);
        ck_assert_msg((strstr(words.buf, "Next run") != NULL) == cases[i].told, "%zu", i);
        str_finish(&words);
    }
}
END_TEST

START_TEST(why_crontab_refuses_is_said)
{
    Str words;
    put_tool("crontab", CRONTAB);
    put("refuse", "");
    Timer t = install(NULL);
    ck_assert_int_eq(t.kind, TIMER_LOGIN);
    ck_assert_str_eq(t.why, "not allowed here");
    str_init(&words);
    app_timer_installed_words(&t, &words);
    has(words.buf, "nothing was changed. (crontab said: not allowed here) For a run");
    str_finish(&words);
}
END_TEST

START_TEST(a_damaged_block_stops_no_status)
{
    put_tool("crontab", CRONTAB);
    put("tab", "# entente remind: begin\n@daily one\n");
    Config config = {.path = "/c", .rules = {.digest = -1, .about = 1}};
    RemindStatus status = {.last_run = INSTANT_NONE, .timer_run = INSTANT_NONE, .said = ""};
    Timer t = state();
    Str words;
    str_init(&words);
    App *app = app_on(NULL);
    app_remind_words(app, &config, &t, &status, &words);
    app_close(app);
    has(words.buf, "of entente's lines the last is missing");
    has(words.buf, "Last run  never\n");
    str_finish(&words);
}
END_TEST

/* ---- in words ---- */

static const Channel CHANNELS[] = {{CHANNEL_DESKTOP, "desktop", "", NULL},
                                   {CHANNEL_MAIL, "mail me@example.org", "", NULL}};

static void says(const Config *config, const Timer *timer, const RemindStatus *status, const char *words)
{
    App *app = fixture_app();
    Str out;
    str_init(&out);
    app_remind_words(app, config, timer, status, &out);
    ck_assert_str_eq(out.buf, words);
    str_finish(&out);
    app_close(app);
}

START_TEST(without_a_timer_or_a_run_it_is_said_how_to_begin)
{
    Config config = {
        .path = "/c", .channels = CHANNELS, .channel_count = 2, .rules = {.digest = -1, .about = 7}};
    Timer timer = {.kind = TIMER_NONE, .where = "", .next = "", .todo = ""};
    RemindStatus status = {.last_run = INSTANT_NONE, .said = ""};
    says(&config, &timer, &status,
         "Settings  about check-ins, commitments and reviews, on the due day, once, without names\n"
         "Channels  desktop (not reachable here: notify-send was not found), mail me@example.org\n"
         "Run by    nothing yet; `entente remind --install` sets up a timer\n"
         "Last run  never\n");
}
END_TEST

START_TEST(the_settings_in_force_are_said_in_one_line)
{
    Config config = {.path = "/c",
                     .channels = CHANNELS,
                     .channel_count = 1,
                     .desktop = DESKTOP_YES,
                     .names = true,
                     .problem_count = 2,
                     .rules = {.lead = 1,
                               .repeat = 3,
                               .quiet_from = 22 * 60,
                               .quiet_to = 7 * 60,
                               .digest = 8 * 60,
                               .about = 1 << AGENDA_CHECK_IN}};
    Timer timer = {.kind = TIMER_CRON, .where = "your crontab", .next = "Sun 22 Nov 21:50", .todo = ""};
    RemindStatus status = {.timer_run = INSTANT_NONE,
                           .said = "The clock went back by 3 hours since the last run."};
    ck_assert(instant_parse(SV("2026-11-22T21:40:00+01:00"), &status.last_run));
    ck_assert(instant_parse(SV("2026-11-22T21:50:00+01:00"), &timer.next_at));
    says(&config, &timer, &status,
         "Settings  about check-ins, a day before, again every 3 days from then on, quiet from 22:00 to "
         "07:00, "
         "what is new in one, "
         "once a day from 08:00 on, with names\n"
         "          2 lines of /c could not be used; `entente config` says why\n"
         "Channels  desktop (not reachable here: notify-send was not found)\n"
         "Run by    your crontab, every 10 minutes\n"
         "Last run  Sun 22 Nov 21:40. The clock went back by 3 hours since the last run.\n"
         "Next run  Sun 22 Nov 21:50\n");
}
END_TEST

static DeliveryRow row(AgendaKind kind, const char *at_time, const char *channel, Outcome outcome,
                       const char *name)
{
    DeliveryRow r = {{.kind = kind, .channel = channel, .attempts = 1, .outcome = outcome, .detail = ""},
                     name};
    ck_assert(instant_parse(sv(at_time), &r.delivery.at));
    r.delivery.due_day = fixture_day("2026-11-22");
    return r;
}

static const char *words_of(const Config *config, const Timer *timer, const RemindStatus *status)
{
    App *app = fixture_app();
    Str out;
    str_init(&out);
    app_remind_words(app, config, timer, status, &out);
    const char *words = arena_str(&arena, str_view(&out));
    str_finish(&out);
    app_close(app);
    return words;
}

START_TEST(a_lead_says_that_nothing_comes_on_the_day)
{
    static const struct {
        int lead, repeat;
        const char *words;
    } cases[] = {{0, 0, ", on the due day, once,"},
                 {0, 3, ", on the due day, again every 3 days,"},
                 {1, 0, ", a day before, not again on the day,"},
                 {7, 0, ", 7 days before, not again on the day,"},
                 {1, 1, ", a day before, again every day from then on,"}};
    Timer timer = {.kind = TIMER_NONE, .where = "", .next = "", .todo = ""};
    RemindStatus status = {.last_run = INSTANT_NONE, .timer_run = INSTANT_NONE, .said = ""};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Config config = {
            .path = "/c",
            .rules = {.lead = cases[i].lead, .repeat = cases[i].repeat, .digest = -1, .about = 1}};
        has(words_of(&config, &timer, &status), cases[i].words);
    }
}
END_TEST

START_TEST(a_timer_that_has_not_run_for_an_hour_is_missed)
{
    static const struct {
        TimerKind kind;
        const char *other, *ran, *said; /* it is 21:40 */
    } cases[] = {{TIMER_CRON, NULL, "2026-11-22T20:40:00+01:00", NULL},
                 {TIMER_CRON, NULL, "2026-11-22T20:39:00+01:00",
                  "The timer has not run for 1 hour, though it is installed: is cron running?"},
                 {TIMER_SYSTEMD, NULL, "2026-10-31T21:40:00+01:00",
                  "The timer has not run for 22 days, though it is installed: is systemd's timer running?"},
                 {TIMER_CRON, NULL, "2026-11-23T21:40:00+01:00", NULL},
                 {TIMER_CRON, "/j.db", "2026-10-31T21:40:00+01:00", NULL},
                 {TIMER_NONE, NULL, "2026-10-31T21:40:00+01:00", NULL},
                 {TIMER_CRON, NULL, NULL, NULL}};
    Config config = {.path = "/c", .rules = {.digest = -1, .about = 1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Timer timer = {
            .kind = cases[i].kind, .where = "", .next = "soon", .todo = "", .other = cases[i].other};
        RemindStatus status = {.last_run = INSTANT_NONE, .timer_run = INSTANT_NONE, .said = ""};
        if (cases[i].ran) ck_assert(instant_parse(sv(cases[i].ran), &status.timer_run));
        const char *words = words_of(&config, &timer, &status);
        ck_assert_msg((strstr(words, "has not run") != NULL) == (cases[i].said != NULL), "%s", words);
        if (cases[i].said) has(words, cases[i].said);
    }
}
END_TEST

START_TEST(what_one_channel_could_not_deliver_is_one_line)
{
    static const struct {
        Outcome outcome[3];
        bool still_due[3];
        const char *words;
    } cases[] = {
        {{OUTCOME_FAILED, OUTCOME_FAILED, OUTCOME_FAILED},
         {true, true, true},
         "3 reminders: first. They are tried again at the next run.\n"},
        {{OUTCOME_FAILED, OUTCOME_FAILED, OUTCOME_FAILED},
         {false, true, false},
         "3 reminders: first. 1 of them is tried again at the next run.\n"},
        {{OUTCOME_SENDING, OUTCOME_FAILED, OUTCOME_SENDING},
         {true, false, true},
         "3 reminders: second. Of 2 it is not known whether they arrived: not sent again.\n"},
        {{OUTCOME_SENDING, OUTCOME_SENDING, OUTCOME_SENDING},
         {true, true, true},
         "3 reminders: first, so it is not known whether they arrived. They are not sent again.\n"},
    };
    static const char *const DETAILS[] = {"first", "second", "third"};
    Config config = {.path = "/c",
                     .channels = CHANNELS + 1,
                     .channel_count = 1,
                     .rules = {.digest = -1, .about = 1 << AGENDA_COMMITMENT}};
    Timer timer = {.kind = TIMER_NONE, .where = "", .next = "", .todo = ""};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        DeliveryRow rows[3];
        for (size_t k = 0; k < 3; k++) {
            rows[k] = row(AGENDA_COMMITMENT, "2026-11-22T20:40:00+01:00", "mail me@example.org",
                          cases[i].outcome[k], "");
            rows[k].delivery.detail = DETAILS[k];
        }
        RemindStatus status = {
            .last_run = rows[0].delivery.at,
            .timer_run = INSTANT_NONE,
            .said = "",
            .trouble = rows,
            .still_due = (bool[]){cases[i].still_due[0], cases[i].still_due[1], cases[i].still_due[2]},
            .trouble_count = 3};
        const char *words = words_of(&config, &timer, &status);
        has(words,
            arena_strf(&arena, "\nNot delivered\nSun 22 Nov 20:40, mail me@example.org, %s", cases[i].words));
    }
}
END_TEST

/* What is gone from the settings, or no longer due, is not promised. */
static void says_again(const Config *config, const RemindStatus *status, bool again)
{
    App *app = fixture_app();
    Timer timer = {.kind = TIMER_NONE, .where = "", .next = "", .todo = ""};
    Str out;
    str_init(&out);
    app_remind_words(app, config, &timer, status, &out);
    ck_assert_msg((strstr(out.buf, "It is tried again at the next run.") != NULL) == again, "%s", out.buf);
    str_finish(&out);
    app_close(app);
}

START_TEST(deliveries_are_a_table_and_trouble_is_told_in_full)
{
    Config config = {.path = "/c",
                     .channels = CHANNELS + 1,
                     .channel_count = 1,
                     .names = true,
                     .rules = {.digest = -1, .about = 1 << AGENDA_COMMITMENT}};
    Timer timer = {.kind = TIMER_NONE, .where = "", .next = "", .todo = ""};
    bool still_due[] = {true, true};
    DeliveryRow rows[] = {
        row(AGENDA_CHECK_IN, "2026-11-22T21:40:00+01:00", "desktop", OUTCOME_SENDING, "Ana Lima"),
        row(AGENDA_COMMITMENT, "2026-11-22T20:40:00+01:00", "mail me@example.org", OUTCOME_FAILED, "Ben"),
        row(AGENDA_REVIEW, "2026-11-22T20:30:00+01:00", "desktop", OUTCOME_SENDING, ""),
    };
    rows[1].delivery.detail = "sendmail was not found";
    rows[1].delivery.attempts = 3;
    rows[2].delivery.round = 1;
    RemindStatus status = {.last_run = rows[0].delivery.at,
                           .said = "",
                           .timer_run = INSTANT_NONE,
                           .deliveries = rows,
                           .count = 1,
                           .more = 7,
                           .trouble = rows + 1,
                           .still_due = still_due,
                           .trouble_count = 2};
    says(&config, &timer, &status,
         "Settings  about commitments, on the due day, once, with names\n"
         "Channels  mail me@example.org\n"
         "Run by    no timer of entente's own; `entente remind --install` sets one up\n"
         "Last run  Sun 22 Nov 21:40\n"
         "\nLast deliveries\n"
         "Sun 22 Nov 21:40  desktop  check-in with Ana Lima, due Sun 22 Nov  being sent\n"
         "and 7 more\n"
         "\nNot delivered\n"
         "Sun 22 Nov 20:40, mail me@example.org, commitment with Ben, due Sun 22 Nov: sendmail was not "
         "found. Tried 3 "
         "times. It is tried again at the next run.\n"
         "Sun 22 Nov 20:30, desktop, a review, due Sun 22 Nov, repeated: it was cut off, so it is not known "
         "whether "
         "it arrived. It is not sent again.\n");
    says_again(&config, &status, true);
    still_due[0] = false;
    says_again(&config, &status, false);
    still_due[0] = true;
    config.channel_count = 0;
    says_again(&config, &status, false);
    config.channel_count = 1;
    config.rules.about = 1 << AGENDA_CHECK_IN;
    says_again(&config, &status, false);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("timer");
    TCase *tc = tcase_create("timer");
    tcase_set_timeout(tc, 600);
    tcase_add_checked_fixture(tc, begin, finish);
    tcase_add_test(tc, a_lead_says_that_nothing_comes_on_the_day);
    tcase_add_test(tc, a_timer_that_has_not_run_for_an_hour_is_missed);
    tcase_add_test(tc, what_one_channel_could_not_deliver_is_one_line);
    tcase_add_test(tc, a_timer_of_another_journal_is_told_from_ours);
    tcase_add_test(tc, to_set_up_a_timer_and_to_take_it_away_is_noted_where_there_was_a_run);
    tcase_add_test(tc, a_timer_that_was_set_up_and_never_runs_is_missed);
    tcase_add_test(tc, next_is_told_only_while_it_lies_ahead);
    tcase_add_test(tc, why_crontab_refuses_is_said);
    tcase_add_test(tc, a_damaged_block_stops_no_status);
    tcase_add_test(tc, without_a_crontab_one_is_made_and_removed_again);
    tcase_add_test(tc, what_else_stands_in_the_crontab_stays_byte_for_byte);
    tcase_add_test(tc, lines_around_ours_may_come_and_go);
    tcase_add_test(tc, installing_in_a_crontab_twice_writes_once_and_the_last_journal_wins);
    tcase_add_test(tc, a_crontab_line_quotes_what_cron_and_the_shell_would_read);
    tcase_add_test(tc, a_line_too_long_for_cron_goes_without_path_or_is_refused);
    tcase_add_test(tc, a_crontab_that_cannot_be_kept_whole_is_left_alone);
    tcase_add_test(tc, where_systemd_runs_the_session_its_units_are_written_and_enabled);
    tcase_add_test(tc, units_quote_what_systemd_would_read);
    tcase_add_test(tc, installing_units_twice_changes_nothing_more);
    tcase_add_test(tc, a_unit_of_another_s_making_is_left_alone);
    tcase_add_test(tc, a_timer_that_does_not_start_leaves_things_as_they_were);
    tcase_add_test(tc, a_masked_unit_is_another_s);
    tcase_add_test(tc, a_link_to_a_timer_that_is_gone_is_taken_away_but_no_other);
    tcase_add_test(tc, units_are_not_taken_from_beside_the_prompts);
    tcase_add_test(tc, units_of_somebody_else_are_not_taken);
    tcase_add_test(tc, a_crontab_that_cannot_be_read_does_not_undo_what_systemd_took);
    tcase_add_test(tc, a_relative_folder_in_path_is_not_carried);
    tcase_add_test(tc, nothing_of_a_terminal_is_carried);
    tcase_add_test(tc, units_can_be_taken_away_where_no_manager_answers);
    tcase_add_test(tc, systemd_takes_over_from_cron);
    tcase_add_test(tc, with_neither_there_is_a_line_for_the_login);
    tcase_add_test(tc, tools_that_refuse_count_as_none);
    tcase_add_test(tc, what_no_timer_could_find_again_is_refused);
    tcase_add_test(tc, the_journal_of_the_settings_needs_no_option);
    tcase_add_test(tc, without_a_timer_or_a_run_it_is_said_how_to_begin);
    tcase_add_test(tc, the_settings_in_force_are_said_in_one_line);
    tcase_add_test(tc, deliveries_are_a_table_and_trouble_is_told_in_full);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
