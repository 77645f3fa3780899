/* The guided session: what it asks, keeps, and never loses. */
#include "app_fixture.h"

#include <check.h>
#include <entente/store_checkins.h>
#include <stdlib.h>
#include <string.h>

static Session *begin_section(App *app, Id alliance, Section section)
{
    Session *s;
    SessionStart start = {
        .alliance = alliance, .stage = STAGE_DESIGN, .has_section = true, .section = section};
    ASSERT_OK(session_begin(app, &start, &s, &err));
    return s;
}

/* A new alliance with Ana Lima: its purpose, two offers, every 2 weeks from 1 Dec. */
static Id designed(App *app)
{
    Session *s = fixture_session(app, 0, STAGE_DESIGN);
    session_set_who(s, SV("Ana Lima"), SV("partner"), false);
    ASSERT_OK(session_next(s, &err));
    fixture_answer(s, "Two people who stay on one side.");
    fixture_answer(s, "I say early when I am overloaded.\n- I cook on Sundays.");
    fixture_skip_to(s, STEP_CADENCE);
    session_set_cadence(s, SV("every 2 weeks"), SV("1 dec"));
    ASSERT_OK(session_next(s, &err));
    ck_assert_int_eq(session_step(s)->kind, STEP_REVIEW);
    Id id = s->alliance;
    ASSERT_OK(session_finish(s, NULL, &err));
    session_free(s);
    return id;
}

START_TEST(a_short_design_has_eight_steps_and_a_review)
{
    App *app = fixture_app();
    Session *s = fixture_session(app, 0, STAGE_DESIGN);
    ck_assert_uint_eq(session_total(s), 8);
    ck_assert_int_eq(s->steps[0].kind, STEP_WHO);
    ck_assert_int_eq(s->steps[7].kind, STEP_CADENCE);
    ck_assert_int_eq(s->steps[8].kind, STEP_REVIEW);
    session_set_who(s, SV("Ana"), SV(""), true);
    ASSERT_OK(session_next(s, &err));
    ck_assert_uint_gt(session_total(s), 11);
    ck_assert_uint_eq(s->at, 1);
    session_free(s);
    app_close(app);
}
END_TEST

START_TEST(finishing_a_design_writes_version_one_its_terms_and_the_cadence)
{
    App *app = fixture_app();
    Arena arena = {0};
    AllianceDetail d = fixture_detail(app, designed(app), &arena);
    ck_assert_int_eq(d.row.alliance.version, 1);
    ck_assert_int_eq(d.row.alliance.state, STATE_ACTIVE);
    ck_assert_int_eq(d.row.alliance.due, fixture_day("2026-12-01"));
    ck_assert_uint_eq(d.in_force_count, 3);
    ck_assert_str_eq(d.in_force[0]->text, "Two people who stay on one side.");
    ck_assert_str_eq(d.in_force[1]->text, "I say early when I am overloaded.");
    ck_assert_str_eq(d.in_force[2]->text, "I cook on Sundays.");
    ck_assert(!d.row.has_draft);
    arena_finish(&arena);
    app_close(app);
}
END_TEST

START_TEST(a_design_left_half_way_goes_on_where_it_stood)
{
    App *app = fixture_app();
    Session *s = fixture_session(app, 0, STAGE_DESIGN);
    session_set_who(s, SV("Ana Lima"), SV(""), false);
    ASSERT_OK(session_next(s, &err));
    session_set_text(s, SV("naïve 日本語 👩‍👩‍👧 e\xcc\x81"), 6);
    ASSERT_OK(session_save(s, &err));
    Id id = s->alliance;
    session_free(s);
    s = fixture_session(app, id, STAGE_DESIGN);
    ck_assert(s->resumed);
    ck_assert_uint_eq(s->at, 1);
    ck_assert_str_eq(session_step(s)->text.buf, "naïve 日本語 👩‍👩‍👧 e\xcc\x81");
    ck_assert_uint_eq(session_step(s)->cursor, 6);
    ck_assert_uint_eq(session_total(s), 8);
    session_free(s);
    app_close(app);
}
END_TEST

START_TEST(a_name_typed_before_the_alliance_exists_is_in_a_draft_too)
{
    App *app = fixture_app();
    Session *s = fixture_session(app, 0, STAGE_DESIGN);
    session_set_who(s, SV("An"), SV(""), false);
    ASSERT_OK(session_save(s, &err));
    session_free(s);
    s = fixture_session(app, 0, STAGE_DESIGN);
    ck_assert_str_eq(s->name.buf, "An");
    session_free(s);
    app_close(app);
}
END_TEST

