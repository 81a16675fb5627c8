"""A person's journal in words and as files: the twin of the chart, and the export. Pure.

Entries are (at, kind, facts) as the store hands them out, the oldest first. What was pressed for somebody else stays out
of the sums.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.catalog.model import Knowledge
from bot.catalog.model.lines import Fact, Line, Ref
from bot.conversation import JournalEntry
from bot.dialogue.values import Seat
from bot.safety.screen import Looking, Offered, screen
from bot.saved import kept_of
from bot.schedule import local_day, zone_of

LATELY, SPAN = 3, 30
"""Ratings that count as "lately"; days looked back on."""
ENOUGH = 3
"""Ratings in a part of the day before it is compared."""
PARTS = ((5, "night"), (12, "morning"), (17, "afternoon"), (22, "evening"), (24, "night"))
NAMED = ("point", "rest", "other")
"""Answers to what helped that say something."""
POINTS = ("point", "helped")
"""Facts that name a point."""
COLUMNS = ("time", "kind", "conditions", "variant", "programme", "before", "after", "what", "point", "did", "other")


@dataclass(frozen=True, slots=True)
class Rating:
    """Before and after one routine, 0 to 10; `before` may not have been said. `at` on the person's clock."""

    at: dt.datetime
    condition: str
    before: int | None
    after: int


@dataclass(frozen=True, slots=True)
class Looked:
    """Whose journal is looked at, when, and what we know."""

    seat: Seat
    now: dt.datetime
    knowledge: Knowledge

    @property
    def zone(self) -> dt.tzinfo:
        """The person's clock."""
        return zone_of(self.seat.settings.zone)


def ratings(entries: Iterable[JournalEntry], looked: Looked) -> tuple[Rating, ...]:
    """Every rating of a complaint we know. One that puts the one before right takes its place."""
    found: list[Rating] = []
    for rating, corrects in _told(entries, looked):
        if corrects and found and found[-1].condition == rating.condition:
            found.pop()
        found.append(rating)
    return tuple(found)


def _told(entries: Iterable[JournalEntry], looked: Looked) -> Iterator[tuple[Rating, bool]]:
    return (
        (Rating(at.astimezone(looked.zone), facts["conditions"][0], facts.get("before"), facts["after"]), bool(facts.get("corrects")))
        for at, kind, facts in entries
        if kind == "rating"
        and not facts.get("other")
        and facts.get("conditions")
        and facts["conditions"][0] in looked.knowledge.conditions
    )


def by_condition(all_: Iterable[Rating]) -> Mapping[str, list[Rating]]:
    """The ratings of each complaint, that with the newest one first."""
    found: dict[str, list[Rating]] = defaultdict(list)
    for each in all_:
        found[each.condition].append(each)
    return dict(sorted(found.items(), key=lambda pair: pair[1][-1].at, reverse=True))


# ---------------------------------------------------------------- in words


def lines(entries: Sequence[JournalEntry], looked: Looked) -> tuple[Line, ...]:
    """What the chart shows, in words."""
    found = ratings(entries, looked)
    if not found:
        return (Line("progress.none"),)
    courses = tuple(_course(condition, each) for condition, each in by_condition(found).items())
    best = next((line for each in by_condition(found).values() for line in _best_time(each)), None)
    return (
        Line("progress.title"),
        *courses,
        *_days(entries, looked),
        *((best,) if best is not None else ()),
        *_helped(entries, looked),
        Line("progress.honest"),
    )


def _course(condition: str, all_: list[Rating]) -> Line:
    facts: dict[str, Fact] = {
        "condition": Ref("condition", condition, "name"),
        "times": len(all_),
        "after": _mean([each.after for each in all_]),
    }
    before = [each.before for each in all_ if each.before is not None]
    if not before:
        return Line("progress.course_after", facts)
    key = "progress.course_lately" if len(before) > LATELY else "progress.course"
    return Line(key, {**facts, "before": _mean(before), "first": before[0], "lately": _mean(before[-LATELY:])})


def _mean(numbers: Sequence[float]) -> float:
    """To one place; a whole number has none."""
    mean = round(sum(numbers) / len(numbers), 1)
    return int(mean) if mean == int(mean) else mean


