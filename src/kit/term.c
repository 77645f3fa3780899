#include <entente/terminal.h>

#include <curses.h>
#include <entente/mem.h>
#include <entente/text.h>
#include <entente/theme.h>
#include <errno.h>
#include <langinfo.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>

#include "signals.h"

struct Terminal {
    SCREEN *screen;
    struct termios shell, raw;
    KeyDecoder *keys;
    bool ascii, color, mouse, title;
    bool released; /* another program has the terminal */
    bool resumed;  /* EVENT_RESUME is due */
    bool ended;    /* input is over */
    bool bar;      /* the cursor is shown as a bar */
    int escape_delay;
    int64_t last_read;
    int w, h;
    Str bar_on, bar_off; /* Ss and Se, empty where the terminal has none */
    Str reset;           /* what a crash writes */
    cchar_t *row;        /* w cells, to hand a row to curses */
};

enum { ATTENTION_PAIR = 1, ESCAPE_DELAY = 25, READ_CHUNK = 4096, READS = 16 };

/* ---- Whether it can be done ---- */

static const char *capability(const char *name)
{
    const char *s = tigetstr(name);
    return s == (const char *)-1 ? NULL : s;
}

static bool refuse(Error *err, const char *term, const char *why)
{
    Str s;
    str_init(&s);
    if (term) text_clean(&s, sv(term), false);
    error_set(err, ERR_USAGE, "Cannot draw the full screen: %s%s%s. Using plain mode.", term ? "TERM=" : "",
              s.buf, why);
    str_finish(&s);
    return false;
}

bool terminal_possible(Error *err)
{
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
        return refuse(err, NULL, "input and output must both be a terminal");
    const char *term = getenv("TERM");
    if (!term || !*term) return refuse(err, NULL, "TERM is not set");
    int status;
    bool known = setupterm(term, STDOUT_FILENO, &status) == OK;
    bool moves = known && capability("cup");
    if (known) del_curterm(cur_term);
    if (moves) return true;
    return refuse(err, term,
                  known || status == 1 ? " cannot move the cursor" : " is not a terminal known here");
}

/* ---- Taking and giving back ---- */

/* What curses does not know goes the same way: curses flushes whenever it has written. */
static void put(const char *s)
{
    fputs(s, stdout);
    fflush(stdout);
}

static void modes_on(const Terminal *t)
{
    put("\033[?2004h");
    if (t->mouse) put("\033[?1000h\033[?1006h");
    if (t->title) put("\033[22;2t\033]2;entente\033\\");
}

static void add_modes_off(const Terminal *t, Str *out)
{
    if (t->title) str_add_c(out, "\033[23;2t");
    if (t->mouse) str_add_c(out, "\033[?1006l\033[?1000l");
    str_add_c(out, "\033[?2004l");
    str_add(out, str_view(&t->bar_off));
}

static void modes_off(Terminal *t)
{
    Str s;
    str_init(&s);
    add_modes_off(t, &s);
    put(s.buf);
    str_finish(&s);
    t->bar = false;
}

/* Appends a capability without its padding marks, $<5>. */
static void add_capability(Str *out, const char *name)
{
    const char *s = capability(name);
    while (s && *s) {
        const char *end = s[0] == '$' && s[1] == '<' ? strchr(s, '>') : NULL;
        if (end)
            s = end + 1;
        else
            str_add_char(out, *s++);
    }
}

static void learn_terminal(Terminal *t)
{
    static const char *const titled[] = {"xterm", "tmux", "screen", "alacritty", "foot"};
    const char *term = getenv("TERM"), *bar = capability("Ss"), *bar_off = capability("Se");
    for (size_t i = 0; i < sizeof titled / sizeof titled[0]; i++)
        if (sv_starts(sv(term), sv(titled[i]))) t->title = true;
    if (bar && bar_off) {
        str_add_c(&t->bar_on, tiparm(bar, 6)); /* a bar that does not blink */
        str_add_c(&t->bar_off, bar_off);
    }
    add_modes_off(t, &t->reset);
    add_capability(&t->reset, "rmkx");
    add_capability(&t->reset, "sgr0");
    add_capability(&t->reset, "cnorm");
    add_capability(&t->reset, "rmcup");
}

static void start_colors(Terminal *t, ColorChoice choice)
{
    const char *no_color = getenv("NO_COLOR");
    bool wanted = choice == COLOR_ALWAYS || (choice == COLOR_AUTO && !(no_color && *no_color));
    if (!wanted || !has_colors()) return;
    start_color();
    use_default_colors();
    t->color = init_pair(ATTENTION_PAIR, COLORS >= 16 ? COLOR_RED + 8 : COLOR_RED, -1) == OK;
}

