#include "home_tabs.h"

enum { DATE_FROM = 40, LONG_DATE_FROM = 60 }; /* columns: where there are fewer the tabs need them */

static const char *const TABS[HOME_TAB_COUNT] = {"Alliances", "Agenda", "History"};
static const ViewOps *const VIEWS[HOME_TAB_COUNT] = {&VIEW_HOME, &VIEW_AGENDA, &VIEW_HISTORY};

void home_tabs_go(Ui *ui, HomeTab tab)
{
    if (ui_top(ui)->ops == VIEWS[tab]) return;
    ui_pop_to_home(ui);
    bool at_home = ui_top(ui)->ops == &VIEW_HOME; /* not where something typed could not be saved */
    if (at_home && tab != HOME_ALLIANCES) ui_push(ui, VIEWS[tab], NULL);
}

bool home_tabs_command(Ui *ui, HomeTab from, CommandId id)
{
    if (id != CMD_NEXT_TAB && id != CMD_PREV_TAB) return false;
    int by = id == CMD_NEXT_TAB ? 1 : HOME_TAB_COUNT - 1;
    home_tabs_go(ui, (HomeTab)(((int)from + by) % HOME_TAB_COUNT));
    return true;
}

bool home_tabs_key(Ui *ui, Key key)
{
    if (key < '1' || key >= '1' + HOME_TAB_COUNT) return false;
    home_tabs_go(ui, (HomeTab)(key - '1'));
    return true;
}

void home_tabs_frame(const Ui *ui, HomeTab shown, Frame *f)
{
    int w, h;
    Date today = app_today(ui_app(ui));
    ui_size(ui, &w, &h);
    str_add_c(&f->left, "entente");
    f->tabs = TABS;
    f->tab_count = HOME_TAB_COUNT;
    f->tab = shown;
    if (w >= LONG_DATE_FROM)
        date_print_long(&f->right, today);
    else if (w >= DATE_FROM)
        date_print_short(&f->right, today, today);
}
