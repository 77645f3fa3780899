#include <entente/prompt.h>

#include <check.h>
#include <stdlib.h>

static const struct {
    const char *text, *partner, *me, *want;
} cases[] = {
    {"", "Ana", "you", ""},
    {"No name here.", "Ana", "you", "No name here."},
    {"What do you ask of {partner}?", "Ana Lima", "you", "What do you ask of Ana Lima?"},
    {"{partner} and {me}: {partner}", "Ana", "you", "Ana and you: Ana"},
    {"{partner}{me}", "{me}", "{partner}", "{me}{partner}"},
    {"{partner}", "{partner}{partner}", "you", "{partner}{partner}"},
    {"{partner}'s", "%s%n{{body}}", "you", "%s%n{{body}}'s"},
    {"{Partner} {boss} {partner {} }", "Ana", "you", "{Partner} {boss} {partner {} }"},
    {"{{partner}}", "Ana", "you", "{Ana}"},
    {"{part{me}ner}", "Ana", "", "{partner}"},
    {"a{partner}b{me}c", NULL, NULL, "abc"},
    {"\xE2\x80\xA6 {partner}\xE3\x81\x95\xE3\x82\x93", "\xE6\x84\x9B", "you",
     "\xE2\x80\xA6 \xE6\x84\x9B\xE3\x81\x95\xE3\x82\x93"},
};

START_TEST(placeholders_are_filled_in_one_pass_and_values_never_again)
{
    Fill fill = {.partner = cases[_i].partner, .me = cases[_i].me};
    Str out;
    str_init(&out);
    prompt_fill(&out, cases[_i].text, &fill);
    ck_assert_str_eq(out.buf, cases[_i].want);
    str_finish(&out);
}
END_TEST

START_TEST(every_placeholder_has_its_value)
{
    Fill fill = {.partner = "1",
                 .me = "2",
                 .term = "3",
                 .commitment = "4",
                 .days = "5",
                 .trust = "6",
                 .trust_before = "7",
                 .trust_high = "8",
                 .check_ins = "9",
                 .count = "{days}"};
    Str out;
    str_init(&out);
    prompt_fill(&out,
                "{partner}{me}{term}{commitment}{days}{trust}{trust-before}{trust-high}{check-ins}{count}",
                &fill);
    ck_assert_str_eq(out.buf, "123456789{days}");
    str_finish(&out);
}
END_TEST

START_TEST(what_was_in_the_string_before_stays)
{
    Str out;
    str_init(&out);
    str_add_c(&out, "1. ");
    prompt_fill(&out, "Thank {partner}.", &(Fill){.partner = "Jo"});
    ck_assert_str_eq(out.buf, "1. Thank Jo.");
    str_finish(&out);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("fill");
    TCase *filling = tcase_create("filling");
    tcase_add_loop_test(filling, placeholders_are_filled_in_one_pass_and_values_never_again, 0,
                        sizeof cases / sizeof *cases);
    tcase_add_test(filling, every_placeholder_has_its_value);
    tcase_add_test(filling, what_was_in_the_string_before_stays);
    suite_add_tcase(s, filling);
    SRunner *runner = srunner_create(s);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
