#ifndef ENTENTE_AGREEMENT_H
#define ENTENTE_AGREEMENT_H

#include <entente/arena.h>
#include <entente/model.h>
#include <stdbool.h>
#include <stddef.h>

/* True when the term stands in the agreement at `version` (>= 1). */
bool term_in_version(const Term *t, int version);

/* Orders terms as an agreement is read: section, side, position, id. For qsort over an array of `const Term *`. */
int term_order(const void *a, const void *b);

/*
 * The agreement at a version: the terms that stand in it, in reading order, as
 * an arena-owned array of pointers into `terms`. Returns how many.
 */
size_t agreement_at(const Term *terms, size_t n, int version, Arena *arena, const Term ***ret);

typedef enum { DIFF_SAME, DIFF_ADDED, DIFF_REMOVED, DIFF_CHANGED } DiffKind;

/*
 * One line of a difference. `changed` pairs a removed term with the one of the
 * same section and side that replaced it: by `replaces`, also over terms in between, else
 * by likeness of text (half of the words or more). A pair of equal text and privacy is `same`.
 */
typedef struct {
    DiffKind kind;
    const Term *before; /* NULL when added */
    const Term *after;  /* NULL when removed */
} TermDiff;

/* The difference of versions `from` and `to` (either order; 0 is the empty agreement), in reading order, arena-owned. Returns how many lines. */
size_t agreement_diff(const Term *terms, size_t n, int from, int to, Arena *arena, TermDiff **ret);

/* A run of words of one text that stand, or do not stand, in the other. Runs cover the whole text in order, kept and changed by turns. */
typedef struct {
    size_t start, end; /* bytes */
    bool changed;
} WordRun;

/* Compares two texts by words (text's word boundaries) and returns the runs of each, arena-owned: what `«»` marks on screen. */
void words_diff(const char *before, const char *after, Arena *arena, WordRun **ret_before,
                size_t *ret_before_n, WordRun **ret_after, size_t *ret_after_n);

#endif
