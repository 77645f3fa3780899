#include <check.h>
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

static void add_alliance(Store *s, const Alliance *a)
{
    VERB(s, "add", minute(0), ck_ok(store_alliance_insert(s, a, err)));
}

/* Names of a filtered list in pages of `limit`, as one line. */
static const char *walk(Store *s, const AllianceFilter *f, size_t limit, Arena *arena)
{
    AllianceCursor at = {0};
    const char *line = "";
    do {
        AllianceRow *rows;
        size_t n = 0;
        ck_ok(store_alliances(s, f, &at, limit, arena, &rows, &n, &at, err));
        ck_assert_uint_le(n, limit);
        ck_assert(!at.set || n == limit);
        for (size_t i = 0; i < n; i++) line = arena_strf(arena, "%s %s", line, rows[i].alliance.name);
    } while (at.set);
    return line;
}

static const char *walk_commitments(Store *s, const CommitmentFilter *f, size_t limit, Arena *arena)
{
    CommitmentCursor at = {0};
    const char *line = "";
    do {
        CommitmentRow *rows;
        size_t n = 0;
        ck_ok(store_commitments(s, f, &at, limit, arena, &rows, &n, &at, err));
        ck_assert_uint_le(n, limit);
        ck_assert(!at.set || n == limit);
        for (size_t i = 0; i < n; i++)
            line = arena_strf(arena, "%s %lld", line, (long long)rows[i].commitment.id);
    } while (at.set);
    return line;
}

START_TEST(an_alliance_comes_back_as_it_was_written)
{
    Store *s = open_memory();
    Arena arena = {0};
    Alliance a = an_alliance(5, "Ana \xc3\x84mter"), got;
    a.kind = ALLIANCE_TEAM;
    a.role = "manager";
    a.situation = "new-manager";
    a.state = STATE_PAUSED;
    a.paused_until = date_make(2026, 12, 24);
    ck_assert(cadence_parse(SV("every 2 weeks"), &a.cadence, NULL));
    a.anchor = date_make(2026, 11, 22);
    a.review_on = date_make(2027, 2, 28);
    a.last_check_in = minute(3);
    a.last_trust = 4;
    a.due = date_make(2026, 12, 24);
    add_alliance(s, &a);
    ck_ok(store_alliance_get(s, 5, &arena, &got, err));
    ck_assert_str_eq(got.name, a.name);
    ck_assert_int_eq(got.kind, a.kind);
    ck_assert_str_eq(got.role, a.role);
    ck_assert_str_eq(got.situation, a.situation);
    ck_assert_int_eq(got.state, a.state);
    ck_assert_int_eq(got.paused_until, a.paused_until);
    ck_assert_int_eq(got.cadence.kind, CADENCE_ROLLING);
    ck_assert_int_eq(got.cadence.every, 2);
    ck_assert_int_eq(got.anchor, a.anchor);
    ck_assert_int_eq(got.review_on, a.review_on);
    ck_assert_int_eq(got.version, 0);
    ck_assert_int_eq(got.created.unix_ms, a.created.unix_ms);
    ck_assert_int_eq(got.created.offset, 3600);
    ck_assert(instant_is_none(got.trashed));
    ck_assert_int_eq(got.last_check_in.unix_ms, a.last_check_in.unix_ms);
    ck_assert_int_eq(got.last_trust, 4);
    ck_assert_int_eq(got.due, a.due);
    a.cadence = (Cadence){0};
    a.state = STATE_ENDED;
    a.paused_until = a.anchor = a.due = DATE_NONE;
    VERB(s, "end", minute(4), ck_ok(store_alliance_update(s, &a, err)));
    ck_ok(store_alliance_get(s, 5, &arena, &got, err));
    ck_assert_int_eq(got.cadence.kind, CADENCE_NONE);
    ck_assert_int_eq(got.anchor, DATE_NONE);
    ck_assert_int_eq(got.state, STATE_ENDED);
    arena_finish(&arena);
    store_close(s);
}
END_TEST

START_TEST(what_is_not_there_is_not_found)
{
    Store *s = store_with_two();
    Arena arena = {0};
    Alliance a = an_alliance(9, "Nobody");
    Person p = {9, "", "", "", ""};
    Version v = a_version(9, 9, 1);
    Commitment c = a_commitment(9, ANA, "x");
    CheckIn in;
    Moment m;
    Draft d;
    ck_fails(store_alliance_get(s, 9, &arena, &a, err), ERR_NOT_FOUND);
    ck_fails(store_version_get(s, 9, &arena, &v, err), ERR_NOT_FOUND);
    ck_fails(store_check_in_get(s, 9, &arena, &in, err), ERR_NOT_FOUND);
    ck_fails(store_moment_get(s, 9, &arena, &m, err), ERR_NOT_FOUND);
    ck_fails(store_commitment_get(s, 9, &arena, &c, err), ERR_NOT_FOUND);
    ck_fails(store_draft_of(s, 9, &arena, &d, err), ERR_NOT_FOUND);
    ck_fails(store_draft_find(s, 9, STAGE_DESIGN, &arena, &d, err), ERR_NOT_FOUND);
    ck_ok(store_begin(s, err));
    ck_fails(store_alliance_update(s, &a, err), ERR_NOT_FOUND);
    ck_fails(store_person_update(s, &p, err), ERR_NOT_FOUND);
    ck_fails(store_version_update(s, &v, err), ERR_NOT_FOUND);
    ck_fails(store_commitment_update(s, &c, err), ERR_NOT_FOUND);
    ck_fails(store_term_retire(s, 9, 2, err), ERR_NOT_FOUND);
    ck_fails(store_term_place(s, 9, 2, err), ERR_NOT_FOUND);
    ck_ok(store_draft_delete(s, &(Draft){.id = 9}, err)); /* as good as deleted */
    store_rollback(s);
    arena_finish(&arena);
    store_close(s);
}
END_TEST

START_TEST(members_come_in_their_order)
{
    Store *s = store_with_two();
    Arena arena = {0};
    Person b = {11, "B", "b@x", "2", "n"}, a = {10, "A", "", "", ""}, *got;
    size_t n = 0;
    VERB(s, "people", minute(0), ck_ok(store_person_insert(s, &a, err));
         ck_ok(store_person_insert(s, &b, err)); ck_ok(store_member_insert(s, ANA, 11, 0, err));
         ck_ok(store_member_insert(s, ANA, 10, 1, err)));
    b.phone = "3";
    VERB(s, "phone", minute(0), ck_ok(store_person_update(s, &b, err)));
    ck_ok(store_members(s, ANA, &arena, &got, &n, err));
    ck_assert_uint_eq(n, 2);
    ck_assert_str_eq(got[0].name, "B");
    ck_assert_str_eq(got[0].email, "b@x");
    ck_assert_str_eq(got[0].phone, "3");
    ck_assert_str_eq(got[0].notes, "n");
    ck_assert_str_eq(got[1].name, "A");
    ck_ok(store_members(s, BEN, &arena, &got, &n, err));
    ck_assert_uint_eq(n, 0);
    arena_finish(&arena);
    store_close(s);
}
END_TEST

