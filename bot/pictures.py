"""Pictures for the fronts: the card of a point, and one sheet with all points of a routine, numbered in pressing order.

Cards are finished JPEGs in `knowledge/images`. A sheet is put together from them when it is first asked for and kept in
a cache folder under a digest of its cards, so a redrawn card makes a new sheet.
"""

from __future__ import annotations

import hashlib
import logging
import os
import tempfile
from collections.abc import Sequence
from io import BytesIO
from math import ceil
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

LOG = logging.getLogger(__name__)
CARD = ".jpg"
LAYOUT = 1
"""Count up when a sheet is to look different: old ones are then not used any more."""
GAP = 10
SIDES = ((1, 900), (2, 640), (6, 450))
"""Up to so many points, tiles of so many pixels; then the smallest."""
SMALLEST = 360
WIDE = 4
"""More points than this stand three in a row."""
BADGE = 0.047
LIMIT, QUALITIES = 250_000, (84, 76, 66, 54)
PAPER, MARK, WHITE = (236, 232, 226), (34, 92, 150), (255, 255, 255)
KEPT = 400
"""Sheets kept in the cache; the oldest go first."""
PART, WRITING = ".part", 3600.0
"""Files that are being written, and the seconds after which nobody does any more."""


def card(point: str, folder: Path) -> Path | None:
    """The picture of a point, or of a beginner's card (`measure`, `press`); none when there is none."""
    path = folder / f"{point}{CARD}"
    return path if path.is_file() else None


def sheet(points: Sequence[str], folder: Path, cache: Path) -> bytes | None:
    """One picture of all these points in their order. A point without a card leaves its number out; no card: none. One that
    cannot be kept (the disk is full) is drawn again the next time."""
    found = [(number, path.read_bytes()) for number, path in _numbered(points, folder)]
    if not found:
        return None
    path = cache / f"sheet-{_digest(found)}{CARD}"
    try:
        return path.read_bytes()
    except OSError:  # not drawn yet
        made = _jpeg(_grid(found))
    try:
        _keep(path, made)
        _forget_old(cache)
    except OSError as error:
        LOG.warning("sheet_not_kept error=%s", error.strerror)
    return made


def _numbered(points: Sequence[str], folder: Path) -> list[tuple[int, Path]]:
    cards = ((number, card(point, folder)) for number, point in enumerate(points, 1))
    return [(number, path) for number, path in cards if path is not None]


def _digest(cards: Sequence[tuple[int, bytes]]) -> str:
    made = hashlib.sha256(str(LAYOUT).encode())
    for number, picture in cards:
        made.update(b"%d:" % number + hashlib.sha256(picture).digest())
    return made.hexdigest()[:24]


def _grid(cards: Sequence[tuple[int, bytes]]) -> Image.Image:
    side = next((side for most, side in SIDES if len(cards) <= most), SMALLEST)
    columns = min(len(cards), 2 if len(cards) <= WIDE else 3)
    rows, step = ceil(len(cards) / columns), side + GAP
    grid = Image.new("RGB", (columns * step + GAP, rows * step + GAP), PAPER)
    for place, (number, picture) in enumerate(cards):
        tile = _tile(picture, side)
        _badge(tile, number)
        grid.paste(tile, (GAP + place % columns * step, GAP + place // columns * step))
    return grid


def _tile(picture: bytes, side: int) -> Image.Image:
    """The card made small. JPEG can be decoded at half size, which is most of the work."""
    with Image.open(BytesIO(picture)) as whole:
        whole.draft("RGB", (side, side))
        return whole.convert("RGB").resize((side, side), Image.Resampling.BILINEAR)


def _badge(tile: Image.Image, number: int) -> None:
    """The number in a disc, in the corner of the title that every card keeps free."""
    side = tile.width
    radius, edge = side * BADGE, side * 0.006
    x, y = side - radius - 2 * edge, radius + 2 * edge
    draw = ImageDraw.Draw(tile)
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=MARK)
    font = ImageFont.load_default(radius * 1.25)
    draw.text((x, y), str(number), font=font, fill=WHITE, anchor="mm")


def _jpeg(picture: Image.Image) -> bytes:
    """As good as fits into the limit."""
    made = b""
    for quality in QUALITIES:
        buffer = BytesIO()
        picture.save(buffer, "JPEG", quality=quality)
        made = buffer.getvalue()
        if len(made) <= LIMIT:
            break
    return made


def _keep(path: Path, content: bytes) -> None:
    """Written beside its place and then moved there, so that no other process ever reads half a picture."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=PART)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _forget_old(cache: Path) -> None:
    """Sheets beyond the most, and what a process left that died while it wrote."""
    sheets = _by_age(cache, f"sheet-*{CARD}")
    begun = _by_age(cache, f"*{PART}")
    left = [path for at, path in begun if at < sheets[-1][0] - WRITING]
    for path in (*(path for _, path in sheets[:-KEPT]), *left):
        path.unlink(missing_ok=True)


def _by_age(cache: Path, names: str) -> list[tuple[float, Path]]:
    return sorted((path.stat().st_mtime, path) for path in cache.glob(names))
