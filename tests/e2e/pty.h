#ifndef TESTS_E2E_PTY_H
#define TESTS_E2E_PTY_H

#include <entente/str.h>
#include <stdbool.h>
#include <sys/types.h>
#include <vterm.h>

/*
 * A program under a pseudo-terminal, with libvterm as the terminal. Everything
 * waits for what should be seen, never for a time; what does not come fails the
 * test and shows the screen. Modes that libvterm does not report are looked up
 * in `log`, the bytes as they came.
 */

enum { PTY_PATIENCE_MS = 20000 };

typedef struct {
    int fd; /* -1: closed */
    pid_t pid;
    int rows, cols;
    VTerm *vt;
    VTermScreen *screen;
    VTermPos at;
    int visible, alternate; /* the cursor; the alternate screen */
    bool ended;
    int status; /* of the program, once it has ended */
    Str log;
} Pty;

/* A folder of its own for each test: HOME and all XDG folders lie in it. */
typedef struct {
    Str root;
} Home;

void home_make(Home *h);
void home_remove(Home *h);
void home_files(const Home *h, Str *out); /* every file, one a line; folders do not count */

typedef struct {
    int rows, cols;              /* 0: 24 and 80 */
    const char *const *env;      /* "NAME=value" beside or instead of the usual ones; NULL: none */
    bool no_stdin;               /* it reads from /dev/null */
} PtyOptions;

/* Forks only: returns 0 in the child, which must not return from the test. */
pid_t pty_fork(Pty *p, int rows, int cols);
/* Runs the program with these arguments (NULL-terminated, without argv[0]). */
void pty_start(Pty *p, const Home *h, const PtyOptions *options, const char *const *args);
void pty_finish(Pty *p); /* kills what still runs */

void pty_send(Pty *p, StrView bytes);
void pty_type(Pty *p, const char *text);
/* Keys by name, separated by spaces: "Ctrl-S Esc Down x". */
void pty_press(Pty *p, const char *keys);
void pty_resize(Pty *p, int rows, int cols);
void pty_hang_up(Pty *p); /* closes the terminal */

bool pty_pump(Pty *p, int timeout_ms); /* reads once; false when nothing came */
void pty_pump_for(Pty *p, int ms);     /* lets time pass where time is what is tested */
void pty_wait_for(Pty *p, const char *text);
void pty_wait_gone(Pty *p, const char *text);
void pty_wait_cursor(Pty *p, int row, int col);
void pty_wait_cursor_behind(Pty *p, const char *text, int cells); /* so many cells behind where the text begins */
int pty_wait_end(Pty *p); /* the exit code; 128 + n when a signal ended it */

void pty_text(const Pty *p, Str *out); /* a row a line, without spaces at its end */
void pty_row(const Pty *p, int row, Str *out);
bool pty_shows(const Pty *p, const char *text);
bool pty_find(const Pty *p, const char *text, int *ret_row, int *ret_col); /* the column in cells */
int pty_row_of(const Pty *p, const char *text);                          /* fails the test if it is not there */
VTermScreenCell pty_cell(const Pty *p, int row, int col);
bool pty_wrote(const Pty *p, const char *bytes);
void pty_assert_restored(const Pty *p); /* all modes off, the main screen, the cursor visible */
_Noreturn void pty_fail(const Pty *p, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* The program without a terminal: what it prints to stdout and stderr, and its exit code. */
typedef struct {
    Str out, err;
    int code;
    long ms;
} Said;

void said_finish(Said *s);
void cli_run(Said *s, const Home *h, const char *const *env, const char *const *args);
/* Runs and asserts exit code 0; what it printed. Caller frees. */
char *cli_prints(const Home *h, const char *const *args);

long now_ms(void);

#endif
