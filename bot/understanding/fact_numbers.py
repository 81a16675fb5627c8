"""The numbers of a message: figures, number words, and what belongs to them."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from bot.catalog.model.lexicon import Lexicon
from bot.understanding.words import Reading

LONGEST = 3
"""What follows a number and belongs to it has at most so many words."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number in the message: its value, its tokens, and the first token as it was written ("40+2", "8/10"); "" for one of two words
    ("forty two")."""

    value: float
    first: int
    last: int
    text: str


class Numbers:
    """Reads the numbers of one language."""

    def __init__(self, lexicon: Lexicon, stem: Callable[[str], str]) -> None:
        words = lexicon.facts.words
        self._numbers = {stem(word): value for word, value in lexicon.writing.numbers.items()}
        self._halves = [tuple(text.split()) for text in words.get("half", ())]
        self._ordinals = frozenset(words.get("ordinal", ()))

    def read(self, reading: Reading) -> list[Number]:
        """Figures and number words; "forty two" is one number, and so is "27th"."""
        found: list[Number] = []
        words = reading.words if reading.has_figures or not self._numbers.keys().isdisjoint(reading.words) else ()
        for place, word in enumerate(words):
            written = word[0].isdecimal()
            value = _figure(word) if written else self._numbers.get(word)
            if value is None:
                continue
            before = found[-1] if found and not written else None
            if before and before.last == place - 1 and before.value in range(20, 100, 10) and 0 < value < 10:
                found[-1] = Number(before.value + value, before.first, place, "")
            else:
                found.append(Number(value, place, place + self._more(words[place + 1 : place + 1 + LONGEST]), word))
        return found

    def _more(self, after: tuple[str, ...]) -> int:
        """How many of the words after a number belong to it: "27th", "five and a half"."""
        if after[:1] and after[0] in self._ordinals:
            return 1
        return next((len(half) for half in self._halves if after[: len(half)] == half), 0)


def _figure(text: str) -> float | None:
    head = text.split("+", maxsplit=1)[0].split("/", maxsplit=1)[0]
    try:
        value = float(head.replace(",", "."))
    except ValueError:
        return None
    return value if math.isfinite(value) else None
