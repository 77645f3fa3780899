/* The further sessions: prepare, repair, renew, close, talk mode, follow-ups, terms looked at, offers. */
#include "app_fixture.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static Id agreed(App *app)
{
    Id id = fixture_alliance(app, "Ana Lima", "every 2 weeks");
    ASSERT_OK(app_agree(app, id, SECTION_PURPOSE, SIDE_BOTH, "To stay on one side.", false, NULL, &err));
    ASSERT_OK(app_agree(app, id, SECTION_OFFERS, SIDE_ME, "I cook on Sundays.", false, NULL, &err));
    ASSERT_OK(
        app_agree(app, id, SECTION_BOUNDARIES, SIDE_BOTH, "No money talk after nine.", false, NULL, &err));
    return id;
}

static void check_in_on(App *app, Id id, const char *instant, int trust)
{
    fixture_now(app, instant);
    fixture_check_in(app, id, trust, "A note.");
}

START_TEST(a_check_in_looks_at_terms_least_recently_looked_at_first)
{
    App *app = fixture_app();
    Id id = agreed(app);
    Session *s = fixture_session(app, id, STAGE_CHECK_IN);
    fixture_skip_to(s, STEP_TERMS);
    ck_assert_uint_ge(s->terms.len, 1);
    ck_assert_uint_le(s->terms.len, LOOK_MAX);
    Id first = s->terms.at[0].id;
    session_set_term_mark(s, 0, TERM_LIVED);
    ASSERT_OK(session_next(s, &err));
    fixture_skip_to(s, STEP_REVIEW);
    fixture_finish(s);
    fixture_now(app, "2026-12-06T21:40:00+01:00");
    Arena arena = {0};
    Facts facts;
    ASSERT_OK(app_facts(app, id, &arena, &facts, &err));
    for (size_t i = 0; i < facts.term_count; i++)
        ck_assert_int_eq(facts.terms[i].looked, facts.terms[i].id == first);
    arena_finish(&arena);
    app_close(app);
}
END_TEST

START_TEST(marks_of_terms_are_in_the_draft)
{
    App *app = fixture_app();
    Id id = agreed(app);
    Session *s = fixture_session(app, id, STAGE_CHECK_IN);
    fixture_skip_to(s, STEP_TERMS);
    size_t at = s->at;
    session_set_term_mark(s, 0, TERM_NOT_LIVED);
    ASSERT_OK(session_save(s, &err));
    session_free(s);
    s = fixture_session(app, id, STAGE_CHECK_IN);
    ck_assert_uint_eq(s->at, at);
    ck_assert_int_eq(s->terms.at[0].mark, TERM_NOT_LIVED);
    session_free(s);
    app_close(app);
}
END_TEST

START_TEST(a_draft_keeps_the_questions_and_reasons_it_began_with)
{
    App *app = fixture_app();
    Id id = agreed(app);
    check_in_on(app, id, "2026-11-01T20:00:00+01:00", 5);
    check_in_on(app, id, "2026-11-15T20:00:00+01:00", 2);
    fixture_now(app, "2026-11-22T20:00:00+01:00");
    Session *s = fixture_session(app, id, STAGE_CHECK_IN);
    Str before, after;
    str_init(&before);
    str_init(&after);
    for (size_t i = 0; i < s->count; i++)
        str_addf(&before, "%s|%s\n", s->steps[i].question, s->steps[i].reason);
    fixture_answer(s, "Something.");
    session_free(s);
    fixture_now(app, "2026-11-30T20:00:00+01:00");
    s = fixture_session(app, id, STAGE_CHECK_IN);
    for (size_t i = 0; i < s->count; i++)
        str_addf(&after, "%s|%s\n", s->steps[i].question, s->steps[i].reason);
    ck_assert_str_eq(before.buf, after.buf);
    ck_assert(strstr(before.buf, "Trust was") != NULL);
    str_finish(&before);
    str_finish(&after);
    session_free(s);
    app_close(app);
}
END_TEST

/* Rates trust, goes back to it, and returns the key of the question the rating opened, "" for none. */
static const char *opened_by_trust(Session *s, int value)
{
    while (session_step(s)->kind != STEP_SCALE || !session_step(s)->prompt->always)
        ASSERT_OK(session_skip(s, &err));
    size_t at = s->at;
    session_set_value(s, value);
    ASSERT_OK(session_next(s, &err));
    bool follows = strcmp(s->steps[at + 1].opened_by, s->steps[at].key) == 0;
    ASSERT_OK(session_go(s, at, &err));
    return follows ? s->steps[at + 1].key : "";
}

