#ifndef ENTENTE_APP_CHANNEL_H
#define ENTENTE_APP_CHANNEL_H

#include <entente/remind.h>

/* The ways a notice can go out. Each gives up after config->time_limit seconds; to end a program takes 2.5 more at most. */

typedef struct {
    const Config *config;
    const char *program; /* this program's path, for what "Open" starts; "" */
    const char *journal; /* the one it opens; NULL: what it finds by itself */
    Instant now;
} ChannelOptions;

/* True: it was handed over. False: why not, in one clean line ("sendmail was not found", "gave up after 10 seconds"). */
bool channel_send(const ChannelOptions *options, const Channel *channel, const Notice *notice, Str *ret_why);

/* Whether a session bus for desktop notifications can be reached: what `desktop = auto` asks. */
bool channel_desktop_reachable(void);

/* Whether one of our terminals takes messages just now. */
bool channel_terminal_reachable(void);

/* One each, in a file of its name. */
bool channel_desktop(const ChannelOptions *o, const Notice *n, Str *why);
bool channel_command(const ChannelOptions *o, const Channel *c, const Notice *n, Str *why);
bool channel_mail(const ChannelOptions *o, const Channel *c, const Notice *n, Str *why);
bool channel_file(const ChannelOptions *o, const Channel *c, const Notice *n, Str *why);
bool channel_terminal(const ChannelOptions *o, const Notice *n, Str *why);

/* Writes the notice's line to those of these terminals that are ours and take messages, see mesg(1); how many took it. */
size_t channel_terminal_to(const char *const *paths, size_t count, const Notice *n);

#endif
