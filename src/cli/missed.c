#include "own.h"

#include <entente/agenda.h>
#include <entente/text.h>

/* When check-ins have gone by: another cadence, or a pause. Offered, never urged. */

enum { COLUMNS = 80, NAMED = 3 };

void missed_add(const Run *r, Missed *m, const AllianceRow *row)
{
    if (app_missed(r->app, row) >= DUE_MISSED_OFFER) vec_push(m, row);
}

static void gone_by(Str *out, const Run *r, const AllianceRow *row)
{
    str_addf(out, "%s check-ins with %s have gone by.", agenda_missed_word(app_missed(r->app, row)),
             row->alliance.name);
}

static void choices(Str *out, const char *who)
{
    str_addf(out, "If you like: `entente cadence %s ...` or `entente pause %s`.", who, who);
}

void missed_words(Str *out, const Run *r, const AllianceRow *row)
{
    Str who;
    str_init(&who);
    add_who(&who, row->alliance.name);
    gone_by(out, r, row);
    str_add_c(out, " Still the right cadence?\n");
    choices(out, who.buf);
    str_finish(&who);
}

/* One name at least, and as many as fit with what is behind them: "Ana, Ben and 2 more". */
static void add_names(Str *out, const Missed *m, size_t from, int columns)
{
    static const int MORE = sizeof ", and 999 more";
    size_t i = from;
    for (; i < m->len; i++) {
        const char *name = m->at[i]->alliance.name;
        if (i > from && text_width(str_view(out)) + text_width(sv(name)) + MORE > columns) break;
        if (i > from) str_add_c(out, i + 1 == m->len ? " and " : ", ");
        str_add_c(out, name);
    }
    if (i < m->len) str_addf(out, " and %zu more", m->len - i);
}

static void note_several(Run *r, const Missed *m)
{
    Str line;
    str_init(&line);
    for (size_t i = 0; i < m->len && i < NAMED; i++) {
        str_clear(&line);
        gone_by(&line, r, m->at[i]);
        note(r, "%s", line.buf);
    }
    str_clear(&line);
    if (m->len > NAMED) {
        str_add_c(&line, "The same goes for ");
        add_names(&line, m, NAMED, COLUMNS - 1);
        note(r, "%s.", line.buf);
    }
    str_clear(&line);
    choices(&line, "WHO");
    note(r, "Still right? %s", line.buf);
    str_finish(&line);
}

void note_missed(Run *r, Missed *m)
{
    if (m->len == 1) {
        Str words;
        str_init(&words);
        missed_words(&words, r, m->at[0]);
        note(r, "%s", words.buf);
        str_finish(&words);
    } else if (m->len) {
        note_several(r, m);
    }
    vec_finish(m);
}

void note_missed_briefly(Run *r, Missed *m)
{
    static const char WAYS[] = ". `entente cadence` or `entente pause`?";
    if (m->len) {
        Str line;
        str_init(&line);
        str_add_c(&line, "Check-ins gone by: ");
        add_names(&line, m, 0, COLUMNS - (int)sizeof WAYS + 1);
        note(r, "%s%s", line.buf, WAYS);
        str_finish(&line);
    }
    vec_finish(m);
}