START_TEST(alliances_run_by_due_day_then_name_with_open_pauses_last)
{
    Store *s = open_memory();
    Arena arena = {0};
    static const struct {
        const char *name;
        Date due;
        AllianceState state;
        Date until;
        bool trashed;
    } in[] = {{"open-pause", DATE_NONE, STATE_PAUSED, DATE_NONE, false},
              {"Late", 20000, STATE_ACTIVE, DATE_NONE, false},
              {"none-b", DATE_NONE, STATE_ACTIVE, DATE_NONE, false},
              {"Early", 19000, STATE_ACTIVE, DATE_NONE, false},
              {"None-A", DATE_NONE, STATE_DESIGNING, DATE_NONE, false},
              {"back", 21000, STATE_PAUSED, 21000, false},
              {"gone", 18000, STATE_ACTIVE, DATE_NONE, true},
              {"over", DATE_NONE, STATE_ENDED, DATE_NONE, false},
              {"early2", 19000, STATE_ACTIVE, DATE_NONE, false}};
    for (size_t i = 0; i < sizeof in / sizeof in[0]; i++) {
        Alliance a = an_alliance((Id)i + 1, in[i].name);
        a.due = in[i].due;
        a.state = in[i].state;
        a.paused_until = in[i].until;
        if (in[i].trashed) a.trashed = minute(1);
        add_alliance(s, &a);
    }
    VERB(s, "tag", minute(0), ck_ok(store_tag_insert(s, 2, "work", err));
         ck_ok(store_tag_insert(s, 6, "work", err)); ck_ok(store_tag_insert(s, 6, "work", err));
         ck_ok(store_tag_insert(s, 6, "away", err)));
    static const struct {
        AllianceFilter filter;
        const char *names;
    } cases[] = {{{0}, " Early early2 Late back None-A none-b open-pause"},
                 {{.ended = true}, " Early early2 Late back None-A none-b over open-pause"},
                 {{.has_state = true, .state = STATE_PAUSED}, " back open-pause"},
                 {{.has_state = true, .state = STATE_ENDED}, " over"},
                 {{.trashed = true}, " gone"},
                 {{.tag = "work"}, " Late back"},
                 {{.tag = "work", .has_state = true, .state = STATE_PAUSED}, " back"},
                 {{.tag = "none"}, ""},
                 {{.has_due_by = true, .due_by = 18999}, ""},
                 {{.has_due_by = true, .due_by = 20000}, " Early early2 Late"},
                 {{.has_due_by = true, .due_by = 30000}, " Early early2 Late back"},
                 {{.has_due_by = true, .due_by = 30000, .tag = "work"}, " Late back"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        for (size_t limit = 1; limit <= 9; limit++) {
            ck_assert_str_eq(walk(s, &cases[i].filter, limit, &arena), cases[i].names);
        }
    }
    size_t n = 0;
    ck_ok(store_alliance_count(s, &n, err));
    ck_assert_uint_eq(n, 7);
    arena_finish(&arena);
    store_close(s);
}
END_TEST

START_TEST(a_renamed_alliance_moves_in_the_list)
{
    Store *s = store_with_two();
    Arena arena = {0};
    Alliance a = an_alliance(ANA, "Zoe");
    AllianceFilter f = {0};
    ck_assert_str_eq(walk(s, &f, 5, &arena), " Ana Ben");
    VERB(s, "rename", minute(0), ck_ok(store_alliance_update(s, &a, err)));
    ck_assert_str_eq(walk(s, &f, 5, &arena), " Ben Zoe");
    arena_finish(&arena);
    store_close(s);
}
END_TEST

START_TEST(alliances_exist_unless_all_are_in_the_trash)
{
    Store *s = open_memory();
    bool exist = true;
    ck_ok(store_alliances_exist(s, &exist, err));
    ck_assert(!exist);
    Alliance a = an_alliance(1, "Ana");
    a.trashed = minute(1);
    add_alliance(s, &a);
    ck_ok(store_alliances_exist(s, &exist, err));
    ck_assert(!exist);
    a.trashed = INSTANT_NONE;
    VERB(s, "restore", minute(2), ck_ok(store_alliance_update(s, &a, err)));
    ck_ok(store_alliances_exist(s, &exist, err));
    ck_assert(exist);
    store_close(s);
}
END_TEST

START_TEST(a_name_finds_the_exact_one_before_those_it_begins)
{
    Store *s = open_memory();
    Arena arena = {0};
    static const char *const names[] = {"Anabel", "ana", "ANA Lima", "Ben", "\xc3\x81na"};
    for (size_t i = 0; i < 5; i++) {
        Alliance a = an_alliance((Id)i + 1, names[i]);
        if (i == 0) a.trashed = minute(0);
        add_alliance(s, &a);
    }
    static const struct {
        const char *folded;
        bool trashed;
        size_t limit;
        const char *found;
    } cases[] = {{"ana", false, 9, " ana \xc3\x81na ANA Lima"},
                 {"ana", true, 9, " ana \xc3\x81na ANA Lima Anabel"},
                 {"ana", false, 1, " ana"},
                 {"ana ", false, 9, " ANA Lima"},
                 {"b", false, 9, " Ben"},
                 {"x", true, 9, ""},
                 {"%", true, 9, ""}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Alliance *found;
        size_t n = 0;
        const char *line = "";
        ck_ok(store_alliances_named(s, cases[i].folded, cases[i].trashed, cases[i].limit, &arena, &found, &n,
                                    err));
        for (size_t j = 0; j < n; j++) line = arena_strf(&arena, "%s %s", line, found[j].name);
        ck_assert_str_eq(line, cases[i].found);
    }
    arena_finish(&arena);
    store_close(s);
}
END_TEST

START_TEST(a_row_shows_trust_commitments_draft_snooze_and_skips)
{
    Store *s = store_with_two();
    Arena arena = {0};
    AllianceRow row;
    Alliance ana = an_alliance(ANA, "Ana");
    ana.last_check_in = minute(10);
    Date last = instant_date(ana.last_check_in);
    ck_ok(store_begin(s, err));
    for (int i = 1; i <= 10; i++) {
        CheckIn c = a_check_in(100 + i, ANA, minute(i));
        c.trust = i % 6;
        if (i == 9) c.stage = STAGE_DESIGN; /* does not count */
        if (i == 8) c.stage = STAGE_TEAM_CHECK_IN;
        ck_ok(store_check_in_insert(s, &c, err));
    }
    Commitment a = a_commitment(201, ANA, "a"), b = a_commitment(202, ANA, "b"),
               c = a_commitment(203, ANA, "c");
    a.due = 20005;
    b.due = 20003;
    b.side = SIDE_THEM;
    c.state = COMMITMENT_KEPT;
    c.settled = minute(1);
    c.due = 19000;
    ck_ok(store_commitment_insert(s, &a, err));
    ck_ok(store_commitment_insert(s, &b, err));
    ck_ok(store_commitment_insert(s, &c, err));
    ck_ok(store_tag_insert(s, ANA, "work", err));
    ck_ok(store_tag_insert(s, ANA, "close", err));
    ck_ok(store_snooze_set(s, 301, ANA, 20001, 20002, minute(0), err));
    ck_ok(store_snooze_set(s, 302, ANA, 20003, 20009, minute(0), err)); /* replaces it */
    ck_ok(store_skip_insert(s, 303, ANA, last + 7, minute(0), err));
    ck_ok(store_skip_insert(s, 304, ANA, last - 1, minute(0), err)); /* before the last check-in */
    ck_ok(store_skip_insert(s, 305, ANA, last, minute(0), err));
    ck_ok(store_skip_insert(s, 306, ANA, last, minute(0), err)); /* said twice */
    ck_ok(store_alliance_update(s, &ana, err));
    ck_ok(store_commit(s, "all", ANA, minute(11), err));
    Draft d = a_draft(ANA, "{}");
    d.step = 4;
    ck_ok(store_draft_save(s, &d, err));
    ck_ok(store_alliance_row(s, ANA, &arena, &row, err));
    static const int trust[] = {2, 3, 4, 5, 0, 1, 2, 4}; /* minutes 2 to 8, and 10 */
    ck_assert_uint_eq(row.trust_count, TRUST_HISTORY);
    for (int i = 0; i < TRUST_HISTORY; i++) ck_assert_int_eq(row.trust[i], trust[i]);
    ck_assert_int_eq(row.open[SIDE_ME], 1);
    ck_assert_int_eq(row.open[SIDE_THEM], 1);
    ck_assert_int_eq(row.open[SIDE_BOTH], 0);
    ck_assert_int_eq(row.next_commitment, 20003);
    ck_assert_uint_eq(row.tag_count, 2);
    ck_assert_str_eq(row.tags[0], "close");
    ck_assert(row.has_draft);
    ck_assert_int_eq(row.draft_stage, STAGE_CHECK_IN);
    ck_assert_int_eq(row.draft_step, 4);
    ck_assert_int_eq(row.draft_steps, 8);
    ck_assert_int_eq(row.draft_saved.unix_ms, minute(0).unix_ms);
    ck_assert_int_eq(row.snooze_of, 20003);
    ck_assert_int_eq(row.snooze_until, 20009);
    ck_assert_uint_eq(row.skip_count, 2);
    ck_assert_int_eq(row.skips[0], last);
    ck_assert_int_eq(row.skips[1], last + 7);
    VERB(s, "awake", minute(12), ck_ok(store_snooze_set(s, 0, ANA, 0, DATE_NONE, minute(12), err)));
    ck_ok(store_alliance_row(s, BEN, &arena, &row, err));
    ck_assert(!row.has_draft && row.trust_count == 0 && row.next_commitment == DATE_NONE &&
              row.tag_count == 0);
    ck_ok(store_alliance_row(s, ANA, &arena, &row, err));
    ck_assert_int_eq(row.snooze_until, DATE_NONE);
    arena_finish(&arena);
    store_close(s);
}
END_TEST

/* A row of a page next to the same one read alone. */
static void ck_same_row(const AllianceRow *a, const AllianceRow *b)
{
    ck_assert_int_eq(a->alliance.id, b->alliance.id);
    ck_assert_uint_eq(a->tag_count, b->tag_count);
    for (size_t i = 0; i < a->tag_count; i++) ck_assert_str_eq(a->tags[i], b->tags[i]);
    ck_assert_uint_eq(a->trust_count, b->trust_count);
    ck_assert_mem_eq(a->trust, b->trust, sizeof a->trust);
    ck_assert_mem_eq(a->open, b->open, sizeof a->open);
    ck_assert_int_eq(a->next_commitment, b->next_commitment);
    ck_assert(a->has_draft == b->has_draft);
    ck_assert_int_eq(a->draft_stage, b->draft_stage);
    ck_assert_int_eq(a->draft_step, b->draft_step);
    ck_assert_int_eq(a->draft_saved.unix_ms, b->draft_saved.unix_ms);
    ck_assert_int_eq(a->snooze_of, b->snooze_of);
    ck_assert_int_eq(a->snooze_until, b->snooze_until);
    ck_assert_uint_eq(a->skip_count, b->skip_count);
    for (size_t i = 0; i < a->skip_count; i++) ck_assert_int_eq(a->skips[i], b->skips[i]);
}

static void check_rows(Store *s, const AllianceFilter *f, size_t *ret_snoozed, size_t *ret_drafts)
{
    Arena arena = {0};
    AllianceCursor at = {0};
    do {
        AllianceRow *rows, alone;
        size_t n = 0;
        ck_ok(store_alliances(s, f, &at, 5, &arena, &rows, &n, &at, err));
        for (size_t i = 0; i < n; i++) {
            ck_ok(store_alliance_row(s, rows[i].alliance.id, &arena, &alone, err));
            ck_same_row(&rows[i], &alone);
            *ret_snoozed += rows[i].snooze_until != DATE_NONE && rows[i].skip_count > 0;
            *ret_drafts += rows[i].has_draft;
        }
    } while (at.set);
    arena_finish(&arena);
}

START_TEST(a_row_is_the_same_on_any_page_and_alone)
{
    Store *s = open_memory();
    World w;
    size_t snoozed = 0, drafts = 0;
    world_init(&w, s, 3);
    while (w.clock < 400) world_verb(&w);
    for (size_t i = 0; i < w.n; i += 3) {
        Draft d = a_draft(w.alliances[i], "{}");
        VERB(s, "skip", minute(500),
             ck_ok(store_skip_insert(s, 9001 + (Id)i, w.alliances[i], 30000, minute(500), err));
             if (i % 2)
                 ck_ok(store_snooze_set(s, 9501 + (Id)i, w.alliances[i], 30000, 30002, minute(500), err)));
        if (i % 4 == 0) ck_ok(store_draft_save(s, &d, err));
    }
    static const AllianceFilter filters[] = {
        {0}, {.ended = true}, {.trashed = true}, {.has_state = true, .state = STATE_ACTIVE}};
    for (size_t i = 0; i < sizeof filters / sizeof filters[0]; i++)
        check_rows(s, &filters[i], &snoozed, &drafts);
    ck_assert_uint_gt(snoozed, 0);
    ck_assert_uint_gt(drafts, 0);
    world_finish(&w);
    store_close(s);
}
END_TEST

START_TEST(parts_that_nobody_looks_at_stay_empty_and_the_others_do_not)
{
    Store *s = store_with_two();
    Arena arena = {0};
    CheckIn check_in = a_check_in(101, ANA, minute(1));
    Commitment commitment = a_commitment(102, ANA, "a");
    Draft draft = a_draft(ANA, "{}");
    commitment.due = 20005;
    VERB(s, "all", minute(1), ck_ok(store_check_in_insert(s, &check_in, err));
         ck_ok(store_commitment_insert(s, &commitment, err)); ck_ok(store_tag_insert(s, ANA, "work", err));
         ck_ok(store_snooze_set(s, 103, ANA, 20003, 20009, minute(0), err));
         ck_ok(store_skip_insert(s, 104, ANA, 30000, minute(0), err)));
    ck_ok(store_draft_save(s, &draft, err));
    for (unsigned without = 0; without <= ROW_PARTS; without++) {
        AllianceFilter f = {.without = without};
        AllianceRow *rows, *row = NULL;
        AllianceCursor next;
        size_t n;
        ck_ok(store_alliances(s, &f, NULL, 9, &arena, &rows, &n, &next, err));
        for (size_t i = 0; i < n; i++)
            if (rows[i].alliance.id == ANA) row = &rows[i];
        ck_assert_ptr_nonnull(row);
        ck_assert((row->tag_count == 0) == ((without & ROW_TAGS) != 0));
        ck_assert((row->trust_count == 0) == ((without & ROW_TRUST) != 0));
        ck_assert((row->open[SIDE_ME] == 0) == ((without & ROW_OPEN) != 0));
        ck_assert((row->next_commitment == DATE_NONE) == ((without & ROW_OPEN) != 0));
        ck_assert(row->has_draft == !(without & ROW_DRAFT));
        ck_assert_int_eq(row->snooze_until, 20009);
        ck_assert_uint_eq(row->skip_count, 1);
    }
    arena_finish(&arena);
    store_close(s);
}
END_TEST

START_TEST(versions_and_terms_come_back_as_they_were_written)
{
    Store *s = store_with_two();
    Arena arena = {0};
    CheckIn c = a_check_in(10, ANA, minute(1));
    Version v1 = a_version(11, ANA, 1), v2 = a_version(12, ANA, 2), *versions, got;
    Term t1 = a_term(21, ANA, 1, "one"), t2 = a_term(22, ANA, 2, "two"), *terms;
    size_t n = 0;
    v1.check_in = 10;
    t1.section = SECTION_HARD_MOMENTS;
    t1.side = SIDE_BOTH;
    t1.is_private = true;
    t2.replaces = 21;
    /* the later one first: the commit alone asks for no gap */
    VERB(s, "agree", minute(1), ck_ok(store_version_insert(s, &v2, err));
         ck_ok(store_check_in_insert(s, &c, err)); ck_ok(store_version_insert(s, &v1, err));
         ck_ok(store_term_insert(s, &t1, err)); ck_ok(store_term_insert(s, &t2, err));
         ck_ok(store_term_retire(s, 21, 2, err)); ck_ok(store_term_place(s, 22, 5, err)));
    v2.reason = "why";
    v2.talked = TALKED_THROUGH;
    v2.talked_on = 20000;
    VERB(s, "talk", minute(2), ck_ok(store_version_update(s, &v2, err)));
    ck_ok(store_versions(s, ANA, &arena, &versions, &n, err));
    ck_assert_uint_eq(n, 2);
    ck_assert_int_eq(versions[0].number, 1);
    ck_assert_int_eq(versions[0].check_in, 10);
    ck_assert_int_eq(versions[0].talked, TALKED_NOT_YET);
    ck_assert_str_eq(versions[1].reason, "why");
    ck_assert_int_eq(versions[1].talked, TALKED_THROUGH);
    ck_assert_int_eq(versions[1].talked_on, 20000);
    ck_assert_int_eq(versions[1].since.unix_ms, minute(2).unix_ms);
    ck_ok(store_version_get(s, 12, &arena, &got, err));
    ck_assert_int_eq(got.number, 2);
    ck_ok(store_terms(s, ANA, &arena, &terms, &n, err));
    ck_assert_uint_eq(n, 2);
    ck_assert_int_eq(terms[0].section, SECTION_HARD_MOMENTS);
    ck_assert_int_eq(terms[0].side, SIDE_BOTH);
    ck_assert(terms[0].is_private);
    ck_assert_int_eq(terms[0].to_version, 2);
    ck_assert_int_eq(terms[1].to_version, 0);
    ck_assert_int_eq(terms[1].replaces, 21);
    ck_assert_int_eq(terms[1].position, 5);
    ck_assert_str_eq(terms[1].text, "two");
    ck_ok(store_terms(s, BEN, &arena, &terms, &n, err));
    ck_assert_uint_eq(n, 0);
    arena_finish(&arena);
    store_close(s);
}
END_TEST

START_TEST(check_ins_and_answers_come_back_as_they_were_written)
{
    Store *s = store_with_two();
    Arena arena = {0};
    CheckIn got, *list;
    Answer *answers;
    Moment m = a_moment(70, ANA, "thanks"), moment;
    size_t n = 0;
    m.kind = MOMENT_RECEIVED;
    m.is_private = true;
    ck_ok(store_begin(s, err));
    for (int i = 1; i <= 4; i++) {
        CheckIn c = a_check_in(10 + i, ANA, minute(i));
        if (i == 2) c.stage = STAGE_REPAIR;
        if (i == 3) c.stage = STAGE_TEAM_CHECK_IN;
        c.trust = i;
        c.trust_note = "line";
        c.note = "note";
        c.is_private = c.quick = i == 4;
        ck_ok(store_check_in_insert(s, &c, err));
    }
    Answer second = an_answer(31, 11, 1, ""), first = an_answer(32, 11, 0, "text");
    second.skipped = true;
    first.value = 7;
    first.is_private = true;
    ck_ok(store_answer_insert(s, &second, err));
    ck_ok(store_answer_insert(s, &first, err));
    ck_ok(store_moment_insert(s, &m, err));
    ck_ok(store_commit(s, "write", ANA, minute(5), err));
    ck_ok(store_check_in_get(s, 14, &arena, &got, err));
    ck_assert_int_eq(got.stage, STAGE_CHECK_IN);
    ck_assert_int_eq(got.trust, 4);
    ck_assert_str_eq(got.trust_note, "line");
    ck_assert_str_eq(got.note, "note");
    ck_assert(got.is_private && got.quick);
    ck_ok(store_check_ins(s, ANA, INSTANT_NONE, 9, &arena, &list, &n, err));
    ck_assert_uint_eq(n, 3);
    ck_assert_int_eq(list[0].id, 14);
    ck_assert_int_eq(list[1].id, 13);
    ck_assert_int_eq(list[2].id, 11);
    ck_ok(store_check_ins(s, ANA, minute(4), 1, &arena, &list, &n, err));
    ck_assert_uint_eq(n, 1);
    ck_assert_int_eq(list[0].id, 13);
    ck_ok(store_check_in_count(s, ANA, &n, err));
    ck_assert_uint_eq(n, 3);
    ck_ok(store_answers(s, 11, &arena, &answers, &n, err));
    ck_assert_uint_eq(n, 2);
    ck_assert_str_eq(answers[0].text, "text");
    ck_assert_int_eq(answers[0].value, 7);
    ck_assert(answers[0].is_private && !answers[0].skipped);
    ck_assert_str_eq(answers[0].question, "What went well?");
    ck_assert(answers[1].skipped);
    ck_ok(store_moment_get(s, 70, &arena, &moment, err));
    ck_assert_int_eq(moment.kind, MOMENT_RECEIVED);
    ck_assert_str_eq(moment.text, "thanks");
    ck_assert(moment.is_private);
    arena_finish(&arena);
    store_close(s);
}
END_TEST

START_TEST(asked_prompts_are_counted_with_their_last_answer)
{
    Store *s = store_with_two();
    Arena arena = {0};
    AskedPrompt *asked;
    size_t n = 0;
    static const struct {
        Id alliance;
        int at;
        const char *prompt, *text;
    } in[] = {{ANA, 3, "b", "newest"}, {ANA, 1, "b", ""}, {ANA, 2, "a", "only"}, {BEN, 9, "b", "other"}};
    ck_ok(store_begin(s, err));
    for (int i = 0; i < 4; i++) {
        CheckIn c = a_check_in(10 + i, in[i].alliance, minute(in[i].at));
        Answer a = an_answer(20 + i, c.id, 0, in[i].text);
        a.prompt = in[i].prompt;
        a.skipped = a.text[0] == '\0';
        ck_ok(store_check_in_insert(s, &c, err));
        ck_ok(store_answer_insert(s, &a, err));
    }
    ck_ok(store_commit(s, "write", ANA, minute(5), err));
    ck_ok(store_asked(s, ANA, &arena, &asked, &n, err));
    ck_assert_uint_eq(n, 2);
    ck_assert_str_eq(asked[0].prompt, "a");
    ck_assert_str_eq(asked[1].prompt, "b");
    ck_assert_int_eq(asked[1].at.unix_ms, minute(3).unix_ms);
    ck_assert_int_eq(asked[1].times, 2);
    ck_assert_int_eq(asked[1].skipped, 1);
    ck_assert_str_eq(asked[1].text, "newest");
    arena_finish(&arena);
    store_close(s);
}
END_TEST

START_TEST(the_last_session_is_that_of_its_own_stage)
{
    Store *s = store_with_two();
    Arena arena = {0};
    CheckIn got;
    static const struct {
        Id id, alliance;
        Stage stage;
        int at;
    } in[] = {{11, ANA, STAGE_REPAIR, 2},   {12, ANA, STAGE_REPAIR, 5}, {13, ANA, STAGE_REPAIR, 5},
              {14, ANA, STAGE_REPAIR, 3},   {15, ANA, STAGE_DESIGN, 1}, {16, ANA, STAGE_TEAM_DESIGN, 9},
              {17, BEN, STAGE_PREPARE, 10}, {18, BEN, STAGE_REPAIR, 11}};
    ck_ok(store_begin(s, err));
    for (size_t i = 0; i < sizeof in / sizeof in[0]; i++) {
        CheckIn c = a_check_in(in[i].id, in[i].alliance, minute(in[i].at));
        c.stage = in[i].stage;
        ck_ok(store_check_in_insert(s, &c, err));
    }
    ck_ok(store_commit(s, "write", 0, minute(12), err));
    static const struct {
        Stage stage;
        Id id;
    } cases[] = {{STAGE_REPAIR, 13}, {STAGE_DESIGN, 15}, {STAGE_TEAM_DESIGN, 16}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ck_ok(store_last_session(s, ANA, cases[i].stage, &arena, &got, err));
        ck_assert_int_eq(got.id, cases[i].id);
        ck_assert_int_eq(got.stage, cases[i].stage);
    }
    ck_fails(store_last_session(s, ANA, STAGE_PREPARE, &arena, &got, err), ERR_NOT_FOUND);
    arena_finish(&arena);
    store_close(s);
}
END_TEST

/* Terms 21 to 23 of Ana and 24 of Ben; check-ins 31 (minute 5) and 32 (minute 2) of Ana, 33 of Ben. */
static void write_what_is_looked_at(Store *s)
{
    Version ana = a_version(11, ANA, 1), ben = a_version(12, BEN, 1);
    ck_ok(store_begin(s, err));
    ck_ok(store_version_insert(s, &ana, err));
    ck_ok(store_version_insert(s, &ben, err));
    for (int i = 0; i < 4; i++) {
        Term t = a_term(21 + i, i < 3 ? ANA : BEN, 1, "a term");
        ck_ok(store_term_insert(s, &t, err));
    }
    for (int i = 0; i < 3; i++) {
        CheckIn c = a_check_in(31 + i, i < 2 ? ANA : BEN, minute(i == 1 ? 2 : 5));
        ck_ok(store_check_in_insert(s, &c, err));
    }
    ck_ok(store_commit(s, "write", 0, minute(5), err));
}

START_TEST(looks_come_by_their_check_ins_newest_first)
{
    Store *s = store_with_two();
    Arena arena = {0};
    Look *looks;
    LogStep step;
    size_t n = 0;
    static const Look in[] = {{41, 31, 23, "lived", {0}},
                              {42, 31, 21, "not-lived", {0}},
                              {43, 32, 21, "no-longer-fits", {0}},
                              {44, 33, 24, "partly", {0}}};
    write_what_is_looked_at(s);
    char *before = dump(s);
    ck_ok(store_begin(s, err));
    for (size_t i = 0; i < sizeof in / sizeof in[0]; i++) ck_ok(store_look_insert(s, &in[i], err));
    ck_ok(store_commit(s, "look", 0, minute(6), err));
    ck_ok(store_looks(s, ANA, 9, &arena, &looks, &n, err));
    ck_assert_uint_eq(n, 3);
    static const size_t order[] = {1, 0, 2}; /* within a check-in by term */
    for (size_t i = 0; i < n; i++) {
        const Look *want = &in[order[i]];
        ck_assert_int_eq(looks[i].id, want->id);
        ck_assert_int_eq(looks[i].check_in, want->check_in);
        ck_assert_int_eq(looks[i].term, want->term);
        ck_assert_str_eq(looks[i].mark, want->mark);
    }
    ck_assert_int_eq(looks[0].at.unix_ms, minute(5).unix_ms);
    ck_assert_int_eq(looks[0].at.offset, 3600);
    ck_assert_int_eq(looks[2].at.unix_ms, minute(2).unix_ms);
    ck_ok(store_looks(s, ANA, 1, &arena, &looks, &n, err));
    ck_assert_uint_eq(n, 1);
    ck_assert_int_eq(looks[0].id, 42);
    char *after = dump(s);
    ck_assert_ptr_nonnull(strstr(after, "look id=41 check_in=31 term=23 mark=\"lived\""));
    ck_ok(store_undo(s, minute(0), &arena, &step, err));
    char *undone = dump(s);
    ck_assert_str_eq(undone, before);
    ck_ok(store_redo(s, minute(0), &arena, &step, err));
    char *again = dump(s);
    ck_assert_str_eq(again, after);
    free(before);
    free(after);
    free(undone);
    free(again);
    arena_finish(&arena);
    store_close(s);
}
END_TEST

START_TEST(a_check_in_looks_at_a_term_once_and_in_known_words)
{
    Store *s = store_with_two();
    static const Look first = {41, 31, 21, "lived", {0}};
    static const Look refused[] = {{42, 31, 21, "partly", {0}}, /* again */
                                   {42, 31, 22, "kept", {0}},
                                   {42, 31, 22, "", {0}},
                                   {42, 31, 99, "lived", {0}},
                                   {42, 99, 21, "lived", {0}}};
    write_what_is_looked_at(s);
    VERB(s, "look", minute(6), ck_ok(store_look_insert(s, &first, err)));
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        ck_ok(store_begin(s, err));
        ck_fails(store_look_insert(s, &refused[i], err) && store_commit(s, "look", 0, minute(6), err),
                 ERR_USAGE);
        store_rollback(s);
    }
    store_close(s);
}
END_TEST

