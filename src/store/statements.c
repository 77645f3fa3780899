#include "statements.h"

/* A statement, and one that reads a list: its plan is tested. */
#define RUN(id, text)  [STMT_##id] = {#id, text, false}
#define LIST(id, text) [STMT_##id] = {#id, text, true}

#define ALLIANCE_COLUMNS                                                                                     \
    "a.id, a.name, a.kind, a.role, a.situation, a.state, a.paused_until, a.cadence, a.anchor, "              \
    "a.cadence_since, a.review_on, "                                                                         \
    "a.version, a.created_at, a.created_offset, a.trashed_at, a.trashed_offset, a.last_at, a.last_offset, "  \
    "a.last_trust, a.due"

/*
 * What few alliances have: a look into an index costs less than a statement of its own that finds none. The
 * plus takes the column's affinity away, with which an index on an expression would not do.
 */
#define ALLIANCE_HAS                                                                                         \
    "EXISTS (SELECT 1 FROM snooze z WHERE z.alliance = a.id), "                                              \
    "EXISTS (SELECT 1 FROM skip k WHERE k.alliance = a.id), "                                                \
    "EXISTS (SELECT 1 FROM draft d WHERE ifnull(d.alliance, 0) = +a.id)"

#define ALLIANCE_ROW ALLIANCE_COLUMNS ", a.sort_order, " ALLIANCE_HAS

/* ?1 sort key and ?2 id of the last row, ?3 tag or NULL, ?4 limit, ?5 state or NULL. */
#define ALLIANCE_PAGE(index, where)                                                                          \
    "SELECT " ALLIANCE_ROW " FROM alliance a INDEXED BY " index " WHERE " where                              \
    " AND a.sort_order >= ?1 AND (a.sort_order > ?1 OR a.id > ?2)"                                           \
    " AND (?3 IS NULL OR EXISTS (SELECT 1 FROM tag t WHERE t.alliance = a.id AND t.tag = ?3))"               \
    " ORDER BY a.sort_order, a.id LIMIT ?4"

#define VERSION_COLUMNS "id, alliance, number, since_at, since_offset, reason, talked, talked_on, check_in"

#define CHECK_IN_COLUMNS                                                                                     \
    "id, alliance, stage, happened_at, happened_offset, trust, trust_note, note, version, is_private, quick"

#define MOMENT_COLUMNS "id, alliance, kind, happened_at, happened_offset, text, is_private"

#define COMMITMENT_COLUMNS                                                                                   \
    "c.id, c.alliance, c.side, c.text, c.due, c.state, c.made_at, c.made_offset, c.settled_at, "             \
    "c.settled_offset, c.made_in, c.settled_in, c.term, c.trashed_at, c.trashed_offset"

/* ?1 order key and ?2 id of the last row, ?3 limit, ?4 alliance. */
#define COMMITMENTS_OPEN(where)                                                                              \
    "SELECT " COMMITMENT_COLUMNS ", a.name FROM commitment c"                                                \
    " CROSS JOIN alliance a ON a.id = c.alliance AND a.trashed_at IS NULL"                                   \
    " WHERE " where " c.state = 'open' AND c.trashed_at IS NULL"                                             \
    " AND ifnull(c.due, '9999-12-31') >= ?1 AND (ifnull(c.due, '9999-12-31') > ?1 OR c.id > ?2)"             \
    " ORDER BY ifnull(c.due, '9999-12-31'), c.id LIMIT ?3"
#define COMMITMENTS_SETTLED(where)                                                                           \
    "SELECT " COMMITMENT_COLUMNS ", a.name FROM commitment c"                                                \
    " CROSS JOIN alliance a ON a.id = c.alliance AND a.trashed_at IS NULL"                                   \
    " WHERE " where " c.state <> 'open' AND c.trashed_at IS NULL"                                            \
    " AND c.settled_at <= ?1 AND (c.settled_at < ?1 OR c.id < ?2)"                                           \
    " ORDER BY c.settled_at DESC, c.id DESC LIMIT ?3"

/* And of those with a day up to ?4, of what goes on; ?5 alliance. */
#define COMMITMENTS_OPEN_BY(where)                                                                           \
    COMMITMENTS_OPEN(where " ifnull(c.due, '9999-12-31') <= ?4 AND c.due IS NOT NULL AND a.state <> 'ended'" \
                           " AND")

