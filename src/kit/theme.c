#include <entente/theme.h>

/* Two reversals cancel: a match inside the selected row or the title stands out against it. */
Look theme_look(Role role, bool color)
{
    bool bar = role & (ROLE_TITLE | ROLE_SELECTED), match = role & ROLE_MATCH;
    return (Look){
        .bold = role & (ROLE_STRONG | ROLE_ATTENTION),
        .underline = role & ROLE_FIELD,
        .reverse = bar != match,
        .attention = color && role & ROLE_ATTENTION,
    };
}
