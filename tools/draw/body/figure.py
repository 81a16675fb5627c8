"""The figure before it is made fine: shape, rig, pose, and a calm surface where detail would only distract."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from tools.draw.body import source
from tools.draw.geometry import Array, Ints, Mask, turn_about, turn_z, unit

MALE, MUSCLE = 0.5, 0.25
ARMS_DOWN = 22.0
"""Degrees by which the arms are lowered from the model's rest pose."""
BREAST = (0.86, 3.9)
"""Where each breast is highest (x, y)."""
SQUEEZE = {2: 12.0, 4: 4.0, 5: 6.0}
"""Degrees by which fingers laid side by side lean on the middle one."""
RACES = ("african", "asian", "caucasian")
ARM = ("upperarm", "lowerarm", "wrist", "finger", "metacarpal")
REGIONS = {
    "arm": ARM,
    "fore": ARM[1:],
    "hand": ARM[2:],
    "leg": ("upperleg", "lowerleg", "foot", "toe"),
    "shank": ("lowerleg", "foot", "toe"),
    "foot": ("foot", "toe"),
    "head": ("head", "neck", "jaw", "eye", "levator", "oculi", "orbic", "oris", "ris", "special", "temp", "tongue"),
}


@dataclass
class Figure:
    """Positions (n, 3) of all vertices of the base mesh, and what is needed to bend it."""

    positions: Array
    rest: Array
    groups: Mapping[str, list[list[int]]]
    bones: tuple[str, ...]
    rig: Mapping[str, Any]
    weights: Array

    @property
    def quads(self) -> Ints:
        return np.array(self.groups["body"])

    def joints(self) -> dict[str, Array]:
        """The centres of the model's joint cubes, by name (l-knee, r-finger-2-1 ...)."""
        cubes = ((name[6:], faces) for name, faces in self.groups.items() if name.startswith("joint-"))
        return {name: self.positions[np.unique(np.array(faces))].mean(0) for name, faces in cubes}

    def region(self, prefixes: tuple[str, ...]) -> Array:
        """How much each vertex belongs to the bones whose names begin so (0..1)."""
        columns = [k for k, bone in enumerate(self.bones) if bone.startswith(prefixes)]
        total: Array = self.weights[:, columns].sum(1)
        return total


def figure(*, fingers_together: bool = False) -> Figure:
    """A plain grown-up between both sexes, eyes closed, arms a little away from the body."""
    positions, groups = source.base_mesh()
    _shape(positions)
    rig = source.rig()
    bones = tuple(rig)
    weights = _weights(bones, len(positions))
    made = Figure(positions, positions.copy(), groups, bones, rig, weights)
    _calm(made)
    made.rest = made.positions.copy()
    turns = {"upperarm01.L": turn_z(-ARMS_DOWN), "upperarm01.R": turn_z(ARMS_DOWN)}
    _pose(made, turns | (_together(made.joints()) if fingers_together else {}))
    return made


def _shape(positions: Array) -> None:
    for sex, share in (("male", MALE), ("female", 1 - MALE)):
        for race in RACES:
            _add(positions, f"macrodetails/{race}-{sex}-young", share / 3)
        for muscle, part in (("averagemuscle", 1 - MUSCLE), ("maxmuscle", MUSCLE)):
            amount = share * part
            _add(positions, f"macrodetails/universal-{sex}-young-{muscle}-averageweight", amount)
            _add(positions, f"macrodetails/proportions/{sex}-young-{muscle}-averageweight-idealproportions", amount / 2)
            if sex == "female":
                _add(positions, f"breast/female-young-{muscle}-averageweight-mincup-averagefirmness", amount)
    for race in RACES:
        for side in ("left", "right"):
            _add(positions, f"expression/units/{race}/eye-{side}-closure", 1 / 3)


def _add(positions: Array, name: str, amount: float) -> None:
    index, moves = source.target(name)
    positions[index] += amount * moves


def _weights(bones: tuple[str, ...], count: int) -> Array:
    table = np.zeros((count, len(bones)))
    for bone, pairs in source.weights().items():
        if bone in bones and pairs:
            rows = np.array(pairs)
            table[rows[:, 0].astype(int), bones.index(bone)] = rows[:, 1]
    shares: Array = table / np.maximum(table.sum(1, keepdims=True), 1e-9)
    return shares


def _calm(made: Figure) -> None:
    """Smooths chest and hips, so that the mannequin is nobody's body in particular."""
    x, y, z = made.positions.T
    skin = np.arange(len(x)) < source.SKIN_VERTICES
    arm = made.region(ARM)
    hips = skin & (arm < 0.3) & (y < 1.2) & (y > -0.5)
    chest = skin & (np.abs(x) > 0.3) & (np.abs(x) < 1.6) & (y > 3.1) & (y < 4.9) & (z > 0.1) & (arm < 0.2)
    neighbours = _neighbours(made.quads, len(x))
    _smooth(made.positions, neighbours, hips, 14)
    _smooth(made.positions, neighbours, chest, 90)
    for side in (1, -1):
        _flatten(made.positions, skin & (z > 0), np.array([side * BREAST[0], BREAST[1]]))


