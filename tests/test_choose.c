#include <entente/prompt.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The rules of the choice one by one, on packs made for them. */

/* A small pack in a line: each prompt a few words, the way the tests below need them. */
typedef struct {
    const char *key, *themes, *more;
} Row;

static Prompts *pack_of(const Row *rows, size_t count)
{
    Str json;
    str_init(&json);
    str_add_c(&json, "{\"version\":1,\"stage\":\"check-in\",\"prompts\":[");
    for (size_t i = 0; i < count; i++)
        str_addf(
            &json,
            "%s{\"key\":\"check-in.%s\",\"title\":\"T\",\"themes\":[%s],\"text\":\"Why?\",\"help\":\"So.\","
            "\"answer\":\"text\"%s}",
            i ? "," : "", rows[i].key, rows[i].themes, rows[i].more);
    str_add_c(&json, "]}");
    Error err = {0};
    Prompts *p = NULL;
    ck_assert_msg(prompts_read(str_view(&json), "check-in.json", STAGE_CHECK_IN, &p, &err), "%s", err.msg);
    str_finish(&json);
    return p;
}

#define PACK_OF(rows) pack_of(rows, sizeof(rows) / sizeof *(rows))

/* The chosen keys, without their stage, in a line: easy to compare and to read in a failure. */
static void expect(const Prompts *p, const Facts *facts, const char *want)
{
    Arena arena = {0};
    const Choice *asked;
    Str got;
    str_init(&got);
    size_t n = prompt_choose(p, facts, 0, &arena, &asked);
    for (size_t i = 0; i < n; i++)
        str_addf(&got, "%s%s", i ? " " : "", asked[i].prompt->key + strlen("check-in."));
    ck_assert_str_eq(got.buf, want);
    str_finish(&got);
    arena_finish(&arena);
}

static Facts with_past(const PromptPast *past, size_t count)
{
    Facts facts = facts_none();
    facts.past = past;
    facts.past_count = count;
    return facts;
}

#define ALWAYS ",\"always\":true"
#define FRAME                                                                                                \
    {"z.trust", "\"C3\"", ALWAYS}, {"z.tasks", "\"C5\"", ALWAYS},                                            \
    {                                                                                                        \
        "z.end", "", ALWAYS                                                                                  \
    }
#define ASKED(name, ago)                                                                                     \
    {                                                                                                        \
        .key = "check-in." name, .days = (ago), .times = 1                                                   \
    }

START_TEST(what_is_needed_comes_first_then_the_new_then_the_longest_ago)
{
    static const Row rows[] = {{"a.recent", "\"C1\"", ""},
                               {"a.old", "\"C2\"", ""},
                               {"a.light", "\"C4\"", ",\"weight\":1"},
                               {"a.needed", "\"C6\"", ",\"when\":{\"trust-now\":{\"at-most\":2}}"},
                               FRAME};
    static const PromptPast past[] = {ASKED("a.recent", 5), ASKED("a.old", 90), ASKED("a.needed", 30)};
    static const FactTrust low = {2, 9};
    Prompts *p = PACK_OF(rows);
    Facts facts = with_past(past, 3);
    expect(p, &facts, "a.light a.old a.recent z.trust z.tasks z.end");
    facts.trust = &low;
    facts.trust_count = 1;
    expect(p, &facts, "a.needed a.light a.old a.recent z.trust z.tasks z.end");
    prompts_free(p);
}
END_TEST

START_TEST(what_was_left_open_comes_later_but_it_comes)
{
    static const Row rows[] = {{"a.skipped", "\"C1\"", ""}, {"a.answered", "\"C2\"", ""}, FRAME};
    PromptPast past[] = {ASKED("a.skipped", 60), ASKED("a.answered", 20)};
    Prompts *p = PACK_OF(rows);
    Facts facts = with_past(past, 2);
    expect(p, &facts, "a.skipped a.answered z.trust z.tasks z.end");
    past[0].skipped = 1;
    expect(p, &facts, "a.answered a.skipped z.trust z.tasks z.end");
    past[0].days = 300;
    expect(p, &facts, "a.skipped a.answered z.trust z.tasks z.end");
    prompts_free(p);
}
END_TEST

START_TEST(once_asked_is_not_asked_again_even_when_questions_are_few)
{
    static const Row rows[] = {
        {"a.once", "\"C1\"", ",\"weight\":9,\"once\":true"}, {"a.again", "\"C2\"", ""}, FRAME};
    static const PromptPast past[] = {ASKED("a.once", 900)};
    Prompts *p = PACK_OF(rows);
    Facts facts = facts_none();
    expect(p, &facts, "a.once a.again z.trust z.tasks z.end");
    facts = with_past(past, 1);
    expect(p, &facts, "a.again z.trust z.tasks z.end");
    prompts_free(p);
}
END_TEST

START_TEST(rest_gives_way_only_to_reach_the_least_number)
{
    static const Row rows[] = {{"a.one", "\"C1\"", ",\"rest\":30"},
                               {"a.two", "\"C2\"", ",\"rest\":30"},
                               {"a.three", "\"C4\"", ",\"rest\":30"},
                               FRAME};
    PromptPast past[] = {ASKED("a.one", 0), ASKED("a.two", 29), ASKED("a.three", 15)};
    Prompts *p = PACK_OF(rows);
    Facts facts = with_past(past, 3);
    expect(p, &facts, "a.two a.three z.trust z.tasks z.end");
    past[1].days = 30;
    past[0].days = 60;
    expect(p, &facts, "a.one a.two z.trust z.tasks z.end");
    prompts_free(p);
}
END_TEST

