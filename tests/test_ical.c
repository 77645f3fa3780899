#include <entente/ical.h>
#include <entente/text.h>

#include <check.h>
#include <stdio.h>
#include <string.h>
#ifdef HAVE_LIBICAL
#include <libical/ical.h>
#endif

/* ---- reading back ---- */

/* Lines as RFC 5545 3.1 has them: each is checked, and what was folded is one again, ended by LF. */
static void unfold(StrView text, Str *out)
{
    while (text.len > 0) {
        const char *end = memchr(text.ptr, '\n', text.len);
        ck_assert_ptr_nonnull(end);
        size_t n = (size_t)(end - text.ptr);
        ck_assert_uint_ge(n, 1);
        ck_assert_int_eq(end[-1], '\r');
        ck_assert_uint_le(n - 1, 75);
        ck_assert_msg(text_valid(sv_n(text.ptr, n - 1), NULL), "a sequence is split: %.*s", (int)n, text.ptr);
        bool goes_on = text.ptr[0] == ' ';
        if (goes_on) str_remove(out, out->len - 1, 1);
        str_add(out, sv_n(text.ptr + goes_on, n - 1 - goes_on));
        str_add_char(out, '\n');
        text = sv_n(end + 1, text.len - n - 1);
    }
}

/* The value of the only line, unescaped (3.3.11). */
static void read_text(StrView text, const char *property, Str *out)
{
    Str line;
    str_init(&line);
    unfold(text, &line);
    size_t at = strlen(property) + 1;
    ck_assert(sv_starts(str_view(&line), sv(property)));
    for (; at + 1 < line.len; at++) {
        ck_assert_int_ne(line.buf[at], '\n');
        bool escaped = line.buf[at] == '\\';
        if (escaped) at++;
        str_add_char(out, escaped && line.buf[at] == 'n' ? '\n' : line.buf[at]);
    }
    str_finish(&line);
}

static void ck_text(const char *text, const char *written)
{
    Str out;
    str_init(&out);
    ical_text(&out, "SUMMARY", sv(text));
    ck_assert_str_eq(out.buf, written);
    str_finish(&out);
}

/* ---- values ---- */

