#include "demo_people.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define OPEN     COMMITMENT_OPEN, 0
#define KEPT(d)  COMMITMENT_KEPT, (d)

/* Marta sells; the work for it arrives on Thursday evenings. */

static const DemoTerm MARTA_TERMS[] = {
    {SECTION_PURPOSE, SIDE_BOTH, 1, 0, false,
     "Good offers for good clients, without burning the evening before."},
    {SECTION_OFFERS, SIDE_ME, 1, 0, false, "A first estimate within one working day, even a rough one."},
    {SECTION_OFFERS, SIDE_ME, 2, 0, false, "I say at once when I cannot take it on."},
    {SECTION_OFFERS, SIDE_THEM, 1, 0, false,
     "Marta tells me about a deal when it becomes likely, not when it is signed."},
    {SECTION_ASKS, SIDE_ME, 1, 2, false, "Two days of notice for every estimate."},
    {SECTION_ASKS, SIDE_ME, 2, 0, false, "Two days of notice, or a call that says why not."},
    {SECTION_COMMUNICATION, SIDE_BOTH, 1, 0, false, "New work by phone first, then in writing."},
    {SECTION_COMMUNICATION, SIDE_BOTH, 1, 0, false, "Urgent means: the client decides today."},
    {SECTION_BOUNDARIES, SIDE_ME, 1, 0, false, "Nothing new after five on a Thursday."},
    {SECTION_BOUNDARIES, SIDE_ME, 2, 0, true,
     "I do not want to be the reason she is late any more, nor her excuse."},
    {SECTION_HARD_MOMENTS, SIDE_BOTH, 1, 0, false,
     "If one of us sounds sharp, we stop and ask: what is the deadline behind this?"},
};

static const DemoCheckIn MARTA_CHECK_INS[] = {
    {532, 2, "three late nights in two weeks", "She brings in work nobody else could.",
     "I hear of it last, and then everything hangs on me."},
    {518, 3, NULL, "She called before the fair, a day ahead.", "The call came at 17:40."},
    {490, 3, "one surprise, one warning", "The two-day rule was kept once.",
     "Once it was not, and I said nothing."},
    {462, 4, NULL, "She told the client that the estimate takes until Friday.", NULL},
    {420, 3, "summer rush", NULL, "Everyone was away, so the old habit came back."},
    {378, 4, NULL, "We planned the quarter together for half an hour. It saved days.",
     "I still answer mails at night, which tells her it is fine."},
    {336, 4, "calm", "Two estimates, both with notice.", NULL},
    {294, 4, NULL, "She stood up for our price.", "She promised a date without asking me."},
    {252, 2, "promised a date over my head", NULL, "The date she gave away was mine to give."},
    {238, 3, "we talked it over", "She said sorry, and meant it. We changed the agreement.", NULL},
    {196, 4, NULL, "The new line works: a call that says why.", NULL},
    {154, 4, "two calls, both fair", "I said no once and the sky stayed up.",
     "Saying no still costs me an hour of courage."},
    {112, 5, NULL, "She turned down a deal that would have ruined October.", NULL},
    {70, 4, NULL, "We laughed about Thursday evenings.", "Her new colleague does not know our rules."},
    {33, 4, "steady", "Notice every time since September.", "The new colleague wrote to me at ten at night."},
};

static const DemoCommitment MARTA_COMMITMENTS[] = {
    {SIDE_ME, 238, -224, KEPT(226), "write down which questions a first estimate needs"},
    {SIDE_THEM, 238, -210, KEPT(214), "introduce the two-day rule to the sales round"},
    {SIDE_ME, 154, -140, COMMITMENT_CHANGED, 139, "answer no mails after seven"},
    {SIDE_THEM, 70, -40, COMMITMENT_NOT_KEPT, 33, "tell the new colleague about our agreement"},
    {SIDE_ME, 33, 4, OPEN, "sit down with Marta and her colleague for twenty minutes"},
    {SIDE_THEM, 33, DEMO_NO_DAY, OPEN, "share the list of deals that may come this quarter"},
};

static const DemoMoment MARTA_MOMENTS[] = {
    {MOMENT_RECEIVED, 112, "She thanked me in front of the whole round."},
    {MOMENT_GAVE, 51, "Took over a presentation when her train was stuck."},
};

