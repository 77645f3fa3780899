#include "plain.h"

/* The last step of a line-by-line session: what will be kept, and whether. */

bool is_review_word(StrView word)
{
    static const char *const words[] = {"keep", "back", "leave", "discard", "talked", "reason", "private"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (sv_eq_nocase(word, sv(words[i]))) return true;
    return false;
}

/* A prepared, lived or ended alliance changes no agreement; the others may. */
static bool may_amend(const Session *s)
{
    return s->stage == STAGE_DESIGN || s->stage == STAGE_TEAM_DESIGN || s->stage == STAGE_REPAIR ||
           s->stage == STAGE_RENEW;
}

static void tell_amend(const Plain *p)
{
    bool design = p->s->stage == STAGE_DESIGN || p->s->stage == STAGE_TEAM_DESIGN;
    if (!may_amend(p->s) || (!design && !session_changes_agreement(p->s))) return;
    Str them;
    str_init(&them);
    app_short_name(p->s->partner, &them);
    tell(p,
         "Talked through with %s? \"talked through today\", \"talked partly\", \"talked not-yet\" "
         "(now: %s).%s",
         them.buf, talked_name(p->s->talked), p->s->version ? " \"reason TEXT\" says why it changed." : "");
    str_finish(&them);
}

/* In talk mode each question has two lines: whose answer it is stands with it. */
static void tell_line(const Plain *p, size_t number, const ReviewLine *line)
{
    const SessionStep *step = &p->s->steps[line->step];
    Str asked;
    str_init(&asked);
    if (step->asked && *step->asked) app_short_name(step->asked, &asked);
    tell(p, "  %zu  %s%s%s: %s", number, line->title, asked.len ? ", " : "", asked.buf,
         plain_hidden(p, step) ? "(private)" : line->text);
    str_finish(&asked);
}

static void tell_review(Plain *p)
{
    ReviewLine *lines;
    size_t n = session_review(p->s, &p->r->arena, &lines);
    Str words;
    str_init(&words);
    session_review_words(p->s, &words);
    tell(p, "%s", words.buf);
    for (size_t i = 0; i < n; i++) tell_line(p, i + 1, &lines[i]);
    tell_amend(p);
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

static void review_reason(Plain *p, StrView rest)
{
    session_set_reason(p->s, rest);
    tell(p, p->s->reason.len ? "Why it changed: %s" : "No reason is noted.", p->s->reason.buf);
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
    if (may_amend(p->s) && sv_eq_nocase(word, SV("talked")))
        review_talked(p, rest);
    else if (may_amend(p->s) && sv_eq_nocase(word, SV("reason")))
        review_reason(p, rest);
    else if (sv_eq_nocase(word, SV("private")))
        toggle_private(p);
    else
        tell(p, ".keep (or yes) keeps it, .back N goes to a line, .leave keeps the draft, .discard throws "
                "the draft away.");
    return TURN_STAY;
}

/* What is to be kept is read out once; what is asked about it after that has its own answer. */
Turn ask_review(Plain *p)
{
    Turn turn = TURN_STAY;
    Str line;
    str_init(&line);
    size_t at = p->s->at;
    const char *question = "Keep it? .keep (or yes) / .back N / .leave / .discard";
    tell_review(p);
    while (turn == TURN_STAY && p->s->at == at) {
        bool answered = read_field(p, question, &line, &turn);
        if (answered || turn == TURN_NEXT || turn == TURN_SKIP) turn = review_answer(p, &line);
        question = "Keep it?";
    }
    str_finish(&line);
    return turn;
}
