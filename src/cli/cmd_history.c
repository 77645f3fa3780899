#include "own.h"

static const char *title_of(Run *r, const HistoryRow *row)
{
    Str s;
    str_init(&s);
    app_entry_title(row, &s);
    const char *title = arena_str(&r->arena, str_view(&s));
    str_finish(&s);
    return title;
}

static void put_entry(JsonWriter *w, Run *r, const HistoryRow *row, bool snippet)
{
    json_open(w, NULL, '{');
    json_put_id(w, "id", row->id);
    json_put_text(w, "alliance", row->alliance_name);
    json_put_id(w, "alliance_id", row->alliance);
    put_instant(w, "at", row->at);
    json_put_text(w, "kind", entry_kind_name(row->kind));
    json_put_text(w, "title", title_of(r, row));
    json_put_text(w, "text", row->text);
    put_number(w, "trust", row->trust);
    json_put_bool(w, "private", row->is_private);
    if (snippet) put_text(w, "snippet", row->snippet);
    json_close(w, '}');
}

static void put_cursor(JsonWriter *w, const HistoryCursor *next)
{
    Str s;
    str_init(&s);
    if (next->set) app_cursor_print(next, &s);
    put_text(w, "next", s.buf);
    str_finish(&s);
}

static void put_entries(Run *r, const HistoryRow *rows, size_t n, const HistoryCursor *next, bool snippet)
{
    JsonOut j;
    json_out_begin(&j);
    json_open(&j.w, "entries", '[');
    for (size_t i = 0; i < n; i++) put_entry(&j.w, r, &rows[i], snippet);
    json_close(&j.w, ']');
    put_cursor(&j.w, next);
    json_out_end(&j, r);
}

/* The day and the hour on the wall where it was written. */
static const char *when_of(Run *r, Instant at)
{
    Str s;
    str_init(&s);
    date_print_short(&s, instant_date(at), app_today(r->app));
    str_add_char(&s, ' ');
    instant_print_clock(&s, at);
    const char *text = arena_str(&r->arena, str_view(&s));
    str_finish(&s);
    return text;
}

/* A cell is one line: several are set apart as lines of a verse are, with a stroke. */
static void add_lines(Str *out, const char *text)
{
    StrView rest = sv(text);
    bool first = true;
    while (rest.len) {
        StrView line = sv_trim(sv_cut(&rest, '\n'));
        if (line.len == 0) continue;
        if (!first) str_add_c(out, " / ");
        str_add(out, line);
        first = false;
    }
}

static const char *shown_text(Run *r, const HistoryRow *row, bool snippet)
{
    Str s;
    str_init(&s);
    if (row->is_private) str_add_c(&s, "(private) ");
    add_lines(&s, snippet && *row->snippet ? row->snippet : row->text);
    const char *text = arena_str(&r->arena, sv_trim(str_view(&s)));
    str_finish(&s);
    return text;
}

static void print_entries(Run *r, const HistoryRow *rows, size_t n, bool whose, bool snippet)
{
    static const Column all[] = {
        {"WHEN", 0, false}, {"WITH", 8, false}, {"WHAT", 8, false}, {"TRUST", 0, true}, {"TEXT", 10, false}};
    static const Column one[] = {
        {"WHEN", 0, false}, {"WHAT", 8, false}, {"TRUST", 0, true}, {"TEXT", 10, false}};
    Table t;
    table_init(&t, whose ? all : one, whose ? 5 : 4);
    for (size_t i = 0; i < n; i++) {
        table_cell(&t, when_of(r, rows[i].at));
        if (whose) table_cell(&t, rows[i].alliance_name);
        table_cell(&t, title_of(r, &rows[i]));
        table_cell(&t, rows[i].trust ? (char[]){(char)('0' + rows[i].trust), '\0'} : "");
        table_cell(&t, shown_text(r, &rows[i], snippet));
    }
    table_print(&t, r);
}

static void note_more(Run *r, const HistoryCursor *next)
{
    if (!next->set) return;
    Str s;
    str_init(&s);
    app_cursor_print(next, &s);
    note(r, "There is more: add --before %s", s.buf);
    str_finish(&s);
}

static bool read_filter(Run *r, HistoryFilter *f, Error *err)
{
    const char *kind = given_value(r, "kind"), *who = given_value(r, "who");
    *f = history_filter();
    if (kind && !entry_kind_parse(sv(kind), &f->kind))
        return error_set(
            err, ERR_USAGE,
            "--kind: \"%s\" is not check-in, design, prepare, repair, renew, close, agreement, commitment or "
            "moment.",
            kind);
    f->has_kind = kind;
    if (who && !app_find(r->app, who, false, &f->alliance, err)) return false;
    return given_day(r, "since", &f->since, err) && given_day(r, "until", &f->until, err);
}

/* One page by the filter and the options --limit and --before. */
static bool print_page(Run *r, const HistoryFilter *f, size_t *ret_n, Error *err)
{
    long limit = 50;
    HistoryCursor before = {0}, next = {0};
    HistoryRow *rows;
    const char *from = given_value(r, "before");
    if (!given_number(r, "limit", 1, 100000, &limit, err)) return false;
    if (from && !app_cursor_parse(from, &before, err)) return false;
    if (!app_history(r->app, f, &before, (size_t)limit, &r->arena, &rows, ret_n, &next, err)) return false;
    bool snippet = f->query != NULL;
    if (r->json) {
        put_entries(r, rows, *ret_n, &next, snippet);
    } else if (*ret_n) {
        print_entries(r, rows, *ret_n, f->alliance == 0, snippet);
        note_more(r, &next);
    }
    return true;
}

bool cmd_history(Run *r, Error *err)
{
    HistoryFilter f;
    size_t n;
    if (!read_filter(r, &f, err)) return false;
    if (arg_count(r) && !find_who(r, 0, &f.alliance, err)) return false;
    if (!print_page(r, &f, &n, err)) return false;
    if (n || r->json) return true;
    bool filtered = f.has_kind || given(r, "since") || given(r, "until") || given(r, "before");
    say(r, filtered ? "Nothing in the history matches." : "Nothing has been written yet.");
    return true;
}

bool cmd_search(Run *r, Error *err)
{
    HistoryFilter f;
    size_t n;
    if (!read_filter(r, &f, err)) return false;
    f.query = arg_rest(r, 0);
    if (!print_page(r, &f, &n, err)) return false;
    if (n) return true;
    if (!r->json) note(r, "Nothing found for \"%s\".", f.query);
    r->status = ERR_NOT_FOUND;
    return true;
}

bool cmd_moment(Run *r, Error *err)
{
    Id id;
    MomentKind kind;
    Instant at = app_now(r->app);
    if (!moment_kind_parse(sv(arg(r, 1)), &kind))
        return error_set(err, ERR_USAGE, "\"%s\": not a moment. Write gave, received, deposit or withdrawal.",
                         arg(r, 1));
    if (!given_at(r, "at", &at, err) || !app_find(r->app, arg(r, 0), false, &id, err)) return false;
    Done done;
    done_init(&done);
    bool ok = app_moment(r->app, id, kind, arg_rest(r, 2), at, given(r, "private"), &done, err);
    return print_done(r, ok, &done);
}
