#include "plain.h"

#include <signal.h>

/*
 * A signal interrupts the read it comes into (no SA_RESTART), so that the
 * session ends as at the end of the input: with its draft saved.
 */

static const int taken[] = {SIGINT, SIGTERM, SIGHUP};
enum { TAKEN = sizeof taken / sizeof *taken };

static volatile sig_atomic_t came;
static struct sigaction before[TAKEN];

static void note_signal(int sig)
{
    came = sig;
}

/* One that was ignored from outside, as under nohup, stays so. */
void interrupts_take(void)
{
    struct sigaction action = {.sa_handler = note_signal};
    sigemptyset(&action.sa_mask);
    came = 0;
    for (size_t i = 0; i < TAKEN; i++) {
        sigaction(taken[i], NULL, &before[i]);
        if (before[i].sa_handler != SIG_IGN) sigaction(taken[i], &action, NULL);
    }
}

void interrupts_give_back(void)
{
    for (size_t i = 0; i < TAKEN; i++) sigaction(taken[i], &before[i], NULL);
}

int interrupt_came(void)
{
    return came;
}
