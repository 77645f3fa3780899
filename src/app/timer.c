#include "timer.h"

#include "own.h"
#include "remind_own.h"

#include <entente/text.h>
#include <entente/vec.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* ---- running the tools ---- */

/* Tests on a machine that is busy give their stand-ins more. */
static int tool_limit(void)
{
    enum { TOOL_LIMIT_MS = 5000, LONGEST_MS = 600000 };
    const char *variable = getenv("ENTENTE_TOOL_LIMIT_MS");
    long limit;
    return variable && sv_to_int(sv(variable), 1, LONGEST_MS, &limit) ? (int)limit : TOOL_LIMIT_MS;
}

bool timer_tool(const char *const *argv, StrView input, Spawned *ret)
{
    static const char *const PLAIN[] = {"LC_ALL=C", "TZ=UTC", "SYSTEMD_PAGER=", "SYSTEMD_COLORS=0", NULL};
    Spawn s = {.argv = argv, .environment = PLAIN, .input = input, .limit_ms = tool_limit()};
    spawn_run(&s, ret);
    return ret->end == SPAWN_EXITED && ret->status == 0;
}

bool timer_must(const char *const *argv, StrView input, const char *what, bool *ret_late, Error *err)
{
    Spawn s = {.argv = argv, .limit_ms = tool_limit()};
    Spawned r;
    Str why;
    str_init(&why);
    timer_tool(argv, input, &r);
    bool ok = spawned_well(&s, &r, &why);
    if (!ok) error_set(err, ERR_CANNOT_WRITE, "%s: %s.", what, why.buf);
    if (!ok && ret_late) *ret_late = r.end == SPAWN_TIMED_OUT || r.end == SPAWN_SIGNALLED;
    str_finish(&why);
    spawned_finish(&r);
    return ok;
}

/* ---- how a run is called ---- */

typedef Vec(const char *) Names;

/* A unit and a crontab are lines of text. */
static bool one_line(StrView text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.ptr[i] < ' ' || text.ptr[i] == 0x7f) return false;
    return text_valid(text, NULL);
}

static bool checked_path(const char *path, const char *what, Error *err)
{
    if (one_line(sv(path))) return true;
    return error_set(err, ERR_USAGE,
                     "%s: its path cannot be written into a timer, because it is more than one line of "
                     "text. Give it another place.",
                     what);
}

/* Relative folders, and none at all between or behind colons, mean something else wherever the timer stands.
 */
static bool all_absolute(StrView folders)
{
    if (folders.ptr[folders.len - 1] == ':') return false;
    while (folders.len) {
        StrView folder = sv_cut(&folders, ':');
        if (!sv_starts(folder, SV("/"))) return false;
    }
    return true;
}

static void add_variable(Names *names, Arena *arena, const char *name, const char *value)
{
    vec_push(names, arena_strf(arena, "%s=%s", name, value));
}

static bool call_environment(TimerCall *call, Arena *arena, Error *err)
{
    static const char *const FOLDERS[] = {"HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"};
    Names names = {0};
    bool ok = true;
    for (size_t i = 0; ok && i < sizeof FOLDERS / sizeof *FOLDERS; i++) {
        const char *value = getenv(FOLDERS[i]);
        if (!value || value[0] != '/') continue;
        ok = checked_path(value, FOLDERS[i], err);
        add_variable(&names, arena, FOLDERS[i], value);
    }
    const char *zone = getenv("TZ"), *path = getenv("PATH");
    if (zone && *zone && one_line(sv(zone))) add_variable(&names, arena, "TZ", zone);
    call->has_path = path && *path && one_line(sv(path)) && all_absolute(sv(path));
    if (call->has_path) add_variable(&names, arena, "PATH", path);
    call->count = names.len;
    call->environment = arena_copy(arena, names.at, names.len * sizeof *names.at);
    vec_finish(&names);
    return ok;
}

static bool call_program(TimerCall *call, Arena *arena, Error *err)
{
    Str program;
    str_init(&program);
    app_program(&program);
    call->program = arena_str(arena, str_view(&program));
    str_finish(&program);
    if (*call->program) return checked_path(call->program, "The program", err);
    return error_set(
        err, ERR_UNREADABLE,
        "The timer: the system does not say where this program is. Let cron run `entente remind` "
        "every ten minutes.");
}

static bool call_of(const App *app, TimerCall *ret, Arena *arena, Error *err)
{
    *ret = (TimerCall){0};
    if (app->demo || strcmp(app->path, ":memory:") == 0)
        return error_set(err, ERR_USAGE,
                         "The timer: this journal is in memory only. Name a file with --journal.");
    Config config;
    config_load(NULL, arena, &config);
    char *usual = config.journal ? mem_strdup(config.journal) : app_default_journal();
    if (!usual || strcmp(usual, app->path) != 0) ret->journal = arena_str(arena, sv(app->path));
    free(usual);
    ret->whose = arena_str(arena, sv(app->path));
    return call_program(ret, arena, err) && call_environment(ret, arena, err) &&
           checked_path(ret->whose, "The journal", err);
}

