#ifndef ENTENTE_STORE_DRAFTS_H
#define ENTENTE_STORE_DRAFTS_H

#include <entente/store.h>

/*
 * Unfinished sessions. Saving is not a verb: it commits at once, makes no step,
 * and so costs one durable write. Taking a draft out (finishing, discarding) is part of a verb.
 */

/*
 * Writes the draft: a new row when d->id is 0 or when the row was saved by somebody
 * else since (its revision differs), so that neither text is lost; d->id
 * and d->revision are updated. Must not be called inside a transaction.
 */
bool store_draft_save(Store *s, Draft *d, Error *err);

/* The newest draft of this alliance and stage; 0: of one without a name yet, or of one whose making was undone. ERR_NOT_FOUND. */
bool store_draft_find(Store *s, Id alliance, Stage stage, Arena *arena, Draft *ret, Error *err);

/* The newest draft of an alliance, whatever its stage. ERR_NOT_FOUND. */
bool store_draft_of(Store *s, Id alliance, Arena *arena, Draft *ret, Error *err);

/* Inside a transaction. A missing one is fine, and one that somebody else saved since stays: those words are theirs. */
bool store_draft_delete(Store *s, const Draft *d, Error *err);

#endif
