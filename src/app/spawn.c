#include "spawn.h"

#include "fd.h"

#include <dirent.h>
#include <entente/mem.h>
#include <entente/text.h>
#include <entente/vec.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

enum {
    KEPT_BYTES = 64 * 1024, /* of each stream */
    TURN_MS = 10,           /* how soon the end of a program is seen that left its pipes to others */
    GRACE_MS = 500,         /* between SIGTERM and SIGKILL */
    LEAVE_MS = 2000,        /* for SIGKILL to be seen; only a process stuck in the kernel takes longer */
    LAST_DRAIN = 64,        /* reads after the end: somebody else may go on writing for ever */
    SHOWN_CELLS = 160       /* of a program's name or its last words */
};

/* A running program and our ends of its pipes; -1: closed. */
typedef struct {
    pid_t pid;
    int in, out, errors;
    StrView input; /* what it has not read yet */
    int64_t until;
    Spawned *said;
} Child;

int64_t spawn_clock_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void shut(int *fd)
{
    if (*fd >= 0) close(*fd);
    *fd = -1;
}

/* ---- descriptors ---- */

/* Never 0, 1 or 2: those are overwritten in the child, and may be closed in us. Takes over `fd`. */
static int lift(int fd)
{
    if (fd < 0) return -1;
    int high = fcntl(fd, F_DUPFD_CLOEXEC, 3);
    int why = errno;
    close(fd);
    errno = why;
    return high;
}

static bool make_pipe(int ret[2])
{
    int ends[2];
    ret[0] = ret[1] = -1;
    if (pipe(ends) != 0) return false;
    ret[0] = lift(ends[0]);
    ret[1] = lift(ends[1]);
    if (ret[0] >= 0 && ret[1] >= 0) return true;
    int why = errno;
    shut(&ret[0]);
    shut(&ret[1]);
    errno = why;
    return false;
}

/* A terminal that passes on what is written as it is. ret[0] is ours, ret[1] the program's. */
static bool make_terminal(int ret[2])
{
    ret[1] = -1;
    ret[0] = lift(posix_openpt(O_RDWR | O_NOCTTY));
    if (ret[0] < 0 || grantpt(ret[0]) != 0 || unlockpt(ret[0]) != 0) return false;
    const char *name = ptsname(ret[0]);
    ret[1] = name ? lift(open(name, O_RDWR | O_NOCTTY | O_CLOEXEC)) : -1;
    struct termios modes;
    if (ret[1] < 0 || tcgetattr(ret[1], &modes) != 0) return false;
    modes.c_oflag &= ~(tcflag_t)OPOST;
    modes.c_lflag &= ~(tcflag_t)ECHO;
    return tcsetattr(ret[1], TCSANOW, &modes) == 0;
}

static void never_wait(int fd)
{
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
}

static void close_up_to_limit(int but)
{
    enum { BOUND = 65536 }; /* a limit of "infinity" would take minutes */
    long limit = sysconf(_SC_OPEN_MAX);
    if (limit < 0 || limit > BOUND) limit = BOUND;
    for (int fd = 3; fd < limit; fd++)
        if (fd != but) close(fd);
}

/* In the child: what a library opened without FD_CLOEXEC must not go on living there. */
static void close_others(int but)
{
    DIR *folder = opendir("/proc/self/fd");
    if (!folder) {
        close_up_to_limit(but);
        return;
    }
    Vec(int) fds = {0};
    for (struct dirent *e; (e = readdir(folder)) != NULL;) {
        long fd;
        if (sv_to_int(sv(e->d_name), 3, INT_MAX, &fd) && fd != but && fd != dirfd(folder))
            vec_push(&fds, (int)fd);
    }
    closedir(folder);
    for (size_t i = 0; i < fds.len; i++) close(fds.at[i]);
    vec_finish(&fds);
}

