#include "demo_people.h"
#include "own.h"

#include <entente/session.h>
#include <entente/store_agreements.h>
#include <entente/store_checkins.h>
#include <stdlib.h>

/* Builds the demo journal through the verbs' own ways, with the clock set back to each day. */

typedef struct {
    App *app;
    Prompts *prompts; /* the check-in questions, so that the past was asked as the present is */
    Instant now;
    const DemoPerson *who;
    Error *err;
} Demo;

static Instant days_ago(const Demo *d, int days, int minutes)
{
    return instant_local(&d->app->zone, instant_date(d->now) - days, minutes);
}

static void travel(Demo *d, int days)
{
    app_set_now(d->app, days_ago(d, days, 20 * 60 + 15));
}

static bool write_version(Verb *v, const Demo *d, int number)
{
    Version version = {.id = store_new_id(d->app->store, app_now(d->app).unix_ms),
                       .alliance = v->alliance.id,
                       .number = number,
                       .since = app_now(d->app),
                       .reason = d->who->reasons[number - 1],
                       .talked = d->who->talked < 0 ? TALKED_NOT_YET : TALKED_THROUGH,
                       .talked_on = DATE_NONE};
    if (d->who->talked >= 0) version.talked_on = app_today(d->app) + (number == 1 ? d->who->talked : 0);
    return store_version_insert(d->app->store, &version, d->err);
}

static bool write_terms(Verb *v, const Demo *d)
{
    int position[SECTION_COUNT][SIDE_COUNT] = {0};
    for (size_t i = 0; i < d->who->term_count; i++) {
        const DemoTerm *t = &d->who->terms[i];
        Term term = {.id = store_new_id(d->app->store, app_now(d->app).unix_ms),
                     .alliance = v->alliance.id,
                     .section = t->section,
                     .side = t->side,
                     .text = t->text,
                     .is_private = t->is_private,
                     .from_version = t->version,
                     .to_version = t->gone,
                     .position = position[t->section][t->side]++};
        if (!store_term_insert(d->app->store, &term, d->err)) return false;
    }
    return true;
}

static bool write_agreement(Demo *d, Id alliance)
{
    Verb v;
    travel(d, d->who->versions[0]);
    if (!verb_begin(&v, d->app, alliance, NULL, d->err)) return false;
    bool ok = true;
    for (int n = 1; ok && n <= DEMO_VERSIONS && d->who->versions[n - 1]; n++) {
        travel(d, d->who->versions[n - 1]);
        v.alliance.version = n;
        ok = write_version(&v, d, n);
    }
    ok = ok && write_terms(&v, d) && verb_write_alliance(&v);
    return verb_end(&v, ok, "agreement");
}

static bool write_answer(Verb *v, const Demo *d, Id check_in, int position, const char *key, const char *text)
{
    const Prompt *prompt = prompts_find(d->prompts, key);
    if (!prompt || !text) return true;
    Str question, partner;
    str_init(&question);
    str_init(&partner);
    app_short_name(v->alliance.name, &partner);
    prompt_fill(&question, prompt->text, &(Fill){.partner = partner.buf, .me = "you"});
    Answer a = {.id = store_new_id(d->app->store, app_now(d->app).unix_ms),
                .check_in = check_in,
                .position = position,
                .prompt = key,
                .question = question.buf,
                .text = text};
    bool ok = store_answer_insert(d->app->store, &a, d->err);
    str_finish(&question);
    str_finish(&partner);
    return ok;
}

/* Each check-in looked at one term, in turn; mostly it is lived. */
static bool write_look(Verb *v, const Demo *d, Id check_in, size_t turn)
{
    static const char *const MARKS[] = {"lived", "lived", "partly", "lived", "not-lived"};
    Term *terms;
    size_t n;
    if (!store_terms(d->app->store, v->alliance.id, &v->arena, &terms, &n, d->err)) return false;
    if (n == 0) return true;
    Look look = {.id = store_new_id(d->app->store, app_now(d->app).unix_ms),
                 .check_in = check_in,
                 .term = terms[turn % n].id,
                 .mark = MARKS[turn % (sizeof MARKS / sizeof MARKS[0])]};
    return store_look_insert(d->app->store, &look, d->err);
}

static bool write_check_in(Demo *d, Id alliance, const DemoCheckIn *c, size_t turn)
{
    Verb v;
    travel(d, c->days_ago);
    if (!verb_begin(&v, d->app, alliance, NULL, d->err)) return false;
    CheckIn row = {.id = store_new_id(d->app->store, app_now(d->app).unix_ms),
                   .alliance = alliance,
                   .stage = STAGE_CHECK_IN,
                   .at = app_now(d->app),
                   .trust = c->trust,
                   .trust_note = c->trust_note ? c->trust_note : "",
                   .note = "",
                   .version = v.alliance.version};
    bool ok = store_check_in_insert(d->app->store, &row, d->err) &&
              write_answer(&v, d, row.id, 0, "check-in.works.well", c->well) &&
              write_answer(&v, d, row.id, 1, "check-in.friction.harder", c->hard) &&
              write_look(&v, d, row.id, turn) && verb_write_alliance(&v);
    return verb_end(&v, ok, "check-in");
}

