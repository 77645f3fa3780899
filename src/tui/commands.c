#include "commands.h"

#include <entente/text.h>

enum {
    ON_ALLIANCE = ON_OVERVIEW | ON_AGREEMENT | ON_COMMITMENTS,
    ON_SUBJECT =
        ON_HOME | ON_AGENDA | ON_ALLIANCE | ON_HISTORY | ON_ENTRY, /* where an alliance can be meant */
    ON_AGENDA_ELSE = ON_AGENDA_COMMITMENT | ON_AGENDA_REVIEW,
    ON_WORK = ON_PAGES | ON_SESSION,
};

/* clang-format off */

/* Row order is the priority in the hint row of each place. */
const Command COMMANDS[] = {
    /* moving and doing the main thing */
    {CMD_NONE, ON_FIRST_RUN, "", "Up/Down", "Choose", "", ""},
    {CMD_OPEN, ON_FIRST_RUN, "open", "Enter", "Go on", "Begin with the selected line", "start begin choose"},
    {CMD_OPEN, ON_HOME, "open", "Enter Right l", "Open", "Open the alliance's page", "show view"},
    {CMD_OPEN, ON_AGENDA_CHECK_IN, "open", "Enter", "Check in", "On a check-in, begin it or go on with its draft", "do"},
    {CMD_OPEN, ON_AGENDA_COMMITMENT, "open", "Enter", "Open", "On a commitment, show it on the alliance's page", "show view"},
    {CMD_OPEN, ON_AGENDA_REVIEW, "open", "Enter", "Renew", "On a review, keep, change or drop each term", "review renew"},
    {CMD_NONE, ON_AGREEMENT, "", "Up/Down", "Section", "", ""},
    {CMD_OPEN, ON_OVERVIEW, "open", "Enter", "Do it", "Do what the selected button says", "press button"},
    {CMD_NEXT_TAB, ON_OVERVIEW, "next-tab", "Tab", "Next tab", "Go to the next tab", ""},
    {CMD_NONE, ON_FIND, "", "Up/Down", "Move", "", ""},
    {CMD_OPEN, ON_HISTORY | ON_FIND, "open", "Enter Right l", "Open", "Open the selected line", "show view"},
    {CMD_KEPT, ON_COMMITMENTS, "kept", "Space", "Kept", "Mark the commitment kept, or open again", "done tick"},
    {CMD_SETTLE, ON_COMMITMENTS, "settle", "Enter", "Change state", "Say what became of the commitment", "let go changed not kept state"},

    /* an alliance */
    {CMD_CHECK_IN, ON_HOME | ON_OVERVIEW, "check-in", "c", "Check in", "Check in, or go on with the draft", "talk session draft"},
    {CMD_NEW, ON_FIRST_RUN, "new", "n", "New", "Design my first alliance", "add create design alliance"},
    {CMD_NEW, ON_HOME, "new", "n", "New", "Design a new alliance", "add create design alliance"},
    {CMD_SNOOZE, ON_HOME | ON_AGENDA_CHECK_IN, "snooze", "s", "Snooze", "Move the next check-in, this time only", "later postpone move"},
    {CMD_SNOOZE, ON_AGENDA_REVIEW, "snooze", "s", "Move", "On a review, choose another day for it", "later postpone move"},
    {CMD_SKIP, ON_AGENDA_CHECK_IN, "skip", "x", "Skip", "Skip the next check-in on purpose", "leave out"},
    {CMD_KEPT, ON_AGENDA_CHECK_IN | ON_AGENDA_COMMITMENT, "kept", "Space", "Kept", "Mark the commitment kept", "done tick"},
    {CMD_EDIT, ON_AGENDA_COMMITMENT, "edit", "e", "Edit", "On a commitment, change who, what or when", "change commitment"},
    {CMD_FIND, ON_HOME | ON_AGENDA | ON_HISTORY, "find", "/", "Find", "Filter the list as you type", "search filter"},
    {CMD_AMEND, ON_UNDESIGNED, "amend", "e", "Begin", "Design the agreement", "edit design agreement"},
    {CMD_AMEND, ON_OVERVIEW, "amend", "e", "Amend", "Design or amend the agreement", "edit design agreement"},
    {CMD_AMEND, ON_AGREEMENT, "amend", "Enter e", "Amend", "Amend the agreement at this section", "edit design agreement"},
    {CMD_NEW, ON_COMMITMENTS, "commit", "n", "New", "Note a new commitment", "add promise commitment"},
    {CMD_EDIT, ON_COMMITMENTS, "edit", "e", "Edit", "Change who, what or when", "change commitment"},
    {CMD_TRASH, ON_COMMITMENTS, "trash", "d", "Trash", "Move the commitment to the trash (u brings it back)", "delete remove"},
    {CMD_FIND, ON_COMMITMENTS, "find", "/", "Find", "Filter the list as you type", "search filter"},
    {CMD_NEXT_TAB, ON_HISTORY, "next-tab", "Tab", "Next tab", "Go to the next tab", ""},
    {CMD_UNDO, ON_HOME, "undo", "u", "Undo", "Take back the last change, at any depth", "back revert"},
    {CMD_PALETTE, ON_HOME | ON_OVERVIEW, "commands", ": F2 Ctrl-P", "Commands", "All commands, by name", "palette menu"},
    {CMD_BACK, ON_OVERVIEW, "back", "Esc Backspace", "Back", "Go back, never losing anything", "close up"},
    {CMD_NONE, ON_READING, "", "Up/Down", "Scroll", "", ""},
    {CMD_BACK, ON_AGENDA | ON_AGREEMENT | ON_HISTORY | ON_ENTRY | ON_READING, "back", "Esc Left h Backspace", "Back", "Go back, never losing anything", "close up"},
    {CMD_PAGE, ON_AGENDA, "page", "Right l", "", "Open the alliance's page", "alliance overview show"},
    {CMD_CHECK_IN, ON_AGENDA | ON_AGREEMENT | ON_COMMITMENTS | ON_HISTORY | ON_ENTRY, "check-in", "c", "", "Check in, or go on with the draft", "talk session draft"},
    {CMD_NEW, ON_OVERVIEW, "commit", "n", "", "Note a new commitment", "add promise commitment"},
    {CMD_NEW, ON_AGENDA | ON_AGREEMENT | ON_HISTORY | ON_ENTRY, "commit", "", "", "Note a new commitment", "add promise commitment"},
    {CMD_SNOOZE, ON_OVERVIEW | ON_AGENDA_COMMITMENT, "snooze", "s", "", "Move the next check-in, this time only", "later postpone move"},
    {CMD_AMEND, ON_HOME, "amend", "e", "", "Design or amend the agreement", "edit design agreement"},
    {CMD_KEPT, ON_AGENDA_REVIEW, "kept", "Space", "", "Mark the commitment kept", "done tick"},
    {CMD_PAUSE, ON_HOME | ON_AGENDA | ON_OVERVIEW, "pause", "p", "", "Pause the alliance, or wake it", "wake resume sleep rest"},
    {CMD_SKIP, ON_HOME | ON_AGENDA_ELSE | ON_OVERVIEW, "skip", "x", "", "Skip the next check-in on purpose", "leave out"},
    {CMD_TRASH, ON_HOME | ON_OVERVIEW, "trash", "d", "", "Move the alliance to the trash (u brings it back)", "delete remove"},
    {CMD_PREPARE, ON_SUBJECT, "prepare", "", "", "Note for yourself what a talk is to be about", "notes before think"},
    {CMD_TOGETHER, ON_HOME | ON_ALLIANCE, "design-together", "", "", "Design at one screen, each question for both", "talk both mode amend"},
    {CMD_REPAIR, ON_SUBJECT, "repair", "", "", "Mend what went wrong between you", "conflict amends sorry hurt"},
    {CMD_RENEW, ON_SUBJECT, "renew", "", "", "Keep, change or drop each term of the agreement", "review revise terms agreement"},
    {CMD_REVIEW, ON_SUBJECT, "review", "", "", "Choose when to look at the agreement again", "renew day later plan move"},
    {CMD_CLOSE, ON_SUBJECT, "close", "", "", "End with thanks, and see what stays open", "end finish goodbye over thanks"},
    {CMD_CADENCE, ON_HOME | ON_AGENDA | ON_OVERVIEW, "cadence", "r", "", "Change how often to check in", "often rhythm every week reminder"},
    {CMD_CADENCE, ON_SUBJECT & ~(ON_HOME | ON_AGENDA | ON_OVERVIEW), "cadence", "", "", "Change how often to check in", "often rhythm every week reminder"},
    {CMD_MOMENT, ON_SUBJECT, "moment", "", "", "Note something small that was given or received", "gave received thanks deposit withdrawal note"},
    {CMD_END, ON_HOME | ON_ALLIANCE, "end", "", "", "End the alliance; its history stays", "finish over"},
    {CMD_RESTORE, ON_HOME, "restore", "", "", "Bring the alliance back from the trash or the ended ones", "untrash again"},
    {CMD_DISCARD_DRAFT, ON_HOME | ON_ALLIANCE | ON_SESSION, "discard-draft", "", "", "Throw the draft away (u brings it back)", "delete draft"},

    /* a guided session */
    {CMD_NONE, ON_SESSION_SCALE, "", "Left/Right, 1-5", "Choose", "", ""},
    {CMD_NONE, ON_SESSION_FIELDS, "", "Up/Down", "Choose", "", ""},
    {CMD_CHOOSE, ON_SESSION_FIELDS, "choose", "Space", "Select", "Choose what is under the cursor", ""},
    {CMD_NONE, ON_REVIEW, "", "Up/Down", "Move", "", ""},
    {CMD_NONE, ON_REVIEW, "", "Enter", "Edit", "Go to that question; Next comes back", ""},
    {CMD_NEXT, ON_SESSION_TEXT, "next", "Ctrl-S Alt-Enter", "Next", "Accept the step and go on", "accept continue"},
    {CMD_NEXT, ON_SESSION_SCALE, "next", "Enter Ctrl-S Alt-Enter", "Next", "Accept the step and go on", "accept continue"},
    {CMD_NEXT_TAB, ON_SESSION_FIELDS | ON_REVIEW, "next-field", "Tab", "Next field", "Go to the next field", ""},
    {CMD_SKIP_STEP, ON_SESSION_TEXT, "skip-step", "PgDn", "Skip", "Go on; an untouched question is left open", "next"},
    {CMD_SKIP_STEP, ON_SESSION_SCALE | ON_SESSION_FIELDS | ON_REVIEW, "skip-step", "PgDn", "", "Go on; an untouched question is left open", "next"},
    {CMD_CLEAR, ON_SESSION_SCALE, "clear", "Del", "Clear", "Take the rating back", "remove"},
    {CMD_STEP_BACK, ON_SESSION, "step-back", "PgUp", "Back", "Go to the step before", "previous"},
    {CMD_BUTTONS, ON_SESSION_TEXT | ON_SESSION_SCALE, "buttons", "Tab", "Buttons", "Go from the text to the buttons", "focus"},
    {CMD_PREV_TAB, ON_SESSION, "previous-field", "Shift-Tab", "", "Go to the field before", ""},
    {CMD_EDITOR, ON_SESSION_TEXT, "editor", "F4 Ctrl-O", "Editor", "Write this text in your own editor", "vi emacs external"},
    {CMD_LEAVE, ON_SESSION, "leave-session", "Esc", "Leave", "To the buttons, then leave; the draft is kept", "close later"},
    {CMD_NEXT, ON_SESSION_FIELDS, "next", "Ctrl-S Alt-Enter", "Next", "Accept the step and go on", "accept continue"},
    {CMD_NEXT, ON_REVIEW, "next", "Ctrl-S Alt-Enter", "To the end", "Go to the button that keeps it", "accept continue"},
    {CMD_NOTES, ON_NOTES, "notes", "F6", "Notes", "Show what you noted for yourself", "prepare private"},
    {CMD_WHY, ON_SESSION, "why", "F3", "", "Show or fold why this is asked", "reason help"},
    {CMD_PRIVATE, ON_SESSION, "private", "Ctrl-T", "", "Keep this answer private, or share it again", "secret shared"},

    /* a box, a picker */
    {CMD_NONE, ON_BOX, "", "Enter", "Do it", "Do it, or go where something is missing", ""},
    {CMD_BACK, ON_BOX, "cancel", "Esc", "Cancel", "Close the box and change nothing", "back close"},
    {CMD_NEXT_TAB, ON_BOX, "next-field", "Tab", "Next field", "Go to the next field", ""},
    {CMD_PREV_TAB, ON_BOX, "previous-field", "Shift-Tab", "", "Go to the field before", ""},
    {CMD_NONE, ON_BOX, "", "Left Right", "", "Choose; text goes to a date of one's own", ""},
    {CMD_OPEN, ON_PICKER, "run", "Enter", "Do it", "Do what the selected line says", ""},
    {CMD_BACK, ON_PICKER, "cancel", "Esc", "Close", "Close this and change nothing", "back close"},
    {CMD_NONE, ON_PICKER, "", "Type", "to filter", "", ""},
    {CMD_NONE, ON_PICKER, "", "Up/Down", "Move", "", ""},
    {CMD_BACK, ON_FIND, "clear-filter", "Esc", "Clear", "Clear the filter, then leave the field", "back"},

    /* the tabs and the rest of going about */
    {CMD_NEXT_TAB, ON_HOME | ON_AGENDA | ON_AGREEMENT | ON_COMMITMENTS | ON_FIND, "next-tab", "Tab", "", "Go to the next tab", ""},
    {CMD_PREV_TAB, ON_HOME | ON_AGENDA | ON_ALLIANCE | ON_HISTORY | ON_FIND, "previous-tab", "Shift-Tab", "", "Go to the tab before", ""},
    {CMD_PALETTE, ON_FIRST_RUN | ON_AGENDA | ON_AGREEMENT | ON_COMMITMENTS | ON_HISTORY | ON_ENTRY | ON_READING, "commands", ": F2 Ctrl-P", "Commands", "All commands, by name", "palette menu"},
    {CMD_PALETTE, ON_SESSION | ON_FIND, "commands", "F2 :", "", "All commands, by name", "palette menu"},
    {CMD_BACK, ON_HOME | ON_COMMITMENTS, "back", "Esc Left h Backspace", "", "Go back, never losing anything", "close up"},
    {CMD_UNDO, ON_FIRST_RUN | ON_AGENDA | ON_ALLIANCE | ON_HISTORY | ON_ENTRY | ON_READING, "undo", "u", "", "Take back the last change, at any depth", "back revert"},
    {CMD_REDO, ON_PAGES, "redo", "U Ctrl-R", "", "Do again what was taken back", "again repeat"},
    {CMD_QUIT_VIEW, ON_FIRST_RUN, "leave", "q", "Quit", "Leave entente", "exit close"},
    {CMD_QUIT_VIEW, ON_PAGES & ~ON_FIRST_RUN, "leave", "q", "", "Go back; on Home leave entente", "exit close"},
    {CMD_QUIT, ON_PAGES, "quit", "Q", "", "Leave entente from anywhere; nothing is lost", "exit close"},
    {CMD_ALLIANCES, ON_WORK, "alliances", "", "", "Go to the list of alliances", "home list"},
    {CMD_AGENDA, ON_WORK, "agenda", "", "", "Go to what is due, day by day", "due calendar waiting today week next review"},
    {CMD_HISTORY, ON_WORK, "history", "", "", "Go to the history of all alliances", "search past entries"},
    {CMD_SHOW_ENDED, ON_HOME, "show-ended", "", "", "List the alliances that ended, or all others again", "closed over"},
    {CMD_SHOW_TRASH, ON_HOME, "show-trash", "", "", "List what is in the trash, or all others again", "deleted removed"},
    {CMD_REMINDERS, ON_WORK, "reminders", "", "", "How reminders stand: timer, last ones, trouble", "notifications remind timer status settings config configuration channels mail desktop"},
    {CMD_REMIND_TEST, ON_WORK, "remind-test", "", "", "Send a test through each channel now", "notification try reminder"},
    {CMD_REMIND_INSTALL, ON_WORK, "remind-install", "", "", "Set up a timer that runs reminders", "systemd cron notifications schedule"},
    {CMD_REMIND_UNINSTALL, ON_WORK, "remind-uninstall", "", "", "Take the timer of reminders away again", "systemd cron notifications stop"},
    {CMD_LOG, ON_WORK, "log", "", "", "What was changed, step by step", "undo list changes"},
    {CMD_MESSAGES, ON_WORK, "messages", "", "", "The last messages of this run", "status said errors"},
    {CMD_PRIVACY, ON_WORK, "privacy", "", "", "What is protected and what is not", "security encryption secret export file path backup"},
    {CMD_HIDE, ON_WORK | ON_FIND, "hide", "", "", "Blank the screen until Enter", "lock cover boss"},
    {CMD_DEMO, ON_PAGES, "demo", "", "", "Look around in an invented journal", "example tour try"},
    {CMD_REDRAW, ON_ALL, "redraw", "Ctrl-L", "", "Draw the screen anew", "refresh repaint"},
    {CMD_SUSPEND, ON_ALL, "suspend", "Ctrl-Z", "", "Back to the shell; fg returns", "stop background shell"},
    {CMD_LEAVE_NOW, ON_ALL, "leave-now", "Ctrl-C", "", "Leave at once; drafts are kept", "abort exit"},

    /* what the table only explains */
    {CMD_NONE, ON_LISTS, "", "Up Down k j", "", "Move", ""},
    {CMD_NONE, ON_LISTS | ON_ENTRY | ON_READING, "", "PgUp PgDn Ctrl-B Ctrl-F", "", "Page", ""},
    {CMD_NONE, ON_LISTS | ON_ENTRY | ON_READING, "", "Home End g G", "", "First, last", ""},
    {CMD_NONE, ON_HOME | ON_AGENDA | ON_ALLIANCE | ON_HISTORY, "", "1-9", "", "The tab of that number", ""},

    /* help stays at the right edge */
    {CMD_HELP, ON_PAGES, "help", "? F1", "Help", "The keys of this screen", "keys manual"},
    {CMD_HELP, ON_SESSION | ON_BOX | ON_FIND, "help", "F1 ?", "Help", "The keys of this screen", "keys manual"},
};

