#ifndef ENTENTE_PROMPT_H
#define ENTENTE_PROMPT_H

#include <entente/arena.h>
#include <entente/cadence.h>
#include <entente/error.h>
#include <entente/model.h>
#include <entente/str.h>
#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Prompts are data: JSON packs, one file per stage (see entente-prompts(5)).
 * This floor reads them strictly, chooses among them, says why, and fills
 * their templates in. It knows no database and no clock: what a choice depends
 * on is handed in as facts, and the same input gives the same answer.
 */

/* ---- prompts ---- */

typedef enum {
    ANSWER_TEXT,
    ANSWER_ITEMS,       /* a text whose lines become one term each */
    ANSWER_SCALE,       /* a value in words */
    ANSWER_COMMITMENTS, /* what became of the open ones; new ones */
    ANSWER_CHOICE,      /* one of a few */
    ANSWER_DATE,
    ANSWER_CADENCE,
    ANSWER_TERMS,       /* marks terms of the agreement one by one */
    ANSWER_TYPE_COUNT
} AnswerType;

const char *answer_name(AnswerType a); /* "text", "items", "scale", ... */

enum { SCALE_MAX = 10, CHOICES_MAX = 8, FOLLOW_UPS_MAX = 4, PROMPT_TEXT_MAX = 140 };

/* How a term of the agreement was found to be, in an answer of kind terms. */
typedef enum { TERM_UNMARKED, TERM_LIVED, TERM_PARTLY, TERM_NOT_LIVED, TERM_NO_LONGER_FITS, TERM_MARK_COUNT } TermMark;

const char *term_mark_name(TermMark m);  /* "lived", "partly", "not-lived", "no-longer-fits"; "" when unmarked */
const char *term_mark_words(TermMark m); /* "lived", "partly lived", "not lived", "no longer fits" */
bool term_mark_parse(StrView text, TermMark *ret);

typedef struct {
    const char *value;            /* stable: "keep" */
    const char *words;            /* "Keep it as it is" */
} PromptOption;

typedef struct Condition Condition; /* one line of `when`: a fact and what it must be */

/* A prompt that opens at once when the answer is such. */
typedef struct {
    const char *key;
    int at_least, at_most;        /* scale values; 0: unbounded */
    const char **is;              /* values of a choice, marks of terms, states of commitments ("not-kept", "new") */
    size_t is_count;              /* all three unset: any answer that is not empty opens it */
} FollowUp;

typedef struct {
    const char *key;              /* stable for ever: "design.purpose.why" */
    Stage stage;
    const char *title;            /* one or two words for the step's heading: "Boundaries", "Unsaid" */
    const char **themes;          /* ids of the themes: "D13"; only an `always` prompt may have none */
    size_t theme_count;
    const char *text;             /* the question; placeholders as in Fill */
    const char *help;             /* shown as "Why this is asked: ..." where there is no reason to show */
    const char *why;              /* template of the reason, when the conditions decided; NULL: the engine's own sentence */
    const char **examples;
    size_t example_count;
    AnswerType answer;
    const char *scale[SCALE_MAX]; /* words for 1..scale_count */
    size_t scale_count;
    const PromptOption *choices;  /* an answer of kind choice: value 1..choice_count */
    size_t choice_count;
    bool has_section;             /* design answers: where it goes in the agreement */
    Section section;
    Side side;
    bool is_private;              /* the default for its answers */
    const Condition *when;        /* all must hold, or it is not asked */
    size_t when_count;
    const FollowUp *follow_ups;
    size_t follow_up_count;
    bool follow_up;               /* comes only as a follow-up, never by itself */
    int weight;                   /* 1..10, 5 unless told: of two alike the heavier is asked first */
    int rest;                     /* days before it may come again; 0: no rest */
    bool once;                    /* at most once in an alliance */
    bool always;                  /* asked in every session of its stage (where its conditions hold): trust, commitments, terms, the last words */
    const char *pack;             /* the file it came from */
    bool own;                     /* it came from a pack of the user's */
} Prompt;

