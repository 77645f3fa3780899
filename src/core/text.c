#include <entente/text.h>

#include <assert.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include <entente/mem.h>

enum {
    MARKS_MAX = 4, /* a curses cell holds a base and four marks (CCHARW_MAX) */
    TAB_WIDTH = 4,
    CP_NEL = 0x85,
    CP_ZWJ = 0x200D,
    CP_KEYCAP = 0x20E3,
    CP_DOTTED_CIRCLE = 0x25CC,
    CP_REPLACEMENT = 0xFFFD,
    CP_FLAG_A = 0x1F1E6,
    CP_SKIN_FIRST = 0x1F3FB,
    CP_SKIN_LAST = 0x1F3FF,
    CP_TAG_FIRST = 0xE0020,
    CP_TAG_LAST = 0xE007F
};

/* -- Decoding: Unicode 15, table 3-7 ---------------------------------------------------------------- */

static bool is_continuation(unsigned char c)
{
    return (c & 0xC0) == 0x80;
}

/* Length of the sequence a lead byte announces; 0 if it can lead none. */
static size_t announced(unsigned char c)
{
    if (c < 0x80) return 1;
    if (c < 0xC2) return 0;
    if (c < 0xE0) return 2;
    if (c < 0xF0) return 3;
    return c < 0xF5 ? 4 : 0;
}

/* Length of the well-formed sequence at pos < len, its code point in *ret_cp; 0 if it is ill-formed. */
static size_t decode(StrView text, size_t pos, int32_t *ret_cp)
{
    static const int32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    const unsigned char *s = (const unsigned char *)text.ptr + pos;
    size_t len = announced(s[0]);
    if (len == 1) *ret_cp = s[0];
    if (len <= 1) return len;
    if (len > text.len - pos) return 0;
    int32_t cp = s[0] & (0xFF >> (len + 1));
    for (size_t i = 1; i < len; i++) {
        if (!is_continuation(s[i])) return 0;
        cp = cp << 6 | (s[i] & 0x3F);
    }
    if (cp < least[len] || cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF)) return 0;
    *ret_cp = cp;
    return len;
}

/* Start of the sequence that covers the byte at pos; a byte that belongs to none stands alone. */
static size_t sequence_start(StrView text, size_t pos)
{
    for (size_t back = 0; back < 4 && back <= pos; back++) {
        if (is_continuation((unsigned char)text.ptr[pos - back])) continue;
        int32_t cp;
        return decode(text, pos - back, &cp) > back ? pos - back : pos;
    }
    return pos;
}

bool text_valid(StrView text, size_t *ret_at)
{
    for (size_t pos = 0; pos < text.len;) {
        int32_t cp;
        size_t len = decode(text, pos, &cp);
        if (len == 0 || cp == 0) {
            if (ret_at) *ret_at = pos;
            return false;
        }
        pos += len;
    }
    return true;
}

bool text_check(StrView text, const char *what, Error *err)
{
    size_t at;
    if (text_valid(text, &at)) return true;
    const char *why = text.ptr[at] == '\0' ? "a NUL byte" : "not valid UTF-8";
    return error_set(err, ERR_USAGE, "%s: %s at byte offset %zu. Give the text as UTF-8.", what, why, at);
}

/* -- What kind of code point ------------------------------------------------------------------------ */

static bool is_in_range(int32_t cp, int32_t first, int32_t last)
{
    return cp >= first && cp <= last;
}

static bool is_ascii_graphic(unsigned char c)
{
    return c >= 0x20 && c < 0x7F;
}

static bool is_mark(int32_t cp)
{
    utf8proc_category_t c = utf8proc_category(cp);
    return c == UTF8PROC_CATEGORY_MN || c == UTF8PROC_CATEGORY_ME || c == UTF8PROC_CATEGORY_MC;
}

static bool is_ignorable(int32_t cp)
{
    return utf8proc_get_property(cp)->ignorable;
}

static bool has_class(int32_t cp, utf8proc_boundclass_t boundclass)
{
    return utf8proc_get_property(cp)->boundclass == boundclass;
}

static bool is_flag_letter(int32_t cp)
{
    return is_in_range(cp, CP_FLAG_A, CP_FLAG_A + 25);
}

static bool is_pictograph(int32_t cp)
{
    return has_class(cp, UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC);
}