START_TEST(themes_never_meet_nor_stand_near_what_is_always_asked)
{
    static const Row rows[] = {{"a.one", "\"C1\",\"C2\"", ",\"weight\":10"},
                               {"a.two", "\"C2\",\"C4\"", ",\"weight\":7"},
                               {"a.trust", "\"C3\"", ",\"weight\":10"},
                               {"a.last", "\"C4\"", ",\"weight\":2"},
                               {"a.more", "\"C6\"", ",\"weight\":1,\"follow-up\":true"},
                               FRAME};
    Prompts *p = PACK_OF(rows);
    Facts facts = facts_none();
    expect(p, &facts, "a.one a.last z.trust z.tasks z.end");
    prompts_free(p);
}
END_TEST

START_TEST(many_open_commitments_leave_room_for_themselves)
{
    static const Row rows[] = {{"a.one", "\"C1\"", ",\"weight\":9"},
                               {"a.two", "\"C2\"", ",\"weight\":6"},
                               {"a.three", "\"C4\"", ",\"weight\":3"},
                               {"a.four", "\"C6\"", ",\"weight\":1"},
                               FRAME};
    static const FactCommitment open[5] = {{1, SIDE_ME, "a", STANDING_OPEN, 1},
                                           {2, SIDE_ME, "b", STANDING_OPEN, 1},
                                           {3, SIDE_ME, "c", STANDING_OPEN, 1},
                                           {4, SIDE_ME, "d", STANDING_PAST_DUE, 1},
                                           {5, SIDE_ME, "e", STANDING_OPEN, 1}};
    Prompts *p = PACK_OF(rows);
    Facts facts = facts_none();
    facts.commitments = open;
    facts.commitment_count = 4;
    expect(p, &facts, "a.one a.two a.three a.four z.trust z.tasks z.end");
    facts.commitment_count = 5;
    expect(p, &facts, "a.one a.two a.three z.trust z.tasks z.end");
    prompts_free(p);
}
END_TEST

START_TEST(a_pack_of_anything_stays_within_bounds)
{
    static const Row lonely[] = {{"a.one", "\"C1\"", ""}};
    Prompts *few = PACK_OF(lonely);
    Facts facts = facts_none();
    expect(few, &facts, "a.one");
    prompts_free(few);
}
END_TEST

START_TEST(what_a_situation_dwells_on_comes_earlier_and_says_so)
{
    static const Row rows[] = {{"a.one", "\"C1\"", ",\"weight\":6"}, {"a.two", "\"C2\"", ",\"weight\":4"}};
    static const char *const themes[] = {"C2"};
    Prompts *p = PACK_OF(rows);
    Facts facts = facts_none();
    Arena arena = {0};
    const Choice *asked;
    expect(p, &facts, "a.one a.two");
    facts.emphasis = themes;
    facts.emphasis_count = 1;
    facts.situation = "neighbours";
    facts.situation_name = "Neighbours";
    ck_assert_uint_eq(prompt_choose(p, &facts, 0, &arena, &asked), 2);
    ck_assert_str_eq(asked[0].prompt->key, "check-in.a.two");
    ck_assert_str_eq(asked[0].reason, "This matters where an alliance began from \"Neighbours\".");
    arena_finish(&arena);
    prompts_free(p);
}
END_TEST

/* ---- reasons ---- */

START_TEST(a_value_in_a_reason_is_never_filled_in_again)
{
    static const Row rows[] = {{"a.one", "\"C1\"",
                                ",\"when\":{\"commitments-past-due\":{\"at-least\":1}},\"why\":\"{partner}: "
                                "{commitment}, {days}\""}};
    static const FactCommitment one = {1, SIDE_ME, "%s%n {partner} {days}", STANDING_PAST_DUE, 1};
    Prompts *p = PACK_OF(rows);
    Facts facts = facts_none();
    Arena arena = {0};
    const Choice *asked;
    facts.partner = "{me} %d";
    facts.commitments = &one;
    facts.commitment_count = 1;
    ck_assert_uint_eq(prompt_choose(p, &facts, 0, &arena, &asked), 1);
    ck_assert_str_eq(asked[0].reason, "{me} %d: \"%s%n {partner} {days}\", 1 day");
    arena_finish(&arena);
    prompts_free(p);
}
END_TEST

