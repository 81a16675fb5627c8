"""Rectangles and lines on the picture, in pixels."""

from __future__ import annotations

from dataclasses import dataclass

XY = tuple[float, float]
Line = tuple[XY, XY]


@dataclass(frozen=True)
class Box:
    """A rectangle: left, top, right, bottom."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def centre(self) -> XY:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def grown(self, by: float) -> Box:
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def meets(self, other: Box) -> bool:
        apart = other.left >= self.right or other.right <= self.left or other.top >= self.bottom or other.bottom <= self.top
        return not apart

    def holds(self, other: Box) -> bool:
        across = self.left <= other.left and other.right <= self.right
        return across and self.top <= other.top and other.bottom <= self.bottom

    def nearest(self, at: XY) -> XY:
        """The place in the rectangle that is closest."""
        return min(max(at[0], self.left), self.right), min(max(at[1], self.top), self.bottom)

    def cut_by(self, line: Line) -> bool:
        """Whether a line passes through."""
        if any(self.left < x < self.right and self.top < y < self.bottom for x, y in line):
            return True
        corners = ((self.left, self.top), (self.right, self.top), (self.right, self.bottom), (self.left, self.bottom))
        sides = zip(corners, (*corners[1:], corners[0]), strict=True)
        return any(crossing(line, side) for side in sides)


def around(at: XY, width: float, height: float) -> Box:
    return Box(at[0] - width / 2, at[1] - height / 2, at[0] + width / 2, at[1] + height / 2)


def crossing(first: Line, second: Line) -> bool:
    """Whether two lines cross."""
    (a, b), (c, d) = first, second
    return _side(a, b, c) * _side(a, b, d) < 0 and _side(c, d, a) * _side(c, d, b) < 0


def _side(a: XY, b: XY, c: XY) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def distance(at: XY, line: Line) -> float:
    """From a place to the nearest place of a line."""
    (ax, ay), (bx, by) = line
    length = (bx - ax) ** 2 + (by - ay) ** 2
    share = 0.0 if length == 0 else max(0.0, min(1.0, ((at[0] - ax) * (bx - ax) + (at[1] - ay) * (by - ay)) / length))
    x, y = ax + share * (bx - ax), ay + share * (by - ay)
    return float(((at[0] - x) ** 2 + (at[1] - y) ** 2) ** 0.5)
