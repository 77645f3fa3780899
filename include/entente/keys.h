#ifndef ENTENTE_KEYS_H
#define ENTENTE_KEYS_H

#include <entente/str.h>
#include <stdbool.h>
#include <stdint.h>

/*
 * A key is a Unicode code point, or one of the named keys below, plus
 * modifiers. Ctrl with a letter is that lower-case letter with KEY_MOD_CTRL;
 * Tab, Enter, Escape and Backspace are always the named keys.
 */
typedef uint32_t Key;

enum {
    KEY_NAMED_FIRST = 0x200000, /* above Unicode */
    KEYN_ENTER = KEY_NAMED_FIRST,
    KEYN_ESC,
    KEYN_TAB,
    KEYN_BACKTAB,
    KEYN_BACKSPACE,
    KEYN_DELETE,
    KEYN_INSERT,
    KEYN_UP,
    KEYN_DOWN,
    KEYN_LEFT,
    KEYN_RIGHT,
    KEYN_HOME,
    KEYN_END,
    KEYN_PAGE_UP,
    KEYN_PAGE_DOWN,
    KEYN_F1, /* F1..F12 follow each other */
    KEYN_F12 = KEYN_F1 + 11,
    KEYN_UNKNOWN, /* an escape sequence nobody knows: swallowed whole, never its letters */
    KEY_MOD_CTRL = 1 << 24,
    KEY_MOD_ALT = 1 << 25,
    KEY_MOD_SHIFT = 1 << 26,
    KEY_BASE_MASK = (1 << 24) - 1
};

#define KEY_CTRL(letter) ((Key)(letter) | KEY_MOD_CTRL)
#define KEY_ALT(key) ((Key)(key) | KEY_MOD_ALT)

/* "c", "?", "Enter", "Ctrl-S", "Alt-Enter", "F4", "PgDn", "Shift-Tab", "Space": as hints and help print it. */
void key_print(Str *out, Key key);

/* Reads what key_print writes. False if it names no key. */
bool key_parse(StrView name, Key *ret);

/* True for a key that stands for text: a code point >= U+0020 but DEL and C1, without Ctrl or Alt. */
bool key_is_text(Key key);

typedef enum {
    EVENT_KEY,
    EVENT_PASTE,   /* text: valid UTF-8, cleaned by text_from_outside */
    EVENT_MOUSE,   /* a click, or the wheel */
    EVENT_RESIZE,  /* w, h */
    EVENT_TIMEOUT, /* nothing came */
    EVENT_RESUME,  /* back from suspension: draw all anew */
    EVENT_LEAVE    /* hang-up, termination or end of input: save and go; `signal` or 0 */
} EventType;

typedef struct {
    EventType type;
    Key key;
    int w, h;
    int x, y, wheel; /* mouse cell; wheel -1 up, +1 down, 0 a click */
    int signal;
    StrView text;    /* valid until the next event is read */
} Event;

/*
 * Turns a terminal's bytes into events: UTF-8, Ctrl keys, Alt (Escape and a key at once), CSI and SS3 forms of the
 * named keys with modifiers, bracketed paste, SGR mouse. A complete CSI, SS3, OSC, DCS, APC or PM sequence that is not known
 * gives KEYN_UNKNOWN; invalid bytes give nothing. Pure: no terminal, no clock.
 */
typedef struct KeyDecoder KeyDecoder;
KeyDecoder *key_decoder_new(void);
void key_decoder_free(KeyDecoder *d); /* NULL is fine */

/* Feeds raw bytes. */
void key_decoder_feed(KeyDecoder *d, const char *bytes, size_t n);

/* Takes the next complete event; false when more bytes are needed. */
bool key_decoder_next(KeyDecoder *d, Event *ret);

/* True while bytes wait that may begin a longer sequence (a lone Escape): the reader then waits the escape delay and calls key_decoder_flush. */
bool key_decoder_pending(const KeyDecoder *d);

/* The delay is over: what waits is taken as it stands (a lone Escape is the Escape key; a cut sequence is KEYN_UNKNOWN). A paste in progress goes on, and so does a control string that has begun (its late rest must not become keys). */
void key_decoder_flush(KeyDecoder *d);

#endif
