#ifndef ENTENTE_TUI_PICKER_H
#define ENTENTE_TUI_PICKER_H

#include "ui.h"

#include <entente/editor.h>
#include <entente/vec.h>

/* What help and palette share: lines of commands, filtered as one types. */

typedef struct {
    const char *heading;    /* "EVERYWHERE": not selectable, gone while filtering; NULL: a line */
    const Command *command; /* what Enter runs; NULL: only told */
    const char *left, *middle, *text; /* the columns; middle may be "" */
    bool off;               /* cannot run here: `text` says why */
    const char *folded, *called; /* all its words; its name and synonyms alone */
} PickerRow;

typedef struct {
    Arena arena;            /* of the rows' texts */
    Vec(PickerRow) rows;
    Vec(size_t) shown;
    List list;
    Editor *find;
    bool unchosen;          /* the first line takes something away and was not asked for by name: Down chooses it */
    int left, middle;       /* widths of the columns */
} Picker;

void picker_open(Picker *p);
void picker_close(Picker *p);
void picker_heading(Picker *p, const char *heading);
void picker_add(Picker *p, const PickerRow *row, const char *more_words); /* `folded` is made here */
void picker_filter(Picker *p); /* once after adding, then by picker_event */
EventResult picker_event(Picker *p, Ui *ui, const Event *e); /* Enter runs the line's command on the view below */
void picker_layout(Picker *p, Rect body);
size_t picker_lines(const Picker *p, size_t end);            /* of those shown before `end`, without headings */
void picker_status(const Picker *p, Str *out); /* the selected line whole: its columns may be cut */
void picker_draw(const Picker *p, Canvas *c, Rect body);

unsigned picker_where(const View *v);
bool picker_typing(const View *v);

#endif