/* Jonas and I moved in together in spring; he wakes at five and hums. */

static const DemoTerm JONAS_TERMS[] = {
    {SECTION_PURPOSE, SIDE_BOTH, 1, 0, false, "A home where both of us can be tired."},
    {SECTION_PURPOSE, SIDE_BOTH, 2, 0, false, "Two kinds of mornings under one roof."},
    {SECTION_OFFERS, SIDE_ME, 1, 0, false, "I cook on Sundays and on one evening in the week."},
    {SECTION_OFFERS, SIDE_THEM, 1, 0, false, "Jonas makes the coffee, and keeps the kitchen door shut."},
    {SECTION_ASKS, SIDE_ME, 1, 0, false, "No plans for the day before I have had half an hour."},
    {SECTION_ASKS, SIDE_THEM, 1, 0, false, "That I say it when I need to be alone, before I get short."},
    {SECTION_COMMUNICATION, SIDE_BOTH, 1, 0, false, "Big things on a walk, not in bed."},
    {SECTION_BOUNDARIES, SIDE_BOTH, 1, 0, false, "No talk about money after nine in the evening."},
    {SECTION_HARD_MOMENTS, SIDE_BOTH, 1, 2, false, "Whoever is louder stops first."},
    {SECTION_HARD_MOMENTS, SIDE_BOTH, 2, 0, false,
     "Twenty minutes in different rooms, then one sentence each."},
    {SECTION_TRIAL, SIDE_BOTH, 2, 0, false, "Sundays without an alarm, until the new year."},
};

static const DemoCheckIn JONAS_CHECK_INS[] = {
    {228, 4, "new keys, new noises", "We unpacked the last box together.", "The humming. At five."},
    {214, 4, NULL, "Coffee by the bed.", "I was curt before eight, twice."},
    {200, 3, "the visit was too long", NULL, "His parents stayed three days longer than we had said."},
    {186, 4, NULL, "The walk on Saturday cleared it.", NULL},
    {172, 5, NULL, "We danced in the kitchen, door shut.", NULL},
    {158, 4, NULL, "He asked before he invited people.", "I did not tell him that I was sad."},
    {144, 2, "an ugly evening about the rent", NULL, "Money at eleven at night, against our own rule."},
    {137, 3, "better", "Twenty minutes apart helped. So did the one sentence each.", "It still stings."},
    {123, 4, NULL, "We wrote the rule down and put it on the fridge.", NULL},
    {109, 4, NULL, "Holidays without a quarrel.", "Both of us on the phone at dinner."},
    {95, 5, "light", "He learned the recipe of my grandmother.", NULL},
    {81, 4, NULL, "He said: I need an hour. And came back after an hour.", NULL},
    {67, 4, NULL, NULL, "Winter shoes, everywhere."},
    {53, 5, NULL, "He noticed the half hour and guarded it.", NULL},
    {39, 4, NULL, "Sundays without an alarm.", "One Sunday with visitors at nine."},
    {25, 4, "mostly good", "We planned Christmas in ten minutes.", NULL},
    {18, 3, "dinner moved twice", "Friday was ours.", "Twice I waited with the food and said it was fine."},
};

static const DemoCommitment JONAS_COMMITMENTS[] = {
    {SIDE_BOTH, 144, -130, KEPT(131), "open one account for the rent and the food"},
    {SIDE_THEM, 123, -109, KEPT(100), "buy slippers"},
    {SIDE_ME, 67, -53, COMMITMENT_LET_GO, 53, "build the shoe shelf"},
    {SIDE_ME, 18, 0, OPEN, "say it the first time when dinner moves"},
    {SIDE_THEM, 18, 6, OPEN, "call before seven when he is late"},
    {SIDE_BOTH, 18, 10, OPEN, "choose one evening without phones"},
};

static const DemoMoment JONAS_MOMENTS[] = {
    {MOMENT_DEPOSIT, 60, "He drove back for my charger without a word."},
    {MOMENT_WITHDRAWAL, 20, "Read his messages at the table while I told him about my day."},
    {MOMENT_GAVE, 9, "Took his shift at the market so that he could sleep."},
};

