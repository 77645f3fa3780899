/* Sends one notification as the program does: TITLE BODY [COMMAND...]; the command is what its button starts.
 */
#include "../../src/app/channel.h"

#include <stdio.h>

int main(int argc, char **argv)
{
    if (argc < 3) return 2;
    Config config = {.time_limit = 60, .open = argc > 3 ? (const char *const *)&argv[3] : NULL};
    ChannelOptions options = {.config = &config, .program = ""};
    Notice notice = {.id = "2026-11-22:1", .title = argv[1], .body = argv[2], .json = "{}"};
    Channel desktop = {.kind = CHANNEL_DESKTOP, .name = "desktop", .target = ""};
    Str why;
    str_init(&why);
    if (!channel_desktop_reachable()) str_add_c(&why, "no desktop can be reached; ");
    bool ok = channel_send(&options, &desktop, &notice, &why);
    if (why.len > 0) fprintf(stderr, "desktop: %s\n", why.buf);
    str_finish(&why);
    return ok ? 0 : 1;
}
