#include "timer.h"

#include "own.h"

#include <entente/store.h>
#include <entente/text.h>
#include <entente/when.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The first line of what we write; a unit without it is somebody else's. */
#define MARK      "# Written by `entente remind --install`; `entente remind --uninstall` takes it away."
#define SERVICE   "entente-remind.service"
#define TIMER     "entente-remind.timer"
#define SYSTEMCTL "systemctl", "--user"

enum { UNIT_SERVICE, UNIT_TIMER, UNIT_COUNT, UNIT_MAX = 64 * 1024 };

typedef enum { UNIT_ABSENT, UNIT_OURS, UNIT_FOREIGN } Whose;

typedef struct {
    const char *folder;
    const char *path[UNIT_COUNT];
    Whose whose[UNIT_COUNT];
    const char *old[UNIT_COUNT]; /* what stands there now; NULL where nothing of ours does */
    const char *link;            /* with it the timer is enabled */
    bool linked;
} Units;

static const char AGAIN[] = "Change who may write there, then run `entente remind --install` again.";

static const char *const UNIT_NAMES[UNIT_COUNT] = {SERVICE, TIMER};
static const char *const DISABLE[] = {SYSTEMCTL, "disable", "--now", TIMER, NULL};

/* A manager that answers is more than a program that is there: in a container or under cron there is none. */
bool systemd_reachable(void)
{
    static const char *const ARGV[] = {SYSTEMCTL, "show-environment", NULL};
    const char *home = getenv("HOME");
    Spawned r;
    if (!home || home[0] != '/') return false;
    bool ok = timer_tool(ARGV, SV(""), &r);
    spawned_finish(&r);
    return ok;
}

/* ---- the files ---- */

static bool read_unit(const char *path, Str *out)
{
    char chunk[4096];
    size_t n;
    FILE *f = fopen(path, "r");
    if (!f) return false;
    /* What it says is carried out: who wrote it must be us or root, wherever the program stands. */
    struct stat st;
    if (fstat(fileno(f), &st) != 0 || (st.st_uid != geteuid() && st.st_uid != 0)) {
        fclose(f);
        return false;
    }
    while (out->len < UNIT_MAX && (n = fread(chunk, 1, sizeof chunk, f)) > 0) str_add(out, sv_n(chunk, n));
    bool ok = !ferror(f);
    fclose(f);
    return ok;
}

static Whose whose(const char *path, Arena *arena, const char **ret_old)
{
    struct stat st;
    Str text;
    if (lstat(path, &st) != 0) return UNIT_ABSENT;
    str_init(&text);
    bool ours = S_ISREG(st.st_mode) && read_unit(path, &text) && sv_starts(str_view(&text), SV(MARK "\n"));
    if (ours) *ret_old = arena_str(arena, str_view(&text));
    str_finish(&text);
    return ours ? UNIT_OURS : UNIT_FOREIGN;
}

/* False: there is no home to look in. */
static bool find_units(Units *u, Arena *arena)
{
    char *folder = app_unit_dir();
    *u = (Units){0};
    if (!folder) return false;
    u->folder = arena_str(arena, sv(folder));
    free(folder);
    for (int i = 0; i < UNIT_COUNT; i++) {
        u->path[i] = arena_strf(arena, "%s/%s", u->folder, UNIT_NAMES[i]);
        u->whose[i] = whose(u->path[i], arena, &u->old[i]);
    }
    struct stat st;
    u->link = arena_strf(arena, "%s/timers.target.wants/%s", u->folder, TIMER);
    u->linked = lstat(u->link, &st) == 0;
    return true;
}

/* A link to nothing is what is left of an install that was cut off. */
static bool is_leftover(const Units *u)
{
    struct stat st;
    return u->linked && u->whose[UNIT_TIMER] == UNIT_ABSENT && stat(u->link, &st) != 0 && errno == ENOENT;
}

static bool any_of_ours(const Units *u)
{
    return is_leftover(u) || u->whose[UNIT_SERVICE] == UNIT_OURS || u->whose[UNIT_TIMER] == UNIT_OURS;
}

static bool all_free(const Units *u, Error *err)
{
    for (int i = 0; i < UNIT_COUNT; i++)
        if (u->whose[i] == UNIT_FOREIGN)
            return error_set(
                err, ERR_CANNOT_WRITE,
                "%s: this unit was not written by entente, so it was left alone. Move it away, then "
                "run `entente remind --install` again.",
                u->path[i]);
    return true;
}