START_TEST(moments_come_newest_first)
{
    Store *s = store_with_two();
    Arena arena = {0};
    Moment *moments;
    size_t n = 9;
    ck_ok(store_moments(s, ANA, 9, &arena, &moments, &n, err));
    ck_assert_uint_eq(n, 0);
    static const struct {
        Id id, alliance;
        int at;
    } in[] = {{11, ANA, 1}, {12, ANA, 3}, {13, ANA, 2}, {14, ANA, 3}, {15, BEN, 9}};
    ck_ok(store_begin(s, err));
    for (size_t i = 0; i < sizeof in / sizeof in[0]; i++) {
        Moment m = a_moment(in[i].id, in[i].alliance, "a walk");
        m.at = minute(in[i].at);
        m.kind = MOMENT_DEPOSIT;
        ck_ok(store_moment_insert(s, &m, err));
    }
    ck_ok(store_commit(s, "write", 0, minute(9), err));
    ck_ok(store_moments(s, ANA, 9, &arena, &moments, &n, err));
    static const Id order[] = {14, 12, 13, 11};
    ck_assert_uint_eq(n, 4);
    for (size_t i = 0; i < n; i++) ck_assert_int_eq(moments[i].id, order[i]);
    ck_assert_int_eq(moments[0].kind, MOMENT_DEPOSIT);
    ck_assert_str_eq(moments[0].text, "a walk");
    ck_assert_int_eq(moments[3].at.unix_ms, minute(1).unix_ms);
    ck_ok(store_moments(s, ANA, 2, &arena, &moments, &n, err));
    ck_assert_uint_eq(n, 2);
    arena_finish(&arena);
    store_close(s);
}
END_TEST

