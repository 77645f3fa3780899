#include "view_session.h"

#include <entente/text.h>

/* A question answered in words. */
enum { STOP_TEXT, STOP_EXAMPLES, EXAMPLE_ROWS = 4, BOX_COLUMNS = 80 };

static size_t example_count(const SessionView *v)
{
    const SessionStep *step = session_step(v->session);
    return step->items && !v->hidden ? step->example_count : 0;
}

static void enter(SessionView *v)
{
    const SessionStep *step = session_step(v->session);
    Editor *e = session_editor(v);
    if (!sv_eq(editor_text(e), str_view(&step->text))) {
        editor_set(e, str_view(&step->text));
        editor_set_cursor(e, step->cursor);
    }
    v->list = (List){0};
    list_set_count(&v->list, example_count(v), false);
}

static int stops(const SessionView *v)
{
    return example_count(v) ? 2 : 1;
}

static Editor *editor(const SessionView *v, int stop)
{
    return stop == STOP_TEXT && !v->hidden ? session_editor(v) : NULL;
}

static void changed(SessionView *v, int stop)
{
    (void)stop;
    Editor *e = session_editor(v);
    session_set_text(v->session, editor_text(e), editor_cursor(e));
}

/* ---- examples ---- */

static void fill_example(const SessionView *v, size_t i, Str *out)
{
    Str partner;
    str_init(&partner);
    app_short_name(v->session->partner, &partner);
    Fill fill = {.partner = partner.len ? partner.buf : "them", .me = "you"};
    prompt_fill(out, session_step(v->session)->examples[i], &fill);
    str_finish(&partner);
}

static void put_in(SessionView *v, Ui *ui)
{
    Str example;
    str_init(&example);
    fill_example(v, v->list.selected, &example);
    editor_insert_line(session_editor(v), str_view(&example));
    str_finish(&example);
    changed(v, STOP_TEXT);
    ui_say(ui, "Put into your text as a line of its own. Shift-Tab goes back to it.");
}

static bool examples_key(SessionView *v, Ui *ui, Key key)
{
    bool up = key == KEYN_UP || key == 'k';
    if (key == KEYN_ENTER || key == ' ') {
        put_in(v, ui);
        return true;
    }
    if (key == KEYN_PAGE_UP || key == KEYN_PAGE_DOWN) return false;
    if (up && v->list.selected == 0) return false;
    if ((key == KEYN_DOWN || key == 'j') && v->list.selected + 1 == v->list.count) return false;
    return list_key(&v->list, key);
}

/* Up and Down never leave the text: a writer at its edge means to stay. */
static bool key(SessionView *v, Ui *ui, int stop, Key key)
{
    if (stop == STOP_EXAMPLES) return examples_key(v, ui, key);
    return !v->hidden && (key == KEYN_UP || key == KEYN_DOWN || key == KEYN_ENTER);
}

/* ---- layout ---- */

/* What gives way first where rows are scarce, and how many rows it keeps. */
static const struct {
    TextPart part;
    int least;
} GIVES_WAY[] = {
    {PART_END, 0},         {PART_TOP, 0},     {PART_FOLLOWS, 0},  {PART_GAP_WHY, 0},  {PART_GAP_EXAMPLES, 0},
    {PART_GAP_BUTTONS, 0}, {PART_EDITOR, 4},  {PART_LAST, 0},     {PART_EXAMPLES, 2}, {PART_COUNT_ROW, 0},
    {PART_EDITOR, 2},      {PART_WHY, 1},     {PART_EXAMPLES, 0}, {PART_QUESTION, 2}, {PART_RULE_BELOW, 0},
    {PART_WHY, 0},         {PART_BUTTONS, 1}, {PART_RULE, 0},     {PART_EDITOR, 1},   {PART_QUESTION, 1},
    {PART_BUTTONS, 0},
};

/* The list one is in keeps a row. */
static int least_of(const SessionView *v, size_t i)
{
    bool here = GIVES_WAY[i].part == PART_EXAMPLES && v->focus == STOP_EXAMPLES;
    return here && GIVES_WAY[i].least == 0 ? 1 : GIVES_WAY[i].least;
}

static void give_way(const SessionView *v, TextPlan *p, int rows)
{
    int over = -rows;
    for (int i = 0; i < PART_COUNT; i++) over += p->h[i];
    for (size_t i = 0; i < sizeof GIVES_WAY / sizeof GIVES_WAY[0] && over > 0; i++) {
        int *h = &p->h[GIVES_WAY[i].part], most = *h - least_of(v, i);
        int less = most < 0 ? 0 : most < over ? most : over;
        *h -= less;
        over -= less;
    }
    if (over < 0) p->h[PART_EDITOR] -= over;
}

