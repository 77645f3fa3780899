#include <entente/cadence.h>

#include "cadence_own.h"

/* In the order of CadenceUnit. */
static const struct {
    const char *one, *many, *named, *freq;
} UNITS[] = {
    {"day", "days", NULL, "DAILY"},
    {"week", "weeks", "weekly", "WEEKLY"},
    {"month", "months", "monthly", "MONTHLY"},
    {"year", "years", "yearly", "YEARLY"},
};

static const char *const ORDINALS[] = {"", "first", "second", "third", "fourth", "fifth", "sixth", "seventh"};

enum { ORDINAL_COUNT = sizeof ORDINALS / sizeof *ORDINALS };

/* Names as written in a sentence, or as typed: without capitals. */
static void add_name(Str *out, const char *name, bool sentence)
{
    str_add_char(out, sentence ? name[0] : (char)(name[0] - 'A' + 'a'));
    str_add_c(out, name + 1);
}

static void print_every(Str *out, const Cadence *c)
{
    if (c->every == 1)
        str_addf(out, "every %s", UNITS[c->unit].one);
    else
        str_addf(out, "every %d %s", c->every, UNITS[c->unit].many);
}

static void print_interval(Str *out, const Cadence *c)
{
    if (c->named && c->every == 1 && UNITS[c->unit].named)
        str_add_c(out, UNITS[c->unit].named);
    else if (c->named && c->unit == UNIT_MONTH && c->every == QUARTER)
        str_add_c(out, "quarterly");
    else
        print_every(out, c);
}

static void print_weekdays(Str *out, unsigned days, bool sentence)
{
    for (int d = MONDAY; d <= SUNDAY; d++) {
        if (!(days >> d & 1)) continue;
        add_name(out, weekday_name((Weekday)d), sentence);
        days &= ~(1u << d);
        if (days) str_add_c(out, days & (days - 1) ? ", " : " and ");
    }
}

static void print_number(Str *out, int n)
{
    static const char *const endings[] = {"th", "st", "nd", "rd"};
    str_addf(out, "%d%s", n, n % 10 > 3 || n / 10 == 1 ? "th" : endings[n % 10]);
}

/* "first", "last", "second last" */
static void print_ordinal(Str *out, int nth)
{
    if (nth < -1) str_addf(out, "%s ", ORDINALS[-nth]);
    str_add_c(out, nth < 0 ? "last" : ORDINALS[nth]);
}

/* What stands behind "on". */
static void print_day(Str *out, const Cadence *c, bool sentence)
{
    if (c->on == ON_WEEKDAYS) {
        print_weekdays(out, c->weekdays, sentence);
    } else if (c->on == ON_DATE && c->nth > 0 && c->month) {
        str_addf(out, "%d ", c->nth);
        add_name(out, month_name(c->month), sentence);
    } else if (c->on == ON_DATE && c->nth > 0) {
        str_add_c(out, "the ");
        print_number(out, c->nth);
    } else {
        str_add_c(out, "the ");
        print_ordinal(out, c->nth);
        str_add_char(out, ' ');
        if (c->on == ON_WEEKDAY)
            print_weekdays(out, c->weekdays, sentence);
        else
            str_add_c(out, c->on == ON_WORKDAY ? "working day" : "day");
        if (!c->month) return;
        str_add_c(out, " of ");
        add_name(out, month_name(c->month), sentence);
    }
}

static void print_fixed(Str *out, const Cadence *c)
{
    bool bare = c->unit == UNIT_MONTH && c->every == 1 && c->on != ON_DATE;
    if (!bare) {
        print_interval(out, c);
        str_add_char(out, ' ');
    }
    str_add_c(out, "on ");
    print_day(out, c, false);
    if (bare) str_add_c(out, " of the month");
}

void cadence_print(Str *out, const Cadence *c)
{
    if (c->kind == CADENCE_ROLLING)
        print_interval(out, c);
    else if (c->kind == CADENCE_FIXED && cadence_has_words(c))
        print_fixed(out, c);
    else
        cadence_print_rrule(out, c);
}

bool cadence_equal(const Cadence *a, const Cadence *b)
{
    if (a->kind == CADENCE_NONE || b->kind == CADENCE_NONE) return a->kind == b->kind;
    return a->kind == b->kind && a->unit == b->unit && a->every == b->every && a->on == b->on &&
           a->weekdays == b->weekdays && a->nth == b->nth && a->month == b->month && a->omits == b->omits &&
           a->week_start == b->week_start;
}

/* ---- in a sentence ---- */

/* "every Tuesday", "every second Tuesday", "every 2 weeks on Tuesday and Friday" */
static void print_weekly_words(Str *out, const Cadence *c)
{
    bool one = (c->weekdays & (c->weekdays - 1)) == 0;
    if (c->every == 1 || (one && c->every < ORDINAL_COUNT)) {
        str_add_c(out, "every ");
        if (c->every > 1) str_addf(out, "%s ", ORDINALS[c->every]);
    } else {
        print_every(out, c);
        str_add_c(out, " on ");
    }
    print_weekdays(out, c->weekdays, true);
    if (c->week_start == MONDAY) return;
    str_addf(out, " in weeks from %s", weekday_name(c->week_start));
}

