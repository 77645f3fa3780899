#include "pty.h"

#include <check.h>
#include <dirent.h>
#include <entente/mem.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { ENV_MAX = 32, ARGS_MAX = 24, SLICE_MS = 10 };

long now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* ---- a home ---- */

static void make_folder(const Home *h, const char *name)
{
    Str path;
    str_init(&path);
    str_addf(&path, "%s/%s", h->root.buf, name);
    ck_assert_int_eq(mkdir(path.buf, 0700), 0);
    str_finish(&path);
}

void home_make(Home *h)
{
    str_init(&h->root);
    const char *tmp = getenv("TMPDIR");
    str_addf(&h->root, "%s/entente-e2e-XXXXXX", tmp && *tmp ? tmp : "/tmp");
    ck_assert_ptr_nonnull(mkdtemp(h->root.buf));
    make_folder(h, "home");
    make_folder(h, "run");
}

typedef void OnPath(const char *path, bool folder, void *user);

/* What lies in a folder comes before the folder itself. */
static void walk(const char *path, OnPath *on, void *user)
{
    struct stat st;
    if (lstat(path, &st) != 0) return;
    DIR *dir = S_ISDIR(st.st_mode) ? opendir(path) : NULL;
    for (struct dirent *e; dir && (e = readdir(dir));) {
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0) continue;
        Str inner;
        str_init(&inner);
        str_addf(&inner, "%s/%s", path, e->d_name);
        walk(inner.buf, on, user);
        str_finish(&inner);
    }
    if (dir) closedir(dir);
    on(path, S_ISDIR(st.st_mode), user);
}

static void delete_path(const char *path, bool folder, void *user)
{
    (void)folder;
    (void)user;
    remove(path);
}

static void note_file(const char *path, bool folder, void *user)
{
    if (!folder) str_addf(user, "%s\n", path);
}

void home_remove(Home *h)
{
    walk(h->root.buf, delete_path, NULL);
    str_finish(&h->root);
}

void home_files(const Home *h, Str *out)
{
    walk(h->root.buf, note_file, out);
}

/* ---- starting the program ---- */

static const char *program(void)
{
    const char *path = getenv("ENTENTE_BINARY");
    ck_assert_msg(path, "ENTENTE_BINARY is not set");
    return path;
}

static bool same_name(const char *a, const char *b)
{
    size_t n = strcspn(a, "=");
    return strncmp(a, b, n + 1) == 0;
}

static void put(char *env[], char *entry)
{
    int i = 0;
    while (env[i] && !same_name(env[i], entry)) i++;
    ck_assert_int_lt(i, ENV_MAX - 1);
    free(env[i]);
    env[i] = entry;
}

static void putf(char *env[], const char *name, const char *value, const char *behind)
{
    Str entry;
    if (!value) return;
    str_init(&entry);
    str_addf(&entry, "%s=%s%s", name, value, behind);
    put(env, str_steal(&entry));
}

/* Nothing of whoever runs the tests gets in but the search path and what sanitizers are told. */
static void environment(const Home *h, const char *const *own, char *env[])
{
    static const char *const kept[] = {"PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS",
                                       "ENTENTE_PROMPTS"};
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++) putf(env, kept[i], getenv(kept[i]), "");
    putf(env, "HOME", h->root.buf, "/home");
    putf(env, "XDG_RUNTIME_DIR", h->root.buf, "/run");
    putf(env, "TERM", "xterm-256color", "");
    putf(env, "LC_ALL", "C.UTF-8", "");
    putf(env, "TZ", "Europe/Berlin", "");
    for (; own && *own; own++) put(env, mem_strdup(*own));
}

_Noreturn static void run_program(const Home *h, const char *const *env, const char *const *args)
{
    char *envp[ENV_MAX] = {NULL}, *argv[ARGS_MAX] = {mem_strdup("entente")};
    environment(h, env, envp);
    for (int i = 0; args && args[i] && i < ARGS_MAX - 2; i++) argv[i + 1] = mem_strdup(args[i]);
    execve(program(), argv, envp);
    _exit(126);
}

/* ---- the terminal ---- */

