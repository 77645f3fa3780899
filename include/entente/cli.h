#ifndef ENTENTE_CLI_H
#define ENTENTE_CLI_H

#include <stdbool.h>
#include <stdio.h>

/*
 * The command line. cli_parse decides which face argv asks for; main.c then
 * hands over, so that neither face links the other.
 */
typedef struct Cli Cli;

typedef enum {
    FACE_LINES, /* cli_run does it all */
    FACE_SCREEN /* the full screen: cli_screen says with which options */
} Face;

/* Reads argv. Always succeeds: a usage error is kept and cli_run prints it. Caller frees. */
Cli *cli_new(int argc, char **argv);
void cli_free(Cli *cli);

/* Which face: the screen for no command, demo and guided sessions where `screen_possible`, without --plain. */
Face cli_face(const Cli *cli, bool screen_possible);

/* Runs the command line by line; returns the exit code. */
int cli_run(Cli *cli, FILE *in, FILE *out, FILE *err);

/* What the full screen is to open. */
struct AppOptions;
const char *cli_who(const Cli *cli);    /* of a guided session; NULL */

#endif
