#include "app_fixture.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

Date fixture_day(const char *iso)
{
    Date d;
    ck_assert(date_parse_iso(sv(iso), &d));
    return d;
}

void fixture_now(App *app, const char *iso_instant)
{
    Instant t;
    ck_assert(instant_parse(sv(iso_instant), &t));
    app_set_now(app, t);
}

App *fixture_app_at(const char *journal)
{
    static Zone zone;
    App *app;
    zone = zone_fixed(3600);
    AppOptions options = {.journal = journal, .zone = &zone, .seed = 1, .has_now = true};
    ck_assert(instant_parse(SV("2026-11-22T21:40:00+01:00"), &options.now));
    ASSERT_OK(app_open(&options, &app, &err));
    return app;
}

App *fixture_app(void)
{
    return fixture_app_at(":memory:");
}

Id fixture_alliance(App *app, const char *name, const char *cadence)
{
    NewAlliance n = {.name = name, .role = "partner", .first = DATE_NONE};
    Done done;
    done_init(&done);
    ASSERT_OK(cadence_parse(sv(cadence), &n.cadence, &err));
    ASSERT_OK(app_new_alliance(app, &n, &done, &err));
    Id id = done.id;
    done_finish(&done);
    return id;
}

Id fixture_check_in(App *app, Id alliance, int trust, const char *note)
{
    QuickCheckIn q = {.at = INSTANT_NONE, .trust = trust, .note = note};
    Done done;
    done_init(&done);
    ASSERT_OK(app_quick_check_in(app, alliance, &q, &done, &err));
    Id id = done.id;
    done_finish(&done);
    return id;
}

Id fixture_commitment(App *app, Id alliance, Side side, const char *text, Date due)
{
    Done done;
    done_init(&done);
    ASSERT_OK(app_commit(app, alliance, side, text, due, &done, &err));
    Id id = done.id;
    done_finish(&done);
    return id;
}

char *fixture_dump(App *app)
{
    Str dump;
    str_init(&dump);
    ASSERT_OK(app_dump(app, &dump, &err));
    return str_steal(&dump);
}

Session *fixture_session_at(App *app, const SessionStart *start)
{
    Session *s;
    ASSERT_OK(session_begin(app, start, &s, &err));
    return s;
}

Session *fixture_session(App *app, Id alliance, Stage stage)
{
    return fixture_session_at(app, &(SessionStart){.alliance = alliance, .stage = stage});
}

void fixture_answer(Session *s, const char *text)
{
    session_set_text(s, sv(text), strlen(text));
    ASSERT_OK(session_next(s, &err));
}

void fixture_skip_to(Session *s, StepKind kind)
{
    while (session_step(s)->kind != kind) {
        ck_assert_int_ne(session_step(s)->kind, STEP_REVIEW);
        ASSERT_OK(session_skip(s, &err));
    }
}

void fixture_finish(Session *s)
{
    ASSERT_OK(session_finish(s, NULL, &err));
    session_free(s);
}

AllianceDetail fixture_detail(App *app, Id alliance, Arena *arena)
{
    AllianceDetail d;
    ASSERT_OK(app_detail(app, alliance, arena, &d, &err));
    return d;
}
