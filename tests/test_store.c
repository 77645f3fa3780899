#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "store_fixture.h"

/* A folder of its own, a path in it, and what came out of it. */
typedef struct {
    const char *folder, *path;
    Arena arena;
} Place;

static Place make_place(void)
{
    Place p = {.folder = make_folder()};
    p.path = arena_strf(&p.arena, "%s/journal.db", p.folder);
    return p;
}

static void remove_place(Place *p)
{
    arena_finish(&p->arena);
    remove_folder(p->folder);
}

static void write_file(const char *path, const void *bytes, size_t n)
{
    FILE *f = fopen(path, "wb");
    ck_assert_ptr_nonnull(f);
    ck_assert_uint_eq(fwrite(bytes, 1, n, f), n);
    ck_assert_int_eq(fclose(f), 0);
}

static Str read_file(const char *path)
{
    Str all;
    char chunk[4096];
    size_t n;
    FILE *f = fopen(path, "rb");
    ck_assert_ptr_nonnull(f);
    str_init(&all);
    while ((n = fread(chunk, 1, sizeof chunk, f)) > 0) str_add(&all, sv_n(chunk, n));
    (void)fclose(f);
    return all;
}

static void set_byte(const char *path, long at, int byte)
{
    FILE *f = fopen(path, "r+b");
    ck_assert_ptr_nonnull(f);
    ck_assert_int_eq(fseek(f, at, SEEK_SET), 0);
    ck_assert_int_eq(fputc(byte, f), byte);
    ck_assert_int_eq(fclose(f), 0);
}

static mode_t mode_of(const char *path)
{
    struct stat st;
    ck_assert_int_eq(stat(path, &st), 0);
    return st.st_mode & 0777;
}

static bool exists(const char *path)
{
    struct stat st;
    return lstat(path, &st) == 0;
}

/* The error an existing file gives; the file must be the same afterwards, byte for byte. */
static void refuses_untouched(const char *path, const char *says)
{
    static const StoreMode modes[] = {STORE_EXISTING, STORE_CREATE};
    for (size_t i = 0; i < 2; i++) {
        Store *s = NULL;
        Error e = {0};
        Str before = read_file(path);
        ck_assert(!store_open(path, modes[i], &s, &e));
        ck_assert_ptr_null(s);
        ck_assert_msg(e.code == ERR_UNREADABLE, "%d %s", e.code, e.msg);
        ck_assert_msg(strstr(e.msg, says) != NULL, "%s", e.msg);
        Str after = read_file(path);
        ck_assert(sv_eq(str_view(&before), str_view(&after)));
        str_finish(&before);
        str_finish(&after);
    }
}

START_TEST(a_new_journal_and_its_folder_are_for_the_user_alone)
{
    Place p = make_place();
    const char *path = arena_strf(&p.arena, "%s/a/b/journal.db", p.folder);
    mode_t old = umask(0);
    Store *s = open_file(path);
    Person person = {1, "Ana", "", "", ""};
    VERB(s, "add", minute(0), ck_ok(store_person_insert(s, &person, err)));
    ck_assert_int_eq(mode_of(path), 0600);
    ck_assert_int_eq(mode_of(arena_strf(&p.arena, "%s-wal", path)), 0600);
    ck_assert_int_eq(mode_of(arena_strf(&p.arena, "%s-shm", path)), 0600);
    ck_assert_int_eq(mode_of(arena_strf(&p.arena, "%s/a", p.folder)), 0700);
    ck_assert_int_eq(mode_of(arena_strf(&p.arena, "%s/a/b", p.folder)), 0700);
    store_close(s);
    (void)umask(old);
    ck_assert(!exists(arena_strf(&p.arena, "%s-wal", path)));
    remove_place(&p);
}
END_TEST

