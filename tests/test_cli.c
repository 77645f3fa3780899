#include <entente/cli.h>
#include <entente/json.h>
#include <entente/text.h>

#include <check.h>
#include <ftw.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ARGS_MAX = 16 };

/* A journal of its own for each test, and what the last command said. */
static char folder[64], journal[96];
static char *out, *err;

static void forget_output(void)
{
    free(out);
    free(err);
    out = err = NULL;
}

static void begin(void)
{
    strcpy(folder, "/tmp/entente-test-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(journal, sizeof journal, "%s/journal.db", folder);
    setenv("XDG_CONFIG_HOME", folder, 1);
}

static int drop(const char *path, const struct stat *st, int kind, struct FTW *at)
{
    (void)st, (void)kind, (void)at;
    return remove(path);
}

static void finish(void)
{
    nftw(folder, drop, 8, FTW_DEPTH | FTW_PHYS);
    forget_output();
}

/* A file in the folder of the user's own packs; its path. */
static const char *own_pack(const char *name, const char *text)
{
    static char path[160];
    snprintf(path, sizeof path, "%s/entente", folder);
    mkdir(path, 0700);
    strncat(path, "/prompts", sizeof path - strlen(path) - 1);
    mkdir(path, 0700);
    snprintf(path, sizeof path, "%s/entente/prompts/%s", folder, name);
    FILE *f = fopen(path, "w");
    ck_assert_ptr_nonnull(f);
    fputs(text, f);
    fclose(f);
    return path;
}

/* The words behind the program's name; NULL ends them. */
static Cli *cli_of(const char *const *words)
{
    static char *argv[ARGS_MAX + 8];
    int argc = 0;
    argv[argc++] = (char *)"entente";
    for (; *words; words++) argv[argc++] = (char *)*words;
    argv[argc] = NULL;
    return cli_new(argc, argv);
}

/* Runs a command on the test's journal at Sun 2026-11-22 21:40; `in` may hold anything. */
static int run_bytes(const char *in, size_t in_len, const char *const *args)
{
    const char *words[ARGS_MAX + 5] = {"--journal", journal, "--now", "2026-11-22T21:40"};
    for (size_t n = 4; *args; args++) words[n++] = *args;
    forget_output();
    size_t out_len, err_len;
    FILE *i = in_len ? fmemopen((char *)in, in_len, "r") : fopen("/dev/null", "r");
    FILE *o = open_memstream(&out, &out_len), *e = open_memstream(&err, &err_len);
    Cli *cli = cli_of(words);
    int status = cli_run(cli, i, o, e);
    cli_free(cli);
    fclose(i);
    fclose(o);
    fclose(e);
    return status;
}

#define ARGS(...)     ((const char *const[]){__VA_ARGS__, NULL})
#define RUN(...)      run_bytes("", 0, ARGS(__VA_ARGS__))
#define FEED(in, ...) run_bytes(in, strlen(in), ARGS(__VA_ARGS__))
#define MUST(...)     ck_assert_msg(RUN(__VA_ARGS__) == 0, "%s", err)

static void contains(const char *text, const char *part)
{
    ck_assert_msg(strstr(text, part) != NULL, "\"%s\" is not in:\n%s", part, text);
}

static void lacks(const char *text, const char *part)
{
    ck_assert_msg(strstr(text, part) == NULL, "\"%s\" is in:\n%s", part, text);
}

/* The last output as JSON; `path` is keys and indices with dots: "alliances.0.name". */
static Json *parsed(void)
{
    Json *j;
    Error why = {0};
    ck_assert_msg(json_parse(sv(out), "output", &j, &why), "%s:\n%s", why.msg, out);
    return j;
}

static const Json *at(const Json *j, const char *path)
{
    StrView rest = sv(path);
    while (rest.len && j) {
        StrView part = sv_cut(&rest, '.');
        char key[64];
        long i;
        snprintf(key, sizeof key, "%.*s", (int)part.len, part.ptr);
        if (sv_to_int(part, 0, 999, &i))
            for (j = json_first(j); j && i > 0; i--) j = json_next(j);
        else
            j = json_get(j, key);
    }
    ck_assert_msg(j != NULL, "no %s in:\n%s", path, out);
    return j;
}

static void json_is(const char *path, const char *text)
{
    Json *j = parsed();
    const Json *v = at(j, path);
    int64_t n;
    char number[32] = "null";
    if (json_int(v, &n)) snprintf(number, sizeof number, "%ld", (long)n);
    if (json_kind(v) == JSON_BOOL) strcpy(number, json_bool(v) ? "true" : "false");
    ck_assert_msg(strcmp(json_text(v) ? json_text(v) : number, text) == 0, "%s is not %s in:\n%s", path, text,
                  out);
    json_free(j);
}

/* ---- what argv is taken for ---- */

START_TEST(options_stand_before_and_after_arguments_with_and_without_an_equals_sign)
{
    MUST("new", "--role=partner", "Ana", "Lima", "--cadence", "every 2 weeks", "--tag", "home", "--tag=old");
    MUST("--json", "list");
    json_is("alliances.0.name", "Ana Lima");
    json_is("alliances.0.role", "partner");
    json_is("alliances.0.tags.1", "old");
    MUST("commit", "ana", "me", "--by", "friday", "--", "--read", "the", "budget");
    MUST("commitments", "--json");
    json_is("commitments.0.text", "--read the budget");
    json_is("commitments.0.due", "2026-11-27");
}
END_TEST

static const struct {
    const char *args[4];
    const char *says;
} USAGE[] = {
    {{"lsit"}, "entente: lsit: no such command. Did you mean `entente list`?"},
    {{"xyzzy"}, "entente: xyzzy: no such command. Run `entente help` to see all."},
    {{"list", "--jsn"}, "--jsn: no such option. Did you mean --json?"},
    {{"list", "-z"}, "-z: no such option."},
    {{"list", "--tag"}, "--tag: its value is missing."},
    {{"list", "--json=1"}, "--json: takes no value."},
    {{"list", "--tag=a", "--tag=b"}, "--tag: given twice."},
    {{"list", "ana"}, "list: there is a word too many. Write: entente list"},
    {{"snooze", "ana"}, "snooze: something is missing. Write: entente snooze WHO WHEN"},
    {{"list", "--state", "asleep"}, "--state: \"asleep\" is not designing, active, paused or ended."},
    {{"list", "--color", "red"}, "--color: \"red\" is not"},
    {{"list", "--now", "blursday"}, "blursday"},
    {{"history", "--limit", "0"}, "--limit: \"0\" is not a whole number from 1"},
    {{"history", "--kind", "gossip"}, "--kind: \"gossip\" is not"},
    {{"settle", "12a", "kept"}, "\"12a\": not an id."},
    {{"settle", "99999999999999999999", "kept"}, "not an id."},
    {{"checkin", "ana", "--trust", "3"}, "--trust: goes with --quick"},
    {{"checkin", "ana", "--no-input"}, "--no-input forbids"},
    {{"design", "--section", "weather"}, "--section: there is no section \"weather\""},
    {{"list", "--tag", "\xff"}, "--tag"},
    {{"cadence"}, "whose is missing"},
    {{"prepare"}, "prepare: something is missing. Write: entente prepare WHO"},
    {{"renew", "ana", "--term", "first"}, "--term: \"first\" is not the id of a term."},
    {{"design", "ana", "--situation=friends"}, "--situation: a new alliance begins with one."},
    {{"prompts", "chek"}, "Did you mean `entente prompts check`?"},
    {{"prompts", "lunch"}, "prompts: there is no \"lunch\". Write list, check FILE or why WHO."},
    {{"prompts", "check"}, "prompts check: name one file."},
    {{"prompts", "why"}, "prompts why: whose is missing."},
    {{"prompts", "list", "more"}, "a word too many"},
    {{"prompts", "--stage=lunch"}, "--stage: there is no stage \"lunch\"."},
    {{"repar", "ana"}, "Did you mean `entente repair`?"},
    {{"help", "chekin"}, "Did you mean `entente help checkin`?"},
};

START_TEST(what_cannot_be_understood_is_named_and_exits_2)
{
    int status = run_bytes("", 0, USAGE[_i].args);
    ck_assert_int_eq(status, 2);
    ck_assert_str_eq(out, "");
    contains(err, USAGE[_i].says);
    ck_assert_int_eq(strncmp(err, "entente: ", 9), 0);
    ck_assert_ptr_eq(strchr(err, '\n'), err + strlen(err) - 1);
}
END_TEST

START_TEST(version_belongs_to_the_program_before_the_command_and_to_agreement_behind_it)
{
    MUST("--version");
    contains(out, "entente ");
    MUST("new", "Ana");
    MUST("agree", "ana", "purpose", "both", "one");
    MUST("agree", "ana", "purpose", "both", "two");
    MUST("agreement", "ana", "--version", "1");
    contains(out, "one");
    lacks(out, "two");
    ck_assert_int_eq(RUN("agreement", "ana", "--version", "9"), 1);
}
END_TEST

static const struct {
    const char *args[4];
    bool possible;
    Face face;
} FACES[] = {
    {{NULL}, true, FACE_SCREEN},
    {{NULL}, false, FACE_LINES},
    {{"--plain"}, true, FACE_LINES},
    {{"demo"}, true, FACE_SCREEN},
    {{"demo", "--json"}, true, FACE_LINES},
    {{"list"}, true, FACE_LINES},
    {{"checkin", "ana"}, true, FACE_SCREEN},
    {{"checkin", "ana", "--plain"}, true, FACE_LINES},
    {{"checkin", "ana", "--no-input"}, true, FACE_LINES},
    {{"checkin", "ana", "--quick"}, true, FACE_LINES},
    {{"checkin"}, true, FACE_LINES}, /* a usage error */
    {{"design"}, true, FACE_SCREEN},
    {{"prepare", "ana"}, true, FACE_SCREEN},
    {{"repair", "ana"}, true, FACE_SCREEN},
    {{"renew", "ana", "--plain"}, true, FACE_LINES},
    {{"close", "ana"}, true, FACE_SCREEN},
    {{"prompts"}, true, FACE_LINES},
    {{"design", "--help"}, true, FACE_LINES},
    {{"help"}, true, FACE_LINES},
};

START_TEST(the_screen_opens_only_where_it_can_and_is_wanted)
{
    Cli *cli = cli_of(FACES[_i].args);
    ck_assert_int_eq(cli_face(cli, FACES[_i].possible), FACES[_i].face);
    cli_free(cli);
}
END_TEST

START_TEST(accessible_asks_for_lines_unless_it_is_zero)
{
    setenv("ACCESSIBLE", "1", 1);
    Cli *cli = cli_of(&(const char *){NULL});
    ck_assert_int_eq(cli_face(cli, true), FACE_LINES);
    cli_free(cli);
    setenv("ACCESSIBLE", "0", 1);
    cli = cli_of(&(const char *){NULL});
    ck_assert_int_eq(cli_face(cli, true), FACE_SCREEN);
    cli_free(cli);
    unsetenv("ACCESSIBLE");
}
END_TEST

START_TEST(the_screen_is_told_what_to_open)
{
    CliScreen s;
    Cli *cli = cli_of(ARGS("design", "--section", "hard-moments", "ana", "lima"));
    cli_screen(cli, &s);
    ck_assert(s.has_session && s.session.has_section && !s.demo);
    ck_assert_int_eq(s.session.stage, STAGE_DESIGN);
    ck_assert_int_eq(s.session.section, SECTION_HARD_MOMENTS);
    ck_assert_str_eq(s.who, "ana lima");
    cli_free(cli);
    cli = cli_of(ARGS("design", "ana", "--together"));
    cli_screen(cli, &s);
    ck_assert(s.session.together && !s.session.deep && !s.session.has_section);
    cli_free(cli);
    cli = cli_of(ARGS("design", "--situation", "friends"));
    cli_screen(cli, &s);
    ck_assert_str_eq(s.session.situation, "friends");
    ck_assert_ptr_null(s.who);
    cli_free(cli);
    cli = cli_of(ARGS("renew", "ana", "--term=42"));
    cli_screen(cli, &s);
    ck_assert_int_eq(s.session.stage, STAGE_RENEW);
    ck_assert_int_eq(s.session.term, 42);
    cli_free(cli);
    cli = cli_of(ARGS("demo"));
    cli_screen(cli, &s);
    ck_assert(s.demo && !s.has_session);
    cli_free(cli);
}
END_TEST

START_TEST(every_command_of_the_help_has_help_of_its_own)
{
    MUST("help");
    char *all = strdup(out);
    size_t found = 0;
    StrView rest = sv(all);
    while (rest.len) {
        StrView line = sv_cut(&rest, '\n'), word = line;
        if (sv_eq(line, SV("Everywhere:"))) break;
        if (!sv_starts(line, SV("  ")) || sv_starts(line, SV("  entente"))) continue;
        char name[32];
        word = sv_word(&word);
        snprintf(name, sizeof name, "%.*s", (int)word.len, word.ptr);
        MUST("help", name);
        contains(out, "usage: entente ");
        contains(out, "Everywhere:");
        char *by_command = strdup(out);
        MUST(name, "--help");
        ck_assert_str_eq(out, by_command);
        free(by_command);
        found++;
    }
    free(all);
    ck_assert_uint_ge(found, 32);
}
END_TEST

/* ---- reading ---- */

START_TEST(a_list_as_json_has_the_members_of_the_contract_in_order)
{
    static const char *const keys[] = {"id",
                                       "name",
                                       "kind",
                                       "role",
                                       "state",
                                       "tags",
                                       "cadence",
                                       "last_check_in",
                                       "due",
                                       "due_state",
                                       "days",
                                       "trust",
                                       "trust_history",
                                       "open_commitments",
                                       "draft",
                                       "missed"};
    MUST("new", "Ana", "--cadence", "weekly");
    MUST("list", "--json");
    ck_assert_int_eq(strncmp(out, "{\"version\":1,", 13), 0);
    Json *j = parsed();
    const Json *member = json_first(at(j, "alliances.0"));
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++, member = json_next(member))
        ck_assert_str_eq(json_key(member), keys[i]);
    ck_assert_ptr_null(member);
    ck_assert_int_eq(json_kind(at(j, "alliances.0.last_check_in")), JSON_NULL);
    ck_assert_int_eq(json_kind(at(j, "alliances.0.role")), JSON_NULL);
    ck_assert_int_eq(json_kind(at(j, "alliances.0.id")), JSON_TEXT);
    json_free(j);
    json_is("alliances.0.due", "2026-11-29");
    json_is("alliances.0.days", "7");
    json_is("alliances.0.due_state", "later");
}
END_TEST

