#include "plain.h"

#include <entente/text.h>

/* The steps that are one answer. */

/* ---- texts ---- */

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

/* What somebody typed survives whatever happens next. */
static void keep_typed(Plain *p, const Str *text)
{
    session_set_text(p->s, str_view(text), text->len);
    plain_save(p);
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

static void tell_examples(const Plain *p)
{
    const SessionStep *step = session_step(p->s);
    for (size_t i = 0; i < step->example_count; i++)
        tell(p, "%s\"%s\"", i == 0 ? "For example: " : "         or: ", step->examples[i]);
}

Turn ask_text(Plain *p)
{
    SessionStep *step = session_step(p->s);
    Str text;
    str_init(&text);
    str_set(&text, str_view(&step->text));
    tell_examples(p);
    if (text.len && plain_hidden(p, step))
        tell(p,
             "Something private is written here; it stays hidden while you sit together, and more lines are "
             "added to it.");
    else if (text.len)
        tell(p, "Written so far (more lines are added; .clear begins again):\n%s", text.buf);
    if (step->items)
        tell(p, step->adds ? "Each line becomes one item more of the agreement."
                           : "Each line becomes one item.");
    Turn turn = read_answer(p, &text);
    if (!sv_eq(str_view(&text), str_view(&step->text))) keep_typed(p, &text);
    str_finish(&text);
    return turn;
}

/* ---- scales, choices, days ---- */

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

Turn ask_scale(Plain *p)
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

/* "2", "ajar", or the words themselves. */
static int choice_value(const Prompt *prompt, StrView text)
{
    long value;
    if (sv_to_int(text, 1, (long)prompt->choice_count, &value)) return (int)value;
    for (size_t i = 0; i < prompt->choice_count; i++)
        if (sv_eq_nocase(text, sv(prompt->choices[i].value)) ||
            sv_eq_nocase(text, sv(prompt->choices[i].words)))
            return (int)i + 1;
    return 0;
}

Turn ask_choice(Plain *p)
{
    const SessionStep *step = session_step(p->s);
    const Prompt *prompt = step->prompt;
    for (size_t i = 0; i < prompt->choice_count; i++) tell(p, "  %zu  %s", i + 1, prompt->choices[i].words);
    const char *question =
        arena_strf(&p->r->arena, "1 to %zu, or - for none of them.%s", prompt->choice_count,
                   step->value ? " Empty keeps what you chose." : "");
    Turn turn = TURN_NEXT;
    Str line;
    str_init(&line);
    while (read_field(p, question, &line, &turn)) {
        int value = choice_value(prompt, str_view(&line));
        turn = TURN_NEXT;
        bool none = sv_eq(str_view(&line), SV("-"));
        if (value || none) session_set_value(p->s, value);
        if (value) tell(p, "%d: %s", value, prompt->choices[value - 1].words);
        if (value || none || line.len == 0) break;
    }
    str_finish(&line);
    return turn;
}

/* The day itself is kept: a draft gone on with next week must not mean another one. */
static bool take_day(Plain *p, const Str *line)
{
    Date day;
    Error why = {0};
    if (!read_day(p->r, line->buf, &day, &why)) {
        tell(p, "%s", why.msg);
        return false;
    }
    Str text;
    str_init(&text);
    date_print_iso(&text, day);
    session_set_text(p->s, str_view(&text), text.len);
    str_finish(&text);
    return true;
}

Turn ask_date(Plain *p)
{
    const SessionStep *step = session_step(p->s);
    const char *keeps = step->text.len ? arena_strf(&p->r->arena, " Empty keeps: %s.", step->text.buf) : "";
    const char *question =
        arena_strf(&p->r->arena, "A day: in 2 weeks, next friday, 28 nov; or - for none.%s", keeps);
    Turn turn = TURN_NEXT;
    Str line;
    str_init(&line);
    while (read_field(p, question, &line, &turn)) {
        turn = TURN_NEXT;
        bool none = sv_eq(str_view(&line), SV("-"));
        if (none) session_set_text(p->s, SV(""), 0);
        if (none || line.len == 0 || take_day(p, &line)) break;
    }
    str_finish(&line);
    return turn;
}

/* ---- how often ---- */

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

Turn ask_cadence(Plain *p)
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

/* ---- who ---- */

static const char *keeps(Plain *p, const char *question, const char *now)
{
    return now && *now ? arena_strf(&p->r->arena, "%s Empty keeps: %s.", question, now) : question;
}

/* A design without an alliance makes one of two; a team's is made with its members first. The i-th from 0;
 * NULL behind the last. */
static const Situation *offered(const Situations *all, long i)
{
    for (size_t k = 0; k < situations_count(all); k++) {
        const Situation *s = situations_at(all, k);
        if (s->kind == ALLIANCE_ONE_TO_ONE && i-- == 0) return s;
    }
    return NULL;
}

/* False: it was neither a number of the list nor a key. */
static bool take_situation(Plain *p, const Str *line)
{
    const Situations *all = p->s->situations;
    long number;
    if (line->len == 0) return true;
    const Situation *picked = situations_find(all, line->buf);
    if (sv_to_int(str_view(line), 1, (long)situations_count(all), &number)) picked = offered(all, number - 1);
    bool none = sv_eq(str_view(line), SV("-"));
    if (!picked && !none) {
        tell(p, "\"%s\": a number of the list, or - for none of them.", line->buf);
        return false;
    }
    session_set_situation(p->s, picked ? picked->key : "");
    if (picked) tell(p, "%s: %s", picked->name, picked->tone);
    return true;
}

/* False: *turn leads away. */
static bool ask_situation(Plain *p, Str *line, Turn *turn)
{
    const Situations *all = p->s->situations;
    if (!all || !offered(all, 0)) return true;
    const Situation *now = situations_find(all, p->s->situation.buf);
    if (p->picked && now) {
        tell(p, "%s: %s", now->name, now->tone);
        return true;
    }
    for (long i = 0; offered(all, i); i++) tell(p, "  %ld  %s", i + 1, offered(all, i)->name);
    const char *question =
        keeps(p, "Which of these is it most like? A number, or - for none.", now ? now->name : "");
    do {
        if (!read_field(p, question, line, turn)) return false;
    } while (!take_situation(p, line));
    return true;
}

Turn ask_who(Plain *p)
{
    Session *s = p->s;
    Turn turn = TURN_NEXT;
    Str line;
    str_init(&line);
    bool ok = read_field(p, keeps(p, "Name?", s->name.buf), &line, &turn);
    if (ok && line.len) session_set_who(s, str_view(&line), str_view(&s->role), s->deep);
    ok = ok && read_field(p, keeps(p, "What are they to you: partner, manager, friend?", s->role.buf), &line,
                          &turn);
    if (ok && line.len) session_set_who(s, str_view(&s->name), str_view(&line), s->deep);
    ok = ok && ask_situation(p, &line, &turn);
    ok = ok && read_field(p, "The short walk (about 15 minutes) or the deep one? [short/deep]", &line, &turn);
    if (ok && line.len)
        session_set_who(s, str_view(&s->name), str_view(&s->role), sv_eq_nocase(str_view(&line), SV("deep")));
    str_finish(&line);
    return ok ? TURN_NEXT : turn;
}
