#include "store_fixture.h"

#include <check.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

Instant minute(int n)
{
    return (Instant){BASE_MS + (int64_t)n * 60000, 3600};
}

Store *open_memory(void)
{
    Store *s = open_file(":memory:");
    store_seed_ids(s, 7);
    return s;
}

Store *open_file(const char *path)
{
    Store *s = NULL;
    ck_ok(store_open(path, STORE_CREATE, &s, err));
    return s;
}

const char *make_folder(void)
{
    const char *base = getenv("TMPDIR");
    Str path;
    str_init(&path);
    str_addf(&path, "%s/entente-test-XXXXXX", base ? base : "/tmp");
    ck_assert_ptr_nonnull(mkdtemp(path.buf));
    return str_steal(&path);
}

/* Two levels deep: more than any test makes. */
static void empty(const char *folder, int depth)
{
    DIR *d = opendir(folder);
    struct dirent *entry;
    while (d && (entry = readdir(d))) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
        Str path;
        str_init(&path);
        str_addf(&path, "%s/%s", folder, entry->d_name);
        if (unlink(path.buf) != 0 && depth > 0) empty(path.buf, depth - 1);
        str_finish(&path);
    }
    if (d) (void)closedir(d);
    (void)rmdir(folder);
}

void remove_folder(const char *folder)
{
    empty(folder, 3);
    free((void *)(uintptr_t)folder);
}

Alliance an_alliance(Id id, const char *name)
{
    return (Alliance){.id = id,
                      .name = name,
                      .role = "",
                      .situation = "",
                      .state = STATE_ACTIVE,
                      .paused_until = DATE_NONE,
                      .anchor = DATE_NONE,
                      .cadence_since = DATE_NONE,
                      .review_on = DATE_NONE,
                      .created = minute(0),
                      .trashed = INSTANT_NONE,
                      .last_check_in = INSTANT_NONE,
                      .due = DATE_NONE};
}

Version a_version(Id id, Id alliance, int number)
{
    return (Version){.id = id,
                     .alliance = alliance,
                     .number = number,
                     .since = minute(number),
                     .reason = "",
                     .talked_on = DATE_NONE};
}

Term a_term(Id id, Id alliance, int version, const char *text)
{
    return (Term){.id = id, .alliance = alliance, .text = text, .from_version = version};
}

CheckIn a_check_in(Id id, Id alliance, Instant at)
{
    return (CheckIn){
        .id = id, .alliance = alliance, .stage = STAGE_CHECK_IN, .at = at, .trust_note = "", .note = ""};
}

Answer an_answer(Id id, Id check_in, int position, const char *text)
{
    return (Answer){.id = id,
                    .check_in = check_in,
                    .position = position,
                    .prompt = "core.went-well",
                    .question = "What went well?",
                    .text = text};
}

Commitment a_commitment(Id id, Id alliance, const char *text)
{
    return (Commitment){.id = id,
                        .alliance = alliance,
                        .text = text,
                        .due = DATE_NONE,
                        .made = minute(0),
                        .settled = INSTANT_NONE,
                        .trashed = INSTANT_NONE};
}

Moment a_moment(Id id, Id alliance, const char *text)
{
    return (Moment){.id = id, .alliance = alliance, .at = minute(0), .text = text};
}

Draft a_draft(Id alliance, const char *state)
{
    return (Draft){.alliance = alliance,
                   .stage = STAGE_CHECK_IN,
                   .step = 1,
                   .steps = 8,
                   .state = state,
                   .saved = minute(0)};
}

unsigned roll(Dice *d, unsigned below)
{
    d->state = d->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)(d->state >> 33) % below;
}

const char *random_text(Dice *d, Arena *arena)
{
    static const char *const words[] = {"coffee", "être",   "Straße", "trust",
                                        "weekly", "honest", "quiet",  "walk"};
    const char *text = "";
    for (unsigned n = 1 + roll(d, 6); n > 0; n--) text = arena_strf(arena, "%s %s", text, words[roll(d, 8)]);
    return text;
}

void world_init(World *w, Store *s, uint64_t seed)
{
    *w = (World){.dice = {seed}, .s = s, .clock = 1};
}

void world_finish(World *w)
{
    vec_finish(&w->open);
}

static Id new_id(World *w)
{
    return store_new_id(w->s, minute(w->clock).unix_ms);
}

