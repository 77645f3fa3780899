#ifndef ENTENTE_APP_SETTINGS_H
#define ENTENTE_APP_SETTINGS_H

#include <entente/config.h>
#include <entente/vec.h>

/* The settings there are: their names, defaults and what their values mean. Where they stand is config.c's. */

/* What is being read: fills the config; the channels are put together at the end. */
typedef struct {
    Config *config;
    Arena *arena;
    Vec(Channel) channels; /* as the file names them: commands, mail, files */
    bool terminal;
    const char *shown; /* what the value just taken comes to, where that is said in another way; else NULL */
} Settings;

typedef struct {
    const char *section, *key;
    const char *fallback; /* the default as it would be written; "": none */
    bool repeats;         /* may be given more than once: each is a channel */
    bool own;             /* names a program, or lets out what is in the journal: only from a file that nobody else can change */
    bool (*take)(Settings *s, StrView value, Error *why); /* the value is not empty; false: *why says in a clause what is wrong with it */
} Setting;

extern const Setting settings[]; /* in the order of entente.conf(5) */
extern const size_t setting_count;

/* Puts the channels into the config: desktop first, terminal last. */
void settings_finish(Settings *s);

/* An addr-spec (RFC 5322 3.4.1) without quotes, comments and literals: nothing in it can mean more to a mailer. */
bool setting_is_address(StrView text);

/* Text of the file for a message: in quotes, on one line, not too long. */
const char *setting_quoted(Arena *arena, StrView text);

#endif
