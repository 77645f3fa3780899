#include "timeline.h"

#include <entente/text.h>

#include "headed.h"

/* What the store marks a match with. */
#define MATCH_OPEN  "\xe2\x80\xb9"
#define MATCH_CLOSE "\xe2\x80\xba"

enum { ROOMY_WIDTH = 60, WIDE_NAMES = 70, ROW_X = 3, LOOKED_AT = 600 };

/* Where each column of a row begins and how wide it is; width 0: not shown. */
typedef struct {
    bool year; /* the dates carry it: no headings do */
    int date_w, who_x, who_w, what_x, what_w, trust_x, words_x, words_w;
} Columns;

static int year_of(const HistoryRow *row)
{
    int year;
    date_split(instant_date(row->at), &year, NULL, NULL);
    return year;
}

static bool has_headings(const Timeline *t)
{
    return !finder_is_open(&t->finder) || t->list_at.w < ROOMY_WIDTH;
}

bool timeline_heading(const void *owner, size_t row, bool first)
{
    const Timeline *t = owner;
    if (!has_headings(t)) return false;
    return first || year_of(&t->rows.at[row]) != year_of(&t->rows.at[row - 1]);
}

/* Where rows are narrow and of many people, their words tell more than their kind does. */
static Columns columns_of(const Timeline *t)
{
    int w = t->list_at.w;
    bool roomy = w >= ROOMY_WIDTH;
    int gap = roomy ? 2 : 1;
    Columns k = {.year = !has_headings(t)};
    k.date_w = k.year ? 9 : 6;
    k.who_x = ROW_X + k.date_w + gap;
    if (!t->alliance) k.who_w = w >= WIDE_NAMES ? 16 : roomy ? 14 : 10;
    if (roomy || t->alliance) k.what_w = roomy && t->alliance ? 20 : 12;
    k.what_x = k.who_x + (k.who_w ? k.who_w + gap : 0);
    k.trust_x = k.what_w ? k.what_x + k.what_w + 1 : k.what_x;
    k.words_x = k.trust_x + 1 + gap;
    k.words_w = w - k.words_x - 1;
    return k;
}

static void add_date(const HistoryRow *row, bool with_year, Str *out)
{
    int year, month, day;
    date_split(instant_date(row->at), &year, &month, &day);
    str_addf(out, "%2d %.3s", day, month_name(month));
    if (with_year) str_addf(out, " %02d", year % 100);
}

/* The title, said shorter where it does not fit. */
static void add_what(const HistoryRow *row, int width, Str *out)
{
    app_entry_title(row, out);
    if (text_width(str_view(out)) <= width) return;
    str_clear(out);
    if (row->kind == ENTRY_MOMENT)
        str_add_c(out, moment_kind_name(row->moment));
    else
        str_addf(out, row->version ? "%s, v%d" : "%s", entry_kind_name(row->kind), row->version);
}

/* ---- first words, and what a search found ---- */

static void add_words(const HistoryRow *row, Str *out)
{
    StrView text = sv(row->snippet[0] ? row->snippet : row->text);
    bool said = text.len > 0 && row->kind == ENTRY_CHECK_IN && !row->snippet[0];
    if (text.len > LOOKED_AT) text.len = text_boundary(text, LOOKED_AT);
    if (row->kind == ENTRY_COMMITMENT) {
        if (row->side == SIDE_THEM)
            app_short_name(row->alliance_name, out);
        else
            str_add_c(out, row->side == SIDE_ME ? "you" : "both");
        str_add_c(out, ": ");
    }
    if (said) str_add_char(out, '"');
    text_clean(out, text, false);
    if (said) str_add_char(out, '"');
}

