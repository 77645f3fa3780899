#include "../src/app/channel.h"
#include "../src/app/spawn.h"

#include <check.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <utmpx.h>

enum { PATIENCE_MS = 60000 };

static char place[] = "/tmp/test-channels-XXXXXX";
static Str whole_path;
static Config config;
static ChannelOptions options;
static Notice notice;

static void path_of(Str *out, const char *name)
{
    str_init(out);
    str_addf(out, "%s/%s", place, name);
}

/* Only what stands in the test's folder, and the system's tools, are found. */
static void use_path(const char *rest)
{
    Str path;
    str_init(&path);
    str_addf(&path, "%s%s", place, rest);
    setenv("PATH", path.buf, 1);
    str_finish(&path);
}

static void setup(void)
{
    strcpy(place, "/tmp/test-channels-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(place));
    str_init(&whole_path);
    str_add_c(&whole_path, getenv("PATH"));
    use_path(":/usr/bin:/bin");
    setenv("PLACE", place, 1);
    setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere", 1);
    setenv("XDG_RUNTIME_DIR", place, 1);
    config = (Config){.time_limit = 60};
    options = (ChannelOptions){.config = &config, .program = "/opt/entente"};
    ck_assert(instant_parse(SV("2026-11-22T21:40:07+01:00"), &options.now));
    notice = (Notice){.id = "2026-11-22:1", .title = "2 check-ins are due", .body = "", .json = "{\"n\":1}"};
}

static void teardown(void)
{
    ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), -1);
    ck_assert_int_eq(errno, ECHILD);
    DIR *d = opendir(place);
    for (struct dirent *e; (e = readdir(d)) != NULL;) unlinkat(dirfd(d), e->d_name, 0);
    closedir(d);
    rmdir(place);
    setenv("PATH", whole_path.buf, 1);
    str_finish(&whole_path);
}

static void write_file(const char *name, const char *text, mode_t mode)
{
    Str path;
    path_of(&path, name);
    FILE *f = fopen(path.buf, "w");
    ck_assert_ptr_nonnull(f);
    fputs(text, f);
    fclose(f);
    chmod(path.buf, mode);
    str_finish(&path);
}

static void program(const char *name, const char *body)
{
    Str text;
    str_init(&text);
    str_addf(&text, "#!/bin/sh\n%s\n", body);
    write_file(name, text.buf, 0700);
    str_finish(&text);
}

static bool is_there(const char *name)
{
    Str path;
    path_of(&path, name);
    bool yes = access(path.buf, F_OK) == 0;
    str_finish(&path);
    return yes;
}

static void nap(void)
{
    struct timespec t = {0, 5000000};
    nanosleep(&t, NULL);
}

static void wait_for(const char *name)
{
    int64_t until = spawn_clock_ms() + PATIENCE_MS;
    while (!is_there(name)) {
        ck_assert_msg(spawn_clock_ms() < until, "%s never came", name);
        nap();
    }
}

static void read_file(const char *name, Str *out)
{
    Str path;
    char block[4096];
    path_of(&path, name);
    str_init(out);
    FILE *f = fopen(path.buf, "r");
    ck_assert_msg(f != NULL, "no %s", name);
    for (size_t n; (n = fread(block, 1, sizeof block, f)) > 0;) str_add(out, sv_n(block, n));
    fclose(f);
    str_finish(&path);
}

static void assert_file(const char *name, const char *text)
{
    Str got;
    read_file(name, &got);
    ck_assert_str_eq(got.buf, text);
    str_finish(&got);
}

static void assert_has(const char *name, const char *text)
{
    Str got;
    read_file(name, &got);
    ck_assert_msg(strstr(got.buf, text) != NULL, "\"%s\" is not in %s: %s", text, name, got.buf);
    str_finish(&got);
}

static Channel to(ChannelKind kind, const char *target)
{
    return (Channel){.kind = kind, .name = "it", .target = target};
}

static void assert_sent(const Channel *c)
{
    Str why;
    str_init(&why);
    bool ok = channel_send(&options, c, &notice, &why);
    ck_assert_msg(ok, "not sent: %s", why.buf);
    ck_assert_str_eq(why.buf, "");
    str_finish(&why);
}

static void assert_not_sent(const Channel *c, const char *expected)
{
    Str why;
    str_init(&why);
    ck_assert(!channel_send(&options, c, &notice, &why));
    ck_assert_str_eq(why.buf, expected);
    str_finish(&why);
}

