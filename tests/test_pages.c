#include "../src/tui/agenda_page.h"
#include "../src/tui/alliance_page.h"
#include "../src/tui/headed.h"
#include "../src/tui/home.h"
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

static void agenda_story(void)
{
    app = story_agenda();
    show(80, 24);
    ui_handle(ui, &(Event){.type = EVENT_KEY, .key = '2'});
    ui_draw(ui, &canvas);
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
    static const char *const ways[] = {"2", "3", "Enter 2", "Enter 3", "Enter 4"};
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
    press("3 Down Down Down");
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
    press("3 / b u d g e t");
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

START_TEST(a_filter_takes_its_words_in_any_order)
{
    press("/ m a n Space o ' n");
    ck_assert(screen_has("Ben O'Neill") && !screen_has("Ana Lima"));
    press("Esc Esc 2 / b u d g e t Space y o u");
    ck_assert(screen_has("send the draft budget") && !screen_has("Ben O'Neill"));
    press("Esc Esc 1 g Enter 4 / o p e n Space p h o n");
    ck_assert(screen_has("without phones") && !screen_has("send the draft budget"));
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
    press("3");
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
        if (top != &VIEW_ALLIANCE && top != &VIEW_HISTORY && top != &VIEW_ENTRY && top != &VIEW_HOME &&
            top != &VIEW_AGENDA)
            press("Esc");
        else
            press(keys[next_random(&seed) % (sizeof keys / sizeof keys[0])]);
        if (ui_done(ui)) break;
        top = ui_top(ui)->ops;
        if (top == &VIEW_ALLIANCE || top == &VIEW_HISTORY || top == &VIEW_ENTRY || top == &VIEW_AGENDA)
            look(step);
    }
    ck_assert(!ui_done(ui));
}
END_TEST

/* ---- the agenda ---- */

static const ViewOps *shown_view(void)
{
    return ui_top(ui)->ops;
}

static char *dumped(void)
{
    Str dump;
    str_init(&dump);
    ck_assert(app_dump(app, &dump, NULL));
    return str_steal(&dump);
}

static void type_command(const char *name)
{
    press(":");
    for (; *name; name++) ui_handle(ui, &(Event){.type = EVENT_KEY, .key = (Key)*name});
    press("Enter");
}

START_TEST(the_tabs_of_home_reach_each_other)
{
    static const ViewOps *const views[] = {&VIEW_HOME, &VIEW_AGENDA, &VIEW_HISTORY};
    static const char *const digits[] = {"1", "2", "3"}, *const names[] = {"alliances", "agenda", "history"};
    for (int from = 0; from < 3; from++)
        for (int to = 0; to < 3; to++) {
            press(digits[from]);
            ck_assert_ptr_eq(shown_view(), views[from]);
            press(digits[to]);
            ck_assert_ptr_eq(shown_view(), views[to]);
            press(digits[from]);
            type_command(names[to]);
            ck_assert_msg(shown_view() == views[to], "%s from tab %d", names[to], from + 1);
            press(digits[from]);
            press("Tab");
            ck_assert_ptr_eq(shown_view(), views[(from + 1) % 3]);
            press("Shift-Tab");
            ck_assert_ptr_eq(shown_view(), views[from]);
        }
    press("2 3 2 Esc");
    ck_assert_ptr_eq(shown_view(), &VIEW_HOME);
    ck_assert(!ui_done(ui));
}
END_TEST

START_TEST(what_is_kept_gives_its_place_to_the_next_matter)
{
    press("Down");
    ck_assert(row_has(canvas.cursor_y, "send the draft budget"));
    press("Space");
    ck_assert(!screen_has("you: send the draft budget"));
    ck_assert(row_has(canvas.cursor_y, "Ben O'Neill"));
    press("Down Down Down Space");
    ck_assert(row_has(canvas.cursor_y, "write down what the trainin"));
    press("u u");
    ck_assert(screen_has("you: send the draft budget"));
    ck_assert(row_has(canvas.cursor_y, "write down what the trainin"));
}
END_TEST

