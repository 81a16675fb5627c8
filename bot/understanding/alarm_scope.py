"""What a message takes back: what it denies ("no chest pain"), and what was long ago ("in 2010")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.understanding.alarm_grammar import Book
from bot.understanding.alarm_hits import NOWHERE, Hits, Span
from bot.understanding.alarm_text import Tokens

REACH = 7
"""How many words a "no" reaches over."""
FINE_REACH = 5
LIST_CLAUSE = 6
"""A clause of at most so many words continues a list: "no fever, rash or stiff neck"."""
LONE_CLAUSE = 3
"""A clause of at most so many words that only names a time belongs to the one before: "a heart attack, in 2010"."""
YEAR = re.compile(r"(?:19[3-9]\d|20\d\d)")
WRITTEN = 2026
"""Where nobody says which year it is, years before this one are over."""
ELSEWHERE = ("FICTION", "ANIMAL", "RULED-OUT", "MINOR")
"""Groups that say that what is told is not happening to a person now."""


@dataclass(frozen=True, slots=True)
class Bent:
    """By word, the place of the word that denies it (or -1), and whether it is long past."""

    denied: Sequence[int]
    past: Sequence[bool]

    def __call__(self, spans: Sequence[Span]) -> bool:
        """A "no" that is itself part of what was heard ("no control") denies nothing else."""
        inside = {place for start, end in spans for place in range(start, end)}
        return any(
            span != NOWHERE and (self.past[span[0]] or (self.denied[span[0]] >= 0 and self.denied[span[0]] not in inside))
            for span in spans
        )


class Scope:
    """Reads by the groups NEGATORS, NOT-NEGATED, FINE, STILL, OR, AND, ANEW, TIES, PAST and PRESENT of the language."""

    def __init__(self, book: Book) -> None:
        self._negators, self._or, self._and = (book.single(name) for name in ("NEGATORS", "OR", "AND"))
        self._anew, self._ties = book.single("ANEW"), book.single("TIES")
        self._spared, self._fine, self._still = (book.reserved(name) for name in ("NOT-NEGATED", "FINE", "STILL"))
        self._past, self._present = book.reserved("PAST"), book.reserved("PRESENT")
        self._elsewhere = tuple(book.reserved(name) for name in ELSEWHERE)
        self._untelling = book.single("UNTELLING")
        apart = {*book.structural, *ELSEWHERE, *book.groups.get("UNTELLING", ())}
        self._content = frozenset(book.number(name) for name in sorted(book.groups) if name not in apart)

    def bent(self, tokens: Tokens, hits: Hits, year: int) -> Bent:
        """`year`: which it is, or 0."""
        return Bent(self._denied(tokens, hits), self._long_ago(tokens, hits, year or WRITTEN))

    def _denied(self, tokens: Tokens, hits: Hits) -> list[int]:
        away = [-1] * len(tokens.words)
        spared = {place for start, end in hits.spans.get(self._spared, ()) for place in range(start, end)}
        for place, word in enumerate(tokens.words):
            if word in self._negators and place not in spared:
                for taken in self._after_no(place, tokens):
                    away[taken] = place
        still = {start for start, _ in hits.spans.get(self._still, ())}
        for start, end in hits.spans.get(self._fine, ()):
            if end not in still and start not in spared:
                for taken in _before_fine(start, tokens):
                    away[taken] = start
        return away

    def _after_no(self, place: int, tokens: Tokens) -> Iterator[int]:
        clause, sentence = tokens.clauses[place], tokens.sentences[place]
        for at in range(place + 1, min(place + 1 + REACH, len(tokens.words))):
            if tokens.words[at] in self._and or (at > place + 1 and self._begins_anew(at, tokens)):
                return
            if tokens.clauses[at] != clause:
                if tokens.sentences[at] != sentence or not self._lists_on(tokens.clauses[at], tokens):
                    return
                clause = tokens.clauses[at]
            yield at

    def _begins_anew(self, at: int, tokens: Tokens) -> bool:
        """Whether a sentence of the writer's begins here that no mark divides, as dictation writes it: "no fever | my chest is tight"."""
        return tokens.words[at] in self._anew and tokens.words[at - 1] not in self._ties

    def _lists_on(self, clause: int, tokens: Tokens) -> bool:
        words = [word for word, own in zip(tokens.words, tokens.clauses, strict=True) if own == clause]
        return len(words) <= LIST_CLAUSE and not self._or.isdisjoint(words)

    def _long_ago(self, tokens: Tokens, hits: Hits, year: int) -> list[bool]:
        clauses = {tokens.clauses[start] for start, _ in hits.spans.get(self._past, ())}
        clauses |= {tokens.clauses[place] for place, word in enumerate(tokens.words) if YEAR.fullmatch(word) and int(word) < year}
        clauses |= {clause - 1 for clause in clauses if tokens.clauses.count(clause) <= LONE_CLAUSE}
        clauses -= {tokens.clauses[start] for start, _ in hits.spans.get(self._present, ())}
        return [clause in clauses for clause in tokens.clauses]


def _before_fine(start: int, tokens: Tokens) -> Iterator[int]:
    for taken in range(start - 1, max(start - 1 - FINE_REACH, -1), -1):
        if tokens.clauses[taken] != tokens.clauses[start]:
            return
        yield taken
