#include "../src/app/fd.h"
#include "../src/app/spawn.h"

#include <check.h>
#include <dirent.h>
#include <entente/date.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { LONG_MS = 60000, PATIENCE_MS = 60000, BIG = 1000000 };

static char place[] = "/tmp/test-spawn-XXXXXX";
static Str whole_path;

static void setup(void)
{
    strcpy(place, "/tmp/test-spawn-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(place));
    str_init(&whole_path);
    str_add_c(&whole_path, getenv("PATH"));
    Str path;
    str_init(&path);
    str_addf(&path, "%s:%s", place, whole_path.buf);
    setenv("PATH", path.buf, 1);
    setenv("PLACE", place, 1);
    str_finish(&path);
}

static void teardown(void)
{
    ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), -1); /* no zombie, whatever was run */
    ck_assert_int_eq(errno, ECHILD);
    DIR *d = opendir(place);
    for (struct dirent *e; (e = readdir(d)) != NULL;) unlinkat(dirfd(d), e->d_name, 0);
    closedir(d);
    rmdir(place);
    setenv("PATH", whole_path.buf, 1);
    str_finish(&whole_path);
}

static void path_of(Str *out, const char *name)
{
    str_init(out);
    str_addf(out, "%s/%s", place, name);
}

/* A program of that name on PATH. */
static void program(const char *name, const char *body)
{
    Str path;
    path_of(&path, name);
    FILE *f = fopen(path.buf, "w");
    ck_assert_ptr_nonnull(f);
    fprintf(f, "#!/bin/sh\n%s\n", body);
    fclose(f);
    chmod(path.buf, 0700);
    str_finish(&path);
}

static void nap(void)
{
    struct timespec t = {0, 5000000};
    nanosleep(&t, NULL);
}

static bool is_there(const char *name)
{
    Str path;
    path_of(&path, name);
    bool yes = access(path.buf, F_OK) == 0;
    str_finish(&path);
    return yes;
}

static void wait_for(const char *name)
{
    int64_t until = spawn_clock_ms() + PATIENCE_MS;
    while (!is_there(name)) {
        ck_assert_msg(spawn_clock_ms() < until, "%s never came", name);
        nap();
    }
}

/* A number that a program left in a file, whole: it ends in a line feed. */
static pid_t pid_in(const char *name)
{
    Str path;
    long pid = 0;
    char end = 0;
    wait_for(name);
    path_of(&path, name);
    for (int64_t until = spawn_clock_ms() + PATIENCE_MS; end != '\n' && spawn_clock_ms() < until; nap()) {
        FILE *f = fopen(path.buf, "r");
        if (fscanf(f, "%ld%c", &pid, &end) != 2) end = 0;
        fclose(f);
    }
    str_finish(&path);
    ck_assert_int_gt(pid, 1);
    return (pid_t)pid;
}

/* Nobody may reap it where the first process does not: a zombie is gone too. */
static bool is_gone(pid_t pid)
{
    Str path;
    char state = 'Z';
    if (kill(pid, 0) != 0) return true;
    str_init(&path);
    str_addf(&path, "/proc/%ld/stat", (long)pid);
    FILE *f = fopen(path.buf, "r");
    if (f && fscanf(f, "%*d %*s %c", &state) != 1) state = 'Z';
    if (f) fclose(f);
    str_finish(&path);
    return state == 'Z';
}

static void wait_gone(const char *name)
{
    pid_t pid = pid_in(name);
    int64_t until = spawn_clock_ms() + PATIENCE_MS;
    while (!is_gone(pid)) {
        ck_assert_msg(spawn_clock_ms() < until, "%s lives on", name);
        nap();
    }
}

static Spawned run_with(const char *const *argv, const char *const *environment, StrView input, int limit)
{
    Spawn s = {argv, environment, input, limit};
    Spawned r;
    spawn_run(&s, &r);
    return r;
}

static Spawned run(const char *name, StrView input, int limit)
{
    const char *const argv[] = {name, NULL};
    return run_with(argv, NULL, input, limit);
}