static bool is_skin_tone(int32_t cp)
{
    return is_in_range(cp, CP_SKIN_FIRST, CP_SKIN_LAST);
}

static bool is_keycap_base(int32_t cp)
{
    return is_in_range(cp, '0', '9') || cp == '#' || cp == '*';
}

/* A vowel or final of a Hangul syllable: never shown alone, because terminals give it 0, 1 or 2 cells. */
static bool is_jamo_tail(int32_t cp)
{
    return has_class(cp, UTF8PROC_BOUNDCLASS_V) || has_class(cp, UTF8PROC_BOUNDCLASS_T);
}

/* Neither letter nor picture: what would be invisible, steer the terminal or have a width by luck. */
static bool needs_token(int32_t cp)
{
    if (is_ignorable(cp) || is_jamo_tail(cp)) return true;
    switch (utf8proc_category(cp)) {
    case UTF8PROC_CATEGORY_CF: return !has_class(cp, UTF8PROC_BOUNDCLASS_PREPEND); /* U+0600 is visible */
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP: return true;
    default: return false;
    }
}

/*
 * Cells of one shown code point. utf8proc gives spacing marks none, but wcwidth
 * and with it curses and most terminals give them one, so they are glyphs of their own.
 */
static int cell_width(int32_t cp)
{
    if (cp < 0x300) return 1;
    utf8proc_category_t c = utf8proc_category(cp);
    if (c == UTF8PROC_CATEGORY_MN || c == UTF8PROC_CATEGORY_ME) return 0;
    return utf8proc_charwidth(cp) == 2 ? 2 : 1;
}

/* -- Where clusters end ------------------------------------------------------------------------------ */

static size_t cluster_end(StrView text, size_t pos)
{
    int32_t before, after;
    size_t len = decode(text, pos, &before);
    if (len == 0) return pos + 1;
    utf8proc_int32_t state = 0;
    for (pos += len; pos < text.len; pos += len) {
        len = decode(text, pos, &after);
        if (len == 0 || utf8proc_grapheme_break_stateful(before, after, &state)) break;
        before = after;
    }
    return pos;
}

/*
 * True where a cluster starts whatever stands further left. utf8proc's stateless
 * rule joins flag letters and jamo to be on the safe side, but behind a ZWJ (GB11)
 * and, in later versions, behind marks (GB9c) it splits what context would join.
 */
static bool is_sure_boundary(StrView text, size_t pos)
{
    int32_t before, after;
    if (pos == 0 || pos >= text.len || decode(text, pos, &after) == 0) return true;
    if (decode(text, sequence_start(text, pos - 1), &before) == 0) return true;
    if (before < 0x80 && after < 0x80) return before != '\r' || after != '\n';
    if (is_mark(before) || before == CP_ZWJ) return false;
    return utf8proc_grapheme_break(before, after);
}

size_t text_boundary(StrView text, size_t pos)
{
    if (pos >= text.len) return text.len;
    pos = sequence_start(text, pos);
    size_t start = pos;
    while (!is_sure_boundary(text, start)) start = sequence_start(text, start - 1);
    for (size_t end; start < pos && (end = cluster_end(text, start)) <= pos;) start = end;
    return start;
}

size_t text_next(StrView text, size_t pos)
{
    return pos < text.len ? cluster_end(text, pos) : text.len;
}

size_t text_prev(StrView text, size_t pos)
{
    if (pos > text.len) pos = text.len;
    return pos > 0 ? text_boundary(text, pos - 1) : 0;
}

/* -- How a cluster is shown -------------------------------------------------------------------------- */

typedef struct {
    Cluster *to;
    size_t len; /* bytes of to->shown */
    int marks;
} Shower;

/* What finds no room in `shown` is not shown: only absurd clusters get that far. */
static void show(Shower *s, int32_t cp)
{
    utf8proc_uint8_t bytes[4];
    size_t len = (size_t)utf8proc_encode_char(cp, bytes);
    if (s->len + len >= TEXT_SHOWN_MAX) return;
    memcpy(s->to->shown + s->len, bytes, len);
    s->len += len;
    s->to->width += cell_width(cp);
}

static void show_ascii(Shower *s, const char *text)
{
    for (; *text; text++) show(s, *text);
}