START_TEST(private_answers_and_moments_are_counted_up_to_a_limit)
{
    Store *s = store_with_two();
    size_t n = 9;
    static const struct {
        Id check_in;
        bool is_private, skipped;
    } answers[] = {
        {31, true, false}, {31, false, false}, {31, true, true}, {32, true, false}, {33, true, false}};
    ck_ok(store_private_count(s, ANA, 9, &n, err));
    ck_assert_uint_eq(n, 0);
    write_what_is_looked_at(s);
    ck_ok(store_begin(s, err));
    for (int i = 0; i < 5; i++) {
        Answer a = an_answer(51 + i, answers[i].check_in, i, answers[i].skipped ? "" : "text");
        a.is_private = answers[i].is_private;
        a.skipped = answers[i].skipped;
        ck_ok(store_answer_insert(s, &a, err));
    }
    for (int i = 0; i < 3; i++) {
        Moment m = a_moment(61 + i, i < 2 ? ANA : BEN, "a walk");
        m.is_private = i > 0;
        ck_ok(store_moment_insert(s, &m, err));
    }
    ck_ok(store_commit(s, "write", 0, minute(9), err));
    static const struct {
        Id alliance;
        size_t limit, n;
    } cases[] = {{ANA, 9, 3}, {ANA, 2, 2}, {ANA, 0, 0}, {BEN, 9, 2}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ck_ok(store_private_count(s, cases[i].alliance, cases[i].limit, &n, err));
        ck_assert_uint_eq(n, cases[i].n);
    }
    store_close(s);
}
END_TEST

