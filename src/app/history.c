#include "own.h"

#include <entente/agreement.h>
#include <entente/store_agreements.h>
#include <entente/store_checkins.h>
#include <entente/text.h>
#include <entente/vec.h>
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>

/* Whom the words of a search name, when they name one person only: all that was noted with them is meant. */
static bool named_in_query(App *app, const char *query, Arena *arena, Id *ret, Error *err)
{
    Alliance *found;
    size_t n = 0;
    Str folded;
    str_init(&folded);
    text_fold(&folded, sv(query));
    bool ok =
        folded.len == 0 || store_alliances_named(app->store, folded.buf, false, 2, arena, &found, &n, err);
    *ret = ok && n == 1 ? found[0].id : 0;
    str_finish(&folded);
    return ok;
}

bool app_history(App *app, const HistoryFilter *filter, const HistoryCursor *before, size_t limit,
                 Arena *arena, HistoryRow **ret, size_t *ret_n, HistoryCursor *ret_next, Error *err)
{
    HistoryFilter by_name = *filter;
    HistoryCursor next;
    size_t n;
    if (!store_history(app->store, filter, before, limit, arena, ret, ret_n, ret_next, err)) return false;
    if (*ret_n || !filter->query || filter->alliance) return true;
    /* Words that stand nowhere in the texts may be a name. */
    if (!store_history(app->store, filter, NULL, 1, arena, ret, &n, &next, err) ||
        !named_in_query(app, filter->query, arena, &by_name.alliance, err))
        return false;
    if (n || !by_name.alliance) return true;
    by_name.query = NULL;
    return store_history(app->store, &by_name, before, limit, arena, ret, ret_n, ret_next, err);
}

void app_entry_title(const HistoryRow *row, Str *out)
{
    if (row->kind == ENTRY_AGREEMENT) {
        str_addf(out, "agreement v%d", row->version);
        return;
    }
    str_add_c(out, entry_kind_name(row->kind));
    if (row->kind == ENTRY_MOMENT) str_addf(out, ": %s", moment_kind_name(row->moment));
    if (row->kind == ENTRY_DESIGN && row->version) str_addf(out, ", agreement v%d", row->version);
}

/* ---- one entry whole ---- */

typedef struct {
    App *app;
    Arena *arena;
    Error *err;
    Vec(EntryPart) parts;
} Reader;

static void add_part(Reader *r, const char *label, const char *text, bool is_private)
{
    if (text[0]) vec_push(&r->parts, (EntryPart){label, text, is_private});
}

static const char *commitment_words(Reader *r, const Commitment *c, const char *partner)
{
    Str line;
    str_init(&line);
    str_addf(&line, "%s: %s", side_words(c->side, partner), c->text);
    if (c->due != DATE_NONE) {
        str_add_c(&line, ", by ");
        date_print_short(&line, c->due, app_today(r->app));
    }
    if (c->state != COMMITMENT_OPEN) str_addf(&line, " (%s)", commitment_state_words(c->state));
    const char *kept = arena_str(r->arena, str_view(&line));
    str_finish(&line);
    return kept;
}

/* A session's commitments are among its alliance's; there is no shorter way to them that a list needs. */
static bool add_commitments(Reader *r, const CheckIn *c, const char *partner)
{
    CommitmentFilter filter = {.alliance = c->alliance};
    CommitmentCursor at = {0};
    do {
        CommitmentRow *rows;
        CommitmentCursor next;
        size_t n;
        if (!store_commitments(r->app->store, &filter, &at, 100, r->arena, &rows, &n, &next, r->err))
            return false;
        for (size_t i = 0; i < n; i++) {
            const Commitment *m = &rows[i].commitment;
            if (m->made_in == c->id) add_part(r, "New commitment", commitment_words(r, m, partner), false);
            if (m->settled_in == c->id) add_part(r, "Settled", commitment_words(r, m, partner), false);
        }
        at = next;
    } while (at.set);
    return true;
}

static const char *scale_words(Reader *r, int value, const char *text)
{
    if (!value) return text;
    return arena_strf(r->arena, text[0] ? "%d, %s" : "%d%s", value, text);
}

static void add_answers(Reader *r, const CheckIn *c, const Answer *answers, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!answers[i].skipped)
            add_part(r, answers[i].question, scale_words(r, answers[i].value, answers[i].text),
                     c->is_private || answers[i].is_private);
}

