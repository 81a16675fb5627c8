"""Bones and tendons that show through the skin, moulded onto the calm surface of the base mesh."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from tools.draw.body.mannequin import Mannequin
from tools.draw.body.mesh import Mesh
from tools.draw.geometry import Array, resampled
from tools.draw.places.places import Places

REACH = 4
"""A ridge is felt this many widths away."""
FADE = 0.3


Ridge = tuple[Array, Mapping[str, Any]]
"""A line of places (n, 3) and what `data/relief.yaml` says of it."""


def lines(places: Places, ridges: Iterable[Mapping[str, Any]]) -> list[Ridge]:
    """Where the ridges run on the calm body."""
    found = ((np.array([places.spot(where).place for where in ridge["along"]]), ridge) for ridge in ridges)
    return [(resampled(line, 60) if len(line) > 1 else line, ridge) for line, ridge in found]


def moulded(body: Mannequin, ridges: Iterable[Ridge]) -> Mannequin:
    """The same body with the relief, left and right alike. It has no shade yet."""
    rise = np.zeros(len(body.mesh.positions))
    for line, ridge in ridges:
        for side in (1,) if ridge.get("middle") else (1, -1):
            rise += _ridge(body.mesh.positions, line * [side, 1, 1], ridge)
    positions = body.mesh.positions + np.asarray(body.mesh.normals) * rise[:, None]
    return Mannequin(Mesh(positions, body.mesh.triangles), body.values, body.joints, body.cage)


def _ridge(positions: Array, line: Array, ridge: Mapping[str, Any]) -> Array:
    width, height = ridge["width"], ridge["height"]
    rise = np.zeros(len(positions))
    low, high = line.min(0) - REACH * width, line.max(0) + REACH * width
    near = np.where(((positions > low) & (positions < high)).all(1))[0]
    for part in np.array_split(near, max(1, len(near) // 4000)):
        if not len(part):
            continue
        apart = np.linalg.norm(positions[part, None] - line[None], axis=2)
        closest = apart.argmin(1)
        bell = np.exp(-0.5 * (apart.min(1) / width) ** 2)
        rise[part] = height * bell * (_fade(len(line))[closest] if ridge.get("soft") else 1)
    return rise


def _fade(count: int) -> Array:
    ends = np.minimum(np.arange(count) + 1, np.arange(count, 0, -1)) / (count * FADE)
    faded: Array = np.minimum(1, ends) ** 1.2
    return faded
