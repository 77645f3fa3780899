#include "form.h"

#include <entente/editor.h>
#include <entente/mem.h>
#include <entente/text.h>
#include <string.h>

#include "buttons.h"

enum { BUTTON_ACCEPT, BUTTON_CANCEL, FIELD_WIDTH = 44, SAID_ROWS = 5, OWN_LEAST = 12, OWN_MOST = 20 };

typedef struct {
    Arena arena;
    FormSpec spec;                    /* its texts are the arena's */
    Editor *editors[FORM_FIELDS_MAX]; /* of what can be written in */
    bool untouched[FORM_FIELDS_MAX];  /* what it starts with stands there whole: writing replaces it */
    size_t choice[FORM_FIELDS_MAX];   /* of the choice fields */
    size_t focus;                     /* a field, or field_count: the buttons */
    Buttons buttons;
    Str said; /* what was understood, or why it was refused */
    bool refused;
} Form;

/* ---- fields ---- */

static bool is_choice(const Form *f, size_t i)
{
    return f->spec.fields[i].choices[0] != NULL;
}

static bool is_listed(const Form *f, size_t i)
{
    return is_choice(f, i) && f->spec.fields[i].meanings[0];
}

static size_t choice_count(const FormField *field)
{
    size_t n = 0;
    while (n < FORM_CHOICES_MAX && field->choices[n]) n++;
    return n;
}

static bool is_own(const Form *f, size_t i, size_t choice)
{
    const FormField *field = &f->spec.fields[i];
    return field->own && choice + 1 == choice_count(field);
}

/* A line of text is what is meant: there is nothing else, or it was chosen. */
static bool is_written(const Form *f, size_t i)
{
    return !is_choice(f, i) || is_own(f, i, f->choice[i]);
}

static StrView value_of(const Form *f, size_t i)
{
    return is_written(f, i) ? editor_text(f->editors[i]) : sv(f->spec.fields[i].choices[f->choice[i]]);
}

static void take_values(const Form *f, StrView values[FORM_FIELDS_MAX])
{
    for (size_t i = 0; i < FORM_FIELDS_MAX; i++)
        values[i] = i < f->spec.field_count ? value_of(f, i) : sv("");
}

static bool check(const Form *f, Ui *ui, size_t i, StrView value, Error *err)
{
    const FormField *field = &f->spec.fields[i];
    return !field->check || field->check(ui, f->spec.subject, value, err);
}

/* The words before the one that is still being written; all of them where none is. */
static StrView finished(const Form *f, size_t i)
{
    StrView text = value_of(f, i);
    if (i != f->focus || !is_written(f, i)) return text;
    while (text.len > 0 && text.ptr[text.len - 1] != ' ') text.len--;
    return text;
}

/* Whether a reason is about the word that begins at a place of the text. */
static bool names_word(const char *reason, StrView text, size_t at)
{
    if (at >= text.len) return false;
    Str quoted;
    str_init(&quoted);
    str_addf(&quoted, "\"%.*s\"", (int)(text.len - at), text.ptr + at);
    bool names = strstr(reason, quoted.buf) != NULL;
    str_finish(&quoted);
    return names;
}

/* Of what is being written only the words before the last one are judged, in the words Enter would say. */
static void add_why_not(const Form *f, Ui *ui, size_t i, Str *out)
{
    Error err = {0}, whole = {0};
    StrView told = finished(f, i);
    bool begun = told.len > 0 || i != f->focus;
    if (!begun || check(f, ui, i, told, &err)) return;
    bool final = !check(f, ui, i, value_of(f, i), &whole) && !names_word(whole.msg, value_of(f, i), told.len);
    str_add_c(out, final ? whole.msg : err.msg);
}

static bool all_understood(const Form *f, Ui *ui, Str *why)
{
    for (size_t i = 0; i < f->spec.field_count; i++) {
        if (check(f, ui, i, value_of(f, i), NULL)) continue;
        add_why_not(f, ui, i, why);
        return false;
    }
    return true;
}

static void understand(Form *f, Ui *ui)
{
    StrView values[FORM_FIELDS_MAX];
    f->refused = false;
    str_clear(&f->said);
    take_values(f, values);
    if (all_understood(f, ui, &f->said) && f->spec.understood)
        f->spec.understood(ui, f->spec.subject, values, &f->said);
}

/* ---- opening and closing ---- */