/* ---- what stands in them ---- */

/* systemd.syntax(7): a word in double quotes; %% is a percent sign. */
static void add_word(Str *out, const char *prefix, const char *word)
{
    str_addf(out, "\"%s", prefix);
    for (; *word; word++) {
        if (*word == '"' || *word == '\\') str_add_char(out, '\\');
        if (*word == '%') str_add_char(out, '%');
        str_add_char(out, *word);
    }
    str_add_char(out, '"');
}

/* systemd.service(5): after a colon $ stands for itself. A program's own path may hold no quote, its
 * arguments may. */
static void add_call(Str *out, const TimerCall *call)
{
    str_addf(out, TIMER_WHOSE "%s\n", call->whose);
    for (size_t i = 0; i < call->count; i++) {
        str_add_c(out, "Environment=");
        add_word(out, "", call->environment[i]);
        str_add_char(out, '\n');
    }
    str_add_c(out, "ExecStart=");
    if (strpbrk(call->program, "\"'\\")) str_add_c(out, ":/usr/bin/env ");
    add_word(out, strpbrk(call->program, "\"'\\") ? "" : ":", call->program);
    str_add_c(out, " remind --by-timer");
    if (call->journal) {
        str_add_c(out, " --journal ");
        add_word(out, "", call->journal);
    }
    str_add_char(out, '\n');
}

static bool unit_text(int unit, const TimerCall *call, Str *out, Error *err)
{
    Str shipped;
    str_init(&shipped);
    char *path = app_find_data(UNIT_NAMES[unit]);
    bool ok = *path && read_unit(path, &shipped);
    StrView rest = str_view(&shipped);
    str_add_c(out, MARK "\n");
    while (rest.len) {
        StrView line = sv_cut(&rest, '\n');
        if (sv_starts(line, SV("ExecStart="))) {
            add_call(out, call);
        } else {
            str_add(out, line);
            str_add_char(out, '\n');
        }
    }
    if (!ok)
        error_set(err, ERR_UNREADABLE,
                  "%s: it was not found beside the program, or is somebody else's. Install entente anew; "
                  "meanwhile let cron run `entente "
                  "remind`.",
                  UNIT_NAMES[unit]);
    free(path);
    str_finish(&shipped);
    return ok;
}

/* ---- install ---- */

static void forget(const char *const *argv)
{
    Spawned r;
    timer_tool(argv, SV(""), &r);
    spawned_finish(&r);
}

static void reload(void)
{
    static const char *const ARGV[] = {SYSTEMCTL, "daemon-reload", NULL};
    forget(ARGV);
}

static bool gone(const char *path)
{
    return unlink(path) == 0 || errno == ENOENT;
}

static bool says(const char *path, const char *text)
{
    Str there;
    str_init(&there);
    bool same = read_unit(path, &there) && sv_eq(str_view(&there), sv(text));
    str_finish(&there);
    return same;
}

static bool put_back_unit(const char *path, const char *old)
{
    if (!old) return gone(path);
    return says(path, old) || write_whole(path, sv(old), "", NULL);
}

/* False: not all of it could be taken back. */
static bool put_back(const Units *u, bool leftover)
{
    bool ok = true;
    if (!u->linked || leftover) {
        forget(DISABLE);
        ok = gone(u->link);
    }
    for (int i = 0; i < UNIT_COUNT; i++) ok = put_back_unit(u->path[i], u->old[i]) && ok;
    reload();
    return ok;
}

static bool write_units(const Units *u, const Str text[UNIT_COUNT], Error *err)
{
    for (int i = 0; i < UNIT_COUNT; i++)
        if (!u->old[i] || !sv_eq(sv(u->old[i]), str_view(&text[i])))
            if (!write_whole(u->path[i], str_view(&text[i]), AGAIN, err)) return false;
    return true;
}

static bool start(Error *err)
{
    static const char *const RELOAD[] = {SYSTEMCTL, "daemon-reload", NULL};
    static const char *const ENABLE[] = {SYSTEMCTL, "enable", "--now", TIMER, NULL};
    return timer_must(RELOAD, SV(""), "systemd could not take in the units", NULL, err) &&
           timer_must(ENABLE, SV(""), "systemd could not start the timer", NULL, err);
}

