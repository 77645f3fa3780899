#ifndef ENTENTE_TUI_UI_H
#define ENTENTE_TUI_UI_H

#include "commands.h"
#include <entente/app.h>
#include <entente/canvas.h>
#include <entente/config.h>
#include <entente/error.h>
#include <entente/keys.h>
#include <entente/list.h>
#include <entente/session.h>
#include <stdbool.h>

/*
 * The full screen: a stack of views over one App. ui_handle changes state,
 * ui_draw paints a canvas from it; neither knows a terminal, so tests drive both.
 */
typedef struct Ui Ui;
typedef struct View View;

/* What the frame around a view shows: row 0 title and tabs, the last but one the status, the last the hints. */
typedef struct {
    Str left;                 /* "entente", "Ana Lima", "Check-in: Ana Lima, Sun 22 Nov 2026" */
    const char *const *tabs;  /* names, numbered from 1 by the frame; NULL: none */
    size_t tab_count, tab;    /* `tab`: the one shown */
    Str right;                /* "Sun 22 Nov 2026", "question 4 of 7  [###....]  Unsaid" */
    Str status;               /* the view's own line for the status row when there is no message */
} Frame;

typedef enum {
    EV_IGNORED = 0, /* the view below or the default may have it */
    EV_HANDLED = 1
} EventResult;

/*
 * A kind of view. Slots may be NULL: then the default does. `state` is zeroed
 * memory of state_size. Only `draw` and `frame` may not change anything.
 */
typedef struct {
    const char *name;                                       /* heading of its keys in help: "Home" */
    size_t state_size;
    bool overlay;                                           /* drawn over the view below; keys do not fall through */
    bool bare;                                              /* no title, status and hints: the body is the whole screen */
    bool (*open)(View *v, Ui *ui, const void *arg, Error *err); /* false: the error is shown, the view closed again and not pushed */
    unsigned (*where)(const View *v);                       /* which rows of COMMANDS apply now: one Where bit (and ON_FIND) */
    bool (*typing)(const View *v);                          /* the focus is in a text field: letters are text */
    EventResult (*command)(View *v, Ui *ui, CommandId id);  /* a command of the table */
    EventResult (*event)(View *v, Ui *ui, const Event *e);  /* keys no command took, text, paste, mouse */
    bool (*reload)(View *v, Ui *ui, Error *err);            /* the journal changed: read again, keep the focus */
    bool (*save)(View *v, Ui *ui, Error *err);              /* write drafts: called when idle, leaving, suspended */
    void (*layout)(View *v, const Ui *ui, Rect body);       /* before draw, after each change: scroll, wrap */
    void (*frame)(const View *v, const Ui *ui, Frame *f);
    void (*draw)(const View *v, const Ui *ui, Canvas *c, Rect body); /* must put the cursor on the focus */
    void (*edited)(View *v, Ui *ui, StrView text);          /* the text as it came back from $EDITOR */
    void (*close)(View *v);                                 /* frees what open and reload took */
    Id (*alliance)(const View *v);                          /* the alliance commands act on; 0 */
} ViewOps;

struct View {
    const ViewOps *ops;
    void *state;
};

typedef struct {
    App *app;
    bool first_run;     /* begin with the welcome */
    bool tour;          /* demo: the tour in the status row */
    const Config *config; /* the settings; NULL: the defaults */
    const SessionStart *session; /* opens this session alone: when it ends so does the program; NULL: Home */
    int w, h;
    bool ascii;
} UiOptions;

Ui *ui_new(const UiOptions *options); /* opens Home, or the welcome */
void ui_free(Ui *ui);                 /* NULL is fine; closes every view, not the App */

void ui_handle(Ui *ui, const Event *e);
void ui_draw(Ui *ui, Canvas *c);      /* lays out and paints everything; below 30x8 only the sentence that says so */
const Error *ui_open_error(const Ui *ui); /* why the first view could not be opened; NULL: it was */
bool ui_done(const Ui *ui);           /* the loop ends; ui_exit_code says how */
int ui_exit_code(const Ui *ui);
bool ui_idle_due(const Ui *ui);       /* something typed is not saved yet: the loop waits at most a second, then calls ui_idle */
void ui_idle(Ui *ui);                 /* saves drafts, notices other writers */

