#include "own.h"

#include <entente/mem.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* ---- paths ---- */

/* XDG Base Directory: a variable that is unset, empty or relative is ignored. */
static char *xdg_path(const char *variable, const char *below_home, const char *tail)
{
    Str path;
    str_init(&path);
    const char *base = getenv(variable);
    if (base && base[0] == '/') {
        str_add_c(&path, base);
    } else {
        const char *home = getenv("HOME");
        if (!home || home[0] != '/') {
            str_finish(&path);
            return NULL;
        }
        str_addf(&path, "%s/%s", home, below_home);
    }
    str_add_c(&path, tail);
    return str_steal(&path);
}

char *app_default_journal(void)
{
    return xdg_path("XDG_DATA_HOME", ".local/share", "/entente/journal.db");
}

char *app_config_dir(void)
{
    return xdg_path("XDG_CONFIG_HOME", ".config", "/entente");
}

char *app_state_dir(void)
{
    return xdg_path("XDG_STATE_HOME", ".local/state", "/entente");
}

char *app_unit_dir(void)
{
    return xdg_path("XDG_CONFIG_HOME", ".config", "/systemd/user");
}

static char *absolute_path(const char *path)
{
    if (path[0] == '/' || strcmp(path, ":memory:") == 0) return mem_strdup(path);
    char *here = realpath(".", NULL);
    if (!here) return mem_strdup(path);
    Str full;
    str_init(&full);
    str_addf(&full, "%s/%s", here, path);
    free(here);
    return str_steal(&full);
}

void app_program(Str *out)
{
    char path[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path);
    if (n > 0 && (size_t)n < sizeof path) str_add(out, sv_n(path, (size_t)n));
}

/* An installed program has what it came with in ../share, one run from the build folder in the source tree
 * above it. */
static char *find_beside(const char *installed, const char *in_source)
{
    Str program, path;
    str_init(&program);
    str_init(&path);
    app_program(&program);
    char *slash = strrchr(program.buf, '/');
    size_t dir = slash ? (size_t)(slash - program.buf) : 0;
    const char *const beside[] = {"/../share/entente/", installed, "/../../", in_source};
    for (size_t i = 0; slash && i < 4; i += 2) {
        str_clear(&path);
        str_add(&path, sv_n(program.buf, dir));
        str_addf(&path, "%s%s", beside[i], beside[i + 1]);
        if (access(path.buf, R_OK) == 0) break;
        str_clear(&path);
    }
    str_finish(&program);
    if (!path.len) str_addf(&path, "%s/%s", ENTENTE_DATADIR, installed);
    if (access(path.buf, R_OK) != 0) str_clear(&path);
    return str_steal(&path);
}

static char *find_prompts(const char *given)
{
    if (given) return mem_strdup(given);
    const char *variable = getenv("ENTENTE_PROMPTS");
    if (variable && variable[0]) return mem_strdup(variable);
    return find_beside("prompts", "prompts");
}

/*
 * Never beside the prompts: those may be somebody else's, and what is found here is carried out. The variable
 * is for tests, which run programs from any folder.
 */
char *app_find_data(const char *name)
{
    const char *variable = getenv("ENTENTE_DATA");
    Str path;
    str_init(&path);
    if (variable && variable[0] == '/') {
        str_addf(&path, "%s/%s", variable, name);
        return str_steal(&path);
    }
    str_addf(&path, "data/%s", name);
    char *found = find_beside(name, path.buf);
    str_finish(&path);
    return found;
}

/* ---- open and close ---- */

static App *app_new(const AppOptions *options)
{
    App *app = mem_zalloc(1, sizeof *app);
    app->has_now = options->has_now;
    app->now = options->now;
    app->zone = options->zone ? *options->zone : zone_system();
    app->seed = options->seed;
    app->prompts_dir = find_prompts(options->prompts);
    app->calendar = options->calendar ? absolute_path(options->calendar) : NULL;
    return app;
}

static bool file_exists(const char *path)
{
    struct stat st;
    return lstat(path, &st) == 0 || errno != ENOENT;
}

static bool open_store(App *app, const char *path, StoreMode mode, Error *err)
{
    Store *store;
    if (!store_open(path, mode, &store, err)) return false;
    store_close(app->store);
    app->store = store;
    store_seed_ids(store, app->seed);
    return true;
}

static bool open_journal(App *app, Error *err)
{
    if (strcmp(app->path, ":memory:") == 0) {
        app->on_disk = true;
        return open_store(app, ":memory:", STORE_CREATE, err);
    }
    app->on_disk = file_exists(app->path);
    if (app->on_disk) return open_store(app, app->path, STORE_EXISTING, err);
    return open_store(app, ":memory:", STORE_CREATE, err);
}

bool app_open(const AppOptions *options, App **ret, Error *err)
{
    char *path = options->journal ? absolute_path(options->journal) : app_default_journal();
    if (!path)
        return error_set(err, ERR_USAGE,
                         "Cannot tell where the journal is: neither HOME nor XDG_DATA_HOME is set. "
                         "Name a file with --journal.");
    App *app = app_new(options);
    app->path = path;
    if (!open_journal(app, err)) {
        app_close(app);
        return false;
    }
    *ret = app;
    return true;
}

void app_close(App *app)
{
    if (!app) return;
    store_close(app->store);
    free(app->path);
    free(app->prompts_dir);
    free(app->calendar);
    free(app);
}

bool app_ensure_journal(App *app, Error *err)
{
    if (app->on_disk) return true;
    if (!open_store(app, app->path, STORE_CREATE, err)) return false;
    app->on_disk = true;
    return true;
}

/* ---- what it is ---- */

bool app_is_demo(const App *app)
{
    return app->demo;
}

const char *app_journal_path(const App *app)
{
    return app->path;
}

bool app_has_journal(const App *app)
{
    return app->on_disk;
}

const char *app_prompts_dir(const App *app)
{
    return app->prompts_dir;
}

const Zone *app_zone(const App *app)
{
    return &app->zone;
}

Instant app_system_now(const Zone *zone)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return instant_at(zone, (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000);
}

Instant app_now(const App *app)
{
    return app->has_now ? app->now : app_system_now(&app->zone);
}

Date app_today(const App *app)
{
    return instant_date(app_now(app));
}

void app_set_now(App *app, Instant now)
{
    app->has_now = true;
    app->now = now;
}

bool app_changed_elsewhere(App *app)
{
    if (!app->on_disk && file_exists(app->path)) {
        Error err = {0};
        app->on_disk = open_store(app, app->path, STORE_EXISTING, &err);
        return app->on_disk;
    }
    return app->on_disk && store_changed_elsewhere(app->store);
}

void done_init(Done *d)
{
    d->id = 0;
    str_init(&d->text);
}

void done_finish(Done *d)
{
    str_finish(&d->text);
    d->id = 0;
}

bool app_dump(App *app, Str *out, Error *err)
{
    return store_dump(app->store, out, err);
}
