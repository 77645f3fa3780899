#include "home.h"

#include <entente/remind.h>
#include <entente/text.h>

#include "offers.h"

enum { PAGE = 32 }; /* as many as a usual screen shows: the first frame pays for each */

static AllianceFilter filter_of(HomeShow show)
{
    AllianceFilter f = {0};
    if (show == HOME_TRASH) f.trashed = true;
    if (show == HOME_ENDED) {
        f.has_state = true;
        f.state = STATE_ENDED;
        f.ended = true;
    }
    return f;
}

/* The parts are kept apart by line feeds, which no folded word holds. */
static const char *folded(Arena *arena, const AllianceRow *row)
{
    Str s;
    str_init(&s);
    text_fold(&s, sv(row->alliance.name));
    str_add_char(&s, '\n');
    text_fold(&s, sv(row->alliance.role));
    for (size_t i = 0; i < row->tag_count; i++) {
        str_add_char(&s, '\n');
        text_fold(&s, sv(row->tags[i]));
    }
    const char *kept = arena_str(arena, str_view(&s));
    str_finish(&s);
    return kept;
}

static bool load_page(Home *h, App *app, Error *err)
{
    AllianceFilter filter = filter_of(h->show);
    AllianceCursor after = h->next, next = {0};
    AllianceRow *rows;
    size_t n;
    if (!app_alliances(app, &filter, &after, PAGE, &h->arena, &rows, &n, &next, err)) return false;
    for (size_t i = 0; i < n; i++) vec_push(&h->rows, (HomeRow){rows[i], folded(&h->arena, &rows[i])});
    h->next = next;
    return true;
}

bool home_filtered(const Home *h)
{
    return editor_text(h->find).len > 0;
}

const AllianceRow *home_selected(const Home *h)
{
    return h->shown.len ? &h->rows.at[h->shown.at[h->list.selected]].row : NULL;
}

void home_filter(Home *h)
{
    Str query;
    str_init(&query);
    text_fold(&query, editor_text(h->find));
    h->shown.len = 0;
    for (size_t i = 0; i < h->rows.len; i++)
        if (text_has_words(sv(h->rows.at[i].folded), str_view(&query))) vec_push(&h->shown, i);
    list_set_count(&h->list, h->shown.len, h->next.set);
    str_finish(&query);
}

static void select_id(Home *h, Id id)
{
    for (size_t i = 0; i < h->shown.len; i++)
        if (h->rows.at[h->shown.at[i]].row.alliance.id == id) list_select(&h->list, i);
}

/* A filter is honest about all alliances, not just those on the first page. */
static bool wants_more(const Home *h, size_t at_least)
{
    return h->next.set && (h->rows.len < at_least || home_filtered(h));
}

bool home_load_all(Home *h, App *app, Error *err)
{
    while (h->next.set)
        if (!load_page(h, app, err)) return false;
    home_filter(h);
    return true;
}

bool home_load_more(Home *h, App *app, Error *err)
{
    bool more = list_wants_more(&h->list) || wants_more(h, 0);
    if (!more) return true;
    do {
        if (!load_page(h, app, err)) return false;
    } while (wants_more(h, 0));
    home_filter(h);
    return true;
}

static bool load_rows(Home *h, App *app, size_t at_least, Error *err)
{
    do {
        if (!load_page(h, app, err)) return false;
    } while (wants_more(h, at_least));
    str_clear(&h->today);
    if (h->show == HOME_ENDED)
        str_add_c(&h->today, "ENDED ALLIANCES. What was agreed and said stays on their pages.");
    if (h->show == HOME_TRASH) str_add_c(&h->today, "THE TRASH. What lies here can come back.");
    return h->show != HOME_ALL || app_today_sentence(app, &h->today, err);
}

/* What cannot be read now is no trouble of its own: the rows say it. */
static void read_trouble(Home *h, App *app)
{
    Error err = {0};
    str_clear(&h->trouble);
    app_remind_trouble(app, &h->trouble, &err);
}

/* The old rows stay until all new ones are there. */
bool home_load(Home *h, App *app, Error *err)
{
    const AllianceRow *selected = home_selected(h);
    Id id = selected ? selected->alliance.id : 0;
    Home old = *h;
    h->arena = (Arena){0};
    h->rows.at = NULL;
    h->rows.len = h->rows.cap = 0;
    h->next = (AllianceCursor){0};
    bool ok = load_rows(h, app, old.rows.len, err);
    if (ok) {
        arena_finish(&old.arena);
        vec_finish(&old.rows);
        h->detail_of = 0;
        h->agenda.rows = 0;
    } else {
        arena_finish(&h->arena);
        vec_finish(&h->rows);
        h->arena = old.arena;
        h->rows.at = old.rows.at;
        h->rows.len = old.rows.len;
        h->rows.cap = old.rows.cap;
        h->next = old.next;
    }
    h->unnamed = ok && h->rows.len == 0 && h->show == HOME_ALL && offers_unnamed(app, &h->unnamed_saved);
    if (ok) read_trouble(h, app);
    home_filter(h);
    if (id) select_id(h, id);
    return ok;
}

void home_load_detail(Home *h, App *app)
{
    const AllianceRow *row = home_selected(h);
    if (!row || h->detail_of == row->alliance.id) return;
    arena_reset(&h->detail_arena);
    h->detail = (AllianceDetail){0};
    Error err = {0};
    h->detail_of =
        app_detail(app, row->alliance.id, &h->detail_arena, &h->detail, &err) ? row->alliance.id : 0;
}
