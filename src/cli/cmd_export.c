#include "own.h"

#include <entente/export.h>
#include <entente/text.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The forms a journal can be had in. */
static const struct Format {
    const char *name, *what;
    bool (*write)(App *app, Id alliance, Str *out, Error *err);                  /* alliance 0: all */
    bool (*keep)(const char *path, StrView text, bool *ret_written, Error *err); /* into a file */
} FORMATS[] = {
    {"ics", "calendar", app_export_ics, app_write_calendar},
};

enum { FORMAT_COUNT = sizeof FORMATS / sizeof *FORMATS };

static const struct Format *find_format(const char *name, Error *err)
{
    Str names;
    str_init(&names);
    for (size_t i = 0; i < FORMAT_COUNT; i++) {
        if (strcmp(FORMATS[i].name, name) == 0) {
            str_finish(&names);
            return &FORMATS[i];
        }
        str_addf(&names, "%s%s", i ? ", " : "", FORMATS[i].name);
    }
    error_set(err, ERR_USAGE, "export: \"%s\" is no format. There is: %s.", name, names.buf);
    str_finish(&names);
    return NULL;
}

/* A file gets the bytes as they are; what a terminal shows is clean. */
static void print_text(Run *r, StrView text)
{
    int fd = fileno(r->out);
    if (fd < 0 || !isatty(fd)) {
        put(r->out, text);
        return;
    }
    Str clean;
    str_init(&clean);
    text_clean(&clean, text, true);
    put(r->out, str_view(&clean));
    str_finish(&clean);
}

static bool keep(Run *r, const struct Format *format, const char *path, StrView text, Error *err)
{
    bool written;
    if (!format->keep(path, text, &written, err)) return false;
    if (written)
        say(r, "Wrote the %s to %s.", format->what, path);
    else
        say(r, "%s holds this %s already.", path, format->what);
    return true;
}

/* `export ics ana` is more likely to mean a person than a file of that name. */
static bool is_file_name(Run *r, const char *format, const char *path, Error *err)
{
    Id id;
    AllianceRow row;
    struct stat st;
    if (!path || strpbrk(path, "/.") || lstat(path, &st) == 0) return true;
    if (!app_find(r->app, path, false, &id, NULL)) return true;
    if (!app_alliance_row(r->app, id, &r->arena, &row, err)) return false;
    Str who;
    str_init(&who);
    add_who(&who, path);
    error_set(
        err, ERR_USAGE,
        "%s is an alliance, not a file: `entente export %s - %s` prints that of %s, `entente export %s ./%s` "
        "writes a file of that name.",
        path, format, who.buf, row.alliance.name, format, who.buf);
    str_finish(&who);
    return false;
}

bool cmd_export(Run *r, Error *err)
{
    const struct Format *format = find_format(arg(r, 0), err);
    const char *path = arg(r, 1);
    Id id = 0;
    if (!format || !is_file_name(r, format->name, path, err) ||
        (arg_count(r) > 2 && !find_who(r, 2, &id, err)))
        return false;
    Str text;
    str_init(&text);
    bool ok = format->write(r->app, id, &text, err);
    if (ok && (!path || strcmp(path, "-") == 0))
        print_text(r, str_view(&text));
    else
        ok = ok && keep(r, format, path, str_view(&text), err);
    str_finish(&text);
    return ok;
}
