"""A message cut into words, clauses and sentences, for the alarms. Words keep no apostrophes ("can't" is "cant")."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain
from sys import intern
from typing import NamedTuple

from bot.understanding.words import CACHE, LONGEST_KEPT, Reading

WORD = re.compile(r"\d+(?:[.,]\d+)?|[^\W\d_]+(?:'[^\W\d_]+)*|[.!?;:,()\n…]+|[+&@%°]")
MARKS = frozenset(".!?;:,()\n…")
SENTENCE_MARKS = frozenset(".!?\n;…")
STOP, PAUSE = ".", ","
QUOTES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "`": "'", "\u00b4": "'"})


class Tokens(NamedTuple):
    """Words with the number of the clause, of the piece between two marks (no phrase goes over a comma) and of the
    sentence each stands in."""

    words: tuple[str, ...]
    clauses: tuple[int, ...]
    pieces: tuple[int, ...]
    sentences: tuple[int, ...]


class Cuts(dict[str, tuple[str, ...]]):
    """The words and marks in what stands between two spaces, worked out once. Of marks only two are told apart: such as end a sentence,
    and others."""

    def __init__(self, same: Mapping[str, str]) -> None:
        super().__init__()
        self._same = same

    def __missing__(self, written: str) -> tuple[str, ...]:
        word, mark = written[:-1], written[-1:]
        if mark in MARKS and word and word[-1] not in MARKS:
            found = (*self[word], _mark(mark))
        else:
            found = tuple([self._word(piece) if piece[0] not in MARKS else _mark(piece) for piece in WORD.findall(written)])
        if len(written) <= LONGEST_KEPT:
            self[written] = found
        return found

    def _word(self, piece: str) -> str:
        word = plain(piece) if "'" in piece else piece
        return intern(self._same.get(word, word))


class Spelling:
    """`same`: other spellings to one; `pairs`: two words to one. `bounds`: words that begin a new clause ("but")."""

    def __init__(self, same: Mapping[str, str], pairs: Mapping[tuple[str, str], str], bounds: frozenset[str]) -> None:
        self.cuts = Cuts(same)
        self.apart = bounds | {STOP, PAUSE}
        self.pairs = pairs
        self.seconds = frozenset(second for _, second in pairs)
        """The latter words of such two."""


def _mark(written: str) -> str:
    """What stands for one or several marks in a row."""
    return PAUSE if SENTENCE_MARKS.isdisjoint(written) else STOP


def plain(word: str) -> str:
    """The word as rules write it: small letters, no apostrophes, no "'s"."""
    return word.removesuffix("'s").replace("'", "")


def tokens_of(text: str, spelling: Spelling) -> Tokens:
    """Never raises, whatever the text."""
    text = text.lower()
    if "`" in text or not text.isascii():
        text = text.translate(QUOTES)
    if len(spelling.cuts) > CACHE:
        spelling.cuts.clear()
    words = list(chain.from_iterable(map(spelling.cuts.__getitem__, text.split(" "))))
    if not spelling.seconds.isdisjoint(words):
        words = _joined(words, spelling)
    return _cut(words, spelling.apart)


def repaired(reading: Reading, spelling: Spelling) -> Tokens | None:
    """The words with their spelling repaired, or None when nothing was repaired."""
    if not reading.guessed:
        return None
    parts: list[str] = []
    cursor = 0
    for token in reading.tokens:
        if token.repaired:
            parts += (reading.text[cursor:token.start], token.word, " ")
            cursor = max(cursor, token.start + len(token.raw))
    return tokens_of("".join(parts) + reading.text[cursor:], spelling)


def _joined(words: Sequence[str], spelling: Spelling) -> list[str]:
    """Two words that are one made one: "can not"."""
    done: list[str] = []
    last = ""
    for word in words:
        pair = spelling.pairs.get((last, word)) if word in spelling.seconds else None
        if pair is not None:
            done[-1] = last = pair
        else:
            done.append(word)
            last = word
    return done


def _cut(pieces: Sequence[str], apart: AbstractSet[str]) -> Tokens:
    if apart.isdisjoint(pieces):
        nought = (0,) * len(pieces)
        return Tokens(tuple(pieces), nought, nought, nought)
    words: list[str] = []
    clauses: list[int] = []
    between: list[int] = []
    sentences: list[int] = []
    clause = piece = sentence = begin = 0
    places = [place for place, word in enumerate(pieces) if word in apart]
    for place in (*places, len(pieces)):
        run = pieces[begin:place]
        words += run
        clauses += [clause] * len(run)
        between += [piece] * len(run)
        sentences += [sentence] * len(run)
        begin = place
        if place < len(pieces):
            clause += 1
            if pieces[place] in MARKS:
                begin += 1
                piece += 1
                sentence += pieces[place] == STOP
    return Tokens(tuple(words), tuple(clauses), tuple(between), tuple(sentences))
