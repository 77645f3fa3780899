/*
 * Golden screens. Every NAME.keys in tests/screens drives a Ui over an App in
 * memory; what each `shot` shows is compared with NAME.screen. Directives, one a line ('#' comments):
 *
 *   size W H              before the first other directive; 80 24 otherwise
 *   ascii                 the glyph tier of terminals that can show no more
 *   journal KIND          none (first run), empty, story, agenda, demo
 *   packs FOLDER          before the journal: a config folder below tests/screens, with packs of the user's
 *   settings FILE         before the journal: a file below tests/screens, as entente.conf
 *   tools FOLDER          a folder below tests/screens is all there is on PATH
 *   keys NAME NAME ...    as key_parse reads them
 *   type TEXT, paste TEXT
 *   resize W H
 *   now 2026-11-22T22:00  the clock, and then a moment without keys
 *   idle                  a moment without keys
 *   edited TEXT           what comes back from $EDITOR
 *   remind [WHY]          a run of reminders through the channels of the settings; with WHY each fails so
 *   shot                  appends the frame to what is compared
 *
 * UPDATE_SCREENS=1 writes the .screen files anew. Arguments name the cases to run.
 */
#include "../src/tui/ui.h"
#include "story.h"

#include <dirent.h>
#include <entente/remind.h>
#include <entente/text.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct {
    const char *name;
    int w, h;
    bool ascii;
    App *app;
    Ui *ui;
    Arena arena;
    Config config;
    char settings[64]; /* where it reads them; "" */
    Canvas canvas;
    Str shots;
    bool failed;
} Case;

static void complain(Case *c, const char *what, StrView detail)
{
    fprintf(stderr, "%s: %s %.*s\n", c->name, what, (int)detail.len, detail.ptr);
    c->failed = true;
}

/* ---- files ---- */

static void path_of(const char *name, const char *ending, Str *out)
{
    const char *source = getenv("ENTENTE_SOURCE");
    str_addf(out, "%s/tests/screens/%s%s", source ? source : ".", name, ending);
}

static bool slurp(const char *path, Str *out)
{
    FILE *f = fopen(path, "r");
    char chunk[4096];
    size_t n;
    if (!f) return false;
    while ((n = fread(chunk, 1, sizeof chunk, f)) > 0) str_add(out, sv_n(chunk, n));
    fclose(f);
    return true;
}

/* ---- running ---- */

/* A file or folder below tests/screens; its path is the arena's. */
static const char *below(Case *c, StrView name)
{
    Str path;
    str_init(&path);
    path_of("", "", &path);
    str_add(&path, name);
    const char *kept = arena_str(&c->arena, str_view(&path));
    str_finish(&path);
    return kept;
}

/* Whoever runs the tests may have packs of their own. */
static void use_packs(Case *c, StrView folder)
{
    setenv("XDG_CONFIG_HOME", below(c, folder), 1);
}

/* A copy that is ours alone: with the umask of some, others may write what is checked out. */
static void use_settings(Case *c, StrView file)
{
    Str text;
    str_init(&text);
    strcpy(c->settings, "/tmp/entente-screens-XXXXXX");
    int fd = mkstemp(c->settings); /* 0600 */
    if (fd < 0 || !slurp(below(c, file), &text) || write(fd, text.buf, text.len) != (ssize_t)text.len)
        complain(c, "cannot copy", file);
    if (fd >= 0) close(fd);
    config_load(c->settings, &c->arena, &c->config);
    str_finish(&text);
}

static void start(Case *c, StrView journal)
{
    bool none = sv_eq(journal, SV("none"));
    if (none)
        c->app = story_first_run();
    else if (sv_eq(journal, SV("story")))
        c->app = story_small();
    else if (sv_eq(journal, SV("agenda")))
        c->app = story_agenda();
    else if (sv_eq(journal, SV("demo")))
        c->app = story_demo();
    else
        c->app = story_empty();
    UiOptions o = {.app = c->app,
                   .config = &c->config,
                   .first_run = none,
                   .tour = app_is_demo(c->app),
                   .w = c->w,
                   .h = c->h,
                   .ascii = c->ascii};
    c->ui = ui_new(&o);
    canvas_init(&c->canvas, c->w, c->h);
    ui_draw(c->ui, &c->canvas);
}

static void enter_demo(Case *c)
{
    App *demo = story_demo();
    ui_replace_app(c->ui, demo, true);
    app_close(c->app);
    c->app = demo;
}

