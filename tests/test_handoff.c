#include <entente/handoff.h>

#include <check.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char place[] = "/tmp/test-handoff-XXXXXX";
static Str script;

/* An editor that runs `body` with the file as $1; the folder for its file is the test's own. */
static void use_editor(const char *body)
{
    str_clear(&script);
    str_addf(&script, "%s/editor.sh", place);
    FILE *f = fopen(script.buf, "w");
    ck_assert_ptr_nonnull(f);
    fprintf(f, "#!/bin/sh\n%s\n", body);
    fclose(f);
    chmod(script.buf, 0700);
    setenv("VISUAL", script.buf, 1);
}

static bool edit(const char *text, const char *question, Str *out, Error *err)
{
    str_init(out);
    return handoff_edit(sv(text), sv(question), out, err);
}

static void assert_nothing_left(void)
{
    DIR *d = opendir(place);
    struct dirent *e;
    while ((e = readdir(d)) != NULL)
        ck_assert_msg(strncmp(e->d_name, "entente-", 8) != 0, "left behind: %s", e->d_name);
    closedir(d);
}

static void setup(void)
{
    strcpy(place, "/tmp/test-handoff-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(place));
    setenv("XDG_RUNTIME_DIR", place, 1);
    str_init(&script);
}

static void teardown(void)
{
    assert_nothing_left();
    unlink(script.buf);
    rmdir(place);
    str_finish(&script);
}

START_TEST(the_text_comes_back_without_its_question)
{
    static const struct {
        const char *text, *editor, *back;
    } cases[] = {
        {"one\ntwo", "printf 'three\\n' >> \"$1\"", "one\ntwo\nthree"},
        {"", "true", ""},
        {"# a heading\ntext", "true", "# a heading\ntext"},
        {"kept", "printf '# What was hard?\\nall new' > \"$1.new\"; mv \"$1.new\" \"$1\"", "all new"},
        {"", "sed -i '1s/^/typed at once/' \"$1\"", "typed at once"},
        {"old", "sed -i '1i# Plans' \"$1\"", "# Plans\nold"},
        {"old", "sed -i '/^# Write above/d' \"$1\"", "old"},
        {"old", "sed -i '/^# Write above/s/.*/# mine/' \"$1\"", "old\n# mine"},
        {"# What was hard?\nthat", "true", "# What was hard?\nthat"},
        {"x", "printf 'a\\r\\nb\\033[31m\\n' > \"$1\"", "a\nb[31m"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Str out;
        Error err = {0};
        use_editor(cases[i].editor);
        ck_assert_msg(edit(cases[i].text, "What was hard?\nOne moment is enough.", &out, &err), "%s",
                      err.msg);
        ck_assert_str_eq(out.buf, cases[i].back);
        str_finish(&out);
        assert_nothing_left();
    }
}
END_TEST

START_TEST(only_the_user_can_read_the_file)
{
    Str out;
    Error err = {0};
    use_editor("stat -c '%a' \"$1\" \"$(dirname \"$1\")\" > \"$1.modes\"; cat \"$1.modes\" > \"$1\"");
    ck_assert(edit("x", "", &out, &err));
    ck_assert_str_eq(out.buf, "600\n700");
    str_finish(&out);
}
END_TEST

START_TEST(a_failure_keeps_the_old_text_and_says_so)
{
    static const struct {
        const char *editor, *says;
    } cases[] = {
        {"exit 3", "The editor ended with an error."},
        {"kill -9 $$", "The editor ended with an error."},
        {"rm \"$1\"", "Cannot read the edited text"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Str out;
        Error err = {0};
        use_editor(cases[i].editor);
        ck_assert(!edit("x", "q", &out, &err));
        ck_assert_msg(strstr(err.msg, cases[i].says) && strstr(err.msg, "kept"), "%s", err.msg);
        str_finish(&out);
        assert_nothing_left();
    }
}
END_TEST

START_TEST(a_text_that_cannot_be_taken_over_stays_where_it_is)
{
    Str out, path;
    Error err = {0};
    use_editor("printf 'na\\357ve\\n' > \"$1\"; cp \"$1\" \"$1~\"");
    ck_assert(!edit("x", "q", &out, &err));
    ck_assert_ptr_nonnull(strstr(err.msg, "not UTF-8; it stays in "));
    str_init(&path);
    const char *from = strstr(err.msg, place);
    ck_assert_ptr_nonnull(from);
    str_add(&path, sv_n(from, strcspn(from, " ") - 1));
    ck_assert_int_eq(access(path.buf, R_OK), 0);
    unlink(path.buf);
    str_add_char(&path, '~');
    unlink(path.buf);
    *strrchr(path.buf, '/') = '\0';
    rmdir(path.buf);
    str_finish(&path);
    str_finish(&out);
}
END_TEST

START_TEST(what_the_editor_left_beside_the_file_is_gone_too)
{
    Str out;
    Error err = {0};
    use_editor("cp \"$1\" \"$1~\"; cp \"$1\" \"$(dirname \"$1\")/.text.md.swp\"");
    ck_assert(edit("x", "", &out, &err));
    str_finish(&out);
}
END_TEST

/* The variable is split at spaces and no shell sees it. */
START_TEST(the_editor_variable_is_no_script)
{
    Str out, command;
    Error err = {0};
    str_init(&command);
    use_editor("echo \"$#:$1:$2\" > \"$3\"");
    str_addf(&command, "%s  -x $(id)", script.buf);
    setenv("VISUAL", command.buf, 1);
    ck_assert_msg(edit("x", "", &out, &err), "%s", err.msg);
    ck_assert_str_eq(out.buf, "3:-x:$(id)");
    str_finish(&out);
    setenv("VISUAL", "/nonexistent/editor", 1);
    ck_assert(!edit("x", "", &out, &err));
    ck_assert_ptr_nonnull(strstr(err.msg, "Cannot start the editor"));
    str_finish(&out);
    str_finish(&command);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("handoff");
    TCase *t = tcase_create("handoff");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, the_text_comes_back_without_its_question);
    tcase_add_test(t, only_the_user_can_read_the_file);
    tcase_add_test(t, a_failure_keeps_the_old_text_and_says_so);
    tcase_add_test(t, a_text_that_cannot_be_taken_over_stays_where_it_is);
    tcase_add_test(t, what_the_editor_left_beside_the_file_is_gone_too);
    tcase_add_test(t, the_editor_variable_is_no_script);
    suite_add_tcase(s, t);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_ENV);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
