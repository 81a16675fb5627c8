"""Points and where they lie. Facts stand in `knowledge/points/<id>.yaml`, words in `knowledge/lang/<code>/points/<id>.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

Meridian = Literal[
    "lung", "large-intestine", "stomach", "spleen", "heart", "small-intestine", "bladder", "kidney", "pericardium",
    "triple-energizer", "gallbladder", "liver", "governor", "conception", "extra", "ear",
]
Region = Literal[
    "scalp", "forehead", "temple", "eye", "nose", "cheek", "jaw", "chin", "ear", "behind-ear", "neck-back",
    "shoulder", "upper-back", "lower-back", "sacrum", "buttock", "chest", "upper-belly", "lower-belly", "elbow",
    "forearm-palm-side", "forearm-back", "wrist", "hand", "thigh", "knee", "back-of-knee", "shin", "calf",
    "inner-lower-leg", "outer-lower-leg", "ankle", "foot",
]
PregnancyCode = Literal["N", "B", "A"]
"""A: avoided throughout pregnancy. B: avoided or doubtful. N: on no list of points to avoid. Only N is ever offered."""
Technique = Literal["press", "circle", "knead", "press-and-circle", "rub", "stroke", "pinch", "tap", "hold"]
Firmness = Literal["very-light", "light", "moderate", "firm"]
Sides = Literal["both", "midline", "several"]
Reach = Literal["self", "partner", "wall-ball"]
Posture = Literal["sitting", "lying-on-back", "lying-on-side", "standing", "any"]
STRICT: Mapping[str, Any] = {"extra": "forbid"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """How a point is pressed. `seconds` is the length for one side, at most 180."""

    technique: Technique
    firmness: Firmness
    seconds: int
    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One point. `avoid` names matters (ids in `knowledge/safety/matters`) that rule this very point out;
    `not_for` names complaints (ids of concepts such as chest) at which it is never offered. `together`: both sides are pressed at once. `force`: its words
    use a ball, a wall, knuckles or weight; for whom pressure stays light, other words (`press_light`) stand instead."""

    id: str
    code: str
    meridian: Meridian
    hanzi: str
    pinyin: str
    region: Region
    sides: Sides
    pregnancy: PregnancyCode
    press: Press
    posture: Posture
    reach: Reach
    sources: tuple[str, ...]
    verified: bool
    avoid: tuple[str, ...] = ()
    light_for: tuple[str, ...] = ()
    not_for: tuple[str, ...] = ()
    taught: bool = True
    together: bool = False
    force: bool = False
    draw: Mapping[str, Any] = field(default_factory=dict)
    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class PointWords:
    """What a person reads about a point: three independent cues (landmark, widths, feel), then how to press."""

    id: str
    name: str
    say: str
    where: str
    landmark: str
    widths: str
    feel: str
    cant_find: str
    mistake: str
    press: str
    used_for: str
    caution: str
    picture: str
    aliases: tuple[str, ...] = ()
    not_taught: str = ""
    press_light: str = ""
    of: str = ""
    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedPoint:
    """A point that is never taught, listed so that someone asking for it gets the reason."""

    id: str
    hanzi: str
    pinyin: str
    sources: tuple[str, ...]
    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedPointWords:
    """Why a refused point is not taught, in one calm sentence."""

    id: str
    name: str
    reason: str
    of: str = ""
    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT
