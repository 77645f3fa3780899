#include <string.h>

#include <entente/cadence.h>

#include "cadence_own.h"

/* The parts of RFC 5545 3.3.10 and RFC 7529 4.1 that cadences know. */
typedef enum {
    PART_FREQ,
    PART_INTERVAL,
    PART_WKST,
    PART_BYMONTH,
    PART_BYMONTHDAY,
    PART_BYDAY,
    PART_BYSETPOS,
    PART_RSCALE,
    PART_SKIP,
    PART_COUNT
} Part;

static const struct {
    const char *name, *form;
} PARTS[] = {
    [PART_FREQ] = {"FREQ", "say FREQ=DAILY, FREQ=WEEKLY, FREQ=MONTHLY or FREQ=YEARLY."},
    [PART_INTERVAL] = {"INTERVAL", "say INTERVAL with a number from 1 to 366."},
    [PART_WKST] = {"WKST", "say WKST=MO, or another day of the week."},
    [PART_BYMONTH] = {"BYMONTH", "say BYMONTH with one number from 1 to 12, and FREQ=YEARLY."},
    [PART_BYMONTHDAY] = {"BYMONTHDAY", "say BYMONTHDAY with one number, 1 to 31 or -1 to -7."},
    [PART_BYDAY] = {"BYDAY", "say FREQ=WEEKLY;BYDAY=TU,FR, FREQ=MONTHLY;BYDAY=-1FR, or "
                             "BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1."},
    [PART_BYSETPOS] = {"BYSETPOS", "say BYSETPOS=1 or -1 with BYDAY=MO,TU,WE,TH,FR."},
    [PART_RSCALE] = {"RSCALE", "say RSCALE=GREGORIAN."},
    [PART_SKIP] = {"SKIP", "say SKIP=OMIT or SKIP=BACKWARD, with RSCALE=GREGORIAN."},
};

#define SAY_PARTS                                                                                            \
    "say FREQ with INTERVAL, WKST, BYDAY, BYMONTHDAY, BYMONTH or BYSETPOS; a cadence is whole days, one "    \
    "a period, and has no end."

#define SAY_NO_END "a cadence goes on until you change it, so it has no end. Leave COUNT and UNTIL out."

typedef struct {
    StrView whole;
    Error *err;
    StrView part[PART_COUNT]; /* as written, for the message; len 0: not there */
    CadenceUnit freq;
    long interval, month, setpos;
    long nth; /* of BYDAY; 0: plain */
    unsigned weekdays;
    unsigned dates; /* 1 << n of BYMONTHDAY's positive days */
    long date;      /* the last of BYMONTHDAY */
    Weekday week_start;
    bool backward;
} Rule;

bool cadence_is_rule(StrView text)
{
    static const char *const starts[] = {"FREQ=", "RSCALE=", "RRULE:"};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        size_t len = strlen(starts[i]);
        if (text.len >= len && sv_eq_nocase(sv_n(text.ptr, len), sv(starts[i]))) return true;
    }
    return false;
}

static bool refuse(const Rule *r, Part part)
{
    return cadence_refuse(r->whole, r->part[part], PARTS[part].form, r->err);
}

/* ---- the values ---- */

