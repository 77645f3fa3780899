#ifndef ENTENTE_TUI_HOME_TABS_H
#define ENTENTE_TUI_HOME_TABS_H

#include "ui.h"

/* The tabs of Home are views of their own: the list at the bottom of the stack, the other two opened over it. */
typedef enum { HOME_ALLIANCES, HOME_AGENDA, HOME_HISTORY, HOME_TAB_COUNT } HomeTab;

void home_tabs_go(Ui *ui, HomeTab tab); /* nothing where it is on top already */

/* Tab and Shift-Tab, and the digits, from the tab that is shown. False: it is none of them. */
bool home_tabs_command(Ui *ui, HomeTab from, CommandId id);
bool home_tabs_key(Ui *ui, Key key);

void home_tabs_frame(const Ui *ui, HomeTab shown, Frame *f); /* the title row */

#endif
