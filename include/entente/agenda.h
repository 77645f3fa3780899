#ifndef ENTENTE_AGENDA_H
#define ENTENTE_AGENDA_H

#include <entente/app.h>

/* What is due on which day: check-ins, commitments and reviews together. */

typedef enum { AGENDA_WAITING, AGENDA_TODAY, AGENDA_SOON, AGENDA_LATER, AGENDA_SECTION_COUNT } AgendaSection;

enum { AGENDA_SOON_DAYS = 7 };

const char *agenda_section_title(AgendaSection s); /* "Waiting", "Today", "Next 7 days", "Later" */

typedef struct {
    AgendaKind kind;
    AgendaSection section;
    Date day;
    Id alliance;
    const char *name;                /* the alliance's */
    const AllianceRow *row;          /* of a check-in, else NULL */
    const CommitmentRow *commitment; /* of a commitment, else NULL */
} AgendaItem;

/*
 * All that is due until a day, in the order of days; on one day commitments stand before check-ins, reviews behind, then by name.
 * Commitments of both sides are among it, check-ins that were snoozed stand on the day they were moved to, a pause
 * that ends on a day on that day; open pauses are left out. `until` DATE_NONE: without end. Of each kind at most `limit` are read; when there are
 * more, what comes after the last day that is complete is left out and *ret_more is set. Results live in the arena.
 */
bool app_agenda(App *app, Date until, size_t limit, Arena *arena, AgendaItem **ret, size_t *ret_n,
                bool *ret_more, Error *err);

/* What the log and a list know an item by: the commitment's id, else the alliance's. With its kind and day it stands for one matter. */
Id agenda_matter(const AgendaItem *item);

/* Whether a commitment's text stays in the journal, because it was made in a private check-in. */
bool app_commitment_hidden(App *app, const Commitment *c, bool *ret, Error *err);

/*
 * The last column: "was due 5 days ago, draft 3 of 7", "every week", "snoozed from 20 Nov", "you: send the draft budget",
 * "Ana: tell me early when tired", "look at the agreement again".
 */
void app_agenda_words(const App *app, const AgendaItem *item, Str *out);

/* '!' past, '*' today, ' ' later, 'z' a snoozed check-in whose day is still to come. */
char app_agenda_marker(const App *app, const AgendaItem *item);

/* How many check-ins wait (past due or due today) and commitments of mine are due by today: what a prompt shows. Two looks into indexes. */
typedef struct {
    size_t check_ins, commitments;
} AgendaStatus;

bool app_status(App *app, AgendaStatus *ret, Error *err);
bool app_due_count(App *app, size_t *ret, Error *err);  /* the check-ins alone */
void app_status_words(const AgendaStatus *s, Str *out); /* "2 check-ins, 1 commitment"; nothing when nothing is due */

/*
 * The next days of the row's alliance, at most `n`: the due day (today for a past one), then as its cadence counts on when
 * that one is held then: rolling, that day + N intervals, so that month ends do not drift. Their number; 0 when nothing is
 * planned, or an open pause rests.
 */
size_t app_next_days(const App *app, const AllianceRow *row, Date *ret, size_t n);

/* How many check-ins of the row's alliance have gone by; from DUE_MISSED_OFFER on, faces ask if the cadence is still right. */
int app_missed(const App *app, const AllianceRow *row);
const char *agenda_missed_word(int missed); /* "Three" to "Eleven", then "Many": how a sentence about them begins; from DUE_MISSED_OFFER on */

#endif