const TextKeys TEXT_KEYS[] = {
    {"Left Right Up Down", "Move"},
    {"Home End Ctrl-A Ctrl-E", "Start, end of the line"},
    {"Ctrl-Left Ctrl-Right Alt-b Alt-f", "By word"},
    {"Ctrl-Home Ctrl-End Alt-< Alt->", "Start, end of the text"},
    {"Ctrl-P Ctrl-N Ctrl-B Ctrl-F", "Line before, after; left, right"},
    {"Backspace Del Ctrl-H Ctrl-D", "Delete a character"},
    {"Ctrl-W Alt-Backspace Alt-d", "Delete a word"},
    {"Ctrl-U Ctrl-K", "Delete to the line's start, end"},
    {"Alt-y", "Put the last cut back"},
    {"Ctrl-Z Ctrl-_ Ctrl-Y", "Undo, redo"},
    {"Enter", "New line, or the next field"},
    {NULL, NULL},
};

/* clang-format on */

const size_t COMMAND_COUNT = sizeof COMMANDS / sizeof COMMANDS[0];

static bool has_key(const char *keys, Key key)
{
    StrView rest = sv(keys), word;
    Key k;
    while ((word = sv_word(&rest)).len > 0)
        if (key_parse(word, &k) && k == key) return true;
    return false;
}

