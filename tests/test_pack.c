#include <entente/prompt.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PACK(prompts)       "{\"version\":1,\"stage\":\"check-in\",\"prompts\":[" prompts "]}"
#define KEYED(key, members) "{\"key\":\"" key "\"," members "}"
#define TITLED              "\"title\":\"Unsaid\",\"themes\":[\"C7\"],"
#define BASE                TITLED "\"text\":\"What now?\",\"help\":\"Because.\""
#define GOOD                BASE ",\"answer\":\"text\""
#define KEY                 "check-in.unsaid.moment"
#define PROMPT(members)     PACK(KEYED(KEY, members))
#define TEN                 "0123456789"
#define FIFTY               TEN TEN TEN TEN TEN

static Prompts *read_good(const char *json)
{
    Error err = {0};
    Prompts *p = NULL;
    ck_assert_msg(prompts_read(sv(json), "check-in.json", STAGE_CHECK_IN, &p, &err), "%s", err.msg);
    return p;
}

START_TEST(every_member_of_a_prompt_is_read)
{
    Prompts *p = read_good(PACK(KEYED("check-in.a.b", GOOD) "," KEYED(
        "check-in.c.d-2",
        "\"title\":\"Balance\",\"themes\":[\"C11\",\"C9\"],\"text\":\"With {partner}?\","
        "\"help\":\"Why not.\",\"examples\":[\"one\",\"zw\xC3\xB6lf\"],\"answer\":\"scale\","
        "\"scale\":[\"low\",\"middle\",\"high\"],\"section\":\"hard-moments\",\"side\":\"them\","
        "\"private\":true,\"weight\":9,\"rest\":30,\"once\":true")));
    ck_assert_uint_eq(prompts_count(p), 2);
    const Prompt *plain = prompts_at(p, 0), *full = prompts_find(p, "check-in.c.d-2");
    ck_assert_str_eq(plain->key, "check-in.a.b");
    ck_assert(plain->weight == 5 && plain->rest == 0 && !plain->once && !plain->always && !plain->is_private);
    ck_assert(!plain->has_section && plain->answer == ANSWER_TEXT && plain->example_count == 0);
    ck_assert_ptr_eq(full, prompts_at(p, 1));
    ck_assert_str_eq(full->title, "Balance");
    ck_assert_str_eq(full->text, "With {partner}?");
    ck_assert_str_eq(full->help, "Why not.");
    ck_assert_str_eq(full->pack, "check-in.json");
    ck_assert(full->stage == STAGE_CHECK_IN && full->answer == ANSWER_SCALE && full->scale_count == 3);
    ck_assert_str_eq(full->scale[2], "high");
    ck_assert(full->theme_count == 2 && full->example_count == 2);
    ck_assert_str_eq(full->themes[1], "C9");
    ck_assert_str_eq(full->examples[1], "zw\xC3\xB6lf");
    ck_assert(full->has_section && full->section == SECTION_HARD_MOMENTS && full->side == SIDE_THEM);
    ck_assert(full->is_private && full->once && !full->always && full->weight == 9 && full->rest == 30);
    ck_assert_ptr_null(prompts_find(p, "check-in.c.d"));
    prompts_free(p);
}
END_TEST

