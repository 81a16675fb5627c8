"""Measures of the body: limbs, trunk and scalp, each with its own cun (WHO's proportional lengths)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from tools.draw.body.mannequin import Mannequin
from tools.draw.body.mesh import Mesh
from tools.draw.geometry import Array, lengths, unit
from tools.draw.places.surface import Spot, from_outside, walk

UP, LEFT, FRONT = np.eye(3)[1], np.eye(3)[0], np.eye(3)[2]


@dataclass(frozen=True)
class Limb:
    """A length of limb. `axis` points the way cun are counted from `start`; angle 0 is `front`, 90 is `out`.
    `twist`: degrees by which the front turns from 0 to `span` cun (the forearm is rolled inward)."""

    mesh: Mesh
    start: Array
    axis: Array
    cun: float
    front: Array
    out: Array
    upward: int
    twist: float = 0.0
    span: float = 12.0

    def sides(self, cun: float) -> tuple[Array, Array]:
        turn = np.radians(self.twist * cun / self.span)
        c, s = np.cos(turn), np.sin(turn)
        return self.front * c + self.out * s, self.out * c - self.front * s

    def middle(self, cun: float) -> Array:
        """The centre of the cross-section: not the bone, so that angles mean what the eye sees."""
        front, out = self.sides(cun)
        centre = self.start + self.axis * self.cun * cun
        for way in (front, out, front):
            hits = [from_outside(self.mesh, centre, way * sign, 1.5).place for sign in (1, -1)]
            if np.isfinite(hits).all():
                centre = centre + way * (((hits[0] + hits[1]) / 2 - centre) @ way)
        return centre

    def at(self, cun: float, angle: float) -> Spot:
        front, out = self.sides(cun)
        turn = np.radians(angle)
        return from_outside(self.mesh, self.middle(cun), front * np.cos(turn) + out * np.sin(turn), 1.5)

    def level(self, place: Array) -> float:
        """How many cun along the limb a place lies."""
        return float((place - self.start) @ self.axis / self.cun)


@dataclass(frozen=True)
class Trunk:
    """Front or back of the trunk. Heights are counted from the navel, with one cun above it and another below."""

    mesh: Mesh
    look: Array
    navel: float
    above: float
    below: float
    across: float

    def height(self, cun: float) -> float:
        return self.navel + cun * (self.above if cun > 0 else self.below)

    def cun_of(self, height: float) -> float:
        apart = height - self.navel
        return apart / (self.above if apart > 0 else self.below)

    def at(self, height: float, out: float) -> Spot:
        return from_outside(self.mesh, [out * self.across, height, 0], self.look)


@dataclass(frozen=True)
class Scalp:
    """The midline from between the brows over the crown to C7. `known`: (cun, length along the line) of landmarks."""

    mesh: Mesh
    line: Array
    known: tuple[tuple[float, float], ...]
    cun: float

    def midline(self, cun: float) -> Array:
        along = np.interp(cun, *np.array(self.known).T)
        s = lengths(self.line)
        return np.array([np.interp(along, s, self.line[:, k]) for k in range(3)])

    def at(self, cun: float, out: float) -> Spot:
        place = self.midline(cun)
        ahead = unit(self.midline(cun + 0.1) - self.midline(cun - 0.1))
        spot = from_outside(self.mesh, place, np.cross(LEFT, ahead) * -1, 0.2)
        return walk(self.mesh, spot, LEFT, out * self.cun) if out else spot


def leg(body: Mannequin, levels: dict[str, Any]) -> Limb:
    """From the crease of the knee down to the tip of the outer ankle bone: 16 cun."""
    knee, ankle = body.joints["l-knee"], body.joints["l-ankle"]
    axis = unit(ankle - knee)
    front = unit(FRONT - axis * (FRONT @ axis))
    out = _outward(np.cross(axis, front))
    start = knee + axis * levels["knee-crease"]
    length = np.linalg.norm(ankle + axis * levels["outer-ankle"] - start)
    return Limb(body.part("leg", 1), start, axis, float(length) / 16, front, out, -1)


def thigh(body: Mannequin, shin: Limb, levels: dict[str, Any]) -> Limb:
    """From the upper edge of the kneecap upward; the crease of the knee to the hip bone is 19 cun."""
    knee, hip = body.joints["l-knee"], body.joints["l-upper-leg"]
    axis = unit(hip - knee)
    front = unit(FRONT - axis * (FRONT @ axis))
    cun = float((hip - shin.start) @ axis) / 19
    return Limb(body.part("leg", 1), knee + axis * levels["kneecap-top"], axis, cun, front, _outward(np.cross(axis, front)), 1)


def forearm(body: Mannequin, levels: dict[str, Any]) -> Limb:
    """From the crease of the wrist up to the crease of the elbow: 12 cun. Front is the palm, out is the thumb."""
    palm, thumb, far = hand_directions(body)
    wrist, elbow = body.joints["l-hand"], body.joints["l-elbow"]
    start = wrist + far * levels["wrist-crease"]
    axis = unit(elbow - start)
    front = unit(palm - axis * (palm @ axis))
    out = unit(thumb - axis * (thumb @ axis))
    out = unit(out - front * (out @ front))
    bend = (body.joints["l-shoulder"] + wrist) / 2 - elbow
    twist = float(np.degrees(np.arctan2(bend @ out, bend @ front)))
    return Limb(body.part("arm", 1), start, axis, float(np.linalg.norm(elbow - start)) / 12, front, out, 1, twist)


def hand_directions(body: Mannequin) -> tuple[Array, Array, Array]:
    """Out of the palm, toward the thumb, toward the fingertips."""
    joints = body.joints
    far = unit(joints["l-finger-3-1"] - joints["l-hand"])
    across = joints["l-finger-2-1"] - joints["l-finger-5-1"]
    thumb = unit(across - far * (across @ far))
    return -_outward(np.cross(far, thumb)), thumb, far


def _outward(direction: Array) -> Array:
    return unit(direction * np.sign(direction[0]))


def trunks(body: Mannequin, levels: dict[str, Any]) -> dict[str, Trunk]:
    """WHO: 8 cun from the lower end of the breastbone to the navel, 5 from there to the pubic bone. Across: 8 between the
    nipples, 6 between the inner borders of the shoulder blades."""
    mesh = body.part("torso")
    navel = levels["navel"]
    above, below = (levels["breastbone-end"] - navel) / 8, (navel - levels["pubic-bone"]) / 5
    return {
        name: Trunk(mesh, look, navel, above, below, levels[f"{name}-cun"])
        for name, look in (("front", FRONT), ("back", -FRONT))
    }


def scalp(body: Mannequin, levels: dict[str, Any]) -> Scalp:
    """One scale for the whole line would put the crown 5 cm too far back, so it is anchored at four landmarks: between the
    brows 0, the line of the ear tips 8, below the skull 14, C7 18."""
    mesh = body.part("torso")
    line = _midline(mesh, levels)
    along = lengths(line)
    crown = int(np.argmin(np.abs(line[:, 2] - levels["ear-tip-z"]) + 1e3 * (line[:, 1] < 8)))
    skull = int(np.argmin(np.abs(line[:, 1] - levels["below-skull"]) + 1e3 * (line[:, 2] > 0.2)))
    known = ((0.0, 0.0), (8.0, float(along[crown])), (14.0, float(along[skull])), (18.0, float(along[-1])))
    return Scalp(mesh, line, known, float(along[crown]) / 8)


def _midline(mesh: Mesh, levels: dict[str, Any]) -> Array:
    centre = np.array([0, levels["brows"], 0.45])
    turns = np.radians(np.arange(0, 168, 1.5))
    over = [from_outside(mesh, centre, [0, np.sin(t), np.cos(t)]).place for t in turns]
    low = over[-1][1]
    down = [from_outside(mesh, [0, y, 0.2], -FRONT).place for y in np.arange(low - 0.03, levels["C7"], -0.03)]
    return np.array(over + down)
