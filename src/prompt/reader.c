#include "reader.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <entente/mem.h>
#include <entente/text.h>

bool reader_fail(Reader *r, const char *fmt, ...)
{
    Str raw, shown;
    str_init(&raw);
    str_init(&shown);
    str_addf(&raw, "%s: ", r->pack);
    if (r->key)
        str_addf(&raw, "%s '%s': ", r->noun, r->key);
    else if (r->number)
        str_addf(&raw, "%s number %zu: ", r->noun, r->number);
    va_list ap;
    va_start(ap, fmt);
    str_vaddf(&raw, fmt, ap);
    va_end(ap);
    text_clean(&shown, str_view(&raw), false);
    error_set(r->err, ERR_UNREADABLE, "%s", shown.buf);
    str_finish(&shown);
    str_finish(&raw);
    return false;
}

/* ---- nearest names ---- */

enum { NEAREST_WORD_MAX = 40, NEAREST_SHOWN = 3 };

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Levenshtein's distance, a row at a time. */
static size_t distance(const char *a, const char *b)
{
    size_t m = least(strlen(b), NEAREST_WORD_MAX), *row = mem_zalloc(m + 1, sizeof *row);
    for (size_t j = 0; j <= m; j++) row[j] = j;
    for (size_t i = 0; a[i] && i < NEAREST_WORD_MAX; i++) {
        size_t diagonal = row[0];
        row[0] = i + 1;
        for (size_t j = 0; j < m; j++) {
            size_t above = row[j + 1];
            row[j + 1] = least(diagonal + (a[i] != b[j]), least(above, row[j]) + 1);
            diagonal = above;
        }
    }
    size_t result = row[m];
    free(row);
    return result;
}

void reader_nearest(Str *out, const char *word, const char *(*name)(size_t i), size_t count)
{
    bool *taken = mem_zalloc(count + 1, sizeof *taken);
    size_t show = least(count, NEAREST_SHOWN);
    for (size_t n = 0; n < show; n++) {
        size_t best = count, best_distance = 0;
        for (size_t i = 0; i < count; i++) {
            size_t d = taken[i] ? 0 : distance(word, name(i));
            if (taken[i] || (best < count && d >= best_distance)) continue;
            best = i;
            best_distance = d;
        }
        taken[best] = true;
        str_addf(out, "%s%s", n == 0 ? "" : n + 1 == show ? " or " : ", ", name(best));
    }
    free(taken);
}

/* ---- texts ---- */

static bool is_plain_ascii(StrView text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] < ' ' || text.ptr[i] > '~') return false;
    return true;
}

static bool is_shown_as_written(StrView text)
{
    if (is_plain_ascii(text)) return true;
    Str shown;
    str_init(&shown);
    text_clean(&shown, text, false);
    bool same = sv_eq(text, str_view(&shown));
    str_finish(&shown);
    return same;
}

/* `text` is valid UTF-8: the reader of JSON has seen to it. */
static size_t count_code_points(StrView text)
{
    size_t n = 0;
    for (size_t i = 0; i < text.len; i++) n += ((unsigned char)text.ptr[i] & 0xC0) != 0x80;
    return n;
}

const char *reader_take_text(Reader *r, const Member *m, const Json *value, size_t max)
{
    StrView text = sv(json_text(value));
    if (json_kind(value) != JSON_TEXT) {
        reader_fail(r, "'%s' must hold texts only, but has a %s. %s", m->name,
                    json_kind_name(json_kind(value)), m->hint);
    } else if (sv_trim(text).len == 0) {
        reader_fail(r, "'%s' is empty. %s", m->name, m->hint);
    } else if (count_code_points(text) > max) {
        reader_fail(r, "'%s' is too long: it has %zu characters. Use at most %zu.", m->name,
                    count_code_points(text), max);
    } else if (!is_shown_as_written(text)) {
        reader_fail(r, "'%s' has control or invisible characters. Write it as one plain line.", m->name);
    } else {
        return arena_str(r->arena, text);
    }
    return NULL;
}

static bool check_size(Reader *r, const Member *m, const Json *array)
{
    long n = (long)json_size(array);
    return (n >= m->min && n <= m->max) ||
           reader_fail(r, "'%s' has %ld entries. Give %ld to %ld of them.", m->name, n, m->min, m->max);
}

bool reader_take_texts(Reader *r, const Member *m, const Json *array, size_t max_length, const char **ret)
{
    if (!check_size(r, m, array)) return false;
    for (const Json *e = json_first(array); e; e = json_next(e)) {
        *ret = reader_take_text(r, m, e, max_length);
        if (!*ret++) return false;
    }
    return true;
}

/* A capital and a number: "D13". */
static bool is_theme(const char *id)
{
    bool digits = id[0] && id[1] >= '1' && id[1] <= '9' && (!id[2] || (id[2] >= '0' && id[2] <= '9'));
    return *id >= 'A' && *id <= 'Z' && digits && (!id[2] || !id[3]);
}

