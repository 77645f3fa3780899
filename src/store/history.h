#ifndef ENTENTE_STORE_HISTORY_ROOM_H
#define ENTENTE_STORE_HISTORY_ROOM_H

#include <entente/store_history.h>

#include "sql.h"

/* Takes the columns that every arm of the history has. */
HistoryRow take_history_row(Query *q);

#endif
