#ifndef ENTENTE_APP_SESSION_OWN_H
#define ENTENTE_APP_SESSION_OWN_H

#include "own.h"

#include <entente/session.h>

/* What a session keeps for itself. */
struct SessionOwn {
    Arena arena;          /* questions, titles and the agreement it began from */
    Prompts *prompts;
    Facts facts;          /* when it began; nothing is known of a new alliance */
    Draft draft;          /* id 0 until the first save */
    Term *terms;          /* of all versions, when it began */
    size_t term_count;
    AllianceRow row;      /* when it began */
    bool is_new;          /* began without an alliance: has a who step */
    bool one_section;     /* opened at one section of the agreement */
    Section section;
};

enum { SESSION_KEYS_MAX = 64 };

/* A step a session should have. */
typedef struct {
    const char *key;
    const Choice *choice;  /* NULL: made from the prompt alone */
    const char *opened_by; /* "" unless a follow-up */
} StepPlan;

/* The steps of a session from its beginning, at most SESSION_KEYS_MAX. Returns how many. */
size_t session_plan(Session *s, StepPlan plan[SESSION_KEYS_MAX]);

/* Makes these steps; what was typed so far stays with its key, and a step with text is never dropped. */
void session_build(Session *s, const StepPlan *plan, size_t n);
void session_plan_now(const Session *s, StepPlan plan[SESSION_KEYS_MAX], size_t *ret_n); /* the steps it has */
SessionStep *session_find(const Session *s, const char *key);       /* NULL */
SessionStep *session_find_kind(const Session *s, StepKind kind);    /* the first of a kind; NULL */
SessionStep *session_trust_step(const Session *s);                  /* the rating that counts as trust; NULL */

/* Opens the follow-ups of the step's answer behind it, and closes untouched ones that no longer follow. */
void session_follow(Session *s, size_t at);

bool stage_is_design(Stage stage);
bool stage_is_check_in(Stage stage);

size_t step_values(const SessionStep *step); /* how many a scale or a choice has; 0 where its prompt was lost */
bool step_has_content(const Session *s, const SessionStep *step);
bool session_has_content(const Session *s);

/* The state of a session as the draft's JSON, and back. Reading rebuilds the steps; an unreadable state is ERR_UNREADABLE. */
void session_write_state(const Session *s, Str *out);
bool session_state_together(const char *state); /* the draft is of talk mode */
bool session_read_state(Session *s, const char *state, Error *err);

/* Checks what was typed at a step, as session_next does. ERR_USAGE. */
bool session_check_step(const Session *s, const SessionStep *step, Error *err);

/* Reads WHEN of a field; an empty one is DATE_NONE. */
bool session_when(const Session *s, const Str *field, const char *what, Date *ret, Error *err);

/* The day an agreement was talked through; it cannot lie ahead. */
bool session_talked_on(const Session *s, Date *ret, Error *err);

void session_add_commit_row(Session *s); /* an empty one */

/* The lines of a step that become terms: trimmed, without empty ones and a leading "- ". */
typedef Vec(StrView) Lines;
void step_lines(StrView text, Lines *out);

/* True when the row will be changed or dropped. */
bool term_row_changes(const TermRow *row);

/* True when the step's lines or privacy differ from the agreement it began from. */
bool step_changes_agreement(const SessionStep *step);

#endif
