#include "../src/tui/ui.h"
#include "story.h"

#include <check.h>
#include <entente/session.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A view that counts what reaches it; `save` fails as often as told. */
typedef struct {
    int keys, saves, closes;
    int save_failures;
    bool typing;
} Probe;

static Probe probe;

static bool probe_typing(const View *v)
{
    (void)v;
    return probe.typing;
}

static unsigned probe_where(const View *v)
{
    (void)v;
    return probe.typing ? ON_SESSION_TEXT : ON_ENTRY;
}

static EventResult probe_event(View *v, Ui *ui, const Event *e)
{
    (void)v;
    (void)ui;
    (void)e;
    probe.keys++;
    return EV_HANDLED;
}

static bool probe_save(View *v, Ui *ui, Error *err)
{
    (void)v;
    (void)ui;
    probe.saves++;
    if (probe.save_failures-- > 0) return error_set(err, ERR_CANNOT_WRITE, "Cannot save: the disk is full.");
    return true;
}

static void probe_close(View *v)
{
    (void)v;
    probe.closes++;
}

static const ViewOps PROBE = {
    .name = "Probe",
    .where = probe_where,
    .typing = probe_typing,
    .event = probe_event,
    .save = probe_save,
    .close = probe_close,
};

static App *app;
static Ui *ui;
static Canvas canvas;

static void setup(void)
{
    probe = (Probe){0};
    app = story_small();
    ui = ui_new(&(UiOptions){.app = app, .w = 80, .h = 24});
    canvas_init(&canvas, 80, 24);
    ui_draw(ui, &canvas);
}

static void teardown(void)
{
    ui_free(ui);
    app_close(app);
    canvas_finish(&canvas);
}

static void press(Key key)
{
    ui_handle(ui, &(Event){.type = EVENT_KEY, .key = key});
    ui_draw(ui, &canvas);
}

static void type(const char *text)
{
    for (; *text; text++) press((Key)*text);
}

static bool shows(const char *text)
{
    Str s;
    str_init(&s);
    canvas_print(&canvas, &s);
    bool found = strstr(s.buf, text) != NULL;
    str_finish(&s);
    return found;
}

START_TEST(control_c_leaves_a_list_at_once)
{
    press(KEY_CTRL('c'));
    ck_assert(ui_done(ui));
    ck_assert_int_eq(ui_exit_code(ui), 130);
}
END_TEST

START_TEST(control_c_leaves_a_text_at_the_second_press_only)
{
    probe.typing = true;
    ui_push(ui, &PROBE, NULL);
    press(KEY_CTRL('c'));
    ck_assert(shows("Ctrl-C again leaves; your text is kept"));
    press('x');
    press(KEY_CTRL('c'));
    ck_assert(!ui_done(ui));
    press(KEY_CTRL('c'));
    ck_assert(ui_done(ui));
    ck_assert_int_eq(ui_exit_code(ui), 130);
    ck_assert_int_gt(probe.saves, 0);
}
END_TEST

START_TEST(a_save_that_works_again_makes_the_next_failure_hold_again)
{
    ui_push(ui, &PROBE, NULL);
    probe.save_failures = 1;
    press('Q');
    press('x');
    ui_idle(ui);
    probe.save_failures = 1;
    press('Q');
    ck_assert(!ui_done(ui));
    press('Q');
    ck_assert(ui_done(ui));
}
END_TEST

START_TEST(a_save_that_fails_holds_the_way_out_once)
{
    ui_push(ui, &PROBE, NULL);
    probe.save_failures = 1;
    press('Q');
    ck_assert(!ui_done(ui));
    ck_assert(shows("Cannot save: the disk is full."));
    press('Q');
    ck_assert(ui_done(ui));
}
END_TEST

