#include <entente/when.h>

#include <entente/text.h>

#include "count_word.h"

enum {
    MAX_NUMBER = 9999 * 366, /* more days than the calendar has */
    SHOWN_WIDTH = 30,        /* cells of a word in a message */
    LOOK_BACK_MONTHS = 3,
    LEAP_GAP = 8 /* the longest time between two leap days, in years */
};

#define DAY_FORMS "say today, friday, in 10 days, 28 nov or 2026-11-28."

/* Reads word by word: `word` is the one in hand, empty at the end. */
typedef struct {
    StrView rest;
    StrView word;
    Date today;
    Error *err;
} Reader;

static void advance(Reader *r)
{
    r->word = sv_word(&r->rest);
}

static bool at_end(const Reader *r)
{
    return r->word.len == 0;
}

static bool said(const Reader *r, const char *word)
{
    return sv_eq_nocase(r->word, sv(word));
}

static bool refuse(Reader *r, StrView word, const char *why)
{
    Str shown;
    str_init(&shown);
    text_ellipsis(&shown, word, SHOWN_WIDTH, true);
    error_set(r->err, ERR_USAGE, "\"%s\" %s", shown.buf, why);
    str_finish(&shown);
    return false;
}

static bool refuse_day(Reader *r)
{
    if (at_end(r)) return error_set(r->err, ERR_USAGE, "A day is missing: " DAY_FORMS);
    return refuse(r, r->word, "is no day: " DAY_FORMS);
}

/* Digits only: "+5" is nothing a person says of a day. */
static bool number_of(StrView word, long min, long max, long *ret)
{
    return word.len > 0 && word.ptr[0] >= '0' && word.ptr[0] <= '9' && sv_to_int(word, min, max, ret);
}

/* True for the whole name or its first three letters. */
static bool names(StrView word, const char *name)
{
    return sv_eq_nocase(word, sv(name)) || sv_eq_nocase(word, sv_n(name, 3));
}

static bool weekday_of(StrView word, Weekday *ret)
{
    for (int d = MONDAY; d <= SUNDAY; d++) {
        if (names(word, weekday_name((Weekday)d))) {
            *ret = (Weekday)d;
            return true;
        }
    }
    return false;
}

static int month_of(StrView word)
{
    for (int month = 1; month <= 12; month++) {
        if (names(word, month_name(month))) return month;
    }
    return 0;
}

/* The first such day from three months before today on; DATE_NONE where there is none. */
static Date nearest(int month, int day, Date today)
{
    Date from = date_add_months(today, -LOOK_BACK_MONTHS);
    int first = 1;
    if (from != DATE_NONE) date_split(from, &first, NULL, NULL);
    for (int year = first; year <= first + LEAP_GAP; year++) {
        if (!date_valid(year, month, day)) continue;
        Date d = date_make(year, month, day);
        if (d >= from) return d;
    }
    return DATE_NONE;
}

static Date next_weekday(Weekday wanted, Date today)
{
    int ahead = ((int)wanted - (int)date_weekday(today) + 7) % 7;
    return today + (ahead == 0 ? 7 : ahead);
}

/* 10, ten, a; of "3d" and "2w" the letter is left as the next word. */
static bool take_count(Reader *r, long *ret)
{
    StrView word = r->word;
    bool one = said(r, "a") || said(r, "an");
    long words = one ? 1 : count_word(word);
    char unit = word.len > 1 ? (char)(word.ptr[word.len - 1] | 0x20) : 0;
    if (words) {
        *ret = words;
    } else if ((unit == 'd' || unit == 'w') && number_of(sv_n(word.ptr, word.len - 1), 0, MAX_NUMBER, ret)) {
        r->word = sv_n(word.ptr + word.len - 1, 1);
        return true;
    } else if (!number_of(word, 0, MAX_NUMBER, ret)) {
        return false;
    }
    advance(r);
    return true;
}

/* Whether `d` is a day of the supported calendar, whatever arithmetic made it. */
static bool in_calendar(int64_t d)
{
    return d >= date_make(1, 1, 1) && d <= date_make(9999, 12, 31);
}

