#include "reading.h"

#include <entente/text.h>
#include <entente/vec.h>

#include "paper.h"

enum { NARROW = 56, NARROW_HANG = 2 };

typedef struct {
    ReadingArg arg;
    Arena arena; /* of what was asked */
    const void *asked;
    Str text;
    Vec(TextLine) lines; /* as wrapped for `width` */
    int width;
    int top, height;
} Reading;

static void fill(Reading *r, Ui *ui)
{
    r->width = 0;
    if (!r->arg.fill) return;
    str_clear(&r->text);
    r->arg.fill(ui, r->asked, &r->text);
}

static bool open(View *v, Ui *ui, const void *arg, Error *err)
{
    Reading *r = v->state;
    (void)err;
    r->arg = *(const ReadingArg *)arg;
    str_init(&r->text);
    if (r->arg.text) str_add_c(&r->text, r->arg.text);
    if (r->arg.ask) r->asked = r->arg.ask(ui, &r->arena);
    fill(r, ui);
    return true;
}

static bool reload(View *v, Ui *ui, Error *err)
{
    (void)err;
    fill(v->state, ui);
    return true;
}

static void close(View *v)
{
    Reading *r = v->state;
    vec_finish(&r->lines);
    str_finish(&r->text);
    arena_finish(&r->arena);
}

static unsigned where(const View *v)
{
    (void)v;
    return ON_READING;
}

static EventResult event(View *v, Ui *ui, const Event *e)
{
    Reading *r = v->state;
    (void)ui;
    if (e->type != EVENT_KEY) return EV_IGNORED;
    return scroll_key((int)r->lines.len, e->key, r->height, &r->top) ? EV_HANDLED : EV_IGNORED;
}

/* How far the line that begins at `pos` is set in. */
static int indent_at(const Reading *r, size_t pos, int width)
{
    if (pos == 0 || r->text.buf[pos - 1] == '\n') return 0;
    return width < NARROW && r->arg.hang > NARROW_HANG ? NARROW_HANG : r->arg.hang;
}

static void wrap(Reading *r, int width)
{
    TextLine line;
    size_t pos = 0;
    r->lines.len = 0;
    r->width = width;
    for (; text_wrap(str_view(&r->text), pos, width - indent_at(r, pos, width), &line); pos = line.next)
        vec_push(&r->lines, line);
}

static void layout(View *v, const Ui *ui, Rect body)
{
    Reading *r = v->state;
    (void)ui;
    int width = body.w - 2 < 72 ? body.w - 2 : 72;
    r->height = body.h - 1;
    if (width != r->width) wrap(r, width);
    r->top = scroll_clamp((int)r->lines.len, r->top, r->height);
}

static void frame(const View *v, const Ui *ui, Frame *f)
{
    const Reading *r = v->state;
    (void)ui;
    str_add_c(&f->left, r->arg.title);
    if (r->top + r->height < (int)r->lines.len)
        str_addf(&f->status, "Line %d of %zu.  PgDn for more", r->top + 1, r->lines.len);
}

static void draw(const View *v, const Ui *ui, Canvas *c, Rect body)
{
    const Reading *r = v->state;
    (void)ui;
    for (int i = 0; i < r->height && r->top + i < (int)r->lines.len; i++) {
        const TextLine *line = &r->lines.at[r->top + i];
        int x = 1 + indent_at(r, line->start, r->width);
        canvas_text(c, x, body.y + 1 + i, r->width, ROLE_NORMAL,
                    sv_n(r->text.buf + line->start, line->end - line->start));
    }
    canvas_cursor(c, 1, body.y + 1, false);
}

const ViewOps VIEW_READING = {
    .name = "Reading",
    .state_size = sizeof(Reading),
    .open = open,
    .where = where,
    .event = event,
    .reload = reload,
    .layout = layout,
    .frame = frame,
    .draw = draw,
    .close = close,
};

/* ---- the texts ---- */

static void messages(Ui *ui, const void *asked, Str *out)
{
    (void)asked;
    for (size_t i = 0; i < ui_message_count(ui); i++) str_addf(out, "%s\n", ui_message(ui, i));
    if (out->len == 0) str_add_c(out, "Nothing was said yet.\n");
}

enum { LOG_STEPS = 500 };

static void add_step(Ui *ui, const LogStep *step, Str *out)
{
    static const char *const STATES[] = {"", " (undone)", " (undone, then left behind)"};
    date_print_short(out, instant_date(step->at), app_today(ui_app(ui)));
    str_add_char(out, ' ');
    instant_print_clock(out, step->at);
    str_addf(out, "  %s%s\n", step->label, STATES[step->state]);
}

static void log_steps(Ui *ui, const void *asked, Str *out)
{
    (void)asked;
    Arena arena = {0};
    LogStep *steps;
    size_t n;
    Error err = {0};
    if (!app_log(ui_app(ui), 0, LOG_STEPS, &arena, &steps, &n, &err)) {
        str_addf(out, "%s\n", err.msg);
    } else {
        for (size_t i = 0; i < n; i++) add_step(ui, &steps[i], out);
        if (n == 0) str_add_c(out, "Nothing was changed yet.\n");
    }
    arena_finish(&arena);
}

static void privacy(Ui *ui, const void *asked, Str *out)
{
    (void)asked;
    str_addf(
        out,
        "Your journal is one file:\n%s\n\n"
        "Only your user may read the file and its folder (modes 0600 and 0700). entente itself sends "
        "nothing: "
        "no account, no telemetry.\n\n"
        "Reminders go out only through the channels you set up in entente.conf. With mail = or command = "
        "under "
        "[remind] they are handed to that program, which may send them on: as a count, and with names where "
        "names = yes. : reminders lists the channels.\n\n"
        "The journal is not encrypted. Whoever can read your files can read it: an administrator, a backup, "
        "someone who takes the disk. Full-disk encryption protects it while the computer is off.\n\n"
        "What is marked private is kept in the same file, and is in no reminder and no calendar file "
        "(`entente export ics` in the shell).\n\n"
        "With F4 a text goes to your own editor in a file only you can read, removed afterwards; editors may "
        "keep swap and history files of their own.\n\n"
        "The window's title never names a person. : hide blanks the screen until Enter.\n",
        app_is_demo(ui_app(ui)) ? "(none: the demo lives in memory)" : app_journal_path(ui_app(ui)));
}

void reading_messages(Ui *ui)
{
    ui_push(ui, &VIEW_READING,
            &(ReadingArg){.title = "Messages of this run, newest first", .fill = messages});
}

void reading_log(Ui *ui)
{
    ui_push(ui, &VIEW_READING, &(ReadingArg){.title = "What was changed, newest first", .fill = log_steps});
}

void reading_privacy(Ui *ui)
{
    ui_push(ui, &VIEW_READING, &(ReadingArg){.title = "Privacy", .fill = privacy});
}
