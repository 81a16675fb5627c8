"""What the second ear hears of a message, as numbers: words, neighbours, concepts, word groups of the alarms, pairs of them,
and how clear the complaint is. The number of a feature is mixed from the numbers of its parts, so that no text is put together
for it, and within C (`map`, `xor`), since Python's own steps are what takes the time; equal features have equal numbers on every
machine."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain, combinations, pairwise, starmap
from operator import itemgetter, xor
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
NEAR = 3
"""A concept makes pairs with so many that are said next."""
MOST_PAIRED, MOST_STEMS, MOST_SAID, MOST_COMPLAINTS = 14, 80, 40, 2
KEPT = 20_000
APART = DENIED | OTHER
"""What is told apart of the state of a thing said."""
IDS, STATE = itemgetter(0), itemgetter(4)
"""Of something heard."""
GUESSED = 5
"""Steps of the share of repaired words."""


class Atoms(dict[str, int]):
    """Numbers of single words of one kind, worked out once."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._kind = kind

    def __missing__(self, word: str) -> int:
        if len(self) > KEPT:
            self.clear()
        number = self[word] = crc32(f"{self._kind} {word}".encode()) & MASK
        return number


class Sound(NamedTuple):
    """All that the first ear made of a message. `groups`: numbers of the word groups of the alarms that were said;
    `candidates`, `rings`: what the rules make of it, None where that is not told."""

    reading: Reading
    said: Sequence[Heard]
    groups: AbstractSet[int]
    candidates: Sequence[Candidate] | None = None
    rings: Sequence[HeardAlarm] = ()


class Told(dict[frozenset[str], tuple[int, ...]]):
    """The numbers of concepts that are told together in one way, worked out once."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._atoms = Atoms(kind)

    def __missing__(self, ids: frozenset[str]) -> tuple[int, ...]:
        if len(self) > KEPT:
            self.clear()
        found = self[ids] = tuple([self._atoms[name] for name in sorted(ids) if name[0] != "=" and name != "filler"])
        return found


class Features:
    """Numbers of a message's features. Reading a message changes only what it keeps of words."""

    def __init__(self, groups: Mapping[int, str]) -> None:
        """`groups`: the word groups of the alarms by their numbers."""
        self._stems, self._unsaid, atoms, plain = Atoms("w"), Atoms("u"), Atoms("g"), Atoms("x")
        self._groups = {number: atoms[name] for number, name in groups.items()}
        self._signs = frozenset(number for number, name in groups.items() if name.isupper())
        self._plain, self._conditions = plain, Atoms("x cond")
        self._tops, self._lengths = ([plain[f"{kind} {step}"] for step in range(9)] for kind in ("top", "length"))
        self._guesses = [plain[f"guessed {step}"] for step in range(GUESSED + 1)]
        self._asks = [plain[f"asks {whether}"] for whether in (False, True)]
        self._begins = plain["begins"]
        told, denied, others = Told("c"), Told("n"), Told("o")
        self._told = [denied if state & DENIED else others if state & OTHER else told for state in range(APART + 1)]

    def of(self, sound: Sound) -> Collection[int]:
        """The features of a message, each once; of very many those that come first."""
        written, said = sound.reading.stems[:MOST_STEMS], sound.said
        stems = list(map(self._stems.__getitem__, written))
        if any(map(STATE, said)):  # mostly nothing is denied, nor of another person
            self._unsay(stems, written, said)
            told: Iterable[tuple[int, ...]] = [self._told[state & APART][ids] for ids, _, _, _, state in said[:MOST_SAID]]
        else:
            told = map(self._told[0].__getitem__, map(IDS, said[:MOST_SAID]))
        found = [
            *self._complaint(sound.candidates),
            *(self._rung(sound.rings) if sound.rings else ()),
            *self._said_groups(sound.groups),
            *_with_pairs(list(chain.from_iterable(told))),
            *stems,
            *[(one << 1 ^ two) & MASK for one, two in pairwise(stems)],
            *self._form(sound.reading, stems),
        ]
        return set(found) if len(found) <= MOST else list(dict.fromkeys(found))[:MOST]

    def _unsay(self, stems: list[int], written: Sequence[str], said: Sequence[Heard]) -> None:
        """A denied word is another feature."""
        for _, first, last, _, state in said:
            if state & DENIED:
                stems[first : last + 1] = map(self._unsaid.__getitem__, written[first : last + 1])

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
            found += (stems[0] ^ self._begins, self._guesses[guessed])
        return found

    def _rung(self, rings: Sequence[HeardAlarm]) -> Iterator[int]:
        for ring in rings:
            yield self._plain[f"ring {ring.sure}"]
            yield self._plain[f"ring {ring.sure} {ring.id}"]

    def _said_groups(self, groups: AbstractSet[int]) -> Iterable[int]:
        """Word groups of the alarms, and pairs of those that name a sign."""
        number_of = self._groups.__getitem__
        signs: Collection[int] = groups & self._signs
        if len(signs) > MOST_PAIRED:
            signs = sorted(signs)[:MOST_PAIRED]
        return chain(map(number_of, groups), starmap(xor, combinations(map(number_of, signs), 2)))


def _with_pairs(concepts: list[int]) -> Iterator[int]:
    """Concepts, a denied one as such, and pairs of those said near each other."""
    pairs = [map(xor, concepts, concepts[apart:]) for apart in range(1, NEAR + 1)]
    return chain(concepts, *pairs)
