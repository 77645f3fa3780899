#include "plain.h"

#include <unistd.h>

/* The walk of a line-by-line session, from its first words to what was kept. */

static bool is_check_in(Stage stage)
{
    return stage == STAGE_CHECK_IN || stage == STAGE_TEAM_CHECK_IN;
}

static void tell_heading(const Plain *p)
{
    static const char *const words[STAGE_COUNT] = {
        [STAGE_PREPARE] = "Preparing for",   [STAGE_DESIGN] = "Design with",
        [STAGE_CHECK_IN] = "Check-in with",  [STAGE_REPAIR] = "Repair with",
        [STAGE_RENEW] = "Renewal with",      [STAGE_CLOSE] = "Ending well with",
        [STAGE_TEAM_DESIGN] = "Design with", [STAGE_TEAM_CHECK_IN] = "Check-in with"};
    Str day;
    str_init(&day);
    date_print_long(&day, app_today(p->s->app));
    if (p->s->alliance)
        tell(p, "%s %s, %s.", words[p->s->stage], p->s->partner, day.buf);
    else
        tell(p, "A new alliance, %s.", day.buf);
    str_finish(&day);
}

static void tell_start(const Plain *p)
{
    const Session *s = p->s;
    tell_heading(p);
    if (s->resumed) tell(p, "Draft found: %zu of %zu answered.", session_answered(s), session_total(s));
    if (s->together)
        tell(p, "Together: each question is for you first, then for the other; nothing private is shown.");
    if (s->stage == STAGE_PREPARE)
        tell(p, "This is for you alone: answers are private unless .private says otherwise.");
    if (s->note_count && !s->together)
        tell(p, "What you noted for yourself: %zu answer%s. .notes shows %s.", s->note_count,
             s->note_count == 1 ? "" : "s", s->note_count == 1 ? "it" : "them");
    tell_commands(p);
}

static void tell_step(const Plain *p)
{
    const SessionStep *step = session_step(p->s);
    if (step->kind == STEP_REVIEW) {
        tell(p, "\nReview.");
        return;
    }
    bool follows = step->opened_by && *step->opened_by;
    Str asked;
    str_init(&asked);
    if (step->asked && *step->asked) app_short_name(step->asked, &asked);
    tell(p, "\n%s %zu of %zu, %s%s. %s%s%s", is_check_in(p->s->stage) ? "Question" : "Step",
         session_number(p->s), session_total(p->s), step->title, follows ? ", from what you said" : "",
         asked.buf, asked.len ? ": " : "", step->question);
    str_finish(&asked);
    if (step->reason && *step->reason) tell(p, "Why now: %s", step->reason);
    if (step->last_time && *step->last_time && !p->s->together) tell(p, "%s", step->last_time);
    if (step->is_private) tell(p, "(private)");
}

/* A scale or choice whose prompt is gone with its pack has lost its words: what was said stays as text. */
static Turn ask(Plain *p)
{
    const SessionStep *step = session_step(p->s);
    tell_step(p);
    switch (step->kind) {
    case STEP_WHO: return ask_who(p);
    case STEP_TEXT: return ask_text(p);
    case STEP_SCALE: return step->prompt ? ask_scale(p) : ask_text(p);
    case STEP_CHOICE: return step->prompt ? ask_choice(p) : ask_text(p);
    case STEP_COMMITMENTS: return ask_commitments(p);
    case STEP_TERMS: return ask_terms(p);
    case STEP_DATE: return ask_date(p);
    case STEP_CADENCE: return ask_cadence(p);
    case STEP_REVIEW: return ask_review(p);
    }
    return TURN_LEAVE;
}

/*
 * What the user can mend is said and asked again; anything else ends the session with its draft. A journal
 * that cannot be written just now is mended by somebody who is there, not by the next line of a file.
 */
static bool mendable(const Plain *p, bool ok, Error *err)
{
    bool later = err->code == ERR_IN_USE || err->code == ERR_CANNOT_WRITE;
    if (ok || !(err->code == ERR_USAGE || (later && p->interactive))) return ok;
    tell(p, "%s", err->msg);
    error_clear(err);
    return true;
}

static bool accept(Plain *p, Error *err)
{
    StepKind kind = session_step(p->s)->kind;
    if (kind == STEP_SCALE || kind == STEP_DATE || kind == STEP_CADENCE) tell_understood(p);
    return mendable(p, session_next(p->s, err), err);
}

/*
 * *ended: it is left. A draft that cannot be saved just now is stayed with while there is somebody to wait
 * for it: leaving would lose the text.
 */