static void assert_exited(Spawned *r, int status, const char *out, const char *errors)
{
    ck_assert_int_eq(r->end, SPAWN_EXITED);
    ck_assert_int_eq(r->status, status);
    ck_assert_str_eq(r->out.buf, out);
    ck_assert_str_eq(r->errors.buf, errors);
    spawned_finish(r);
}

START_TEST(what_a_program_says_and_how_it_ends_comes_back)
{
    program("talk", "cat; echo more; echo trouble >&2; exit 3");
    Spawned r = run("talk", SV("hello "), LONG_MS);
    assert_exited(&r, 3, "hello more\n", "trouble\n");
}
END_TEST

START_TEST(arguments_arrive_as_they_are)
{
    program("-odd 'na\"me\n$(touch x)", "printf '%s|' \"$@\"");
    const char *const argv[] = {
        "-odd 'na\"me\n$(touch x)", "--", "-x", "a b", "$(touch y)", "it's", "\n", "", NULL};
    Spawned r = run_with(argv, NULL, SV(""), LONG_MS);
    assert_exited(&r, 0, "--|-x|a b|$(touch y)|it's|\n||", "");
}
END_TEST

START_TEST(much_goes_in_while_much_comes_out)
{
    Str input;
    str_init(&input);
    str_add_fill(&input, 'x', BIG);
    program("echo-all", "cat; cat /dev/zero 2>/dev/null | head -c 1000000 >&2");
    Spawned r = run("echo-all", str_view(&input), LONG_MS);
    ck_assert_int_eq(r.end, SPAWN_EXITED);
    ck_assert_int_eq(r.status, 0);
    ck_assert_uint_eq(r.out.len, 64 * 1024);
    ck_assert_uint_eq(r.errors.len, 64 * 1024);
    spawned_finish(&r);
    program("count", "wc -c");
    r = run("count", str_view(&input), LONG_MS);
    assert_exited(&r, 0, "1000000\n", "");
    str_finish(&input);
}
END_TEST

START_TEST(who_reads_nothing_is_not_wrong)
{
    Str input;
    str_init(&input);
    str_add_fill(&input, 'x', BIG);
    program("deaf", "exec <&-; echo done");
    Spawned r = run("deaf", str_view(&input), LONG_MS);
    assert_exited(&r, 0, "done\n", "");
    str_finish(&input);
}
END_TEST

START_TEST(a_flood_ends_with_the_time)
{
    program("flood", "exec yes");
    Spawned r = run("flood", SV(""), 300);
    ck_assert_int_eq(r.end, SPAWN_TIMED_OUT);
    ck_assert_uint_le(r.out.len, 64 * 1024);
    spawned_finish(&r);
}
END_TEST

/* A slow machine needs longer to come so far that there is something to end. */
START_TEST(who_hangs_is_ended_with_all_it_started)
{
    program("hang",
            "trap '' TERM\n"
            "(trap '' TERM; sh -c 'echo $PPID' >\"$PLACE/new\"; mv \"$PLACE/new\" \"$PLACE/grandchild\"\n"
            "while :; do sleep 1; done) &\n"
            "echo $$ >\"$PLACE/child\"; wait; while :; do sleep 1; done");
    for (int limit = 500; !is_there("grandchild") || !is_there("child"); limit *= 2) {
        Spawned r = run("hang", SV("unread"), limit);
        ck_assert_int_eq(r.end, SPAWN_TIMED_OUT);
        spawned_finish(&r);
    }
    wait_gone("child");
    wait_gone("grandchild");
}
END_TEST

START_TEST(who_ends_well_is_not_waited_for_because_of_others)
{
    program("leaves", "sleep 1000 & echo $! >\"$PLACE/left\"; echo done");
    Spawned r = run("leaves", SV(""), LONG_MS);
    assert_exited(&r, 0, "done\n", "");
    kill(pid_in("left"), SIGKILL);
}
END_TEST