/* A rating given as an answer is shown with its question; one without stands for itself. */
static bool has_rating(const Answer *answers, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (answers[i].value) return true;
    return false;
}

static bool read_check_in(Reader *r, Id id)
{
    CheckIn c;
    Answer *answers;
    Alliance a;
    size_t n;
    if (!store_check_in_get(r->app->store, id, r->arena, &c, r->err) ||
        !store_answers(r->app->store, id, r->arena, &answers, &n, r->err) ||
        !store_alliance_get(r->app->store, c.alliance, r->arena, &a, r->err))
        return false;
    add_part(r, "Note", c.note, c.is_private);
    add_answers(r, &c, answers, n);
    if (c.trust && !has_rating(answers, n))
        add_part(r, "Trust", scale_words(r, c.trust, c.trust_note), c.is_private);
    return add_commitments(r, &c, a.name);
}

static const char *term_label(Reader *r, const Term *t, const char *partner)
{
    return arena_strf(r->arena, "%s (%s)", section_title(t->section), side_words(t->side, partner));
}

static bool read_version(Reader *r, Id id)
{
    Version v;
    Alliance a;
    Term *terms;
    size_t n;
    if (!store_version_get(r->app->store, id, r->arena, &v, r->err) ||
        !store_alliance_get(r->app->store, v.alliance, r->arena, &a, r->err) ||
        !store_terms(r->app->store, v.alliance, r->arena, &terms, &n, r->err))
        return false;
    const Term **in_force;
    size_t count = agreement_at(terms, n, v.number, r->arena, &in_force);
    add_part(r, "Reason", v.reason, false);
    for (size_t i = 0; i < count; i++)
        add_part(r, term_label(r, in_force[i], a.name), in_force[i]->text, in_force[i]->is_private);
    return true;
}

static bool read_commitment(Reader *r, Id id)
{
    Commitment c;
    Alliance a;
    if (!store_commitment_get(r->app->store, id, r->arena, &c, r->err) ||
        !store_alliance_get(r->app->store, c.alliance, r->arena, &a, r->err))
        return false;
    add_part(r, "Who", side_words(c.side, a.name), false);
    add_part(r, "What", c.text, false);
    Str day;
    str_init(&day);
    if (c.due != DATE_NONE) date_print_long(&day, c.due);
    add_part(r, "By", arena_str(r->arena, str_view(&day)), false);
    str_finish(&day);
    add_part(r, "State", commitment_state_words(c.state), false);
    return true;
}

static bool read_moment(Reader *r, Id id)
{
    Moment m;
    if (!store_moment_get(r->app->store, id, r->arena, &m, r->err)) return false;
    add_part(r, moment_kind_name(m.kind), m.text, m.is_private);
    return true;
}

bool app_entry(App *app, Id id, EntryKind kind, Arena *arena, Entry *ret, Error *err)
{
    Reader r = {.app = app, .arena = arena, .err = err};
    bool ok = kind == ENTRY_AGREEMENT    ? read_version(&r, id)
              : kind == ENTRY_COMMITMENT ? read_commitment(&r, id)
              : kind == ENTRY_MOMENT     ? read_moment(&r, id)
                                         : read_check_in(&r, id);
    if (ok)
        *ret = (Entry){.parts = arena_copy(arena, r.parts.at, r.parts.len * sizeof *r.parts.at),
                       .count = r.parts.len};
    vec_finish(&r.parts);
    return ok;
}

/* ---- cursors ---- */

void app_cursor_print(const HistoryCursor *c, Str *out)
{
    str_addf(out, "%" PRId64 ".%" PRId64, c->at_ms, c->id);
}

bool app_cursor_parse(const char *text, HistoryCursor *ret, Error *err)
{
    StrView rest = sv(text), at = sv_cut(&rest, '.');
    long at_ms, id;
    if (!sv_to_int(at, LONG_MIN, LONG_MAX, &at_ms) || !sv_to_int(rest, 1, LONG_MAX, &id))
        return error_set(err, ERR_USAGE, "\"%s\" is no place in the history. Use what \"next\" gave.", text);
    *ret = (HistoryCursor){.set = true, .at_ms = at_ms, .id = id};
    return true;
}
