#include "own.h"

static bool travel(App *app, bool back, Done *done, Error *err)
{
    Arena arena = {0};
    LogStep step;
    Instant now = app_now(app);
    bool ok = back ? store_undo(app->store, now, &arena, &step, err)
                   : store_redo(app->store, now, &arena, &step, err);
    app->changed = app->changed || ok;
    if (ok && done) {
        done->id = step.id;
        str_clear(&done->text);
        str_addf(&done->text, "%s: %s.", back ? "Undone" : "Done again", step.label);
    }
    arena_finish(&arena);
    return ok;
}

bool app_undo(App *app, Done *done, Error *err)
{
    return travel(app, true, done, err);
}

bool app_redo(App *app, Done *done, Error *err)
{
    return travel(app, false, done, err);
}

bool app_log(App *app, Id before, size_t limit, Arena *arena, LogStep **ret, size_t *ret_n, Error *err)
{
    return store_log(app->store, before, limit, arena, ret, ret_n, err);
}