typedef struct Prompts Prompts;   /* the prompts of one stage, in the file's order */

/*
 * Reads DIR/STAGE.json. Failure is ERR_UNREADABLE and names file, prompt and
 * reason (unknown key, wrong type, bad UTF-8, duplicate key, missing field,
 * a text too long, a fact that does not exist). Caller frees.
 */
bool prompts_load(const char *dir, Stage stage, Prompts **ret, Error *err);

/* The same from memory; `pack` names the source in messages. */
bool prompts_read(StrView json, const char *pack, Stage stage, Prompts **ret, Error *err);
void prompts_free(Prompts *p); /* NULL is fine */

/*
 * Adds the user's own packs of this stage: every *.json of the folder, by name
 * order. A pack adds prompts, replaces one by its key (it keeps its place) and
 * silences others. Never fails: a folder that is not there is no folder, and a
 * bad pack is left out whole and listed among the complaints. The prompts at
 * hand move: borrowed pointers end here.
 */
void prompts_add_folder(Prompts *p, const char *dir);

/* Adds one of the user's packs from memory; false if it is left out. `pack` names it in messages. */
bool prompts_add(Prompts *p, StrView json, const char *pack, Error *err);

/* What was left out and why. */
typedef struct {
    const char *file;             /* "mine.json", shown clean */
    const char *where;            /* "line 3, column 9", "prompt 'check-in.a.b'", or "" for the file as a whole */
    const char *reason;           /* one sentence or two: why, and what to do */
} Complaint;

size_t prompts_complaints(const Prompts *p, const Complaint **ret); /* borrowed, valid until freed */

/*
 * Checks one file as a user's pack: its own stage, then against the packs that
 * DIR holds (NULL: by itself). True when it would be taken in;
 * *ret_stage and *ret_count (may be NULL) say what it holds.
 * A situations file (a `situations` member) is checked too: *ret_stage is STAGE_COUNT.
 */
bool prompts_check_file(const char *path, const char *dir, Stage *ret_stage, size_t *ret_count, Error *err);

Stage prompts_stage(const Prompts *p);
size_t prompts_count(const Prompts *p);
const Prompt *prompts_at(const Prompts *p, size_t i);           /* borrowed, valid until freed or a folder is added */
const Prompt *prompts_find(const Prompts *p, const char *key);  /* NULL if there is none */

/* ---- situations: the starters a new user picks from ---- */

enum { SITUATION_EXAMPLES_MAX = 3 };

typedef struct {
    const char *key;              /* stable: "manager-report" */
    const char *name;             /* "Manager and report" */
    AllianceKind kind;            /* one-to-one unless told */
    const char *tone;             /* one line for the person who picks it */
    const char *cadence;          /* a suggestion cadence_parse reads; "" for none */
    const char **roles;           /* what the other may be: "manager" */
    size_t role_count;
    const char **themes;          /* the ones to dwell on: "D13" */
    size_t theme_count;
    const char *examples[SECTION_COUNT][SITUATION_EXAMPLES_MAX]; /* terms to start from; unused ones NULL */
} Situation;

typedef struct Situations Situations;

bool situations_load(const char *dir, Situations **ret, Error *err); /* DIR/situations.json; as strict as prompts_load */
bool situations_read(StrView json, const char *pack, Situations **ret, Error *err);
void situations_free(Situations *s); /* NULL is fine */
size_t situations_count(const Situations *s);
const Situation *situations_at(const Situations *s, size_t i);
const Situation *situations_find(const Situations *s, const char *key); /* NULL if there is none */

/* ---- filling in ---- */

