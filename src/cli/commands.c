#include "own.h"

#include <string.h>

#define OPT_JSON                                                                                             \
    {                                                                                                        \
        .name = "json", .help = "print one JSON object instead of words"                                     \
    }
#define ANY 1000 /* words: the last argument takes them all */

const Option global_options[] = {
    {"journal", 0, "FILE", "the journal to use; also $ENTENTE_JOURNAL", false},
    {"now", 0, "WHEN", "act as if it were WHEN: 2026-11-22 or 2026-11-22T21:40", false},
    {"plain", 0, NULL, "line by line, no full screen; also ACCESSIBLE=1", false},
    {"color", 0, "WHEN", "auto, always or never", false},
    {"no-input", 0, NULL, "never ask anything; fail instead", false},
    {"help", 'h', NULL, "show this help, or that of a command", false},
    {"version", 0, NULL, "print the version", false},
};
const size_t global_option_count = sizeof global_options / sizeof *global_options;

const CliCommand cli_commands[] = {
    /* ---- */
    {.name = "new",
     .group = "Alliances",
     .usage = "NAME",
     .help = "Make a new alliance and print its id",
     .more = "With --cadence it is active at once; without one it waits to be designed.",
     .example = "new \"Ana Lima\" --role partner --cadence \"every 2 weeks\"",
     .options = {{"role", 0, "ROLE", "what they are to you: partner, manager, friend", false},
                 {"cadence", 0, "HOW OFTEN", "how often to check in: \"every 2 weeks\", monthly", false},
                 {"first", 0, "WHEN", "the first check-in", false},
                 {"email", 0, "E", "their mail address", false},
                 {"phone", 0, "P", "their telephone number", false},
                 {"tag", 0, "T", "a tag to filter lists by", true},
                 {"team", 0, "MEMBER", "a member: makes it the alliance of a team", true},
                 OPT_JSON},
     .min = 1,
     .max = ANY,
     .run = cmd_new},
    {.name = "rename",
     .usage = "WHO NAME",
     .help = "Give an alliance another name, or role",
     .more = "Everything stays with it. For another role alone, write the same name again.",
     .example = "rename ana \"Ana Souza\" --role wife",
     .options = {{"role", 0, "ROLE", "what they are to you now; \"\" for nothing", false}, OPT_JSON},
     .min = 2,
     .max = ANY,
     .run = cmd_rename},
    {.name = "design",
     .usage = "[WHO]",
     .help = "Design the agreement, step by step",
     .more =
         "Without WHO, a new alliance. A draft that was left is gone on with. With --together both of you "
         "sit at one screen: each question is for you first, then for them, nothing private is shown, and "
         "the agreement counts as talked through today.",
     .example = "design ana --together",
     .options = {{"deep", 0, NULL, "the deep walk: every section, both sides", false},
                 {"together", 0, NULL, "talk mode: each question for both sides in turn", false},
                 {"situation", 0, "KEY", "a new alliance: the starter to begin with, such as peers", false},
                 {"section", 0, "SECTION", "open just this section of the agreement", false},
                 OPT_JSON},
     .min = 0,
     .max = ANY,
     .guided = true,
     .stage = STAGE_DESIGN,
     .run = cmd_guided},
    {.name = "checkin",
     .usage = "WHO",
     .help = "Check in, question by question, or at once with --quick",
     .more =
         "With --quick nothing is asked: the note is read from stdin unless that is a terminal. A commitment "
         "is \"me: TEXT\", \"them: TEXT\" or \"both: TEXT\", with \"by WHEN\" at its end if it has a day.",
     .example = "checkin ana --quick --trust 4 --commit \"me: call the landlord by fri\" < note.txt",
     .options = {{"quick", 0, NULL, "record it at once", false},
                 {"trust", 0, "1-5", "quick: how trust felt", false},
                 {"at", 0, "WHEN", "quick: when it was", false},
                 {"commit", 0, "COMMITMENT", "quick: a commitment made", true},
                 {"private", 0, NULL, "quick: keep it out of everything shared", false},
                 OPT_JSON},
     .min = 1,
     .max = ANY,
     .guided = true,
     .stage = STAGE_CHECK_IN,
     .run = cmd_checkin},
    {.name = "prepare",
     .usage = "WHO",
     .help = "Prepare the conversation, for yourself alone",
     .more = "What you write is private unless you say otherwise. A design shows it to you beside its "
             "questions, never while you sit together.",
     .options = {OPT_JSON},
     .min = 1,
     .max = ANY,
     .guided = true,
     .stage = STAGE_PREPARE,
     .run = cmd_guided},
    {.name = "repair",
     .usage = "WHO",
     .help = "Repair what was hard, step by step",
     .more = "From what happened to what you will do: new commitments, changed terms and a day to look again "
             "are kept together, as one step.",
     .options = {OPT_JSON},
     .min = 1,
     .max = ANY,
     .guided = true,
     .stage = STAGE_REPAIR,
     .run = cmd_guided},
    {.name = "renew",
     .usage = "WHO",
     .help = "Renew the agreement, term by term",
     .more =
         "Each term is kept, changed or dropped; with what you add that becomes the next version, with its "
         "reason.",
     .options = {{"term", 0, "ID", "begin with this term; `entente agreement WHO --json` shows the ids",
                  false},
                 OPT_JSON},
     .min = 1,
     .max = ANY,
     .guided = true,
     .stage = STAGE_RENEW,
     .run = cmd_guided},
    {.name = "close",
     .usage = "WHO",
     .help = "End an alliance well, with thanks",
     .more = "Keeping it ends the alliance; its history stays. `entente end` ends one without questions.",
     .options = {OPT_JSON},
     .min = 1,
     .max = ANY,
     .guided = true,
     .stage = STAGE_CLOSE,
     .run = cmd_guided},
    {.name = "agree",
     .usage = "WHO SECTION me|them|both TEXT",
     .help = "Add a term: the agreement's next version",
     .more = "SECTION is purpose, offers, asks, tone, communication, practicalities, boundaries, feedback, "
             "hard-moments, success or trial.",
     .example = "agree ana boundaries both \"No money talk after 22:00\"",
     .options = {{"private", 0, NULL, "for your eyes only", false}, OPT_JSON},
     .min = 4,
     .max = ANY,
     .run = cmd_agree},
    {.name = "commit",
     .usage = "WHO me|them|both TEXT",
     .help = "Note a commitment",
     .example = "commit ana me \"send the draft budget\" --by friday",
     .options = {{"by", 0, "WHEN", "the day it is due", false}, OPT_JSON},
     .min = 3,
     .max = ANY,
     .run = cmd_commit},
    {.name = "settle",
     .usage = "ID kept|not-kept|changed|let-go|open",
     .help = "Say what became of a commitment",
     .more = "`entente commitments` shows the ids.",
     .options = {OPT_JSON},
     .min = 2,
     .max = 2,
     .run = cmd_settle},
    {.name = "moment",
     .usage = "WHO gave|received|deposit|withdrawal TEXT",
     .help = "Note something small between check-ins",
     .example = "moment ben received \"He covered my shift\" --at yesterday",
     .options = {{"at", 0, "WHEN", "when it was", false},
                 {"private", 0, NULL, "for your eyes only", false},
                 OPT_JSON},
     .min = 3,
     .max = ANY,
     .run = cmd_moment},
    /* ---- */
    {.name = "list",
     .group = "Reading",
     .usage = "",
     .help = "List the alliances, the most urgent first",
     .more = "Ended ones are left out unless --all or --state ended asks for them. What is in the trash is "
             "shown by --trashed alone.",
     .options = {{"all", 0, NULL, "the ended ones too", false},
                 {"tag", 0, "T", "only those with this tag", false},
                 {"state", 0, "S", "only designing, active, paused or ended ones", false},
                 {"trashed", 0, NULL, "what is in the trash", false},
                 OPT_JSON},
     .run = cmd_list},
    {.name = "due",
     .usage = "",
     .help = "List the alliances whose check-in is due today or was due before",
     .more =
         "When there are none, one sentence says what comes next instead, or which commitment is due. The "
         "exit status is 0 either way. Agreements that want a look are named beside it. With --quiet nothing "
         "is printed and the status tells: 0 when a check-in is due, 1 when none is; commitments and reviews "
         "do not count for it.",
     .options = {{"quiet", 0, NULL, "print nothing; the exit status is 1 when no check-in is due", false},
                 OPT_JSON},
     .run = cmd_due},
    {.name = "agenda",
     .usage = "",
     .help = "List what is due on which day: check-ins, commitments, reviews",
     .more = "What is past due stands first, under WAITING. Commitments of both sides are among it; what "
             "rests in "
             "an open pause is not. In a pipe each line is a row: a mark (! past due, * today, z snoozed), "
             "the day, "
             "what, who and a note.",
     .example = "agenda --within \"3 weeks\"",
     .options = {{"within", 0, "DAYS", "as far ahead as this: 14d, \"3 weeks\" (14d)", false}, OPT_JSON},
     .run = cmd_agenda},
    {.name = "status",
     .usage = "",
     .help = "Say in one line how much is due: for a shell prompt or a status line",
     .more = "Such as \"2 check-ins, 1 commitment\", without names; commitments are those of yours that are "
             "due; reviews do not count. When nothing is due it prints nothing and the exit status is 1, "
             "with --json too. In a shell prompt: "
             "PS1='$(entente status 2>/dev/null) \\$ '. In tmux: set -g status-right '#(entente status)'.",
     .options = {OPT_JSON},
     .no_problems = true,
     .run = cmd_status},
    {.name = "remind",
     .usage = "",
     .help = "Send the reminders that are due and were not sent yet",
     .more =
         "One run, made for a timer: each due day is told once through each channel of entente.conf(5); "
         "what failed is tried again at the next run. Away from a terminal it prints nothing but trouble. "
         "--json goes with a run, --dry-run, --test and --status. The exit status of --test is 5 when a "
         "channel failed.",
     .example = "remind --install",
     .options = {{"dry-run", 0, NULL, "show what would be sent now; nothing is sent or written", false},
                 {"test", 0, NULL, "send a test through every channel now", false},
                 {"install", 0, NULL, "set up a timer: systemd, else cron, else what to add to a login",
                  false},
                 {"uninstall", 0, NULL, "take the timer away again", false},
                 {"status", 0, NULL, "say how it stands: the timer, the last runs, deliveries and failures",
                  false},
                 OPT_JSON,
                 {"by-timer", 0, NULL,
                  "a run that a timer begins: from then on it is noticed when none comes any more", false}},
     .unlisted = "by-timer",
     .no_problems = true,
     .run = cmd_remind},
    {.name = "show",
     .usage = "WHO",
     .help = "Show one alliance: people, agreement, commitments",
     .options = {OPT_JSON},
     .min = 1,
     .max = ANY,
     .run = cmd_show},
    {.name = "agreement",
     .usage = "WHO",
     .help = "Show the agreement",
     .options = {{"version", 0, "N", "as it stood at this version", false}, OPT_JSON},
     .min = 1,
     .max = ANY,
     .run = cmd_agreement},
    {.name = "commitments",
     .usage = "[WHO]",
     .help = "List commitments with their ids",
     .options = {{"open", 0, NULL, "only the open ones", false}, OPT_JSON},
     .min = 0,
     .max = ANY,
     .run = cmd_commitments},
    {.name = "history",
     .usage = "[WHO]",
     .help = "List what happened, newest first",
     .options = {{"since", 0, "WHEN", "not before this day", false},
                 {"until", 0, "WHEN", "not after this day", false},
                 {"kind", 0, "KIND",
                  "check-in, design, prepare, repair, renew, close, agreement, commitment or moment", false},
                 {"limit", 0, "N", "at most so many (50)", false},
                 {"before", 0, "CURSOR", "go on where an earlier page ended", false},
                 OPT_JSON},
     .min = 0,
     .max = ANY,
     .run = cmd_history},
    {.name = "search",
     .usage = "QUERY",
     .help = "Find words in everything that was written",
     .more = "Words may stand in any order and the last one may be unfinished. '\"two words\"' finds them "
             "side by "
             "side; -word leaves entries out (after --). The exit status is 1 when nothing is found.",
     .example = "search budget --who ana --since \"3 months ago\"",
     .options = {{"who", 0, "WHO", "only this alliance", false},
                 {"since", 0, "WHEN", "not before this day", false},
                 {"until", 0, "WHEN", "not after this day", false},
                 {"kind", 0, "KIND",
                  "check-in, design, prepare, repair, renew, close, agreement, commitment or moment", false},
                 {"limit", 0, "N", "at most so many (50)", false},
                 {"before", 0, "CURSOR", "go on where an earlier page ended", false},
                 OPT_JSON},
     .min = 1,
     .max = ANY,
     .run = cmd_search},
    {.name = "prompts",
     .usage = "[list|check FILE|why WHO]",
     .help = "List the prompts in force, check a pack, or say what would be asked now",
     .more =
         "Your own packs are taken in from the folder prompts beside the other settings; `entente paths` "
         "prints where that is, entente-prompts(5) how they are written. check tells whether a file would "
         "be taken in, and if not, where and why (exit status 3). why prints what a check-in would ask "
         "today, each question with its score and its reason.",
     .example = "prompts why ana --stage repair",
     .options = {{"stage", 0, "STAGE", "of one stage: prepare, design, check-in, repair, renew, close",
                  false},
                 OPT_JSON},
     .max = ANY,
     .bare = true,
     .run = cmd_prompts},
    /* ---- */
    {.name = "snooze",
     .group = "The calendar of one alliance",
     .usage = "WHO WHEN",
     .help = "Put off just the next check-in",
     .example = "snooze ana friday",
     .options = {OPT_JSON},
     .min = 2,
     .max = ANY,
     .run = cmd_snooze},
    {.name = "skip",
     .usage = "WHO",
     .help = "Leave the next check-in out, or all that have gone by",
     .options = {OPT_JSON},
     .min = 1,
     .max = ANY,
     .run = cmd_skip},
    {.name = "pause",
     .usage = "WHO [WHEN]",
     .help = "Let it rest, until a day or until resumed",
     .options = {OPT_JSON},
     .min = 1,
     .max = ANY,
     .run = cmd_pause},
    {.name = "resume",
     .usage = "WHO",
     .help = "Wake a paused alliance",
     .options = {OPT_JSON},
     .min = 1,
     .max = ANY,
     .run = cmd_resume},
    {.name = "cadence",
     .usage = "WHO [HOW OFTEN]",
     .help = "Show or set how often to check in, and the next five days",
     .more =
         "HOW OFTEN is \"every 10 days\", \"weekly\", \"every 2 weeks\", \"monthly\", \"quarterly\", "
         "\"yearly\", a day of the calendar such as \"every 2 weeks on tuesday\", \"monthly on the 15th\" or "
         "\"on the last friday of the month\", or \"none\". A day of the calendar begins with the first from "
         "today "
         "on, the others count on from the last check-in. With --preview it is read back with its next "
         "dates, and nothing changes.",
     .example = "cadence ana every 2 weeks --first tuesday",
     .options = {{"first", 0, "WHEN", "the next check-in, earlier or later", false},
                 {"preview", 0, "HOW OFTEN", "only read it back (no WHO then)", false},
                 {"from", 0, "WHEN", "preview: count from this day", false},
                 {"count", 0, "N", "preview: so many dates (5)", false},
                 OPT_JSON},
     .min = 0,
     .max = ANY,
     .run = cmd_cadence},
    {.name = "review",
     .usage = "WHO [WHEN|none]",
     .help = "Show or set the day to look at the agreement again",
     .more = "It comes up once, in the agenda and in reminders. A repair or a renewal sets it too.",
     .example = "review ana in 3 months",
     .options = {OPT_JSON},
     .min = 1,
     .max = ANY,
     .run = cmd_review},
    {.name = "end",
     .usage = "WHO",
     .help = "End an alliance; its history stays",
     .options = {OPT_JSON},
     .min = 1,
     .max = ANY,
     .run = cmd_end},
    /* ---- */
    {.name = "undo",
     .group = "Taking back",
     .usage = "",
     .help = "Take back the last change",
     .options = {OPT_JSON},
     .run = cmd_undo},
    {.name = "redo",
     .usage = "",
     .help = "Do again what was taken back",
     .options = {OPT_JSON},
     .run = cmd_redo},
    {.name = "log",
     .usage = "",
     .help = "List the changes, newest first",
     .options = {{"limit", 0, "N", "at most so many (20)", false}, OPT_JSON},
     .run = cmd_log},
    {.name = "trash",
     .usage = "WHO",
     .help = "Put an alliance into the trash",
     .options = {OPT_JSON},
     .min = 1,
     .max = ANY,
     .run = cmd_trash},
    {.name = "restore",
     .usage = "WHO",
     .help = "Take an alliance out of the trash",
     .options = {OPT_JSON},
     .min = 1,
     .max = ANY,
     .run = cmd_restore},
    /* ---- */
    {.name = "export",
     .group = "The journal in other forms",
     .usage = "ics [FILE] [WHO]",
     .help = "Write the journal as an iCalendar file for calendar programs",
     .more =
         "Check-ins are events on their due day with the cadence as their rule, open commitments are "
         "to-dos. Names and the text of commitments are in it, but for those made in a private check-in; "
         "nothing else that was written. Without FILE, or with -, it goes to the standard output. FILE is "
         "written whole or not at all, and only where there is no file yet or a calendar. With WHO, one "
         "alliance alone: `entente export ics - ana`. A 29th, a 30th or a working day of the month needs a "
         "part of the standard "
         "(BYSETPOS) that calcurse leaves aside: there, such a check-in shows on more days than it is due.",
     .example = "export ics ~/checkins.ics",
     .min = 1,
     .max = ANY,
     .run = cmd_export},
    /* ---- */
    {.name = "demo",
     .group = "The program",
     .usage = "",
     .help = "Look around in an invented journal; yours is not touched",
     .options = {OPT_JSON},
     .demo = true,
     .run = cmd_list},
    {.name = "paths",
     .usage = "",
     .help = "Print where the program keeps its files",
     .options = {OPT_JSON},
     .bare = true,
     .run = cmd_paths},
    {.name = "config",
     .usage = "",
     .help = "Print the settings in force and where each comes from",
     .more =
         "Settings are lines of a file that you write; entente.conf(5) tells which there are. What could not "
         "be understood in it is said in one line each, and the default is then used; other commands say the "
         "first of them.",
     .options = {OPT_JSON},
     .no_problems = true,
     .bare = true,
     .run = cmd_config},
    {.name = "help",
     .usage = "[COMMAND]",
     .help = "Show this help, or that of a command",
     .min = 0,
     .max = 1,
     .no_problems = true,
     .bare = true,
     .run = cmd_help},
    {.name = "man",
     .usage = "[keys]",
     .help = "Print the parts of the manual page that come from this table",
     .max = 1,
     .hidden = true,
     .no_problems = true,
     .bare = true,
     .run = cmd_man},
};
const size_t cli_command_count = sizeof cli_commands / sizeof *cli_commands;

