#include <entente/config.h>

#include <check.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <entente/text.h>
#include <entente/vec.h>

/* ---- a file in a folder of its own ---- */

static Arena arena;
static Str folder, file;
static Config config;

static void set_up(void)
{
    char name[] = "/tmp/entente-config-XXXXXX";
    str_init(&folder);
    str_init(&file);
    ck_assert_ptr_nonnull(mkdtemp(name));
    str_add_c(&folder, name);
    str_addf(&file, "%s/entente.conf", name);
    setenv("HOME", "/home/ana", 1);
}

static void tear_down(void)
{
    unlink(file.buf);
    rmdir(file.buf);
    rmdir(folder.buf);
    str_finish(&file);
    str_finish(&folder);
    arena_finish(&arena);
}

static void write_bytes(StrView text)
{
    FILE *f = fopen(file.buf, "wb");
    ck_assert_ptr_nonnull(f);
    ck_assert_uint_eq(fwrite(text.ptr, 1, text.len, f), text.len);
    ck_assert_int_eq(fclose(f), 0);
}

static void load(const char *text)
{
    write_bytes(sv(text));
    config_load(file.buf, &arena, &config);
}

static void load_well(const char *text)
{
    load(text);
    ck_assert_msg(config.problem_count == 0, "%s", config.problem_count ? config.problems[0] : "");
}

/* The only problem, without the file's name. */
static const char *problem_of(const char *text)
{
    load(text);
    ck_assert_uint_eq(config.problem_count, 1);
    ck_assert_int_eq(strncmp(config.problems[0], file.buf, file.len), 0);
    return config.problems[0] + file.len + strlen(": ");
}

static const ConfigValue *value_of(const char *section, const char *key)
{
    for (size_t i = 0; i < config.value_count; i++)
        if (strcmp(config.values[i].section, section) == 0 && strcmp(config.values[i].key, key) == 0)
            return &config.values[i];
    ck_abort_msg("no [%s] %s", section, key);
    return NULL;
}

static void assert_defaults(void)
{
    ck_assert_ptr_null(config.journal);
    ck_assert_ptr_null(config.calendar);
    ck_assert_str_eq(config.color, "auto");
    ck_assert_int_eq(config.desktop, DESKTOP_AUTO);
    ck_assert(!config.names);
    ck_assert_int_eq(config.time_limit, 10);
    ck_assert_int_eq(config.rules.lead, 0);
    ck_assert_int_eq(config.rules.repeat, 0);
    ck_assert_int_eq(config.rules.quiet_from, config.rules.quiet_to);
    ck_assert_int_eq(config.rules.digest, -1);
    ck_assert_uint_eq(config.rules.about, (1U << AGENDA_KIND_COUNT) - 1);
    ck_assert_uint_eq(config.channel_count, 1);
    ck_assert_str_eq(config.channels[0].name, "desktop");
    ck_assert_str_eq(config.open[0], "x-terminal-emulator");
    ck_assert_str_eq(config.open[1], "-e");
    ck_assert_str_eq(config.open[2], "entente");
    ck_assert_ptr_null(config.open[3]);
}

/* ---- where it is ---- */

START_TEST(without_a_file_there_are_the_defaults_and_nothing_to_say)
{
    config_load(file.buf, &arena, &config);
    ck_assert(!config.exists);
    ck_assert_str_eq(config.path, file.buf);
    ck_assert_uint_eq(config.problem_count, 0);
    assert_defaults();
    for (size_t i = 0; i < config.value_count; i++) ck_assert_int_eq(config.values[i].line, 0);
}
END_TEST

START_TEST(an_empty_file_changes_nothing)
{
    load_well("");
    ck_assert(config.exists);
    assert_defaults();
    load_well("\n \n# a comment\n; another\n[remind]\n");
    assert_defaults();
}
END_TEST