/* As the loop does: handle, serve, draw. */
static void handle(Case *c, const Event *e)
{
    ui_handle(c->ui, e);
    UiRequest request = ui_take_request(c->ui);
    if (request == REQUEST_DEMO) enter_demo(c);
    if (request == REQUEST_REMIND_TEST) ui_remind_test(c->ui);
    ui_draw(c->ui, &c->canvas);
}

static void press(Case *c, StrView names)
{
    StrView name;
    while ((name = sv_word(&names)).len > 0) {
        Event e = {.type = EVENT_KEY};
        if (!key_parse(name, &e.key)) complain(c, "no such key", name);
        handle(c, &e);
    }
}

static void type(Case *c, StrView text)
{
    KeyDecoder *d = key_decoder_new();
    Event e;
    key_decoder_feed(d, text.ptr, text.len);
    while (key_decoder_next(d, &e)) handle(c, &e);
    key_decoder_free(d);
}

static void resize(Case *c, StrView size)
{
    long w, h;
    if (!sv_to_int(sv_word(&size), 1, 500, &w) || !sv_to_int(sv_word(&size), 1, 500, &h)) {
        complain(c, "no size", size);
        return;
    }
    c->w = (int)w;
    c->h = (int)h;
    if (c->ui) handle(c, &(Event){.type = EVENT_RESIZE, .w = c->w, .h = c->h});
}

static void set_now(Case *c, StrView when)
{
    Str s;
    Instant t;
    str_init(&s);
    str_add(&s, when);
    str_add_c(&s, ":00+01:00");
    if (instant_parse(str_view(&s), &t))
        app_set_now(c->app, t);
    else
        complain(c, "no time", when);
    str_finish(&s);
    handle(c, &(Event){.type = EVENT_TIMEOUT});
}

/* ---- reminders ---- */

static bool send_as_told(void *data, const Channel *channel, const Notice *notice, Str *ret_why)
{
    const StrView *why = data;
    (void)channel;
    (void)notice;
    str_add(ret_why, *why);
    return why->len == 0;
}

static void remind(Case *c, StrView why)
{
    RemindOptions options = {.config = &c->config, .sender = send_as_told, .data = &why};
    RemindReport report;
    Error err = {0};
    if (!app_remind(c->app, &options, &c->arena, &report, &err)) complain(c, "no run:", sv(err.msg));
    ui_reload(c->ui);
    ui_draw(c->ui, &c->canvas);
}

/* ---- what must hold on every screen ---- */

static StrView last_line(StrView text)
{
    StrView last = sv(""), rest = text;
    while (rest.len > 0) last = sv_cut(&rest, '\n');
    return last;
}

static bool ends_with(StrView s, StrView end)
{
    return s.len >= end.len && memcmp(s.ptr + s.len - end.len, end.ptr, end.len) == 0;
}

static void check(Case *c, StrView screen)
{
    const Canvas *k = &c->canvas;
    if (k->cursor_x < 0 || k->cursor_x >= k->w || k->cursor_y < 0 || k->cursor_y >= k->h)
        complain(c, "cursor off the screen", sv(""));
    StrView rest = screen;
    while (rest.len > 0) {
        StrView row = sv_cut(&rest, '\n');
        if (text_width(row) > k->w) complain(c, "row wider than the screen:", row);
    }
    const View *top = ui_top(c->ui);
    bool small = k->w < 30 || k->h < 8;
    if (!top || small || top->ops->bare || !top->ops->where) return;
    if (command_find(top->ops->where(top), CMD_HELP) && !ends_with(last_line(screen), SV("Help")))
        complain(c, "hint row without Help:", last_line(screen));
    if (k->cursor_y == 0 || k->cursor_y >= k->h - 2) complain(c, "cursor parked outside the page", sv(""));
}

static void shoot(Case *c)
{
    Str screen;
    str_init(&screen);
    ui_draw(c->ui, &c->canvas);
    canvas_print(&c->canvas, &screen);
    check(c, str_view(&screen));
    str_addf(&c->shots, "%dx%d cursor %d,%d\n%s", c->canvas.w, c->canvas.h, c->canvas.cursor_x,
             c->canvas.cursor_y, screen.buf);
    str_finish(&screen);
}

/* ---- directives ---- */

static void edited(Case *c, StrView text)
{
    StrView question;
    ui_editor_text(c->ui, &question);
    ui_editor_done(c->ui, &text, NULL);
    ui_draw(c->ui, &c->canvas);
}