/* Ines leads the team and looks at every line. */

static const DemoTerm INES_TERMS[] = {
    {SECTION_PURPOSE, SIDE_BOTH, 1, 0, false, "That Ines can sleep without reading my pull requests."},
    {SECTION_OFFERS, SIDE_ME, 1, 0, false, "A short note every Friday: done, next, worried about."},
    {SECTION_OFFERS, SIDE_THEM, 1, 0, false, "Ines says what she expects before I begin, not after."},
    {SECTION_ASKS, SIDE_ME, 1, 0, false, "Decide the goal together, leave the way to me."},
    {SECTION_ASKS, SIDE_THEM, 1, 0, false, "No surprises upwards: she hears bad news first."},
    {SECTION_COMMUNICATION, SIDE_BOTH, 1, 0, false, "Questions in the document, not in six chats."},
    {SECTION_BOUNDARIES, SIDE_ME, 1, 0, false, "Mornings until eleven are for thinking."},
    {SECTION_FEEDBACK, SIDE_ME, 1, 0, false, "Tell me in private, early, with one example."},
    {SECTION_HARD_MOMENTS, SIDE_BOTH, 1, 0, false, "If she takes something over, she says so aloud and why."},
};

static const DemoCheckIn INES_CHECK_INS[] = {
    {365, 3, NULL, "She knows the business like nobody else.", "Eleven comments on a draft of two pages."},
    {334, 3, "fewer comments, same weight", "The Friday note was read.", "She rewrote my slides at night."},
    {304, 4, NULL, "We agreed on the goal in ten minutes.", NULL},
    {273, 4, NULL, "She presented my work as mine.", "Meetings at nine again."},
    {243, 3, "the release", NULL, "In the last week every decision went over her desk."},
    {212, 4, NULL, "She said aloud that she was taking over, and gave it back on Monday.", NULL},
    {181, 4, NULL, "A month without a single surprise.", NULL},
    {151, 4, NULL, "She asked what I would do, and did it.", "I waited for her word where I needed none."},
    {120, 5, "she trusted me with the budget", "The budget is mine now.", NULL},
    {90, 4, NULL, "We said no to a project together.", "My Friday note was late twice."},
    {59, 4, NULL, "She left me alone with the hard client.", NULL},
    {31, 4, "solid", "Thinking mornings are in her calendar too.", NULL},
};

static const DemoCommitment INES_COMMITMENTS[] = {
    {SIDE_ME, 151, -137, KEPT(120), "decide the vendor without asking"},
    {SIDE_THEM, 90, -60, KEPT(62), "move the Monday meeting to eleven"},
    {SIDE_ME, 31, -2, OPEN, "write the plan for the next half year on one page"},
};

static const DemoMoment INES_MOMENTS[] = {
    {MOMENT_RECEIVED, 45, "She shielded the team from a silly deadline."},
};

/* Ravi asked for advice, and the advice stays in the drawer. */

static const DemoTerm RAVI_TERMS[] = {
    {SECTION_PURPOSE, SIDE_BOTH, 1, 0, false, "Ideas that leave the room alive."},
    {SECTION_OFFERS, SIDE_ME, 1, 0, false,
     "Three options each time, one of them small enough to try this week."},
    {SECTION_ASKS, SIDE_ME, 1, 0, false, "A clear yes, no or not now, within two weeks."},
    {SECTION_COMMUNICATION, SIDE_BOTH, 1, 0, false, "Half an hour at his whiteboard rather than a report."},
    {SECTION_BOUNDARIES, SIDE_ME, 1, 0, false, "I do not rewrite the same paper a fourth time."},
    {SECTION_HARD_MOMENTS, SIDE_BOTH, 1, 0, false,
     "When it goes quiet, whoever notices asks: is it the idea or the timing?"},
};

static const DemoCheckIn RAVI_CHECK_INS[] = {
    {300, 3, NULL, "He gives me an hour whenever I ask.", "Five proposals, no answer."},
    {279, 3, NULL, "The whiteboard works better than paper.", "Still no decision on any of them."},
    {258, 4, "one was tried", "The small one was tried, and it worked.", NULL},
    {230, 3, NULL, NULL, "He praised it and then bought advice from outside."},
    {209, 2, "felt like decoration", NULL, "I heard my own idea from the outside firm, with a logo on it."},
    {188, 3, "said it", "I told him. He had not noticed.", "I waited three weeks before I said it."},
    {160, 3, NULL, "A clear no. It was a relief.", NULL},
    {132, 3, NULL, NULL, "Reorganisation: nobody decides anything."},
};

