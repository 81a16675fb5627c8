"""What is said to an alarm instead of an answer."""

from __future__ import annotations

import re

import pytest

from bot.catalog.model import Knowledge
from bot.understanding.remarks import remarks_in

SLOT = re.compile(r"\{(\w+)\}")


def test_every_phrase_is_of_its_kind(knowledge: Knowledge) -> None:
    lexicon = knowledge.words["en"].lexicon
    assert lexicon is not None
    told = lexicon.remarks
    for kind, phrases in told.said.items():
        for phrase in phrases:
            while SLOT.search(phrase):
                phrase = SLOT.sub(lambda found: told.words[found[1]][-1], phrase)  # noqa: PLW2901
            assert remarks_in(phrase, lexicon)[0][:1] == (kind,), phrase


@pytest.mark.parametrize(("text", "kinds", "only"), [
    ("I'm safe now.", ("safe",), True),
    ("ok, i am safe right now", ("safe",), True),
    ("i am not safe right now", ("not_safe",), True),
    ("I don't think I am safe", ("not_safe",), True),
    ("paramedics checked me, ok", ("seen",), True),
    ("please don\u2019t tell anyone!", ("secret",), True),
    ("i can't call anyone because he is so strange", ("cannot_call",), False),
    ("they are just Braxton Hicks and the midwife said its fine", ("own_reason", "seen"), True),
])
def test_remarks(text: str, kinds: tuple[str, ...], only: bool, knowledge: Knowledge) -> None:  # noqa: FBT001
    lexicon = knowledge.words["en"].lexicon
    assert lexicon is not None
    assert remarks_in(text, lexicon) == (kinds, only)


@pytest.mark.parametrize("text", [
    "i wish i was safe", "am i safe", "is she safe", "the doctor said i must go to hospital",
    "the doctor said its serious", "it has not stopped", "its not fine", "she is not ok", "i cant breathe", "ok", "yes", "no", "", "a" * 300,
])
def test_no_remark(text: str, knowledge: Knowledge) -> None:
    lexicon = knowledge.words["en"].lexicon
    assert lexicon is not None
    assert remarks_in(text, lexicon)[0] == ()
