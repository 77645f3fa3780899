#include "pty.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/*
 * The story of a first alliance, as somebody at a keyboard lives it: one test a
 * chapter, each going on with the home the chapters before have left. The clock
 * stands still, so that every date can be told.
 */

#define NOW      "2026-11-22T21:40"
#define FAMILY   "👩\xe2\x80\x8d👩\xe2\x80\x8d👧"
#define MARKED   "e\xcc\x81"
#define ANSWER_1 "Dinner moved twice; we laughed on Friday."
#define ANSWER_2 "naïve 日本語 " FAMILY " " MARKED

static Home home;
static const char *const FULL_SCREEN[] = {"--now", NOW, NULL};

static void open_screen(Pty *p)
{
    pty_start(p, &home, NULL, FULL_SCREEN);
}

static void quit_from_home(Pty *p)
{
    pty_press(p, "q");
    ck_assert_int_eq(pty_wait_end(p), 0);
    pty_assert_restored(p);
    pty_finish(p);
}

/* The step that the title row ends with: which questions a walk asks is the prompts' choice. */
static bool stands_at(const Pty *p, const char *step)
{
    Str title;
    str_init(&title);
    pty_row(p, 0, &title);
    size_t n = strlen(step);
    bool there = title.len > n && strcmp(title.buf + title.len - n, step) == 0;
    there = there && title.buf[title.len - n - 1] == ' ';
    str_finish(&title);
    return there;
}

static void go_on_to(Pty *p, const char *step)
{
    Str before;
    str_init(&before);
    while (!stands_at(p, step)) {
        str_clear(&before);
        pty_row(p, 0, &before);
        pty_press(p, "Ctrl-S");
        pty_wait_gone(p, before.buf);
        while (pty_pump(p, 100)) continue; /* the whole frame: a title half drawn would lead past the step */
    }
    str_finish(&before);
}

static void assert_in(const char *text, const char *part)
{
    ck_assert_msg(strstr(text, part), "\"%s\" is not in: %s", part, text);
}

static void assert_cli_says(const char *const *args, const char *const *parts)
{
    char *printed = cli_prints(&home, args);
    for (; *parts; parts++) assert_in(printed, *parts);
    free(printed);
}

#define CLI(...)   ((const char *const[]){__VA_ARGS__, "--now", NOW, NULL})
#define PARTS(...) ((const char *const[]){__VA_ARGS__, NULL})

/* ---- the chapters ---- */

START_TEST(a_first_start_welcomes_and_writes_nothing)
{
    Pty p;
    int row, col;
    Str files;
    str_init(&files);
    open_screen(&p);
    pty_wait_for(&p, "Welcome. entente is a private journal");
    pty_wait_cursor_behind(&p, "> 1  Design my first alliance", 0);
    ck_assert(pty_find(&p, "Design my first alliance", &row, &col));
    ck_assert(pty_cell(&p, row, col).attrs.reverse);
    pty_wait_for(&p, "Nothing has been written yet.");
    pty_wait_for(&p, "? Help");
    home_files(&home, &files);
    ck_assert_str_eq(files.buf, "");
    quit_from_home(&p);
    home_files(&home, &files);
    ck_assert_str_eq(files.buf, "");
    str_finish(&files);
}
END_TEST

static void write_who(Pty *p)
{
    pty_wait_for(p, "Welcome.");
    pty_press(p, "Enter");
    pty_wait_for(p, "step 1 of");
    pty_type(p, "Ana Lima");
    pty_wait_cursor_behind(p, "Ana Lima", 8);
    pty_press(p, "Tab");
    pty_type(p, "partner");
    pty_wait_cursor_behind(p, "Role  partner", 13);
    pty_press(p, "Ctrl-S");
    pty_wait_for(p, "step 2 of");
    pty_wait_for(p, "Design: Ana Lima");
}

/* Half-way out and in again: the words and the cursor are where they were. */
static void leave_and_come_back(Pty *p)
{
    int row, col;
    pty_type(p, "Say early when overloaded.\rnaïve 日本語");
    pty_wait_cursor_behind(p, "naïve 日本語", 12);
    pty_press(p, "Left Left");
    pty_wait_cursor_behind(p, "naïve 日本語", 8);
    ck_assert(pty_find(p, "naïve 日本語", &row, &col));
    pty_press(p, "Esc");
    pty_wait_for(p, "Leaving keeps it");
    pty_press(p, "Esc");
    pty_wait_for(p, "Draft kept: 3 of");
    pty_wait_for(p, "Press e on Ana Lima to go on.");
    pty_wait_for(p, "design 3 of");
    pty_wait_cursor_behind(p, "> d Ana Lima", 0);
    pty_press(p, "e");
    pty_wait_for(p, "step 3 of");
    pty_wait_for(p, "Say early when overloaded.");
    pty_wait_cursor(p, row, col + 8);
}

