"""What is said beside an alarm is kept, before consent and after; and a fact that makes it urgent lets no denial close it."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from bot.catalog.model import Combination
from bot.dialogue.states import Alarmed, AskComplaint, Case, Confirm, Crisis, SeeDoctor, Welcome
from bot.dialogue.values import Context, Pressed, Seat, Settings
from bot.safety.profile import Known, PregnancyAnswer, Profile
from bot.safety.triage import POINTLESS
from bot.understanding.meaning import HeardFacts, Meaning
from tests.people import MONDAY, Player
from tests.safety.test_waiting import SAID, denied, somebody

TODAY = MONDAY.date()
BESIDE = "I have a sore knee and take metoprolol and warfarin"
COMPLAINT, MATTER = "knee-pain", "blood-thinners"


def about(player: Player) -> tuple[str, ...]:
    state = player.seat.state
    return state.candidates if isinstance(state, Confirm) else getattr(getattr(state, "case", None), "conditions", ())


def known_of(player: Player) -> set[str]:
    return {known.matter for known in player.seat.profile.matters}


@pytest.mark.parametrize("alarm", sorted(SAID))
@pytest.mark.parametrize("order", ["before", "after", "together"])
def test_before_consent_nothing_is_lost_and_nothing_is_stored(alarm: str, order: str, ctx: Context) -> None:
    player = Player(ctx)
    words = {"before": (BESIDE, SAID[alarm]), "after": (SAID[alarm], BESIDE), "together": (f"{BESIDE}. {SAID[alarm]}.",)}[order]
    for each in words:
        player.says(each)
        assert player.seat.profile == Profile()
    if not isinstance(player.seat.state, Alarmed | Crisis):
        pytest.fail(f"no alarm: {player.seat.state}")
    if isinstance(player.seat.state, Crisis) and order == "after":
        return  # words in a crisis are not looked through for complaints
    denied(player)
    assert isinstance(player.seat.state, Welcome)
    assert player.seat.profile == Profile()
    player.presses("agree")
    assert MATTER in known_of(player)
    assert COMPLAINT in about(player)


@pytest.mark.parametrize("alarm", sorted(set(SAID) - {"suicidal", "self-harm"}))
def test_after_consent_neither(alarm: str, ctx: Context) -> None:
    player = somebody(ctx)
    player.says(f"{BESIDE}. {SAID[alarm]}.")
    denied(player)
    assert MATTER in known_of(player)
    assert COMPLAINT in about(player)


@pytest.mark.parametrize("steps", [0, 1, 2, 3, 4, 5])
def test_wherever_the_case_stands(steps: int, ctx: Context) -> None:
    player = somebody(ctx)
    player.says("my knee hurts")
    for action in ("none", "severity:4", "start", "go", "stop")[:steps]:
        if action in {button.action for button in player.screens[-1][1]}:
            player.presses(action)
    player.says(SAID["thunderclap-headache"])
    denied(player)
    assert about(player)[0] == COMPLAINT, player.seat.state


# ---------------------------------------------------------------- facts no denial goes against


def urgent_facts(ctx: Context) -> list[Combination]:
    rules = ctx.knowledge.combinations.values()
    signs = (r for r in rules if r.level in POINTLESS and r.alarm and r.when.heard and not r.covers)
    return [r for r in signs if r.when.matters or r.when.pregnancy]


def fits(rule: Combination) -> Profile:
    pregnancy = rule.when.pregnancy[0] if rule.when.pregnancy else "not"
    matters = tuple(Known(matter, TODAY) for matter in rule.when.matters[:1])
    return Profile(PregnancyAnswer(pregnancy, TODAY), matters, TODAY, "18-69")


def test_no_denial_closes_what_words_and_person_make_urgent(ctx: Context) -> None:
    rules = urgent_facts(ctx)
    assert len(rules) >= 5
    for rule in rules:
        for complaint in ((), ("insomnia",), *((c,) for c in rule.when.conditions[:1])):
            state = Alarmed(rule.alarm, "again", Case(complaint, frozenset(rule.when.heard[:1])), heard=Meaning())
            seat = Seat(state, profile=fits(rule), turn="begin", settings=Settings(consent=TODAY))
            player = Player(ctx, seat)
            player.goes(Pressed(at=MONDAY, token="t", action="no", turn="begin"))
            now = player.seat.state
            assert isinstance(now, Alarmed), (rule.id, now)
            assert now.stage == "confirmed", rule.id
            assert now.because, rule.id
            player.presses("checked")
            player.presses("no")
            assert not isinstance(player.seat.state, Alarmed), "a doctor's look leads out"


def both(one: Combination, other: Combination) -> Profile:
    """Somebody for whom two rules hold."""
    first, second = fits(one), fits(other)
    pregnancy = first.pregnancy if one.when.pregnancy else second.pregnancy
    known = {each.matter: each for each in (*first.matters, *second.matters)}
    return replace(first, pregnancy=pregnancy, matters=tuple(known.values()))


def test_two_rules_that_hold_do_not_take_turns(ctx: Context) -> None:
    """Each rule has its say once, and then a doctor's look leads out: `denied` gives up after a number of steps."""
    for one, other in permutations(urgent_facts(ctx), 2):
        heard = frozenset((*one.when.heard[:1], *other.when.heard[:1]))
        state = Alarmed(one.alarm, "again", Case((), heard), heard=Meaning())
        player = Player(ctx, Seat(state, profile=both(one, other), turn="begin", settings=Settings(consent=TODAY)))
        player.goes(Pressed(at=MONDAY, token="t", action="no", turn="begin"))
        assert "confirmed" in [stage for _, stage in denied(player)], (one.id, other.id)


