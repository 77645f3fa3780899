#include <entente/export.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fd.h"
#include "own.h"

static const char ANOTHER[] = "Name another file.";

static bool cannot_write(const char *path, const char *why, const char *advice, Error *err)
{
    return error_set(err, ERR_CANNOT_WRITE, "Cannot write %s: %s. %s", path, why, advice);
}

/* Of a file that is not there yet: that it is not there is no news, that its folder is not is. */
static bool cannot_make(const char *path, int why, const char *advice, Error *err)
{
    const char *slash = strrchr(path, '/');
    if (why != ENOENT || !slash) return cannot_write(path, strerror(why), advice, err);
    int n = slash == path ? 1 : (int)(slash - path);
    return error_set(err, ERR_CANNOT_WRITE, "Cannot write %s: there is no folder %.*s. Make it first.", path,
                     n, path);
}

/* ---- whole or not at all ---- */

/* Some file systems cannot flush a folder; the file itself is safe by then. */
static void flush_folder(const char *path)
{
    Str folder;
    str_init(&folder);
    const char *slash = strrchr(path, '/');
    str_add(&folder, slash ? sv_n(path, (size_t)(slash - path) + 1) : SV("."));
    int fd = open(folder.buf, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        (void)fsync(fd);
        close(fd);
    }
    str_finish(&folder);
}

/* A link would be replaced, and what else is no file lost: better none of that is done. */
static bool is_replaceable(const char *path, const char *advice, Error *err)
{
    struct stat st;
    if (lstat(path, &st) != 0) return errno == ENOENT || cannot_write(path, strerror(errno), advice, err);
    if (S_ISREG(st.st_mode)) return true;
    return cannot_write(path,
                        S_ISLNK(st.st_mode)   ? "it is a link, and links are not followed"
                        : S_ISDIR(st.st_mode) ? "it is a folder"
                                              : "it is no plain file",
                        advice, err);
}

bool write_whole(const char *path, StrView text, const char *advice, Error *err)
{
    if (!is_replaceable(path, advice, err)) return false;
    Str beside;
    str_init(&beside);
    str_addf(&beside, "%s.XXXXXX", path);
    int fd = mkstemp(beside.buf); /* 0600 */
    bool made = fd >= 0;
    bool ok =
        made && fcntl(fd, F_SETFD, FD_CLOEXEC) == 0 && fd_write_all(fd, text.ptr, text.len) && fsync(fd) == 0;
    int why = errno;
    if (made && close(fd) != 0 && ok) {
        ok = false;
        why = errno;
    }
    if (ok && rename(beside.buf, path) != 0) {
        ok = false;
        why = errno;
    }
    if (made && !ok) unlink(beside.buf);
    if (ok) flush_folder(path);
    str_finish(&beside);
    return ok || cannot_make(path, why, advice, err);
}

bool app_write_file(const char *path, StrView text, Error *err)
{
    return write_whole(path, text, ANOTHER, err);
}

/* ---- calendars ---- */

/* The first `max` bytes of what is there; nothing where there is no file. */
static bool read_start(const char *path, size_t max, Str *ret, Error *err)
{
    if (!is_replaceable(path, ANOTHER, err)) return false;
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0) return errno == ENOENT || cannot_write(path, strerror(errno), ANOTHER, err);
    char block[4096];
    ssize_t n = 1;
    while (n > 0 && ret->len < max) {
        size_t want = max - ret->len < sizeof block ? max - ret->len : sizeof block;
        n = read(fd, block, want);
        if (n > 0) str_add(ret, sv_n(block, (size_t)n));
    }
    int why = errno;
    close(fd);
    return n >= 0 || cannot_write(path, strerror(why), ANOTHER, err);
}

bool app_write_calendar(const char *path, StrView text, bool *ret_written, Error *err)
{
    Str there;
    str_init(&there);
    bool ok = read_start(path, text.len + 1, &there, err);
    bool same = ok && sv_eq(str_view(&there), text);
    bool calendar = there.len == 0 || sv_starts(str_view(&there), SV("BEGIN:VCALENDAR"));
    str_finish(&there);
    if (ok && !calendar)
        ok = cannot_write(path, "there is something else in it than a calendar", ANOTHER, err);
    if (ok && !same) ok = app_write_file(path, text, err);
    if (ok && ret_written) *ret_written = !same;
    return ok;
}

static bool refresh(App *app, bool *ret_written, Error *err)
{
    Str text;
    str_init(&text);
    bool ok = app_export_ics(app, 0, &text, err) &&
              app_write_calendar(app->calendar, str_view(&text), ret_written, err);
    str_finish(&text);
    return ok;
}

/*
 * Of two programs that write at once the one behind may have read before the other: each looks again until
 * what stands there is what the journal says. A failure is told once, not until the next change.
 */
bool app_calendar_refresh(App *app, bool always, Error *err)
{
    enum { LOOKS = 3 };
    if (!app->calendar || app->demo || !app->on_disk || !(app->changed || always)) return true;
    app->changed = false;
    bool ok = true, written = true;
    Error why = {0};
    for (int i = 0; ok && written && i < LOOKS; i++) ok = refresh(app, &written, &why);
    return ok || error_set(err, why.code, "The calendar is not up to date. %s", why.msg);
}
