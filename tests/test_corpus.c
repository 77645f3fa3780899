#include <check.h>
#include <dirent.h>
#include <entente/str.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Replays what fuzzing found worth keeping: every file of the folder goes through the target once. */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void replay(const char *path)
{
    Str text;
    str_init(&text);
    FILE *f = fopen(path, "rb");
    ck_assert_msg(f != NULL, "%s", path);
    for (int c; (c = getc(f)) != EOF;) str_add_char(&text, (char)c);
    fclose(f);
    LLVMFuzzerTestOneInput((const uint8_t *)text.buf, text.len);
    str_finish(&text);
}

START_TEST(every_file_of_the_corpus_passes)
{
    size_t n = 0;
    Str folder;
    str_init(&folder);
    str_addf(&folder, "%s/tests/fuzz/corpus/pack", getenv("ENTENTE_SOURCE"));
    DIR *dir = opendir(folder.buf);
    ck_assert_msg(dir != NULL, "%s", folder.buf);
    for (struct dirent *e; (e = readdir(dir));) {
        Str path;
        if (*e->d_name == '.') continue;
        str_init(&path);
        str_addf(&path, "%s/%s", folder.buf, e->d_name);
        replay(path.buf);
        str_finish(&path);
        n++;
    }
    closedir(dir);
    str_finish(&folder);
    ck_assert_uint_ge(n, 10);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("corpus");
    TCase *all = tcase_create("pack");
    tcase_set_timeout(all, 60);
    tcase_add_test(all, every_file_of_the_corpus_passes);
    suite_add_tcase(s, all);
    SRunner *runner = srunner_create(s);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
