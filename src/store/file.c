#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <entente/mem.h>

/* The one place that says how a database is opened: an encrypting VFS would be named here. */
static const char *const vfs_name = NULL;
enum { OPEN_FLAGS = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE };

/*
 * sqlite.org/c3ref/c_config_covering_index_scan.html: counting all memory and locking what only threads could
 * share is a good part of what a short run costs. There are no threads here, and nobody reads the counts.
 * Before the first connection only; later calls are refused and change nothing.
 */
static void set_library_up(void)
{
    (void)sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
    (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

static int open_database(const char *path, int extra, sqlite3 **ret)
{
    set_library_up();
    return sqlite3_open_v2(path, ret, OPEN_FLAGS | extra, vfs_name);
}

static const char ANOTHER[] = "Name another file with --journal.";

static bool cannot_make(const char *path, const char *advice, Error *err)
{
    return error_set(err, ERR_CANNOT_WRITE, "%s cannot be made: %s. %s", path, strerror(errno), advice);
}

bool store_make_folders(const char *path, const char *advice, Error *err)
{
    const char *end = strrchr(path, '/');
    if (!end || end == path) return true;
    char *folder = mem_strndup(path, (size_t)(end - path));
    bool ok = mkdir(folder, 0700) == 0 || errno == EEXIST;
    if (!ok && errno == ENOENT)
        ok = store_make_folders(folder, advice, err) && (mkdir(folder, 0700) == 0 || errno == EEXIST);
    if (!ok) cannot_make(folder, advice, err);
    free(folder);
    return ok;
}

/* Opens the folder of `path`; *ret_name is the rest of the path. */
static int open_folder(char *path, const char **ret_name)
{
    char *slash = strrchr(path, '/');
    *ret_name = slash ? slash + 1 : path;
    if (!slash) return open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    char *folder = mem_strndup(path, slash == path ? 1 : (size_t)(slash - path));
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    free(folder);
    return fd;
}

/* A new file that nobody else can have put there: O_EXCL does not follow a link. */
static bool make_empty(int folder, const char *name)
{
    int fd = openat(folder, name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0) return false;
    return close(fd) == 0;
}

/* SQLite would throw a log without its database away, and with it the last commits. */
static bool check_no_orphan_log(const char *path, int folder, const char *name, Error *err)
{
    Str log;
    str_init(&log);
    str_addf(&log, "%s-wal", name);
    struct stat st;
    bool orphan = fstatat(folder, log.buf, &st, AT_SYMLINK_NOFOLLOW) == 0 && st.st_size > 0;
    str_finish(&log);
    if (!orphan) return true;
    return error_set(err, ERR_UNREADABLE,
                     "%s is missing, but its log %s-wal is there: the file was moved alone. "
                     "Put it back beside its log.",
                     path, path);
}

static bool make_missing(const char *path, Error *err)
{
    char *copy = mem_strdup(path);
    const char *name = NULL;
    bool ok = store_make_folders(path, ANOTHER, err);
    int folder = ok ? open_folder(copy, &name) : -1;
    if (ok && folder < 0) ok = cannot_make(path, ANOTHER, err);
    ok = ok && check_no_orphan_log(path, folder, name, err);
    /* Somebody else may have made it this very moment: as good. */
    if (ok && !make_empty(folder, name) && errno != EEXIST) ok = cannot_make(path, ANOTHER, err);
    if (folder >= 0) (void)close(folder);
    free(copy);
    return ok;
}

bool file_make(const char *path, StoreMode mode, Error *err)
{
    struct stat st;
    if (strcmp(path, ":memory:") == 0) return true;
    if (stat(path, &st) == 0) {
        if (S_ISREG(st.st_mode)) return true;
        return error_set(err, ERR_UNREADABLE,
                         "%s is not an entente journal: it is not a file. Name another file with --journal.",
                         path);
    }
    if (errno != ENOENT) return cannot_make(path, ANOTHER, err);
    if (mode == STORE_CREATE) return make_missing(path, err);
    return error_set(err, ERR_NOT_FOUND,
                     "%s is not there: no journal was found. Name another file with --journal.", path);
}

static int connect_to(const char *path, sqlite3 **ret)
{
    bool memory = strcmp(path, ":memory:") == 0;
    Str name;
    str_init(&name);
    /* Debian's SQLite reads a name that begins with "file:" as a URI; ours are names of files. */
    str_addf(&name, "%s%s", memory || path[0] == '/' ? "" : "./", path);
    int rc = open_database(name.buf, memory ? SQLITE_OPEN_MEMORY | SQLITE_OPEN_CREATE : 0, ret);
    str_finish(&name);
    return rc;
}

bool file_connect(Store *s, const char *path, Error *err)
{
    int rc = connect_to(path, &s->db);
    return rc == SQLITE_OK || sql_fail(s, rc, err);
}

static int copy_database(sqlite3 *from, const char *path)
{
    sqlite3 *to = NULL;
    int rc = open_database(path, 0, &to);
    sqlite3_backup *b = rc == SQLITE_OK ? sqlite3_backup_init(to, "main", from, "main") : NULL;
    if (b) {
        (void)sqlite3_backup_step(b, -1);
        rc = sqlite3_backup_finish(b);
    } else if (rc == SQLITE_OK) {
        rc = sqlite3_errcode(to);
    }
    sqlite3_close(to);
    return rc;
}

/* Read through a connection of its own: one that is writing is no source for SQLite's backup. */
static int copy_journal(const Store *s, const char *path)
{
    sqlite3 *from = NULL;
    int rc = connect_to(s->path, &from);
    if (rc == SQLITE_OK) rc = copy_database(from, path);
    sqlite3_close(from);
    return rc;
}

bool file_back_up(Store *s, int version, Error *err)
{
    Str path, fresh;
    str_init(&path);
    str_init(&fresh);
    str_addf(&path, "%s.v%d.bak", s->path, version);
    str_addf(&fresh, "%s.new", path.buf);
    /* What an earlier try left half written. An older backup stays until the new one is whole. */
    (void)unlink(fresh.buf);
    bool ok = make_empty(AT_FDCWD, fresh.buf) || cannot_make(fresh.buf, ANOTHER, err);
    int rc = ok ? copy_journal(s, fresh.buf) : SQLITE_OK;
    if (ok && rc != SQLITE_OK) {
        ok = error_set(err, ERR_CANNOT_WRITE,
                       "%s cannot be written: %s. The journal was not brought up to date.", path.buf,
                       sqlite3_errstr(rc));
    }
    if (ok && rename(fresh.buf, path.buf) != 0) ok = cannot_make(path.buf, ANOTHER, err);
    if (!ok) (void)unlink(fresh.buf);
    str_finish(&fresh);
    str_finish(&path);
    return ok;
}