/* ---- command ---- */

static const char *const COMMAND[] = {"notify-phone", "--low", "it's $(x)", NULL};

static Channel command(void)
{
    return (Channel){.kind = CHANNEL_COMMAND, .name = "it", .target = "", .argv = COMMAND};
}

START_TEST(a_command_gets_the_notice_on_stdin_and_in_its_settings)
{
    Channel c = command();
    program("notify-phone",
            "{ printf '%s|' \"$@\"; cat\n"
            "printf '%s|' \"$ENTENTE_TITLE\" \"$ENTENTE_BODY\" \"$ENTENTE_ID\" \"$ENTENTE_CHECK_INS\" "
            "\"$ENTENTE_COMMITMENTS\" \"$ENTENTE_REVIEWS\" \"${ENTENTE_TEST-unset}\"; } >\"$PLACE/got\"");
    notice = (Notice){"id-1", "2 check-ins\033[2J", "one\ntwo\a", "{\"n\":1}", 2, 1, 3, false};
    setenv("ENTENTE_TEST", "1", 1);
    assert_sent(&c);
    unsetenv("ENTENTE_TEST");
    assert_file("got", "--low|it's $(x)|{\"n\":1}\n2 check-ins^[[2J|one\ntwo^G|id-1|2|1|3|unset|");
    notice.test = true;
    assert_sent(&c);
    assert_has("got", "|3|1|");
}
END_TEST

START_TEST(a_command_that_fails_says_why)
{
    Channel c = command();
    assert_not_sent(&c, "notify-phone was not found");
    program("notify-phone", "echo first >&2; printf 'no\\tline \\033[1mleft\\n\\n' >&2; exit 4");
    assert_not_sent(&c, "ended with status 4: no    line ^[[1mleft");
    program("notify-phone", "kill -9 $$");
    assert_not_sent(&c, "was ended by signal 9");
    c.argv = (const char *const[]){NULL};
    assert_not_sent(&c, "no command is named");
}
END_TEST

START_TEST(a_command_that_hangs_is_given_up)
{
    Channel c = command();
    config.time_limit = 1;
    program("notify-phone", "sleep 1000 & wait");
    assert_not_sent(&c, "gave up after 1 second");
}
END_TEST

/* ---- mail ---- */

START_TEST(a_mail_is_a_whole_message)
{
    Channel c = to(CHANNEL_MAIL, "me@example.org");
    program("sendmail", "printf '%s|' \"$@\" >\"$PLACE/args\"; cat >\"$PLACE/mail\"");
    notice.body = "One = two.\nFrom here \n.\nZo\303\253";
    assert_sent(&c);
    assert_file("args", "-i|--|me@example.org|");
    assert_file("mail", "To: me@example.org\n"
                        "Subject: 2 check-ins are due\n"
                        "Date: Sun, 22 Nov 2026 21:40:07 +0100\n"
                        "Message-ID: <2026-11-22_3A1@entente.invalid>\n"
                        "MIME-Version: 1.0\n"
                        "Content-Type: text/plain; charset=utf-8\n"
                        "Content-Transfer-Encoding: quoted-printable\n"
                        "Auto-Submitted: auto-generated\n"
                        "\n"
                        "2 check-ins are due\n"
                        "\n"
                        "One =3D two.\n"
                        "=46rom here=20\n"
                        "=2E\n"
                        "Zo=C3=AB\n");
}
END_TEST

START_TEST(each_test_is_a_mail_of_its_own)
{
    Channel c = to(CHANNEL_MAIL, "me@example.org");
    program("sendmail", "cat >\"$PLACE/mail\"");
    notice.id = "test";
    notice.test = true;
    assert_sent(&c);
    assert_has("mail", "Message-ID: <test-1795380007000@entente.invalid>\n");
}
END_TEST

