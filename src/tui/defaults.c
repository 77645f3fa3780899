#include "defaults.h"

#include "form.h"
#include "home_tabs.h"
#include "offers.h"
#include "reading.h"

/* ---- commands of the whole program ---- */

static void go_back(Ui *ui)
{
    if (ui_below(ui))
        ui_pop(ui);
    else
        ui_say(ui, "q quits. Nothing is lost.");
}

static void leave_view(Ui *ui)
{
    if (ui_below(ui))
        ui_pop(ui);
    else
        ui_quit(ui, 0);
}

static void quit(Ui *ui)
{
    ui_quit(ui, 0);
}

static void help(Ui *ui)
{
    ui_push(ui, &VIEW_HELP, NULL);
}

static void palette(Ui *ui)
{
    ui_push(ui, &VIEW_PALETTE, NULL);
}

/* The step's sentence names what was taken back, which may not be on the screen. */
static void take_back(Ui *ui, bool (*verb)(App *, Done *, Error *), const char *next)
{
    Done done;
    Error err = {0};
    done_init(&done);
    if (verb(ui_app(ui), &done, &err)) {
        ui_reload(ui);
        ui_say(ui, "%s  %s", done.text.buf, next);
    } else {
        ui_say_error(ui, &err);
    }
    done_finish(&done);
}

static void undo(Ui *ui)
{
    take_back(ui, app_undo, "U Redo");
}

static void redo(Ui *ui)
{
    take_back(ui, app_redo, "u Undo");
}

static void redraw(Ui *ui)
{
    ui_ask(ui, REQUEST_REDRAW);
}

static void suspend(Ui *ui)
{
    ui_idle(ui);
    ui_ask(ui, REQUEST_SUSPEND);
}

static void agenda(Ui *ui)
{
    home_tabs_go(ui, HOME_AGENDA);
}

static void history(Ui *ui)
{
    home_tabs_go(ui, HOME_HISTORY);
}

static void demo(Ui *ui)
{
    if (app_is_demo(ui_app(ui)))
        ui_say(ui, "This is the demo journal; q leaves it.");
    else
        ui_ask(ui, REQUEST_DEMO);
}

static void hide(Ui *ui)
{
    ui_push(ui, &VIEW_HIDE, NULL);
}

static const struct {
    CommandId id;
    void (*run)(Ui *ui);
} GENERAL[] = {
    {CMD_BACK, go_back},
    {CMD_QUIT_VIEW, leave_view},
    {CMD_QUIT, quit},
    {CMD_HELP, help},
    {CMD_PALETTE, palette},
    {CMD_UNDO, undo},
    {CMD_REDO, redo},
    {CMD_REDRAW, redraw},
    {CMD_SUSPEND, suspend},
    {CMD_ALLIANCES, ui_pop_to_home},
    {CMD_AGENDA, agenda},
    {CMD_HISTORY, history},
    {CMD_DEMO, demo},
    {CMD_MESSAGES, reading_messages},
    {CMD_LOG, reading_log},
    {CMD_PRIVACY, reading_privacy},
    {CMD_REMINDERS, reading_reminders},
    {CMD_REMIND_TEST, reading_remind_test},
    {CMD_REMIND_INSTALL, reading_remind_install},
    {CMD_REMIND_UNINSTALL, reading_remind_uninstall},
    {CMD_HIDE, hide},
};

/* ---- commands on one alliance ---- */

typedef bool AllianceVerb(App *app, Id alliance, Done *done, Error *err);

static void run_verb(Ui *ui, Id alliance, AllianceVerb *verb)
{
    Done done;
    Error err = {0};
    done_init(&done);
    bool ok = verb(ui_app(ui), alliance, &done, &err);
    ui_report(ui, ok, &done, &err);
    done_finish(&done);
}

static void skip(Ui *ui, Id alliance)
{
    run_verb(ui, alliance, app_skip);
}

static void end(Ui *ui, Id alliance)
{
    run_verb(ui, alliance, app_end);
}

static bool is_list(const View *v)
{
    return v->ops == &VIEW_HOME || v->ops == &VIEW_AGENDA;
}

/* Its page goes with it. */
static void trash(Ui *ui, Id alliance)
{
    while (ui_below(ui) && ui_alliance(ui) == alliance && !is_list(ui_top(ui))) ui_pop(ui);
    run_verb(ui, alliance, app_trash);
}

/* Back from the trash, or from the ended ones. */
static void restore(Ui *ui, Id alliance)
{
    Arena arena = {0};
    AllianceRow row;
    Error err = {0};
    if (!app_alliance_row(ui_app(ui), alliance, &arena, &row, &err))
        ui_say_error(ui, &err);
    else
        run_verb(ui, alliance, instant_is_none(row.alliance.trashed) ? app_resume : app_restore);
    arena_finish(&arena);
}

static void check_in(Ui *ui, Id alliance)
{
    ui_push(ui, &VIEW_SESSION, &(SessionStart){.alliance = alliance, .stage = STAGE_CHECK_IN});
}

static void amend(Ui *ui, Id alliance)
{
    ui_push(ui, &VIEW_SESSION, &(SessionStart){.alliance = alliance, .stage = STAGE_DESIGN});
}

static void begin(Ui *ui, Id alliance, Stage stage)
{
    ui_push(ui, &VIEW_SESSION, &(SessionStart){.alliance = alliance, .stage = stage});
}

static void repair(Ui *ui, Id alliance)
{
    begin(ui, alliance, STAGE_REPAIR);
}

static void prepare(Ui *ui, Id alliance)
{
    begin(ui, alliance, STAGE_PREPARE);
}

static void close(Ui *ui, Id alliance)
{
    begin(ui, alliance, STAGE_CLOSE);
}

