#ifndef ENTENTE_APP_H
#define ENTENTE_APP_H

#include <entente/arena.h>
#include <entente/error.h>
#include <entente/figures.h>
#include <entente/model.h>
#include <entente/prompt.h>
#include <entente/store_alliances.h>
#include <entente/store_commitments.h>
#include <entente/store_history.h>
#include <entente/str.h>
#include <stdbool.h>

/*
 * The verbs. Everything a face can do is here or in session.h; both faces and
 * the tests call the same functions. Each changing verb is one transaction, one labelled step that
 * app_undo takes back, and says in one sentence what it did.
 */
typedef struct App App;

typedef struct {
    const char *journal;   /* a path or ":memory:"; NULL: $XDG_DATA_HOME/entente/journal.db */
    const char *prompts;   /* the packs' folder; NULL: $ENTENTE_PROMPTS, else beside the program, else where it was installed */
    bool has_now;          /* the clock stands still at `now` */
    Instant now;
    const Zone *zone;      /* NULL: the system's; must outlive the App */
    const char *calendar;  /* an iCalendar file to keep up to date, see export.h; NULL: none */
    uint64_t seed;         /* 0: ids from the system's randomness; else everything repeats (tests) */
} AppOptions;

/*
 * Opens the journal. A missing file is no error and is not made: reading then
 * finds an empty journal, and the first thing written makes it. Errors as
 * store_open. Caller closes.
 */
bool app_open(const AppOptions *options, App **ret, Error *err);
void app_close(App *app); /* NULL is fine */

/* The invented journal, in memory: the situations of 18 months, dates relative to `options->now` or today. `journal` is ignored. */
bool app_open_demo(const AppOptions *options, App **ret, Error *err);

bool app_is_demo(const App *app);
const char *app_journal_path(const App *app);  /* absolute, also where no file is yet; ":memory:" */
bool app_has_journal(const App *app);           /* a file (or memory journal) is open; false before the first write */
const char *app_prompts_dir(const App *app);   /* "" when none was found: sessions then fail and say so */
const Zone *app_zone(const App *app);
Instant app_now(const App *app);
Instant app_system_now(const Zone *zone);       /* the machine's clock: the only place that asks for it */
Date app_today(const App *app);
void app_set_now(App *app, Instant now);        /* makes the clock stand still there: for the demo and tests */
bool app_changed_elsewhere(App *app);           /* another process has written since the last call */

/* Paths of the program's files, for `entente paths`: absolute, NUL-terminated, malloc'ed. NULL when there is neither $XDG_... nor a home. */
char *app_default_journal(void);   /* $XDG_DATA_HOME/entente/journal.db */
char *app_config_dir(void);        /* $XDG_CONFIG_HOME/entente */
char *app_state_dir(void);         /* $XDG_STATE_HOME/entente */

/* ---- what a verb says it did ---- */

typedef struct {
    Id id;    /* of what was made or changed; 0 */
    Str text; /* one sentence: "Snoozed Luís to Fri 27 Nov." */
} Done;

void done_init(Done *d);
void done_finish(Done *d); /* accepts zeroed */

/* ---- finding ---- */

/*
 * WHO of the command line: a whole name, an unambiguous beginning of one, or
 * an id; case and accents do not matter. ERR_NOT_FOUND, or ERR_USAGE with the candidates when ambiguous.
 */
bool app_find(App *app, const char *who, bool trashed, Id *ret, Error *err);

/* ---- reading; results live in the caller's arena ---- */

bool app_alliances(App *app, const AllianceFilter *filter, const AllianceCursor *after, size_t limit,
                   Arena *arena, AllianceRow **ret, size_t *ret_n, AllianceCursor *ret_next, Error *err);
bool app_alliance_row(App *app, Id id, Arena *arena, AllianceRow *ret, Error *err);
bool app_any_alliance(App *app, bool *ret, Error *err);

/* When the row's next check-in is due, called by its name today. */
Due app_due(const App *app, const AllianceRow *row);

/* "was due 5d ago" (3w, 7mo, 2y: as date_span has it), "today", "in 3 days", "snoozed to Fri", "paused to 4 Dec", "paused", "design 4 of 8", "no cadence": the CHECK-IN column. */
void app_due_words(const App *app, const AllianceRow *row, Str *out);

/* The one-column marker: '!' past due, '*' today, ' ' later, 'z' snoozed, '=' paused, 'd' still being designed. */
char app_marker(const App *app, const AllianceRow *row);

/* Alliances whose check-in is past due or due today, most urgent first, at most `limit`. `without`: see AllianceFilter. */
bool app_due_list(App *app, unsigned without, size_t limit, Arena *arena, AllianceRow **ret, size_t *ret_n, Error *err);

