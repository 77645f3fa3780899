#ifndef ENTENTE_PROMPT_WORDS_H
#define ENTENTE_PROMPT_WORDS_H

#include <entente/prompt.h>

/* "1 day", "12 days", "6 weeks", "4 months", "2 years": rounded down, from two of the larger unit on. Below 0 counts as 0. */
void words_span(Str *out, int days);

/* "1 check-in", "3 commitments". */
void words_count(Str *out, int n, const char *noun);

/* The text in quotes, on one line, cut where it would fill a screen. */
void words_quote(Str *out, const char *text);

/* "Your", "Ana's" or "Their", "Your shared". */
void words_owner(Str *out, const Facts *facts, Side side);

/* "Ana", or "the other". */
const char *words_partner(const Facts *facts);

/* "Trust was 3 last time, after 5 and 4." */
void words_trust(Str *out, const Facts *facts);

#endif
