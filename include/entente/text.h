#ifndef ENTENTE_TEXT_H
#define ENTENTE_TEXT_H

#include <entente/error.h>
#include <entente/str.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Text as people see it. Storage keeps UTF-8 as typed; what is measured, cut
 * or drawn is a cluster: an extended grapheme cluster (UAX #29, by utf8proc).
 * Nothing else in the program knows about widths or clusters.
 */

/* True for valid UTF-8 without NUL (no surrogates, no overlong forms, <= U+10FFFF). If false, *ret_at (may be NULL) is the offset of the first bad byte. */
bool text_valid(StrView text, size_t *ret_at);

/* Like text_valid; an error names `what` and the byte offset. ERR_USAGE. */
bool text_check(StrView text, const char *what, Error *err);

/* A cluster as it is shown: `shown` is UTF-8 every terminal agrees about, `width` its cells. */
enum { TEXT_SHOWN_MAX = 64 };
typedef struct {
    size_t start, end;           /* bytes in the text */
    int width;                   /* cells of `shown`; 0 only for a line feed */
    char shown[TEXT_SHOWN_MAX];  /* NUL-terminated; empty for a line feed */
} Cluster;

/*
 * Reads the cluster at `pos` (a cluster boundary) and returns true; false at the end.
 * A line feed is LF or CRLF. What terminals disagree on is simplified on screen only: a ZWJ sequence
 * shows its first emoji, variation selectors and skin tones are dropped, a
 * flag shows as [FR], a lone mark on a dotted circle, at most four marks are kept. Control bytes
 * show as ^A or <9B>, a tab as spaces to a width of 4, bidi and other format controls as
 * <RLO>-like tokens, so that nothing stored can steer the terminal.
 * Invalid UTF-8 shows one U+FFFD a byte.
 */
bool text_cluster(StrView text, size_t pos, Cluster *ret);

/*
 * Splits what a Cluster shows into single glyphs for a cell grid: reads at *pos
 * of `shown`, writes up to 5 code points (a base and marks) to cps (zero-padded), sets
 * *ret_width to 1 or 2, advances *pos. False at the end.
 */
bool text_glyph(const char *shown, size_t *pos, uint32_t cps[5], int *ret_width);

size_t text_next(StrView text, size_t pos);      /* end of the cluster at pos; len at the end */
size_t text_prev(StrView text, size_t pos);      /* start of the cluster before pos; 0 at the start */
size_t text_next_word(StrView text, size_t pos); /* behind the next word: end of the run of letters and digits */
size_t text_prev_word(StrView text, size_t pos); /* start of the word before */
size_t text_boundary(StrView text, size_t pos);  /* the nearest cluster boundary <= pos (pos clamped to len) */

int text_width(StrView text);                    /* cells of all clusters; line feeds count 0 */
size_t text_words(StrView text);                 /* number of words (runs of letters and digits; a CJK character is one) */

/* Bytes of the longest prefix of whole clusters that is at most `width` cells; *ret_width (may be NULL) its cells. Stops at a line feed. */
size_t text_fit(StrView text, int width, int *ret_width);

/* Appends the first line of `text`, shown clean, cut to `width` cells; "…" ("..." if ascii) replaces what is cut, also where more lines follow. */
void text_ellipsis(Str *out, StrView text, int width, bool ascii);

/* Appends `text` safe for a terminal or a table: as text_cluster shows it, but emoji sequences kept whole; line feeds kept only if `keep_lines`, else one space. */
void text_clean(Str *out, StrView text, bool keep_lines);

/* Appends the form used to compare and search names: NFKC case-folded, marks and strokes removed ("Łódź" folds as "lodz", "æ" as "ae"), runs of white space one space, trimmed. */
void text_fold(Str *out, StrView text);

/* Whether each word of `words` stands somewhere in `text`, in any order: how lists are filtered. Both are folded; no words stand in every text. */
bool text_has_words(StrView text, StrView words);

/* One visual line of wrapped text: bytes [start, end) are drawn, the next line starts at `next` (end plus the swallowed space or line feed). */
typedef struct {
    size_t start, end, next;
    bool hard; /* ended by a line feed or the end of the text */
} TextLine;

/*
 * Wraps softly to `width` cells (>= 2): breaks at spaces, after hyphens,
 * between wide characters, else inside the word but never inside a cluster.
 * Reads the line that starts at `pos` and returns true; false when pos > len
 * or when pos == len and the text neither is empty nor ends in a line feed
 * (so an empty text has one empty line, and "a\n" has two). The `next` of a
 * last empty line is len + 1, so that a loop over `next` ends.
 * Spaces that reach over the edge are swallowed with the line they hang from; an
 * indent stays with its first word. A single cluster wider than `width` has a line of its own.
 */
bool text_wrap(StrView text, size_t pos, int width, TextLine *ret);

/* CR and CRLF become LF; C0 other than LF and TAB, DEL and C1 are removed; invalid bytes are removed. For pasted and piped-in text. */
void text_from_outside(Str *out, StrView text);

#endif
