"""Words by which something is named and not told: asked about, or only supposed."""

from __future__ import annotations

import re

from bot.catalog.model.lexicon import Lexicon
from bot.understanding.turns import CLAUSE, after, words_of

LONGEST = 5
"""A name has at most so many words, with "mean" and a courtesy behind it."""


def asks_what(text: str, lexicon: Lexicon) -> bool:
    """"What is sickle?" and nothing else; "what is safe on blood thinners" tells of them."""
    told = lexicon.untold
    name = after(words_of(text), told.asked, lexicon.turns.around)
    return name is not None and 0 < len(name) <= LONGEST and frozenset(told.no_name).isdisjoint(name)


def without_supposed(text: str, lexicon: Lexicon) -> str | None:
    """The message without what is only supposed in it ("is it safe if I am pregnant"); None where nothing is."""
    said = [_before(clause.group(), lexicon.untold.supposed) for clause in CLAUSE.finditer(text)]
    return ". ".join(filter(None, (before for before, _ in said))) if any(supposed for _, supposed in said) else None


def _before(clause: str, which: tuple[str, ...]) -> tuple[str, bool]:
    found = re.search(rf"\b(?:{'|'.join(map(re.escape, which))})\b", clause, re.IGNORECASE) if which else None
    return (clause[: found.start()].strip(), True) if found is not None else (clause.strip(), False)
