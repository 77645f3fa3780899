#include <entente/keys.h>

#include <check.h>
#include <entente/mem.h>
#include <stdlib.h>
#include <string.h>

/* What a decoder says to bytes: keys by name, <paste:...>, <click x,y>, <wheel n x,y>, one space between. */
static void describe(Str *out, const Event *e)
{
    if (out->len > 0) str_add_char(out, ' ');
    if (e->type == EVENT_KEY) key_print(out, e->key);
    if (e->type == EVENT_PASTE) str_addf(out, "<paste:%.*s>", (int)e->text.len, e->text.ptr);
    if (e->type == EVENT_MOUSE && !e->wheel) str_addf(out, "<click %d,%d>", e->x, e->y);
    if (e->type == EVENT_MOUSE && e->wheel) str_addf(out, "<wheel %d %d,%d>", e->wheel, e->x, e->y);
}

static void drain(KeyDecoder *d, Str *out)
{
    Event e;
    while (key_decoder_next(d, &e)) describe(out, &e);
}

/* Feeds `bytes` in pieces of `piece`, then lets the escape delay pass. */
static char *decode(StrView bytes, size_t piece)
{
    KeyDecoder *d = key_decoder_new();
    Str out;
    str_init(&out);
    for (size_t i = 0; i < bytes.len; i += piece) {
        key_decoder_feed(d, bytes.ptr + i, bytes.len - i < piece ? bytes.len - i : piece);
        drain(d, &out);
    }
    key_decoder_flush(d);
    drain(d, &out);
    ck_assert(!key_decoder_pending(d));
    key_decoder_free(d);
    return str_steal(&out);
}