START_TEST(the_users_file_is_where_xdg_says)
{
    char *before = getenv("XDG_CONFIG_HOME"), *kept = before ? strdup(before) : NULL;
    setenv("XDG_CONFIG_HOME", folder.buf, 1);
    config_load(NULL, &arena, &config);
    ck_assert_str_eq(config.path, arena_strf(&arena, "%s/entente/entente.conf", folder.buf));
    unsetenv("XDG_CONFIG_HOME");
    unsetenv("HOME");
    config_load(NULL, &arena, &config);
    ck_assert_str_eq(config.path, "");
    ck_assert(!config.exists);
    assert_defaults();
    if (kept) setenv("XDG_CONFIG_HOME", kept, 1);
    free(kept);
}
END_TEST

START_TEST(what_is_not_a_file_is_said_and_hangs_nothing)
{
    ck_assert_int_eq(mkdir(file.buf, 0700), 0);
    config_load(file.buf, &arena, &config);
    ck_assert(config.exists);
    ck_assert_uint_eq(config.problem_count, 1);
    ck_assert_ptr_nonnull(strstr(config.problems[0], "not a regular file"));
    rmdir(file.buf);
    ck_assert_int_eq(mkfifo(file.buf, 0600), 0);
    config_load(file.buf, &arena, &config);
    ck_assert_ptr_nonnull(strstr(config.problems[0], "not a regular file"));
    assert_defaults();
}
END_TEST

#define TRUSTED                                                                                              \
    "[remind]\ncommand = one\ncommand = two\nmail = me@example.org\nopen = mine\nfile = /tmp/due\n"          \
    "names = yes\nlead = 1 day\n[calendar]\nfile = /tmp/due.ics\n"

static void assert_left_out(const char *why)
{
    config_load(file.buf, &arena, &config);
    static const char *const LEFT_OUT[] = {"2: command", "3: command", "4: mail", "5: open",
                                           "6: file",    "7: names",   "10: file"};
    enum { COUNT = sizeof LEFT_OUT / sizeof *LEFT_OUT };
    ck_assert_uint_eq(config.problem_count, COUNT + 1);
    ck_assert_msg(strstr(config.problems[0], why) != NULL, "%s", config.problems[0]);
    for (size_t i = 0; i < COUNT; i++)
        ck_assert_ptr_nonnull(
            strstr(config.problems[i + 1], arena_strf(&arena, "line %s: it is left out", LEFT_OUT[i])));
    ck_assert_uint_eq(config.channel_count, 1);
    ck_assert_int_eq(config.channels[0].kind, CHANNEL_DESKTOP);
    ck_assert(!config.names && !config.calendar);
    ck_assert_int_eq(config.rules.lead, 1);
    ck_assert_str_eq(config.open[0], "x-terminal-emulator");
    ck_assert_int_eq(value_of("remind", "open")->line, 0);
}

START_TEST(what_others_can_change_starts_no_program_and_lets_nothing_out)
{
    static const mode_t OPEN[] = {0620, 0602, 0666, 0664}, SHUT[] = {0600, 0644, 0444, 0755};
    load_well(TRUSTED);
    for (size_t i = 0; i < sizeof OPEN / sizeof *OPEN; i++) {
        ck_assert_int_eq(chmod(file.buf, OPEN[i]), 0);
        assert_left_out("others can change it");
    }
    for (size_t i = 0; i < sizeof SHUT / sizeof *SHUT; i++) {
        ck_assert_int_eq(chmod(file.buf, SHUT[i]), 0);
        config_load(file.buf, &arena, &config);
        ck_assert_uint_eq(config.problem_count, 0);
        ck_assert_uint_eq(config.channel_count, 5);
        ck_assert(config.names);
        ck_assert_str_eq(config.open[0], "mine");
    }
    if (chown(file.buf, 65534, (gid_t)-1) == 0) /* only the superuser can try it */
        assert_left_out("it belongs to somebody else");
}
END_TEST

START_TEST(a_file_that_may_not_be_read_is_said)
{
    ck_assert_int_eq(symlink("entente.conf", file.buf), 0); /* a loop: no user may, not even root */
    config_load(file.buf, &arena, &config);
    ck_assert(config.exists);
    ck_assert_uint_eq(config.problem_count, 1);
    ck_assert_ptr_nonnull(strstr(config.problems[0], "cannot be opened: "));
    assert_defaults();
}
END_TEST

