#include "sequence.h"

#include <string.h>

enum { PARAM_MAX = 0x10ffff + 1 };

/* Reads digits; what is too great stays too great for any use. */
static long take_number(StrView *s)
{
    long n = 0;
    for (; s->len > 0 && s->ptr[0] >= '0' && s->ptr[0] <= '9'; *s = sv_n(s->ptr + 1, s->len - 1))
        if (n < PARAM_MAX) n = n * 10 + (s->ptr[0] - '0');
    return n;
}

void sequence_parse(Sequence *ret, StrView body, char final)
{
    *ret = (Sequence){.final = final};
    if (body.len > 0 && body.ptr[0] >= '<') {
        ret->prefix = body.ptr[0];
        body = sv_n(body.ptr + 1, body.len - 1);
    }
    for (size_t i = 0; i < body.len; i++)
        if (body.ptr[i] < '0') ret->intermediate = true;
    while (body.len > 0 && ret->n < SEQUENCE_PARAMS) {
        StrView param = sv_cut(&body, ';');
        ret->params[ret->n] = take_number(&param);
        if (param.len > 0 && param.ptr[0] == ':') {
            param = sv_n(param.ptr + 1, param.len - 1);
            ret->subs[ret->n] = take_number(&param);
        }
        ret->n++;
    }
}

Key control_key(unsigned char byte)
{
    switch (byte) {
    case 0x00: return KEY_CTRL(' ');
    case 0x08:
    case 0x7f: return KEYN_BACKSPACE;
    case 0x09: return KEYN_TAB;
    case 0x0a:
    case 0x0d: return KEYN_ENTER;
    case 0x1b: return KEYN_ESC;
    default: return KEY_CTRL(byte <= 26 ? byte + 'a' - 1 : byte + 0x40);
    }
}

/* xterm's modifier parameter is 1 plus bits: 1 Shift, 2 Alt, 4 Ctrl. Others (Super, the locks) change nothing
 * here. */
static Key modifiers(long param)
{
    long bits = param > 1 ? param - 1 : 0;
    return (bits & 1 ? (Key)KEY_MOD_SHIFT : 0) | (bits & 2 ? (Key)KEY_MOD_ALT : 0) |
           (bits & 4 ? (Key)KEY_MOD_CTRL : 0);
}

static Key with_modifiers(Key key, Key mods)
{
    if (key == KEYN_UNKNOWN) return key;
    if (key == KEYN_TAB && mods & KEY_MOD_SHIFT) return KEYN_BACKTAB | (mods & ~(Key)KEY_MOD_SHIFT);
    return key | mods;
}

static Key cursor_key(char final)
{
    static const char finals[] = "ABCDHFPQRSZM";
    static const Key keys[] = {KEYN_UP, KEYN_DOWN,   KEYN_RIGHT,  KEYN_LEFT,   KEYN_HOME,    KEYN_END,
                               KEYN_F1, KEYN_F1 + 1, KEYN_F1 + 2, KEYN_F1 + 3, KEYN_BACKTAB, KEYN_ENTER};
    const char *at = strchr(finals, final);
    return at && final ? keys[at - finals] : KEYN_UNKNOWN;
}

/* DEC and rxvt number the keys of the small pad and the function keys, with holes where the VT220 had none.
 */
static Key tilde_key(long n)
{
    static const Key pad[] = {KEYN_HOME,    KEYN_INSERT,    KEYN_DELETE, KEYN_END,
                              KEYN_PAGE_UP, KEYN_PAGE_DOWN, KEYN_HOME,   KEYN_END};
    if (n >= 1 && n <= 8) return pad[n - 1];
    if (n >= 11 && n <= 15) return KEYN_F1 + (Key)(n - 11);
    if (n >= 17 && n <= 21) return KEYN_F1 + 5 + (Key)(n - 17);
    if (n >= 23 && n <= 24) return KEYN_F1 + 10 + (Key)(n - 23);
    return KEYN_UNKNOWN;
}

