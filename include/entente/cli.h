#ifndef ENTENTE_CLI_H
#define ENTENTE_CLI_H

#include <entente/app.h>
#include <entente/config.h>
#include <entente/session.h>
#include <stdbool.h>
#include <stdio.h>

/*
 * The command line. cli_new reads argv and decides which face it asks for;
 * main.c then hands over, so that neither face links the other.
 */
typedef struct Cli Cli;

typedef enum {
    FACE_LINES, /* cli_run does it all */
    FACE_SCREEN /* the full screen: cli_screen says with which options */
} Face;

/* Reads argv, which must outlive the Cli. Always succeeds: a usage error is kept and cli_run prints it. Caller frees. */
Cli *cli_new(int argc, char **argv);
void cli_free(Cli *cli); /* NULL is fine */

/*
 * Which face: the screen for no command, demo and guided sessions where
 * `screen_possible`, without --plain, --json, --no-input or ACCESSIBLE.
 */
Face cli_face(const Cli *cli, bool screen_possible);

/* Runs the command line by line; returns the exit code. Data goes to `out`, messages to `err`. */
int cli_run(Cli *cli, FILE *in, FILE *out, FILE *err);

/* In the order of terminal.h's ColorChoice. */
typedef enum { CLI_COLOR_AUTO, CLI_COLOR_ALWAYS, CLI_COLOR_NEVER } CliColor;

/* What the full screen is to open. Borrows from the Cli. */
typedef struct {
    AppOptions app;
    bool demo;
    CliColor color;
    const Config *config; /* the settings as read */
    bool has_session;
    const char *who;      /* of a guided session, as typed; NULL: a new alliance */
    SessionStart session;
} CliScreen;

void cli_screen(const Cli *cli, CliScreen *ret);

/* The screen's key table, which `entente man keys` prints: the i-th line of it; false behind the last. */
typedef bool CliKeys(size_t i, const char **ret_place, const char **ret_keys, const char **ret_help);
void cli_set_keys(Cli *cli, CliKeys *keys);

/* Whether the terminal is one that is known here: only such a one is sent bold headings. False until said. */
void cli_set_styles(Cli *cli, bool known);

/* Where an error says to name another journal, says so where this one was named: in the settings, in the environment. */
void cli_advise(const Cli *cli, Error *error);

/* Prints one error as a face does: "entente: what: why. What to do.", clean for a terminal. Returns the exit code. */
int cli_complain(FILE *err, const Error *error);

#endif
