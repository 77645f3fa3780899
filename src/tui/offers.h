#ifndef ENTENTE_TUI_OFFERS_H
#define ENTENTE_TUI_OFFERS_H

#include <entente/app.h>

/* Sessions worth offering. An offer is never worth an error: where it cannot be read there is none. */
size_t offers_read(App *app, Id alliance, Arena *arena, Offer ret[OFFERS_MAX]);

/* "Trust fell by 2 since September: a repair talk may help." */
void offers_words(const Offer *o, Str *out);

/* Whether a new alliance was begun and left before it had a name, and when. */
bool offers_unnamed(App *app, Date *ret_saved);

#endif
