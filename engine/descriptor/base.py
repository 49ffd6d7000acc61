"""Which cells of a cylinder's base are valid: those in or near the hull of the minutiae.

Source: TPAMI 2010, section 3. Most cells are decided by their signed distances to the hull's
edges, which are linear in the cell's place; only what lies off a corner is measured.
"""

from __future__ import annotations

import math

import numpy as np

from engine.descriptor.hull import near_hull
from engine.descriptor.lanes import LANES, above
from engine.descriptor.space import Space
from engine.descriptor.tables import CylinderTables
from engine.kernels import kernel, popcount
from engine.records import Float32Array

_SLACK = np.float32(0.01)
"""Pixels by which a signed distance may be wrong, in float32 and with places up to 10^4."""

_TINY = np.float32(1e-6)
"""Pixels added to an edge's length, lest it be zero when its ends nearly coincide."""


@kernel
def mark_base(
    point: Float32Array, direction: float, hull: Float32Array, tables: CylinderTables, space: Space
) -> int:
    """Set the bits of a cylinder's valid cells in `space.near`; returns their number."""
    cells, edges, inward, near = tables.cells, space.edges, space.inward, space.near
    place = (point[0], point[1], math.cos(direction), math.sin(direction))
    crossed = _cross_edges(place, hull, tables.radius, edges)
    _measure_inward(crossed, edges, cells, inward, tables.radius)
    near[:] = 0
    used = 0
    for r in range(len(inward) // LANES):
        valid = above(inward, r, _SLACK)
        doubtful = above(inward, r, -tables.margin - _SLACK) & ~valid
        for k in range(LANES if doubtful else 0):
            bit = np.uint64(1) << np.uint64(k)
            if doubtful & bit:
                x, y = cells[0, r * LANES + k], cells[1, r * LANES + k]
                if _beside_edge(x, y, edges, crossed, tables.margin) or _near_hull(
                    x, y, place, hull, tables.margin
                ):
                    valid |= bit
        near[r // 8] |= valid << np.uint64(r % 8 * 8)
        used += popcount(valid)
    return used


@kernel
def _cross_edges(
    place: tuple[float, float, float, float],
    hull: Float32Array,
    radius: np.float32,
    edges: Float32Array,
) -> int:
    """Fill `edges` (see `Space`) with those that the base crosses or lies outside of.

    Args:
        place: the minutia's x and y, cosine and sine of its direction.

    Returns:
        Their number, or -1 for a hull without area, whose edges tell no inside.
    """
    if len(hull) < 3:
        return -1
    count = 0
    cos, sin = place[2], place[3]
    ax, ay = hull[len(hull) - 1, 0], hull[len(hull) - 1, 1]
    for i in range(len(hull)):
        bx, by = hull[i, 0], hull[i, 1]
        length = math.sqrt((bx - ax) * (bx - ax) + (by - ay) * (by - ay)) + _TINY
        ex, ey = (bx - ax) / length, (by - ay) / length
        px, py = place[0] - ax, place[1] - ay
        if ex * py - ey * px < radius + _SLACK:
            edges[count, 0] = sin * ex - cos * ey
            edges[count, 1] = cos * ex + sin * ey
            edges[count, 2] = ex * py - ey * px
            edges[count, 3] = ex * px + ey * py
            edges[count, 4] = length
            count += 1
        ax, ay = bx, by
    return count


@kernel
def _measure_inward(
    crossed: int, edges: Float32Array, cells: Float32Array, inward: Float32Array, radius: np.float32
) -> None:
    """The smallest signed distance of each cell from the edges, positive inside."""
    x, y = cells[0], cells[1]
    inward[: len(x)] = radius if crossed >= 0 else np.float32(0)
    for e in range(crossed):
        nx, ny, centre = edges[e, 0], edges[e, 1], edges[e, 2]
        for c in range(len(x)):
            deep, least = nx * x[c] + ny * y[c] + centre, inward[c]
            # the smaller of the two, in steps that become vector instructions
            inward[c] = np.float32(0.5) * (deep + least - abs(deep - least))


@kernel
def _beside_edge(x: float, y: float, edges: Float32Array, crossed: int, margin: np.float32) -> bool:
    """Whether a cell lies across one of the edges, between its ends and within the margin."""
    for e in range(crossed):
        deep = edges[e, 0] * x + edges[e, 1] * y + edges[e, 2]
        along = edges[e, 1] * x - edges[e, 0] * y + edges[e, 3]
        if abs(deep) < margin - _SLACK and 0 <= along <= edges[e, 4]:
            return True
    return False


@kernel
def _near_hull(
    u: float,
    v: float,
    place: tuple[float, float, float, float],
    hull: Float32Array,
    margin: np.float32,
) -> bool:
    """`near_hull` of a cell at (u, v) in the minutia's frame."""
    px, py, cos, sin = place
    return near_hull(hull, px + cos * u - sin * v, py + sin * u + cos * v, float(margin))
