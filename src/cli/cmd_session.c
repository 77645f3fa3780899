#include "own.h"

#include <entente/text.h>
#include <unistd.h>

/* ---- guided ---- */

bool cmd_guided(Run *r, Error *err)
{
    SessionStart start = r->cli->session;
    if (r->cli->no_input)
        return error_set(err, ERR_USAGE, "%s: it asks questions, and --no-input forbids that.%s",
                         r->cli->command->name, start.stage == STAGE_CHECK_IN ? " Use --quick." : "");
    if (r->cli->who && !app_find(r->app, r->cli->who, false, &start.alliance, err)) return false;
    return plain_session(r, &start, err);
}

/* ---- check-in at once ---- */

/* The note that was piped in; one byte more than allowed is read to notice that there is too much. */
static bool read_note(Run *r, Str *note, Error *err)
{
    int fd = fileno(r->in);
    if (fd >= 0 && isatty(fd)) return true;
    Str raw;
    str_init(&raw);
    char block[4096];
    size_t n;
    while (raw.len <= TEXT_MAX_BYTES && (n = fread(block, 1, sizeof block, r->in)) > 0)
        str_add(&raw, sv_n(block, n));
    bool ok =
        raw.len <= TEXT_MAX_BYTES
            ? text_check(str_view(&raw), "The note", err)
            : error_set(err, ERR_USAGE, "The note: longer than %d bytes. Make it shorter.", TEXT_MAX_BYTES);
    if (ok) {
        Str clean;
        str_init(&clean);
        text_from_outside(&clean, str_view(&raw));
        str_set(note, sv_trim(str_view(&clean)));
        str_finish(&clean);
    }
    str_finish(&raw);
    return ok;
}

/* People write "by" for other things too: that is no mistake, but it may be one. */
static void note_no_day(Run *r, const NewCommitment *c)
{
    const char *words = app_commitment_no_day(c);
    if (words) note(r, "\"%s\" is no day; kept as words.", words);
}

static bool read_commitments(Run *r, QuickCheckIn *q, Error *err)
{
    size_t n;
    const char *const *texts = given_values(r, "commit", &n);
    NewCommitment *made = arena_array(&r->arena, n, sizeof *made);
    for (size_t i = 0; i < n; i++)
        if (!app_read_commitment(r->app, texts[i], &r->arena, &made[i], err)) return false;
    q->commitments = made;
    q->commitment_count = n;
    return true;
}

static bool quick(Run *r, Error *err)
{
    Id id;
    long trust = 0;
    QuickCheckIn q = {.at = INSTANT_NONE, .is_private = given(r, "private")};
    if (!given_number(r, "trust", TRUST_MIN, TRUST_MAX, &trust, err) || !given_at(r, "at", &q.at, err) ||
        !read_commitments(r, &q, err) || !find_who(r, 0, &id, err))
        return false;
    Str text;
    Done done;
    str_init(&text);
    done_init(&done);
    bool ok = read_note(r, &text, err);
    q.trust = (int)trust;
    q.note = text.buf;
    ok = print_done(r, ok && app_quick_check_in(r->app, id, &q, &done, err), &done);
    for (size_t i = 0; ok && i < q.commitment_count; i++) note_no_day(r, &q.commitments[i]);
    str_finish(&text);
    return ok;
}

bool cmd_checkin(Run *r, Error *err)
{
    static const char *const of_quick[] = {"trust", "at", "commit", "private"};
    if (given(r, "quick")) return quick(r, err);
    for (size_t i = 0; i < sizeof of_quick / sizeof *of_quick; i++)
        if (given(r, of_quick[i]))
            return error_set(err, ERR_USAGE, "--%s: goes with --quick; a guided check-in asks for it.",
                             of_quick[i]);
    return cmd_guided(r, err);
}