static bool asks(const Session *s, const char *key)
{
    for (size_t i = 0; i < s->count; i++)
        if (strcmp(s->steps[i].key, key) == 0) return true;
    return false;
}

START_TEST(a_low_trust_opens_a_question_and_a_better_one_closes_it_again)
{
    App *app = fixture_app();
    Session *s = fixture_session(app, agreed(app), STAGE_CHECK_IN);
    size_t total = session_total(s);
    const char *low = opened_by_trust(s, 1);
    ck_assert_int_ne(low[0], 0);
    ck_assert_uint_eq(session_total(s), total + 1);
    opened_by_trust(s, 4);
    ck_assert(!asks(s, low));
    session_free(s);
    app_close(app);
}
END_TEST

START_TEST(a_follow_up_with_words_is_never_closed)
{
    App *app = fixture_app();
    Session *s = fixture_session(app, agreed(app), STAGE_CHECK_IN);
    const char *low = opened_by_trust(s, 1);
    ASSERT_OK(session_go(s, s->at + 1, &err));
    ck_assert_str_eq(session_step(s)->key, low);
    session_set_text(s, SV("It was the tone."), 3);
    ASSERT_OK(session_back(s, &err));
    opened_by_trust(s, 5);
    ck_assert(asks(s, low));
    session_free(s);
    app_close(app);
}
END_TEST

START_TEST(preparing_is_private_and_shown_beside_the_design_but_not_in_talk_mode)
{
    App *app = fixture_app();
    Id id = fixture_alliance(app, "Ana Lima", "");
    Session *s = fixture_session(app, id, STAGE_PREPARE);
    ck_assert(session_step(s)->is_private);
    fixture_answer(s, "To be heard.");
    fixture_skip_to(s, STEP_REVIEW);
    fixture_finish(s);
    s = fixture_session(app, id, STAGE_DESIGN);
    ck_assert_uint_eq(s->note_count, 1);
    ck_assert_str_eq(s->notes[0].text, "To be heard.");
    session_free(s);
    s = fixture_session_at(app, &(SessionStart){.alliance = id, .stage = STAGE_DESIGN, .together = true});
    ck_assert_uint_eq(s->note_count, 0);
    session_free(s);
    Arena arena = {0};
    HistoryFilter filter = history_filter();
    HistoryRow *rows;
    HistoryCursor next;
    size_t n;
    ASSERT_OK(app_history(app, &filter, NULL, 5, &arena, &rows, &n, &next, &err));
    ck_assert_int_eq(rows[0].kind, ENTRY_PREPARE);
    ck_assert(rows[0].is_private);
    arena_finish(&arena);
    app_close(app);
}
END_TEST

START_TEST(talk_mode_asks_both_and_marks_the_version_talked_through_today)
{
    App *app = fixture_app();
    Id id = fixture_alliance(app, "Ana Lima", "");
    Session *s =
        fixture_session_at(app, &(SessionStart){.alliance = id, .stage = STAGE_DESIGN, .together = true});
    for (int turn = 0; session_step(s)->kind == STEP_TEXT; turn++) {
        ck_assert_str_eq(session_step(s)->asked, turn % 2 ? "Ana Lima" : "You");
        fixture_answer(s, turn % 2 ? "Theirs." : "Mine.");
    }
    fixture_finish(s);
    Arena arena = {0};
    AllianceDetail d = fixture_detail(app, id, &arena);
    ck_assert_int_eq(d.versions[0].talked, TALKED_THROUGH);
    ck_assert_int_eq(d.versions[0].talked_on, fixture_day("2026-11-22"));
    size_t both = 0;
    for (size_t i = 0; i < d.in_force_count; i++)
        if (d.in_force[i]->section == SECTION_PURPOSE) both++;
    ck_assert_uint_eq(both, 2);
    arena_finish(&arena);
    app_close(app);
}
END_TEST