static const DemoCommitment RAVI_COMMITMENTS[] = {
    {SIDE_THEM, 188, -170, KEPT(160), "answer each proposal with yes, no or not now"},
    {SIDE_ME, 132, DEMO_NO_DAY, OPEN, "collect what the small trial brought, on half a page"},
};

/* Helena runs operations; once our two departments were a pair. */

static const DemoTerm HELENA_TERMS[] = {
    {SECTION_PURPOSE, SIDE_BOTH, 1, 0, false, "To be the two people who repair what our departments broke."},
    {SECTION_OFFERS, SIDE_ME, 1, 0, false, "Numbers before Wednesday noon, also the ugly ones."},
    {SECTION_OFFERS, SIDE_THEM, 1, 0, false, "Helena tells her people that the delay was not theirs alone."},
    {SECTION_ASKS, SIDE_ME, 1, 0, false, "That she calls me before she copies my boss."},
    {SECTION_ASKS, SIDE_THEM, 1, 0, false, "That I name the person to ask when I am away."},
    {SECTION_COMMUNICATION, SIDE_BOTH, 1, 0, false, "Fridays at three, fifteen minutes, standing."},
    {SECTION_BOUNDARIES, SIDE_BOTH, 1, 0, false,
     "We do not quote each other in front of others without asking."},
    {SECTION_HARD_MOMENTS, SIDE_BOTH, 1, 0, false,
     "First the facts on one sheet, then whose fault, if anybody still wants to know."},
};

static const DemoCheckIn HELENA_CHECK_INS[] = {
    {240, 2, "three years of grudges", "She came.", "Both of us brought a list."},
    {212, 2, NULL, NULL, "Her team heard about the change from the canteen."},
    {184, 3, "first Friday that helped", "We found the real cause in a quarter of an hour.", NULL},
    {156, 3, NULL, "She called before she wrote.", "My people still roll their eyes."},
    {128, 4, NULL, "Helena defended us in the steering round.", NULL},
    {100, 4, NULL, "Joint lunch of both teams. It was loud and good.", NULL},
    {72, 4, "almost like before", "No escalation for two months.", "I was late with the numbers, twice."},
    {41, 2, "copied my boss again", NULL, "A mail to my boss, with half of the story."},
};

static const DemoCommitment HELENA_COMMITMENTS[] = {
    {SIDE_BOTH, 128, -105, KEPT(100), "bring both teams to one table"},
    {SIDE_ME, 72, -58, COMMITMENT_NOT_KEPT, 41, "numbers before Wednesday noon, four weeks in a row"},
    {SIDE_THEM, 41, -13, OPEN, "tell my boss the other half of the story"},
    {SIDE_ME, 41, -20, OPEN, "ask her what made her write that mail"},
};

static const DemoMoment HELENA_MOMENTS[] = {
    {MOMENT_WITHDRAWAL, 43, "The mail with half of the story."},
    {MOMENT_DEPOSIT, 12, "She sent flowers to our team after the audit."},
};

/* Tomás and I have a child of eleven weeks. */

static const DemoTerm TOMAS_TERMS[] = {
    {SECTION_PURPOSE, SIDE_BOTH, 1, 0, false,
     "That all three of us get through this winter fond of each other."},
    {SECTION_OFFERS, SIDE_ME, 1, 0, false, "The nights from Sunday to Wednesday."},
    {SECTION_OFFERS, SIDE_THEM, 1, 0, false, "The nights from Thursday to Saturday, and all laundry."},
    {SECTION_ASKS, SIDE_ME, 1, 0, false, "Two hours a week that are only mine, without having to ask."},
    {SECTION_ASKS, SIDE_THEM, 1, 0, false, "That I let him do it his way when it is his turn."},
    {SECTION_COMMUNICATION, SIDE_BOTH, 1, 0, false, "Handover at the door: slept, drank, mood."},
    {SECTION_BOUNDARIES, SIDE_BOTH, 1, 0, false, "No scorekeeping between midnight and six."},
    {SECTION_HARD_MOMENTS, SIDE_BOTH, 1, 0, false,
     "Whoever says \"I am at zero\" is released for an hour, no questions."},
};

