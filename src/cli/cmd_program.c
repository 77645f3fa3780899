#include "own.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- paths ---- */

/* Asked of a journal in memory, so that a damaged journal's path can be printed too. */
bool open_no_journal(Run *r, App **ret, Error *err)
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

/* Without the way there: "/usr/share/entente/prompts" for "/usr/bin/../share/entente/prompts". */
static char *tidy_path(const char *path)
{
    char *tidy = *path ? realpath(path, NULL) : NULL;
    return tidy ? tidy : mem_strdup(path);
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
    if (!open_no_journal(r, &app, err)) return false;
    char *journal = journal_path(r), *config = app_config_dir(), *state = app_state_dir();
    char *prompts = tidy_path(app_prompts_dir(app));
    const char *const names[] = {"journal", "config", "settings", "state", "prompts"};
    const char *const paths[] = {journal, config, r->cli->config.path, state, prompts};
    print_paths(r, names, paths, 5);
    free(journal);
    free(config);
    free(state);
    free(prompts);
    app_close(app);
    return true;
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
