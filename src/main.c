#include <entente/cli.h>
#include <entente/terminal.h>
#include <entente/tui.h>
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

/* A journal opened as descriptor 2 would be overwritten by the first error message. */
static void guard_descriptors(void)
{
    int fd;
    do fd = open("/dev/null", O_RDWR);
    while (fd >= 0 && fd <= STDERR_FILENO);
    if (fd >= 0) close(fd);
}

/* Before any of the journal is read. A debug build may be looked into: that is what it is for. */
static void keep_memory_private(void)
{
#ifdef NDEBUG
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
#ifdef __linux__
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
#endif
}

/*
 * What characters are, and no more: messages are English, numbers and JSON have a point wherever they are
 * written. PEP 538: a C or POSIX locale that nobody insisted on is one that nobody chose.
 */
static void set_locale(void)
{
    setlocale(LC_CTYPE, "");
    const char *all = getenv("LC_ALL"), *type = setlocale(LC_CTYPE, NULL);
    if ((all && *all) || (strcmp(type, "C") != 0 && strcmp(type, "POSIX") != 0)) return;
    if (setlocale(LC_CTYPE, "C.UTF-8")) setenv("LC_CTYPE", "C.UTF-8", 1);
}

static int run_screen(const Cli *cli)
{
    CliScreen s;
    Error err = {0};
    cli_screen(cli, &s);
    TuiOptions options = {.app = s.app,
                          .demo = s.demo,
                          .color = (ColorChoice)s.color,
                          .config = s.config,
                          .has_session = s.has_session,
                          .who = s.who,
                          .session = s.session};
    int status = tui_run(&options, &err);
    cli_advise(cli, &err);
    return err.code ? cli_complain(stderr, &err) : status;
}

/* Why there is no screen is said to who would have got one; a list that goes into a pipe was meant to be a
 * list. */
static int run_lines(Cli *cli, const Error *why)
{
    CliScreen s;
    cli_screen(cli, &s);
    bool wanted = cli_face(cli, true) == FACE_SCREEN && (s.has_session || isatty(STDOUT_FILENO));
    if (why->code && wanted) cli_complain(stderr, why);
    signal(SIGPIPE, SIG_DFL); /* `entente history | head` ends quietly */
    return cli_run(cli, stdin, stdout, stderr);
}

/*
 * What could not be written was not said: a full disk behind a pipe must not look like success. A terminal
 * that is gone cannot be written to either; there, that it went is the news.
 */
static int flushed(int status)
{
    if (status > 128) return status;
    errno = 0;
    if (!ferror(stdout) && fflush(stdout) == 0) return status;
    Error err = {0};
    error_set(&err, ERR_CANNOT_WRITE, "The output: %s. What was printed is not complete.",
              errno ? strerror(errno) : "it could not be written");
    return cli_complain(stderr, &err);
}

int main(int argc, char **argv)
{
    guard_descriptors();
    umask(077);
    keep_memory_private();
    set_locale();
    Error why = {0};
    Cli *cli = cli_new(argc, argv);
    cli_set_keys(cli, tui_key);
    bool possible = terminal_possible(&why);
    cli_set_styles(cli, possible);
    int status = cli_face(cli, possible) == FACE_SCREEN ? run_screen(cli) : run_lines(cli, &why);
    cli_free(cli);
    return flushed(status);
}
