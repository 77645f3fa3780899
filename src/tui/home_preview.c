#include "home.h"

#include <ctype.h>
#include <entente/text.h>

#include "agenda_page.h"

enum { TEXT_WIDTH = 72 };

/* Writes down a rectangle line by line; what does not fit is left out. */
typedef struct {
    Canvas *c;
    Rect r;
    int y;
} Pen;

static bool pen_full(const Pen *p)
{
    return p->y >= p->r.y + p->r.h;
}

/* Wrapped text, `indent` cells in. */
static void pen_text(Pen *p, int indent, StrView text)
{
    TextLine line;
    int w = p->r.w - indent < TEXT_WIDTH ? p->r.w - indent : TEXT_WIDTH;
    for (size_t pos = 0; !pen_full(p) && text_wrap(text, pos, w, &line); pos = line.next)
        canvas_text(p->c, p->r.x + indent, p->y++, w, ROLE_NORMAL,
                    sv_n(text.ptr + line.start, line.end - line.start));
}

/* A label and the text beside it. */
static void pen_labelled(Pen *p, const char *label, int indent, StrView text)
{
    if (pen_full(p)) return;
    canvas_text_fit(p->c, p->r.x, p->y, indent - 1, ROLE_NORMAL, sv(label));
    pen_text(p, indent, text);
}

static void pen_blank(Pen *p)
{
    p->y++;
}

/* ---- sentences ---- */

static void capitalise(Str *s, size_t at)
{
    if (at < s->len) s->buf[at] = (char)toupper((unsigned char)s->buf[at]);
}

static void add_cadence(Str *out, const Cadence *c, bool whole)
{
    size_t at = out->len;
    if (whole)
        cadence_print_whole(out, c, false);
    else
        cadence_print_words(out, c);
    capitalise(out, at);
    str_add_char(out, '.');
}

static void add_earlier_trust(Str *out, const AllianceRow *row)
{
    int said = 0;
    for (size_t i = row->trust_count; i-- > 1 && said < 2;) {
        if (!row->trust[i - 1]) continue;
        str_addf(out, "%s%d", said++ ? ", " : " (before: ", row->trust[i - 1]);
    }
    if (said) str_add_char(out, ')');
}

static void add_last(Str *out, const App *app, const AllianceRow *row)
{
    if (instant_is_none(row->alliance.last_check_in)) {
        str_add_c(out, "No check-in yet.");
        return;
    }
    str_add_c(out, "Last check-in ");
    date_print_short(out, instant_date(row->alliance.last_check_in), app_today(app));
    if (row->alliance.last_trust) {
        str_addf(out, ", trust %d", row->alliance.last_trust);
        add_earlier_trust(out, row);
    }
    str_add_char(out, '.');
}

static void add_draft(Str *out, const App *app, const AllianceRow *row)
{
    str_addf(out, "A %s draft is waiting: %d of %d, saved ", stage_name(row->draft_stage), row->draft_step,
             row->draft_steps);
    date_print_short(out, instant_date(row->draft_saved), app_today(app));
    str_add_char(out, ' ');
    instant_print_clock(out, row->draft_saved);
    str_add_char(out, '.');
}

static void add_due(Str *out, Date due, Date today)
{
    if (due == DATE_NONE) {
        str_add_c(out, "no date");
    } else if (due == today) {
        str_add_c(out, "due today");
    } else {
        str_add_c(out, due < today ? "was due " : "by ");
        date_print_short(out, due, today);
    }
}

static void add_promise(Str *out, Side side, const char *partner)
{
    if (side == SIDE_BOTH) {
        str_add_c(out, "You both said you would");
    } else if (side == SIDE_ME) {
        str_add_c(out, "You said you would");
    } else {
        app_short_name(partner, out);
        str_add_c(out, " said they would");
    }
}

/* ---- parts ---- */

