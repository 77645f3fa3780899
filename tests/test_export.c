#include <entente/export.h>

#include <check.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app_fixture.h"

/* ---- the calendar's text ---- */

static void export_all(App *app, Str *out)
{
    str_clear(out);
    ASSERT_OK(app_export_ics(app, 0, out, &err));
}

static size_t count(const Str *text, const char *part)
{
    size_t n = 0;
    for (const char *at = text->buf; (at = strstr(at, part)); at += strlen(part)) n++;
    return n;
}

static void ck_has(const Str *text, const char *part)
{
    ck_assert_msg(count(text, part) == 1, "\"%s\" is there %zu times:\n%.3000s", part, count(text, part),
                  text->buf);
}

static void ck_lacks(const Str *text, const char *part)
{
    ck_assert_msg(count(text, part) == 0, "\"%s\" is in:\n%.3000s", part, text->buf);
}

START_TEST(an_alliance_is_one_event_with_its_rule)
{
    App *app = fixture_app();
    Str text, want;
    str_init(&text);
    str_init(&want);
    Id ana = fixture_alliance(app, "Ana, Lima", "every 2 weeks");
    Id todo = fixture_commitment(app, ana, SIDE_ME, "Call; the landlord", fixture_day("2026-11-27"));
    export_all(app, &text);
    str_addf(
        &want,
        "BEGIN:VCALENDAR\r\nPRODID:-//entente//entente " ENTENTE_VERSION
        "//EN\r\nVERSION:2.0\r\nCALSCALE:GREGORIAN\r\n"
        "BEGIN:VEVENT\r\nUID:alliance-%lld@entente\r\nDTSTAMP:20261122T204000Z\r\n"
        "DTSTART;VALUE=DATE:20261206\r\nSUMMARY:Check in with Ana\\, Lima\r\nRRULE:FREQ=WEEKLY;INTERVAL=2\r\n"
        "TRANSP:TRANSPARENT\r\nCLASS:PRIVATE\r\nEND:VEVENT\r\n"
        "BEGIN:VTODO\r\nUID:commitment-%lld@entente\r\nDTSTAMP:20261122T204000Z\r\n"
        "DUE;VALUE=DATE:20261127\r\nSUMMARY:Call\\; the landlord (with Ana\\, Lima)\r\n"
        "STATUS:NEEDS-ACTION\r\nCLASS:PRIVATE\r\nEND:VTODO\r\nEND:VCALENDAR\r\n",
        (long long)ana, (long long)todo);
    ck_assert_str_eq(text.buf, want.buf);
    str_finish(&want);
    str_finish(&text);
    app_close(app);
}
END_TEST

