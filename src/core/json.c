#include <entente/json.h>

#include <assert.h>
#include <cjson/cJSON.h>
#include <inttypes.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <entente/arena.h>
#include <entente/text.h>
#include <entente/vec.h>

/* -- The strict reader: RFC 8259, before cJSON sees a byte ------------------------------------------ */

/* cJSON copies a number into 64 bytes and cuts a longer one, which would make it another number. */
enum { NUMBER_MAX = 63 };

typedef struct {
    StrView key; /* decoded, in the arena */
    size_t at;
} Key;

typedef struct {
    size_t at, len;
    double value;
} LongNumber;

typedef struct {
    StrView text;
    size_t pos;
    int depth;
    Vec(Key) keys; /* of the objects that are open, outermost first */
    Vec(LongNumber) long_numbers;
    Arena arena;
    const char *what;
    Error *err;
} Reader;

static void find_place(StrView text, size_t at, size_t *ret_line, size_t *ret_column)
{
    *ret_line = 1;
    *ret_column = 1;
    for (size_t i = 0; i < at && i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c == '\n') {
            ++*ret_line;
            *ret_column = 1;
        } else if ((c & 0xC0) != 0x80) {
            ++*ret_column;
        }
    }
}

static bool fail_at(Reader *r, size_t at, const char *reason)
{
    size_t line, column;
    find_place(r->text, at, &line, &column);
    return error_set(r->err, ERR_UNREADABLE, "%s: line %zu, column %zu: %s", r->what, line, column, reason);
}

static bool fail(Reader *r, const char *reason)
{
    return fail_at(r, r->pos, r->pos < r->text.len ? reason : "the text ends too early.");
}

/* The byte at hand; 0 at the end, which no grammar rule expects. */
static unsigned char peek(const Reader *r)
{
    return r->pos < r->text.len ? (unsigned char)r->text.ptr[r->pos] : 0;
}

static bool take(Reader *r, char c)
{
    if (peek(r) != (unsigned char)c) return false;
    r->pos++;
    return true;
}

static void skip_space(Reader *r)
{
    while (take(r, ' ') || take(r, '\t') || take(r, '\n') || take(r, '\r')) continue;
}

static bool fail_no_value(Reader *r)
{
    return fail(r, "a value is expected; text stands in \"quotes\".");
}

static bool read_word(Reader *r, const char *word)
{
    StrView rest = sv_n(r->text.ptr + r->pos, r->text.len - r->pos);
    if (!sv_starts(rest, sv(word))) return fail_no_value(r);
    r->pos += strlen(word);
    return true;
}

static size_t skip_digits(Reader *r)
{
    size_t start = r->pos;
    while (peek(r) >= '0' && peek(r) <= '9') r->pos++;
    return r->pos - start;
}

/* strtod reads the decimal point of the locale, as cJSON will. */
static double to_double(StrView number)
{
    Str copy;
    str_init(&copy);
    const char *point = memchr(number.ptr, '.', number.len);
    size_t whole = point ? (size_t)(point - number.ptr) : number.len;
    str_add(&copy, sv_n(number.ptr, whole));
    if (point) {
        str_add_c(&copy, localeconv()->decimal_point);
        str_add(&copy, sv_n(point + 1, number.len - whole - 1));
    }
    double value = strtod(copy.buf, NULL);
    str_finish(&copy);
    return value;
}

/* RFC 8259 section 6. */
static bool read_number(Reader *r)
{
    size_t start = r->pos;
    take(r, '-');
    if (!take(r, '0') && skip_digits(r) == 0) return fail(r, "a digit is expected.");
    if (peek(r) >= '0' && peek(r) <= '9') return fail(r, "a number cannot begin with 0.");
    if (take(r, '.') && skip_digits(r) == 0) return fail(r, "a digit is expected after the point.");
    if (take(r, 'e') || take(r, 'E')) {
        if (!take(r, '+')) take(r, '-');
        if (skip_digits(r) == 0) return fail(r, "a digit is expected in the exponent.");
    }
    StrView number = sv_n(r->text.ptr + start, r->pos - start);
    double value = to_double(number);
    if (!isfinite(value)) return fail_at(r, start, "the number is too large.");
    if (number.len > NUMBER_MAX) vec_push(&r->long_numbers, (LongNumber){start, number.len, value});
    return true;
}

