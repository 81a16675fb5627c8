"""Times of day and days in people's words: "every day at 9 pm", "weekdays at half past seven", "tomorrow at 8". Pure.

An hour without its half of the day ("at 9") has two readings, unless the rest of the words tells which.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import get_args

from bot.catalog.model.times import Day, TimeWords

WEEKDAYS: tuple[Day, ...] = get_args(Day)
HALF_DAY = 12
EARLY = 5
"""The hours before it that are said to be at night come after midnight."""
ISO_DAY = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")
MOST_TIMES = 6


@dataclass(frozen=True, slots=True)
class Told:
    """`remind`: it asks for a reminder. `either`: the two readings of an hour whose half of the day is open; `times` are
    sure. `days`: Monday is 0, none is every day; None was not said. `ahead`: once, so many days from today."""

    remind: bool = False
    times: tuple[dt.time, ...] = ()
    either: tuple[dt.time, ...] = ()
    days: tuple[int, ...] | None = None
    ahead: int | None = None


class Times:
    """Reads times in one language."""

    def __init__(self, words: TimeWords) -> None:
        self._words = words
        self._remind = _any(words.remind)
        self._parts, self._groups, self._ahead = _any(words.parts), _any(words.groups), _any(words.ahead)
        self._night = _any(words.night)
        self._am, self._pm = _any(words.am), _any(words.pm)
        self._days = {name: _any(said) for name, said in words.days.items()}
        day = _or((*(said for many in words.days.values() for said in many), *words.groups))
        self._left_out = re.compile(rf"(?<!\w)(?:{_or(words.but)})\s+(?:{day})(?:\s*(?:{_or(words.also)})\s*(?:{day}))*(?!\w)") if words.but else None
        self._clock, self._compact, self._spoken = _clock(words), _compact(words), _spoken(words)
        self._part_before = re.compile(rf"(?<!\w)(?:{_or((*words.am, *words.pm))})\s*$")
        self._ends = re.compile(_ends(words))
        self._joins = re.compile(rf"\s*(?:(?:{_or(words.also)})\s*)*")
        hour = _number(words.numbers)
        self._after = re.compile(rf"(?<!\w)(?:{_or(words.after)})\s+(?:({hour})\s+)?({_or(words.periods)})(?!\w)")
        months = _or(words.months)
        self._date = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?({months})\b|\b({months})\s+(\d{{1,2}})\b")

    def asks(self, text: str) -> bool:
        """Whether a reminder is asked for."""
        return self._remind.search(_plain(text)) is not None

    def told(self, text: str) -> Told:
        """What is said of times and days."""
        plain = self._spoken.sub(lambda found: f"{self._count(found['hour'])}:{self._words.minutes[found['minute']]:02}", _plain(text))
        plain = self._compact.sub(r"\g<at>\g<hour>:\g<minute>", plain)
        sure, open_ = self._times(plain)
        if not sure and not open_:
            sure = tuple(dt.time.fromisoformat(self._words.parts[found]) for found in _found(self._parts, plain))
        ahead = next((self._words.ahead[found] for found in _found(self._ahead, plain)), None)
        return Told(
            self._remind.search(plain) is not None, _sorted(sure), () if sure else open_, self._weekdays(plain), ahead
        )

    def day(self, text: str, today: dt.date) -> dt.date | None:
        """The day that is meant, not before today: "5 December", "in two weeks", "next Monday", "2026-12-05"."""
        plain = _plain(text)
        iso = ISO_DAY.search(plain)
        found = _date(int(iso[1]), int(iso[2]), int(iso[3])) if iso else self._near(plain, today)
        return found if found is not None and found >= today else None

    # ------------------------------------------------------------ inside

    def _near(self, plain: str, today: dt.date) -> dt.date | None:
        named = self._date.search(plain)
        if named:
            number, month = int(named[1] or named[4]), self._words.months[named[2] or named[3]]
            this, following = _date(today.year, month, number), _date(today.year + 1, month, number)
            return this if this is not None and this >= today else following
        for ahead in _found(self._ahead, plain):
            return today + dt.timedelta(days=self._words.ahead[ahead])
        weekdays = self._weekdays(plain)
        if weekdays is not None and len(weekdays) == 1:
            return today + dt.timedelta(days=(weekdays[0] - today.weekday() - 1) % 7 + 1)
        spans = self._after.search(plain)
        if spans:
            return today + dt.timedelta(days=min(self._count(spans[1] or "1") * self._words.periods[spans[2]], 3650))
        return None

    def _times(self, plain: str) -> tuple[tuple[dt.time, ...], tuple[dt.time, ...]]:
        sure: list[dt.time] = []
        open_: list[dt.time] = []
        end = -1
        bare: re.Match[str] | None = None
        for found in self._clock.finditer(plain):
            before = plain[max(end, 0) : found.start()]
            follows = end >= 0 and self._joins.fullmatch(before) is not None
            named = any(found[name] for name in ("minute", "half", "at", "turn", "full")) or self._is_of_part(found, before, plain)
            if not (follows or named):
                bare = found
                continue
            taken = [(found, before)]
            if bare is not None and self._shares(bare, found, plain):
                taken.insert(0, (bare, found["half"]))
            for one, said in taken:
                readings = self._readings(one, said, plain)
                end = one.end() if readings else end
                (sure if len(readings) == 1 else open_).extend(readings)
        return tuple(sure[:MOST_TIMES]), tuple(open_[:2])

    def _shares(self, bare: re.Match[str], found: re.Match[str], plain: str) -> bool:
        """As in "8 and 9 pm": the half of the day is said of both."""
        between = plain[bare.end() : found.start()]
        return bool(found["half"] and between.strip()) and self._joins.fullmatch(between) is not None

    def _is_of_part(self, found: re.Match[str], before: str, plain: str) -> bool:
        """As in "mornings 7, evenings 9"."""
        return self._part_before.search(before) is not None and self._ends.match(plain, found.end()) is not None

    def _readings(self, found: re.Match[str], before: str, plain: str) -> tuple[dt.time, ...]:
        """One time, both readings, or none when it is no time."""
        hour, minute = self._count(found["hour"]), int(found["minute"] or 0)
        turn = found["turn"] or ""
        if len(found["hour"]) == 1 and found["hour"].isalpha():  # an article: "half a tablet"
            return ()
        if turn in self._words.past:
            minute = self._words.past[turn]
        elif turn in self._words.to:
            hour, minute = (hour - 1) % HALF_DAY or HALF_DAY, 60 - self._words.to[turn]
        if hour > 23 or minute > 59:
            return ()
        whole_day = hour > HALF_DAY or hour == 0 or (found["hour"].startswith("0") and found["minute"])
        if whole_day:
            return (dt.time(hour, minute),)
        half = self._half(found, before, plain)
        if half and (hour == HALF_DAY or hour < EARLY) and self._is_night(found, before, plain):
            half = False  # "at two in the night"
        morning, evening = dt.time(hour % HALF_DAY, minute), dt.time(hour % HALF_DAY + HALF_DAY, minute)
        if half is None:
            return (morning, evening)
        return (evening if half else morning,)

    def _half(self, found: re.Match[str], before: str, plain: str) -> bool | None:
        """True is the second half of the day; said with the hour, or since the one before, or elsewhere in the words."""
        for said in (found["half"],) if found["half"] else (before, plain):
            second, first = self._pm.search(said) is not None, self._am.search(said) is not None
            if second != first:
                return second
        return True if self._count(found["hour"]) == HALF_DAY else None

    def _is_night(self, found: re.Match[str], before: str, plain: str) -> bool:
        """Whether the half of the day is told by nothing but the night."""
        said = next((words for words in (found["half"] or "", before, plain) if self._pm.search(words)), "")
        return self._night.search(said) is not None and self._pm.search(self._night.sub(" ", said)) is None

    def _count(self, said: str) -> int:
        return int(said) if said.isdecimal() else self._words.numbers[said]

    def _weekdays(self, plain: str) -> tuple[int, ...] | None:
        without = [found[0] for found in self._left_out.finditer(plain)] if self._left_out is not None else []
        for said in without:
            plain = plain.replace(said, " ")
        days = self._named(plain)
        if without:
            days = (days or set(WEEKDAYS)) - self._named(" ".join(without))
        if not days:
            return None
        return () if len(days) == len(WEEKDAYS) else tuple(number for number, day in enumerate(WEEKDAYS) if day in days)

    def _named(self, plain: str) -> set[Day]:
        days = {day for group in _found(self._groups, plain) for day in self._words.groups[group]}
        rest = self._groups.sub(" ", plain)
        return days | {name for name, said in self._days.items() if said.search(rest)}


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("’", "'").split())


def _or(words: Iterable[str]) -> str:
    """The words as alternatives, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or "(?!)"


