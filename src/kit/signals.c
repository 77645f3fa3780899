#include "signals.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

static const int flagged[] = {SIGWINCH, SIGTSTP, SIGCONT, SIGHUP, SIGTERM, SIGINT};
static const int fatal[] = {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGQUIT};
enum { FLAGGED = sizeof flagged / sizeof flagged[0], FATAL = sizeof fatal / sizeof fatal[0] };

static volatile sig_atomic_t came[FLAGGED];
static int wake[2] = {-1, -1};
static struct sigaction old_flagged[FLAGGED], old_fatal[FATAL], old_pipe;
static const char *reset_text;
static size_t reset_len;
static const struct termios *shell_mode;

static void note(int sig)
{
    int saved_errno = errno;
    for (int i = 0; i < FLAGGED; i++)
        if (flagged[i] == sig) came[i] = 1;
    ssize_t n = write(wake[1], "", 1); /* a full pipe wakes as well */
    (void)n;
    errno = saved_errno;
}

/* Only calls that POSIX lists as async-signal-safe (XSH 2.4.3). */
static void crash(int sig)
{
    ssize_t n = write(STDOUT_FILENO, reset_text, reset_len);
    (void)n;
    tcsetattr(STDIN_FILENO, TCSANOW, shell_mode);
    for (int i = 0; i < FATAL; i++)
        if (fatal[i] == sig) sigaction(sig, &old_fatal[i], NULL);
    raise(sig);
}

/* A handler and not SIG_IGN, which a program started from here would inherit. */
static void pass(int sig)
{
    (void)sig;
}

static void install(int sig, void (*handler)(int), int flags, struct sigaction *ret_old)
{
    struct sigaction action = {.sa_handler = handler, .sa_flags = flags};
    sigemptyset(&action.sa_mask);
    sigaction(sig, &action, ret_old);
}

static bool open_pipe(void)
{
    if (pipe(wake) != 0) return false;
    for (int i = 0; i < 2; i++) {
        fcntl(wake[i], F_SETFL, O_NONBLOCK);
        fcntl(wake[i], F_SETFD, FD_CLOEXEC);
    }
    return true;
}

bool signals_take(const char *reset, size_t len, const struct termios *saved)
{
    if (!open_pipe()) return false;
    reset_text = reset;
    reset_len = len;
    shell_mode = saved;
    for (int i = 0; i < FLAGGED; i++) {
        came[i] = 0;
        install(flagged[i], note, 0, &old_flagged[i]);
    }
    for (int i = 0; i < FATAL; i++) install(fatal[i], crash, SA_NODEFER, &old_fatal[i]);
    install(SIGPIPE, pass, 0, &old_pipe);
    return true;
}

void signals_give_back(void)
{
    for (int i = 0; i < FLAGGED; i++) sigaction(flagged[i], &old_flagged[i], NULL);
    for (int i = 0; i < FATAL; i++) sigaction(fatal[i], &old_fatal[i], NULL);
    sigaction(SIGPIPE, &old_pipe, NULL);
    for (int i = 0; i < 2; i++) {
        close(wake[i]);
        wake[i] = -1;
    }
}

int signals_fd(void)
{
    return wake[0];
}

void signals_drain(void)
{
    char bytes[64];
    while (read(wake[0], bytes, sizeof bytes) > 0) continue;
}

bool signals_caught(int sig)
{
    for (int i = 0; i < FLAGGED; i++) {
        if (flagged[i] != sig || !came[i]) continue;
        came[i] = 0;
        return true;
    }
    return false;
}

int signals_leave(void)
{
    static const int leaving[] = {SIGHUP, SIGTERM, SIGINT};
    for (int i = 0; i < 3; i++)
        if (signals_caught(leaving[i])) return leaving[i];
    return 0;
}

/* A signal that is blocked is kept, whatever its handler is at that moment. */
void signals_hold_stop(bool hold)
{
    sigset_t stop;
    sigemptyset(&stop);
    sigaddset(&stop, SIGTSTP);
    sigprocmask(hold ? SIG_BLOCK : SIG_UNBLOCK, &stop, NULL);
}

void signals_forget(void)
{
    signals_caught(SIGINT);
    signals_caught(SIGTSTP);
    signals_caught(SIGCONT);
}

void signals_stop(void)
{
    struct sigaction ours;
    install(SIGTSTP, SIG_DFL, 0, &ours);
    raise(SIGTSTP);
    sigaction(SIGTSTP, &ours, NULL);
}
