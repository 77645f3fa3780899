#include "pty.h"

#include <check.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>

/*
 * What a day does to a program: killed, hung up, resized, fed with nonsense,
 * started where it cannot draw. Nothing that was written may be lost.
 */

#define WORDS "Dinner moved twice: naïve 日本語."

static Home home;

#define CLI(...) ((const char *const[]){__VA_ARGS__, NULL})

static void begin(void)
{
    home_make(&home);
    free(cli_prints(&home, CLI("new", "Ana Lima", "--role", "partner", "--cadence", "every 2 weeks")));
}

static void end(void)
{
    home_remove(&home);
}

static void open_home(Pty *p)
{
    pty_start(p, &home, NULL, NULL);
    pty_wait_for(p, "Ana Lima");
    pty_wait_for(p, "? Help");
}

static void open_check_in(Pty *p)
{
    open_home(p);
    pty_press(p, "c");
    pty_wait_for(p, "question 1 of");
}

static void write_in_check_in(Pty *p)
{
    open_check_in(p);
    pty_type(p, WORDS);
    pty_wait_for(p, WORDS);
}

static void assert_draft(const char *words)
{
    Pty p;
    open_check_in(&p);
    pty_wait_for(&p, words);
    pty_finish(&p);
}

static void kill_now(Pty *p)
{
    kill(p->pid, SIGKILL);
    ck_assert_int_eq(pty_wait_end(p), 128 + SIGKILL);
    pty_finish(p);
}

/* ---- ends ---- */

START_TEST(a_kill_loses_at_most_the_last_second)
{
    Pty p;
    write_in_check_in(&p);
    pty_pump_for(&p, 1300); /* the second in which the draft is saved, and what a slow machine needs */
    kill_now(&p);
    open_check_in(&p);
    pty_wait_cursor_behind(&p, WORDS, 33);
    pty_type(&p, " More");
    pty_wait_for(&p, WORDS " More");
    kill_now(&p);
    assert_draft(WORDS);
}
END_TEST

START_TEST(signals_save_the_draft_and_give_the_terminal_back)
{
    static const int signals[] = {SIGHUP, SIGTERM};
    for (size_t i = 0; i < 2; i++) {
        Pty p;
        char more[] = " Then 1.";
        more[6] = (char)('1' + i);
        open_check_in(&p);
        pty_type(&p, more);
        pty_wait_for(&p, more);
        kill(p.pid, signals[i]);
        ck_assert_int_eq(pty_wait_end(&p), 128 + signals[i]);
        pty_assert_restored(&p);
        pty_finish(&p);
        assert_draft(i == 0 ? " Then 1." : " Then 1. Then 2.");
    }
}
END_TEST

START_TEST(ctrl_c_twice_leaves_a_text_and_keeps_it)
{
    Pty p;
    write_in_check_in(&p);
    pty_press(&p, "Ctrl-C");
    pty_wait_for(&p, "Ctrl-C again leaves; your text is kept");
    pty_press(&p, "Ctrl-C");
    ck_assert_int_eq(pty_wait_end(&p), 130);
    pty_assert_restored(&p);
    pty_finish(&p);
    assert_draft(WORDS);
}
END_TEST