START_TEST(columns_are_aligned_by_what_is_seen_and_a_pipe_is_never_cut)
{
    MUST("new",
         "佐藤 恵 佐藤 恵 佐藤 恵 佐藤 恵 佐藤 恵 佐藤 恵 佐藤 恵 佐藤 恵 佐藤 恵 佐藤 恵 佐藤 恵 佐藤 恵 "
         "佐藤 恵",
         "--role", "co-founder");
    MUST("new", "A name that is a good deal longer than the width of any terminal that could be asked for it",
         "--role", "friend");
    MUST("list");
    StrView rest = sv(out);
    int column = 0;
    for (int i = 0; i < 3; i++) {
        StrView line = sv_cut(&rest, '\n');
        const char *role = strstr(line.ptr, i == 0 ? "ROLE" : "co-founder");
        if (!role || role > line.ptr + line.len) role = strstr(line.ptr, "friend");
        int at_cell = text_width(sv_n(line.ptr, (size_t)(role - line.ptr)));
        if (i == 0) column = at_cell;
        ck_assert_int_eq(at_cell, column);
    }
    contains(out, "that could be asked for it");
    contains(out, "佐藤 恵  co-founder"); /* the widest is followed by the gap alone */
    lacks(out, "…");
}
END_TEST

START_TEST(nothing_stored_can_steer_a_terminal)
{
    MUST("new", "Ana");
    MUST("commit", "ana", "me", "left\xe2\x80\xaeright");
    MUST("commitments");
    contains(out, "<RLO>");
    lacks(out, "\xe2\x80\xae");
    ck_assert_int_ne(RUN("show", "\033[2Jana"), 0);
    lacks(err, "\033");
    MUST("commitments", "--json");
    json_is("commitments.0.text", "left\xe2\x80\xaeright");
}
END_TEST

START_TEST(due_is_silent_with_quiet_and_says_it_by_its_status)
{
    MUST("new", "Ana", "--cadence", "weekly");
    ck_assert_int_eq(RUN("due", "--quiet"), 1);
    ck_assert_str_eq(out, "");
    MUST("due");
    contains(out, "Ana");
    MUST("due", "--quiet", "--now", "2026-12-24");
    ck_assert_str_eq(out, "");
    MUST("due", "--json", "--now", "2026-12-24");
    json_is("alliances.0.days", "-25");
    json_is("alliances.0.due_state", "past");
}
END_TEST

static void add_week(void)
{
    MUST("new", "Ana Lima", "--cadence", "weekly", "--now", "2026-11-14");
    MUST("new", "Ben", "--cadence", "weekly", "--first", "tomorrow");
    MUST("commit", "ana", "me", "send the draft", "--by", "today");
    MUST("commit", "ben", "them", "send the notes", "--by", "2026-12-03");
}

START_TEST(the_agenda_is_a_table_of_days_in_a_pipe)
{
    MUST("agenda");
    ck_assert_str_eq(out, "Nothing is waiting, and nothing comes up within 14 days.\n");
    add_week();
    MUST("agenda");
    ck_assert_str_eq(out, "   DAY         WHAT        WHO       NOTE\n"
                          "!  Sat 21 Nov  check-in    Ana Lima  was due yesterday\n"
                          "*  Sun 22 Nov  commitment  Ana Lima  you: send the draft\n"
                          "   Mon 23 Nov  check-in    Ben       every week\n"
                          "   Thu 3 Dec   commitment  Ben       Ben: send the notes\n");
    MUST("agenda", "--within", "1 day");
    contains(out, "Mon 23 Nov");
    lacks(out, "notes");
    MUST("agenda", "--within=0", "--now", "2026-11-20");
    ck_assert_str_eq(out, "Nothing is waiting today.\n");
    ck_assert_int_eq(RUN("agenda", "--within", "a while"), 2);
}
END_TEST

START_TEST(the_agenda_as_json_has_three_lists)
{
    add_week();
    MUST("agenda", "--json");
    contains(out, "{\"version\":1,\"alliances\":[{\"id\":");
    json_is("alliances.0.name", "Ana Lima");
    json_is("alliances.0.due_state", "past");
    json_is("alliances.1.name", "Ben");
    json_is("commitments.0.text", "send the draft");
    json_is("commitments.1.by", "them");
    contains(out, "\"reviews\":[]}");
    MUST("agenda", "--json", "--within", "0");
    lacks(out, "Ben");
    MUST("agenda", "--json", "--now", "2026-01-01");
    ck_assert_str_eq(out, "{\"version\":1,\"alliances\":[],\"commitments\":[],\"reviews\":[]}\n");
}
END_TEST

