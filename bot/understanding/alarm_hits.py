"""Where the groups of the alarms' word book are said in a message."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.catalog.model.alarm_rules import KnownTag
from bot.understanding.alarm_grammar import GAP, Book, Node
from bot.understanding.alarm_text import Spelling, Tokens

Span = tuple[int, int]
Spans = dict[int, list[Span]]
Forms = tuple[str, ...]
Start = tuple[tuple[int, ...], tuple[Node, ...], Forms]
"""What is kept of a word: the groups it is said of by itself, the phrases that go on after it, and the forms in which it goes on
with one."""
SKIP = 4
"""How many little words may stand between two words of a phrase."""
CACHE = 20_000
SILENT: Start = ((), (), ())
"""A word inside an idiom."""
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
    """Spans of words by number of the group. `values`: numbers by measure."""

    spans: Spans
    values: dict[int, list[tuple[float, Span]]] = field(default_factory=dict)

    def numbers(self) -> set[int]:
        """Of all groups and measures that were said."""
        return {*self.spans, *self.values}


class Finder:
    """Finds the phrases of a word book. What it has learnt of single words it keeps."""

    def __init__(self, book: Book) -> None:
        self._root = book.root.after
        self._prefixes = book.prefixes
        self._glue = book.single("GLUE")
        self._negators = book.single("NEGATORS")
        self._mask = book.reserved("MASK")
        self._inner = frozenset(_inner(book.root))
        self._words: dict[str, Start] = {}
        self._shortest = min((len(one) for one in book.prefixes), default=2) - 1
        pairs = {(one.split()[0], one.split()[1]): other for one, other in book.same.items() if " " in one}
        self.spelling = Spelling(
            {one: other for one, other in book.same.items() if " " not in one},
            pairs,
            frozenset(second for _, second in pairs),
            book.single("BOUNDS"),
        )

    def found(self, tokens: Tokens) -> Spans:
        """Every group said, without what stands in an idiom."""
        if len(self._words) > CACHE:  # between messages, never while one is read
            self._words.clear()
        words = self._words
        known = [words[word] if word in words else self._learnt(word) for word in tokens.words]
        spans = _Walk(tokens, known, self._glue, self._negators).all()
        if self._mask in spans:
            for start, end in spans[self._mask]:
                known[start:end] = [SILENT] * (end - start)
            spans = _Walk(tokens, known, self._glue, self._negators).all()
        return spans

    def _learnt(self, word: str) -> Start:
        """The word and every beginning of it that the rules know."""
        stars = (word[:length] + "*" for length in range(self._shortest, len(word) + 1))
        forms = (word, *(one for one in stars if one in self._prefixes))
        nodes = [self._root[form] for form in forms if form in self._root]
        ends = tuple(dict.fromkeys(number for node in nodes for number in node.ends))
        going = tuple(node for node in nodes if node.after or node.gap is not None)
        found = self._words[word] = ends, going, tuple(form for form in forms if form in self._inner)
        return found


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
    glue: frozenset[str]
    negators: frozenset[str]
    spans: Spans = field(default_factory=dict)

    def all(self) -> Spans:
        known, words, pieces, spans = self.known, self.tokens.words, self.tokens.pieces, self.spans
        end = len(known)
        for start in range(end - 1, -1, -1):
            ends, going, _ = known[start]
            after = start + 1
            if after < end and pieces[start] != pieces[after]:
                end = after  # no phrase goes over a comma or full stop
            for number in ends:
                if number in spans:
                    spans[number].append((start, after))
                else:
                    spans[number] = [(start, after)]
            if going and after < end:
                forms, skips = known[after][2], words[after] in self.glue
                for node in going:
                    if skips or node.gap is not None or not node.after.keys().isdisjoint(forms):
                        self._go_on(node, start, after, end)
        return spans

    def _go_on(self, node: Node, start: int, place: int, end: int) -> None:
        """Follows the phrases that began at `start` and go on from this node."""
        words, known, after = self.tokens.words, self.known, node.after
        if after:
            for at in range(place, min(place + SKIP + 1, end)):
                for word in known[at][2]:
                    if word in after:
                        self._reached(after[word], start, at, end)
                if words[at] not in self.glue:
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
        for number in node.ends:
            found = self.spans.setdefault(number, [])
            if (start, at + 1) not in found:
                found.append((start, at + 1))
        self._go_on(node, start, at + 1, end)
