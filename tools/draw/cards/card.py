"""Draws the card of one point."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from PIL import Image

from tools.draw.cards import anatomy, measures
from tools.draw.cards.anatomy import Scene
from tools.draw.cards.boxes import XY, Box
from tools.draw.cards.brush import BLUE, DARK, GREY, RED, WHITE, Layer, text_size
from tools.draw.cards.page import Title, corner, covered, inset, page
from tools.draw.cards.placer import Bracket, Candidate, Field, Label, Wish, placed
from tools.draw.cards.spots import dots, spots
from tools.draw.cards.words import Words
from tools.draw.studio import Studio, data

DOT, MANY = 13.0, 10.0
CODE, NAME, MEASURE = 29.0, 19.0, 21.0


@dataclass(frozen=True)
class Card:
    """A finished picture and its layout, so that tests can look at both."""

    image: Image.Image
    field: Field
    found: tuple[Candidate, ...]


@dataclass(frozen=True)
class Text:
    """A wish with its words. `kind`: code, name, share or measure."""

    wish: Wish
    text: str
    kind: str


def card(studio: Studio, point: Mapping[str, Any], words: Words) -> Card:
    drawing = point["draw"]
    scene = Scene(studio.places, studio.camera(drawing["view"]), studio.view(drawing["view"]))
    strips = [measures.strip(scene, drawing["place"], one) for one in drawing.get("measure", ())]
    plain = [bool(one.get("plain")) for one in drawing.get("measure", ())]
    layer = Layer(*scene.size)
    for name in drawing.get("show", ()):
        anatomy.drawn(layer, scene, data("anatomy")[name])
    shared = [measures.shares(scene, drawing["place"], one) for one in drawing.get("divide", ())]
    for line in shared:
        measures.draw_shares(layer, line)
    at = dots(scene, drawing)
    texts = _texts(scene, point, words, strips, shared)
    field = _field(scene, at, [s for s, bare in zip(strips, plain, strict=True) if not bare])
    found = placed([text.wish for text in texts], field)
    _inset(studio, layer, scene, drawing, field)
    for text, one in zip(texts, found, strict=True):
        _written(layer, scene, text, one)
    _dots(layer, at, field.radius)
    for text, one in zip(texts, found, strict=True):
        if text.kind == "code":
            layer.plate(one.box, RED, 11, WHITE, 1.5)
            layer.text(one.box, text.text, CODE, WHITE, bold=True)
    picture = layer.over(Image.fromarray(_banded(scene, [s for s, bare in zip(strips, plain, strict=True) if not bare])))
    return Card(page(picture, _title(point, words)), field, tuple(found))


def _banded(scene: Scene, strips: list[measures.Strip]) -> Any:
    image = np.asarray(scene.rendered.image, float)
    for one in strips:
        image = measures.banded(image, scene, one, data("measures")[_number(one.cun)])
    return np.clip(image, 0, 255).astype(np.uint8)


def _number(cun: float) -> float | int:
    return int(cun) if float(cun).is_integer() else cun


def _title(point: Mapping[str, Any], words: Words) -> Title:
    second = f"{words.region(point['region'])} · {point['pinyin']}"
    return Title(f"{point['code']} · {words.names[point['id']]}", second)


def _field(scene: Scene, at: list[XY], strips: list[measures.Strip]) -> Field:
    width, height = scene.size
    body = scene.rendered.body + 2.0 * measures.covered(scene, strips)
    radius = DOT if len(at) <= 2 else MANY
    return Field(Box(0, 0, width, height), (corner(scene.size, scene.rendered.body, at),), tuple(at), radius, partial(covered, body))


def _texts(
    scene: Scene, point: Mapping[str, Any], words: Words, strips: list[measures.Strip], shared: list[measures.Shares]
) -> list[Text]:
    found = [_measure(scene, one, words.measure(one.cun)) for one in strips]
    at = dots(scene, point["draw"])
    if at:
        found.append(_label(at[0], _short(point), CODE, "code"))
    for line in shared:
        found += [_label(place, text, MEASURE, "share") for text, place in line.words]
    for key in point["draw"].get("name", ()):
        anchor = _anchor(scene, key, at)
        if anchor is not None:
            found.append(_label(anchor, words.label(key), NAME, "name"))
    return found


def _short(point: Mapping[str, Any]) -> str:
    return str(point["code"])


def _measure(scene: Scene, one: measures.Strip, text: str) -> Text:
    width, height = text_size(text, MEASURE, bold=True)
    start, end = measures.ends(scene, one)
    least = 26.0 + (0 if one.half is None else one.half * scene.pixels)
    return Text(Bracket(start, end, width + 12, height + 8, least), text, "measure")


def _label(at: XY, text: str, size: float, kind: str) -> Text:
    width, height = text_size(text, size, bold=kind != "name")
    if kind == "code":
        return Text(Label(at, width + 22, height + 8, 25.0, 40.0), text, kind)
    near = 6.0 if kind == "share" else 26.0
    return Text(Label(at, width + 10, height + 6, 60.0 if kind == "share" else 110.0, near), text, kind)


def _anchor(scene: Scene, key: str, at: list[XY]) -> XY | None:
    """Where a name's leader ends: the landmark, or the place of a line that is in sight and not too near the dot."""
    known = data("anatomy")
    points = anatomy.line_of(scene, known[key]) if key in known else np.array([scene.places.spot(key).place])
    pixels, _seen = scene.seen(points)
    margin, (width, height) = 26, scene.size
    inside = [(float(x), float(y)) for x, y in pixels if margin < x < width - margin and margin < y < height - margin]
    if not inside:
        return None
    dot = at[0] if at else (width / 2, height / 2)
    return min(inside, key=lambda one: abs(np.hypot(one[0] - dot[0], one[1] - dot[1]) - 130))


def _written(layer: Layer, scene: Scene, text: Text, one: Candidate) -> None:
    if text.kind == "measure":
        ends = text.wish.anchors
        limb = isinstance(text.wish, Bracket) and text.wish.least <= 26.0
        starts = [measures.outside(scene, a, b) if limb else a for a, b in zip(ends, one.lines[0], strict=True)]
        measures.draw_bracket(layer, one.lines[0], (starts[0], starts[1]))
        layer.plate(one.box, (*WHITE, 235), 8)
        layer.text(one.box, text.text, MEASURE, BLUE, bold=True)
    elif text.kind == "code":
        layer.line(one.lines[0], RED, 3)
    elif text.kind == "share":
        layer.plate(one.box, (*WHITE, 225), 8)
        layer.text(one.box, text.text, MEASURE, BLUE, bold=True)
    else:
        layer.line(one.lines[0], (*GREY, 235), 1.8)
        layer.disc(one.lines[0][0], 4.5, fill=WHITE, edge=GREY, width=1.8)
        layer.plate(one.box, (*WHITE, 225), 7)
        layer.text(one.box, text.text, NAME, DARK)


def _dots(layer: Layer, at: list[XY], radius: float) -> None:
    layer.glow(at, radius * 1.9, (*RED, 95))
    for place in at:
        layer.disc(place, radius, fill=WHITE)
        layer.disc(place, radius * 0.76, fill=RED)


def _inset(studio: Studio, layer: Layer, scene: Scene, drawing: Mapping[str, Any], field: Field) -> None:
    side = {"side": "left"}.get(data("views")[drawing["view"]]["inset"], data("views")[drawing["view"]]["inset"])
    target = spots(scene, drawing)[0]
    inset(layer, field.taken[0], studio.whole(side), target, 0.42)
