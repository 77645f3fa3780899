#include "story.h"

#include <entente/session.h>
#include <stdio.h>
#include <stdlib.h>

#define MUST(call)                                                                                           \
    do {                                                                                                     \
        Error err = {0};                                                                                     \
        if (!(call)) fail(#call, err.msg);                                                                   \
    } while (0)

static void fail(const char *what, const char *why)
{
    fprintf(stderr, "story: %s: %s\n", what, why);
    abort();
}

static void set_clock(App *app, const char *day, const char *clock)
{
    Str s;
    Instant t;
    str_init(&s);
    str_addf(&s, "%sT%s:00+01:00", day, clock);
    if (!instant_parse(str_view(&s), &t)) fail("instant", s.buf);
    app_set_now(app, t);
    str_finish(&s);
}

static Date day(const char *iso)
{
    Date d = DATE_NONE;
    if (iso && !date_parse_iso(sv(iso), &d)) fail("day", iso);
    return d;
}

static App *open_app(const char *journal, bool demo)
{
    static Zone zone;
    App *app;
    zone = zone_fixed(3600);
    AppOptions o = {.journal = journal, .has_now = true, .zone = &zone, .seed = 1};
    if (!instant_parse(SV("2026-11-22T21:40:00+01:00"), &o.now)) abort();
    if (demo)
        MUST(app_open_demo(&o, &app, &err));
    else
        MUST(app_open(&o, &app, &err));
    return app;
}

App *story_first_run(void)
{
    return open_app("/home/sam/.local/share/entente/journal.db", false);
}

App *story_empty(void)
{
    return open_app(":memory:", false);
}

App *story_demo(void)
{
    return open_app(NULL, true);
}

Id story_who(App *app, const char *name)
{
    Id id;
    MUST(app_find(app, name, false, &id, &err));
    return id;
}

/* ---- pieces ---- */

static Id alliance(App *app, const char *name, const char *role, const char *cadence)
{
    NewAlliance n = {.name = name, .role = role, .first = DATE_NONE};
    Done done;
    done_init(&done);
    MUST(cadence_parse(sv(cadence), &n.cadence, &err));
    MUST(app_new_alliance(app, &n, &done, &err));
    Id id = done.id;
    done_finish(&done);
    return id;
}

static void check_in(App *app, Id id, const char *iso, int trust, const char *note)
{
    QuickCheckIn q = {.at = INSTANT_NONE, .trust = trust, .note = note};
    set_clock(app, iso, "20:15");
    MUST(app_quick_check_in(app, id, &q, NULL, &err));
}

static Id commitment(App *app, Id id, Side side, const char *text, const char *due)
{
    Done done;
    done_init(&done);
    MUST(app_commit(app, id, side, text, day(due), &done, &err));
    Id made = done.id;
    done_finish(&done);
    return made;
}

static void settled(App *app, Id id, Side side, const char *text, const char *due, const char *when,
                    CommitmentState state)
{
    Id c = commitment(app, id, side, text, due);
    set_clock(app, when, "19:00");
    MUST(app_settle(app, c, state, NULL, &err));
}

static void agree(App *app, Id id, Section section, Side side, const char *text)
{
    MUST(app_agree(app, id, section, side, text, false, NULL, &err));
}

/* ---- people ---- */

static const char *const ANA_DAYS[] = {"2026-07-28", "2026-08-11", "2026-08-25", "2026-09-08",
                                       "2026-09-22", "2026-10-06", "2026-10-20", "2026-11-03"};
static const int ANA_TRUST[] = {4, 4, 5, 5, 4, 5, 4, 3};

static void ana_draft(App *app, Id id)
{
    Session *s;
    set_clock(app, "2026-11-18", "21:40");
    MUST(session_begin(app, &(SessionStart){.alliance = id, .stage = STAGE_CHECK_IN}, &s, &err));
    for (int i = 0; i < 3 && session_step(s)->kind == STEP_TEXT; i++) {
        session_set_text(s, SV("We took the 20 minutes, and it helped."), 5);
        MUST(session_next(s, &err));
    }
    MUST(session_save(s, &err));
    session_free(s);
}

static void add_ana(App *app)
{
    set_clock(app, "2026-07-14", "20:00");
    Id id = alliance(app, "Ana Lima", "partner", "every 2 weeks");
    agree(app, id, SECTION_PURPOSE, SIDE_BOTH, "Two people who stay on the same side when life gets loud.");
    agree(app, id, SECTION_OFFERS, SIDE_ME, "Say early when overloaded. Cook on Sundays.");
    set_clock(app, "2026-09-12", "20:00");
    agree(app, id, SECTION_ASKS, SIDE_ME, "A warning before plans change, even five minutes.");
    agree(app, id, SECTION_HARD_MOMENTS, SIDE_BOTH, "Pause 20 minutes, then name one thing each.");
    for (size_t i = 0; i < 8; i++)
        check_in(app, id, ANA_DAYS[i], ANA_TRUST[i],
                 i == 7 ? "The budget talk went sideways; we stopped in time." : "A calm two weeks.");
    set_clock(app, "2026-10-06", "20:30");
    settled(app, id, SIDE_THEM, "book the dentist together", "2026-10-19", "2026-10-20", COMMITMENT_KEPT);
    settled(app, id, SIDE_ME, "call the landlord", "2026-10-30", "2026-10-30", COMMITMENT_KEPT);
    settled(app, id, SIDE_ME, "finish the shelf", "2026-10-04", "2026-11-03", COMMITMENT_LET_GO);
    commitment(app, id, SIDE_ME, "send the draft budget", "2026-11-22");
    commitment(app, id, SIDE_ME, "plan one evening without phones", "2026-11-28");
    commitment(app, id, SIDE_THEM, "tell me early when tired", NULL);
    ana_draft(app, id);
}

typedef struct {
    const char *name, *role, *cadence, *begun;
    const char *days[8];
    int trust[8];
} Someone;

static const Someone OTHERS[] = {
    {"Ben O'Neill",
     "manager",
     "weekly",
     "2026-09-20",
     {"2026-09-27", "2026-10-04", "2026-10-11", "2026-10-18", "2026-10-25", "2026-11-01", "2026-11-08",
      "2026-11-15"},
     {3, 3, 4, 4, 4, 4, 4, 4}},
    {"佐藤 恵 (Megumi)",
     "co-founder",
     "every 2 weeks",
     "2026-07-22",
     {"2026-08-05", "2026-08-19", "2026-09-02", "2026-09-16", "2026-09-30", "2026-10-14", "2026-10-28",
      "2026-11-11"},
     {4, 4, 5, 5, 5, 5, 5, 5}},
    {"Grand-mère",
     "family",
     "monthly",
     "2026-04-04",
     {"2026-04-04", "2026-05-04", "2026-06-04", "2026-07-04", "2026-08-04", "2026-09-04", "2026-10-04",
      "2026-11-04"},
     {4, 4, 4, 3, 4, 4, 4, 4}},
    {"Luís",
     "friend",
     "every 2 weeks",
     "2026-09-01",
     {"2026-09-11", "2026-09-25", "2026-10-09", "2026-10-23", "2026-11-06"},
     {3, 3, 3, 4, 3}},
};

static Id add_someone(App *app, const Someone *p)
{
    set_clock(app, p->begun, "18:00");
    Id id = alliance(app, p->name, p->role, p->cadence);
    for (size_t i = 0; i < 8 && p->days[i]; i++) check_in(app, id, p->days[i], p->trust[i], "Good to talk.");
    return id;
}

static void add_priya(App *app)
{
    Session *s;
    set_clock(app, "2026-11-20", "08:30");
    MUST(session_begin(app, &(SessionStart){.stage = STAGE_DESIGN}, &s, &err));
    session_set_who(s, SV("Priya"), SV("mentor"), false);
    MUST(session_next(s, &err));
    for (int i = 0; i < 2; i++) {
        session_set_text(s, SV("To learn how to say no in time."), 3);
        MUST(session_next(s, &err));
    }
    MUST(session_save(s, &err));
    session_free(s);
}

App *story_small(void)
{
    App *app = story_empty();
    add_ana(app);
    Id ids[4];
    for (size_t i = 0; i < 4; i++) ids[i] = add_someone(app, &OTHERS[i]);
    commitment(app, ids[0], SIDE_ME, "write down what the training costs", "2026-11-29");
    commitment(app, ids[1], SIDE_THEM, "ask the lawyer about the name", NULL);
    add_priya(app);
    set_clock(app, "2026-11-19", "12:00");
    MUST(app_snooze(app, ids[3], day("2026-11-27"), NULL, &err));
    set_clock(app, "2026-11-22", "21:40");
    return app;
}

static void renew(App *app, Id id, const char *review_on)
{
    Session *s;
    MUST(session_begin(app, &(SessionStart){.alliance = id, .stage = STAGE_RENEW}, &s, &err));
    while (session_step(s)->kind != STEP_DATE) MUST(session_skip(s, &err));
    session_set_text(s, sv(review_on), 0);
    while (session_step(s)->kind != STEP_REVIEW) MUST(session_next(s, &err));
    MUST(session_finish(s, NULL, &err));
    session_free(s);
}

App *story_agenda(void)
{
    App *app = story_small();
    Id id = story_who(app, "Grand-m");
    agree(app, id, SECTION_ASKS, SIDE_ME, "Tell me when you are unwell.");
    renew(app, id, "2026-12-12");
    set_clock(app, "2026-11-22", "21:40");
    return app;
}