START_TEST(subjects_hold_no_line_and_no_letter_mail_cannot_carry)
{
    static const struct {
        const char *title, *subject;
    } CASES[] = {
        {"Check in with Zo\303\253", "Subject: =?UTF-8?Q?Check_in_with_Zo=C3=AB?=\nDate"},
        {"x\nBcc: you@example.org", "Subject: x Bcc: you@example.org\nDate"},
        {"x\r\n\r\nBody", "Subject: x  Body\nDate"},
        {"=?UTF-8?Q?x?=", "Subject: =?UTF-8?Q?=3D=3FUTF-8=3FQ=3Fx=3F=3D?=\nDate"},
        {"Check in with \351\225\267\351\225\267\351\225\267\351\225\267\351\225\267",
         "Subject: =?UTF-8?Q?Check_in_with_=E9=95=B7=E9=95=B7=E9=95=B7=E9=95=B7?=\n"
         " =?UTF-8?Q?=E9=95=B7?=\nDate"},
    };
    Channel c = to(CHANNEL_MAIL, "me@example.org");
    program("sendmail", "cat >\"$PLACE/mail\"");
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        notice.title = CASES[i].title;
        assert_sent(&c);
        assert_has("mail", CASES[i].subject);
    }
}
END_TEST

START_TEST(no_line_of_a_mail_is_too_long)
{
    Channel c = to(CHANNEL_MAIL, "me@example.org");
    Str text, mail;
    str_init(&text);
    for (int i = 0; i < 60; i++) str_addf(&text, "word %d \360\237\214\261\303\251,", i);
    program("sendmail", "cat >\"$PLACE/mail\"");
    notice.title = notice.body = text.buf;
    assert_sent(&c);
    read_file("mail", &mail);
    StrView rest = str_view(&mail);
    while (rest.len > 0) {
        StrView line = sv_cut(&rest, '\n');
        ck_assert_uint_le(line.len, 76);
        for (size_t i = 0; i < line.len; i++) ck_assert(line.ptr[i] >= ' ' && line.ptr[i] <= '~');
    }
    str_finish(&mail);
    str_finish(&text);
}
END_TEST

START_TEST(what_is_no_address_is_not_written_to)
{
    static const char *const WRONG[] = {
        "", "a@b\nBcc: c@d", "a b@c", "a@b,c@d", "Zo\303\253@example.org", "-oQ/tmp@example.org", "nobody"};
    program("sendmail", "touch \"$PLACE/called\"");
    for (size_t i = 0; i < sizeof WRONG / sizeof WRONG[0]; i++) {
        Channel c = to(CHANNEL_MAIL, WRONG[i]);
        Str why;
        str_init(&why);
        ck_assert(!channel_send(&options, &c, &notice, &why));
        ck_assert(strstr(why.buf, "is not an address") && !strchr(why.buf, '\n'));
        str_finish(&why);
    }
    ck_assert(!is_there("called"));
}
END_TEST

START_TEST(mail_that_is_refused_says_why)
{
    Channel c = to(CHANNEL_MAIL, "me@example.org");
    program("sendmail", "echo 'sendmail: no such user' >&2; exit 67");
    assert_not_sent(&c, "ended with status 67: sendmail: no such user");
    config.time_limit = 1;
    program("sendmail", "exec sleep 1000");
    assert_not_sent(&c, "gave up after 1 second");
}
END_TEST

/* ---- file ---- */

START_TEST(a_file_gets_a_line_more)
{
    Str path;
    struct stat st;
    path_of(&path, "due");
    Channel c = to(CHANNEL_FILE, path.buf);
    assert_sent(&c);
    notice.json = "{\"n\":2}";
    assert_sent(&c);
    assert_file("due", "{\"n\":1}\n{\"n\":2}\n");
    ck_assert_int_eq(stat(path.buf, &st), 0);
    ck_assert_uint_eq(st.st_mode & 0777, 0600);
    str_finish(&path);
}
END_TEST

