"""A learned second ear: for a message's features, how likely danger, each alarm, each topic, each condition and each
of our questions is.

A small network, made by `python -m tools.learn` from the sentences in `tools/learn/sentences` and the knowledge base, and kept
as text in `knowledge/lang/<code>/understanding/learned.txt`. Each feature it knows has a row of numbers; their sum goes through
one hidden layer to all heads. The rules stay the first ear; this one hears what no rule names, and doubts a rule that rings on
an idiom.
"""

from __future__ import annotations

import itertools
import json
import math
from array import array
from base64 import b64decode, b64encode
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import NamedTuple
from zlib import compress, decompress, error

import numpy as np
from numpy.typing import NDArray

NONE, COMPLAINT = "none", "complaint"
DANGER, ALARM, TOPIC, CONDITION, ASKED = "danger", "alarm", "topic", "condition", "asked"
"""The heads. The first has one class: how much this sounds like an emergency of any kind. The last: which of our questions, if one."""
TINY = 1e-13
MOST_FEATURES = 65_535
"""Rows are numbered with two bytes."""
LARGEST = 7
"""Rows hold whole numbers from -7 to 7: two of them are kept in one byte."""
HALF, ZERO = 4, 8
"""Bits of each of the two, and what is added so that none is below nought."""
MOST_ROWS = 300
APART = np.repeat(np.array([[1, -(1 << HALF)], [0, 1]], dtype=np.float32), MOST_ROWS, axis=1)
"""Rows of bytes, then the same without their low bits, times this are the sums of the low and of the high bits."""
LINE = 64
"""Bytes that a processor fetches at once."""
CUT = 0.999
"""The share of numbers of a column within the largest whole number; what lies beyond is cut off."""
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class About:
    """What a model is: features are numbers of `bits` bits; `heads`: the classes of each; `made_from`: a digest of what it was
    learnt from."""

    bits: int
    heads: Mapping[str, tuple[str, ...]]
    made_from: str


@dataclass(frozen=True, slots=True)
class Weights:
    """`features`: the known ones, rising; `embed`: a row of whole numbers for each, none beyond `LARGEST`, to be multiplied by
    `scale`, which is above nought; `first`, `out`, `last`: the hidden layer's own sum, and from there to the classes."""

    features: NDArray[np.uint32]
    embed: NDArray[np.int8]
    scale: Floats
    first: Floats
    out: Floats
    last: Floats


class Place(NamedTuple):
    """Where a head stands among the sums: its number, its classes, the first and the one past the last, and where each class stands."""

    head: int
    classes: tuple[str, ...]
    begin: int
    end: int
    of: Mapping[str, int]


class Learned:
    """The second ear. Reading never changes it."""

    def __init__(self, about: About, weights: Weights) -> None:
        self.about = about
        if len(weights.features) > MOST_FEATURES:
            raise ValueError(f"more than {MOST_FEATURES} features")
        self._rows = np.zeros(1 << about.bits, dtype=np.uint16)
        self._rows[weights.features] = np.arange(1, len(weights.features) + 1)
        self._embed = _aligned(packed(np.vstack([np.zeros((1, weights.embed.shape[1]), dtype=np.int8), weights.embed])))
        zeros = np.arange(MOST_ROWS + 1, dtype=np.float32)[:, None] * np.float32(ZERO)
        self._firsts = weights.first / weights.scale - zeros
        """For so many rows what is added to their sum."""
        self._out = weights.out * weights.scale[:, None]  # rows stay small whole numbers until they are summed
        self._last = weights.last.astype(np.float64)
        sizes = np.array([len(classes) for classes in about.heads.values()])
        ends = np.cumsum(sizes)
        self._begins = ends - sizes
        self._places = {
            name: Place(number, classes, begin, begin + len(classes), {one: begin + place for place, one in enumerate(classes)})
            for number, ((name, classes), begin) in enumerate(zip(about.heads.items(), self._begins.tolist(), strict=True))
        }

    def heard(self, features: Collection[int]) -> Likely:
        """What the features speak for. Of very many those that come first."""
        numbers = self._rows.take(np.frombuffer(array("q", list(features)), np.int64))[:MOST_ROWS]
        hidden = summed(self._embed, numbers)
        hidden += self._firsts[len(numbers)]
        np.maximum(hidden, 0, out=hidden)
        sums = hidden @ self._out + self._last
        every = np.log(np.add.reduceat(np.exp(sums), self._begins))
        return Likely(sums.tolist(), every.tolist(), self._places)


