#include <entente/model.h>

#include <check.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Reads back every name of an enum, in capitals too, and refuses what only begins or ends with one. */
#define CHECK_NAMES(Type, count, name, parse)                                                                \
    for (int i = 0; i < (count); i++) {                                                                      \
        Type value = (Type)((i + 1) % (count));                                                              \
        Str text;                                                                                            \
        str_init(&text);                                                                                     \
        str_add_c(&text, name((Type)i));                                                                     \
        ck_assert_uint_gt(text.len, 0);                                                                      \
        ck_assert(parse(str_view(&text), &value));                                                           \
        ck_assert_int_eq((int)value, i);                                                                     \
        for (size_t k = 0; k < text.len; k++) text.buf[k] = (char)toupper((unsigned char)text.buf[k]);       \
        ck_assert(parse(str_view(&text), &value));                                                           \
        ck_assert_int_eq((int)value, i);                                                                     \
        ck_assert(!parse(sv_n(text.buf, text.len - 1), &value));                                             \
        str_add_char(&text, ' ');                                                                            \
        ck_assert(!parse(str_view(&text), &value));                                                          \
        ck_assert(!parse(SV(""), &value));                                                                   \
        ck_assert_int_eq((int)value, i);                                                                     \
        str_finish(&text);                                                                                   \
    }

START_TEST(every_name_reads_back_as_its_value){
    CHECK_NAMES(AllianceKind, ALLIANCE_TEAM + 1, alliance_kind_name, alliance_kind_parse)
        CHECK_NAMES(AllianceState, STATE_ENDED + 1, alliance_state_name, alliance_state_parse)
            CHECK_NAMES(Side, SIDE_COUNT, side_name, side_parse)
                CHECK_NAMES(Section, SECTION_COUNT, section_name, section_parse)
                    CHECK_NAMES(Stage, STAGE_COUNT, stage_name, stage_parse)
                        CHECK_NAMES(CommitmentState, COMMITMENT_STATE_COUNT, commitment_state_name,
                                    commitment_state_parse) CHECK_NAMES(MomentKind, MOMENT_KIND_COUNT,
                                                                        moment_kind_name, moment_kind_parse)
                            CHECK_NAMES(AgendaKind, AGENDA_KIND_COUNT, agenda_kind_name, agenda_kind_parse)
                                CHECK_NAMES(Talked, TALKED_THROUGH + 1, talked_name, talked_parse)
                                    CHECK_NAMES(EntryKind, ENTRY_KIND_COUNT, entry_kind_name,
                                                entry_kind_parse)} END_TEST

    START_TEST(names_are_the_words_of_the_house)
{
    ck_assert_str_eq(alliance_kind_name(ALLIANCE_ONE_TO_ONE), "one-to-one");
    ck_assert_str_eq(alliance_state_name(STATE_DESIGNING), "designing");
    ck_assert_str_eq(side_name(SIDE_THEM), "them");
    ck_assert_str_eq(section_name(SECTION_HARD_MOMENTS), "hard-moments");
    ck_assert_str_eq(section_title(SECTION_HARD_MOMENTS), "Hard moments");
    ck_assert_str_eq(stage_name(STAGE_TEAM_CHECK_IN), "team-check-in");
    ck_assert_str_eq(commitment_state_name(COMMITMENT_KEPT_LATE), "kept-late");
    ck_assert_str_eq(commitment_state_words(COMMITMENT_OPEN), "still open");
    ck_assert_str_eq(commitment_state_words(COMMITMENT_LET_GO), "let go");
    ck_assert_str_eq(moment_kind_name(MOMENT_WITHDRAWAL), "withdrawal");
    ck_assert_str_eq(agenda_kind_name(AGENDA_CHECK_IN), "check-in");
    ck_assert_str_eq(talked_name(TALKED_NOT_YET), "not-yet");
    ck_assert_str_eq(entry_kind_name(ENTRY_AGREEMENT), "agreement");
}
END_TEST