START_TEST(status_is_one_line_or_nothing_and_exits_1)
{
    ck_assert_int_eq(RUN("status"), 1);
    ck_assert_str_eq(out, "");
    ck_assert_str_eq(err, "");
    ck_assert_int_eq(RUN("status", "--json"), 1);
    ck_assert_str_eq(out, "{\"version\":1,\"check_ins\":0,\"commitments\":0}\n");
    add_week();
    MUST("status");
    ck_assert_str_eq(out, "1 check-in, 1 commitment\n");
    MUST("status", "--now", "2026-11-23");
    ck_assert_str_eq(out, "2 check-ins, 1 commitment\n");
    MUST("status", "--json");
    ck_assert_str_eq(out, "{\"version\":1,\"check_ins\":1,\"commitments\":1}\n");
}
END_TEST

START_TEST(after_three_missed_check_ins_another_cadence_or_a_pause_is_offered)
{
    static const char *const names[] = {"Ben", "Cy", "Dan", "Eve"};
    MUST("new", "Ana Lima", "--cadence", "weekly");
    MUST("due", "--now", "2026-12-13");
    ck_assert_str_eq(err, "");
    MUST("due", "--now", "2026-12-14");
    ck_assert_str_eq(err, "Three check-ins with Ana Lima have gone by. Still the right cadence?\n"
                          "If you like: `entente cadence 'Ana Lima' ...` or `entente pause 'Ana Lima'`.\n");
    lacks(out, "gone by");
    MUST("show", "ana", "--now", "2026-12-14");
    contains(out, "Three check-ins with Ana Lima have gone by.");
    MUST("list", "--json", "--now", "2026-12-14");
    json_is("alliances.0.missed", "3");
    ck_assert_str_eq(err, "");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) MUST("new", names[i], "--cadence", "weekly");
    MUST("list", "--now", "2027-12-14");
    ck_assert_str_eq(err, "Many check-ins with Ana Lima have gone by.\n"
                          "Many check-ins with Ben have gone by.\n"
                          "Many check-ins with Cy have gone by.\n"
                          "The same goes for Dan and Eve.\n"
                          "Still right? If you like: `entente cadence WHO ...` or `entente pause WHO`.\n");
    MUST("agenda", "--now", "2027-12-14");
    ck_assert_str_eq(err, "Check-ins gone by: Ana Lima and 4 more. `entente cadence` or `entente pause`?\n");
}
END_TEST

START_TEST(of_many_offers_no_line_is_longer_than_80_columns)
{
    char name[40];
    for (int i = 0; i < 30; i++) {
        snprintf(name, sizeof name, "Ñandú %c%c", 'a' + i / 26, 'a' + i % 26);
        MUST("new", name, "--cadence", "weekly");
    }
    MUST("list", "--now", "2027-12-14");
    contains(err, "The same goes for Ñandú");
    contains(err, " more.\n");
    StrView rest = sv(err);
    while (rest.len) ck_assert_int_le(text_width(sv_cut(&rest, '\n')), 80);
    MUST("agenda", "--now", "2027-12-14");
    ck_assert_int_le(text_width(sv(err)), 80);
}
END_TEST

/* What stands between the first backticks of `text`. */
static const char *hint_in(const char *text)
{
    static char hint[300];
    const char *from = strchr(text, '`'), *to = from ? strchr(from + 1, '`') : NULL;
    ck_assert_msg(to != NULL, "no hint in:\n%s", text);
    snprintf(hint, sizeof hint, "%.*s", (int)(to - from - 1), from + 1);
    return hint;
}

static const struct {
    const char *name, *hint;
} HINTS[] = {
    {"Ana", "entente design Ana"},
    {"Luís", "entente design Luís"},
    {"Ana Lima", "entente design 'Ana Lima'"},
    {"Zoë O'Brien-Ñandú", "entente design 'Zoë O'\\''Brien-Ñandú'"},
    {"Cy $HOME; rm *", "entente design 'Cy $HOME; rm *'"},
    {"~ben", "entente design '~ben'"},
    {"Dan \"D\" \\", "entente design 'Dan \"D\" \\'"},
    {"-x", "entente design -- -x"},
    {"佐藤 恵", "entente design '佐藤 恵'"},
};

START_TEST(a_command_to_copy_quotes_a_name_where_a_shell_needs_it)
{
    const char *name = HINTS[_i].name;
    const char *expected = HINTS[_i].hint;
    MUST("new", "--", name);
    MUST("show", "--", name);
    ck_assert_str_eq(hint_in(out), expected);
    MUST("agreement", "--", name);
    ck_assert_str_eq(hint_in(out), expected);
    ck_assert_int_eq(FEED("a thought\n.\n", "checkin", "--plain", "--", name), 0);
    contains(strstr(out, "Draft kept"), strchr(expected + strlen("entente "), ' '));
}
END_TEST

START_TEST(a_review_has_a_day_that_is_shown_set_and_taken_away)
{
    MUST("new", "Ana Lima");
    ck_assert_int_eq(RUN("review", "ana", "tomorrow"), 2);
    contains(err, "no agreement with Ana Lima");
    MUST("agree", "ana", "tone", "both", "plain words");
    MUST("review", "ana");
    ck_assert_str_eq(out, "Ana Lima: no review is planned.\n");
    MUST("review", "ana", "in", "3", "days");
    MUST("review", "ana");
    ck_assert_str_eq(out, "Ana Lima: Wed 25 Nov 2026.\n");
    MUST("review", "ana", "--json");
    json_is("on", "2026-11-25");
    MUST("show", "ana");
    contains(out, "The agreement is to be looked at again on Wed 25 Nov.\n");
    MUST("show", "ana", "--now", "2026-11-25");
    contains(out, "The day to look at your agreement again was today.");
    ck_assert(!strstr(out, "wants a look")); /* once is enough */
    MUST("show", "ana", "--json");
    json_is("alliance.review_on", "2026-11-25");
    ck_assert_int_eq(RUN("review", "ana", "yesterday"), 2);
    ck_assert_int_eq(RUN("review", "ana", "blursday"), 2);
    MUST("review", "ana", "none");
    MUST("review", "ana", "--json");
    json_is("on", "null");
    MUST("undo");
    MUST("review", "ana");
    contains(out, "Wed 25 Nov");
}
END_TEST

START_TEST(agreements_that_want_a_look_are_named_beside_what_is_due)
{
    static const char *const names[] = {"Ben", "Cy", "Dan", "Eve"};
    for (size_t i = 0; i < 4; i++) {
        MUST("new", names[i]);
        MUST("agree", names[i], "tone", "both", "plain words");
    }
    MUST("review", "ben", "2026-12-01");
    MUST("due", "--now", "2026-11-30");
    ck_assert_str_eq(out, "No check-in is waiting.\n");
    MUST("due", "--now", "2026-12-01");
    ck_assert_str_eq(out, "Today: the agreement with Ben wants a look.\n");
    MUST("review", "cy", "2026-12-02");
    MUST("review", "dan", "2026-12-03");
    MUST("review", "eve", "2026-12-04");
    MUST("new", "Ana", "--cadence", "weekly");
    MUST("due", "--now", "2026-12-04");
    contains(out, "Ana");
    lacks(out, "look");
    ck_assert_str_eq(err, "The agreements with Ben, Cy, Dan and 1 more want a look.\n");
    MUST("due", "--now", "2026-12-04", "--json");
    ck_assert_str_eq(err, "");
    ck_assert_int_eq(RUN("status", "--now", "2026-11-29"), 0);
    ck_assert_str_eq(out, "1 check-in\n");
}
END_TEST

START_TEST(an_alliance_is_active_again_when_its_pause_has_run_out)
{
    MUST("new", "Ana", "--cadence", "weekly");
    MUST("new", "Ben", "--cadence", "weekly");
    MUST("pause", "ana", "2026-11-30");
    MUST("pause", "ben");
    MUST("list", "--state", "active");
    ck_assert_str_eq(out, "No alliance matches this filter.\n");
    MUST("list", "--state", "paused");
    contains(out, "Ana");
    MUST("list", "--state", "active", "--now", "2026-12-01", "--json");
    json_is("alliances.0.name", "Ana");
    json_is("alliances.0.state", "active");
    MUST("list", "--state", "paused", "--now", "2026-12-01");
    lacks(out, "Ana");
    contains(out, "Ben");
}
END_TEST

START_TEST(a_name_where_a_file_is_meant_is_told_apart)
{
    char here[128];
    MUST("new", "Ana Lima", "--cadence", "weekly");
    ck_assert_ptr_nonnull(getcwd(here, sizeof here));
    ck_assert_int_eq(chdir(folder), 0);
    int refused = RUN("export", "ics", "ana");
    bool made = access("ana", F_OK) == 0;
    ck_assert_int_eq(refused, 2);
    contains(err, "ana is an alliance, not a file: `entente export ics - ana` prints that of Ana Lima, "
                  "`entente export ics ./ana` writes a file of that name.");
    ck_assert(!made);
    MUST("export", "ics", "-", "ana");
    MUST("export", "ics", "ben");
    MUST("export", "ics", "./ana");
    MUST("export", "ics", "ana");
    contains(out, "ana holds this calendar already.");
    ck_assert_int_eq(chdir(here), 0);
}
END_TEST

static const struct {
    const char *said, *text, *due, *note;
} SAID[] = {
    {"me: call by fri", "call", "2026-11-27", ""},
    {"me: call by fri by blursday", "call by fri by blursday", "null",
     "\"blursday\" is no day; kept as words.\n"},
    {"me: pay by bank transfer", "pay by bank transfer", "null",
     "\"bank transfer\" is no day; kept as words.\n"},
    {"me: walk by the river by fri", "walk by the river", "2026-11-27", ""},
    {"me: go by the way we always took", "go by the way we always took", "null", ""},
    {"me: by and by", "by and by", "null", ""},
    {"me: call", "call", "null", ""},
};

