#include <entente/agenda.h>

#include "agenda_page.h"
#include "home.h"

/* What comes in the next days, beside or below the list. */

enum { DAYS = 14, SPARE = 40 /* a kind may crowd one day: the others still fill the page */ };

void home_load_agenda(Home *h, App *app)
{
    size_t rows = (size_t)(h->plan.agenda.h > 0 ? h->plan.agenda.h : 0);
    if (rows == 0 || h->agenda.rows >= rows) return;
    HomeAgenda *a = &h->agenda;
    Error err = {0};
    arena_reset(&a->arena);
    a->count = 0;
    a->rows = rows; /* what cannot be read is not asked for with every frame */
    if (!app_agenda(app, app_today(app) + DAYS, rows + SPARE, &a->arena, &a->items, &a->count, &a->more,
                    &err))
        a->count = 0;
}

/* Behind the last row that fits. */
static void draw_rest(Canvas *c, int x, int y, int w, size_t left)
{
    if (left)
        canvas_textf(c, x, y, w, ROLE_NORMAL, "and %zu more  2 Agenda", left);
    else
        canvas_text(c, x, y, w, ROLE_NORMAL, SV("and more  2 Agenda"));
}

static void draw_items(const HomeAgenda *a, const App *app, Canvas *c, Rect r)
{
    size_t room = (size_t)r.h;
    bool whole = a->count <= room && !a->more;
    size_t shown = whole ? a->count : a->count < room ? a->count : room - 1;
    for (size_t i = 0; i < shown; i++) agenda_draw_brief(app, &a->items[i], c, r.x, r.y + (int)i, r.w);
    if (!whole) draw_rest(c, r.x + 2, r.y + (int)shown, r.w - 2, a->more ? 0 : a->count - shown);
}

void home_draw_agenda(const Home *h, const Ui *ui, Canvas *c)
{
    Rect r = h->plan.agenda;
    int indent = h->plan.column ? 0 : 2;
    if (r.h < 2) return;
    if (h->plan.column) home_draw_divider(c, r);
    canvas_textf(c, r.x, r.y, r.w, ROLE_STRONG, "NEXT %d DAYS", DAYS);
    r = (Rect){r.x + indent, r.y + 1, r.w - indent, r.h - 1};
    if (h->agenda.count)
        draw_items(&h->agenda, ui_app(ui), c, r);
    else
        canvas_text_fit(c, r.x, r.y, r.w, ROLE_NORMAL, SV("Nothing is due in these days."));
}
