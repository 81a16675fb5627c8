"""Small vector helpers. Lengths are decimetres, +x is the figure's left, +y up, +z forward."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating[Any]]
Ints = NDArray[np.integer[Any]]
Mask = NDArray[np.bool_]


def unit(vectors: Any) -> Array:
    """The same directions with length 1; works on one vector or on rows."""
    array = np.asarray(vectors, float)
    length: Array = np.linalg.norm(array, axis=-1, keepdims=True)
    return array / np.maximum(length, 1e-12)


def turn_z(degrees: float) -> Array:
    """Rotation (3 x 3) about the axis that points forward."""
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return np.array([[c, -s, 0], [s, c, 0], [0, 0, 1.0]])


def turn_about(axis: Array, angle: float) -> Array:
    """Rotation (3 x 3) by an angle in radians about any axis."""
    x, y, z = unit(axis)
    cross = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    turn: Array = np.eye(3) + np.sin(angle) * cross + (1 - np.cos(angle)) * cross @ cross
    return turn


def lengths(points: Array) -> Array:
    """How far each point of a polyline lies from its beginning, along the line."""
    steps: Array = np.linalg.norm(np.diff(points, axis=0), axis=1)
    return np.concatenate([[0.0], np.cumsum(steps)])


def resampled(points: Array, count: int) -> Array:
    """A smooth curve (Catmull-Rom) through the points, as `count` points evenly spaced by length."""
    curve = _smooth(points) if len(points) > 2 else points
    along = lengths(curve)
    even = np.linspace(0, along[-1], count)
    return np.stack([np.interp(even, along, curve[:, k]) for k in range(curve.shape[1])], 1)


def _smooth(points: Array, per: int = 12) -> Array:
    padded = np.vstack([2 * points[0] - points[1], points, 2 * points[-1] - points[-2]])
    t = np.linspace(0, 1, per, endpoint=False)[:, None]
    pieces = [_piece(padded[k : k + 4], t) for k in range(len(points) - 1)]
    return np.vstack([*pieces, points[-1:]])


def _piece(four: Array, t: Array) -> Array:
    a, b, c, d = four
    value: Array = 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
    return value


def closed(points: Array, count: int) -> Array:
    """A smooth closed curve through the points."""
    ring = np.vstack([points[-2:], points, points[:2]])
    curve = _smooth(ring)
    start, end = 24, 24 + 12 * len(points)
    cut = np.vstack([curve[start:end], curve[start]])
    along = lengths(cut)
    even = np.linspace(0, along[-1], count)
    return np.stack([np.interp(even, along, cut[:, k]) for k in range(cut.shape[1])], 1)