/* The names of the alliances whose agreement was to be looked at by today, the longest waiting first. */
bool app_reviews_due(App *app, size_t limit, Arena *arena, const char *const **ret, size_t *ret_n, Error *err);

/* What someone is called in a sentence: "Ana" for "Ana Lima", "Megumi" for "佐藤 恵 (Megumi)", else the whole name. */
void app_short_name(const char *name, Str *out);

/* One sentence on who needs attention: "Today: check-ins with Ana and Ben are waiting; one commitment of yours is due; the agreement with Ana wants a look." or what comes next. */
bool app_today_sentence(App *app, Str *out, Error *err);

/* All that an alliance's page shows. */
typedef struct {
    AllianceRow row;
    Person *people;
    size_t people_count;
    Version *versions;          /* ascending */
    size_t version_count;
    Term *terms;                /* of all versions */
    size_t term_count;
    const Term **in_force;      /* the agreement at row.alliance.version, reading order */
    size_t in_force_count;
    CommitmentRow *commitments; /* open ones, and the last settled ones, at most 100 */
    size_t commitment_count;
    CheckIn *check_ins;         /* newest first, at most 12 */
    size_t check_in_count;
    size_t check_ins_total;
    const char *last_quote;     /* the last check-in's first words, "" */
    Record kept[SIDE_COUNT];
    bool has_review;            /* row.alliance.review_on is a day */
} AllianceDetail;

bool app_detail(App *app, Id alliance, Arena *arena, AllianceDetail *ret, Error *err);

bool app_commitments(App *app, const CommitmentFilter *filter, const CommitmentCursor *after, size_t limit,
                     Arena *arena, CommitmentRow **ret, size_t *ret_n, CommitmentCursor *ret_next, Error *err);

bool app_history(App *app, const HistoryFilter *filter, const HistoryCursor *before, size_t limit,
                 Arena *arena, HistoryRow **ret, size_t *ret_n, HistoryCursor *ret_next, Error *err);

/* "check-in", "design, agreement v1", "agreement v4", "commitment", "moment: gave": what a line of history is called. */
void app_entry_title(const HistoryRow *row, Str *out);

/* One entry whole: its parts in order, each a label ("What went well?", "Trust") and the text word for word. */
typedef struct {
    const char *label;
    const char *text;
    bool is_private;
} EntryPart;

typedef struct {
    EntryPart *parts;
    size_t count;
} Entry;

bool app_entry(App *app, Id id, EntryKind kind, Arena *arena, Entry *ret, Error *err);

/* Cursor of a history page as text for --before and "next", and back. */
void app_cursor_print(const HistoryCursor *c, Str *out);
bool app_cursor_parse(const char *text, HistoryCursor *ret, Error *err);

/* ---- prompts ---- */

/* The prompts in force of a stage, the user's own packs ($XDG_CONFIG_HOME/entente/prompts) taken in. Caller frees. */
bool app_prompts(App *app, Stage stage, Prompts **ret, Error *err);

/* What the choice of prompts depends on, read from the journal. Arena-owned. */
bool app_facts(App *app, Id alliance, Arena *arena, Facts *ret, Error *err);

/* What a session of this stage would ask now, and why; *prompts must outlive the choices, caller frees it. */
bool app_why(App *app, Id alliance, Stage stage, Arena *arena, Prompts **ret_prompts, const Choice **ret,
             size_t *ret_n, Error *err);

/* Sessions worth offering now: repair, renew. Never more than an offer. */
bool app_offers(App *app, Id alliance, Arena *arena, Offer ret[OFFERS_MAX], size_t *ret_n, Error *err);

/* ---- verbs; `done` may be NULL ---- */

typedef struct {
    const char *name;                 /* required; cleaned of control characters by refusal, trimmed */
    AllianceKind kind;
    const char *role, *email, *phone; /* NULL: none */
    const char *situation;            /* key of the starter picked; NULL: none */
    const char *const *members;       /* team: names */
    size_t member_count;
    const char *const *tags;
    size_t tag_count;
    Cadence cadence;
    Date first;                       /* first check-in; DATE_NONE: today + one interval */
} NewAlliance;

/* A new alliance in state designing; with a cadence it is active at once. ERR_USAGE: no name, a name taken (folded) by another alliance, bad text. */
bool app_new_alliance(App *app, const NewAlliance *n, Done *done, Error *err);

/* Another name, another role. ERR_USAGE as for a new one. */
bool app_rename(App *app, Id alliance, const char *name, const char *role, Done *done, Error *err);

/* Adds a term: writes the next version of the agreement. */
bool app_agree(App *app, Id alliance, Section section, Side side, const char *text, bool is_private,
               Done *done, Error *err);