START_TEST(what_cannot_be_run_says_why)
{
    static const struct {
        const char *name;
        int why;
        const char *words;
    } CASES[] = {
        {"no-such-program", ENOENT, "no-such-program was not found"},
        {"/no/such/program", ENOENT, "/no/such/program was not found"},
        {"/tmp", EACCES, "/tmp could not be started: Permission denied"},
        {"a\nb\033[31m", ENOENT, NULL},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        const char *const argv[] = {CASES[i].name, NULL};
        Spawn s = {.argv = argv, .limit_ms = LONG_MS};
        Spawned r;
        Str why;
        str_init(&why);
        spawn_run(&s, &r);
        ck_assert_int_eq(r.end, SPAWN_NOT_STARTED);
        ck_assert_int_eq(r.status, CASES[i].why);
        ck_assert(!spawned_well(&s, &r, &why));
        if (CASES[i].words) ck_assert_str_eq(why.buf, CASES[i].words);
        for (size_t k = 0; k < why.len; k++) ck_assert((unsigned char)why.buf[k] >= ' ');
        spawned_finish(&r);
        str_finish(&why);
    }
}
END_TEST

START_TEST(how_it_went_is_said_in_one_clean_line)
{
    static const struct {
        SpawnEnd end;
        int status, limit_ms;
        const char *errors, *words;
    } CASES[] = {
        {SPAWN_EXITED, 1, 1000, "", "ended with status 1"},
        {SPAWN_EXITED, 1, 1000, "\n \n", "ended with status 1"},
        {SPAWN_EXITED, 75, 1000, "warning\nno such user\n\n", "ended with status 75: no such user"},
        {SPAWN_EXITED, 1, 1000, "bad \033[31mred\a", "ended with status 1: bad ^[[31mred^G"},
        {SPAWN_SIGNALLED, 11, 1000, "", "was ended by signal 11"},
        {SPAWN_TIMED_OUT, 0, 10000, "", "gave up after 10 seconds"},
        {SPAWN_TIMED_OUT, 0, 1000, "", "gave up after 1 second"},
        {SPAWN_TIMED_OUT, 0, 1500, "", "gave up after 1500 milliseconds"},
        {SPAWN_NOT_STARTED, ENOENT, 1000, "", "sendmail was not found"},
        {SPAWN_NOT_STARTED, ENOMEM, 1000, "", "sendmail could not be started: Cannot allocate memory"},
    };
    const char *const argv[] = {"sendmail", NULL};
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        Spawn s = {.argv = argv, .limit_ms = CASES[i].limit_ms};
        Spawned r = {.end = CASES[i].end, .status = CASES[i].status};
        Str why;
        str_init(&why);
        str_init(&r.out);
        str_init(&r.errors);
        str_add_c(&r.errors, CASES[i].errors);
        ck_assert(!spawned_well(&s, &r, &why));
        ck_assert_str_eq(why.buf, CASES[i].words);
        spawned_finish(&r);
        str_finish(&why);
    }
}
END_TEST

START_TEST(nothing_of_ours_goes_along)
{
    enum { OURS = 57 };
    program("look", "[ ! -e /proc/self/fd/57 ] || exit 1\n"
                    "grep -E 'SigBlk|SigIgn' /proc/self/status | tr -d '0\\t\\n'");
    struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
    sigset_t blocked, mask;
    ck_assert_int_eq(dup2(0, OURS), OURS);
    sigaction(SIGINT, &ignore, &before);
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGTERM);
    sigprocmask(SIG_BLOCK, &blocked, &mask);
    Spawned r = run("look", SV(""), LONG_MS);
    sigprocmask(SIG_SETMASK, &mask, NULL);
    sigaction(SIGINT, &before, NULL);
    close(OURS);
    assert_exited(&r, 0, "SigBlk:SigIgn:", "");
}
END_TEST

