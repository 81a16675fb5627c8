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
NEEDED, BARRED, WELCOMED = ("", "-"), ("!",), ("?",)
"""Signs of the parts of a pattern."""
MANY = 4
"""At most so many places are tried for each part."""


class Part(NamedTuple):
    """One part of a pattern: any of `names`, in `order` the same. `sign`: "" said, "-" denied or impossible, "!" must not be
    said, "?" welcome."""

    names: frozenset[str]
    sign: str
    order: tuple[str, ...]


class Pattern(NamedTuple):
    """What it means (`target`), how sure that is (`weight`), the parts that must be there, those that must not, and those that
    are welcome."""

    target: str
    weight: float
    needed: tuple[Part, ...]
    barred: tuple[Part, ...]
    welcome: tuple[Part, ...]
    text: str


class Match(NamedTuple):
    """A pattern found in a message, with its tokens."""

    target: str
    score: float
    places: frozenset[int]
    first: int
    state: int
    text: str
    clauses: tuple[int, ...]


Entry = tuple[frozenset[str], str, Sequence[Part], int, Pattern]
"""What is kept of a pattern under each name of its rarest part: names and sign of another part, the parts that are left, its number."""
Table = dict[str, tuple[dict[int, Pattern], list[Entry]]]
"""By name the patterns of one part, by their numbers, and those of several."""


def pattern(target: str, text: str, weight: float, stem: Callable[[str], str]) -> Pattern:
    parts = [_part(part, stem) for part in text.split()]
    needed, barred, welcome = (tuple(part for part in parts if part.sign in signs) for signs in (NEEDED, BARRED, WELCOMED))
    return Pattern(target, weight, needed, barred, welcome, text)


def _part(text: str, stem: Callable[[str], str]) -> Part:
    sign = text[0] if text[0] in "-!" else "?" if text[-1] == "?" else ""
    names = (f"={stem(name[1:])}" if name.startswith("=") else name for name in text.strip("-!?").split("|"))
    order = tuple(dict.fromkeys(names))
    return Part(frozenset(order), sign, order)


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
        uses = Counter(name for one in patterns for part in (*one.needed, *one.barred, *one.welcome) for name in part.names)
        by_said: Table = defaultdict(lambda: ({}, []))
        by_refused: Table = defaultdict(lambda: ({}, []))
        for number, one in enumerate(patterns):
            key = min(one.needed, key=lambda part: sum(uses[name] for name in part.names))
            others = [part for part in one.needed if part is not key]
            for name in key.names:
                alone, several = (by_refused if key.sign else by_said)[name]
                if others:
                    several.append((others[0].names, others[0].sign, others[1:], number, one))
                else:
                    alone[number] = one
        self._by_said, self._by_refused = (by_said, frozenset(by_said)), (by_refused, frozenset(by_refused))

    def found(self, hearing: Hearing) -> list[Match]:
        said, refused = hearing.said_ids, hearing.refused_ids
        likely: dict[int, Pattern] = {}
        for (table, known), names in ((self._by_said, said), (self._by_refused, refused)) if refused else ((self._by_said, said),):
            for name in known & names:
                alone, several = table[name]
                likely |= alone
                for first, sign, more, number, one in several:
                    if first.isdisjoint(refused if sign else said):
                        continue
                    for part in more:
                        if part.names.isdisjoint(refused if part.sign else said):
                            break
                    else:
                        likely[number] = one
        return [match for number in sorted(likely) if (match := _match(likely[number], hearing))] if likely else []


def _match(one: Pattern, hearing: Hearing) -> Match | None:
    target, score, needed, barred, welcome, text = one
    for part in barred:
        if not part.names.isdisjoint(hearing.said_ids):
            return None
    for part in welcome:
        if not part.names.isdisjoint(hearing.said_ids):
            score += WELCOME
    if len(needed) == 1:  # the commonest case
        _, first, last, clause, state = _said(needed[0], hearing)[0]
        return tuple.__new__(Match, (target, score, frozenset(range(first, last + 1)), first, state, text, (clause,)))
    close, chosen = _nearest([_said(part, hearing) for part in needed])
    if not close:
        return None
    score -= one.weight * (1 - close)
    places: list[int] = []
    clauses: list[int] = []
    state = 0
    for _, first, last, clause, bits in chosen:
        places += range(first, last + 1)
        clauses.append(clause)
        state |= bits
    return tuple.__new__(Match, (target, score, frozenset(places), min(places), state, text, tuple(clauses)))


def _nearest(choices: Sequence[Sequence[Heard]]) -> tuple[float, Sequence[Heard]]:
    """The first of the closest ways to lay the parts over the message, and how close it is."""
    if len(choices) == 2 and len(choices[0]) == len(choices[1]) == 1:  # the commonest case by far
        both = choices[0][0], choices[1][0]
        return _closeness(both), both
    best: tuple[float, Sequence[Heard]] = (0.0, ())
    for chosen in product(*choices):
        close = _closeness(chosen)
        if close > best[0]:
            best = close, chosen
            if close == 1.0:
                break
    return best


def _said(part: Part, hearing: Hearing) -> Sequence[Heard]:
    by_id = hearing.by_id
    if not hearing.refused_ids:
        names = part.names & hearing.said_ids
        if len(names) == 1:  # nothing is denied, and there is nothing to choose from: mostly it is so
            return by_id[next(iter(names))][:MANY]
    if part.sign == "-":
        return [one for name in part.order if name in by_id for one in by_id[name] if one.state & (DENIED | UNABLE)][:MANY]
    return [one for name in part.order if name in by_id for one in by_id[name] if not one.state & DENIED][:MANY]


def _closeness_of_two(one: Heard, other: Heard) -> float:
    """The same of two, with fewer steps."""
    _, first, last, clause, _ = one
    _, begin, end, other_clause, _ = other
    if clause != other_clause:
        return NEXT_CLAUSE if -1 <= clause - other_clause <= 1 else FAR_CLAUSE
    if first == begin and last == end:
        return 0.0
    return FAR_APART if (max(end, last)) - (min(begin, first)) > FAR else 1.0


def _closeness(chosen: Sequence[Heard]) -> float:
    """1 when all parts stand in one clause and near; 0 when one place would serve two parts."""
    if len(chosen) == 2:
        return _closeness_of_two(*chosen)
    _, firsts, lasts, clauses, _ = zip(*chosen, strict=True)
    if len(set(zip(firsts, lasts, strict=True))) < len(chosen):
        return 0.0
    gap = max(clauses) - min(clauses)
    if gap:
        return NEXT_CLAUSE if gap == 1 else FAR_CLAUSE
    return FAR_APART if max(lasts) - min(firsts) > FAR else 1.0