/* Every key is ours: Ctrl-S, Ctrl-Q, Ctrl-V, Ctrl-C and Ctrl-Z arrive as bytes. */
static void set_raw_mode(Terminal *t)
{
    cbreak();
    noecho();
    nonl();
    tcgetattr(STDIN_FILENO, &t->raw);
    t->raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO | IEXTEN | ISIG);
    t->raw.c_iflag &= ~(tcflag_t)(IXON | IXOFF | ICRNL | INLCR | IGNCR | ISTRIP);
    t->raw.c_cc[VMIN] = 1;
    t->raw.c_cc[VTIME] = 0;
    tcsetattr(STDIN_FILENO, TCSADRAIN, &t->raw);
    def_prog_mode();
}

static int choose_escape_delay(int wanted)
{
    long ms;
    if (wanted > 0) return wanted;
    return sv_to_int(sv(getenv("ESCDELAY")), 1, 5000, &ms) ? (int)ms : ESCAPE_DELAY;
}

static void fit_size(Terminal *t)
{
    struct winsize size;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0 &&
        (size.ws_row != LINES || size.ws_col != COLS))
        resizeterm(size.ws_row, size.ws_col);
    t->w = COLS > 0 ? COLS : 1;
    t->h = LINES > 0 ? LINES : 1;
    t->row = mem_resize(t->row, (size_t)t->w, sizeof *t->row);
}

static void forget_terminal(Terminal *t)
{
    if (t->screen) delscreen(t->screen);
    key_decoder_free(t->keys);
    str_finish(&t->bar_on);
    str_finish(&t->bar_off);
    str_finish(&t->reset);
    free(t->row);
    free(t);
}

static Terminal *new_terminal(const TerminalOptions *options)
{
    Terminal *t = mem_zalloc(1, sizeof *t);
    t->keys = key_decoder_new();
    t->mouse = options->mouse;
    t->escape_delay = choose_escape_delay(options->escape_delay);
    t->ascii = strcmp(nl_langinfo(CODESET), "UTF-8") != 0;
    str_init(&t->bar_on);
    str_init(&t->bar_off);
    str_init(&t->reset);
    tcgetattr(STDIN_FILENO, &t->shell);
    return t;
}

static void send_frame(void)
{
    signals_hold_stop(true);
    refresh();
    signals_hold_stop(false);
}

bool terminal_open(const TerminalOptions *options, Terminal **ret, Error *err)
{
    if (!terminal_possible(err)) return false;
    Terminal *t = new_terminal(options);
    fflush(stdout);
    use_extended_names(TRUE);
    t->screen = newterm(NULL, stdout, stdin);
    if (t->screen) learn_terminal(t);
    if (!t->screen || !signals_take(t->reset.buf, t->reset.len, &t->shell)) {
        if (t->screen) endwin();
        tcsetattr(STDIN_FILENO, TCSADRAIN, &t->shell);
        forget_terminal(t);
        return refuse(err, NULL, "the terminal could not be set up");
    }
    start_colors(t, options->color);
    set_raw_mode(t);
    keypad(stdscr, TRUE);
    typeahead(-1); /* curses must never look at the input */
    fit_size(t);
    curs_set(1);
    send_frame();
    modes_on(t);
    *ret = t;
    return true;
}

void terminal_release(Terminal *t)
{
    if (t->released) return;
    t->released = true;
    modes_off(t);
    endwin();
    tcsetattr(STDIN_FILENO, TCSADRAIN, &t->shell);
}

void terminal_retake(Terminal *t)
{
    if (!t->released) return;
    t->released = false;
    signals_forget();
    reset_prog_mode();
    tcsetattr(STDIN_FILENO, TCSADRAIN, &t->raw);
    fit_size(t);
    terminal_redraw(t);
    send_frame();
    curs_set(1);
    modes_on(t);
    t->resumed = true;
}

void terminal_suspend(Terminal *t)
{
    terminal_release(t);
    signals_stop();
    terminal_retake(t);
}

void terminal_close(Terminal *t)
{
    if (!t) return;
    terminal_release(t);
    signals_give_back();
    forget_terminal(t);
}

void terminal_size(const Terminal *t, int *ret_w, int *ret_h)
{
    *ret_w = t->w;
    *ret_h = t->h;
}

bool terminal_ascii(const Terminal *t)
{
    return t->ascii;
}

/* ---- Output ---- */

static attr_t attributes(Look look)
{
    return (look.bold ? A_BOLD : A_NORMAL) | (look.underline ? A_UNDERLINE : A_NORMAL) |
           (look.reverse ? A_REVERSE : A_NORMAL);
}

/*
 * Fills in what is shown for a cell, one curses cell or two; returns how many.
 * Where the C library counts other widths than ours, curses would move the rest
 * of the row: such a glyph is replaced.
 */
static int show_cell(const Terminal *t, const Cell *cell, int room, cchar_t *out)
{
    wchar_t glyph[6] = {0}, filler[2] = {0};
    Look look = theme_look(cell->role, t->color);
    short pair = look.attention ? ATTENTION_PAIR : 0;
    bool foreign = t->ascii && (cell->cps[0] >= 0x80 || cell->cps[1]);
    for (int i = 0; i < 5; i++) glyph[i] = (wchar_t)cell->cps[i];
    if (foreign || cell->width > room) {
        memset(glyph, 0, sizeof glyph);
        glyph[0] = filler[0] = L'?';
    } else if (wcwidth(glyph[0]) != cell->width) {
        memset(glyph, 0, sizeof glyph);
        glyph[0] = 0xfffd;
        filler[0] = L' ';
    }
    int n = filler[0] && cell->width == 2 && room > 1 ? 2 : 1;
    setcchar(&out[0], glyph, attributes(look), pair, NULL);
    if (n == 2) setcchar(&out[1], filler, attributes(look), pair, NULL);
    return n;
}

