"""The finished mannequin: fine mesh, regions, joints, shade in the hollows. Made once, kept in the cache."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from tools.draw.body import source
from tools.draw.body.figure import REGIONS, Figure
from tools.draw.body.mesh import Mesh
from tools.draw.body.subdivide import subdivided
from tools.draw.geometry import Array, Ints, Mask, unit

ROUNDS = 2
SHADE_RAYS, SHADE_REACH = 128, 1.4
LIPS = ("mouth/mouth-upperlip-volume-incr", "mouth/mouth-lowerlip-volume-incr")


@dataclass
class Mannequin:
    """`values` per vertex: rest_x, rest_y, rest_z (before posing), regions 0..1, lips, shade. `cage`: the coarse mesh."""

    mesh: Mesh
    values: Mapping[str, Array]
    joints: Mapping[str, Array]
    cage: Array
    _parts: dict[tuple[str, int], Mesh] = field(default_factory=dict)

    def part(self, name: str, side: int = 0) -> Mesh:
        """One region of the surface; `side` 1 keeps the left half, -1 the right."""
        key = (name, side)
        if key not in self._parts:
            self._parts[key] = self.mesh.part(self._kept(name) & self._sided(side))
        return self._parts[key]

    def _kept(self, name: str) -> Mask:
        values = self.values
        if name == "all":
            return np.ones(len(self.mesh.positions), bool)
        if name == "trunk":
            return np.asarray(values["fore"] < 0.5)
        if name == "torso":
            return np.asarray((values["arm"] < 0.6) & (values["shank"] < 0.5))
        least = 0.02 if name == "head" else 0.3
        return np.asarray(values[name] > least)

    def _sided(self, side: int) -> Mask:
        return np.asarray(self.mesh.positions[:, 0] * side >= -0.02)


def raw(body: Figure) -> Mannequin:
    """Without relief and without shade."""
    names, coarse = _values(body)
    table, faces = np.concatenate([body.positions, coarse], 1), body.quads
    for _ in range(ROUNDS):
        table, faces = subdivided(table, faces)
    triangles = np.concatenate([faces[:, [0, 1, 2]], faces[:, [0, 2, 3]]])
    table, triangles = _without_loose(table, triangles)
    values = {name: table[:, 3 + k] for k, name in enumerate(names)}
    return Mannequin(Mesh(table[:, :3], triangles), values, body.joints(), body.positions[: source.SKIN_VERTICES])


def _values(body: Figure) -> tuple[list[str], Array]:
    columns = {"rest_x": body.rest[:, 0], "rest_y": body.rest[:, 1], "rest_z": body.rest[:, 2]}
    columns |= {name: np.clip(body.region(prefixes), 0, 1) for name, prefixes in REGIONS.items()}
    columns["lips"] = _lips(len(body.positions))
    return list(columns), np.stack(list(columns.values()), 1)


def _lips(count: int) -> Array:
    lips = np.zeros(count)
    for name in LIPS:
        index, moves = source.target(name)
        size = np.linalg.norm(moves, axis=1)
        lips[index] = np.maximum(lips[index], np.clip(size / size.max() * 1.6, 0, 1))
    return lips


def _without_loose(table: Array, triangles: Ints) -> tuple[Array, Ints]:
    used = np.unique(triangles)
    number = np.full(len(table), -1)
    number[used] = np.arange(len(used))
    return table[used], number[triangles]


def shade(mesh: Mesh) -> Array:
    """How open to light each vertex lies: 1 on a flat place, less in a hollow."""
    chance = np.random.default_rng(0)
    hidden = np.zeros(len(mesh.positions))
    starts = mesh.positions + mesh.normals * 0.004
    for _ in range(SHADE_RAYS):
        ways = unit(mesh.normals + 0.999 * unit(chance.normal(size=mesh.positions.shape)))
        triangle, _u, _v, far = mesh.cast(starts, ways)
        hidden += np.where((triangle >= 0) & (far < SHADE_REACH), 1 - far / SHADE_REACH, 0)
    return 1 - hidden / SHADE_RAYS


def saved(made: Mannequin, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    arrays = {f"value:{name}": column.astype(np.float32) for name, column in made.values.items()}
    arrays |= {f"joint:{name}": place for name, place in made.joints.items()}
    np.savez(path, positions=made.mesh.positions, triangles=made.mesh.triangles, cage=made.cage, **arrays)  # type: ignore[arg-type]  # numpy types keywords narrowly


def opened(path: Path) -> Mannequin:
    with np.load(path) as file:
        values = {name[6:]: file[name].astype(float) for name in file.files if name.startswith("value:")}
        joints = {name[6:]: file[name] for name in file.files if name.startswith("joint:")}
        return Mannequin(Mesh(file["positions"].astype(float), file["triangles"]), values, joints, file["cage"])