START_TEST(a_commitment_kept_after_its_day_is_kept_late)
{
    Store *s = store_with_two();
    Arena arena = {0};
    Commitment c = a_commitment(10, ANA, "call"), got;
    Date day = instant_date(minute(0));
    c.due = day;
    c.side = SIDE_BOTH;
    VERB(s, "add", minute(0), ck_ok(store_commitment_insert(s, &c, err)));
    ck_ok(store_commitment_get(s, 10, &arena, &got, err));
    ck_assert_int_eq(got.state, COMMITMENT_OPEN);
    ck_assert_int_eq(got.side, SIDE_BOTH);
    ck_assert(instant_is_none(got.settled));
    got.state = COMMITMENT_KEPT;
    got.settled = minute(60 * 48);
    VERB(s, "keep", minute(0), ck_ok(store_commitment_update(s, &got, err)));
    ck_ok(store_commitment_get(s, 10, &arena, &got, err));
    ck_assert_int_eq(got.state, COMMITMENT_KEPT_LATE);
    got.due = day + 9; /* written back as read, it is not late for good */
    VERB(s, "move", minute(0), ck_ok(store_commitment_update(s, &got, err)));
    ck_ok(store_commitment_get(s, 10, &arena, &got, err));
    ck_assert_int_eq(got.state, COMMITMENT_KEPT);
    arena_finish(&arena);
    store_close(s);
}
END_TEST