START_TEST(a_signal_saves_and_leaves_whatever_happens)
{
    ui_push(ui, &PROBE, NULL);
    probe.save_failures = 9;
    ui_handle(ui, &(Event){.type = EVENT_LEAVE, .signal = SIGTERM});
    ck_assert(ui_done(ui));
    ck_assert_int_eq(ui_exit_code(ui), 128 + SIGTERM);
    ck_assert_int_eq(probe.saves, 1);
}
END_TEST

START_TEST(what_is_typed_is_saved_when_idle_resized_or_suspended)
{
    probe.typing = true;
    ui_push(ui, &PROBE, NULL);
    ck_assert(!ui_idle_due(ui));
    press('x');
    ck_assert(ui_idle_due(ui));
    ui_handle(ui, &(Event){.type = EVENT_TIMEOUT});
    ck_assert(!ui_idle_due(ui));
    ck_assert_int_eq(probe.saves, 1);
    ui_handle(ui, &(Event){.type = EVENT_RESIZE, .w = 100, .h = 30});
    ck_assert_int_eq(probe.saves, 2);
    probe.typing = false;
    press(KEY_CTRL('z'));
    ck_assert_int_eq(probe.saves, 3);
    ck_assert_int_eq(ui_take_request(ui), REQUEST_SUSPEND);
    ck_assert_int_eq(ui_take_request(ui), REQUEST_NONE);
}
END_TEST

START_TEST(on_a_small_screen_text_goes_on_and_commands_rest)
{
    probe.typing = true;
    ui_push(ui, &PROBE, NULL);
    ui_handle(ui, &(Event){.type = EVENT_RESIZE, .w = 28, .h = 6});
    press('q');
    ck_assert_int_eq(probe.keys, 1);
    probe.typing = false;
    press('d');
    ck_assert_int_eq(probe.keys, 1);
    press('q');
    ck_assert(ui_done(ui));
    ck_assert_int_eq(ui_exit_code(ui), 0);
}
END_TEST

START_TEST(an_unknown_sequence_does_nothing)
{
    ui_push(ui, &PROBE, NULL);
    press(KEYN_UNKNOWN);
    ck_assert_int_eq(probe.keys, 0);
    ck_assert(!shows("No command"));
}
END_TEST

START_TEST(a_paste_in_a_list_runs_nothing)
{
    char *before, *after;
    Str dump;
    str_init(&dump);
    ck_assert(app_dump(app, &dump, NULL));
    before = str_steal(&dump);
    ui_handle(ui, &(Event){.type = EVENT_PASTE, .text = SV("dxqQ\n")});
    ck_assert(app_dump(app, &dump, NULL));
    after = str_steal(&dump);
    ck_assert_str_eq(before, after);
    ck_assert(!ui_done(ui));
    free(before);
    free(after);
}
END_TEST

START_TEST(the_trash_and_its_undo_leave_the_journal_as_it_was)
{
    Str before, after;
    str_init(&before);
    str_init(&after);
    ck_assert(app_dump(app, &before, NULL));
    press('d');
    press('u');
    ck_assert(app_dump(app, &after, NULL));
    ck_assert_str_eq(before.buf, after.buf);
    str_finish(&before);
    str_finish(&after);
}
END_TEST

START_TEST(the_wheel_moves_the_selection)
{
    Id first = ui_alliance(ui);
    ui_handle(ui, &(Event){.type = EVENT_MOUSE, .wheel = 1});
    ck_assert_int_ne(ui_alliance(ui), first);
    ui_handle(ui, &(Event){.type = EVENT_MOUSE, .wheel = -1});
    ck_assert_int_eq(ui_alliance(ui), first);
}
END_TEST

START_TEST(a_click_selects_and_a_second_one_opens)
{
    Id first = ui_alliance(ui);
    Event click = {.type = EVENT_MOUSE, .x = 10, .y = canvas.cursor_y + 2};
    ui_handle(ui, &click);
    ck_assert_int_ne(ui_alliance(ui), first);
    ck_assert_ptr_eq(ui_top(ui)->ops, &VIEW_HOME);
    ui_handle(ui, &click);
    ck_assert_ptr_eq(ui_top(ui)->ops, &VIEW_ALLIANCE);
}
END_TEST