/* At the term that made it worth offering, if one did. */
static void renew(Ui *ui, Id alliance)
{
    Arena arena = {0};
    Offer offers[OFFERS_MAX];
    SessionStart start = {.alliance = alliance, .stage = STAGE_RENEW};
    size_t n = offers_read(ui_app(ui), alliance, &arena, offers);
    for (size_t i = 0; i < n; i++)
        if (offers[i].stage == STAGE_RENEW && offers[i].term) start.term = offers[i].term->id;
    arena_finish(&arena);
    ui_push(ui, &VIEW_SESSION, &start);
}

static bool discard(App *app, Id alliance, Done *done, Error *err)
{
    Arena arena = {0};
    AllianceRow row;
    Session *session = NULL;
    bool ok = app_alliance_row(app, alliance, &arena, &row, err);
    if (ok && !row.has_draft)
        ok = error_set(err, ERR_NOT_FOUND, "No draft of %s is waiting.", row.alliance.name);
    ok = ok &&
         session_begin(app, &(SessionStart){.alliance = alliance, .stage = row.draft_stage}, &session, err) &&
         session_discard(session, done, err);
    session_free(session);
    arena_finish(&arena);
    return ok;
}

/* ---- the draft of a new alliance that has no name yet ---- */

static bool unnamed_apply(Ui *ui, Id subject, const StrView *values, Done *done, Error *err)
{
    Session *session = NULL;
    (void)subject;
    (void)values;
    bool ok = session_begin(ui_app(ui), &(SessionStart){.stage = STAGE_DESIGN}, &session, err);
    if (ok && !session->resumed) ok = error_set(err, ERR_NOT_FOUND, "This draft is gone already.");
    ok = ok && session_discard(session, done, err);
    session_free(session);
    return ok;
}

static void ask_unnamed(Ui *ui, Date saved)
{
    Str title;
    str_init(&title);
    str_add_c(&title, "Throw away the draft of a new alliance from ");
    date_print_day(&title, saved, app_today(ui_app(ui)));
    str_add_char(&title, '?');
    FormSpec spec = {.title = title.buf, .accept = "Throw away", .apply = unnamed_apply};
    ui_push(ui, &VIEW_FORM, &spec);
    str_finish(&title);
}

static bool has_draft(Ui *ui, Id alliance)
{
    Arena arena = {0};
    AllianceRow row;
    bool has = alliance && app_alliance_row(ui_app(ui), alliance, &arena, &row, NULL) && row.has_draft;
    arena_finish(&arena);
    return has;
}

/* On Home, where the selected alliance has none waiting, the one without a name is meant. */
static void discard_draft(Ui *ui, Id alliance)
{
    Date saved;
    bool on_home = ui_top(ui)->ops == &VIEW_HOME;
    if (on_home && !has_draft(ui, alliance) && offers_unnamed(ui_app(ui), &saved))
        ask_unnamed(ui, saved);
    else if (alliance)
        run_verb(ui, alliance, discard);
    else
        ui_say(ui, "No draft is waiting.");
}

static const struct {
    CommandId id;
    void (*run)(Ui *ui, Id alliance);
} ON_ONE[] = {
    {CMD_CHECK_IN, check_in},
    {CMD_AMEND, amend},
    {CMD_SNOOZE, form_snooze},
    {CMD_SKIP, skip},
    {CMD_PAUSE, form_pause},
    {CMD_CADENCE, form_cadence},
    {CMD_MOMENT, form_moment},
    {CMD_END, end},
    {CMD_TRASH, trash},
    {CMD_RESTORE, restore},
    {CMD_DISCARD_DRAFT, discard_draft},
    {CMD_REPAIR, repair},
    {CMD_RENEW, renew},
    {CMD_REVIEW, form_review},
    {CMD_PREPARE, prepare},
    {CMD_CLOSE, close},
};

/* New is a new alliance on the list of them, a new commitment on an alliance's page. */
static void make_new(Ui *ui, Id alliance, bool page)
{
    if (page && alliance)
        form_commit(ui, alliance);
    else
        ui_push(ui, &VIEW_SESSION, &(SessionStart){.stage = STAGE_DESIGN});
}

/* With the one that is meant, else with somebody new. */
static void talk_together(Ui *ui, Id alliance)
{
    ui_push(ui, &VIEW_SESSION,
            &(SessionStart){.alliance = alliance, .stage = STAGE_DESIGN, .together = true});
}

/* ---- which ---- */

static void leave_now(Ui *ui, const View *v)
{
    if (v->ops->typing && v->ops->typing(v))
        ui_say(ui, "Ctrl-C again leaves; your text is kept");
    else
        ui_quit(ui, ERR_INTERRUPTED);
}

bool default_command(Ui *ui, View *v, CommandId id)
{
    for (size_t i = 0; i < sizeof GENERAL / sizeof GENERAL[0]; i++)
        if (GENERAL[i].id == id) return GENERAL[i].run(ui), true;
    if (id == CMD_LEAVE_NOW) return leave_now(ui, v), true;
    Id alliance = ui_alliance(ui);
    bool of_commitment = v->ops->where && v->ops->where(v) & ON_COMMITMENTS;
    if (id == CMD_TRASH && of_commitment) return false; /* never the alliance instead */
    if (id == CMD_TOGETHER) return talk_together(ui, alliance), true;
    if (id == CMD_NEW) return make_new(ui, alliance, v->ops != &VIEW_HOME), true;
    for (size_t i = 0; i < sizeof ON_ONE / sizeof ON_ONE[0]; i++) {
        if (ON_ONE[i].id != id) continue;
        if (alliance || id == CMD_DISCARD_DRAFT)
            ON_ONE[i].run(ui, alliance);
        else
            ui_say(ui, "Open an alliance first.");
        return true;
    }
    return false;
}