START_TEST(commitments_run_open_by_day_then_settled_newest_first)
{
    Store *s = store_with_two();
    Arena arena = {0};
    static const struct {
        Id id, alliance;
        Date due;
        int settled; /* minute; 0: open */
        bool trashed;
    } in[] = {{11, ANA, 20002, 0, false}, {12, BEN, DATE_NONE, 0, false}, {13, ANA, 20001, 0, false},
              {14, ANA, 20002, 0, false}, {15, ANA, 19000, 3, false},     {16, BEN, DATE_NONE, 5, false},
              {17, ANA, 20000, 3, false}, {18, ANA, 18000, 0, true},      {19, ANA, DATE_NONE, 0, false}};
    ck_ok(store_begin(s, err));
    for (size_t i = 0; i < sizeof in / sizeof in[0]; i++) {
        Commitment c = a_commitment(in[i].id, in[i].alliance, "do");
        c.due = in[i].due;
        if (in[i].settled) {
            c.settled = minute(in[i].settled);
            c.state = COMMITMENT_LET_GO;
        }
        if (in[i].trashed) c.trashed = minute(9);
        ck_ok(store_commitment_insert(s, &c, err));
    }
    ck_ok(store_commit(s, "add", 0, minute(0), err));
    static const struct {
        CommitmentFilter filter;
        const char *ids;
    } cases[] = {{{0}, " 13 11 14 12 19 16 17 15"},
                 {{.open = true}, " 13 11 14 12 19"},
                 {{.alliance = ANA}, " 13 11 14 19 17 15"},
                 {{.alliance = BEN, .open = true}, " 12"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        for (size_t limit = 1; limit <= 9; limit++) {
            ck_assert_str_eq(walk_commitments(s, &cases[i].filter, limit, &arena), cases[i].ids);
        }
    }
    Alliance ana = an_alliance(ANA, "Ana");
    ana.trashed = minute(9);
    VERB(s, "trash", minute(9), ck_ok(store_alliance_update(s, &ana, err)));
    ck_assert_str_eq(walk_commitments(s, &cases[0].filter, 2, &arena), " 12 16");
    arena_finish(&arena);
    store_close(s);
}
END_TEST

START_TEST(due_commitments_are_counted_up_to_a_limit)
{
    Store *s = store_with_two();
    static const struct {
        Id id, alliance;
        Side side;
        Date due;
        bool settled, trashed;
    } in[] = {{11, ANA, SIDE_ME, 20000, false, false},   {12, ANA, SIDE_BOTH, 20001, false, false},
              {13, ANA, SIDE_THEM, 20000, false, false}, {14, ANA, SIDE_ME, 20000, true, false},
              {15, ANA, SIDE_ME, 20000, false, true},    {16, ANA, SIDE_ME, DATE_NONE, false, false},
              {17, BEN, SIDE_ME, 20000, false, false}};
    ck_ok(store_begin(s, err));
    for (size_t i = 0; i < sizeof in / sizeof in[0]; i++) {
        Commitment c = a_commitment(in[i].id, in[i].alliance, "do");
        c.side = in[i].side;
        c.due = in[i].due;
        if (in[i].settled) {
            c.settled = minute(1);
            c.state = COMMITMENT_KEPT;
        }
        if (in[i].trashed) c.trashed = minute(9);
        ck_ok(store_commitment_insert(s, &c, err));
    }
    ck_ok(store_commit(s, "add", 0, minute(0), err));
    static const struct {
        Date by;
        size_t limit, n;
    } cases[] = {{19999, 9, 0}, {20000, 9, 2}, {20001, 9, 3}, {20001, 2, 2}, {20001, 0, 0}};
    size_t n = 9;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ck_ok(store_commitments_due(s, cases[i].by, cases[i].limit, &n, err));
        ck_assert_uint_eq(n, cases[i].n);
    }
    Alliance ana = an_alliance(ANA, "Ana"), ben = an_alliance(BEN, "Ben");
    ben.state = STATE_ENDED;
    VERB(s, "end", minute(9), ck_ok(store_alliance_update(s, &ben, err)));
    ck_ok(store_commitments_due(s, 20001, 9, &n, err));
    ck_assert_uint_eq(n, 2);
    ana.trashed = minute(9);
    VERB(s, "trash", minute(9), ck_ok(store_alliance_update(s, &ana, err)));
    ck_ok(store_commitments_due(s, 20001, 9, &n, err));
    ck_assert_uint_eq(n, 0);
    store_close(s);
}
END_TEST

