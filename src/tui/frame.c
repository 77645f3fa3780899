#include <entente/text.h>

#include "ui_own.h"

/* ---- the title row ---- */

static void add_tabs(Str *out, const Frame *f)
{
    for (size_t i = 0; i < f->tab_count; i++) {
        bool shown = i == f->tab;
        str_add_c(out, i == 0 && !shown ? "   " : "  ");
        str_addf(out, shown ? "[%zu %s]" : "%zu %s", i + 1, f->tabs[i]);
    }
}

static void add_few_tabs(Str *out, const Frame *f)
{
    if (f->tab_count > 0) str_addf(out, "  %zu/%zu %s  Tab>", f->tab + 1, f->tab_count, f->tabs[f->tab]);
}

static int width_of(const Str *s)
{
    return text_width(str_view(s));
}

/* The most that fits: all tabs and the right side, all tabs, one tab and the right side, one tab. */
static bool title_fits(int w, const Str *left, const Str *tabs, const Str *right)
{
    int need = 1 + width_of(left) + width_of(tabs);
    if (right && right->len) need += 1 + width_of(right);
    return need <= w;
}

static void draw_title(Canvas *c, const Frame *f)
{
    Str tabs, few;
    str_init(&tabs);
    str_init(&few);
    add_tabs(&tabs, f);
    add_few_tabs(&few, f);
    const Str *shown = &few, *right = NULL;
    if (title_fits(c->w, &f->left, &tabs, &f->right))
        shown = &tabs, right = &f->right;
    else if (f->tab_count && title_fits(c->w, &f->left, &tabs, NULL))
        shown = &tabs;
    else if (title_fits(c->w, &f->left, &few, &f->right) || width_of(&f->right) <= c->w / 2)
        right = &f->right;
    canvas_fill(c, (Rect){0, 0, c->w, 1}, ' ', ROLE_TITLE);
    int right_w = right && right->len ? width_of(right) + 1 : 0;
    int room = c->w - 1 - right_w - width_of(shown);
    bool tabbed = room > 8 || room >= width_of(&f->left);
    int x = 1 + canvas_text_fit(c, 1, 0, tabbed ? room : c->w - 1 - right_w, ROLE_TITLE, str_view(&f->left));
    if (tabbed) canvas_text(c, x, 0, c->w - x - right_w, ROLE_TITLE, str_view(shown));
    if (right_w) canvas_text(c, c->w - right_w + 1, 0, right_w - 1, ROLE_TITLE, str_view(right));
    str_finish(&tabs);
    str_finish(&few);
}

/* ---- the last two rows ---- */

/* The keys a message ends with ("  u Undo"), set apart by two spaces. */
static StrView offered(StrView message)
{
    for (size_t i = message.len; i-- > 1;)
        if (message.ptr[i] == ' ' && message.ptr[i - 1] == ' ')
            return sv_n(message.ptr + i - 1, message.len - i + 1);
    return sv_n(message.ptr + message.len, 0);
}

static StrView first_sentence(StrView text)
{
    for (size_t i = 1; i + 1 < text.len; i++)
        if (text.ptr[i] == '.' && text.ptr[i + 1] == ' ' && text.ptr[i - 1] != '.')
            return sv_n(text.ptr, i + 1);
    return text;
}

/* What does not fit gives way to the keys it ends with, else to where all of it can be read. */
static void fit_message(StrView message, bool pages, bool ascii, int w, Str *out)
{
    StrView tail = offered(message), text = sv_n(message.ptr, message.len - tail.len);
    if (text_width(message) > w && tail.len > 0) text = first_sentence(text);
    bool cut = text_width(text) + text_width(tail) > w;
    if (cut && tail.len == 0 && pages) tail = SV("  : messages");
    text_ellipsis(out, text, w - text_width(tail), ascii);
    str_add(out, tail);
}

