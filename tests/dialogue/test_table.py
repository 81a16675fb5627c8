"""The whole conversation as a map: every place has a face, can be reached, and leads on."""

from __future__ import annotations

import ast
import typing
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.dialogue import planning, states
from bot.dialogue.flows import alarms, complaint, doors, invite, reminders
from bot.dialogue.machine import step
from bot.dialogue.states import STATES
from bot.dialogue.table import TABLE, VIEWS
from bot.dialogue.values import Context, Pressed, Said
from bot.saved import new_seat
from tests.people import MONDAY

BOT = Path(__file__).parents[2] / "bot"
EVERYWHERE: tuple[Callable[..., Any], ...] = (alarms.rang, alarms.also, complaint.said_meanwhile, invite.pressed, reminders.in_words)
"""Handlers that no row names: the gate, words while a question stands, old invitations, a reminder asked for in words."""
DOORS = {type(place) for place in doors.PLACES.values()} | {states.Learning, states.PointShown, states.Answered, states.ConfirmForget}
DOORS |= {planning.RemindersShown, states.Shelf, states.ProgrammesShown}


def states_in(hint: Any) -> Iterator[type]:
    """The places named anywhere in a return annotation such as Step[Next | AskFlags]."""
    if hint in STATES:
        yield hint
    for part in typing.get_args(hint):
        yield from states_in(part)


def leads_to(handler: Callable[..., Any]) -> set[type]:
    return set(states_in(typing.get_type_hints(handler)["return"]))


def graph() -> Mapping[type, set[type]]:
    """From each place, where its own handlers lead."""
    found: dict[type, set[type]] = {state: set() for state in STATES}
    for row in TABLE:
        found[row.place] |= leads_to(row.handler)
    return found


def test_every_place_has_a_view_and_no_view_is_without_a_place() -> None:
    assert set(VIEWS) == set(STATES)


def test_rows_are_about_places_and_their_annotations_name_places() -> None:
    for row in TABLE:
        assert row.place in STATES
        assert leads_to(row.handler), row.handler
    assert len({(row.place, row.event) for row in TABLE}) == len(TABLE)


def test_every_place_is_reached_from_the_welcome() -> None:
    ways, anywhere = graph(), set().union(*(leads_to(handler) for handler in EVERYWHERE)) | DOORS
    reached: set[type] = set()
    todo: set[type] = {states.Welcome, *anywhere}
    while todo:
        place = todo.pop()
        reached.add(place)
        todo |= ways[place] - reached
    assert reached == set(STATES), set(STATES) - reached


@pytest.mark.parametrize("place", STATES, ids=lambda place: place.__name__)
def test_no_place_is_a_dead_end(place: type) -> None:
    """Its own handlers lead elsewhere, or it has nothing but doors, which lead everywhere."""
    away = graph()[place] - {place}
    own = [row for row in TABLE if row.place is place]
    assert away or not own or place in {states.Learning, states.PointShown}


def test_annotations_tell_the_truth(ctx: Context) -> None:
    """Handlers are pure functions of the seat: an unknown button changes nothing and is answered."""
    seat = new_seat("en")
    moved = step(seat, Pressed(at=MONDAY, token="next", action="nonsense", turn=seat.turn), ctx)
    assert type(moved.seat.state) is states.Welcome
    assert moved.replies
    assert step(seat, Said(at=MONDAY, token="a", words="hm"), ctx) == step(seat, Said(at=MONDAY, token="a", words="hm"), ctx)


# ---------------------------------------------------------------- the one way from a point to a person


def calls(name: str) -> Iterator[tuple[str, ast.Call]]:
    for path in sorted(BOT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == name:
                yield path.relative_to(BOT).as_posix(), node


def test_only_the_screen_offers_points() -> None:
    assert {path for path, _ in calls("Offered")} == {"safety/screen.py"}


def test_only_the_screen_refers_to_the_words_of_a_point() -> None:
    made = {
        path for path, call in calls("Ref")
        if call.args and isinstance(call.args[0], ast.Constant) and call.args[0].value == "point"
    }
    assert made == {"safety/screen.py"}
    kinds = [call.args[0] for path, call in calls("Ref") if not path.startswith("catalog/") and call.args]
    assert all(isinstance(kind, ast.Constant) for kind in kinds), "the kind of a reference stands in the code"


def test_nothing_reads_the_words_of_points_past_the_screen() -> None:
    """`words.points` and the fields of a point that name it are for the screen, the catalog and the understanding."""
    naming = {"hanzi", "pinyin", "code"}
    for path in sorted((BOT / "dialogue").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in naming and path.name not in {"browse.py", "inline.py", "doors.py"}:
                assert ast.unparse(node.value) in {"verdict", "p"}, f"{path.name}: {ast.unparse(node)}"
            if isinstance(node, ast.Attribute) and node.attr == "points":
                assert "words" not in ast.unparse(node.value), f"{path.name}: {ast.unparse(node)}"
