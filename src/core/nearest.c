#include <entente/nearest.h>

#include <stdlib.h>

#include <entente/mem.h>

enum { WORD_MAX = 32 };

static size_t least(size_t a, size_t b, size_t c)
{
    size_t m = a < b ? a : b;
    return m < c ? m : c;
}

/* Levenshtein's distance, one row at a time. */
static size_t distance(StrView a, StrView b)
{
    size_t *row = mem_zalloc(b.len + 1, sizeof *row);
    for (size_t j = 0; j <= b.len; j++) row[j] = j;
    for (size_t i = 1; i <= a.len; i++) {
        size_t corner = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            size_t above = row[j];
            row[j] = least(row[j - 1] + 1, above + 1, corner + (a.ptr[i - 1] != b.ptr[j - 1]));
            corner = above;
        }
    }
    size_t result = row[b.len];
    free(row);
    return result;
}

/* Near enough to be a slip of the fingers: two edits, but never most of the word; or a word begun. */
size_t word_likeness(StrView typed, const char *word)
{
    if (sv_eq(typed, sv(word))) return 0;
    if (typed.len >= 3 && sv_starts(sv(word), typed)) return 1;
    if (typed.len > WORD_MAX) return LIKENESS_NONE;
    size_t d = distance(typed, sv(word));
    return d <= 2 && d * 2 <= typed.len ? d : LIKENESS_NONE;
}

const char *nearest_word(const char *typed, const char *const *words, size_t n)
{
    const char *best = NULL;
    size_t nearest = LIKENESS_NONE;
    for (size_t i = 0; i < n; i++) {
        size_t d = word_likeness(sv(typed), words[i]);
        if (d >= nearest) continue;
        nearest = d;
        best = words[i];
    }
    return best;
}
