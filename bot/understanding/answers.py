"""Short answers that mean the same in every place: "yes", "not sure", "later"."""

from __future__ import annotations

from collections.abc import Collection

from bot.catalog.model.lexicon import Lexicon
from bot.understanding.meaning import Answer
from bot.understanding.words import Reader

LONGEST = 8
"""A short answer has at most so many words, courtesies and all."""
EMERGENCY: Answer = "emergency"
FOLLOWS: frozenset[Answer] = frozenset({
    "go", "next", "again", "stop", "back", "skip", "wait", "found", "did", "lost", "swap", "longer", "shorter", "softer", "harder", "thanks", "bye",
    "later", "now", "agreed", "left", "whereabouts", "change", "keep", "pictures", "restart",
})
"""What may be said after a word that agrees: "ok continue", "right, next one". Never an answer to a question of fact."""
LONGEST_PIECES = 16
"""So many words at most are taken to pieces."""
AGED, CEASED = "aged", "ceased"
"""Pieces that are no answers: what is said of an age, its number too; and what is over for good."""


class Answers:
    """The short answers of one language, by their base words."""

    def __init__(self, lexicon: Lexicon, reader: Reader) -> None:
        self._kinds: dict[tuple[str, ...], Answer] = {reader.stems(text): kind for kind, many in lexicon.answers.items() for text in many}
        self._laughter = {reader.stems(text) for text in lexicon.facts.laughter}
        addressed = map(reader.stems, lexicon.beside.addressed)
        self._more = {reader.stems(text): kind for kind, many in ((AGED, lexicon.beside.aged), (CEASED, lexicon.beside.ceased)) for text in many}
        self._numbers = frozenset(lexicon.writing.numbers)
        self._agreed = sorted((words for words, kind in self._kinds.items() if kind == "agreed"), key=len, reverse=True)
        self._agreeing = {words[0] for words in self._agreed}
        self._courtesy = sorted({*map(reader.stems, lexicon.facts.courtesy), *addressed, *self._laughter}, key=len, reverse=True)
        self._courtesy_words = frozenset(self._courtesy)
        self._polite = {word for words in self._courtesy for word in (words[:1] + words[-1:])}

    def of(self, stems: tuple[str, ...]) -> Answer | None:
        """The answer that these words are; "no lol" is one, as "no" is, but who laughs calls for no help."""
        return self._plainly(stems) or self._after_agreeing(stems)

    def pieces(self, stems: tuple[str, ...], allowed: Collection[str]) -> frozenset[str]:
        """The answers of these kinds that the words consist of, and of nothing else but courtesies: "no im 61 love, well past all
        that". Empty where anything else is said; of several ways to part them the one with the most kinds."""
        if not 0 < len(stems) <= LONGEST_PIECES:
            return frozenset()
        ways: list[frozenset[str] | None] = [frozenset(), *([None] * len(stems))]
        for begin in range(len(stems)):
            before = ways[begin]
            for end in range(begin + 1, min(begin + LONGEST, len(stems)) + 1) if before is not None else ():
                kind = self._piece(stems[begin:end], allowed)
                said = (before or frozenset()) | (kind or frozenset())
                known = ways[end]
                if kind is not None and (known is None or len(said) > len(known)):
                    ways[end] = said
        return ways[-1] or frozenset()

    def _piece(self, stems: tuple[str, ...], allowed: Collection[str]) -> frozenset[str] | None:
        """The kind of these words by themselves; none for a courtesy; None where they are neither."""
        if stems in self._courtesy_words:
            return frozenset()
        number = len(stems) == 1 and (stems[0].isdecimal() or stems[0] in self._numbers)
        kinds = {self._kinds.get(stems), self._more.get(stems), AGED if number else None}
        return frozenset(kind for kind in kinds if kind is not None and kind in allowed) or None

    def _after_agreeing(self, stems: tuple[str, ...]) -> Answer | None:
        if not 1 < len(stems) <= LONGEST or stems[0] not in self._agreeing:
            return None
        head = next((words for words in self._agreed if stems[: len(words)] == words), ())
        found = self._plainly(stems[len(head) :]) if head and len(head) < len(stems) else None
        return found if found in FOLLOWS else None

    def _plainly(self, stems: tuple[str, ...]) -> Answer | None:
        found = self._kinds.get(stems)
        if found is not None or not 1 < len(stems) <= LONGEST or not (stems[0] in self._polite or stems[-1] in self._polite):
            return found
        begins = next((words for words in self._courtesy if stems[: len(words)] == words), ())
        ends = next((words for words in self._courtesy if stems[-len(words) :] == words), ())
        found = self._kinds.get(stems[len(begins) : len(stems) - len(ends)])
        return None if found == EMERGENCY and not self._laughter.isdisjoint((begins, ends)) else found