START_TEST(only_creating_makes_a_file)
{
    Place p = make_place();
    Store *s = NULL;
    ck_fails(store_open(p.path, STORE_EXISTING, &s, err), ERR_NOT_FOUND);
    ck_assert(!exists(p.path));
    store_close(open_file(p.path));
    ck_ok(store_open(p.path, STORE_EXISTING, &s, err));
    store_close(s);
    store_close(NULL);
    remove_place(&p);
}
END_TEST

START_TEST(an_empty_file_counts_as_new)
{
    Place p = make_place();
    write_file(p.path, "", 0);
    store_close(open_file(p.path));
    remove_place(&p);
}
END_TEST

START_TEST(a_name_is_never_read_as_anything_but_a_name)
{
    Place p = make_place();
    char *here = getcwd(NULL, 0);
    ck_assert_ptr_nonnull(here);
    ck_assert_int_eq(chdir(p.folder), 0);
    static const char *const names[] = {"file:x?mode=memory", "-journal", "a b;c.db"};
    for (size_t i = 0; i < 3; i++) {
        Store *s = open_file(names[i]);
        Person person = {1, "Ana", "", "", ""};
        VERB(s, "add", minute(0), ck_ok(store_person_insert(s, &person, err)));
        store_close(s);
        Str bytes = read_file(names[i]);
        ck_assert_uint_gt(bytes.len, 4096);
        str_finish(&bytes);
    }
    ck_assert_int_eq(chdir(here), 0);
    free(here);
    remove_place(&p);
}
END_TEST

START_TEST(programs_that_make_the_journal_at_once_all_get_it)
{
    enum { PROGRAMS = 4, ROUNDS = 5 };
    for (int round = 0; round < ROUNDS; round++) {
        Place p = make_place();
        for (Id i = 1; i <= PROGRAMS; i++) {
            if (fork() != 0) continue;
            Store *s = NULL;
            Person person = {i, "Ana", "", "", ""};
            Error e = {0};
            bool ok = store_open(p.path, STORE_CREATE, &s, &e) && store_begin(s, &e) &&
                      store_person_insert(s, &person, &e) && store_commit(s, "add", 0, minute(0), &e);
            if (!ok) (void)fprintf(stderr, "%s\n", e.msg);
            store_close(s);
            _exit(!ok);
        }
        for (int i = 0; i < PROGRAMS; i++) {
            int status = 1;
            ck_assert_int_gt(wait(&status), 0);
            ck_assert(WIFEXITED(status) && WEXITSTATUS(status) == 0);
        }
        remove_place(&p);
    }
}
END_TEST

START_TEST(what_cannot_be_made_says_so)
{
    Place p = make_place();
    Store *s = NULL;
    const char *file = arena_strf(&p.arena, "%s/file", p.folder);
    write_file(file, "x", 1);
    ck_fails(store_open(arena_strf(&p.arena, "%s/journal.db", file), STORE_CREATE, &s, err),
             ERR_CANNOT_WRITE);
    ck_fails(store_open(p.folder, STORE_CREATE, &s, err), ERR_UNREADABLE);
    /* A link that leads nowhere is not followed to make a file behind it. */
    const char *target = arena_strf(&p.arena, "%s/elsewhere", p.folder);
    ck_assert_int_eq(symlink(target, p.path), 0);
    ck_fails(store_open(p.path, STORE_CREATE, &s, err), ERR_CANNOT_WRITE);
    ck_assert(!exists(target));
    remove_place(&p);
}
END_TEST

START_TEST(foreign_newer_and_damaged_files_are_left_as_they_are)
{
    enum {
        USER_VERSION_AT = 60,
        APPLICATION_ID_AT = 68,
        SCHEMA_AT = 100
    }; /* sqlite.org/fileformat2.html, 1.3 */
    static const struct {
        long at;
        int byte;
        const char *says;
    } cases[] = {{USER_VERSION_AT + 3, 99, "version 99"},
                 {APPLICATION_ID_AT, 0, "not an entente journal"},
                 {0, 'X', "not an entente journal"},
                 {SCHEMA_AT, 0xff, "Restore a backup"}};
    Place p = make_place();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *path = arena_strf(&p.arena, "%s/%zu.db", p.folder, i);
        store_close(open_file(path));
        set_byte(path, cases[i].at, cases[i].byte);
        refuses_untouched(path, cases[i].says);
        ck_assert(!exists(arena_strf(&p.arena, "%s.v%d.bak", path, store_version())));
    }
    write_file(p.path, "Dear diary,\n", 12);
    refuses_untouched(p.path, "not an entente journal");
    remove_place(&p);
}
END_TEST

