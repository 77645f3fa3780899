/*
 * Calendars for programs that know better to read: "oracle_ics cases" writes those of many alliances, each
 * calendar followed by what the journal itself says of the days to come ("EXPECT:UID|WHAT|DAY,DAY,..."),
 * "oracle_ics demo" that of the invented journal; "oracle_ics libical" lets libical read both and compares.
 *
 * The days to come are not computed here: each is asked of the journal once the one before is skipped; where
 * it was moved, or its first day was named, once it was kept on that day.
 */
#include <entente/agenda.h>
#include <entente/export.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef HAVE_LIBICAL
#include <libical/ical.h>
#endif

#include "app_fixture.h"

enum { DAYS = 12, CASES_MAX = 400 };

static const char *const CADENCES[] = {
    "every 10 days",
    "weekly",
    "every 2 weeks",
    "monthly",
    "quarterly",
    "every 5 months",
    "yearly",
    "every 2 years",
    "every tuesday",
    "weekly on tuesday and friday",
    "every 2 weeks on tuesday",
    "every 3 weeks on monday and sunday",
    "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=TU,SU",
    "monthly on the 15th",
    "monthly on the 29th",
    "monthly on the 30th",
    "monthly on the 31st",
    "FREQ=MONTHLY;BYMONTHDAY=31",
    "monthly on the last day",
    "monthly on the third last day",
    "on the first monday of the month",
    "on the fifth friday of the month",
    "on the last friday of the month",
    "on the first working day of the month",
    "on the last working day of the month",
    "every 3 months on the first monday",
    "yearly on 3 may",
    "yearly on 29 february",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
    "yearly on the last friday of november",
};
enum { CADENCE_COUNT = sizeof CADENCES / sizeof *CADENCES };

/* When the last check-in was: month ends, leap days, plain days. */
static const char *const ANCHORS[] = {"2026-11-22", "2027-01-31", "2028-02-29", "2026-08-30", "2027-12-29"};
enum { ANCHOR_COUNT = sizeof ANCHORS / sizeof *ANCHORS };

/* What became of the next check-in then. */
typedef enum { AS_IT_IS, FIRST, SNOOZED, NEAR, SKIPPED, PAUSED, FATE_COUNT } Fate;
static const char *const FATES[] = {"as it is", "first", "snoozed", "snoozed near", "skipped", "paused"};

typedef struct {
    Id id;
    Fate fate;
    const char *cadence;
    Date due;
    bool moved; /* away from where the cadence has it */
    bool fixed;
} Case;

typedef struct {
    App *app;
    const char *anchor;
    Date today;
    Case cases[CASES_MAX];
    size_t count;
    Str text; /* the calendar */
} Calendar;

/* ---- making ---- */

static Date due_on(App *app, Id id)
{
    Arena arena = {0};
    AllianceRow row;
    ASSERT_OK(app_alliance_row(app, id, &arena, &row, &err));
    Date due = row.alliance.due;
    arena_finish(&arena);
    return due;
}

/* As `cadence` and the pages say them. */
static size_t next_days(App *app, Id id, Date *ret, size_t n)
{
    Arena arena = {0};
    AllianceRow row;
    ASSERT_OK(app_alliance_row(app, id, &arena, &row, &err));
    n = app_next_days(app, &row, ret, n);
    arena_finish(&arena);
    return n;
}

/* Two days before the one after it, or on the next where they follow day on day. */
static Date near_the_other(Calendar *k, const Case *c)
{
    Date days[2];
    ck_assert_uint_eq(next_days(k->app, c->id, days, 2), 2);
    return days[1] - 2 > days[0] ? days[1] - 2 : days[0] + 1;
}

static void at_noon(App *app, Date d)
{
    Zone zone = zone_fixed(3600);
    app_set_now(app, instant_local(&zone, d, 12 * 60));
}

static void befall(Calendar *k, Case *c)
{
    Date base = due_on(k->app, c->id);
    if (c->fate == SNOOZED) ASSERT_OK(app_snooze(k->app, c->id, base + 3 + (int)(k->count % 11), NULL, &err));
    if (c->fate == NEAR) ASSERT_OK(app_snooze(k->app, c->id, near_the_other(k, c), NULL, &err));
    if (c->fate == SKIPPED) ASSERT_OK(app_skip(k->app, c->id, NULL, &err));
    if (c->fate == PAUSED) ASSERT_OK(app_pause(k->app, c->id, base + 40 + (int)(k->count % 7), NULL, &err));
    c->due = due_on(k->app, c->id);
    c->moved = c->due != base && c->fate != SKIPPED;
}

