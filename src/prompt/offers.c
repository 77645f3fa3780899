#include <entente/prompt.h>

#include "facts.h"

enum {
    FALL_OFFERED = 2,
    TRUST_OFFERED = 2,     /* this or less */
    FAILED_OFFERED = 3,    /* times not lived in a row */
    STRETCH_OFFERED = 151, /* percent of the agreed days between check-ins: more than half more rarely, */
    SHRINK_OFFERED = 49    /* or more than half more often */
};

/* The fact's own sentence, if it lies within the bounds. */
static bool offer(Offer *ret, Stage stage, const Facts *facts, const char *name, int at_least, int at_most,
                  Arena *arena)
{
    const FactDef *fact = facts_find(name);
    Condition c = {
        .fact = fact, .at_least = at_least, .at_most = at_most, .side = SIDE_COUNT, .over = fact->over};
    Finding found;
    if (!condition_holds(&c, facts, &found)) return false;
    Str out;
    str_init(&out);
    fact->say(&out, facts, &c, &found);
    *ret = (Offer){.stage = stage,
                   .reason = arena_str(arena, str_view(&out)),
                   .fact = fact->name,
                   .term = found.term,
                   .commitment = found.commitment};
    str_finish(&out);
    return true;
}

/* The ratings since the repair and the one it answered, which they are measured against; none if nothing was
 * rated since. */
static size_t unrepaired_ratings(const Facts *facts)
{
    size_t n = 0;
    while (n < facts->trust_count && !facts_repaired(facts, facts->trust[n].days)) n++;
    return n && n < facts->trust_count ? n + 1 : n;
}

static bool offer_repair(const Facts *facts, Arena *arena, Offer *ret)
{
    Facts left = *facts;
    left.trust_count = unrepaired_ratings(facts);
    return offer(ret, STAGE_REPAIR, &left, "trust-fall", FALL_OFFERED, INT_MAX, arena) ||
           offer(ret, STAGE_REPAIR, &left, "trust-now", INT_MIN, TRUST_OFFERED, arena) ||
           offer(ret, STAGE_REPAIR, &left, "commitments-not-kept", 1, INT_MAX, arena);
}

static bool offer_renew(const Facts *facts, Arena *arena, Offer *ret)
{
    return offer(ret, STAGE_RENEW, facts, "term-no-longer-fits", 1, INT_MAX, arena) ||
           offer(ret, STAGE_RENEW, facts, "term-not-lived", FAILED_OFFERED, INT_MAX, arena) ||
           offer(ret, STAGE_RENEW, facts, "days-past-review", 0, INT_MAX, arena) ||
           offer(ret, STAGE_RENEW, facts, "cadence-lived", STRETCH_OFFERED, INT_MAX, arena) ||
           offer(ret, STAGE_RENEW, facts, "cadence-lived", INT_MIN, SHRINK_OFFERED, arena);
}

size_t prompt_offers(const Facts *facts, Arena *arena, Offer ret[OFFERS_MAX])
{
    size_t n = 0;
    n += offer_repair(facts, arena, &ret[n]);
    n += offer_renew(facts, arena, &ret[n]);
    return n;
}
