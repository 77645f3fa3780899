#include <entente/prompt.h>

#include <stddef.h>

static const struct {
    const char *name;
    size_t field;
} placeholders[] = {
    {"{partner}", offsetof(Fill, partner)},
    {"{me}", offsetof(Fill, me)},
};

/* Bytes of the placeholder `rest` starts with, its value added to `out`; 0 if it starts with none. */
static size_t fill_placeholder(Str *out, StrView rest, const Fill *fill)
{
    for (size_t i = 0; i < sizeof placeholders / sizeof *placeholders; i++) {
        StrView name = sv(placeholders[i].name);
        if (!sv_starts(rest, name)) continue;
        str_add_c(out, *(const char *const *)((const char *)fill + placeholders[i].field));
        return name.len;
    }
    return 0;
}

void prompt_fill(Str *out, const char *text, const Fill *fill)
{
    StrView rest = sv(text);
    while (rest.len) {
        size_t used = fill_placeholder(out, rest, fill);
        if (!used) {
            str_add_char(out, *rest.ptr);
            used = 1;
        }
        rest = sv_n(rest.ptr + used, rest.len - used);
    }
}
