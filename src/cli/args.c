#include "own.h"

#include <entente/text.h>
#include <entente/when.h>
#include <stdlib.h>
#include <string.h>

/* ---- reading argv ---- */

/* Where argv is being read. */
typedef struct {
    Cli *cli;
    int argc;
    char **argv;
    int at;
    int command_at; /* index of the command's word; argc if there is none */
} Reader;

/* The command is the first word that is neither an option nor the value of a global one. */
static int find_command(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        StrView word = sv(argv[i]);
        if (sv_eq(word, SV("--"))) return i + 1 < argc ? i + 1 : argc;
        if (word.len < 2 || word.ptr[0] != '-') return i;
        const Option *o = sv_starts(word, SV("--")) ? global_option(sv(word.ptr + 2)) : NULL;
        if (o && o->value) i++;
    }
    return argc;
}

static bool unknown_option(Reader *r, StrView name, const char *dashes)
{
    const char *like = dashes[1] ? nearest_option(r->cli->command, name) : NULL;
    const char *command = r->cli->command ? r->cli->command->name : "";
    Str hint;
    str_init(&hint);
    if (like) str_addf(&hint, " Did you mean --%s?", like);
    error_set(&r->cli->error, ERR_USAGE, "%s%.*s: no such option.%s Run `entente help%s%s` to see all.",
              dashes, (int)name.len, name.ptr, hint.buf, *command ? " " : "", command);
    str_finish(&hint);
    return false;
}

/* Before its word a command's options do not count yet: there --version is the program's. */
static const Option *find_option(const Reader *r, StrView name)
{
    const Option *own = cli_command_option(r->cli->command, name);
    const Option *global = global_option(name);
    if (r->at < r->command_at) return global ? global : own;
    return own ? own : global;
}

static bool read_long(Reader *r, StrView word)
{
    StrView value = sv_n(word.ptr + 2, word.len - 2);
    bool has_value = memchr(value.ptr, '=', value.len) != NULL;
    StrView name = sv_cut(&value, '=');
    const Option *o = find_option(r, name);
    if (!o) return unknown_option(r, name, "--");
    Given g = {.option = o};
    if (!o->value && has_value)
        return error_set(&r->cli->error, ERR_USAGE, "--%s: takes no value. Leave out what follows the `=`.",
                         o->name);
    if (o->value && has_value) g.value = value.ptr;
    if (o->value && !has_value && ++r->at < r->argc) g.value = r->argv[r->at];
    if (o->value && !g.value)
        return error_set(&r->cli->error, ERR_USAGE, "--%s: its value is missing. Write --%s=%s.", o->name,
                         o->name, o->value);
    if (!o->repeats && o == cli_command_option(r->cli->command, name))
        for (size_t i = 0; i < r->cli->given.len; i++)
            if (r->cli->given.at[i].option == o)
                return error_set(&r->cli->error, ERR_USAGE, "--%s: given twice. Give it once.", o->name);
    vec_push(&r->cli->given, g);
    return true;
}

static bool read_letter(Reader *r, StrView word)
{
    for (size_t i = 0; i < global_option_count; i++) {
        if (!global_options[i].letter || word.len != 2 || global_options[i].letter != word.ptr[1]) continue;
        vec_push(&r->cli->given, (Given){.option = &global_options[i]});
        return true;
    }
    return unknown_option(r, sv_n(word.ptr + 1, word.len - 1), "-");
}

static bool read_words(Reader *r)
{
    bool options = true;
    for (r->at = 1; r->at < r->argc; r->at++) {
        StrView word = sv(r->argv[r->at]);
        bool ok = true;
        if (options && sv_eq(word, SV("--")))
            options = false;
        else if (options && sv_starts(word, SV("--")))
            ok = read_long(r, word);
        else if (options && word.len > 1 && word.ptr[0] == '-')
            ok = read_letter(r, word);
        else if (r->at != r->command_at)
            vec_push(&r->cli->args, word.ptr);
        if (!ok) return false;
    }
    return true;
}

/* ---- what the global options mean ---- */

/* Of a global option the last one counts, so that an alias can be overruled. */
static const char *global_value(const Cli *cli, const char *name)
{
    const Option *o = global_option(sv(name));
    for (size_t i = cli->given.len; i > 0; i--)
        if (cli->given.at[i - 1].option == o) return o->value ? cli->given.at[i - 1].value : "";
    return NULL;
}

bool color_parse(const char *text, CliColor *ret)
{
    static const char *const names[] = {"auto", "always", "never"};
    for (int i = 0; i < 3; i++) {
        if (strcmp(text, names[i]) != 0) continue;
        *ret = (CliColor)i;
        return true;
    }
    return false;
}

static const char *environment(const char *name)
{
    const char *value = getenv(name);
    return value && *value ? value : NULL;
}

