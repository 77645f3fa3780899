#ifndef ENTENTE_TESTS_APP_FIXTURE_H
#define ENTENTE_TESTS_APP_FIXTURE_H

#include <entente/app.h>
#include <entente/session.h>

/* An App on a journal in memory whose clock stands at Sun 2026-11-22 21:40 +01:00. */
App *fixture_app(void);
App *fixture_app_at(const char *journal); /* the same on a file */
Date fixture_day(const char *iso);
void fixture_now(App *app, const char *iso_instant);

/* Verbs that must succeed: they assert. Return the id of what was made. */
Id fixture_alliance(App *app, const char *name, const char *cadence);
Id fixture_check_in(App *app, Id alliance, int trust, const char *note);
Id fixture_commitment(App *app, Id alliance, Side side, const char *text, Date due);

/* Guided sessions, driven as both faces drive them; each asserts that it succeeds. */
Session *fixture_session(App *app, Id alliance, Stage stage);
Session *fixture_session_at(App *app, const SessionStart *start);
void fixture_answer(Session *s, const char *text);  /* types it and goes on */
void fixture_skip_to(Session *s, StepKind kind);    /* there must be such a step ahead */
void fixture_finish(Session *s);                    /* keeps and frees it */
AllianceDetail fixture_detail(App *app, Id alliance, Arena *arena);

/* store_dump as a malloc'ed text; the caller frees. */
char *fixture_dump(App *app);

/* ck_assert that `ok`, showing the error's message otherwise. */
#define ASSERT_OK(call)                                   \
    do {                                                  \
        Error err = {0};                                  \
        bool ok_ = (call);                                \
        ck_assert_msg(ok_, "%s: %s", #call, err.msg);     \
    } while (0)

#endif
