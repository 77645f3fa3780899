#include <entente/handoff.h>

#include "fd.h"

#include <dirent.h>
#include <entente/arena.h>
#include <entente/model.h>
#include <entente/text.h>
#include <entente/vec.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const char KEPT[] = "The text before it is kept.";
static const char MARK[] = "# Write above this line. It and the question below are not kept.\n";

/* ---- the file ---- */

/* Memory-backed places first: what is written there never reaches a disk. */
static bool make_dir(Str *ret, Error *err)
{
    const char *const places[] = {getenv("XDG_RUNTIME_DIR"), "/dev/shm", getenv("TMPDIR"), "/tmp"};
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        if (!places[i] || places[i][0] != '/') continue;
        str_clear(ret);
        str_addf(ret, "%s/entente-XXXXXX", places[i]);
        if (mkdtemp(ret->buf)) return true;
    }
    return error_set(err, ERR_CANNOT_WRITE, "Cannot make a folder for the editor: %s. %s", strerror(errno),
                     KEPT);
}

/* The editor's own backups and swap files go with it. */
static void remove_dir(const char *dir)
{
    DIR *d = opendir(dir);
    struct dirent *entry;
    while (d && (entry = readdir(d)) != NULL) unlinkat(dirfd(d), entry->d_name, 0);
    if (d) closedir(d);
    rmdir(dir);
}

/* Editors open on the first line: what is written begins there. */
static void comment_lines(Str *out, StrView question)
{
    StrView rest = question;
    str_add_c(out, MARK);
    while (rest.len > 0) {
        StrView line = sv_cut(&rest, '\n');
        str_add_c(out, "# ");
        str_add(out, line);
        str_add_char(out, '\n');
    }
}

static bool write_file(const char *path, StrView text, StrView question, Error *err)
{
    Str all;
    str_init(&all);
    str_add(&all, text);
    str_add_char(&all, '\n');
    comment_lines(&all, question);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    bool ok = fd >= 0 && fd_write_all(fd, all.buf, all.len);
    if (fd >= 0 && close(fd) != 0) ok = false;
    str_finish(&all);
    return ok ||
           error_set(err, ERR_CANNOT_WRITE, "Cannot write the editor's file: %s. %s", strerror(errno), KEPT);
}

/* By name, not by the old descriptor: editors write a new file and rename it. */
static bool read_file(const char *path, Str *out, Error *err)
{
    FILE *f = fopen(path, "r");
    char chunk[4096];
    size_t n;
    if (!f)
        return error_set(err, ERR_UNREADABLE, "Cannot read the edited text: %s. %s", strerror(errno), KEPT);
    while ((n = fread(chunk, 1, sizeof chunk, f)) > 0 && out->len <= TEXT_MAX_BYTES)
        str_add(out, sv_n(chunk, n));
    fclose(f);
    return true;
}

static bool check_text(const char *path, const Str *text, Error *err)
{
    if (text->len > TEXT_MAX_BYTES)
        return error_set(err, ERR_USAGE, "The edited text is over %d bytes; it stays in %s. %s",
                         TEXT_MAX_BYTES, path, KEPT);
    if (!text_valid(str_view(text), NULL))
        return error_set(err, ERR_USAGE, "The edited text is not UTF-8; it stays in %s. %s", path, KEPT);
    return true;
}

/* ---- what came back ---- */

/* True for a comment line that was written with the question. */
static bool is_ours(StrView line, StrView question)
{
    if (!sv_starts(line, SV("# "))) return false;
    line = sv_n(line.ptr + 2, line.len - 2);
    while (question.len > 0)
        if (sv_eq(sv_cut(&question, '\n'), line)) return true;
    return false;
}

/* Where the mark's line begins and what follows it; without one nothing stands above it. */
static size_t find_mark(StrView file, StrView *ret_below)
{
    StrView mark = sv_n(MARK, sizeof MARK - 2), rest = file;
    size_t at = 0;
    *ret_below = file;
    while (rest.len > 0) {
        const char *begin = rest.ptr;
        if (!sv_eq(sv_cut(&rest, '\n'), mark)) continue;
        at = (size_t)(begin - file.ptr);
        *ret_below = rest;
    }
    return at;
}

