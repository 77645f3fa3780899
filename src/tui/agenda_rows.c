#include <entente/due.h>
#include <entente/text.h>
#include <string.h>

#include "agenda_page.h"
#include "headed.h"

enum {
    MARK_X = 3,
    DATE_X = 5,
    DATE_WIDTH = 11,
    KIND_X = 18,
    KIND_WIDTH = 10,
    NAME_WIDTH = 12, /* at 80 columns; of wider rows names get a part */
    NAME_MOST = 40,
    NEAR_DAYS = 14,
    WITH_KIND = 72,
    COMPACT = 60,
    NARROW_BRIEF = 36,
    ROOMY_BRIEF = 56
};

const AgendaItem *agenda_at(const AgendaPage *p, size_t shown)
{
    return &p->items[p->shown.at[shown]];
}

const AgendaItem *agenda_selected(const AgendaPage *p)
{
    return p->shown.len ? agenda_at(p, p->list.selected) : NULL;
}

bool agenda_heading(const void *page, size_t row, bool first)
{
    const AgendaPage *p = page;
    return first || agenda_at(p, row)->section != agenda_at(p, row - 1)->section;
}

/* ---- words ---- */

/* "Fri  4 Dec", days below one another; of another year " 4 Dec 2027", unless it is near. */
static void add_date(Date day, Date today, bool weekday, Str *out)
{
    int year, month, date, this_year;
    date_split(day, &year, &month, &date);
    date_split(today, &this_year, NULL, NULL);
    if (weekday && day >= today && day - today <= NEAR_DAYS) year = this_year;
    if (weekday && year == this_year) str_addf(out, "%.3s ", weekday_name(date_weekday(day)));
    str_addf(out, "%2d %.3s", date, month_name(month));
    if (year != this_year) str_addf(out, weekday ? " %d" : " %02d", weekday ? year : year % 100);
}

bool agenda_ask_words(const App *app, const AllianceRow *row, int width, Str *out)
{
    static const char *const SHORTER[] = {"Still the right cadence?  r Change  p Pause",
                                          "Right cadence?  r Change  p Pause", "r Cadence  p Pause"};
    enum { SHORTER_COUNT = sizeof SHORTER / sizeof SHORTER[0] };
    int missed = app_missed(app, row);
    if (missed < DUE_MISSED_OFFER) return false;
    size_t at = out->len;
    str_addf(out, "%s check-ins have gone by. %s", agenda_missed_word(missed), SHORTER[0]);
    for (size_t i = 0; i < SHORTER_COUNT; i++) {
        if (text_width(sv_n(out->buf + at, out->len - at)) <= width) break;
        str_remove(out, at, out->len - at);
        str_add_c(out, SHORTER[i]);
    }
    return true;
}

/* ---- a row ---- */

/* Where the columns begin; `kind` 0: left out. */
typedef struct {
    int mark, date, kind, name, name_w, words, words_w;
    bool compact;
} Columns;

static Columns columns_of(int w)
{
    Columns k = {.mark = MARK_X, .date = DATE_X, .compact = w < COMPACT};
    if (k.compact) {
        k.mark = 2;
        k.date = 4;
        k.name = k.date + 7;
        k.name_w = w < 36 ? 6 : 9;
    } else {
        k.kind = w >= WITH_KIND ? KIND_X : 0;
        k.name = k.kind ? k.kind + KIND_WIDTH + 2 : k.date + DATE_WIDTH + 1;
        k.name_w = w <= 80 ? NAME_WIDTH + 2 : NAME_WIDTH + 2 + (w - 80) / 4;
        if (k.name_w > NAME_MOST) k.name_w = NAME_MOST;
    }
    k.words = k.name + k.name_w + (k.compact ? 1 : 2);
    k.words_w = w - k.words - 1;
    return k;
}

/* Its column of dates says that it is past; what comes next is worth the room. */
static void without_was_due(Str *s)
{
    static const char was[] = "was due ";
    if (strncmp(s->buf, was, sizeof was - 1) == 0) str_remove(s, 0, sizeof was - 1);
}

/* "Megumi" where "佐藤 恵 (Megumi)" does not fit; a beginning that many may share is rather cut. */
static void draw_name(Canvas *c, int x, int y, int w, const char *name)
{
    Str call;
    str_init(&call);
    app_short_name(name, &call);
    bool whole = text_width(sv(name)) <= w || sv_starts(sv(name), str_view(&call));
    canvas_text_fit(c, x, y, w, ROLE_NORMAL, whole ? sv(name) : str_view(&call));
    str_finish(&call);
}

