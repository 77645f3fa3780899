#include "channel.h"

#include <entente/text.h>

static bool send_it(const ChannelOptions *o, const Channel *c, const Notice *n, Str *why)
{
    switch (c->kind) {
    case CHANNEL_DESKTOP: return channel_desktop(o, n, why);
    case CHANNEL_COMMAND: return channel_command(o, c, n, why);
    case CHANNEL_MAIL: return channel_mail(o, c, n, why);
    case CHANNEL_FILE: return channel_file(o, c, n, why);
    case CHANNEL_TERMINAL: return channel_terminal(o, n, why);
    }
    str_add_c(why, "there is no such channel");
    return false;
}

bool channel_send(const ChannelOptions *options, const Channel *channel, const Notice *notice, Str *ret_why)
{
    enum { WHY_CELLS = 240 };
    Str why, clean;
    str_init(&why);
    str_init(&clean);
    bool ok = send_it(options, channel, notice, &why);
    if (!ok) {
        text_clean(&clean, str_view(&why), false);
        text_ellipsis(ret_why, str_view(&clean), WHY_CELLS, false);
    }
    str_finish(&clean);
    str_finish(&why);
    return ok;
}
