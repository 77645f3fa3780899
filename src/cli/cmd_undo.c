#include "own.h"

bool cmd_undo(Run *r, Error *err)
{
    Done done;
    done_init(&done);
    return print_done(r, app_undo(r->app, &done, err), &done);
}

bool cmd_redo(Run *r, Error *err)
{
    Done done;
    done_init(&done);
    return print_done(r, app_redo(r->app, &done, err), &done);
}

bool cmd_trash(Run *r, Error *err)
{
    Id id;
    if (!find_who(r, 0, &id, err)) return false;
    Done done;
    done_init(&done);
    return print_done(r, app_trash(r->app, id, &done, err), &done);
}

bool cmd_restore(Run *r, Error *err)
{
    Id id;
    if (!app_find(r->app, arg_rest(r, 0), true, &id, err)) return false;
    Done done;
    done_init(&done);
    return print_done(r, app_restore(r->app, id, &done, err), &done);
}

/* ---- log ---- */

static const char *step_state(StepState s)
{
    return s == STEP_DONE ? "done" : s == STEP_UNDONE ? "undone" : "dropped";
}

static void put_steps(Run *r, const LogStep *steps, size_t n)
{
    JsonOut j;
    json_out_begin(&j);
    json_open(&j.w, "steps", '[');
    for (size_t i = 0; i < n; i++) {
        json_open(&j.w, NULL, '{');
        json_put_id(&j.w, "id", steps[i].id);
        json_put_text(&j.w, "label", steps[i].label);
        json_put_id(&j.w, "alliance_id", steps[i].alliance);
        put_instant(&j.w, "at", steps[i].at);
        json_put_text(&j.w, "state", step_state(steps[i].state));
        json_close(&j.w, '}');
    }
    json_close(&j.w, ']');
    json_out_end(&j, r);
}

static void print_steps(Run *r, const LogStep *steps, size_t n)
{
    static const Column columns[] = {{"WHEN", 0, false}, {"CHANGE", 10, false}, {"STATE", 0, false}};
    Table t;
    table_init(&t, columns, 3);
    Str when;
    str_init(&when);
    for (size_t i = 0; i < n; i++) {
        str_clear(&when);
        date_print_short(&when, instant_date(steps[i].at), app_today(r->app));
        str_add_char(&when, ' ');
        instant_print_clock(&when, steps[i].at);
        table_cell(&t, when.buf);
        table_cell(&t, steps[i].label);
        table_cell(&t, step_state(steps[i].state));
    }
    str_finish(&when);
    table_print(&t, r);
}

bool cmd_log(Run *r, Error *err)
{
    long limit = 20;
    LogStep *steps;
    size_t n;
    if (!given_number(r, "limit", 1, 100000, &limit, err) ||
        !app_log(r->app, 0, (size_t)limit, &r->arena, &steps, &n, err))
        return false;
    if (r->json)
        put_steps(r, steps, n);
    else if (n)
        print_steps(r, steps, n);
    else
        say(r, "Nothing has been changed yet.");
    return true;
}
