"""Where the groups of the alarms' word book are said in a message."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import chain
from operator import itemgetter
from sys import intern

from bot.catalog.model.alarm_rules import KnownTag
from bot.understanding.alarm_grammar import GAP, Book, Node
from bot.understanding.alarm_text import Spelling, Tokens
from bot.understanding.words import CACHE

Span = tuple[int, int]
Spans = dict[int, list[Span]]
Forms = tuple[str, ...]
Start = tuple[tuple[int, ...], tuple[Node, ...], Forms, AbstractSet[str], AbstractSet[str], bool, bool]
"""What is kept of a word: the groups it is said of by itself, the phrases that go on after it, the forms in which it goes on
with one, the words these phrases go on with, at once and after a gap, whether it is a little word that may stand between two words of a
phrase, and whether it is a number."""
SKIP = 4
"""How many little words may stand between two words of a phrase."""
FIRST, FORMS, NUMBER = itemgetter(0), itemgetter(2), itemgetter(6)
NONE: frozenset[str] = frozenset()
SILENT: Start = ((), (), (), NONE, NONE, False, False)
"""A word inside an idiom."""
NOWHERE: Span = (-1, -1)
"""The place of something known of the person and not said."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known beforehand: of the person, age in years and weeks of pregnancy; and the year it is, 0 where nobody says."""

    tags: frozenset[KnownTag] = frozenset()
    weeks: float | None = None
    age: float | None = None
    year: int = 0


Reached = tuple[tuple[int, ...], int, int]
"""Groups of a phrase of several words, its first word, the one past its last."""


class Hits:
    """What was said. `said`: the numbers of all groups and measures; `values`: numbers by measure. Where the groups stand is looked
    up only when it is asked, as it is in one message of twenty."""

    __slots__ = ("_known", "_reached", "_spans", "has_number", "said", "values")

    def __init__(self, known: Sequence[Start], reached: Sequence[Reached], *, has_number: bool) -> None:
        self._known, self._reached, self.has_number = known, reached, has_number
        self._spans: Spans | None = None
        self.said = set(chain(*map(FIRST, known), *map(FIRST, reached)))
        self.values: dict[int, list[tuple[float, Span]]] = {}

    @property
    def spans(self) -> Spans:
        """Spans of words by number of the group, the last first."""
        if self._spans is None:
            self._spans = {}
            single = ((ends, place, place + 1) for place, (ends, *_) in enumerate(self._known))
            for ends, start, end in sorted((*single, *self._reached), key=_from_the_end):
                for number in ends:
                    found = self._spans.setdefault(number, [])
                    if (start, end) not in found:
                        found.append((start, end))
        return self._spans

    def add(self, number: int, span: Span) -> None:
        """One more place of a group."""
        self.said.add(number)
        self.spans.setdefault(number, []).append(span)

    def measure(self, number: int, value: float, span: Span) -> None:
        """One more number of a measure."""
        self.said.add(number)
        self.values.setdefault(number, []).append((value, span))


def _from_the_end(one: Reached) -> int:
    return -one[1]


class Words(dict[str, Start]):
    """What is kept of each word, worked out once."""

    def __init__(self, book: Book) -> None:
        super().__init__()
        self._root = book.root.after
        self._prefixes = book.prefixes
        self._glue, self._numbers = book.single("GLUE"), book.numbers
        self._inner = frozenset(_inner(book.root))
        self._shortest = min((len(one) for one in book.prefixes), default=2) - 1

    def __missing__(self, word: str) -> Start:
        """The word and every beginning of it that the rules know."""
        stars = (word[:length] + "*" for length in range(self._shortest, len(word) + 1))
        forms = (word, *(intern(one) for one in stars if one in self._prefixes))
        nodes = [self._root[form] for form in forms if form in self._root]
        ends = tuple(dict.fromkeys(number for node in nodes for number in node.ends))
        going = tuple(node for node in nodes if node.after or node.gap is not None)
        inner = tuple(form for form in forms if form in self._inner)
        after = [node.after for node in going if node.after]
        far = [node.gap.after for node in going if node.gap is not None]
        glue, number = word in self._glue, word[0].isdecimal() or word in self._numbers
        told = ends or going or inner or glue or number
        found = self[word] = (ends, going, inner, _all(after), _all(far), glue, number) if told else SILENT
        return found


