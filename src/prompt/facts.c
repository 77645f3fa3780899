#include "facts.h"

#include <stdlib.h>
#include <string.h>

#include "words.h"

enum { DAYS_MAX = 36500, COUNT_MAX = 10000, PERCENT = 100 };

Facts facts_none(void)
{
    return (Facts){
        .role = "",
        .situation = "",
        .situation_name = "",
        .alliance_age = FACT_UNKNOWN,
        .check_ins = FACT_UNKNOWN,
        .days_since_check_in = FACT_UNKNOWN,
        .days_past_due = FACT_UNKNOWN,
        .days_past_review = FACT_UNKNOWN,
        .days_since_repair = FACT_UNKNOWN,
        .cadence_agreed = FACT_UNKNOWN,
        .cadence_lived = FACT_UNKNOWN,
        .moments = FACT_UNKNOWN,
        .days_since_moment = FACT_UNKNOWN,
        .gave = FACT_UNKNOWN,
        .received = FACT_UNKNOWN,
        .private_notes = FACT_UNKNOWN,
        .slips = {FACT_UNKNOWN, FACT_UNKNOWN, FACT_UNKNOWN},
    };
}

/* ---- measuring ---- */

static bool number(int value, Finding *ret)
{
    *ret = (Finding){.value = value, .days = value};
    return value != FACT_UNKNOWN;
}

static bool text(const char *value, Finding *ret)
{
    *ret = (Finding){.text = value};
    return value && *value;
}

static bool measure_role(const Facts *f, const Condition *c, Finding *ret)
{
    (void)c;
    return text(f->role, ret);
}

static bool measure_situation(const Facts *f, const Condition *c, Finding *ret)
{
    (void)c;
    return text(f->situation, ret);
}

static bool measure_team(const Facts *f, const Condition *c, Finding *ret)
{
    (void)c;
    *ret = (Finding){.flag = f->team};
    return true;
}

/* A fact that is a field of Facts, as it stands. */
#define MEASURE_FIELD(field)                                                                                 \
    static bool measure_##field(const Facts *f, const Condition *c, Finding *ret)                            \
    {                                                                                                        \
        (void)c;                                                                                             \
        return number(f->field, ret);                                                                        \
    }

MEASURE_FIELD(alliance_age)
MEASURE_FIELD(check_ins)
MEASURE_FIELD(days_since_check_in)
MEASURE_FIELD(days_past_due)
MEASURE_FIELD(days_past_review)
MEASURE_FIELD(days_since_repair)
MEASURE_FIELD(moments)
MEASURE_FIELD(days_since_moment)
MEASURE_FIELD(gave)
MEASURE_FIELD(received)
MEASURE_FIELD(private_notes)

static int clamp_count(int64_t n)
{
    return n > COUNT_MAX ? COUNT_MAX : n < -COUNT_MAX ? -COUNT_MAX : (int)n;
}

static bool measure_balance(const Facts *f, const Condition *c, Finding *ret)
{
    (void)c;
    if (f->gave == FACT_UNKNOWN || f->received == FACT_UNKNOWN) return false;
    return number(clamp_count((int64_t)f->gave - f->received), ret);
}

static bool measure_cadence(const Facts *f, const Condition *c, Finding *ret)
{
    (void)c;
    if (f->cadence_agreed <= 0 || f->cadence_lived < 0) return false;
    int64_t percent = (int64_t)f->cadence_lived * PERCENT / f->cadence_agreed;
    *ret = (Finding){.value = clamp_count(percent), .days = f->cadence_lived};
    return true;
}

static bool measure_trust(const Facts *f, const Condition *c, Finding *ret)
{
    (void)c;
    return f->trust_count && number(f->trust[0].value, ret);
}

/* The highest and the lowest of the newest ratings. */
static void trust_range(const Facts *f, int over, int *ret_low, int *ret_high)
{
    *ret_low = *ret_high = f->trust[0].value;
    for (size_t i = 1; i < f->trust_count && i < (size_t)over; i++) {
        int value = f->trust[i].value;
        if (value < *ret_low) *ret_low = value;
        if (value > *ret_high) *ret_high = value;
    }
}

static bool measure_trust_fall(const Facts *f, const Condition *c, Finding *ret)
{
    if (f->trust_count < OVER_MIN) return false;
    int low, high, now = f->trust[0].value;
    trust_range(f, c->over, &low, &high);
    /* What has begun to rise again is no fall, low as it may be. */
    *ret = (Finding){.value = now > f->trust[1].value ? 0 : high - now, .high = high};
    return true;
}