static void copy_field(Arena *a, FormField *to, const FormField *from)
{
    to->label = arena_str(a, sv(from->label));
    to->value = arena_str(a, sv(from->value));
    to->hint = arena_str(a, sv(from->hint));
    for (size_t i = 0; i < FORM_CHOICES_MAX; i++) {
        to->choices[i] = from->choices[i] ? arena_str(a, sv(from->choices[i])) : NULL;
        to->meanings[i] = from->meanings[i] ? arena_str(a, sv(from->meanings[i])) : NULL;
    }
}

static void open_field(Form *f, size_t i)
{
    const FormField *field = &f->spec.fields[i];
    if (!is_choice(f, i) || field->own) {
        f->editors[i] = editor_new(true, LINE_MAX_BYTES);
        editor_set(f->editors[i], sv(field->value));
        f->untouched[i] = field->value[0] != '\0';
    }
    for (size_t k = 0; k < choice_count(field); k++)
        if (sv_eq(sv(field->choices[k]), sv(field->value))) f->choice[i] = k;
}

static bool open(View *v, Ui *ui, const void *arg, Error *err)
{
    Form *f = v->state;
    const FormSpec *spec = arg;
    (void)err;
    str_init(&f->said);
    f->spec = *spec;
    f->focus = spec->focus;
    f->spec.title = arena_str(&f->arena, sv(spec->title));
    f->spec.accept = arena_str(&f->arena, sv(spec->accept));
    for (size_t i = 0; i < spec->field_count; i++) {
        copy_field(&f->arena, &f->spec.fields[i], &spec->fields[i]);
        open_field(f, i);
    }
    buttons_add(&f->buttons, BUTTON_ACCEPT, f->spec.accept);
    buttons_add(&f->buttons, BUTTON_CANCEL, "Cancel");
    understand(f, ui);
    return true;
}

static void close(View *v)
{
    Form *f = v->state;
    for (size_t i = 0; i < FORM_FIELDS_MAX; i++) editor_free(f->editors[i]);
    str_finish(&f->said);
    arena_finish(&f->arena);
}

/* ---- keys ---- */

static unsigned where(const View *v)
{
    (void)v;
    return ON_BOX;
}

static bool typing(const View *v)
{
    const Form *f = v->state;
    return f->focus < f->spec.field_count && is_written(f, f->focus);
}

/* What was being written is finished. */
static void move_focus(Form *f, Ui *ui, int by)
{
    size_t places = f->spec.field_count + 1;
    f->focus = (f->focus + places + (size_t)(by + (int)places)) % places;
    understand(f, ui);
}

static EventResult command(View *v, Ui *ui, CommandId id)
{
    if (id != CMD_NEXT_TAB && id != CMD_PREV_TAB) return EV_IGNORED;
    move_focus(v->state, ui, id == CMD_NEXT_TAB ? 1 : -1);
    return EV_HANDLED;
}

static bool is_missing(const Form *f, size_t i)
{
    return f->spec.fields[i].required && is_written(f, i) && sv_trim(value_of(f, i)).len == 0;
}

/* The first field that is empty and must not be; field_count: none. */
static size_t first_missing(const Form *f)
{
    size_t i = 0;
    while (i < f->spec.field_count && !is_missing(f, i)) i++;
    return i;
}

static void go_behind(Form *f, size_t i)
{
    f->focus = i;
    if (is_written(f, i)) editor_set_cursor(f->editors[i], editor_text(f->editors[i]).len);
}

/* Where something is not understood one goes on, behind the words. */
static void go_to_wrong(Form *f, Ui *ui)
{
    size_t i = 0;
    while (i < f->spec.field_count && check(f, ui, i, value_of(f, i), NULL)) i++;
    if (i == f->spec.field_count) i = first_missing(f);
    if (i < f->spec.field_count) go_behind(f, i);
}

static void accept(Form *f, Ui *ui)
{
    StrView values[FORM_FIELDS_MAX];
    Done done;
    Error err = {0};
    done_init(&done);
    take_values(f, values);
    if (f->spec.apply(ui, f->spec.subject, values, &done, &err)) {
        ui_pop(ui);
        ui_report(ui, true, &done, NULL);
    } else {
        str_set(&f->said, sv(err.msg));
        f->refused = true;
        go_to_wrong(f, ui);
    }
    done_finish(&done);
}

static bool change_choice(Form *f, Key key)
{
    size_t i = f->focus, n = choice_count(&f->spec.fields[i]);
    bool listed = is_listed(f, i);
    bool back = key == KEYN_LEFT || key == 'h' || (listed && (key == KEYN_UP || key == 'k'));
    bool on = key == KEYN_RIGHT || key == 'l' || key == ' ' || (listed && (key == KEYN_DOWN || key == 'j'));
    if (!back && !on) return false;
    if (listed)
        f->choice[i] = back ? f->choice[i] - (f->choice[i] > 0) : f->choice[i] + (f->choice[i] + 1 < n);
    else
        f->choice[i] = (f->choice[i] + (back ? n - 1 : 1)) % n;
    return true;
}

