#include <entente/keys.h>

#include <entente/mem.h>
#include <entente/text.h>
#include <stdlib.h>
#include <string.h>

#include "codepoint.h"
#include "sequence.h"

/*
 * Bytes wait in `in` from `pos` on. Those before `final` are all there will be
 * of them: the escape delay has passed. `scan` remembers how far the end of a
 * sequence or paste was looked for, so that long ones take linear time.
 */
struct KeyDecoder {
    Str in;
    size_t pos, final, scan;
    bool pasting;   /* between the paste markers */
    bool in_string; /* inside an OSC, DCS, APC, PM or SOS whose end was not there in time */
    Str paste, clean;
};

typedef enum { STEP_MORE, STEP_NOTHING, STEP_EVENT } Step;

enum { ESC = 0x1b, BEL = 0x07, CAN = 0x18, SUB = 0x1a };

enum { MARKER = 6 };
static const char paste_start[] = "\033[200~", paste_end[] = "\033[201~";

KeyDecoder *key_decoder_new(void)
{
    KeyDecoder *d = mem_zalloc(1, sizeof *d);
    str_init(&d->in);
    str_init(&d->paste);
    str_init(&d->clean);
    return d;
}

void key_decoder_free(KeyDecoder *d)
{
    if (!d) return;
    str_finish(&d->in);
    str_finish(&d->paste);
    str_finish(&d->clean);
    free(d);
}

/* Drops what was read once it is the greater part, so that each byte moves at most once on average. */
static void compact(KeyDecoder *d)
{
    if (d->pos * 2 < d->in.len) return;
    str_remove(&d->in, 0, d->pos);
    d->final = d->final > d->pos ? d->final - d->pos : 0;
    d->scan = d->scan > d->pos ? d->scan - d->pos : 0;
    d->pos = 0;
}

void key_decoder_feed(KeyDecoder *d, const char *bytes, size_t n)
{
    compact(d);
    str_add(&d->in, sv_n(bytes, n));
}

void key_decoder_flush(KeyDecoder *d)
{
    d->final = d->in.len;
}

bool key_decoder_pending(const KeyDecoder *d)
{
    /* A cut character is no sequence: it waits for its rest, however slow the line. */
    return !d->pasting && !d->in_string && d->pos < d->in.len && d->in.buf[d->pos] == ESC;
}

static size_t window_end(const KeyDecoder *d)
{
    return d->pos < d->final ? d->final : d->in.len;
}

static bool is_final(const KeyDecoder *d)
{
    return d->pos < d->final;
}

static Step take_key(KeyDecoder *d, size_t n, Key key, Event *ret)
{
    d->pos += n;
    *ret = (Event){.type = EVENT_KEY, .key = key};
    return STEP_EVENT;
}

static Step take_nothing(KeyDecoder *d, size_t n)
{
    d->pos += n;
    return STEP_NOTHING;
}

/* ---- Characters ---- */

/* The length of the UTF-8 sequence in [0, n), 0 if it is cut off, -1 if its first byte starts none. */
static int utf8_len(const char *p, size_t n)
{
    size_t len = codepoint_len((unsigned char)p[0]);
    if (len == 0) return -1;
    for (size_t i = 1; i < len && i < n; i++)
        if (((unsigned char)p[i] & 0xc0) != 0x80) return -1;
    if (n < len) return 0;
    return text_valid(sv_n(p, len), NULL) ? (int)len : -1;
}

/* A character `skip` bytes on, with the modifiers of what stood before it. */
static Step take_char(KeyDecoder *d, size_t skip, Key mods, Event *ret)
{
    const char *p = d->in.buf + d->pos + skip;
    size_t n = window_end(d) - d->pos - skip, len;
    unsigned char first = (unsigned char)*p;
    if (first < 0x20 || first == 0x7f) return take_key(d, skip + 1, control_key(first) | mods, ret);
    int got = utf8_len(p, n);
    if (got == 0 && !is_final(d)) return STEP_MORE;
    if (got <= 0) return take_nothing(d, skip + 1);
    Key cp = codepoint_read(p, &len);
    if (!key_is_text(cp)) return take_nothing(d, skip + len);
    return take_key(d, skip + len, cp | mods, ret);
}

/* ---- Paste ---- */

/* Where the next paste marker of either kind starts, from `from` on; SIZE_MAX if there is none. */
static size_t next_marker(const KeyDecoder *d, size_t from)
{
    while (from + MARKER <= d->in.len) {
        const char *hit = memchr(d->in.buf + from, ESC, d->in.len - from - MARKER + 1);
        if (!hit) break;
        if (memcmp(hit, paste_start, MARKER) == 0 || memcmp(hit, paste_end, MARKER) == 0)
            return (size_t)(hit - d->in.buf);
        from = (size_t)(hit - d->in.buf) + 1;
    }
    return SIZE_MAX;
}

