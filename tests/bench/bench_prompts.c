#include <entente/prompt.h>

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/*
 * What prompts cost: loading all packs, as a ratio to parsing the same bytes
 * with cJSON alone, and choosing among 400 prompts with the facts of 500
 * check-ins. Prints the best of several rounds, a measure a line.
 */

enum { ROUNDS = 25, MANY_PROMPTS = 400, MANY_CHECK_INS = 500, MANY_COMMITMENTS = 60, MANY_TERMS = 40 };

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static bool read_file(const char *path, Str *out)
{
    char piece[16384];
    FILE *f = fopen(path, "rb");
    if (!f) return false;
    for (size_t n; (n = fread(piece, 1, sizeof piece, f)) > 0;) str_add(out, sv_n(piece, n));
    fclose(f);
    return true;
}

typedef struct {
    const char *dir;
    Str texts[STAGE_COUNT]; /* what the packs hold; empty where there is none */
} Packs;

static void read_packs(Packs *packs)
{
    for (Stage s = STAGE_PREPARE; s < STAGE_COUNT; s++) {
        Str path;
        str_init(&path);
        str_init(&packs->texts[s]);
        str_addf(&path, "%s/%s.json", packs->dir, stage_name(s));
        read_file(path.buf, &packs->texts[s]);
        str_finish(&path);
    }
}

static void load_all(const Packs *packs)
{
    for (Stage s = STAGE_PREPARE; s < STAGE_COUNT; s++) {
        Prompts *p = NULL;
        Error err = {0};
        if (!packs->texts[s].len) continue;
        if (!prompts_load(packs->dir, s, &p, &err)) fprintf(stderr, "%s\n", err.msg);
        prompts_free(p);
    }
}

static void parse_all(const Packs *packs)
{
    for (Stage s = STAGE_PREPARE; s < STAGE_COUNT; s++)
        if (packs->texts[s].len)
            cJSON_Delete(cJSON_ParseWithLength(packs->texts[s].buf, packs->texts[s].len));
}

static double best_of(void (*run)(const Packs *), const Packs *packs)
{
    double best = 1e9;
    for (int i = 0; i < ROUNDS; i++) {
        double start = now_ms();
        run(packs);
        double took = now_ms() - start;
        if (took < best) best = took;
    }
    return best;
}

/* ---- choosing ---- */

static Prompts *many_prompts(void)
{
    static const char *const whens[] = {"\"trust-now\":{\"at-most\":3}", "\"term-unseen\":{\"at-least\":2}",
                                        "\"commitments-past-due\":{\"at-least\":1}",
                                        "\"balance\":{\"at-most\":-1},\"check-ins\":{\"at-least\":4}"};
    Str json;
    Error err = {0};
    Prompts *p = NULL;
    str_init(&json);
    str_add_c(&json, "{\"version\":1,\"stage\":\"check-in\",\"prompts\":[");
    for (int i = 0; i < MANY_PROMPTS; i++) {
        str_addf(&json,
                 "%s{\"key\":\"check-in.group-%d.word-%d\",\"title\":\"T\",\"themes\":[\"C%d\"],\"text\":"
                 "\"Why?\",",
                 i ? "," : "", i / 8, i, i % 90 + 1);
        str_addf(&json, "\"help\":\"So.\",\"answer\":\"text\",\"rest\":%d", i % 40);
        if (i % 3 == 0) str_addf(&json, ",\"when\":{%s}", whens[i / 3 % 4]);
        str_add_char(&json, '}');
    }
    str_add_c(&json, "]}");
    if (!prompts_read(str_view(&json), "many", STAGE_CHECK_IN, &p, &err)) fprintf(stderr, "%s\n", err.msg);
    str_finish(&json);
    return p;
}

typedef struct {
    Prompts *prompts;
    Facts facts;
    PromptPast past[MANY_PROMPTS];
    FactTrust trust[MANY_CHECK_INS];
    FactTerm terms[MANY_TERMS];
    FactCommitment commitments[MANY_COMMITMENTS];
} Many;

static void fill_many(Many *m)
{
    m->facts = facts_none();
    m->facts.check_ins = MANY_CHECK_INS;
    m->facts.gave = 1;
    m->facts.received = 3;
    for (int i = 0; i < MANY_PROMPTS; i++)
        m->past[i] =
            (PromptPast){prompts_at(m->prompts, (size_t)(i * 7 % MANY_PROMPTS))->key, i % 130, 9, i % 9};
    for (int i = 0; i < MANY_CHECK_INS; i++) m->trust[i] = (FactTrust){1 + i * 3 % 5, 14 * i};
    for (int i = 0; i < MANY_TERMS; i++) m->terms[i] = (FactTerm){.text = "A term", .checks = i % 9};
    for (int i = 0; i < MANY_COMMITMENTS; i++)
        m->commitments[i] = (FactCommitment){i, (Side)(i % 3), "A promise", (Standing)(i % 3), i};
    m->facts.past = m->past;
    m->facts.past_count = MANY_PROMPTS;
    m->facts.trust = m->trust;
    m->facts.trust_count = MANY_CHECK_INS;
    m->facts.terms = m->terms;
    m->facts.term_count = MANY_TERMS;
    m->facts.commitments = m->commitments;
    m->facts.commitment_count = MANY_COMMITMENTS;
}

static double best_choice(void)
{
    static Many m;
    double best = 1e9;
    m.prompts = many_prompts();
    if (!m.prompts) return -1;
    fill_many(&m);
    for (int i = 0; i < ROUNDS; i++) {
        Arena arena = {0};
        const Choice *asked;
        double start = now_ms();
        size_t n = prompt_choose(m.prompts, &m.facts, (uint64_t)i, &arena, &asked);
        double took = now_ms() - start;
        if (n && took < best) best = took;
        arena_finish(&arena);
    }
    prompts_free(m.prompts);
    return best;
}

int main(void)
{
    Packs packs = {.dir = getenv("ENTENTE_PROMPTS")};
    if (!packs.dir) {
        fputs("Name the folder of the packs in ENTENTE_PROMPTS.\n", stderr);
        return EXIT_FAILURE;
    }
    read_packs(&packs);
    size_t bytes = 0;
    for (Stage s = STAGE_PREPARE; s < STAGE_COUNT; s++) bytes += packs.texts[s].len;
    double load = best_of(load_all, &packs), parse = best_of(parse_all, &packs), choose = best_choice();
    printf("load-all-packs      %8.3f ms  (%zu bytes; limit 5)\n", load, bytes);
    printf("load / cJSON alone  %8.2f x\n", load / parse);
    printf("choose-400-500      %8.3f ms  (limit 1)\n", choose);
    printf("choose / cJSON alone%8.2f x\n", choose / parse);
    for (Stage s = STAGE_PREPARE; s < STAGE_COUNT; s++) str_finish(&packs.texts[s]);
    return load < 5 && choose >= 0 && choose < 1 ? EXIT_SUCCESS : EXIT_FAILURE;
}
