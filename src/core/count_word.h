#ifndef CORE_COUNT_WORD_H
#define CORE_COUNT_WORD_H

#include <entente/str.h>

/* 1 to 12 for "one" to "twelve", ASCII case aside; 0 for any other word. */
int count_word(StrView word);

#endif
