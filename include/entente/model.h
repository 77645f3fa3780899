#ifndef ENTENTE_MODEL_H
#define ENTENTE_MODEL_H

#include <entente/cadence.h>
#include <entente/date.h>
#include <entente/due.h>
#include <entente/str.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Plain structs for the words of the house. Text fields are NUL-terminated
 * UTF-8, never NULL ("" for none), owned by the arena they were read into or
 * by the caller who fills the struct in.
 */

/* 63 bits: milliseconds since 1970 in the upper 42, random in the lower 21, so ids sort by time and journals never collide. 0 is none. */
typedef int64_t Id;

typedef enum { ALLIANCE_ONE_TO_ONE, ALLIANCE_TEAM } AllianceKind;
typedef enum { STATE_DESIGNING, STATE_ACTIVE, STATE_PAUSED, STATE_ENDED } AllianceState;
typedef enum { SIDE_ME, SIDE_THEM, SIDE_BOTH, SIDE_COUNT } Side;

typedef enum {
    SECTION_PURPOSE,
    SECTION_OFFERS,
    SECTION_ASKS,
    SECTION_TONE,
    SECTION_COMMUNICATION,
    SECTION_PRACTICALITIES,
    SECTION_BOUNDARIES,
    SECTION_FEEDBACK,
    SECTION_HARD_MOMENTS,
    SECTION_SUCCESS,
    SECTION_TRIAL,
    SECTION_COUNT
} Section;

typedef enum {
    STAGE_PREPARE,
    STAGE_DESIGN,
    STAGE_CHECK_IN,
    STAGE_REPAIR,
    STAGE_RENEW,
    STAGE_CLOSE,
    STAGE_TEAM_DESIGN,
    STAGE_TEAM_CHECK_IN,
    STAGE_COUNT
} Stage;

/* kept-late is derived (kept after its due day) and never stored. */
typedef enum {
    COMMITMENT_OPEN,
    COMMITMENT_KEPT,
    COMMITMENT_KEPT_LATE,
    COMMITMENT_CHANGED,
    COMMITMENT_LET_GO,
    COMMITMENT_NOT_KEPT,
    COMMITMENT_STATE_COUNT
} CommitmentState;

typedef enum { MOMENT_GAVE, MOMENT_RECEIVED, MOMENT_DEPOSIT, MOMENT_WITHDRAWAL, MOMENT_KIND_COUNT } MomentKind;

/* What can be due on a day: what the agenda lists and reminders are about. */
typedef enum { AGENDA_CHECK_IN, AGENDA_COMMITMENT, AGENDA_REVIEW, AGENDA_KIND_COUNT } AgendaKind;

/* Whether the other person has heard the agreement at a version. */
typedef enum { TALKED_NOT_YET, TALKED_PARTLY, TALKED_THROUGH } Talked;

/* What a line of history is. The first six are finished sessions by stage. */
typedef enum {
    ENTRY_CHECK_IN,
    ENTRY_DESIGN,
    ENTRY_PREPARE,
    ENTRY_REPAIR,
    ENTRY_RENEW,
    ENTRY_CLOSE,
    ENTRY_AGREEMENT,
    ENTRY_COMMITMENT,
    ENTRY_MOMENT,
    ENTRY_KIND_COUNT
} EntryKind;

enum { TRUST_MIN = 1, TRUST_MAX = 5 }; /* 0 stands for "not rated" */
enum { NAME_MAX_BYTES = 200, LINE_MAX_BYTES = 4000, TEXT_MAX_BYTES = 1 << 20 };

/*
 * Each enum's stable name: in the database, in JSON, on the command line. The
 * _parse functions read exactly that name (ASCII case ignored) and return
 * false otherwise.
 */
const char *alliance_kind_name(AllianceKind k);       /* "one-to-one", "team" */
const char *alliance_state_name(AllianceState s);     /* "designing", "active", "paused", "ended" */
const char *side_name(Side s);                        /* "me", "them", "both" */
const char *side_words(Side s, const char *them);     /* whose, in a sentence: "you", `them`, "both of you" */
const char *section_name(Section s);                  /* "purpose", ..., "hard-moments", ... */
const char *section_title(Section s);                 /* "Purpose", "Hard moments", ... for people */
const char *stage_name(Stage s);                      /* "prepare", "design", "check-in", ... "team-check-in" */
const char *commitment_state_name(CommitmentState s); /* "open", "kept", "kept-late", "changed", "let-go", "not-kept" */
const char *commitment_state_words(CommitmentState s);/* "still open", "kept", "kept late", "changed", "let go", "not kept" */
const char *moment_kind_name(MomentKind k);           /* "gave", "received", "deposit", "withdrawal" */
const char *agenda_kind_name(AgendaKind k);           /* "check-in", "commitment", "review" */
const char *talked_name(Talked t);                    /* "not-yet", "partly", "through" */
const char *entry_kind_name(EntryKind k);             /* "check-in", "design", ..., "agreement", "commitment", "moment" */
bool alliance_kind_parse(StrView text, AllianceKind *ret);
bool alliance_state_parse(StrView text, AllianceState *ret);
bool side_parse(StrView text, Side *ret);
bool section_parse(StrView text, Section *ret);
bool stage_parse(StrView text, Stage *ret);
bool commitment_state_parse(StrView text, CommitmentState *ret);
bool moment_kind_parse(StrView text, MomentKind *ret);
bool agenda_kind_parse(StrView text, AgendaKind *ret);
bool talked_parse(StrView text, Talked *ret);
bool entry_kind_parse(StrView text, EntryKind *ret);
bool section_in_short_walk(Section s);                /* purpose, offers, asks, communication, boundaries, hard-moments */
EntryKind stage_entry_kind(Stage s);                  /* team stages count as design and check-in */