static bool is_end(const KeyDecoder *d, size_t marker)
{
    return marker != SIZE_MAX && memcmp(d->in.buf + marker, paste_end, MARKER) == 0;
}

/*
 * The end of the paste, SIZE_MAX if it has not come. An end marker inside the
 * pasted text must not turn its rest into keys: it is one of those when what
 * came with it has another end marker before any new start.
 */
static size_t end_of_paste(const KeyDecoder *d)
{
    size_t at = next_marker(d, d->pos);
    while (at != SIZE_MAX && !is_end(d, at)) at = next_marker(d, at + MARKER);
    for (size_t next = at; is_end(d, next); next = next_marker(d, at + MARKER)) at = next;
    return at;
}

static void keep_pasted(KeyDecoder *d, size_t to)
{
    str_add(&d->paste, sv_n(d->in.buf + d->pos, to - d->pos));
    d->pos = to;
}

/* How many bytes at the end of the input may be the beginning of the end marker. */
static size_t marker_begun(const KeyDecoder *d)
{
    size_t waiting = d->in.len - d->pos;
    for (size_t n = waiting < MARKER ? waiting : MARKER - 1; n > 0; n--)
        if (memcmp(d->in.buf + d->in.len - n, paste_end, n) == 0) return n;
    return 0;
}

static Step take_paste(KeyDecoder *d, Event *ret)
{
    size_t at = end_of_paste(d);
    if (at == SIZE_MAX) {
        keep_pasted(d, d->in.len - marker_begun(d));
        return STEP_MORE;
    }
    keep_pasted(d, at);
    d->pos += MARKER;
    d->pasting = false;
    str_clear(&d->clean);
    text_from_outside(&d->clean, str_view(&d->paste));
    str_clear(&d->paste);
    *ret = (Event){.type = EVENT_PASTE, .text = str_view(&d->clean)};
    return STEP_EVENT;
}

/* ---- Sequences ---- */

/* Where to go on looking for the end of the sequence at `pos`. */
static size_t scan_from(const KeyDecoder *d, size_t prefix)
{
    return d->scan > d->pos + prefix ? d->scan : d->pos + prefix;
}

/* Not all is there: more is needed or, after the delay, what there is counts as unknown. */
static Step cut_off(KeyDecoder *d, size_t scanned, Event *ret)
{
    if (is_final(d)) return take_key(d, window_end(d) - d->pos, KEYN_UNKNOWN, ret);
    d->scan = scanned;
    return STEP_MORE;
}

static Step take_sequence(KeyDecoder *d, const Sequence *seq, size_t n, Key mods, Event *ret)
{
    d->pos += n;
    if (seq->final == '~' && !seq->prefix && seq->n == 1 && seq->params[0] == 200) {
        d->pasting = true;
        return STEP_NOTHING;
    }
    if (!sequence_event(seq, ret)) return STEP_NOTHING;
    if (ret->type == EVENT_KEY && ret->key != KEYN_UNKNOWN) ret->key |= mods;
    return STEP_EVENT;
}

/* The old mouse report, `CSI M` and three bytes, of terminals that do not know the SGR form. */
static Step take_old_mouse(KeyDecoder *d, size_t at, Event *ret)
{
    if (window_end(d) < at + 4) return cut_off(d, at, ret);
    const unsigned char *b = (const unsigned char *)d->in.buf + at + 1;
    Sequence seq = {.prefix = '<', .final = (b[0] & 3) == 3 && b[0] < 96 ? 'm' : 'M', .n = 3};
    for (int i = 0; i < 3; i++) seq.params[i] = b[i] - 32;
    return take_sequence(d, &seq, at + 4 - d->pos, 0, ret);
}

/* ECMA-48, 5.4: parameters 0x30-0x3f, intermediates 0x20-0x2f, a final byte 0x40-0x7e. */
static Step take_csi(KeyDecoder *d, size_t skip, Key mods, Event *ret)
{
    size_t first = d->pos + skip + 2, end = window_end(d), i = scan_from(d, skip + 2);
    while (i < end && d->in.buf[i] >= 0x20 && d->in.buf[i] < 0x40) i++;
    if (i == end) return cut_off(d, i, ret);
    unsigned char final = (unsigned char)d->in.buf[i];
    if (final < 0x40 || final > 0x7e) return take_key(d, i - d->pos, KEYN_UNKNOWN, ret);
    if (final == 'M' && i == first) return take_old_mouse(d, i, ret);
    if (final == '[' && i == first) { /* the Linux console: CSI [ A is F1 */
        if (i + 1 == end) return cut_off(d, i, ret);
        return take_key(d, i + 2 - d->pos, linux_console_key(d->in.buf[i + 1]), ret);
    }
    Sequence seq;
    sequence_parse(&seq, sv_n(d->in.buf + first, i - first), (char) final);
    return take_sequence(d, &seq, i + 1 - d->pos, mods, ret);
}

