"""Emergencies in people's own words, decided before and apart from the matching of complaints.

A rule rings when all its parts are said near each other and none of them is denied ("no chest pain"), long past
("in 2010") or an idiom ("my feet are killing me"). The message is looked at twice, as written and with repaired spelling.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import pairwise, product
from operator import itemgetter
from typing import Literal, get_args

from bot.catalog.model.alarm_rules import AlarmRules, KnownTag
from bot.understanding.alarm_grammar import Book, Rule, Slot, Sure, rules_of, vocabulary
from bot.understanding.alarm_hits import NOWHERE, Finder, Hits, Known, Span
from bot.understanding.alarm_numbers import Numbers
from bot.understanding.alarm_scope import Bent, Scope
from bot.understanding.alarm_text import Tokens, repaired, tokens_of
from bot.understanding.words import Reading

__all__ = ["Alarms", "Known", "Ring", "alarms", "vocabulary"]

NOTHING_KNOWN = Known()
MOST_TRIES = 4000
"""How many ways to lay a rule over a message are tried; only a message that repeats itself a hundred times has more."""


@dataclass(frozen=True, slots=True)
class Ring:
    """An alarm that rang: `rule` is the line of the file that rang it. `level`: empty for the alarm's own."""

    id: str
    rule: str
    sure: Sure
    level: Literal["", "same-day"] = ""


@dataclass(frozen=True, slots=True)
class Because:
    """Why an alarm rang, or would have (`denied`): the words that were heard."""

    ring: Ring
    words: tuple[str, ...]
    denied: bool = False


class Ear:
    """All that is needed to hear a message in one language."""

    def __init__(self, book: Book) -> None:
        self._tags = {tag: number for tag in get_args(KnownTag) if (number := book.known(f"@{tag}")) is not None}
        self._numbers = Numbers(book)
        self.scope = Scope(book)
        self._finder = Finder(book)  # the last: it looks through all phrases there are
        self.spelling = self._finder.spelling
        self.names = book.names()
        """Groups by their numbers."""

    def hear(self, tokens: Tokens, known: Known) -> Hits:
        hits = self._finder.found(tokens)
        self._numbers.note(tokens, hits, known)
        for tag in known.tags & self._tags.keys():
            hits.add(self._tags[tag], NOWHERE)
        return hits


