#include "channel.h"

#include "spawn.h"
#include <entente/text.h>
#include <entente/vec.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { STAY_MS = 60 * 60 * 1000 };

/* ---- the session's bus ---- */

static bool is_our_socket(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISSOCK(st.st_mode) && st.st_uid == geteuid();
}

/* Where systemd puts it; cron's jobs have no variable that says so. */
static bool find_bus(Str *ret_path)
{
    const char *runtime = getenv("XDG_RUNTIME_DIR");
    str_clear(ret_path);
    if (runtime && runtime[0] == '/') {
        str_addf(ret_path, "%s/bus", runtime);
        if (is_our_socket(ret_path->buf)) return true;
    }
    str_clear(ret_path);
    str_addf(ret_path, "/run/user/%ld/bus", (long)geteuid());
    return is_our_socket(ret_path->buf);
}

static bool bus_is_named(void)
{
    const char *address = getenv("DBUS_SESSION_BUS_ADDRESS");
    return address && *address;
}

bool channel_desktop_reachable(void)
{
    Str path;
    str_init(&path);
    bool yes = spawn_find("notify-send", NULL, &path) && (bus_is_named() || find_bus(&path));
    str_finish(&path);
    return yes;
}

/* https://dbus.freedesktop.org/doc/dbus-specification.html#addresses: what may stand unescaped */
static void add_address_value(Str *out, const char *path)
{
    for (; *path; path++) {
        char c = *path;
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || strchr("-_/.*", c))
            str_add_char(out, c);
        else
            str_addf(out, "%%%02x", (unsigned)(unsigned char)c);
    }
}

/* The setting the program needs beside ours, or nothing. */
static void bus_setting(Str *out)
{
    Str path;
    str_init(&path);
    if (!bus_is_named() && find_bus(&path)) {
        str_add_c(out, "DBUS_SESSION_BUS_ADDRESS=unix:path=");
        add_address_value(out, path.buf);
    }
    str_finish(&path);
}

/* ---- what is said ---- */

/* https://specifications.freedesktop.org/notification-spec/latest/markup.html; notify-send reads \n and the
 * like in it. */
static void add_body(Str *out, const char *body)
{
    Str clean;
    str_init(&clean);
    text_clean(&clean, sv(body), true);
    for (const char *c = clean.buf; *c; c++) {
        switch (*c) {
        case '&': str_add_c(out, "&amp;"); break;
        case '<': str_add_c(out, "&lt;"); break;
        case '>': str_add_c(out, "&gt;"); break;
        case '\\': str_add_c(out, "\\\\"); break;
        default: str_add_char(out, *c);
        }
    }
    str_finish(&clean);
}

/* Not in the specification, but notify-osd, dunst and mako know it: a later one of this name takes the place
 * of the earlier. */
static void add_hint(Str *out, const char *id)
{
    str_add_c(out, "--hint=string:x-canonical-private-synchronous:entente-");
    for (; *id; id++) {
        bool plain = (*id >= 'a' && *id <= 'z') || (*id >= 'A' && *id <= 'Z') || (*id >= '0' && *id <= '9');
        str_add_char(out, plain ? *id : '-');
    }
}

typedef struct {
    Str bus, title, body, hint;
} Words;

static void words_init(Words *w, const Notice *n)
{
    str_init(&w->bus);
    str_init(&w->title);
    str_init(&w->body);
    str_init(&w->hint);
    bus_setting(&w->bus);
    text_clean(&w->title, sv(n->title), false);
    add_body(&w->body, n->body);
    add_hint(&w->hint, n->id);
}

static void words_finish(Words *w)
{
    str_finish(&w->bus);
    str_finish(&w->title);
    str_finish(&w->body);
    str_finish(&w->hint);
}

/* ---- sending ---- */

typedef Vec(const char *) Args;

/* `entente` is this very program, on PATH or not, with the journal the notice is about. Empty where it could
 * not be started: no button that does nothing. */
static void opening(const ChannelOptions *o, Args *ret)
{
    Str path;
    str_init(&path);
    for (const char *const *a = o->config->open; a && *a; a++) {
        bool us = strcmp(*a, "entente") == 0;
        vec_push(ret, us && *o->program ? o->program : *a);
        if (!us || !o->journal) continue;
        vec_push(ret, "--journal");
        vec_push(ret, o->journal);
    }
    if (ret->len > 0 && !spawn_find(ret->at[0], NULL, &path)) ret->len = 0;
    vec_push(ret, NULL);
    str_finish(&path);
}

static void add_arguments(Args *argv, const Words *w, bool with_action)
{
    static const char *const ALWAYS[] = {"notify-send", "--app-name=entente", "--category=x-entente.reminder",
                                         "--urgency=normal"};
    for (size_t i = 0; i < sizeof ALWAYS / sizeof ALWAYS[0]; i++) vec_push(argv, ALWAYS[i]);
    vec_push(argv, w->hint.buf);
    if (with_action) {
        vec_push(argv, "--print-id"); /* its line says that the server has it */
        vec_push(argv, "--action=open=Open");
    }
    vec_push(argv, "--");
    vec_push(argv, w->title.buf);
    vec_push(argv, w->body.buf);
    vec_push(argv, NULL);
}

typedef struct {
    const Words *words;
    const char *const *then; /* NULL: no button */
    int64_t until;
} Attempt;

static bool attempt(const Attempt *a, int limit_ms, bool *ret_late, Str *why)
{
    Args argv = {0};
    Spawned r;
    const char *const environment[] = {a->words->bus.len > 0 ? a->words->bus.buf : NULL, NULL};
    int64_t left = a->until - spawn_clock_ms();
    add_arguments(&argv, a->words, a->then != NULL);
    Spawn s = {argv.at, environment, {"", 0}, left > 0 ? (int)left : 0};
    SpawnStay stay = {"open", a->then, STAY_MS};
    if (a->then)
        spawn_stay(&s, &stay, &r);
    else
        spawn_run(&s, &r);
    *ret_late = r.end == SPAWN_TIMED_OUT;
    s.limit_ms = limit_ms; /* in words: all of it, not what was left for this attempt */
    bool ok = spawned_well(&s, &r, why);
    spawned_finish(&r);
    vec_finish(&argv);
    return ok;
}

/* An older notify-send knows no --action: then without. */
static bool send_words(const ChannelOptions *o, const Words *w, Str *why)
{
    int limit_ms = o->config->time_limit * 1000;
    Args then = {0};
    opening(o, &then);
    Attempt a = {w, then.len > 1 ? then.at : NULL, spawn_clock_ms() + limit_ms};
    bool late = false, ok = attempt(&a, limit_ms, &late, why);
    if (!ok && !late && a.then) {
        str_clear(why);
        a.then = NULL;
        ok = attempt(&a, limit_ms, &late, why);
    }
    vec_finish(&then);
    return ok;
}

bool channel_desktop(const ChannelOptions *o, const Notice *n, Str *why)
{
    Words w;
    Str reason;
    words_init(&w, n);
    str_init(&reason);
    bool ok = send_words(o, &w, &reason);
    str_add(why, str_view(&reason));
    str_finish(&reason);
    words_finish(&w);
    return ok;
}
