#ifndef ENTENTE_SESSION_H
#define ENTENTE_SESSION_H

#include <entente/app.h>
#include <entente/prompt.h>
#include <entente/vec.h>

/*
 * A guided session: the one state machine behind the full screen, the plain
 * face and the tests. Begin (a draft found is gone on with), change the step
 * it stands at, next, skip, back, and at the review finish. Faces read the
 * struct freely and change it only through the functions here. Whatever was typed is in the draft after every
 * step and after session_save, which a face calls within a second of typing.
 */

typedef enum {
    STEP_WHO,         /* a new alliance: name, role, situation, short or deep walk */
    STEP_TEXT,        /* a text; `items`: each line becomes one term */
    STEP_SCALE,       /* a value in words, and one optional line */
    STEP_CHOICE,      /* one of a few; `value` from 1 */
    STEP_COMMITMENTS, /* what became of the open ones; new ones */
    STEP_TERMS,       /* terms of the agreement one by one: lived or not; in repair and renew: keep, change, drop */
    STEP_DATE,        /* a day in words, in `text` */
    STEP_CADENCE,     /* how often, and the first day */
    STEP_REVIEW       /* what will be kept; always the last */
} StepKind;

typedef enum { STEP_OPEN, STEP_ANSWERED, STEP_SKIPPED } StepMark;

typedef struct {
    StepKind kind;
    StepMark mark;
    const char *key;       /* the prompt's key; "who", "cadence", "review" */
    const Prompt *prompt;  /* NULL for who, cadence and review, and where a pack lost it */
    const char *title;     /* "Boundaries" */
    const char *question;  /* filled in */
    const char *help;      /* filled in: "Why this is asked" */
    const char *reason;    /* the fact that had it chosen, a sentence; "" where none did */
    const char *const *examples; /* of the situation, else of the prompt */
    size_t example_count;
    const char *asked;     /* talk mode: who answers, "You" or the partner's name; "" otherwise */
    const char *opened_by; /* a follow-up: the key of the step whose answer opened it; "" otherwise */
    bool adds;             /* its lines are added to what stands in the agreement, replacing nothing */
    const char *last_time; /* the answer given last time with its day, "" */
    bool items;
    bool has_section;      /* design: where its lines stand in the agreement */
    Section section;
    Side side;
    const char *before;    /* that part of the agreement in force when it began, a term a line; "" */
    bool was_private;
    bool is_private;
    Str text;              /* as typed */
    size_t cursor;         /* where the writer stood in it */
    int value;             /* scale; 0: none */
} SessionStep;

/* A row of "What became of these?" */
typedef struct {
    Id id;
    Side side;
    const char *text;
    Date due;
    CommitmentState state; /* as chosen so far; COMMITMENT_OPEN: still open */
} SettleRow;

/* What a repair or a renewal does with a term. */
typedef enum { DEAL_KEEP, DEAL_CHANGE, DEAL_DROP, DEAL_COUNT } TermDeal;

/* A row of a terms step. */
typedef struct {
    Id id;
    Section section;
    Side side;
    const char *text;
    TermMark mark;         /* check-in: TERM_UNMARKED until chosen */
    TermDeal deal;         /* repair, renew */
    Str change;            /* the new text; begins as the old one */
} TermRow;

/* What was noted while preparing: shown beside a design, never in talk mode. */
typedef struct {
    const char *question, *text;
} SessionNote;

/* A row of new commitments, as typed. */
typedef struct {
    Side side;
    Str text;
    Str by;                /* WHEN, "" for no date */
} CommitRow;

typedef struct {
    App *app;
    Id alliance;           /* 0 until the who step is accepted */
    Stage stage;
    const char *partner;   /* the alliance's name, "" before */
    SessionStep *steps;
    size_t count;
    size_t at;             /* the step it stands at */
    bool resumed;          /* a draft was found */
    bool dirty;            /* changed since the last save */
    Instant saved;         /* INSTANT_NONE before the first save */
    int version;           /* the agreement version in force when it began; 0 */
    /* who */
    Str name, role;
    bool deep;
    Str situation;         /* key of the starter picked; "" for none */
    Situations *situations;/* to pick from; NULL but in a new design */
    bool together;         /* talk mode: each question for both sides in turn */
    const SessionNote *notes;
    size_t note_count;
    /* terms */
    Vec(TermRow) terms;
    /* commitments */
    Vec(SettleRow) settle;
    Vec(CommitRow) commits; /* always ends in an empty row */
    /* cadence */
    Str cadence;           /* as typed or chosen, "" for no reminder */
    Str first;             /* WHEN of the first check-in */
    /* review */
    Talked talked;
    Str talked_on;         /* WHEN */
    Str reason;            /* why the agreement changed; invited from version 2 on */
    bool is_private;       /* the whole check-in */
    struct SessionOwn *own; /* app's: the packs, the draft, the texts */
} Session;

