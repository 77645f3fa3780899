#include <entente/agreement.h>

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <entente/mem.h>
#include <entente/text.h>
#include <entente/vec.h>

enum { LCS_MAX = 2000 }; /* words of each text; beyond, only what the two begin and end with is compared */

static const double LIKE_ENOUGH = 0.5;

/* A word, or a mark that stands alone. */
typedef struct {
    size_t start, end; /* bytes */
    uint64_t hash;
    bool word;
    bool changed;
} Token;

typedef Vec(Token) Tokens;

/* Terms at a version */

bool term_in_version(const Term *t, int version)
{
    return version >= 1 && t->from_version <= version && (t->to_version == 0 || version < t->to_version);
}

static int compare(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

int term_order(const void *a, const void *b)
{
    const Term *x = *(const Term *const *)a;
    const Term *y = *(const Term *const *)b;
    int order = compare(x->section, y->section);
    if (order == 0) order = compare(x->side, y->side);
    if (order == 0) order = compare(x->position, y->position);
    return order != 0 ? order : compare(x->id, y->id);
}

size_t agreement_at(const Term *terms, size_t n, int version, Arena *arena, const Term ***ret)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++) count += term_in_version(&terms[i], version);
    const Term **standing = arena_array(arena, count, sizeof *standing);
    size_t at = 0;
    for (size_t i = 0; i < n; i++) {
        if (term_in_version(&terms[i], version)) standing[at++] = &terms[i];
    }
    if (count > 0) qsort(standing, count, sizeof *standing, term_order);
    *ret = standing;
    return count;
}

/* Tokens of a text */