/* Text goes to the line of one's own, whatever was chosen; at its start Left leads back out of it. */
static bool change_own(Form *f, Key key)
{
    size_t i = f->focus, last = choice_count(&f->spec.fields[i]) - 1;
    bool writing = is_written(f, i);
    if (key == KEYN_LEFT && (!writing || editor_cursor(f->editors[i]) == 0)) {
        f->choice[i] -= f->choice[i] > 0;
        return true;
    }
    if (writing || (key != KEYN_RIGHT && key != ' ' && !key_is_text(key))) return false;
    bool typed = key != KEYN_RIGHT && key != ' ';
    f->choice[i] = typed ? last : f->choice[i] + 1;
    return !typed; /* the key itself is still to be written */
}

static bool erases(Key key)
{
    return key == KEYN_BACKSPACE || key == KEYN_DELETE || key == KEY_CTRL('h') || key == KEY_CTRL('d');
}

/* As where all is selected: what is written, pasted or erased takes the place of what stood there. */
static void clear_untouched(Form *f, size_t i)
{
    if (f->untouched[i]) editor_replace(f->editors[i], SV(""));
    f->untouched[i] = false;
}

static bool write_key(Form *f, Ui *ui, size_t i, Key key)
{
    bool erased = f->untouched[i] && erases(key);
    if (erased || key_is_text(key)) clear_untouched(f, i);
    EditResult r = erased ? EDIT_CHANGED : editor_key(f->editors[i], key, app_now(ui_app(ui)).unix_ms);
    if (r != EDIT_IGNORED) f->untouched[i] = false;
    if (r == EDIT_CHANGED) understand(f, ui);
    return r != EDIT_IGNORED;
}

static bool field_key(Form *f, Ui *ui, Key key)
{
    bool own = f->spec.fields[f->focus].own;
    if (own ? change_own(f, key) : is_choice(f, f->focus) && change_choice(f, key)) {
        understand(f, ui);
        return true;
    }
    return is_written(f, f->focus) && write_key(f, ui, f->focus, key);
}

/* Enter does what the box is for, or goes where a word is still wanted. */
static void press_enter(Form *f, Ui *ui)
{
    size_t missing = first_missing(f);
    if (missing < f->spec.field_count && missing != f->focus) {
        go_behind(f, missing);
        understand(f, ui);
    } else {
        accept(f, ui);
    }
}

static bool handle_key(Form *f, Ui *ui, Key key)
{
    int pressed;
    if (f->focus == f->spec.field_count && buttons_key(&f->buttons, key, &pressed)) {
        if (pressed == BUTTON_ACCEPT) accept(f, ui);
        if (pressed == BUTTON_CANCEL) ui_pop(ui);
        return true;
    }
    if (f->focus < f->spec.field_count) {
        if (key == KEYN_ENTER) return press_enter(f, ui), true;
        if (field_key(f, ui, key)) return true;
    }
    if (key == KEYN_UP) return move_focus(f, ui, -1), true;
    if (key == KEYN_DOWN) return move_focus(f, ui, 1), true;
    return true; /* all else is dead while the box is open */
}

static EventResult event(View *v, Ui *ui, const Event *e)
{
    Form *f = v->state;
    if (e->type == EVENT_KEY) return handle_key(f, ui, e->key) ? EV_HANDLED : EV_IGNORED;
    if (e->type != EVENT_PASTE || !typing(v)) return EV_IGNORED;
    clear_untouched(f, f->focus);
    editor_paste(f->editors[f->focus], e->text);
    understand(f, ui);
    return EV_HANDLED;
}

/* ---- drawing ---- */

typedef struct {
    int label, field, hint; /* columns and the field's width */
} Columns;

static Columns columns(const Form *f, int w)
{
    int label = 0;
    for (size_t i = 0; i < f->spec.field_count; i++) {
        int n = text_width(sv(f->spec.fields[i].label));
        if (n > label) label = n;
    }
    Columns c = {.label = label, .field = w - label - 7};
    if (c.field > FIELD_WIDTH) c.field = FIELD_WIDTH;
    if (w >= 60 && c.field > 28) c.field = 28;
    c.hint = 3 + label + 2 + c.field + 2;
    return c;
}

/* Where a choice among which one may write stands, in rows of width w. */
typedef struct {
    int x, row, w;
} Spot;

