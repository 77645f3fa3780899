#include <entente/prompt.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * Ten alliances, each told in a few facts, with the questions and reasons a
 * person would find sensible. A line is "key: reason"; the stage in front of
 * the key is left out.
 */

enum { SEED = 7 };

#define COUNT(list) (sizeof(list) / sizeof *(list))

typedef struct {
    const char *title;
    const char *pack; /* NULL: the check-in the program brings */
    void (*tell)(Facts *facts);
    const char *asked;   /* lines */
    const char *offered; /* lines: "stage: reason" */
} Story;

/* What was asked at the last few check-ins, so that a year does not look like a first day. */
static const PromptPast asked_before[] = {
    {"check-in.works.well", 14, 9, 0},      {"check-in.works.more", 42, 4, 0},
    {"check-in.works.easier", 84, 3, 0},    {"check-in.friction.harder", 28, 8, 1},
    {"check-in.friction.again", 56, 3, 3},  {"check-in.friction.energy", 98, 3, 0},
    {"check-in.needs.new", 28, 5, 0},       {"check-in.needs.theirs", 70, 3, 0},
    {"check-in.needs.past", 126, 1, 0},     {"check-in.unsaid.nearly", 42, 4, 2},
    {"check-in.unsaid.wish", 112, 2, 0},    {"check-in.unsaid.theirs", 84, 2, 0},
    {"check-in.assumption.ask", 56, 3, 0},  {"check-in.assumption.other", 28, 2, 0},
    {"check-in.assumption.me", 140, 1, 0},  {"check-in.thanks.owed", 14, 6, 0},
    {"check-in.thanks.unseen", 70, 3, 0},   {"check-in.thanks.mine", 154, 1, 1},
    {"check-in.feedback.useful", 42, 4, 0}, {"check-in.feedback.wanted", 98, 2, 0},
    {"check-in.feedback.heard", 126, 1, 0}, {"check-in.step.small", 28, 6, 0},
    {"check-in.step.theirs", 70, 3, 0},     {"check-in.step.joy", 112, 1, 0},
    {"check-in.balance.feel", 56, 3, 0},    {"check-in.rhythm.fit", 84, 2, 0},
};

/* An alliance with Ana of a good year, with a check-in every two weeks. */
static void tell_a_year(Facts *f)
{
    f->partner = "Ana";
    f->alliance_age = 371;
    f->check_ins = 26;
    f->days_since_check_in = 14;
    f->days_past_due = 0;
    f->cadence_agreed = 14;
    f->cadence_lived = 14;
    f->private_notes = 5;
    f->moments = 1;
    f->days_since_moment = 6;
    f->gave = f->received = 3;
    for (Side side = SIDE_ME; side < SIDE_COUNT; side++) f->slips[side] = 0;
    f->past = asked_before;
    f->past_count = COUNT(asked_before);
}

static const FactTerm terms[] = {
    {1, SECTION_PURPOSE, "Two people who stay on the same side.", 1, true, 0, false},
    {2, SECTION_COMMUNICATION, "Mornings are quiet until coffee.", 4, true, 0, false},
    {3, SECTION_BOUNDARIES, "No phones at the table.", 2, true, 0, false},
};

static void with_terms(Facts *f)
{
    f->terms = terms;
    f->term_count = COUNT(terms);
}

static void tell_calm(Facts *f)
{
    static const FactTrust trust[] = {{4, 14}, {4, 28}, {4, 42}, {5, 56}};
    static const FactCommitment open[] = {{1, SIDE_ME, "book the cabin", STANDING_OPEN, 9}};
    tell_a_year(f);
    with_terms(f);
    f->trust = trust;
    f->trust_count = COUNT(trust);
    f->commitments = open;
    f->commitment_count = COUNT(open);
}

static void tell_falling(Facts *f)
{
    static const FactTrust trust[] = {{3, 14}, {4, 28}, {5, 42}, {5, 56}};
    tell_a_year(f);
    with_terms(f);
    f->trust = trust;
    f->trust_count = COUNT(trust);
}

