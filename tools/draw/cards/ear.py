"""The ear chart: a plain relief drawing with the parts of the ear named, since the body model's ear is too coarse."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from tools.draw.cards.boxes import XY, Box
from tools.draw.cards.brush import Layer
from tools.draw.cards.labels import DOT, Card, coded, laid_out, named
from tools.draw.cards.page import Title, corner, covered, inset, page
from tools.draw.cards.placer import Field
from tools.draw.cards.words import Words
from tools.draw.geometry import Array, closed, resampled, unit
from tools.draw.render.shade import blurred
from tools.draw.studio import FIELD, Studio, data

SCALE, MIDDLE = 5.35, (57.0, 70.0)
LIGHT = unit([-0.45, -0.65, 0.75])
STEEP = 1.35
"""How strongly the relief is lit."""


def at(place: Any) -> XY:
    """Pixels of a place on the chart."""
    return (place[0] - MIDDLE[0]) * SCALE + FIELD[0] / 2, (place[1] - MIDDLE[1]) * SCALE + FIELD[1] / 2


@cache
def picture() -> tuple[Image.Image, Any]:
    """The ear without any dot, and which pixels it covers."""
    ear, look = data("ear"), data("materials")
    skin = _area(ear["outline"])
    height = _relief(ear, skin)
    slopes = np.stack([-np.gradient(height, axis=1) * STEEP, -np.gradient(height, axis=0) * STEEP, np.ones_like(height)], -1)
    lit = np.clip((unit(slopes) @ LIGHT + 0.35) / 1.35, 0, 1)
    low = np.clip(1 + np.minimum(height - blurred(height, 40), 0) / 60, 0.6, 1)
    shade = ((0.50 + 0.58 * lit) * low)[..., None]
    colour = np.array(look["skin"], float) * np.clip(shade, 0, 1.08) ** np.array([0.84, 1.0, 1.08])
    cover = blurred(skin, 0.8)[..., None] / 255
    image = colour * cover + np.array(look["paper"], float) * (1 - cover)
    return _inked(Image.fromarray(np.clip(image, 0, 255).astype(np.uint8)), ear, look), skin > 128


def _relief(ear: Mapping[str, Any], skin: Array) -> Array:
    height = blurred(skin, 14) / 255 * 34
    for ridge in ear["ridges"]:
        line = _line(ridge["line"], ridge["width"] * SCALE * 0.75)
        height = height + blurred(line, ridge["width"] * SCALE * 0.28) / 255 * ridge["height"] * SCALE * 0.75
    for hollow in ear["hollows"]:
        height = height + blurred(_area(hollow["area"]), 11) / 255 * hollow["height"] * SCALE * 0.55
    return height


def _inked(image: Image.Image, ear: Mapping[str, Any], look: Mapping[str, Any]) -> Image.Image:
    layer = Layer(*FIELD)
    ink = tuple(look["ink"])
    x, y = at(ear["canal"]["at"])
    wide, tall = (side * SCALE for side in ear["canal"]["size"])
    turns = np.linspace(0, 2 * np.pi, 60)
    hole = np.stack([x + wide * np.cos(turns), y + tall * np.sin(turns)], 1)
    layer.shape(hole, (74, 50, 42, 255), (74, 50, 42, 255), 1)
    soft = layer.image.filter(ImageFilter.GaussianBlur(7))
    layer.image.paste(soft)
    outline = closed(np.array([at(place) for place in ear["outline"]]), 300)
    layer.line(outline, (*ink, 235), 2.6)
    for line in ear["ink"]:
        layer.line(resampled(np.array([at(place) for place in line]), 120), (*ink, 150), 1.8)
    return layer.over(image)


def _area(points: Any) -> Array:
    canvas = Image.new("L", FIELD, 0)
    ring = closed(np.array([at(place) for place in points], float), 300)
    ImageDraw.Draw(canvas).polygon([(float(x), float(y)) for x, y in ring], fill=255)
    return np.asarray(canvas, float)


def _line(points: Any, width: float) -> Array:
    canvas = Image.new("L", FIELD, 0)
    curve = resampled(np.array([at(place) for place in points], float), 160)
    draw = ImageDraw.Draw(canvas)
    for x, y in curve:
        draw.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), fill=255)
    return np.asarray(canvas, float)


def card(studio: Studio, point: Mapping[str, Any], words: Words) -> Card:
    """The card of an ear point."""
    image, mask = picture()
    dot = at(point["draw"]["place"]["ear"])
    taken = corner(FIELD, mask, [dot])
    field = Field(Box(0, 0, *FIELD), (taken,), (dot,), DOT, partial(covered, mask))
    zone = point["code"].partition("(")[2].rstrip(")")
    names = [named(at(data("ear")["names"][key]), words.label(key)) for key in point["draw"]["name"]]
    layer = Layer(*FIELD)
    head = studio.places.spot("tragus").place
    inset(layer, taken, studio.whole("left"), head, 0.75)
    found = laid_out(layer, [coded(dot, zone), *names], field)
    title = Title(f"{point['code']} · {words.names[point['id']]}", f"{words.region('ear')} · {point['pinyin']}")
    return Card(page(layer.over(image), title), field, tuple(found))
