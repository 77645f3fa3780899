#include <entente/json.h>

#include <check.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static Json *parse(const char *text)
{
    Json *j = NULL;
    Error err = {0};
    ck_assert_msg(json_parse(sv(text), "test", &j, &err), "%s: %s", text, err.msg);
    return j;
}

/* -- The public suite --------------------------------------------------------------------------------- */

/* Valid by RFC 8259, and still refused on purpose: json.h says why. */
static const char *const refused_by_us[] = {
    "y_object_duplicated_key.json",           /* duplicate keys */
    "y_object_duplicated_key_and_value.json", /* duplicate keys */
    "y_object_escaped_null_in_key.json",      /* \u0000 */
    "y_string_null_escape.json",              /* \u0000 */
};

static bool is_refused_by_us(const char *name)
{
    for (size_t i = 0; i < sizeof refused_by_us / sizeof *refused_by_us; i++)
        if (strcmp(refused_by_us[i], name) == 0) return true;
    return false;
}

static void read_file(const char *folder, const char *name, Str *out)
{
    Str path;
    str_init(&path);
    str_addf(&path, "%s/%s", folder, name);
    FILE *f = fopen(path.buf, "rb");
    ck_assert_ptr_nonnull(f);
    for (int c; (c = getc(f)) != EOF;) str_add_char(out, (char)c);
    fclose(f);
    str_finish(&path);
}

static void check_file(const char *folder, const char *name)
{
    Str text;
    str_init(&text);
    read_file(folder, name, &text);
    Json *j = NULL;
    Error err = {0};
    bool ok = json_parse(str_view(&text), name, &j, &err);
    if (name[0] == 'y')
        ck_assert_msg(ok != is_refused_by_us(name), "%s: %s", name, ok ? "accepted" : err.msg);
    if (name[0] == 'n') ck_assert_msg(!ok, "%s was accepted", name);
    if (!ok) {
        ck_assert_int_eq(err.code, ERR_UNREADABLE);
        ck_assert_msg(sv_starts(sv(err.msg), sv(name)) && strstr(err.msg, ": line ") &&
                          strstr(err.msg, ", column "),
                      "%s", err.msg);
        ck_assert_ptr_null(j);
    }
    json_free(j);
    str_finish(&text);
}

START_TEST(every_file_of_the_public_suite_is_judged_as_its_name_says)
{
    const char *source = getenv("ENTENTE_SOURCE");
    ck_assert_msg(source != NULL, "ENTENTE_SOURCE names the source folder");
    Str folder;
    str_init(&folder);
    str_addf(&folder, "%s/tests/data/jsontestsuite/test_parsing", source);
    DIR *dir = opendir(folder.buf);
    ck_assert_ptr_nonnull(dir);
    int count = 0;
    for (struct dirent *entry; (entry = readdir(dir));) {
        if (entry->d_name[0] == '.') continue;
        check_file(folder.buf, entry->d_name);
        count++;
    }
    closedir(dir);
    ck_assert_int_eq(count, 318);
    str_finish(&folder);
}
END_TEST

/* -- Our own rules --------------------------------------------------------------------------------------- */

