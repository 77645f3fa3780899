#include "plain.h"

/* The steps that ask row by row: commitments and terms. */

/* ---- commitments ---- */

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
    plain_save(p);
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

Turn ask_commitments(Plain *p)
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

/* ---- terms ---- */

/* "2", "not lived", "not-lived"; "-" for not now. */
static bool read_mark(StrView text, TermMark *ret)
{
    long value;
    *ret = TERM_UNMARKED;
    if (sv_eq(text, SV("-"))) return true;
    if (sv_to_int(text, TERM_LIVED, TERM_MARK_COUNT - 1, &value)) {
        *ret = (TermMark)value;
        return true;
    }
    for (TermMark m = TERM_LIVED; m < TERM_MARK_COUNT; m++) {
        const char *name = term_mark_name(m);
        size_t i = 0;
        while (i < text.len && name[i] &&
               sv_eq_nocase(text.ptr[i] == ' ' ? SV("-") : sv_n(text.ptr + i, 1), sv_n(name + i, 1)))
            i++;
        if (i < text.len || name[i]) continue;
        *ret = m;
        return true;
    }
    return false;
}

static const char *term_question(Plain *p, const TermRow *row, const char *answers, const char *now)
{
    Str them;
    str_init(&them);
    app_short_name(p->s->partner, &them);
    const char *text = arena_strf(&p->r->arena, "\"%s\" (%s, %s)\n%s Empty leaves it%s%s.", row->text,
                                  section_title(row->section), side_words(row->side, them.buf), answers,
                                  *now ? " " : "", now);
    str_finish(&them);
    return text;
}

/* False: *turn leads away. */
static bool ask_mark(Plain *p, size_t i, Str *line, Turn *turn)
{
    const TermRow *row = &p->s->terms.at[i];
    const char *now = row->mark == TERM_UNMARKED ? "open" : term_mark_words(row->mark);
    const char *question =
        term_question(p, row, "[1 lived / 2 partly / 3 not lived / 4 no longer fits / -]", now);
    for (;;) {
        TermMark mark;
        if (!read_field(p, question, line, turn)) return false;
        if (line->len == 0) return true;
        if (read_mark(str_view(line), &mark)) {
            session_set_term_mark(p->s, i, mark);
            return true;
        }
        tell(p, "\"%s\": one of lived, partly, not lived, no longer fits, or - for not now.", line->buf);
    }
}

/* The new text of a term; empty keeps the old one. False: *turn leads away. */
static bool read_change(Plain *p, size_t i, Str *line, Turn *turn)
{
    const TermRow *row = &p->s->terms.at[i];
    tell(p, "The new text, in one line; .edit opens the old one in $EDITOR. Empty keeps: %s",
         row->change.buf);
    for (;;) {
        switch (next_line(p, line, turn)) {
        case LINE_TEXT:
            if (sv_trim(str_view(line)).len)
                session_set_term_deal(p->s, i, DEAL_CHANGE, sv_trim(str_view(line)));
            return true;
        case LINE_EDIT:
            str_set(line, str_view(&row->change));
            edit_text(p->r, session_step(p->s)->question, line);
            session_set_term_deal(p->s, i, DEAL_CHANGE, sv_trim(str_view(line)));
            return true;
        case LINE_END: return true;
        case LINE_CLEAR: tell(p, "An emptied term is a dropped one: .back, then drop."); break;
        case LINE_TURN: return false;
        }
    }
}

/* "keep", "change", "change TEXT", "drop". False if it is none of them; *ret_ask: the text is still to come.
 */
static bool take_deal(Plain *p, size_t i, const Str *line, bool *ret_ask)
{
    static const char *const words[DEAL_COUNT] = {"keep", "change", "drop"};
    StrView rest = str_view(line), word = sv_word(&rest);
    const Str *change = &p->s->terms.at[i].change;
    rest = sv_trim(rest);
    *ret_ask = false;
    for (TermDeal deal = DEAL_KEEP; deal < DEAL_COUNT; deal++) {
        if (!sv_eq_nocase(word, sv(words[deal])) && !sv_eq(word, sv((char[]){(char)('1' + (int)deal), '\0'})))
            continue;
        if (deal != DEAL_CHANGE && rest.len) return false;
        session_set_term_deal(p->s, i, deal, rest.len ? rest : str_view(change));
        *ret_ask = deal == DEAL_CHANGE && rest.len == 0;
        return true;
    }
    return false;
}

/* False: *turn leads away. */
static bool ask_deal(Plain *p, size_t i, Str *line, Turn *turn)
{
    static const char *const now[DEAL_COUNT] = {"as it is", "changed", "dropped"};
    const TermRow *row = &p->s->terms.at[i];
    const char *question = term_question(p, row, "[1 keep / 2 change / 3 drop]", now[row->deal]);
    for (;;) {
        bool ask;
        if (!read_field(p, question, line, turn)) return false;
        if (line->len == 0) return true;
        if (take_deal(p, i, line, &ask)) return !ask || read_change(p, i, line, turn);
        tell(p, "\"%s\": one of keep, change (and the new text), drop.", line->buf);
    }
}

static size_t first_term(const Plain *p)
{
    for (size_t i = 0; i < p->s->terms.len; i++)
        if (p->term && p->s->terms.at[i].id == p->term) return i;
    return 0;
}

Turn ask_terms(Plain *p)
{
    bool deals = p->s->stage == STAGE_REPAIR || p->s->stage == STAGE_RENEW;
    size_t n = p->s->terms.len, first = first_term(p);
    Turn turn = TURN_NEXT;
    Str line;
    str_init(&line);
    bool ok = true;
    if (n == 0) tell(p, "There is no term to look at yet.");
    if (n > 1) tell(p, "%zu terms, one after the other; .next goes on and leaves the rest as they are.", n);
    for (size_t k = 0; k < n && ok; k++) {
        size_t i = (first + k) % n;
        ok = deals ? ask_deal(p, i, &line, &turn) : ask_mark(p, i, &line, &turn);
        if (ok) plain_save(p);
    }
    str_finish(&line);
    return ok ? TURN_NEXT : turn;
}
