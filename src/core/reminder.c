#include <entente/reminder.h>

int reminder_round(const ReminderRules *r, AgendaKind kind, Date due, Date today)
{
    bool wanted = r->about & 1u << kind;
    if (!wanted || due == DATE_NONE) return -1;
    int64_t since_first = (int64_t)today - due + r->lead;
    if (since_first < 0) return -1;
    return r->repeat > 0 ? (int)(since_first / r->repeat) : 0;
}

bool reminder_quiet(const ReminderRules *r, int minutes)
{
    bool after = minutes >= r->quiet_from, before = minutes < r->quiet_to;
    if (r->quiet_from <= r->quiet_to) return after && before;
    return after || before;
}

bool reminder_digest_waits(const ReminderRules *r, int minutes)
{
    return r->digest >= 0 && minutes < r->digest;
}

Date reminder_horizon(const ReminderRules *r, Date today)
{
    Date last = date_make(9999, 12, 31);
    return today > last - r->lead ? last : today + r->lead;
}
