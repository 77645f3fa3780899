#include <entente/prompt.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <entente/text.h>

/* The packs the program ships, read from the folder in ENTENTE_PROMPTS. */

enum { LINE_CELLS = 76, HELP_LINES = 3, TITLE_CELLS = 16, EXAMPLE_INDENT = 5 };

/* Every theme there is: a letter a stage. The team's check-in and design share theirs, from one number to
 * another. */
static const struct {
    Stage stage;
    char letter;
    int first, last;
    size_t prompts;
} packs[] = {
    {STAGE_PREPARE, 'P', 1, 11, 22},    {STAGE_DESIGN, 'D', 1, 26, 48},
    {STAGE_CHECK_IN, 'C', 1, 13, 36},   {STAGE_REPAIR, 'R', 1, 8, 16},
    {STAGE_RENEW, 'N', 1, 4, 8},        {STAGE_CLOSE, 'E', 1, 3, 6},
    {STAGE_TEAM_DESIGN, 'T', 1, 9, 18}, {STAGE_TEAM_CHECK_IN, 'T', 10, 11, 4},
};
enum { PACK_COUNT = sizeof packs / sizeof *packs };

static Prompts *load(Stage stage)
{
    const char *dir = getenv("ENTENTE_PROMPTS");
    ck_assert_msg(dir != NULL, "ENTENTE_PROMPTS names the folder of the packs");
    Error err = {0};
    Prompts *p = NULL;
    ck_assert_msg(prompts_load(dir, stage, &p, &err), "%s", err.msg);
    return p;
}

static size_t count_serving(const Prompts *p, const char *theme)
{
    size_t n = 0;
    for (size_t i = 0; i < prompts_count(p); i++)
        for (size_t j = 0; j < prompts_at(p, i)->theme_count; j++)
            n += strcmp(prompts_at(p, i)->themes[j], theme) == 0;
    return n;
}

START_TEST(every_theme_is_served_by_at_least_two_prompts)
{
    Prompts *p = load(packs[_i].stage);
    ck_assert_uint_ge(prompts_count(p), packs[_i].prompts);
    for (int number = packs[_i].first; number <= packs[_i].last; number++) {
        char theme[16];
        snprintf(theme, sizeof theme, "%c%d", packs[_i].letter, number);
        ck_assert_msg(count_serving(p, theme) >= 2, "%s: %zu prompts", theme, count_serving(p, theme));
    }
    prompts_free(p);
}
END_TEST

static bool is_theme(char letter, int number)
{
    for (size_t i = 0; i < PACK_COUNT; i++)
        if (letter == packs[i].letter && number >= packs[i].first && number <= packs[i].last) return true;
    return false;
}

START_TEST(no_prompt_names_a_theme_that_does_not_exist)
{
    Prompts *p = load(packs[_i].stage);
    for (size_t i = 0; i < prompts_count(p); i++)
        for (size_t j = 0; j < prompts_at(p, i)->theme_count; j++) {
            const char *theme = prompts_at(p, i)->themes[j];
            int number = atoi(theme + 1);
            ck_assert_msg(is_theme(theme[0], number), "%s: %s", prompts_at(p, i)->key, theme);
        }
    prompts_free(p);
}
END_TEST

static size_t code_points(const char *s)
{
    size_t n = 0;
    for (; *s; s++) n += ((unsigned char)*s & 0xC0) != 0x80;
    return n;
}

static size_t lines_at(const char *text, int width)
{
    TextLine line;
    size_t n = 0;
    for (size_t pos = 0; text_wrap(sv(text), pos, width, &line); pos = line.next) n++;
    return n;
}

START_TEST(every_question_is_short_single_and_explained)
{
    Prompts *p = load(packs[_i].stage);
    for (size_t i = 0; i < prompts_count(p); i++) {
        const Prompt *at = prompts_at(p, i);
        const char *mark = strchr(at->text, '?');
        ck_assert_msg(code_points(at->text) <= PROMPT_TEXT_MAX, "%s: too long", at->key);
        ck_assert_msg(mark && mark[1] == '\0', "%s: one question, its mark at the end", at->key);
        ck_assert_msg(lines_at(at->text, LINE_CELLS) <= 2, "%s: question of more than 2 lines", at->key);
        ck_assert_msg(at->help[0] != '\0', "%s: no help", at->key);
        Str shown;
        str_init(&shown);
        str_addf(&shown, "Why this is asked: %s", at->help);
        ck_assert_msg(lines_at(shown.buf, LINE_CELLS) <= HELP_LINES, "%s: help of too many lines", at->key);
        str_finish(&shown);
        ck_assert_msg(text_width(sv(at->title)) <= TITLE_CELLS, "%s: long title", at->key);
    }
    prompts_free(p);
}
END_TEST

