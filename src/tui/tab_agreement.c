#include "alliance_page.h"

static bool has_agreement(const AlliancePage *p)
{
    return p->detail.row.alliance.version > 0;
}

static void select_part(AgreementTab *t, size_t part)
{
    t->selected = part < t->parts.len ? part : t->parts.len ? t->parts.len - 1 : 0;
    t->follow = true;
}

/* ---- handling ---- */

static void amend_here(const AlliancePage *p, Ui *ui)
{
    const AgreementTab *t = &p->agreement;
    SessionStart start = {.alliance = p->id, .stage = STAGE_DESIGN};
    if (has_agreement(p) && t->parts.len > 0) {
        start.has_section = true;
        start.section = t->parts.at[t->selected].section;
    }
    ui_push(ui, &VIEW_SESSION, &start);
}

EventResult agreement_command(AlliancePage *p, Ui *ui, CommandId id)
{
    if (id != CMD_AMEND) return EV_IGNORED;
    amend_here(p, ui);
    return EV_HANDLED;
}

/* A part longer than the screen is read to its end before the next one is selected. */
static void go_down(AgreementTab *t)
{
    const AgreementPart *part = &t->parts.at[t->selected];
    int bottom = t->top + t->text.h;
    if (part->end > bottom && part->end - part->begin > t->text.h)
        t->top = part->end - bottom < t->text.h - 1 ? part->end - t->text.h : t->top + t->text.h - 1;
    else
        select_part(t, t->selected + 1);
}

static void go_up(AgreementTab *t)
{
    const AgreementPart *part = &t->parts.at[t->selected];
    if (part->begin < t->top)
        t->top = part->begin > t->top - t->text.h + 1 ? part->begin : t->top - t->text.h + 1;
    else if (t->selected > 0)
        select_part(t, t->selected - 1);
}

/* After a page the selection is the first heading that shows, or the part that fills the screen. */
static void page(AgreementTab *t, int by)
{
    int last = t->paper.lines - t->text.h;
    if ((by > 0 && t->top >= last) || (by < 0 && t->top <= 0)) {
        select_part(t, by > 0 ? t->parts.len : 0);
        return;
    }
    t->top = paper_clamp(&t->paper, t->top + by * (t->text.h > 2 ? t->text.h - 1 : 1), t->text.h);
    size_t i = 0;
    while (i + 1 < t->parts.len && t->parts.at[i].begin < t->top &&
           t->parts.at[i + 1].begin < t->top + t->text.h)
        i++;
    t->selected = i;
}

EventResult agreement_event(AlliancePage *p, const Event *e)
{
    AgreementTab *t = &p->agreement;
    if (e->type != EVENT_KEY || t->parts.len == 0 || !has_agreement(p)) return EV_IGNORED;
    switch (e->key) {
    case KEYN_DOWN:
    case 'j': go_down(t); break;
    case KEYN_UP:
    case 'k': go_up(t); break;
    case KEYN_PAGE_DOWN:
    case KEY_CTRL('f'): page(t, 1); break;
    case KEYN_PAGE_UP:
    case KEY_CTRL('b'): page(t, -1); break;
    case KEYN_HOME:
    case 'g': select_part(t, 0); break;
    case KEYN_END:
    case 'G': select_part(t, t->parts.len); break;
    default: return EV_IGNORED;
    }
    return EV_HANDLED;
}

/* ---- laying out ---- */

/* Shows all of the selected part if it fits, else its beginning; the first part brings the head with it. */
static void follow(AgreementTab *t)
{
    const AgreementPart *part = &t->parts.at[t->selected];
    if (t->selected == 0 && part->end <= t->text.h) t->top = 0;
    if (part->end > t->top + t->text.h) t->top = part->end - t->text.h;
    if (part->begin < t->top) t->top = part->begin;
    t->follow = false;
}

void agreement_layout(AlliancePage *p, const Ui *ui, Rect body)
{
    AgreementTab *t = &p->agreement;
    int h = t->text.h;
    (void)ui;
    t->text = body;
    if (body.h >= 12) t->text = (Rect){body.x, body.y + 1, body.w, body.h - 1};
    if (t->selected >= t->parts.len) select_part(t, t->parts.len);
    agreement_write(p, body.w);
    if (t->parts.len > 0 && has_agreement(p) && (t->follow || t->text.h != h)) follow(t);
    t->top = paper_clamp(&t->paper, t->top, t->text.h);
}

/* ---- showing ---- */

void agreement_status(const AlliancePage *p, Str *out)
{
    const AgreementTab *t = &p->agreement;
    if (!has_agreement(p)) return;
    str_addf(out, "Section %zu of %zu.", t->selected + 1, t->parts.len);
    if (t->top + t->text.h < t->paper.lines) str_add_c(out, "  PgDn for more");
}

void agreement_draw(const AlliancePage *p, Canvas *c)
{
    const AgreementTab *t = &p->agreement;
    paper_draw(&t->paper, c, t->text, t->top);
    canvas_cursor(c, 1, t->text.y, false);
    if (!has_agreement(p) || t->parts.len == 0) return;
    const AgreementPart *part = &t->parts.at[t->selected];
    int y = part->begin - t->top;
    if (y < 0 || y >= t->text.h) return;
    canvas_text(c, 1, t->text.y + y, 1, ROLE_NORMAL, SV(">"));
    canvas_cursor(c, 3, t->text.y + y, false);
}

void agreement_finish(AgreementTab *t)
{
    paper_finish(&t->paper);
    vec_finish(&t->parts);
}
