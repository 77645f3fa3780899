#ifndef ENTENTE_SRC_KIT_CHANGES_H
#define ENTENTE_SRC_KIT_CHANGES_H

#include <entente/str.h>
#include <entente/vec.h>
#include <stdbool.h>
#include <stdint.h>

/* What was done to a text, for undo and redo. Typing and erasing join into one step per word. */

typedef enum { CHANGE_TYPED, CHANGE_ERASED_BACK, CHANGE_ERASED_AHEAD, CHANGE_WHOLE } ChangeKind;

/* At `at`, `removed` was replaced by `inserted`; the cursor stood at `before`, then at `after`. */
typedef struct {
    ChangeKind kind;
    size_t at, before, after;
    Str removed, inserted;
    int64_t when;
} Change;

typedef struct {
    Vec(Change) steps;
    size_t done; /* steps[done..] were undone and can be redone */
    bool open;   /* the last step may grow: nothing else happened since */
} Changes;

void changes_finish(Changes *c);
void changes_clear(Changes *c);

/* Records a change, as a step of its own or joined to the last; what was undone is forgotten. Returns the step, valid until the next change, so that `after` can be set. */
Change *changes_record(Changes *c, ChangeKind kind, size_t at, StrView removed, StrView inserted,
                       int64_t now_ms);

const Change *changes_undo(Changes *c); /* the step to take back, NULL if there is none */
const Change *changes_redo(Changes *c);

#endif
