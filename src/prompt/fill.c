#include "fill.h"

#include <stddef.h>

static const struct {
    const char *name;
    unsigned bit;
    size_t field;
} placeholders[] = {
    {"{partner}", GIVES_PARTNER, offsetof(Fill, partner)},
    {"{me}", GIVES_ME, offsetof(Fill, me)},
    {"{term}", GIVES_TERM, offsetof(Fill, term)},
    {"{commitment}", GIVES_COMMITMENT, offsetof(Fill, commitment)},
    {"{days}", GIVES_DAYS, offsetof(Fill, days)},
    {"{trust}", GIVES_TRUST, offsetof(Fill, trust)},
    {"{trust-before}", GIVES_TRUST_BEFORE, offsetof(Fill, trust_before)},
    {"{trust-high}", GIVES_TRUST_HIGH, offsetof(Fill, trust_high)},
    {"{check-ins}", GIVES_CHECK_INS, offsetof(Fill, check_ins)},
    {"{count}", GIVES_COUNT, offsetof(Fill, count)},
};

enum { PLACEHOLDERS = sizeof placeholders / sizeof *placeholders };

size_t fill_count(void)
{
    return PLACEHOLDERS;
}

const char *fill_name(size_t i)
{
    return placeholders[i].name;
}

/* PLACEHOLDERS if `rest` begins with none. */
static size_t find(StrView rest)
{
    size_t i = 0;
    if (!rest.len || *rest.ptr != '{') return PLACEHOLDERS;
    while (i < PLACEHOLDERS && !sv_starts(rest, sv(placeholders[i].name))) i++;
    return i;
}

size_t fill_placeholder(StrView rest, unsigned *ret_bit)
{
    size_t i = find(rest);
    if (i == PLACEHOLDERS) return 0;
    *ret_bit = placeholders[i].bit;
    return sv(placeholders[i].name).len;
}

void prompt_fill(Str *out, const char *text, const Fill *fill)
{
    StrView rest = sv(text);
    while (rest.len) {
        size_t i = find(rest), used = 1;
        if (i < PLACEHOLDERS) {
            str_add_c(out, *(const char *const *)((const char *)fill + placeholders[i].field));
            used = sv(placeholders[i].name).len;
        } else {
            str_add_char(out, *rest.ptr);
        }
        rest = sv_n(rest.ptr + used, rest.len - used);
    }
}
