#ifndef ENTENTE_EXPORT_H
#define ENTENTE_EXPORT_H

#include <entente/app.h>

/* The journal in other forms. */

/*
 * iCalendar (RFC 5545): one VEVENT for each alliance that has a next check-in, on its due day, with the cadence's rule. Where a fixed
 * cadence's next one was moved off its calendar (snoozed, paused, begun with), a second VEVENT of the same UID says that day alone, with a
 * RECURRENCE-ID. DTSTAMP is the journal's last change, undo and redo included. One
 * VTODO for each open commitment. UIDs are made from ids and stay the same. Of what people wrote it holds names
 * and the text of commitments, but not of those made in a private check-in; no term, answer, rating or note. `alliance` 0: of all.
 */
bool app_export_ics(App *app, Id alliance, Str *out, Error *err);

/* Writes a file whole or not at all: beside it, flushed to disk, then in its place (0600). A link is not followed. ERR_CANNOT_WRITE. */
bool app_write_file(const char *path, StrView text, Error *err);

/* The same for a calendar: only in place of a calendar, and not at all when it says so already; *ret_written (may be NULL) tells. */
bool app_write_calendar(const char *path, StrView text, bool *ret_written, Error *err);

/*
 * The calendar file that is kept up to date (AppOptions.calendar): written anew if a verb, an undo or a redo changed
 * the journal since it was written. Called when a command has run, when the screen is idle or closed, and by a reminder run (`always`).
 */
bool app_calendar_refresh(App *app, bool always, Error *err);

#endif
