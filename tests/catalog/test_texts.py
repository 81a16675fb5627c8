"""Key and facts to words."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest

from bot.catalog.model import AlarmWords, Country, Knowledge, Language, Words
from bot.catalog.model.knowledge import Text
from bot.catalog.model.lines import Fact, Line, Ref
from bot.catalog.texts import Phrasebook, UnsaidError, placeholders

ENGLISH: dict[str, Text] = {
    "talk.hello": "Hello, {name}.",
    "talk.points": {"plural": "n", "one": "{n} point", "other": "{n} points"},
    "talk.plan": "**{names}**: {points}.",
    "talk.do": "Now:\n- {do}\nEnd.",
    "talk.flow": "Now: {do}",
    "talk.when": "{when}",
    "talk.number": "{number}",
    "talk.two": "{names} hurt\nthen {names}",
    "talk.english": "Only English",
}
POLISH: dict[str, Text] = {
    "talk.points": {"plural": "n", "one": "{n} punkt", "few": "{n} punkty", "many": "{n} punktów", "other": "{n} punktu"},
}
CARDIAC = AlarmWords(
    id="cardiac", title="the heart", do=("Call {number} now.", "Sit down."), not_do=(), ask="Pain?", ask_again="Pressure?", closed="",
)
GB = Country(id="GB", name="United Kingdom", emergency="999", lines=(), reviewed=dt.date(2026, 10, 1), status="seen")


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    """English, and Polish that has just begun."""
    nothing: dict[str, Any] = {field.name: {} for field in dataclasses.fields(Knowledge)}
    languages = {
        "en": Language(id="en", name="English", complete=True, locale="en-GB"),
        "pl": Language(id="pl", name="polski", complete=False),
    }
    english = Words(language="en", texts=ENGLISH, alarms={"cardiac": CARDIAC})
    polish = Words(language="pl", texts=POLISH, alarms={"cardiac": dataclasses.replace(CARDIAC, title="")})
    return Knowledge(**nothing | {"languages": languages, "words": {"en": english, "pl": polish}, "countries": {"GB": GB}})


def say(knowledge: Knowledge, key: str, language: str = "en", **facts: Fact) -> str:
    return Phrasebook(knowledge, language).say(Line(key, facts))


def test_a_placeholder_is_filled(knowledge: Knowledge) -> None:
    assert say(knowledge, "talk.hello", name="Ann") == "Hello, Ann."


def test_a_mark_in_a_fact_marks_nothing(knowledge: Knowledge) -> None:
    assert say(knowledge, "talk.hello", name="**Ann**") == "Hello, Ann."


@pytest.mark.parametrize(("n", "said"), [(1, "1 punkt"), (2, "2 punkty"), (5, "5 punktów"), (22, "22 punkty"), (1.5, "1,5 punktu")])
def test_plural_forms_are_those_of_the_language(knowledge: Knowledge, n: float, said: str) -> None:
    assert said == say(knowledge, "talk.points", "pl", n=n)


def test_lines_stand_inside_lines(knowledge: Knowledge) -> None:
    points = Line("talk.points", {"n": 1})

    assert say(knowledge, "talk.plan", names=("headache", "nausea"), points=points) == "**Headache and nausea**: 1 point."


def test_a_row_that_is_a_list_is_repeated(knowledge: Knowledge) -> None:
    number = Ref("country", "GB", "emergency")

    assert say(knowledge, "talk.do", do=Ref("alarm", "cardiac", "do"), number=number) == "Now:\n- Call 999 now.\n- Sit down.\nEnd."


def test_a_row_for_no_items_is_left_out(knowledge: Knowledge) -> None:
    assert say(knowledge, "talk.do", do=Ref("alarm", "cardiac", "not_do")) == "Now:\nEnd."
    assert say(knowledge, "talk.do", do=()) == "Now:\nEnd."


def test_sentences_in_a_row_follow_each_other(knowledge: Knowledge) -> None:
    assert say(knowledge, "talk.flow", do=Ref("alarm", "cardiac", "do"), number="112") == "Now: Call 112 now. Sit down."


def test_only_the_beginning_of_a_row_gets_a_capital(knowledge: Knowledge) -> None:
    assert say(knowledge, "talk.two", names=("nausea", "pain")) == "Nausea and pain hurt\nthen nausea and pain"


@pytest.mark.parametrize(("when", "said"), [
    (dt.date(2026, 11, 22), "22 November 2026"), (dt.time(7, 5), "07:05"), (dt.datetime(2026, 1, 2, 3, 4), "2 January 2026, 03:04"),  # noqa: DTZ001 - a wall clock
])
def test_days_and_hours_are_written_as_the_place_does(knowledge: Knowledge, when: dt.date | dt.time, said: str) -> None:
    assert said == say(knowledge, "talk.when", when=when)


def test_what_a_language_lacks_is_said_in_english(knowledge: Knowledge) -> None:
    assert say(knowledge, "talk.english", "pl") == "Only English"
    assert say(knowledge, "talk.when", "pl", when=Ref("alarm", "cardiac", "title")) == "The heart"


def test_a_part_of_the_words_is_named_with_a_dot(knowledge: Knowledge) -> None:
    assert say(knowledge, "talk.when", when=Ref("alarm", "cardiac", "do.1")) == "Sit down."


def test_a_field_left_empty_is_said_as_nothing(knowledge: Knowledge) -> None:
    assert say(knowledge, "talk.when", when=Ref("alarm", "cardiac", "closed")) == ""


@pytest.mark.parametrize(("key", "facts"), [
    ("talk.nothing", {}), ("talk.hello", {}), ("talk.points", {"n": "many"}),
    ("talk.when", {"when": Ref("alarm", "stroke", "title")}), ("talk.when", {"when": Ref("alarm", "cardiac", "titel")}),
])
def test_what_nobody_can_say_is_an_error_of_ours(knowledge: Knowledge, key: str, facts: dict[str, Fact]) -> None:
    with pytest.raises(UnsaidError):
        Phrasebook(knowledge, "en").say(Line(key, facts))


def test_the_facts_a_text_needs() -> None:
    assert {"n"} == placeholders(ENGLISH["talk.points"])
    assert {"names", "points"} == placeholders(ENGLISH["talk.plan"])


def test_equal_lines_are_one_in_a_set() -> None:
    lines = {Line("a.b", {"n": 1}), Line("a.b", {"n": 1}), Line("a.b", {"n": 2})}

    assert len(lines) == 2
