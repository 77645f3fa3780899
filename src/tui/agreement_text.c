#include <entente/text.h>

#include "alliance_page.h"

enum { HEADING_X = 3, TERM_X = 7, RIGHT_EDGE = 79 };

/* ---- which headings there are ---- */

static bool in_part(const AgreementPart *part, const Term *t)
{
    return t->section == part->section && (!part->sided || t->side == part->side);
}

/* A term that came or went changed its part in that version. */
static void measure(const AlliancePage *p, AgreementPart *part)
{
    const AllianceDetail *d = &p->detail;
    int version = d->row.alliance.version;
    for (size_t i = 0; i < d->in_force_count; i++)
        if (in_part(part, d->in_force[i])) part->terms++;
    for (size_t i = 0; i < d->term_count; i++) {
        const Term *t = &d->terms[i];
        if (!in_part(part, t)) continue;
        int last = t->to_version && t->to_version <= version ? t->to_version : t->from_version;
        if (last <= version && last > part->changed) part->changed = last;
    }
}

static void add_part(AlliancePage *p, AgreementPart part)
{
    measure(p, &part);
    if (part.sided && part.side == SIDE_BOTH && part.terms == 0) return;
    vec_push(&p->agreement.parts, part);
}

void agreement_parts(AlliancePage *p)
{
    p->agreement.parts.len = 0;
    for (Section s = SECTION_PURPOSE; s < SECTION_COUNT; s++) {
        if (s != SECTION_OFFERS && s != SECTION_ASKS) {
            add_part(p, (AgreementPart){.section = s});
            continue;
        }
        for (Side side = SIDE_ME; side < SIDE_COUNT; side++)
            add_part(p, (AgreementPart){.section = s, .sided = true, .side = side});
    }
}

/* ---- words ---- */

/* Only a text of ASCII letters has capitals we can be sure of; any other name stands as it is written. */
static void add_capitals(Str *out, const char *text)
{
    for (const char *s = text; *s; s++) {
        if ((unsigned char)*s < 0x80) continue;
        str_add_c(out, text);
        return;
    }
    for (; *text; text++) str_add_char(out, *text >= 'a' && *text <= 'z' ? (char)(*text - 'a' + 'A') : *text);
}

static void add_title(const AlliancePage *p, const AgreementPart *part, Str *out)
{
    if (!part->sided) {
        add_capitals(out, section_title(part->section));
        return;
    }
    const char *verb = part->section == SECTION_OFFERS ? "OFFER" : "ASK";
    str_add_c(out, "WHAT ");
    if (part->side == SIDE_THEM)
        add_capitals(out, p->partner);
    else
        str_add_c(out, part->side == SIDE_ME ? "I" : "WE");
    str_addf(out, " %s%s", verb, part->side == SIDE_THEM ? "S" : "");
}

static void add_since(const AlliancePage *p, const AgreementPart *part, Str *out)
{
    int version = p->detail.row.alliance.version;
    if (part->terms == 0)
        str_add_c(out, "left open");
    else if (version == 1)
        str_add_c(out, "since v1");
    else
        str_addf(out, part->changed == version ? "changed in v%d" : "same since v%d", part->changed);
}

/* Where a part holds more than one side's terms, each says whose it is. */
static void add_marks(const AlliancePage *p, const AgreementPart *part, const Term *t, Str *out)
{
    bool whose = !part->sided && t->side != SIDE_BOTH;
    if (!whose && !t->is_private) return;
    str_add_c(out, " (");
    if (whose && t->side == SIDE_ME) str_add_c(out, "mine");
    if (whose && t->side == SIDE_THEM) str_addf(out, "%s's", p->partner);
    str_addf(out, "%s%s)", whose && t->is_private ? ", " : "", t->is_private ? "private" : "");
}

/* ---- the paper ---- */

