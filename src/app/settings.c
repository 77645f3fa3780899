#include "settings.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include <entente/text.h>
#include <entente/when.h>

const char *setting_quoted(Arena *arena, StrView text)
{
    enum { SHOWN = 60 };
    Str s;
    str_init(&s);
    str_add_char(&s, '"');
    text_ellipsis(&s, text, SHOWN, true);
    str_add_char(&s, '"');
    const char *copy = arena_str(arena, str_view(&s));
    str_finish(&s);
    return copy;
}

static bool refuse(Settings *s, StrView value, const char *why, Error *err)
{
    return error_set(err, ERR_USAGE, "%s %s", setting_quoted(s->arena, value), why);
}

/* ---- words ---- */

static const char *const COLORS[] = {"auto", "always", "never"};
static const char *const DESKTOP[] = {"auto", "yes", "no"}; /* in the order of DesktopChoice */
static const char *const YES_NO[] = {"yes", "no"};

/* The index of the word; n when it is none of them. */
static size_t pick(const char *const *words, size_t n, StrView value)
{
    size_t i = 0;
    while (i < n && !sv_eq(value, sv(words[i]))) i++;
    return i;
}

static bool is_no(StrView value)
{
    return sv_eq(value, SV("no"));
}

static bool take_color(Settings *s, StrView value, Error *why)
{
    size_t i = pick(COLORS, 3, value);
    if (i == 3) return refuse(s, value, "is not auto, always or never", why);
    s->config->color = COLORS[i];
    return true;
}

static bool take_desktop(Settings *s, StrView value, Error *why)
{
    size_t i = pick(DESKTOP, 3, value);
    if (i == 3) return refuse(s, value, "is not auto, yes or no", why);
    s->config->desktop = (DesktopChoice)i;
    return true;
}

static bool take_yes_no(Settings *s, StrView value, bool *ret, Error *why)
{
    size_t i = pick(YES_NO, 2, value);
    if (i == 2) return refuse(s, value, "is neither yes nor no", why);
    *ret = i == 0;
    return true;
}

static bool take_terminal(Settings *s, StrView value, Error *why)
{
    return take_yes_no(s, value, &s->terminal, why);
}

static bool take_names(Settings *s, StrView value, Error *why)
{
    return take_yes_no(s, value, &s->config->names, why);
}

/* ---- files and programs ---- */

static bool take_path(Settings *s, StrView value, const char **ret, Error *why)
{
    const char *home = getenv("HOME");
    bool in_home = sv_starts(value, SV("~/"));
    if (in_home && (!home || home[0] != '/')) return refuse(s, value, "has no meaning: HOME is not set", why);
    if (!in_home && value.ptr[0] != '/') return refuse(s, value, "begins neither with / nor with ~/", why);
    if (value.ptr[value.len - 1] == '/') return refuse(s, value, "is a folder's name, not a file's", why);
    *ret = in_home ? arena_strf(s->arena, "%s%.*s", home, (int)value.len - 1, value.ptr + 1)
                   : arena_str(s->arena, value);
    return true;
}

static bool take_journal(Settings *s, StrView value, Error *why)
{
    return take_path(s, value, &s->config->journal, why);
}

static bool take_calendar(Settings *s, StrView value, Error *why)
{
    return take_path(s, value, &s->config->calendar, why);
}

/* A program is named (and looked up on PATH) or its place is: where a timer's run stands is not known. */
static bool take_argv(Settings *s, StrView value, const char *const **ret, Error *why)
{
    const char *const *argv, *program;
    if (!config_split(value, s->arena, &argv, why)) return false;
    program = argv[0];
    if (!strchr(program, '/')) {
        *ret = argv;
        return true;
    }
    if (!take_path(s, sv(program), &program, why)) return false;
    size_t n = 1;
    while (argv[n]) n++;
    const char **whole = arena_copy(s->arena, argv, (n + 1) * sizeof *argv);
    whole[0] = program;
    *ret = whole;
    return true;
}

static bool take_open(Settings *s, StrView value, Error *why)
{
    return take_argv(s, value, &s->config->open, why);
}

/* ---- channels ---- */

/* The log knows a channel by its name: one that is given twice would be taken for delivered. */
static bool add_channel(Settings *s, Channel c, const char *name, Error *why)
{
    for (size_t i = 0; i < s->channels.len; i++)
        if (strcmp(s->channels.at[i].name, name) == 0)
            return error_set(why, ERR_USAGE, "it stands in an earlier line as well");
    c.name = name;
    vec_push(&s->channels, c);
    return true;
}

static bool take_command(Settings *s, StrView value, Error *why)
{
    Channel c = {.kind = CHANNEL_COMMAND, .target = ""};
    return take_argv(s, value, &c.argv, why) &&
           add_channel(s, c, arena_strf(s->arena, "command %.*s", (int)value.len, value.ptr), why);
}

static bool take_file(Settings *s, StrView value, Error *why)
{
    Channel c = {.kind = CHANNEL_FILE};
    return take_path(s, value, &c.target, why) &&
           add_channel(s, c, arena_strf(s->arena, "file %s", c.target), why);
}

static bool all_of(StrView text, const char *others)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c >= 0x80 || c == '\0' || (!isalnum(c) && !strchr(others, c))) return false;
    }
    return true;
}

/* Words with single dots between them: RFC 5322 3.2.3, dot-atom-text. */
static bool is_dotted(StrView text, const char *others)
{
    if (text.len == 0 || text.ptr[text.len - 1] == '.') return false;
    while (text.len > 0) {
        StrView word = sv_cut(&text, '.');
        if (word.len == 0 || !all_of(word, others)) return false;
    }
    return true;
}

