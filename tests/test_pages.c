#include "../src/tui/alliance_page.h"
#include "../src/tui/headed.h"
#include "story.h"

#include <check.h>
#include <entente/text.h>
#include <stdlib.h>
#include <string.h>

/* What golden screens do not show: roles, the focus across changes, long journals, keys at random. */

static App *app;
static Ui *ui;
static Canvas canvas;

static void show(int w, int h)
{
    UiOptions o = {.app = app, .w = w, .h = h};
    ui = ui_new(&o);
    canvas_init(&canvas, w, h);
    ui_draw(ui, &canvas);
}

static void small_story(void)
{
    app = story_small();
    show(80, 24);
}

static void nobody(void)
{
    app = story_empty();
}

static void leave(void)
{
    ui_free(ui);
    ui = NULL;
    app_close(app);
    canvas_finish(&canvas);
}

static void press(const char *names)
{
    StrView rest = sv(names), name;
    while ((name = sv_word(&rest)).len > 0) {
        Event e = {.type = EVENT_KEY};
        ck_assert(key_parse(name, &e.key));
        ui_handle(ui, &e);
        ui_draw(ui, &canvas);
    }
}

static char *row_text(int y)
{
    Str all;
    str_init(&all);
    canvas_print(&canvas, &all);
    StrView rest = str_view(&all), line = sv("");
    for (int i = 0; i <= y; i++) line = sv_cut(&rest, '\n');
    char *text = mem_strndup(line.ptr, line.len);
    str_finish(&all);
    return text;
}

static bool row_has(int y, const char *text)
{
    char *row = row_text(y);
    bool has = strstr(row, text) != NULL;
    free(row);
    return has;
}

static bool screen_has(const char *text)
{
    for (int y = 0; y < canvas.h; y++)
        if (row_has(y, text)) return true;
    return false;
}

static int cells_with(Role role, int y)
{
    int n = 0;
    for (int x = 0; x < canvas.w; x++)
        if (canvas_cell(&canvas, x, y)->role & role) n++;
    return n;
}

/* ---- the focus ---- */

START_TEST(the_selected_row_has_a_mark_reverse_video_and_the_cursor)
{
    static const char *const ways[] = {"2", "Enter 2", "Enter 3", "Enter 4"};
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        press("g");
        press(ways[i]);
        press("Down");
        int y = canvas.cursor_y;
        ck_assert_msg(canvas_cell(&canvas, 1, y)->cps[0] == '>', "%s: no mark in row %d", ways[i], y);
        int reverse = cells_with(ROLE_SELECTED, y);
        ck_assert_msg(reverse > 0 && reverse < 30, "%s: %d cells are reverse", ways[i], reverse);
        ck_assert(canvas_cell(&canvas, canvas.cursor_x, y)->role & ROLE_SELECTED);
        press("Esc");
    }
}
END_TEST

START_TEST(a_change_elsewhere_keeps_the_selected_entry)
{
    press("2 Down Down Down");
    char *before = row_text(canvas.cursor_y);
    Error err = {0};
    ck_assert(app_moment(app, story_who(app, "Ana"), MOMENT_GAVE, "A lift to the station.", app_now(app),
                         false, NULL, &err));
    ui_reload(ui);
    ui_draw(ui, &canvas);
    char *after = row_text(canvas.cursor_y);
    ck_assert_str_eq(before, after);
    ck_assert(screen_has("A lift to the station."));
    free(before);
    free(after);
}
END_TEST

START_TEST(ticking_goes_on_with_the_next_open_commitment)
{
    press("Enter 4 Space");
    ck_assert(row_has(canvas.cursor_y, "plan one evening"));
    press("Space Space");
    ck_assert(screen_has("Marked \"tell me early when tired\" kept."));
    ck_assert(!screen_has("[ ]"));
    press("u u u");
    ck_assert(screen_has("[ ] send the draft budget"));
}
END_TEST

START_TEST(space_on_a_settled_commitment_asks_what_became_of_it)
{
    press("Enter 4 End Space");
    ck_assert_ptr_eq(ui_top(ui)->ops, &VIEW_FORM);
    press("Esc Enter");
    ck_assert_ptr_eq(ui_top(ui)->ops, &VIEW_FORM);
}
END_TEST

START_TEST(trashing_an_alliance_leaves_its_page)
{
    press("Enter d");
    ck_assert_ptr_eq(ui_top(ui)->ops, &VIEW_HOME);
    ck_assert(screen_has("u Undo"));
}
END_TEST