START_TEST(examples_and_the_words_of_scales_fit_a_line)
{
    Prompts *p = load(packs[_i].stage);
    for (size_t i = 0; i < prompts_count(p); i++) {
        const Prompt *at = prompts_at(p, i);
        for (size_t j = 0; j < at->example_count; j++)
            ck_assert_msg(EXAMPLE_INDENT + text_width(sv(at->examples[j])) <= LINE_CELLS, "%s: '%s'", at->key,
                          at->examples[j]);
        ck_assert_msg((at->answer == ANSWER_SCALE) == (at->scale_count >= 2), "%s: scale without words",
                      at->key);
        for (size_t j = 0; j < at->scale_count; j++)
            ck_assert_msg(EXAMPLE_INDENT + text_width(sv(at->scale[j])) <= LINE_CELLS, "%s: '%s'", at->key,
                          at->scale[j]);
    }
    prompts_free(p);
}
END_TEST

/* A stray brace would be shown as it is. */
static bool has_brace(const char *text)
{
    return strpbrk(text, "{}") != NULL;
}

START_TEST(placeholders_are_known_and_none_stands_in_titles_or_scales)
{
    Prompts *p = load(packs[_i].stage);
    for (size_t i = 0; i < prompts_count(p); i++) {
        const Prompt *at = prompts_at(p, i);
        Str filled;
        str_init(&filled);
        prompt_fill(&filled, at->text, &(Fill){0});
        ck_assert_msg(!has_brace(filled.buf), "%s: '%s'", at->key, filled.buf);
        str_finish(&filled);
        bool stray = has_brace(at->title);
        for (size_t j = 0; j < at->scale_count; j++) stray = stray || has_brace(at->scale[j]);
        ck_assert_msg(!stray, "%s: a placeholder where none is filled in", at->key);
    }
    prompts_free(p);
}
END_TEST

START_TEST(reasons_are_sentences_that_fit_a_line_or_two)
{
    Prompts *p = load(packs[_i].stage);
    for (size_t i = 0; i < prompts_count(p); i++) {
        const Prompt *at = prompts_at(p, i);
        if (!at->why) continue;
        ck_assert_msg(at->when_count > 0 && lines_at(at->why, LINE_CELLS) <= 2, "%s: '%s'", at->key, at->why);
        ck_assert_msg(at->why[strlen(at->why) - 1] == '.', "%s: '%s' is no sentence", at->key, at->why);
    }
    prompts_free(p);
}
END_TEST

START_TEST(there_are_enough_prompts_in_all)
{
    size_t n = 0;
    for (size_t i = 0; i < PACK_COUNT; i++) {
        Prompts *p = load(packs[i].stage);
        n += prompts_count(p);
        prompts_free(p);
    }
    ck_assert_msg(n >= 160, "%zu prompts", n);
}
END_TEST

START_TEST(the_check_in_has_reasons_of_its_own)
{
    size_t n = 0;
    Prompts *p = load(STAGE_CHECK_IN);
    for (size_t i = 0; i < prompts_count(p); i++) n += prompts_at(p, i)->why != NULL;
    ck_assert_uint_ge(n, 12);
    prompts_free(p);
}
END_TEST

START_TEST(no_two_prompts_say_the_same)
{
    Prompts *p = load(packs[_i].stage);
    for (size_t i = 0; i < prompts_count(p); i++)
        for (size_t j = 0; j < i; j++) {
            const Prompt *a = prompts_at(p, i), *b = prompts_at(p, j);
            ck_assert_msg(strcmp(a->text, b->text) != 0 && strcmp(a->help, b->help) != 0, "%s and %s", a->key,
                          b->key);
        }
    prompts_free(p);
}
END_TEST

static size_t count_weight(const Prompts *p, Section section, bool them, int weight)
{
    size_t n = 0;
    for (size_t i = 0; i < prompts_count(p); i++) {
        const Prompt *at = prompts_at(p, i);
        n += at->section == section && (at->side == SIDE_THEM) == them && at->weight >= weight;
    }
    return n;
}

START_TEST(each_section_of_the_agreement_has_one_leading_prompt_a_side)
{
    Prompts *p = load(STAGE_DESIGN);
    for (size_t i = 0; i < prompts_count(p); i++)
        ck_assert_msg(prompts_at(p, i)->has_section, "%s stands in no section", prompts_at(p, i)->key);
    for (Section s = 0; s < SECTION_COUNT; s++) {
        ck_assert_msg(count_weight(p, s, false, 9) == 1, "%s has not one prompt to lead", section_name(s));
        size_t theirs = count_weight(p, s, true, 1);
        ck_assert_msg(theirs == 0 || count_weight(p, s, true, 9) == 1, "%s: theirs", section_name(s));
        ck_assert_msg(theirs > 0 || (s != SECTION_OFFERS && s != SECTION_ASKS), "%s: no side `them`",
                      section_name(s));
    }
    prompts_free(p);
}
END_TEST

