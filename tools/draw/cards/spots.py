"""Where a point is: one spot or several, and their mirror images where the view shows both sides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from tools.draw.cards.anatomy import Scene
from tools.draw.geometry import Array

SHOWN = 0.12
"""A dot counts as seen when the skin in front of it is no nearer than this (dm)."""
MIDDLE = 0.06


def spots(scene: Scene, drawing: Mapping[str, Any]) -> Array:
    """Places (n, 3): the point itself first, then its other spots, then mirror images."""
    found = [scene.places.spot(where).place for where in (drawing["place"], *drawing.get("also", ()))]
    if drawing.get("mirror"):
        found += [place * [-1, 1, 1] for place in found if abs(place[0]) > MIDDLE]
    return np.array(found)


def dots(scene: Scene, drawing: Mapping[str, Any]) -> list[tuple[float, float]]:
    """Pixels of the spots that can be seen."""
    at, seen = scene.seen(spots(scene, drawing), SHOWN)
    return [(float(x), float(y)) for (x, y), shown in zip(at, seen, strict=True) if shown]
