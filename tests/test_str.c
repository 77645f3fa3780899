#include <entente/str.h>

#include <check.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <entente/arena.h>
#include <entente/error.h>
#include <entente/mem.h>
#include <entente/vec.h>

static void assert_view(StrView got, const char *want)
{
    ck_assert_msg(sv_eq(got, sv(want)), "got \"%.*s\", want \"%s\"", (int)got.len, got.ptr, want);
    ck_assert_ptr_nonnull(got.ptr);
}

START_TEST(views_compare_by_bytes_or_ascii_case)
{
    assert_view(sv(NULL), "");
    ck_assert(sv_eq(SV("abc"), sv_n("abcd", 3)));
    ck_assert(!sv_eq(SV("abc"), SV("abC")));
    ck_assert(!sv_eq(SV("a"), SV("ab")));
    ck_assert(sv_eq_nocase(SV("Weekly"), SV("wEEKLY")));
    ck_assert(!sv_eq_nocase(SV("[x]"), SV("{x}")));
    ck_assert(!sv_eq_nocase(SV("\xC3\x89"), SV("\xC3\xA9")));
    ck_assert(sv_starts(SV("entente"), SV("ent")));
    ck_assert(sv_starts(SV("entente"), SV("")));
    ck_assert(!sv_starts(SV("en"), SV("ent")));
}
END_TEST