def test_a_sign_named_in_pregnancy_stands_against_the_denial_of_any_alarm(ctx: Context) -> None:
    for rule in (each for each in urgent_facts(ctx) if each.when.pregnancy):
        state = Alarmed("cardiac", "again", Case((), frozenset(rule.when.heard[:1])), heard=Meaning())
        player = Player(ctx, Seat(state, profile=fits(rule), turn="begin", settings=Settings(consent=TODAY)))
        player.goes(Pressed(at=MONDAY, token="t", action="no", turn="begin"))
        assert isinstance(player.seat.state, Alarmed), rule.id
        assert player.seat.state.because, rule.id


def test_the_same_before_consent(ctx: Context) -> None:
    facts = HeardFacts(matters=((MATTER, ""),))
    heard = Meaning(concepts=frozenset({"head-knock"}), facts=facts)
    player = Player(ctx, Seat(Alarmed("head-injury", "again", heard=heard), turn="begin"))
    player.goes(Pressed(at=MONDAY, token="t", action="no", turn="begin"))
    assert isinstance(player.seat.state, Alarmed)
    assert player.seat.state.because == "head-knock-blood-thinners"
    assert player.seat.profile == Profile()


def test_without_the_fact_it_closes(ctx: Context) -> None:
    player = somebody(ctx)
    player.seat = replace(player.seat, state=Alarmed("head-injury", "again", sure=False, heard=Meaning(concepts=frozenset({"head-knock"}))))
    player.goes(Pressed(at=MONDAY, token="t", action="no", turn=player.seat.turn))
    assert not isinstance(player.seat.state, Alarmed | SeeDoctor)
    assert isinstance(player.seat.state, AskComplaint)


@pytest.mark.parametrize("sure", [True, False])
def test_a_sign_the_words_named_is_no_more_closed_by_two_denials(ctx: Context, *, sure: bool) -> None:
    for alarm in (a for a in ctx.knowledge.alarms.values() if not a.crisis and not a.private):
        player = somebody(ctx)
        player.seat = replace(player.seat, state=Alarmed(alarm.id, before=Case(("neck-pain",)), sure=sure, heard=Meaning()))
        player.goes(Pressed(at=MONDAY, token="t", action="no", turn=player.seat.turn))
        player.presses("no")
        assert isinstance(player.seat.state, Alarmed) == sure, alarm.id
        if sure:
            for way_out in ("/start", "my neck hurts", "no", "none"):
                player.says(way_out)
                assert isinstance(player.seat.state, Alarmed), (alarm.id, way_out)
            player.presses("checked")
            assert not isinstance(player.seat.state, Alarmed), alarm.id
