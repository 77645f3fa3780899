#include <entente/text.h>

#include "offers.h"
#include "view_session.h"

/* ---- offers ---- */

size_t offers_read(App *app, Id alliance, Arena *arena, Offer ret[OFFERS_MAX])
{
    Error err = {0};
    size_t n = 0;
    if (!alliance || !app_offers(app, alliance, arena, ret, &n, &err)) return 0;
    return n;
}

void offers_words(const Offer *o, Str *out)
{
    StrView reason = sv_trim(sv(o->reason));
    while (reason.len > 0 && reason.ptr[reason.len - 1] == '.') reason.len--;
    str_add(out, reason);
    str_add_c(out,
              o->stage == STAGE_REPAIR ? ": a repair talk may help." : ": renewing the agreement may help.");
}

/* Where not all fits the offer wins: what was done shows on the page, undo is in the hints. */
static void say_with(Ui *ui, const Done *done, const Offer *o)
{
    static const char UNDO[] = "  u Undo";
    Str offer;
    int w, h;
    str_init(&offer);
    offers_words(o, &offer);
    str_addf(&offer, "  : %s", stage_name(o->stage));
    ui_size(ui, &w, &h);
    int room = w - 2 - text_width(str_view(&offer)) - 1;
    bool brief = text_width(str_view(&done->text)) + (int)sizeof UNDO - 1 > room;
    const char *kept = brief ? "Kept." : done->text.buf;
    bool undo = text_width(sv(kept)) + (int)sizeof UNDO - 1 <= room;
    ui_say(ui, "%s %s%s", kept, offer.buf, undo ? UNDO : "");
    str_finish(&offer);
}

bool session_say_offer(Ui *ui, Id alliance, const Done *done)
{
    Arena arena = {0};
    Offer offers[OFFERS_MAX];
    size_t n = offers_read(ui_app(ui), alliance, &arena, offers);
    if (n > 0) say_with(ui, done, &offers[0]);
    arena_finish(&arena);
    return n > 0;
}

/* ---- a draft without a name ---- */

/* What stands in a draft only a session reads. */
bool offers_unnamed(App *app, Date *ret_saved)
{
    Session *s = NULL;
    Error err = {0};
    if (!session_begin(app, &(SessionStart){.stage = STAGE_DESIGN}, &s, &err)) return false;
    bool waits = s->resumed;
    if (waits) *ret_saved = instant_date(s->saved);
    session_free(s);
    return waits;
}

void session_say_unnamed(const SessionView *v, Ui *ui)
{
    const Session *s = v->session;
    if (!s->resumed || s->alliance || instant_is_none(s->saved)) return;
    Str day;
    str_init(&day);
    date_print_day(&day, instant_date(s->saved), app_today(s->app));
    ui_say(ui, "This goes on with a draft from %s.  : discard-draft starts afresh", day.buf);
    str_finish(&day);
}

/* ---- packs that were left out ---- */

void session_say_complaints(const SessionView *v, Ui *ui)
{
    const Complaint *all;
    size_t n = session_complaints(v->session, &all);
    if (n == 0) return;
    Str out;
    str_init(&out);
    str_add_c(&out, all->file);
    if (n > 1) str_addf(&out, " and %zu more", n - 1);
    str_addf(&out, " %s left out: %s%s%s", n > 1 ? "were" : "was", all->where, all->where[0] ? ": " : "",
             all->reason);
    if (n > 1) str_add_c(&out, " entente prompts check tells the rest.");
    ui_say(ui, "%s", out.buf);
    str_finish(&out);
}