START_TEST(what_moves_later_leaves_its_place_to_the_next_row)
{
    press("Down Down");
    int y = canvas.cursor_y;
    ck_assert(row_has(y, "Sun 22 Nov   check-in    Ben O'Neill"));
    press("x");
    ck_assert(screen_has("Sun 29 Nov   check-in    Ben O'Neill"));
    ck_assert(!row_has(canvas.cursor_y, "Ben O'Neill"));
    ck_assert_int_ne(ui_alliance(ui), story_who(app, "Ben"));
    press("u");
    ck_assert_int_eq(canvas.cursor_y, y);
    ck_assert(row_has(y, "Sun 22 Nov   check-in    Ben O'Neill"));
    press("s t o m o r r o w Enter");
    ck_assert_ptr_eq(shown_view(), &VIEW_AGENDA);
    ck_assert(screen_has("z Mon 23 Nov   check-in    Ben O'Neill     snoozed from 22 Nov"));
}
END_TEST

START_TEST(skipping_again_and_again_skips_each_once)
{
    press("g Down Down x x x");
    ck_assert(screen_has("Skipped"));
    Arena arena = {0};
    LogStep *steps;
    size_t n;
    ck_assert(app_log(app, 0, 3, &arena, &steps, &n, NULL));
    ck_assert_uint_eq(n, 3);
    for (size_t i = 0; i < n; i++)
        ck_assert_msg(strncmp(steps[i].label, "skip ", 5) == 0, "%s", steps[i].label);
    ck_assert_ptr_nonnull(strstr(steps[2].label, "Ben O'Neill"));
    ck_assert_ptr_nonnull(strstr(steps[1].label, "Megumi"));
    ck_assert_ptr_null(strstr(steps[0].label, "Ben O'Neill"));
    ck_assert_ptr_null(strstr(steps[0].label, "Megumi"));
    arena_finish(&arena);
}
END_TEST

START_TEST(a_pause_takes_its_check_in_off_the_agenda)
{
    press("Down Down p Enter");
    ck_assert(screen_has("Paused Ben O'Neill"));
    ck_assert(!screen_has("check-in    Ben O'Neill"));
    ck_assert_int_ne(ui_alliance(ui), story_who(app, "Ben"));
    press("u");
    ck_assert(screen_has("* Sun 22 Nov   check-in    Ben O'Neill"));
}
END_TEST

/* "Right, then p pauses" names keys; each must do something on a row of that kind. */
static void keys_named_work(const char *said, unsigned where)
{
    StrView rest = sv(said), word;
    int keys = 0;
    while ((word = sv_word(&rest)).len > 0) {
        while (word.len > 0 && strchr(".,;:", word.ptr[word.len - 1])) word.len--;
        Key key;
        if (sv_eq(word, SV("a")) || !key_parse(word, &key)) continue;
        keys++;
        ck_assert_msg(command_for_key(where, key, false) != NULL, "%s: %.*s does nothing", said,
                      (int)word.len, word.ptr);
    }
    ck_assert_msg(keys > 0, "%s: no key is named", said);
}

START_TEST(what_is_not_for_a_row_names_keys_that_work_there)
{
    static const struct {
        const char *row, *keys;
        unsigned where;
    } rows[] = {{"g", "@", ON_AGENDA_CHECK_IN},
                {"g Down", "sxpr", ON_AGENDA_COMMITMENT},
                {"G", "xpr@", ON_AGENDA_REVIEW}};
    char *before = dumped();
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        for (const char *key = rows[i].keys; *key; key++) {
            press(rows[i].row);
            press(*key == '@' ? "Space" : (char[]){*key, '\0'});
            ck_assert_ptr_eq(shown_view(), &VIEW_AGENDA);
            const char *said = ui_message(ui, 0);
            ck_assert_msg(row_has(22, said), "nothing is said of %c in row %zu", *key, i);
            ck_assert_msg(text_width(sv(said)) <= 38, "%s: too long for 40 columns", said);
            keys_named_work(said, rows[i].where);
        }
    char *after = dumped();
    ck_assert_str_eq(before, after);
    free(before), free(after);
}
END_TEST

START_TEST(a_commitment_of_the_agenda_is_changed_there)
{
    press("g Down e");
    ck_assert_ptr_eq(shown_view(), &VIEW_FORM);
    ck_assert(screen_has("send the draft budget"));
    press("Tab Tab f r i Enter");
    ck_assert_ptr_eq(shown_view(), &VIEW_AGENDA);
    ck_assert(screen_has("Fri 27 Nov   commitment"));
    press("u");
    ck_assert(screen_has("Sun 22 Nov   commitment"));
}
END_TEST