static void draw_row(const App *app, Canvas *c, const Columns *k, int y, const AgendaItem *item)
{
    Str s;
    str_init(&s);
    canvas_textf(c, k->mark, y, 1, ROLE_NORMAL, "%c", app_agenda_marker(app, item));
    add_date(item->day, app_today(app), !k->compact, &s);
    canvas_text(c, k->date, y, DATE_WIDTH, ROLE_NORMAL, str_view(&s));
    str_clear(&s);
    if (k->kind) canvas_text(c, k->kind, y, KIND_WIDTH, ROLE_NORMAL, sv(agenda_kind_name(item->kind)));
    draw_name(c, k->name, y, k->name_w, item->name);
    app_agenda_words(app, item, &s);
    if (k->compact) without_was_due(&s);
    canvas_text_fit(c, k->words, y, k->words_w, ROLE_NORMAL, str_view(&s));
    str_finish(&s);
}

static void draw_selected(const AgendaPage *p, Canvas *c, const Columns *k, int y)
{
    int mark = k->compact ? 0 : 1;
    canvas_text(c, mark, y, 1, ROLE_NORMAL, SV(">"));
    canvas_role(c, (Rect){k->date, y, k->compact ? 6 : 10, 1}, ROLE_SELECTED);
    if (!finder_is_open(&p->finder)) canvas_cursor(c, k->date, y, false);
}

static void draw_heading(Canvas *c, int y, AgendaSection section)
{
    Str s;
    str_init(&s);
    str_add_c(&s, agenda_section_title(section));
    for (size_t i = 0; i < s.len; i++)
        if (s.buf[i] >= 'a' && s.buf[i] <= 'z') s.buf[i] = (char)(s.buf[i] - 'a' + 'A');
    canvas_text(c, 1, y, c->w - 1, ROLE_STRONG, str_view(&s));
    str_finish(&s);
}

void agenda_draw_rows(const AgendaPage *p, const App *app, Canvas *c)
{
    Columns k = columns_of(p->list_at.w);
    int y = p->list_at.y, end = y + p->list_at.h;
    for (size_t i = p->list.top; i < p->shown.len; i++) {
        bool headed = agenda_heading(p, i, i == p->list.top);
        if (y + (headed ? 2 : 1) > end) return;
        if (headed) draw_heading(c, y++, agenda_at(p, i)->section);
        draw_row(app, c, &k, y, agenda_at(p, i));
        if (i == p->list.selected) draw_selected(p, c, &k, y);
        y++;
    }
}

/* ---- in a narrow place ---- */

static void add_who(const AgendaItem *item, bool narrow, Str *out)
{
    static const char *const WHO[SIDE_COUNT][2] = {
        [SIDE_ME] = {" (you, for ", " (you, "},
        [SIDE_THEM] = {" (", " ("},
        [SIDE_BOTH] = {" (both, with ", " (both, "},
    };
    str_add_c(out, WHO[item->commitment->commitment.side][narrow]);
    app_short_name(item->name, out);
    str_add_char(out, ')');
}

/* "check in with Ana Lima", "check in with Ana", "with Ana": the name is what must not be cut. */
static void add_with(const char *what, const AgendaItem *item, int room, Str *out)
{
    str_addf(out, "%s with %s", what, item->name);
    if (text_width(str_view(out)) <= room) return;
    str_clear(out);
    str_addf(out, "%s with ", what);
    app_short_name(item->name, out);
    if (text_width(str_view(out)) > room) str_remove(out, 0, strlen(what) + 1);
}

/* What is to be done, and behind it, in brackets, who does it. */
static void add_brief(const App *app, const AgendaItem *item, int room, Str *what, Str *who)
{
    switch (item->kind) {
    case AGENDA_CHECK_IN:
        if (app_agenda_marker(app, item) == 'z') str_add_c(who, " (snoozed)");
        add_with("check in", item, room - (int)who->len, what);
        break;
    case AGENDA_COMMITMENT:
        str_add_c(what, item->commitment->commitment.text);
        add_who(item, room < NARROW_BRIEF, who);
        break;
    case AGENDA_REVIEW: add_with("review the agreement", item, room, what); break;
    case AGENDA_KIND_COUNT: break;
    }
}

void agenda_draw_brief(const App *app, const AgendaItem *item, Canvas *c, int x, int y, int w)
{
    Str what, who;
    str_init(&what);
    str_init(&who);
    int words = x + 2 + DATE_WIDTH + (w < ROOMY_BRIEF ? 1 : 2), room = w - (words - x);
    canvas_textf(c, x, y, 1, ROLE_NORMAL, "%c", app_agenda_marker(app, item));
    add_date(item->day, app_today(app), true, &what);
    canvas_text(c, x + 2, y, DATE_WIDTH, ROLE_NORMAL, str_view(&what));
    str_clear(&what);
    add_brief(app, item, room, &what, &who);
    int behind = text_width(str_view(&who));
    if (behind > room / 2) behind = room / 2;
    int used = canvas_text_fit(c, words, y, room - behind, ROLE_NORMAL, str_view(&what));
    canvas_text_fit(c, words + used, y, behind, ROLE_NORMAL, str_view(&who));
    str_finish(&what);
    str_finish(&who);
}
