#include <entente/editor.h>

#include <check.h>
#include <entente/text.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Types a script: keys by name between blanks, anything else that is no key's name as a paste. */
static void play(Editor *e, const char *script)
{
    StrView rest = sv(script);
    for (StrView word = sv_word(&rest); word.len > 0; word = sv_word(&rest)) {
        Key key;
        if (key_parse(word, &key))
            editor_key(e, key, 0);
        else
            editor_paste(e, word);
    }
}

/* The text with the cursor shown as `|`. */
static void assert_state(const Editor *e, const char *expected)
{
    Str s;
    str_init(&s);
    str_add(&s, editor_text(e));
    str_insert(&s, editor_cursor(e), SV("|"));
    ck_assert_str_eq(s.buf, expected);
    str_finish(&s);
}

START_TEST(keys_edit_as_the_table_says)
{
    static const struct {
        const char *text, *script, *state;
    } cases[] = {
        {"", "a b Space c", "ab c|"},
        {"one two", "Left Left X", "one tX|wo"},
        {"one two", "Home X End Y", "Xone twoY|"},
        {"one two", "Ctrl-A X Ctrl-E Y", "Xone twoY|"},
        {"one two", "Ctrl-Left X", "one X|two"},
        {"one two", "Alt-B Alt-B X", "X|one two"},
        {"one two", "Ctrl-Home Ctrl-Right X", "oneX| two"},
        {"one two", "Alt-< Alt-F X Alt-> Y", "oneX twoY|"},
        {"one", "Backspace Ctrl-H", "o|"},
        {"one", "Home Del Ctrl-D", "|e"},
        {"one two", "Ctrl-W", "one |"},
        {"one two", "Alt-Backspace Alt-Backspace", "|"},
        {"one two", "Home Alt-D", "| two"},
        {"one two", "Alt-B Ctrl-U", "|two"},
        {"one two", "Alt-B Ctrl-K", "one |"},
        {"one\ntwo", "Up Ctrl-K", "one|two"},
        {"one two", "Ctrl-W Home Alt-Y", "two|one "},
        {"one", "Enter x", "one\nx|"},
        {"one", "Shift-Enter x", "one\nx|"},
        {"日本", "Backspace", "日|"},
        {"e\xcc\x81", "Backspace", "|"},
        {"a👨‍👩‍👧b", "Left Backspace", "a|b"},
        {"🇫🇷🇩🇪", "Left Left Del", "|🇩🇪"},
        {"one", "Ctrl-Z", "one|"},
        {"one", "x Ctrl-Z", "one|"},
        {"one", "x Ctrl-Z Ctrl-Y", "onex|"},
        {"", "Backspace Del Left Right Ctrl-K Ctrl-U Ctrl-W Alt-Y Home End", "|"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Editor *e = editor_new(false, 1000);
        editor_set(e, sv(cases[i].text));
        play(e, cases[i].script);
        assert_state(e, cases[i].state);
        editor_free(e);
    }
}
END_TEST

START_TEST(keys_of_the_view_are_ignored_and_empty_edits_are_not)
{
    Editor *e = editor_new(false, 100), *field = editor_new(true, 100);
    static const Key others[] = {KEYN_ESC, KEYN_TAB,     KEY_CTRL('s'), KEYN_PAGE_DOWN,
                                 KEYN_F1,  KEYN_UNKNOWN, KEY_CTRL('c'), KEYN_ENTER | KEY_MOD_CTRL,
                                 KEYN_UP,  KEYN_DOWN,    KEYN_BACKTAB};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        ck_assert_int_eq(editor_key(e, others[i], 0), EDIT_IGNORED);
    ck_assert_int_eq(editor_key(field, KEYN_ENTER, 0), EDIT_IGNORED);
    ck_assert_int_eq(editor_key(e, KEYN_BACKSPACE, 0), EDIT_MOVED);
    ck_assert_int_eq(editor_key(e, KEYN_LEFT, 0), EDIT_MOVED);
    ck_assert_int_eq(editor_key(e, KEY_CTRL('z'), 0), EDIT_MOVED);
    ck_assert_int_eq(editor_key(e, 'x', 0), EDIT_CHANGED);
    editor_free(e);
    editor_free(field);
}
END_TEST

START_TEST(undo_goes_by_word_and_by_pause)
{
    Editor *e = editor_new(false, 1000);
    for (const char *p = "one two"; *p; p++) editor_key(e, (Key)*p, 0);
    editor_key(e, '!', 5000);
    play(e, "Ctrl-Z");
    assert_state(e, "one two|");
    play(e, "Ctrl-_");
    assert_state(e, "one |");
    play(e, "Ctrl-Z");
    assert_state(e, "|");
    play(e, "Ctrl-Y Ctrl-Y Ctrl-Y Ctrl-Y");
    assert_state(e, "one two!|");
    play(e, "Backspace Backspace Backspace Backspace Ctrl-Z");
    assert_state(e, "one two!|");
    play(e, "Home Del Del Ctrl-Z");
    assert_state(e, "|one two!");
    play(e, "x");
    ck_assert_int_eq(editor_key(e, KEY_CTRL('y'), 0), EDIT_MOVED); /* what was undone is gone */
    editor_free(e);
}
END_TEST

START_TEST(moving_between_keys_starts_a_new_step)
{
    Editor *e = editor_new(false, 1000);
    play(e, "a b Left Right c Ctrl-Z");
    assert_state(e, "ab|");
    editor_free(e);
}
END_TEST

START_TEST(a_paste_is_one_step_and_a_field_takes_no_line_feed)
{
    Editor *e = editor_new(true, 20);
    play(e, "a");
    ck_assert_int_eq(editor_paste(e, SV("one\ntwo\tx")), EDIT_CHANGED);
    assert_state(e, "aone two x|");
    ck_assert_int_eq(editor_paste(e, SV("far too long for this")), EDIT_IGNORED);
    assert_state(e, "aone two x|");
    play(e, "Ctrl-Z");
    assert_state(e, "a|");
    editor_set(e, SV("a\nb"));
    assert_state(e, "a b|");
    editor_free(e);
}
END_TEST

START_TEST(more_than_the_limit_is_refused_whole)
{
    Editor *e = editor_new(false, 4);
    play(e, "abc");
    ck_assert_int_eq(editor_key(e, 0x65e5, 0), EDIT_IGNORED);
    ck_assert_int_eq(editor_key(e, 'd', 0), EDIT_CHANGED);
    ck_assert_int_eq(editor_key(e, 'e', 0), EDIT_IGNORED);
    assert_state(e, "abcd|");
    editor_free(e);
}
END_TEST

START_TEST(what_comes_back_from_another_editor_is_one_step)
{
    Editor *e = editor_new(false, 100);
    editor_set(e, SV("one"));
    editor_replace(e, SV("one\ntwo\n"));
    assert_state(e, "one\ntwo\n|");
    play(e, "Ctrl-Z");
    assert_state(e, "one|");
    editor_replace(e, editor_text(e));
    ck_assert_int_eq(editor_key(e, KEY_CTRL('z'), 0), EDIT_MOVED);
    editor_free(e);
}
END_TEST

START_TEST(an_example_becomes_a_line_of_its_own)
{
    static const struct {
        const char *text;
        size_t cursor;
        const char *state;
    } cases[] = {
        {"", 0, "No phones.|"},
        {"one", 1, "one\nNo phones.|"},
        {"one\ntwo", 1, "one\nNo phones.|\ntwo"},
        {"one\n\ntwo", 4, "one\nNo phones.|\ntwo"},
        {"one\n", 4, "one\nNo phones.|"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Editor *e = editor_new(false, 100);
        editor_set(e, sv(cases[i].text));
        editor_set_cursor(e, cases[i].cursor);
        editor_insert_line(e, SV("No phones."));
        assert_state(e, cases[i].state);
        play(e, "Ctrl-Z");
        ck_assert(sv_eq(editor_text(e), sv(cases[i].text)));
        ck_assert_uint_eq(editor_cursor(e), cases[i].cursor);
        editor_free(e);
    }
}
END_TEST

START_TEST(up_and_down_keep_the_goal_column)
{
    Editor *e = editor_new(false, 1000);
    editor_set(e, SV("123456\n1\n日本語\n123456"));
    editor_layout(e, 20, 5);
    play(e, "Left Up");
    assert_state(e, "123456\n1\n日本|語\n123456");
    play(e, "Up");
    assert_state(e, "123456\n1|\n日本語\n123456");
    play(e, "Ctrl-P");
    ck_assert(editor_at_top(e) && !editor_at_bottom(e));
    assert_state(e, "12345|6\n1\n日本語\n123456");
    play(e, "Ctrl-N Down Down");
    ck_assert(editor_at_bottom(e));
    assert_state(e, "123456\n1\n日本語\n12345|6");
    ck_assert_int_eq(editor_key(e, KEYN_DOWN, 0), EDIT_IGNORED);
    editor_free(e);
}
END_TEST

START_TEST(home_and_end_keep_to_the_visual_line)
{
    Editor *e = editor_new(false, 1000);
    editor_set(e, SV("hello wonderful world"));
    editor_layout(e, 11, 5); /* hello | wonderful | world */
    ck_assert_uint_eq(editor_lines(e), 3);
    play(e, "Up End");
    assert_state(e, "hello wonderful| world");
    play(e, "Home");
    assert_state(e, "hello |wonderful world");
    editor_set(e, SV("abcdefghijklmnop")); /* broken inside the word */
    editor_layout(e, 11, 5);
    play(e, "Up End X");
    assert_state(e, "abcdefghiX|jklmnop");
    editor_free(e);
}
END_TEST

static void assert_draws(Editor *e, int w, int h, int cursor_x, int cursor_y, const char *expected)
{
    Canvas c;
    Str s;
    canvas_init(&c, w, h);
    str_init(&s);
    editor_layout(e, w, h);
    editor_draw(e, &c, 0, 0, true);
    canvas_print(&c, &s);
    ck_assert_str_eq(s.buf, expected);
    ck_assert_int_eq(c.cursor_x, cursor_x);
    ck_assert_int_eq(c.cursor_y, cursor_y);
    ck_assert(c.cursor_in_text);
    str_finish(&s);
    canvas_finish(&c);
}

START_TEST(a_long_text_scrolls_with_the_cursor)
{
    Editor *e = editor_new(false, 1000);
    editor_set(e, SV("one\ntwo\nthree\nfour"));
    assert_draws(e, 10, 2, 4, 1, "three\nfour\n");
    play(e, "Up");
    assert_draws(e, 10, 2, 4, 0, "three\nfour\n");
    play(e, "Up");
    assert_draws(e, 10, 2, 3, 0, "two\nthree\n");
    play(e, "Ctrl-End Enter");
    assert_draws(e, 10, 2, 0, 1, "four\n\n");
    play(e, "Backspace Ctrl-U Backspace");
    assert_draws(e, 10, 4, 5, 2, "one\ntwo\nthree\n\n");
    editor_set(e, SV("123456789"));
    assert_draws(e, 10, 2, 9, 0, "123456789\n\n");
    play(e, "0");
    assert_draws(e, 10, 2, 1, 1, "123456789\n0\n");
    editor_free(e);
}
END_TEST

START_TEST(a_field_scrolls_sideways_and_is_underlined)
{
    Editor *e = editor_new(true, 1000);
    assert_draws(e, 8, 1, 0, 0, "\n");
    editor_set(e, SV("0123456789"));
    assert_draws(e, 8, 1, 7, 0, "3456789\n");
    play(e, "Home");
    assert_draws(e, 8, 1, 0, 0, "01234567\n");
    play(e, "End Ctrl-W x");
    assert_draws(e, 8, 1, 1, 0, "x\n");
    editor_set(e, SV("日本語日本語"));
    assert_draws(e, 8, 1, 6, 0, "日本語\n");
    Canvas c;
    canvas_init(&c, 12, 1);
    editor_draw(e, &c, 2, 0, false);
    ck_assert_int_eq(canvas_cell(&c, 1, 0)->role, ROLE_NORMAL);
    ck_assert_int_eq(canvas_cell(&c, 2, 0)->role, ROLE_FIELD);
    ck_assert_int_eq(canvas_cell(&c, 9, 0)->role, ROLE_FIELD);
    ck_assert_int_eq(canvas_cell(&c, 10, 0)->role, ROLE_NORMAL);
    ck_assert_int_eq(c.cursor_x, 0);
    canvas_finish(&c);
    editor_free(e);
}
END_TEST

/* ---- Against a naive model ---- */

static unsigned seed;

static unsigned draw_number(unsigned below)
{
    seed = seed * 1103515245u + 12345u;
    return (seed >> 16) % below;
}

static Key random_key(void)
{
    static const Key keys[] = {'a',
                               'b',
                               ' ',
                               '-',
                               0xe9,
                               0x65e5,
                               0x301,
                               0x1f1eb,
                               0x1f1f7,
                               0x200d,
                               0x1f469,
                               0x5d0,
                               KEYN_ENTER,
                               KEYN_ENTER,
                               KEYN_BACKSPACE,
                               KEYN_BACKSPACE,
                               KEYN_DELETE,
                               KEYN_LEFT,
                               KEYN_RIGHT,
                               KEYN_UP,
                               KEYN_DOWN,
                               KEYN_HOME,
                               KEYN_END,
                               KEY_CTRL('w'),
                               KEY_ALT('d'),
                               KEY_ALT('y'),
                               KEY_CTRL('k'),
                               KEY_ALT('b'),
                               KEY_ALT('f'),
                               KEY_CTRL('z'),
                               KEY_CTRL('y'),
                               KEY_CTRL('u')};
    unsigned n = sizeof keys / sizeof keys[0];
    return keys[draw_number(draw_number(3) ? 23 : n)];
}

typedef struct {
    Str text;
    size_t cursor;
} Model;

static void model_replace(Model *m, size_t start, size_t end, StrView by)
{
    str_remove(&m->text, start, end - start);
    str_insert(&m->text, start, by);
    m->cursor = start + by.len;
    StrView text = str_view(&m->text);
    if (text_boundary(text, m->cursor) != m->cursor)
        m->cursor = text_next(text, text_boundary(text, m->cursor));
}

/* True if the model knows the key; else it follows the editor. */
static bool model_key(Model *m, Key key)
{
    StrView text = str_view(&m->text);
    Str typed;
    switch (key) {
    case KEYN_LEFT: m->cursor = text_prev(text, m->cursor); return true;
    case KEYN_RIGHT: m->cursor = text_next(text, m->cursor); return true;
    case KEYN_BACKSPACE: model_replace(m, text_prev(text, m->cursor), m->cursor, SV("")); return true;
    case KEYN_DELETE: model_replace(m, m->cursor, text_next(text, m->cursor), SV("")); return true;
    case KEYN_ENTER: model_replace(m, m->cursor, m->cursor, SV("\n")); return true;
    default: break;
    }
    if (!key_is_text(key)) return false;
    str_init(&typed);
    key_print(&typed, key);
    model_replace(m, m->cursor, m->cursor, key == ' ' ? SV(" ") : str_view(&typed));
    str_finish(&typed);
    return true;
}

static void screen(Editor *e, Canvas *c, Str *out)
{
    canvas_clear(c);
    str_clear(out);
    editor_draw(e, c, 0, 0, true);
    canvas_print(c, out);
}

/* An editor that wrapped its text line by line as it grew shows the same as one that wraps it all now. */
static void assert_laid_out(Editor *e, Canvas *c)
{
    Editor *fresh = editor_new(false, 1 << 20);
    Str now, anew;
    str_init(&now);
    str_init(&anew);
    editor_layout(e, c->w, c->h);
    editor_layout(fresh, c->w, c->h);
    editor_set(fresh, editor_text(e));
    editor_set_cursor(fresh, editor_cursor(e));
    editor_layout(fresh, c->w, c->h);
    ck_assert_uint_eq(editor_lines(e), editor_lines(fresh));
    screen(e, c, &now);
    int x = c->cursor_x, y = c->cursor_y;
    screen(fresh, c, &anew);
    ck_assert_str_eq(now.buf, anew.buf);
    ck_assert(x == c->cursor_x && y == c->cursor_y);
    str_finish(&now);
    str_finish(&anew);
    editor_free(fresh);
}

static void assert_undo_and_redo_reach_both_ends(Editor *e, StrView first)
{
    Str last;
    str_init(&last);
    str_add(&last, editor_text(e));
    while (editor_key(e, KEY_CTRL('y'), 0) == EDIT_CHANGED) str_set(&last, editor_text(e));
    while (editor_key(e, KEY_CTRL('z'), 0) == EDIT_CHANGED)
        ck_assert_uint_eq(text_boundary(editor_text(e), editor_cursor(e)), editor_cursor(e));
    ck_assert(sv_eq(editor_text(e), first));
    while (editor_key(e, KEY_CTRL('y'), 0) == EDIT_CHANGED) continue;
    ck_assert(sv_eq(editor_text(e), str_view(&last)));
    str_finish(&last);
}

START_TEST(random_keys_agree_with_a_naive_model)
{
    StrView first = SV("a first line that wraps more than once\n\n日本語のテキスト well-known words\n");
    seed = (unsigned)_i * 7919u + 1;
    Editor *e = editor_new(false, 1 << 20);
    Model m = {0};
    Canvas c;
    canvas_init(&c, 8 + _i % 9, 120);
    str_init(&m.text);
    editor_set(e, first);
    str_set(&m.text, first);
    m.cursor = first.len;
    for (int step = 0; step < 250; step++) {
        Key key = random_key();
        EditResult result = editor_key(e, key, step * 400);
        if (!model_key(&m, key)) {
            str_set(&m.text, editor_text(e));
            m.cursor = editor_cursor(e);
        }
        ck_assert(result != EDIT_IGNORED || key == KEYN_UP || key == KEYN_DOWN);
        ck_assert_str_eq(editor_text(e).ptr, m.text.buf);
        ck_assert_uint_eq(editor_cursor(e), m.cursor);
        ck_assert_uint_eq(text_boundary(editor_text(e), m.cursor), m.cursor);
        ck_assert(text_valid(editor_text(e), NULL));
        if (step % 5 == 0) assert_laid_out(e, &c);
    }
    assert_undo_and_redo_reach_both_ends(e, first);
    assert_laid_out(e, &c);
    str_finish(&m.text);
    canvas_finish(&c);
    editor_free(e);
}
END_TEST

START_TEST(a_hundred_kilobytes_stay_quick)
{
    static const char *const lines[] = {"some words of a line that wraps here and there\n",
                                        "one endless paragraph of words "};
    for (size_t k = 0; k < 2; k++) {
        Str text;
        str_init(&text);
        while (text.len < 100000) str_add_c(&text, lines[k]);
        Editor *e = editor_new(false, 1 << 20);
        editor_set(e, str_view(&text));
        editor_layout(e, 72, 20);
        editor_key(e, KEYN_HOME | KEY_MOD_CTRL, 0);
        clock_t start = clock();
        for (int i = 0; i < 500; i++) {
            editor_key(e, i % 7 ? 'x' : ' ', i * 100);
            editor_layout(e, 72, 20);
        }
        ck_assert_msg(clock() - start < 2 * CLOCKS_PER_SEC, "%zu: %ld", k, (long)(clock() - start));
        editor_free(e);
        str_finish(&text);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("editor");
    TCase *tc = tcase_create("editor");
    tcase_set_timeout(tc, 60);
    tcase_add_test(tc, keys_edit_as_the_table_says);
    tcase_add_test(tc, keys_of_the_view_are_ignored_and_empty_edits_are_not);
    tcase_add_test(tc, undo_goes_by_word_and_by_pause);
    tcase_add_test(tc, moving_between_keys_starts_a_new_step);
    tcase_add_test(tc, a_paste_is_one_step_and_a_field_takes_no_line_feed);
    tcase_add_test(tc, more_than_the_limit_is_refused_whole);
    tcase_add_test(tc, what_comes_back_from_another_editor_is_one_step);
    tcase_add_test(tc, an_example_becomes_a_line_of_its_own);
    tcase_add_test(tc, up_and_down_keep_the_goal_column);
    tcase_add_test(tc, home_and_end_keep_to_the_visual_line);
    tcase_add_test(tc, a_long_text_scrolls_with_the_cursor);
    tcase_add_test(tc, a_field_scrolls_sideways_and_is_underlined);
    tcase_add_loop_test(tc, random_keys_agree_with_a_naive_model, 0, 40);
    tcase_add_test(tc, a_hundred_kilobytes_stay_quick);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
