#include <entente/chart.h>
#include <entente/text.h>

#include "alliance_page.h"

enum { TEXT_X = 10, OPEN_SHOWN = 5, CHART_STEP = 3, LEGEND_GAP = 3 };

static void heading(Paper *out, const char *text)
{
    paper_put(out, 1, TEXT_X - 2, ROLE_STRONG, sv(text));
}

/* ---- NEXT ---- */

/* How much is said of what the cadence hangs on. */
typedef enum { CADENCE_WHOLE, CADENCE_BRIEF, CADENCE_BARE } CadenceWords;

static void add_cadence(const AlliancePage *p, CadenceWords words, Str *out)
{
    const Cadence *c = &p->detail.row.alliance.cadence;
    if (c->kind == CADENCE_NONE) return;
    str_add_c(out, " (");
    if (words == CADENCE_BARE)
        cadence_print_words(out, c);
    else
        cadence_print_whole(out, c, words == CADENCE_BRIEF);
    str_add_char(out, ')');
}

static void add_due(const AlliancePage *p, Due due, CadenceWords words, Str *out)
{
    switch (due.state) {
    case DUE_PAST:
        str_add_c(out, "Check-in was due ");
        date_print_short(out, due.day, p->today);
        break;
    case DUE_TODAY: str_add_c(out, "Check-in today"); break;
    case DUE_LATER:
        str_add_c(out, "Check-in ");
        date_print_short(out, due.day, p->today);
        str_add_c(out, ", ");
        date_print_relative(out, due.day, p->today);
        break;
    default:
        str_add_c(out, "Check-in snoozed to ");
        date_print_short(out, due.day, p->today);
        break;
    }
    add_cadence(p, words, out);
    str_add_char(out, '.');
}

static void add_calm(const AlliancePage *p, Due due, Str *out)
{
    const Alliance *a = &p->detail.row.alliance;
    if (due.state == DUE_PAUSED && due.day != DATE_NONE) {
        str_add_c(out, "Paused until ");
        date_print_short(out, due.day, p->today);
        str_add_c(out, ".  p Wake now");
    } else if (due.state == DUE_PAUSED) {
        str_add_c(out, "Paused until you wake it (p).");
    } else if (a->state == STATE_ENDED) {
        str_add_c(out, "Ended; the history stays.");
    } else if (a->state == STATE_DESIGNING) {
        str_add_c(out, "Being designed; e goes on.");
    } else {
        str_add_c(out, "No reminder is set; you can check in at any time (c).");
    }
}

static const char *draft_name(Stage stage)
{
    static const char *const NAMES[STAGE_COUNT] = {[STAGE_PREPARE] = "Preparation",
                                                   [STAGE_DESIGN] = "Design draft",
                                                   [STAGE_CHECK_IN] = "Draft",
                                                   [STAGE_REPAIR] = "Repair",
                                                   [STAGE_RENEW] = "Renewal",
                                                   [STAGE_CLOSE] = "Closing",
                                                   [STAGE_TEAM_DESIGN] = "Design draft",
                                                   [STAGE_TEAM_CHECK_IN] = "Draft"};
    return NAMES[stage];
}

static void add_draft(const AllianceRow *row, Str *out)
{
    if (!row->has_draft) return;
    str_addf(out, " %s waiting: %d of %d.", draft_name(row->draft_stage), row->draft_step, row->draft_steps);
}

static void add_short(const App *app, const AllianceRow *row, Str *out)
{
    app_due_words(app, row, out);
    if (row->has_draft && row->draft_stage == STAGE_CHECK_IN)
        str_addf(out, ", draft %d/%d", row->draft_step, row->draft_steps);
}

static void add_next(const AlliancePage *p, const App *app, CadenceWords words, Str *out)
{
    Due due = app_due(app, &p->detail.row);
    if (p->narrow)
        add_short(app, &p->detail.row, out);
    else if (due.state == DUE_NONE || due.state == DUE_PAUSED)
        add_calm(p, due, out);
    else
        add_due(p, due, words, out);
    if (!p->narrow) add_draft(&p->detail.row, out);
}

/* What the cadence hangs on is said in as many words as one line has room for. */
void overview_next(const AlliancePage *p, const App *app, Paper *out, int w)
{
    Str text;
    str_init(&text);
    heading(out, "NEXT");
    for (int words = CADENCE_WHOLE; words <= CADENCE_BARE; words++) {
        str_clear(&text);
        add_next(p, app, (CadenceWords)words, &text);
        if (text_width(str_view(&text)) <= w - TEXT_X - 1) break;
    }
    paper_wrap(out, TEXT_X, w - TEXT_X - 1, 3, ROLE_NORMAL, str_view(&text));
    str_finish(&text);
}

