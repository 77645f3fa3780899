#ifndef ENTENTE_TUI_READING_H
#define ENTENTE_TUI_READING_H

#include "ui.h"

/* A text to read, wrapped and scrolled: messages, the log, privacy. */
extern const ViewOps VIEW_READING; /* const ReadingArg * */
extern const ViewOps VIEW_HIDE;    /* NULL: a blank screen until Enter */

typedef struct {
    const char *title;
    const char *text;                                      /* copied; it stands there alone. NULL: fill */
    const void *(*ask)(Ui *ui, Arena *arena);              /* asked once, when the page opens, and handed to fill; may be NULL */
    void (*fill)(Ui *ui, const void *asked, Str *out);     /* the text; asked again when the journal changes */
    int hang;                                              /* columns that the rest of a wrapped line is set in by */
} ReadingArg;

void reading_messages(Ui *ui);
void reading_log(Ui *ui);
void reading_privacy(Ui *ui);
void reading_reminders(Ui *ui);        /* how reminders stand */
void reading_remind_test(Ui *ui);      /* says so and asks the loop for the next */
void reading_remind_send(Ui *ui);
void reading_remind_install(Ui *ui);   /* the timer that runs them */
void reading_remind_uninstall(Ui *ui);

#endif