static void tell_they_slip(Facts *f)
{
    static const FactTrust trust[] = {{4, 14}, {4, 28}};
    static const FactCommitment slipped[] = {
        {1, SIDE_THEM, "send the draft budget", STANDING_PAST_DUE, 5},
        {2, SIDE_THEM, "ask before moving dinner", STANDING_NOT_KEPT, 14},
    };
    tell_a_year(f);
    f->trust = trust;
    f->trust_count = COUNT(trust);
    f->slips[SIDE_THEM] = 2;
    f->commitments = slipped;
    f->commitment_count = COUNT(slipped);
}

static void tell_i_slip(Facts *f)
{
    static const FactTrust trust[] = {{4, 14}, {4, 28}};
    static const FactCommitment slipped[] = {
        {1, SIDE_ME, "plan one evening without phones", STANDING_PAST_DUE, 9},
        {2, SIDE_ME, "call about the boiler", STANDING_PAST_DUE, 23},
    };
    tell_a_year(f);
    f->trust = trust;
    f->trust_count = COUNT(trust);
    f->slips[SIDE_ME] = 3;
    f->commitments = slipped;
    f->commitment_count = COUNT(slipped);
}

static void tell_unread(Facts *f)
{
    static const FactTrust trust[] = {{4, 14}, {4, 28}};
    static const FactTerm unread[] = {
        {1, SECTION_PURPOSE, "We learn from each other.", 8, false, 0, false},
        {2, SECTION_COMMUNICATION, "We answer within a day.", 8, false, 0, false},
        {3, SECTION_BOUNDARIES, "Sundays are free.", 8, false, 0, false},
        {4, SECTION_FEEDBACK, "Hard things in person.", 8, false, 0, false},
        {5, SECTION_TRIAL, "Until the summer.", 8, false, 0, false},
    };
    tell_a_year(f);
    f->check_ins = 8;
    f->trust = trust;
    f->trust_count = COUNT(trust);
    f->terms = unread;
    f->term_count = COUNT(unread);
}

static void tell_half_as_often(Facts *f)
{
    static const FactTrust trust[] = {{4, 30}, {4, 58}};
    tell_a_year(f);
    with_terms(f);
    f->check_ins = 13;
    f->days_since_check_in = 30;
    f->days_past_due = 16;
    f->cadence_lived = 29;
    f->trust = trust;
    f->trust_count = COUNT(trust);
}

static void tell_pause(Facts *f)
{
    static const FactTrust trust[] = {{4, 96}, {4, 110}};
    tell_a_year(f);
    f->days_since_check_in = 96;
    f->days_past_due = FACT_UNKNOWN; /* it was paused */
    f->moments = 4;
    f->trust = trust;
    f->trust_count = COUNT(trust);
}

static void tell_new(Facts *f)
{
    static const FactTerm fresh[] = {{1, SECTION_PURPOSE, "Get the shop running.", 0, false, 0, false}};
    f->partner = "Jo";
    f->alliance_age = 12;
    f->check_ins = 0;
    f->days_past_due = 0;
    f->cadence_agreed = 14;
    f->moments = f->gave = f->received = f->private_notes = 0;
    f->terms = fresh;
    f->term_count = COUNT(fresh);
}

static void tell_repaired(Facts *f)
{
    static const FactTrust trust[] = {{3, 12}, {2, 26}, {5, 40}};
    static const FactCommitment old[] = {{1, SIDE_ME, "be on time", STANDING_NOT_KEPT, 26}};
    tell_a_year(f);
    f->days_since_check_in = 12;
    f->days_since_repair = 24;
    f->trust = trust;
    f->trust_count = COUNT(trust);
    f->commitments = old;
    f->commitment_count = COUNT(old);
}

static void tell_failing_term(Facts *f)
{
    static const FactTrust trust[] = {{3, 14}, {3, 28}};
    static const FactTerm failing[] = {
        {1, SECTION_PURPOSE, "We share the nights fairly.", 1, true, 3, false},
        {2, SECTION_ASKS, "Each has one evening off.", 2, true, 0, false},
    };
    tell_a_year(f);
    f->partner = "Sam";
    f->trust = trust;
    f->trust_count = COUNT(trust);
    f->terms = failing;
    f->term_count = COUNT(failing);
}

