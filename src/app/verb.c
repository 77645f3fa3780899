#include "own.h"

#include <entente/store_checkins.h>
#include <entente/text.h>
#include <string.h>

static bool read_alliance(Verb *v, Id alliance, bool trashed)
{
    if (!store_alliance_get(v->app->store, alliance, &v->arena, &v->alliance, v->err)) return false;
    if (trashed || instant_is_none(v->alliance.trashed)) return true;
    return error_set(v->err, ERR_NOT_FOUND, "%s is in the trash. Restore it first.", v->alliance.name);
}

static bool begin(Verb *v, App *app, Id alliance, bool trashed, Done *done, Error *err)
{
    *v = (Verb){.app = app, .err = err, .done = done, .id = alliance};
    if (!app_ensure_journal(app, err) || !store_begin(app->store, err)) return false;
    str_init(&v->said);
    if (!alliance || read_alliance(v, alliance, trashed)) return true;
    verb_end(v, false, " ");
    return false;
}

bool verb_begin(Verb *v, App *app, Id alliance, Done *done, Error *err)
{
    return begin(v, app, alliance, false, done, err);
}

bool verb_begin_any(Verb *v, App *app, Id alliance, Done *done, Error *err)
{
    return begin(v, app, alliance, true, done, err);
}

static void tell(Verb *v)
{
    if (!v->done) return;
    v->done->id = v->id;
    str_clear(&v->done->text);
    str_add(&v->done->text, str_view(&v->said));
}

bool verb_end(Verb *v, bool ok, const char *label_fmt, ...)
{
    Str label;
    str_init(&label);
    if (ok) {
        va_list ap;
        va_start(ap, label_fmt);
        str_vaddf(&label, label_fmt, ap);
        va_end(ap);
        ok = store_commit(v->app->store, label.buf, v->alliance.id, app_now(v->app), v->err);
    }
    if (ok) {
        v->app->changed = true;
        tell(v);
    } else {
        store_rollback(v->app->store);
    }
    str_finish(&label);
    str_finish(&v->said);
    arena_finish(&v->arena);
    return ok;
}

/* ---- derived facts ---- */

DueFacts due_facts(const AllianceRow *row)
{
    const Alliance *a = &row->alliance;
    return (DueFacts){.active = a->state == STATE_ACTIVE || a->state == STATE_PAUSED,
                      .cadence = a->cadence,
                      .anchor = a->anchor,
                      .since = a->cadence_since,
                      .last = instant_date(a->last_check_in),
                      .snooze_of = row->snooze_of,
                      .snooze_until = row->snooze_until,
                      .skips = row->skips,
                      .skip_count = row->skip_count,
                      .paused = a->state == STATE_PAUSED || a->paused_until != DATE_NONE,
                      .paused_until = a->paused_until};
}

static bool derive_last(Verb *v)
{
    Alliance *a = &v->alliance;
    a->last_check_in = INSTANT_NONE;
    a->last_trust = 0;
    for (Instant before = INSTANT_NONE;;) {
        CheckIn *page;
        size_t n;
        if (!store_check_ins(v->app->store, a->id, before, 16, &v->arena, &page, &n, v->err)) return false;
        if (n && instant_is_none(a->last_check_in)) a->last_check_in = page[0].at;
        for (size_t i = 0; i < n && !a->last_trust; i++) a->last_trust = page[i].trust;
        if (n < 16 || a->last_trust) return true;
        before = page[n - 1].at;
    }
}

bool verb_write_alliance(Verb *v)
{
    AllianceRow row;
    if (!derive_last(v) || !store_alliance_row(v->app->store, v->alliance.id, &v->arena, &row, v->err))
        return false;
    row.alliance = v->alliance;
    DueFacts facts = due_facts(&row);
    v->alliance.due = due_day(&facts);
    return store_alliance_update(v->app->store, &v->alliance, v->err);
}

/* ---- checks of what came in ---- */

static bool has_control(StrView text, bool lines)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c == 0x7f || (c < 0x20 && !(lines && (c == '\n' || c == '\t')))) return true;
        if (c == 0xc2 && i + 1 < text.len && (unsigned char)text.ptr[i + 1] < 0xa0) return true; /* C1 */
    }
    return false;
}

static bool checked(Arena *arena, const char *text, const char *what, size_t max, bool lines,
                    const char **ret, Error *err)
{
    StrView trimmed = sv_trim(sv(text));
    if (trimmed.len > max)
        return error_set(err, ERR_USAGE, "The %s is too long: %zu bytes, at most %zu. Shorten it.", what,
                         trimmed.len, max);
    if (!text_check(trimmed, what, err)) return false;
    if (has_control(trimmed, lines))
        return error_set(err, ERR_USAGE, "The %s holds control characters. Remove them.", what);
    if (trimmed.len == 0) return error_set(err, ERR_USAGE, "The %s is empty. Write a few words.", what);
    *ret = arena_str(arena, trimmed);
    return true;
}

bool checked_line(Arena *arena, const char *text, const char *what, size_t max, const char **ret, Error *err)
{
    return checked(arena, text, what, max, false, ret, err);
}

bool checked_text(Arena *arena, const char *text, const char *what, size_t max, const char **ret, Error *err)
{
    return checked(arena, text, what, max, true, ret, err);
}

bool checked_name(Verb *v, const char *name, Id self, const char **ret)
{
    const char *clean;
    if (!checked_line(&v->arena, name, "name", NAME_MAX_BYTES, &clean, v->err)) return false;
    Str folded;
    str_init(&folded);
    text_fold(&folded, sv(clean));
    Alliance *same;
    size_t n;
    bool ok = folded.len > 0 || error_set(v->err, ERR_USAGE, "The name is empty. Write a few words.");
    ok = ok && store_alliances_named(v->app->store, folded.buf, false, 1, &v->arena, &same, &n, v->err);
    if (ok && n && same[0].id != self) {
        Str other;
        str_init(&other);
        text_fold(&other, sv(same[0].name));
        if (strcmp(other.buf, folded.buf) == 0)
            ok = error_set(v->err, ERR_USAGE,
                           "There is an alliance with %s already. Add a word that tells the two apart.",
                           same[0].name);
        str_finish(&other);
    }
    str_finish(&folded);
    if (ok) *ret = clean;
    return ok;
}

void say_next(Verb *v, const char *before)
{
    if (v->alliance.due == DATE_NONE) return;
    str_add_c(&v->said, before);
    str_add_c(&v->said, v->alliance.due < app_today(v->app) ? "Waiting since " : "Next: ");
    date_print_short(&v->said, v->alliance.due, app_today(v->app));
    str_add_c(&v->said, ".");
}
