"""Where the groups of the alarms' word book are said in a message."""

from __future__ import annotations

from collections.abc import Mapping
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
        forms = [self._forms.get(word) or self._formed(word) for word in tokens.words]
        spans = _Walk(tokens, forms, self._glue, self._negators).all(self._starts)
        if self._mask in spans:
            for start, end in spans[self._mask]:
                forms[start:end] = [()] * (end - start)
            spans = _Walk(tokens, forms, self._glue, self._negators).all(self._starts)
        return spans

    def _formed(self, word: str) -> Forms:
        """The word and every word beginning the rules know of it."""
        stars = (word[:length] + "*" for length in range(self._shortest, len(word) + 1))
        forms = self._forms[word] = (word, *(one for one in stars if one in self._prefixes))
        self._starts[word] = tuple(self._root[form] for form in forms if form in self._root)
        return forms


@dataclass(slots=True)
class _Walk:
    """One message on the tree of phrases."""

    tokens: Tokens
    forms: list[Forms]
    glue: frozenset[str]
    negators: frozenset[str]
    spans: Spans = field(default_factory=dict)

    def all(self, starts: Mapping[str, tuple[Node, ...]]) -> Spans:
        for start, word in enumerate(self.tokens.words):
            for node in starts[word] if self.forms[start] else ():
                self._follow(node, start, start + 1)
        return self.spans

    def _follow(self, node: Node, start: int, place: int) -> None:
        """Notes every group whose phrase began at `start` and ends on the way from this node."""
        for number in node.ends:
            found = self.spans.setdefault(number, [])
            if (start, place) not in found:
                found.append((start, place))
        last = len(self.forms)
        if node.after:
            for at in range(place, min(place + SKIP + 1, last)):
                if not self._step(node.after, start, at) or self.tokens.words[at] not in self.glue:
                    break
        if node.gap is not None:
            for at in range(place, min(place + GAP + 1, last)):
                if not self._step(node.gap.after, start, at) or self.tokens.words[at] in self.negators:
                    break

    def _step(self, after: Mapping[str, Node], start: int, at: int) -> bool:
        """Follows the word at this place. False beyond a comma or full stop."""
        if self.tokens.pieces[at] != self.tokens.pieces[start]:
            return False
        for word in self.forms[at]:
            node = after.get(word)
            if node is not None:
                self._follow(node, start, at + 1)
        return True