static void reset_signals(void)
{
    struct sigaction normal = {.sa_handler = SIG_DFL};
    sigset_t none;
    for (int sig = 1; sig <= SIGRTMAX; sig++) sigaction(sig, &normal, NULL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/* ---- starting ---- */

static size_t name_len(const char *entry)
{
    return strcspn(entry, "=");
}

static bool is_replaced(const char *entry, const char *const *by)
{
    for (size_t n = name_len(entry); by && *by; by++)
        if (name_len(*by) == n && strncmp(entry, *by, n) == 0) return true;
    return false;
}

/* Borrows every entry; caller frees the array. */
static char **merge_environment(const char *const *more)
{
    Vec(char *) all = {0};
    for (char **e = environ; e && *e; e++)
        if (!is_replaced(*e, more)) vec_push(&all, *e);
    for (; more && *more; more++)
        if (strchr(*more, '=')) vec_push(&all, (char *)(uintptr_t)*more);
    vec_push(&all, NULL);
    return all.at;
}

/* In the child: only what cannot fail or block, and nothing of ours goes with it. */
static void become(const Spawn *s, char **environment, const int io[3], int failure)
{
    setpgid(0, 0);
    for (int fd = 0; fd < 3; fd++)
        if (dup2(io[fd], fd) < 0) return;
    close_others(failure);
    reset_signals();
    environ = environment;
    execvp(s->argv[0], (char *const *)(uintptr_t)s->argv);
}

/* A handler of ours must not run in the child: it might write into our pipes. */
static pid_t fork_unheard(void)
{
    sigset_t all, before;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &before);
    pid_t pid = fork();
    if (pid != 0) {
        int why = errno;
        sigprocmask(SIG_SETMASK, &before, NULL);
        errno = why;
    }
    return pid;
}

/* Until `until`; false: the time was over, or the writer is gone. */
static bool read_in_time(int fd, void *into, size_t n, int64_t until)
{
    char *at = into;
    while (n > 0) {
        struct pollfd p = {fd, POLLIN, 0};
        int64_t left = until - spawn_clock_ms();
        int ready = poll(&p, 1, left > 0 ? (int)left : 0);
        if (ready == 0 || (ready < 0 && errno != EINTR)) return false;
        ssize_t got = ready < 0 ? -1 : read(fd, at, n);
        if (got == 0 || (got < 0 && errno != EINTR)) return false;
        if (got > 0) at += got, n -= (size_t)got;
    }
    return true;
}

/*
 * What the child wrote if it could not be run; 0 when the pipe closed by itself, as exec does. 0 as well when
 * exec does not come back, as from a file system that does not answer: that is a program that hangs.
 */
static int read_failure(int fd, int64_t until)
{
    int why;
    return read_in_time(fd, &why, sizeof why, until) ? why : 0;
}

/* Runs it with those three descriptors. 0, or why it could not be. */
static int launch(const Spawn *s, const int io[3], int64_t until, pid_t *ret_pid)
{
    int failure[2], why = 0;
    if (!make_pipe(failure)) return errno;
    char **environment = merge_environment(s->environment);
    pid_t pid = fork_unheard();
    if (pid == 0) {
        become(s, environment, io, failure[1]);
        why = errno;
        fd_write_all(failure[1], &why, sizeof why);
        _exit(127);
    }
    if (pid < 0) why = errno;
    free(environment);
    shut(&failure[1]);
    if (pid > 0) {
        setpgid(pid, pid); /* here too: it may be ended before it came that far */
        why = read_failure(failure[0], until);
    }
    if (pid > 0 && why != 0) waitpid(pid, NULL, 0);
    shut(&failure[0]);
    *ret_pid = pid;
    return why;
}

static void shut_child(Child *c)
{
    shut(&c->in);
    shut(&c->out);
    shut(&c->errors);
}

static bool start_with(const Spawn *s, Child *c, const int theirs[3])
{
    int why = launch(s, theirs, c->until, &c->pid);
    c->said->status = why;
    return why == 0;
}

/* On failure `said` tells why, and nothing is open. */
static bool start(const Spawn *s, bool by_lines, Child *c, Spawned *said)
{
    int in[2] = {-1, -1}, out[2] = {-1, -1}, errors[2] = {-1, -1};
    bool open = make_pipe(in) && make_pipe(errors) && (by_lines ? make_terminal(out) : make_pipe(out));
    *said = (Spawned){.end = SPAWN_NOT_STARTED, .status = errno};
    str_init(&said->out);
    str_init(&said->errors);
    *c = (Child){.in = in[1], .out = out[0], .errors = errors[0], .input = s->input, .said = said};
    c->until = spawn_clock_ms() + s->limit_ms;
    bool ok = open && start_with(s, c, (const int[3]){in[0], out[1], errors[1]});
    shut(&in[0]);
    shut(&out[1]);
    shut(&errors[1]);
    if (!ok) {
        shut_child(c);
        return false;
    }
    never_wait(c->in);
    never_wait(c->out);
    never_wait(c->errors);
    return true;
}

/* ---- talking ---- */

/* It need not read what it is given: that is no failure. */
static void feed(Child *c)
{
    if (c->input.len == 0) {
        shut(&c->in);
        return;
    }
    ssize_t n = fd_write(c->in, c->input.ptr, c->input.len);
    if (n < 0 && errno != EAGAIN) shut(&c->in);
    if (n <= 0) return;
    c->input = sv_n(c->input.ptr + n, c->input.len - (size_t)n);
    if (c->input.len == 0) shut(&c->in);
}

/* More than is kept is read all the same: the program must not stand still over it. */
static void hear(int *fd, Str *into)
{
    char block[8192];
    ssize_t n = read(*fd, block, sizeof block);
    if (n < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (n <= 0) {
        shut(fd); /* a terminal's end is EIO */
        return;
    }
    size_t room = KEPT_BYTES - into->len;
    str_add(into, sv_n(block, (size_t)n < room ? (size_t)n : room));
}

/* One round of reading and writing; false when there was nothing to do in that time. */
static bool turn(Child *c, int wait_ms)
{
    struct pollfd fds[] = {{c->in, POLLOUT, 0}, {c->out, POLLIN, 0}, {c->errors, POLLIN, 0}};
    if (poll(fds, 3, wait_ms) <= 0) return false;
    if (c->in >= 0 && fds[0].revents) feed(c);
    if (c->out >= 0 && fds[1].revents) hear(&c->out, &c->said->out);
    if (c->errors >= 0 && fds[2].revents) hear(&c->errors, &c->said->errors);
    return true;
}

/* It is not reaped yet, so that its number stays its own until the group was ended. */
static bool has_ended(pid_t pid)
{
    siginfo_t info = {0};
    int failed;
    do failed = waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT);
    while (failed && errno == EINTR);
    return failed || info.si_pid == pid;
}

/* "": any line. Only what has its end counts: more of the word may follow. */
static bool said_line(const Str *out, const char *line)
{
    StrView rest = str_view(out);
    while (memchr(rest.ptr, '\n', rest.len)) {
        StrView one = sv_cut(&rest, '\n');
        if (*line == '\0' || sv_eq(sv_trim(one), sv(line))) return true;
    }
    return false;
}

/* Until the program has ended, or has written this line (NULL: none). False: the time was over first. */
static bool attend(Child *c, int64_t until, const char *line)
{
    while (!has_ended(c->pid)) {
        int64_t left = until - spawn_clock_ms();
        if (line && said_line(&c->said->out, line)) return true;
        if (left <= 0) return false;
        turn(c, left < TURN_MS ? (int)left : TURN_MS);
    }
    for (int i = 0; i < LAST_DRAIN && turn(c, 0); i++) continue;
    return true;
}

/* ---- ending ---- */

static void say_end(int status, Spawned *said)
{
    said->end = WIFEXITED(status) ? SPAWN_EXITED : SPAWN_SIGNALLED;
    said->status = WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status);
}

