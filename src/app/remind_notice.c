#include "remind_own.h"

#include <assert.h>
#include <entente/json.h>
#include <entente/mem.h>
#include <entente/text.h>
#include <stdlib.h>
#include <string.h>

enum { TITLE_CELLS = 120, LINE_CELLS = 160, LINES_MAX = 20 };

/* ---- counts, which give nobody away ---- */

typedef struct {
    size_t of[AGENDA_KIND_COUNT];
    size_t all;
} Counts;

static void count_in(Counts *c, const Matter *m)
{
    c->of[m->item->kind]++;
    c->all++;
}

/* Those whose day lies in [from, to]. */
static Counts count(const Matter *matters, size_t n, Date from, Date to)
{
    Counts c = {{0}, 0};
    for (size_t i = 0; i < n; i++) {
        const AgendaItem *item = matters[i].item;
        if (item->day < from || item->day > to) continue;
        count_in(&c, &matters[i]);
    }
    return c;
}

/* What is due by now and told for the first time, or again. */
static Counts count_due(const NoticeAbout *a, bool again)
{
    Counts c = {{0}, 0};
    for (size_t i = 0; i < a->count; i++)
        if (a->matters[i].item->day <= a->today && (a->matters[i].round > 0) == again)
            count_in(&c, &a->matters[i]);
    return c;
}

/* What is due by now, told before or not. */
static Counts waiting(const NoticeAbout *a)
{
    return count(a->all, a->all_count, INT32_MIN, a->today);
}

/* "2 check-ins, 1 commitment and 1 review"; "2 more check-ins and 1 commitment" where `told` has check-ins.
 */
static void add_counts(Str *out, const Counts *c, const Counts *told)
{
    size_t left = c->all;
    for (AgendaKind k = AGENDA_CHECK_IN; k < AGENDA_KIND_COUNT; k++) {
        if (c->of[k] == 0) continue;
        if (left != c->all) str_add_c(out, left == c->of[k] ? " and " : ", ");
        str_addf(out, "%zu %s%s%s", c->of[k], told && told->of[k] ? "more " : "", agenda_kind_name(k),
                 c->of[k] == 1 ? "" : "s");
        left -= c->of[k];
    }
}

/* As `entente status` says it. */
static void add_total(Str *out, const char *what, const Counts *c)
{
    const char *before = what;
    for (AgendaKind k = AGENDA_CHECK_IN; k < AGENDA_KIND_COUNT; k++) {
        if (c->of[k] == 0) continue;
        str_addf(out, "%s%zu %s%s", before, c->of[k], agenda_kind_name(k), c->of[k] == 1 ? "" : "s");
        before = ", ";
    }
    str_add_char(out, '.');
}

/* What is still ahead is never called due. */
static void add_ahead(Str *out, Date day, Date today)
{
    if (day == today + 1)
        str_add_c(out, "Tomorrow");
    else
        date_print_short(out, day, today);
    str_add_c(out, ": ");
}

static void add_due(Str *out, const Counts *c, const Counts *told, const char *due)
{
    if (c->all == 0) return;
    if (out->len) str_add_c(out, ", ");
    add_counts(out, c, told);
    str_addf(out, " %s %s", c->all == 1 ? "is" : "are", due);
}

/* What was told before and is not told again. */
static Counts told_before(const NoticeAbout *a, const Counts *due)
{
    Counts told = waiting(a);
    for (AgendaKind k = AGENDA_CHECK_IN; k < AGENDA_KIND_COUNT; k++) told.of[k] -= due->of[k];
    told.all -= due->all;
    return told;
}

static void count_title(Str *out, const NoticeAbout *a)
{
    const Matter *matters = a->matters;
    Date last = matters[a->count - 1].item->day;
    Counts due = count(matters, a->count, INT32_MIN, a->today);
    Counts ahead = count(matters, a->count, a->today + 1, INT32_MAX);
    if (due.all) {
        Counts fresh = count_due(a, false), again = count_due(a, true), told = told_before(a, &due);
        add_due(out, &fresh, &told, "due");
        add_due(out, &again, NULL, "still due");
        if (ahead.all == 1) str_add_c(out, ", 1 thing is coming");
        if (ahead.all > 1) str_addf(out, ", %zu things are coming", ahead.all);
        return;
    }
    if (matters[0].item->day == last)
        add_ahead(out, last, a->today);
    else
        str_add_c(out, "Soon: ");
    add_counts(out, &ahead, NULL);
}

/* A line for what waits besides, and one for each day ahead that the title leaves out. */
static void count_body(Str *out, const NoticeAbout *a)
{
    Date first = a->matters[0].item->day, last = a->matters[a->count - 1].item->day;
    Counts all = waiting(a), due = count(a->matters, a->count, INT32_MIN, a->today);
    if (all.all > due.all) add_total(out, due.all ? "In all: " : "Still waiting: ", &all);
    if (first > a->today && first == last) return;
    for (size_t i = 0; i < a->count; i++) {
        Date day = a->matters[i].item->day;
        if (day <= a->today || (i > 0 && a->matters[i - 1].item->day == day)) continue;
        Counts c = count(a->matters, a->count, day, day);
        if (out->len) str_add_char(out, '\n');
        add_ahead(out, day, a->today);
        add_counts(out, &c, NULL);
        str_add_char(out, '.');
    }
}

