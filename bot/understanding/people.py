"""Who somebody else is, and whether the words leave open that it is for somebody else at all."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Literal

from bot.catalog.model.lexicon import Lexicon
from bot.understanding.meaning import Meaning

MAN, WOMAN, OPEN, NOBODY, PASSING = "spoken-of-a-man", "spoken-of-a-woman", "spoken-of-whom", "spoken-of-nobody", "spoken-of-in-passing"
"""Heard beside the concepts of a message that is for somebody else."""
Named = Literal["", "man", "woman", "anyone"]
HEARD: Mapping[Named, str] = {"man": MAN, "woman": WOMAN, "anyone": "", "": NOBODY}
ANIMAL = "animal"
CLAUSE = re.compile(r"[.,;!?\n]+")
NEAR = 3
"""So many words after "for" stands for whom."""
WORD = re.compile(r"[^\W\d_]+")


def with_people(meaning: Meaning, text: str, lexicon: Lexicon, read: Callable[[str], Meaning]) -> Meaning:
    """The meaning of words for somebody else, with what they say of whom. Where a man is named it is always open: "my brother
    recommended this for constipation" is no word about him, and whoever writes may be pregnant. `read`: the meaning of a part."""
    if not meaning.facts.for_other:
        return meaning
    who = named(text, lexicon)
    clear, passing = who != "man" and _is_clear(meaning, text, lexicon, read), meaning.decision != "sure" and not is_for(text, lexicon)
    said = {HEARD[who], "" if clear else OPEN, PASSING if passing else ""}
    human = meaning.topic == ANIMAL and NOBODY not in said and ANIMAL not in meaning.concepts  # a person is named, and no animal
    return replace(meaning, concepts=meaning.concepts | (said - {""}), topic=None if human else meaning.topic)


def named(text: str, lexicon: Lexicon) -> Named:
    """A man where only men are named; so too where a word for anyone is followed by "he". "" where nobody is."""
    words, told = _words(text), lexicon.people
    man, woman = words & {*told.man, *told.he}, words & {*told.woman, *told.she}
    anyone = words & {*told.anyone}
    if man and not woman and not (anyone and words & {*told.man}):
        return "man"
    if woman and not man:
        return "woman"
    return "anyone" if man or woman or anyone else ""


def _is_clear(meaning: Meaning, text: str, lexicon: Lexicon, read: Callable[[str], Meaning]) -> bool:
    """Whether the complaint is said of the one who is named, in one breath or by an age; "my husband is a pain, headache" is not."""
    clauses = [clause for clause in CLAUSE.split(text) if clause.strip()]
    if len(clauses) < 2 or not meaning.wanted or meaning.decision == "none":
        return True
    theirs = [clause for clause in clauses if named(clause, lexicon)]
    if meaning.facts.age is not None and theirs:
        return True
    parts = (read(clause) for clause in theirs)
    return any(part.facts.for_other and set(part.wanted) & set(meaning.wanted) for part in parts)


def is_for(text: str, lexicon: Lexicon) -> bool:
    """Whether it is said for whom the points are: "it is for my son"."""
    words, told = WORD.findall(text.casefold()), lexicon.people
    people = {*told.man, *told.he, *told.woman, *told.she, *told.anyone}
    before = {*lexicon.scopes.given_to, *lexicon.scopes.for_whom}
    return any(word in before and not people.isdisjoint(words[n + 1 : n + 1 + NEAR]) for n, word in enumerate(words))


def _words(text: str) -> frozenset[str]:
    return frozenset(WORD.findall(text.casefold()))
