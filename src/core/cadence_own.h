#ifndef CORE_CADENCE_OWN_H
#define CORE_CADENCE_OWN_H

#include <entente/cadence.h>

enum { EVERY_MAX = 366, DATE_BACK_MAX = 7, NTH_MAX = 5, QUARTER = 3 };

/* The weekdays of ON_WORKDAY. */
#define WORKDAYS 0x1Fu

/* True for a date that some months, or some Februaries, lack. */
bool cadence_date_can_lack(const Cadence *c);

/* True where cadence_parse has words for it; without them only its rule says what it is. */
bool cadence_has_words(const Cadence *c);

/* The one way of saying each fixed cadence: fields that make no difference are zeroed. */
void cadence_settle(Cadence *c);

/* True for a date its month never has; says why: "April has 30 days". */
bool cadence_never(const Cadence *c, Str *ret_why);

/* A text that begins as a rule does; it is read by cadence_rule_parse. *ret_day is its BYMONTHDAY, or empty. */
bool cadence_is_rule(StrView text);
bool cadence_rule_parse(StrView text, Cadence *ret, StrView *ret_day, Error *err);

/* "x" at character N is not understood: why. Or that `whole` stops short, for an empty word. */
bool cadence_refuse(StrView whole, StrView word, const char *why, Error *err);

#endif
