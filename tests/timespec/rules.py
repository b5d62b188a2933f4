"""Reads rules as JSON lines and answers with the starts that python-dateutil finds."""

import datetime
import json
import sys
from zoneinfo import ZoneInfo

from dateutil import rrule

UTC = datetime.timezone.utc


def resolve(naive, zone):
    """Returns the instant of a wall-clock time, and whether the clocks skip it."""
    instant = naive.replace(tzinfo=zone).astimezone(UTC)
    return instant, instant.astimezone(zone).replace(tzinfo=None) != naive


def starts(case):
    zone = ZoneInfo(case["zone"])
    start = datetime.datetime.fromisoformat(case["start"])
    parts = dict(part.split("=") for part in case["rule"].split(";"))
    # Skipped times do not count, so counting comes after resolving.
    count = int(parts.pop("COUNT", 0)) or None
    until = parts.pop("UNTIL", None)
    if until:
        until = datetime.datetime.strptime(until, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    first, last = (datetime.datetime.fromtimestamp(case[k], UTC) for k in ("from", "until"))
    try:
        rule = rrule.rrulestr(";".join(f"{k}={v}" for k, v in parts.items()), dtstart=start)
    except ValueError as error:
        # An hour that INTERVAL never reaches is refused there; it is merely never.
        if "empty set" not in str(error):
            raise
        rule = rrule.rruleset()
    # A rule that never comes true is followed to the last year there is: let that be soon.
    datetime.MAXYEAR = last.year + 1
    found = set()
    seen = 0
    limit = last.replace(tzinfo=None) + datetime.timedelta(days=2)
    if next(iter(rule.between(start, start, inc=True)), None) is None:
        found.add(resolve(start, zone)[0])
        seen = 1
    if count is None or seen < count:
        for naive in rule.xafter(start, inc=True):
            if naive > limit:
                break
            instant, skipped = resolve(naive, zone)
            if skipped:
                continue
            if until and instant > until:
                break
            found.add(instant)
            seen += 1
            if seen == count:
                break
    return sorted(int(at.timestamp()) for at in found if first <= at < last)


for line in sys.stdin:
    print(json.dumps(starts(json.loads(line))))
