#include <entente/cadence.h>

#include <string.h>

#include <entente/text.h>

#include "cadence_own.h"
#include "count_word.h"

enum { SHOWN_WIDTH = 30 };

#define SAY_WEEKDAY "say a day of the week, as in weekly on tuesday or every 2 weeks on tuesday and friday."
#define SAY_MONTHLY                                                                                          \
    "say a day of the month, as in monthly on the 15th, on the last friday of the month or monthly on the "  \
    "last day."
#define SAY_YEARLY "say a day of the year, as in yearly on 3 may or yearly on the last friday of november."
#define SAY_ON     "say on tuesday, on the 15th, on the last friday of the month, on the last day or on 3 may."

/* Reads word by word: `word` is the one in hand, empty at the end. */
typedef struct {
    StrView whole;
    StrView rest;
    StrView word;
    StrView day; /* the first word behind "on" */
    Error *err;
} Reader;

/* A comma is a word of its own. */
static void advance(Reader *r)
{
    r->word = sv_word(&r->rest);
    const char *comma = r->word.len ? memchr(r->word.ptr, ',', r->word.len) : NULL;
    if (!comma) return;
    size_t len = comma == r->word.ptr ? 1 : (size_t)(comma - r->word.ptr);
    r->rest = sv_n(r->word.ptr + len, (size_t)(r->whole.ptr + r->whole.len - r->word.ptr) - len);
    r->word.len = len;
}

static bool said(const Reader *r, const char *word)
{
    return sv_eq_nocase(r->word, sv(word));
}

static bool take(Reader *r, const char *word)
{
    if (!said(r, word)) return false;
    advance(r);
    return true;
}

/* Where a word begins, in characters from 1: UTF-8 continuation bytes do not count. */
static size_t place(StrView whole, StrView word)
{
    size_t count = 1;
    for (const char *p = whole.ptr; p < word.ptr; p++) count += ((unsigned char)*p & 0xC0) != 0x80;
    return count;
}

bool cadence_refuse(StrView whole, StrView word, const char *why, Error *err)
{
    Str shown;
    if (word.len == 0) return error_set(err, ERR_USAGE, "\"How often\" stops short: %s", why);
    str_init(&shown);
    text_ellipsis(&shown, word, SHOWN_WIDTH, true);
    error_set(err, ERR_USAGE, "\"%s\" at character %zu is not understood: %s", shown.buf, place(whole, word),
              why);
    str_finish(&shown);
    return false;
}

static bool refuse(const Reader *r, const char *why)
{
    return cadence_refuse(r->whole, r->word, why, r->err);
}

/* ---- the words for days ---- */

/* A name, the plural of a weekday, or the first three letters of either. */
static bool names(StrView word, const char *name)
{
    size_t len = strlen(name);
    if (sv_eq_nocase(word, sv(name)) || sv_eq_nocase(word, sv_n(name, 3))) return true;
    return word.len == len + 1 && (word.ptr[len] | 0x20) == 's' &&
           sv_eq_nocase(sv_n(word.ptr, len), sv(name));
}

static bool weekday_of(StrView word, Weekday *ret)
{
    for (int d = MONDAY; d <= SUNDAY; d++) {
        if (!names(word, weekday_name((Weekday)d))) continue;
        *ret = (Weekday)d;
        return true;
    }
    return false;
}

static int month_of(StrView word)
{
    for (int m = 1; m <= 12; m++)
        if (names(word, month_name(m))) return m;
    return 0;
}

static int ordinal_of(StrView word)
{
    static const char *const words[] = {"first", "second", "third", "fourth", "fifth", "sixth", "seventh"};
    for (int i = 0; i < (int)(sizeof words / sizeof *words); i++)
        if (sv_eq_nocase(word, sv(words[i]))) return i + 1;
    return 0;
}

/* 15, 15th, 15. */
static int number_of(StrView word)
{
    static const char *const endings[] = {"", ".", "st", "nd", "rd", "th"};
    size_t digits = 0;
    long n;
    while (digits < word.len && word.ptr[digits] >= '0' && word.ptr[digits] <= '9') digits++;
    StrView ending = sv_n(word.ptr + digits, word.len - digits);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        if (sv_eq_nocase(ending, sv(endings[i])))
            return sv_to_int(sv_n(word.ptr, digits), 1, 31, &n) ? (int)n : 0;
    }
    return 0;
}

