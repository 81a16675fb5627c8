"""The arithmetic of the second ear: rows kept two numbers in a byte, and a model that comes back from its text as it was."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.learned import LARGEST, ZERO, About, Learned, Weights, packed, read, rounded, summed, written

ABOUT = About(8, {"danger": ("danger",), "topic": ("complaint", "question", "smalltalk")}, "made of nothing")


def _weights(seed: int = 0) -> Weights:
    chance = np.random.default_rng(seed)
    scale, *numbers = [chance.normal(size=size).astype(np.float32) for size in (6, 6, (6, 4), 4)]
    return Weights(
        np.array([3, 77, 200], dtype=np.uint32),
        chance.integers(-LARGEST, LARGEST + 1, (3, 6)).astype(np.int8),
        np.abs(scale),
        *numbers,
    )


@given(st.integers(0, 300), st.integers(1, 70), st.integers(0, 9))
def test_packed_rows_add_up_to_the_same(count: int, half: int, seed: int) -> None:
    rows = np.random.default_rng(seed).integers(-LARGEST, LARGEST + 1, (count, 2 * half)).astype(np.int8)
    sums = summed(packed(rows), np.arange(count, dtype=np.uint16)) - ZERO * count
    assert sums.tolist() == rows.sum(axis=0, dtype=int).tolist()


@pytest.mark.parametrize("rows", [[[1, 2, 3]], [[0, LARGEST + 1]], [[-LARGEST - 1, 0]]])
def test_what_cannot_be_packed_is_refused(rows: list[list[int]]) -> None:
    with pytest.raises(ValueError, match="row"):
        packed(np.array(rows, dtype=np.int8))


def test_a_model_hears_the_sum_of_what_it_knows() -> None:
    weights = _weights()
    heard = Learned(ABOUT, weights).heard([77, 5, 200])
    hidden = np.maximum(weights.embed[1:].sum(axis=0) * weights.scale + weights.first, 0)
    _, *topics = (hidden @ weights.out + weights.last).tolist()
    together = np.logaddexp.reduce(topics)
    assert list(heard.of("topic").values()) == pytest.approx([one - together for one in topics], rel=1e-5)
    assert heard.of("danger") == {"danger": 0.0}
    assert heard.best("topic") == ABOUT.heads["topic"][int(np.argmax(topics))]


def test_a_model_comes_back_from_its_text() -> None:
    first = Learned(ABOUT, _weights())
    second = read(written(ABOUT, _weights()))
    assert second.about == ABOUT
    assert second.heard([3, 200]).of("topic") == first.heard([3, 200]).of("topic")


TEXT = written(ABOUT, _weights())
MIDDLE = len(TEXT) // 2


@pytest.mark.parametrize("text", [
    "", "hello\n", "5\n" * 6, "[]\n" * 6, "{}\n" * 6, TEXT[:MIDDLE], TEXT.replace('"bits": ', '"bits": 6'), TEXT.replace('"heads": {', '"heads": [').replace("}", "]"),
    TEXT.replace('"bits": ', '"bits": -'), TEXT[:MIDDLE] + ("A" if TEXT[MIDDLE] != "A" else "B") + TEXT[MIDDLE + 1 :],
])
def test_a_damaged_text_is_no_model(text: str) -> None:
    with pytest.raises(ValueError, match="damaged"):
        read(text)


def test_rounding_keeps_numbers_near_and_cuts_off_what_is_far() -> None:
    embed = np.random.default_rng(0).normal(size=(5000, 4)).astype(np.float32)
    embed[0] = 50
    rows, scale = rounded(embed)
    assert np.abs(rows).max() == LARGEST
    assert np.abs(rows[1:] * scale - embed[1:]).mean() < scale.max() / 3
