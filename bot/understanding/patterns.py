"""Combinations of concepts that mean something, compiled from short texts such as `knee pain|stairs !swelling`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import product
from typing import NamedTuple

from bot.understanding.hear import DENIED, UNABLE, Heard, Hearing

NEXT_CLAUSE, FAR_CLAUSE, FAR_APART = 0.93, 0.8, 0.96
FAR = 9
"""Tokens between two parts of a pattern from which they count as far apart."""
WELCOME = 0.3
MANY = 4
"""At most so many places are tried for each part."""


class Part(NamedTuple):
    """One part of a pattern: any of `names`. `sign`: "" said, "-" denied or impossible, "!" must not be said, "?" welcome."""

    names: frozenset[str]
    sign: str


class Pattern(NamedTuple):
    """What it means (`target`), how sure that is (`weight`), and its parts."""

    target: str
    weight: float
    parts: tuple[Part, ...]
    text: str

    @property
    def needed(self) -> list[Part]:
        """The parts that must be there."""
        return [part for part in self.parts if part.sign in ("", "-")]


class Match(NamedTuple):
    """A pattern found in a message, with its tokens."""

    target: str
    score: float
    places: frozenset[int]
    first: int
    state: int
    text: str
    clauses: frozenset[int]


def pattern(target: str, text: str, weight: float, stem: Callable[[str], str]) -> Pattern:
    return Pattern(target, weight, tuple(_part(part, stem) for part in text.split()), text)


def _part(text: str, stem: Callable[[str], str]) -> Part:
    sign = text[0] if text[0] in "-!" else "?" if text[-1] == "?" else ""
    names = text.strip("-!?").split("|")
    return Part(frozenset(f"={stem(name[1:])}" if name.startswith("=") else name for name in names), sign)


def literals(texts: Iterable[str], stem: Callable[[str], str]) -> set[str]:
    """The plain words of patterns, in base form."""
    return {
        stem(name[1:])
        for text in texts
        for part in text.split()
        for name in part.strip("-!?").split("|")
        if name.startswith("=")
    }


class Patterns:
    """Finds all patterns of a message; looks only at those one of whose rarest parts was said."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        uses = Counter(name for one in patterns for part in one.parts for name in part.names)
        by_said: dict[str, list[Pattern]] = defaultdict(list)
        by_refused: dict[str, list[Pattern]] = defaultdict(list)
        for one in patterns:
            key = min(one.needed, key=lambda part: sum(uses[name] for name in part.names))
            for name in key.names:
                (by_refused if key.sign else by_said)[name].append(one)
        self._by_said, self._by_refused = (by_said, frozenset(by_said)), (by_refused, frozenset(by_refused))

    def found(self, hearing: Hearing) -> list[Match]:
        likely: dict[int, Pattern] = {}
        for (table, known), names in ((self._by_said, hearing.said_ids), (self._by_refused, hearing.refused_ids)):
            for name in known & names:
                for one in table[name]:
                    if _may_match(one.parts, hearing):
                        likely[id(one)] = one
        matches = (_match(one, hearing) for one in likely.values())
        return [match for match in matches if match]


def _may_match(parts: Sequence[Part], hearing: Hearing) -> bool:
    """Whether every part was said at all; places are looked at later."""
    for part in parts:
        if not part.sign:
            if part.names.isdisjoint(hearing.said_ids):
                return False
        elif part.sign == "-":
            if part.names.isdisjoint(hearing.refused_ids):
                return False
        elif part.sign == "!" and not part.names.isdisjoint(hearing.said_ids):
            return False
    return True


def _match(one: Pattern, hearing: Hearing) -> Match | None:
    choices = [_said(part, hearing)[:MANY] for part in one.needed]
    if len(choices) == 1:
        best: tuple[float, tuple[Heard, ...]] = 1.0, (choices[0][0],)
    else:
        best = max(((_closeness(chosen), chosen) for chosen in product(*choices)), key=lambda found: found[0])
        if not best[0]:
            return None
    welcome = sum(part.sign == "?" and not part.names.isdisjoint(hearing.said_ids) for part in one.parts)
    places: set[int] = set()
    state = 0
    for heard in best[1]:
        places.update(range(heard.first, heard.last + 1))
        state |= heard.state
    score = one.weight * best[0] + WELCOME * welcome
    clauses = frozenset(heard.clause for heard in best[1])
    return Match(one.target, score, frozenset(places), min(places), state, one.text, clauses)


def _said(part: Part, hearing: Hearing) -> list[Heard]:
    heard = [one for name in part.names if name in hearing.by_id for one in hearing.by_id[name]]
    if part.sign == "-":
        return [one for one in heard if one.state & (DENIED | UNABLE)]
    return [one for one in heard if not one.state & DENIED]


def _closeness(chosen: Sequence[Heard]) -> float:
    """1 when all parts stand in one clause and near; 0 when one place would serve two parts."""
    if len(chosen) == 1:
        return 1.0
    spans = [(one.first, one.last) for one in chosen]
    if len(set(spans)) < len(spans):
        return 0.0
    clauses = [one.clause for one in chosen]
    gap = max(clauses) - min(clauses)
    if gap:
        return NEXT_CLAUSE if gap == 1 else FAR_CLAUSE
    return FAR_APART if max(last for _, last in spans) - min(first for first, _ in spans) > FAR else 1.0