static void draw_commitment(Pen *p, const App *app, const Home *h, const Commitment *c, bool first)
{
    Str s;
    str_init(&s);
    int w = p->r.w < 90 ? p->r.w : 90, text_x = w >= 70 ? 23 : 12, due_w = w >= 70 ? 18 : 0;
    if (first && due_w) add_promise(&s, c->side, h->detail.row.alliance.name);
    if (!due_w) str_add_c(&s, c->side == SIDE_ME ? "You" : c->side == SIDE_BOTH ? "Both" : "They");
    canvas_text_fit(p->c, p->r.x, p->y, text_x - 1, ROLE_NORMAL, str_view(&s));
    canvas_text_fit(p->c, p->r.x + text_x, p->y, w - text_x - due_w - 1, ROLE_NORMAL, sv(c->text));
    str_clear(&s);
    add_due(&s, c->due, app_today(app));
    if (due_w) canvas_text(p->c, p->r.x + w - due_w, p->y, due_w, ROLE_NORMAL, str_view(&s));
    p->y++;
    str_finish(&s);
}

static void draw_commitments(Pen *p, const App *app, const Home *h, int max)
{
    static const Side ORDER[SIDE_COUNT] = {SIDE_ME, SIDE_THEM, SIDE_BOTH};
    int drawn = 0;
    for (int k = 0; k < SIDE_COUNT; k++) {
        bool first = true;
        for (size_t i = 0; i < h->detail.commitment_count; i++) {
            const Commitment *c = &h->detail.commitments[i].commitment;
            if (c->side != ORDER[k] || c->state != COMMITMENT_OPEN || drawn == max || pen_full(p)) continue;
            draw_commitment(p, app, h, c, first);
            first = false;
            drawn++;
        }
    }
}

static const Term *first_term(const AllianceDetail *d, Section section)
{
    for (size_t i = 0; i < d->in_force_count; i++)
        if (d->in_force[i]->section == section) return d->in_force[i];
    return NULL;
}

static void draw_draft(Pen *p, const App *app, const AllianceRow *row)
{
    if (!row->has_draft) return;
    Str s;
    str_init(&s);
    add_draft(&s, app, row);
    pen_text(p, 0, str_view(&s));
    str_finish(&s);
}

/* Where a few check-ins have gone by: another cadence, or a pause, in one line. */
static bool add_ask(const Home *h, const App *app, const AllianceRow *row, int width, Str *out)
{
    return h->show == HOME_ALL && agenda_ask_words(app, row, width, out);
}

static void draw_ask(const Home *h, const App *app, Pen *p, const AllianceRow *row)
{
    Str s;
    str_init(&s);
    if (!pen_full(p) && add_ask(h, app, row, p->r.w, &s))
        canvas_text(p->c, p->r.x, p->y++, p->r.w, ROLE_NORMAL, str_view(&s));
    str_finish(&s);
}

/* One line, what the cadence hangs on in as many words as it has room for. */
static void add_when(Str *out, const App *app, const AllianceRow *row, int w)
{
    Str last;
    str_init(&last);
    str_add_char(&last, ' ');
    add_last(&last, app, row);
    int room = (w < TEXT_WIDTH ? w : TEXT_WIDTH) - text_width(str_view(&last)) - 1;
    cadence_print_whole(out, &row->alliance.cadence, false);
    if (text_width(str_view(out)) > room) {
        str_clear(out);
        cadence_print_whole(out, &row->alliance.cadence, true);
    }
    if (text_width(str_view(out)) > room) {
        str_clear(out);
        cadence_print_words(out, &row->alliance.cadence);
    }
    capitalise(out, 0);
    str_add_char(out, '.');
    str_add(out, str_view(&last));
    str_finish(&last);
}

/* Under the list: a heading, when, the draft, what was promised, what to do in hard moments. */
static void draw_below(const Home *h, const App *app, Pen *p, const AllianceRow *row)
{
    Str s;
    str_init(&s);
    int used = canvas_text_fit(p->c, p->r.x, p->y, p->r.w - 4, ROLE_STRONG, sv(row->alliance.name));
    canvas_rule(p->c, p->r.x + used + 1, p->y++, p->r.w - used);
    add_when(&s, app, row, p->r.w);
    pen_text(p, 0, str_view(&s));
    draw_ask(h, app, p, row);
    draw_draft(p, app, row);
    if (h->detail_of == row->alliance.id) {
        draw_commitments(p, app, h, 4);
        const Term *hard = first_term(&h->detail, SECTION_HARD_MOMENTS);
        str_clear(&s);
        if (hard) str_addf(&s, "Agreed for hard moments: %s", hard->text);
        if (hard) pen_text(p, 0, str_view(&s));
    }
    str_finish(&s);
}

