#include "home.h"

#include <entente/remind.h>
#include <entente/text.h>
#include <string.h>

#include "home_tabs.h"

enum { QUERY_MAX = 200 };

/* ---- life ---- */

/* Even where the journal cannot be read there is a Home that says so. */
static bool open(View *v, Ui *ui, const void *arg, Error *err)
{
    Home *h = v->state;
    Error read = {0};
    (void)arg;
    (void)err;
    str_init(&h->today);
    str_init(&h->trouble);
    h->find = editor_new(true, QUERY_MAX);
    if (!home_load(h, ui_app(ui), &read)) ui_say_error(ui, &read);
    return true;
}

static bool reload(View *v, Ui *ui, Error *err)
{
    return home_load(v->state, ui_app(ui), err);
}

static void close(View *v)
{
    Home *h = v->state;
    editor_free(h->find);
    str_finish(&h->today);
    str_finish(&h->trouble);
    vec_finish(&h->rows);
    vec_finish(&h->shown);
    arena_finish(&h->arena);
    arena_finish(&h->detail_arena);
    arena_finish(&h->agenda.arena);
}

static unsigned where(const View *v)
{
    const Home *h = v->state;
    return h->finding ? ON_FIND | ON_HOME : ON_HOME;
}

static bool typing(const View *v)
{
    const Home *h = v->state;
    return h->finding;
}

static Id alliance(const View *v)
{
    const AllianceRow *row = home_selected(v->state);
    return row ? row->alliance.id : 0;
}

/* ---- words ---- */

static bool all_paused(const Home *h)
{
    for (size_t i = 0; i < h->rows.len; i++)
        if (h->rows.at[i].row.alliance.state != STATE_PAUSED) return false;
    return h->rows.len > 0 && !h->next.set;
}

static void filter_words(const Home *h, Str *out)
{
    StrView query = editor_text(h->find);
    int len = (int)query.len;
    if (h->shown.len == 0)
        str_addf(out, "Filter \"%.*s\" hides all %zu%s.  Esc clears it", len, query.ptr, h->rows.len,
                 h->next.set ? " read so far" : "");
    else
        str_addf(out, "Filter \"%.*s\": %zu of %zu. Esc clears", len, query.ptr, h->shown.len, h->rows.len);
}

static void add_unnamed(const Home *h, Str *out)
{
    str_add_c(out, "The draft of a new alliance from ");
    date_print_day(out, h->unnamed_saved, h->unnamed_saved);
    str_add_c(out, " is waiting.  n Go on with it");
}

void home_empty_words(const Home *h, Str *out)
{
    if (home_filtered(h) && h->rows.len > 0)
        filter_words(h, out);
    else if (h->show == HOME_TRASH)
        str_add_c(out, "The trash is empty.");
    else if (h->show == HOME_ENDED)
        str_add_c(out, "No alliance has ended.");
    else if (h->unnamed)
        add_unnamed(h, out);
    else
        str_add_c(out, "No alliances yet.  n Design one (about 15 minutes)   : demo  Look around");
}

/* Where it does not fit, the page that says all of it is still named. */
static void trouble_words(const Home *h, const Ui *ui, Str *out)
{
    int w, height;
    StrView words = str_view(&h->trouble), more = SV(": reminders");
    ui_size(ui, &w, &height);
    w -= 2;
    if (text_width(words) <= w) {
        str_add(out, words);
        return;
    }
    words.len -= words.len > strlen(REMIND_MORE) ? strlen(REMIND_MORE) : 0;
    text_ellipsis(out, words, w - text_width(more) - 1, ui_ascii(ui));
    str_add_char(out, ' ');
    str_add(out, more);
}

static void status_words(const Home *h, const Ui *ui, Str *out)
{
    if (home_filtered(h))
        filter_words(h, out);
    else if (h->show == HOME_TRASH)
        str_add_c(out, "The trash.  Enter brings the selected one back  Esc All alliances");
    else if (h->show == HOME_ENDED)
        str_add_c(out, "Ended alliances.  Esc All alliances");
    else if (h->trouble.len)
        trouble_words(h, ui, out);
    else if (all_paused(h))
        str_addf(out, "All %zu alliances are paused.  p wakes the selected one.", h->rows.len);
}

static void frame(const View *v, const Ui *ui, Frame *f)
{
    home_tabs_frame(ui, HOME_ALLIANCES, f);
    status_words(v->state, ui, &f->status);
}

/* ---- commands ---- */

static void open_selected(Home *h, Ui *ui)
{
    const AllianceRow *row = home_selected(h);
    if (!row) {
        Str words;
        str_init(&words);
        home_empty_words(h, &words);
        ui_say(ui, "%s", words.buf);
        str_finish(&words);
    } else if (h->show == HOME_TRASH) {
        ui_run(ui, CMD_RESTORE);
    } else {
        ui_push(ui, &VIEW_ALLIANCE, &(AllianceArg){.alliance = row->alliance.id});
    }
}

static void read_again(Home *h, Ui *ui)
{
    Error err = {0};
    if (!home_load(h, ui_app(ui), &err)) ui_say_error(ui, &err);
}

static void show(Home *h, Ui *ui, HomeShow what)
{
    h->show = h->show == what ? HOME_ALL : what;
    list_select(&h->list, 0);
    read_again(h, ui);
}