static bool is_letter(long cp)
{
    return (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z');
}

static bool is_named(Key key)
{
    return (key & KEY_BASE_MASK) >= KEY_NAMED_FIRST;
}

/* Ctrl with a character that has a control byte: the key is the one that byte gives, however it was sent. */
static Key ctrl_char(long cp, Key mods)
{
    if (is_letter(cp))
        cp |= 0x20;
    else
        mods &= ~(Key)KEY_MOD_SHIFT;
    Key key = is_letter(cp) || cp == '[' ? control_key((unsigned char)(cp & 0x1f)) : (Key)cp;
    if (is_named(key)) mods &= ~(Key)KEY_MOD_CTRL;
    return with_modifiers(key, mods);
}

/* A code point with modifiers, as modifyOtherKeys and CSI u send it. */
static Key char_key(long cp, long shifted, Key mods)
{
    if (cp == 57414) return with_modifiers(KEYN_ENTER, mods); /* kitty's keypad Enter */
    if (cp < 0x20 || cp == 0x7f) {
        Key key = control_key((unsigned char)(cp < 0 ? 0 : cp));
        return is_named(key) ? with_modifiers(key, mods) : KEYN_UNKNOWN;
    }
    bool functional = cp >= 57344 && cp <= 63743, surrogate = cp >= 0xd800 && cp <= 0xdfff;
    if (functional || surrogate || !key_is_text((Key)cp)) return KEYN_UNKNOWN;
    if (mods & KEY_MOD_CTRL) return ctrl_char(cp, mods);
    if (mods & KEY_MOD_SHIFT && shifted > 0x20 && shifted <= 0x10ffff && key_is_text((Key)shifted))
        cp = shifted;
    else if (mods & KEY_MOD_SHIFT && cp >= 'a' && cp <= 'z')
        cp -= 'a' - 'A';
    return (Key)cp | (mods & ~(Key)KEY_MOD_SHIFT);
}

static Key plain_csi_key(const Sequence *seq)
{
    Key mods = modifiers(seq->params[1]);
    switch (seq->final) {
    case '~':
        if (seq->params[0] == 27 && seq->n == 3) return char_key(seq->params[2], 0, mods);
        return with_modifiers(tilde_key(seq->params[0]), mods);
    case 'u': return char_key(seq->params[0], seq->subs[0], mods);
    case '^': return with_modifiers(tilde_key(seq->params[0]), KEY_MOD_CTRL); /* rxvt */
    case 'a':
    case 'b':
    case 'c':
    case 'd': return with_modifiers(cursor_key((char)(seq->final - 0x20)), KEY_MOD_SHIFT); /* rxvt */
    case 'M': return KEYN_UNKNOWN;
    default:
        /* A first parameter other than 1 is a report, such as the cursor's place, CSI 24;80R. */
        if (seq->params[0] > 1 || seq->n > 2) return KEYN_UNKNOWN;
        return with_modifiers(cursor_key(seq->final), mods);
    }
}

/* SGR mouse: button, column, row; 32 marks a movement, 64 the wheel. */
static bool mouse_event(const Sequence *seq, Event *ret)
{
    long button = seq->params[0];
    bool wheel = button & 64;
    if (seq->final == 'm' || button & 32 || button >= 128) return false;
    if ((button & 3) > (wheel ? 1 : 0)) return false;
    long x = seq->params[1], y = seq->params[2];
    *ret = (Event){.type = EVENT_MOUSE, .x = (int)(x > 0 ? x - 1 : 0), .y = (int)(y > 0 ? y - 1 : 0)};
    if (wheel) ret->wheel = button & 1 ? 1 : -1;
    return true;
}

bool sequence_event(const Sequence *seq, Event *ret)
{
    bool mouse = seq->prefix == '<' && seq->n == 3 && (seq->final == 'M' || seq->final == 'm');
    if (mouse && !seq->intermediate) return mouse_event(seq, ret);
    if (!seq->prefix && seq->n >= 2 && seq->subs[1] == 3) return false; /* kitty: a key let go */
    bool known = !seq->prefix && !seq->intermediate;
    *ret = (Event){.type = EVENT_KEY, .key = known ? plain_csi_key(seq) : (Key)KEYN_UNKNOWN};
    return true;
}

Key linux_console_key(char final)
{
    return final >= 'A' && final <= 'E' ? KEYN_F1 + (Key)(final - 'A') : KEYN_UNKNOWN;
}

/* The keypad in application mode sends SS3 j..y for its signs and digits, SS3 M for Enter. */
Key ss3_key(char final, StrView params)
{
    static const char pad[] = "*+,-./0123456789";
    long mods = 0;
    if (params.len > 0 && !sv_to_int(params, 0, 256, &mods)) return KEYN_UNKNOWN;
    if (final >= 'a' && final <= 'd') return cursor_key((char)(final - 0x20)) | KEY_MOD_CTRL; /* rxvt */
    if (final >= 'j' && final <= 'y') return (Key)pad[final - 'j'];
    if (final == 'X') return '=';
    if (final == 'I') return KEYN_TAB;
    if (final == 'Z') return KEYN_UNKNOWN;
    return with_modifiers(cursor_key(final), modifiers(mods));
}
