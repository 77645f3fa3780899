#include <entente/prompt.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Packs of the user's own: added to those the program brings, or left out and named. */

#define PACK(more) "{\"version\":1,\"stage\":\"check-in\"," more "}"
#define PROMPT(key, more)                                                                                    \
    "{\"key\":\"" key "\",\"title\":\"T\",\"themes\":[\"C1\"],\"text\":\"Mine?\",\"help\":\"So.\"" more "}"
#define PLAIN(key)   PROMPT(key, ",\"answer\":\"text\"")
#define ADD(prompts) PACK("\"prompts\":[" prompts "]")

static char folder[64];
static Prompts *pack;

static void set_up(void)
{
    Error err = {0};
    strcpy(folder, "/tmp/entente-user-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_msg(prompts_load(getenv("ENTENTE_PROMPTS"), STAGE_CHECK_IN, &pack, &err), "%s", err.msg);
}

static void path_of(Str *path, const char *name)
{
    str_init(path);
    str_addf(path, "%s/%s", folder, name);
}

static void put(const char *name, const char *text)
{
    Str path;
    path_of(&path, name);
    FILE *f = fopen(path.buf, "w");
    ck_assert_ptr_nonnull(f);
    fputs(text, f);
    fclose(f);
    str_finish(&path);
}

static void remove_file(const char *name)
{
    Str path;
    path_of(&path, name);
    if (unlink(path.buf) != 0) rmdir(path.buf);
    str_finish(&path);
}

static void tear_down(void)
{
    static const char *const names[] = {"a.json",       "b.json",     "c.json",
                                        ".hidden.json", "-dash.json", "notes.txt"};
    prompts_free(pack);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) remove_file(names[i]);
    rmdir(folder);
}

static size_t complaints(void)
{
    const Complaint *list;
    return prompts_complaints(pack, &list);
}

static void expect_complaint(size_t i, const char *file, const char *where, const char *reason)
{
    const Complaint *list;
    ck_assert_uint_gt(prompts_complaints(pack, &list), i);
    ck_assert_str_eq(list[i].file, file);
    ck_assert_str_eq(list[i].where, where);
    ck_assert_msg(strstr(list[i].reason, reason) != NULL, "%s", list[i].reason);
}

START_TEST(own_prompts_are_added_replaced_and_silenced)
{
    size_t before = prompts_count(pack);
    put("a.json", PACK("\"silence\":[\"check-in.thanks.owed\"],\"prompts\":[" PLAIN(
                      "check-in.my.own") "," PLAIN("check-in.works.well") "]"));
    prompts_add_folder(pack, folder);
    ck_assert_uint_eq(complaints(), 0);
    ck_assert_uint_eq(prompts_count(pack), before);
    ck_assert_ptr_null(prompts_find(pack, "check-in.thanks.owed"));
    const Prompt *own = prompts_find(pack, "check-in.my.own"),
                 *replaced = prompts_find(pack, "check-in.works.well");
    ck_assert(own && own->own && replaced && replaced->own);
    ck_assert_str_eq(own->pack, "a.json");
    ck_assert_str_eq(replaced->text, "Mine?");
    ck_assert_str_eq(prompts_at(pack, 0)->key, "check-in.works.well");
    ck_assert(!prompts_find(pack, "check-in.trust.now")->own);
}
END_TEST

START_TEST(a_later_pack_by_name_has_the_last_word)
{
    put("b.json", ADD(PROMPT("check-in.my.own", ",\"answer\":\"text\",\"weight\":9")));
    put("a.json", ADD(PLAIN("check-in.my.own")));
    prompts_add_folder(pack, folder);
    ck_assert_uint_eq(complaints(), 0);
    ck_assert_int_eq(prompts_find(pack, "check-in.my.own")->weight, 9);
}
END_TEST