static void add_many_alliances(void)
{
    Str name;
    str_init(&name);
    for (int i = 0; i < 230; i++) {
        NewAlliance n = {.first = DATE_NONE};
        str_clear(&name);
        str_addf(&name, "zz %03d", i);
        n.name = name.buf;
        ck_assert(app_new_alliance(app, &n, NULL, NULL));
    }
    str_finish(&name);
    ui_reload(ui);
}

START_TEST(a_high_screen_is_filled_from_several_pages)
{
    add_many_alliances();
    ui_handle(ui, &(Event){.type = EVENT_RESIZE, .w = 100, .h = 150});
    canvas_resize(&canvas, 100, 150);
    ui_draw(ui, &canvas);
    ck_assert(shows("zz 110"));
}
END_TEST

START_TEST(the_last_row_is_the_last_of_all_pages)
{
    add_many_alliances();
    press(KEYN_END);
    ck_assert(shows("> d zz 229"));
    press('/');
    type("zz 22");
    ck_assert(shows("Filter \"zz 22\": 12 of 236. Esc clears"));
}
END_TEST

/* Another program writes: the list shows it, the words in the field stay. */
START_TEST(what_others_write_appears_and_what_is_typed_stays)
{
    char path[] = "/tmp/test-ui-XXXXXX";
    ck_assert_ptr_nonnull(mkdtemp(path));
    Str file;
    str_init(&file);
    str_addf(&file, "%s/journal.db", path);
    App *mine, *theirs;
    ck_assert(app_open(&(AppOptions){.journal = file.buf}, &mine, NULL));
    ck_assert(app_new_alliance(mine, &(NewAlliance){.name = "Ana", .first = DATE_NONE}, NULL, NULL));
    ck_assert(app_open(&(AppOptions){.journal = file.buf}, &theirs, NULL));
    ui_replace_app(ui, mine, false);
    press('/');
    type("a");
    ck_assert(app_new_alliance(theirs, &(NewAlliance){.name = "Nadia", .first = DATE_NONE}, NULL, NULL));
    ui_handle(ui, &(Event){.type = EVENT_TIMEOUT});
    ui_draw(ui, &canvas);
    ck_assert(shows("Nadia"));
    ck_assert(shows("Filter \"a\": 2 of 2. Esc clears"));
    ui_replace_app(ui, app, false);
    app_close(mine);
    app_close(theirs);
    unlink(file.buf);
    rmdir(path);
    str_finish(&file);
}
END_TEST

/* When nothing is typed the calendar's file is brought up to date; that it cannot be is said once. */
START_TEST(the_calendar_is_kept_when_idle_and_a_failure_is_said_once)
{
    char path[] = "/tmp/test-ui-XXXXXX";
    ck_assert_ptr_nonnull(mkdtemp(path));
    Str file;
    str_init(&file);
    str_addf(&file, "%s/due.ics", path);
    App *mine;
    ck_assert(app_open(&(AppOptions){.journal = ":memory:", .calendar = file.buf}, &mine, NULL));
    ui_replace_app(ui, mine, false);
    ck_assert(app_new_alliance(mine, &(NewAlliance){.name = "Ana", .first = DATE_NONE}, NULL, NULL));
    ui_handle(ui, &(Event){.type = EVENT_TIMEOUT});
    ck_assert_int_eq(access(file.buf, F_OK), 0);
    ck_assert_int_eq(unlink(file.buf), 0);
    ck_assert_int_eq(mkdir(file.buf, 0700), 0);
    ck_assert(app_new_alliance(mine, &(NewAlliance){.name = "Ben", .first = DATE_NONE}, NULL, NULL));
    ui_handle(ui, &(Event){.type = EVENT_TIMEOUT});
    ck_assert_ptr_nonnull(strstr(ui_message(ui, 0), "it is a folder"));
    ui_say(ui, "something else");
    ui_handle(ui, &(Event){.type = EVENT_TIMEOUT});
    ck_assert_str_eq(ui_message(ui, 0), "something else");
    ui_replace_app(ui, app, false);
    app_close(mine);
    rmdir(file.buf);
    rmdir(path);
    str_finish(&file);
}
END_TEST