class Alarms:
    """One language's alarms. Reading a message never changes them."""

    def __init__(self, rules: Sequence[Rule], ear: Ear) -> None:
        self._ear = ear
        self._by_group: dict[int, list[tuple[int, tuple[int, ...], tuple[tuple[int, ...], ...], tuple[int, ...]]]] = {}
        self._rules = tuple(sorted(rules, key=_rank))
        weight = _weights(rules)
        for place, rule in enumerate(self._rules):
            rarest, *others = sorted((slot.any_of for slot in rule.slots), key=lambda groups: sum(map(weight.__getitem__, groups)))
            ready = place, others[0] if others else rarest, tuple(others[1:]), rule.unless
            for number in rarest:
                self._by_group.setdefault(number, []).append(ready)

    def heard(self, reading: Reading, known: Known = NOTHING_KNOWN) -> tuple[Ring, ...]:
        """One ring for each alarm, the most certain first."""
        return self.listened(reading, known)[0]

    def listened(self, reading: Reading, known: Known = NOTHING_KNOWN) -> tuple[tuple[Ring, ...], AbstractSet[int]]:
        """The rings, and the numbers of all word groups that were said: what the second ear goes by."""
        looks = self._looks(reading, known)
        best: dict[str, tuple[int, Ring]] = {}
        for tokens, hits in looks:
            likely = self._likely(hits)
            for place, why in self._in(tokens, hits, likely, known.year) if likely else ():
                if why.ring.id not in best or place < best[why.ring.id][0]:
                    best[why.ring.id] = place, why.ring
        rings = tuple([ring for _, ring in sorted(best.values(), key=itemgetter(0))]) if best else ()
        return rings, looks[0][1].said if len(looks) == 1 else set().union(*[hits.said for _, hits in looks])

    def groups(self) -> Mapping[int, str]:
        """The names of all word groups by their numbers."""
        return self._ear.names

    def why(self, reading: Reading, known: Known = NOTHING_KNOWN) -> tuple[Because, ...]:
        """Every rule whose parts are all said, those that were denied or long past included."""
        looks = self._looks(reading, known)
        return tuple(dict.fromkeys(why for tokens, hits in looks for _, why in self._in(tokens, hits, self._likely(hits), known.year, lost_too=True)))

    def denied(self, reading: Reading, known: Known = NOTHING_KNOWN) -> frozenset[str]:
        """Alarms that are spoken of only to say that they do not apply ("no chest pain")."""
        found = self.why(reading, known)
        return frozenset(why.ring.id for why in found if why.denied) - {why.ring.id for why in found if not why.denied}

    def _looks(self, reading: Reading, known: Known) -> list[tuple[Tokens, Hits]]:
        """The message as written and, where something was repaired, with repaired spelling."""
        both = tokens_of(reading.text, self._ear.spelling), repaired(reading, self._ear.spelling)
        return [(tokens, self._ear.hear(tokens, known)) for tokens in both if tokens is not None and tokens.words]

    def _in(self, tokens: Tokens, hits: Hits, likely: Sequence[int], year: int, *, lost_too: bool = False) -> Iterator[tuple[int, Because]]:
        bent = self._ear.scope.bent(tokens, hits, year)
        for place in likely:
            rule = self._rules[place]
            if _silenced(rule, hits):
                continue
            spans = _laid(rule, hits, bent)
            lost = _laid(rule, hits, None) if lost_too and not spans else ()
            if spans or lost:
                ring = Ring(rule.alarm, rule.text, rule.sure, "same-day" if rule.same_day else "")
                yield place, Because(ring, _said(spans or lost, tokens), denied=not spans)

    def _likely(self, hits: Hits) -> list[int]:
        """Rules whose every part may be there, by their place."""
        said = hits.said
        unsaid = said.isdisjoint
        places: set[int] = set()
        for number in self._by_group.keys() & said:
            for place, other, others, unless in self._by_group[number]:
                if not unsaid(other) and unsaid(unless) and not any(map(unsaid, others)):
                    places.add(place)
        return sorted(places)


def alarms(rules: AlarmRules) -> Alarms:
    """Made once a language. ValueError names every line that is wrong."""
    book = Book(rules.words.values())
    ready = [rule for sound in rules.sounds.values() for rule in rules_of(sound, book)]
    ear = Ear(book)
    if book.problems:
        raise ValueError("\n".join(book.problems))
    return Alarms(ready, ear)


def _rank(rule: Rule) -> tuple[bool, bool]:
    return rule.same_day, rule.sure == "ask"


def _weights(rules: Sequence[Rule]) -> Counter[int]:
    """How many parts of rules a group stands in: the busiest groups are the commonest words."""
    return Counter(number for rule in rules for slot in rule.slots for number in slot.any_of)


def _places(slot: Slot, hits: Hits) -> list[Span]:
    spans = [span for number in slot.groups for span in hits.spans.get(number, ())]
    for test in slot.tests:
        spans += [span for value, span in hits.values.get(test.group, ()) if test(value)]
    return spans


def _silenced(rule: Rule, hits: Hits) -> bool:
    return any(test(value) for test in rule.unless_tests for value, _ in hits.values.get(test.group, ()))


def _laid(rule: Rule, hits: Hits, bent: Bent | None) -> tuple[Span, ...]:
    """The first way to lay the parts over the message: apart from each other, near enough, in order if asked."""
    places = [_places(slot, hits) for slot in rule.slots]
    if not all(places):
        return ()
    for tries, spans in enumerate(product(*places)):
        if _fits(spans, rule) and not (bent and bent(spans)):
            return spans
        if tries > MOST_TRIES:
            break
    return ()


def _fits(spans: tuple[Span, ...], rule: Rule) -> bool:
    row = sorted(spans)
    if any(one[1] > two[0] for one, two in pairwise(row) if two != NOWHERE):
        return False
    before = NOWHERE
    for span, slot in zip(spans, rule.slots, strict=True):
        if NOWHERE not in (span, before):
            if slot.after and span < before:
                return False
            if max(span[0] - before[1], before[0] - span[1]) > slot.near:
                return False
        before = span
    return True


def _said(spans: Sequence[Span], tokens: Tokens) -> tuple[str, ...]:
    return tuple(" ".join(tokens.words[start:end]) for start, end in spans if start >= 0)
