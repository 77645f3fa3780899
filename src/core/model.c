#include <entente/model.h>

#include <assert.h>

enum {
    ALLIANCE_KIND_COUNT = ALLIANCE_TEAM + 1,
    STATE_COUNT = STATE_ENDED + 1,
    TALKED_COUNT = TALKED_THROUGH + 1
};

static const char *const ALLIANCE_KINDS[ALLIANCE_KIND_COUNT] = {
    [ALLIANCE_ONE_TO_ONE] = "one-to-one",
    [ALLIANCE_TEAM] = "team",
};

static const char *const ALLIANCE_STATES[STATE_COUNT] = {
    [STATE_DESIGNING] = "designing",
    [STATE_ACTIVE] = "active",
    [STATE_PAUSED] = "paused",
    [STATE_ENDED] = "ended",
};

static const char *const SIDES[SIDE_COUNT] = {
    [SIDE_ME] = "me",
    [SIDE_THEM] = "them",
    [SIDE_BOTH] = "both",
};

static const char *const SECTIONS[SECTION_COUNT] = {
    [SECTION_PURPOSE] = "purpose",
    [SECTION_OFFERS] = "offers",
    [SECTION_ASKS] = "asks",
    [SECTION_TONE] = "tone",
    [SECTION_COMMUNICATION] = "communication",
    [SECTION_PRACTICALITIES] = "practicalities",
    [SECTION_BOUNDARIES] = "boundaries",
    [SECTION_FEEDBACK] = "feedback",
    [SECTION_HARD_MOMENTS] = "hard-moments",
    [SECTION_SUCCESS] = "success",
    [SECTION_TRIAL] = "trial",
};

static const char *const SECTION_TITLES[SECTION_COUNT] = {
    [SECTION_PURPOSE] = "Purpose",
    [SECTION_OFFERS] = "Offers",
    [SECTION_ASKS] = "Asks",
    [SECTION_TONE] = "Tone",
    [SECTION_COMMUNICATION] = "Communication",
    [SECTION_PRACTICALITIES] = "Practicalities",
    [SECTION_BOUNDARIES] = "Boundaries",
    [SECTION_FEEDBACK] = "Feedback",
    [SECTION_HARD_MOMENTS] = "Hard moments",
    [SECTION_SUCCESS] = "Success",
    [SECTION_TRIAL] = "Trial",
};

static const char *const STAGES[STAGE_COUNT] = {
    [STAGE_PREPARE] = "prepare",
    [STAGE_DESIGN] = "design",
    [STAGE_CHECK_IN] = "check-in",
    [STAGE_REPAIR] = "repair",
    [STAGE_RENEW] = "renew",
    [STAGE_CLOSE] = "close",
    [STAGE_TEAM_DESIGN] = "team-design",
    [STAGE_TEAM_CHECK_IN] = "team-check-in",
};

static const char *const COMMITMENT_STATES[COMMITMENT_STATE_COUNT] = {
    [COMMITMENT_OPEN] = "open",       [COMMITMENT_KEPT] = "kept",     [COMMITMENT_KEPT_LATE] = "kept-late",
    [COMMITMENT_CHANGED] = "changed", [COMMITMENT_LET_GO] = "let-go", [COMMITMENT_NOT_KEPT] = "not-kept",
};

static const char *const COMMITMENT_WORDS[COMMITMENT_STATE_COUNT] = {
    [COMMITMENT_OPEN] = "still open", [COMMITMENT_KEPT] = "kept",     [COMMITMENT_KEPT_LATE] = "kept late",
    [COMMITMENT_CHANGED] = "changed", [COMMITMENT_LET_GO] = "let go", [COMMITMENT_NOT_KEPT] = "not kept",
};

static const char *const MOMENT_KINDS[MOMENT_KIND_COUNT] = {
    [MOMENT_GAVE] = "gave",
    [MOMENT_RECEIVED] = "received",
    [MOMENT_DEPOSIT] = "deposit",
    [MOMENT_WITHDRAWAL] = "withdrawal",
};

static const char *const AGENDA_KINDS[AGENDA_KIND_COUNT] = {
    [AGENDA_CHECK_IN] = "check-in",
    [AGENDA_COMMITMENT] = "commitment",
    [AGENDA_REVIEW] = "review",
};

static const char *const TALKS[TALKED_COUNT] = {
    [TALKED_NOT_YET] = "not-yet",
    [TALKED_PARTLY] = "partly",
    [TALKED_THROUGH] = "through",
};

static const char *const ENTRY_KINDS[ENTRY_KIND_COUNT] = {
    [ENTRY_CHECK_IN] = "check-in",   [ENTRY_DESIGN] = "design",         [ENTRY_PREPARE] = "prepare",
    [ENTRY_REPAIR] = "repair",       [ENTRY_RENEW] = "renew",           [ENTRY_CLOSE] = "close",
    [ENTRY_AGREEMENT] = "agreement", [ENTRY_COMMITMENT] = "commitment", [ENTRY_MOMENT] = "moment",
};

static const char *name_at(const char *const *names, int count, int value)
{
    assert(value >= 0 && value < count);
    (void)count;
    return names[value];
}

/* The value of that name; -1 where none has it. */
static int value_of(StrView text, const char *const *names, int count)
{
    for (int i = 0; i < count; i++) {
        if (sv_eq_nocase(text, sv(names[i]))) return i;
    }
    return -1;
}

const char *alliance_kind_name(AllianceKind k)
{
    return name_at(ALLIANCE_KINDS, ALLIANCE_KIND_COUNT, (int)k);
}

