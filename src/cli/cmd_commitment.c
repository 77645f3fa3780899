#include "own.h"

#include <inttypes.h>

enum { PAGE = 200 };

static void put_commitment(JsonWriter *w, const CommitmentRow *row)
{
    const Commitment *c = &row->commitment;
    json_open(w, NULL, '{');
    json_put_id(w, "id", c->id);
    json_put_text(w, "alliance", row->alliance_name);
    json_put_id(w, "alliance_id", c->alliance);
    json_put_text(w, "by", side_name(c->side));
    json_put_text(w, "text", c->text);
    put_date(w, "due", c->due);
    json_put_text(w, "state", commitment_state_name(c->state));
    put_instant(w, "made", c->made);
    put_instant(w, "settled", c->settled);
    json_close(w, '}');
}

void put_commitments(JsonWriter *w, const CommitmentRow *rows, size_t n)
{
    json_open(w, "commitments", '[');
    for (size_t i = 0; i < n; i++) put_commitment(w, &rows[i]);
    json_close(w, ']');
}

static void add_row(Table *t, Run *r, const CommitmentRow *row, bool whose)
{
    const Commitment *c = &row->commitment;
    Str due, them;
    str_init(&due);
    str_init(&them);
    app_short_name(row->alliance_name, &them);
    if (c->due == DATE_NONE)
        str_add_c(&due, "no date");
    else
        date_print_short(&due, c->due, app_today(r->app));
    table_cell(t, side_words(c->side, them.buf));
    table_cell(t, c->text);
    table_cell(t, due.buf);
    table_cell(t, commitment_state_words(c->state));
    if (whose) table_cell(t, row->alliance_name);
    table_cell(t, arena_strf(&r->arena, "%" PRId64, c->id));
    str_finish(&due);
    str_finish(&them);
}

void print_commitments(Run *r, const CommitmentRow *rows, size_t n, bool whose)
{
    static const Column all[] = {{"WHO", 3, false},   {"WHAT", 10, false},    {"BY", 0, false},
                                 {"STATE", 0, false}, {"ALLIANCE", 8, false}, {"ID", 0, false}};
    static const Column one[] = {
        {"WHO", 3, false}, {"WHAT", 10, false}, {"BY", 0, false}, {"STATE", 0, false}, {"ID", 0, false}};
    Table t;
    table_init(&t, whose ? all : one, whose ? 6 : 5);
    for (size_t i = 0; i < n; i++) add_row(&t, r, &rows[i], whose);
    table_print(&t, r);
}

typedef Vec(CommitmentRow) Rows;

static bool read_all(Run *r, const CommitmentFilter *f, Rows *ret, Error *err)
{
    CommitmentCursor next = {0};
    do {
        CommitmentRow *page;
        size_t n;
        CommitmentCursor from = next;
        if (!app_commitments(r->app, f, &from, PAGE, &r->arena, &page, &n, &next, err)) return false;
        for (size_t i = 0; i < n; i++) vec_push(ret, page[i]);
    } while (next.set);
    return true;
}

bool cmd_commitments(Run *r, Error *err)
{
    CommitmentFilter f = {.open = given(r, "open")};
    if (arg_count(r) && !find_who(r, 0, &f.alliance, err)) return false;
    Rows rows = {0};
    bool ok = read_all(r, &f, &rows, err);
    if (ok && r->json) {
        JsonOut j;
        json_out_begin(&j);
        put_commitments(&j.w, rows.at, rows.len);
        json_out_end(&j, r);
    } else if (ok && rows.len) {
        print_commitments(r, rows.at, rows.len, f.alliance == 0);
    } else if (ok) {
        say(r, f.open ? "Nothing is open on either side." : "Nothing promised on either side.");
    }
    vec_finish(&rows);
    return ok;
}

bool cmd_commit(Run *r, Error *err)
{
    Id id;
    Side side;
    Date due = DATE_NONE;
    if (!read_side(arg(r, 1), &side, err) || !given_day(r, "by", &due, err) ||
        !app_find(r->app, arg(r, 0), false, &id, err))
        return false;
    Done done;
    done_init(&done);
    return print_done(r, app_commit(r->app, id, side, arg_rest(r, 2), due, &done, err), &done);
}

bool cmd_settle(Run *r, Error *err)
{
    Id id;
    CommitmentState state;
    if (!read_id(arg(r, 0), &id, err)) return false;
    if (!commitment_state_parse(sv(arg(r, 1)), &state))
        return error_set(err, ERR_USAGE,
                         "\"%s\": not a state. Write kept, not-kept, changed, let-go or open.", arg(r, 1));
    Done done;
    done_init(&done);
    return print_done(r, app_settle(r->app, id, state, &done, err), &done);
}
