"""Several alarms: the most urgent stands, and every other one is asked about before anything else goes on."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue.states import Alarmed, AskComplaint, Crisis
from bot.dialogue.values import Context, Seat, Settings
from bot.safety.profile import PregnancyAnswer, Profile
from tests.people import MONDAY, Player

TODAY = MONDAY.date()
SAID = {
    "cardiac": "crushing chest pain", "stroke": "one side of my face is drooping", "suicidal": "I want to kill myself",
    "self-harm": "I cut myself again", "poisoning-overdose": "I took thirty tablets", "thunderclap-headache": "headache like a thunderclap",
    "pregnancy-emergency": "my waters broke",
}
CRISES = {"suicidal", "self-harm"}
WAYS_OUT = 24


def somebody(ctx: Context) -> Player:
    profile = Profile(PregnancyAnswer("not", TODAY), (), TODAY, "18-69")
    return Player(ctx, Seat(AskComplaint(), profile=profile, turn="begin", settings=Settings(consent=TODAY, country="GB")))


def denied(player: Player) -> list[tuple[str, str]]:
    """Everything is denied until the alarms are left; which question of which alarm was answered."""
    answered: list[tuple[str, str]] = []
    for _ in range(WAYS_OUT):
        state = player.seat.state
        if isinstance(state, Alarmed):
            answered.append((state.alarm, state.stage))
            player.presses("checked" if state.stage in {"confirmed", "denied"} else "no")
        elif isinstance(state, Crisis):
            answered.append((state.alarm, state.step))
            player.presses("close" if state.step == "again" else "again")
        else:
            return answered
    raise AssertionError(answered)


def groups(alarms: set[str]) -> set[str]:
    """Suicide and self-harm share one path."""
    return {"crisis" if alarm in CRISES else alarm for alarm in alarms}


@given(st.lists(st.sampled_from(sorted(SAID)), min_size=1, max_size=4, unique=True))
@settings(max_examples=60, deadline=None)
def test_nothing_that_rang_is_forgotten(ctx: Context, order: list[str]) -> None:
    player = somebody(ctx)
    for alarm in order:
        turn = player.says(SAID[alarm])
        assert isinstance(player.seat.state, Alarmed | Crisis)
        assert "999" in turn.words, "what to do comes at once, whatever stands"
    answered = denied(player)
    asked = {alarm for alarm, _ in answered}
    assert groups(asked) == groups(set(order)), (order, answered)
    for alarm in asked - CRISES:
        assert [stage for each, stage in answered if each == alarm] == ["acted", "again", "denied"], answered
    memory = player.seat.alarm
    assert memory is not None
    assert memory.closed != bool(CRISES & set(order)), "a thread about suicide stays open, whatever came after it"


@pytest.mark.parametrize("order", list(permutations(["cardiac", "stroke", "pregnancy-emergency"])))
def test_the_more_urgent_comes_first(order: tuple[str, ...], ctx: Context) -> None:
    player = somebody(ctx)
    for alarm in order:
        player.says(SAID[alarm])
    urgency = [ctx.knowledge.alarms[alarm].order for alarm, _ in denied(player)]
    assert urgency == sorted(urgency)


def test_a_confirmed_alarm_comes_back_as_confirmed(ctx: Context) -> None:
    player = somebody(ctx)
    player.says(SAID["thunderclap-headache"])
    player.presses("yes:thunderclap-headache")
    player.says(SAID["cardiac"])
    player.presses("no")
    player.presses("no")
    player.presses("checked")
    state = player.seat.state
    assert isinstance(state, Alarmed)
    assert (state.alarm, state.stage) == ("thunderclap-headache", "confirmed")


def test_both_in_one_sentence(ctx: Context) -> None:
    """Suicide and a danger to the body in the same words: neither hides the other."""
    player = somebody(ctx)
    player.says("crushing chest pain and I want to kill myself")
    assert groups({alarm for alarm, _ in denied(player)}) == {"cardiac", "crisis"}


def test_behind_a_command_too(ctx: Context) -> None:
    player = somebody(ctx)
    player.says(SAID["cardiac"])
    turn = player.commands("routine", SAID["self-harm"])
    assert "116 123" in turn.words
    assert "crisis" in groups({alarm for alarm, _ in denied(player)})


def test_abuse_never_waits(ctx: Context) -> None:
    player = somebody(ctx)
    player.says(SAID["cardiac"])
    player.says("my husband hits me")
    player.says("my husband hits me and one side of my face is drooping")
    assert "abuse" not in repr(player.seat)
