"""Finding and walking along the surface of the body."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from tools.draw.body.mesh import Mesh
from tools.draw.geometry import Array, unit

FAR = 3.0
STEP = 0.02


class Spot(NamedTuple):
    """A place on the skin and the direction out of it."""

    place: Array
    normal: Array

    @property
    def found(self) -> bool:
        return bool(np.isfinite(self.place).all())


def from_outside(mesh: Mesh, through: Any, direction: Any, far: float = FAR) -> Spot:
    """What is met on the way from outside, along -`direction`, toward `through`."""
    way = unit(direction)
    return Spot(*mesh.hit(np.asarray(through) + way * far, -way))


def walk(mesh: Mesh, start: Spot, direction: Any, distance: float) -> Spot:
    """Straight on over the skin for a length."""
    spot, way = start, np.asarray(direction, float)
    steps = max(1, round(abs(distance) / STEP))
    for _ in range(steps):
        way = unit(way - spot.normal * (way @ spot.normal))
        found = _nearest(mesh, spot.place + way * distance / steps, spot.normal)
        if found is None:
            break
        spot = found
    return spot


def path(mesh: Mesh, start: Spot, end: Spot, count: int = 40) -> list[Spot]:
    """A line over the skin from one spot to another."""
    spots = [start]
    for share in np.linspace(0, 1, count)[1:-1]:
        place = start.place * (1 - share) + end.place * share
        normal = unit(start.normal * (1 - share) + end.normal * share)
        spots.append(_nearest(mesh, place, normal, 0.6) or Spot(place, normal))
    return [*spots, end]


def _nearest(mesh: Mesh, place: Array, normal: Array, reach: float = 0.25) -> Spot | None:
    """The skin nearest to a place, looked for along the normal and against it."""
    hits = [Spot(*mesh.hit(place + normal * reach * sign, -normal * sign)) for sign in (1, -1)]
    near = [(float(np.linalg.norm(spot.place - place)), k) for k, spot in enumerate(hits) if spot.found]
    return hits[min(near)[1]] if near else None


def onto(mesh: Mesh, place: Array) -> Spot:
    """The corner of the mesh nearest to a place."""
    apart = np.linalg.norm(mesh.positions - place, axis=1)
    index = int(apart.argmin())
    return Spot(mesh.positions[index].astype(float), np.asarray(mesh.normals[index], float))