/* `count` of the unit in hand from today; leaves the unit word. */
static bool step_by(Reader *r, long count, Date *ret)
{
    static const struct {
        const char *word;
        int days, months;
    } units[] = {{"day", 1, 0}, {"days", 1, 0},  {"d", 1, 0},      {"week", 7, 0},  {"weeks", 7, 0},
                 {"w", 7, 0},   {"month", 0, 1}, {"months", 0, 1}, {"year", 0, 12}, {"years", 0, 12}};

    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (!said(r, units[i].word)) continue;
        int64_t d = (int64_t)r->today + (int64_t)count * units[i].days;
        if (units[i].months) d = date_add_months(r->today, (int)(count * units[i].months));
        if (!in_calendar(d)) return refuse(r, r->word, "leads out of the calendar: its years are 1 to 9999.");
        *ret = (Date)d;
        advance(r);
        return true;
    }
    if (at_end(r))
        return error_set(r->err, ERR_USAGE, "The day stops at a number: add days, weeks, months or years.");
    return refuse(r, r->word, "is no measure of time: say days, weeks, months or years.");
}

/* in 10 days */
static bool read_ahead(Reader *r, Date *ret)
{
    long count;
    advance(r);
    if (at_end(r)) return error_set(r->err, ERR_USAGE, "The day stops at \"in\": say in 10 days.");
    if (!take_count(r, &count)) {
        return refuse(r, r->word, "is no number that can follow \"in\": say in 10 days.");
    }
    return step_by(r, count, ret);
}

static bool read_clock(StrView word, int *ret)
{
    long hours, minutes;
    StrView rest = word;
    StrView head = sv_cut(&rest, ':');
    if (head.len < 1 || head.len > 2 || rest.len != 2) return false;
    if (!number_of(head, 0, 23, &hours) || !number_of(rest, 0, 59, &minutes)) return false;
    *ret = (int)(hours * 60 + minutes);
    return true;
}

/* 10 days ago; without "ago" it is 10 days ahead, as people write it */
static bool read_span(Reader *r, long count, Date *ret)
{
    Reader start = *r;
    Date d;
    int minutes;
    if (!step_by(r, -count, &d)) return false;
    if (!said(r, "ago")) {
        if (!at_end(r) && !read_clock(r->word, &minutes))
            return refuse(r, r->word, "cannot follow here: say in 10 days or 10 days ago.");
        *r = start;
        return step_by(r, count, ret);
    }
    advance(r);
    *ret = d;
    return true;
}

static bool read_year(Reader *r, long *ret)
{
    if (r->word.len != 4 || !number_of(r->word, 1, 9999, ret)) return false;
    advance(r);
    return true;
}

/* A year, or none, behind day and month, of which the second is the word in hand and `first` the first. */
static bool read_date(Reader *r, StrView first, long day, int month, Date *ret)
{
    StrView said_so = sv_n(first.ptr, (size_t)(r->word.ptr + r->word.len - first.ptr));
    long year;
    advance(r);
    if (!read_year(r, &year)) {
        Date d = nearest(month, (int)day, r->today);
        if (d == DATE_NONE) return refuse(r, said_so, "is not in the calendar: mend the day or name a year.");
        *ret = d;
        return true;
    }
    if (!date_valid((int)year, month, (int)day)) {
        return refuse(r, said_so, "is not in that year: that month is shorter.");
    }
    *ret = date_make((int)year, month, (int)day);
    return true;
}

/* 28 nov, or 10 days ago */
static bool read_number(Reader *r, Date *ret)
{
    StrView number = r->word;
    long count;
    if (!take_count(r, &count)) return refuse_day(r);
    int month = month_of(r->word);
    if (month == 0) return read_span(r, count, ret);
    if (count < 1 || count > 31) return refuse(r, number, "is no day of a month: those are 1 to 31.");
    return read_date(r, number, count, month, ret);
}

/* nov 28 */
static bool read_month_first(Reader *r, Date *ret)
{
    StrView word = r->word;
    int month = month_of(word);
    long day;
    advance(r);
    if (!number_of(r->word, 0, MAX_NUMBER, &day))
        return refuse(r, word, "wants a day of the month: say 28 nov.");
    if (day < 1 || day > 31) return refuse(r, r->word, "is no day of a month: those are 1 to 31.");
    return read_date(r, word, day, month, ret);
}

