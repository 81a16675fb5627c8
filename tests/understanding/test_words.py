"""Spelling, base words and clauses."""

from __future__ import annotations

import pytest

from bot.catalog.model import Knowledge
from bot.understanding.index import understanding
from bot.understanding.words import Reader, normalise


@pytest.fixture(scope="module")
def reader(knowledge: Knowledge) -> Reader:
    return understanding(knowledge.words["en"], knowledge).reader


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("STOMACHPAIN", "stomach pain"),
        ("head ache", "headache"),
        ("migrane", "migraine"),
        ("wirst", "wrist"),
        ("shulder", "shoulder"),
        ("diarrhoea", "diarrhoea"),
        ("stomack", "stomach"),
        ("lower bak", "lower back"),
        ("soooo tired", "so tired"),
        ("my neck\u2019s stiff", "my neck stiff"),
        ("pooo", "poo"),
        ("light-headed", "lightheaded"),
        ("frm", "from"),
        ("Lisbon", "lisbon"),
    ],
)
def test_words_are_repaired_only_when_nobody_knows_them(reader: Reader, written: str, read: str) -> None:
    assert " ".join(reader.read(written).words) == read


@pytest.mark.parametrize(
    ("bent", "base"),
    [
        ("aching", "ache"),
        ("knees", "knee"),
        ("cramping", "cramp"),
        ("stiffness", "stiff"),
        ("anaesthetic", "anesthetic"),
        ("feet", "foot"),
        ("evening", "evening"),
    ],
)
def test_bent_words_have_a_base(reader: Reader, bent: str, base: str) -> None:
    assert reader.stem(bent) == base


def test_clauses_end_at_marks_and_at_joining_words(reader: Reader) -> None:
    reading = reader.read("my knee hurts, but my hip is fine")
    assert [reading.words[first:last] for first, last in reading.clauses] == [
        ("my", "knee", "hurts"),
        ("but", "my", "hip", "is", "fine"),
    ]


def test_numbers_keep_their_signs(reader: Reader) -> None:
    assert reader.read("40+2, 8/10, 39.5C, 22wks").words == ("40+2", "8/10", "39.5", "c", "22", "weeks")


def test_invisible_characters_are_dropped() -> None:
    assert normalise("he\u200bad\u202e \uff48urts\ufe0f") == "head hurts"