const CliCommand *cli_command_find(const char *name)
{
    for (size_t i = 0; i < cli_command_count; i++)
        if (strcmp(cli_commands[i].name, name) == 0) return &cli_commands[i];
    return NULL;
}

const char *stage_command(Stage stage)
{
    Stage one_to_one = stage == STAGE_TEAM_DESIGN     ? STAGE_DESIGN
                       : stage == STAGE_TEAM_CHECK_IN ? STAGE_CHECK_IN
                                                      : stage;
    for (size_t i = 0; i < cli_command_count; i++)
        if (cli_commands[i].guided && cli_commands[i].stage == one_to_one) return cli_commands[i].name;
    return "design";
}

static const Option *option_in(const Option *options, size_t n, StrView name)
{
    for (size_t i = 0; i < n && options[i].name; i++)
        if (sv_eq(sv(options[i].name), name)) return &options[i];
    return NULL;
}

const Option *cli_command_option(const CliCommand *c, StrView name)
{
    return c ? option_in(c->options, OPTIONS_MAX, name) : NULL;
}

const Option *global_option(StrView name)
{
    return option_in(global_options, global_option_count, name);
}

const char *nearest_command(const char *name)
{
    const char *best = NULL;
    size_t nearest = LIKENESS_NONE;
    for (size_t i = 0; i < cli_command_count; i++) {
        size_t d = word_likeness(sv(name), cli_commands[i].name);
        if (d >= nearest || cli_commands[i].hidden) continue;
        nearest = d;
        best = cli_commands[i].name;
    }
    return best;
}

static void nearer(const Option *options, size_t n, StrView name, size_t *nearest, const char **best)
{
    for (size_t i = 0; i < n && options[i].name; i++) {
        size_t d = word_likeness(name, options[i].name);
        if (d >= *nearest) continue;
        *nearest = d;
        *best = options[i].name;
    }
}

const char *nearest_option(const CliCommand *c, StrView name)
{
    const char *best = NULL;
    size_t nearest = LIKENESS_NONE;
    if (c) nearer(c->options, OPTIONS_MAX, name, &nearest, &best);
    nearer(global_options, global_option_count, name, &nearest, &best);
    return best;
}
