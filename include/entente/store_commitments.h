#ifndef ENTENTE_STORE_COMMITMENTS_H
#define ENTENTE_STORE_COMMITMENTS_H

#include <entente/store.h>

/* Commitments. Writers need an open transaction. Reading derives kept-late. */

bool store_commitment_insert(Store *s, const Commitment *c, Error *err);
bool store_commitment_update(Store *s, const Commitment *c, Error *err); /* all fields; kept-late is stored as kept */
bool store_commitment_get(Store *s, Id id, Arena *arena, Commitment *ret, Error *err); /* ERR_NOT_FOUND */

/* Which commitments. Zeroed: all of all alliances. The trash is never among them. */
typedef struct {
    Id alliance; /* 0: all */
    bool open;   /* only open ones */
    bool has_due_by; /* only open ones that have a day, `due_by` or before, of alliances neither ended nor in the trash: costs these, not the list */
    Date due_by;
} CommitmentFilter;

typedef struct {
    bool set;
    bool settled;
    int64_t order;
    Id id;
} CommitmentCursor;

typedef struct {
    Commitment commitment;
    const char *alliance_name;
} CommitmentRow;

/* A page: open ones first, by due day (undated last), then settled ones, the last settled first. */
bool store_commitments(Store *s, const CommitmentFilter *filter, const CommitmentCursor *after, size_t limit,
                       Arena *arena, CommitmentRow **ret, size_t *ret_n, CommitmentCursor *ret_next,
                       Error *err);

/* How many open commitments that are mine or of both are due by a day, counted up to `limit`; those of alliances in the trash or ended aside. */
bool store_commitments_due(Store *s, Date by, size_t limit, size_t *ret, Error *err);

#endif
