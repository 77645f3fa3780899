#include "schema.h"

#include <string.h>

#include "file.h"

/*
 * The journal's tables. Days are text YYYY-MM-DD, instants two integers
 * (milliseconds since 1970, and the seconds east of UTC that the wall clock
 * showed), enums their stable names. Foreign keys wait for the commit, so that
 * a step of the log can be taken back in any order; none of them acts by itself.
 * Whatever points at another row can be found by an index (of its own, or by its
 * alliance), or taking that row away would walk the table. There are no more than
 * needed: each costs every start of the program the time to read its definition.
 */

#define DAY(column) column " TEXT CHECK (" column " GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]')"
#define DAY_NEEDED(column)                                                                                   \
    column " TEXT NOT NULL CHECK (" column " GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]')"
#define INSTANT(name)                                                                                        \
    name "_at INTEGER CHECK ((" name "_at IS NULL) = (" name "_offset IS NULL)),\n"                          \
         "  " name "_offset INTEGER CHECK (" name "_offset BETWEEN -86400 AND 86400)"
#define INSTANT_NEEDED(name)                                                                                 \
    name "_at INTEGER NOT NULL,\n"                                                                           \
         "  " name "_offset INTEGER NOT NULL CHECK (" name "_offset BETWEEN -86400 AND 86400)"
#define FLAG(column)     column " INTEGER NOT NULL DEFAULT 0 CHECK (" column " IN (0, 1))"
#define POINTS_AT(table) "REFERENCES " table " DEFERRABLE INITIALLY DEFERRED"

