"""Where the points lie on the body: on the skin, in sight, as many cun away as stated, in the order of their meridian.

These tests measure on the body model, so they need the drawing tools (`uv sync --group draw`) and are left out without them.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tools.draw.places.places import Places
    from tools.draw.studio import Studio

MISSING = [name for name in ("numpy", "embreex", "anny") if importlib.util.find_spec(name) is None]
pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"the drawing tools are not installed: {', '.join(MISSING)}")

ON_SKIN, IN_SIGHT, CLOSE = 0.02, 0.12, 0.05
UPWARD = (
    ("KI1", "KI6", "KI3", "KI27"), ("SP4", "SP6", "SP8", "SP9", "SP10", "SP15"), ("ST44", "ST40", "ST37", "ST36", "ST35", "ST34", "ST25"),
    ("ST6", "ST3", "ST7", "ST2", "ST8"), ("LR2", "LR3", "LR14"), ("BL62", "BL60", "BL57", "BL40", "BL32", "BL25", "BL23", "BL21", "BL13", "BL10", "BL2"),
    ("GB41", "GB39", "GB34", "GB30", "GB21", "GB20", "GB8"), ("GB2", "GB14"), ("CV3", "CV4", "CV6", "CV12", "CV17", "CV24"),
    ("GV4", "GV14", "GV16", "GV24", "GV20"), ("LI4", "LI10", "LI11", "LI15", "LI20"), ("LU10", "LU9", "LU7", "LU5", "LU1"),
    ("PC8", "PC7", "PC6"), ("TE3", "TE5", "TE14", "TE17", "TE23"), ("SI3", "SI9", "SI11", "SI14", "SI18", "SI19"),
)
"""Points of one meridian, from low to high on a standing body with its arms hanging."""


@pytest.fixture(scope="module")
def studio() -> Studio:
    from tools.draw.places.relief import moulded
    from tools.draw.studio import Studio

    made = Studio()
    made.__dict__["body"] = moulded(made.calm, made.ridges)  # without its shade, which takes a minute and moves nothing
    return made


@pytest.fixture(scope="module")
def drawings() -> dict[str, Mapping[str, Any]]:
    from tools.draw.cards.words import points

    return {id_: point["draw"] for id_, point in points().items() if point["draw"]["view"] != "ear"}


def test_every_point_lies_on_the_skin(studio: Studio, drawings: Mapping[str, Mapping[str, Any]]) -> None:
    assert [id_ for id_, drawing in drawings.items() for where in _all(drawing) if not _on_skin(studio.places, where)] == []


def test_every_point_is_in_sight(studio: Studio, drawings: Mapping[str, Mapping[str, Any]]) -> None:
    assert [id_ for id_, drawing in drawings.items() if not _in_sight(studio, drawing)] == []


def test_stated_distances_hold(studio: Studio, drawings: Mapping[str, Mapping[str, Any]]) -> None:
    told = [(id_, drawing["place"], one) for id_, drawing in drawings.items() for one in drawing.get("measure", ())]
    found = [(id_, one["cun"], round(_cun(studio.places, place, one), 2)) for id_, place, one in told]
    assert [row for row in found if abs(row[2] - row[1]) > CLOSE * row[1]] == []


def test_the_order_along_each_meridian(studio: Studio, drawings: Mapping[str, Mapping[str, Any]]) -> None:
    height = {id_: float(studio.places.spot(drawing["place"]).place[1]) for id_, drawing in drawings.items()}
    wrong = [pair for line in UPWARD for pair in pairwise(line) if height[pair[0]] >= height[pair[1]]]
    assert wrong == []


def test_the_body_is_measured_as_who_measures_it(studio: Studio) -> None:
    places = studio.places
    leg, forearm, scalp = places.limbs["leg"], places.limbs["forearm"], places.scalp
    assert leg.level(places.spot("outer-ankle").place) == pytest.approx(16, rel=0.02)
    assert forearm.level(places.body.joints["l-elbow"]) == pytest.approx(12, rel=0.02)
    assert dict(scalp.known)[18.0] > dict(scalp.known)[14.0] > dict(scalp.known)[8.0]
    assert places.trunks["front"].cun_of(places.spot("breastbone-end").place[1]) == pytest.approx(8, rel=0.02)


def _all(drawing: Mapping[str, Any]) -> list[Any]:
    return [drawing["place"], *drawing.get("also", ())]


def _on_skin(places: Places, where: Any) -> bool:
    spot = places.spot(where)
    for sign in (1, -1):
        hit, _normal = places.body.mesh.hit(spot.place + spot.normal * 0.1 * sign, -spot.normal * sign)
        if abs(float((hit - spot.place) @ spot.normal)) < ON_SKIN:
            return True
    return False


def _in_sight(studio: Studio, drawing: Mapping[str, Any]) -> bool:
    from tools.draw.studio import data

    camera, part = studio.camera(drawing["view"]), data("views")[drawing["view"]]["part"]
    mesh = studio.body.part(part, int(part in {"leg", "shank", "foot", "fore", "hand", "arm"}))
    eye = camera.target + camera.axes[2] * camera.distance
    place = studio.places.spot(drawing["place"]).place
    hit, _normal = mesh.hit(eye, place - eye)
    return float(((place - eye) ** 2).sum() ** 0.5 - ((hit - eye) ** 2).sum() ** 0.5) < IN_SIGHT


def _cun(places: Places, place: Any, measure: Mapping[str, Any]) -> float:
    """The measured distance, in the cun of that part of the body."""
    import numpy as np

    from tools.draw.geometry import lengths
    from tools.draw.places.surface import path

    start, end = places.spot(measure["from"]), places.spot(measure.get("to", place))
    part = measure.get("limb", place.get("of", "") if isinstance(place, Mapping) else "")
    if part in places.limbs:
        limb = places.limbs[part]
        return abs(limb.level(end.place) - limb.level(start.place))
    if part in places.trunks:
        trunk, apart = places.trunks[part], np.abs(end.place - start.place)
        return float(apart[0] / trunk.across if apart[0] > apart[1] else abs(trunk.cun_of(end.place[1]) - trunk.cun_of(start.place[1])))
    line = lengths(np.array([spot.place for spot in path(places.body.mesh, start, end)]))[-1]
    return float(line) / places.cun(_scale(place, measure, start.place[1]))


def _scale(place: Any, measure: Mapping[str, Any], height: float) -> str:
    if isinstance(place, Mapping) and "scale" in place:
        return str(place["scale"])
    return "head" if height > 6 else "leg" if measure.get("limb") == "none" else "back"
