"""A learned second ear: for a message's features, how likely danger, each alarm, each topic and each condition is.

A small network, made by `python -m tools.learn` from the sentences in `tools/learn/sentences` and the knowledge base, and kept
as text in `knowledge/lang/<code>/understanding/learned.txt`. Each feature it knows has a row of numbers; their sum goes through
one hidden layer to all heads. The rules stay the first ear; this one hears what no rule names, and doubts a rule that rings on
an idiom.
"""

from __future__ import annotations

import json
import math
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from zlib import compress, decompress

import numpy as np
from numpy.typing import NDArray

NONE, COMPLAINT = "none", "complaint"
DANGER, ALARM, TOPIC, CONDITION = "danger", "alarm", "topic", "condition"
"""The heads. The first has one class: how much this sounds like an emergency of any kind."""
TINY = 1e-13
NOBODYS = np.uint32(0xFFFFFFFF)
"""Ends the known features; no feature has this number."""
LARGEST = 7
"""Rows hold whole numbers from -7 to 7: two of them are kept in one byte."""
HALF, ZERO = 4, 8
"""Bits of each of the two, and what is added so that none is below nought."""
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
    `scale`; `first`, `out`, `last`: the hidden layer's own sum, and from there to the classes."""

    features: NDArray[np.uint32]
    embed: NDArray[np.int8]
    scale: Floats
    first: Floats
    out: Floats
    last: Floats


class Learned:
    """The second ear. Reading never changes it."""

    def __init__(self, about: About, weights: Weights) -> None:
        self.about = about
        self._known = np.append(weights.features, NOBODYS)
        self._embed = packed(weights.embed)
        self._scale, self._first, self._out, self._last = weights.scale, weights.first, weights.out, weights.last
        ends = np.cumsum([len(classes) for classes in about.heads.values()]).tolist()
        self._places = {
            name: slice(end - len(classes), end) for (name, classes), end in zip(about.heads.items(), ends, strict=True)
        }

    def heard(self, features: Sequence[int]) -> Likely:
        """What the features speak for."""
        heard = np.array(features, dtype=np.uint32)
        places = self._known.searchsorted(heard)
        rows = self._embed.take(places[self._known[places] == heard], axis=0)
        hidden = np.maximum(summed(rows) * self._scale + self._first, 0)
        sums = hidden @ self._out + self._last
        return Likely({name: sums[place] for name, place in self._places.items()}, self.about.heads)


@dataclass(frozen=True, slots=True)
class Likely:
    """What one message sounds like: the sums of each head. `told`: what was worked out of them so far."""

    sums: Mapping[str, Floats]
    heads: Mapping[str, tuple[str, ...]]
    told: dict[str, dict[str, float]] = field(default_factory=dict)

    def of(self, head: str) -> dict[str, float]:
        """The logarithm of the probability of each class."""
        found = self.told.get(head)
        if found is None:
            sums = self.sums[head]
            logs = (sums - np.logaddexp.reduce(sums)).tolist()
            found = self.told[head] = dict(zip(self.heads[head], logs, strict=True))
        return found

    def danger(self) -> float:
        """How much this sounds like an emergency, from two heads: the odds of any, and of any one by name (logarithms)."""
        calm = self.of(ALARM)[NONE]
        return float(self.sums[DANGER][0]) + math.log(max(TINY, -math.expm1(calm))) - calm

    def complaint(self) -> float:
        """How much likelier it is a complaint than any topic (odds, as a logarithm)."""
        logs = self.of(TOPIC)
        return logs[COMPLAINT] - max(log for name, log in logs.items() if name != COMPLAINT)

    def best(self, head: str) -> str:
        """The likeliest class."""
        return self.heads[head][int(self.sums[head].argmax())]

    def alarm(self) -> str:
        """The alarm it sounds most like."""
        likely = self.of(ALARM)
        return max((name for name in likely if name != NONE), key=likely.__getitem__)


def packed(rows: NDArray[np.int8]) -> NDArray[np.uint8]:
    """Rows of half the length: the first half of each row in the low bits, the second half in the high ones."""
    if rows.shape[1] % 2 or np.abs(rows).max(initial=0) > LARGEST:
        raise ValueError(f"a row has an odd length, or a number beyond {LARGEST}")
    low, high = np.hsplit((rows + ZERO).astype(np.uint8), 2)
    packed_rows: NDArray[np.uint8] = low | np.left_shift(high, HALF, dtype=np.uint8)
    return packed_rows


def summed(rows: NDArray[np.uint8]) -> Floats:
    """The sum of packed rows; exact, for the numbers are small."""
    ones = np.ones(len(rows), dtype=np.float32)  # a product is faster than sum() for so few
    both, high = ones @ rows.astype(np.float32), ones @ (rows >> HALF).astype(np.float32)
    return np.concatenate((both - high * (1 << HALF), high)) - np.float32(ZERO * len(rows))


def written(about: About, weights: Weights) -> str:
    """The text of a model: a line about it, then its arrays, a line each."""
    gaps = np.diff(weights.features, prepend=np.uint32(0)).astype("<u4")
    plain = (weights.scale, weights.first, weights.out, weights.last)
    parts = (gaps.tobytes(), np.ascontiguousarray(weights.embed.T).tobytes(), *(one.astype("<f4").tobytes() for one in plain))
    return "\n".join((json.dumps(asdict(about), ensure_ascii=False), *(b64encode(compress(one, 9)).decode() for one in parts))) + "\n"


def read(text: str) -> Learned:
    """The model behind a text. Raises ValueError, KeyError or zlib.error when it is none."""
    first, gaps, embed, *plain = text.rstrip("\n").split("\n")
    raw = json.loads(first)
    features = np.cumsum(np.frombuffer(_bytes(gaps), dtype="<u4"), dtype=np.uint32)
    scale, begin, out, last = (np.frombuffer(_bytes(one), dtype="<f4") for one in plain)
    rows = np.ascontiguousarray(np.frombuffer(_bytes(embed), dtype=np.int8).reshape(len(scale), -1).T)
    about = About(int(raw["bits"]), {name: tuple(classes) for name, classes in raw["heads"].items()}, str(raw["made_from"]))
    return Learned(about, Weights(features, rows, scale, begin, out.reshape(len(scale), -1), last))


def _bytes(line: str) -> bytes:
    return decompress(b64decode(line))
