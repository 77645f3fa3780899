#include "picker.h"

#include <string.h>

/* Every command by its name; what cannot be done here is listed behind, with the reason. */

typedef struct {
    Picker picker;
    size_t commands;
} Palette;

/* Keys of boxes and fields are no commands of their own. */
static bool is_named(const Command *c)
{
    return c->name[0] && c->where & ~(unsigned)(ON_BOX | ON_PICKER | ON_FIND) && c->id != CMD_PALETTE;
}

static bool named_before(size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (is_named(&COMMANDS[k]) && strcmp(COMMANDS[k].name, COMMANDS[i].name) == 0) return true;
    return false;
}

/* Of the rows with a name the one that applies here, else the first. */
static const Command *best(size_t i, unsigned where)
{
    for (size_t k = i; k < COMMAND_COUNT; k++)
        if (is_named(&COMMANDS[k]) && COMMANDS[k].where & where &&
            strcmp(COMMANDS[k].name, COMMANDS[i].name) == 0)
            return &COMMANDS[k];
    return &COMMANDS[i];
}

static void add(Picker *p, const Command *c, const char *why)
{
    PickerRow row = {.command = c,
                     .left = c->name,
                     .middle = arena_str(&p->arena, command_first_key(c)),
                     .text = why ? why : c->help,
                     .off = why != NULL};
    picker_add(p, &row, c->synonyms);
}

static void add_all(Palette *s, unsigned where, bool has_alliance, bool available)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (!is_named(&COMMANDS[i]) || named_before(i)) continue;
        const Command *c = best(i, where);
        const char *why = command_why_not(where, has_alliance, c);
        if ((why == NULL) != available) continue;
        add(&s->picker, c, why);
        s->commands++;
    }
}

static bool open(View *v, Ui *ui, const void *arg, Error *err)
{
    Palette *s = v->state;
    const View *below = ui_top(ui);
    unsigned where = below->ops->where ? below->ops->where(below) : ON_READING;
    (void)arg;
    (void)err;
    bool has_alliance = ui_alliance(ui) != 0;
    picker_open(&s->picker);
    add_all(s, where, has_alliance, true);
    picker_heading(&s->picker, "NOT NOW");
    add_all(s, where, has_alliance, false);
    picker_filter(&s->picker);
    return true;
}

static EventResult event(View *v, Ui *ui, const Event *e)
{
    Palette *s = v->state;
    return picker_event(&s->picker, ui, e);
}

static void layout(View *v, const Ui *ui, Rect body)
{
    Palette *s = v->state;
    (void)ui;
    picker_layout(&s->picker, body);
}

static size_t shown_commands(const Picker *p)
{
    size_t n = 0;
    for (size_t i = 0; i < p->shown.len; i++) n += !p->rows.at[p->shown.at[i]].heading;
    return n;
}

static void frame(const View *v, const Ui *ui, Frame *f)
{
    const Palette *s = v->state;
    (void)ui;
    str_add_c(&f->left, "Commands");
    picker_status(&s->picker, &f->status);
    str_addf(&f->right, "%zu of %zu", shown_commands(&s->picker), s->commands);
}

static void draw(const View *v, const Ui *ui, Canvas *c, Rect body)
{
    const Palette *s = v->state;
    (void)ui;
    picker_draw(&s->picker, c, body);
}

static void close(View *v)
{
    Palette *s = v->state;
    picker_close(&s->picker);
}

const ViewOps VIEW_PALETTE = {
    .name = "Commands",
    .state_size = sizeof(Palette),
    .open = open,
    .where = picker_where,
    .typing = picker_typing,
    .event = event,
    .layout = layout,
    .frame = frame,
    .draw = draw,
    .close = close,
};