static void show_hex(Shower *s, const char *prefix, int32_t cp, int digits)
{
    show_ascii(s, prefix);
    while (digits < 6 && cp >> (4 * digits)) digits++;
    while (digits > 0) show(s, "0123456789ABCDEF"[cp >> (4 * --digits) & 0xF]);
    show(s, '>');
}

/* The abbreviations are those of the Unicode code charts. */
static void show_token(Shower *s, int32_t cp)
{
    static const struct {
        int32_t cp;
        const char *token;
    } named[] = {
        {0xAD, "<SHY>"},   {0x61C, "<ALM>"},  {0x200B, "<ZWSP>"}, {0x200C, "<ZWNJ>"}, {0x200D, "<ZWJ>"},
        {0x200E, "<LRM>"}, {0x200F, "<RLM>"}, {0x202A, "<LRE>"},  {0x202B, "<RLE>"},  {0x202C, "<PDF>"},
        {0x202D, "<LRO>"}, {0x202E, "<RLO>"}, {0x2066, "<LRI>"},  {0x2067, "<RLI>"},  {0x2068, "<FSI>"},
        {0x2069, "<PDI>"}, {0xFEFF, "<BOM>"},
    };
    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        if (named[i].cp == cp) {
            show_ascii(s, named[i].token);
            return;
        }
    show_hex(s, "<U+", cp, 4);
}

static void show_control(Shower *s, int32_t cp)
{
    if (cp == '\t') {
        for (int i = 0; i < TAB_WIDTH; i++) show(s, ' ');
    } else if (cp < 0x80) {
        show(s, '^');
        show(s, cp ^ 0x40);
    } else {
        show_hex(s, "<", cp, 2);
    }
}

static bool is_control(int32_t cp)
{
    return cp < 0x20 || is_in_range(cp, 0x7F, 0x9F);
}

/* Hangul composition, Unicode 15 section 3.12: takes the jamo at *pos into `cp` as far as they compose. */
static int32_t compose_hangul(StrView text, size_t *pos, size_t end, int32_t cp)
{
    int32_t next;
    for (size_t len; *pos < end && (len = decode(text, *pos, &next)) > 0; *pos += len) {
        if (is_in_range(cp, 0x1100, 0x1112) && is_in_range(next, 0x1161, 0x1175))
            cp = 0xAC00 + ((cp - 0x1100) * 21 + next - 0x1161) * 28;
        else if (is_in_range(cp, 0xAC00, 0xD7A3) && (cp - 0xAC00) % 28 == 0 &&
                 is_in_range(next, 0x11A8, 0x11C2))
            cp += next - 0x11A7;
        else
            break;
    }
    return cp;
}

static void show_base(Shower *s, int32_t cp)
{
    if (is_control(cp)) {
        show_control(s, cp);
    } else if (is_flag_letter(cp)) {
        show(s, 'A' + cp - CP_FLAG_A);
    } else if (needs_token(cp)) {
        show_token(s, cp);
    } else {
        if (is_mark(cp)) show(s, CP_DOTTED_CIRCLE);
        show(s, cp);
    }
}

static void show_follower(Shower *s, int32_t cp)
{
    if (is_skin_tone(cp) || needs_token(cp)) return;
    if (is_mark(cp) && s->marks == MARKS_MAX) return;
    s->marks += is_mark(cp);
    show(s, is_flag_letter(cp) ? 'A' + cp - CP_FLAG_A : cp);
}

/* Shows the code points behind the base, up to the joined parts of an emoji. */
static void show_followers(Shower *s, StrView text, size_t pos, size_t end, int32_t base)
{
    int32_t cp, before = base;
    for (size_t len; pos < end && s->len < TEXT_SHOWN_MAX - 4; pos += len, before = cp) {
        len = decode(text, pos, &cp);
        if (before == CP_ZWJ && is_pictograph(cp)) return;
        if (cp == CP_KEYCAP && is_keycap_base(base)) continue;
        show_follower(s, cp);
    }
}