/* A line for each way a pack can be wrong; `where` is what the message says between file and reason. */
static const struct {
    const char *json, *where, *reason;
} bad[] = {
    {"", "", ""},
    {"[]", "", "not an object"},
    {"{}", "", "'version' is missing"},
    {"{\"version\":2,\"stage\":\"check-in\",\"later\":1}", "", "'version' is not one"},
    {"{\"version\":\"1\"}", "", "'version' must be"},
    {"{\"version\":1,\"stage\":\"design\",\"prompts\":[]}", "", "'stage' is 'design'"},
    {"{\"version\":1,\"stage\":\"check-in\"}", "", "'prompts' is missing"},
    {PACK(""), "", "'prompts' has 0"},
    {"{\"version\":1,\"stage\":\"check-in\",\"author\":1,\"prompts\":[" KEYED("check-in.a.b", GOOD) "]}", "",
     "'author' is not known"},
    {PACK("7"), "prompt number 1", "not an object"},
    {PACK(KEYED("check-in.a.b", GOOD) ",{" GOOD "}"), "prompt number 2", "'key' is missing"},
    {PACK(KEYED("design.a.b", GOOD)), "prompt number 1", "'key' is 'design.a.b'"},
    {PACK(KEYED("check-in.a", GOOD)), "prompt number 1", "check-in.word.word"},
    {PACK(KEYED("check-in.a.b.c", GOOD)), "prompt number 1", "check-in.word.word"},
    {PACK(KEYED("check-in..b", GOOD)), "prompt number 1", "check-in.word.word"},
    {PACK(KEYED("check-in.a.", GOOD)), "prompt number 1", "check-in.word.word"},
    {PACK(KEYED("check-in.a.B", GOOD)), "prompt number 1", "check-in.word.word"},
    {PACK(KEYED("check-in", GOOD)), "prompt number 1", "check-in.word.word"},
    {PACK(KEYED(KEY, GOOD) "," KEYED(KEY, GOOD)), KEY, "twice"},
    {PROMPT(GOOD ",\"colour\":\"red\""), KEY, "'colour' is not known"},
    {PROMPT(GOOD ",\"\\u001b[31m\":1"), KEY, "[31m' is not known"},
    {PROMPT(GOOD ",\"weight\":1,\"weight\":2"), "", ""},
    {PROMPT("\"themes\":[\"C7\"],\"text\":\"What?\",\"help\":\"So.\",\"answer\":\"text\""), KEY,
     "'title' is missing"},
    {PROMPT("\"title\":\"Unsaid\",\"text\":\"What?\",\"help\":\"So.\",\"answer\":\"text\""), KEY,
     "'themes' is missing"},
    {PROMPT(TITLED "\"help\":\"So.\",\"answer\":\"text\""), KEY, "'text' is missing"},
    {PROMPT(TITLED "\"text\":\"What?\",\"answer\":\"text\""), KEY,
     "'help' is missing. Say in a sentence or two"},
    {PROMPT(BASE), KEY, "'answer' is missing"},
    {PROMPT(TITLED "\"text\":\"What?\",\"help\":\"  \",\"answer\":\"text\""), KEY, "'help' is empty"},
    {PROMPT(TITLED "\"text\":7,\"help\":\"So.\",\"answer\":\"text\""), KEY, "'text' must be"},
    {PROMPT(TITLED "\"text\":\"Who? Why?\",\"help\":\"So.\",\"answer\":\"text\""), KEY, "asks 2 questions"},
    {PROMPT(TITLED "\"text\":\"Who\xEF\xBC\x9F Why?\",\"help\":\"So.\",\"answer\":\"text\""), KEY,
     "asks 2 questions"},
    {PROMPT(TITLED "\"text\":\"" FIFTY FIFTY TEN TEN TEN TEN "x\",\"help\":\"So.\",\"answer\":\"text\""), KEY,
     "'text' is too long: it has 141"},
    {PROMPT(TITLED "\"text\":\"a\\tb?\",\"help\":\"So.\",\"answer\":\"text\""), KEY, "'text' has control"},
    {PROMPT(TITLED "\"text\":\"Why?\",\"help\":\"So.\\u001b[2J\",\"answer\":\"text\""), KEY,
     "'help' has control"},
    {PROMPT(TITLED "\"text\":\"Why?\",\"help\":\"a\\nb\",\"answer\":\"text\""), KEY, "'help' has control"},
    {PROMPT(TITLED "\"text\":\"Why?\",\"help\":\"a\\u009bb\",\"answer\":\"text\""), KEY,
     "'help' has control"},
    {PROMPT(TITLED "\"text\":\"Why?\",\"help\":\"a\\u202eb\",\"answer\":\"text\""), KEY,
     "'help' has control"},
    {PROMPT(TITLED "\"text\":\"Why\xFF?\",\"help\":\"So.\",\"answer\":\"text\""), "", ""},
    {PROMPT(GOOD ",\"examples\":\"one\""), KEY, "'examples' must be"},
    {PROMPT(GOOD ",\"examples\":[\"1\",\"2\",\"3\",\"4\"]"), KEY, "'examples' has 4 entries"},
    {PROMPT(GOOD ",\"examples\":[1]"), KEY, "'examples' must hold texts only"},
    {PROMPT(GOOD ",\"examples\":[\"" FIFTY FIFTY "\"]"), KEY, "'examples' is too long"},
    {PROMPT(BASE ",\"answer\":\"essay\""), KEY, "'answer' is 'essay'"},
    {PROMPT(BASE ",\"answer\":\"scale\""), KEY, "'scale' is missing"},
    {PROMPT(BASE ",\"answer\":\"scale\",\"scale\":[\"one\"]"), KEY, "'scale' has 1 entries"},
    {PROMPT(BASE ",\"answer\":\"scale\",\"scale\":[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\","
                 "\"10\",\"11\"]"),
     KEY, "'scale' has 11 entries"},
    {PROMPT(BASE ",\"answer\":\"scale\",\"scale\":[\"one\",\"\"]"), KEY, "'scale' is empty"},
    {PROMPT(GOOD ",\"scale\":[\"one\",\"two\"]"), KEY, "'scale' has no use"},
    {PROMPT(GOOD ",\"section\":\"kitchen\",\"side\":\"me\""), KEY, "'section' is 'kitchen'"},
    {PROMPT(GOOD ",\"section\":\"asks\",\"side\":\"us\""), KEY, "'side' is 'us'"},
    {PROMPT(GOOD ",\"section\":\"asks\""), KEY, "'side' is missing"},
    {PROMPT(GOOD ",\"side\":\"me\""), KEY, "'side' has no use"},
    {PROMPT(GOOD ",\"private\":\"yes\""), KEY, "'private' must be"},
    {PROMPT(GOOD ",\"private\":null"), KEY, "'private' must be"},
    {PROMPT(GOOD ",\"weight\":0"), KEY, "'weight' is out of range"},
    {PROMPT(GOOD ",\"weight\":11"), KEY, "'weight' is out of range"},
    {PROMPT(GOOD ",\"weight\":2.5"), KEY, "'weight' is out of range"},
    {PROMPT(GOOD ",\"rest\":-1"), KEY, "'rest' is out of range"},
    {PROMPT(GOOD ",\"rest\":1e300"), KEY, "'rest' is out of range"},
    {PROMPT(GOOD ",\"always\":true,\"rest\":3"), KEY, "'always' goes with"},
    {PROMPT(GOOD ",\"always\":true,\"once\":true"), KEY, "'always' goes with"},
    {PROMPT("\"title\":\"Unsaid\",\"themes\":[],\"text\":\"W\",\"help\":\"S\",\"answer\":\"text\""), KEY,
     "'themes' has 0 entries"},
    {PROMPT("\"title\":\"Unsaid\",\"themes\":[\"7\"],\"text\":\"W\",\"help\":\"S\",\"answer\":\"text\""), KEY,
     "'themes' has '7'"},
    {PROMPT(GOOD ",\"wieght\":3"), KEY, "'wieght' is not known. The nearest is 'weight'"},
    {PROMPT(GOOD ",\"why\":\"So.\""), KEY, "'why' has no use without 'when'"},
    {PROMPT(GOOD ",\"when\":{}"), KEY, "'when' has 0 conditions"},
    {PROMPT(GOOD ",\"when\":[]"), KEY, "'when' must be"},
    {PROMPT(GOOD ",\"when\":{\"trust-nwo\":{\"at-most\":2}}"), KEY,
     "'trust-nwo', which is no fact. The nearest are trust-now,"},
    {PROMPT(GOOD ",\"when\":{\"trust-now\":{\"at-msot\":2}}"), KEY,
     "'at-msot' cannot be asked of 'trust-now'"},
    {PROMPT(GOOD ",\"when\":{\"trust-now\":{\"any-of\":[\"x\"]}}"), KEY, "Use at-least, at-most or equals"},
    {PROMPT(GOOD ",\"when\":{\"trust-now\":{\"at-most\":2,\"over\":3}}"), KEY, "'over' cannot be asked"},
    {PROMPT(GOOD ",\"when\":{\"trust-now\":{\"at-most\":6}}"), KEY, "whole number from 1 to 5"},
    {PROMPT(GOOD ",\"when\":{\"trust-now\":{\"at-most\":\"2\"}}"), KEY, "out of range"},
    {PROMPT(GOOD ",\"when\":{\"trust-now\":{}}"), KEY, "compared with nothing"},
    {PROMPT(GOOD ",\"when\":{\"trust-now\":2}"), KEY, "'number' cannot be asked of 'trust-now'"},
    {PROMPT(GOOD ",\"when\":{\"trust-now\":{\"at-most\":2,\"equals\":2}}"), KEY, "Use one of them"},
    {PROMPT(GOOD ",\"when\":{\"trust-now\":{\"at-most\":2,\"at-least\":3}}"), KEY, "can never be so"},
    {PROMPT(GOOD ",\"when\":{\"trust-fall\":{\"over\":3}}"), KEY, "compared with nothing"},
    {PROMPT(GOOD ",\"when\":{\"trust-fall\":{\"over\":1,\"at-least\":1}}"), KEY, "from 2 to 10"},
    {PROMPT(GOOD ",\"when\":{\"commitments-open\":{\"side\":\"us\",\"at-least\":1}}"), KEY,
     "me, them or both"},
    {PROMPT(GOOD ",\"when\":{\"team\":{\"equals\":1}}"), KEY, "Use true or false"},
    {PROMPT(GOOD ",\"when\":{\"role\":{\"equals\":1}}"), KEY, "Use any-of"},
    {PROMPT(GOOD ",\"when\":{\"role\":{\"any-of\":\"boss\"}}"), KEY, "must be a list"},
    {PROMPT(GOOD ",\"when\":{\"role\":{\"any-of\":[]}}"), KEY, "0 entries"},
    {PROMPT(GOOD ",\"when\":{\"role\":{}}"), KEY, "Use any-of"},
    {PROMPT(TITLED "\"text\":\"Why {boss}?\",\"help\":\"So.\",\"answer\":\"text\""), KEY,
     "{boss}, which nothing fills in"},
    {PROMPT(TITLED "\"text\":\"Why {days}?\",\"help\":\"So.\",\"answer\":\"text\""), KEY,
     "no condition in 'when' gives it"},
    {PROMPT(TITLED "\"text\":\"Why?\",\"help\":\"{check-ins}\",\"answer\":\"text\""), KEY,
     "no condition in 'when' gives it"},
    {PROMPT(GOOD ",\"when\":{\"days-past-due\":{\"at-most\":3}},\"why\":\"{days}\""), KEY,
     "no condition in 'when' gives it"},
    {PROMPT(GOOD ",\"when\":{\"trust-now\":{\"at-most\":3}},\"why\":\"{trust-before}\""), KEY,
     "no condition in 'when' gives it"},
    {PROMPT(BASE ",\"answer\":\"choice\""), KEY, "'choices' is missing"},
    {PROMPT(GOOD ",\"choices\":[{\"value\":\"a\",\"words\":\"A\"},{\"value\":\"b\",\"words\":\"B\"}]"), KEY,
     "'choices' has no use"},
    {PROMPT(BASE ",\"answer\":\"choice\",\"choices\":[{\"value\":\"a\",\"words\":\"A\"},{\"value\":\"a\","
                 "\"words\":\"B\"}]"),
     KEY, "'a' twice"},
    {PROMPT(BASE ",\"answer\":\"choice\",\"choices\":[{\"value\":\"A b\",\"words\":\"A\"},7]"), KEY,
     "lower-case"},
    {PROMPT(BASE ",\"answer\":\"choice\",\"choices\":[7,8]"), KEY, "objects only"},
    {PROMPT(GOOD ",\"follow-ups\":[{\"prompt\":\"check-in.no.where\"}]"), KEY, "which is not there"},
    {PROMPT(GOOD ",\"follow-ups\":[{\"prompt\":\"" KEY "\"}]"), KEY, "opens the prompt itself"},
    {PROMPT(GOOD ",\"follow-ups\":[{}]"), KEY, "'prompt' is missing"},
    {PROMPT(GOOD ",\"follow-ups\":[7]"), KEY, "objects only"},
    {PROMPT(GOOD ",\"follow-ups\":[{\"prompt\":\"check-in.a.b\",\"at-most\":2}]"), KEY, "are for scales"},
    {PROMPT(GOOD ",\"follow-ups\":[{\"prompt\":\"check-in.a.b\",\"is\":[\"x\"]}]"), KEY,
     "cannot be answered here"},
    {PROMPT(BASE ",\"answer\":\"terms\",\"follow-ups\":[{\"prompt\":\"check-in.a.b\",\"is\":[\"Lived\"]}]"),
     KEY, "cannot be answered here"},
    {PROMPT(BASE
            ",\"answer\":\"commitments\",\"follow-ups\":[{\"prompt\":\"check-in.a.b\",\"is\":[\"open\"]}]"),
     KEY, "cannot be answered here"},
    {PROMPT(BASE ",\"answer\":\"scale\",\"scale\":[\"a\",\"b\"],\"follow-ups\":[{\"prompt\":\"check-in.a.b\","
                 "\"at-least\":3}]"),
     KEY, "does not have"},
    {PROMPT(GOOD ",\"always\":true,\"follow-up\":true"), KEY, "'always' does not go"},
    {"{\"version\":1,\"stage\":\"check-in\",\"silence\":[\"check-in.a.b\"]}", "",
     "'silence' is for packs of your own"},
    {PROMPT(
         "\"title\":\"Unsaid\",\"themes\":[\"C7\",\"C7\"],\"text\":\"W\",\"help\":\"S\",\"answer\":\"text\""),
     KEY, "'themes' has 'C7' twice"},
};

