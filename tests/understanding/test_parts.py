"""Parts of a message, cut out of what was heard of the whole, are what would be read and heard of them alone."""

from __future__ import annotations

import pytest

from bot.catalog.model import Knowledge
from bot.understanding.index import Understanding, index_of
from bot.understanding.parts import Part, parts_of, whole

TOLD = (
    ("my knees ache on the stairs", "and the left hip too", "mum has migraine"),
    ("i cannot sleep", "sorry for the lonng mesage", "38,5 this morning and a sore throat"),
    ("no cough", "my nose is blocked", "im 12 weeks pregnant"),
)


@pytest.fixture(scope="module")
def index(knowledge: Knowledge) -> Understanding:
    return index_of(knowledge, "en")


def _parts(index: Understanding, text: str) -> list[Part]:
    heard = index.hearing(text)
    return parts_of(whole(heard, index.ranked(text)), (".", "!"))


@pytest.mark.parametrize("told", TOLD)
def test_a_part_is_what_would_be_heard_of_it_alone(index: Understanding, told: tuple[str, ...]) -> None:
    alone = [index.hearing(text) for text in told]
    for part, heard in zip(_parts(index, ". ".join(told)), alone, strict=True):
        assert part.said == heard.said
        read, by_itself = part.reading, heard.reading
        assert (read.tokens, read.clauses, read.breaks) == (by_itself.tokens, by_itself.clauses, by_itself.breaks)


def test_a_part_has_only_the_conditions_that_its_own_words_show(index: Understanding) -> None:
    first, second = _parts(index, "my knees ache on the stairs. i cannot sleep")
    assert [first.candidates[0].id, second.candidates[0].id] == ["knee-pain", "insomnia"]
    assert "insomnia" not in {one.id for one in first.candidates}


def test_one_sentence_has_no_parts(index: Understanding) -> None:
    assert _parts(index, "my knees ache on the stairs") == []


def test_a_part_keeps_the_text_that_its_words_stand_in(index: Understanding) -> None:
    for part in _parts(index, "no cough. my NOSE is blocked!! im 12 weeks pregnant"):
        for token in part.reading.tokens:
            assert part.reading.text[token.start : token.start + len(token.raw)] == token.raw