START_TEST(the_words_of_a_design_whose_alliance_was_undone_are_offered_again)
{
    App *app = fixture_app();
    Session *s = fixture_session(app, 0, STAGE_DESIGN);
    session_set_who(s, SV("Ana Lima"), SV(""), false);
    ASSERT_OK(session_next(s, &err));
    fixture_answer(s, "To stay on one side.");
    session_free(s);
    ASSERT_OK(app_undo(app, NULL, &err));
    s = fixture_session(app, 0, STAGE_DESIGN);
    ck_assert_str_eq(s->name.buf, "Ana Lima");
    ck_assert_str_eq(s->steps[1].text.buf, "To stay on one side.");
    ASSERT_OK(session_go(s, 0, &err));
    ASSERT_OK(session_next(s, &err));
    ck_assert_int_ne(s->alliance, 0);
    session_free(s);
    app_close(app);
}
END_TEST

START_TEST(a_session_nothing_was_typed_into_leaves_no_draft)
{
    App *app = fixture_app();
    Id id = designed(app);
    Session *s = fixture_session(app, id, STAGE_CHECK_IN);
    ASSERT_OK(session_skip(s, &err));
    ASSERT_OK(session_back(s, &err));
    session_free(s);
    Arena arena = {0};
    ck_assert(!fixture_detail(app, id, &arena).row.has_draft);
    arena_finish(&arena);
    app_close(app);
}
END_TEST

START_TEST(a_who_step_without_a_name_stays_and_says_why)
{
    App *app = fixture_app();
    Session *s = fixture_session(app, 0, STAGE_DESIGN);
    Error err = {0};
    ck_assert(!session_next(s, &err));
    ck_assert_int_eq(err.code, ERR_USAGE);
    ck_assert_uint_eq(s->at, 0);
    session_free(s);
    app_close(app);
}
END_TEST

START_TEST(amending_changes_only_what_was_changed_and_counts_a_version)
{
    App *app = fixture_app();
    Id id = designed(app);
    Session *s = begin_section(app, id, SECTION_OFFERS);
    ck_assert_str_eq(session_step(s)->text.buf, "I say early when I am overloaded.\nI cook on Sundays.");
    session_set_text(s, SV("I cook on Saturdays.\nI say early when I am overloaded."), 0);
    ASSERT_OK(session_next(s, &err));
    ASSERT_OK(session_finish(s, NULL, &err));
    session_free(s);
    Arena arena = {0};
    AllianceDetail d = fixture_detail(app, id, &arena);
    ck_assert_int_eq(d.row.alliance.version, 2);
    ck_assert_uint_eq(d.in_force_count, 3);
    ck_assert_str_eq(d.in_force[1]->text, "I cook on Saturdays.");
    ck_assert_int_eq(d.in_force[1]->from_version, 2);
    ck_assert_int_ne(d.in_force[1]->replaces, 0);
    ck_assert_int_eq(d.in_force[2]->from_version, 1);
    arena_finish(&arena);
    app_close(app);
}
END_TEST

START_TEST(an_amendment_that_changes_nothing_keeps_the_version_and_no_session)
{
    App *app = fixture_app();
    Id id = designed(app);
    char *before = fixture_dump(app);
    Session *s = begin_section(app, id, SECTION_OFFERS);
    Done done;
    done_init(&done);
    ASSERT_OK(session_next(s, &err));
    ASSERT_OK(session_finish(s, &done, &err));
    ck_assert_str_eq(done.text.buf, "Nothing changed: version 1 stays as it is.");
    session_free(s);
    char *after = fixture_dump(app);
    ck_assert_str_eq(before, after);
    free(before);
    free(after);
    done_finish(&done);
    app_close(app);
}
END_TEST

START_TEST(talking_it_through_later_is_noted_with_the_version_in_force)
{
    App *app = fixture_app();
    Id id = designed(app);
    Session *s = begin_section(app, id, SECTION_OFFERS);
    fixture_skip_to(s, STEP_REVIEW);
    session_set_talked(s, TALKED_THROUGH, SV("yesterday"));
    ASSERT_OK(session_finish(s, NULL, &err));
    session_free(s);
    Arena arena = {0};
    AllianceDetail d = fixture_detail(app, id, &arena);
    ck_assert_uint_eq(d.version_count, 1);
    ck_assert_int_eq(d.versions[0].talked, TALKED_THROUGH);
    ck_assert_int_eq(d.versions[0].talked_on, fixture_day("2026-11-21"));
    arena_finish(&arena);
    app_close(app);
}
END_TEST