/* 5th, but neither 5 nor 5. */
static bool is_numbered(StrView word)
{
    return number_of(word) && (word.ptr[word.len - 1] | 0x20) >= 'a';
}

/* ---- what stands behind "on" ---- */

/* tuesday, friday and sunday */
static bool read_weekdays(Reader *r, Cadence *ret)
{
    bool more = true;
    ret->on = ON_WEEKDAYS;
    while (more) {
        Weekday d;
        if (!weekday_of(r->word, &d)) return refuse(r, SAY_WEEKDAY);
        ret->weekdays |= 1u << d;
        advance(r);
        more = take(r, ",");
        more = take(r, "and") || more;
    }
    return true;
}

/* "of the month", "of each month", "of november", or nothing. */
static bool read_of(Reader *r, Cadence *ret)
{
    if (!take(r, "of")) return true;
    if (take(r, "the") || take(r, "each") || take(r, "every")) {
        if (!take(r, "month")) return refuse(r, "say of the month.");
        return true;
    }
    ret->month = month_of(r->word);
    if (!ret->month) return refuse(r, "say of the month, or the name of a month.");
    advance(r);
    return true;
}

/* The 15th, 15th of may, 3 may */
static bool read_number(Reader *r, int number, Cadence *ret)
{
    ret->on = ON_DATE;
    ret->nth = number;
    advance(r);
    ret->month = month_of(r->word);
    if (!ret->month) return read_of(r, ret);
    advance(r);
    return true;
}

/* may 3 */
static bool read_month_first(Reader *r, Cadence *ret)
{
    ret->month = month_of(r->word);
    advance(r);
    int number = number_of(r->word);
    if (!number) return refuse(r, SAY_YEARLY);
    ret->on = ON_DATE;
    ret->nth = number;
    advance(r);
    return true;
}

/* friday, day or working day, behind its ordinal */
static bool read_what(Reader *r, Cadence *ret)
{
    Weekday d;
    int most = NTH_MAX;
    StrView word = r->word;
    if (weekday_of(r->word, &d)) {
        ret->on = ON_WEEKDAY;
        ret->weekdays = 1u << d;
    } else if (said(r, "day")) {
        ret->on = ON_DATE;
        most = DATE_BACK_MAX;
    } else if (take(r, "working") || said(r, "workday") || said(r, "weekday")) {
        ret->on = ON_WORKDAY;
        most = 1;
        if (r->word.ptr != word.ptr && !said(r, "day")) return refuse(r, "say working day.");
    } else {
        return refuse(r, SAY_MONTHLY);
    }
    if (ret->nth > most || ret->nth < -most) {
        r->word = word;
        return refuse(r, most == 1
                             ? "say the first or the last working day."
                             : "no month has that many. Count from the first to the fifth, or the last.");
    }
    advance(r);
    return true;
}

/* last friday, second last day, first working day, 5th friday */
static bool read_nth(Reader *r, Cadence *ret)
{
    int nth = ordinal_of(r->word);
    if (!nth && is_numbered(r->word)) nth = number_of(r->word);
    if (nth) advance(r);
    if (take(r, "last")) nth = nth ? -nth : -1;
    ret->nth = nth;
    return read_what(r, ret);
}

/* first, last, or the 5th of what is not a date: 5th friday, 2nd last day */
static bool is_ordinal(const Reader *r)
{
    Weekday d;
    Reader ahead = *r;
    advance(&ahead);
    bool counts = weekday_of(ahead.word, &d) || said(&ahead, "last") || said(&ahead, "working") ||
                  said(&ahead, "workday") || said(&ahead, "weekday") || said(&ahead, "day");
    return ordinal_of(r->word) || said(r, "last") || (counts && is_numbered(r->word));
}

static bool read_day(Reader *r, Cadence *ret)
{
    Weekday d;
    take(r, "the");
    if (weekday_of(r->word, &d)) return read_weekdays(r, ret);
    if (month_of(r->word)) return read_month_first(r, ret);
    if (is_ordinal(r)) return read_nth(r, ret) && read_of(r, ret);
    int number = number_of(r->word);
    if (number) return read_number(r, number, ret);
    return refuse(r, ret->kind == CADENCE_NONE ? SAY_ON
                     : ret->unit == UNIT_WEEK  ? SAY_WEEKDAY
                     : ret->unit == UNIT_MONTH ? SAY_MONTHLY
                                               : SAY_YEARLY);
}

/* ---- the whole ---- */