static Spot spot_of(const Form *f, size_t i, size_t choice, int w)
{
    const FormField *field = &f->spec.fields[i];
    Spot s = {0};
    for (size_t k = 0; k <= choice; k++) {
        s.w = 2 + text_width(sv(field->choices[k])) + (is_own(f, i, k) ? 1 + OWN_LEAST : 0);
        if (s.x > 0 && s.x + s.w > w) s = (Spot){.row = s.row + 1, .w = s.w};
        if (k < choice) s.x += s.w + 2;
    }
    if (!is_own(f, i, choice)) return s;
    int most = s.w - OWN_LEAST + OWN_MOST;
    s.w = w - s.x < most ? w - s.x : most;
    return s;
}

/* The columns to write in, behind the words and before the bracket. */
static int own_width(const Form *f, size_t i, Spot s)
{
    const FormField *field = &f->spec.fields[i];
    int w = s.w - 3 - text_width(sv(field->choices[choice_count(field) - 1]));
    return w < 1 ? 1 : w;
}

static int choices_width(Columns c, int w)
{
    return w - 3 - c.label - 3;
}

static int field_rows(const Form *f, size_t i, int w)
{
    size_t n = choice_count(&f->spec.fields[i]);
    if (is_listed(f, i)) return (int)n;
    return f->spec.fields[i].own ? spot_of(f, i, n - 1, w).row + 1 : 1;
}

/* In few columns the meaning of a choice is cut in its row, and so said here. */
static StrView said_text(const Form *f, int w)
{
    size_t i = f->focus;
    if (f->said.len > 0 || w >= 56 || i >= f->spec.field_count || !is_listed(f, i)) return str_view(&f->said);
    return sv(f->spec.fields[i].meanings[f->choice[i]]);
}

static int said_rows(const Form *f, int w)
{
    TextLine line;
    int rows = 0;
    StrView text = said_text(f, w);
    for (size_t pos = 0; rows < SAID_ROWS && text_wrap(text, pos, w, &line); pos = line.next) rows++;
    return rows ? rows : 1;
}

/* Where things stand, counted from the box's first row. */
typedef struct {
    int field[FORM_FIELDS_MAX], said, buttons, height, focus;
} Rows;

static Rows rows_of(const Form *f, int w)
{
    Rows r = {0};
    int y = 1, choices_w = choices_width(columns(f, w), w);
    for (size_t i = 0; i < f->spec.field_count; i++) {
        r.field[i] = y;
        y += field_rows(f, i, choices_w);
    }
    r.said = y;
    y += said_rows(f, w - 4);
    r.buttons = y;
    r.height = y + buttons_rows(&f->buttons, w - 3);
    if (f->focus == f->spec.field_count)
        r.focus = r.buttons;
    else
        r.focus = r.field[f->focus] + (is_listed(f, f->focus) ? (int)f->choice[f->focus] : 0);
    return r;
}

static void layout(View *v, const Ui *ui, Rect body)
{
    Form *f = v->state;
    (void)ui;
    Columns col = columns(f, body.w);
    for (size_t i = 0; i < f->spec.field_count; i++) {
        const FormField *field = &f->spec.fields[i];
        int w = col.field;
        if (field->own)
            w = own_width(f, i, spot_of(f, i, choice_count(field) - 1, choices_width(col, body.w)));
        if (f->editors[i]) editor_layout(f->editors[i], w, 1);
    }
}

static void draw_listed(const Form *f, size_t i, Canvas *c, int x, int y, int w)
{
    const FormField *field = &f->spec.fields[i];
    for (size_t k = 0; k < choice_count(field); k++) {
        bool chosen = k == f->choice[i], here = chosen && f->focus == i;
        if (here) canvas_cursor(c, x, y + (int)k, false);
        canvas_textf(c, x, y + (int)k, w, here ? ROLE_SELECTED : ROLE_NORMAL, "(%c) %s", chosen ? 'o' : ' ',
                     field->choices[k]);
        canvas_text_fit(c, x + 16, y + (int)k, w - 16, ROLE_NORMAL, sv(field->meanings[k]));
    }
}

static void draw_choice(const Form *f, size_t i, Canvas *c, int x, int y)
{
    const FormField *field = &f->spec.fields[i];
    bool here = f->focus == i;
    if (here) canvas_cursor(c, x, y, false);
    int used = canvas_textf(c, x, y, c->w - x, here ? ROLE_SELECTED : ROLE_NORMAL, "[%s]",
                            field->choices[f->choice[i]]);
    x += used + 2;
    for (size_t k = 0; k < choice_count(field); k++)
        x += canvas_textf(c, x, y, c->w - x, ROLE_NORMAL, "%s%s",
                          k ? ", " : "Left/Right: ", field->choices[k]);
}