static void add_case(Calendar *k, const char *cadence, Fate fate)
{
    Case *c = &k->cases[k->count++];
    Str name;
    str_init(&name);
    str_addf(&name, "%s, %s", cadence, FATES[fate]);
    NewAlliance n = {.name = name.buf, .first = fate == FIRST ? k->today : DATE_NONE};
    Done done;
    done_init(&done);
    ASSERT_OK(cadence_parse(sv(cadence), &n.cadence, &err));
    ASSERT_OK(app_new_alliance(k->app, &n, &done, &err));
    *c = (Case){.id = done.id, .fate = fate, .cadence = cadence, .fixed = n.cadence.kind == CADENCE_FIXED};
    if (fate != FIRST) fixture_check_in(k->app, c->id, 4, "");
    befall(k, c);
    done_finish(&done);
    str_finish(&name);
}

static Calendar *calendar_new(const char *anchor)
{
    Calendar *k = calloc(1, sizeof *k);
    ck_assert_ptr_nonnull(k);
    k->app = fixture_app();
    k->anchor = anchor;
    k->today = fixture_day(anchor);
    at_noon(k->app, k->today);
    for (size_t i = 0; i < CADENCE_COUNT; i++)
        for (Fate fate = 0; fate < FATE_COUNT; fate++) add_case(k, CADENCES[i], fate);
    str_init(&k->text);
    ASSERT_OK(app_export_ics(k->app, 0, &k->text, &err));
    return k;
}

static void calendar_free(Calendar *k)
{
    app_close(k->app);
    str_finish(&k->text);
    free(k);
}

/* ---- the days to come ---- */

/* A cadence that rolls on counts anew from each day held, unless a skip led there. */
static void check_pages(Calendar *k, const Case *c, const Date shown[DAYS], const Date days[DAYS])
{
    if (!c->fixed && !c->moved) return;
    for (int i = 0; i < DAYS; i++)
        ck_assert_msg(shown[i] == days[i], "%s, %s, %s: day %d", c->cadence, k->anchor, FATES[c->fate], i);
}

static void expect(Calendar *k, const Case *c, Date days[DAYS])
{
    int n = 0;
    Date shown[DAYS];
    ck_assert_uint_eq(next_days(k->app, c->id, shown, DAYS), DAYS);
    days[n++] = c->due;
    if (c->fate == PAUSED) ASSERT_OK(app_resume(k->app, c->id, NULL, &err));
    if (c->moved || c->fate == FIRST) {
        at_noon(k->app, c->due);
        fixture_check_in(k->app, c->id, 4, "");
    } else {
        ASSERT_OK(app_skip(k->app, c->id, NULL, &err));
    }
    while (n < DAYS) {
        Date due = due_on(k->app, c->id);
        if (due > c->due) days[n++] = due;
        ASSERT_OK(app_skip(k->app, c->id, NULL, &err));
    }
    at_noon(k->app, k->today);
    check_pages(k, c, shown, days);
}

START_TEST(print_cases)
{
    for (size_t i = 0; i < ANCHOR_COUNT; i++) {
        Calendar *k = calendar_new(ANCHORS[i]);
        fputs(k->text.buf, stdout);
        for (size_t j = 0; j < k->count; j++) {
            Date days[DAYS];
            Str line;
            str_init(&line);
            expect(k, &k->cases[j], days);
            str_addf(&line, "EXPECT:alliance-%lld@entente|%s, %s, %s|", (long long)k->cases[j].id,
                     k->cases[j].cadence, k->anchor, FATES[k->cases[j].fate]);
            for (int d = 0; d < DAYS; d++) {
                if (d) str_add_char(&line, ',');
                date_print_iso(&line, days[d]);
            }
            puts(line.buf);
            str_finish(&line);
        }
        calendar_free(k);
    }
}
END_TEST

static void add_demo(Str *out)
{
    App *app;
    Zone zone = zone_fixed(3600);
    AppOptions options = {.zone = &zone, .seed = 1, .has_now = true};
    ck_assert(instant_parse(SV("2026-11-22T21:40:00+01:00"), &options.now));
    ASSERT_OK(app_open_demo(&options, &app, &err));
    ASSERT_OK(app_export_ics(app, 0, out, &err));
    app_close(app);
}

START_TEST(print_demo)
{
    Str text;
    str_init(&text);
    add_demo(&text);
    fputs(text.buf, stdout);
    str_finish(&text);
}
END_TEST

/* ---- libical ---- */