static void tell_team(Facts *f)
{
    static const FactTrust trust[] = {{3, 21}, {4, 42}};
    static const FactCommitment open[] = {
        {1, SIDE_BOTH, "one meeting less a week", STANDING_OPEN, 7},
        {2, SIDE_ME, "write the minutes", STANDING_PAST_DUE, 3},
    };
    f->partner = "the night shift";
    f->team = true;
    f->check_ins = 3;
    f->trust = trust;
    f->trust_count = COUNT(trust);
    f->commitments = open;
    f->commitment_count = COUNT(open);
}

#define ENDS "\"help\":\"So.\",\"answer\":"
static const char team_pack[] =
    "{\"version\":1,\"stage\":\"team-check-in\",\"prompts\":["
    "{\"key\":\"team-check-in.voice.missing\",\"title\":\"Voices\",\"themes\":[\"T10\"],"
    "\"text\":\"Whose voice is missing?\"," ENDS "\"text\",\"rest\":20},"
    "{\"key\":\"team-check-in.mood.fall\",\"title\":\"Mood\",\"themes\":[\"T2\"],"
    "\"when\":{\"trust-fall\":{\"at-least\":1}},\"why\":\"Trust in {partner} went from {trust-before} to "
    "{trust}.\","
    "\"text\":\"What has changed in how it feels?\"," ENDS "\"text\"},"
    "{\"key\":\"team-check-in.pair.only\",\"title\":\"Two\",\"themes\":[\"T3\"],\"when\":{\"team\":false},"
    "\"text\":\"How are the two of you?\"," ENDS "\"text\"},"
    "{\"key\":\"team-check-in.meeting.rules\",\"title\":\"Meetings\",\"themes\":[\"T8\"],"
    "\"text\":\"Which rule for meetings holds?\"," ENDS "\"text\"},"
    "{\"key\":\"team-check-in.trust.now\",\"title\":\"Trust\",\"themes\":[\"T1\"],\"text\":\"How safe is it "
    "here?\","
    "\"scale\":[\"a\",\"b\",\"c\",\"d\",\"e\"]," ENDS "\"scale\",\"always\":true},"
    "{\"key\":\"team-check-in.commitments.all\",\"title\":\"Tasks\",\"themes\":[\"T6\"],"
    "\"text\":\"What became of it?\"," ENDS "\"commitments\",\"always\":true}]}";

