#include "plain.h"

#include <entente/text.h>

/* Reading lines, and what the commands that begin with a dot do. */

void tell(const Plain *p, const char *fmt, ...)
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
    int c = EOF;
    bool cut = false, any = false;
    str_clear(line);
    while (!interrupt_came() && (c = getc(p->r->in)) != EOF && c != '\n') {
        any = true;
        if (line->len < TEXT_MAX_BYTES)
            str_add_char(line, (char)c);
        else
            cut = true;
    }
    if (cut) tell(p, "That line was longer than %d bytes; the rest of it was not taken.", TEXT_MAX_BYTES);
    p->ended = interrupt_came() || !(any || c == '\n');
    return !p->ended;
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

/* ---- dot commands ---- */

static void tell_why(Plain *p)
{
    const SessionStep *step = session_step(p->s);
    bool reason = step->reason && *step->reason, help = step->help && *step->help;
    if (reason) tell(p, "Why now: %s", step->reason);
    if (help) tell(p, "%s", step->help);
    if (!reason && !help) tell(p, "There is no more to say about this step.");
}

/* In talk mode the other person reads along. */
static void tell_notes(Plain *p)
{
    if (p->s->together) {
        tell(p, "While you sit together your own notes are not shown.");
        return;
    }
    if (p->s->note_count == 0) tell(p, "Nothing was noted beforehand. `entente prepare WHO` is for that.");
    for (size_t i = 0; i < p->s->note_count; i++)
        tell(p, "%s\n  %s", p->s->notes[i].question, p->s->notes[i].text);
}

bool plain_hidden(const Plain *p, const SessionStep *step)
{
    return p->s->together && (step->is_private || step->was_private);
}

void tell_understood(const Plain *p)
{
    Str s;
    str_init(&s);
    session_understood(p->s, &s);
    if (s.len) tell(p, "%s", s.buf);
    str_finish(&s);
}

void toggle_private(const Plain *p)
{
    bool now = session_step(p->s)->kind == STEP_REVIEW ? !p->s->is_private : !session_step(p->s)->is_private;
    session_set_private(p->s, now);
    tell(p, now ? "Private: this stays out of everything shared." : "No longer private.");
}

static void make_private(Plain *p)
{
    toggle_private(p);
}

void plain_save(Plain *p)
{
    Error why = {0};
    if (!p->interactive) return;
    bool failed = !session_save(p->s, &why);
    if (failed && !p->unsaved) tell(p, "Not saved yet. %s", why.msg);
    p->unsaved = failed;
}

/* The one list of them: the line at the start, the help and what a command does are read from it. */
typedef struct {
    const char *name, *help;
    void (*here)(Plain *p); /* done at once, and the step goes on; NULL: it is what follows */
    Line line;
    Turn turn;
} DotCommand;

static void tell_help(Plain *p);

static const DotCommand commands[] = {
    {".next", "go on", NULL, LINE_TURN, TURN_NEXT},
    {".skip", "leave this open", NULL, LINE_TURN, TURN_SKIP},
    {".back", "one step back", NULL, LINE_TURN, TURN_BACK},
    {".why", "why this is asked", tell_why, LINE_TEXT, TURN_STAY},
    {".notes", "what you noted for yourself while preparing", tell_notes, LINE_TEXT, TURN_STAY},
    {".edit", "write the text in $EDITOR", NULL, LINE_EDIT, TURN_STAY},
    {".private", "keep this answer out of everything shared, or no longer", make_private, LINE_TEXT,
     TURN_STAY},
    {".clear", "begin this text again", NULL, LINE_CLEAR, TURN_STAY},
    {".leave", "leave; the draft is kept", NULL, LINE_TURN, TURN_LEAVE},
    {".help", "say all this", tell_help, LINE_TEXT, TURN_STAY},
};
enum { COMMANDS = sizeof commands / sizeof *commands };

void tell_commands(const Plain *p)
{
    Str names;
    str_init(&names);
    for (size_t i = 0; i < COMMANDS; i++) str_addf(&names, " %s", commands[i].name);
    tell(p, "Commands:%s    A line with only . ends a text.", names.buf);
    str_finish(&names);
}

static void tell_help(Plain *p)
{
    for (size_t i = 0; i < COMMANDS; i++) tell(p, "  %-9s %s", commands[i].name, commands[i].help);
    tell(p, "A line with only . ends a text; a line of text that begins with a dot is typed with two.");
}

/* A command that stays at the step is done here; false: *ret says what else it wants. */
static bool command_stays(Plain *p, StrView name, Line *ret, Turn *turn)
{
    for (size_t i = 0; i < COMMANDS; i++) {
        const DotCommand *c = &commands[i];
        if (!sv_eq_nocase(name, sv(c->name))) continue;
        *ret = c->line;
        *turn = c->turn;
        if (c->here) c->here(p);
        return c->here != NULL;
    }
    StrView rest = name;
    StrView word = sv_word(&rest);
    if (word.len > 1 && is_review_word(sv_n(word.ptr + 1, word.len - 1)))
        tell(p, "%.*s belongs to the review, the last step; .next goes on towards it.", (int)name.len,
             name.ptr);
    else
        tell(p, "There is no command %.*s. Type .help for all, or two dots for a text that begins with one.",
             (int)name.len, name.ptr);
    return true;
}

/* At the review its own words come first, ".back 3" among them; the dot before them is dropped. */
static bool take_review_word(const Plain *p, Str *line)
{
    if (session_step(p->s)->kind != STEP_REVIEW) return false;
    StrView rest = sv_n(line->buf + 1, line->len - 1);
    if (!is_review_word(sv_word(&rest))) return false;
    str_remove(line, 0, 1);
    return true;
}

Line next_line(Plain *p, Str *line, Turn *turn)
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
        if (take_review_word(p, line)) return LINE_TEXT;
        if (!command_stays(p, name, &kind, turn)) return kind;
        *turn = TURN_LEAVE;
    }
    return LINE_TURN;
}

bool read_field(Plain *p, const char *question, Str *line, Turn *turn)
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
