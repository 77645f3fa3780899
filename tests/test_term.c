#include <entente/terminal.h>

#include <check.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "e2e/pty.h"

/*
 * A small program runs under a pseudo-terminal and shows its events; libvterm
 * plays the terminal. What it cannot tell, the modes, is looked up in the bytes.
 */

enum { ROWS = 8, COLUMNS = 40, LEFT_BY = 100 };

/* ---- The program ---- */

static void note_event(Str *said, const Event *e)
{
    str_add_char(said, ' ');
    switch (e->type) {
    case EVENT_KEY: key_print(said, e->key); break;
    case EVENT_PASTE: str_addf(said, "paste:%.*s", (int)e->text.len, e->text.ptr); break;
    case EVENT_MOUSE: str_addf(said, "mouse:%d,%d", e->x, e->y); break;
    case EVENT_RESIZE: str_addf(said, "size:%dx%d", e->w, e->h); break;
    case EVENT_TIMEOUT: str_add_c(said, "timeout"); break;
    case EVENT_RESUME: str_add_c(said, "resumed"); break;
    case EVENT_LEAVE: break;
    }
}

static void paint(Terminal *t, const Str *said)
{
    Canvas c;
    int w, h;
    terminal_size(t, &w, &h);
    canvas_init(&c, w, h);
    canvas_text(&c, 0, 0, w, ROLE_TITLE, SV("日\xcc\x81本e\xcc\x81|"));
    canvas_text(&c, 0, 1, w, ROLE_ATTENTION, SV("look"));
    canvas_text(&c, 0, 2, w, ROLE_NORMAL, str_view(said));
    canvas_text(&c, w - 2, 3, w, ROLE_NORMAL, SV("語"));
    canvas_cursor(&c, 5, 4, true);
    terminal_show(t, &c);
    canvas_finish(&c);
}

static int program(void)
{
    Terminal *t;
    Event e = {.type = EVENT_TIMEOUT};
    Error err = {0};
    Str said;
    TerminalOptions options = {.mouse = true, .escape_delay = 20};
    if (!terminal_open(&options, &t, &err)) {
        printf("%s\n", err.msg);
        fflush(stdout);
        return err.code;
    }
    str_init(&said);
    str_add_c(&said, "ready");
    while (e.type != EVENT_LEAVE) {
        paint(t, &said);
        terminal_wait(t, -1, &e);
        note_event(&said, &e);
        if (e.type == EVENT_KEY && e.key == '!') abort();
        if (e.type == EVENT_KEY && e.key == KEY_CTRL('z')) terminal_suspend(t);
        if (e.type == EVENT_KEY && e.key == KEY_CTRL('o')) {
            terminal_release(t);
            printf("another program\n");
            fflush(stdout);
            terminal_retake(t);
        }
    }
    terminal_close(t);
    str_finish(&said);
    return LEFT_BY + e.signal;
}

/* ---- The terminal ---- */

static void start(Pty *p, const char *term, const char *locale)
{
    if (pty_fork(p, ROWS, COLUMNS) > 0) return;
    setlocale(LC_ALL, locale);
    if (term)
        setenv("TERM", term, 1);
    else
        unsetenv("TERM");
    unsetenv("LINES");
    unsetenv("COLUMNS");
    _exit(program());
}

static void leave(Pty *p)
{
    kill(p->pid, SIGTERM);
    ck_assert_int_eq(pty_wait_end(p), LEFT_BY + SIGTERM);
}

/* The answer to a key shows that the frame before it has arrived to its last byte. */
static void wait_frame(Pty *p)
{
    pty_wait_for(p, "ready");
    pty_send(p, SV("a"));
    pty_wait_for(p, "ready a");
}

/* ---- Tests ---- */