/* ---- OFFER ---- */

/* The command stands behind the sentence, or below it where it does not fit; it is never torn apart. */
static void write_offer(const Offer *o, bool brief, Paper *out, int w)
{
    Str text, command;
    TextLine line = {0};
    int end = 0;
    str_init(&text);
    str_init(&command);
    if (brief)
        str_add_c(&text, o->stage == STAGE_REPAIR ? "a repair talk" : "a renewal");
    else
        offers_words(o, &text);
    str_addf(&command, ": %s", stage_name(o->stage));
    if (w > PAPER_TEXT_MAX) w = PAPER_TEXT_MAX;
    paper_wrap(out, TEXT_X, w, 0, ROLE_NORMAL, str_view(&text));
    for (size_t pos = 0; text_wrap(str_view(&text), pos, w, &line); pos = line.next)
        end = text_width(sv_n(text.buf + line.start, line.end - line.start));
    if (end + 2 + (int)command.len > w) {
        paper_line(out);
        end = -2;
    }
    paper_put(out, TEXT_X + end + 2, w - end - 2, ROLE_NORMAL, str_view(&command));
    str_finish(&text);
    str_finish(&command);
}

void overview_offers(const AlliancePage *p, Paper *out, int w, bool brief)
{
    for (size_t i = 0; i < p->offer_count; i++) {
        paper_line(out);
        if (i == 0) heading(out, "OFFER");
        write_offer(&p->offers[i], brief, out, w - TEXT_X - 1);
    }
}

/* ---- LAST ---- */

void overview_last(const AlliancePage *p, Paper *out, int w)
{
    Str text;
    const AllianceDetail *d = &p->detail;
    bool narrow = p->narrow;
    str_init(&text);
    heading(out, "LAST");
    if (d->check_in_count == 0) {
        str_add_c(&text, narrow ? "none yet" : "No check-ins yet.  c Do the first one (5 minutes)");
    } else if (narrow) {
        date_print_day(&text, instant_date(d->check_ins[0].at), p->today);
        if (d->check_ins[0].trust) str_addf(&text, ", trust %d", d->check_ins[0].trust);
    } else {
        date_print_long(&text, instant_date(d->check_ins[0].at));
        if (d->last_quote[0]) str_addf(&text, ": \"%s\"", d->last_quote);
    }
    paper_wrap(out, TEXT_X, w - TEXT_X - 1, narrow ? 1 : 2, ROLE_NORMAL, str_view(&text));
    str_finish(&text);
}

/* ---- TRUST ---- */

typedef struct {
    int trust[TRUST_HISTORY];
    Date day[TRUST_HISTORY];
    int n;
} Ratings;

/* The newest that fit, oldest first. */
static Ratings ratings_of(const AlliancePage *p, int w)
{
    const AllianceDetail *d = &p->detail;
    Ratings r = {.n = (w - TEXT_X - 3) / CHART_STEP};
    if (r.n > TRUST_HISTORY) r.n = TRUST_HISTORY;
    if (r.n < 0) r.n = 0;
    if (r.n > (int)d->check_in_count) r.n = (int)d->check_in_count;
    for (int i = 0; i < r.n; i++) {
        const CheckIn *c = &d->check_ins[r.n - 1 - i];
        r.trust[i] = c->trust;
        r.day[i] = instant_date(c->at);
    }
    return r;
}

/* Charts are painted; a paper takes the picture line by line. */
static void write_chart(const Ratings *r, Paper *out)
{
    Canvas c;
    Str picture;
    canvas_init(&c, 2 + CHART_STEP * TRUST_HISTORY, TRUST_MAX);
    c.ascii = out->ascii;
    str_init(&picture);
    int rows = chart_trust_bars(&c, 0, 0, r->trust, (size_t)r->n);
    canvas_print(&c, &picture);
    StrView rest = str_view(&picture);
    for (int i = 0; i < rows; i++) {
        paper_line(out);
        paper_put(out, TEXT_X, c.w, ROLE_NORMAL, sv_cut(&rest, '\n'));
    }
    str_finish(&picture);
    canvas_finish(&c);
}

static void add_legend(const AlliancePage *p, const Ratings *r, int i, Str *out)
{
    date_print_day(out, r->day[i], p->today);
    if (r->trust[i])
        str_addf(out, " %d", r->trust[i]);
    else
        str_add_c(out, " -");
}

static int legend_width(const AlliancePage *p, const Ratings *r)
{
    int widest = 0;
    Str s;
    str_init(&s);
    for (int i = 0; i < r->n; i++) {
        str_clear(&s);
        add_legend(p, r, i, &s);
        if ((int)s.len > widest) widest = (int)s.len;
    }
    str_finish(&s);
    return widest;
}