static const char *const first[] = {
    "CREATE TABLE person (\n"
    "  id INTEGER PRIMARY KEY,\n"
    "  name TEXT NOT NULL,   -- as the user writes it; \"\" while they have none\n"
    "  email TEXT NOT NULL,\n"
    "  phone TEXT NOT NULL,\n"
    "  notes TEXT NOT NULL   -- free\n"
    ") STRICT",

    "CREATE TABLE alliance (\n"
    "  id INTEGER PRIMARY KEY,\n"
    "  name TEXT NOT NULL,\n"
    "  folded TEXT NOT NULL,      -- name as it is compared: derived\n"
    "  kind TEXT NOT NULL CHECK (kind IN ('one-to-one', 'team')),\n"
    "  role TEXT NOT NULL,        -- what they are to me\n"
    "  situation TEXT NOT NULL,   -- key of the starter it was designed from, or \"\"\n"
    "  state TEXT NOT NULL CHECK (state IN ('designing', 'active', 'paused', 'ended')),\n"
    "  " DAY(
        "paused_until") ",   -- only when paused; NULL: until woken\n"
                        "  cadence TEXT NOT NULL,     -- in the words of the cadence language, or \"\"\n"
                        "  " DAY(
                            "anchor") ",         -- where the cadence counts from before the first check-in\n"
                                      "  " DAY(
                                          "review_on") ",      -- when the agreement wants to be looked at "
                                                       "again\n"
                                                       "  version INTEGER,           -- in force; NULL "
                                                       "before the first\n"
                                                       "  " INSTANT_NEEDED(
                                                           "created") ",\n"
                                                                      "  " INSTANT(
                                                                          "trashed") ",    -- NULL unless in "
                                                                                     "the trash\n"
                                                                                     "  " INSTANT(
                                                                                         "last") ",       -- "
                                                                                                 "of the "
                                                                                                 "last "
                                                                                                 "check-in: "
                                                                                                 "derived\n"
                                                                                                 "  "
                                                                                                 "last_trust "
                                                                                                 "INTEGER "
                                                                                                 "CHECK "
                                                                                                 "(last_"
                                                                                                 "trust "
                                                                                                 "BETWEEN 1 "
                                                                                                 "AND 5), -- "
                                                                                                 "of the "
                                                                                                 "last rated "
                                                                                                 "check-in: "
                                                                                                 "derived\n"
                                                                                                 "  " DAY(
                                                                                                     "due") ",            -- next check-in: derived\n"
                                                                                                            "  sort_order TEXT NOT NULL,  -- how lists order it, due day and folded name: derived\n"
                                                                                                            "  CHECK (paused_until IS NULL OR state = 'paused'),\n"
                                                                                                            "  FOREIGN KEY (id, version) " POINTS_AT(
                                                                                                                "version (alliance, number)") "\n"
                                                                                                                                              ") STRICT",
    "CREATE INDEX alliance_current ON alliance (sort_order) WHERE trashed_at IS NULL AND state <> 'ended'",
    "CREATE INDEX alliance_all ON alliance (sort_order) WHERE trashed_at IS NULL",
    "CREATE INDEX alliance_state ON alliance (state, sort_order) WHERE trashed_at IS NULL",
    "CREATE INDEX alliance_trash ON alliance (sort_order) WHERE trashed_at IS NOT NULL",
    "CREATE INDEX alliance_folded ON alliance (folded)",

    "CREATE TABLE member (\n"
    "  alliance INTEGER NOT NULL " POINTS_AT(
        "alliance") ",\n"
                    "  person INTEGER NOT NULL " POINTS_AT(
                        "person") ",\n"
                                  "  position INTEGER NOT NULL CHECK (position >= 0), -- order among the "
                                  "members\n"
                                  "  PRIMARY KEY (alliance, person)\n"
                                  ") STRICT, WITHOUT ROWID",
    "CREATE INDEX member_person ON member (person)",
    "CREATE INDEX member_position ON member (alliance, position)",

    "CREATE TABLE tag (\n"
    "  alliance INTEGER NOT NULL " POINTS_AT("alliance") ",\n"
                                                         "  tag TEXT NOT NULL CHECK (tag <> ''),\n"
                                                         "  PRIMARY KEY (alliance, tag)\n"
                                                         ") STRICT, WITHOUT ROWID",

    "CREATE TABLE version (\n"
    "  id INTEGER PRIMARY KEY,\n"
    "  alliance INTEGER NOT NULL " POINTS_AT(
        "alliance") ",\n"
                    "  number INTEGER NOT NULL CHECK (number >= 1),\n"
                    "  previous INTEGER CHECK (previous IS nullif(number - 1, 0)), -- must exist too: "
                    "versions have no gaps\n"
                    "  " INSTANT_NEEDED(
                        "since") ",\n"
                                 "  reason TEXT NOT NULL,    -- why it changed; may be \"\"\n"
                                 "  talked TEXT NOT NULL CHECK (talked IN ('not-yet', 'partly', 'through')), "
                                 "-- whether the other has heard it\n"
                                 "  " DAY(
                                     "talked_on") ",\n"
                                                  "  check_in INTEGER " POINTS_AT(
                                                      "check_in") ", -- the session it came from; NULL: "
                                                                  "agreed directly\n"
                                                                  "  UNIQUE (alliance, number),\n"
                                                                  "  CHECK (talked_on IS NULL OR talked <> "
                                                                  "'not-yet'),\n"
                                                                  "  FOREIGN KEY (alliance, "
                                                                  "previous) " POINTS_AT(
                                                                      "version (alliance, number)") "\n"
                                                                                                    ") "
                                                                                                    "STRICT",
    "CREATE INDEX version_check_in ON version (check_in) WHERE check_in IS NOT NULL",
    "CREATE INDEX version_direct ON version (since_at) WHERE check_in IS NULL",
    "CREATE INDEX version_direct_of ON version (alliance, since_at) WHERE check_in IS NULL",

    "CREATE TABLE term (\n"
    "  id INTEGER PRIMARY KEY,\n"
    "  alliance INTEGER NOT NULL " POINTS_AT(
        "alliance") ",\n"
                    "  section TEXT NOT NULL CHECK (section IN ('purpose', 'offers', 'asks', 'tone', "
                    "'communication',\n"
                    "    'practicalities', 'boundaries', 'feedback', 'hard-moments', 'success', 'trial')),\n"
                    "  side TEXT NOT NULL CHECK (side IN ('me', 'them', 'both')), -- whose it is\n"
                    "  text TEXT NOT NULL,\n"
                    "  " FLAG(
                        "is_private") ",\n"
                                      "  from_version INTEGER NOT NULL, -- the first it stands in\n"
                                      "  to_version INTEGER,            -- the first it no longer stands in; "
                                      "NULL: still in force\n"
                                      "  replaces INTEGER " POINTS_AT(
                                          "term") ", -- the term it took the place of\n"
                                                  "  position INTEGER NOT NULL CHECK (position >= 0), -- "
                                                  "order within section and side\n"
                                                  "  CHECK (to_version >= from_version),\n"
                                                  "  FOREIGN KEY (alliance, from_version) " POINTS_AT(
                                                      "version (alliance, number)") ",\n"
                                                                                    "  FOREIGN KEY "
                                                                                    "(alliance, "
                                                                                    "to_version) " POINTS_AT(
                                                                                        "version (alliance, "
                                                                                        "number)") "\n"
                                                                                                   ") STRICT",
    "CREATE INDEX term_from ON term (alliance, from_version)",
    "CREATE INDEX term_replaces ON term (replaces)",

    "CREATE TABLE check_in (\n"
    "  id INTEGER PRIMARY KEY,\n"
    "  alliance INTEGER NOT NULL " POINTS_AT(
        "alliance") ",\n"
                    "  stage TEXT NOT NULL CHECK (stage IN ('prepare', 'design', 'check-in', 'repair', "
                    "'renew', 'close',\n"
                    "    'team-design', 'team-check-in')), -- of the finished session\n"
                    "  " INSTANT_NEEDED(
                        "happened") ",\n"
                                    "  trust INTEGER CHECK (trust BETWEEN 1 AND 5), -- NULL: not rated\n"
                                    "  trust_note TEXT NOT NULL, -- one line on what made it so\n"
                                    "  note TEXT NOT NULL,       -- free text of a quick entry\n"
                                    "  version INTEGER,          -- of the agreement, in force afterwards\n"
                                    "  " FLAG("is_private") ",\n"
                                                            "  " FLAG("quick") ",        -- written without "
                                                                               "a guided session\n"
                                                                               "  FOREIGN KEY (alliance, "
                                                                               "version) " POINTS_AT(
                                                                                   "version (alliance, "
                                                                                   "number)") "\n"
                                                                                              ") STRICT",
    "CREATE INDEX check_in_when ON check_in (happened_at)",
    "CREATE INDEX check_in_of ON check_in (alliance, happened_at)",
    "CREATE INDEX check_in_kind ON check_in (replace(stage, 'team-', ''), happened_at)",
    "CREATE INDEX check_in_kind_of ON check_in (alliance, replace(stage, 'team-', ''), happened_at)",

    "CREATE TABLE answer (\n"
    "  id INTEGER PRIMARY KEY,\n"
    "  check_in INTEGER NOT NULL " POINTS_AT(
        "check_in") ",\n"
                    "  position INTEGER NOT NULL CHECK (position >= 0), -- order in the session\n"
                    "  prompt TEXT NOT NULL,   -- the prompt's key\n"
                    "  question TEXT NOT NULL, -- as it was asked\n"
                    "  text TEXT NOT NULL,\n"
                    "  value INTEGER,          -- on a scale; NULL: none\n"
                    "  " FLAG("is_private") ",\n"
                                            "  " FLAG("skipped") ",    -- asked and left open\n"
                                                                 "  CHECK (skipped = 0 OR (text = '' AND "
                                                                 "value IS NULL))\n"
                                                                 ") STRICT",
    "CREATE INDEX answer_check_in ON answer (check_in, position)",
    /* For counting alone: the private ones are few. */
    "CREATE INDEX answer_private ON answer (check_in, is_private, skipped)\n"
    "  WHERE is_private = 1 AND skipped = 0",

    /* How a term was found when a check-in looked at it. A term that nobody looked at has no row. Looks are
       listed by their check-ins, newest first, and within one by term: the order of the unique index. */
    "CREATE TABLE look (\n"
    "  id INTEGER PRIMARY KEY,\n"
    "  check_in INTEGER NOT NULL " POINTS_AT(
        "check_in") ",\n"
                    "  term INTEGER NOT NULL " POINTS_AT(
                        "term") ",\n"
                                "  mark TEXT NOT NULL CHECK (mark IN ('lived', 'partly', 'not-lived', "
                                "'no-longer-fits')),\n"
                                "  UNIQUE (check_in, term)    -- a check-in looks at a term once\n"
                                ") STRICT",
    "CREATE INDEX look_term ON look (term)",

    "CREATE TABLE commitment (\n"
    "  id INTEGER PRIMARY KEY,\n"
    "  alliance INTEGER NOT NULL " POINTS_AT(
        "alliance") ",\n"
                    "  side TEXT NOT NULL CHECK (side IN ('me', 'them', 'both')), -- who\n"
                    "  text TEXT NOT NULL,\n"
                    "  " DAY(
                        "due") ",\n"
                               "  state TEXT NOT NULL CHECK (state IN ('open', 'kept', 'not-kept', "
                               "'changed', 'let-go')),\n"
                               "  " INSTANT_NEEDED(
                                   "made") ",\n"
                                           "  " INSTANT(
                                               "settled") ",     -- NULL while open\n"
                                                          "  made_in INTEGER " POINTS_AT(
                                                              "check_in") ",    -- NULL: outside a session\n"
                                                                          "  settled_in INTEGER " POINTS_AT(
                                                                              "check_in") ",\n"
                                                                                          "  term "
                                                                                          "INTEGER"
                                                                                          " " POINTS_AT(
                                                                                              "term") ",     "
                                                                                                      "      "
                                                                                                      "-- "
                                                                                                      "the "
                                                                                                      "term "
                                                                                                      "it "
                                                                                                      "serves"
                                                                                                      "\n"
                                                                                                      " "
                                                                                                      " " INSTANT(
                                                                                                          "tr"
                                                                                                          "as"
                                                                                                          "he"
                                                                                                          "d") ",     -- NULL unless in the trash\n"
                                                                                                               "  CHECK ((state = 'open') = (settled_at IS NULL))\n"
                                                                                                               ") STRICT",
    "CREATE INDEX commitment_when ON commitment (made_at) WHERE trashed_at IS NULL",
    "CREATE INDEX commitment_of ON commitment (alliance, made_at)",
    "CREATE INDEX commitment_open ON commitment (ifnull(due, '9999-12-31'))\n"
    "  WHERE state = 'open' AND trashed_at IS NULL",
    "CREATE INDEX commitment_open_of ON commitment (alliance, ifnull(due, '9999-12-31'))\n"
    "  WHERE state = 'open' AND trashed_at IS NULL",
    /* For counting alone: all that is asked stands in it. */
    "CREATE INDEX commitment_due ON commitment (due, alliance, side, state, trashed_at)\n"
    "  WHERE state = 'open' AND side <> 'them' AND trashed_at IS NULL",
    "CREATE INDEX commitment_settled ON commitment (settled_at) WHERE state <> 'open' AND trashed_at IS NULL",
    "CREATE INDEX commitment_settled_of ON commitment (alliance, settled_at)\n"
    "  WHERE state <> 'open' AND trashed_at IS NULL",
    "CREATE INDEX commitment_made_in ON commitment (made_in)",
    "CREATE INDEX commitment_settled_in ON commitment (settled_in)",
    "CREATE INDEX commitment_term ON commitment (term)",

    "CREATE TABLE moment (\n"
    "  id INTEGER PRIMARY KEY,\n"
    "  alliance INTEGER NOT NULL " POINTS_AT(
        "alliance") ",\n"
                    "  kind TEXT NOT NULL CHECK (kind IN ('gave', 'received', 'deposit', 'withdrawal')),\n"
                    "  " INSTANT_NEEDED("happened") ",\n"
                                                    "  text TEXT NOT NULL,\n"
                                                    "  " FLAG("is_private") "\n"
                                                                            ") STRICT",
    "CREATE INDEX moment_when ON moment (happened_at)",
    "CREATE INDEX moment_of ON moment (alliance, happened_at)",

    "CREATE TABLE draft (\n"
    "  id INTEGER PRIMARY KEY,\n"
    /* Taking back an alliance's creation must not take away what was written in its draft since. */
    "  alliance INTEGER,       -- NULL: of one without a name yet. No foreign key: a draft outlives its "
    "alliance\n"
    "  stage TEXT NOT NULL CHECK (stage IN ('prepare', 'design', 'check-in', 'repair', 'renew', 'close',\n"
    "    'team-design', 'team-check-in')),\n"
    "  step INTEGER NOT NULL,  -- where it stands, from 1\n"
    "  steps INTEGER NOT NULL, -- of how many\n"
    "  state TEXT NOT NULL,    -- the session's own JSON\n"
    "  " INSTANT_NEEDED(
        "saved") ",\n"
                 "  revision INTEGER NOT NULL -- counts saves, so that two writers notice each other\n"
                 ") STRICT",
    "CREATE INDEX draft_of ON draft (ifnull(alliance, 0), saved_at)",

    "CREATE TABLE snooze (\n"
    "  id INTEGER PRIMARY KEY,\n"
    "  alliance INTEGER NOT NULL UNIQUE " POINTS_AT(
        "alliance") ",\n"
                    "  " DAY_NEEDED("of_day") ",    -- the due day that was moved\n"
                                              "  " DAY_NEEDED("until_day") ", -- where to\n"
                                                                           "  " INSTANT_NEEDED(
                                                                               "made") "\n"
                                                                                       ") STRICT",

    "CREATE TABLE skip (\n"
    "  id INTEGER PRIMARY KEY,\n"
    "  alliance INTEGER NOT NULL " POINTS_AT(
        "alliance") ",\n"
                    "  " DAY_NEEDED("of_day") ",    -- the due day left out on purpose\n"
                                              "  " INSTANT_NEEDED("made") ",\n"
                                                                          "  UNIQUE (alliance, of_day)\n"
                                                                          ") STRICT",

    /* A log only: no foreign key, not under undo, and nothing that is due depends on it. */
    "CREATE TABLE delivery (\n"
    "  id INTEGER PRIMARY KEY,\n"
    "  alliance INTEGER NOT NULL,\n"
    "  " DAY_NEEDED(
        "due_day") ",\n"
                   "  channel TEXT NOT NULL CHECK (channel <> ''),\n"
                   "  " INSTANT_NEEDED(
                       "sent") ",\n"
                               "  outcome TEXT NOT NULL CHECK (outcome IN ('delivered', 'failed')),\n"
                               "  detail TEXT NOT NULL -- what went wrong, or \"\"\n"
                               ") STRICT",
    "CREATE UNIQUE INDEX delivery_once ON delivery (alliance, due_day, channel) WHERE outcome = 'delivered'",

    /* The undo log. */
    "CREATE TABLE step (\n"
    "  id INTEGER PRIMARY KEY, -- in order\n"
    "  label TEXT NOT NULL,    -- for people: \"check-in with Ana Lima\"\n"
    "  alliance INTEGER,       -- what it was about; may be gone\n"
    "  " INSTANT_NEEDED("done") ",\n"
                                "  state TEXT NOT NULL CHECK (state IN ('done', 'undone', 'dropped')),\n"
                                "  changes BLOB NOT NULL   -- a changeset of SQLite's session extension\n"
                                ") STRICT",
    "CREATE INDEX step_state ON step (state, id)",

    /* What is searched. Ids are unique across tables, so a row's id is enough to find it; but they are far
       apart, and an index that counts them would be twice as large. So each text has a small number, in the
       order of writing. It stays that row's also while the row is undone: done again, it stands where it
       stood. All of this can be made anew from the texts (store_search_rebuild). */
    "CREATE TABLE search_doc (\n"
    "  doc INTEGER PRIMARY KEY,\n"
    "  id INTEGER NOT NULL UNIQUE -- of an answer, check_in, term, commitment or moment: derived\n"
    ") STRICT",
    "CREATE VIEW search_text (doc, text) AS\n"
    "  SELECT d.doc, t.text FROM search_doc d JOIN answer t ON t.id = d.id\n"
    "  UNION ALL SELECT d.doc, t.trust_note || char(10) || t.note FROM search_doc d JOIN check_in t ON t.id "
    "= d.id\n"
    "  UNION ALL SELECT d.doc, t.text FROM search_doc d JOIN term t ON t.id = d.id\n"
    "  UNION ALL SELECT d.doc, t.text FROM search_doc d JOIN commitment t ON t.id = d.id\n"
    "  UNION ALL SELECT d.doc, t.text FROM search_doc d JOIN moment t ON t.id = d.id",

    /* No index of prefixes: one of two letters makes this one half as large again, to spare two milliseconds
       where a search ends in two letters and the journal holds 5,000 check-ins. Longer beginnings, and the
       single letter that comes before them, would gain nothing. */
    "CREATE VIRTUAL TABLE search USING fts5 (text, content = 'search_text', content_rowid = 'doc',\n"
    "  tokenize = 'unicode61 remove_diacritics 2')",

/* Kept in step by triggers, because they fire for undo's changesets too. An external-content index must be
 * told the old text. */
#define FORGET(text)                                                                                         \
    "INSERT INTO search (search, rowid, text) SELECT 'delete', doc, " text " FROM search_doc"                \
    " WHERE id = old.id;"
#define LEARN(text)                                                                                          \
    "INSERT INTO search_doc (id) VALUES (new.id) ON CONFLICT DO NOTHING;"                                    \
    " INSERT INTO search (rowid, text) SELECT doc, " text " FROM search_doc WHERE id = new.id;"
#define INDEXED(table, columns, old_text, new_text)                                                          \
    "CREATE TRIGGER " table "_learn AFTER INSERT ON " table " BEGIN " LEARN(new_text) " END",                \
        "CREATE TRIGGER " table "_forget AFTER DELETE ON " table " BEGIN " FORGET(old_text) " END",          \
        "CREATE TRIGGER " table "_relearn AFTER UPDATE OF " columns " ON " table                             \
        " BEGIN " FORGET(old_text) " " LEARN(new_text) " END"
    INDEXED("answer", "id, text", "old.text", "new.text"),
    INDEXED("check_in", "id, trust_note, note", "old.trust_note || char(10) || old.note",
            "new.trust_note || char(10) || new.note"),
    INDEXED("term", "id, text", "old.text", "new.text"),
    INDEXED("commitment", "id, text", "old.text", "new.text"),
    INDEXED("moment", "id, text", "old.text", "new.text"),
    NULL,
};

