#include <entente/cadence.h>

#include <assert.h>

#include "cadence_own.h"

/* The calendar repeats after 400 years, 4800 months or 20871 weeks: what has not come by then never comes. */
enum { DAYS_IN_WEEK = 7, CYCLE_MONTHS = 4800, YEAR_MAX = 9999 };

/* In the order of CadenceUnit. */
static const struct {
    int days, months; /* one of the two is 0 */
    double average;
} UNITS[] = {
    {1, 0, 1},
    {7, 0, 7},
    {0, 1, 365.2425 / 12},
    {0, 12, 365.2425},
};

static Date first_date(void)
{
    return date_make(1, 1, 1);
}

static Date last_date(void)
{
    return date_make(YEAR_MAX, 12, 31);
}

static int floor_div(int a, int b)
{
    return a / b - (a % b < 0);
}

static int months_of(Date d)
{
    int year, month;
    date_split(d, &year, &month, NULL);
    return year * 12 + month - 1;
}

/* ---- rolling ---- */

static Date rolling_add(const Cadence *c, Date from, int n)
{
    int64_t steps = (int64_t)n * c->every;
    int64_t last = last_date();
    if (steps > last - from) return DATE_NONE; /* no unit is shorter than a day */
    if (UNITS[c->unit].months) return date_add_months(from, (int)(steps * UNITS[c->unit].months));
    int64_t d = from + steps * UNITS[c->unit].days;
    return d <= last ? (Date)d : DATE_NONE;
}

static Date rolling_next(const Cadence *c, Date from, Date after)
{
    if (after <= from) return rolling_add(c, from, 1);
    if (UNITS[c->unit].days)
        return rolling_add(c, from, (after - from) / (c->every * UNITS[c->unit].days) + 1);

    /* A day in an earlier month than `after` is before it and one in a later month after it: only the month
       itself needs a look. */
    int interval = c->every * UNITS[c->unit].months;
    int n = (months_of(after) - months_of(from) + interval - 1) / interval;
    if (n < 1) n = 1;
    Date d = rolling_add(c, from, n);
    return d == DATE_NONE || d > after ? d : rolling_add(c, from, n + 1);
}

/* ---- fixed ---- */

static int week_begin(const Cadence *c, Date d)
{
    return d - ((int)date_weekday(d) - (int)c->week_start + DAYS_IN_WEEK) % DAYS_IN_WEEK;
}

static bool holds(unsigned weekdays, Date d)
{
    return weekdays >> date_weekday(d) & 1;
}

/* The first day after `after`, or with step -1 the last before it, that is one of `weekdays`. */
static Date towards(Date after, int step, unsigned weekdays)
{
    Date d = after + step;
    while (!holds(weekdays, d)) d += step;
    return d;
}

static Date nth_date(const Cadence *c, int year, int month)
{
    int length = date_days_in_month(year, month);
    if (c->nth < 0) return date_make(year, month, length + 1 + c->nth);
    if (c->nth <= length) return date_make(year, month, c->nth);
    return c->omits ? DATE_NONE : date_make(year, month, length);
}

/* The day of a fixed cadence in a month; DATE_NONE if that month has none. */
static Date day_in_month(const Cadence *c, int months)
{
    int year = months / 12, month = months % 12 + 1;
    if (c->on == ON_DATE) return nth_date(c, year, month);
    unsigned days = c->on == ON_WORKDAY ? WORKDAYS : c->weekdays;
    Date first = date_make(year, month, 1), last = date_make(year, month, date_days_in_month(year, month));
    Date d = c->nth > 0 ? towards(first - 1, 1, days) + DAYS_IN_WEEK * (c->nth - 1)
                        : towards(last + 1, -1, days) + DAYS_IN_WEEK * (c->nth + 1);
    return d < first || d > last ? DATE_NONE : d;
}

/* The month of the period `k` after that of `from`; -1 outside the calendar. */
static int period_month(const Cadence *c, Date from, int k)
{
    int step = c->every * UNITS[c->unit].months;
    int64_t months = months_of(from);
    if (c->unit == UNIT_YEAR) months += c->month - 1 - months % 12;
    months += (int64_t)k * step;
    return months < 12 || months >= (YEAR_MAX + 1) * 12 ? -1 : (int)months;
}

