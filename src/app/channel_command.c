#include "channel.h"

#include "spawn.h"
#include <entente/text.h>
#include <entente/vec.h>

enum { SETTINGS = 7 };

static void clean_setting(Str *out, const char *name, const char *text, bool keep_lines)
{
    str_addf(out, "%s=", name);
    text_clean(out, sv(text), keep_lines);
}

/* Numbers in the order of ENTENTE_CHECK_INS and so on; the last is taken away where it does not apply. */
static void add_settings(const Notice *n, Str out[SETTINGS])
{
    clean_setting(&out[0], "ENTENTE_TITLE", n->title, false);
    clean_setting(&out[1], "ENTENTE_BODY", n->body, true);
    clean_setting(&out[2], "ENTENTE_ID", n->id, false);
    str_addf(&out[3], "ENTENTE_CHECK_INS=%zu", n->check_ins);
    str_addf(&out[4], "ENTENTE_COMMITMENTS=%zu", n->commitments);
    str_addf(&out[5], "ENTENTE_REVIEWS=%zu", n->reviews);
    str_add_c(&out[6], n->test ? "ENTENTE_TEST=1" : "ENTENTE_TEST");
}

static bool run(const ChannelOptions *o, const Channel *c, const char *const *environment, StrView input,
                Str *why)
{
    Spawn s = {c->argv, environment, input, o->config->time_limit * 1000};
    Spawned r;
    spawn_run(&s, &r);
    bool ok = spawned_well(&s, &r, why);
    spawned_finish(&r);
    return ok;
}

bool channel_command(const ChannelOptions *o, const Channel *c, const Notice *n, Str *why)
{
    Str settings[SETTINGS], input;
    const char *environment[SETTINGS + 1] = {NULL};
    if (!c->argv || !c->argv[0] || !*c->argv[0]) {
        str_add_c(why, "no command is named");
        return false;
    }
    for (size_t i = 0; i < SETTINGS; i++) str_init(&settings[i]);
    add_settings(n, settings);
    for (size_t i = 0; i < SETTINGS; i++) environment[i] = settings[i].buf;
    str_init(&input);
    str_addf(&input, "%s\n", n->json);
    bool ok = run(o, c, environment, str_view(&input), why);
    str_finish(&input);
    for (size_t i = 0; i < SETTINGS; i++) str_finish(&settings[i]);
    return ok;
}
