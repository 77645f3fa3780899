#ifndef ENTENTE_STORE_H
#define ENTENTE_STORE_H

#include <entente/arena.h>
#include <entente/error.h>
#include <entente/model.h>
#include <entente/str.h>
#include <stdbool.h>
#include <stddef.h>

/*
 * The journal's file: one SQLite database. This header opens it, runs verbs as
 * labelled transactions and takes them back; the store_*.h headers beside it read and write the rows.
 * Nothing above this floor sees SQL. Every function that fails leaves the journal as it was.
 */
typedef struct Store Store;

typedef enum {
    STORE_CREATE,   /* create the file (0600) and its folder (0700) where missing */
    STORE_EXISTING  /* ERR_NOT_FOUND where there is no file */
} StoreMode;

/*
 * Opens a journal and brings an older one up to date (after a backup beside
 * it, "journal.db.v1.bak"). `path` ":memory:" is a private journal in memory.
 * ERR_UNREADABLE: not a journal, newer than this program, or damaged; the
 * file is untouched then. ERR_IN_USE: locked for more than five seconds.
 * ERR_CANNOT_WRITE: folder or file cannot be made. Caller closes.
 */
bool store_open(const char *path, StoreMode mode, Store **ret, Error *err);
void store_close(Store *s); /* NULL is fine; rolls back an open transaction */

/* Makes the folders above a file, for the user alone (0700). ERR_CANNOT_WRITE, with the advice at its end. */
bool store_make_folders(const char *path, const char *advice, Error *err);

/* Where ids come from: the clock's milliseconds and random bits. `seed` 0 takes the system's randomness, anything else repeats (tests). */
void store_seed_ids(Store *s, uint64_t seed);
Id store_new_id(Store *s, int64_t now_ms); /* always greater than the last one this Store gave */

/*
 * A verb is one transaction. store_begin takes the write lock (BEGIN
 * IMMEDIATE, ERR_IN_USE after five seconds). store_commit writes the label and the
 * changeset of the journal's own tables as one step of the log and commits; steps
 * undone before are dropped from the redo path but stay in the log. A transaction that changed nothing leaves no step.
 * `alliance` may be 0. Between the two, any store_* function may be called;
 * if one fails, call store_rollback. Transactions do not nest: asserted.
 */
bool store_begin(Store *s, Error *err);
bool store_commit(Store *s, const char *label, Id alliance, Instant at, Error *err);
void store_rollback(Store *s); /* fine when nothing is open */

typedef enum { STEP_DONE, STEP_UNDONE, STEP_DROPPED } StepState;

/* One labelled step of the log. */
typedef struct {
    Id id;
    const char *label;  /* "check-in with Ana Lima" */
    Id alliance;        /* 0: none */
    Instant at;
    StepState state;
} LogStep;

/*
 * Takes back the last step that is done, or does again the last that was
 * undone, in one transaction; works across restarts. `at` is now. ERR_NOT_FOUND: nothing
 * to undo (redo). On success *ret is arena-owned. If the journal no longer matches (changed by another
 * program), ERR_USAGE and nothing changes. A draft that was written on since is never
 * overwritten or removed: it stays beside.
 */
bool store_undo(Store *s, Instant at, Arena *arena, LogStep *ret, Error *err);
bool store_redo(Store *s, Instant at, Arena *arena, LogStep *ret, Error *err);

/* The log, newest first, a page of at most `limit` before step `before` (0: from the newest). */
bool store_log(Store *s, Id before, size_t limit, Arena *arena, LogStep **ret, size_t *ret_n, Error *err);

/* When a verb, an undo or a redo last changed the journal (offset 0); INSTANT_NONE while the log is empty. */
bool store_last_change(Store *s, Instant *ret, Error *err);

/* Empties the log: for the demo journal and `purge`. Inside a transaction that store_commit_quietly ends. */
bool store_forget_log(Store *s, Error *err);
bool store_commit_quietly(Store *s, Error *err); /* commits without a step: only for what undo must not cover */

/* True when another connection has committed since the last call (PRAGMA data_version). */
bool store_changed_elsewhere(Store *s);

/*
 * For tests and `check`: appends one line per row of every table of the journal's own (the log and the search
 * index aside), tables by name and rows by id; the plans of all list statements (one line each, EXPLAIN QUERY PLAN).
 */
bool store_dump(Store *s, Str *out, Error *err);
bool store_list_plans(Store *s, Str *out, Error *err);

/* The migrations' count: what user_version is in a journal of this program. */
int store_version(void);

#endif
