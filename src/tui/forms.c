#include "form.h"

#include <entente/cadence.h>
#include <entente/text.h>
#include <entente/when.h>
#include <string.h>

/* ---- shared ---- */

static Date today(Ui *ui)
{
    return app_today(ui_app(ui));
}

static bool read_day(Ui *ui, StrView text, Date *ret, Error *err)
{
    When when;
    if (!when_parse(text, today(ui), &when, err)) return false;
    if (when.minutes >= 0)
        return error_set(err, ERR_USAGE, "\"%.*s\": only the day counts here. Leave the time out.",
                         (int)text.len, text.ptr);
    *ret = when.date;
    return true;
}

/* An empty field is no day. */
static bool read_optional_day(Ui *ui, StrView text, Date *ret, Error *err)
{
    *ret = DATE_NONE;
    return sv_trim(text).len == 0 || read_day(ui, text, ret, err);
}

static bool check_optional_day(Ui *ui, Id subject, StrView value, Error *err)
{
    Date day;
    (void)subject;
    return read_optional_day(ui, value, &day, err);
}

/* The alliance's row, or the error is shown. */
static bool row_of(Ui *ui, Id alliance, Arena *arena, AllianceRow *ret)
{
    Error err = {0};
    if (app_alliance_row(ui_app(ui), alliance, arena, ret, &err)) return true;
    ui_say_error(ui, &err);
    return false;
}

static void titled(Str *out, const char *before, const char *name, const char *after)
{
    str_add_c(out, before);
    text_clean(out, sv(name), false);
    str_add_c(out, after);
}

/* ---- days to choose from ---- */

/* What stands in a box instead of a day, counted from today. */
static const struct {
    const char *words;
    int days, months;
} SPANS[] = {{"in a week", 7, 0}, {"in a month", 0, 1}, {"a week", 7, 0}, {"a month", 0, 1}};

static const char FOREVER[] = "until you wake it", OWN_DAY[] = "a date:";

static bool read_chosen(Ui *ui, StrView text, Date *ret, Error *err)
{
    for (size_t i = 0; i < sizeof SPANS / sizeof *SPANS; i++) {
        if (!sv_eq(text, sv(SPANS[i].words))) continue;
        *ret = date_add_months(today(ui) + SPANS[i].days, SPANS[i].months);
        return true;
    }
    return read_day(ui, text, ret, err);
}

static bool check_chosen(Ui *ui, Id subject, StrView value, Error *err)
{
    Date day;
    (void)subject;
    return read_chosen(ui, value, &day, err);
}

static Date coming(Date after, Weekday day)
{
    return after + 1 + ((int)day - (int)date_weekday(after) + 6) % 7;
}

static const char *short_day(Arena *arena, Date day, Date today)
{
    Str text;
    str_init(&text);
    date_print_short(&text, day, today);
    const char *kept = arena_str(arena, str_view(&text));
    str_finish(&text);
    return kept;
}

/* ---- snooze ---- */

static bool check_snooze(Ui *ui, Id alliance, Date day, Str *left_out, Error *err)
{
    Arena arena = {0};
    AllianceRow row;
    bool ok = app_alliance_row(ui_app(ui), alliance, &arena, &row, err) &&
              app_check_snooze(ui_app(ui), &row, day, err);
    if (ok) app_snooze_leaves_out(ui_app(ui), &row, day, left_out);
    arena_finish(&arena);
    return ok;
}

static void snooze_understood(Ui *ui, Id subject, const StrView *values, Str *out)
{
    Date day;
    Error err = {0};
    if (!read_chosen(ui, values[0], &day, NULL)) return;
    Str left_out;
    str_init(&left_out);
    if (check_snooze(ui, subject, day, &left_out, &err)) {
        str_add_c(out, "Understood: ");
        date_print_long(out, day);
        str_addf(out, ".%s The cadence itself does not change.", left_out.buf);
    } else {
        str_add_c(out, err.msg);
    }
    str_finish(&left_out);
}

static bool snooze_apply(Ui *ui, Id subject, const StrView *values, Done *done, Error *err)
{
    Date day;
    return read_chosen(ui, values[0], &day, err) && app_snooze(ui_app(ui), subject, day, done, err);
}

