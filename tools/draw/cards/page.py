"""The frame every card shares: title, drawn field, small whole figure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image

from tools.draw.cards.boxes import XY, Box
from tools.draw.cards.brush import DARK, GREY, ORANGE, WHITE, Layer, text_size
from tools.draw.geometry import Array, Mask
from tools.draw.render.camera import Camera
from tools.draw.render.shade import Rendered

SIDE, HEAD, ROOM = 900, 96, 760
INSET, PAD, EDGE = (124, 222), 8, 14
RULE = (226, 219, 212)
LEAST_RING = 15


@dataclass(frozen=True)
class Title:
    """What stands above the picture."""

    first: str
    second: str


def page(field: Image.Image, title: Title) -> Image.Image:
    """The finished card, 900 x 900."""
    whole = Image.new("RGB", (SIDE, SIDE), WHITE)
    whole.paste(field, (0, HEAD))
    layer = Layer(SIDE, HEAD)
    _left(layer, title.first, 34, 36, bold=True)
    _left(layer, title.second, 20, 73)
    layer.line([(0, HEAD - 1), (SIDE, HEAD - 1)], RULE, 1.5)
    whole.paste(layer.over(Image.new("RGB", (SIDE, HEAD), WHITE)), (0, 0))
    return whole


def _left(layer: Layer, text: str, most: float, middle: float, *, bold: bool = False) -> None:
    """A row from the left edge, made smaller when it is long; the right corner stays free for a number."""
    size = min(most, most * ROOM / text_size(text, most, bold=bold)[0])
    width, height = text_size(text, size, bold=bold)
    box = Box(30, middle - height / 2, 30 + width, middle + height / 2)
    layer.text(box, text, size, DARK if bold else GREY, bold=bold)


def corner(size: tuple[int, int], body: Mask, avoid: list[XY]) -> Box:
    """The free corner for the small figure: little body beneath, far from the dots."""
    width, height = INSET[0] + 2 * PAD, INSET[1] + 2 * PAD
    corners = [(x, y) for y in (size[1] - EDGE - height, EDGE) for x in (size[0] - EDGE - width, EDGE)]
    boxes = [Box(x, y, x + width, y + height) for x, y in corners]
    return min(boxes, key=lambda box: covered(body, box) + sum(box.grown(60).holds(Box(*at, *at)) for at in avoid))


def covered(body: Array | Mask, box: Box) -> float:
    """How much of a box lies on the body (0..1), bands counted double."""
    part = body[max(0, int(box.top)) : max(0, int(box.bottom)), max(0, int(box.left)) : max(0, int(box.right))]
    return float(part.mean()) if part.size else 0.0


def inset(layer: Layer, box: Box, figure: tuple[Rendered, Camera], target: Array, reach: float) -> None:
    """The whole body, small, with the place ringed."""
    rendered, camera = figure
    layer.plate(box, (*WHITE, 250), 12, (206, 198, 192), 1.6)
    scale = INSET[1] / rendered.image.shape[0]
    small = Image.fromarray(np.asarray(rendered.image, np.uint8))
    fine = layer.image.width // layer.size[0]
    small = small.resize((round(small.width * scale * fine), INSET[1] * fine), Image.Resampling.LANCZOS)
    left = box.left + (box.right - box.left) / 2 - small.width / fine / 2
    layer.image.paste(small, (round(left * fine), round((box.top + PAD) * fine)))
    width, height = rendered.image.shape[1], rendered.image.shape[0]
    x, y, _depth = camera.seen(target, width, height)[0]
    ring = max(reach * width / camera.width * scale, LEAST_RING)
    layer.disc((left + x * scale, box.top + PAD + y * scale), ring, edge=ORANGE, width=3)
