#include <entente/mem.h>

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *or_abort(void *p)
{
    if (p) return p;
    fputs("entente: out of memory. Nothing was half written.\n", stderr);
    abort();
}

void *mem_alloc(size_t size)
{
    assert(size > 0);
    return or_abort(malloc(size));
}

void *mem_zalloc(size_t count, size_t size)
{
    assert(count > 0 && size > 0);
    return or_abort(calloc(count, size));
}

void *mem_resize(void *p, size_t count, size_t size)
{
    assert(count > 0 && size > 0);
    if (count > SIZE_MAX / size) or_abort(NULL);
    return or_abort(realloc(p, count * size));
}

char *mem_strdup(const char *s)
{
    return mem_strndup(s, strlen(s));
}

char *mem_strndup(const char *s, size_t len)
{
    if (len == SIZE_MAX) or_abort(NULL);
    char *copy = mem_alloc(len + 1);
    if (len > 0) memcpy(copy, s, len);
    copy[len] = '\0';
    return copy;
}