#define DELIVERY_COLUMNS                                                                                     \
    "d.id, d.kind, d.subject, d.alliance, d.due_day, d.channel, d.round, d.sent_at, d.sent_offset, "         \
    "d.attempts, d.outcome, d.detail"

/* Rows that keep a delivery from being sent: ?1 kind, ?2 subject, ?3 due day, ?4 channel, ?5 round, `only`
   whether it is the only one. */
#define BLOCKING(only)                                                                                       \
    "SELECT 1 FROM delivery WHERE kind = ?1 AND subject = ?2 AND due_day = ?3 AND channel = ?4"              \
    " AND (round >= ?5 OR " only ") AND outcome <> 'failed'"

#define DELIVERIES(index, where)                                                                             \
    "SELECT " DELIVERY_COLUMNS ", a.name FROM delivery d INDEXED BY " index                                  \
    " LEFT JOIN alliance a ON a.id = d.alliance WHERE d.sent_at <= ?1" where                                 \
    " ORDER BY d.sent_at DESC, d.id DESC LIMIT ?2"

#define DRAFT_COLUMNS "id, alliance, stage, step, steps, state, saved_at, saved_offset, revision"

/*
 * History is one list of four tables. Each arm reads its own index backwards
 * from the cursor and SQLite merges the arms, so a page costs a page. The columns:
 * id, kind, alliance, its name, instant, trust, version, side, state, due,
 * settled, moment kind, text, private, quick.
 */
#define FIRST_ANSWER(column)                                                                                 \
    "(SELECT w." column " FROM answer w WHERE w.check_in = c.id AND w.skipped = 0 AND w.text <> ''"          \
    " ORDER BY w.position LIMIT 1)"
#define OF_ALLIANCE(table)                                                                                   \
    " CROSS JOIN alliance a ON a.id = " table ".alliance AND a.trashed_at IS NULL WHERE "
#define SESSION_ARM(is_private, where)                                                                       \
    "SELECT c.id, replace(c.stage, 'team-', ''), c.alliance, a.name, c.happened_at AS at, "                  \
    "c.happened_offset,"                                                                                     \
    " c.trust, (SELECT v.number FROM version v WHERE v.check_in = c.id), NULL, NULL, NULL, NULL, NULL, "     \
    "NULL,"                                                                                                  \
    " coalesce(" FIRST_ANSWER("text") ", nullif(c.trust_note, ''), c.note),"                                 \
                                      " c.is_private OR ifnull(" is_private ", 0), c.quick"                  \
                                      " FROM check_in c" OF_ALLIANCE("c") where
#define AGREEMENT_ARM(is_private, where)                                                                     \
    "SELECT v.id, 'agreement', v.alliance, a.name, v.since_at AS at, v.since_offset, NULL, v.number,"        \
    " NULL, NULL, NULL, NULL, NULL, NULL, v.reason, " is_private ", 0"                                       \
    " FROM version v" OF_ALLIANCE("v") "v.check_in IS NULL AND " where
#define COMMITMENT_ARM(where)                                                                                \
    "SELECT k.id, 'commitment', k.alliance, a.name, k.made_at AS at, k.made_offset, NULL, NULL, k.side,"     \
    " k.state, k.due, k.settled_at, k.settled_offset, NULL, k.text, 0, 0"                                    \
    " FROM commitment k" OF_ALLIANCE("k") "k.trashed_at IS NULL AND " where
#define MOMENT_ARM(where)                                                                                    \
    "SELECT m.id, 'moment', m.alliance, a.name, m.happened_at AS at, m.happened_offset, NULL, NULL, NULL,"   \
    " NULL, NULL, NULL, NULL, m.kind, m.text, m.is_private, 0"                                               \
    " FROM moment m" OF_ALLIANCE("m") where

/* ?1 instant and ?2 id to stay below, ?3 earliest instant, ?4 to ?5 wall-clock milliseconds, ?6 alliance, ?7
 * kind, ?8 limit. */