static void add_now(const AlliancePage *p, const Ratings *r, Str *out)
{
    int mostly = trust_mostly(r->trust, (size_t)r->n);
    str_addf(out, "now %d", p->detail.row.alliance.last_trust);
    if (mostly) str_addf(out, ", mostly %d", mostly);
}

/* One line of the legend: the dates run down the columns, so that time reads as in the chart. */
static void write_legend_row(const AlliancePage *p, const Ratings *r, Paper *out, int x, int row, int rows)
{
    Str s;
    int step = legend_width(p, r) + LEGEND_GAP;
    str_init(&s);
    for (int i = row, column = 0; i < r->n; i += rows, column++) {
        str_clear(&s);
        add_legend(p, r, i, &s);
        paper_put(out, x + column * step + step - LEGEND_GAP - (int)s.len, step, ROLE_NORMAL, str_view(&s));
    }
    str_finish(&s);
}

static void write_legend(const AlliancePage *p, const Ratings *r, Paper *out, int w, int chart_line)
{
    int x = TEXT_X + 2 + CHART_STEP * r->n + 2, step = legend_width(p, r) + LEGEND_GAP;
    bool beside = w - x >= 2 * step;
    if (!beside) x = TEXT_X;
    int columns = (w - x - 1 + LEGEND_GAP) / step, end = out->lines;
    int rows = columns > 0 ? (r->n + columns - 1) / columns : r->n;
    if (beside) out->lines = chart_line;
    for (int row = 0; row < rows; row++) {
        paper_line(out);
        write_legend_row(p, r, out, x, row, rows);
    }
    Str s;
    str_init(&s);
    add_now(p, r, &s);
    paper_line(out);
    paper_put(out, x, w - x - 1, ROLE_NORMAL, str_view(&s));
    if (out->lines < end) out->lines = end;
    str_finish(&s);
}

void overview_trust(const AlliancePage *p, Paper *out, int w)
{
    Ratings r = ratings_of(p, w);
    heading(out, "TRUST");
    if (p->detail.row.alliance.last_trust == 0) {
        paper_put(out, TEXT_X, w - TEXT_X - 1, ROLE_NORMAL, SV("not rated yet"));
        return;
    }
    Str s;
    str_init(&s);
    str_addf(&s, "as I felt it, last %d of %zu check-ins", r.n, p->detail.check_ins_total);
    paper_wrap(out, TEXT_X, w - TEXT_X - 1, 2, ROLE_NORMAL, str_view(&s));
    str_finish(&s);
    int chart_line = out->lines;
    write_chart(&r, out);
    write_legend(p, &r, out, w, chart_line);
}

/* ---- OPEN ---- */

/* Columns are as wide as what stands in them. */
typedef struct {
    int who, due;
} OpenColumns;

static OpenColumns open_columns(const AlliancePage *p)
{
    OpenColumns k = {.who = page_who_width(p), .due = 0};
    Str s;
    str_init(&s);
    for (size_t i = 0; i < p->detail.commitment_count; i++) {
        if (p->detail.commitments[i].commitment.state != COMMITMENT_OPEN) continue;
        str_clear(&s);
        page_due_words(p, &p->detail.commitments[i].commitment, &s);
        if ((int)s.len > k.due) k.due = (int)s.len;
    }
    str_finish(&s);
    return k;
}

static void write_open(const AlliancePage *p, const Commitment *c, OpenColumns k, Paper *out, int w)
{
    Str due;
    int mark = TEXT_X + k.who + 1, x = mark + 4, room = w - x - 1 - (p->narrow ? 0 : k.due + 2);
    str_init(&due);
    page_due_words(p, c, &due);
    paper_put(out, TEXT_X, k.who, ROLE_NORMAL, sv(page_side(p, c->side)));
    paper_put(out, mark, 3, ROLE_NORMAL, SV("[ ]"));
    if (!p->narrow) paper_put(out, x + room + 2, k.due, ROLE_NORMAL, str_view(&due));
    paper_wrap(out, x, room, 2, ROLE_NORMAL, sv(c->text));
    if (p->narrow) {
        paper_line(out);
        paper_put(out, x, w - x - 1, ROLE_NORMAL, str_view(&due));
    }
    str_finish(&due);
}

static void add_records(const AlliancePage *p, Str *out)
{
    for (Side side = SIDE_ME; side < SIDE_COUNT; side++) {
        Record r = p->detail.kept[side];
        if (r.of == 0) continue;
        str_addf(out, "%s%s %d of %d", out->len ? ", " : "kept so far: ", page_side(p, side), r.kept, r.of);
    }
}

