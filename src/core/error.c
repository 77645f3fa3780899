#include <entente/error.h>

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* vsnprintf cuts anywhere; drops what is left of a character that was cut through. */
static void drop_half_character(char *s)
{
    size_t len = strlen(s);
    size_t lead = len;
    while (lead > 0 && len - lead < 3 && ((unsigned char)s[lead - 1] & 0xC0) == 0x80) lead--;
    if (lead == 0) return;
    unsigned char c = (unsigned char)s[lead - 1];
    size_t need = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : c >= 0xC0 ? 2 : 1;
    if (len - (lead - 1) < need) s[lead - 1] = '\0';
}

bool error_set(Error *err, ErrorCode code, const char *fmt, ...)
{
    if (!err || err->code != ERR_NONE) return false;
    err->code = code;
    va_list ap;
    va_start(ap, fmt);
    int len = vsnprintf(err->msg, sizeof err->msg, fmt, ap);
    va_end(ap);
    if (len < 0) err->msg[0] = '\0';
    if (len >= (int)sizeof err->msg) drop_half_character(err->msg);
    return false;
}

void error_clear(Error *err)
{
    if (err) *err = (Error){0};
}