static void add_alliance(World *w, Arena *arena)
{
    if (w->n == sizeof w->alliances / sizeof w->alliances[0]) return;
    Id id = new_id(w);
    Alliance a = an_alliance(id, random_text(&w->dice, arena));
    if (roll(&w->dice, 2)) a.due = 20000 + (Date)roll(&w->dice, 9);
    Person p = {new_id(w), a.name, "", "", ""};
    ck_ok(store_alliance_insert(w->s, &a, err));
    ck_ok(store_person_insert(w->s, &p, err));
    ck_ok(store_member_insert(w->s, id, p.id, 0, err));
    ck_ok(store_tag_insert(w->s, id, roll(&w->dice, 2) ? "work" : "home", err));
    w->alliances[w->n++] = id;
}

static void add_session(World *w, size_t at, Arena *arena)
{
    CheckIn c = a_check_in(new_id(w), w->alliances[at], minute(w->clock - (int)roll(&w->dice, 400)));
    c.stage = (Stage)roll(&w->dice, STAGE_COUNT);
    c.trust = (int)roll(&w->dice, 6);
    c.trust_note = random_text(&w->dice, arena);
    ck_ok(store_check_in_insert(w->s, &c, err));
    for (int i = 0, n = (int)roll(&w->dice, 4); i < n; i++) {
        Answer a = an_answer(new_id(w), c.id, i, random_text(&w->dice, arena));
        a.is_private = roll(&w->dice, 4) == 0;
        ck_ok(store_answer_insert(w->s, &a, err));
    }
    Look l = {.id = new_id(w), .check_in = c.id, .term = w->terms[at], .mark = "partly"};
    if (l.term) ck_ok(store_look_insert(w->s, &l, err));
}

static void add_version(World *w, size_t at, Arena *arena)
{
    Version v = a_version(new_id(w), w->alliances[at], ++w->versions[at]);
    v.since = minute(w->clock);
    v.reason = random_text(&w->dice, arena);
    ck_ok(store_version_insert(w->s, &v, err));
    Term t = a_term(new_id(w), w->alliances[at], v.number, random_text(&w->dice, arena));
    ck_ok(store_term_insert(w->s, &t, err));
    w->terms[at] = t.id;
    if (roll(&w->dice, 2)) ck_ok(store_term_place(w->s, t.id, 3, err));
}

static void settle(World *w)
{
    Arena arena = {0};
    Commitment c;
    size_t i = roll(&w->dice, (unsigned)w->open.len);
    ck_ok(store_commitment_get(w->s, w->open.at[i], &arena, &c, err));
    c.state = COMMITMENT_KEPT;
    c.settled = minute(w->clock);
    c.text = random_text(&w->dice, &arena);
    ck_ok(store_commitment_update(w->s, &c, err));
    vec_remove(&w->open, i);
    arena_finish(&arena);
}

static void add_commitment(World *w, size_t at, Arena *arena)
{
    Commitment c = a_commitment(new_id(w), w->alliances[at], random_text(&w->dice, arena));
    c.made = minute(w->clock);
    if (roll(&w->dice, 3)) c.due = 20000 + (Date)roll(&w->dice, 6);
    c.side = (Side)roll(&w->dice, SIDE_COUNT);
    ck_ok(store_commitment_insert(w->s, &c, err));
    vec_push(&w->open, c.id);
}

static void write_some(World *w, Arena *arena)
{
    size_t at = w->n ? roll(&w->dice, (unsigned)w->n) : 0;
    unsigned what = w->n ? roll(&w->dice, 8) : 0;
    Moment m = a_moment(new_id(w), w->alliances[at], random_text(&w->dice, arena));
    m.at = minute(w->clock);
    switch (what) {
    case 0: add_alliance(w, arena); break;
    case 1:
    case 2: add_session(w, at, arena); break;
    case 3: add_version(w, at, arena); break;
    case 4: ck_ok(store_moment_insert(w->s, &m, err)); break;
    case 5:
        if (w->open.len) settle(w);
        break;
    case 6:
        ck_ok(store_snooze_set(w->s, new_id(w), w->alliances[at], 20000,
                               roll(&w->dice, 3) ? 20000 + (Date)roll(&w->dice, 9) : DATE_NONE, minute(0),
                               err));
        break;
    default: add_commitment(w, at, arena); break;
    }
}

void world_verb(World *w)
{
    Arena arena = {0};
    w->clock += (int)roll(&w->dice, 3);
    ck_ok(store_begin(w->s, err));
    for (unsigned n = 1 + roll(&w->dice, 3); n > 0; n--) write_some(w, &arena);
    ck_ok(store_commit(w->s, "verb", 0, minute(w->clock), err));
    arena_finish(&arena);
}

char *dump(Store *s)
{
    Str out;
    str_init(&out);
    ck_ok(store_dump(s, &out, err));
    return str_steal(&out);
}
