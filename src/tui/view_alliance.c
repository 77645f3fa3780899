#include <entente/text.h>

#include "alliance_page.h"

enum { WHO_LEAST = 5, WHO_NARROW = 6, WHO_WIDE = 10 };

static const char *const TABS[TAB_COUNT] = {"Overview", "Agreement", "History", "Commitments"};

const char *page_side(const AlliancePage *p, Side side)
{
    return side == SIDE_ME ? "you" : side == SIDE_THEM ? p->partner : "both";
}

int page_who_width(const AlliancePage *p)
{
    int w = text_width(sv(p->partner)), most = p->narrow ? WHO_NARROW : WHO_WIDE;
    return w < WHO_LEAST ? WHO_LEAST : w > most ? most : w;
}

void page_due_words(const AlliancePage *p, const Commitment *c, Str *out)
{
    Date today = p->today;
    if (c->due == DATE_NONE) {
        str_add_c(out, "no date");
    } else if (c->due == today) {
        str_add_c(out, "due today");
    } else {
        str_add_c(out, c->due < today ? "was due " : "by ");
        date_print_short(out, c->due, today);
    }
}

/* ---- reading ---- */

static const char *short_name(Arena *arena, const char *name)
{
    Str out;
    str_init(&out);
    app_short_name(name, &out);
    const char *kept = arena_str(arena, str_view(&out));
    str_finish(&out);
    return kept;
}

static bool read_detail(AlliancePage *p, Ui *ui, Error *err)
{
    Arena arena = {0};
    AllianceDetail detail;
    if (!app_detail(ui_app(ui), p->id, &arena, &detail, err)) {
        arena_finish(&arena);
        return false;
    }
    arena_finish(&p->arena);
    p->arena = arena;
    p->detail = detail;
    p->partner = short_name(&p->arena, detail.row.alliance.name);
    p->offer_count =
        detail.row.alliance.state == STATE_ACTIVE ? offers_read(ui_app(ui), p->id, &p->arena, p->offers) : 0;
    agreement_parts(p);
    return true;
}

/* A tab reads its own rows when it is first shown; `commitment`: the one selected there, 0: the first. */
static bool read_tab(AlliancePage *p, Ui *ui, Id commitment, Error *err)
{
    if (p->tab == TAB_COMMITMENTS && !p->commitments.is_read) return commitments_read(p, ui, commitment, err);
    if (p->tab != TAB_HISTORY || p->history_is_read) return true;
    p->history_is_read = timeline_open(&p->history, ui, p->id, p->detail.row.alliance.name, err);
    if (!p->history_is_read) {
        timeline_finish(&p->history);
        p->history = (Timeline){0};
    }
    return p->history_is_read;
}

static bool reload(View *v, Ui *ui, Error *err)
{
    AlliancePage *p = v->state;
    if (!read_detail(p, ui, err)) return false;
    if (p->history_is_read && !timeline_reload(&p->history, ui, err)) return false;
    return !p->commitments.is_read || commitments_read(p, ui, commitments_selected(&p->commitments), err);
}

static bool open(View *v, Ui *ui, const void *arg, Error *err)
{
    const AllianceArg *a = arg;
    AlliancePage *p = v->state;
    p->id = a->alliance;
    p->tab = a->tab >= 0 && a->tab < TAB_COUNT ? (AllianceTab)a->tab : TAB_OVERVIEW;
    return read_detail(p, ui, err) && read_tab(p, ui, a->commitment, err);
}

static void close(View *v)
{
    AlliancePage *p = v->state;
    overview_finish(&p->overview);
    agreement_finish(&p->agreement);
    timeline_finish(&p->history);
    commitments_finish(&p->commitments);
    arena_finish(&p->arena);
}

/* ---- handling ---- */

static void show_tab(AlliancePage *p, Ui *ui, AllianceTab tab)
{
    Error err = {0};
    AllianceTab before = p->tab;
    p->tab = tab;
    if (read_tab(p, ui, 0, &err)) return;
    p->tab = before;
    ui_say_error(ui, &err);
}

static bool typing(const View *v)
{
    const AlliancePage *p = v->state;
    return (p->tab == TAB_HISTORY && finder_is_open(&p->history.finder)) ||
           (p->tab == TAB_COMMITMENTS && finder_is_open(&p->commitments.finder));
}

static unsigned where(const View *v)
{
    static const unsigned BITS[TAB_COUNT] = {ON_OVERVIEW, ON_AGREEMENT, ON_HISTORY, ON_COMMITMENTS};
    const AlliancePage *p = v->state;
    if (typing(v)) return ON_FIND;
    bool undesigned = p->tab == TAB_OVERVIEW && p->detail.row.alliance.version == 0;
    return undesigned ? ON_OVERVIEW | ON_UNDESIGNED : BITS[p->tab];
}