START_TEST(what_is_neither_file_nor_fifo_is_refused)
{
    Str path, link;
    path_of(&path, "due");
    path_of(&link, "link");
    write_file("due", "", 0600);
    ck_assert_int_eq(symlink(path.buf, link.buf), 0);
    const struct {
        const char *path, *why;
    } cases[] = {
        {place, "it is a folder"},
        {"/dev/null", "it is neither a file nor a FIFO"},
        {link.buf, "it is a symbolic link"},
        {"/nowhere/due", "cannot open it: No such file or directory"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Channel c = to(CHANNEL_FILE, cases[i].path);
        assert_not_sent(&c, cases[i].why);
    }
    assert_file("due", "");
    str_finish(&link);
    str_finish(&path);
}
END_TEST

/* Not a byte of these changes, whatever way the settings name them. */
START_TEST(what_is_entente_s_own_is_no_file_for_reminders)
{
    static const struct {
        const char *name, *why;
    } cases[] = {{"journal.db", "it is the journal"},
                 {"journal.db-wal", "it is the journal"},
                 {"journal.db-shm", "it is the journal"},
                 {"conf", "it is the file of the settings"},
                 {"ics", "it is the calendar file"}};
    Str journal, link, conf, ics;
    path_of(&journal, "journal.db");
    path_of(&link, "link.db");
    path_of(&conf, "conf");
    path_of(&ics, "ics");
    ck_assert_int_eq(symlink(journal.buf, link.buf), 0);
    options.journal = link.buf;
    config.path = conf.buf;
    config.calendar = ics.buf;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) write_file(cases[i].name, "a\n", 0600);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Str path, why;
        path_of(&path, cases[i].name);
        str_init(&why);
        str_addf(&why, "%s, and reminders need a file of their own", cases[i].why);
        Channel c = to(CHANNEL_FILE, path.buf);
        assert_not_sent(&c, why.buf);
        assert_file(cases[i].name, "a\n");
        str_finish(&why);
        str_finish(&path);
    }
    str_finish(&journal);
    str_finish(&link);
    str_finish(&conf);
    str_finish(&ics);
}
END_TEST

START_TEST(a_file_that_holds_no_lines_is_left_alone)
{
    static const char WHY[] = "it holds something else than lines of text, so it was left alone";
    Str path;
    path_of(&path, "due");
    Channel c = to(CHANNEL_FILE, path.buf);
    write_file("due", "a photograph", 0600);
    assert_not_sent(&c, WHY);
    assert_file("due", "a photograph");
    int fd = open(path.buf, O_WRONLY | O_TRUNC);
    ck_assert_int_eq(write(fd, "SQLite format 3\0\n", 17), 17);
    close(fd);
    assert_not_sent(&c, WHY);
    write_file("due", "what I wrote\n", 0600);
    assert_sent(&c);
    assert_file("due", "what I wrote\n{\"n\":1}\n");
    str_finish(&path);
}
END_TEST

START_TEST(with_names_a_file_that_others_may_read_is_refused)
{
    Str path;
    path_of(&path, "due");
    Channel c = to(CHANNEL_FILE, path.buf);
    for (int names = 0; names < 2; names++) {
        config.names = names;
        write_file("due", "", 0640);
        if (names)
            assert_not_sent(&c,
                            "others may read it, and reminders name people: take that away with chmod go-r");
        else
            assert_sent(&c);
        write_file("due", "", 0600);
        assert_sent(&c);
    }
    str_finish(&path);
}
END_TEST

/* Only who may give files away can try it. */
START_TEST(what_belongs_to_somebody_else_is_refused)
{
    Str file, fifo;
    path_of(&file, "due");
    path_of(&fifo, "fifo");
    write_file("due", "", 0666);
    ck_assert_int_eq(mkfifo(fifo.buf, 0666), 0);
    if (chown(file.buf, 65534, (gid_t)-1) == 0 && chown(fifo.buf, 65534, (gid_t)-1) == 0) {
        const char *const paths[] = {file.buf, fifo.buf};
        for (size_t i = 0; i < 2; i++) {
            Channel c = to(CHANNEL_FILE, paths[i]);
            assert_not_sent(&c, "it belongs to somebody else");
        }
        assert_file("due", "");
    }
    str_finish(&fifo);
    str_finish(&file);
}
END_TEST

START_TEST(a_full_disk_leaves_no_half_line)
{
    Str path;
    struct rlimit before, small;
    path_of(&path, "due");
    Channel c = to(CHANNEL_FILE, path.buf);
    write_file("due", "{\"n\":0}\n", 0600);
    signal(SIGXFSZ, SIG_IGN);
    ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &before), 0);
    small = before;
    small.rlim_cur = 11; /* three bytes more than there are */
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &small), 0);
    Str why;
    str_init(&why);
    bool sent = channel_send(&options, &c, &notice, &why);
    setrlimit(RLIMIT_FSIZE, &before);
    signal(SIGXFSZ, SIG_DFL);
    ck_assert(!sent);
    ck_assert_str_eq(why.buf, "cannot write it: No space left on device");
    assert_file("due", "{\"n\":0}\n");
    str_finish(&why);
    str_finish(&path);
}
END_TEST

