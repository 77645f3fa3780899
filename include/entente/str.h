#ifndef ENTENTE_STR_H
#define ENTENTE_STR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A borrowed slice of bytes; what it points into must outlive it. `ptr` is never NULL for a view made by a function here. */
typedef struct {
    const char *ptr;
    size_t len;
} StrView;

/*
 * An owned, growing string. Invariants: `buf` is never NULL after str_init and
 * buf[len] == '\0'. A zeroed Str may be passed to str_finish only.
 */
typedef struct {
    char *buf;
    size_t len;
    size_t cap; /* 0: `buf` points at a shared empty string */
} Str;

#define SV(literal) ((StrView){(literal), sizeof(literal) - 1})

StrView sv(const char *s);                       /* NULL gives an empty view */
StrView sv_n(const char *s, size_t len);
bool sv_eq(StrView a, StrView b);
bool sv_eq_nocase(StrView a, StrView b);         /* ASCII case only: keywords, not names */
bool sv_starts(StrView s, StrView prefix);
StrView sv_trim(StrView s);                      /* without ASCII white space at both ends */
StrView sv_cut(StrView *rest, char sep);         /* the part before `sep`; *rest is what follows it, empty at the end */
StrView sv_word(StrView *rest);                  /* next run of non-space bytes; empty at the end */
bool sv_to_int(StrView s, long min, long max, long *ret); /* decimal, whole view, in range */
uint64_t sv_hash(StrView s);                     /* FNV-1a, 64 bits: the same everywhere; no guard against who means harm */

void str_init(Str *s);
void str_finish(Str *s);                         /* accepts zeroed; leaves it zeroed */
void str_clear(Str *s);                          /* keeps the memory */
void str_add(Str *s, StrView text);
void str_add_c(Str *s, const char *text);        /* NULL adds nothing */
void str_add_char(Str *s, char c);
void str_add_fill(Str *s, char c, size_t n);
void str_addf(Str *s, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void str_vaddf(Str *s, const char *fmt, va_list ap) __attribute__((format(printf, 2, 0)));
void str_set(Str *s, StrView text);              /* `text` may point into `s` */
void str_insert(Str *s, size_t at, StrView text);/* at <= len */
void str_remove(Str *s, size_t at, size_t n);    /* at + n <= len */
StrView str_view(const Str *s);                  /* valid until the next change */
char *str_steal(Str *s);                         /* caller frees with free(); `s` is empty again */

#endif
