#include "own.h"

#include <entente/text.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* A file of our own in a folder of our own, best where nothing reaches the disk. */
typedef struct {
    Str folder, file;
} Scratch;

static bool make_folder(Scratch *s, const char *under)
{
    if (!under || *under != '/') return false;
    str_clear(&s->folder);
    str_addf(&s->folder, "%s/entente-XXXXXX", under);
    return mkdtemp(s->folder.buf) != NULL;
}

static bool write_all(int fd, StrView text)
{
    while (text.len) {
        ssize_t n = write(fd, text.ptr, text.len);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return false;
        text.ptr += n;
        text.len -= (size_t)n;
    }
    return true;
}

static bool scratch_make(Scratch *s, StrView text)
{
    str_init(&s->folder);
    str_init(&s->file);
    bool made = make_folder(s, getenv("XDG_RUNTIME_DIR")) || make_folder(s, "/dev/shm") ||
                make_folder(s, getenv("TMPDIR")) || make_folder(s, "/tmp");
    if (!made) return false;
    str_addf(&s->file, "%s/text.txt", s->folder.buf);
    int fd = open(s->file.buf, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0) return false;
    bool ok =
        write_all(fd, text) && (text.len == 0 || write_all(fd, SV("\n"))); /* editors expect whole lines */
    return close(fd) == 0 && ok;
}

static void scratch_remove(Scratch *s)
{
    if (s->file.len) unlink(s->file.buf);
    if (s->folder.len) rmdir(s->folder.buf);
    str_finish(&s->file);
    str_finish(&s->folder);
}

/* By name, because an editor may have put another file in its place. */
static bool scratch_read(const Scratch *s, Str *ret)
{
    FILE *f = fopen(s->file.buf, "r");
    if (!f) return false;
    char block[4096];
    size_t n;
    while (ret->len <= TEXT_MAX_BYTES && (n = fread(block, 1, sizeof block, f)) > 0)
        str_add(ret, sv_n(block, n));
    bool ok = !ferror(f) && ret->len <= TEXT_MAX_BYTES;
    fclose(f);
    return ok && text_valid(str_view(ret), NULL);
}

static const char *editor_command(void)
{
    const char *visual = getenv("VISUAL"), *editor = getenv("EDITOR");
    if (visual && *visual) return visual;
    return editor && *editor ? editor : "vi";
}

/* Split at spaces once and run as it is: never through a shell, so that nothing in it is obeyed twice. */
static void become_editor(Arena *arena, const char *file)
{
    Vec(char *) argv = {0};
    StrView rest = sv(editor_command());
    for (StrView word = sv_word(&rest); word.len; word = sv_word(&rest))
        vec_push(&argv, (char *)arena_str(arena, word));
    vec_push(&argv, (char *)arena_str(arena, sv(file)));
    vec_push(&argv, NULL);
    execvp(argv.at[0], argv.at);
    _exit(127);
}

/* Ctrl-C belongs to the editor while it runs. */
static bool run_editor(Arena *arena, const char *file)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN}, old_int, old_quit;
    sigaction(SIGINT, &ignore, &old_int);
    sigaction(SIGQUIT, &ignore, &old_quit);
    pid_t child = fork();
    if (child == 0) {
        sigaction(SIGINT, &old_int, NULL);
        sigaction(SIGQUIT, &old_quit, NULL);
        become_editor(arena, file);
    }
    int status = -1;
    while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
    sigaction(SIGINT, &old_int, NULL);
    sigaction(SIGQUIT, &old_quit, NULL);
    return child > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

void edit_text(Run *r, Str *text)
{
    int fd = fileno(r->in);
    if (fd < 0 || !isatty(fd)) {
        note(r, "No editor without a terminal. Type the text line by line.");
        return;
    }
    fflush(r->out);
    Scratch scratch;
    Str edited;
    str_init(&edited);
    if (!scratch_make(&scratch, str_view(text)))
        note(r, "The text could not be handed to an editor: %s. It stays as it was.", strerror(errno));
    else if (!run_editor(&r->arena, scratch.file.buf))
        note(r, "The editor did not end well, so the text stays as it was.");
    else if (!scratch_read(&scratch, &edited))
        note(r, "What the editor left is no text that can be kept, so it stays as it was.");
    else {
        Str clean;
        str_init(&clean);
        text_from_outside(&clean, str_view(&edited));
        str_set(text, sv_trim(str_view(&clean)));
        note(r, "The text now:\n%s", text->buf);
        str_finish(&clean);
    }
    str_finish(&edited);
    scratch_remove(&scratch);
}
