#ifndef ENTENTE_JSON_H
#define ENTENTE_JSON_H

#include <entente/error.h>
#include <entente/str.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The one strict JSON reader, over cJSON, and a small writer.
 * cJSON lets through what RFC 8259 forbids (raw control characters, leading
 * zeros, embedded NUL, bad UTF-8, trailing text) and keeps duplicate keys;
 * all of that is refused here, before cJSON sees the text. Of what RFC 8259
 * allows, two things are refused on purpose: the same key twice in one object,
 * and \u0000, which would end a text early. Numbers longer than the 63
 * characters that cJSON keeps are read whole.
 */
typedef struct cJSON Json; /* opaque: use the functions below */

typedef enum { JSON_NULL, JSON_BOOL, JSON_NUMBER, JSON_TEXT, JSON_ARRAY, JSON_OBJECT } JsonKind;

enum { JSON_MAX_DEPTH = 64, JSON_MAX_BYTES = 8 << 20 };

/*
 * Reads one JSON text of at most JSON_MAX_BYTES and JSON_MAX_DEPTH. On failure
 * false with ERR_UNREADABLE: "`what`: line L, column C: reason". The caller
 * frees *ret with json_free.
 */
bool json_parse(StrView text, const char *what, Json **ret, Error *err);
void json_free(Json *j); /* NULL is fine */

JsonKind json_kind(const Json *j);
const char *json_kind_name(JsonKind kind);              /* "text", "number", ... for messages */
size_t json_size(const Json *j);                        /* elements of an array or object, else 0 */
const Json *json_first(const Json *j);                  /* first element or member, NULL if none */
const Json *json_next(const Json *element);             /* next sibling, NULL at the end */
const char *json_key(const Json *member);               /* key of an object's member */
const Json *json_get(const Json *object, const char *key); /* NULL if absent; exact bytes */
const char *json_text(const Json *j);                   /* NULL unless JSON_TEXT; borrowed */
bool json_bool(const Json *j);                          /* false unless true */
bool json_int(const Json *j, int64_t *ret);             /* true for a whole number below 2^53 in size */
double json_number(const Json *j);                      /* 0 unless a number */

/*
 * Writes JSON into `out`. Commas and quotes are the writer's care; keys are
 * given only inside objects (NULL elsewhere). Ids go out as text.
 */
typedef struct {
    Str *out;
    bool comma;
} JsonWriter;

JsonWriter json_writer(Str *out);
void json_open(JsonWriter *w, const char *key, char bracket);   /* '{' or '[' */
void json_close(JsonWriter *w, char bracket);                   /* '}' or ']' */
void json_put_text(JsonWriter *w, const char *key, const char *text); /* NULL writes null */
void json_put_view(JsonWriter *w, const char *key, StrView text);
void json_put_int(JsonWriter *w, const char *key, int64_t value);
void json_put_id(JsonWriter *w, const char *key, int64_t id);   /* as text; 0 writes null */
void json_put_bool(JsonWriter *w, const char *key, bool value);
void json_put_null(JsonWriter *w, const char *key);

#endif
