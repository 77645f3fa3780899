#include "session_own.h"

#include <assert.h>
#include <entente/store_agreements.h>
#include <entente/store_checkins.h>
#include <entente/store_drafts.h>
#include <entente/text.h>
#include <entente/when.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* ---- beginning ---- */

static bool read_alliance(Session *s, Error *err)
{
    struct SessionOwn *own = s->own;
    Store *store = s->app->store;
    if (!store_alliance_row(store, s->alliance, &own->arena, &own->row, err)) return false;
    const Alliance *a = &own->row.alliance;
    s->partner = a->name;
    s->version = a->version;
    str_set(&s->name, sv(a->name));
    str_set(&s->role, sv(a->role));
    str_set(&s->situation, sv(a->situation));
    if (!instant_is_none(a->trashed))
        return error_set(err, ERR_NOT_FOUND, "%s is in the trash. Restore it first.", a->name);
    if (a->state == STATE_ENDED)
        return error_set(err, ERR_USAGE, "The alliance with %s is ended. Wake it with resume to go on.",
                         a->name);
    return store_terms(store, s->alliance, &own->arena, &own->terms, &own->term_count, err);
}

static bool read_open_commitments(Session *s, Error *err)
{
    CommitmentFilter filter = {.alliance = s->alliance, .open = true};
    CommitmentRow *rows;
    CommitmentCursor next;
    size_t n;
    if (!store_commitments(s->app->store, &filter, NULL, 50, &s->own->arena, &rows, &n, &next, err))
        return false;
    for (size_t i = 0; i < n; i++) {
        const Commitment *c = &rows[i].commitment;
        vec_push(&s->settle, (SettleRow){c->id, c->side, c->text, c->due, COMMITMENT_OPEN});
    }
    return true;
}

void session_add_commit_row(Session *s)
{
    CommitRow row = {.side = SIDE_ME};
    str_init(&row.text);
    str_init(&row.by);
    vec_push(&s->commits, row);
}

static void begin_cadence(Session *s)
{
    const Alliance *a = &s->own->row.alliance;
    if (s->alliance && (a->cadence.kind != CADENCE_NONE || a->state != STATE_DESIGNING))
        cadence_print(&s->cadence, &a->cadence);
    else
        str_set(&s->cadence, SV("every 2 weeks"));
}

/* What was said last time, for questions asked before: "3 Nov: ..." */
static bool add_last_times(Session *s, Error *err)
{
    AskedPrompt *asked;
    size_t n;
    if (!s->alliance || !stage_is_check_in(s->stage)) return true;
    if (!store_asked(s->app->store, s->alliance, &s->own->arena, &asked, &n, err)) return false;
    for (size_t i = 0; i < n; i++) {
        SessionStep *step = session_find(s, asked[i].prompt);
        if (!step || step->kind != STEP_TEXT || !asked[i].text[0]) continue;
        Str line;
        str_init(&line);
        date_print_day(&line, instant_date(asked[i].at), app_today(s->app));
        str_addf(&line, ": %s", asked[i].text);
        step->last_time = arena_str(&s->own->arena, str_view(&line));
        str_finish(&line);
    }
    return true;
}

/* Trust before this: "3 (3 Nov), 4, 5, 4", the newest first. */
static void add_trust_before(Session *s)
{
    const AllianceRow *row = &s->own->row;
    SessionStep *step = session_trust_step(s);
    if (!step || row->trust_count == 0) return;
    Str line;
    str_init(&line);
    for (size_t i = row->trust_count; i-- > 0;) {
        if (!row->trust[i]) continue;
        str_addf(&line, line.len ? ", %d" : "%d", row->trust[i]);
        if (i + 1 == row->trust_count) {
            str_add_c(&line, " (");
            date_print_day(&line, instant_date(row->alliance.last_check_in), app_today(s->app));
            str_add_c(&line, ")");
        }
    }
    step->last_time = arena_str(&s->own->arena, str_view(&line));
    str_finish(&line);
}

