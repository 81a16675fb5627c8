"""How bad it is, in short answers."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.catalog.model import Knowledge
from bot.understanding.how_bad import HowBad, how_bad, worst_of

SAID = {
    "five": 5, "6.5": 7, "6,4": 6, "7/10": 7, "70/100": 7, "about a 4": 4, "8 or 9": 9, "5-6": 6, "between 5 and 6": 6, "10": 10, "zero": 0,
    "seven out of ten": 7, "3ish": 3, "it's a 7": 7, "-1": None, "100": None, "eleven": None, "12/10": None, "6 - 7": 7, "7/10 or 8/10": 8, "8th": 8, "7 / 10": 7, "4 ish": 4, "5 but it was 8 yesterday": 5, "6, although it was worse this morning": 6,
    "3 but sometimes 9": 9, "2 now but 8 at night": 8, "3 when sitting, 7 when walking": 7, "from 8 to 3": 3, "down from 8 to 3": 3, "went from 6 to 2": 2,
    "up from 3 to 6": 6, "3, thanks": 3, "how bad? like a solid 7 maybe 8": 8, "5?": 5, "i will give it seven": 7, "id give it a 5 love": 5, "put me at 6": 6, "oh its bad love about an eight or nine": 9, "its pretty bad, 8": 8,
    "it has gone from 7 to 4": 4, "down to 3 from 8": 3, "it came down to 4 now": 4, "a 4 please": 4,
}
WORDS = {"bad": 7, "very bad": 8, "unbearable": 10, "Unbearable!": 10, "not too bad": 3, "moderate": 5, "no pain": 0, "completely gone, thank you so much": 0, "it's killing me": 9}
NOTHING = ("my knee hurts", "5 days", "since 3 weeks", "what", "", "I am 40", "half past 7 in the morning", "3 pills", "3yrs", "2wks", "5mg", "2h", "1,000", "1.000", "4/5", "7/10 or 4/5", "70/100 or 6/10", "10/3", "1/2", "it was 8 but 5 now", "i will give it 5 minutes", "i'd say 3 days", "put me at ease")
EACH = {"neck 3, heat 5": 5, "neck 3 heat 5": 5, "left 2 and right 4": 4, "legs 4": 4, "neck 3 of 10": 3}
NOT_EACH = ("from 7 to 4", "i took 2 of them", "neck 3, heat", "my neck is much better, it was 3")


@pytest.mark.parametrize(("text", "number"), SAID.items())
def test_numbers(text: str, number: int | None, knowledge: Knowledge) -> None:
    lexicon = knowledge.words["en"].lexicon
    assert lexicon is not None
    assert how_bad(text, lexicon) == HowBad(number)


@pytest.mark.parametrize(("text", "number"), WORDS.items())
def test_words(text: str, number: int, knowledge: Knowledge) -> None:
    lexicon = knowledge.words["en"].lexicon
    assert lexicon is not None
    assert how_bad(text, lexicon) == HowBad(number, "word")


@pytest.mark.parametrize("text", NOTHING)
def test_no_answer(text: str, knowledge: Knowledge) -> None:
    lexicon = knowledge.words["en"].lexicon
    assert lexicon is not None
    assert how_bad(text, lexicon) is None


@given(text=st.text(max_size=60))
@settings(suppress_health_check=list(HealthCheck), deadline=None)
def test_anything(text: str, knowledge: Knowledge) -> None:
    lexicon = knowledge.words["en"].lexicon
    assert lexicon is not None
    said = how_bad(text, lexicon)
    assert said is None or said.number is None or said.number in range(11)


@pytest.mark.parametrize(("text", "number"), EACH.items())
def test_the_worst_of_its_parts(text: str, number: int, knowledge: Knowledge) -> None:
    lexicon = knowledge.words["en"].lexicon
    assert lexicon is not None
    assert worst_of(text, lexicon) == HowBad(number)


@pytest.mark.parametrize("text", NOT_EACH)
def test_no_number_for_each_part(text: str, knowledge: Knowledge) -> None:
    lexicon = knowledge.words["en"].lexicon
    assert lexicon is not None
    assert worst_of(text, lexicon) is None
