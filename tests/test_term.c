#include <entente/terminal.h>

#include <check.h>
#include <locale.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <vterm.h>

/*
 * A small program runs under a pseudo-terminal and shows its events; libvterm
 * plays the terminal. What it cannot tell, the modes, is looked up in the bytes.
 */

enum { ROWS = 8, COLUMNS = 40, LEFT_BY = 100, PATIENCE_MS = 10000 };

typedef struct {
    int fd;
    pid_t pid;
    VTerm *vt;
    VTermScreen *screen;
    VTermPos cursor;
    int visible, alternate;
    Str log;
    int status; /* of the program, once it has ended */
} Session;

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

static int on_cursor(VTermPos pos, VTermPos old, int visible, void *user)
{
    (void)old;
    (void)visible;
    ((Session *)user)->cursor = pos;
    return 1;
}

static int on_property(VTermProp prop, VTermValue *value, void *user)
{
    Session *s = user;
    if (prop == VTERM_PROP_CURSORVISIBLE) s->visible = value->boolean;
    if (prop == VTERM_PROP_ALTSCREEN) s->alternate = value->boolean;
    return 1;
}

static void start(Session *s, const char *term, const char *locale)
{
    static const VTermScreenCallbacks callbacks = {.movecursor = on_cursor, .settermprop = on_property};
    struct winsize size = {.ws_row = ROWS, .ws_col = COLUMNS};
    *s = (Session){.visible = 1};
    str_init(&s->log);
    s->vt = vterm_new(ROWS, COLUMNS);
    vterm_set_utf8(s->vt, 1);
    s->screen = vterm_obtain_screen(s->vt);
    vterm_screen_set_callbacks(s->screen, &callbacks, s);
    vterm_screen_enable_altscreen(s->screen, 1);
    vterm_screen_reset(s->screen, 1);
    s->pid = forkpty(&s->fd, NULL, NULL, &size);
    ck_assert_int_ge(s->pid, 0);
    if (s->pid > 0) return;
    setlocale(LC_ALL, locale);
    if (term)
        setenv("TERM", term, 1);
    else
        unsetenv("TERM");
    unsetenv("LINES");
    unsetenv("COLUMNS");
    _exit(program());
}

static void screen_text(const Session *s, Str *out)
{
    for (int row = 0; row < ROWS; row++)
        for (int col = 0; col < COLUMNS; col++) {
            VTermScreenCell cell;
            vterm_screen_get_cell(s->screen, (VTermPos){row, col}, &cell);
            str_add_char(out, cell.chars[0] >= ' ' && cell.chars[0] < 0x7f ? (char)cell.chars[0] : ' ');
        }
}

static bool shows(const Session *s, const char *text)
{
    Str all;
    str_init(&all);
    screen_text(s, &all);
    bool found = strstr(all.buf, text);
    str_finish(&all);
    return found;
}

/* Reads what the program wrote; false once it is gone. */
static bool pump(Session *s, int timeout_ms)
{
    char bytes[4096];
    struct pollfd fd = {.fd = s->fd, .events = POLLIN};
    if (poll(&fd, 1, timeout_ms) <= 0) return true;
    ssize_t n = read(s->fd, bytes, sizeof bytes);
    if (n <= 0) return false;
    str_add(&s->log, sv_n(bytes, (size_t)n));
    vterm_input_write(s->vt, bytes, (size_t)n);
    vterm_screen_flush_damage(s->screen);
    return true;
}

static void await(Session *s, const char *text)
{
    for (int waited = 0; !shows(s, text) && waited < PATIENCE_MS; waited += 10)
        if (!pump(s, 10)) break;
    ck_assert_msg(shows(s, text), "\"%s\" is not on the screen", text);
}

static void send_bytes(Session *s, StrView bytes)
{
    ck_assert_int_eq(write(s->fd, bytes.ptr, bytes.len), (ssize_t)bytes.len);
}

