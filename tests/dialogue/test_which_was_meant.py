"""Which of several complaints was meant, told in words instead of pressed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.dialogue.states import Areas, Case, Confirm, State
from bot.dialogue.values import Context
from tests.dialogue.test_transcripts import seat_of
from tests.people import Player

TWO, THREE = ("headache", "stomach-ache"), ("headache", "stomach-ache", "neck-pain")
MEANT = {
    "the first one": ("headache",), "first": ("headache",), "1": ("headache",), "the second one": ("stomach-ache",), "2.": ("stomach-ache",),
    "number 3": ("neck-pain",), "the third": ("neck-pain",), "the last one": ("neck-pain",), "stomach ache": ("stomach-ache",), "all of them": THREE,
}


def answered(words: str, candidates: tuple[str, ...], ctx: Context) -> State:
    player = Player(ctx, seat_of({"pregnancy": "not"}))
    player.says("hello")
    player.seat = replace(player.seat, state=Confirm(candidates, Case(())))
    player.says(words)
    return player.seat.state


@pytest.mark.parametrize(("words", "conditions"), MEANT.items())
def test_one_of_three(words: str, conditions: tuple[str, ...], ctx: Context) -> None:
    state = answered(words, THREE, ctx)
    assert getattr(state, "case").conditions == conditions  # noqa: B009 - whichever question comes next has it


@pytest.mark.parametrize("words", ["neither", "none of them", "no"])
def test_none(words: str, ctx: Context) -> None:
    assert isinstance(answered(words, THREE, ctx), Areas)


def test_both_are_two(ctx: Context) -> None:
    assert getattr(answered("both", TWO, ctx), "case").conditions == TWO  # noqa: B009
    assert isinstance(answered("both", THREE, ctx), Confirm)


@pytest.mark.parametrize("words", ["4", "9", "number 5"])
def test_what_is_not_there(words: str, ctx: Context) -> None:
    assert isinstance(answered(words, THREE, ctx), Confirm)