START_TEST(a_refusal_names_the_place_and_the_reason)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"", "p: line 1, column 1: the text ends too early."},
        {"{\"a\": 1", "p: line 1, column 8: the text ends too early."},
        {"{\n  \"a\": 01\n}", "p: line 2, column 9: a number cannot begin with 0."},
        {"[1,\n2,]", "p: line 2, column 3: a value is expected; text stands in \"quotes\"."},
        {"{\"a\": yes}", "p: line 1, column 7: a value is expected; text stands in \"quotes\"."},
        {"[\"\u00e9\u65e5\t\"]",
         "p: line 1, column 5: a control character stands in a text; write it as an escape such as \\n."},
        {"[\"\\ud800\"]", "p: line 1, column 3: half of a surrogate pair is not a character."},
        {"[\"\\u0000\"]", "p: line 1, column 3: the character \\u0000 is not allowed."},
        {"[\"\\x\"]", "p: line 1, column 4: this escape does not exist; write \\\\ for a backslash."},
        {"{} x", "p: line 1, column 4: something follows the end of the value."},
        {"\xEF\xBB\xBF{}", "p: line 1, column 1: begins with a byte order mark. Save it as plain UTF-8."},
        {"[\"\xFF\"]", "p: line 1, column 3: not valid UTF-8."},
        {"[1e999]", "p: line 1, column 2: the number is too large."},
        {"{\"a\":1,\n \"b\":2, \"a\":3}", "p: line 2, column 9: this key stands twice in one object."},
        {"{\"\u00e9\":1,\"\\u00e9\":2}", "p: line 1, column 8: this key stands twice in one object."},
        {"{\"\U0001F600\":1,\"\\ud83D\\uDE00\":2}",
         "p: line 1, column 8: this key stands twice in one object."},
        {"{\"\u65e5\":1,\"\\u65e5\":2}", "p: line 1, column 8: this key stands twice in one object."},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Json *j = NULL;
        Error err = {0};
        ck_assert_msg(!json_parse(sv(cases[i].text), "p", &j, &err), "%s", cases[i].text);
        ck_assert_str_eq(err.msg, cases[i].message);
        ck_assert_int_eq(err.code, ERR_UNREADABLE);
    }
}
END_TEST

START_TEST(the_same_key_may_stand_in_different_objects)
{
    Json *j = parse("{\"a\": {\"a\": [{\"a\": 1}, {\"a\": 2, \"aa\": 3}]}, \"b\": {\"a\": 1}, \"A\": 0}");
    ck_assert_uint_eq(json_size(j), 3);
    json_free(j);
}
END_TEST

START_TEST(many_keys_are_compared_in_reasonable_time)
{
    Str s;
    str_init(&s);
    str_add_char(&s, '{');
    for (int i = 0; i < 50000; i++) str_addf(&s, "\"k%d\":0,", i * 7919 % 50000);
    str_add_c(&s, "\"k77\":1}");
    Json *j = NULL;
    Error err = {0};
    ck_assert(!json_parse(str_view(&s), "keys", &j, &err));
    ck_assert_ptr_nonnull(strstr(err.msg, "twice"));
    str_finish(&s);
}
END_TEST

static bool nested_is_read(size_t depth)
{
    Str s;
    str_init(&s);
    str_add_fill(&s, '[', depth);
    str_add_fill(&s, ']', depth);
    Json *j = NULL;
    bool ok = json_parse(str_view(&s), "nest", &j, NULL);
    json_free(j);
    str_finish(&s);
    return ok;
}

START_TEST(depth_and_size_are_bounded)
{
    ck_assert(nested_is_read(JSON_MAX_DEPTH));
    ck_assert(!nested_is_read(JSON_MAX_DEPTH + 1));
    Str s;
    str_init(&s);
    str_add_c(&s, "[]");
    str_add_fill(&s, ' ', JSON_MAX_BYTES - 2);
    Json *j = NULL;
    ck_assert(json_parse(str_view(&s), "big", &j, NULL));
    json_free(j);
    str_add_char(&s, ' ');
    Error err = {0};
    ck_assert(!json_parse(str_view(&s), "big", &j, &err));
    ck_assert_ptr_nonnull(strstr(err.msg, "larger than 8 MiB"));
    str_finish(&s);
}
END_TEST

START_TEST(a_view_need_not_end_in_nul)
{
    Json *j = NULL;
    ck_assert(json_parse(sv_n("[12345", 6), "cut", &j, NULL) == false);
    ck_assert(json_parse(sv_n("1234567", 3), "cut", &j, NULL));
    ck_assert_double_eq(json_number(j), 123);
    json_free(j);
}
END_TEST