static void await_end(Session *s)
{
    pid_t got = 0;
    for (int waited = 0; waited < PATIENCE_MS && got == 0; waited += 10) {
        if (!pump(s, 10)) poll(NULL, 0, 10);
        got = waitpid(s->pid, &s->status, WNOHANG);
    }
    if (got == 0) kill(s->pid, SIGKILL);
    ck_assert_int_eq(got, s->pid);
    for (int i = 0; i < 20 && pump(s, 10); i++) continue;
}

static void finish(Session *s)
{
    if (s->fd >= 0) close(s->fd);
    vterm_free(s->vt);
    str_finish(&s->log);
}

static bool wrote(const Session *s, const char *bytes)
{
    return strstr(s->log.buf, bytes);
}

/* The last time a mode was touched, it was switched off. */
static void assert_mode_is_off(const Session *s, const char *on, const char *off)
{
    const char *last_on = NULL, *last_off = NULL;
    for (const char *p = s->log.buf; (p = strstr(p, on)); p++) last_on = p;
    for (const char *p = s->log.buf; (p = strstr(p, off)); p++) last_off = p;
    ck_assert_msg(last_on && last_off && last_off > last_on, "mode %s was left on", on + 1);
}

static void assert_restored(const Session *s)
{
    assert_mode_is_off(s, "\033[?2004h", "\033[?2004l");
    assert_mode_is_off(s, "\033[?1000h", "\033[?1000l");
    assert_mode_is_off(s, "\033[?1006h", "\033[?1006l");
    assert_mode_is_off(s, "\033[?1h\033=", "\033[?1l\033>");
    assert_mode_is_off(s, "\033[6 q", "\033[2 q");
    assert_mode_is_off(s, "\033[22;2t", "\033[23;2t");
    ck_assert(!s->alternate);
    ck_assert(s->visible);
}

static void leave(Session *s)
{
    kill(s->pid, SIGTERM);
    await_end(s);
    ck_assert(WIFEXITED(s->status));
    ck_assert_int_eq(WEXITSTATUS(s->status), LEFT_BY + SIGTERM);
}

/* ---- Tests ---- */

START_TEST(cells_marks_and_the_cursor_arrive_where_they_belong)
{
    Session s;
    start(&s, "xterm-256color", "C.UTF-8");
    await(&s, "ready");
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
    ck_assert_int_eq(s.cursor.row, 4);
    ck_assert_int_eq(s.cursor.col, 5);
    ck_assert(s.visible && s.alternate);
    ck_assert(wrote(&s, "\033[?2004h") && wrote(&s, "\033]2;entente\033\\") && wrote(&s, "\033[6 q"));
    leave(&s);
    assert_restored(&s);
    finish(&s);
}
END_TEST

START_TEST(keys_paste_and_mouse_become_events_and_the_delay_ends_an_escape)
{
    Session s;
    start(&s, "xterm-256color", "C.UTF-8");
    await(&s, "ready");
    send_bytes(&s, SV("a\033OA\033[1;5C\x13\x03"));
    await(&s, "ready a Up Ctrl-Right Ctrl-S Ctrl-C");
    send_bytes(&s, SV("\033"));
    await(&s, "Ctrl-C Esc");
    leave(&s);
    finish(&s);
    start(&s, "xterm-256color", "C.UTF-8");
    await(&s, "ready");
    send_bytes(&s, SV("\xff\033[99;99X\033[200~p q\033[201~\033[<0;3;4M\r\n"));
    await(&s, "ready Unknown paste:p q mouse:2,3 Enter");
    leave(&s);
    finish(&s);
}
END_TEST

START_TEST(a_resize_arrives_with_the_new_size)
{
    Session s;
    start(&s, "xterm-256color", "C.UTF-8");
    await(&s, "ready");
    struct winsize size = {.ws_row = 6, .ws_col = 30};
    ioctl(s.fd, TIOCSWINSZ, &size);
    await(&s, "size:30x6");
    leave(&s);
    finish(&s);
}
END_TEST