START_TEST(a_log_without_its_journal_is_not_thrown_away)
{
    Place p = make_place();
    Store *s = NULL;
    const char *log = arena_strf(&p.arena, "%s-wal", p.path);
    write_file(log, "precious", 8);
    ck_fails(store_open(p.path, STORE_CREATE, &s, err), ERR_UNREADABLE);
    Str after = read_file(log);
    ck_assert_str_eq(after.buf, "precious");
    ck_assert(!exists(p.path));
    str_finish(&after);
    remove_place(&p);
}
END_TEST

START_TEST(random_damage_is_an_error_or_harmless_but_never_a_crash)
{
    Place p = make_place();
    Store *s = open_file(p.path);
    World w;
    Dice d = {99};
    world_init(&w, s, 6);
    while (w.clock < 20) world_verb(&w);
    store_close(s);
    world_finish(&w);
    Str whole = read_file(p.path);
    for (int i = 0; i < 60; i++) {
        HistoryFilter f = history_filter();
        HistoryCursor next;
        HistoryRow *rows;
        size_t n;
        Str out;
        Arena arena = {0};
        write_file(p.path, whole.buf, i % 3 ? whole.len : roll(&d, (unsigned)whole.len));
        for (int j = 0; i % 3 && j < 40; j++) {
            set_byte(p.path, (long)roll(&d, (unsigned)whole.len), (int)roll(&d, 256));
        }
        str_init(&out);
        s = NULL;
        if (store_open(p.path, STORE_EXISTING, &s, NULL)) {
            (void)store_dump(s, &out, NULL);
            (void)store_history(s, &f, NULL, 50, &arena, &rows, &n, &next, NULL);
            f.query = "coffee";
            (void)store_history(s, &f, NULL, 50, &arena, &rows, &n, &next, NULL);
            (void)store_search_rebuild(s, NULL);
        }
        store_close(s);
        str_finish(&out);
        arena_finish(&arena);
    }
    str_finish(&whole);
    remove_place(&p);
}
END_TEST

START_TEST(ids_rise_and_repeat_only_with_a_seed)
{
    Store *a = open_memory(), *b = open_memory();
    Id last = 0;
    for (int i = 0; i < 2000; i++) {
        int64_t now = i % 7 == 0 ? BASE_MS - i : BASE_MS; /* a clock that steps back */
        Id id = store_new_id(a, now);
        ck_assert_int_gt(id, last);
        ck_assert_int_eq(id, store_new_id(b, now));
        last = id;
    }
    ck_assert_int_eq(store_new_id(a, BASE_MS + 5000) >> 21, BASE_MS + 5000);
    store_seed_ids(a, 0);
    store_seed_ids(b, 0);
    ck_assert_int_ne(store_new_id(a, BASE_MS + 90000), store_new_id(b, BASE_MS + 90000));
    store_close(a);
    store_close(b);
}
END_TEST

