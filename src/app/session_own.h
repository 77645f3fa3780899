#ifndef ENTENTE_APP_SESSION_OWN_H
#define ENTENTE_APP_SESSION_OWN_H

#include "own.h"

#include <entente/session.h>

/* What a session keeps for itself. */
struct SessionOwn {
    Arena arena;          /* questions, titles and the agreement it began from */
    Prompts *prompts;
    Draft draft;          /* id 0 until the first save */
    Term *terms;          /* of all versions, when it began */
    size_t term_count;
    AllianceRow row;      /* when it began */
    bool is_new;          /* began without an alliance: has a who step */
    bool one_section;     /* opened at one section of the agreement */
    Section section;
};

enum { SESSION_KEYS_MAX = 64 };

/* The keys of the steps a session should have, in order: at most SESSION_KEYS_MAX. Returns how many. */
size_t session_plan(Session *s, const char *keys[SESSION_KEYS_MAX], Error *err);

/* Makes the steps for these keys; what was typed so far stays with its key, and a step with text is never dropped. */
void session_build(Session *s, const char *const *keys, size_t n);
SessionStep *session_find(const Session *s, const char *key); /* NULL */

bool step_has_content(const Session *s, const SessionStep *step);
bool session_has_content(const Session *s);

/* The state of a session as the draft's JSON, and back. Reading rebuilds the steps; an unreadable state is ERR_UNREADABLE. */
void session_write_state(const Session *s, Str *out);
bool session_read_state(Session *s, const char *state, Error *err);

/* Checks what was typed at a step, as session_next does. ERR_USAGE. */
bool session_check_step(const Session *s, const SessionStep *step, Error *err);

/* Reads WHEN of a field; an empty one is DATE_NONE. */
bool session_when(const Session *s, const Str *field, const char *what, Date *ret, Error *err);

/* The lines of a step that become terms: trimmed, without empty ones and a leading "- ". */
typedef Vec(StrView) Lines;
void step_lines(StrView text, Lines *out);

/* True when the step's lines or privacy differ from the agreement it began from. */
bool step_changes_agreement(const SessionStep *step);

#endif
