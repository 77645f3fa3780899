#ifndef ENTENTE_FIGURES_H
#define ENTENTE_FIGURES_H

#include <entente/model.h>
#include <entente/str.h>
#include <stddef.h>

/* How many of a side's settled commitments were kept (late ones count as kept; changed and let-go count in neither). */
typedef struct {
    int kept, of;
} Record;

Record record_of(const Commitment *c, size_t n, Side side);

/* The rating that more than half of the ratings are; 0 when none is. Zeros (not rated) are ignored. */
int trust_mostly(const int *trust, size_t n);

/*
 * A sparkline of the ratings, oldest first, the last `max` of them: one glyph
 * each. Unicode: 1..5 = U+2581 2582 2584 2586 2588, a gap is a space; ascii:
 * the digits, '-' for a gap. Fixed scale, never stretched.
 */
void trust_spark(Str *out, const int *trust, size_t n, size_t max, bool ascii);

/* Median days between consecutive check-ins (dates ascending); 0 with fewer than two. */
int lived_days(const Date *dates, size_t n);

#endif
