#include <entente/list.h>

#include <check.h>
#include <stdlib.h>

static List list_of(size_t count, int height)
{
    List l = {0};
    list_set_height(&l, height);
    list_set_count(&l, count, false);
    return l;
}

START_TEST(keys_move_the_selection_and_the_view_follows)
{
    static const struct {
        Key key;
        size_t selected, top;
    } steps[] = {
        {KEYN_UP, 0, 0},
        {'j', 1, 0},
        {KEYN_DOWN, 2, 0},
        {KEYN_PAGE_DOWN, 6, 2},
        {KEY_CTRL('f'), 10, 6},
        {'k', 9, 6},
        {KEYN_END, 19, 15},
        {KEYN_DOWN, 19, 15},
        {KEYN_PAGE_UP, 15, 15},
        {KEY_CTRL('b'), 11, 11},
        {'g', 0, 0},
        {'G', 19, 15},
        {KEYN_HOME, 0, 0},
    };
    List l = list_of(20, 5);
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        ck_assert(list_key(&l, steps[i].key));
        ck_assert_msg(l.selected == steps[i].selected && l.top == steps[i].top, "step %zu: %zu, top %zu", i,
                      l.selected, l.top);
    }
}
END_TEST

START_TEST(other_keys_are_left_to_the_view)
{
    static const Key keys[] = {KEYN_ENTER, KEYN_LEFT, 'x', KEY_ALT('k'), KEY_CTRL('k'), KEYN_UNKNOWN};
    List l = list_of(5, 5);
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) ck_assert(!list_key(&l, keys[i]));
}
END_TEST

START_TEST(a_shrinking_list_keeps_the_selection_in_range_and_fills_the_view)
{
    List l = list_of(20, 5);
    list_select(&l, 19);
    list_set_count(&l, 8, false);
    ck_assert_uint_eq(l.selected, 7);
    ck_assert_uint_eq(l.top, 3);
    list_set_height(&l, 20);
    ck_assert_uint_eq(l.top, 0);
    list_set_count(&l, 0, false);
    ck_assert_uint_eq(l.selected, 0);
    for (Key key = 'a'; key <= 'z'; key++) list_key(&l, key);
    ck_assert_uint_eq(l.selected, 0);
}
END_TEST

START_TEST(a_smaller_view_still_shows_the_selection)
{
    List l = list_of(20, 10);
    list_select(&l, 9);
    list_set_height(&l, 3);
    ck_assert_uint_eq(l.top, 7);
    list_set_height(&l, 0);
    ck_assert_uint_eq(l.top, 9);
}
END_TEST

START_TEST(more_rows_are_wanted_within_a_page_of_the_end)
{
    List l = list_of(20, 5);
    ck_assert(!list_wants_more(&l));
    list_set_count(&l, 20, true);
    ck_assert(!list_wants_more(&l));
    list_select(&l, 14);
    ck_assert(!list_wants_more(&l));
    list_select(&l, 15);
    ck_assert(list_wants_more(&l));
    List empty = {.height = 5, .more = true};
    ck_assert(list_wants_more(&empty));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("list");
    TCase *tc = tcase_create("list");
    tcase_add_test(tc, keys_move_the_selection_and_the_view_follows);
    tcase_add_test(tc, other_keys_are_left_to_the_view);
    tcase_add_test(tc, a_shrinking_list_keeps_the_selection_in_range_and_fills_the_view);
    tcase_add_test(tc, a_smaller_view_still_shows_the_selection);
    tcase_add_test(tc, more_rows_are_wanted_within_a_page_of_the_end);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
