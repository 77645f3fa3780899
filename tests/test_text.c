#include <entente/text.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <entente/mem.h>

/* A name that reads well in the tables: the family of man, woman and girl. */
#define FAMILY  "\U0001F468\u200D\U0001F469\u200D\U0001F467"
#define FLAG_FR "\U0001F1EB\U0001F1F7"

static void assert_text(const Str *got, const char *want)
{
    ck_assert_str_eq(got->buf, want);
}

/* -- Validity ------------------------------------------------------------------------------------------ */

START_TEST(only_well_formed_utf8_without_nul_is_valid)
{
    static const struct {
        StrView text;
        size_t bad; /* = text.len: valid */
    } cases[] = {
        {{"", 0}, 0},
        {{"abc", 3}, 3},
        {{"\u00e9\u65e5\U0001F600", 9}, 9},
        {{"\xF4\x8F\xBF\xBF", 4}, 4},     /* U+10FFFF */
        {{"a\0b", 3}, 1},                 /* NUL */
        {{"ab\x80", 3}, 2},               /* lone continuation */
        {{"\xC3", 1}, 0},                 /* cut short */
        {{"a\xE6\x97", 3}, 1},            /* cut short */
        {{"\xC0\xAF", 2}, 0},             /* overlong */
        {{"\xE0\x9F\xBF", 3}, 0},         /* overlong */
        {{"\xF0\x8F\xBF\xBF", 4}, 0},     /* overlong */
        {{"\xED\xA0\x80", 3}, 0},         /* surrogate */
        {{"\xF4\x90\x80\x80", 4}, 0},     /* beyond U+10FFFF */
        {{"\xF8\x88\x80\x80\x80", 5}, 0}, /* five bytes */
        {{"\xFF", 1}, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t at = cases[i].text.len;
        bool valid = text_valid(cases[i].text, &at);
        ck_assert_msg(valid == (cases[i].bad == cases[i].text.len), "case %zu", i);
        ck_assert_msg(at == cases[i].bad, "case %zu: at %zu", i, at);
        ck_assert(text_valid(cases[i].text, NULL) == valid);
    }
}
END_TEST

START_TEST(a_bad_text_is_refused_with_its_name_and_place)
{
    Error err = {0};
    ck_assert(text_check(SV("fine"), "The note", &err));
    ck_assert(!text_check(SV("caf\xE9"), "The note", &err));
    ck_assert_int_eq(err.code, ERR_USAGE);
    ck_assert_str_eq(err.msg, "The note: not valid UTF-8 at byte offset 3. Give the text as UTF-8.");
    error_clear(&err);
    ck_assert(!text_check(sv_n("a\0", 2), "The name", &err));
    ck_assert_ptr_nonnull(strstr(err.msg, "NUL byte at byte offset 1"));
}
END_TEST

/* -- Clusters ------------------------------------------------------------------------------------------ */

static const struct {
    const char *text; /* one cluster, followed by nothing */
    const char *shown;
    int width;
} clusters[] = {
    {"a", "a", 1},
    {"\u00e9", "\u00e9", 1},
    {"e\u0301", "e\u0301", 1},
    {"\u65e5", "\u65e5", 2},
    {"\u65e5\u0301", "\u65e5\u0301", 2},
    {"\uFF21", "\uFF21", 2},       /* full-width A */
    {"\u00a1", "\u00a1", 1},       /* ambiguous counts one */
    {"\uAC01", "\uAC01", 2},       /* a Hangul syllable */
    {"\u1100\u1161", "\uAC00", 2}, /* the same from jamo */
    {"\u1100\u1161\u11A8", "\uAC01", 2},
    {"\uAC00\u11A8", "\uAC01", 2},
    {"\u1112\u119E", "\u1112", 2},       /* an old vowel does not compose */
    {"\u1161", "<U+1161>", 8},           /* a vowel alone has no agreed width */
    {"\uFF76\uFF9E", "\uFF76\uFF9E", 2}, /* half-width kana and its voicing mark */
    {"\u0915\u093F", "\u0915\u093F", 2}, /* spacing mark: a cell of its own, as in wcwidth */
    {"\u0E01\u0E34", "\u0E01\u0E34", 1},
    {"\u0301", "\u25CC\u0301", 1},
    {"\u093F", "\u25CC\u093F", 2},
    {"a\u0300\u0301\u0302\u0303\u0304\u0305", "a\u0300\u0301\u0302\u0303", 1},
    {FAMILY, "\U0001F468", 2},
    {"\U0001F468\u200D", "\U0001F468", 2},
    {"\u2764\uFE0F", "\u2764", 1},
    {"\u2764\uFE0F\u200D\U0001F525", "\u2764", 1},
    {"\U0001F44B\U0001F3FD", "\U0001F44B", 2},
    {"\U0001F3FD", "\U0001F3FD", 2},
    {FLAG_FR, "[FR]", 4},
    {"\U0001F1EB", "F", 1},
    {"\U0001F3F4\U000E0067\U000E0062\U000E007F", "\U0001F3F4", 2},
    {"1\uFE0F\u20E3", "1", 1},
    {"#\u20E3", "#", 1},
    {"\u0915\u200D", "\u0915", 1},
    {"\t", "    ", 4},
    {"\n", "", 0},
    {"\r\n", "", 0},
    {"\r", "^M", 2},
    {"\x1b", "^[", 2},
    {"\x01", "^A", 2},
    {"\x7f", "^?", 2},
    {"\xC2\x9B", "<9B>", 4},
    {"\xC2\x85", "<85>", 4},
    {"\u202e", "<RLO>", 5},
    {"\u2066", "<LRI>", 5},
    {"\u200f", "<RLM>", 5},
    {"\u200b", "<ZWSP>", 6},
    {"\u200d", "<ZWJ>", 5},
    {"\u00ad", "<SHY>", 5},
    {"\ufeff", "<BOM>", 5},
    {"\u2060", "<U+2060>", 8},
    {"\u2028", "<U+2028>", 8},
    {"\ufe0f", "<U+FE0F>", 8},
    {"\u3164", "<U+3164>", 8}, /* a letter that nobody sees */
    {"\U000E0041", "<U+E0041>", 9},
    {"\uFFFE", "<U+FFFE>", 8},
    {"\U0010FFFF", "<U+10FFFF>", 10},
    {"\u0378", "<U+0378>", 8}, /* unassigned */
    {"\uE000", "\uE000", 1},   /* private use */
    {"\u06001", "\u06001", 2}, /* a visible prefix: the Arabic number sign */
    {"\xFF", "\uFFFD", 1},
    {"\xC3", "\uFFFD", 1},
};

START_TEST(clusters_show_what_terminals_agree_about)
{
    for (size_t i = 0; i < sizeof clusters / sizeof *clusters; i++) {
        Cluster c;
        StrView text = sv(clusters[i].text);
        ck_assert(text_cluster(text, 0, &c));
        ck_assert_str_eq(c.shown, clusters[i].shown);
        ck_assert_msg(c.width == clusters[i].width, "%s: width %d", c.shown, c.width);
        ck_assert_msg(c.start == 0 && c.end == text.len, "%s: ends at %zu of %zu", c.shown, c.end, text.len);
        ck_assert(!text_cluster(text, c.end, &c));
    }
}
END_TEST

START_TEST(a_cluster_is_the_same_between_what_joins_nothing)
{
    for (size_t i = 0; i < sizeof clusters / sizeof *clusters; i++) {
        Str s;
        str_init(&s);
        str_addf(&s, "x\n%s\xFF", clusters[i].text);
        Cluster c;
        ck_assert(text_cluster(str_view(&s), 2, &c));
        ck_assert_str_eq(c.shown, clusters[i].shown);
        ck_assert_uint_eq(c.end, s.len - 1);
        ck_assert_uint_eq(text_prev(str_view(&s), s.len - 1), 2);
        str_finish(&s);
    }
}
END_TEST

START_TEST(a_text_falls_into_clusters)
{
    static const struct {
        const char *text;
        size_t ends[6];
    } cases[] = {
        {"ab", {1, 2}},
        {"e\u0301e", {3, 4}},
        {"a\r\nb", {1, 3, 4}},
        {"\n\u0301", {1, 3}},                      /* a mark does not join a line feed */
        {FLAG_FR "\U0001F1E9\U0001F1EA", {8, 16}}, /* flags in pairs */
        {FLAG_FR "\U0001F1E9", {8, 12}},
        {FAMILY "\U0001F600", {18, 22}},
        {"\u65e5\u672c\u8a9e", {3, 6, 9}},
        {"\u1112\u1161\u11AB\u1100\u1173\u11AF", {9, 18}}, /* two syllables of jamo */
        {"a\xFF\u0301"
         "b",
         {1, 2, 4, 5}}, /* a bad byte stands alone */
        {"\xE6\x97x", {1, 2, 3}},
        {"a\xED\xA0\x80", {1, 2, 3, 4}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        StrView text = sv(cases[i].text);
        size_t pos = 0;
        for (size_t n = 0; pos < text.len; n++) {
            Cluster c;
            ck_assert(text_cluster(text, pos, &c));
            ck_assert_msg(c.end == cases[i].ends[n], "case %zu: cluster %zu ends at %zu", i, n, c.end);
            ck_assert_uint_eq(text_next(text, pos), c.end);
            ck_assert_uint_eq(text_prev(text, c.end), pos);
            for (size_t inside = pos; inside < c.end; inside++)
                ck_assert_uint_eq(text_boundary(text, inside), pos);
            pos = c.end;
        }
        ck_assert_uint_eq(text_boundary(text, text.len + 5), text.len);
    }
    ck_assert_uint_eq(text_next(SV("a"), 1), 1);
    ck_assert_uint_eq(text_prev(SV("a"), 0), 0);
}
END_TEST

START_TEST(devanagari_clusters_follow_the_library_both_ways)
{
    StrView text = SV("\u0915\u094D\u0937\u093F \u0928\u092E\u0938\u094D\u0924\u0947");
    size_t pos = 0, count = 0;
    for (size_t next; pos < text.len; pos = next, count++) {
        next = text_next(text, pos);
        ck_assert_uint_gt(next, pos);
        ck_assert_uint_eq(text_prev(text, next), pos);
    }
    ck_assert_uint_ge(count, 5);
}
END_TEST

START_TEST(ten_thousand_marks_are_one_bounded_cluster)
{
    Str s;
    str_init(&s);
    str_add_char(&s, 'a');
    for (int i = 0; i < 10000; i++) str_add_c(&s, "\u0301");
    str_add_char(&s, 'b');
    Cluster c;
    ck_assert(text_cluster(str_view(&s), 0, &c));
    ck_assert_uint_eq(c.end, 20001);
    ck_assert_str_eq(c.shown, "a\u0301\u0301\u0301\u0301");
    ck_assert_uint_eq(text_prev(str_view(&s), 20001), 0);
    ck_assert_uint_eq(text_boundary(str_view(&s), 10001), 0);
    ck_assert_int_eq(text_width(str_view(&s)), 2);
    str_clear(&s);
    for (int i = 0; i < 10000; i++) str_add_c(&s, "\u0600"); /* prefixes that join all they precede */
    ck_assert(text_cluster(str_view(&s), 0, &c));
    ck_assert_uint_lt(strlen(c.shown), TEXT_SHOWN_MAX);
    str_finish(&s);
}
END_TEST

START_TEST(glyphs_are_a_base_with_its_marks)
{
    static const uint32_t want[][5] = {{'e', 0x301, 0x302}, {0x65E5, 0x301}, {'['}, {0x915}, {0x93F}};
    static const int widths[] = {1, 2, 1, 1, 1};
    const char *shown = "e\u0301\u0302\u65e5\u0301[\u0915\u093F";
    size_t pos = 0;
    uint32_t cps[5];
    int width;
    for (size_t i = 0; i < 5; i++) {
        ck_assert(text_glyph(shown, &pos, cps, &width));
        ck_assert_mem_eq(cps, want[i], sizeof cps);
        ck_assert_int_eq(width, widths[i]);
    }
    ck_assert(!text_glyph(shown, &pos, cps, &width));
}
END_TEST

/* -- Properties of any bytes ---------------------------------------------------------------------------- */

static uint32_t draw(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static void add_random(Str *s, uint32_t *seed, bool valid)
{
    static const char *const pieces[] = {
        "a",      "-",      " ",      "\t",         "\n",     "\r",         "\u0301",     "\u093F",
        "\u094D", "\u0915", "\u200D", "\uFE0F",     "\u65e5", "\U0001F468", "\U0001F3FD", "\U0001F1EB",
        "\u1100", "\u1161", "\u11A8", "\u202e",     "\u0600", "\u20E3",     "\u3000",     "\xC2\x9B",
        "\x1b",   "1",      "\u3002", "\U000E0067", "\uFFFE", "\u2014",
    };
    size_t count = draw(seed) % 40;
    for (size_t i = 0; i < count; i++) {
        if (valid || draw(seed) % 4)
            str_add_c(s, pieces[draw(seed) % (sizeof pieces / sizeof *pieces)]);
        else
            str_add_char(s, (char)(draw(seed) % 256));
    }
}

/* No byte that could steer a terminal, neither C0 and DEL nor C1 (C2 80..9F in UTF-8). */
static void assert_harmless(const char *shown)
{
    ck_assert(text_valid(sv(shown), NULL));
    for (const unsigned char *c = (const unsigned char *)shown; *c; c++) {
        ck_assert(*c >= 0x20 && *c != 0x7F);
        ck_assert(c[0] != 0xC2 || c[1] >= 0xA0);
    }
    ck_assert_ptr_null(strstr(shown, "\u202e"));
    ck_assert_ptr_null(strstr(shown, "\u200d"));
}

static void assert_cluster_is_sound(StrView text, size_t pos, Cluster *c)
{
    ck_assert(text_cluster(text, pos, c));
    ck_assert(c->start == pos && c->end > pos && c->end <= text.len);
    assert_harmless(c->shown);
    ck_assert((c->width == 0) == (c->shown[0] == '\0'));
    int sum = 0, width;
    uint32_t cps[5];
    for (size_t at = 0; text_glyph(c->shown, &at, cps, &width);) sum += width;
    ck_assert_int_eq(sum, c->width);
    ck_assert_uint_eq(text_next(text, pos), c->end);
    ck_assert_uint_eq(text_prev(text, c->end), pos);
    ck_assert_uint_eq(text_boundary(text, c->end - 1), pos);
}

START_TEST(any_bytes_are_clusters_that_progress_and_cannot_harm)
{
    uint32_t seed = 7;
    for (int round = 0; round < 600; round++) {
        Str s;
        str_init(&s);
        add_random(&s, &seed, round % 2 == 0);
        Cluster c;
        int sum = 0;
        for (size_t pos = 0; pos < s.len; pos = c.end) {
            assert_cluster_is_sound(str_view(&s), pos, &c);
            sum += c.width;
        }
        ck_assert_int_eq(text_width(str_view(&s)), sum);
        str_finish(&s);
    }
}
END_TEST

static void assert_wraps_soundly(StrView text, int width)
{
    TextLine line;
    size_t pos = 0;
    for (; text_wrap(text, pos, width, &line); pos = line.next) {
        ck_assert_uint_eq(line.start, pos);
        ck_assert(line.start <= line.end && line.end <= text.len && line.end <= line.next && line.next > pos);
        ck_assert_uint_eq(text_boundary(text, line.end), line.end);
        ck_assert_uint_eq(text_boundary(text, line.next), line.next > text.len ? text.len : line.next);
        StrView drawn = sv_n(text.ptr + line.start, line.end - line.start);
        ck_assert(text_width(drawn) <= width || text_next(text, line.start) == line.end);
        for (size_t i = line.end; i < line.next && i < text.len; i++) /* nothing but space is swallowed */
            ck_assert(strchr(" \t\n\r\xE3\x80", text.ptr[i]) != NULL);
    }
    ck_assert_uint_ge(pos, text.len);
}

START_TEST(any_bytes_wrap_into_lines_that_fit)
{
    uint32_t seed = 11;
    for (int round = 0; round < 600; round++) {
        Str s;
        str_init(&s);
        add_random(&s, &seed, round % 2 == 0);
        assert_wraps_soundly(str_view(&s), 2 + (int)(draw(&seed) % 20));
        str_finish(&s);
    }
}
END_TEST

START_TEST(any_bytes_come_out_clean_and_fold_once)
{
    uint32_t seed = 13;
    for (int round = 0; round < 400; round++) {
        Str s, clean, once, twice;
        str_init(&s), str_init(&clean), str_init(&once), str_init(&twice);
        add_random(&s, &seed, round % 2 == 0);
        text_from_outside(&clean, str_view(&s));
        ck_assert(text_valid(str_view(&clean), NULL));
        for (size_t i = 0; i < clean.len; i++) ck_assert(strchr("\r\x1b\x7f", clean.buf[i]) == NULL);
        str_clear(&clean);
        text_clean(&clean, str_view(&s), false);
        ck_assert(text_valid(str_view(&clean), NULL));
        ck_assert(strpbrk(clean.buf, "\n\t\r\x1b\x7f") == NULL && strstr(clean.buf, "\u202e") == NULL);
        text_fold(&once, str_view(&s));
        text_fold(&twice, str_view(&once));
        assert_text(&twice, once.buf);
        str_finish(&s), str_finish(&clean), str_finish(&once), str_finish(&twice);
    }
}
END_TEST

/* -- Words ------------------------------------------------------------------------------------------------
 */

START_TEST(words_are_runs_of_letters_and_digits)
{
    static const struct {
        const char *text;
        size_t words;
    } cases[] = {
        {"", 0},
        {"  ... ", 0},
        {"one", 1},
        {"two words", 2},
        {"e\u0301te\u0301 2026", 2},
        {"a-b", 2},
        {"\u65e5\u672c\u8a9e", 3},
        {"\uD55C\uAD6D \uC5B4", 2},
        {"\u65e5x", 2},
        {"\U0001F600 ok", 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ck_assert_msg(text_words(sv(cases[i].text)) == cases[i].words, "%s", cases[i].text);
}
END_TEST

START_TEST(the_cursor_moves_by_words)
{
    StrView text = SV("  caf\u00e9, bar \u65e5\u672c");
    static const size_t ends[] = {7, 12, 16, 19, 19}, starts[] = {16, 13, 9, 2, 0, 0};
    size_t pos = 0;
    for (size_t i = 0; i < 5; i++) ck_assert_uint_eq(pos = text_next_word(text, pos), ends[i]);
    for (size_t i = 0; i < 6; i++) ck_assert_uint_eq(pos = text_prev_word(text, pos), starts[i]);
    ck_assert_uint_eq(text_next_word(text, 4), 7);
    ck_assert_uint_eq(text_prev_word(text, 4), 2);
}
END_TEST

/* -- Cutting ------------------------------------------------------------------------------------------------
 */

START_TEST(a_prefix_fits_by_whole_clusters)
{
    static const struct {
        const char *text;
        int width;
        size_t bytes;
        int cells;
    } cases[] = {
        {"abc", 2, 2, 2},          {"abc", 9, 3, 3},     {"abc", 0, 0, 0},
        {"\u65e5\u672c", 3, 3, 2}, {"a\nb", 5, 1, 1},    {"e\u0301e\u0301", 1, 3, 1},
        {FLAG_FR "x", 3, 0, 0},    {"\u65e5", -1, 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int cells = -1;
        ck_assert_uint_eq(text_fit(sv(cases[i].text), cases[i].width, &cells), cases[i].bytes);
        ck_assert_int_eq(cells, cases[i].cells);
        ck_assert_uint_eq(text_fit(sv(cases[i].text), cases[i].width, NULL), cases[i].bytes);
    }
}
END_TEST

START_TEST(what_is_cut_ends_in_an_ellipsis)
{
    static const struct {
        const char *text;
        int width;
        const char *unicode, *ascii;
    } cases[] = {
        {"abc", 3, "abc", "abc"},
        {"abcd", 3, "ab\u2026", "..."},
        {"abcdef", 5, "abcd\u2026", "ab..."},
        {"abcd", 1, "\u2026", "."},
        {"abcd", 0, "", ""},
        {"one\ntwo", 9, "one\u2026", "one..."},
        {"one\n", 9, "one", "one"},
        {"one\ntwo", 3, "on\u2026", "..."},
        {"one\n\n \n", 3, "one", "one"},
        {"\u65e5\u672c\u8a9e", 5, "\u65e5\u672c\u2026", "\u65e5..."},
        {"\u65e5\u672c\u8a9e", 4, "\u65e5\u2026", "..."},
        {"a\x1b[2J", 9, "a^[[2J", "a^[[2J"},
        {"", 4, "", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Str s;
        str_init(&s);
        text_ellipsis(&s, sv(cases[i].text), cases[i].width, false);
        assert_text(&s, cases[i].unicode);
        str_clear(&s);
        text_ellipsis(&s, sv(cases[i].text), cases[i].width, true);
        assert_text(&s, cases[i].ascii);
        str_finish(&s);
    }
}
END_TEST

/* -- Cleaning and folding
 * ------------------------------------------------------------------------------------- */

START_TEST(clean_text_keeps_emoji_whole_and_shows_what_would_steer)
{
    static const struct {
        const char *text, *line, *lines;
    } cases[] = {
        {"plain", "plain", "plain"},
        {"a\x1b[2Jb", "a^[[2Jb", "a^[[2Jb"},
        {"\xC2\x9Bm", "<9B>m", "<9B>m"},
        {"ab\u202e"
         "dc",
         "ab<RLO>dc", "ab<RLO>dc"},
        {"a\tb", "a    b", "a    b"},
        {"a\nb\r\nc", "a b c", "a\nb\nc"},
        {FAMILY " " FLAG_FR, FAMILY " " FLAG_FR, FAMILY " " FLAG_FR},
        {"1\uFE0F\u20E3 \u2764\uFE0F", "1\uFE0F\u20E3 \u2764\uFE0F", "1\uFE0F\u20E3 \u2764\uFE0F"},
        {"\U0001F44B\U0001F3FD\u0301", "\U0001F44B\u0301", "\U0001F44B\u0301"},
        {"bad \xFF", "bad \uFFFD", "bad \uFFFD"},
        {"a\u0301\u0301\u0301\u0301\u0301\u0301", "a\u0301\u0301\u0301\u0301", "a\u0301\u0301\u0301\u0301"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Str s;
        str_init(&s);
        text_clean(&s, sv(cases[i].text), false);
        assert_text(&s, cases[i].line);
        str_clear(&s);
        text_clean(&s, sv(cases[i].text), true);
        assert_text(&s, cases[i].lines);
        str_finish(&s);
    }
}
END_TEST

START_TEST(names_that_differ_only_in_form_fold_to_the_same)
{
    static const struct {
        const char *text, *folded;
    } cases[] = {
        {"\u00CAtre", "etre"},
        {"E\u0302TRE", "etre"},
        {"stra\u00DFe", "strasse"},
        {"STRASSE", "strasse"},
        {"\u0141ukasz \u017B\u00F3\u0142\u0107", "lukasz zolc"},
        {"\u00C6r\u00F8", "aero"},
        {"\uFF21\uFF4E\uFF4E\uFF41", "anna"},
        {"\uFB01ne", "fine"},
        {"  Anna \t\n Maria\u00A0\u3000Q ", "anna maria q"},
        {"An\u200Bna\u00AD", "anna"},
        {"\u1112\u1161\u11AB", "\uD55C"},
        {"\u039F\u0394\u039F\u03A3", "\u03BF\u03B4\u03BF\u03C3"},
        {"x\xFFy", "x\uFFFDy"},
        {"\u0301", ""},
        {"   ", ""},
        {"a\xC2\x85 \u2028"
         "b",
         "a b"},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Str s;
        str_init(&s);
        text_fold(&s, sv(cases[i].text));
        assert_text(&s, cases[i].folded);
        str_finish(&s);
    }
}
END_TEST

START_TEST(a_text_has_words_in_any_order_and_anywhere)
{
    static const struct {
        const char *text, *words;
        bool has;
    } cases[] = {
        {"ana lima\nmanager\nwork", "", true},
        {"", "", true},
        {"", "a", false},
        {"ana lima\nmanager\nwork", "ana", true},
        {"ana lima\nmanager\nwork", "work ana", true},
        {"ana lima\nmanager\nwork", "nag im", true},
        {"ana lima\nmanager\nwork", "ana ben", false},
        {"ana lima\nmanager\nwork", "limamanager", false},
        {"ana lima\nmanager\nwork", "workk", false},
        {"ana lima\nmanager\nwork", "work", true},
        {"aab", "ab", true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ck_assert_msg(text_has_words(sv(cases[i].text), sv(cases[i].words)) == cases[i].has, "%s",
                      cases[i].words);
}
END_TEST

START_TEST(text_from_outside_loses_control_and_keeps_lines)
{
    static const struct {
        StrView text;
        const char *want;
    } cases[] = {
        {{"a\r\nb\rc\nd\r", 9}, "a\nb\nc\nd\n"},
        {{"\r\r\n\n", 4}, "\n\n\n"},
        {{"a\tb\x01\x1b[31m\x7f", 10}, "a\tb[31m"},
        {{"a\xC2\x9B"
          "b\xC2\xA0",
          6},
         "ab\u00A0"},
        {{"a\0b", 3}, "ab"},
        {{"a\xFF\xC3"
          "b\xE6\x97",
          6},
         "ab"},
        {{"\xC2\xFF\x9B", 3}, ""}, /* what is left must not join into a control */
        {{FAMILY, sizeof FAMILY - 1}, FAMILY},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Str s;
        str_init(&s);
        text_from_outside(&s, cases[i].text);
        assert_text(&s, cases[i].want);
        str_finish(&s);
    }
}
END_TEST

/* -- Wrapping
 * --------------------------------------------------------------------------------------------------- */

/* The lines, each ended by "|" (soft) or "$" (hard). */
static void add_wrapped(Str *out, StrView text, int width)
{
    TextLine line;
    for (size_t pos = 0; text_wrap(text, pos, width, &line); pos = line.next) {
        str_add(out, sv_n(text.ptr + line.start, line.end - line.start));
        str_add_char(out, line.hard ? '$' : '|');
    }
}

START_TEST(text_wraps_where_a_reader_expects)
{
    static const struct {
        const char *text;
        int width;
        const char *lines;
    } cases[] = {
        {"", 10, "$"},
        {"one", 10, "one$"},
        {"\n", 10, "$$"},
        {"a\n", 10, "a$$"},
        {"a\n\nb", 10, "a$$b$"},
        {"a\r\nb", 10, "a$b$"},
        {"one two three", 7, "one two|three$"},
        {"one two three", 8, "one two|three$"},
        {"one two three", 6, "one|two|three$"},
        {"one   two", 5, "one|two$"},
        {"one   ", 4, "one $"}, /* spaces hang over the edge */
        {"hello ", 5, "hello$"},
        {"hello  \nx", 5, "hello$x$"}, /* and so does the line feed behind them */
        {"hello world", 5, "hello|world$"},
        {"  one", 8, "  one$"},
        {"  abcdefgh", 6, "  abcd|efgh$"}, /* an indent stays with its word */
        {"     x", 3, "|x$"},
        {"a\tb", 3, "a|b$"},
        {"abcdefgh", 3, "abc|def|gh$"},
        {"ab abcdefgh", 5, "ab|abcde|fgh$"},
        {"well-known fact", 7, "well-|known|fact$"},
        {"well-known", 4, "well|-kno|wn$"},
        {"x 2026-11-22", 10, "x|2026-11-22$"}, /* no break before a digit */
        {"x 2026-11-22", 9, "x|2026-11-2|2$"},
        {"-5 --all", 3, "-5|--|all$"},
        {"a\u2014b c", 3, "a\u2014b|c$"},
        {"ab\u2014cd", 4, "ab\u2014|cd$"},
        {"\u65e5\u672c\u8a9e", 4, "\u65e5\u672c|\u8a9e$"},
        {"\u65e5\u672c\u8a9e", 5, "\u65e5\u672c|\u8a9e$"}, /* never straddling */
        {"ab\u65e5\u672c", 4, "ab\u65e5|\u672c$"},
        {"ab \u65e5\u672c cd", 5, "ab \u65e5|\u672c cd$"},
        {"\u65e5\u672c\u3002", 4, "\u65e5|\u672c\u3002$"}, /* a full stop begins no line */
        {"\u65e5\u300C\u672c", 4, "\u65e5|\u300C\u672c$"}, /* an opening bracket ends none */
        {"\u65e5\u3000\u672c\u8a9e", 4, "\u65e5|\u672c\u8a9e$"},
        {"e\u0301e\u0301e\u0301", 2, "e\u0301e\u0301|e\u0301$"},
        {"10\u00A0km", 3, "10\u00A0|km$"}, /* no break at a no-break space but by force */
        {"a 10\u00A0km", 6, "a|10\u00A0km$"},
        {FLAG_FR "a", 2, FLAG_FR "|a$"}, /* wider than the line: a line of its own */
        {"a" FLAG_FR "\n", 2, "a|" FLAG_FR "$$"},
        {FAMILY FAMILY, 2, FAMILY "|" FAMILY "$"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Str s;
        str_init(&s);
        add_wrapped(&s, sv(cases[i].text), cases[i].width);
        assert_text(&s, cases[i].lines);
        str_finish(&s);
    }
}
END_TEST

START_TEST(wrapping_names_what_is_swallowed_and_ends)
{
    TextLine line;
    ck_assert(text_wrap(SV("one  two"), 0, 4, &line));
    ck_assert(line.start == 0 && line.end == 3 && line.next == 5 && !line.hard);
    ck_assert(text_wrap(SV("a\n"), 0, 4, &line));
    ck_assert(line.end == 1 && line.next == 2 && line.hard);
    ck_assert(text_wrap(SV("a\n"), 2, 4, &line));
    ck_assert(line.start == 2 && line.end == 2 && line.next == 3 && line.hard);
    ck_assert(!text_wrap(SV("a\n"), 3, 4, &line));
    ck_assert(!text_wrap(SV("a"), 1, 4, &line));
    ck_assert(text_wrap(SV(""), 0, 4, &line));
    ck_assert(!text_wrap(SV(""), 1, 4, &line));
}
END_TEST

START_TEST(a_long_text_wraps_at_once)
{
    Str s;
    str_init(&s);
    for (int i = 0; i < 20000; i++) str_add_c(&s, i % 3 ? "word " : "caf\u00e9 \u65e5\u672c ");
    size_t lines = 0, pos = 0;
    for (TextLine line; text_wrap(str_view(&s), pos, 80, &line); pos = line.next) lines++;
    ck_assert_uint_gt(lines, 1000);
    str_finish(&s);
}
END_TEST

static void add_showing_tests(TCase *tc)
{
    tcase_add_test(tc, only_well_formed_utf8_without_nul_is_valid);
    tcase_add_test(tc, a_bad_text_is_refused_with_its_name_and_place);
    tcase_add_test(tc, clusters_show_what_terminals_agree_about);
    tcase_add_test(tc, a_cluster_is_the_same_between_what_joins_nothing);
    tcase_add_test(tc, a_text_falls_into_clusters);
    tcase_add_test(tc, devanagari_clusters_follow_the_library_both_ways);
    tcase_add_test(tc, ten_thousand_marks_are_one_bounded_cluster);
    tcase_add_test(tc, glyphs_are_a_base_with_its_marks);
    tcase_add_test(tc, any_bytes_are_clusters_that_progress_and_cannot_harm);
}

static void add_working_tests(TCase *tc)
{
    tcase_add_test(tc, any_bytes_wrap_into_lines_that_fit);
    tcase_add_test(tc, any_bytes_come_out_clean_and_fold_once);
    tcase_add_test(tc, words_are_runs_of_letters_and_digits);
    tcase_add_test(tc, the_cursor_moves_by_words);
    tcase_add_test(tc, a_prefix_fits_by_whole_clusters);
    tcase_add_test(tc, what_is_cut_ends_in_an_ellipsis);
    tcase_add_test(tc, clean_text_keeps_emoji_whole_and_shows_what_would_steer);
    tcase_add_test(tc, names_that_differ_only_in_form_fold_to_the_same);
    tcase_add_test(tc, a_text_has_words_in_any_order_and_anywhere);
    tcase_add_test(tc, text_from_outside_loses_control_and_keeps_lines);
    tcase_add_test(tc, text_wraps_where_a_reader_expects);
    tcase_add_test(tc, wrapping_names_what_is_swallowed_and_ends);
    tcase_add_test(tc, a_long_text_wraps_at_once);
}

int main(void)
{
    Suite *suite = suite_create("text");
    TCase *tc = tcase_create("text");
    add_showing_tests(tc);
    add_working_tests(tc);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