/* A condition, facts that meet it, and the sentence the engine makes of them. */
static const struct {
    const char *when, *reason;
} said[] = {
    {"\"trust-now\":{\"at-most\":2}", "Trust was 2 last time, after 5 and 4."},
    {"\"trust-fall\":{\"at-least\":3}", "Trust was 2 last time, after 5 and 4."},
    {"\"trust-lowest\":{\"at-most\":1,\"over\":4}", "The lowest of your last 4 ratings of trust was 1."},
    {"\"alliance-age\":{\"at-least\":10},\"role\":{\"any-of\":[\"boss\",\"Manager\"]}",
     "You named what Ana is to you: manager."},
    {"\"situation\":{\"any-of\":[\"peers\"]}", "Your alliance began from \"peers\"."},
    {"\"days-since-check-in\":{\"at-least\":30}", "Your last check-in was 7 weeks ago."},
    {"\"days-past-due\":{\"at-least\":1}", "The day of this check-in was 1 day ago."},
    {"\"days-past-review\":{\"equals\":0}", "The day to look at your agreement again was today."},
    {"\"days-since-repair\":{\"at-most\":60}", "Your last repair was 13 days ago."},
    {"\"cadence-lived\":{\"at-least\":151}",
     "You agreed to check in every 7 days; lately it has been about every 2 weeks."},
    {"\"commitments-open\":{\"equals\":0,\"side\":\"me\"}", "You have no open commitment."},
    {"\"commitments-open\":{\"at-least\":2,\"side\":\"them\"}", "Ana has 2 open commitments."},
    {"\"commitments-past-due\":{\"at-least\":1}",
     "Your shared commitment \"paint the hall\" is 3 weeks past its day."},
    {"\"commitments-not-kept\":{\"at-least\":1}", "Your commitment \"be on time\" was not kept."},
    {"\"commitments-slipped\":{\"at-least\":2}", "Ana's second commitment in a row slipped past its day."},
    {"\"commitments-slipped\":{\"at-least\":1,\"side\":\"me\"}",
     "Your last commitment slipped past its day."},
    {"\"term-unseen\":{\"at-least\":4}", "You have not looked at \"Calm mornings\" for 4 check-ins."},
    {"\"term-not-lived\":{\"at-least\":2}", "\"Sundays are free\" was marked not lived 2 times in a row."},
    {"\"term-no-longer-fits\":{\"at-least\":1}", "\"Sundays are free\" was marked as no longer fitting."},
    {"\"moments\":{\"equals\":0}", "You noted no moments since your last check-in."},
    {"\"days-since-moment\":{\"at-least\":30}", "The last moment you noted was 5 weeks ago."},
    {"\"balance\":{\"at-least\":3}", "Lately you noted giving 5 times and receiving 1 time."},
    {"\"private-notes\":{\"equals\":0}", "You have noted nothing in private so far."},
    {"\"check-ins\":{\"at-least\":1}", "You have not been asked this yet."},
    {"\"team\":false", "You have not been asked this yet."},
};

static Facts rich_facts(void)
{
    static const FactTrust trust[] = {{2, 5}, {4, 20}, {5, 40}, {1, 60}};
    static const FactCommitment commitments[] = {
        {1, SIDE_THEM, "a", STANDING_OPEN, 3},
        {2, SIDE_THEM, "b", STANDING_OPEN, FACT_UNKNOWN},
        {3, SIDE_BOTH, "paint the hall.", STANDING_PAST_DUE, 22},
        {4, SIDE_ME, "x", STANDING_PAST_DUE, 2},
        {5, SIDE_ME, "be on time", STANDING_NOT_KEPT, 4},
        {6, SIDE_ME, "repaired since", STANDING_NOT_KEPT, 14},
    };
    static const FactTerm terms[] = {{1, SECTION_TONE, "Calm mornings.", 4, true, 0, false},
                                     {2, SECTION_TRIAL, "Sundays are free", 1, true, 2, true}};
    Facts f = facts_none();
    f.partner = "Ana";
    f.role = "manager";
    f.situation = "peers";
    f.alliance_age = 100;
    f.check_ins = 4;
    f.days_since_check_in = 50;
    f.days_past_due = 1;
    f.days_past_review = 0;
    f.days_since_repair = 13;
    f.cadence_agreed = 7;
    f.cadence_lived = 15;
    f.moments = 0;
    f.days_since_moment = 36;
    f.gave = 5;
    f.received = 1;
    f.private_notes = 0;
    f.slips[SIDE_ME] = 1;
    f.slips[SIDE_THEM] = 2;
    f.trust = trust;
    f.trust_count = 4;
    f.commitments = commitments;
    f.commitment_count = 6;
    f.terms = terms;
    f.term_count = 2;
    return f;
}

START_TEST(the_engine_says_what_decided)
{
    Facts facts = rich_facts();
    Arena arena = {0};
    const Choice *asked;
    Str more;
    str_init(&more);
    str_addf(&more, ",\"when\":{%s}", said[_i].when);
    const Row row = {"a.one", "\"C1\"", more.buf};
    Prompts *p = pack_of(&row, 1);
    ck_assert_msg(prompt_choose(p, &facts, 0, &arena, &asked) == 1, "%s does not hold", said[_i].when);
    ck_assert_str_eq(asked[0].reason, said[_i].reason);
    Facts nothing = facts_none();
    bool known = prompt_applies(prompts_at(p, 0), &nothing);
    ck_assert_msg(!known || strstr(said[_i].when, "team") || strstr(said[_i].when, "commitments-open"),
                  "%s holds of nothing", said[_i].when);
    prompts_free(p);
    str_finish(&more);
    arena_finish(&arena);
}
END_TEST

