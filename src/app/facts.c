#include "own.h"

#include <entente/agreement.h>
#include <entente/store_agreements.h>
#include <entente/store_checkins.h>
#include <stdlib.h>
#include <string.h>

/* Reads what the choice of prompts depends on. One function a group of facts. */

enum { CHECK_INS_READ = 40, LOOKS_READ = 400, MOMENTS_READ = 200, COMMITMENTS_READ = 200, BALANCE_DAYS = 90 };

typedef struct {
    App *app;
    Arena *arena;
    Error *err;
    Date today;
    Alliance alliance;
    CheckIn *check_ins; /* newest first */
    size_t check_in_count;
    Facts facts;
} Gather;

static int days_since(const Gather *g, Instant t)
{
    return instant_is_none(t) ? FACT_UNKNOWN : (int)(g->today - instant_date(t));
}

static bool read_situation(Gather *g)
{
    g->facts.role = g->alliance.role;
    g->facts.situation = g->alliance.situation;
    if (!g->alliance.situation[0]) return true;
    Situations *all;
    if (!situations_load(g->app->prompts_dir, &all, NULL)) return true; /* it only sets the tone */
    const Situation *s = situations_find(all, g->alliance.situation);
    if (s) {
        const char **themes = arena_array(g->arena, s->theme_count, sizeof *themes);
        for (size_t i = 0; i < s->theme_count; i++) themes[i] = arena_str(g->arena, sv(s->themes[i]));
        g->facts.situation_name = arena_str(g->arena, sv(s->name));
        g->facts.emphasis = themes;
        g->facts.emphasis_count = s->theme_count;
    }
    situations_free(all);
    return true;
}

static bool read_alliance(Gather *g, Id id)
{
    AllianceRow row;
    if (!store_alliance_row(g->app->store, id, g->arena, &row, g->err)) return false;
    Facts *f = &g->facts;
    Str partner;
    g->alliance = row.alliance;
    str_init(&partner);
    app_short_name(row.alliance.name, &partner);
    f->partner = arena_str(g->arena, str_view(&partner));
    f->me = "you";
    str_finish(&partner);
    f->team = row.alliance.kind == ALLIANCE_TEAM;
    f->alliance_age = days_since(g, row.alliance.created);
    Due due = app_due(g->app, &row);
    if (due.day != DATE_NONE) f->days_past_due = -due.days;
    if (row.alliance.review_on != DATE_NONE) f->days_past_review = g->today - row.alliance.review_on;
    return read_situation(g);
}

static void read_rhythm(Gather *g)
{
    Date dates[CHECK_INS_READ];
    size_t n = 0;
    for (size_t i = g->check_in_count < 7 ? g->check_in_count : 7; i-- > 0;)
        dates[n++] = instant_date(g->check_ins[i].at);
    double agreed = cadence_days(&g->alliance.cadence);
    if (agreed > 0) g->facts.cadence_agreed = (int)(agreed + 0.5);
    if (n >= 6) g->facts.cadence_lived = lived_days(dates, n);
}

static bool read_check_ins(Gather *g)
{
    size_t total;
    Facts *f = &g->facts;
    if (!store_check_ins(g->app->store, g->alliance.id, INSTANT_NONE, CHECK_INS_READ, g->arena, &g->check_ins,
                         &g->check_in_count, g->err) ||
        !store_check_in_count(g->app->store, g->alliance.id, &total, g->err))
        return false;
    FactTrust *trust = arena_array(g->arena, g->check_in_count, sizeof *trust);
    f->check_ins = (int)total;
    f->days_since_check_in = days_since(g, g->alliance.last_check_in);
    f->trust = trust;
    for (size_t i = 0; i < g->check_in_count; i++)
        if (g->check_ins[i].trust)
            trust[f->trust_count++] = (FactTrust){g->check_ins[i].trust, days_since(g, g->check_ins[i].at)};
    read_rhythm(g);
    return true;
}

static bool read_repair(Gather *g)
{
    CheckIn last;
    Error none = {0};
    if (store_last_session(g->app->store, g->alliance.id, STAGE_REPAIR, g->arena, &last, &none))
        g->facts.days_since_repair = days_since(g, last.at);
    return none.code == ERR_NONE || none.code == ERR_NOT_FOUND ||
           error_set(g->err, none.code, "%s", none.msg);
}

/* ---- terms ---- */

static int check_ins_after(const Gather *g, Instant t)
{
    int n = 0;
    for (size_t i = 0; i < g->check_in_count; i++) n += instant_cmp(g->check_ins[i].at, t) > 0;
    return n;
}

static void look_back(const Gather *g, FactTerm *fact, const Look *looks, size_t n, Instant agreed)
{
    bool counting = true;
    Instant looked = agreed;
    for (size_t i = 0; i < n; i++) {
        if (looks[i].term != fact->id) continue;
        if (!fact->looked) {
            looked = looks[i].at;
            fact->no_longer_fits = strcmp(looks[i].mark, "no-longer-fits") == 0;
        }
        fact->looked = true;
        counting = counting && strcmp(looks[i].mark, "not-lived") == 0;
        fact->not_lived += counting;
    }
    fact->checks = check_ins_after(g, looked);
}

static Instant version_since(const Version *versions, size_t n, int number)
{
    for (size_t i = 0; i < n; i++)
        if (versions[i].number == number) return versions[i].since;
    return INSTANT_NONE;
}

