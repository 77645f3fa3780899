#ifndef ENTENTE_CLI_OWN_H
#define ENTENTE_CLI_OWN_H

#include <entente/cli.h>
#include <entente/json.h>
#include <entente/nearest.h>
#include <entente/vec.h>

/* What the files of the command line share: the table of commands, one run of a command, and its output. */

typedef struct Run Run;

/* An option. Long names only, but for the letter shown in the help. */
typedef struct {
    const char *name;
    char letter;       /* 0: none */
    const char *value; /* what the help calls its value; NULL: a flag */
    const char *help;
    bool repeats;
} Option;

enum { OPTIONS_MAX = 10 };

/*
 * A command: the one place its name, usage and help are written. Help, usage
 * errors, the manual page and the parser all read it.
 */
typedef struct {
    const char *name;
    const char *group;   /* heading in the help; NULL: the one before goes on */
    const char *usage;   /* its arguments: "WHO [WHEN]" */
    const char *help;    /* one line */
    const char *more;    /* what else there is to know; NULL */
    const char *example; /* NULL */
    Option options[OPTIONS_MAX];
    const char *unlisted; /* that one of them which the manual page has and the help leaves out; NULL */
    int min, max;        /* arguments; the last one takes all words that follow */
    bool hidden;
    bool no_problems;    /* does not say what is wrong with the settings */
    bool bare;           /* runs without the journal */
    bool demo;           /* runs on the invented journal */
    bool guided;         /* a session: full screen where possible */
    Stage stage;         /* of a guided one */
    bool (*run)(Run *r, Error *err);
} CliCommand;

extern const CliCommand cli_commands[];
extern const size_t cli_command_count;
extern const Option global_options[];
extern const size_t global_option_count;

const CliCommand *cli_command_find(const char *name);                   /* NULL if there is none */
const Option *cli_command_option(const CliCommand *c, StrView name);    /* NULL if it has no such one */
const Option *global_option(StrView name);
const char *nearest_command(const char *name);                   /* for "did you mean"; NULL */
const char *nearest_option(const CliCommand *c, StrView name);      /* the same; c may be NULL */
const char *stage_command(Stage stage);                                 /* the guided command of a stage: "checkin" */

/* An option as it was given. */
typedef struct {
    const Option *option;
    const char *value; /* NULL for a flag */
} Given;

struct Cli {
    Error error;                /* the first usage error; printed by cli_run */
    const CliCommand *command;     /* NULL: none was named */
    Vec(const char *) args;
    Vec(Given) given;
    Arena arena;
    Zone zone;
    AppOptions app;
    CliColor color;
    Config config;              /* the settings; zeroed for a usage error and for help */
    const char *journal_from, *color_from; /* what named them before the settings could: "--journal"; NULL: nothing */
    CliKeys *keys;              /* NULL: no screen is linked */
    bool styles;                /* the terminal is known and can set text off */
    bool plain, no_input, help, version;
    const char *who;            /* all arguments joined by spaces; NULL: none */
    SessionStart session;       /* of a guided command, without the alliance */
};

/* Reads argv into a zeroed Cli; the first thing not understood is in cli->error. */
void args_read(Cli *cli, int argc, char **argv);
bool color_parse(const char *text, CliColor *ret); /* "auto", "always", "never" */

/* One command while it runs. */
struct Run {
    const Cli *cli;
    App *app;        /* NULL for a bare command */
    FILE *in, *out, *err;
    Arena arena;     /* whatever is read lives here until the run ends */
    int status;      /* the exit code of a run without error */
    bool json;
};

/* ---- arguments ---- */

size_t arg_count(const Run *r);
const char *arg(const Run *r, size_t i);                         /* NULL behind the last */
const char *arg_rest(Run *r, size_t from);                       /* the words from there on, joined by spaces; NULL if there is none */
bool given(const Run *r, const char *option);
const char *given_value(const Run *r, const char *option);       /* NULL if not given */
const char *const *given_values(Run *r, const char *option, size_t *ret_n);
bool given_number(const Run *r, const char *option, long min, long max, long *ret, Error *err); /* *ret stays when not given */
bool given_day(Run *r, const char *option, Date *ret, Error *err);
bool given_at(Run *r, const char *option, Instant *ret, Error *err); /* a day without a time takes the clock's */
bool read_day(Run *r, const char *text, Date *ret, Error *err); /* a time is refused: only the day would count */
bool read_cadence(const char *text, Cadence *ret, Error *err);   /* also "none" */
bool read_side(const char *text, Side *ret, Error *err);
bool read_id(const char *text, Id *ret, Error *err);
bool find_who(Run *r, size_t from, Id *ret, Error *err);         /* the alliance the words from there on name */

/* ---- output ---- */

