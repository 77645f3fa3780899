#include "picker.h"

/* Help is made from the table of commands for the view it was opened over; Enter does what a line says. */

typedef struct {
    Picker picker;
    const char *about; /* the view's name */
} Help;

/* Keys that mean the same on every page. */
static bool is_everywhere(const Command *c)
{
    return c->id == CMD_NONE || (c->id >= CMD_BACK && c->id <= CMD_LEAVE_NOW);
}

/* While typing, a letter beside another key is text. */
static bool is_text_here(StrView word, bool typing)
{
    Key key;
    return typing && key_parse(word, &key) && key_is_text(key);
}

static const char *all_keys(Arena *arena, const char *keys, bool typing)
{
    Str s;
    str_init(&s);
    StrView rest = sv(keys), word;
    while ((word = sv_word(&rest)).len > 0) {
        if (s.len && is_text_here(word, typing)) continue;
        if (s.len) str_add_c(&s, ", ");
        str_add(&s, word);
    }
    const char *kept = arena_str(arena, str_view(&s));
    str_finish(&s);
    return kept;
}

typedef bool RowTest(const Command *c);

static bool has_key_here(const Command *c)
{
    return c->keys[0] && !is_everywhere(c);
}

static bool has_key_everywhere(const Command *c)
{
    return c->keys[0] && is_everywhere(c);
}

static bool has_name_only(const Command *c)
{
    return !c->keys[0];
}

/* What help was opened over. */
typedef struct {
    unsigned where;
    bool typing;
} Place;

static void add_commands(Picker *p, const Place *at, const char *heading, RowTest *test)
{
    bool any = false;
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        const Command *c = &COMMANDS[i];
        if (!(c->where & at->where) || !c->help[0] || !test(c)) continue;
        if (command_is_shadowed(at->where, c)) continue;
        if (!any) picker_heading(p, heading);
        any = true;
        PickerRow row = {.command = c->id == CMD_NONE ? NULL : c,
                         .left = c->keys[0] ? all_keys(&p->arena, c->keys, at->typing)
                                            : arena_strf(&p->arena, ": %s", c->name),
                         .middle = "",
                         .text = c->help};
        picker_add(p, &row, c->synonyms);
    }
}

static void add_text_keys(Picker *p)
{
    picker_heading(p, "IN TEXT");
    for (const TextKeys *t = TEXT_KEYS; t->keys; t++)
        picker_add(
            p, &(PickerRow){.left = all_keys(&p->arena, t->keys, false), .middle = "", .text = t->help}, "");
}

static void add_words(Picker *p)
{
    static const char *const WORDS[][2] = {
        {"alliance", "A relationship under agreement: with one person, or a team"},
        {"agreement", "What you two agreed on; its versions are kept"},
        {"check-in", "A few questions, a trust rating, who will do what"},
        {"repair", "A talk with yourself after something hurt; it ends in an amend"},
        {"renewal", "Each term kept, changed or dropped; the next version"},
        {"commitment", "Who does what until when, and what became of it"},
        {"cadence", "How often to check in; only you are reminded"},
        {"moment", "Something small that was given or received"},
    };
    picker_heading(p, "WORDS");
    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++)
        picker_add(p, &(PickerRow){.left = WORDS[i][0], .middle = "", .text = WORDS[i][1]}, "");
}

static bool open(View *v, Ui *ui, const void *arg, Error *err)
{
    Help *h = v->state;
    const View *below = ui_top(ui);
    Place at = {.where = below->ops->where ? below->ops->where(below) : ON_READING,
                .typing = below->ops->typing && below->ops->typing(below)};
    (void)arg;
    (void)err;
    h->about = below->ops->name;
    picker_open(&h->picker);
    add_commands(&h->picker, &at, "THIS SCREEN", has_key_here);
    add_commands(&h->picker, &at, "EVERYWHERE", has_key_everywhere);
    add_commands(&h->picker, &at, "BY NAME", has_name_only);
    add_text_keys(&h->picker);
    add_words(&h->picker);
    picker_filter(&h->picker);
    return true;
}

static EventResult event(View *v, Ui *ui, const Event *e)
{
    Help *h = v->state;
    return picker_event(&h->picker, ui, e);
}

static void layout(View *v, const Ui *ui, Rect body)
{
    Help *h = v->state;
    (void)ui;
    picker_layout(&h->picker, body);
}

static void frame(const View *v, const Ui *ui, Frame *f)
{
    const Help *h = v->state;
    (void)ui;
    str_addf(&f->left, "Help: %s", h->about);
    picker_status(&h->picker, &f->status);
}

static void draw(const View *v, const Ui *ui, Canvas *c, Rect body)
{
    const Help *h = v->state;
    (void)ui;
    picker_draw(&h->picker, c, body);
}

static void close(View *v)
{
    Help *h = v->state;
    picker_close(&h->picker);
}

const ViewOps VIEW_HELP = {
    .name = "Help",
    .state_size = sizeof(Help),
    .open = open,
    .where = picker_where,
    .typing = picker_typing,
    .event = event,
    .layout = layout,
    .frame = frame,
    .draw = draw,
    .close = close,
};