static const DemoCheckIn TOMAS_CHECK_INS[] = {
    {56, 4, "tired, close", "He sings to her in two languages.", "I corrected the way he holds her."},
    {49, 4, NULL, "Handover at the door works.", "The laundry has its own mountain range."},
    {42, 3, "at zero, twice", "He took over without a question.", "I felt guilty for the hour."},
    {35, 4, NULL, "Two hours in a café, alone.", NULL},
    {28, 4, NULL, "She laughed. Both of us saw it.", "We have not talked of anything else for weeks."},
    {21, 5, NULL, "A film, in three parts, with soup.", NULL},
    {14, 4, NULL, "His mother came, and left when we said.", "Scorekeeping at four in the morning."},
    {7, 4, "we manage", "He let me sleep on a Wednesday.", NULL},
};

static const DemoCommitment TOMAS_COMMITMENTS[] = {
    {SIDE_THEM, 49, -40, KEPT(42), "find a place for the clean laundry"},
    {SIDE_ME, 28, -21, KEPT(22), "look away when he changes her"},
    {SIDE_BOTH, 7, 5, OPEN, "one walk without the phone and without a plan"},
};

static const DemoMoment TOMAS_MOMENTS[] = {
    {MOMENT_RECEIVED, 15, "He made my mother's soup from memory."},
    {MOMENT_GAVE, 3, "Let him sleep until nine."},
};

/* Greta sits on the board, and her vote decides about the shelter. */

static const DemoTerm GRETA_TERMS[] = {
    {SECTION_PURPOSE, SIDE_BOTH, 1, 0, false, "A winter shelter that stays open after the first year."},
    {SECTION_OFFERS, SIDE_ME, 1, 0, false, "Facts before the vote, also those that speak against us."},
    {SECTION_ASKS, SIDE_ME, 1, 0, false, "That she tells me which way she leans a week before."},
    {SECTION_COMMUNICATION, SIDE_BOTH, 1, 0, false,
     "By phone, never by mail, when it is about other members."},
    {SECTION_BOUNDARIES, SIDE_BOTH, 1, 0, false, "No favours that are not on paper."},
    {SECTION_HARD_MOMENTS, SIDE_BOTH, 1, 0, false,
     "If we vote against each other, we have a coffee afterwards."},
};

static const DemoCheckIn GRETA_CHECK_INS[] = {
    {280, 3, NULL, "She listens to numbers.", "I do not know what she wants for herself."},
    {190, 4, "she called first", "She told me a week ahead that she would vote against, and why.", NULL},
    {99, 4, NULL, "The coffee after the vote.", "Others see us as a block."},
    {11, 4, NULL, "She put the shelter on the agenda herself.", NULL},
};

static const DemoCommitment GRETA_COMMITMENTS[] = {
    {SIDE_ME, 11, 16, OPEN, "send her the running costs of the last winter"},
    {SIDE_THEM, 99, -70, KEPT(76), "introduce me to the treasurer"},
};

/* Samir coaches with me on alternate Tuesdays. */

static const DemoTerm SAMIR_TERMS[] = {
    {SECTION_PURPOSE, SIDE_BOTH, 1, 0, false, "That Samir finds his own way of leading, not mine."},
    {SECTION_OFFERS, SIDE_ME, 1, 0, false, "I keep time, and I keep quiet for the first ten minutes."},
    {SECTION_OFFERS, SIDE_THEM, 1, 0, false,
     "Samir brings the real question, also when he is ashamed of it."},
    {SECTION_ASKS, SIDE_THEM, 1, 0, false, "That I stop him when he tells stories."},
    {SECTION_COMMUNICATION, SIDE_BOTH, 1, 0, false, "Nothing in between, except a message with one line."},
    {SECTION_BOUNDARIES, SIDE_BOTH, 1, 0, false,
     "What is said here stays here, also towards his company that pays."},
    {SECTION_HARD_MOMENTS, SIDE_BOTH, 1, 0, false, "If it drags for two hours in a row we ask: are we done?"},
};