static CadenceUnit unit_meant(const Cadence *c)
{
    return c->on == ON_WEEKDAYS ? UNIT_WEEK : c->month ? UNIT_YEAR : UNIT_MONTH;
}

/* The days must be of the unit said: weekly on the 15th is neither. */
static bool agree(const Reader *r, const Cadence *c)
{
    static const char *const forms[] = {"", SAY_WEEKDAY, SAY_MONTHLY, SAY_YEARLY};
    return unit_meant(c) == c->unit || cadence_refuse(r->whole, r->day, forms[c->unit], r->err);
}

/* Fixed cadences have the word "on" wherever it stands; without words before it the day says how often. */
static bool read_fixed(Reader *r, Cadence *ret)
{
    if (ret->kind != CADENCE_NONE && ret->unit == UNIT_DAY)
        return refuse(r, "days are counted from the last check-in. Leave it out, or say weekly on tuesday.");
    advance(r);
    r->day = r->word;
    if (!read_day(r, ret)) return false;
    if (ret->kind == CADENCE_NONE) {
        ret->unit = unit_meant(ret);
        ret->every = 1;
    }
    ret->kind = CADENCE_FIXED;
    return agree(r, ret);
}

static bool unit_of(StrView word, CadenceUnit *ret)
{
    static const struct {
        const char *one, *many;
    } units[] = {{"day", "days"}, {"week", "weeks"}, {"month", "months"}, {"year", "years"}};
    for (int i = 0; i < (int)(sizeof units / sizeof *units); i++) {
        if (!sv_eq_nocase(word, sv(units[i].one)) && !sv_eq_nocase(word, sv(units[i].many))) continue;
        *ret = (CadenceUnit)i;
        return true;
    }
    return false;
}

static bool read_unit(Reader *r, CadenceUnit *ret)
{
    if (!unit_of(r->word, ret)) return refuse(r, "say days, weeks, months or years, as in every 2 weeks.");
    advance(r);
    return true;
}

/* "other" as in every other week, second, 2nd; 0 for no such word. */
static int each_of(const Reader *r)
{
    if (said(r, "other")) return 2;
    return is_numbered(r->word) ? number_of(r->word) : ordinal_of(r->word);
}

/* every tuesday, every second tuesday, every other tuesday; false and nothing read if it is not one of them
 */
static bool is_every_weekday(Reader *r, Cadence *ret)
{
    Weekday d;
    Reader ahead = *r;
    int every = each_of(r);
    if (every) advance(&ahead);
    if (!weekday_of(ahead.word, &d)) return false;
    *r = ahead;
    *ret = (Cadence){.kind = CADENCE_FIXED, .unit = UNIT_WEEK, .every = every ? every : 1};
    return true;
}

/* every first working day, every last friday, every second friday of the month: of each month. A second
 * friday or a fifth day alone is of all weeks or days. */
static bool is_every_nth(Reader *r, Cadence *ret)
{
    Reader ahead = *r;
    Cadence c = {.kind = CADENCE_FIXED, .unit = UNIT_MONTH, .every = 1};
    ahead.err = NULL;
    ahead.day = r->word;
    if (!is_ordinal(r) || !read_nth(&ahead, &c)) return false;
    bool clear = c.on == ON_WORKDAY || c.nth < 0 || (c.on == ON_WEEKDAY && c.nth == 1);
    if ((!clear && !said(&ahead, "of")) || !read_of(&ahead, &c)) return false;
    if (c.month) c.unit = UNIT_YEAR;
    ahead.err = r->err;
    *r = ahead;
    *ret = c;
    return true;
}

static bool begins_with_digit(StrView word)
{
    return word.len > 0 && word.ptr[0] >= '0' && word.ptr[0] <= '9';
}

/* 2 weeks, two weeks, other week, week */
static bool read_interval(Reader *r, Cadence *ret)
{
    long every = count_word(r->word);
    if (!every) every = each_of(r);
    if (!every && begins_with_digit(r->word) && !sv_to_int(r->word, 1, EVERY_MAX, &every))
        return refuse(r, "say a number from 1 to 366.");
    if (every) advance(r);
    *ret = (Cadence){.kind = CADENCE_ROLLING, .every = every ? (int)every : 1};
    return read_unit(r, &ret->unit);
}

/* every 2 weeks, every month */
static bool read_every(Reader *r, Cadence *ret)
{
    advance(r);
    if (is_every_nth(r, ret)) return true;
    if (is_every_weekday(r, ret)) return read_weekdays(r, ret);
    return read_interval(r, ret);
}

