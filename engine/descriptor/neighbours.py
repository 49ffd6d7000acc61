"""What the neighbours of a minutia add to the cells of its cylinder.

Source: TPAMI 2010, section 3. The spatial part is a Gaussian, so it is the product of its
values along the two axes of the grid.
"""

from __future__ import annotations

import math

import numpy as np

from engine.descriptor.lanes import add_scaled, blend, scale_within
from engine.descriptor.space import AWAY2_Y, COLUMN, FALL_X, FALL_Y, SHARE, Space
from engine.descriptor.tables import STEPS, CylinderTables, Int64Array
from engine.kernels import kernel
from engine.records import Float32Array

_STEPS = np.float32(STEPS)


@kernel
def gather(
    m: int, points: Float32Array, directions: Float32Array, tables: CylinderTables, space: Space
) -> int:
    """Fill `space.sums` with what all neighbours of minutia m give; returns their number."""
    count = _find_neighbours(m, points, directions, tables.reach2, space.around)
    around, lanes, sums = space.around, space.lanes, space.sums
    number, window = tables.number, tables.window
    sums[:] = 0
    for n in range(count):
        left = around[n, 0] * tables.per_pixel + tables.origin - tables.span
        low = around[n, 1] * tables.per_pixel + tables.origin - tables.span
        column, row = math.ceil(left), math.ceil(low)
        place = (np.float32(column) - left, np.float32(row) - low)
        _look_up(tables.shares, around[n, 2], lanes, SHARE)
        _look_up(tables.fall, place[0], lanes, FALL_X)
        _look_up(tables.fall, place[1], lanes, FALL_Y)
        _add_neighbour(place, (column, row), tables.span, window, number, lanes, sums)
    return count


@kernel
def _find_neighbours(
    m: int, points: Float32Array, directions: Float32Array, reach2: np.float32, around: Float32Array
) -> int:
    """Fill `around` (see `Space`) with the minutiae in reach of minutia m."""
    cos, sin = math.cos(directions[m]), math.sin(directions[m])
    px, py = points[m, 0], points[m, 1]
    count = 0
    for t in range(len(points)):
        dx, dy = points[t, 0] - px, points[t, 1] - py
        if t != m and dx * dx + dy * dy <= reach2:
            turns = (directions[m] - directions[t]) * np.float32(1 / (2 * math.pi))
            around[count, 0] = cos * dx + sin * dy
            around[count, 1] = cos * dy - sin * dx
            around[count, 2] = turns - np.float32(math.floor(turns))
            count += 1
    return count


@kernel
def _look_up(table: Float32Array, place: float, out: Float32Array, row: int) -> None:
    """Row of a table at a place in [0, 1], interpolated."""
    step = place * _STEPS
    below = min(max(int(step), 0), STEPS - 1)
    blend(table, below, np.float32(step - np.float32(below)), out, row)


@kernel
def _add_neighbour(  # noqa: PLR0913 - a kernel takes plain values
    place: tuple[float, float],
    first: tuple[int, int],
    span: np.float32,
    window: int,
    number: Int64Array,
    lanes: Float32Array,
    sums: Float32Array,
) -> None:
    """Add a neighbour to the cells of a window that lie within `span` of it.

    All cells of the window are gone through, with nothing to add to its corners: branches that
    cannot be foretold cost more. Indices without a sign need no test for being negative.

    Args:
        place: way from the window's edge to its first cell along x and y, in cells.
        first: column and row of the window's first cell in `number`.
        span, window, number: see `CylinderTables`.
        lanes, sums: see `Space`.
    """
    for j in range(window):
        y = np.float32(j) + place[1] - span
        lanes[AWAY2_Y, j] = y * y
    for i in range(window):
        x = np.float32(i) + place[0] - span
        scale_within(lanes, FALL_Y, lanes[FALL_X, i], AWAY2_Y, span * span - x * x, COLUMN)
        for j in range(window):
            cell = number[np.uint64(first[0] + i), np.uint64(first[1] + j)]
            add_scaled(sums, cell, lanes[COLUMN, j], lanes)
