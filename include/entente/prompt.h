#ifndef ENTENTE_PROMPT_H
#define ENTENTE_PROMPT_H

#include <entente/error.h>
#include <entente/model.h>
#include <entente/str.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Prompts are data: JSON packs, one file per stage. This floor reads them
 * strictly, chooses among them and fills their templates in. It knows no
 * database: what a choice depends on is handed in as facts.
 */

typedef enum { ANSWER_TEXT, ANSWER_ITEMS, ANSWER_SCALE, ANSWER_COMMITMENTS } AnswerType;

enum { SCALE_MAX = 10, PROMPT_TEXT_MAX = 140 };

typedef struct {
    const char *key;              /* stable for ever: "design.purpose.why" */
    Stage stage;
    const char *title;            /* one or two words for the step's heading: "Boundaries", "Unsaid" */
    const char **themes;          /* ids of the themes: "D13" */
    size_t theme_count;
    const char *text;             /* the question; placeholders {partner}, {me} */
    const char *help;             /* shown as "Why this is asked: ..." */
    const char **examples;
    size_t example_count;
    AnswerType answer;            /* items: a text whose lines become one term each */
    const char *scale[SCALE_MAX]; /* words for 1..scale_count */
    size_t scale_count;
    bool has_section;             /* design answers: where it goes in the agreement */
    Section section;
    Side side;
    bool is_private;              /* the default for its answers */
    int weight;                   /* 1..10, 5 unless told: of two alike the heavier is asked first */
    int rest;                     /* days before it may come again; 0: no rest */
    bool once;                    /* at most once in an alliance */
    bool always;                  /* asked in every session of its stage: trust, commitments, the last words */
    const char *pack;             /* the file it came from */
} Prompt;

typedef struct Prompts Prompts;   /* the prompts of one stage, in the file's order */

/*
 * Reads DIR/STAGE.json. Failure is ERR_UNREADABLE and names file, prompt and
 * reason (unknown key, wrong type, bad UTF-8, duplicate key, missing field,
 * a text too long). Caller frees.
 */
bool prompts_load(const char *dir, Stage stage, Prompts **ret, Error *err);

/* The same from memory; `pack` names the source in messages. For tests and checks of user packs. */
bool prompts_read(StrView json, const char *pack, Stage stage, Prompts **ret, Error *err);
void prompts_free(Prompts *p); /* NULL is fine */

size_t prompts_count(const Prompts *p);
const Prompt *prompts_at(const Prompts *p, size_t i);           /* borrowed, valid until freed */
const Prompt *prompts_find(const Prompts *p, const char *key);  /* NULL if there is none */

/* What a template may speak of. NULL fields fill in as nothing. */
typedef struct {
    const char *partner;          /* the other's name as the alliance has it: "Ana Lima" */
    const char *me;               /* "you" */
} Fill;

/* Fills a template in one pass: a value is never expanded again; an unknown placeholder stays as it is. */
void prompt_fill(Str *out, const char *text, const Fill *fill);

/* How long ago a prompt was asked in this alliance, and what became of it. */
typedef struct {
    const char *key;
    int days;                     /* since it was last asked */
    int times, skipped;
} PromptPast;

/* What the choice of a check-in's questions depends on. */
typedef struct {
    const PromptPast *past;       /* any order */
    size_t past_count;
    size_t check_ins;             /* so far */
    size_t open_commitments;      /* both sides */
    uint64_t seed;                /* of (alliance, day): the same day asks the same */
} PromptFacts;

enum { CHOICE_MIN = 5, CHOICE_MAX = 8 };

/*
 * A check-in's questions, in the order they are asked: the free ones, then
 * trust, commitments and the last words (those marked `always`). Never one
 * within its rest unless fewer than CHOICE_MIN would be left, never two free
 * ones of one theme and at most one that shares a theme with an `always` one;
 * never asked first, then least recently asked.
 * Pure: same input, same answer. Returns how many (CHOICE_MIN..CHOICE_MAX when the pack suffices).
 */
size_t prompt_choose_check_in(const Prompts *p, const PromptFacts *facts, const Prompt *ret[CHOICE_MAX]);

/*
 * The walk of a design: for each section in the agreement's order its best
 * prompt (heaviest, then first). The short walk takes the six sections of
 * section_in_short_walk on the side `me` or `both`; the deep walk takes all
 * sections, and both sides where the pack has prompts for both. Returns how many; *ret is allocated,
 * the caller frees it.
 */
size_t prompt_walk_design(const Prompts *p, bool deep, const Prompt ***ret);

/* The prompts that serve one section, a side each (me or both first, then them), best first per side: to open a section later. Allocated like above. */
size_t prompt_walk_section(const Prompts *p, Section section, const Prompt ***ret);

/* A seed that is the same all day: mixes an id and a date. */
uint64_t prompt_seed(Id alliance, Date day, uint64_t base);

#endif
