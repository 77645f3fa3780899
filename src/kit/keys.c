#include <entente/keys.h>

#include <entente/text.h>

#include "codepoint.h"

static const struct {
    const char *name;
    Key key;
} names[] = {
    {"Enter", KEYN_ENTER},  {"Esc", KEYN_ESC},        {"Tab", KEYN_TAB},   {"Backspace", KEYN_BACKSPACE},
    {"Del", KEYN_DELETE},   {"Ins", KEYN_INSERT},     {"Up", KEYN_UP},     {"Down", KEYN_DOWN},
    {"Left", KEYN_LEFT},    {"Right", KEYN_RIGHT},    {"Home", KEYN_HOME}, {"End", KEYN_END},
    {"PgUp", KEYN_PAGE_UP}, {"PgDn", KEYN_PAGE_DOWN}, {"Space", ' '},      {"Unknown", KEYN_UNKNOWN},
};
enum { NAMES = sizeof names / sizeof names[0] };

static bool is_upper(Key base)
{
    return base >= 'A' && base <= 'Z';
}

static bool is_lower(Key base)
{
    return base >= 'a' && base <= 'z';
}

static void print_base(Str *out, Key base)
{
    for (size_t i = 0; i < NAMES; i++) {
        if (names[i].key != base) continue;
        str_add_c(out, names[i].name);
        return;
    }
    if (base >= KEYN_F1 && base <= KEYN_F12)
        str_addf(out, "F%d", (int)(base - KEYN_F1) + 1);
    else if (base <= 0x10ffff)
        codepoint_add(out, base);
}

void key_print(Str *out, Key key)
{
    Key base = key & KEY_BASE_MASK;
    bool chord = key & (KEY_MOD_CTRL | KEY_MOD_ALT);
    bool shift = key & KEY_MOD_SHIFT || base == KEYN_BACKTAB || (chord && is_upper(base));
    if (base == KEYN_BACKTAB) base = KEYN_TAB;
    if (chord && is_lower(base)) base -= 'a' - 'A';
    if (key & KEY_MOD_CTRL) str_add_c(out, "Ctrl-");
    if (key & KEY_MOD_ALT) str_add_c(out, "Alt-");
    if (shift) str_add_c(out, "Shift-");
    print_base(out, base);
}

static bool take_prefix(StrView *s, StrView prefix)
{
    if (s->len <= prefix.len || !sv_eq_nocase(sv_n(s->ptr, prefix.len), prefix)) return false;
    *s = sv_n(s->ptr + prefix.len, s->len - prefix.len);
    return true;
}

static bool parse_base(StrView name, Key *ret)
{
    long n;
    for (size_t i = 0; i < NAMES; i++)
        if (sv_eq_nocase(name, sv(names[i].name))) return *ret = names[i].key, true;
    if (name.len >= 2 && (name.ptr[0] == 'F' || name.ptr[0] == 'f') &&
        sv_to_int(sv_n(name.ptr + 1, name.len - 1), 1, 12, &n))
        return *ret = KEYN_F1 + (Key)n - 1, true;
    if (name.len == 0 || !text_valid(name, NULL)) return false;
    size_t len;
    Key cp = codepoint_read(name.ptr, &len);
    if (len != name.len || !key_is_text(cp)) return false;
    return *ret = cp, true;
}

/* How a letter is kept under modifiers: with Ctrl lower case; else Shift is in the letter itself. */
static Key normal(Key base, Key mods)
{
    bool letter = is_upper(base) || is_lower(base);
    if (base == KEYN_TAB && mods & KEY_MOD_SHIFT) return KEYN_BACKTAB | (mods & ~(Key)KEY_MOD_SHIFT);
    if (!letter || !(mods & (KEY_MOD_CTRL | KEY_MOD_ALT))) return base | mods;
    Key lower = base | 0x20;
    if (mods & KEY_MOD_SHIFT && !(mods & KEY_MOD_CTRL))
        return (lower - ('a' - 'A')) | (mods & ~(Key)KEY_MOD_SHIFT);
    return lower | mods;
}

bool key_parse(StrView name, Key *ret)
{
    Key base, mods = 0;
    if (take_prefix(&name, SV("Ctrl-"))) mods |= KEY_MOD_CTRL;
    if (take_prefix(&name, SV("Alt-"))) mods |= KEY_MOD_ALT;
    if (take_prefix(&name, SV("Shift-"))) mods |= KEY_MOD_SHIFT;
    if (!parse_base(name, &base)) return false;
    *ret = normal(base, mods);
    return true;
}

bool key_is_text(Key key)
{
    Key base = key & KEY_BASE_MASK;
    return !(key & (KEY_MOD_CTRL | KEY_MOD_ALT)) && base >= 0x20 && base <= 0x10ffff &&
           !(base >= 0x7f && base < 0xa0);
}