START_TEST(talk_mode_neither_shows_nor_drops_what_is_private)
{
    App *app = fixture_app();
    Id id = agreed(app);
    ASSERT_OK(app_agree(app, id, SECTION_OFFERS, SIDE_ME, "Secretly, patience.", true, NULL, &err));
    Session *s =
        fixture_session_at(app, &(SessionStart){.alliance = id, .stage = STAGE_DESIGN, .together = true});
    for (size_t i = 0; i < s->count; i++) {
        ck_assert(strstr(s->steps[i].text.buf, "Secretly") == NULL);
        if (s->steps[i].has_section && s->steps[i].section == SECTION_OFFERS && s->steps[i].side == SIDE_ME) {
            ASSERT_OK(session_go(s, i, &err));
            session_set_text(s, SV("I cook on Saturdays."), 0);
        }
    }
    fixture_finish(s);
    Arena arena = {0};
    AllianceDetail d = fixture_detail(app, id, &arena);
    size_t kept = 0;
    for (size_t i = 0; i < d.in_force_count; i++) {
        kept += strcmp(d.in_force[i]->text, "Secretly, patience.") == 0 && d.in_force[i]->is_private;
        kept += strcmp(d.in_force[i]->text, "I cook on Saturdays.") == 0 && !d.in_force[i]->is_private;
    }
    ck_assert_uint_eq(kept, 2);
    arena_finish(&arena);
    app_close(app);
}
END_TEST

START_TEST(no_two_steps_of_a_deep_talk_write_the_same_place)
{
    App *app = fixture_app();
    Id id = fixture_alliance(app, "Ana Lima", "");
    Session *s = fixture_session_at(
        app, &(SessionStart){.alliance = id, .stage = STAGE_DESIGN, .together = true, .deep = true});
    for (size_t i = 0; i < s->count; i++)
        for (size_t k = i + 1; k < s->count; k++)
            ck_assert(!s->steps[i].has_section || !s->steps[k].has_section || s->steps[k].adds ||
                      s->steps[i].section != s->steps[k].section || s->steps[i].side != s->steps[k].side);
    session_free(s);
    app_close(app);
}
END_TEST

START_TEST(a_talk_does_not_go_on_with_what_one_wrote_alone)
{
    App *app = fixture_app();
    Id id = fixture_alliance(app, "Ana Lima", "");
    Session *s = fixture_session(app, id, STAGE_DESIGN);
    fixture_answer(s, "Only for me.");
    session_free(s);
    s = fixture_session_at(app, &(SessionStart){.alliance = id, .stage = STAGE_DESIGN, .together = true});
    for (size_t i = 0; i < s->count; i++) ck_assert_uint_eq(s->steps[i].text.len, 0);
    session_free(s);
    s = fixture_session(app, id, STAGE_DESIGN);
    ck_assert_str_eq(s->steps[0].text.buf, "Only for me.");
    session_free(s);
    app_close(app);
}
END_TEST

START_TEST(a_version_cannot_be_talked_through_on_a_day_ahead)
{
    App *app = fixture_app();
    Session *s = fixture_session(app, agreed(app), STAGE_DESIGN);
    session_set_talked(s, TALKED_THROUGH, SV("in 3 days"));
    Error why = {0};
    ck_assert(!session_finish(s, NULL, &why));
    ck_assert(strstr(why.msg, "ahead") != NULL);
    session_free(s);
    app_close(app);
}
END_TEST

START_TEST(repair_is_offered_after_a_fall_of_trust_and_not_after_a_calm_time)
{
    App *app = fixture_app();
    Id id = agreed(app);
    Arena arena = {0};
    Offer offers[OFFERS_MAX];
    size_t n;
    check_in_on(app, id, "2026-11-01T20:00:00+01:00", 5);
    ASSERT_OK(app_offers(app, id, &arena, offers, &n, &err));
    ck_assert_uint_eq(n, 0);
    check_in_on(app, id, "2026-11-15T20:00:00+01:00", 3);
    ASSERT_OK(app_offers(app, id, &arena, offers, &n, &err));
    ck_assert_uint_eq(n, 1);
    ck_assert_int_eq(offers[0].stage, STAGE_REPAIR);
    ck_assert(strstr(offers[0].reason, "3") != NULL);
    arena_finish(&arena);
    app_close(app);
}
END_TEST

