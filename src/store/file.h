#ifndef ENTENTE_STORE_FILE_H
#define ENTENTE_STORE_FILE_H

#include "sql.h"

/* Makes the journal's folder (0700) and an empty file (0600) where missing; STORE_EXISTING only looks. */
bool file_make(const char *path, StoreMode mode, Error *err);

/* Connects to an existing file or to ":memory:"; sets s->db. */
bool file_connect(Store *s, const char *path, Error *err);

/* Copies the open journal to "PATH.vN.bak" (0600) through SQLite. */
bool file_back_up(Store *s, int version, Error *err);

#endif
