#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "store_fixture.h"

enum { ANA = 1, BEN = 2 };

static Store *store_with_two(void)
{
    Store *s = open_memory();
    Alliance ana = an_alliance(ANA, "Ana"), ben = an_alliance(BEN, "Ben");
    VERB(s, "add", minute(0), ck_ok(store_alliance_insert(s, &ana, err));
         ck_ok(store_alliance_insert(s, &ben, err)));
    return s;
}

/* All ids a filter gives, in pages of `limit`, as one line of text. */
static const char *walk(Store *s, const HistoryFilter *f, size_t limit, Arena *arena)
{
    HistoryCursor at = {0};
    const char *line = "";
    do {
        HistoryRow *rows;
        size_t n = 0;
        ck_ok(store_history(s, f, &at, limit, arena, &rows, &n, &at, err));
        ck_assert_uint_le(n, limit);
        ck_assert(!at.set || n == limit);
        for (size_t i = 0; i < n; i++) line = arena_strf(arena, "%s %lld", line, (long long)rows[i].id);
    } while (at.set);
    return line;
}

START_TEST(pages_of_any_size_make_up_the_whole)
{
    Store *s = open_memory();
    Arena arena = {0};
    World w;
    world_init(&w, s, 3);
    while (w.clock < 90) world_verb(&w);
    HistoryFilter filters[ENTRY_KIND_COUNT + 5];
    size_t n = 0;
    for (int k = 0; k < ENTRY_KIND_COUNT; k++) {
        filters[n] = history_filter();
        filters[n].has_kind = true;
        filters[n++].kind = (EntryKind)k;
    }
    for (int i = 0; i < 5; i++) filters[n + (size_t)i] = history_filter();
    filters[n + 1].alliance = w.alliances[0];
    filters[n + 2].query = "trust";
    filters[n + 3].query = "-quiet w";
    filters[n + 4].query = "e";
    filters[n + 4].alliance = w.alliances[0];
    n += 5;
    for (size_t i = 0; i < n; i++) {
        const char *whole = walk(s, &filters[i], 10000, &arena);
        if (i >= ENTRY_KIND_COUNT) ck_assert_str_ne(whole, "");
        for (size_t limit = 1; limit <= 7; limit++) {
            ck_assert_str_eq(walk(s, &filters[i], limit, &arena), whole);
        }
    }
    world_finish(&w);
    arena_finish(&arena);
    store_close(s);
}
END_TEST

START_TEST(the_whole_is_newest_first_and_the_sum_of_its_kinds)
{
    Store *s = open_memory();
    Arena arena = {0};
    World w;
    HistoryRow *rows;
    HistoryCursor next;
    size_t all = 0, sum = 0, n = 0;
    HistoryFilter f = history_filter();
    world_init(&w, s, 4);
    while (w.clock < 60) world_verb(&w);
    ck_ok(store_history(s, &f, NULL, 10000, &arena, &rows, &all, &next, err));
    for (size_t i = 1; i < all; i++) {
        int order = instant_cmp(rows[i - 1].at, rows[i].at);
        ck_assert(order > 0 || (order == 0 && rows[i - 1].id > rows[i].id));
    }
    f.has_kind = true;
    for (int k = 0; k < ENTRY_KIND_COUNT; k++) {
        f.kind = (EntryKind)k;
        ck_ok(store_history(s, &f, NULL, 10000, &arena, &rows, &n, &next, err));
        for (size_t i = 0; i < n; i++) ck_assert_int_eq(rows[i].kind, k);
        sum += n;
    }
    ck_assert_uint_gt(all, 40);
    ck_assert_uint_eq(sum, all);
    world_finish(&w);
    arena_finish(&arena);
    store_close(s);
}
END_TEST