/* Of all programs that have ended. */
static double seconds_used(void)
{
    struct rusage used;
    getrusage(RUSAGE_CHILDREN, &used);
    return (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
           (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

START_TEST(a_closed_window_ends_the_program_at_once)
{
    Pty p;
    double before = seconds_used();
    write_in_check_in(&p);
    pty_hang_up(&p);
    ck_assert_int_eq(pty_wait_end(&p), 128 + SIGHUP);
    ck_assert(WIFEXITED(p.status));
    ck_assert_msg(seconds_used() - before < 5, "it span for %.1f s", seconds_used() - before);
    pty_finish(&p);
    assert_draft(WORDS);
}
END_TEST

/* ---- sizes ---- */

START_TEST(a_storm_of_sizes_loses_no_letter)
{
    static const int sizes[][2] = {{1, 1},  {100, 300}, {6, 28},  {24, 80},  {2, 200},
                                   {60, 3}, {8, 30},    {12, 40}, {50, 200}, {1, 300}};
    static const char text[] = "the quick brown fox jumps over a lazy dog";
    Pty p;
    open_check_in(&p);
    for (size_t i = 0; text[i]; i++) {
        const int *size = sizes[i % (sizeof sizes / sizeof sizes[0])];
        pty_resize(&p, size[0], size[1]);
        pty_send(&p, sv_n(text + i, 1));
        pty_pump(&p, 20);
    }
    pty_resize(&p, 24, 80);
    pty_press(&p, "Ctrl-L");
    pty_wait_cursor_behind(&p, text, (int)strlen(text));
    pty_wait_for(&p, "question 1 of");
    kill(p.pid, SIGTERM);
    ck_assert_int_eq(pty_wait_end(&p), 128 + SIGTERM);
    pty_finish(&p);
    assert_draft(text);
}
END_TEST

START_TEST(a_window_too_small_says_so_and_q_quits)
{
    Pty p;
    pty_start(&p, &home, &(PtyOptions){.rows = 6, .cols = 28}, NULL);
    pty_wait_for(&p, "entente needs 30x8.");
    pty_wait_for(&p, "This window is 28x6.");
    pty_press(&p, "d");
    pty_press(&p, "q");
    ck_assert_int_eq(pty_wait_end(&p), 0);
    pty_assert_restored(&p);
    pty_finish(&p);
    char *list = cli_prints(&home, CLI("list", "--json"));
    ck_assert_ptr_nonnull(strstr(list, "Ana Lima"));
    free(list);
}
END_TEST

/* ---- nonsense ---- */

static void paste_a_megabyte(Pty *p)
{
    Str paste;
    str_init(&paste);
    str_add_c(&paste, "\033[200~");
    while (paste.len < 1 << 20) str_add_c(&paste, "dddd\rxpcnsqQ u\r:end\r");
    str_add_c(&paste, "\033[201~");
    pty_send(p, str_view(&paste));
    str_finish(&paste);
    pty_wait_for(p, "Paste works in text fields");
}

START_TEST(nonsense_on_home_runs_no_command)
{
    static const char *const nonsense[] = {
        "\033[99;99X",      "\xff",   "\033]52;c;ZHFk\033\\", "\033P1$r0dqd\033\\", "\033[27;5;13~",
        "\033[38:5:1q",     "\033Oz", "\033_dq\033\\",        "\033^dq\033\\",      "\xc3(",
        "\033[<0;500;500M",
    };
    Pty p;
    char *before = cli_prints(&home, CLI("list", "--json", "--now", "2026-11-22"));
    char *log = cli_prints(&home, CLI("log", "--json"));
    open_home(&p);
    for (size_t i = 0; i < sizeof nonsense / sizeof nonsense[0]; i++) {
        pty_type(&p, nonsense[i]);
        pty_pump_for(&p, 60);
    }
    paste_a_megabyte(&p);
    pty_wait_for(&p, "> ");
    pty_wait_for(&p, "c Check in");
    char *after = cli_prints(&home, CLI("list", "--json", "--now", "2026-11-22"));
    char *log_after = cli_prints(&home, CLI("log", "--json"));
    ck_assert_str_eq(before, after);
    ck_assert_str_eq(log, log_after);
    pty_press(&p, "q");
    ck_assert_int_eq(pty_wait_end(&p), 0);
    pty_finish(&p);
    free(before);
    free(after);
    free(log);
    free(log_after);
}
END_TEST

/* ---- where it cannot draw ---- */

START_TEST(a_terminal_that_cannot_gets_one_sentence_and_the_list)
{
    static const struct {
        const char *env[2];
        bool no_stdin;
        const char *says;
    } cases[] = {
        {{"TERM=dumb"},
         false,
         "Cannot draw the full screen: TERM=dumb cannot move the cursor. Using plain mode."},
        {{"TERM=nosuch"}, false, "Cannot draw the full screen: TERM=nosuch is not a terminal known here."},
        {{NULL}, true, "Ana Lima"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Pty p;
        long start = now_ms();
        pty_start(&p, &home, &(PtyOptions){.cols = 120, .env = cases[i].env, .no_stdin = cases[i].no_stdin},
                  NULL);
        int code = pty_wait_end(&p);
        if (code != 0) pty_fail(&p, "exit code %d", code);
        ck_assert_int_lt(now_ms() - start, 2000);
        ck_assert(pty_shows(&p, cases[i].says));
        ck_assert(pty_shows(&p, "Ana Lima"));
        if (i < 2) ck_assert(!pty_wrote(&p, "\033"));
        pty_finish(&p);
    }
}
END_TEST

START_TEST(a_table_is_fitted_to_the_terminal_but_whole_in_plain)
{
    static const char long_text[] = "a lift to the station in the rain, at the worst hour of the day";
    free(cli_prints(&home, (const char *const[]){"moment", "ana", "gave", long_text, NULL}));
    for (int plain = 0; plain < 2; plain++) {
        Pty p;
        const char *const args[] = {"history", plain ? "--plain" : NULL, NULL};
        pty_start(&p, &home, &(PtyOptions){.cols = 60}, args);
        ck_assert_int_eq(pty_wait_end(&p), 0);
        ck_assert(pty_wrote(&p, long_text) == (plain == 1));
        ck_assert(pty_wrote(&p, "\033[1m") == (plain == 0));
        pty_finish(&p);
    }
}
END_TEST

START_TEST(a_pipe_gets_the_list_alone)
{
    Said s;
    cli_run(&s, &home, NULL, NULL);
    ck_assert_int_eq(s.code, 0);
    ck_assert_int_lt(s.ms, 2000);
    ck_assert_ptr_nonnull(strstr(s.out.buf, "Ana Lima"));
    ck_assert_ptr_null(strstr(s.out.buf, "\033"));
    said_finish(&s);
}
END_TEST

/* ---- colours ---- */

static bool is_colour(long n)
{
    return (n >= 30 && n <= 38) || (n >= 40 && n <= 48) || (n >= 90 && n <= 107);
}

static bool has_colour(const Pty *p)
{
    for (const char *at = p->log.buf; (at = strstr(at, "\033[")); at += 2) {
        size_t n = strspn(at + 2, "0123456789;");
        if (at[2 + n] != 'm') continue;
        for (const char *number = at + 2; number < at + 2 + n; number += strcspn(number, ";m") + 1)
            if (is_colour(strtol(number, NULL, 10))) return true;
    }
    return false;
}

/* An error is shown in colour where there is any. */
static bool shows_colour(const char *const *env)
{
    Pty p;
    pty_start(&p, &home, &(PtyOptions){.env = env}, NULL);
    pty_wait_for(&p, "Ana Lima");
    pty_press(&p, "U");
    pty_wait_for(&p, "Nothing");
    pty_press(&p, "q");
    pty_wait_end(&p);
    bool colour = has_colour(&p);
    pty_finish(&p);
    return colour;
}

START_TEST(no_color_means_no_colour)
{
    ck_assert(!shows_colour(CLI("NO_COLOR=1")));
    ck_assert(shows_colour(CLI("NO_COLOR=")));
}
END_TEST

/* ---- two at once ---- */

static void trash_ben(Pty *p)
{
    pty_press(p, "End");
    pty_wait_cursor_behind(p, "> d Ben", 0);
    pty_press(p, "d");
    pty_wait_for(p, "u Undo");
}

START_TEST(two_screens_on_one_journal_see_each_other)
{
    Pty a, b;
    free(cli_prints(&home, CLI("new", "Ben")));
    open_home(&a);
    pty_wait_for(&a, "Ben");
    open_check_in(&b);
    pty_type(&b, "Before.");
    pty_wait_for(&b, "Before.");
    trash_ben(&a);
    pty_pump_for(&b, 1200); /* it has looked at the journal meanwhile */
    pty_type(&b, " After.");
    pty_wait_for(&b, "Before. After.");
    pty_press(&b, "Esc Esc");
    pty_wait_for(&b, "Draft kept: 1 of");
    pty_wait_gone(&b, "Ben");
    pty_wait_for(&a, "draft");
    pty_press(&a, "u");
    pty_wait_for(&a, "Ben");
    pty_wait_for(&b, "Ben");
    pty_press(&b, "c");
    pty_wait_for(&b, "Before. After.");
    pty_finish(&a);
    pty_finish(&b);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("rough");
    TCase *tc = tcase_create("rough");
    tcase_set_timeout(tc, 120);
    tcase_add_checked_fixture(tc, begin, end);
    tcase_add_test(tc, a_kill_loses_at_most_the_last_second);
    tcase_add_test(tc, signals_save_the_draft_and_give_the_terminal_back);
    tcase_add_test(tc, ctrl_c_twice_leaves_a_text_and_keeps_it);
    tcase_add_test(tc, a_closed_window_ends_the_program_at_once);
    tcase_add_test(tc, a_storm_of_sizes_loses_no_letter);
    tcase_add_test(tc, a_window_too_small_says_so_and_q_quits);
    tcase_add_test(tc, nonsense_on_home_runs_no_command);
    tcase_add_test(tc, a_terminal_that_cannot_gets_one_sentence_and_the_list);
    tcase_add_test(tc, a_table_is_fitted_to_the_terminal_but_whole_in_plain);
    tcase_add_test(tc, a_pipe_gets_the_list_alone);
    tcase_add_test(tc, no_color_means_no_colour);
    tcase_add_test(tc, two_screens_on_one_journal_see_each_other);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    if (failed) _Exit(EXIT_FAILURE); /* what a failed test leaves behind is no leak to report */
    return EXIT_SUCCESS;
}