/* The next day, a Friday, a week later: from today on, or from a due day that is still to come. */
static void offer_days(Ui *ui, const AllianceRow *row, Arena *arena, FormField *field)
{
    Date now = today(ui), due = app_due(ui_app(ui), row).day;
    bool later = due != DATE_NONE && due > now;
    Date from = later ? due : now, friday = coming(from, FRIDAY);
    if (friday == from + 1 || friday == from + 7) friday = coming(from, MONDAY);
    field->choices[0] = later ? short_day(arena, from + 1, now) : "tomorrow";
    field->choices[1] = short_day(arena, friday, now);
    field->choices[2] = later ? short_day(arena, from + 7, now) : "in a week";
    field->choices[3] = OWN_DAY;
}

/* False, and why is shown, for one that rests. */
static bool can_snooze(Ui *ui, const AllianceRow *row)
{
    Error err = {0};
    if (app_check_snooze(ui_app(ui), row, DATE_NONE, &err)) return true;
    ui_say_error(ui, &err);
    return false;
}

void form_snooze(Ui *ui, Id alliance)
{
    Arena arena = {0};
    AllianceRow row;
    Str title;
    str_init(&title);
    if (row_of(ui, alliance, &arena, &row) && can_snooze(ui, &row)) {
        titled(&title, "Snooze the check-in with ", row.alliance.name, " until");
        FormSpec spec = {.title = title.buf,
                         .accept = "Snooze",
                         .fields = {{.label = "Day", .check = check_chosen, .own = true}},
                         .field_count = 1,
                         .subject = alliance,
                         .understood = snooze_understood,
                         .apply = snooze_apply};
        offer_days(ui, &row, &arena, &spec.fields[0]);
        ui_push(ui, &VIEW_FORM, &spec);
    }
    str_finish(&title);
    arena_finish(&arena);
}

/* ---- review ---- */

static const char NO_REVIEW[] = "not at all";

static bool read_review(Ui *ui, StrView text, Date *ret, Error *err)
{
    *ret = DATE_NONE;
    bool none = sv_eq(text, sv(NO_REVIEW)) || sv_eq_nocase(sv_trim(text), SV("none"));
    return none || read_chosen(ui, text, ret, err);
}

static bool check_review(Ui *ui, Id subject, StrView value, Error *err)
{
    Date day;
    (void)subject;
    return read_review(ui, value, &day, err);
}

static void review_understood(Ui *ui, Id subject, const StrView *values, Str *out)
{
    Date day;
    (void)subject;
    if (!read_review(ui, values[0], &day, NULL)) return;
    if (day == DATE_NONE) {
        str_add_c(out, "Understood: no day to look at it again; : renew works at any time.");
        return;
    }
    if (day < today(ui)) {
        str_add_c(out, "A review cannot lie in the past. Name today or a later day.");
        return;
    }
    str_add_c(out, "Understood: ");
    date_print_long(out, day);
    str_add_char(out, '.');
}

static bool review_apply(Ui *ui, Id subject, const StrView *values, Done *done, Error *err)
{
    Date day;
    return read_review(ui, values[0], &day, err) && app_set_review(ui_app(ui), subject, day, done, err);
}

/* False, and why is shown, where there is nothing to look at. */
static bool can_review(Ui *ui, const Alliance *a)
{
    Error err = {0};
    if (a->review_on != DATE_NONE || app_check_review(a, &err)) return true;
    ui_say_error(ui, &err);
    return false;
}

void form_review(Ui *ui, Id alliance)
{
    Arena arena = {0};
    AllianceRow row;
    Str title;
    str_init(&title);
    if (row_of(ui, alliance, &arena, &row) && can_review(ui, &row.alliance)) {
        titled(&title, "Look at the agreement with ", row.alliance.name, " again");
        FormSpec spec = {.title = title.buf,
                         .accept = "Plan it",
                         .fields = {{.label = "Day",
                                     .check = check_review,
                                     .choices = {"in a week", "in a month", NO_REVIEW, OWN_DAY},
                                     .own = true}},
                         .field_count = 1,
                         .subject = alliance,
                         .understood = review_understood,
                         .apply = review_apply};
        ui_push(ui, &VIEW_FORM, &spec);
    }
    str_finish(&title);
    arena_finish(&arena);
}

/* ---- pause ---- */

static bool read_pause(Ui *ui, StrView text, Date *ret, Error *err)
{
    *ret = DATE_NONE;
    return sv_eq(text, sv(FOREVER)) || read_chosen(ui, text, ret, err);
}

static bool check_pause(Ui *ui, Id subject, StrView value, Error *err)
{
    Date day;
    (void)subject;
    return read_pause(ui, value, &day, err);
}