START_TEST(a_review_is_moved_and_taken_back)
{
    press("G s");
    ck_assert(screen_has("Look at the agreement with Grand-m"));
    press("Enter");
    ck_assert_ptr_eq(shown_view(), &VIEW_AGENDA);
    ck_assert(screen_has("Sun 29 Nov   review"));
    press("u");
    ck_assert(screen_has("Sat 12 Dec   review"));
    press("G s Right Right Enter");
    ck_assert(!screen_has("   review  "));
    press("u");
    ck_assert(screen_has("Sat 12 Dec   review"));
    press("G s y e s t e r d a y");
    ck_assert(screen_has("A review cannot lie in the past."));
    press("Enter");
    ck_assert_ptr_eq(shown_view(), &VIEW_FORM);
}
END_TEST

START_TEST(enter_does_what_the_row_is_about_and_right_opens_its_page)
{
    press("Enter");
    ck_assert_ptr_eq(shown_view(), &VIEW_SESSION);
    ck_assert(row_has(0, "Check-in: Ana Lima"));
    press("Esc Esc");
    ck_assert_ptr_eq(shown_view(), &VIEW_AGENDA);
    press("G Enter");
    ck_assert(row_has(0, "Renew: Grand-"));
    press("Esc Esc G Up Up Enter");
    ck_assert(row_has(0, "[4 Commitments]"));
    ck_assert(row_has(canvas.cursor_y, "write down what the training costs"));
    press("Esc Right");
    ck_assert(row_has(0, "Ben O'Neill  [1 Overview]"));
    press("Esc c");
    ck_assert(row_has(0, "Check-in: Ben O'Neill"));
}
END_TEST

START_TEST(a_click_on_the_agenda_selects_and_a_second_one_opens)
{
    int y = canvas.cursor_y + 2;
    Event click = {.type = EVENT_MOUSE, .x = 10, .y = y}, heading = {.type = EVENT_MOUSE, .x = 3, .y = y - 1};
    ui_handle(ui, &heading);
    ui_handle(ui, &click);
    ui_draw(ui, &canvas);
    ck_assert_int_eq(canvas.cursor_y, y);
    ck_assert(row_has(y, "send the draft budget"));
    ui_handle(ui, &click);
    ck_assert_ptr_eq(shown_view(), &VIEW_ALLIANCE);
}
END_TEST

START_TEST(what_was_found_stays_selected)
{
    press("/ m e g u m i");
    ck_assert(row_has(canvas.cursor_y, "megumi"));
    press("Esc Esc");
    ck_assert(row_has(canvas.cursor_y, "Megumi"));
    press("/ z z Enter");
    ck_assert(row_has(22, "Filter \"zz\" hides all 9."));
}
END_TEST

START_TEST(trashing_an_alliance_by_name_stays_on_the_agenda)
{
    press(":");
    for (const char *c = "trash"; *c; c++) ui_handle(ui, &(Event){.type = EVENT_KEY, .key = (Key)*c});
    press("Enter");
    ck_assert_ptr_eq(shown_view(), &VIEW_AGENDA);
    ck_assert(!screen_has("draft budget"));
    ck_assert(row_has(canvas.cursor_y, "Ben O'Neill"));
    press("u");
    ck_assert(screen_has("draft budget"));
}
END_TEST

START_TEST(columns_line_up_below_wide_and_accented_names)
{
    static const struct {
        int w, words;
    } widths[] = {{80, 46}, {100, 51}, {120, 56}, {40, 21}};
    for (size_t i = 0; i < sizeof widths / sizeof widths[0]; i++) {
        ui_handle(ui, &(Event){.type = EVENT_RESIZE, .w = widths[i].w, .h = 24});
        ui_draw(ui, &canvas);
        for (int y = 1; y < 15; y++) {
            bool row = canvas_cell(&canvas, widths[i].w < 60 ? 5 : 9, y)->cps[0] >= '0' &&
                       canvas_cell(&canvas, widths[i].w < 60 ? 5 : 10, y)->cps[0] <= '9';
            if (!row) continue;
            int x = widths[i].words;
            ck_assert_msg(canvas_cell(&canvas, x, y)->cps[0] != ' ', "width %d, row %d", widths[i].w, y);
            ck_assert_msg(canvas_cell(&canvas, x - 1, y)->cps[0] == ' ', "width %d, row %d", widths[i].w, y);
        }
    }
}
END_TEST

static void pass_to(const char *now)
{
    Instant t;
    ck_assert(instant_parse(sv(now), &t));
    app_set_now(app, t);
    ui_handle(ui, &(Event){.type = EVENT_TIMEOUT});
    ui_draw(ui, &canvas);
}