static void end_group(Child *c)
{
    kill(-c->pid, SIGTERM);
    attend(c, spawn_clock_ms() + GRACE_MS, NULL);
    kill(-c->pid, SIGKILL); /* also when it has ended: what it started may be deaf to SIGTERM */
    attend(c, spawn_clock_ms() + LEAVE_MS, NULL);
}

static void leave(Child *c, bool in_time)
{
    int status = 0;
    if (!in_time) end_group(c);
    shut_child(c);
    if (waitpid(c->pid, &status, WNOHANG) == c->pid) say_end(status, c->said);
    if (!in_time) c->said->end = SPAWN_TIMED_OUT;
}

/* With SIGCHLD ignored, as some parents leave it to us, the system reaps and nobody learns how it ended. */
static void keep_ends(struct sigaction *ret_before)
{
    struct sigaction normal = {.sa_handler = SIG_DFL};
    sigaction(SIGCHLD, &normal, ret_before);
}

void spawn_run(const Spawn *s, Spawned *ret)
{
    struct sigaction before;
    Child c;
    keep_ends(&before);
    if (start(s, false, &c, ret)) leave(&c, attend(&c, c.until, NULL));
    sigaction(SIGCHLD, &before, NULL);
}

void spawned_finish(Spawned *s)
{
    str_finish(&s->out);
    str_finish(&s->errors);
}