START_TEST(a_fifo_is_written_to_when_somebody_reads)
{
    Str path, long_line;
    char got[64] = "";
    path_of(&path, "fifo");
    Channel c = to(CHANNEL_FILE, path.buf);
    ck_assert_int_eq(mkfifo(path.buf, 0600), 0);
    assert_not_sent(&c, "nothing reads the FIFO");
    int fd = open(path.buf, O_RDONLY | O_NONBLOCK);
    assert_sent(&c);
    ck_assert_int_eq(read(fd, got, sizeof got), 8);
    ck_assert_str_eq(got, "{\"n\":1}\n");
    str_init(&long_line);
    str_add_fill(&long_line, 'x', 300000);
    notice.json = long_line.buf;
    config.time_limit = 1;
    assert_not_sent(&c, "gave up after 1 second: nothing reads the FIFO");
    close(fd);
    str_finish(&long_line);
    str_finish(&path);
}
END_TEST

/* ---- terminal ---- */

typedef struct {
    int ours;
    const char *path;
} Tty;

static Tty open_tty(void)
{
    Tty t = {posix_openpt(O_RDWR | O_NOCTTY), NULL};
    ck_assert_int_ge(t.ours, 0);
    ck_assert(grantpt(t.ours) == 0 && unlockpt(t.ours) == 0);
    t.path = ptsname(t.ours);
    chmod(t.path, 0620);
    return t;
}

static void assert_shown(const Tty *t, const char *text)
{
    char got[256] = "";
    fcntl(t->ours, F_SETFL, O_NONBLOCK);
    ck_assert_int_gt(read(t->ours, got, sizeof got - 1), 0);
    ck_assert_msg(strstr(got, text) != NULL, "%s", got);
    ck_assert_ptr_null(strchr(got, '\033'));
}

START_TEST(terminals_that_take_messages_get_a_line)
{
    Tty t = open_tty();
    write_file("file", "", 0660);
    Str file;
    path_of(&file, "file");
    const char *const paths[] = {"/nowhere", t.path, file.buf, "/dev/null"};
    notice.title = "2 check-ins\033[2J\nare due";
    int keep = open(t.path, O_RDWR | O_NOCTTY); /* what is written stays while somebody has it open */
    ck_assert_uint_eq(channel_terminal_to(paths, 3, &notice), 1);
    assert_shown(&t, "\nentente: 2 check-ins^[[2J are due\r");
    chmod(t.path, 0600);
    ck_assert_uint_eq(channel_terminal_to(paths, 3, &notice), 0);
    chmod(t.path, 0620);
    if (chown(t.path, 65534, (gid_t)-1) == 0) /* the superuser's could be written to all the same */
        ck_assert_uint_eq(channel_terminal_to(paths, 3, &notice), 0);
    assert_file("file", "");
    close(keep);
    close(t.ours);
    str_finish(&file);
}
END_TEST

#ifdef __GLIBC__
int utmpxname(const char *file); /* declared by glibc only where GNU's names are asked for */

static void log_in(const char *user, const char *line, short type)
{
    Str path;
    struct utmpx e = {.ut_type = type, .ut_pid = getpid()};
    snprintf(e.ut_user, sizeof e.ut_user, "%s", user);
    snprintf(e.ut_line, sizeof e.ut_line, "%s", line);
    path_of(&path, "utmp");
    FILE *f = fopen(path.buf, "a");
    ck_assert_uint_eq(fwrite(&e, sizeof e, 1, f), 1);
    fclose(f);
    utmpxname(path.buf);
    str_finish(&path);
}

START_TEST(the_terminals_of_our_sessions_are_found)
{
    Channel c = to(CHANNEL_TERMINAL, "");
    Tty t = open_tty();
    int keep = open(t.path, O_RDWR | O_NOCTTY);
    FILE *whoami = popen("id -un", "r");
    char us[64] = "";
    ck_assert_int_eq(fscanf(whoami, "%63s", us), 1);
    pclose(whoami);
    log_in("somebody-else", t.path + strlen("/dev/"), USER_PROCESS);
    log_in(us, t.path + strlen("/dev/"), DEAD_PROCESS);
    assert_not_sent(&c, "no terminal takes messages");
    ck_assert(!channel_terminal_reachable());
    log_in(us, t.path + strlen("/dev/"), USER_PROCESS);
    chmod(t.path, 0600);
    ck_assert(!channel_terminal_reachable());
    chmod(t.path, 0620);
    ck_assert(channel_terminal_reachable());
    assert_sent(&c);
    assert_shown(&t, "entente: 2 check-ins are due\r");
    utmpxname("/dev/null");
    close(keep);
    close(t.ours);
}
END_TEST
#endif