#define WITHIN(table, column)                                                                                \
    table "." column "_at <= ?1 AND (" table "." column "_at < ?1 OR " table ".id < ?2)"                     \
          " AND " table "." column "_at >= ?3"                                                               \
          " AND " table "." column "_at + " table "." column "_offset * 1000 BETWEEN ?4 AND ?5"
#define NEWEST_FIRST     " ORDER BY 5 DESC, 1 DESC LIMIT ?8"
#define SESSIONS(and)    SESSION_ARM(FIRST_ANSWER("is_private"), and WITHIN("c", "happened"))
#define AGREEMENTS(and)  AGREEMENT_ARM("0", and WITHIN("v", "since"))
#define COMMITMENTS(and) COMMITMENT_ARM(and WITHIN("k", "made"))
#define MOMENTS(and)     MOMENT_ARM(and WITHIN("m", "happened"))
#define UNION            " UNION ALL "
#define OF_KIND          "replace(c.stage, 'team-', '') = ?7 AND "

/* The version a found term (?1) came with, and whether the found text is private. */
#define CAME_WITH(column)                                                                                    \
    "(SELECT w." column                                                                                      \
    " FROM term t JOIN version w ON w.alliance = t.alliance AND w.number = t.from_version"                   \
    " WHERE t.id = ?1)"
#define FOUND_PRIVATE                                                                                        \
    "(SELECT is_private FROM answer WHERE id = ?1 UNION ALL SELECT is_private FROM term WHERE id = ?1)"

#define FOUND_ID "(SELECT d.id FROM search_doc d WHERE d.doc = search.rowid)"

