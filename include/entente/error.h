#ifndef ENTENTE_ERROR_H
#define ENTENTE_ERROR_H

#include <stdbool.h>

/*
 * How a call can fail. The values are the program's exit codes, so that a face
 * never has to translate: see EXIT STATUS in entente(1).
 */
typedef enum {
    ERR_NONE = 0,
    ERR_NOT_FOUND = 1,    /* nothing matches what was asked for */
    ERR_USAGE = 2,        /* the user's input cannot be understood or is not allowed */
    ERR_UNREADABLE = 3,   /* a file is damaged, newer, foreign or not readable */
    ERR_IN_USE = 4,       /* another process holds the journal for too long */
    ERR_CANNOT_WRITE = 5, /* disk full, permissions, read-only */
    ERR_INTERRUPTED = 130 /* Ctrl-C */
} ErrorCode;

/*
 * One error: a code and one line that says what, where and what to do
 * ("what: why. What to do."), without a trailing newline. Zeroed means none.
 */
typedef struct {
    ErrorCode code;
    char msg[512];
} Error;

/*
 * Fills `err` unless it is NULL or already holds an error: the first error
 * wins, because it is the nearest to the cause. A message that does not fit is
 * cut at a UTF-8 boundary. Always returns false, so that a function can
 * `return error_set(err, ...)`.
 */
bool error_set(Error *err, ErrorCode code, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* Forgets the error. `err` may be NULL. */
void error_clear(Error *err);

#endif