static bool find_draft(Session *s, bool *ret_found, Error *err)
{
    Error none = {0};
    *ret_found =
        store_draft_find(s->app->store, s->alliance, s->stage, &s->own->arena, &s->own->draft, &none);
    if (*ret_found) return true;
    s->own->draft = (Draft){0};
    return none.code == ERR_NOT_FOUND || error_set(err, none.code, "%s", none.msg);
}

static void plan_anew(Session *s)
{
    StepPlan plan[SESSION_KEYS_MAX];
    session_build(s, plan, session_plan(s, plan));
}

static void stand_at_section(Session *s, Section section)
{
    for (size_t i = 0; i < s->count; i++) {
        if (!s->steps[i].has_section || s->steps[i].section != section) continue;
        s->at = i;
        return;
    }
}

/* A draft of the whole walk may lack the section somebody wants to open now. */
static void go_to_section(Session *s, Section section)
{
    StepPlan asked[SESSION_KEYS_MAX], plan[SESSION_KEYS_MAX], now[SESSION_KEYS_MAX];
    size_t n = 0, count;
    struct SessionOwn before = *s->own;
    stand_at_section(s, section);
    if (s->steps[s->at].has_section && s->steps[s->at].section == section) return;
    s->own->one_section = true;
    s->own->section = section;
    s->own->is_new = false;
    size_t wanted = session_plan(s, asked) - 1; /* without the review */
    s->own->one_section = before.one_section;
    s->own->section = before.section;
    session_plan_now(s, now, &count);
    for (size_t i = 0; i < count && n < SESSION_KEYS_MAX - 1; i++) {
        StepKind kind = s->steps[i].kind;
        bool closing = kind == STEP_CADENCE || (kind == STEP_REVIEW && !session_find_kind(s, STEP_CADENCE));
        for (size_t k = 0; closing && k < wanted && n < SESSION_KEYS_MAX - 1; k++) plan[n++] = asked[k];
        plan[n++] = now[i];
    }
    session_build(s, plan, n);
    s->own->is_new = before.is_new;
    stand_at_section(s, section);
}

/* What was written while preparing, for the one who wrote it. */
static bool read_notes(Session *s, Error *err)
{
    CheckIn last;
    Answer *answers;
    size_t n;
    Error none = {0};
    if (!s->alliance || s->together || !stage_is_design(s->stage)) return true;
    if (!store_last_session(s->app->store, s->alliance, STAGE_PREPARE, &s->own->arena, &last, &none))
        return none.code == ERR_NOT_FOUND || error_set(err, none.code, "%s", none.msg);
    if (!store_answers(s->app->store, last.id, &s->own->arena, &answers, &n, err)) return false;
    SessionNote *notes = arena_array(&s->own->arena, n, sizeof *notes);
    for (size_t i = 0; i < n; i++)
        if (!answers[i].skipped && answers[i].text[0])
            notes[s->note_count++] = (SessionNote){answers[i].question, answers[i].text};
    s->notes = notes;
    return true;
}

/* A team's design and check-in have packs of their own. */
static void settle_stage(Session *s)
{
    if (s->own->row.alliance.kind != ALLIANCE_TEAM) return;
    if (s->stage == STAGE_DESIGN) s->stage = STAGE_TEAM_DESIGN;
    if (s->stage == STAGE_CHECK_IN) s->stage = STAGE_TEAM_CHECK_IN;
}

static bool read_beginning(Session *s, Error *err)
{
    s->own->facts = facts_none();
    if (s->alliance) {
        if (!read_alliance(s, err) || !read_open_commitments(s, err) ||
            !app_facts(s->app, s->alliance, &s->own->arena, &s->own->facts, err))
            return false;
        settle_stage(s);
    } else if (s->stage != STAGE_DESIGN) {
        return error_set(err, ERR_USAGE, "A %s session is about an alliance: say whose.",
                         stage_name(s->stage));
    }
    if (s->app->prompts_dir[0] && stage_is_design(s->stage))
        situations_load(s->app->prompts_dir, &s->situations, NULL);
    return read_notes(s, err) && app_prompts(s->app, s->stage, &s->own->prompts, err);
}

