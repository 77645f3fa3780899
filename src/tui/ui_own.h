#ifndef ENTENTE_TUI_UI_OWN_H
#define ENTENTE_TUI_UI_OWN_H

#include "tour.h"
#include "ui.h"

#include <entente/vec.h>

/* What ui.c and frame.c share and no view sees. */

enum { MESSAGES_KEPT = 50, MIN_WIDTH = 30, MIN_HEIGHT = 8 };

struct Ui {
    App *app;
    const Config *config;
    int w, h;
    bool ascii;
    Vec(View *) stack;
    Vec(View *) gone;       /* popped while they may still be running: closed at the end of the event */
    Str message;
    bool message_is_error;
    Vec(char *) messages;   /* oldest first */
    UiRequest request;
    Str editor_text, editor_question;
    bool unsaved;           /* something was typed since the last save */
    bool ctrl_c;            /* Ctrl-C was the last key: once more leaves even a text field */
    bool quit_refused;      /* the last save failed on the way out: the next time it goes without */
    bool done;
    int exit_code;
    Date today;
    Tour tour;
    Error open_error;
};

unsigned view_where(const View *v);
bool view_typing(const View *v);
bool ui_too_small(const Ui *ui);
bool ui_tours(const Ui *ui);     /* the tour is on, and this is a page that shows it and on which Esc ends it */

#endif