const Statement statements[STMT_COUNT] = {
    /* store */
    RUN(BEGIN, "BEGIN IMMEDIATE"),
    RUN(BEGIN_READ, "BEGIN"),
    RUN(COMMIT, "COMMIT"),
    RUN(ROLLBACK, "ROLLBACK"),
    RUN(DATA_VERSION, "PRAGMA data_version"),
    RUN(APPLICATION_ID, "PRAGMA application_id"),
    RUN(USER_VERSION, "PRAGMA user_version"),
    RUN(SCHEMA_COUNT, "SELECT count(*) FROM sqlite_schema"),
    RUN(SCHEMA_ACTIVE, "SELECT sql FROM sqlite_schema WHERE type IN ('trigger', 'view')"),

    /* undo */
    RUN(STEP_INSERT, "INSERT INTO step (label, alliance, done_at, done_offset, state, changes)"
                     " VALUES (?1, ?2, ?3, ?4, ?5, ?6)"),
    RUN(STEP_DROP_UNDONE, "UPDATE step SET state = 'dropped' WHERE state = 'undone'"),
    LIST(STEP_LAST_DONE, "SELECT id, label, alliance, done_at, done_offset, state, changes FROM step"
                         " WHERE state = 'done' ORDER BY id DESC LIMIT 1"),
    LIST(STEP_NEXT_UNDONE, "SELECT id, label, alliance, done_at, done_offset, state, changes FROM step"
                           " WHERE state = 'undone' ORDER BY id LIMIT 1"),
    RUN(STEP_SET_STATE, "UPDATE step SET state = ?2, moved_at = ?3 WHERE id = ?1"),
    LIST(STEP_PAGE, "SELECT id, label, alliance, done_at, done_offset, state FROM step"
                    " WHERE id < ?1 ORDER BY id DESC LIMIT ?2"),
    /* What was moved last lies on either side of the place where the next undo is. */
    LIST(STEP_LAST_CHANGE,
         "SELECT max((SELECT done_at FROM step WHERE id = (SELECT max(id) FROM step)),"
         " ifnull((SELECT moved_at FROM step WHERE state = 'done' ORDER BY id DESC LIMIT 1), 0),"
         " ifnull((SELECT moved_at FROM step WHERE state = 'undone' ORDER BY id LIMIT 1), 0))"),
    RUN(STEP_FORGET, "DELETE FROM step"),

    /* alliances */
    RUN(PERSON_INSERT, "INSERT INTO person (id, name, email, phone, notes) VALUES (?1, ?2, ?3, ?4, ?5)"),
    RUN(PERSON_UPDATE, "UPDATE person SET name = ?2, email = ?3, phone = ?4, notes = ?5 WHERE id = ?1"),
    RUN(MEMBER_INSERT, "INSERT INTO member (alliance, person, position) VALUES (?1, ?2, ?3)"),
    LIST(MEMBERS, "SELECT p.id, p.name, p.email, p.phone, p.notes FROM member m"
                  " CROSS JOIN person p ON p.id = m.person"
                  " WHERE m.alliance = ?1 ORDER BY m.position, m.person"),
    RUN(ALLIANCE_INSERT, "INSERT INTO alliance (id, name, kind, role, situation, state, paused_until, "
                         "cadence, anchor, review_on,"
                         " version, created_at, created_offset, trashed_at, trashed_offset, last_at, "
                         "last_offset, last_trust, due,"
                         " folded, sort_order, cadence_since)"
                         " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, "
                         "?17, ?18, ?19, ?20, ?21, ?22)"),
    RUN(ALLIANCE_UPDATE,
        "UPDATE alliance SET name = ?2, kind = ?3, role = ?4, situation = ?5, state = ?6, paused_until = ?7,"
        " cadence = ?8, anchor = ?9, review_on = ?10, version = ?11, created_at = ?12, created_offset = ?13,"
        " trashed_at = ?14, trashed_offset = ?15, last_at = ?16, last_offset = ?17, last_trust = ?18, due = "
        "?19,"
        " folded = ?20, sort_order = ?21, cadence_since = ?22 WHERE id = ?1"),
    LIST(ALLIANCE_GET, "SELECT " ALLIANCE_COLUMNS " FROM alliance a WHERE a.id = ?1"),
    LIST(ALLIANCES_NAMED, "SELECT " ALLIANCE_COLUMNS " FROM alliance a"
                          " WHERE a.folded >= ?1 AND a.folded < ?2 AND (?3 OR a.trashed_at IS NULL)"
                          " ORDER BY a.folded, a.id LIMIT ?4"),
    /* Its first page, which every start shows: half as much to prepare. ?1 sort key to stay below, ?2 limit.
     */
    LIST(ALLIANCES_FIRST, "SELECT " ALLIANCE_ROW " FROM alliance a INDEXED BY alliance_current"
                          " WHERE a.trashed_at IS NULL AND a.state <> 'ended' AND a.sort_order < ?1"
                          " ORDER BY a.sort_order, a.id LIMIT ?2"),
    LIST(ALLIANCES_CURRENT, ALLIANCE_PAGE("alliance_current", "a.trashed_at IS NULL AND a.state <> 'ended'"
                                                              " AND (?5 IS NULL OR a.state = ?5)")),
    LIST(ALLIANCES_ALL,
         ALLIANCE_PAGE("alliance_all", "a.trashed_at IS NULL AND (?5 IS NULL OR a.state = ?5)")),
    LIST(ALLIANCES_IN_STATE, ALLIANCE_PAGE("alliance_state", "a.trashed_at IS NULL AND a.state = ?5")),
    LIST(ALLIANCES_TRASHED,
         ALLIANCE_PAGE("alliance_trash", "a.trashed_at IS NOT NULL AND (?5 IS NULL OR a.state = ?5)")),
    RUN(ALLIANCE_EXISTS, "SELECT EXISTS (SELECT 1 FROM alliance WHERE trashed_at IS NULL)"),
    RUN(ALLIANCE_COUNT, "SELECT count(*) FROM alliance WHERE trashed_at IS NULL AND state <> 'ended'"),
    LIST(DUE_COUNT, "SELECT 1 FROM alliance a INDEXED BY alliance_due"
                    " WHERE a.due <= ?1 AND a.trashed_at IS NULL AND a.state <> 'ended' LIMIT ?2"),
    LIST(REVIEWS, "SELECT a.id, a.name, a.review_on FROM alliance a INDEXED BY alliance_review"
                  " WHERE a.review_on <= ?1 AND a.trashed_at IS NULL AND a.state <> 'ended'"
                  " ORDER BY a.review_on, a.id LIMIT ?2"),
    RUN(TAG_INSERT, "INSERT INTO tag (alliance, tag) VALUES (?1, ?2) ON CONFLICT DO NOTHING"),
    LIST(TAGS, "SELECT tag FROM tag WHERE alliance = ?1 ORDER BY tag"),
    LIST(TRUST, "SELECT trust FROM check_in WHERE alliance = ?1 AND replace(stage, 'team-', '') = 'check-in'"
                " ORDER BY happened_at DESC, id DESC LIMIT ?2"),
    /* Not grouped by side: a sorter costs more than the few rows there are. */
    LIST(OPEN_SIDES, "SELECT side, due FROM commitment INDEXED BY commitment_open_of"
                     " WHERE alliance = ?1 AND state = 'open' AND trashed_at IS NULL"),
    RUN(SNOOZE_INSERT, "INSERT INTO snooze (id, alliance, of_day, until_day, made_at, made_offset)"
                       " VALUES (?1, ?2, ?3, ?4, ?5, ?6)"),
    RUN(SNOOZE_DELETE, "DELETE FROM snooze WHERE alliance = ?1"),
    RUN(SKIP_DELETE, "DELETE FROM skip WHERE alliance = ?1 AND of_day = ?2"),
    RUN(SKIPS_DELETE, "DELETE FROM skip WHERE alliance = ?1 AND of_day >= ?2"),
    LIST(SNOOZE, "SELECT of_day, until_day FROM snooze WHERE alliance = ?1"),
    RUN(SKIP_INSERT,
        "INSERT INTO skip (id, alliance, of_day, made_at, made_offset) VALUES (?1, ?2, ?3, ?4, ?5)"
        " ON CONFLICT (alliance, of_day) DO NOTHING"),
    LIST(SKIPS, "SELECT of_day FROM skip WHERE alliance = ?1 AND of_day >= ?2 ORDER BY of_day"),

    /* agreements */
    RUN(VERSION_INSERT, "INSERT INTO version (id, alliance, number, previous, since_at, since_offset, reason,"
                        " talked, talked_on, check_in)"
                        " VALUES (?1, ?2, ?3, nullif(?3 - 1, 0), ?4, ?5, ?6, ?7, ?8, ?9)"),
    RUN(VERSION_UPDATE, "UPDATE version SET reason = ?2, talked = ?3, talked_on = ?4 WHERE id = ?1"),
    LIST(VERSIONS, "SELECT " VERSION_COLUMNS " FROM version WHERE alliance = ?1 ORDER BY number"),
    LIST(VERSION_GET, "SELECT " VERSION_COLUMNS " FROM version WHERE id = ?1"),
    RUN(TERM_INSERT,
        "INSERT INTO term (id, alliance, section, side, text, is_private, from_version, to_version,"
        " replaces, position) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"),
    RUN(TERM_RETIRE, "UPDATE term SET to_version = ?2 WHERE id = ?1"),
    RUN(TERM_PLACE, "UPDATE term SET position = ?2 WHERE id = ?1"),
    LIST(TERMS,
         "SELECT id, alliance, section, side, text, is_private, from_version, to_version, replaces, position"
         " FROM term WHERE alliance = ?1 ORDER BY from_version, id"),

    /* checkins */
    RUN(CHECK_IN_INSERT, "INSERT INTO check_in (" CHECK_IN_COLUMNS ")"
                         " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"),
    LIST(CHECK_IN_GET, "SELECT " CHECK_IN_COLUMNS " FROM check_in WHERE id = ?1"),
    LIST(CHECK_INS, "SELECT " CHECK_IN_COLUMNS " FROM check_in"
                    " WHERE alliance = ?1 AND replace(stage, 'team-', '') = 'check-in' AND happened_at < ?2"
                    " ORDER BY happened_at DESC, id DESC LIMIT ?3"),
    LIST(CHECK_IN_COUNT, "SELECT count(*) FROM check_in"
                         " WHERE alliance = ?1 AND replace(stage, 'team-', '') = 'check-in'"),
    LIST(CHECK_IN_LAST,
         "SELECT " CHECK_IN_COLUMNS " FROM check_in"
         " WHERE alliance = ?1 AND replace(stage, 'team-', '') = replace(?2, 'team-', '') AND stage = ?2"
         " ORDER BY happened_at DESC, id DESC LIMIT 1"),
    RUN(ANSWER_INSERT,
        "INSERT INTO answer (id, check_in, position, prompt, question, text, value, is_private,"
        " skipped) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"),
    LIST(ANSWERS, "SELECT id, check_in, position, prompt, question, text, value, is_private, skipped"
                  " FROM answer WHERE check_in = ?1 ORDER BY position, id"),
    /* With max(), the bare columns come from the row that holds the maximum:
       sqlite.org/lang_select.html, 2.5. */
    LIST(ASKED, "SELECT w.prompt, max(c.happened_at), c.happened_offset, count(*), sum(w.skipped), w.text"
                " FROM check_in c CROSS JOIN answer w ON w.check_in = c.id"
                " WHERE c.alliance = ?1 GROUP BY w.prompt"),
    RUN(LOOK_INSERT, "INSERT INTO look (id, check_in, term, mark) VALUES (?1, ?2, ?3, ?4)"),
    LIST(LOOKS, "SELECT l.id, l.check_in, l.term, l.mark, c.happened_at, c.happened_offset"
                " FROM check_in c CROSS JOIN look l ON l.check_in = c.id"
                " WHERE c.alliance = ?1 ORDER BY c.happened_at DESC, c.id DESC, l.term LIMIT ?2"),
    RUN(MOMENT_INSERT,
        "INSERT INTO moment (id, alliance, kind, happened_at, happened_offset, text, is_private)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"),
    LIST(MOMENT_GET, "SELECT " MOMENT_COLUMNS " FROM moment WHERE id = ?1"),
    LIST(MOMENTS, "SELECT " MOMENT_COLUMNS " FROM moment WHERE alliance = ?1"
                  " ORDER BY happened_at DESC, id DESC LIMIT ?2"),
    LIST(PRIVATE, "SELECT 1 FROM check_in c CROSS JOIN answer w INDEXED BY answer_private"
                  " ON w.check_in = c.id AND w.is_private = 1 AND w.skipped = 0 WHERE c.alliance = ?1"
                  " UNION ALL SELECT 1 FROM moment WHERE alliance = ?1 AND is_private = 1 LIMIT ?2"),

    /* commitments */
    RUN(COMMITMENT_INSERT,
        "INSERT INTO commitment (id, alliance, side, text, due, state, made_at, made_offset,"
        " settled_at, settled_offset, made_in, settled_in, term, trashed_at, trashed_offset)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)"),
    RUN(COMMITMENT_UPDATE,
        "UPDATE commitment SET alliance = ?2, side = ?3, text = ?4, due = ?5, state = ?6,"
        " made_at = ?7, made_offset = ?8, settled_at = ?9, settled_offset = ?10, made_in = ?11,"
        " settled_in = ?12, term = ?13, trashed_at = ?14, trashed_offset = ?15 WHERE id = ?1"),
    LIST(COMMITMENT_GET, "SELECT " COMMITMENT_COLUMNS " FROM commitment c WHERE c.id = ?1"),
    LIST(COMMITMENTS_OPEN, COMMITMENTS_OPEN("")),
    LIST(COMMITMENTS_OPEN_OF, COMMITMENTS_OPEN("c.alliance = ?4 AND")),
    LIST(COMMITMENTS_OPEN_BY, COMMITMENTS_OPEN_BY("")),
    LIST(COMMITMENTS_OPEN_BY_OF, COMMITMENTS_OPEN_BY("c.alliance = ?5 AND")),
    LIST(COMMITMENTS_SETTLED, COMMITMENTS_SETTLED("")),
    LIST(COMMITMENTS_SETTLED_OF, COMMITMENTS_SETTLED("c.alliance = ?4 AND")),
    LIST(COMMITMENTS_DUE,
         "SELECT 1 FROM commitment c INDEXED BY commitment_due"
         " CROSS JOIN alliance a ON a.id = c.alliance"
         " WHERE c.due <= ?1 AND c.state = 'open' AND c.side <> 'them'"
         " AND c.trashed_at IS NULL AND a.trashed_at IS NULL AND a.state <> 'ended' LIMIT ?2"),

    /* deliveries */
    LIST(DELIVERY_BLOCKED, BLOCKING("?6") " LIMIT 1"),
    LIST(DELIVERY_FAILED, "SELECT attempts, detail FROM delivery WHERE kind = ?1 AND subject = ?2"
                          " AND due_day = ?3 AND channel = ?4 AND round = ?5 AND outcome = 'failed'"),
    /* An id that is taken, as by a clock that shows the same millisecond again: SQLite then gives one above
       all others. */
    RUN(DELIVERY_CLAIM,
        "INSERT INTO delivery (kind, subject, due_day, channel, round, id, alliance, sent_at, sent_offset,"
        " attempts, outcome, detail)"
        " SELECT ?1, ?2, ?3, ?4, ?5, iif(EXISTS (SELECT 1 FROM delivery WHERE id = ?6), NULL, ?6),"
        " ?7, ?8, ?9, 1, 'sending', '' WHERE NOT EXISTS (" BLOCKING("?10") ")"
        " ON CONFLICT (kind, subject, due_day, channel, round) DO UPDATE SET sent_at = excluded.sent_at,"
        " sent_offset = excluded.sent_offset, attempts = attempts + 1, outcome = 'sending', detail = ''"
        " RETURNING id"),
    RUN(DELIVERY_SETTLE,
        "UPDATE delivery SET outcome = ?2, detail = ?3, sent_at = ?4, sent_offset = ?5 WHERE id = ?1"),
    /* ?2 is the day's first millisecond on a wall in UTC; other walls are a day off at most. */
    LIST(DELIVERED_ON, "SELECT 1 FROM delivery INDEXED BY delivery_by"
                       " WHERE channel = ?1 AND outcome <> 'failed'"
                       " AND sent_at >= ?2 - 86400000 AND sent_at < ?2 + 2 * 86400000"
                       " AND sent_at + sent_offset * 1000 >= ?2"
                       " AND sent_at + sent_offset * 1000 < ?2 + 86400000 LIMIT 1"),
    LIST(DELIVERIES, DELIVERIES("delivery_when", "")),
    /* ?1 and ?3 are the days that count, ?4 is now, ?5 when it is cut off. What was delivered to the channel
       up to now says that it works again; behind that the clock was wrong. */
    LIST(DELIVERIES_IN_TROUBLE,
         DELIVERIES("delivery_trouble",
                    " AND d.sent_at >= ?3 AND d.outcome <> 'delivered'"
                    " AND (d.outcome = 'failed' OR d.detail <> '' OR abs(d.sent_at - ?4) >= ?5)"
                    " AND NOT EXISTS (SELECT 1 FROM delivery e INDEXED BY delivery_by"
                    " WHERE e.channel = d.channel AND e.sent_at > d.sent_at AND e.sent_at <= ?4"
                    " AND e.outcome <> 'failed' AND e.outcome = 'delivered')")),
    LIST(LAST_RUN, "SELECT ran_at, ran_offset, said FROM reminder_run WHERE id = 1"),
    RUN(LAST_RUN_SET, "INSERT INTO reminder_run (id, ran_at, ran_offset, said) VALUES (1, ?1, ?2, ?3)"
                      " ON CONFLICT (id) DO UPDATE SET ran_at = ?1, ran_offset = ?2, said = ?3"),
    LIST(TIMER_RUN, "SELECT timer_at, timer_offset FROM reminder_run WHERE id = 1"),
    RUN(TIMER_RUN_SET, "INSERT INTO reminder_run (id, timer_at, timer_offset) VALUES (1, ?1, ?2)"
                       " ON CONFLICT (id) DO UPDATE SET timer_at = ?1, timer_offset = ?2"),
    LIST(DELIVERY_COUNT, "SELECT count(*) FROM delivery WHERE sent_at <= ?1"),

    /* drafts */
    RUN(DRAFT_INSERT, "INSERT INTO draft (" DRAFT_COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"),
    RUN(DRAFT_UPDATE,
        "UPDATE draft SET alliance = ?2, stage = ?3, step = ?4, steps = ?5, state = ?6, saved_at = ?7,"
        " saved_offset = ?8, revision = revision + 1 WHERE id = ?1 AND revision = ?9"),
    LIST(DRAFT_FIND, "SELECT " DRAFT_COLUMNS " FROM draft WHERE ifnull(alliance, 0) = ?1 AND stage = ?2"
                     " ORDER BY saved_at DESC, id DESC LIMIT 1"),
    /* Undoing an alliance leaves its draft behind: the words are offered again as those of a new one. */
    RUN(DRAFT_FIND_NEW, "SELECT " DRAFT_COLUMNS " FROM draft d WHERE stage = ?1"
                        " AND NOT EXISTS (SELECT 1 FROM alliance WHERE alliance.id = d.alliance)"
                        " ORDER BY saved_at DESC, id DESC LIMIT 1"),
    LIST(DRAFT_OF, "SELECT " DRAFT_COLUMNS " FROM draft WHERE ifnull(alliance, 0) = ?1"
                   " ORDER BY saved_at DESC, id DESC LIMIT 1"),
    LIST(DRAFT_PLACE,
         "SELECT stage, step, steps, saved_at, saved_offset FROM draft WHERE ifnull(alliance, 0) = ?1"
         " ORDER BY saved_at DESC, id DESC LIMIT 1"),
    RUN(DRAFT_DELETE, "DELETE FROM draft WHERE id = ?1 AND revision = ?2"),

    /* history */
    LIST(HISTORY_ALL, SESSIONS("") UNION AGREEMENTS("") UNION COMMITMENTS("") UNION MOMENTS("") NEWEST_FIRST),
    LIST(HISTORY_SESSIONS, SESSIONS(OF_KIND) NEWEST_FIRST),
    LIST(HISTORY_AGREEMENTS, AGREEMENTS("") NEWEST_FIRST),
    LIST(HISTORY_COMMITMENTS, COMMITMENTS("") NEWEST_FIRST),
    LIST(HISTORY_MOMENTS, MOMENTS("") NEWEST_FIRST),
    LIST(HISTORY_ALL_OF,
         SESSIONS("c.alliance = ?6 AND ") UNION AGREEMENTS("v.alliance = ?6 AND ")
             UNION COMMITMENTS("k.alliance = ?6 AND ") UNION MOMENTS("m.alliance = ?6 AND ") NEWEST_FIRST),
    LIST(HISTORY_SESSIONS_OF, SESSIONS("c.alliance = ?6 AND " OF_KIND) NEWEST_FIRST),
    LIST(HISTORY_AGREEMENTS_OF, AGREEMENTS("v.alliance = ?6 AND ") NEWEST_FIRST),
    LIST(HISTORY_COMMITMENTS_OF, COMMITMENTS("k.alliance = ?6 AND ") NEWEST_FIRST),
    LIST(HISTORY_MOMENTS_OF, MOMENTS("m.alliance = ?6 AND ") NEWEST_FIRST),

    /* search */
    LIST(SEARCH_HITS, "SELECT rowid, " FOUND_ID ", text, snippet(search, 0, '‹', '›', '…', 16) FROM search"
                      " WHERE search MATCH ?1 AND rowid < ?2 ORDER BY rowid DESC"),
    LIST(SEARCH_HITS_ABOVE, "SELECT " FOUND_ID " FROM search WHERE search MATCH ?1"
                            " AND rowid >= ?2 AND rowid < ?3 ORDER BY rowid"),
    LIST(SEARCH_ENTRY,
         SESSION_ARM(FOUND_PRIVATE, "c.id IN (SELECT check_in FROM answer WHERE id = ?1 UNION ALL SELECT ?1"
                                    " UNION ALL SELECT " CAME_WITH("check_in") ")")
             UNION AGREEMENT_ARM(FOUND_PRIVATE, "v.id = " CAME_WITH("id")) UNION COMMITMENT_ARM("k.id = ?1")
                 UNION MOMENT_ARM("m.id = ?1")),
    RUN(SEARCH_CHECK, "INSERT INTO search (search, rank) VALUES ('integrity-check', 1)"),
    RUN(SEARCH_NUMBER,
        "INSERT INTO search_doc (id) SELECT id FROM (SELECT id FROM answer UNION ALL SELECT id FROM check_in"
        " UNION ALL SELECT id FROM term UNION ALL SELECT id FROM commitment UNION ALL SELECT id FROM moment)"
        " WHERE true ORDER BY id ON CONFLICT DO NOTHING"),
    RUN(SEARCH_REBUILD, "INSERT INTO search (search) VALUES ('rebuild')"),
};