START_TEST(words_behind_by_that_are_no_day_are_kept_and_said)
{
    for (size_t i = 0; i < sizeof SAID / sizeof *SAID; i++) {
        char name[2] = {(char)('a' + i), '\0'};
        MUST("new", name);
        MUST("checkin", name, "--quick", "--commit", SAID[i].said);
        ck_assert_str_eq(err, SAID[i].note);
        MUST("commitments", name, "--json");
        json_is("commitments.0.text", SAID[i].text);
        json_is("commitments.0.due", SAID[i].due);
    }
}
END_TEST

static void write_settings(const char *text)
{
    char path[160];
    snprintf(path, sizeof path, "%s/entente", folder);
    mkdir(path, 0700);
    strncat(path, "/entente.conf", sizeof path - strlen(path) - 1);
    FILE *f = fopen(path, "w");
    ck_assert_ptr_nonnull(f);
    fputs(text, f);
    fclose(f);
}

START_TEST(of_many_mistakes_in_the_settings_the_first_is_told_and_all_by_config)
{
    char path[160], first[300];
    snprintf(path, sizeof path, "%s/entente/entente.conf", folder);
    write_settings("[remind]\nlead = soon\nred = 1\nblue = 2\n");
    MUST("list");
    snprintf(first, sizeof first, "entente: %s: line 2: lead: ", path);
    contains(err, first);
    contains(err, "\nentente: and 2 more: `entente config` lists them.\n");
    lacks(err, "red");
    MUST("config");
    contains(err, "  line 2: lead: ");
    contains(err, "  line 3: there is no setting \"red\"");
    contains(err, "  line 4: there is no setting \"blue\"");
    ck_assert_ptr_null(strstr(strstr(err, path) + 1, path));
    write_settings("[remind]\nred = 1\n");
    MUST("list");
    contains(err, "line 2: there is no setting \"red\"");
    lacks(err, "more");
    MUST("config", "--json");
    ck_assert_str_eq(err, "");
    contains(out, "\"problems\":[\"");
}
END_TEST

/* Runs without --journal. */
static int run_plainly(const char *command)
{
    forget_output();
    size_t out_len, err_len;
    FILE *i = fopen("/dev/null", "r"), *o = open_memstream(&out, &out_len),
         *e = open_memstream(&err, &err_len);
    Cli *cli = cli_of(ARGS(command));
    int status = cli_run(cli, i, o, e);
    cli_free(cli);
    fclose(i);
    fclose(o);
    fclose(e);
    return status;
}

START_TEST(who_named_the_journal_is_told_where)
{
    char settings[200];
    FILE *f = fopen(journal, "w");
    for (int i = 0; i < 5000; i++) putc('x', f);
    fclose(f);
    snprintf(settings, sizeof settings, "[journal]\nfile = %s\n", journal);
    write_settings(settings);
    unsetenv("ENTENTE_JOURNAL");
    ck_assert_int_eq(run_plainly("list"), 3);
    contains(err, "is not an entente journal: it is no database. Name another file in line 2 of ");
    contains(err, "/entente/entente.conf.\n");
    setenv("ENTENTE_JOURNAL", journal, 1);
    ck_assert_int_eq(run_plainly("list"), 3);
    contains(err, "Name another file in ENTENTE_JOURNAL, or unset it.\n");
    unsetenv("ENTENTE_JOURNAL");
    ck_assert_int_eq(RUN("list"), 3);
    contains(err, "Name another file with --journal.\n");
}
END_TEST

START_TEST(a_new_name_is_said_without_a_space_at_the_end)
{
    MUST("new", "Bo");
    MUST("rename", "bo", "Ana");
    ck_assert_str_eq(out, "Bo is now Ana.\n");
    MUST("rename", "ana", "Bo", "--role", "friend");
    ck_assert_str_eq(out, "Ana is now Bo. Role of Bo: friend.\n");
}
END_TEST

START_TEST(what_is_refused_makes_no_journal)
{
    ck_assert_int_eq(RUN("new", ""), 2);
    ck_assert_int_eq(RUN("new", "Ana", "--cadence", "weekly", "--first", "yesterday"), 2);
    ck_assert_int_eq(RUN("new", "Us", "--tag", " "), 2);
    ck_assert_int_eq(RUN("snooze", "Ana", "friday"), 1);
    ck_assert_int_ne(access(journal, F_OK), 0);
    MUST("new", "Ana");
    ck_assert_int_eq(access(journal, F_OK), 0);
}
END_TEST

START_TEST(who_is_found_by_a_beginning_and_an_ambiguous_one_names_the_candidates)
{
    MUST("new", "Ana Lima");
    MUST("new", "Anaïs");
    ck_assert_int_eq(RUN("show", "ana"), 2);
    contains(err, "Ana Lima");
    contains(err, "Anaïs");
    MUST("show", "ANAIS");
    ck_assert_int_eq(RUN("show", "zoe"), 1);
}
END_TEST

START_TEST(history_pages_by_its_cursor)
{
    char before[96];
    MUST("new", "Ana");
    MUST("moment", "ana", "gave", "first");
    MUST("moment", "ana", "gave", "second", "--now", "2026-11-22T21:41");
    MUST("history", "--limit", "1", "--json");
    json_is("entries.0.text", "second");
    json_is("entries.0.kind", "moment");
    Json *j = parsed();
    snprintf(before, sizeof before, "%s", json_text(at(j, "next")));
    json_free(j);
    MUST("history", "ana", "--before", before, "--json");
    json_is("entries.0.text", "first");
    json_is("next", "null");
}
END_TEST

START_TEST(search_marks_what_it_found_and_finding_nothing_is_1)
{
    MUST("new", "Ana");
    MUST("moment", "ana", "gave", "a lift to the harbour");
    MUST("search", "harb", "--json");
    json_is("entries.0.snippet", "a lift to the ‹harbour›");
    ck_assert_int_eq(RUN("search", "mountain"), 1);
    contains(err, "Nothing found for \"mountain\".");
    ck_assert_str_eq(out, "");
}
END_TEST

START_TEST(a_file_that_is_no_journal_exits_3_and_is_left_alone)
{
    FILE *f = fopen(journal, "w");
    for (int i = 0; i < 400; i++) fputs("not a database ", f);
    fclose(f);
    ck_assert_int_eq(RUN("list"), 3);
    MUST("paths");
    contains(out, journal);
}
END_TEST

START_TEST(reading_makes_no_journal)
{
    MUST("list");
    contains(out, "No alliances yet.");
    ck_assert_int_ne(access(journal, F_OK), 0);
}
END_TEST

START_TEST(a_cadence_is_read_back_with_its_dates)
{
    MUST("cadence", "--preview", "every 2 weeks", "--from", "2026-01-31", "--count", "2", "--json");
    ck_assert_str_eq(out, "{\"version\":1,\"cadence\":\"every 2 weeks\",\"rrule\":\"FREQ=WEEKLY;INTERVAL=2\","
                          "\"kind\":\"rolling\",\"dates\":[\"2026-02-14\",\"2026-02-28\"]}\n");
}
END_TEST

START_TEST(a_fixed_cadence_is_read_back_with_its_dates_and_its_words)
{
    MUST("cadence", "--preview", "every 2 weeks on tuesday", "--from", "2026-01-31", "--count", "2",
         "--json");
    ck_assert_str_eq(out, "{\"version\":1,\"cadence\":\"every 2 weeks on tuesday\","
                          "\"rrule\":\"FREQ=WEEKLY;INTERVAL=2;BYDAY=TU\","
                          "\"kind\":\"fixed\",\"dates\":[\"2026-02-10\",\"2026-02-24\"]}\n");
    MUST("cadence", "--preview", "FREQ=MONTHLY;BYDAY=-1FR", "--from", "2026-01-31", "--count", "1");
    ck_assert_str_eq(out, "on the last friday of the month (fixed: follows the calendar)\n"
                          "RRULE:FREQ=MONTHLY;BYDAY=-1FR\nFri 27 Feb 2026\n");
    MUST("new", "Ana", "--cadence", "weekly on tuesday");
    MUST("list", "--json");
    json_is("alliances.0.cadence", "weekly on tuesday");
    json_is("alliances.0.due", "2026-11-24");
}
END_TEST

START_TEST(what_waits_comes_first_among_the_days_of_its_cadence)
{
    MUST("new", "Ana", "--cadence", "every tuesday", "--first", "tuesday");
    MUST("cadence", "ana", "--now", "2026-12-04");
    contains(out, "\ntoday (waiting since Tue 24 Nov)\nTue 8 Dec 2026\n");
    MUST("cadence", "ana", "--now", "2026-11-24");
    contains(out, "\nTue 24 Nov 2026\n");
}
END_TEST

START_TEST(an_empty_cadence_switches_nothing_off)
{
    MUST("new", "Ana Lima", "--cadence", "weekly");
    ck_assert_int_eq(RUN("cadence", "ana", ""), 2);
    contains(err, "HOW OFTEN is empty. Say how often, or `none` to plan no check-ins.");
    ck_assert_int_eq(RUN("cadence", "ana", " "), 2);
    ck_assert_int_eq(RUN("cadence", "ana", "none", "--first", "friday"), 2);
    contains(err, "--first: with none there is no first check-in.");
    MUST("list", "--json");
    json_is("alliances.0.cadence", "weekly");
    MUST("cadence", "ana", "none");
    contains(out, "Ana Lima: no check-ins are planned.");
    MUST("cadence", "ana");
    ck_assert_str_eq(out, "Ana Lima: no check-ins are planned.\n");
}
END_TEST

/* ---- changing ---- */

