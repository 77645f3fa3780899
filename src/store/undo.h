#ifndef ENTENTE_STORE_UNDO_H
#define ENTENTE_STORE_UNDO_H

#include "sql.h"

/* Starts recording changes to the tables under undo. */
bool undo_record(Store *s, Error *err);

/* Writes what was recorded as a step of the log; nothing when nothing changed. */
bool undo_write_step(Store *s, const char *label, Id alliance, Instant at, Error *err);

void undo_stop(Store *s); /* fine when nothing is recorded */

#endif