/* ---- desktop ---- */

/* Writes what it was given; with a button it stays, as the real one does. */
static const char NOTIFY[] = "printf '%s|' \"$@\" >\"$PLACE/args\"\n"
                             "echo \"$DBUS_SESSION_BUS_ADDRESS\" >\"$PLACE/bus.was\"\n"
                             "case \"$*\" in *--action*) echo 5; read w <\"$PLACE/choice\"; echo $w;; esac";

#define PLAIN_ARGS                                                                                           \
    "--app-name=entente|--category=x-entente.reminder|--urgency=normal|"                                     \
    "--hint=string:x-canonical-private-synchronous:entente-2026-11-22-1|"

START_TEST(a_notification_says_it_as_it_is)
{
    Channel c = to(CHANNEL_DESKTOP, "");
    program("notify-send", NOTIFY);
    assert_sent(&c);
    assert_file("args", PLAIN_ARGS "--|2 check-ins are due||");
    notice.title = "-h \"it's\"\n$(x) <b>\033[2J";
    notice.body = "a & <i>b</i>\n\\n c\a";
    assert_sent(&c);
    assert_file("args", PLAIN_ARGS "--|-h \"it's\" $(x) <b>^[[2J|a &amp; &lt;i&gt;b&lt;/i&gt;\n\\\\n c^G|");
}
END_TEST

START_TEST(its_button_starts_what_opens)
{
    static const char *const OPEN[] = {"terminal", "-e", "entente", NULL};
    Channel c = to(CHANNEL_DESKTOP, "");
    Str fifo;
    path_of(&fifo, "choice");
    config.open = OPEN;
    options.journal = "/home/me/it's mine.db";
    ck_assert_int_eq(mkfifo(fifo.buf, 0600), 0);
    program("notify-send", NOTIFY);
    program("terminal",
            "printf '%s|' \"$@\" >\"$PLACE/opened.new\"; mv \"$PLACE/opened.new\" \"$PLACE/opened\"");
    assert_sent(&c);
    assert_file("args", PLAIN_ARGS "--print-id|--action=open=Open|--|2 check-ins are due||");
    int fd = open(fifo.buf, O_WRONLY);
    ck_assert_int_eq(write(fd, "open\n", 5), 5);
    close(fd);
    wait_for("opened");
    assert_file("opened", "-e|/opt/entente|--journal|/home/me/it's mine.db|");
    str_finish(&fifo);
}
END_TEST

START_TEST(where_buttons_are_unknown_there_is_none)
{
    static const char *const OPEN[] = {"true", NULL};
    Channel c = to(CHANNEL_DESKTOP, "");
    config.open = OPEN;
    program("notify-send", "case \"$*\" in *--action*) echo 'Unknown option --action' >&2; exit 1;; esac\n"
                           "printf '%s|' \"$@\" >\"$PLACE/args\"");
    assert_sent(&c);
    assert_file("args", PLAIN_ARGS "--|2 check-ins are due||");
}
END_TEST

START_TEST(what_cannot_be_opened_has_no_button)
{
    static const char *const OPEN[] = {"no-such-terminal", "-e", "entente", NULL};
    Channel c = to(CHANNEL_DESKTOP, "");
    config.open = OPEN;
    program("notify-send", NOTIFY);
    assert_sent(&c);
    assert_file("args", PLAIN_ARGS "--|2 check-ins are due||");
}
END_TEST

START_TEST(a_notification_that_fails_says_why)
{
    static const char *const OPEN[] = {"true", NULL};
    Channel c = to(CHANNEL_DESKTOP, "");
    for (int with_button = 0; with_button < 2; with_button++) {
        config.open = with_button ? OPEN : NULL;
        config.time_limit = 60;
        program("notify-send", "echo 'Could not connect' >&2; exit 1");
        assert_not_sent(&c, "ended with status 1: Could not connect");
        config.time_limit = 1;
        program("notify-send", "sleep 1000 & wait");
        assert_not_sent(&c, "gave up after 1 second");
    }
    use_path("");
    Str path;
    path_of(&path, "notify-send");
    unlink(path.buf);
    str_finish(&path);
    config.time_limit = 60;
    assert_not_sent(&c, "notify-send was not found");
}
END_TEST

