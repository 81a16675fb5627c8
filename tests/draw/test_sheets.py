"""The sheet of a routine: all its points in one picture, small, quick, kept until a card changes."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image

from bot.catalog.model import Knowledge
from bot.pictures import KEPT, LIMIT, card, sheet

IMAGES = Path(__file__).parents[2] / "knowledge" / "images"
SECONDS = 0.15
"""Of this process's own time: what else the machine does fails no test."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for k, id_ in enumerate("ABC"):
        Image.new("RGB", (900, 900), (40 * k, 90, 120)).save(tmp_path / f"{id_}.jpg")
    return tmp_path


def test_a_card_is_a_file_or_none(folder: Path) -> None:
    assert card("A", folder) == folder / "A.jpg"
    assert card("Z", folder) is None


def test_the_order_makes_another_sheet(folder: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    assert sheet(("A", "B"), folder, cache) != sheet(("B", "A"), folder, cache)


def test_a_redrawn_card_makes_another_sheet(folder: Path, tmp_path: Path) -> None:
    before = sheet(("A", "B"), folder, tmp_path / "cache")
    Image.new("RGB", (900, 900), (250, 250, 250)).save(folder / "B.jpg")
    assert sheet(("A", "B"), folder, tmp_path / "cache") != before


def test_the_second_time_nothing_is_drawn(folder: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    assert sheet(("A", "B", "C"), folder, cache) == next(cache.iterdir()).read_bytes()
    next(cache.iterdir()).write_bytes(b"kept")
    assert sheet(("A", "B", "C"), folder, cache) == b"kept"


def test_a_point_without_a_card_leaves_its_number_out(folder: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    assert sheet(("Z", "A"), folder, cache) not in {None, sheet(("A",), folder, cache)}
    assert sheet(("Y", "Z"), folder, cache) is None


def test_the_cache_stays_bounded(folder: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    cache.mkdir()
    for k in range(KEPT + 20):
        (cache / f"sheet-{k}.jpg").touch()
    sheet(("A",), folder, cache)
    assert len(list(cache.glob("sheet-*.jpg"))) == KEPT


@contextmanager
def full_disk() -> Iterator[None]:
    """Nothing longer than a few bytes can be written."""
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_on_a_full_disk_the_sheet_is_shown_and_nothing_is_left_behind(folder: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    with full_disk():
        drawn = sheet(("A", "B"), folder, cache)
    assert list(cache.iterdir()) == []
    assert drawn == sheet(("A", "B"), folder, cache)


def test_where_no_folder_can_be_made_the_sheet_is_shown(folder: Path) -> None:
    assert sheet(("A",), folder, folder / "A.jpg" / "cache")


def test_what_a_crash_left_half_written_goes(folder: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    cache.mkdir()
    for name in ("old.part", "new.part"):
        (cache / name).touch()
    os.utime(cache / "old.part", (0, 0))
    sheet(("A",), folder, cache)
    assert [path.name for path in cache.glob("*.part")] == ["new.part"]


def test_every_routine_has_a_small_sheet(knowledge: Knowledge, tmp_path: Path) -> None:
    routines = {tuple(step.point for step in routine.steps) for routine in knowledge.routines.values()}
    for points in sorted(routines, key=len)[-12:]:
        drawn = sheet(points, IMAGES, tmp_path)
        assert drawn is not None
        assert len(drawn) <= LIMIT


def test_a_sheet_is_drawn_quickly(tmp_path: Path) -> None:
    points = tuple(path.stem for path in sorted(IMAGES.glob("*.jpg"))[:6])
    best = min(_seconds(points, tmp_path / str(k)) for k in range(3))
    assert best <= SECONDS


def _seconds(points: tuple[str, ...], cache: Path) -> float:
    began = time.process_time()
    sheet(points, IMAGES, cache)
    return time.process_time() - began
