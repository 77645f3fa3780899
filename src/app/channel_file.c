#include "channel.h"

#include "fd.h"
#include "spawn.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool fail(Str *why, const char *what, int number)
{
    str_addf(why, "%s: %s", what, strerror(number));
    return false;
}

/* Looked at before it is opened too: opening a device can do something of itself. */
static bool is_kind_we_write(const struct stat *st, Str *why)
{
    if (S_ISREG(st->st_mode) || S_ISFIFO(st->st_mode)) return true;
    str_add_c(why, S_ISDIR(st->st_mode)   ? "it is a folder"
                   : S_ISLNK(st->st_mode) ? "it is a symbolic link"
                                          : "it is neither a file nor a FIFO");
    return false;
}

/* Who put a file in our place could read what we write, or have it go elsewhere. */
static bool is_ours(const struct stat *st, bool names, Str *why)
{
    if (!is_kind_we_write(st, why)) return false;
    if (st->st_uid != geteuid()) {
        str_add_c(why, "it belongs to somebody else");
        return false;
    }
    if (!names || !S_ISREG(st->st_mode) || !(st->st_mode & (S_IRGRP | S_IROTH))) return true;
    str_add_c(why, "others may read it, and reminders name people: take that away with chmod go-r");
    return false;
}

static bool is_at(const struct stat *st, const char *path)
{
    struct stat other;
    return path && *path && stat(path, &other) == 0 && other.st_dev == st->st_dev &&
           other.st_ino == st->st_ino;
}

/* SQLite keeps its log and what programs share beside the file a link leads to. */
static bool is_of_journal(const struct stat *st, const char *journal)
{
    static const char *const BESIDE[] = {"", "-wal", "-shm", "-journal"};
    char *real = journal ? realpath(journal, NULL) : NULL;
    bool yes = false;
    Str path;
    str_init(&path);
    for (size_t i = 0; real && !yes && i < sizeof BESIDE / sizeof *BESIDE; i++) {
        str_clear(&path);
        str_addf(&path, "%s%s", real, BESIDE[i]);
        yes = is_at(st, path.buf);
    }
    str_finish(&path);
    free(real);
    return yes;
}

/* Before it is opened: to close the journal's file would take SQLite's locks away
 * (https://www.sqlite.org/howtocorrupt.html, 2.2). */
static bool is_free(const ChannelOptions *o, const struct stat *st, Str *why)
{
    if (!S_ISREG(st->st_mode)) return true;
    if (is_of_journal(st, o->journal))
        str_add_c(why, "it is the journal");
    else if (is_at(st, o->config->path))
        str_add_c(why, "it is the file of the settings");
    else if (is_at(st, o->config->calendar))
        str_add_c(why, "it is the calendar file");
    else
        return true;
    str_add_c(why, ", and reminders need a file of their own");
    return false;
}

/* Lines are only put to lines: what else a file is would be spoilt by them. */
static bool holds_lines(int fd, const struct stat *st, Str *why)
{
    char head[4096], last = '\n';
    if (!S_ISREG(st->st_mode) || st->st_size == 0) return true;
    ssize_t n = pread(fd, head, sizeof head, 0);
    if (n < 0 || pread(fd, &last, 1, st->st_size - 1) < 0) return fail(why, "cannot read it", errno);
    if (last == '\n' && !memchr(head, '\0', (size_t)n)) return true;
    str_add_c(why, "it holds something else than lines of text, so it was left alone");
    return false;
}

static bool may_write(const ChannelOptions *o, const struct stat *st, Str *why)
{
    return is_ours(st, o->config->names, why) && is_free(o, st, why);
}

static bool open_file(const ChannelOptions *o, const char *path, int *ret_fd, struct stat *ret_st, Str *why)
{
    struct stat st;
    bool there = lstat(path, &st) == 0;
    if (there && !may_write(o, &st, why)) return false;
    int flags = O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
    flags |= there && S_ISREG(st.st_mode) ? O_RDWR : O_WRONLY;
    int fd = open(path, flags, S_IRUSR | S_IWUSR);
    if (fd < 0 && errno == ENXIO) {
        str_add_c(why, "nothing reads the FIFO");
        return false;
    }
    if (fd < 0) return fail(why, "cannot open it", errno);
    if (fstat(fd, ret_st) != 0 || !may_write(o, ret_st, why) || !holds_lines(fd, ret_st, why)) {
        close(fd);
        return false;
    }
    *ret_fd = fd;
    return true;
}

/* A line cut short would spoil the next one: what came of it is taken back. */
static bool append(int fd, const Str *line, off_t size, Str *why)
{
    ssize_t n = fd_write(fd, line->buf, line->len);
    if (n == (ssize_t)line->len) return fsync(fd) == 0 || fail(why, "cannot write it", errno);
    int number = n < 0 ? errno : ENOSPC;
    struct stat st;
    if (n > 0 && fstat(fd, &st) == 0 && st.st_size == size + n && ftruncate(fd, size) != 0) number = errno;
    return fail(why, "cannot write it", number);
}

/* Up to PIPE_BUF bytes a FIFO takes whole or not at all; longer ones go as the reader makes room. */
static bool pass_on(int fd, const Str *line, int limit_s, Str *why)
{
    int64_t until = spawn_clock_ms() + limit_s * INT64_C(1000);
    for (size_t done = 0; done < line->len;) {
        struct pollfd p = {fd, POLLOUT, 0};
        int64_t left = until - spawn_clock_ms();
        ssize_t n = fd_write(fd, line->buf + done, line->len - done);
        if (n < 0 && errno == EPIPE) return fail(why, "the FIFO's reader went away", errno);
        if (n < 0 && errno != EAGAIN) return fail(why, "cannot write it", errno);
        if (n > 0) done += (size_t)n;
        if (n < 0 && left <= 0) {
            str_addf(why, "gave up after %d second%s: nothing reads the FIFO", limit_s,
                     limit_s == 1 ? "" : "s");
            return false;
        }
        if (n < 0) poll(&p, 1, (int)left);
    }
    return true;
}

bool channel_file(const ChannelOptions *o, const Channel *c, const Notice *n, Str *why)
{
    struct stat st;
    Str line;
    int fd;
    if (!open_file(o, c->target, &fd, &st, why)) return false;
    str_init(&line);
    str_addf(&line, "%s\n", n->json);
    bool ok = S_ISFIFO(st.st_mode) ? pass_on(fd, &line, o->config->time_limit, why)
                                   : append(fd, &line, st.st_size, why);
    if (close(fd) != 0 && ok) ok = fail(why, "cannot write it", errno);
    str_finish(&line);
    return ok;
}
