"""Not sure about a red flag: every flag has one plain question, and each answer to it leads to where it must."""

from __future__ import annotations

import pytest

from bot.catalog.model import Knowledge
from bot.dialogue.states import Alarmed, AskComplaint, AskDoubt, AskFlags, Case, Crisis, SeeDoctor
from bot.dialogue.values import Context, Seat, Settings
from bot.safety.profile import PregnancyAnswer, Profile
from tests.people import MONDAY, Player

TODAY = MONDAY.date()


def flags(knowledge: Knowledge) -> list[tuple[str, str]]:
    return [(list_.id, flag.id) for list_ in knowledge.flags.values() for flag in list_.flags]


def asked(list_: str, ctx: Context) -> Player:
    """Somebody who stands before a list of red flags."""
    condition = next(c.id for c in ctx.knowledge.conditions.values() if c.flags == list_)
    profile = Profile(PregnancyAnswer("not", TODAY), (), TODAY, "18-69")
    seat = Seat(AskComplaint(), profile=profile, turn="begin", settings=Settings(consent=TODAY), recents=(condition,))
    player = Player(ctx, seat)
    player.commands("start")
    player.presses(f"again:{condition}")
    assert isinstance(player.seat.state, AskFlags)
    return player


def in_doubt(list_: str, flag: str, ctx: Context) -> Player:
    player = asked(list_, ctx)
    player.presses("unsure")
    turn = player.presses(f"doubt:{list_}/{flag}")
    assert f"flag:{list_}:{flag}.unsure" in turn.keys
    return player


def case_of(player: Player) -> Case:
    case = getattr(player.seat.state, "case", None)
    assert isinstance(case, Case)
    return case


def test_a_plain_no_clears_this_flag_and_no_other(ctx: Context) -> None:
    for list_, flag in flags(ctx.knowledge):
        player = in_doubt(list_, flag, ctx)
        player.presses("no")
        left = [button.action for button in player.turns[-1].buttons if button.action.startswith("flag:")]
        assert isinstance(player.seat.state, AskFlags), (list_, flag)
        assert left == [f"flag:{list_}/{each.id}" for each in ctx.knowledge.flags[list_].flags if each.id != flag]


def test_a_plain_yes_is_the_flag_itself(ctx: Context) -> None:
    for list_, flag in flags(ctx.knowledge):
        direct, player = asked(list_, ctx), in_doubt(list_, flag, ctx)
        direct.presses(f"flag:{list_}/{flag}")
        player.presses(f"flag:{list_}/{flag}")
        assert player.seat.state == direct.seat.state, (list_, flag)


def test_still_not_sure_is_the_safe_side(ctx: Context) -> None:
    for list_, facts in ctx.knowledge.flags.items():
        for flag in facts.flags:
            player = in_doubt(list_, flag.id, ctx)
            player.presses("unsure")
            state = player.seat.state
            if flag.level == "emergency":
                assert isinstance(state, Alarmed | Crisis), flag.id
                assert state.alarm == flag.alarm
            elif flag.level == "same-day":
                assert isinstance(state, SeeDoctor), flag.id
                assert state.level == "same-day"
            else:
                assert isinstance(state, AskFlags), flag.id
                assert case_of(player).level == "doctor-soon"


def test_no_to_every_flag_in_turn_ends_the_list(ctx: Context) -> None:
    player = asked("headache", ctx)
    for flag in ctx.knowledge.flags["headache"].flags:
        player.presses("unsure")
        if isinstance(player.seat.state, AskDoubt) and not player.seat.state.flag:
            player.presses(f"doubt:headache/{flag.id}")
        player.presses("no")
    assert not isinstance(player.seat.state, AskFlags | AskDoubt)


def test_a_sign_that_can_wait_does_not_hide_a_worse_one(ctx: Context) -> None:
    for list_, facts in ctx.knowledge.flags.items():
        for flag in (each for each in facts.flags if each.level == "doctor-soon"):
            player = asked(list_, ctx)
            player.presses(f"flag:{list_}/{flag.id}")
            player.presses("go_on")
            assert isinstance(player.seat.state, AskFlags), flag.id
            assert any(button.action == f"flag:{list_}/{facts.flags[0].id}" for button in player.turns[-1].buttons)


@pytest.mark.parametrize("action", ["cannot_say", "nonsense", "flag:headache/headache-sudden", "doubt:headache/none"])
def test_what_is_pressed_without_a_flag_shows_no_point(action: str, ctx: Context) -> None:
    player = asked("headache", ctx)
    player.presses("unsure")
    state = player.seat.state
    player.goes(type(player.last)(at=player.at, token="odd", action=action, turn=player.seat.turn))  # type: ignore[misc,arg-type]  # a press
    assert player.seat.state == state or isinstance(player.seat.state, SeeDoctor)