START_TEST(settings_are_added_replaced_and_taken_away)
{
    program("settings", "echo \"$NEW|$OLD|${GONE-unset}|$KEPT\"");
    setenv("OLD", "old", 1);
    setenv("GONE", "still", 1);
    setenv("KEPT", "kept", 1);
    const char *const argv[] = {"settings", NULL};
    const char *const environment[] = {"NEW=a=b\nc", "OLD=", "GONE", NULL};
    Spawned r = run_with(argv, environment, SV(""), LONG_MS);
    assert_exited(&r, 0, "a=b\nc||unset|kept\n", "");
}
END_TEST

START_TEST(an_ignored_sigchld_or_a_closed_stdin_spoils_nothing)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN}, before, after;
    int stdin_before = dup(0);
    program("three", "cat; exit 3");
    sigaction(SIGCHLD, &ignore, &before);
    close(0);
    Spawned r = run("three", SV("in"), LONG_MS);
    dup2(stdin_before, 0);
    close(stdin_before);
    sigaction(SIGCHLD, &before, &after);
    ck_assert(after.sa_handler == SIG_IGN);
    assert_exited(&r, 3, "in", "");
}
END_TEST

START_TEST(a_write_to_nobody_is_an_error_and_no_signal)
{
    int ends[2];
    ck_assert_int_eq(pipe(ends), 0);
    close(ends[0]);
    ck_assert_int_eq(fd_write(ends[1], "x", 1), -1);
    ck_assert_int_eq(errno, EPIPE);
    close(ends[1]);
}
END_TEST

START_TEST(programs_are_found_on_the_path_and_beside_it)
{
    static const char *const NONE[] = {NULL};
    const char *const places[] = {"/nowhere", place, NULL};
    Str path, expected;
    str_init(&path);
    path_of(&expected, "tool");
    program("tool", "");
    ck_assert(spawn_find("tool", NULL, &path));
    ck_assert_str_eq(path.buf, expected.buf);
    setenv("PATH", "/nowhere", 1);
    ck_assert(!spawn_find("tool", NULL, &path));
    ck_assert(!spawn_find("tool", NONE, &path));
    ck_assert(spawn_find("tool", places, &path));
    ck_assert(spawn_find(expected.buf, NULL, &path));
    chmod(expected.buf, 0600);
    ck_assert(!spawn_find(expected.buf, NULL, &path));
    ck_assert(!spawn_find("/tmp", NULL, &path));
    str_finish(&expected);
    str_finish(&path);
}
END_TEST

static size_t open_descriptors(void)
{
    size_t n = 0;
    DIR *d = opendir("/proc/self/fd");
    while (d && readdir(d)) n++;
    if (d) closedir(d);
    return n;
}

START_TEST(where_descriptors_run_out_none_is_lost)
{
    enum { MORE = 16 }; /* than it needs */
    const char *const argv[] = {"true", NULL};
    const char *const then[] = {"true", NULL};
    struct rlimit before, few;
    size_t open_before = open_descriptors(), failed = 0;
    ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &before), 0);
    for (rlim_t i = 0; i < MORE; i++) {
        Spawn s = {.argv = argv, .limit_ms = LONG_MS};
        SpawnStay stays = {"open", then, LONG_MS};
        Spawned ran, stayed;
        few = before;
        few.rlim_cur = (rlim_t)open_before + i;
        ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &few), 0);
        spawn_run(&s, &ran);
        spawn_stay(&s, &stays, &stayed);
        setrlimit(RLIMIT_NOFILE, &before);
        failed += ran.end == SPAWN_NOT_STARTED;
        spawned_finish(&ran);
        spawned_finish(&stayed);
        ck_assert_uint_eq(open_descriptors(), open_before);
    }
    ck_assert_uint_gt(failed, 0);
    ck_assert_uint_lt(failed, MORE);
}
END_TEST

/* Between fork and exec the child has our handlers, our memory and our pipes. */
static volatile sig_atomic_t handled, raising;

static void note_signal(int sig)
{
    (void)sig;
    if (raising) _exit(99);
    handled = 1;
}

static void raise_in_child(void)
{
    if (raising) raise(SIGURG); /* what nobody handles of it is ignored */
}

