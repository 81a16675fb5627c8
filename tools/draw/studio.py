"""Everything a card is drawn from: the mannequin, its places, the cameras. Costly things are kept in the cache."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from tools.draw.body import mannequin
from tools.draw.body.figure import figure
from tools.draw.body.mannequin import Mannequin
from tools.draw.places.places import ONE_SIDED, Places
from tools.draw.places.relief import Ridge, lines, moulded
from tools.draw.render.camera import Camera
from tools.draw.render.shade import Rendered, render

HERE = Path(__file__).parent
CACHE = HERE / "cache"
FIELD = (900, 804)
"""Pixels of the drawn part of a card."""
SMALL, SMALL_WIDTH = (240, 430), 9.6
DISTANCE = 5.0
"""The camera stands this many picture widths away: a calm perspective."""
BODY_CODE = ("body/*.py", "geometry.py")
VIEW_CODE = ("render/*.py", "data/materials.yaml")


@cache
def data(name: str) -> Any:
    """One file of `data/`."""
    return yaml.safe_load((HERE / "data" / f"{name}.yaml").read_text("utf-8"))


def digest(patterns: tuple[str, ...], *more: Any) -> str:
    """Of the files (and values) something is made from."""
    made = hashlib.sha256(repr(more).encode())
    for pattern in patterns:
        for path in sorted(HERE.glob(pattern)):
            made.update(path.read_bytes())
    return made.hexdigest()[:16]


class Studio:
    """Opens slowly the first time (about a minute), then draws a view in seconds, and from the cache at once."""

    @cached_property
    def calm(self) -> Mannequin:
        """The body before its relief."""
        return _kept(CACHE / f"calm-{digest(BODY_CODE)}.npz", lambda: mannequin.raw(figure()))

    @cached_property
    def ridges(self) -> list[Ridge]:
        """Where the relief runs."""
        return lines(Places(self.calm, data("landmarks")), data("relief"))

    @cached_property
    def _key(self) -> str:
        told = [(np.round(line, 4).tolist(), sorted(map(str, ridge.items()))) for line, ridge in self.ridges]
        return digest((*BODY_CODE, "places/relief.py"), told)

    @cached_property
    def body(self) -> Mannequin:
        """The mannequin with its bony relief."""

        def made() -> Mannequin:
            body = moulded(self.calm, self.ridges)
            body.values = {**body.values, "shade": mannequin.shade(body.mesh)}
            return body

        return _kept(CACHE / f"body-{self._key}.npz", made)

    @cached_property
    def hand(self) -> Mannequin:
        """The same body with the fingers of its left hand side by side; only that hand is shaded well."""

        def made() -> Mannequin:
            body = mannequin.raw(figure(fingers_together=True))
            hand = body.part("fore", 1)
            shade = np.ones(len(body.mesh.positions))
            shade[hand.index] = mannequin.shade(hand)
            body.values = {**body.values, "shade": shade}
            return body

        return _kept(CACHE / f"hand-{digest(BODY_CODE)}.npz", made)

    @cached_property
    def places(self) -> Places:
        return Places(self.body, data("landmarks"))

    def camera(self, view: str) -> Camera:
        """One of `data/views.yaml`."""
        seen = data("views")[view]
        target = self.places.spot(seen["target"]).place
        for name, amount in seen.get("shift", {}).items():
            target = target + self.places.directions[name] * amount
        look, up = self.places.direction(seen["look"]), self.places.direction(seen.get("up", "up"))
        return Camera(target, look, up, seen["width"], seen["width"] * DISTANCE)

    def view(self, name: str) -> Rendered:
        """That camera's picture, without anything on it."""
        return self._rendered(data("views")[name].get("part", "all"), self.camera(name), FIELD)

    def whole(self, side: str) -> tuple[Rendered, Camera]:
        """The small figure of the inset."""
        camera = Camera(np.array([0, 0.12, 0.3]), self.places.directions[side], np.eye(3)[1], SMALL_WIDTH, 60.0)
        return self._rendered("all", camera, SMALL), camera

    def _rendered(self, part: str, camera: Camera, size: tuple[int, int]) -> Rendered:
        told = {name: np.round(np.asarray(value, float), 4).tolist() for name, value in vars(camera).items()}
        path = CACHE / f"view-{digest(VIEW_CODE, self._key, part, told, size)}.npz"
        if not path.exists():
            made = render(self.body, self.body.part(part, int(part in ONE_SIDED)), camera, size, data("materials"))
            np.savez(path, image=made.image, depth=made.depth.astype(np.float32), places=made.places)
        with np.load(path) as file:
            return Rendered(file["image"], file["depth"], file["places"])


def _kept(path: Path, make: Callable[[], Mannequin]) -> Mannequin:
    """From the cache, or made and put there."""
    if not path.exists():
        mannequin.saved(make(), path)
    return mannequin.opened(path)
