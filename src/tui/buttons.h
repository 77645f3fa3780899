#ifndef ENTENTE_TUI_BUTTONS_H
#define ENTENTE_TUI_BUTTONS_H

#include <entente/canvas.h>
#include <entente/keys.h>
#include <stdbool.h>

/* A row of buttons: "[Next: Trust]  [Skip]  [Back]". The focused one carries '>' , the cursor and reverse video. */
enum { BUTTONS_MAX = 6 };

typedef struct {
    const char *labels[BUTTONS_MAX]; /* borrowed */
    int ids[BUTTONS_MAX];            /* what pressing means to the owner */
    int count;
    int focus;
} Buttons;

void buttons_clear(Buttons *b);
void buttons_add(Buttons *b, int id, const char *label);
bool buttons_key(Buttons *b, Key key, int *ret_pressed); /* Left, Right, h, l move; Enter, Space press: *ret_pressed is the id, else -1. False: not its key */
void buttons_draw(const Buttons *b, Canvas *c, int x, int y, int w, bool focused); /* wraps onto further rows */
int buttons_rows(const Buttons *b, int w);

#endif