/* What a template may speak of. NULL fields fill in as nothing. */
typedef struct {
    const char *partner;          /* {partner}: the other's name as it is said: "Ana" */
    const char *me;               /* {me}: "you" */
    const char *term;             /* {term}: a term's text in quotes */
    const char *commitment;       /* {commitment}: a commitment's text in quotes */
    const char *days;             /* {days}: a span in words: "5 days", "6 weeks" */
    const char *trust;            /* {trust}: the last rating */
    const char *trust_before;     /* {trust-before}: the one before it */
    const char *trust_high;       /* {trust-high}: the highest of the ratings a fall is counted over */
    const char *check_ins;        /* {check-ins}: in words, "1 check-in" */
    const char *count;            /* {count}: what the deciding fact amounts to, a bare number */
} Fill;

/* Fills a template in one pass: a value is never expanded again; an unknown placeholder stays as it is. */
void prompt_fill(Str *out, const char *text, const Fill *fill);

/* ---- facts ---- */

/* Not known: no condition on it holds, no reason speaks of it. */
#define FACT_UNKNOWN INT_MIN

typedef struct {
    int value;                    /* 1..5 */
    int days;                     /* how long ago */
} FactTrust;

typedef struct {
    Id id;
    Section section;
    const char *text;
    int checks;                   /* check-ins since it was looked at, or since it was agreed if it never was */
    bool looked;                  /* it was looked at before */
    int not_lived;                /* how often it was marked not lived in a row, up to the last look */
    bool no_longer_fits;          /* so marked at the last look */
} FactTerm;

typedef enum { STANDING_OPEN, STANDING_PAST_DUE, STANDING_NOT_KEPT, STANDING_COUNT } Standing;

typedef struct {
    Id id;
    Side side;
    const char *text;
    Standing standing;            /* one past its due day is past due only; not kept: since the last check-in but one */
    int days;                     /* open: until due (FACT_UNKNOWN: no date); past due: since that day; not kept: since it was settled */
} FactCommitment;

/* How long ago a prompt was asked in this alliance, and what became of it. */
typedef struct {
    const char *key;
    int days;                     /* since it was last asked */
    int times, skipped;
} PromptPast;

/*
 * The state of a relationship as prompts can know it: nothing else decides.
 * Begin with facts_none(), which knows nothing, and fill in what is known.
 * All texts are borrowed.
 */
typedef struct {
    const char *partner;          /* "Ana"; NULL: "them" */
    const char *me;               /* NULL: "you" */
    const char *role;             /* what they are to me; "" for none */
    const char *situation;        /* the starter's key; "" for none */
    const char *situation_name;   /* its name, for reasons; "" for none */
    const char *const *emphasis;  /* themes the situation dwells on */
    size_t emphasis_count;
    bool team;
    int alliance_age;             /* days */
    int check_ins;                /* so far */
    int days_since_check_in;
    int days_past_due;            /* of the check-in; 0 or less: not yet */
    int days_past_review;         /* since the day to look at the agreement again; negative: still ahead */
    int days_since_repair;        /* since a repair session */
    int cadence_agreed;           /* days between two check-ins, as agreed */
    int cadence_lived;            /* the same as it was, over the last six check-ins; FACT_UNKNOWN with fewer */
    int moments;                  /* noted since the last check-in */
    int days_since_moment;
    int gave, received;           /* moments of the last 90 days; deposits count as received, withdrawals as nothing */
    int private_notes;            /* private answers, notes and moments so far */
    int slips[SIDE_COUNT];        /* how many commitments of that side in a row, up to the newest one due, passed their day unkept or were not kept */
    const FactTrust *trust;       /* newest first */
    size_t trust_count;
    const FactTerm *terms;        /* in force, in the agreement's order */
    size_t term_count;
    const FactCommitment *commitments;
    size_t commitment_count;
    const PromptPast *past;       /* any order */
    size_t past_count;
} Facts;

Facts facts_none(void);

/* ---- the choice ---- */

enum { CHOICE_MIN = 5, CHOICE_MAX = 8, ALWAYS_MAX = 5, LOOK_MAX = 3 };

