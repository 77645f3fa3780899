#ifndef ENTENTE_APP_OWN_H
#define ENTENTE_APP_OWN_H

#include <entente/app.h>
#include <entente/store.h>

/* What the rooms of app share and no face sees. */

struct App {
    Store *store;      /* in memory until the first write when there is no file yet */
    char *path;
    bool on_disk;      /* `store` is the journal at `path` */
    bool demo;
    bool changed;      /* a verb, an undo or a redo has committed since the calendar was written */
    char *calendar;    /* the file it is kept in; NULL: none */
    bool has_now;
    Instant now;
    Zone zone;
    uint64_t seed;
    char *prompts_dir; /* "" when none was found */
};

/* Makes the journal's file if there is none yet: before anything is written. */
bool app_ensure_journal(App *app, Error *err);

char *app_unit_dir(void);                                /* $XDG_CONFIG_HOME/systemd/user; NULL without a home; malloc'ed */
void app_program(Str *out);                              /* appends the running program's absolute path; nothing when the system does not say */
char *app_find_data(const char *name);                   /* a file the program came with, "" when there is none; malloc'ed */
bool write_whole(const char *path, StrView text, const char *advice, Error *err); /* app_write_file, with another advice at an error's end */

/*
 * One verb in progress: a transaction, the alliance it is about, and what it
 * will say it did.
 *
 *     Verb v;
 *     if (!verb_begin(&v, app, alliance, done, err)) return false;
 *     bool ok = store_...(...) && store_...(...);
 *     return verb_end(&v, ok, "snooze Ana to Fri 27 Nov");
 *
 * verb_end commits with the label when `ok`, else rolls back; either way it
 * cleans up. The sentence of `done` is built in v.said before it.
 */
typedef struct {
    App *app;
    Error *err;
    Done *done;
    Arena arena;
    Alliance alliance; /* as read, and as verb_write_alliance writes it */
    Id id;             /* what was made or changed: Done.id */
    Str said;
} Verb;

/* `alliance` 0: a verb about none yet. ERR_NOT_FOUND when it does not exist; in the trash it counts as missing, but for verb_begin_any. */
bool verb_begin(Verb *v, App *app, Id alliance, Done *done, Error *err);
bool verb_begin_any(Verb *v, App *app, Id alliance, Done *done, Error *err); /* in the trash too */
bool verb_end(Verb *v, bool ok, const char *label_fmt, ...) __attribute__((format(printf, 3, 4)));

/* Recomputes what is derived of v->alliance from the facts and writes the row: the only place that does. */
bool verb_write_alliance(Verb *v);

/* The facts due_of needs, from a row. Borrows the row's skips. */
DueFacts due_facts(const AllianceRow *row);

/* The first check-in, were this chosen: the day named; else, fixed, the first of the calendar from today on; rolling, by the cadence, never later than the day it had. */
Date first_check_in(const Alliance *a, const Cadence *cadence, Date named, Date today);

/* A first check-in cannot lie in the past. ERR_USAGE. */
bool checked_first(const App *app, Date first, Error *err);

/* Every fourth year from an odd one has no 29 February: a cadence that never gives a day is not kept. `from` DATE_NONE: today. ERR_USAGE. */
bool checked_comes(const App *app, const Cadence *c, Date from, Error *err);

/*
 * What choosing a cadence, and perhaps a first day, writes into the alliance: cadence, anchor, since. False, and nothing is
 * written, when it is in force already and no day is named.
 */
bool choose_cadence(Alliance *a, const Cadence *c, Date first, Date today);

/* checked_comes for the alliance's own cadence, from the day it counts from. */
bool checked_alliance_comes(const App *app, const Alliance *a, Error *err);

/* Chooses the cadence in v->alliance (not yet written). A snooze by the cadence of before is taken away. */
bool verb_set_cadence(Verb *v, const Cadence *cadence, Date first);

/* Refuses text that is empty, too long, not UTF-8 or (a line) holds control characters. The trimmed text is arena-owned. */
bool checked_line(Arena *arena, const char *text, const char *what, size_t max, const char **ret, Error *err);
bool checked_text(Arena *arena, const char *text, const char *what, size_t max, const char **ret, Error *err);

/* Refuses a name that is empty or that another alliance than `self` has. */
bool checked_name(Verb *v, const char *name, Id self, const char **ret);

/* Inserts a commitment of v->alliance. */
bool verb_add_commitment(Verb *v, const NewCommitment *c, Id made_in);

/* Settles one (or opens it again) at `app`'s now; settled_in may be 0. */
bool verb_settle(Verb *v, Id commitment, CommitmentState state, Id settled_in);

/* Appends to what the verb says: `before` and "Next: Fri 4 Dec." or "Waiting since Wed 18 Nov." by v->alliance.due, or nothing. */
void say_next(Verb *v, const char *before);

#endif
