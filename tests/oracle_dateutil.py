#!/usr/bin/python3
"""Random cadences, ours against python3-dateutil: oracle_dateutil.py DRIVER [COUNT [SEED]]

Each cadence is given as words or as a rule. dateutil expands the rule this program means by it, built here
and not taken from the driver, and the days must be the same. Dates lie between 1970 and 2199.
"""
import datetime
import random
import subprocess
import sys

from dateutil.rrule import DAILY, MONTHLY, WEEKLY, YEARLY, rrule, weekday

DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
CODES = "MO TU WE TH FR SA SU".split()
MONTHS = ("january february march april may june july august september october november "
          "december").split()
LENGTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
ORDINALS = ["", "first", "second", "third", "fourth", "fifth", "sixth", "seventh"]
FREQS = {DAILY: ("DAILY", "day"), WEEKLY: ("WEEKLY", "week"), MONTHLY: ("MONTHLY", "month"),
         YEARLY: ("YEARLY", "year")}
FIRST, LAST = datetime.date(1970, 1, 1), datetime.date(2199, 12, 31)
SHOWN = 6


def ordinal(n):
    return ORDINALS[n] if n > 0 else ("last" if n == -1 else ORDINALS[-n] + " last")


def suffix(n):
    return str(n) + ("th" if n // 10 == 1 else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th"))


def weekly(rng, every):
    days = sorted(rng.sample(range(7), rng.choice([1, 1, 2, 3, 7])))
    start = rng.choice([0, 0, 6, rng.randrange(7)])
    names = [DAYS[d] for d in days]
    words = " on " + (", ".join(names[:-1]) + " and " if len(names) > 1 else "") + names[-1]
    rule = ";BYDAY=" + ",".join(CODES[d] for d in days) + (f";WKST={CODES[start]}" if start else "")
    return words if start == 0 or every == 1 else None, rule, {"byweekday": days, "wkst": start}


def in_month(rng, month):
    """A day of a month: its words, its rule, what dateutil is told, and whether words and rule differ."""
    kind = rng.choice(["date", "date", "back", "weekday", "workday"])
    if kind == "date":
        n = rng.randint(1, LENGTHS[month - 1] if month else 31)
        lack = month == 2 and n == 29 if month else n > 28
        words = f"{n} {MONTHS[month - 1]}" if month else f"the {suffix(n)}"
        clamped = {"bymonthday": list(range(28, n + 1)), "bysetpos": -1}
        return words, f";BYMONTHDAY={n}", clamped if lack else {"bymonthday": n}, {"bymonthday": n}
    if kind == "back":
        n = -rng.randint(1, 7)
        words, rule, told = f"the {ordinal(n)} day", f";BYMONTHDAY={n}", {"bymonthday": n}
    elif kind == "weekday":
        n, d = rng.choice([1, 2, 3, 4, 5, -1, -2, -3, -4, -5]), rng.randrange(7)
        words, rule = f"the {ordinal(n)} {DAYS[d]}", f";BYDAY={n}{CODES[d]}"
        told = {"byweekday": weekday(d, n)}
    else:
        n = rng.choice([1, -1])
        words, rule = f"the {ordinal(n)} working day", f";BYDAY=MO,TU,WE,TH,FR;BYSETPOS={n}"
        told = {"byweekday": list(range(5)), "bysetpos": n}
    return words + (f" of {MONTHS[month - 1]}" if month else ""), rule, told, told


def cadence(rng):
    """A text, and what dateutil is told to expand."""
    freq = rng.choice([DAILY, WEEKLY, WEEKLY, MONTHLY, MONTHLY, MONTHLY, YEARLY])
    every = rng.choice([1, 1, 2, 3, rng.randint(1, 12), rng.randint(1, 366)])
    name, unit = FREQS[freq]
    said = f"every {every} {unit}s" if every > 1 else f"every {unit}"
    rule = f"FREQ={name}" + (f";INTERVAL={every}" if every > 1 else "")
    if freq == DAILY or (freq == WEEKLY and rng.random() < 0.2):
        return rng.choice([said, rule]), {"freq": freq, "interval": every}
    if freq == WEEKLY:
        words, by, told = weekly(rng, every)
        as_words, as_rule = told, told
    else:
        month = rng.randint(1, 12) if freq == YEARLY else 0
        words, by, as_words, as_rule = in_month(rng, month)
        words = " on " + words
        if month:
            by = f";BYMONTH={month}{by}"
            as_words, as_rule = dict(as_words, bymonth=month), dict(as_rule, bymonth=month)
    if words and rng.random() < 0.5:
        return said + words, dict(as_words, freq=freq, interval=every)
    return rule + by, dict(as_rule, freq=freq, interval=every)


def expected(told, start):
    begin = datetime.datetime(start.year, start.month, start.day)
    until = datetime.datetime(LAST.year, LAST.month, LAST.day)
    return take(rrule(dtstart=begin, until=until, **told))


def take(days):
    shown = []
    for day in days:
        shown.append(day.date().isoformat())
        if len(shown) == SHOWN:
            break
    return shown


def main():
    driver = sys.argv[1]
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 100000
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 2026
    rng = random.Random(seed)
    span = (LAST - FIRST).days
    cases = []
    for _ in range(count):
        text, told = cadence(rng)
        cases.append((text, FIRST + datetime.timedelta(rng.randint(0, span)), told))
    asked = "".join(f"{text}|{start}|{SHOWN}\n" for text, start, _ in cases)
    run = subprocess.run([driver], input=asked, stdout=subprocess.PIPE, text=True, check=True)
    answers = run.stdout.splitlines()
    wrong = compared = 0
    if len(answers) != len(cases):
        sys.exit(f"{len(answers)} answers to {len(cases)} questions")
    for (text, start, told), answer in zip(cases, answers):
        got = [] if answer == "refused" else answer.partition("|")[2].split(",")
        got = [day for day in got if day and day <= LAST.isoformat()]
        want = expected(told, start)
        compared += len(want)
        if answer == "refused" or got != want:
            wrong += 1
            if wrong <= 10:
                print(f"{text} from {start}: {answer}, not {','.join(want)}", file=sys.stderr)
    print(f"{count} cadences, {compared} days compared, {wrong} wrong (seed {seed})")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