START_TEST(a_message_outlives_movement_but_not_the_next_command)
{
    press('z');
    press(KEYN_DOWN);
    ck_assert(shows("No command on \"z\" here."));
    press('/');
    ck_assert(!shows("No command"));
    ck_assert_str_eq(ui_message(ui, 0), "No command on \"z\" here.  ? Help");
}
END_TEST

START_TEST(only_the_last_fifty_messages_are_kept)
{
    for (int i = 0; i < 60; i++) ui_say(ui, "message %d", i);
    ui_say(ui, "message 59");
    ck_assert_uint_eq(ui_message_count(ui), 50);
    ck_assert_str_eq(ui_message(ui, 0), "message 59");
    ck_assert_str_eq(ui_message(ui, 49), "message 10");
}
END_TEST

START_TEST(popped_views_are_closed_once)
{
    ui_push(ui, &PROBE, NULL);
    ui_push(ui, &PROBE, NULL);
    press(KEYN_ESC);
    ck_assert_int_eq(probe.closes, 1);
    ui_pop_to_home(ui);
    press('1');
    ck_assert_int_eq(probe.closes, 2);
    ck_assert_ptr_eq(ui_top(ui)->ops, &VIEW_HOME);
}
END_TEST

START_TEST(a_design_typed_and_left_comes_back_as_it_was)
{
    press('n');
    type("Nadia");
    press(KEY_CTRL('s'));
    type("to learn from each other");
    ui_handle(ui, &(Event){.type = EVENT_LEAVE, .signal = SIGHUP});
    Session *s;
    Error err = {0};
    SessionStart start = {.alliance = story_who(app, "Nadia"), .stage = STAGE_DESIGN};
    ck_assert_msg(session_begin(app, &start, &s, &err), "%s", err.msg);
    ck_assert(s->resumed);
    ck_assert_str_eq(session_step(s)->text.buf, "to learn from each other");
    session_free(s);
}
END_TEST

START_TEST(a_name_comes_before_what_is_only_said_in_the_palette)
{
    press(KEYN_ENTER);
    press(':');
    type("draft");
    ck_assert(shows("1/")); /* check-in and discard-draft both speak of a draft */
    ck_assert(shows(": Throw the draft away"));
    press(KEYN_ESC);
    press(':');
    type("stays open");
    ck_assert(!shows("> close"));
    press(KEYN_ENTER);
    ck_assert(shows("Down chooses a line"));
    press(KEYN_DOWN);
    ck_assert(shows("> close"));
}
END_TEST

START_TEST(what_is_looked_for_by_other_words_is_found_in_the_palette)
{
    static const char *const asked[][2] = {{"remind", "reminders"},   {"config", "reminders"},
                                           {"settings", "reminders"}, {"calendar", "agenda"},
                                           {"export", "privacy"},     {"review", "review"}};
    for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++) {
        char line[40];
        press(':');
        type(asked[i][0]);
        snprintf(line, sizeof line, "%s ", asked[i][1]);
        ck_assert_msg(shows(line), "%s", asked[i][0]);
        press(KEYN_ESC);
        press(KEYN_ESC);
    }
}
END_TEST

START_TEST(nothing_is_taken_away_by_the_first_line_of_the_palette)
{
    press(KEYN_ENTER);
    press('c');
    press(KEYN_F1 + 1);
    ck_assert(!shows("> discard-draft"));
}
END_TEST

START_TEST(an_alliance_is_ended_from_its_history_by_name)
{
    press(KEYN_ENTER);
    press('3');
    press(':');
    ck_assert(!shows("Move the commitment"));
    ck_assert(shows("Move the alliance to the trash"));
    type("end");
    press(KEYN_ENTER);
    ck_assert(shows("u Undo"));
    ck_assert(!shows("first."));
}
END_TEST

