#include "../src/prompt/reader.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* schema.json says to editors what the reader enforces: both are walked, member by member. */

static Json *schema;

static void load_schema(void)
{
    Str path, text;
    Error err = {0};
    str_init(&path);
    str_init(&text);
    str_addf(&path, "%s/schema.json", getenv("ENTENTE_PROMPTS"));
    FILE *f = fopen(path.buf, "r");
    ck_assert_ptr_nonnull(f);
    for (int c; (c = getc(f)) != EOF;) str_add_char(&text, (char)c);
    fclose(f);
    ck_assert_msg(json_parse(str_view(&text), "schema.json", &schema, &err), "%s", err.msg);
    str_finish(&text);
    str_finish(&path);
}

static void free_schema(void)
{
    json_free(schema);
}

static const Json *def(const char *name)
{
    const Json *found = json_get(json_get(schema, "$defs"), name);
    ck_assert_msg(found != NULL, "schema.json defines no %s", name);
    return found;
}

/* What "$ref": "#/$defs/NAME" points at, or the schema itself. */
static const Json *follow(const Json *at)
{
    const Json *ref = json_get(at, "$ref");
    return ref ? def(json_text(ref) + strlen("#/$defs/")) : at;
}

static long number(const Json *at, const char *key)
{
    int64_t n = -1;
    const Json *found = json_get(at, key);
    return found && json_int(found, &n) ? (long)n : -1;
}

static bool lists(const Json *array, const char *text)
{
    for (const Json *e = json_first(array); e; e = json_next(e))
        if (strcmp(json_text(e), text) == 0) return true;
    return false;
}

static const char *type_of(JsonKind kind)
{
    static const char *const types[] = {
        [JSON_NULL] = "null",   [JSON_BOOL] = "boolean", [JSON_NUMBER] = "integer",
        [JSON_TEXT] = "string", [JSON_ARRAY] = "array",  [JSON_OBJECT] = "object"};
    return types[kind];
}

static void check_bounds(const Member *m, const Json *at)
{
    if (m->max == 0) return;
    const char *low = m->kind == JSON_NUMBER  ? "minimum"
                      : m->kind == JSON_TEXT  ? "minLength"
                      : m->kind == JSON_ARRAY ? "minItems"
                                              : "minProperties";
    const char *high = m->kind == JSON_NUMBER  ? "maximum"
                       : m->kind == JSON_TEXT  ? "maxLength"
                       : m->kind == JSON_ARRAY ? "maxItems"
                                               : "maxProperties";
    ck_assert_msg(number(at, low) == m->min, "%s of %s is %ld, not %ld", low, m->name, number(at, low),
                  m->min);
    ck_assert_msg(number(at, high) == m->max, "%s of %s is %ld, not %ld", high, m->name, number(at, high),
                  m->max);
}

static const struct {
    const char *name;
    Members (*members)(void);
} objects[] = {
    {"pack", pack_members},           {"prompt", prompt_members},         {"option", option_members},
    {"follow-up", follow_up_members}, {"situations", situations_members}, {"situation", situation_members},
};

START_TEST(every_member_is_in_both_alike)
{
    Members members = objects[_i].members();
    const Json *object = def(objects[_i].name), *properties = json_get(object, "properties");
    const Json *closed = json_get(object, "additionalProperties");
    ck_assert(closed && json_kind(closed) == JSON_BOOL && !json_bool(closed));
    ck_assert_uint_eq(json_size(properties), members.count);
    size_t required = 0;
    for (size_t i = 0; i < members.count; i++) {
        const Member *m = &members.at[i];
        const Json *at = json_get(properties, m->name);
        ck_assert_msg(at != NULL, "schema.json does not know %s", m->name);
        at = follow(at);
        ck_assert_msg(strcmp(json_text(json_get(at, "type")), type_of(m->kind)) == 0, "the type of %s",
                      m->name);
        ck_assert_msg(lists(json_get(object, "required"), m->name) == m->required, "%s: required or not",
                      m->name);
        required += m->required;
        check_bounds(m, at);
    }
    ck_assert_uint_eq(json_size(json_get(object, "required")), required);
}
END_TEST

static void check_number_fact(const FactDef *fact, const Json *at)
{
    static const char *const operators[] = {"at-least", "at-most", "equals"};
    const Json *properties = json_get(at, "properties");
    for (size_t i = 0; i < 3; i++) {
        const Json *bound = json_get(properties, operators[i]);
        ck_assert_msg(number(bound, "minimum") == fact->min && number(bound, "maximum") == fact->max, "%s",
                      fact->name);
    }
    const Json *over = json_get(properties, "over"), *side = json_get(properties, "side");
    ck_assert_msg((over != NULL) == (fact->over != 0), "%s: over", fact->name);
    ck_assert_msg(!over || (number(over, "minimum") == OVER_MIN && number(over, "maximum") == OVER_MAX), "%s",
                  fact->name);
    ck_assert_msg((side != NULL) == fact->sided, "%s: side", fact->name);
    ck_assert_uint_eq(json_size(properties), 3u + (over != NULL) + (side != NULL));
}