static void draw_status(const Ui *ui, Canvas *c, const Frame *f)
{
    Str line;
    str_init(&line);
    bool pages = view_where(ui_top(ui)) & ON_PAGES;
    if (ui->message.len)
        fit_message(str_view(&ui->message), pages && !view_typing(ui_top(ui)), c->ascii, c->w - 2, &line);
    else if (f->status.len)
        str_set(&line, str_view(&f->status));
    else if (ui_tours(ui))
        tour_line(&ui->tour, c->w - 2, &line);
    Role role = ui->message.len && ui->message_is_error ? ROLE_ATTENTION : ROLE_NORMAL;
    canvas_text_fit(c, 1, c->h - 2, c->w - 2, role, str_view(&line));
    str_finish(&line);
}

static void draw_hints(const View *top, Canvas *c)
{
    Str hints;
    str_init(&hints);
    command_hints(view_where(top), view_typing(top), c->w, &hints);
    canvas_text(c, 0, c->h - 1, c->w, ROLE_NORMAL, str_view(&hints));
    str_finish(&hints);
}

/* ---- all of it ---- */

static void draw_small(const Ui *ui, Canvas *c)
{
    View *top = ui_top(ui);
    bool typing = top && view_typing(top);
    int y = 0;
    canvas_textf(c, 0, y++, c->w, ROLE_NORMAL, " entente needs %dx%d.", MIN_WIDTH, MIN_HEIGHT);
    canvas_textf(c, 0, y++, c->w, ROLE_NORMAL, " This window is %dx%d.", ui->w, ui->h);
    canvas_text(c, 0, y++, c->w, ROLE_NORMAL, SV(" Make it larger to go on."));
    canvas_text(c, 0, y++, c->w, ROLE_NORMAL, SV(" Nothing is lost: drafts"));
    canvas_text(c, 0, y++, c->w, ROLE_NORMAL, SV(" are saved."));
    canvas_text(c, 0, y, c->w, ROLE_NORMAL, typing ? SV(" Ctrl-C Ctrl-C Quit") : SV(" q Quit"));
    canvas_cursor(c, 1, y, false);
}

static void draw_frame(const Ui *ui, Canvas *c, const View *page, const View *top)
{
    Frame f = {0};
    str_init(&f.left);
    str_init(&f.right);
    str_init(&f.status);
    if (page->ops->frame) page->ops->frame(page, ui, &f);
    if (top != page) str_clear(&f.status); /* it speaks of keys that are dead under a box */
    if (app_is_demo(ui->app)) str_add_c(&f.left, " DEMO");
    draw_title(c, &f);
    canvas_fill(c, (Rect){0, c->h - 2, c->w, 2}, ' ', ROLE_NORMAL);
    draw_status(ui, c, &f);
    draw_hints(top, c);
    str_finish(&f.left);
    str_finish(&f.right);
    str_finish(&f.status);
}

static void draw_view(const Ui *ui, Canvas *c, View *v)
{
    Rect body = v->ops->bare ? (Rect){0, 0, c->w, c->h} : (Rect){0, 1, c->w, c->h - 3};
    if (v->ops->layout) v->ops->layout(v, ui, body);
    if (v->ops->draw) v->ops->draw(v, ui, c, body);
}

void ui_draw(Ui *ui, Canvas *c)
{
    if (c->w != ui->w || c->h != ui->h) canvas_resize(c, ui->w, ui->h);
    canvas_clear(c);
    c->ascii = ui->ascii;
    View *top = ui_top(ui);
    if (!top) return;
    size_t page = ui->stack.len - 1;
    while (page > 0 && ui->stack.at[page]->ops->overlay) page--;
    const View *base = ui->stack.at[page];
    if (ui_too_small(ui) && !base->ops->bare) {
        draw_small(ui, c);
        return;
    }
    for (size_t i = page; i < ui->stack.len; i++) draw_view(ui, c, ui->stack.at[i]);
    if (!base->ops->bare) draw_frame(ui, c, base, top);
}
