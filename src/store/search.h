#ifndef ENTENTE_STORE_SEARCH_H
#define ENTENTE_STORE_SEARCH_H

#include <entente/store_history.h>

#include "sql.h"

/*
 * Turns what was typed into an expression of FTS5. Every word is quoted, so
 * that nothing typed is ever read as syntax. False when no word is wanted.
 */
bool search_expression(Str *out, StrView typed);

/* store_history for a filter with a query: newest text first. */
bool search_page(Store *s, const HistoryFilter *filter, const HistoryCursor *before, size_t limit, Arena *arena,
                 HistoryRow **ret, size_t *ret_n, HistoryCursor *ret_next, Error *err);

#endif
