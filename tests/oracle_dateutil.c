/*
 * What the arithmetic of cadences says, for a program that knows better to compare with. Each line read,
 * "TEXT|FROM|COUNT", is answered with the days of the cadence from FROM on, FROM itself included if it is
 * one of them, and the rule; a text that is not understood with "refused".
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <entente/cadence.h>

static void answer(StrView text, Date from, int count, Str *out)
{
    Cadence c;
    if (!cadence_parse(text, &c, NULL)) {
        str_add_c(out, "refused");
        return;
    }
    cadence_print_rrule(out, &c);
    str_add_char(out, '|');
    Date d = c.kind == CADENCE_ROLLING ? from : cadence_next(&c, from, from - 1);
    for (int i = 1; i <= count && d != DATE_NONE; i++) {
        if (i > 1) str_add_char(out, ',');
        date_print_iso(out, d);
        d = cadence_next(&c, from, d);
    }
}

int main(void)
{
    char line[512];
    Str out;
    str_init(&out);
    while (fgets(line, sizeof line, stdin)) {
        line[strcspn(line, "\n")] = '\0';
        StrView rest = sv(line);
        StrView text = sv_cut(&rest, '|'), iso = sv_cut(&rest, '|');
        Date from;
        long count;
        if (!date_parse_iso(iso, &from) || !sv_to_int(rest, 1, 100, &count)) return EXIT_FAILURE;
        str_clear(&out);
        answer(text, from, (int)count, &out);
        puts(out.buf);
    }
    str_finish(&out);
    return EXIT_SUCCESS;
}
