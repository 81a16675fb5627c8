"""Finished cards in `knowledge/images`: is each one there, and was it drawn from what its point says now?

`python -m tools.draw` writes `digests.yaml` beside the cards. Here it is only read, and nothing but digests is compared,
so `check` needs neither the drawing tools nor the body model.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bot.catalog.files import read
from bot.catalog.model import Knowledge

LIST = "digests.yaml"
CARD = ".jpg"
BEGINNERS = frozenset({"measure", "press"})
"""Cards that belong to no point."""
MISSING, CHANGED, ANOTHER, UNLISTED, NOBODYS = "missing", "changed", "another-file", "unlisted", "no-such-point"


def stale(knowledge: Knowledge, folder: Path) -> list[tuple[str, str]]:
    """(Point id, what), for every card that does not fit: missing; changed (its `draw:` did, since it was drawn);
    another-file (not the one that was drawn); unlisted; no-such-point."""
    rows, cards = _rows(folder), {path.stem for path in folder.glob(f"*{CARD}")}
    wanted = {id_ for id_, point in knowledge.points.items() if point.taught} | BEGINNERS
    found = [(id_, MISSING) for id_ in wanted - cards]
    found += [(id_, NOBODYS) for id_ in cards - wanted]
    found += [(id_, what) for id_ in wanted & cards for what in _wrong(knowledge, folder, id_, rows.get(id_))]
    return sorted(found)


def _wrong(knowledge: Knowledge, folder: Path, id_: str, row: Mapping[str, str] | None) -> Iterator[str]:
    if row is None:
        yield UNLISTED
        return
    point = knowledge.points.get(id_)
    if point is not None and row.get("draw") != drawing_digest(point.draw):
        yield CHANGED
    if row.get("file") != file_digest(folder / f"{id_}{CARD}"):
        yield ANOTHER


def drawing_digest(draw: Mapping[str, Any]) -> str:
    """Of the meaning of `draw:`: neither the order of its keys nor its layout in the file counts."""
    return hashlib.sha256(json.dumps(draw, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:12]


def file_digest(path: Path) -> str:
    """Of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def _rows(folder: Path) -> Mapping[str, Mapping[str, str]]:
    """The list, or nothing when it is missing or cannot be read."""
    path = folder / LIST
    if not path.exists():
        return {}
    rows, slips = read(path.read_text("utf-8"))
    return rows if not slips and isinstance(rows, dict) else {}