/* Cuts the text before the next mark off `rest`; *ret_on is whether what follows is a match. */
static StrView cut_mark(StrView *rest, bool *ret_on)
{
    for (size_t i = 0; i + 3 <= rest->len; i++) {
        StrView here = sv_n(rest->ptr + i, 3), before = sv_n(rest->ptr, i);
        bool opens = sv_eq(here, SV(MATCH_OPEN));
        if (!opens && !sv_eq(here, SV(MATCH_CLOSE))) continue;
        *ret_on = opens;
        *rest = sv_n(rest->ptr + i + 3, rest->len - i - 3);
        return before;
    }
    StrView all = *rest;
    *rest = sv_n(rest->ptr + rest->len, 0);
    return all;
}

static int marked_width(StrView text)
{
    int width = 0;
    bool on;
    while (text.len > 0) width += text_width(cut_mark(&text, &on));
    return width;
}

static void draw_marked(Canvas *c, int x, int y, int max, StrView text)
{
    bool cut = marked_width(text) > max, match = false, next = false;
    int room = cut ? max - (c->ascii ? 3 : 1) : max;
    while (text.len > 0 && room > 0) {
        StrView piece = cut_mark(&text, &next);
        int used = canvas_text(c, x, y, room, match ? ROLE_MATCH : ROLE_NORMAL, piece);
        x += used;
        room = used < text_width(piece) ? 0 : room - used;
        match = next;
    }
    if (cut) canvas_text(c, x, y, 3, ROLE_NORMAL, c->ascii ? SV("...") : SV("…"));
}

/* ---- lines ---- */

static void draw_words(Canvas *c, const Columns *k, int y, const HistoryRow *row)
{
    Str text;
    str_init(&text);
    if (row->text[0] || row->snippet[0] || k->what_w)
        add_words(row, &text);
    else
        app_entry_title(row, &text);
    if (row->snippet[0])
        draw_marked(c, k->words_x, y, k->words_w, str_view(&text));
    else
        canvas_text_fit(c, k->words_x, y, k->words_w, ROLE_NORMAL, str_view(&text));
    str_finish(&text);
}

static void draw_row(Canvas *c, const Columns *k, int y, const HistoryRow *row)
{
    Str text;
    str_init(&text);
    add_date(row, k->year, &text);
    canvas_text(c, ROW_X, y, k->date_w, ROLE_NORMAL, str_view(&text));
    str_clear(&text);
    if (k->what_w)
        str_add_c(&text, row->alliance_name);
    else
        app_short_name(row->alliance_name, &text);
    canvas_text_fit(c, k->who_x, y, k->who_w, ROLE_NORMAL, str_view(&text));
    str_clear(&text);
    if (k->what_w) add_what(row, k->what_w, &text);
    canvas_text_fit(c, k->what_x, y, k->what_w, ROLE_NORMAL, str_view(&text));
    if (row->trust) canvas_textf(c, k->trust_x, y, 1, ROLE_NORMAL, "%d", row->trust);
    draw_words(c, k, y, row);
    str_finish(&text);
}

static void draw_heading(const Timeline *t, Canvas *c, int y, const HistoryRow *row)
{
    int used = canvas_textf(c, 1, y, t->list_at.w - 1, ROLE_STRONG, "%d", year_of(row));
    canvas_rule(c, used + 2, y, t->list_at.w - used - 2);
}

static void draw_selected(const Timeline *t, Canvas *c, const Columns *k, int y)
{
    canvas_text(c, 1, y, 1, ROLE_NORMAL, SV(">"));
    canvas_role(c, (Rect){ROW_X, y, k->date_w, 1}, ROLE_SELECTED);
    if (!finder_is_open(&t->finder)) canvas_cursor(c, ROW_X, y, false);
}

void timeline_draw_rows(const Timeline *t, Canvas *c)
{
    Columns k = columns_of(t);
    int y = t->list_at.y, end = y + t->list_at.h;
    for (size_t i = t->list.top; i < t->rows.len; i++) {
        bool headed = timeline_heading(t, i, i == t->list.top);
        if (y + (headed ? 2 : 1) > end) return;
        if (headed) draw_heading(t, c, y++, &t->rows.at[i]);
        draw_row(c, &k, y, &t->rows.at[i]);
        if (i == t->list.selected) draw_selected(t, c, &k, y);
        y++;
    }
}
