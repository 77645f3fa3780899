#include "own.h"

#include <entente/store_agreements.h>
#include <entente/store_checkins.h>
#include <entente/text.h>
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* ---- finding ---- */

static bool is_named(const Alliance *a, const char *folded)
{
    Str name;
    str_init(&name);
    text_fold(&name, sv(a->name));
    bool same = strcmp(name.buf, folded) == 0;
    str_finish(&name);
    return same;
}

/* Only names that are the same need their ids; more would not fit a line. */
static bool ambiguous(const char *who, const char *folded, const Alliance *found, size_t n, Error *err)
{
    Str names;
    str_init(&names);
    for (size_t i = 0; i < n; i++) {
        str_addf(&names, "%s%s", i ? ", " : "", found[i].name);
        if (is_named(&found[i], folded)) str_addf(&names, " (id %" PRId64 ")", found[i].id);
    }
    error_set(err, ERR_USAGE, "\"%s\" could be %s. Write more of the name, or the id.", who, names.buf);
    str_finish(&names);
    return false;
}

/* Exact names come first; in the trash there may be several of one. */
static bool pick(const char *who, const char *folded, const Alliance *found, size_t n, Id *ret, Error *err)
{
    if (n == 0)
        return error_set(err, ERR_NOT_FOUND, "No alliance is called \"%s\". `entente list` shows the names.",
                         who);
    bool one = n == 1 || (is_named(&found[0], folded) && !is_named(&found[1], folded));
    if (!one) return ambiguous(who, folded, found, n, err);
    *ret = found[0].id;
    return true;
}

enum { FOUND_MAX = 50, NAMED_MAX = 6 };

static size_t only_trashed(Alliance *found, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (!instant_is_none(found[i].trashed)) found[kept++] = found[i];
    return kept;
}

bool app_find(App *app, const char *who, bool trashed, Id *ret, Error *err)
{
    if (!text_check(sv(who), "name", err)) return false;
    Arena arena = {0};
    Str folded;
    str_init(&folded);
    text_fold(&folded, sv(who));
    Alliance *found = NULL, one;
    size_t n = 0;
    long id;
    bool ok;
    if (sv_to_int(sv(who), 1, LONG_MAX, &id) && store_alliance_get(app->store, id, &arena, &one, NULL) &&
        instant_is_none(one.trashed) == !trashed) {
        *ret = id;
        ok = true;
    } else if (folded.len == 0) {
        ok = error_set(err, ERR_USAGE, "The name of an alliance is empty. Write who.");
    } else {
        ok = store_alliances_named(app->store, folded.buf, trashed, FOUND_MAX, &arena, &found, &n, err);
        if (ok && trashed) n = only_trashed(found, n);
        ok = ok && pick(who, folded.buf, found, n < NAMED_MAX ? n : NAMED_MAX, ret, err);
    }
    str_finish(&folded);
    arena_finish(&arena);
    return ok;
}

/* ---- new, renamed, into the trash and back ---- */

static const char *or_empty(const char *s)
{
    return s ? s : "";
}

static bool optional_line(Verb *v, const char *text, const char *what, const char **ret)
{
    *ret = "";
    if (!text || sv_trim(sv(text)).len == 0) return true;
    return checked_line(&v->arena, text, what, NAME_MAX_BYTES, ret, v->err);
}

static bool add_member(Verb *v, const char *name, const char *email, const char *phone, int position)
{
    Person p = {.id = store_new_id(v->app->store, app_now(v->app).unix_ms), .notes = ""};
    return checked_line(&v->arena, name, "name", NAME_MAX_BYTES, &p.name, v->err) &&
           optional_line(v, email, "e-mail address", &p.email) &&
           optional_line(v, phone, "phone number", &p.phone) &&
           store_person_insert(v->app->store, &p, v->err) &&
           store_member_insert(v->app->store, v->alliance.id, p.id, position, v->err);
}

static bool add_members(Verb *v, const NewAlliance *n)
{
    if (n->kind == ALLIANCE_ONE_TO_ONE) return add_member(v, v->alliance.name, n->email, n->phone, 0);
    for (size_t i = 0; i < n->member_count; i++)
        if (!add_member(v, n->members[i], NULL, NULL, (int)i)) return false;
    return n->member_count > 0 ||
           error_set(v->err, ERR_USAGE, "A team needs members. Name each with --team.");
}

static bool add_tags(Verb *v, const NewAlliance *n)
{
    for (size_t i = 0; i < n->tag_count; i++) {
        const char *tag;
        if (!checked_line(&v->arena, n->tags[i], "tag", NAME_MAX_BYTES, &tag, v->err) ||
            !store_tag_insert(v->app->store, v->alliance.id, tag, v->err))
            return false;
    }
    return true;
}

static bool fill_alliance(Verb *v, const NewAlliance *n)
{
    Alliance *a = &v->alliance;
    *a = (Alliance){.kind = n->kind,
                    .situation = n->situation ? n->situation : "",
                    .state = n->cadence.kind == CADENCE_NONE ? STATE_DESIGNING : STATE_ACTIVE,
                    .paused_until = DATE_NONE,
                    .cadence = n->cadence,
                    .anchor = DATE_NONE,
                    .cadence_since = DATE_NONE,
                    .review_on = DATE_NONE,
                    .created = app_now(v->app),
                    .trashed = INSTANT_NONE,
                    .last_check_in = INSTANT_NONE,
                    .due = DATE_NONE};
    if (!checked_name(v, n->name, 0, &a->name) || !optional_line(v, n->role, "role", &a->role)) return false;
    a->id = store_new_id(v->app->store, a->created.unix_ms);
    v->id = a->id;
    if (n->cadence.kind != CADENCE_NONE)
        a->anchor = first_check_in(a, &n->cadence, n->first, app_today(v->app));
    return checked_first(v->app, n->first, v->err) && checked_comes(v->app, &n->cadence, a->anchor, v->err);
}