/* What stands in the event; what has a day of its own beside its rule has the rest in order. */
START_TEST(a_day_and_its_rule_are_in_step)
{
    static const struct {
        const char *cadence, *last, *snooze, *written;
    } CASES[] = {
        {"every 10 days", "2026-11-20", NULL, "DTSTART;VALUE=DATE:20261130|RRULE:FREQ=DAILY;INTERVAL=10"},
        {"monthly", "2026-11-15", NULL, "DTSTART;VALUE=DATE:20261215|RRULE:FREQ=MONTHLY"},
        {"monthly", "2026-10-31", NULL, "DTSTART;VALUE=DATE:20261130|RRULE:FREQ=MONTHLY;BYMONTHDAY=-1"},
        {"monthly", "2026-10-30", NULL,
         "DTSTART;VALUE=DATE:20261130|RRULE:FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1"},
        {"quarterly", "2026-10-29", NULL,
         "DTSTART;VALUE=DATE:20270129|RRULE:FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=28,29;BYSETPOS=-1"},
        {"yearly", "2024-02-29", NULL,
         "DTSTART;VALUE=DATE:20250228|RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"},
        {"yearly", "2026-10-31", NULL, "DTSTART;VALUE=DATE:20271031|RRULE:FREQ=YEARLY"},
        {"monthly on the 31st", "2026-10-31", NULL,
         "DTSTART;VALUE=DATE:20261130|RRULE:FREQ=MONTHLY;BYMONTHDAY=-1"},
        {"FREQ=MONTHLY;BYMONTHDAY=31", "2026-10-31", NULL,
         "DTSTART;VALUE=DATE:20261231|RRULE:FREQ=MONTHLY;BYMONTHDAY=31"},
        {"every tuesday", "2026-11-17", NULL, "DTSTART;VALUE=DATE:20261124|RRULE:FREQ=WEEKLY;BYDAY=TU"},
        {"every 2 weeks", "2026-11-15", "2026-12-01",
         "DTSTART;VALUE=DATE:20261201|RRULE:FREQ=WEEKLY;INTERVAL=2"},
        {"monthly", "2026-10-31", "2026-12-31",
         "DTSTART;VALUE=DATE:20261231|RRULE:FREQ=MONTHLY;BYMONTHDAY=-1"},
        {"every tuesday", "2026-11-17", "2026-12-01",
         "DTSTART;VALUE=DATE:20261201|RRULE:FREQ=WEEKLY;BYDAY=TU"},
        {"every tuesday", "2026-11-17", "2026-12-03",
         "DTSTART;VALUE=DATE:20261201|RRULE:FREQ=WEEKLY;BYDAY=TU|EXDATE;VALUE=DATE:20261201|"
         "RDATE;VALUE=DATE:20261203|DTSTART;VALUE=DATE:20261203|RECURRENCE-ID;VALUE=DATE:20261203"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        App *app = fixture_app();
        Str text, got;
        str_init(&text);
        str_init(&got);
        Id id = fixture_alliance(app, "Ana", CASES[i].cadence);
        QuickCheckIn q = {.trust = 4};
        str_addf(&text, "%sT12:00:00+01:00", CASES[i].last);
        ck_assert(instant_parse(str_view(&text), &q.at));
        ASSERT_OK(app_quick_check_in(app, id, &q, NULL, &err));
        if (CASES[i].snooze) ASSERT_OK(app_snooze(app, id, fixture_day(CASES[i].snooze), NULL, &err));
        export_all(app, &text);
        for (StrView rest = str_view(&text); rest.len > 0;) {
            static const char *const SHOWN[] = {"DTSTART", "RRULE", "EXDATE", "RDATE", "RECURRENCE-ID"};
            StrView line = sv_trim(sv_cut(&rest, '\n'));
            for (size_t k = 0; k < sizeof SHOWN / sizeof *SHOWN; k++)
                if (sv_starts(line, sv(SHOWN[k])))
                    str_addf(&got, "%s%.*s", got.len ? "|" : "", (int)line.len, line.ptr);
        }
        ck_assert_msg(strcmp(got.buf, CASES[i].written) == 0, "%s from %s: %s", CASES[i].cadence,
                      CASES[i].last, got.buf);
        str_finish(&text);
        str_finish(&got);
        app_close(app);
    }
}
END_TEST

START_TEST(a_day_that_a_first_one_beside_it_counts_for_is_left_out)
{
    App *app = fixture_app();
    Str text;
    Cadence tuesdays;
    str_init(&text);
    Id id = fixture_alliance(app, "Ana", "");
    ASSERT_OK(cadence_parse(SV("every tuesday"), &tuesdays, &err));
    ASSERT_OK(app_set_cadence(app, id, &tuesdays, fixture_day("2026-12-06"), NULL, &err));
    export_all(app, &text);
    ck_has(&text, "EXDATE;VALUE=DATE:20261201\r\nEXDATE;VALUE=DATE:20261208\r\nRDATE;VALUE=DATE:20261206");
    str_clear(&text);
    ASSERT_OK(app_set_cadence(app, id, &tuesdays, fixture_day("2026-12-03"), NULL, &err));
    export_all(app, &text);
    ck_has(&text, "EXDATE;VALUE=DATE:20261201\r\nRDATE;VALUE=DATE:20261203");
    str_finish(&text);
    app_close(app);
}
END_TEST

START_TEST(a_day_skipped_ahead_is_left_out_while_its_cadence_lasts)
{
    App *app = fixture_app();
    Str text;
    Cadence cadence;
    str_init(&text);
    Id id = fixture_alliance(app, "Ana", "every day");
    ASSERT_OK(app_skip(app, id, NULL, &err)); /* 23 Nov */
    ASSERT_OK(cadence_parse(SV("every day"), &cadence, &err));
    ASSERT_OK(app_set_cadence(app, id, &cadence, fixture_day("2026-11-22"), NULL, &err));
    export_all(app, &text);
    ck_has(&text, "DTSTART;VALUE=DATE:20261122\r\n");
    ck_has(&text, "EXDATE;VALUE=DATE:20261123\r\n");
    ASSERT_OK(cadence_parse(SV("weekly on monday"), &cadence, &err));
    ASSERT_OK(app_set_cadence(app, id, &cadence, DATE_NONE, NULL, &err));
    export_all(app, &text);
    ck_has(&text, "DTSTART;VALUE=DATE:20261123\r\n");
    ck_lacks(&text, "EXDATE");
    str_finish(&text);
    app_close(app);
}
END_TEST

START_TEST(what_has_no_next_check_in_has_no_event)
{
    App *app = fixture_app();
    Str text;
    str_init(&text);
    Id paused = fixture_alliance(app, "Paused", "weekly"), later = fixture_alliance(app, "Later", "weekly");
    Id ended = fixture_alliance(app, "Ended", "weekly"), trashed = fixture_alliance(app, "Trashed", "weekly");
    fixture_alliance(app, "Designing", "");
    fixture_commitment(app, paused, SIDE_THEM, "waits", DATE_NONE);
    fixture_commitment(app, ended, SIDE_ME, "over", DATE_NONE);
    fixture_commitment(app, trashed, SIDE_ME, "gone", DATE_NONE);
    ASSERT_OK(app_pause(app, paused, DATE_NONE, NULL, &err));
    ASSERT_OK(app_pause(app, later, fixture_day("2027-01-07"), NULL, &err));
    ASSERT_OK(app_end(app, ended, NULL, &err));
    ASSERT_OK(app_trash(app, trashed, NULL, &err));
    export_all(app, &text);
    ck_has(&text, "BEGIN:VEVENT");
    ck_has(&text, "DTSTART;VALUE=DATE:20270107\r\nSUMMARY:Check in with Later\r\n");
    ck_has(&text, "BEGIN:VTODO");
    ck_has(&text, "SUMMARY:Paused: waits\r\nSTATUS:NEEDS-ACTION\r\n");
    str_clear(&text);
    ASSERT_OK(app_export_ics(app, later, &text, &err));
    ck_has(&text, "Later");
    ck_lacks(&text, "Paused");
    str_clear(&text);
    ASSERT_OK(app_export_ics(app, ended, &text, &err));
    ck_lacks(&text, "BEGIN:VEVENT");
    str_finish(&text);
    app_close(app);
}
END_TEST

START_TEST(a_commitment_says_whose_it_is_and_goes_when_it_is_settled)
{
    App *app = fixture_app();
    Str text;
    str_init(&text);
    Id ana = fixture_alliance(app, "Ana", "");
    Id mine = fixture_commitment(app, ana, SIDE_ME, "call", DATE_NONE);
    fixture_commitment(app, ana, SIDE_THEM, "write", DATE_NONE);
    fixture_commitment(app, ana, SIDE_BOTH, "plan", DATE_NONE);
    export_all(app, &text);
    ck_has(&text, "SUMMARY:call (with Ana)\r\n");
    ck_has(&text, "SUMMARY:Ana: write\r\n");
    ck_has(&text, "SUMMARY:Both of you: plan (with Ana)\r\n");
    ck_lacks(&text, "DUE");
    ASSERT_OK(app_settle(app, mine, COMMITMENT_KEPT, NULL, &err));
    export_all(app, &text);
    ck_lacks(&text, "call");
    str_finish(&text);
    app_close(app);
}
END_TEST

/* Words that begin with QZ stand in every field that has no business in a calendar. */
static void write_secrets(App *app)
{
    const char *tags[] = {"QZtag"};
    NewAlliance n = {.name = "Ana Lima",
                     .role = "QZrole",
                     .email = "QZmail@example.org",
                     .phone = "QZ0301234",
                     .tags = tags,
                     .tag_count = 1,
                     .first = DATE_NONE};
    Done done;
    done_init(&done);
    ASSERT_OK(cadence_parse(SV("weekly"), &n.cadence, &err));
    ASSERT_OK(app_new_alliance(app, &n, &done, &err));
    Id ana = done.id;
    NewCommitment secret = {SIDE_ME, "QZpromise", DATE_NONE}, open = {SIDE_ME, "open promise", DATE_NONE};
    QuickCheckIn hidden = {.at = INSTANT_NONE,
                           .trust = 2,
                           .note = "QZnote",
                           .is_private = true,
                           .commitments = &secret,
                           .commitment_count = 1};
    QuickCheckIn shown = hidden;
    shown.is_private = false;
    shown.commitments = &open;
    ASSERT_OK(app_quick_check_in(app, ana, &hidden, NULL, &err));
    ASSERT_OK(app_quick_check_in(app, ana, &shown, NULL, &err));
    ASSERT_OK(app_agree(app, ana, SECTION_BOUNDARIES, SIDE_ME, "QZterm", false, NULL, &err));
    ASSERT_OK(app_agree(app, ana, SECTION_ASKS, SIDE_THEM, "QZprivate term", true, NULL, &err));
    ASSERT_OK(app_moment(app, ana, MOMENT_GAVE, "QZmoment", INSTANT_NONE, true, NULL, &err));
    Id kept = fixture_commitment(app, ana, SIDE_ME, "QZsettled", DATE_NONE);
    ASSERT_OK(app_settle(app, kept, COMMITMENT_NOT_KEPT, NULL, &err));
    Id trashed = fixture_commitment(app, ana, SIDE_ME, "QZtrashed", DATE_NONE);
    ASSERT_OK(app_trash_commitment(app, trashed, NULL, &err));
    done_finish(&done);
    Session *s = fixture_session(app, ana, STAGE_CHECK_IN);
    while (session_step(s)->kind != STEP_REVIEW) {
        if (session_step(s)->kind == STEP_TEXT) session_set_text(s, SV("QZanswer"), 8);
        if (session_step(s)->kind == STEP_SCALE) session_set_text(s, SV("QZtrust"), 7);
        ASSERT_OK(session_next(s, &err));
    }
    fixture_finish(s);
}

START_TEST(nothing_but_names_and_open_promises_leaves_the_journal)
{
    App *app = fixture_app();
    Str text;
    str_init(&text);
    write_secrets(app);
    char *dump = fixture_dump(app);
    ck_assert_ptr_nonnull(strstr(dump, "QZanswer")); /* it was written */
    ck_assert_ptr_nonnull(strstr(dump, "QZpromise"));
    export_all(app, &text);
    ck_lacks(&text, "QZ");
    ck_has(&text, "SUMMARY:A commitment with Ana Lima\r\n");
    ck_has(&text, "SUMMARY:open promise (with Ana Lima)\r\n");
    ck_assert_uint_eq(count(&text, "CLASS:PRIVATE\r\n"), 3);
    free(dump);
    str_finish(&text);
    app_close(app);
}
END_TEST

START_TEST(an_unchanged_journal_gives_the_same_bytes_on_any_day)
{
    App *app = fixture_app();
    Str before, after;
    str_init(&before);
    str_init(&after);
    write_secrets(app);
    export_all(app, &before);
    fixture_now(app, "2031-05-01T08:00:00+02:00");
    export_all(app, &after);
    ck_assert_str_eq(before.buf, after.buf);
    fixture_alliance(app, "Ben", "weekly");
    ASSERT_OK(app_undo(app, NULL, &err));
    export_all(app, &after);
    ck_assert_uint_eq(count(&after, "DTSTAMP:20310501T060000Z"), 3); /* revised and revised back */
    fixture_now(app, "2031-05-02T08:00:00+02:00");
    ASSERT_OK(app_undo(app, NULL, &err));
    ASSERT_OK(app_redo(app, NULL, &err));
    export_all(app, &after);
    ck_assert_uint_eq(count(&after, "DTSTAMP:20310502T060000Z"), 3);
    fixture_now(app, "2031-05-03T08:00:00+02:00");
    ASSERT_OK(app_redo(app, NULL, &err)); /* Ben is back */
    export_all(app, &after);
    ck_assert_uint_eq(count(&after, "DTSTAMP:20310503T060000Z"), 4);
    ASSERT_OK(app_undo(app, NULL, &err));
    fixture_now(app, "2031-05-04T08:00:00+02:00");
    fixture_alliance(app, "Carla", "weekly");
    export_all(app, &after);
    ck_assert_uint_eq(count(&after, "DTSTAMP:20310504T060000Z"), 4);
    str_finish(&before);
    str_finish(&after);
    app_close(app);
}
END_TEST

START_TEST(more_than_a_page_of_everything_is_there_once)
{
    enum { MANY = 150 };
    App *app = fixture_app();
    Str text, name;
    str_init(&text);
    str_init(&name);
    Id last = 0;
    for (int i = 0; i < MANY; i++) {
        str_clear(&name);
        str_addf(&name, "Friend %03d", i);
        last = fixture_alliance(app, name.buf, i % 3 ? "weekly" : "monthly");
    }
    for (int i = 0; i < MANY; i++) {
        str_clear(&name);
        str_addf(&name, "promise %03d", i);
        fixture_commitment(app, last, SIDE_ME, name.buf, i % 2 ? DATE_NONE : fixture_day("2026-12-24"));
    }
    export_all(app, &text);
    for (int i = 0; i < MANY; i++) {
        str_clear(&name);
        str_addf(&name, "SUMMARY:Check in with Friend %03d\r\n", i);
        ck_has(&text, name.buf);
        str_clear(&name);
        str_addf(&name, "SUMMARY:promise %03d (", i);
        ck_has(&text, name.buf);
    }
    str_finish(&text);
    str_finish(&name);
    app_close(app);
}
END_TEST

START_TEST(an_alliance_that_is_not_there_is_an_error_and_writes_nothing)
{
    App *app = fixture_app();
    Str text;
    Error err = {0};
    str_init(&text);
    ck_assert(!app_export_ics(app, 42, &text, &err));
    ck_assert_int_eq(err.code, ERR_NOT_FOUND);
    ck_assert_uint_eq(text.len, 0);
    str_finish(&text);
    app_close(app);
}
END_TEST

/* ---- files ---- */

typedef struct {
    Str dir, path;
} Place;

static Place place_new(const char *file)
{
    Place p;
    str_init(&p.dir);
    str_init(&p.path);
    str_add_c(&p.dir, "/tmp/entente-export-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(p.dir.buf));
    str_addf(&p.path, "%s/%s", p.dir.buf, file);
    return p;
}

static size_t place_files(const Place *p, bool remove_them)
{
    size_t n = 0;
    DIR *d = opendir(p->dir.buf);
    ck_assert_ptr_nonnull(d);
    for (struct dirent *e; (e = readdir(d));) {
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0) continue;
        n++;
        if (remove_them && unlinkat(dirfd(d), e->d_name, 0) != 0) unlinkat(dirfd(d), e->d_name, AT_REMOVEDIR);
    }
    closedir(d);
    return n;
}

static void place_finish(Place *p)
{
    place_files(p, true);
    ck_assert_int_eq(rmdir(p->dir.buf), 0);
    str_finish(&p->dir);
    str_finish(&p->path);
}

static void put_file(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");
    ck_assert_ptr_nonnull(f);
    ck_assert_int_ge(fputs(text, f), 0);
    ck_assert_int_eq(fclose(f), 0);
}

static void ck_file(const char *path, const char *text)
{
    char block[65536];
    FILE *f = fopen(path, "r");
    ck_assert_ptr_nonnull(f);
    size_t n = fread(block, 1, sizeof block - 1, f);
    block[n] = '\0';
    fclose(f);
    ck_assert_str_eq(block, text);
}

static struct stat look(const char *path)
{
    struct stat st;
    ck_assert_int_eq(lstat(path, &st), 0);
    return st;
}

START_TEST(a_file_is_replaced_whole_and_is_for_nobody_else)
{
    Place p = place_new("a");
    ASSERT_OK(app_write_file(p.path.buf, SV("one"), &err));
    ck_file(p.path.buf, "one");
    ck_assert_uint_eq(look(p.path.buf).st_mode & 07777, 0600);
    chmod(p.path.buf, 0644);
    ASSERT_OK(app_write_file(p.path.buf, SV("two"), &err));
    ck_file(p.path.buf, "two");
    ck_assert_uint_eq(look(p.path.buf).st_mode & 07777, 0600);
    ASSERT_OK(app_write_file(p.path.buf, SV(""), &err));
    ck_file(p.path.buf, "");
    ck_assert_uint_eq(place_files(&p, false), 1);
    place_finish(&p);
}
END_TEST

static void ck_refused(const char *path, const char *why)
{
    Error err = {0};
    ck_assert(!app_write_file(path, SV("new"), &err));
    ck_assert_int_eq(err.code, ERR_CANNOT_WRITE);
    ck_assert_msg(strstr(err.msg, why) && strstr(err.msg, path), "%s", err.msg);
}

START_TEST(a_link_a_folder_a_pipe_and_a_missing_folder_are_left_alone)
{
    Place p = place_new("target");
    Str link, fifo, missing;
    str_init(&link);
    str_init(&fifo);
    str_init(&missing);
    str_addf(&link, "%s/link", p.dir.buf);
    str_addf(&fifo, "%s/fifo", p.dir.buf);
    str_addf(&missing, "%s/none/file", p.dir.buf);
    put_file(p.path.buf, "old");
    ck_assert_int_eq(symlink(p.path.buf, link.buf), 0);
    ck_assert_int_eq(mkfifo(fifo.buf, 0600), 0);
    ck_refused(link.buf, "it is a link");
    ck_refused(p.dir.buf, "it is a folder");
    ck_refused(fifo.buf, "it is no plain file");
    ck_refused(missing.buf, "there is no folder");
    ck_refused("", "No such file or directory");
    ck_file(p.path.buf, "old");
    ck_assert(S_ISLNK(look(link.buf).st_mode));
    ck_assert_uint_eq(place_files(&p, false), 3);
    Error err = {0};
    ck_assert(
        !app_write_calendar(fifo.buf, SV("BEGIN:VCALENDAR\r\n"), NULL, &err)); /* and does not wait for it */
    ck_assert_int_eq(err.code, ERR_CANNOT_WRITE);
    str_finish(&link);
    str_finish(&fifo);
    str_finish(&missing);
    place_finish(&p);
}
END_TEST

START_TEST(a_calendar_replaces_only_a_calendar_and_only_another)
{
    static const char ONE[] = "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n";
    static const char LONGER[] = "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\nEND:VCALENDAR\r\n";
    Place p = place_new("calendar.ics");
    bool written = false;
    Error why = {0};
    ASSERT_OK(app_write_calendar(p.path.buf, sv(ONE), &written, &err));
    ck_assert(written);
    ino_t first = look(p.path.buf).st_ino;
    ASSERT_OK(app_write_calendar(p.path.buf, sv(ONE), &written, &err));
    ck_assert(!written);
    ck_assert(look(p.path.buf).st_ino == first);
    put_file(p.path.buf, LONGER);
    ASSERT_OK(app_write_calendar(p.path.buf, sv(ONE), &written, &err));
    ck_assert(written);
    ck_file(p.path.buf, ONE);
    put_file(p.path.buf, "");
    ASSERT_OK(app_write_calendar(p.path.buf, sv(ONE), NULL, &err));
    ck_file(p.path.buf, ONE);
    put_file(p.path.buf, "my notes\n");
    ck_assert(!app_write_calendar(p.path.buf, sv(ONE), NULL, &why));
    ck_assert_int_eq(why.code, ERR_CANNOT_WRITE);
    ck_assert_ptr_nonnull(strstr(why.msg, "something else in it"));
    ck_file(p.path.buf, "my notes\n");
    place_finish(&p);
}
END_TEST

/* ---- the file that is kept up to date ---- */

static App *app_on(const char *journal, const char *calendar, bool demo)
{
    static Zone zone;
    App *app;
    zone = zone_fixed(3600);
    AppOptions options = {
        .journal = journal, .zone = &zone, .seed = calendar ? 1 : 2, .has_now = true, .calendar = calendar};
    ck_assert(instant_parse(SV("2026-11-22T21:40:00+01:00"), &options.now));
    if (demo)
        ASSERT_OK(app_open_demo(&options, &app, &err));
    else
        ASSERT_OK(app_open(&options, &app, &err));
    return app;
}

static App *app_with(const char *calendar, bool demo)
{
    return app_on(":memory:", calendar, demo);
}

static void refresh(App *app)
{
    ASSERT_OK(app_calendar_refresh(app, false, &err));
}

static bool is_there(const Place *p)
{
    return access(p->path.buf, F_OK) == 0;
}

START_TEST(a_verb_an_undo_and_a_redo_are_in_the_calendar_s_file)
{
    Place p = place_new("due.ics");
    App *app = app_with(p.path.buf, false);
    Str text;
    str_init(&text);
    refresh(app);
    ck_assert(!is_there(&p)); /* nothing was changed */
    fixture_alliance(app, "Ana", "weekly");
    refresh(app);
    export_all(app, &text);
    ck_file(p.path.buf, text.buf);
    ck_assert_uint_eq(look(p.path.buf).st_mode & 07777, 0600);
    ASSERT_OK(app_undo(app, NULL, &err));
    refresh(app);
    ck_file(p.path.buf, "BEGIN:VCALENDAR\r\nPRODID:-//entente//entente " ENTENTE_VERSION
                        "//EN\r\nVERSION:2.0\r\nCALSCALE:GREGORIAN\r\nEND:VCALENDAR\r\n");
    ASSERT_OK(app_redo(app, NULL, &err));
    refresh(app);
    ck_file(p.path.buf, text.buf);
    unlink(p.path.buf);
    refresh(app);
    ck_assert(!is_there(&p));
    ASSERT_OK(app_calendar_refresh(app, true, &err));
    ck_file(p.path.buf, text.buf);
    str_finish(&text);
    app_close(app);
    place_finish(&p);
}
END_TEST

/* ---- two programs at once ---- */

/* Stands before the C library's: what happens between a look at the journal and the calendar's writing. */
static void (*between)(void);
static int renames;

int rename(const char *from, const char *to)
{
    void (*now)(void) = between;
    between = NULL;
    renames++;
    if (now) now();
    return renameat(AT_FDCWD, from, AT_FDCWD, to);
}

static App *elsewhere;

static void ben_comes(void)
{
    fixture_alliance(elsewhere, "Ben", "weekly");
}

static void one_more_comes(void)
{
    char name[] = {(char)('A' + renames), '\0'};
    fixture_alliance(elsewhere, name, "weekly");
    between = one_more_comes;
}

START_TEST(what_another_program_writes_meanwhile_is_in_the_calendar_s_file)
{
    Place p = place_new("due.ics");
    Str journal, text;
    str_init(&journal);
    str_init(&text);
    str_addf(&journal, "%s/journal.db", p.dir.buf);
    App *app = app_on(journal.buf, p.path.buf, false);
    fixture_alliance(app, "Ana", "weekly");
    elsewhere = app_on(journal.buf, NULL, false);
    between = ben_comes;
    refresh(app);
    export_all(elsewhere, &text);
    ck_has(&text, "SUMMARY:Check in with Ben\r\n");
    ck_file(p.path.buf, text.buf);
    fixture_alliance(app, "Carla", "weekly");
    renames = 0;
    between = one_more_comes; /* and another at every look: then it is enough some time */
    refresh(app);
    ck_assert_int_ge(renames, 2);
    ck_assert_int_lt(renames, 10);
    between = NULL;
    app_close(elsewhere);
    app_close(app);
    str_finish(&text);
    str_finish(&journal);
    place_finish(&p);
}
END_TEST

START_TEST(a_check_in_that_is_finished_is_in_the_calendar_s_file)
{
    Place p = place_new("due.ics");
    App *app = app_with(p.path.buf, false);
    Str text;
    str_init(&text);
    Id ana = fixture_alliance(app, "Ana", "weekly");
    refresh(app);
    fixture_now(app, "2026-11-24T20:00:00+01:00");
    Session *s = fixture_session(app, ana, STAGE_CHECK_IN);
    fixture_skip_to(s, STEP_TEXT);
    fixture_answer(s, "Sundays");
    ASSERT_OK(session_save(s, &err));
    unlink(p.path.buf);
    refresh(app);
    ck_assert(!is_there(&p)); /* a draft changes nothing that is due */
    fixture_skip_to(s, STEP_REVIEW);
    fixture_finish(s);
    refresh(app);
    export_all(app, &text);
    ck_has(&text, "DTSTART;VALUE=DATE:20261201\r\n");
    ck_file(p.path.buf, text.buf);
    str_finish(&text);
    app_close(app);
    place_finish(&p);
}
END_TEST

START_TEST(a_calendar_that_cannot_be_written_is_told_once_a_change)
{
    Place p = place_new("due.ics");
    App *app = app_with(p.path.buf, false);
    Error err = {0};
    put_file(p.path.buf, "my notes\n");
    fixture_alliance(app, "Ana", "weekly");
    ck_assert(!app_calendar_refresh(app, false, &err));
    ck_assert_int_eq(err.code, ERR_CANNOT_WRITE);
    ck_assert_ptr_nonnull(strstr(err.msg, "The calendar is not up to date. Cannot write /"));
    refresh(app);
    fixture_alliance(app, "Ben", "weekly");
    error_clear(&err);
    ck_assert(!app_calendar_refresh(app, false, &err));
    ck_file(p.path.buf, "my notes\n");
    app_close(app);
    place_finish(&p);
}
END_TEST

START_TEST(the_demo_and_a_journal_that_is_not_there_write_no_calendar)
{
    Place p = place_new("due.ics");
    App *app = app_with(p.path.buf, true);
    Id ana;
    ASSERT_OK(app_find(app, "marta", false, &ana, &err));
    ASSERT_OK(app_skip(app, ana, NULL, &err));
    ASSERT_OK(app_calendar_refresh(app, true, &err));
    ck_assert(!is_there(&p));
    app_close(app);
    Str journal;
    str_init(&journal);
    str_addf(&journal, "%s/none/journal.db", p.dir.buf);
    AppOptions options = {.journal = journal.buf, .calendar = p.path.buf};
    ASSERT_OK(app_open(&options, &app, &err));
    ASSERT_OK(app_calendar_refresh(app, true, &err));
    ck_assert_uint_eq(place_files(&p, false), 0);
    app_close(app);
    str_finish(&journal);
    place_finish(&p);
}
END_TEST

int main(void)
{
    TCase *tc = tcase_create("export");
    tcase_set_timeout(tc, 120);
    tcase_add_test(tc, an_alliance_is_one_event_with_its_rule);
    tcase_add_test(tc, a_day_and_its_rule_are_in_step);
    tcase_add_test(tc, a_day_that_a_first_one_beside_it_counts_for_is_left_out);
    tcase_add_test(tc, a_day_skipped_ahead_is_left_out_while_its_cadence_lasts);
    tcase_add_test(tc, what_has_no_next_check_in_has_no_event);
    tcase_add_test(tc, a_commitment_says_whose_it_is_and_goes_when_it_is_settled);
    tcase_add_test(tc, nothing_but_names_and_open_promises_leaves_the_journal);
    tcase_add_test(tc, an_unchanged_journal_gives_the_same_bytes_on_any_day);
    tcase_add_test(tc, more_than_a_page_of_everything_is_there_once);
    tcase_add_test(tc, an_alliance_that_is_not_there_is_an_error_and_writes_nothing);
    tcase_add_test(tc, a_file_is_replaced_whole_and_is_for_nobody_else);
    tcase_add_test(tc, a_link_a_folder_a_pipe_and_a_missing_folder_are_left_alone);
    tcase_add_test(tc, a_calendar_replaces_only_a_calendar_and_only_another);
    tcase_add_test(tc, a_verb_an_undo_and_a_redo_are_in_the_calendar_s_file);
    tcase_add_test(tc, what_another_program_writes_meanwhile_is_in_the_calendar_s_file);
    tcase_add_test(tc, a_check_in_that_is_finished_is_in_the_calendar_s_file);
    tcase_add_test(tc, a_calendar_that_cannot_be_written_is_told_once_a_change);
    tcase_add_test(tc, the_demo_and_a_journal_that_is_not_there_write_no_calendar);
    Suite *suite = suite_create("export");
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
