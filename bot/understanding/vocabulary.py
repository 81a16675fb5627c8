"""Which words are ours, and how much each is favoured when spelling is repaired: the reader of a language."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.catalog.model import Words
from bot.catalog.model.lexicon import Lexicon
from bot.understanding.alarms import vocabulary
from bot.understanding.spelling import Speller, Stemmer, common_words
from bot.understanding.words import Reader

WORD = re.compile(r"[^\W\d_]+")
CONCEPT_WORD, ALARM_WORD, PHRASE_WORD = 0.5, 0.3, 0.2
"""How much spelling repair favours our own words."""
LITTLE = 5.5
"""Commoner words are favoured only when they mean something by themselves."""


def reader_of(words: Words, lexicon: Lexicon) -> Reader:
    """The reader of a language, with its own words and the large list."""
    common = common_words(lexicon.common)
    own: dict[str, float] = {}
    little = (text for one in lexicon.concepts.values() if one.weightless for text in one.words if " " not in text)
    _favour(own, little, 0.0)
    texts = [text for one in lexicon.concepts.values() for text in one.words]
    _favour(own, (text for text in texts if " " not in text), CONCEPT_WORD)
    parts = {word for text in texts if " " in text for word in WORD.findall(text.lower())}
    _favour(own, (word for word in parts if common.get(word, 0.0) < LITTLE), CONCEPT_WORD)
    if words.alarm_rules:
        _favour(own, vocabulary(words.alarm_rules), ALARM_WORD)
    _favour(own, (word for texts in lexicon.facts.words.values() for text in texts for word in text.split() if word not in common), ALARM_WORD)
    said: dict[str, float] = {}
    _favour(said, (text for one in words.conditions.values() for text in one.phrases), PHRASE_WORD)
    _favour(said, (text for one in words.questions.values() for text in one.phrases), PHRASE_WORD)
    _favour(said, (text for one in lexicon.complaints.values() for text in one.phrases), PHRASE_WORD)
    # A phrase may be misspelt on purpose: its words are ours only when the large list knows them too.
    own = {**{word: worth for word, worth in said.items() if word in common}, **own}
    stemmer = Stemmer(lexicon.writing, own, common)
    joined = [word for word, favour in own.items() if favour >= CONCEPT_WORD and len(word) > 5]
    return Reader(lexicon.writing, Speller(own, common, lexicon.writing, stemmer), stemmer, joined)


def _favour(own: dict[str, float], texts: Iterable[str], worth: float) -> None:
    for text in texts:
        for word in WORD.findall(text.lower()):
            own.setdefault(word, worth)