START_TEST(no_handler_of_ours_runs_in_the_child)
{
    struct sigaction note = {.sa_handler = note_signal}, before;
    ck_assert_int_eq(pthread_atfork(NULL, NULL, raise_in_child), 0);
    sigaction(SIGURG, &note, &before);
    program("fine", "echo fine");
    raising = 1;
    Spawned r = run("fine", SV(""), LONG_MS);
    raising = 0;
    assert_exited(&r, 0, "fine\n", "");
    raise(SIGURG); /* ours hears as before */
    ck_assert_int_eq(handled, 1);
    sigaction(SIGURG, &before, NULL);
}
END_TEST

/* ---- staying ---- */

static Spawned stay(const char *name, const char *const *then, int limit_ms, int stay_ms)
{
    const char *const argv[] = {name, NULL};
    const char *const environment[] = {"FROM_US=yes", NULL};
    Spawn s = {argv, environment, {"", 0}, limit_ms};
    SpawnStay options = {"open", then, stay_ms};
    Spawned r;
    spawn_stay(&s, &options, &r);
    return r;
}

/* It writes its number, and what it reads from the FIFO `choice` when somebody writes there. */
static void chooser(void)
{
    Str path;
    path_of(&path, "choice");
    ck_assert_int_eq(mkfifo(path.buf, 0600), 0);
    str_finish(&path);
    program("choose", "echo $$ >\"$PLACE/chooser\"; echo $PPID >\"$PLACE/keeper\"\n"
                      "echo 7; read word <\"$PLACE/choice\"; echo $word");
    program("then",
            "echo \"$FROM_US $1\" >\"$PLACE/opened.new\"; mv \"$PLACE/opened.new\" \"$PLACE/opened\"");
}

static void choose(const char *word)
{
    Str path;
    path_of(&path, "choice");
    int fd = open(path.buf, O_WRONLY);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(write(fd, word, strlen(word)), (ssize_t)strlen(word));
    close(fd);
    str_finish(&path);
}

START_TEST(one_who_stays_counts_at_its_first_line_and_its_word_starts_the_next)
{
    const char *const then[] = {"then", "it's \"here\"", NULL};
    char said[64] = "";
    chooser();
    Spawned r = stay("choose", then, LONG_MS, LONG_MS);
    assert_exited(&r, 0, "7\n", "");
    ck_assert(!is_there("opened"));
    choose("open\n");
    wait_for("opened");
    Str path;
    path_of(&path, "opened");
    FILE *f = fopen(path.buf, "r");
    ck_assert_ptr_nonnull(fgets(said, sizeof said, f));
    fclose(f);
    str_finish(&path);
    ck_assert_str_eq(said, "yes it's \"here\"\n");
    wait_gone("keeper");
    wait_gone("chooser");
}
END_TEST

START_TEST(another_word_starts_nothing)
{
    const char *const then[] = {"then", NULL};
    chooser();
    Spawned r = stay("choose", then, LONG_MS, LONG_MS);
    assert_exited(&r, 0, "7\n", "");
    choose("opened\n");
    wait_gone("chooser");
    wait_gone("keeper");
    ck_assert(!is_there("opened"));
}
END_TEST

START_TEST(staying_has_an_end)
{
    const char *const then[] = {"then", NULL};
    chooser();
    Spawned r = stay("choose", then, LONG_MS, 100);
    assert_exited(&r, 0, "7\n", "");
    wait_gone("chooser");
    wait_gone("keeper");
    ck_assert(!is_there("opened"));
}
END_TEST

START_TEST(who_stays_without_a_word_is_ended_in_time)
{
    const char *const then[] = {"then", NULL};
    program("mute", "trap '' TERM; echo $$ >\"$PLACE/new\"; mv \"$PLACE/new\" \"$PLACE/mute.pid\"\n"
                    "while :; do sleep 1; done");
    for (int limit = 500; !is_there("mute.pid"); limit *= 2) {
        Spawned r = stay("mute", then, limit, LONG_MS);
        ck_assert_int_eq(r.end, SPAWN_TIMED_OUT);
        spawned_finish(&r);
    }
    wait_gone("mute.pid");
}
END_TEST

