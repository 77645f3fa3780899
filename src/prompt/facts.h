#ifndef ENTENTE_PROMPT_FACTS_H
#define ENTENTE_PROMPT_FACTS_H

#include <entente/prompt.h>

#include "fill.h"

/*
 * The closed set of facts a condition can speak of. A line in the table of
 * facts.c is all a new one takes: what it is called, how it is measured, how
 * it is said.
 */

typedef enum { FACT_NUMBER, FACT_TEXT, FACT_FLAG } FactKind;

/* What measuring a fact found. */
typedef struct {
    int value;
    bool flag;
    const char *text;
    int days;                         /* the span it is about */
    int high;                         /* trust-fall: the highest rating in the window */
    const FactTerm *term;             /* the one the value is of */
    const FactCommitment *commitment;
} Finding;

typedef struct FactDef {
    const char *name;
    FactKind kind;
    int min, max;                     /* of the numbers it can be compared with */
    int over;                         /* the usual window of a fact over several ratings; 0: it has none */
    bool sided;                       /* may be asked for one side */
    int need;                         /* how much a condition on it adds to the score; 0: it only opens the door */
    unsigned gives;                   /* placeholders a condition on it can fill */
    bool (*measure)(const Facts *facts, const Condition *c, Finding *ret); /* false: not known */
    void (*say)(Str *out, const Facts *facts, const Condition *c, const Finding *found);
} FactDef;

struct Condition {
    const FactDef *fact;
    int at_least, at_most;            /* INT_MIN, INT_MAX: unbounded */
    int over;
    Side side;                        /* SIDE_COUNT: any */
    const char **any_of;
    size_t any_count;
    bool flag;
};

enum { OVER_MIN = 2, OVER_MAX = 10 };

size_t facts_count(void);
const FactDef *facts_at(size_t i);
const FactDef *facts_find(const char *name); /* NULL if there is none */

/* True when a repair came on the same day as, or after, what is `days` old. */
bool facts_repaired(const Facts *facts, int days);

/* True when it holds; *ret says what was found. */
bool condition_holds(const Condition *c, const Facts *facts, Finding *ret);

/* What the condition lets a template speak of. */
unsigned condition_gives(const Condition *c);

#endif