static void write_one_of_each(Store *s)
{
    CheckIn session = a_check_in(10, ANA, minute(1)), quick = a_check_in(20, ANA, minute(2));
    Version made = a_version(11, ANA, 1), direct = a_version(30, ANA, 2);
    Answer skipped = an_answer(12, 10, 0, ""), first = an_answer(13, 10, 1, "We spoke openly.");
    Commitment c = a_commitment(40, ANA, "send the notes");
    Moment m = a_moment(50, BEN, "held the door");
    session.stage = STAGE_TEAM_DESIGN;
    session.trust = 4;
    session.trust_note = "calm";
    skipped.skipped = first.is_private = true;
    made.check_in = session.id;
    quick.quick = quick.is_private = true;
    quick.note = "a short call";
    direct.since = minute(3);
    direct.reason = "more time";
    c.made = minute(4);
    c.due = instant_date(minute(0)) - 1;
    c.state = COMMITMENT_KEPT_LATE;
    c.settled = minute(9);
    m.at = minute(5);
    m.kind = MOMENT_DEPOSIT;
    VERB(s, "all", minute(9), ck_ok(store_check_in_insert(s, &session, err));
         ck_ok(store_version_insert(s, &made, err)); ck_ok(store_answer_insert(s, &skipped, err));
         ck_ok(store_answer_insert(s, &first, err)); ck_ok(store_check_in_insert(s, &quick, err));
         ck_ok(store_version_insert(s, &direct, err)); ck_ok(store_commitment_insert(s, &c, err));
         ck_ok(store_moment_insert(s, &m, err)));
}

START_TEST(each_kind_of_entry_says_what_it_is)
{
    Store *s = store_with_two();
    Arena arena = {0};
    HistoryRow *r;
    HistoryCursor next;
    size_t n = 0;
    HistoryFilter f = history_filter();
    write_one_of_each(s);
    ck_ok(store_history(s, &f, NULL, 10, &arena, &r, &n, &next, err));
    static const struct {
        Id id;
        EntryKind kind;
        const char *text;
        int version;
        bool is_private, quick;
    } want[] = {{50, ENTRY_MOMENT, "held the door", 0, false, false},
                {40, ENTRY_COMMITMENT, "send the notes", 0, false, false},
                {30, ENTRY_AGREEMENT, "more time", 2, false, false},
                {20, ENTRY_CHECK_IN, "a short call", 0, true, true},
                {10, ENTRY_DESIGN, "We spoke openly.", 1, true, false}};
    ck_assert_uint_eq(n, 5);
    ck_assert(!next.set);
    for (size_t i = 0; i < n; i++) {
        ck_assert_int_eq(r[i].id, want[i].id);
        ck_assert_int_eq(r[i].kind, want[i].kind);
        ck_assert_str_eq(r[i].text, want[i].text);
        ck_assert_int_eq(r[i].version, want[i].version);
        ck_assert_int_eq(r[i].is_private, want[i].is_private);
        ck_assert_int_eq(r[i].quick, want[i].quick);
        ck_assert_str_eq(r[i].snippet, "");
    }
    ck_assert_str_eq(r[0].alliance_name, "Ben");
    ck_assert_int_eq(r[0].moment, MOMENT_DEPOSIT);
    ck_assert_int_eq(r[1].state, COMMITMENT_KEPT_LATE);
    ck_assert_int_eq(r[4].trust, 4);
    ck_assert_int_eq(r[4].at.offset, 3600);
    arena_finish(&arena);
    store_close(s);
}
END_TEST

START_TEST(days_are_those_of_each_entrys_own_wall)
{
    Store *s = store_with_two();
    Arena arena = {0};
    /* 23:30 UTC on day 20000: already the next day in Berlin, still the same in New York. */
    int64_t ms = INT64_C(20000) * 86400000 + INT64_C(1410) * 60000;
    Moment berlin = a_moment(10, ANA, "a"), york = a_moment(11, ANA, "b");
    berlin.at = (Instant){ms, 3600};
    york.at = (Instant){ms + 2 * 3600000, -5 * 3600}; /* 20:30 of the same day, though later */
    VERB(s, "two", minute(0), ck_ok(store_moment_insert(s, &berlin, err));
         ck_ok(store_moment_insert(s, &york, err)));
    static const struct {
        Date since, until;
        const char *ids;
    } cases[] = {{20000, 20000, " 11"},     {20001, 20001, " 10"},     {20000, 20001, " 11 10"},
                 {20001, DATE_NONE, " 10"}, {DATE_NONE, 20000, " 11"}, {DATE_NONE, DATE_NONE, " 11 10"},
                 {20002, DATE_NONE, ""}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        HistoryFilter f = history_filter();
        f.since = cases[i].since;
        f.until = cases[i].until;
        ck_assert_str_eq(walk(s, &f, 1, &arena), cases[i].ids);
        f.query = "a b";
        ck_assert_str_eq(walk(s, &f, 1, &arena), "");
    }
    arena_finish(&arena);
    store_close(s);
}
END_TEST

