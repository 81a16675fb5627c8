"""Which pictures the dialogue asks for: screened like everything else, and with words for who wants none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.dialogue.kept import Course
from bot.dialogue.states import AskComplaint, GetReady, PlanShown
from bot.dialogue.values import Context, Picture, Seat, Settings
from bot.safety.profile import Known, PregnancyAnswer, Profile
from bot.settings import KNOWLEDGE
from tests.naming import Naming, not_in_pregnancy
from tests.people import MONDAY, Player

TODAY = MONDAY.date()
PREGNANT, NOT = PregnancyAnswer("pregnant", TODAY, 20, 0), PregnancyAnswer("not", TODAY, 0, 0)


def at_plan(ctx: Context, pregnancy: PregnancyAnswer = NOT, *, plain: bool = False, matters: tuple[Known, ...] = ()) -> Player:
    profile = Profile(pregnancy=pregnancy, matters=matters, checked=TODAY, age="18-69")
    player = Player(ctx, Seat(AskComplaint(), profile=profile, turn="begin", settings=Settings(consent=TODAY, plain=plain)))
    player.says("my neck is stiff")
    for _ in range(12):
        if isinstance(player.seat.state, PlanShown):
            break
        actions = {button.action for button in player.screens[-1][1]}
        player.presses(next(action for action in ("none", "no", "severity:3") if action in actions))
    assert isinstance(player.seat.state, PlanShown)
    return player


def picture_of(player: Player) -> Picture | None:
    return player.turns[-1].replies[-1].picture


def test_all_pictures_are_those_of_the_routine_and_its_buttons_go_on(ctx: Context) -> None:
    player = at_plan(ctx)
    sheet, written = picture_of(player), player.seat.state
    turn = player.presses("pictures")

    assert sheet is not None
    assert turn.replies[0].picture == replace(sheet, album=True)
    assert player.seat.state == written
    assert "pictures" not in {button.action for button in turn.buttons}
    player.presses("start")
    assert isinstance(player.seat.state, GetReady)


def test_all_pictures_are_screened(ctx: Context, naming: Naming) -> None:
    player = at_plan(ctx, PREGNANT)
    player.presses("pictures")
    album = picture_of(player)

    assert album is not None
    assert album.album
    assert not set(album.points) & not_in_pregnancy(ctx.knowledge)
    assert not naming.leaks(player.rendered, not_in_pregnancy(ctx.knowledge))


def test_without_pictures_the_words_of_every_point_stand_there(ctx: Context) -> None:
    player = at_plan(ctx, plain=True)
    picture = picture_of(player)

    assert picture is not None
    assert picture.text is not None
    told = player.say(picture.text)
    assert all(ctx.knowledge.words["en"].points[point].picture in told for point in picture.points)
    assert "pictures" not in {button.action for button in player.turns[-1].buttons}


@pytest.mark.parametrize(("again", "light", "name"), [(False, False, "press"), (True, False, ""), (False, True, "")])
def test_how_to_press_is_shown_to_beginners_who_may_press_firmly(ctx: Context, *, again: bool, light: bool, name: str) -> None:
    player = at_plan(ctx, matters=(Known("blood-thinners", TODAY, ""),) if light else ())
    if again:
        player.seat = replace(player.seat, courses=(Course("nausea", "standard", TODAY, TODAY),))
    player.presses("start")
    picture = picture_of(player)

    assert (picture.name if picture is not None else "") == name


@pytest.mark.parametrize(("lesson", "name"), [("measuring", "measure"), ("pressing", "press"), ("breathing", "")])
def test_lessons_show_their_card(ctx: Context, lesson: str, name: str) -> None:
    player = at_plan(ctx)
    player.commands("learn")
    player.presses(f"lesson:{lesson}")
    pictures = [picture_of(player)]
    player.presses("next")
    pictures.append(picture_of(player))

    assert [each.name if each is not None else "" for each in pictures] == [name, name]
    assert all(player.say(each.text) for each in pictures if each is not None and each.text is not None)
    assert not name or Path(KNOWLEDGE / "images" / f"{name}.jpg").exists()
