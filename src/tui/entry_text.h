#ifndef ENTENTE_TUI_ENTRY_TEXT_H
#define ENTENTE_TUI_ENTRY_TEXT_H

#include "paper.h"

#include <entente/app.h>

/* "Check-in with Ana Lima, Tue 3 Nov 2026": what an entry is called as a heading. */
void entry_heading(const HistoryRow *row, Str *out);

/*
 * Writes an entry's parts word for word, wrapped to `w`: short labels beside their text, long ones
 * and all of them on a narrow screen above it. Ends once `max_lines` are full (0: all of it).
 */
void entry_write(Paper *p, const Entry *entry, int w, int max_lines);

#endif
