"""Rules about single facts: sources, red flags, review dates, lessons, pictures."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any
from zoneinfo import available_timezones

from bot.catalog import pictures
from bot.catalog.check.desk import Desk
from bot.catalog.links import FACT_LINKS, WORD_LINKS, at, shortened
from bot.catalog.problems import Loc, Problem, Severity
from bot.catalog.survey import Sheet

EAR = "EAR-"
MOST_FLAGS = 8
REVIEW_EVERY = dt.timedelta(days=365)
SOURCED_GROUPS = ("evidence", "safety")
PICTURES = (".jpg", ".png")
STALE = {
    pictures.CHANGED: "`draw` of its point has changed since", pictures.ANOTHER: "the file is not the one that was drawn",
    pictures.UNLISTED: "it stands in no list", pictures.NOBODYS: "there is no such point, or it is not taught",
}


def without_source(desk: Desk) -> Iterator[Problem]:
    """Every claim has its source; a grade of evidence above "none found" and a trial's routine too."""
    for kind in ("points", "refused", "matters", "combinations", "alarms"):
        yield from _unsourced(desk, kind, getattr(desk.knowledge, kind))
    for id_, flags in desk.knowledge.flags.items():
        bare = (place for place, flag in enumerate(flags.flags) if not flag.sources)
        yield from (desk.sheet("flags", id_).problem("no source", ("flags", place)) for place in bare)
    for id_, condition in desk.knowledge.conditions.items():
        if condition.evidence.grade != "none-found" and not condition.evidence.sources:
            message = f"the grade '{condition.evidence.grade}' needs a source"
            yield desk.sheet("conditions", id_).problem(message, ("evidence",))
    for id_, routine in desk.knowledge.routines.items():
        if routine.basis == "trial" and not routine.sources:
            yield desk.sheet("routines", id_).problem("a routine from a trial needs its source", ("basis",))
    answers = {id_: q for id_, q in desk.knowledge.questions.items() if q.group in SOURCED_GROUPS}
    yield from _unsourced(desk, "questions", answers, "warning")


def _unsourced(desk: Desk, kind: str, facts: Mapping[str, Any], severity: Severity = "error") -> Iterator[Problem]:
    bare = (id_ for id_, fact in facts.items() if not fact.sources)
    yield from (desk.sheet(kind, id_).problem("no source", ("sources",), severity) for id_ in bare)


def from_memory(desk: Desk) -> Iterator[Problem]:
    """What nobody has read proves nothing. A precaution or a number may rest on it; that is only counted."""
    memory = {id_ for id_, source in desk.knowledge.sources.items() if source.status == "memory"}
    precautions: Counter[str] = Counter()
    for sheet, loc, id_ in _cited(desk):
        if id_ in memory and _as_proof(desk, sheet):
            yield sheet.problem(f"the source '{id_}' was never read (status: memory) and proves nothing", loc, "warning")
        elif id_ in memory:
            precautions[id_] += 1
    for id_, count in precautions.items():
        yield desk.sheet("sources", id_).problem(f"'{id_}' was never read; {count} facts rest on it", (id_,), "note")


def _as_proof(desk: Desk, sheet: Sheet) -> bool:
    """Whether the sources of this file carry a claim that pressing helps."""
    question = desk.knowledge.questions.get(sheet.id)
    return (
        sheet.kind.name == "conditions"
        or (sheet.kind.name == "routines" and sheet.data.get("basis") == "trial")
        or (sheet.kind.name == "questions" and question is not None and question.group == "evidence")
    )


def unused_source(desk: Desk) -> Iterator[Problem]:
    """A source nobody cites is a leftover, or a citation was forgotten."""
    used = {id_ for _, _, id_ in _cited(desk)}
    for id_ in desk.knowledge.sources:
        if id_ not in used:
            yield desk.sheet("sources", id_).problem(f"nobody cites '{id_}'", (id_,), "warning")


def _cited(desk: Desk) -> Iterator[tuple[Sheet, Loc, str]]:
    links = chain(((link, "") for link in FACT_LINKS), ((link, code) for link in WORD_LINKS for code in desk.knowledge.words))
    for (kind, way, target), language in links:
        if target == "sources":
            for sheet in desk.survey.of_kind(kind, language):
                yield from ((sheet, loc, id_) for loc, id_ in at(sheet.data, tuple(way.split("."))) if isinstance(id_, str))


def emergency_without_words(desk: Desk) -> Iterator[Problem]:
    """Who answers yes to an emergency is told what to do now: the words of an alarm."""
    for id_, flags in desk.knowledge.flags.items():
        for place, flag in enumerate(flags.flags):
            if flag.level == "emergency" and not flag.alarm:
                yield desk.sheet("flags", id_).problem(f"the emergency '{flag.id}' names no alarm", ("flags", place))
    for id_, rule in desk.knowledge.combinations.items():
        if rule.level == "emergency" and not rule.alarm:
            yield desk.sheet("combinations", id_).problem("an emergency needs an alarm, whose words are said", ("level",))


