#ifndef ENTENTE_TUI_ALLIANCE_PAGE_H
#define ENTENTE_TUI_ALLIANCE_PAGE_H

#include "buttons.h"
#include "finder.h"
#include "offers.h"
#include "paper.h"
#include "timeline.h"
#include "ui.h"

/* The alliance page: what its tabs share, and each tab's own state. */

typedef enum { TAB_OVERVIEW, TAB_AGREEMENT, TAB_HISTORY, TAB_COMMITMENTS, TAB_COUNT } AllianceTab;

enum { NARROW_BELOW = 60, WIDE_FROM = 100 };

typedef struct {
    Buttons buttons;
    Paper left, right;   /* `right` only where there is room for two columns */
    Rect text, foot;     /* of the last layout: what scrolls, the buttons below it */
    bool stacked;        /* the buttons stand one below the other */
    int top;
} OverviewTab;

/* A part of the agreement that has a heading: a section, the sides of offers and asks apart. */
typedef struct {
    Section section;
    bool sided;
    Side side;           /* if sided */
    size_t terms;        /* in force; 0: left open */
    int changed;         /* the version that touched it last; 0: none did */
    int begin, end;      /* its lines on the paper */
} AgreementPart;

typedef struct {
    Paper paper;
    Vec(AgreementPart) parts;
    size_t selected;
    Rect text;           /* of the last layout */
    int top;
    bool follow;         /* the selection moved: the next layout scrolls to it */
} AgreementTab;

typedef struct {
    bool is_read;
    Arena arena;
    Vec(CommitmentRow) rows;
    CommitmentCursor next;
    Vec(size_t) shown;   /* the rows that pass the filter */
    List list;           /* of `shown` */
    Finder finder;
    Rect list_at;        /* of the last layout */
} CommitmentsTab;

typedef struct {
    Id id;
    AllianceTab tab;
    Arena arena;
    AllianceDetail detail;
    Offer offers[OFFERS_MAX];
    size_t offer_count;
    const char *partner; /* what the other is called in a sentence */
    Date today;
    bool ascii, narrow;
    OverviewTab overview;
    AgreementTab agreement;
    bool history_is_read;
    Timeline history;
    CommitmentsTab commitments;
} AlliancePage;

/* "you", "Ana", "both". */
const char *page_side(const AlliancePage *p, Side side);

/* How wide a column of these is. */
int page_who_width(const AlliancePage *p);

/* "due today", "by Sat 28 Nov", "was due Tue 3 Nov", "no date". */
void page_due_words(const AlliancePage *p, const Commitment *c, Str *out);

/* tab_overview.c */
void overview_layout(AlliancePage *p, const Ui *ui, Rect body);
void overview_draw(const AlliancePage *p, Canvas *c);
void overview_status(const AlliancePage *p, Str *out);
EventResult overview_event(AlliancePage *p, Ui *ui, const Event *e);
void overview_press(AlliancePage *p, Ui *ui);
void overview_finish(OverviewTab *t);

/* overview_text.c: the blocks of the overview, each written for width `w`. */
void overview_next(const AlliancePage *p, const App *app, Paper *out, int w);
void overview_last(const AlliancePage *p, Paper *out, int w);
void overview_trust(const AlliancePage *p, Paper *out, int w);
void overview_open(const AlliancePage *p, Paper *out, int w);
void overview_agreement(const AlliancePage *p, Paper *out, int w);
void overview_offers(const AlliancePage *p, Paper *out, int w, bool brief); /* sessions worth offering now: nothing where there are none */
void overview_counts(const AlliancePage *p, Paper *out, int w); /* OPEN in one line */

/* tab_agreement.c */
void agreement_layout(AlliancePage *p, const Ui *ui, Rect body);
void agreement_draw(const AlliancePage *p, Canvas *c);
void agreement_status(const AlliancePage *p, Str *out);
EventResult agreement_command(AlliancePage *p, Ui *ui, CommandId id);
EventResult agreement_event(AlliancePage *p, const Event *e);
void agreement_finish(AgreementTab *t);

/* agreement_text.c */
void agreement_parts(AlliancePage *p);          /* which headings there are */
void agreement_write(AlliancePage *p, int w); /* the paper, with each part's lines */

/* tab_commitments.c */
bool commitments_read(AlliancePage *p, Ui *ui, Id keep, Error *err); /* `keep`: selected afterwards, 0: the first */
Id commitments_selected(const CommitmentsTab *t); /* 0 for none */
EventResult commitments_command(AlliancePage *p, Ui *ui, CommandId id);
EventResult commitments_event(AlliancePage *p, Ui *ui, const Event *e);
void commitments_layout(AlliancePage *p, Rect body);
void commitments_draw(const AlliancePage *p, Canvas *c, Rect body);
void commitments_status(const AlliancePage *p, Str *out);
void commitments_finish(CommitmentsTab *t);

#endif