static void choose_two_weeks(Pty *p)
{
    go_on_to(p, "Cadence");
    pty_press(p, "Home Down");
    pty_wait_cursor_behind(p, "(o) every 2 weeks", 0);
    pty_wait_for(p, "Understood: every 2 weeks");
}

START_TEST(a_design_may_be_left_half_way_and_is_kept_at_the_end)
{
    Pty p;
    open_screen(&p);
    write_who(&p);
    pty_type(&p, "Two people who stay on the same side: naïve 日本語.");
    pty_wait_cursor_behind(&p, "Two people who stay on the same side: naïve 日本語.", 51);
    pty_press(&p, "Ctrl-S");
    pty_wait_for(&p, "step 3 of");
    leave_and_come_back(&p);
    choose_two_weeks(&p);
    pty_press(&p, "Ctrl-S");
    pty_wait_for(&p, "This becomes version 1.");
    pty_wait_for(&p, "every 2 weeks from Sun 6 Dec");
    pty_press(&p, "Esc");
    pty_wait_for(&p, "[Keep version 1]");
    pty_press(&p, "Enter");
    pty_wait_gone(&p, "This becomes version 1.");
    pty_wait_for(&p, "u Undo");
    pty_wait_for(&p, "in 2 weeks");
    quit_from_home(&p);
}
END_TEST

/* Every cluster in its cells, what follows it aligned, and the cursor behind the last. */
static void assert_cells(Pty *p)
{
    static const struct {
        int at;
        uint32_t chars[2];
        int width;
    } cells[] = {
        {0, {'n'}, 1},      {2, {0xef}, 1},   {4, {'e'}, 1},         {5, {' '}, 1},
        {6, {0x65e5}, 2},   {8, {0x672c}, 2}, {10, {0x8a9e}, 2},     {12, {' '}, 1},
        {13, {0x1f469}, 2}, {15, {' '}, 1},   {16, {'e', 0x301}, 1},
    };
    int row, col;
    pty_wait_for(p, "naïve 日本語 👩 " MARKED); /* a family is shown as its first member */
    ck_assert(pty_find(p, "naïve 日本語", &row, &col));
    pty_wait_cursor(p, row, col + 17);
    for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++) {
        VTermScreenCell cell = pty_cell(p, row, col + cells[i].at);
        uint32_t first = cell.chars[0] ? cell.chars[0] : ' ';
        if (first != cells[i].chars[0] || cell.chars[1] != cells[i].chars[1] || cell.width != cells[i].width)
            pty_fail(p, "cell %d of the answer holds U+%04X U+%04X, %d wide", cells[i].at, (unsigned)first,
                     (unsigned)cell.chars[1], cell.width);
    }
}

static void rate_trust(Pty *p)
{
    go_on_to(p, "Trust");
    ck_assert(!pty_shows(p, "(o)"));
    pty_press(p, "3");
    pty_wait_cursor_behind(p, "(o)", 0);
}

static void promise(Pty *p)
{
    go_on_to(p, "Commitments");
    pty_wait_cursor_behind(p, "[you ]", 7);
    pty_type(p, "ask before accepting plans");
    pty_wait_cursor_behind(p, "ask before accepting plans", 26);
    pty_press(p, "Tab");
    pty_type(p, "6 dec");
    pty_wait_cursor_behind(p, "6 dec", 5);
    pty_wait_for(p, "Understood: you, \"ask before accepting plans\", by Sun 6 Dec 2026.");
}

START_TEST(a_check_in_keeps_every_word_the_rating_and_the_promise)
{
    Pty p;
    open_screen(&p);
    pty_wait_for(&p, "Ana Lima");
    pty_press(&p, "c");
    pty_wait_for(&p, "question 1 of");
    pty_type(&p, ANSWER_1 "\r" ANSWER_2);
    assert_cells(&p);
    rate_trust(&p);
    promise(&p);
    go_on_to(&p, "Review");
    pty_wait_for(&p, "Trust 3.");
    pty_press(&p, "Esc");
    pty_wait_for(&p, "[Keep this check-in]");
    pty_press(&p, "Enter");
    pty_wait_for(&p, "u Undo");
    pty_wait_for(&p, "you 1");
    int row = pty_row_of(&p, "> ");
    Str line;
    str_init(&line);
    pty_row(&p, row, &line);
    assert_in(line.buf, "Ana Lima");
    assert_in(line.buf, "in 2 weeks");
    assert_in(line.buf, " 3");
    assert_in(line.buf, "you 1");
    str_finish(&line);
    pty_wait_for(&p, "ask before accepting plans");
    quit_from_home(&p);
}
END_TEST

