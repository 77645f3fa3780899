#include <entente/arena.h>

#include <assert.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <entente/mem.h>

enum { BLOCK_SIZE = 16 << 10 };

struct ArenaBlock {
    ArenaBlock *older; /* NULL: the oldest */
    size_t used, size; /* bytes of `data` */
    max_align_t data[];
};

static ArenaBlock *block_new(size_t size)
{
    if (size > SIZE_MAX - sizeof(ArenaBlock)) mem_resize(NULL, SIZE_MAX, 2); /* prints and aborts */
    ArenaBlock *block = mem_zalloc(1, sizeof(ArenaBlock) + size);
    block->size = size;
    return block;
}

/* A large piece gets a block of its own behind the newest, whose free rest stays in use. */
static void *alloc_large(Arena *a, size_t size)
{
    ArenaBlock *block = block_new(size);
    block->used = size;
    ArenaBlock **link = a->blocks ? &a->blocks->older : &a->blocks;
    block->older = *link;
    *link = block;
    return block->data;
}

void *arena_alloc(Arena *a, size_t size)
{
    assert(size > 0);
    if (size > BLOCK_SIZE / 4) return alloc_large(a, size);
    size_t align = sizeof(max_align_t);
    size = (size + align - 1) / align * align;
    if (!a->blocks || a->blocks->size - a->blocks->used < size) {
        ArenaBlock *block = block_new(BLOCK_SIZE);
        block->older = a->blocks;
        a->blocks = block;
    }
    ArenaBlock *block = a->blocks;
    void *p = (char *)block->data + block->used;
    block->used += size;
    return p;
}

void *arena_array(Arena *a, size_t count, size_t size)
{
    assert(size > 0);
    if (count == 0) return NULL;
    if (count > SIZE_MAX / size) mem_resize(NULL, SIZE_MAX, 2); /* prints and aborts */
    return arena_alloc(a, count * size);
}

void *arena_copy(Arena *a, const void *from, size_t size)
{
    if (size == 0) return NULL;
    return memcpy(arena_alloc(a, size), from, size);
}

const char *arena_str(Arena *a, StrView text)
{
    if (text.len == 0) return "";
    char *copy = arena_alloc(a, text.len + 1);
    memcpy(copy, text.ptr, text.len);
    return copy;
}

const char *arena_strf(Arena *a, const char *fmt, ...)
{
    Str s;
    str_init(&s);
    va_list ap;
    va_start(ap, fmt);
    str_vaddf(&s, fmt, ap);
    va_end(ap);
    const char *copy = arena_str(a, str_view(&s));
    str_finish(&s);
    return copy;
}

void arena_reset(Arena *a)
{
    for (ArenaBlock *block = a->blocks; block;) {
        ArenaBlock *older = block->older;
        free(block);
        block = older;
    }
    a->blocks = NULL;
}

void arena_finish(Arena *a)
{
    if (a) arena_reset(a);
}