START_TEST(a_bad_pack_is_left_out_whole_and_the_others_stay)
{
    put("a.json", ADD(PLAIN("check-in.one.own") "," PROMPT("check-in.two.own", ",\"answer\":\"essay\"")));
    put("b.json", "{\n  \"version\": 01}");
    put("c.json", ADD(PLAIN("check-in.three.own")));
    prompts_add_folder(pack, folder);
    ck_assert_ptr_null(prompts_find(pack, "check-in.one.own"));
    ck_assert_ptr_nonnull(prompts_find(pack, "check-in.three.own"));
    ck_assert_uint_eq(complaints(), 2);
    expect_complaint(0, "a.json", "prompt 'check-in.two.own'", "'answer' is 'essay'");
    expect_complaint(1, "b.json", "line 2, column 15", "cannot begin with 0");
}
END_TEST

START_TEST(packs_of_other_stages_and_other_files_are_passed_over)
{
    Str path;
    put("a.json", "{\"version\":1,\"stage\":\"design\",\"prompts\":7}");
    put("notes.txt", "x");
    put(".hidden.json", "x");
    put("-dash.json", "x");
    path_of(&path, "b.json");
    ck_assert_int_eq(mkfifo(path.buf, 0600), 0);
    str_finish(&path);
    prompts_add_folder(pack, folder);
    ck_assert_uint_eq(complaints(), 1);
    expect_complaint(0, "b.json", "", "not a regular file");
    prompts_add_folder(pack, "/nowhere/at/all");
    ck_assert_uint_eq(complaints(), 1);
}
END_TEST

/* What cannot be known before the pack meets those it is added to. */
static const struct {
    const char *json, *reason;
} unfit[] = {
    {PACK("\"silence\":[\"check-in.no.where\"]"), "'check-in.no.where', which is not there"},
    {PACK("\"silence\":[\"check-in.trust.now\"]"), "which is asked always"},
    {PACK("\"silence\":[\"design.a.b\"]"), "no key of the stage"},
    {PACK("\"silence\":[7]"), "must hold texts only"},
    {ADD(PLAIN("check-in.trust.now")), "keep 'always' and the answer, scale"},
    {ADD(PROMPT("check-in.trust.now", ",\"answer\":\"scale\",\"scale\":[\"a\",\"b\"],\"always\":true")),
     "keep 'always'"},
    {ADD(PROMPT("check-in.my.own",
                ",\"answer\":\"text\",\"follow-ups\":[{\"prompt\":\"check-in.no.where\"}]")),
     "'check-in.no.where', which is not there"},
    {ADD(PROMPT("check-in.my.one", ",\"answer\":\"text\",\"always\":true") "," PROMPT(
         "check-in.my.two", ",\"answer\":\"text\",\"always\":true")),
     "asked always. Leave it at 5"},
    {PACK("\"prompts\":[]"), "0 entries"},
    {"{\"version\":1,\"stage\":\"check-in\"}", "'prompts' is missing"},
};

START_TEST(a_pack_that_does_not_go_with_the_others_is_left_out)
{
    Error err = {0};
    size_t before = prompts_count(pack);
    ck_assert(!prompts_add(pack, sv(unfit[_i].json), "a.json", &err));
    ck_assert_msg(strstr(err.msg, unfit[_i].reason) != NULL, "%d: %s", _i, err.msg);
    ck_assert_uint_eq(prompts_count(pack), before);
}
END_TEST

START_TEST(follow_ups_may_lead_to_the_programs_own_prompts)
{
    Error err = {0};
    const char *json = ADD(PROMPT(
        "check-in.my.own", ",\"answer\":\"text\",\"follow-ups\":[{\"prompt\":\"check-in.trust.dent\"}]"));
    ck_assert_msg(prompts_add(pack, sv(json), "a.json", &err), "%s", err.msg);
}
END_TEST

