"""The screen, exhaustively: every point x every matter x every side x every answer about pregnancy x every age group."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.catalog.model import Knowledge
from bot.safety.profile import Profile
from bot.safety.screen import LeftOut, Looking, Offered, screen
from tests.people import chance_of
from tests.safety.oracle import AGES, PREGNANCIES, TODAY, Oracle, Person, sides_for

PAIRS = 400


@pytest.fixture(scope="module")
def oracle(knowledge: Knowledge) -> Oracle:
    return Oracle(knowledge)


def compared(person: Person, oracle: Oracle) -> None:
    """All points for one person; the reasons are part of the answer."""
    knowledge, looking = oracle.knowledge, Looking(person.profile(), TODAY, complaints=frozenset(person.complaints))
    for id_, point in knowledge.points.items():
        verdict, sides = screen(point, looking, knowledge), oracle.sides(id_, person)
        if sides is None:
            assert isinstance(verdict, LeftOut), (id_, person)
            assert verdict.because, (id_, person)
        else:
            assert isinstance(verdict, Offered), (id_, person)
            assert frozenset(verdict.sides or ("",)) == sides, (id_, person)
            assert verdict.light or not oracle.light(id_, person), (id_, person)
            assert verdict.seconds <= 180
            assert not verdict.together or len(verdict.sides) == 2


@pytest.mark.parametrize("pregnancy", PREGNANCIES)
def test_every_matter_alone(pregnancy: str | None, oracle: Oracle) -> None:
    for age in AGES:
        compared(Person(pregnancy, age), oracle)
        for matter in oracle.knowledge.matters:
            for side in sides_for(oracle.knowledge, matter):
                compared(Person(pregnancy, age, ((matter, side),)), oracle)


def test_pairs_of_matters(oracle: Oracle) -> None:
    """A sample here; `python -m bench safety` takes all of them."""
    chance = chance_of(7)
    singles = [(matter, side) for matter in oracle.knowledge.matters for side in sides_for(oracle.knowledge, matter)]
    for _ in range(PAIRS):
        first, second = chance.sample(singles, 2)
        if first[0] != second[0]:
            compared(Person(chance.choice(PREGNANCIES), chance.choice(AGES), (first, second)), oracle)


def test_what_hurts_may_be_what_was_operated_on(oracle: Oracle) -> None:
    for complaint in oracle.knowledge.conditions:
        compared(Person(matters=(("recent-surgery", ""),), complaints=(complaint,)), oracle)
    knee = Looking(Person(matters=(("recent-surgery", ""),)).profile(), TODAY, complaints=frozenset({"knee-pain"}))
    assert not [p.id for p in oracle.knowledge.points.values() if p.region == "shin" and isinstance(screen(p, knee, oracle.knowledge), Offered)]


def test_after_a_new_joint_the_whole_leg_on_its_side_is_left_alone(oracle: Oracle) -> None:
    person = Person(matters=(("joint-replacement", "left"), ("recent-surgery", "")))
    compared(person, oracle)
    found = screen(oracle.knowledge.points["ST36"], Looking(person.profile(), TODAY), oracle.knowledge)
    assert isinstance(found, Offered)
    assert found.sides == ("right",)


def test_a_stranger_gets_no_more_than_anybody(oracle: Oracle) -> None:
    """What a stranger is shown is on no list for pregnancy and nobody's exception, and always light."""
    for point in oracle.knowledge.points.values():
        verdict = screen(point, Looking(None, TODAY), oracle.knowledge)
        if isinstance(verdict, Offered):
            assert point.pregnancy == "N"
            assert point.taught
            assert not point.avoid
            assert verdict.light


def test_nothing_known_is_treated_as_pregnant(oracle: Oracle) -> None:
    for point in oracle.knowledge.points.values():
        verdict = screen(point, Looking(Profile(), TODAY), oracle.knowledge)
        assert isinstance(verdict, LeftOut) == (point.pregnancy != "N" or not point.taught)


def test_named_symptoms_rule_points_out(oracle: Oracle) -> None:
    profile = Person().profile()
    for point in oracle.knowledge.points.values():
        for concept in point.not_for:
            assert isinstance(screen(point, Looking(profile, TODAY, frozenset({concept})), oracle.knowledge), LeftOut)


def test_adding_a_matter_never_allows_more(oracle: Oracle) -> None:
    """One more matter may only take away sides, never give any, and never makes firm what was light."""
    chance = chance_of(11)
    for _ in range(200):
        point = chance.choice(list(oracle.knowledge.points.values()))
        matters = chance.sample(list(oracle.knowledge.matters), 2)
        few = Person(chance.choice(PREGNANCIES), chance.choice(AGES), ((matters[0], ""),))
        more = replace(few, matters=(*few.matters, (matters[1], "")))
        before = screen(point, Looking(few.profile(), TODAY), oracle.knowledge)
        after = screen(point, Looking(more.profile(), TODAY), oracle.knowledge)
        if isinstance(after, Offered):
            assert isinstance(before, Offered)
            assert set(after.sides) <= set(before.sides)
            assert after.light or not before.light


def test_reasons_never_name_a_point(oracle: Oracle) -> None:
    for matter in oracle.knowledge.matters:
        looking = Looking(Person("maybe", "18-69", ((matter, ""),)).profile(), TODAY)
        for point in oracle.knowledge.points.values():
            verdict = screen(point, looking, oracle.knowledge)
            assert not any(getattr(fact, "kind", "") == "point" for line in verdict.because for fact in line.facts.values())
