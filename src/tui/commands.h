#ifndef ENTENTE_TUI_COMMANDS_H
#define ENTENTE_TUI_COMMANDS_H

#include <entente/keys.h>
#include <entente/str.h>
#include <stdbool.h>
#include <stddef.h>

/*
 * The one table of commands of the full screen. Keymap, hint row, help,
 * palette and man page are made from it; nothing is written twice.
 */

/* Where a row of the table applies. */
typedef enum {
    ON_FIRST_RUN = 1u << 0,
    ON_HOME = 1u << 1,
    ON_OVERVIEW = 1u << 2,
    ON_AGREEMENT = 1u << 3,
    ON_COMMITMENTS = 1u << 4,
    ON_HISTORY = 1u << 5,        /* the browser and an alliance's history tab */
    ON_ENTRY = 1u << 6,          /* one entry, whole */
    ON_SESSION_TEXT = 1u << 7,
    ON_SESSION_SCALE = 1u << 8,
    ON_SESSION_FIELDS = 1u << 9, /* who, a choice, commitments, terms, a date, cadence, review */
    ON_BOX = 1u << 10,           /* forms and choices: all else is dead while one is open */
    ON_PICKER = 1u << 11,        /* help and palette */
    ON_FIND = 1u << 12,          /* a find field has the focus: letters filter, the list below still moves; together with the place's bit */
    ON_READING = 1u << 13,       /* a text to read: messages, log, privacy */
    ON_HIDDEN = 1u << 14,        /* the blanked screen */
    ON_NOTES = 1u << 15,         /* a session that has notes to show; together with the place's bit */
    ON_REVIEW = 1u << 16,        /* the lines of a review */
    ON_AGENDA_CHECK_IN = 1u << 17, /* the agenda, by what the selected row is */
    ON_AGENDA_COMMITMENT = 1u << 18,
    ON_AGENDA_REVIEW = 1u << 19,
    ON_AGENDA = ON_AGENDA_CHECK_IN | ON_AGENDA_COMMITMENT | ON_AGENDA_REVIEW,
    ON_LISTS = ON_HOME | ON_AGENDA | ON_AGREEMENT | ON_COMMITMENTS | ON_HISTORY,
    ON_SESSION = ON_SESSION_TEXT | ON_SESSION_SCALE | ON_SESSION_FIELDS | ON_REVIEW,
    ON_PAGES = ON_FIRST_RUN | ON_HOME | ON_AGENDA | ON_OVERVIEW | ON_AGREEMENT | ON_COMMITMENTS | ON_HISTORY | ON_ENTRY |
               ON_READING,
    ON_UNDESIGNED = 1u << 20,    /* an overview without an agreement yet; together with the place's bit */
    ON_ALL = 0xfffff
} Where;

typedef enum {
    CMD_NONE,
    CMD_OPEN, CMD_PAGE, CMD_BACK, CMD_NEXT_TAB, CMD_PREV_TAB, CMD_FIND, CMD_HELP, CMD_PALETTE, CMD_UNDO, CMD_REDO,
    CMD_QUIT_VIEW, CMD_QUIT, CMD_REDRAW, CMD_SUSPEND, CMD_LEAVE_NOW,
    CMD_CHECK_IN, CMD_NEW, CMD_SNOOZE, CMD_SKIP, CMD_PAUSE, CMD_AMEND, CMD_TRASH, CMD_CADENCE, CMD_EDIT,
    CMD_KEPT, CMD_SETTLE, CMD_MOMENT, CMD_END, CMD_RESTORE, CMD_DISCARD_DRAFT, CMD_SHOW_ENDED, CMD_SHOW_TRASH,
    CMD_ALLIANCES, CMD_AGENDA, CMD_HISTORY, CMD_DEMO, CMD_MESSAGES, CMD_LOG, CMD_PRIVACY, CMD_HIDE,
    CMD_REMINDERS, CMD_REMIND_TEST, CMD_REMIND_INSTALL, CMD_REMIND_UNINSTALL,
    CMD_NEXT, CMD_SKIP_STEP, CMD_STEP_BACK, CMD_BUTTONS, CMD_WHY, CMD_EDITOR, CMD_PRIVATE, CMD_LEAVE,
    CMD_CLEAR, CMD_CHOOSE, CMD_NOTES,
    CMD_REPAIR, CMD_RENEW, CMD_REVIEW, CMD_PREPARE, CMD_CLOSE, CMD_TOGETHER, CMD_COUNT
} CommandId;

/*
 * CMD_NONE rows stand for keys that are no command ("Up/Down Choose"): they
 * appear in the hint row and in help only, and have no name.
 */
typedef struct {
    CommandId id;
    unsigned where;         /* Where bits */
    const char *name;       /* palette and man page: "snooze"; the same as the CLI's where there is one */
    const char *keys;       /* "s" or "Ctrl-S PgDn": names of keys.h, the first is shown; "" for palette only */
    const char *label;      /* <= 12 cells, in the hint row: "Snooze"; "" never in the hint row */
    const char *help;       /* one sentence for help and man page */
    const char *synonyms;   /* further words the palette finds it by; "" */
} Command;

extern const Command COMMANDS[];
extern const size_t COMMAND_COUNT;

/*
 * The command a key stands for here, NULL. While typing, text, the keys of
 * text fields (arrows, Ctrl-A, Ctrl-Z...) and Enter are never looked up.
 */
const Command *command_for_key(unsigned where, Key key, bool typing);
bool command_is_shadowed(unsigned where, const Command *c);  /* where another row of the same name says it more closely */
const Command *command_find(unsigned where, CommandId id); /* the row of a command here, NULL */
StrView command_first_key(const Command *c);               /* "s", "" for none */

/* True for a key that text fields use themselves: text, arrows, Ctrl-W, Ctrl-Z, Enter... */
bool command_key_is_text(Key key);

/* The keys of text fields, for help: "Ctrl-W Ctrl-U", "Delete word, line". NULL name ends it. */
typedef struct {
    const char *keys, *help;
} TextKeys;
extern const TextKeys TEXT_KEYS[];

/* Why a command is not to be had in a place, NULL when it is: "Open an alliance first". */
const char *command_why_not(unsigned where, bool has_alliance, const Command *c);

/* Ends or throws away something: never what Enter does unless it was asked for by its name. */
bool command_takes_away(CommandId id);
bool command_is_of_alliance(const Command *c); /* is done to the alliance that is meant */

/*
 * The hint row of a place at a width: "Enter Open  c Check in ... ? Help" in table order, dropped
 * from the right as needed; help always stays, at the right edge.
 */
void command_hints(unsigned where, bool typing, int width, Str *out);

#endif
