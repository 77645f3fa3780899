/*
 * The floor of the full screen: ncurses, a list whose selected row has a marker, `j` and `q`. With a journal
 * its rows are what is due, read by one query; without, they are made up.
 */
#include <curses.h>
#include <locale.h>
#include <sqlite3.h>
#include <stdio.h>

enum { ROWS = 500 };
static char row[ROWS][120];

static int read_rows(const char *path)
{
    sqlite3 *db;
    sqlite3_stmt *q;
    int n = 0;
    if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(db,
                           "SELECT name, role, due, last_trust FROM alliance INDEXED BY alliance_current"
                           " WHERE trashed_at IS NULL AND state <> 'ended' ORDER BY sort_order, id LIMIT 100",
                           -1, &q, NULL) != SQLITE_OK)
        return -1;
    for (; n < ROWS && sqlite3_step(q) == SQLITE_ROW; n++)
        snprintf(row[n], sizeof row[n], "%-18s  %-12s  due %s   trust %d    1 you", sqlite3_column_text(q, 0),
                 sqlite3_column_text(q, 1), sqlite3_column_text(q, 2), sqlite3_column_int(q, 3));
    sqlite3_finalize(q);
    sqlite3_close(db);
    return n;
}

static void paint(int top, int selected, int n)
{
    mvprintw(0, 0, "entente  Alliances  History %*s", COLS - 32, "");
    for (int y = 1; y < LINES - 1; y++)
        mvprintw(y, 0, "%c %-*.*s", top + y - 1 == selected ? '>' : ' ', COLS - 3, COLS - 3,
                 top + y - 1 < n ? row[top + y - 1] : "");
    mvprintw(LINES - 1, 0, "j down   k up   q quit");
    refresh();
}

int main(int argc, char **argv)
{
    int n = ROWS, top = 0, selected = 0, key;
    setlocale(LC_ALL, "");
    for (int i = 0; argc < 2 && i < n; i++)
        snprintf(row[i], sizeof row[i], "Name of row %-6d  colleague     was due %dd ago   trust %d    1 you",
                 i, i, i % 5);
    if (argc > 1 && (n = read_rows(argv[1])) < 0) return 1;
    initscr();
    cbreak();
    noecho();
    scrollok(stdscr, TRUE);
    idlok(stdscr, TRUE);
    do {
        paint(top, selected, n);
        key = getch();
        if (key == 'j' && selected + 1 < n) selected++;
        if (selected - top >= LINES - 2) top = selected - (LINES - 3);
    } while (key != 'q' && key != ERR);
    return endwin();
}
