"""Writing to words: characters made plain, tokens, clauses, repaired spelling."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from operator import add
from sys import intern
from typing import NamedTuple

from bot.catalog.model.lexicon import Writing
from bot.understanding.spelling import LONG_RUN, Speller, Stemmer

MAX_TOKENS = 400
"""A message has at most 4096 characters; what stands beyond this many words is not read."""
MAX_TEXT = 4096
CACHE = 20_000
LONGEST_KEPT = 40
"""So many words are remembered, none with more letters."""
TOKEN = re.compile(
    r"(?P<number>\d+(?:[.,:/+]\d+)*)|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)*)|(?P<stop>[.,;:!?\n()\[\]\u2026\u2013\u2014\u2022|]|\s-+\s)"
    r"|(?P<sign>[^\w\s'\"`*_~@#\-/\\<>{}^=.,;:!?()\[\]])"
)
DROPPED = re.compile(r"[\ufe00-\ufe0f\U0001f3fb-\U0001f3ff]|\u200d[\u2640\u2642]?")
ENDS = frozenset(".,;:!?")
"""Marks that stand right behind a word, each one by itself."""
PUT_APART = tuple((f"{mark} ", f" {mark} ") for mark in ",.?!")
IN_A_ROW = ("..", "!!", "??", "?!", "!?", ".,", ",.")
DASH = re.compile(r"\s-")
"""What may stand between two spaces and is yet one mark, with the spaces."""
FIGURE = re.compile(r"\d")
QUOTES = str.maketrans(
    {"\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u00b4": "'", "`": "'", "\u201c": '"', "\u201d": '"'}
)


class Token(NamedTuple):
    """One word, number or sign. `raw`: as written; `word`: small letters, repaired; `stem`: its base form;
    `start`: place in `Reading.text`; `clause`: number of its clause; `repaired`: `word` is a guess."""

    raw: str
    word: str
    stem: str
    start: int
    clause: int
    repaired: bool


Piece = tuple[str, str, str, int, bool, bool]
"""What is kept of a word or mark: as written, the word ("" of a mark), its base form, its place in what stands between two spaces, whether
it is repaired, and whether a clause begins there."""


class Reading(NamedTuple):
    """`clauses`: first token and the one past the last, for each clause. `breaks`: the word that began each clause, or
    the punctuation mark, or nothing. `words`, `stems`: those of the tokens; `guessed`: how many of them are repaired; `has_figures`: whether there
    are any digits."""

    text: str
    tokens: tuple[Token, ...]
    clauses: tuple[tuple[int, int], ...]
    breaks: tuple[str, ...]
    words: tuple[str, ...]
    stems: tuple[str, ...]
    guessed: int
    has_figures: bool

    @classmethod
    def of(cls, text: str, tokens: Sequence[Token], clauses: tuple[tuple[int, int], ...], breaks: Iterable[str]) -> Reading:
        """The same with the columns of its tokens."""
        _, words, stems, _, _, guessed = zip(*tokens, strict=True) if tokens else ((),) * 6
        return cls(text, tuple(tokens), clauses, tuple(breaks), words, stems, sum(guessed), FIGURE.search(text) is not None)


def normalise(text: str) -> str:
    """One way of writing the same: NFKC, plain quotes, no invisible characters, small letters."""
    if not text.isascii():
        text = DROPPED.sub("", unicodedata.normalize("NFKC", text[:MAX_TEXT]).translate(QUOTES))
        text = "".join(
            one for one in text if one == "\n" or unicodedata.category(one) not in ("Cf", "Cc", "Mn", "Co", "Cs")
        )
    return text[:MAX_TEXT].lower()


class Reader:
    """Reads a text with one language's spelling."""

    def __init__(self, writing: Writing, speller: Speller, stemmer: Stemmer, joined: Iterable[str]) -> None:
        self._writing = writing
        self.speller = speller
        self._stemmer = stemmer
        self._joined = frozenset(joined)
        self._breaks = frozenset(writing.breaks)
        self._clitics = frozenset(writing.clitics)
        self._kept: dict[str, tuple[Piece, ...]] = {}

    def read(self, text: str) -> Reading:
        plain = _apart(normalise(text))
        tokens: list[Token] = []
        breaks = [""]
        clause = begin = 0
        kept, new = self._kept, tuple.__new__
        for written in plain.split(" ") if "-" not in plain or not DASH.search(plain) else (plain,):
            for raw, word, stem, at, repaired, parts in kept.get(written) or self._learnt(written):
                if parts:
                    _break(tokens, breaks, raw)
                    clause = len(breaks) - 1
                if word:
                    tokens.append(new(Token, (raw, word, stem, begin + at, clause, repaired)))  # Token(...) takes twice as long
            begin += len(written) + 1
        if len(tokens) > MAX_TOKENS:
            del tokens[MAX_TOKENS:], breaks[tokens[MAX_TOKENS - 1].clause + 1 :]
        reading = Reading.of(plain, tokens, _clauses(tokens, len(breaks)), breaks)
        if self._joined.isdisjoint(map(add, reading.words, reading.words[1:])):
            return reading
        self._join(tokens)
        return Reading.of(plain, tokens, _clauses(tokens, len(breaks)), breaks)

    def stem(self, word: str) -> str:
        return self._stemmer(word)

    def respelt(self, word: str) -> str:
        return self._stemmer.respelt(word)

    def stems(self, phrase: str) -> tuple[str, ...]:
        """The base words of a phrase of our own: nothing is repaired in it."""
        return tuple(
            self._stemmer(word)
            for raw, _, kind in self._pieces(normalise(phrase))
            if kind != "stop"
            for word in self._spelt(raw)
        )

    @staticmethod
    def _pieces(text: str) -> Iterator[tuple[str, int, str]]:
        for match in TOKEN.finditer(text):
            yield match.group(), match.start(), match.lastgroup or ""

    def _spelt(self, raw: str) -> tuple[str, ...]:
        """Without apostrophes, shorthand written out."""
        if "'" in raw:
            head, _, tail = raw.rpartition("'")
            raw = (head if tail in self._clitics else raw).replace("'", "")
        if LONG_RUN.search(raw):
            raw = self.speller.unstretched(raw)
        long = self._writing.shorthand.get(raw)
        return tuple(long.split()) if long else (raw,)

    def _learnt(self, written: str) -> tuple[Piece, ...]:
        """What is kept of that which stands between two spaces."""
        if len(self._kept) > CACHE:
            self._kept.clear()
        word, mark = written[:-1], written[-1:]
        if mark in ENDS and word and word[-1] not in ENDS:
            found = (*(self._kept.get(word) or self._learnt(word)), (mark, "", "", len(word), False, True))
        else:
            found = tuple(self._taken_apart(written))
        if len(written) <= LONGEST_KEPT:
            self._kept[written] = found
        return found

    def _taken_apart(self, written: str) -> Iterator[Piece]:
        for raw, at, kind in self._pieces(written):
            if kind == "stop":
                yield raw, "", "", at, False, True
                continue
            parts = raw in self._breaks
            known = (one for word in self._spelt(raw) for one in self._known(word)) if kind == "word" else ((raw, raw, False),)
            for word, stem, repaired in known:
                yield raw, intern(word), intern(stem), at, repaired, parts
                parts = False

    def _known(self, word: str) -> tuple[tuple[str, str, bool], ...]:
        """(word, base form, whether it was repaired); two of them when two words were written as one."""
        stem = self._stemmer(word)
        if self.speller.knows(word) or self.speller.knows(stem):
            slip = self.speller.slip(word)
            return ((slip, self._stemmer(slip), True),) if slip else ((word, stem, False),)
        repaired = self.speller.repair(word)
        return tuple((one, self._stemmer(one), True) for one in repaired) or ((word, stem, False),)

    def _join(self, tokens: list[Token]) -> None:
        """Two words that we know as one are one, as in "head ache"."""
        place = 0
        while place < len(tokens) - 1:
            this, after = tokens[place], tokens[place + 1]
            both = this.word + after.word
            if both in self._joined and after.clause == this.clause:
                stem = self._stemmer(both)
                one = Token(f"{this.raw} {after.raw}", both, stem, this.start, this.clause, repaired=True)
                tokens[place : place + 2] = [one]
            place += 1


def _apart(text: str) -> str:
    """With a space before single marks, so that a word is looked up by itself."""
    if any(map(text.__contains__, IN_A_ROW)):
        return text
    if text[-1:] in ENDS:
        text = f"{text[:-1]} {text[-1]}"
    for behind, before in PUT_APART:
        if behind in text:
            text = text.replace(behind, before)
    return text


def _break(tokens: Sequence[Token], breaks: list[str], mark: str) -> None:
    """A clause ends here; of several marks in a row the last counts."""
    if tokens and tokens[-1].clause == len(breaks) - 1:
        breaks.append(mark)
    else:
        breaks[-1] = mark


def _clauses(tokens: Sequence[Token], count: int) -> tuple[tuple[int, int], ...]:
    if count == 1:
        return ((0, len(tokens)),)
    numbers = [token.clause for token in tokens]
    firsts = [bisect_left(numbers, clause) for clause in range(count)]
    return tuple(zip(firsts, [*firsts[1:], len(tokens)], strict=True))