START_TEST(a_fall_is_one_only_while_trust_goes_down)
{
    static const Row rows[] = {{"a.one", "\"C1\"", ",\"when\":{\"trust-fall\":{\"at-least\":2}}"}};
    static const struct {
        FactTrust trust[3];
        bool fell;
    } cases[] = {{{{3, 1}, {5, 2}, {5, 3}}, true},  {{{3, 1}, {4, 2}, {5, 3}}, true},
                 {{{3, 1}, {3, 2}, {5, 3}}, true},  {{{3, 1}, {2, 2}, {5, 3}}, false},
                 {{{4, 1}, {5, 2}, {5, 3}}, false}, {{{5, 1}, {1, 2}, {1, 3}}, false}};
    Prompts *p = PACK_OF(rows);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Facts facts = facts_none();
        facts.trust = cases[i].trust;
        facts.trust_count = 3;
        ck_assert_msg(prompt_applies(prompts_at(p, 0), &facts) == cases[i].fell, "case %zu", i);
    }
    prompts_free(p);
}
END_TEST

/* ---- follow-ups ---- */

#define SCALE ",\"answer\":\"scale\",\"scale\":[\"low\",\"mid\",\"high\"]"
#define CHOICES                                                                                              \
    ",\"answer\":\"choice\",\"choices\":[{\"value\":\"keep\",\"words\":\"Keep "                              \
    "it\"},{\"value\":\"drop\",\"words\":\"Drop it\"}]"
#define HEAD(key)                                                                                            \
    "{\"key\":\"check-in." key "\",\"title\":\"T\",\"themes\":[\"C1\"],\"text\":\"Why?\",\"help\":\"So.\""
#define TO(key, more) "{\"prompt\":\"check-in." key "\"" more "}"
static const char
    opening[] =
        "{\"version\":1,\"stage\":\"check-in\",\"prompts\":[" HEAD(
            "q.scale") SCALE ",\"follow-ups\":[" TO("f.low",
                                                    ",\"at-most\":1") "," TO("f.high", ",\"at-least\":3") "," TO("f.any", ",\"at-least\":3") "]}"
                                                                                                                                             "," HEAD("q.choice") CHOICES ",\"follow-ups\":[" TO("f.low", ","
                                                                                                                                                                                                          "\"is\":[\"drop\"]") "]}," HEAD("q.text") ",\"answer\":\"text\",\"follow-ups\":[" TO("f.any", "") "]}," HEAD("q.terms") ",\"answer\":\"terms\",\"follow-ups\":[" TO("f.low", ",\"is\":[\"not-lived\",\"no-longer-fits\"]") "]}," HEAD("q.tasks") ",\"answer\":\"commitments\",\"follow-ups\":[" TO("f.low", ",\"is\":[\"not-kept\"]") "," TO("f."
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                       "any",
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                       ",\"i"
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                       "s\":"
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                       "[\"n"
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                       "ew\""
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                       "]") "]}," HEAD("f.low") ",\"answer\":\"text\",\"follow-ups\":[" TO("f.any",
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                           "") "]}," HEAD("f.high") ",\"answer\":\"text\",\"rest\":20}," HEAD("f.any") ",\"answer\":\"text\",\"follow-up\":true}]}";

static const struct {
    const char *asked, *text;
    int value;
    const char *mark;
    bool follow_up;
    int rested; /* days since f.high was asked; 0: never */
    const char *opens, *reason;
} replies[] = {
    {"q.scale", "", 1, NULL, false, 0, "f.low", "You answered 1: low."},
    {"q.scale", "", 2, NULL, false, 0, NULL, NULL},
    {"q.scale", "", 3, NULL, false, 0, "f.high", "You answered 3: high."},
    {"q.scale", "", 3, NULL, false, 5, "f.any", "You answered 3: high."},
    {"q.scale", "", 3, NULL, false, 20, "f.high", "You answered 3: high."},
    {"q.scale", "", 0, NULL, false, 0, NULL, NULL},
    {"q.scale", "a line", 0, NULL, false, 0, NULL, NULL},
    {"q.scale", "", 1, NULL, true, 0, NULL, NULL},
    {"q.choice", "", 2, NULL, false, 0, "f.low", "You answered: Drop it."},
    {"q.choice", "", 1, NULL, false, 0, NULL, NULL},
    {"q.choice", "", 9, NULL, false, 0, NULL, NULL},
    {"q.text", " x ", 0, NULL, false, 0, "f.any", "You have just answered under \"T\"."},
    {"q.text", " \n ", 0, NULL, false, 0, NULL, NULL},
    {"q.terms", "", 0, "not-lived", false, 0, "f.low", "You marked a term of your agreement: not lived."},
    {"q.terms", "", 0, "lived", false, 0, NULL, NULL},
    {"q.tasks", "", 0, "not-kept", false, 0, "f.low", "A commitment was just settled: not kept."},
    {"q.tasks", "", 0, "new", false, 0, "f.any", "You have just made a new commitment."},
    {"f.low", "x", 0, NULL, true, 0, NULL, NULL},
    {"f.low", "x", 0, NULL, false, 0, "f.any", "You have just answered under \"T\"."},
};

