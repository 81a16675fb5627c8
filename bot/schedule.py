"""When a reminder falls due: wall-clock times in a time zone -> moments. Pure; the zone's rules come from `zoneinfo`.

A time that a clock change skips falls due at the first moment after the gap; one that happens twice, the first time only.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

GRACE = dt.timedelta(hours=2)
"""A reminder that is less late than this is still sent; else the next one comes with a kind line."""
EVENING = dt.time(20)
"""What "this evening" means on a wall clock."""
WEEK = 7
LOOK_BACK = dt.timedelta(days=2)
"""A skipped time may fall due on the day after its own."""
OFFSET = re.compile(r"([+-])(\d\d):(\d\d)")


@dataclass(frozen=True, slots=True)
class Rule:
    """`times` on the wall clock; `days` with Monday as 0, none is every day; `until` the last day; `paused`: rests until
    that day, which is again one of the days."""

    times: tuple[dt.time, ...]
    days: tuple[int, ...] = ()
    until: dt.date | None = None
    paused: dt.date | None = None


def next_due(rule: Rule, after: dt.datetime, zone: dt.tzinfo) -> dt.datetime | None:
    """The first due moment later than `after`, in UTC; None when there is none any more."""
    after = after.astimezone(dt.UTC)
    first = (after.astimezone(zone) - LOOK_BACK).date()
    if rule.paused is not None:
        first = max(first, rule.paused)
    for day in _days(rule, first):
        moments = (moment(dt.datetime.combine(day, time), zone) for time in rule.times)
        later = [at for at in moments if at > after]
        if later:
            return min(later)
    return None


def _days(rule: Rule, first: dt.date) -> Iterator[dt.date]:
    """The days of the rule from `first` on: so many that one of them surely lies ahead."""
    for number in range(2 * WEEK):
        day = first + dt.timedelta(days=number)
        if rule.until is not None and day > rule.until:
            return
        if not rule.days or day.weekday() in rule.days:
            yield day


def moment(wall: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    """The moment (UTC) a wall clock in that zone shows `wall` (naive) for the first time, or, when a clock change skips
    it, the first moment after the change."""
    at = wall.replace(tzinfo=zone, fold=0).astimezone(dt.UTC)
    if _wall(at, zone) == wall:
        return at
    return _after_gap(wall, at, zone)


def _after_gap(wall: dt.datetime, late: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    """The clock jumps over `wall` somewhere before `late`: the first second at which it shows a later time."""
    early = wall.replace(tzinfo=zone, fold=1).astimezone(dt.UTC)
    while late - early > dt.timedelta(seconds=1):
        middle = early + dt.timedelta(seconds=(late - early) // dt.timedelta(seconds=1) // 2)
        if _wall(middle, zone) < wall:
            early = middle
        else:
            late = middle
    return late


def _wall(at: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    return at.astimezone(zone).replace(tzinfo=None)


def day_ends(at: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    """The last moment (a microsecond before midnight, UTC) of the day that `at` belongs to there."""
    tomorrow = at.astimezone(zone).date() + dt.timedelta(days=1)
    return moment(dt.datetime.combine(tomorrow, dt.time()), zone) - dt.timedelta(microseconds=1)


def local_day(at: dt.datetime, zone: dt.tzinfo) -> dt.date:
    """The day it is there."""
    return at.astimezone(zone).date()


def this_evening(at: dt.datetime, zone: dt.tzinfo) -> dt.datetime | None:
    """This evening there, or None when it is evening already."""
    evening = moment(dt.datetime.combine(local_day(at, zone), EVENING), zone)
    return evening if evening - at > dt.timedelta(minutes=30) else None


def next_day(missed: dt.datetime, at: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    """The same time by the clock there, on the day after `at`."""
    return moment(dt.datetime.combine(local_day(at, zone) + dt.timedelta(days=1), missed.astimezone(zone).time()), zone)


@lru_cache(maxsize=1024)
def zone_of(name: str) -> dt.tzinfo:
    """A zone by its name in the tz database, or a fixed offset such as "+05:45". UTC for what nobody knows."""
    found = OFFSET.fullmatch(name)
    if found:
        minutes = int(found[2]) * 60 + int(found[3])
        return dt.timezone(dt.timedelta(minutes=-minutes if found[1] == "-" else minutes))
    try:
        return ZoneInfo(name) if name else dt.UTC
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return dt.UTC


def fixed(minutes: int) -> str:
    """The name of a fixed offset of so many minutes east of Greenwich."""
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours:02d}:{rest:02d}"