def _days(entries: Sequence[JournalEntry], looked: Looked) -> tuple[Line, ...]:
    """On how many days of late, and how many in a row; nothing is said about days missed."""
    today = local_day(looked.now, looked.zone)
    pressed = {local_day(at, looked.zone) for at, kind, facts in entries if _is_pressing(kind, facts)}
    late = {day for day in pressed if (today - day).days < SPAN}
    if not late:
        return ()
    row = 1
    while max(late) - dt.timedelta(days=row) in pressed:
        row += 1
    said = Line("progress.days", {"days": len(late), "span": SPAN})
    return (said, Line("progress.in_a_row", {"days": row})) if row > 1 else (said,)


def _is_pressing(kind: str, facts: Mapping[str, Any]) -> bool:
    return kind in {"routine", "rating"} or (kind == "reminder" and facts.get("did") == "done")


def _best_time(all_: Sequence[Rating]) -> tuple[Line, ...]:
    """The part of the day in which it eased most, where there is enough to compare."""
    eased: dict[str, list[int]] = defaultdict(list)
    for each in all_:
        if each.before is not None:
            eased[next(part for until, part in PARTS if each.at.hour < until)].append(each.before - each.after)
    means = {part: _mean(each) for part, each in eased.items() if len(each) >= ENOUGH}
    if len(means) < 2:
        return ()
    best = max(means, key=lambda part: means[part])
    name = Ref("condition", all_[0].condition, "name")
    facts: dict[str, Fact] = {"part": Line(f"progress.part_{best}"), "less": means[best], "condition": name}
    return (Line("progress.best_time", facts),) if means[best] > 0 else ()


def _helped(entries: Sequence[JournalEntry], looked: Looked) -> Iterator[Line]:
    """What was named most often, for each complaint of which it was said more than once. Not a point that this person is
    not shown now."""
    named: dict[str, Counter[str]] = defaultdict(Counter)
    for _, kind, facts in entries:
        if kind == "helped" and facts["conditions"] and facts["what"] in NAMED:
            named[facts["conditions"][0]][str(facts.get("point", facts["what"]))] += 1
    for condition, counted in named.items():
        what, times = counted.most_common(1)[0]
        words = _what_words(what, looked)
        if words is not None and times > 1 and condition in looked.knowledge.conditions:
            facts_: dict[str, Fact] = {"condition": Ref("condition", condition, "name"), "what": words, "times": times, "all": counted.total()}
            yield Line("progress.helped", facts_)


def _what_words(what: str, looked: Looked) -> Line | None:
    if what in NAMED:
        return Line(f"progress.helped_{what}")
    shown = _offered(what, looked)
    return Line("progress.helped_point", {"name": shown.words("name"), "code": shown.code}) if shown is not None else None


def _offered(point: str, looked: Looked) -> Offered | None:
    """The point, if this person is shown it now."""
    known = looked.knowledge.points.get(point)
    looking = Looking(looked.seat.profile, looked.now.date())
    verdict = screen(known, looking, looked.knowledge) if known is not None else None
    return verdict if isinstance(verdict, Offered) else None


# ---------------------------------------------------------------- as files


def export_json(entries: Sequence[JournalEntry], looked: Looked) -> str:
    """Everything we keep about the person."""
    journal = [{"time": at.isoformat(), "kind": kind, **_shown(facts, looked)} for at, kind, facts in entries]
    known = kept_of(looked.seat)
    for name in ("troubled", "courses"):
        known[name] = [_shown(each, looked) for each in known.get(name, ())]
    return json.dumps(
        {"written": looked.now.isoformat(), "known": known, "journal": journal}, ensure_ascii=False, indent=2
    )


def export_csv(entries: Sequence[JournalEntry], looked: Looked) -> str:
    """The journal as a table, times on the person's clock."""
    out = io.StringIO()
    table = csv.DictWriter(out, COLUMNS, extrasaction="ignore", lineterminator="\r\n")
    table.writeheader()
    for at, kind, facts in entries:
        row = {
            key: " ".join(map(str, value)) if isinstance(value, list | tuple) else value
            for key, value in _shown(facts, looked).items()
        }
        table.writerow({"time": at.astimezone(looked.zone).isoformat(timespec="minutes"), "kind": kind, **row})
    return out.getvalue()


def _shown(facts: Mapping[str, Any], looked: Looked) -> dict[str, Any]:
    """The facts without a point that this person is not shown now: an export is a door like any other."""
    return {key: value for key, value in facts.items() if key not in POINTS or not value or _offered(str(value), looked)}