/* ---- what it says ---- */

START_TEST(every_setting_is_taken)
{
    load_well("[journal]\nfile = ~/j.db\n[screen]\ncolor = never\n[calendar]\nfile = /tmp/due.ics\n"
              "[remind]\ndesktop = yes\nlead = 1 day\nrepeat = 2 weeks\nquiet = 22:00-07:30\n"
              "digest = 8:00\nnames = yes\nabout = reviews check-ins\ntime-limit = 30 seconds\n"
              "open = ~/bin/open-it 'two words'\n");
    ck_assert_str_eq(config.journal, "/home/ana/j.db");
    ck_assert_str_eq(config.color, "never");
    ck_assert_str_eq(config.calendar, "/tmp/due.ics");
    ck_assert_int_eq(config.desktop, DESKTOP_YES);
    ck_assert_int_eq(config.rules.lead, 1);
    ck_assert_int_eq(config.rules.repeat, 14);
    ck_assert_int_eq(config.rules.quiet_from, 22 * 60);
    ck_assert_int_eq(config.rules.quiet_to, 7 * 60 + 30);
    ck_assert_int_eq(config.rules.digest, 8 * 60);
    ck_assert(config.names);
    ck_assert_uint_eq(config.rules.about, 1U << AGENDA_CHECK_IN | 1U << AGENDA_REVIEW);
    ck_assert_int_eq(config.time_limit, 30);
    ck_assert_str_eq(config.open[0], "/home/ana/bin/open-it");
    ck_assert_str_eq(config.open[1], "two words");
    ck_assert_ptr_null(config.open[2]);
}
END_TEST

START_TEST(channels_come_in_the_order_of_the_file_desktop_first_terminal_last)
{
    static const char *const NAMES[] = {
        "desktop", "file /home/ana/due", "command tell --low", "mail me@example.org", "command /bin/tell",
        "terminal"};
    load_well("[remind]\nterminal = yes\nfile = ~/due\ncommand = tell --low\nmail = me@example.org\n"
              "command = /bin/tell\n");
    ck_assert_uint_eq(config.channel_count, sizeof NAMES / sizeof *NAMES);
    for (size_t i = 0; i < config.channel_count; i++) ck_assert_str_eq(config.channels[i].name, NAMES[i]);
    ck_assert_int_eq(config.channels[1].kind, CHANNEL_FILE);
    ck_assert_str_eq(config.channels[1].target, "/home/ana/due");
    ck_assert_int_eq(config.channels[2].kind, CHANNEL_COMMAND);
    ck_assert_str_eq(config.channels[2].argv[1], "--low");
    ck_assert_str_eq(config.channels[3].target, "me@example.org");
}
END_TEST

START_TEST(without_desktop_there_may_be_no_channel_at_all)
{
    load_well("[remind]\ndesktop = no\n");
    ck_assert_uint_eq(config.channel_count, 0);
}
END_TEST

START_TEST(each_value_tells_its_line)
{
    load_well("[remind]\n\nmail = a@example.org\nlead = 2 days\nmail = b@example.org\n");
    ck_assert_int_eq(value_of("remind", "lead")->line, 4);
    ck_assert_str_eq(value_of("remind", "lead")->value, "2 days");
    ck_assert_int_eq(value_of("remind", "repeat")->line, 0);
    ck_assert_str_eq(value_of("remind", "repeat")->value, "no");
    const ConfigValue *mail = value_of("remind", "mail");
    ck_assert_str_eq(mail[0].value, "a@example.org");
    ck_assert_str_eq(mail[1].value, "b@example.org");
    ck_assert_int_eq(mail[1].line, 5);
}
END_TEST

START_TEST(no_days_at_all_are_shown_as_no)
{
    load_well("[remind]\nlead = 0 days\nrepeat = 0d\n");
    ck_assert_int_eq(config.rules.lead, 0);
    ck_assert_int_eq(config.rules.repeat, 0);
    ck_assert_str_eq(value_of("remind", "lead")->value, "no");
    ck_assert_str_eq(value_of("remind", "repeat")->value, "no");
    ck_assert_int_eq(value_of("remind", "repeat")->line, 3);
}
END_TEST

