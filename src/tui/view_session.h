#ifndef ENTENTE_TUI_VIEW_SESSION_H
#define ENTENTE_TUI_VIEW_SESSION_H

#include "buttons.h"
#include "ui.h"
#include <entente/arena.h>
#include <entente/editor.h>
#include <entente/list.h>
#include <entente/session.h>
#include <entente/vec.h>

/*
 * The guided session on the full screen: one view over the Session, one face
 * per kind of step. The focus is at a stop of the step (a field, a list, a row of choices), counted
 * from 0, or at the buttons below.
 */
typedef struct SessionView SessionView;
typedef struct PageLine PageLine;

enum { FOCUS_BUTTONS = -1, NO_STOP = -2 };

/* What a button of the row below a step means. */
typedef enum { PRESS_NEXT, PRESS_SKIP, PRESS_BACK, PRESS_COMMIT, PRESS_KEEP } Press;

/* Columns of the running text and of the classes of screens; a body below 13 rows is a screen below 16. */
enum { TEXT_COLUMNS = 72, NARROW_BELOW = 60, SIDE_FROM = 100, SIDE_COLUMNS = 30, COMPACT_BELOW = 13 };

/*
 * A kind of step. NULL slots: nothing of that sort. A face either builds a
 * page of lines, or lays out and draws by itself.
 */
typedef struct {
    unsigned where;                                                    /* the Where bit of its commands */
    bool echoes;                                                       /* what was understood stands in the status row */
    void (*enter)(SessionView *v);                                     /* takes the step's values into the fields */
    int (*stops)(const SessionView *v);
    Editor *(*editor)(const SessionView *v, int stop);                 /* NULL: the stop is no text field */
    void (*changed)(SessionView *v, int stop);                         /* a field's text changed: hand it to the session */
    bool (*key)(SessionView *v, Ui *ui, int stop, Key key);            /* what a field lets pass; false: not its key */
    bool (*aside)(const SessionView *v, int stop);                     /* Tab passes it by; Shift-Tab reaches it */
    int (*wrong)(const SessionView *v, Error *err);                    /* besides days: the stop whose words cannot be accepted, NO_STOP */
    bool (*is_day)(const SessionView *v, int stop);                    /* the field holds a day in words */
    void (*build)(SessionView *v, int w);                              /* the page's lines for a width */
    void (*layout)(SessionView *v, Rect body);                         /* instead of build */
    void (*draw)(const SessionView *v, Canvas *c, Rect body);
} StepFace;

extern const StepFace FACE_WHO, FACE_TEXT, FACE_SCALE, FACE_CHOICE, FACE_COMMITMENTS, FACE_TERMS, FACE_DATE, FACE_CADENCE,
    FACE_REVIEW;

/* ---- a page: lines that scroll with the focus, the buttons below ---- */

/* One row. The texts live in the view's arena. */
struct PageLine {
    void (*draw)(const SessionView *v, const PageLine *line, Canvas *c, Rect at);
    int indent;
    const char *text;
    Role role;
    int stop;             /* the stop shown here, or NO_STOP */
    bool at_focus;        /* among the stop's rows the one chosen: scrolled to, carries the cursor */
    bool on;              /* radio: chosen; else what the row's own draw takes it for */
    size_t index;         /* row of what the face shows here */
    const Editor *editor; /* a field in this row */
    int field_x, field_w;
    int field_stop;
    const char *behind;   /* behind the field; without one at the right edge */
    const char *lead;     /* before the text: whose a commitment is */
};

typedef struct {
    Vec(PageLine) lines;
    Rect area;            /* where the lines show */
    int top;              /* first visible line */
    int buttons_y;
} Page;

