"""Who says "under 18" tells of no age in years, and of nobody who is 18: the age group is asked."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.catalog.model.lexicon import Lexicon
from bot.understanding.meaning import Meaning

MINOR = "minor"
"""Among the concepts of a message in which it is said."""
WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
OF_AGE = 18
LEAST = 2
"""A word alone is one only where nothing else is said."""


def told_young(meaning: Meaning, words: str, lexicon: Lexicon) -> Meaning:
    """The meaning with what "under 18" says: not that somebody is 18."""
    said = f" {' '.join(WORD.findall(words.casefold()))} "
    told = meaning.answer == MINOR or any(f" {each} " in said for each in lexicon.answers.get("minor", ()) if len(each.split()) >= LEAST)
    if not told:
        return meaning
    age = meaning.facts.age if meaning.facts.age is not None and meaning.facts.age < OF_AGE else None
    return replace(meaning, facts=replace(meaning.facts, age=age), concepts=meaning.concepts | {MINOR})