static void filter_changed(Home *h, Ui *ui)
{
    Error err = {0};
    list_select(&h->list, 0);
    home_filter(h);
    if (!home_load_more(h, ui_app(ui), &err)) ui_say_error(ui, &err);
}

/* One layer at a time: the filter, a special list. */
static EventResult back(Home *h, Ui *ui)
{
    if (h->finding || home_filtered(h)) {
        h->finding = false;
        editor_set(h->find, SV(""));
        filter_changed(h, ui);
        return EV_HANDLED;
    }
    if (h->show != HOME_ALL) {
        show(h, ui, HOME_ALL);
        return EV_HANDLED;
    }
    return EV_IGNORED;
}

static EventResult command(View *v, Ui *ui, CommandId id)
{
    Home *h = v->state;
    switch (id) {
    case CMD_OPEN: open_selected(h, ui); return EV_HANDLED;
    case CMD_FIND: h->finding = true; return EV_HANDLED;
    case CMD_BACK: return back(h, ui);
    case CMD_SHOW_ENDED: show(h, ui, HOME_ENDED); return EV_HANDLED;
    case CMD_SHOW_TRASH: show(h, ui, HOME_TRASH); return EV_HANDLED;
    default: return home_tabs_command(ui, HOME_ALLIANCES, id) ? EV_HANDLED : EV_IGNORED;
    }
}

/* ---- events ---- */

/* The last row is the last of all, not of those on the pages read so far. */
static bool move(Home *h, Ui *ui, Key key)
{
    Error err = {0};
    bool to_end = key == KEYN_END || key == 'G';
    if (to_end && !home_load_all(h, ui_app(ui), &err)) ui_say_error(ui, &err);
    if (!list_key(&h->list, key)) return false;
    if (!home_load_more(h, ui_app(ui), &err)) ui_say_error(ui, &err);
    return true;
}

static bool moves_from_field(Key key)
{
    return key == KEYN_UP || key == KEYN_DOWN || key == KEYN_PAGE_UP || key == KEYN_PAGE_DOWN;
}

static EventResult find_key(Home *h, Ui *ui, Key key)
{
    if (moves_from_field(key)) {
        move(h, ui, key);
        return EV_HANDLED;
    }
    EditResult r = editor_key(h->find, key, app_now(ui_app(ui)).unix_ms);
    if (r == EDIT_CHANGED) filter_changed(h, ui);
    return r == EDIT_IGNORED ? EV_IGNORED : EV_HANDLED;
}

static EventResult list_event(Home *h, Ui *ui, Key key)
{
    return home_tabs_key(ui, key) || move(h, ui, key) ? EV_HANDLED : EV_IGNORED;
}

/* A click selects, a click on what is selected opens. */
static EventResult click(Home *h, Ui *ui, int x, int y)
{
    Rect r = h->plan.list;
    if (x < r.x || x >= r.x + r.w || y < r.y || y >= r.y + r.h) return EV_IGNORED;
    size_t at = h->list.top + (size_t)(y - r.y);
    if (at >= h->shown.len) return EV_IGNORED;
    if (at == h->list.selected)
        open_selected(h, ui);
    else
        list_select(&h->list, at);
    return EV_HANDLED;
}

static EventResult event(View *v, Ui *ui, const Event *e)
{
    Home *h = v->state;
    if (e->type == EVENT_MOUSE) return click(h, ui, e->x, e->y);
    if (e->type == EVENT_PASTE && h->finding) {
        if (editor_paste(h->find, e->text) == EDIT_CHANGED) filter_changed(h, ui);
        return EV_HANDLED;
    }
    if (e->type != EVENT_KEY) return EV_IGNORED;
    return h->finding ? find_key(h, ui, e->key) : list_event(h, ui, e->key);
}

/* ---- drawing ---- */

static void plan(Home *h, Rect body)
{
    home_plan(h, body.w, body);
    list_set_height(&h->list, h->plan.list.h);
}

/* A high screen has room for more than the first page. What cannot be read now is asked for again on a move.
 */
static void fill_screen(Home *h, App *app, Rect body)
{
    Error err = {0};
    while (list_wants_more(&h->list) && home_load_more(h, app, &err)) plan(h, body);
}

static void layout(View *v, const Ui *ui, Rect body)
{
    Home *h = v->state;
    plan(h, body);
    fill_screen(h, ui_app(ui), body);
    editor_layout(h->find, h->plan.top.w - 6, 1);
    if (h->plan.preview.h > 0 && !h->plan.compact) home_load_detail(h, ui_app(ui));
    home_load_agenda(h, ui_app(ui));
}

static void draw(const View *v, const Ui *ui, Canvas *c, Rect body)
{
    (void)body;
    home_draw_list(v->state, ui, c);
    home_draw_preview(v->state, ui, c);
    home_draw_agenda(v->state, ui, c);
}

const ViewOps VIEW_HOME = {
    .name = "Home",
    .state_size = sizeof(Home),
    .open = open,
    .where = where,
    .typing = typing,
    .command = command,
    .event = event,
    .reload = reload,
    .layout = layout,
    .frame = frame,
    .draw = draw,
    .close = close,
    .alliance = alliance,
};
