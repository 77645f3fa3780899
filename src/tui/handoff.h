#ifndef ENTENTE_TUI_HANDOFF_H
#define ENTENTE_TUI_HANDOFF_H

#include <entente/error.h>
#include <entente/str.h>
#include <stdbool.h>

/*
 * Hands a text to $VISUAL, $EDITOR, sensible-editor or vi, in a file only the
 * user can read that is gone afterwards, whatever happens. The terminal must
 * have been released. On success *out holds the edited text (which may be unchanged); on failure
 * (no editor, it exited with an error, what it wrote is not UTF-8) the old text is to be kept.
 */
bool handoff_edit(StrView text, StrView question, Str *out, Error *err);

#endif
