#include "../src/tui/commands.h"

#include <check.h>
#include <entente/list.h>
#include <entente/text.h>
#include <stdlib.h>
#include <string.h>

/* Every place of its own, and the find field with the places it stands in. */
static const unsigned PLACES[] = {ON_FIRST_RUN,
                                  ON_HOME,
                                  ON_OVERVIEW,
                                  ON_AGREEMENT,
                                  ON_COMMITMENTS,
                                  ON_HISTORY,
                                  ON_ENTRY,
                                  ON_SESSION_TEXT,
                                  ON_SESSION_SCALE,
                                  ON_SESSION_FIELDS,
                                  ON_BOX,
                                  ON_PICKER,
                                  ON_FIND,
                                  ON_READING,
                                  ON_HIDDEN,
                                  ON_REVIEW,
                                  ON_AGENDA_CHECK_IN,
                                  ON_AGENDA_COMMITMENT,
                                  ON_AGENDA_REVIEW};
enum { PLACE_COUNT = sizeof PLACES / sizeof PLACES[0] };

#define EACH_KEY(c, key)                                                                                     \
    for (StrView rest_ = sv((c)->keys), word_ = sv_word(&rest_); word_.len > 0; word_ = sv_word(&rest_))     \
        for (bool once_ = key_parse(word_, &(key)); once_; once_ = false)

START_TEST(every_key_name_is_one)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (COMMANDS[i].id == CMD_NONE) continue;
        StrView rest = sv(COMMANDS[i].keys), word;
        Key key;
        while ((word = sv_word(&rest)).len > 0)
            ck_assert_msg(key_parse(word, &key), "%s: %.*s", COMMANDS[i].name, (int)word.len, word.ptr);
    }
}
END_TEST

static int uses(const Command *c, Key key)
{
    Key k;
    int n = 0;
    EACH_KEY(c, k) n += k == key;
    return n;
}

START_TEST(no_key_means_two_things_in_a_place)
{
    for (size_t p = 0; p < PLACE_COUNT; p++)
        for (size_t i = 0; i < COMMAND_COUNT; i++) {
            const Command *c = &COMMANDS[i];
            Key key;
            if (c->id == CMD_NONE || !(c->where & PLACES[p])) continue;
            EACH_KEY(c, key)
            {
                int n = 0;
                for (size_t k = 0; k < COMMAND_COUNT; k++)
                    if (COMMANDS[k].id != CMD_NONE && COMMANDS[k].where & PLACES[p])
                        n += uses(&COMMANDS[k], key);
                ck_assert_msg(n == 1, "%s: a key of it is used %d times in place %zu", c->name, n, p);
            }
        }
}
END_TEST

START_TEST(a_command_stands_once_in_a_place)
{
    for (size_t p = 0; p < PLACE_COUNT; p++)
        for (int id = CMD_NONE + 1; id < CMD_COUNT; id++) {
            int n = 0;
            for (size_t i = 0; i < COMMAND_COUNT; i++)
                n += COMMANDS[i].id == (CommandId)id && COMMANDS[i].where & PLACES[p];
            ck_assert_msg(n <= 1, "command %d stands %d times in place %zu", id, n, p);
        }
}
END_TEST

START_TEST(every_command_has_a_row)
{
    for (int id = CMD_NONE + 1; id < CMD_COUNT; id++)
        ck_assert_msg(command_find(ON_ALL, (CommandId)id), "command %d has none", id);
}
END_TEST

START_TEST(no_list_key_is_taken_by_a_command)
{
    static const Key MOVES[] = {KEYN_UP,   KEYN_DOWN, 'k', 'j', KEYN_PAGE_UP,  KEYN_PAGE_DOWN,
                                KEYN_HOME, KEYN_END,  'g', 'G', KEY_CTRL('b'), KEY_CTRL('f')};
    for (size_t i = 0; i < sizeof MOVES / sizeof MOVES[0]; i++) {
        List l = {0};
        ck_assert(list_key(&l, MOVES[i]));
        ck_assert_ptr_null(command_for_key(ON_LISTS | ON_READING, MOVES[i], false));
    }
}
END_TEST

/* Keys that German, French, Spanish or Nordic layouts have only with AltGr or as dead keys. */
START_TEST(no_command_needs_altgr)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        Key key;
        int keys = 0, hard = 0;
        if (COMMANDS[i].id == CMD_NONE) continue;
        EACH_KEY(&COMMANDS[i], key)
        {
            keys++;
            hard += key < 0x80 && strchr("[]{}\\|~^@#`", (int)key) != NULL;
        }
        ck_assert_msg(keys == 0 || hard < keys, "%s", COMMANDS[i].name);
    }
}
END_TEST

START_TEST(what_has_a_key_has_a_name_too)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        const Command *c = &COMMANDS[i];
        ck_assert_msg(c->id == CMD_NONE || c->name[0], "row %zu has a key and no name", i);
    }
}
END_TEST