/* The session says "3 Nov: what was answered". */
static void add_last(const SessionView *v, Str *out)
{
    StrView answer = sv(session_step(v->session)->last_time), day = sv_cut(&answer, ':');
    if (day.len == 0) return;
    answer = sv_trim(answer);
    str_addf(out, "Last time (%.*s): \"%.*s\"", (int)day.len, day.ptr, (int)answer.len, answer.ptr);
}

static int rows_of(const SessionView *v, int w, void (*add)(const SessionView *v, Str *out))
{
    Str text;
    str_init(&text);
    add(v, &text);
    int rows = view_text_rows(w, text.buf);
    str_finish(&text);
    return rows;
}

static void wish(SessionView *v, TextPlan *p, int w)
{
    const char *why = view_why(v, &v->arena);
    bool compact = view_compact(v), at_examples = v->focus == STOP_EXAMPLES;
    int examples = (int)example_count(v), gap = compact ? 0 : 1;
    bool list = examples > 0 && (!compact || at_examples);
    int last = compact ? 0 : rows_of(v, p->text_w, add_last);
    p->h[PART_TOP] = gap;
    p->h[PART_QUESTION] = view_text_rows(p->text_w, v->words.question);
    p->h[PART_FOLLOWS] = view_follows(v) ? gap : 0;
    p->h[PART_WHY] = view_text_rows(p->text_w, why);
    p->h[PART_LAST] = last > 2 ? 2 : last;
    p->h[PART_GAP_WHY] = p->h[PART_WHY] + p->h[PART_LAST] ? gap : 0;
    p->h[PART_RULE] = p->h[PART_RULE_BELOW] = 1;
    p->h[PART_EDITOR] = 5;
    p->h[PART_COUNT_ROW] = gap;
    p->h[PART_EXAMPLES] = list ? 1 + (examples < EXAMPLE_ROWS ? examples : EXAMPLE_ROWS) : 0;
    p->h[PART_GAP_EXAMPLES] = list ? gap : 0;
    p->h[PART_GAP_BUTTONS] = gap;
    p->h[PART_BUTTONS] = view_buttons_rows(v, w);
    p->h[PART_END] = gap;
}

/* The heading is the first to go. */
static bool has_heading(const SessionView *v)
{
    size_t n = example_count(v);
    return v->plan.h[PART_EXAMPLES] > (n < EXAMPLE_ROWS ? (int)n : EXAMPLE_ROWS);
}

static int example_rows(const SessionView *v)
{
    return v->plan.h[PART_EXAMPLES] - (has_heading(v) ? 1 : 0);
}

static int wished_rows(const TextPlan *p)
{
    int rows = 0;
    for (int i = 0; i < PART_COUNT; i++) rows += p->h[i];
    return rows - p->h[PART_TOP] - p->h[PART_END];
}

static void layout(SessionView *v, Rect body)
{
    TextPlan *p = &v->plan;
    *p = (TextPlan){.text_w = body.w - 2 > TEXT_COLUMNS ? TEXT_COLUMNS : body.w - 2};
    wish(v, p, body.w);
    if (v->why == WHY_AS_FITS && v->words.reason[0] && wished_rows(p) > body.h) {
        v->shows_help = false;
        wish(v, p, body.w);
    }
    give_way(v, p, body.h);
    int y = body.y;
    for (int i = 0; i < PART_COUNT; i++) {
        p->y[i] = y;
        y += p->h[i];
    }
    /* One column more than the text is wide: the cursor stands there behind a full line. */
    editor_layout(session_editor(v), p->text_w + 1, p->h[PART_EDITOR] > 0 ? p->h[PART_EDITOR] : 1);
    list_set_height(&v->list, example_rows(v) > 0 ? example_rows(v) : 1);
}

/* ---- drawing ---- */

static Rect part(const SessionView *v, Rect body, TextPart which)
{
    return (Rect){body.x + 1, v->plan.y[which], v->plan.text_w, v->plan.h[which]};
}

/* The key that unfolds the reason, at the right edge of the question's last row if that is free. */
static void draw_fold(Canvas *c, Rect body, int row)
{
    for (int x = body.w - 8; x < body.w; x++)
        if (canvas_cell(c, body.x + x, row)->cps[0] != ' ') return;
    canvas_text(c, body.x + body.w - 7, row, 6, ROLE_NORMAL, SV("F3 Why"));
}

static void draw_head(const SessionView *v, Canvas *c, Rect body)
{
    Rect at = part(v, body, PART_QUESTION);
    Arena arena = {0};
    Str text;
    str_init(&text);
    view_draw_text(c, at, ROLE_STRONG, v->words.question);
    if (!v->shows_why && view_has_why(v)) draw_fold(c, body, at.y + at.h - 1);
    if (view_follows(v)) view_draw_text(c, part(v, body, PART_FOLLOWS), ROLE_NORMAL, VIEW_FOLLOWS);
    view_draw_text(c, part(v, body, PART_WHY), ROLE_NORMAL, view_why(v, &arena));
    add_last(v, &text);
    view_draw_text(c, part(v, body, PART_LAST), ROLE_NORMAL, text.buf);
    str_finish(&text);
    arena_finish(&arena);
}