/* ---- staying ---- */

typedef struct {
    SpawnEnd end;
    int status;
    size_t out, errors; /* bytes that follow */
} Told;

static void tell(int fd, const Spawned *r)
{
    Told t = {r->end, r->status, r->out.len, r->errors.len};
    if (!fd_write_all(fd, &t, sizeof t) || !fd_write_all(fd, r->out.buf, r->out.len)) return;
    fd_write_all(fd, r->errors.buf, r->errors.len);
}

static void open_nothing(int ret[3])
{
    int fd = lift(open("/dev/null", O_RDWR | O_CLOEXEC));
    for (int i = 0; i < 3; i++) ret[i] = fd;
}

static void leave_our_streams(void)
{
    int nothing[3];
    open_nothing(nothing);
    for (int fd = 0; fd < 3; fd++) dup2(nothing[fd], fd);
}

/* What the person asked for: it has nothing to do with us any more. */
static void start_then(const Spawn *s, const SpawnStay *stay)
{
    Spawn then = {.argv = stay->then, .environment = s->environment};
    int nothing[3];
    pid_t pid;
    open_nothing(nothing);
    launch(&then, nothing, spawn_clock_ms() + LEAVE_MS, &pid);
}

/* In the process that stays. */
static void keep(const Spawn *s, const SpawnStay *stay, int report)
{
    Spawned said;
    Child c;
    if (!start(s, true, &c, &said)) {
        tell(report, &said);
        return;
    }
    bool in_time = attend(&c, c.until, "");
    bool stays = in_time && said_line(&said.out, "") && !has_ended(c.pid);
    if (!stays) leave(&c, in_time);
    if (stays) said.end = SPAWN_EXITED;
    tell(report, &said);
    shut(&report);
    if (!stays) return;
    /* A file system in use for so long could not be unmounted. */
    in_time = chdir("/") == 0 && attend(&c, spawn_clock_ms() + stay->stay_ms, stay->word);
    if (said_line(&said.out, stay->word)) start_then(s, stay);
    leave(&c, in_time);
}

/* Twice forked, so that nobody here has to wait for it; a session of its own, so that no hangup ends it. */
static void settle(const Spawn *s, const SpawnStay *stay, int report)
{
    setsid();
    if (fork() != 0) _exit(0);
    close_others(report);
    leave_our_streams();
    reset_signals();
    keep(s, stay, report);
    _exit(0);
}

static bool read_text(int fd, size_t n, Str *into, int64_t until)
{
    if (n > KEPT_BYTES) return false;
    str_add_fill(into, ' ', n);
    if (read_in_time(fd, into->buf, n, until)) return true;
    str_clear(into);
    return false;
}

