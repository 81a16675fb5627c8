"""What stories of reminders begin with."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from bot.dialogue.values import Context
from tests.dialogue.test_transcripts import seat_of
from tests.people import Player


def reminded(ctx: Context) -> Player:
    """Known, healthy, in London."""
    seat = seat_of({"pregnancy": "not"})
    return Player(ctx, replace(seat, settings=replace(seat.settings, zone="Europe/London")))


def told(player: Player, words: str = "remind me every day at 9 pm to do my headache routine") -> str:
    """A reminder asked for in words; its id."""
    player.says(words)
    return player.seat.reminders[-1].id


def at(*numbers: int) -> dt.datetime:
    return dt.datetime(*numbers, tzinfo=dt.UTC)  # type: ignore[arg-type]