START_TEST(a_bad_pack_is_refused_with_file_prompt_and_reason)
{
    Error err = {0};
    Prompts *p = NULL;
    ck_assert(!prompts_read(sv(bad[_i].json), "check-in.json", STAGE_CHECK_IN, &p, &err));
    ck_assert_ptr_null(p);
    ck_assert_int_eq(err.code, ERR_UNREADABLE);
    ck_assert_msg(strncmp(err.msg, "check-in.json: ", 15) == 0, "%d: %s", _i, err.msg);
    ck_assert_msg(strstr(err.msg, bad[_i].where) != NULL, "%d: no '%s' in: %s", _i, bad[_i].where, err.msg);
    ck_assert_msg(strstr(err.msg, bad[_i].reason) != NULL, "%d: no '%s' in: %s", _i, bad[_i].reason, err.msg);
    for (const char *c = err.msg; *c; c++)
        ck_assert_msg((unsigned char)*c >= ' ', "%d: control character", _i);
}
END_TEST

START_TEST(conditions_choices_and_follow_ups_are_read)
{
    Prompts *p = read_good(PACK(
        KEYED("check-in.a.b", BASE ",\"answer\":\"choice\",\"choices\":[{\"value\":\"keep\",\"words\":\"Keep "
                                   "it\"},{\"value\":\"drop\",\"words\":"
                                   "\"Drop\"}],\"when\":{\"trust-fall\":{\"at-least\":2,\"over\":4},\"team\":"
                                   "false,\"role\":{\"any-of\":[\"boss\"]}},"
                                   "\"why\":\"From {trust-high} to "
                                   "{trust}.\",\"follow-ups\":[{\"prompt\":\"check-in.c.d\",\"is\":[\"drop\"]"
                                   "}]") "," KEYED("check-in.c.d",
                                                   GOOD ",\"follow-up\":true") "," KEYED("check-in.e.f", BASE
                                                                                         ",\"answer\":"
                                                                                         "\"date\"") "," KEYED("check-in.g.h",
                                                                                                               BASE
                                                                                                               ",\"answer\":\"cadence\"")));
    const Prompt *full = prompts_at(p, 0);
    ck_assert(full->answer == ANSWER_CHOICE && full->choice_count == 2 && full->when_count == 3);
    ck_assert_str_eq(full->choices[1].value, "drop");
    ck_assert_str_eq(full->choices[0].words, "Keep it");
    ck_assert_str_eq(full->why, "From {trust-high} to {trust}.");
    ck_assert(full->follow_up_count == 1 && full->follow_ups[0].is_count == 1);
    ck_assert_str_eq(full->follow_ups[0].key, "check-in.c.d");
    ck_assert_str_eq(full->follow_ups[0].is[0], "drop");
    ck_assert(prompts_at(p, 1)->follow_up && !prompts_at(p, 1)->own);
    ck_assert(prompts_at(p, 2)->answer == ANSWER_DATE && prompts_at(p, 3)->answer == ANSWER_CADENCE);
    ck_assert_str_eq(answer_name(ANSWER_TERMS), "terms");
    prompts_free(p);
}
END_TEST