static bool measure_trust_lowest(const Facts *f, const Condition *c, Finding *ret)
{
    if (!f->trust_count) return false;
    int high;
    *ret = (Finding){0};
    trust_range(f, c->over, &ret->value, &high);
    return true;
}

bool facts_repaired(const Facts *f, int days)
{
    return f->days_since_repair != FACT_UNKNOWN && f->days_since_repair <= days;
}

/* The count of those that stand so and were not answered by a repair; the one spoken of is the longest past
 * its day, or next due. */
static bool measure_standing(const Facts *f, const Condition *c, Standing standing, Finding *ret)
{
    *ret = (Finding){0};
    for (size_t i = 0; i < f->commitment_count; i++) {
        const FactCommitment *at = &f->commitments[i];
        if (at->standing != standing || (c->side != SIDE_COUNT && at->side != c->side)) continue;
        if (standing == STANDING_NOT_KEPT && facts_repaired(f, at->days)) continue;
        ret->value++;
        bool better = !ret->commitment || (standing == STANDING_PAST_DUE && at->days > ret->days) ||
                      (standing == STANDING_NOT_KEPT && at->days < ret->days);
        if (!better) continue;
        ret->commitment = at;
        ret->days = at->days;
    }
    return true;
}

static bool measure_open(const Facts *f, const Condition *c, Finding *ret)
{
    return measure_standing(f, c, STANDING_OPEN, ret);
}

static bool measure_past_due(const Facts *f, const Condition *c, Finding *ret)
{
    return measure_standing(f, c, STANDING_PAST_DUE, ret);
}

static bool measure_not_kept(const Facts *f, const Condition *c, Finding *ret)
{
    return measure_standing(f, c, STANDING_NOT_KEPT, ret);
}

/* Of any side: the side with most of them. It is kept in `days`, for the sentence. */
static bool measure_slips(const Facts *f, const Condition *c, Finding *ret)
{
    *ret = (Finding){.value = FACT_UNKNOWN};
    for (Side side = SIDE_ME; side < SIDE_COUNT; side++) {
        if ((c->side != SIDE_COUNT && c->side != side) || f->slips[side] <= ret->value) continue;
        ret->value = f->slips[side];
        ret->days = (int)side;
    }
    return ret->value != FACT_UNKNOWN;
}

static bool measure_terms(const Facts *f, const Condition *c, Finding *ret)
{
    (void)c;
    return number(clamp_count((int64_t)f->term_count), ret);
}

/* The term with most of what `of` counts. */
static bool most_of_terms(const Facts *f, int (*of)(const FactTerm *), Finding *ret)
{
    *ret = (Finding){0};
    for (size_t i = 0; i < f->term_count; i++) {
        int value = of(&f->terms[i]);
        if (ret->term && value <= ret->value) continue;
        ret->term = &f->terms[i];
        ret->value = value;
    }
    return ret->term != NULL;
}

static int unseen(const FactTerm *t)
{
    return t->checks;
}

static int not_lived(const FactTerm *t)
{
    return t->not_lived;
}

static bool measure_unseen(const Facts *f, const Condition *c, Finding *ret)
{
    (void)c;
    return most_of_terms(f, unseen, ret);
}

static bool measure_not_lived(const Facts *f, const Condition *c, Finding *ret)
{
    (void)c;
    return most_of_terms(f, not_lived, ret);
}

static bool measure_misfits(const Facts *f, const Condition *c, Finding *ret)
{
    (void)c;
    *ret = (Finding){0};
    for (size_t i = 0; i < f->term_count; i++) {
        if (!f->terms[i].no_longer_fits) continue;
        if (!ret->term) ret->term = &f->terms[i];
        ret->value++;
    }
    return true;
}

/* ---- saying ---- */

#define SAY(name)   static void say_##name(Str *out, const Facts *f, const Condition *c, const Finding *found)
#define UNUSED_HERE (void)f, (void)c, (void)found

/* "Your last check-in was 7 weeks ago." */
static void say_ago(Str *out, const char *what, int days)
{
    if (days <= 0) {
        str_addf(out, "%s was today.", what);
        return;
    }
    str_addf(out, "%s was ", what);
    words_span(out, days);
    str_add_c(out, " ago.");
}

SAY(role)
{
    UNUSED_HERE;
    str_addf(out, "You named what %s is to you: %s.", words_partner(f), found->text);
}