START_TEST(a_repair_keeps_promise_changed_term_and_day_in_one_step_of_undo)
{
    App *app = fixture_app();
    Id id = agreed(app);
    char *before = fixture_dump(app);
    Session *s = fixture_session(app, id, STAGE_REPAIR);
    fixture_answer(s, "The call came at ten.");
    fixture_skip_to(s, STEP_TERMS);
    session_set_term_deal(s, s->terms.len - 1, DEAL_CHANGE, SV("No money talk after eight."));
    ASSERT_OK(session_next(s, &err));
    fixture_skip_to(s, STEP_COMMITMENTS);
    session_set_commit(s, 0, SIDE_ME, SV("call before I am late"), SV("in 7 days"));
    ASSERT_OK(session_next(s, &err));
    fixture_skip_to(s, STEP_DATE);
    session_set_text(s, SV("in 3 weeks"), 0);
    ASSERT_OK(session_next(s, &err));
    fixture_skip_to(s, STEP_REVIEW);
    fixture_finish(s);
    Arena arena = {0};
    AllianceDetail d = fixture_detail(app, id, &arena);
    ck_assert_int_eq(d.row.alliance.version, 4);
    ck_assert_int_eq(d.row.alliance.review_on, fixture_day("2026-12-13"));
    ck_assert_int_eq(d.row.open[SIDE_ME], 1);
    ck_assert_str_eq(d.versions[3].reason, "After a repair talk.");
    ASSERT_OK(app_undo(app, NULL, &err));
    AllianceDetail undone = fixture_detail(app, id, &arena);
    ck_assert_int_eq(undone.row.alliance.version, 3);
    ck_assert_int_eq(undone.row.alliance.review_on, DATE_NONE);
    ck_assert_int_eq(undone.row.open[SIDE_ME], 0);
    free(before);
    arena_finish(&arena);
    app_close(app);
}
END_TEST

START_TEST(a_renewal_keeps_changes_and_drops_terms_with_its_reason)
{
    App *app = fixture_app();
    Id id = agreed(app);
    Session *s = fixture_session(app, id, STAGE_RENEW);
    fixture_skip_to(s, STEP_TERMS);
    ck_assert_uint_eq(s->terms.len, 3);
    for (size_t i = 0; i < s->terms.len; i++) {
        if (s->terms.at[i].section == SECTION_OFFERS) session_set_term_deal(s, i, DEAL_DROP, SV(""));
        if (s->terms.at[i].section == SECTION_BOUNDARIES)
            session_set_term_deal(s, i, DEAL_CHANGE, SV("Money on Saturdays."));
    }
    ASSERT_OK(session_next(s, &err));
    fixture_skip_to(s, STEP_CADENCE);
    session_set_cadence(s, SV("monthly"), SV(""));
    ASSERT_OK(session_next(s, &err));
    fixture_skip_to(s, STEP_REVIEW);
    session_set_reason(s, SV("A new season."));
    fixture_finish(s);
    Arena arena = {0};
    AllianceDetail d = fixture_detail(app, id, &arena);
    ck_assert_int_eq(d.row.alliance.version, 4);
    ck_assert_uint_eq(d.in_force_count, 2);
    ck_assert_str_eq(d.in_force[1]->text, "Money on Saturdays.");
    ck_assert_str_eq(d.versions[3].reason, "A new season.");
    ck_assert_int_eq(d.row.alliance.cadence.unit, UNIT_MONTH);
    arena_finish(&arena);
    app_close(app);
}
END_TEST

START_TEST(three_times_not_lived_offers_the_renewal_at_that_term)
{
    App *app = fixture_app();
    Id id = fixture_alliance(app, "Ana Lima", "weekly");
    ASSERT_OK(app_agree(app, id, SECTION_OFFERS, SIDE_ME, "I cook on Sundays.", false, NULL, &err));
    for (int week = 0; week < 3; week++) {
        app_set_now(app, instant_local(app_zone(app), fixture_day("2026-11-22") + 7 * week, 1200));
        Session *s = fixture_session(app, id, STAGE_CHECK_IN);
        fixture_skip_to(s, STEP_TERMS);
        session_set_term_mark(s, 0, TERM_NOT_LIVED);
        ASSERT_OK(session_next(s, &err));
        fixture_skip_to(s, STEP_REVIEW);
        fixture_finish(s);
    }
    Arena arena = {0};
    Offer offers[OFFERS_MAX];
    size_t n;
    ASSERT_OK(app_offers(app, id, &arena, offers, &n, &err));
    ck_assert_uint_eq(n, 1);
    ck_assert_int_eq(offers[0].stage, STAGE_RENEW);
    ck_assert_ptr_nonnull(offers[0].term);
    Session *s = fixture_session_at(
        app, &(SessionStart){.alliance = id, .stage = STAGE_RENEW, .term = offers[0].term->id});
    ck_assert_int_eq(session_step(s)->kind, STEP_TERMS);
    session_free(s);
    arena_finish(&arena);
    app_close(app);
}
END_TEST

START_TEST(closing_ends_the_alliance_and_undo_brings_it_back)
{
    App *app = fixture_app();
    Id id = agreed(app);
    Session *s = fixture_session(app, id, STAGE_CLOSE);
    fixture_answer(s, "Thank you for the Sundays.");
    fixture_skip_to(s, STEP_REVIEW);
    fixture_finish(s);
    Arena arena = {0};
    ck_assert_int_eq(fixture_detail(app, id, &arena).row.alliance.state, STATE_ENDED);
    ASSERT_OK(app_undo(app, NULL, &err));
    ck_assert_int_eq(fixture_detail(app, id, &arena).row.alliance.state, STATE_ACTIVE);
    arena_finish(&arena);
    app_close(app);
}
END_TEST