START_TEST(a_text_of_exactly_140_characters_passes_however_many_bytes)
{
#define UML5  "\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4"
#define UML20 UML5 UML5 UML5 UML5
    Prompts *p = read_good(PROMPT(TITLED "\"text\":\"" UML20 UML20 UML20 UML20 UML20 UML20 UML20
                                         "\",\"help\":\"So.\",\"answer\":\"text\""));
    ck_assert_uint_eq(strlen(prompts_at(p, 0)->text), 280);
    prompts_free(p);
}
END_TEST

START_TEST(a_percent_sign_in_a_pack_is_never_a_format)
{
    Error err = {0};
    Prompts *p = NULL;
    const char *json = PROMPT(GOOD ",\"%s%n%d\":1");
    ck_assert(!prompts_read(sv(json), "check-in.json", STAGE_CHECK_IN, &p, &err));
    ck_assert_ptr_nonnull(strstr(err.msg, "'%s%n%d' is not known"));
}
END_TEST

static char folder[64];

static void make_folder(void)
{
    strcpy(folder, "/tmp/entente-pack-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void path_in_folder(Str *path)
{
    str_init(path);
    str_addf(path, "%s/check-in.json", folder);
}

static void remove_folder(void)
{
    Str path;
    path_in_folder(&path);
    unlink(path.buf);
    rmdir(path.buf);
    str_finish(&path);
    rmdir(folder);
}

static void refuse_folder(const char *reason)
{
    Error err = {0};
    Prompts *p = NULL;
    ck_assert(!prompts_load(folder, STAGE_CHECK_IN, &p, &err));
    ck_assert_int_eq(err.code, ERR_UNREADABLE);
    ck_assert_msg(strstr(err.msg, "check-in.json: ") != NULL, "%s", err.msg);
    ck_assert_msg(strstr(err.msg, reason) != NULL, "%s", err.msg);
}

START_TEST(a_pack_is_read_from_a_regular_file_only)
{
    Str path;
    path_in_folder(&path);
    refuse_folder("cannot be opened");
    ck_assert_int_eq(mkdir(path.buf, 0700), 0);
    refuse_folder("not a regular file");
    ck_assert_int_eq(rmdir(path.buf), 0);
    ck_assert_int_eq(mkfifo(path.buf, 0600), 0);
    refuse_folder("not a regular file");
    str_finish(&path);
}
END_TEST

START_TEST(a_pack_larger_than_the_limit_is_refused)
{
    Str path;
    path_in_folder(&path);
    FILE *f = fopen(path.buf, "w");
    ck_assert_ptr_nonnull(f);
    ck_assert_int_eq(ftruncate(fileno(f), (8 << 20) + 1), 0);
    fclose(f);
    refuse_folder("too large");
    str_finish(&path);
}
END_TEST

START_TEST(a_folder_of_packs_serves_the_stage_it_is_asked_for)
{
    Str path;
    path_in_folder(&path);
    FILE *f = fopen(path.buf, "w");
    ck_assert_ptr_nonnull(f);
    fputs(PROMPT(GOOD), f);
    fclose(f);
    Error err = {0};
    Prompts *p = NULL;
    ck_assert_msg(prompts_load(folder, STAGE_CHECK_IN, &p, &err), "%s", err.msg);
    ck_assert_str_eq(prompts_at(p, 0)->pack, "check-in.json");
    prompts_free(p);
    prompts_free(NULL);
    str_finish(&path);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("pack");
    TCase *reading = tcase_create("reading");
    tcase_add_test(reading, every_member_of_a_prompt_is_read);
    tcase_add_loop_test(reading, a_bad_pack_is_refused_with_file_prompt_and_reason, 0,
                        sizeof bad / sizeof *bad);
    tcase_add_test(reading, conditions_choices_and_follow_ups_are_read);
    tcase_add_test(reading, a_text_of_exactly_140_characters_passes_however_many_bytes);
    tcase_add_test(reading, a_percent_sign_in_a_pack_is_never_a_format);
    suite_add_tcase(s, reading);
    TCase *files = tcase_create("files");
    tcase_add_checked_fixture(files, make_folder, remove_folder);
    tcase_add_test(files, a_pack_is_read_from_a_regular_file_only);
    tcase_add_test(files, a_pack_larger_than_the_limit_is_refused);
    tcase_add_test(files, a_folder_of_packs_serves_the_stage_it_is_asked_for);
    suite_add_tcase(s, files);
    SRunner *runner = srunner_create(s);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
