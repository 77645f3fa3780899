#include "words.h"

#include <entente/text.h>

enum { QUOTE_CELLS = 48, WEEK = 7, MONTH = 30, QUARTER = 91, YEAR = 365, TRUST_SAID = 3 };

void words_count(Str *out, int n, const char *noun)
{
    str_addf(out, "%d %s%s", n, noun, n == 1 ? "" : "s");
}

void words_span(Str *out, int days)
{
    if (days < 2 * WEEK)
        words_count(out, days > 0 ? days : 0, "day");
    else if (days < QUARTER)
        words_count(out, days / WEEK, "week");
    else if (days < 2 * YEAR)
        words_count(out, (days + MONTH / 2) / MONTH, "month");
    else
        words_count(out, days / YEAR, "year");
}

/* A text that is too long ends behind a word, unless its words are longer than half of what is shown. */
static void add_cut(Str *out, StrView line)
{
    size_t whole = text_fit(line, QUOTE_CELLS, NULL);
    if (whole == line.len || line.ptr[whole] == '\n') {
        text_ellipsis(out, line, QUOTE_CELLS, false);
        return;
    }
    size_t fit = text_fit(line, QUOTE_CELLS - 1, NULL), end = fit;
    while (end > fit / 2 && line.ptr[end] != ' ') end--;
    if (end <= fit / 2) end = fit;
    text_ellipsis(out, sv_trim(sv_n(line.ptr, end)), QUOTE_CELLS, false);
    str_add_c(out, "\u2026");
}

void words_quote(Str *out, const char *text)
{
    StrView line = sv_trim(sv(text));
    if (line.len > 1 && line.ptr[line.len - 1] == '.' && line.ptr[line.len - 2] != '.') line.len--;
    str_add_char(out, '"');
    add_cut(out, line);
    str_add_char(out, '"');
}

const char *words_partner(const Facts *facts)
{
    return facts->partner && *facts->partner ? facts->partner : "the other";
}

void words_owner(Str *out, const Facts *facts, Side side)
{
    if (side == SIDE_ME)
        str_add_c(out, "Your");
    else if (side == SIDE_BOTH)
        str_add_c(out, "Your shared");
    else if (facts->partner && *facts->partner)
        str_addf(out, "%s's", facts->partner);
    else
        str_add_c(out, "Their");
}

void words_trust(Str *out, const Facts *facts)
{
    if (!facts->trust_count) {
        str_add_c(out, "Trust has not been rated yet.");
        return;
    }
    int now = facts->trust[0].value, before = facts->trust_count > 1 ? facts->trust[1].value : 0;
    int first = facts->trust_count >= TRUST_SAID ? facts->trust[TRUST_SAID - 1].value : 0;
    str_addf(out, "Trust was %d last time", now);
    if (before == now && (first == now || !first))
        str_add_c(out, ", as it was before");
    else if (first && first == before)
        str_addf(out, ", after %d twice", before);
    else if (first)
        str_addf(out, ", after %d and %d", first, before);
    else if (before)
        str_addf(out, ", after %d", before);
    str_add_char(out, '.');
}
