/* A durable save as the program does it: quick check-ins of a thousand bytes. Prints the median in
 * microseconds. */
#include "bench.h"

#include <stdio.h>
#include <string.h>

#include <entente/app.h>

typedef struct {
    App *app;
    Id alliance;
    char note[1001];
} Save;

static void save(void *data)
{
    Save *s = data;
    Error err = {0};
    /* Time must pass between runs too: ids are made of it. */
    app_set_now(s->app, (Instant){BENCH_NOW_MS + (int64_t)(now_us() / 1e3), BENCH_OFFSET});
    QuickCheckIn q = {.at = INSTANT_NONE, .trust = 4, .note = s->note};
    must(app_quick_check_in(s->app, s->alliance, &q, NULL, &err), &err);
}

static void write_note(char *note, size_t size)
{
    static const char words[] = "the walk was long and the talk was good ";
    for (size_t i = 0; i + 1 < size; i++) note[i] = words[i % (sizeof words - 1)];
    note[size - 1] = '\0';
}

int main(int argc, char **argv)
{
    must_do(argc == 2, "usage: save JOURNAL");
    Error err = {0};
    Save s = {0};
    AppOptions options = {.journal = argv[1]};
    must(app_open(&options, &s.app, &err), &err);
    Arena arena = {0};
    AllianceRow *rows;
    AllianceCursor next;
    size_t n = 0;
    must(app_alliances(s.app, &(AllianceFilter){0}, NULL, 1, &arena, &rows, &n, &next, &err), &err);
    must_do(n == 1, "the journal holds no alliance");
    s.alliance = rows[0].alliance.id;
    write_note(s.note, sizeof s.note);
    save(&s);
    printf("%.1f\n", median_us(save, &s, BENCH_ROUNDS));
    arena_finish(&arena);
    app_close(s.app);
    return 0;
}