static bool add_alliance(Verb *v, const NewAlliance *n)
{
    return fill_alliance(v, n) && store_alliance_insert(v->app->store, &v->alliance, v->err) &&
           add_members(v, n) && add_tags(v, n) && verb_write_alliance(v);
}

/* One that is refused leaves no empty journal behind: where there is none yet, it is tried in memory first.
 */
static bool would_be_taken(App *app, const NewAlliance *n, Error *err)
{
    if (app->on_disk) return true;
    Verb v = {.app = app, .err = err};
    if (!store_begin(app->store, err)) return false;
    bool ok = add_alliance(&v, n);
    verb_end(&v, false, " ");
    return ok;
}

bool app_new_alliance(App *app, const NewAlliance *n, Done *done, Error *err)
{
    Verb v;
    if (!would_be_taken(app, n, err) || !verb_begin(&v, app, 0, done, err)) return false;
    bool ok = add_alliance(&v, n);
    if (ok) {
        str_addf(&v.said, "New alliance with %s.", v.alliance.name);
        say_next(&v, " ");
    }
    return verb_end(&v, ok, "new alliance with %s", ok ? v.alliance.name : "");
}

static bool rename_person(Verb *v)
{
    Person *people;
    size_t n;
    if (v->alliance.kind == ALLIANCE_TEAM) return true;
    if (!store_members(v->app->store, v->alliance.id, &v->arena, &people, &n, v->err)) return false;
    if (n != 1) return true;
    people[0].name = v->alliance.name;
    return store_person_update(v->app->store, &people[0], v->err);
}

bool app_rename(App *app, Id alliance, const char *name, const char *role, Done *done, Error *err)
{
    Verb v;
    if (!verb_begin(&v, app, alliance, done, err)) return false;
    const char *before = v.alliance.name;
    bool ok = checked_name(&v, name, alliance, &v.alliance.name) &&
              optional_line(&v, or_empty(role), "role", &v.alliance.role) && rename_person(&v) &&
              verb_write_alliance(&v);
    bool renamed = ok && strcmp(before, v.alliance.name) != 0;
    if (renamed) str_addf(&v.said, "%s is now %s.", before, v.alliance.name);
    if (ok && (!renamed || *v.alliance.role))
        str_addf(&v.said, "%sRole of %s: %s.", renamed ? " " : "", v.alliance.name,
                 *v.alliance.role ? v.alliance.role : "none");
    return verb_end(&v, ok, "rename %s", before);
}

bool app_trash(App *app, Id alliance, Done *done, Error *err)
{
    Verb v;
    if (!verb_begin(&v, app, alliance, done, err)) return false;
    v.alliance.trashed = app_now(app);
    bool ok = verb_write_alliance(&v);
    str_addf(&v.said, "Moved %s to the trash.", v.alliance.name);
    return verb_end(&v, ok, "move %s to the trash", v.alliance.name);
}

bool app_restore(App *app, Id alliance, Done *done, Error *err)
{
    Verb v;
    if (!verb_begin_any(&v, app, alliance, done, err)) return false;
    v.alliance.trashed = INSTANT_NONE;
    const char *name;
    bool ok = checked_name(&v, v.alliance.name, alliance, &name) && verb_write_alliance(&v);
    str_addf(&v.said, "%s is back from the trash.", v.alliance.name);
    return verb_end(&v, ok, "restore %s", v.alliance.name);
}

/* ---- the agreement ---- */

static int next_position(const Term *terms, size_t n, Section section, Side side)
{
    int position = 0;
    for (size_t i = 0; i < n; i++)
        if (terms[i].section == section && terms[i].side == side && terms[i].position >= position)
            position = terms[i].position + 1;
    return position;
}

static bool agree(Verb *v, Term *term, const char *text)
{
    Store *store = v->app->store;
    Term *terms;
    size_t n;
    Instant now = app_now(v->app);
    Version version = {.id = store_new_id(store, now.unix_ms),
                       .alliance = v->alliance.id,
                       .number = v->alliance.version + 1,
                       .since = now,
                       .reason = "",
                       .talked_on = DATE_NONE};
    if (!checked_text(&v->arena, text, "term", LINE_MAX_BYTES, &term->text, v->err) ||
        !store_terms(store, v->alliance.id, &v->arena, &terms, &n, v->err))
        return false;
    term->id = store_new_id(store, now.unix_ms);
    term->alliance = v->alliance.id;
    term->from_version = version.number;
    term->position = next_position(terms, n, term->section, term->side);
    v->id = term->id;
    v->alliance.version = version.number;
    if (v->alliance.state == STATE_DESIGNING) v->alliance.state = STATE_ACTIVE;
    return store_version_insert(store, &version, v->err) && store_term_insert(store, term, v->err) &&
           verb_write_alliance(v);
}

bool app_agree(App *app, Id alliance, Section section, Side side, const char *text, bool is_private,
               Done *done, Error *err)
{
    Verb v;
    if (!verb_begin(&v, app, alliance, done, err)) return false;
    Term term = {.section = section, .side = side, .is_private = is_private};
    bool ok = agree(&v, &term, text);
    str_addf(&v.said, "Agreed with %s: version %d.", v.alliance.name, v.alliance.version);
    return verb_end(&v, ok, "%s: a term of %s", v.alliance.name, section_name(section));
}
