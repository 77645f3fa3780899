#ifndef ENTENTE_TUI_READING_H
#define ENTENTE_TUI_READING_H

#include "ui.h"

/* A text to read, wrapped and scrolled: messages, the log, privacy. */
extern const ViewOps VIEW_READING; /* const ReadingArg * */
extern const ViewOps VIEW_HIDE;    /* NULL: a blank screen until Enter */

typedef struct {
    const char *title;
    void (*fill)(Ui *ui, Str *out); /* the text; asked again when the journal changes */
} ReadingArg;

void reading_messages(Ui *ui);
void reading_log(Ui *ui);
void reading_privacy(Ui *ui);

#endif