/* What is chosen is told from the others by more than how it looks. */
static void draw_own(const Form *f, size_t i, Canvas *c, int x, int y, int w)
{
    const FormField *field = &f->spec.fields[i];
    for (size_t k = 0; k < choice_count(field); k++) {
        Spot s = spot_of(f, i, k, w);
        bool chosen = k == f->choice[i], here = chosen && f->focus == i, own = is_own(f, i, k);
        int at = x + s.x, row = y + s.row;
        if (chosen) canvas_text(c, at - 1, row, 1, ROLE_NORMAL, SV(">"));
        if (here && !own) canvas_cursor(c, at, row, false);
        canvas_textf(c, at, row, s.w, here && !own ? ROLE_SELECTED : ROLE_NORMAL, own ? "[%s" : "[%s]",
                     field->choices[k]);
        if (!own) continue;
        int field_w = own_width(f, i, s);
        editor_draw(f->editors[i], c, at + s.w - 1 - field_w, row, here);
        canvas_text(c, at + s.w - 1, row, 1, ROLE_NORMAL, SV("]"));
    }
}

static void draw_text(const Form *f, size_t i, Canvas *c, int x, int y, int w)
{
    editor_draw(f->editors[i], c, x, y, f->focus == i);
    int used = text_width(editor_text(f->editors[i]));
    if (f->focus == i && f->untouched[i]) canvas_role(c, (Rect){x, y, used < w ? used : w, 1}, ROLE_SELECTED);
}

static void draw_field(const Form *f, size_t i, Canvas *c, Columns col, int y)
{
    const FormField *field = &f->spec.fields[i];
    int x = 3 + col.label + 2;
    if (f->focus == i) canvas_text(c, 1, y, 1, ROLE_NORMAL, SV(">"));
    canvas_text(c, 3, y, col.label, ROLE_NORMAL, sv(field->label));
    if (is_listed(f, i)) {
        draw_listed(f, i, c, x, y, c->w - x);
    } else if (field->own) {
        draw_own(f, i, c, x, y, choices_width(col, c->w));
    } else if (is_choice(f, i)) {
        draw_choice(f, i, c, x, y);
    } else {
        draw_text(f, i, c, x, y, col.field);
        if (c->w >= 60) canvas_text_fit(c, col.hint, y, c->w - col.hint, ROLE_NORMAL, sv(field->hint));
    }
}

static void draw_said(const Form *f, Canvas *c, int y, int w)
{
    TextLine line;
    StrView text = said_text(f, w);
    size_t pos = 0;
    Role role = f->refused ? ROLE_ATTENTION : ROLE_NORMAL;
    for (int i = 0; i < SAID_ROWS && text_wrap(text, pos, w, &line); i++, pos = line.next)
        canvas_text(c, 3, y + i, w, role, sv_n(text.ptr + line.start, line.end - line.start));
}

/* At the bottom of the page; where it is too low for the box, the part around the focus. */
static int first_row(const Rows *r, Rect body)
{
    if (r->height <= body.h) return body.y + body.h - r->height;
    int off = r->focus - body.h / 2;
    if (off > r->height - body.h) off = r->height - body.h;
    return body.y - (off > 0 ? off : 0);
}

static void draw(const View *v, const Ui *ui, Canvas *c, Rect body)
{
    const Form *f = v->state;
    (void)ui;
    Rows r = rows_of(f, body.w);
    int top = first_row(&r, body), from = top > body.y ? top : body.y;
    canvas_fill(c, (Rect){0, from, c->w, body.y + body.h - from}, ' ', ROLE_NORMAL);
    Columns col = columns(f, body.w);
    draw_said(f, c, top + r.said, body.w - 4);
    buttons_draw(&f->buttons, c, 1, top + r.buttons, body.w - 3, f->focus == f->spec.field_count);
    for (size_t i = 0; i < f->spec.field_count; i++) draw_field(f, i, c, col, top + r.field[i]);
    int used = canvas_text_fit(c, 1, top, body.w - 4, ROLE_STRONG, sv(f->spec.title));
    canvas_rule(c, used + 2, top, body.w - used - 2);
}

static Id alliance(const View *v)
{
    (void)v;
    return 0;
}

const ViewOps VIEW_FORM = {
    .name = "This box",
    .state_size = sizeof(Form),
    .overlay = true,
    .open = open,
    .where = where,
    .typing = typing,
    .command = command,
    .event = event,
    .layout = layout,
    .draw = draw,
    .close = close,
    .alliance = alliance,
};
