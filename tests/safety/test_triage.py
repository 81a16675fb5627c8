"""Five levels, and what is worse together."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from bot.catalog.model import Combination, Knowledge, When
from bot.safety.profile import Known, PregnancyAnswer, Profile
from bot.safety.triage import LEVELS, Picture, holding, level_of, worst

TODAY = dt.date(2026, 3, 2)
ADULT = Profile(PregnancyAnswer("not", TODAY), checked=TODAY, age="18-69")


def picture(*conditions: str, **facts: Any) -> Picture:
    profile = facts.pop("profile", ADULT)
    return replace(Picture(conditions, frozenset(facts.pop("heard", ())), profile, TODAY), **facts)


def fitting(when: When) -> Picture:
    """Somebody for whom every part of the rule holds."""
    pregnancy = when.pregnancy[0] if when.pregnancy else ("pregnant" if when.weeks_from else "not")
    answer = PregnancyAnswer(pregnancy, TODAY, when.weeks_from)
    profile = replace(ADULT, pregnancy=answer, matters=tuple(Known(m, TODAY) for m in when.matters[:1]))
    age = when.age_from or (when.age_under - 1 if when.age_under else None)
    conditions = tuple(dict.fromkeys((*when.conditions[:1], *when.also[:1])))
    return Picture(conditions, frozenset(when.heard[:1]), profile, TODAY, when.severity_from or 1, when.new or None, age)


def test_levels_go_from_worst_to_mildest() -> None:
    assert LEVELS == ("emergency", "same-day", "doctor-soon", "with-care", "self-care")
    assert worst(["self-care", "same-day", "doctor-soon"]) == "same-day"
    assert worst([]) == "self-care"


def test_every_rule_holds_for_somebody_and_not_for_a_well_adult(knowledge: Knowledge) -> None:
    nothing = picture("wellness", severity=1)
    for rule in knowledge.combinations.values():
        assert rule in holding(fitting(rule.when), knowledge), rule.id
        assert rule not in holding(nothing, knowledge), rule.id


def parts(rule: Combination) -> list[Picture]:
    """The fitting picture with one part taken away each time."""
    whole, when = fitting(rule.when), rule.when
    without: list[Picture] = []
    if when.heard:
        without.append(replace(whole, heard=frozenset()))
    if when.conditions:
        without.append(replace(whole, conditions=()))
    if when.matters:
        without.append(replace(whole, profile=replace(whole.profile, matters=())))
    if when.pregnancy or when.weeks_from:
        without.append(replace(whole, profile=replace(whole.profile, pregnancy=PregnancyAnswer("not", TODAY))))
    if when.new:
        without.append(replace(whole, new=False))
    if when.severity_from:
        without.append(replace(whole, severity=when.severity_from - 1))
    if when.age_from:
        without.append(replace(whole, age=when.age_from - 1))
    return without


def test_every_part_of_a_rule_counts(knowledge: Knowledge) -> None:
    for rule in knowledge.combinations.values():
        if "not" in rule.when.pregnancy:
            continue
        for less in parts(rule):
            assert rule not in holding(less, knowledge), (rule.id, less)


def test_the_worst_rule_comes_first(knowledge: Knowledge) -> None:
    for rule in knowledge.combinations.values():
        levels = [LEVELS.index(each.level) for each in holding(fitting(rule.when), knowledge)]
        assert levels == sorted(levels)


@pytest.mark.parametrize(
    ("change", "level"),
    [
        ({}, "self-care"),
        ({"profile": replace(ADULT, pregnancy=PregnancyAnswer("maybe", TODAY))}, "with-care"),
        ({"profile": replace(ADULT, pregnancy=None)}, "with-care"),
        ({"profile": replace(ADULT, age="16-17")}, "with-care"),
        ({"profile": replace(ADULT, matters=(Known("blood-thinners", TODAY),))}, "with-care"),
        ({"severity": 9, "new": True}, "same-day"),
        ({"severity": 9, "new": False}, "self-care"),
        ({"severity": 7, "new": True}, "self-care"),
    ],
)
def test_the_level_of_what_is_left(change: dict[str, Any], level: str, knowledge: Knowledge) -> None:
    assert level_of(picture("neck-pain", **{"severity": 3, **change}), knowledge) == level


def test_in_doubt_an_age_group_fits(knowledge: Knowledge) -> None:
    """Somebody of 18 to 69 may be over 50: the rule that asks about it holds; an age that was said decides."""
    rules = [rule for rule in knowledge.combinations.values() if rule.when.age_from == 50]
    assert rules
    for rule in rules:
        whole = replace(fitting(rule.when), age=None)
        assert rule in holding(whole, knowledge)
        assert rule not in holding(replace(whole, age=49), knowledge)