static void obey(Case *c, StrView line)
{
    StrView rest = line, word = sv_word(&rest);
    rest = sv_trim(rest);
    if (word.len == 0 || word.ptr[0] == '#') return;
    if (sv_eq(word, SV("size")))
        resize(c, rest);
    else if (sv_eq(word, SV("packs")))
        use_packs(c, rest);
    else if (sv_eq(word, SV("settings")))
        use_settings(c, rest);
    else if (sv_eq(word, SV("tools")))
        setenv("PATH", below(c, rest), 1);
    else if (sv_eq(word, SV("ascii")))
        c->ascii = true;
    else if (sv_eq(word, SV("journal")))
        start(c, rest);
    else if (!c->ui)
        complain(c, "no journal before", line);
    else if (sv_eq(word, SV("keys")))
        press(c, rest);
    else if (sv_eq(word, SV("type")))
        type(c, rest);
    else if (sv_eq(word, SV("paste")))
        handle(c, &(Event){.type = EVENT_PASTE, .text = rest});
    else if (sv_eq(word, SV("resize")))
        resize(c, rest);
    else if (sv_eq(word, SV("now")))
        set_now(c, rest);
    else if (sv_eq(word, SV("idle")))
        handle(c, &(Event){.type = EVENT_TIMEOUT});
    else if (sv_eq(word, SV("edited")))
        edited(c, rest);
    else if (sv_eq(word, SV("remind")))
        remind(c, rest);
    else if (sv_eq(word, SV("shot")))
        shoot(c);
    else
        complain(c, "no such directive:", line);
}

/* ---- comparing ---- */

static void print_differences(StrView expected, StrView got)
{
    while (expected.len > 0 || got.len > 0) {
        StrView a = sv_cut(&expected, '\n'), b = sv_cut(&got, '\n');
        if (sv_eq(a, b)) {
            fprintf(stderr, "  %.*s\n", (int)a.len, a.ptr);
            continue;
        }
        fprintf(stderr, "- %.*s\n+ %.*s\n", (int)a.len, a.ptr, (int)b.len, b.ptr);
    }
}

static void compare(Case *c)
{
    Str path, expected;
    str_init(&path);
    str_init(&expected);
    path_of(c->name, ".screen", &path);
    bool update = getenv("UPDATE_SCREENS") != NULL;
    FILE *f = update ? fopen(path.buf, "w") : NULL;
    if (f) {
        fputs(c->shots.buf, f);
        fclose(f);
    } else if (!slurp(path.buf, &expected)) {
        complain(c, "cannot read", str_view(&path));
    } else if (!sv_eq(str_view(&expected), str_view(&c->shots))) {
        complain(c, "looks different (- expected, + now):", sv(""));
        print_differences(str_view(&expected), str_view(&c->shots));
    }
    str_finish(&path);
    str_finish(&expected);
}

static bool run(const char *name)
{
    Case c = {.name = name, .w = 80, .h = 24};
    Str path, script;
    str_init(&c.shots);
    str_init(&path);
    str_init(&script);
    use_packs(&c, SV("none"));
    config_load("", &c.arena, &c.config);
    path_of(name, ".keys", &path);
    if (!slurp(path.buf, &script)) complain(&c, "cannot read", str_view(&path));
    StrView rest = str_view(&script);
    while (rest.len > 0) obey(&c, sv_cut(&rest, '\n'));
    if (c.ui) compare(&c);
    if (c.settings[0]) unlink(c.settings);
    ui_free(c.ui);
    app_close(c.app);
    canvas_finish(&c.canvas);
    arena_finish(&c.arena);
    str_finish(&c.shots);
    str_finish(&path);
    str_finish(&script);
    return !c.failed;
}

static int is_case(const struct dirent *entry)
{
    return ends_with(sv(entry->d_name), SV(".keys"));
}

static int run_all(void)
{
    Str dir;
    struct dirent **entries;
    int failed = 0;
    str_init(&dir);
    path_of("", "", &dir);
    int n = scandir(dir.buf, &entries, is_case, alphasort);
    for (int i = 0; i < n; i++) {
        entries[i]->d_name[strlen(entries[i]->d_name) - 5] = '\0';
        if (!run(entries[i]->d_name)) failed++;
        free(entries[i]);
    }
    if (n >= 0) free(entries);
    printf("%d screens, %d failed\n", n, failed);
    str_finish(&dir);
    return n <= 0 || failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
    int failed = 0;
    if (argc == 1) return run_all();
    for (int i = 1; i < argc; i++)
        if (!run(argv[i])) failed++;
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
