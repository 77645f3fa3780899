#include "own.h"

#include <string.h>

enum { HELP_COLUMN = 14, HELP_WIDTH = 79 };

static void add_usage(Str *out, const CliCommand *c)
{
    str_addf(out, "entente %s%s%s", c->name, *c->usage ? " " : "", c->usage);
}

static void add_option_name(Str *out, const Option *o)
{
    if (o->letter) str_addf(out, "-%c, ", o->letter);
    str_addf(out, "--%s%s%s", o->name, o->value ? " " : "", o->value ? o->value : "");
}

/* Help is ASCII, so bytes are cells here. */
static void add_wrapped(Str *out, const char *text)
{
    StrView rest = sv(text);
    size_t column = 0;
    for (StrView word = sv_word(&rest); word.len; word = sv_word(&rest)) {
        if (column && column + 1 + word.len > HELP_WIDTH) {
            str_add_char(out, '\n');
            column = 0;
        }
        if (column) str_add_char(out, ' ');
        str_add(out, word);
        column += word.len + (column ? 1 : 0);
    }
    str_add_char(out, '\n');
}

static void add_option(Str *out, const Option *o, size_t width)
{
    size_t before = out->len;
    str_add_c(out, "  ");
    add_option_name(out, o);
    size_t used = out->len - before;
    str_add_fill(out, ' ', used < width ? width - used : 2);
    str_addf(out, "%s%s\n", o->help, o->repeats ? " (may be repeated)" : "");
}

static size_t options_width(const Option *options, size_t n)
{
    size_t width = 0;
    for (size_t i = 0; i < n && options[i].name; i++) {
        Str name;
        str_init(&name);
        add_option_name(&name, &options[i]);
        if (name.len > width) width = name.len;
        str_finish(&name);
    }
    return width + 4;
}

static void add_options(Str *out, const char *heading, const Option *options, size_t n, const char *unlisted)
{
    if (n == 0 || !options[0].name) return;
    str_addf(out, "\n%s:\n", heading);
    size_t width = options_width(options, n);
    for (size_t i = 0; i < n && options[i].name; i++)
        if (!unlisted || strcmp(options[i].name, unlisted) != 0) add_option(out, &options[i], width);
}

static void print(FILE *out, Str *text)
{
    put(out, str_view(text));
    str_finish(text);
}

void print_help(FILE *out)
{
    Str s;
    str_init(&s);
    str_add_c(&s, "entente keeps designed alliances alive: agree on how to work together, check in.\n\n"
                  "  entente                    the full screen (in a pipe: the list)\n"
                  "  entente demo               look around first\n"
                  "  entente design             design a first alliance\n"
                  "  entente checkin ana        check in with Ana\n");
    for (size_t i = 0; i < cli_command_count; i++) {
        if (cli_commands[i].hidden) continue;
        if (cli_commands[i].group) str_addf(&s, "\n%s:\n", cli_commands[i].group);
        str_addf(&s, "  %-*s%s\n", HELP_COLUMN - 2, cli_commands[i].name, cli_commands[i].help);
    }
    add_options(&s, "Everywhere", global_options, global_option_count, NULL);
    str_add_c(&s, "\n`entente help COMMAND` tells more about one.\n");
    print(out, &s);
}

void print_command_help(FILE *out, const CliCommand *c)
{
    Str s;
    str_init(&s);
    str_add_c(&s, "usage: ");
    add_usage(&s, c);
    str_addf(&s, "%s\n\n%s.\n", c->options[0].name ? " [OPTIONS]" : "", c->help);
    if (c->more) add_wrapped(&s, c->more);
    if (c->example) str_addf(&s, "\nFor example:\n  entente %s\n", c->example);
    add_options(&s, "Options", c->options, OPTIONS_MAX, c->unlisted);
    add_options(&s, "Everywhere", global_options, global_option_count, NULL);
    print(out, &s);
}

void usage_error(Error *err, const CliCommand *c, const char *why)
{
    Str usage;
    str_init(&usage);
    add_usage(&usage, c);
    error_set(err, ERR_USAGE, "%s: %s. Write: %s", c->name, why, usage.buf);
    str_finish(&usage);
}

/* ---- the manual page ---- */

/* groff_char(7): what roff would take for markup or typography is said by name. */
static void add_roff(Str *out, const char *text)
{
    if (*text == '.' || *text == '\'') str_add_c(out, "\\&");
    for (; *text; text++) {
        switch (*text) {
        case '\\': str_add_c(out, "\\e"); break;
        case '-': str_add_c(out, "\\-"); break;
        case '\'': str_add_c(out, "\\(aq"); break;
        case '`': str_add_c(out, "\\(ga"); break;
        case '"': str_add_c(out, "\\(dq"); break;
        default: str_add_char(out, *text);
        }
    }
}

static void add_roff_option(Str *out, const Option *o)
{
    str_add_c(out, ".TP\n\\fB");
    if (o->letter) str_addf(out, "\\-%c\\fR, \\fB", o->letter);
    str_add_c(out, "\\-\\-");
    add_roff(out, o->name);
    str_add_c(out, "\\fR");
    if (o->value) {
        str_add_c(out, " \\fI");
        add_roff(out, o->value);
        str_add_c(out, "\\fR");
    }
    str_add_char(out, '\n');
    add_roff(out, o->help);
    str_addf(out, "%s.\n", o->repeats ? " (may be repeated)" : "");
}

static void add_roff_options(Str *out, const Option *options, size_t n)
{
    for (size_t i = 0; i < n && options[i].name; i++) add_roff_option(out, &options[i]);
}

static void add_roff_command(Str *out, const CliCommand *c)
{
    str_add_c(out, ".TP\n\\fBentente ");
    add_roff(out, c->name);
    str_add_c(out, "\\fR ");
    add_roff(out, c->usage);
    str_add_char(out, '\n');
    add_roff(out, c->help);
    str_add_c(out, ".\n");
    if (c->more) {
        add_roff(out, c->more);
        str_add_char(out, '\n');
    }
    if (!c->options[0].name) return;
    str_add_c(out, ".RS\n");
    add_roff_options(out, c->options, OPTIONS_MAX);
    str_add_c(out, ".RE\n");
}

void print_manual(FILE *out)
{
    Str s;
    str_init(&s);
    str_add_c(&s, ".SH COMMANDS\n");
    for (size_t i = 0; i < cli_command_count; i++) {
        if (cli_commands[i].hidden) continue;
        if (cli_commands[i].group) {
            str_add_c(&s, ".SS ");
            add_roff(&s, cli_commands[i].group);
            str_add_char(&s, '\n');
        }
        add_roff_command(&s, &cli_commands[i]);
    }
    str_add_c(&s, ".SH OPTIONS\nThese go with every command.\n");
    add_roff_options(&s, global_options, global_option_count);
    print(out, &s);
}

void print_manual_keys(FILE *out, CliKeys *keys)
{
    const char *place, *names, *help, *before = "";
    Str s;
    str_init(&s);
    str_add_c(&s, ".SH KEYS\nThe screen shows the most useful ones in its last row; \\fB?\\fR shows all.\n");
    for (size_t i = 0; keys(i, &place, &names, &help); i++) {
        if (strcmp(place, before) != 0) {
            str_add_c(&s, ".SS ");
            add_roff(&s, place);
            str_add_char(&s, '\n');
        }
        before = place;
        str_add_c(&s, ".TP\n\\fB");
        add_roff(&s, names);
        str_add_c(&s, "\\fR\n");
        add_roff(&s, help);
        str_add_c(&s, ".\n");
    }
    print(out, &s);
}
