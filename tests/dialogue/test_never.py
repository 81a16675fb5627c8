"""What must never happen, whatever a person does: random walks through the whole conversation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.dialogue.flows import doors
from bot.dialogue.machine import step
from bot.dialogue.states import (
    Alarmed,
    Answered,
    AskCombination,
    AskComplaint,
    AskFlags,
    AskMatters,
    AskSide,
    Case,
    Confirm,
    Crisis,
    Learning,
    SeeDoctor,
    State,
)
from bot.dialogue.values import (
    AlarmMemory,
    Came,
    Commanded,
    Context,
    Due,
    Left,
    Pressed,
    Rang,
    Said,
    Seat,
    Settings,
    Shared,
    Tell,
)
from bot.safety.profile import Known, PregnancyAnswer, Profile, matters_now, pregnancy_now
from bot.saved import new_seat, read, written
from tests.naming import Naming
from tests.people import MONDAY, Player, Turn, chance_of
from tests.safety.oracle import PREGNANCIES, TODAY, Oracle, Person

WALKS, STEPS = 90, 40
WORDS = (
    "my head hurts", "my neck hurts and I feel sick", "I cannot sleep", "period pain", "I am 20 weeks pregnant", "I might be pregnant",
    "not pregnant", "my wife has a headache", "it is for my mum", "my son is 7 and his head hurts", "I take warfarin", "lymphoedema in my left arm",
    "show me LI4", "where is Hegu", "合谷", "SP6 please", "ST9", "三陰交", "what is acupressure?", "does it hurt", "yes", "no", "not sure",
    "none of these", "8 out of 10", "5", "22 weeks", "back", "skip", "start", "I agree", "stop", "hello", "qwrtz", "", " ", "\u0000", "a" * 4000,
    "LI4 SP6 GB21 BL67", "my leg feels funny", "every day at 8", "in Vienna",
)
ALARMING = ("I have crushing chest pain", "I want to kill myself", "he hits me", "my waters broke", "I cut myself", "I took thirty tablets")
GARBAGE = (
    "", ":", "back", "flag:", "flag:headache/", "flag:x/y", "yes", "yes:cardiac", "yes:", "no", "none", "matter:", "matter:nothing", "group:x", "page:99",
    "severity:11", "severity:-1", "severity:x", "rate:", "pregnancy:", "pregnancy:not", "trimester:9", "side:up", "age:300", "mean:nothing", "mean:headache",
    "severity:\u00b2", "page:\u1369", "choose:\u00b2", "area:nowhere", "area:head", "lesson:none", "choose:99", "chose:XX", "page", "why:", "why:nothing", "go", "start", "variant:nothing", "variant:desk", "on",
    "again", "close", "checked", "card:LI4", "card:PC6", "card:ST9", "again:headache", "again:nothing", "question:nothing", "private:exit", "private:numbers",
    "private:", "change", "tell", "areas", "learn", "country", "emergency", "trouble:nothing", "resume", "longer", "cue", "done", "forget", "programme:", "x" * 50, "ß:ü",
)


class World:
    """What every test here needs. No dataclass: Hypothesis would print all of it."""

    def __init__(self, ctx: Context, naming: Naming) -> None:
        self.ctx, self.naming, self.oracle = ctx, naming, Oracle(ctx.knowledge)


@pytest.fixture(scope="module")
def world(ctx: Context, naming: Naming) -> World:
    return World(ctx, naming)


# ---------------------------------------------------------------- people to begin with


def known(pregnancy: str | None, matters: tuple[str, ...] = (), age: str | None = "18-69") -> Seat:
    profile = Person(pregnancy, age, tuple((m, "") for m in matters)).profile()
    return Seat(AskComplaint(), profile=profile, turn="begin", settings=Settings(consent=TODAY))


seats = st.one_of(
    st.just(new_seat("en")),
    st.builds(known, st.sampled_from(PREGNANCIES), st.sampled_from([(), ("blood-thinners",), ("lymphoedema", "arm-line"), ("cannot-report-pain",)])),
    st.builds(lambda: Seat(AskComplaint(), turn="begin", settings=Settings(consent=TODAY))),
)

# ---------------------------------------------------------------- what a person does


@dataclass(frozen=True)
class Does:
    """One thing to do, by its kind and a number that chooses among what there is."""

    kind: str
    number: int


KINDS = ("onward",) * 22 + ("press",) * 10 + ("say",) * 3 + ("ring", "ring", "back", "back") + (
    "old", "garbage", "door", "command", "share", "wait", "edit", "again", "alarm",
)
doings = st.lists(st.builds(Does, st.sampled_from(KINDS), st.integers(0, 9999)), min_size=15, max_size=STEPS)


def do(player: Player, what: Does) -> Turn | None:
    n = what.number
    screen = player.screens[-1] if player.screens else ("", [])
    presses: dict[str, Callable[[], Turn | None]] = {
        "press": lambda: pressed(player, screen, n),
        "old": lambda: pressed(player, player.screens[n % len(player.screens)], n // 7) if player.screens else None,
        "garbage": lambda: player.goes(Pressed(at=player.at, token=token(player), action=GARBAGE[n % len(GARBAGE)], turn=player.seat.turn)),
        "door": lambda: player.goes(Pressed(at=player.at, token=token(player), action=GARBAGE[n % len(GARBAGE)])),
        "say": lambda: player.says(WORDS[n % len(WORDS)]),
        "alarm": lambda: player.says(ALARMING[n % len(ALARMING)]),
        "edit": lambda: player.says(WORDS[n % len(WORDS)], edited=True),
        "command": lambda: player.commands((*doors.COMMANDS, "nothing")[n % (len(doors.COMMANDS) + 1)], ("", "LI4", "PC6", "my head hurts")[n % 4]),
        "share": lambda: player.shares(("photo", "voice", "sticker", "video", "file", "location", "contact", "poll", "other")[n % 9]),
        "ring": lambda: player.rings() if player.timers else player.goes(Rang(at=player.at, token=token(player), timer="player")),
        "again": lambda: player.presses_again() if player.last else None,
        "back": lambda: went_back(player, screen),
        "onward": lambda: onward(player, screen),
    }
    if what.kind == "wait":
        player.waits(days=(0.01, 1, 15, 31, 43, 91, 300)[n % 7])
        return None
    return presses[what.kind]()


def token(player: Player) -> str:
    player.number += 1
    return f"{player.number:08d}"


def pressed(player: Player, screen: tuple[str, list[Any]], n: int) -> Turn | None:
    turn, buttons = screen
    if not buttons:
        return None
    button = buttons[n % len(buttons)]
    player.last = Pressed(at=player.at, token=token(player), action=button.action, turn=None if button.door else turn)
    return player.goes(player.last)


def onward(player: Player, screen: tuple[str, list[Any]]) -> Turn | None:
    """The shortest way to a routine, so that walks get that far."""
    actions = {button.action for button in screen[1]}
    way = next((w for w in ("agree", "none", "done", "no", "severity:3", "new:no", "start", "go", "resume", "close", "checked", "again") if w in actions), None)
    return player.presses(way) if way is not None else player.says("my head hurts")


def went_back(player: Player, screen: tuple[str, list[Any]]) -> Turn | None:
    """Back leads to the place before, whenever it is offered."""
    if screen[0] != player.seat.turn or "back" not in {button.action for button in screen[1]}:
        return None
    before = player.seat.trail[-1]
    turn = player.presses("back")
    assert type(player.seat.state) is type(before)
    return turn


# ---------------------------------------------------------------- what must hold


def pressed_person(seat: Seat, day: dt.date, ctx: Context) -> Person:
    """Whoever is pressed, as the oracle sees them."""
    case = getattr(seat.state, "case", None)
    profile: Profile = case.guest if isinstance(case, Case) and case.guest is not None else seat.profile
    held = matters_now(profile, ctx.knowledge.matters, day)
    return Person(pregnancy_now(profile, day), profile.age, tuple((k.matter, k.side) for k in held))


def standing(seat: Seat) -> bool:
    return any(isinstance(state, Alarmed | Crisis) for state in (seat.state, *seat.trail))


def looked_at(player: Player, turn: Turn, world: World) -> None:
    person = pressed_person(player.seat, turn.event.at.date(), player.ctx)
    spoken = {"PC6"} if isinstance(player.seat.state, Answered) else set[str]()  # answers may speak of a trial by its point
    leaks = world.naming.leaks(turn.words, world.oracle.forbidden(person)) - spoken
    assert not leaks, (leaks, person, player.seat.state)
    if standing(player.seat):
        assert not [key for key in turn.keys if key.startswith("point:")], turn.keys
        assert not world.naming.named(turn.words) & {frozenset({id_}) for id_ in player.ctx.knowledge.points}, turn.words
    answered_outside = any(isinstance(effect, Tell) for effect in turn.effects)
    assert turn.replies or answered_outside or isinstance(turn.event, Pressed | Rang), turn.event


@settings(max_examples=WALKS, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(seat=seats, does=doings)
def test_random_walks(seat: Seat, does: list[Does], world: World) -> None:
    player = Player(world.ctx, seat)
    for what in does:
        turn = do(player, what)
        if turn is not None:
            looked_at(player, turn, world)


def test_long_walks(world: World) -> None:
    """A few very long ones: the seat stays bounded."""
    chance = chance_of(5)
    for pregnancy in ("pregnant", "not"):
        player = Player(world.ctx, known(pregnancy))
        for _ in range(400):
            turn = do(player, Does(chance.choice(KINDS), chance.randrange(9999)))
            if turn is not None:
                looked_at(player, turn, world)
            assert len(written(player.seat)) < 40_000


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(words=st.text(max_size=200), edited=st.booleans(), seat=seats)
def test_any_words(words: str, edited: bool, seat: Seat, world: World) -> None:  # noqa: FBT001 - a drawn value
    player = Player(world.ctx, seat)
    looked_at(player, player.says(words, edited=edited), world)


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(action=st.text(max_size=50), fresh=st.booleans(), seat=seats)
def test_any_button(action: str, fresh: bool, seat: Seat, world: World) -> None:  # noqa: FBT001 - a drawn value
    Player(world.ctx, seat).goes(Pressed(at=MONDAY, token="next", action=action, turn=seat.turn if fresh else None))


def test_garbage_in_every_place(world: World) -> None:
    """From every place that a walk finds, every garbage button, every command and every kind of event."""
    for seat in found_seats(world):
        for action in GARBAGE:
            for turn in (seat.turn, None, "older"):
                player = Player(world.ctx, seat)
                looked_at(player, player.goes(Pressed(at=MONDAY, token="next", action=action, turn=turn)), world)
        for event in (Due(at=MONDAY, reminder="x"), Rang(at=MONDAY, timer="other"), Came(at=MONDAY), Left(at=MONDAY), Shared(at=MONDAY, kind="poll")):
            Player(world.ctx, seat).goes(event)
        for name in doors.COMMANDS:
            player = Player(world.ctx, seat)
            looked_at(player, player.goes(Commanded(at=MONDAY, token="next", name=name)), world)


@pytest.mark.parametrize("state", [
    Learning("gone"), SeeDoctor("same-day", "flag", "headache/gone"), SeeDoctor("same-day", "flag", "gone/gone"),
    SeeDoctor("same-day", "combination", "gone"), AskMatters(None, ("gone",)), AskSide(("gone",)), Alarmed("gone"), Answered("gone"),
    AskFlags(Case(("gone",))), Confirm(("gone",), Case(())), AskCombination(Case(()), "gone"),
], ids=repr)
def test_a_place_about_something_that_is_gone(state: State, world: World) -> None:
    kept = read(written(replace(known("not"), state=state)), world.ctx.knowledge)
    assert kept.lost
    assert kept.seat.state == AskComplaint()


def test_an_open_alarm_outlives_a_lost_place(world: World) -> None:
    for alarm, place in (("cardiac", Alarmed("cardiac")), ("suicidal", Crisis("suicidal"))):
        seat = replace(known("not"), state=Learning("gone"), alarm=AlarmMemory(alarm, MONDAY))
        assert read(written(seat), world.ctx.knowledge).seat.state == place


def found_seats(world: World) -> list[Seat]:
    """One seat for each kind of place, found by walking."""
    chance, found = chance_of(2), dict[type, Seat]()
    for _ in range(12):
        player = Player(world.ctx, chance.choice([new_seat("en"), known("not"), known("maybe"), known(None)]))
        for _ in range(60):
            do(player, Does(chance.choice([kind for kind in KINDS if kind != "wait"]), chance.randrange(9999)))
            found.setdefault(type(player.seat.state), player.seat)
    assert len(found) >= 24, sorted(kind.__name__ for kind in found)
    return list(found.values())


def test_an_alarm_interrupts_every_place(world: World) -> None:
    for seat in found_seats(world):
        player = Player(world.ctx, seat)
        turn = player.says("I have crushing chest pain")
        if not isinstance(seat.state, Crisis):
            assert isinstance(player.seat.state, Alarmed), seat.state
            assert player.seat.alarm is not None
        assert not world.naming.named(turn.words) & {frozenset({id_}) for id_ in world.ctx.knowledge.points}


@settings(max_examples=100, deadline=None, derandomize=True)
@given(text=st.one_of(st.text(), st.sampled_from(["null", "[]", "{}", "1", '""', '{"state": 1}', '{"v": 1, "profile": []}'])))
def test_what_was_saved_wrongly_begins_anew(text: str, world: World) -> None:
    assert read(text, world.ctx.knowledge).lost


def test_what_the_knowledge_lost_begins_anew(world: World) -> None:
    """Every saved place that names something which is gone is given up with a friendly line, not with an exception."""
    know = world.ctx.knowledge
    shelves = (know.conditions, know.points, know.matters, know.alarms, know.combinations, know.questions, know.lessons, know.flags, know.programmes)
    for seat in found_seats(world):
        text = written(seat)
        gone = {id_ for shelf in shelves for id_ in shelf if f'"{id_}"' in text or f'"{id_}/' in text}
        for old in (*(f'"{id_}' for id_ in gone), '"kind":"', '"v":1'):
            kept = read(text.replace(old, f"{old}-gone" if old[0] == '"' and old != '"v":1' else '"v":0'), know)
            moved = step(kept.seat, Said(at=MONDAY, token="next", words="hm"), world.ctx)
            for reply in moved.replies:
                for line in reply.lines:
                    world.ctx.phrasebooks["en"].say(line)


def test_a_profile_is_kept_when_the_place_is_lost(world: World) -> None:
    seat = known("pregnant", ("blood-thinners",))
    kept = read(written(seat).replace("ask_complaint", "gone_place"), world.ctx.knowledge)
    assert kept.lost
    assert kept.seat.profile == seat.profile
    assert kept.seat.settings == seat.settings


def test_a_guest_never_changes_the_host(world: World) -> None:
    """Whatever is answered about somebody else, the own profile stays."""
    chance = chance_of(9)
    for _ in range(20):
        own = replace(known("not").profile, matters=(Known("blood-thinners", TODAY),), pregnancy=PregnancyAnswer("not", TODAY))
        player = Player(world.ctx, replace(known("not"), profile=own))
        player.says("my wife has a headache")
        for _ in range(15):
            state = player.seat.state
            case = getattr(state, "case", None)
            if not isinstance(case, Case) or case.guest is None:
                break
            pressed(player, player.screens[-1], chance.randrange(999))
            assert player.seat.profile == own or getattr(player.seat.state, "case", None) is None, player.seat.state