static void show_cluster(Cluster *c, StrView text, int32_t cp, size_t pos)
{
    Shower s = {.to = c};
    int32_t second;
    bool flag =
        is_flag_letter(cp) && pos < c->end && decode(text, pos, &second) > 0 && is_flag_letter(second);
    if (flag) {
        show(&s, '[');
        show_base(&s, cp);
        show_base(&s, second);
        show(&s, ']');
        pos += announced((unsigned char)text.ptr[pos]);
    } else {
        if (cp >= 0x1100) cp = compose_hangul(text, &pos, c->end, cp);
        s.marks = is_mark(cp);
        show_base(&s, cp);
    }
    show_followers(&s, text, pos, c->end, cp);
    c->shown[s.len] = '\0';
}

/* A line feed, alone or behind its carriage return (UAX #29 GB3), shows as nothing. */
static bool is_line_feed(StrView text, size_t pos)
{
    if (text.ptr[pos] == '\r') pos++;
    return pos < text.len && text.ptr[pos] == '\n';
}

bool text_cluster(StrView text, size_t pos, Cluster *ret)
{
    if (pos >= text.len) return false;
    unsigned char c = (unsigned char)text.ptr[pos];
    ret->start = pos;
    if (is_ascii_graphic(c) && (pos + 1 == text.len || (unsigned char)text.ptr[pos + 1] < 0x80)) {
        ret->end = pos + 1;
        ret->width = 1;
        ret->shown[0] = (char)c;
        ret->shown[1] = '\0';
        return true;
    }
    ret->end = cluster_end(text, pos);
    ret->width = 0;
    ret->shown[0] = '\0';
    if (is_line_feed(text, pos)) return true;
    int32_t cp = CP_REPLACEMENT;
    size_t len = decode(text, pos, &cp);
    show_cluster(ret, text, cp, pos + (len > 0 ? len : 1));
    return true;
}

bool text_glyph(const char *shown, size_t *pos, uint32_t cps[5], int *ret_width)
{
    StrView rest = sv(shown + *pos);
    if (rest.len == 0) return false;
    int32_t cp = CP_REPLACEMENT;
    size_t at = decode(rest, 0, &cp);
    if (at == 0) at = 1;
    memset(cps, 0, 5 * sizeof *cps);
    cps[0] = (uint32_t)cp;
    int width = cell_width(cp);
    *ret_width = width > 0 ? width : 1;
    size_t len;
    for (int i = 1; i <= MARKS_MAX && at < rest.len; i++, at += len) {
        len = decode(rest, at, &cp);
        if (len == 0 || cell_width(cp) > 0) break;
        cps[i] = (uint32_t)cp;
    }
    *pos += at;
    return true;
}

/* -- Words -------------------------------------------------------------------------------------------- */

typedef enum { NOT_WORD, IN_WORD, WHOLE_WORD } WordPart;

static bool is_hangul(int32_t cp)
{
    return is_in_range(cp, 0x1100, 0x11FF) || is_in_range(cp, 0x3130, 0x318F) ||
           is_in_range(cp, 0xA960, 0xA97F) || is_in_range(cp, 0xAC00, 0xD7FF);
}

/* The part the cluster at pos plays. Korean is wide but writes spaces, so its syllables form runs. */
static WordPart word_part(StrView text, size_t pos)
{
    int32_t cp;
    if (decode(text, pos, &cp) == 0) return NOT_WORD;
    switch (utf8proc_category(cp)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO: return IN_WORD;
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO: return cell_width(cp) == 2 && !is_hangul(cp) ? WHOLE_WORD : IN_WORD;
    default: return NOT_WORD;
    }
}

size_t text_next_word(StrView text, size_t pos)
{
    while (pos < text.len && word_part(text, pos) == NOT_WORD) pos = cluster_end(text, pos);
    if (pos >= text.len) return text.len;
    if (word_part(text, pos) == WHOLE_WORD) return cluster_end(text, pos);
    while (pos < text.len && word_part(text, pos) == IN_WORD) pos = cluster_end(text, pos);
    return pos;
}

size_t text_prev_word(StrView text, size_t pos)
{
    WordPart part = NOT_WORD;
    while (pos > 0 && part == NOT_WORD) {
        pos = text_prev(text, pos);
        part = word_part(text, pos);
    }
    if (part != IN_WORD) return pos;
    for (size_t before; pos > 0; pos = before) {
        before = text_prev(text, pos);
        if (word_part(text, before) != IN_WORD) break;
    }
    return pos;
}