bool command_key_is_text(Key key)
{
    if (key_is_text(key)) return true;
    for (const TextKeys *t = TEXT_KEYS; t->keys; t++)
        if (has_key(t->keys, key)) return true;
    return false;
}

const Command *command_for_key(unsigned where, Key key, bool typing)
{
    if (typing && command_key_is_text(key)) return NULL;
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        const Command *c = &COMMANDS[i];
        if (c->id != CMD_NONE && (c->where & where) && has_key(c->keys, key)) return c;
    }
    return NULL;
}

const Command *command_find(unsigned where, CommandId id)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        if (COMMANDS[i].id == id && (COMMANDS[i].where & where)) return &COMMANDS[i];
    return NULL;
}

bool command_is_shadowed(unsigned where, const Command *c)
{
    if (!(where & ON_UNDESIGNED) || c->where & ON_UNDESIGNED) return false;
    return command_find(ON_UNDESIGNED, c->id) && c->id != CMD_NONE;
}

StrView command_first_key(const Command *c)
{
    StrView rest = sv(c->keys);
    return sv_word(&rest);
}

bool command_takes_away(CommandId id)
{
    return id == CMD_END || id == CMD_CLOSE || id == CMD_TRASH || id == CMD_DISCARD_DRAFT;
}

/* A new one is of the alliance where it is a commitment; where commitments are, the trash is theirs. */
bool command_is_of_alliance(const Command *c)
{
    switch (c->id) {
    case CMD_NEW: return !(c->where & (ON_HOME | ON_FIRST_RUN));
    case CMD_TRASH: return !(c->where & ON_COMMITMENTS);
    case CMD_CHECK_IN:
    case CMD_SNOOZE:
    case CMD_SKIP:
    case CMD_PAUSE:
    case CMD_AMEND:
    case CMD_CADENCE:
    case CMD_MOMENT:
    case CMD_END:
    case CMD_REPAIR:
    case CMD_RENEW:
    case CMD_REVIEW:
    case CMD_PREPARE:
    case CMD_CLOSE:
    case CMD_RESTORE:
    case CMD_TOGETHER:
    case CMD_DISCARD_DRAFT: return true;
    default: return false;
    }
}

