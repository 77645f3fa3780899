#include "own.h"

#include <entente/handoff.h>
#include <unistd.h>

void edit_text(Run *r, const char *question, Str *text)
{
    int fd = fileno(r->in);
    if (fd < 0 || !isatty(fd)) {
        note(r, "No editor without a terminal. Type the text line by line.");
        return;
    }
    fflush(r->out);
    Str edited;
    Error err = {0};
    str_init(&edited);
    if (handoff_edit(str_view(text), sv(question), &edited, &err)) {
        str_set(text, sv_trim(str_view(&edited)));
        note(r, "The text now:\n%s", text->buf);
    } else {
        note(r, "%s", err.msg);
    }
    str_finish(&edited);
}