START_TEST(another_cadence_is_read_back_with_the_days_it_will_give)
{
    App *app = fixture_app();
    Id id = designed(app);
    fixture_check_in(app, id, 4, "");
    Session *s = fixture_session(app, id, STAGE_DESIGN);
    fixture_skip_to(s, STEP_CADENCE);
    session_set_cadence(s, SV("weekly"), SV(""));
    Str words;
    str_init(&words);
    session_understood(s, &words);
    ck_assert_ptr_nonnull(strstr(words.buf,
                                 "every week (rolling: counted from the last check-in): Sun 29 Nov, "
                                 "Sun 6 Dec, Sun 13 Dec, Sun 20 Dec, Sun 27 Dec, and so on."));
    str_clear(&words);
    session_set_cadence(s, SV("every 2 weeks on tuesday"), SV(""));
    session_understood(s, &words);
    ck_assert_ptr_nonnull(strstr(words.buf, "every second Tuesday (fixed: follows the calendar): Tue "));
    str_clear(&words);
    session_understood_briefly(s, &words);
    ck_assert_ptr_nonnull(strstr(words.buf, "; fixed: follows the calendar."));
    session_set_cadence(s, SV("weekly"), SV(""));
    str_finish(&words);
    fixture_skip_to(s, STEP_REVIEW);
    ASSERT_OK(session_finish(s, NULL, &err));
    session_free(s);
    Arena arena = {0};
    ck_assert_int_eq(fixture_detail(app, id, &arena).row.alliance.due, fixture_day("2026-11-29"));
    arena_finish(&arena);
    app_close(app);
}
END_TEST

START_TEST(a_whole_amendment_walked_through_unchanged_keeps_nothing_either)
{
    App *app = fixture_app();
    Id id = designed(app);
    char *before = fixture_dump(app);
    Session *s = fixture_session(app, id, STAGE_DESIGN);
    fixture_skip_to(s, STEP_REVIEW);
    ASSERT_OK(session_finish(s, NULL, &err));
    session_free(s);
    char *after = fixture_dump(app);
    ck_assert_str_eq(before, after);
    free(before);
    free(after);
    app_close(app);
}
END_TEST

START_TEST(two_who_amend_at_once_never_overwrite_each_other)
{
    App *app = fixture_app();
    Id id = designed(app);
    Session *s = begin_section(app, id, SECTION_OFFERS);
    session_set_text(s, SV("Mine."), 0);
    ASSERT_OK(app_agree(app, id, SECTION_OFFERS, SIDE_ME, "Theirs.", false, NULL, &err));
    Error err = {0};
    ck_assert(!session_finish(s, NULL, &err));
    ck_assert(strstr(err.msg, "version 2") != NULL);
    ck_assert(strstr(err.msg, "draft") != NULL);
    session_free(s);
    app_close(app);
}
END_TEST

static const char *text_at(const Session *s, Side side)
{
    for (size_t i = 0; i < s->count; i++)
        if (s->steps[i].has_section && s->steps[i].side == side) return s->steps[i].text.buf;
    return NULL;
}

START_TEST(a_draft_left_takes_over_what_was_agreed_on_meanwhile)
{
    App *app = fixture_app();
    Id id = designed(app);
    ASSERT_OK(app_agree(app, id, SECTION_ASKS, SIDE_ME, "asked", false, NULL, &err));
    Session *s = begin_section(app, id, SECTION_ASKS);
    ck_assert_str_eq(text_at(s, SIDE_ME), "asked");
    session_set_text(s, SV("asked\ntyped"), 0);
    ASSERT_OK(session_save(s, &err));
    session_free(s);
    ASSERT_OK(app_agree(app, id, SECTION_ASKS, SIDE_ME, "agreed elsewhere", false, NULL, &err));
    ASSERT_OK(app_agree(app, id, SECTION_ASKS, SIDE_THEM, "theirs", false, NULL, &err));
    s = fixture_session(app, id, STAGE_DESIGN);
    ck_assert(s->resumed);
    ck_assert_str_eq(text_at(s, SIDE_ME), "asked\ntyped\nagreed elsewhere");
    ck_assert_str_eq(text_at(s, SIDE_THEM), "theirs");
    ASSERT_OK(session_finish(s, NULL, &err));
    session_free(s);
    Arena arena = {0};
    AllianceDetail d = fixture_detail(app, id, &arena);
    ck_assert_int_eq(d.row.alliance.version, 5);
    ck_assert_uint_eq(d.in_force_count, 3 + 4);
    arena_finish(&arena);
    app_close(app);
}
END_TEST

