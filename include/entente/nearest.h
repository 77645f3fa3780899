#ifndef ENTENTE_NEAREST_H
#define ENTENTE_NEAREST_H

#include <entente/str.h>

/* Which word was meant: for "Did you mean ...?". */

enum { LIKENESS_NONE = 99 };

/* How far a word as typed is from one that is known: 0 the same, more the further; LIKENESS_NONE: more than a slip of the fingers. */
size_t word_likeness(StrView typed, const char *word);

/* The nearest of the words, the first of equals; NULL when none is near. */
const char *nearest_word(const char *typed, const char *const *words, size_t n);

#endif
