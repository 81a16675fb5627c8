"""Combinations of concepts that mean something, compiled from short texts such as `knee pain|stairs !swelling`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import product
from typing import NamedTuple

from bot.understanding.hear import DENIED, UNABLE, Heard, Hearing

NEXT_CLAUSE, FAR_CLAUSE, FAR_APART = 0.93, 0.8, 0.96
FAR = 9
"""Tokens between two parts of a pattern from which they count as far apart."""
MANY = 4
"""At most so many places are tried for each part."""


class Part(NamedTuple):
    """One part of a pattern: any of `names`. `sign`: "" said, "-" denied or impossible, "!" must not be said, "?" welcome."""

    names: tuple[str, ...]
    sign: str


class Pattern(NamedTuple):
    """What it means (`target`), how sure that is (`weight`), and its parts."""

    target: str
    weight: float
    parts: tuple[Part, ...]
    text: str


class Match(NamedTuple):
    """A pattern found in a message, with its tokens."""

    target: str
    score: float
    places: frozenset[int]
    first: int
    state: int
    text: str


def pattern(target: str, text: str, weight: float, stem: Callable[[str], str]) -> Pattern:
    return Pattern(target, weight, tuple(_part(part, stem) for part in text.split()), text)


def _part(text: str, stem: Callable[[str], str]) -> Part:
    sign = text[0] if text[0] in "-!" else "?" if text[-1] == "?" else ""
    names = text.strip("-!?").split("|")
    return Part(tuple(f"={stem(name[1:])}" if name.startswith("=") else name for name in names), sign)


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
        self._by_key: Mapping[str, list[Pattern]] = defaultdict(list)
        for one in patterns:
            needed = [part for part in one.parts if part.sign in ("", "-")]
            key = min(needed, key=lambda part: sum(uses[name] for name in part.names))
            for name in key.names:
                self._by_key[name].append(one)

    def found(self, hearing: Hearing) -> list[Match]:
        seen: set[int] = set()
        matches: list[Match] = []
        for name in hearing.by_id:
            for one in self._by_key.get(name, ()):
                if id(one) not in seen:
                    seen.add(id(one))
                    match = _match(one, hearing)
                    if match:
                        matches.append(match)
        return matches


def _match(one: Pattern, hearing: Hearing) -> Match | None:
    choices: list[list[Heard]] = []
    extra = 0.0
    for part in one.parts:
        said = _said(part, hearing)
        if part.sign == "!" and said:
            return None
        if part.sign == "?":
            extra += 0.3 if said else 0.0
        elif part.sign != "!":
            if not said:
                return None
            choices.append(said[:MANY])
    best: tuple[float, tuple[Heard, ...]] | None = None
    for chosen in product(*choices) if len(choices) > 1 else ((one,) for one in choices[0]):
        worth = _closeness(chosen)
        if worth and (best is None or worth > best[0]):
            best = (worth, chosen)
    if best is None:
        return None
    places = frozenset(place for heard in best[1] for place in range(heard.first, heard.last + 1))
    state = 0
    for heard in best[1]:
        state |= heard.state
    return Match(one.target, one.weight * best[0] + extra, places, min(places), state, one.text)


def _said(part: Part, hearing: Hearing) -> list[Heard]:
    wanted = DENIED | UNABLE if part.sign == "-" else 0
    found: list[Heard] = []
    for name in part.names:
        found += (
            heard
            for heard in hearing.by_id.get(name, ())
            if (heard.state & wanted if wanted else not heard.state & DENIED)
        )
    return found


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