static bool read_terms(Gather *g)
{
    Store *s = g->app->store;
    Id id = g->alliance.id;
    Term *terms;
    Version *versions;
    Look *looks;
    const Term **in_force;
    size_t n, version_count, look_count;
    if (!store_terms(s, id, g->arena, &terms, &n, g->err) ||
        !store_versions(s, id, g->arena, &versions, &version_count, g->err) ||
        !store_looks(s, id, LOOKS_READ, g->arena, &looks, &look_count, g->err))
        return false;
    if (!g->alliance.version) return true;
    size_t count = agreement_at(terms, n, g->alliance.version, g->arena, &in_force);
    FactTerm *facts = arena_array(g->arena, count, sizeof *facts);
    for (size_t i = 0; i < count; i++) {
        facts[i] =
            (FactTerm){.id = in_force[i]->id, .section = in_force[i]->section, .text = in_force[i]->text};
        look_back(g, &facts[i], looks, look_count,
                  version_since(versions, version_count, in_force[i]->from_version));
    }
    g->facts.terms = facts;
    g->facts.term_count = count;
    return true;
}

/* ---- commitments ---- */

/* Not kept counts as news until the second check-in after it was settled. */
static bool lately_settled(const Gather *g, const Commitment *c)
{
    return g->check_in_count < 2 || instant_cmp(c->settled, g->check_ins[1].at) > 0;
}

static bool standing_of(const Gather *g, const Commitment *c, FactCommitment *ret)
{
    *ret = (FactCommitment){.id = c->id, .side = c->side, .text = c->text, .days = FACT_UNKNOWN};
    if (c->state == COMMITMENT_OPEN) {
        bool past = c->due != DATE_NONE && c->due < g->today;
        ret->standing = past ? STANDING_PAST_DUE : STANDING_OPEN;
        if (c->due != DATE_NONE) ret->days = past ? g->today - c->due : c->due - g->today;
        return true;
    }
    ret->standing = STANDING_NOT_KEPT;
    ret->days = days_since(g, c->settled);
    return c->state == COMMITMENT_NOT_KEPT && lately_settled(g, c);
}

static int newest_due_first(const void *a, const void *b)
{
    const Commitment *x = &((const CommitmentRow *)a)->commitment,
                     *y = &((const CommitmentRow *)b)->commitment;
    return (x->due < y->due) - (x->due > y->due);
}

/* What was changed or let go by agreement is no slip, and ends no row of them. */
static int slips(const Gather *g, const CommitmentRow *rows, size_t n, Side side)
{
    int count = 0;
    for (size_t i = 0; i < n; i++) {
        const Commitment *c = &rows[i].commitment;
        if (c->side != side || c->due == DATE_NONE || c->due >= g->today) continue;
        if (c->state == COMMITMENT_KEPT || c->state == COMMITMENT_KEPT_LATE) break;
        count += c->state == COMMITMENT_OPEN || c->state == COMMITMENT_NOT_KEPT;
    }
    return count;
}

static bool read_commitments(Gather *g)
{
    CommitmentFilter filter = {.alliance = g->alliance.id};
    CommitmentRow *rows;
    CommitmentCursor next;
    size_t n;
    if (!store_commitments(g->app->store, &filter, NULL, COMMITMENTS_READ, g->arena, &rows, &n, &next,
                           g->err))
        return false;
    FactCommitment *facts = arena_array(g->arena, n, sizeof *facts);
    for (size_t i = 0; i < n; i++)
        if (standing_of(g, &rows[i].commitment, &facts[g->facts.commitment_count]))
            g->facts.commitment_count++;
    g->facts.commitments = facts;
    if (n) qsort(rows, n, sizeof *rows, newest_due_first);
    for (Side side = SIDE_ME; side < SIDE_COUNT; side++) g->facts.slips[side] = slips(g, rows, n, side);
    return true;
}

/* ---- moments, notes, what was asked ---- */

static void count_moment(Gather *g, const Moment *m)
{
    Facts *f = &g->facts;
    int days = days_since(g, m->at);
    f->moments +=
        instant_is_none(g->alliance.last_check_in) || instant_cmp(m->at, g->alliance.last_check_in) > 0;
    if (days > BALANCE_DAYS) return;
    f->gave += m->kind == MOMENT_GAVE;
    f->received += m->kind == MOMENT_RECEIVED || m->kind == MOMENT_DEPOSIT;
}

static bool read_moments(Gather *g)
{
    Moment *moments;
    size_t n, notes;
    if (!store_moments(g->app->store, g->alliance.id, MOMENTS_READ, g->arena, &moments, &n, g->err) ||
        !store_private_count(g->app->store, g->alliance.id, 100, &notes, g->err))
        return false;
    Facts *f = &g->facts;
    f->moments = f->gave = f->received = 0;
    f->private_notes = (int)notes;
    if (n) f->days_since_moment = days_since(g, moments[0].at);
    for (size_t i = 0; i < n; i++) count_moment(g, &moments[i]);
    return true;
}

static bool read_past(Gather *g)
{
    AskedPrompt *asked;
    size_t n;
    if (!store_asked(g->app->store, g->alliance.id, g->arena, &asked, &n, g->err)) return false;
    PromptPast *past = arena_array(g->arena, n, sizeof *past);
    for (size_t i = 0; i < n; i++)
        past[i] = (PromptPast){.key = asked[i].prompt,
                               .days = days_since(g, asked[i].at),
                               .times = asked[i].times,
                               .skipped = asked[i].skipped};
    g->facts.past = past;
    g->facts.past_count = n;
    return true;
}

bool app_facts(App *app, Id alliance, Arena *arena, Facts *ret, Error *err)
{
    Gather g = {.app = app, .arena = arena, .err = err, .today = app_today(app), .facts = facts_none()};
    if (!read_alliance(&g, alliance) || !read_check_ins(&g) || !read_repair(&g) || !read_terms(&g) ||
        !read_commitments(&g) || !read_moments(&g) || !read_past(&g))
        return false;
    *ret = g.facts;
    return true;
}