/* clang-format off */
static const char *const reminders[] = {
    /* The day the cadence, or its first day, was chosen; NULL: it counts from the last check-in as ever. */
    "ALTER TABLE alliance ADD COLUMN " DAY("cadence_since"),

    /* When the step was last undone or redone: milliseconds in UTC; NULL: never. */
    "ALTER TABLE step ADD COLUMN moved_at INTEGER",

    /* It stood ready for one alliance a row; nothing was ever written to it. */
    "DROP TABLE delivery",

    /* A log only: no foreign key, not under undo, and nothing that is due depends on it. */
    "CREATE TABLE delivery (\n"
    "  id INTEGER PRIMARY KEY,\n"
    "  kind TEXT NOT NULL CHECK (kind IN ('check-in', 'commitment', 'review')),\n"
    "  subject INTEGER NOT NULL,  -- the alliance of a check-in or a review; the commitment\n"
    "  alliance INTEGER NOT NULL,\n"
    "  " DAY_NEEDED("due_day") ",\n"
    "  channel TEXT NOT NULL CHECK (channel <> ''),\n"
    "  round INTEGER NOT NULL,    -- the day of this reminder, counted from the due day\n"
    "  " INSTANT_NEEDED("sent") ", -- the last attempt\n"
    "  attempts INTEGER NOT NULL CHECK (attempts >= 1),\n"
    "  outcome TEXT NOT NULL CHECK (outcome IN ('sending', 'delivered', 'failed')),\n"
    "  detail TEXT NOT NULL,      -- what went wrong, or \"\"\n"
    "  UNIQUE (kind, subject, due_day, channel, round)\n"
    ") STRICT",
    "CREATE INDEX delivery_when ON delivery (sent_at)",
    "CREATE INDEX delivery_trouble ON delivery (sent_at) WHERE outcome <> 'delivered'",
    "CREATE INDEX delivery_by ON delivery (channel, sent_at) WHERE outcome <> 'failed'",

    "CREATE TABLE reminder_run (\n"
    "  id INTEGER PRIMARY KEY CHECK (id = 1), -- the last one only\n"
    "  " INSTANT("ran") ",                      -- NULL: a timer was set up, and nothing has run yet\n"
    "  said TEXT NOT NULL DEFAULT '',         -- of itself, or \"\"\n"
    "  " INSTANT("timer") "                   -- when a timer last ran, or was set up; NULL: there is none\n"
    ") STRICT",

    /* For counting alone: all that is asked stands in it. */
    "CREATE INDEX alliance_due ON alliance (due, state, trashed_at)\n"
    "  WHERE due IS NOT NULL AND trashed_at IS NULL AND state <> 'ended'",
    "CREATE INDEX alliance_review ON alliance (review_on)\n"
    "  WHERE review_on IS NOT NULL AND trashed_at IS NULL AND state <> 'ended'",
    NULL,
};
/* clang-format on */

