#include <entente/prompt.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/*
 * A libFuzzer target: whatever bytes stand in a pack, they are refused in one
 * line or read, chosen from and filled in. Built with
 * -fsanitize=fuzzer,address; the corpus is replayed by test_corpus.
 */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool condition)
{
    if (!condition) abort();
}

static Facts some_facts(void)
{
    static const FactTrust trust[] = {{2, 3}, {4, 20}, {5, 40}};
    static const FactTerm terms[] = {{1, SECTION_TONE, "{partner} %s", 4, true, 2, true}};
    static const FactCommitment commitments[] = {{1, SIDE_ME, "{days} %n", STANDING_PAST_DUE, 3},
                                                 {2, SIDE_THEM, "b", STANDING_NOT_KEPT, 9}};
    static const PromptPast past[] = {{"check-in.a.b", 3, 2, 1}};
    Facts f = facts_none();
    f.partner = "Ana";
    f.check_ins = f.alliance_age = f.days_past_due = f.days_since_check_in = 3;
    f.slips[SIDE_THEM] = 2;
    f.trust = trust;
    f.trust_count = 3;
    f.terms = terms;
    f.term_count = 1;
    f.commitments = commitments;
    f.commitment_count = 2;
    f.past = past;
    f.past_count = 1;
    return f;
}

static void use_follow_ups(const Prompts *p, const Facts *facts, Arena *arena)
{
    static const char *const marks[] = {"not-lived", "not-kept", "new"};
    for (size_t i = 0; i < prompts_count(p); i++) {
        Choice next;
        Reply reply = {.text = SV("x"), .value = (int)(i % 4), .marks = marks, .mark_count = 3};
        if (prompt_follow_up(p, prompts_at(p, i), &reply, facts, arena, &next)) require(*next.reason != '\0');
    }
}

static void use(const Prompts *p)
{
    Facts facts[2] = {facts_none(), some_facts()};
    for (size_t f = 0; f < 2; f++) {
        Arena arena = {0};
        const Choice *asked;
        size_t n = prompt_choose(p, &facts[f], 1, &arena, &asked);
        for (size_t i = 0; i < n; i++) {
            require(asked[i].text && asked[i].help && asked[i].reason && asked[i].fact);
            require(prompt_applies(asked[i].prompt, &facts[f]));
        }
        prompt_walk(p, &facts[f], true, &arena, &asked);
        use_follow_ups(p, &facts[f], &arena);
        arena_finish(&arena);
    }
}

/* A refusal is one clean line. */
static void check_refusal(const Error *err)
{
    require(err->code == ERR_UNREADABLE && err->msg[0] != '\0');
    for (const char *c = err->msg; *c; c++) require((unsigned char)*c >= ' ');
}

static const char base[] =
    "{\"version\":1,\"stage\":\"check-in\",\"prompts\":[{\"key\":\"check-in.a.b\",\"title\":\"T\","
    "\"themes\":[\"C1\"],\"text\":\"Why?\",\"help\":\"So.\",\"answer\":\"text\"}]}";

static void add_to_base(StrView text)
{
    Error err = {0};
    Prompts *p;
    require(prompts_read(sv(base), "base.json", STAGE_CHECK_IN, &p, &err));
    if (!prompts_add(p, text, "own.json", &err)) check_refusal(&err);
    use(p);
    prompts_free(p);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    StrView text = sv_n((const char *)data, size);
    Stage stages[] = {STAGE_CHECK_IN, STAGE_DESIGN, STAGE_REPAIR};
    for (size_t i = 0; i < sizeof stages / sizeof *stages; i++) {
        Error err = {0};
        Prompts *p;
        if (prompts_read(text, "pack.json", stages[i], &p, &err)) {
            use(p);
            prompts_free(p);
        } else {
            check_refusal(&err);
        }
    }
    Error err = {0};
    Situations *s;
    if (situations_read(text, "situations.json", &s, &err))
        situations_free(s);
    else
        check_refusal(&err);
    add_to_base(text);
    return 0;
}