static bool write_and_start(const Units *u, const Str text[UNIT_COUNT], Error *err)
{
    Error why = {0};
    bool leftover = is_leftover(u); /* asked before there is a timer for it */
    if (write_units(u, text, &why) && start(&why)) return true;
    bool back = put_back(u, leftover);
    return error_set(
        err, why.code, "%s %s", why.msg,
        back ? "All is as it was before."
             : "What was written could not all be taken back: `entente remind --uninstall` tries again.");
}

bool systemd_install(App *app, const TimerCall *call, Arena *arena, Timer *ret, Error *err)
{
    Units u;
    Str text[UNIT_COUNT];
    for (int i = 0; i < UNIT_COUNT; i++) str_init(&text[i]);
    bool ok = find_units(&u, arena) && all_free(&u, err);
    for (int i = 0; ok && i < UNIT_COUNT; i++) ok = unit_text(i, call, &text[i], err);
    ok = ok && store_make_folders(u.path[UNIT_TIMER], AGAIN, err) && write_and_start(&u, text, err);
    for (int i = 0; i < UNIT_COUNT; i++) str_finish(&text[i]);
    if (ok) systemd_state(app, arena, ret);
    return ok;
}

/* ---- uninstall ---- */

static bool drop(const char *path, Error *err)
{
    if (gone(path)) return true;
    return error_set(err, ERR_CANNOT_WRITE,
                     "%s: %s. Change who may write there, then run `entente remind --uninstall` again.", path,
                     strerror(errno));
}

/* Where no manager answers, the link that enables the timer is taken away by hand. */
bool systemd_uninstall(Arena *arena, Timer *ret, Error *err)
{
    static const char *const CLEAN[] = {SYSTEMCTL, "clean", "--what=state", TIMER, NULL};
    Units u;
    if (!find_units(&u, arena) || !any_of_ours(&u)) return true;
    if (u.whose[UNIT_TIMER] == UNIT_OURS || is_leftover(&u)) {
        forget(DISABLE);
        forget(CLEAN); /* when it last ran, which Persistent= keeps */
        if (!drop(u.link, err)) return false;
    }
    for (int i = 0; i < UNIT_COUNT; i++)
        if (u.whose[i] == UNIT_OURS && !drop(u.path[i], err)) return false;
    reload();
    *ret = (Timer){.kind = TIMER_SYSTEMD, .where = u.path[UNIT_TIMER], .next = "", .todo = ""};
    return true;
}

/* ---- state ---- */

static StrView property(const Str *out, const char *name)
{
    StrView rest = str_view(out);
    while (rest.len) {
        StrView line = sv_cut(&rest, '\n');
        StrView key = sv_cut(&line, '=');
        if (sv_eq(key, sv(name))) return sv_trim(line);
    }
    return SV("");
}

/* "Sun 2026-11-22 21:00:00 UTC", because UTC was asked for. */
static void add_next(const App *app, StrView text, Arena *arena, Timer *ret)
{
    Date day;
    int minutes;
    const Zone utc = zone_fixed(0);
    sv_word(&text);
    StrView date = sv_word(&text), clock = sv_word(&text);
    if (!date_parse_iso(date, &day) || clock.len < 5 || !when_parse_clock(sv_n(clock.ptr, 5), &minutes, NULL))
        return;
    ret->next_at = instant_at(app_zone(app), instant_local(&utc, day, minutes).unix_ms);
    ret->next = timer_when(app, ret->next_at, arena);
}

void systemd_state(const App *app, Arena *arena, Timer *ret)
{
    static const char *const ARGV[] = {
        SYSTEMCTL, "show", TIMER, "-p", "ActiveState", "-p", "NextElapseUSecRealtime", NULL};
    Units u;
    Spawned r;
    if (!find_units(&u, arena) || u.whose[UNIT_TIMER] != UNIT_OURS) return;
    *ret = (Timer){.kind = TIMER_SYSTEMD, .where = u.path[UNIT_TIMER], .next = "", .todo = ""};
    if (u.old[UNIT_SERVICE]) ret->other = timer_other(app, sv(u.old[UNIT_SERVICE]), arena);
    bool answered = timer_tool(ARGV, SV(""), &r);
    if (!answered)
        ret->todo = "systemd does not answer here: it runs the timer where you are logged in.";
    else if (!sv_eq(property(&r.out, "ActiveState"), SV("active")))
        ret->todo = "The timer is stopped: `entente remind --install` starts it again.";
    else
        add_next(app, property(&r.out, "NextElapseUSecRealtime"), arena, ret);
    spawned_finish(&r);
}
