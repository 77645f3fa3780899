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

/* Of the rows with a name the one that applies here, else that of the alliance's own page, else the first. */
static const Command *best(size_t i, unsigned where)
{
    const unsigned places[] = {where, ON_OVERVIEW};
    for (size_t p = 0; p < sizeof places / sizeof places[0]; p++)
        for (size_t k = i; k < COMMAND_COUNT; k++)
            if (is_named(&COMMANDS[k]) && COMMANDS[k].where & places[p] &&
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

/* A group of rows: those of the alliance that is meant or the others, to be had here or not. */
typedef struct {
    unsigned where;
    bool has_alliance;
    bool apart; /* what is done to the alliance stands apart from the rest */
    bool of_alliance;
    bool available;
} Group;

static void add_group(Palette *s, const Group *g, bool taking_away)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (!is_named(&COMMANDS[i]) || named_before(i)) continue;
        const Command *c = best(i, g->where);
        const char *why = command_why_not(g->where, g->has_alliance, c);
        if ((why == NULL) != g->available || command_takes_away(c->id) != taking_away) continue;
        if (g->apart && command_is_of_alliance(c) != g->of_alliance) continue;
        add(&s->picker, c, why);
        s->commands++;
    }
}

/* What takes something away stands behind the rest of its group. */
static void add_both(Palette *s, const Group *g)
{
    add_group(s, g, false);
    add_group(s, g, true);
}

/* On an alliance's own pages what applies to it comes first. */
static void add_rows(Palette *s, const View *below, unsigned where, bool has_alliance)
{
    Group g = {.where = where, .has_alliance = has_alliance, .available = true};
    g.apart = has_alliance && below->ops != &VIEW_HOME && !(where & ON_SESSION);
    g.of_alliance = true;
    if (g.apart) {
        picker_heading(&s->picker, "THIS ALLIANCE");
        add_both(s, &g);
        picker_heading(&s->picker, "ALL ELSE");
        g.of_alliance = false;
    }
    add_both(s, &g);
    g = (Group){.where = where, .has_alliance = has_alliance};
    picker_heading(&s->picker, "NOT NOW");
    add_both(s, &g);
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
    add_rows(s, below, where, has_alliance);
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

static void frame(const View *v, const Ui *ui, Frame *f)
{
    const Palette *s = v->state;
    (void)ui;
    str_add_c(&f->left, "Commands");
    picker_status(&s->picker, &f->status);
    str_addf(&f->right, "%zu of %zu", picker_lines(&s->picker, s->picker.shown.len), s->commands);
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