/* Walks from the period of `day` in the direction of `step` to the first month that has a day beyond it. */
static Date month_walk(const Cadence *c, Date from, Date day, int step)
{
    int interval = c->every * UNITS[c->unit].months, units = UNITS[c->unit].months;
    Date inside = day < first_date() ? first_date() : day > last_date() ? last_date() : day;
    int k = floor_div(months_of(inside) / units - months_of(from) / units, interval / units);
    for (int i = 0; i <= CYCLE_MONTHS + 1; i++, k += step) {
        int months = period_month(c, from, k);
        if (months < 0) {
            if (i > 1) break;
            continue; /* the calendar's edge may lie in the period begun with */
        }
        Date d = day_in_month(c, months);
        if (d != DATE_NONE && (step > 0 ? d > day : d < day)) return d;
    }
    return DATE_NONE;
}

/* The nearest day beyond `day` in the direction of `step`, among weeks that count: its own or the one beside.
 */
static Date week_walk(const Cadence *c, Date from, Date day, int step)
{
    int interval = c->every * DAYS_IN_WEEK;
    Date base = week_begin(c, from);
    Date week = base + floor_div(day - base, interval) * interval;
    Date d = towards(day, step, c->weekdays);
    if (week_begin(c, d) != week) {
        if (step > 0) week += interval;
        if (step < 0 && day < week + DAYS_IN_WEEK) week -= interval;
        d = step > 0 ? towards(week - 1, 1, c->weekdays) : towards(week + DAYS_IN_WEEK, -1, c->weekdays);
    }
    return d < first_date() || d > last_date() ? DATE_NONE : d;
}

static Date walk(const Cadence *c, Date from, Date day, int step)
{
    return c->on == ON_WEEKDAYS ? week_walk(c, from, day, step) : month_walk(c, from, day, step);
}

static Date fixed_next(const Cadence *c, Date from, Date after)
{
    if (after == DATE_NONE) after = from;
    if (after >= last_date()) return DATE_NONE;
    return walk(c, from, after < first_date() ? first_date() - 1 : after, 1);
}

static Date fixed_add(const Cadence *c, Date from, int n)
{
    Date d = from;
    while (n-- > 0 && d != DATE_NONE) d = fixed_next(c, from, d);
    return d;
}

Date cadence_last(const Cadence *c, Date from, Date day)
{
    if (c->kind != CADENCE_FIXED || from == DATE_NONE || day < first_date()) return DATE_NONE;
    return walk(c, from, day >= last_date() ? last_date() + 1 : day + 1, -1);
}

/* ---- all ---- */

Date cadence_add(const Cadence *c, Date from, int n)
{
    if (c->kind == CADENCE_NONE || from == DATE_NONE || n < 0) return DATE_NONE;
    return c->kind == CADENCE_FIXED ? fixed_add(c, from, n) : rolling_add(c, from, n);
}

Date cadence_next(const Cadence *c, Date from, Date after)
{
    if (c->kind == CADENCE_NONE || from == DATE_NONE) return DATE_NONE;
    return c->kind == CADENCE_FIXED ? fixed_next(c, from, after) : rolling_next(c, from, after);
}

double cadence_days(const Cadence *c)
{
    int times = 0;
    if (c->kind == CADENCE_NONE) return 0;
    for (unsigned days = c->on == ON_WEEKDAYS ? c->weekdays : 1; days; days &= days - 1) times++;
    return c->every * UNITS[c->unit].average / times;
}

const char *cadence_kind_words(const Cadence *c)
{
    static const char *const words[] = {
        [CADENCE_NONE] = "no dates",
        [CADENCE_ROLLING] = "rolling: counted from the last check-in",
        [CADENCE_FIXED] = "fixed: follows the calendar",
    };
    assert((unsigned)c->kind <= CADENCE_FIXED);
    return words[c->kind];
}

/* ---- what the readers and printers share ---- */

bool cadence_date_can_lack(const Cadence *c)
{
    if (c->on != ON_DATE) return false;
    return c->unit == UNIT_YEAR ? c->month == 2 && c->nth == 29 : c->nth > 28;
}

bool cadence_never(const Cadence *c, Str *ret_why)
{
    int length = c->month ? date_days_in_month(2000, c->month) : 31;
    if (c->on != ON_DATE || c->nth <= length) return false;
    str_addf(ret_why, "%s has %d days", month_name(c->month), length);
    return true;
}

bool cadence_has_words(const Cadence *c)
{
    return !c->omits && c->week_start == MONDAY;
}

void cadence_settle(Cadence *c)
{
    if (c->kind != CADENCE_FIXED) return;
    if (c->every == 1) c->named = true;
    if (c->on != ON_WEEKDAYS && c->on != ON_WEEKDAY) c->weekdays = 0;
    if (c->on == ON_WEEKDAYS) c->nth = 0;
    if (c->on != ON_WEEKDAYS || c->every == 1) c->week_start = MONDAY;
    if (!cadence_date_can_lack(c)) c->omits = false;
}
