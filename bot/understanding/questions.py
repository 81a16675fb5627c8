"""Which of our questions is asked: by the words it shares with their phrases, and by what the second ear learnt."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from bot.understanding.hear import Hearing
from bot.understanding.learned import ASKED, Likely

UNKNOWN, FAR = 0.8, 0.4
"""Weight of a word that stands in no question; a message that can fit none better than this asks none."""
NEAR, HEARD = 0.45, 0.6
"""Below both, by words and by what was learnt, no question of ours is near."""
UNHEARD = -4.0
"""What is less likely than this (a logarithm) was not heard."""
COMMON = 0.1
"""Words that stand in a hundred phrases or more do not tell one question from another."""
PART = 0.9
"""A question that is one sentence of a message counts a little less than a message of its own."""


class Asked(NamedTuple):
    """One of our questions, how well the words fit (0 to 1), and how likely it is by what was learnt, if it is one."""

    id: str
    share: float
    heard: float = 0.0

    @property
    def near(self) -> bool:
        return self.share >= NEAR or self.heard >= HEARD


UNASKED = Asked("", 0.0)


class Questions:
    """Our questions with their phrases as word stems. `marks`: what ends a sentence."""

    def __init__(self, phrases: Mapping[str, Sequence[frozenset[str]]], marks: Iterable[str]) -> None:
        self._marks = frozenset(marks)
        spread = Counter(unit for group in phrases.values() for phrase in group for unit in phrase)
        weight = {unit: 1 / math.sqrt(count) for unit, count in spread.items()}
        self._common = frozenset(unit for unit, one in weight.items() if one <= COMMON)
        self._weight = {unit: one for unit, one in weight.items() if one > COMMON}
        self._phrases = [
            (name, phrase, sum(self._weight.get(unit, 0.0) for unit in phrase))
            for name, group in phrases.items()
            for phrase in group
        ]
        self._exactly = {phrase: name for name, phrase, _ in self._phrases}
        self._by_unit: dict[str, list[int]] = defaultdict(list)
        for number, (_, phrase, _total) in enumerate(self._phrases):
            for unit in phrase:
                self._by_unit[unit].append(number)

    def exactly(self, heard: Hearing) -> Asked:
        """The question that has these words to the letter."""
        name = self._exactly.get(frozenset(heard.reading.stems), "")
        return Asked(name, 1.0) if name else UNASKED

    def nearest(self, heard: Hearing, likely: Likely | None) -> Asked:
        """The one that fits the whole message, or one sentence of it, best; to the letter whatever was learnt."""
        if (same := self.exactly(heard)).id:
            return same
        near = self._near(heard.reading.stems)
        parts = [part for part in self._sentences(heard) if len(part) > 1]
        for part in parts if len(parts) > 1 else ():
            for name, share in self._near(part).items():
                near[name] = max(near.get(name, 0.0), share * PART)
        logs = likely.of(ASKED) if likely else {}
        learnt = {name: math.exp(log) for name, log in logs.items() if log > UNHEARD}
        if not near and not learnt:
            return UNASKED
        best = max({**near, **learnt}, key=lambda name: near.get(name, 0.0) + learnt.get(name, 0.0))
        return Asked(best, near.get(best, 0.0), learnt.get(best, 0.0))

    def _sentences(self, heard: Hearing) -> Iterator[list[str]]:
        stems = heard.reading.stems
        found: list[str] = []
        for (first, last), mark in zip(heard.reading.clauses, heard.reading.breaks, strict=True):
            if mark in self._marks:
                yield found
                found = []
            found += stems[first:last]
        yield found

    def _near(self, units: Iterable[str]) -> dict[str, float]:
        """How well each question fits that shares a word."""
        mine = frozenset(units)
        known = [(unit, self._weight[unit]) for unit in mine if unit in self._weight]
        most = sum(weight for _, weight in known)
        own = most + UNKNOWN * sum(unit not in self._weight and unit not in self._common for unit in mine)
        if 2 * most < FAR * (own + most):
            return {}
        shared: dict[int, float] = defaultdict(float)
        for unit, weight in known:
            for number in self._by_unit[unit]:
                shared[number] += weight
        found: dict[str, float] = {}
        for number, said in shared.items():
            name, _, total = self._phrases[number]
            found[name] = max(found.get(name, 0.0), 2 * said / (own + total))
        return found