/* Each gives lead = 3. */
static const char *const FORMS[] = {
    "[remind]\nlead = 3 days",
    "[remind]\r\nlead=3d\r\n",
    "\xef\xbb\xbf[remind]\nlead = 3 days\n",
    "[remind]\nlead : 3 days ; three\n",
    " [ remind ] ; the section\n\t lead = 3 days\n",
    "[remind]\nnames = no\n    lead = 3 days\n",
    "[remind]\n[screen]\ncolor = auto\n[remind]\nlead = 3 days\n",
};

START_TEST(a_file_may_be_written_in_many_ways)
{
    load_well(FORMS[_i]);
    ck_assert_int_eq(config.rules.lead, 3);
}
END_TEST

/* ---- what is wrong ---- */

static const struct {
    const char *text, *problem;
} PROBLEMS[] = {
    {"[screen]\ncolor = red",
     "line 2: color: \"red\" is not auto, always or never. The default, auto, is used."},
    {"[screen]\ncolor =", "line 2: color: its value is missing. The default, auto, is used."},
    {"[screen]\ncolour = auto",
     "line 2: there is no setting \"colour\" in [screen]. Did you mean color? It is left out."},
    {"[screen]\nColor = auto",
     "line 2: there is no setting \"Color\" in [screen]. Did you mean color? It is left out."},
    {"[screen]\nsound = loud", "line 2: there is no setting \"sound\" in [screen]. It is left out."},
    {"[screen]\nlead = 1 day", "line 2: \"lead\" belongs in [remind]. It is left out."},
    {"\n[remnd]\nlead = 1 day\nnames = yes",
     "line 2: there is no section [remnd]. Did you mean [remind]? What stands in it is left out."},
    {"lead = 1 day", "line 1: it stands before the first [section]. It is left out."},
    {"[remind\nlead = 1 day", "line 1: the ] is missing. What stands in this section is left out."},
    {"[remind ;]\nlead = 1 day", "line 1: the ] is missing. What stands in this section is left out."},
    {"[remind]\nnames\nlead = no", "line 2: it is neither KEY = VALUE nor [section]. It is left out."},
    {"[remind]\nlead = no\nnames", "line 3: it is neither KEY = VALUE nor [section]. It is left out."},
    {"[remind]\nnames = yes\nnames = no",
     "line 3: names: it is set in line 2 already, and that counts. It is left out."},
    {"[remind]\nnames = Yes", "line 2: names: \"Yes\" is neither yes nor no. The default, no, is used."},
    {"[remind]\nmail = me@example.org\nmail = me@example.org",
     "line 3: mail: it stands in an earlier line as well. It is left out."},
    {"[remind]\ncommand = a 'b",
     "line 2: command: the quote ' is not closed (a ; behind a space begins a comment). It is left out."},
    {"[remind]\ncommand = a 'b ; c'",
     "line 2: command: the quote ' is not closed (a ; behind a space begins a comment). It is left out."},
    {"[remind]\ncommand = bin/tell",
     "line 2: command: \"bin/tell\" begins neither with / nor with ~/. It is left out."},
    {"[remind]\ncommand = ''", "line 2: command: no program is named. It is left out."},
    {"[remind]\nopen = ''",
     "line 2: open: no program is named. The default, x-terminal-emulator -e entente, is used."},
    {"[journal]\nfile = j.db",
     "line 2: file: \"j.db\" begins neither with / nor with ~/. The default is used."},
    {"[journal]\nfile = /tmp/",
     "line 2: file: \"/tmp/\" is a folder's name, not a file's. The default is used."},
    {"[remind]\nquiet = 22:00",
     "line 2: quiet: \"22:00\" has no end; write 22:00-07:00 or no. The default, no, is used."},
    {"[remind]\nquiet = 7:00-07:00", "line 2: quiet: \"7:00-07:00\" ends when it begins; write no for no "
                                     "quiet hours. The default, no, is used."},
    {"[remind]\nabout = check-ins birthdays",
     "line 2: about: \"birthdays\" is not check-ins, commitments or reviews. The default, check-ins "
     "commitments reviews, is used."},
    {"[remind]\ntime-limit = 0",
     "line 2: time-limit: \"0\" is not 1 to 300 seconds. The default, 10 seconds, is used."},
    {"[remind]\ntime-limit = 1 minute",
     "line 2: time-limit: \"1 minute\" is not 1 to 300 seconds. The default, 10 seconds, is used."},
    {"[screen]\ncolor = a\x1b[31mb", "line 2: it holds a control character. It is left out."},
    {"[screen]\ncolor = \xff", "line 2: it is not UTF-8 text. It is left out."},
};

