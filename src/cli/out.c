#include "own.h"

#include <entente/text.h>
#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* ---- lines ---- */

static bool is_terminal(FILE *f)
{
    int fd = fileno(f); /* -1 for a stream in memory */
    return fd >= 0 && isatty(fd);
}

static bool locale_is_utf8(void)
{
    return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

/* Pipes and files get the bytes as they are; only a terminal that cannot show them gets a `?` for a
 * character. */
void put(FILE *to, StrView text)
{
    if (!is_terminal(to) || locale_is_utf8()) {
        fwrite(text.ptr, 1, text.len, to);
        return;
    }
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c < 0x80 || c >= 0xc0) putc(c < 0x80 ? c : '?', to);
    }
}

static void put_clean(FILE *to, const char *fmt, va_list ap) __attribute__((format(printf, 2, 0)));

static void put_clean(FILE *to, const char *fmt, va_list ap)
{
    Str raw, clean;
    str_init(&raw);
    str_init(&clean);
    str_vaddf(&raw, fmt, ap);
    text_clean(&clean, str_view(&raw), true);
    str_add_char(&clean, '\n');
    put(to, str_view(&clean));
    str_finish(&raw);
    str_finish(&clean);
}

void say(Run *r, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    put_clean(r->out, fmt, ap);
    va_end(ap);
}

/* What was said before comes first, also where both streams end up in one place. */
void note(Run *r, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    fflush(r->out);
    put_clean(r->err, fmt, ap);
    va_end(ap);
}

/* Bytes from 0x80 on are letters of some script; what else a shell may take for its own is quoted. */
static bool is_plain_word(const char *word)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:@%+,";
    if (!*word) return false;
    for (; *word; word++)
        if ((unsigned char)*word < 0x80 && !strchr(plain, *word)) return false;
    return true;
}

void add_who(Str *out, const char *name)
{
    if (*name == '-') str_add_c(out, "-- ");
    if (is_plain_word(name)) {
        str_add_c(out, name);
        return;
    }
    str_add_char(out, '\'');
    for (; *name; name++) {
        if (*name == '\'')
            str_add_c(out, "'\\''");
        else
            str_add_char(out, *name);
    }
    str_add_char(out, '\'');
}

bool prints_ascii(const Run *r)
{
    return r->cli->plain || !locale_is_utf8();
}

/* Cells a line may take: those of the terminal, or 0 for as many as it needs; a screen reader reads them all.
 */
