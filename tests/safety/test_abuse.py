"""Abuse: what the seat keeps of it, and for how long."""

from __future__ import annotations

from bot.dialogue.flows.private import OPEN, READ, STANDS_SECONDS
from bot.dialogue.values import Came, Context
from tests.people import Player
from tests.safety.test_waiting import somebody

ABUSE = "my husband hits me"


def marked(player: Player) -> bool:
    """Whether the seat tells that the doors about abuse stood there."""
    kept = (player.seat.turn, *player.seat.answered)
    return any(each.startswith((OPEN, READ)) for each in kept)


def test_a_typed_label_leaves_no_mark(ctx: Context) -> None:
    player = somebody(ctx)
    player.says(ABUSE)
    player.says("Choose from a list")
    assert not marked(player)


def test_a_button_of_the_emergency_numbers_leaves_no_mark(ctx: Context) -> None:
    player = somebody(ctx)
    player.says(ABUSE)
    player.says("999")
    player.presses("country")
    assert not marked(player)


def test_the_mark_goes_with_the_next_event_of_any_kind(ctx: Context) -> None:
    player = somebody(ctx)
    player.says(ABUSE)
    assert marked(player)
    player.waits(seconds=STANDS_SECONDS)
    player.goes(Came(at=player.at, token="came"))
    assert not marked(player)


def test_what_is_said_does_not_make_it_stand_longer(ctx: Context) -> None:
    player = somebody(ctx)
    player.says(ABUSE)
    for _ in range(3):
        player.says("please tell me more")
        player.waits(seconds=STANDS_SECONDS / 3)
    assert "safe for you to read" not in player.says("please tell me more").words