/* At the right of the list there is room for the agreement too. */
static void draw_side(const Home *h, const App *app, Pen *p, const AllianceRow *row)
{
    static const struct {
        Section section;
        const char *label;
    } TERMS[] = {{SECTION_PURPOSE, "Purpose"},
                 {SECTION_OFFERS, "I offer"},
                 {SECTION_ASKS, "I ask"},
                 {SECTION_HARD_MOMENTS, "Hard moments"}};
    Str s;
    str_init(&s);
    str_add_c(&s, row->alliance.name);
    str_addf(&s, row->alliance.role[0] ? ", %s. " : ". ", row->alliance.role);
    add_cadence(&s, &row->alliance.cadence, true);
    pen_text(p, 0, str_view(&s));
    pen_blank(p);
    bool known = h->detail_of == row->alliance.id;
    for (size_t i = 0; known && i < sizeof TERMS / sizeof TERMS[0]; i++) {
        const Term *t = first_term(&h->detail, TERMS[i].section);
        if (t) pen_labelled(p, TERMS[i].label, 14, sv(t->text));
    }
    if (known && h->detail.in_force_count) pen_blank(p);
    str_clear(&s);
    add_last(&s, app, row);
    pen_text(p, 0, str_view(&s));
    str_clear(&s);
    if (known && h->detail.last_quote[0]) str_addf(&s, "\"%s\"", h->detail.last_quote);
    if (s.len) pen_text(p, 2, str_view(&s));
    draw_ask(h, app, p, row);
    draw_draft(p, app, row);
    pen_blank(p);
    if (known) draw_commitments(p, app, h, 10);
    str_finish(&s);
}

/* In few columns one line: "Ana: draft 3/7. You 2, they 1." */
static void add_summary(const AllianceRow *row, Str *out)
{
    if (row->has_draft) str_addf(out, " draft %d/%d.", row->draft_step, row->draft_steps);
    str_add_char(out, ' ');
    size_t at = out->len;
    if (home_open_words(row, out))
        str_add_char(out, '.');
    else
        str_add_c(out, "no open commitments.");
    if (row->has_draft) capitalise(out, at);
}

static void draw_summary(const Home *h, const App *app, Pen *p, const AllianceRow *row)
{
    Str s;
    str_init(&s);
    app_short_name(row->alliance.name, &s);
    str_add_c(&s, ":");
    int used = text_width(str_view(&s)) + 1;
    str_add_char(&s, ' ');
    if (!add_ask(h, app, row, p->r.w - used, &s)) {
        str_remove(&s, s.len - 1, 1);
        add_summary(row, &s);
    }
    canvas_text_fit(p->c, p->r.x, p->y, p->r.w, ROLE_NORMAL, str_view(&s));
    str_finish(&s);
}

void home_draw_divider(Canvas *c, Rect r)
{
    for (int y = r.y; y < r.y + r.h; y++)
        canvas_text(c, r.x - 2, y, 1, ROLE_NORMAL, c->ascii ? SV("|") : SV("\u2502"));
}

void home_draw_preview(const Home *h, const Ui *ui, Canvas *c)
{
    const AllianceRow *row = home_selected(h);
    if (!row || h->plan.preview.h <= 0) return;
    Pen pen = {c, h->plan.preview, h->plan.preview.y};
    if (h->plan.compact) {
        draw_summary(h, ui_app(ui), &pen, row);
    } else if (h->plan.side) {
        home_draw_divider(c, pen.r);
        draw_side(h, ui_app(ui), &pen, row);
    } else {
        draw_below(h, ui_app(ui), &pen, row);
    }
}
