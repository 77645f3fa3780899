#ifndef ENTENTE_TUI_DEFAULTS_H
#define ENTENTE_TUI_DEFAULTS_H

#include "ui.h"

/* What a command does where the view did not say otherwise. False: nothing, the key is free. */
bool default_command(Ui *ui, View *v, CommandId id);

#endif