START_TEST(an_answer_opens_what_it_should_and_one_deep)
{
    Error err = {0};
    Prompts *p = NULL;
    ck_assert_msg(prompts_read(sv(opening), "o.json", STAGE_CHECK_IN, &p, &err), "%s", err.msg);
    PromptPast past = {"check-in.f.high", replies[_i].rested, 1, 0};
    Facts facts = with_past(&past, replies[_i].rested > 0);
    Reply reply = {sv(replies[_i].text), replies[_i].value, &replies[_i].mark, replies[_i].mark != NULL,
                   replies[_i].follow_up};
    Arena arena = {0};
    Choice next;
    Str key;
    str_init(&key);
    str_addf(&key, "check-in.%s", replies[_i].asked);
    bool opened = prompt_follow_up(p, prompts_find(p, key.buf), &reply, &facts, &arena, &next);
    ck_assert_msg(opened == (replies[_i].opens != NULL), "%d", _i);
    if (opened) {
        ck_assert_str_eq(next.prompt->key + strlen("check-in."), replies[_i].opens);
        ck_assert_str_eq(next.reason, replies[_i].reason);
        ck_assert_str_eq(next.fact, "answer");
    }
    str_finish(&key);
    arena_finish(&arena);
    prompts_free(p);
}
END_TEST

/* ---- offers ---- */

static void expect_offers(const Facts *facts, const char *want)
{
    Arena arena = {0};
    Offer offers[OFFERS_MAX];
    Str got;
    str_init(&got);
    size_t n = prompt_offers(facts, &arena, offers);
    for (size_t i = 0; i < n; i++)
        str_addf(&got, "%s%s/%s", i ? " " : "", stage_name(offers[i].stage), offers[i].fact);
    ck_assert_str_eq(got.buf, want);
    str_finish(&got);
    arena_finish(&arena);
}

START_TEST(repair_is_offered_for_a_fall_low_trust_or_a_broken_word_until_repaired)
{
    FactTrust trust[] = {{3, 5}, {5, 20}, {5, 40}};
    FactCommitment broken = {1, SIDE_THEM, "x", STANDING_NOT_KEPT, 5};
    Facts f = facts_none();
    expect_offers(&f, "");
    f.trust = trust;
    f.trust_count = 3;
    expect_offers(&f, "repair/trust-fall");
    f.days_since_repair = 6;
    expect_offers(&f, "repair/trust-fall");
    f.days_since_repair = 5;
    expect_offers(&f, "");
    trust[1] = (FactTrust){3, 20};
    f.days_since_repair = 20;
    expect_offers(&f, "");
    f.days_since_repair = FACT_UNKNOWN;
    trust[0].value = 2;
    trust[1].value = 1;
    expect_offers(&f, "repair/trust-now");
    trust[0].value = 4;
    expect_offers(&f, "");
    f.commitments = &broken;
    f.commitment_count = 1;
    expect_offers(&f, "repair/commitments-not-kept");
    f.days_since_repair = 3;
    expect_offers(&f, "");
}
END_TEST

START_TEST(renew_is_offered_when_the_agreement_no_longer_matches_life)
{
    FactTerm terms[] = {{1, SECTION_TONE, "a", 1, true, 0, false}, {2, SECTION_TONE, "b", 1, true, 2, false}};
    Facts f = facts_none();
    f.terms = terms;
    f.term_count = 2;
    expect_offers(&f, "");
    terms[1].not_lived = 3;
    expect_offers(&f, "renew/term-not-lived");
    terms[0].no_longer_fits = true;
    expect_offers(&f, "renew/term-no-longer-fits");
    f.term_count = 0;
    f.days_past_review = -1;
    expect_offers(&f, "");
    f.days_past_review = 0;
    expect_offers(&f, "renew/days-past-review");
    f.days_past_review = FACT_UNKNOWN;
    f.cadence_agreed = 14;
    f.cadence_lived = 21;
    expect_offers(&f, "");
    f.cadence_lived = 22;
    expect_offers(&f, "renew/cadence-lived");
    f.cadence_lived = 7;
    expect_offers(&f, "");
    f.cadence_lived = 6;
    expect_offers(&f, "renew/cadence-lived");
    f.cadence_lived = FACT_UNKNOWN;
    expect_offers(&f, "");
}
END_TEST

START_TEST(renew_opens_at_the_term_that_fails)
{
    static const FactTerm terms[] = {{1, SECTION_TONE, "a", 1, true, 3, false},
                                     {2, SECTION_TONE, "b", 1, true, 4, false}};
    Facts f = facts_none();
    Arena arena = {0};
    Offer offers[OFFERS_MAX];
    f.terms = terms;
    f.term_count = 2;
    ck_assert_uint_eq(prompt_offers(&f, &arena, offers), 1);
    ck_assert_ptr_eq(offers[0].term, &terms[1]);
    ck_assert_str_eq(offers[0].reason, "\"b\" was marked not lived 4 times in a row.");
    arena_finish(&arena);
}
END_TEST

/* ---- walks ---- */

static Prompts *shipped(Stage stage)
{
    Error err = {0};
    Prompts *p = NULL;
    ck_assert_msg(prompts_load(getenv("ENTENTE_PROMPTS"), stage, &p, &err), "%s", err.msg);
    return p;
}

static void expect_walk(const Prompts *p, bool deep, const char *want)
{
    Arena arena = {0};
    const Choice *walk;
    Str got;
    str_init(&got);
    size_t n = prompt_walk(p, NULL, deep, &arena, &walk);
    for (size_t i = 0; i < n; i++)
        str_addf(&got, "%s%s/%s", i ? " " : "", section_name(walk[i].prompt->section),
                 side_name(walk[i].prompt->side));
    ck_assert_str_eq(got.buf, want);
    str_finish(&got);
    arena_finish(&arena);
}