SAY(situation)
{
    UNUSED_HERE;
    const char *name = f->situation_name && *f->situation_name ? f->situation_name : found->text;
    str_addf(out, "Your alliance began from \"%s\".", name);
}

SAY(team)
{
    UNUSED_HERE;
    str_add_c(out, found->flag ? "This alliance is a team's." : "This alliance is one of two people.");
}

SAY(age)
{
    UNUSED_HERE;
    str_add_c(out, "Your alliance is ");
    words_span(out, found->days);
    str_add_c(out, " old.");
}

SAY(check_ins)
{
    UNUSED_HERE;
    if (found->value <= 0) {
        str_add_c(out, "You have not checked in before.");
        return;
    }
    str_add_c(out, "You have had ");
    words_count(out, found->value, "check-in");
    str_add_c(out, " so far.");
}

SAY(since_check_in)
{
    UNUSED_HERE;
    say_ago(out, "Your last check-in", found->days);
}

SAY(past_due)
{
    UNUSED_HERE;
    if (found->days <= 0) {
        str_add_c(out, "The day of this check-in has not passed.");
        return;
    }
    str_add_c(out, "The day of this check-in was ");
    words_span(out, found->days);
    str_add_c(out, " ago.");
}

SAY(past_review)
{
    UNUSED_HERE;
    if (found->days < 0)
        str_add_c(out, "The day to look at your agreement again is still ahead.");
    else
        say_ago(out, "The day to look at your agreement again", found->days);
}

SAY(since_repair)
{
    UNUSED_HERE;
    say_ago(out, "Your last repair", found->days);
}

SAY(cadence)
{
    UNUSED_HERE;
    str_add_c(out, "You agreed to check in every ");
    words_span(out, f->cadence_agreed);
    str_add_c(out, "; lately it has been about every ");
    words_span(out, found->days);
    str_add_char(out, '.');
}

SAY(trust)
{
    UNUSED_HERE;
    words_trust(out, f);
}

SAY(trust_lowest)
{
    UNUSED_HERE;
    size_t n = f->trust_count < (size_t)c->over ? f->trust_count : (size_t)c->over;
    if (n == 1)
        words_trust(out, f);
    else
        str_addf(out, "The lowest of your last %zu ratings of trust was %d.", n, found->value);
}

/* "You have", "Ana has", "There are", as it goes with a count. */
static void say_has(Str *out, const Facts *f, const Condition *c, int n)
{
    if (c->side == SIDE_ME)
        str_add_c(out, "You have ");
    else if (c->side == SIDE_THEM)
        str_addf(out, "%s has ", words_partner(f));
    else if (c->side == SIDE_BOTH)
        str_add_c(out, "The two of you share ");
    else
        str_add_c(out, n <= 1 ? "There is " : "There are ");
}

SAY(open)
{
    UNUSED_HERE;
    say_has(out, f, c, found->value);
    if (found->value)
        words_count(out, found->value, "open commitment");
    else
        str_add_c(out, "no open commitment");
    str_add_char(out, '.');
}

/* "Ana's commitment "X"". */
static void say_commitment(Str *out, const Facts *f, const FactCommitment *commitment)
{
    words_owner(out, f, commitment->side);
    str_add_c(out, " commitment ");
    words_quote(out, commitment->text);
}

SAY(past_due_commitments)
{
    UNUSED_HERE;
    if (!found->commitment) {
        say_has(out, f, c, 0);
        str_add_c(out, "no commitment past its day.");
        return;
    }
    say_commitment(out, f, found->commitment);
    str_add_c(out, " is ");
    words_span(out, found->days);
    str_add_c(out, " past its day.");
}

SAY(not_kept)
{
    UNUSED_HERE;
    if (!found->commitment) {
        say_has(out, f, c, 0);
        str_add_c(out, "no commitment that was not kept.");
        return;
    }
    say_commitment(out, f, found->commitment);
    str_add_c(out, " was not kept.");
}

/* "Ana's second commitment in a row slipped past its day." */
SAY(slips)
{
    static const char *const ORDINALS[] = {"second", "third", "fourth", "fifth", "sixth"};
    (void)c;
    int n = found->value;
    words_owner(out, f, (Side)found->days);
    if (n <= 0)
        str_add_c(out, " last commitment kept to its day.");
    else if (n == 1)
        str_add_c(out, " last commitment slipped past its day.");
    else if (n <= 6)
        str_addf(out, " %s commitment in a row slipped past its day.", ORDINALS[n - 2]);
    else
        str_addf(out, " last %d commitments slipped past their day.", n);
}

