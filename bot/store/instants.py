"""Instants as integers (UTC milliseconds) and days, and the update ids a person has sent lately."""

from __future__ import annotations

import datetime as dt
import json

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
MILLISECOND = dt.timedelta(milliseconds=1)
KEPT = 200
"""At most so many update ids of a person are remembered ..."""
KEPT_MINUTES = 25 * 60
"""... for so long: Telegram offers an update again for 24 hours."""

Seen = dict[int, int]
"""Update id -> the minute it came, the oldest first."""


def millis(at: dt.datetime) -> int:
    """UTC milliseconds; a part of one is cut off."""
    return (at - EPOCH) // MILLISECOND


def instant(milliseconds: int) -> dt.datetime:
    """The other way."""
    return EPOCH + milliseconds * MILLISECOND


def days(at: dt.datetime) -> int:
    """Days since 1970, all that is kept of when somebody was here."""
    return (at - EPOCH).days


def seen_from(text: str) -> Seen:
    """From the database."""
    numbers: list[int] = json.loads(text)
    return dict(zip(numbers[::2], numbers[1::2], strict=True))


def seen_text(seen: Seen) -> str:
    """For the database: id, minute, id, minute ..."""
    return json.dumps([number for pair in seen.items() for number in pair], separators=(",", ":"))


def seen_with(seen: Seen, update: int, now: dt.datetime) -> Seen:
    """With this update, without the old ones."""
    minute = millis(now) // 60_000
    young = [(each, at) for each, at in seen.items() if at >= minute - KEPT_MINUTES]
    return dict([*young, (update, minute)][-KEPT:])
