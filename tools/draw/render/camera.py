"""Where a picture is taken from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tools.draw.geometry import Array, unit


@dataclass(frozen=True)
class Camera:
    """Looks at `target` from the direction `look`. `width`: decimetres across the picture, at the target's distance."""

    target: Array
    look: Array
    up: Array
    width: float
    distance: float

    @property
    def axes(self) -> tuple[Array, Array, Array]:
        """Right, up and toward the camera."""
        back = unit(self.look)
        right = unit(np.cross(self.up, back))
        return right, np.cross(back, right), back

    def rays(self, width: int, height: int) -> tuple[Array, Array]:
        """Origin and direction of the ray through every pixel, row by row."""
        right, up, back = self.axes
        across = ((np.arange(width) + 0.5) / width - 0.5) * self.width
        down = (0.5 - (np.arange(height) + 0.5) / height) * self.width * height / width
        x, y = np.meshgrid(across, down)
        places = self.target + x[..., None] * right + y[..., None] * up
        eye = self.target + back * self.distance
        ways = unit(places - eye).reshape(-1, 3)
        return np.broadcast_to(eye, ways.shape), ways

    def seen(self, places: Array, width: int, height: int) -> Array:
        """Pixel x, pixel y and depth of places, one row each."""
        right, up, back = self.axes
        apart = np.atleast_2d(places) - (self.target + back * self.distance)
        depth = -(apart @ back)
        scale = self.distance / depth / self.width * width
        return np.stack([width / 2 + apart @ right * scale, height / 2 - apart @ up * scale, depth], 1)