START_TEST(a_problem_names_its_line_and_reason_and_the_default_is_used)
{
    ck_assert_str_eq(problem_of(PROBLEMS[_i].text), PROBLEMS[_i].problem);
    config.names = false; /* where the first of two counts */
    if (config.channel_count == 2) config.channel_count = 1;
    assert_defaults();
}
END_TEST

/* What core says of a day or a clock is passed on. */
static const char *const REFUSED[] = {"lead = soon",        "lead = 3 months", "lead = -1 day",
                                      "repeat = 9999 days", "quiet = 22-7",    "quiet = -",
                                      "digest = 25:00",     "digest = noon",   "desktop = maybe"};

START_TEST(what_is_no_day_or_clock_is_refused)
{
    const char *said = problem_of(arena_strf(&arena, "[remind]\n%s\n", REFUSED[_i]));
    ck_assert_int_eq(strncmp(said, "line 2: ", 8), 0);
    ck_assert_ptr_nonnull(strstr(said, ". The default, "));
    ck_assert_ptr_null(strstr(said, ".."));
    assert_defaults();
}
END_TEST

static const char *const ADDRESSES[] = {"me",         "-me@example.org", "me@",       "@example.org",
                                        "a@b@c",      "a b@example.org", "a@b,c@d",   "<me@example.org>",
                                        "a..b@c.org", ".a@c.org",        "a@c..org",  "\"a\"@c.org",
                                        "a@[::1]",    "Ana <a@c.org>",   "a@c.org\\", "\xc3\xa4@example.org"};

START_TEST(only_one_plain_address_is_one)
{
    problem_of(arena_strf(&arena, "[remind]\nmail = %s\n", ADDRESSES[_i]));
    assert_defaults();
    load_well("[remind]\nmail = ana+due.list@mail-1.example.org\n");
    ck_assert_str_eq(config.channels[1].target, "ana+due.list@mail-1.example.org");
}
END_TEST

START_TEST(home_is_needed_only_where_it_is_meant)
{
    unsetenv("HOME");
    ck_assert_ptr_nonnull(strstr(problem_of("[journal]\nfile = ~/j.db"), "HOME is not set"));
    load_well("[journal]\nfile = /j.db");
    setenv("HOME", "relative", 1);
    problem_of("[journal]\nfile = ~/j.db");
}
END_TEST

START_TEST(a_long_line_is_read_and_one_too_long_is_named)
{
    Str text;
    str_init(&text);
    str_add_c(&text, "[journal]\nfile = /");
    str_add_fill(&text, 'x', 3500);
    load_well(text.buf);
    ck_assert_uint_eq(strlen(config.journal), 3501);
    str_add_fill(&text, 'x', 60000);
    str_add_c(&text, "\n[screen]\ncolor = never\n");
    ck_assert_ptr_nonnull(strstr(problem_of(text.buf), "line 2: it is longer than 4000 bytes."));
    ck_assert_str_eq(config.color, "never");
    str_add_fill(&text, '\n', 4000);
    ck_assert_ptr_nonnull(strstr(problem_of(text.buf), "larger than 64 KiB"));
    assert_defaults();
    str_finish(&text);
}
END_TEST

