#include <entente/config.h>

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <ini.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <entente/app.h>
#include <entente/nearest.h>
#include <entente/text.h>

#include "settings.h"

enum { FILE_BYTES_MAX = 64 << 10, LINE_BYTES_MAX = 4000, PROBLEMS_MAX = 20 };

/*
 * A file being read. inih tells neither in which line a setting stands nor
 * each line it could not read, so both are followed here.
 */
typedef struct {
    Settings settings;
    StrView rest;     /* the lines to come */
    int line;         /* the one that inih has now */
    int section_line; /* of the section it is in; 0: in none yet */
    int unknown_line; /* of the last section that was said to be unknown */
    bool lost;        /* below a section whose name could not be read */
    bool foreign;     /* others may have written it */
    bool unread;      /* the line holds something that inih has not passed on */
    Vec(ConfigValue) given;
    Vec(const char *) problems;
    size_t unsaid; /* problems beyond PROBLEMS_MAX */
} Loader;

/* ---- problems ---- */

static void problem(Loader *l, int line, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

static void problem(Loader *l, int line, const char *fmt, ...)
{
    if (l->problems.len == PROBLEMS_MAX) {
        l->unsaid++;
        return;
    }
    Str raw, clean;
    str_init(&raw);
    str_init(&clean);
    str_addf(&raw, "%s: ", l->settings.config->path);
    if (line > 0) str_addf(&raw, "line %d: ", line);
    va_list ap;
    va_start(ap, fmt);
    str_vaddf(&raw, fmt, ap);
    va_end(ap);
    text_clean(&clean, str_view(&raw), false);
    vec_push(&l->problems, arena_str(l->settings.arena, str_view(&clean)));
    str_finish(&raw);
    str_finish(&clean);
}

/* The reason may be a clause or a sentence. */
static void bad_value(Loader *l, const Setting *s, const char *why)
{
    int n = (int)strlen(why);
    while (n > 0 && why[n - 1] == '.') n--;
    if (s->repeats)
        problem(l, l->line, "%s: %.*s. It is left out.", s->key, n, why);
    else if (*s->fallback)
        problem(l, l->line, "%s: %.*s. The default, %s, is used.", s->key, n, why, s->fallback);
    else
        problem(l, l->line, "%s: %.*s. The default is used.", s->key, n, why);
}

/* ---- names ---- */

/* The names of the sections, or of the keys of one, and the nearest of them. */
static const char *did_you_mean(Loader *l, const char *section, const char *typed)
{
    const char **names = arena_array(l->settings.arena, setting_count, sizeof *names);
    size_t n = 0;
    for (size_t i = 0; i < setting_count; i++)
        if (!section || strcmp(settings[i].section, section) == 0)
            names[n++] = section ? settings[i].key : settings[i].section;
    const char *like = nearest_word(typed, names, n);
    if (!like) return "";
    return arena_strf(l->settings.arena, section ? " Did you mean %s?" : " Did you mean [%s]?", like);
}

static void unknown_section(Loader *l, const char *section)
{
    if (l->section_line == 0) {
        problem(l, l->line, "it stands before the first [section]. It is left out.");
        return;
    }
    if (l->unknown_line == l->section_line) return; /* said at its first setting */
    l->unknown_line = l->section_line;
    problem(l, l->section_line, "there is no section [%s].%s What stands in it is left out.",
            arena_strf(l->settings.arena, "%.40s", section), did_you_mean(l, NULL, section));
}

static void unknown_key(Loader *l, const char *section, const char *key)
{
    const char *shown = setting_quoted(l->settings.arena, sv(key));
    for (size_t i = 0; i < setting_count; i++) {
        if (strcmp(settings[i].key, key) != 0) continue;
        problem(l, l->line, "%s belongs in [%s]. It is left out.", shown, settings[i].section);
        return;
    }
    problem(l, l->line, "there is no setting %s in [%s].%s It is left out.", shown, section,
            did_you_mean(l, section, key));
}

static const Setting *find_setting(Loader *l, const char *section, const char *key)
{
    bool known = false;
    for (size_t i = 0; i < setting_count; i++) {
        if (strcmp(settings[i].section, section) != 0) continue;
        if (strcmp(settings[i].key, key) == 0) return &settings[i];
        known = true;
    }
    if (known)
        unknown_key(l, section, key);
    else
        unknown_section(l, section);
    return NULL;
}

/* ---- values ---- */

static const ConfigValue *find_given(const Loader *l, const Setting *s)
{
    for (size_t i = 0; i < l->given.len; i++)
        if (l->given.at[i].key == s->key && l->given.at[i].section == s->section) return &l->given.at[i];
    return NULL;
}

static void set(Loader *l, const Setting *s, StrView value)
{
    Error why = {0};
    l->settings.shown = NULL;
    const ConfigValue *before = s->repeats ? NULL : find_given(l, s);
    if (before) {
        problem(l, l->line, "%s: it is set in line %d already, and that counts. It is left out.", s->key,
                before->line);
    } else if (s->own && l->foreign) {
        problem(l, l->line, "%s: it is left out, because others can change this file.", s->key);
    } else if (value.len == 0) {
        bad_value(l, s, "its value is missing");
    } else if (!s->take(&l->settings, value, &why)) {
        bad_value(l, s, why.msg);
    } else {
        const char *shown = l->settings.shown;
        ConfigValue given = {s->section, s->key, shown ? shown : arena_str(l->settings.arena, value),
                             l->line};
        vec_push(&l->given, given);
    }
}

/* The defaults are written as a user would write them: one reader for both. */
static void set_defaults(Loader *l)
{
    for (size_t i = 0; i < setting_count; i++) {
        Error why = {0};
        if (!*settings[i].fallback || find_given(l, &settings[i])) continue;
        bool ok = settings[i].take(&l->settings, sv(settings[i].fallback), &why);
        assert(ok);
        (void)ok;
    }
}

/* ---- lines ---- */

static int on_setting(void *data, const char *section, const char *key, const char *value)
{
    Loader *l = data;
    l->unread = false;
    StrView inner = sv_trim(sv(section));
    const Setting *s = l->lost ? NULL : find_setting(l, arena_str(l->settings.arena, inner), key);
    if (s) set(l, s, sv(value));
    return 1;
}

static bool has_control(StrView line)
{
    for (size_t i = 0; i < line.len; i++) {
        unsigned char c = (unsigned char)line.ptr[i];
        if ((c < 0x20 && c != '\t') || c == 0x7f) return true;
    }
    return false;
}

static bool may_read(Loader *l, StrView line, size_t max)
{
    if (line.len > max)
        problem(l, l->line, "it is longer than %zu bytes. It is left out.", max);
    else if (!text_valid(line, NULL))
        problem(l, l->line, "it is not UTF-8 text. It is left out.");
    else if (has_control(line))
        problem(l, l->line, "it holds a control character. It is left out.");
    else
        return true;
    return false;
}

/* As inih looks for the end: a `;` behind a space begins a comment. */
static bool section_ends(StrView line)
{
    for (size_t i = 1; i < line.len; i++) {
        if (line.ptr[i] == ']') return true;
        if (line.ptr[i] == ';' && (line.ptr[i - 1] == ' ' || line.ptr[i - 1] == '\t')) return false;
    }
    return false;
}

static void expect(Loader *l, StrView line)
{
    char first = line.len > 0 ? line.ptr[0] : '#';
    l->unread = first != '#' && first != ';';
    if (first != '[') return;
    l->section_line = l->line;
    l->lost = !section_ends(line);
    l->unread = false;
    if (l->lost) problem(l, l->line, "the ] is missing. What stands in this section is left out.");
}

static void check_read(Loader *l)
{
    if (l->unread) problem(l, l->line, "it is neither KEY = VALUE nor [section]. It is left out.");
    l->unread = false;
}

/* The space before a line is taken away: inih would add an indented line to the value before it. */
static char *next_line(char *buf, int size, void *data)
{
    Loader *l = data;
    check_read(l);
    if (l->rest.len == 0) return NULL;
    l->line++;
    StrView line = sv_trim(sv_cut(&l->rest, '\n'));
    if (!may_read(l, line, (size_t)size - 2)) line = SV("");
    expect(l, line);
    memcpy(buf, line.ptr, line.len);
    memcpy(buf + line.len, "\n", 2);
    return buf;
}

static void read_lines(Loader *l, StrView text)
{
#ifdef ENTENTE_INIH_TAKES_LIMITS
    ini_max_line = LINE_BYTES_MAX + 2; /* without it 200: short for a command */
#endif
    static const char BOM[] = "\xef\xbb\xbf";
    size_t skip = sv_starts(text, sv(BOM)) ? strlen(BOM) : 0;
    l->rest = sv_n(text.ptr + skip, text.len - skip);
    ini_parse_stream(next_line, l, on_setting, l);
}

/* ---- the file ---- */

/* At most one byte more than may be read: enough to tell that it is too large. */
static bool read_all(int fd, Str *out)
{
    char piece[4096];
    while (out->len <= FILE_BYTES_MAX) {
        ssize_t n = read(fd, piece, sizeof piece);
        if (n == 0) return true;
        if (n < 0 && errno != EINTR) return false;
        if (n > 0) str_add(out, sv_n(piece, (size_t)n));
    }
    return true;
}

/* What it names is run as us, or told what is due: only the superuser may have written it beside us. */
static void check_whose(Loader *l, const struct stat *st)
{
    static const char LEFT_OUT[] = "Its programs, addresses, files and names are left out.";
    bool writable = (st->st_mode & (S_IWGRP | S_IWOTH)) != 0;
    bool others = st->st_uid != geteuid() && st->st_uid != 0;
    l->foreign = writable || others;
    if (others)
        problem(l, 0, "it belongs to somebody else. %s", LEFT_OUT);
    else if (writable)
        problem(l, 0, "others can change it: `chmod go-w` takes that away. %s", LEFT_OUT);
}

static void read_open_file(Loader *l, int fd)
{
    static const char DEFAULTS[] = "The defaults are used.";
    struct stat st;
    Str text;
    str_init(&text);
    bool known = fstat(fd, &st) == 0;
    if (known && S_ISREG(st.st_mode)) check_whose(l, &st);
    if (known && !S_ISREG(st.st_mode))
        problem(l, 0, "it is not a regular file. %s", DEFAULTS);
    else if (!read_all(fd, &text))
        problem(l, 0, "it cannot be read: %s. %s", strerror(errno), DEFAULTS);
    else if (text.len > FILE_BYTES_MAX)
        problem(l, 0, "it is larger than %d KiB. %s", FILE_BYTES_MAX >> 10, DEFAULTS);
    else
        read_lines(l, str_view(&text));
    str_finish(&text);
}

static void read_file(Loader *l)
{
    Config *c = l->settings.config;
    if (!*c->path) return;
    /* O_NONBLOCK: a pipe put in the file's place must not hang the program. */
    int fd = open(c->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    c->exists = fd >= 0 || (errno != ENOENT && errno != ENOTDIR);
    if (fd < 0 && c->exists)
        problem(l, 0, "it cannot be opened: %s. The defaults are used.", strerror(errno));
    if (fd < 0) return;
    read_open_file(l, fd);
    close(fd);
}

static const char *users_path(Arena *arena)
{
    char *dir = app_config_dir();
    const char *path = dir ? arena_strf(arena, "%s/entente.conf", dir) : "";
    free(dir);
    return path;
}

/* ---- what came of it ---- */

static void list_values(Loader *l)
{
    size_t n = 0;
    ConfigValue *all = arena_array(l->settings.arena, setting_count + l->given.len, sizeof *all);
    for (size_t i = 0; i < setting_count; i++) {
        const Setting *s = &settings[i];
        for (size_t k = 0; k < l->given.len; k++)
            if (l->given.at[k].key == s->key && l->given.at[k].section == s->section)
                all[n++] = l->given.at[k];
        if (!find_given(l, s)) all[n++] = (ConfigValue){s->section, s->key, s->fallback, 0};
    }
    l->settings.config->values = all;
    l->settings.config->value_count = n;
    vec_finish(&l->given);
}

static void list_problems(Loader *l)
{
    Config *c = l->settings.config;
    if (l->unsaid > 0)
        vec_push(&l->problems,
                 arena_strf(l->settings.arena, "%s: %zu more lines have problems.", c->path, l->unsaid));
    c->problems = arena_copy(l->settings.arena, l->problems.at, l->problems.len * sizeof *l->problems.at);
    c->problem_count = l->problems.len;
    vec_finish(&l->problems);
}

void config_load(const char *path, Arena *arena, Config *ret)
{
    *ret = (Config){.path = path ? arena_str(arena, sv(path)) : users_path(arena)};
    Loader l = {.settings = {.config = ret, .arena = arena}};
    read_file(&l);
    set_defaults(&l);
    settings_finish(&l.settings);
    list_values(&l);
    list_problems(&l);
}

/* ---- commands ---- */

typedef Vec(const char *) Words;

/* Reads a word up to the space behind it; false: what is open at its end. */
static bool read_word(StrView text, size_t *at, Str *out, Error *err)
{
    char quote = 0;
    for (; *at < text.len; ++*at) {
        char c = text.ptr[*at];
        if (!quote && (c == ' ' || c == '\t')) return true;
        if (c == '\\' && quote != '\'') {
            if (++*at == text.len) return error_set(err, ERR_USAGE, "the \\ at its end stands for nothing");
            str_add_char(out, text.ptr[*at]);
        } else if (quote ? c == quote : c == '"' || c == '\'') {
            quote = quote ? 0 : c;
        } else {
            str_add_char(out, c);
        }
    }
    if (!quote) return true;
    return error_set(err, ERR_USAGE, "the quote %c is not closed (a ; behind a space begins a comment)",
                     quote);
}

static bool read_words(StrView text, Arena *arena, Words *words, Error *err)
{
    bool ok = true;
    for (size_t at = 0; ok && at < text.len;) {
        if (text.ptr[at] == ' ' || text.ptr[at] == '\t') {
            at++;
            continue;
        }
        Str word;
        str_init(&word);
        ok = read_word(text, &at, &word, err);
        vec_push(words, arena_str(arena, str_view(&word)));
        str_finish(&word);
    }
    return ok;
}

bool config_split(StrView text, Arena *arena, const char *const **ret, Error *err)
{
    Words words = {0};
    bool ok = read_words(text, arena, &words, err);
    if (ok && (words.len == 0 || !*words.at[0])) ok = error_set(err, ERR_USAGE, "no program is named");
    vec_push(&words, NULL);
    if (ok) *ret = arena_copy(arena, words.at, words.len * sizeof *words.at);
    vec_finish(&words);
    return ok;
}