START_TEST(history_shows_the_check_in_word_for_word)
{
    Pty p;
    int row, col;
    open_screen(&p);
    pty_wait_for(&p, "Ana Lima");
    pty_press(&p, "3");
    pty_wait_for(&p, "check-in");
    pty_press(&p, "/");
    pty_type(&p, "NAIVE laughed");
    pty_wait_for(&p, "Filter \"NAIVE laughed\": 1 entry.");
    pty_wait_cursor_behind(&p, "NAIVE laughed", 13);
    pty_press(&p, "Enter");
    pty_wait_for(&p, "Check-in with Ana Lima, Sun 22 Nov 2026");
    pty_wait_for(&p, ANSWER_1);
    pty_wait_for(&p, "naïve 日本語 👩 " MARKED);
    ck_assert(pty_find(&p, "naïve 日本語 ", &row, &col));
    ck_assert_uint_eq(pty_cell(&p, row, col + 13).chars[0], 0x1f469);
    ck_assert_uint_eq(pty_cell(&p, row, col + 16).chars[1], 0x301);
    pty_press(&p, "Esc Esc Esc");
    pty_wait_for(&p, "2026 ---");
    pty_press(&p, "Esc");
    pty_wait_for(&p, "NAME");
    quit_from_home(&p);
}
END_TEST

START_TEST(the_command_line_tells_the_same)
{
    assert_cli_says(CLI("list", "--json"),
                    PARTS("\"name\":\"Ana Lima\"", "\"role\":\"partner\"", "\"trust\":3",
                          "\"due\":\"2026-12-06\"", "\"cadence\":\"every 2 weeks\"",
                          "\"due_state\":\"later\"", "\"days\":14", "\"draft\":null"));
    assert_cli_says(CLI("history", "--json"),
                    PARTS("\"kind\":\"check-in\"", "\"kind\":\"design\"", ANSWER_1, "2026-11-22T21:40"));
    char *due = cli_prints(&home, (const char *const[]){"due", "--json", "--now", "2027-01-22", NULL});
    assert_in(due, "\"name\":\"Ana Lima\"");
    assert_in(due, "\"due_state\":\"past\"");
    assert_in(due, "\"days\":-47");
    free(due);
}
END_TEST

START_TEST(undo_and_redo_work_in_both_faces)
{
    Pty p;
    open_screen(&p);
    pty_wait_for(&p, "ask before accepting plans");
    pty_press(&p, "u");
    pty_wait_for(&p, "U Redo");
    pty_wait_gone(&p, "ask before accepting plans");
    pty_wait_for(&p, "none yet");
    assert_cli_says(CLI("list", "--json"), PARTS("\"trust\":null"));
    pty_press(&p, "U");
    pty_wait_for(&p, "u Undo");
    pty_wait_for(&p, "ask before accepting plans");
    pty_wait_gone(&p, "none yet");
    quit_from_home(&p);
    free(cli_prints(&home, CLI("undo")));
    assert_cli_says(CLI("list", "--json"), PARTS("\"trust\":null"));
    free(cli_prints(&home, CLI("redo")));
    assert_cli_says(CLI("list", "--json"), PARTS("\"trust\":3"));
}
END_TEST

static void begin(void)
{
    home_make(&home);
}

static void end(void)
{
    home_remove(&home);
}

int main(void)
{
    Suite *suite = suite_create("story");
    TCase *tc = tcase_create("story");
    tcase_add_unchecked_fixture(tc, begin, end); /* once: the chapters share one home */
    tcase_add_test(tc, a_first_start_welcomes_and_writes_nothing);
    tcase_add_test(tc, a_design_may_be_left_half_way_and_is_kept_at_the_end);
    tcase_add_test(tc, a_check_in_keeps_every_word_the_rating_and_the_promise);
    tcase_add_test(tc, history_shows_the_check_in_word_for_word);
    tcase_add_test(tc, the_command_line_tells_the_same);
    tcase_add_test(tc, undo_and_redo_work_in_both_faces);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    if (failed) _Exit(EXIT_FAILURE); /* what a failed test leaves behind is no leak to report */
    return EXIT_SUCCESS;
}
