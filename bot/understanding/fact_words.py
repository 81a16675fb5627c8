"""Words that count only for facts. The second ear never hears them, so that a new one moves no alarm."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from bot.catalog.model.lexicon import Lexicon
from bot.understanding.hear import Hearing, hearing_with
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
        texts = [(tuple(text.split()), name) for name, many in lexicon.facts.words.items() for text in many]
        uses = Counter(word for text, _ in texts for word in text)
        by_rarest: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for text, name in texts:
            by_rarest[min(text, key=lambda word: (word in self._light, uses[word], -len(word)))].append((text, name))
        self._by_rarest: Mapping[str, Sequence[tuple[tuple[str, ...], str]]] = by_rarest
        """Expressions by the one of their words that is said least: only where it was said the others are looked for."""
        self._telling = {
            word: tuple(one for one in many if one[1] in telling)
            for word, many in by_rarest.items()
            if any(name in telling for _, name in many)
        }

    def tell(self, reading: Reading) -> bool:
        """Whether one of the telling words was said."""
        telling = self._telling.keys()
        if telling.isdisjoint(reading.words) and telling.isdisjoint(reading.stems):
            return False
        return next(self._places(self._telling, reading), None) is not None

    def heard(self, hearing: Hearing) -> Hearing:
        """The same hearing with these words in it."""
        spans = self._spans(hearing.reading)
        if not spans:
            return hearing
        covered = [(one.first, one.last) for one in hearing.said if not one.ids.isdisjoint(self._covering)]
        return hearing_with(_widest(spans, covered), hearing, self._scope)

    def _spans(self, reading: Reading) -> dict[tuple[int, int], set[str]]:
        found: dict[tuple[int, int], set[str]] = defaultdict(set)
        for name, first, last in self._places(self._by_rarest, reading):
            if first == last or _together(reading, first, last):
                found[first, last].add(name)
        return found

    def _places(
        self, table: Mapping[str, Sequence[tuple[tuple[str, ...], str]]], reading: Reading
    ) -> Iterator[tuple[str, int, int]]:
        """What was said of these, and where: name, first token, last token."""
        said = {*reading.words, *reading.stems}
        likely = [one for key in table.keys() & said for one in table[key] if said.issuperset(one[0])]
        begins: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for one in likely:
            begins[one[0][0]].append(one)
        for place, both in enumerate(zip(reading.words, reading.stems, strict=True)) if likely else ():
            for word in both if both[0] != both[1] else both[:1]:
                for text, name in begins.get(word, ()):
                    last = self._last(reading, place, text) if len(text) > 1 else place
                    if last is not None:
                        yield name, place, last

    def _last(self, reading: Reading, place: int, text: Sequence[str]) -> int | None:
        """Where an expression ends that begins there."""
        words, stems = reading.words, reading.stems
        skips = self._light.isdisjoint(text)
        for word in text[1:]:
            place += 1
            while skips and place < len(words) and words[place] in self._light:
                place += 1
            if place >= len(words) or word not in (words[place], stems[place]):
                return None
        return place


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