SAY(terms)
{
    UNUSED_HERE;
    str_add_c(out, "Your agreement has ");
    words_count(out, found->value, "term");
    str_add_char(out, '.');
}

SAY(unseen)
{
    (void)f, (void)c;
    if (found->value <= 0) {
        words_quote(out, found->term->text);
        str_add_c(out, found->term->looked ? " was looked at last time." : " is new in your agreement.");
        return;
    }
    str_add_c(out, "You have not looked at ");
    words_quote(out, found->term->text);
    str_add_c(out, " for ");
    words_count(out, found->value, "check-in");
    str_add_char(out, '.');
}

SAY(not_lived)
{
    UNUSED_HERE;
    words_quote(out, found->term->text);
    if (found->value <= 0)
        str_add_c(out, " was not marked as not lived.");
    else if (found->value == 1)
        str_add_c(out, " was marked not lived at the last look.");
    else
        str_addf(out, " was marked not lived %d times in a row.", found->value);
}

SAY(misfits)
{
    UNUSED_HERE;
    if (!found->term) {
        str_add_c(out, "No term was marked as no longer fitting.");
        return;
    }
    words_quote(out, found->term->text);
    str_add_c(out, " was marked as no longer fitting.");
}

SAY(moments)
{
    UNUSED_HERE;
    str_add_c(out, "You noted ");
    if (found->value)
        words_count(out, found->value, "moment");
    else
        str_add_c(out, "no moments");
    str_add_c(out, " since your last check-in.");
}

SAY(since_moment)
{
    UNUSED_HERE;
    say_ago(out, "The last moment you noted", found->days);
}

SAY(gave_received)
{
    UNUSED_HERE;
    if (f->gave == FACT_UNKNOWN)
        str_addf(out, "You noted receiving something from %s %d time%s lately.", words_partner(f),
                 f->received, f->received == 1 ? "" : "s");
    else if (f->received == FACT_UNKNOWN)
        str_addf(out, "You noted giving something to %s %d time%s lately.", words_partner(f), f->gave,
                 f->gave == 1 ? "" : "s");
    else
        str_addf(out, "Lately you noted giving %d time%s and receiving %d time%s.", f->gave,
                 f->gave == 1 ? "" : "s", f->received, f->received == 1 ? "" : "s");
}

SAY(private_notes)
{
    UNUSED_HERE;
    if (found->value <= 0) {
        str_add_c(out, "You have noted nothing in private so far.");
        return;
    }
    str_add_c(out, "You have ");
    words_count(out, found->value, "private note");
    str_add_char(out, '.');
}

/* ---- the table ---- */

#define SPAN    (GIVES_DAYS | GIVES_COUNT)
#define RATING  (GIVES_TRUST | GIVES_COUNT)
#define FALL    (RATING | GIVES_TRUST_BEFORE | GIVES_TRUST_HIGH)
#define PROMISE (GIVES_COMMITMENT | GIVES_COUNT)
#define TERM    (GIVES_TERM | GIVES_COUNT)