START_TEST(after_midnight_what_is_due_is_called_anew)
{
    ck_assert(screen_has("    Wed 25 Nov   check-in    Megumi"));
    pass_to("2026-11-24T23:59:50+01:00");
    ck_assert(!screen_has("* Wed 25 Nov"));
    pass_to("2026-11-25T00:00:10+01:00");
    ck_assert(screen_has("* Wed 25 Nov   check-in    Megumi"));
    press("1");
    ui_handle(ui, &(Event){.type = EVENT_RESIZE, .w = 120, .h = 40});
    ui_draw(ui, &canvas);
    ck_assert(screen_has("* Wed 25 Nov   check in with"));
    pass_to("2026-11-26T00:00:10+01:00");
    ck_assert(screen_has("! Wed 25 Nov   check in with"));
    pass_to("2026-11-24T12:00:00+01:00"); /* the clock was set right */
    ck_assert(screen_has("  Wed 25 Nov   check in with"));
}
END_TEST

START_TEST(where_nothing_waits_the_next_check_in_is_named)
{
    pass_to("2026-11-16T09:00:00+01:00");
    ck_assert(row_has(22, "No check-in is waiting. Next: check in with Ana on Tue 17 Nov."));
    press("/ b e n");
    ck_assert(row_has(22, "Filter \"ben\": 2 of 9."));
    press("Esc Esc");
    pass_to("2026-11-17T09:00:00+01:00");
    ck_assert(!screen_has("No check-in is waiting."));
}
END_TEST

/* What the offer names works where it stands. */
START_TEST(after_three_missed_check_ins_another_cadence_is_offered)
{
    const char *offer = "check-ins have gone by. Still the right cadence?  r Change  p Pause";
    pass_to("2026-12-06T09:00:00+01:00");
    press("g Down Down");
    ck_assert(row_has(canvas.cursor_y, "Ben O'Neill"));
    ck_assert(!screen_has(offer));
    pass_to("2026-12-07T09:00:00+01:00");
    ck_assert(screen_has("Three check-ins have gone by."));
    ck_assert(screen_has(offer));
    press("r");
    ck_assert(screen_has("How often to check in with Ben O'Neill"));
    press("Esc Up");
    ck_assert(!screen_has(offer));
    press("1 g Down");
    ck_assert(screen_has(offer));
    press("r");
    ck_assert(screen_has("How often to check in with Ben O'Neill"));
    press("Esc Enter r");
    ck_assert(screen_has("How often to check in with Ben O'Neill"));
    press("Esc Esc x");
    ck_assert(screen_has("Skipped"));
}
END_TEST

START_TEST(the_next_days_are_read_for_the_frame_that_shows_them)
{
    press("1");
    const Home *h = ui_top(ui)->state;
    ck_assert_uint_eq(h->agenda.rows, 0);
    ui_handle(ui, &(Event){.type = EVENT_RESIZE, .w = 120, .h = 40});
    ck_assert_uint_eq(h->agenda.rows, 0);
    ui_draw(ui, &canvas);
    ck_assert_uint_gt(h->agenda.rows, 0);
    ck_assert(screen_has("send the draft budget (you, for Ana)"));
    const AgendaItem *items = h->agenda.items;
    press("Down Down Up");
    ck_assert_ptr_eq(h->agenda.items, items);
    press("x");
    ck_assert_uint_gt(h->agenda.rows, 0);
    ck_assert(!screen_has("* Sun 22 Nov   check in with Ben O'Neill"));
}
END_TEST

