#include "pty.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

/*
 * No pack is read before a session needs it: where there is none, all but
 * sessions works, and a session says in one line what is missing.
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
        {"list", "--json"},
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
    tcase_add_loop_test(tc, reading_commands_print_the_same_without_packs, 0, 9);
    tcase_add_test(tc, home_comes_up_without_packs_and_a_session_says_what_is_missing);
    tcase_add_test(tc, a_session_on_the_command_line_says_in_one_line_what_is_missing);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