static void pause_understood(Ui *ui, Id subject, const StrView *values, Str *out)
{
    Date day;
    (void)subject;
    if (!read_pause(ui, values[0], &day, NULL)) return;
    if (day == DATE_NONE) {
        str_add_c(out, "Understood: check-ins rest until you wake it with p.");
        return;
    }
    if (day <= today(ui)) {
        str_add_c(out, "A pause ends on a later day. Name one after today.");
        return;
    }
    str_add_c(out, "Understood: check-ins rest until ");
    date_print_long(out, day);
    str_add_c(out, "; p wakes it before.");
}

static bool pause_apply(Ui *ui, Id subject, const StrView *values, Done *done, Error *err)
{
    Date day;
    return read_pause(ui, values[0], &day, err) && app_pause(ui_app(ui), subject, day, done, err);
}

static void wake(Ui *ui, Id alliance)
{
    Done done;
    Error err = {0};
    done_init(&done);
    bool ok = app_resume(ui_app(ui), alliance, &done, &err);
    ui_report(ui, ok, &done, &err);
    done_finish(&done);
}

static void ask_pause(Ui *ui, const AllianceRow *row)
{
    Str title;
    str_init(&title);
    titled(&title, "Pause ", row->alliance.name, "");
    FormSpec spec = {.title = title.buf,
                     .accept = "Pause",
                     .fields = {{.label = "How long",
                                 .check = check_pause,
                                 .choices = {FOREVER, "a week", "a month", OWN_DAY},
                                 .own = true}},
                     .field_count = 1,
                     .subject = row->alliance.id,
                     .understood = pause_understood,
                     .apply = pause_apply};
    ui_push(ui, &VIEW_FORM, &spec);
    str_finish(&title);
}

void form_pause(Ui *ui, Id alliance)
{
    Arena arena = {0};
    AllianceRow row;
    if (row_of(ui, alliance, &arena, &row)) {
        if (row.alliance.state == STATE_PAUSED)
            wake(ui, alliance);
        else
            ask_pause(ui, &row);
    }
    arena_finish(&arena);
}

/* ---- cadence ---- */

enum { BRIEF_BELOW = 60 };

static bool read_cadence(StrView value, Cadence *ret, Error *err)
{
    if (sv_trim(value).len == 0) return error_set(err, ERR_USAGE, "How often is empty. Write it, or none.");
    return cadence_parse(value, ret, err);
}

/* A day that never comes is understood all the same; why it is refused is told with what was understood. */
static bool check_cadence(Ui *ui, Id subject, StrView value, Error *err)
{
    Cadence c;
    (void)ui;
    (void)subject;
    Str never;
    str_init(&never);
    bool ok = read_cadence(value, &c, err) || cadence_never_fires(value, &never);
    str_finish(&never);
    return ok;
}

static void cadence_understood(Ui *ui, Id subject, const StrView *values, Str *out)
{
    Cadence c;
    Date first;
    Arena arena = {0};
    AllianceRow row;
    Error why = {0};
    int w, h;
    ui_size(ui, &w, &h);
    if (!read_cadence(values[0], &c, &why) || !read_optional_day(ui, values[1], &first, &why) ||
        !app_alliance_row(ui_app(ui), subject, &arena, &row, &why))
        str_add_c(out, why.msg);
    else
        app_cadence_preview(ui_app(ui), &row, &c, first, w < BRIEF_BELOW, out);
    arena_finish(&arena);
}

static bool cadence_apply(Ui *ui, Id subject, const StrView *values, Done *done, Error *err)
{
    Cadence c;
    Date first;
    return read_cadence(values[0], &c, err) && read_optional_day(ui, values[1], &first, err) &&
           app_set_cadence(ui_app(ui), subject, &c, first, done, err);
}

void form_cadence(Ui *ui, Id alliance)
{
    Arena arena = {0};
    AllianceRow row;
    Str title, now;
    str_init(&title);
    str_init(&now);
    if (row_of(ui, alliance, &arena, &row)) {
        titled(&title, "How often to check in with ", row.alliance.name, "");
        cadence_print(&now, &row.alliance.cadence);
        FormSpec spec = {.title = title.buf,
                         .accept = "Change",
                         .fields = {{.label = "How often",
                                     .value = now.buf,
                                     .check = check_cadence,
                                     .hint = "every 2 weeks, weekly on mon, none"},
                                    {.label = "Next on",
                                     .check = check_optional_day,
                                     .hint = "a day; nothing: keep counting"}},
                         .field_count = 2,
                         .subject = alliance,
                         .understood = cadence_understood,
                         .apply = cadence_apply};
        ui_push(ui, &VIEW_FORM, &spec);
    }
    str_finish(&title);
    str_finish(&now);
    arena_finish(&arena);
}

