"""Suicide, self-harm and abuse, line by line of the clinical review; and what every answer must say."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Literal

import pytest

from bot.catalog.model import Knowledge, Level
from bot.catalog.model.lines import Line
from bot.dialogue.here import Here
from bot.dialogue.kept import Favourite, Reminder
from bot.dialogue.states import Alarmed, AskCleared, AskComplaint, Case, Crisis, NoRoutine, PlanShown, SeeDoctor, State
from bot.dialogue.table import VIEWS
from bot.dialogue.values import Context, Due, Record, Seat, Settings
from bot.safety.profile import PregnancyAnswer, Profile
from bot.safety.triage import LEVELS
from bot.schedule import Rule
from bot.wiring import context_of
from tests.people import MONDAY, Player, Turn, lines_of

TODAY = MONDAY.date()
STEPS = ("ask", "again", "unsafe", "safe", "friend", "friend_again", "grounding")
CRISES = ("suicidal", "self-harm")
ABUSE = "my husband hits me and I am afraid of him"
AGAINST = re.compile(
    r"(stop|skip|leave out|reduce|replace|instead of) (taking |using )?(your |the |any )?(medic|tablet|pill|drug|insulin|doctor|treatment)"
    r"|(do not|don't|no need to|need not|never) (see|call|ask|go to|bother) (a |the |your )?(doctor|gp|midwife|ambulance|hospital)"
    r"|(will|can|may) (start|bring on|induce|speed up|trigger|harm|delay) (the )?(labour|labor|contractions|miscarriage)"
    r"|(harms?|hurts?) (the|your) baby\b|\bwill cure\b|\bcures\b",
    re.IGNORECASE,
)

ANYWHERE = "findahelpline.com"


@pytest.fixture(scope="module")
def real(knowledge: Knowledge) -> Context:
    return context_of(knowledge)


def seat_of(country: str = "", guessed: str = "") -> Seat:
    profile = Profile(PregnancyAnswer("not", TODAY), (), TODAY, "18-69")
    return Seat(AskComplaint(), profile=profile, turn="begin", settings=Settings(consent=TODAY, country=country, guessed=guessed))


def shown(state: State, seat: Seat, real: Context) -> tuple[str, list[str]]:
    """The words and the actions of a place."""
    replies = VIEWS[type(state)](state, Here(replace(seat, state=state), MONDAY, real))
    say = real.phrasebooks["en"].say
    words = "\n".join(say(line) for reply in replies for line in lines_of(reply))
    return words, [button.action for reply in replies for row in reply.buttons for button in row]


def lines_for(country: str, knowledge: Knowledge, *kinds: str) -> Iterator[tuple[str, str]]:
    for each in knowledge.countries[country].lines:
        if each.kind in kinds:
            yield each.number, each.open


# ---------------------------------------------------------------- numbers


@pytest.mark.parametrize("alarm", CRISES)
@pytest.mark.parametrize("step", STEPS)
def test_every_step_has_the_numbers_of_every_country_with_their_hours(alarm: str, step: str, real: Context) -> None:
    for country in real.knowledge.countries:
        words, actions = shown(Crisis(alarm, step), seat_of(country), real)  # type: ignore[arg-type]  # one of the steps
        assert ANYWHERE in words
        assert real.knowledge.countries[country].emergency in words
        assert "country" in actions, "one tap to change the country"
        for number, hours in lines_for(country, real.knowledge, "suicide"):
            assert number in words
            assert f"({hours})" in words


@pytest.mark.parametrize("step", STEPS)
def test_a_guess_is_only_a_labelled_suggestion(step: str, real: Context) -> None:
    words, _ = shown(Crisis("suicidal", step), seat_of(guessed="GB"), real)  # type: ignore[arg-type]  # one of the steps
    assert "guess" in words
    assert ANYWHERE in words
    unknown, _ = shown(Crisis("suicidal", step), seat_of(), real)  # type: ignore[arg-type]  # one of the steps
    assert ANYWHERE in unknown
    assert "local emergency number" in unknown
    assert not re.search(r"116 123|\b988\b", unknown), "no number of a country that is not known"


def test_every_line_says_when_it_answers_and_was_reviewed(knowledge: Knowledge) -> None:
    for country in knowledge.countries.values():
        assert country.emergency
        assert country.reviewed <= dt.date(2100, 1, 1)
        assert any(each.kind == "suicide" for each in country.lines), country.id
        for each in country.lines:
            assert each.open.strip(), (country.id, each.name)
            assert each.source in knowledge.sources, (country.id, each.name)


def test_the_numbers_of_the_review(knowledge: Knowledge) -> None:
    wanted = {
        "PT": ["1411"], "BE": ["1813", "0800 32 123"], "GB": ["116 123", "0808 808 8000", "111", "0808 2000 247", "55", "0800 1111"],
        "US": ["988", "HOME to 741741", "1-800-799-7233", "START to 88788"], "AU": ["1800 737 732"], "IE": ["1800 341 900"],
        "NO": ["113"], "NL": ["113"],
    }
    for country, numbers in wanted.items():
        told = " ".join(each.number for each in knowledge.countries[country].lines) + " " + knowledge.countries[country].emergency
        assert all(number in told for number in numbers), (country, told)
    for unverified in ("RU", "UA", "AR", "CL", "CO", "PE", "PL", "TW"):
        assert unverified not in knowledge.countries


def test_emergency_shows_the_numbers_at_any_time(real: Context) -> None:
    for words in ("", "my head hurts", "crushing chest pain", "I want to kill myself"):
        player = Player(real, seat_of("GB"))
        if words:
            player.says(words)
        turn = player.commands("emergency")
        assert all(number in turn.words for number in ("999", "116 123", ANYWHERE))


# ---------------------------------------------------------------- the path


@pytest.mark.parametrize("alarm", CRISES)
def test_the_order_of_the_first_screen(alarm: str, real: Context) -> None:
    """When to call at once, the direct question, the numbers, not alone, distance from means, then grounding."""
    words, _ = shown(Crisis(alarm), seat_of("GB"), real)
    places = [words.index(part) for part in ("999", "safe right now?", "116 123", "not stay alone", "istance", "feet on the floor")]
    assert places == sorted(places), words


@pytest.mark.parametrize("alarm", CRISES)
def test_no_cheer_no_point_in_any_step(alarm: str, real: Context) -> None:
    for step in STEPS:
        words, actions = shown(Crisis(alarm, step), seat_of("GB"), real)  # type: ignore[arg-type]  # one of the steps
        assert "!" not in words
        assert not re.search(r"\b(great|well done|cheer up|congrat|good job|routine)\b", words, re.IGNORECASE), words
        assert not {"start", "go", "tell", "areas"}.intersection(actions)


def walked(player: Player, *presses: str) -> Turn:
    turn = player.turns[-1]
    for press in presses:
        turn = player.presses(press)
    return turn


def test_misunderstood_never_closes_it_with_one_tap(real: Context) -> None:
    player = Player(real, seat_of("GB"))
    player.says("I keep thinking about killing myself")
    for words in ("I was joking", "never mind", "show me something for a headache", "no"):
        player.says(words)
        assert isinstance(player.seat.state, Crisis)
    for command in ("start", "cancel", "routine", "browse", "point", "profile", "learn"):
        player.commands(command)
        assert isinstance(player.seat.state, Crisis), command


def test_grounding_comes_after_and_keeps_the_numbers(real: Context) -> None:
    player = Player(real, seat_of("GB"))
    player.says("I want to end it all")
    turn = walked(player, "safe", "grounding")
    assert "five things" in turn.words
    assert "116 123" in turn.words


def test_a_version_for_a_friend(real: Context) -> None:
    player = Player(real, seat_of("GB"))
    player.says("my friend says she wants to kill herself")
    turn = walked(player, "friend")
    assert "Ask directly" in turn.words
    assert "Stay with them" in turn.words
    assert "116 123" in turn.words


def test_the_thread_stays_open_next_time(real: Context) -> None:
    reminder = Reminder("r1", Favourite("stress"), Rule((dt.time(9),)), due=MONDAY + dt.timedelta(hours=2))
    player = Player(real, replace(seat_of("GB"), reminders=(reminder,), recents=("stress",)))
    player.says("I want to kill myself")
    walked(player, "again", "close")
    assert player.seat.alarm is not None
    assert not player.seat.alarm.closed
    player.at = MONDAY + dt.timedelta(hours=2)
    assert not player.goes(Due(at=player.at, token="due", reminder="r1", late=0)).replies, "no invitation so soon"
    player.at = MONDAY + dt.timedelta(days=3)
    assert "/emergency" in player.commands("start").words
    player.presses("again:stress")
    assert isinstance(player.seat.state, AskCleared)
    assert isinstance(walked(player, "no") and player.seat.state, Crisis)


@pytest.mark.parametrize("flag", ["mood/mood-suicidal", "sleep/sleep-suicidal", "fatigue/fatigue-suicidal", "wellness/wellness-suicidal", "mood/mood-self-harm"])
def test_an_answer_to_a_red_flag_opens_the_same_path(flag: str, real: Context) -> None:
    list_ = flag.partition("/")[0]
    condition = next(c.id for c in real.knowledge.conditions.values() if c.flags == list_)
    player = Player(real, replace(seat_of("GB"), recents=(condition,)))
    player.commands("start")
    player.presses(f"again:{condition}")
    turn = player.presses(f"flag:{flag}")
    assert isinstance(player.seat.state, Crisis)
    assert "116 123" in turn.words


def test_hopeless_words_and_a_yes_open_the_same_path(real: Context) -> None:
    player = Player(real, seat_of("GB"))
    player.says("I feel hopeless, nothing has any point")
    for _ in range(6):
        if isinstance(player.seat.state, Crisis):
            break
        actions = [b.action for b in player.screens[-1][1]]
        player.presses(next(a for a in actions if a.startswith("yes") or a == "none"))
    assert isinstance(player.seat.state, Crisis)


# ---------------------------------------------------------------- abuse


def test_abuse_leaves_no_trace(real: Context) -> None:
    reminder = Reminder("r1", Favourite("stress"), Rule((dt.time(9),)), due=MONDAY + dt.timedelta(days=1))
    before = replace(seat_of("GB"), reminders=(reminder,), recents=("stress",))
    player = Player(real, before)
    first = player.says(ABUSE)
    assert "safe for you to read" in first.words
    assert "0808" not in first.words, "nothing before it is safe to read"
    second = player.presses("private:numbers")
    assert all(part in second.words for part in ("0808 2000 247", "999, then 55", "0800 1111", ANYWHERE))
    third = player.presses("private:exit")
    assert not re.search(r"abuse|hit|safe|violen|help", third.words, re.IGNORECASE)
    assert player.seat == replace(before, turn=player.seat.turn, answered=player.seat.answered)
    assert all(not isinstance(effect, Record) for turn in player.turns for effect in turn.effects)
    assert "private" not in repr(player.seat.answered)
    assert player.seat.alarm is None
    assert player.seat.trail == ()
    again = player.commands("start")
    assert "serious" not in again.words


def test_abuse_in_the_middle_of_something_leaves_no_trace(real: Context) -> None:
    player = Player(real, seat_of("US"))
    player.says("my head hurts")
    player.says(ABUSE)
    turn = player.presses("private:numbers")
    assert "1-800-799-7233" in turn.words
    assert player.seat.alarm is None
    assert "abuse" not in repr(player.seat)


def test_abuse_beside_a_danger_to_life_hides_neither(real: Context) -> None:
    player = Player(real, seat_of("GB"))
    turn = player.says("my husband hits me and now I have crushing chest pain and can't breathe")
    assert isinstance(player.seat.state, Alarmed)
    assert "999" in turn.words
    assert "safe for you to read" in turn.words
    turn = player.presses("private:numbers") if any(b.action == "private:numbers" for b in player.screens[-1][1]) else turn
    assert isinstance(player.seat.state, Alarmed)
    assert "abuse" not in repr(player.seat)


def test_abuse_said_during_an_alarm_asks_first_whether_it_is_safe_to_read(real: Context) -> None:
    player = Player(real, seat_of("GB"))
    player.says("crushing chest pain")
    turn = player.says(ABUSE)
    assert "safe for you to read" in turn.words
    assert "0808" not in turn.words
    assert isinstance(player.seat.state, Alarmed)
    assert "abuse" not in repr(player.seat)


# ---------------------------------------------------------------- what every answer says


def said(keys: list[Line]) -> set[str]:
    return {line.key for line in keys}


def answers(knowledge: Knowledge) -> Iterator[tuple[State, Level]]:
    for condition in knowledge.conditions:
        for level in ("self-care", "with-care", "doctor-soon"):
            case = Case((condition,), flags="none", severity=3, new=False, level=level)
            yield PlanShown(case), level
            yield NoRoutine(case), level
    for level in LEVELS[:3]:
        yield SeeDoctor(level, "unsure", case=Case(("headache",))), level
        yield SeeDoctor(level, "severe", case=Case(("headache",))), level


def test_every_answer_says_how_urgent_and_what_if_it_gets_worse(real: Context) -> None:
    for state, level in answers(real.knowledge):
        replies = VIEWS[type(state)](state, Here(replace(seat_of(), state=state), MONDAY, real))
        keys = said([line for reply in replies for line in reply.lines])
        name = level.replace("-", "_")
        assert {f"level.{name}", f"level.{name}_worse"} <= keys, (state, keys)


def test_every_alarm_says_what_to_do_first_and_that_there_are_no_points(real: Context) -> None:
    for alarm, facts in real.knowledge.alarms.items():
        if facts.crisis or facts.private:
            continue
        levels: tuple[Literal["", "same-day"], ...] = ("", "same-day")
        for level in levels:
            words, _ = shown(Alarmed(alarm, "confirmed", level=level), seat_of("GB"), real)
            assert "gets worse" in words, alarm
            assert "no points" in words, alarm
            assert "999" in words or (level or facts.level) == "same-day", alarm


@pytest.mark.parametrize("alarm", ["cardiac", "stroke", "breathing", "anaphylaxis", "severe-bleeding", "suicidal"])
def test_the_action_comes_before_the_question(alarm: str, real: Context) -> None:
    assert real.knowledge.alarms[alarm].action_first
    state: State = Crisis(alarm) if real.knowledge.alarms[alarm].crisis else Alarmed(alarm, sure=False)
    words, _ = shown(state, seat_of("GB"), real)
    assert words.index("999") < words.index("?")


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for each in value:
            yield from texts(each)
    elif hasattr(value, "items"):
        for each in value.values():
            yield from texts(each)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from texts(getattr(value, name))


def test_no_sentence_speaks_against_doctor_or_medicine_or_of_labour(knowledge: Knowledge) -> None:
    words, found = knowledge.words["en"], []
    for shelf in ("texts", "conditions", "matters", "flags", "combinations", "alarms", "questions", "lessons", "points", "refused"):
        for id_, one in getattr(words, shelf).items():
            phrases = set(getattr(one, "phrases", ()))
            said_ = (text for text in texts(one) if text not in phrases)
            found += [(shelf, id_, sentence) for text in said_ for sentence in re.split(r"(?<=[.?!])\s", text) if AGAINST.search(sentence)]
    wrong = [each for each in found if not re.search(r"\b(no|not|never|nothing|neither|without asking|ask)\b", each[2], re.IGNORECASE)]
    assert not wrong, wrong


# ---------------------------------------------------------------- under age


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("age", ["2-11", "12-15", "16-17"])
def test_somebody_under_age_sees_a_line_for_children_or_where_to_find_one(step: str, age: str, real: Context) -> None:
    for country in real.knowledge.countries:
        seat = replace(seat_of(country), profile=Profile(age=age))  # type: ignore[arg-type]  # an age group
        words, _ = shown(Crisis("suicidal", step), seat, real)  # type: ignore[arg-type]  # one of the steps
        children = list(lines_for(country, real.knowledge, "child"))
        assert all(number in words for number, _ in children)
        assert ("young people" in words) != bool(children), country
        assert all(number in words for number, _ in lines_for(country, real.knowledge, "suicide"))


def test_a_line_for_children_is_not_shown_to_grown_ups(real: Context) -> None:
    words, _ = shown(Crisis("suicidal"), seat_of("GB"), real)
    assert "0800 1111" not in words