typedef struct {
    Id id;
    const char *name, *email, *phone, *notes;
} Person;

typedef struct {
    Id id;
    const char *name;
    AllianceKind kind;
    const char *role;          /* what they are to me: "manager", "partner" */
    const char *situation;     /* the starter it was designed from, a stable key; "" for none */
    AllianceState state;
    Date paused_until;         /* only when paused; DATE_NONE: until woken */
    Cadence cadence;
    Date anchor;               /* see DueFacts */
    Date cadence_since;        /* DueFacts.since; DATE_NONE */
    Date review_on;            /* when the agreement wants to be looked at again; DATE_NONE */
    int version;               /* agreement version in force; 0: none yet */
    Instant created;
    Instant trashed;           /* INSTANT_NONE unless in the trash */
    /* Derived; written only by the verb that changed the facts. */
    Instant last_check_in;     /* INSTANT_NONE before the first */
    int last_trust;            /* 0: never rated */
    Date due;                  /* due_day of the facts */
} Alliance;

/* A version of an alliance's agreement. Versions count 1, 2, 3... without gaps. */
typedef struct {
    Id id;
    Id alliance;
    int number;
    Instant since;
    const char *reason;        /* why it changed; may be "" */
    Talked talked;
    Date talked_on;            /* DATE_NONE unless through or partly, with a day */
    Id check_in;               /* the session it came from; 0: agreed directly */
} Version;

/* One clause. It lives in versions from_version <= v < to_version; to_version 0: still in force. */
typedef struct {
    Id id;
    Id alliance;
    Section section;
    Side side;
    const char *text;
    bool is_private;
    int from_version, to_version;
    Id replaces;               /* the term it took the place of; 0 */
    int position;              /* order within section and side, from 0 */
} Term;

/* A finished session of any stage, or a quick entry. Only stages check-in and team-check-in count for cadence and trust. */
typedef struct {
    Id id;
    Id alliance;
    Stage stage;
    Instant at;
    int trust;                 /* 1..5; 0: not rated */
    const char *trust_note;    /* one line on what made it so */
    const char *note;          /* free text of a quick entry */
    int version;               /* agreement version in force afterwards; 0 */
    bool is_private;
    bool quick;
} CheckIn;

typedef struct {
    Id id;
    Id check_in;
    int position;              /* order in the session, from 0 */
    const char *prompt;        /* the prompt's key */
    const char *question;      /* as it was asked */
    const char *text;          /* "" for a number only */
    int value;                 /* scale value; 0: none */
    bool is_private;
    bool skipped;              /* asked and left open: counts for the choice of prompts, never shown as an answer */
} Answer;

typedef struct {
    Id id;
    Id alliance;
    Side side;
    const char *text;
    Date due;                  /* DATE_NONE: no date */
    CommitmentState state;     /* COMMITMENT_KEPT_LATE when read: derived by commitment_state_of */
    Instant made;
    Instant settled;           /* INSTANT_NONE while open */
    Id made_in, settled_in;    /* check-ins; 0: outside one */
    Id term;                   /* the term it serves; 0 */
    Instant trashed;           /* INSTANT_NONE unless in the trash */
} Commitment;

/* The state people are shown: kept after its due day is kept late. */
CommitmentState commitment_state_of(CommitmentState stored, Date due, Instant settled);

typedef struct {
    Id id;
    Id alliance;
    MomentKind kind;
    Instant at;
    const char *text;
    bool is_private;
} Moment;

/* An unfinished session. `state` is app's JSON; the other fields serve lists. */
typedef struct {
    Id id;
    Id alliance;               /* 0: a new alliance that has no name yet */
    Stage stage;
    int step, steps;           /* "4 of 8": the step it stands at, from 1, of how many */
    const char *state;
    Instant saved;
    int64_t revision;          /* counts saves, so that two writers notice each other */
} Draft;

#endif
