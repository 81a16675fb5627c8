"""What is said about the person at any question of any complaint holds: the plan that follows is the one for that fact."""

from __future__ import annotations

import pytest

from bot.dialogue.states import (
    Alarmed,
    AskComplaint,
    AskDoubt,
    AskFlags,
    AskMatters,
    AskUndo,
    Crisis,
    PlanShown,
)
from bot.dialogue.values import Context, Pressed, Seat, Settings
from bot.safety.profile import PregnancyAnswer, Profile, pregnancy_now
from tests.naming import Naming
from tests.people import MONDAY, Player
from tests.safety.oracle import Oracle, Person

TODAY = MONDAY.date()
PREGNANT = {
    "im pregnant": "pregnant", "actually im 9 weeks pregnant": "pregnant", "my period is two weeks late": "maybe",
    "i might be pregnant": "maybe", "we are trying for a baby": "trying",
}
MATTERS = {"i take warfarin": "blood-thinners", "i am on chemo": "cancer-treatment", "i have epilepsy": "epilepsy", "i am on apixaban": "blood-thinners"}
FACTS = (*PREGNANT, *MATTERS)
ONWARD = ("none", "no", "new:no", "pregnancy:not", "severity:4", "side:left", "age:18-69", "trimester:2", "done", "on", "start", "go", "skip", "rate:4")
MOST_STEPS = 26
Everywhere = dict[bool, dict[str, list[Seat]]]
"""By whether everything is known of the person, for each complaint: every place on the way."""


def holds(fact: str, profile: Profile) -> bool:
    """Whether the profile says what the words said."""
    if fact in PREGNANT:
        return pregnancy_now(profile, TODAY) == PREGNANT[fact]
    return MATTERS[fact] in {known.matter for known in profile.matters}


def person(fact: str) -> Person:
    """Who has said only that."""
    return Person(PREGNANT.get(fact, "not"), "18-69", ((MATTERS[fact], ""),) if fact in MATTERS else ())


def known(*, everything: bool) -> Seat:
    profile = Profile(PregnancyAnswer("not", TODAY), (), TODAY, "18-69") if everything else Profile()
    return Seat(AskComplaint(), profile=profile, turn="begin", settings=Settings(consent=TODAY))


def onward(player: Player) -> bool:
    """Past the present place, as somebody to whom nothing else applies; who was asked about the checklist leaves the ticks."""
    round_again = player.turns and "player.none_pressed" in player.turns[-1].keys  # every point was skipped
    if not player.screens or round_again or isinstance(player.seat.state, Alarmed | Crisis):
        return False
    actions = {button.action for button in player.screens[-1][1]}
    doubt = ("no",) if isinstance(player.seat.state, AskDoubt) else ()
    ticked = ("done",) if isinstance(player.seat.state, AskMatters) else ()
    way = next((each for each in (*doubt, *ticked, *ONWARD) if each in actions), None)
    if way is None or isinstance(player.seat.state, AskUndo):
        return False
    player.presses(way)
    return True


def places(condition: str, seat: Seat, ctx: Context) -> list[Seat]:
    """Every place on the way from the complaint to the last point, one of each kind, and the doubt of its flags."""
    player, found = Player(ctx, seat), dict[str, Seat]()
    player.commands("start", f"about_{condition}")
    for _ in range(MOST_STEPS):
        found.setdefault(type(player.seat.state).__name__, player.seat)
        if isinstance(player.seat.state, AskFlags):
            doubting = Player(ctx, player.seat)
            doubting.goes(Pressed(at=player.at, token="d", action="unsure", turn=player.seat.turn))
            found.setdefault("AskDoubt", doubting.seat)
        if not onward(player):
            break
    return list(found.values())


def checked(seat: Seat, fact: str, ctx: Context, naming: Naming, oracle: Oracle) -> str:
    """What is wrong when that is said there; "" when nothing is."""
    player, where = Player(ctx, seat), type(seat.state).__name__
    player.says(fact)
    if not holds(fact, player.seat.profile):
        return f"{where}: lost at once, in {type(player.seat.state).__name__}"
    for _ in range(MOST_STEPS):
        if not onward(player):
            break
    if not holds(fact, player.seat.profile):
        return f"{where}: lost on the way"
    leaks = naming.leaks(player.rendered, oracle.forbidden(person(fact)))
    return f"{where}: {sorted(leaks)}" if leaks else ""


@pytest.fixture(scope="module")
def everywhere(ctx: Context) -> Everywhere:
    return {each: {c: places(c, known(everything=each), ctx) for c in ctx.knowledge.conditions} for each in (True, False)}


@pytest.mark.parametrize("everything", [True, False])
@pytest.mark.parametrize("fact", FACTS)
def test_a_fact_said_at_any_question_holds(fact: str, everything: bool, ctx: Context, naming: Naming, everywhere: Everywhere) -> None:  # noqa: FBT001 - a parameter of the test
    oracle, wrong = Oracle(ctx.knowledge), list[str]()
    for condition, seats in everywhere[everything].items():
        for seat in seats:
            if (says := checked(seat, fact, ctx, naming, oracle)):
                wrong.append(f"{condition} {says}")
    assert not wrong, "\n".join(wrong)


# ---------------------------------------------------------------- while a reminder is set


SETTING = ("remind me", "9 am", "every day", "London")
"""What is said from the plan on until the reminder stands."""


@pytest.mark.parametrize("fact", FACTS)
@pytest.mark.parametrize("told", range(4))
def test_a_fact_said_while_a_reminder_is_set_holds(told: int, fact: str, ctx: Context, naming: Naming) -> None:
    oracle = Oracle(ctx.knowledge)
    for condition in ("menstrual-pain", "headache", "neck-pain"):
        player = Player(ctx, next(each for each in places(condition, known(everything=True), ctx) if isinstance(each.state, PlanShown)))
        player.goes(Pressed(at=player.at, token="r", action="remind", turn=player.seat.turn))
        for words in SETTING[1 : 1 + told]:
            player.says(words)
        before, said = player.seat.state, len(player.turns)
        player.says(fact)
        if type(player.seat.state) is type(before):  # else it rang an alarm, or is a complaint of its own
            for words in SETTING[1 + told :]:
                player.says(words)
            assert player.seat.reminders, player.seat.state
        assert holds(fact, player.seat.profile), (condition, player.seat.state)
        player.commands("start", f"about_{condition}")
        while onward(player):
            pass
        leaks = naming.leaks("\n".join(turn.words for turn in player.turns[said:]), oracle.forbidden(person(fact)))
        assert not leaks, (condition, leaks)


@pytest.mark.parametrize("fact", FACTS)
@pytest.mark.parametrize("words", ["{}, remind me every day at 9 pm", "remind me at 9 pm, {}"])
def test_a_fact_said_with_the_wish_for_a_reminder_holds(words: str, fact: str, ctx: Context) -> None:
    player = Player(ctx, known(everything=True))
    player.says(words.format(fact))
    assert holds(fact, player.seat.profile), player.seat.state


@pytest.mark.parametrize("fact", FACTS)
def test_a_fact_in_a_changed_message_holds(fact: str, ctx: Context) -> None:
    for seat in places("headache", known(everything=True), ctx):
        player = Player(ctx, seat)
        player.says(fact, edited=True)
        assert holds(fact, player.seat.profile), seat.state