START_TEST(the_walks_of_a_design_go_through_the_sections_in_the_agreements_order)
{
    Prompts *p = shipped(STAGE_DESIGN);
    expect_walk(p, false,
                "purpose/both offers/me asks/me communication/both boundaries/me hard-moments/both");
    expect_walk(
        p, true,
        "purpose/both purpose/them offers/me offers/them asks/me asks/them tone/both tone/them "
        "communication/both communication/them practicalities/both boundaries/me boundaries/them "
        "feedback/me feedback/them hard-moments/both hard-moments/them success/both success/them trial/both");
    prompts_free(p);
}
END_TEST

START_TEST(a_section_is_walked_heaviest_first_one_side_after_the_other)
{
    static const Row rows[] = {
        {"p.a", "\"D1\"", ",\"section\":\"offers\",\"side\":\"me\",\"weight\":6"},
        {"p.b", "\"D1\"", ",\"section\":\"offers\",\"side\":\"both\",\"weight\":7"},
        {"p.c", "\"D1\"", ",\"section\":\"offers\",\"side\":\"me\",\"weight\":7"},
        {"p.d", "\"D1\"", ",\"section\":\"offers\",\"side\":\"them\",\"weight\":2"},
        {"p.e", "\"D1\"", ",\"section\":\"offers\",\"side\":\"them\",\"weight\":3"},
        {"p.g", "\"D1\"", ""},
    };
    static const char *const keys[] = {"p.b", "p.c", "p.a", "p.e", "p.d"};
    Prompts *p = PACK_OF(rows);
    const Prompt **walk;
    ck_assert_uint_eq(prompt_walk_section(p, SECTION_OFFERS, &walk), 5);
    for (size_t i = 0; i < 5; i++) ck_assert_str_eq(walk[i]->key + strlen("check-in."), keys[i]);
    free(walk);
    ck_assert_uint_eq(prompt_walk_section(p, SECTION_ASKS, &walk), 0);
    free(walk);
    prompts_free(p);
}
END_TEST

#define REPAIR(key, theme, more)                                                                             \
    "{\"key\":\"repair." key "\",\"title\":\"T\",\"themes\":[\"" theme                                       \
    "\"],\"text\":\"Why?\",\"help\":\"So.\"" more "}"
static const char repair[] =
    "{\"version\":1,\"stage\":\"repair\",\"prompts\":[" REPAIR("a.camera", "R1", ",\"answer\":\"text\"") "," REPAIR("a.other", "R1", ",\"answer\":\"text\",\"weight\":4") "," REPAIR(
        "b.low", "R2",
        ",\"answer\":\"text\",\"when\":{\"trust-now\":{\"at-"
        "most\":2}}") "," REPAIR("b.any", "R2",
                                 ",\"answer\":\"text\","
                                 "\"weight\":9") "," REPAIR("c."
                                                            "term"
                                                            "s",
                                                            "R7",
                                                            ",\"a"
                                                            "nswe"
                                                            "r\":"
                                                            "\"te"
                                                            "rms"
                                                            "\"") "," REPAIR("d.day", "R8",
                                                                             ",\"answer\":\"date\"") "," REPAIR("d.more",
                                                                                                                "R8",
                                                                                                                ",\"answer\":\"text\",\"follow-up\":true") "]}";

START_TEST(other_walks_take_the_best_of_each_theme_or_all_that_fit)
{
    static const FactTrust low = {2, 1};
    static const FactTerm terms[5] = {
        {.text = "a"}, {.text = "b"}, {.text = "c"}, {.text = "d"}, {.text = "e"}};
    Error err = {0};
    Prompts *p = NULL;
    Arena arena = {0};
    const Choice *walk;
    ck_assert_msg(prompts_read(sv(repair), "repair.json", STAGE_REPAIR, &p, &err), "%s", err.msg);
    ck_assert_uint_eq(prompt_walk(p, NULL, false, &arena, &walk), 3);
    ck_assert_str_eq(walk[0].prompt->key, "repair.a.camera");
    ck_assert_str_eq(walk[1].prompt->key, "repair.b.any");
    ck_assert_str_eq(walk[1].reason, "");
    ck_assert_uint_eq(prompt_walk(p, NULL, true, &arena, &walk), 4);
    Facts f = facts_none();
    f.trust = &low;
    f.trust_count = 1;
    f.terms = terms;
    f.term_count = 5;
    ck_assert_uint_eq(prompt_choose(p, &f, 3, &arena, &walk), 4);
    ck_assert_str_eq(walk[1].prompt->key, "repair.b.low");
    ck_assert_str_eq(walk[1].reason, "Trust was 2 last time.");
    ck_assert_uint_eq(walk[2].term_count, 5);
    ck_assert_uint_eq(prompt_walk(p, &f, true, &arena, &walk), 6);
    arena_finish(&arena);
    prompts_free(p);
}
END_TEST

static const char *reason_of(const Facts *facts, const char *when, Arena *arena)
{
    Row row = {"p.a", "\"C1\"", when};
    Prompts *p = pack_of(&row, 1);
    const Choice *asked;
    ck_assert_uint_ge(prompt_choose(p, facts, 1, arena, &asked), 1);
    const char *reason = asked[0].reason;
    prompts_free(p);
    return reason;
}

