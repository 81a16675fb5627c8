"""Lines of the clinical review that no other test holds: old answers, light pressing, young people, breastfeeding,
magnets, the country for the numbers, and what is private."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest

from bot.catalog.model import Knowledge, Pregnancy
from bot.conversation import LASTS
from bot.dialogue.flows.alarms import show_private
from bot.dialogue.here import Here
from bot.dialogue.states import (
    Alarmed,
    AskComplaint,
    AskFlags,
    AskMatters,
    AskPregnancy,
    AtPoint,
    Case,
    GetReady,
    PlanShown,
    State,
)
from bot.dialogue.table import VIEWS
from bot.dialogue.values import Context, Pressed, Seat, Settings
from bot.safety.profile import Known, PregnancyAnswer, Profile
from bot.safety.screen import Looking, Offered, screen
from tests.people import MONDAY, Player, keys_of, lines_of

TODAY = MONDAY.date()
ABUSE = "my husband hits me"


def seat_of(pregnancy: Pregnancy = "not", *matters: str, age: str = "18-69", days_ago: int = 0, country: str = "") -> Seat:
    on = TODAY - dt.timedelta(days=days_ago)
    profile = Profile(PregnancyAnswer(pregnancy, TODAY), tuple(Known(m, on, "both") for m in matters), on, age)  # type: ignore[arg-type]  # a group
    return Seat(AskComplaint(), profile=profile, turn="begin", settings=Settings(consent=TODAY, country=country))


def keys_at(state: State, seat: Seat, ctx: Context) -> list[str]:
    replies = VIEWS[type(state)](state, Here(replace(seat, state=state), MONDAY, ctx))
    return [key for reply in replies for line in lines_of(reply) for key in keys_of(line)]


def planned(condition: str) -> PlanShown:
    return PlanShown(Case((condition,), flags="none", severity=3, level="with-care", on=TODAY))


# ---------------------------------------------------------------- old answers


def test_a_card_does_not_rest_on_a_checklist_that_ran_out(ctx: Context) -> None:
    fresh, old = Player(ctx, seat_of()), Player(ctx, seat_of("not", "arm-line", days_ago=100))
    assert "LI4" in fresh.commands("point", "LI4").words
    turn = old.commands("point", "LI4")
    assert "(LI4)" not in turn.words
    old.presses("ask")
    assert old.seat.state == AskMatters(None, ("arm-line",)), "what was ticked stands ticked"


def at_point(ctx: Context) -> Player:
    player = Player(ctx, seat_of())
    player.says("my usual tension headache")
    for action in ("none", "severity:3", "start", "go"):
        player.presses(action)
    assert isinstance(player.seat.state, AtPoint)
    return player


@pytest.mark.parametrize("action", ["resume", "skip", "repeat", "longer", "cue", "swap"])
def test_a_routine_that_stood_for_days_asks_the_red_flags_again(action: str, ctx: Context) -> None:
    player = at_point(ctx)
    player.presses("pause")
    player.waits(days=3)
    player.goes(Pressed(at=player.at, token="later", action=action, turn=player.seat.turn))
    assert isinstance(player.seat.state, AskFlags)


def test_it_asks_about_pregnancy_when_that_answer_ran_out(ctx: Context) -> None:
    player = at_point(ctx)
    player.seat = replace(player.seat, state=GetReady(player.seat.state.case, player.seat.state.steps), trail=())
    player.waits(days=40)
    player.goes(Pressed(at=player.at, token="later", action="go", turn=player.seat.turn))
    assert isinstance(player.seat.state, AskPregnancy)


def test_the_same_day_it_simply_goes_on(ctx: Context) -> None:
    player = at_point(ctx)
    player.presses("pause")
    player.waits(hours=2)
    player.presses("resume")
    assert isinstance(player.seat.state, AtPoint)


# ---------------------------------------------------------------- light


def test_who_is_pressed_lightly_is_never_told_to_use_force(knowledge: Knowledge) -> None:
    """No ball, wall, knuckles or weight for anybody who is kept light; the others read the full words."""
    forced = [point for point in knowledge.points.values() if point.force]
    assert len(forced) >= 5
    light = ["blood-thinners", "cancer-treatment", "bleeding-disorder", "epilepsy"]
    for point in forced:
        for person in (Profile(PregnancyAnswer("not", TODAY), (Known(m, TODAY),), TODAY, "18-69") for m in light):
            verdict = screen(point, Looking(person, TODAY), knowledge)
            if isinstance(verdict, Offered):
                assert verdict.words("press").field == "press_light"
        healthy = screen(point, Looking(Profile(PregnancyAnswer("not", TODAY), (), TODAY, "18-69"), TODAY), knowledge)
        assert not isinstance(healthy, Offered) or healthy.words("press").field == "press"


def test_words_that_use_force_are_marked(knowledge: Knowledge) -> None:
    force = re.compile(r"\b(ball|knuckles|lean in|lean back|weight from|weight of|hook|squeeze on)\b")
    against = re.compile(r"\b(without|no)\b[^.]*$", re.IGNORECASE)
    for point in knowledge.points.values():
        for language in knowledge.words.values():
            words = language.points[point.id]
            if force.search(words.press) and point.taught and point.press.firmness != "very-light" and point.id != "EX-B7":
                assert point.force, point.id
            found = force.search(words.press_light)
            assert found is None or against.search(words.press_light[: found.start()]), point.id


def test_kilograms_are_never_shown(ctx: Context) -> None:
    for words in ctx.knowledge.words.values():
        for shelf in (words.texts, words.points, words.lessons, words.questions):
            assert not re.search(r"\b(kg|kilogram|kilograms|newton|newtons|kilopascal)\b", repr(shelf), re.IGNORECASE)


def test_the_position_in_pregnancy_is_said_with_every_routine(ctx: Context) -> None:
    player = Player(ctx, seat_of("pregnant"))
    told = "\n".join(player.say(line) for reply in VIEWS[PlanShown](planned("nausea"), Here(player.seat, MONDAY, ctx)) for line in reply.lines)
    assert "left side" in told
    assert "never flat on the back or face down" in told
    assert "midwife" in told


# ---------------------------------------------------------------- young people


@pytest.mark.parametrize(("age", "told"), [("12-15", "screen.light_teen"), ("16-17", "screen.light_age"), ("70-plus", "screen.light_age")])
def test_an_adult_is_informed_from_twelve_to_fifteen(age: str, told: str, ctx: Context) -> None:
    assert told in keys_at(planned("stress"), seat_of(age=age), ctx)


@pytest.mark.parametrize("age", ["12-15", "16-17"])
def test_they_are_asked_about_pregnancy_in_private(age: str, ctx: Context) -> None:
    seat = seat_of(age=age)
    assert "ask.pregnancy_private" in keys_at(AskPregnancy(), seat, ctx)
    guest = Case(("stress",), guest=Profile(age=age, other=True))  # type: ignore[arg-type]  # a group
    assert "ask.pregnancy_private_other" in keys_at(AskPregnancy(guest), seat, ctx)
    assert "ask.pregnancy_private" not in keys_at(AskPregnancy(), seat_of(), ctx)


# ---------------------------------------------------------------- breastfeeding, magnets


def test_breastfeeding_leaves_the_chest_out_and_says_the_rest(ctx: Context) -> None:
    seat = seat_of("not", "breastfeeding")
    for point in (p for p in ctx.knowledge.points.values() if p.region == "chest"):
        assert not isinstance(screen(point, Looking(seat.profile, TODAY), ctx.knowledge), Offered), point.id
    assert "matter:breastfeeding:note" in keys_at(planned("stress"), seat, ctx)


@pytest.mark.parametrize("matter", ["device", "neck-unstable"])
def test_no_magnets_with_a_device_or_a_shunt(matter: str, ctx: Context) -> None:
    assert f"matter:{matter}:note" in keys_at(planned("nausea"), seat_of("not", matter), ctx)
    assert "magnets" in ctx.knowledge.words["en"].matters[matter].note


# ---------------------------------------------------------------- the country for the numbers


def test_one_tap_to_the_country_from_an_alarm_and_back(ctx: Context) -> None:
    player = Player(ctx, seat_of())
    turn = player.says("crushing chest pain")
    assert "999" not in turn.words.replace("(112, 999, 911", "")
    player.presses("country")
    while not any(button.action == "chose:GB" for button in player.screens[-1][1]):
        player.presses("page")
    turn = player.presses("chose:GB")
    assert isinstance(player.seat.state, Alarmed)
    assert "Call 999" in turn.words


def test_emergency_leads_to_the_country_in_one_tap(ctx: Context) -> None:
    for words in ("", "crushing chest pain", "I want to kill myself"):
        player = Player(ctx, seat_of())
        if words:
            player.says(words)
        player.commands("emergency")
        assert any(button.action == "country" for button in player.turns[-1].buttons), words


# ---------------------------------------------------------------- private


def test_the_country_of_somebody_in_danger_is_chosen_without_being_kept(ctx: Context) -> None:
    player = Player(ctx, seat_of())
    player.says(ABUSE)
    before = player.seat
    player.presses("private:numbers")
    player.presses("private:where")
    while not any(button.action == "private:in:GB" for button in player.screens[-1][1]):
        player.presses("More")
    turn = player.presses("private:in:GB")
    assert all(number in turn.words for number in ("0808 2000 247", "999, then 55", "0800 1111"))
    assert any(button.action == "private:exit" for button in turn.buttons)
    assert replace(player.seat, turn="") == replace(before, turn=""), "only the token of the screen is another"


def test_the_way_out_stands_on_every_private_screen(ctx: Context) -> None:
    here = Here(seat_of(), MONDAY, ctx)
    for step in ("first", "numbers", "where", "where:1", "in:GB", "in:nowhere"):
        for reply in show_private(step, here):
            assert any(button.action == "private:exit" for row in reply.buttons for button in row), step
            assert reply.lasts == "private", "it must not arrive hours later"
    assert LASTS["private"] is not None
    assert LASTS["private"] <= dt.timedelta(minutes=15)
