"""What is named and not told, as people say it."""

from __future__ import annotations

import pytest

from bot.catalog.model import Knowledge
from bot.catalog.model.lexicon import Lexicon
from bot.understanding import untold


@pytest.fixture(scope="module")
def lexicon(knowledge: Knowledge) -> Lexicon:
    found = knowledge.words["en"].lexicon
    assert found is not None
    return found


@pytest.mark.parametrize("words", [
    "what is sickle", "What's a blood thinner?", "what mean bleeding disorder", "what does lymphoedema mean", "sorry, what are blood thinners please",
])
def test_asked_what_it_is(words: str, lexicon: Lexicon) -> None:
    assert untold.asks_what(words, lexicon)


@pytest.mark.parametrize("words", [
    "what is safe on blood thinners", "what is good for my epilepsy", "what are the points with warfarin", "what", "what is it like when you have epilepsy",
    "I have sickle cell", "I take warfarin, what is this", "what is wrong, epilepsy?",
])
def test_told_with_a_question(words: str, lexicon: Lexicon) -> None:
    assert not untold.asks_what(words, lexicon)


@pytest.mark.parametrize(("words", "rest"), [
    ("is LI4 safe if I'm pregnant", "is LI4 safe"), ("if pregnant, is it ok?", "is it ok"), ("I'm pregnant, is it ok if I press", "I'm pregnant. is it ok"),
    ("I'm pregnant", None), ("a sniff helps", None),
])
def test_what_is_only_supposed(words: str, rest: str | None, lexicon: Lexicon) -> None:
    assert untold.without_supposed(words, lexicon) == rest


@pytest.mark.parametrize(("words", "what"), [
    ("remove blood thinners", "blood thinners"), ("please take epilepsy off", "epilepsy"), ("can you untick lymphoedema", "lymphoedema"), ("take off the epilepsy", "the epilepsy"),
    ("I take blood thinners", ""), ("how to remove pain", ""), ("had my gallbladder removed", ""), ("take care", ""),
])
def test_taken_off(words: str, what: str, lexicon: Lexicon) -> None:
    assert " ".join(untold.removes(words, lexicon)) == what


@pytest.mark.parametrize(("words", "said"), [
    ("actually no that was my dad", True), ("no thats my dad", True), ("sorry I meant my mum", True), ("that was my fault", False), ("my dad said that was good", False),
])
def test_that_was_another(words: str, said: bool, lexicon: Lexicon) -> None:  # noqa: FBT001 - a column of the table
    assert untold.was_another(words, lexicon) is said


@pytest.mark.parametrize(("words", "said"), [
    ("actually I had the baby!", True), ("actually test was negative", True), ("ok i did test its negative", True), ("my covid test was negative", False), ("the baby kicks", False),
])
def test_born_or_tested(words: str, said: bool, lexicon: Lexicon) -> None:  # noqa: FBT001 - a column of the table
    assert untold.born_or_tested(words, lexicon) is said