size_t text_words(StrView text)
{
    size_t words = 0;
    WordPart before = NOT_WORD;
    for (size_t pos = 0; pos < text.len; pos = cluster_end(text, pos)) {
        WordPart part = word_part(text, pos);
        words += part == WHOLE_WORD || (part == IN_WORD && before != IN_WORD);
        before = part;
    }
    return words;
}

/* -- Measuring and cutting ---------------------------------------------------------------------------- */

/* Most of what is shown: one cell a byte, and nothing to look up. */
static bool is_plain(StrView text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] != ' ' && !is_ascii_graphic((unsigned char)text.ptr[i])) return false;
    return text.len < INT_MAX - TEXT_SHOWN_MAX;
}

int text_width(StrView text)
{
    if (is_plain(text)) return (int)text.len;
    int width = 0;
    Cluster c;
    for (size_t pos = 0; text_cluster(text, pos, &c) && width < INT_MAX - TEXT_SHOWN_MAX; pos = c.end)
        width += c.width;
    return width;
}

size_t text_fit(StrView text, int width, int *ret_width)
{
    int used = 0;
    size_t pos = 0;
    Cluster c;
    while (text_cluster(text, pos, &c) && c.width > 0 && c.width <= width - used) {
        used += c.width;
        pos = c.end;
    }
    if (ret_width) *ret_width = used;
    return pos;
}

static void add_shown(Str *out, StrView text)
{
    Cluster c;
    for (size_t pos = 0; text_cluster(text, pos, &c); pos = c.end) str_add_c(out, c.shown);
}

void text_ellipsis(Str *out, StrView text, int width, bool ascii)
{
    if (width <= 0) return;
    size_t fits = text_fit(text, width, NULL);
    StrView rest = sv_n(text.ptr + fits, text.len - fits);
    if (sv_trim(rest).len == 0) {
        add_shown(out, sv_n(text.ptr, fits));
        return;
    }
    int dots = !ascii ? 1 : width < 3 ? width : 3;
    add_shown(out, sv_n(text.ptr, text_fit(text, width - dots, NULL)));
    if (ascii)
        str_add_fill(out, '.', (size_t)dots);
    else
        str_add_c(out, "\u2026");
}

/* -- Cleaning and folding ----------------------------------------------------------------------------- */

static bool is_emoji_part(int32_t cp)
{
    return is_pictograph(cp) || is_skin_tone(cp) || is_flag_letter(cp) || cp == CP_ZWJ || cp == CP_KEYCAP ||
           is_in_range(cp, 0xFE0E, 0xFE0F) || is_in_range(cp, CP_TAG_FIRST, CP_TAG_LAST);
}

/* An emoji of any length (UTS #51): harmless bytes that a terminal may show better than we dare. */
static bool is_emoji(StrView text, size_t start, size_t end)
{
    int32_t cp;
    size_t len = decode(text, start, &cp);
    if (len == 0 || start + len == end) return false;
    if (!is_pictograph(cp) && !is_flag_letter(cp) && !is_keycap_base(cp)) return false;
    for (size_t pos = start + len; pos < end; pos += len) {
        len = decode(text, pos, &cp);
        if (!is_emoji_part(cp)) return false;
    }
    return true;
}

void text_clean(Str *out, StrView text, bool keep_lines)
{
    if (is_plain(text)) {
        str_add(out, text);
        return;
    }
    Cluster c;
    for (size_t pos = 0; text_cluster(text, pos, &c); pos = c.end) {
        if (c.width == 0)
            str_add_char(out, keep_lines ? '\n' : ' ');
        else if (is_emoji(text, c.start, c.end))
            str_add(out, sv_n(text.ptr + c.start, c.end - c.start));
        else
            str_add_c(out, c.shown);
    }
}

static bool is_white(int32_t cp)
{
    utf8proc_category_t c = utf8proc_category(cp);
    return is_in_range(cp, '\t', '\r') || cp == CP_NEL || c == UTF8PROC_CATEGORY_ZS ||
           c == UTF8PROC_CATEGORY_ZL || c == UTF8PROC_CATEGORY_ZP;
}

