"""Four small pictures on one card, each with a line of words under it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PIL import Image

from tools.draw.cards.boxes import Box
from tools.draw.cards.brush import BLUE, DARK, WHITE, Layer
from tools.draw.cards.page import Title, page
from tools.draw.studio import FIELD, data

PANEL = (434, 330)
GAP, TOP, ROOM = 11, 8, 46
NOTE, WORDS = 19.0, 20.0


def four(pictures: Sequence[Image.Image], words: Mapping[str, Any]) -> Image.Image:
    """The card of four panels of the size `PANEL`."""
    field = Image.new("RGB", FIELD, tuple(data("materials")["paper"]))
    layer = Layer(*FIELD)
    for k, (picture, line) in enumerate(zip(pictures, words["panels"], strict=True)):
        left, top = GAP + (k % 2) * (PANEL[0] + GAP), TOP + (k // 2) * (PANEL[1] + ROOM + 6)
        field.paste(picture, (left, top))
        layer.plate(Box(left, top, left + PANEL[0], top + PANEL[1]), (0, 0, 0, 0), 10, (214, 206, 198), 1.4)
        caption = Box(left, top + PANEL[1], left + PANEL[0], top + PANEL[1] + ROOM)
        layer.text(caption, line, WORDS if "\n" not in line else 16.5, BLUE, bold=True)
    note = Box(20, FIELD[1] - 40, FIELD[0] - 20, FIELD[1] - 6)
    layer.plate(note, (*WHITE, 220), 8)
    layer.text(note, words["note"], NOTE, DARK)
    return page(layer.over(field), Title(words["title"], words["second"]))
