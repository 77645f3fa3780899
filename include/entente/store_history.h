#ifndef ENTENTE_STORE_HISTORY_H
#define ENTENTE_STORE_HISTORY_H

#include <entente/store.h>

/* The whole history as one list, newest first: sessions, directly agreed versions, commitments, moments. */

typedef struct {
    Id id;
    EntryKind kind;
    Id alliance;
    const char *alliance_name;
    Instant at;
    int trust;          /* check-ins; 0: not rated */
    int version;        /* of the agreement made by a session or agreed directly; 0 */
    Side side;          /* commitments */
    CommitmentState state;
    MomentKind moment;
    const char *text;   /* first answer, trust note, note, commitment, moment, reason, or the matching text in a search */
    const char *snippet;/* searches: the match between U+2039 and U+203A; else "" */
    bool is_private;
    bool quick;
} HistoryRow;

/* Zeroed: everything. Entries of trashed alliances are left out. */
typedef struct {
    Id alliance;        /* 0: all */
    bool has_kind;
    EntryKind kind;
    Date since, until;  /* inclusive, in each entry's own zone; DATE_NONE or 0-filled filter: use history_filter() */
    const char *query;  /* words to search for, NULL: none. Words in any order, the last one as a prefix, "exact phrase", -without */
} HistoryFilter;

HistoryFilter history_filter(void); /* matches everything */

typedef struct {
    bool set;
    int64_t at_ms;
    Id id;
} HistoryCursor;

/* A page of at most `limit` entries before the cursor. *ret_next is set when there are more. Keyset. A query that holds no word finds nothing. */
bool store_history(Store *s, const HistoryFilter *filter, const HistoryCursor *before, size_t limit,
                   Arena *arena, HistoryRow **ret, size_t *ret_n, HistoryCursor *ret_next, Error *err);

/* Compares the search index with the texts and rebuilds it when it differs. */
bool store_search_rebuild(Store *s, Error *err);

#endif