const char *alliance_state_name(AllianceState s)
{
    return name_at(ALLIANCE_STATES, STATE_COUNT, (int)s);
}

const char *side_name(Side s)
{
    return name_at(SIDES, SIDE_COUNT, (int)s);
}

const char *side_words(Side s, const char *them)
{
    return s == SIDE_ME ? "you" : s == SIDE_THEM ? them : "both of you";
}

const char *section_name(Section s)
{
    return name_at(SECTIONS, SECTION_COUNT, (int)s);
}

const char *section_title(Section s)
{
    return name_at(SECTION_TITLES, SECTION_COUNT, (int)s);
}

const char *stage_name(Stage s)
{
    return name_at(STAGES, STAGE_COUNT, (int)s);
}

const char *commitment_state_name(CommitmentState s)
{
    return name_at(COMMITMENT_STATES, COMMITMENT_STATE_COUNT, (int)s);
}

const char *commitment_state_words(CommitmentState s)
{
    return name_at(COMMITMENT_WORDS, COMMITMENT_STATE_COUNT, (int)s);
}

const char *moment_kind_name(MomentKind k)
{
    return name_at(MOMENT_KINDS, MOMENT_KIND_COUNT, (int)k);
}

const char *agenda_kind_name(AgendaKind k)
{
    return name_at(AGENDA_KINDS, AGENDA_KIND_COUNT, (int)k);
}

const char *talked_name(Talked t)
{
    return name_at(TALKS, TALKED_COUNT, (int)t);
}

const char *entry_kind_name(EntryKind k)
{
    return name_at(ENTRY_KINDS, ENTRY_KIND_COUNT, (int)k);
}

bool alliance_kind_parse(StrView text, AllianceKind *ret)
{
    int value = value_of(text, ALLIANCE_KINDS, ALLIANCE_KIND_COUNT);
    if (value >= 0) *ret = (AllianceKind)value;
    return value >= 0;
}

bool alliance_state_parse(StrView text, AllianceState *ret)
{
    int value = value_of(text, ALLIANCE_STATES, STATE_COUNT);
    if (value >= 0) *ret = (AllianceState)value;
    return value >= 0;
}

bool side_parse(StrView text, Side *ret)
{
    int value = value_of(text, SIDES, SIDE_COUNT);
    if (value >= 0) *ret = (Side)value;
    return value >= 0;
}

bool section_parse(StrView text, Section *ret)
{
    int value = value_of(text, SECTIONS, SECTION_COUNT);
    if (value >= 0) *ret = (Section)value;
    return value >= 0;
}

bool stage_parse(StrView text, Stage *ret)
{
    int value = value_of(text, STAGES, STAGE_COUNT);
    if (value >= 0) *ret = (Stage)value;
    return value >= 0;
}

bool commitment_state_parse(StrView text, CommitmentState *ret)
{
    int value = value_of(text, COMMITMENT_STATES, COMMITMENT_STATE_COUNT);
    if (value >= 0) *ret = (CommitmentState)value;
    return value >= 0;
}

bool moment_kind_parse(StrView text, MomentKind *ret)
{
    int value = value_of(text, MOMENT_KINDS, MOMENT_KIND_COUNT);
    if (value >= 0) *ret = (MomentKind)value;
    return value >= 0;
}

bool agenda_kind_parse(StrView text, AgendaKind *ret)
{
    int value = value_of(text, AGENDA_KINDS, AGENDA_KIND_COUNT);
    if (value >= 0) *ret = (AgendaKind)value;
    return value >= 0;
}

bool talked_parse(StrView text, Talked *ret)
{
    int value = value_of(text, TALKS, TALKED_COUNT);
    if (value >= 0) *ret = (Talked)value;
    return value >= 0;
}

bool entry_kind_parse(StrView text, EntryKind *ret)
{
    int value = value_of(text, ENTRY_KINDS, ENTRY_KIND_COUNT);
    if (value >= 0) *ret = (EntryKind)value;
    return value >= 0;
}

bool section_in_short_walk(Section s)
{
    switch (s) {
    case SECTION_PURPOSE:
    case SECTION_OFFERS:
    case SECTION_ASKS:
    case SECTION_COMMUNICATION:
    case SECTION_BOUNDARIES:
    case SECTION_HARD_MOMENTS: return true;
    default: return false;
    }
}

EntryKind stage_entry_kind(Stage s)
{
    static const EntryKind kinds[STAGE_COUNT] = {
        [STAGE_PREPARE] = ENTRY_PREPARE,    [STAGE_DESIGN] = ENTRY_DESIGN,
        [STAGE_CHECK_IN] = ENTRY_CHECK_IN,  [STAGE_REPAIR] = ENTRY_REPAIR,
        [STAGE_RENEW] = ENTRY_RENEW,        [STAGE_CLOSE] = ENTRY_CLOSE,
        [STAGE_TEAM_DESIGN] = ENTRY_DESIGN, [STAGE_TEAM_CHECK_IN] = ENTRY_CHECK_IN,
    };
    assert((unsigned)s < STAGE_COUNT);
    return kinds[s];
}

CommitmentState commitment_state_of(CommitmentState stored, Date due, Instant settled)
{
    if (stored != COMMITMENT_KEPT && stored != COMMITMENT_KEPT_LATE) return stored;
    Date day = instant_date(settled);
    return due != DATE_NONE && day != DATE_NONE && day > due ? COMMITMENT_KEPT_LATE : COMMITMENT_KEPT;
}