/* Begun, left before it had a name, gone on with, and thrown away from Home. */
START_TEST(a_draft_without_a_name_is_told_and_can_be_thrown_away)
{
    press('n');
    type("Nadi");
    press(KEYN_ESC);
    press(KEYN_ESC);
    press('n');
    ck_assert(shows("This goes on with a draft from"));
    ck_assert(shows("Nadi"));
    press(KEYN_ESC);
    press(KEYN_ESC);
    press(KEYN_DOWN);
    press(':');
    type("discard-draft");
    press(KEYN_ENTER);
    ck_assert(shows("Throw away the draft of a new alliance from"));
    press(KEYN_ENTER);
    press('n');
    ck_assert(!shows("This goes on"));
    ck_assert(!shows("Nadi"));
}
END_TEST

/* From who, opened at the review, the way leads back to the review. */
START_TEST(who_goes_back_to_the_review)
{
    press('n');
    type("Nadia");
    press(KEY_CTRL('s'));
    for (int i = 0; i < 40 && !shows("[Finish]"); i++) press(KEYN_PAGE_DOWN);
    press(KEYN_HOME);
    press(KEYN_ENTER);
    ck_assert(shows("[Back to the review]"));
    press(KEY_CTRL('s'));
    ck_assert(shows("[Finish]"));
}
END_TEST

START_TEST(other_is_written_at_once_and_never_left_empty)
{
    press('n');
    type("Nadia");
    press(KEY_CTRL('s'));
    for (int i = 0; i < 40 && !shows("other:"); i++) press(KEYN_PAGE_DOWN);
    press(KEYN_HOME);
    for (int i = 0; i < 4; i++) press(KEYN_DOWN);
    press(KEY_CTRL('s'));
    ck_assert(shows("How often is empty."));
    type("every 10 days");
    ck_assert(shows("(o) other: every 10 days"));
    press(KEYN_TAB);
    press(KEY_CTRL('u'));
    type("some day");
    press(KEYN_TAB);
    press(KEY_CTRL('s'));
    press('x');
    ck_assert(shows("some dayx"));
}
END_TEST

/* ---- boxes ---- */

static int reversed(int y)
{
    int n = 0;
    for (int x = 0; x < canvas.w; x++) n += (canvas_cell(&canvas, x, y)->role & ROLE_SELECTED) != 0;
    return n;
}

START_TEST(what_is_no_cadence_is_told_and_never_passed_over)
{
    static const struct {
        const char *text, *told;
    } cases[] = {{"twice a week", "\"twice\" at character 1 is not understood"},
                 {"every 0 days", "say a number from 1 to 366"},
                 {"FREQ=HOURLY", "is not understood"},
                 {"every 2 ", "stops short"},
                 {"sometimes", "\"sometimes\" at character 1 is not understood"},
                 {"none", "No reminder: you decide yourself"},
                 {"", "How often is empty. Write it, or none."}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        press('r');
        press(KEYN_BACKSPACE);
        type(cases[i].text);
        press(KEYN_TAB);
        ck_assert_msg(shows(cases[i].told), "%s", cases[i].text);
        press(KEYN_ESC);
    }
}
END_TEST

START_TEST(while_writing_only_finished_words_are_judged)
{
    press('r');
    type("twice");
    ck_assert(!shows("is not understood"));
    type(" ");
    ck_assert(shows("\"twice\" at character 1 is not understood"));
    type("a");
    ck_assert(shows("\"twice\" at character 1 is not understood"));
    press(KEY_CTRL('u'));
    type("every 2 w");
    ck_assert(!shows("\"w\""));
    type("eeks");
    ck_assert(shows("Understood: every 2 weeks"));
}
END_TEST

START_TEST(a_day_in_a_box_is_a_day_without_a_time)
{
    press('s');
    type("tuesday 10:00");
    press(KEYN_ENTER);
    ck_assert(shows("only the day counts here. Leave the time out."));
}
END_TEST

