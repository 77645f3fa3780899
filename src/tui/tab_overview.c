#include "alliance_page.h"

enum { STACKED_ROWS = 5, GUTTER = 3 };

/* ---- buttons ---- */

static void make_buttons(AlliancePage *p)
{
    const Alliance *a = &p->detail.row.alliance;
    Buttons *b = &p->overview.buttons;
    int focus = b->focus;
    buttons_clear(b);
    buttons_add(b, CMD_CHECK_IN, "Check in");
    buttons_add(b, CMD_AMEND, a->version ? "Amend agreement" : "Design agreement");
    buttons_add(b, CMD_NEW, "New commitment");
    if (a->state == STATE_PAUSED)
        buttons_add(b, CMD_PAUSE, "Wake");
    else
        buttons_add(b, CMD_SNOOZE, "Snooze");
    buttons_add(b, CMD_PALETTE, "More...");
    b->focus = focus;
}

void overview_press(AlliancePage *p, Ui *ui)
{
    Buttons *b = &p->overview.buttons;
    if (b->count > 0) ui_run(ui, (CommandId)b->ids[b->focus]);
}

static bool step_button(Buttons *b, Key key)
{
    int by = key == KEYN_DOWN || key == 'j' ? 1 : key == KEYN_UP || key == 'k' ? -1 : 0;
    int to = b->focus + by;
    if (by == 0 || to < 0 || to >= b->count) return false;
    b->focus = to;
    return true;
}

EventResult overview_event(AlliancePage *p, Ui *ui, const Event *e)
{
    OverviewTab *t = &p->overview;
    int pressed;
    if (e->type != EVENT_KEY) return EV_IGNORED;
    if (buttons_key(&t->buttons, e->key, &pressed)) {
        if (pressed >= 0) overview_press(p, ui);
        return EV_HANDLED;
    }
    if (t->stacked && step_button(&t->buttons, e->key)) return EV_HANDLED;
    const Paper *longer = t->left.lines >= t->right.lines ? &t->left : &t->right;
    return paper_scroll_key(longer, e->key, t->text.h, &t->top) ? EV_HANDLED : EV_IGNORED;
}

/* ---- laying out ---- */

static void write_short(AlliancePage *p, const App *app, int w)
{
    Paper *left = &p->overview.left;
    paper_line(left);
    overview_next(p, app, left, w);
    paper_line(left);
    overview_last(p, left, w);
    overview_offers(p, left, w, true);
    paper_line(left);
    overview_counts(p, left, w);
}

static void write_blocks(AlliancePage *p, const App *app, int w, int second)
{
    Paper *left = &p->overview.left, *right = second ? &p->overview.right : left;
    int right_w = second ? second : w;
    paper_line(left);
    overview_next(p, app, left, w);
    paper_line(left);
    overview_last(p, left, w);
    overview_offers(p, left, w, false);
    paper_gap(left);
    overview_trust(p, left, w);
    paper_gap(right);
    overview_open(p, right, right_w);
    paper_gap(right);
    overview_agreement(p, right, right_w);
}

/* The buttons follow the text, or stand at the foot of the body while the text scrolls above them. */
static void place(OverviewTab *t, Rect body)
{
    int lines = t->left.lines > t->right.lines ? t->left.lines : t->right.lines;
    bool roomy = body.h > STACKED_ROWS + 8;
    int rows = t->stacked ? t->buttons.count : buttons_rows(&t->buttons, body.w);
    int y = body.y + (roomy ? 1 : 0), room = body.y + body.h - rows - y;
    int gap = room > 3 && lines != room ? 1 : 0;
    t->text = (Rect){body.x, y, body.w, room - gap < lines ? room - gap : lines};
    if (t->text.h < 1) t->text.h = 1;
    t->foot = (Rect){body.x, y + t->text.h + gap, body.w, rows};
}

void overview_layout(AlliancePage *p, const Ui *ui, Rect body)
{
    OverviewTab *t = &p->overview;
    const App *app = ui_app(ui);
    bool two = body.w >= WIDE_FROM;
    int column = two ? body.w * 9 / 20 : body.w;
    make_buttons(p);
    paper_begin(&t->left, p->ascii);
    paper_begin(&t->right, p->ascii);
    t->stacked = p->narrow && body.h >= t->buttons.count + 3;
    if (p->narrow && body.h < STACKED_ROWS * 3)
        write_short(p, app, body.w);
    else
        write_blocks(p, app, column, two ? body.w - column - GUTTER : 0);
    place(t, body);
    t->top = paper_clamp(t->left.lines >= t->right.lines ? &t->left : &t->right, t->top, t->text.h);
}

/* ---- showing ---- */

static int last_line(const OverviewTab *t)
{
    return t->left.lines > t->right.lines ? t->left.lines : t->right.lines;
}

static bool goes_on_by_name(Stage stage)
{
    return stage == STAGE_PREPARE || stage == STAGE_REPAIR || stage == STAGE_RENEW || stage == STAGE_CLOSE;
}

void overview_status(const AlliancePage *p, Str *out)
{
    const OverviewTab *t = &p->overview;
    const AllianceRow *row = &p->detail.row;
    if (t->top + t->text.h < last_line(t)) {
        str_add_c(out, "PgDn for more");
    } else if (row->has_draft && row->draft_stage == STAGE_CHECK_IN) {
        if (!p->narrow) {
            str_add_c(out, "Draft of ");
            date_print_day(out, instant_date(row->draft_saved), p->today);
            str_add_c(out, " kept. ");
        }
        if (row->draft_step < row->draft_steps)
            str_addf(out, "c goes on with question %d.", row->draft_step);
        else
            str_add_c(out, "c goes on at its end."); /* the last question or the review */
    } else if (row->has_draft && goes_on_by_name(row->draft_stage)) {
        str_addf(out, ": %s goes on with the draft.", stage_name(row->draft_stage));
    }
}

static void draw_stacked(const OverviewTab *t, Canvas *c)
{
    for (int i = 0; i < t->buttons.count; i++) {
        Buttons one = {.labels = {t->buttons.labels[i]}, .count = 1};
        buttons_draw(&one, c, t->foot.x, t->foot.y + i, t->foot.w, i == t->buttons.focus);
    }
}

void overview_draw(const AlliancePage *p, Canvas *c)
{
    const OverviewTab *t = &p->overview;
    int x = t->text.w * 9 / 20 + GUTTER;
    paper_draw(&t->left, c, t->text, t->top);
    paper_draw(&t->right, c, (Rect){x, t->text.y, t->text.w - x, t->text.h}, t->top);
    if (t->stacked)
        draw_stacked(t, c);
    else
        buttons_draw(&t->buttons, c, t->foot.x, t->foot.y, t->foot.w, true);
}

void overview_finish(OverviewTab *t)
{
    paper_finish(&t->left);
    paper_finish(&t->right);
}
