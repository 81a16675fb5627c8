"""The list by which `check` sees that a point's drawing data changed without a new picture."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from bot.catalog.pictures import LIST, drawing_digest, file_digest

HEADER = """\
# Written by `python -m tools.draw`, not by hand. For each card: a digest of the `draw:` data it was made from, and of the
# file. `check` compares both. `made_by` is a digest of the drawing tool's own code and data.
"""


def listed(images: Path, known: Mapping[str, Any]) -> None:
    """Writes the list anew for every card that is there. A card keeps its entry unless its file is another one."""
    old = _read(images)
    cards = {}
    for path in sorted(images.glob("*.jpg")):
        file = file_digest(path)
        kept = old.get(path.stem, {})
        if kept.get("file") == file and path.stem in known and kept.get("draw") == _of(known[path.stem]):
            cards[path.stem] = kept
        else:
            cards[path.stem] = {"draw": _of(known.get(path.stem, {})), "made_by": made_by(), "file": file}
    rows = "".join(f"{id_}: {{draw: '{row['draw']}', made_by: '{row['made_by']}', file: '{row['file']}'}}\n" for id_, row in cards.items())
    (images / LIST).write_text(HEADER + rows, "utf-8")


def remembered(images: Path, point: Mapping[str, Any]) -> bool:
    """Whether the card of a point is there and was made from what its file says now."""
    row = _read(images).get(point["id"], {})
    path = images / f"{point['id']}.jpg"
    return path.exists() and row.get("draw") == _of(point) and row.get("made_by") == made_by()


def made_by() -> str:
    here = Path(__file__).parent
    made = hashlib.sha256()
    for path in sorted((*here.rglob("*.py"), *here.glob("data/*.yaml"), *here.glob("words/*.yaml"))):
        made.update(path.read_bytes())
    return made.hexdigest()[:12]


def _of(point: Mapping[str, Any]) -> str:
    return drawing_digest(point.get("draw", {}))


def _read(images: Path) -> dict[str, Any]:
    path = images / LIST
    found: dict[str, Any] = yaml.safe_load(path.read_text("utf-8")) if path.exists() else {}
    return found or {}
