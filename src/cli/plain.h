#ifndef ENTENTE_CLI_PLAIN_H
#define ENTENTE_CLI_PLAIN_H

#include "own.h"

/*
 * A session line by line: for screen readers, pipes and tests. It prints
 * a step, reads lines until the step is answered, and lets the session do the rest.
 */
typedef struct {
    Run *r;
    Session *s;
    FILE *out;        /* the conversation: stderr when stdout is to hold JSON */
    bool interactive; /* somebody types: a mark to type behind, and every line is saved */
    bool picked;      /* the situation was named on the command line */
    Id term;          /* renew: the term to ask about first; 0 */
    bool ended;       /* nothing more can be read: the input's end, or a signal */
    bool unsaved;     /* saving failed last time, and that was said */
} Plain;

/* What the answer to a step leads to. */
typedef enum { TURN_NEXT, TURN_SKIP, TURN_BACK, TURN_STAY, TURN_LEAVE, TURN_KEEP, TURN_DISCARD } Turn;

/* What a line read was: an answer, the end mark, a wish to empty or edit the text, or a turn. */
typedef enum { LINE_TEXT, LINE_END, LINE_CLEAR, LINE_EDIT, LINE_TURN } Line;

/* ---- lines ---- */

void tell(const Plain *p, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void tell_commands(const Plain *p);
void tell_understood(const Plain *p); /* what the session read in the answer, if it says so */
void toggle_private(const Plain *p);
void plain_save(Plain *p); /* where somebody types: a pipe can be played again. That it fails is said once */
bool is_review_word(StrView word); /* "keep", "back", ...: what the review takes, with or without a dot */
bool plain_hidden(const Plain *p, const SessionStep *step); /* talk mode: what was private is not read out to both */

/* Reads until there is an answer or a command that leads away. The end of input leaves. */
Line next_line(Plain *p, Str *line, Turn *turn);

/* One short answer; an empty line and the end mark give an empty one. False: *turn leads away. */
bool read_field(Plain *p, const char *question, Str *line, Turn *turn);

/* ---- steps ---- */

Turn ask_review(Plain *p);
Turn ask_who(Plain *p);
Turn ask_text(Plain *p);
Turn ask_scale(Plain *p);
Turn ask_choice(Plain *p);
Turn ask_date(Plain *p);
Turn ask_cadence(Plain *p);
Turn ask_commitments(Plain *p);
Turn ask_terms(Plain *p);

/* ---- signals ---- */

/* While a session is read, Ctrl-C and its like end the input instead of the program. */
void interrupts_take(void);
void interrupts_give_back(void);
int interrupt_came(void); /* the signal's number; 0 */

#endif