/* Appending lines; where there is a result it is the index of the new one. */
size_t page_add(SessionView *v, const PageLine *line);
void page_gap(SessionView *v);                                                      /* an empty row, none where rows are scarce */
void page_text(SessionView *v, int w, int indent, Role role, const char *text);     /* wrapped */
void page_why(SessionView *v, int w);                                               /* why the question is asked, unless folded */
void page_question(SessionView *v, int w);                                          /* with "F3 Why" behind it where the reason is folded */
void page_head(SessionView *v, int w);                                              /* the question and its reason */
size_t page_radio(SessionView *v, int stop, bool on, const char *text);
void page_option(SessionView *v, int w, int stop, bool on, bool here, const char *text); /* a radio whose words may wrap; `here`: the list's cursor is on it */
void page_radio_field(SessionView *v, int w, size_t radio, int most, int stop);     /* a field behind a radio's text */
void page_label(SessionView *v, int indent, const char *text);
void page_field(SessionView *v, int w, const char *label, int label_w, int stop, const char *behind);
void page_field_in(SessionView *v, size_t line, int x, int w, int stop);            /* puts a field into a row */
void page_private(SessionView *v);                                                  /* "[private]" if it is */
void page_layout(SessionView *v, Rect body);
void page_draw(const SessionView *v, Canvas *c);

/* Moves a radio's choice with Up, Down, Home, End; the choice follows the focus. True when the key was one of them. */
bool radio_key(Key key, int count, int *choice);

/* ---- the text step's rows, from top to bottom ---- */

typedef enum {
    PART_TOP, PART_QUESTION, PART_FOLLOWS, PART_GAP_WHY, PART_WHY, PART_LAST, PART_RULE, PART_EDITOR, PART_RULE_BELOW, PART_COUNT_ROW,
    PART_GAP_EXAMPLES, PART_EXAMPLES, PART_GAP_BUTTONS, PART_BUTTONS, PART_END, PART_COUNT
} TextPart;

typedef struct {
    int h[PART_COUNT];
    int y[PART_COUNT];
    int text_w;
} TextPlan;

/* ---- the view ---- */

/* Left alone the reason shows where there is room for it. */
typedef enum { WHY_AS_FITS, WHY_SHOWN, WHY_FOLDED } Why;

typedef enum { FIELD_NAME, FIELD_ROLE, FIELD_OTHER, FIELD_FIRST, FIELD_DAY, FIELD_REASON, FIELD_COUNT } FieldId;

typedef struct {
    Editor *what, *by;
} CommitFields;

/* The text of a step. Steps come and go with the answers before them: it belongs to the step's key and asker. */
typedef struct {
    char *of;
    Editor *editor;
} StepText;

/* What stands at the head of a step, in the view's arena. */
typedef struct {
    const char *question; /* in talk mode with who is asked */
    const char *reason;   /* "Why now: ...", "" for none */
    const char *help;     /* "Why this is asked: ..." where there is no reason */
    const char *later;    /* of a rating with earlier ones: the reason, shown only after the choice; "" */
} StepWords;

struct SessionView {
    Session *session;           /* NULL once it is finished or thrown away */
    const StepFace *face;
    int focus;                  /* a stop, or FOCUS_BUTTONS */
    int stop_before;            /* the stop left for the buttons: where an error there leads back to */
    bool from_review;           /* one answer is looked at again: next goes back to the review */
    Why why;                    /* what F3 asked for */
    bool shows_why;             /* what came of it at the last layout */
    bool shows_help;            /* below the reason: the first to go where rows are scarce */
    StepWords words;
    Buttons buttons;
    Arena arena;                /* texts of the last layout */
    Page page;
    TextPlan plan;
    int w, h;                   /* of the body at the last layout, without the side column */
    Vec(StepText) texts;        /* of each step, made when first seen, so that undo outlives moving about */
    Editor *text;               /* that of the step shown */
    Editor *fields[FIELD_COUNT];
    Vec(CommitFields) rows;     /* one for each of the session's new commitments */
    Vec(Editor *) changes;      /* the new text of each of the session's terms */
    List list;                  /* examples; lines of the review */
    int choice;                 /* cadence: which radio */
    bool hidden;                /* the step's text was private before: not shown in talk mode */
    Id term;                    /* a renewal opens at this term, once; 0 */
    Str understood;
};

