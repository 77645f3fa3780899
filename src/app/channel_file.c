#include "channel.h"

#include "fd.h"
#include "spawn.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
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

static bool open_file(const char *path, bool names, int *ret_fd, struct stat *ret_st, Str *why)
{
    struct stat st;
    if (lstat(path, &st) == 0 && !is_ours(&st, names, why)) return false;
    int flags = O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
    int fd = open(path, flags, S_IRUSR | S_IWUSR);
    if (fd < 0 && errno == ENXIO) {
        str_add_c(why, "nothing reads the FIFO");
        return false;
    }
    if (fd < 0) return fail(why, "cannot open it", errno);
    if (fstat(fd, ret_st) != 0 || !is_ours(ret_st, names, why)) {
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
    if (!open_file(c->target, o->config->names, &fd, &st, why)) return false;
    str_init(&line);
    str_addf(&line, "%s\n", n->json);
    bool ok = S_ISFIFO(st.st_mode) ? pass_on(fd, &line, o->config->time_limit, why)
                                   : append(fd, &line, st.st_size, why);
    if (close(fd) != 0 && ok) ok = fail(why, "cannot write it", errno);
    str_finish(&line);
    return ok;
}
