"""Words to ranked conditions: combinations of concepts first, the likeness to whole phrases beside them."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.understanding.hear import DENIED, OTHER, Hearing, Scope
from bot.understanding.patterns import Match, Patterns
from bot.understanding.scope import PEOPLE

PRIOR = 0.6
"""How strongly a word is believed to be spread evenly over the conditions before any phrase is seen."""
LIKENESS, MOST_LIKENESS = 0.3, 6.0
"""Points of score for likeness to a condition's phrases, per unit of evidence, and at most."""
KNEE, BEYOND = 9.5, 0.5
"""Beyond this a pattern's score counts only so much: likeness then decides between two good patterns."""
CONCEPT, WORD = 0.45, 0.7
LEAST = 0.15
"""Weights below this say nothing."""
ALSO, MOST_ALSO = 0.25, 0.75
OTHERS = 0.6
LIKELY = 6
"""So many conditions are judged by likeness alone."""


class Candidate(NamedTuple):
    """A condition, its score, and the patterns that speak for it."""

    id: str
    score: float
    matches: tuple[Match, ...]

    @property
    def places(self) -> frozenset[int]:
        return self.matches[0].places if self.matches else frozenset()

    @property
    def shown(self) -> float:
        """The score of the best pattern that speaks for it."""
        return self.matches[0].score if self.matches else 0.0

    @property
    def others(self) -> bool:
        """Whether it is somebody else's."""
        return bool(self.matches) and bool(self.matches[0].state & OTHER)


class Likeness:
    """How much the words of a message are the words of a condition's phrases (naive Bayes against all phrases)."""

    def __init__(self, units: Mapping[str, Sequence[AbstractSet[str]]]) -> None:
        counts = {name: Counter(unit for phrase in phrases for unit in phrase) for name, phrases in units.items()}
        sizes = {name: max(1, len(phrases)) for name, phrases in units.items()}
        spread: dict[str, float] = defaultdict(float)
        for name, found in counts.items():
            for unit, count in found.items():
                spread[unit] += count / sizes[name] / len(units)
        self._names = tuple(counts)
        table: dict[str, NDArray[np.float32]] = {}
        for place, (name, found) in enumerate(counts.items()):
            for unit, count in found.items():
                share = CONCEPT if unit[0] == "#" else WORD
                weight = math.log1p(count / sizes[name] / (PRIOR * (spread[unit] + 0.002))) * share
                if weight > LEAST:
                    table.setdefault(unit, np.zeros(len(units), dtype=np.float32))[place] = weight
        self._rows = {unit: row for row, unit in enumerate(table)}
        self._weights = np.array(list(table.values()), dtype=np.float32)

    def ranked(self, candidates: Sequence[Candidate], units: Iterable[str]) -> list[Candidate]:
        """The conditions by their patterns and by their likeness. The best first."""
        likeness = self.of(units)
        scores = {one.id: one for one in candidates}
        likely = sorted(likeness, key=likeness.__getitem__, reverse=True)[:LIKELY]
        before = [scores.get(name) or Candidate(name, 0.0, ()) for name in {*scores, *likely}]
        found = [one._replace(score=one.score + min(MOST_LIKENESS, LIKENESS * likeness.get(one.id, 0.0))) for one in before]
        return sorted(found, key=_order)

    def of(self, units: Iterable[str]) -> dict[str, float]:
        rows = [self._rows[unit] for unit in units if unit in self._rows]
        found = self._weights[rows].sum(axis=0).tolist() if rows else ()
        return {name: score for name, score in zip(self._names, found, strict=False) if score}


def units_of(hearing: Hearing, fillers: frozenset[str]) -> set[str]:
    """Base words and concepts (marked #) of what was said and not denied."""
    silent = {place for one in hearing.said if one.state & DENIED for place in range(one.first, one.last + 1)}
    stems = {token.stem for place, token in enumerate(hearing.reading.tokens) if place not in silent}
    stems -= fillers
    stems.update(f"#{name}" for name in hearing.said_ids if name[0] != "=")
    return stems


class Symptoms:
    """Ranks the conditions of one language by their patterns."""

    def __init__(self, patterns: Patterns) -> None:
        self._patterns = patterns

    def ranked(self, hearing: Hearing) -> list[Candidate]:
        """The best first."""
        matches: dict[str, list[Match]] = defaultdict(list)
        state = 0
        for match in self._patterns.found(hearing):
            matches[match.target].append(match)
            state |= match.state
        own = bool(state & OTHER) and any(not match.state & OTHER and match.score > 6 for found in matches.values() for match in found)
        return sorted([_candidate(name, found, own=own) for name, found in matches.items()], key=_order)


def candidates_within(candidates: Iterable[Candidate], begin: int, end: int) -> list[Candidate]:
    """The conditions that are shown by these tokens alone. The best first."""
    found = [
        (one.id, [match for match in one.matches if begin <= match.first and max(match.places) < end])
        for one in candidates
    ]
    return sorted([_candidate(name, matches, own=False) for name, matches in found if matches], key=_order)


def _order(one: Candidate) -> tuple[float, str]:
    return -one.score, one.id


def _candidate(name: str, matches: Sequence[Match], *, own: bool) -> Candidate:
    """`own`: the writer complains of something; then what is somebody else's counts less."""
    if own and any(match.state & OTHER for match in matches):
        matches = [match._replace(score=match.score * OTHERS) if match.state & OTHER else match for match in matches]
    judged = sorted(matches, key=_worth, reverse=True) if len(matches) > 1 else matches
    best = judged[0]
    more = _more(judged) if len(judged) > 1 else 0.0
    return Candidate(name, _bent(best.score) + more - 0.01 * best.first, tuple(judged))


def _worth(match: Match) -> tuple[float, int]:
    return match.score, -match.first


def _more(judged: Sequence[Match]) -> float:
    """A little for everything else that speaks for it, in other words of the message."""
    used = judged[0].places
    more = 0.0
    for match in judged[1:]:
        if used.isdisjoint(match.places):
            more += ALSO
            used |= match.places
    return min(MOST_ALSO, more)


def _bent(score: float) -> float:
    return score if score < KNEE else KNEE + (score - KNEE) * BEYOND


def wanted(candidates: Sequence[Candidate], enough: float) -> list[str]:
    """The conditions complained of: the first, and all that have words of their own that no better one has used."""
    used: set[int] = set()
    names: list[str] = []
    for name, _, matches in candidates:
        shown = matches and matches[0].score >= enough and used.isdisjoint(matches[0].places)
        if shown or not names:
            names.append(name)
            if matches:
                used |= matches[0].places
    return names


def whose(scope: Scope, heard: Hearing, candidates: Sequence[Candidate]) -> tuple[bool, bool]:
    """(the best complaint that a pattern shows is the writer's own, it is somebody else's)."""
    if not candidates:
        return False, heard.has("adult-person") or heard.has("child-person")
    other = candidates[0].others or (
        not heard.by_id.keys().isdisjoint(PEOPLE)
        and scope.speaks_of_another([(one.ids, one.first, one.last) for one in heard.said], heard.reading)
    )
    return not other, other