static EventResult tab_command(AlliancePage *p, Ui *ui, CommandId id)
{
    switch (p->tab) {
    case TAB_OVERVIEW:
        if (id != CMD_OPEN) return EV_IGNORED;
        overview_press(p, ui);
        return EV_HANDLED;
    case TAB_AGREEMENT: return agreement_command(p, ui, id);
    case TAB_HISTORY: return timeline_command(&p->history, ui, id);
    case TAB_COMMITMENTS: return commitments_command(p, ui, id);
    case TAB_COUNT: break;
    }
    return EV_IGNORED;
}

static EventResult command(View *v, Ui *ui, CommandId id)
{
    AlliancePage *p = v->state;
    if (id == CMD_NEXT_TAB) return show_tab(p, ui, (p->tab + 1) % TAB_COUNT), EV_HANDLED;
    if (id == CMD_PREV_TAB) return show_tab(p, ui, (p->tab + TAB_COUNT - 1) % TAB_COUNT), EV_HANDLED;
    return tab_command(p, ui, id);
}

static EventResult tab_event(AlliancePage *p, Ui *ui, const Event *e)
{
    switch (p->tab) {
    case TAB_OVERVIEW: return overview_event(p, ui, e);
    case TAB_AGREEMENT: return agreement_event(p, e);
    case TAB_HISTORY: return timeline_event(&p->history, ui, e);
    case TAB_COMMITMENTS: return commitments_event(p, ui, e);
    case TAB_COUNT: break;
    }
    return EV_IGNORED;
}

static EventResult event(View *v, Ui *ui, const Event *e)
{
    AlliancePage *p = v->state;
    if (tab_event(p, ui, e) == EV_HANDLED) return EV_HANDLED;
    if (e->type != EVENT_KEY || e->key < '1' || e->key >= '1' + TAB_COUNT) return EV_IGNORED;
    show_tab(p, ui, (AllianceTab)(e->key - '1'));
    return EV_HANDLED;
}

/* ---- showing ---- */

static void layout(View *v, const Ui *ui, Rect body)
{
    AlliancePage *p = v->state;
    p->ascii = ui_ascii(ui);
    p->narrow = body.w < NARROW_BELOW;
    p->today = app_today(ui_app(ui));
    switch (p->tab) {
    case TAB_OVERVIEW: overview_layout(p, ui, body); break;
    case TAB_AGREEMENT: agreement_layout(p, ui, body); break;
    case TAB_HISTORY: timeline_layout(&p->history, ui, body); break;
    case TAB_COMMITMENTS: commitments_layout(p, body); break;
    case TAB_COUNT: break;
    }
}

static void frame(const View *v, const Ui *ui, Frame *f)
{
    const AlliancePage *p = v->state;
    (void)ui;
    str_add_c(&f->left, p->detail.row.alliance.name);
    if (!p->narrow) str_add_c(&f->right, p->detail.row.alliance.role);
    f->tabs = TABS;
    f->tab_count = TAB_COUNT;
    f->tab = p->tab;
    switch (p->tab) {
    case TAB_OVERVIEW: overview_status(p, &f->status); break;
    case TAB_AGREEMENT: agreement_status(p, &f->status); break;
    case TAB_HISTORY: timeline_status(&p->history, &f->status); break;
    case TAB_COMMITMENTS: commitments_status(p, &f->status); break;
    case TAB_COUNT: break;
    }
}

static void draw(const View *v, const Ui *ui, Canvas *c, Rect body)
{
    const AlliancePage *p = v->state;
    (void)ui;
    switch (p->tab) {
    case TAB_OVERVIEW: overview_draw(p, c); break;
    case TAB_AGREEMENT: agreement_draw(p, c); break;
    case TAB_HISTORY: timeline_draw(&p->history, c, body); break;
    case TAB_COMMITMENTS: commitments_draw(p, c, body); break;
    case TAB_COUNT: break;
    }
}

static Id alliance(const View *v)
{
    const AlliancePage *p = v->state;
    return p->id;
}

const ViewOps VIEW_ALLIANCE = {
    .name = "Alliance",
    .state_size = sizeof(AlliancePage),
    .open = open,
    .where = where,
    .typing = typing,
    .command = command,
    .event = event,
    .reload = reload,
    .layout = layout,
    .frame = frame,
    .draw = draw,
    .close = close,
    .alliance = alliance,
};
