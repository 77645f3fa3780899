#ifndef ENTENTE_STORE_ALLIANCES_H
#define ENTENTE_STORE_ALLIANCES_H

#include <entente/store.h>

/* People, alliances with their members and tags, and what moves their calendar. Writers need an open transaction. */

bool store_person_insert(Store *s, const Person *p, Error *err);
bool store_person_update(Store *s, const Person *p, Error *err);
bool store_member_insert(Store *s, Id alliance, Id person, int position, Error *err);
bool store_members(Store *s, Id alliance, Arena *arena, Person **ret, size_t *ret_n, Error *err);

bool store_alliance_insert(Store *s, const Alliance *a, Error *err);
bool store_alliance_update(Store *s, const Alliance *a, Error *err); /* all fields, derived ones too */
bool store_alliance_get(Store *s, Id id, Arena *arena, Alliance *ret, Error *err); /* ERR_NOT_FOUND */
bool store_tag_insert(Store *s, Id alliance, const char *tag, Error *err);

/* Alliances whose folded name is, or begins with, `folded`; at most `limit`, exact ones first; those in the trash are among them only if `trashed`. */
bool store_alliances_named(Store *s, const char *folded, bool trashed, size_t limit, Arena *arena,
                           Alliance **ret, size_t *ret_n, Error *err);

enum { TRUST_HISTORY = 8 };

/* What a list of alliances shows of one. */
typedef struct {
    Alliance alliance;
    const char **tags;
    size_t tag_count;
    int trust[TRUST_HISTORY];   /* of the last check-ins, oldest first; 0: not rated */
    size_t trust_count;
    int open[SIDE_COUNT];       /* open commitments by side */
    Date next_commitment;       /* earliest due day of an open one; DATE_NONE */
    bool has_draft;
    Stage draft_stage;
    int draft_step, draft_steps;
    Instant draft_saved;
    /* For due_of: */
    Date snooze_of, snooze_until;
    const Date *skips;          /* those not before the last check-in, ascending */
    size_t skip_count;
} AllianceRow;

/* Parts of a row that cost a look of their own. */
enum { ROW_TAGS = 1, ROW_TRUST = 2, ROW_OPEN = 4, ROW_DRAFT = 8, ROW_PARTS = 15 };

/* Which alliances a list holds. Zeroed: all that are neither ended nor in the trash. */
typedef struct {
    const char *tag;            /* NULL: any */
    bool has_state;
    AllianceState state;
    bool ended;                 /* the ended ones too */
    bool trashed;               /* only what is in the trash */
    bool has_due_by;            /* only those due on `due_by` or before: costs these, not the list */
    Date due_by;
    unsigned without;           /* ROW_ parts nobody will look at: they stay empty */
} AllianceFilter;

/* Where a page of the list ended; zeroed: from the start. */
typedef struct {
    bool set;
    const char *order;          /* the sort key of the last row, arena-owned */
    Id id;
} AllianceCursor;

/*
 * A page of at most `limit` alliances by due day (those without one behind, open pauses last), then
 * name. *ret_next is set when there are more. Keyset: costs the page, not the journal.
 */
bool store_alliances(Store *s, const AllianceFilter *filter, const AllianceCursor *after, size_t limit,
                     Arena *arena, AllianceRow **ret, size_t *ret_n, AllianceCursor *ret_next, Error *err);
bool store_alliance_row(Store *s, Id id, Arena *arena, AllianceRow *ret, Error *err);
bool store_alliances_exist(Store *s, bool *ret, Error *err); /* any at all, trash aside */
bool store_alliance_count(Store *s, size_t *ret, Error *err); /* neither ended nor in the trash */

/* How many check-ins are past due or due on `today`, counted up to `limit`. One look into an index, no row is read. */
bool store_due_count(Store *s, Date today, size_t limit, size_t *ret, Error *err);

/* An agreement that wants to be looked at again. */
typedef struct {
    Id alliance;
    const char *name;
    Date on;
} ReviewRow;

/* Reviews on `until` or before, the earliest first, at most `limit`; those of ended alliances and in the trash aside. Costs these, not the list. */
bool store_reviews(Store *s, Date until, size_t limit, Arena *arena, ReviewRow **ret, size_t *ret_n, Error *err);

/* The facts that move the next check-in. A snooze replaces the alliance's earlier one; until DATE_NONE removes it. */
bool store_skip_delete(Store *s, Id alliance, Date of, Error *err); /* nothing is fine */
bool store_skips_delete(Store *s, Id alliance, Date from, Error *err); /* those on `from` and after it */
bool store_snooze_set(Store *s, Id id, Id alliance, Date of, Date until, Instant at, Error *err);
bool store_skip_insert(Store *s, Id id, Id alliance, Date of, Instant at, Error *err);

#endif
