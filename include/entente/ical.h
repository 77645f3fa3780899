#ifndef ENTENTE_ICAL_H
#define ENTENTE_ICAL_H

#include <entente/date.h>
#include <entente/str.h>

/*
 * Writes iCalendar text (RFC 5545): lines end in CR LF and are folded at 75 octets, never inside a UTF-8
 * sequence (3.1). Only what a calendar of due days needs; nothing here reads it.
 */
void ical_begin(Str *out, const char *component);            /* BEGIN:VEVENT */
void ical_end(Str *out, const char *component);
void ical_text(Str *out, const char *property, StrView text);/* a TEXT value: backslash, semicolon, comma and line ends escaped (3.3.11), control characters left out */
void ical_raw(Str *out, const char *property, StrView value);/* a value that is no TEXT: a rule, a URI */
void ical_day(Str *out, const char *property, Date d);       /* ;VALUE=DATE:20261122 */
void ical_instant(Str *out, const char *property, Instant t);/* in UTC: 20261122T204000Z */

#endif
