"""Words to concepts: what was talked about, where in the message, and whether it was denied, past or another person's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from bot.catalog.model.lexicon import Lexicon, Scopes
from bot.understanding.words import Reader, Reading, Token

DENIED, UNABLE, OTHER, PAST = 1, 2, 4, 8
END = ""
"""The key of a branch of the tree of expressions under which its meaning stands."""


class Heard(NamedTuple):
    """One thing said: ids of its concepts (the wider ones too), its tokens, its clause and its state (bits)."""

    ids: frozenset[str]
    first: int
    last: int
    clause: int
    state: int


@dataclass(frozen=True, slots=True)
class Hearing:
    """Everything said, in order, and the same by id."""

    reading: Reading
    said: tuple[Heard, ...]
    by_id: Mapping[str, Sequence[Heard]]

    def has(self, concept: str) -> bool:
        """Whether it was said and not denied."""
        return any(not one.state & DENIED for one in self.by_id.get(concept, ()))


Said = Sequence[tuple[frozenset[str], int, int]]
"""Concept ids, first token, last token."""


class Expressions:
    """All words and fixed expressions of the concepts, as a dictionary and two trees."""

    def __init__(self, lexicon: Lexicon, reader: Reader, literals: Iterable[str]) -> None:
        self._light = frozenset(reader.stem(word) for word in lexicon.writing.light) | frozenset(lexicon.writing.light)
        self._single: dict[str, set[str]] = {}
        self._tree: dict[str, Any] = {}
        self._exact: dict[str, Any] = {}
        self._literally = {name for name, concept in lexicon.concepts.items() if concept.exact}
        self._covering = {name for name, concept in lexicon.concepts.items() if concept.covers}
        self._wider = {name: frozenset(_ancestors(name, lexicon)) for name in lexicon.concepts}
        self._sets: dict[frozenset[str], frozenset[str]] = {}
        for name, concept in lexicon.concepts.items():
            for phrase in concept.words:
                self._learn(name, phrase, reader)
        for literal in literals:
            self._single.setdefault(literal, set()).add(f"={literal}")

    def _learn(self, name: str, phrase: str, reader: Reader) -> None:
        stems = reader.stems(phrase)
        if len(stems) == 1:
            same = reader.respelt(phrase) == stems[0] or not phrase.isalpha()
            self._single.setdefault(stems[0] if same else phrase, set()).add(name)
            return
        content = [stem for stem in stems if stem not in self._light]
        if len(content) > 1 and name not in self._literally:
            _plant(self._tree, content, name)
        elif stems:
            _plant(self._exact, stems, name)

    def heard(self, reading: Reading) -> Iterator[tuple[frozenset[str], int, int]]:
        """(concept ids, first token, last token); expressions first, then the single words they do not cover."""
        tokens = reading.tokens
        sentences = _sentences(reading)
        covered: set[int] = set()
        content = [place for place, token in enumerate(tokens) if token.stem not in self._light]
        for tree, places in ((self._exact, range(len(tokens))), (self._tree, content)):
            for names, first, last in _walk(tree, tokens, places, sentences):
                if names & self._covering:
                    covered.update(range(first, last + 1))
                yield self._with_wider(names), first, last
        for place, token in enumerate(tokens):
            single = self._names(token) if place not in covered else None
            if single:
                yield single, place, place

    def _names(self, token: Token) -> frozenset[str] | None:
        found = self._single.get(token.word) if token.word != token.stem else None
        bases = self._single.get(token.stem)
        if found or bases:
            return self._with_wider(frozenset(found or ()) | frozenset(bases or ()))
        return None

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


def _plant(tree: dict[str, Any], stems: Sequence[str], name: str) -> None:
    for stem in stems:
        tree = tree.setdefault(stem, {})
    tree.setdefault(END, set()).add(name)


def _walk(
    tree: dict[str, Any], tokens: Sequence[Token], places: Sequence[int], sentences: Sequence[int]
) -> Iterator[tuple[set[str], int, int]]:
    """The longest expression at every place where one starts; none crosses a mark of punctuation."""
    for start, place in enumerate(places):
        branch = tree.get(tokens[place].stem)
        if branch is None:
            continue
        sentence = sentences[tokens[place].clause]
        found: tuple[set[str], int] | None = None
        for later in places[start + 1 : start + 8]:
            if sentences[tokens[later].clause] != sentence:
                break
            branch = branch.get(tokens[later].stem)
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


class Scope:
    """Which of the things said are denied, past, or about somebody else."""

    def __init__(self, scopes: Scopes) -> None:
        self._reach = scopes.reach
        self._purpose = frozenset(scopes.purpose)
        self._me = frozenset(scopes.me)
        self._naming = frozenset(scopes.naming)
        self._given_to = frozenset(scopes.given_to)
        self._aged = frozenset(scopes.aged)

    def states(self, said: Said, reading: Reading) -> list[int]:
        clause_of = [token.clause for token in reading.tokens]
        states = [0] * len(said)
        covered = {
            p
            for ids, first, last in said
            if "double-denial" in ids or "inability" in ids
            for p in range(first, last + 1)
        }
        for ids, _, last in said:
            if "inability" in ids:
                self._forward(said, states, clause_of, last, UNABLE)
        for ids, first, last in said:
            if "denial" in ids and last not in covered:
                hoped = reading.breaks[clause_of[last]] in self._purpose
                self._forward(said, states, clause_of, last, UNABLE if hoped else DENIED)
            elif "fine-after" in ids and first not in covered:
                self._backward(said, states, clause_of, first)
        others = self._others(said, reading)
        return [state | (OTHER if clause_of[said[n][1]] in others else 0) for n, state in enumerate(states)]

    def _others(self, said: Said, reading: Reading) -> set[int]:
        """Clauses whose subject is somebody else: a person is named, and nobody says "I" or "my" about themselves."""
        found: set[int] = set()
        for ids, first, _ in said:
            if not ids.isdisjoint(PEOPLE):
                begin, end = reading.clauses[reading.tokens[first].clause]
                selves = any(
                    "self" in those and begin <= place < end and _is_self(said, place, end) for those, place, _ in said
                )
                if not selves or self._is_for(first, begin, reading.tokens):
                    found.add(reading.tokens[first].clause)
        return found

    def _is_for(self, first: int, begin: int, tokens: Sequence[Token]) -> bool:
        """Somebody is to be pressed by the writer, as in "points on my 10 year old"."""
        before = tokens[max(begin, first - 2) : first]
        asked = any(token.stem in self._given_to for token in tokens[begin:first])
        return asked and any(token.stem in self._naming for token in before) and first > begin + 2

    def speaks_of_another(self, heard: Hearing) -> bool:
        """Somebody else is named at the start, and the writer never speaks of themselves: "son is four, cough at night"."""
        if not any(one.first < NEAR_START for name in PEOPLE for one in heard.by_id.get(name, ())):
            return False
        tokens = heard.reading.tokens
        said = [(one.ids, one.first, one.last) for one in heard.said]
        return not any(
            tokens[one.first].word in self._me or _is_self(said, one.first, heard.reading.clauses[one.clause][1])
            for one in heard.by_id.get("self", ())
        )

    def aged(self, tokens: Sequence[Token]) -> Iterator[tuple[frozenset[str], int, int]]:
        """Somebody named by age only: "my 6 year old"."""
        for place, token in enumerate(tokens[:-2]):
            said = " ".join(one.stem for one in tokens[place + 1 : place + 3])
            if not (token.word.isdigit() and len(token.word) < 4 and said in self._aged):
                continue
            first = not place and tokens[1].raw[-1] != "s" and int(token.word) < ADULT
            if first or (place and tokens[place - 1].stem in self._naming):
                yield CHILD if int(token.word) < ADULT or tokens[place + 1].stem == "month" else GROWN, place, place + 2

    def _forward(self, said: Said, states: list[int], clause_of: list[int], last: int, bit: int) -> None:
        stop = min(
            (one[1] for one in said if one[1] > last and "only" in one[0] and clause_of[one[1]] == clause_of[last]),
            default=10**6,
        )
        for number, (_, first, _last) in enumerate(said):
            if last < first <= last + self._reach and first < stop and clause_of[first] == clause_of[last]:
                states[number] = states[number] or bit

    def _backward(self, said: Said, states: list[int], clause_of: list[int], first: int) -> None:
        if any("denial" in ids and end < first and clause_of[end] == clause_of[first] for ids, _, end in said):
            return
        for number, (_, _begin, last) in enumerate(said):
            if first - 3 <= last < first and clause_of[last] == clause_of[first]:
                states[number] |= DENIED


ADULT = 18
CHILD, GROWN = frozenset({"child-person"}), frozenset({"adult-person"})
NEAR_START = 3
PEOPLE = ("adult-person", "child-person", "animal", "other-person")


def _is_self(said: Said, place: int, end: int) -> bool:
    """As in "my shoulder", not "my son"."""
    return not any(
        place < first <= min(place + 3, end - 1) and not ids.isdisjoint(PEOPLE[:3]) for ids, first, _ in said
    )


def hearing(reading: Reading, expressions: Expressions, scope: Scope) -> Hearing:
    found = sorted((*expressions.heard(reading), *scope.aged(reading.tokens)), key=lambda one: (one[1], one[2]))
    states = scope.states(found, reading)
    said = tuple(
        Heard(ids, first, last, reading.tokens[first].clause, state)
        for (ids, first, last), state in zip(found, states, strict=True)
    )
    by_id: dict[str, list[Heard]] = {}
    for one in said:
        for name in one.ids:
            by_id.setdefault(name, []).append(one)
    return Hearing(reading, said, by_id)