START_TEST(amending_on_the_agreement_opens_the_selected_section)
{
    press("Enter 2 End e");
    ck_assert_ptr_eq(ui_top(ui)->ops, &VIEW_SESSION);
    press("Esc");
    while (ui_top(ui)->ops == &VIEW_SESSION) press("Esc");
    ck_assert_ptr_eq(ui_top(ui)->ops, &VIEW_ALLIANCE);
    ck_assert(row_has(canvas.cursor_y, "> TRIAL"));
}
END_TEST

START_TEST(tabs_go_round_and_digits_jump)
{
    static const char *const shown[] = {"[2 Agreement]", "[3 History]", "[4 Commitments]", "[1 Overview]"};
    press("Enter");
    for (size_t i = 0; i < 4; i++) {
        press("Tab");
        ck_assert_msg(row_has(0, shown[i]), "%s", shown[i]);
    }
    press("Shift-Tab");
    ck_assert(row_has(0, "[4 Commitments]"));
    press("3");
    ck_assert(row_has(0, "[3 History]"));
}
END_TEST

/* ---- finding ---- */

START_TEST(a_match_is_marked_and_the_marks_of_the_store_are_not_shown)
{
    press("2 / b u d g e t");
    int y = 5;
    ck_assert(row_has(y, "send the draft budget"));
    ck_assert_int_eq(cells_with(ROLE_MATCH, y), 6);
    ck_assert(!screen_has("\xe2\x80\xb9"));
    ck_assert(canvas.cursor_in_text);
}
END_TEST

START_TEST(while_finding_letters_are_text_and_never_commands)
{
    press("Enter 4 / d q n e");
    ck_assert_ptr_eq(ui_top(ui)->ops, &VIEW_ALLIANCE);
    ck_assert(screen_has("Filter \"dqne\" hides all 6."));
    press("Esc Esc Esc");
    ck_assert_ptr_eq(ui_top(ui)->ops, &VIEW_HOME);
}
END_TEST

/* ---- a long journal ---- */

enum { MANY = 130 };

static Id somebody(void)
{
    Done done;
    Error err = {0};
    done_init(&done);
    ck_assert(app_new_alliance(app, &(NewAlliance){.name = "Iris", .first = DATE_NONE}, &done, &err));
    Id id = done.id;
    done_finish(&done);
    return id;
}

START_TEST(a_long_history_is_read_page_by_page_and_counted_honestly)
{
    Id id = somebody();
    for (int i = 0; i < MANY; i++) {
        Instant at = app_now(app);
        at.unix_ms -= (int64_t)i * 86400000 * 9;
        Error err = {0};
        ck_assert(app_moment(app, id, MOMENT_DEPOSIT, i == MANY - 1 ? "The first one." : "Soup.", at, false,
                             NULL, &err));
    }
    show(80, 24);
    press("2");
    ck_assert(screen_has("first 50 entries"));
    press("PgDn PgDn PgDn PgDn PgDn PgDn");
    ck_assert(screen_has("first 100 entries"));
    press("End");
    ck_assert(screen_has(" 130 entries"));
    ck_assert(row_has(canvas.cursor_y, "The first one."));
    press("Up Up Home");
    ck_assert(row_has(canvas.cursor_y, "22 Nov"));
}
END_TEST

START_TEST(many_commitments_are_read_page_by_page)
{
    Id id = somebody();
    for (int i = 0; i < MANY; i++) {
        Error err = {0};
        ck_assert(app_commit(app, id, SIDE_ME, i == MANY - 1 ? "the last one" : "a small thing", DATE_NONE,
                             NULL, &err));
    }
    show(80, 24);
    press("Enter 4");
    for (int i = 0; i < MANY; i++) press("Down");
    char *at_end = row_text(canvas.cursor_y);
    press("Home End");
    char *by_key = row_text(canvas.cursor_y);
    ck_assert_str_eq(at_end, by_key);
    press("/ l a s t");
    ck_assert(screen_has("Filter \"last\": 1 of 130."));
    free(at_end);
    free(by_key);
}
END_TEST

/* ---- anything at all ---- */

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

