#include "own.h"

#include <entente/text.h>
#include <string.h>

/* One setting as it is in force now: what was said for this run alone is among it. */
typedef struct {
    const char *value; /* "": none */
    const char *from;
} InForce;

static const char *default_journal(Run *r)
{
    char *path = app_default_journal();
    const char *copy = arena_str(&r->arena, sv(path));
    free(path);
    return copy;
}

static bool is_setting(const ConfigValue *v, const char *section, const char *key)
{
    return strcmp(v->section, section) == 0 && strcmp(v->key, key) == 0;
}

static InForce in_force(Run *r, const ConfigValue *v)
{
    const Cli *cli = r->cli;
    InForce f = {v->value, v->line > 0 ? arena_strf(&r->arena, "line %d", v->line) : "default"};
    if (is_setting(v, "journal", "file")) {
        if (cli->journal_from) return (InForce){cli->app.journal, cli->journal_from};
        if (v->line == 0) f.value = default_journal(r);
    }
    if (is_setting(v, "screen", "color") && cli->color_from) {
        static const char *const NAMES[] = {"auto", "always", "never"};
        bool no_color = strcmp(cli->color_from, "NO_COLOR") == 0;
        return (InForce){no_color ? "never" : NAMES[cli->color], cli->color_from};
    }
    return f;
}

static void print_table(Run *r)
{
    static const Column COLUMNS[] = {{"SETTING", 0, false}, {"VALUE", 20, false}, {"FROM", 0, false}};
    const Config *c = &r->cli->config;
    Table t;
    table_init(&t, COLUMNS, 3);
    for (size_t i = 0; i < c->value_count; i++) {
        const ConfigValue *v = &c->values[i];
        InForce f = in_force(r, v);
        table_cell(&t, arena_strf(&r->arena, "[%s] %s", v->section, v->key));
        table_cell(&t, *f.value ? f.value : "none");
        table_cell(&t, f.from);
    }
    table_print(&t, r);
}

static void print_json(Run *r)
{
    const Config *c = &r->cli->config;
    JsonOut j;
    json_out_begin(&j);
    put_text(&j.w, "file", c->path);
    json_put_bool(&j.w, "exists", c->exists);
    json_open(&j.w, "settings", '[');
    for (size_t i = 0; i < c->value_count; i++) {
        InForce f = in_force(r, &c->values[i]);
        json_open(&j.w, NULL, '{');
        put_text(&j.w, "section", c->values[i].section);
        put_text(&j.w, "key", c->values[i].key);
        put_text(&j.w, "value", f.value);
        put_text(&j.w, "from", f.from);
        json_close(&j.w, '}');
    }
    json_close(&j.w, ']');
    json_open(&j.w, "problems", '[');
    for (size_t i = 0; i < c->problem_count; i++) json_put_text(&j.w, NULL, c->problems[i]);
    json_close(&j.w, ']');
    json_out_end(&j, r);
}

/* The file has been named: each problem begins with it. */
static void note_config_problems(Run *r)
{
    const Config *c = &r->cli->config;
    Str path;
    str_init(&path);
    text_clean(&path, sv(c->path), false);
    str_add_c(&path, ": ");
    if (c->problem_count) note(r, "entente: what is wrong in %s:", c->path);
    for (size_t i = 0; i < c->problem_count; i++) {
        const char *problem = c->problems[i];
        note(r, "  %s", sv_starts(sv(problem), str_view(&path)) ? problem + path.len : problem);
    }
    str_finish(&path);
}

bool cmd_config(Run *r, Error *err)
{
    (void)err;
    const Config *c = &r->cli->config;
    if (r->json) {
        print_json(r);
        return true;
    }
    if (!*c->path)
        say(r, "Neither HOME nor XDG_CONFIG_HOME says where settings are: there are none.");
    else
        say(r, "%s%s", c->path, c->exists ? "" : " (there is no such file)");
    print_table(r);
    note_config_problems(r);
    return true;
}
