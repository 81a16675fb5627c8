"""A learned second ear: for a message's features, how likely each alarm and each topic is.

A linear model, made by `python -m tools.learn` from the sentences in `tools/learn/sentences` and the knowledge base, and kept
as text in `knowledge/lang/<code>/understanding/learned.txt`. The rules stay the first ear; this one hears what no rule names,
and doubts a rule that rings on an idiom.

All classes are summed at once: the weights of a bucket stand side by side in one big number, two bytes each, so that adding
two buckets is one addition.
"""

from __future__ import annotations

import json
import math
from base64 import b85decode, b85encode
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from zlib import compress, decompress

from bot.understanding.meaning import HeardAlarm

NONE, COMPLAINT = "none", "complaint"
DOUBT, DOUBT_SURE, LIKELY = 0.05, 0.015, 0.93
"""Below `DOUBT` (`DOUBT_SURE` where the rule is sure) a rule that rings is taken for an idiom (never one about suicide, self-harm or abuse); above `LIKELY` an alarm that no rule rings asks its question. Fitted
on sentences that were not learnt from: see `python -m tools.learn --measure`."""
SURE_TOPIC = 0.7
MIDDLE = 128
"""Weights are kept as bytes around this value."""
LANE = 2
"""Bytes of a class in the sum: more than two hundred weights of one byte fit."""


@dataclass(frozen=True, slots=True)
class Head:
    """A question with several answers, such as "which alarm, or none". `bias` is added to the sums, one a class."""

    name: str
    classes: tuple[str, ...]
    bias: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class About:
    """What a model is: `scale` turns a byte into a weight; `made_from` is a digest of what it was learnt from."""

    buckets: int
    scale: float
    heads: tuple[Head, ...]
    made_from: str


class Learned:
    """The second ear. Reading never changes it."""

    def __init__(self, about: About, weights: bytes) -> None:
        self.about = about
        self._weights = weights
        self._width = sum(len(head.classes) for head in about.heads)

    @property
    def buckets(self) -> int:
        """How many buckets features are put into."""
        return self.about.buckets

    def likely(self, buckets: Sequence[int]) -> Mapping[str, Mapping[str, float]]:
        """For each head the probability of each class."""
        sums = self._sums(buckets)
        found: dict[str, Mapping[str, float]] = {}
        place = 0
        for head in self.about.heads:
            own = sums[place : place + len(head.classes)]
            place += len(head.classes)
            found[head.name] = _shares(head, [value * self.about.scale + bias for value, bias in zip(own, head.bias, strict=True)])
        return found

    def _sums(self, buckets: Sequence[int]) -> list[int]:
        row = self._width * LANE
        total = sum(int.from_bytes(self._weights[n * row : (n + 1) * row], "little") for n in buckets)
        lanes = total.to_bytes(row + 8, "little")
        middle = MIDDLE * len(buckets)
        return [int.from_bytes(lanes[place : place + LANE], "little") - middle for place in range(0, row, LANE)]


def _shares(head: Head, values: Sequence[float]) -> Mapping[str, float]:
    most = max(values)
    raised = [math.exp(value - most) for value in values]
    whole = sum(raised)
    return {name: one / whole for name, one in zip(head.classes, raised, strict=True)}


def both(rings: tuple[HeardAlarm, ...], likely: Mapping[str, float], crises: frozenset[str]) -> tuple[HeardAlarm, ...]:
    """The rules' rings without those that are surely an idiom; where no rule rings, an alarm that is very likely asks."""
    danger = 1 - likely[NONE]
    kept = tuple(ring for ring in rings if ring.id in crises or danger > (DOUBT_SURE if ring.sure else DOUBT))
    if kept or danger < LIKELY:
        return kept
    nearest = max((name for name in likely if name != NONE), key=likely.__getitem__)
    return (HeardAlarm(nearest, sure=False),)


def topic_of(likely: Mapping[str, float]) -> str | None:
    """A topic that is surely not a complaint; a question is left to the questions' own words."""
    name = max(likely, key=likely.__getitem__)
    return name if name not in {COMPLAINT, "question"} and likely[name] > SURE_TOPIC else None


def written(about: About, weights: Sequence[Sequence[int]]) -> str:
    """The text of a model: a line about it, then the weights (bytes around `MIDDLE`, a row a bucket)."""
    packed = compress(bytes(value for row in weights for value in row), 9)
    return json.dumps(asdict(about), ensure_ascii=False) + "\n" + b85encode(packed).decode() + "\n"


def read(text: str) -> Learned:
    """The model behind a text. Raises ValueError or KeyError when it is none."""
    first, _, packed = text.partition("\n")
    raw = json.loads(first)
    heads = tuple(Head(h["name"], tuple(h["classes"]), tuple(map(float, h["bias"]))) for h in raw["heads"])
    narrow = decompress(b85decode(packed.strip()))
    lanes = bytearray(len(narrow) * LANE)
    lanes[::LANE] = narrow
    return Learned(About(int(raw["buckets"]), float(raw["scale"]), heads, str(raw["made_from"])), bytes(lanes))