def _all(after: Sequence[Mapping[str, Node]]) -> AbstractSet[str]:
    """The words of all; nothing is copied where there is nothing to put together."""
    return NONE.union(*after) if len(after) > 1 else after[0].keys() if after else NONE


class Finder:
    """Finds the phrases of a word book. What it has learnt of single words it keeps."""

    def __init__(self, book: Book) -> None:
        self._negators = book.single("NEGATORS")
        self._mask = book.reserved("MASK")
        self._words = Words(book)
        self.spelling = Spelling(
            {one: other for one, other in book.same.items() if " " not in one},
            {(one.split()[0], one.split()[1]): other for one, other in book.same.items() if " " in one},
            book.single("BOUNDS"),
        )

    def found(self, tokens: Tokens) -> Hits:
        """Every group said, without what stands in an idiom."""
        if len(self._words) > CACHE:  # between messages, never while one is read
            self._words.clear()
        known = list(map(self._words.__getitem__, tokens.words))
        numbers = any(map(NUMBER, known))
        hits = Hits(known, _Walk(tokens, known, self._negators).all(), has_number=numbers)
        if self._mask in hits.said:
            for start, end in hits.spans[self._mask]:
                known[start:end] = [SILENT] * (end - start)
            hits = Hits(known, _Walk(tokens, known, self._negators).all(), has_number=numbers)
        return hits


def _inner(node: Node) -> Iterator[str]:
    """Every word that goes on with a phrase."""
    for after in (*node.after.values(), *([node.gap] if node.gap else ())):
        yield from after.after
        yield from _inner(after)


@dataclass(slots=True)
class _Walk:
    """One message on the tree of phrases."""

    tokens: Tokens
    known: list[Start]
    negators: frozenset[str]
    reached: list[Reached] = field(default_factory=list)

    def all(self) -> list[Reached]:
        """The phrases of several words, those that begin last first."""
        known = self.known
        ahead: Forms = ()  # what a phrase may go on with: the next word, and those after it while only little ones stand between
        for start in range(len(known) - 1, -1, -1):
            _, going, forms, nexts, far, glue, _ = known[start]
            if going and (not nexts.isdisjoint(ahead) or (far and not far.isdisjoint(chain(*map(FORMS, known[start + 1 : start + GAP + 2]))))):
                pieces = self.tokens.pieces
                end = bisect_right(pieces, pieces[start])  # no phrase goes over a comma or full stop
                for node in going if start + 1 < end else ():
                    self._go_on(node, start, start + 1, end)
            ahead = forms + ahead if glue else forms
        return self.reached

    def _go_on(self, node: Node, start: int, place: int, end: int) -> None:
        """Follows the phrases that began at `start` and go on from this node."""
        known, after = self.known, node.after
        if after:
            for at in range(place, min(place + SKIP + 1, end)):
                _, _, forms, _, _, glue, _ = known[at]
                for word in forms:
                    if word in after:
                        self._reached(after[word], start, at, end)
                if not glue:
                    break
        if node.gap is not None:
            self._go_over(node.gap.after, start, place, end)

    def _go_over(self, after: Mapping[str, Node], start: int, place: int, end: int) -> None:
        """Follows them over a gap of any words but a "no"."""
        for at in range(place, min(place + GAP + 1, end)):
            for word in self.known[at][2]:
                if word in after:
                    self._reached(after[word], start, at, end)
            if self.tokens.words[at] in self.negators:
                break

    def _reached(self, node: Node, start: int, at: int, end: int) -> None:
        """Notes every group whose phrase ends with the word at this place, and follows those that go on."""
        if node.ends:
            self.reached.append((node.ends, start, at + 1))
        self._go_on(node, start, at + 1, end)
