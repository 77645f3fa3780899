#ifndef ENTENTE_TESTS_STORE_FIXTURE_H
#define ENTENTE_TESTS_STORE_FIXTURE_H

#include <entente/store.h>
#include <entente/store_agreements.h>
#include <entente/store_alliances.h>
#include <entente/store_checkins.h>
#include <entente/store_commitments.h>
#include <entente/store_drafts.h>
#include <entente/store_history.h>
#include <entente/vec.h>

/* What the tests of the store share: rows with sensible fields, and a folder of their own. */

#define BASE_MS INT64_C(1790000000000)

Instant minute(int n);                       /* n minutes after BASE_MS, at +01:00 */
Store *open_memory(void);
Store *open_file(const char *path);          /* STORE_CREATE; must succeed */
const char *make_folder(void);               /* fresh, absolute; remove_folder removes and frees it */
void remove_folder(const char *folder);

Alliance an_alliance(Id id, const char *name);
Version a_version(Id id, Id alliance, int number);
Term a_term(Id id, Id alliance, int version, const char *text);
CheckIn a_check_in(Id id, Id alliance, Instant at);
Answer an_answer(Id id, Id check_in, int position, const char *text);
Commitment a_commitment(Id id, Id alliance, const char *text);
Moment a_moment(Id id, Id alliance, const char *text);
Draft a_draft(Id alliance, const char *state);

/* Calls that must succeed; the error's text is shown otherwise. */
#define ck_ok(call)                                                                                          \
    do {                                                                                                     \
        Error err_ = {0};                                                                                    \
        Error *err = &err_;                                                                                  \
        ck_assert_msg((call), "%s", err_.msg);                                                               \
        ck_assert_int_eq(err_.code, ERR_NONE);                                                               \
    } while (0)
#define ck_fails(call, expected)                                                                             \
    do {                                                                                                     \
        Error err_ = {0};                                                                                    \
        Error *err = &err_;                                                                                  \
        ck_assert(!(call));                                                                                  \
        ck_assert_msg(err_.code == (expected), "code %d: %s", err_.code, err_.msg);                          \
        ck_assert_str_ne(err_.msg, "");                                                                      \
    } while (0)

/* A verb that must succeed. */
#define VERB(s, label, at, ...)                                                                              \
    do {                                                                                                     \
        ck_ok(store_begin((s), err));                                                                        \
        __VA_ARGS__;                                                                                         \
        ck_ok(store_commit((s), (label), 0, (at), err));                                                     \
    } while (0)

/* The same numbers on every run. */
typedef struct {
    uint64_t state;
} Dice;
unsigned roll(Dice *d, unsigned below);

/* Writes a few random rows of every kind inside an open verb, or changes some. Texts come from a small set of words. */
typedef struct {
    Dice dice;
    Store *s;
    int clock;         /* minutes */
    Id alliances[64];
    int versions[64];
    Id terms[64];      /* of alliance i: the last one written */
    size_t n;
    Vec(Id) open;      /* commitments */
} World;

void world_init(World *w, Store *s, uint64_t seed);
void world_finish(World *w);
void world_verb(World *w); /* one random verb, begun and committed */
const char *random_text(Dice *d, Arena *arena);

char *dump(Store *s); /* caller frees */

#endif