/* No key may leave the cursor outside the page, a torn wide glyph, or a page without its frame. */
static void look(int step)
{
    if (canvas.w < 30 || canvas.h < 8) return;
    ck_assert_msg(canvas.cursor_y > 0 && canvas.cursor_y < canvas.h - 2, "step %d: cursor in row %d of %d",
                  step, canvas.cursor_y, canvas.h);
    for (int y = 0; y < canvas.h; y++)
        for (int x = 0; x < canvas.w; x++) {
            bool wide = canvas_cell(&canvas, x, y)->width == 2;
            ck_assert_msg(!wide || (x + 1 < canvas.w && canvas_cell(&canvas, x + 1, y)->width == 0),
                          "step %d: half a glyph at %d,%d", step, x, y);
        }
}

START_TEST(any_key_at_any_size_keeps_the_page_whole)
{
    static const char *const keys[] = {"Up",        "Down",  "PgUp",  "PgDn",     "Home",  "End", "Tab",
                                       "Shift-Tab", "1",     "2",     "3",        "4",     "/",   "a",
                                       "e",         "Enter", "Esc",   "Left",     "Right", "g",   "G",
                                       "u",         "U",     "Space", "Backspace"};
    static const int sizes[][2] = {{80, 24}, {40, 12}, {30, 8}, {120, 40}, {31, 30}, {200, 9}, {12, 4}};
    uint32_t seed = 7;
    for (int step = 0; step < 1500; step++) {
        if (next_random(&seed) % 25 == 0) {
            size_t s = next_random(&seed) % 7;
            ui_handle(ui, &(Event){.type = EVENT_RESIZE, .w = sizes[s][0], .h = sizes[s][1]});
            ui_draw(ui, &canvas);
        }
        const ViewOps *top = ui_top(ui)->ops;
        if (top != &VIEW_ALLIANCE && top != &VIEW_HISTORY && top != &VIEW_ENTRY && top != &VIEW_HOME)
            press("Esc");
        else
            press(keys[next_random(&seed) % (sizeof keys / sizeof keys[0])]);
        if (ui_done(ui)) break;
        top = ui_top(ui)->ops;
        if (top == &VIEW_ALLIANCE || top == &VIEW_HISTORY || top == &VIEW_ENTRY) look(step);
    }
    ck_assert(!ui_done(ui));
}
END_TEST

/* ---- lists under headings ---- */

static bool every_third(const void *owner, size_t row, bool first)
{
    (void)owner;
    return first || row % 3 == 0;
}

START_TEST(the_selected_row_fits_below_its_headings)
{
    for (int height = 2; height < 12; height++) {
        List l = {0};
        list_set_count(&l, 40, false);
        for (size_t row = 0; row < 80; row++) {
            list_select(&l, row < 40 ? row : 79 - row);
            headed_scroll(&l, height, every_third, NULL);
            ck_assert(l.top <= l.selected);
            ck_assert_int_le(headed_lines(&l, l.selected, every_third, NULL), height);
        }
    }
}
END_TEST

int main(void)
{
    Suite *s = suite_create("pages");
    TCase *story = tcase_create("story"), *longer = tcase_create("long"), *lists = tcase_create("lists");
    tcase_add_checked_fixture(story, small_story, leave);
    tcase_add_test(story, the_selected_row_has_a_mark_reverse_video_and_the_cursor);
    tcase_add_test(story, a_change_elsewhere_keeps_the_selected_entry);
    tcase_add_test(story, ticking_goes_on_with_the_next_open_commitment);
    tcase_add_test(story, space_on_a_settled_commitment_asks_what_became_of_it);
    tcase_add_test(story, trashing_an_alliance_leaves_its_page);
    tcase_add_test(story, amending_on_the_agreement_opens_the_selected_section);
    tcase_add_test(story, tabs_go_round_and_digits_jump);
    tcase_add_test(story, a_match_is_marked_and_the_marks_of_the_store_are_not_shown);
    tcase_add_test(story, while_finding_letters_are_text_and_never_commands);
    tcase_add_test(story, any_key_at_any_size_keeps_the_page_whole);
    tcase_set_timeout(story, 60);
    tcase_add_checked_fixture(longer, nobody, leave);
    tcase_add_test(longer, a_long_history_is_read_page_by_page_and_counted_honestly);
    tcase_add_test(longer, many_commitments_are_read_page_by_page);
    tcase_set_timeout(longer, 60);
    tcase_add_test(lists, the_selected_row_fits_below_its_headings);
    suite_add_tcase(s, story);
    suite_add_tcase(s, longer);
    suite_add_tcase(s, lists);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_NORMAL);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