/* no-color.org: an empty NO_COLOR does not count. What it does is the terminal's business. */
static bool read_color(Cli *cli)
{
    const char *text = global_value(cli, "color");
    cli->color_from = text ? "--color" : environment("NO_COLOR") ? "NO_COLOR" : NULL;
    if (!text || color_parse(text, &cli->color)) return true;
    return error_set(&cli->error, ERR_USAGE, "--color: \"%s\" is not auto, always or never.", text);
}

/* A day without a time is its noon: far from both midnights in every zone. */
static bool read_now(Cli *cli)
{
    const char *text = global_value(cli, "now");
    if (!text) return true;
    Date today = instant_date(app_system_now(&cli->zone));
    When when;
    if (!when_parse(sv(text), today, &when, &cli->error)) return false;
    cli->app.has_now = true;
    cli->app.now = instant_local(&cli->zone, when.date, when.minutes < 0 ? 12 * 60 : when.minutes);
    return true;
}

static void read_journal(Cli *cli)
{
    const char *given = global_value(cli, "journal"), *set = environment("ENTENTE_JOURNAL");
    cli->app.journal = given ? given : set;
    cli->journal_from = given ? "--journal" : set ? "ENTENTE_JOURNAL" : NULL;
}

static bool read_globals(Cli *cli)
{
    const char *accessible = environment("ACCESSIBLE");
    cli->plain = global_value(cli, "plain") || (accessible && strcmp(accessible, "0") != 0);
    cli->no_input = global_value(cli, "no-input");
    cli->help = global_value(cli, "help");
    cli->version = global_value(cli, "version");
    read_journal(cli);
    return read_color(cli) && read_now(cli);
}

/* A file's name may be any bytes; everything else is text. */
static bool check_words(Cli *cli)
{
    for (size_t i = 0; i < cli->args.len; i++)
        if (!text_check(sv(cli->args.at[i]), "An argument", &cli->error)) return false;
    for (size_t i = 0; i < cli->given.len; i++) {
        const Given *g = &cli->given.at[i];
        if (!g->value || strcmp(g->option->name, "journal") == 0) continue;
        const char *what = arena_strf(&cli->arena, "--%s", g->option->name);
        if (!text_check(sv(g->value), what, &cli->error)) return false;
    }
    return true;
}

static bool check_count(Cli *cli)
{
    const CliCommand *c = cli->command;
    int n = (int)cli->args.len;
    if (!c || cli->help || cli->version) return true;
    if (n < c->min) usage_error(&cli->error, c, "something is missing");
    if (n > c->max) usage_error(&cli->error, c, "there is a word too many");
    return cli->error.code == ERR_NONE;
}

static bool name_command(Cli *cli, const char *name)
{
    if (!text_check(sv(name), "The command", &cli->error)) return false;
    cli->command = cli_command_find(name);
    if (cli->command) return true;
    const char *like = nearest_command(name);
    if (like)
        return error_set(&cli->error, ERR_USAGE, "%s: no such command. Did you mean `entente %s`?", name,
                         like);
    return error_set(&cli->error, ERR_USAGE, "%s: no such command. Run `entente help` to see all.", name);
}

static const char *join_words(const Cli *cli, size_t from, Arena *arena)
{
    if (from >= cli->args.len) return NULL;
    Str all;
    str_init(&all);
    for (size_t i = from; i < cli->args.len; i++) {
        if (i > from) str_add_char(&all, ' ');
        str_add_c(&all, cli->args.at[i]);
    }
    const char *text = arena_str(arena, str_view(&all));
    str_finish(&all);
    return text;
}

static const char *value_of(const Cli *cli, const char *option)
{
    for (size_t i = 0; i < cli->given.len; i++)
        if (strcmp(cli->given.at[i].option->name, option) == 0)
            return cli->given.at[i].value ? cli->given.at[i].value : "";
    return NULL;
}

static bool read_section(Cli *cli)
{
    const char *section = value_of(cli, "section");
    cli->session.has_section = section != NULL;
    if (!section || section_parse(sv(section), &cli->session.section)) return true;
    return error_set(&cli->error, ERR_USAGE,
                     "--section: there is no section \"%s\". See `entente help agree`.", section);
}

static bool read_term(Cli *cli)
{
    const char *term = value_of(cli, "term");
    if (!term || read_id(term, &cli->session.term, NULL)) return true;
    return error_set(&cli->error, ERR_USAGE,
                     "--term: \"%s\" is not the id of a term. `entente agreement WHO --json` shows them.",
                     term);
}

