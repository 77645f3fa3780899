#include "prompts.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <entente/mem.h>
#include <entente/text.h>

#include "reader.h"

enum { FOLDER_PACKS_MAX = 64 };

/* ---- files ---- */

static bool read_all(int fd, const char *name, Str *out, Error *err)
{
    char piece[16384];
    for (;;) {
        ssize_t n = read(fd, piece, sizeof piece);
        if (n == 0) return true;
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return error_set(err, ERR_UNREADABLE, "%s: cannot be read: %s.", name, strerror(errno));
        str_add(out, sv_n(piece, (size_t)n));
        /* The size is counted here, not asked for: the file may grow meanwhile. */
        if (out->len > PACK_BYTES_MAX)
            return error_set(err, ERR_UNREADABLE,
                             "%s: too large for a pack of prompts. Split it, or use another.", name);
    }
}

bool file_read_all(int dir, const char *path, const char *name, Str *out, Error *err)
{
    /* O_NONBLOCK: a pipe put in a pack's place must not hang the program. */
    int fd = openat(dir, path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return error_set(err, ERR_UNREADABLE,
                         "%s: cannot be opened: %s. Check the folder of the prompt packs.", name,
                         strerror(errno));
    struct stat st;
    bool ok =
        (fstat(fd, &st) == 0 && S_ISREG(st.st_mode)) ||
        error_set(err, ERR_UNREADABLE, "%s: not a regular file. Check the folder of the prompt packs.", name);
    ok = ok && read_all(fd, name, out, err);
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
    bool ok = file_read_all(AT_FDCWD, path.buf, path.buf, &json, err) &&
              prompts_read(str_view(&json), pack.buf, stage, ret, err);
    str_finish(&json);
    str_finish(&path);
    str_finish(&pack);
    return ok;
}

/* ---- adding a pack ---- */

/* For telling why a pack does not go with what it is added to. */
static Reader judging(const Prompts *pack, const char *key, Error *err)
{
    return (Reader){.pack = pack->pack, .noun = "prompt", .key = key, .err = err};
}

static bool same_scale(const Prompt *a, const Prompt *b)
{
    return a->answer == b->answer && a->scale_count == b->scale_count;
}

/* Trust, commitments and terms are more than questions: what replaces them must be answered alike. */
static bool may_replace(const Prompts *pack, const Prompt *next, const Prompt *old, Error *err)
{
    if (!old->always || old->answer == ANSWER_TEXT || (next->always && same_scale(next, old))) return true;
    Reader r = judging(pack, next->key, err);
    return reader_fail(&r,
                       "it replaces one that is asked always; keep 'always' and the answer, %s, as they are.",
                       answer_name(old->answer));
}

static bool may_silence(const Prompts *p, const Prompts *pack, const char *key, Error *err)
{
    const Prompt *old = prompts_find(p, key);
    Reader r = judging(pack, NULL, err);
    if (!old) return reader_fail(&r, "'silence' names '%s', which is not there. Remove it.", key);
    return !old->always || old->answer == ANSWER_TEXT ||
           reader_fail(&r, "'silence' names '%s', which is asked always. Remove it.", key);
}

static bool targets_exist(const Prompts *p, const Prompts *pack, Error *err)
{
    for (size_t i = 0; i < pack->all.len; i++)
        for (size_t j = 0; j < pack->all.at[i].follow_up_count; j++) {
            const char *key = pack->all.at[i].follow_ups[j].key;
            if (prompts_find(p, key) || prompts_find(pack, key)) continue;
            Reader r = judging(pack, pack->all.at[i].key, err);
            return reader_fail(&r, "'follow-ups' opens '%s', which is not there.", key);
        }
    return true;
}

static bool has_room(const Prompts *p, const Prompts *pack, Error *err)
{
    size_t always = 0, total = p->all.len;
    for (size_t i = 0; i < p->all.len; i++)
        always += p->all.at[i].always && !prompts_find(pack, p->all.at[i].key);
    for (size_t i = 0; i < pack->all.len; i++) {
        always += pack->all.at[i].always;
        total += !prompts_find(p, pack->all.at[i].key);
    }
    Reader r = judging(pack, NULL, err);
    if (always > ALWAYS_MAX)
        return reader_fail(&r, "with it %zu prompts would be asked always. Leave it at %d.", always,
                           ALWAYS_MAX);
    return total <= STAGE_PROMPTS_MAX ||
           reader_fail(&r, "with it %s would have more than %d prompts. Use fewer packs.",
                       stage_name(p->stage), STAGE_PROMPTS_MAX);
}

static bool pack_fits(const Prompts *p, const Prompts *pack, Error *err)
{
    for (size_t i = 0; i < pack->all.len; i++) {
        const Prompt *old = prompts_find(p, pack->all.at[i].key);
        if (old && !may_replace(pack, &pack->all.at[i], old, err)) return false;
    }
    for (size_t i = 0; i < pack->silence.len; i++)
        if (!may_silence(p, pack, pack->silence.at[i], err)) return false;
    return targets_exist(p, pack, err) && has_room(p, pack, err);
}

static void place(Prompts *p, const Prompt *next)
{
    for (size_t i = 0; i < p->all.len; i++)
        if (strcmp(p->all.at[i].key, next->key) == 0) {
            p->all.at[i] = *next;
            return;
        }
    vec_push(&p->all, *next);
}

static void silence(Prompts *p, const char *key)
{
    for (size_t i = p->all.len; i-- > 0;)
        if (strcmp(p->all.at[i].key, key) == 0) vec_remove(&p->all, i);
}

bool prompts_merge(Prompts *p, Prompts *pack, Error *err)
{
    bool ok = pack_fits(p, pack, err);
    if (ok) {
        const char *twice;
        for (size_t i = 0; i < pack->silence.len; i++) silence(p, pack->silence.at[i]);
        for (size_t i = 0; i < pack->all.len; i++) place(p, &pack->all.at[i]);
        prompts_index(p, &twice);
        vec_push(&p->others, pack->arena);
        pack->arena = (Arena){0};
    }
    prompts_free(pack);
    return ok;
}

bool prompts_add(Prompts *p, StrView json, const char *pack, Error *err)
{
    Json *parsed;
    Prompts *added;
    if (!json_parse(json, pack, &parsed, err)) return false;
    bool ok = prompts_read_json(parsed, pack, p->stage, true, &added, err) && prompts_merge(p, added, err);
    json_free(parsed);
    return ok;
}

/* ---- the user's folder ---- */

/* Takes "FILE: line 3, column 9: reason" apart, as readers of JSON and of packs write it. */
static void complain(Prompts *p, const char *file, const Error *err)
{
    Str shown;
    str_init(&shown);
    text_clean(&shown, sv(file), false);
    StrView rest = sv(err->msg), name = str_view(&shown), where = sv("");
    if (sv_starts(rest, name)) rest = sv_n(rest.ptr + name.len, rest.len - name.len);
    if (sv_starts(rest, SV(": "))) rest = sv_n(rest.ptr + 2, rest.len - 2);
    const char *colon = strstr(rest.ptr, ": ");
    if (colon && (sv_starts(rest, SV("line ")) || sv_starts(rest, SV("prompt ")))) {
        where = sv_n(rest.ptr, (size_t)(colon - rest.ptr));
        rest = sv_n(colon + 2, rest.len - where.len - 2);
    }
    Complaint c = {.file = arena_str(&p->arena, name),
                   .where = arena_str(&p->arena, where),
                   .reason = arena_str(&p->arena, rest)};
    vec_push(&p->complaints, c);
    str_finish(&shown);
}

/* True with *ret_stage unless the pack does not even say what it is for. */
static bool stage_in(const Json *json, Stage *ret_stage)
{
    const Json *stage = json_kind(json) == JSON_OBJECT ? json_get(json, "stage") : NULL;
    return stage && json_kind(stage) == JSON_TEXT && stage_parse(sv(json_text(stage)), ret_stage) &&
           strcmp(json_text(stage), stage_name(*ret_stage)) == 0;
}

/* True also for a pack of another stage, which is not looked at further. */
static bool add_file(Prompts *p, int dir, const char *file, Error *err)
{
    Str text;
    Json *json = NULL;
    Prompts *pack;
    Stage stage = p->stage;
    str_init(&text);
    bool ok = file_read_all(dir, file, file, &text, err) && json_parse(str_view(&text), file, &json, err);
    if (ok && (!stage_in(json, &stage) || stage == p->stage))
        ok = prompts_read_json(json, file, p->stage, true, &pack, err) && prompts_merge(p, pack, err);
    json_free(json);
    str_finish(&text);
    return ok;
}

static bool is_pack_name(const char *name)
{
    size_t n = strlen(name);
    return n > 5 && *name != '.' && *name != '-' && strcmp(name + n - 5, ".json") == 0;
}

static int by_name(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

typedef Vec(char *) Names;

static Names list_packs(DIR *folder)
{
    Names names = {0};
    struct dirent *entry;
    while ((entry = readdir(folder)))
        if (is_pack_name(entry->d_name)) vec_push(&names, mem_strdup(entry->d_name));
    if (names.len) qsort(names.at, names.len, sizeof *names.at, by_name);
    return names;
}

static void add_names(Prompts *p, int dir, const Names *names)
{
    for (size_t i = 0; i < names->len; i++) {
        Error err = {0};
        bool ok = i < FOLDER_PACKS_MAX
                      ? add_file(p, dir, names->at[i], &err)
                      : error_set(&err, ERR_UNREADABLE, "there are more than %d packs. Use fewer files.",
                                  FOLDER_PACKS_MAX);
        if (!ok) complain(p, names->at[i], &err);
        if (i >= FOLDER_PACKS_MAX) break;
    }
}

void prompts_add_folder(Prompts *p, const char *dir)
{
    DIR *folder = opendir(dir);
    if (!folder && (errno == ENOENT || errno == ENOTDIR)) return;
    if (!folder) {
        Error err = {0};
        error_set(&err, ERR_UNREADABLE, "the folder cannot be read: %s.", strerror(errno));
        complain(p, dir, &err);
        return;
    }
    Names names = list_packs(folder);
    add_names(p, dirfd(folder), &names);
    for (size_t i = 0; i < names.len; i++) free(names.at[i]);
    vec_finish(&names);
    closedir(folder);
}

/* ---- checking one file ---- */

static bool has_file(const char *dir, Stage stage)
{
    Str path;
    struct stat st;
    str_init(&path);
    str_addf(&path, "%s/%s.json", dir, stage_name(stage));
    bool there = stat(path.buf, &st) == 0;
    str_finish(&path);
    return there;
}

/* A pack with nothing to be added to is judged by itself. */
static bool check_pack(Prompts *pack, const char *dir, Error *err)
{
    Prompts *base;
    if (!dir || !has_file(dir, pack->stage)) {
        bool ok = targets_exist(pack, pack, err);
        prompts_free(pack);
        return ok;
    }
    if (!prompts_load(dir, pack->stage, &base, err)) {
        prompts_free(pack);
        return false;
    }
    bool ok = prompts_merge(base, pack, err);
    prompts_free(base);
    return ok;
}

static bool check_json(const Json *json, const char *path, const char *dir, Stage *ret_stage,
                       size_t *ret_count, Error *err)
{
    Prompts *pack;
    if (!stage_in(json, ret_stage))
        return error_set(err, ERR_UNREADABLE,
                         "%s: 'stage' does not name a stage. Use prepare, design, check-in, repair, renew, "
                         "close, team-design or team-check-in.",
                         path);
    if (!prompts_read_json(json, path, *ret_stage, true, &pack, err)) return false;
    *ret_count = pack->all.len;
    return check_pack(pack, dir, err);
}

static bool check_situations(StrView text, const char *path, Stage *ret_stage, size_t *ret_count, Error *err)
{
    Situations *s;
    if (!situations_read(text, path, &s, err)) return false;
    *ret_stage = STAGE_COUNT;
    *ret_count = situations_count(s);
    situations_free(s);
    return true;
}

bool prompts_check_file(const char *path, const char *dir, Stage *ret_stage, size_t *ret_count, Error *err)
{
    Str text;
    Json *json = NULL;
    Stage stage = STAGE_COUNT;
    size_t count = 0;
    str_init(&text);
    bool ok =
        file_read_all(AT_FDCWD, path, path, &text, err) && json_parse(str_view(&text), path, &json, err);
    if (ok)
        ok = json_kind(json) == JSON_OBJECT && json_get(json, "situations")
                 ? check_situations(str_view(&text), path, &stage, &count, err)
                 : check_json(json, path, dir, &stage, &count, err);
    if (ok && ret_stage) *ret_stage = stage;
    if (ok && ret_count) *ret_count = count;
    json_free(json);
    str_finish(&text);
    return ok;
}
