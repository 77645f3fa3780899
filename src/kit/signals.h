#ifndef ENTENTE_SRC_KIT_SIGNALS_H
#define ENTENTE_SRC_KIT_SIGNALS_H

#include <stdbool.h>
#include <stddef.h>
#include <termios.h>

/*
 * Signals while the terminal is ours. Handlers only set a flag and wake the
 * reader; those of a crash give the terminal back before the process ends.
 */

/* Installs the handlers. A crash writes `reset` to stdout and sets `saved`; both must live until signals_give_back. False with errno if there is no pipe to be had. */
bool signals_take(const char *reset, size_t reset_len, const struct termios *saved);
void signals_give_back(void); /* the handlers as they were */

int signals_fd(void);          /* readable once a signal has come */
void signals_drain(void);      /* empties the pipe behind signals_fd; the flags stay */
bool signals_caught(int sig);  /* true once for a signal that came: SIGWINCH, SIGTSTP, SIGCONT */
int signals_leave(void);       /* SIGHUP, SIGTERM or SIGINT, once each; 0 if none came */
void signals_hold_stop(bool hold); /* SIGTSTP waits meanwhile: ncurses ignores it while it draws, so it would be lost */
void signals_forget(void);     /* what came while another program had the terminal was meant for that */
void signals_stop(void);       /* stops the process as Ctrl-Z does; returns when it is continued */

#endif
