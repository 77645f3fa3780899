/*
 * Writes a journal of many alliances and check-ins, always the same one:
 *
 *     fill JOURNAL ALLIANCES CHECK-INS
 *
 * Words follow Zipf and Mandelbrot, one entry's text is 300 to 2000 characters (log-uniform), `coffee` is in
 * one entry of ten, `zugzwang` in one of two thousand. All of it goes through the store's own functions.
 */
#include "bench.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include <entente/arena.h>
#include <entente/mem.h>
#include <entente/store_agreements.h>
#include <entente/store_alliances.h>
#include <entente/store_checkins.h>
#include <entente/store_commitments.h>

enum { WORDS = 40000, TERMS = 8, PER_TRANSACTION = 2000, COFFEE = 10, ZUGZWANG = 2000, COMMITMENT = 5 };
enum { TEXT_MIN = 300, TEXT_MAX = 2000 };
static const int64_t DAY_MS = 86400000, SPAN_MS = INT64_C(3) * 365 * 86400000;

typedef struct {
    Store *s;
    uint64_t dice;
    double *reach; /* of word i: the share of text made of words 0 to i */
    Alliance *alliances;
    size_t alliance_count, check_in_count;
    Id *open; /* of alliance i: its last open commitment, or 0 */
    Arena names, texts;
} Fill;

/* splitmix64 (Steele, Lea and Flood 2014). */
static uint64_t bits(Fill *f)
{
    uint64_t x = f->dice += UINT64_C(0x9e3779b97f4a7c15);
    x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
    return x ^ (x >> 31);
}

static double fraction(Fill *f)
{
    return (double)(bits(f) >> 11) * 0x1p-53;
}

static size_t below(Fill *f, size_t n)
{
    return (size_t)(bits(f) % n);
}

static Instant at(int64_t ms)
{
    return (Instant){ms, BENCH_OFFSET};
}

/* ---- words ---- */

static void weigh_words(Fill *f)
{
    f->reach = mem_zalloc(WORDS, sizeof *f->reach);
    double sum = 0;
    for (size_t i = 0; i < WORDS; i++) f->reach[i] = sum += 1 / pow((double)i + 2.7, 1.07);
    for (size_t i = 0; i < WORDS; i++) f->reach[i] /= sum;
}