/* What a session that is not yet begun needs. Zeroed but for alliance and stage. */
typedef struct {
    Id alliance;           /* 0: a new alliance (stage design) */
    Stage stage;           /* of an alliance of two; a team's design and check-in take the team's packs by themselves */
    bool together;         /* design: talk mode */
    Id term;               /* renew: open at this term; 0 */
    bool has_section;      /* design: open just this section of the agreement */
    Section section;
    bool deep;             /* design: the deep walk */
    const char *situation; /* design of a new alliance: key of the starter it begins with; NULL */
} SessionStart;

/* Begins, or goes on with the newest draft of that alliance and stage (a start with a section goes to that section's step of the draft). ERR_UNREADABLE: prompts. Caller frees. */
bool session_begin(App *app, const SessionStart *start, Session **ret, Error *err);

/* Frees; does not save. NULL is fine. */
void session_free(Session *s);

SessionStep *session_step(const Session *s);   /* the current one */
size_t session_number(const Session *s);       /* of the current step among those counted ("4 of 8"), from 1; the review does not count */
size_t session_total(const Session *s);        /* steps counted, without the review */
size_t session_answered(const Session *s);

/* Changes; each marks the session dirty. Text must be valid UTF-8 (asserted): faces check what comes in. */
void session_set_text(Session *s, StrView text, size_t cursor);
void session_set_value(Session *s, int value);              /* 0 clears */
void session_set_private(Session *s, bool is_private);      /* the current step's answer; at the review the whole check-in */
void session_set_who(Session *s, StrView name, StrView role, bool deep);
void session_set_situation(Session *s, const char *key);    /* "" for none */
void session_set_term_mark(Session *s, size_t row, TermMark mark);
void session_set_term_deal(Session *s, size_t row, TermDeal deal, StrView change);
void session_set_settle(Session *s, size_t row, CommitmentState state);
void session_set_commit(Session *s, size_t row, Side side, StrView text, StrView by); /* filling the last row adds an empty one */
void session_set_cadence(Session *s, StrView cadence, StrView first);
void session_set_talked(Session *s, Talked talked, StrView on);
void session_set_reason(Session *s, StrView reason);
void session_make_commitment(Session *s);                   /* the current text's first line becomes a new commitment of mine, once */

/* One sentence that reads back what was understood at this step (dates, cadence, commitments, scale word), or nothing. */
void session_understood(const Session *s, Str *out);
void session_understood_briefly(const Session *s, Str *out); /* for few columns */

/*
 * Accepts the current step and goes on: an empty one counts as skipped. Checks
 * dates, cadence and names (ERR_USAGE, the step stays). Accepting the who step makes the alliance. Saves the draft.
 */
bool session_next(Session *s, Error *err);
bool session_skip(Session *s, Error *err);     /* leaves the step open, keeps its text, goes on */
bool session_back(Session *s, Error *err);     /* at the first step nothing happens */
bool session_go(Session *s, size_t step, Error *err);
bool session_save(Session *s, Error *err);     /* writes the draft if dirty; a session nothing was typed into leaves no draft */

/* What leaving keeps: "Draft kept: 4 of 7." (true), or that nothing was written (false). */
bool session_kept_words(const Session *s, Str *out);

/* The same for a screen with keys: "Draft kept: 4 of 7. Press c on Ana Lima to go on." */
void session_leave_words(const Session *s, Str *out);

/* Files of the user's own packs that were left out, and why: to be said once. Borrowed. */
size_t session_complaints(const Session *s, const Complaint **ret);

/* The lines of the review: a title and what will be kept ("2 items", "left open", the text's first line). Arena-owned. */
typedef struct {
    size_t step;           /* which step it stands for */
    const char *title;
    const char *text;
} ReviewLine;

size_t session_review(const Session *s, Arena *arena, ReviewLine **ret);
void session_review_words(const Session *s, Str *out); /* "This becomes version 1. Left open: Communication." / "6 of 7 answered, 1 skipped. Trust 3. ..." */

/* True when a design would write a new version: its text differs from the agreement in force, or there is none. */
bool session_changes_agreement(const Session *s);

/*
 * Keeps it: the check-in with its answers, commitments and settled ones, or
 * the next version of the agreement with the cadence; removes the draft. One
 * verb, one step of undo. The session must then be freed.
 */
bool session_finish(Session *s, Done *done, Error *err);

/* Throws the draft away; undo brings it back. The session must then be freed. */
bool session_discard(Session *s, Done *done, Error *err);

#endif