static int on_cursor(VTermPos pos, VTermPos old, int visible, void *user)
{
    (void)old;
    (void)visible;
    ((Pty *)user)->at = pos;
    return 1;
}

static int on_property(VTermProp prop, VTermValue *value, void *user)
{
    Pty *p = user;
    if (prop == VTERM_PROP_CURSORVISIBLE) p->visible = value->boolean;
    if (prop == VTERM_PROP_ALTSCREEN) p->alternate = value->boolean;
    return 1;
}

static void make_terminal(Pty *p)
{
    static const VTermScreenCallbacks callbacks = {.movecursor = on_cursor, .settermprop = on_property};
    p->visible = 1;
    p->vt = vterm_new(p->rows, p->cols);
    vterm_set_utf8(p->vt, 1);
    p->screen = vterm_obtain_screen(p->vt);
    vterm_screen_set_callbacks(p->screen, &callbacks, p);
    vterm_screen_enable_altscreen(p->screen, 1);
    vterm_screen_reset(p->screen, 1);
}

pid_t pty_fork(Pty *p, int rows, int cols)
{
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};
    *p = (Pty){.rows = rows, .cols = cols};
    str_init(&p->log);
    make_terminal(p);
    p->pid = forkpty(&p->fd, NULL, NULL, &size);
    ck_assert_int_ge(p->pid, 0);
    if (p->pid > 0) fcntl(p->fd, F_SETFL, fcntl(p->fd, F_GETFL) | O_NONBLOCK);
    if (p->pid > 0) fcntl(p->fd, F_SETFD, FD_CLOEXEC); /* else another program keeps this terminal open */
    return p->pid;
}

void pty_start(Pty *p, const Home *h, const PtyOptions *options, const char *const *args)
{
    PtyOptions o = options ? *options : (PtyOptions){0};
    if (pty_fork(p, o.rows ? o.rows : 24, o.cols ? o.cols : 80) > 0) return;
    if (o.no_stdin) dup2(open("/dev/null", O_RDONLY), STDIN_FILENO);
    run_program(h, o.env, args);
}

void pty_finish(Pty *p)
{
    if (!p->ended) {
        kill(p->pid, SIGKILL);
        waitpid(p->pid, &p->status, 0);
    }
    pty_hang_up(p);
    vterm_free(p->vt);
    str_finish(&p->log);
}

void pty_hang_up(Pty *p)
{
    if (p->fd >= 0) close(p->fd);
    p->fd = -1;
}

bool pty_pump(Pty *p, int timeout_ms)
{
    char bytes[16384];
    struct pollfd fd = {.fd = p->fd, .events = POLLIN};
    if (p->fd < 0 || poll(&fd, 1, timeout_ms) <= 0) return false;
    ssize_t n = read(p->fd, bytes, sizeof bytes);
    if (n <= 0) return false;
    str_add(&p->log, sv_n(bytes, (size_t)n));
    vterm_input_write(p->vt, bytes, (size_t)n);
    vterm_screen_flush_damage(p->screen);
    return true;
}

static bool has_ended(Pty *p)
{
    if (!p->ended) p->ended = waitpid(p->pid, &p->status, WNOHANG) == p->pid;
    return p->ended;
}

/* At the end of a program poll() returns at once for ever: that must not become a busy loop. */
static void pump_slice(Pty *p)
{
    long before = now_ms();
    if (!pty_pump(p, SLICE_MS) && now_ms() - before < SLICE_MS) poll(NULL, 0, SLICE_MS);
}

void pty_pump_for(Pty *p, int ms)
{
    long until = now_ms() + ms;
    while (now_ms() < until) pump_slice(p);
}

/* ---- keys ---- */

/* What the program says must be read while it is spoken to, or both stand still. */
void pty_send(Pty *p, StrView bytes)
{
    long until = now_ms() + PTY_PATIENCE_MS;
    while (bytes.len > 0) {
        struct pollfd fd = {.fd = p->fd, .events = POLLIN | POLLOUT};
        if (now_ms() > until || has_ended(p)) pty_fail(p, "the program does not read");
        if (poll(&fd, 1, SLICE_MS) <= 0) continue;
        if (fd.revents & POLLIN) pty_pump(p, 0);
        if (!(fd.revents & POLLOUT)) continue;
        ssize_t n = write(p->fd, bytes.ptr, bytes.len > 2048 ? 2048 : bytes.len);
        if (n < 0 && errno != EAGAIN) pty_fail(p, "cannot write to the program: %s", strerror(errno));
        if (n > 0) bytes = sv_n(bytes.ptr + n, bytes.len - (size_t)n);
    }
}