START_TEST(finishing_leaves_what_another_program_wrote_into_the_draft_since)
{
    App *app = fixture_app();
    Id id = designed(app);
    Session *s = fixture_session(app, id, STAGE_CHECK_IN);
    fixture_answer(s, "mine");
    fixture_skip_to(s, STEP_REVIEW);
    Session *other = fixture_session(app, id, STAGE_CHECK_IN);
    ASSERT_OK(session_go(other, 1, &err));
    session_set_text(other, SV("theirs"), 0);
    ASSERT_OK(session_save(other, &err));
    session_free(other);
    ASSERT_OK(session_finish(s, NULL, &err));
    session_free(s);
    s = fixture_session(app, id, STAGE_CHECK_IN);
    ck_assert(s->resumed);
    ck_assert_str_eq(session_step(s)->text.buf, "theirs");
    session_free(s);
    app_close(app);
}
END_TEST

START_TEST(a_term_marked_private_stays_private_when_its_neighbours_change)
{
    App *app = fixture_app();
    Id id = designed(app);
    ASSERT_OK(app_agree(app, id, SECTION_OFFERS, SIDE_ME, "Secret.", true, NULL, &err));
    Session *s = begin_section(app, id, SECTION_OFFERS);
    session_set_text(s, SV("I cook on Sundays.\nSecret.\nI listen."), 0);
    ASSERT_OK(session_finish(s, NULL, &err));
    session_free(s);
    Arena arena = {0};
    AllianceDetail d = fixture_detail(app, id, &arena);
    for (size_t i = 0; i < d.in_force_count; i++)
        ck_assert_int_eq(d.in_force[i]->is_private, strcmp(d.in_force[i]->text, "Secret.") == 0);
    arena_finish(&arena);
    app_close(app);
}
END_TEST

START_TEST(a_check_in_keeps_answers_trust_and_commitments_and_settles_old_ones)
{
    App *app = fixture_app();
    Arena arena = {0};
    Id id = designed(app);
    Id old = fixture_commitment(app, id, SIDE_ME, "send the draft budget", DATE_NONE);
    Session *s = fixture_session(app, id, STAGE_CHECK_IN);
    fixture_answer(s, "A first line.\nnaïve 日本語 👩‍👩‍👧 e\xcc\x81");
    fixture_skip_to(s, STEP_SCALE);
    while (strcmp(session_step(s)->key, "check-in.trust.now") != 0) ASSERT_OK(session_skip(s, &err));
    session_set_value(s, 3);
    fixture_answer(s, "dinner moved twice");
    fixture_skip_to(s, STEP_COMMITMENTS);
    ck_assert_uint_eq(s->settle.len, 1);
    session_set_settle(s, 0, COMMITMENT_KEPT);
    session_set_commit(s, 0, SIDE_THEM, SV("call before seven"), SV("sun 6 dec"));
    ck_assert_uint_eq(s->commits.len, 2);
    Str said;
    str_init(&said);
    session_understood(s, &said);
    ck_assert_str_eq(said.buf, "Understood: Ana Lima, \"call before seven\", by Sun 6 Dec 2026.");
    str_finish(&said);
    ASSERT_OK(session_next(s, &err));
    fixture_skip_to(s, STEP_REVIEW);
    ASSERT_OK(session_finish(s, NULL, &err));
    session_free(s);
    AllianceDetail d = fixture_detail(app, id, &arena);
    ck_assert_int_eq(d.row.alliance.last_trust, 3);
    ck_assert_int_eq(d.row.alliance.due, fixture_day("2026-12-06"));
    ck_assert_str_eq(d.check_ins[0].trust_note, "dinner moved twice");
    ck_assert_str_eq(d.last_quote, "A first line.\nnaïve 日本語 👩‍👩‍👧 e\xcc\x81");
    ck_assert_int_eq(d.row.open[SIDE_THEM], 1);
    ck_assert_int_eq(d.row.open[SIDE_ME], 0);
    for (size_t i = 0; i < d.commitment_count; i++)
        if (d.commitments[i].commitment.id == old)
            ck_assert_int_eq(d.commitments[i].commitment.state, COMMITMENT_KEPT);
    arena_finish(&arena);
    app_close(app);
}
END_TEST

