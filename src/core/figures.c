#include <entente/figures.h>

#include <stdlib.h>

#include <entente/mem.h>

Record record_of(const Commitment *c, size_t n, Side side)
{
    Record r = {0, 0};
    for (size_t i = 0; i < n; i++) {
        if (c[i].side != side) continue;
        bool kept = c[i].state == COMMITMENT_KEPT || c[i].state == COMMITMENT_KEPT_LATE;
        r.kept += kept;
        r.of += kept || c[i].state == COMMITMENT_NOT_KEPT;
    }
    return r;
}

static bool rated(int trust)
{
    return trust >= TRUST_MIN && trust <= TRUST_MAX;
}

int trust_mostly(const int *trust, size_t n)
{
    size_t count[TRUST_MAX + 1] = {0};
    for (size_t i = 0; i < n; i++)
        if (rated(trust[i])) count[trust[i]]++;
    size_t all = 0;
    for (int value = TRUST_MIN; value <= TRUST_MAX; value++) all += count[value];
    for (int value = TRUST_MIN; value <= TRUST_MAX; value++)
        if (2 * count[value] > all) return value;
    return 0;
}

void trust_spark(Str *out, const int *trust, size_t n, size_t max, bool ascii)
{
    static const char *const bars[] = {" ", "\u2581", "\u2582", "\u2584", "\u2586", "\u2588"};
    static const char *const digits[] = {"-", "1", "2", "3", "4", "5"};
    for (size_t i = n > max ? n - max : 0; i < n; i++) {
        int value = rated(trust[i]) ? trust[i] : 0;
        str_add_c(out, ascii ? digits[value] : bars[value]);
    }
}

static int int_order(const void *a, const void *b)
{
    int x = *(const int *)a;
    int y = *(const int *)b;
    return (x > y) - (x < y);
}

int lived_days(const Date *dates, size_t n)
{
    if (n < 2) return 0;
    size_t count = n - 1;
    int *gaps = mem_zalloc(count, sizeof *gaps);
    for (size_t i = 0; i < count; i++) gaps[i] = dates[i + 1] - dates[i];
    qsort(gaps, count, sizeof *gaps, int_order);
    int low = gaps[(count - 1) / 2];
    int high = gaps[count / 2];
    free(gaps);
    return (low + high + 1) / 2; /* days are whole: half a day rounds up */
}