START_TEST(a_cadence_that_never_fires_says_so_and_is_not_kept)
{
    const char *odd = "FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29";
    MUST("new", "Ana", "--cadence", "weekly");
    MUST("cadence", "--preview", "yearly on 30 february");
    ck_assert_str_eq(out, "never fires: February has 29 days. It cannot be kept like this.\n");
    MUST("cadence", "--preview", "yearly on 30 february", "--json");
    json_is("never", "February has 29 days. It cannot be kept like this.");
    json_is("cadence", "null");
    ck_assert_int_eq(RUN("cadence", "ana", "yearly on 30 february"), 2);
    contains(err, "never comes");
    MUST("cadence", "--preview", odd, "--from", "2027-01-01");
    contains(out, "never fires: counted from that day, no such day comes.\n");
    ck_assert_int_eq(RUN("cadence", "ana", odd, "--first", "2027-01-01"), 2);
    contains(err, "never fires");
    MUST("cadence", "ana", odd, "--first", "2028-02-29");
    ck_assert_int_eq(RUN("cadence", "--preview", "FREQ=DAILY;COUNT=3"), 2);
    contains(err, "has no end");
}
END_TEST

START_TEST(a_cadence_says_what_becomes_of_short_months)
{
    MUST("cadence", "--preview", "monthly on the 31st", "--count", "1");
    ck_assert_str_eq(out, "monthly on the 31st (fixed: follows the calendar)\n"
                          "RRULE:FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1\n"
                          "(a month without a 31st: its last day)\nMon 30 Nov 2026\n");
    MUST("new", "Ana", "--cadence", "FREQ=MONTHLY;BYMONTHDAY=31");
    MUST("cadence", "ana");
    ck_assert_str_eq(out,
                     "Ana: on the 31st of the month, in months that have it (fixed: follows the calendar). "
                     "Next check-in: in 6 weeks (Thu 31 Dec).\n(months without a 31st are left out)\n"
                     "Thu 31 Dec 2026\nSun 31 Jan 2027\nWed 31 Mar 2027\nMon 31 May 2027\nSat 31 Jul 2027\n");
    MUST("cadence", "ana", "--json");
    json_is("kind", "fixed");
    json_is("dates.4", "2027-07-31");
    json_is("due", "2026-12-31");
}
END_TEST

START_TEST(a_quick_check_in_takes_its_note_from_the_input)
{
    MUST("new", "Ana", "--cadence", "weekly");
    ck_assert_int_eq(FEED("Zwölf Zeilen\r\n日本語\n", "checkin", "ana", "--quick", "--trust", "4", "--at",
                          "yesterday", "--commit", "me: call the landlord by 28 nov", "--commit",
                          "both: rest", "--json"),
                     0);
    contains(out, "\"done\":\"");
    MUST("history", "--kind", "check-in", "--json");
    json_is("entries.0.text", "Zwölf Zeilen\n日本語");
    json_is("entries.0.trust", "4");
    json_is("entries.0.at", "2026-11-21T21:40:00+01:00");
    MUST("commitments", "--open", "--json");
    json_is("commitments.0.text", "call the landlord");
    json_is("commitments.0.due", "2026-11-28");
    json_is("commitments.1.by", "both");
    json_is("commitments.1.due", "null");
}
END_TEST

START_TEST(a_note_that_is_not_utf8_or_too_long_is_refused)
{
    MUST("new", "Ana");
    ck_assert_int_eq(FEED("abc\xc3\x28", "checkin", "ana", "--quick"), 2);
    contains(err, "3");
    size_t n = TEXT_MAX_BYTES + 1;
    char *big = malloc(n + 1);
    memset(big, 'x', n);
    big[n] = '\0';
    ck_assert_int_eq(FEED(big, "checkin", "ana", "--quick"), 2);
    contains(err, "longer than");
    free(big);
    MUST("history");
    contains(out, "Nothing has been written yet.");
}
END_TEST

/* Each row starts from the same journal; its change must be taken back and done again exactly. */
static const char *const CHANGES[][6] = {
    {"new", "Ben", "--cadence", "monthly"},
    {"agree", "ana", "purpose", "both", "Stay on one side"},
    {"commit", "ana", "me", "call", "--by=friday"},
    {"moment", "ana", "received", "soup"},
    {"snooze", "ana", "friday"},
    {"skip", "ana"},
    {"pause", "ana", "2026-12-24"},
    {"pause", "ana"},
    {"cadence", "ana", "monthly"},
    {"cadence", "ana", "none"},
    {"end", "ana"},
    {"trash", "ana"},
    {"checkin", "ana", "--quick", "--trust=5"},
};

static char *state(void)
{
    Str all;
    str_init(&all);
    MUST("list", "--json");
    str_add_c(&all, out);
    MUST("list", "--json", "--trashed");
    str_add_c(&all, out);
    MUST("history", "--json");
    str_add_c(&all, out);
    return str_steal(&all);
}

START_TEST(undo_and_redo_lead_to_the_same_lists)
{
    MUST("new", "Ana", "--cadence", "weekly", "--first", "today");
    MUST("moment", "ana", "gave", "time");
    char *before = state();
    ck_assert_msg(run_bytes("", 0, CHANGES[_i]) == 0, "%s: %s", CHANGES[_i][0], err);
    char *after = state();
    ck_assert_str_ne(before, after);
    MUST("undo");
    contains(out, "Undone: ");
    char *undone = state();
    ck_assert_str_eq(undone, before);
    MUST("redo", "--json");
    char *redone = state();
    ck_assert_str_eq(redone, after);
    free(before);
    free(after);
    free(undone);
    free(redone);
}
END_TEST

START_TEST(every_change_says_what_it_did_as_json_too)
{
    char id[32];
    MUST("new", "Ana", "--json");
    Json *j = parsed();
    ck_assert_uint_gt(strlen(json_text(at(j, "id"))), 10);
    contains(json_text(at(j, "done")), "Ana");
    json_free(j);
    MUST("commit", "ana", "them", "send", "photos", "--json");
    j = parsed();
    snprintf(id, sizeof id, "%s", json_text(at(j, "id")));
    json_free(j);
    MUST("settle", id, "let-go", "--json");
    json_is("id", id);
    MUST("commitments", "--json");
    json_is("commitments.0.state", "let-go");
    MUST("log", "--json");
    json_is("steps.0.state", "done");
}
END_TEST

START_TEST(new_prints_its_id_alone)
{
    MUST("new", "Ana");
    ck_assert_uint_eq(strspn(out, "0123456789"), strlen(out) - 1);
    contains(err, "Ana");
}
END_TEST

START_TEST(trash_and_restore_find_their_own)
{
    MUST("new", "Ana");
    MUST("trash", "ana");
    ck_assert_int_eq(RUN("show", "ana"), 1);
    MUST("list", "--trashed", "--json");
    json_is("alliances.0.name", "Ana");
    MUST("restore", "ana");
    MUST("show", "ana");
}
END_TEST

/* ---- line by line ---- */

static void design_ana(void)
{
    int status = FEED("Ana Lima\npartner\n-\nshort\n"
                      "To stay on one side.\n..and to rest\n.\n"
                      ".skip\n.skip\n.skip\n.skip\n.skip\n"
                      "every 2 weeks\ntuesday\n"
                      "talked through today\nyes\n",
                      "design", "--plain");
    ck_assert_msg(status == 0, "%s%s", out, err);
}

START_TEST(a_design_goes_line_by_line)
{
    design_ana();
    contains(out, "Kept");
    MUST("agreement", "ana", "--json");
    json_is("agreement.version", "1");
    json_is("agreement.talked", "through");
    json_is("agreement.talked_on", "2026-11-22");
    json_is("agreement.terms.0.section", "purpose");
    MUST("agreement", "ana");
    contains(out, "  .and to rest");
    MUST("list", "--json");
    json_is("alliances.0.cadence", "every 2 weeks");
    json_is("alliances.0.due", "2026-11-24");
}
END_TEST