START_TEST(cells_marks_and_the_cursor_arrive_where_they_belong)
{
    Pty s;
    start(&s, "xterm-256color", "C.UTF-8");
    wait_frame(&s);
    pty_wait_cursor(&s, 4, 5);
    static const struct {
        int col;
        uint32_t cps[3];
        int width;
    } cells[] = {{0, {0x65e5, 0x301}, 2}, {2, {0x672c}, 2}, {4, {'e', 0x301}, 1}, {5, {'|'}, 1}};
    for (size_t i = 0; i < 4; i++) {
        VTermScreenCell cell;
        vterm_screen_get_cell(s.screen, (VTermPos){0, cells[i].col}, &cell);
        ck_assert_uint_eq(cell.chars[0], cells[i].cps[0]);
        ck_assert_uint_eq(cell.chars[1], cells[i].cps[1]);
        ck_assert_int_eq(cell.width, cells[i].width);
        ck_assert(cell.attrs.reverse && !cell.attrs.bold);
    }
    VTermScreenCell last;
    vterm_screen_get_cell(s.screen, (VTermPos){3, COLUMNS - 2}, &last);
    ck_assert_uint_eq(last.chars[0], 0x8a9e);
    ck_assert_int_eq(s.at.row, 4);
    ck_assert_int_eq(s.at.col, 5);
    ck_assert(s.visible && s.alternate);
    ck_assert(pty_wrote(&s, "\033[?2004h") && pty_wrote(&s, "\033]2;entente\033\\") &&
              pty_wrote(&s, "\033[6 q"));
    leave(&s);
    pty_assert_restored(&s);
    pty_finish(&s);
}
END_TEST

START_TEST(keys_paste_and_mouse_become_events_and_the_delay_ends_an_escape)
{
    Pty s;
    start(&s, "xterm-256color", "C.UTF-8");
    pty_wait_for(&s, "ready");
    pty_send(&s, SV("a\033OA\033[1;5C\x13\x03"));
    pty_wait_for(&s, "ready a Up Ctrl-Right Ctrl-S Ctrl-C");
    pty_send(&s, SV("\033"));
    pty_wait_for(&s, "Ctrl-C Esc");
    leave(&s);
    pty_finish(&s);
    start(&s, "xterm-256color", "C.UTF-8");
    pty_wait_for(&s, "ready");
    pty_send(&s, SV("\xff\033[99;99X\033[200~p q\033[201~\033[<0;3;4M\r\n"));
    pty_wait_for(&s, "ready Unknown paste:p q mouse:2,3 Enter");
    leave(&s);
    pty_finish(&s);
}
END_TEST

START_TEST(a_resize_arrives_with_the_new_size)
{
    Pty s;
    start(&s, "xterm-256color", "C.UTF-8");
    pty_wait_for(&s, "ready");
    pty_resize(&s, 6, 30);
    pty_wait_for(&s, "size:30x6");
    leave(&s);
    pty_finish(&s);
}
END_TEST

START_TEST(the_terminal_is_given_back_and_taken_again)
{
    Pty s;
    start(&s, "xterm-256color", "C.UTF-8");
    pty_wait_for(&s, "ready");
    pty_send(&s, SV("\x0f"));
    pty_wait_for(&s, "ready Ctrl-O resumed");
    ck_assert(pty_wrote(&s, "another program"));
    ck_assert(s.alternate);
    kill(s.pid, SIGTSTP); /* nobody could continue us: the stop itself is passed over */
    pty_wait_for(&s, "resumed resumed");
    kill(s.pid, SIGSTOP);
    kill(s.pid, SIGCONT);
    pty_wait_for(&s, "resumed resumed resumed");
    leave(&s);
    pty_assert_restored(&s);
    pty_finish(&s);
}
END_TEST

START_TEST(signals_and_hang_up_leave_and_the_terminal_is_as_it_was)
{
    Pty s;
    struct termios before, after;
    start(&s, "xterm-256color", "C.UTF-8");
    pty_wait_for(&s, "ready");
    tcgetattr(s.fd, &before);
    ck_assert(!(before.c_lflag & (ICANON | ECHO | ISIG | IEXTEN)) && !(before.c_iflag & (IXON | ICRNL)));
    kill(s.pid, SIGINT);
    ck_assert_int_eq(pty_wait_end(&s), LEFT_BY + SIGINT);
    if (tcgetattr(s.fd, &after) == 0)
        ck_assert((after.c_lflag & (ICANON | ECHO | ISIG)) && (after.c_iflag & ICRNL));
    pty_assert_restored(&s);
    pty_finish(&s);
    start(&s, "xterm-256color", "C.UTF-8");
    pty_wait_for(&s, "ready");
    pty_hang_up(&s);
    int by = pty_wait_end(&s) - LEFT_BY;
    ck_assert(WIFEXITED(s.status));
    ck_assert(by == SIGHUP || by == 0);
    pty_finish(&s);
}
END_TEST