START_TEST(two_programs_see_each_other_and_lose_no_draft)
{
    Place p = make_place();
    Store *a = open_file(p.path), *b = open_file(p.path);
    Arena arena = {0};
    Draft mine = a_draft(0, "first"), theirs;
    ck_ok(store_draft_save(a, &mine, err));
    ck_assert(store_changed_elsewhere(b));
    ck_assert(!store_changed_elsewhere(b));
    ck_assert(!store_changed_elsewhere(a)); /* one's own commits are no news */
    ck_ok(store_draft_of(b, 0, &arena, &theirs, err));
    theirs.state = "theirs";
    ck_ok(store_draft_save(b, &theirs, err));
    ck_assert_int_eq(theirs.id, mine.id);
    ck_assert(store_changed_elsewhere(a));
    mine.state = "mine";
    ck_ok(store_draft_save(a, &mine, err));
    ck_assert_int_ne(theirs.id, mine.id);
    ck_assert_int_eq(mine.revision, 1);
    char *all = dump(b);
    ck_assert_ptr_nonnull(strstr(all, "\"mine\""));
    ck_assert_ptr_nonnull(strstr(all, "\"theirs\""));
    /* taken out by the one, saved again by the other: kept */
    VERB(b, "finish", minute(1), ck_ok(store_draft_delete(b, &mine, err)));
    ck_ok(store_draft_save(a, &mine, err));
    ck_ok(store_draft_find(b, 0, STAGE_CHECK_IN, &arena, &theirs, err));
    free(all);
    arena_finish(&arena);
    store_close(a);
    store_close(b);
    remove_place(&p);
}
END_TEST

START_TEST(a_second_writer_waits_then_says_in_use)
{
    Place p = make_place();
    Store *a = open_file(p.path), *b = open_file(p.path);
    ck_ok(store_begin(a, err));
    time_t begun = time(NULL);
    ck_fails(store_begin(b, err), ERR_IN_USE);
    ck_assert_int_ge(time(NULL) - begun, 4);
    store_rollback(a);
    ck_ok(store_begin(b, err));
    store_rollback(b);
    store_close(a);
    store_close(b);
    remove_place(&p);
}
END_TEST

/* Adds people until it is killed, and tells each id after its commit. */
static void write_until_killed(const char *path, Id first, int out)
{
    Store *s = NULL;
    if (!store_open(path, STORE_EXISTING, &s, NULL)) _exit(2);
    for (Id id = first;; id++) {
        Alliance a = an_alliance(id, "Ana");
        Moment m = a_moment(id + 1000000, id, "coffee and honesty");
        bool ok = store_begin(s, NULL) && store_alliance_insert(s, &a, NULL) &&
                  store_moment_insert(s, &m, NULL) && store_commit(s, "add", id, minute(0), NULL);
        if (!ok || write(out, &id, sizeof id) != (ssize_t)sizeof id) _exit(3);
    }
}

static void wait_ms(long ms)
{
    struct timespec t = {ms / 1000, ms % 1000 * 1000000};
    while (nanosleep(&t, &t) != 0 && errno == EINTR) continue;
}

/* Starts a writer, kills it some time after its first word and returns the last id it told. */
static Id kill_a_writer(const char *path, Id first, long after_ms)
{
    int ends[2], status;
    Id last, told;
    ck_assert_int_eq(pipe(ends), 0);
    pid_t pid = fork();
    ck_assert_int_ge(pid, 0);
    if (pid == 0) write_until_killed(path, first, ends[1]);
    (void)close(ends[1]);
    ck_assert_int_eq(read(ends[0], &last, sizeof last), (ssize_t)sizeof last);
    wait_ms(after_ms);
    ck_assert_int_eq(kill(pid, SIGKILL), 0);
    ck_assert_int_eq(waitpid(pid, &status, 0), pid);
    ck_assert(WIFSIGNALED(status));
    while (read(ends[0], &told, sizeof told) == (ssize_t)sizeof told) last = told;
    (void)close(ends[0]);
    return last;
}