/* ---- commitments ---- */

static Side side_of(StrView shown)
{
    return sv_eq(shown, SV("you")) ? SIDE_ME : sv_eq(shown, SV("both")) ? SIDE_BOTH : SIDE_THEM;
}

static void commit_understood(Ui *ui, Id subject, const StrView *values, Str *out)
{
    Date due;
    (void)subject;
    StrView what = sv_trim(values[1]);
    if (what.len == 0 || !read_optional_day(ui, values[2], &due, NULL)) return;
    str_addf(out, "Understood: %.*s, \"%.*s\", ", (int)values[0].len, values[0].ptr, (int)what.len, what.ptr);
    if (due == DATE_NONE) {
        str_add_c(out, "no date.");
        return;
    }
    str_add_c(out, "by ");
    date_print_long(out, due);
    str_add_c(out, ".");
}

/* Values are views into editors, the verbs take C strings. */
static bool commit_values(Ui *ui, const StrView *values, Arena *arena, const char **ret_text, Date *ret_due,
                          Error *err)
{
    *ret_text = arena_str(arena, sv_trim(values[1]));
    return read_optional_day(ui, values[2], ret_due, err);
}

static bool commit_apply(Ui *ui, Id subject, const StrView *values, Done *done, Error *err)
{
    Arena arena = {0};
    const char *text;
    Date due;
    bool ok = commit_values(ui, values, &arena, &text, &due, err) &&
              app_commit(ui_app(ui), subject, side_of(values[0]), text, due, done, err);
    arena_finish(&arena);
    return ok;
}

static bool edit_apply(Ui *ui, Id subject, const StrView *values, Done *done, Error *err)
{
    Arena arena = {0};
    const char *text;
    Date due;
    bool ok = commit_values(ui, values, &arena, &text, &due, err) &&
              app_edit_commitment(ui_app(ui), subject, side_of(values[0]), text, due, done, err);
    arena_finish(&arena);
    return ok;
}

/* The three fields of a commitment; `c` NULL: a new one. */
static void ask_commitment(Ui *ui, const char *partner, const Commitment *c, FormSpec *spec)
{
    Str them, due;
    str_init(&them);
    str_init(&due);
    app_short_name(partner, &them);
    if (c && c->due != DATE_NONE) when_print(&due, c->due, today(ui));
    Side side = c ? c->side : SIDE_ME;
    spec->fields[0] = (FormField){.label = "Who",
                                  .value = side == SIDE_ME     ? "you"
                                           : side == SIDE_BOTH ? "both"
                                                               : them.buf,
                                  .choices = {"you", them.buf, "both"}};
    spec->fields[1] = (FormField){
        .label = "What", .value = c ? c->text : "", .required = true, .hint = "small enough to be sure of"};
    spec->fields[2] = (FormField){
        .label = "By", .value = due.buf, .check = check_optional_day, .hint = "fri, in 10 days, or nothing"};
    spec->field_count = 3;
    spec->understood = commit_understood;
    ui_push(ui, &VIEW_FORM, spec);
    str_finish(&them);
    str_finish(&due);
}

void form_commit(Ui *ui, Id alliance)
{
    Arena arena = {0};
    AllianceRow row;
    Str title;
    str_init(&title);
    if (row_of(ui, alliance, &arena, &row)) {
        titled(&title, "A new commitment with ", row.alliance.name, "");
        FormSpec spec = {
            .title = title.buf, .accept = "Note it", .focus = 1, .subject = alliance, .apply = commit_apply};
        ask_commitment(ui, row.alliance.name, NULL, &spec);
    }
    str_finish(&title);
    arena_finish(&arena);
}

/* Commitments are read by pages, so one is looked for among those of the page's alliance. */
static bool find_commitment(Ui *ui, Id id, Arena *arena, CommitmentRow *ret, Error *err)
{
    CommitmentFilter filter = {.alliance = ui_alliance(ui)};
    CommitmentCursor at = {0};
    do {
        CommitmentRow *rows;
        size_t n;
        CommitmentCursor next = {0};
        if (!app_commitments(ui_app(ui), &filter, &at, 100, arena, &rows, &n, &next, err)) return false;
        for (size_t i = 0; i < n; i++) {
            if (rows[i].commitment.id != id) continue;
            *ret = rows[i];
            return true;
        }
        at = next;
    } while (at.set);
    return error_set(err, ERR_NOT_FOUND, "This commitment is gone. It may have been removed elsewhere.");
}

