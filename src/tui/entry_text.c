#include "entry_text.h"

#include <entente/text.h>

enum { LABEL_WIDTH = 22, TEXT_X = 24, NARROW_X = 3, BESIDE_MIN = 60 };

static const char *heading_word(const HistoryRow *row)
{
    switch (row->kind) {
    case ENTRY_CHECK_IN: return "Check-in";
    case ENTRY_DESIGN: return "Design";
    case ENTRY_PREPARE: return "Preparation";
    case ENTRY_REPAIR: return "Repair";
    case ENTRY_RENEW: return "Renewal";
    case ENTRY_CLOSE: return "Closing";
    case ENTRY_AGREEMENT: return "Agreement";
    case ENTRY_COMMITMENT: return "Commitment";
    case ENTRY_MOMENT:
    case ENTRY_KIND_COUNT: break;
    }
    return "Moment";
}

void entry_heading(const HistoryRow *row, Str *out)
{
    str_add_c(out, heading_word(row));
    if (row->version) str_addf(out, " v%d", row->version);
    str_addf(out, " with %s, ", row->alliance_name);
    date_print_long(out, instant_date(row->at));
}

static void add_label(const EntryPart *part, Str *out)
{
    str_add_c(out, part->label);
    if (part->is_private) str_add_c(out, " (private)");
}

static void write_part(Paper *p, const EntryPart *part, int w, int max_lines)
{
    Str label;
    str_init(&label);
    add_label(part, &label);
    bool wide = w >= BESIDE_MIN, beside = wide && text_width(str_view(&label)) <= LABEL_WIDTH;
    int x = wide ? TEXT_X : NARROW_X;
    paper_line(p);
    if (beside) {
        paper_put(p, 1, LABEL_WIDTH, ROLE_STRONG, str_view(&label));
    } else {
        paper_wrap(p, 1, w - 2, 0, ROLE_STRONG, str_view(&label));
        paper_line(p);
    }
    paper_wrap(p, x, w - x - 1, max_lines, ROLE_NORMAL, sv(part->text));
    str_finish(&label);
}

void entry_write(Paper *p, const Entry *entry, int w, int max_lines)
{
    for (size_t i = 0; i < entry->count && (max_lines == 0 || p->lines < max_lines); i++)
        write_part(p, &entry->parts[i], w, max_lines);
    if (entry->count > 0) return;
    paper_line(p);
    paper_put(p, 1, w - 2, ROLE_NORMAL, SV("Nothing was written down here."));
}