static bool weekday_of(StrView code, Weekday *ret)
{
    static const char *const codes[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
    for (int d = MONDAY; d <= SUNDAY; d++) {
        if (!sv_eq_nocase(code, sv(codes[d]))) continue;
        *ret = (Weekday)d;
        return true;
    }
    return false;
}

static bool number(StrView text, long min, long max, long *ret)
{
    if (text.len > 1 && text.ptr[0] == '+') text = sv_n(text.ptr + 1, text.len - 1);
    return sv_to_int(text, min, max, ret) && *ret != 0;
}

static bool read_freq(StrView value, Rule *r)
{
    static const char *const words[] = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"};
    for (int i = 0; i < (int)(sizeof words / sizeof *words); i++) {
        if (!sv_eq_nocase(value, sv(words[i]))) continue;
        r->freq = (CadenceUnit)i;
        return true;
    }
    return false;
}

/* TU,FR or one of -1FR */
static bool read_byday(StrView rest, Rule *r)
{
    bool one = !memchr(rest.ptr, ',', rest.len);
    while (rest.len > 0) {
        Weekday d;
        StrView item = sv_cut(&rest, ',');
        if (item.len < 2 || !weekday_of(sv_n(item.ptr + item.len - 2, 2), &d)) return false;
        if (item.len > 2 && (!one || !number(sv_n(item.ptr, item.len - 2), -NTH_MAX, NTH_MAX, &r->nth)))
            return false;
        r->weekdays |= 1u << d;
    }
    return r->weekdays != 0;
}

static bool read_bymonthday(StrView rest, Rule *r)
{
    while (rest.len > 0) {
        if (!number(sv_cut(&rest, ','), -DATE_BACK_MAX, 31, &r->date)) return false;
        if (r->dates && r->date < 0) return false;
        r->dates |= r->date > 0 ? 1u << r->date : 1u;
    }
    return r->dates != 0;
}

static bool read_skip(StrView value, Rule *r)
{
    r->backward = sv_eq_nocase(value, SV("BACKWARD"));
    return r->backward || sv_eq_nocase(value, SV("OMIT"));
}

static bool read_value(Part part, StrView value, Rule *r)
{
    if (value.len == 0) return false;
    switch (part) {
    case PART_FREQ: return read_freq(value, r);
    case PART_INTERVAL: return number(value, 1, EVERY_MAX, &r->interval);
    case PART_WKST: return weekday_of(value, &r->week_start);
    case PART_BYMONTH: return number(value, 1, 12, &r->month);
    case PART_BYMONTHDAY: return read_bymonthday(value, r);
    case PART_BYDAY: return read_byday(value, r);
    case PART_BYSETPOS: return number(value, -1, 1, &r->setpos);
    case PART_RSCALE: return sv_eq_nocase(value, SV("GREGORIAN"));
    case PART_SKIP: return read_skip(value, r);
    case PART_COUNT: break;
    }
    return false;
}

static bool read_part(StrView text, Rule *r)
{
    StrView value = text;
    StrView name = sv_cut(&value, '=');
    for (Part part = 0; part < PART_COUNT; part++) {
        if (!sv_eq_nocase(name, sv(PARTS[part].name))) continue;
        if (r->part[part].len) return cadence_refuse(r->whole, text, "it is there twice.", r->err);
        r->part[part] = text;
        return read_value(part, value, r) || refuse(r, part);
    }
    bool ends = sv_eq_nocase(name, SV("COUNT")) || sv_eq_nocase(name, SV("UNTIL"));
    return cadence_refuse(r->whole, text, ends ? SAY_NO_END : SAY_PARTS, r->err);
}

/* ---- what the parts mean together ---- */

/* 28,29,30,31 with BYSETPOS=-1, down to 28,29: the date meant, or the last day there is. */
static bool is_clamp(const Rule *r)
{
    unsigned upto = 1u << 28;
    if (r->setpos != -1) return false;
    for (int d = 29; d <= 31; d++) {
        upto |= 1u << d;
        if (r->dates == upto) return r->month == 0 || (r->month == 2 && d == 29);
    }
    return false;
}

static bool date_of(const Rule *r, Cadence *ret)
{
    bool clamp = is_clamp(r), one = (r->dates & (r->dates - 1)) == 0;
    if (r->part[PART_BYDAY].len) return refuse(r, PART_BYDAY);
    if (!clamp && !one) return refuse(r, PART_BYMONTHDAY);
    if (!clamp && r->setpos) return refuse(r, PART_BYSETPOS);
    ret->on = ON_DATE;
    ret->nth = (int)r->date;
    for (int d = 31; clamp && d > 28; d--) {
        if (!(r->dates >> d & 1)) continue;
        ret->nth = d;
        break;
    }
    ret->omits = !clamp && !r->backward;
    return true;
}

static bool days_of(const Rule *r, Cadence *ret)
{
    ret->weekdays = r->weekdays;
    if (r->setpos) {
        ret->on = ON_WORKDAY;
        ret->nth = (int)r->setpos;
        return (r->weekdays == WORKDAYS && r->nth == 0) || refuse(r, PART_BYSETPOS);
    }
    ret->on = r->freq == UNIT_WEEK ? ON_WEEKDAYS : ON_WEEKDAY;
    ret->nth = (int)r->nth;
    return (r->freq == UNIT_WEEK) == (r->nth == 0) || refuse(r, PART_BYDAY);
}

/* Which parts go with which FREQ. */
static bool fits(const Rule *r)
{
    if (!r->part[PART_FREQ].len) return refuse(r, PART_FREQ);
    bool by = r->part[PART_BYDAY].len || r->part[PART_BYMONTHDAY].len;
    if (r->month && (r->freq != UNIT_YEAR || !by)) return refuse(r, PART_BYMONTH);
    if (r->freq == UNIT_YEAR && by && !r->month)
        return cadence_refuse(r->whole, sv(""), PARTS[PART_BYMONTH].form, r->err);
    if (r->freq < UNIT_MONTH && r->dates) return refuse(r, PART_BYMONTHDAY);
    if (r->freq == UNIT_DAY && r->weekdays) return refuse(r, PART_BYDAY);
    if (r->setpos && (r->freq < UNIT_MONTH || !by)) return refuse(r, PART_BYSETPOS);
    if (r->part[PART_SKIP].len && !r->part[PART_RSCALE].len) return refuse(r, PART_SKIP);
    return true;
}

static bool meaning(const Rule *r, Cadence *ret)
{
    if (!fits(r)) return false;
    *ret = (Cadence){.kind = CADENCE_ROLLING, .unit = r->freq, .every = (int)r->interval};
    if (!r->dates && !r->weekdays) return true;
    ret->kind = CADENCE_FIXED;
    ret->month = (int)r->month;
    ret->week_start = r->week_start;
    return r->dates ? date_of(r, ret) : days_of(r, ret);
}

bool cadence_rule_parse(StrView text, Cadence *ret, StrView *ret_day, Error *err)
{
    Rule r = {.whole = text, .err = err, .interval = 1};
    StrView rest = sv_trim(text);
    if (rest.len > 6 && sv_eq_nocase(sv_n(rest.ptr, 6), SV("RRULE:")))
        rest = sv_n(rest.ptr + 6, rest.len - 6);
    while (rest.len > 0) {
        if (!read_part(sv_cut(&rest, ';'), &r)) return false;
    }
    if (!meaning(&r, ret)) return false;
    *ret_day = r.part[PART_BYMONTHDAY];
    return true;
}
