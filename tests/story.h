#ifndef ENTENTE_TESTS_STORY_H
#define ENTENTE_TESTS_STORY_H

#include <entente/app.h>

/*
 * Journals for tests of the faces, built through the verbs. The clock stands
 * at Sun 2026-11-22 21:40 +01:00, ids repeat. Failing to build one aborts with the error.
 */

/* No file: what a first run meets. Nothing may be written to it. */
App *story_first_run(void);

/* In memory, empty. */
App *story_empty(void);

/*
 * Six people: Ana Lima (partner, was due 5 days ago, agreement, a check-in draft, commitments),
 * Ben O'Neill (manager, due today), 佐藤 恵 (Megumi) (co-founder), Grand-mère (family), Luís (friend, snoozed),
 * Priya (mentor, still being designed).
 */
App *story_small(void);

/* The same, and the agreement with Grand-mère, renewed, is to be looked at again on 12 Dec. */
App *story_agenda(void);

/* The demo journal at that day. */
App *story_demo(void);

/* The id of the alliance whose name begins so. */
Id story_who(App *app, const char *name);

#endif