static const Story stories[] = {
    {"a calm year", NULL, tell_calm,
     "unsaid.wish: Last asked 4 months ago.\n"
     "needs.past: Your alliance with Ana is 12 months old.\n"
     "assumption.me: Last asked 5 months ago.\n"
     "feedback.heard: Last asked 4 months ago.\n"
     "trust.now: Trust was 4 last time, as it was before.\n"
     "terms.lived: You have not looked at \"Mornings are quiet until coffee\" for 4 check-ins.\n"
     "commitments.both: There is 1 open commitment.\n"
     "last.words: This is asked every time.\n",
     ""},
    {"trust falls", NULL, tell_falling,
     "assumption.fall: Trust was 3 last time; not long before it was 5.\n"
     "unsaid.wish: Last asked 4 months ago.\n"
     "needs.past: Your alliance with Ana is 12 months old.\n"
     "feedback.heard: Last asked 4 months ago.\n"
     "trust.now: Trust was 3 last time, after 5 and 4.\n"
     "terms.lived: You have not looked at \"Mornings are quiet until coffee\" for 4 check-ins.\n"
     "commitments.both: There is no open commitment.\n"
     "last.words: This is asked every time.\n",
     "repair: Trust was 3 last time, after 5 and 4.\n"},
    {"they always slip", NULL, tell_they_slip,
     "feedback.slips: Ana's last 2 commitments slipped past their day.\n"
     "friction.delay: \"send the draft budget\" is 5 days past its day.\n"
     "agreement.lived: You have not been asked this yet.\n"
     "unsaid.wish: Last asked 4 months ago.\n"
     "trust.now: Trust was 4 last time, as it was before.\n"
     "commitments.both: Ana's second commitment in a row slipped past its day.\n"
     "last.words: This is asked every time.\n",
     "repair: Ana's commitment \"ask before moving dinner\" was not kept.\n"},
    {"I always slip", NULL, tell_i_slip,
     "needs.load: Your last 3 commitments slipped past their day.\n"
     "friction.delay: \"call about the boiler\" is 3 weeks past its day.\n"
     "agreement.lived: You have not been asked this yet.\n"
     "unsaid.wish: Last asked 4 months ago.\n"
     "trust.now: Trust was 4 last time, as it was before.\n"
     "commitments.both: Your third commitment in a row slipped past its day.\n"
     "last.words: This is asked every time.\n",
     ""},
    {"the agreement was never looked at", NULL, tell_unread,
     "unsaid.wish: Last asked 4 months ago.\n"
     "needs.past: Your alliance with Ana is 12 months old.\n"
     "assumption.me: Last asked 5 months ago.\n"
     "feedback.heard: Last asked 4 months ago.\n"
     "trust.now: Trust was 4 last time, as it was before.\n"
     "terms.lived: You have not looked at \"We learn from each other\" for 8 check-ins.\n"
     "commitments.both: There is no open commitment.\n"
     "last.words: This is asked every time.\n",
     ""},
    {"met half as often as agreed", NULL, tell_half_as_often,
     "rhythm.change: Lately you have met about every 4 weeks, more rarely than you agreed.\n"
     "unsaid.wish: Last asked 4 months ago.\n"
     "needs.past: Your alliance with Ana is 12 months old.\n"
     "assumption.me: Last asked 5 months ago.\n"
     "trust.now: Trust was 4 last time, as it was before.\n"
     "terms.lived: You have not looked at \"Mornings are quiet until coffee\" for 4 check-ins.\n"
     "commitments.both: There is no open commitment.\n"
     "last.words: This is asked every time.\n",
     "renew: You agreed to check in every 2 weeks; lately it has been about every 4 weeks.\n"},
    {"after a long pause", NULL, tell_pause,
     "needs.catch-up: Your last check-in was 3 months ago.\n"
     "thanks.moments: You noted 4 moments since your last check-in.\n"
     "agreement.lived: You have not been asked this yet.\n"
     "unsaid.wish: Last asked 4 months ago.\n"
     "trust.now: Trust was 4 last time, as it was before.\n"
     "commitments.both: There is no open commitment.\n"
     "last.words: This is asked every time.\n",
     ""},
    {"brand new", NULL, tell_new,
     "unsaid.first: This is your first check-in with Jo.\n"
     "thanks.owed: You have not been asked this yet.\n"
     "works.well: You have not been asked this yet.\n"
     "friction.harder: You have not been asked this yet.\n"
     "trust.now: Trust has not been rated yet.\n"
     "terms.lived: \"Get the shop running\" is new in your agreement.\n"
     "commitments.both: There is no open commitment.\n"
     "last.words: This is asked every time.\n",
     ""},
    {"after a repair", NULL, tell_repaired,
     "works.mended: You and Ana worked on a repair 3 weeks ago.\n"
     "agreement.lived: You have not been asked this yet.\n"
     "unsaid.wish: Last asked 4 months ago.\n"
     "needs.past: Your alliance with Ana is 12 months old.\n"
     "trust.now: Trust was 3 last time, after 5 and 2.\n"
     "commitments.both: There is no open commitment.\n"
     "last.words: This is asked every time.\n",
     ""},
    {"a team", team_pack, tell_team,
     "mood.fall: Trust in the night shift went from 4 to 3.\n"
     "voice.missing: You have not been asked this yet.\n"
     "meeting.rules: You have not been asked this yet.\n"
     "trust.now: Trust was 3 last time, after 4.\n"
     "commitments.all: Your commitment \"write the minutes\" is 3 days past its day.\n",
     ""},
    {"a term keeps failing", NULL, tell_failing_term,
     "friction.term: \"We share the nights fairly\" was marked not lived 3 times in a row.\n"
     "unsaid.wish: Last asked 4 months ago.\n"
     "needs.past: Your alliance with Sam is 12 months old.\n"
     "assumption.me: Last asked 5 months ago.\n"
     "trust.now: Trust was 3 last time, as it was before.\n"
     "terms.lived: You have not looked at \"Each has one evening off\" for 2 check-ins.\n"
     "commitments.both: There is no open commitment.\n"
     "last.words: This is asked every time.\n",
     "renew: \"We share the nights fairly\" was marked not lived 3 times in a row.\n"},
};

