"""Who is spoken of, and whether it is clear that it is for them."""

from __future__ import annotations

import pytest

from bot.catalog.model import Knowledge
from bot.dialogue.here import Here
from bot.dialogue.values import Context
from bot.saved import new_seat
from bot.understanding.people import MAN, NOBODY, OPEN, WOMAN, named
from tests.people import MONDAY


@pytest.mark.parametrize(("text", "who"), [
    ("my husband has a headache", "man"), ("my partner is 30, he has a headache", "man"), ("my wife", "woman"), ("my friend", "anyone"),
    ("my husband says my sister is ill", "anyone"), ("our kid, says my husband", "anyone"), ("they are cramps", ""), ("i have a headache", ""),
])
def test_named(text: str, who: str, knowledge: Knowledge) -> None:
    lexicon = knowledge.words["en"].lexicon
    assert lexicon is not None
    assert named(text, lexicon) == who


@pytest.mark.parametrize(("text", "heard"), [
    ("my husband has a headache", {MAN, OPEN}), ("for my dad: knee pain", {MAN, OPEN}), ("my brother recommended this for constipation", {MAN, OPEN}),
    ("my wife has back pain", {WOMAN}),
    ("my husband has neck trouble. he is 45, sore neck", {MAN, OPEN}), ("my husband is a pain, headache", {MAN, OPEN}), ("my partner has back pain", set()),
    ("they are just hiccups", {NOBODY}), ("my knee hurts", set()),
])
def test_heard(text: str, heard: set[str], ctx: Context) -> None:
    meaning = Here(new_seat("en"), MONDAY, ctx).meaning(text)
    assert {each for each in meaning.concepts if each.startswith("spoken-of")} == heard
    assert meaning.topic != "animal"
