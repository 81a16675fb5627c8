"""Words by which it becomes somebody else's turn: "now me: I have a headache", "and for mum again"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bot.catalog.model.lexicon import Lexicon, People

CLAUSE = re.compile(r"[^.,;:!?\n]+")
APOSTROPHES = re.compile(r"['\u2019]")
WORD = re.compile(r"[^\W_]+")
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
        after = _after(words_of(clause.group()), told.own, told.around)
        if after is not None:
            said = (*words_of(text[: clause.start()]), *after, *words_of(text[clause.end() :]))
            return Turned(text[clause.start() :], all(word in {*told.around, *told.bare} for word in said))
    return None


def to_another(text: str, lexicon: Lexicon) -> Turned | None:
    """On to somebody who is named by a noun, at the beginning: "she" may be whoever is pressed already."""
    told, names = lexicon.turns, _nouns(lexicon.people)
    after = _after(words_of(text), told.next, told.around)
    if after is None or names.isdisjoint(after[:NEAR]):
        return None
    return Turned(text, all(word in {*told.around, *told.bare, *names} for word in after))


def words_of(text: str) -> tuple[str, ...]:
    """Small letters, without apostrophes and marks."""
    return tuple(WORD.findall(APOSTROPHES.sub("", text.casefold())))


def _after(words: Sequence[str], phrases: Iterable[str], around: Iterable[str]) -> tuple[str, ...] | None:
    """The words after the longest of these phrases, which only courtesies stand before."""
    split, polite = sorted((tuple(phrase.split()) for phrase in phrases), key=len, reverse=True), frozenset(around)
    for begin in range(len(words)):
        found = next((one for one in split if tuple(words[begin : begin + len(one)]) == one), None)
        if found is not None:
            return tuple(words[begin + len(found) :])
        if words[begin] not in polite:
            return None
    return None


def _nouns(people: People) -> frozenset[str]:
    return frozenset((*people.man, *people.woman, *people.anyone))