def too_many_flags(desk: Desk) -> Iterator[Problem]:
    """More than eight questions are not read."""
    for id_, flags in desk.knowledge.flags.items():
        if len(flags.flags) > MOST_FLAGS:
            message = f"{len(flags.flags)} red flags; at most {MOST_FLAGS} are read with care"
            yield desk.sheet("flags", id_).problem(message, ("flags",), "warning")


def same_order(desk: Desk) -> Iterator[Problem]:
    """Two things with one place in the order would change places from time to time."""
    for kind in ("matters", "alarms", "lessons"):
        first: dict[int, str] = {}
        for id_, fact in getattr(desk.knowledge, kind).items():
            other = first.setdefault(fact.order, id_)
            if other != id_:
                yield desk.sheet(kind, id_).problem(f"'{other}' has the order {fact.order} too", ("order",), "warning")


def unknown_clocks(desk: Desk) -> Iterator[Problem]:
    """A zone that is written wrongly is nobody's."""
    known = available_timezones()
    for language, words in desk.knowledge.words.items():
        for name, zones in words.times.clocks.items() if words.times is not None else ():
            wrong = ((n, zone) for n, zone in enumerate(zones) if zone not in known)
            yield from (desk.sheet("times", "times", language).problem(f"there is no time zone '{zone}'", ("clocks", name, n)) for n, zone in wrong)


def old_reviews(desk: Desk) -> Iterator[Problem]:
    """Telephone numbers and evidence are looked at once a year."""
    reviews: list[tuple[str, str, Loc, dt.date]] = []
    reviews += [("countries", id_, ("reviewed",), country.reviewed) for id_, country in desk.knowledge.countries.items()]
    for id_, condition in desk.knowledge.conditions.items():
        reviews.append(("conditions", id_, ("evidence", "reviewed"), condition.evidence.reviewed))
    for kind, id_, loc, day in reviews:
        if day > desk.today:
            yield desk.sheet(kind, id_).problem(f"reviewed on {day}, which is in the future", loc, "warning")
        elif desk.today - day > REVIEW_EVERY:
            yield desk.sheet(kind, id_).problem(f"last reviewed on {day}, more than a year ago", loc, "warning")


def quiz_answers(desk: Desk) -> Iterator[Problem]:
    """A quiz question has exactly one right answer, in every language."""
    for language, words in desk.knowledge.words.items():
        for id_, lesson in words.lessons.items():
            right = sum(choice.right for choice in lesson.choices)
            if right != 1:
                yield desk.sheet("lessons", id_, language).problem(f"{right} right answers; there should be one", ("choices",))


def missing_pictures(desk: Desk) -> Iterator[Problem]:
    """Said once for all points together while pictures are being drawn."""
    folder = desk.survey.folder / "images"
    drawn = {path.stem for path in folder.rglob("*") if path.suffix in PICTURES}
    missing = sorted(id_ for id_, point in desk.knowledge.points.items() if point.taught and id_ not in drawn)
    if missing:
        message = f"{len(missing)} of {len(desk.knowledge.points)} points have no picture: {shortened(missing)}"
        yield Problem(f"{desk.survey.folder.name}/images", 1, message, "warning")


def stale_pictures(desk: Desk) -> Iterator[Problem]:
    """A card must be the one that was drawn from what its point says now."""
    folder = desk.survey.folder / "images"
    if not (folder / pictures.LIST).exists():
        return
    for id_, what in pictures.stale(desk.knowledge, folder):
        if what != pictures.MISSING and not _faulty(id_, what, desk):
            message = f"the card of {id_}: {STALE[what]}; draw it again with: python -m tools.draw {id_}"
            yield Problem(f"{desk.survey.folder.name}/images/{id_}{pictures.CARD}", 1, message)


def _faulty(id_: str, what: str, desk: Desk) -> bool:
    """Whether the point of a card is only missing because its own file has a fault, which is told there."""
    return what == pictures.NOBODYS and (desk.survey.folder / "points" / f"{id_}.yaml").exists()


def pictures_of_lessons(desk: Desk) -> Iterator[Problem]:
    """A lesson shows a card for beginners, a point's card, or none."""
    known = pictures.BEGINNERS | {id_ for id_, point in desk.knowledge.points.items() if point.taught}
    for id_, lesson in desk.knowledge.lessons.items():
        if lesson.picture and lesson.picture not in known:
            message = f"no picture '{lesson.picture}'; there are {', '.join(sorted(pictures.BEGINNERS))} and the points"
            yield desk.sheet("lessons", id_).problem(message, ("picture",))


def days_to_try(desk: Desk) -> Iterator[Problem]:
    """Nobody can judge after less than a day."""
    for id_, condition in desk.knowledge.conditions.items():
        if condition.try_days < 1:
            yield desk.sheet("conditions", id_).problem("try_days should be 1 or more", ("try_days",))


def codes(desk: Desk) -> Iterator[Problem]:
    """The code people see is the id, but for points of the ear, whose names are longer."""
    for id_, point in desk.knowledge.points.items():
        if point.code.replace("/", "-") != id_ and not id_.startswith(EAR):
            yield desk.sheet("points", id_).problem(f"the code is '{point.code}', the file is {id_}", ("code",))