/* A prompt that is asked now, and why. Texts live in the arena. */
typedef struct {
    const Prompt *prompt;
    int score;                    /* what it was chosen by; see entente-prompts(5) */
    const char *text;             /* the question, filled in */
    const char *help;             /* filled in */
    const char *reason;           /* a sentence about a fact that decided */
    const char *fact;             /* the name of that fact: "trust-fall"; "asked" (or not yet), "answer" (of a follow-up), "always", "walk" */
    const FactTerm *const *terms; /* an answer of kind terms: those to look at, in that order */
    size_t term_count;
} Choice;

/* True when all the prompt's conditions hold. */
bool prompt_applies(const Prompt *p, const Facts *facts);

/*
 * What is asked now. A check-in (of two, or of a team) has CHOICE_MIN to
 * CHOICE_MAX questions where the pack suffices: the free ones, best first, then
 * those marked `always` in the file's order. No two share a theme; none
 * comes within its rest (unless fewer than CHOICE_MIN would be left) or twice
 * if `once`. The terms step looks at up to LOOK_MAX terms, least recently
 * looked at first. Every other stage gives its short walk.
 */
size_t prompt_choose(const Prompts *p, const Facts *facts, uint64_t seed, Arena *arena, const Choice **ret);

/*
 * The walk of a session that is no check-in, in order. Design: for each section
 * in the agreement's order its best prompt; short: the sections of
 * section_in_short_walk on the side me or both; deep: all sections, both
 * sides where the pack has prompts for both. Other stages, in the file's order: short: the best prompt
 * of each theme that none asked before it serves; deep: all whose conditions hold. A terms step has all terms.
 * `facts` may be NULL: then nothing is known.
 */
size_t prompt_walk(const Prompts *p, const Facts *facts, bool deep, Arena *arena, const Choice **ret);

/* The prompts that serve one section, a side each (me or both first, then them), best first per side: to open a section later. *ret is allocated, the caller frees it. */
size_t prompt_walk_section(const Prompts *p, Section section, const Prompt ***ret);

/* What was answered, as far as follow-ups depend on it. */
typedef struct {
    StrView text;
    int value;                    /* scale or choice, from 1; 0: none */
    const char *const *marks;     /* terms: term_mark_name of each; commitments: commitment_state_name of each settled now, "new" for a new one */
    size_t mark_count;
    bool follow_up;               /* the prompt was itself opened by an answer: nothing opens, one deep is enough */
} Reply;

/*
 * What an answer opens: the first of the asked prompt's follow-ups that fits it
 * and may come (not those that rest, were asked `once`, or whose own
 * conditions fail). False for none. Whoever asks sees to it that it is not in
 * the session already.
 */
bool prompt_follow_up(const Prompts *p, const Prompt *asked, const Reply *reply, const Facts *facts, Arena *arena, Choice *ret);

/* ---- offers ---- */

enum { OFFERS_MAX = 2 };

/* A session worth offering, never more than that. */
typedef struct {
    Stage stage;                  /* repair or renew */
    const char *reason;
    const char *fact;             /* what decided, as in Choice */
    const FactTerm *term;         /* renew: where to open it; NULL: at the beginning */
    const FactCommitment *commitment; /* repair: the one not kept; NULL: trust decided */
} Offer;

/*
 * Repair: trust fell by 2 or more over the last three ratings, or is 1 or 2, or a commitment was not
 * kept, unless a repair came after. Renew: the review day has come, a term no longer fits or was not
 * lived three times in a row, or check-ins come more than half more rarely or more often than agreed.
 * Repair first. Returns how many.
 */
size_t prompt_offers(const Facts *facts, Arena *arena, Offer ret[OFFERS_MAX]);

/* A seed that is the same all day: mixes an id and a date. */
uint64_t prompt_seed(Id alliance, Date day, uint64_t base);

#endif