static size_t filled_lines(StrView text)
{
    size_t n = 0;
    while (text.len > 0) n += sv_trim(sv_cut(&text, '\n')).len > 0;
    return n;
}

static void draw_count(const SessionView *v, Canvas *c, Rect at)
{
    StrView text = editor_text(session_editor(v));
    if (at.h == 0 || v->hidden) return;
    if (session_step(v->session)->items) {
        size_t n = filled_lines(text);
        if (n == 0) {
            canvas_text(c, at.x, at.y, at.w, ROLE_NORMAL, SV("Each line becomes one item."));
            return;
        }
        canvas_textf(c, at.x, at.y, at.w, ROLE_NORMAL, "%zu %s; each line becomes one item.", n,
                     n == 1 ? "line" : "lines");
    } else {
        size_t n = text_words(text);
        canvas_textf(c, at.x, at.y, at.w, ROLE_NORMAL, "%zu %s", n, n == 1 ? "word" : "words");
    }
}

/* On a wide screen the box ends where the text does. */
static int box_end(const SessionView *v, Rect body)
{
    return body.w <= BOX_COLUMNS ? body.x + body.w : body.x + 2 + v->plan.text_w;
}

static void draw_rules(const SessionView *v, Canvas *c, Rect body)
{
    const int *h = v->plan.h, *y = v->plan.y;
    int x = view_compact(v) ? body.x : body.x + 1, w = box_end(v, body) - x;
    if (h[PART_RULE]) canvas_rule(c, x, y[PART_RULE], w);
    if (h[PART_RULE_BELOW]) canvas_rule(c, x, y[PART_RULE_BELOW], w);
    if (!view_is_private(v)) return;
    int row = h[PART_COUNT_ROW] ? y[PART_COUNT_ROW] : y[PART_RULE_BELOW];
    if (h[PART_COUNT_ROW] || h[PART_RULE_BELOW])
        canvas_text(c, box_end(v, body) - 11, row, 9, ROLE_NORMAL, SV("[private]"));
}

static void draw_examples(const SessionView *v, Canvas *c, Rect at)
{
    int rows = example_rows(v), y = at.y + at.h - rows;
    bool focused = v->focus == STOP_EXAMPLES;
    Str example;
    if (has_heading(v))
        canvas_text_fit(c, at.x, at.y, at.w, ROLE_NORMAL,
                        SV("Examples (Tab to reach, Enter puts one into your text)"));
    str_init(&example);
    for (int i = 0; i < rows && v->list.top + (size_t)i < v->list.count; i++) {
        size_t n = v->list.top + (size_t)i;
        bool here = focused && n == v->list.selected;
        str_clear(&example);
        str_add_c(&example, "- ");
        fill_example(v, n, &example);
        if (here) canvas_text(c, at.x, y + i, 1, ROLE_NORMAL, SV(">"));
        canvas_text_fit(c, at.x + 2, y + i, at.w - 2, here ? ROLE_SELECTED : ROLE_NORMAL, str_view(&example));
        if (here) canvas_cursor(c, at.x + 2, y + i, false);
    }
    str_finish(&example);
}

static void draw_hidden(const SessionView *v, Canvas *c, Rect at)
{
    view_draw_text(c, at, ROLE_NORMAL,
                   "Something private is written here. It stays hidden while you sit together, and is kept "
                   "as it is.");
    if (v->focus == STOP_TEXT) canvas_cursor(c, at.x, at.y, false);
}

static void draw(const SessionView *v, Canvas *c, Rect body)
{
    const int *h = v->plan.h, *y = v->plan.y;
    draw_rules(v, c, body);
    draw_head(v, c, body);
    draw_count(v, c, part(v, body, PART_COUNT_ROW));
    if (h[PART_EXAMPLES]) draw_examples(v, c, part(v, body, PART_EXAMPLES));
    if (h[PART_BUTTONS]) view_draw_buttons(v, c, body.x, y[PART_BUTTONS], body.w);
    if (v->hidden)
        draw_hidden(v, c, part(v, body, PART_EDITOR));
    else if (h[PART_EDITOR])
        editor_draw(session_editor(v), c, body.x + 1, y[PART_EDITOR], v->focus == STOP_TEXT);
}

const StepFace FACE_TEXT = {
    .where = ON_SESSION_TEXT,
    .enter = enter,
    .stops = stops,
    .editor = editor,
    .changed = changed,
    .key = key,
    .layout = layout,
    .draw = draw,
};