/* A title is its name as people write it; the two tables must not drift apart. */
START_TEST(titles_and_words_follow_their_names)
{
    for (int i = 0; i < SECTION_COUNT; i++) {
        const char *name = section_name((Section)i);
        const char *title = section_title((Section)i);
        ck_assert_uint_eq(strlen(name), strlen(title));
        ck_assert_int_eq(title[0], toupper((unsigned char)name[0]));
        for (size_t k = 1; name[k]; k++) ck_assert_int_eq(title[k], name[k] == '-' ? ' ' : name[k]);
    }
    for (int i = COMMITMENT_KEPT; i < COMMITMENT_STATE_COUNT; i++) {
        const char *name = commitment_state_name((CommitmentState)i);
        const char *words = commitment_state_words((CommitmentState)i);
        ck_assert_uint_eq(strlen(name), strlen(words));
        for (size_t k = 0; name[k]; k++) ck_assert_int_eq(words[k], name[k] == '-' ? ' ' : name[k]);
    }
}
END_TEST

START_TEST(the_short_walk_asks_six_sections)
{
    static const Section asked[] = {SECTION_PURPOSE,       SECTION_OFFERS,     SECTION_ASKS,
                                    SECTION_COMMUNICATION, SECTION_BOUNDARIES, SECTION_HARD_MOMENTS};
    int count = 0;
    for (int i = 0; i < SECTION_COUNT; i++) count += section_in_short_walk((Section)i);
    ck_assert_int_eq(count, 6);
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) ck_assert(section_in_short_walk(asked[i]));
}
END_TEST

START_TEST(team_stages_count_as_design_and_check_in)
{
    ck_assert_int_eq(stage_entry_kind(STAGE_TEAM_DESIGN), ENTRY_DESIGN);
    ck_assert_int_eq(stage_entry_kind(STAGE_TEAM_CHECK_IN), ENTRY_CHECK_IN);
    for (int i = 0; i < STAGE_TEAM_DESIGN; i++) {
        ck_assert_str_eq(stage_name((Stage)i), entry_kind_name(stage_entry_kind((Stage)i)));
    }
}
END_TEST

/* The day of settling is the one on the wall where it was settled. */
START_TEST(what_is_kept_after_its_day_is_kept_late)
{
    static const struct {
        CommitmentState stored;
        const char *due, *settled;
        CommitmentState shown;
    } cases[] = {
        {COMMITMENT_KEPT, "2026-11-22", "2026-11-22T23:59:00+01:00", COMMITMENT_KEPT},
        {COMMITMENT_KEPT, "2026-11-22", "2026-11-23T00:00:00+01:00", COMMITMENT_KEPT_LATE},
        {COMMITMENT_KEPT, "2026-11-22", "2026-11-22T23:30:00-05:00", COMMITMENT_KEPT},
        {COMMITMENT_KEPT, "", "2026-11-23T00:00:00+01:00", COMMITMENT_KEPT},
        {COMMITMENT_KEPT, "2026-11-22", "", COMMITMENT_KEPT},
        {COMMITMENT_KEPT_LATE, "2026-11-22", "2026-11-23T00:00:00+01:00", COMMITMENT_KEPT_LATE},
        {COMMITMENT_NOT_KEPT, "2026-11-22", "2026-11-23T00:00:00+01:00", COMMITMENT_NOT_KEPT},
        {COMMITMENT_CHANGED, "2026-11-22", "2026-11-23T00:00:00+01:00", COMMITMENT_CHANGED},
        {COMMITMENT_LET_GO, "2026-11-22", "2026-11-23T00:00:00+01:00", COMMITMENT_LET_GO},
        {COMMITMENT_OPEN, "2026-11-22", "", COMMITMENT_OPEN},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Date due = DATE_NONE;
        Instant settled = INSTANT_NONE;
        date_parse_iso(sv(cases[i].due), &due);
        instant_parse(sv(cases[i].settled), &settled);
        ck_assert_int_eq(commitment_state_of(cases[i].stored, due, settled), cases[i].shown);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("model");
    TCase *tc = tcase_create("model");
    tcase_add_test(tc, every_name_reads_back_as_its_value);
    tcase_add_test(tc, names_are_the_words_of_the_house);
    tcase_add_test(tc, titles_and_words_follow_their_names);
    tcase_add_test(tc, the_short_walk_asks_six_sections);
    tcase_add_test(tc, team_stages_count_as_design_and_check_in);
    tcase_add_test(tc, what_is_kept_after_its_day_is_kept_late);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