START_TEST(text_is_escaped_and_control_characters_are_left_out)
{
    static const struct {
        const char *text, *written;
    } CASES[] = {
        {"", "SUMMARY:\r\n"},
        {"Check in with Ana Lima", "SUMMARY:Check in with Ana Lima\r\n"},
        {"a, b; c: \"d\"", "SUMMARY:a\\, b\\; c: \"d\"\r\n"},
        {"back\\slash \\n", "SUMMARY:back\\\\slash \\\\n\r\n"},
        {"one\ntwo\r\nthree\rfour\n", "SUMMARY:one\\ntwo\\nthree\\nfour\\n\r\n"},
        {"tab\there", "SUMMARY:tab\there\r\n"},
        {"bell\a escape\033[31m del\177 csi\xc2\x9b", "SUMMARY:bell escape[31m del csi\r\n"},
        {"\xc2\xa0 stays, \xc3\xa9 too", "SUMMARY:\xc2\xa0 stays\\, \xc3\xa9 too\r\n"},
        {"END:VEVENT\r\nBEGIN:VALARM", "SUMMARY:END:VEVENT\\nBEGIN:VALARM\r\n"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) ck_text(CASES[i].text, CASES[i].written);
}
END_TEST

START_TEST(components_rules_days_and_instants_are_written_as_the_standard_has_them)
{
    Str out;
    str_init(&out);
    ical_begin(&out, "VEVENT");
    ical_day(&out, "DTSTART", date_make(2026, 11, 22));
    ical_day(&out, "DUE", date_make(33, 1, 2));
    ical_raw(&out, "RRULE", SV("FREQ=WEEKLY;BYDAY=TU,FR"));
    ical_instant(&out, "DTSTAMP", (Instant){INT64_C(1795380000000), 3600});
    ical_end(&out, "VEVENT");
    ck_assert_str_eq(out.buf, "BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261122\r\nDUE;VALUE=DATE:00330102\r\n"
                              "RRULE:FREQ=WEEKLY;BYDAY=TU,FR\r\nDTSTAMP:20261122T204000Z\r\nEND:VEVENT\r\n");
    str_finish(&out);
}
END_TEST

START_TEST(an_instant_is_told_in_utc_wherever_its_clock_stood)
{
    static const struct {
        const char *instant, *written;
    } CASES[] = {
        {"2026-11-22T21:40:07+01:00", "D:20261122T204007Z\r\n"},
        {"2027-01-01T00:10:00+05:45", "D:20261231T182500Z\r\n"},
        {"2026-12-31T20:00:59-08:00", "D:20270101T040059Z\r\n"},
        {"1969-12-31T23:59:58Z", "D:19691231T235958Z\r\n"},
        {"1969-12-31T23:59:58.500Z", "D:19691231T235958Z\r\n"},
        {"2026-11-22T21:40:07.999Z", "D:20261122T214007Z\r\n"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Instant t;
        Str out;
        str_init(&out);
        ck_assert(instant_parse(sv(CASES[i].instant), &t));
        ical_instant(&out, "D", t);
        ck_assert_str_eq(out.buf, CASES[i].written);
        str_finish(&out);
    }
}
END_TEST

/* ---- folding ---- */

START_TEST(a_line_of_75_octets_is_whole_and_one_of_76_is_folded)
{
    for (size_t n = 60; n < 300; n++) {
        Str text, out, back;
        str_init(&text);
        str_init(&out);
        str_init(&back);
        str_add_fill(&text, 'x', n);
        ical_text(&out, "SUMMARY", str_view(&text));
        read_text(str_view(&out), "SUMMARY", &back);
        ck_assert_str_eq(back.buf, text.buf);
        ck_assert_int_eq(strstr(out.buf, "\r\n ") != NULL, n + 8 > 75);
        str_finish(&text);
        str_finish(&out);
        str_finish(&back);
    }
}
END_TEST

static const char *const PIECES[] = {
    "a",
    " ",
    ",",
    ";",
    "\\",
    "\n",
    "\xc3\xa9",
    "e\xcc\x81",
    "\xe6\x97\xa5",
    "\xe2\x80\xae",
    "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7",
    "\xf0\x9f\x87\xab",
    "\t",
    ":",
    "\"",
    "word",
    "\\n",
    "BEGIN:VEVENT",
    "\xd7\xa9",
    "\xef\xbf\xbd",
};

static unsigned next_random(unsigned *state)
{
    *state = *state * 1103515245u + 12345u;
    return *state >> 16;
}

static void random_text(unsigned *state, Str *out)
{
    unsigned n = next_random(state) % 120;
    str_add_char(out, '.'); /* libical drops white space at both ends */
    for (unsigned i = 0; i < n; i++)
        str_add_c(out, PIECES[next_random(state) % (sizeof PIECES / sizeof *PIECES)]);
    str_add_char(out, '.');
}

#ifdef HAVE_LIBICAL
static void ck_libical(const Str *text, const Str *line)
{
    Str event;
    str_init(&event);
    str_addf(&event, "BEGIN:VEVENT\r\n%sEND:VEVENT\r\n", line->buf);
    icalcomponent *c = icalparser_parse_string(event.buf);
    ck_assert_ptr_nonnull(c);
    ck_assert_int_eq(icalcomponent_count_errors(c), 0);
    const char *summary = icalcomponent_get_summary(c);
    ck_assert_str_eq(summary ? summary : "", text->buf);
    icalcomponent_free(c);
    str_finish(&event);
}
#endif

START_TEST(random_text_is_read_back_as_it_was)
{
    unsigned state = 2026;
    for (int i = 0; i < 3000; i++) {
        Str text, out, back;
        str_init(&text);
        str_init(&out);
        str_init(&back);
        random_text(&state, &text);
        ical_text(&out, "SUMMARY", str_view(&text));
        read_text(str_view(&out), "SUMMARY", &back);
        ck_assert_str_eq(back.buf, text.buf);
#ifdef HAVE_LIBICAL
        ck_libical(&text, &out);
#endif
        str_finish(&text);
        str_finish(&out);
        str_finish(&back);
    }
}
END_TEST

/* What is no UTF-8 never comes this far; a long run of it must not stop the folding. */
START_TEST(bytes_that_are_no_text_fold_too)
{
    Str text, out;
    str_init(&text);
    str_init(&out);
    str_add_fill(&text, (char)0x80, 1000);
    ical_text(&out, "SUMMARY", str_view(&text));
    ck_assert_uint_gt(out.len, 1000);
    str_finish(&text);
    str_finish(&out);
}
END_TEST

int main(void)
{
#ifndef HAVE_LIBICAL
    puts("libical is not installed: the text was not read back by it");
#endif
    TCase *tc = tcase_create("ical");
    tcase_set_timeout(tc, 60);
    tcase_add_test(tc, text_is_escaped_and_control_characters_are_left_out);
    tcase_add_test(tc, components_rules_days_and_instants_are_written_as_the_standard_has_them);
    tcase_add_test(tc, an_instant_is_told_in_utc_wherever_its_clock_stood);
    tcase_add_test(tc, a_line_of_75_octets_is_whole_and_one_of_76_is_folded);
    tcase_add_test(tc, random_text_is_read_back_as_it_was);
    tcase_add_test(tc, bytes_that_are_no_text_fold_too);
    Suite *suite = suite_create("ical");
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
