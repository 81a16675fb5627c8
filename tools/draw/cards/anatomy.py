"""Bones, cords and creases over the skin, from `data/anatomy.yaml`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from tools.draw.cards.boxes import XY
from tools.draw.cards.brush import BLUE, GREY, Layer
from tools.draw.geometry import Array, Mask, closed, lengths, resampled, unit
from tools.draw.places.places import Places
from tools.draw.render.camera import Camera
from tools.draw.render.shade import Rendered

BONE, BONE_EDGE = (255, 251, 240, 118), (128, 98, 78, 190)
CORD, CORD_EDGE = (255, 236, 214, 96), (150, 96, 74, 170)
MUSCLE, MUSCLE_EDGE = (190, 96, 80, 56), (150, 80, 66, 130)
CREASE, PULSE = (128, 74, 58, 235), (196, 44, 44, 190)
CROSS = 14.0
"""Radius of the mark on a place that is left out, in pixels."""
UNDER, ON = 0.75, 0.10
"""How far (dm) behind the skin a bone, or a mark on the skin, still belongs to what is seen."""


@dataclass(frozen=True)
class Scene:
    """A rendered view and what is needed to draw on it."""

    places: Places
    camera: Camera
    rendered: Rendered

    @property
    def size(self) -> tuple[int, int]:
        height, width = self.rendered.depth.shape
        return width, height

    @property
    def pixels(self) -> float:
        """Pixels for one decimetre."""
        return self.size[0] / self.camera.width

    def seen(self, points: Array, deep: float = ON) -> tuple[Array, Mask]:
        """Pixels of places, and which of them are not hidden by more than `deep`."""
        at = self.camera.seen(points, *self.size)
        height, width = self.rendered.depth.shape
        x, y = (np.clip(at[:, k], 0, side - 1).astype(int) for k, side in ((0, width), (1, height)))
        inside = (at[:, 0] >= 0) & (at[:, 0] < width) & (at[:, 1] >= 0) & (at[:, 1] < height)
        return at[:, :2], inside & (at[:, 2] < self.rendered.depth[y, x] + deep)


def drawn(layer: Layer, scene: Scene, item: Mapping[str, Any]) -> None:
    """One thing, and its mirror image when it has one."""
    for side in (1, -1) if item.get("both") else (1,):
        kind = next(kind for kind in KINDS if kind in item)
        KINDS[kind](layer, scene, item, np.array([side, 1, 1]))


def line_of(scene: Scene, item: Mapping[str, Any]) -> Array:
    """Places along an item, to hang its name on."""
    kind = next(kind for kind in KINDS if kind in item)
    found = item[kind] if isinstance(item[kind], list) else [item[kind]]
    points = np.array([scene.places.spot(where).place for where in found])
    return resampled(points, 40) if len(points) > 1 else points


def _bone(layer: Layer, scene: Scene, item: Mapping[str, Any], side: Array) -> None:
    points = np.array([scene.places.spot(where).place for where in item["bone"]]) * side
    along = lengths(points)
    radii = np.interp(np.linspace(0, along[-1], 60), along, item["radii"])
    _tube(layer, scene, resampled(points, 60), np.convolve(np.pad(radii, 4, mode="edge"), np.ones(9) / 9, "valid"))


def _tube(layer: Layer, scene: Scene, line: Array, radii: Array) -> None:
    at, seen = scene.seen(line, UNDER)
    hidden = ~seen & (at > 0).all(1) & (at < scene.size).all(1)
    if hidden.mean() > 0.5:
        return
    layer.shape(_outline(at, radii * scene.pixels), BONE, BONE_EDGE, 1.6)


def _outline(line: Array, radii: Array) -> Array:
    along = unit(np.gradient(line, axis=0))
    across = np.stack([-along[:, 1], along[:, 0]], 1)
    turns = np.linspace(-np.pi / 2, np.pi / 2, 14)

    def cap(k: int, way: float) -> Array:
        ahead, aside = along[k] * way, across[k] * way
        return np.array([line[k] + radii[k] * (np.cos(t) * 0.6 * ahead + np.sin(t) * aside) for t in turns])

    left, right = line - across * radii[:, None], line + across * radii[:, None]
    return np.vstack([left, cap(-1, 1), right[::-1], cap(0, -1)])


def _plate(layer: Layer, scene: Scene, item: Mapping[str, Any], side: Array) -> None:
    at, seen = scene.seen(closed(_points(scene, item["plate"]) * side, 120), UNDER)
    if seen.mean() > 0.4:
        layer.shape(at, BONE, BONE_EDGE, 1.6)


def _muscle(layer: Layer, scene: Scene, item: Mapping[str, Any], side: Array) -> None:
    at, _seen = scene.seen(closed(_points(scene, item["muscle"]) * side, 120))
    layer.shape(at, MUSCLE, MUSCLE_EDGE, 1.4)


def _cord(layer: Layer, scene: Scene, item: Mapping[str, Any], side: Array) -> None:
    line = resampled(_points(scene, item["cord"]) * side, 60)
    at, seen = scene.seen(line, 0.25)
    for run in _runs(seen, 20):
        layer.shape(_outline(at[run], np.full(len(at[run]), item["width"] / 2 * scene.pixels)), CORD, CORD_EDGE, 1.4)


def _crease(layer: Layer, scene: Scene, item: Mapping[str, Any], side: Array) -> None:
    at, seen = scene.seen(resampled(_points(scene, item["crease"]) * side, 80))
    for run in _runs(seen):
        layer.line(at[run], CREASE, 2.4)


def _guide(layer: Layer, scene: Scene, item: Mapping[str, Any], side: Array) -> None:
    at, seen = scene.seen(resampled(_points(scene, item["guide"]) * side, 120), 0.2)
    for run in _runs(seen):
        layer.dashed(at[run], (*BLUE, 200), 2.4)


def _pulse(layer: Layer, scene: Scene, item: Mapping[str, Any], side: Array) -> None:
    at, _seen = scene.seen(resampled(_points(scene, item["pulse"]) * side, 80))
    layer.line(at, PULSE, 3.0)


def _knob(layer: Layer, scene: Scene, item: Mapping[str, Any], side: Array) -> None:
    _knobs_at(layer, scene, _points(scene, [item["knob"]]) * side, [item["radius"]], 1.0)


def _knobs(layer: Layer, scene: Scene, item: Mapping[str, Any], side: Array) -> None:
    points = _points(scene, item["knobs"]) * side
    radii = [item.get("first", item["radius"]), *[item["radius"]] * (len(points) - 1)]
    _knobs_at(layer, scene, points, radii, item.get("tall", 1.0))


def _knobs_at(layer: Layer, scene: Scene, points: Array, radii: Iterable[float], tall: float) -> None:
    at, seen = scene.seen(points, 0.25)
    turns = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    for place, shown, radius in zip(at, seen, radii, strict=True):
        if shown:
            ring = np.stack([np.cos(turns), np.sin(turns) * tall], 1) * radius * scene.pixels
            layer.shape(place + ring, BONE, BONE_EDGE, 1.6)


def _ring(layer: Layer, scene: Scene, item: Mapping[str, Any], side: Array) -> None:
    at, seen = scene.seen(_points(scene, [item["ring"]]) * side, 0.25)
    if seen[0]:
        centre: XY = (float(at[0, 0]), float(at[0, 1]))
        layer.disc(centre, item["radius"] * scene.pixels, edge=CREASE, width=2.2)


def _cross(layer: Layer, scene: Scene, item: Mapping[str, Any], side: Array) -> None:
    """A place that is left out."""
    at, _seen = scene.seen(_points(scene, [item["cross"]]) * side)
    x, y = float(at[0, 0]), float(at[0, 1])
    layer.disc((x, y), CROSS, fill=(255, 255, 255, 225), edge=GREY, width=2)
    for way in (1, -1):
        layer.line([(x - CROSS * 0.5, y - way * CROSS * 0.5), (x + CROSS * 0.5, y + way * CROSS * 0.5)], GREY, 3)


def _points(scene: Scene, found: Iterable[Any]) -> Array:
    return np.array([scene.places.spot(where).place for where in found])


def _runs(seen: Mask, least: int = 3) -> list[slice]:
    """Stretches of at least so many places in sight."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], seen.astype(int), [0]])))
    return [slice(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if b - a >= least]


KINDS = {
    "bone": _bone, "plate": _plate, "muscle": _muscle, "cord": _cord, "crease": _crease, "guide": _guide,
    "pulse": _pulse, "knobs": _knobs, "knob": _knob, "ring": _ring, "cross": _cross,
}
