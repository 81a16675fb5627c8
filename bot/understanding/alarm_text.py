"""A message cut into words, clauses and sentences, for the alarms. Words keep no apostrophes ("can't" is "cant")."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain
from sys import intern

from bot.understanding.words import CACHE, LONGEST_KEPT, Reading

WORD = re.compile(r"\d+(?:[.,]\d+)?|[^\W\d_]+(?:'[^\W\d_]+)*|[.!?;:,()\n…]+|[+&@%°]")
MARKS = frozenset(".!?;:,()\n…")
SENTENCE_MARKS = frozenset(".!?\n;…")
STOP, PAUSE = ".", ","
BOTH, ENDS = frozenset((STOP, PAUSE)), frozenset((STOP,))
QUOTES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "`": "'", "\u00b4": "'"})


class Tokens:
    """Words with the number of the piece between two marks (no phrase goes over a comma), of the clause and of the
    sentence each stands in. The last two are looked up only when they are asked, as in one message of twenty."""

    __slots__ = ("_bounds", "_clauses", "_cut", "_sentences", "pieces", "words")

    def __init__(self, cut: Sequence[str], bounds: AbstractSet[str]) -> None:
        """`cut`: words and marks. `bounds`: words that begin a clause, and the marks."""
        self._cut, self._bounds = cut, bounds
        self._clauses: list[int] | None = None
        self._sentences: list[int] | None = None
        if BOTH.isdisjoint(cut):
            self.words, self.pieces = tuple(cut), [0] * len(cut)
        else:
            self.words, self.pieces = tuple([word for word in cut if word not in BOTH]), self._numbers(BOTH)

    @property
    def clauses(self) -> list[int]:
        if self._clauses is None:
            self._clauses = self._numbers(self._bounds)
        return self._clauses

    @property
    def sentences(self) -> list[int]:
        if self._sentences is None:
            self._sentences = self._numbers(ENDS)
        return self._sentences

    def _numbers(self, begins: AbstractSet[str]) -> list[int]:
        """For each word how many of these stand before it, itself among them."""
        found: list[int] = []
        number = 0
        for word in self._cut:
            if word in begins:
                number += 1
            if word not in BOTH:
                found.append(number)
        return found


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
        self.bounds = bounds | BOTH
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
    cut = list(chain.from_iterable(map(spelling.cuts.__getitem__, text.split(" "))))
    return Tokens(cut if spelling.seconds.isdisjoint(cut) else _joined(cut, spelling), spelling.bounds)


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