START_TEST(a_long_agenda_ends_with_what_it_left_out)
{
    enum { DAYS = 520 };
    Id id = somebody();
    for (int i = 0; i < DAYS; i++) {
        Error err = {0};
        ck_assert(app_commit(app, id, SIDE_ME, "a small thing", app_today(app) + i, NULL, &err));
    }
    show(80, 24);
    press("2");
    ck_assert(!screen_has("and more later."));
    press("End");
    ck_assert(screen_has("and more later."));
    ck_assert(row_has(canvas.cursor_y, "a small thing"));
    for (int i = 0; i < DAYS; i++) press("Up");
    ck_assert(row_has(canvas.cursor_y, "* Sun 22 Nov"));
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

/* ---- taking back ---- */

static const struct {
    const char *before, *verb;
} CHANGES[] = {
    {"", "s Enter"},
    {"", "x"},
    {"", "p Enter"},
    {"", "p Right Enter"},
    {"", "r w e e k l y Enter"},
    {"", "r Tab t o m o r r o w Enter"},
    {"p Right Enter", "p"}, /* the agenda goes on with the next row */
};
enum { CHANGE_COUNT = sizeof CHANGES / sizeof *CHANGES };

START_TEST(what_was_moved_is_taken_back_and_done_again)
{
    press(CHANGES[_i].before);
    char *before = dumped();
    press(CHANGES[_i].verb);
    ck_assert_msg(row_has(22, "u Undo"), "%s: nothing was done", CHANGES[_i].verb);
    char *after = dumped();
    ck_assert_str_ne(after, before);
    press("u");
    char *undone = dumped();
    ck_assert_str_eq(undone, before);
    ck_assert(row_has(22, "U Redo"));
    press("U");
    char *redone = dumped();
    ck_assert_str_eq(redone, after);
    free(before), free(after), free(undone), free(redone);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("pages");
    TCase *story = tcase_create("story"), *longer = tcase_create("long"), *agenda = tcase_create("agenda"),
          *lists = tcase_create("lists");
    tcase_add_checked_fixture(story, small_story, leave);
    tcase_add_loop_test(story, what_was_moved_is_taken_back_and_done_again, 0, CHANGE_COUNT);
    tcase_add_test(story, the_selected_row_has_a_mark_reverse_video_and_the_cursor);
    tcase_add_test(story, a_change_elsewhere_keeps_the_selected_entry);
    tcase_add_test(story, ticking_goes_on_with_the_next_open_commitment);
    tcase_add_test(story, space_on_a_settled_commitment_asks_what_became_of_it);
    tcase_add_test(story, trashing_an_alliance_leaves_its_page);
    tcase_add_test(story, amending_on_the_agreement_opens_the_selected_section);
    tcase_add_test(story, tabs_go_round_and_digits_jump);
    tcase_add_test(story, a_match_is_marked_and_the_marks_of_the_store_are_not_shown);
    tcase_add_test(story, while_finding_letters_are_text_and_never_commands);
    tcase_add_test(story, a_filter_takes_its_words_in_any_order);
    tcase_add_test(story, any_key_at_any_size_keeps_the_page_whole);
    tcase_set_timeout(story, 60);
    tcase_add_checked_fixture(agenda, agenda_story, leave);
    tcase_add_loop_test(agenda, what_was_moved_is_taken_back_and_done_again, 0, CHANGE_COUNT - 1);
    tcase_add_test(agenda, the_tabs_of_home_reach_each_other);
    tcase_add_test(agenda, what_is_kept_gives_its_place_to_the_next_matter);
    tcase_add_test(agenda, what_moves_later_leaves_its_place_to_the_next_row);
    tcase_add_test(agenda, skipping_again_and_again_skips_each_once);
    tcase_add_test(agenda, a_pause_takes_its_check_in_off_the_agenda);
    tcase_add_test(agenda, what_is_not_for_a_row_names_keys_that_work_there);
    tcase_add_test(agenda, a_commitment_of_the_agenda_is_changed_there);
    tcase_add_test(agenda, a_review_is_moved_and_taken_back);
    tcase_add_test(agenda, enter_does_what_the_row_is_about_and_right_opens_its_page);
    tcase_add_test(agenda, a_click_on_the_agenda_selects_and_a_second_one_opens);
    tcase_add_test(agenda, what_was_found_stays_selected);
    tcase_add_test(agenda, trashing_an_alliance_by_name_stays_on_the_agenda);
    tcase_add_test(agenda, columns_line_up_below_wide_and_accented_names);
    tcase_add_test(agenda, after_midnight_what_is_due_is_called_anew);
    tcase_add_test(agenda, where_nothing_waits_the_next_check_in_is_named);
    tcase_add_test(agenda, after_three_missed_check_ins_another_cadence_is_offered);
    tcase_add_test(agenda, the_next_days_are_read_for_the_frame_that_shows_them);
    tcase_set_timeout(agenda, 60);
    tcase_add_checked_fixture(longer, nobody, leave);
    tcase_add_test(longer, a_long_agenda_ends_with_what_it_left_out);
    tcase_add_test(longer, a_long_history_is_read_page_by_page_and_counted_honestly);
    tcase_add_test(longer, many_commitments_are_read_page_by_page);
    tcase_set_timeout(longer, 60);
    tcase_add_test(lists, the_selected_row_fits_below_its_headings);
    suite_add_tcase(s, story);
    suite_add_tcase(s, agenda);
    suite_add_tcase(s, longer);
    suite_add_tcase(s, lists);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_NORMAL);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