START_TEST(commitments_due_by_a_day_are_open_dated_and_of_what_goes_on)
{
    Store *s = store_with_two();
    Arena arena = {0};
    Alliance ended = an_alliance(3, "over"), trashed = an_alliance(4, "gone");
    ended.state = STATE_ENDED;
    trashed.trashed = minute(1);
    add_alliance(s, &ended);
    add_alliance(s, &trashed);
    static const struct {
        Id id, alliance;
        Side side;
        Date due;
        bool kept, trashed;
    } in[] = {{11, ANA, SIDE_THEM, 20003, false, false}, {12, BEN, SIDE_ME, 20001, false, false},
              {13, ANA, SIDE_ME, 20001, false, false},   {14, ANA, SIDE_ME, DATE_NONE, false, false},
              {15, ANA, SIDE_ME, 20000, true, false},    {16, ANA, SIDE_ME, 20000, false, true},
              {17, 3, SIDE_ME, 20000, false, false},     {18, 4, SIDE_ME, 20000, false, false},
              {19, BEN, SIDE_BOTH, 20004, false, false}};
    ck_ok(store_begin(s, err));
    for (size_t i = 0; i < sizeof in / sizeof in[0]; i++) {
        Commitment c = a_commitment(in[i].id, in[i].alliance, "do");
        c.side = in[i].side;
        c.due = in[i].due;
        if (in[i].kept) c.state = COMMITMENT_KEPT;
        if (in[i].kept) c.settled = minute(1);
        if (in[i].trashed) c.trashed = minute(1);
        ck_ok(store_commitment_insert(s, &c, err));
    }
    ck_ok(store_commit(s, "write", 0, minute(2), err));
    static const struct {
        CommitmentFilter filter;
        const char *ids;
    } cases[] = {{{.has_due_by = true, .due_by = 20000}, ""},
                 {{.has_due_by = true, .due_by = 20001}, " 12 13"},
                 {{.has_due_by = true, .due_by = 20003}, " 12 13 11"},
                 {{.has_due_by = true, .due_by = 2932896}, " 12 13 11 19"}, /* 9999-12-31 */
                 {{.alliance = ANA, .has_due_by = true, .due_by = 30000}, " 13 11"},
                 {{.alliance = BEN, .has_due_by = true, .due_by = 20003}, " 12"},
                 {{.alliance = 3, .has_due_by = true, .due_by = 30000}, ""}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        for (size_t limit = 1; limit <= 5; limit++)
            ck_assert_str_eq(walk_commitments(s, &cases[i].filter, limit, &arena), cases[i].ids);
    }
    arena_finish(&arena);
    store_close(s);
}
END_TEST

/* Alliances with a due day and a review each; three of them no longer count. */
static void write_what_is_due(Store *s)
{
    static const struct {
        const char *name;
        Date due, review;
        AllianceState state;
        bool trashed;
    } in[] = {
        {"a", 20000, 20002, STATE_ACTIVE, false},     {"b", 20001, 20001, STATE_PAUSED, false},
        {"c", 20002, 20001, STATE_ACTIVE, false},     {"d", DATE_NONE, 20003, STATE_DESIGNING, false},
        {"e", 20000, DATE_NONE, STATE_ACTIVE, false}, {"over", 20000, 20000, STATE_ENDED, false},
        {"gone", 20000, 20000, STATE_ACTIVE, true},   {"none", DATE_NONE, DATE_NONE, STATE_ACTIVE, false}};
    for (size_t i = 0; i < sizeof in / sizeof in[0]; i++) {
        Alliance a = an_alliance((Id)i + 1, in[i].name);
        a.due = in[i].due;
        a.review_on = in[i].review;
        a.state = in[i].state;
        if (in[i].trashed) a.trashed = minute(1);
        add_alliance(s, &a);
    }
}