START_TEST(a_team_takes_the_team_s_own_packs)
{
    App *app = fixture_app();
    NewAlliance n = {.name = "Night shift",
                     .kind = ALLIANCE_TEAM,
                     .first = DATE_NONE,
                     .members = (const char *const[]){"Ada", "Bo"},
                     .member_count = 2};
    Done done;
    done_init(&done);
    ASSERT_OK(app_new_alliance(app, &n, &done, &err));
    Session *s = fixture_session(app, done.id, STAGE_CHECK_IN);
    ck_assert_int_eq(s->stage, STAGE_TEAM_CHECK_IN);
    ck_assert(strncmp(s->steps[0].key, "team-check-in.", 14) == 0);
    fixture_answer(s, "We listened.");
    fixture_finish(s);
    Arena arena = {0};
    ck_assert_uint_eq(fixture_detail(app, done.id, &arena).check_ins_total, 1);
    arena_finish(&arena);
    done_finish(&done);
    app_close(app);
}
END_TEST

START_TEST(a_starter_brings_its_own_examples)
{
    App *app = fixture_app();
    Session *s = fixture_session(app, 0, STAGE_DESIGN);
    ck_assert_ptr_nonnull(s->situations);
    const Situation *starter = situations_at(s->situations, 0);
    session_set_who(s, SV("Ana"), SV(""), false);
    session_set_situation(s, starter->key);
    ASSERT_OK(session_next(s, &err));
    bool own = false;
    for (size_t i = 0; i < s->count; i++)
        own = own ||
              (s->steps[i].has_section && s->steps[i].examples == starter->examples[s->steps[i].section]);
    ck_assert(own);
    session_free(s);
    app_close(app);
}
END_TEST

START_TEST(why_says_what_would_be_asked_and_for_which_fact)
{
    App *app = fixture_app();
    Id id = agreed(app);
    Arena arena = {0};
    Prompts *prompts;
    const Choice *choices;
    size_t n;
    ASSERT_OK(app_why(app, id, STAGE_CHECK_IN, &arena, &prompts, &choices, &n, &err));
    ck_assert_uint_ge(n, 5);
    for (size_t i = 0; i < n; i++) ck_assert_int_ne(choices[i].reason[0], 0);
    prompts_free(prompts);
    arena_finish(&arena);
    app_close(app);
}
END_TEST

int main(void)
{
    TCase *tc = tcase_create("stages");
    tcase_set_timeout(tc, 60);
    tcase_add_test(tc, a_check_in_looks_at_terms_least_recently_looked_at_first);
    tcase_add_test(tc, marks_of_terms_are_in_the_draft);
    tcase_add_test(tc, a_draft_keeps_the_questions_and_reasons_it_began_with);
    tcase_add_test(tc, a_low_trust_opens_a_question_and_a_better_one_closes_it_again);
    tcase_add_test(tc, a_follow_up_with_words_is_never_closed);
    tcase_add_test(tc, preparing_is_private_and_shown_beside_the_design_but_not_in_talk_mode);
    tcase_add_test(tc, talk_mode_asks_both_and_marks_the_version_talked_through_today);
    tcase_add_test(tc, talk_mode_neither_shows_nor_drops_what_is_private);
    tcase_add_test(tc, no_two_steps_of_a_deep_talk_write_the_same_place);
    tcase_add_test(tc, a_talk_does_not_go_on_with_what_one_wrote_alone);
    tcase_add_test(tc, a_version_cannot_be_talked_through_on_a_day_ahead);
    tcase_add_test(tc, repair_is_offered_after_a_fall_of_trust_and_not_after_a_calm_time);
    tcase_add_test(tc, a_repair_keeps_promise_changed_term_and_day_in_one_step_of_undo);
    tcase_add_test(tc, a_renewal_keeps_changes_and_drops_terms_with_its_reason);
    tcase_add_test(tc, three_times_not_lived_offers_the_renewal_at_that_term);
    tcase_add_test(tc, closing_ends_the_alliance_and_undo_brings_it_back);
    tcase_add_test(tc, a_team_takes_the_team_s_own_packs);
    tcase_add_test(tc, a_starter_brings_its_own_examples);
    tcase_add_test(tc, why_says_what_would_be_asked_and_for_which_fact);
    Suite *suite = suite_create("stages");
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
