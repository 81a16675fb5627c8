"""The label placer: whatever it is given, labels end up inside and apart."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tools.draw.cards.boxes import Box, crossing, distance
from tools.draw.cards.placer import Bracket, Field, Label, clashes, placed

FRAME = Box(0, 0, 900, 804)
INSET = Box(746, 552, 886, 790)
SPOTS = st.tuples(st.integers(60, 840), st.integers(60, 740))


def _bare(_box: Box) -> float:
    return 0.0


@settings(max_examples=25, deadline=None)
@given(dot=SPOTS, anchors=st.lists(SPOTS, min_size=1, max_size=4))
def test_labels_end_up_inside_and_apart(dot: tuple[int, int], anchors: list[tuple[int, int]]) -> None:
    field = Field(FRAME, (INSET,), (dot,), 13, _bare)
    wishes = [Label(dot, 120, 44), *(Label(anchor, 150, 28) for anchor in anchors)]
    assert clashes(placed(wishes, field), field) == []


def test_a_bracket_stands_beside_what_it_measures() -> None:
    field = Field(FRAME, (INSET,), ((450, 300),), 13, lambda box: float(350 < box.centre[0] < 550))
    (found,) = placed([Bracket((450, 300), (450, 480), 120, 60)], field)
    assert not 350 < found.box.centre[0] < 550
    assert found.lines[0][0][1] == 300
    assert found.lines[0][1][1] == 480


def test_a_label_that_cannot_stand_anywhere_is_told() -> None:
    tight = Field(Box(0, 0, 160, 60), (), ((80, 30),), 13, _bare)
    assert clashes(placed([Label((80, 30), 130, 36)], tight), tight)


def test_lines_and_boxes_know_each_other() -> None:
    assert Box(0, 0, 10, 10).cut_by(((-5, 5), (15, 5)))
    assert not Box(0, 0, 10, 10).cut_by(((-5, 15), (15, 15)))
    assert crossing(((0, 0), (10, 10)), ((0, 10), (10, 0)))
    assert distance((0, 5), ((0, 0), (10, 0))) == 5
