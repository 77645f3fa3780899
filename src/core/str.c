#include <entente/str.h>

#include <assert.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <entente/mem.h>

/* What an empty Str points at. Never written to: cap 0 guards every write. */
static const char empty[1] = "";

/* The C locale's idea of space, whatever setlocale() said. */
static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

StrView sv(const char *s)
{
    return s ? (StrView){s, strlen(s)} : (StrView){empty, 0};
}

StrView sv_n(const char *s, size_t len)
{
    assert(s || len == 0);
    return s ? (StrView){s, len} : (StrView){empty, 0};
}

bool sv_eq(StrView a, StrView b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

bool sv_eq_nocase(StrView a, StrView b)
{
    if (a.len != b.len) return false;
    for (size_t i = 0; i < a.len; i++)
        if (lower(a.ptr[i]) != lower(b.ptr[i])) return false;
    return true;
}

bool sv_starts(StrView s, StrView prefix)
{
    return s.len >= prefix.len && (prefix.len == 0 || memcmp(s.ptr, prefix.ptr, prefix.len) == 0);
}

StrView sv_trim(StrView s)
{
    while (s.len > 0 && is_space(s.ptr[0])) s = (StrView){s.ptr + 1, s.len - 1};
    while (s.len > 0 && is_space(s.ptr[s.len - 1])) s.len--;
    return s;
}

StrView sv_cut(StrView *rest, char sep)
{
    const char *at = rest->len > 0 ? memchr(rest->ptr, sep, rest->len) : NULL;
    size_t len = at ? (size_t)(at - rest->ptr) : rest->len;
    size_t skip = at ? len + 1 : len;
    StrView part = sv_n(rest->ptr, len);
    *rest = skip > 0 ? sv_n(rest->ptr + skip, rest->len - skip) : part;
    return part;
}

StrView sv_word(StrView *rest)
{
    size_t start = 0;
    while (start < rest->len && is_space(rest->ptr[start])) start++;
    size_t end = start;
    while (end < rest->len && !is_space(rest->ptr[end])) end++;
    if (rest->len == 0) return sv(NULL);
    StrView word = sv_n(rest->ptr + start, end - start);
    *rest = sv_n(rest->ptr + end, rest->len - end);
    return word;
}

/* draft-eastlake-fnv */
uint64_t sv_hash(StrView s)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < s.len; i++) {
        hash ^= (unsigned char)s.ptr[i];
        hash *= UINT64_C(0x100000001b3);
    }
    return hash;
}

bool sv_to_int(StrView s, long min, long max, long *ret)
{
    bool negative = s.len > 0 && s.ptr[0] == '-';
    size_t i = negative || (s.len > 0 && s.ptr[0] == '+') ? 1 : 0;
    if (i >= s.len) return false;
    /* Summed on the negative side, which is the larger one in two's complement. */
    long sum = 0;
    for (; i < s.len; i++) {
        int digit = s.ptr[i] - '0';
        if (digit < 0 || digit > 9) return false;
        if (sum < (LONG_MIN + digit) / 10) return false;
        sum = sum * 10 - digit;
    }
    if (!negative && sum == LONG_MIN) return false;
    long value = negative ? sum : -sum;
    if (value < min || value > max) return false;
    *ret = value;
    return true;
}

/* Makes room for `more` bytes and the NUL. */
static void reserve(Str *s, size_t more)
{
    assert(s->buf);
    if (more >= SIZE_MAX / 2 - s->len) mem_resize(NULL, SIZE_MAX, 2); /* prints and aborts */
    size_t need = s->len + more + 1;
    if (s->cap >= need) return;
    size_t cap = s->cap < 16 ? 32 : s->cap + s->cap / 2;
    if (cap < need) cap = need;
    s->buf = mem_resize(s->cap > 0 ? s->buf : NULL, cap, 1);
    s->cap = cap;
    s->buf[s->len] = '\0';
}

void str_init(Str *s)
{
    *s = (Str){.buf = (char *)empty};
}

void str_finish(Str *s)
{
    if (!s) return;
    if (s->cap > 0) free(s->buf);
    *s = (Str){0};
}

void str_clear(Str *s)
{
    s->len = 0;
    if (s->cap > 0) s->buf[0] = '\0';
}

void str_add(Str *s, StrView text)
{
    str_insert(s, s->len, text);
}

void str_add_c(Str *s, const char *text)
{
    str_add(s, sv(text));
}

void str_add_char(Str *s, char c)
{
    reserve(s, 1);
    s->buf[s->len++] = c;
    s->buf[s->len] = '\0';
}

void str_add_fill(Str *s, char c, size_t n)
{
    if (n == 0) return;
    reserve(s, n);
    memset(s->buf + s->len, c, n);
    s->len += n;
    s->buf[s->len] = '\0';
}

void str_addf(Str *s, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    str_vaddf(s, fmt, ap);
    va_end(ap);
}

/* The arguments may point into `s`, so they are formatted before it can move. */
void str_vaddf(Str *s, const char *fmt, va_list ap)
{
    char small[256];
    va_list again;
    va_copy(again, ap);
    int len = vsnprintf(small, sizeof small, fmt, ap);
    assert(len >= 0);
    if ((size_t)len < sizeof small) {
        str_add(s, sv_n(small, (size_t)len));
    } else {
        char *large = mem_alloc((size_t)len + 1);
        vsnprintf(large, (size_t)len + 1, fmt, again);
        str_add(s, sv_n(large, (size_t)len));
        free(large);
    }
    va_end(again);
}

/* True if `text` lies in the string's own memory, which reserve() may move. */
static bool is_inside(const Str *s, StrView text)
{
    uintptr_t start = (uintptr_t)s->buf;
    uintptr_t at = (uintptr_t)text.ptr;
    return s->cap > 0 && at >= start && at <= start + s->len;
}

void str_set(Str *s, StrView text)
{
    if (is_inside(s, text)) {
        memmove(s->buf, text.ptr, text.len);
        s->len = text.len;
        s->buf[s->len] = '\0';
        return;
    }
    str_clear(s);
    str_add(s, text);
}

void str_insert(Str *s, size_t at, StrView text)
{
    assert(at <= s->len);
    if (text.len == 0) return;
    if (is_inside(s, text)) {
        char *copy = mem_strndup(text.ptr, text.len);
        str_insert(s, at, sv_n(copy, text.len));
        free(copy);
        return;
    }
    reserve(s, text.len);
    memmove(s->buf + at + text.len, s->buf + at, s->len - at + 1);
    memcpy(s->buf + at, text.ptr, text.len);
    s->len += text.len;
}

void str_remove(Str *s, size_t at, size_t n)
{
    assert(at <= s->len && n <= s->len - at);
    if (n == 0) return;
    memmove(s->buf + at, s->buf + at + n, s->len - at - n + 1);
    s->len -= n;
}

StrView str_view(const Str *s)
{
    return (StrView){s->buf, s->len};
}

char *str_steal(Str *s)
{
    char *taken = s->cap > 0 ? s->buf : mem_strdup("");
    str_init(s);
    return taken;
}
