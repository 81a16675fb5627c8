"""Distances told in finger widths: bands on the skin and a bracket beside them; and lines shared into equal parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from tools.draw.cards.anatomy import Scene
from tools.draw.cards.boxes import XY
from tools.draw.cards.brush import BLUE, Layer
from tools.draw.geometry import Array, Mask, unit
from tools.draw.places.places import Where
from tools.draw.places.surface import Spot, path

TINTS = (np.array([128.0, 186, 230]), np.array([190.0, 222, 246]))
AROUND = {"forearm": 0.75, "leg": 1.15, "thigh": 1.4}
"""How far (dm) from the middle of a limb its skin may lie; beyond that is another part of the body."""
SHARE, EDGE = 0.62, 1.4
"""How much of the skin a band covers, and the width of its edge in pixels."""


@dataclass(frozen=True)
class Strip:
    """A stretch of skin. `plain`: a bracket only, without bands. `half`: how far (dm) it reaches to either side of its middle line; none: all around a limb."""

    start: Array
    end: Array
    ahead: Array
    half: float | None
    cun: float
    depth: float
    plain: bool = False

    def shares(self, places: Array) -> tuple[Array, Array]:
        """How far along (0..1) and how far aside (dm) places lie."""
        length = (self.end - self.start) @ self.ahead
        along = (places - self.start) @ self.ahead / length
        aside = (places - self.start) - (along * length)[..., None] * self.ahead
        return along, np.linalg.norm(aside, axis=-1)


def strip(scene: Scene, place: Where, measure: Mapping[str, Any]) -> Strip:
    """The stretch a measure describes: from a landmark to the point, or to another place."""
    places, plain = scene.places, bool(measure.get("plain"))
    start, end = places.spot(measure["from"]), places.spot(measure.get("to", place))
    limb = measure.get("limb", place.get("of") if isinstance(place, Mapping) else None)
    if limb in places.limbs:
        bone = places.limbs[limb]
        levels = [bone.level(spot.place) for spot in (start, end)]
        ends = [bone.start + bone.axis * bone.cun * level for level in levels]
        middles = [bone.middle(level) for level in levels]
        return Strip(middles[0], middles[0] + (ends[1] - ends[0]), unit(ends[1] - ends[0]), None, measure["cun"], AROUND[limb], plain)
    half = measure.get("half", 0.2)
    return Strip(start.place, end.place, unit(end.place - start.place), half, measure["cun"], measure.get("depth", 0.6), plain)


def banded(image: Array, scene: Scene, bands: Strip, widths: list[float]) -> Array:
    """The picture with the finger widths laid on the skin."""
    along, inside = _inside(scene, bands)
    pixel = 1 / (scene.pixels * abs(float((bands.end - bands.start) @ bands.ahead)))
    edges = np.concatenate([[0], np.cumsum(widths)]) / sum(widths)
    which = np.clip(np.searchsorted(edges, np.nan_to_num(along), side="right") - 1, 0, len(widths) - 1)
    tint = np.stack(TINTS)[which % 2]
    near = np.min(np.abs(np.nan_to_num(along)[..., None] - edges), axis=-1) / pixel
    line = np.clip(EDGE + 0.5 - near, 0, 1)[..., None]
    light = image.mean(-1, keepdims=True) / 215
    tinted = image * (1 - SHARE) + tint * np.clip(light, 0.55, 1.05) * SHARE
    tinted = tinted * (1 - 0.7 * line) + np.array(BLUE, float) * 0.7 * line
    return np.where(inside[..., None], tinted, image)


def _inside(scene: Scene, bands: Strip) -> tuple[Array, Mask]:
    """How far along the strip each pixel lies, and which pixels are on it."""
    along, aside = bands.shares(scene.rendered.places)
    inside = (along > 0) & (along < 1)
    inside &= aside < bands.depth
    if bands.half is not None:
        inside &= _across(scene, bands) < bands.half
    return along, inside


def covered(scene: Scene, strips: list[Strip]) -> Mask:
    """All pixels that lie on bands."""
    found = np.zeros(scene.rendered.body.shape, bool)
    for one in strips:
        found |= _inside(scene, one)[1]
    return found


def _across(scene: Scene, bands: Strip) -> Array:
    """How far aside places lie, as the camera sees it."""
    sideways = unit(np.cross(bands.ahead, scene.camera.axes[2]))
    across: Array = np.abs((scene.rendered.places - bands.start) @ sideways)
    return across


def ends(scene: Scene, bands: Strip) -> tuple[XY, XY]:
    """The pixels between which the bracket stands."""
    at, _seen = scene.seen(np.stack([bands.start, bands.end]))
    return _xy(at[0]), _xy(at[1])


def outside(scene: Scene, start: XY, end: XY) -> XY:
    """The first pixel on the way from `start` to `end` beyond which no body is met any more."""
    body = scene.rendered.body
    line = np.linspace(start, end, 200)
    rows = np.clip(line[:, 1].astype(int), 0, body.shape[0] - 1)
    columns = np.clip(line[:, 0].astype(int), 0, body.shape[1] - 1)
    on = np.flatnonzero(body[rows, columns])
    return _xy(line[min(on[-1] + 1, 199)]) if len(on) else start


@dataclass(frozen=True)
class Shares:
    """A line over the skin in equal parts: the line in pixels, and where a word for each stretch belongs."""

    line: Array
    ticks: tuple[int, ...]
    words: tuple[tuple[str, XY], ...]


def shares(scene: Scene, place: Where, divide: Mapping[str, Any]) -> Shares:
    """`divide`: {from, to, at: [1, 2]} means that the point stands after one part of one plus two."""
    mesh = scene.places.body.mesh
    ends_ = [scene.places.spot(divide["from"]), scene.places.spot(place), scene.places.spot(divide["to"])]
    if "toward" in divide:
        ends_ = [Spot(spot.place, scene.places.direction(divide["toward"])) for spot in ends_]
    pieces = [_path(scene, mesh, ends_[k], ends_[k + 1]) for k in (0, 1)]
    first, second = divide["at"]
    words = [(f"{part}/{first + second}", _xy(piece[len(piece) // 2])) for part, piece in zip((first, second), pieces, strict=True)]
    line = np.vstack(pieces)
    return Shares(line, (0, len(pieces[0]) - 1, len(line) - 1), tuple(words))


def _path(scene: Scene, mesh: Any, start: Spot, end: Spot) -> Array:
    points = np.array([spot.place for spot in path(mesh, start, end)])
    return scene.seen(points)[0]


def draw_shares(layer: Layer, found: Shares) -> None:
    layer.dashed(found.line, (*BLUE, 230), 3)
    for k in found.ticks:
        layer.disc(_xy(found.line[k]), 5, fill=(255, 255, 255), edge=BLUE, width=2)


def _xy(pair: Array) -> XY:
    return float(pair[0]), float(pair[1])
