#ifndef ENTENTE_PROMPT_REASON_H
#define ENTENTE_PROMPT_REASON_H

#include <entente/prompt.h>

/* What became of a prompt so far; NULL if it was never asked. */
const PromptPast *reason_past(const Facts *facts, const char *key);

/* True when its past keeps it from being asked now: it rests, or was to be asked once. */
bool reason_past_bars(const Prompt *p, const Facts *facts);

/* The prompt filled in, with its reason; its conditions hold. No score yet. */
Choice reason_choice(const Prompt *p, const Facts *facts, Arena *arena);

/* The terms to look at now, least recently looked at first, arena-owned: enough to see all within a few check-ins. Returns how many. */
size_t reason_terms(const Facts *facts, Arena *arena, const FactTerm *const **ret);

#endif