static bool leave(Plain *p, bool *ended, Error *err)
{
    if (!session_save(p->s, err)) return !p->ended && p->interactive && mendable(p, false, err);
    Done done;
    done_init(&done);
    done.id = p->s->alliance;
    if (session_kept_words(p->s, &done.text)) {
        str_addf(&done.text, " `entente %s", stage_command(p->s->stage));
        if (p->s->alliance) {
            str_add_char(&done.text, ' ');
            add_who(&done.text, p->s->partner);
        }
        str_add_c(&done.text, "` goes on.");
    }
    *ended = true;
    if (interrupt_came()) {
        p->r->status = 128 + interrupt_came();
        putc('\n', p->out); /* the line that was being typed ends here */
    }
    return print_done(p->r, true, &done);
}

/* What was kept is kept: where the offers cannot be read, there are none. */
static void tell_offers(const Plain *p, Id alliance, const char *name)
{
    Offer offers[OFFERS_MAX];
    size_t n;
    if (!app_offers(p->r->app, alliance, &p->r->arena, offers, &n, NULL)) return;
    for (size_t i = 0; i < n; i++) {
        Str words;
        str_init(&words);
        offer_words(&words, name, &offers[i]);
        tell(p, "%s", words.buf);
        str_finish(&words);
    }
}

/* *ended: the session is over and nothing more is to be asked. */
static bool finish(Plain *p, Turn turn, bool *ended, Error *err)
{
    Done done;
    done_init(&done);
    bool ok = turn == TURN_KEEP ? session_finish(p->s, &done, err) : session_discard(p->s, &done, err);
    *ended = ok;
    if (!ok) {
        done_finish(&done);
        return mendable(p, false, err);
    }
    print_done(p->r, true, &done);
    if (turn == TURN_KEEP && is_check_in(p->s->stage)) tell_offers(p, p->s->alliance, p->s->partner);
    return true;
}

static bool walk(Plain *p, Error *err)
{
    bool ok = true, ended = false;
    while (ok && !ended) {
        Turn turn = ask(p);
        switch (turn) {
        case TURN_NEXT: ok = accept(p, err); break;
        case TURN_SKIP: ok = mendable(p, session_skip(p->s, err), err); break;
        case TURN_BACK: ok = mendable(p, session_back(p->s, err), err); break;
        case TURN_STAY: break;
        case TURN_LEAVE: ok = leave(p, &ended, err); break;
        case TURN_KEEP:
        case TURN_DISCARD: ok = finish(p, turn, &ended, err); break;
        }
    }
    return ok;
}

static void note_left_out(Run *r, const Session *s)
{
    const Complaint *complaints;
    size_t n = session_complaints(s, &complaints);
    note_complaints(r, complaints, n);
}

static bool no_situation(const Situations *all, const char *key, Error *err)
{
    size_t n = situations_count(all);
    const char **keys = mem_zalloc(n, sizeof *keys);
    for (size_t i = 0; i < n; i++) keys[i] = situations_at(all, i)->key;
    const char *like = nearest_word(key, keys, n);
    error_set(err, ERR_USAGE, "--situation: there is no \"%s\". %s%s%s", key,
              like ? "Did you mean " : "Leave it out to see them all", like ? like : "", like ? "?" : ".");
    free(keys);
    return false;
}

static bool check_situation(const Situations *all, const char *key, Error *err)
{
    const Situation *found = situations_find(all, key);
    if (!found) return no_situation(all, key, err);
    if (found->kind != ALLIANCE_TEAM) return true;
    return error_set(err, ERR_USAGE,
                     "--situation: %s is for a team. Make it with `entente new NAME --team MEMBER` first.",
                     key);
}

/* Named on the command line; a word that is none is told what it is like. */
static bool situation_known(Run *r, const char *key, Error *err)
{
    Situations *all = NULL;
    if (!key) return true;
    if (!situations_load(app_prompts_dir(r->app), &all, NULL))
        return error_set(
            err, ERR_UNREADABLE,
            "--situation: the file of situations cannot be read. Leave it out to go on without.");
    bool ok = check_situation(all, key, err);
    situations_free(all);
    return ok;
}

bool plain_session(Run *r, const SessionStart *start, Error *err)
{
    Session *s;
    if (!situation_known(r, start->situation, err) || !session_begin(r->app, start, &s, err)) return false;
    if (start->situation) session_set_situation(s, start->situation); /* also where a draft had another */
    int fd = fileno(r->in);
    Plain p = {.r = r,
               .s = s,
               .out = r->json ? r->err : r->out,
               .interactive = fd >= 0 && isatty(fd),
               .term = start->term,
               .picked = start->situation};
    note_left_out(r, s);
    tell_start(&p);
    interrupts_take();
    bool ok = walk(&p, err);
    interrupts_give_back();
    session_free(s);
    return ok;
}
