/* The floor of a durable save: a thousand bytes appended and synced. Prints the median in microseconds. */
#include "bench.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void append(void *data)
{
    char bytes[1000];
    int *fd = data;
    memset(bytes, 'x', sizeof bytes);
    must_do(write(*fd, bytes, sizeof bytes) == sizeof bytes && fdatasync(*fd) == 0, "cannot write");
}

int main(int argc, char **argv)
{
    must_do(argc == 2, "usage: floor_append FILE");
    int fd = open(argv[1], O_WRONLY | O_CREAT | O_APPEND, 0600);
    must_do(fd >= 0, "cannot open the file");
    printf("%.1f\n", median_us(append, &fd, BENCH_ROUNDS));
    return close(fd);
}