void pty_type(Pty *p, const char *text)
{
    pty_send(p, sv(text));
}

static const struct {
    const char *name, *bytes;
} KEYS[] = {
    {"Enter", "\r"},     {"Esc", "\033"},       {"Tab", "\t"},      {"Shift-Tab", "\033[Z"},
    {"Space", " "},      {"Backspace", "\x7f"}, {"Up", "\033OA"},   {"Down", "\033OB"},
    {"Right", "\033OC"}, {"Left", "\033OD"},    {"Home", "\033OH"}, {"End", "\033OF"},
    {"PgUp", "\033[5~"}, {"PgDn", "\033[6~"},   {"Del", "\033[3~"}, {"F1", "\033OP"},
    {"F2", "\033OQ"},
};

static void send_key(Pty *p, StrView name)
{
    char ctrl;
    for (size_t i = 0; i < sizeof KEYS / sizeof KEYS[0]; i++)
        if (sv_eq(name, sv(KEYS[i].name))) {
            pty_type(p, KEYS[i].bytes);
            return;
        }
    if (name.len == 6 && sv_starts(name, SV("Ctrl-"))) {
        ctrl = (char)(name.ptr[5] & 0x1f);
        pty_send(p, sv_n(&ctrl, 1));
        return;
    }
    if (name.len != 1) pty_fail(p, "no key is called \"%.*s\"", (int)name.len, name.ptr);
    pty_send(p, name);
}

/* A lone Esc is one only if nothing follows it: the others wait until it was taken. */
void pty_press(Pty *p, const char *keys)
{
    StrView rest = sv(keys), word;
    while ((word = sv_word(&rest)).len > 0) {
        send_key(p, word);
        if (sv_eq(word, SV("Esc"))) pty_pump_for(p, 150);
    }
}

void pty_resize(Pty *p, int rows, int cols)
{
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};
    p->rows = rows;
    p->cols = cols;
    vterm_set_size(p->vt, rows, cols);
    ck_assert_int_eq(ioctl(p->fd, TIOCSWINSZ, &size), 0);
}

/* ---- reading the screen ---- */

VTermScreenCell pty_cell(const Pty *p, int row, int col)
{
    VTermScreenCell cell = {0};
    ck_assert(row >= 0 && row < p->rows && col >= 0 && col < p->cols);
    vterm_screen_get_cell(p->screen, (VTermPos){row, col}, &cell);
    return cell;
}

static void add_code_point(Str *out, uint32_t c)
{
    if (c < 0x80) {
        str_add_char(out, (char)c);
    } else if (c < 0x800) {
        str_add_char(out, (char)(0xc0 | c >> 6));
        str_add_char(out, (char)(0x80 | (c & 0x3f)));
    } else if (c < 0x10000) {
        str_add_char(out, (char)(0xe0 | c >> 12));
        str_add_char(out, (char)(0x80 | (c >> 6 & 0x3f)));
        str_add_char(out, (char)(0x80 | (c & 0x3f)));
    } else {
        str_add_char(out, (char)(0xf0 | c >> 18));
        str_add_char(out, (char)(0x80 | (c >> 12 & 0x3f)));
        str_add_char(out, (char)(0x80 | (c >> 6 & 0x3f)));
        str_add_char(out, (char)(0x80 | (c & 0x3f)));
    }
}

static int add_cell(const Pty *p, int row, int col, Str *out)
{
    VTermScreenCell cell = pty_cell(p, row, col);
    if (cell.chars[0] == 0) str_add_char(out, ' ');
    for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; i++) add_code_point(out, cell.chars[i]);
    return cell.width > 1 ? 2 : 1;
}

void pty_row(const Pty *p, int row, Str *out)
{
    size_t start = out->len;
    for (int col = 0; col < p->cols;) col += add_cell(p, row, col, out);
    size_t end = out->len;
    while (end > start && out->buf[end - 1] == ' ') end--;
    str_remove(out, end, out->len - end);
}

