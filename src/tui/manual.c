#include <entente/tui.h>

#include <string.h>

#include "commands.h"

/* The key table in the order a manual reads: by place, then what every place has, then the text fields. */
static const struct {
    unsigned where;
    const char *title;
} PLACES[] = {
    {ON_FIRST_RUN, "The first page"},
    {ON_HOME, "The list of alliances"},
    {ON_OVERVIEW, "An alliance"},
    {ON_AGREEMENT, "Its agreement"},
    {ON_COMMITMENTS, "Its commitments"},
    {ON_AGENDA, "The agenda"},
    {ON_HISTORY, "The history"},
    {ON_FIND, "The find field"},
    {ON_ENTRY, "One entry"},
    {ON_SESSION_TEXT, "A session: a text"},
    {ON_SESSION_SCALE, "A session: a rating"},
    {ON_SESSION_FIELDS, "A session: fields"},
    {ON_REVIEW, "A session: the lines of the review"},
    {ON_NOTES, "A design that was prepared"},
    {ON_BOX, "A box"},
    {ON_PICKER, "Help and the list of commands"},
};

static bool is_everywhere(const Command *c)
{
    return (c->where & ON_ALL) == ON_ALL;
}

/* A place of several kinds of rows may have a command once for each; told alike, they are one. */
static bool told_before(unsigned where, size_t at)
{
    const Command *c = &COMMANDS[at];
    for (size_t i = 0; i < at; i++) {
        const Command *b = &COMMANDS[i];
        if (b->where & where && strcmp(b->keys, c->keys) == 0 && strcmp(b->help, c->help) == 0) return true;
    }
    return false;
}

/* The i-th row of one place; *skip counts those before it down. */
static const Command *row_of(unsigned where, size_t *skip)
{
    for (size_t k = 0; k < COMMAND_COUNT; k++) {
        const Command *c = &COMMANDS[k];
        bool here = where == ON_ALL ? is_everywhere(c) : (c->where & where) && !is_everywhere(c);
        if (!here || !c->keys[0] || told_before(where, k)) continue;
        if (*skip == 0) return c;
        --*skip;
    }
    return NULL;
}

static bool give(const char *place, const Command *c, const char **ret_place, const char **ret_keys,
                 const char **ret_help)
{
    *ret_place = place;
    *ret_keys = c->keys;
    *ret_help = c->help[0] ? c->help : c->label;
    return true;
}

bool tui_key(size_t i, const char **ret_place, const char **ret_keys, const char **ret_help)
{
    const Command *c;
    for (size_t p = 0; p < sizeof PLACES / sizeof PLACES[0]; p++)
        if ((c = row_of(PLACES[p].where, &i))) return give(PLACES[p].title, c, ret_place, ret_keys, ret_help);
    if ((c = row_of(ON_ALL, &i))) return give("Everywhere", c, ret_place, ret_keys, ret_help);
    for (size_t k = 0; TEXT_KEYS[k].keys; k++) {
        if (k < i) continue;
        *ret_place = "Text fields";
        *ret_keys = TEXT_KEYS[k].keys;
        *ret_help = TEXT_KEYS[k].help;
        return true;
    }
    return false;
}