START_TEST(what_is_in_the_trash_is_in_no_list_and_no_search)
{
    Store *s = store_with_two();
    Arena arena = {0};
    HistoryFilter all = history_filter(), search = history_filter();
    search.query = "notes";
    write_one_of_each(s);
    Commitment c;
    ck_ok(store_commitment_get(s, 40, &arena, &c, err));
    ck_assert_str_eq(walk(s, &search, 5, &arena), " 40");
    c.trashed = minute(9);
    VERB(s, "trash", minute(9), ck_ok(store_commitment_update(s, &c, err)));
    ck_assert_str_eq(walk(s, &all, 5, &arena), " 50 30 20 10");
    ck_assert_str_eq(walk(s, &search, 5, &arena), "");
    Alliance ana;
    ck_ok(store_alliance_get(s, ANA, &arena, &ana, err));
    ana.trashed = minute(9);
    VERB(s, "trash", minute(9), ck_ok(store_alliance_update(s, &ana, err)));
    ck_assert_str_eq(walk(s, &all, 5, &arena), " 50");
    search.query = "openly";
    ck_assert_str_eq(walk(s, &search, 5, &arena), "");
    arena_finish(&arena);
    store_close(s);
}
END_TEST

static void write_texts(Store *s)
{
    static const struct {
        Id id, alliance;
        const char *text;
    } moments[] = {{100, ANA, "Peut-être un café"},   {101, ANA, "the long walk home"},
                   {102, BEN, "home, a long walk"},   {103, BEN, "Don't forget \"that\" talk"},
                   {104, ANA, "coffee with honesty"}, {105, BEN, "walking and talking"}};
    ck_ok(store_begin(s, err));
    for (size_t i = 0; i < sizeof moments / sizeof moments[0]; i++) {
        Moment m = a_moment(moments[i].id, moments[i].alliance, moments[i].text);
        ck_ok(store_moment_insert(s, &m, err));
    }
    ck_ok(store_commit(s, "texts", 0, minute(0), err));
}

START_TEST(words_phrases_prefixes_and_exclusions_are_found)
{
    Store *s = store_with_two();
    Arena arena = {0};
    write_texts(s);
    static const struct {
        const char *query, *ids;
        Id alliance;
    } cases[] = {{"etre", " 100", 0},
                 {"ÊTRE", " 100", 0},
                 {"cafe", " 100", 0},
                 {"long walk", " 102 101", 0},
                 {"walk home long", " 102 101", 0},
                 {"\"long walk\" home", " 102 101", 0},
                 {"\"walk home\"", " 101", 0},
                 {"walk", " 105 102 101", 0},
                 {"\"walk\"", " 102 101", 0},
                 {"wal hom", "", 0},
                 {"walk ho", " 102 101", 0},
                 {"c", " 104 100", 0},
                 {"co", " 104", 0},
                 {"home -\"walk home\"", " 102", 0},
                 {"-the long", " 102", 0},
                 {"long -the -walk", "", 0},
                 {"don't", " 103", 0},
                 {"peut-être", " 100", 0},
                 {"\"unclosed long walk", "", 0},
                 {"\"the long walk", " 101", 0},
                 {"walk", " 105 102", BEN},
                 {"coffee + tea", "", 0},
                 {"coffee & honesty", " 104", 0},
                 {"-coffee", "", 0},
                 {"", "", 0},
                 {"  ", "", 0},
                 {"\"\"", "", 0},
                 {"-", "", 0},
                 {"* ^ :", "", 0}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        HistoryFilter f = history_filter();
        f.query = cases[i].query;
        f.alliance = cases[i].alliance;
        ck_assert_msg(strcmp(walk(s, &f, 2, &arena), cases[i].ids) == 0, "%s: %s", f.query,
                      walk(s, &f, 2, &arena));
    }
    arena_finish(&arena);
    store_close(s);
}
END_TEST