static bool is_same_file(const char *a, const char *b)
{
    struct stat sa, sb;
    if (strcmp(a, b) == 0) return true;
    return stat(a, &sa) == 0 && stat(b, &sb) == 0 && sa.st_dev == sb.st_dev && sa.st_ino == sb.st_ino;
}

const char *timer_other(const App *app, StrView text, Arena *arena)
{
    while (text.len) {
        StrView line = sv_trim(sv_cut(&text, '\n')), end = SV(TIMER_UNDONE);
        if (!sv_starts(line, SV(TIMER_WHOSE))) continue;
        StrView path = sv_n(line.ptr + strlen(TIMER_WHOSE), line.len - strlen(TIMER_WHOSE));
        if (path.len > end.len && sv_eq(sv_n(path.ptr + path.len - end.len, end.len), end))
            path.len -= end.len;
        const char *other = arena_str(arena, path);
        return is_same_file(other, app->path) ? NULL : other;
    }
    return NULL;
}

void timer_quote(Str *out, const char *word)
{
    str_add_char(out, '\'');
    for (; *word; word++) {
        if (*word == '\'')
            str_add_c(out, "'\"'\"'"); /* not '\'': cron has a backslash of its own */
        else
            str_add_char(out, *word);
    }
    str_add_char(out, '\'');
}

/* In the background and out of the shell's list of jobs: a login waits for nobody. */
static void login_line(const TimerCall *call, Arena *arena, Timer *ret)
{
    Str line;
    str_init(&line);
    str_add_char(&line, '(');
    timer_quote(&line, call->program);
    str_add_c(&line, " remind --by-timer");
    if (call->journal) {
        str_add_c(&line, " --journal ");
        timer_quote(&line, call->journal);
    }
    str_add_c(&line, " &)");
    *ret = (Timer){.kind = TIMER_LOGIN,
                   .why = ret->why,
                   .where = "~/.profile",
                   .next = "",
                   .todo = arena_str(arena, str_view(&line))};
    str_finish(&line);
}

const char *timer_when(const App *app, Instant at, Arena *arena)
{
    Str text;
    str_init(&text);
    when_add(&text, at, app_today(app));
    const char *result = arena_str(arena, str_view(&text));
    str_finish(&text);
    return result;
}

/* ---- the verbs ---- */

/* Without it all goes on but for being missed: that it cannot be written just now stops nothing. */
static void note_timer(App *app, Instant at)
{
    Instant before = INSTANT_NONE;
    Error why = {0};
    if (!app_has_journal(app) || !store_timer_run(app->store, &before, &why)) return;
    if (instant_is_none(before) && instant_is_none(at)) return;
    if (!store_begin(app->store, &why)) return;
    if (!store_timer_run_set(app->store, at, &why) || !store_commit_quietly(app->store, &why))
        store_rollback(app->store);
}

static const Timer NO_TIMER = {.kind = TIMER_NONE, .where = "", .next = "", .todo = ""};

/* Two timers would do no harm, but one that nobody knows of may outlive what it runs. */
static void drop_cron(Arena *arena, Timer *made)
{
    Error why = {0};
    Timer dropped = NO_TIMER;
    if (cron_uninstall(arena, &dropped, &why)) return;
    made->todo = arena_strf(arena, "%s%sA line in your crontab may run them as well. %s", made->todo,
                            *made->todo ? " " : "", why.msg);
}

bool app_timer_install(App *app, Arena *arena, Timer *ret, Error *err)
{
    TimerCall call;
    Timer made = NO_TIMER;
    if (!call_of(app, &call, arena, err)) return false;
    if (systemd_reachable()) {
        if (!systemd_install(app, &call, arena, &made, err)) return false;
        drop_cron(arena, &made);
    } else if (!cron_install(app, &call, arena, &made, err)) {
        return false;
    }
    if (made.kind == TIMER_NONE)
        login_line(&call, arena, &made);
    else
        note_timer(app, app_now(app));
    *ret = made;
    return true;
}

bool app_timer_uninstall(App *app, Arena *arena, Timer *ret, Error *err)
{
    Timer units = NO_TIMER, lines = NO_TIMER;
    if (!systemd_uninstall(arena, &units, err) || !cron_uninstall(arena, &lines, err)) return false;
    note_timer(app, INSTANT_NONE);
    *ret = units.kind == TIMER_NONE ? lines : units;
    if (units.kind != TIMER_NONE && lines.kind != TIMER_NONE)
        ret->where = arena_strf(arena, "%s and %s", units.where, lines.where);
    return true;
}

bool app_timer_state(App *app, Arena *arena, Timer *ret, Error *err)
{
    Timer found = NO_TIMER;
    Error why = {0};
    (void)err;
    systemd_state(app, arena, &found);
    if (found.kind == TIMER_NONE && !cron_state(app, arena, &found, &why))
        found.todo = arena_str(arena, sv(why.msg));
    *ret = found;
    return true;
}