START_TEST(who_does_not_stay_is_as_any_other)
{
    const char *const then[] = {"then", NULL};
    program("fail", "echo nobody there >&2; exit 3");
    Spawned r = stay("fail", then, LONG_MS, LONG_MS);
    assert_exited(&r, 3, "", "nobody there\n");
    program("short", "echo 7");
    r = stay("short", then, LONG_MS, LONG_MS);
    assert_exited(&r, 0, "7\n", "");
    r = stay("no-such-program", then, LONG_MS, LONG_MS);
    ck_assert_int_eq(r.end, SPAWN_NOT_STARTED);
    ck_assert_int_eq(r.status, ENOENT);
    spawned_finish(&r);
}
END_TEST

/* It goes there after it said that all is well. */
static void assert_stands_in_root(pid_t pid)
{
    int64_t until = spawn_clock_ms() + PATIENCE_MS;
    char where[256] = "";
    Str link;
    str_init(&link);
    str_addf(&link, "/proc/%ld/cwd", (long)pid);
    while (access(link.buf, F_OK) == 0 && strcmp(where, "/") != 0) {
        ck_assert_msg(spawn_clock_ms() < until, "it stands in %s", where);
        ssize_t n = readlink(link.buf, where, sizeof where - 1);
        where[n > 0 ? n : 0] = '\0';
        nap();
    }
    str_finish(&link);
}

START_TEST(who_stays_holds_nothing_of_ours)
{
    const char *const then[] = {"then", NULL};
    int ends[2];
    char byte;
    chooser();
    ck_assert_int_eq(pipe(ends), 0);
    Spawned r = stay("choose", then, LONG_MS, LONG_MS);
    assert_exited(&r, 0, "7\n", "");
    pid_t keeper = pid_in("keeper");
    ck_assert_int_ne(getsid(keeper), getsid(0)); /* a hangup of our terminal is none of its */
    assert_stands_in_root(keeper);
    close(ends[1]);
    ck_assert_int_eq(read(ends[0], &byte, 1), 0); /* else it would wait here */
    close(ends[0]);
    choose("no\n");
    wait_gone("keeper");
}
END_TEST

int main(void)
{
    TCase *tc = tcase_create("spawn");
    tcase_set_timeout(tc, 240);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, what_a_program_says_and_how_it_ends_comes_back);
    tcase_add_test(tc, arguments_arrive_as_they_are);
    tcase_add_test(tc, much_goes_in_while_much_comes_out);
    tcase_add_test(tc, who_reads_nothing_is_not_wrong);
    tcase_add_test(tc, a_flood_ends_with_the_time);
    tcase_add_test(tc, who_hangs_is_ended_with_all_it_started);
    tcase_add_test(tc, who_ends_well_is_not_waited_for_because_of_others);
    tcase_add_test(tc, what_cannot_be_run_says_why);
    tcase_add_test(tc, how_it_went_is_said_in_one_clean_line);
    tcase_add_test(tc, nothing_of_ours_goes_along);
    tcase_add_test(tc, settings_are_added_replaced_and_taken_away);
    tcase_add_test(tc, an_ignored_sigchld_or_a_closed_stdin_spoils_nothing);
    tcase_add_test(tc, a_write_to_nobody_is_an_error_and_no_signal);
    tcase_add_test(tc, programs_are_found_on_the_path_and_beside_it);
    tcase_add_test(tc, where_descriptors_run_out_none_is_lost);
    tcase_add_test(tc, no_handler_of_ours_runs_in_the_child);
    tcase_add_test(tc, one_who_stays_counts_at_its_first_line_and_its_word_starts_the_next);
    tcase_add_test(tc, another_word_starts_nothing);
    tcase_add_test(tc, staying_has_an_end);
    tcase_add_test(tc, who_stays_without_a_word_is_ended_in_time);
    tcase_add_test(tc, who_does_not_stay_is_as_any_other);
    tcase_add_test(tc, who_stays_holds_nothing_of_ours);
    Suite *suite = suite_create("spawn");
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