const Migration migrations[] = {first, reminders};
const int migration_count = sizeof migrations / sizeof migrations[0];

const OwnTable own_tables[OWN_TABLE_COUNT] = {
    {"alliance", "SELECT * FROM alliance ORDER BY id", true},
    {"answer", "SELECT * FROM answer ORDER BY id", true},
    {"check_in", "SELECT * FROM check_in ORDER BY id", true},
    {"commitment", "SELECT * FROM commitment ORDER BY id", true},
    {"delivery", "SELECT * FROM delivery ORDER BY id", false},
    {"draft", "SELECT * FROM draft ORDER BY id", true},
    {"look", "SELECT * FROM look ORDER BY id", true},
    {"member", "SELECT * FROM member ORDER BY alliance, person", true},
    {"moment", "SELECT * FROM moment ORDER BY id", true},
    {"person", "SELECT * FROM person ORDER BY id", true},
    {"reminder_run", "SELECT * FROM reminder_run ORDER BY id", false},
    {"skip", "SELECT * FROM skip ORDER BY id", true},
    {"snooze", "SELECT * FROM snooze ORDER BY id", true},
    {"tag", "SELECT * FROM tag ORDER BY alliance, tag", true},
    {"term", "SELECT * FROM term ORDER BY id", true},
    {"version", "SELECT * FROM version ORDER BY id", true},
};

