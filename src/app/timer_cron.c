#include "timer.h"

#include "own.h"

#include <entente/text.h>
#include <string.h>

/*
 * Our lines stand between two of their own; every byte around them stays. What
 * has to be known to take them out again is said behind the first.
 */
#define BEGIN   "# entente remind: begin"
#define END     "# entente remind: end"
#define ALONE   ", in a crontab of its own"
#define UNENDED ", behind a line without an end"
#define WHERE   "your crontab"

enum {
    READ_MAX =
        64 * 1024 - 1, /* what a tool said is kept up to here: of a longer crontab the end would be lost */
    COMMAND_MAX = 990  /* Debian's cron cuts a command after 998 bytes, and says nothing */
};

typedef struct {
    Str text;
    bool usable, exists;
    size_t from, to;  /* our lines; the same: there are none */
    const char *note; /* ALONE, UNENDED or "" */
    Str why;          /* what crontab(1) said when it could not be used */
} Crontab;

/* ---- reading ---- */

static StrView without_cr(StrView line)
{
    if (line.len && line.ptr[line.len - 1] == '\r') line.len--;
    return line;
}

static bool is_begin(StrView line, const char **ret_note)
{
    static const char *const NOTES[] = {"", ALONE, UNENDED};
    line = without_cr(line);
    if (!sv_starts(line, SV(BEGIN))) return false;
    StrView note = sv_n(line.ptr + strlen(BEGIN), line.len - strlen(BEGIN));
    for (size_t i = 0; i < sizeof NOTES / sizeof *NOTES; i++) {
        if (!sv_eq(note, sv(NOTES[i]))) continue;
        *ret_note = NOTES[i];
        return true;
    }
    return false;
}

static bool find_block(Crontab *tab, Error *err)
{
    bool inside = false;
    StrView rest = str_view(&tab->text);
    while (rest.len && tab->to == 0) {
        size_t at = tab->text.len - rest.len;
        StrView line = sv_cut(&rest, '\n');
        const char *note;
        if (!inside && is_begin(line, &note)) {
            inside = true;
            tab->from = at;
            tab->note = note;
        } else if (inside && sv_eq(without_cr(line), SV(END))) {
            tab->to = tab->text.len - rest.len;
        }
    }
    if (!inside || tab->to) return true;
    return error_set(err, ERR_UNREADABLE,
                     "The crontab: of entente's lines the last is missing, \"" END
                     "\". Mend it with `crontab "
                     "-e`, then run this again.");
}

static void crontab_finish(Crontab *tab)
{
    str_finish(&tab->text);
    str_finish(&tab->why);
}

/* Its first line says what is wrong, the next where to read of it. */
static void keep_why(Crontab *tab, const Spawned *r)
{
    enum { WHY_CELLS = 160 };
    StrView rest = sv_trim(str_view(&r->errors));
    if (r->end == SPAWN_EXITED) text_ellipsis(&tab->why, sv_trim(sv_cut(&rest, '\n')), WHY_CELLS, false);
}

/* No crontab is an empty one; one that cannot be asked for is none of ours. */
static bool cron_read(Crontab *tab, Error *err)
{
    static const char *const ARGV[] = {"crontab", "-l", NULL};
    Spawned r;
    *tab = (Crontab){.note = ""};
    str_init(&tab->text);
    str_init(&tab->why);
    tab->exists = timer_tool(ARGV, SV(""), &r);
    tab->usable =
        tab->exists || (r.end == SPAWN_EXITED && r.status == 1 && strstr(r.errors.buf, "no crontab for"));
    if (tab->exists) str_add(&tab->text, str_view(&r.out));
    if (!tab->usable) keep_why(tab, &r);
    spawned_finish(&r);
    if (tab->text.len > READ_MAX)
        return error_set(
            err, ERR_UNREADABLE,
            "The crontab: it is longer than 64 KiB, so it was not read to its end. Change it with "
            "`crontab -e`.");
    return find_block(tab, err);
}

static bool has_block(const Crontab *tab)
{
    return tab->to > tab->from;
}

/* ---- writing ---- */

static bool change(const char *const *argv, StrView text, const char *what, Error *err)
{
    Error why = {0};
    bool late = false;
    if (timer_must(argv, text, what, &late, &why)) return true;
    return error_set(err, why.code, "%s %s", why.msg,
                     late ? "It may have been done all the same: `entente remind --status` tells."
                          : "Nothing was changed.");
}

static bool cron_write(StrView text, Error *err)
{
    static const char *const ARGV[] = {"crontab", "-", NULL};
    return change(ARGV, text, "The crontab could not be written", err);
}

static bool cron_remove(Error *err)
{
    static const char *const ARGV[] = {"crontab", "-r", NULL};
    return change(ARGV, SV(""), "The crontab could not be removed", err);
}

/* crontab(5): a % that is not escaped ends the command. */
static void add_escaped(Str *out, StrView text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '%') str_add_char(out, '\\');
        str_add_char(out, text.ptr[i]);
    }
}

static void add_assignment(Str *out, const char *variable)
{
    const char *equals = strchr(variable, '=');
    str_add(out, sv_n(variable, (size_t)(equals - variable) + 1));
    timer_quote(out, equals + 1);
    str_add_char(out, ' ');
}

