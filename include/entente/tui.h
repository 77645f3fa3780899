#ifndef ENTENTE_TUI_H
#define ENTENTE_TUI_H

#include <entente/app.h>
#include <entente/config.h>
#include <entente/session.h>
#include <entente/terminal.h>

/* The full screen on a real terminal: runs until the user leaves. */
typedef struct {
    AppOptions app;              /* how to open the journal */
    bool demo;
    ColorChoice color;
    const Config *config;        /* the settings: what is wrong with them is said at the start; NULL: none are shown */
    bool has_session;            /* `entente checkin ana`: open this session at once and quit when it ends */
    const char *who;             /* whose, as typed; NULL: a new alliance */
    SessionStart session;
} TuiOptions;

/* Returns the exit code; an error before the screen could open is in *err (nothing printed). */
int tui_run(const TuiOptions *options, Error *err);

/* The i-th line of the key table for the manual page: where, which keys, what they do. False behind the last. */
bool tui_key(size_t i, const char **ret_place, const char **ret_keys, const char **ret_help);

#endif