/* Both faces start the session from here. */
static bool read_session(Cli *cli)
{
    const CliCommand *c = cli->command;
    cli->who = join_words(cli, 0, &cli->arena);
    if (!c || !c->guided) return true;
    cli->session = (SessionStart){.stage = c->stage,
                                  .deep = value_of(cli, "deep"),
                                  .together = value_of(cli, "together"),
                                  .situation = value_of(cli, "situation")};
    if (cli->session.situation && cli->who)
        return error_set(&cli->error, ERR_USAGE,
                         "--situation: a new alliance begins with one. Leave it out for one that is there.");
    return read_section(cli) && read_term(cli);
}

void args_read(Cli *cli, int argc, char **argv)
{
    cli->zone = zone_system();
    cli->app.zone = &cli->zone;
    cli->app.prompts = environment("ENTENTE_PROMPTS");
    Reader r = {.cli = cli, .argc = argc, .argv = argv, .command_at = find_command(argc, argv)};
    if (r.command_at < argc && !name_command(cli, argv[r.command_at])) return;
    (void)(read_words(&r) && check_words(cli) && read_globals(cli) && check_count(cli) && read_session(cli));
}

/* ---- what a command asks of them ---- */

size_t arg_count(const Run *r)
{
    return r->cli->args.len;
}

const char *arg(const Run *r, size_t i)
{
    return i < r->cli->args.len ? r->cli->args.at[i] : NULL;
}

const char *arg_rest(Run *r, size_t from)
{
    return join_words(r->cli, from, &r->arena);
}

static const Given *find_given(const Run *r, const char *option)
{
    for (size_t i = 0; i < r->cli->given.len; i++) {
        const Given *g = &r->cli->given.at[i];
        if (strcmp(g->option->name, option) == 0) return g;
    }
    return NULL;
}

bool given(const Run *r, const char *option)
{
    return find_given(r, option) != NULL;
}

const char *given_value(const Run *r, const char *option)
{
    const Given *g = find_given(r, option);
    return g ? g->value : NULL;
}

const char *const *given_values(Run *r, const char *option, size_t *ret_n)
{
    const char **values = arena_array(&r->arena, r->cli->given.len, sizeof *values);
    size_t n = 0;
    for (size_t i = 0; i < r->cli->given.len; i++)
        if (strcmp(r->cli->given.at[i].option->name, option) == 0) values[n++] = r->cli->given.at[i].value;
    *ret_n = n;
    return values;
}

bool given_number(const Run *r, const char *option, long min, long max, long *ret, Error *err)
{
    const char *text = given_value(r, option);
    if (!text || sv_to_int(sv(text), min, max, ret)) return true;
    return error_set(err, ERR_USAGE, "--%s: \"%s\" is not a whole number from %ld to %ld.", option, text, min,
                     max);
}

bool read_day(Run *r, const char *text, Date *ret, Error *err)
{
    When when;
    if (!when_parse(sv(text), app_today(r->app), &when, err)) return false;
    if (when.minutes >= 0)
        return error_set(err, ERR_USAGE, "\"%s\": only the day counts here. Leave the time out.", text);
    *ret = when.date;
    return true;
}

bool given_day(Run *r, const char *option, Date *ret, Error *err)
{
    const char *text = given_value(r, option);
    return !text || read_day(r, text, ret, err);
}

bool given_at(Run *r, const char *option, Instant *ret, Error *err)
{
    const char *text = given_value(r, option);
    if (!text) return true;
    When when;
    if (!when_parse(sv(text), app_today(r->app), &when, err)) return false;
    Instant now = app_now(r->app);
    if (when.minutes < 0 && when.date == app_today(r->app)) {
        *ret = now;
        return true;
    }
    *ret = instant_local(app_zone(r->app), when.date, when.minutes < 0 ? instant_minutes(now) : when.minutes);
    return true;
}

bool read_cadence(const char *text, Cadence *ret, Error *err)
{
    if (sv_eq_nocase(sv_trim(sv(text)), SV("none"))) text = "";
    return cadence_parse(sv(text), ret, err);
}

bool read_side(const char *text, Side *ret, Error *err)
{
    if (side_parse(sv(text), ret)) return true;
    return error_set(err, ERR_USAGE, "\"%s\": not a side. Write me, them or both.", text);
}

bool read_id(const char *text, Id *ret, Error *err)
{
    long long id = 0;
    for (const char *c = text; *c; c++) {
        if (*c < '0' || *c > '9' || id > (INT64_MAX - (*c - '0')) / 10) {
            id = 0;
            break;
        }
        id = id * 10 + (*c - '0');
    }
    if (id == 0)
        return error_set(err, ERR_USAGE, "\"%s\": not an id. `entente commitments` shows them.", text);
    *ret = id;
    return true;
}

bool find_who(Run *r, size_t from, Id *ret, Error *err)
{
    return app_find(r->app, arg_rest(r, from), false, ret, err);
}
