"""Plans: screened point by point, never empty, gentle when the usual one is lost."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from bot.catalog.model import Knowledge
from bot.routines.plan import MOST_POINTS, Plan, plan, pressings, variants
from bot.safety.profile import Known, PregnancyAnswer, Profile
from bot.safety.screen import Looking, Offered, screen
from bot.safety.triage import AGE_FROM

TODAY = dt.date(2026, 3, 2)
ADULT = Profile(PregnancyAnswer("not", TODAY), checked=TODAY, age="18-69")
PREGNANT = replace(ADULT, pregnancy=PregnancyAnswer("pregnant", TODAY, 12))


def looking(profile: Profile = ADULT, *heard: str) -> Looking:
    return Looking(profile, TODAY, frozenset(heard))


def planned(knowledge: Knowledge, *conditions: str, profile: Profile = ADULT, variant: str = "standard") -> Plan | None:
    return plan(conditions, variant, looking(profile), knowledge)  # type: ignore[arg-type]  # a variant of the files


def test_every_variant_of_every_complaint(knowledge: Knowledge) -> None:
    for condition in knowledge.conditions:
        for variant in variants((condition,), knowledge):
            found = planned(knowledge, condition, variant=variant)
            assert found is not None, (condition, variant)
            assert found.variant == variant or found.fallback
            assert 1 <= len(found.points) <= MOST_POINTS
            assert len({point.id for point in found.points}) == len(found.points)
            assert len(found.helps) == len(found.points)
            assert all(point.seconds <= 180 for point in found.points)


def test_only_what_the_screen_offers(knowledge: Knowledge) -> None:
    for condition in knowledge.conditions:
        for profile in (PREGNANT, replace(ADULT, age="12-15"), replace(ADULT, matters=(Known("clot-recent", TODAY),))):
            found = planned(knowledge, condition, profile=profile)
            for point in found.points if found is not None else ():
                verdict = screen(knowledge.points[point.id], looking(profile), knowledge)
                assert isinstance(verdict, Offered)
                assert replace(point, seconds=verdict.seconds) == verdict


def test_labour_has_no_routine(knowledge: Knowledge) -> None:
    assert planned(knowledge, "labor-pain") is None
    assert planned(knowledge, "labor-pain", profile=PREGNANT) is None


def test_several_complaints_are_ranked_together(knowledge: Knowledge) -> None:
    found = planned(knowledge, "headache", "neck-pain")
    assert found is not None
    assert max(found.helps) == 2
    assert list(found.helps) == sorted(found.helps, reverse=True)


def test_a_lost_routine_falls_back_to_the_gentle_one_or_to_nothing(knowledge: Knowledge) -> None:
    for condition, facts in knowledge.conditions.items():
        found = planned(knowledge, condition, profile=PREGNANT)
        gentle = any(knowledge.routines[id_].variant == "gentle" for id_ in facts.routines)
        assert found is not None or not gentle, condition
        if found is not None and found.fallback:
            assert found.left_out
            assert found.variant not in {"partner", "ear"}


def test_children_get_none(knowledge: Knowledge) -> None:
    for age in ("under-2", "2-11"):
        assert age in AGE_FROM
        assert all(planned(knowledge, c, profile=replace(ADULT, age=age)) is None for c in knowledge.conditions)  # type: ignore[arg-type]  # an age group


def test_no_complaint_no_plan(knowledge: Knowledge) -> None:
    assert planned(knowledge) is None


@pytest.mark.parametrize("side", ["left", "right"])
def test_pressings_leave_the_affected_side_out(side: str, knowledge: Knowledge) -> None:
    profile = replace(ADULT, matters=(Known("arm-line", TODAY, side),))  # type: ignore[arg-type]  # a side
    found = planned(knowledge, "nausea", profile=profile)
    assert found is not None
    arms = [p for p in pressings(found) if knowledge.points[p.point].region == "forearm-palm-side"]
    assert arms
    assert {p.side for p in arms} == {"left", "right"} - {side}


def test_pressings_take_as_long_as_the_plan_says(knowledge: Knowledge) -> None:
    for condition in knowledge.conditions:
        found = planned(knowledge, condition)
        if found is not None:
            assert sum(pressing.seconds for pressing in pressings(found)) == found.seconds
