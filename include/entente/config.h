#ifndef ENTENTE_CONFIG_H
#define ENTENTE_CONFIG_H

#include <entente/arena.h>
#include <entente/error.h>
#include <entente/reminder.h>

/* The user's settings: $XDG_CONFIG_HOME/entente/entente.conf, read with libinih; see entente.conf(5). */

typedef enum { CHANNEL_DESKTOP, CHANNEL_COMMAND, CHANNEL_MAIL, CHANNEL_FILE, CHANNEL_TERMINAL } ChannelKind;

/* A way for reminders to arrive. */
typedef struct {
    ChannelKind kind;
    const char *name;          /* in the log, unique: "desktop", "command notify-phone --low", "mail me@example.org", "file /home/me/due", "terminal" */
    const char *target;        /* the address or the path; "" */
    const char *const *argv;   /* of a command, NULL-terminated; never through a shell */
} Channel;

typedef enum { DESKTOP_AUTO, DESKTOP_YES, DESKTOP_NO } DesktopChoice;

/* One setting in force, for `entente config`. */
typedef struct {
    const char *section, *key;
    const char *value;         /* as it would be written in the file; "" for none */
    int line;                  /* of the file it stands in; 0: the default */
} ConfigValue;

typedef struct {
    const char *path;          /* of the file, also where there is none; "" when there is no home to look in */
    bool exists;
    /* [journal] */
    const char *journal;       /* file; NULL: not set */
    /* [screen] */
    const char *color;         /* "auto", "always", "never" */
    /* [calendar] */
    const char *calendar;      /* file; NULL: none is kept */
    /* [remind] */
    ReminderRules rules;
    bool names;
    DesktopChoice desktop;     /* auto: where a session bus can be reached */
    int time_limit;            /* seconds a channel may take */
    const char *const *open;   /* argv for "Open" on a desktop notification, NULL-terminated */
    const Channel *channels;   /* in the order of the file, desktop first, terminal last; desktop is among them unless `no` */
    size_t channel_count;
    /* for people */
    const ConfigValue *values; /* every key there is, in the order of entente.conf(5); repeated ones as often as given */
    size_t value_count;
    const char *const *problems; /* one line each: file, line, reason; the default is used */
    size_t problem_count;
} Config;

/* Reads the file (NULL: the user's). It never fails: a file that is not there means defaults, one that cannot be read or understood is among the problems. All of it lives in the arena. */
void config_load(const char *path, Arena *arena, Config *ret);

/* Splits a command into its arguments: spaces part them, '...' and "..." keep them together, \ takes the next character as it is. No variable, no wildcard, no shell. ERR_USAGE: empty, an open quote. */
bool config_split(StrView text, Arena *arena, const char *const **ret, Error *err);

#endif