/* Alphabetically. Name, kind, bounds, window, sided, need, gives, measure, say. */
static const FactDef table[] = {
    {"alliance-age", FACT_NUMBER, 0, DAYS_MAX, 0, false, 0, SPAN, measure_alliance_age, say_age},
    {"balance", FACT_NUMBER, -COUNT_MAX, COUNT_MAX, 0, false, 50, 0, measure_balance, say_gave_received},
    {"cadence-lived", FACT_NUMBER, 0, COUNT_MAX, 0, false, 50, SPAN, measure_cadence, say_cadence},
    {"check-ins", FACT_NUMBER, 0, COUNT_MAX, 0, false, 15, GIVES_COUNT, measure_check_ins, say_check_ins},
    {"commitments-not-kept", FACT_NUMBER, 0, COUNT_MAX, 0, true, 80, PROMISE | GIVES_DAYS, measure_not_kept,
     say_not_kept},
    {"commitments-open", FACT_NUMBER, 0, COUNT_MAX, 0, true, 20, PROMISE, measure_open, say_open},
    {"commitments-past-due", FACT_NUMBER, 0, COUNT_MAX, 0, true, 60, PROMISE | GIVES_DAYS, measure_past_due,
     say_past_due_commitments},
    {"commitments-slipped", FACT_NUMBER, 0, COUNT_MAX, 0, true, 80, GIVES_COUNT, measure_slips, say_slips},
    {"days-past-due", FACT_NUMBER, -DAYS_MAX, DAYS_MAX, 0, false, 40, SPAN, measure_days_past_due,
     say_past_due},
    {"days-past-review", FACT_NUMBER, -DAYS_MAX, DAYS_MAX, 0, false, 60, SPAN, measure_days_past_review,
     say_past_review},
    {"days-since-check-in", FACT_NUMBER, 0, DAYS_MAX, 0, false, 50, SPAN, measure_days_since_check_in,
     say_since_check_in},
    {"days-since-moment", FACT_NUMBER, 0, DAYS_MAX, 0, false, 30, SPAN, measure_days_since_moment,
     say_since_moment},
    {"days-since-repair", FACT_NUMBER, 0, DAYS_MAX, 0, false, 70, SPAN, measure_days_since_repair,
     say_since_repair},
    {"gave", FACT_NUMBER, 0, COUNT_MAX, 0, false, 30, GIVES_COUNT, measure_gave, say_gave_received},
    {"moments", FACT_NUMBER, 0, COUNT_MAX, 0, false, 30, GIVES_COUNT, measure_moments, say_moments},
    {"private-notes", FACT_NUMBER, 0, COUNT_MAX, 0, false, 20, GIVES_COUNT, measure_private_notes,
     say_private_notes},
    {"received", FACT_NUMBER, 0, COUNT_MAX, 0, false, 30, GIVES_COUNT, measure_received, say_gave_received},
    {"role", FACT_TEXT, 0, 0, 0, false, 20, 0, measure_role, say_role},
    {"situation", FACT_TEXT, 0, 0, 0, false, 20, 0, measure_situation, say_situation},
    {"team", FACT_FLAG, 0, 0, 0, false, 0, 0, measure_team, say_team},
    {"term-no-longer-fits", FACT_NUMBER, 0, COUNT_MAX, 0, false, 70, TERM, measure_misfits, say_misfits},
    {"term-not-lived", FACT_NUMBER, 0, COUNT_MAX, 0, false, 70, TERM, measure_not_lived, say_not_lived},
    {"term-unseen", FACT_NUMBER, 0, COUNT_MAX, 0, false, 45, TERM, measure_unseen, say_unseen},
    {"terms", FACT_NUMBER, 0, COUNT_MAX, 0, false, 0, GIVES_COUNT, measure_terms, say_terms},
    {"trust-fall", FACT_NUMBER, 0, TRUST_MAX, 3, false, 90, FALL, measure_trust_fall, say_trust},
    {"trust-lowest", FACT_NUMBER, TRUST_MIN, TRUST_MAX, 5, false, 60, RATING, measure_trust_lowest,
     say_trust_lowest},
    {"trust-now", FACT_NUMBER, TRUST_MIN, TRUST_MAX, 0, false, 80, RATING, measure_trust, say_trust},
};

size_t facts_count(void)
{
    return sizeof table / sizeof *table;
}

const FactDef *facts_at(size_t i)
{
    return &table[i];
}

static int by_name(const void *name, const void *def)
{
    return strcmp(name, ((const FactDef *)def)->name);
}

const FactDef *facts_find(const char *name)
{
    return bsearch(name, table, facts_count(), sizeof *table, by_name);
}

bool condition_holds(const Condition *c, const Facts *facts, Finding *ret)
{
    if (!c->fact->measure(facts, c, ret)) return false;
    switch (c->fact->kind) {
    case FACT_NUMBER: return ret->value >= c->at_least && ret->value <= c->at_most;
    case FACT_FLAG: return ret->flag == c->flag;
    case FACT_TEXT: break;
    }
    for (size_t i = 0; i < c->any_count; i++)
        if (sv_eq_nocase(sv(c->any_of[i]), sv(ret->text))) return true;
    return false;
}

/* What may be none cannot be spoken of, so at least one is asked for; trust is known wherever it is measured.
 */
unsigned condition_gives(const Condition *c)
{
    unsigned trust = GIVES_TRUST | GIVES_TRUST_BEFORE | GIVES_TRUST_HIGH;
    return c->at_least >= 1 ? c->fact->gives : c->fact->gives & trust;
}

bool prompt_applies(const Prompt *p, const Facts *facts)
{
    Finding found;
    for (size_t i = 0; i < p->when_count; i++)
        if (!condition_holds(&p->when[i], facts, &found)) return false;
    return true;
}
