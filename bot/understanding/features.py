"""What the second ear hears of a message, as numbers of buckets: words, neighbours, concepts, word groups of the alarms, pairs
of them, and how clear the complaint is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple
from zlib import crc32

from bot.understanding.hear import DENIED, Hearing
from bot.understanding.symptoms import Candidate

MOST = 250
"""A message has at most so many features: those that come first."""
NEAR = 7
"""Concepts at most so many words apart make a pair."""
LETTERS = 4
MOST_PAIRED, MOST_STEMS, MOST_SAID = 14, 80, 40


class Sound(NamedTuple):
    """All that the first ear made of a message. `groups`: word groups of the alarms that were said."""

    hearing: Hearing
    groups: frozenset[str]
    candidates: Sequence[Candidate]


def buckets_of(sound: Sound, buckets: int) -> tuple[int, ...]:
    """The buckets of a message, each once."""
    numbers = dict.fromkeys(crc32(one.encode()) % buckets for one in dict.fromkeys(_features(sound)))
    return tuple(numbers)[:MOST]


def _features(sound: Sound) -> Iterator[str]:
    stems = [token.stem for token in sound.hearing.reading.tokens][:MOST_STEMS]
    yield from _complaint(sound.candidates)
    yield from _groups(sound.groups)
    yield from _concepts(sound.hearing)
    yield from stems
    yield from (f"{one} {two}" for one, two in pairwise(stems))
    yield from (f"{one}_{two}" for one, two in zip(stems, stems[2:], strict=False))
    yield from (f"b {stem[:LETTERS]}" for stem in stems if len(stem) > LETTERS)
    yield f"length {min(len(stems) // 4, 8)}"


def _complaint(candidates: Sequence[Candidate]) -> Iterator[str]:
    """How clearly an ordinary complaint was heard, and which."""
    clear = min(int(candidates[0].score // 2), 8) if candidates else 0
    yield f"top {clear}"
    if candidates:
        yield f"cond {candidates[0].id}"
        yield f"m {bool(candidates[0].matches)} {clear}"


def _groups(groups: frozenset[str]) -> Iterator[str]:
    named = sorted(groups)
    yield from (f"g {name}" for name in named)
    yield from (f"q {one} {two}" for one, two in combinations([name for name in named if name.isupper()][:MOST_PAIRED], 2))


def _concepts(hearing: Hearing) -> Iterator[str]:
    """Concepts, a denied one as such, and pairs of those said near each other."""
    said = [(name, one) for one in hearing.said[:MOST_SAID] for name in sorted(one.ids) if name[0] != "=" and name != "filler"]
    yield from (f"c {name}{' denied' if one.state & DENIED else ''}" for name, one in said)
    for place, (name, one) in enumerate(said):
        for other, two in said[place + 1 : place + 10]:
            if two.first - one.last <= NEAR and other != name:
                yield f"p {min(name, other)} {max(name, other)}"
