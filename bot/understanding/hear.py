"""Words to concepts: what was talked about, where in the message, and whether it was denied, past or another person's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

from bot.catalog.model.lexicon import Lexicon
from bot.understanding.scope import BENDING, DENIED, OTHER, PEOPLE, UNABLE, Said, Scope
from bot.understanding.words import Reader, Reading

TELLING = 6.0
"""An expression of nothing but commoner words means something only exactly as it stands."""
LONG_WORD = 7
"""Words from this length on are known by their ending too (names of medicines)."""
LONGEST = 8
"""Expressions have at most so many words."""
CACHE = 20_000
NOTHING: frozenset[str] = frozenset()
END = ""
"""The key of a branch of the tree of expressions under which its meaning stands."""
Spot = tuple[frozenset[str], int, int]
"""Ids of concepts, first token, last token."""
BY_PLACE = itemgetter(1, 2)
MOVING = frozenset((*BENDING, *PEOPLE))
"""Concepts without which everything is said plainly."""


__all__ = ["DENIED", "END", "OTHER", "UNABLE", "Expressions", "Heard", "Hearing", "Said", "Scope", "hearing", "hearing_of", "hearing_with"]


class Heard(NamedTuple):
    """One thing said: ids of its concepts (the wider ones too), its tokens, its clause and its state (bits)."""

    ids: frozenset[str]
    first: int
    last: int
    clause: int
    state: int


class Known(NamedTuple):
    """A word: whether it is light in expressions, how those go on that start with it (as they stand, or by their weightier
    words), and what it means by itself."""

    light: bool
    exact: dict[str, Any] | None
    tree: dict[str, Any] | None
    names: frozenset[str]


class Hearing(NamedTuple):
    """Everything said, in order, and the same by id. `said_ids`: said and not denied; `refused_ids`: denied or
    impossible. One id may be in both."""

    reading: Reading
    said: tuple[Heard, ...]
    by_id: Mapping[str, Sequence[Heard]]
    said_ids: frozenset[str]
    refused_ids: frozenset[str]

    def has(self, concept: str) -> bool:
        """Whether it was said and not denied."""
        return concept in self.said_ids


class Expressions:
    """All words and fixed expressions of the concepts, as a dictionary and two trees."""

    def __init__(self, lexicon: Lexicon, reader: Reader, literals: Iterable[str]) -> None:
        self._light = frozenset(reader.stem(word) for word in lexicon.writing.light) | frozenset(lexicon.writing.light)
        self._shared: dict[frozenset[str], frozenset[str]] = {}
        self._single: dict[str, frozenset[str]] = {}
        self._known: dict[tuple[str, ...], Known] = {}
        self._alike: dict[tuple[bool, frozenset[str]], Known] = {}
        self._tree: dict[str, Any] = {}
        self._exact: dict[str, Any] = {}
        self._literally = {name for name, concept in lexicon.concepts.items() if concept.exact}
        self._covering = {name for name, concept in lexicon.concepts.items() if concept.covers}
        self._wider = {name: frozenset(_ancestors(name, lexicon)) for name in lexicon.concepts}
        self._sets: dict[frozenset[str], frozenset[str]] = {}
        for name, concept in lexicon.concepts.items():
            for phrase in concept.words:
                self._learn(name, phrase, reader)
        ends: dict[str, set[str]] = {}
        for name, concept in lexicon.concepts.items():
            for ending in concept.endings:
                ends.setdefault(ending, set()).add(name)
        self._endings = ends
        self._lengths = sorted({len(ending) for ending in ends})
        for literal in literals:
            self._add(self._single, literal, f"={literal}")

    def _learn(self, name: str, phrase: str, reader: Reader) -> None:
        stems = reader.stems(phrase)
        if len(stems) == 1:
            same = reader.respelt(phrase) == stems[0] or not phrase.isalpha()
            self._add(self._single, stems[0] if same else phrase, name)
            return
        content = [stem for stem in stems if stem not in self._light]
        tells = any(reader.speller.frequency(stem) < TELLING for stem in content)
        if len(content) > 1 and tells and name not in self._literally:
            self._plant(self._tree, content, name)
        elif stems:
            self._plant(self._exact, stems, name)

    def _plant(self, tree: dict[str, Any], stems: Sequence[str], name: str) -> None:
        for stem in stems:
            tree = tree.setdefault(stem, {})
        self._add(tree, END, name)

    def _add(self, table: dict[str, Any], key: str, name: str) -> None:
        """One more name under a key. Equal sets are one, for there are thousands of them."""
        names = table.get(key, NOTHING) | {name}
        table[key] = self._shared.setdefault(names, names)

    def heard(self, reading: Reading) -> list[Spot]:
        """The expressions first, those of words as they stand before those of the weightier words; then the single words that no
        expression covers."""
        kept, stems = self._known, reading.stems
        after = (*stems[1:], END)
        exactly: list[tuple[int, dict[str, Any]]] = []
        loosely: list[tuple[int, dict[str, Any]]] = []
        single: list[Spot] = []
        begun: dict[str, Any] | None = None
        last = 0  # the place of the last word that is not light
        for place, both in enumerate(zip(reading.words, stems, strict=True)):
            light, exact, tree, names = kept.get(both) or self._learnt(*both)
            if exact and after[place] in exact:
                exactly.append((place, exact))
            if not light:
                if begun and stems[place] in begun:
                    loosely.append((last, begun))
                last, begun = place, tree
            if names:
                single.append((names, place, place))
        if not exactly and not loosely:
            return single
        sentences = _sentences(reading)
        found = [_longest(branch, range(place, len(stems)), reading, sentences) for place, branch in exactly]
        content = self._content(reading) if loosely else []
        found += [_longest(branch, content[content.index(place) :], reading, sentences) for place, branch in loosely]
        return self._uncovered([one for one in found if one], single)

    def _content(self, reading: Reading) -> list[int]:
        """Where the words stand that are not light."""
        both = enumerate(zip(reading.words, reading.stems, strict=True))
        return [place for place, (word, stem) in both if not (self._known.get((word, stem)) or self._learnt(word, stem)).light]

    def _uncovered(self, found: Sequence[Spot], single: Sequence[Spot]) -> list[Spot]:
        """Without what a longer expression covers."""
        wide = [spot for spot in found if not spot[0].isdisjoint(self._covering)]
        covered = {place for _, first, last in wide for place in range(first, last + 1)}
        spots = [(self._with_wider(ids), first, last) for ids, first, last in found if not _is_inside(first, last, wide)]
        return [*spots, *[one for one in single if one[1] not in covered]]

    def _learnt(self, word: str, stem: str) -> Known:
        """What is kept of a word."""
        if len(self._known) > CACHE:
            self._known.clear()
        found = Known(stem in self._light, self._exact.get(stem), self._tree.get(stem), self._worked_out(word, stem))
        if found.exact is None and found.tree is None:  # most words are like many others
            found = self._alike.setdefault((found.light, found.names), found)
        self._known[word, stem] = found
        return found

    def _worked_out(self, word: str, stem: str) -> frozenset[str]:
        if len(word) >= LONG_WORD:
            for length in self._lengths:
                names = self._endings.get(word[-length:])
                if names:
                    return self._with_wider(names | self._single.get(word, NOTHING))
        found = self._single.get(word) if word != stem else None
        bases = self._single.get(stem)
        if found or bases:
            return self._with_wider((found or NOTHING) | (bases or NOTHING))
        return NOTHING

    def _with_wider(self, names: frozenset[str] | set[str]) -> frozenset[str]:
        key = frozenset(names)
        if key not in self._sets:
            self._sets[key] = frozenset(wide for name in key for wide in self._wider.get(name, (name,)))
        return self._sets[key]


def _ancestors(name: str, lexicon: Lexicon) -> set[str]:
    found = {name}
    for parent in lexicon.concepts[name].isa:
        found |= _ancestors(parent, lexicon)
    return found


def _is_inside(first: int, last: int, wide: Sequence[Spot]) -> bool:
    return any(begin <= first and last <= end and end - begin > last - first for _, begin, end in wide)


def _longest(branch: dict[str, Any], places: Sequence[int], reading: Reading, sentences: Sequence[int]) -> Spot | None:
    """The longest expression that starts at the first of these places; none crosses a mark of punctuation. `branch`: how
    expressions that start with its word go on. `sentences`: the numbers of the stretches between marks, by clause."""
    tokens, stems = reading.tokens, reading.stems
    sentence = sentences[tokens[places[0]].clause]
    found: Spot | None = None
    for later in places[1:LONGEST]:
        if stems[later] not in branch or sentences[tokens[later].clause] != sentence:
            break
        branch = branch[stems[later]]
        if END in branch:
            found = branch[END], places[0], later
    return found


def _sentences(reading: Reading) -> list[int]:
    """For each clause the number of its stretch between marks; a clause that begins with a word ("and") goes on."""
    numbers: list[int] = []
    for mark in reading.breaks:
        numbers.append(numbers[-1] if numbers and mark[:1].isalpha() else len(numbers))
    return numbers


def hearing(reading: Reading, expressions: Expressions, scope: Scope) -> Hearing:
    found = expressions.heard(reading)
    if reading.has_figures:
        found += scope.more(reading)
    return hearing_of(found, reading, scope)


def hearing_with(more: Iterable[Spot], hearing: Hearing, scope: Scope) -> Hearing:
    """What was heard, and more besides. Mostly nothing of it bends anything, and all stays as it was."""
    found = list(more)
    if not (hearing.by_id.keys().isdisjoint(MOVING) and all(ids.isdisjoint(MOVING) for ids, _, _ in found)):
        return hearing_of([*[(one.ids, one.first, one.last) for one in hearing.said], *found], hearing.reading, scope)
    tokens, by_id = hearing.reading.tokens, dict(hearing.by_id)
    new = [Heard(ids, first, last, tokens[first].clause, 0) for ids, first, last in found]
    for one in new:
        for name in one.ids:
            by_id[name] = sorted((*by_id.get(name, ()), one), key=BY_PLACE)
    return Hearing(hearing.reading, tuple(sorted((*hearing.said, *new), key=BY_PLACE)), by_id, frozenset(by_id), NOTHING)


def hearing_of(found: list[Spot], reading: Reading, scope: Scope) -> Hearing:
    """What was said, put in order, each thing in its state."""
    found.sort(key=BY_PLACE)
    tokens, states = reading.tokens, scope.states(found, reading)
    said = [
        tuple.__new__(Heard, (ids, first, last, tokens[first].clause, state))
        for (ids, first, last), state in zip(found, states, strict=True)
    ]
    by_id: dict[str, list[Heard]] = defaultdict(list)
    for one in said:
        for name in one.ids:
            by_id[name].append(one)
    if not any(states):
        return Hearing(reading, tuple(said), by_id, frozenset(by_id), NOTHING)
    said_ids = NOTHING.union(*[one.ids for one in said if not one.state & DENIED])
    refused_ids = NOTHING.union(*[one.ids for one in said if one.state & (DENIED | UNABLE)])
    return Hearing(reading, tuple(said), by_id, said_ids, refused_ids)
