"""What the second ear hears of a message, as numbers: words, neighbours, concepts, word groups of the alarms, pairs of them,
and how clear the complaint is. The number of a feature is mixed from the numbers of its parts, so that no text is put together
for it; equal features have equal numbers on every machine."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, combinations, pairwise
from typing import NamedTuple
from zlib import crc32

from bot.understanding.hear import DENIED, OTHER, Heard
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
APART = DENIED | OTHER
"""What is told apart of the state of a thing said."""
GUESSED = 5
"""Steps of the share of repaired words."""
SPREAD, BEGIN = 0x9E3779B1, 0x85EBCA77
"""Odd numbers that spread the bits (Knuth's golden ratio, and one of xxHash)."""
LOW, HIGH = 7, 16
"""Bits dropped from the number of two words in a row, and of a pair of any order (the product of its two, the middle of it)."""


class Atoms(dict[str, int]):
    """Numbers of single words of one kind, worked out once; only their last bits, where they are parts of no other feature."""

    def __init__(self, kind: str, mask: int = -1) -> None:
        super().__init__()
        self._kind, self._mask = kind, mask

    def __missing__(self, word: str) -> int:
        if len(self) > KEPT:
            self.clear()
        number = self[word] = crc32(f"{self._kind} {word}".encode()) & self._mask
        return number


class Sound(NamedTuple):
    """All that the first ear made of a message. `groups`: numbers of the word groups of the alarms that were said;
    `candidates`, `rings`: what the rules make of it, None where that is not told."""

    reading: Reading
    said: Sequence[Heard]
    groups: frozenset[int]
    candidates: Sequence[Candidate] | None = None
    rings: Sequence[HeardAlarm] = ()


class Told:
    """Concepts that were told together in one way: their numbers in full, as features, and the pairs they make with others. Two of
    them are the same only when they are one."""

    __slots__ = ("features", "numbers", "pairs")

    def __init__(self, numbers: Sequence[int], made: list[int]) -> None:
        """`made`: how many pairs there are of all."""
        self.numbers = numbers
        self.features = tuple([one & MASK for one in numbers])
        self.pairs = Pairs(numbers, made)


class Pairs(dict[Told, tuple[int, ...]]):
    """The features of the pairs that some concepts make with others, worked out once."""

    def __init__(self, numbers: Sequence[int], made: list[int]) -> None:
        super().__init__()
        self._numbers, self._made = numbers, made

    def __missing__(self, other: Told) -> tuple[int, ...]:
        self._made[0] += 1
        found = self[other] = tuple([one * two >> HIGH & MASK for one in self._numbers for two in other.numbers])
        return found


class Features:
    """Numbers of a message's features. Reading a message changes only what it keeps of words."""

    def __init__(self, groups: Mapping[int, str]) -> None:
        """`groups`: the word groups of the alarms by their numbers."""
        self._stems, self._unsaid, atoms = Atoms("w"), Atoms("u"), Atoms("g")
        self._groups = {number: atoms[name] & MASK for number, name in groups.items()}
        self._loud = {number: atoms[name] for number, name in groups.items() if name.isupper()}
        self._concepts, self._denied, self._others, self._plain = Atoms("c"), Atoms("n"), Atoms("o"), Atoms("x", MASK)
        self._conditions = Atoms("x cond", MASK)
        self._tops, self._lengths = ([self._plain[f"{kind} {step}"] for step in range(9)] for kind in ("top", "length"))
        self._guesses = [self._plain[f"guessed {step}"] for step in range(GUESSED + 1)]
        self._asks = [self._plain[f"asks {whether}"] for whether in (False, True)]
        self._told: dict[tuple[frozenset[str], int], Told] = {}
        self._paired = [0]

    def of(self, sound: Sound) -> list[int]:
        """The features of a message, each once; of very many those that come first."""
        stems = list(map(self._stems.__getitem__, sound.reading.stems[:MOST_STEMS]))
        for one in sound.said:
            if one.state & DENIED:
                for place in range(one.first, min(one.last + 1, len(stems))):
                    stems[place] = self._unsaid[sound.reading.stems[place]]
        found = [
            *self._complaint(sound.candidates),
            *self._rung(sound.rings),
            *self._said_groups(sound.groups),
            *self._said_concepts(sound.said),
            *[one & MASK for one in stems],
            *[(one * SPREAD + two) >> LOW & MASK for one, two in pairwise(stems)],
            *self._form(sound.reading, stems),
        ]
        return list(set(found)) if len(found) <= MOST else list(dict.fromkeys(found))[:MOST]

    def _complaint(self, candidates: Sequence[Candidate] | None) -> list[int]:
        """How clearly an ordinary complaint was heard, and which."""
        if candidates is None:
            return []
        clear = min(int(candidates[0].score // 2), 8) if candidates else 0
        return [self._tops[clear], *[self._conditions[one.id] for one in candidates[:MOST_COMPLAINTS]]]

    def _form(self, reading: Reading, stems: Sequence[int]) -> list[int]:
        """How long it is, whether it asks, how it begins, and how much of it had to be guessed."""
        found = [self._lengths[min(len(stems) // 4, 8)], self._asks["?" in reading.text]]
        if stems:
            guessed = GUESSED * reading.guessed // len(reading.tokens)
            found += ((stems[0] * BEGIN) >> LOW & MASK, self._guesses[guessed])
        return found

    def _rung(self, rings: Sequence[HeardAlarm]) -> Iterator[int]:
        for ring in rings:
            yield self._plain[f"ring {ring.sure}"]
            yield self._plain[f"ring {ring.sure} {ring.id}"]

    def _said_groups(self, groups: frozenset[int]) -> list[int]:
        """Word groups of the alarms, and pairs of those that name a sign."""
        numbers = sorted(groups)
        loud = [self._loud[number] for number in numbers if number in self._loud][:MOST_PAIRED]
        return [*map(self._groups.__getitem__, numbers), *[one * two >> HIGH & MASK for one, two in combinations(loud, 2)]]

    def _said_concepts(self, heard: Sequence[Heard]) -> list[int]:
        """Concepts, a denied one as such, and pairs of those said near each other."""
        if self._paired[0] > KEPT:
            self._told.clear()
            self._paired[0] = 0
        kept = self._told
        firsts: list[int] = []
        said: list[Told] = []
        reaches: list[int] = []
        for ids, first, last, _, state in heard[:MOST_SAID]:
            told = kept.get((ids, state & APART)) or self._named(ids, state & APART)
            if told.numbers:
                firsts.append(first)
                said.append(told)
                reaches.append(last + NEAR)
        found: list[int] = []
        for place, told in enumerate(said):
            found += told.features
            near = bisect_right(firsts, reaches[place], place + 1, min(place + MOST_NEXT, len(said)))
            found += chain.from_iterable(map(told.pairs.__getitem__, said[place + 1 : near]))
        return found

    def _named(self, ids: frozenset[str], state: int) -> Told:
        """The concepts of what was said, in the way it was said."""
        atoms = self._denied if state & DENIED else self._others if state & OTHER else self._concepts
        found = Told([atoms[name] for name in sorted(ids) if name[0] != "=" and name != "filler"], self._paired)
        self._told[ids, state] = found
        return found
