"""Turns a description of a place (data, see README.md) into a spot on the skin."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import numpy as np

from tools.draw.body.mannequin import Mannequin
from tools.draw.geometry import Array, unit
from tools.draw.places import frames
from tools.draw.places.frames import Limb
from tools.draw.places.surface import Spot, from_outside, onto, walk

ONE_SIDED = frozenset({"leg", "shank", "foot", "fore", "hand", "arm"})
"""Parts of which only the left one is looked at."""
Where = str | Mapping[str, Any]
"""A landmark's name, or how to find the place."""


class UnknownPlaceError(Exception):
    """A description that names nothing we know."""


class Places:
    """`data`: `levels`, `tracks` and `landmarks` of `data/landmarks.yaml`."""

    def __init__(self, body: Mannequin, data: Mapping[str, Any]) -> None:
        self.body = body
        self._levels = data["levels"]
        self._tracks = data["tracks"]
        self._landmarks = data["landmarks"]
        self._known: dict[str, Spot] = {}

    @cached_property
    def limbs(self) -> dict[str, Limb]:
        shin = frames.leg(self.body, self._levels)
        thigh = frames.thigh(self.body, shin, self._levels)
        return {"leg": shin, "thigh": thigh, "forearm": frames.forearm(self.body, self._levels)}

    @cached_property
    def trunks(self) -> dict[str, frames.Trunk]:
        return frames.trunks(self.body, self._levels)

    @cached_property
    def scalp(self) -> frames.Scalp:
        return frames.scalp(self.body, self._levels)

    @cached_property
    def directions(self) -> dict[str, Array]:
        palm, thumb, far = frames.hand_directions(self.body)
        named = {"up": frames.UP, "left": frames.LEFT, "front": frames.FRONT}
        named |= {"down": -frames.UP, "right": -frames.LEFT, "back": -frames.FRONT}
        named |= {"palm": palm, "hand-back": -palm, "thumb": thumb, "little-finger": -thumb, "fingertips": far, "wrist": -far}
        for name, limb in self.limbs.items():
            named |= {f"{name}-front": limb.front, f"{name}-back": -limb.front, f"{name}-out": limb.out}
            named |= {f"{name}-in": -limb.out, f"{name}-up": limb.axis * limb.upward, f"{name}-down": -limb.axis * limb.upward}
        elbow = self.limbs["forearm"].sides(12)
        return named | {"elbow-front": elbow[0], "elbow-out": elbow[1], "elbow-in": -elbow[1], "elbow-back": -elbow[0]}

    def cun(self, scale: str) -> float:
        """Decimetres of one cun in a part of the body."""
        if scale in self.limbs:
            return self.limbs[scale].cun
        across = {name: trunk.across for name, trunk in self.trunks.items()}
        return ({"head": self.scalp.cun, "up": self.trunks["front"].above, "low": self.trunks["front"].below} | across)[scale]

    def direction(self, where: Any) -> Array:
        """A name, three numbers, or names with weights."""
        if isinstance(where, str):
            return self.directions[where]
        if isinstance(where, Mapping):
            return unit(sum(weight * self.directions[name] for name, weight in where.items()))
        return unit(where)

    def spot(self, where: Where) -> Spot:
        """Raises UnknownPlaceError when nothing is found there."""
        if isinstance(where, str):
            if where not in self._known:
                if where not in self._landmarks:
                    raise UnknownPlaceError(where)
                self._known[where] = self.spot(self._landmarks[where])
            return self._known[where]
        found = self._found(where)
        if "shift" in where:
            found = Spot(found.place + sum(self.directions[k] * v for k, v in where["shift"].items()), found.normal)
        if "onto" in where:
            way = self.direction(where["toward"]) if "toward" in where else found.normal
            found = from_outside(self.body.part(*_part(where["onto"])), found.place, way, where.get("far", 2.0))
        if not found.found:
            raise UnknownPlaceError(str(where))
        return found

    def _found(self, where: Mapping[str, Any]) -> Spot:
        kinds = {"joint": self._joint, "vertex": self._vertex, "xyz": self._xyz, "of": self._of, "between": self._between}
        kinds |= {"walk": self._walk, "inside": self._inside, "at": self._at}
        for kind in ("of", "inside", "between", "walk", "joint", "vertex", "xyz", "at"):
            if kind in where:
                return kinds[kind](where)
        raise UnknownPlaceError(str(where))

    def _at(self, where: Mapping[str, Any]) -> Spot:
        return self.spot(where["at"])

    def _joint(self, where: Mapping[str, Any]) -> Spot:
        return Spot(self.body.joints[where["joint"]].astype(float), frames.UP)

    def _vertex(self, where: Mapping[str, Any]) -> Spot:
        return onto(self.body.mesh, self.body.cage[np.atleast_1d(where["vertex"])].mean(0))

    def _xyz(self, where: Mapping[str, Any]) -> Spot:
        return Spot(np.array(where["xyz"], float), frames.UP)

    def _inside(self, where: Mapping[str, Any]) -> Spot:
        """Under the skin: from the middle of a limb's cross-section, cun toward its front and its outside."""
        limb, cun = self.limbs[where["inside"]], where["cun"]
        front, out = limb.sides(cun)
        return Spot(limb.middle(cun) + limb.cun * (front * where.get("front", 0) + out * where.get("out", 0)), front)

    def _between(self, where: Mapping[str, Any]) -> Spot:
        ends = [self.spot(end) for end in where["between"]]
        share = where.get("share", 0.5)
        normal = unit(ends[0].normal * (1 - share) + ends[1].normal * share)
        return Spot(ends[0].place * (1 - share) + ends[1].place * share, normal)

    def _walk(self, where: Mapping[str, Any]) -> Spot:
        start = self.spot(where["walk"])
        goal = where["to"]
        straight = self._landmarks.get(goal) if isinstance(goal, str) else None
        way = self.spot(goal).place - start.place if straight is not None else self.direction(goal)
        mesh = self.body.part(*_part(where.get("part", "all")))
        return walk(mesh, start, way, where["cun"] * self.cun(where["scale"]))

    def _of(self, where: Mapping[str, Any]) -> Spot:
        part = where["of"]
        if part in self.limbs:
            return self._on_limb(self.limbs[part], where)
        if part == "scalp":
            cun = self._scalp_level(where.get("from", 0)) + where.get("behind", 0) - where.get("before", 0)
            return self.scalp.at(cun, where.get("out", 0))
        trunk = self.trunks[part]
        return trunk.at(self.height(where), where.get("out", 0))

    def height(self, where: Mapping[str, Any]) -> float:
        """The height (dm) on the trunk of a level, moved up or down by cun."""
        trunk, start = self.trunks[where["of"]], where.get("from", "navel")
        known = start if isinstance(start, int | float) else self._levels.get(start)
        base = float(self.spot(start).place[1]) if known is None else float(known)
        return trunk.height(trunk.cun_of(base) + where.get("up", 0) - where.get("down", 0))

    def _scalp_level(self, level: Any) -> float:
        return float(level) if isinstance(level, int | float) else float(self._levels["scalp"][level])

    def _on_limb(self, limb: Limb, where: Mapping[str, Any]) -> Spot:
        cun = self.limb_level(limb, where)
        spot = limb.at(cun, self._angle(where, cun))
        if where.get("out"):
            return walk(limb.mesh, spot, limb.sides(cun)[1], where["out"] * limb.cun)
        return spot

    def limb_level(self, limb: Limb, where: Mapping[str, Any]) -> float:
        start = where.get("from", 0)
        base = float(start) if isinstance(start, int | float) else limb.level(self.spot(start).place)
        return base + limb.upward * float(where.get("up", 0) - where.get("down", 0))

    def _angle(self, where: Mapping[str, Any], cun: float) -> float:
        return self._along(where, cun) + float(where.get("turn", 0))

    def _along(self, where: Mapping[str, Any], cun: float) -> float:
        if "tracks" in where:
            first, second = (self._track(name, cun) for name in where["tracks"])
            share = float(where.get("share", 0.5))
            return first * (1 - share) + second * share
        return self._track(where["track"], cun) if "track" in where else float(where.get("angle", 0))

    def _track(self, name: str, cun: float) -> float:
        """The angle at which a cord or edge runs along its limb, at a level."""
        return float(np.interp(cun, *np.array(self._tracks[name], float).T))


def _part(where: str) -> tuple[str, int]:
    """A limb's name means the left one."""
    return where, int(where in ONE_SIDED)
