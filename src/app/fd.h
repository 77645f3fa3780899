#ifndef ENTENTE_APP_FD_H
#define ENTENTE_APP_FD_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* As write(2), but a reader that is gone is EPIPE and no signal, and EINTR is tried again. */
ssize_t fd_write(int fd, const void *bytes, size_t n);

/* All of it, to what is never in need of waiting for; else errno says why. */
bool fd_write_all(int fd, const void *bytes, size_t n);

#endif
