#include "count_word.h"

int count_word(StrView word)
{
    static const char *const words[] = {"one",   "two",   "three", "four", "five",   "six",
                                        "seven", "eight", "nine",  "ten",  "eleven", "twelve"};
    for (int i = 0; i < (int)(sizeof words / sizeof *words); i++)
        if (sv_eq_nocase(word, sv(words[i]))) return i + 1;
    return 0;
}