START_TEST(a_check_in_always_asks_trust_and_commitments_and_five_to_eight_questions)
{
    App *app = fixture_app();
    Id id = designed(app);
    for (int day = 0; day < 30; day++) {
        app_set_now(app, instant_local(app_zone(app), fixture_day("2026-11-22") + day * 3, 600));
        Session *s = fixture_session(app, id, STAGE_CHECK_IN);
        bool trust = false, commitments = false;
        ck_assert_uint_ge(session_total(s), 5);
        ck_assert_uint_le(session_total(s), 8);
        for (size_t i = 0; i < s->count; i++) {
            trust = trust || strcmp(s->steps[i].key, "check-in.trust.now") == 0;
            commitments = commitments || s->steps[i].kind == STEP_COMMITMENTS;
        }
        ck_assert(trust && commitments);
        fixture_answer(s, "Something.");
        ASSERT_OK(session_finish(s, NULL, &err));
        session_free(s);
    }
    app_close(app);
}
END_TEST

START_TEST(a_commitment_gone_or_settled_elsewhere_does_not_hold_a_check_in_up)
{
    App *app = fixture_app();
    Id id = designed(app);
    Id settled = fixture_commitment(app, id, SIDE_ME, "settled elsewhere", DATE_NONE);
    fixture_commitment(app, id, SIDE_ME, "taken back elsewhere", DATE_NONE);
    Session *s = fixture_session(app, id, STAGE_CHECK_IN);
    ck_assert_uint_eq(s->settle.len, 2);
    session_set_settle(s, 0, COMMITMENT_KEPT);
    session_set_settle(s, 1, COMMITMENT_KEPT);
    ASSERT_OK(app_undo(app, NULL, &err));
    ASSERT_OK(app_settle(app, settled, COMMITMENT_LET_GO, NULL, &err));
    ASSERT_OK(session_finish(s, NULL, &err));
    session_free(s);
    Arena arena = {0};
    AllianceDetail d = fixture_detail(app, id, &arena);
    ck_assert_uint_eq(d.commitment_count, 1);
    ck_assert_int_eq(d.commitments[0].commitment.state, COMMITMENT_LET_GO);
    arena_finish(&arena);
    app_close(app);
}
END_TEST

START_TEST(a_private_word_on_trust_stands_nowhere_unmarked)
{
    App *app = fixture_app();
    Session *s = fixture_session(app, designed(app), STAGE_CHECK_IN);
    fixture_skip_to(s, STEP_SCALE);
    session_set_value(s, 2);
    session_set_private(s, true);
    fixture_answer(s, "hidden");
    fixture_skip_to(s, STEP_REVIEW);
    ASSERT_OK(session_finish(s, NULL, &err));
    session_free(s);
    Str rows;
    str_init(&rows);
    ASSERT_OK(app_dump(app, &rows, &err));
    ck_assert_ptr_nonnull(strstr(rows.buf, "text=\"hidden\""));
    ck_assert_ptr_null(strstr(rows.buf, "trust_note=\"hidden\""));
    str_finish(&rows);
    app_close(app);
}
END_TEST

START_TEST(an_empty_check_in_is_not_kept)
{
    App *app = fixture_app();
    Session *s = fixture_session(app, designed(app), STAGE_CHECK_IN);
    Error err = {0};
    ck_assert(!session_finish(s, NULL, &err));
    ck_assert_int_eq(err.code, ERR_USAGE);
    session_free(s);
    app_close(app);
}
END_TEST

START_TEST(a_day_that_is_no_day_keeps_the_step_and_names_the_word)
{
    App *app = fixture_app();
    Session *s = fixture_session(app, designed(app), STAGE_CHECK_IN);
    fixture_skip_to(s, STEP_COMMITMENTS);
    session_set_commit(s, 0, SIDE_ME, SV("call"), SV("banana"));
    size_t at = s->at;
    Error err = {0};
    ck_assert(!session_next(s, &err));
    ck_assert(strstr(err.msg, "banana") != NULL);
    ck_assert_uint_eq(s->at, at);
    session_free(s);
    app_close(app);
}
END_TEST