void pty_text(const Pty *p, Str *out)
{
    for (int row = 0; row < p->rows; row++) {
        pty_row(p, row, out);
        str_add_char(out, '\n');
    }
}

bool pty_shows(const Pty *p, const char *text)
{
    return pty_find(p, text, NULL, NULL);
}

/* The cell at which that many bytes of the row are behind us. */
static int column_at(const Pty *p, int row, size_t bytes)
{
    Str before;
    int col = 0;
    str_init(&before);
    while (col < p->cols && before.len < bytes) col += add_cell(p, row, col, &before);
    str_finish(&before);
    return col;
}

bool pty_find(const Pty *p, const char *text, int *ret_row, int *ret_col)
{
    bool found = false;
    Str row;
    str_init(&row);
    for (int i = 0; i < p->rows && !found; i++) {
        str_clear(&row);
        pty_row(p, i, &row);
        const char *at = strstr(row.buf, text);
        found = at;
        if (found && ret_row) *ret_row = i;
        if (found && ret_col) *ret_col = column_at(p, i, (size_t)(at - row.buf));
    }
    str_finish(&row);
    return found;
}

int pty_row_of(const Pty *p, const char *text)
{
    int row;
    if (!pty_find(p, text, &row, NULL)) pty_fail(p, "\"%s\" is not on the screen", text);
    return row;
}

bool pty_wrote(const Pty *p, const char *bytes)
{
    size_t n = strlen(bytes);
    for (size_t i = 0; i + n <= p->log.len; i++)
        if (memcmp(p->log.buf + i, bytes, n) == 0) return true;
    return false;
}

/* ---- failing ---- */

_Noreturn void pty_fail(const Pty *p, const char *fmt, ...)
{
    Str say;
    va_list ap;
    str_init(&say);
    va_start(ap, fmt);
    str_vaddf(&say, fmt, ap);
    va_end(ap);
    str_addf(&say, "\ncursor %d,%d; the screen:\n", p->at.row, p->at.col);
    pty_text(p, &say);
    size_t tail = p->log.len > 600 ? 600 : p->log.len;
    if (p->ended)
        str_addf(&say, "ended (%d); last it wrote:\n%s\n", p->status, p->log.buf + p->log.len - tail);
    if (!p->ended) kill(p->pid, SIGKILL);
    fprintf(stderr, "%s\n", say.buf);
    ck_abort_msg("%s", say.buf);
    abort(); /* for compilers: the line above does not return */
}

/* ---- waiting ---- */

/* It has ended and all that it wrote was read: nothing more can come. */
static bool lost(Pty *p)
{
    return has_ended(p) && !pty_pump(p, 0);
}

void pty_wait_for(Pty *p, const char *text)
{
    long until = now_ms() + PTY_PATIENCE_MS;
    while (!pty_shows(p, text)) {
        if (now_ms() > until || lost(p)) pty_fail(p, "\"%s\" does not come", text);
        pump_slice(p);
    }
}

void pty_wait_gone(Pty *p, const char *text)
{
    long until = now_ms() + PTY_PATIENCE_MS;
    while (pty_shows(p, text)) {
        if (now_ms() > until || lost(p)) pty_fail(p, "\"%s\" does not go", text);
        pump_slice(p);
    }
}

void pty_wait_cursor(Pty *p, int row, int col)
{
    long until = now_ms() + PTY_PATIENCE_MS;
    while (p->at.row != row || p->at.col != col || !p->visible) {
        if (now_ms() > until || lost(p)) pty_fail(p, "the cursor should be at %d,%d", row, col);
        pump_slice(p);
    }
}

static bool cursor_behind(const Pty *p, const char *text, int cells)
{
    int row, col;
    return pty_find(p, text, &row, &col) && p->at.row == row && p->at.col == col + cells && p->visible;
}

void pty_wait_cursor_behind(Pty *p, const char *text, int cells)
{
    long until = now_ms() + PTY_PATIENCE_MS;
    while (!cursor_behind(p, text, cells)) {
        if (now_ms() > until || lost(p))
            pty_fail(p, "the cursor should be %d cells behind \"%s\"", cells, text);
        pump_slice(p);
    }
}

