#include "channel.h"

#include "fd.h"
#include <entente/text.h>
#include <entente/vec.h>
#include <fcntl.h>
#include <pwd.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utmpx.h>

static bool takes_messages(const struct stat *st)
{
    return S_ISCHR(st->st_mode) && st->st_uid == geteuid() && (st->st_mode & S_IWGRP);
}

/* It never waits: a terminal that is held (Ctrl-S) takes no message. */
static bool write_line(const char *path, const Str *line)
{
    struct stat st;
    if (lstat(path, &st) != 0 || !takes_messages(&st)) return false;
    int fd = open(path, O_WRONLY | O_NOCTTY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0) return false;
    bool ok = fstat(fd, &st) == 0 && takes_messages(&st) && isatty(fd) &&
              fd_write(fd, line->buf, line->len) == (ssize_t)line->len;
    close(fd);
    return ok;
}

size_t channel_terminal_to(const char *const *paths, size_t count, const Notice *n)
{
    size_t took = 0;
    Str line;
    str_init(&line);
    str_add_c(&line, "\r\nentente: "); /* with CR: a full-screen program may have switched its adding off */
    text_clean(&line, sv(n->title), false);
    str_add_c(&line, "\r\n");
    for (size_t i = 0; i < count; i++) took += write_line(paths[i], &line);
    str_finish(&line);
    return took;
}

typedef Vec(char *) Paths;

/* The entries' fields need not end in NUL. */
static StrView field(const char *bytes, size_t size)
{
    const char *end = memchr(bytes, '\0', size);
    return sv_n(bytes, end ? (size_t)(end - bytes) : size);
}

static void add_path(Paths *paths, StrView line)
{
    Str path;
    str_init(&path);
    str_add_c(&path, "/dev/");
    str_add(&path, line);
    for (size_t i = 0; i < paths->len; i++) {
        if (strcmp(paths->at[i], path.buf) != 0) continue;
        str_finish(&path);
        return;
    }
    vec_push(paths, str_steal(&path));
}

static void find_ours(Paths *paths)
{
    const struct passwd *us = getpwuid(geteuid());
    if (!us) return;
    Str name;
    str_init(&name);
    str_add_c(&name, us->pw_name);
    setutxent();
    for (const struct utmpx *e; (e = getutxent()) != NULL;) {
        StrView user = field(e->ut_user, sizeof e->ut_user), line = field(e->ut_line, sizeof e->ut_line);
        if (e->ut_type == USER_PROCESS && line.len > 0 && sv_eq(user, str_view(&name))) add_path(paths, line);
    }
    endutxent();
    str_finish(&name);
}

static void drop_paths(Paths *paths)
{
    for (size_t i = 0; i < paths->len; i++) free(paths->at[i]);
    vec_finish(paths);
}

bool channel_terminal_reachable(void)
{
    Paths paths = {0};
    bool any = false;
    find_ours(&paths);
    for (size_t i = 0; !any && i < paths.len; i++) {
        struct stat st;
        any = lstat(paths.at[i], &st) == 0 && takes_messages(&st);
    }
    drop_paths(&paths);
    return any;
}

bool channel_terminal(const ChannelOptions *o, const Notice *n, Str *why)
{
    Paths paths = {0};
    (void)o;
    find_ours(&paths);
    size_t took = channel_terminal_to((const char *const *)(uintptr_t)paths.at, paths.len, n);
    drop_paths(&paths);
    if (took == 0) str_add_c(why, "no terminal takes messages");
    return took > 0;
}
