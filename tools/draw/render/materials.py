"""What colour the mannequin has where: plain skin, a cap of hair (the hairline is a landmark), a modest vest and shorts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from tools.draw.geometry import Array, Ints, Mask

SKIN, CLOTH, HAIR = 1, 2, 3


@dataclass(frozen=True)
class Point:
    """Where rays met the body: rest position (n, 3), how much arm and lips (n)."""

    rest: Array
    arm: Array
    lips: Array
    head: Array


def painted(at: Point, look: Mapping[str, Any]) -> tuple[Array, Ints]:
    """Colour (n, 3) and material number (n)."""
    colour = np.tile(np.array(look["skin"], float), (len(at.rest), 1))
    colour = _over(colour, look["lips"], 0.55 * at.lips)
    colour = _over(colour, look["brow"], _brows(at.rest, look))
    material = np.full(len(at.rest), SKIN)
    for number, mask in ((CLOTH, _cloth(at, look["vest"])), (HAIR, _hair(at, look))):
        colour[mask] = look["cloth" if number == CLOTH else "hair"]
        material[mask] = number
    return colour, material


def _over(colour: Array, top: Any, share: Array) -> Array:
    return colour * (1 - share[:, None]) + np.array(top, float) * share[:, None]


def _brows(rest: Array, look: Mapping[str, Any]) -> Array:
    x, y = np.abs(rest[:, 0]), rest[:, 1]
    line = np.array(look["brows"])
    height, thick = np.interp(x, line[:, 0], line[:, 1]), np.interp(x, line[:, 0], line[:, 2])
    within = np.clip((thick - np.abs(y - height)) / 0.012 + 0.3, 0, 1)
    ends = np.clip((x - 0.11) / 0.02, 0, 1) * np.clip((0.57 - x) / 0.03, 0, 1)
    front = (rest[:, 2] > 0.7) & (y > 7.3) & (y < 7.8)
    result: Array = within * ends * front * 0.62
    return result


def _hair(at: Point, look: Mapping[str, Any]) -> Mask:
    apart = at.rest - np.array(look["hair-centre"])
    turn = np.degrees(np.arctan2(np.abs(apart[:, 0]), apart[:, 2]))
    edge = np.interp(turn, *_fine(np.array(look["hairline"], float)).T)
    return np.asarray((at.rest[:, 1] > edge) & (at.head > 0.05))


def _fine(line: Array) -> Array:
    """The hairline with its corners rounded."""
    x = np.linspace(line[0, 0], line[-1, 0], 721)
    y = np.interp(x, line[:, 0], line[:, 1])
    soft = np.convolve(np.pad(y, 20, mode="edge"), np.hanning(41) / np.hanning(41).sum(), mode="valid")
    return np.stack([x, soft], 1)


def _cloth(at: Point, vest: Mapping[str, float]) -> Mask:
    x, (y, z) = np.abs(at.rest[:, 0]), at.rest[:, 1:].T
    neck = np.where(z > 0.1, vest["neck-front"], vest["neck-back"])
    scoop = neck + (np.minimum(x / vest["strap-inner"], 1)) ** 4 * 0.7
    under_neck = (y < scoop) | (x > vest["strap-inner"])
    armhole = np.interp(y, [vest["armhole"] - 0.7, vest["armhole"] + 0.3], [1.9, vest["strap-outer"]])
    body = (at.arm < 0.45) & (at.head < 0.5) & (y > vest["hem"]) & (x < armhole)
    return np.asarray(body & under_neck & (y < 6.1))
