"""Dots and words on a picture: what they say, where they go, how they look."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PIL import Image

from tools.draw.cards.boxes import XY, Box
from tools.draw.cards.brush import BLUE, DARK, GREY, RED, WHITE, Layer, text_size
from tools.draw.cards.placer import Bracket, Candidate, Field, Label, Wish, placed
from tools.draw.geometry import unit

DOT, MANY = 13.0, 10.0
"""Radius of a dot, alone and in company."""
CODE, NAME, MEASURE = 29.0, 19.0, 21.0
"""Sizes of letters."""
LIMB = 26.0


@dataclass(frozen=True)
class Card:
    """A finished picture and its layout, so that tests can look at both."""

    image: Image.Image
    field: Field
    found: tuple[Candidate, ...]


@dataclass(frozen=True)
class Text:
    """A wish with its words. `starts`: where the fine lines of a bracket begin, once it has its place."""

    wish: Wish
    text: str
    kind: str
    starts: Callable[[Candidate], tuple[XY, XY]] | None = None


def coded(at: XY, text: str) -> Text:
    """The code of the point, beside its dot."""
    width, height = text_size(text, CODE, bold=True)
    return Text(Label(at, width + 22, height + 8, 25.0, 40.0), text, "code")


def named(at: XY, text: str) -> Text:
    """The name of a landmark."""
    width, height = text_size(text, NAME)
    return Text(Label(at, width + 10, height + 6, 110.0, 26.0), text, "name")


def shared(at: XY, text: str) -> Text:
    """A part of a line: close to it, without a leader."""
    width, height = text_size(text, MEASURE, bold=True)
    return Text(Label(at, width + 10, height + 6, 40.0, 6.0, 2.0), text, "share")


def measured(ends: tuple[XY, XY], text: str, least: float, starts: Callable[[Candidate], tuple[XY, XY]] | None) -> Text:
    """A bracket with its words."""
    width, height = text_size(text, MEASURE, bold=True)
    return Text(Bracket(*ends, width + 12, height + 8, least), text, "measure", starts)


def laid_out(layer: Layer, texts: Sequence[Text], field: Field) -> list[Candidate]:
    """Finds a place for everything and draws it: lines first, then dots, then the code on top."""
    found = placed([text.wish for text in texts], field)
    for text, one in zip(texts, found, strict=True):
        _drawn(layer, text, one)
    dotted(layer, field.dots, field.radius)
    for text, one in zip(texts, found, strict=True):
        if text.kind == "code":
            layer.plate(one.box, RED, 11, WHITE, 1.5)
            layer.text(one.box, text.text, CODE, WHITE, bold=True)
    return found


def dotted(layer: Layer, at: Sequence[XY], radius: float) -> None:
    layer.glow(at, radius * 1.9, (*RED, 95))
    for place in at:
        layer.disc(place, radius, fill=WHITE)
        layer.disc(place, radius * 0.76, fill=RED)


def _drawn(layer: Layer, text: Text, one: Candidate) -> None:
    if text.kind == "code":
        layer.line(one.lines[0], RED, 3)
    elif text.kind == "name":
        _name(layer, text, one)
    else:
        if text.kind == "measure":
            _bracket(layer, one.lines[0], text.starts(one) if text.starts else _ends(text))
        layer.plate(one.box, (*WHITE, 232), 8)
        layer.text(one.box, text.text, MEASURE, BLUE, bold=True)


def _ends(text: Text) -> tuple[XY, XY]:
    return text.wish.anchors[0], text.wish.anchors[1]


def _name(layer: Layer, text: Text, one: Candidate) -> None:
    layer.line(one.lines[0], (*WHITE, 170), 4)
    layer.line(one.lines[0], GREY, 1.8)
    layer.disc(one.lines[0][0], 4.5, fill=WHITE, edge=GREY, width=1.8)
    layer.plate(one.box, (*WHITE, 228), 7)
    layer.text(one.box, text.text, NAME, DARK)


def _bracket(layer: Layer, line: tuple[XY, XY], starts: tuple[XY, XY]) -> None:
    (ax, ay), (bx, by) = line
    along = unit([bx - ax, by - ay])
    across = (-along[1] * 7, along[0] * 7)
    layer.line(line, BLUE, 3)
    for (x, y), start in zip(line, starts, strict=True):
        layer.line([(x - across[0], y - across[1]), (x + across[0], y + across[1])], BLUE, 3)
        layer.dashed([start, (x, y)], (*BLUE, 170), 1.6, 5, 5)


def frame(size: tuple[int, int]) -> Box:
    return Box(0, 0, *size)