/* 28 nov or nov 28, behind a weekday */
static bool read_date_of_weekday(Reader *r, Date *ret)
{
    StrView number = r->word;
    long day;
    if (month_of(number)) return read_month_first(r, ret);
    if (!number_of(number, 1, 31, &day)) return refuse_day(r);
    advance(r);
    int month = month_of(r->word);
    if (month == 0) return refuse(r, number, "wants a month behind it: say sat 28 nov.");
    return read_date(r, number, day, month, ret);
}

/* sat, or sat 28 nov */
static bool read_weekday(Reader *r, Weekday wanted, Date *ret)
{
    StrView word = r->word;
    long day;
    advance(r);
    if (!number_of(r->word, 1, 31, &day) && !month_of(r->word)) {
        *ret = next_weekday(wanted, r->today);
        return in_calendar(*ret) || refuse(r, word, "leads out of the calendar: its years are 1 to 9999.");
    }
    Date d;
    if (!read_date_of_weekday(r, &d)) return false;
    if (date_weekday(d) != wanted) {
        Str why;
        str_init(&why);
        str_add_c(&why, "is another day: ");
        date_print_long(&why, d);
        str_add_c(&why, " is the date. Leave the weekday out or mend it.");
        refuse(r, word, why.buf);
        str_finish(&why);
        return false;
    }
    *ret = d;
    return true;
}

/* 2026-11-28 or 2026-11-28T21:40 */
static bool read_iso(Reader *r, When *ret)
{
    enum { ISO_LEN = 10 };
    StrView word = r->word;
    bool with_clock = word.len > ISO_LEN && (word.ptr[ISO_LEN] == 'T' || word.ptr[ISO_LEN] == 't');
    StrView day = with_clock ? sv_n(word.ptr, ISO_LEN) : word;
    if (!date_parse_iso(day, &ret->date)) return false;
    if (with_clock && !read_clock(sv_n(word.ptr + ISO_LEN + 1, word.len - ISO_LEN - 1), &ret->minutes))
        return false;
    advance(r);
    return true;
}

/* today, tomorrow, yesterday */
static bool read_near(Reader *r, Date *ret)
{
    static const struct {
        const char *word;
        int days;
    } near[] = {{"today", 0}, {"tomorrow", 1}, {"yesterday", -1}};

    for (size_t i = 0; i < sizeof near / sizeof *near; i++) {
        if (!said(r, near[i].word) || !in_calendar((int64_t)r->today + near[i].days)) continue;
        *ret = r->today + near[i].days;
        advance(r);
        return true;
    }
    return false;
}

static bool is_unit(const Reader *r)
{
    return said(r, "week") || said(r, "month") || said(r, "year");
}

/* next friday, next month */
static bool read_next(Reader *r, Date *ret)
{
    Weekday weekday;
    advance(r);
    if (is_unit(r)) return step_by(r, 1, ret);
    if (!weekday_of(r->word, &weekday)) {
        if (at_end(r)) return error_set(r->err, ERR_USAGE, "The day stops at \"next\": say next friday.");
        return refuse(r, r->word, "is no day of the week: say next friday or in 1 week.");
    }
    advance(r);
    *ret = next_weekday(weekday, r->today);
    return in_calendar(*ret) || refuse_day(r);
}

static bool read_day(Reader *r, When *ret)
{
    Weekday weekday;
    if (read_near(r, &ret->date) || read_iso(r, ret)) return true;
    if (said(r, "in")) return read_ahead(r, &ret->date);
    if (said(r, "next")) return read_next(r, &ret->date);
    if (weekday_of(r->word, &weekday)) return read_weekday(r, weekday, &ret->date);
    return month_of(r->word) ? read_month_first(r, &ret->date) : read_number(r, &ret->date);
}

bool when_parse(StrView text, Date today, When *ret, Error *err)
{
    Reader r = {text, sv(""), today, err};
    When when = {DATE_NONE, -1};
    advance(&r);
    if (!read_day(&r, &when)) return false;
    if (!at_end(&r) && when.minutes < 0) {
        if (!read_clock(r.word, &when.minutes)) {
            return refuse(&r, r.word, "cannot follow the day: only a clock time such as 21:40 may.");
        }
        advance(&r);
    }
    if (!at_end(&r)) return refuse(&r, r.word, "is too much: the day and its time are complete before it.");
    *ret = when;
    return true;
}

