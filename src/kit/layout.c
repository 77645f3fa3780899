#include "layout.h"

#include <entente/text.h>
#include <string.h>

void layout_init(Layout *l, int width)
{
    *l = (Layout){0};
    layout_wrap(l, SV(""), width);
}

void layout_finish(Layout *l)
{
    vec_finish(&l->lines);
}

void layout_wrap(Layout *l, StrView text, int width)
{
    l->width = width;
    l->lines.len = 0;
    TextLine line;
    for (size_t pos = 0; width > 0 && text_wrap(text, pos, width, &line); pos = line.next) {
        vec_push(&l->lines, (Line){line.start, line.end, line.hard});
        if (line.next <= pos) break;
    }
    if (l->lines.len == 0) vec_push(&l->lines, (Line){0, text.len, true});
}

size_t layout_line_of(const Layout *l, size_t pos)
{
    size_t low = 0, high = l->lines.len;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (l->lines.at[middle].start <= pos)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* Puts `fresh` in place of the lines [first, tail) and moves those behind by the change. */
static void put_lines(Layout *l, size_t first, size_t tail, const Line *fresh, size_t n, size_t removed,
                      size_t inserted)
{
    size_t rest = l->lines.len - tail;
    for (size_t i = tail; i < l->lines.len; i++) {
        l->lines.at[i].start = l->lines.at[i].start - removed + inserted;
        l->lines.at[i].end = l->lines.at[i].end - removed + inserted;
    }
    vec_reserve(&l->lines, first + n + rest);
    memmove(&l->lines.at[first + n], &l->lines.at[tail], rest * sizeof(Line));
    memcpy(&l->lines.at[first], fresh, n * sizeof(Line));
    l->lines.len = first + n + rest;
}

/* The first line from `from` on that starts at `start`; false if none does. */
static bool find_start(const Layout *l, size_t *from, size_t start)
{
    while (*from < l->lines.len && l->lines.at[*from].start < start) ++*from;
    return *from < l->lines.len && l->lines.at[*from].start == start;
}

/*
 * A line depends on nothing before its start, and a change can at most pull
 * its first word up to the line above: so wrapping begins one line above and
 * ends where a new line starts at the same place in the text as an old one.
 * The end of the text is no such place: whether a line starts there depends on the byte before.
 */
void layout_change(Layout *l, StrView text, size_t at, size_t removed, size_t inserted)
{
    if (l->width == 0) {
        layout_wrap(l, text, 0);
        return;
    }
    size_t first = layout_line_of(l, at);
    if (first > 0 && !l->lines.at[first - 1].hard) first--;
    size_t tail = first, pos = l->lines.at[first].start;
    bool met = false;
    Vec(Line) fresh = {0};
    TextLine line;
    while (!met && text_wrap(text, pos, l->width, &line)) {
        vec_push(&fresh, (Line){line.start, line.end, line.hard});
        if (line.next <= pos) break;
        pos = line.next;
        met = pos >= at + inserted && pos < text.len && find_start(l, &tail, pos - inserted + removed);
    }
    put_lines(l, first, met ? tail : l->lines.len, fresh.at, fresh.len, removed, inserted);
    vec_finish(&fresh);
}