static bool is_called(const char *title, const char *whose, Section section)
{
    StrView rest = sv(title);
    if (!sv_starts(rest, sv(whose))) return false;
    rest = sv_n(rest.ptr + strlen(whose), rest.len - strlen(whose));
    return sv_eq_nocase(rest, sv(section_title(section)));
}

/* Some of the words are too long behind "Their" for the column of titles. */
static bool is_called_by_section(const Prompt *p)
{
    if (p->side == SIDE_THEM) return sv_starts(sv(p->title), SV("Their "));
    return is_called(p->title, "", p->section) ||
           (p->side == SIDE_ME && is_called(p->title, "My ", p->section));
}

/* A step and the place it writes are one thing, and have one name. */
START_TEST(the_leading_prompts_of_a_design_are_called_as_their_section)
{
    static const Stage stages[] = {STAGE_DESIGN, STAGE_TEAM_DESIGN};
    Prompts *p = load(stages[_i]);
    for (size_t i = 0; i < prompts_count(p); i++)
        ck_assert_msg(prompts_at(p, i)->weight < 9 || is_called_by_section(prompts_at(p, i)),
                      "%s is called \"%s\"", prompts_at(p, i)->key, prompts_at(p, i)->title);
    prompts_free(p);
}
END_TEST

START_TEST(the_leading_prompts_of_design_bring_examples)
{
    Prompts *p = load(STAGE_DESIGN);
    for (size_t i = 0; i < prompts_count(p); i++)
        ck_assert_msg(prompts_at(p, i)->weight < 9 || prompts_at(p, i)->example_count >= 2, "%s",
                      prompts_at(p, i)->key);
    prompts_free(p);
}
END_TEST

START_TEST(a_check_in_always_asks_for_trust_commitments_and_the_last_words)
{
    static const struct {
        const char *key;
        AnswerType answer;
    } staples[] = {
        {"check-in.trust.now", ANSWER_SCALE},
        {"check-in.commitments.both", ANSWER_COMMITMENTS},
        {"check-in.last.words", ANSWER_TEXT},
    };
    Prompts *p = load(STAGE_CHECK_IN);
    for (size_t i = 0; i < sizeof staples / sizeof *staples; i++) {
        const Prompt *at = prompts_find(p, staples[i].key);
        ck_assert_msg(at && at->always && at->answer == staples[i].answer, "%s", staples[i].key);
    }
    ck_assert_uint_eq(prompts_find(p, "check-in.trust.now")->scale_count, TRUST_MAX);
    prompts_free(p);
}
END_TEST

START_TEST(the_situations_are_there_and_dwell_on_themes_that_exist)
{
    Error err = {0};
    Situations *s = NULL;
    ck_assert_msg(situations_load(getenv("ENTENTE_PROMPTS"), &s, &err), "%s", err.msg);
    ck_assert_uint_ge(situations_count(s), 10);
    for (size_t i = 0; i < situations_count(s); i++) {
        const Situation *at = situations_at(s, i);
        for (size_t j = 0; j < at->theme_count; j++)
            ck_assert_msg(is_theme(at->themes[j][0], atoi(at->themes[j] + 1)), "%s: %s", at->key,
                          at->themes[j]);
    }
    situations_free(s);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("themes");
    TCase *all = tcase_create("all packs");
    tcase_add_loop_test(all, every_theme_is_served_by_at_least_two_prompts, 0, PACK_COUNT);
    tcase_add_loop_test(all, no_prompt_names_a_theme_that_does_not_exist, 0, PACK_COUNT);
    tcase_add_loop_test(all, every_question_is_short_single_and_explained, 0, PACK_COUNT);
    tcase_add_loop_test(all, examples_and_the_words_of_scales_fit_a_line, 0, PACK_COUNT);
    tcase_add_loop_test(all, placeholders_are_known_and_none_stands_in_titles_or_scales, 0, PACK_COUNT);
    tcase_add_loop_test(all, reasons_are_sentences_that_fit_a_line_or_two, 0, PACK_COUNT);
    tcase_add_loop_test(all, no_two_prompts_say_the_same, 0, PACK_COUNT);
    suite_add_tcase(s, all);
    TCase *own = tcase_create("design and check-in");
    tcase_add_test(own, each_section_of_the_agreement_has_one_leading_prompt_a_side);
    tcase_add_test(own, the_leading_prompts_of_design_bring_examples);
    tcase_add_loop_test(own, the_leading_prompts_of_a_design_are_called_as_their_section, 0, 2);
    tcase_add_test(own, the_situations_are_there_and_dwell_on_themes_that_exist);
    tcase_add_test(own, there_are_enough_prompts_in_all);
    tcase_add_test(own, the_check_in_has_reasons_of_its_own);
    tcase_add_test(own, a_check_in_always_asks_for_trust_commitments_and_the_last_words);
    suite_add_tcase(s, own);
    SRunner *runner = srunner_create(s);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
