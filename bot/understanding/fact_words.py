"""Words that count only for facts. The second ear never hears them, so that a new one moves no alarm."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from bot.catalog.model.lexicon import Lexicon
from bot.understanding.hear import Hearing, hearing_of
from bot.understanding.scope import Scope
from bot.understanding.words import Reading


class FactWords:
    """The words of `facts.words`: a base form stands for all forms, a bent one for itself. Light words are skipped inside an
    expression that has none. A name may be that of a concept, which then has these words too, but only here."""

    def __init__(self, lexicon: Lexicon, telling: AbstractSet[str]) -> None:
        """`telling`: names without which no fact is told, but for numbers."""
        self._covering = {name for name, one in lexicon.concepts.items() if one.covers}
        self._scope = Scope(lexicon.scopes, {name for name, one in lexicon.concepts.items() if one.firm})
        self._light = frozenset(lexicon.writing.light)
        by_first: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for name, texts in lexicon.facts.words.items():
            for text in texts:
                words = tuple(text.split())
                by_first[words[0]].append((words, name))
        self._by_first: Mapping[str, Sequence[tuple[tuple[str, ...], str]]] = by_first
        self._telling = {
            first: tuple(text for text, name in many if name in telling)
            for first, many in by_first.items()
            if any(name in telling for _, name in many)
        }

    def tell(self, reading: Reading) -> bool:
        """Whether one of the telling words was said."""
        said = _said(reading)
        for place, token in enumerate(reading.tokens):
            for key in (token.word, token.stem) if token.word != token.stem else (token.word,):
                for text in self._telling.get(key, ()):
                    if (len(text) == 1 or text[1] in said) and self._last(reading, place, text) is not None:
                        return True
        return False

    def heard(self, hearing: Hearing) -> Hearing:
        """The same hearing with these words in it."""
        spans = self._spans(hearing.reading)
        if not spans:
            return hearing
        covered = [(one.first, one.last) for one in hearing.said if not one.ids.isdisjoint(self._covering)]
        said = [(one.ids, one.first, one.last) for one in hearing.said]
        return hearing_of([*said, *_widest(spans, covered)], hearing.reading, self._scope)

    def _spans(self, reading: Reading) -> dict[tuple[int, int], set[str]]:
        found: dict[tuple[int, int], set[str]] = defaultdict(set)
        said = _said(reading)
        for place, token in enumerate(reading.tokens):
            for key in (token.word, token.stem) if token.word != token.stem else (token.word,):
                for text, name in self._by_first.get(key, ()):
                    last = self._last(reading, place, text) if len(text) == 1 or text[1] in said else None
                    if last is not None and _together(reading, place, last):
                        found[place, last].add(name)
        return found

    def _last(self, reading: Reading, place: int, text: Sequence[str]) -> int | None:
        """Where an expression ends that begins there."""
        skips = self._light.isdisjoint(text)
        for word in text[1:]:
            place += 1
            while skips and place < len(reading.tokens) and reading.tokens[place].word in self._light:
                place += 1
            if place >= len(reading.tokens) or word not in (reading.tokens[place].word, reading.tokens[place].stem):
                return None
        return place


def _said(reading: Reading) -> set[str]:
    """All words, as read and in base form."""
    return {word for token in reading.tokens for word in token[1:3]}


def _together(reading: Reading, first: int, last: int) -> bool:
    """No mark of punctuation between them."""
    begin, end = reading.tokens[first].clause, reading.tokens[last].clause
    return all(reading.breaks[clause][:1].isalpha() for clause in range(begin + 1, end + 1))


def _widest(
    spans: Mapping[tuple[int, int], set[str]], covered: Sequence[tuple[int, int]]
) -> Iterator[tuple[frozenset[str], int, int]]:
    """Those that lie in no longer one: "not expecting" is not "expecting"."""
    kept = outermost([*spans, *covered])
    for (first, last), names in spans.items():
        if (first, last) in kept:
            yield frozenset(names), first, last


def outermost(spans: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
    """Spans that lie in no longer one."""
    kept: set[tuple[int, int]] = set()
    reach = -1
    for first, last in sorted(set(spans), key=lambda span: (span[0], -span[1])):
        if last > reach:
            kept.add((first, last))
            reach = last
    return kept
