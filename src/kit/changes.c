#include "changes.h"

enum { PAUSE_MS = 1000 };

static void drop_from(Changes *c, size_t keep)
{
    while (c->steps.len > keep) {
        Change *last = &c->steps.at[--c->steps.len];
        str_finish(&last->removed);
        str_finish(&last->inserted);
    }
}

void changes_clear(Changes *c)
{
    drop_from(c, 0);
    c->done = 0;
    c->open = false;
}

void changes_finish(Changes *c)
{
    changes_clear(c);
    vec_finish(&c->steps);
}

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t';
}

static char last_byte(const Str *s)
{
    return s->len > 0 ? s->buf[s->len - 1] : 'x';
}

/* Whether the change goes on where the last one left off, in the same word. */
static bool continues(const Change *last, size_t at, StrView removed, StrView inserted)
{
    switch (last->kind) {
    case CHANGE_TYPED:
        return at == last->at + last->inserted.len &&
               (!is_space(last_byte(&last->inserted)) || is_space(inserted.ptr[0]));
    case CHANGE_ERASED_BACK:
        return at + removed.len == last->at && (!is_space(last->removed.buf[0]) || is_space(removed.ptr[0]));
    case CHANGE_ERASED_AHEAD:
        return at == last->at && (!is_space(last_byte(&last->removed)) || is_space(removed.ptr[0]));
    case CHANGE_WHOLE: break;
    }
    return false;
}

static Change *joinable(Changes *c, ChangeKind kind, size_t at, StrView removed, StrView inserted,
                        int64_t now_ms)
{
    if (!c->open || c->done == 0) return NULL;
    Change *last = &c->steps.at[c->done - 1];
    bool soon = now_ms >= last->when && now_ms - last->when < PAUSE_MS;
    return last->kind == kind && soon && continues(last, at, removed, inserted) ? last : NULL;
}

Change *changes_record(Changes *c, ChangeKind kind, size_t at, StrView removed, StrView inserted,
                       int64_t now_ms)
{
    drop_from(c, c->done);
    Change *step = joinable(c, kind, at, removed, inserted, now_ms);
    if (!step) {
        vec_push(&c->steps, (Change){.kind = kind, .at = at});
        step = &c->steps.at[c->done++];
        str_init(&step->removed);
        str_init(&step->inserted);
    }
    if (at < step->at) step->at = at;
    str_insert(&step->removed, kind == CHANGE_ERASED_BACK ? 0 : step->removed.len, removed);
    str_add(&step->inserted, inserted);
    step->when = now_ms;
    c->open = true;
    return step;
}

const Change *changes_undo(Changes *c)
{
    c->open = false;
    return c->done > 0 ? &c->steps.at[--c->done] : NULL;
}

const Change *changes_redo(Changes *c)
{
    c->open = false;
    return c->done < c->steps.len ? &c->steps.at[c->done++] : NULL;
}
