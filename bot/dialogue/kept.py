"""Small values that stay with a person from visit to visit: reminders, favourites, how it went, what hurt. All bounded."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal, TypeAlias

from bot.catalog.model import Variant
from bot.schedule import Rule

MOST_REMINDERS, MOST_FAVOURITES, MOST_COURSES, MOST_TROUBLED = 10, 12, 12, 20


@dataclass(frozen=True, slots=True)
class Favourite:
    """What to press for: a complaint and its variant, or a programme. Neither: whatever bothers the person then. It is
    planned and screened anew whenever it opens."""

    condition: str = ""
    variant: Variant = "standard"
    programme: str = ""


@dataclass(frozen=True, slots=True)
class Reminder:
    """`due`: the next planned moment (UTC); `snoozed`: once more before that. `invited`: the day (there) of an invitation
    nobody answered, `called` the moment for which it was planned; `ignored`: how many such days in a row; `quiet`: asked
    whether to go on, silent until answered. `missed`: one fell into a time when we were away."""

    id: str
    what: Favourite
    rule: Rule
    due: dt.datetime | None = None
    snoozed: dt.datetime | None = None
    invited: dt.date | None = None
    ignored: int = 0
    quiet: bool = False
    missed: bool = False
    called: dt.datetime | None = None

    @property
    def rings(self) -> dt.datetime | None:
        """When its timer is to ring."""
        moments = [at for at in (self.due, self.snoozed) if at is not None]
        return min(moments) if moments and not self.quiet else None


@dataclass(frozen=True, slots=True)
class Course:
    """How it has gone with one complaint since `since`. `first`: how bad it was at the beginning, 0 to 10; `before` and
    `after`: the last three ratings, the newest last; `times`: routines done; `helped`: the point that helped most the last
    time that was asked."""

    condition: str
    variant: Variant
    since: dt.date
    last: dt.date
    times: int = 1
    first: int | None = None
    before: tuple[int, ...] = ()
    after: tuple[int, ...] = ()
    helped: str = ""


Trouble: TypeAlias = Literal["hurts", "numb", "dizzy"]


@dataclass(frozen=True, slots=True)
class Troubled:
    """Something was wrong at this point on that day."""

    point: str
    what: Trouble
    day: dt.date


@dataclass(frozen=True, slots=True)
class Following:
    """A programme that was begun. `done`: days on which it was pressed; `last`: the newest of them."""

    programme: str
    since: dt.date
    done: int = 0
    last: dt.date | None = None


LONGEST_TOWN = 100
"""Letters: nobody calls a town and what it lies in by more. What is longer is looked up nowhere; it would take a second, for everybody."""


@dataclass(frozen=True, slots=True)
class Town:
    """A place people live in. `country` is an ISO code, `zone` a name of the tz database."""

    name: str
    country: str
    zone: str