static const struct {
    StrView bytes;
    const char *events;
} sequences[] = {
#define CASE(bytes, events)                                                                                  \
    {                                                                                                        \
        {(bytes), sizeof(bytes) - 1}, (events)                                                               \
    }
    CASE("aé日😀", "a é 日 😀"),
    CASE(" Q?", "Space Q ?"),
    CASE("\r\n\t\x7f\x08", "Enter Enter Tab Backspace Backspace"),
    CASE("\0\x01\x03\x1a\x1f\x1c", "Ctrl-Space Ctrl-A Ctrl-C Ctrl-Z Ctrl-_ Ctrl-\\"),
    /* invalid bytes give nothing and eat nothing behind them */
    CASE("\xff"
         "d",
         "d"),
    CASE("a\xc3"
         "b",
         "a b"),
    CASE("\xc0\x80x\xed\xa0\x80y\xf4\x90\x80\x80z", "x y z"),
    CASE("\xc2\x9b"
         "1A",
         "1 A"),
    CASE("x\xe6\x97", "x"),
    /* Escape and Alt */
    CASE("\033", "Esc"),
    CASE("\033\033", "Esc Esc"),
    CASE("\033x", "Alt-X"),
    CASE("\033X", "Unknown"),
    CASE("\033é", "Alt-é"),
    CASE("\033Q", "Alt-Shift-Q"),
    CASE("\033\r\033\x7f\033<", "Alt-Enter Alt-Backspace Alt-<"),
    CASE("\033\001", "Ctrl-Alt-A"),
    CASE("\033\033[A", "Alt-Up"),
    CASE("\033\033OB", "Alt-Down"),
    CASE("\033\033x", "Esc Alt-X"),
    /* cursor keys: CSI, SS3, modified */
    CASE("\033[A\033[B\033[C\033[D\033[H\033[F", "Up Down Right Left Home End"),
    CASE("\033OA\033OB\033OC\033OD\033OH\033OF", "Up Down Right Left Home End"),
    CASE("\033[1;5C\033[1;3D\033[1;2A\033[1;6H", "Ctrl-Right Alt-Left Shift-Up Ctrl-Shift-Home"),
    CASE("\033[1;129A", "Up"),
    CASE("\033O5C\033Oc\033[a", "Ctrl-Right Ctrl-Right Shift-Up"),
    CASE("\033[Z", "Shift-Tab"),
    /* the small pad, as xterm, rxvt and the Linux console send it */
    CASE("\033[1~\033[4~\033[7~\033[8~", "Home End Home End"),
    CASE("\033[2~\033[3~\033[5~\033[6~", "Ins Del PgUp PgDn"),
    CASE("\033[3;5~\033[3^\033[6;3~", "Ctrl-Del Ctrl-Del Alt-PgDn"),
    CASE("\033OM\033Oj\033Ok\033Op\033Oy\033OX", "Enter * + 0 9 ="),
    /* function keys: xterm, VT220, Linux console */
    CASE("\033OP\033OQ\033OR\033OS", "F1 F2 F3 F4"),
    CASE("\033[11~\033[15~\033[17~\033[21~\033[23~\033[24~", "F1 F5 F6 F10 F11 F12"),
    CASE("\033[[A\033[[E", "F1 F5"),
    CASE("\033[1;5P\033[24;2~", "Ctrl-F1 Shift-F12"),
    /* modifyOtherKeys and CSI u */
    CASE("\033[27;5;13~\033[27;2;13~\033[27;3;13~", "Ctrl-Enter Shift-Enter Alt-Enter"),
    CASE("\033[27;5;115~\033[27;6;83~\033[27;2;33~", "Ctrl-S Ctrl-Shift-S !"),
    CASE("\033[27;5;104~\033[27;5;105~\033[27;5;91~", "Backspace Tab Esc"),
    CASE("\033[115;5u\033[13;5u\033[27u\033[9;2u\033[127;5u",
         "Ctrl-S Ctrl-Enter Esc Shift-Tab Ctrl-Backspace"),
    CASE("\033[97;2u\033[49:33;2u\033[233u\033[97;3u\033[97;4u", "A ! é Alt-A Alt-Shift-A"),
    CASE("\033[97;1:3u\033[57414;5u\033[57358u\033[55296u\033[0u", "Ctrl-Enter Unknown Unknown Unknown"),
    /* the unknown is swallowed whole */
    CASE("\033[99;99Xd", "Unknown d"),
    CASE("\033[24;80Rd", "Unknown d"),
    CASE("\033[?2026;2$yd", "Unknown d"),
    CASE("\033[>0;1;2cd", "Unknown d"),
    CASE("\033[Id\033[Od", "Unknown d Unknown d"),
    CASE("\033[201~d", "Unknown d"),
    CASE("\033[999999999999999999999~d", "Unknown d"),
    CASE("\033OZd", "Unknown d"),
    CASE("\033]52;c;ZGRkZA==\033\\d", "Unknown d"),
    CASE("\033]52;c;ZGRkZA==\ad", "Unknown d"),
    CASE("\033Pdddd\033\\d\033_ddd\033\\d\033^ddd\033\\d", "Unknown d Unknown d Unknown d"),
    CASE("\033]dd\x18"
         "d",
         "Unknown d"),
    CASE("\033]dd\rd", "Unknown Enter d"),
    CASE("\033]dd\033[Ad", "Unknown Up d"),
    CASE("\033[12\rd", "Unknown Enter d"),
    CASE("\033[12\033[A", "Unknown Up"),
    CASE("\033[12", "Unknown"),
    CASE("\033[", "Unknown"),
    CASE("\033O", "Unknown"),
    CASE("\033]", "Unknown"),
    /* mouse: a press of the first button and the wheel count; letting go, moving and other buttons do not */
    CASE("\033[<0;5;3M\033[<0;5;3m", "<click 4,2>"),
    CASE("\033[<64;1;1M\033[<65;10;20M\033[<66;1;1M", "<wheel -1 0,0> <wheel 1 9,19>"),
    CASE("\033[<32;5;3M\033[<2;5;3M\033[<35;5;3Mx", "x"),
    CASE("\033[M !\"\033[M#!\"\033[M`!\"d", "<click 0,1> <wheel -1 0,1> d"),
    /* paste: cleaned, one event, whatever is inside */
    CASE("\033[200~hello\033[201~x", "<paste:hello> x"),
    CASE("\033[200~a\rb\r\nc\td\033[201~", "<paste:a\nb\nc\td>"),
    CASE("\033[200~a\033[31m\x01\x9b"
         "b\033\033[201~q",
         "<paste:a[31mb> q"),
    CASE("\033[200~one\033[201~\033[200~two\033[201~", "<paste:one> <paste:two>"),
    CASE("\033[200~\033[201~", "<paste:>"),
    CASE("\033[200~a\033[200~b\033[201~c", "<paste:a[200~b> c"),
};
enum { SEQUENCES = sizeof sequences / sizeof sequences[0] };

