#include "own.h"

#include <entente/agreement.h>

/* ---- as JSON ---- */

static void put_term(JsonWriter *w, const Term *t)
{
    json_open(w, NULL, '{');
    json_put_id(w, "id", t->id);
    json_put_text(w, "section", section_name(t->section));
    json_put_text(w, "side", side_name(t->side));
    json_put_text(w, "text", t->text);
    json_put_bool(w, "private", t->is_private);
    json_put_int(w, "since_version", t->from_version);
    json_close(w, '}');
}

void put_agreement(JsonWriter *w, const Version *v, const Term *const *terms, size_t n)
{
    if (!v) {
        json_put_null(w, "agreement");
        return;
    }
    json_open(w, "agreement", '{');
    json_put_int(w, "version", v->number);
    put_instant(w, "since", v->since);
    put_text(w, "reason", v->reason);
    json_put_text(w, "talked", talked_name(v->talked));
    put_date(w, "talked_on", v->talked_on);
    json_open(w, "terms", '[');
    for (size_t i = 0; i < n; i++) put_term(w, terms[i]);
    json_close(w, ']');
    json_close(w, '}');
}

/* ---- in words ---- */

static const char *term_side(Side s)
{
    static const char *const words[SIDE_COUNT] = {"I", "they", "both"};
    return words[s];
}

/* A term of several lines goes on under its first one. */
static void add_term(Str *out, const Term *t)
{
    StrView rest = sv(t->text), line = sv_cut(&rest, '\n');
    str_addf(out, "  %-5s %.*s", term_side(t->side), (int)line.len, line.ptr);
    while (rest.len) {
        line = sv_cut(&rest, '\n');
        str_addf(out, "\n        %.*s", (int)line.len, line.ptr);
    }
    if (t->is_private) str_add_c(out, "  (private)");
}

void print_terms(Run *r, const Term *const *terms, size_t n)
{
    Str line;
    str_init(&line);
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || terms[i]->section != terms[i - 1]->section)
            say(r, "%s", section_title(terms[i]->section));
        str_clear(&line);
        add_term(&line, terms[i]);
        say(r, "%s", line.buf);
    }
    str_finish(&line);
}

static void print_talked(Run *r, const Version *v)
{
    Str s;
    str_init(&s);
    if (v->talked == TALKED_NOT_YET)
        str_add_c(&s, "Mine only: not talked through yet");
    else
        str_add_c(&s, v->talked == TALKED_PARTLY ? "Talked through in part" : "Talked through");
    if (v->talked_on != DATE_NONE) {
        str_add_c(&s, " on ");
        date_print_long(&s, v->talked_on);
    }
    say(r, "%s.", s.buf);
    if (*v->reason) say(r, "Why it changed: %s", v->reason);
    str_finish(&s);
}

static void print_agreement(Run *r, const AllianceDetail *d, const Version *v, const Term *const *terms,
                            size_t n)
{
    const char *name = d->row.alliance.name;
    if (!v) {
        Str who;
        str_init(&who);
        add_who(&who, name);
        say(r, "No agreement with %s yet. `entente design %s` begins one.", name, who.buf);
        str_finish(&who);
        return;
    }
    Str since;
    str_init(&since);
    date_print_long(&since, instant_date(v->since));
    say(r, "Agreement with %s, version %d of %zu, since %s", name, v->number, d->version_count, since.buf);
    str_finish(&since);
    print_talked(r, v);
    print_terms(r, terms, n);
}

static bool choose_version(const Run *r, const AllianceDetail *d, const Version **ret, Error *err)
{
    long number = (long)d->version_count;
    *ret = NULL;
    if (!given_number(r, "version", 1, 1000000, &number, err)) return false;
    for (size_t i = 0; i < d->version_count; i++)
        if (d->versions[i].number == number) *ret = &d->versions[i];
    if (*ret || !given(r, "version")) return true;
    return error_set(err, ERR_NOT_FOUND, "Version %ld: %s has %zu. Ask for one of those.", number,
                     d->row.alliance.name, d->version_count);
}

bool cmd_agreement(Run *r, Error *err)
{
    Id id;
    AllianceDetail d;
    const Version *v;
    if (!find_who(r, 0, &id, err) || !app_detail(r->app, id, &r->arena, &d, err) ||
        !choose_version(r, &d, &v, err))
        return false;
    const Term **terms = NULL;
    size_t n = v ? agreement_at(d.terms, d.term_count, v->number, &r->arena, &terms) : 0;
    if (!r->json) {
        print_agreement(r, &d, v, terms, n);
        return true;
    }
    JsonOut j;
    json_out_begin(&j);
    json_put_text(&j.w, "alliance", d.row.alliance.name);
    json_put_id(&j.w, "alliance_id", id);
    put_agreement(&j.w, v, terms, n);
    json_out_end(&j, r);
    return true;
}

bool cmd_agree(Run *r, Error *err)
{
    Id id;
    Section section;
    Side side;
    if (!section_parse(sv(arg(r, 1)), &section))
        return error_set(err, ERR_USAGE, "\"%s\": there is no such section. See `entente help agree`.",
                         arg(r, 1));
    if (!read_side(arg(r, 2), &side, err) || !app_find(r->app, arg(r, 0), false, &id, err)) return false;
    Done done;
    done_init(&done);
    bool ok = app_agree(r->app, id, section, side, arg_rest(r, 3), given(r, "private"), &done, err);
    return print_done(r, ok, &done);
}
