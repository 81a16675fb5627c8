"""Draws the card of a point on the body."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np
from PIL import Image

from tools.draw.cards import anatomy, ear, measures
from tools.draw.cards.anatomy import Scene
from tools.draw.cards.boxes import XY
from tools.draw.cards.brush import Layer
from tools.draw.cards.labels import DOT, LIMB, MANY, Card, Text, coded, frame, laid_out, measured, named, shared
from tools.draw.cards.measures import Shares, Strip
from tools.draw.cards.page import Title, corner, covered, inset, page
from tools.draw.cards.placer import Candidate, Field
from tools.draw.cards.spots import dots, spots
from tools.draw.cards.words import Words
from tools.draw.studio import Studio, data

RING = 0.42
"""Radius (dm) of the ring on the small figure."""
MARGIN, AWAY = 26, 130
"""A leader ends this far inside the picture, and about that far from the dot."""


def card(studio: Studio, point: Mapping[str, Any], words: Words) -> Card:
    """The finished card of any point that has `draw:`."""
    drawing = point["draw"]
    if drawing["view"] == "ear":
        return ear.card(studio, point, words)
    scene = Scene(studio.places, studio.camera(drawing["view"]), studio.view(drawing["view"]))
    strips = [measures.strip(scene, drawing["place"], one) for one in drawing.get("measure", ())]
    lines = [measures.shares(scene, drawing["place"], one) for one in drawing.get("divide", ())]
    layer = _anatomy(scene, drawing, lines)
    field = _field(scene, drawing, strips)
    side = data("views")[drawing["view"]]["inset"]
    inset(layer, field.taken[0], studio.whole({"side": "left"}.get(side, side)), spots(scene, drawing)[0], RING)
    found = laid_out(layer, _texts(scene, point, words, strips, lines), field)
    picture = layer.over(Image.fromarray(_banded(scene, strips)))
    return Card(page(picture, _title(point, words)), field, tuple(found))


def _anatomy(scene: Scene, drawing: Mapping[str, Any], lines: list[Shares]) -> Layer:
    layer = Layer(*scene.size)
    for name in drawing.get("show", ()):
        anatomy.drawn(layer, scene, data("anatomy")[name])
    for line in lines:
        measures.draw_shares(layer, line)
    return layer


def _banded(scene: Scene, strips: list[Strip]) -> Any:
    image = np.asarray(scene.rendered.image, float)
    for one in strips:
        if not one.plain:
            image = measures.banded(image, scene, one, data("measures")[_number(one.cun)])
    return np.clip(image, 0, 255).astype(np.uint8)


def _number(cun: float) -> float | int:
    return int(cun) if float(cun).is_integer() else cun


def _title(point: Mapping[str, Any], words: Words) -> Title:
    second = f"{words.region(point['region'])} · {point['pinyin']}"
    return Title(f"{point['code']} · {words.names[point['id']]}", second)


def _field(scene: Scene, drawing: Mapping[str, Any], strips: list[Strip]) -> Field:
    at = dots(scene, drawing)
    body = scene.rendered.body
    cover = body + 2.0 * measures.covered(scene, [one for one in strips if not one.plain])
    taken = (corner(scene.size, body, at),)
    return Field(frame(scene.size), taken, tuple(at), DOT if len(at) <= 2 else MANY, partial(covered, cover))


def _texts(
    scene: Scene, point: Mapping[str, Any], words: Words, strips: list[Strip], lines: list[Shares]
) -> list[Text]:
    drawing = point["draw"]
    found = [_measure(scene, one, words.measure(one.cun)) for one in strips]
    at = dots(scene, drawing)
    found += [coded(place, point["code"]) for place in at[:1]]
    found += [shared(place, text) for line in lines for text, place in line.words]
    anchors = [(key, _anchor(scene, key, at)) for key in drawing.get("name", ())]
    return found + [named(anchor, words.label(key)) for key, anchor in anchors if anchor is not None]


def _measure(scene: Scene, one: Strip, text: str) -> Text:
    ends = measures.ends(scene, one)
    if one.half is not None:
        return measured(ends, text, LIMB + one.half * scene.pixels, None)

    def starts(found: Candidate) -> tuple[XY, XY]:
        first, second = (measures.outside(scene, a, b) for a, b in zip(ends, found.lines[0], strict=True))
        return first, second

    return measured(ends, text, LIMB, starts)


def _anchor(scene: Scene, key: str, at: list[XY]) -> XY | None:
    """Where a name's leader ends: the landmark, or the place of a line that is in sight and not too near the dot."""
    known = data("anatomy")
    points = anatomy.line_of(scene, known[key]) if key in known else np.array([scene.places.spot(key).place])
    pixels, _seen = scene.seen(points)
    width, height = scene.size
    inside = [
        (float(x), float(y)) for x, y in pixels if MARGIN < x < width - MARGIN and MARGIN < y < height - MARGIN
    ]
    dot = at[0] if at else (width / 2, height / 2)
    return min(inside, key=lambda one: abs(np.hypot(one[0] - dot[0], one[1] - dot[1]) - AWAY), default=None)