static bool begin_situation(Session *s, const char *key, Error *err)
{
    if (!key || !key[0]) return true;
    if (!s->situations || !situations_find(s->situations, key))
        return error_set(err, ERR_USAGE,
                         "No situation is called \"%s\". The first step of a design lists them.", key);
    str_set(&s->situation, sv(key));
    return true;
}

static void begin_together(Session *s)
{
    s->talked = TALKED_THROUGH;
    str_clear(&s->talked_on);
    when_print(&s->talked_on, app_today(s->app), app_today(s->app));
}

/* A renewal offered at a term opens there. */
static void stand_at_term(Session *s, Id term)
{
    SessionStep *step = session_find_kind(s, STEP_TERMS);
    for (size_t i = 0; term && step && i < s->terms.len; i++)
        if (s->terms.at[i].id == term) s->at = (size_t)(step - s->steps);
}

static bool begin(Session *s, const SessionStart *start, Error *err)
{
    bool found = false;
    if (!read_beginning(s, err) || !begin_situation(s, start->situation, err)) return false;
    begin_cadence(s);
    if (!find_draft(s, &found, err)) return false;
    /* What one wrote alone is not shown to both: a talk begins anew, and that draft stays for later. */
    if (found && s->together && !session_state_together(s->own->draft.state)) {
        s->own->draft = (Draft){0};
        found = false;
    }
    s->resumed = found;
    if (found && !session_read_state(s, s->own->draft.state, err)) return false;
    if (!found) plan_anew(s);
    if (found && start->has_section) go_to_section(s, start->section);
    if (!found && s->together) begin_together(s);
    if (!found) stand_at_term(s, start->term);
    add_trust_before(s);
    return add_last_times(s, err);
}

static void init_fields(Session *s)
{
    Str *fields[] = {&s->name, &s->role, &s->situation, &s->cadence, &s->first, &s->talked_on, &s->reason};
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) str_init(fields[i]);
    session_add_commit_row(s);
}

bool session_begin(App *app, const SessionStart *start, Session **ret, Error *err)
{
    Session *s = mem_zalloc(1, sizeof *s);
    s->own = mem_zalloc(1, sizeof *s->own);
    s->app = app;
    s->alliance = start->alliance;
    s->stage = start->stage;
    s->deep = start->deep;
    s->together = start->together;
    s->partner = "";
    s->saved = INSTANT_NONE;
    s->own->is_new = start->alliance == 0;
    s->own->one_section = start->has_section;
    s->own->section = start->section;
    init_fields(s);
    if (!begin(s, start, err)) {
        session_free(s);
        return false;
    }
    if (s->resumed) s->saved = s->own->draft.saved;
    s->dirty = false;
    *ret = s;
    return true;
}

static void free_rows(Session *s)
{
    for (size_t i = 0; i < s->commits.len; i++) {
        str_finish(&s->commits.at[i].text);
        str_finish(&s->commits.at[i].by);
    }
    for (size_t i = 0; i < s->terms.len; i++) str_finish(&s->terms.at[i].change);
    vec_finish(&s->commits);
    vec_finish(&s->terms);
    vec_finish(&s->settle);
}

void session_free(Session *s)
{
    if (!s) return;
    for (size_t i = 0; i < s->count; i++) str_finish(&s->steps[i].text);
    free(s->steps);
    free_rows(s);
    Str *fields[] = {&s->name, &s->role, &s->situation, &s->cadence, &s->first, &s->talked_on, &s->reason};
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) str_finish(fields[i]);
    situations_free(s->situations);
    prompts_free(s->own->prompts);
    arena_finish(&s->own->arena);
    free(s->own);
    free(s);
}

size_t session_complaints(const Session *s, const Complaint **ret)
{
    return prompts_complaints(s->own->prompts, ret);
}

/* ---- where it stands ---- */

SessionStep *session_step(const Session *s)
{
    return &s->steps[s->at];
}

size_t session_total(const Session *s)
{
    return s->count - 1;
}

