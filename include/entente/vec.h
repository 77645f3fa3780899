#ifndef ENTENTE_VEC_H
#define ENTENTE_VEC_H

#include <entente/mem.h>
#include <stdlib.h>
#include <string.h>

/*
 * The one growable array. A zeroed Vec is empty and valid.
 *
 *     Vec(Id) ids = {0};
 *     vec_push(&ids, id);
 *     for (size_t i = 0; i < ids.len; i++) use(ids.at[i]);
 *     vec_finish(&ids);
 *
 * Elements are moved by realloc: keep indices, not pointers, across a push.
 */
#define Vec(T)      \
    struct {        \
        T *at;      \
        size_t len; \
        size_t cap; \
    }

#define vec_reserve(v, n)                                                        \
    do {                                                                         \
        if ((v)->cap < (n)) {                                                    \
            size_t vec_cap_ = (v)->cap ? (v)->cap * 2 : 8;                       \
            if (vec_cap_ < (n)) vec_cap_ = (n);                                  \
            (v)->at = mem_resize((v)->at, vec_cap_, sizeof *(v)->at);            \
            (v)->cap = vec_cap_;                                                 \
        }                                                                        \
    } while (0)

#define vec_push(v, ...)                   \
    do {                                   \
        vec_reserve((v), (v)->len + 1);    \
        (v)->at[(v)->len++] = __VA_ARGS__; \
    } while (0)

/* Removes the element at i, keeping the order of the others. */
#define vec_remove(v, i)                                                                             \
    do {                                                                                             \
        size_t vec_i_ = (i);                                                                         \
        memmove(&(v)->at[vec_i_], &(v)->at[vec_i_ + 1], ((v)->len - vec_i_ - 1) * sizeof *(v)->at);  \
        (v)->len--;                                                                                  \
    } while (0)

#define vec_finish(v)      \
    do {                   \
        free((v)->at);     \
        (v)->at = NULL;    \
        (v)->len = 0;      \
        (v)->cap = 0;      \
    } while (0)

#endif
