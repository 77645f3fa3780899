#include <entente/date.h>

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    YEAR_FIRST = 1,
    YEAR_LAST = 9999,
    ERA_YEARS = 400,
    ERA_DAYS = 146097,       /* days of 400 Gregorian years */
    EPOCH_FROM_ERA = 719468, /* days from 0000-03-01 to 1970-01-01 */
    DATE_FIRST = -719162,    /* 0001-01-01 */
    DATE_LAST = 2932896,     /* 9999-12-31 */
    DAY_SECONDS = 24 * 60 * 60,
};

static const char *const WEEKDAYS[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                       "Friday", "Saturday", "Sunday"};

static const char *const MONTHS[] = {"January", "February", "March",     "April",   "May",      "June",
                                     "July",    "August",   "September", "October", "November", "December"};

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

static int64_t floor_mod(int64_t a, int64_t b)
{
    return a - floor_div(a, b) * b;
}

static bool leap_year(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/* Years are counted from 1 March, so that the leap day is the last of its year and month lengths follow one
 * line. */
static int64_t days_of(int64_t year, int month, int day)
{
    if (month <= 2) year--;
    int64_t era = floor_div(year, ERA_YEARS);
    int64_t in_era = year - era * ERA_YEARS;
    int month_from_march = (month + 9) % 12;
    int64_t day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    return era * ERA_DAYS + in_era * 365 + in_era / 4 - in_era / 100 + day_of_year - EPOCH_FROM_ERA;
}

bool date_valid(int year, int month, int day)
{
    return year >= YEAR_FIRST && year <= YEAR_LAST && month >= 1 && month <= 12 && day >= 1 &&
           day <= date_days_in_month(year, month);
}

Date date_make(int year, int month, int day)
{
    assert(date_valid(year, month, day));
    return (Date)days_of(year, month, day);
}

void date_split(Date d, int *ret_year, int *ret_month, int *ret_day)
{
    assert(d >= DATE_FIRST && d <= DATE_LAST);
    int days = d + EPOCH_FROM_ERA;
    int era = days / ERA_DAYS;
    int in_era = days % ERA_DAYS;
    /* Takes the leap days out (one in 1461 days, but for 3 centuries in 4), so that years are 365 days each.
     */
    int year = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
    int day_of_year = in_era - (year * 365 + year / 4 - year / 100);
    int month_from_march = (5 * day_of_year + 2) / 153;
    int month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    if (ret_year) *ret_year = era * ERA_YEARS + year + (month <= 2);
    if (ret_month) *ret_month = month;
    if (ret_day) *ret_day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
}

Weekday date_weekday(Date d)
{
    return (Weekday)floor_mod((int64_t)d + THURSDAY, 7);
}

int date_days_in_month(int year, int month)
{
    assert(month >= 1 && month <= 12);
    if (month == 2) return leap_year(year) ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

Date date_add_months(Date d, int months)
{
    int year, month, day;
    date_split(d, &year, &month, &day);
    int64_t count = (int64_t)year * 12 + (month - 1) + months;
    int64_t to_year = floor_div(count, 12);
    if (to_year < YEAR_FIRST || to_year > YEAR_LAST) return DATE_NONE;
    int to_month = (int)floor_mod(count, 12) + 1;
    int last = date_days_in_month((int)to_year, to_month);
    return date_make((int)to_year, to_month, day < last ? day : last);
}

/* Reads exactly `count` digits at the start of *rest. */
static bool take_digits(StrView *rest, size_t count, int *ret)
{
    int value = 0;
    if (rest->len < count) return false;
    for (size_t i = 0; i < count; i++) {
        char c = rest->ptr[i];
        if (c < '0' || c > '9') return false;
        value = value * 10 + (c - '0');
    }
    *rest = sv_n(rest->ptr + count, rest->len - count);
    *ret = value;
    return true;
}

/* Reads one byte out of `set`. */
static bool take_one_of(StrView *rest, const char *set, char *ret)
{
    if (rest->len == 0 || rest->ptr[0] == '\0' || !strchr(set, rest->ptr[0])) return false;
    if (ret) *ret = rest->ptr[0];
    *rest = sv_n(rest->ptr + 1, rest->len - 1);
    return true;
}

static bool take_date(StrView *rest, Date *ret)
{
    int year, month, day;
    if (!take_digits(rest, 4, &year) || !take_one_of(rest, "-", NULL) || !take_digits(rest, 2, &month) ||
        !take_one_of(rest, "-", NULL) || !take_digits(rest, 2, &day) || !date_valid(year, month, day))
        return false;
    *ret = date_make(year, month, day);
    return true;
}

bool date_parse_iso(StrView text, Date *ret)
{
    Date d;
    if (!take_date(&text, &d) || text.len > 0) return false;
    *ret = d;
    return true;
}

void date_print_iso(Str *out, Date d)
{
    if (d == DATE_NONE) return;
    int year, month, day;
    date_split(d, &year, &month, &day);
    str_addf(out, "%04d-%02d-%02d", year, month, day);
}

static void print_day(Str *out, Date d, bool with_year)
{
    int year, month, day;
    date_split(d, &year, &month, &day);
    str_addf(out, "%d %.3s", day, month_name(month));
    if (with_year) str_addf(out, " %04d", year);
}

static bool another_year(Date d, Date today)
{
    int year, this_year;
    date_split(d, &year, NULL, NULL);
    date_split(today, &this_year, NULL, NULL);
    return year != this_year;
}

void date_print_long(Str *out, Date d)
{
    if (d == DATE_NONE) return;
    str_addf(out, "%.3s ", weekday_name(date_weekday(d)));
    print_day(out, d, true);
}

void date_print_short(Str *out, Date d, Date today)
{
    if (d == DATE_NONE) return;
    str_addf(out, "%.3s ", weekday_name(date_weekday(d)));
    print_day(out, d, another_year(d, today));
}

void date_print_day(Str *out, Date d, Date today)
{
    if (d == DATE_NONE) return;
    print_day(out, d, another_year(d, today));
}

void date_print_relative(Str *out, Date d, Date today)
{
    if (d == DATE_NONE) return;
    int days = d - today;
    if (days >= -1 && days <= 1) {
        str_add_c(out, days == 0 ? "today" : days > 0 ? "tomorrow" : "yesterday");
        return;
    }
    char unit;
    int count = date_span(abs(days), &unit);
    const char *name = unit == 'd' ? "day" : unit == 'w' ? "week" : unit == 'm' ? "month" : "year";
    str_addf(out, days > 0 ? "in %d %ss" : "%d %ss ago", count, name);
}

int date_span(int days, char *ret_unit)
{
    enum { WEEKS_FROM = 14, WEEKS_MAX = 9, MONTHS_MAX = 23 };
    int weeks = (days + 3) / 7, months = (int)((2LL * days + 30) / 61);
    *ret_unit = days < WEEKS_FROM ? 'd' : weeks <= WEEKS_MAX ? 'w' : months <= MONTHS_MAX ? 'm' : 'y';
    switch (*ret_unit) {
    case 'd': return days;
    case 'w': return weeks;
    case 'm': return months;
    default: return (int)((days + 182LL) / 365);
    }
}

const char *weekday_name(Weekday d)
{
    assert((unsigned)d <= SUNDAY);
    return WEEKDAYS[d];
}

const char *month_name(int month)
{
    assert(month >= 1 && month <= 12);
    return MONTHS[month - 1];
}

/* Instants */

bool instant_is_none(Instant t)
{
    return t.unix_ms == INT64_MIN;
}

int instant_cmp(Instant a, Instant b)
{
    return (a.unix_ms > b.unix_ms) - (a.unix_ms < b.unix_ms);
}

static int64_t wall_seconds(Instant t)
{
    return floor_div(t.unix_ms, 1000) + t.offset;
}

Date instant_date(Instant t)
{
    if (instant_is_none(t)) return DATE_NONE;
    int64_t days = floor_div(wall_seconds(t), DAY_SECONDS);
    return days >= DATE_FIRST && days <= DATE_LAST ? (Date)days : DATE_NONE;
}

int instant_minutes(Instant t)
{
    if (instant_is_none(t)) return 0;
    return (int)(floor_mod(wall_seconds(t), DAY_SECONDS) / 60);
}

void instant_print(Str *out, Instant t)
{
    /* RFC 3339 has no seconds in an offset, local mean times of old do: the instant stays, its wall is
     * rounded. */
    t.offset -= t.offset % 60;
    Date d = instant_date(t);
    if (d == DATE_NONE) return;
    int minutes = instant_minutes(t);
    int east = abs(t.offset) / 60;
    date_print_iso(out, d);
    str_addf(out, "T%02d:%02d:%02d%c%02d:%02d", minutes / 60, minutes % 60,
             (int)floor_mod(wall_seconds(t), 60), t.offset < 0 ? '-' : '+', east / 60, east % 60);
}

/* RFC 3339 5.6: a leap second is written :60; it reads as the second after. */
static bool take_clock(StrView *rest, int64_t *ret_ms)
{
    int hour, minute, second, ms = 0;
    if (!take_digits(rest, 2, &hour) || !take_one_of(rest, ":", NULL) || !take_digits(rest, 2, &minute) ||
        !take_one_of(rest, ":", NULL) || !take_digits(rest, 2, &second))
        return false;
    if (hour > 23 || minute > 59 || second > 60) return false;
    if (take_one_of(rest, ".", NULL)) {
        int digit, scale = 100;
        if (!take_digits(rest, 1, &digit)) return false;
        do {
            ms += digit * scale;
            scale /= 10;
        } while (take_digits(rest, 1, &digit));
    }
    *ret_ms = ((hour * 60 + minute) * 60 + second) * INT64_C(1000) + ms;
    return true;
}

static bool take_offset(StrView *rest, int32_t *ret)
{
    char sign;
    int hours, minutes;
    if (take_one_of(rest, "Zz", NULL)) {
        *ret = 0;
        return true;
    }
    if (!take_one_of(rest, "+-", &sign) || !take_digits(rest, 2, &hours) || !take_one_of(rest, ":", NULL) ||
        !take_digits(rest, 2, &minutes) || hours > 23 || minutes > 59)
        return false;
    *ret = (hours * 60 + minutes) * 60 * (sign == '-' ? -1 : 1);
    return true;
}

bool instant_parse(StrView text, Instant *ret)
{
    Date d;
    int64_t ms;
    int32_t offset;
    if (!take_date(&text, &d) || !take_one_of(&text, "Tt", NULL) || !take_clock(&text, &ms) ||
        !take_offset(&text, &offset) || text.len > 0)
        return false;
    *ret = (Instant){((int64_t)d * DAY_SECONDS - offset) * 1000 + ms, offset};
    return true;
}

void instant_print_clock(Str *out, Instant t)
{
    if (instant_is_none(t)) return;
    int minutes = instant_minutes(t);
    str_addf(out, "%02d:%02d", minutes / 60, minutes % 60);
}

/* Zones */

/* tm_gmtoff is not in POSIX.1-2008: the offset is what the wall shows minus what UTC is. */
static int32_t system_offset_at(const void *data, int64_t unix_seconds)
{
    (void)data;
    time_t when = (time_t)unix_seconds;
    struct tm wall;
    if ((int64_t)when != unix_seconds || !localtime_r(&when, &wall)) return 0;
    int64_t days = days_of((int64_t)wall.tm_year + 1900, wall.tm_mon + 1, wall.tm_mday);
    int64_t seconds = days * DAY_SECONDS + (wall.tm_hour * 60 + wall.tm_min) * 60 + wall.tm_sec;
    return (int32_t)(seconds - unix_seconds);
}

Zone zone_system(void)
{
    tzset(); /* localtime_r need not look at TZ itself */
    return (Zone){system_offset_at, NULL, 0};
}

Zone zone_fixed(int32_t offset)
{
    return (Zone){NULL, NULL, offset};
}

static int32_t zone_offset(const Zone *zone, int64_t unix_seconds)
{
    return zone->offset_at ? zone->offset_at(zone->data, unix_seconds) : zone->fixed;
}

Instant instant_at(const Zone *zone, int64_t unix_ms)
{
    return (Instant){unix_ms, zone_offset(zone, floor_div(unix_ms, 1000))};
}

Instant instant_local(const Zone *zone, Date d, int minutes)
{
    assert(d != DATE_NONE && minutes >= 0 && minutes < 24 * 60);
    int64_t wall = (int64_t)d * DAY_SECONDS + minutes * 60;
    int32_t offset_before = zone_offset(zone, wall - DAY_SECONDS);
    int32_t offset_after = zone_offset(zone, wall + DAY_SECONDS);
    int64_t before = wall - offset_before;
    int64_t after = wall - offset_after;
    bool before_holds = zone_offset(zone, before) == offset_before;
    bool after_holds = zone_offset(zone, after) == offset_after;
    bool take_after = after_holds && (!before_holds || after < before);
    return instant_at(zone, (take_after ? after : before) * 1000);
}