size_t session_number(const Session *s)
{
    return s->at < session_total(s) ? s->at + 1 : session_total(s);
}

size_t session_answered(const Session *s)
{
    size_t n = 0;
    for (size_t i = 0; i < s->count; i++)
        if (s->steps[i].kind != STEP_REVIEW && s->steps[i].mark == STEP_ANSWERED) n++;
    return n;
}

/* ---- changes ---- */

static void set_field(Session *s, Str *field, StrView text)
{
    assert(text_valid(text, NULL));
    if (sv_eq(str_view(field), text)) return;
    str_set(field, text);
    s->dirty = true;
}

void session_set_text(Session *s, StrView text, size_t cursor)
{
    SessionStep *step = session_step(s);
    set_field(s, &step->text, text);
    step->cursor = cursor < step->text.len ? cursor : step->text.len;
}

void session_set_situation(Session *s, const char *key)
{
    set_field(s, &s->situation, sv(key));
}

void session_set_term_mark(Session *s, size_t row, TermMark mark)
{
    assert(row < s->terms.len);
    s->dirty = s->dirty || s->terms.at[row].mark != mark;
    s->terms.at[row].mark = mark;
}

void session_set_term_deal(Session *s, size_t row, TermDeal deal, StrView change)
{
    assert(row < s->terms.len);
    s->dirty = s->dirty || s->terms.at[row].deal != deal;
    s->terms.at[row].deal = deal;
    set_field(s, &s->terms.at[row].change, change);
}

void session_set_value(Session *s, int value)
{
    SessionStep *step = session_step(s);
    assert(step->kind == STEP_SCALE || step->kind == STEP_CHOICE);
    assert(value >= 0 && (size_t)value <= step_values(step));
    s->dirty = s->dirty || step->value != value;
    step->value = value;
}

void session_set_private(Session *s, bool is_private)
{
    SessionStep *step = session_step(s);
    bool *flag = step->kind == STEP_REVIEW ? &s->is_private : &step->is_private;
    s->dirty = s->dirty || *flag != is_private;
    *flag = is_private;
}

void session_set_who(Session *s, StrView name, StrView role, bool deep)
{
    set_field(s, &s->name, name);
    set_field(s, &s->role, role);
    s->dirty = s->dirty || s->deep != deep;
    s->deep = deep;
}

void session_set_settle(Session *s, size_t row, CommitmentState state)
{
    assert(row < s->settle.len);
    s->dirty = s->dirty || s->settle.at[row].state != state;
    s->settle.at[row].state = state;
}

void session_set_commit(Session *s, size_t row, Side side, StrView text, StrView by)
{
    assert(row < s->commits.len);
    s->dirty = s->dirty || s->commits.at[row].side != side;
    s->commits.at[row].side = side;
    set_field(s, &s->commits.at[row].text, text);
    set_field(s, &s->commits.at[row].by, by);
    if (row + 1 == s->commits.len && text.len > 0) session_add_commit_row(s);
}

void session_set_cadence(Session *s, StrView cadence, StrView first)
{
    set_field(s, &s->cadence, cadence);
    set_field(s, &s->first, first);
}

void session_set_talked(Session *s, Talked talked, StrView on)
{
    s->dirty = s->dirty || s->talked != talked;
    s->talked = talked;
    set_field(s, &s->talked_on, on);
}

void session_set_reason(Session *s, StrView reason)
{
    set_field(s, &s->reason, reason);
}

void session_make_commitment(Session *s)
{
    StrView text = str_view(&session_step(s)->text), line = {0};
    while (text.len > 0 && line.len == 0) line = sv_trim(sv_cut(&text, '\n'));
    if (line.len == 0 || line.len > LINE_MAX_BYTES) return;
    for (size_t i = 0; i < s->commits.len; i++)
        if (sv_eq(str_view(&s->commits.at[i].text), line)) return;
    session_set_commit(s, s->commits.len - 1, SIDE_ME, line, SV(""));
}

/* ---- checks ---- */