static bool white(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static void tokens_of(const char *s, Tokens *ret)
{
    StrView text = sv(s);
    size_t pos = 0;
    while (pos < text.len) {
        size_t end = text_next(text, pos);
        bool word = text_words(sv_n(s + pos, end - pos)) > 0;
        if (word) {
            size_t word_end = text_next_word(text, pos);
            if (word_end > end) end = word_end;
        }
        if (!white(s[pos])) {
            vec_push(ret, (Token){pos, end, sv_hash(sv_n(s + pos, end - pos)), word, true});
        }
        pos = end;
    }
}

/* Likeness of terms */

/* A term that may find a partner, with its words as a sorted bag. */
typedef struct {
    const Term *term;
    size_t partner; /* index on the other side; NO_PARTNER */
    uint64_t *words;
    size_t word_count;
} End;

#define NO_PARTNER SIZE_MAX

/* A pairing that could be made. */
typedef struct {
    double likeness;
    size_t before, after;
} Match;

static int hash_order(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a;
    uint64_t y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static void read_words(End *end, Arena *arena)
{
    Tokens tokens = {0};
    tokens_of(end->term->text, &tokens);
    end->words = arena_array(arena, tokens.len, sizeof *end->words);
    for (size_t i = 0; i < tokens.len; i++) {
        if (tokens.at[i].word) end->words[end->word_count++] = tokens.at[i].hash;
    }
    if (end->word_count > 0) qsort(end->words, end->word_count, sizeof *end->words, hash_order);
    vec_finish(&tokens);
}

/* Share of words the two texts have in common, wherever they stand: 0 to 1. */
static double likeness(const End *a, const End *b)
{
    if (strcmp(a->term->text, b->term->text) == 0) return 1;
    size_t common = 0, i = 0, j = 0;
    while (i < a->word_count && j < b->word_count) {
        if (a->words[i] == b->words[j]) {
            common++;
            i++;
            j++;
        } else if (a->words[i] < b->words[j]) {
            i++;
        } else {
            j++;
        }
    }
    size_t total = a->word_count + b->word_count;
    return total == 0 ? 0 : 2.0 * (double)common / (double)total;
}

/* The likest first; reading order among equals. */
static int match_order(const void *a, const void *b)
{
    const Match *x = a;
    const Match *y = b;
    if (x->likeness != y->likeness) return x->likeness < y->likeness ? 1 : -1;
    if (x->before != y->before) return x->before < y->before ? -1 : 1;
    return (x->after > y->after) - (x->after < y->after);
}

/* Pairing of two versions */

/* Both ends of a comparison, each in reading order. */
typedef struct {
    const Term *terms;
    size_t term_count;
    const Term **by_id;
    End *before, *after;
    size_t before_count, after_count;
    Arena scratch;
} Pairing;

static bool same_place(const Term *a, const Term *b)
{
    return a->section == b->section && a->side == b->side;
}

static void pair(Pairing *p, size_t before, size_t after)
{
    p->before[before].partner = after;
    p->after[after].partner = before;
}

static bool both_free(const Pairing *p, size_t before, size_t after)
{
    return p->before[before].partner == NO_PARTNER && p->after[after].partner == NO_PARTNER;
}

static int id_order(const void *a, const void *b)
{
    return compare((*(const Term *const *)a)->id, (*(const Term *const *)b)->id);
}

static const Term *term_by_id(const Pairing *p, Id id)
{
    Term key = {.id = id};
    const Term *wanted = &key;
    const Term **found = bsearch(&wanted, p->by_id, p->term_count, sizeof *p->by_id, id_order);
    return found ? *found : NULL;
}

/* Whether `younger` took the place of `older`, maybe over terms in between. A damaged chain may circle: the
 * steps are bounded. */
static bool descends(const Pairing *p, const Term *younger, const Term *older)
{
    const Term *t = younger;
    for (size_t steps = 0; steps < p->term_count && t && t->replaces; steps++) {
        if (t->replaces == older->id) return true;
        t = term_by_id(p, t->replaces);
    }
    return false;
}

static bool replaced(const Pairing *p, const Term *a, const Term *b)
{
    return same_place(a, b) && (descends(p, b, a) || descends(p, a, b));
}

static bool identical(const Pairing *p, const Term *a, const Term *b)
{
    (void)p;
    return a == b;
}

static void pair_where(Pairing *p, bool (*fits)(const Pairing *, const Term *, const Term *))
{
    for (size_t i = 0; i < p->before_count; i++) {
        for (size_t j = 0; j < p->after_count; j++) {
            if (both_free(p, i, j) && fits(p, p->before[i].term, p->after[j].term)) pair(p, i, j);
        }
    }
}

static void pair_by_likeness(Pairing *p)
{
    Vec(Match) matches = {0};
    for (size_t i = 0; i < p->before_count; i++) {
        if (p->before[i].partner == NO_PARTNER) read_words(&p->before[i], &p->scratch);
    }
    for (size_t j = 0; j < p->after_count; j++) {
        if (p->after[j].partner == NO_PARTNER) read_words(&p->after[j], &p->scratch);
    }
    for (size_t i = 0; i < p->before_count; i++) {
        for (size_t j = 0; j < p->after_count; j++) {
            if (!both_free(p, i, j) || !same_place(p->before[i].term, p->after[j].term)) continue;
            double like = likeness(&p->before[i], &p->after[j]);
            if (like >= LIKE_ENOUGH) vec_push(&matches, (Match){like, i, j});
        }
    }
    if (matches.len > 0) qsort(matches.at, matches.len, sizeof *matches.at, match_order);
    for (size_t i = 0; i < matches.len; i++) {
        if (both_free(p, matches.at[i].before, matches.at[i].after)) {
            pair(p, matches.at[i].before, matches.at[i].after);
        }
    }
    vec_finish(&matches);
}

static size_t read_ends(Pairing *p, int version, End **ret)
{
    const Term **standing;
    size_t n = agreement_at(p->terms, p->term_count, version, &p->scratch, &standing);
    End *ends = arena_array(&p->scratch, n, sizeof *ends);
    for (size_t i = 0; i < n; i++) ends[i] = (End){.term = standing[i], .partner = NO_PARTNER};
    *ret = ends;
    return n;
}

static void pairing_init(Pairing *p, const Term *terms, size_t n, int from, int to)
{
    *p = (Pairing){.terms = terms, .term_count = n};
    p->by_id = arena_array(&p->scratch, n, sizeof *p->by_id);
    for (size_t i = 0; i < n; i++) p->by_id[i] = &terms[i];
    if (n > 0) qsort(p->by_id, n, sizeof *p->by_id, id_order);
    p->before_count = read_ends(p, from, &p->before);
    p->after_count = read_ends(p, to, &p->after);
}

/* The lines of a difference */

static TermDiff line_of(const Pairing *p, size_t after)
{
    const End *end = &p->after[after];
    if (end->partner == NO_PARTNER) return (TermDiff){DIFF_ADDED, NULL, end->term};
    const Term *before = p->before[end->partner].term;
    bool same = strcmp(before->text, end->term->text) == 0 && before->is_private == end->term->is_private;
    return (TermDiff){same ? DIFF_SAME : DIFF_CHANGED, before, end->term};
}

static int place_order(const Term *a, const Term *b)
{
    int order = compare(a->section, b->section);
    return order != 0 ? order : compare(a->side, b->side);
}

/* Follows the reading order of `after` and puts what was removed where it stood: behind the lines it stood
 * behind. */
static size_t write_lines(const Pairing *p, TermDiff *lines)
{
    size_t count = 0, i = 0, j = 0;
    while (i < p->before_count || j < p->after_count) {
        const End *old = i < p->before_count ? &p->before[i] : NULL;
        const End *new = j < p->after_count ? &p->after[j] : NULL;
        bool gone = old && old->partner == NO_PARTNER;
        if (gone && (!new || place_order(old->term, new->term) <= 0)) {
            lines[count++] = (TermDiff){DIFF_REMOVED, old->term, NULL};
            i++;
        } else if (old && !gone && old->partner < j) {
            i++;
        } else {
            lines[count++] = line_of(p, j++);
        }
    }
    return count;
}

size_t agreement_diff(const Term *terms, size_t n, int from, int to, Arena *arena, TermDiff **ret)
{
    Pairing p;
    pairing_init(&p, terms, n, from, to);
    pair_where(&p, identical);
    pair_where(&p, replaced);
    pair_by_likeness(&p);
    TermDiff *lines = arena_array(arena, p.before_count + p.after_count, sizeof *lines);
    size_t count = write_lines(&p, lines);
    arena_finish(&p.scratch);
    *ret = lines;
    return count;
}

/* Words of two texts */

typedef struct {
    const char *text;
    Tokens tokens;
} Words;

static bool same_word(const Words *a, size_t i, const Words *b, size_t j)
{
    const Token *x = &a->tokens.at[i];
    const Token *y = &b->tokens.at[j];
    size_t len = x->end - x->start;
    return x->hash == y->hash && len == y->end - y->start &&
           memcmp(a->text + x->start, b->text + y->start, len) == 0;
}

static void keep(Words *a, size_t i, Words *b, size_t j)
{
    a->tokens.at[i].changed = false;
    b->tokens.at[j].changed = false;
}

/* Keeps a longest common subsequence of a[start, a_end) and b[start, b_end). */
static void keep_common(Words *a, size_t a_end, Words *b, size_t b_end, size_t start)
{
    size_t rows = a_end - start, columns = b_end - start, width = columns + 1;
    if (rows == 0 || columns == 0 || rows > LCS_MAX || columns > LCS_MAX) return;
    /* longest[i * width + j]: how much a[start + i..] and b[start + j..] have in common */
    uint16_t *longest = mem_zalloc((rows + 1) * width, sizeof *longest);
    for (size_t i = rows; i-- > 0;) {
        for (size_t j = columns; j-- > 0;) {
            uint16_t down = longest[(i + 1) * width + j];
            uint16_t right = longest[i * width + j + 1];
            uint16_t best = down > right ? down : right;
            if (same_word(a, start + i, b, start + j))
                best = (uint16_t)(longest[(i + 1) * width + j + 1] + 1);
            longest[i * width + j] = best;
        }
    }
    for (size_t i = 0, j = 0; i < rows && j < columns;) {
        if (same_word(a, start + i, b, start + j)) {
            keep(a, start + i++, b, start + j++);
        } else if (longest[(i + 1) * width + j] >= longest[i * width + j + 1]) {
            i++;
        } else {
            j++;
        }
    }
    free(longest);
}

static void compare_words(Words *a, Words *b)
{
    size_t start = 0, a_end = a->tokens.len, b_end = b->tokens.len;
    while (start < a_end && start < b_end && same_word(a, start, b, start)) {
        keep(a, start, b, start);
        start++;
    }
    while (a_end > start && b_end > start && same_word(a, a_end - 1, b, b_end - 1))
        keep(a, --a_end, b, --b_end);
    keep_common(a, a_end, b, b_end, start);
}

/* The runs cover the whole text; space between a kept and a changed word belongs to the kept one. */
static size_t runs_of(const Words *w, Arena *arena, WordRun **ret)
{
    Vec(WordRun) runs = {0};
    const Token *at = w->tokens.at;
    size_t size = strlen(w->text);
    if (size > 0) vec_push(&runs, (WordRun){0, size, w->tokens.len > 0 && at[0].changed});
    for (size_t i = 1; i < w->tokens.len; i++) {
        if (at[i].changed == at[i - 1].changed) continue;
        size_t border = at[i].changed ? at[i].start : at[i - 1].end;
        runs.at[runs.len - 1].end = border;
        vec_push(&runs, (WordRun){border, size, at[i].changed});
    }
    size_t count = runs.len;
    *ret = arena_copy(arena, runs.at, count * sizeof *runs.at);
    vec_finish(&runs);
    return count;
}

void words_diff(const char *before, const char *after, Arena *arena, WordRun **ret_before,
                size_t *ret_before_n, WordRun **ret_after, size_t *ret_after_n)
{
    Words a = {.text = before};
    Words b = {.text = after};
    tokens_of(before, &a.tokens);
    tokens_of(after, &b.tokens);
    compare_words(&a, &b);
    *ret_before_n = runs_of(&a, arena, ret_before);
    *ret_after_n = runs_of(&b, arena, ret_after);
    vec_finish(&a.tokens);
    vec_finish(&b.tokens);
}
