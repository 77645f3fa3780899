#ifndef ENTENTE_APP_SPAWN_H
#define ENTENTE_APP_SPAWN_H

#include <entente/str.h>
#include <stdbool.h>

/*
 * Runs a program in a process group of its own, never through a shell, and never for longer than it may: then
 * the group is asked to end (SIGTERM) and, half a second later, ended (SIGKILL). No descriptor but 0, 1 and 2
 * is passed on.
 */
typedef struct {
    const char *const *argv;        /* looked up on PATH; NULL-terminated */
    const char *const *environment; /* "NAME=value" beside what there is; NULL-terminated; NULL: nothing */
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

#endif