START_TEST(trust_is_told_in_the_order_it_was_rated)
{
    static const struct {
        FactTrust trust[4];
        size_t count;
        const char *want;
    } cases[] = {
        {{{3, 1}}, 1, "Trust was 3 last time."},
        {{{3, 1}, {4, 9}}, 2, "Trust was 3 last time, after 4."},
        {{{3, 1}, {4, 9}, {5, 20}}, 3, "Trust was 3 last time, after 5 and 4."},
        {{{3, 1}, {4, 9}, {3, 20}}, 3, "Trust was 3 last time, after 3 and 4."},
        {{{3, 1}, {3, 9}, {5, 20}}, 3, "Trust was 3 last time, after 5 and 3."},
        {{{2, 1}, {4, 9}, {4, 20}}, 3, "Trust was 2 last time, after 4 twice."},
        {{{4, 1}, {4, 9}}, 2, "Trust was 4 last time, as it was before."},
        {{{4, 1}, {4, 9}, {4, 20}, {1, 30}}, 4, "Trust was 4 last time, as it was before."},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Arena arena = {0};
        Facts f = facts_none();
        f.trust = cases[i].trust;
        f.trust_count = cases[i].count;
        ck_assert_str_eq(reason_of(&f, ",\"when\":{\"trust-now\":{\"at-least\":1}}", &arena), cases[i].want);
        arena_finish(&arena);
    }
}
END_TEST

START_TEST(a_long_text_in_a_reason_ends_behind_a_word)
{
    static const struct {
        const char *text, *want;
    } cases[] = {
        {"send the draft budget.", "\"send the draft budget\" is 5 days past its day."},
        {"write the plan for the next half year on one page",
         "\"write the plan for the next half year on one\u2026\" is"},
        {"write the plan for the next half year on one pag",
         "\"write the plan for the next half year on one pag\" is"},
        {"a\u65e5\u65e5\u65e5\u65e5\u65e5\u65e5\u65e5\u65e5\u65e5\u65e5\u65e5\u65e5\u65e5\u65e5\u65e5\u65e5"
         "\u65e5\u65e5\u65e5\u65e5\u65e5\u65e5\u65e5\u65e5",
         "\"a\u65e5\u65e5\u65e5\u65e5\u65e5\u65e5\u65e5\u65e5\u65e5\u65e5\u65e5\u65e5\u65e5\u65e5\u65e5\u65e5"
         "\u65e5\u65e5\u65e5\u65e5\u65e5\u65e5\u65e5\u2026\" is"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Arena arena = {0};
        Facts f = facts_none();
        FactCommitment c = {1, SIDE_ME, cases[i].text, STANDING_PAST_DUE, 5};
        f.commitments = &c;
        f.commitment_count = 1;
        const char *reason = reason_of(&f, ",\"when\":{\"commitments-past-due\":{\"at-least\":1}}", &arena);
        ck_assert_msg(strstr(reason, cases[i].want) != NULL, "%s", reason);
        arena_finish(&arena);
    }
}
END_TEST

/* Facts that open as many doors as can stand open at once. */
static Facts troubled(void)
{
    static const FactTrust trust[] = {{2, 3}, {4, 20}, {5, 40}};
    static const FactTerm terms[] = {{1, SECTION_TONE, "a", 4, true, 3, true}};
    static const FactCommitment commitments[] = {{1, SIDE_ME, "b", STANDING_NOT_KEPT, 3},
                                                 {2, SIDE_THEM, "c", STANDING_NOT_KEPT, 9}};
    Facts f = facts_none();
    f.trust = trust;
    f.trust_count = sizeof trust / sizeof *trust;
    f.terms = terms;
    f.term_count = 1;
    f.commitments = commitments;
    f.commitment_count = 2;
    f.alliance_age = 400;
    f.days_since_moment = 90;
    f.days_since_repair = 50;
    f.cadence_agreed = 14;
    f.cadence_lived = 40;
    return f;
}

static size_t steps_at(const Choice *walk, size_t n, const Prompt *p)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        const Prompt *at = walk[i].prompt;
        count += at->has_section && at->section == p->section && at->side == p->side;
    }
    return count;
}

static void assert_one_step_a_place(const Prompts *p, const Facts *facts, bool deep)
{
    Arena arena = {0};
    const Choice *walk;
    size_t n = prompt_walk(p, facts, deep, &arena, &walk);
    ck_assert_uint_gt(n, 0);
    for (size_t i = 0; i < n; i++)
        ck_assert_msg(!walk[i].prompt->has_section || steps_at(walk, n, walk[i].prompt) == 1,
                      "%s shares its place", walk[i].prompt->key);
    arena_finish(&arena);
}

START_TEST(no_two_steps_of_a_walk_write_the_same_place_of_the_agreement)
{
    static const Stage stages[] = {STAGE_PREPARE, STAGE_DESIGN, STAGE_REPAIR,
                                   STAGE_RENEW,   STAGE_CLOSE,  STAGE_TEAM_DESIGN};
    Facts facts = troubled();
    Prompts *p = shipped(stages[_i]);
    for (int deep = 0; deep <= 1; deep++) {
        assert_one_step_a_place(p, NULL, deep);
        assert_one_step_a_place(p, &facts, deep);
    }
    prompts_free(p);
}
END_TEST