START_TEST(due_check_ins_are_counted_up_to_a_limit)
{
    Store *s = open_memory();
    static const struct {
        Date today;
        size_t limit, n;
    } cases[] = {{19999, 9, 0}, {20000, 9, 2}, {20001, 9, 3}, {20002, 9, 4}, {30000, 9, 4}, {30000, 3, 3}};
    write_what_is_due(s);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        size_t n = 99;
        ck_ok(store_due_count(s, cases[i].today, cases[i].limit, &n, err));
        ck_assert_uint_eq(n, cases[i].n);
    }
    store_close(s);
}
END_TEST

START_TEST(reviews_come_by_their_day)
{
    Store *s = open_memory();
    Arena arena = {0};
    static const struct {
        Date until;
        size_t limit;
        const char *names;
    } cases[] = {{20000, 9, ""},
                 {20001, 9, " b:20001 c:20001"},
                 {20001, 1, " b:20001"},
                 {20002, 9, " b:20001 c:20001 a:20002"},
                 {30000, 9, " b:20001 c:20001 a:20002 d:20003"}};
    write_what_is_due(s);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ReviewRow *rows;
        size_t n = 99;
        const char *line = "";
        ck_ok(store_reviews(s, cases[i].until, cases[i].limit, &arena, &rows, &n, err));
        for (size_t k = 0; k < n; k++)
            line = arena_strf(&arena, "%s %s:%d", line, rows[k].name, (int)rows[k].on);
        ck_assert_str_eq(line, cases[i].names);
    }
    arena_finish(&arena);
    store_close(s);
}
END_TEST

START_TEST(random_commitments_page_to_the_whole)
{
    Store *s = open_memory();
    Arena arena = {0};
    World w;
    AllianceFilter alliances = {.ended = true};
    CommitmentFilter all = {0}, one = {0};
    world_init(&w, s, 11);
    while (w.clock < 120) world_verb(&w);
    one.alliance = w.alliances[0];
    const char *whole = walk_commitments(s, &all, 9999, &arena),
               *of_one = walk_commitments(s, &one, 9999, &arena);
    const char *list = walk(s, &alliances, 9999, &arena);
    ck_assert_uint_gt(strlen(whole), 400);
    for (size_t limit = 1; limit <= 7; limit++) {
        ck_assert_str_eq(walk_commitments(s, &all, limit, &arena), whole);
        ck_assert_str_eq(walk_commitments(s, &one, limit, &arena), of_one);
        ck_assert_str_eq(walk(s, &alliances, limit, &arena), list);
    }
    world_finish(&w);
    arena_finish(&arena);
    store_close(s);
}
END_TEST

START_TEST(a_draft_is_saved_over_itself_and_found_by_stage)
{
    Store *s = open_memory();
    Arena arena = {0};
    Draft d = a_draft(0, "one"), got;
    ck_ok(store_draft_save(s, &d, err));
    Id first = d.id;
    ck_assert_int_ne(first, 0);
    d.state = "two";
    d.step = 3;
    ck_ok(store_draft_save(s, &d, err));
    ck_assert_int_eq(d.id, first);
    ck_assert_int_eq(d.revision, 2);
    Draft newer = a_draft(0, "design");
    newer.stage = STAGE_DESIGN;
    newer.saved = minute(1);
    ck_ok(store_draft_save(s, &newer, err));
    ck_ok(store_draft_find(s, 0, STAGE_CHECK_IN, &arena, &got, err));
    ck_assert_str_eq(got.state, "two");
    ck_assert_int_eq(got.step, 3);
    ck_assert_int_eq(got.alliance, 0);
    ck_ok(store_draft_of(s, 0, &arena, &got, err));
    ck_assert_str_eq(got.state, "design");
    ck_fails(store_draft_find(s, 0, STAGE_RENEW, &arena, &got, err), ERR_NOT_FOUND);
    LogStep *log;
    size_t n = 9;
    ck_ok(store_log(s, 0, 9, &arena, &log, &n, err));
    ck_assert_uint_eq(n, 0); /* saving is no verb */
    arena_finish(&arena);
    store_close(s);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("rows");
    TCase *tc = tcase_create("rows");
    tcase_set_timeout(tc, 60);
    tcase_add_test(tc, an_alliance_comes_back_as_it_was_written);
    tcase_add_test(tc, what_is_not_there_is_not_found);
    tcase_add_test(tc, members_come_in_their_order);
    tcase_add_test(tc, alliances_run_by_due_day_then_name_with_open_pauses_last);
    tcase_add_test(tc, a_renamed_alliance_moves_in_the_list);
    tcase_add_test(tc, alliances_exist_unless_all_are_in_the_trash);
    tcase_add_test(tc, a_name_finds_the_exact_one_before_those_it_begins);
    tcase_add_test(tc, a_row_shows_trust_commitments_draft_snooze_and_skips);
    tcase_add_test(tc, a_row_is_the_same_on_any_page_and_alone);
    tcase_add_test(tc, parts_that_nobody_looks_at_stay_empty_and_the_others_do_not);
    tcase_add_test(tc, versions_and_terms_come_back_as_they_were_written);
    tcase_add_test(tc, check_ins_and_answers_come_back_as_they_were_written);
    tcase_add_test(tc, asked_prompts_are_counted_with_their_last_answer);
    tcase_add_test(tc, the_last_session_is_that_of_its_own_stage);
    tcase_add_test(tc, looks_come_by_their_check_ins_newest_first);
    tcase_add_test(tc, a_check_in_looks_at_a_term_once_and_in_known_words);
    tcase_add_test(tc, moments_come_newest_first);
    tcase_add_test(tc, private_answers_and_moments_are_counted_up_to_a_limit);
    tcase_add_test(tc, a_commitment_kept_after_its_day_is_kept_late);
    tcase_add_test(tc, commitments_run_open_by_day_then_settled_newest_first);
    tcase_add_test(tc, due_commitments_are_counted_up_to_a_limit);
    tcase_add_test(tc, commitments_due_by_a_day_are_open_dated_and_of_what_goes_on);
    tcase_add_test(tc, due_check_ins_are_counted_up_to_a_limit);
    tcase_add_test(tc, reviews_come_by_their_day);
    tcase_add_test(tc, random_commitments_page_to_the_whole);
    tcase_add_test(tc, a_draft_is_saved_over_itself_and_found_by_stage);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
