#include "finder.h"

enum { FIND_BYTES = 400, FIELD_X = 7, FIELD_MAX = 40, COUNT_ROOM = 18 };

void finder_open(Finder *f)
{
    if (!f->editor) f->editor = editor_new(true, FIND_BYTES);
}

void finder_close(Finder *f)
{
    editor_free(f->editor);
    f->editor = NULL;
}

bool finder_is_open(const Finder *f)
{
    return f->editor != NULL;
}

StrView finder_text(const Finder *f)
{
    return f->editor ? sv_trim(editor_text(f->editor)) : SV("");
}

bool finder_esc(Finder *f)
{
    if (!f->editor) return false;
    if (editor_text(f->editor).len > 0)
        editor_set(f->editor, SV(""));
    else
        finder_close(f);
    return true;
}

static bool moves_list(Key key)
{
    return key == KEYN_UP || key == KEYN_DOWN || key == KEYN_PAGE_UP || key == KEYN_PAGE_DOWN ||
           key == KEYN_ENTER;
}

EditResult finder_event(Finder *f, Ui *ui, const Event *e)
{
    if (!f->editor) return EDIT_IGNORED;
    if (e->type == EVENT_PASTE) return editor_paste(f->editor, e->text);
    if (e->type != EVENT_KEY || moves_list(e->key)) return EDIT_IGNORED;
    return editor_key(f->editor, e->key, app_now(ui_app(ui)).unix_ms);
}

static int field_width(int w)
{
    int room = w - FIELD_X - COUNT_ROOM;
    return room > FIELD_MAX ? FIELD_MAX : room < 6 ? 6 : room;
}

void finder_layout(Finder *f, int w)
{
    if (f->editor) editor_layout(f->editor, field_width(w), 1);
}

void finder_draw(const Finder *f, Canvas *c, int y, int w)
{
    if (!f->editor || w <= FIELD_X) return;
    canvas_text(c, 1, y, 4, ROLE_STRONG, SV("Find"));
    editor_draw(f->editor, c, FIELD_X, y, true);
}