static Prompts *pack_of(const Story *story)
{
    Error err = {0};
    Prompts *p = NULL;
    const char *dir = getenv("ENTENTE_PROMPTS");
    ck_assert_msg(dir != NULL, "ENTENTE_PROMPTS names the folder of the packs");
    bool ok = story->pack ? prompts_read(sv(story->pack), "team.json", STAGE_TEAM_CHECK_IN, &p, &err)
                          : prompts_load(dir, STAGE_CHECK_IN, &p, &err);
    ck_assert_msg(ok, "%s", err.msg);
    return p;
}

static void add_lines(Str *out, const Facts *facts, const Prompts *pack, Arena *arena)
{
    const Choice *asked;
    size_t n = prompt_choose(pack, facts, SEED, arena, &asked);
    size_t stage = strlen(stage_name(prompts_stage(pack))) + 1;
    for (size_t i = 0; i < n; i++) str_addf(out, "%s: %s\n", asked[i].prompt->key + stage, asked[i].reason);
}

static void add_offers(Str *out, const Facts *facts, Arena *arena)
{
    Offer offers[OFFERS_MAX];
    size_t n = prompt_offers(facts, arena, offers);
    for (size_t i = 0; i < n; i++) str_addf(out, "%s: %s\n", stage_name(offers[i].stage), offers[i].reason);
}

START_TEST(a_story_is_answered_with_questions_that_fit_it)
{
    const Story *story = &stories[_i];
    Facts facts = facts_none();
    Arena arena = {0};
    Str asked, offered;
    str_init(&asked);
    str_init(&offered);
    story->tell(&facts);
    Prompts *pack = pack_of(story);
    add_lines(&asked, &facts, pack, &arena);
    add_offers(&offered, &facts, &arena);
    ck_assert_msg(strcmp(asked.buf, story->asked) == 0, "%s:\n%s", story->title, asked.buf);
    ck_assert_msg(strcmp(offered.buf, story->offered) == 0, "%s offers:\n%s", story->title, offered.buf);
    str_finish(&offered);
    str_finish(&asked);
    arena_finish(&arena);
    prompts_free(pack);
}
END_TEST

/* What stands between the marks of the man page, without roff's escapes. */
static void told_in_man(Str *out, const char *title)
{
    Str path, mark;
    str_init(&path);
    str_init(&mark);
    str_addf(&path, "%s/data/entente-prompts.5", getenv("ENTENTE_SOURCE"));
    FILE *f = fopen(path.buf, "r");
    ck_assert_ptr_nonnull(f);
    for (int c; (c = getc(f)) != EOF;)
        if (c != '\\') str_add_char(out, (char)c);
    fclose(f);
    str_addf(&mark, ".\" story %s\n", title);
    char *begin = strstr(out->buf, mark.buf), *end = begin ? strstr(begin, ".\" story end") : NULL;
    ck_assert_msg(end != NULL, "%s is not told", title);
    str_set(out, sv_n(begin + mark.len, (size_t)(end - begin) - mark.len));
    str_finish(&mark);
    str_finish(&path);
}

START_TEST(the_man_page_tells_two_of_them_as_they_are)
{
    size_t told = 0;
    for (size_t i = 0; i < COUNT(stories); i++) {
        bool in_man =
            strcmp(stories[i].title, "they always slip") == 0 || strcmp(stories[i].title, "trust falls") == 0;
        if (!in_man) continue;
        Str man;
        str_init(&man);
        told_in_man(&man, stories[i].title);
        StrView rest = sv(stories[i].asked);
        while (rest.len) {
            StrView line = sv_cut(&rest, '\n');
            Str shown;
            str_init(&shown);
            str_add_c(&shown, "  ");
            str_add(&shown, line);
            ck_assert_msg(strstr(man.buf, shown.buf) != NULL, "%s: not in the man page: %s", stories[i].title,
                          shown.buf);
            str_finish(&shown);
        }
        str_finish(&man);
        told++;
    }
    ck_assert_uint_eq(told, 2);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("stories");
    TCase *told = tcase_create("told");
    tcase_add_loop_test(told, a_story_is_answered_with_questions_that_fit_it, 0, COUNT(stories));
    tcase_add_test(told, the_man_page_tells_two_of_them_as_they_are);
    suite_add_tcase(s, told);
    SRunner *runner = srunner_create(s);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
