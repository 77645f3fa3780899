#include "words.h"

#include <entente/text.h>

enum { QUOTE_CELLS = 48, WEEK = 7, MONTH = 30, YEAR = 365, TRUST_SAID = 3 };

void words_count(Str *out, int n, const char *noun)
{
    str_addf(out, "%d %s%s", n, noun, n == 1 ? "" : "s");
}

void words_span(Str *out, int days)
{
    if (days < 2 * WEEK)
        words_count(out, days > 0 ? days : 0, "day");
    else if (days < 4 * MONTH)
        words_count(out, days / WEEK, "week");
    else if (days < 2 * YEAR)
        words_count(out, days / MONTH, "month");
    else
        words_count(out, days / YEAR, "year");
}

void words_quote(Str *out, const char *text)
{
    StrView line = sv_trim(sv(text));
    if (line.len > 1 && line.ptr[line.len - 1] == '.' && line.ptr[line.len - 2] != '.') line.len--;
    str_add_char(out, '"');
    text_ellipsis(out, line, QUOTE_CELLS, false);
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
    str_addf(out, "Trust was %d last time", facts->trust[0].value);
    size_t last = facts->trust_count < TRUST_SAID ? facts->trust_count - 1 : TRUST_SAID - 1;
    for (size_t i = last; i > 0; i--)
        str_addf(out, "%s%d", i == last ? ", after " : " and ", facts->trust[i].value);
    str_add_char(out, '.');
}
