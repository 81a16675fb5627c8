"""No alarm needs consent: the country for its numbers is chosen beside it, and it stands as it stood."""

from __future__ import annotations

import pytest

from bot.dialogue.states import Alarmed, Crisis, SettingsShown
from bot.dialogue.values import Context
from tests.people import Player
from tests.safety.test_waiting import SAID


@pytest.mark.parametrize("alarm", sorted(SAID))
@pytest.mark.parametrize("way", ["press", "say", "back", "page", "say at once"])
def test_the_country_is_chosen_before_consent(alarm: str, way: str, ctx: Context) -> None:
    player = Player(ctx)
    player.says(SAID[alarm])
    before = player.seat.state
    assert isinstance(before, Alarmed | Crisis)
    if way != "say at once":
        player.presses("country")
        assert isinstance(player.seat.state, SettingsShown), player.seat.state
    if way == "page":
        player.presses("page")
    turn = player.presses("back") if way == "back" else (player.presses("chose:AU") if way == "press" else player.says("uk"))
    assert player.seat.state == before
    assert way == "back" or {"AU": "000", "GB": "999"}[player.seat.settings.country] in turn.words
    assert player.seat.settings.consent is None
    assert player.seat.alarm is not None
    assert not player.seat.alarm.closed
