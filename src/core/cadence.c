#include <entente/cadence.h>

#include <entente/text.h>

enum { EVERY_MAX = 366, SHOWN_WIDTH = 30 };

/* In the order of CadenceUnit. */
static const struct {
    const char *one, *many, *freq;
    int days, months; /* one of the two is 0 */
    double average;
} UNITS[] = {
    {"day", "days", "DAILY", 1, 0, 1},
    {"week", "weeks", "WEEKLY", 7, 0, 7},
    {"month", "months", "MONTHLY", 0, 1, 365.2425 / 12},
    {"year", "years", "YEARLY", 0, 12, 365.2425},
};

static const struct {
    const char *word;
    CadenceUnit unit;
    int every;
} NAMED[] = {
    {"weekly", UNIT_WEEK, 1},
    {"monthly", UNIT_MONTH, 1},
    {"quarterly", UNIT_MONTH, 3},
    {"yearly", UNIT_YEAR, 1},
};

enum { UNIT_COUNT = sizeof UNITS / sizeof *UNITS, NAMED_COUNT = sizeof NAMED / sizeof *NAMED };

/* Reads word by word: `word` is the one in hand, empty at the end. */
typedef struct {
    StrView whole;
    StrView rest;
    StrView word;
    Error *err;
} Reader;

static void advance(Reader *r)
{
    r->word = sv_word(&r->rest);
}

static bool said(const Reader *r, const char *word)
{
    return sv_eq_nocase(r->word, sv(word));
}

/* Where the word in hand begins, in characters from 1: UTF-8 continuation bytes do not count. */
static size_t place(const Reader *r)
{
    size_t count = 1;
    for (const char *p = r->whole.ptr; p < r->word.ptr; p++) count += ((unsigned char)*p & 0xC0) != 0x80;
    return count;
}

static bool refuse(Reader *r, const char *why)
{
    Str shown;
    if (r->word.len == 0) return error_set(r->err, ERR_USAGE, "\"How often\" stops short: %s", why);
    str_init(&shown);
    text_ellipsis(&shown, r->word, SHOWN_WIDTH, true);
    error_set(r->err, ERR_USAGE, "\"%s\" at character %zu is not understood: %s", shown.buf, place(r), why);
    str_finish(&shown);
    return false;
}

/* Fixed cadences begin with the word "on" wherever it stands. */
static bool read_fixed(Reader *r, Cadence *ret)
{
    (void)ret;
    return error_set(r->err, ERR_USAGE,
                     "\"on\" at character %zu cannot be kept yet: no cadence is tied to the calendar. "
                     "Say every 2 weeks or monthly; it counts from the last check-in.",
                     place(r));
}

static bool read_unit(Reader *r, CadenceUnit *ret)
{
    for (int i = 0; i < UNIT_COUNT; i++) {
        if (said(r, UNITS[i].one) || said(r, UNITS[i].many)) {
            *ret = (CadenceUnit)i;
            advance(r);
            return true;
        }
    }
    return refuse(r, "say days, weeks, months or years, as in every 2 weeks.");
}

/* every 2 weeks, every month */
static bool read_every(Reader *r, Cadence *ret)
{
    long every = 1;
    advance(r);
    bool number = r->word.len > 0 && r->word.ptr[0] >= '0' && r->word.ptr[0] <= '9';
    if (number) {
        if (!sv_to_int(r->word, 1, EVERY_MAX, &every)) return refuse(r, "say a number from 1 to 366.");
        advance(r);
    }
    ret->kind = CADENCE_ROLLING;
    ret->every = (int)every;
    return read_unit(r, &ret->unit);
}

static bool read_named(Reader *r, Cadence *ret)
{
    for (int i = 0; i < NAMED_COUNT; i++) {
        if (said(r, NAMED[i].word)) {
            *ret = (Cadence){CADENCE_ROLLING, NAMED[i].unit, NAMED[i].every, true};
            advance(r);
            return true;
        }
    }
    return refuse(r, "say weekly, every 10 days, every 2 weeks, monthly, quarterly or yearly.");
}

bool cadence_parse(StrView text, Cadence *ret, Error *err)
{
    Reader r = {text, text, sv(""), err};
    Cadence c = {CADENCE_NONE, UNIT_DAY, 0, false};
    advance(&r);
    if (r.word.len > 0) {
        if (said(&r, "every")) {
            if (!read_every(&r, &c)) return false;
        } else if (!said(&r, "on") && !read_named(&r, &c)) {
            return false;
        }
        if (said(&r, "on") && !read_fixed(&r, &c)) return false;
        if (r.word.len > 0) return refuse(&r, "the cadence is complete before it. Leave it out.");
    }
    *ret = c;
    return true;
}

static void print_every(Str *out, const Cadence *c)
{
    if (c->every == 1) {
        str_addf(out, "every %s", UNITS[c->unit].one);
    } else {
        str_addf(out, "every %d %s", c->every, UNITS[c->unit].many);
    }
}

void cadence_print(Str *out, const Cadence *c)
{
    if (c->kind == CADENCE_NONE) return;
    for (int i = 0; c->named && i < NAMED_COUNT; i++) {
        if (NAMED[i].unit == c->unit && NAMED[i].every == c->every) {
            str_add_c(out, NAMED[i].word);
            return;
        }
    }
    print_every(out, c);
}

void cadence_print_words(Str *out, const Cadence *c)
{
    if (c->kind == CADENCE_NONE) {
        str_add_c(out, "no reminder");
    } else {
        print_every(out, c);
    }
}

void cadence_print_rrule(Str *out, const Cadence *c)
{
    if (c->kind == CADENCE_NONE) return;
    str_addf(out, "FREQ=%s", UNITS[c->unit].freq);
    if (c->every > 1) str_addf(out, ";INTERVAL=%d", c->every);
}

Date cadence_add(const Cadence *c, Date from, int n)
{
    if (c->kind != CADENCE_ROLLING || from == DATE_NONE || n < 0) return DATE_NONE;
    int64_t steps = (int64_t)n * c->every;
    int64_t last = date_make(9999, 12, 31);
    if (steps > last - from) return DATE_NONE; /* no unit is shorter than a day */
    if (UNITS[c->unit].months) return date_add_months(from, (int)(steps * UNITS[c->unit].months));
    int64_t d = from + steps * UNITS[c->unit].days;
    return d <= last ? (Date)d : DATE_NONE;
}

/* How many calendar months `to` stands after `from`, whatever the days. */
static int months_between(Date from, Date to)
{
    int from_year, from_month, to_year, to_month;
    date_split(from, &from_year, &from_month, NULL);
    date_split(to, &to_year, &to_month, NULL);
    return (to_year - from_year) * 12 + to_month - from_month;
}

Date cadence_next(const Cadence *c, Date from, Date after)
{
    if (c->kind != CADENCE_ROLLING || from == DATE_NONE) return DATE_NONE;
    if (after <= from) return cadence_add(c, from, 1);
    if (UNITS[c->unit].days)
        return cadence_add(c, from, (after - from) / (c->every * UNITS[c->unit].days) + 1);

    /* A day in an earlier month than `after` is before it and one in a later month after it: only the month
       itself needs a look. */
    int interval = c->every * UNITS[c->unit].months;
    int n = (months_between(from, after) + interval - 1) / interval;
    if (n < 1) n = 1;
    Date d = cadence_add(c, from, n);
    return d == DATE_NONE || d > after ? d : cadence_add(c, from, n + 1);
}

double cadence_days(const Cadence *c)
{
    return c->kind == CADENCE_NONE ? 0 : c->every * UNITS[c->unit].average;
}
