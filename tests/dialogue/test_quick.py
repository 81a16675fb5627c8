"""The button of the quick routine says how long it really is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.dialogue.states import Case, PlanShown
from bot.dialogue.values import Context
from tests.dialogue.test_transcripts import seat_of
from tests.people import Player


@pytest.mark.parametrize("conditions", [("headache",), ("jaw-pain", "tinnitus")])
def test_button_and_page_say_the_same(conditions: tuple[str, ...], ctx: Context) -> None:
    player = Player(ctx, seat_of({"pregnancy": "not"}))
    player.says("hello")
    player.seat = replace(player.seat, state=PlanShown(Case(conditions, on=player.at.date())))
    shown = player.says("hmm")
    button = next(each for each in shown.buttons if each.action == "variant:quick")
    quick = player._press(button, player.seat.turn)
    title = quick.replies[0].lines[0]
    assert button.label.facts["time"] == title.facts["time"]
