"""Reads calendars as JSON lines and answers with the starts that recurring-ical-events finds."""

import datetime
import json
import sys

import icalendar
import recurring_ical_events

UTC = datetime.timezone.utc


def starts(case):
    first, last = (datetime.datetime.fromtimestamp(case[k], UTC) for k in ("from", "until"))
    calendar = icalendar.Calendar.from_ical(case["text"])
    found = set()
    for event in recurring_ical_events.of(calendar).between(first, last):
        # A cancelled instance is returned like any other.
        if event.get("STATUS") != "CANCELLED":
            found.add(int(event.start.astimezone(UTC).timestamp()))
    return sorted(at for at in found if case["from"] <= at < case["until"])


for line in sys.stdin:
    print(json.dumps(starts(json.loads(line))))
