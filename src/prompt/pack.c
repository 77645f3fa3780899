#include <entente/prompt.h>

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <entente/arena.h>
#include <entente/json.h>
#include <entente/mem.h>
#include <entente/text.h>

/* Bounds that keep a stranger's pack harmless and every line of it fit for a screen of 80 cells. */
enum {
    PACK_VERSION = 1,
    PACK_PROMPTS_MAX = 500,
    KEY_MAX = 64,
    TITLE_MAX = 24,
    HELP_MAX = 240,
    EXAMPLE_MAX = 72,
    WORDS_MAX = 70,
    EXAMPLES_MAX = 3,
    THEMES_MAX = 6,
    THEME_MAX = 3,
    REST_MAX = 3650
};

struct Prompts {
    Arena arena;
    Stage stage;
    const char *pack;
    Prompt *at;
    size_t count;
};

/* A pack being read. `key` is NULL until the prompt at hand has told a good one. */
typedef struct {
    Prompts *prompts;
    Prompt *prompt;
    const char *key;
    Error *err;
} Reader;

/*
 * One member of an object: a line here is all it takes to teach the reader a
 * new one. `field` is the offset in Prompt for the readers that serve several
 * members; min and max bound a number, max the code points of a text.
 */
typedef struct Member Member;
struct Member {
    const char *name;
    JsonKind kind;
    bool required;
    bool (*read)(Reader *r, const Member *m, const Json *value);
    size_t field;
    long min, max;
    const char *hint; /* what to do, for messages */
};

