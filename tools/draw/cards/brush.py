"""Drawing on a see-through layer, twice as fine as the picture."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from tools.draw.cards.boxes import XY, Box
from tools.draw.geometry import Array, lengths

FINE = 2
RED, BLUE, ORANGE, DARK, GREY, WHITE = (206, 36, 40), (34, 92, 150), (226, 120, 24), (52, 44, 42), (112, 102, 98), (255, 255, 255)
Colour = tuple[int, ...]
FONTS = Path("/usr/share/fonts/truetype/dejavu")


@cache
def font(size: float, *, bold: bool = False) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """DejaVu where it is installed (it has every accent of the names), else Pillow's own."""
    path = FONTS / f"DejaVuSans{'-Bold' if bold else ''}.ttf"
    return ImageFont.truetype(str(path), size) if path.exists() else ImageFont.load_default(size)


def text_size(text: str, size: float, *, bold: bool = False) -> tuple[float, float]:
    """Width and height of lines of text, in pixels of the picture."""
    rows = text.split("\n")
    return max(font(size * FINE, bold=bold).getlength(row) for row in rows) / FINE, len(rows) * size * 1.25


class Layer:
    """Coordinates are pixels of the picture; the layer itself is finer."""

    def __init__(self, width: int, height: int) -> None:
        self.size = (width, height)
        self.image = Image.new("RGBA", (width * FINE, height * FINE), (0, 0, 0, 0))

    @property
    def _draw(self) -> ImageDraw.ImageDraw:
        return ImageDraw.Draw(self.image)

    def line(self, points: Sequence[XY] | Array, colour: Colour, width: float) -> None:
        fine = [(float(x) * FINE, float(y) * FINE) for x, y in points]
        self._draw.line(fine, fill=colour, width=max(1, round(width * FINE)), joint="curve")

    def dashed(self, points: Sequence[XY] | Array, colour: Colour, width: float, on: float = 9, off: float = 6) -> None:
        line = np.array(points, float)
        along = lengths(line)
        for start in np.arange(0, along[-1], on + off):
            part = np.linspace(start, min(start + on, along[-1]), 5)
            self.line(np.stack([np.interp(part, along, line[:, k]) for k in (0, 1)], 1), colour, width)

    def shape(self, outline: Array, fill: Colour, edge: Colour, width: float) -> None:
        """A see-through shape, laid over what is there."""
        layer = Image.new("RGBA", self.image.size, (0, 0, 0, 0))
        fine = [(float(x) * FINE, float(y) * FINE) for x, y in outline]
        draw = ImageDraw.Draw(layer)
        draw.polygon(fine, fill=fill)
        draw.line([*fine, fine[0]], fill=edge, width=max(1, round(width * FINE)), joint="curve")
        self.image.alpha_composite(layer)

    def disc(self, at: XY, radius: float, fill: Colour | None = None, edge: Colour | None = None, width: float = 0) -> None:
        x, y, r = at[0] * FINE, at[1] * FINE, radius * FINE
        self._draw.ellipse((x - r, y - r, x + r, y + r), fill=fill, outline=edge, width=round(width * FINE))

    def glow(self, at: Sequence[XY], radius: float, colour: Colour) -> None:
        layer = Layer(*self.size)
        for place in at:
            layer.disc(place, radius, fill=colour)
        self.image.alpha_composite(layer.image.filter(ImageFilter.GaussianBlur(radius * FINE * 0.25)))

    def plate(self, box: Box, fill: Colour, radius: float, edge: Colour | None = None, width: float = 0) -> None:
        fine = tuple(float(side) * FINE for side in (box.left, box.top, box.right, box.bottom))
        self._draw.rounded_rectangle(fine, radius * FINE, fill=fill, outline=edge, width=round(width * FINE))

    def text(self, box: Box, text: str, size: float, colour: Colour, *, bold: bool = False) -> None:
        """Centred in a box, row by row."""
        rows = text.split("\n")
        x, y = box.centre
        for k, row in enumerate(rows):
            at = (x * FINE, (y + (k - (len(rows) - 1) / 2) * size * 1.25) * FINE)
            self._draw.text(at, row, font=font(size * FINE, bold=bold), fill=colour, anchor="mm")

    def over(self, picture: Image.Image) -> Image.Image:
        """The picture with this layer on top."""
        flat = picture.convert("RGBA")
        flat.alpha_composite(self.image.resize(self.size, Image.Resampling.LANCZOS))
        return flat.convert("RGB")