def _any(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_or(words)})(?!\w)")


def _number(numbers: Mapping[str, int]) -> str:
    return rf"\d{{1,2}}|(?<!\w)(?:{_or(numbers)})(?!\w)"


def _clock(words: TimeWords) -> re.Pattern[str]:
    """Everything that may be a time of day; what makes it one is looked at later."""
    turns = _or((*words.past, *words.to))
    halves = _or((*words.am, *words.pm))
    return re.compile(
        rf"(?:(?<!\w)(?P<turn>{turns})\s+)?(?:(?<!\w)(?P<at>{_or(words.at)})\s*)?(?<![\w/.:-])(?P<hour>{_number(words.numbers)})"
        rf"(?:\s?[:.h]\s?(?P<minute>\d\d)(?!\d))?(?!\d)(?:\s*(?P<full>{_or(words.full)})(?!\w))?(?:\s*(?P<half>{halves})(?!\w))?"
        rf"(?!\s*(?:/|%|(?:{_or(words.periods)})(?!\w)))",
    )


def _compact(words: TimeWords) -> re.Pattern[str]:
    """Figures without a mark between: "730pm", "0700", "at 1930"."""
    named, ends = _or((*words.am, *words.pm, *words.full)), _ends(words)
    return re.compile(
        rf"(?P<at>(?<!\w)(?:{_or(words.at)})\s*)?(?<![\w/.:-])(?P<hour>\d?\d)(?P<minute>[0-5]\d)(?![\d/.:-])"
        rf"(?:(?<=(?<!\d)0\d\d\d)|(?=\s?(?:{named})(?!\w))|(?(at)(?={ends})|(?!)))"
    )


def _spoken(words: TimeWords) -> re.Pattern[str]:
    """Minutes said as a number behind the hour: "six thirty", "7 45 pm"."""
    halves = _or((*words.am, *words.pm))
    hour = rf"1[0-2]|[1-9]|(?:{_or(name for name, value in words.numbers.items() if len(name) > 1 and value <= HALF_DAY)})"
    return re.compile(
        rf"(?<![\w/.:-])(?P<hour>{hour})[ -](?P<minute>{_or(words.minutes)})(?!\w)(?={_ends(words)}|\s*(?:{halves})(?!\w))"
    )


def _ends(words: TimeWords) -> str:
    """What may follow a time of day that nothing else names."""
    return rf"\s*(?:$|[,;.!]|(?:{_or(words.also)})(?!\w))"


def _found(pattern: re.Pattern[str], plain: str) -> Iterator[str]:
    return (found[0] for found in pattern.finditer(plain))


def _sorted(times: Iterable[dt.time]) -> tuple[dt.time, ...]:
    return tuple(sorted(set(times)))[:MOST_TIMES]


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
