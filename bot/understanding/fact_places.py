"""What stands at a place of a message, for those who look for facts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.understanding.hear import Heard, Hearing
from bot.understanding.scope import PEOPLE

BESIDE = 3
"""How many tokens may lie between two things said of each other."""
ANSWER = 4
"""An answer has at most so many words."""
BABIES = ("small-child", "unborn", "months-ago")
"""Persons of whom nobody says that they are pregnant or feed a child: "up the duff with twins", "a 5 month old"."""


def is_at(hearing: Hearing, place: int, concept: str) -> bool:
    return is_any_at(hearing, place, (concept,))


def is_any_at(hearing: Hearing, place: int, concepts: Iterable[str]) -> bool:
    by_id = hearing.by_id
    for concept in concepts:  # a loop, for it is asked a dozen times of every number
        for _, first, last, _, _ in by_id.get(concept, ()):
            if first <= place <= last:
                return True
    return False


def is_somebody(hearing: Hearing, place: int) -> bool:
    return is_any_at(hearing, place, PEOPLE)


def is_baby(hearing: Hearing, person: Heard) -> bool:
    return any(is_any_at(hearing, place, BABIES) for place in range(person.first, person.last + 1))


def back(hearing: Hearing, place: int, begin: int, skipped: Sequence[str]) -> int:
    """The first place before that is none of those, or just before the beginning of the clause."""
    while place >= begin and is_any_at(hearing, place, skipped):
        place -= 1
    return place
