"""A message cut into words, clauses and sentences, for the alarms. Words keep no apostrophes ("can't" is "cant")."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.understanding.words import Reading

WORD = re.compile(r"\d+(?:[.,]\d+)?|[^\W\d_]+(?:'[^\W\d_]+)*|[.!?;:,()\n…]+|[+&@%°]")
MARKS = frozenset(".!?;:,()\n…")
SENTENCE_MARKS = frozenset(".!?\n;…")
QUOTES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "`": "'", "\u00b4": "'"})


@dataclass(frozen=True, slots=True)
class Tokens:
    """Words with the number of the clause, of the piece between two marks (no phrase goes over a comma) and of the
    sentence each stands in."""

    words: tuple[str, ...]
    clauses: tuple[int, ...]
    pieces: tuple[int, ...]
    sentences: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.words)


@dataclass(frozen=True, slots=True)
class Spelling:
    """`same`: other spellings to one; `pairs`: two words to one, `seconds`: the latter of such two. `bounds`: words that begin a new
    clause ("but")."""

    same: Mapping[str, str]
    pairs: Mapping[tuple[str, str], str]
    seconds: frozenset[str]
    bounds: frozenset[str]


def plain(word: str) -> str:
    """The word as rules write it: small letters, no apostrophes, no "'s"."""
    return word.removesuffix("'s").replace("'", "")


def tokens_of(text: str, spelling: Spelling) -> Tokens:
    """Never raises, whatever the text."""
    text = text.lower()
    if "`" in text or not text.isascii():
        text = text.translate(QUOTES)
    return _cut(_joined(WORD.findall(text), spelling), spelling.bounds)


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


def _joined(pieces: Sequence[str], spelling: Spelling) -> list[str]:
    """The pieces with other spellings made one, "can not" too."""
    same = spelling.same
    words = [same.get(word, word) for word in [plain(piece) if "'" in piece else piece for piece in pieces]]
    if spelling.seconds.isdisjoint(words):
        return words
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


def _cut(pieces: Sequence[str], bounds: frozenset[str]) -> Tokens:
    if bounds.isdisjoint(pieces) and MARKS.isdisjoint([word[0] for word in pieces]):
        nought = (0,) * len(pieces)
        return Tokens(tuple(pieces), nought, nought, nought)
    words: list[str] = []
    clauses: list[int] = []
    between: list[int] = []
    sentences: list[int] = []
    clause = piece = sentence = begin = 0
    apart = [place for place, word in enumerate(pieces) if word[0] in MARKS or word in bounds]
    for place in (*apart, len(pieces)):
        run = pieces[begin:place]
        words += run
        clauses += [clause] * len(run)
        between += [piece] * len(run)
        sentences += [sentence] * len(run)
        begin = place
        if place < len(pieces):
            clause += 1
            if pieces[place][0] in MARKS:
                begin += 1
                piece += 1
                sentence += not SENTENCE_MARKS.isdisjoint(pieces[place])
    return Tokens(tuple(words), tuple(clauses), tuple(between), tuple(sentences))