START_TEST(every_row_explains_itself)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        const Command *c = &COMMANDS[i];
        ck_assert_msg(text_width(sv(c->label)) <= 12, "%s", c->label);
        if (c->id == CMD_NONE) {
            ck_assert_msg(c->help[0] || c->label[0], "row %zu", i);
            ck_assert_str_eq(c->name, "");
            continue;
        }
        ck_assert_msg(c->help[0] && c->help[strlen(c->help) - 1] != '.', "%s", c->name);
        ck_assert_msg(strspn(c->name, "abcdefghijklmnopqrstuvwxyz-") == strlen(c->name), "%s", c->name);
    }
}
END_TEST

/* A name stands for one command, whatever the place: the palette lists each once. */
START_TEST(a_name_means_one_command)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        for (size_t k = 0; k < i; k++) {
            const Command *a = &COMMANDS[i], *b = &COMMANDS[k];
            if (!a->name[0] || strcmp(a->name, b->name) != 0) continue;
            ck_assert_msg(a->id == b->id, "%s", a->name);
        }
}
END_TEST

START_TEST(help_is_the_last_hint_at_any_width)
{
    for (size_t p = 0; p < PLACE_COUNT; p++)
        for (int width = 30; width <= 200; width++)
            for (int typing = 0; typing < 2; typing++) {
                const Command *help = command_find(PLACES[p], CMD_HELP);
                Str row;
                str_init(&row);
                command_hints(PLACES[p], typing, width, &row);
                ck_assert_int_le(text_width(str_view(&row)), width);
                const char *end = typing || (help && *help->keys == 'F') ? "F1 Help" : "? Help";
                if (help) {
                    ck_assert_int_eq(text_width(str_view(&row)), width);
                    ck_assert_str_eq(row.buf + row.len - strlen(end), end);
                }
                str_finish(&row);
            }
}
END_TEST