def _flatten(positions: Array, mask: Mask, centre: Array) -> None:
    """Replaces the depth within a small circle by a gentle surface fitted to the ring around it."""
    apart = positions[:, :2] - centre
    far = np.linalg.norm(apart, axis=1)
    ring, inside = mask & (far > 0.3) & (far < 0.6), mask & (far < 0.4)
    fitted, *_ = np.linalg.lstsq(_bowl(apart[ring]), positions[ring, 2], rcond=None)
    share = np.clip((0.4 - far[inside]) / 0.12, 0, 1)
    positions[inside, 2] += share * (_bowl(apart[inside]) @ fitted - positions[inside, 2])


def _bowl(flat: Array) -> Array:
    x, y = flat.T
    return np.stack([np.ones(len(x)), x, y, x * x, x * y, y * y], 1)


def _neighbours(quads: Ints, count: int) -> tuple[Ints, Ints, Array]:
    ends = np.concatenate([np.stack([quads, np.roll(quads, k, 1)], -1).reshape(-1, 2) for k in (1, -1)])
    ends = np.unique(ends, axis=0)
    return ends[:, 0], ends[:, 1], np.maximum(np.bincount(ends[:, 0], minlength=count), 1)


def _smooth(positions: Array, neighbours: tuple[Ints, Ints, Array], mask: Mask, rounds: int) -> None:
    here, there, count = neighbours
    for _ in range(rounds):
        near = np.stack([np.bincount(here, positions[there, k], len(positions)) for k in range(3)], 1) / count[:, None]
        positions[mask] += 0.5 * (near[mask] - positions[mask])


def _pose(made: Figure, turns: Mapping[str, Array]) -> None:
    """Linear blend skinning: each bone turns its vertices about its head."""
    moves = _moves(made, turns)
    weights = _filled_weights(made)
    extended = np.concatenate([made.positions, np.ones((len(made.positions), 1))], 1)
    made.positions = np.einsum("vb,bij,vj->vi", weights, moves[:, :3, :], extended, optimize=True)


def _together(joints: Mapping[str, Array]) -> dict[str, Array]:
    """Turns of the left hand's fingers that lay them side by side, along the middle finger."""
    ways = {k: unit(joints[f"l-finger-{k}-3"] - joints[f"l-finger-{k}-1"]) for k in (2, 3, 4, 5)}
    across = joints["l-finger-2-1"] - joints["l-finger-5-1"]
    out = unit(np.cross(ways[3], across))
    turns = {}
    for k, lean in SQUEEZE.items():
        flat, goal = (unit(way - out * (way @ out)) for way in (ways[k], ways[3]))
        inward = np.sign(np.cross(goal, -across if k == 2 else across) @ out)
        angle = np.arctan2(np.cross(flat, goal) @ out, flat @ goal) + inward * np.radians(lean)
        turns[f"finger{k}-1.L"] = turn_about(out, angle)
    return turns


def _moves(made: Figure, turns: Mapping[str, Array]) -> Array:
    done: dict[str, Array] = {}

    def move(bone: str) -> Array:
        if bone not in done:
            parent = made.rig[bone]["parent"]
            before = move(parent) if parent else np.eye(4)
            done[bone] = before @ _turn(_head(made, bone), turns[bone]) if bone in turns else before
        return done[bone]

    return np.stack([move(bone) for bone in made.bones])


def _turn(centre: Array, turn: Array) -> Array:
    matrix = np.eye(4)
    matrix[:3, :3], matrix[:3, 3] = turn, centre - turn @ centre
    return matrix


def _head(made: Figure, bone: str) -> Array:
    head = made.rig[bone]["head"]
    if head["strategy"] == "CUBE":
        index = np.unique(np.array(made.groups[head["cube_name"]]))
    else:
        index = np.atleast_1d(head.get("vertex_index", head.get("vertex_indices")))
    centre: Array = made.positions[index].mean(0)
    return centre


def _filled_weights(made: Figure) -> Array:
    """Joint cubes and helpers carry no weights: a cube follows its own bone, else the skin nearest to it."""
    weights = made.weights.copy()
    bare = np.where(weights.sum(1) < 0.5)[0]
    skin = np.where(weights.sum(1) >= 0.5)[0]
    for part in np.array_split(bare, max(1, len(bare) // 200)):
        apart = np.linalg.norm(made.positions[part, None] - made.positions[None, skin], axis=2)
        weights[part] = weights[skin[apart.argmin(1)]]
    owner = {made.rig[bone]["head"].get("cube_name"): k for k, bone in reversed(list(enumerate(made.bones)))}
    for name, faces in made.groups.items():
        if name.startswith("joint-"):
            index = np.unique(np.array(faces))
            weights[index] = np.eye(len(made.bones))[owner[name]] if name in owner else weights[index].mean(0)
    return weights