void form_edit_commitment(Ui *ui, Id commitment)
{
    Arena arena = {0};
    CommitmentRow row;
    Error err = {0};
    if (find_commitment(ui, commitment, &arena, &row, &err)) {
        FormSpec spec = {.title = "Change this commitment",
                         .accept = "Change",
                         .subject = commitment,
                         .apply = edit_apply};
        ask_commitment(ui, row.alliance_name, &row.commitment, &spec);
    } else {
        ui_say_error(ui, &err);
    }
    arena_finish(&arena);
}

/* ---- what became of a commitment ---- */

static const struct {
    CommitmentState state;
    const char *meaning;
} STATES[] = {
    {COMMITMENT_OPEN, "nothing is decided yet"},          {COMMITMENT_KEPT, "it happened"},
    {COMMITMENT_CHANGED, "you agreed on something else"}, {COMMITMENT_LET_GO, "it is no longer wanted"},
    {COMMITMENT_NOT_KEPT, "it did not happen"},
};
enum { STATE_ROWS = sizeof STATES / sizeof STATES[0] };

static bool settle_apply(Ui *ui, Id subject, const StrView *values, Done *done, Error *err)
{
    CommitmentState state = COMMITMENT_OPEN;
    for (size_t i = 0; i < STATE_ROWS; i++)
        if (sv_eq(values[0], sv(commitment_state_words(STATES[i].state)))) state = STATES[i].state;
    return app_settle(ui_app(ui), subject, state, done, err);
}

void form_settle(Ui *ui, Id commitment)
{
    Arena arena = {0};
    CommitmentRow row;
    Error err = {0};
    Str title;
    str_init(&title);
    if (find_commitment(ui, commitment, &arena, &row, &err)) {
        CommitmentState now =
            row.commitment.state == COMMITMENT_KEPT_LATE ? COMMITMENT_KEPT : row.commitment.state;
        titled(&title, "What became of \"", row.commitment.text, "\"?");
        FormSpec spec = {.title = title.buf,
                         .accept = "Set",
                         .fields = {{.label = "It is", .value = commitment_state_words(now)}},
                         .field_count = 1,
                         .subject = commitment,
                         .apply = settle_apply};
        for (size_t i = 0; i < STATE_ROWS; i++) {
            spec.fields[0].choices[i] = commitment_state_words(STATES[i].state);
            spec.fields[0].meanings[i] = STATES[i].meaning;
        }
        ui_push(ui, &VIEW_FORM, &spec);
    } else {
        ui_say_error(ui, &err);
    }
    str_finish(&title);
    arena_finish(&arena);
}

/* ---- moments ---- */

static const char *const MOMENTS[MOMENT_KIND_COUNT] = {
    [MOMENT_GAVE] = "time, help or attention from you",
    [MOMENT_RECEIVED] = "the same, given to you",
    [MOMENT_DEPOSIT] = "something that built trust",
    [MOMENT_WITHDRAWAL] = "something that cost trust",
};

static bool moment_apply(Ui *ui, Id subject, const StrView *values, Done *done, Error *err)
{
    Arena arena = {0};
    MomentKind kind = MOMENT_GAVE;
    moment_kind_parse(values[0], &kind);
    const char *text = arena_str(&arena, sv_trim(values[1]));
    bool is_private = sv_eq(values[2], SV("private"));
    bool ok = app_moment(ui_app(ui), subject, kind, text, app_now(ui_app(ui)), is_private, done, err);
    arena_finish(&arena);
    return ok;
}

void form_moment(Ui *ui, Id alliance)
{
    Arena arena = {0};
    AllianceRow row;
    Str title;
    str_init(&title);
    if (row_of(ui, alliance, &arena, &row)) {
        titled(&title, "A moment with ", row.alliance.name, "");
        FormSpec spec = {.title = title.buf,
                         .accept = "Note it",
                         .fields = {{.label = "Kind", .value = "gave"},
                                    {.label = "What", .required = true, .hint = "one line"},
                                    {.label = "For", .value = "shared", .choices = {"shared", "private"}}},
                         .field_count = 3,
                         .subject = alliance,
                         .apply = moment_apply};
        for (int k = 0; k < MOMENT_KIND_COUNT; k++) {
            spec.fields[0].choices[k] = moment_kind_name((MomentKind)k);
            spec.fields[0].meanings[k] = MOMENTS[k];
        }
        ui_push(ui, &VIEW_FORM, &spec);
    }
    str_finish(&title);
    arena_finish(&arena);
}