class Likely:
    """What one message sounds like."""

    __slots__ = ("_complaint", "_every", "_places", "_sums")

    def __init__(self, sums: list[float], every: list[float], places: Mapping[str, Place]) -> None:
        """`sums`: of every class of every head; `every`: for each head, what is to be taken from them that they are the logarithms of
        probabilities."""
        self._sums, self._every, self._places = sums, every, places
        self._complaint: float | None = None

    def of(self, head: str) -> dict[str, float]:
        """The logarithm of the probability of each class; none where there is no such head."""
        if head not in self._places:
            return {}
        every = self._every[self._places[head].head]
        return {name: one - every for name, one in zip(self._places[head].classes, self._own(head), strict=True)}

    def knows(self, head: str, name: str) -> bool:
        """Whether it is one of the classes."""
        return name in self._places[head].of

    def log(self, head: str, name: str, otherwise: float = -math.inf) -> float:
        """That of one class; `otherwise` where there is no such class."""
        place = self._places[head]
        at = place.of.get(name)
        return otherwise if at is None else self._sums[at] - self._every[place.head]

    def above(self, head: str, least: float) -> Iterator[tuple[str, float]]:
        """The classes that are likelier than this."""
        own, place = self._own(head), self._places[head]
        every = self._every[place.head]
        found = itertools.compress(zip(place.classes, own, strict=True), map((least + every).__lt__, own))
        return ((name, one - every) for name, one in found)

    def most(self, head: str) -> float:
        """That of the likeliest class."""
        return max(self._own(head)) - self._every[self._places[head].head]

    def danger(self) -> float:
        """How much this sounds like an emergency, from two heads: the odds of any, and of any one by name (logarithms)."""
        calm = self.log(ALARM, NONE)
        return self._sums[self._places[DANGER].begin] + math.log(max(TINY, -math.expm1(calm))) - calm

    def complaint(self) -> float:
        """How much likelier it is a complaint than any topic (odds, as a logarithm)."""
        if self._complaint is None:
            self._complaint = self.log(TOPIC, COMPLAINT) - self.log(TOPIC, self.topic())
        return self._complaint

    def topic(self) -> str:
        """The topic it sounds most like, when it is no complaint."""
        return self._best_but(TOPIC, COMPLAINT)

    def best(self, head: str) -> str:
        """The likeliest class."""
        own = self._own(head)
        return self._places[head].classes[own.index(max(own))]

    def alarm(self) -> str:
        """The alarm it sounds most like."""
        return self._best_but(ALARM, NONE)

    def _best_but(self, head: str, other: str) -> str:
        own, place = self._own(head), self._places[head]
        own[place.of[other] - place.begin] = -math.inf
        return place.classes[own.index(max(own))]

    def _own(self, head: str) -> list[float]:
        place = self._places[head]
        return self._sums[place.begin : place.end]


def rounded(embed: Floats) -> tuple[NDArray[np.int8], Floats]:
    """As whole numbers up to `LARGEST`, and what each column of them is to be multiplied by."""
    scale = (np.quantile(np.abs(embed), CUT, axis=0) / LARGEST).clip(min=TINY).astype(np.float32)
    return np.rint(embed / scale).clip(-LARGEST, LARGEST).astype(np.int8), scale


def packed(rows: NDArray[np.int8]) -> NDArray[np.uint8]:
    """Rows of half the length: the first half of each row in the low bits, the second half in the high ones."""
    if rows.shape[1] % 2 or np.abs(rows).max(initial=0) > LARGEST:
        raise ValueError(f"a row has an odd length, or a number beyond {LARGEST}")
    low, high = np.hsplit((rows + ZERO).astype(np.uint8), 2)
    packed_rows: NDArray[np.uint8] = low | np.left_shift(high, HALF, dtype=np.uint8)
    return packed_rows


def summed(embed: NDArray[np.uint8], numbers: NDArray[np.uint16]) -> Floats:
    """The sum of these packed rows, at most `MOST_ROWS`; each number of each is too large by `ZERO`. Exact, for the numbers are small.
    One product with 1 and -16 takes the two numbers of a byte apart and sums them: the fewest calls, and these take the time."""
    count = len(numbers)
    both = np.empty((2 * count, embed.shape[1]), dtype=np.uint8)
    embed.take(numbers, axis=0, out=both[:count], mode="clip")
    np.right_shift(both[:count], HALF, out=both[count:])
    sums: Floats = (APART[:, MOST_ROWS - count : MOST_ROWS + count] @ both.astype(np.float32)).reshape(-1)
    return sums


def _aligned(rows: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The same rows, each in a line of the processor's memory: half as many are fetched."""
    room = np.empty(rows.size + LINE, dtype=np.uint8)
    begin = -room.ctypes.data % LINE
    placed = room[begin : begin + rows.size].reshape(rows.shape)
    placed[:] = rows
    return placed


def written(about: About, weights: Weights) -> str:
    """The text of a model: a line about it, then its arrays, a line each."""
    gaps = np.diff(weights.features, prepend=np.uint32(0)).astype("<u4")
    plain = (weights.scale, weights.first, weights.out, weights.last)
    parts = (gaps.tobytes(), np.ascontiguousarray(weights.embed.T).tobytes(), *(one.astype("<f4").tobytes() for one in plain))
    return "\n".join((json.dumps(asdict(about), ensure_ascii=False), *(b64encode(compress(one, 9)).decode() for one in parts))) + "\n"


def read(text: str) -> Learned:
    """The model behind a text. Raises ValueError when it is none, or a damaged one."""
    try:
        return _read(text)
    except (ArithmeticError, AttributeError, LookupError, MemoryError, TypeError, ValueError, error) as wrong:
        raise ValueError(f"learned.txt is damaged ({wrong})") from wrong


def _read(text: str) -> Learned:
    first, gaps, embed, *plain = text.rstrip("\n").split("\n")
    raw = json.loads(first)
    features = np.cumsum(np.frombuffer(_bytes(gaps), dtype="<u4"), dtype=np.uint32)
    scale, begin, out, last = (np.frombuffer(_bytes(one), dtype="<f4") for one in plain)
    rows = np.ascontiguousarray(np.frombuffer(_bytes(embed), dtype=np.int8).reshape(len(scale), -1).T)
    about = About(int(raw["bits"]), {name: tuple(classes) for name, classes in raw["heads"].items()}, str(raw["made_from"]))
    return Learned(about, Weights(features, rows, scale, begin, out.reshape(len(scale), -1), last))


def _bytes(line: str) -> bytes:
    return decompress(b64decode(line))