START_TEST(a_day_refuses_a_time)
{
    MUST("new", "Ana", "--cadence", "weekly");
    static const char *const words[][5] = {{"snooze", "ana", "friday 14:00"},
                                           {"pause", "ana", "friday 14:00"},
                                           {"commit", "ana", "me", "x", "--by=friday 14:00"},
                                           {"cadence", "ana", "weekly", "--first=friday 14:00"},
                                           {"new", "Ben", "--cadence=weekly", "--first=friday 14:00"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        ck_assert_int_eq(RUN(words[i][0], words[i][1], words[i][2], words[i][3], words[i][4]), 2);
        contains(err, "\"friday 14:00\": only the day counts here. Leave the time out.");
    }
    MUST("moment", "ana", "gave", "a lift", "--at", "yesterday 14:00");
}
END_TEST

START_TEST(the_ended_ones_are_listed_when_asked_for)
{
    MUST("new", "Ana");
    MUST("new", "Ben");
    MUST("end", "ana");
    MUST("list");
    lacks(out, "Ana");
    MUST("list", "--all");
    contains(out, "Ana");
    contains(out, "Ben");
    MUST("end", "ben");
    MUST("list");
    contains(out, "`entente list --all` shows the ended ones too.");
}
END_TEST

START_TEST(a_new_name_keeps_the_role_unless_it_is_given)
{
    MUST("new", "Ana Lima", "--role", "partner");
    MUST("rename", "ana", "Ana", "Souza");
    MUST("list", "--json");
    json_is("alliances.0.name", "Ana Souza");
    json_is("alliances.0.role", "partner");
    MUST("rename", "ana", "Ana", "--role", "wife");
    MUST("list", "--json");
    json_is("alliances.0.role", "wife");
    MUST("rename", "ana", "Ana", "--role=");
    MUST("undo");
    MUST("list", "--json");
    json_is("alliances.0.role", "wife");
    MUST("new", "Ben");
    ck_assert_int_eq(RUN("rename", "ben", "ana"), 2);
}
END_TEST

START_TEST(lines_of_a_text_are_set_apart_in_a_table)
{
    MUST("new", "Ana");
    ck_assert_int_eq(FEED("one\n\ntwo\nthree\n", "checkin", "ana", "--quick"), 0);
    MUST("history");
    contains(out, "one / two / three");
}
END_TEST

START_TEST(the_end_of_the_input_keeps_the_draft_and_it_is_gone_on_with)
{
    MUST("new", "Ana", "--cadence", "weekly");
    ck_assert_int_eq(FEED("half a thought\n", "checkin", "ana", "--plain"), 0);
    contains(out, "Draft kept: 1 of");
    MUST("list", "--json");
    json_is("alliances.0.draft.stage", "check-in");
    ck_assert_int_eq(FEED("\nand the rest\n.\n.leave\n", "checkin", "ana", "--plain"), 0);
    contains(out, "Draft found:");
    contains(out, "half a thought");
    ck_assert_int_eq(FEED(".back\n", "checkin", "ana", "--plain"), 0);
    contains(out, "half a thought\n\nand the rest");
    MUST("history", "--json");
    lacks(out, "half a thought");
}
END_TEST

START_TEST(a_check_in_settles_and_makes_commitments)
{
    MUST("new", "Ana", "--cadence", "weekly");
    MUST("commit", "ana", "them", "send", "photos");
    static const char *const answers[] = {"thought\n.\n", "much\n9\n3 dinner moved twice\n",
                                          "kept\nme: read by 28 nov\nnonsense\nboth: rest\n.\n"};
    /* The questions are chosen by the journal, so each is looked at before it is answered. */
    for (int step = 0; step < 12; step++) {
        MUST("checkin", "ana", "--plain");
        if (strstr(out, "Keep it?")) break;
        int kind = strstr(out, "rather not say") ? 1 : strstr(out, "What became of") ? 2 : 0;
        ck_assert_int_eq(FEED(answers[kind], "checkin", "ana", "--plain"), 0);
        if (kind == 1) contains(out, "\n3: ");
        if (kind == 2) contains(out, "Understood: you, \"read\", by Sat 28 Nov 2026.");
    }
    ck_assert_int_eq(FEED("back 1\n", "checkin", "ana", "--plain"), 0);
    contains(out, "Question 1 of");
    int steps = 0;
    do ck_assert_int_eq(FEED(".next\n", "checkin", "ana", "--plain"), 0);
    while (!strstr(out, "Keep it?") && ++steps < 12);
    ck_assert_int_eq(FEED("yes\n", "checkin", "ana", "--plain", "--json"), 0);
    contains(out, "\"done\":");
    contains(err, "Review.");
    MUST("list", "--json");
    json_is("alliances.0.trust", "3");
    json_is("alliances.0.open_commitments.them", "0");
    json_is("alliances.0.open_commitments.me", "1");
    json_is("alliances.0.open_commitments.both", "1");
}
END_TEST

START_TEST(commands_begin_with_a_dot_and_unknown_ones_are_named)
{
    MUST("new", "Ana");
    ck_assert_int_eq(FEED(".why\n.private\n.fly\n.help\n.leave\nnever read\n", "checkin", "ana", "--plain"),
                     0);
    contains(out, "Private: this stays out of everything shared.");
    contains(out, "There is no command .fly.");
    contains(out, ".skip     leave this open");
}
END_TEST

START_TEST(the_review_takes_its_words_with_a_dot_and_says_once_what_it_takes)
{
    MUST("new", "Ana Lima");
    ck_assert_int_eq(FEED("to live well\n.\n.next\n.next\n.next\n.next\n.next\n.next\nwhat?\n.fly\n.back 2\n"
                          ".keep\n",
                          "design", "ana", "--plain"),
                     0);
    contains(out, "Talked through with Ana?");
    contains(out,
             "\n.keep (or yes) keeps it, .back N goes to a line, .leave keeps the draft, .discard throws");
    contains(out, "There is no command .fly.");
    contains(out, ".keep belongs to the review");
    const char *once = strstr(out, "This becomes version 1.");
    ck_assert_ptr_nonnull(once);
    ck_assert_ptr_null(strstr(once + 1, "This becomes version 1."));
    ck_assert_int_eq(FEED(".next\n.next\n.next\n.next\n.next\n.next\n.discard\n", "design", "ana", "--plain"),
                     0);
    MUST("list", "--json");
    json_is("alliances.0.draft", "null");
}
END_TEST

START_TEST(a_line_that_is_not_utf8_is_not_taken)
{
    MUST("new", "Ana");
    ck_assert_int_eq(FEED("good\nb\xff"
                          "d\n.leave\n",
                          "checkin", "ana", "--plain"),
                     0);
    contains(out, "Byte 1 of that line is not UTF-8");
    MUST("checkin", "ana", "--plain");
    contains(out, "good");
}
END_TEST

/* ---- the further stages ---- */

/* What is asked is known only when it is asked: the last step shown. */
static const char *last_step(void)
{
    const char *last = out;
    for (const char *at = out; (at = strstr(at, "\n\n"));) last = at += 2;
    return last;
}

/* What to say to a step that holds these words. */
typedef struct {
    const char *part, *says;
} Say;

/* Walks a session from where its draft stands to its review, answering what `says` knows and leaving the rest
 * open. Until something is written there is no draft, and the way is gone again from the start. */
static void walk_to_review(const char *command, const Say *says)
{
    Str way;
    str_init(&way);
    bool there = false;
    for (int step = 0; step < 40 && !there; step++) {
        ck_assert_int_eq(FEED(way.buf, command, "ana", "--plain"), 0);
        const char *shown = last_step(), *answer = ".next\n";
        there = strstr(shown, "Keep it?") != NULL;
        for (const Say *s = says; s->part; s++)
            if (strstr(shown, s->part)) answer = s->says;
        if (there) break;
        str_add_c(&way, answer);
        ck_assert_int_eq(FEED(way.buf, command, "ana", "--plain"), 0);
        if (strstr(out, "Draft kept")) str_clear(&way);
    }
    ck_assert_msg(there, "no review of %s:\n%s", command, out);
    str_finish(&way);
}

/* Ana with an agreement of three terms and a check-in rated 5. */
static void new_ana(void)
{
    MUST("new", "Ana", "--cadence", "weekly", "--first", "today");
    MUST("agree", "ana", "communication", "both", "Write, do not call");
    MUST("agree", "ana", "boundaries", "both", "No money talk after 22:00");
    MUST("agree", "ana", "offers", "me", "A lift on Sundays");
}

static const struct {
    const char *stage, *heading;
    Say says[4];
} STAGES[] = {
    {"prepare", "Preparing for Ana", {{"Step 1 of", "a quiet hour\n.\n"}}},
    {"repair", "Repair with Ana", {{"Step 1 of", "a quiet hour\n.\n"}}},
    {"renew", "Renewal with Ana", {{"Step 1 of", "a quiet hour\n.\n"}}},
    {"close", "Ending well with Ana", {{"Step 1 of", "a quiet hour\n.\n"}}},
};

START_TEST(every_stage_goes_line_by_line)
{
    const char *stage = STAGES[_i].stage;
    new_ana();
    ck_assert_int_eq(FEED(".why\n.leave\n", stage, "ana", "--plain"), 0);
    contains(out, STAGES[_i].heading);
    lacks(out, "There is no more to say");
    contains(out, "Nothing was written, nothing is kept.");
    walk_to_review(stage, STAGES[_i].says);
    contains(out, "a quiet hour");
    ck_assert_int_eq(FEED("yes\n", stage, "ana", "--plain", "--json"), 0);
    contains(out, "\"done\":");
    MUST("history", "--kind", stage, "--json");
    json_is("entries.0.kind", stage);
    contains(out, "a quiet hour");
}
END_TEST

START_TEST(what_was_prepared_is_shown_to_its_writer_alone)
{
    new_ana();
    walk_to_review("prepare", (const Say[]){{"Step 1 of", "the old quarrel\n.\n"}, {NULL, NULL}});
    ck_assert_int_eq(FEED("yes\n", "prepare", "ana", "--plain"), 0);
    static const char *const readings[][3] = {
        {"agreement", "ana"}, {"agreement", "ana", "--json"}, {"show", "ana"}};
    for (size_t i = 0; i < 3; i++) {
        ck_assert_int_eq(run_bytes("", 0, ARGS(readings[i][0], readings[i][1], readings[i][2])), 0);
        lacks(out, "quarrel");
    }
    ck_assert_int_eq(FEED(".notes\n", "design", "ana", "--plain"), 0);
    contains(out, "What you noted for yourself: 1 answer. .notes shows it.");
    contains(out, "\n  the old quarrel\n");
    ck_assert_int_eq(FEED(".notes\n", "design", "ana", "--plain", "--together"), 0);
    lacks(out, "quarrel");
    contains(out, "your own notes are not shown");
}
END_TEST

START_TEST(together_each_question_is_for_both_in_turn)
{
    new_ana();
    MUST("design", "ana", "--together", "--plain");
    contains(out, "Together: each question is for you first");
    contains(last_step(), ". You: ");
    ck_assert_int_eq(FEED("to stay on one side\n.\n", "design", "ana", "--together", "--plain"), 0);
    contains(last_step(), ". Ana: ");
    walk_to_review("design", (const Say[]){{NULL, NULL}});
    contains(out, "  1  Purpose, You: to stay on one side\n  2  Purpose, Ana: left open\n");
    ck_assert_int_eq(FEED("yes\n", "design", "ana", "--plain"), 0);
    MUST("agreement", "ana", "--json");
    json_is("agreement.talked", "through");
    json_is("agreement.talked_on", "2026-11-22");
    contains(out, "to stay on one side");
}
END_TEST

START_TEST(what_is_private_is_not_read_out_to_both)
{
    new_ana();
    MUST("agree", "ana", "hard-moments", "both", "--private", "the old quarrel");
    ck_assert_int_eq(
        FEED(".next\n.next\n.next\n.next\n.next\n.next\n.next\n.next\n.next\n.next\n.next\n.next\n.next\n",
             "design", "ana", "--together", "--plain"),
        0);
    lacks(out, "quarrel");
    ck_assert_int_eq(FEED(".back\n.back\nmy temper\n.private\n.\n.back\n.\n.next\n.next\n", "design", "ana",
                          "--together", "--plain"),
                     0);
    contains(out, "Something private is written here; it stays hidden");
    contains(out, "Hard moments, Ana: (private)");
    lacks(out, "temper");
    ck_assert_int_eq(FEED(".keep\n", "design", "ana", "--plain"), 0);
    MUST("agreement", "ana");
    contains(out, "the old quarrel");
}
END_TEST

START_TEST(a_low_trust_opens_a_question_of_its_own)
{
    new_ana();
    walk_to_review("checkin", (const Say[]){{"rather not say", "2 dinner moved\n"},
                                            {", from what you said. ", "It was the tone.\n.\n"},
                                            {NULL, NULL}});
    contains(out, "It was the tone.");
    const char *line = strstr(out, "2: ");
    ck_assert_ptr_nonnull(line);
    ck_assert_ptr_eq(strstr(line, "It was the tone."),
                     strstr(strchr(line, '\n') + 1, ": ") + 2); /* right behind it */
}
END_TEST

START_TEST(a_renewal_writes_the_next_version_with_its_reason)
{
    new_ana();
    walk_to_review("renew",
                   (const Say[]){{"1 keep / 2 change / 3 drop", "keep\nchange\nWrite, then call\nlater\n3\n"},
                                 {NULL, NULL}});
    contains(out, "1 changed, 1 dropped");
    contains(out, "This becomes version 4.");
    ck_assert_int_eq(FEED("reason New working hours\nyes\n", "renew", "ana", "--plain"), 0);
    MUST("agreement", "ana", "--json");
    json_is("agreement.version", "4");
    json_is("agreement.reason", "New working hours");
    json_is("agreement.terms.0.text", "A lift on Sundays");
    json_is("agreement.terms.1.text", "Write, then call");
    lacks(out, "money");
}
END_TEST

/* What a repair may change, without the draft that undo brings back. */
static char *kept_state(void)
{
    Str all;
    str_init(&all);
    MUST("agreement", "ana", "--json");
    str_add_c(&all, out);
    MUST("commitments", "--json");
    str_add_c(&all, out);
    MUST("history", "--json");
    str_add_c(&all, out);
    return str_steal(&all);
}

START_TEST(a_repair_is_one_step)
{
    new_ana();
    walk_to_review("repair",
                   (const Say[]){{"Step 1 of", "Dinner moved twice.\n.\n"},
                                 {"New ones, one a line", "me: say it by noon by 28 nov\n.\n"},
                                 {"A day: in 2 weeks", "in 2 weeks\n"},
                                 {"1 keep / 2 change / 3 drop", "change Two lifts a month\n.next\n"},
                                 {"item more", "We tell each other by noon\n.\n"},
                                 {NULL, NULL}});
    char *before = kept_state();
    ck_assert_int_eq(FEED("yes\n", "repair", "ana", "--plain"), 0);
    MUST("agreement", "ana", "--json");
    json_is("agreement.version", "4");
    contains(out, "We tell each other by noon");
    MUST("commitments", "--json");
    json_is("commitments.0.text", "say it by noon");
    MUST("undo");
    contains(out, "repair");
    char *after = kept_state();
    ck_assert_str_eq(after, before);
    free(before);
    free(after);
}
END_TEST

START_TEST(a_day_is_read_back_and_one_that_has_passed_is_refused)
{
    new_ana();
    int steps = 0;
    do ck_assert_int_eq(FEED("said\n.\n.next\n", "repair", "ana", "--plain"), 0);
    while (!strstr(last_step(), "A day: in 2 weeks") && ++steps < 30);
    ck_assert_int_eq(FEED("blursday\nyesterday\nin 2 weeks\n", "repair", "ana", "--plain"), 0);
    contains(out, "blursday");
    contains(out, "This day has passed.");
    contains(out, "Understood: Sun 6 Dec 2026.");
}
END_TEST

START_TEST(closing_ends_the_alliance)
{
    new_ana();
    walk_to_review("close", (const Say[]){{"Step 1 of", "Good Sundays.\n.\n"},
                                          {", or - for none of them.", "nowhere\n9\najar\n"},
                                          {NULL, NULL}});
    contains(out, "ends the alliance with Ana");
    contains(out, "Ajar: ");
    ck_assert_int_eq(FEED("yes\n", "close", "ana", "--plain"), 0);
    MUST("list", "--state", "ended", "--json");
    json_is("alliances.0.name", "Ana");
}
END_TEST

START_TEST(terms_are_marked_one_by_one_in_a_check_in)
{
    new_ana();
    walk_to_review("checkin", (const Say[]){{"4 no longer fits", "wobbly\n1\n"}, {NULL, NULL}});
    contains(out, "  Terms: 1 lived");
    char back[16];
    const char *line = strstr(out, "  Terms: ");
    snprintf(back, sizeof back, "back %c\n", line[-1]);
    ck_assert_int_eq(FEED(back, "checkin", "ana", "--plain"), 0);
    contains(last_step(), "Empty leaves it lived.");
    ck_assert_int_eq(FEED("No longer fits\n", "checkin", "ana", "--plain"), 0);
    walk_to_review("checkin", (const Say[]){{NULL, NULL}});
    contains(out, "  Terms: 1 no longer fits");
    ck_assert_int_eq(FEED("yes\n", "checkin", "ana", "--plain"), 0);
    contains(out, "If you like: `entente renew --term ");
    contains(out, " Ana`");
    MUST("show", "ana", "--json");
    json_is("alliance.offers.0.stage", "renew");
    Json *j = parsed();
    ck_assert_int_eq(json_kind(at(j, "alliance.offers.0.term")), JSON_TEXT);
    json_free(j);
}
END_TEST

START_TEST(a_renewal_opens_at_the_term_that_was_named)
{
    char term[32];
    new_ana();
    MUST("agreement", "ana", "--json");
    Json *j = parsed();
    snprintf(term, sizeof term, "%s", json_text(at(j, "agreement.terms.2.id")));
    json_free(j);
    MUST("renew", "ana", "--plain");
    contains(last_step(), "Step 1 of");
    MUST("renew", "ana", "--plain", "--term", term);
    contains(last_step(), "1 keep / 2 change / 3 drop");
    contains(last_step(), "No money talk after 22:00");
}
END_TEST

START_TEST(a_repair_is_offered_after_a_fall_and_only_then)
{
    new_ana();
    MUST("checkin", "ana", "--quick", "--trust", "5", "--at", "3 days ago");
    MUST("show", "ana");
    lacks(out, "If you like");
    MUST("show", "ana", "--json");
    Json *j = parsed();
    ck_assert_uint_eq(json_size(at(j, "alliance.offers")), 0);
    json_free(j);
    walk_to_review("checkin", (const Say[]){{"rather not say", "3\n"}, {NULL, NULL}});
    ck_assert_int_eq(FEED("yes\n", "checkin", "ana", "--plain"), 0);
    contains(out, "Trust ");
    contains(out, " If you like: `entente repair Ana`\n");
    MUST("show", "ana");
    contains(out, "`entente repair Ana`");
}
END_TEST

START_TEST(a_new_alliance_begins_with_a_situation)
{
    ck_assert_int_eq(FEED("Ben\nfriend\n0\n2\n", "design", "--plain"), 0);
    contains(out, "  1  Manager and report\n");
    lacks(out, "Project team"); /* that one needs members */
    contains(out, "\"0\": a number of the list");
    contains(out, "Colleagues, or two departments: ");
    ck_assert_int_eq(FEED(".leave\n", "design", "--plain", "--situation", "frends"), 2);
    contains(err, "Did you mean friends?");
    ck_assert_int_eq(RUN("design", "--plain", "--situation", "project"), 2);
    contains(err, "entente new");
    ck_assert_int_eq(FEED("Zoe\nfriend\nshort\n", "design", "--plain", "--situation", "friends"), 0);
    lacks(out, "Which of these");
    contains(out, "Friends: ");
    contains(last_step(), "Step 2 of");
}
END_TEST

/* ---- packs ---- */

static const char GOOD[] =
    "{\"version\":1,\"stage\":\"check-in\",\"prompts\":[{\"key\":\"check-in.garden.now\","
    "\"title\":\"Garden\",\"themes\":[\"C6\"],\"text\":\"What would you like to grow with "
    "{partner}?\",\"help\":\"A plan made in winter is easy to change.\",\"answer\":\"text\"}]}";

START_TEST(a_pack_of_ones_own_is_taken_in_and_shown_as_such)
{
    const char *path = own_pack("mine.json", GOOD);
    MUST("prompts", "check", path);
    contains(out, "mine.json holds 1 prompt of the stage check-in; all is well with it.");
    MUST("prompts", "check", path, "--json");
    json_is("stage", "check-in");
    json_is("prompts", "1");
    MUST("prompts", "list", "--stage", "check-in");
    ck_assert_str_eq(err, "");
    contains(out, "yours: mine.json");
    MUST("prompts", "--json");
    contains(out, "\"answer\":\"text\",\"pack\":\"mine.json\",\"own\":true}");
    contains(out, "\"stage\":\"repair\"");
}
END_TEST

static const struct {
    const char *text, *where;
} BAD[] = {
    {"{\"version\":1,}", "line 1, column 14: "},
    {"{\"version\":1,\"stage\":\"check-in\",\"prompts\":[{\"key\":\"check-in.a.b\"}]}",
     "prompt 'check-in.a.b': "},
    {"[]", ""},
};

START_TEST(a_bad_pack_is_named_with_place_and_reason_and_stops_nothing)
{
    static const char *const readers[][4] = {
        {"prompts"}, {"prompts", "why", "ana"}, {"checkin", "ana", "--plain"}};
    new_ana();
    const char *path = own_pack("bad.json", BAD[_i].text);
    ck_assert_int_eq(RUN("prompts", "check", path), 3);
    contains(err, path);
    contains(err, BAD[_i].where);
    for (size_t i = 0; i < 3; i++) {
        ck_assert_int_eq(run_bytes("", 0, readers[i]), 0);
        contains(err, "entente: bad.json is left out: ");
        contains(err, BAD[_i].where);
        ck_assert_ptr_eq(strchr(err, '\n'), err + strlen(err) - 1); /* named once */
        ck_assert_uint_gt(strlen(out), 100);
    }
}
END_TEST

START_TEST(a_file_that_is_not_there_cannot_be_checked)
{
    ck_assert_int_eq(RUN("prompts", "check", "/nonexistent/pack.json"), 3);
    contains(err, "/nonexistent/pack.json: cannot be opened");
}
END_TEST

START_TEST(why_tells_what_would_be_asked_with_score_and_reason)
{
    static const char *const keys[] = {"key", "stage", "text", "why", "score"};
    new_ana();
    MUST("prompts", "why", "ana", "--json");
    Json *j = parsed();
    size_t n = json_size(at(j, "prompts"));
    ck_assert_uint_ge(n, 5);
    ck_assert_uint_le(n, 8);
    const Json *member = json_first(at(j, "prompts.0"));
    for (size_t i = 0; i < 5; i++, member = json_next(member)) ck_assert_str_eq(json_key(member), keys[i]);
    ck_assert_ptr_null(member);
    for (const Json *p = json_first(at(j, "prompts")); p; p = json_next(p)) {
        ck_assert_str_eq(json_text(json_get(p, "stage")), "check-in");
        ck_assert_uint_gt(strlen(json_text(json_get(p, "why"))), 5);
        lacks(json_text(json_get(p, "text")), "{");
    }
    json_free(j);
    char *once = strdup(out);
    MUST("prompts", "why", "ana", "--json");
    ck_assert_str_eq(out, once);
    free(once);
    contains(out, "check-in.trust.now");
    MUST("prompts", "why", "ana");
    ck_assert_int_eq(strncmp(out, "SCORE  KEY ", 11), 0);
    MUST("prompts", "why", "ana", "--stage", "renew", "--json");
    json_is("prompts.0.stage", "renew");
    ck_assert_int_eq(RUN("prompts", "why", "zoe"), 1);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("cli");
    TCase *t = tcase_create("cli");
    tcase_add_checked_fixture(t, begin, finish);
    tcase_set_timeout(t, 120);
    tcase_add_test(t, options_stand_before_and_after_arguments_with_and_without_an_equals_sign);
    tcase_add_loop_test(t, what_cannot_be_understood_is_named_and_exits_2, 0,
                        (int)(sizeof USAGE / sizeof *USAGE));
    tcase_add_test(t, version_belongs_to_the_program_before_the_command_and_to_agreement_behind_it);
    tcase_add_loop_test(t, the_screen_opens_only_where_it_can_and_is_wanted, 0,
                        (int)(sizeof FACES / sizeof *FACES));
    tcase_add_test(t, accessible_asks_for_lines_unless_it_is_zero);
    tcase_add_test(t, the_screen_is_told_what_to_open);
    tcase_add_test(t, every_command_of_the_help_has_help_of_its_own);
    tcase_add_test(t, a_list_as_json_has_the_members_of_the_contract_in_order);
    tcase_add_test(t, columns_are_aligned_by_what_is_seen_and_a_pipe_is_never_cut);
    tcase_add_test(t, nothing_stored_can_steer_a_terminal);
    tcase_add_test(t, due_is_silent_with_quiet_and_says_it_by_its_status);
    tcase_add_test(t, the_agenda_is_a_table_of_days_in_a_pipe);
    tcase_add_test(t, the_agenda_as_json_has_three_lists);
    tcase_add_test(t, status_is_one_line_or_nothing_and_exits_1);
    tcase_add_test(t, after_three_missed_check_ins_another_cadence_or_a_pause_is_offered);
    tcase_add_test(t, of_many_offers_no_line_is_longer_than_80_columns);
    tcase_add_loop_test(t, a_command_to_copy_quotes_a_name_where_a_shell_needs_it, 0,
                        (int)(sizeof HINTS / sizeof *HINTS));
    tcase_add_test(t, a_review_has_a_day_that_is_shown_set_and_taken_away);
    tcase_add_test(t, agreements_that_want_a_look_are_named_beside_what_is_due);
    tcase_add_test(t, an_alliance_is_active_again_when_its_pause_has_run_out);
    tcase_add_test(t, a_name_where_a_file_is_meant_is_told_apart);
    tcase_add_test(t, words_behind_by_that_are_no_day_are_kept_and_said);
    tcase_add_test(t, of_many_mistakes_in_the_settings_the_first_is_told_and_all_by_config);
    tcase_add_test(t, who_named_the_journal_is_told_where);
    tcase_add_test(t, a_new_name_is_said_without_a_space_at_the_end);
    tcase_add_test(t, what_is_refused_makes_no_journal);
    tcase_add_test(t, who_is_found_by_a_beginning_and_an_ambiguous_one_names_the_candidates);
    tcase_add_test(t, history_pages_by_its_cursor);
    tcase_add_test(t, search_marks_what_it_found_and_finding_nothing_is_1);
    tcase_add_test(t, a_file_that_is_no_journal_exits_3_and_is_left_alone);
    tcase_add_test(t, reading_makes_no_journal);
    tcase_add_test(t, a_cadence_is_read_back_with_its_dates);
    tcase_add_test(t, a_fixed_cadence_is_read_back_with_its_dates_and_its_words);
    tcase_add_test(t, what_waits_comes_first_among_the_days_of_its_cadence);
    tcase_add_test(t, an_empty_cadence_switches_nothing_off);
    tcase_add_test(t, a_cadence_that_never_fires_says_so_and_is_not_kept);
    tcase_add_test(t, a_cadence_says_what_becomes_of_short_months);
    tcase_add_test(t, a_quick_check_in_takes_its_note_from_the_input);
    tcase_add_test(t, a_note_that_is_not_utf8_or_too_long_is_refused);
    tcase_add_loop_test(t, undo_and_redo_lead_to_the_same_lists, 0, (int)(sizeof CHANGES / sizeof *CHANGES));
    tcase_add_test(t, every_change_says_what_it_did_as_json_too);
    tcase_add_test(t, new_prints_its_id_alone);
    tcase_add_test(t, trash_and_restore_find_their_own);
    tcase_add_test(t, a_design_goes_line_by_line);
    tcase_add_test(t, the_end_of_the_input_keeps_the_draft_and_it_is_gone_on_with);
    tcase_add_test(t, a_check_in_settles_and_makes_commitments);
    tcase_add_test(t, commands_begin_with_a_dot_and_unknown_ones_are_named);
    tcase_add_test(t, the_review_takes_its_words_with_a_dot_and_says_once_what_it_takes);
    tcase_add_test(t, a_day_refuses_a_time);
    tcase_add_test(t, the_ended_ones_are_listed_when_asked_for);
    tcase_add_test(t, a_new_name_keeps_the_role_unless_it_is_given);
    tcase_add_test(t, lines_of_a_text_are_set_apart_in_a_table);
    tcase_add_test(t, a_line_that_is_not_utf8_is_not_taken);
    tcase_add_loop_test(t, every_stage_goes_line_by_line, 0, (int)(sizeof STAGES / sizeof *STAGES));
    tcase_add_loop_test(t, a_bad_pack_is_named_with_place_and_reason_and_stops_nothing, 0,
                        (int)(sizeof BAD / sizeof *BAD));
    tcase_add_test(t, a_pack_of_ones_own_is_taken_in_and_shown_as_such);
    tcase_add_test(t, a_file_that_is_not_there_cannot_be_checked);
    tcase_add_test(t, why_tells_what_would_be_asked_with_score_and_reason);
    tcase_add_test(t, what_was_prepared_is_shown_to_its_writer_alone);
    tcase_add_test(t, together_each_question_is_for_both_in_turn);
    tcase_add_test(t, what_is_private_is_not_read_out_to_both);
    tcase_add_test(t, a_low_trust_opens_a_question_of_its_own);
    tcase_add_test(t, a_renewal_writes_the_next_version_with_its_reason);
    tcase_add_test(t, a_repair_is_one_step);
    tcase_add_test(t, a_day_is_read_back_and_one_that_has_passed_is_refused);
    tcase_add_test(t, closing_ends_the_alliance);
    tcase_add_test(t, terms_are_marked_one_by_one_in_a_check_in);
    tcase_add_test(t, a_renewal_opens_at_the_term_that_was_named);
    tcase_add_test(t, a_repair_is_offered_after_a_fall_and_only_then);
    tcase_add_test(t, a_new_alliance_begins_with_a_situation);
    suite_add_tcase(s, t);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_NORMAL);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed != 0;
}
