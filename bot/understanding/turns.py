"""Words by which it becomes somebody else's turn: "now me: I have a headache", "and for mum again"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bot.catalog.model.lexicon import Lexicon, People, Turns

CLAUSE = re.compile(r"[^.,;:!?\n]+")
APOSTROPHES = re.compile(r"['\u2019]")
WORD = re.compile(r"[^\W_]+")
FAR = 4
"""So many words lie at most between "can" and who is asked for."""
NEAR = 3
"""So many words after "now" or "and for" stands who is next."""


class Turned(NamedTuple):
    """`rest`: the message from there on; `bare`: whether nothing is said but whose turn it is."""

    rest: str
    bare: bool


def to_the_writer(text: str, lexicon: Lexicon) -> Turned | None:
    """Back to whoever writes, at the beginning of a clause."""
    told = lexicon.turns
    for clause in CLAUSE.finditer(text):
        rest = after(words_of(clause.group()), told.own, told.around)
        if rest is not None:
            said = (*words_of(text[: clause.start()]), *rest, *words_of(text[clause.end() :]))
            return Turned(text[clause.start() :], all(word in {*told.around, *told.bare} for word in said))
    return None


def to_another(text: str, lexicon: Lexicon) -> Turned | None:
    """On to somebody who is named by a noun, at the beginning: "she" may be whoever is pressed already."""
    told, names = lexicon.turns, _nouns(lexicon.people)
    rest = after(words_of(text), told.next, told.around)
    if rest is None or names.isdisjoint(rest[:NEAR]):
        return None
    return Turned(text, all(word in {*told.around, *told.bare, *names} for word in rest))


def is_shared(text: str, lexicon: Lexicon) -> bool:
    """Whether somebody else is to have the same: "can my partner do it too?", "lena wants to do it with me". "Can I do it as well at
    night" is the writer's own."""
    told, names = lexicon.turns, _nouns(lexicon.people)
    if any(holds(words_of(clause), told.shared) for clause in CLAUSE.findall(text)):
        return True
    others = {word for word in words_of(text) if word in names} or frozenset(told.writer).isdisjoint(words_of(text))
    return bool(others) and any(_ends(words_of(clause), told) for clause in CLAUSE.findall(text))


def presses_the_writer(text: str, lexicon: Lexicon) -> bool:
    """Whether somebody who is named may press the writer: "can hubby press my lower back", "could my wife do it for me". Asked, or said of what
    may be; what has been done already is told, and no wish."""
    names, told = _nouns(lexicon.people), lexicon.beside
    for clause in CLAUSE.findall(text):
        words = words_of(clause)
        asked = next((n for n, word in enumerate(words) if word in told.may), None)
        for n, word in enumerate(words):
            rest = words[n + 1 :]
            if asked is None or word not in names or n - asked > FAR or not (rest and asked < n + NEAR):
                continue
            if any(_begins_then(rest[begin:], told.presses, told.pressed) for begin in range(min(NEAR, len(rest)))):
                return True
    return False


def _begins_then(words: Sequence[str], first: Iterable[str], then: Iterable[str]) -> bool:
    """Whether these words begin with one of the first, and one of the others follows close by."""
    behind = after(words, first, ())
    return behind is not None and holds(behind[:NEAR], then)


def of_the_writer(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The parts of a message in which the writer is spoken of: "I'm pregnant and my wife wants to do it too"."""
    joins = "|".join(map(re.escape, lexicon.turns.joins))
    parts = (part for clause in CLAUSE.findall(text) for part in (re.split(rf"\b(?:{joins})\b", clause) if joins else (clause,)))
    return tuple(part for part in parts if not frozenset(lexicon.turns.writer).isdisjoint(words_of(part)))


def words_of(text: str) -> tuple[str, ...]:
    """Small letters, without apostrophes and marks."""
    return tuple(WORD.findall(APOSTROPHES.sub("", text.casefold())))


def after(words: Sequence[str], phrases: Iterable[str], around: Iterable[str]) -> tuple[str, ...] | None:
    """The words after the longest of these phrases, which only courtesies stand before."""
    split, polite = sorted((tuple(phrase.split()) for phrase in phrases), key=len, reverse=True), frozenset(around)
    for begin in range(len(words)):
        found = next((one for one in split if tuple(words[begin : begin + len(one)]) == one), None)
        if found is not None:
            return tuple(words[begin + len(found) :])
        if words[begin] not in polite:
            return None
    return None


def holds(words: Sequence[str], phrases: Iterable[str]) -> bool:
    """Whether one of these phrases is said."""
    said = f" {' '.join(words)} "
    return any(f" {phrase} " in said for phrase in phrases)


def _ends(words: Sequence[str], told: Turns) -> bool:
    """Whether a clause ends so, but for a courtesy."""
    polite = {*told.around, *told.bare}
    last = max((n for n, word in enumerate(words, 1) if word not in polite), default=0)
    return any(f" {' '.join(words[:n])}".endswith(f" {phrase}") for n in range(last, len(words) + 1) for phrase in told.too)


def _nouns(people: People) -> frozenset[str]:
    return frozenset((*people.man, *people.woman, *people.anyone))