static Step take_ss3(KeyDecoder *d, size_t skip, Key mods, Event *ret)
{
    size_t first = d->pos + skip + 2, end = window_end(d), i = first;
    while (i < end && i < first + 4 && d->in.buf[i] >= '0' && d->in.buf[i] <= '9') i++;
    if (i == end) return cut_off(d, i, ret);
    unsigned char final = (unsigned char)d->in.buf[i];
    if (final < 0x40 || final > 0x7e) return take_key(d, i - d->pos, KEYN_UNKNOWN, ret);
    Key key = ss3_key((char) final, sv_n(d->in.buf + first, i - first));
    return take_key(d, i + 1 - d->pos, key == KEYN_UNKNOWN ? key : key | mods, ret);
}

/*
 * A control string runs to ST or, for OSC as xterm has it, BEL. Any other
 * control byte breaks it off, so that a cut one never holds the keyboard.
 */
static Step end_string(KeyDecoder *d, size_t i, Event *ret)
{
    unsigned char c = (unsigned char)d->in.buf[i];
    if (c == ESC && i + 1 == window_end(d) && !is_final(d)) {
        d->scan = i;
        return STEP_MORE;
    }
    bool st = c == ESC && i + 1 < window_end(d) && d->in.buf[i + 1] == '\\';
    bool eaten = st || c == BEL || c == CAN || c == SUB;
    d->in_string = false;
    return take_key(d, i + (st ? 2u : eaten ? 1u : 0u) - d->pos, KEYN_UNKNOWN, ret);
}

static Step take_string(KeyDecoder *d, size_t prefix, Event *ret)
{
    size_t end = window_end(d), i = scan_from(d, prefix);
    while (i < end && (unsigned char)d->in.buf[i] >= 0x20) i++;
    if (i < end) return end_string(d, i, ret);
    if (is_final(d) && prefix && i == d->pos + prefix) return cut_off(d, i, ret); /* Alt-] and its like */
    d->scan = i;
    if (!is_final(d)) return STEP_MORE;
    d->in_string = true;
    return take_nothing(d, end - d->pos);
}

/* Two Escapes: the first is a key of its own unless an arrow or the like follows, which is then meant with
 * Alt. */
static Step take_double_escape(KeyDecoder *d, Event *ret)
{
    size_t n = window_end(d) - d->pos;
    if (n == 2 && !is_final(d)) return STEP_MORE;
    char third = n > 2 ? d->in.buf[d->pos + 2] : '\0';
    if (third == '[' && n > 3) return take_csi(d, 1, KEY_MOD_ALT, ret);
    if (third == 'O' && n > 3) return take_ss3(d, 1, KEY_MOD_ALT, ret);
    if ((third == '[' || third == 'O') && !is_final(d)) return STEP_MORE;
    return take_key(d, 1, KEYN_ESC, ret);
}

static Step take_escape(KeyDecoder *d, Event *ret)
{
    if (d->pos + 1 == window_end(d)) return is_final(d) ? take_key(d, 1, KEYN_ESC, ret) : STEP_MORE;
    switch (d->in.buf[d->pos + 1]) {
    case ESC: return take_double_escape(d, ret);
    case '[': return take_csi(d, 0, 0, ret);
    case 'O': return take_ss3(d, 0, 0, ret);
    case ']':
    case 'P':
    case 'X':
    case '^':
    case '_': return take_string(d, 2, ret);
    default: return take_char(d, 1, KEY_MOD_ALT, ret);
    }
}

static Step step(KeyDecoder *d, Event *ret)
{
    if (d->pasting) return take_paste(d, ret);
    if (d->in_string) return take_string(d, 0, ret);
    return d->in.buf[d->pos] == ESC ? take_escape(d, ret) : take_char(d, 0, 0, ret);
}

bool key_decoder_next(KeyDecoder *d, Event *ret)
{
    while (d->pos < d->in.len) {
        Event event;
        Step got = step(d, &event);
        if (got == STEP_EVENT) {
            *ret = event;
            return true;
        }
        if (got == STEP_MORE) return false;
    }
    return false;
}