static size_t pick_word(Fill *f)
{
    double wanted = fraction(f);
    size_t low = 0, high = WORDS - 1;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (f->reach[middle] < wanted)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Frequent words are short, as in any language. */
static void add_word(Str *out, size_t rank)
{
    static const char consonants[] = "bdfghklmnprstv", vowels[] = "aeiou";
    if (rank == 0) {
        str_add_c(out, "the");
        return;
    }
    for (size_t n = rank; n > 0; n /= 70) {
        str_add_char(out, consonants[n % 70 % 14]);
        str_add_char(out, vowels[n % 70 / 14]);
    }
}

static void add_text(Fill *f, Str *out, size_t len)
{
    size_t end = out->len + len;
    while (out->len < end) {
        if (out->len) str_add_char(out, ' ');
        add_word(out, pick_word(f));
    }
}

static const char *text(Fill *f, Arena *arena, size_t len, const char *extra)
{
    Str s;
    str_init(&s);
    add_text(f, &s, len);
    if (extra) str_addf(&s, " %s.", extra);
    const char *kept = arena_str(arena, str_view(&s));
    str_finish(&s);
    return kept;
}

/* ---- rows ---- */

static Id new_id(Fill *f, int64_t ms)
{
    return store_new_id(f->s, ms);
}

static void add_version(Fill *f, const Alliance *a)
{
    Error err = {0};
    Version v = {.id = new_id(f, a->created.unix_ms),
                 .alliance = a->id,
                 .number = 1,
                 .since = a->created,
                 .reason = "",
                 .talked_on = DATE_NONE};
    must(store_version_insert(f->s, &v, &err), &err);
    for (int i = 0; i < TERMS; i++) {
        Term t = {.id = new_id(f, a->created.unix_ms),
                  .alliance = a->id,
                  .section = (Section)i,
                  .side = (Side)(i % SIDE_COUNT),
                  .text = text(f, &f->texts, 80, NULL),
                  .from_version = 1};
        must(store_term_insert(f->s, &t, &err), &err);
    }
}

static void add_alliance(Fill *f, size_t i)
{
    Error err = {0};
    Instant created = at(BENCH_NOW_MS - SPAN_MS - (int64_t)(f->alliance_count - i) * 1000);
    Str name;
    str_init(&name);
    add_word(&name, 70 + i);
    name.buf[0] = (char)(name.buf[0] - 'a' + 'A');
    str_addf(&name, " Example %zu", i);
    Alliance *a = &f->alliances[i];
    *a = (Alliance){.id = new_id(f, created.unix_ms),
                    .name = arena_str(&f->names, str_view(&name)),
                    .role = i % 3 ? "colleague" : "friend",
                    .situation = "",
                    .state = STATE_ACTIVE,
                    .paused_until = DATE_NONE,
                    .cadence = {.kind = CADENCE_ROLLING, .unit = UNIT_WEEK, .every = (int)(1 + i % 8), .named = false},
                    .anchor = instant_date(created),
                    .cadence_since = DATE_NONE,
                    .review_on = DATE_NONE,
                    .created = created,
                    .trashed = INSTANT_NONE,
                    .last_check_in = INSTANT_NONE,
                    .due = DATE_NONE};
    str_finish(&name);
    Person p = {new_id(f, created.unix_ms), a->name, "", "", ""};
    must(store_alliance_insert(f->s, a, &err) && store_person_insert(f->s, &p, &err) &&
             store_member_insert(f->s, a->id, p.id, 0, &err) &&
             store_tag_insert(f->s, a->id, i % 2 ? "work" : "home", &err),
         &err);
    add_version(f, a);
    a->version = 1;
    must(store_alliance_update(f->s, a, &err), &err);
}

static void add_answer(Fill *f, const CheckIn *c, int position, size_t len, const char *extra)
{
    static const char *const questions[] = {"What went well?", "What could we change?"};
    Error err = {0};
    Answer a = {.id = new_id(f, c->at.unix_ms),
                .check_in = c->id,
                .position = position,
                .prompt = position ? "core.change" : "core.went-well",
                .question = questions[position],
                .text = text(f, &f->texts, len, extra)};
    must(store_answer_insert(f->s, &a, &err), &err);
}

/* One open commitment an alliance at most: the one before is kept. */
static void add_commitment(Fill *f, size_t i, const CheckIn *c)
{
    Error err = {0};
    Commitment k;
    if (f->open[i]) {
        must(store_commitment_get(f->s, f->open[i], &f->texts, &k, &err), &err);
        k.state = COMMITMENT_KEPT;
        k.settled = c->at;
        k.settled_in = c->id;
        must(store_commitment_update(f->s, &k, &err), &err);
    }
    k = (Commitment){.id = new_id(f, c->at.unix_ms),
                     .alliance = c->alliance,
                     .side = (Side)below(f, SIDE_COUNT),
                     .text = text(f, &f->texts, 60, NULL),
                     .due = instant_date(c->at) + 14,
                     .made = c->at,
                     .settled = INSTANT_NONE,
                     .made_in = c->id,
                     .trashed = INSTANT_NONE};
    must(store_commitment_insert(f->s, &k, &err), &err);
    f->open[i] = k.id;
}

static void add_check_in(Fill *f, size_t number)
{
    Error err = {0};
    size_t i = below(f, f->alliance_count);
    Alliance *a = &f->alliances[i];
    double part = ((double)number + fraction(f)) / (double)f->check_in_count;
    Instant when = at(BENCH_NOW_MS - DAY_MS - SPAN_MS + (int64_t)(part * (double)SPAN_MS));
    CheckIn c = {.id = new_id(f, when.unix_ms),
                 .alliance = a->id,
                 .stage = STAGE_CHECK_IN,
                 .at = when,
                 .trust = 1 + (int)below(f, TRUST_MAX),
                 .trust_note = "",
                 .note = "",
                 .version = 1};
    must(store_check_in_insert(f->s, &c, &err), &err);
    size_t len = (size_t)(TEXT_MIN * pow((double)TEXT_MAX / TEXT_MIN, fraction(f)));
    add_answer(f, &c, 0, len / 2, below(f, COFFEE) ? NULL : "coffee");
    add_answer(f, &c, 1, len - len / 2, number % ZUGZWANG == 7 ? "zugzwang" : NULL);
    if (number % COMMITMENT == 0) add_commitment(f, i, &c);
    a->last_check_in = when;
    a->last_trust = c.trust;
}

static void write_derived(Fill *f, Alliance *a)
{
    Error err = {0};
    DueFacts facts = {.active = true,
                      .cadence = a->cadence,
                      .anchor = a->anchor,
                      .since = a->cadence_since,
                      .last = instant_date(a->last_check_in),
                      .snooze_of = DATE_NONE,
                      .snooze_until = DATE_NONE,
                      .paused_until = DATE_NONE};
    a->due = due_day(&facts);
    must(store_alliance_update(f->s, a, &err), &err);
}

/* ---- all of it ---- */

static void write_all(Fill *f)
{
    Error err = {0};
    must(store_begin(f->s, &err), &err);
    for (size_t i = 0; i < f->alliance_count; i++) add_alliance(f, i);
    for (size_t i = 0; i < f->check_in_count; i++) {
        add_check_in(f, i);
        if (i % PER_TRANSACTION == PER_TRANSACTION - 1) {
            must(store_commit_quietly(f->s, &err) && store_begin(f->s, &err), &err);
            arena_reset(&f->texts);
        }
    }
    for (size_t i = 0; i < f->alliance_count; i++) write_derived(f, &f->alliances[i]);
    must(store_commit_quietly(f->s, &err), &err);
}

int main(int argc, char **argv)
{
    must_do(argc == 4, "usage: fill JOURNAL ALLIANCES CHECK-INS");
    Error err = {0};
    Fill f = {.dice = 20261122,
              .alliance_count = strtoul(argv[2], NULL, 10),
              .check_in_count = strtoul(argv[3], NULL, 10)};
    must_do(f.alliance_count > 0 && f.check_in_count > 0, "the numbers must be above zero");
    must(store_open(argv[1], STORE_CREATE, &f.s, &err), &err);
    store_seed_ids(f.s, f.dice);
    f.alliances = mem_zalloc(f.alliance_count, sizeof *f.alliances);
    f.open = mem_zalloc(f.alliance_count, sizeof *f.open);
    weigh_words(&f);
    write_all(&f);
    store_close(f.s);
    arena_finish(&f.texts);
    arena_finish(&f.names);
    free(f.reach);
    free(f.open);
    free(f.alliances);
    return 0;
}
