"""The beginner's card on measuring: a thumb, two, three and four fingers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from PIL import Image

from tools.draw.cards import measures
from tools.draw.cards.anatomy import Scene
from tools.draw.cards.brush import BLUE, Layer
from tools.draw.cards.measures import Strip
from tools.draw.cards.panels import PANEL, four
from tools.draw.geometry import Array, unit
from tools.draw.places.places import Places
from tools.draw.places.surface import from_outside
from tools.draw.render.camera import Camera
from tools.draw.render.shade import render
from tools.draw.studio import Studio, data

ABOVE = 34
"""The bracket stands this many pixels above the fingertips' band."""


def measuring(studio: Studio, words: Mapping[str, Any]) -> Image.Image:
    """The whole card; `words`: `measuring` of the words."""
    places = Places(studio.hand, data("landmarks"))
    scene = _scene(places)
    return four([_panel(scene, _strip(places, last), last) for last in (1, 3, 4, 5)], words)


def _scene(places: Places) -> Scene:
    way = places.directions
    target = (places.body.joints["l-finger-3-2"] + places.body.joints["l-hand"]) / 2 + way["fingertips"] * 0.46
    camera = Camera(target, unit(way["hand-back"] + 0.1 * way["thumb"]), way["fingertips"], 2.1, 10.5)
    rendered = render(places.body, places.body.part("fore", 1), camera, PANEL, data("materials"))
    return Scene(places, camera, rendered)


def _strip(places: Places, last: int) -> Strip:
    """Across the knuckle of the thumb (last = 1) or the middle knuckles from the index finger to the last one."""
    joints, way = places.body.joints, places.directions
    hand = places.body.part("hand", 1)
    if last == 1:
        ahead = unit(joints["l-finger-1-4"] - joints["l-finger-1-3"])
        across = unit(np.cross(ahead, way["hand-back"]))
        knuckle = joints["l-finger-1-3"]
        start, end = (from_outside(hand, knuckle, across * side, 0.4).place for side in (1, -1))
        return Strip(start, end, unit(end - start), 0.10, 1, 0.5)
    middle = {k: joints[f"l-finger-{k}-2"] for k in (2, 3, 4, 5)}
    start = from_outside(hand, middle[2], way["thumb"], 0.5).place
    end = from_outside(hand, middle[5], way["little-finger"], 0.5).place if last == 5 else (middle[last] + middle[last + 1]) / 2
    across = unit(end - start)
    return Strip(start, end, across, 0.13, 1, 0.6)


def _panel(scene: Scene, strip: Strip, last: int) -> Image.Image:
    image = measures.banded(np.asarray(scene.rendered.image, float), scene, strip, [1.0] * max(1, last - 1))
    layer = Layer(*PANEL)
    first, second = (np.array(at) for at in measures.ends(scene, strip))
    if first[0] > second[0]:
        first, second = second, first
    _bracket(layer, first, second, strip.half or 0.0, scene.pixels)
    return layer.over(Image.fromarray(np.clip(image, 0, 255).astype(np.uint8)))


def _bracket(layer: Layer, first: Array, second: Array, half: float, pixels: float) -> None:
    """Parallel to the band, on the side of the fingertips."""
    along = unit(second - first)
    up = np.array([along[1], -along[0]])
    tick = up * 7
    a, b = first + up * (half * pixels + ABOVE), second + up * (half * pixels + ABOVE)
    layer.line(np.array([a, b]), BLUE, 3.4)
    for start, end in ((first, a), (second, b)):
        layer.line(np.array([end - tick, end + tick]), BLUE, 3.4)
        layer.dashed(np.array([start, end]), (*BLUE, 200), 1.8, 5, 4)
