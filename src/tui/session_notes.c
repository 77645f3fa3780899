#include "reading.h"
#include "view_session.h"

bool session_has_notes(const SessionView *v)
{
    const Session *s = v->session;
    return s && view_is_design(v) && !s->together && s->note_count > 0;
}

/* The session stands on top when the page is opened, below it later. */
static const SessionView *session_of(const Ui *ui)
{
    const View *top = ui_top(ui), *v = top->ops == &VIEW_SESSION ? top : ui_below(ui);
    return v && v->ops == &VIEW_SESSION ? v->state : NULL;
}

static void fill(Ui *ui, const void *asked, Str *out)
{
    (void)asked;
    const SessionView *v = session_of(ui);
    if (!v || !session_has_notes(v)) return;
    str_add_c(out, "Only you see this here; no letter, agreement or shared export has it.\n");
    for (size_t i = 0; i < v->session->note_count; i++) {
        const SessionNote *note = &v->session->notes[i];
        str_addf(out, "\n%s\n", note->question);
        StrView rest = sv(note->text);
        while (rest.len > 0) {
            StrView line = sv_cut(&rest, '\n');
            str_addf(out, "  %.*s\n", (int)line.len, line.ptr);
        }
    }
}

void session_show_notes(const SessionView *v, Ui *ui)
{
    if (session_has_notes(v))
        ui_push(ui, &VIEW_READING, &(ReadingArg){.title = "What you noted for yourself", .fill = fill});
}
