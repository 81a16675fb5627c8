"""`python -m tools.draw [CODE ...]`: draws the cards of all points, or of those named, into knowledge/images."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from rich.progress import track

from tools.draw.body.source import NoBodyError
from tools.draw.cards.boxes import Box
from tools.draw.cards.card import card
from tools.draw.cards.labels import Card
from tools.draw.cards.measuring import measuring
from tools.draw.cards.page import HEAD
from tools.draw.cards.placer import clashes
from tools.draw.cards.pressing import pressing
from tools.draw.cards.words import KNOWLEDGE, Words, points, words
from tools.draw.digests import listed, remembered
from tools.draw.studio import Studio

IMAGES = KNOWLEDGE / "images"
QUALITY, LEAST_QUALITY, LIMIT = 88, 70, 120_000
BEGINNERS = ("measure", "press")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.draw", description=__doc__)
    parser.add_argument("codes", nargs="*", help="ids of points, or measure, or press; none: everything")
    parser.add_argument("--changed", action="store_true", help="only cards whose drawing data changed")
    wanted = parser.parse_args(arguments)
    try:
        return _draw(wanted.codes, only_changed=wanted.changed)
    except NoBodyError as missing:
        print(missing, file=sys.stderr)
        return 2


def _draw(codes: list[str], *, only_changed: bool) -> int:
    known = {id_: point for id_, point in points().items() if point.get("draw") and point.get("taught", True)}
    unknown = set(codes) - set(known) - set(BEGINNERS)
    if unknown:
        print(f"no such card: {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    todo = codes or [*known, *BEGINNERS]
    if only_changed:
        todo = [id_ for id_ in todo if id_ in BEGINNERS or not remembered(IMAGES, known[id_])]
    began = time.monotonic()
    complaints = [complaint for made in _cards(track(todo, "Drawing"), known) for complaint in _saved(made)]
    listed(IMAGES, known)
    seconds = time.monotonic() - began
    print(*complaints, sep="\n", end="\n" if complaints else "")
    print(f"{len(todo)} cards, {seconds / max(1, len(todo)):.1f} s each, {_size() / 1e6:.1f} MB in {IMAGES.name}")
    return 1 if complaints else 0


def _saved(made: tuple[str, Image.Image, Card | None]) -> list[str]:
    """Writes one card with its layout inside, and says what is wrong with it."""
    id_, picture, card_ = made
    (IMAGES / f"{id_}.jpg").write_bytes(_jpeg(picture, _layout(card_) if card_ else ""))
    if card_ is None:
        return []
    hidden = [] if card_.field.dots else ["the point cannot be seen"]
    return [f"{id_}: {complaint}" for complaint in (*clashes(card_.found, card_.field), *hidden)]


def _cards(todo: Any, known: Mapping[str, Any]) -> Iterator[tuple[str, Image.Image, Card | None]]:
    studio, said = Studio(), words()
    for id_ in todo:
        if id_ in BEGINNERS:
            yield id_, _beginners(id_, studio, said), None
        else:
            made = card(studio, known[id_], said)
            yield id_, made.image, made


def _beginners(name: str, studio: Studio, said: Words) -> Image.Image:
    if name == "press":
        return pressing(said.texts["pressing"])
    return measuring(studio, said.texts["measuring"])


def _layout(made: Card) -> str:
    """Where dots, labels and the small figure are (pixels of the card): the JPEG's comment, for tests."""
    def box(one: Box) -> list[int]:
        return [round(one.left), round(one.top) + HEAD, round(one.right), round(one.bottom) + HEAD]

    dots = [[round(x), round(y) + HEAD] for x, y in made.field.dots]
    labels = [box(one.box) for one in made.found]
    return json.dumps({"dots": dots, "labels": labels, "inset": box(made.field.taken[0])}, separators=(",", ":"))


def _jpeg(picture: Image.Image, comment: str) -> bytes:
    """Within the limit, as good as it may be."""
    for quality in range(QUALITY, LEAST_QUALITY, -3):
        buffer = BytesIO()
        picture.save(buffer, "JPEG", quality=quality, optimize=True, subsampling=0, comment=comment.encode())
        if buffer.tell() <= LIMIT:
            break
    return buffer.getvalue()


def _size() -> int:
    return sum(path.stat().st_size for path in Path(IMAGES).glob("*.jpg"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
