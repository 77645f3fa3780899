#include "picker.h"

#include <entente/text.h>
#include <string.h>

enum { QUERY_MAX = 100 };

void picker_open(Picker *p)
{
    p->find = editor_new(true, QUERY_MAX);
}

void picker_close(Picker *p)
{
    editor_free(p->find);
    vec_finish(&p->rows);
    vec_finish(&p->shown);
    arena_finish(&p->arena);
}

void picker_heading(Picker *p, const char *heading)
{
    vec_push(&p->rows, (PickerRow){.heading = heading});
}

void picker_add(Picker *p, const PickerRow *row, const char *more_words)
{
    PickerRow r = *row;
    Str words, folded;
    str_init(&words);
    str_init(&folded);
    str_addf(&words, "%s %s %s %s", r.left, r.middle, r.text, more_words);
    if (r.command) str_addf(&words, " %s", r.command->help);
    text_fold(&folded, str_view(&words));
    r.folded = arena_str(&p->arena, str_view(&folded));
    str_clear(&words);
    str_clear(&folded);
    str_addf(&words, "%s %s", r.command ? r.command->name : r.left, more_words);
    text_fold(&folded, str_view(&words));
    r.called = arena_str(&p->arena, str_view(&folded));
    vec_push(&p->rows, r);
    str_finish(&words);
    str_finish(&folded);
}

/* ---- the filter ---- */

static bool is_heading(const Picker *p, size_t shown)
{
    return p->rows.at[p->shown.at[shown]].heading != NULL;
}

/* Headings are passed over, in the direction of the step; the first is entered downwards. */
static void skip_headings(Picker *p, bool down)
{
    List *l = &p->list;
    if (!p->shown.len) return;
    if (l->selected == 0) down = true;
    while (is_heading(p, l->selected) && (down ? l->selected + 1 < l->count : l->selected > 0))
        list_select(l, down ? l->selected + 1 : l->selected - 1);
    if (is_heading(p, l->selected) && l->selected + 1 < l->count) list_select(l, l->selected + 1);
}

/* What a command is called counts before what is said about it: 0 is the nearest. */
typedef enum { NEAR_SAME, NEAR_BEGINS, NEAR_HOLDS, NEAR_CALLED, NEAR_TOLD, NEARNESS } Nearness;

static bool takes_away(const PickerRow *row)
{
    return row->command && command_takes_away(row->command->id);
}

static Nearness nearness(const PickerRow *row, const Str *query)
{
    const char *name = row->command ? row->command->name : row->left;
    if (sv_eq(sv(name), str_view(query))) return NEAR_SAME;
    if (sv_starts(sv(name), str_view(query))) return NEAR_BEGINS;
    if (strstr(name, query->buf)) return NEAR_HOLDS;
    return text_has_words(sv(row->called), str_view(query)) ? NEAR_CALLED : NEAR_TOLD;
}

/* Where only what is said about them matches, what takes something away stands last. */
static void show_matches(Picker *p, const Str *query, Nearness near)
{
    int passes = near == NEAR_TOLD ? 2 : 1;
    for (int pass = 0; pass < passes; pass++)
        for (size_t i = 0; i < p->rows.len; i++) {
            const PickerRow *row = &p->rows.at[i];
            if (row->heading || nearness(row, query) != near ||
                !text_has_words(sv(row->folded), str_view(query)))
                continue;
            if (passes == 1 || takes_away(row) == (pass == 1)) vec_push(&p->shown, i);
        }
}

static bool first_takes_away(const Picker *p, const Str *query)
{
    const PickerRow *first = p->shown.len ? &p->rows.at[p->shown.at[p->list.selected]] : NULL;
    return first && takes_away(first) && (query->len == 0 || nearness(first, query) == NEAR_TOLD);
}

void picker_filter(Picker *p)
{
    Str query;
    str_init(&query);
    text_fold(&query, editor_text(p->find));
    p->shown.len = 0;
    for (size_t i = 0; i < p->rows.len && query.len == 0; i++) vec_push(&p->shown, i);
    for (int near = 0; near < NEARNESS && query.len > 0; near++) show_matches(p, &query, (Nearness)near);
    list_select(&p->list, 0);
    list_set_count(&p->list, p->shown.len, false);
    skip_headings(p, true);
    p->unchosen = first_takes_away(p, &query);
    str_finish(&query);
}

/* ---- keys ---- */

static void run_selected(Picker *p, Ui *ui)
{
    const PickerRow *row = p->shown.len ? &p->rows.at[p->shown.at[p->list.selected]] : NULL;
    if (!row || !row->command) return;
    if (p->unchosen) {
        ui_say(ui, "Down chooses a line, Enter then does it.");
        return;
    }
    if (row->off) {
        ui_say(ui, "%s.", row->text);
        return;
    }
    CommandId id = row->command->id;
    ui_pop(ui);
    ui_run(ui, id);
}