/* ---- one thing by its name ---- */

/* What to do; its first letter small where it goes on after a colon. */
static void add_what(Str *out, const Matter *m, bool small)
{
    const AgendaItem *item = m->item;
    switch (item->kind) {
    case AGENDA_CHECK_IN: str_addf(out, "%check in with %s", small ? 'c' : 'C', item->name); break;
    case AGENDA_COMMITMENT:
        if (m->hidden)
            str_addf(out, "%c commitment with %s", small ? 'a' : 'A', item->name);
        else
            str_add_c(out, item->commitment->commitment.text);
        break;
    case AGENDA_REVIEW:
        str_addf(out, "%cook at the agreement with %s again", small ? 'l' : 'L', item->name);
        break;
    case AGENDA_KIND_COUNT: assert(false);
    }
}

static void named_title(Str *out, const Matter *m, Date today)
{
    const AgendaItem *item = m->item;
    bool after_colon = item->day > today || item->kind == AGENDA_COMMITMENT;
    if (item->day > today) {
        add_ahead(out, item->day, today);
    } else if (item->kind == AGENDA_COMMITMENT) {
        str_add_c(out, item->day == today ? "Due today" : "Was due ");
        if (item->day < today) date_print_short(out, item->day, today);
        str_add_c(out, ": ");
    }
    add_what(out, m, after_colon);
}

static void add_when(Str *out, const AgendaItem *item, const char *is, const char *was, Date today)
{
    if (item->day > today) return;
    str_add_c(out, item->day == today ? is : was);
    if (item->day == today)
        str_add_c(out, "today");
    else
        date_print_short(out, item->day, today);
    str_add_c(out, ".");
}

static void add_cadence(Str *out, const Cadence *cadence)
{
    if (cadence->kind == CADENCE_NONE) return;
    if (out->len) str_add_char(out, ' ');
    size_t at = out->len;
    cadence_print_words(out, cadence);
    if (out->buf[at] >= 'a' && out->buf[at] <= 'z') out->buf[at] = (char)(out->buf[at] - 'a' + 'A');
    str_add_char(out, '.');
}

static void named_body(Str *out, const AgendaItem *item, Date today)
{
    switch (item->kind) {
    case AGENDA_CHECK_IN:
        add_when(out, item, "Due ", "Was due ", today);
        if (item->row) add_cadence(out, &item->row->alliance.cadence);
        break;
    case AGENDA_COMMITMENT:
        if (item->commitment->commitment.side == SIDE_BOTH)
            str_addf(out, "For both of you, with %s.", item->name);
        else
            str_addf(out, "Yours, with %s.", item->name);
        break;
    case AGENDA_REVIEW: add_when(out, item, "Planned for ", "Was planned for ", today); break;
    case AGENDA_KIND_COUNT: assert(false);
    }
}

/* ---- several by their names ---- */

static void add_list_line(Str *out, const Matter *m, Date today)
{
    const AgendaItem *item = m->item;
    add_what(out, m, false);
    if (item->kind == AGENDA_COMMITMENT && !m->hidden) str_addf(out, " (with %s)", item->name);
    str_add_c(out, ", ");
    if (item->day < today) str_add_c(out, "was due ");
    if (item->day == today || item->day == today + 1)
        str_add_c(out, item->day == today ? "today" : "tomorrow");
    else
        date_print_short(out, item->day, today);
}

static void list_body(Str *out, const Matter *matters, size_t n, Date today)
{
    Str line;
    str_init(&line);
    size_t shown = n > LINES_MAX ? LINES_MAX - 1 : n;
    for (size_t i = 0; i < shown; i++) {
        str_clear(&line);
        add_list_line(&line, &matters[i], today);
        if (i) str_add_char(out, '\n');
        text_ellipsis(out, str_view(&line), LINE_CELLS, false);
    }
    if (shown < n) str_addf(out, "\nand %zu more", n - shown);
    str_finish(&line);
}

static bool is_new(const NoticeAbout *a, const Matter *m)
{
    bool is = false;
    for (size_t i = 0; i < a->count; i++) is = is || a->matters[i].item == m->item;
    return is;
}

/* What was told before and is due still. */
static void waiting_body(Str *out, const NoticeAbout *a)
{
    Matter *told = mem_zalloc(a->all_count + 1, sizeof *told);
    size_t n = 0;
    for (size_t i = 0; i < a->all_count; i++)
        if (a->all[i].item->day <= a->today && !is_new(a, &a->all[i])) told[n++] = a->all[i];
    if (n) {
        str_addf(out, "%sStill waiting:\n", out->len ? "\n" : "");
        list_body(out, told, n, a->today);
    }
    free(told);
}

