#ifndef ENTENTE_MEM_H
#define ENTENTE_MEM_H

#include <stddef.h>

/*
 * Allocation that cannot fail: out of memory prints one line to stderr and
 * aborts. Nothing is half written then, because the store only ever commits
 * whole transactions. A size of zero is a bug and asserts.
 */
void *mem_alloc(size_t size);               /* uninitialised */
void *mem_zalloc(size_t count, size_t size); /* zeroed; overflow aborts */
void *mem_resize(void *p, size_t count, size_t size);
char *mem_strdup(const char *s);
char *mem_strndup(const char *s, size_t len); /* NUL-terminated copy of len bytes */

#endif
