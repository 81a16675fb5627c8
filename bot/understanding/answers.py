"""Short answers that mean the same in every place: "yes", "not sure", "later"."""

from __future__ import annotations

from bot.catalog.model.lexicon import Lexicon
from bot.understanding.meaning import Answer
from bot.understanding.words import Reader

LONGEST = 8
"""A short answer has at most so many words, courtesies and all."""
EMERGENCY: Answer = "emergency"


class Answers:
    """The short answers of one language, by their base words."""

    def __init__(self, lexicon: Lexicon, reader: Reader) -> None:
        self._kinds: dict[tuple[str, ...], Answer] = {reader.stems(text): kind for kind, many in lexicon.answers.items() for text in many}
        self._laughter = {reader.stems(text) for text in lexicon.facts.laughter}
        self._courtesy = sorted({*map(reader.stems, lexicon.facts.courtesy), *self._laughter}, key=len, reverse=True)
        self._polite = {word for words in self._courtesy for word in (words[:1] + words[-1:])}

    def of(self, stems: tuple[str, ...]) -> Answer | None:
        """The answer that these words are; "no lol" is one, as "no" is, but who laughs calls for no help."""
        found = self._kinds.get(stems)
        if found is not None or not 1 < len(stems) <= LONGEST or not (stems[0] in self._polite or stems[-1] in self._polite):
            return found
        begins = next((words for words in self._courtesy if stems[: len(words)] == words), ())
        ends = next((words for words in self._courtesy if stems[-len(words) :] == words), ())
        found = self._kinds.get(stems[len(begins) : len(stems) - len(ends)])
        return None if found == EMERGENCY and not self._laughter.isdisjoint((begins, ends)) else found