/* Appends `text` (valid UTF-8) with every run of white space as one space, and none at its ends. */
static void add_squeezed(Str *out, StrView text)
{
    bool pending = false, any = false;
    int32_t cp;
    for (size_t pos = 0, len; pos < text.len; pos += len) {
        len = decode(text, pos, &cp);
        assert(len > 0);
        if (is_white(cp)) {
            pending = any;
            continue;
        }
        if (pending) str_add_char(out, ' ');
        str_add(out, sv_n(text.ptr + pos, len));
        pending = false;
        any = true;
    }
}

static void add_replacing_invalid(Str *out, StrView text)
{
    for (size_t pos = 0, len; pos < text.len; pos += len) {
        int32_t cp;
        len = decode(text, pos, &cp);
        str_add(out, len > 0 ? sv_n(text.ptr + pos, len) : SV("\uFFFD"));
        if (len == 0) len = 1;
    }
}

/* Letters that Unicode does not take apart although people type them as two, or without their stroke. */
static const struct {
    const char *letter, *plain; /* both folded */
} PLAIN[] = {{"ł", "l"}, {"ø", "o"}, {"đ", "d"},  {"ð", "d"},  {"ħ", "h"},
             {"ŧ", "t"}, {"ı", "i"}, {"æ", "ae"}, {"œ", "oe"}, {"þ", "th"}};

static void add_plain(Str *out, StrView folded)
{
    for (size_t i = 0; i < folded.len;) {
        size_t k = 0, n = sizeof PLAIN / sizeof PLAIN[0];
        StrView rest = sv_n(folded.ptr + i, folded.len - i);
        while (k < n && !sv_starts(rest, sv(PLAIN[k].letter))) k++;
        if (k < n)
            str_add_c(out, PLAIN[k].plain);
        else
            str_add_char(out, folded.ptr[i]);
        i += k < n ? strlen(PLAIN[k].letter) : 1;
    }
}

void text_fold(Str *out, StrView text)
{
    if (text.len == 0) return;
    Str valid;
    str_init(&valid);
    add_replacing_invalid(&valid, text);
    utf8proc_uint8_t *folded;
    utf8proc_ssize_t len =
        utf8proc_map((const utf8proc_uint8_t *)valid.buf, (utf8proc_ssize_t)valid.len, &folded,
                     UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD |
                         UTF8PROC_IGNORE | UTF8PROC_STRIPMARK);
    if (len < 0) mem_resize(NULL, SIZE_MAX, 2); /* of valid text it refuses only for want of memory: abort */
    Str plain;
    str_init(&plain);
    add_plain(&plain, sv_n((const char *)folded, (size_t)len));
    add_squeezed(out, str_view(&plain));
    str_finish(&plain);
    free(folded);
    str_finish(&valid);
}

static bool holds(StrView text, StrView part)
{
    for (; text.len >= part.len; text = sv_n(text.ptr + 1, text.len - 1))
        if (sv_starts(text, part)) return true;
    return false;
}

bool text_has_words(StrView text, StrView words)
{
    StrView word;
    while ((word = sv_word(&words)).len > 0)
        if (!holds(text, word)) return false;
    return true;
}

void text_from_outside(Str *out, StrView text)
{
    for (size_t pos = 0, len; pos < text.len; pos += len) {
        int32_t cp;
        len = decode(text, pos, &cp);
        if (len > 0 && (!is_control(cp) || cp == '\t' || cp == '\n')) str_add(out, sv_n(text.ptr + pos, len));
        if (len > 0 && cp == '\r') str_add_char(out, '\n');
        if (len > 0 && cp == '\r' && is_line_feed(text, pos)) len = 2;
        if (len == 0) len = 1;
    }
}

/* -- Wrapping ------------------------------------------------------------------------------------------ */

static bool is_hyphen(int32_t cp)
{
    return cp == '-' || cp == 0x2010 || cp == 0x2013 || cp == 0x2014;
}

/* A cluster that is nothing but a space where a line may break (UAX #14 classes SP, BA and ID, not GL). */
static bool is_breaking_space(const Cluster *c, int32_t cp)
{
    if (cp == '\t') return true;
    if (c->end - c->start != announced((unsigned char)c->shown[0])) return false;
    if (cp < 0x80) return cp == ' ';
    return cp != 0xA0 && cp != 0x2007 && cp != 0x202F && utf8proc_category(cp) == UTF8PROC_CATEGORY_ZS;
}