/* Nothing may follow what was read. */
static bool ends(Reader *r, const char *what)
{
    return at_end(r) || refuse(r, r->word, what);
}

static bool refuse_span(Reader *r)
{
    if (at_end(r)) return error_set(r->err, ERR_USAGE, "How long is missing: say 3 days or 2 weeks.");
    return refuse(r, r->word, "is no length of time: say 3 days or 2 weeks.");
}

/* Days in one of the unit in hand, which a 0 may lack. `whole`: all that was said. */
static bool read_unit(Reader *r, StrView whole, bool needed, long *ret)
{
    static const struct {
        const char *word;
        int days;
    } units[] = {{"d", 1}, {"day", 1}, {"days", 1}, {"w", 7}, {"week", 7}, {"weeks", 7}};
    if (at_end(r) && needed)
        return refuse(r, whole, "is a number without a measure: say days or weeks, as in 3 days or 2w.");
    if (at_end(r)) return true;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (!said(r, units[i].word)) continue;
        *ret = units[i].days;
        advance(r);
        return true;
    }
    if (said(r, "m") || said(r, "month") || said(r, "months") || said(r, "y") || said(r, "year") ||
        said(r, "years")) {
        return refuse(r, r->word, "has no fixed length: say it in days or weeks, such as 30 days.");
    }
    return refuse(r, r->word, "is no measure of time here: say days or weeks.");
}

static StrView digits_of(StrView word)
{
    size_t n = 0;
    while (n < word.len && word.ptr[n] >= '0' && word.ptr[n] <= '9') n++;
    return sv_n(word.ptr, n);
}

/* The digits of "14d" or "14 days", or a word for a number; the unit is left in hand. */
static bool take_amount(Reader *r, long most, long *ret, bool *ret_fits)
{
    StrView number = digits_of(r->word);
    *ret_fits = true;
    if (number.len == 0) return take_count(r, ret);
    *ret_fits = number_of(number, 0, most, ret);
    r->word = sv_n(r->word.ptr + number.len, r->word.len - number.len);
    if (at_end(r)) advance(r);
    return true;
}

bool when_parse_days(StrView text, int *ret_days, Error *err)
{
    enum { MAX_DAYS = 3660 };
    Reader r = {text, sv(""), 0, err};
    long count = 0, unit = 1;
    advance(&r);
    bool fits;
    if (!take_amount(&r, MAX_DAYS, &count, &fits)) return refuse_span(&r);
    if (!read_unit(&r, sv_trim(text), !fits || count > 0, &unit)) return false;
    if (!ends(&r, "is too much: the time is complete before it.")) return false;
    if (!fits || count * unit > MAX_DAYS)
        return refuse(&r, sv_trim(text), "is too long: 3660 days are the most.");
    *ret_days = (int)(count * unit);
    return true;
}

bool when_parse_clock(StrView text, int *ret_minutes, Error *err)
{
    Reader r = {text, sv(""), 0, err};
    int minutes;
    advance(&r);
    if (at_end(&r)) return error_set(err, ERR_USAGE, "A time of day is missing: say 7:00 or 21:40.");
    if (!read_clock(r.word, &minutes)) return refuse(&r, r.word, "is no time of day: say 7:00 or 21:40.");
    advance(&r);
    if (!ends(&r, "is too much: the time of day is complete before it.")) return false;
    *ret_minutes = minutes;
    return true;
}

void when_print(Str *out, Date d, Date today)
{
    if (d == DATE_NONE) return;
    int64_t days = (int64_t)d - today;
    if (days >= -1 && days <= 1) {
        date_print_relative(out, d, today);
        return;
    }
    int year, month, day;
    date_split(d, &year, &month, &day);
    str_addf(out, "%.3s %d %.3s", weekday_name(date_weekday(d)), day, month_name(month));
    if (nearest(month, day, today) != d) str_addf(out, " %04d", year);
}
