#include <entente/due.h>

#include <assert.h>

static bool skipped(const DueFacts *f, Date d)
{
    for (size_t i = 0; i < f->skip_count; i++) {
        if (f->skips[i] == d) return true;
    }
    return false;
}

/* Nothing was held yet of what was chosen: the anchor comes first. */
static bool begins(const DueFacts *f)
{
    if (f->last == DATE_NONE) return true;
    return f->since != DATE_NONE && f->anchor != DATE_NONE && f->last < f->since;
}

Date due_from(const DueFacts *f)
{
    if (f->cadence.kind == CADENCE_FIXED) return f->anchor != DATE_NONE ? f->anchor : f->last;
    return begins(f) ? f->anchor : f->last;
}

static Date rolling_base(const DueFacts *f)
{
    Date from = due_from(f);
    int n = begins(f) ? 0 : 1;
    Date d = cadence_add(&f->cadence, from, n);
    while (d != DATE_NONE && skipped(f, d)) d = cadence_add(&f->cadence, from, ++n);
    return d;
}

/* What was put off and is held since is that one, until the calendar's day after the one it moved to. */
static bool is_the_snoozed(const DueFacts *f, Date from)
{
    if (f->snooze_until == DATE_NONE || f->snooze_until <= f->snooze_of) return false;
    if (f->last < f->snooze_of || skipped(f, f->snooze_of)) return false;
    Date next = cadence_next(&f->cadence, from, f->snooze_until);
    return next == DATE_NONE || f->last < next;
}

/* The calendar day after the one a check-in counts for: what was snoozed, or the nearest, of two equally near
 * the coming one. */
static Date after_check_in(const DueFacts *f, Date from)
{
    Date behind = cadence_last(&f->cadence, from, f->last);
    Date coming = cadence_next(&f->cadence, from, f->last);
    if (behind == DATE_NONE || coming == DATE_NONE) return coming;
    bool early = !is_the_snoozed(f, from) && coming - f->last <= f->last - behind;
    return early ? cadence_next(&f->cadence, from, coming) : coming;
}

static Date fixed_base(const DueFacts *f)
{
    Date from = due_from(f);
    Date d = begins(f) ? f->anchor : after_check_in(f, from);
    while (d != DATE_NONE && skipped(f, d)) d = cadence_next(&f->cadence, from, d);
    return d;
}

Date due_base(const DueFacts *f)
{
    if (!f->active || f->cadence.kind == CADENCE_NONE) return DATE_NONE;
    return f->cadence.kind == CADENCE_FIXED ? fixed_base(f) : rolling_base(f);
}

Date due_after(const DueFacts *f, Date day)
{
    Date d = day;
    do d = cadence_next(&f->cadence, due_from(f), d);
    while (d != DATE_NONE && skipped(f, d));
    return d;
}

Date due_held(DueFacts f, Date held)
{
    f.last = held;
    return due_base(&f);
}

/* Journals hold moves to an earlier day too: such a move is over with the check-in of that day, even where
 * the calendar counts it for the day before. */
static bool snooze_applies(const DueFacts *f, Date base)
{
    return base != DATE_NONE && f->snooze_of == base && f->snooze_until != DATE_NONE &&
           (f->last == DATE_NONE || f->last < f->snooze_until);
}

/* Where `base` ends up. */
static Date moved(const DueFacts *f, Date base)
{
    if (base == DATE_NONE) return DATE_NONE;
    Date d = snooze_applies(f, base) ? f->snooze_until : base;
    if (!f->paused) return d;
    if (f->paused_until == DATE_NONE) return DATE_NONE;
    return d > f->paused_until ? d : f->paused_until;
}

Date due_day(const DueFacts *f)
{
    return moved(f, due_base(f));
}

static DueState state_of(const DueFacts *f, Date base, Date day, Date today)
{
    if (base == DATE_NONE) return DUE_NONE;
    if (f->paused && (f->paused_until == DATE_NONE || today < f->paused_until)) return DUE_PAUSED;
    if (today < day) return snooze_applies(f, base) ? DUE_SNOOZED : DUE_LATER;
    return today == day ? DUE_TODAY : DUE_PAST;
}

Due due_of(const DueFacts *f, Date today)
{
    Date base = due_base(f);
    Date day = moved(f, base);
    return (Due){state_of(f, base, day, today), day, day == DATE_NONE ? 0 : day - today};
}

/* What the days after `day` are counted from: what `day` was counted from itself, lest month ends drift; a
 * moved one starts anew. */
static Date counted_from(const DueFacts *f, Date base, Date day)
{
    return f->cadence.kind == CADENCE_FIXED || day == base ? due_from(f) : day;
}

int due_missed(const DueFacts *f, Date today)
{
    Date base = due_base(f);
    Date day = moved(f, base);
    if (state_of(f, base, day, today) != DUE_PAST) return 0;
    Date from = counted_from(f, base, day);
    int missed = 0;
    while (day != DATE_NONE && day < today && missed < DUE_MISSED_MAX) {
        if (missed == 0 || !skipped(f, day)) missed++;
        day = cadence_next(&f->cadence, from, day);
    }
    return missed;
}

const char *due_state_name(DueState s)
{
    static const char *const names[] = {
        [DUE_NONE] = "none",   [DUE_PAST] = "past",       [DUE_TODAY] = "today",
        [DUE_LATER] = "later", [DUE_SNOOZED] = "snoozed", [DUE_PAUSED] = "paused",
    };
    assert((unsigned)s <= DUE_PAUSED);
    return names[s];
}