START_TEST(a_silenced_or_own_prompt_counts_in_the_choice)
{
    Error err = {0};
    Arena arena = {0};
    const Choice *asked;
    Facts facts = facts_none();
    const char *json = ADD("{\"key\":\"check-in.my.own\",\"title\":\"T\",\"themes\":[\"X1\"],\"text\":\"Mine?"
                           "\",\"help\":\"So.\",\"answer\":\"text\",\"weight\":10}");
    ck_assert_msg(prompts_add(pack, sv(json), "a.json", &err), "%s", err.msg);
    bool found = false;
    size_t n = prompt_choose(pack, &facts, 1, &arena, &asked);
    for (size_t i = 0; i < n; i++) found = found || strcmp(asked[i].prompt->key, "check-in.my.own") == 0;
    ck_assert(found);
    arena_finish(&arena);
}
END_TEST

START_TEST(checking_a_file_says_what_it_holds_or_what_is_wrong)
{
    static const struct {
        const char *json, *reason; /* NULL: fine */
        Stage stage;
        size_t count;
    } cases[] = {
        {ADD(PLAIN("check-in.my.own")), NULL, STAGE_CHECK_IN, 1},
        {PACK("\"$schema\":\"schema.json\",\"silence\":[\"check-in.thanks.owed\"]"), NULL, STAGE_CHECK_IN, 0},
        {PACK("\"silence\":[\"check-in.no.where\"]"), "which is not there", STAGE_COUNT, 0},
        {"{\"version\":1,\"stage\":\"lunch\",\"prompts\":[]}", "does not name a stage", STAGE_COUNT, 0},
        {"[]", "does not name a stage", STAGE_COUNT, 0},
        {"{\"version\":1,\"situations\":[]}", "'situations' has 0 entries", STAGE_COUNT, 0},
        {"{\"version\":1,\"situations\":[{\"key\":\"a\",\"name\":\"A\",\"tone\":\"T\",\"themes\":[\"D1\"]}]}",
         NULL, STAGE_COUNT, 1},
    };
    Str path;
    path_of(&path, "a.json");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Error err = {0};
        Stage stage = STAGE_COUNT;
        size_t count = 0;
        put("a.json", cases[i].json);
        bool ok = prompts_check_file(path.buf, getenv("ENTENTE_PROMPTS"), &stage, &count, &err);
        ck_assert_msg(ok == !cases[i].reason, "%zu: %s", i, err.msg);
        ck_assert(stage == cases[i].stage && count == cases[i].count);
        if (!ok) ck_assert_msg(strstr(err.msg, cases[i].reason) && strstr(err.msg, path.buf), "%s", err.msg);
    }
    str_finish(&path);
}
END_TEST

START_TEST(the_programs_own_packs_pass_their_check)
{
    Str path;
    for (Stage s = STAGE_PREPARE; s < STAGE_COUNT; s++) {
        Error err = {0};
        str_init(&path);
        str_addf(&path, "%s/%s.json", getenv("ENTENTE_PROMPTS"), stage_name(s));
        if (access(path.buf, F_OK) == 0)
            ck_assert_msg(prompts_check_file(path.buf, getenv("ENTENTE_PROMPTS"), NULL, NULL, &err), "%s",
                          err.msg);
        str_finish(&path);
    }
}
END_TEST

int main(void)
{
    Suite *s = suite_create("user packs");
    TCase *all = tcase_create("all");
    tcase_add_checked_fixture(all, set_up, tear_down);
    tcase_add_test(all, own_prompts_are_added_replaced_and_silenced);
    tcase_add_test(all, a_later_pack_by_name_has_the_last_word);
    tcase_add_test(all, a_bad_pack_is_left_out_whole_and_the_others_stay);
    tcase_add_test(all, packs_of_other_stages_and_other_files_are_passed_over);
    tcase_add_loop_test(all, a_pack_that_does_not_go_with_the_others_is_left_out, 0,
                        sizeof unfit / sizeof *unfit);
    tcase_add_test(all, follow_ups_may_lead_to_the_programs_own_prompts);
    tcase_add_test(all, a_silenced_or_own_prompt_counts_in_the_choice);
    tcase_add_test(all, checking_a_file_says_what_it_holds_or_what_is_wrong);
    tcase_add_test(all, the_programs_own_packs_pass_their_check);
    suite_add_tcase(s, all);
    SRunner *runner = srunner_create(s);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
