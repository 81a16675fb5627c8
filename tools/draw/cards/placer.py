"""Finds a free place for every label: inside the picture, apart from each other, off the dots, with short leaders.

Each label proposes candidates; each candidate has a price; they are placed one after the other, then each in turn looks
again for something cheaper, until nothing moves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import cos, hypot, radians, sin
from typing import Protocol

from tools.draw.cards.boxes import XY, Box, Line, around, crossing, distance

MARGIN, GAP = 10.0, 9.0
OVERLAP, CUT, CROSS = 3000.0, 500.0, 350.0
SWEEPS = 4


@dataclass(frozen=True)
class Candidate:
    """One way to put something: the room it takes, the lines drawn with it, what it costs by itself."""

    box: Box
    lines: tuple[Line, ...]
    cost: float


class Wish(Protocol):
    """Something that wants a place."""

    @property
    def anchors(self) -> tuple[XY, ...]: ...

    def candidates(self, cover: Callable[[Box], float]) -> Iterator[Candidate]: ...


@dataclass(frozen=True)
class Label:
    """A word beside a place. `onto`: the price of lying on the body (0..1 of the box); `near`: the least distance;
    `far`: the price of a pixel of distance."""

    anchor: XY
    width: float
    height: float
    onto: float = 90.0
    near: float = 34.0
    far: float = 0.45

    @property
    def anchors(self) -> tuple[XY, ...]:
        return (self.anchor,)

    def candidates(self, cover: Callable[[Box], float]) -> Iterator[Candidate]:
        for more, turn in product((0, 22, 46, 74, 106, 142, 182, 226, 274, 326, 380), range(0, 360, 15)):
            away = self.near + more
            x = self.anchor[0] + cos(radians(turn)) * (away + self.width / 2)
            y = self.anchor[1] + sin(radians(turn)) * (away + self.height / 2)
            box = around((x, y), self.width, self.height)
            line = (self.anchor, box.nearest(self.anchor))
            steep = 14 * abs(sin(radians(turn))) ** 4
            yield Candidate(box, (line,), away * self.far + steep + self.onto * cover(box))


@dataclass(frozen=True)
class Bracket:
    """A measure beside the line from `start` to `end`, with its words on the far side."""

    start: XY
    end: XY
    width: float
    height: float
    least: float = 34.0

    @property
    def anchors(self) -> tuple[XY, ...]:
        return (self.start, self.end)

    def candidates(self, cover: Callable[[Box], float]) -> Iterator[Candidate]:
        (ax, ay), (bx, by) = self.start, self.end
        length = max(1.0, hypot(bx - ax, by - ay))
        across = (-(by - ay) / length, (bx - ax) / length)
        for side, step, slide in product((1, -1), range(19), (0.5, 0.0, 1.0)):
            off = self.least + 18 * step
            dx, dy = across[0] * side * off, across[1] * side * off
            line = ((ax + dx, ay + dy), (bx + dx, by + dy))
            x, y = line[0][0] * (1 - slide) + line[1][0] * slide, line[0][1] * (1 - slide) + line[1][1] * slide
            reach = abs(across[0]) * self.width / 2 + abs(across[1]) * self.height / 2 + 14
            box = around((x + across[0] * side * reach, y + across[1] * side * reach), self.width, self.height)
            spare = _hull(line)
            cost = off * 0.5 + 150 * cover(box) + 170 * cover(spare) + (0 if slide == 0.5 else 12)
            yield Candidate(box, (line, (self.start, line[0]), (self.end, line[1])), cost)


def _hull(line: Line) -> Box:
    (ax, ay), (bx, by) = line
    return Box(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)).grown(4)


@dataclass(frozen=True)
class Field:
    """The picture: its frame, what is already taken, the dots (with their radius), how much body a box covers."""

    frame: Box
    taken: tuple[Box, ...]
    dots: tuple[XY, ...]
    radius: float
    cover: Callable[[Box], float]


def placed(wishes: Sequence[Wish], field: Field) -> list[Candidate]:
    """A place for each wish, in their order."""
    offers = [_inside(wish, field) for wish in wishes]
    found: list[Candidate] = []
    for k, wish in enumerate(wishes):
        found.append(_best(offers[k], wish, found, field))
    for _ in range(SWEEPS):
        before = list(found)
        for k, wish in enumerate(wishes):
            found[k] = _best(offers[k], wish, found[:k] + found[k + 1 :], field)
        if found == before:
            break
    return found


def _inside(wish: Wish, field: Field) -> list[Candidate]:
    """What fits into the frame, with its bracket if possible; all offers where nothing does."""
    frame, offers = field.frame.grown(-MARGIN), list(wish.candidates(field.cover))
    whole = [offer for offer in offers if frame.holds(offer.box)]
    return [offer for offer in whole if _in(frame, offer)] or whole or offers


def _in(frame: Box, offer: Candidate) -> bool:
    return all(frame.holds(Box(x, y, x, y)) for line in offer.lines[:1] for x, y in line)


def _best(offers: Sequence[Candidate], wish: Wish, others: Sequence[Candidate], field: Field) -> Candidate:
    return min(offers, key=lambda offer: offer.cost + _price(offer, wish, others, field))


def _price(offer: Candidate, wish: Wish, others: Sequence[Candidate], field: Field) -> float:
    box = offer.box.grown(GAP)
    total = OVERLAP * sum(box.meets(taken) for taken in field.taken)
    total += OVERLAP * sum(box.meets(around(dot, 2 * field.radius, 2 * field.radius)) for dot in field.dots)
    for line in offer.lines:
        total += CUT * sum(taken.cut_by(line) for taken in field.taken)
        total += CUT * sum(distance(dot, line) < field.radius + 5 for dot in field.dots if not _own(dot, wish))
    for other in others:
        total += OVERLAP * box.meets(other.box)
        total += CUT * sum(other.box.grown(3).cut_by(line) for line in offer.lines)
        total += CUT * sum(box.cut_by(line) for line in other.lines)
        total += CROSS * sum(crossing(mine, line) for mine in offer.lines for line in other.lines)
    return total


def _own(dot: XY, wish: Wish) -> bool:
    return any(hypot(dot[0] - x, dot[1] - y) < 2 for x, y in wish.anchors)


def clashes(found: Sequence[Candidate], field: Field) -> list[str]:
    """What is wrong with a layout: nothing, for a good one."""
    wrong = [f"label {k} leaves the frame" for k, one in enumerate(found) if not field.frame.holds(one.box)]
    for k, one in enumerate(found):
        wrong += [f"label {k} covers something fixed" for taken in field.taken if one.box.meets(taken)]
        wrong += [f"label {k} covers a dot" for dot in field.dots if one.box.meets(around(dot, field.radius, field.radius))]
        wrong += [f"labels {k} and {j} overlap" for j, other in enumerate(found[:k]) if one.box.meets(other.box)]
    return wrong