bool reader_take_themes(Reader *r, const Member *m, const Json *array, const char ***ret, size_t *ret_count)
{
    size_t n = json_size(array);
    if (!check_size(r, m, array)) return false;
    const char **themes = arena_array(r->arena, n, sizeof *themes);
    if (n && !reader_take_texts(r, m, array, THEME_MAX, themes)) return false;
    for (size_t i = 0; i < n; i++) {
        if (!is_theme(themes[i])) return reader_fail(r, "'%s' has '%s'. %s", m->name, themes[i], m->hint);
        for (size_t j = 0; j < i; j++)
            if (strcmp(themes[i], themes[j]) == 0)
                return reader_fail(r, "'%s' has '%s' twice. Name each theme once.", m->name, themes[i]);
    }
    *ret = themes;
    *ret_count = n;
    return true;
}

bool reader_is_word(StrView text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')) return false;
    }
    return text.len > 0;
}

const char *reader_take_word(Reader *r, const Member *m, const Json *value)
{
    const char *word = reader_take_text(r, m, value, (size_t)m->max);
    if (word && !reader_is_word(sv(word))) {
        reader_fail(r, "'%s' is '%s'. Use lower-case letters, digits and hyphens.", m->name, word);
        return NULL;
    }
    return word;
}

/* ---- fields ---- */

static void *field_of(const Reader *r, const Member *m)
{
    return (char *)r->object + m->field;
}

bool reader_text(Reader *r, const Member *m, const Json *value)
{
    const char *text = reader_take_text(r, m, value, (size_t)m->max);
    if (text) memcpy(field_of(r, m), &text, sizeof text);
    return text != NULL;
}

bool reader_flag(Reader *r, const Member *m, const Json *value)
{
    bool flag = json_bool(value);
    memcpy(field_of(r, m), &flag, sizeof flag);
    return true;
}

bool reader_number(Reader *r, const Member *m, const Json *value)
{
    int64_t n;
    if (!json_int(value, &n) || n < m->min || n > m->max)
        return reader_fail(r, "'%s' is out of range. Give a whole number from %ld to %ld.", m->name, m->min,
                           m->max);
    int number = (int)n;
    memcpy(field_of(r, m), &number, sizeof number);
    return true;
}

bool reader_version(Reader *r, const Member *m, const Json *value)
{
    int64_t version;
    if (json_int(value, &version) && version == PACK_VERSION) return true;
    return reader_fail(r, "'version' is not one this entente can read. %s", m->hint);
}

/* ---- placeholders ---- */

/* Bytes of the "{word}" that `rest` begins with; 0 for none. */
static size_t braced_word(StrView rest)
{
    const char *end = rest.len && *rest.ptr == '{' ? memchr(rest.ptr, '}', rest.len) : NULL;
    if (!end || !reader_is_word(sv_n(rest.ptr + 1, (size_t)(end - rest.ptr) - 1))) return 0;
    return (size_t)(end - rest.ptr) + 1;
}

static bool fail_placeholder(Reader *r, const char *member, StrView word)
{
    Str name, near;
    str_init(&name);
    str_init(&near);
    str_add(&name, word);
    reader_nearest(&near, name.buf, fill_name, fill_count());
    reader_fail(r, "'%s' has %s, which nothing fills in. The nearest are %s.", member, name.buf, near.buf);
    str_finish(&near);
    str_finish(&name);
    return false;
}

bool reader_placeholders(Reader *r, const char *member, const char *text, unsigned allowed)
{
    StrView rest = sv(text);
    while (rest.len) {
        unsigned bit = 0;
        size_t n = braced_word(rest);
        if (n && !fill_placeholder(rest, &bit)) return fail_placeholder(r, member, sv_n(rest.ptr, n));
        if (n && !(bit & allowed))
            return reader_fail(r,
                               "'%s' has %.*s, but no condition in 'when' gives it. See entente-prompts(5).",
                               member, (int)n, rest.ptr);
        rest = sv_n(rest.ptr + 1, rest.len - 1);
    }
    return true;
}

/* ---- objects ---- */

static bool read_member(Reader *r, const Member *m, const Json *object)
{
    const Json *value = json_get(object, m->name);
    if (!value) return !m->required || reader_fail(r, "'%s' is missing. %s", m->name, m->hint);
    if (json_kind(value) != m->kind)
        return reader_fail(r, "'%s' must be of kind %s, not %s. %s", m->name, json_kind_name(m->kind),
                           json_kind_name(json_kind(value)), m->hint);
    return m->read(r, m, value);
}

static bool fail_unknown(Reader *r, Members members, const char *name)
{
    const Member *best = members.at;
    for (size_t i = 1; i < members.count; i++)
        if (distance(name, members.at[i].name) < distance(name, best->name)) best = &members.at[i];
    return reader_fail(r, "'%s' is not known. The nearest is '%s'.", name, best->name);
}

/* In the table's order, so that a version is judged before the members it may have brought along. */
bool reader_object(Reader *r, Members members, const Json *object)
{
    size_t seen = 0;
    for (size_t i = 0; i < members.count; i++) {
        if (!read_member(r, &members.at[i], object)) return false;
        seen += json_get(object, members.at[i].name) != NULL;
    }
    if (seen == json_size(object)) return true;
    for (const Json *e = json_first(object); e; e = json_next(e)) {
        size_t i = 0;
        while (i < members.count && strcmp(members.at[i].name, json_key(e)) != 0) i++;
        if (i == members.count) return fail_unknown(r, members, json_key(e));
    }
    return true;
}
