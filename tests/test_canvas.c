#include <entente/canvas.h>
#include <entente/theme.h>

#include <check.h>
#include <limits.h>
#include <stdlib.h>

static Canvas canvas;

static void setup(void)
{
    canvas_init(&canvas, 10, 3);
}

static void teardown(void)
{
    canvas_finish(&canvas);
}

static void assert_prints(const char *expected)
{
    Str s;
    str_init(&s);
    canvas_print(&canvas, &s);
    ck_assert_str_eq(s.buf, expected);
    str_finish(&s);
}

/* Every wide glyph is followed by its right half and no half stands alone. */
static void assert_whole(void)
{
    for (int y = 0; y < canvas.h; y++)
        for (int x = 0; x < canvas.w; x++) {
            bool tail = canvas_cell(&canvas, x, y)->width == 0;
            bool after_wide = x > 0 && canvas_cell(&canvas, x - 1, y)->width == 2;
            ck_assert_int_eq(tail, after_wide);
            if (x == canvas.w - 1) ck_assert_int_ne(canvas_cell(&canvas, x, y)->width, 2);
        }
}

START_TEST(a_new_canvas_is_blank_and_prints_empty_lines)
{
    assert_prints("\n\n\n");
    ck_assert_int_eq(canvas_cell(&canvas, 9, 2)->cps[0], ' ');
    ck_assert_int_eq(canvas_cell(&canvas, 9, 2)->width, 1);
}
END_TEST

