"""What a wish for a reminder says beside times and days: "until Christmas", "twice a day", "in two hours", "stop". Pure.

Built on `bot.understanding.times`, which reads the clock and the days; it is given the words without what is read here.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Literal, NamedTuple

from bot.catalog.model.times import TimeWords
from bot.understanding.times import MOST_TIMES, Times, Told

__all__ = ["MOST_TIMES", "Asked", "Asking", "NamedClock"]

MOST_AHEAD = 7 * 24 * 60
"""Minutes from now: more than a week is a day, not a span."""
A_DAY = 24 * 60
NEAREST = 120
"""Two reminders of a day are at least so many minutes apart."""
BOUNDS = 2
"""Two times beside "every three hours" are the first and the last of the day."""
DAY_WORDS = 4
"""A day has at most so many words ("in two weeks", "24th of december 2027")."""


@dataclass(frozen=True, slots=True)
class Asked(Told):
    """`until`: the last day. `minutes`: once, so many minutes from now. `every`: so many minutes between two, for which `times` of the
    day stand as far as that goes. `rarer`: so many hours that they are more than a day, which no days of the week can be. `rests`: only until then nothing comes."""

    until: dt.date | None = None
    minutes: int | None = None
    every: int | None = None
    rarer: bool = False
    rests: bool = False


Switched = Literal["", "off", "drop", "on"]


class NamedClock(NamedTuple):
    """A clock by its name: the zones it may be, or its offset from UTC in minutes."""

    zones: tuple[str, ...] = ()
    offset: int | None = None


class Asking:
    """Reads wishes in one language."""

    def __init__(self, words: TimeWords) -> None:
        self._words, self._times = words, Times(words)
        self._wishes = _any(words.remind)
        self._stops, self._often = _any(words.stop), _any(words.often)
        self._feasts, self._rests = _any(words.feasts), _any(words.rest)
        self._until = re.compile(rf"(?<!\w)(?:{_or(words.until)})\s+(?P<rest>.+)")
        number = rf"(?P<number>\d{{1,3}}|{_or(words.numbers)})"
        self._during = re.compile(rf"(?<!\w)(?:{_or(words.during)})\s+{number}\s+(?P<unit>{_or(words.periods)})(?!\w)")
        not_hours = _or((*words.am, *words.pm, *words.periods, *words.units))
        self._whole_day = re.compile(
            rf"(?<![\d:.])(\d{{1,2}})(\s*(?:{_or(words.also)})\s*)((?:0\d|1[2-9]|2[0-3])[:.]\d\d|1[3-9]|2[0-3])(?!\d)(?!\s*(?:{not_hours})(?!\w))")
        self._every = re.compile(rf"(?<!\w)(?:{_or(words.every)})\s+(?:{number}\s+)?(?P<unit>{_or(words.units)})(?!\w)")
        self._each = _any(words.each)
        self._clocks = dict(words.clocks) | {name: (zone,) for zone, names in words.regions.items() for name in names}
        self._off, self._drop, self._on, self._change = map(_any, (words.off, words.drop, words.on, words.change))
        self._turned = re.compile(rf"(?<!\w)(?:{_or((*words.past, *words.to))})\s+{number}(?!\w)")
        self._bare = re.compile(rf"(?<![\w/.:,-]){number}(?![\w/%:-])(?!\s*(?:{_or((*words.periods, *words.units))})(?!\w))")
        self._here = re.compile(rf"(?:(?<=\W)(?:{_or(words.here)})\s*)+$")
        self._near = re.compile(rf"(?<!\w)(?:{_or(words.lives)})\s+", re.IGNORECASE) if words.lives else None
        self._lives = re.compile(rf"\s*(?:{_or(words.lives)})\s+") if words.lives else None
        self._utc = re.compile(rf"(?<!\w)(?:{_or(words.utc)})(?:\s*(?P<sign>[+\-\u2212])\s*(?P<hours>\d{{1,2}})(?:[:.]?(?P<minutes>[0-5]\d))?)?(?!\w)")
        self._soon = re.compile(rf"(?<!\w)(?:{_or(words.soon)})\s+(?:{number}\s+)?(?P<unit>{_or(words.units)})(?!\w)")

    def asks(self, text: str) -> bool:
        """Whether a reminder is asked for; quick, for it is looked at in every message."""
        return self._times.asks(text)

    def town(self, text: str) -> str:
        """The words without what stands before the name of a town."""
        before = self._lives.match(text.casefold()) if self._lives is not None else None
        return text[before.end() :] if before is not None and len(text.casefold()) == len(text) else text

    def clock(self, text: str) -> NamedClock:
        """A clock that is called by its name, as "EST", or told by its offset, as "GMT+5:30"; neither for all other words."""
        plain = _plain(self.town(text)).strip(" .!")
        said = (plain, _plain(self.near(text)).strip(" .!"))
        named = next((zones for each in said for part in (each, each.partition(",")[0]) if (zones := self._clocks.get(part))), None)
        utc = None if named else self._utc.fullmatch(plain)
        if utc is None:
            return NamedClock(named or ())
        minutes = int(utc["hours"] or 0) * 60 + int(utc["minutes"] or 0)
        return NamedClock((), minutes if utc["sign"] in {None, "+"} else -minutes)

    def near(self, text: str) -> str:
        """What stands behind the last of such words, as in "a village near Cork"; nothing when there are none."""
        found = [*self._near.finditer(text)] if self._near is not None else []
        return text[found[-1].end() :] if found else ""

    def stops(self, text: str) -> bool:
        """Whether no more reminders are wanted."""
        return self._stops.search(_plain(text)) is not None

    def told(self, text: str, today: dt.date) -> Asked:
        """Everything that is said of it; never raises."""
        plain = _plain(text)
        until, plain = self._ends(plain, today)
        every, plain = self._repeats(plain)
        minutes, plain = self._in(plain)
        for _ in range(MOST_TIMES):
            plain = self._whole_day.sub(_in_full, plain)
        told = self._times.told(plain)
        often = self._often.search(plain)
        times = told.times
        if often and not told.times and not told.either:
            times = tuple(dt.time.fromisoformat(each) for each in self._words.often[often[0]])
        said = {field.name: getattr(told, field.name) for field in fields(Told)} | {"rests": self._rests.search(plain) is not None}
        rarer = every is not None and every > A_DAY
        if every is not None and every < A_DAY and len(times) == 1 and not told.either:
            times = self._bounds(times[0], plain)
        if every is not None and not rarer and not told.either and (not times or (len(times) == BOUNDS and every < A_DAY)):
            several = {"times": self._spread(every, times), "every": every} if every < A_DAY else {}
            return Asked(**{**said, "days": told.days or (), **several}, until=until)
        return Asked(**{**said, "times": times}, until=until, minutes=minutes, rarer=rarer)

    def hour(self, text: str, today: dt.date) -> Asked:
        """A bare hour, where a time is asked for: "9", "nine"."""
        alone = self._here.sub("", self.town(text).strip(" .!").casefold()).strip()
        return self.told(f"{self._words.at[0]} {alone}", today) if self._words.at and (alone.isdecimal() or alone in self._words.numbers) else Asked()

    def moved(self, text: str, today: dt.date) -> Asked:
        """A bare hour to which a reminder is moved: "would ten be better", "make it ten instead"."""
        plain = _plain(text)
        bare = [*self._bare.finditer(plain)] if self._words.at and self._change.search(plain) else []
        if len(bare) != 1 or (len(bare[0]["number"]) == 1 and bare[0]["number"].isalpha()):
            return Asked()
        return self.told(f"{plain[: bare[0].start()]}{self._words.at[0]} {plain[bare[0].start() :]}", today)

    def switched(self, text: str) -> Switched:
        """Whether the reminder on the screen is to be silent, deleted or switched on again."""
        plain = _plain(text)
        ways: tuple[tuple[Switched, re.Pattern[str]], ...] = (("on", self._on), ("drop", self._drop), ("off", self._off))
        return next((way for way, words in ways if words.search(plain)), "")

    def turned(self, text: str) -> frozenset[int]:
        """Hours said with their minutes, as in "ten past eight": no such number is anything else."""
        return frozenset(self._count(found["number"]) for found in self._turned.finditer(_plain(text)))

    def day(self, text: str, today: dt.date) -> dt.date | None:
        """The day that is meant, not before today."""
        feast = self._feasts.search(_plain(text))
        return _next(self._words.feasts[feast[0]], today) if feast else self._times.day(text, today)

    # ------------------------------------------------------------ inside

    def _ends(self, plain: str, today: dt.date) -> tuple[dt.date | None, str]:
        """The last day, and the words without it. How long it has hurt is told before the wish, how long to go on after."""
        wish = self._wishes.search(plain)
        during = self._during.search(plain, wish.start() if wish else 0)
        if during:
            days = self._count(during["number"]) * self._words.periods[during["unit"]]
            return today + dt.timedelta(days=min(days, 3650)), _without(plain, during.start(), during.end())
        until = self._until.search(plain)
        said, day = self._day_first(until["rest"], today) if until else ("", None)
        return (day, _without(plain, until.start(), until.start("rest") + len(said))) if until and day else (None, plain)

    def _day_first(self, rest: str, today: dt.date) -> tuple[str, dt.date | None]:
        """The fewest words at the beginning that name a day; of a feast all its words."""
        feast = self._feasts.match(rest)
        if feast:
            return feast[0], self.day(feast[0], today)
        words = rest.split(" ")
        tries = (" ".join(words[:most]) for most in range(1, min(len(words), DAY_WORDS) + 1))
        return next(((said, day) for said in tries if (day := self.day(said, today)) is not None), ("", None))

    def _in(self, plain: str) -> tuple[int | None, str]:
        """Minutes from now, and the words without them."""
        soon = self._soon.search(plain)
        minutes = self._count(soon["number"]) * self._words.units[soon["unit"]] if soon else 0
        if not soon or not 0 < minutes <= MOST_AHEAD:
            return None, plain
        return minutes, _without(plain, soon.start(), soon.end())

    def _repeats(self, plain: str) -> tuple[int | None, str]:
        """Minutes between two reminders, and the words without them."""
        each, every = self._each.search(plain), self._every.search(plain)
        found = each or every
        if found is None:
            return None, plain
        minutes = self._words.each[found[0]] if each else self._count(found["number"]) * self._words.units[found["unit"]]
        return (minutes, _without(plain, found.start(), found.end())) if minutes > 0 else (None, plain)

    def _bounds(self, at: dt.time, plain: str) -> tuple[dt.time, ...]:
        """"Every two hours until 8 pm" begins when people are awake; with any other word the one time is the first, till they sleep."""
        first, last = (dt.time.fromisoformat(each) for each in self._words.awake)
        bounds = (first, at) if self._until.search(plain) else (at, last)
        return bounds if bounds[0] < bounds[1] else (at,)

    def _spread(self, every: int, bounds: tuple[dt.time, ...]) -> tuple[dt.time, ...]:
        """Times of the day so far apart, between these two or while people are awake; neither nearer to each other nor more of them than
        is possible."""
        first, last = sorted(bounds) if bounds else (dt.time.fromisoformat(each) for each in self._words.awake)
        begin, end = (at.hour * 60 + at.minute for at in (first, last))
        step = max(every, NEAREST)
        return tuple(dt.time(at // 60, at % 60) for at in range(begin, end + 1, step))[:MOST_TIMES]

    def _count(self, said: str | None) -> int:
        if said is None:
            return 1
        return int(said) if said.isdecimal() else self._words.numbers[said]


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("’", "'").split())


def _in_full(hours: re.Match[str]) -> str:
    """Of "8 and 20": beside an hour after noon a bare one is of the morning."""
    second = hours[3] if len(hours[3]) > 2 else f"{hours[3]}:00"
    return f"{int(hours[1]):02d}:00{hours[2]}{second}"


def _without(plain: str, begin: int, end: int) -> str:
    return f"{plain[:begin]} {plain[end:]}".strip()


def _next(feast: str, today: dt.date) -> dt.date:
    """The next day that is written "12-25"."""
    month, day = (int(part) for part in feast.split("-"))
    this = dt.date(today.year, month, day)
    return this if this >= today else dt.date(today.year + 1, month, day)


def _or(words: Iterable[str]) -> str:
    """The words as alternatives, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or "(?!)"


def _any(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_or(words)})(?!\w)")