START_TEST(nothing_typed_is_read_as_syntax)
{
    Store *s = store_with_two();
    Arena arena = {0};
    write_texts(s);
    static const char *const hostile[] = {"\" OR NEAR( * ^ :",
                                          "walk OR",
                                          "AND",
                                          "NOT walk",
                                          "NEAR(walk home, 2)",
                                          "text:walk",
                                          "{text} : walk",
                                          "walk*",
                                          "^walk",
                                          "walk + home",
                                          "(walk",
                                          "walk)",
                                          "-\"",
                                          "--",
                                          "- walk",
                                          "\"\"\"",
                                          "'; DROP TABLE moment; --",
                                          "\\",
                                          "\xf0\x9f\x98\x80",
                                          "a\"b\"c",
                                          "-\"-\" \"-",
                                          "\t\nwalk\r",
                                          "*\"*"};
    for (size_t i = 0; i < sizeof hostile / sizeof hostile[0]; i++) {
        HistoryFilter f = history_filter();
        f.query = hostile[i];
        (void)walk(s, &f, 3, &arena);
    }
    static const char signs[] = "a \"-*^:(){}+'\\,OR";
    Dice d = {5};
    for (int i = 0; i < 400; i++) {
        char text[9] = "";
        for (unsigned n = roll(&d, 8); n > 0; n--) text[n - 1] = signs[roll(&d, sizeof signs - 1)];
        HistoryFilter f = history_filter();
        f.query = text[0] ? text : "x";
        (void)walk(s, &f, 3, &arena);
    }
    arena_finish(&arena);
    store_close(s);
}
END_TEST

START_TEST(a_found_text_leads_to_its_entry_once_with_a_snippet)
{
    Store *s = store_with_two();
    Arena arena = {0};
    HistoryRow *r;
    HistoryCursor next;
    size_t n = 0;
    write_one_of_each(s);
    Answer more = an_answer(14, 10, 2, "Openly and often, openly.");
    Term agreed = a_term(60, ANA, 1, "answer openly within a day"),
         direct = a_term(61, ANA, 2, "a weekly walk");
    agreed.is_private = true;
    VERB(s, "more", minute(9), ck_ok(store_answer_insert(s, &more, err));
         ck_ok(store_term_insert(s, &agreed, err)); ck_ok(store_term_insert(s, &direct, err)));
    HistoryFilter f = history_filter();
    f.query = "openly";
    ck_ok(store_history(s, &f, NULL, 10, &arena, &r, &n, &next, err));
    ck_assert_uint_eq(n, 1); /* a term and two answers of one session */
    ck_assert_int_eq(r[0].id, 10);
    ck_assert_str_eq(r[0].text, "answer openly within a day");
    ck_assert_str_eq(r[0].snippet, "answer ‹openly› within a day");
    ck_assert(r[0].is_private);
    f.query = "weekly";
    ck_ok(store_history(s, &f, NULL, 10, &arena, &r, &n, &next, err));
    ck_assert_uint_eq(n, 1);
    ck_assert_int_eq(r[0].id, 30); /* the version agreed directly */
    ck_assert_int_eq(r[0].kind, ENTRY_AGREEMENT);
    f.query = "calm";
    ck_ok(store_history(s, &f, NULL, 10, &arena, &r, &n, &next, err));
    ck_assert_uint_eq(n, 1);
    ck_assert_str_eq(r[0].text, "calm");
    ck_assert(!r[0].is_private);
    arena_finish(&arena);
    store_close(s);
}
END_TEST

START_TEST(a_changed_text_is_found_by_its_new_words_only)
{
    Store *s = store_with_two();
    Arena arena = {0};
    Commitment c = a_commitment(40, ANA, "send the notes");
    HistoryFilter f = history_filter();
    VERB(s, "add", minute(0), ck_ok(store_commitment_insert(s, &c, err)));
    c.text = "send the minutes";
    VERB(s, "change", minute(1), ck_ok(store_commitment_update(s, &c, err)));
    f.query = "notes";
    ck_assert_str_eq(walk(s, &f, 5, &arena), "");
    f.query = "minutes";
    ck_assert_str_eq(walk(s, &f, 5, &arena), " 40");
    ck_ok(store_search_rebuild(s, err));
    ck_assert_str_eq(walk(s, &f, 5, &arena), " 40");
    arena_finish(&arena);
    store_close(s);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("history");
    TCase *tc = tcase_create("history");
    tcase_set_timeout(tc, 60);
    tcase_add_test(tc, pages_of_any_size_make_up_the_whole);
    tcase_add_test(tc, the_whole_is_newest_first_and_the_sum_of_its_kinds);
    tcase_add_test(tc, each_kind_of_entry_says_what_it_is);
    tcase_add_test(tc, days_are_those_of_each_entrys_own_wall);
    tcase_add_test(tc, what_is_in_the_trash_is_in_no_list_and_no_search);
    tcase_add_test(tc, words_phrases_prefixes_and_exclusions_are_found);
    tcase_add_test(tc, nothing_typed_is_read_as_syntax);
    tcase_add_test(tc, a_found_text_leads_to_its_entry_once_with_a_snippet);
    tcase_add_test(tc, a_changed_text_is_found_by_its_new_words_only);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
