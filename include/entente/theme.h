#ifndef ENTENTE_THEME_H
#define ENTENTE_THEME_H

#include <entente/canvas.h>
#include <stdbool.h>

/* How roles look: attributes a terminal has, never colour alone. */
typedef struct {
    bool bold, underline, reverse;
    bool attention; /* bright red, or red where there are 8 colours */
} Look;

/* The look of combined roles; `color` false: attributes only. */
Look theme_look(Role role, bool color);

#endif
