#include "pty.h"

#include <check.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * No pack is read before a session needs it: where there is none, all but
 * sessions works, and a session says in one line what is missing. Nor is a
 * library loaded that only writing a calendar or reading settings could need.
 */

static Home home;

#define ARGS(...) ((const char *const[]){__VA_ARGS__, NULL})
#define MISSING   "/nowhere/prompts"

static const char *const nowhere[] = {"ENTENTE_PROMPTS=" MISSING, NULL};

static void begin(void)
{
    home_make(&home);
    free(cli_prints(&home, ARGS("new", "Ana Lima", "--role", "partner", "--cadence", "every 2 weeks")));
    free(cli_prints(&home, ARGS("moment", "ana", "received", "A good talk on the way home.")));
}

static void end(void)
{
    home_remove(&home);
}

/* What it prints to stdout without packs. Caller frees. */
static char *prints_without_packs(const char *const *args)
{
    Said s;
    cli_run(&s, &home, nowhere, args);
    ck_assert_msg(s.code == 0, "%s", s.err.buf);
    ck_assert_str_eq(s.err.buf, "");
    char *out = str_steal(&s.out);
    said_finish(&s);
    return out;
}

START_TEST(reading_commands_print_the_same_without_packs)
{
    static const char *const commands[][4] = {
        {"list"},           {"due"},
        {"show", "ana"},    {"agreement", "ana"},
        {"commitments"},    {"history", "ana"},
        {"search", "talk"}, {"log"},
        {"list", "--json"}, {"agenda"},
    };
    const char *const *args = commands[_i];
    char *with = cli_prints(&home, args), *without = prints_without_packs(args);
    ck_assert_str_eq(with, without);
    free(without);
    free(with);
}
END_TEST

START_TEST(home_comes_up_without_packs_and_a_session_says_what_is_missing)
{
    Pty p;
    pty_start(&p, &home, &(PtyOptions){.env = nowhere}, NULL);
    pty_wait_for(&p, "Ana Lima");
    pty_wait_for(&p, "? Help");
    ck_assert(!pty_shows(&p, MISSING));
    pty_press(&p, "c");
    pty_wait_for(&p, MISSING);
    ck_assert(pty_shows(&p, "Ana Lima"));
    pty_press(&p, "q");
    ck_assert_int_eq(pty_wait_end(&p), 0);
    pty_assert_restored(&p);
    pty_finish(&p);
}
END_TEST

/* ---- what the loader has loaded, as ld.so(8) reports it with LD_DEBUG ---- */

typedef struct {
    Str to, pattern;
    const char *env[3];
} Loader;

static void loader_begin(Loader *l)
{
    str_init(&l->to);
    str_init(&l->pattern);
    str_addf(&l->to, "LD_DEBUG_OUTPUT=%s/loader", home.root.buf);
    str_addf(&l->pattern, "%s/loader.*", home.root.buf);
    l->env[0] = "LD_DEBUG=libs";
    l->env[1] = l->to.buf;
    l->env[2] = NULL;
}

static void add_file(Str *out, const char *path)
{
    char block[4096];
    size_t n;
    FILE *f = fopen(path, "r");
    ck_assert_ptr_nonnull(f);
    while ((n = fread(block, 1, sizeof block, f)) > 0) str_add(out, sv_n(block, n));
    fclose(f);
}

/* Where what it does need is not in the report, the report proves nothing: but then there must be a reason.
 */
static bool reports(const Str *report)
{
#ifndef __GLIBC__
    if (report->len == 0) return false; /* LD_DEBUG is glibc's */
#endif
#ifdef ENTENTE_LINKED_IN
    return strstr(report->buf, "libc.so") != NULL;
#else
    ck_assert_msg(strstr(report->buf, "libsqlite3") != NULL, "the loader reports: %s", report->buf);
    return true;
#endif
}

static void loader_end(Loader *l)
{
    static const char *const needless[] = {"libical", "libinih", "libdbus", "libnotify"};
    glob_t found;
    Str report;
    str_init(&report);
    if (glob(l->pattern.buf, 0, NULL, &found) == 0) {
        for (size_t i = 0; i < found.gl_pathc; i++) add_file(&report, found.gl_pathv[i]);
        globfree(&found);
    }
    for (size_t i = 0; reports(&report) && i < sizeof needless / sizeof *needless; i++)
        ck_assert_msg(!strstr(report.buf, needless[i]), "%s is loaded", needless[i]);
    str_finish(&report);
    str_finish(&l->to);
    str_finish(&l->pattern);
}

START_TEST(reading_loads_no_library_that_it_does_not_need)
{
    static const char *const commands[][2] = {{"list"}, {"due"}, {"status"}, {"agenda"}};
    Loader l;
    Said s;
    loader_begin(&l);
    cli_run(&s, &home, l.env, commands[_i]);
    ck_assert_msg(s.code <= 1, "%s", s.err.buf);
    said_finish(&s);
    loader_end(&l);
}
END_TEST

START_TEST(the_full_screen_loads_no_library_that_it_does_not_need)
{
    Loader l;
    Pty p;
    loader_begin(&l);
    pty_start(&p, &home, &(PtyOptions){.env = l.env}, NULL);
    pty_wait_for(&p, "Ana Lima");
    pty_press(&p, "q");
    ck_assert_int_eq(pty_wait_end(&p), 0);
    pty_finish(&p);
    loader_end(&l);
}
END_TEST

START_TEST(a_session_on_the_command_line_says_in_one_line_what_is_missing)
{
    Said s;
    cli_run(&s, &home, nowhere, ARGS("prompts", "why", "ana"));
    ck_assert_int_ne(s.code, 0);
    ck_assert_str_eq(s.out.buf, "");
    ck_assert_ptr_nonnull(strstr(s.err.buf, MISSING));
    ck_assert_ptr_eq(strchr(s.err.buf, '\n'), s.err.buf + s.err.len - 1);
    said_finish(&s);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("startup");
    TCase *tc = tcase_create("startup");
    tcase_add_checked_fixture(tc, begin, end);
    tcase_set_timeout(tc, 120);
    tcase_add_loop_test(tc, reading_commands_print_the_same_without_packs, 0, 10);
    tcase_add_test(tc, home_comes_up_without_packs_and_a_session_says_what_is_missing);
    tcase_add_test(tc, a_session_on_the_command_line_says_in_one_line_what_is_missing);
    tcase_add_loop_test(tc, reading_loads_no_library_that_it_does_not_need, 0, 4);
    tcase_add_test(tc, the_full_screen_loads_no_library_that_it_does_not_need);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
