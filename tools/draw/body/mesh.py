"""A triangle mesh that can be hit by rays."""

from __future__ import annotations

from typing import Any

import numpy as np
from embreex.mesh_construction import TriangleMesh  # type: ignore[import-untyped]  # embreex has no types
from embreex.rtcore_scene import EmbreeScene  # type: ignore[import-untyped]  # same

from tools.draw.geometry import Array, Ints, Mask, unit


class Mesh:
    """Positions, triangles, and smooth normals unless given. `index` says which vertices of the whole figure these are."""

    def __init__(self, positions: Array, triangles: Ints, normals: Array | None = None, index: Ints | None = None) -> None:
        self.positions = np.ascontiguousarray(positions, np.float32)
        self.triangles = np.ascontiguousarray(triangles, np.int32)
        self.normals = _normals(self.positions, self.triangles) if normals is None else normals
        self.index = np.arange(len(positions)) if index is None else index
        self._scene = EmbreeScene()
        self._shape = TriangleMesh(self._scene, self.positions, self.triangles)

    def cast(self, origins: Array, directions: Array) -> tuple[Ints, Array, Array, Array]:
        """For each ray the triangle (-1: none), the place in it (u, v) and the distance."""
        rays: dict[str, Any] = self._scene.run(
            np.ascontiguousarray(origins, np.float32), np.ascontiguousarray(directions, np.float32), output=True
        )
        return rays["primID"], rays["u"], rays["v"], rays["tfar"]

    def values(self, triangle: Ints, u: Array, v: Array, table: Array) -> Array:
        """Values given per vertex, at places inside triangles."""
        corners = self.triangles[triangle]
        shape = (-1, *([1] * (table.ndim - 1)))
        first, second = u.reshape(shape), v.reshape(shape)
        mixed: Array = table[corners[:, 0]] * (1 - first - second) + table[corners[:, 1]] * first + table[corners[:, 2]] * second
        return mixed

    def hit(self, origin: Any, direction: Any) -> tuple[Array, Array]:
        """One ray: the first place on the surface and its normal (not a number where nothing is hit)."""
        start, way = np.atleast_2d(np.asarray(origin, float)), np.atleast_2d(unit(direction))
        triangle, u, v, far = self.cast(start, way)
        if triangle[0] < 0:
            return np.full(3, np.nan), np.full(3, np.nan)
        return start[0] + way[0] * far[0], unit(self.values(triangle, u, v, self.normals)[0])

    def part(self, keep: Mask) -> Mesh:
        """The triangles all of whose corners are kept, with the normals of the whole."""
        triangles = self.triangles[keep[self.triangles].all(1)]
        used = np.unique(triangles)
        number = np.full(len(self.positions), -1)
        number[used] = np.arange(len(used))
        return Mesh(self.positions[used], number[triangles], self.normals[used], self.index[used])


def _normals(positions: Array, triangles: Ints) -> Array:
    a, b, c = (positions[triangles[:, k]].astype(float) for k in range(3))
    faces = np.cross(b - a, c - a)
    sums = [np.bincount(triangles.ravel(), np.repeat(faces[:, k], 3), len(positions)) for k in range(3)]
    return unit(np.stack(sums, 1))