static int listen_at(const char *path)
{
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    snprintf(at.sun_path, sizeof at.sun_path, "%s", path);
    ck_assert_int_eq(bind(fd, (const struct sockaddr *)&at, sizeof at), 0);
    return fd;
}

START_TEST(without_a_bus_in_the_settings_the_usual_one_is_used)
{
    Channel c = to(CHANNEL_DESKTOP, "");
    Str path, expected;
    path_of(&path, "bus");
    program("notify-send", NOTIFY);
    assert_sent(&c);
    assert_file("bus.was", "unix:path=/nowhere\n");
    unsetenv("DBUS_SESSION_BUS_ADDRESS");
    int fd = listen_at(path.buf);
    assert_sent(&c);
    str_init(&expected);
    str_addf(&expected, "unix:path=%s\n", path.buf);
    assert_file("bus.was", expected.buf);
    ck_assert_ptr_null(getenv("DBUS_SESSION_BUS_ADDRESS"));
    close(fd);
    str_finish(&expected);
    str_finish(&path);
}
END_TEST

START_TEST(a_desktop_is_reachable_with_a_bus_and_a_program)
{
    Str path;
    path_of(&path, "bus");
    use_path("");
    ck_assert(!channel_desktop_reachable());
    program("notify-send", "touch \"$PLACE/called\"");
    ck_assert(channel_desktop_reachable());
    unsetenv("DBUS_SESSION_BUS_ADDRESS");
    write_file("bus", "", 0600);
    if (access("/run/user", F_OK) != 0) ck_assert(!channel_desktop_reachable());
    unlink(path.buf);
    int fd = listen_at(path.buf);
    ck_assert(channel_desktop_reachable());
    ck_assert(!is_there("called"));
    close(fd);
    str_finish(&path);
}
END_TEST

int main(void)
{
    TCase *tc = tcase_create("channels");
    tcase_set_timeout(tc, 240);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, a_command_gets_the_notice_on_stdin_and_in_its_settings);
    tcase_add_test(tc, a_command_that_fails_says_why);
    tcase_add_test(tc, a_command_that_hangs_is_given_up);
    tcase_add_test(tc, a_mail_is_a_whole_message);
    tcase_add_test(tc, each_test_is_a_mail_of_its_own);
    tcase_add_test(tc, subjects_hold_no_line_and_no_letter_mail_cannot_carry);
    tcase_add_test(tc, no_line_of_a_mail_is_too_long);
    tcase_add_test(tc, what_is_no_address_is_not_written_to);
    tcase_add_test(tc, mail_that_is_refused_says_why);
    tcase_add_test(tc, a_file_gets_a_line_more);
    tcase_add_test(tc, what_is_neither_file_nor_fifo_is_refused);
    tcase_add_test(tc, what_is_entente_s_own_is_no_file_for_reminders);
    tcase_add_test(tc, a_file_that_holds_no_lines_is_left_alone);
    tcase_add_test(tc, with_names_a_file_that_others_may_read_is_refused);
    tcase_add_test(tc, what_belongs_to_somebody_else_is_refused);
    tcase_add_test(tc, a_full_disk_leaves_no_half_line);
    tcase_add_test(tc, a_fifo_is_written_to_when_somebody_reads);
    tcase_add_test(tc, terminals_that_take_messages_get_a_line);
#ifdef __GLIBC__
    tcase_add_test(tc, the_terminals_of_our_sessions_are_found);
#endif
    tcase_add_test(tc, a_notification_says_it_as_it_is);
    tcase_add_test(tc, its_button_starts_what_opens);
    tcase_add_test(tc, where_buttons_are_unknown_there_is_none);
    tcase_add_test(tc, what_cannot_be_opened_has_no_button);
    tcase_add_test(tc, a_notification_that_fails_says_why);
    tcase_add_test(tc, without_a_bus_in_the_settings_the_usual_one_is_used);
    tcase_add_test(tc, a_desktop_is_reachable_with_a_bus_and_a_program);
    Suite *suite = suite_create("channels");
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