/* Pragmas take no parameters, so these two numbers of ours are printed into them. */
static bool stamp(Store *s, int version, Error *err)
{
    Str script;
    str_init(&script);
    str_addf(&script, "PRAGMA application_id = %d; PRAGMA user_version = %d;", APPLICATION_ID, version);
    bool ok = sql_script(s, script.buf, err);
    str_finish(&script);
    return ok;
}

/* Nearly all differ within a few bytes: their length is not asked for first. */
static bool is_text(StrView sql, const char *text)
{
    return strncmp(text, sql.ptr, sql.len) == 0 && strlen(text) == sql.len;
}

static bool is_ours(const Migration *steps, int count, StrView sql)
{
    for (int i = 0; i < count; i++) {
        for (size_t j = 0; steps[i][j]; j++) {
            if (is_text(sql, steps[i][j])) return true;
        }
    }
    return false;
}

bool schema_check(Store *s, const Migration *steps, int count, Error *err)
{
    Query q;
    bool ours = true;
    if (!query_start(&q, s, STMT_SCHEMA_ACTIVE, NULL, NO_ARGS, err)) return false;
    while (query_next(&q)) ours = ours && is_ours(steps, count, take_view(&q));
    if (!query_end(&q, err)) return false;
    if (ours) return true;
    return error_set(err, ERR_UNREADABLE,
                     "%s is not an entente journal: it holds triggers or views that entente "
                     "did not write. Name another file with --journal.",
                     s->path);
}

