"""The finished cards: every taught point has one, it decodes, has the right size, and nothing on it overlaps."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from bot.catalog.model import Knowledge
from bot.catalog.pictures import BEGINNERS, CARD, stale

IMAGES = Path(__file__).parents[2] / "knowledge" / "images"
CARDS = sorted(IMAGES.glob(f"*{CARD}"))
LEAST_SIDE, MOST_BYTES = 800, 120_000


def test_every_card_fits_what_its_point_says_now(knowledge: Knowledge) -> None:
    assert stale(knowledge, IMAGES) == []


def test_every_point_says_how_it_is_drawn(knowledge: Knowledge) -> None:
    assert [id_ for id_, point in knowledge.points.items() if not {"view", "place"} <= set(point.draw)] == []


@pytest.mark.parametrize("path", CARDS, ids=lambda path: path.stem)
def test_decodes_large_enough_and_small_enough(path: Path) -> None:
    with Image.open(path) as picture:
        picture.load()
        assert min(picture.size) >= LEAST_SIDE
        assert picture.format == "JPEG"
    assert path.stat().st_size <= MOST_BYTES


@pytest.mark.parametrize("path", [path for path in CARDS if path.stem not in BEGINNERS], ids=lambda path: path.stem)
def test_labels_stand_inside_and_apart(path: Path) -> None:
    layout, (width, height) = _layout(path)
    boxes = [*layout["labels"], layout["inset"]]
    assert layout["dots"]
    assert all(0 <= left < right <= width and 0 <= top < bottom <= height for left, top, right, bottom in boxes)
    assert not [pair for pair in combinations(boxes, 2) if _meet(*pair)]
    assert not [box for box in boxes for x, y in layout["dots"] if box[0] < x < box[2] and box[1] < y < box[3]]


def _layout(path: Path) -> tuple[dict[str, Any], tuple[int, int]]:
    with Image.open(path) as picture:
        return json.loads(picture.info["comment"]), picture.size


def _meet(first: list[int], second: list[int]) -> bool:
    return first[0] < second[2] and second[0] < first[2] and first[1] < second[3] and second[1] < first[3]