bool session_when(const Session *s, const Str *field, const char *what, Date *ret, Error *err)
{
    *ret = DATE_NONE;
    if (sv_trim(str_view(field)).len == 0) return true;
    When when;
    Error why = {0};
    if (!when_parse(sv_trim(str_view(field)), app_today(s->app), &when, &why))
        return error_set(err, ERR_USAGE, "%s: %s", what, why.msg);
    *ret = when.date;
    return true;
}

bool session_talked_on(const Session *s, Date *ret, Error *err)
{
    return session_when(s, &s->talked_on, "Talked on", ret, err) &&
           (*ret == DATE_NONE || *ret <= app_today(s->app) ||
            error_set(err, ERR_USAGE, "Talked on: that day is still ahead. Name today or an earlier one."));
}

static bool check_commitments(const Session *s, Error *err)
{
    for (size_t i = 0; i < s->commits.len; i++) {
        const CommitRow *row = &s->commits.at[i];
        Date due;
        if (!session_when(s, &row->by, "By", &due, err)) return false;
        if (row->by.len > 0 && sv_trim(str_view(&row->text)).len == 0)
            return error_set(err, ERR_USAGE, "A day without a commitment: write what, or clear the day.");
        if (row->text.len > LINE_MAX_BYTES)
            return error_set(err, ERR_USAGE, "The commitment is too long. Shorten it.");
    }
    return true;
}

static bool check_cadence(const Session *s, Error *err)
{
    Cadence cadence;
    Date first;
    if (!cadence_parse(str_view(&s->cadence), &cadence, err) ||
        !session_when(s, &s->first, "First check-in", &first, err))
        return false;
    return app_check_cadence(s->app, s->alliance ? &s->own->row : NULL, &cadence, first, err);
}

static bool check_terms(const Session *s, Error *err)
{
    for (size_t i = 0; i < s->terms.len; i++) {
        const TermRow *row = &s->terms.at[i];
        if (row->deal == DEAL_CHANGE && sv_trim(str_view(&row->change)).len == 0)
            return error_set(err, ERR_USAGE,
                             "A term to be changed has no new words. Write them, or drop the term.");
        if (row->change.len > LINE_MAX_BYTES)
            return error_set(err, ERR_USAGE, "The term is too long. Shorten it.");
    }
    return true;
}

static bool check_day(const Session *s, const SessionStep *step, Error *err)
{
    Date day;
    return session_when(s, &step->text, step->title, &day, err) &&
           (day == DATE_NONE || day >= app_today(s->app) ||
            error_set(err, ERR_USAGE, "This day has passed. Name today or a later day."));
}

static bool check_lines(const SessionStep *step, Error *err)
{
    Lines lines = {0};
    bool ok = true;
    if (step->has_section) step_lines(str_view(&step->text), &lines);
    for (size_t i = 0; i < lines.len && ok; i++)
        ok = lines.at[i].len <= LINE_MAX_BYTES ||
             error_set(err, ERR_USAGE, "Line %zu is too long for a term. Break it in two.", i + 1);
    vec_finish(&lines);
    return ok;
}

bool session_check_step(const Session *s, const SessionStep *step, Error *err)
{
    switch (step->kind) {
    case STEP_WHO:
        return sv_trim(str_view(&s->name)).len > 0 ||
               error_set(err, ERR_USAGE, "A name is needed to go on. Any name you will recognise will do.");
    case STEP_COMMITMENTS: return check_commitments(s, err);
    case STEP_CADENCE: return check_cadence(s, err);
    case STEP_TEXT: return check_lines(step, err);
    case STEP_TERMS: return check_terms(s, err);
    case STEP_DATE: return check_day(s, step, err);
    case STEP_SCALE:
    case STEP_CHOICE:
    case STEP_REVIEW: break;
    }
    return true;
}

/* ---- moving ---- */

static const char *short_partner(Session *s)
{
    Str name;
    str_init(&name);
    app_short_name(s->partner, &name);
    const char *kept = arena_str(&s->own->arena, str_view(&name));
    str_finish(&name);
    return kept;
}

