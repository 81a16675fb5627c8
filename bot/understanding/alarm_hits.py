"""Where the groups of the alarms' word book are said in a message, and what is denied or long past there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from bot.catalog.model.alarm_rules import KnownTag
from bot.understanding.alarm_grammar import GAP, MEASURES, Book, Node
from bot.understanding.alarm_text import Spelling, Tokens

Span = tuple[int, int]
Values = list[tuple[float, Span]]
Forms = list[tuple[str, ...]]
Spans = dict[int, list[Span]]
SKIP = 4
"""How many little words may stand between two words of a phrase."""
REACH = 7
"""How many words a "no" reaches over."""
LIST_CLAUSE = 6
"""A clause of at most so many words continues a list: "no fever, rash or stiff neck"."""
YEAR = re.compile(r"(?:19[3-9]\d|20[01]\d|202[0-5])")
NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
CACHE = 20_000
NAMED = ("sugar", "oxygen", "pulse")
"""Measures that are known by the word before the number: BEFORE-SUGAR and so on."""
UNIT_GAP = {"tablets": 3, "temperature": 2}
ELSEWHERE = ("FICTION", "ANIMAL", "RULED-OUT", "MINOR")
"""Groups that say that what is told is not happening to a person now."""
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
    values: dict[int, Values]
    mask: int


class Ear:
    """Finds groups. The groups named here bend how a message is read; a language without one of them leaves it out."""

    def __init__(self, book: Book) -> None:
        self._book = book
        group = book.number
        self._glue = self._single("GLUE")
        self._negators = self._single("NEGATORS")
        self._number = {name: group(name) for name in ("MASK", "NOT-NEGATED", "PAST", "PRESENT", "FINE", "STILL", "BEFORE-AGE", "SPAN-BEFORE", "SPAN-AFTER")}
        self._units = {name: group(f"UNIT-{name.upper()}") for name in MEASURES if name not in NAMED}
        self._before = {name: group(f"BEFORE-{name.upper()}") for name in ("temperature", *NAMED)}
        self._or = self._single("OR")
        self._and = self._single("AND")
        self._forms: dict[str, tuple[str, ...]] = {}
        self._roots: dict[str, tuple[Node, ...]] = {}
        self._content = frozenset(
            book.number(name) for name in sorted(book.groups) if name not in book.structural and name not in ELSEWHERE
        )
        self._elsewhere = tuple(book.number(name) for name in ELSEWHERE if name in book.groups)
        self._shortest = min((len(one) for one in book.prefixes), default=2) - 1
        self.spelling = Spelling(
            {one: other for one, other in book.same.items() if " " not in one},
            {(one.split()[0], one.split()[1]): other for one, other in book.same.items() if " " in one},
            self._single("BOUNDS"),
        )

    def _single(self, name: str) -> frozenset[str]:
        return self._book.phrases(name) if name in self._book.groups else frozenset()

    def forms(self, word: str) -> tuple[str, ...]:
        """The word and every word beginning the rules know of it."""
        found = self._forms.get(word)
        if found is None:
            if len(self._forms) > CACHE:
                self._forms.clear()
            stars = (word[:length] + "*" for length in range(self._shortest, len(word) + 1))
            found = (word, *(one for one in stars if one in self._book.prefixes))
            self._forms[word] = found
        return found

    def hear(self, tokens: Tokens, known: Known) -> Hits:
        forms = [self.forms(word) for word in tokens.words]
        spans = self._scan(tokens, forms)
        masked = spans.get(self._number["MASK"])
        if masked:
            for start, end in masked:
                forms[start:end] = [()] * (end - start)
            spans = self._scan(tokens, forms)
        hits = Hits(spans, {}, 0)
        self._measure(tokens, hits)
        self._know(hits, known)
        for number in (*hits.spans, *hits.values):
            hits.mask |= 1 << number
        return hits

    def _scan(self, tokens: Tokens, forms: Forms) -> Spans:
        spans: Spans = {}
        for start, word in enumerate(tokens.words):
            for node in self._starts(word) if forms[start] else ():
                self._ends(node, start, start + 1, tokens, forms, spans)
        return spans

    def _starts(self, word: str) -> tuple[Node, ...]:
        """Where phrases that begin with this word begin in the tree."""
        found = self._roots.get(word)
        if found is None:
            if len(self._roots) > CACHE:
                self._roots.clear()
            root = self._book.root.after
            found = self._roots[word] = tuple(root[form] for form in self.forms(word) if form in root)
        return found

    def _ends(self, node: Node, start: int, place: int, tokens: Tokens, forms: Forms, spans: Spans) -> None:
        """Notes every group whose phrase began at `start` and ends on the way from this node."""
        for number in node.ends:
            found = spans.setdefault(number, [])
            if (start, place) not in found:
                found.append((start, place))
        last = len(forms)
        if node.after:
            for at in range(place, min(place + SKIP + 1, last)):
                if not self._step(node.after, start, at, tokens, forms, spans) or tokens.words[at] not in self._glue:
                    break
        if node.gap is not None:
            for at in range(place, min(place + GAP + 1, last)):
                if not self._step(node.gap.after, start, at, tokens, forms, spans) or tokens.words[at] in self._negators:
                    break

    def _step(self, after: Mapping[str, Node], start: int, at: int, tokens: Tokens, forms: Forms, spans: Spans) -> bool:
        """Follows the word at this place. False beyond a comma or full stop."""
        if tokens.pieces[at] != tokens.pieces[start]:
            return False
        for word in forms[at]:
            node = after.get(word)
            if node is not None:
                self._ends(node, start, at + 1, tokens, forms, spans)
        return True

    # Numbers

    def _measure(self, tokens: Tokens, hits: Hits) -> None:
        for place, word in enumerate(tokens.words):
            value = self._value(word) if word[0].isdecimal() or word in self._book.numbers else None
            if value is not None:
                for name, number in self._meanings(value, place, tokens, hits):
                    hits.values.setdefault(self._book.number(f"={name}"), []).append((number, (place, place + 1)))

    def _value(self, word: str) -> float | None:
        if word[0].isdecimal():
            return float(word.replace(",", ".")) if NUMBER.fullmatch(word) else None
        return self._book.numbers.get(word)

    def _meanings(self, value: float, place: int, tokens: Tokens, hits: Hits) -> Iterator[tuple[str, float]]:
        unit = {name for name, group in self._units.items() if self._follows(group, place, UNIT_GAP.get(name, 0), tokens, hits)}
        for name in unit - {"temperature", "age", "gestation"}:
            yield name, value
        if "weeks" in unit and self._of_pregnancy(value, place, tokens, hits):
            yield "gestation", value
        for name in NAMED:
            if not unit and self._named(name, place, tokens, hits):
                yield name, value
        degrees = self._degrees(value, place, unit, tokens, hits)
        if degrees is not None:
            yield "temperature", degrees
        years = self._years(value, place, unit, tokens, hits)
        if years is not None:
            yield "age", years
        if tokens.words[place + 1:place + 2] == ("+",):
            yield "gestation", value

    def _of_pregnancy(self, value: float, place: int, tokens: Tokens, hits: Hits) -> bool:
        """Weeks that are not a time span: "at 30 weeks", not "for 30 weeks" or "30 weeks ago"."""
        before = any(end == place for _, end in hits.spans.get(self._number["SPAN-BEFORE"], ()))
        after = any(start == place + 2 for start, _ in hits.spans.get(self._number["SPAN-AFTER"], ()))
        return 4 <= value <= 43 and not before and not after

    def _follows(self, group: int, place: int, gap: int, tokens: Tokens, hits: Hits) -> bool:
        last = place + 1 + gap
        return any(
            place < start <= last and tokens.sentences[start] == tokens.sentences[place] for start, _ in hits.spans.get(group, ())
        )

    def _named(self, name: str, place: int, tokens: Tokens, hits: Hits) -> bool:
        """Whether the word for this measure stands shortly before the number."""
        return any(
            0 <= place - end < 5 and tokens.sentences[start] == tokens.sentences[place]
            for start, end in hits.spans.get(self._before[name], ())
        )

    def _degrees(self, value: float, place: int, unit: set[str], tokens: Tokens, hits: Hits) -> float | None:
        celsius = value if value <= 45 else (value - 32) / 1.8 if 94 <= value <= 110 else 0.0
        if not 33 <= celsius <= 43:
            return None
        said = "temperature" in unit or self._named("temperature", place, tokens, hits)
        alone = not unit and ("." in tokens.words[place] or "," in tokens.words[place])
        return celsius if said and "weeks" not in unit or alone else None

    def _years(self, value: float, place: int, unit: set[str], tokens: Tokens, hits: Hits) -> float | None:
        if not 0 < value < 111:
            return None
        if "age" in unit:
            return value / (12 if "months" in unit else 52 if "weeks" in unit else 365 if "days" in unit else 1)
        before = any(end == place for _, end in hits.spans.get(self._number["BEFORE-AGE"], ()))
        alone = tokens.clauses.count(tokens.clauses[place]) == 1 and value >= 50 and tokens.words[place].isdigit()
        return value if (before or alone) and not unit else None

    def _know(self, hits: Hits, known: Known) -> None:
        for tag in known.tags:
            number = self._book.known(f"@{tag}")
            if number is not None:
                hits.spans.setdefault(number, []).append(NOWHERE)
        for name, value in (("gestation", known.weeks), ("age", known.age)):
            if value is not None:
                hits.values.setdefault(self._book.number(f"={name}"), []).append((value, NOWHERE))

    # What the likeness to examples counts

    def features(self, tokens: Tokens, hits: Hits) -> frozenset[str | int]:
        """Words, pairs of neighbours and groups (by number) that are neither denied nor long past. Empty when the message
        tells of a film or an animal, or says that a doctor has ruled it out."""
        if any(number in hits.spans for number in self._elsewhere):
            return frozenset()
        away, past = self.denied(tokens, hits), self.past(tokens, hits)
        there = [away[place] < 0 and not past[place] for place in range(len(tokens))]
        words = [word for word, here in zip(tokens.words, there, strict=True) if here and word[0].isalpha()]
        found: set[str | int] = {*words, *(f"{one} {two}" for one, two in pairwise(words))}
        for number, spans in hits.spans.items():
            if number in self._content and any(start < 0 or there[start] for start, _ in spans):
                found.add(number)
        return frozenset(found)

    # What is denied, and what is long past

    def denied(self, tokens: Tokens, hits: Hits) -> list[int]:
        """For each word the place of the "no" before it or the "fine" behind it that takes it away, or -1."""
        away = [-1] * len(tokens)
        spared = {place for start, end in hits.spans.get(self._number["NOT-NEGATED"], ()) for place in range(start, end)}
        for place, word in enumerate(tokens.words):
            if word in self._negators and place not in spared:
                for taken in self._scope(place, tokens):
                    away[taken] = place
        still = {start for start, _ in hits.spans.get(self._number["STILL"], ())}
        for start, end in hits.spans.get(self._number["FINE"], ()):
            if end not in still:
                for taken in range(start - 1, max(start - 4, -1), -1):
                    if tokens.clauses[taken] != tokens.clauses[start]:
                        break
                    away[taken] = start
        return away

    def _scope(self, place: int, tokens: Tokens) -> Iterator[int]:
        clause, sentence = tokens.clauses[place], tokens.sentences[place]
        for at in range(place + 1, min(place + 1 + REACH, len(tokens))):
            if tokens.words[at] in self._and:
                return
            if tokens.clauses[at] != clause:
                if tokens.sentences[at] != sentence or not self._lists_on(tokens.clauses[at], tokens):
                    return
                clause = tokens.clauses[at]
            yield at

    def _lists_on(self, clause: int, tokens: Tokens) -> bool:
        words = [word for word, own in zip(tokens.words, tokens.clauses, strict=True) if own == clause]
        return len(words) <= LIST_CLAUSE and not self._or.isdisjoint(words)

    def past(self, tokens: Tokens, hits: Hits) -> list[bool]:
        """For each word: whether its clause speaks of long ago and not of now."""
        clauses = {tokens.clauses[start] for start, _ in hits.spans.get(self._number["PAST"], ())}
        clauses |= {tokens.clauses[place] for place, word in enumerate(tokens.words) if YEAR.fullmatch(word)}
        for clause in tuple(clauses):
            if tokens.clauses.count(clause) <= 3 and clause:
                clauses.add(clause - 1)
        clauses -= {tokens.clauses[start] for start, _ in hits.spans.get(self._number["PRESENT"], ())}
        return [clause in clauses for clause in tokens.clauses]
