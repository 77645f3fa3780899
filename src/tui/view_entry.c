#include <entente/text.h>

#include "entry_text.h"
#include "ui.h"

/* One entry of the history, whole. */
typedef struct {
    Id id, alliance;
    EntryKind kind;
    Str title;
    Arena arena;
    Entry entry;
    Paper paper;
    int paper_w; /* what it is written for; 0: not yet */
    int top, height;
} EntryView;

static bool reload(View *v, Ui *ui, Error *err)
{
    EntryView *s = v->state;
    Arena arena = {0};
    Entry entry;
    if (!app_entry(ui_app(ui), s->id, s->kind, &arena, &entry, err)) {
        arena_finish(&arena);
        return false;
    }
    arena_finish(&s->arena);
    s->arena = arena;
    s->entry = entry;
    s->paper_w = 0;
    return true;
}

static bool open(View *v, Ui *ui, const void *arg, Error *err)
{
    const EntryArg *a = arg;
    EntryView *s = v->state;
    s->id = a->id;
    s->kind = a->kind;
    s->alliance = a->alliance;
    str_init(&s->title);
    str_add_c(&s->title, a->title);
    return reload(v, ui, err);
}

static void close(View *v)
{
    EntryView *s = v->state;
    str_finish(&s->title);
    arena_finish(&s->arena);
    paper_finish(&s->paper);
}

static unsigned where(const View *v)
{
    (void)v;
    return ON_ENTRY;
}

static EventResult event(View *v, Ui *ui, const Event *e)
{
    EntryView *s = v->state;
    (void)ui;
    if (e->type != EVENT_KEY) return EV_IGNORED;
    return paper_scroll_key(&s->paper, e->key, s->height, &s->top) ? EV_HANDLED : EV_IGNORED;
}

/* A blank line stands above where rows are many. */
static Rect inner(Rect body)
{
    return body.h < 10 ? body : (Rect){body.x, body.y + 1, body.w, body.h - 1};
}

/* A title that the frame has to cut is read in full above the entry. */
static void write_paper(EntryView *s, bool ascii, int w)
{
    StrView title = str_view(&s->title);
    paper_begin(&s->paper, ascii);
    if (text_width(title) > w - 2) {
        paper_line(&s->paper);
        paper_wrap(&s->paper, 1, w - 2, 0, ROLE_STRONG, title);
        paper_line(&s->paper);
    }
    entry_write(&s->paper, &s->entry, w, 0);
    s->paper_w = w;
}

static void layout(View *v, const Ui *ui, Rect body)
{
    EntryView *s = v->state;
    if (s->paper_w != body.w) write_paper(s, ui_ascii(ui), body.w);
    s->height = inner(body).h;
    s->top = paper_clamp(&s->paper, s->top, s->height);
}

static void frame(const View *v, const Ui *ui, Frame *f)
{
    const EntryView *s = v->state;
    (void)ui;
    str_add(&f->left, str_view(&s->title));
    if (s->paper.lines <= s->height) return;
    int last = s->top + s->height;
    str_addf(&f->status, "Lines %d to %d of %d.", s->top + 1, last < s->paper.lines ? last : s->paper.lines,
             s->paper.lines);
    str_add_c(&f->status, last < s->paper.lines ? "  PgDn for more" : "  PgUp goes back");
}

static void draw(const View *v, const Ui *ui, Canvas *c, Rect body)
{
    const EntryView *s = v->state;
    Rect at = inner(body);
    (void)ui;
    paper_draw(&s->paper, c, at, s->top);
    canvas_cursor(c, 1, at.y, false);
}

static Id alliance(const View *v)
{
    const EntryView *s = v->state;
    return s->alliance;
}

const ViewOps VIEW_ENTRY = {
    .name = "One entry",
    .state_size = sizeof(EntryView),
    .open = open,
    .where = where,
    .event = event,
    .reload = reload,
    .layout = layout,
    .frame = frame,
    .draw = draw,
    .close = close,
    .alliance = alliance,
};
