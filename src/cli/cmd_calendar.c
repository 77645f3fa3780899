#include "own.h"

bool cmd_snooze(Run *r, Error *err)
{
    Id id;
    Date until;
    if (!read_day(r, arg_rest(r, 1), &until, err) || !app_find(r->app, arg(r, 0), false, &id, err))
        return false;
    Done done;
    done_init(&done);
    return print_done(r, app_snooze(r->app, id, until, &done, err), &done);
}

bool cmd_skip(Run *r, Error *err)
{
    Id id;
    if (!find_who(r, 0, &id, err)) return false;
    Done done;
    done_init(&done);
    return print_done(r, app_skip(r->app, id, &done, err), &done);
}

bool cmd_pause(Run *r, Error *err)
{
    Id id;
    Date until = DATE_NONE;
    const char *when = arg_rest(r, 1);
    if ((when && !read_day(r, when, &until, err)) || !app_find(r->app, arg(r, 0), false, &id, err))
        return false;
    Done done;
    done_init(&done);
    return print_done(r, app_pause(r->app, id, until, &done, err), &done);
}

bool cmd_resume(Run *r, Error *err)
{
    Id id;
    if (!find_who(r, 0, &id, err)) return false;
    Done done;
    done_init(&done);
    return print_done(r, app_resume(r->app, id, &done, err), &done);
}

bool cmd_end(Run *r, Error *err)
{
    Id id;
    if (!find_who(r, 0, &id, err)) return false;
    Done done;
    done_init(&done);
    return print_done(r, app_end(r->app, id, &done, err), &done);
}

/* ---- cadence ---- */

static const char *kind_name(const Cadence *c)
{
    return c->kind == CADENCE_ROLLING ? "rolling" : c->kind == CADENCE_FIXED ? "fixed" : NULL;
}

static void put_preview(Run *r, const Cadence *c, Date from, int count)
{
    JsonOut j;
    Str rule;
    str_init(&rule);
    cadence_print_rrule(&rule, c);
    json_out_begin(&j);
    put_cadence(&j.w, "cadence", c);
    put_text(&j.w, "rrule", rule.buf);
    put_text(&j.w, "kind", kind_name(c));
    json_open(&j.w, "dates", '[');
    for (int i = 1; i <= count && cadence_add(c, from, i) != DATE_NONE; i++)
        put_date(&j.w, NULL, cadence_add(c, from, i));
    json_close(&j.w, ']');
    json_out_end(&j, r);
    str_finish(&rule);
}

static void print_preview(Run *r, const Cadence *c, Date from, int count)
{
    Str s;
    str_init(&s);
    cadence_print(&s, c);
    say(r, "%s (%s)", c->kind == CADENCE_NONE ? "no reminder" : s.buf, cadence_kind_words(c));
    str_clear(&s);
    cadence_print_rrule(&s, c);
    if (s.len) say(r, "RRULE:%s", s.buf);
    for (int i = 1; i <= count && cadence_add(c, from, i) != DATE_NONE; i++) {
        str_clear(&s);
        date_print_long(&s, cadence_add(c, from, i));
        say(r, "%s", s.buf);
    }
    str_finish(&s);
}

static bool preview(Run *r, Error *err)
{
    Cadence c;
    Date from = app_today(r->app);
    long count = 5;
    if (arg_count(r))
        return error_set(err, ERR_USAGE,
                         "--preview: takes no WHO. Put its words in quotes: --preview \"%s %s\"",
                         given_value(r, "preview"), arg_rest(r, 0));
    if (!read_cadence(given_value(r, "preview"), &c, err) || !given_day(r, "from", &from, err) ||
        !given_number(r, "count", 1, 1000, &count, err))
        return false;
    if (r->json)
        put_preview(r, &c, from, (int)count);
    else
        print_preview(r, &c, from, (int)count);
    return true;
}

static bool show_cadence(Run *r, Id id, Error *err)
{
    AllianceRow row;
    if (!app_alliance_row(r->app, id, &r->arena, &row, err)) return false;
    if (r->json) {
        JsonOut j;
        json_out_begin(&j);
        json_put_text(&j.w, "alliance", row.alliance.name);
        json_put_id(&j.w, "alliance_id", id);
        put_cadence(&j.w, "cadence", &row.alliance.cadence);
        put_date(&j.w, "due", app_due(r->app, &row).day);
        json_out_end(&j, r);
        return true;
    }
    Str s;
    str_init(&s);
    cadence_print_words(&s, &row.alliance.cadence);
    str_add_c(&s, ". Next check-in: ");
    app_due_words(r->app, &row, &s);
    say(r, "%s: %s.", row.alliance.name, s.buf);
    str_finish(&s);
    return true;
}

bool cmd_cadence(Run *r, Error *err)
{
    Id id;
    Cadence c = {0};
    Date first = DATE_NONE;
    if (given(r, "preview")) return preview(r, err);
    if (arg_count(r) == 0) {
        usage_error(err, r->cli->command, "whose is missing");
        return false;
    }
    const char *often = arg_rest(r, 1);
    if ((often && !read_cadence(often, &c, err)) || !given_day(r, "first", &first, err) ||
        !app_find(r->app, arg(r, 0), false, &id, err))
        return false;
    if (!often && first != DATE_NONE)
        return error_set(err, ERR_USAGE,
                         "--first: say how often too: `entente cadence WHO \"every 2 weeks\"`.");
    if (!often) return show_cadence(r, id, err);
    Done done;
    done_init(&done);
    return print_done(r, app_set_cadence(r->app, id, &c, first, &done, err), &done);
}
