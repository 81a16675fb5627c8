"""Where the points lie on the body: on the skin, in sight, as many cun away as stated, in the order of their meridian.

These tests measure on the body model, so they need the drawing tools (`uv sync --group draw`) and are left out without them.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import pytest

tape = pytest.importorskip("tests.draw.measuring", reason="the drawing tools are not installed", exc_type=ImportError)

CLOSE = 0.05
UPWARD = (
    ("KI1", "KI6", "KI3", "KI27"), ("SP4", "SP6", "SP8", "SP9", "SP10", "SP15"), ("ST44", "ST40", "ST37", "ST36", "ST35", "ST34", "ST25"),
    ("ST6", "ST3", "ST7", "ST2", "ST8"), ("LR2", "LR3", "LR14"), ("BL62", "BL60", "BL57", "BL40", "BL32", "BL25", "BL23", "BL21", "BL13", "BL10", "BL2"),
    ("GB41", "GB39", "GB34", "GB30", "GB21", "GB20", "GB8"), ("GB2", "GB14"), ("CV3", "CV4", "CV6", "CV12", "CV17", "CV24"),
    ("GV4", "GV14", "GV16", "GV24", "GV20"), ("LI4", "LI10", "LI11", "LI15", "LI20"), ("LU10", "LU9", "LU7", "LU5", "LU1"),
    ("PC8", "PC7", "PC6"), ("TE3", "TE5", "TE14", "TE17", "TE23"), ("SI3", "SI9", "SI11", "SI14", "SI18", "SI19"),
)
"""Points of one meridian, from low to high on a standing body with its arms hanging."""


@pytest.fixture(scope="module")
def studio() -> Any:
    return tape.unshaded()


@pytest.fixture(scope="module")
def drawings() -> dict[str, Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = tape.drawings()
    return found


def test_every_point_lies_on_the_skin(studio: Any, drawings: Mapping[str, Mapping[str, Any]]) -> None:
    assert [id_ for id_, drawing in drawings.items() for where in tape.spots_of(drawing) if not tape.on_skin(studio.places, where)] == []


def test_every_point_is_in_sight(studio: Any, drawings: Mapping[str, Mapping[str, Any]]) -> None:
    assert [id_ for id_, drawing in drawings.items() if not tape.in_sight(studio, drawing)] == []


def test_stated_distances_hold(studio: Any, drawings: Mapping[str, Mapping[str, Any]]) -> None:
    told = [(id_, drawing["place"], one) for id_, drawing in drawings.items() for one in drawing.get("measure", ())]
    found = [(id_, one["cun"], round(tape.cun(studio.places, place, one), 2)) for id_, place, one in told]
    assert [row for row in found if abs(row[2] - row[1]) > CLOSE * row[1]] == []


def test_the_order_along_each_meridian(studio: Any, drawings: Mapping[str, Mapping[str, Any]]) -> None:
    height = {id_: float(studio.places.spot(drawing["place"]).place[1]) for id_, drawing in drawings.items()}
    wrong = [pair for line in UPWARD for pair in pairwise(line) if height[pair[0]] >= height[pair[1]]]
    assert wrong == []


def test_the_body_is_measured_as_who_measures_it(studio: Any) -> None:
    places = studio.places
    leg, forearm, scalp = places.limbs["leg"], places.limbs["forearm"], places.scalp
    assert leg.level(places.spot("outer-ankle").place) == pytest.approx(16, rel=0.02)
    assert forearm.level(places.body.joints["l-elbow"]) == pytest.approx(12, rel=0.02)
    assert dict(scalp.known)[18.0] > dict(scalp.known)[14.0] > dict(scalp.known)[8.0]
    assert places.trunks["front"].cun_of(places.spot("breastbone-end").place[1]) == pytest.approx(8, rel=0.02)