/* ---- for machines ---- */

static uint64_t matter_hash(const Matter *m)
{
    Str key;
    str_init(&key);
    str_addf(&key, "%s %lld %d %d", agenda_kind_name(m->item->kind), (long long)agenda_matter(m->item),
             (int)m->item->day, m->round);
    uint64_t hash = sv_hash(str_view(&key));
    str_finish(&key);
    return hash;
}

/* The sum does not depend on the order, which a new name may change. */
static const char *notice_id(Arena *arena, const Matter *matters, size_t n)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < n; i++) sum += matter_hash(&matters[i]);
    return arena_strf(arena, "%016llx", (unsigned long long)sum);
}

static void put_item(JsonWriter *w, const Matter *m, bool names, Date today)
{
    const AgendaItem *item = m->item;
    Str due;
    str_init(&due);
    date_print_iso(&due, item->day);
    json_open(w, NULL, '{');
    json_put_text(w, "kind", agenda_kind_name(item->kind));
    json_put_text(w, "due", due.buf);
    json_put_int(w, "days", item->day - today);
    json_put_id(w, "alliance_id", item->alliance);
    if (item->kind == AGENDA_COMMITMENT) json_put_id(w, "commitment_id", agenda_matter(item));
    if (names) {
        json_put_text(w, "alliance", item->name);
        if (item->kind == AGENDA_COMMITMENT && !m->hidden)
            json_put_text(w, "text", item->commitment->commitment.text);
    }
    json_close(w, '}');
    str_finish(&due);
}

static void put_counts(JsonWriter *w, size_t check_ins, size_t commitments, size_t reviews)
{
    json_put_int(w, "check_ins", (int64_t)check_ins);
    json_put_int(w, "commitments", (int64_t)commitments);
    json_put_int(w, "reviews", (int64_t)reviews);
}

static const char *notice_json(Arena *arena, const Notice *notice, const NoticeAbout *a)
{
    Counts all = waiting(a);
    Str out;
    str_init(&out);
    JsonWriter w = json_writer(&out);
    json_open(&w, NULL, '{');
    json_put_int(&w, "version", 1);
    json_put_text(&w, "id", notice->id);
    json_put_bool(&w, "test", notice->test);
    json_put_text(&w, "title", notice->title);
    json_put_text(&w, "body", notice->body);
    put_counts(&w, notice->check_ins, notice->commitments, notice->reviews);
    json_open(&w, "items", '[');
    for (size_t i = 0; i < a->count; i++) put_item(&w, &a->matters[i], a->names, a->today);
    json_close(&w, ']');
    json_open(&w, "waiting", '{');
    put_counts(&w, all.of[AGENDA_CHECK_IN], all.of[AGENDA_COMMITMENT], all.of[AGENDA_REVIEW]);
    json_close(&w, '}');
    json_close(&w, '}');
    const char *json = arena_str(arena, str_view(&out));
    str_finish(&out);
    return json;
}

/* ---- the whole ---- */

static const char *clean(Arena *arena, const Str *text, bool keep_lines)
{
    Str shown;
    str_init(&shown);
    if (keep_lines)
        text_clean(&shown, str_view(text), true);
    else
        text_ellipsis(&shown, str_view(text), TITLE_CELLS, false);
    const char *kept = arena_str(arena, str_view(&shown));
    str_finish(&shown);
    return kept;
}

/* Among notices of their own what waits has had its own; in a digest it stands below what is new. */
static void write_words(const NoticeAbout *a, Str *title, Str *body)
{
    if (a->names && a->count == 1) {
        named_title(title, &a->matters[0], a->today);
        named_body(body, a->matters[0].item, a->today);
    } else {
        count_title(title, a);
        if (a->names)
            list_body(body, a->matters, a->count, a->today);
        else
            count_body(body, a);
    }
    if (a->names && a->digest) waiting_body(body, a);
}

void notice_make(Arena *arena, const NoticeAbout *a, Notice *ret)
{
    assert(a->count > 0);
    Counts fresh = count(a->matters, a->count, INT32_MIN, INT32_MAX);
    Str title, body;
    str_init(&title);
    str_init(&body);
    write_words(a, &title, &body);
    *ret = (Notice){.id = notice_id(arena, a->matters, a->count),
                    .title = clean(arena, &title, false),
                    .body = clean(arena, &body, true),
                    .check_ins = fresh.of[AGENDA_CHECK_IN],
                    .commitments = fresh.of[AGENDA_COMMITMENT],
                    .reviews = fresh.of[AGENDA_REVIEW]};
    ret->json = notice_json(arena, ret, a);
    str_finish(&title);
    str_finish(&body);
}

void notice_make_test(Arena *arena, Notice *ret)
{
    *ret = (Notice){.id = "test",
                    .title = "A test reminder from entente",
                    .body = "This is how reminders will arrive.",
                    .test = true};
    ret->json = notice_json(arena, ret, &(NoticeAbout){0});
}