/* On Home these mean somebody new, or the draft of somebody without a name yet. */
static bool does_without(unsigned where, CommandId id)
{
    return where & ON_HOME && (id == CMD_TOGETHER || id == CMD_DISCARD_DRAFT);
}

const char *command_why_not(unsigned where, bool has_alliance, const Command *c)
{
    bool of_alliance = command_is_of_alliance(c) && !(where & ON_SESSION);
    if (of_alliance && has_alliance) return NULL;
    if (c->where & where) return of_alliance && !does_without(where, c->id) ? "Open an alliance first" : NULL;
    if (of_alliance) return "Open an alliance first";
    if (c->where & ON_HOME)
        return where & ON_SESSION ? "Leave this session first" : "Go to the alliances first";
    if (c->where & ON_OVERVIEW) return "Open an alliance first";
    if (c->where & ON_AGENDA) return "Go to the agenda first";
    if (c->where & ON_COMMITMENTS) return "Open an alliance's commitments first";
    if (c->where == ON_NOTES) return "In a design that was prepared";
    if (c->where & ON_SESSION) return "During a check-in or a design";
    return "Not here";
}

/* ---- the hint row ---- */

/* The key a hint shows: the first that works; while typing not one that would be text. False: none. */
static bool hint_key(const Command *c, bool typing, StrView *ret)
{
    *ret = c->id == CMD_NONE ? sv(c->keys) : command_first_key(c);
    if (!typing || c->id == CMD_NONE) return ret->len > 0;
    StrView rest = sv(c->keys);
    Key key;
    while ((*ret = sv_word(&rest)).len > 0)
        if (key_parse(*ret, &key) && (key == KEYN_ENTER || !command_key_is_text(key))) return true;
    return false;
}

