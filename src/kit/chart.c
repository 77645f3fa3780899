#include <entente/chart.h>

int chart_progress(Canvas *c, int x, int y, int done, int total, int max, Role role)
{
    int n = total < 0 ? 0 : total > max ? max : total;
    if (n < 0) n = 0;
    int filled = total > 0 && done > 0 ? (int)((long long)(done < total ? done : total) * n / total) : 0;
    canvas_fill(c, (Rect){x, y, 1, 1}, '[', role);
    canvas_fill(c, (Rect){x + 1, y, filled, 1}, '#', role);
    canvas_fill(c, (Rect){x + 1 + filled, y, n - filled, 1}, '.', role);
    canvas_fill(c, (Rect){x + 1 + n, y, 1, 1}, ']', role);
    return n + 2;
}

enum { TOP = 5, BOTTOM = 3, COLUMN_STEP = 3 };

static int lowest_row(const int *trust, size_t n)
{
    int low = BOTTOM;
    for (size_t i = 0; i < n; i++)
        if (trust[i] >= 1 && trust[i] < low) low = trust[i];
    return low;
}

static void bar_cell(Canvas *c, int x, int y, bool filled)
{
    StrView glyph = filled ? (c->ascii ? SV("#") : SV("█")) : (c->ascii ? SV(".") : SV("·"));
    canvas_text(c, x, y, 1, ROLE_NORMAL, glyph);
}

int chart_trust_bars(Canvas *c, int x, int y, const int *trust, size_t n)
{
    if (n == 0) return 0;
    int low = lowest_row(trust, n);
    for (int rating = TOP; rating >= low; rating--) {
        int row = y + TOP - rating;
        canvas_textf(c, x, row, 1, ROLE_NORMAL, "%d", rating);
        for (size_t i = 0; i < n; i++)
            if (trust[i] >= 1) bar_cell(c, x + 2 + COLUMN_STEP * (int)i, row, trust[i] >= rating);
    }
    return TOP - low + 1;
}
