#ifndef ENTENTE_ARENA_H
#define ENTENTE_ARENA_H

#include <entente/str.h>
#include <stddef.h>

/*
 * Memory that is freed in one go: what a view read from the journal lives in
 * the view's arena until it reads again. A zeroed Arena is empty and valid.
 */
typedef struct ArenaBlock ArenaBlock;
typedef struct {
    ArenaBlock *blocks; /* newest first */
} Arena;

void *arena_alloc(Arena *a, size_t size);                 /* zeroed, aligned for any type */
void *arena_array(Arena *a, size_t count, size_t size);   /* zeroed; count may be 0: then NULL */
void *arena_copy(Arena *a, const void *from, size_t size);/* size 0: NULL */
const char *arena_str(Arena *a, StrView text);            /* NUL-terminated copy, never NULL */
const char *arena_strf(Arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void arena_reset(Arena *a);                               /* frees all, stays usable */
void arena_finish(Arena *a);                              /* the same; accepts zeroed */

#endif
