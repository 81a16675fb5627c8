"""Catmull-Clark subdivision of a mesh of quads, with open borders, carrying values per vertex along."""

from __future__ import annotations

import numpy as np

from tools.draw.geometry import Array, Ints


def subdivided(values: Array, quads: Ints) -> tuple[Array, Ints]:
    """One step. `values` (n, k) holds positions and anything else that should be smoothed alike."""
    count, faces = len(values), len(quads)
    pairs = np.sort(np.stack([quads, np.roll(quads, -1, 1)], -1).reshape(-1, 2), 1)
    edges, which, uses = np.unique(pairs, axis=0, return_inverse=True, return_counts=True)
    which = which.reshape(faces, 4)
    centre = values[quads].mean(1)
    border = uses == 1
    on_edges = _edge_points(values, edges, border, _sum_at(which.ravel(), np.repeat(centre, 4, 0), len(edges)))
    on_vertices = _vertex_points(values, quads, centre, edges)
    _smooth_border(on_vertices, values, edges[border])
    face_ids = count + len(edges) + np.arange(faces)
    edge_ids = count + which
    corners = [np.stack([quads[:, k], edge_ids[:, k], face_ids, edge_ids[:, k - 1]], 1) for k in range(4)]
    return np.concatenate([on_vertices, on_edges, centre]), np.stack(corners, 1).reshape(-1, 4)


def _sum_at(index: Ints, rows: Array, size: int) -> Array:
    """Sums rows that share an index. Columns one by one: far quicker than numpy.add.at."""
    return np.stack([np.bincount(index, rows[:, k], size) for k in range(rows.shape[1])], 1)


def _edge_points(values: Array, edges: Ints, border: Array, centres: Array) -> Array:
    both = values[edges]
    points: Array = np.where(border[:, None], both.mean(1), (both.sum(1) + centres) / 4)
    return points


def _vertex_points(values: Array, quads: Ints, centre: Array, edges: Ints) -> Array:
    count = len(values)
    faces = np.bincount(quads.ravel(), minlength=count)
    around = _sum_at(quads.ravel(), np.repeat(centre, 4, 0), count) / np.maximum(faces, 1)[:, None]
    middle = values[edges].mean(1)
    valence = np.bincount(edges.ravel(), minlength=count)
    spokes = np.maximum(valence, 1)[:, None]
    mean_edge = _sum_at(edges.ravel(), np.repeat(middle, 2, 0), count) / spokes
    moved = (around + 2 * mean_edge + (spokes - 3) * values) / spokes
    result: Array = np.where((valence == 0)[:, None], values, moved)
    return result


def _smooth_border(moved: Array, values: Array, border: Ints) -> None:
    count = len(values)
    middle = values[border].mean(1)
    uses = np.bincount(border.ravel(), minlength=count)
    on = uses > 0
    mean = _sum_at(border.ravel(), np.repeat(middle, 2, 0), count)[on] / uses[on, None]
    moved[on] = (values[on] + mean) / 2