bool setting_is_address(StrView text)
{
    enum { ADDRESS_MAX = 254 };
    if (text.len == 0 || text.len > ADDRESS_MAX || text.ptr[0] == '-' || !memchr(text.ptr, '@', text.len))
        return false;
    StrView domain = text, local = sv_cut(&domain, '@');
    return is_dotted(local, "!#$%&'*+-/=?^_`{|}~") && is_dotted(domain, "-");
}

static bool take_mail(Settings *s, StrView value, Error *why)
{
    if (!setting_is_address(value))
        return refuse(s, value, "is not one plain address, such as me@example.org", why);
    Channel c = {.kind = CHANNEL_MAIL, .target = arena_str(s->arena, value)};
    return add_channel(s, c, arena_strf(s->arena, "mail %s", c.target), why);
}

void settings_finish(Settings *s)
{
    size_t n = 0;
    Channel *all = arena_array(s->arena, s->channels.len + 2, sizeof *all);
    if (s->config->desktop != DESKTOP_NO)
        all[n++] = (Channel){.kind = CHANNEL_DESKTOP, .name = "desktop", .target = ""};
    for (size_t i = 0; i < s->channels.len; i++) all[n++] = s->channels.at[i];
    if (s->terminal) all[n++] = (Channel){.kind = CHANNEL_TERMINAL, .name = "terminal", .target = ""};
    s->config->channels = all;
    s->config->channel_count = n;
    vec_finish(&s->channels);
}

/* ---- when ---- */

static bool take_days(Settings *s, StrView value, int *ret, Error *why)
{
    int days = 0;
    if (!is_no(value) && !when_parse_days(value, &days, why)) return false;
    if (days == 0) s->shown = "no";
    *ret = days;
    return true;
}

static bool take_lead(Settings *s, StrView value, Error *why)
{
    return take_days(s, value, &s->config->rules.lead, why);
}

static bool take_repeat(Settings *s, StrView value, Error *why)
{
    return take_days(s, value, &s->config->rules.repeat, why);
}

static bool take_quiet(Settings *s, StrView value, Error *why)
{
    int from = 0, to = 0;
    StrView end = value, begin = sv_cut(&end, '-');
    if (!is_no(value)) {
        if (begin.len == value.len) return refuse(s, value, "has no end; write 22:00-07:00 or no", why);
        if (!when_parse_clock(sv_trim(begin), &from, why) || !when_parse_clock(sv_trim(end), &to, why))
            return false;
        if (from == to) return refuse(s, value, "ends when it begins; write no for no quiet hours", why);
    }
    s->config->rules.quiet_from = from;
    s->config->rules.quiet_to = to;
    return true;
}

static bool take_digest(Settings *s, StrView value, Error *why)
{
    if (!is_no(value)) return when_parse_clock(value, &s->config->rules.digest, why);
    s->config->rules.digest = -1;
    return true;
}

/* The plural of a kind's name. */
static bool is_kind(StrView word, AgendaKind kind)
{
    StrView name = sv(agenda_kind_name(kind));
    return word.len == name.len + 1 && word.ptr[name.len] == 's' && sv_starts(word, name);
}

static bool take_about(Settings *s, StrView value, Error *why)
{
    unsigned about = 0;
    for (StrView word; (word = sv_word(&value)).len > 0;) {
        int kind = 0;
        while (kind < AGENDA_KIND_COUNT && !is_kind(word, (AgendaKind)kind)) kind++;
        if (kind == AGENDA_KIND_COUNT)
            return refuse(s, word, "is not check-ins, commitments or reviews", why);
        about |= 1U << kind;
    }
    s->config->rules.about = about;
    return true;
}

static bool take_time_limit(Settings *s, StrView value, Error *why)
{
    enum { LIMIT_MAX = 300 };
    static const char *const UNITS[] = {"", "s", "second", "seconds"};
    long seconds;
    size_t digits = 0;
    while (digits < value.len && isdigit((unsigned char)value.ptr[digits])) digits++;
    StrView unit = sv_trim(sv_n(value.ptr + digits, value.len - digits));
    if (pick(UNITS, 4, unit) == 4 || !sv_to_int(sv_n(value.ptr, digits), 1, LIMIT_MAX, &seconds))
        return refuse(s, value, "is not 1 to 300 seconds", why);
    s->config->time_limit = (int)seconds;
    return true;
}

/* ---- the table ---- */

const Setting settings[] = {
    {"journal", "file", "", false, false, take_journal},
    {"screen", "color", "auto", false, false, take_color},
    {"calendar", "file", "", false, true, take_calendar},
    {"remind", "desktop", "auto", false, false, take_desktop},
    {"remind", "command", "", true, true, take_command},
    {"remind", "mail", "", true, true, take_mail},
    {"remind", "file", "", true, true, take_file},
    {"remind", "terminal", "no", false, false, take_terminal},
    {"remind", "lead", "no", false, false, take_lead},
    {"remind", "repeat", "no", false, false, take_repeat},
    {"remind", "quiet", "no", false, false, take_quiet},
    {"remind", "digest", "no", false, false, take_digest},
    {"remind", "names", "no", false, true, take_names},
    {"remind", "about", "check-ins commitments reviews", false, false, take_about},
    {"remind", "time-limit", "10 seconds", false, false, take_time_limit},
    {"remind", "open", "x-terminal-emulator -e entente", false, true, take_open},
};
const size_t setting_count = sizeof settings / sizeof *settings;
