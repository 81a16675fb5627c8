"""The beginner's card on pressing: the pad and not the nail, gently first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from PIL import Image

from tools.draw.cards.boxes import XY
from tools.draw.cards.brush import BLUE, RED, WHITE, Layer
from tools.draw.cards.panels import PANEL, four
from tools.draw.geometry import Array, resampled
from tools.draw.studio import data

GREEN = (46, 128, 74)
GROUND = 236
"""How far down the skin lies, in pixels."""
FINGER, NAIL_SKIN = 62.0, (243, 224, 210)


def pressing(words: Mapping[str, Any]) -> Image.Image:
    """The whole card; `words`: `pressing` of the words."""
    return four([_pad(), _nail(), _gently(), _more()], words)


def _pad() -> Image.Image:
    layer = _ground((210, 20, 70))
    _finger(layer, (208, GROUND + 21), 152)
    _tick(layer)
    return _finished(layer)


def _nail() -> Image.Image:
    layer = _ground((204, 30, 15))
    _finger(layer, (216, GROUND + 16), 97, 0.30)
    _cross(layer)
    return _finished(layer)


def _gently() -> Image.Image:
    layer = _ground((210, 9, 80))
    _finger(layer, (208, GROUND + 10), 152)
    _arrow(layer, (150, 96), (150, 150), 4)
    return _finished(layer)


def _more() -> Image.Image:
    layer = _ground((210, 30, 66))
    _finger(layer, (208, GROUND + 31), 152)
    _arrow(layer, (140, 66), (140, 156), 7)
    turns = np.linspace(0.25 * np.pi, 1.9 * np.pi, 50)
    ring = np.stack([330 + 34 * np.cos(turns), 262 + 13 * np.sin(turns)], 1)
    layer.line(ring, BLUE, 4)
    _head(layer, ring[-4], ring[-1], 12)
    return _finished(layer)


def _ground(dent: tuple[float, float, float]) -> Layer:
    """Skin with a dent: where, how deep, how wide."""
    layer = Layer(*PANEL)
    x = np.linspace(-10, PANEL[0] + 10, 240)
    at, deep, wide = dent
    y = GROUND + deep * np.exp(-0.5 * ((x - at) / wide) ** 2)
    look = data("materials")
    skin = np.array(look["skin"])
    for k, down in enumerate((0, 22, 56)):
        fill = tuple(int(c) for c in skin * (1 - 0.07 * k))
        outline = np.vstack([np.stack([x, y + down * (1 + 0.2 * k)], 1), [[PANEL[0] + 10, 400], [-10, 400]]])
        layer.shape(outline, (*fill, 255), (*look["ink"], 220 if k == 0 else 40), 2.4 if k == 0 else 1)
    return layer


def _finger(layer: Layer, tip: XY, angle: float, nail_over: float = 0.04) -> None:
    """Seen from the side. `tip`: the lowest place of the pad; `angle`: 90 upright, 180 flat to the left;
    `nail_over`: how far the nail stands out."""
    turn = np.radians(angle)
    along, up = np.array([-np.cos(turn), -np.sin(turn)]), np.array([np.sin(turn), -np.cos(turn)])
    if up[1] > 0:
        up = -up
    base = np.array([(0, 0.1), (0.10, -0.28), (0.42, -0.50), (0.95, -0.53), (1.55, -0.45), (2.6, -0.50), (7, -0.62)])
    top = np.array([(7, 0.62), (2.6, 0.52), (1.7, 0.50), (1.05, 0.47), (0.45, 0.40), (0.10, 0.27)])
    outline = resampled(np.vstack([base, top, base[:1]]) * FINGER, 160)
    low = outline @ np.stack([along, up])
    shift = np.array(tip) - low[np.argmax(low[:, 1])]
    look = data("materials")
    layer.shape(low + shift, (*look["skin"], 255), (*look["ink"], 235), 2.6)
    plate = [(-nail_over, 0.27), (0.2, 0.40), (0.6, 0.49), (1.0, 0.52), (0.98, 0.44), (0.55, 0.39), (0.1, 0.24), (-nail_over, 0.27)]
    nail = resampled(np.array(plate) * FINGER, 60)
    layer.shape(nail @ np.stack([along, up]) + shift, (*NAIL_SKIN, 255), (*look["ink"], 200), 1.8)
    for place in (1.75, 1.87):
        fold = resampled(np.array([(place, 0.50), (place - 0.05, 0.36), (place, 0.24)]) * FINGER, 20)
        layer.line(fold @ np.stack([along, up]) + shift, (*look["ink"], 150), 1.6)


def _tick(layer: Layer) -> None:
    layer.disc((44, 44), 24, fill=GREEN)
    layer.line([(33, 45), (41, 54), (56, 34)], WHITE, 5)


def _cross(layer: Layer) -> None:
    layer.disc((44, 44), 24, fill=RED)
    layer.line([(35, 35), (53, 53)], WHITE, 5)
    layer.line([(53, 35), (35, 53)], WHITE, 5)


def _arrow(layer: Layer, start: XY, end: XY, width: float) -> None:
    layer.line([start, end], BLUE, width)
    _head(layer, np.array(start), np.array(end), 8 + 1.6 * width)


def _head(layer: Layer, before: Array, tip: Array, size: float) -> None:
    way = (tip - before) / np.linalg.norm(tip - before)
    side = np.array([-way[1], way[0]])
    layer.shape(np.array([tip + way * size, tip + side * size * 0.7, tip - side * size * 0.7]), (*BLUE, 255), BLUE, 1)


def _finished(layer: Layer) -> Image.Image:
    return layer.over(Image.new("RGB", PANEL, tuple(data("materials")["paper"])))