static bool write_commitment(Demo *d, Id alliance, const DemoCommitment *c)
{
    Done done;
    done_init(&done);
    travel(d, c->made);
    Date due = c->due == DEMO_NO_DAY ? DATE_NONE : instant_date(d->now) + c->due;
    bool ok = app_commit(d->app, alliance, c->side, c->text, due, &done, d->err);
    if (ok && c->state != COMMITMENT_OPEN) {
        travel(d, c->settled);
        ok = app_settle(d->app, done.id, c->state, NULL, d->err);
    }
    done_finish(&done);
    return ok;
}

static bool write_moment(Demo *d, Id alliance, const DemoMoment *m)
{
    travel(d, m->days_ago);
    return app_moment(d->app, alliance, m->kind, m->text, INSTANT_NONE, false, NULL, d->err);
}

static bool write_past(Demo *d, Id alliance)
{
    for (size_t i = 0; i < d->who->check_in_count; i++)
        if (!write_check_in(d, alliance, &d->who->check_ins[i], i)) return false;
    for (size_t i = 0; i < d->who->commitment_count; i++)
        if (!write_commitment(d, alliance, &d->who->commitments[i])) return false;
    for (size_t i = 0; i < d->who->moment_count; i++)
        if (!write_moment(d, alliance, &d->who->moments[i])) return false;
    return true;
}

static bool write_calendar(Demo *d, Id alliance)
{
    travel(d, 1);
    Date today = instant_date(d->now);
    if (d->who->snooze_days && !app_snooze(d->app, alliance, today + d->who->snooze_days, NULL, d->err))
        return false;
    if (d->who->review_days && !app_set_review(d->app, alliance, today + d->who->review_days, NULL, d->err))
        return false;
    if (!d->who->pause_days) return true;
    return app_pause(d->app, alliance, d->who->pause_days < 0 ? DATE_NONE : today + d->who->pause_days, NULL,
                     d->err);
}

static bool write_person(Demo *d)
{
    Done done;
    done_init(&done);
    NewAlliance n = {
        .name = d->who->name, .role = d->who->role, .tags = &d->who->tag, .tag_count = 1, .first = DATE_NONE};
    travel(d, d->who->first);
    bool ok = cadence_parse(sv(d->who->cadence), &n.cadence, d->err) &&
              app_new_alliance(d->app, &n, &done, d->err) && write_agreement(d, done.id) &&
              write_past(d, done.id) && write_calendar(d, done.id);
    done_finish(&done);
    return ok;
}

/* Someone who is still being designed: a draft of a few steps waits on Home. */
static bool write_draft(Demo *d)
{
    Session *s;
    travel(d, 2);
    SessionStart start = {.stage = STAGE_DESIGN};
    if (!session_begin(d->app, &start, &s, d->err)) return false;
    session_set_who(s, SV("Noor Aziz"), SV("neighbour"), false);
    bool ok = session_next(s, d->err);
    session_set_text(s, SV("Two doors that may be knocked on."), 0);
    ok = ok && session_next(s, d->err);
    session_set_text(s, SV("I take in parcels.\nI water the plants in August."), 0);
    ok = ok && session_next(s, d->err) && session_save(s, d->err);
    session_free(s);
    return ok;
}

static bool write_all(Demo *d)
{
    for (size_t i = 0; i < DEMO_PEOPLE_COUNT; i++) {
        d->who = &DEMO_PEOPLE[i];
        if (!write_person(d)) return false;
    }
    if (!write_draft(d)) return false;
    /* u must not take the invented past apart. */
    return store_begin(d->app->store, d->err) && store_forget_log(d->app->store, d->err) &&
           store_commit_quietly(d->app->store, d->err);
}

bool app_open_demo(const AppOptions *options, App **ret, Error *err)
{
    AppOptions memory = *options;
    memory.journal = ":memory:";
    Demo d = {.err = err};
    if (!app_open(&memory, &d.app, err)) return false;
    d.now = app_now(d.app);
    bool ok = prompts_load(app_prompts_dir(d.app), STAGE_CHECK_IN, &d.prompts, err) && write_all(&d);
    prompts_free(d.prompts);
    if (!ok) {
        store_rollback(d.app->store);
        app_close(d.app);
        return false;
    }
    d.app->demo = true;
    d.app->has_now = options->has_now;
    d.app->now = d.now;
    *ret = d.app;
    return true;
}
