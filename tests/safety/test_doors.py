"""Conditions x people x doors, rendered: nobody is shown the name of a point that is not for them.

What is forbidden comes from the oracle, not from the screen; what is shown is searched as text and as pictures.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

import pytest

from bot.catalog.model import Knowledge
from bot.dialogue.here import Here
from bot.dialogue.states import (
    Answered,
    Areas,
    AskComplaint,
    AtPoint,
    Case,
    GetReady,
    NoRoutine,
    PlanShown,
    PointShown,
    Rated,
    State,
    Trouble,
)
from bot.dialogue.table import VIEWS
from bot.dialogue.values import Context, Reply, Seat, Settings
from bot.routines.plan import Pressing, variants
from tests.naming import Naming, not_in_pregnancy
from tests.people import MONDAY, Player, chance_of, lines_of, names_in
from tests.safety.oracle import AGES, PREGNANCIES, TODAY, Oracle, Person, sides_for

CUES = 6
PAIRS = 60


@pytest.fixture(scope="module")
def oracle(knowledge: Knowledge) -> Oracle:
    return Oracle(knowledge)


def seat_of(person: Person) -> Seat:
    return Seat(AskComplaint(), profile=person.profile(), turn="begin", settings=Settings(consent=TODAY))


def case_of(condition: str, variant: str = "standard") -> Case:
    return Case((condition,), flags="none", severity=3, new=False, variant=variant)  # type: ignore[arg-type]  # a variant of the files


class Looker:
    """Renders places and searches them. The same line is put into words only once."""

    def __init__(self, ctx: Context, naming: Naming) -> None:
        self.ctx, self.naming = ctx, naming
        self.said: dict[str, str] = {}

    def words(self, replies: tuple[Reply, ...]) -> str:
        lines = [line for reply in replies for line in lines_of(reply)]
        lines += [button.label for reply in replies for row in reply.buttons for button in row]
        return "\n".join([*(self._say(line) for line in lines), *names_in(replies)])

    def _say(self, line: Any) -> str:
        key = repr(line)
        if key not in self.said:
            self.said[key] = self.ctx.phrasebooks["en"].say(line)
        return self.said[key]

    def look(self, state: State, person: Person, forbidden: frozenset[str]) -> None:
        here = Here(seat_of(person), MONDAY, self.ctx)
        leaks = self.naming.leaks(self.words(VIEWS[type(state)](state, here)), forbidden)
        assert not leaks, (leaks, person, state)


@pytest.fixture(scope="module")
def looker(ctx: Context, naming: Naming) -> Looker:
    return Looker(ctx, naming)


def people(knowledge: Knowledge) -> Iterator[Person]:
    """Every answer about pregnancy, every age, every matter on every side; some of them together."""
    for pregnancy in PREGNANCIES:
        yield Person(pregnancy)
    for age in AGES:
        yield Person("not", age)
    singles = [(matter, side) for matter in knowledge.matters for side in sides_for(knowledge, matter)]
    for single in singles:
        yield Person("not", "18-69", (single,))
    chance = chance_of(3)
    for _ in range(PAIRS):
        first, second = chance.sample(singles, 2)
        yield Person(chance.choice(PREGNANCIES), chance.choice(AGES), (first, second) if first[0] != second[0] else (first,))


def places(condition: str, knowledge: Knowledge) -> Iterator[State]:
    """The plan in every variant, and the player at every point of every routine, as if the profile had changed on the way."""
    yield PlanShown(case_of(condition), more=True)
    yield NoRoutine(case_of(condition))
    yield Rated(case_of(condition), 2, tuple(dict.fromkeys(step.point for step in pressings_of(condition, knowledge))))
    for variant in variants((condition,), knowledge) or ("standard",):
        yield PlanShown(case_of(condition, variant))


def pressings_of(condition: str, knowledge: Knowledge) -> tuple[Pressing, ...]:
    routines = (knowledge.routines[id_] for id_ in knowledge.conditions[condition].routines)
    points = dict.fromkeys(step.point for routine in routines for step in routine.steps)
    return tuple(Pressing(point, side, 60) for point in points for side in ("left", "right", "both", ""))


def test_the_plan_for_everybody(knowledge: Knowledge, oracle: Oracle, looker: Looker) -> None:
    for person in people(knowledge):
        forbidden = oracle.forbidden(person)
        for condition in knowledge.conditions:
            variant = chance_of(condition).choice(variants((condition,), knowledge) or ("standard",))
            looker.look(PlanShown(case_of(condition)), person, forbidden)
            looker.look(PlanShown(case_of(condition, variant)), person, forbidden)


def test_every_place_of_every_complaint_when_a_pregnancy_is_possible(knowledge: Knowledge, oracle: Oracle, looker: Looker) -> None:
    for pregnancy in PREGNANCIES:
        person = Person(pregnancy)
        forbidden = oracle.forbidden(person)
        for condition in knowledge.conditions:
            for state in places(condition, knowledge):
                looker.look(state, person, forbidden)


def test_the_player_screens_every_pressing_again(knowledge: Knowledge, oracle: Oracle, looker: Looker) -> None:
    """A routine that was begun before the answers changed shows nothing that is no longer for this person."""
    some = [Person(pregnancy) for pregnancy in PREGNANCIES]
    some += [Person("not", "18-69", ((matter, "left"),)) for matter in ("lymphoedema", "arm-line", "clot-recent", "neck-artery")]
    for person in some:
        forbidden = oracle.forbidden(person)
        for condition in knowledge.conditions:
            steps = pressings_of(condition, knowledge)
            for index in range(len(steps)):
                cue = index % CUES if index % 2 else 0
                state = AtPoint(case_of(condition), steps, index, MONDAY, cue=min(cue, 5))
                looker.look(state, person, forbidden)
                side, allowed = steps[index].side, oracle.sides(steps[index].point, person)
                if allowed is not None and side in {"left", "right"} and side not in allowed:
                    looker.look(state, person, forbidden | {steps[index].point})
            if steps:
                looker.look(GetReady(case_of(condition), steps), person, forbidden)
                looker.look(Trouble(case_of(condition), steps, 0), person, forbidden)


def test_cards(knowledge: Knowledge, oracle: Oracle, looker: Looker) -> None:
    """Every point asked for by name: own profile, a guest's, and somebody of whom nothing is known."""
    for person in people(knowledge):
        forbidden = oracle.forbidden(person)
        for point in (*knowledge.points, *knowledge.refused, "nonsense"):
            looker.look(PointShown(point), person, forbidden)
    for pregnancy in PREGNANCIES:
        guest = replace(case_of("headache"), guest=Person(pregnancy).profile(other=True))
        for point in knowledge.points:
            looker.look(PointShown(point, guest), Person("not"), oracle.forbidden(Person(pregnancy)))