static bool moves(Key key)
{
    return key == KEYN_UP || key == KEYN_DOWN || key == KEYN_PAGE_UP || key == KEYN_PAGE_DOWN;
}

static EventResult key_event(Picker *p, Ui *ui, Key key)
{
    if (key == KEYN_ENTER) {
        run_selected(p, ui);
        return EV_HANDLED;
    }
    if (moves(key) && p->unchosen) {
        p->unchosen = false;
        ui_say(ui, "%s", "");
        return EV_HANDLED;
    }
    if (moves(key)) {
        list_key(&p->list, key);
        skip_headings(p, key == KEYN_DOWN || key == KEYN_PAGE_DOWN);
        return EV_HANDLED;
    }
    EditResult r = editor_key(p->find, key, app_now(ui_app(ui)).unix_ms);
    if (r == EDIT_CHANGED) picker_filter(p);
    return r == EDIT_IGNORED ? EV_IGNORED : EV_HANDLED;
}

EventResult picker_event(Picker *p, Ui *ui, const Event *e)
{
    if (e->type == EVENT_KEY) return key_event(p, ui, e->key);
    if (e->type != EVENT_PASTE) return EV_IGNORED;
    if (editor_paste(p->find, e->text) == EDIT_CHANGED) picker_filter(p);
    return EV_HANDLED;
}

unsigned picker_where(const View *v)
{
    (void)v;
    return ON_PICKER;
}

bool picker_typing(const View *v)
{
    (void)v;
    return true;
}

/* ---- drawing ---- */

static int widest(const Picker *p, bool middle, int most)
{
    int widest = 0;
    for (size_t i = 0; i < p->rows.len; i++) {
        const PickerRow *r = &p->rows.at[i];
        if (r->heading) continue;
        int w = text_width(sv(middle ? r->middle : r->left));
        if (w > widest) widest = w;
    }
    return widest > most ? most : widest;
}

/* The heading above the first visible line is seen with it where there is room. */
static void show_heading(List *l, const Picker *p)
{
    if (l->top > 0 && is_heading(p, l->top - 1) && l->selected + 1 < l->top + (size_t)l->height) l->top--;
}

size_t picker_lines(const Picker *p, size_t end)
{
    size_t n = 0;
    for (size_t i = 0; i < end && i < p->shown.len; i++) n += !is_heading(p, i);
    return n;
}

void picker_status(const Picker *p, Str *out)
{
    if (!p->shown.len || p->unchosen) return;
    const PickerRow *row = &p->rows.at[p->shown.at[p->list.selected]];
    str_addf(out, "%zu/%zu  %s: %s", picker_lines(p, p->list.selected + 1), picker_lines(p, p->shown.len),
             row->left, row->text);
}

void picker_layout(Picker *p, Rect body)
{
    p->left = widest(p, false, body.w / 3);
    p->middle = widest(p, true, body.w / 6);
    list_set_height(&p->list, body.h - 2);
    skip_headings(p, true);
    show_heading(&p->list, p);
    editor_layout(p->find, body.w - 8 < 40 ? body.w - 8 : 40, 1);
}

static void draw_row(const Picker *p, Canvas *c, int y, int w, const PickerRow *row, bool here)
{
    if (row->heading) {
        canvas_text(c, 1, y, w - 1, ROLE_STRONG, sv(row->heading));
        return;
    }
    int x = 3;
    if (here) canvas_text(c, 1, y, 1, ROLE_NORMAL, SV(">"));
    canvas_text_fit(c, x, y, p->left, here ? ROLE_SELECTED : ROLE_NORMAL, sv(row->left));
    x += p->left + 2;
    if (p->middle) {
        canvas_text_fit(c, x, y, p->middle, ROLE_NORMAL, sv(row->middle));
        x += p->middle + 2;
    }
    canvas_text_fit(c, x, y, w - x, ROLE_NORMAL, sv(row->text));
}

void picker_draw(const Picker *p, Canvas *c, Rect body)
{
    canvas_text(c, 1, body.y, 6, ROLE_NORMAL, SV("Find  "));
    for (int i = 0; i < body.h - 2; i++) {
        size_t at = p->list.top + (size_t)i;
        if (at >= p->shown.len) break;
        draw_row(p, c, body.y + 2 + i, body.w, &p->rows.at[p->shown.at[at]],
                 at == p->list.selected && !p->unchosen);
    }
    if (p->shown.len == 0)
        canvas_text_fit(c, 3, body.y + 2, body.w - 3, ROLE_NORMAL,
                        SV("Nothing matches.  Ctrl-U clears the word"));
    editor_draw(p->find, c, 7, body.y, true);
}
