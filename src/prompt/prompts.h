#ifndef ENTENTE_PROMPT_PROMPTS_H
#define ENTENTE_PROMPT_PROMPTS_H

#include <entente/json.h>
#include <entente/prompt.h>
#include <entente/vec.h>

/* The prompts of a stage, from one file or several. */
struct Prompts {
    Arena arena;                      /* of the first file, the complaints and the index */
    Vec(Arena) others;                /* of the packs added */
    Stage stage;
    const char *pack;
    Vec(Prompt) all;
    const Prompt **by_key;            /* sorted by key; count as `all` */
    Vec(const char *) silence;        /* of a pack being read: what it silences */
    Vec(Complaint) complaints;
};

/* Reads a parsed pack. `user`: it may silence. */
bool prompts_read_json(const Json *json, const char *pack, Stage stage, bool user, Prompts **ret, Error *err);

/* Sorts by_key anew; false if a key is there twice, which is then in *ret_twice. */
bool prompts_index(Prompts *p, const char **ret_twice);

/* Moves what `pack` holds into `p`, or tells why it does not fit; `pack` is used up either way. */
bool prompts_merge(Prompts *p, Prompts *pack, Error *err);

/* The whole of a regular file of at most PACK_BYTES_MAX, as `path` below the folder `dir` (AT_FDCWD: as it is). Messages call it `name`. */
bool file_read_all(int dir, const char *path, const char *name, Str *out, Error *err);

#endif