static void add_hint(Str *out, const Command *c, bool typing)
{
    StrView key;
    if (!hint_key(c, typing, &key)) return;
    str_add(out, key);
    str_addf(out, " %s", c->label);
}

static bool in_hints(const Command *c, unsigned where)
{
    return (c->where & where) && c->label[0] && c->id != CMD_HELP && !command_is_shadowed(where, c);
}

/* What Enter does in a find field it does as on the page behind it. */
static const Command *meant(const Command *c, unsigned behind)
{
    const Command *here = c->id == CMD_OPEN ? command_find(behind, c->id) : NULL;
    return here && here->label[0] ? here : c;
}

void command_hints(unsigned where, bool typing, int width, Str *out)
{
    Str help, row, hint;
    unsigned behind = where & ON_FIND ? where & ~(unsigned)ON_FIND : 0;
    if (where & ON_FIND) where = ON_FIND;
    str_init(&help);
    str_init(&row);
    str_init(&hint);
    const Command *h = command_find(where, CMD_HELP);
    if (h) add_hint(&help, h, typing);
    int room = width - text_width(str_view(&help)) - (help.len ? 2 : 0);
    str_add_char(&row, ' ');
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (!in_hints(&COMMANDS[i], where)) continue;
        str_clear(&hint);
        if (row.len > 1) str_add_c(&hint, "  ");
        size_t bare = hint.len;
        add_hint(&hint, meant(&COMMANDS[i], behind), typing);
        if (hint.len == bare) continue;
        if (text_width(str_view(&row)) + text_width(str_view(&hint)) > room) break;
        str_add(&row, str_view(&hint));
    }
    int gap = width - text_width(str_view(&row)) - text_width(str_view(&help));
    if (help.len && gap > 0) str_add_fill(&row, ' ', (size_t)gap);
    str_add(&row, str_view(&help));
    str_add(out, str_view(&row));
    str_finish(&help);
    str_finish(&row);
    str_finish(&hint);
}
