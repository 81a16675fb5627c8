"""Where the groups of the alarms' word book are said in a message."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.catalog.model.alarm_rules import KnownTag
from bot.understanding.alarm_grammar import GAP, Book, Node
from bot.understanding.alarm_text import Spelling, Tokens

Span = tuple[int, int]
Spans = dict[int, list[Span]]
Forms = tuple[str, ...]
SKIP = 4
"""How many little words may stand between two words of a phrase."""
CACHE = 20_000
NOWHERE: Span = (-1, -1)
"""The place of something known of the person and not said."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the person beforehand. Age in years, weeks of pregnancy."""

    tags: frozenset[KnownTag] = frozenset()
    weeks: float | None = None
    age: float | None = None


@dataclass(slots=True)
class Hits:
    """Spans of words by number of the group; `mask` has the bits of all of them. `values`: numbers by measure."""

    spans: Spans
    values: dict[int, list[tuple[float, Span]]] = field(default_factory=dict)
    mask: int = 0

    def numbers(self) -> tuple[int, ...]:
        """Of all groups and measures that were said."""
        return (*self.spans, *self.values)


class Finder:
    """Finds the phrases of a word book. What it has learnt of single words it keeps."""

    def __init__(self, book: Book) -> None:
        self._root = book.root.after
        self._prefixes = book.prefixes
        self._glue = book.single("GLUE")
        self._negators = book.single("NEGATORS")
        self._mask = book.reserved("MASK")
        self._inner = frozenset(_inner(book.root))
        self._forms: dict[str, Forms] = {}
        self._starts: dict[str, tuple[Node, ...]] = {}
        self._shortest = min((len(one) for one in book.prefixes), default=2) - 1
        self.spelling = Spelling(
            {one: other for one, other in book.same.items() if " " not in one},
            {(one.split()[0], one.split()[1]): other for one, other in book.same.items() if " " in one},
            book.single("BOUNDS"),
        )

    def found(self, tokens: Tokens) -> Spans:
        """Every group said, without what stands in an idiom."""
        if len(self._forms) > CACHE:  # between messages, never while one is read
            self._forms.clear()
            self._starts.clear()
        starts = [self._starts[word] if word in self._starts else self._learnt(word) for word in tokens.words]
        forms = [self._forms[word] for word in tokens.words]
        spans = _Walk(tokens, forms, self._glue, self._negators).all(starts)
        if self._mask in spans:
            for start, end in spans[self._mask]:
                starts[start:end] = [()] * (end - start)
                forms[start:end] = [()] * (end - start)
            spans = _Walk(tokens, forms, self._glue, self._negators).all(starts)
        return spans

    def _learnt(self, word: str) -> tuple[Node, ...]:
        """Where the word and every beginning of it that the rules know start a phrase; which of them go on with one is kept."""
        stars = (word[:length] + "*" for length in range(self._shortest, len(word) + 1))
        forms = (word, *(one for one in stars if one in self._prefixes))
        self._forms[word] = tuple(form for form in forms if form in self._inner)
        starts = self._starts[word] = tuple(self._root[form] for form in forms if form in self._root)
        return starts


def _inner(node: Node) -> Iterator[str]:
    """Every word that goes on with a phrase."""
    for after in (*node.after.values(), *([node.gap] if node.gap else ())):
        yield from after.after
        yield from _inner(after)


@dataclass(slots=True)
class _Walk:
    """One message on the tree of phrases."""

    tokens: Tokens
    forms: list[Forms]
    glue: frozenset[str]
    negators: frozenset[str]
    spans: Spans = field(default_factory=dict)

    def all(self, starts: Sequence[tuple[Node, ...]]) -> Spans:
        end = len(starts)
        for start in range(end - 1, -1, -1):
            if start + 1 < len(starts) and self.tokens.pieces[start] != self.tokens.pieces[start + 1]:
                end = start + 1  # no phrase goes over a comma or full stop
            for node in starts[start]:
                self._follow(node, start, start + 1, end)
        return self.spans

    def _follow(self, node: Node, start: int, place: int, end: int) -> None:
        """Notes every group whose phrase began at `start` and ends on the way from this node."""
        for number in node.ends:
            found = self.spans.setdefault(number, [])
            if (start, place) not in found:
                found.append((start, place))
        if node.after:
            for at in range(place, min(place + SKIP + 1, end)):
                self._step(node.after, start, at, end)
                if self.tokens.words[at] not in self.glue:
                    break
        if node.gap is not None:
            for at in range(place, min(place + GAP + 1, end)):
                self._step(node.gap.after, start, at, end)
                if self.tokens.words[at] in self.negators:
                    break

    def _step(self, after: Mapping[str, Node], start: int, at: int, end: int) -> None:
        """Follows the word at this place."""
        for word in self.forms[at]:
            if word in after:
                self._follow(after[word], start, at + 1, end)
