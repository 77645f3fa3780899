#ifndef ENTENTE_APP_REMIND_OWN_H
#define ENTENTE_APP_REMIND_OWN_H

#include <entente/remind.h>

/* One thing to be reminded of, through one channel. */
typedef struct {
    const AgendaItem *item;
    int round;
    bool hidden;        /* a commitment whose text stays in the journal */
    Id row;             /* in the log, once it is claimed */
    int failures;       /* before this attempt */
    const char *failed; /* why it failed before, "" */
} Matter;

/* All that is due until a day, however much there is. */
bool agenda_read_all(App *app, Date until, Arena *arena, AgendaItem **ret, size_t *ret_n, Error *err);

/* "3 hours", "22 days": of an hour at least. */
void span_add(Str *out, int64_t ms);

/* "Sun 22 Nov 21:40" */
void when_add(Str *out, Instant at, Date today);

/* What one notice tells of, in the order of days: `count` things that are new, at least one, among all that may be told. */
typedef struct {
    const Matter *matters, *all;
    size_t count, all_count;
    bool names, digest;
    Date today;
} NoticeAbout;

/* Puts it into words. Arena-owned. */
void notice_make(Arena *arena, const NoticeAbout *about, Notice *ret);
void notice_make_test(Arena *arena, Notice *ret);

#endif