static void command_of(const TimerCall *call, size_t variables, Str *out)
{
    Str plain;
    str_init(&plain);
    for (size_t i = 0; i < variables; i++) add_assignment(&plain, call->environment[i]);
    timer_quote(&plain, call->program);
    str_add_c(&plain, " remind --by-timer");
    if (call->journal) {
        str_add_c(&plain, " --journal ");
        timer_quote(&plain, call->journal);
    }
    str_clear(out);
    add_escaped(out, str_view(&plain));
    str_finish(&plain);
}

/* Of two backslashes some crons keep one: there is none in what they are given but before a %. */
static bool fits(const Str *command)
{
    for (size_t i = 0; i < command->len; i++)
        if (command->buf[i] == '\\' && command->buf[i + 1] != '%') return false;
    return command->len <= COMMAND_MAX;
}

/* The folders of programs are the longest part and the one that can best be done without. */
static bool add_command(const TimerCall *call, Str *out, Error *err)
{
    Str command;
    str_init(&command);
    command_of(call, call->count, &command);
    if (!fits(&command) && call->has_path) command_of(call, call->count - 1, &command);
    bool ok =
        fits(&command) || error_set(err, ERR_USAGE,
                                    "The crontab: its line would be longer than %d bytes or hold a "
                                    "backslash, which not every cron reads. Give the journal a shorter path.",
                                    COMMAND_MAX);
    if (ok) str_addf(out, "*/10 * * * * %s\n", command.buf);
    str_finish(&command);
    return ok;
}

static bool add_block(const TimerCall *call, const char *note, Str *out, Error *err)
{
    str_addf(out, BEGIN "%s\n", note);
    str_addf(out, TIMER_WHOSE "%s" TIMER_UNDONE "\n", call->whose);
    bool ok = add_command(call, out, err);
    str_add_c(out, END "\n");
    return ok;
}

static const char *note_for(const Crontab *tab)
{
    if (has_block(tab)) return tab->note;
    if (!tab->exists) return ALONE;
    return tab->text.len && tab->text.buf[tab->text.len - 1] != '\n' ? UNENDED : "";
}

static bool with_block(const TimerCall *call, const Crontab *tab, Str *out, Error *err)
{
    const char *note = note_for(tab);
    size_t from = has_block(tab) ? tab->from : tab->text.len;
    size_t to = has_block(tab) ? tab->to : tab->text.len;
    str_add(out, sv_n(tab->text.buf, from));
    if (!has_block(tab) && strcmp(note, UNENDED) == 0) str_add_char(out, '\n');
    bool ok = add_block(call, note, out, err);
    str_add(out, sv_n(tab->text.buf + to, tab->text.len - to));
    return ok;
}

/* ---- install, uninstall, state ---- */

/* Cron goes by the clock on the wall: the next minute that ten divides. */
static Instant next_run(const App *app)
{
    Instant now = app_now(app);
    int64_t wall = now.unix_ms / 1000 + now.offset;
    int64_t next = (wall / 600 + 1) * 600;
    return instant_at(app_zone(app), (next - now.offset) * 1000);
}

static Timer cron_timer(const App *app, Arena *arena)
{
    Instant next = next_run(app);
    return (Timer){.kind = TIMER_CRON,
                   .where = WHERE,
                   .next = timer_when(app, next, arena),
                   .next_at = next,
                   .todo = ""};
}

bool cron_install(const App *app, const TimerCall *call, Arena *arena, Timer *ret, Error *err)
{
    Crontab tab;
    Str text;
    str_init(&text);
    bool ok = cron_read(&tab, err);
    if (ok && tab.usable) {
        ok = with_block(call, &tab, &text, err) &&
             (sv_eq(str_view(&text), str_view(&tab.text)) || cron_write(str_view(&text), err));
        if (ok) *ret = cron_timer(app, arena);
    }
    if (ok && !tab.usable && tab.why.len) ret->why = arena_str(arena, str_view(&tab.why));
    str_finish(&text);
    crontab_finish(&tab);
    return ok;
}

/* The line end that we gave the line before us goes with us, unless something came behind. */
static bool take_out(Crontab *tab, Error *err)
{
    bool unended = strcmp(tab->note, UNENDED) == 0, alone = strcmp(tab->note, ALONE) == 0;
    str_remove(&tab->text, tab->from, tab->to - tab->from);
    if (unended && tab->from > 0 && tab->from == tab->text.len) str_remove(&tab->text, tab->from - 1, 1);
    if (alone && tab->text.len == 0) return cron_remove(err);
    return cron_write(str_view(&tab->text), err);
}

bool cron_uninstall(Arena *arena, Timer *ret, Error *err)
{
    Crontab tab;
    (void)arena;
    bool ok = cron_read(&tab, err);
    if (ok && has_block(&tab)) {
        ok = take_out(&tab, err);
        if (ok) *ret = (Timer){.kind = TIMER_CRON, .where = WHERE, .next = "", .todo = ""};
    }
    crontab_finish(&tab);
    return ok;
}

bool cron_state(const App *app, Arena *arena, Timer *ret, Error *err)
{
    Crontab tab;
    bool ok = cron_read(&tab, err);
    if (ok && has_block(&tab)) {
        *ret = cron_timer(app, arena);
        ret->other = timer_other(app, sv_n(tab.text.buf + tab.from, tab.to - tab.from), arena);
    }
    crontab_finish(&tab);
    return ok;
}