START_TEST(a_crash_gives_the_terminal_back)
{
    Pty s;
    start(&s, "xterm-256color", "C.UTF-8");
    pty_wait_for(&s, "ready");
    pty_send(&s, SV("!"));
    pty_wait_end(&s);
    ck_assert(WIFSIGNALED(s.status) || WEXITSTATUS(s.status) < LEFT_BY);
    pty_assert_restored(&s);
    pty_finish(&s);
}
END_TEST

START_TEST(colour_is_used_unless_it_is_not_wanted)
{
    Pty s;
    unsetenv("NO_COLOR");
    start(&s, "xterm-256color", "C.UTF-8");
    wait_frame(&s);
    ck_assert(pty_wrote(&s, "\033[91m") || pty_wrote(&s, "38;5;9m"));
    leave(&s);
    pty_finish(&s);
    setenv("NO_COLOR", "1", 1);
    start(&s, "xterm-256color", "C.UTF-8");
    wait_frame(&s);
    ck_assert(!pty_wrote(&s, "91m") && !pty_wrote(&s, "31m") && !pty_wrote(&s, "38;5"));
    leave(&s);
    pty_finish(&s);
    unsetenv("NO_COLOR");
}
END_TEST

START_TEST(a_locale_without_utf8_keeps_the_columns)
{
    Pty s;
    start(&s, "xterm-256color", "C");
    pty_wait_for(&s, "ready");
    ck_assert(pty_shows(&s, "?????|"));
    leave(&s);
    for (size_t i = 0; i < s.log.len; i++) ck_assert_uint_lt((unsigned char)s.log.buf[i], 0x80);
    pty_finish(&s);
}
END_TEST

START_TEST(a_terminal_that_cannot_is_refused_in_one_sentence)
{
    static const struct {
        const char *term, *says;
    } cases[] = {
        {"dumb", "Cannot draw the full screen: TERM=dumb cannot move the cursor. Using plain mode."},
        {"nosuch",
         "Cannot draw the full screen: TERM=nosuch is not a terminal known here. Using plain mode."},
        {"\033[31m",
         "Cannot draw the full screen: TERM=^[[31m is not a terminal known here. Using plain mode."},
        {"unknown", "Cannot draw the full screen: TERM=unknown"},
        {NULL, "Cannot draw the full screen: TERM is not set. Using plain mode."},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Pty s;
        start(&s, cases[i].term, "C.UTF-8");
        ck_assert_int_eq(pty_wait_end(&s), ERR_USAGE);
        ck_assert_msg(pty_wrote(&s, cases[i].says), "%s", s.log.buf);
        ck_assert(!pty_wrote(&s, "\033"));
        pty_finish(&s);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("term");
    TCase *tc = tcase_create("term");
    tcase_set_timeout(tc, 60);
    tcase_add_test(tc, cells_marks_and_the_cursor_arrive_where_they_belong);
    tcase_add_test(tc, keys_paste_and_mouse_become_events_and_the_delay_ends_an_escape);
    tcase_add_test(tc, a_resize_arrives_with_the_new_size);
    tcase_add_test(tc, the_terminal_is_given_back_and_taken_again);
    tcase_add_test(tc, signals_and_hang_up_leave_and_the_terminal_is_as_it_was);
    tcase_add_test(tc, a_crash_gives_the_terminal_back);
    tcase_add_test(tc, colour_is_used_unless_it_is_not_wanted);
    tcase_add_test(tc, a_locale_without_utf8_keeps_the_columns);
    tcase_add_test(tc, a_terminal_that_cannot_is_refused_in_one_sentence);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
