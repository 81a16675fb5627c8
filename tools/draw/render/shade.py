"""Deferred shading: what every pixel sees, then light, then ink. A few seconds a picture, on one core."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from tools.draw.body.mannequin import Mannequin
from tools.draw.body.mesh import Mesh
from tools.draw.geometry import Array, Mask, unit
from tools.draw.render.camera import Camera
from tools.draw.render.materials import HAIR, Point, painted

FINE = 2
"""Pixels are shaded twice as fine each way and averaged."""
NOTHING = 1e3


@dataclass(frozen=True)
class Rendered:
    """Image (h, w, 3) of bytes; depth (h, w; 1000 where nothing is); places on the skin (h, w, 3; not a number there)."""

    image: Array
    depth: Array
    places: Array

    @property
    def body(self) -> Mask:
        return np.asarray(self.depth < NOTHING)


def render(body: Mannequin, mesh: Mesh, camera: Camera, size: tuple[int, int], look: Mapping[str, Any]) -> Rendered:
    width, height = size[0] * FINE, size[1] * FINE
    seen = _Seen(body, mesh, camera, (width, height), look)
    image = _lit(seen, look)
    image = _inked(seen, image, look)
    small = image.reshape(size[1], FINE, size[0], FINE, 3).mean((1, 3))
    depth = seen.depth.reshape(size[1], FINE, size[0], FINE).min((1, 3))
    return Rendered(np.clip(small, 0, 255).astype(np.uint8), depth, seen.places[::FINE, ::FINE].astype(np.float32))


class _Seen:
    """Per fine pixel: normal, colour, material, openness, place and depth."""

    def __init__(self, body: Mannequin, mesh: Mesh, camera: Camera, size: tuple[int, int], look: Mapping[str, Any]) -> None:
        self.camera, self.shape = camera, (size[1], size[0])
        origins, ways = camera.rays(*size)
        triangle, u, v, far = mesh.cast(origins, ways)
        hit = triangle >= 0
        where = (triangle[hit], u[hit], v[hit])
        values = {name: mesh.values(*where, column[mesh.index]) for name, column in body.values.items()}
        rest = np.stack([values["rest_x"], values["rest_y"], values["rest_z"]], 1)
        colour, material = painted(Point(rest, values["arm"], values["lips"], values["head"]), look)
        self.hit = hit.reshape(self.shape)
        self.normals = self._filled(hit, unit(mesh.values(*where, mesh.normals)), 0.0)
        self.colour = self._filled(hit, colour, 255.0)
        self.material = self._filled(hit, material.astype(float), 0.0)
        self.open = self._filled(hit, values["shade"], 1.0)
        self.places = self._filled(hit, origins[hit] + ways[hit] * far[hit, None], np.nan)
        back = camera.axes[2]
        depth = -((self.places - camera.target - back * camera.distance) @ back)
        self.depth = np.where(self.hit, depth, NOTHING)

    def _filled(self, hit: Mask, values: Array, empty: float) -> Array:
        table = np.full((len(hit), *values.shape[1:]), empty)
        table[hit] = values
        return table.reshape(*self.shape, *values.shape[1:])


def _lit(seen: _Seen, look: Mapping[str, Any]) -> Array:
    right, up, back = seen.camera.axes
    key = unit(-0.55 * right + 0.75 * up + 0.95 * back)
    facing = np.clip(seen.normals @ back, 0, 1)
    wrapped = np.clip((seen.normals @ key + 0.4) / 1.4, 0, 1)
    hollow = np.clip(blurred(seen.open, 1.6), 0, 1) ** 1.1
    light = (0.62 + 0.40 * wrapped + 0.06 * (0.5 + 0.5 * (seen.normals @ up))) * (0.56 + 0.44 * hollow)
    light = np.clip(light * (0.80 + 0.20 * facing**0.7), 0, 1.06)[..., None]
    colour = seen.colour * light ** np.array([0.84, 1.0, 1.08])
    shine = np.clip(seen.normals @ unit(key + back), 0, 1) ** 24 * np.where(seen.material == HAIR, 14, 9)
    rim = (1 - facing) ** 3 * np.clip(seen.normals @ right, 0, 1) * 16
    colour = colour + shine[..., None] + rim[..., None] * np.array([0.7, 0.9, 1])
    lit: Array = np.where(seen.hit[..., None], colour, np.array(look["paper"], float))
    return lit


def _inked(seen: _Seen, image: Array, look: Mapping[str, Any]) -> Array:
    outline, seams = _edges(seen)
    ink = np.maximum(widened(outline, 1.7) * 0.85, widened(seams, 1.2) * 0.40)
    ink = np.maximum(ink, _folds(seen))[..., None]
    inked: Array = image * (1 - ink) + np.array(look["ink"], float) * ink
    return inked


def _edges(seen: _Seen) -> tuple[Mask, Mask]:
    """Where depth jumps, and where one material meets another."""
    back, pixel = seen.camera.axes[2], seen.camera.width / seen.shape[1]
    facing = seen.normals @ back
    outline, seams = np.zeros(seen.shape, bool), np.zeros(seen.shape, bool)
    for here, there in ((np.s_[1:, :], np.s_[:-1, :]), (np.s_[:, 1:], np.s_[:, :-1])):
        jump = np.abs(seen.depth[here] - seen.depth[there]) / pixel
        grazing = 1 / np.clip(np.minimum(facing[here], facing[there]), 0.08, 1)
        outline[here] |= (jump > 7 + 4 * grazing) & (seen.hit[here] | seen.hit[there])
        seams[here] |= (seen.material[here] != seen.material[there]) & seen.hit[here] & seen.hit[there]
    return outline, seams


def _folds(seen: _Seen) -> Array:
    """Soft ink in concave folds."""
    right, up, _back = seen.camera.axes
    soft = np.stack([blurred(seen.normals @ way, 2.6) for way in (right, up)])
    bend = -(np.gradient(soft[0], axis=1) - np.gradient(soft[1], axis=0))
    folds: Array = np.clip(bend * 8 - 0.3, 0, 1) * seen.hit * 0.30
    return folds


def blurred(table: Array, sigma: float) -> Array:
    """Gaussian blur of a table (h, w)."""
    reach = int(np.ceil(3 * sigma))
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    kernel /= kernel.sum()
    for axis in (0, 1):
        pad = [(reach, reach) if k == axis else (0, 0) for k in (0, 1)]
        wide = np.pad(table, pad, mode="edge")
        size = table.shape[axis]
        table = sum(
            weight * (wide[k : k + size] if axis == 0 else wide[:, k : k + size]) for k, weight in enumerate(kernel)
        )
    return table


def widened(mask: Mask, radius: float) -> Array:
    """A line of the given half width (fine pixels) around marked pixels, soft at its edge."""
    reach = int(np.ceil(radius + 0.5))
    wide = np.pad(mask, reach)
    best = np.zeros(mask.shape)
    height, width = mask.shape
    for down in range(2 * reach + 1):
        for across in range(2 * reach + 1):
            share = np.clip(radius + 0.5 - np.hypot(down - reach, across - reach), 0, 1)
            if share > 0:
                best = np.maximum(best, share * wide[down : down + height, across : across + width])
    return best
