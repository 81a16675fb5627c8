"""What the second ear hears of a message, as numbers: words, neighbours, concepts, word groups of the alarms, pairs of them,
and how clear the complaint is. The number of a feature is mixed from the numbers of its parts, so that no text is put together
for it; equal features have equal numbers on every machine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple
from zlib import crc32

from bot.understanding.hear import DENIED, OTHER, Heard, Hearing
from bot.understanding.meaning import HeardAlarm
from bot.understanding.symptoms import Candidate
from bot.understanding.words import Reading

BITS = 19
MASK = (1 << BITS) - 1
"""Features are numbers of so many bits; with half a million places few share one."""
MOST = 260
"""A message has at most so many features: those that come first."""
NEAR = 7
"""Concepts at most so many words apart make a pair."""
MOST_PAIRED, MOST_STEMS, MOST_SAID, MOST_NEXT, MOST_COMPLAINTS = 14, 80, 40, 10, 2
KEPT = 20_000
GUESSED = 5
"""Steps of the share of repaired words."""
ONE, TWO = 0x9E3779B1, 0x85EBCA77
"""Odd numbers that spread the bits of two parts (Knuth's golden ratio, and one of xxHash)."""
NEXT, PAIR, BOTH, BEGIN = 1, 3, 4, 5
"""Kinds of features made of two parts."""


class Atoms(dict[str, int]):
    """Numbers of single words of one kind, worked out once."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._kind = kind

    def __missing__(self, word: str) -> int:
        if len(self) > KEPT:
            self.clear()
        number = self[word] = crc32(f"{self._kind} {word}".encode())
        return number


class Sound(NamedTuple):
    """All that the first ear made of a message. `groups`: word groups of the alarms that were said; `candidates`, `rings`: what
    the rules make of it, None where that is not told."""

    hearing: Hearing
    groups: frozenset[str]
    candidates: Sequence[Candidate] | None = None
    rings: Sequence[HeardAlarm] = ()


class Features:
    """Numbers of a message's features. Reading a message changes only what it keeps of words."""

    def __init__(self) -> None:
        self._stems, self._unsaid, self._groups = Atoms("w"), Atoms("u"), Atoms("g")
        self._concepts, self._denied, self._others, self._plain = Atoms("c"), Atoms("n"), Atoms("o"), Atoms("x")
        self._said: dict[tuple[frozenset[str], int], tuple[int, tuple[int, ...]]] = {}
        self._pairs: dict[tuple[int, int], tuple[int, ...]] = {}

    def of(self, sound: Sound) -> list[int]:
        """The features of a message, each once."""
        tokens = sound.hearing.reading.tokens[:MOST_STEMS]
        denied = {place for one in sound.hearing.said if one.state & DENIED for place in range(one.first, one.last + 1)}
        stems = [(self._unsaid if place in denied else self._stems)[token.stem] for place, token in enumerate(tokens)]
        found = [
            *self._complaint(sound.candidates),
            *self._rung(sound.rings),
            *self._said_groups(sound.groups),
            *self._said_concepts(sound.hearing),
            *stems,
            *[(one * ONE + two * TWO + NEXT) >> 7 for one, two in pairwise(stems)],
            *self._form(sound.hearing.reading, stems),
        ]
        return list(dict.fromkeys([number & MASK for number in found]))[:MOST]

    def _complaint(self, candidates: Sequence[Candidate] | None) -> Iterator[int]:
        """How clearly an ordinary complaint was heard, and which."""
        if candidates is not None:
            clear = min(int(candidates[0].score // 2), 8) if candidates else 0
            yield self._plain[f"top {clear}"]
            yield from [self._plain[f"cond {one.id}"] for one in candidates[:MOST_COMPLAINTS]]

    def _form(self, reading: Reading, stems: Sequence[int]) -> Iterator[int]:
        """How long it is, whether it asks, how it begins, and how much of it had to be guessed."""
        yield self._plain[f"length {min(len(stems) // 4, 8)}"]
        yield self._plain[f"asks {'?' in reading.text}"]
        if stems:
            yield (stems[0] * ONE + BEGIN) >> 7
            yield self._plain[f"guessed {GUESSED * sum(token.repaired for token in reading.tokens) // len(reading.tokens)}"]

    def _rung(self, rings: Sequence[HeardAlarm]) -> Iterator[int]:
        for ring in rings:
            yield self._plain[f"ring {ring.sure}"]
            yield self._plain[f"ring {ring.sure} {ring.id}"]

    def _said_groups(self, groups: frozenset[str]) -> list[int]:
        """Word groups of the alarms, and pairs of those that name a sign."""
        loud = [self._groups[name] for name in sorted(name for name in groups if name.isupper())[:MOST_PAIRED]]
        pairs = [(one * ONE + two * TWO + BOTH) >> 7 for one, two in combinations(loud, 2)]
        return [self._groups[name] for name in sorted(groups)] + pairs

    def _said_concepts(self, hearing: Hearing) -> list[int]:
        """Concepts, a denied one as such, and pairs of those said near each other."""
        all_said = [(one, self._named(one)) for one in hearing.said[:MOST_SAID]]
        said = [(one.first, one.last + NEAR, *named) for one, named in all_said if named[1]]
        found: list[int] = []
        for place, (_, reach, number, names) in enumerate(said):
            found += names
            for first, _, other, others in said[place + 1 : place + MOST_NEXT]:
                if first > reach:
                    break
                found += self._pairs.get((number, other)) or self._paired(number, names, other, others)
        return found

    def _named(self, one: Heard) -> tuple[int, tuple[int, ...]]:
        """A number for what was said in this way, and its concepts."""
        state = one.state & (DENIED | OTHER)
        found = self._said.get((one.ids, state))
        if found is None:
            atoms = self._denied if state & DENIED else self._others if state & OTHER else self._concepts
            names = tuple(atoms[name] for name in sorted(one.ids) if name[0] != "=" and name != "filler")
            found = self._said[one.ids, state] = len(self._said), names
        return found

    def _paired(self, number: int, names: Sequence[int], other: int, others: Sequence[int]) -> tuple[int, ...]:
        if len(self._pairs) > KEPT:
            self._pairs.clear()
        pairs = tuple(((one ^ two) * ONE + (one + two) * TWO + PAIR) >> 7 for one in names for two in others)
        self._pairs[number, other] = pairs
        return pairs