static int code_of(int status)
{
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int pty_wait_end(Pty *p)
{
    long until = now_ms() + PTY_PATIENCE_MS;
    while (!p->ended) {
        if (now_ms() > until) pty_fail(p, "the program does not end");
        pump_slice(p);
        has_ended(p);
    }
    while (pty_pump(p, SLICE_MS)) continue;
    return code_of(p->status);
}

/* ---- modes ---- */

static const char *last_of(const Pty *p, const char *bytes)
{
    const char *last = NULL;
    size_t n = strlen(bytes);
    for (size_t i = 0; i + n <= p->log.len; i++)
        if (memcmp(p->log.buf + i, bytes, n) == 0) last = p->log.buf + i;
    return last;
}

void pty_assert_restored(const Pty *p)
{
    static const char *const modes[][2] = {
        {"\033[?2004h", "\033[?2004l"},     {"\033[?1000h", "\033[?1000l"}, {"\033[?1006h", "\033[?1006l"},
        {"\033[?1h\033=", "\033[?1l\033>"}, {"\033[6 q", "\033[2 q"},       {"\033[22;2t", "\033[23;2t"},
    };
    for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++) {
        const char *on = last_of(p, modes[i][0]), *off = last_of(p, modes[i][1]);
        bool never = !on && modes[i][0][1] == '[' && modes[i][0][2] == '6'; /* the bar is for text fields */
        if (!never && (!on || !off || off < on)) pty_fail(p, "mode %s was left on", modes[i][0] + 1);
    }
    if (p->alternate) pty_fail(p, "the alternate screen was not left");
    if (!p->visible) pty_fail(p, "the cursor was left hidden");
}

/* ---- without a terminal ---- */

void said_finish(Said *s)
{
    str_finish(&s->out);
    str_finish(&s->err);
}

static void take(Str *into, struct pollfd *fd)
{
    char bytes[4096];
    if (!fd->revents) return;
    ssize_t n = read(fd->fd, bytes, sizeof bytes);
    if (n > 0)
        str_add(into, sv_n(bytes, (size_t)n));
    else
        fd->fd = -1; /* poll() passes over it */
}

_Noreturn static void run_piped(const int out[2], const int err[2], const Home *h, const char *const *env,
                                const char *const *args)
{
    int nothing = open("/dev/null", O_RDONLY);
    dup2(nothing, STDIN_FILENO);
    dup2(out[1], STDOUT_FILENO);
    dup2(err[1], STDERR_FILENO);
    close(out[0]);
    close(err[0]);
    setsid(); /* no terminal of whoever runs the tests */
    run_program(h, env, args);
}

void cli_run(Said *s, const Home *h, const char *const *env, const char *const *args)
{
    int out[2], err[2], status;
    long start = now_ms();
    str_init(&s->out);
    str_init(&s->err);
    ck_assert(pipe(out) == 0 && pipe(err) == 0);
    pid_t pid = fork();
    ck_assert_int_ge(pid, 0);
    if (pid == 0) run_piped(out, err, h, env, args);
    close(out[1]);
    close(err[1]);
    struct pollfd fds[2] = {{.fd = out[0], .events = POLLIN}, {.fd = err[0], .events = POLLIN}};
    while ((fds[0].fd >= 0 || fds[1].fd >= 0) && poll(fds, 2, PTY_PATIENCE_MS) > 0) {
        take(&s->out, &fds[0]);
        take(&s->err, &fds[1]);
    }
    if (fds[0].fd >= 0 || fds[1].fd >= 0) kill(pid, SIGKILL);
    waitpid(pid, &status, 0);
    close(out[0]);
    close(err[0]);
    s->code = code_of(status);
    s->ms = now_ms() - start;
}

char *cli_prints(const Home *h, const char *const *args)
{
    Said s;
    cli_run(&s, h, NULL, args);
    ck_assert_msg(s.code == 0, "entente %s: exit code %d\n%s%s", args[0], s.code, s.out.buf, s.err.buf);
    char *printed = str_steal(&s.out);
    said_finish(&s);
    return printed;
}