static bool run_steps(Store *s, Migration steps, Error *err)
{
    for (size_t i = 0; steps[i]; i++) {
        if (!sql_script(s, steps[i], err)) return false;
    }
    return true;
}

/*
 * From one version to another in one go, so that a new file is never taken for an older one meanwhile; unless
 * another process has just done it: the version is read again under the write lock. The backup is made under
 * it too: it holds what was there before, whoever else wants to bring it up to date at this moment.
 */
static bool migrate_between(Store *s, const Migration *steps, int from, int to, Error *err)
{
    int64_t version = from;
    if (!sql_run(s, STMT_BEGIN, NO_ARGS, err)) return false;
    bool ok = sql_number(s, STMT_USER_VERSION, NO_ARGS, &version, err);
    bool mine = ok && version == from;
    if (mine && from > 0) ok = file_back_up(s, from, err);
    for (int i = from; ok && mine && i < to; i++) ok = run_steps(s, steps[i], err);
    if (ok && mine) ok = stamp(s, to, err);
    ok = ok && sql_run(s, STMT_COMMIT, NO_ARGS, err);
    if (!ok) store_rollback(s);
    return ok;
}

bool schema_migrate(Store *s, const Migration *steps, int count, Error *err)
{
    for (;;) {
        int64_t version = 0;
        if (!sql_number(s, STMT_USER_VERSION, NO_ARGS, &version, err)) return false;
        if (version >= count) return true;
        if (!migrate_between(s, steps, (int)version, count, err)) return false;
    }
}