START_TEST(hints_keep_the_order_of_the_key_table)
{
    static const struct {
        unsigned where;
        bool typing;
        const char *row;
    } rows[] = {
        {ON_HOME, false, " Enter Open  c Check in  n New  s Snooze  / Find  u Undo  : Commands      ? Help"},
        {ON_OVERVIEW, false,
         " Enter Do it  Tab Next tab  c Check in  e Amend  : Commands  Esc Back     ? Help"},
        {ON_COMMITMENTS, false,
         " Space Kept  Enter Change state  n New  e Edit  d Trash  / Find           ? Help"},
        {ON_AGENDA_CHECK_IN, false,
         " Enter Check in  s Snooze  x Skip  Space Kept  / Find  Esc Back           ? Help"},
        {ON_AGENDA_COMMITMENT, false,
         " Enter Open  Space Kept  e Edit  / Find  Esc Back  : Commands             ? Help"},
        {ON_AGENDA_REVIEW, false,
         " Enter Renew  s Move  / Find  Esc Back  : Commands                        ? Help"},
        {ON_SESSION_TEXT, true,
         " Ctrl-S Next  PgDn Skip  PgUp Back  Tab Buttons  F4 Editor  Esc Leave    F1 Help"},
        {ON_SESSION_SCALE, false,
         " Left/Right, 1-5 Choose  Enter Next  Del Clear  PgUp Back  Tab Buttons   F1 Help"},
        {ON_FIND | ON_HOME, true,
         " Up/Down Move  Enter Open  Esc Clear                                     F1 Help"},
        {ON_PICKER, true, " Enter Do it  Esc Close  Type to filter  Up/Down Move"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        Str row;
        str_init(&row);
        command_hints(rows[i].where, rows[i].typing, 80, &row);
        ck_assert_str_eq(row.buf, rows[i].row);
        str_finish(&row);
    }
}
END_TEST

/* Whoever opened a box by mistake must see the way out, however narrow the window. */
START_TEST(boxes_and_lists_of_commands_name_their_way_out_in_40_columns)
{
    static const unsigned places[] = {ON_BOX, ON_PICKER};
    for (size_t i = 0; i < 2; i++)
        for (int typing = 0; typing < 2; typing++) {
            Str row;
            str_init(&row);
            command_hints(places[i], typing, 40, &row);
            ck_assert_ptr_nonnull(strstr(row.buf, "Enter Do it"));
            ck_assert_ptr_nonnull(strstr(row.buf, "Esc C"));
            str_finish(&row);
        }
}
END_TEST

START_TEST(text_keys_are_never_commands_while_typing)
{
    for (size_t p = 0; p < PLACE_COUNT; p++) {
        for (Key key = ' '; key < 0x7f; key++) ck_assert_ptr_null(command_for_key(PLACES[p], key, true));
        for (const TextKeys *t = TEXT_KEYS; t->keys; t++) {
            StrView rest = sv(t->keys), word;
            Key key;
            while ((word = sv_word(&rest)).len > 0) {
                ck_assert_msg(key_parse(word, &key), "%.*s", (int)word.len, word.ptr);
                ck_assert_ptr_null(command_for_key(PLACES[p], key, true));
            }
        }
    }
    ck_assert_int_eq(command_for_key(ON_SESSION_TEXT, KEYN_ESC, true)->id, CMD_LEAVE);
    ck_assert_int_eq(command_for_key(ON_SESSION_TEXT, KEY_CTRL('s'), true)->id, CMD_NEXT);
    ck_assert_int_eq(command_for_key(ON_SESSION_TEXT, KEYN_PAGE_UP, true)->id, CMD_STEP_BACK);
}
END_TEST

START_TEST(what_cannot_be_done_says_why)
{
    const Command *snooze = command_find(ON_HOME, CMD_SNOOZE), *kept = command_find(ON_COMMITMENTS, CMD_KEPT);
    ck_assert_ptr_null(command_why_not(ON_HOME, true, snooze));
    ck_assert_str_eq(command_why_not(ON_HOME, false, snooze), "Open an alliance first");
    ck_assert_str_eq(command_why_not(ON_HOME, true, kept), "Open an alliance's commitments first");
    ck_assert_str_eq(command_why_not(ON_SESSION_TEXT, true, snooze), "Leave this session first");
    ck_assert_str_eq(command_why_not(ON_HOME, true, command_find(ON_AGENDA_REVIEW, CMD_PAGE)),
                     "Go to the agenda first");
}
END_TEST

START_TEST(what_is_done_to_an_alliance_is_to_be_had_on_all_its_pages)
{
    static const unsigned PAGES[] = {ON_OVERVIEW, ON_AGREEMENT,         ON_COMMITMENTS,  ON_HISTORY,
                                     ON_ENTRY,    ON_AGENDA_COMMITMENT, ON_AGENDA_REVIEW};
    static const CommandId IDS[] = {CMD_END, CMD_PAUSE, CMD_SNOOZE, CMD_SKIP, CMD_DISCARD_DRAFT, CMD_REPAIR};
    for (size_t p = 0; p < sizeof PAGES / sizeof PAGES[0]; p++)
        for (size_t i = 0; i < sizeof IDS / sizeof IDS[0]; i++) {
            const Command *c = command_find(ON_ALL, IDS[i]);
            ck_assert_ptr_null(command_why_not(PAGES[p], true, c));
        }
    const Command *end = command_find(ON_ALL, CMD_END);
    ck_assert_str_eq(command_why_not(ON_HISTORY, false, end), "Open an alliance first");
    ck_assert_ptr_null(command_why_not(ON_HOME, false, command_find(ON_HOME, CMD_DISCARD_DRAFT)));
}
END_TEST

START_TEST(another_cadence_is_one_key_where_it_may_be_offered)
{
    static const unsigned PLACES_OF_IT[] = {ON_HOME, ON_OVERVIEW, ON_AGENDA_CHECK_IN};
    for (size_t p = 0; p < sizeof PLACES_OF_IT / sizeof PLACES_OF_IT[0]; p++) {
        ck_assert_int_eq(command_for_key(PLACES_OF_IT[p], 'r', false)->id, CMD_CADENCE);
        ck_assert_int_eq(command_for_key(PLACES_OF_IT[p], 'p', false)->id, CMD_PAUSE);
    }
    ck_assert_ptr_null(command_for_key(ON_HISTORY, 'r', false));
    ck_assert_ptr_nonnull(command_find(ON_HISTORY, CMD_CADENCE));
}
END_TEST

START_TEST(letters_begin_nothing_on_the_welcome_but_new)
{
    for (Key key = 'a'; key <= 'z'; key++) {
        const Command *c = command_for_key(ON_FIRST_RUN, key, false);
        ck_assert(!c || c->id != CMD_OPEN);
    }
    ck_assert_int_eq(command_for_key(ON_FIRST_RUN, 'n', false)->id, CMD_NEW);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("commands");
    TCase *t = tcase_create("commands");
    tcase_add_test(t, every_key_name_is_one);
    tcase_add_test(t, no_key_means_two_things_in_a_place);
    tcase_add_test(t, a_command_stands_once_in_a_place);
    tcase_add_test(t, every_command_has_a_row);
    tcase_add_test(t, no_list_key_is_taken_by_a_command);
    tcase_add_test(t, no_command_needs_altgr);
    tcase_add_test(t, what_has_a_key_has_a_name_too);
    tcase_add_test(t, every_row_explains_itself);
    tcase_add_test(t, a_name_means_one_command);
    tcase_add_test(t, help_is_the_last_hint_at_any_width);
    tcase_add_test(t, hints_keep_the_order_of_the_key_table);
    tcase_add_test(t, boxes_and_lists_of_commands_name_their_way_out_in_40_columns);
    tcase_add_test(t, text_keys_are_never_commands_while_typing);
    tcase_add_test(t, what_cannot_be_done_says_why);
    tcase_add_test(t, what_is_done_to_an_alliance_is_to_be_had_on_all_its_pages);
    tcase_add_test(t, another_cadence_is_one_key_where_it_may_be_offered);
    tcase_add_test(t, letters_begin_nothing_on_the_welcome_but_new);
    suite_add_tcase(s, t);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_ENV);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