START_TEST(a_zero_byte_ends_nothing)
{
    static const char TEXT[] = "[screen]\ncolor = al\0ways\n[remind]\nlead = 2 days\n";
    write_bytes(sv_n(TEXT, sizeof TEXT - 1));
    config_load(file.buf, &arena, &config);
    ck_assert_uint_eq(config.problem_count, 1);
    ck_assert_ptr_nonnull(strstr(config.problems[0], "line 2: it is not UTF-8 text."));
    ck_assert_int_eq(config.rules.lead, 2);
}
END_TEST

START_TEST(a_file_of_nothing_but_mistakes_is_not_said_line_by_line)
{
    Str text;
    str_init(&text);
    for (int i = 0; i < 1000; i++) str_add_c(&text, "x\n");
    load(text.buf);
    ck_assert_uint_eq(config.problem_count, 21);
    ck_assert_ptr_nonnull(strstr(config.problems[20], "980 more"));
    str_finish(&text);
}
END_TEST

/* ---- commands ---- */

static const struct {
    const char *text, *words; /* parted by | */
} SPLITS[] = {
    {"notify", "notify"},
    {"  a  b\tc ", "a|b|c"},
    {"a 'b c' \"d e\"", "a|b c|d e"},
    {"a b'c d'e\"f g\"", "a|bc def g"},
    {"a ''", "a|"},
    {"a '' \"\" b", "a|||b"},
    {"a \\'b \\\\ c\\ d", "a|'b|\\|c d"},
    {"a 'b\\' c", "a|b\\|c"},
    {"a \"b\\\"c\" d", "a|b\"c|d"},
    {"a \"it's\" 'say \"x\"'", "a|it's|say \"x\""},
    {"a $HOME * `b` $(c) | d > e", "a|$HOME|*|`b`|$(c)|||d|>|e"},
    {"é 'ü ö'", "é|ü ö"},
    {"", NULL},
    {"   ", NULL},
    {"'' a", NULL},
    {"a 'b", NULL},
    {"a \"b", NULL},
    {"a \"b'", NULL},
    {"a \\", NULL},
    {"a \"b\\", NULL},
};

START_TEST(a_command_is_split_as_a_shell_would_without_being_one)
{
    const char *const *argv = NULL;
    Error err = {0};
    bool ok = config_split(sv(SPLITS[_i].text), &arena, &argv, &err);
    ck_assert_int_eq(ok, SPLITS[_i].words != NULL);
    if (!ok) {
        ck_assert_int_eq(err.code, ERR_USAGE);
        ck_assert_ptr_null(argv);
        return;
    }
    Str words;
    str_init(&words);
    for (size_t i = 0; argv[i]; i++) str_addf(&words, "%s%s", i ? "|" : "", argv[i]);
    ck_assert_str_eq(words.buf, SPLITS[_i].words);
    str_finish(&words);
}
END_TEST

/* ---- entente.conf(5) ---- */

/* A line of roff as it is read: \- is a hyphen, \(dq and \(aq are quotes, \e a backslash. */
static void add_plain(Str *out, StrView line)
{
    for (size_t i = 0; i < line.len; i++) {
        StrView rest = sv_n(line.ptr + i, line.len - i);
        if (sv_starts(rest, SV("\\-")))
            str_add_char(out, '-');
        else if (sv_starts(rest, SV("\\e")))
            str_add_char(out, '\\');
        else if (sv_starts(rest, SV("\\(dq")))
            str_add_char(out, '"');
        else if (sv_starts(rest, SV("\\(aq")))
            str_add_char(out, '\'');
        else
            str_add_char(out, line.ptr[i]);
        if (line.ptr[i] == '\\') i += i + 1 < line.len && line.ptr[i + 1] == '(' ? 3 : 1;
    }
    str_add_char(out, '\n');
}

static void read_page(Str *out)
{
    char piece[4096];
    size_t n;
    Str raw;
    str_init(&raw);
    FILE *f = fopen(arena_strf(&arena, "%s/data/entente.conf.5", getenv("ENTENTE_SOURCE")), "r");
    ck_assert_ptr_nonnull(f);
    while ((n = fread(piece, 1, sizeof piece, f)) > 0) str_add(&raw, sv_n(piece, n));
    fclose(f);
    for (StrView rest = str_view(&raw); rest.len > 0;) add_plain(out, sv_cut(&rest, '\n'));
    str_finish(&raw);
}