START_TEST(a_killed_program_loses_nothing_it_had_saved)
{
    Place p = make_place();
    Dice d = {17};
    Id next = 1;
    store_close(open_file(p.path));
    for (int i = 0; i < 20; i++) {
        Id last = kill_a_writer(p.path, next, 20 + (long)roll(&d, 60));
        Store *s = open_file(p.path);
        Arena arena = {0};
        Moment m;
        for (Id id = next; id <= last; id++) ck_ok(store_moment_get(s, id + 1000000, &arena, &m, err));
        /* At most one more was saved without a word of it; and never half of one. */
        bool one_more = store_moment_get(s, last + 1000001, &arena, &m, NULL);
        ck_assert(!store_moment_get(s, last + 1000002, &arena, &m, NULL));
        next = last + 1 + one_more;
        size_t alliances = 0;
        ck_ok(store_alliance_count(s, &alliances, err));
        ck_assert_int_eq((Id)alliances, next - 1);
        ck_ok(store_search_rebuild(s, err));
        arena_finish(&arena);
        store_close(s);
    }
    ck_assert_int_gt(next, 20);
    remove_place(&p);
}
END_TEST

/* Saves people with long notes until the disk takes no more; returns how many it took. */
static Id fill_up(Store *s, Error *why)
{
    Str notes;
    Id saved = 0;
    str_init(&notes);
    str_add_fill(&notes, 'x', 20000);
    for (Id id = 1; id < 1000; id++) {
        Person p = {id, "Ana", "", "", notes.buf};
        ck_ok(store_begin(s, err));
        if (!store_person_insert(s, &p, why) || !store_commit(s, "add", 0, minute(0), why)) {
            store_rollback(s);
            break;
        }
        saved = id;
    }
    str_finish(&notes);
    return saved;
}

START_TEST(a_full_disk_says_so_and_loses_nothing)
{
    Place p = make_place();
    struct rlimit old, low;
    Error e = {0};
    Arena arena = {0};
    Store *s = open_file(p.path);
    void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
    ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &old), 0);
    low = old;
    low.rlim_cur = 1000000;
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &low), 0);
    Id saved = fill_up(s, &e);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &old), 0);
    ck_assert_msg(e.code == ERR_CANNOT_WRITE, "%d %s", e.code, e.msg);
    ck_assert_int_gt(saved, 3);
    Person last = {5000, "Ben", "", "", ""};
    for (int i = 0; i < 2; i++) {
        Str all;
        size_t people = 0;
        str_init(&all);
        ck_ok(store_dump(s, &all, err));
        for (const char *at = all.buf; (at = strstr(at, "person id=")); at++) people++;
        ck_assert_int_eq((Id)people, saved + i);
        str_finish(&all);
        if (i == 0) VERB(s, "room again", minute(1), ck_ok(store_person_insert(s, &last, err)));
        store_close(s);
        s = open_file(p.path);
    }
    (void)signal(SIGXFSZ, handler);
    store_close(s);
    arena_finish(&arena);
    remove_place(&p);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("store");
    TCase *tc = tcase_create("store");
    tcase_set_timeout(tc, 60);
    tcase_add_test(tc, a_new_journal_and_its_folder_are_for_the_user_alone);
    tcase_add_test(tc, only_creating_makes_a_file);
    tcase_add_test(tc, an_empty_file_counts_as_new);
    tcase_add_test(tc, a_name_is_never_read_as_anything_but_a_name);
    tcase_add_test(tc, programs_that_make_the_journal_at_once_all_get_it);
    tcase_add_test(tc, what_cannot_be_made_says_so);
    tcase_add_test(tc, foreign_newer_and_damaged_files_are_left_as_they_are);
    tcase_add_test(tc, a_log_without_its_journal_is_not_thrown_away);
    tcase_add_test(tc, random_damage_is_an_error_or_harmless_but_never_a_crash);
    tcase_add_test(tc, ids_rise_and_repeat_only_with_a_seed);
    tcase_add_test(tc, two_programs_see_each_other_and_lose_no_draft);
    tcase_add_test(tc, a_second_writer_waits_then_says_in_use);
    tcase_add_test(tc, a_killed_program_loses_nothing_it_had_saved);
    tcase_add_test(tc, a_full_disk_says_so_and_loses_nothing);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