START_TEST(the_terminal_is_given_back_and_taken_again)
{
    Session s;
    start(&s, "xterm-256color", "C.UTF-8");
    await(&s, "ready");
    send_bytes(&s, SV("\x0f"));
    await(&s, "ready Ctrl-O resumed");
    ck_assert(wrote(&s, "another program"));
    ck_assert(s.alternate);
    kill(s.pid, SIGTSTP); /* nobody could continue us: the stop itself is passed over */
    await(&s, "resumed resumed");
    kill(s.pid, SIGSTOP);
    kill(s.pid, SIGCONT);
    await(&s, "resumed resumed resumed");
    leave(&s);
    assert_restored(&s);
    finish(&s);
}
END_TEST

START_TEST(signals_and_hang_up_leave_and_the_terminal_is_as_it_was)
{
    Session s;
    struct termios before, after;
    start(&s, "xterm-256color", "C.UTF-8");
    await(&s, "ready");
    tcgetattr(s.fd, &before);
    ck_assert(!(before.c_lflag & (ICANON | ECHO | ISIG | IEXTEN)) && !(before.c_iflag & (IXON | ICRNL)));
    kill(s.pid, SIGINT);
    await_end(&s);
    ck_assert_int_eq(WEXITSTATUS(s.status), LEFT_BY + SIGINT);
    if (tcgetattr(s.fd, &after) == 0)
        ck_assert((after.c_lflag & (ICANON | ECHO | ISIG)) && (after.c_iflag & ICRNL));
    assert_restored(&s);
    finish(&s);
    start(&s, "xterm-256color", "C.UTF-8");
    await(&s, "ready");
    close(s.fd);
    s.fd = -1;
    for (int waited = 0; waitpid(s.pid, &s.status, WNOHANG) == 0; waited += 10) {
        ck_assert_int_lt(waited, PATIENCE_MS);
        poll(NULL, 0, 10);
    }
    ck_assert(WIFEXITED(s.status));
    int by = WEXITSTATUS(s.status) - LEFT_BY;
    ck_assert(by == SIGHUP || by == 0);
    finish(&s);
}
END_TEST

START_TEST(a_crash_gives_the_terminal_back)
{
    Session s;
    start(&s, "xterm-256color", "C.UTF-8");
    await(&s, "ready");
    send_bytes(&s, SV("!"));
    await_end(&s);
    ck_assert(WIFSIGNALED(s.status) || WEXITSTATUS(s.status) < LEFT_BY);
    assert_restored(&s);
    finish(&s);
}
END_TEST

START_TEST(colour_is_used_unless_it_is_not_wanted)
{
    Session s;
    unsetenv("NO_COLOR");
    start(&s, "xterm-256color", "C.UTF-8");
    await(&s, "ready");
    ck_assert(wrote(&s, "\033[91m") || wrote(&s, "38;5;9m"));
    leave(&s);
    finish(&s);
    setenv("NO_COLOR", "1", 1);
    start(&s, "xterm-256color", "C.UTF-8");
    await(&s, "ready");
    ck_assert(!wrote(&s, "91m") && !wrote(&s, "31m") && !wrote(&s, "38;5"));
    leave(&s);
    finish(&s);
    unsetenv("NO_COLOR");
}
END_TEST

START_TEST(a_locale_without_utf8_keeps_the_columns)
{
    Session s;
    start(&s, "xterm-256color", "C");
    await(&s, "ready");
    ck_assert(shows(&s, "?????|"));
    leave(&s);
    for (size_t i = 0; i < s.log.len; i++) ck_assert_uint_lt((unsigned char)s.log.buf[i], 0x80);
    finish(&s);
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
        Session s;
        start(&s, cases[i].term, "C.UTF-8");
        await_end(&s);
        ck_assert_int_eq(WEXITSTATUS(s.status), ERR_USAGE);
        ck_assert_msg(wrote(&s, cases[i].says), "%s", s.log.buf);
        ck_assert(!wrote(&s, "\033"));
        finish(&s);
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
