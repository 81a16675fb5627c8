"""Whose turn it is, as people say it."""

from __future__ import annotations

import pytest

from bot.catalog.model import Knowledge
from bot.catalog.model.lexicon import Lexicon
from bot.understanding import turns

OWN = {
    "now me: I have a headache": False, "ok now for me: I get tension headaches": False, "and me, I can't sleep": False,
    "now me I've a sore neck": False, "she's sorted. my turn: my back hurts": False, "Now for me": True, "actually can we do me now": True,
    "ok thanks, my turn": True, "for myself now please": True, "and me?": True, "what about me?": True,
}
NOT_OWN = (
    "it hurts me now", "she told me, now my head hurts", "mum and me have headaches", "between you and me it helps", "now my head hurts",
    "can she do me a favour", "me mum has a headache",
)
ANOTHER = {"and for mum again": True, "now for my husband please": True, "now my mum, she feels sick": False, "ok next my dad has a headache": False}
NOT_ANOTHER = ("now she feels sick", "my mum feels sick now", "now I feel sick like my mum", "my dad is next")


@pytest.fixture(scope="module")
def lexicon(knowledge: Knowledge) -> Lexicon:
    found = knowledge.words["en"].lexicon
    assert found is not None
    return found


@pytest.mark.parametrize("words", OWN)
def test_back_to_the_writer(words: str, lexicon: Lexicon) -> None:
    turn = turns.to_the_writer(words, lexicon)

    assert turn is not None
    assert turn.bare is OWN[words]


@pytest.mark.parametrize("words", NOT_OWN)
def test_no_turn_of_the_writer(words: str, lexicon: Lexicon) -> None:
    assert turns.to_the_writer(words, lexicon) is None


@pytest.mark.parametrize("words", ANOTHER)
def test_on_to_somebody_who_is_named(words: str, lexicon: Lexicon) -> None:
    turn = turns.to_another(words, lexicon)

    assert turn is not None
    assert turn.bare is ANOTHER[words]


@pytest.mark.parametrize("words", NOT_ANOTHER)
def test_nobody_who_is_next(words: str, lexicon: Lexicon) -> None:
    assert turns.to_another(words, lexicon) is None


@pytest.mark.parametrize("words", [
    "can lena do it too", "lena wants to do it as well please", "a routine for two people please", "can my partner do it too?",
    "my wife is pregnant and wants to do it with me", "can I do the same points on mum? she has lymphoedema", "my gran would like to join in",
])
def test_a_routine_for_somebody_else_too(words: str, lexicon: Lexicon) -> None:
    assert turns.is_shared(words, lexicon)


@pytest.mark.parametrize("words", ["can I do it as well at night", "may i do it too", "do I do it together", "don't do it too hard", "I want to do the same"])
def test_nobody_else(words: str, lexicon: Lexicon) -> None:
    assert not turns.is_shared(words, lexicon)


@pytest.mark.parametrize("words", [
    "can hubby press my lower back", "could my wife do it for me", "is it ok if my mum massages my feet", "can my son push these points for me", "should my partner press them",
])
def test_somebody_presses_the_writer(words: str, lexicon: Lexicon) -> None:
    assert turns.presses_the_writer(words, lexicon)


@pytest.mark.parametrize("words", [
    "my husband pressed my neck and now it is sore", "can I press my husband's back", "can my son press his own points", "can I press my back", "my mum can not sleep",
])
def test_nobody_presses_the_writer(words: str, lexicon: Lexicon) -> None:
    assert not turns.presses_the_writer(words, lexicon)