static bool fail(Reader *r, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* "PACK: prompt 'KEY': ...", shown clean because the pack may be anyone's. */
static bool fail(Reader *r, const char *fmt, ...)
{
    Str raw, shown;
    str_init(&raw);
    str_init(&shown);
    str_addf(&raw, "%s: ", r->prompts->pack);
    if (r->key)
        str_addf(&raw, "prompt '%s': ", r->key);
    else if (r->prompt)
        str_addf(&raw, "prompt number %zu: ", r->prompts->count + 1);
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

/* Texts. */

static bool is_shown_as_written(StrView text)
{
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

/* A clean, short, single line; NULL after telling why not. */
static const char *take_text(Reader *r, const Member *m, const Json *value, size_t max)
{
    StrView text = sv(json_text(value));
    if (json_kind(value) != JSON_TEXT) {
        fail(r, "'%s' must hold texts only, but has a %s. %s", m->name, json_kind_name(json_kind(value)),
             m->hint);
    } else if (sv_trim(text).len == 0) {
        fail(r, "'%s' is empty. %s", m->name, m->hint);
    } else if (count_code_points(text) > max) {
        fail(r, "'%s' is too long: it has %zu characters. Use at most %zu.", m->name, count_code_points(text),
             max);
    } else if (!is_shown_as_written(text)) {
        fail(r, "'%s' has control or invisible characters. Write it as one plain line.", m->name);
    } else {
        return arena_str(&r->prompts->arena, text);
    }
    return NULL;
}

static void *field_of(const Reader *r, const Member *m)
{
    return (char *)r->prompt + m->field;
}

static bool read_text(Reader *r, const Member *m, const Json *value)
{
    const char *text = take_text(r, m, value, (size_t)m->max);
    if (text) memcpy(field_of(r, m), &text, sizeof text);
    return text != NULL;
}

/* Fills at most `max` texts into `ret`, which has room for them. */
static bool take_texts(Reader *r, const Member *m, const Json *array, size_t max_length, const char **ret)
{
    long n = (long)json_size(array);
    if (n < m->min || n > m->max)
        return fail(r, "'%s' has %ld entries. Give %ld to %ld of them.", m->name, n, m->min, m->max);
    for (const Json *e = json_first(array); e; e = json_next(e)) {
        *ret = take_text(r, m, e, max_length);
        if (!*ret++) return false;
    }
    return true;
}

/* Keys, questions, themes and the other members. */

static bool is_word_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

/* STAGE.word.word */
static bool is_key(StrView key, StrView stage)
{
    if (!sv_eq(sv_cut(&key, '.'), stage)) return false;
    size_t dots = 0;
    for (size_t i = 0; i < key.len; i++) {
        bool inner = i > 0 && i + 1 < key.len && key.ptr[i - 1] != '.';
        if (key.ptr[i] == '.' && inner)
            dots++;
        else if (!is_word_char(key.ptr[i]))
            return false;
    }
    return dots == 1;
}

static bool read_key(Reader *r, const Member *m, const Json *value)
{
    const char *stage = stage_name(r->prompts->stage);
    const char *key = take_text(r, m, value, (size_t)m->max);
    if (!key) return false;
    if (!is_key(sv(key), sv(stage)))
        return fail(r, "'key' is '%s'. Write it as %s.word.word, in lower-case letters, digits and hyphens.",
                    key, stage);
    r->key = key;
    if (prompts_find(r->prompts, key)) return fail(r, "this key is there twice. Give each prompt its own.");
    r->prompt->key = key;
    return true;
}

static size_t count_substring(const char *text, const char *part)
{
    size_t n = 0;
    for (const char *at = text; (at = strstr(at, part)); at += strlen(part)) n++;
    return n;
}

static bool read_question(Reader *r, const Member *m, const Json *value)
{
    if (!read_text(r, m, value)) return false;
    const char *text = r->prompt->text;
    size_t questions = count_substring(text, "?") + count_substring(text, "\xEF\xBC\x9F") /* U+FF1F */
                       + count_substring(text, "\xD8\x9F") /* U+061F */;
    return questions <= 1 || fail(r, "'text' asks %zu questions. Ask one at a time.", questions);
}

/* A capital and a number: "D13". */
static bool is_theme(const char *id)
{
    long number;
    return *id >= 'A' && *id <= 'Z' && id[1] != '+' && id[1] != '-' && sv_to_int(sv(id + 1), 1, 99, &number);
}

static bool read_themes(Reader *r, const Member *m, const Json *value)
{
    Prompt *p = r->prompt;
    p->themes = arena_array(&r->prompts->arena, THEMES_MAX, sizeof *p->themes);
    if (!take_texts(r, m, value, THEME_MAX, p->themes)) return false;
    p->theme_count = json_size(value);
    for (size_t i = 0; i < p->theme_count; i++) {
        if (!is_theme(p->themes[i])) return fail(r, "'themes' has '%s'. %s", p->themes[i], m->hint);
        for (size_t j = 0; j < i; j++)
            if (strcmp(p->themes[i], p->themes[j]) == 0)
                return fail(r, "'themes' has '%s' twice. Name each theme once.", p->themes[i]);
    }
    return true;
}

static bool read_examples(Reader *r, const Member *m, const Json *value)
{
    Prompt *p = r->prompt;
    p->examples = arena_array(&r->prompts->arena, EXAMPLES_MAX, sizeof *p->examples);
    p->example_count = json_size(value);
    return take_texts(r, m, value, EXAMPLE_MAX, p->examples);
}

static bool read_scale(Reader *r, const Member *m, const Json *value)
{
    r->prompt->scale_count = json_size(value);
    return take_texts(r, m, value, WORDS_MAX, r->prompt->scale);
}

static bool read_answer(Reader *r, const Member *m, const Json *value)
{
    static const char *const names[] = {
        [ANSWER_TEXT] = "text",
        [ANSWER_ITEMS] = "items",
        [ANSWER_SCALE] = "scale",
        [ANSWER_COMMITMENTS] = "commitments",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(json_text(value), names[i]) != 0) continue;
        r->prompt->answer = (AnswerType)i;
        return true;
    }
    return fail(r, "'answer' is '%s'. %s", json_text(value), m->hint);
}

static bool read_section(Reader *r, const Member *m, const Json *value)
{
    r->prompt->has_section = section_parse(sv(json_text(value)), &r->prompt->section);
    return r->prompt->has_section || fail(r, "'section' is '%s'. %s", json_text(value), m->hint);
}

static bool read_side(Reader *r, const Member *m, const Json *value)
{
    return side_parse(sv(json_text(value)), &r->prompt->side) ||
           fail(r, "'side' is '%s'. %s", json_text(value), m->hint);
}

static bool read_flag(Reader *r, const Member *m, const Json *value)
{
    bool flag = json_bool(value);
    memcpy(field_of(r, m), &flag, sizeof flag);
    return true;
}

static bool read_number(Reader *r, const Member *m, const Json *value)
{
    int64_t n;
    if (!json_int(value, &n) || n < m->min || n > m->max)
        return fail(r, "'%s' is out of range. Give a whole number from %ld to %ld.", m->name, m->min, m->max);
    int number = (int)n;
    memcpy(field_of(r, m), &number, sizeof number);
    return true;
}

#define FIELD(name) offsetof(Prompt, name)

static const Member prompt_members[] = {
    {"key", JSON_TEXT, true, read_key, 0, 1, KEY_MAX,
     "Name it as the stage and two words: check-in.trust.now."},
    {"title", JSON_TEXT, true, read_text, FIELD(title), 1, TITLE_MAX,
     "Say in one or two words what it is about."},
    {"themes", JSON_ARRAY, true, read_themes, 0, 1, THEMES_MAX, "Name themes like \"D13\" or \"C6\"."},
    {"text", JSON_TEXT, true, read_question, FIELD(text), 1, PROMPT_TEXT_MAX, "Ask one short question."},
    {"help", JSON_TEXT, true, read_text, FIELD(help), 1, HELP_MAX,
     "Say in a sentence or two why this is asked."},
    {"examples", JSON_ARRAY, false, read_examples, 0, 0, EXAMPLES_MAX, "Give up to three short texts."},
    {"answer", JSON_TEXT, true, read_answer, 0, 0, 0, "Use text, items, scale or commitments."},
    {"scale", JSON_ARRAY, false, read_scale, 0, 2, SCALE_MAX, "Give a few words for every value."},
    {"section", JSON_TEXT, false, read_section, 0, 0, 0,
     "Use a section of the agreement, such as boundaries."},
    {"side", JSON_TEXT, false, read_side, 0, 0, 0, "Use me, them or both."},
    {"private", JSON_BOOL, false, read_flag, FIELD(is_private), 0, 0, "Use true or false."},
    {"weight", JSON_NUMBER, false, read_number, FIELD(weight), 1, 10, "Give a whole number."},
    {"rest", JSON_NUMBER, false, read_number, FIELD(rest), 0, REST_MAX, "Give a number of days."},
    {"once", JSON_BOOL, false, read_flag, FIELD(once), 0, 0, "Use true or false."},
    {"always", JSON_BOOL, false, read_flag, FIELD(always), 0, 0, "Use true or false."},
};

/* Objects. */

static bool read_member(Reader *r, const Member *m, const Json *object)
{
    const Json *value = json_get(object, m->name);
    if (!value) return !m->required || fail(r, "'%s' is missing. %s", m->name, m->hint);
    if (json_kind(value) != m->kind)
        return fail(r, "'%s' must be of kind %s, not %s. %s", m->name, json_kind_name(m->kind),
                    json_kind_name(json_kind(value)), m->hint);
    return m->read(r, m, value);
}

static bool is_member(const Member *members, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(members[i].name, name) == 0) return true;
    return false;
}

/* In the table's order, so that a version is judged before the members it may have brought along. */
static bool read_object(Reader *r, const Member *members, size_t count, const Json *object)
{
    for (size_t i = 0; i < count; i++)
        if (!read_member(r, &members[i], object)) return false;
    for (const Json *e = json_first(object); e; e = json_next(e))
        if (!is_member(members, count, json_key(e)))
            return fail(r, "'%s' is not known here. Remove it, or check its spelling.", json_key(e));
    return true;
}

/* What no member can tell alone. */
static bool members_agree(Reader *r, const Json *object)
{
    const Prompt *p = r->prompt;
    if (p->answer == ANSWER_SCALE && !p->scale_count)
        return fail(r, "'scale' is missing. Give a few words for every value.");
    if (p->answer != ANSWER_SCALE && p->scale_count)
        return fail(r, "'scale' has no use here. Remove it, or make 'answer' scale.");
    if (p->has_section && !json_get(object, "side"))
        return fail(r, "'side' is missing. Say whose it is: me, them or both.");
    if (!p->has_section && json_get(object, "side"))
        return fail(r, "'side' has no use without 'section'. Add the section, or remove the side.");
    if (p->always && (p->rest || p->once))
        return fail(r, "'always' goes with neither 'rest' nor 'once'. Keep one of them.");
    return true;
}

static bool read_prompt(Reader *r, const Json *object)
{
    r->prompt = &r->prompts->at[r->prompts->count];
    r->key = NULL;
    *r->prompt =
        (Prompt){.stage = r->prompts->stage, .side = SIDE_BOTH, .weight = 5, .pack = r->prompts->pack};
    if (json_kind(object) != JSON_OBJECT)
        return fail(r, "it is not an object. Write it as {\"key\": ..., \"text\": ...}.");
    if (!read_object(r, prompt_members, sizeof prompt_members / sizeof *prompt_members, object)) return false;
    if (!members_agree(r, object)) return false;
    r->prompts->count++;
    return true;
}

static bool read_prompts(Reader *r, const Member *m, const Json *array)
{
    long n = (long)json_size(array);
    if (n < m->min || n > m->max)
        return fail(r, "'prompts' has %ld entries. Give %ld to %ld of them.", n, m->min, m->max);
    r->prompts->at = arena_array(&r->prompts->arena, (size_t)n, sizeof *r->prompts->at);
    for (const Json *e = json_first(array); e; e = json_next(e))
        if (!read_prompt(r, e)) return false;
    r->prompt = NULL;
    r->key = NULL;
    return true;
}

static bool read_version(Reader *r, const Member *m, const Json *value)
{
    int64_t version;
    if (json_int(value, &version) && version == PACK_VERSION) return true;
    return fail(r, "'version' is not one this entente can read. %s", m->hint);
}

static bool read_stage(Reader *r, const Member *m, const Json *value)
{
    const char *want = stage_name(r->prompts->stage);
    if (strcmp(json_text(value), want) == 0) return true;
    return fail(r, "'stage' is '%s', but the file is read for '%s'. %s", json_text(value), want, m->hint);
}

static const Member pack_members[] = {
    {"version", JSON_NUMBER, true, read_version, 0, 0, 0, "Use version 1, or a newer entente."},
    {"stage", JSON_TEXT, true, read_stage, 0, 0, 0, "Name the stage these prompts are for."},
    {"prompts", JSON_ARRAY, true, read_prompts, 0, 1, PACK_PROMPTS_MAX, "Put the prompts into it."},
};

static bool read_pack(Prompts *p, const Json *json, Error *err)
{
    Reader r = {.prompts = p, .err = err};
    if (json_kind(json) != JSON_OBJECT)
        return fail(&r,
                    "it is not an object. Write it as {\"version\": 1, \"stage\": ..., \"prompts\": [...]}.");
    return read_object(&r, pack_members, sizeof pack_members / sizeof *pack_members, json);
}

bool prompts_read(StrView json, const char *pack, Stage stage, Prompts **ret, Error *err)
{
    Json *parsed;
    if (!json_parse(json, pack, &parsed, err)) return false;
    Prompts *p = mem_zalloc(1, sizeof *p);
    p->stage = stage;
    p->pack = arena_str(&p->arena, sv(pack));
    bool ok = read_pack(p, parsed, err);
    json_free(parsed);
    if (ok)
        *ret = p;
    else
        prompts_free(p);
    return ok;
}

/* Files. */

static bool read_all(int fd, const char *path, Str *out, Error *err)
{
    char piece[16384];
    for (;;) {
        ssize_t n = read(fd, piece, sizeof piece);
        if (n == 0) return true;
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return error_set(err, ERR_UNREADABLE, "%s: cannot be read: %s.", path, strerror(errno));
        str_add(out, sv_n(piece, (size_t)n));
        /* The size is counted here, not asked for: the file may grow meanwhile. */
        if (out->len > JSON_MAX_BYTES)
            return error_set(err, ERR_UNREADABLE,
                             "%s: too large for a pack of prompts. Split it, or use another.", path);
    }
}

static bool read_file(const char *path, Str *out, Error *err)
{
    /* O_NONBLOCK: a pipe put in a pack's place must not hang the program. */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return error_set(err, ERR_UNREADABLE,
                         "%s: cannot be opened: %s. Check the folder of the prompt packs.", path,
                         strerror(errno));
    struct stat st;
    bool ok =
        (fstat(fd, &st) == 0 && S_ISREG(st.st_mode)) ||
        error_set(err, ERR_UNREADABLE, "%s: not a regular file. Check the folder of the prompt packs.", path);
    ok = ok && read_all(fd, path, out, err);
    close(fd);
    return ok;
}

bool prompts_load(const char *dir, Stage stage, Prompts **ret, Error *err)
{
    Str pack, path, json;
    str_init(&pack);
    str_init(&path);
    str_init(&json);
    str_addf(&pack, "%s.json", stage_name(stage));
    str_addf(&path, "%s/%s", dir, pack.buf);
    bool ok = read_file(path.buf, &json, err) && prompts_read(str_view(&json), pack.buf, stage, ret, err);
    str_finish(&json);
    str_finish(&path);
    str_finish(&pack);
    return ok;
}

void prompts_free(Prompts *p)
{
    if (!p) return;
    arena_finish(&p->arena);
    free(p);
}

size_t prompts_count(const Prompts *p)
{
    return p->count;
}

const Prompt *prompts_at(const Prompts *p, size_t i)
{
    return &p->at[i];
}

const Prompt *prompts_find(const Prompts *p, const char *key)
{
    for (size_t i = 0; i < p->count; i++)
        if (strcmp(p->at[i].key, key) == 0) return &p->at[i];
    return NULL;
}