START_TEST(every_sequence_gives_its_events_however_it_is_cut)
{
    static const size_t pieces[] = {4096, 1, 2, 3, 5};
    StrView bytes = sequences[_i].bytes;
    for (size_t p = 0; p < sizeof pieces / sizeof pieces[0]; p++) {
        char *events = decode(bytes, pieces[p]);
        ck_assert_msg(strcmp(events, sequences[_i].events) == 0, "case %d, pieces of %zu: got %s, not %s", _i,
                      pieces[p], events, sequences[_i].events);
        free(events);
    }
}
END_TEST

START_TEST(an_end_marker_inside_a_paste_runs_nothing)
{
    char *events = decode(SV("\033[200~safe\033[201~dq\r\033[201~x"), 4096);
    ck_assert_str_eq(events, "<paste:safe[201~dq\n> x");
    free(events);
}
END_TEST

START_TEST(a_lone_escape_waits_for_the_delay)
{
    KeyDecoder *d = key_decoder_new();
    Event e;
    key_decoder_feed(d, "\033", 1);
    ck_assert(!key_decoder_next(d, &e) && key_decoder_pending(d));
    key_decoder_flush(d);
    key_decoder_feed(d, "[A", 2);
    Str out;
    str_init(&out);
    drain(d, &out);
    ck_assert_str_eq(out.buf, "Esc [ A");
    ck_assert(!key_decoder_pending(d));
    str_finish(&out);
    key_decoder_free(d);
}
END_TEST

START_TEST(a_paste_goes_on_over_the_delay_and_a_cut_character_waits)
{
    KeyDecoder *d = key_decoder_new();
    Str out;
    str_init(&out);
    key_decoder_feed(d, "\033[200~slow \033[2", 14);
    drain(d, &out);
    ck_assert(!key_decoder_pending(d));
    key_decoder_flush(d);
    drain(d, &out);
    key_decoder_feed(d, "01~\xe6", 4);
    drain(d, &out);
    ck_assert(!key_decoder_pending(d));
    key_decoder_feed(d, "\x97\xa5", 2);
    drain(d, &out);
    ck_assert_str_eq(out.buf, "<paste:slow > 日");
    str_finish(&out);
    key_decoder_free(d);
}
END_TEST

START_TEST(a_late_end_of_a_control_string_types_nothing)
{
    KeyDecoder *d = key_decoder_new();
    Str out;
    str_init(&out);
    key_decoder_feed(d, "\033]52;c;ZGRk", 11);
    drain(d, &out);
    ck_assert(key_decoder_pending(d));
    key_decoder_flush(d);
    drain(d, &out);
    ck_assert(!key_decoder_pending(d));
    key_decoder_feed(d, "dddd\033\\dx", 8);
    drain(d, &out);
    ck_assert_str_eq(out.buf, "Unknown d x");
    str_finish(&out);
    key_decoder_free(d);
}
END_TEST

