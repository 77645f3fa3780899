#ifndef ENTENTE_STORE_SCHEMA_H
#define ENTENTE_STORE_SCHEMA_H

#include "sql.h"

/* In the header of every journal, so that file(1) and we know it: "ente". */
enum { APPLICATION_ID = 0x656e7465 };

/* The road from one version of the schema to the next: statements, NULL at the end. */
typedef const char *const *Migration;

/* Index i leads from user_version i to i + 1. */
extern const Migration migrations[];
extern const int migration_count;

/* The journal's own tables by name: what a dump shows. All but the two of the log of reminders are under undo. */
typedef struct {
    const char *name;
    const char *dump; /* every row, ordered */
    bool undo;
} OwnTable;

enum { OWN_TABLE_COUNT = 16 };
extern const OwnTable own_tables[OWN_TABLE_COUNT];

/* Runs what is missing, each migration in its own transaction with its user_version. An older journal is backed up first. */
bool schema_migrate(Store *s, const Migration *steps, int count, Error *err);

/*
 * Fails with ERR_UNREADABLE when the file holds a trigger or a view that is not
 * word for word one of ours. Until then the schema is not trusted; after it must be, because
 * SQLite lets the triggers of an untrusted one touch no full-text table.
 */
bool schema_check(Store *s, const Migration *steps, int count, Error *err);

/* store_open with a given road: for tests of migration. */
bool store_open_with(const char *path, StoreMode mode, const Migration *steps, int count, Store **ret, Error *err);

#endif