/*
 * All above the mark is the writer's, and so is what was written below it:
 * only the question's own lines go. Editors end a file with a line feed; it is theirs.
 */
static void take_text(StrView file, StrView question, Str *out)
{
    StrView below;
    Str all;
    str_init(&all);
    str_add(&all, sv_n(file.ptr, find_mark(file, &below)));
    while (below.len > 0) {
        StrView line = sv_cut(&below, '\n');
        if (is_ours(line, question)) continue;
        str_add(&all, line);
        str_add_char(&all, '\n');
    }
    StrView text = str_view(&all);
    if (text.len > 0 && text.ptr[text.len - 1] == '\n') text.len--;
    str_clear(out);
    text_from_outside(out, text);
    str_finish(&all);
}

/* ---- the editor ---- */

typedef Vec(char *) Argv;

/* Split at spaces and run without a shell: a variable is no place for a script. */
static void split_command(Arena *arena, const char *command, const char *path, Argv *argv)
{
    StrView rest = sv(command), word;
    while ((word = sv_word(&rest)).len > 0)
        vec_push(argv, arena_copy(arena, arena_str(arena, word), word.len + 1));
    vec_push(argv, arena_copy(arena, path, strlen(path) + 1));
    vec_push(argv, NULL);
}

static void become(char **argv)
{
    signal(SIGINT, SIG_DFL);
    signal(SIGQUIT, SIG_DFL);
    signal(SIGTSTP, SIG_DFL);
    signal(SIGPIPE, SIG_DFL);
    execvp(argv[0], argv);
    _exit(errno == ENOENT ? 127 : 126);
}

/* The exit status; -1 when it could not be started or was killed. Ctrl-C in the editor is the editor's. */
static int run(char **argv)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN}, old_int, old_quit;
    sigemptyset(&ignore.sa_mask);
    sigaction(SIGINT, &ignore, &old_int);
    sigaction(SIGQUIT, &ignore, &old_quit);
    pid_t child = fork();
    if (child == 0) become(argv);
    int status = 0;
    pid_t got = -1;
    while (child > 0 && (got = waitpid(child, &status, 0)) < 0 && errno == EINTR) continue;
    sigaction(SIGINT, &old_int, NULL);
    sigaction(SIGQUIT, &old_quit, NULL);
    return got == child && child > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static bool is_set(const char *s)
{
    return s && s[strspn(s, " ")];
}

static bool run_editor(const char *path, Error *err)
{
    const char *visual = getenv("VISUAL"), *editor = getenv("EDITOR");
    const char *const commands[] = {is_set(visual)   ? visual
                                    : is_set(editor) ? editor
                                                     : "sensible-editor",
                                    "vi"};
    size_t count = is_set(visual) || is_set(editor) ? 1 : 2;
    int status = 127;
    for (size_t i = 0; i < count && status == 127; i++) {
        Arena arena = {0};
        Argv argv = {0};
        split_command(&arena, commands[i], path, &argv);
        status = run(argv.at);
        vec_finish(&argv);
        arena_finish(&arena);
    }
    if (status == 0) return true;
    if (status == 127)
        return error_set(err, ERR_NOT_FOUND, "Cannot start the editor \"%s\". %s Set EDITOR to one you have.",
                         commands[0], KEPT);
    return error_set(err, ERR_USAGE, "The editor ended with an error. %s", KEPT);
}

bool handoff_edit(StrView text, StrView question, Str *out, Error *err)
{
    Str dir, path, file;
    str_init(&dir);
    str_init(&path);
    str_init(&file);
    bool ok = make_dir(&dir, err);
    if (ok) {
        str_addf(&path, "%s/text.md", dir.buf);
        bool back = write_file(path.buf, text, question, err) && run_editor(path.buf, err) &&
                    read_file(path.buf, &file, err);
        ok = back && check_text(path.buf, &file, err);
        /* What cannot be taken over is not thrown away either. */
        if (ok || !back) remove_dir(dir.buf);
    }
    if (ok) take_text(str_view(&file), question, out);
    str_finish(&dir);
    str_finish(&path);
    str_finish(&file);
    return ok;
}