static int line_width(const Run *r)
{
    if (!is_terminal(r->out) || r->cli->plain) return 0;
    const char *columns = getenv("COLUMNS");
    long n;
    if (columns && sv_to_int(sv(columns), 10, 10000, &n)) return (int)n;
    struct winsize size;
    if (ioctl(fileno(r->out), TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
    return 80;
}

/* A heading may be set off; no-color.org: an empty NO_COLOR does not count. */
static bool may_style(const Run *r)
{
    if (r->cli->color != CLI_COLOR_AUTO) return r->cli->color == CLI_COLOR_ALWAYS;
    const char *no_color = getenv("NO_COLOR");
    return is_terminal(r->out) && r->cli->styles && !r->cli->plain && !(no_color && *no_color);
}

/* ---- tables ---- */

enum { GAP = 2 };

void table_init(Table *t, const Column *columns, size_t count)
{
    *t = (Table){.columns = columns, .count = count};
}

void table_section(Table *t, const char *title)
{
    vec_push(&t->sections, ((TableSection){title, t->cells.len}));
}

void table_cell(Table *t, const char *text)
{
    Str cell;
    str_init(&cell);
    text_clean(&cell, sv(text), false);
    vec_push(&t->cells, str_steal(&cell));
}

/* Columns give up cells one by one, the widest first, until the line fits or none can shrink. */
static void shrink(const Table *t, int *widths, int limit)
{
    int total = 0;
    for (size_t i = 0; i < t->count; i++) total += widths[i] + (i ? GAP : 0);
    while (total > limit) {
        size_t widest = t->count;
        for (size_t i = 0; i < t->count; i++) {
            bool can = t->columns[i].min && widths[i] > t->columns[i].min;
            if (can && (widest == t->count || widths[i] > widths[widest])) widest = i;
        }
        if (widest == t->count) return;
        widths[widest]--;
        total--;
    }
}

static void measure(const Table *t, int *widths, int limit)
{
    for (size_t i = 0; i < t->count; i++) widths[i] = text_width(sv(t->columns[i].title));
    for (size_t i = 0; i < t->cells.len; i++) {
        int w = text_width(sv(t->cells.at[i]));
        if (w > widths[i % t->count]) widths[i % t->count] = w;
    }
    if (limit) shrink(t, widths, limit);
}

static void add_cell(Str *line, StrView text, int width, bool right, bool cut, bool ascii)
{
    Str shown;
    str_init(&shown);
    if (cut)
        text_ellipsis(&shown, text, width, ascii);
    else
        str_add(&shown, text);
    int pad = width - text_width(str_view(&shown));
    if (right && pad > 0) str_add_fill(line, ' ', (size_t)pad);
    str_add(line, str_view(&shown));
    if (!right && pad > 0) str_add_fill(line, ' ', (size_t)pad);
    str_finish(&shown);
}

static void add_row(Str *out, const Table *t, char *const *cells, const int *widths, int limit, bool ascii)
{
    Str line;
    str_init(&line);
    for (size_t i = 0; i < t->count; i++) {
        if (i) str_add_fill(&line, ' ', GAP);
        StrView text = sv(cells ? cells[i] : t->columns[i].title);
        add_cell(&line, text, widths[i], t->columns[i].right, limit > 0, ascii);
    }
    while (line.len > 0 && line.buf[line.len - 1] == ' ') str_remove(&line, line.len - 1, 1);
    if (limit)
        text_ellipsis(out, str_view(&line), limit, ascii);
    else
        str_add(out, str_view(&line));
    str_finish(&line);
}

static void begin_heading(Str *out, bool styled)
{
    if (styled) str_add_c(out, "\033[1m");
}

static void end_heading(Str *out, bool styled)
{
    str_add_c(out, styled ? "\033[0m\n" : "\n");
}

/* Titles are ASCII words of ours. */
static void add_section(Str *out, const char *title, bool styled)
{
    begin_heading(out, styled);
    for (; *title; title++)
        str_add_char(out, (char)(*title >= 'a' && *title <= 'z' ? *title - 'a' + 'A' : *title));
    end_heading(out, styled);
}

static void print_rows(const Table *t, Run *r, const int *widths, int limit)
{
    bool styled = may_style(r), sections = t->sections.len && is_terminal(r->out);
    size_t next = 0;
    Str out;
    str_init(&out);
    if (!sections) {
        begin_heading(&out, styled);
        add_row(&out, t, NULL, widths, limit, prints_ascii(r));
        end_heading(&out, styled);
    }
    for (size_t i = 0; i + t->count <= t->cells.len; i += t->count) {
        while (sections && next < t->sections.len && t->sections.at[next].before == i)
            add_section(&out, t->sections.at[next++].title, styled);
        add_row(&out, t, &t->cells.at[i], widths, limit, prints_ascii(r));
        str_add_char(&out, '\n');
    }
    put(r->out, str_view(&out));
    str_finish(&out);
}

void table_print(Table *t, Run *r)
{
    int limit = line_width(r);
    int *widths = mem_zalloc(t->count, sizeof *widths);
    measure(t, widths, limit);
    print_rows(t, r, widths, limit);
    free(widths);
    table_finish(t);
}

void table_finish(Table *t)
{
    for (size_t i = 0; i < t->cells.len; i++) free(t->cells.at[i]);
    vec_finish(&t->cells);
    vec_finish(&t->sections);
}

/* ---- JSON ---- */

void json_out_begin(JsonOut *j)
{
    str_init(&j->text);
    j->w = json_writer(&j->text);
    json_open(&j->w, NULL, '{');
    json_put_int(&j->w, "version", 1);
}

/* Not through put(): JSON is UTF-8 wherever it goes. */
void json_out_end(JsonOut *j, Run *r)
{
    json_close(&j->w, '}');
    str_add_char(&j->text, '\n');
    fwrite(j->text.buf, 1, j->text.len, r->out);
    str_finish(&j->text);
}

void put_text(JsonWriter *w, const char *key, const char *text)
{
    json_put_text(w, key, text && *text ? text : NULL);
}

static void put_str(JsonWriter *w, const char *key, Str *text)
{
    put_text(w, key, text->buf);
    str_finish(text);
}

void put_date(JsonWriter *w, const char *key, Date d)
{
    Str text;
    str_init(&text);
    date_print_iso(&text, d);
    put_str(w, key, &text);
}

void put_instant(JsonWriter *w, const char *key, Instant t)
{
    Str text;
    str_init(&text);
    if (!instant_is_none(t)) instant_print(&text, t);
    put_str(w, key, &text);
}

void put_number(JsonWriter *w, const char *key, int value)
{
    if (value)
        json_put_int(w, key, value);
    else
        json_put_null(w, key);
}

void put_cadence(JsonWriter *w, const char *key, const Cadence *c)
{
    Str text;
    str_init(&text);
    cadence_print(&text, c);
    put_str(w, key, &text);
}

bool print_done(Run *r, bool ok, Done *done)
{
    if (ok && r->json) {
        JsonOut j;
        json_out_begin(&j);
        json_put_id(&j.w, "id", done->id);
        json_put_text(&j.w, "done", done->text.buf);
        json_out_end(&j, r);
    } else if (ok) {
        say(r, "%s", done->text.buf);
    }
    done_finish(done);
    return ok;
}
