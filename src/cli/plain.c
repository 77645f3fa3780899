#include "own.h"

#include <entente/text.h>
#include <string.h>
#include <unistd.h>

/*
 * A session line by line: for screen readers, pipes and tests. It prints
 * a step, reads lines until the step is answered, and lets the session do the rest.
 */
typedef struct {
    Run *r;
    Session *s;
    FILE *out;        /* the conversation: stderr when stdout is to hold JSON */
    bool interactive; /* somebody types: a mark to type behind, and every line is saved */
} Plain;

/* What the answer to a step leads to. */
typedef enum { TURN_NEXT, TURN_SKIP, TURN_BACK, TURN_STAY, TURN_LEAVE, TURN_KEEP, TURN_DISCARD } Turn;

/* What a line read was: an answer, the end mark, a wish to empty or edit the text, or a turn. */
typedef enum { LINE_TEXT, LINE_END, LINE_CLEAR, LINE_EDIT, LINE_TURN } Line;

static void tell(const Plain *p, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

static void tell(const Plain *p, const char *fmt, ...)
{
    Str raw, clean;
    str_init(&raw);
    str_init(&clean);
    va_list ap;
    va_start(ap, fmt);
    str_vaddf(&raw, fmt, ap);
    va_end(ap);
    text_clean(&clean, str_view(&raw), true);
    str_add_char(&clean, '\n');
    put(p->out, str_view(&clean));
    str_finish(&raw);
    str_finish(&clean);
}

/* ---- reading lines ---- */

/* One line without its end. What is beyond the limit is dropped and said. False at the end of input. */
static bool read_raw(Plain *p, Str *line)
{
    int c;
    bool cut = false, any = false;
    str_clear(line);
    while ((c = getc(p->r->in)) != EOF && c != '\n') {
        any = true;
        if (line->len < TEXT_MAX_BYTES)
            str_add_char(line, (char)c);
        else
            cut = true;
    }
    if (cut) tell(p, "That line was longer than %d bytes; the rest of it was not taken.", TEXT_MAX_BYTES);
    return any || c == '\n';
}

/* A line of valid text; one that is none is refused and asked for again. */
static bool read_text(Plain *p, Str *line)
{
    for (;;) {
        if (p->interactive) fputs("> ", p->out);
        fflush(p->out);
        if (!read_raw(p, line)) return false;
        size_t bad;
        if (text_valid(str_view(line), &bad)) break;
        tell(p, "Byte %zu of that line is not UTF-8, so the line was not taken. Type it again.", bad);
    }
    Str clean;
    str_init(&clean);
    text_from_outside(&clean, str_view(line));
    str_set(line, str_view(&clean));
    str_finish(&clean);
    return true;
}

static void tell_help(const Plain *p)
{
    tell(p, "Commands: .next .skip .back .why .edit .private .clear .leave .help    A line with only . ends "
            "a text.\n"
            "  .next     go on\n"
            "  .skip     leave this open\n"
            "  .back     one step back\n"
            "  .why      why this is asked\n"
            "  .edit     write the text in $EDITOR\n"
            "  .private  keep this answer out of everything shared, or no longer\n"
            "  .clear    begin this text again\n"
            "  .leave    leave; the draft is kept\n"
            "A line of text that begins with a dot is typed with two.");
}

static void tell_why(const Plain *p)
{
    const char *help = session_step(p->s)->help;
    tell(p, "%s", help && *help ? help : "There is no more to say about this step.");
}

static void toggle_private(const Plain *p)
{
    bool now = session_step(p->s)->kind == STEP_REVIEW ? !p->s->is_private : !session_step(p->s)->is_private;
    session_set_private(p->s, now);
    tell(p, now ? "Private: this stays out of everything shared." : "No longer private.");
}

/* A command that stays at the step is done here; false: *ret says what else it wants. */
static bool command_stays(Plain *p, StrView name, Line *ret, Turn *turn)
{
    static const struct {
        const char *name;
        Line line;
        Turn turn;
    } moves[] = {{".next", LINE_TURN, TURN_NEXT},   {".skip", LINE_TURN, TURN_SKIP},
                 {".back", LINE_TURN, TURN_BACK},   {".leave", LINE_TURN, TURN_LEAVE},
                 {".clear", LINE_CLEAR, TURN_STAY}, {".edit", LINE_EDIT, TURN_STAY}};
    for (size_t i = 0; i < sizeof moves / sizeof *moves; i++) {
        if (!sv_eq_nocase(name, sv(moves[i].name))) continue;
        *ret = moves[i].line;
        *turn = moves[i].turn;
        return false;
    }
    if (sv_eq_nocase(name, SV(".why")))
        tell_why(p);
    else if (sv_eq_nocase(name, SV(".private")))
        toggle_private(p);
    else if (sv_eq_nocase(name, SV(".help")))
        tell_help(p);
    else
        tell(p, "There is no command %.*s. Type .help for all, or two dots for a text that begins with one.",
             (int)name.len, name.ptr);
    return true;
}

/* Reads until there is an answer or a command that leads away. The end of input leaves. */
static Line next_line(Plain *p, Str *line, Turn *turn)
{
    Line kind;
    *turn = TURN_LEAVE;
    while (read_text(p, line)) {
        if (line->len == 0 || line->buf[0] != '.') return LINE_TEXT;
        StrView name = sv_trim(str_view(line));
        if (name.len == 1) return LINE_END;
        if (name.ptr[1] == '.') {
            str_remove(line, 0, 1);
            return LINE_TEXT;
        }
        if (!command_stays(p, name, &kind, turn)) return kind;
        *turn = TURN_LEAVE;
    }
    return LINE_TURN;
}

/* One short answer; an empty line and the end mark give an empty one. False: *turn leads away. */
static bool read_field(Plain *p, const char *question, Str *line, Turn *turn)
{
    tell(p, "%s", question);
    for (;;) {
        switch (next_line(p, line, turn)) {
        case LINE_TEXT: str_set(line, sv_trim(str_view(line))); return true;
        case LINE_END: str_clear(line); return true;
        case LINE_TURN: return false;
        case LINE_CLEAR:
        case LINE_EDIT: tell(p, "There is no longer text here. Type the answer.");
        }
    }
}

/* ---- the steps ---- */

static bool add_line(Plain *p, Str *text, const Str *line)
{
    if (text->len + line->len + 1 > TEXT_MAX_BYTES) {
        tell(p, "The text is as long as it can be (%d bytes); that line was not taken.", TEXT_MAX_BYTES);
        return false;
    }
    if (text->len) str_add_char(text, '\n');
    str_add(text, str_view(line));
    return true;
}

/* What somebody typed survives whatever happens next; a pipe can be played again. */
static void keep_typed(Plain *p, const Str *text)
{
    session_set_text(p->s, str_view(text), text->len);
    if (p->interactive) session_save(p->s, NULL);
}

static Turn read_answer(Plain *p, Str *text)
{
    Turn turn = TURN_NEXT;
    bool more = true;
    Str line;
    str_init(&line);
    while (more) {
        switch (next_line(p, &line, &turn)) {
        case LINE_TEXT:
            if (add_line(p, text, &line) && p->interactive) keep_typed(p, text);
            break;
        case LINE_CLEAR:
            str_clear(text);
            tell(p, "Empty again.");
            break;
        case LINE_EDIT: edit_text(p->r, session_step(p->s)->question, text); break;
        case LINE_END:
            turn = TURN_NEXT;
            more = false;
            break;
        case LINE_TURN: more = false; break;
        }
    }
    str_finish(&line);
    return turn;
}

static Turn ask_text(Plain *p)
{
    SessionStep *step = session_step(p->s);
    Str text;
    str_init(&text);
    str_set(&text, str_view(&step->text));
    if (text.len) tell(p, "Written so far (more lines are added; .clear begins again):\n%s", text.buf);
    if (step->items) tell(p, "Each line becomes one item.");
    Turn turn = read_answer(p, &text);
    if (!sv_eq(str_view(&text), str_view(&step->text))) keep_typed(p, &text);
    str_finish(&text);
    return turn;
}

/* "3", or "3 dinner moved twice": the number, and what made it so. */
static bool take_scale(Plain *p, const Str *line)
{
    StrView rest = str_view(line), word = sv_word(&rest);
    long value;
    if (!sv_to_int(word, 1, (long)session_step(p->s)->prompt->scale_count, &value)) return false;
    session_set_value(p->s, (int)value);
    rest = sv_trim(rest);
    if (rest.len) session_set_text(p->s, rest, rest.len);
    return true;
}

static Turn ask_scale(Plain *p)
{
    const SessionStep *step = session_step(p->s);
    const Prompt *prompt = step->prompt;
    for (size_t i = 0; i < prompt->scale_count; i++) tell(p, "  %zu  %s", i + 1, prompt->scale[i]);
    const char *question =
        arena_strf(&p->r->arena, "1 to %zu and, if you like, a few words on it; or - for rather not say.%s",
                   prompt->scale_count, step->value ? " Empty keeps what you chose." : "");
    Turn turn = TURN_NEXT;
    Str line;
    str_init(&line);
    for (;;) {
        if (!read_field(p, question, &line, &turn)) break;
        turn = TURN_NEXT;
        if (line.len == 0 || take_scale(p, &line)) break;
        if (sv_eq(str_view(&line), SV("-"))) {
            session_set_value(p->s, 0);
            break;
        }
    }
    str_finish(&line);
    return turn;
}

static const char *settle_question(Plain *p, const SettleRow *row)
{
    Str s, them;
    str_init(&s);
    str_init(&them);
    app_short_name(p->s->partner, &them);
    str_addf(&s, "What became of \"%s\" (%s, ", row->text, side_words(row->side, them.buf));
    if (row->due == DATE_NONE)
        str_add_c(&s, "no date");
    else
        date_print_short(&s, row->due, app_today(p->s->app));
    str_addf(&s, ")? [open/kept/changed/let-go/not-kept] Empty leaves it %s.",
             commitment_state_words(row->state));
    const char *text = arena_str(&p->r->arena, str_view(&s));
    str_finish(&s);
    str_finish(&them);
    return text;
}

/* False: *turn leads away. */
static bool ask_settled(Plain *p, size_t i, Str *line, Turn *turn)
{
    const char *question = settle_question(p, &p->s->settle.at[i]);
    for (;;) {
        CommitmentState state;
        if (!read_field(p, question, line, turn)) return false;
        if (line->len == 0) return true;
        if (commitment_state_parse(str_view(line), &state) && state != COMMITMENT_KEPT_LATE) {
            session_set_settle(p->s, i, state);
            return true;
        }
        tell(p, "\"%s\": one of open, kept, changed, let-go or not-kept.", line->buf);
    }
}

static void tell_understood(const Plain *p)
{
    Str s;
    str_init(&s);
    session_understood(p->s, &s);
    if (s.len) tell(p, "%s", s.buf);
    str_finish(&s);
}

static void take_commitment(Plain *p, const Str *line)
{
    NewCommitment made;
    Error why = {0};
    if (sv_trim(str_view(line)).len == 0) return;
    if (!app_read_commitment(p->s->app, line->buf, &p->r->arena, &made, &why)) {
        tell(p, "%s", why.msg);
        return;
    }
    Str by;
    str_init(&by);
    date_print_iso(&by, made.due);
    session_set_commit(p->s, p->s->commits.len - 1, made.side, sv(made.text), str_view(&by));
    str_finish(&by);
    if (p->interactive) session_save(p->s, NULL);
    tell_understood(p);
}

static void clear_commitments(Plain *p)
{
    for (size_t i = 0; i < p->s->commits.len; i++) session_set_commit(p->s, i, SIDE_ME, SV(""), SV(""));
    tell(p, "No new commitments.");
}

static Turn ask_new_commitments(Plain *p, Str *line)
{
    Turn turn;
    for (size_t i = 0; i + 1 < p->s->commits.len; i++)
        if (p->s->commits.at[i].text.len)
            tell(p, "Noted: %s: %s", side_name(p->s->commits.at[i].side), p->s->commits.at[i].text.buf);
    tell(p, "New ones, one a line: \"me: TEXT by WHEN\" (or them, both). A line with only . ends.");
    for (;;) {
        switch (next_line(p, line, &turn)) {
        case LINE_TEXT: take_commitment(p, line); break;
        case LINE_CLEAR: clear_commitments(p); break;
        case LINE_EDIT: tell(p, "There is no longer text here."); break;
        case LINE_END: return TURN_NEXT;
        case LINE_TURN: return turn;
        }
    }
}

static Turn ask_commitments(Plain *p)
{
    Turn turn = TURN_NEXT;
    Str line;
    str_init(&line);
    bool ok = true;
    for (size_t i = 0; i < p->s->settle.len && ok; i++) ok = ask_settled(p, i, &line, &turn);
    if (ok) turn = ask_new_commitments(p, &line);
    str_finish(&line);
    return turn;
}

/* How often, once it can be read. False: *turn leads away. */
static bool ask_how_often(Plain *p, Str *line, Turn *turn)
{
    tell(p, "For example: every week, every 2 weeks, every month, every 3 months; none for no reminder.");
    const char *now = p->s->cadence.len ? p->s->cadence.buf : "none";
    const char *question = arena_strf(&p->r->arena, "How often? Empty keeps: %s.", now);
    for (;;) {
        Cadence c;
        Error why = {0};
        if (!read_field(p, question, line, turn)) return false;
        if (line->len == 0) return true;
        if (read_cadence(line->buf, &c, &why)) {
            StrView text = c.kind == CADENCE_NONE ? SV("") : str_view(line);
            session_set_cadence(p->s, text, str_view(&p->s->first));
            return true;
        }
        tell(p, "%s", why.msg);
    }
}

static Turn ask_cadence(Plain *p)
{
    Turn turn = TURN_NEXT;
    Str line;
    str_init(&line);
    bool ok = ask_how_often(p, &line, &turn);
    if (ok && p->s->cadence.len) {
        const char *first = p->s->first.len ? p->s->first.buf : "what the cadence gives";
        const char *question = arena_strf(&p->r->arena, "First check-in, when? Empty keeps: %s.", first);
        ok = read_field(p, question, &line, &turn);
        if (ok && line.len) session_set_cadence(p->s, str_view(&p->s->cadence), str_view(&line));
    }
    str_finish(&line);
    return ok ? TURN_NEXT : turn;
}

static Turn ask_who(Plain *p)
{
    Session *s = p->s;
    Turn turn = TURN_NEXT;
    Arena *a = &p->r->arena;
    Str line;
    str_init(&line);
    bool ok = read_field(p, s->name.len ? arena_strf(a, "Name? Empty keeps: %s.", s->name.buf) : "Name?",
                         &line, &turn);
    if (ok && line.len) session_set_who(s, str_view(&line), str_view(&s->role), s->deep);
    ok = ok &&
         read_field(p, "What are they to you: partner, manager, friend? Empty for nothing.", &line, &turn);
    if (ok && line.len) session_set_who(s, str_view(&s->name), str_view(&line), s->deep);
    ok = ok && read_field(p, "The short walk (about 15 minutes) or the deep one? [short/deep]", &line, &turn);
    if (ok && line.len)
        session_set_who(s, str_view(&s->name), str_view(&s->role), sv_eq_nocase(str_view(&line), SV("deep")));
    str_finish(&line);
    return ok ? TURN_NEXT : turn;
}

/* ---- the review ---- */

static void tell_review(Plain *p)
{
    ReviewLine *lines;
    size_t n = session_review(p->s, &p->r->arena, &lines);
    Str words;
    str_init(&words);
    session_review_words(p->s, &words);
    tell(p, "%s", words.buf);
    for (size_t i = 0; i < n; i++) tell(p, "  %zu  %s: %s", i + 1, lines[i].title, lines[i].text);
    if (p->s->stage == STAGE_DESIGN)
        tell(p,
             "Talked through with them? \"talked through today\", \"talked partly\", \"talked not-yet\" "
             "(now: %s).%s",
             talked_name(p->s->talked), p->s->version ? " \"reason TEXT\" says why it changed." : "");
    str_finish(&words);
}

static Turn review_back(Plain *p, StrView number)
{
    long n;
    ReviewLine *lines;
    size_t count = session_review(p->s, &p->r->arena, &lines);
    if (number.len == 0) return TURN_BACK;
    Error why = {0};
    if (!sv_to_int(number, 1, (long)count, &n))
        tell(p, "Back to which? A number from 1 to %zu.", count);
    else if (!session_go(p->s, lines[n - 1].step, &why))
        tell(p, "%s", why.msg);
    return TURN_STAY;
}

static void review_talked(Plain *p, StrView rest)
{
    Talked talked;
    StrView word = sv_word(&rest);
    if (talked_parse(word, &talked)) {
        session_set_talked(p->s, talked, sv_trim(rest));
        tell_understood(p);
    } else {
        tell(p, "Talked: not-yet, partly or through, and the day.");
    }
}

static Turn review_answer(Plain *p, const Str *line)
{
    StrView rest = str_view(line), word = sv_word(&rest);
    rest = sv_trim(rest);
    if (sv_eq_nocase(word, SV("yes")) || sv_eq_nocase(word, SV("y")) || sv_eq_nocase(word, SV("keep")))
        return TURN_KEEP;
    if (sv_eq_nocase(word, SV("leave"))) return TURN_LEAVE;
    if (sv_eq_nocase(word, SV("discard"))) return TURN_DISCARD;
    if (sv_eq_nocase(word, SV("back"))) return review_back(p, rest);
    if (p->s->stage == STAGE_DESIGN && sv_eq_nocase(word, SV("talked")))
        review_talked(p, rest);
    else if (p->s->stage == STAGE_DESIGN && sv_eq_nocase(word, SV("reason")))
        session_set_reason(p->s, rest);
    else if (sv_eq_nocase(word, SV("private")))
        toggle_private(p);
    else
        tell(p, "yes keeps it, back N goes to a line, leave keeps the draft, discard throws the draft away.");
    return TURN_STAY;
}

static Turn ask_review(Plain *p)
{
    Turn turn;
    Str line;
    str_init(&line);
    tell_review(p);
    if (!read_field(p, "Keep it? yes / back N / leave", &line, &turn))
        turn = turn == TURN_NEXT || turn == TURN_SKIP ? TURN_STAY : turn;
    else
        turn = review_answer(p, &line);
    str_finish(&line);
    return turn;
}

/* ---- the walk ---- */

static void tell_start(const Plain *p)
{
    Session *s = p->s;
    Str day;
    str_init(&day);
    date_print_long(&day, app_today(s->app));
    tell(p, "%s%s, %s.",
         s->stage == STAGE_CHECK_IN ? "Check-in with "
         : s->alliance              ? "Design with "
                                    : "A new alliance",
         s->partner, day.buf);
    if (s->resumed) tell(p, "Draft found: %zu of %zu answered.", session_answered(s), session_total(s));
    tell(p, "Commands: .next .skip .back .why .edit .private .clear .leave .help    A line with only . ends "
            "a text.");
    str_finish(&day);
}

static void tell_step(const Plain *p)
{
    const SessionStep *step = session_step(p->s);
    if (step->kind == STEP_REVIEW) {
        tell(p, "\nReview.");
        return;
    }
    tell(p, "\n%s %zu of %zu, %s. %s", p->s->stage == STAGE_CHECK_IN ? "Question" : "Step",
         session_number(p->s), session_total(p->s), step->title, step->question);
    if (step->last_time && *step->last_time) tell(p, "%s", step->last_time);
    if (step->is_private) tell(p, "(private)");
}

static Turn ask(Plain *p)
{
    tell_step(p);
    switch (session_step(p->s)->kind) {
    case STEP_WHO: return ask_who(p);
    case STEP_TEXT: return ask_text(p);
    case STEP_SCALE: return ask_scale(p);
    case STEP_COMMITMENTS: return ask_commitments(p);
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
    if (kind == STEP_SCALE || kind == STEP_CADENCE) tell_understood(p);
    return mendable(p, session_next(p->s, err), err);
}

static bool leave(Plain *p, Error *err)
{
    if (!session_save(p->s, err)) return false;
    Done done;
    done_init(&done);
    done.id = p->s->alliance;
    if (session_kept_words(p->s, &done.text))
        str_addf(&done.text, " `entente %s%s%s` goes on.",
                 p->s->stage == STAGE_CHECK_IN ? "checkin" : "design", p->s->alliance ? " " : "",
                 p->s->partner);
    return print_done(p->r, true, &done);
}

/* *ended: the session is over and nothing more is to be asked. */
static bool finish(Plain *p, Turn turn, bool *ended, Error *err)
{
    Done done;
    done_init(&done);
    bool ok = turn == TURN_KEEP ? session_finish(p->s, &done, err) : session_discard(p->s, &done, err);
    *ended = ok;
    if (ok && turn == TURN_DISCARD) str_add_c(&done.text, " `entente undo` brings it back.");
    if (ok) return print_done(p->r, true, &done);
    done_finish(&done);
    return mendable(p, false, err);
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
        case TURN_LEAVE: return leave(p, err);
        case TURN_KEEP:
        case TURN_DISCARD: ok = finish(p, turn, &ended, err); break;
        }
    }
    return ok;
}

bool plain_session(Run *r, const SessionStart *start, Error *err)
{
    Session *s;
    if (!session_begin(r->app, start, &s, err)) return false;
    int fd = fileno(r->in);
    Plain p = {.r = r, .s = s, .out = r->json ? r->err : r->out, .interactive = fd >= 0 && isatty(fd)};
    tell_start(&p);
    bool ok = walk(&p, err);
    session_free(s);
    return ok;
}
