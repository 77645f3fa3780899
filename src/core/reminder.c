#include <entente/reminder.h>

enum { DAY_MINUTES = 24 * 60 };

int reminder_round(const ReminderRules *r, AgendaKind kind, Date due, Date today)
{
    bool wanted = r->about & 1u << kind;
    if (!wanted || due == DATE_NONE) return REMINDER_NONE;
    int64_t since_first = (int64_t)today - due + r->lead;
    if (since_first < 0) return REMINDER_NONE;
    return r->repeat > 0 ? (int)(since_first - since_first % r->repeat) - r->lead : -r->lead;
}

bool reminder_quiet(const ReminderRules *r, int minutes)
{
    bool after = minutes >= r->quiet_from, before = minutes < r->quiet_to;
    if (r->quiet_from <= r->quiet_to) return after && before;
    return after || before;
}

/* So long that the timer is sure to run in it, on one day. */
static bool stays_open(const ReminderRules *r, int from)
{
    for (int at = from; at < from + REMINDER_RUN_MINUTES; at++)
        if (at >= DAY_MINUTES || reminder_quiet(r, at)) return false;
    return true;
}

int reminder_digest_from(const ReminderRules *r)
{
    if (r->digest < 0) return -1;
    for (int i = 0; i < DAY_MINUTES; i++) {
        int at = (r->digest + i) % DAY_MINUTES;
        if (stays_open(r, at)) return at;
    }
    return r->quiet_to; /* all but a few minutes are quiet */
}

bool reminder_digest_waits(const ReminderRules *r, int minutes)
{
    return minutes < reminder_digest_from(r);
}

Date reminder_horizon(const ReminderRules *r, Date today)
{
    Date last = date_make(9999, 12, 31);
    return today > last - r->lead ? last : today + r->lead;
}