/* What the terminal loop must do that a view asked for: taken once. */
typedef enum { REQUEST_NONE, REQUEST_REDRAW, REQUEST_SUSPEND, REQUEST_EDITOR, REQUEST_DEMO, REQUEST_REMIND_TEST } UiRequest;
UiRequest ui_take_request(Ui *ui);
/* For REQUEST_EDITOR: the text to edit with its question; then the result, NULL when unchanged or failed (why != NULL: shown). */
StrView ui_editor_text(const Ui *ui, StrView *ret_question);
void ui_editor_done(Ui *ui, const StrView *text, const char *why);

/* For REQUEST_DEMO: goes on with another App, at its Home; every view is closed first. The old App is the caller's to close. */
void ui_replace_app(Ui *ui, App *app, bool tour);

/* For REQUEST_REMIND_TEST, once the frame that says so is drawn: channels take their time. */
void ui_remind_test(Ui *ui);

/*
 * How a key travels: Enter and Space first to the view's `event` (they belong
 * to what has the focus), then the table. Every other key: the table, the view's
 * `command`, what ui.c does by default, and when nobody wants the command, `event`. While
 * typing, what text fields use (command_key_is_text) goes to `event` alone.
 * The wheel arrives as Up and Down; a click as EVENT_MOUSE. Digits for tabs arrive in `event`.
 */

/* ---- for views ---- */

App *ui_app(const Ui *ui);
const Config *ui_config(const Ui *ui);                   /* NULL: nobody gave any */
bool ui_ascii(const Ui *ui);
void ui_size(const Ui *ui, int *ret_w, int *ret_h);
View *ui_top(const Ui *ui);
View *ui_below(const Ui *ui);                            /* what the top view was opened over; NULL at the bottom */
Id ui_alliance(const Ui *ui);                            /* the alliance of the top view, 0 */
size_t ui_message_count(const Ui *ui);
const char *ui_message(const Ui *ui, size_t i);          /* 0: the newest */
void ui_push(Ui *ui, const ViewOps *ops, const void *arg);
void ui_pop(Ui *ui);                                     /* the view must not touch its state afterwards */
void ui_pop_to_home(Ui *ui);
void ui_reload(Ui *ui);                                  /* after a verb: every view reads again */
void ui_say(Ui *ui, const char *fmt, ...) __attribute__((format(printf, 2, 3))); /* the status row, until the next action */
void ui_say_error(Ui *ui, const Error *err);
void ui_quit(Ui *ui, int exit_code);
void ui_ask(Ui *ui, UiRequest request);
void ui_ask_editor(Ui *ui, StrView text, StrView question); /* the edited text comes back to the top view through ops->edited */
void ui_run(Ui *ui, CommandId id);                       /* as if its key had been pressed: palette, help, buttons */

/* Runs a verb's result: reload and say its sentence, or say the error. Use: ui_report(ui, app_snooze(...), &done, &err). */
void ui_report(Ui *ui, bool ok, const Done *done, const Error *err);

/* ---- views others open; the argument each takes ---- */

extern const ViewOps VIEW_FIRST_RUN;  /* NULL */
extern const ViewOps VIEW_HOME;       /* NULL */
extern const ViewOps VIEW_AGENDA;     /* NULL */
extern const ViewOps VIEW_HISTORY;    /* NULL: of all alliances */
extern const ViewOps VIEW_HELP;       /* NULL: of the view below */
extern const ViewOps VIEW_PALETTE;    /* NULL */
extern const ViewOps VIEW_ALLIANCE;   /* const AllianceArg * */
extern const ViewOps VIEW_ENTRY;      /* const EntryArg * */
extern const ViewOps VIEW_SESSION;    /* const SessionStart * */
extern const ViewOps VIEW_FORM;       /* const FormSpec *, see form.h */

typedef struct {
    Id alliance;
    int tab;       /* 0 Overview, 1 Agreement, 2 History, 3 Commitments */
    Id commitment; /* selected there; 0: the first */
} AllianceArg;

typedef struct {
    Id id;
    EntryKind kind;
    const char *title; /* copied */
    Id alliance;       /* whose it is: commands act on it; 0 */
} EntryArg;

#endif
