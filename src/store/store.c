#include <entente/store.h>

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include <entente/mem.h>

#include "file.h"
#include "schema.h"
#include "undo.h"

enum { BUSY_MS = 5000 };
enum { ID_RANDOM_BITS = 21, ID_STEP_MASK = 0xff };

int store_version(void)
{
    return migration_count;
}

/* What must hold before the first byte is read: hostile schemas get no say, and a file we refuse is left as
 * it is. */
static bool harden(Store *s, Error *err)
{
    sqlite3_busy_timeout(s->db, BUSY_MS);
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    return sql_script(s, "PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY;",
                      err);
}

static bool not_a_journal(Store *s, const char *why, Error *err)
{
    return error_set(err, ERR_UNREADABLE,
                     "%s is not an entente journal: %s. Name another file with --journal.", s->path, why);
}

/* What a file says it is. */
typedef struct {
    int64_t application, version, objects;
} Header;

/* All from one moment: another program may be making the journal just now. */
static bool read_header(Store *s, Header *ret, Error *err)
{
    Error why = {0};
    bool ok = sql_run(s, STMT_BEGIN_READ, NO_ARGS, &why) &&
              sql_number(s, STMT_APPLICATION_ID, NO_ARGS, &ret->application, &why) &&
              sql_number(s, STMT_USER_VERSION, NO_ARGS, &ret->version, &why);
    bool unnamed = ok && ret->application == 0 && ret->version == 0;
    if (unnamed) ok = sql_number(s, STMT_SCHEMA_COUNT, NO_ARGS, &ret->objects, &why);
    bool foreign = !ok && sqlite3_errcode(s->db) == SQLITE_NOTADB;
    store_rollback(s);
    if (foreign) return not_a_journal(s, "it is no database", err);
    return ok || error_set(err, why.code, "%s", why.msg);
}

/* Looks before anything is written. */
static bool recognise(Store *s, const Migration *steps, int newest, Error *err)
{
    Header h = {0};
    if (!read_header(s, &h, err)) return false;
    bool empty = h.application == 0 && h.version == 0 && h.objects == 0;
    if (!empty && h.application != APPLICATION_ID) return not_a_journal(s, "another program made it", err);
    if (h.version > newest) {
        return error_set(
            err, ERR_UNREADABLE,
            "%s is newer than this program: it has version %d, this program knows %d. Update entente.",
            s->path, (int)h.version, newest);
    }
    return schema_check(s, steps, newest, err);
}

/*
 * Two programs that turn the same new file to WAL both hold it for reading, so
 * SQLite tells one of them "busy" at once, without its time-out. In short tries
 * that add up to it, each lets go in between.
 */
static bool use_wal(Store *s, Error *err)
{
    enum { TRIES = 50 };
    Error busy = {.code = ERR_IN_USE};
    sqlite3_busy_timeout(s->db, BUSY_MS / TRIES);
    for (int i = 0; i < TRIES && busy.code == ERR_IN_USE; i++) {
        if (i > 0) sqlite3_sleep(1 + i % 7);
        error_clear(&busy);
        (void)sql_script(s, "PRAGMA journal_mode = WAL", &busy);
    }
    sqlite3_busy_timeout(s->db, BUSY_MS);
    return busy.code == ERR_NONE || error_set(err, busy.code, "%s", busy.msg);
}

static bool set_up(Store *s, const Migration *steps, int count, Error *err)
{
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 1, NULL);
    /* foreign_keys after the migrations: with it on, rebuilding a table would touch the rows that point
     * there. */
    return use_wal(s, err) && sql_script(s, "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;", err) &&
           schema_migrate(s, steps, count, err) && sql_script(s, "PRAGMA foreign_keys = ON;", err) &&
           sql_number(s, STMT_DATA_VERSION, NO_ARGS, &s->data_version, err);
}

bool store_open_with(const char *path, StoreMode mode, const Migration *steps, int count, Store **ret,
                     Error *err)
{
    if (!file_make(path, mode, err)) return false;
    Store *s = mem_zalloc(1, sizeof *s);
    s->path = mem_strdup(path);
    if (file_connect(s, path, err) && harden(s, err) && recognise(s, steps, count, err) &&
        set_up(s, steps, count, err)) {
        *ret = s;
        return true;
    }
    store_close(s);
    return false;
}

bool store_open(const char *path, StoreMode mode, Store **ret, Error *err)
{
    return store_open_with(path, mode, migrations, migration_count, ret, err);
}

void store_close(Store *s)
{
    if (!s) return;
    if (s->db) store_rollback(s);
    sql_close_statements(s);
    sqlite3_close(s->db);
    free(s->path);
    free(s);
}

void store_seed_ids(Store *s, uint64_t seed)
{
    s->seed = seed;
}

/* splitmix64 (Steele, Lea and Flood 2014): any seed will do. */
static uint64_t random_bits(Store *s)
{
    uint64_t x = 0;
    if (s->seed == 0) {
        sqlite3_randomness(sizeof x, &x);
        return x;
    }
    s->seed += UINT64_C(0x9e3779b97f4a7c15);
    if (s->seed == 0) s->seed = 1;
    x = s->seed;
    x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
    return x ^ (x >> 31);
}

Id store_new_id(Store *s, int64_t now_ms)
{
    uint64_t bits = random_bits(s);
    uint64_t ms = now_ms > 0 ? (uint64_t)now_ms & ((UINT64_C(1) << 42) - 1) : 0;
    Id id = (Id)(ms << ID_RANDOM_BITS | (bits & ((UINT64_C(1) << ID_RANDOM_BITS) - 1)));
    /* The same millisecond again, or a clock set back. */
    if (id <= s->last_id) id = s->last_id + 1 + (Id)(bits & ID_STEP_MASK);
    s->last_id = id;
    return id;
}

bool store_begin(Store *s, Error *err)
{
    assert(sqlite3_get_autocommit(s->db));
    if (!sql_run(s, STMT_BEGIN, NO_ARGS, err)) return false;
    if (undo_record(s, err)) return true;
    store_rollback(s);
    return false;
}

static bool commit(Store *s, Error *err)
{
    undo_stop(s);
    if (sql_run(s, STMT_COMMIT, NO_ARGS, err)) return true;
    store_rollback(s);
    return false;
}

bool store_commit(Store *s, const char *label, Id alliance, Instant at, Error *err)
{
    assert(s->session);
    if (undo_write_step(s, label, alliance, at, err)) return commit(s, err);
    store_rollback(s);
    return false;
}

bool store_commit_quietly(Store *s, Error *err)
{
    assert(s->session);
    return commit(s, err);
}

void store_rollback(Store *s)
{
    undo_stop(s);
    /* A full disk or a failed write has SQLite roll back by itself. */
    if (!sqlite3_get_autocommit(s->db)) (void)sql_run(s, STMT_ROLLBACK, NO_ARGS, NULL);
}

bool store_changed_elsewhere(Store *s)
{
    int64_t version = s->data_version;
    (void)sql_number(s, STMT_DATA_VERSION, NO_ARGS, &version, NULL);
    bool changed = version != s->data_version;
    s->data_version = version;
    return changed;
}
