"""Five levels, from emergency now to self-care, and the combination rules that raise them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import get_args

from bot.catalog.model import AgeGroup, Combination, Knowledge, Level, When
from bot.safety.profile import Profile, matters_now, pregnancy_now, weeks_now

LEVELS: tuple[Level, ...] = get_args(Level)
POINTLESS: frozenset[Level] = frozenset({"emergency", "same-day"})
"""Levels at which no point is shown at all."""
SEVERE = 8
"""New and at least this much of ten: same-day advice, no points."""
AGE_FROM: dict[AgeGroup, int] = {"under-2": 0, "2-11": 2, "12-15": 12, "16-17": 16, "18-69": 18, "70-plus": 70}
AGE_TO: dict[AgeGroup, int] = {"under-2": 1, "2-11": 11, "12-15": 15, "16-17": 17, "18-69": 69, "70-plus": 120}


@dataclass(frozen=True, slots=True)
class Picture:
    """What triage looks at: complaints in order, concepts heard, the person, how bad it is, whether it is new."""

    conditions: tuple[str, ...]
    heard: frozenset[str]
    profile: Profile
    today: dt.date
    severity: int | None = None
    new: bool | None = None
    age: int | None = None


def worst(levels: Iterable[Level]) -> Level:
    """The worst of the levels; self-care when there is none."""
    return min(levels, key=LEVELS.index, default="self-care")


def holding(picture: Picture, knowledge: Knowledge) -> tuple[Combination, ...]:
    """The combination rules whose conditions all hold, the worst first."""
    found = [rule for rule in knowledge.combinations.values() if _holds(rule.when, picture, knowledge)]
    return tuple(sorted(found, key=lambda rule: (LEVELS.index(rule.level), rule.id)))


def hangs_on_new(picture: Picture, ruled: Collection[str], knowledge: Knowledge) -> bool:
    """Whether a rule would hold if the complaint were new, for somebody whose age was told: back pain that begins after 50."""
    if picture.age is None:
        return False
    found = holding(replace(picture, new=True), knowledge)
    return any(rule.when.new and rule.when.age_from and rule.id not in ruled for rule in found)


def told_already(rule: Combination, age: int | None) -> bool:
    """Whether all that the rule would ask was told: the age, and that it is new."""
    when = rule.when
    return rule.level != "emergency" and bool(when.age_from and when.new) and not when.heard and age is not None


def undeniable(picture: Picture, rang: str, knowledge: Knowledge, *, sure: bool) -> tuple[Combination, ...]:
    """The rules for which no denial is enough, the worst first, and those first that hold as they stand: what was said and what is known of the person alone make it urgent.
    For the alarm that `rang` at words they hold whatever the complaint is, those of a pregnancy for any alarm; where it is `sure`, also
    without a word of their own."""
    urgent = [r for r in knowledge.combinations.values() if r.level in POINTLESS and (r.when.matters or r.when.pregnancy)]
    holds = {r.id: not r.ask and _holds(r.when, picture, knowledge) for r in urgent}
    found = [r for r in urgent if holds[r.id] or _stands(r, picture, rang, knowledge, sure=sure)]
    return tuple(sorted(found, key=lambda rule: (LEVELS.index(rule.level), not holds[rule.id], rule.id)))


def _stands(rule: Combination, picture: Picture, rang: str, knowledge: Knowledge, *, sure: bool) -> bool:
    if not rang or not rule.alarm or not rule.when.heard or rule.covers:
        return False  # a rule that covers others asks about a whole situation, not about a sign that was named
    if rule.alarm != rang and not rule.when.pregnancy:
        return False
    said = not picture.heard.isdisjoint(rule.when.heard) or (sure and not rule.ask and rule.alarm == rang)
    return said and _person_fits(rule.when, picture, knowledge)


def _holds(when: When, picture: Picture, knowledge: Knowledge) -> bool:
    """Every part of a rule that is named must fit; the cheap ones and those that fail most often come first."""
    if not _complaints_fit(when, picture.conditions):
        return False
    if when.heard and picture.heard.isdisjoint(when.heard):
        return False
    if when.new and picture.new is not True:
        return False
    if when.severity_from and (picture.severity or 0) < when.severity_from:
        return False
    return _person_fits(when, picture, knowledge)


def _complaints_fit(when: When, conditions: tuple[str, ...]) -> bool:
    """Any of each list that is given, and none of those that ask for themselves."""
    if when.conditions and not any(c in when.conditions for c in conditions):
        return False
    if when.also and not any(c in when.also for c in conditions):
        return False
    return not (when.unless and any(c in when.unless for c in conditions))


def _person_fits(when: When, picture: Picture, knowledge: Knowledge) -> bool:
    """Age, pregnancy and matters of whoever is pressed."""
    if not _age_fits(when, picture):
        return False
    if (when.pregnancy or when.weeks_from) and not _pregnancy_fits(when, picture):
        return False
    held = matters_now(picture.profile, knowledge.matters, picture.today) if when.matters else ()
    return not when.matters or any(known.matter in when.matters for known in held)


def _age_fits(when: When, picture: Picture) -> bool:
    """An age that is not known does not fit; a group fits when some age in it would (in doubt, the rule holds)."""
    if not when.age_from and not when.age_under:
        return True
    if picture.age is not None:
        return picture.age >= when.age_from and (not when.age_under or picture.age < when.age_under)
    if picture.profile.age is None:
        return False
    youngest, oldest = AGE_FROM[picture.profile.age], AGE_TO[picture.profile.age]
    return oldest >= when.age_from and (not when.age_under or youngest < when.age_under)


def _pregnancy_fits(when: When, picture: Picture) -> bool:
    value = pregnancy_now(picture.profile, picture.today)
    if when.pregnancy and value not in when.pregnancy:
        return False
    return not when.weeks_from or weeks_now(picture.profile, picture.today) >= when.weeks_from


def level_of(picture: Picture, knowledge: Knowledge) -> Level:
    """The level once nothing alarming is left: with care for whom pressure stays light or anything is left out."""
    if picture.new and (picture.severity or 0) >= SEVERE:
        return "same-day"
    careful = pregnancy_now(picture.profile, picture.today) != "not" or picture.profile.age not in {None, "18-69"}
    if careful or matters_now(picture.profile, knowledge.matters, picture.today):
        return "with-care"
    return "self-care"
