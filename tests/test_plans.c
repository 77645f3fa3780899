#include <check.h>
#include <stdio.h>
#include <string.h>

#include "store_fixture.h"

/*
 * A walk that no key bounds costs the whole journal. "SCAN search VIRTUAL
 * TABLE INDEX" is the full-text index at work, "SCAN CONSTANT ROW" one value.
 */
static bool is_walk(StrView line)
{
    static const char *const allowed[] = {"SCAN search VIRTUAL TABLE INDEX", "SCAN CONSTANT ROW"};
    const char *scan = strstr(line.ptr, "SCAN ");
    if (!scan || scan >= line.ptr + line.len) return false;
    for (size_t i = 0; i < sizeof allowed / sizeof allowed[0]; i++) {
        if (strncmp(scan, allowed[i], strlen(allowed[i])) == 0) return false;
    }
    return true;
}

START_TEST(no_list_walks_a_table_or_sorts_it)
{
    Store *s = open_memory();
    World w;
    Str plans;
    size_t lines = 0;
    str_init(&plans);
    world_init(&w, s, 8);
    while (w.clock < 60) world_verb(&w);
    ck_ok(store_list_plans(s, &plans, err));
    for (StrView rest = str_view(&plans); rest.len; lines++) {
        StrView line = sv_cut(&rest, '\n');
        ck_assert_msg(!is_walk(line), "%.*s", (int)line.len, line.ptr);
        const char *sort = strstr(line.ptr, "B-TREE FOR ORDER BY");
        const char *tail = strstr(line.ptr, "PART OF ORDER BY");
        ck_assert_msg(!sort || sort >= line.ptr + line.len, "%.*s", (int)line.len, line.ptr);
        ck_assert_msg(!tail || tail >= line.ptr + line.len, "%.*s", (int)line.len, line.ptr);
    }
    ck_assert_uint_gt(lines, 50);
    /* The four arms of the history are merged, not gathered. */
    ck_assert_ptr_nonnull(strstr(plans.buf, "HISTORY_ALL: MERGE (UNION ALL)"));
    ck_assert_ptr_nonnull(strstr(plans.buf, "HISTORY_ALL_OF: MERGE (UNION ALL)"));
    /* What is only counted is counted in an index. */
    ck_assert_ptr_nonnull(
        strstr(plans.buf, "COMMITMENTS_DUE: SEARCH c USING COVERING INDEX commitment_due (due<?)"));
    ck_assert_ptr_nonnull(strstr(plans.buf, "DUE_COUNT: SEARCH a USING COVERING INDEX alliance_due (due<?)"));
    ck_assert_ptr_nonnull(
        strstr(plans.buf, "PRIVATE: SEARCH w USING COVERING INDEX answer_private (check_in=?"));
    /* What is asked up to a day is bounded by it. */
    ck_assert_ptr_nonnull(strstr(
        plans.buf, "COMMITMENTS_OPEN_BY: SEARCH c USING INDEX commitment_open (<expr>>? AND <expr><?)"));
    ck_assert_ptr_nonnull(
        strstr(plans.buf, "ALLIANCES_FIRST: SEARCH a USING INDEX alliance_current (sort_order<?)"));
    /* What few alliances have is only looked for. */
    ck_assert_ptr_nonnull(strstr(plans.buf, "ALLIANCES_FIRST: SEARCH z USING COVERING INDEX"));
    ck_assert_ptr_nonnull(strstr(plans.buf, "ALLIANCES_FIRST: SEARCH k USING COVERING INDEX"));
    ck_assert_ptr_nonnull(strstr(plans.buf, "ALLIANCES_FIRST: SEARCH d USING INDEX draft_of (<expr>=?)"));
    ck_assert_ptr_nonnull(strstr(plans.buf, "REVIEWS: SEARCH a USING INDEX alliance_review (review_on<?)"));
    str_finish(&plans);
    world_finish(&w);
    store_close(s);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("plans");
    TCase *tc = tcase_create("plans");
    tcase_add_test(tc, no_list_walks_a_table_or_sorts_it);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