static void print_lack(Str *out, const Cadence *c)
{
    if (!cadence_date_can_lack(c)) return;
    if (c->omits)
        str_addf(out, ", in %s that have it", UNITS[c->unit].many);
    else
        str_addf(out, ", or %s", c->month ? "the 28th" : "its last day");
}

static void print_fixed_words(Str *out, const Cadence *c)
{
    bool monthly = c->unit == UNIT_MONTH && c->every == 1;
    if (c->on == ON_WEEKDAYS) {
        print_weekly_words(out, c);
        return;
    }
    if (!monthly) {
        print_every(out, c);
        str_add_char(out, ' ');
    }
    str_add_c(out, "on ");
    print_day(out, c, true);
    if (monthly) str_add_c(out, " of the month");
    print_lack(out, c);
}

void cadence_print_words(Str *out, const Cadence *c)
{
    if (c->kind == CADENCE_NONE)
        str_add_c(out, "no reminder");
    else if (c->kind == CADENCE_FIXED)
        print_fixed_words(out, c);
    else
        print_every(out, c);
}

/* ---- what a month may lack ---- */

/* "a month without a 31st: its last day", "years without 29 February are left out" */
static void print_lacked_date(Str *out, const Cadence *c)
{
    const char *unit = UNITS[c->unit].one;
    str_addf(out, c->omits ? "%ss without " : "a %s without ", unit);
    if (c->month) {
        str_addf(out, "%d ", c->nth);
        str_add_c(out, month_name(c->month));
    } else {
        str_add_c(out, "a ");
        print_number(out, c->nth);
    }
    str_add_c(out, c->omits ? " are left out" : c->month ? ": the 28th" : ": its last day");
}

/* Only the fifth of a weekday may be missing. */
static void print_lacked_weekday(Str *out, const Cadence *c)
{
    str_addf(out, "%ss without a ", UNITS[c->unit].one);
    print_ordinal(out, c->nth);
    str_add_char(out, ' ');
    print_weekdays(out, c->weekdays, true);
    if (c->month) str_addf(out, " in %s", month_name(c->month));
    str_add_c(out, " are left out");
}

void cadence_print_month_end(Str *out, const Cadence *c)
{
    if (c->kind == CADENCE_ROLLING && c->unit == UNIT_MONTH)
        str_add_c(out, "a month without that day: its last day");
    else if (c->kind == CADENCE_ROLLING && c->unit == UNIT_YEAR)
        str_add_c(out, "a year without 29 February: the 28th");
    else if (c->kind == CADENCE_FIXED && cadence_date_can_lack(c))
        print_lacked_date(out, c);
    else if (c->kind == CADENCE_FIXED && c->on == ON_WEEKDAY && (c->nth == NTH_MAX || c->nth == -NTH_MAX))
        print_lacked_weekday(out, c);
}

void cadence_print_whole(Str *out, const Cadence *c, bool brief)
{
    static const char *const KINDS[][2] = {
        [CADENCE_NONE] = {"", ""},
        [CADENCE_ROLLING] = {", counted from the last check-in", ", rolling"},
        [CADENCE_FIXED] = {", by the calendar", ", fixed"},
    };
    cadence_print_words(out, c);
    str_add_c(out, KINDS[c->kind][brief]);
}

/* ---- as a rule ---- */

/* Two letters, as in RFC 5545 3.3.10. */
static void add_rule_day(Str *out, int day)
{
    const char *name = weekday_name((Weekday)day);
    str_add_char(out, name[0]);
    str_add_char(out, (char)(name[1] - 'a' + 'A'));
}

static void print_rule_days(Str *out, unsigned days)
{
    for (int d = MONDAY; d <= SUNDAY; d++) {
        if (!(days >> d & 1)) continue;
        add_rule_day(out, d);
        days &= ~(1u << d);
        if (days) str_add_char(out, ',');
    }
}

/* The last day there is of those up to the one meant: what RFC 5545 itself has for clamping. */
static void print_rule_date(Str *out, const Cadence *c)
{
    bool clamps = cadence_date_can_lack(c) && !c->omits;
    str_add_c(out, ";BYMONTHDAY=");
    for (int d = 28; clamps && d < c->nth; d++) str_addf(out, "%d,", d);
    str_addf(out, "%d%s", c->nth, clamps ? ";BYSETPOS=-1" : "");
}

static void print_rule_on(Str *out, const Cadence *c)
{
    if (c->month) str_addf(out, ";BYMONTH=%d", c->month);
    if (c->on == ON_DATE) print_rule_date(out, c);
    if (c->on == ON_WORKDAY) str_addf(out, ";BYDAY=MO,TU,WE,TH,FR;BYSETPOS=%d", c->nth);
    if (c->on != ON_WEEKDAYS && c->on != ON_WEEKDAY) return;
    if (c->week_start != MONDAY) {
        str_add_c(out, ";WKST=");
        add_rule_day(out, (int)c->week_start);
    }
    str_add_c(out, ";BYDAY=");
    if (c->on == ON_WEEKDAY) str_addf(out, "%d", c->nth);
    print_rule_days(out, c->weekdays);
}

void cadence_print_rrule(Str *out, const Cadence *c)
{
    if (c->kind == CADENCE_NONE) return;
    str_addf(out, "FREQ=%s", UNITS[c->unit].freq);
    if (c->every > 1) str_addf(out, ";INTERVAL=%d", c->every);
    if (c->kind == CADENCE_FIXED) print_rule_on(out, c);
}