START_TEST(values_are_read_by_kind)
{
    Json *j = parse(
        "{\"text\": \"a\\u00e9\\ud83d\\ude00\\n\", \"n\": -2.5, \"yes\": true, \"no\": false, \"nil\": null,"
        " \"list\": [1, \"two\"], \"object\": {\"k\": []}}");
    ck_assert_str_eq(json_text(json_get(j, "text")), "a\u00e9\U0001F600\n");
    ck_assert_double_eq(json_number(json_get(j, "n")), -2.5);
    ck_assert(json_bool(json_get(j, "yes")) && !json_bool(json_get(j, "no")));
    ck_assert_int_eq(json_kind(json_get(j, "no")), JSON_BOOL);
    ck_assert_int_eq(json_kind(json_get(j, "nil")), JSON_NULL);
    const Json *list = json_get(j, "list");
    ck_assert_uint_eq(json_size(list), 2);
    ck_assert_str_eq(json_text(json_next(json_first(list))), "two");
    ck_assert_ptr_null(json_next(json_next(json_first(list))));
    const Json *member = json_first(json_get(j, "object"));
    ck_assert_str_eq(json_key(member), "k");
    ck_assert_ptr_null(json_first(member));
    ck_assert_str_eq(json_kind_name(json_kind(member)), "list");
    json_free(j);
}
END_TEST

START_TEST(the_wrong_kind_reads_as_nothing)
{
    Json *j = parse("{\"list\": [], \"text\": \"12\"}");
    int64_t n = 5;
    ck_assert_ptr_null(json_get(j, "List"));
    ck_assert_ptr_null(json_get(json_get(j, "list"), "0"));
    ck_assert_ptr_null(json_get(NULL, "a"));
    ck_assert_ptr_null(json_text(json_get(j, "list")));
    ck_assert_ptr_null(json_text(NULL));
    ck_assert_ptr_null(json_first(json_get(j, "text")));
    ck_assert(!json_int(json_get(j, "text"), &n));
    ck_assert(!json_int(NULL, &n));
    ck_assert_int_eq(n, 5);
    ck_assert(!json_bool(json_get(j, "text")));
    ck_assert_double_eq(json_number(json_get(j, "text")), 0);
    ck_assert_uint_eq(json_size(json_get(j, "text")), 0);
    json_free(NULL);
    json_free(j);
}
END_TEST

