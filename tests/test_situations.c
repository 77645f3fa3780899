#include <entente/prompt.h>

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define FILE_OF(list) "{\"version\":1,\"situations\":[" list "]}"
#define BASE          "\"name\":\"Neighbours\",\"tone\":\"Brief and friendly.\",\"themes\":[\"D13\",\"D14\"]"
#define ONE(more)     "{\"key\":\"neighbours\"," BASE more "}"

START_TEST(a_situation_is_read_whole)
{
    Error err = {0};
    Situations *s = NULL;
    const char *json =
        FILE_OF(ONE(",\"kind\":\"team\",\"roles\":[\"neighbour\",\"tenant\"],\"cadence\":\"every 3 months\","
                    "\"examples\":{\"communication\":[\"We ring first.\"],\"boundaries\":[\"Quiet after "
                    "ten.\",\"No drills, {partner}.\"]}"));
    ck_assert_msg(situations_read(sv(json), "situations.json", &s, &err), "%s", err.msg);
    ck_assert_uint_eq(situations_count(s), 1);
    const Situation *at = situations_find(s, "neighbours");
    ck_assert_ptr_eq(at, situations_at(s, 0));
    ck_assert_str_eq(at->name, "Neighbours");
    ck_assert_str_eq(at->tone, "Brief and friendly.");
    ck_assert_str_eq(at->cadence, "every 3 months");
    ck_assert(at->kind == ALLIANCE_TEAM && at->role_count == 2 && at->theme_count == 2);
    ck_assert_str_eq(at->roles[1], "tenant");
    ck_assert_str_eq(at->themes[0], "D13");
    ck_assert_str_eq(at->examples[SECTION_COMMUNICATION][0], "We ring first.");
    ck_assert_ptr_null(at->examples[SECTION_COMMUNICATION][1]);
    ck_assert_str_eq(at->examples[SECTION_BOUNDARIES][1], "No drills, {partner}.");
    ck_assert_ptr_null(situations_find(s, "friends"));
    situations_free(s);
    situations_free(NULL);
}
END_TEST

static const struct {
    const char *json, *reason;
} bad[] = {
    {"[]", "not an object"},
    {"{\"version\":1}", "'situations' is missing"},
    {FILE_OF(""), "0 entries"},
    {FILE_OF("7"), "situation number 1: it is not an object"},
    {FILE_OF("{" BASE "}"), "situation number 1: 'key' is missing"},
    {FILE_OF("{\"key\":\"A b\"," BASE "}"), "lower-case"},
    {FILE_OF(ONE("") "," ONE("")), "situation 'neighbours': this key is there twice"},
    {FILE_OF(ONE(",\"colour\":1")), "'colour' is not known"},
    {FILE_OF(ONE(",\"kind\":\"pair\"")), "'kind' is 'pair'. Use one-to-one or team."},
    {FILE_OF(ONE(",\"cadence\":\"now and then\"")), "'cadence' is 'now and then'"},
    {FILE_OF(ONE(",\"cadence\":\"  \"")), "'cadence' is empty"},
    {FILE_OF(ONE(",\"roles\":[]")), "'roles' has 0"},
    {FILE_OF(ONE(",\"examples\":{\"kitchen\":[\"x\"]}")), "'kitchen', which is no section"},
    {FILE_OF(ONE(",\"examples\":{\"asks\":\"x\"}")), "must be a list"},
    {FILE_OF(ONE(",\"examples\":{\"asks\":[\"1\",\"2\",\"3\",\"4\"]}")), "4 entries"},
    {FILE_OF(ONE(",\"examples\":{\"asks\":[\"{days}\"]}")), "'examples' has {days}"},
    {FILE_OF("{\"key\":\"a\",\"name\":\"A\",\"tone\":\"T\",\"themes\":[\"d1\"]}"), "'themes' has 'd1'"},
    {FILE_OF("{\"key\":\"a\",\"name\":\"A\",\"tone\":\"T\\u0007\",\"themes\":[\"D1\"]}"),
     "'tone' has control"},
};

START_TEST(a_bad_file_is_refused_with_place_and_reason)
{
    Error err = {0};
    Situations *s = NULL;
    ck_assert(!situations_read(sv(bad[_i].json), "situations.json", &s, &err));
    ck_assert_ptr_null(s);
    ck_assert_int_eq(err.code, ERR_UNREADABLE);
    ck_assert_msg(strncmp(err.msg, "situations.json: ", 17) == 0 && strstr(err.msg, bad[_i].reason), "%d: %s",
                  _i, err.msg);
}
END_TEST

START_TEST(a_missing_file_is_an_error_that_names_it)
{
    Error err = {0};
    Situations *s = NULL;
    ck_assert(!situations_load("/nowhere", &s, &err));
    ck_assert_ptr_nonnull(strstr(err.msg, "/nowhere/situations.json: cannot be opened"));
}
END_TEST

int main(void)
{
    Suite *s = suite_create("situations");
    TCase *all = tcase_create("all");
    tcase_add_test(all, a_situation_is_read_whole);
    tcase_add_loop_test(all, a_bad_file_is_refused_with_place_and_reason, 0, sizeof bad / sizeof *bad);
    tcase_add_test(all, a_missing_file_is_an_error_that_names_it);
    suite_add_tcase(s, all);
    SRunner *runner = srunner_create(s);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
