#ifndef ENTENTE_TERMINAL_H
#define ENTENTE_TERMINAL_H

#include <entente/canvas.h>
#include <entente/error.h>
#include <entente/keys.h>
#include <stdbool.h>

/*
 * The terminal, and the only place that includes curses. Output goes through
 * ncursesw from the canvas's cells; input is read raw and decoded by keys.
 */
typedef struct Terminal Terminal;

typedef enum { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER } ColorChoice;

typedef struct {
    ColorChoice color; /* --color; AUTO honours a non-empty NO_COLOR */
    bool mouse;
    int escape_delay;  /* milliseconds; 0: ESCDELAY or 25 */
} TerminalOptions;

/* Whether a full screen can be drawn here: stdin and stdout are terminals, TERM is known and can move the cursor. If not, an error with the one sentence to print. */
bool terminal_possible(Error *err);

/* Takes the terminal: alternate screen, raw input, bracketed paste, signal handlers. On failure false and the terminal as it was. */
bool terminal_open(const TerminalOptions *options, Terminal **ret, Error *err);

/* Gives the terminal back as it was. NULL is fine. */
void terminal_close(Terminal *t);

void terminal_size(const Terminal *t, int *ret_w, int *ret_h);
bool terminal_ascii(const Terminal *t); /* the locale cannot show more than ASCII */

/* Shows the canvas: only what changed goes out; the cursor is put on the focus. */
void terminal_show(Terminal *t, const Canvas *c);

/* Repaints everything at the next terminal_show (Ctrl-L, after suspension). */
void terminal_redraw(Terminal *t);

/* Waits up to `timeout_ms` (-1: for ever) for one event. */
void terminal_wait(Terminal *t, int timeout_ms, Event *ret);

/* Ctrl-Z: gives the terminal back, stops the process, takes it again when continued. */
void terminal_suspend(Terminal *t);

/* Gives the terminal back for another program and takes it again: around $EDITOR. */
void terminal_release(Terminal *t);
void terminal_retake(Terminal *t);

#endif