START_TEST(text_is_clipped_at_every_edge_and_counts_its_cells)
{
    static const struct {
        int x, y, max;
        const char *text;
        int used;
        const char *screen;
    } cases[] = {
        {0, 0, 99, "hello", 5, "hello\n\n\n"},
        {7, 1, INT_MAX, "hello", 3, "\n       hel\n\n"},
        {0, 0, 3, "hello", 3, "hel\n\n\n"},
        {-2, 0, 99, "hello", 5, "llo\n\n\n"},
        {0, 3, 99, "hello", 5, "\n\n\n"},
        {0, -1, 99, "hello", 5, "\n\n\n"},
        {10, 0, 99, "hello", 0, "\n\n\n"},
        {0, 0, 0, "hello", 0, "\n\n\n"},
        {0, 0, -5, "hello", 0, "\n\n\n"},
        {0, 0, 99, "one\ntwo", 3, "one\n\n\n"},
        {0, 0, 99, "日本", 4, "日本\n\n\n"},
        {0, 0, 3, "日本", 2, "日\n\n\n"},
        {9, 0, 99, "日", 0, "\n\n\n"},
        {-1, 0, 99, "日x", 3, " x\n\n\n"},
        {0, 0, 99, "a\x1b[31mb", 8, "a^[[31mb\n\n\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        canvas_clear(&canvas);
        int used = canvas_text(&canvas, cases[i].x, cases[i].y, cases[i].max, ROLE_NORMAL, sv(cases[i].text));
        ck_assert_msg(used == cases[i].used, "case %zu used %d", i, used);
        assert_prints(cases[i].screen);
        assert_whole();
    }
}
END_TEST

START_TEST(a_combining_mark_stays_with_its_base)
{
    canvas_text(&canvas, 0, 0, 99, ROLE_NORMAL, SV("日\xcc\x81x"));
    ck_assert_int_eq(canvas_cell(&canvas, 0, 0)->cps[0], 0x65e5);
    ck_assert_int_eq(canvas_cell(&canvas, 0, 0)->cps[1], 0x301);
    ck_assert_int_eq(canvas_cell(&canvas, 1, 0)->width, 0);
    ck_assert_int_eq(canvas_cell(&canvas, 2, 0)->cps[0], 'x');
}
END_TEST

START_TEST(overwriting_half_a_wide_glyph_blanks_the_other_half)
{
    static const struct {
        int x;
        const char *text, *screen;
    } cases[] = {
        {0, "x", "x 本\n\n\n"},  {1, "x", " x本\n\n\n"}, {1, "語", " 語\n\n\n"},
        {2, "語", "日語\n\n\n"}, {3, "x", "日 x\n\n\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        canvas_clear(&canvas);
        canvas_text(&canvas, 0, 0, 99, ROLE_NORMAL, SV("日本"));
        canvas_text(&canvas, cases[i].x, 0, 99, ROLE_NORMAL, sv(cases[i].text));
        assert_whole();
        if (i != 2) assert_prints(cases[i].screen);
    }
}
END_TEST

START_TEST(a_fill_cuts_wide_glyphs_at_both_borders)
{
    canvas_text(&canvas, 0, 1, 99, ROLE_NORMAL, SV("日本語"));
    canvas_fill(&canvas, (Rect){1, 0, 4, 3}, '.', ROLE_NORMAL);
    assert_prints(" ....\n ....\n ....\n");
    assert_whole();
    canvas_fill(&canvas, (Rect){-5, -5, 100, 100}, '#', ROLE_STRONG);
    assert_prints("##########\n##########\n##########\n");
    canvas_fill(&canvas, (Rect){20, 20, 5, 5}, 'x', ROLE_NORMAL);
    canvas_fill(&canvas, (Rect){0, 0, -1, 5}, 'x', ROLE_NORMAL);
    assert_prints("##########\n##########\n##########\n");
}
END_TEST

START_TEST(what_does_not_fit_ends_in_an_ellipsis)
{
    ck_assert_int_eq(canvas_text_fit(&canvas, 0, 0, 5, ROLE_NORMAL, SV("hello")), 5);
    ck_assert_int_eq(canvas_text_fit(&canvas, 0, 1, 5, ROLE_NORMAL, SV("hello there")), 5);
    ck_assert_int_eq(canvas_text_fit(&canvas, 4, 2, 99, ROLE_NORMAL, SV("one\ntwo")), 4);
    assert_prints("hello\nhell…\n    one…\n");
    canvas.ascii = true;
    canvas_clear(&canvas);
    canvas_text_fit(&canvas, 0, 0, 8, ROLE_NORMAL, SV("hello there"));
    assert_prints("hello...\n\n\n");
}
END_TEST

START_TEST(roles_are_added_and_the_cursor_is_kept_on_the_canvas)
{
    canvas_textf(&canvas, 0, 0, 99, ROLE_STRONG, "%s %d", "n", 7);
    canvas_role(&canvas, (Rect){0, 0, 10, 1}, ROLE_SELECTED);
    ck_assert_int_eq(canvas_cell(&canvas, 0, 0)->role, ROLE_STRONG | ROLE_SELECTED);
    ck_assert_int_eq(canvas_cell(&canvas, 9, 0)->role, ROLE_SELECTED);
    canvas_rule(&canvas, 1, 1, 3);
    assert_prints("n 7\n ---\n\n");
    canvas_cursor(&canvas, 99, -4, true);
    ck_assert(canvas.cursor_x == 9 && canvas.cursor_y == 0 && canvas.cursor_in_text);
    canvas_resize(&canvas, 4, 1);
    assert_prints("\n");
    ck_assert_int_eq(canvas.cursor_x, 0);
}
END_TEST

START_TEST(every_role_shows_without_colour)
{
    for (unsigned role = 1; role < 64; role++) {
        Look plain = theme_look((Role)role, false), colour = theme_look((Role)role, true);
        ck_assert(!plain.attention && plain.bold == colour.bold && plain.reverse == colour.reverse);
    }
    ck_assert(theme_look(ROLE_SELECTED, false).reverse && theme_look(ROLE_TITLE, false).reverse);
    ck_assert(!theme_look(ROLE_SELECTED | ROLE_MATCH, false).reverse);
    ck_assert(theme_look(ROLE_FIELD, false).underline);
    ck_assert(theme_look(ROLE_ATTENTION, false).bold && theme_look(ROLE_ATTENTION, true).attention);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("canvas");
    TCase *tc = tcase_create("canvas");
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, a_new_canvas_is_blank_and_prints_empty_lines);
    tcase_add_test(tc, text_is_clipped_at_every_edge_and_counts_its_cells);
    tcase_add_test(tc, a_combining_mark_stays_with_its_base);
    tcase_add_test(tc, overwriting_half_a_wide_glyph_blanks_the_other_half);
    tcase_add_test(tc, a_fill_cuts_wide_glyphs_at_both_borders);
    tcase_add_test(tc, what_does_not_fit_ends_in_an_ellipsis);
    tcase_add_test(tc, roles_are_added_and_the_cursor_is_kept_on_the_canvas);
    tcase_add_test(tc, every_role_shows_without_colour);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
