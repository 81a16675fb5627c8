"""What stands at a place of a message, for those who look for facts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.understanding.hear import Heard, Hearing
from bot.understanding.scope import PEOPLE

BESIDE = 3
"""How many tokens may lie between two things said of each other."""
ANSWER = 4
"""An answer has at most so many words."""
BABIES = ("small-child", "unborn")
"""Persons of whom nobody says that they are pregnant: "up the duff with twins"."""


def is_at(hearing: Hearing, place: int, concept: str) -> bool:
    said = hearing.by_id.get(concept)
    return said is not None and any(one.first <= place <= one.last for one in said)


def is_any_at(hearing: Hearing, place: int, concepts: Iterable[str]) -> bool:
    return any(is_at(hearing, place, concept) for concept in concepts)


def is_somebody(hearing: Hearing, place: int) -> bool:
    return is_any_at(hearing, place, PEOPLE)


def is_baby(hearing: Hearing, person: Heard) -> bool:
    return is_any_at(hearing, person.first, BABIES)


def back(hearing: Hearing, place: int, begin: int, skipped: Sequence[str]) -> int:
    """The first place before that is none of those, or just before the beginning of the clause."""
    while place >= begin and is_any_at(hearing, place, skipped):
        place -= 1
    return place