static void show_row(Terminal *t, const Canvas *c, int y)
{
    int n = 0, w = c->w < t->w ? c->w : t->w;
    for (int x = 0; x < w; x++) {
        const Cell *cell = canvas_cell(c, x, y);
        if (cell->width > 0) n += show_cell(t, cell, t->w - x, t->row + n);
    }
    mvadd_wchnstr(y, 0, t->row, n);
}

static void show_cursor(Terminal *t, const Canvas *c)
{
    move(c->cursor_y < t->h ? c->cursor_y : t->h - 1, c->cursor_x < t->w ? c->cursor_x : t->w - 1);
    send_frame();
    if (t->bar == c->cursor_in_text) return;
    t->bar = c->cursor_in_text;
    put(t->bar ? t->bar_on.buf : t->bar_off.buf);
}

void terminal_show(Terminal *t, const Canvas *c)
{
    if (t->released) return;
    erase();
    for (int y = 0; y < c->h && y < t->h; y++) show_row(t, c, y);
    show_cursor(t, c);
}

void terminal_redraw(Terminal *t)
{
    (void)t;
    clearok(curscr, TRUE);
}

/* ---- Input ---- */

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool take_signal(Terminal *t, Event *ret)
{
    int sig = signals_leave();
    if (sig) return *ret = (Event){.type = EVENT_LEAVE, .signal = sig}, true;
    if (signals_caught(SIGTSTP)) terminal_suspend(t);
    if (signals_caught(SIGCONT) && !t->released) {
        /* Stopped without a word: a shell may have changed everything. */
        terminal_release(t);
        terminal_retake(t);
    }
    bool resized = signals_caught(SIGWINCH);
    if (!resized && !t->resumed) return false;
    fit_size(t);
    *ret = (Event){.type = t->resumed ? EVENT_RESUME : EVENT_RESIZE, .w = t->w, .h = t->h};
    t->resumed = false;
    return true;
}

static bool readable(int timeout_ms)
{
    struct pollfd fd = {.fd = STDIN_FILENO, .events = POLLIN};
    return poll(&fd, 1, timeout_ms) > 0;
}

/* Reads what is there, in several pieces if need be, so that a paste is seen whole. */
static void read_input(Terminal *t)
{
    char bytes[READ_CHUNK];
    for (int i = 0; i < READS && (i == 0 || readable(0)); i++) {
        ssize_t n = read(STDIN_FILENO, bytes, sizeof bytes);
        if (n < 0 && (errno == EINTR || errno == EAGAIN)) return;
        if (n <= 0) {
            t->ended = true;
            return;
        }
        key_decoder_feed(t->keys, bytes, (size_t)n);
        t->last_read = now_ms();
    }
}

/* Until what may happen next: the deadline (-1: none) or the end of the escape delay. */
static int time_left(const Terminal *t, int64_t deadline)
{
    int64_t now = now_ms(), until = deadline;
    if (key_decoder_pending(t->keys)) {
        int64_t delay_over = t->last_read + t->escape_delay;
        if (until < 0 || delay_over < until) until = delay_over;
    }
    if (until < 0) return -1;
    return until > now ? (int)(until - now) : 0;
}

static void wait_for_input(Terminal *t, int timeout_ms)
{
    struct pollfd fds[2] = {{.fd = STDIN_FILENO, .events = POLLIN}, {.fd = signals_fd(), .events = POLLIN}};
    int n = poll(fds, 2, timeout_ms);
    if (n > 0 && fds[1].revents) signals_drain();
    if (n > 0 && fds[0].revents & POLLIN)
        read_input(t);
    else if (n > 0 && fds[0].revents)
        t->ended = true; /* the terminal is gone */
    if (key_decoder_pending(t->keys) && now_ms() >= t->last_read + t->escape_delay)
        key_decoder_flush(t->keys);
}

static bool take_event(Terminal *t, Event *ret)
{
    if (take_signal(t, ret) || key_decoder_next(t->keys, ret)) return true;
    if (t->ended) *ret = (Event){.type = EVENT_LEAVE};
    return t->ended;
}

void terminal_wait(Terminal *t, int timeout_ms, Event *ret)
{
    int64_t deadline = timeout_ms < 0 ? -1 : now_ms() + timeout_ms;
    while (!take_event(t, ret)) {
        int left = time_left(t, deadline);
        wait_for_input(t, left);
        if (deadline < 0 || now_ms() < deadline) continue;
        if (!take_event(t, ret)) *ret = (Event){.type = EVENT_TIMEOUT};
        return;
    }
}
