"""Words to concepts: what was talked about, where in the message, and whether it was denied, past or another person's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from bot.catalog.model.lexicon import Lexicon
from bot.understanding.scope import DENIED, OTHER, UNABLE, Said, Scope
from bot.understanding.words import Reader, Reading, Token

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


__all__ = ["DENIED", "END", "OTHER", "UNABLE", "Expressions", "Heard", "Hearing", "Said", "Scope", "hearing", "hearing_of"]


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


@dataclass(frozen=True, slots=True)
class Hearing:
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

    def heard(self, reading: Reading) -> Iterator[tuple[frozenset[str], int, int]]:
        """(concept ids, first token, last token); expressions first, then the single words they do not cover."""
        tokens = reading.tokens
        sentences = _sentences(reading)
        covered: set[int] = set()
        inside: list[tuple[int, int]] = []
        known = [self._known.get(token[1:3]) or self._learnt(token) for token in tokens]
        content = [place for place, one in enumerate(known) if not one.light]
        found = [
            *_walk([one.exact for one in known], tokens, range(len(tokens)), sentences),
            *_walk([known[place].tree for place in content], tokens, content, sentences),
        ]
        for names, first, last in found:
            if names & self._covering:
                covered.update(range(first, last + 1))
                inside.append((first, last))
        for names, first, last in found:
            if not any(begin <= first and last <= end and end - begin > last - first for begin, end in inside):
                yield self._with_wider(names), first, last
        for place, one in enumerate(known):
            if one.names and place not in covered:
                yield one.names, place, place

    def _learnt(self, token: Token) -> Known:
        """What is kept of a word."""
        if len(self._known) > CACHE:
            self._known.clear()
        stem = token.stem
        found = Known(stem in self._light, self._exact.get(stem), self._tree.get(stem), self._worked_out(token))
        if found.exact is None and found.tree is None:  # most words are like many others
            found = self._alike.setdefault((found.light, found.names), found)
        self._known[token.word, stem] = found
        return found

    def _worked_out(self, token: Token) -> frozenset[str]:
        if len(token.word) >= LONG_WORD:
            for length in self._lengths:
                names = self._endings.get(token.word[-length:])
                if names:
                    return self._with_wider(names | self._single.get(token.word, NOTHING))
        found = self._single.get(token.word) if token.word != token.stem else None
        bases = self._single.get(token.stem)
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


def _walk(
    branches: Sequence[dict[str, Any] | None], tokens: Sequence[Token], places: Sequence[int], sentences: Sequence[int]
) -> Iterator[tuple[frozenset[str], int, int]]:
    """The longest expression at every place where one starts; none crosses a mark of punctuation. `branches`: of each of these
    places, how expressions that start with its word go on."""
    for start, first in enumerate(branches):
        if first is None:
            continue
        branch: dict[str, Any] | None = first
        place = places[start]
        sentence = sentences[tokens[place].clause]
        found: tuple[frozenset[str], int] | None = None
        for later in places[start + 1 : start + LONGEST]:
            inside = sentences[tokens[later].clause] == sentence
            branch = branch.get(tokens[later].stem) if branch and inside else None
            if branch is None:
                break
            if END in branch:
                found = (branch[END], later)
        if found:
            yield found[0], place, found[1]


def _sentences(reading: Reading) -> list[int]:
    """For each clause the number of its stretch between marks; a clause that begins with a word ("and") goes on."""
    numbers: list[int] = []
    for mark in reading.breaks:
        numbers.append(numbers[-1] if numbers and mark[:1].isalpha() else len(numbers))
    return numbers


def hearing(reading: Reading, expressions: Expressions, scope: Scope) -> Hearing:
    return hearing_of([*expressions.heard(reading), *scope.more(reading)], reading, scope)


def hearing_of(found: list[tuple[frozenset[str], int, int]], reading: Reading, scope: Scope) -> Hearing:
    """What was said, put in order, each thing in its state."""
    found.sort(key=_place)
    by_id: dict[str, list[Heard]] = {}
    said: list[Heard] = []
    said_ids: set[str] = set()
    refused_ids: set[str] = set()
    tokens = reading.tokens
    for (ids, first, last), state in zip(found, scope.states(found, reading), strict=True):
        one = Heard(ids, first, last, tokens[first].clause, state)
        said.append(one)
        for name in ids:
            if name in by_id:
                by_id[name].append(one)
            else:
                by_id[name] = [one]
        if not state & DENIED:
            said_ids |= ids
        if state & (DENIED | UNABLE):
            refused_ids |= ids
    return Hearing(reading, tuple(said), by_id, frozenset(said_ids), frozenset(refused_ids))


def _place(found: tuple[frozenset[str], int, int]) -> tuple[int, int]:
    return found[1], found[2]
