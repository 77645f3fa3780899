#include "own.h"

#include <entente/agenda.h>
#include <entente/when.h>

enum { WITHIN = 14, ITEMS_MAX = 1000 };

/* All that the window holds, and how far it was read. */
typedef struct {
    AgendaItem *items;
    size_t n;
    bool more;
    int within;
} Agenda;

static bool read_agenda(Run *r, Agenda *ret, Error *err)
{
    Agenda a = {.within = WITHIN};
    const char *within = given_value(r, "within");
    if (within && !when_parse_days(sv(within), &a.within, err)) return false;
    Date until = app_today(r->app) + a.within;
    if (!app_agenda(r->app, until, ITEMS_MAX, &r->arena, &a.items, &a.n, &a.more, err)) return false;
    *ret = a;
    return true;
}

/* ---- as JSON ---- */

static void put_check_ins(JsonWriter *w, Run *r, const Agenda *a)
{
    json_open(w, "alliances", '[');
    for (size_t i = 0; i < a->n; i++) {
        if (!a->items[i].row) continue;
        json_open(w, NULL, '{');
        put_alliance(w, r, a->items[i].row);
        json_close(w, '}');
    }
    json_close(w, ']');
}

static void put_due_commitments(JsonWriter *w, Run *r, const Agenda *a)
{
    size_t n = 0;
    CommitmentRow *rows = arena_array(&r->arena, a->n, sizeof *rows);
    for (size_t i = 0; i < a->n; i++)
        if (a->items[i].commitment) rows[n++] = *a->items[i].commitment;
    put_commitments(w, rows, n);
}

static void put_reviews(JsonWriter *w, const Agenda *a)
{
    json_open(w, "reviews", '[');
    for (size_t i = 0; i < a->n; i++) {
        const AgendaItem *item = &a->items[i];
        if (item->kind != AGENDA_REVIEW) continue;
        json_open(w, NULL, '{');
        json_put_text(w, "alliance", item->name);
        json_put_id(w, "alliance_id", item->alliance);
        put_date(w, "on", item->day);
        json_close(w, '}');
    }
    json_close(w, ']');
}

static void put_agenda(Run *r, const Agenda *a)
{
    JsonOut j;
    json_out_begin(&j);
    put_check_ins(&j.w, r, a);
    put_due_commitments(&j.w, r, a);
    put_reviews(&j.w, a);
    json_out_end(&j, r);
}

/* ---- in words ---- */

static void add_item(Table *t, Run *r, const AgendaItem *item)
{
    Str s;
    str_init(&s);
    table_cell(t, (char[]){app_agenda_marker(r->app, item), '\0'});
    date_print_short(&s, item->day, app_today(r->app));
    table_cell(t, s.buf);
    table_cell(t, agenda_kind_name(item->kind));
    table_cell(t, item->name);
    str_clear(&s);
    app_agenda_words(r->app, item, &s);
    table_cell(t, s.buf);
    str_finish(&s);
}

static void print_agenda(Run *r, const Agenda *a)
{
    static const Column columns[] = {
        {"", 0, false}, {"DAY", 0, false}, {"WHAT", 0, false}, {"WHO", 8, false}, {"NOTE", 10, false}};
    Table t;
    table_init(&t, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < a->n; i++) {
        if (i == 0 || a->items[i].section != a->items[i - 1].section)
            table_section(&t, agenda_section_title(a->items[i].section));
        add_item(&t, r, &a->items[i]);
    }
    table_print(&t, r);
    Missed missed = {0};
    for (size_t i = 0; i < a->n; i++)
        if (a->items[i].row) missed_add(r, &missed, a->items[i].row);
    note_missed_briefly(r, &missed);
}

static void say_nothing(Run *r, const Agenda *a)
{
    if (a->within == 0)
        say(r, "Nothing is waiting today.");
    else if (a->within == 1)
        say(r, "Nothing is waiting, today or tomorrow.");
    else
        say(r, "Nothing is waiting, and nothing comes up within %d days.", a->within);
}

static void note_more(Run *r, const Agenda *a)
{
    Str day;
    str_init(&day);
    date_print_short(&day, a->items[a->n - 1].day, app_today(r->app));
    note(r,
         "There is more behind %s than is shown at once. Settle some of it, or ask for fewer days with "
         "--within.",
         day.buf);
    str_finish(&day);
}

bool cmd_agenda(Run *r, Error *err)
{
    Agenda a;
    if (!read_agenda(r, &a, err)) return false;
    if (r->json)
        put_agenda(r, &a);
    else if (a.n)
        print_agenda(r, &a);
    else
        say_nothing(r, &a);
    if (a.more) note_more(r, &a);
    return true;
}

/* ---- for a prompt ---- */

bool cmd_status(Run *r, Error *err)
{
    AgendaStatus s;
    if (!app_status(r->app, &s, err)) return false;
    bool nothing = !s.check_ins && !s.commitments;
    r->status = nothing;
    if (r->json) {
        JsonOut j;
        json_out_begin(&j);
        json_put_int(&j.w, "check_ins", (int64_t)s.check_ins);
        json_put_int(&j.w, "commitments", (int64_t)s.commitments);
        json_out_end(&j, r);
    } else if (!nothing) {
        Str words;
        str_init(&words);
        app_status_words(&s, &words);
        say(r, "%s", words.buf);
        str_finish(&words);
    }
    return true;
}