START_TEST(whole_numbers_are_those_a_double_keeps_apart)
{
    static const struct {
        const char *text;
        bool ok;
        int64_t want;
    } cases[] = {
        {"0", true, 0},
        {"-0", true, 0},
        {"42", true, 42},
        {"1e3", true, 1000},
        {"5.0", true, 5},
        {"9007199254740991", true, 9007199254740991},
        {"-9007199254740991", true, -9007199254740991},
        {"9007199254740993", false, 0},
        {"-9007199254740993", false, 0},
        {"1.5", false, 0},
        {"1e300", false, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Json *j = parse(cases[i].text);
        int64_t got = 0;
        ck_assert_msg(json_int(j, &got) == cases[i].ok, "%s", cases[i].text);
        ck_assert_int_eq(got, cases[i].want);
        json_free(j);
    }
}
END_TEST

/* cJSON alone would read the first 63 characters of each. */
START_TEST(a_long_number_is_read_whole)
{
    static const char *const zeros = "0000000000000000000000000000000000000000000000000000000000000000000000";
    static const struct {
        const char *before, *after;
        double want;
    } cases[] = {
        {"-0.", "1", -1e-71},
        {"1.", "", 1},
        {"1", "", 1e70},
        {"-1", "e-70", -1},
        {"1", ".25E-70", 1},
        {"0.", "", 0},
        {"1.5", "e3", 1500},
        {"0.1", "e0", 0.1},
        {"0.3333333333333333", "1", 1.0 / 3},
        {"1e+", "7", 1e7},
        {"123456789012345.", "", 123456789012345},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Str s;
        str_init(&s);
        str_addf(&s, "[\"kept\", %s%s%s ,{\"after\":[%s%s%s]}, 7]", cases[i].before, zeros, cases[i].after,
                 cases[i].before, zeros, cases[i].after);
        Json *j = parse(s.buf);
        const Json *number = json_next(json_first(j)), *object = json_next(number);
        ck_assert_str_eq(json_text(json_first(j)), "kept");
        ck_assert_msg(json_number(number) == cases[i].want, "%s: %.17g", s.buf, json_number(number));
        ck_assert_msg(json_number(json_first(json_get(object, "after"))) == cases[i].want, "%s", s.buf);
        ck_assert_double_eq(json_number(json_next(object)), 7);
        json_free(j);
        str_finish(&s);
    }
}
END_TEST

START_TEST(a_long_number_is_refused_by_its_size_not_its_length)
{
    Str s;
    str_init(&s);
    str_add_c(&s, "[1");
    str_add_fill(&s, '0', 400);
    str_add_char(&s, ']');
    Json *j = NULL;
    Error err = {0};
    ck_assert(!json_parse(str_view(&s), "p", &j, &err));
    ck_assert_str_eq(err.msg, "p: line 1, column 2: the number is too large.");
    str_finish(&s);
}
END_TEST

START_TEST(what_is_written_has_its_commas_and_quotes)
{
    Str s;
    str_init(&s);
    JsonWriter w = json_writer(&s);
    json_open(&w, NULL, '{');
    json_put_text(&w, "name", "Ann\u00e9 \"A\"");
    json_put_text(&w, "none", NULL);
    json_put_id(&w, "id", INT64_C(9223372036854775807));
    json_put_id(&w, "no-id", 0);
    json_open(&w, "list", '[');
    json_put_int(&w, NULL, -3);
    json_put_bool(&w, NULL, true);
    json_open(&w, NULL, '[');
    json_close(&w, ']');
    json_put_null(&w, NULL);
    json_close(&w, ']');
    json_open(&w, "empty", '{');
    json_close(&w, '}');
    json_close(&w, '}');
    ck_assert_str_eq(
        s.buf,
        "{\"name\":\"Ann\u00e9 \\\"A\\\"\",\"none\":null,\"id\":\"9223372036854775807\",\"no-id\":null,"
        "\"list\":[-3,true,[],null],\"empty\":{}}");
    str_finish(&s);
}
END_TEST

START_TEST(what_is_written_cannot_steer_a_terminal_and_reads_back)
{
    const char *text = "\x1b[2J\t\\/\x7f\xC2\x9B\u202e\u2066\u2028\u00a0\u2014\U0001F600 end";
    Str s;
    str_init(&s);
    JsonWriter w = json_writer(&s);
    json_open(&w, NULL, '[');
    json_put_text(&w, NULL, text);
    json_close(&w, ']');
    ck_assert_str_eq(s.buf,
                     "[\"\\u001b[2J\\t\\\\/\\u007f\\u009b\\u202e\\u2066\\u2028\u00a0\u2014\U0001F600 end\"]");
    Json *j = parse(s.buf);
    ck_assert_str_eq(json_text(json_first(j)), text);
    json_free(j);
    str_clear(&s);
    w = json_writer(&s);
    json_put_view(&w, NULL, sv_n("a\xC3\0b\xE2\x80", 6));
    ck_assert_str_eq(s.buf, "\"a\\ufffd\\u0000b\\ufffd\\ufffd\"");
    str_finish(&s);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("json");
    TCase *tc = tcase_create("json");
    tcase_add_test(tc, every_file_of_the_public_suite_is_judged_as_its_name_says);
    tcase_add_test(tc, a_refusal_names_the_place_and_the_reason);
    tcase_add_test(tc, the_same_key_may_stand_in_different_objects);
    tcase_add_test(tc, many_keys_are_compared_in_reasonable_time);
    tcase_add_test(tc, depth_and_size_are_bounded);
    tcase_add_test(tc, a_view_need_not_end_in_nul);
    tcase_add_test(tc, values_are_read_by_kind);
    tcase_add_test(tc, the_wrong_kind_reads_as_nothing);
    tcase_add_test(tc, whole_numbers_are_those_a_double_keeps_apart);
    tcase_add_test(tc, a_long_number_is_read_whole);
    tcase_add_test(tc, a_long_number_is_refused_by_its_size_not_its_length);
    tcase_add_test(tc, what_is_written_has_its_commas_and_quotes);
    tcase_add_test(tc, what_is_written_cannot_steer_a_terminal_and_reads_back);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