static bool read_hex4(Reader *r, uint32_t *ret)
{
    uint32_t value = 0;
    for (int i = 0; i < 4; i++, r->pos++) {
        unsigned char c = peek(r);
        uint32_t digit;
        if (c >= '0' && c <= '9')
            digit = c - (uint32_t)'0';
        else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
            digit = (c | 0x20) - (uint32_t)'a' + 10;
        else
            return fail(r, "four hexadecimal digits are expected after \\u.");
        value = value << 4 | digit;
    }
    *ret = value;
    return true;
}

static void add_utf8(Str *s, uint32_t cp)
{
    if (cp < 0x80) {
        str_add_char(s, (char)cp);
        return;
    }
    int more = cp < 0x800 ? 1 : cp < 0x10000 ? 2 : 3;
    str_add_char(s, (char)((0xFF00 >> (more + 1) & 0xFF) | cp >> 6 * more));
    while (more-- > 0) str_add_char(s, (char)(0x80 | (cp >> 6 * more & 0x3F)));
}

/* Behind "\u". A lone surrogate is no character, and NUL would end our texts early. */
static bool read_unicode_escape(Reader *r, Str *decoded)
{
    size_t start = r->pos - 2;
    uint32_t cp = 0, low = 0;
    if (!read_hex4(r, &cp)) return false;
    if (cp == 0) return fail_at(r, start, "the character \\u0000 is not allowed.");
    if (cp >= 0xD800 && cp <= 0xDFFF) {
        bool pair = cp < 0xDC00 && take(r, '\\') && take(r, 'u');
        if (pair && !read_hex4(r, &low)) return false;
        if (low < 0xDC00 || low > 0xDFFF)
            return fail_at(r, start, "half of a surrogate pair is not a character.");
        cp = 0x10000 + ((cp - 0xD800) << 10) + (low - 0xDC00);
    }
    add_utf8(decoded, cp);
    return true;
}