START_TEST(writing_replaces_what_a_field_begins_with_and_arrows_keep_it)
{
    press('r');
    int y = canvas.cursor_y;
    ck_assert_int_eq(reversed(y), (int)strlen("every 2 weeks"));
    type("monthly");
    ck_assert_int_eq(reversed(y), 0);
    ck_assert(shows("How often  monthly "));
    press(KEY_CTRL('z'));
    press(KEY_CTRL('z'));
    ck_assert(shows("How often  every 2 weeks"));
    press(KEYN_ESC);
    press('r');
    press(KEYN_LEFT);
    ck_assert_int_eq(reversed(y), 0);
    press(KEYN_END);
    type(" on tuesday");
    ck_assert(shows("How often  every 2 weeks on tuesday"));
    press(KEYN_ESC);
    press('r');
    press(KEYN_DELETE);
    ck_assert(!shows("How often  every 2 weeks"));
    press(KEYN_ESC);
    press('r');
    ui_handle(ui, &(Event){.type = EVENT_PASTE, .text = SV("yearly")});
    ui_draw(ui, &canvas);
    ck_assert(shows("How often  yearly "));
}
END_TEST

START_TEST(enter_does_it_from_any_field_and_goes_where_something_is_missing)
{
    press('r');
    type("weekly");
    press(KEYN_ENTER);
    ck_assert_ptr_eq(ui_top(ui)->ops, &VIEW_HOME);
    ck_assert(shows("u Undo"));
    press(KEYN_ENTER);
    press('n');
    press(KEYN_UP);
    press(KEYN_ENTER);
    ck_assert_ptr_eq(ui_top(ui)->ops, &VIEW_FORM);
    type("call the landlord");
    press(KEYN_ENTER);
    ck_assert_ptr_eq(ui_top(ui)->ops, &VIEW_ALLIANCE);
    ck_assert(shows("call the landlord"));
}
END_TEST

START_TEST(a_past_day_is_refused_before_it_is_accepted)
{
    press('s');
    type("2 weeks ago");
    ck_assert(!shows("Understood"));
    ck_assert(shows("later day"));
    press(KEYN_ESC);
    press('p');
    type("yesterday");
    ck_assert(shows("A pause ends on a later day."));
}
END_TEST

/* ---- messages and the tour ---- */

START_TEST(a_long_message_says_where_all_of_it_can_be_read)
{
    ui_say(ui, "entente.conf: line 2: the key \"mial\" is not known in [remind]. Did you mean mail, or one "
               "of the others?");
    ui_draw(ui, &canvas);
    ck_assert(shows("\u2026  : messages"));
    ui_say(ui, "Skipped Tue 17 Nov on purpose. Next: Tue 1 Dec. And so on, for as long as it takes.  u Undo");
    ui_draw(ui, &canvas);
    ck_assert(shows("Skipped Tue 17 Nov on purpose.  u Undo"));
}
END_TEST

START_TEST(esc_ends_the_tour_wherever_it_is_shown_and_messages_stand_before_it)
{
    static const char *const ways[] = {"", "2", "3", "\r", "\r2", "\r4"};
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        ui_free(ui);
        ui = ui_new(&(UiOptions){.app = app, .tour = true, .w = 80, .h = 24});
        for (const char *k = ways[i]; *k; k++) press(*k == '\r' ? KEYN_ENTER : (Key)*k);
        const View *page = ui_top(ui);
        ui_say(ui, "A word.");
        ui_draw(ui, &canvas);
        ck_assert(shows("A word.") && !shows("Tour "));
        press(KEYN_ESC);
        ck_assert_msg(ui_top(ui) == page, "Esc left the page: %zu", i);
        ck_assert(shows("The tour has ended."));
        press(KEYN_DOWN);
        press(KEY_CTRL('l'));
        ck_assert(!shows("Tour "));
    }
}
END_TEST