START_TEST(hashes_are_those_that_were_published)
{
    /* draft-eastlake-fnv, its test vectors */
    static const struct {
        const char *text;
        uint64_t hash;
    } cases[] = {{"", UINT64_C(0xcbf29ce484222325)},
                 {"a", UINT64_C(0xaf63dc4c8601ec8c)},
                 {"foobar", UINT64_C(0x85944171f73967e8)}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        ck_assert_uint_eq(sv_hash(sv(cases[i].text)), cases[i].hash);
}
END_TEST

START_TEST(trimming_takes_ascii_space_only)
{
    static const struct {
        const char *in, *out;
    } cases[] = {
        {"", ""}, {" \t\r\n", ""}, {"  a b\n", "a b"}, {"a", "a"}, {"\xC2\xA0x ", "\xC2\xA0x"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_view(sv_trim(sv(cases[i].in)), cases[i].out);
}
END_TEST

START_TEST(cutting_walks_the_parts_of_a_view)
{
    StrView rest = SV("a,,b");
    assert_view(sv_cut(&rest, ','), "a");
    assert_view(sv_cut(&rest, ','), "");
    assert_view(sv_cut(&rest, ','), "b");
    assert_view(rest, "");
    assert_view(sv_cut(&rest, ','), "");
}
END_TEST

START_TEST(words_are_runs_between_spaces)
{
    StrView rest = SV("  every 2\tweeks ");
    assert_view(sv_word(&rest), "every");
    assert_view(sv_word(&rest), "2");
    assert_view(sv_word(&rest), "weeks");
    assert_view(sv_word(&rest), "");
    assert_view(rest, "");
}
END_TEST

START_TEST(numbers_are_whole_decimal_and_in_range)
{
    static const struct {
        const char *in;
        long min, max, want;
        bool ok;
    } cases[] = {
        {"0", 0, 9, 0, true},
        {"007", 0, 9, 7, true},
        {"-12", -20, 0, -12, true},
        {"+3", 0, 9, 3, true},
        {"", 0, 9, 0, false},
        {"-", -9, 9, 0, false},
        {" 1", 0, 9, 0, false},
        {"1 ", 0, 9, 0, false},
        {"0x1", 0, 99, 0, false},
        {"10", 0, 9, 0, false},
        {"-1", 0, 9, 0, false},
        {"1.5", 0, 9, 0, false},
        {"99999999999999999999", LONG_MIN, LONG_MAX, 0, false},
        {"-99999999999999999999", LONG_MIN, LONG_MAX, 0, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        long got = -77;
        bool ok = sv_to_int(sv(cases[i].in), cases[i].min, cases[i].max, &got);
        ck_assert_msg(ok == cases[i].ok, "\"%s\"", cases[i].in);
        ck_assert_int_eq(got, ok ? cases[i].want : -77);
    }
}
END_TEST

START_TEST(the_largest_and_smallest_numbers_are_read)
{
    const long ends[] = {LONG_MIN, LONG_MAX};
    for (size_t i = 0; i < 2; i++) {
        char digits[32];
        long got = 0;
        snprintf(digits, sizeof digits, "%ld", ends[i]);
        ck_assert(sv_to_int(sv(digits), LONG_MIN, LONG_MAX, &got));
        ck_assert_int_eq(got, ends[i]);
        digits[strlen(digits) - 1]++; /* one further out */
        ck_assert(!sv_to_int(sv(digits), LONG_MIN, LONG_MAX, &got));
    }
}
END_TEST

START_TEST(a_string_grows_and_always_ends_in_nul)
{
    Str s;
    str_init(&s);
    ck_assert_str_eq(s.buf, "");
    str_add_fill(&s, 'x', 0);
    str_clear(&s);
    ck_assert_str_eq(s.buf, "");
    for (int i = 0; i < 1000; i++) {
        str_add_char(&s, 'a');
        ck_assert_uint_eq(strlen(s.buf), s.len);
    }
    str_clear(&s);
    ck_assert_str_eq(s.buf, "");
    str_addf(&s, "%s-%d", "v", 3);
    str_add_c(&s, NULL);
    str_add_fill(&s, '.', 2);
    ck_assert_str_eq(s.buf, "v-3..");
    str_addf(&s, "%300s", "end");
    ck_assert_uint_eq(s.len, 305);
    str_finish(&s);
    str_finish(&s);
    ck_assert_ptr_null(s.buf);
}
END_TEST

START_TEST(text_is_inserted_and_removed_anywhere)
{
    Str s;
    str_init(&s);
    str_insert(&s, 0, SV("ad"));
    str_insert(&s, 1, SV("bc"));
    str_insert(&s, 4, SV("e"));
    ck_assert_str_eq(s.buf, "abcde");
    str_remove(&s, 1, 3);
    ck_assert_str_eq(s.buf, "ae");
    str_remove(&s, 2, 0);
    str_remove(&s, 0, 2);
    ck_assert_str_eq(s.buf, "");
    str_finish(&s);
}
END_TEST

START_TEST(a_string_may_be_fed_from_itself)
{
    Str s;
    str_init(&s);
    str_add_c(&s, "0123456789012345678901234567890");
    str_add(&s, str_view(&s));
    ck_assert_uint_eq(s.len, 62);
    str_insert(&s, 1, sv_n(s.buf + 2, 3));
    ck_assert(sv_starts(str_view(&s), SV("02341234")));
    str_addf(&s, "%s", s.buf);
    ck_assert_uint_eq(s.len, 130);
    str_set(&s, sv_n(s.buf + 1, 3));
    ck_assert_str_eq(s.buf, "234");
    str_set(&s, SV("other"));
    ck_assert_str_eq(s.buf, "other");
    str_finish(&s);
}
END_TEST

START_TEST(a_stolen_string_leaves_an_empty_one)
{
    Str s;
    str_init(&s);
    char *nothing = str_steal(&s);
    ck_assert_str_eq(nothing, "");
    str_add_c(&s, "kept");
    char *text = str_steal(&s);
    ck_assert_str_eq(text, "kept");
    ck_assert_uint_eq(s.len, 0);
    str_add_c(&s, "again");
    ck_assert_str_eq(s.buf, "again");
    ck_assert_str_eq(text, "kept");
    free(nothing);
    free(text);
    str_finish(&s);
}
END_TEST

START_TEST(an_array_keeps_its_order)
{
    Vec(int) v = {0};
    for (int i = 0; i < 100; i++) vec_push(&v, i);
    vec_remove(&v, 99);
    vec_remove(&v, 0);
    vec_remove(&v, 49);
    ck_assert_uint_eq(v.len, 97);
    ck_assert_int_eq(v.at[0], 1);
    ck_assert_int_eq(v.at[48], 49);
    ck_assert_int_eq(v.at[49], 51);
    ck_assert_int_eq(v.at[96], 98);
    vec_finish(&v);
    ck_assert_uint_eq(v.len + v.cap, 0);
}
END_TEST

START_TEST(arena_memory_is_zeroed_aligned_and_apart)
{
    Arena a = {0};
    unsigned char *before = NULL;
    for (size_t size = 1; size < 40000; size = size * 3 / 2 + 1) {
        unsigned char *p = arena_alloc(&a, size);
        ck_assert_uint_eq((uintptr_t)p % _Alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++) ck_assert_uint_eq(p[i], 0);
        memset(p, 0xFF, size);
        if (before) ck_assert_uint_eq(*before, 0xFF);
        before = p;
    }
    arena_reset(&a);
    ck_assert_ptr_nonnull(arena_alloc(&a, 1));
    arena_finish(&a);
    arena_finish(&a);
    arena_finish(NULL);
}
END_TEST

START_TEST(arena_copies_outlive_their_source)
{
    Arena a = {0};
    char text[] = "alliance";
    const char *copy = arena_str(&a, sv_n(text, 4));
    const char *line = arena_strf(&a, "%s %0300d", text, 7);
    int *numbers = arena_copy(&a, (int[]){1, 2, 3}, 3 * sizeof(int));
    memset(text, 'x', sizeof text - 1);
    ck_assert_str_eq(copy, "alli");
    ck_assert_uint_eq(strlen(line), 309);
    ck_assert_int_eq(numbers[2], 3);
    ck_assert_str_eq(arena_str(&a, sv(NULL)), "");
    ck_assert_ptr_null(arena_array(&a, 0, 8));
    ck_assert_ptr_null(arena_copy(&a, text, 0));
    arena_finish(&a);
}
END_TEST

START_TEST(the_first_error_wins)
{
    Error err = {0};
    ck_assert(!error_set(&err, ERR_IN_USE, "first %d", 1));
    ck_assert(!error_set(&err, ERR_USAGE, "second"));
    ck_assert_int_eq(err.code, ERR_IN_USE);
    ck_assert_str_eq(err.msg, "first 1");
    error_clear(&err);
    ck_assert_int_eq(err.code, ERR_NONE);
    ck_assert_str_eq(err.msg, "");
    ck_assert(!error_set(NULL, ERR_USAGE, "nobody listens"));
    error_clear(NULL);
}
END_TEST

START_TEST(a_long_error_is_cut_between_characters)
{
    static const char *const characters[] = {"x", "\u00e9", "\u65e5", "\U0001F600"};
    for (size_t i = 0; i < 4; i++)
        for (size_t shift = 0; shift < 4; shift++) {
            Str s;
            str_init(&s);
            str_add_fill(&s, '.', shift);
            while (s.len < 600) str_add_c(&s, characters[i]);
            Error err = {0};
            error_set(&err, ERR_USAGE, "%s", s.buf);
            size_t len = strlen(err.msg), each = strlen(characters[i]);
            ck_assert_uint_gt(len, sizeof err.msg - 1 - each);
            ck_assert_uint_eq((len - shift) % each, 0);
            ck_assert(sv_starts(str_view(&s), sv(err.msg)));
            str_finish(&s);
        }
}
END_TEST

START_TEST(an_error_that_fits_is_kept_whole)
{
    char text[512] = {0};
    memset(text, '.', 509);
    memcpy(text + 509, "\u00e9", 2);
    Error err = {0};
    error_set(&err, ERR_USAGE, "%s", text);
    ck_assert_str_eq(err.msg, text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("str");
    TCase *tc = tcase_create("str");
    tcase_add_test(tc, views_compare_by_bytes_or_ascii_case);
    tcase_add_test(tc, hashes_are_those_that_were_published);
    tcase_add_test(tc, trimming_takes_ascii_space_only);
    tcase_add_test(tc, cutting_walks_the_parts_of_a_view);
    tcase_add_test(tc, words_are_runs_between_spaces);
    tcase_add_test(tc, numbers_are_whole_decimal_and_in_range);
    tcase_add_test(tc, the_largest_and_smallest_numbers_are_read);
    tcase_add_test(tc, a_string_grows_and_always_ends_in_nul);
    tcase_add_test(tc, text_is_inserted_and_removed_anywhere);
    tcase_add_test(tc, a_string_may_be_fed_from_itself);
    tcase_add_test(tc, a_stolen_string_leaves_an_empty_one);
    tcase_add_test(tc, an_array_keeps_its_order);
    tcase_add_test(tc, arena_memory_is_zeroed_aligned_and_apart);
    tcase_add_test(tc, arena_copies_outlive_their_source);
    tcase_add_test(tc, the_first_error_wins);
    tcase_add_test(tc, a_long_error_is_cut_between_characters);
    tcase_add_test(tc, an_error_that_fits_is_kept_whole);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
