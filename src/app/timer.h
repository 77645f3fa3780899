#ifndef ENTENTE_APP_TIMER_H
#define ENTENTE_APP_TIMER_H

#include "spawn.h"

#include <entente/remind.h>

/* What the timer's two makers share: how a run is called, and running their tools. */

typedef struct {
    const char *program;             /* absolute */
    const char *journal;             /* absolute; NULL: the one a run finds by itself */
    const char *whose;               /* the journal in any case, for people and --status */
    const char *const *environment;  /* "NAME=value", PATH last; what a run needs to see the same files, programs and hours */
    size_t count;
    bool has_path;
} TimerCall;

/* Runs a tool with `input`, in English and UTC, for at most 5 seconds (ENTENTE_TOOL_LIMIT_MS: other than that). True for exit status 0. The caller finishes *ret. */
bool timer_tool(const char *const *argv, StrView input, Spawned *ret);

/* The same, forgetting what it said; else ERR_CANNOT_WRITE with it, after `what`; *ret_late (may be NULL): it was ended, and may have done it all the same. */
bool timer_must(const char *const *argv, StrView input, const char *what, bool *ret_late, Error *err);

/* ---- systemd, where it runs the session ---- */

bool systemd_reachable(void);
bool systemd_install(App *app, const TimerCall *call, Arena *arena, Timer *ret, Error *err);
bool systemd_uninstall(Arena *arena, Timer *ret, Error *err); /* *ret stays when there was nothing of ours */
void systemd_state(const App *app, Arena *arena, Timer *ret); /* the same */

/* ---- crontab(1) ---- */

/* *ret stays where cron cannot be used: nothing was changed then. */
bool cron_install(const App *app, const TimerCall *call, Arena *arena, Timer *ret, Error *err);
bool cron_uninstall(Arena *arena, Timer *ret, Error *err);
bool cron_state(const App *app, Arena *arena, Timer *ret, Error *err);

/* What we write says in a line whose reminders it runs. */
#define TIMER_WHOSE  "# The reminders of "
#define TIMER_UNDONE "; `entente remind --uninstall` takes these lines away."

/* The journal that such a line among these names; NULL: it is the app's, or none is named. */
const char *timer_other(const App *app, StrView text, Arena *arena);

/* A word for a shell: in single quotes. */
void timer_quote(Str *out, const char *word);

/* "Sun 22 Nov 22:00" */
const char *timer_when(const App *app, Instant at, Arena *arena);

#endif
