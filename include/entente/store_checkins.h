#ifndef ENTENTE_STORE_CHECKINS_H
#define ENTENTE_STORE_CHECKINS_H

#include <entente/store.h>

/* Finished sessions and their answers, moments. Writers need an open transaction. */

bool store_check_in_insert(Store *s, const CheckIn *c, Error *err);
bool store_check_in_get(Store *s, Id id, Arena *arena, CheckIn *ret, Error *err); /* ERR_NOT_FOUND */
bool store_answer_insert(Store *s, const Answer *a, Error *err);
bool store_answers(Store *s, Id check_in, Arena *arena, Answer **ret, size_t *ret_n, Error *err);

/* The newest check-ins (stages check-in and team-check-in) of an alliance, newest first, at most `limit`; before: only earlier ones, INSTANT_NONE for all. */
bool store_check_ins(Store *s, Id alliance, Instant before, size_t limit, Arena *arena, CheckIn **ret,
                     size_t *ret_n, Error *err);
bool store_check_in_count(Store *s, Id alliance, size_t *ret, Error *err);

/* When a prompt was last asked in a finished session of this alliance. */
typedef struct {
    const char *prompt;
    Instant at;
    int times;        /* asked so often */
    int skipped;      /* of those, left open */
    const char *text; /* the last answer's text, "" when skipped */
} AskedPrompt;

/* All prompts ever asked in sessions of this alliance, by key. */
bool store_asked(Store *s, Id alliance, Arena *arena, AskedPrompt **ret, size_t *ret_n, Error *err);

/* The newest finished session of an alliance and stage. ERR_NOT_FOUND. */
bool store_last_session(Store *s, Id alliance, Stage stage, Arena *arena, CheckIn *ret, Error *err);

/* How a term was found at a check-in: "lived", "partly", "not-lived", "no-longer-fits". */
typedef struct {
    Id id;
    Id check_in;
    Id term;
    const char *mark;
    Instant at;         /* of the check-in; ignored when written */
} Look;

bool store_look_insert(Store *s, const Look *l, Error *err);

/* All looks at the terms of an alliance, newest first, at most `limit`. */
bool store_looks(Store *s, Id alliance, size_t limit, Arena *arena, Look **ret, size_t *ret_n, Error *err);

/* The newest moments of an alliance, newest first, at most `limit`. */
bool store_moments(Store *s, Id alliance, size_t limit, Arena *arena, Moment **ret, size_t *ret_n, Error *err);

/* Private answers (skipped ones aside) and moments of an alliance so far, counted up to `limit`. */
bool store_private_count(Store *s, Id alliance, size_t limit, size_t *ret, Error *err);

bool store_moment_insert(Store *s, const Moment *m, Error *err);
bool store_moment_get(Store *s, Id id, Arena *arena, Moment *ret, Error *err);

#endif