START_TEST(a_test_of_reminders_is_announced_before_it_is_sent)
{
    press(':');
    type("remind-test");
    press(KEYN_ENTER);
    ck_assert(shows("Sending a test"));
    ck_assert_int_eq(ui_take_request(ui), REQUEST_REMIND_TEST);
}
END_TEST

START_TEST(a_new_commitment_begins_with_what)
{
    press(KEYN_ENTER);
    press('n');
    type("call the landlord");
    press(KEYN_TAB);
    type("some day");
    press(KEYN_TAB);
    press(KEYN_ENTER);
    press('x');
    ck_assert(shows("call the landlord"));
    ck_assert(shows("some dayx"));
}
END_TEST

int main(void)
{
    Suite *s = suite_create("ui");
    TCase *t = tcase_create("ui");
    tcase_set_timeout(t, 60);
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, control_c_leaves_a_list_at_once);
    tcase_add_test(t, control_c_leaves_a_text_at_the_second_press_only);
    tcase_add_test(t, a_save_that_fails_holds_the_way_out_once);
    tcase_add_test(t, a_save_that_works_again_makes_the_next_failure_hold_again);
    tcase_add_test(t, a_signal_saves_and_leaves_whatever_happens);
    tcase_add_test(t, what_is_typed_is_saved_when_idle_resized_or_suspended);
    tcase_add_test(t, on_a_small_screen_text_goes_on_and_commands_rest);
    tcase_add_test(t, an_unknown_sequence_does_nothing);
    tcase_add_test(t, a_paste_in_a_list_runs_nothing);
    tcase_add_test(t, the_trash_and_its_undo_leave_the_journal_as_it_was);
    tcase_add_test(t, the_wheel_moves_the_selection);
    tcase_add_test(t, a_click_selects_and_a_second_one_opens);
    tcase_add_test(t, a_high_screen_is_filled_from_several_pages);
    tcase_add_test(t, the_last_row_is_the_last_of_all_pages);
    tcase_add_test(t, what_others_write_appears_and_what_is_typed_stays);
    tcase_add_test(t, the_calendar_is_kept_when_idle_and_a_failure_is_said_once);
    tcase_add_test(t, a_message_outlives_movement_but_not_the_next_command);
    tcase_add_test(t, only_the_last_fifty_messages_are_kept);
    tcase_add_test(t, popped_views_are_closed_once);
    tcase_add_test(t, a_design_typed_and_left_comes_back_as_it_was);
    tcase_add_test(t, a_name_comes_before_what_is_only_said_in_the_palette);
    tcase_add_test(t, what_is_looked_for_by_other_words_is_found_in_the_palette);
    tcase_add_test(t, what_is_no_cadence_is_told_and_never_passed_over);
    tcase_add_test(t, while_writing_only_finished_words_are_judged);
    tcase_add_test(t, a_day_in_a_box_is_a_day_without_a_time);
    tcase_add_test(t, writing_replaces_what_a_field_begins_with_and_arrows_keep_it);
    tcase_add_test(t, enter_does_it_from_any_field_and_goes_where_something_is_missing);
    tcase_add_test(t, a_past_day_is_refused_before_it_is_accepted);
    tcase_add_test(t, a_long_message_says_where_all_of_it_can_be_read);
    tcase_add_test(t, esc_ends_the_tour_wherever_it_is_shown_and_messages_stand_before_it);
    tcase_add_test(t, a_test_of_reminders_is_announced_before_it_is_sent);
    tcase_add_test(t, nothing_is_taken_away_by_the_first_line_of_the_palette);
    tcase_add_test(t, an_alliance_is_ended_from_its_history_by_name);
    tcase_add_test(t, a_draft_without_a_name_is_told_and_can_be_thrown_away);
    tcase_add_test(t, who_goes_back_to_the_review);
    tcase_add_test(t, other_is_written_at_once_and_never_left_empty);
    tcase_add_test(t, a_new_commitment_begins_with_what);
    suite_add_tcase(s, t);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_ENV);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
