"""`stale` finds a changed `draw:`, another file, and cards too few or too many."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.catalog.model import Knowledge
from bot.catalog.pictures import (
    ANOTHER,
    BEGINNERS,
    CHANGED,
    LIST,
    MISSING,
    NOBODYS,
    UNLISTED,
    drawing_digest,
    file_digest,
    stale,
)

DRAW = {"view": "face", "place": {"of": "scalp", "from": "crown", "behind": 0.5}}


@pytest.fixture
def two(knowledge: Knowledge) -> Knowledge:
    points = {id_: replace(knowledge.points[id_], draw=DRAW) for id_ in ("PC6", "GV20")}
    return replace(knowledge, points=points)


@pytest.fixture
def folder(two: Knowledge, tmp_path: Path) -> Path:
    rows = []
    for id_ in (*two.points, *sorted(BEGINNERS)):
        (tmp_path / f"{id_}.jpg").write_bytes(id_.encode())
        draw = drawing_digest(two.points[id_].draw if id_ in two.points else {})
        rows.append(f"{id_}: {{draw: '{draw}', made_by: 'x', file: '{file_digest(tmp_path / f'{id_}.jpg')}'}}\n")
    (tmp_path / LIST).write_text("".join(rows), "utf-8")
    return tmp_path


def test_nothing_is_stale_after_drawing(two: Knowledge, folder: Path) -> None:
    assert stale(two, folder) == []


def test_a_changed_place_wants_a_new_picture(two: Knowledge, folder: Path) -> None:
    moved = replace(two.points["PC6"], draw={**DRAW, "view": "forehead"})
    assert stale(replace(two, points={**two.points, "PC6": moved}), folder) == [("PC6", CHANGED)]


def test_another_order_of_keys_changes_nothing() -> None:
    assert drawing_digest(DRAW) == drawing_digest(dict(reversed(DRAW.items())))


def test_a_file_from_elsewhere_is_found(two: Knowledge, folder: Path) -> None:
    (folder / "PC6.jpg").write_bytes(b"painted over")
    assert stale(two, folder) == [("PC6", ANOTHER)]


def test_missing_and_nobodys_cards_are_found(two: Knowledge, folder: Path) -> None:
    (folder / "PC6.jpg").rename(folder / "PC5.jpg")
    assert stale(two, folder) == [("PC5", NOBODYS), ("PC6", MISSING)]


def test_a_point_that_is_not_taught_needs_no_card(two: Knowledge, folder: Path) -> None:
    (folder / "PC6.jpg").unlink()
    silent = replace(two.points["PC6"], taught=False)
    assert stale(replace(two, points={**two.points, "PC6": silent}), folder) == []


def test_without_the_list_every_card_is_unlisted(two: Knowledge, folder: Path) -> None:
    (folder / LIST).unlink()
    assert {what for _id, what in stale(two, folder)} == {UNLISTED}
