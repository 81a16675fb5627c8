"""What the learned ear hears of a message: words, neighbours, concepts and pairs of concepts, as numbers of buckets."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from zlib import crc32

from bot.understanding.hear import DENIED, Hearing

MOST = 240
"""A message has at most so many features: those of its beginning."""
NEAR = 7
"""Concepts at most so many words apart make a pair."""
LETTERS = 4


def features_of(hearing: Hearing, buckets: int) -> tuple[int, ...]:
    """The buckets of a message, each once."""
    found = dict.fromkeys(_features(hearing))
    numbers = dict.fromkeys(crc32(one.encode()) % buckets for one in found)
    return tuple(numbers)[:MOST]


def _features(hearing: Hearing) -> Iterator[str]:
    stems = [token.stem for token in hearing.reading.tokens][:80]
    yield from stems
    yield from (f"{one} {two}" for one, two in pairwise(stems))
    yield from (f"{one}_{two}" for one, two in zip(stems, stems[2:], strict=False))
    yield from _concepts(hearing)
    yield from _letters(stems)
    yield f"length {min(len(stems) // 4, 8)}"


def _concepts(hearing: Hearing) -> Iterator[str]:
    """Concepts, a denied one as such, and pairs of those said near each other."""
    said = [(name, one) for one in hearing.said[:40] for name in one.ids if name[0] != "=" and name != "filler"]
    yield from (f"c {name}{' denied' if one.state & DENIED else ''}" for name, one in said)
    for place, (name, one) in enumerate(said):
        for other, two in said[place + 1 : place + 10]:
            if two.first - one.last <= NEAR and other != name:
                yield f"p {min(name, other)} {max(name, other)}"


def _letters(stems: list[str]) -> Iterator[str]:
    """The beginnings of long words: what is left of a misspelt or inflected one."""
    yield from (f"b {stem[:LETTERS]}" for stem in stems if len(stem) > LETTERS)
