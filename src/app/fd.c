#include "fd.h"

#include <errno.h>
#include <signal.h>
#include <unistd.h>

ssize_t fd_write(int fd, const void *bytes, size_t n)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
    ssize_t done;
    sigaction(SIGPIPE, &ignore, &before);
    do done = write(fd, bytes, n);
    while (done < 0 && errno == EINTR);
    int why = errno;
    sigaction(SIGPIPE, &before, NULL);
    errno = why;
    return done;
}

bool fd_write_all(int fd, const void *bytes, size_t n)
{
    for (const char *at = bytes; n > 0;) {
        ssize_t done = fd_write(fd, at, n);
        if (done < 0) return false;
        at += done;
        n -= (size_t)done;
    }
    return true;
}
