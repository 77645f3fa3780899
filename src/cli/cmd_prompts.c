#include "own.h"

#include <entente/prompt.h>
#include <string.h>
#include <unistd.h>

/* ---- what the user's packs and the journal have to say ---- */

void note_complaints(Run *r, const Complaint *complaints, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const Complaint *c = &complaints[i];
        note(r, "entente: %s is left out: %s%s%s", c->file, c->where, *c->where ? ": " : "", c->reason);
    }
}

void offer_words(Str *out, const char *name, const Offer *offer)
{
    str_addf(out, "%s If you like: `entente %s ", offer->reason, stage_command(offer->stage));
    if (offer->term) str_addf(out, "--term %lld ", (long long)offer->term->id);
    add_who(out, name);
    str_add_char(out, '`');
}

static bool given_stage(Run *r, bool *ret_given, Stage *ret, Error *err)
{
    const char *name = given_value(r, "stage");
    *ret_given = name != NULL;
    if (!name || stage_parse(sv(name), ret)) return true;
    return error_set(
        err, ERR_USAGE,
        "--stage: there is no stage \"%s\". Write prepare, design, check-in, repair, renew, close, "
        "team-design or team-check-in.",
        name);
}

/* ---- list ---- */

typedef struct {
    Run *r;
    Vec(Complaint) noted;
    JsonOut json;
    Table table;
} Listing;

static void put_prompts(JsonWriter *w, const Prompts *prompts)
{
    for (size_t i = 0; i < prompts_count(prompts); i++) {
        const Prompt *p = prompts_at(prompts, i);
        json_open(w, NULL, '{');
        json_put_text(w, "key", p->key);
        json_put_text(w, "stage", stage_name(p->stage));
        json_open(w, "themes", '[');
        for (size_t t = 0; t < p->theme_count; t++) json_put_text(w, NULL, p->themes[t]);
        json_close(w, ']');
        json_put_text(w, "text", p->text);
        json_put_text(w, "answer", answer_name(p->answer));
        json_put_text(w, "pack", p->pack);
        json_put_bool(w, "own", p->own);
        json_close(w, '}');
    }
}

static void add_prompts(Run *r, Table *t, const Prompts *prompts)
{
    for (size_t i = 0; i < prompts_count(prompts); i++) {
        const Prompt *p = prompts_at(prompts, i);
        table_cell(t, p->key);
        table_cell(t, answer_name(p->answer));
        table_cell(t, p->own ? arena_strf(&r->arena, "yours: %s", p->pack) : p->pack);
        table_cell(t, p->text);
    }
}

/* A file that is no JSON is left out of every stage; it is named once. */
static void note_once(Listing *l, const Prompts *prompts)
{
    const Complaint *all;
    size_t n = prompts_complaints(prompts, &all);
    for (size_t i = 0; i < n; i++) {
        bool known = false;
        for (size_t k = 0; k < l->noted.len && !known; k++)
            known = strcmp(l->noted.at[k].file, all[i].file) == 0 &&
                    strcmp(l->noted.at[k].reason, all[i].reason) == 0;
        if (known) continue;
        note_complaints(l->r, &all[i], 1);
        Complaint copy = {.file = arena_str(&l->r->arena, sv(all[i].file)),
                          .reason = arena_str(&l->r->arena, sv(all[i].reason))};
        vec_push(&l->noted, copy);
    }
}

/* Not every stage has a pack; one that was asked for by name must. */
static bool has_pack(Run *r, Stage stage)
{
    return access(arena_strf(&r->arena, "%s/%s.json", app_prompts_dir(r->app), stage_name(stage)), F_OK) == 0;
}

static bool each_pack(Listing *l, bool one, Stage only, Error *err)
{
    for (Stage stage = STAGE_PREPARE; stage < STAGE_COUNT; stage++) {
        if (one ? stage != only : !has_pack(l->r, stage)) continue;
        Prompts *prompts;
        if (!app_prompts(l->r->app, stage, &prompts, err)) return false;
        note_once(l, prompts);
        if (l->r->json)
            put_prompts(&l->json.w, prompts);
        else
            add_prompts(l->r, &l->table, prompts);
        prompts_free(prompts);
    }
    return true;
}

static bool list(Run *r, Error *err)
{
    static const Column columns[] = {
        {"KEY", 10, false}, {"ANSWER", 0, false}, {"PACK", 0, false}, {"QUESTION", 20, false}};
    bool one;
    Stage stage = STAGE_DESIGN;
    if (!given_stage(r, &one, &stage, err) || !open_no_journal(r, &r->app, err)) return false;
    if (!*app_prompts_dir(r->app))
        return error_set(err, ERR_UNREADABLE,
                         "The prompts are missing. Name their folder in ENTENTE_PROMPTS.");
    Listing l = {.r = r};
    table_init(&l.table, columns, sizeof columns / sizeof *columns);
    json_out_begin(&l.json);
    json_open(&l.json.w, "prompts", '[');
    bool ok = each_pack(&l, one, stage, err);
    json_close(&l.json.w, ']');
    if (ok && r->json) {
        json_out_end(&l.json, r);
    } else {
        str_finish(&l.json.text);
        if (ok) table_print(&l.table, r);
    }
    table_finish(&l.table);
    vec_finish(&l.noted);
    return ok;
}

