#include "codepoint.h"

void codepoint_add(Str *out, uint32_t cp)
{
    if (cp < 0x80) {
        str_add_char(out, (char)cp);
        return;
    }
    int tail = cp < 0x800 ? 1 : cp < 0x10000 ? 2 : 3;
    unsigned lead = tail == 1 ? 0xc0 : tail == 2 ? 0xe0 : 0xf0;
    str_add_char(out, (char)(lead | cp >> 6 * tail));
    while (tail-- > 0) str_add_char(out, (char)(0x80 | (cp >> 6 * tail & 0x3f)));
}

size_t codepoint_len(unsigned char lead)
{
    if (lead < 0x80) return 1;
    if (lead < 0xc2 || lead > 0xf4) return 0;
    return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

uint32_t codepoint_read(const char *text, size_t *ret_len)
{
    const unsigned char *p = (const unsigned char *)text;
    size_t len = codepoint_len(p[0]);
    uint32_t cp = len == 1 ? p[0] : p[0] & (0xffu >> (len + 1));
    for (size_t i = 1; i < len; i++) cp = cp << 6 | (p[i] & 0x3fu);
    *ret_len = len;
    return cp;
}