static bool read_escape(Reader *r, Str *decoded)
{
    static const char letters[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
    if (take(r, 'u')) return read_unicode_escape(r, decoded);
    const char *letter = peek(r) ? strchr(letters, peek(r)) : NULL;
    if (!letter) return fail(r, "this escape does not exist; write \\\\ for a backslash.");
    str_add_char(decoded, meanings[letter - letters]);
    r->pos++;
    return true;
}

/* Appends what the string means to `decoded`. */
static bool read_string(Reader *r, Str *decoded)
{
    if (!take(r, '"')) return fail(r, "a text in \"quotes\" is expected.");
    while (!take(r, '"')) {
        unsigned char c = peek(r);
        if (c < 0x20)
            return fail(r, "a control character stands in a text; write it as an escape such as \\n.");
        r->pos++;
        if (c != '\\')
            str_add_char(decoded, (char)c);
        else if (!read_escape(r, decoded))
            return false;
    }
    return true;
}

static bool skip_string(Reader *r)
{
    Str ignored;
    str_init(&ignored);
    bool ok = read_string(r, &ignored);
    str_finish(&ignored);
    return ok;
}

static bool read_key(Reader *r)
{
    size_t at = r->pos;
    Str key;
    str_init(&key);
    bool ok = read_string(r, &key);
    if (ok) vec_push(&r->keys, (Key){sv_n(arena_str(&r->arena, str_view(&key)), key.len), at});
    str_finish(&key);
    return ok;
}

static int compare_keys(const void *a, const void *b)
{
    const Key *x = a, *y = b;
    size_t shared = x->key.len < y->key.len ? x->key.len : y->key.len;
    int order = memcmp(x->key.ptr, y->key.ptr, shared);
    if (order == 0 && x->key.len != y->key.len) order = x->key.len < y->key.len ? -1 : 1;
    return order != 0 ? order : (x->at > y->at) - (x->at < y->at);
}

/* Closes the object whose keys begin at `first`. */
static bool check_keys(Reader *r, size_t first)
{
    size_t count = r->keys.len - first;
    if (count > 1) qsort(r->keys.at + first, count, sizeof *r->keys.at, compare_keys);
    for (size_t i = first + 1; i < r->keys.len; i++)
        if (sv_eq(r->keys.at[i - 1].key, r->keys.at[i].key))
            return fail_at(r, r->keys.at[i].at, "this key stands twice in one object.");
    r->keys.len = first;
    return true;
}

static bool read_value(Reader *r);

static bool read_member(Reader *r)
{
    if (!read_key(r)) return false;
    skip_space(r);
    if (!take(r, ':')) return fail(r, "a colon is expected after the key.");
    return read_value(r);
}

/* The elements or members between the bracket just read and `closing`. */
static bool read_elements(Reader *r, char closing)
{
    bool object = closing == '}';
    skip_space(r);
    if (take(r, closing)) return true;
    do {
        skip_space(r);
        if (!(object ? read_member(r) : read_value(r))) return false;
    } while (take(r, ','));
    if (take(r, closing)) return true;
    return fail(r, object ? "a comma or } is expected." : "a comma or ] is expected.");
}

static bool read_nested(Reader *r, char closing)
{
    if (r->depth == JSON_MAX_DEPTH) return fail_at(r, r->pos - 1, "nested more than 64 deep.");
    r->depth++;
    size_t first = r->keys.len;
    bool ok = read_elements(r, closing) && check_keys(r, first);
    r->depth--;
    return ok;
}

/* A value and the white space around it. Recursion is bounded by JSON_MAX_DEPTH. */
static bool read_value(Reader *r)
{
    skip_space(r);
    bool ok;
    switch (peek(r)) {
    case '{':
        r->pos++;
        ok = read_nested(r, '}');
        break;
    case '[':
        r->pos++;
        ok = read_nested(r, ']');
        break;
    case '"': ok = skip_string(r); break;
    case 't': ok = read_word(r, "true"); break;
    case 'f': ok = read_word(r, "false"); break;
    case 'n': ok = read_word(r, "null"); break;
    case '-': ok = read_number(r); break;
    default: ok = peek(r) >= '0' && peek(r) <= '9' ? read_number(r) : fail_no_value(r);
    }
    skip_space(r);
    return ok;
}

static bool check_bytes(Reader *r)
{
    size_t at;
    if (r->text.len > JSON_MAX_BYTES)
        return error_set(r->err, ERR_UNREADABLE, "%s: line 1, column 1: larger than %d MiB.", r->what,
                         JSON_MAX_BYTES >> 20);
    if (sv_starts(r->text, SV("\xEF\xBB\xBF")))
        return fail(r, "begins with a byte order mark. Save it as plain UTF-8.");
    if (text_valid(r->text, &at)) return true;
    return fail_at(r, at, r->text.ptr[at] == '\0' ? "a NUL byte." : "not valid UTF-8.");
}

static bool check_text(Reader *r)
{
    if (!check_bytes(r) || !read_value(r)) return false;
    return r->pos == r->text.len || fail(r, "something follows the end of the value.");
}

/* The same double in as few digits as tell it apart: 17 always do. */
static void add_number(Str *out, double value)
{
    char digits[32];
    for (int precision = 15; precision <= 17; precision++) {
        snprintf(digits, sizeof digits, "%.*g", precision, value);
        if (strtod(digits, NULL) == value) break;
    }
    StrView point = sv(localeconv()->decimal_point), rest = sv(digits);
    const char *at = strstr(digits, point.ptr);
    if (at) {
        size_t whole = (size_t)(at - digits);
        str_add(out, sv_n(digits, whole));
        str_add_char(out, '.');
        rest = sv(at + point.len);
    }
    str_add(out, rest);
}

static void shorten_numbers(const Reader *r, Str *out)
{
    size_t from = 0;
    for (size_t i = 0; i < r->long_numbers.len; i++) {
        const LongNumber *n = &r->long_numbers.at[i];
        str_add(out, sv_n(r->text.ptr + from, n->at - from));
        add_number(out, n->value);
        from = n->at + n->len;
    }
    str_add(out, sv_n(r->text.ptr + from, r->text.len - from));
}

static Json *build(const Reader *r)
{
    if (r->long_numbers.len == 0) return cJSON_ParseWithLengthOpts(r->text.ptr, r->text.len, NULL, false);
    Str shorter;
    str_init(&shorter);
    shorten_numbers(r, &shorter);
    Json *j = cJSON_ParseWithLengthOpts(shorter.buf, shorter.len, NULL, false);
    str_finish(&shorter);
    return j;
}

bool json_parse(StrView text, const char *what, Json **ret, Error *err)
{
    Reader r = {.text = text, .what = what, .err = err};
    bool ok = check_text(&r);
    Json *j = ok ? build(&r) : NULL;
    vec_finish(&r.keys);
    vec_finish(&r.long_numbers);
    arena_finish(&r.arena);
    if (ok && !j) return error_set(err, ERR_UNREADABLE, "%s: line 1, column 1: cannot be read.", what);
    if (ok) *ret = j;
    return ok;
}

void json_free(Json *j)
{
    cJSON_Delete(j);
}

/* -- Looking at what was read ------------------------------------------------------------------------ */

JsonKind json_kind(const Json *j)
{
    if (cJSON_IsBool(j)) return JSON_BOOL;
    if (cJSON_IsNumber(j)) return JSON_NUMBER;
    if (cJSON_IsString(j)) return JSON_TEXT;
    if (cJSON_IsArray(j)) return JSON_ARRAY;
    return cJSON_IsObject(j) ? JSON_OBJECT : JSON_NULL;
}

const char *json_kind_name(JsonKind kind)
{
    static const char *const names[] = {
        [JSON_NULL] = "null", [JSON_BOOL] = "true or false", [JSON_NUMBER] = "number",
        [JSON_TEXT] = "text", [JSON_ARRAY] = "list",         [JSON_OBJECT] = "object",
    };
    return names[kind];
}

static bool has_children(const Json *j)
{
    return cJSON_IsArray(j) || cJSON_IsObject(j);
}

size_t json_size(const Json *j)
{
    return has_children(j) ? (size_t)cJSON_GetArraySize(j) : 0;
}

const Json *json_first(const Json *j)
{
    return has_children(j) ? j->child : NULL;
}

const Json *json_next(const Json *element)
{
    return element ? element->next : NULL;
}

const char *json_key(const Json *member)
{
    return member ? member->string : NULL;
}

const Json *json_get(const Json *object, const char *key)
{
    return cJSON_IsObject(object) ? cJSON_GetObjectItemCaseSensitive(object, key) : NULL;
}

const char *json_text(const Json *j)
{
    return cJSON_IsString(j) ? j->valuestring : NULL;
}

bool json_bool(const Json *j)
{
    return cJSON_IsTrue(j);
}

/* cJSON keeps numbers as double: from 2^53 on, neighbours fall together and a value may not be the one
 * written. */
bool json_int(const Json *j, int64_t *ret)
{
    const double limit = 9007199254740992.0;
    if (!cJSON_IsNumber(j)) return false;
    double value = j->valuedouble;
    if (!(value > -limit && value < limit) || value != (double)(int64_t)value) return false;
    *ret = (int64_t)value;
    return true;
}

double json_number(const Json *j)
{
    return cJSON_IsNumber(j) ? j->valuedouble : 0;
}

/* -- The writer --------------------------------------------------------------------------------------- */

/* Bytes of the character at the start of `s` that could steer a terminal: DEL, C1, line separators, bidi
 * controls. */
static size_t steering(StrView s, uint32_t *ret_cp)
{
    const unsigned char *c = (const unsigned char *)s.ptr;
    uint32_t cp = c[0] < 0x80 ? c[0] : 0; /* not a byte of a longer character */
    size_t len = 1;
    if (s.len >= 2 && c[0] == 0xC2) {
        cp = c[1];
        len = 2;
    } else if (s.len >= 3 && c[0] == 0xE2) {
        cp = 0x2000u + ((c[1] & 0x3Fu) << 6) + (c[2] & 0x3Fu);
        len = 3;
    }
    bool steers =
        (cp >= 0x7F && cp <= 0x9F) || (cp >= 0x2028 && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069);
    if (steers) *ret_cp = cp;
    return steers ? len : 0;
}

/* Appends one ASCII character or a byte of a longer one. */
static void add_escaped_byte(Str *out, char c)
{
    static const char controls[] = "\b\f\n\r\t", letters[] = "bfnrt";
    const char *control = c ? strchr(controls, c) : NULL;
    if (control)
        str_addf(out, "\\%c", letters[control - controls]);
    else if ((unsigned char)c < 0x20)
        str_addf(out, "\\u%04x", (unsigned)c);
    else if (c == '"' || c == '\\')
        str_addf(out, "\\%c", c);
    else
        str_add_char(out, c);
}

static void add_escaped(Str *out, StrView valid)
{
    for (size_t i = 0, len; i < valid.len; i += len) {
        uint32_t cp;
        len = steering(sv_n(valid.ptr + i, valid.len - i), &cp);
        if (len > 0) {
            str_addf(out, "\\u%04x", (unsigned)cp);
        } else {
            add_escaped_byte(out, valid.ptr[i]);
            len = 1;
        }
    }
}

static void add_string(Str *out, StrView text)
{
    str_add_char(out, '"');
    for (size_t bad; !text_valid(text, &bad); text = sv_n(text.ptr + bad + 1, text.len - bad - 1)) {
        add_escaped(out, sv_n(text.ptr, bad));
        str_add_c(out, text.ptr[bad] == '\0' ? "\\u0000" : "\\ufffd");
    }
    add_escaped(out, text);
    str_add_char(out, '"');
}

/* What stands before a value; the one after it will need a comma. */
static void begin(JsonWriter *w, const char *key)
{
    if (w->comma) str_add_char(w->out, ',');
    w->comma = true;
    if (!key) return;
    add_string(w->out, sv(key));
    str_add_char(w->out, ':');
}

JsonWriter json_writer(Str *out)
{
    return (JsonWriter){.out = out};
}

void json_open(JsonWriter *w, const char *key, char bracket)
{
    assert(bracket == '{' || bracket == '[');
    begin(w, key);
    str_add_char(w->out, bracket);
    w->comma = false;
}

void json_close(JsonWriter *w, char bracket)
{
    assert(bracket == '}' || bracket == ']');
    str_add_char(w->out, bracket);
    w->comma = true;
}

void json_put_text(JsonWriter *w, const char *key, const char *text)
{
    if (text)
        json_put_view(w, key, sv(text));
    else
        json_put_null(w, key);
}

void json_put_view(JsonWriter *w, const char *key, StrView text)
{
    begin(w, key);
    add_string(w->out, text);
}

void json_put_int(JsonWriter *w, const char *key, int64_t value)
{
    begin(w, key);
    str_addf(w->out, "%" PRId64, value);
}

void json_put_id(JsonWriter *w, const char *key, int64_t id)
{
    if (id == 0) {
        json_put_null(w, key);
        return;
    }
    begin(w, key);
    str_addf(w->out, "\"%" PRId64 "\"", id);
}

void json_put_bool(JsonWriter *w, const char *key, bool value)
{
    begin(w, key);
    str_add_c(w->out, value ? "true" : "false");
}

void json_put_null(JsonWriter *w, const char *key)
{
    begin(w, key);
    str_add_c(w->out, "null");
}
