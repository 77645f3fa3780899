/* The walls of the house: what may be named only in one place is named only there. */
#include <entente/str.h>
#include <entente/vec.h>

#include <check.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *word;
    const char *allowed[3]; /* path beginnings below the source root */
} WALLS[] = {
    {"<sqlite3.h>", {"src/store/"}},
    {"<curses.h>", {"src/kit/term.c"}},
    {"<ncurses", {NULL}},
    {"cJSON_Parse", {"src/core/json.c"}},
    {"utf8proc", {"src/core/text.c"}},
    {"<ini.h>", {"src/app/config.c"}},
    {"time(NULL)", {NULL}},
    {"CLOCK_REALTIME", {"src/app/app.c"}},
    {"strcpy(", {NULL}},
    {"strcat(", {NULL}},
    {" sprintf(", {NULL}},
    {" system(", {NULL}},
};

/* Which floors a floor's files may include headers of: those below it. */
static const struct {
    const char *floor;
    const char *forbidden[12]; /* beginnings of <entente/...> */
} FLOORS[] = {
    {"src/core/",
     {"store", "prompt", "app", "session", "canvas", "keys", "terminal", "editor", "list", "cli", "tui"}},
    {"src/store/",
     {"prompt", "app", "session", "canvas", "keys", "terminal", "editor", "list", "cli", "tui"}},
    {"src/prompt/",
     {"store", "app", "session", "canvas", "keys", "terminal", "editor", "list", "cli", "tui"}},
    {"src/kit/", {"store", "prompt", "app", "session", "model", "agreement", "due", "cadence", "cli", "tui"}},
    {"src/app/", {"canvas", "keys", "terminal", "editor", "list", "cli", "tui"}},
    {"src/cli/", {"canvas", "keys", "editor", "list", "tui"}},
    {"src/tui/", {"cli"}},
};

static bool allowed(const char *path, const char *const *places, size_t n)
{
    for (size_t i = 0; i < n && places[i]; i++)
        if (strncmp(path, places[i], strlen(places[i])) == 0) return true;
    return false;
}

static char *slurp(const char *path)
{
    FILE *f = fopen(path, "rb");
    ck_assert_ptr_nonnull(f);
    Str text;
    str_init(&text);
    char block[4096];
    for (size_t n; (n = fread(block, 1, sizeof block, f)) > 0;) str_add(&text, sv_n(block, n));
    fclose(f);
    return str_steal(&text);
}

static void check_walls(const char *path, const char *text)
{
    for (size_t i = 0; i < sizeof WALLS / sizeof WALLS[0]; i++)
        ck_assert_msg(!strstr(text, WALLS[i].word) || allowed(path, WALLS[i].allowed, 3), "%s names %s", path,
                      WALLS[i].word);
}

static void check_floor(const char *path, const char *text)
{
    for (size_t i = 0; i < sizeof FLOORS / sizeof FLOORS[0]; i++) {
        if (strncmp(path, FLOORS[i].floor, strlen(FLOORS[i].floor)) != 0) continue;
        for (size_t k = 0; k < 12 && FLOORS[i].forbidden[k]; k++) {
            Str include;
            str_init(&include);
            str_addf(&include, "#include <entente/%s", FLOORS[i].forbidden[k]);
            ck_assert_msg(!strstr(text, include.buf), "%s reaches up: %s", path, include.buf);
            str_finish(&include);
        }
    }
}

static int check_folder(const char *root, const char *folder)
{
    Str path;
    str_init(&path);
    str_addf(&path, "%s/%s", root, folder);
    DIR *dir = opendir(path.buf);
    ck_assert_msg(dir != NULL, "cannot read %s", path.buf);
    int files = 0;
    for (struct dirent *e; (e = readdir(dir));) {
        size_t n = strlen(e->d_name);
        if (n < 3 || (strcmp(e->d_name + n - 2, ".c") != 0 && strcmp(e->d_name + n - 2, ".h") != 0)) continue;
        str_clear(&path);
        str_addf(&path, "%s/%s%s", root, folder, e->d_name);
        char *text = slurp(path.buf);
        check_walls(path.buf + strlen(root) + 1, text);
        check_floor(path.buf + strlen(root) + 1, text);
        free(text);
        files++;
    }
    closedir(dir);
    str_finish(&path);
    return files;
}

START_TEST(every_wall_stands)
{
    const char *root = getenv("ENTENTE_SOURCE");
    ck_assert_ptr_nonnull(root);
    static const char *const FOLDERS[] = {"src/core/", "src/prompt/", "src/store/", "src/kit/",
                                          "src/app/",  "src/cli/",    "src/tui/"};
    for (size_t i = 0; i < sizeof FOLDERS / sizeof FOLDERS[0]; i++)
        ck_assert_int_gt(check_folder(root, FOLDERS[i]), 0);
}
END_TEST

int main(void)
{
    TCase *tc = tcase_create("walls");
    tcase_add_test(tc, every_wall_stands);
    Suite *suite = suite_create("walls");
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
