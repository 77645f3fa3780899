#include "own.h"

#include <entente/prompt.h>
#include <string.h>
#include <unistd.h>

/* ---- paths ---- */

/* Asked of a journal in memory, so that a damaged journal's path can be printed too. */
static bool open_nothing(Run *r, App **ret, Error *err)
{
    AppOptions options = r->cli->app;
    options.journal = ":memory:";
    return app_open(&options, ret, err);
}

static char *journal_path(const Run *r)
{
    const char *asked = r->cli->app.journal;
    if (!asked) return app_default_journal();
    if (*asked == '/' || strcmp(asked, ":memory:") == 0) return mem_strdup(asked);
    char *here = getcwd(NULL, 0);
    Str path;
    str_init(&path);
    str_addf(&path, "%s/%s", here ? here : ".", asked);
    free(here);
    return str_steal(&path);
}

static void print_paths(Run *r, const char *const names[], const char *const paths[], size_t n)
{
    if (!r->json) {
        for (size_t i = 0; i < n; i++) say(r, "%-8s %s", names[i], paths[i] && *paths[i] ? paths[i] : "none");
        return;
    }
    JsonOut j;
    json_out_begin(&j);
    for (size_t i = 0; i < n; i++) put_text(&j.w, names[i], paths[i]);
    json_out_end(&j, r);
}

bool cmd_paths(Run *r, Error *err)
{
    App *app;
    if (!open_nothing(r, &app, err)) return false;
    char *journal = journal_path(r), *config = app_config_dir(), *state = app_state_dir();
    const char *const names[] = {"journal", "config", "state", "prompts"};
    const char *const paths[] = {journal, config, state, app_prompts_dir(app)};
    print_paths(r, names, paths, 4);
    free(journal);
    free(config);
    free(state);
    app_close(app);
    return true;
}

/* ---- prompts ---- */

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
        json_close(w, '}');
    }
}

static void add_prompts(Table *t, const Prompts *prompts)
{
    for (size_t i = 0; i < prompts_count(prompts); i++) {
        const Prompt *p = prompts_at(prompts, i);
        table_cell(t, p->key);
        table_cell(t, answer_name(p->answer));
        table_cell(t, p->text);
    }
}

/* Not every stage has a pack; one that was asked for by name must. */
static bool has_pack(Run *r, Stage stage)
{
    return access(arena_strf(&r->arena, "%s/%s.json", app_prompts_dir(r->app), stage_name(stage)), F_OK) == 0;
}

static bool each_pack(Run *r, bool one, Stage only, JsonWriter *w, Table *t, Error *err)
{
    for (Stage stage = STAGE_PREPARE; stage < STAGE_COUNT; stage++) {
        if (one ? stage != only : !has_pack(r, stage)) continue;
        Prompts *prompts;
        if (!prompts_load(app_prompts_dir(r->app), stage, &prompts, err)) return false;
        if (r->json)
            put_prompts(w, prompts);
        else
            add_prompts(t, prompts);
        prompts_free(prompts);
    }
    return true;
}

bool cmd_prompts(Run *r, Error *err)
{
    static const Column columns[] = {{"KEY", 10, false}, {"ANSWER", 0, false}, {"QUESTION", 20, false}};
    const char *name = given_value(r, "stage");
    Stage stage = STAGE_DESIGN;
    if (name && !stage_parse(sv(name), &stage))
        return error_set(err, ERR_USAGE, "--stage: there is no stage \"%s\". design and check-in are two.",
                         name);
    if (!*app_prompts_dir(r->app))
        return error_set(err, ERR_UNREADABLE,
                         "The prompts are missing. Name their folder in ENTENTE_PROMPTS.");
    Table t;
    JsonOut j;
    table_init(&t, columns, 3);
    json_out_begin(&j);
    json_open(&j.w, "prompts", '[');
    bool ok = each_pack(r, name != NULL, stage, &j.w, &t, err);
    json_close(&j.w, ']');
    if (ok && r->json) {
        json_out_end(&j, r);
    } else {
        str_finish(&j.text);
        if (ok) table_print(&t, r);
    }
    for (size_t i = 0; i < t.cells.len; i++) free(t.cells.at[i]);
    vec_finish(&t.cells);
    return ok;
}

/* ---- help ---- */

bool cmd_help(Run *r, Error *err)
{
    const char *name = arg(r, 0);
    const CliCommand *c = name ? cli_command_find(name) : NULL;
    if (name && !c) {
        const char *like = nearest_command(name);
        return error_set(err, ERR_USAGE, "%s: no such command. %s%s%s", name,
                         like ? "Did you mean `entente help " : "Run `entente help", like ? like : "",
                         like ? "`?" : "` to see all.");
    }
    if (c)
        print_command_help(r->out, c);
    else
        print_help(r->out);
    return true;
}

bool cmd_man(Run *r, Error *err)
{
    if (arg_count(r) == 0)
        print_manual(r->out);
    else if (strcmp(arg(r, 0), "keys") != 0)
        return error_set(err, ERR_USAGE, "man: \"%s\" is no part of the page. Write: entente man [keys]",
                         arg(r, 0));
    else if (r->cli->keys)
        print_manual_keys(r->out, r->cli->keys);
    return true;
}