START_TEST(every_fact_is_in_both_alike)
{
    const Json *properties = json_get(def("when"), "properties");
    ck_assert_uint_eq(json_size(properties), facts_count());
    for (size_t i = 0; i < facts_count(); i++) {
        const FactDef *fact = facts_at(i);
        const Json *at = json_get(properties, fact->name);
        ck_assert_msg(at != NULL, "schema.json does not know %s", fact->name);
        ck_assert_msg((strcmp(json_text(json_get(at, "type")), "boolean") == 0) == (fact->kind == FACT_FLAG),
                      "%s", fact->name);
        if (fact->kind == FACT_NUMBER) check_number_fact(fact, at);
        if (fact->kind == FACT_TEXT)
            ck_assert_msg(json_get(json_get(at, "properties"), "any-of") != NULL, "%s", fact->name);
        ck_assert_ptr_eq(facts_find(fact->name), fact);
    }
}
END_TEST

static const Json *enum_of(const char *object, const char *member)
{
    return json_get(json_get(json_get(def(object), "properties"), member), "enum");
}

START_TEST(every_word_of_an_enum_is_in_both)
{
    const Json *answers = enum_of("prompt", "answer"), *stages = enum_of("pack", "stage");
    const Json *sections = enum_of("prompt", "section"), *sides = enum_of("prompt", "side");
    ck_assert_uint_eq(json_size(answers), ANSWER_TYPE_COUNT);
    for (AnswerType a = ANSWER_TEXT; a < ANSWER_TYPE_COUNT; a++) ck_assert(lists(answers, answer_name(a)));
    ck_assert_uint_eq(json_size(stages), STAGE_COUNT);
    for (Stage s = STAGE_PREPARE; s < STAGE_COUNT; s++) ck_assert(lists(stages, stage_name(s)));
    ck_assert_uint_eq(json_size(sections), SECTION_COUNT);
    for (Section s = SECTION_PURPOSE; s < SECTION_COUNT; s++) ck_assert(lists(sections, section_name(s)));
    ck_assert_uint_eq(json_size(sides), SIDE_COUNT);
    for (Side s = SIDE_ME; s < SIDE_COUNT; s++) ck_assert(lists(sides, side_name(s)));
    ck_assert(lists(enum_of("situation", "kind"), "one-to-one") &&
              lists(enum_of("situation", "kind"), "team"));
}
END_TEST

/* roff writes a hyphen as \-. */
static void unescape(Str *text)
{
    for (size_t i = 0; i + 1 < text->len; i++)
        if (text->buf[i] == '\\' && text->buf[i + 1] == '-') str_remove(text, i, 1);
}

START_TEST(the_man_page_tells_every_member_fact_and_placeholder)
{
    Str path, text;
    str_init(&path);
    str_init(&text);
    str_addf(&path, "%s/data/entente-prompts.5", getenv("ENTENTE_SOURCE"));
    FILE *f = fopen(path.buf, "r");
    ck_assert_ptr_nonnull(f);
    for (int c; (c = getc(f)) != EOF;) str_add_char(&text, (char)c);
    fclose(f);
    unescape(&text);
    for (size_t o = 0; o < sizeof objects / sizeof *objects; o++)
        for (size_t i = 0; i < objects[o].members().count; i++)
            ck_assert_msg(strstr(text.buf, objects[o].members().at[i].name) != NULL, "%s",
                          objects[o].members().at[i].name);
    for (size_t i = 0; i < facts_count(); i++)
        ck_assert_msg(strstr(text.buf, facts_at(i)->name) != NULL, "%s", facts_at(i)->name);
    for (size_t i = 0; i < fill_count(); i++)
        ck_assert_msg(strstr(text.buf, fill_name(i)) != NULL, "%s", fill_name(i));
    str_finish(&text);
    str_finish(&path);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("prompt schema");
    TCase *all = tcase_create("all");
    tcase_add_unchecked_fixture(all, load_schema, free_schema);
    tcase_add_loop_test(all, every_member_is_in_both_alike, 0, sizeof objects / sizeof *objects);
    tcase_add_test(all, every_fact_is_in_both_alike);
    tcase_add_test(all, every_word_of_an_enum_is_in_both);
    tcase_add_test(all, the_man_page_tells_every_member_fact_and_placeholder);
    suite_add_tcase(s, all);
    SRunner *runner = srunner_create(s);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
