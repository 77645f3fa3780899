#ifndef ENTENTE_TUI_FORM_H
#define ENTENTE_TUI_FORM_H

#include "ui.h"

/*
 * A small box over the view: labelled fields, a line that reads back what was
 * understood, and buttons. Snooze, pause, a new commitment, the cadence: all are this one view
 * (VIEW_FORM). Enter does it, from any field; Esc closes it and changes nothing; all other keys are
 * dead meanwhile.
 */
enum { FORM_FIELDS_MAX = 4, FORM_CHOICES_MAX = 8 };

typedef struct {
    const char *label;
    const char *value;                       /* what it starts with; "": until it is touched, writing replaces it */
    bool required;                           /* Enter goes here while it is empty */
    bool (*check)(Ui *ui, Id subject, StrView value, Error *err); /* whether a value is understood; NULL: any is */
    const char *hint;                        /* shown behind the field: "today, fri, in 10 days" */
    const char *choices[FORM_CHOICES_MAX];   /* a choice field if any: Left/Right change it; else a line of text */
    const char *meanings[FORM_CHOICES_MAX];  /* if any: the choices stand one a line with their meaning, Up/Down change it */
    bool own;                                /* the last choice is a line of text, which typing goes to: "a date:" */
} FormField;

typedef struct {
    const char *title;                       /* "Snooze Ana Lima until" */
    const char *accept;                      /* the button: "Snooze" */
    FormField fields[FORM_FIELDS_MAX];
    size_t field_count;
    size_t focus;                            /* the field one begins in */
    Id subject;                              /* handed to the functions: alliance or commitment */
    /* Appends what the values mean, one sentence, once all of them are understood. May be NULL. */
    void (*understood)(Ui *ui, Id subject, const StrView *values, Str *out);
    /* Does it. False: the error is shown in the box and it stays open. On success the box closes, views reload and done is said. */
    bool (*apply)(Ui *ui, Id subject, const StrView *values, Done *done, Error *err);
} FormSpec; /* all texts are copied */

/* The boxes of alliances and commitments, for any view. */
void form_snooze(Ui *ui, Id alliance);
void form_review(Ui *ui, Id alliance);     /* when the agreement is to be looked at again */
void form_pause(Ui *ui, Id alliance);      /* a paused one is woken at once, without a box */
void form_cadence(Ui *ui, Id alliance);
void form_commit(Ui *ui, Id alliance);     /* a new commitment */
void form_edit_commitment(Ui *ui, Id commitment);
void form_settle(Ui *ui, Id commitment);   /* the states, one line of meaning each */
void form_moment(Ui *ui, Id alliance);

#endif
