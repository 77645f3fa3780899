#ifndef ENTENTE_PROMPT_READER_H
#define ENTENTE_PROMPT_READER_H

#include <entente/json.h>
#include <entente/prompt.h>

#include "facts.h"

/* Bounds that keep a stranger's pack harmless and every line of it fit for a screen of 80 cells. */
enum {
    PACK_VERSION = 1,
    PACK_BYTES_MAX = 1 << 20,
    PACK_PROMPTS_MAX = 500,
    PACK_SILENCE_MAX = 500,
    STAGE_PROMPTS_MAX = 2000,
    KEY_MAX = 64,
    TITLE_MAX = 24,
    HELP_MAX = 240,
    EXAMPLE_MAX = 72,
    WORDS_MAX = 70,
    VALUE_MAX = 24,
    EXAMPLES_MAX = 3,
    THEMES_MAX = 6,
    THEME_MAX = 3,
    WHEN_MAX = 6,
    ANY_MAX = 12,
    NAME_MAX_POINTS = 40,
    ROLES_MAX = 6,
    SITUATIONS_MAX = 40,
    SITUATION_THEMES_MAX = 8,
    REST_MAX = 3650
};

/* A pack being read. `key` is NULL until the entry at hand has told a good one. */
typedef struct {
    Arena *arena;
    const char *pack;   /* the file, for messages */
    const char *noun;   /* what an entry is: "prompt" */
    size_t number;      /* of the entry at hand, from 1; 0: outside of any */
    const char *key;
    void *object;       /* the struct being filled */
    void *owner;        /* what the whole is read into */
    bool user;          /* a user's pack: may silence */
    Error *err;
} Reader;

/*
 * One member of an object: a line here is all it takes to teach the reader a
 * new one. `field` is the offset in the struct for the readers that serve
 * several members; min and max bound a number, the code points of a text, or
 * the entries of a list.
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

typedef struct {
    const Member *at;
    size_t count;
} Members;

#define MEMBERS(table) ((Members){(table), sizeof(table) / sizeof *(table)})

/* "PACK: prompt 'KEY': ...", shown clean because the pack may be anyone's. Returns false. */
bool reader_fail(Reader *r, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Reads every member of the table, in its order, and refuses any other. */
bool reader_object(Reader *r, Members members, const Json *object);

/* A clean, short, single line; NULL after telling why not. */
const char *reader_take_text(Reader *r, const Member *m, const Json *value, size_t max);

/* Fills at most m->max texts into `ret`, which has room for them. */
bool reader_take_texts(Reader *r, const Member *m, const Json *array, size_t max_length, const char **ret);

/* An allocated list of themes, each once. */
bool reader_take_themes(Reader *r, const Member *m, const Json *array, const char ***ret, size_t *ret_count);

/* A word of lower-case letters, digits and hyphens; NULL after telling why not. */
const char *reader_take_word(Reader *r, const Member *m, const Json *value);

bool reader_is_word(StrView text);

/* For members that are a field: a text, true or false, a whole number. */
bool reader_text(Reader *r, const Member *m, const Json *value);
bool reader_flag(Reader *r, const Member *m, const Json *value);
bool reader_number(Reader *r, const Member *m, const Json *value);
bool reader_version(Reader *r, const Member *m, const Json *value);

/* Fails unless all placeholders of the text are known and allowed. */
bool reader_placeholders(Reader *r, const char *member, const char *text, unsigned allowed);

/* Appends the names nearest to `word`: "a, b or c". */
void reader_nearest(Str *out, const char *word, const char *(*name)(size_t i), size_t count);

/* The `when` of a prompt. */
bool reader_when(Reader *r, const Member *m, const Json *object);

/* The `follow-ups` of a prompt. */
bool reader_follow_ups(Reader *r, const Member *m, const Json *array);

/* The follow-ups open by what the prompt's answer can be. Once all members are read. */
bool reader_follow_ups_agree(Reader *r, const Prompt *p);

/* The tables, also for whoever writes the format down elsewhere. */
Members pack_members(void);
Members prompt_members(void);
Members option_members(void);
Members follow_up_members(void);
Members situations_members(void);
Members situation_members(void);

#endif