/* The key of `.BI "file = " PATH`; empty: the line has none. */
static StrView key_of(StrView line)
{
    if (!sv_starts(line, SV(".B"))) return SV("");
    sv_cut(&line, ' ');
    if (line.len > 0 && line.ptr[0] == '"') line = sv_n(line.ptr + 1, line.len - 1);
    StrView whole = line, key = sv_cut(&line, '=');
    return key.len < whole.len ? sv_trim(key) : SV("");
}

typedef struct {
    StrView section, key;
    StrView value; /* behind "Default: ", without what a comma adds */
} Told;

static StrView default_of(StrView line)
{
    line = sv_n(line.ptr + strlen("Default: "), line.len - strlen("Default: "));
    StrView value = sv_cut(&line, ',');
    return value.len > 0 && value.ptr[value.len - 1] == '.' ? sv_n(value.ptr, value.len - 1) : value;
}

/* The settings the page tells of, in its order. */
static size_t read_told(StrView page, Told *told, size_t max)
{
    size_t n = 0;
    StrView section = SV("");
    while (page.len > 0) {
        StrView line = sv_cut(&page, '\n'), key = key_of(line);
        if (sv_starts(line, SV(".SS ["))) section = sv_n(line.ptr + 5, line.len - 6);
        if (sv_starts(line, SV(".SS ")) && !sv_starts(line, SV(".SS ["))) section = SV("");
        if (section.len == 0) continue;
        if (key.len > 0 && n < max) told[n++] = (Told){section, key, SV("")};
        if (sv_starts(line, SV("Default: ")) && n > 0) told[n - 1].value = default_of(line);
    }
    return n;
}

static void assert_same(StrView told, const char *is)
{
    ck_assert_msg(sv_eq(told, sv(is)), "the page says %.*s where it is %s", (int)told.len, told.ptr, is);
}

START_TEST(the_manual_names_every_setting_with_its_default_and_no_other)
{
    enum { MAX = 40 };
    Told told[MAX];
    Str page;
    str_init(&page);
    read_page(&page);
    config_load(file.buf, &arena, &config);
    ck_assert_uint_eq(read_told(str_view(&page), told, MAX), config.value_count);
    for (size_t i = 0; i < config.value_count; i++) {
        const ConfigValue *v = &config.values[i];
        assert_same(told[i].section, v->section);
        assert_same(told[i].key, v->key);
        assert_same(told[i].value, *v->value ? v->value : "none");
    }
    str_finish(&page);
}
END_TEST

/* What stands between .nf and .fi under EXAMPLE. */
static const char *example(void)
{
    Str page;
    str_init(&page);
    read_page(&page);
    char *begin = strstr(page.buf, ".SH EXAMPLE\n.nf\n");
    ck_assert_ptr_nonnull(begin);
    begin += strlen(".SH EXAMPLE\n.nf\n");
    char *end = strstr(begin, ".fi\n");
    ck_assert_ptr_nonnull(end);
    const char *text = arena_str(&arena, sv_n(begin, (size_t)(end - begin)));
    str_finish(&page);
    return text;
}

START_TEST(the_manuals_example_is_understood)
{
    load_well(example());
    ck_assert_uint_eq(config.channel_count, 4);
    ck_assert_str_eq(config.channels[2].argv[2], "The alliances");
    ck_assert_int_eq(config.rules.lead, 1);
    ck_assert_int_eq(config.rules.digest, 8 * 60);
    ck_assert(config.names);
}
END_TEST

/* ---- whatever is in it ---- */

static uint64_t next_random(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *state >> 33;
}

static void spoil(Str *text, uint64_t *random)
{
    static const char BYTES[] = "[]=:;#\"'\\ \t\n\r\0\x80\xc3\xff~-/@";
    for (uint64_t i = 0, n = next_random(random) % 6; i < n && text->len > 0; i++) {
        size_t at = next_random(random) % text->len;
        StrView byte = sv_n(&BYTES[next_random(random) % (sizeof BYTES - 1)], 1);
        switch (next_random(random) % 3) {
        case 0: str_remove(text, at, 1); break;
        case 1: str_insert(text, at, byte); break;
        default: str_remove(text, at, next_random(random) % (text->len - at)); break;
        }
    }
}

