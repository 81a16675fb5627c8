"""Words by which something is named and not told: asked about, only supposed, or taken back."""

from __future__ import annotations

import re

from bot.catalog.model.lexicon import Lexicon
from bot.understanding.turns import CLAUSE, after, holds, words_of

LONGEST = 5
"""A name has at most so many words, with "mean" and a courtesy behind it."""
GAP = ".."
"""Stands in a phrase for what is named."""


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


def removes(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The words for what is to be taken off the list: "remove blood thinners", "take epilepsy off please"; none when nothing is."""
    words, told = words_of(text), lexicon.untold.removed
    found = after(words, (phrase for phrase in told if GAP not in phrase), lexicon.turns.around)
    split = (phrase.split(GAP) for phrase in told if GAP in phrase)
    within = (_up_to(after(words, (begin.strip(),), lexicon.turns.around), end.split()) for begin, end in split)
    return found or next((said for said in within if said), ())


def is_of_the_writer(words: tuple[str, ...], lexicon: Lexicon) -> bool:
    """Whether the writer is spoken of in these words: "remove my varicose veins" may be a wish to be rid of them."""
    return not frozenset(lexicon.turns.writer).isdisjoint(words)


def denies(text: str, lexicon: Lexicon) -> bool:
    """As in "my dad takes apixaban, I don't"."""
    return holds(words_of(text), lexicon.untold.denied)


def was_another(text: str, lexicon: Lexicon) -> bool:
    """As in "actually no, that was my dad"."""
    words, people = words_of(text), lexicon.people
    rest = after(words, lexicon.untold.not_mine, lexicon.turns.around)
    names = {*people.man, *people.woman, *people.anyone}
    return rest is not None and len(rest) <= LONGEST and not names.isdisjoint(rest[:2])


def born_or_tested(text: str, lexicon: Lexicon) -> bool:
    """Whether a pregnancy is not as it was told: the baby is born, or a test showed something else."""
    words, told = words_of(text), lexicon.untold
    return holds(words, told.born) or (holds(words, told.tested) and frozenset(told.of_others).isdisjoint(words))


def _up_to(words: tuple[str, ...] | None, end: list[str]) -> tuple[str, ...]:
    return words[: words.index(end[0])] if words and end and end[0] in words else ()