/* ---- check FILE ---- */

static bool check_file(Run *r, const char *file, Error *err)
{
    Stage stage;
    size_t n;
    if (!open_no_journal(r, &r->app, err)) return false;
    const char *dir = app_prompts_dir(r->app);
    if (!prompts_check_file(file, *dir ? dir : NULL, &stage, &n, err)) return false;
    bool starters = stage == STAGE_COUNT;
    if (r->json) {
        JsonOut j;
        json_out_begin(&j);
        json_put_text(&j.w, "file", file);
        json_put_text(&j.w, "stage", starters ? NULL : stage_name(stage));
        json_put_int(&j.w, starters ? "situations" : "prompts", (int64_t)n);
        json_out_end(&j, r);
    } else if (starters) {
        say(r, "%s holds %zu situation%s; all is well with it.", file, n, n == 1 ? "" : "s");
    } else if (n == 0) {
        say(r, "%s silences prompts of the stage %s; all is well with it.", file, stage_name(stage));
    } else {
        say(r, "%s holds %zu prompt%s of the stage %s; all is well with it.", file, n, n == 1 ? "" : "s",
            stage_name(stage));
    }
    return true;
}

/* ---- why WHO ---- */

static void put_choices(Run *r, const Choice *choices, size_t n)
{
    JsonOut j;
    json_out_begin(&j);
    json_open(&j.w, "prompts", '[');
    for (size_t i = 0; i < n; i++) {
        json_open(&j.w, NULL, '{');
        json_put_text(&j.w, "key", choices[i].prompt->key);
        json_put_text(&j.w, "stage", stage_name(choices[i].prompt->stage));
        json_put_text(&j.w, "text", choices[i].text);
        put_text(&j.w, "why", choices[i].reason);
        json_put_int(&j.w, "score", choices[i].score);
        json_close(&j.w, '}');
    }
    json_close(&j.w, ']');
    json_out_end(&j, r);
}

static void print_choices(Run *r, const Choice *choices, size_t n)
{
    static const Column columns[] = {
        {"SCORE", 0, true}, {"KEY", 10, false}, {"QUESTION", 20, false}, {"REASON", 20, false}};
    Table t;
    table_init(&t, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < n; i++) {
        table_cell(&t, arena_strf(&r->arena, "%d", choices[i].score));
        table_cell(&t, choices[i].prompt->key);
        table_cell(&t, choices[i].text);
        table_cell(&t, choices[i].reason ? choices[i].reason : "");
    }
    table_print(&t, r);
}

static bool why(Run *r, Error *err)
{
    Id id;
    bool asked;
    Stage stage = STAGE_CHECK_IN;
    Prompts *prompts;
    const Choice *choices;
    size_t n;
    if (!given_stage(r, &asked, &stage, err) || !app_open(&r->cli->app, &r->app, err) ||
        !find_who(r, 1, &id, err) || !app_why(r->app, id, stage, &r->arena, &prompts, &choices, &n, err))
        return false;
    const Complaint *complaints;
    size_t left_out = prompts_complaints(prompts, &complaints);
    note_complaints(r, complaints, left_out);
    if (r->json)
        put_choices(r, choices, n);
    else
        print_choices(r, choices, n);
    prompts_free(prompts);
    return true;
}

/* ---- which of them ---- */

bool cmd_prompts(Run *r, Error *err)
{
    static const char *const words[] = {"list", "check", "why"};
    const char *word = arg(r, 0);
    size_t n = arg_count(r);
    if (!word || strcmp(word, "list") == 0)
        return n <= 1 ? list(r, err)
                      : error_set(err, ERR_USAGE,
                                  "prompts list: there is a word too many. Write: entente prompts list");
    if (strcmp(word, "check") == 0)
        return n == 2 ? check_file(r, arg(r, 1), err)
                      : error_set(err, ERR_USAGE,
                                  "prompts check: name one file. Write: entente prompts check FILE");
    if (strcmp(word, "why") == 0)
        return n >= 2 ? why(r, err)
                      : error_set(err, ERR_USAGE,
                                  "prompts why: whose is missing. Write: entente prompts why WHO");
    const char *like = nearest_word(word, words, sizeof words / sizeof *words);
    return error_set(err, ERR_USAGE, "prompts: there is no \"%s\". %s%s%s", word,
                     like ? "Did you mean `entente prompts " : "Write list, check FILE or why WHO.",
                     like ? like : "", like ? "`?" : "");
}