/* ---- session_shown.c: the step that is shown ---- */

Editor *session_editor(const SessionView *v);   /* of its text */
bool view_compact(const SessionView *v);        /* few rows: no gaps */
bool view_narrow(const SessionView *v);
bool view_is_private(const SessionView *v);
const char *view_partner(SessionView *v);       /* how the other is called in a sentence; arena-owned */
const char *view_asked(const SessionStep *step, Arena *arena); /* talk mode: "You", "Ana"; "" otherwise */
bool view_hides(const SessionView *v, const SessionStep *step); /* talk mode: what is private is not for the other's eyes */
const char *view_title(const SessionStep *step, Arena *arena); /* "Purpose", in talk mode "Purpose, Ana" */
bool view_is_design(const SessionView *v);      /* of two or of a team */
bool view_is_check_in(const SessionView *v);
bool view_deals(const SessionView *v);          /* its terms are kept, changed or dropped; else they are marked */
bool view_follows(const SessionView *v);        /* an answer opened the question */
bool view_has_why(const SessionView *v);
const char *view_why(const SessionView *v, Arena *arena); /* as it is shown now; "" where folded */
void view_read_words(SessionView *v);           /* for a layout */
void view_enter(SessionView *v);                /* shows the session's current step */
void view_drop_texts(SessionView *v);           /* the steps are others now: their texts get new editors */
extern const char VIEW_FOLLOWS[];               /* said under a question that an answer opened */
void view_step_buttons(SessionView *v);         /* makes its buttons anew */
int view_buttons_rows(const SessionView *v, int w); /* for a body of that width */
void view_draw_buttons(const SessionView *v, Canvas *c, int x, int y, int w);
size_t view_after(const SessionView *v);        /* the step that next leads to */
bool view_fix_day(const SessionView *v, Editor *e); /* "in 2 weeks" becomes that day; false: nothing to change */
bool view_read(Editor *e, const Str *text);     /* text into a field; false: it is there already, with its undo */
int view_text_rows(int w, const char *text);    /* rows of a wrapped text; 0 for an empty one */
void view_draw_text(Canvas *c, Rect at, Role role, const char *text); /* wrapped; what does not fit ends in an ellipsis */

/* ---- session_moves.c: what keys and buttons do ---- */

void view_move_focus(SessionView *v, int by);   /* to the next stop; the buttons come behind the last */
void view_focus_buttons(SessionView *v);
void view_keep_cursor(SessionView *v);          /* where the writer stands in the text goes into the draft */
void view_next(SessionView *v, Ui *ui, bool skip);
void view_back(SessionView *v, Ui *ui);
void view_go(SessionView *v, Ui *ui, size_t step);
void view_leave(SessionView *v, Ui *ui);        /* these three end the view: `session` is NULL afterwards, or an error was said */
void view_finish(SessionView *v, Ui *ui);
void view_discard(SessionView *v, Ui *ui);

/* session_frame.c: title row, status. */
void session_frame(const SessionView *v, const Ui *ui, Frame *f);

/* session_side.c: the steps and what was noted, where there is room beside the step. */
void session_draw_side(const SessionView *v, Canvas *c, Rect at);

/* session_notes.c: what was noted while preparing, never in talk mode. */
bool session_has_notes(const SessionView *v);
void session_show_notes(const SessionView *v, Ui *ui);

/* session_offers.c: what is said around a session in the status row. */
void session_say_complaints(const SessionView *v, Ui *ui);
void session_say_unnamed(const SessionView *v, Ui *ui); /* that a new alliance begun before is gone on with */
bool session_say_offer(Ui *ui, Id alliance, const Done *done); /* what was done, and the first session worth offering now; false: none is, nothing was said */

#endif