/* A line for people: cleaned, line feeds kept. `say` goes to stdout, `note` to stderr. */
void say(Run *r, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void note(Run *r, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void put(FILE *to, StrView text); /* text that is clean already; ASCII only where the terminal cannot show more */

bool prints_ascii(const Run *r); /* digits instead of sparklines */
void add_who(Str *out, const char *name); /* a name as WHO of a command that can be copied into a shell: quoted where it must be */

typedef struct {
    const char *title;
    int min;    /* on a terminal it may shrink to this; 0: never */
    bool right; /* numbers */
} Column;

/* A heading above the row that follows it. */
typedef struct {
    const char *title;
    size_t before; /* cells */
} TableSection;

/*
 * Rows and columns aligned by width; on a terminal cut to its width, in a pipe whole. With sections, a terminal shows
 * their titles instead of the columns' and a pipe does not show them: each line there is a row.
 */
typedef struct {
    const Column *columns;
    size_t count;
    Vec(char *) cells;
    Vec(TableSection) sections;
} Table;

void table_init(Table *t, const Column *columns, size_t count);
void table_section(Table *t, const char *title);                 /* borrowed; in capitals when shown */
void table_cell(Table *t, const char *text);                     /* cleaned to one line */
void table_print(Table *t, Run *r);                              /* prints and finishes it */
void table_finish(Table *t);                                     /* a finished one is fine */

/* One object: `{"version":1`, then what the caller writes, closed and printed by json_out_end. */
typedef struct {
    Str text;
    JsonWriter w;
} JsonOut;

void json_out_begin(JsonOut *j);
void json_out_end(JsonOut *j, Run *r);
void put_text(JsonWriter *w, const char *key, const char *text); /* "" is null */
void put_date(JsonWriter *w, const char *key, Date d);
void put_instant(JsonWriter *w, const char *key, Instant t);
void put_number(JsonWriter *w, const char *key, int value);      /* 0 is null */
void put_cadence(JsonWriter *w, const char *key, const Cadence *c);

/* What a verb did, in words or as JSON; finishes `done`. Passes `ok` on, so that a verb's call can stand inside. */
bool print_done(Run *r, bool ok, Done *done);

void print_alliances(Run *r, const AllianceRow *rows, size_t n);
void put_alliance(JsonWriter *w, Run *r, const AllianceRow *row); /* its members, without the brackets */
void put_commitments(JsonWriter *w, const CommitmentRow *rows, size_t n);
void print_commitments(Run *r, const CommitmentRow *rows, size_t n, bool whose);
void put_agreement(JsonWriter *w, const Version *v, const Term *const *terms, size_t n);
void print_terms(Run *r, const Term *const *terms, size_t n);

/* ---- when check-ins have gone by ---- */

/* Those of whom so many have gone by that another cadence, or a pause, is offered. Borrows the rows. */
typedef Vec(const AllianceRow *) Missed;

void missed_add(const Run *r, Missed *m, const AllianceRow *row);       /* if it is one of them */
void next_words(Str *out, const Run *r, const AllianceRow *row);        /* " Next check-in: in 3 days (Wed 25 Nov)."; nothing without a cadence */
void missed_words(Str *out, const Run *r, const AllianceRow *row);      /* the offer of one, in two lines */
void note_missed(Run *r, Missed *m);                             /* a line each, but for the last of many; finishes it */
void note_missed_briefly(Run *r, Missed *m);                     /* in one line; finishes it */

/* ---- help ---- */

void print_help(FILE *out);
void print_command_help(FILE *out, const CliCommand *c);
void usage_error(Error *err, const CliCommand *c, const char *why);
void print_manual(FILE *out);                                    /* the COMMANDS and OPTIONS parts of entente(1) */
void print_manual_keys(FILE *out, CliKeys *keys);                /* its KEYS part */

/* ---- the line-by-line session ---- */

/* Hands the text to an editor; it stays as it was when that fails, and why is noted. */
void edit_text(Run *r, const char *question, Str *text);

bool plain_session(Run *r, const SessionStart *start, Error *err);

/* ---- prompts ---- */

/* The user's packs that were left out, on stderr: none of them stops anything. */
void note_complaints(Run *r, const Complaint *complaints, size_t n);

/* "Trust was 2 last time, after 5. If you like: `entente repair 'Ana Lima'`" */
void offer_words(Str *out, const char *name, const Offer *offer);

/* Opens an app without the journal, for what needs only the program's files. */
bool open_no_journal(Run *r, App **ret, Error *err);

/* ---- the commands ---- */

bool cmd_new(Run *r, Error *err);
bool cmd_rename(Run *r, Error *err);
bool cmd_list(Run *r, Error *err);
bool cmd_show(Run *r, Error *err);
bool cmd_due(Run *r, Error *err);
bool cmd_agenda(Run *r, Error *err);
bool cmd_status(Run *r, Error *err);
bool cmd_remind(Run *r, Error *err);
bool cmd_guided(Run *r, Error *err);
bool cmd_checkin(Run *r, Error *err);
bool cmd_agree(Run *r, Error *err);
bool cmd_agreement(Run *r, Error *err);
bool cmd_commit(Run *r, Error *err);
bool cmd_settle(Run *r, Error *err);
bool cmd_commitments(Run *r, Error *err);
bool cmd_moment(Run *r, Error *err);
bool cmd_history(Run *r, Error *err);
bool cmd_search(Run *r, Error *err);
bool cmd_snooze(Run *r, Error *err);
bool cmd_skip(Run *r, Error *err);
bool cmd_pause(Run *r, Error *err);
bool cmd_resume(Run *r, Error *err);
bool cmd_cadence(Run *r, Error *err);
bool cmd_review(Run *r, Error *err);
bool cmd_end(Run *r, Error *err);
bool cmd_trash(Run *r, Error *err);
bool cmd_restore(Run *r, Error *err);
bool cmd_undo(Run *r, Error *err);
bool cmd_redo(Run *r, Error *err);
bool cmd_log(Run *r, Error *err);
bool cmd_export(Run *r, Error *err);
bool cmd_prompts(Run *r, Error *err);
bool cmd_paths(Run *r, Error *err);
bool cmd_config(Run *r, Error *err);
bool cmd_help(Run *r, Error *err);
bool cmd_man(Run *r, Error *err);

#endif