/* What holds of every file. */
static void assert_whole(void)
{
    ck_assert_ptr_nonnull(config.color);
    ck_assert_ptr_nonnull(config.open[0]);
    ck_assert(config.time_limit >= 1 && config.time_limit <= 300);
    ck_assert(config.rules.about != 0);
    ck_assert(config.rules.lead >= 0 && config.rules.repeat >= 0);
    for (size_t i = 0; i < config.channel_count; i++)
        for (size_t k = 0; k < i; k++) ck_assert_str_ne(config.channels[i].name, config.channels[k].name);
    for (size_t i = 0; i < config.problem_count; i++) {
        ck_assert(text_valid(sv(config.problems[i]), NULL));
        ck_assert_ptr_null(strchr(config.problems[i], '\n'));
    }
}

START_TEST(a_spoilt_file_never_breaks_anything)
{
    uint64_t random = 2026;
    const char *text = example();
    for (int i = 0; i < 1000; i++) {
        Str spoilt;
        str_init(&spoilt);
        str_add_c(&spoilt, text);
        spoil(&spoilt, &random);
        write_bytes(str_view(&spoilt));
        Arena own = {0};
        config_load(file.buf, &own, &config);
        assert_whole();
        arena_finish(&own);
        str_finish(&spoilt);
    }
}
END_TEST

static void add_tests(TCase *all)
{
    tcase_add_test(all, no_days_at_all_are_shown_as_no);
    tcase_add_test(all, without_a_file_there_are_the_defaults_and_nothing_to_say);
    tcase_add_test(all, an_empty_file_changes_nothing);
    tcase_add_test(all, the_users_file_is_where_xdg_says);
    tcase_add_test(all, what_is_not_a_file_is_said_and_hangs_nothing);
    tcase_add_test(all, what_others_can_change_starts_no_program_and_lets_nothing_out);
    tcase_add_test(all, a_file_that_may_not_be_read_is_said);
    tcase_add_test(all, every_setting_is_taken);
    tcase_add_test(all, channels_come_in_the_order_of_the_file_desktop_first_terminal_last);
    tcase_add_test(all, without_desktop_there_may_be_no_channel_at_all);
    tcase_add_test(all, each_value_tells_its_line);
    tcase_add_loop_test(all, a_file_may_be_written_in_many_ways, 0, sizeof FORMS / sizeof *FORMS);
    tcase_add_loop_test(all, a_problem_names_its_line_and_reason_and_the_default_is_used, 0,
                        sizeof PROBLEMS / sizeof *PROBLEMS);
    tcase_add_loop_test(all, what_is_no_day_or_clock_is_refused, 0, sizeof REFUSED / sizeof *REFUSED);
    tcase_add_loop_test(all, only_one_plain_address_is_one, 0, sizeof ADDRESSES / sizeof *ADDRESSES);
    tcase_add_test(all, home_is_needed_only_where_it_is_meant);
    tcase_add_test(all, a_long_line_is_read_and_one_too_long_is_named);
    tcase_add_test(all, a_zero_byte_ends_nothing);
    tcase_add_test(all, a_file_of_nothing_but_mistakes_is_not_said_line_by_line);
    tcase_add_loop_test(all, a_command_is_split_as_a_shell_would_without_being_one, 0,
                        sizeof SPLITS / sizeof *SPLITS);
    tcase_add_test(all, the_manual_names_every_setting_with_its_default_and_no_other);
    tcase_add_test(all, the_manuals_example_is_understood);
    tcase_add_test(all, a_spoilt_file_never_breaks_anything);
}

int main(void)
{
    Suite *s = suite_create("config");
    TCase *all = tcase_create("all");
    tcase_add_checked_fixture(all, set_up, tear_down);
    tcase_set_timeout(all, 60);
    add_tests(all);
    suite_add_tcase(s, all);
    SRunner *runner = srunner_create(s);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