static bool make_alliance(Session *s, Error *err)
{
    NewAlliance n = {
        .name = s->name.buf, .role = s->role.buf, .situation = s->situation.buf, .first = DATE_NONE};
    Done done;
    done_init(&done);
    bool ok = app_new_alliance(s->app, &n, &done, err);
    if (ok) s->alliance = done.id;
    done_finish(&done);
    return ok;
}

/* The who step makes the alliance, or renames the one it made before. */
static bool accept_who(Session *s, Error *err)
{
    const Alliance *a = &s->own->row.alliance;
    bool same =
        s->alliance && sv_eq(str_view(&s->name), sv(a->name)) && sv_eq(str_view(&s->role), sv(a->role));
    bool ok = !s->alliance ? make_alliance(s, err)
                           : same || app_rename(s->app, s->alliance, s->name.buf, s->role.buf, NULL, err);
    if (!ok || !read_alliance(s, err)) return false;
    s->own->facts.partner = short_partner(s);
    s->dirty = true;
    plan_anew(s);
    return true;
}

/* A day in words is one day for good once its step is accepted: the draft may be finished on another. */
static void fix_day(Session *s, Str *field)
{
    Date day;
    if (!session_when(s, field, "", &day, NULL) || day == DATE_NONE) return;
    str_clear(field);
    date_print_short(field, day, app_today(s->app));
    Date again;
    if (session_when(s, field, "", &again, NULL) && again == day) return;
    str_clear(field);
    date_print_iso(field, day);
}

static void fix_days(Session *s, SessionStep *step)
{
    if (step->kind == STEP_DATE) fix_day(s, &step->text);
    if (step->kind == STEP_CADENCE) fix_day(s, &s->first);
    for (size_t i = 0; step->kind == STEP_COMMITMENTS && i < s->commits.len; i++)
        fix_day(s, &s->commits.at[i].by);
}

static bool move_on(Session *s, Error *err)
{
    SessionStep *step = session_step(s);
    if (!session_check_step(s, step, err)) return false;
    if (step->kind == STEP_WHO && !accept_who(s, err)) return false;
    step = session_step(s); /* accepting who builds the steps anew */
    fix_days(s, step);
    bool answered = step->kind == STEP_CADENCE || step_has_content(s, step);
    step->mark = answered ? STEP_ANSWERED : STEP_SKIPPED;
    s->dirty = true;
    session_follow(s, s->at);
    if (s->at + 1 < s->count) s->at++;
    return session_save(s, err);
}

bool session_next(Session *s, Error *err)
{
    return move_on(s, err);
}

bool session_skip(Session *s, Error *err)
{
    SessionStep *step = session_step(s);
    if (step->kind == STEP_SCALE || step->kind == STEP_CHOICE) session_set_value(s, 0);
    return move_on(s, err);
}

bool session_go(Session *s, size_t step, Error *err)
{
    assert(step < s->count);
    if (step > 0 && s->own->is_new && !s->alliance)
        return error_set(err, ERR_USAGE, "A name is needed to go on. Any name you will recognise will do.");
    s->dirty = s->dirty || s->at != step;
    s->at = step;
    return session_save(s, err);
}

bool session_back(Session *s, Error *err)
{
    return s->at == 0 || session_go(s, s->at - 1, err);
}

bool session_save(Session *s, Error *err)
{
    Draft *d = &s->own->draft;
    if (!s->dirty || (!d->id && !session_has_content(s))) return true;
    if (!app_ensure_journal(s->app, err)) return false;
    Str state;
    str_init(&state);
    session_write_state(s, &state);
    d->alliance = s->alliance;
    d->stage = s->stage;
    d->step = (int)session_number(s);
    d->steps = (int)session_total(s);
    d->state = state.buf;
    d->saved = app_now(s->app);
    bool ok = store_draft_save(s->app->store, d, err);
    d->state = "";
    str_finish(&state);
    if (ok) {
        s->dirty = false;
        s->saved = d->saved;
    }
    return ok;
}