def test_a_guest_is_screened_not_the_host(knowledge: Knowledge, oracle: Oracle, looker: Looker) -> None:
    for pregnancy in PREGNANCIES:
        guest = Person(pregnancy).profile(other=True)
        for condition in knowledge.conditions:
            looker.look(PlanShown(replace(case_of(condition), guest=guest)), Person("not"), oracle.forbidden(Person(pregnancy)))


def test_lists_and_answers_name_no_point(knowledge: Knowledge, looker: Looker) -> None:
    forbidden = not_in_pregnancy(knowledge)
    for area in ("", *dict.fromkeys(c.category for c in knowledge.conditions.values())):
        looker.look(Areas(area), Person("maybe"), forbidden)
    for question in knowledge.questions:
        looker.look(Answered(question), Person("maybe"), forbidden)


def texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from texts_in(each)
    elif hasattr(value, "items"):
        for each in value.values():
            yield from texts_in(each)
    elif hasattr(value, "__dataclass_fields__"):
        for each in fields(value):
            yield from texts_in(getattr(value, each.name))


def test_no_words_outside_the_cards_name_a_point_that_is_not_for_pregnancy(knowledge: Knowledge, naming: Naming) -> None:
    words, forbidden = knowledge.words["en"], not_in_pregnancy(knowledge)
    for shelf in ("texts", "conditions", "matters", "flags", "combinations", "alarms", "questions", "lessons"):
        for id_, one in getattr(words, shelf).items():
            assert not naming.leaks("\n".join(texts_in(one)), forbidden), (shelf, id_)
    for id_, point in words.points.items():
        others = forbidden - {id_}
        if id_ not in forbidden:
            assert not naming.leaks("\n".join(texts_in(replace(point, aliases=()))), others), id_


@pytest.mark.parametrize("pregnancy", [p for p in PREGNANCIES if p is not None])
def test_the_whole_way_through_the_doors(pregnancy: str, ctx: Context, oracle: Oracle, naming: Naming) -> None:
    """"Same as last time" for every complaint, through all questions, the plan and the player, step by step."""
    forbidden = oracle.forbidden(Person(pregnancy))
    for condition in ctx.knowledge.conditions:
        player = Player(ctx, replace(seat_of(Person(pregnancy)), recents=(condition,)))
        player.commands("start")
        player.presses(f"again:{condition}")
        walked(player)
        leaks = naming.leaks(player.rendered, forbidden)
        assert not leaks, (leaks, condition)


def walked(player: Player) -> None:
    """Denies every question, starts the routine and skips through it."""
    ways = ("none", "no", "severity:3", "start", "go", "skip")
    for _ in range(40):
        actions = {button.action for button in player.screens[-1][1]}
        way = next((way for way in ways if way in actions), None)
        if way is None or (player.turns and "player.none_pressed" in player.turns[-1].keys):
            return
        player.presses(way)
    raise AssertionError(player.seat.state)


def test_the_day_matters(ctx: Context, oracle: Oracle, naming: Naming) -> None:
    """An answer that has run out is no answer: what was planned as "not pregnant" is screened as unknown."""
    forbidden = oracle.forbidden(Person(None))
    for condition in ctx.knowledge.conditions:
        here = Here(seat_of(Person("not")), MONDAY + dt.timedelta(days=31), ctx)
        looker = Looker(ctx, naming)
        for state in places(condition, ctx.knowledge):
            assert not naming.leaks(looker.words(VIEWS[type(state)](state, here)), forbidden)