bool app_commit(App *app, Id alliance, Side side, const char *text, Date due, Done *done, Error *err);
bool app_edit_commitment(App *app, Id id, Side side, const char *text, Date due, Done *done, Error *err);
bool app_settle(App *app, Id id, CommitmentState state, Done *done, Error *err); /* COMMITMENT_OPEN opens it again; KEPT_LATE is refused */
bool app_trash_commitment(App *app, Id id, Done *done, Error *err);

bool app_moment(App *app, Id alliance, MomentKind kind, const char *text, Instant at, bool is_private,
                Done *done, Error *err);

/* A commitment as it is said when made: "me: call the landlord by fri". */
typedef struct {
    Side side;
    const char *text;
    Date due;
} NewCommitment;

/* Reads "me|them|both: TEXT [by WHEN]"; text is arena-owned. Only a final "by WHEN" that is a day counts as one. ERR_USAGE. */
bool app_read_commitment(App *app, const char *text, Arena *arena, NewCommitment *ret, Error *err);

/* Of one read without a day: the few words behind a last "by", which may have been meant as one; NULL when there are none. */
const char *app_commitment_no_day(const NewCommitment *c);

typedef struct {
    Instant at;                       /* INSTANT_NONE: now; not in the future */
    int trust;                        /* 0: not rated */
    const char *note;                 /* "" */
    bool is_private;
    const NewCommitment *commitments;
    size_t commitment_count;
} QuickCheckIn;

bool app_quick_check_in(App *app, Id alliance, const QuickCheckIn *q, Done *done, Error *err);

/*
 * Puts off the next check-in only: to a day after today and after the day it is due; one that is snoozed already also back to
 * that day. ERR_USAGE: nothing to snooze, no such day, or the alliance is paused. The check says the same of a row; `until`
 * DATE_NONE: whether it can be snoozed at all.
 */
bool app_snooze(App *app, Id alliance, Date until, Done *done, Error *err);
bool app_check_snooze(const App *app, const AllianceRow *row, Date until, Error *err);

/* What snoozing to `until` would leave out of a fixed cadence: " This leaves out Tue 15 Dec.", " This leaves out 2 check-ins.", or nothing. */
void app_snooze_leaves_out(const App *app, const AllianceRow *row, Date until, Str *out);

bool app_skip(App *app, Id alliance, Done *done, Error *err); /* the next check-in, on purpose, and with one that has gone by all that have */
bool app_pause(App *app, Id alliance, Date until, Done *done, Error *err);  /* DATE_NONE: until woken */
bool app_resume(App *app, Id alliance, Done *done, Error *err); /* what went by in a pause is due today, at the earliest. ERR_USAGE: not paused, or no longer */
bool app_check_review(const Alliance *a, Error *err); /* whether there is an agreement to review: why not before anything is asked */
bool app_set_review(App *app, Id alliance, Date on, Done *done, Error *err); /* when the agreement is to be looked at again; DATE_NONE: not. ERR_USAGE: a past day, ended, no agreement */

/*
 * `first`: the day of the next check-in, the cadence counts on from the one held then. DATE_NONE: a fixed cadence begins with
 * the first day of its calendar from today on, a rolling one keeps counting from the last check-in. What is in force already,
 * without a day, changes nothing; else a snooze is over, and of another cadence no day from today on is skipped any more.
 */
bool app_set_cadence(App *app, Id alliance, const Cadence *c, Date first, Done *done, Error *err);

/*
 * What choosing a cadence would mean, before it is done. `row`: of the alliance as it is, NULL for a new one; `first` as in
 * app_set_cadence. The check refuses what app_set_cadence would: a first day in the past, a cadence that never fires.
 * The days are those of app_next_days, an open pause left out of account. The preview says in one sentence the first
 * five of them, what they hang on, and what becomes of months that lack the day; `brief`, for few columns, the days first.
 */
enum { CADENCE_PREVIEW_DAYS = 5 };
bool app_check_cadence(const App *app, const AllianceRow *row, const Cadence *c, Date first, Error *err);
size_t app_cadence_days(const App *app, const AllianceRow *row, const Cadence *c, Date first, Date *ret,
                        size_t n);
void app_cadence_preview(const App *app, const AllianceRow *row, const Cadence *c, Date first, bool brief,
                         Str *out);

bool app_end(App *app, Id alliance, Done *done, Error *err);
bool app_trash(App *app, Id alliance, Done *done, Error *err);
bool app_restore(App *app, Id alliance, Done *done, Error *err);

/* ERR_NOT_FOUND: "Nothing to undo." The sentence names the alliance: "Undone: snooze Luís to Fri 27 Nov." */
bool app_undo(App *app, Done *done, Error *err);
bool app_redo(App *app, Done *done, Error *err);
bool app_log(App *app, Id before, size_t limit, Arena *arena, LogStep **ret, size_t *ret_n, Error *err);

/* The journal's own rows as text, for tests: see store_dump. */
bool app_dump(App *app, Str *out, Error *err);

#endif