START_TEST(a_place_that_two_prompts_would_write_goes_to_what_is_always_asked_then_to_the_heavier)
{
#define PLACED(key, theme, weight, more)                                                                     \
    "{\"key\":\"renew." key "\",\"title\":\"T\",\"themes\":[\"" theme                                        \
    "\"],\"text\":\"Why?\",\"help\":\"So.\","                                                                \
    "\"answer\":\"items\",\"section\":\"trial\",\"side\":\"both\",\"weight\":" weight more "}"
    static const char two[] = "{\"version\":1,\"stage\":\"renew\",\"prompts\":[" PLACED(
        "a.light", "N1", "2", "") "," PLACED("b.heavy", "N2", "7", "") "]}";
    static const char always[] = "{\"version\":1,\"stage\":\"renew\",\"prompts\":[" PLACED(
        "a.heavy", "N1", "9", "") "," PLACED("b.always", "N2", "2", ",\"always\":true") "]}";
    static const struct {
        const char *pack, *key;
    } cases[] = {{two, "renew.b.heavy"}, {always, "renew.b.always"}};
    for (size_t i = 0; i < 4; i++) {
        Arena arena = {0};
        Error err = {0};
        Prompts *p = NULL;
        const Choice *walk;
        ck_assert_msg(prompts_read(sv(cases[i / 2].pack), "renew.json", STAGE_RENEW, &p, &err), "%s",
                      err.msg);
        ck_assert_uint_eq(prompt_walk(p, NULL, i % 2 == 1, &arena, &walk), 1);
        ck_assert_str_eq(walk[0].prompt->key, cases[i / 2].key);
        arena_finish(&arena);
        prompts_free(p);
    }
#undef PLACED
}
END_TEST

START_TEST(a_seed_is_the_same_all_day_and_differs_between_days_and_alliances)
{
    ck_assert_uint_eq(prompt_seed(7, 20000, 1), prompt_seed(7, 20000, 1));
    ck_assert_uint_ne(prompt_seed(7, 20000, 1), prompt_seed(7, 20001, 1));
    ck_assert_uint_ne(prompt_seed(7, 20000, 1), prompt_seed(8, 20000, 1));
    ck_assert_uint_ne(prompt_seed(7, 20000, 1), prompt_seed(7, 20000, 2));
    ck_assert_uint_ne(prompt_seed(7, -1, 1), prompt_seed(7, 1, 1));
}
END_TEST

int main(void)
{
    Suite *s = suite_create("choose");
    TCase *rules = tcase_create("rules");
    tcase_add_test(rules, a_seed_is_the_same_all_day_and_differs_between_days_and_alliances);
    tcase_add_test(rules, what_is_needed_comes_first_then_the_new_then_the_longest_ago);
    tcase_add_test(rules, what_was_left_open_comes_later_but_it_comes);
    tcase_add_test(rules, once_asked_is_not_asked_again_even_when_questions_are_few);
    tcase_add_test(rules, rest_gives_way_only_to_reach_the_least_number);
    tcase_add_test(rules, themes_never_meet_nor_stand_near_what_is_always_asked);
    tcase_add_test(rules, many_open_commitments_leave_room_for_themselves);
    tcase_add_test(rules, a_pack_of_anything_stays_within_bounds);
    tcase_add_test(rules, what_a_situation_dwells_on_comes_earlier_and_says_so);
    suite_add_tcase(s, rules);
    TCase *reasons = tcase_create("reasons");
    tcase_add_test(reasons, a_value_in_a_reason_is_never_filled_in_again);
    tcase_add_loop_test(reasons, the_engine_says_what_decided, 0, sizeof said / sizeof *said);
    tcase_add_test(reasons, a_fall_is_one_only_while_trust_goes_down);
    suite_add_tcase(s, reasons);
    TCase *after = tcase_create("follow-ups and offers");
    tcase_add_loop_test(after, an_answer_opens_what_it_should_and_one_deep, 0,
                        sizeof replies / sizeof *replies);
    tcase_add_test(after, repair_is_offered_for_a_fall_low_trust_or_a_broken_word_until_repaired);
    tcase_add_test(after, renew_is_offered_when_the_agreement_no_longer_matches_life);
    tcase_add_test(after, renew_opens_at_the_term_that_fails);
    suite_add_tcase(s, after);
    TCase *walks = tcase_create("walks");
    tcase_add_test(walks, the_walks_of_a_design_go_through_the_sections_in_the_agreements_order);
    tcase_add_test(walks, a_section_is_walked_heaviest_first_one_side_after_the_other);
    tcase_add_test(walks, other_walks_take_the_best_of_each_theme_or_all_that_fit);
    tcase_add_test(rules, trust_is_told_in_the_order_it_was_rated);
    tcase_add_test(rules, a_long_text_in_a_reason_ends_behind_a_word);
    tcase_add_loop_test(walks, no_two_steps_of_a_walk_write_the_same_place_of_the_agreement, 0, 6);
    tcase_add_test(walks,
                   a_place_that_two_prompts_would_write_goes_to_what_is_always_asked_then_to_the_heavier);
    suite_add_tcase(s, walks);
    SRunner *runner = srunner_create(s);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
