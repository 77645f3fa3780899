#ifndef ENTENTE_PROMPT_FILL_H
#define ENTENTE_PROMPT_FILL_H

#include <entente/prompt.h>

/* What a template may speak of, as bits; {partner} and {me} need no leave. */
enum {
    GIVES_PARTNER = 1 << 0,
    GIVES_ME = 1 << 1,
    GIVES_TERM = 1 << 2,
    GIVES_COMMITMENT = 1 << 3,
    GIVES_DAYS = 1 << 4,
    GIVES_TRUST = 1 << 5,
    GIVES_TRUST_BEFORE = 1 << 6,
    GIVES_TRUST_HIGH = 1 << 7,
    GIVES_CHECK_INS = 1 << 8,
    GIVES_COUNT = 1 << 9,
    GIVES_NAMES = GIVES_PARTNER | GIVES_ME
};

/* The placeholder `rest` begins with: its bytes, and its bit in *ret_bit. 0 for none. */
size_t fill_placeholder(StrView rest, unsigned *ret_bit);

size_t fill_count(void);
const char *fill_name(size_t i); /* "{partner}" */

#endif
