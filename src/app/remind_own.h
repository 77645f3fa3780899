#ifndef ENTENTE_APP_REMIND_OWN_H
#define ENTENTE_APP_REMIND_OWN_H

#include <entente/remind.h>

/* One thing to be reminded of, through one channel. */
typedef struct {
    const AgendaItem *item;
    int round;
    Id row; /* in the log, once it is claimed */
} Matter;

/* What the log knows it by: its alliance's id, or the commitment's own. */
Id matter_subject(const AgendaItem *item);

/* Puts one notice about all of these into words; n >= 1, in the order of days. Arena-owned. */
void notice_make(Arena *arena, const Matter *matters, size_t n, bool names, Date today, Notice *ret);
void notice_make_test(Arena *arena, Notice *ret);

#endif
