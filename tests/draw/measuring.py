"""Measuring on the body model, for `test_places.py`. Importing this needs the drawing tools."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from typing import Any

import numpy as np

from tools.draw.cards.words import points
from tools.draw.geometry import lengths, resampled
from tools.draw.places.places import ONE_SIDED, Places
from tools.draw.places.relief import moulded
from tools.draw.places.surface import path
from tools.draw.studio import Studio, data

if importlib.util.find_spec("anny") is None:
    raise ImportError("anny")

ON_SKIN, IN_SIGHT, MIDDLE = 0.02, 0.12, 0.03
"""Decimetres."""


def unshaded() -> Studio:
    """Without the body's shade, which takes a minute and moves nothing."""
    made = Studio()
    made.__dict__["body"] = moulded(made.calm, made.ridges)
    return made


def drawings() -> dict[str, Mapping[str, Any]]:
    """What every point on the body says of its picture, by id."""
    return {id_: point["draw"] for id_, point in points().items() if point["draw"]["view"] != "ear"}


def spots_of(drawing: Mapping[str, Any]) -> list[Any]:
    return [drawing["place"], *drawing.get("also", ())]


def on_skin(places: Places, where: Any) -> bool:
    spot = places.spot(where)
    for sign in (1, -1):
        hit, _normal = places.body.mesh.hit(spot.place + spot.normal * 0.1 * sign, -spot.normal * sign)
        if abs(float((hit - spot.place) @ spot.normal)) < ON_SKIN:
            return True
    return False


def in_sight(studio: Studio, drawing: Mapping[str, Any]) -> bool:
    camera, part = studio.camera(drawing["view"]), data("views")[drawing["view"]]["part"]
    mesh = studio.body.part(part, int(part in ONE_SIDED))
    eye = camera.target + camera.axes[2] * camera.distance
    place = studio.places.spot(drawing["place"]).place
    hit, _normal = mesh.hit(eye, place - eye)
    return float(((place - eye) ** 2).sum() ** 0.5 - ((hit - eye) ** 2).sum() ** 0.5) < IN_SIGHT


def cun(places: Places, place: Any, measure: Mapping[str, Any]) -> float:
    """The measured distance, in the cun of that part of the body."""
    start, end = places.spot(measure["from"]), places.spot(measure.get("to", place))
    part = measure.get("limb", place.get("of", "") if isinstance(place, Mapping) else "")
    if part in places.limbs:
        limb = places.limbs[part]
        return abs(limb.level(end.place) - limb.level(start.place))
    if part in places.trunks:
        trunk, apart = places.trunks[part], np.abs(end.place - start.place)
        return float(apart[0] / trunk.across if apart[0] > apart[1] else abs(trunk.cun_of(end.place[1]) - trunk.cun_of(start.place[1])))
    if part == "scalp" and max(abs(start.place[0]), abs(end.place[0])) < MIDDLE:
        known = np.array(places.scalp.known)
        line = resampled(places.scalp.line, 4000)
        along = lengths(line)
        at = [along[np.linalg.norm(line - spot.place, axis=1).argmin()] for spot in (start, end)]
        return float(abs(np.diff(np.interp(at, known[:, 1], known[:, 0]))[0]))
    line = lengths(np.array([spot.place for spot in path(places.body.mesh, start, end)]))[-1]
    return float(line) / places.cun(_scale(place, measure, start.place[1]))


def _scale(place: Any, measure: Mapping[str, Any], height: float) -> str:
    if isinstance(place, Mapping) and "scale" in place:
        return str(place["scale"])
    return "head" if height > 6 else "leg" if measure.get("limb") == "none" else "back"
