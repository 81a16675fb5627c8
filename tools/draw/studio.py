"""Everything a card is drawn from: the mannequin, its places, the cameras; costly things are kept in the cache."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from tools.draw.body import mannequin
from tools.draw.body.mannequin import Mannequin
from tools.draw.places.places import Places
from tools.draw.places.relief import moulded
from tools.draw.render.camera import Camera
from tools.draw.render.shade import Rendered, render

HERE = Path(__file__).parent
CACHE = HERE / "cache"
FIELD = (900, 804)
"""Pixels of the drawn part of a card."""
SMALL = (240, 430)
DISTANCE = 5.0
"""The camera stands this many picture widths away: a calm perspective."""
BODY_CODE = ("body/*.py", "places/*.py", "geometry.py", "data/landmarks.yaml", "data/relief.yaml")
VIEW_CODE = ("render/*.py", "data/materials.yaml")


@cache
def data(name: str) -> Any:
    return yaml.safe_load((HERE / "data" / f"{name}.yaml").read_text("utf-8"))


def digest(patterns: tuple[str, ...], *more: Any) -> str:
    """Of the files (and values) something is made from."""
    made = hashlib.sha256(repr(more).encode())
    for pattern in patterns:
        for path in sorted(HERE.glob(pattern)):
            made.update(path.read_bytes())
    return made.hexdigest()[:16]


class Studio:
    """Opens slowly once (about half a minute without the cache), then draws views in seconds."""

    @cached_property
    def body(self) -> Mannequin:
        path = CACHE / f"body-{digest(BODY_CODE)}.npz"
        if not path.exists():
            raw = mannequin.raw()
            made = moulded(raw, Places(raw, data("landmarks")), data("relief"))
            made.values = {**made.values, "shade": mannequin.shade(made.mesh)}
            mannequin.saved(made, path)
        return mannequin.opened(path)

    @cached_property
    def places(self) -> Places:
        return Places(self.body, data("landmarks"))

    def camera(self, view: str) -> Camera:
        seen = data("views")[view]
        target = self.places.spot(seen["target"]).place
        for name, amount in seen.get("shift", {}).items():
            target = target + self.places.directions[name] * amount
        look, up = self.places.direction(seen["look"]), self.places.direction(seen.get("up", "up"))
        return Camera(target, look, up, seen["width"], seen["width"] * DISTANCE)

    def view(self, name: str) -> Rendered:
        camera = self.camera(name)
        return self._rendered(data("views")[name].get("part", "all"), camera, FIELD)

    def whole(self, side: str) -> tuple[Rendered, Camera]:
        """The small figure of the inset."""
        camera = Camera(np.array([0, 0.12, 0.3]), self.places.directions[side], np.eye(3)[1], 9.6, 60.0)
        return self._rendered("all", camera, SMALL), camera

    def _rendered(self, part: str, camera: Camera, size: tuple[int, int]) -> Rendered:
        key = digest((*BODY_CODE, *VIEW_CODE), part, _told(camera), size)
        path = CACHE / f"view-{key}.npz"
        if not path.exists():
            side = 1 if part in {"leg", "shank", "foot", "fore", "hand", "arm"} else 0
            made = render(self.body, self.body.part(part, side), camera, size, data("materials"))
            path.parent.mkdir(parents=True, exist_ok=True)
            np.savez(path, image=made.image, depth=made.depth.astype(np.float32), places=made.places)
        with np.load(path) as file:
            return Rendered(file["image"], file["depth"], file["places"])


def _told(camera: Camera) -> Mapping[str, Any]:
    return {k: np.round(np.asarray(v, float), 4).tolist() for k, v in vars(camera).items()}
