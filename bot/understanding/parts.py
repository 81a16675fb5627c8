"""Parts of a message, cut out of what was already heard of the whole: nothing is read or heard twice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bot.understanding.hear import Heard, Hearing
from bot.understanding.symptoms import Candidate, candidates_within
from bot.understanding.words import Reading, Token

MOST_PARTS = 5
"""A message is looked at in at most so many parts."""


class Part(NamedTuple):
    """What was read, what was said and which conditions that shows."""

    reading: Reading
    said: tuple[Heard, ...]
    candidates: list[Candidate]


def whole(heard: Hearing, candidates: list[Candidate]) -> Part:
    return Part(heard.reading, heard.said, candidates)


def parts_of(message: Part, marks: Sequence[str] | None) -> list[Part]:
    """The message cut at these marks, at all that begin a clause where none are named; nothing when that is the whole. Very many
    parts are taken together, so that a long message takes no longer than a few short ones."""
    reading = message.reading
    cuts = [
        first
        for (first, last), mark in zip(reading.clauses, reading.breaks, strict=True)
        if first < last and (marks is None or mark in marks or _ended(reading, first, marks))
    ]
    cuts = cuts[:: -(-len(cuts) // MOST_PARTS)] if cuts else []
    begins = sorted({0, *cuts})
    ends = [*begins[1:], len(reading.tokens)]
    return [_part(message, begin, end) for begin, end in zip(begins, ends, strict=True)] if len(begins) > 1 else []


def _ended(reading: Reading, place: int, marks: Sequence[str]) -> bool:
    """Whether a sentence ends right before this word, itself one that begins a clause: "... on the stairs. But now ..."."""
    return reading.text[: reading.tokens[place].start].rstrip(" ")[-1:] in marks


def _part(message: Part, begin: int, end: int) -> Part:
    reading = _read(message.reading, begin, end)
    clause = message.reading.tokens[begin].clause
    said = tuple(
        [
            Heard(one.ids, one.first - begin, one.last - begin, one.clause - clause, one.state)
            for one in message.said
            if begin <= one.first and one.last < end
        ]
    )
    return Part(reading, said, candidates_within(message.candidates, begin, end))


def _read(reading: Reading, begin: int, end: int) -> Reading:
    """These tokens, as if they were all that was written."""
    tokens = reading.tokens
    start = tokens[begin].start if begin else 0
    stop = tokens[end].start if end < len(tokens) else len(reading.text)
    clause, last = tokens[begin].clause, tokens[end - 1].clause
    own = tuple([Token(raw, word, stem, at - start, number - clause, guess) for raw, word, stem, at, number, guess in tokens[begin:end]])
    clauses = tuple([(first - begin, past - begin) for first, past in reading.clauses[clause : last + 1]])
    mark, *breaks = reading.breaks[clause : last + 1]
    return Reading.of(reading.text[start:stop], own, clauses, (mark if mark[:1].isalpha() else "", *breaks))