/* Without "every": 2 weeks, two weeks */
static bool is_interval(const Reader *r)
{
    Reader ahead = *r;
    CadenceUnit unit;
    advance(&ahead);
    return unit_of(ahead.word, &unit) && (count_word(r->word) || begins_with_digit(r->word));
}

/* tuesdays: the plural alone says every */
static bool is_weekdays(const Reader *r)
{
    Weekday d;
    return weekday_of(r->word, &d) && r->word.len > strlen(weekday_name(d));
}

static bool refuse_named(const Reader *r)
{
    static const struct {
        const char *word, *why;
    } both[] = {
        {"biweekly", "it may be every 2 weeks or twice a week. Say every 2 weeks, or weekly on monday and "
                     "thursday."},
        {"bimonthly", "it may be every 2 months or twice a month. Say every 2 months, or every 2 weeks."},
        {"biannually", "it may be twice a year or every 2 years. Say every 6 months, or every 2 years."},
    };
    for (size_t i = 0; i < sizeof both / sizeof *both; i++)
        if (said(r, both[i].word)) return refuse(r, both[i].why);
    return refuse(r, "say weekly, every 10 days, every 2 weeks, monthly, quarterly, yearly or none.");
}

static bool read_named(Reader *r, Cadence *ret)
{
    static const struct {
        const char *word;
        CadenceUnit unit;
        int every;
        bool named;
    } named[] = {{"weekly", UNIT_WEEK, 1, true},
                 {"monthly", UNIT_MONTH, 1, true},
                 {"quarterly", UNIT_MONTH, QUARTER, true},
                 {"yearly", UNIT_YEAR, 1, true},
                 {"daily", UNIT_DAY, 1, false},
                 {"fortnightly", UNIT_WEEK, 2, false},
                 {"annually", UNIT_YEAR, 1, true}};
    for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
        if (!said(r, named[i].word)) continue;
        *ret = (Cadence){
            .kind = CADENCE_ROLLING, .unit = named[i].unit, .every = named[i].every, .named = named[i].named};
        advance(r);
        return true;
    }
    return refuse_named(r);
}

/* What stands before "on". */
static bool read_how_often(Reader *r, Cadence *ret)
{
    if (said(r, "every") || said(r, "each")) return read_every(r, ret);
    if (is_interval(r)) return read_interval(r, ret);
    if (!is_weekdays(r)) return said(r, "on") || read_named(r, ret);
    *ret = (Cadence){.kind = CADENCE_FIXED, .unit = UNIT_WEEK, .every = 1};
    return read_weekdays(r, ret);
}

static bool read_words(Reader *r, Cadence *ret)
{
    if (!read_how_often(r, ret)) return false;
    if (said(r, "on") && ret->kind != CADENCE_FIXED && !read_fixed(r, ret)) return false;
    if (r->word.len > 0) return refuse(r, "the cadence is complete before it. Leave it out.");
    return true;
}

/* All that is said, be it a day that comes or not; *ret_day is where its day stands. */
static bool read_any(StrView text, Cadence *ret, StrView *ret_day, Error *err)
{
    Reader r = {.whole = text, .rest = text, .word = sv(""), .day = sv(""), .err = err};
    *ret = (Cadence){0};
    *ret_day = r.day;
    advance(&r);
    if (r.word.len == 0 || sv_eq_nocase(sv_trim(text), SV("none"))) return true;
    if (cadence_is_rule(r.word)) return cadence_rule_parse(text, ret, ret_day, err);
    if (!read_words(&r, ret)) return false;
    *ret_day = r.day;
    return true;
}

bool cadence_parse(StrView text, Cadence *ret, Error *err)
{
    Cadence c;
    StrView day;
    if (!read_any(text, &c, &day, err)) return false;
    Str why;
    str_init(&why);
    bool never = cadence_never(&c, &why);
    str_add_c(&why, ", so that day never comes. Say an earlier one.");
    if (never) cadence_refuse(text, day, why.buf, err);
    str_finish(&why);
    if (never) return false;
    if (c.kind != CADENCE_NONE) cadence_settle(&c);
    *ret = c;
    return true;
}

bool cadence_never_fires(StrView text, Str *ret_why)
{
    Cadence c;
    StrView day;
    return read_any(text, &c, &day, NULL) && cadence_never(&c, ret_why);
}