static void write_records(const AlliancePage *p, Paper *out, int w)
{
    Str s;
    str_init(&s);
    add_records(p, &s);
    if (s.len > 0) {
        paper_line(out);
        paper_wrap(out, TEXT_X, w - TEXT_X - 1, 0, ROLE_NORMAL, str_view(&s));
    }
    str_finish(&s);
}

void overview_open(const AlliancePage *p, Paper *out, int w)
{
    const AllianceDetail *d = &p->detail;
    OpenColumns k = open_columns(p);
    int total = 0, shown = 0;
    for (Side side = SIDE_ME; side < SIDE_COUNT; side++) total += d->row.open[side];
    heading(out, "OPEN");
    if (total == 0)
        paper_wrap(out, TEXT_X, w - TEXT_X - 1, 0, ROLE_NORMAL, SV("Nothing is open.  n Note one"));
    for (size_t i = 0; i < d->commitment_count && shown < OPEN_SHOWN; i++) {
        if (d->commitments[i].commitment.state != COMMITMENT_OPEN) continue;
        if (shown++ > 0) paper_line(out);
        write_open(p, &d->commitments[i].commitment, k, out, w);
    }
    if (total > shown) {
        Str more;
        str_init(&more);
        str_addf(&more, "and %d more (4 Commitments)", total - shown);
        paper_line(out);
        paper_put(out, TEXT_X, w - TEXT_X - 1, ROLE_NORMAL, str_view(&more));
        str_finish(&more);
    }
    write_records(p, out, w);
}

void overview_counts(const AlliancePage *p, Paper *out, int w)
{
    Str s;
    const int *open = p->detail.row.open;
    str_init(&s);
    heading(out, "OPEN");
    for (Side side = SIDE_ME; side < SIDE_COUNT; side++)
        if (open[side] > 0) str_addf(&s, "%s%s %d", s.len ? ", " : "", page_side(p, side), open[side]);
    paper_put(out, TEXT_X, w - TEXT_X - 1, ROLE_NORMAL, s.len ? str_view(&s) : SV("nothing"));
    str_finish(&s);
}

/* ---- AGREEMENT ---- */

static void add_talked(const AlliancePage *p, const Version *v, Str *out)
{
    if (v->talked == TALKED_NOT_YET) {
        str_add_c(out, ", mine only");
        return;
    }
    str_addf(out, ", talked %s with %s", v->talked == TALKED_PARTLY ? "partly through" : "through",
             p->partner);
    if (v->talked_on == DATE_NONE) return;
    str_add_c(out, " on ");
    date_print_day(out, v->talked_on, p->today);
}

static void write_term(const AlliancePage *p, Section section, const char *label, Paper *out, int w)
{
    const AllianceDetail *d = &p->detail;
    for (size_t i = 0; i < d->in_force_count; i++) {
        const Term *t = d->in_force[i];
        if (t->section != section) continue;
        paper_line(out);
        paper_put(out, 3, 13, ROLE_NORMAL, sv(label));
        paper_wrap(out, 16, w - 17, 2, ROLE_NORMAL, sv(t->text));
        return;
    }
}

static void write_review(const AlliancePage *p, Paper *out, int w)
{
    if (!p->detail.has_review) return;
    Str s;
    str_init(&s);
    str_add_c(&s, "you planned to look at it again by ");
    date_print_day(&s, p->detail.row.alliance.review_on, p->today);
    paper_line(out);
    paper_put(out, 3, 13, ROLE_NORMAL, SV("Review"));
    paper_wrap(out, 16, w - 17, 2, ROLE_NORMAL, str_view(&s));
    str_finish(&s);
}

void overview_agreement(const AlliancePage *p, Paper *out, int w)
{
    Str s;
    int version = p->detail.row.alliance.version;
    str_init(&s);
    paper_put(out, 1, 10, ROLE_STRONG, SV("AGREEMENT"));
    if (version == 0 || (size_t)version > p->detail.version_count) {
        str_addf(&s, "none with %s yet.  e Begin", p->partner);
        paper_wrap(out, 12, w - 13, 0, ROLE_NORMAL, str_view(&s));
    } else {
        const Version *v = &p->detail.versions[version - 1];
        str_addf(&s, "version %d, since ", version);
        date_print_day(&s, instant_date(v->since), p->today);
        add_talked(p, v, &s);
        paper_wrap(out, 12, w - 13, 0, ROLE_NORMAL, str_view(&s));
        write_term(p, SECTION_PURPOSE, "Purpose", out, w);
        write_term(p, SECTION_HARD_MOMENTS, "Hard moments", out, w);
        write_review(p, out, w);
    }
    str_finish(&s);
}