static void write_term(const AlliancePage *p, const AgreementPart *part, const Term *t, Paper *out, int w)
{
    Str text;
    bool list = part->terms > 1 || part->section != SECTION_PURPOSE;
    int x = list ? TERM_X : TERM_X - 2;
    str_init(&text);
    str_add_c(&text, t->text);
    add_marks(p, part, t, &text);
    paper_line(out);
    if (list) paper_put(out, TERM_X - 2, 1, ROLE_NORMAL, SV("-"));
    paper_wrap(out, x, w - x - 1, 0, ROLE_NORMAL, str_view(&text));
    str_finish(&text);
}

static void write_part(AlliancePage *p, size_t i, int w)
{
    AgreementTab *t = &p->agreement;
    AgreementPart *part = &t->parts.at[i];
    Paper *out = &t->paper;
    Str title, since;
    bool open_run = i > 0 && part->terms == 0 && t->parts.at[i - 1].terms == 0;
    bool here = i == t->selected;
    str_init(&title);
    str_init(&since);
    add_title(p, part, &title);
    add_since(p, part, &since);
    int right = w - 1 < RIGHT_EDGE ? w - 1 : RIGHT_EDGE, room = right - HEADING_X - (int)since.len - 2;
    part->begin = (open_run ? paper_line(out) : paper_gap(out));
    Role role = here ? ROLE_SELECTED : part->terms ? ROLE_STRONG : ROLE_NORMAL;
    paper_put(out, HEADING_X, room, role, str_view(&title));
    paper_put_right(out, right, ROLE_NORMAL, str_view(&since));
    for (size_t k = 0; k < p->detail.in_force_count; k++)
        if (in_part(part, p->detail.in_force[k])) write_term(p, part, p->detail.in_force[k], out, w);
    part->end = out->lines;
    str_finish(&title);
    str_finish(&since);
}

static void add_talked(const AlliancePage *p, const Version *v, Str *out)
{
    switch (v->talked) {
    case TALKED_NOT_YET: str_addf(out, "Mine only: not talked through with %s yet", p->partner); break;
    case TALKED_PARTLY: str_addf(out, "Talked partly through with %s", p->partner); break;
    case TALKED_THROUGH: str_addf(out, "Talked through with %s", p->partner); break;
    }
    if (v->talked != TALKED_NOT_YET && v->talked_on != DATE_NONE) {
        str_add_c(out, " on ");
        date_print_long(out, v->talked_on);
    }
    str_add_char(out, '.');
}

static void write_head(const AlliancePage *p, Paper *out, int w)
{
    const AllianceDetail *d = &p->detail;
    int version = d->row.alliance.version;
    if ((size_t)version > d->version_count) return;
    const Version *v = &d->versions[version - 1];
    Str s;
    str_init(&s);
    str_addf(&s, "Version %d of %zu, since ", version, d->version_count);
    date_print_long(&s, instant_date(v->since));
    str_add_char(&s, '.');
    if (v->reason[0]) str_addf(&s, "  Reason given: \"%s\"", v->reason);
    paper_line(out);
    paper_wrap(out, 1, w - 2, 0, ROLE_NORMAL, str_view(&s));
    str_clear(&s);
    add_talked(p, v, &s);
    paper_line(out);
    paper_wrap(out, 1, w - 2, 0, ROLE_NORMAL, str_view(&s));
    str_finish(&s);
}

static void write_empty(const AlliancePage *p, Paper *out, int w)
{
    Str s;
    str_init(&s);
    str_addf(&s, "No agreement with %s yet.  e Begin.   You can also check in without one (c).", p->partner);
    paper_line(out);
    if (text_width(str_view(&s)) <= w - 2)
        paper_put(out, 1, w - 2, ROLE_NORMAL, str_view(&s));
    else
        paper_wrap(out, 1, w - 2, 0, ROLE_NORMAL, str_view(&s));
    str_finish(&s);
}

void agreement_write(AlliancePage *p, int w)
{
    AgreementTab *t = &p->agreement;
    paper_begin(&t->paper, p->ascii);
    if (p->detail.row.alliance.version == 0) {
        write_empty(p, &t->paper, w);
        return;
    }
    write_head(p, &t->paper, w);
    for (size_t i = 0; i < t->parts.len; i++) write_part(p, i, w);
}
