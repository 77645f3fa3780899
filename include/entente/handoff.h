#ifndef ENTENTE_HANDOFF_H
#define ENTENTE_HANDOFF_H

#include <entente/error.h>
#include <entente/str.h>
#include <stdbool.h>

/*
 * Hands a text to $VISUAL, $EDITOR, sensible-editor or vi, in a file only the
 * user can read; the question stands above it. The terminal must have been released. On success *out
 * holds the edited text (which may be unchanged); on failure (no editor, it exited with an error, what
 * it wrote is not UTF-8 or too long) the old text is to be kept. The file is gone afterwards with all
 * the editor left beside it, but for a text that cannot be taken over: it stays, and the error says where.
 */
bool handoff_edit(StrView text, StrView question, Str *out, Error *err);

#endif