#ifdef HAVE_LIBICAL
enum { COMPARED = 5 };

typedef struct {
    Date days[COMPARED];
    int n;
} Seen;

static void see(icalcomponent *c, struct icaltime_span *span, void *data)
{
    Seen *seen = data;
    (void)c;
    if (seen->n < COMPARED) seen->days[seen->n++] = (Date)(span->start / 86400);
}

static icalcomponent *find_series(icalcomponent *calendar, Id id)
{
    Str uid;
    str_init(&uid);
    str_addf(&uid, "alliance-%lld@entente", (long long)id);
    icalcomponent *c = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
    while (c && strcmp(icalcomponent_get_uid(c), uid.buf) != 0)
        c = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT);
    str_finish(&uid);
    ck_assert_ptr_nonnull(c);
    return c;
}

/* RDATEs come out of order. */
static int by_day(const void *a, const void *b)
{
    return *(const Date *)a - *(const Date *)b;
}

static bool agrees(icalcomponent *calendar, const Calendar *k, const Case *c, const Date days[DAYS])
{
    Seen seen = {{0}, 0};
    Date until = days[COMPARED - 1] + 1;
    struct icaltimetype start = icaltime_from_timet_with_zone((time_t)c->due * 86400, 1, NULL);
    struct icaltimetype end = icaltime_from_timet_with_zone((time_t)until * 86400, 1, NULL);
    icalcomponent_foreach_recurrence(find_series(calendar, c->id), start, end, see, &seen);
    qsort(seen.days, (size_t)seen.n, sizeof *seen.days, by_day);
    if (seen.n == COMPARED && memcmp(seen.days, days, sizeof seen.days) == 0) return true;
    Str line;
    str_init(&line);
    str_addf(&line, "%s, %s, %s: ", c->cadence, k->anchor, FATES[c->fate]);
    for (int i = 0; i < seen.n; i++) {
        date_print_iso(&line, seen.days[i]);
        str_add_char(&line, ' ');
    }
    str_add_c(&line, "not ");
    for (int i = 0; i < COMPARED; i++) {
        date_print_iso(&line, days[i]);
        str_add_char(&line, ' ');
    }
    puts(line.buf);
    str_finish(&line);
    return false;
}

static icalcomponent *parse(const Str *text)
{
    icalcomponent *calendar = icalparser_parse_string(text->buf);
    ck_assert_ptr_nonnull(calendar);
    ck_assert_int_eq(icalcomponent_count_errors(calendar), 0);
    ck_assert_int_eq(icalrestriction_check(calendar), 1);
    ck_assert_int_eq(icalcomponent_count_errors(calendar), 0); /* where the check says what it found */
    return calendar;
}

START_TEST(ask_libical)
{
    size_t wrong = 0, compared = 0;
    for (size_t i = 0; i < ANCHOR_COUNT; i++) {
        Calendar *k = calendar_new(ANCHORS[i]);
        icalcomponent *calendar = parse(&k->text);
        for (size_t j = 0; j < k->count; j++, compared++) {
            Date days[DAYS];
            expect(k, &k->cases[j], days);
            if (!agrees(calendar, k, &k->cases[j], days)) wrong++;
        }
        icalcomponent_free(calendar);
        calendar_free(k);
    }
    Str demo;
    str_init(&demo);
    add_demo(&demo);
    icalcomponent_free(parse(&demo));
    str_finish(&demo);
    printf("%zu alliances, %zu read otherwise\n", compared, wrong);
    ck_assert_uint_eq(wrong, 0);
}
END_TEST
#endif

int main(int argc, char **argv)
{
    const char *what = argc > 1 ? argv[1] : "";
    TCase *tc = tcase_create("oracle");
    tcase_set_timeout(tc, 0);
    if (strcmp(what, "cases") == 0) tcase_add_test(tc, print_cases);
    if (strcmp(what, "demo") == 0) tcase_add_test(tc, print_demo);
    if (strcmp(what, "libical") == 0) {
#ifdef HAVE_LIBICAL
        tcase_add_test(tc, ask_libical);
#else
        puts("libical is not installed: nothing was read by it");
        return 77;
#endif
    }
    Suite *suite = suite_create("oracle");
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_all(runner, CK_SILENT);
    int failed = srunner_ntests_failed(runner), ran = srunner_ntests_run(runner);
    TestResult **failures = srunner_failures(runner);
    for (int i = 0; i < failed; i++) fprintf(stderr, "%s\n", tr_msg(failures[i]));
    free(failures);
    srunner_free(runner);
    return failed || !ran;
}
