#ifndef ENTENTE_APP_SPAWN_H
#define ENTENTE_APP_SPAWN_H

#include <entente/str.h>
#include <stdbool.h>
#include <stdint.h>

/*
 * Runs a program in a process group of its own, never through a shell. When its time is over the group is asked
 * to end (SIGTERM) and, half a second later, ended (SIGKILL): it comes back after limit_ms and 2.5 seconds at most.
 * No descriptor but 0, 1 and 2 is passed on.
 */
typedef struct {
    const char *const *argv;        /* looked up on PATH; NULL-terminated */
    const char *const *environment; /* "NAME=value" beside what there is, "NAME" takes it away; NULL-terminated; NULL: nothing */
    StrView input;                  /* on its stdin */
    int limit_ms;
} Spawn;

typedef enum { SPAWN_EXITED, SPAWN_SIGNALLED, SPAWN_TIMED_OUT, SPAWN_NOT_STARTED } SpawnEnd;

typedef struct {
    SpawnEnd end;
    int status;      /* exit status, signal, or errno */
    Str out, errors; /* the first 64 KiB each */
} Spawned;

void spawn_run(const Spawn *s, Spawned *ret); /* caller finishes *ret */
void spawned_finish(Spawned *s);

/* True for exit status 0; else says in one clean line what went wrong: "sendmail was not found", "gave up after 10 seconds", "ended with status 1: no such user". */
bool spawned_well(const Spawn *s, const Spawned *r, Str *ret_why);

/*
 * A program that stays after its work is done, to say what a person chose. It counts as done (SPAWN_EXITED, 0)
 * once it has written a line; its stdout is a terminal, because stdio keeps lines back from a pipe. From then on a
 * process of its own session waits for the line `word` and then starts `then`. It holds no descriptor of ours and
 * stands in /; our memory it does hold, as every fork does, until it ends.
 * A program that ends before it wrote a line is as with spawn_run.
 */
typedef struct {
    const char *word;
    const char *const *then; /* looked up on PATH; NULL-terminated */
    int stay_ms;             /* then it is ended */
} SpawnStay;

void spawn_stay(const Spawn *s, const SpawnStay *stay, Spawned *ret); /* caller finishes *ret */

/* Where a program is found: on PATH, else in one of `places` (NULL-terminated; NULL: none). A name with a slash is looked for as it is. */
bool spawn_find(const char *program, const char *const *places, Str *ret_path);

int64_t spawn_clock_ms(void); /* for limits only: it never goes back and has no date */

#endif