static void hear_report(int fd, int64_t until, Spawned *ret)
{
    Told t;
    bool told = read_in_time(fd, &t, sizeof t, until);
    bool late = spawn_clock_ms() >= until;
    *ret = (Spawned){.end = late ? SPAWN_TIMED_OUT : SPAWN_NOT_STARTED, .status = EIO};
    str_init(&ret->out);
    str_init(&ret->errors);
    if (!told) return;
    ret->end = t.end;
    ret->status = t.status;
    if (read_text(fd, t.out, &ret->out, until)) read_text(fd, t.errors, &ret->errors, until);
}

void spawn_stay(const Spawn *s, const SpawnStay *stay, Spawned *ret)
{
    int report[2];
    struct sigaction before;
    keep_ends(&before);
    pid_t pid = make_pipe(report) ? fork_unheard() : -1;
    if (pid == 0) settle(s, stay, report[1]);
    int why = errno;
    shut(&report[1]);
    if (pid > 0) {
        waitpid(pid, NULL, 0);
        hear_report(report[0], spawn_clock_ms() + s->limit_ms + GRACE_MS + LEAVE_MS, ret);
    } else {
        *ret = (Spawned){.end = SPAWN_NOT_STARTED, .status = why};
        str_init(&ret->out);
        str_init(&ret->errors);
    }
    shut(&report[0]);
    sigaction(SIGCHLD, &before, NULL);
}

/* ---- in words ---- */

static void say_limit(Str *why, int ms)
{
    if (ms % 1000 != 0)
        str_addf(why, "gave up after %d milliseconds", ms);
    else
        str_addf(why, "gave up after %d second%s", ms / 1000, ms == 1000 ? "" : "s");
}

static StrView last_line(const Str *text)
{
    StrView rest = str_view(text), last = {"", 0};
    while (rest.len > 0) {
        StrView line = sv_trim(sv_cut(&rest, '\n'));
        if (line.len > 0) last = line;
    }
    return last;
}

static void say_exit(Str *why, const Spawned *r)
{
    StrView last = last_line(&r->errors);
    str_addf(why, "ended with status %d", r->status);
    if (last.len == 0) return;
    str_add_c(why, ": ");
    text_ellipsis(why, last, SHOWN_CELLS, false);
}

static void say_not_started(Str *why, const Spawn *s, int number)
{
    Str name;
    str_init(&name);
    text_clean(&name, sv(s->argv[0]), false);
    text_ellipsis(why, str_view(&name), SHOWN_CELLS, false);
    str_finish(&name);
    if (number == ENOENT)
        str_add_c(why, " was not found");
    else
        str_addf(why, " could not be started: %s", strerror(number));
}

bool spawned_well(const Spawn *s, const Spawned *r, Str *ret_why)
{
    switch (r->end) {
    case SPAWN_EXITED:
        if (r->status == 0) return true;
        say_exit(ret_why, r);
        break;
    case SPAWN_SIGNALLED: str_addf(ret_why, "was ended by signal %d", r->status); break;
    case SPAWN_TIMED_OUT: say_limit(ret_why, s->limit_ms); break;
    case SPAWN_NOT_STARTED: say_not_started(ret_why, s, r->status); break;
    }
    return false;
}

/* ---- where programs are ---- */

static bool is_program(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISREG(st.st_mode) && access(path, X_OK) == 0;
}

static bool is_program_in(StrView folder, const char *program, Str *ret_path)
{
    Str path;
    str_init(&path);
    str_add(&path, folder.len > 0 ? folder : SV("."));
    str_addf(&path, "/%s", program);
    bool found = is_program(path.buf);
    if (found) str_set(ret_path, str_view(&path));
    str_finish(&path);
    return found;
}

bool spawn_find(const char *program, const char *const *places, Str *ret_path)
{
    const char *path = getenv("PATH");
    StrView rest = sv(path ? path : "/bin:/usr/bin");
    if (strchr(program, '/')) {
        if (!is_program(program)) return false;
        str_set(ret_path, sv(program));
        return true;
    }
    while (rest.len > 0)
        if (is_program_in(sv_cut(&rest, ':'), program, ret_path)) return true;
    for (; places && *places; places++)
        if (is_program_in(sv(*places), program, ret_path)) return true;
    return false;
}