static const DemoCheckIn SAMIR_CHECK_INS[] = {
    {120, 3, NULL, "He came on time and left late.", "Stories."},
    {106, 4, NULL, "He stopped himself.", NULL},
    {92, 4, NULL, "The real question came in the last five minutes.", "It came in the last five minutes."},
    {78, 5, "brave", "He said what he was ashamed of, at the start.", NULL},
    {64, 4, NULL, NULL, "I gave advice. He had not asked for it."},
    {50, 4, NULL, "A silence of two minutes, and then something new.", NULL},
    {36, 4, NULL, "He led his first hard conversation.", NULL},
    {19, 5, NULL, "He needed me less.", NULL},
};

static const DemoCommitment SAMIR_COMMITMENTS[] = {
    {SIDE_THEM, 36, -22, KEPT(19), "ask his deputy what she sees"},
    {SIDE_ME, 64, -50, KEPT(50), "count my pieces of advice"},
    {SIDE_THEM, 19, 9, OPEN, "write down what a good last session would be"},
};

#define LIST(a) (a), COUNT(a)
#define NONE    NULL, 0

const DemoPerson DEMO_PEOPLE[] = {
    {"Marta Kowal",
     "sales colleague",
     "work",
     "every month",
     545,
     {545, 240, 0},
     {"", "A date was promised over my head."},
     3,
     0,
     0,
     0,
     LIST(MARTA_TERMS),
     LIST(MARTA_CHECK_INS),
     LIST(MARTA_COMMITMENTS),
     LIST(MARTA_MOMENTS)},
    {"Jonas Berg",
     "partner",
     "home",
     "every 2 weeks",
     236,
     {236, 140, 0},
     {"", "After the evening about the rent."},
     2,
     0,
     0,
     6,
     LIST(JONAS_TERMS),
     LIST(JONAS_CHECK_INS),
     LIST(JONAS_COMMITMENTS),
     LIST(JONAS_MOMENTS)},
    {"Ines Duarte",
     "manager",
     "work",
     "monthly",
     380,
     {380, 0, 0},
     {""},
     6,
     0,
     0,
     0,
     LIST(INES_TERMS),
     LIST(INES_CHECK_INS),
     LIST(INES_COMMITMENTS),
     LIST(INES_MOMENTS)},
    {"Ravi Menon",
     "client inside the house",
     "work",
     "every 3 weeks",
     310,
     {310, 0, 0},
     {""},
     -1,
     0,
     -1,
     0,
     LIST(RAVI_TERMS),
     LIST(RAVI_CHECK_INS),
     LIST(RAVI_COMMITMENTS),
     NONE},
    {"Helena Voss",
     "head of operations",
     "work",
     "every 4 weeks",
     245,
     {245, 0, 0},
     {""},
     0,
     0,
     0,
     0,
     LIST(HELENA_TERMS),
     LIST(HELENA_CHECK_INS),
     LIST(HELENA_COMMITMENTS),
     LIST(HELENA_MOMENTS)},
    {"Tomás Reyes",
     "father of our daughter",
     "home",
     "weekly",
     60,
     {60, 0, 0},
     {""},
     0,
     0,
     0,
     0,
     LIST(TOMAS_TERMS),
     LIST(TOMAS_CHECK_INS),
     LIST(TOMAS_COMMITMENTS),
     LIST(TOMAS_MOMENTS)},
    {"Greta Lindqvist",
     "board member",
     "shelter",
     "quarterly",
     290,
     {290, 0, 0},
     {""},
     8,
     0,
     0,
     0,
     LIST(GRETA_TERMS),
     LIST(GRETA_CHECK_INS),
     LIST(GRETA_COMMITMENTS),
     NONE},
    {"Samir Haddad",
     "coaching client",
     "coaching",
     "every 2 weeks",
     126,
     {126, 0, 0},
     {""},
     0,
     5,
     0,
     0,
     LIST(SAMIR_TERMS),
     LIST(SAMIR_CHECK_INS),
     LIST(SAMIR_COMMITMENTS),
     NONE},
};

const size_t DEMO_PEOPLE_COUNT = COUNT(DEMO_PEOPLE);