START_TEST(a_day_in_words_stays_that_day_when_the_draft_is_finished_later)
{
    App *app = fixture_app();
    Id id = designed(app);
    Session *s = fixture_session(app, id, STAGE_CHECK_IN);
    fixture_skip_to(s, STEP_COMMITMENTS);
    session_set_commit(s, 0, SIDE_ME, SV("call"), SV("friday"));
    ASSERT_OK(session_next(s, &err));
    session_free(s);
    fixture_now(app, "2026-12-05T21:40:00+01:00");
    s = fixture_session(app, id, STAGE_CHECK_IN);
    ASSERT_OK(session_finish(s, NULL, &err));
    session_free(s);
    Arena arena = {0};
    ck_assert_int_eq(fixture_detail(app, id, &arena).commitments[0].commitment.due,
                     fixture_day("2026-11-27"));
    arena_finish(&arena);
    app_close(app);
}
END_TEST

START_TEST(a_thought_becomes_a_commitment_once)
{
    App *app = fixture_app();
    Session *s = fixture_session(app, designed(app), STAGE_CHECK_IN);
    session_set_text(s, SV("\n  ask before accepting plans \nmore"), 0);
    session_make_commitment(s);
    session_make_commitment(s);
    ck_assert_uint_eq(s->commits.len, 2);
    ck_assert_str_eq(s->commits.at[0].text.buf, "ask before accepting plans");
    session_free(s);
    app_close(app);
}
END_TEST

START_TEST(the_demo_has_its_people_and_nothing_to_undo)
{
    App *app;
    Zone zone = zone_fixed(3600);
    AppOptions options = {.zone = &zone, .seed = 1, .has_now = true};
    ck_assert(instant_parse(SV("2026-11-22T21:40:00+01:00"), &options.now));
    ASSERT_OK(app_open_demo(&options, &app, &err));
    ck_assert(app_is_demo(app));
    Str words;
    str_init(&words);
    ASSERT_OK(app_today_sentence(app, &words, &err));
    ck_assert(sv_starts(str_view(&words), SV("Today: check-ins with ")));
    str_finish(&words);
    Error err = {0};
    ck_assert(!app_undo(app, NULL, &err));
    app_close(app);
}
END_TEST

int main(void)
{
    TCase *tc = tcase_create("session");
    tcase_set_timeout(tc, 60);
    tcase_add_test(tc, a_short_design_has_eight_steps_and_a_review);
    tcase_add_test(tc, finishing_a_design_writes_version_one_its_terms_and_the_cadence);
    tcase_add_test(tc, a_design_left_half_way_goes_on_where_it_stood);
    tcase_add_test(tc, a_name_typed_before_the_alliance_exists_is_in_a_draft_too);
    tcase_add_test(tc, the_words_of_a_design_whose_alliance_was_undone_are_offered_again);
    tcase_add_test(tc, a_session_nothing_was_typed_into_leaves_no_draft);
    tcase_add_test(tc, a_who_step_without_a_name_stays_and_says_why);
    tcase_add_test(tc, amending_changes_only_what_was_changed_and_counts_a_version);
    tcase_add_test(tc, an_amendment_that_changes_nothing_keeps_the_version_and_no_session);
    tcase_add_test(tc, a_whole_amendment_walked_through_unchanged_keeps_nothing_either);
    tcase_add_test(tc, talking_it_through_later_is_noted_with_the_version_in_force);
    tcase_add_test(tc, another_cadence_is_read_back_with_the_days_it_will_give);
    tcase_add_test(tc, two_who_amend_at_once_never_overwrite_each_other);
    tcase_add_test(tc, a_draft_left_takes_over_what_was_agreed_on_meanwhile);
    tcase_add_test(tc, finishing_leaves_what_another_program_wrote_into_the_draft_since);
    tcase_add_test(tc, a_term_marked_private_stays_private_when_its_neighbours_change);
    tcase_add_test(tc, a_check_in_keeps_answers_trust_and_commitments_and_settles_old_ones);
    tcase_add_test(tc, a_check_in_always_asks_trust_and_commitments_and_five_to_eight_questions);
    tcase_add_test(tc, a_commitment_gone_or_settled_elsewhere_does_not_hold_a_check_in_up);
    tcase_add_test(tc, a_private_word_on_trust_stands_nowhere_unmarked);
    tcase_add_test(tc, an_empty_check_in_is_not_kept);
    tcase_add_test(tc, a_day_that_is_no_day_keeps_the_step_and_names_the_word);
    tcase_add_test(tc, a_day_in_words_stays_that_day_when_the_draft_is_finished_later);
    tcase_add_test(tc, a_thought_becomes_a_commitment_once);
    tcase_add_test(tc, the_demo_has_its_people_and_nothing_to_undo);
    Suite *suite = suite_create("session");
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
