#include <entente/ical.h>

/* RFC 5545 3.1: octets a line may have, its end aside. */
enum { LINE_OCTETS = 75 };

static bool is_inside(StrView text, size_t at)
{
    return ((unsigned char)text.ptr[at] & 0xc0) == 0x80;
}

/* Where to cut so that at most `width` octets come before and no UTF-8 sequence is split. */
static size_t cut_at(StrView line, size_t width)
{
    size_t at = width;
    while (at + 3 > width && is_inside(line, at)) at--;
    return is_inside(line, at) ? width : at;
}

/* A line that goes on begins with a space, which counts. */
static void add_folded(Str *out, StrView line)
{
    size_t width = LINE_OCTETS;
    while (line.len > width) {
        size_t at = cut_at(line, width);
        str_add(out, sv_n(line.ptr, at));
        str_add_c(out, "\r\n ");
        line = sv_n(line.ptr + at, line.len - at);
        width = LINE_OCTETS - 1;
    }
    str_add(out, line);
    str_add_c(out, "\r\n");
}

void ical_raw(Str *out, const char *property, StrView value)
{
    Str line;
    str_init(&line);
    str_addf(&line, "%s:", property);
    str_add(&line, value);
    add_folded(out, str_view(&line));
    str_finish(&line);
}

void ical_begin(Str *out, const char *component)
{
    ical_raw(out, "BEGIN", sv(component));
}

void ical_end(Str *out, const char *component)
{
    ical_raw(out, "END", sv(component));
}

/* ---- text ---- */

/* Bytes of the control character at `i`; 0: none. A tab is white space to RFC 5545. */
static size_t control_at(StrView text, size_t i)
{
    unsigned char c = (unsigned char)text.ptr[i];
    if ((c < 0x20 && c != '\t') || c == 0x7f) return 1;
    bool c1 = c == 0xc2 && i + 1 < text.len && (unsigned char)text.ptr[i + 1] < 0xa0;
    return c1 ? 2 : 0;
}

static bool is_line_end(StrView text, size_t i)
{
    if (text.ptr[i] == '\n') return true;
    return text.ptr[i] == '\r' && (i + 1 == text.len || text.ptr[i + 1] != '\n');
}

/* RFC 5545 3.3.11 */
static void add_escaped(Str *out, StrView text)
{
    for (size_t i = 0; i < text.len;) {
        char c = text.ptr[i];
        size_t control = control_at(text, i);
        if (is_line_end(text, i)) {
            str_add_c(out, "\\n");
        } else if (!control) {
            if (c == '\\' || c == ';' || c == ',') str_add_char(out, '\\');
            str_add_char(out, c);
        }
        i += control ? control : 1;
    }
}

void ical_text(Str *out, const char *property, StrView text)
{
    Str escaped;
    str_init(&escaped);
    add_escaped(&escaped, text);
    ical_raw(out, property, str_view(&escaped));
    str_finish(&escaped);
}

/* ---- days and instants ---- */

static void add_day(Str *out, Date d)
{
    int year, month, day;
    date_split(d, &year, &month, &day);
    str_addf(out, "%04d%02d%02d", year, month, day);
}

void ical_day(Str *out, const char *property, Date d)
{
    Str name, value;
    str_init(&name);
    str_init(&value);
    str_addf(&name, "%s;VALUE=DATE", property);
    add_day(&value, d);
    ical_raw(out, name.buf, str_view(&value));
    str_finish(&name);
    str_finish(&value);
}

void ical_instant(Str *out, const char *property, Instant t)
{
    Instant utc = {t.unix_ms, 0};
    int minutes = instant_minutes(utc);
    int64_t seconds = (t.unix_ms / 1000) - (t.unix_ms % 1000 < 0);
    Str value;
    str_init(&value);
    add_day(&value, instant_date(utc));
    str_addf(&value, "T%02d%02d%02dZ", minutes / 60, minutes % 60, (int)((seconds % 60 + 60) % 60));
    ical_raw(out, property, str_view(&value));
    str_finish(&value);
}
