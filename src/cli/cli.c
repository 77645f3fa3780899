#include <entente/cli.h>

#include "own.h"

#include <entente/export.h>
#include <entente/mem.h>
#include <entente/text.h>
#include <stdlib.h>
#include <string.h>

static const Given *cli_given(const Cli *cli, const char *option)
{
    for (size_t i = 0; i < cli->given.len; i++)
        if (strcmp(cli->given.at[i].option->name, option) == 0) return &cli->given.at[i];
    return NULL;
}

/* A path by which the same file is known, also where there is none yet; malloc'ed. */
static char *resolve(const char *path)
{
    char *whole = realpath(path, NULL);
    if (whole) return whole;
    Str folder, name;
    str_init(&folder);
    str_init(&name);
    const char *slash = strrchr(path, '/');
    str_add(&folder, slash ? sv_n(path, (size_t)(slash - path) + 1) : SV("."));
    char *real = realpath(folder.buf, NULL);
    if (real)
        str_addf(&name, "%s/%s", strcmp(real, "/") == 0 ? "" : real, slash ? slash + 1 : path);
    else
        str_add_c(&name, path);
    free(real);
    str_finish(&folder);
    return str_steal(&name);
}

/* Whether the journal of this run is the one it is without an option or a variable. */
static bool is_usual_journal(const Cli *cli)
{
    if (!cli->journal_from) return true;
    const Config *c = &cli->config;
    char *named = c->journal ? mem_strdup(c->journal) : app_default_journal();
    char *usual = named ? resolve(named) : NULL, *used = resolve(cli->app.journal);
    bool same = usual && strcmp(usual, used) == 0;
    free(named);
    free(usual);
    free(used);
    return same;
}

/* What was said for this run alone counts more than what is set for all. The calendar is that of one journal.
 */
static void apply_settings(Cli *cli)
{
    const Config *c = &cli->config;
    if (!cli->journal_from && c->journal) cli->app.journal = c->journal;
    if (!cli->color_from) color_parse(c->color, &cli->color);
    bool demo = cli->command && cli->command->demo;
    if (c->calendar && !demo && is_usual_journal(cli)) cli->app.calendar = c->calendar;
}

Cli *cli_new(int argc, char **argv)
{
    Cli *cli = mem_zalloc(1, sizeof *cli);
    args_read(cli, argc, argv);
    if (cli->error.code || cli->help || cli->version) return cli;
    config_load(NULL, &cli->arena, &cli->config);
    apply_settings(cli);
    return cli;
}

void cli_free(Cli *cli)
{
    if (!cli) return;
    vec_finish(&cli->args);
    vec_finish(&cli->given);
    arena_finish(&cli->arena);
    free(cli);
}

Face cli_face(const Cli *cli, bool screen_possible)
{
    const CliCommand *c = cli->command;
    if (!screen_possible || cli->error.code || cli->plain || cli->no_input || cli->help || cli->version)
        return FACE_LINES;
    if (cli_given(cli, "json") || cli_given(cli, "quick")) return FACE_LINES;
    return !c || c->demo || c->guided ? FACE_SCREEN : FACE_LINES;
}

void cli_screen(const Cli *cli, CliScreen *ret)
{
    const CliCommand *c = cli->command;
    *ret = (CliScreen){.app = cli->app,
                       .demo = c && c->demo,
                       .color = cli->color,
                       .config = &cli->config,
                       .has_session = c && c->guided,
                       .who = cli->who,
                       .session = cli->session};
}

/* The line of the settings that names the journal; 0: none does, or it does not count. */
static int journal_line(const Cli *cli)
{
    const Config *c = &cli->config;
    if (cli->journal_from || !c->journal) return 0;
    for (size_t i = 0; i < c->value_count; i++)
        if (strcmp(c->values[i].section, "journal") == 0 && strcmp(c->values[i].key, "file") == 0)
            return c->values[i].line;
    return 0;
}

/* The store's advice ends in the option that names another journal; who named it elsewhere changes it there.
 */
void cli_advise(const Cli *cli, Error *error)
{
    static const char OPTION[] = " with --journal.";
    size_t len = strlen(error->msg), tail = sizeof OPTION - 1;
    int line = journal_line(cli);
    bool variable = cli->journal_from && strcmp(cli->journal_from, "ENTENTE_JOURNAL") == 0;
    if (len < tail || strcmp(error->msg + len - tail, OPTION) != 0 || (!line && !variable)) return;
    Error better = {0};
    int n = (int)(len - tail);
    if (variable)
        error_set(&better, error->code, "%.*s in ENTENTE_JOURNAL, or unset it.", n, error->msg);
    else
        error_set(&better, error->code, "%.*s in line %d of %s.", n, error->msg, line, cli->config.path);
    *error = better;
}

int cli_complain(FILE *err, const Error *error)
{
    Str line;
    str_init(&line);
    str_add_c(&line, "entente: ");
    text_clean(&line, sv(error->msg), false);
    str_add_char(&line, '\n');
    put(err, str_view(&line));
    str_finish(&line);
    return error->code;
}

void cli_set_keys(Cli *cli, CliKeys *keys)
{
    cli->keys = keys;
}

void cli_set_styles(Cli *cli, bool known)
{
    cli->styles = known;
}

static bool open_app(Run *r, Error *err)
{
    const CliCommand *c = r->cli->command;
    if (c && c->bare) return true;
    if (c && c->demo) return app_open_demo(&r->cli->app, &r->app, err);
    return app_open(&r->cli->app, &r->app, err);
}

static bool run(Run *r, Error *err)
{
    const Cli *cli = r->cli;
    if (cli->help && cli->command)
        print_command_help(r->out, cli->command);
    else if (cli->help)
        print_help(r->out);
    else if (cli->version)
        fprintf(r->out, "entente %s\n", ENTENTE_VERSION);
    else
        return open_app(r, err) && (cli->command ? cli->command->run(r, err) : cmd_list(r, err));
    return true;
}

/* What the command did is done: a calendar that cannot be written is said, no more. */
static void keep_calendar(const Run *r)
{
    Error late = {0};
    if (r->app && !app_calendar_refresh(r->app, false, &late)) cli_complain(r->err, &late);
}

static void note_problems(Run *r)
{
    const Cli *cli = r->cli;
    if (cli->command && cli->command->no_problems) return;
    if (cli->config.problem_count) note(r, "entente: %s", cli->config.problems[0]);
    if (cli->config.problem_count > 1)
        note(r, "entente: and %zu more: `entente config` lists them.", cli->config.problem_count - 1);
}

int cli_run(Cli *cli, FILE *in, FILE *out, FILE *err)
{
    if (cli->error.code) return cli_complain(err, &cli->error);
    Run r = {.cli = cli, .in = in, .out = out, .err = err, .json = cli_given(cli, "json") != NULL};
    Error error = {0};
    note_problems(&r);
    bool ok = run(&r, &error);
    keep_calendar(&r);
    app_close(r.app);
    arena_finish(&r.arena);
    if (ok) return r.status;
    cli_advise(cli, &error);
    return cli_complain(err, &error);
}