static bool opens(int32_t cp)
{
    utf8proc_category_t c = utf8proc_category(cp);
    return c == UTF8PROC_CATEGORY_PS || c == UTF8PROC_CATEGORY_PI;
}

/* Closing marks, full stops and the long-vowel mark do not begin a line. */
static bool sticks_to_left(int32_t cp)
{
    utf8proc_category_t c = utf8proc_category(cp);
    return c == UTF8PROC_CATEGORY_PE || c == UTF8PROC_CATEGORY_PF || c == UTF8PROC_CATEGORY_PO ||
           c == UTF8PROC_CATEGORY_LM;
}

/* May a line break between neighbours that are not spaces? `before` is 0 at the start or behind a space. */
static bool breaks_between(int32_t beyond, int32_t before, int32_t after)
{
    if (before == 0) return false;
    if (is_hyphen(before)) return beyond != 0 && !is_hyphen(after) && !is_in_range(after, '0', '9');
    if (cell_width(before) < 2 && cell_width(after) < 2) return false;
    return !opens(before) && !sticks_to_left(after);
}

typedef struct {
    StrView text;
    size_t start;
    int width, used;
    int32_t beyond, before; /* first code points of the last two clusters; 0: none, or a space */
    size_t space;           /* start of the run of spaces at hand; SIZE_MAX: none */
    size_t end, next;       /* the last place to break; next == start: none yet */
} Wrap;

static void finish_line(TextLine *ret, const Wrap *w, size_t end, size_t next, bool hard)
{
    *ret = (TextLine){.start = w->start, .end = end, .next = next, .hard = hard};
}

/* The spaces that hang over the edge from `pos` belong to this line, and so does a line feed behind them. */
static void finish_in_spaces(TextLine *ret, const Wrap *w, size_t pos)
{
    size_t edge = pos;
    Cluster c;
    int32_t cp;
    while (text_cluster(w->text, pos, &c) && decode(w->text, pos, &cp) > 0 && is_breaking_space(&c, cp))
        pos = c.end;
    if (pos == w->text.len)
        finish_line(ret, w, edge, pos, true);
    else if (is_line_feed(w->text, pos))
        finish_line(ret, w, edge, cluster_end(w->text, pos), true);
    else
        finish_line(ret, w, w->space, pos, false);
}

/* Notes where the line could break, given that the cluster `c` comes next. */
static void note_break(Wrap *w, const Cluster *c, int32_t cp, bool space)
{
    if (space) {
        if (w->space == SIZE_MAX) w->space = c->start;
        return;
    }
    if (w->space != SIZE_MAX) {
        bool indent = w->space == w->start; /* stays with its word */
        w->end = indent ? w->end : w->space;
        w->next = indent ? w->next : c->start;
        w->space = SIZE_MAX;
    } else if (breaks_between(w->beyond, w->before, cp)) {
        w->end = w->next = c->start;
    }
}

/* Takes the cluster into the line; true if it ended the line. */
static bool wrap_cluster(Wrap *w, const Cluster *c, TextLine *ret)
{
    int32_t cp = CP_REPLACEMENT;
    if (c->width == 0) {
        finish_line(ret, w, c->start, c->end, true);
        return true;
    }
    decode(w->text, c->start, &cp);
    bool space = is_breaking_space(c, cp);
    note_break(w, c, cp, space);
    if (c->width > w->width - w->used && c->start > w->start) {
        if (space)
            finish_in_spaces(ret, w, c->start);
        else if (w->next > w->start)
            finish_line(ret, w, w->end, w->next, false);
        else
            finish_line(ret, w, c->start, c->start, false);
        return true;
    }
    w->used += c->width;
    w->beyond = w->before;
    w->before = space ? 0 : cp;
    return false;
}

bool text_wrap(StrView text, size_t pos, int width, TextLine *ret)
{
    bool last_is_empty = text.len == 0 || text.ptr[text.len - 1] == '\n';
    if (pos > text.len || (pos == text.len && !last_is_empty)) return false;
    Wrap w = {.text = text, .start = pos, .width = width, .space = SIZE_MAX, .end = pos, .next = pos};
    Cluster c;
    for (; text_cluster(text, pos, &c); pos = c.end)
        if (wrap_cluster(&w, &c, ret)) return true;
    finish_line(ret, &w, text.len, w.start < text.len ? text.len : text.len + 1, true);
    return true;
}