/* Quadratic work would take minutes here. */
START_TEST(a_megabyte_takes_linear_time)
{
    static const char *const heads[] = {"\033[200~", "\033]52;c;", "\033[200~", "\033["};
    static const char *const bodies[] = {"text ", "ZGRk", "\033[201~", "1;2;"};
    for (size_t k = 0; k < 4; k++) {
        Str in;
        str_init(&in);
        str_add_c(&in, heads[k]);
        while (in.len < 1 << 20) str_add_c(&in, bodies[k]);
        str_add_c(&in, "\033[201~\033\\");
        free(decode(str_view(&in), 4096));
        free(decode(str_view(&in), in.len));
        str_finish(&in);
    }
}
END_TEST

START_TEST(random_bytes_never_break_the_decoder)
{
    unsigned seed = 12345;
    static const char alphabet[] = "\033\033\033[[O]P;01259~<MmAuZ\\\r\x01\x7f\xc3\xa9\xff"
                                   "dq$:";
    for (int round = 0; round < 3000; round++) {
        char bytes[48];
        for (size_t i = 0; i < sizeof bytes; i++) {
            seed = seed * 1103515245u + 12345u;
            bytes[i] = alphabet[(seed >> 16) % (sizeof alphabet - 1)];
        }
        free(decode(sv_n(bytes, sizeof bytes), 1 + (seed >> 16) % 48));
    }
}
END_TEST

START_TEST(names_read_back_as_the_keys_they_print)
{
    static const char *const printed[] = {
        "c",   "?",    "Space",     "Enter",     "Ctrl-S",         "Alt-Enter", "F4",
        "F12", "PgDn", "Shift-Tab", "Ctrl-Left", "Alt-Shift-Y",    "Alt-<",     "Ctrl-Shift-S",
        "é",   "-",    "Ctrl--",    "Ctrl-Home", "Ctrl-Alt-Right", "Ctrl-Space"};
    for (size_t i = 0; i < sizeof printed / sizeof printed[0]; i++) {
        Key key;
        Str s;
        str_init(&s);
        ck_assert_msg(key_parse(sv(printed[i]), &key), "%s", printed[i]);
        key_print(&s, key);
        ck_assert_str_eq(s.buf, printed[i]);
        str_finish(&s);
    }
    static const char *const wrong[] = {"", "Ctrl-", "F13", "F0", "xy", "Hyper-x", "\xff", "\x1b"};
    Key key = 7;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) ck_assert(!key_parse(sv(wrong[i]), &key));
    ck_assert_uint_eq(key, 7);
    ck_assert(key_parse(SV("ctrl-s"), &key) && key == KEY_CTRL('s'));
    ck_assert(key_parse(SV("Alt-y"), &key) && key == KEY_ALT('y'));
}
END_TEST

START_TEST(only_characters_are_text)
{
    ck_assert(key_is_text('a') && key_is_text(' ') && key_is_text(0xe9) && key_is_text(0x1f600));
    ck_assert(!key_is_text(KEY_CTRL('a')) && !key_is_text(KEY_ALT('a')) && !key_is_text(0x7f));
    ck_assert(!key_is_text(KEYN_ENTER) && !key_is_text(KEYN_UNKNOWN) && !key_is_text(0x9b) &&
              !key_is_text(9));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("keys");
    TCase *tc = tcase_create("keys");
    tcase_set_timeout(tc, 30);
    tcase_add_loop_test(tc, every_sequence_gives_its_events_however_it_is_cut, 0, SEQUENCES);
    tcase_add_test(tc, an_end_marker_inside_a_paste_runs_nothing);
    tcase_add_test(tc, a_lone_escape_waits_for_the_delay);
    tcase_add_test(tc, a_paste_goes_on_over_the_delay_and_a_cut_character_waits);
    tcase_add_test(tc, a_late_end_of_a_control_string_types_nothing);
    tcase_add_test(tc, a_megabyte_takes_linear_time);
    tcase_add_test(tc, random_bytes_never_break_the_decoder);
    tcase_add_test(tc, names_read_back_as_the_keys_they_print);
    tcase_add_test(tc, only_characters_are_text);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
