#!/usr/bin/python3
"""Exported calendars, read by python3-dateutil: oracle_ics.py DRIVER

The driver writes calendars, and after each what the journal says of the days to come. What dateutil makes of
DTSTART, RRULE, RDATE and EXDATE must be the same days; an instance of its own must be one of them.
"""
import subprocess
import sys

from dateutil.parser import isoparse
from dateutil.rrule import rruleset, rrulestr


def unfold(lines):
    whole = []
    for line in lines:
        if len(line) > 75:
            sys.exit(f"longer than 75 octets: {line}")
        if line.startswith(b" "):
            whole[-1] += line[1:]
        else:
            whole.append(line)
    return [line.decode() for line in whole]


def components(lines):
    """Each VEVENT as a list of its properties and their values."""
    event = None
    for line in lines:
        if line == "BEGIN:VEVENT":
            event = []
        elif line == "END:VEVENT":
            yield event
            event = None
        elif event is not None:
            event.append(line.split(":", 1))


def values(event, name):
    return [value for key, value in event if key.split(";")[0] == name]


def expand(event, count):
    start = isoparse(values(event, "DTSTART")[0])
    days = rruleset()
    days.rdate(start)  # RFC 5545 3.8.5.3: the first instance
    for rule in values(event, "RRULE"):
        expanded = rrulestr(rule, dtstart=start)
        if next(iter(expanded)) != start:
            sys.exit(f"DTSTART {start.date()} is no day of {rule}")
        days.rrule(expanded)
    for day in values(event, "RDATE"):
        days.rdate(isoparse(day))
    for day in values(event, "EXDATE"):
        days.exdate(isoparse(day))
    shown = []
    for day in days:
        shown.append(day.date().isoformat())
        if len(shown) == count:
            break
    return shown


def main():
    run = subprocess.run([sys.argv[1], "cases"], stdout=subprocess.PIPE, check=True)
    pending, series, alone, compared, wrong = [], {}, {}, 0, 0
    for line in run.stdout.split(b"\n"):
        if not line.startswith(b"EXPECT:"):
            pending.append(line.rstrip(b"\r"))
            continue
        for event in components(unfold(pending)):
            uid = values(event, "UID")[0]
            kept = alone if values(event, "RECURRENCE-ID") else series
            if uid in kept:
                sys.exit(f"{uid} is there twice")
            kept[uid] = event
        pending = []
        uid, what, days = line.decode()[len("EXPECT:"):].split("|")
        want = days.split(",")
        got = expand(series[uid], len(want))
        compared += len(want)
        moved = [values(alone[uid], name)[0] for name in ("RECURRENCE-ID", "DTSTART")] if uid in alone else []
        if got != want or any(isoparse(day).date().isoformat() != want[0] for day in moved):
            wrong += 1
            print(f"{what}: {','.join(got)}, not {days} {moved}", file=sys.stderr)
    print(f"{len(series)} alliances, {compared} days compared, {wrong} wrong")
    return 1 if wrong or len(series) < 60 else 0


if __name__ == "__main__":
    sys.exit(main())
